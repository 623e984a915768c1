//! How much of the stake is lost when a shock has hit: the attack that forfeits the most, of those that gain, after the
//! loss of operators that makes it the worst. A cascade of attacks is one attack, so one is all to look for.
//!
//! `AllOrNothing`: every operator is lost at once, takes part in the attack, or does neither. `Elastic`: an attack on a
//! set A of services can forfeit any amount from what it costs at least, up to all weights behind A and to below what it
//! yields; the loss is the supremum of these.

use crate::{
	attack::{gaining, Attack},
	budget::Budget,
	graph::Model,
	instance::{with_instance, Instance, Int},
};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

/// The worst case, in the places and the integers of an instance.
#[derive(Clone, Debug)]
pub(crate) struct Worst {
	/// Who is lost at once.
	pub(crate) lost: Vec<usize>,
	/// The attack on what is left. `None` where none gains.
	pub(crate) attack: Option<Attack>,
	/// What it forfeits; `Elastic`: can be made to forfeit.
	pub(crate) amount: BigInt,
	/// No case loses more by an attack.
	pub(crate) bound: BigInt,
}

/// The most services of an elastic graph of which every subset is looked at.
const SUBSETS: usize = 12;
/// The most operators of an elastic graph of which every loss is looked at.
const LOSSES: usize = 12;

/// The worst case after any loss of stake of at most `shock`.
pub(crate) fn worst(whole: &Instance<BigInt>, shock: &BigInt, budget: &Budget) -> Worst {
	match whole.model {
		Model::AllOrNothing => with_instance!(&whole.clone().sized(), sized => {
			let (lost, joined, services, bound) = Search::new(sized, Int::of(shock), budget).run();
			let attack = (!services.is_empty()).then(|| whole.attack(&joined, &services));
			let amount = attack.as_ref().map(Attack::cost).unwrap_or_default();
			Worst { lost, attack, amount, bound: bound.big() }
		}),
		Model::Elastic => elastic_worst(whole, shock, budget),
	}
}

fn elastic_worst(whole: &Instance<BigInt>, shock: &BigInt, budget: &Budget) -> Worst {
	let mut worst = elastic(whole, budget);
	// Those without an edge matter to no attack.
	let movable: Vec<usize> =
		(0..whole.stake.len()).filter(|index| !whole.edges[*index].is_empty()).collect();
	let movable: Vec<usize> =
		movable.into_iter().filter(|operator| whole.stake[*operator] <= *shock).collect();
	if movable.is_empty() {
		return worst;
	}
	let most = most_forfeited(whole);
	if movable.len() > LOSSES {
		// The largest that fit, one after the other.
		let mut order = movable;
		order.sort_by(|a, b| whole.stake[*b].cmp(&whole.stake[*a]));
		let mut left = shock.clone();
		order.retain(|operator| {
			let fits = whole.stake[*operator] <= left;
			if fits {
				left -= &whole.stake[*operator];
			}
			fits
		});
		order.sort_unstable();
		let case = elastic(&whole.without(&order), budget);
		if case.amount > worst.amount {
			worst = Worst { lost: order, ..case };
		}
		worst.bound = most;
		return worst;
	}
	let mut cases: Vec<(BigInt, Vec<usize>)> = Vec::new();
	for choice in 1_u32..1 << movable.len() {
		let lost: Vec<_> = movable
			.iter()
			.enumerate()
			.filter(|(bit, _)| choice >> bit & 1 == 1)
			.map(|(_, operator)| *operator)
			.collect();
		let stake: BigInt = lost.iter().map(|operator| &whole.stake[*operator]).sum();
		if stake <= *shock {
			cases.push((stake, lost));
		}
	}
	cases.sort();
	for (_, lost) in cases {
		if worst.amount >= most {
			break;
		}
		let case = elastic(&whole.without(&lost), budget);
		let bound = case.bound.clone().max(worst.bound.clone());
		if case.amount > worst.amount {
			worst = Worst { lost, ..case };
		}
		worst.bound = bound;
	}
	worst
}

/// Above what every attack can forfeit of an elastic graph, or equal: what services yield, and what stands behind them.
fn most_forfeited(instance: &Instance<BigInt>) -> BigInt {
	let all: Vec<_> = (0..instance.need.len()).collect();
	forfeitable(instance, &all)
}

/// The supremum of what attacks on `services` forfeit, if one gains.
fn forfeitable(instance: &Instance<BigInt>, services: &[usize]) -> BigInt {
	let mut attacked = vec![false; instance.need.len()];
	for service in services {
		attacked[*service] = true;
	}
	let yielded: BigInt = services.iter().map(|service| &instance.profit[*service]).sum();
	let behind = instance.edges.iter().zip(&instance.stake).map(|(links, stake)| {
		let weights: BigInt =
			links.iter().filter(|link| attacked[link.service]).map(|link| &link.weight).sum();
		weights.min(stake.clone())
	});
	yielded.min(behind.sum())
}

/// The worst attack on an elastic graph.
fn elastic(instance: &Instance<BigInt>, budget: &Budget) -> Worst {
	let one = BigInt::one();
	let none = |bound| Worst { lost: Vec::new(), attack: None, amount: BigInt::zero(), bound };
	let most = most_forfeited(instance);
	let (found, missed) = gaining(instance, &one, &one, budget);
	let Some(found) = found else { return none(if missed { most } else { BigInt::zero() }) };
	let amount = forfeitable(instance, &found.services);
	let attack = instance.attack(&found.joined, &found.services);
	let mut worst = Worst { lost: Vec::new(), attack: Some(attack), amount, bound: most.clone() };
	// Services that yield nothing can still make an attack forfeit more.
	let all: Vec<usize> = (0..instance.need.len()).collect();
	let mut subsets = vec![(most, all.clone())];
	let few = all.len() <= SUBSETS;
	if few {
		subsets = (1_u32..1 << all.len())
			.map(|choice| {
				all.iter().copied().filter(|service| choice >> service & 1 == 1).collect::<Vec<_>>()
			})
			.map(|services| (forfeitable(instance, &services), services))
			.collect();
		subsets.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.len().cmp(&b.1.len())));
	}
	for (amount, services) in subsets {
		if amount <= worst.amount {
			worst.bound = worst.amount.clone();
			return worst;
		}
		match gains_on(instance, &services, budget) {
			(Some(attack), _) => {
				return Worst { lost: Vec::new(), attack: Some(attack), bound: amount.clone(), amount };
			},
			// This one may gain, and no later one can forfeit more.
			(None, true) => {
				worst.bound = amount;
				return worst;
			},
			(None, false) => (),
		}
	}
	if few {
		worst.bound = worst.amount.clone();
	}
	worst
}

/// An attack that gains on exactly these services, and whether one may have been missed. With profits that no threshold
/// exceeds, every service is worth taking, and the value tells what is left of the true profits.
fn gains_on(instance: &Instance<BigInt>, services: &[usize], budget: &Budget) -> (Option<Attack>, bool) {
	let mut wanted = instance.clone();
	wanted.profit = vec![BigInt::zero(); instance.need.len()];
	for service in services {
		wanted.profit[*service] = instance.profit[*service].clone().max(&instance.need[*service] + 1);
	}
	let one = BigInt::one();
	let (found, missed) = gaining(&wanted.scaled(&one, &one), &one, &one, budget);
	let attack = found.map(|found| instance.attack(&found.joined, services));
	(attack.filter(|attack| attack.profit.is_positive()), missed)
}

/// What an operator does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
	Open,
	In,
	Lost,
	Out,
}

/// Branch and bound over operators, the largest first.
struct Search<'a, N> {
	instance: &'a Instance<N>,
	budget: &'a Budget,
	order: Vec<usize>,
	choice: Vec<Choice>,
	/// K − w(B) − θw(D) of each service.
	lack: Vec<N>,
	/// The weight of operators that have not chosen.
	reach: Vec<N>,
	/// σ(B).
	spent: N,
	/// The stake of operators that have not chosen.
	open: N,
	/// What may still be lost at once.
	left: N,
	best: Option<Case<N>>,
}

struct Case<N> {
	amount: N,
	/// What is left of the shock.
	left: N,
	choice: Vec<Choice>,
	services: Vec<usize>,
}

impl<'a, N: Int> Search<'a, N> {
	fn new(instance: &'a Instance<N>, shock: N, budget: &'a Budget) -> Self {
		let mut reach = vec![N::zero(); instance.need.len()];
		for link in instance.edges.iter().flatten() {
			reach[link.service] += &link.weight;
		}
		let mut order: Vec<_> = (0..instance.stake.len()).collect();
		order.retain(|operator| instance.stake[*operator].is_positive());
		order.sort_by(|a, b| instance.stake[*b].cmp(&instance.stake[*a]));
		let mut open = N::zero();
		for stake in &instance.stake {
			open += stake;
		}
		Self {
			instance,
			budget,
			order,
			choice: vec![Choice::Open; instance.stake.len()],
			lack: instance.need.clone(),
			reach,
			spent: N::zero(),
			open,
			left: shock,
			best: None,
		}
	}

	fn choose(&mut self, operator: usize, choice: Choice) {
		let instance = self.instance;
		let stake = &instance.stake[operator];
		match self.choice[operator] {
			Choice::Open => self.open -= stake,
			Choice::In => self.spent -= stake,
			Choice::Lost => self.left += stake,
			Choice::Out => (),
		}
		match choice {
			Choice::Open => self.open += stake,
			Choice::In => self.spent += stake,
			Choice::Lost => self.left -= stake,
			Choice::Out => (),
		}
		for link in &instance.edges[operator] {
			match self.choice[operator] {
				Choice::Open => self.reach[link.service] -= &link.weight,
				Choice::In => self.lack[link.service] += &link.weight,
				Choice::Lost => self.lack[link.service] += &link.relief,
				Choice::Out => (),
			}
			match choice {
				Choice::Open => self.reach[link.service] += &link.weight,
				Choice::In => self.lack[link.service] -= &link.weight,
				Choice::Lost => self.lack[link.service] -= &link.relief,
				Choice::Out => (),
			}
		}
		self.choice[operator] = choice;
	}

	fn taken(&self) -> impl Iterator<Item = usize> + '_ {
		(0..self.lack.len()).filter(|service| !self.lack[*service].is_positive())
	}

	/// Whether what those who have joined take by themselves is worth more than what they forfeit, and the worst yet.
	fn evaluate(&mut self) {
		let mut yielded = N::zero();
		for service in self.taken() {
			yielded += &self.instance.profit[service];
		}
		let worse =
			|best: &Case<N>| self.spent > best.amount || (self.spent == best.amount && self.left > best.left);
		// An attack that forfeits nothing makes no loss worse, so none is for its sake.
		let idle = self.spent.is_zero() && self.choice.contains(&Choice::Lost);
		if idle || yielded <= self.spent || self.best.as_ref().is_some_and(|best| !worse(best)) {
			return;
		}
		self.best = Some(Case {
			amount: self.spent.clone(),
			left: self.left.clone(),
			choice: self.choice.clone(),
			services: self.taken().collect(),
		});
	}

	/// No case below this node loses more by an attack that gains. `None` where no attack gains.
	fn bound(&self) -> Option<N> {
		let mut yielded = N::zero();
		let mut sure = N::zero() - self.spent.clone();
		let mut prices: Vec<Option<N>> = vec![None; self.lack.len()];
		for (service, profit) in self.instance.profit.iter().enumerate() {
			let lack = &self.lack[service];
			if !lack.is_positive() {
				yielded += profit;
				sure += profit;
			} else if *lack <= self.reach[service] {
				yielded += profit;
				prices[service] = Some(profit.raised().div_ceil(lack));
			}
		}
		let mut extra = N::zero();
		for operator in (0..self.choice.len()).filter(|operator| self.choice[*operator] == Choice::Open) {
			let stake = &self.instance.stake[operator];
			let mut joining = N::zero() - stake.raised();
			let mut lost = N::zero();
			for link in &self.instance.edges[operator] {
				if let Some(price) = &prices[link.service] {
					let lack = &self.lack[link.service];
					joining += &(price.clone() * link.weight.clone().min(lack.clone()));
					lost += &(price.clone() * link.relief.clone().min(lack.clone()));
				}
			}
			if *stake > self.left {
				lost = N::zero();
			}
			extra += &joining.max(lost).max(N::zero());
		}
		let profit = sure + extra.lowered();
		profit.is_positive().then(|| (self.spent.clone() + self.open.clone()).min(yielded - N::one()))
	}

	/// Who is lost, who joins, which services they take, and a bound.
	fn run(mut self) -> (Vec<usize>, Vec<usize>, Vec<usize>, N) {
		// The bound of each node on the way here.
		let mut path: Vec<N> = Vec::new();
		let mut unseen: Option<N> = None;
		loop {
			self.evaluate();
			let more = self.bound().filter(Signed::is_positive).filter(|bound| {
				self.best.as_ref().is_none_or(|best| {
					*bound > best.amount || (*bound == best.amount && self.left > best.left)
				})
			});
			if let Some(bound) = more.filter(|_| path.len() < self.order.len()) {
				if !self.budget.step() {
					unseen = path.drain(..).chain([bound]).max();
					break;
				}
				let operator = self.order[path.len()];
				path.push(bound);
				self.choose(operator, Choice::In);
				continue;
			}
			// Back to the last operator that has a choice left.
			while let Some(last) = path.len().checked_sub(1) {
				let operator = self.order[last];
				let fits = self.instance.stake[operator] <= self.left;
				match self.choice[operator] {
					Choice::In if fits => {
						self.choose(operator, Choice::Lost);
						break;
					},
					Choice::In | Choice::Lost => {
						self.choose(operator, Choice::Out);
						break;
					},
					Choice::Out | Choice::Open => {
						self.choose(operator, Choice::Open);
						path.pop();
					},
				}
			}
			if path.is_empty() {
				break;
			}
		}
		let Some(best) = self.best else {
			return (Vec::new(), Vec::new(), Vec::new(), unseen.unwrap_or_else(N::zero));
		};
		let those = |choice: Choice| {
			(0..best.choice.len()).filter(|operator| best.choice[*operator] == choice).collect::<Vec<_>>()
		};
		let bound = unseen.max(Some(best.amount.clone())).unwrap_or_else(N::zero);
		(those(Choice::Lost), those(Choice::In), best.services.clone(), bound)
	}
}
