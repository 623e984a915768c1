//! Branch and bound for the most profitable attack: operators join or stay out, one by one.
//!
//! With Z the operators that join with all they have, services separate. `AllOrNothing`: Z takes a service whole or not
//! at all. `Elastic`: what Z lacks of a service's threshold is bought from others at 1 per unit of weight, so a service
//! is worth `π − max(0, K − w(Z))`.
//!
//! The upper bound prices what a service still lacks: gaining it is worth at most `π / lack` for each unit of weight, so
//! an operator is worth at most the sum of its prices, less its stake. This is the lifted certificate of the rest of the
//! graph. It says nothing below 0, so attacks that lose are sought service by service: each is made to be part of the
//! attack, and its price is the one that makes the bound lowest.

use crate::{
	budget::Budget,
	graph::Model,
	instance::{Instance, Int},
};

/// What an operator does in an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
	Open,
	In,
	Out,
}

/// An attack: who joins with all it has, on which services, and what is left of the profit.
#[derive(Clone, Debug)]
pub(crate) struct Found<N> {
	pub(crate) value: N,
	pub(crate) joined: Vec<usize>,
	pub(crate) services: Vec<usize>,
}

/// What a search has found.
#[derive(Clone, Debug)]
pub(crate) struct Outcome<N> {
	/// The best attack on at least one service. `None` where there is none.
	pub(crate) best: Option<Found<N>>,
	/// No attack is worth more. `None` where there is none.
	pub(crate) bound: Option<N>,
}

struct Search<'a, N> {
	instance: &'a Instance<N>,
	budget: &'a Budget,
	choice: Vec<Choice>,
	/// K − w(Z) of each service: what is lacking, if above 0.
	lack: Vec<N>,
	/// The weight of operators that have not chosen.
	reach: Vec<N>,
	/// σ(Z).
	spent: N,
	best: Option<Found<N>>,
	price_limit: Option<N>,
}

/// A node's upper bound and the operator to branch on, if one can still matter.
struct Bound<N> {
	value: N,
	branch: Option<usize>,
}

impl<'a, N: Int> Search<'a, N> {
	fn new(instance: &'a Instance<N>, budget: &'a Budget) -> Self {
		let mut reach = vec![N::zero(); instance.need.len()];
		for link in instance.edges.iter().flatten() {
			reach[link.service] += &link.weight;
		}
		Self {
			instance,
			budget,
			choice: vec![Choice::Open; instance.stake.len()],
			lack: instance.need.clone(),
			reach,
			spent: N::zero(),
			best: None,
			price_limit: N::price_limit(&instance.total),
		}
	}

	fn choose(&mut self, operator: usize, choice: Choice) {
		let instance = self.instance;
		if self.choice[operator] == Choice::In {
			self.spent -= &instance.stake[operator];
		}
		if choice == Choice::In {
			self.spent += &instance.stake[operator];
		}
		for link in &instance.edges[operator] {
			match self.choice[operator] {
				Choice::Open => self.reach[link.service] -= &link.weight,
				Choice::In => self.lack[link.service] += &link.weight,
				Choice::Out => (),
			}
			match choice {
				Choice::Open => self.reach[link.service] += &link.weight,
				Choice::In => self.lack[link.service] -= &link.weight,
				Choice::Out => (),
			}
		}
		self.choice[operator] = choice;
	}

	/// What a service is worth to those who have joined.
	fn worth(&self, service: usize) -> Option<N> {
		let (profit, lack) = (&self.instance.profit[service], &self.lack[service]);
		match self.instance.model {
			_ if !lack.is_positive() => Some(profit.clone()),
			Model::AllOrNothing => None,
			Model::Elastic => Some(profit.clone() - lack.clone()),
		}
	}

	/// The value of an attack by those who have joined, on the services that are worth something to them, or on the best.
	fn evaluate(&mut self) {
		let mut sum = N::zero();
		let mut single: Option<(N, usize)> = None;
		for service in 0..self.lack.len() {
			let Some(worth) = self.worth(service) else { continue };
			if worth.is_positive() {
				sum += &worth;
			}
			if single.as_ref().is_none_or(|(best, _)| worth > *best) {
				single = Some((worth, service));
			}
		}
		let Some((single, service)) = single else { return };
		let lone = !single.is_positive();
		let value = if lone { single } else { sum } - self.spent.clone();
		if self.best.as_ref().is_some_and(|best| best.value >= value) {
			return;
		}
		let services = match lone {
			true => vec![service],
			false => (0..self.lack.len())
				.filter(|service| self.worth(*service).is_some_and(|worth| worth.is_positive()))
				.collect(),
		};
		let joined = (0..self.choice.len()).filter(|operator| self.choice[*operator] == Choice::In).collect();
		self.best = Some(Found { value, joined, services });
	}

	/// No attack below this node is worth more, of those on `forced` and on none of `barred`. `None`: there is none.
	fn bound(&self, forced: Option<usize>, barred: &[bool]) -> Option<Bound<N>> {
		let instance = self.instance;
		let elastic = instance.model == Model::Elastic;
		let mut sure = N::zero() - self.spent.clone();
		let mut prices: Vec<Option<N>> = vec![None; self.lack.len()];
		for service in (0..self.lack.len()).filter(|service| !barred[*service] && Some(*service) != forced) {
			let (profit, lack) = (&instance.profit[service], &self.lack[service]);
			if !lack.is_positive() {
				sure += profit;
				continue;
			}
			let at_once = match elastic {
				true => (profit.clone() - lack.clone()).max(N::zero()),
				false if *lack > self.reach[service] => continue,
				false => N::zero(),
			};
			sure += &at_once;
			let more = profit.clone() - at_once;
			if more.is_positive() {
				prices[service] = Some(more.raised().div_ceil(lack));
			}
		}
		let forced = match forced {
			Some(service) if !self.lack[service].is_positive() => {
				sure += &instance.profit[service];
				None
			},
			Some(service) => {
				sure += &instance.profit[service];
				if !elastic && self.lack[service] > self.reach[service] {
					return None;
				}
				Some(service)
			},
			None => None,
		};
		let mut offers = Vec::new();
		for operator in 0..self.choice.len() {
			if self.choice[operator] != Choice::Open {
				continue;
			}
			let mut gain = N::zero();
			let mut cover = N::zero();
			let mut useful = false;
			for link in &instance.edges[operator] {
				let lack = &self.lack[link.service];
				if let Some(price) = &prices[link.service] {
					gain += &(price.clone() * link.weight.clone().min(lack.clone()));
					useful = true;
				}
				if forced == Some(link.service) {
					cover = link.weight.clone().min(lack.clone());
					useful = true;
				}
			}
			if useful {
				offers.push(Offer { operator, gain, cover, stake: instance.stake[operator].raised() });
			}
		}
		let (extra, price) = match forced {
			None => (gains(&offers, &N::zero()), N::zero()),
			Some(service) => {
				let lack = &self.lack[service];
				let mut price = cheapest(&offers, lack);
				if elastic {
					price = price.min(N::one().raised());
				}
				if let Some(limit) = &self.price_limit {
					price = price.min(limit.clone());
				}
				(gains(&offers, &price) - price.clone() * lack.clone(), price)
			},
		};
		let branch = offers.iter().max_by_key(|offer| offer.rank(&price)).map(|offer| offer.operator);
		Some(Bound { value: sure + extra.lowered(), branch })
	}

	/// Looks at all attacks on `forced` and on none of `barred`. Those worth `floor` or less do not count. Returns a bound
	/// of what it could not look at; `None` where it has seen all.
	fn run(&mut self, forced: Option<usize>, barred: &[bool], floor: Option<&N>) -> Option<N> {
		// The operators on which it has branched, whether each has been out, and the bound of the node.
		let mut path: Vec<(usize, bool, N)> = Vec::new();
		let unseen = loop {
			let mut branch = None;
			self.evaluate();
			if let Some(bound) = self.bound(forced, barred) {
				let least = self.best.as_ref().map(|best| &best.value).max(floor);
				if least.is_none_or(|least| bound.value > *least) {
					branch = bound.branch.map(|operator| (operator, bound.value));
				}
			}
			if branch.is_some() && !self.budget.step() {
				let here = branch.map(|(_, bound)| bound);
				let siblings =
					path.iter().filter(|(_, was_out, _)| !was_out).map(|(_, _, bound)| bound.clone());
				break siblings.chain(here).max();
			}
			if let Some((operator, bound)) = branch {
				self.choose(operator, Choice::In);
				path.push((operator, false, bound));
				continue;
			}
			// Back to the last operator that has not been out.
			while let Some((operator, was_out, _)) = path.last_mut() {
				let operator = *operator;
				if !std::mem::replace(was_out, true) {
					self.choose(operator, Choice::Out);
					break;
				}
				self.choose(operator, Choice::Open);
				path.pop();
			}
			if path.is_empty() {
				break None;
			}
		};
		for (operator, _, _) in path.into_iter().rev() {
			self.choose(operator, Choice::Open);
		}
		unseen
	}
}

/// What an operator that has not chosen would bring.
struct Offer<N> {
	operator: usize,
	/// What its weights are worth, at the prices of services, raised.
	gain: N,
	/// How much it brings of the forced service.
	cover: N,
	/// Its stake, raised.
	stake: N,
}

impl<N: Int> Offer<N> {
	/// What it brings for its stake, where the forced service has this price.
	fn rank(&self, price: &N) -> N {
		(self.gain.clone() + price.clone() * self.cover.clone()) / self.stake.lowered().max(N::one())
	}
}

fn gains<N: Int>(offers: &[Offer<N>], price: &N) -> N {
	let mut sum = N::zero();
	for offer in offers {
		let net = price.clone() * offer.cover.clone() + offer.gain.clone() - offer.stake.clone();
		if net.is_positive() {
			sum += &net;
		}
	}
	sum
}

/// The price of the forced service at which just enough operators are worth their stake to cover `lack`, and 0 where that
/// many are at any price. Every price gives a valid bound, so it may be rounded.
fn cheapest<N: Int>(offers: &[Offer<N>], lack: &N) -> N {
	let mut left = lack.clone();
	let mut priced = Vec::new();
	for offer in offers.iter().filter(|offer| offer.cover.is_positive()) {
		let net = offer.stake.clone() - offer.gain.clone();
		match net.is_positive() {
			false => left -= &offer.cover,
			true => priced.push((net.div_ceil(&offer.cover), offer.cover.clone())),
		}
	}
	if !left.is_positive() {
		return N::zero();
	}
	priced.sort();
	let mut last = N::zero();
	for (price, cover) in priced {
		last = price;
		left -= &cover;
		if !left.is_positive() {
			break;
		}
	}
	last
}

/// The best attack that gains something. The bound is at least 0.
pub(crate) fn gaining<N: Int>(instance: &Instance<N>, budget: &Budget) -> Outcome<N> {
	let mut search = Search::new(instance, budget);
	let barred = vec![false; instance.need.len()];
	let unseen = search.run(None, &barred, Some(&N::zero()));
	let found = search.best.as_ref().map(|best| best.value.clone());
	let bound = found.into_iter().chain(unseen).chain([N::zero()]).max();
	Outcome { best: search.best, bound }
}

/// The best attack, also where every one loses.
pub(crate) fn best<N: Int>(instance: &Instance<N>, budget: &Budget) -> Outcome<N> {
	let first = gaining(instance, budget);
	if first.bound.as_ref().is_none_or(|bound| bound.is_positive()) {
		return first;
	}
	let mut search = Search::new(instance, budget);
	search.best = first.best;
	let mut barred = vec![false; instance.need.len()];
	let bounds = (0..instance.need.len()).filter_map(|service| {
		let bound = search.bound(Some(service), &barred)?;
		Some((bound.value, service))
	});
	let mut order: Vec<_> = bounds.collect();
	order.sort_by(|(a, left), (b, right)| b.cmp(a).then(left.cmp(right)));
	let mut unseen: Option<N> = None;
	for (bound, service) in order {
		if search.best.as_ref().is_some_and(|best| best.value >= bound) {
			break;
		}
		let open = search.run(Some(service), &barred, None);
		unseen = unseen.max(open.map(|open| open.min(bound)));
		barred[service] = true;
	}
	let found = search.best.as_ref().map(|best| best.value.clone());
	// Nothing gains: the first search has seen that.
	let bound = found.max(unseen).map(|bound| bound.min(N::zero()));
	Outcome { best: search.best, bound }
}
