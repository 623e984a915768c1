//! All operators and services, ranked and searched.
//!
//! The runtime lists them in the order of its storage, page by page. To rank them takes all of them, so the node keeps the
//! lists of one final block at hand and answers from these. They are read again when someone asks and a later block is
//! final, beside the answer, which does not wait; and never so often that reading takes more than a fifth of the time.

use super::{
	chain::Chain,
	error::Error,
	registry::{parameters, BlockHash, Context, Registry, Reply},
};
use mainstay_primitives::{
	runtime_api::{
		operators::{OperatorSummary, OperatorsApi},
		services::{ServiceSummary, ServicesApi},
		MAX_PAGE,
	},
	Kind,
};
use mainstay_runtime::Hash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sp_api::ProvideRuntimeApi;
use std::{
	cmp::Reverse,
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};
use tokio::sync::Mutex as AsyncMutex;

/// Reading the lists may take one part of so many of the time.
const SHARE: u32 = 5;

/// The lists at one block.
struct Lists {
	at: Hash,
	operators: Vec<Entry<OperatorSummary>>,
	services: Vec<Entry<ServiceSummary>>,
}

/// An entry of a list, with the text by which it is found.
struct Entry<Summary> {
	text: String,
	summary: Summary,
}

/// The lists at hand, and when they may be read again.
#[derive(Default)]
struct Shelf {
	lists: Option<Arc<Lists>>,
	rest_until: Option<Instant>,
	reading: bool,
}

/// All operators and services at a recent final block.
#[derive(Clone)]
pub struct Directory {
	chain: Chain,
	shelf: Arc<Mutex<Shelf>>,
	/// Held while the first lists are read, so that all who wait for them wait for one reading.
	first: Arc<AsyncMutex<()>>,
}

impl Directory {
	pub fn new(chain: Chain) -> Self {
		Self { chain, shelf: Default::default(), first: Default::default() }
	}

	fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
		// Nothing panics while it is held, and if it did the lists would be none the worse.
		self.shelf.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	/// The lists at hand. Starts to read those of a later block where it is time.
	async fn lists(&self) -> Result<Arc<Lists>, Error> {
		if self.shelf().lists.is_none() {
			let _turn = self.first.lock().await;
			if self.shelf().lists.is_none() {
				self.read().await?;
			}
		}
		let (finalized, _) = self.chain.finalized();
		let lists = {
			let mut shelf = self.shelf();
			let Some(lists) = shelf.lists.clone() else { return Err(Error::Busy) };
			let rested = shelf.rest_until.is_none_or(|until| until <= Instant::now());
			if lists.at != finalized && rested && !shelf.reading {
				shelf.reading = true;
				let directory = self.clone();
				tokio::spawn(async move {
					if let Err(error) = directory.read().await {
						log::debug!("the lists of operators and services were not read: {error:?}");
					}
					directory.shelf().reading = false;
				});
			}
			lists
		};
		Ok(lists)
	}

	/// Reads the lists of the last final block.
	async fn read(&self) -> Result<(), Error> {
		let began = Instant::now();
		let (at, _) = self.chain.finalized();
		let (mut operators, mut after) = (Vec::new(), None);
		// Page by page, so that other questions have their turns between.
		loop {
			let question = move |client: &crate::service::FullClient, at| {
				client.runtime_api().operators(at, after, MAX_PAGE)
			};
			let page = self.chain.ask(at, question).await?;
			operators.extend(page.items.into_iter().map(|summary| Entry {
				text: format!("{} {}", text(&summary.name.0), summary.operator.0).to_lowercase(),
				summary,
			}));
			let Some(next) = page.next else { break };
			after = Some(next.0);
		}
		let (mut services, mut after) = (Vec::new(), None);
		loop {
			let question = move |client: &crate::service::FullClient, at| {
				client.runtime_api().services(at, after, MAX_PAGE)
			};
			let page = self.chain.ask(at, question).await?;
			services.extend(page.items.into_iter().map(|summary| Entry {
				text: format!("{} {} {}", summary.avs, text(&summary.name.0), summary.owner.0).to_lowercase(),
				summary,
			}));
			let Some(next) = page.next else { break };
			after = Some(next);
		}
		let took = began.elapsed();
		let mut shelf = self.shelf();
		shelf.lists = Some(Arc::new(Lists { at, operators, services }));
		shelf.rest_until = Some(Instant::now() + took.saturating_mul(SHARE - 1).min(Duration::from_secs(60)));
		Ok(())
	}
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
	String::from_utf8_lossy(bytes)
}

/// By what operators are ranked.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum OperatorOrder {
	/// The stake behind them, native or of the kind that is asked for, highest first.
	#[default]
	Stake,
	/// Their commission, lowest first; among equals by stake.
	Commission,
	/// How many sets they serve, most first; among equals by stake.
	Sets,
	/// Their names.
	Name,
}

/// By what services are ranked.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum ServiceOrder {
	/// The weight of what is allocated to them, highest first.
	#[default]
	Weight,
	/// How many members their sets have, most first; among equals by weight.
	Members,
	/// Their names.
	Name,
	/// Their ids.
	Id,
}

parameters! {
	/// Which operators, in which order. Every condition that is given must be met.
	struct OperatorSearch {
		/// A part of the name or of the address, in any case.
		#[serde(default)]
		text: Option<String>,
		/// The order; by stake unless given.
		#[serde(default)]
		by: OperatorOrder,
		/// How many to pass over.
		#[serde(default)]
		skip: u32,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "twenty")]
		most: u32,
		/// Who has a pool of this kind with something in it. Stake then is what stands in that pool.
		#[serde(default)]
		kind: Option<Kind>,
		/// Who validates in the running era, or does not.
		#[serde(default)]
		active: Option<bool>,
		/// Who stands for election, or does not.
		#[serde(default)]
		candidate: Option<bool>,
		/// Who takes deposits of everyone and has not retired, or does not.
		#[serde(default)]
		open: Option<bool>,
		/// Who takes no higher commission, in basis points.
		#[serde(default)]
		max_commission: Option<u16>,
	}
}

parameters! {
	/// Which services, in which order.
	struct ServiceSearch {
		/// A part of the id, of the name or of the owner's address, in any case.
		#[serde(default)]
		text: Option<String>,
		/// The order; by weight unless given.
		#[serde(default)]
		by: ServiceOrder,
		/// How many to pass over.
		#[serde(default)]
		skip: u32,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "twenty")]
		most: u32,
	}
}

fn twenty() -> u32 {
	20
}

/// A part of a ranked list.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RankingOf{Summary}")]
struct Ranking<Summary> {
	/// How many there are in all.
	total: u32,
	/// How many to pass over for the next part; none at the end.
	next: Option<u32>,
	/// Those of this part.
	items: Vec<Summary>,
}

impl<Summary: Clone> Ranking<Summary> {
	fn of(found: Vec<&Summary>, skip: u32, most: u32) -> Self {
		let most = most.clamp(1, MAX_PAGE);
		let items: Vec<_> = found
			.iter()
			.skip(skip as usize)
			.take(most as usize)
			.map(|summary| Summary::clone(summary))
			.collect();
		let (total, end) = (found.len() as u32, skip.saturating_add(most));
		Self { total, next: (end < total).then_some(end), items }
	}
}

fn matches(text: &str, wanted: &Option<String>) -> bool {
	wanted.as_ref().is_none_or(|wanted| text.contains(wanted.as_str()))
}

fn search_operators(entries: &[Entry<OperatorSummary>], query: OperatorSearch) -> Ranking<OperatorSummary> {
	let wanted = query.text.map(|text| text.to_lowercase());
	let stake = |operator: &OperatorSummary| match query.kind {
		None => operator.stake.0,
		Some(kind) => operator.pools.iter().find(|pool| pool.kind == kind).map_or(0, |pool| pool.amount.0),
	};
	let is = |wanted: Option<bool>, value| wanted.is_none_or(|wanted| wanted == value);
	let mut found: Vec<_> = entries
		.iter()
		.filter(|entry| matches(&entry.text, &wanted))
		.map(|entry| &entry.summary)
		.filter(|operator| is(query.active, operator.active) && is(query.candidate, operator.candidate))
		.filter(|operator| is(query.open, operator.open && !operator.retired))
		.filter(|operator| query.max_commission.is_none_or(|most| operator.commission <= most))
		.filter(|operator| query.kind.is_none() || stake(operator) > 0)
		.collect();
	match query.by {
		OperatorOrder::Stake => found.sort_by_key(|operator| Reverse(stake(operator))),
		OperatorOrder::Commission => {
			found.sort_by_key(|operator| (operator.commission, Reverse(stake(operator))))
		},
		OperatorOrder::Sets => {
			found.sort_by_key(|operator| (Reverse(operator.sets), Reverse(stake(operator))))
		},
		OperatorOrder::Name => found.sort_by(|a, b| a.name.0.cmp(&b.name.0)),
	}
	Ranking::of(found, query.skip, query.most)
}

fn search_services(entries: &[Entry<ServiceSummary>], query: ServiceSearch) -> Ranking<ServiceSummary> {
	let wanted = query.text.map(|text| text.to_lowercase());
	let mut found: Vec<_> =
		entries.iter().filter(|entry| matches(&entry.text, &wanted)).map(|entry| &entry.summary).collect();
	match query.by {
		ServiceOrder::Weight => found.sort_by_key(|service| Reverse(service.weight)),
		ServiceOrder::Members => {
			found.sort_by_key(|service| (Reverse(service.members), Reverse(service.weight)))
		},
		ServiceOrder::Name => found.sort_by(|a, b| a.name.0.cmp(&b.name.0)),
		ServiceOrder::Id => found.sort_by_key(|service| service.avs),
	}
	Ranking::of(found, query.skip, query.most)
}

pub fn register(registry: &mut Registry) {
	registry.method(
		"operators_search",
		"Operators by name, address and status, ranked. Read at a recent final block.",
		|context: std::sync::Arc<Context>, query: OperatorSearch| async move {
			let lists = context.directory.lists().await?;
			Ok(Reply { at: BlockHash(lists.at), value: search_operators(&lists.operators, query) })
		},
	);
	registry.method(
		"avs_search",
		"Services by name, id and owner, ranked. Read at a recent final block.",
		|context: std::sync::Arc<Context>, query: ServiceSearch| async move {
			let lists = context.directory.lists().await?;
			Ok(Reply { at: BlockHash(lists.at), value: search_services(&lists.services, query) })
		},
	);
}

#[cfg(test)]
mod tests {
	use super::*;
	use mainstay_primitives::runtime_api::{operators::PoolAmount, Account, Amount, Text};

	fn entry(
		n: u8,
		name: &str,
		commission: u16,
		stake: u128,
		kinds: &[(Kind, u128)],
	) -> Entry<OperatorSummary> {
		let pools =
			kinds.iter().map(|(kind, amount)| PoolAmount { kind: *kind, amount: Amount(*amount) }).collect();
		let summary = OperatorSummary {
			operator: Account([n; 32].into()),
			name: Text::from(name),
			commission,
			open: n != 2,
			retired: n == 3,
			candidate: true,
			active: n == 1,
			stake: Amount(stake),
			pools,
			sets: n.into(),
		};
		Entry { text: name.to_lowercase(), summary }
	}

	fn ids(ranking: &Ranking<OperatorSummary>) -> Vec<u8> {
		ranking.items.iter().map(|operator| AsRef::<[u8]>::as_ref(&operator.operator.0)[0]).collect()
	}

	fn search(json: &str) -> Ranking<OperatorSummary> {
		let entries = [
			entry(1, "Alice", 500, 30, &[(Kind::Stake, 10), (Kind::Native, 20)]),
			entry(2, "Alicia", 100, 50, &[(Kind::Stake, 50), (Kind::Asset(7), 1)]),
			entry(3, "Bob", 100, 40, &[(Kind::Native, 40), (Kind::Asset(7), 0)]),
		];
		search_operators(&entries, serde_json::from_str(json).unwrap())
	}

	#[test]
	fn operators_are_ranked_filtered_and_paged() {
		assert_eq!(ids(&search("{}")), [2, 3, 1]);
		assert_eq!(ids(&search(r#"{"by":"commission"}"#)), [2, 3, 1]);
		assert_eq!(ids(&search(r#"{"by":"sets"}"#)), [3, 2, 1]);
		assert_eq!(ids(&search(r#"{"by":"name"}"#)), [1, 2, 3]);
		assert_eq!(ids(&search(r#"{"text":"ALI"}"#)), [2, 1]);
		assert_eq!(ids(&search(r#"{"kind":"native"}"#)), [3, 1]);
		assert_eq!(ids(&search(r#"{"kind":{"asset":7}}"#)), [2]);
		assert_eq!(ids(&search(r#"{"active":false}"#)), [2, 3]);
		assert_eq!(ids(&search(r#"{"open":true}"#)), [1]);
		assert_eq!(ids(&search(r#"{"maxCommission":100}"#)), [2, 3]);
		let page = search(r#"{"most":2}"#);
		assert_eq!((ids(&page), page.total, page.next), (vec![2, 3], 3, Some(2)));
		let rest = search(r#"{"most":0,"skip":2}"#);
		assert_eq!((ids(&rest), rest.next), (vec![1], None));
		assert_eq!(ids(&search(r#"{"skip":4294967295,"most":4294967295}"#)), [0u8; 0]);
	}

	#[test]
	fn by_position_too() {
		assert_eq!(ids(&search(r#"["ali","name",1]"#)), [2]);
	}
}
