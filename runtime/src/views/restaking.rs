//! What secures services: admitted assets, what a set can slash, and what entering a pool exposes one to.

use super::{error_name, operators::pending_of, service_name, sift};
use crate::{
	configs::clock::ExitDelay, AvsRegistry, OperatorDelegation, Restaking, Runtime, RuntimeOrigin, Slashing,
	Staking,
};
use alloc::vec::Vec;
use core::ops::RangeInclusive;
use frame_support::{
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::Get,
};
use mainstay_avs_registry::{Conditions, Memberships};
use mainstay_operator_delegation::Pools;
use mainstay_primitives::{
	pool::mul_div,
	runtime_api::{restaking::*, Account, Amount, Fraction, Page, Text},
	traits::{EraClock, OperatorSets, Pools as _},
	AccountId, Balance, Currency, Era, Kind, Multiplier, OperatorSetId, SlashId, WAD,
};
use mainstay_restaking::{Assets, Horizon};
use mainstay_slashing::Slash;

/// The most operators that left a set of which its stake is added up.
const MAX_FORMER: usize = 1_000;
/// The most pending slashes of one answer.
const MAX_PENDING: usize = 16;

/// See [`RestakingApi`](mainstay_primitives::runtime_api::restaking::RestakingApi), here and below.
pub fn assets() -> Vec<AssetDetails> {
	let mut assets: Vec<_> = Assets::<Runtime>::iter().collect();
	assets.sort_by_key(|(id, _)| *id);
	let details = assets.into_iter().map(|(id, terms)| AssetDetails {
		id,
		cap: Amount(terms.cap),
		held: Amount(OperatorDelegation::held(Currency::WithId(id))),
		deposits: terms.deposits,
	});
	details.collect()
}

/// The kinds of a set, and the capture era that is asked about; `None` where no slash of the set can name it.
fn slashable_era(set: OperatorSetId, capture: Option<Era>) -> Option<(Vec<(Kind, Multiplier)>, Era)> {
	let capture = capture.unwrap_or_else(Staking::active);
	let known = AvsRegistry::exists(set) && Slashing::ensure_in_time(capture, 0).is_ok();
	known.then(|| (AvsRegistry::kinds(set), capture))
}

/// Who answers to a set for an era, and whether these are all: of operators that left the set, a thousand are looked at.
fn answering(set: OperatorSetId, capture: Era) -> (Vec<AccountId>, bool) {
	let mut members = AvsRegistry::members(set);
	let served = members.len().saturating_add(MAX_FORMER);
	let mut ever = Memberships::<Runtime>::iter_key_prefix(set);
	// The members are in order.
	let former: Vec<_> =
		ever.by_ref().take(served).filter(|operator| members.binary_search(operator).is_err()).collect();
	members.extend(former);
	let answers = AvsRegistry::answers_for(set, capture);
	members.retain(|operator| answers && Memberships::<Runtime>::get(set, operator).covers(capture));
	(members, ever.next().is_none())
}

/// What a set can slash of a pool for an era: the magnitude, and what that is.
fn slashable(operator: &AccountId, kind: Kind, set: OperatorSetId, capture: Era, now: Era) -> (u64, Balance) {
	let magnitude = Restaking::exposure_in(operator, kind, now).at(set, capture);
	if magnitude == 0 {
		return (0, 0);
	}
	let Some(pool) = Pools::<Runtime>::get(operator, kind) else { return (magnitude, 0) };
	(magnitude, OperatorDelegation::backing(operator, kind, &pool, capture, now).slashable(magnitude))
}

/// How much amounts of these kinds count in a set. Saturates.
fn weigh(amounts: impl Iterator<Item = (Multiplier, Balance)>) -> Amount {
	Amount(amounts.fold(0, |sum: Balance, (multiplier, amount)| {
		sum.saturating_add(amount.saturating_mul(multiplier.into()))
	}))
}

fn kind_stakes(kinds: &[(Kind, Multiplier)], amounts: &[Balance]) -> Vec<KindStake> {
	let stakes = kinds.iter().zip(amounts).map(|((kind, multiplier), amount)| KindStake {
		kind: *kind,
		multiplier: *multiplier,
		slashable: Amount(*amount),
	});
	stakes.collect()
}

/// What a set can slash for an era.
pub fn set_stake(set: OperatorSetId, capture: Option<Era>) -> Option<SetStake> {
	let (kinds, capture) = slashable_era(set, capture)?;
	let (members, complete) = answering(set, capture);
	let now = Staking::active();
	let amounts = kinds.iter().map(|(kind, _)| {
		let amounts = members.iter().map(|operator| slashable(operator, *kind, set, capture, now).1);
		amounts.fold(0, Balance::saturating_add)
	});
	let amounts: Vec<_> = amounts.collect();
	Some(SetStake {
		capture,
		members: members.len() as u32,
		kinds: kind_stakes(&kinds, &amounts),
		weight: weigh(kinds.iter().zip(&amounts).map(|((_, multiplier), amount)| (*multiplier, *amount))),
		complete,
	})
}

/// What a set can slash of each member for an era.
pub fn member_stakes(
	set: OperatorSetId,
	capture: Option<Era>,
	after: Option<AccountId>,
	most: u32,
) -> Option<Page<MemberStake, Account>> {
	let (kinds, capture) = slashable_era(set, capture)?;
	let ever = match after {
		None => Memberships::<Runtime>::iter_key_prefix(set),
		Some(after) => {
			let key = Memberships::<Runtime>::hashed_key_for(set, after);
			Memberships::<Runtime>::iter_key_prefix_from(set, key)
		},
	};
	let (now, answers) = (Staking::active(), AvsRegistry::answers_for(set, capture));
	let stake = |operator: &AccountId| {
		let all = kinds.iter().map(|(kind, multiplier)| {
			let (magnitude, slashable) = slashable(operator, *kind, set, capture, now);
			(
				*multiplier,
				MemberKind { kind: *kind, magnitude: Fraction(magnitude), slashable: Amount(slashable) },
			)
		});
		let all: Vec<_> = all.filter(|(_, kind)| kind.magnitude.0 > 0).collect();
		MemberStake {
			operator: operator.clone().into(),
			weight: weigh(all.iter().map(|(multiplier, kind)| (*multiplier, kind.slashable.0))),
			kinds: all.into_iter().map(|(_, kind)| kind).collect(),
		}
	};
	let entries = ever.map(|operator| {
		let answers = answers && Memberships::<Runtime>::get(set, &operator).covers(capture);
		let stake = answers.then(|| stake(&operator));
		(operator.into(), stake)
	});
	Some(sift(entries, most))
}

/// What is left of one operator's part in each of the bounds of [`LeastStake`].
#[derive(Clone, Copy, Default)]
struct Least {
	withdrawals: Balance,
	services: Balance,
	allocations: Balance,
	consensus: Balance,
}

/// What is the same for every pool that answers to a set: read once, because there can be many of them.
struct Scope {
	set: OperatorSetId,
	/// The eras that a slash can name, of which the last one is running.
	eras: RangeInclusive<Era>,
	/// The last era in which the bounds hold.
	until: Era,
	/// None where nothing that is allocated from now on binds until then.
	horizon: Option<Horizon>,
}

impl Least {
	/// Of one pool, for the era that runs, after all pending slashes that fall due while the bounds hold.
	fn of(operator: &AccountId, kind: Kind, scope: &Scope, pending: &[(SlashId, Slash<AccountId>)]) -> Self {
		let Scope { set, eras, until, horizon } = scope;
		let capture = *eras.end();
		let exposure = Restaking::exposure_in(operator, kind, capture);
		let magnitude = exposure.at(*set, capture);
		if magnitude == 0 {
			return Self::default();
		}
		let pool = Pools::<Runtime>::get(operator, kind).unwrap_or_default();
		// Of a pool that was wiped, no exits of this era are left.
		if pool.since > capture {
			return Self::default();
		}
		let encumbered = Restaking::encumbrances(operator, kind, pool.since, &exposure, eras).into_iter();
		let others = encumbered
			.filter(|(other, _)| other != set)
			.fold(0, |sum: u128, (_, encumbered)| sum.saturating_add(encumbered.into()));
		let max = pool.max_magnitude;
		let allocatable =
			horizon.as_ref().map_or(0, |horizon| horizon.allocatable::<Runtime>(operator, max, magnitude));
		let most = allocatable.max(others);

		// One exit more rounds down once more. A slash leaves up to one unit more of the pool, and of the exits, than its
		// exact part; with all of it in one place it need not.
		let reaching = pending.iter().filter(|(_, slash)| slash.lane.kinds().contains(&kind)).count();
		let exits = until.saturating_sub(capture).saturating_add(1);
		let rounding = Balance::from(exits).saturating_add((reaching as Balance).saturating_mul(2));
		let backing = OperatorDelegation::backing(operator, kind, &pool, capture, capture);
		// What others take of the magnitude is gone, of the pool and of what leaves it; what is left is slashed as before.
		let after = |taken: u128| {
			let left = u128::from(max).saturating_sub(taken).min(magnitude.into());
			backing.slashable(left as u64).saturating_sub(rounding)
		};
		let allocations = after(most);
		Self {
			withdrawals: after(0),
			services: after(others),
			allocations,
			consensus: if Kind::CONSENSUS.contains(&kind) { 0 } else { allocations },
		}
	}

	fn add(&mut self, other: &Self) {
		self.withdrawals = self.withdrawals.saturating_add(other.withdrawals);
		self.services = self.services.saturating_add(other.services);
		self.allocations = self.allocations.saturating_add(other.allocations);
		self.consensus = self.consensus.saturating_add(other.consensus);
	}
}

/// The least that a slash for the running era can find.
pub fn least_stake(set: OperatorSetId, until: Era) -> Option<LeastStake> {
	let (kinds, capture) = slashable_era(set, None)?;
	let reachable = capture.saturating_add(ExitDelay::get()).saturating_sub(1);
	let mut least = alloc::vec![Least::default(); kinds.len()];
	if until <= reachable {
		let until = until.max(capture);
		let (eras, horizon) = (Restaking::slashable_eras(), Restaking::horizon(set, until));
		let scope = Scope { set, eras, until, horizon };
		for operator in answering(set, capture).0 {
			Slashing::after_pending(&operator, until, |pending| {
				for ((kind, _), least) in kinds.iter().zip(&mut least) {
					least.add(&Least::of(&operator, *kind, &scope, pending));
				}
			});
		}
	}
	let bound =
		|amount: fn(&Least) -> Balance| kind_stakes(&kinds, &least.iter().map(amount).collect::<Vec<_>>());
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

/// Why a deposit would be refused, if it would: by trying it.
fn refusal(who: &AccountId, operator: &AccountId, kind: Kind, amount: Balance) -> Option<Text> {
	let (origin, operator) = (RuntimeOrigin::signed(who.clone()), operator.clone());
	let deposit = with_transaction_unchecked(|| {
		TransactionOutcome::Rollback(match kind {
			Kind::Stake => OperatorDelegation::stake(origin, operator, amount, 0),
			Kind::Native | Kind::Asset(_) => Restaking::restake(origin, operator, kind, amount, 0),
		})
	});
	deposit.err().map(error_name)
}

/// What pending slashes would take of `shares` that were just minted.
fn entry_losses(operator: &AccountId, kind: Kind, shares: u128) -> (Balance, Vec<EntryLoss>) {
	let pool = Pools::<Runtime>::get(operator, kind).unwrap_or_default();
	let worth = || {
		let now = Pools::<Runtime>::get(operator, kind).filter(|now| now.generation == pool.generation);
		now.map_or(0, |now| now.funds.worth(shares))
	};
	let value = worth();
	let now = Staking::active();
	let reaching = pending_of(operator, kind)
		.into_iter()
		.filter(|(_, slash)| OperatorDelegation::answering(&pool, slash.capture, now).1)
		.take(MAX_PENDING);
	let losses = reaching.map(|(id, slash)| {
		let left = Slashing::as_if_executed(&slash, worth);
		EntryLoss { id, due: slash.due, value: Amount(value.saturating_sub(left)) }
	});
	(value, losses.collect())
}

/// A set that may take `magnitude` of a pool.
fn entry_service(set: OperatorSetId, magnitude: u64) -> EntryService {
	let conditions = Conditions::<Runtime>::iter_prefix_values(set);
	let terms: Vec<_> = conditions
		.flat_map(|condition| {
			let terms = condition.terms;
			core::iter::once(terms.value).chain(terms.next.map(|(next, _)| next))
		})
		.collect();
	EntryService {
		set,
		name: service_name(set.avs),
		magnitude: Fraction(magnitude),
		max_fraction: Fraction(terms.iter().map(|terms| terms.max_fraction).max().unwrap_or(0)),
		least_window: terms.iter().map(|terms| terms.veto_window).min(),
		redistributes: Restaking::redistributes(set),
	}
}

/// What entering a pool exposes one to.
pub fn entering(who: AccountId, operator: AccountId, kind: Kind, amount: Balance) -> Option<Entry> {
	let exit_delay = ExitDelay::get();
	let commission = OperatorDelegation::commission_of(&operator)?;
	let (shares, (value, pending)) =
		OperatorDelegation::as_if_entered(&who, &operator, kind, amount, |shares| {
			(shares, entry_losses(&operator, kind, shares))
		})
		.unwrap_or_default();
	let services: Vec<_> = Restaking::encumbered(&operator, kind)
		.into_iter()
		.filter(|(set, _)| AvsRegistry::exists(*set))
		.map(|(set, magnitude)| entry_service(set, magnitude))
		.collect();
	let max = Pools::<Runtime>::get(&operator, kind).unwrap_or_default().max_magnitude;
	let parts = services.iter().map(|service| {
		let reached = u128::from(service.magnitude.0.min(max));
		mul_div(reached, service.max_fraction.0.into(), max.into()).unwrap_or(0)
	});
	let worst = parts.fold(0, u128::saturating_add).min(WAD.into());
	Some(Entry {
		refused: refusal(&who, &operator, kind, amount),
		shares: Amount(shares),
		value: Amount(value),
		commission,
		commission_within_exit: OperatorDelegation::commission_within(&operator, exit_delay)?,
		pending,
		consensus: Kind::CONSENSUS.contains(&kind),
		services,
		worst: Fraction(worst as u64),
		exit_delay,
	})
}
