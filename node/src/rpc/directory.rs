//! A ranked and searchable list of all operators and services.
//!
//! The runtime lists them page by page in the order of its storage. Ranking needs all of them, so the node reads
//! whole lists at a block, keeps the lists of the last few such blocks, and answers from these. A request makes the
//! node read the lists again if a later block is final. The answer does not wait for that, unless the lists are more
//! than [`MAX_AGE`] blocks old. The node limits reading to a fifth of the time. Every answer says how old it is. All
//! pages of one ranking are of one block: a caller who names the block gets them from the same lists.

use super::{
	chain::Chain,
	connection::Connection,
	error::Error,
	permits::{Priority, NODE},
	registry::{parameters, BlockHash, Registry, Reply},
};
use crate::client::FullClient;
use mainstay_primitives::{
	runtime_api::{
		operators::{OperatorSummary, OperatorsApi},
		services::{ServiceSummary, ServicesApi},
		MAX_PAGE,
	},
	PoolKind,
};
use mainstay_runtime::Hash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sp_api::{ApiError, ProvideRuntimeApi};
use std::{
	cmp::Reverse,
	collections::VecDeque,
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};
use tokio::{sync::Mutex as AsyncMutex, time::timeout};

/// Reading the lists may take one part in this many of the time.
const MAX_READ_SHARE: u32 = 5;
/// The shortest and the longest time between two readings.
const REFRESH_INTERVAL: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(60)];
/// Lists that are more blocks old than this are read again before they answer.
const MAX_AGE: u32 = 16;
/// How long an answer waits for the lists to be read again. After that, it comes from the lists that there are.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(10);
/// How many lists are kept: the pages of a ranking are available for a minute at least.
const MAX_SNAPSHOTS: usize = 12;

/// The lists at one block.
struct Snapshot {
	at: Hash,
	number: u32,
	operators: Vec<Entry<OperatorSummary>>,
	services: Vec<Entry<ServiceSummary>>,
}

/// An entry of a list, with the text by which it is found.
struct Entry<Summary> {
	text: String,
	summary: Summary,
}

/// The lists that are kept, the newest last, and when they may be read again.
#[derive(Default)]
struct Snapshots {
	lists: VecDeque<Arc<Snapshot>>,
	refresh_after: Option<Instant>,
}

/// How current lists of one block are when another block is the last final one.
#[derive(Debug, PartialEq, Eq)]
enum Age {
	/// They are of the last final block, or it is too early to read them again.
	Fresh,
	/// They are read again in the background, and answer meanwhile.
	Aging,
	/// They are read again before they answer.
	Stale,
}

impl Snapshots {
	fn age(&self, finalized: u32, now: Instant) -> Age {
		let Some(newest) = self.lists.back() else { return Age::Stale };
		let behind = finalized.saturating_sub(newest.number);
		match self.refresh_after.is_none_or(|until| until <= now) {
			true if behind > MAX_AGE => Age::Stale,
			true if behind > 0 => Age::Aging,
			_ => Age::Fresh,
		}
	}

	fn put(&mut self, lists: Snapshot, took: Duration, now: Instant) {
		if self.lists.len() == MAX_SNAPSHOTS {
			self.lists.pop_front();
		}
		self.lists.push_back(Arc::new(lists));
		self.refresh_after = Some(
			now + took.saturating_mul(MAX_READ_SHARE - 1).clamp(REFRESH_INTERVAL[0], REFRESH_INTERVAL[1]),
		);
	}
}

/// All operators and services at a recent final block.
#[derive(Clone)]
struct Directory {
	chain: Chain,
	snapshots: Arc<Mutex<Snapshots>>,
	/// Held while lists are read, so that all who wait for them share one reading.
	reading: Arc<AsyncMutex<()>>,
}

impl Directory {
	fn new(chain: Chain) -> Self {
		Self { chain, snapshots: Default::default(), reading: Default::default() }
	}

	fn snapshots(&self) -> std::sync::MutexGuard<'_, Snapshots> {
		// Nothing panics while it is held, and a panic would leave the lists intact.
		self.snapshots.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	fn age(&self) -> Age {
		let (_, finalized) = self.chain.finalized();
		self.snapshots().age(finalized, Instant::now())
	}

	/// The lists of block `at` if they are kept, or else the newest. Begins to read those of a later block if it is
	/// time.
	async fn lists(&self, at: Option<BlockHash>) -> Result<Arc<Snapshot>, Error> {
		if let Some(BlockHash(at)) = at {
			self.chain.number(at)?;
			let kept = self.snapshots().lists.iter().find(|lists| lists.at == at).cloned();
			return kept.ok_or(Error::StatePruned(at));
		}
		match self.age() {
			Age::Fresh => {},
			Age::Aging => {
				let directory = self.clone();
				tokio::spawn(async move {
					// Whoever holds the lock is reading for all.
					let Ok(_reading) = directory.reading.try_lock() else { return };
					if let Err(error) = directory.read().await {
						log::debug!("the lists of operators and services were not read: {error:?}");
					}
				});
			},
			Age::Stale => {
				// Runs on when its caller is gone.
				let directory = self.clone();
				let read = tokio::spawn(async move {
					let _reading = directory.reading.lock().await;
					match directory.age() {
						Age::Stale => directory.read().await,
						_ => Ok(()),
					}
				});
				match timeout(REFRESH_TIMEOUT, read).await {
					Ok(Ok(Err(error))) if self.snapshots().lists.is_empty() => return Err(error),
					_ => {},
				}
			},
		}
		let newest = self.snapshots().lists.back().cloned();
		newest.ok_or(Error::Busy)
	}

	/// Reads one page with a permit of its own, so that other queries can run between the pages.
	async fn page<R: Send + 'static>(
		&self,
		at: Hash,
		read: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError> + Send + 'static,
	) -> Result<R, Error> {
		let permit = self.chain.permit(NODE, Priority::Call).await;
		self.chain.query_with(permit, at, read).await
	}

	/// Reads the lists of the last final block.
	async fn read(&self) -> Result<(), Error> {
		let began = Instant::now();
		let (at, number) = self.chain.finalized();
		let (mut operators, mut after) = (Vec::new(), None);
		loop {
			let page =
				self.page(at, move |client, at| client.runtime_api().operators(at, after, MAX_PAGE)).await?;
			operators.extend(page.items.into_iter().map(|summary| Entry {
				text: format!("{} {}", text(&summary.name.0), summary.operator.0).to_lowercase(),
				summary,
			}));
			let Some(next) = page.next else { break };
			after = Some(next.0);
		}
		let (mut services, mut after) = (Vec::new(), None);
		loop {
			let page =
				self.page(at, move |client, at| client.runtime_api().services(at, after, MAX_PAGE)).await?;
			services.extend(page.items.into_iter().map(|summary| Entry {
				text: format!("{} {} {}", summary.avs, text(&summary.name.0), summary.owner.0).to_lowercase(),
				summary,
			}));
			let Some(next) = page.next else { break };
			after = Some(next);
		}
		let lists = Snapshot { at, number, operators, services };
		self.snapshots().put(lists, began.elapsed(), Instant::now());
		Ok(())
	}

	/// Answers a search from the lists with a permit of the connection: ranking many entries takes a while.
	async fn search<R: Send + 'static>(
		&self,
		connection: &Connection,
		at: Option<BlockHash>,
		search: impl FnOnce(&Snapshot, u32) -> R + Send + 'static,
	) -> Result<Reply<R>, Error> {
		let lists = self.lists(at).await?;
		let (_, finalized) = self.chain.finalized();
		let behind = finalized.saturating_sub(lists.number);
		let permit = connection.permit(&self.chain.limits().reads).await?;
		let found = tokio::task::spawn_blocking(move || {
			let value = search(&lists, behind);
			drop(permit);
			Reply { at: BlockHash(lists.at), value }
		});
		found.await.map_err(|error| Error::Runtime(error.to_string()))
	}
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
	String::from_utf8_lossy(bytes)
}

/// By what operators are ranked.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum OperatorOrder {
	/// The stake delegated to them, native or in the pool of the given kind, highest first.
	#[default]
	Stake,
	/// Their commission, lowest first; equal ones by stake.
	Commission,
	/// How many sets they serve, most first; equal ones by stake.
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
	/// How many members their sets have, most first; equal ones by weight.
	Members,
	/// Their names.
	Name,
	/// Their ids.
	Id,
}

parameters! {
	/// Which operators, in which order. Every condition that is given must be met.
	struct OperatorSearch {
		/// A part of the name or of the address. Case does not matter.
		#[serde(default)]
		text: Option<String>,
		/// The order; by stake unless given.
		#[serde(default)]
		by: OperatorOrder,
		/// How many operators to skip.
		#[serde(default)]
		skip: u32,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "twenty")]
		most: u32,
		/// Only operators that have something in a pool of this kind. They are then ranked by that pool's stake.
		#[serde(default)]
		kind: Option<PoolKind>,
		/// Whether the operator validates in the running era.
		#[serde(default)]
		active: Option<bool>,
		/// Whether the operator stands for election.
		#[serde(default)]
		candidate: Option<bool>,
		/// Whether the operator takes deposits from everyone and has not retired.
		#[serde(default)]
		open: Option<bool>,
		/// The highest commission, in basis points.
		#[serde(default)]
		max_commission: Option<u16>,
		/// The block of another page of this ranking, to read this page from the same lists, which are kept for a minute
		/// at least; a recent block unless given.
		#[serde(default)]
		at: Option<BlockHash>,
	}
}

parameters! {
	/// Which services, in which order.
	struct ServiceSearch {
		/// A part of the id, the name or the owner's address. Case does not matter.
		#[serde(default)]
		text: Option<String>,
		/// The order; by weight unless given.
		#[serde(default)]
		by: ServiceOrder,
		/// How many services to skip.
		#[serde(default)]
		skip: u32,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "twenty")]
		most: u32,
		/// The block of another page of this ranking, to read this page from the same lists, which are kept for a minute
		/// at least; a recent block unless given.
		#[serde(default)]
		at: Option<BlockHash>,
	}
}

fn twenty() -> u32 {
	20
}

/// A page of a ranked list.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RankingOf{Summary}")]
struct Ranking<Summary> {
	/// How many entries there are in all.
	total: u32,
	/// How many to skip for the next page; null on the last page.
	next: Option<u32>,
	/// The entries of this page.
	items: Vec<Summary>,
	/// The number of the block at which they were read.
	number: u32,
	/// How many final blocks had followed it when this was answered.
	behind: u32,
}

/// The number of the block of the lists, and how many final blocks have followed it.
#[derive(Clone, Copy)]
struct Read {
	number: u32,
	behind: u32,
}

impl<Summary: Clone> Ranking<Summary> {
	fn of(found: Vec<&Summary>, skip: u32, limit: u32, Read { number, behind }: Read) -> Self {
		let limit = limit.clamp(1, MAX_PAGE);
		let items: Vec<_> = found
			.iter()
			.skip(skip as usize)
			.take(limit as usize)
			.map(|summary| Summary::clone(summary))
			.collect();
		let (total, end) = (found.len() as u32, skip.saturating_add(limit));
		Self { total, next: (end < total).then_some(end), items, number, behind }
	}
}

fn matches(text: &str, wanted: &Option<String>) -> bool {
	wanted.as_ref().is_none_or(|wanted| text.contains(wanted.as_str()))
}

fn search_operators(
	entries: &[Entry<OperatorSummary>],
	query: OperatorSearch,
	read: Read,
) -> Ranking<OperatorSummary> {
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
		.filter(|operator| query.max_commission.is_none_or(|limit| operator.commission <= limit))
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
	Ranking::of(found, query.skip, query.most, read)
}

fn search_services(
	entries: &[Entry<ServiceSummary>],
	query: ServiceSearch,
	read: Read,
) -> Ranking<ServiceSummary> {
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
	Ranking::of(found, query.skip, query.most, read)
}

pub fn register(registry: &mut Registry, chain: Chain) {
	let directory = Directory::new(chain);
	let (operators, services) = (directory.clone(), directory);
	registry.method(
		"operators_search",
		"Operators by name, address and status, ranked. Read at a recent final block.",
		move |_, connection, query: OperatorSearch| {
			let (directory, at) = (operators.clone(), query.at);
			let search = move |lists: &Snapshot, behind| {
				search_operators(&lists.operators, query, Read { number: lists.number, behind })
			};
			async move { directory.search(&connection, at, search).await }
		},
	);
	registry.method(
		"avs_search",
		"Services by name, id and owner, ranked. Read at a recent final block.",
		move |_, connection, query: ServiceSearch| {
			let (directory, at) = (services.clone(), query.at);
			let search = move |lists: &Snapshot, behind| {
				search_services(&lists.services, query, Read { number: lists.number, behind })
			};
			async move { directory.search(&connection, at, search).await }
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
		kinds: &[(PoolKind, u128)],
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
			entry(1, "Alice", 500, 30, &[(PoolKind::Stake, 10), (PoolKind::Native, 20)]),
			entry(2, "Alicia", 100, 50, &[(PoolKind::Stake, 50), (PoolKind::Asset(7), 1)]),
			entry(3, "Bob", 100, 40, &[(PoolKind::Native, 40), (PoolKind::Asset(7), 0)]),
		];
		search_operators(&entries, serde_json::from_str(json).unwrap(), Read { number: 7, behind: 3 })
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

	#[test]
	fn rpc_5_lists_say_their_age_and_are_read_again_when_they_are_old() {
		let ranking = search("{}");
		assert_eq!((ranking.number, ranking.behind), (7, 3));

		let lists = |number| Snapshot {
			at: Hash::from_low_u64_be(number),
			number: number as u32,
			operators: Vec::new(),
			services: Vec::new(),
		};
		let (mut snapshots, began) = (Snapshots::default(), Instant::now());
		assert_eq!(snapshots.age(0, began), Age::Stale);
		snapshots.put(lists(100), Duration::from_secs(3), began);
		// Reading took three seconds, so the lists are good for twelve.
		assert_eq!(snapshots.age(200, began + Duration::from_secs(11)), Age::Fresh);
		let later = began + Duration::from_secs(12);
		assert_eq!(snapshots.age(100, later), Age::Fresh);
		assert_eq!(snapshots.age(101, later), Age::Aging);
		assert_eq!(snapshots.age(100 + MAX_AGE, later), Age::Aging);
		assert_eq!(snapshots.age(101 + MAX_AGE, later), Age::Stale);
		// The last few are kept, for callers that read page after page.
		for number in 101..=100 + MAX_SNAPSHOTS as u64 {
			snapshots.put(lists(number), Duration::ZERO, later);
		}
		let kept = snapshots.lists.iter().map(|lists| lists.number).collect::<Vec<_>>();
		assert_eq!(kept, (101..=100 + MAX_SNAPSHOTS as u32).collect::<Vec<_>>());
		assert_eq!(snapshots.age(200, later + REFRESH_INTERVAL[0]), Age::Stale);
	}
}
