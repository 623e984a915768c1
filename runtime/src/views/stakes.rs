//! The stake that sets can slash, over all operators that answer to them. This is the part of
//! [`RestakingApi`](mainstay_primitives::runtime_api::restaking::RestakingApi) that reads many operators' pools.

use super::{
	columns::{Column, Holders, OperatorKey, PoolColumns},
	sift,
};
use crate::{AvsRegistry, OperatorDelegation, Restaking, Runtime, Slashing, Staking};
use alloc::vec::Vec;
use core::ops::RangeInclusive;
use frame_support::storage::StoragePrefixedMap;
use mainstay_avs_registry::{Members, Memberships};
use mainstay_operator_delegation::{Backing, Exit, Exits};
use mainstay_primitives::{
	runtime_api::{restaking::*, Account, Amount, Fraction, Page},
	traits::{EraClock, InspectOperators, OperatorSets},
	weigh, AccountId, Balance, Delayed, Era, Magnitude, Multiplier, OperatorSetId, Pool, PoolKind, SlashId,
};
use mainstay_restaking::{Horizon, Leverage};
use mainstay_slashing::{PendingOf, Slash};

/// The maximum number of former members whose stake is added to a set's.
const MAX_FORMER: usize = 1_000;
/// The maximum number of an operator's pending slashes that are simulated. It is more than the operator's sets and
/// consensus offences can have pending without appeals.
const MAX_SIMULATED: usize = 256;
/// Below this number of eras, reading every bucket of exits is cheaper than checking whether any exists.
const MIN_FILTERED_ERAS: Era = 2;

/// The kinds of a set, and the requested capture era; `None` if no slash by the set can name that era.
fn slashable_era(set: OperatorSetId, capture: Option<Era>) -> Option<(Vec<(PoolKind, Multiplier)>, Era)> {
	let capture = capture.unwrap_or_else(Staking::active);
	let known = AvsRegistry::exists(set) && Slashing::ensure_in_time(capture, 0).is_ok();
	known.then(|| (AvsRegistry::kinds(set), capture))
}

/// An operator that answers to a set.
struct Answering {
	operator: AccountId,
	key: OperatorKey,
	/// Whether it is still a member.
	serves: bool,
}

/// The operators that answer to a set for an era, in the order of their keys, and whether these are all: at most
/// [`MAX_FORMER`] former members are read.
fn answering(set: OperatorSetId, capture: Era) -> (Vec<Answering>, bool) {
	if !AvsRegistry::answers_for(set, capture) {
		return (Vec::new(), true);
	}
	let members = Members::<Runtime>::decode_len(set).unwrap_or(0);
	let mut ever = Memberships::<Runtime>::iter_prefix(set);
	let mut found: Vec<_> = ever.by_ref().take(members.saturating_add(MAX_FORMER)).collect();
	let complete = ever.next().is_none();
	if !complete {
		found.retain(|(_, membership)| !membership.is_open());
		found.extend(AvsRegistry::members(set).into_iter().map(|operator| {
			let membership = Memberships::<Runtime>::get(set, &operator);
			(operator, membership)
		}));
	}
	let answering = found.into_iter().filter(|(_, membership)| membership.covers(capture));
	let answering = answering.map(|(operator, membership)| Answering {
		key: OperatorKey::from(&operator),
		operator,
		serves: membership.is_open(),
	});
	(answering.collect(), complete)
}

/// The pools of one kind that a set can slash for an era.
struct SlashablePools {
	set: OperatorSetId,
	kind: PoolKind,
	capture: Era,
	/// The last era under which exits are filed.
	planned: Era,
	pools: PoolColumns,
	/// The exits from the pools, by era from the capture era on.
	exits: Vec<Column<Exit>>,
}

impl SlashablePools {
	fn new(set: OperatorSetId, kind: PoolKind, capture: Era, now: Era, planned: Era) -> Self {
		let exits = |era| Column::new(|operator| Exits::<Runtime>::hashed_key_for((operator, kind, era)));
		let (pools, exits) = (PoolColumns::new(kind, now), (capture..=planned).map(exits).collect());
		Self { set, kind, capture, planned, pools, exits }
	}

	/// The funds of an operator's pool that answer for the capture era. If `left` is false, the operator has no exits.
	fn backing(&mut self, operator: &OperatorKey, pool: &Pool, left: bool) -> Backing {
		let Self { kind, capture, planned, exits, .. } = self;
		// This reads storage only for a pool that began a new generation since the capture era.
		let answering = OperatorDelegation::answering(&operator.operator(), *kind, pool, *capture, *planned);
		Backing::of(pool, answering, |era| {
			let queued = era.saturating_sub(*capture) as usize;
			exits.get_mut(queued).filter(|_| left)?.get(operator)
		})
	}

	/// The magnitude that the set can slash of an operator's pool, and its value.
	fn slashable(&mut self, operator: &OperatorKey, left: bool) -> (u64, Balance) {
		let magnitude = self.pools.exposure(operator).at(self.set, self.capture);
		if magnitude == 0 {
			return (0, 0);
		}
		let Some(pool) = self.pools.pool(operator) else { return (magnitude, 0) };
		(magnitude, self.backing(operator, &pool, left).slashable(Magnitude(magnitude)))
	}
}

/// Tells which operators may have unclaimed exits. Without a filter, all may.
struct ExitFilter(Option<Holders>);

impl ExitFilter {
	/// For exits from era `capture` to `planned`, the last one under which exits are filed.
	fn since(capture: Era, planned: Era) -> Self {
		let looked = planned.saturating_sub(capture) >= MIN_FILTERED_ERAS;
		Self(looked.then(|| Holders::new(Exits::<Runtime>::final_prefix())))
	}

	fn may_have_exits(&mut self, operator: &OperatorKey) -> bool {
		self.0.as_mut().is_none_or(|holders| holders.has(operator))
	}
}

fn kind_stakes(kinds: &[(PoolKind, Multiplier)], amounts: &[Balance]) -> Vec<KindStake> {
	let stakes = kinds.iter().zip(amounts).map(|((kind, multiplier), amount)| KindStake {
		kind: *kind,
		multiplier: *multiplier,
		slashable: Amount(*amount),
	});
	stakes.collect()
}

/// The stake that a set can slash for an era.
pub fn set_stake(set: OperatorSetId, capture: Option<Era>) -> Option<SetStake> {
	let (kinds, capture) = slashable_era(set, capture)?;
	let (now, planned) = (Staking::active(), Staking::planned());
	let (operators, complete) = answering(set, capture);
	let mut answers: Vec<_> =
		kinds.iter().map(|(kind, _)| SlashablePools::new(set, *kind, capture, now, planned)).collect();
	let (mut amounts, mut exit_filter) = (alloc::vec![0; kinds.len()], ExitFilter::since(capture, planned));
	for Answering { key, .. } in &operators {
		let left = exit_filter.may_have_exits(key);
		for (answers, amount) in answers.iter_mut().zip(&mut amounts) {
			let slashable = answers.slashable(key, left).1;
			*amount = slashable.saturating_add(*amount);
		}
	}
	Some(SetStake {
		capture,
		members: operators.len() as u32,
		kinds: kind_stakes(&kinds, &amounts),
		weight: Amount(weigh(
			kinds.iter().zip(&amounts).map(|((_, multiplier), amount)| (*multiplier, *amount)),
		)),
		complete,
	})
}

/// The stake of each member that a set can slash for an era.
pub fn member_stakes(
	set: OperatorSetId,
	capture: Option<Era>,
	after: Option<AccountId>,
	limit: u32,
) -> Option<Page<MemberStake, Account>> {
	let (kinds, capture) = slashable_era(set, capture)?;
	let ever = match after {
		None => Memberships::<Runtime>::iter_prefix(set),
		Some(after) => {
			let key = Memberships::<Runtime>::hashed_key_for(set, after);
			Memberships::<Runtime>::iter_prefix_from(set, key)
		},
	};
	let (now, planned) = (Staking::active(), Staking::planned());
	let in_time = AvsRegistry::answers_for(set, capture);
	let answers = |(kind, multiplier)| (multiplier, SlashablePools::new(set, kind, capture, now, planned));
	let mut answers: Vec<_> = kinds.into_iter().map(answers).collect();
	let mut exit_filter = ExitFilter::since(capture, planned);
	let mut stake = |operator: &AccountId| {
		let key = OperatorKey::from(operator);
		let left = exit_filter.may_have_exits(&key);
		let all = answers.iter_mut().map(|(multiplier, answers)| {
			let (magnitude, slashable) = answers.slashable(&key, left);
			let kind = answers.kind;
			(*multiplier, MemberKind { kind, magnitude: Fraction(magnitude), slashable: Amount(slashable) })
		});
		let all: Vec<_> = all.filter(|(_, kind)| kind.magnitude.0 > 0).collect();
		MemberStake {
			operator: operator.clone().into(),
			weight: Amount(weigh(all.iter().map(|(multiplier, kind)| (*multiplier, kind.slashable.0)))),
			kinds: all.into_iter().map(|(_, kind)| kind).collect(),
		}
	};
	let entries = ever.map(|(operator, membership)| {
		let answers = in_time && membership.covers(capture);
		let stake = answers.then(|| stake(&operator));
		(operator.into(), stake)
	});
	Some(sift(entries, limit))
}

/// One operator's part of each bound of [`LeastStake`], for one kind.
#[derive(Clone, Copy, Default)]
struct LeastAmounts {
	withdrawals: Balance,
	services: Balance,
	allocations: Balance,
	consensus: Balance,
}

/// The values that are equal for every operator that answers to a set.
struct Scope {
	/// The eras that a slash can name. The last of them is the running era.
	eras: RangeInclusive<Era>,
	/// The last era for which the bounds hold.
	until: Era,
	/// How much can be allocated so that it binds until then; `None` if no allocation from now on binds until then.
	horizon: Option<Horizon>,
}

/// The facts about one operator that do not depend on its pools.
struct OperatorFacts<'a> {
	answering: &'a Answering,
	/// The highest leverage limit that it can reach while the bounds hold, in percent of a pool; `None` if it can
	/// allocate nothing.
	limit: Option<u32>,
	/// Whether it has pending slashes.
	slashed: bool,
}

impl LeastAmounts {
	/// The bounds of one pool for the running era, after `due`: all pending slashes that fall due while the bounds
	/// hold. These have taken effect already.
	fn of(
		answers: &mut SlashablePools,
		scope: &Scope,
		facts: &OperatorFacts,
		due: &[(SlashId, Slash<AccountId>)],
	) -> Self {
		let Scope { eras, until, horizon } = scope;
		let Answering { operator, key, .. } = facts.answering;
		let (set, kind, capture) = (answers.set, answers.kind, answers.capture);
		let exposure = answers.pools.exposure(key);
		let magnitude = exposure.at(set, capture);
		if magnitude == 0 {
			return Self::default();
		}
		let pool = answers.pools.pool(key).unwrap_or_default();
		// If a slash took all of the pool, no exits of this era or the planned one are left.
		if pool.since > capture {
			return Self::default();
		}
		let first = if facts.slashed { Restaking::first_era(operator, kind, eras) } else { *eras.start() };
		let others = exposure
			.encumbered(first.max(pool.since), capture)
			.filter(|(other, _)| *other != set)
			.fold(0, |sum: u128, (_, encumbered)| sum.saturating_add(encumbered.into()));
		let max = pool.max_magnitude;
		let allocatable = horizon.as_ref().zip(facts.limit);
		let allocatable =
			allocatable.map_or(0, |(horizon, limit)| horizon.allocatable(limit, max, magnitude));
		let most = allocatable.max(others);

		// Each further exit can round down once more. A slash leaves up to one unit more than its exact part in the
		// pool, and up to one in the exits, but not if all of the stake is in one place.
		let reaching = due.iter().filter(|(_, slash)| slash.lane.kinds().contains(&kind)).count();
		// In the last session of era `until`, exits are filed under the next era.
		let exits = until.saturating_sub(capture).saturating_add(2);
		let rounding = Balance::from(exits).saturating_add((reaching as Balance).saturating_mul(2));
		let backing = answers.backing(key, &pool, true);
		// The magnitude that others take is lost, in the pool and in exits from it. The rest can be slashed as before.
		let after = |taken: u128| {
			let left = u128::from(max).saturating_sub(taken).min(magnitude.into());
			backing.slashable(Magnitude(left as u64)).saturating_sub(rounding)
		};
		let allocations = after(most);
		Self {
			withdrawals: after(0),
			services: after(others),
			allocations,
			consensus: if PoolKind::CONSENSUS.contains(&kind) { 0 } else { allocations },
		}
	}

	fn add(&mut self, other: &Self) {
		self.withdrawals = self.withdrawals.saturating_add(other.withdrawals);
		self.services = self.services.saturating_add(other.services);
		self.allocations = self.allocations.saturating_add(other.allocations);
		self.consensus = self.consensus.saturating_add(other.consensus);
	}
}

/// The sums of the bounds over all operators that answer to a set for the running era, for each of its kinds.
fn least_amounts(
	set: OperatorSetId,
	kinds: &[(PoolKind, Multiplier)],
	capture: Era,
	until: Era,
) -> Vec<LeastAmounts> {
	let (eras, horizon) = (Restaking::slashable_eras(), Restaking::horizon(set, until));
	let scope = Scope { eras, until, horizon };
	let mut leverage = Column::<Delayed<u32>>::new(Leverage::<Runtime>::hashed_key_for);
	let mut slashed = Holders::new(PendingOf::<Runtime>::final_prefix());
	let planned = Staking::planned();
	let mut answers: Vec<_> =
		kinds.iter().map(|(kind, _)| SlashablePools::new(set, *kind, capture, capture, planned)).collect();
	let mut least_amounts = alloc::vec![LeastAmounts::default(); kinds.len()];
	for answering in &answering(set, capture).0 {
		let Answering { operator, key, serves } = answering;
		// A retired operator has left its sets.
		let active = *serves || OperatorDelegation::is_active_operator(operator);
		let horizon = scope.horizon.as_ref().filter(|_| active);
		let limit = horizon.map(|horizon| horizon.limit(leverage.get(key)));
		let facts = OperatorFacts { answering, limit, slashed: slashed.has(key) };
		// The number of appealed slashes is bounded only by their bonds. An operator with this many counts as nothing.
		if facts.slashed && PendingOf::<Runtime>::iter_key_prefix(operator).nth(MAX_SIMULATED).is_some() {
			continue;
		}
		let mut add = |due: &[_]| {
			for (answers, least) in answers.iter_mut().zip(&mut least_amounts) {
				least.add(&LeastAmounts::of(answers, &scope, &facts, due));
			}
		};
		if facts.slashed {
			Slashing::after_pending(operator, until, add);
		} else {
			add(&[]);
		}
	}
	least_amounts
}

/// Lower bounds of the stake that a slash for the running era can take.
pub fn least_stake(set: OperatorSetId, until: Era) -> Option<LeastStake> {
	let (kinds, capture) = slashable_era(set, None)?;
	let reachable = capture.saturating_add(Staking::exit_delay()).saturating_sub(1);
	let least = if until <= reachable {
		least_amounts(set, &kinds, capture, until.max(capture))
	} else {
		alloc::vec![LeastAmounts::default(); kinds.len()]
	};
	let bound = |amount: fn(&LeastAmounts) -> Balance| {
		kind_stakes(&kinds, &least.iter().map(amount).collect::<Vec<_>>())
	};
	Some(LeastStake {
		capture,
		reachable,
		until,
		withdrawals: bound(|least| least.withdrawals),
		services: bound(|least| least.services),
		allocations: bound(|least| least.allocations),
		consensus: bound(|least| least.consensus),
	})
}
