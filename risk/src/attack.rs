//! The best attack, and the one that costs the least for what it yields.

use crate::{
	budget::Budget,
	flow::Network,
	graph::Model,
	instance::{with_instance, Instance, Int},
	search::{self, Found, Outcome},
	split::{parts, Part},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// An attack, in the places and the integers of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attack {
	/// What is left of what the services yield.
	pub(crate) profit: BigInt,
	/// The services that are corrupted, by their places.
	pub(crate) services: Vec<usize>,
	/// Who takes part, by place, with what it forfeits.
	pub(crate) forfeits: Vec<(usize, BigInt)>,
}

impl Instance<BigInt> {
	/// The attack of `joined` with all they have on `services`. `Elastic`: what they lack, others bring, in their order.
	pub(crate) fn attack(&self, joined: &[usize], services: &[usize]) -> Attack {
		let mut forfeits = vec![BigInt::zero(); self.stake.len()];
		let mut lack = vec![BigInt::zero(); self.need.len()];
		let mut takes_part = vec![false; self.stake.len()];
		let mut attacked = vec![false; self.need.len()];
		for service in services {
			attacked[*service] = true;
			lack[*service] = self.need[*service].clone();
		}
		for operator in joined {
			takes_part[*operator] = true;
			forfeits[*operator] = self.stake[*operator].clone();
			for link in &self.edges[*operator] {
				lack[link.service] -= &link.weight;
			}
		}
		if self.model == Model::Elastic {
			for (operator, links) in self.edges.iter().enumerate() {
				if takes_part[operator] {
					continue;
				}
				for link in links.iter().filter(|link| attacked[link.service]) {
					let brought = link.weight.clone().min(lack[link.service].clone());
					if brought.is_positive() {
						takes_part[operator] = true;
						forfeits[operator] += &brought;
						lack[link.service] -= brought;
					}
				}
				let most = &self.stake[operator];
				if forfeits[operator] > *most {
					forfeits[operator] = most.clone();
				}
			}
		}
		let yielded: BigInt = services.iter().map(|service| &self.profit[*service]).sum();
		let forfeits: Vec<_> =
			forfeits.into_iter().enumerate().filter(|(operator, _)| takes_part[*operator]).collect();
		let cost: BigInt = forfeits.iter().map(|(_, amount)| amount).sum();
		Attack { profit: yielded - cost, services: services.to_vec(), forfeits }
	}

	/// What an attack on each service by itself costs that needs no search: by all of its members, or `Elastic` by as many
	/// as it takes.
	fn plain_costs(&self) -> Vec<BigInt> {
		if self.model == Model::Elastic {
			return self.need.clone();
		}
		let mut costs = vec![BigInt::zero(); self.need.len()];
		for (links, stake) in self.edges.iter().zip(&self.stake) {
			for link in links {
				costs[link.service] += stake;
			}
		}
		costs
	}

	/// The best of these attacks.
	fn plain(&self) -> Option<Found<BigInt>> {
		let values = self.plain_costs().into_iter().zip(&self.profit).map(|(cost, profit)| profit - cost);
		let (value, service) =
			values.zip(0..).max_by(|(a, left), (b, right)| a.cmp(b).then(right.cmp(left)))?;
		let member = |operator: &usize| self.edges[*operator].iter().any(|link| link.service == service);
		let joined = match self.model {
			Model::Elastic => Vec::new(),
			Model::AllOrNothing => (0..self.stake.len()).filter(member).collect(),
		};
		Some(Found { value, joined, services: vec![service] })
	}

	/// Whether every service needs all of its weight.
	fn is_unanimous(&self) -> bool {
		let mut weight = vec![BigInt::zero(); self.need.len()];
		for link in self.edges.iter().flatten() {
			weight[link.service] += &link.weight;
		}
		self.model == Model::AllOrNothing && weight == self.need
	}

	/// The best attack where every service needs all of its weight: the largest closure of services and their operators,
	/// which is a smallest cut. With `forced`, of those on that service. `None` where the budget did not suffice.
	fn closure(&self, forced: Option<usize>, budget: &Budget) -> Option<Found<BigInt>> {
		let (services, operators) = (self.need.len(), self.stake.len());
		let (source, sink) = (services + operators, services + operators + 1);
		let mut network = Network::new(sink + 1);
		for (service, profit) in self.profit.iter().enumerate() {
			let capacity = if forced == Some(service) { &self.total } else { profit };
			network.arc(source, service, capacity.clone());
		}
		for (operator, links) in self.edges.iter().enumerate() {
			for link in links {
				network.arc(link.service, services + operator, self.total.clone());
			}
			network.arc(services + operator, sink, self.stake[operator].clone());
		}
		network.fill(source, sink, budget)?;
		let side = network.side(source);
		let taken: Vec<_> = (0..services).filter(|service| side[*service]).collect();
		let joined: Vec<_> = (0..operators).filter(|operator| side[services + operator]).collect();
		let yielded: BigInt = taken.iter().map(|service| &self.profit[*service]).sum();
		let cost: BigInt = joined.iter().map(|operator| &self.stake[*operator]).sum();
		Some(Found { value: yielded - cost, joined, services: taken })
	}

	/// The best attack on at least one service by smallest cuts. `None` where the budget did not suffice.
	fn best_closure(&self, budget: &Budget) -> Option<Outcome<BigInt>> {
		let free = self.closure(None, budget)?;
		let mut best = (free.value.is_positive()).then_some(free);
		if best.is_none() {
			for service in 0..self.need.len() {
				let found = self.closure(Some(service), budget)?;
				if best.as_ref().is_none_or(|best| found.value > best.value) {
					best = Some(found);
				}
			}
		}
		let bound = best.as_ref().map(|best| best.value.clone());
		Some(Outcome { best, bound })
	}
}

/// As of an instance with integers of any size.
fn big<N: Int>(outcome: Outcome<N>) -> Outcome<BigInt> {
	let best = outcome.best.map(|best| Found {
		value: best.value.big(),
		joined: best.joined,
		services: best.services,
	});
	Outcome { best, bound: outcome.bound.map(|bound| bound.big()) }
}

/// The best attack, and a bound that none exceeds.
pub(crate) struct Best {
	pub(crate) attack: Attack,
	pub(crate) bound: BigInt,
}

/// The best attack on at least one service. `None` where there is no service.
pub(crate) fn best(whole: &Instance<BigInt>, budget: &Budget) -> Option<Best> {
	let parts = parts(whole);
	let mut outcomes = Vec::with_capacity(parts.len());
	for (index, part) in parts.iter().enumerate() {
		let outcome = budget.within(parts.len() - index, |share| best_of(&part.instance, share));
		outcomes.push((part, outcome));
	}
	let bounds = || outcomes.iter().filter_map(|(_, outcome)| outcome.bound.as_ref());
	let gains: BigInt = bounds().filter(|bound| bound.is_positive()).sum();
	let bound = if gains.is_positive() { gains } else { bounds().max()?.clone() };
	let found = outcomes.iter().filter_map(|(part, outcome)| Some((part, outcome.best.as_ref()?)));
	let found: Vec<(&&Part, &Found<BigInt>)> = found.collect();
	let gaining = found.iter().filter(|(_, found)| found.value.is_positive());
	let mut chosen: Vec<_> = gaining.copied().collect();
	if chosen.is_empty() {
		// The first of the best.
		chosen.extend(found.iter().copied().reduce(|best, next| match next.1.value > best.1.value {
			true => next,
			false => best,
		}));
	}
	let mut joined = Vec::new();
	let mut services = Vec::new();
	for (part, found) in chosen {
		joined.extend(found.joined.iter().map(|operator| part.operators[*operator]));
		services.extend(found.services.iter().map(|service| part.services[*service]));
	}
	joined.sort_unstable();
	services.sort_unstable();
	let attack = whole.attack(&joined, &services);
	Some(Best { bound: bound.max(attack.profit.clone()), attack })
}

fn best_of(part: &Instance<BigInt>, budget: &Budget) -> Outcome<BigInt> {
	if part.is_unanimous() {
		if let Some(outcome) = part.best_closure(budget) {
			return outcome;
		}
	}
	let mut outcome = with_instance!(&part.clone().sized(), sized => big(search::best(sized, budget)));
	if outcome.best.is_none() {
		outcome.best = part.plain();
	}
	outcome
}

/// An attack that gains, with profits times `profit` and costs times `cost`, and whether one may have been missed.
pub(crate) fn gaining(
	part: &Instance<BigInt>,
	profit: &BigInt,
	cost: &BigInt,
	budget: &Budget,
) -> (Option<Found<BigInt>>, bool) {
	let scaled = part.scaled(profit, cost);
	if part.is_unanimous() {
		if let Some(found) = scaled.closure(None, budget) {
			return (found.value.is_positive().then_some(found), false);
		}
	}
	let outcome = with_instance!(&scaled.sized(), sized => big(search::gaining(sized, budget)));
	let found = outcome.best.filter(|best| best.value.is_positive());
	let bound = outcome.bound.filter(Signed::is_positive);
	let missed = bound.as_ref() > found.as_ref().map(|found| &found.value);
	(found, missed)
}

/// The least of cost / yield over all attacks that yield something, and whether it is the least for sure. `None` where
/// no service yields anything.
pub(crate) fn least_ratio(whole: &Instance<BigInt>, budget: &Budget) -> Option<(BigRational, bool)> {
	let mut ratio: Option<BigRational> = None;
	let mut exact = true;
	let parts = parts(whole);
	for part in &parts {
		let costs = part.instance.plain_costs().into_iter().zip(&part.instance.profit);
		let yielding = costs.filter(|(_, profit)| profit.is_positive());
		let ratios = yielding.map(|(cost, profit)| BigRational::new(cost, profit.clone()));
		ratio = ratio.into_iter().chain(ratios).min();
	}
	let mut ratio = ratio?;
	for (index, part) in parts.iter().enumerate() {
		exact &= budget.within(parts.len() - index, |share| cheapen(&mut ratio, &part.instance, share));
	}
	Some((ratio, exact))
}

/// Lowers `ratio` to what an attack on this part costs for what it yields (Dinkelbach): as long as one gains where costs
/// are divided by the ratio. Returns whether there is none below for sure.
fn cheapen(ratio: &mut BigRational, part: &Instance<BigInt>, budget: &Budget) -> bool {
	while !ratio.is_zero() {
		let (found, missed) = gaining(part, ratio.numer(), ratio.denom(), budget);
		let cheaper = found.and_then(|found| part.attack(&found.joined, &found.services).ratio(part));
		match cheaper.filter(|cheaper| *cheaper < *ratio) {
			Some(cheaper) => *ratio = cheaper,
			None => return !missed,
		}
	}
	true
}

impl Attack {
	/// What is forfeited.
	pub(crate) fn cost(&self) -> BigInt {
		self.forfeits.iter().map(|(_, amount)| amount).sum()
	}

	/// Cost / yield. `None` where nothing is yielded.
	fn ratio(&self, instance: &Instance<BigInt>) -> Option<BigRational> {
		let yielded: BigInt = self.services.iter().map(|service| &instance.profit[*service]).sum();
		yielded.is_positive().then(|| BigRational::new(self.cost(), yielded))
	}
}
