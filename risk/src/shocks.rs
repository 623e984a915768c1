//! What named shocks do: how much of the stake is gone with each, and how much an attack on the rest can then forfeit.

use crate::{
	budget::Budget,
	graph::Graph,
	instance::Scaled,
	loss::worst,
	number::Number,
	report::{told, AttackReport},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A shock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Shock {
	/// So many operators are gone, those with the most stake.
	Largest(usize),
	/// These services slash all they can.
	Byzantine(Vec<String>),
	/// Those two of all services slash all they can with which the loss is the largest.
	WorstPair([String; 2]),
	/// Stake of a kind is worth a part of what it was.
	Price {
		/// The kind.
		kind: String,
		/// The part.
		price: Number,
	},
	/// All operators of this owner are gone.
	Owner(String),
}

/// What follows of a shock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShockReport {
	/// The shock.
	pub shock: Shock,
	/// The part of the stake that is gone with it.
	pub gone: Number,
	/// `gone`, and the largest part that an attack on the rest was found to forfeit.
	pub worst: Number,
	/// What `worst` cannot exceed.
	pub bound: Number,
	/// Whether the two are equal.
	pub exact: bool,
	/// The attack. `None` where none gains.
	pub attack: Option<AttackReport>,
}

/// A shock, what it leaves, and the stake there was.
fn after(shock: Shock, left: &Graph, total: &BigRational, budget: &Budget) -> ShockReport {
	let scaled = Scaled::of(left);
	let case = worst(&scaled.instance, &BigInt::zero(), budget);
	let part = |amount: BigRational| if total.is_zero() { amount } else { amount / total };
	let gone = part(total - left.total_stake());
	let worst = &gone + part(scaled.amount(&case.amount));
	let bound = &gone + part(scaled.amount(&case.bound));
	ShockReport {
		shock,
		gone: gone.into(),
		exact: worst == bound,
		worst: worst.into(),
		bound: bound.into(),
		attack: case.attack.map(|attack| told(left, &scaled, &attack)),
	}
}

/// The shocks that have a name.
pub(crate) fn named(graph: &Graph, budget: &Budget) -> Vec<ShockReport> {
	let total = graph.total_stake();
	let mut shocks: Vec<(Shock, Graph)> = Vec::new();
	let mut order: Vec<usize> = (0..graph.operators().len()).collect();
	order.sort_by(|a, b| graph.operators()[*b].stake.cmp(&graph.operators()[*a].stake));
	for most in [1, 3, 10] {
		let gone = order.iter().take(most).copied().collect();
		shocks.push((Shock::Largest(most), graph.without_operators(&gone)));
	}
	for kind in graph.kinds() {
		for price in [(0, 1), (4, 5), (1, 2)] {
			let price = BigRational::new(price.0.into(), price.1.into());
			let left = graph.priced(kind, &price);
			shocks.push((Shock::Price { kind: kind.to_owned(), price: price.into() }, left));
		}
	}
	let mut owners: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
	for (index, operator) in graph.operators().iter().enumerate() {
		if let Some(owner) = &operator.owner {
			owners.entry(owner).or_default().insert(index);
		}
	}
	for (owner, operators) in owners {
		shocks.push((Shock::Owner(owner.to_owned()), graph.without_operators(&operators)));
	}
	let searches = shocks.len() + graph.services().len() + 1;
	let mut reports = Vec::with_capacity(searches);
	let mut done = 0;
	let mut ask = |shock: Shock, left: &Graph| {
		done += 1;
		budget.within(searches + 1 - done, |share| after(shock, left, &total, share))
	};
	reports.extend(shocks.into_iter().map(|(shock, left)| ask(shock, &left)));
	for (index, service) in graph.services().iter().enumerate() {
		let left = graph.byzantine(&BTreeSet::from([index]));
		reports.push(ask(Shock::Byzantine(vec![service.id.clone()]), &left));
	}
	reports.extend(worst_pair(graph, &total, budget));
	reports
}

/// The worst two services. Pairs that cannot be the worst are not looked at: they slash no more than both weights, and
/// what follows takes less than all other services yield.
fn worst_pair(graph: &Graph, total: &BigRational, budget: &Budget) -> Option<ShockReport> {
	let scaled = Scaled::of(graph);
	let mut weights = vec![BigInt::zero(); graph.services().len()];
	for link in scaled.instance.edges.iter().flatten() {
		weights[link.service] += &link.weight;
	}
	let yielded: BigInt = scaled.instance.profit.iter().sum();
	let mut pairs = Vec::new();
	for first in 0..weights.len() {
		for second in first + 1..weights.len() {
			let others = &yielded - &scaled.instance.profit[first] - &scaled.instance.profit[second];
			pairs.push((&weights[first] + &weights[second] + others, first, second));
		}
	}
	pairs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
	let mut worst: Option<ShockReport> = None;
	let mut bound = BigRational::zero();
	for (most, first, second) in pairs {
		let most = match total.is_zero() {
			true => BigRational::zero(),
			false => (scaled.amount(&most) / total).min(BigRational::one()),
		};
		let found = worst.as_ref().and_then(|worst| worst.worst.finite());
		if found.is_some_and(|found| *found >= most) {
			break;
		}
		if worst.is_some() && !budget.step() {
			bound = bound.max(most);
			break;
		}
		let names = [first, second].map(|service| graph.services()[service].id.clone());
		let left = graph.byzantine(&BTreeSet::from([first, second]));
		let report = after(Shock::WorstPair(names), &left, total, budget);
		bound = report.bound.finite().cloned().unwrap_or_default().max(bound);
		if found.is_none_or(|found| report.worst.finite().is_some_and(|worst| worst > found)) {
			worst = Some(report);
		}
	}
	worst.map(|worst| {
		let exact = worst.worst.finite() == Some(&bound);
		ShockReport { bound: bound.into(), exact, ..worst }
	})
}
