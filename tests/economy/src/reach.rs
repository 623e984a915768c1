//! The stake that answers for an era, and the invariant that only slashes lower it.
//!
//! [`Reach`] is read from storage and computed independently, by the rules of the specification: it uses the
//! generations of pools as the test saw them begin, and none of the functions with which the pallets slash. A [`Watch`]
//! compares one [`Reach`] with the next, and [`Reach::differs_from_slashes`] checks that the pallets would take the
//! same amounts.
//!
//! * The native stake of an operator, for every era that a new slash can name, every era that a pending consensus slash
//!   names, and the elected era: its `Stake` and `Native` pools and the exits from them, of the generation that answers
//!   for the era.
//! * What a set of a service can reach in a pool, for the same eras: what a slash of its whole magnitude in that era
//!   takes of each of these parts.
//! * Each member of a set in an era answers for that era as long as a slash can name it.

use mainstay_avs_registry::{Memberships, Sets};
use mainstay_operator_delegation::{Exits, Pools};
use mainstay_primitives::{
	pool::mul_div,
	rolled_back,
	traits::{EraClock, InspectExposures, SlashAllocated, SlashPools},
	AccountId, Balance, Era, Fraction, OperatorSetId, PoolKind, SharePool,
};
use mainstay_restaking::Exposures;
use mainstay_runtime::{OperatorDelegation, Restaking, Runtime, RuntimeEvent, Staking, System};
use mainstay_slashing::{Lane, Slashes};
use mainstay_staking::{EraStakes, EraValidators, Parameters};
use std::collections::{BTreeMap, BTreeSet};

/// The largest difference by rounding if no slash was executed, in units of the currency.
const ROUNDING: Balance = 2;

/// A pool.
type PoolId = (AccountId, PoolKind);

/// What a set can reach in a pool for an era: operator, kind, set, era.
type Claim = (AccountId, PoolKind, OperatorSetId, Era);

/// The first eras of all generations of each pool, as far as the test saw them begin.
#[derive(Clone, Default)]
struct Generations(BTreeMap<PoolId, Vec<Era>>);

impl Generations {
	/// Records a pool whose running generation is number `generation` and begins in era `since`. If the pool is seen
	/// for the first time, its earlier generations count as one that began in era 0.
	fn see(&mut self, pool: &PoolId, generation: u32, since: Era) {
		let generation = generation as usize;
		let starts = self.0.entry(pool.clone()).or_insert_with(|| vec![0; generation]);
		if starts.len() <= generation {
			starts.resize(generation + 1, since);
		}
	}

	/// The number of the generation that answers for `era`.
	fn in_era(&self, pool: &PoolId, era: Era) -> usize {
		self.0.get(pool).map_or(0, |starts| starts.iter().filter(|start| **start <= era).count())
	}
}

/// The funds of one pool and its exits.
#[derive(Clone, Default)]
struct Parts {
	live: SharePool,
	/// What is left of the magnitude of the live pool.
	max: u64,
	/// The exits: the era under which they are filed, the funds, and what is left of their magnitude.
	exits: Vec<(Era, SharePool, u64)>,
}

impl Parts {
	/// The amounts that answer for `era`, each with what is left of its magnitude.
	fn answering<'a>(
		&'a self,
		pool: &'a PoolId,
		generations: &'a Generations,
		era: Era,
	) -> impl Iterator<Item = (Balance, u64)> + 'a {
		let generation = generations.in_era(pool, era);
		let live = generations.in_era(pool, Era::MAX) == generation;
		let exits = self
			.exits
			.iter()
			.filter(move |(queued, ..)| *queued >= era && generations.in_era(pool, *queued) == generation)
			.map(|(_, funds, max)| (funds.amount, *max));
		live.then_some((self.live.amount, self.max)).into_iter().chain(exits)
	}

	/// The maximum value of one unit of magnitude, summed over all parts. Cuts of magnitudes are rounded.
	fn grain(&self) -> Balance {
		let parts = self.exits.iter().map(|(_, funds, max)| (funds.amount, *max));
		let worth = |(amount, max): (Balance, u64)| amount / u128::from(max.max(1)) + 1;
		parts.chain([(self.live.amount, self.max)]).map(worth).sum()
	}
}

/// What slashes did to pools.
#[derive(Clone, Debug, Default)]
pub struct Slashed {
	/// The amount that was taken of each pool and its exits.
	taken: BTreeMap<PoolId, Balance>,
	/// The number of services' slashes that cut each pool's magnitude.
	cuts: BTreeMap<PoolId, u128>,
	/// The capture eras of slashes of each pool and its exits.
	captures: BTreeMap<PoolId, BTreeSet<Era>>,
	/// The allocations that were cut by their own set's slashes.
	by: BTreeSet<(AccountId, PoolKind, OperatorSetId)>,
}

impl Slashed {
	/// Reads slashes from these events.
	pub fn of(events: impl IntoIterator<Item = RuntimeEvent>) -> Self {
		use mainstay_operator_delegation::Event::Taken;
		use mainstay_restaking::Event::AllocationCut;
		let mut slashed = Self::default();
		for event in events {
			match event {
				RuntimeEvent::OperatorDelegation(Taken { operator, kind, capture, pool, exits }) => {
					let id = (operator, kind);
					slashed.captures.entry(id.clone()).or_default().insert(capture);
					*slashed.taken.entry(id).or_default() += pool + exits;
				},
				RuntimeEvent::Restaking(AllocationCut { operator, kind, set, .. }) => {
					*slashed.cuts.entry((operator.clone(), kind)).or_default() += 1;
					slashed.by.insert((operator, kind, set));
				},
				_ => {},
			}
		}
		slashed
	}

	fn taken(&self, operator: &AccountId, kind: PoolKind) -> Balance {
		self.taken.get(&(operator.clone(), kind)).copied().unwrap_or(0)
	}

	/// The amount that was taken of the native stake of `operator`.
	fn native(&self, operator: &AccountId) -> Balance {
		PoolKind::CONSENSUS.iter().map(|kind| self.taken(operator, *kind)).sum()
	}
}

/// The stake that answers at one moment.
#[derive(Clone, Default)]
pub struct Reach {
	/// The first era that a slash can name if it is reported now.
	first: Era,
	now: Era,
	/// The last era whose validators are elected.
	planned: Era,
	/// The native stake that answers, by operator and era.
	native: BTreeMap<(AccountId, Era), Balance>,
	/// The amounts that sets can reach.
	claims: BTreeMap<Claim, Balance>,
	/// The claims that pending slashes name.
	pinned: BTreeSet<Claim>,
	/// The existing sets.
	sets: BTreeSet<OperatorSetId>,
	/// The sets that are winding down, each with the last era for which its members answer.
	ending: BTreeMap<OperatorSetId, Era>,
	/// The memberships: set, operator, and an era for which the operator answers.
	members: BTreeSet<(OperatorSetId, AccountId, Era)>,
	/// The maximum value of one unit of magnitude, of each pool and its exits.
	grains: BTreeMap<PoolId, Balance>,
}

/// The last era whose validators are elected.
fn planned(now: Era) -> Era {
	now + u32::from(EraValidators::<Runtime>::contains_key(now + 1))
}

impl Reach {
	/// Reads the stake that answers now.
	fn read(generations: &mut Generations) -> Self {
		let now = Staking::active();
		let first = (now + 1).saturating_sub(Parameters::<Runtime>::get().exit_delay);
		let mut reach = Self { first, now, planned: planned(now), ..Default::default() };

		let mut pools = BTreeMap::<PoolId, Parts>::new();
		for (operator, kind, pool) in Pools::<Runtime>::iter() {
			let id = (operator, kind);
			generations.see(&id, pool.generation, pool.since);
			pools.insert(id, Parts { live: pool.funds, max: pool.max_magnitude, exits: vec![] });
		}
		for ((operator, kind, queued), exit) in Exits::<Runtime>::iter() {
			let parts = pools.get_mut(&(operator, kind)).expect("exits are from a pool");
			parts.exits.push((queued, exit.funds, exit.max_magnitude));
		}
		reach.grains = pools.iter().map(|(id, parts)| (id.clone(), parts.grain())).collect();

		let mut named = BTreeSet::<(AccountId, Era)>::new();
		for slash in Slashes::<Runtime>::iter_values() {
			match slash.lane {
				Lane::Attested { set, parts, .. } => reach
					.pinned
					.extend(parts.iter().map(|part| (slash.operator.clone(), part.kind, set, slash.capture))),
				_ => {
					named.insert((slash.operator, slash.capture));
				},
			}
		}

		let natives: BTreeSet<_> = pools
			.keys()
			.filter(|(_, kind)| PoolKind::CONSENSUS.contains(kind))
			.map(|(operator, _)| operator.clone())
			.collect();
		for operator in natives {
			let old = named.iter().filter(|(who, era)| *who == operator && *era < first).map(|(_, era)| *era);
			for era in old.chain(first..=reach.planned) {
				let answering = |kind: &PoolKind| -> Balance {
					let id = (operator.clone(), *kind);
					let parts = pools.get(&id).cloned().unwrap_or_default();
					parts.answering(&id, generations, era).map(|(amount, _)| amount).sum()
				};
				let sum = PoolKind::CONSENSUS.iter().map(answering).sum();
				reach.native.insert((operator.clone(), era), sum);
			}
		}

		let sets: BTreeMap<_, _> = Sets::<Runtime>::iter().map(|(id, set)| (id, set.until)).collect();
		reach.sets = sets.keys().copied().collect();
		reach.ending = sets.iter().filter_map(|(id, until)| Some((*id, (*until)?))).collect();
		for (operator, kind, exposure) in Exposures::<Runtime>::iter() {
			let id = (operator.clone(), kind);
			let Some(parts) = pools.get(&id) else { continue };
			for (set, allocation) in exposure.allocations.iter() {
				if !sets.contains_key(set) {
					continue;
				}
				let in_force = |era: Era| {
					let past = allocation.history.iter().rev().find(|(from, _)| *from <= era);
					let noted = past.map_or(0, |(_, magnitude)| *magnitude);
					match allocation.pending {
						// The allocation has come to bind, and no call has stored that yet.
						Some((magnitude, from)) if from <= era && from <= now => magnitude,
						// A pending raise can be withdrawn, so only the smaller magnitude counts.
						Some((magnitude, from)) if from <= era => magnitude.min(noted),
						_ => noted,
					}
				};
				let old = reach
					.pinned
					.iter()
					.filter(|(who, of, by, era)| (who, of, by) == (&operator, &kind, set) && *era < first)
					.map(|(.., era)| *era);
				let old: Vec<_> = old.collect();
				for era in old.into_iter().chain(first..=reach.planned) {
					if reach.ending.get(set).is_some_and(|until| *until < era) {
						continue;
					}
					let magnitude = in_force(era);
					let of = |(amount, max): (Balance, u64)| match magnitude.min(max) {
						0 => 0,
						reached => mul_div(amount, reached.into(), max.into()).expect("a part of it"),
					};
					let sum: Balance = parts.answering(&id, generations, era).map(of).sum();
					reach.claims.insert((operator.clone(), kind, *set, era), sum);
				}
			}
		}

		for (set, operator, membership) in Memberships::<Runtime>::iter() {
			let until = reach.ending.get(&set).copied().unwrap_or(Era::MAX);
			for era in (first..=now).filter(|era| *era <= until && membership.covers(*era)) {
				reach.members.insert((set, operator.clone(), era));
			}
		}
		reach
	}

	/// Whether a slash for `era` can be reported now or later. The elected era is still to come.
	fn in_time(&self, era: Era) -> bool {
		(self.first..=self.planned).contains(&era)
	}

	/// A validator of the elected era with less stake that answers for that era than elected it, not counting what
	/// slashes took since.
	pub fn short_of_election(&self, slashed: &Slashed) -> Option<String> {
		let era = self.planned;
		let (validators, stakes) = (EraValidators::<Runtime>::get(era), EraStakes::<Runtime>::get(era));
		validators.iter().zip(stakes).find_map(|(who, stake)| {
			let left = self.native.get(&(who.clone(), era)).copied().unwrap_or(0);
			let less = left + slashed.native(who) < stake;
			less.then(|| format!("{who:?} is elected for era {era} by {stake}, of which {left} answers"))
		})
	}

	/// A difference between this and what the pallets would take if they slashed everything, for each era that a slash
	/// can name. Rolls the slashes back.
	pub fn differs_from_slashes(&self) -> Option<String> {
		for ((operator, era), sum) in self.native.iter().filter(|((_, era), _)| *era <= self.now) {
			let take = |kind: &PoolKind| OperatorDelegation::take(operator, *kind, Fraction::WHOLE, *era);
			let taken = rolled_back(|| PoolKind::CONSENSUS.iter().map(take).sum::<Balance>());
			if taken != *sum {
				return Some(format!("consensus slashes {taken}, not {sum}, of {operator:?} for era {era}"));
			}
		}
		for ((operator, kind, set, era), sum) in self.claims.iter().filter(|((.., era), _)| *era <= self.now)
		{
			let taken = rolled_back(|| {
				let magnitude = Restaking::slashable_magnitude(operator, *kind, *set, *era);
				OperatorDelegation::take_allocated(operator, *kind, magnitude, Fraction::WHOLE, *era, true)
					.taken
			});
			if taken != *sum {
				return Some(format!(
					"{set:?} slashes {taken}, not {sum}, of {operator:?} {kind:?} for era {era}"
				));
			}
		}
		None
	}
}

/// What fell from `before` to `after` by more than slashes took in the meantime, if anything did.
fn fallen(before: &Reach, after: &Reach, generations: &Generations, slashed: &Slashed) -> Option<String> {
	for ((operator, era), was) in &before.native {
		let key = (operator.clone(), *era);
		let is = match after.native.get(&key) {
			Some(is) => *is,
			None if after.in_time(*era) => 0,
			None => continue,
		};
		if is + slashed.native(operator) + ROUNDING < *was {
			return Some(format!(
				"native stake of {operator:?} that answers for era {era} fell from {was} to {is} in era {} \
				 (planned: {}), and slashes took {}",
				after.now,
				after.planned,
				slashed.native(operator)
			));
		}
	}
	for (claim, was) in &before.claims {
		let (operator, kind, set, era) = claim;
		let is = match after.claims.get(claim) {
			Some(is) => *is,
			// The set ended before its members answered for that era.
			None if after.ending.get(set).is_some_and(|until| until < era) && *era > before.now => continue,
			// The set was closed at once, and no operator ever answered to it.
			None if !after.sets.contains(set) && !before.members.iter().any(|(of, ..)| of == set) => continue,
			None if after.in_time(*era) || after.pinned.contains(claim) => 0,
			None => continue,
		};
		let pool = (operator.clone(), *kind);
		// After its own slash, a set can reach less of exits that are older than the fault. That is accepted. What it
		// can reach of another generation stays.
		let cut = || match slashed.captures.get(&pool) {
			Some(captures) => captures
				.iter()
				.any(|capture| generations.in_era(&pool, *capture) == generations.in_era(&pool, *era)),
			None => true,
		};
		if slashed.by.contains(&(operator.clone(), *kind, *set)) && cut() {
			continue;
		}
		let grain = before.grains.get(&pool).copied().unwrap_or(0);
		let rounding = ROUNDING + slashed.cuts.get(&pool).map_or(0, |cuts| cuts * grain);
		if is + slashed.taken(operator, *kind) + rounding < *was {
			return Some(format!(
				"what {set:?} reaches of {operator:?} {kind:?} for era {era} fell from {was} to {is} in era {} \
				 (planned: {}), and slashes took {}",
				after.now,
				after.planned,
				slashed.taken(operator, *kind)
			));
		}
	}
	let gone = before.members.difference(&after.members).find(|(.., era)| *era >= after.first);
	gone.map(|(set, operator, era)| format!("{operator:?} answers to {set:?} for era {era} no more"))
}

/// Compares the stake that answers at one look with that at the next.
#[derive(Clone, Default)]
pub struct Watch {
	generations: Generations,
	/// The stake that answered at the last look.
	pub last: Reach,
}

impl Watch {
	/// Takes the first look.
	pub fn begin() -> Self {
		let mut generations = Generations::default();
		let last = Reach::read(&mut generations);
		Self { generations, last }
	}

	/// Whether the live pool of this kind, or the exits from it that are filed under era `queued`, answer for `era`.
	pub fn answers(&self, operator: &AccountId, kind: PoolKind, queued: Option<Era>, era: Era) -> bool {
		let in_era = |era| self.generations.in_era(&(operator.clone(), kind), era);
		in_era(queued.unwrap_or(Era::MAX)) == in_era(era) && queued.is_none_or(|queued| queued >= era)
	}

	/// Looks again, and returns what fell since the last look without a slash. `slashed` has the slashes since then.
	pub fn look(&mut self, slashed: &Slashed) -> Option<String> {
		let before = std::mem::replace(&mut self.last, Reach::read(&mut self.generations));
		let elected = self.last.planned > before.planned;
		let short = || self.last.short_of_election(slashed).filter(|_| elected);
		fallen(&before, &self.last, &self.generations, slashed).or_else(short)
	}

	/// Looks again if an event of the running block reports a change. The first `seen` events were looked at before.
	/// Returns the number of events.
	///
	/// Panics if something fell without a slash.
	pub fn assert_not_fallen(&mut self, seen: usize) -> usize {
		let mut events: Vec<_> = System::read_events_no_consensus().map(|record| record.event).collect();
		let count = events.len();
		events.drain(..seen);
		events.retain(|event| {
			use RuntimeEvent::*;
			matches!(event, OperatorDelegation(_) | Staking(_) | AvsRegistry(_) | Restaking(_) | Slashing(_))
		});
		if events.is_empty() {
			return count;
		}
		if let Some(text) = self.look(&Slashed::of(events.clone())) {
			panic!("{text}, after {events:#?}");
		}
		count
	}
}
