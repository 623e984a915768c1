//! Operators and their delegators.

use super::{operator_name, sift};
use crate::{OperatorDelegation, Restaking, Rewards, Runtime, Slashing, Staking};
use alloc::vec::Vec;
use mainstay_avs_registry::{Joined, Memberships};
use mainstay_operator_delegation::{
	Backers, Claims, Exits, Operator, OperatorMetadata, Operators, Policy, Pool, Pools, Positions,
};
use mainstay_primitives::{
	pool::mul_div,
	runtime_api::{operators::*, Account, Amount, Fraction, Money, Page, Text},
	traits::{EraClock, InspectPools, SlashGate},
	AccountId, Balance, Era, Magnitude, PoolKind, SlashId,
};
use mainstay_slashing::{Outcome, Records, RecordsOf, Slash};
use mainstay_staking::{Candidates, EraValidators};

/// The maximum number of pending slashes in one answer.
pub(crate) const MAX_PENDING: usize = 16;
/// The maximum number of exits in the answer for one position.
const MAX_EXITS: usize = 32;
/// The maximum number of entries that are read for counting or sorting, where their number is not bounded.
const MAX_READ: usize = 1_000;

/// The pending slashes of `operator` that reach its pool of `kind`, by id.
pub(crate) fn pending_of(operator: &AccountId, kind: PoolKind) -> Vec<(SlashId, Slash<AccountId>)> {
	let mut slashes = Slashing::pending_of(operator);
	slashes.retain(|(_, slash)| slash.lane.kinds().contains(&kind));
	slashes
}

/// The pools of an operator in the order of their kinds: two, and at most one for each asset.
fn pools_of(operator: &AccountId) -> Vec<(PoolKind, Pool)> {
	let mut pools: Vec<_> = Pools::<Runtime>::iter_prefix(operator).collect();
	pools.sort_by_key(|(kind, _)| *kind);
	pools
}

/// A pool of an operator.
fn pool(operator: &AccountId, kind: PoolKind, pool: &Pool) -> PoolDetails {
	let now = Staking::active();
	let allocations = Restaking::exposure(operator, kind).allocations;
	let current = |sum: u128, current: u64| sum.saturating_add(current.into());
	let promised = allocations.values().map(|allocation| allocation.current).fold(0, current);
	let leaving =
		(0..=Staking::planned()).rev().take_while(|queued| OperatorDelegation::matures(*queued) > now);
	let exits = leaving.filter_map(|queued| Exits::<Runtime>::get((operator, kind, queued)));
	PoolDetails {
		kind,
		amount: Amount(pool.funds.amount),
		shares: Amount(pool.funds.shares),
		own: Amount(OperatorDelegation::value_of(operator, operator, kind)),
		leaving: Amount(exits.fold(0, |sum: Balance, exit| sum.saturating_add(exit.funds.amount))),
		generation: pool.generation,
		since: pool.since,
		max_magnitude: Fraction(pool.max_magnitude),
		allocations: allocations
			.iter()
			.filter(|(_, allocation)| allocation.current > 0 || allocation.pending.is_some())
			.map(|(set, allocation)| AllocationDetails {
				set: *set,
				magnitude: Announced {
					now: Fraction(allocation.current),
					next: allocation.pending.map(|(next, from)| Later { value: Fraction(next), from }),
				},
				slashable: Amount(pool.allocated(Magnitude(allocation.current))),
			})
			.collect(),
		leverage: mul_div(promised, 100, pool.max_magnitude.into())
			.and_then(|percent| percent.try_into().ok())
			.unwrap_or(0),
		fresh: Amount(pool.fresh_in(now)),
	}
}

/// The numbers of an operator's recorded slashes that were executed, and that were not.
fn record_of(operator: &AccountId) -> (u32, u32) {
	let keys = RecordsOf::<Runtime>::iter_key_prefix(operator).take(MAX_READ);
	let records = keys.filter_map(|(era, id)| Records::<Runtime>::get(era, id));
	records.fold((0, 0), |(executed, spared): (u32, u32), record| match record.outcome {
		Outcome::Executed(_) => (executed.saturating_add(1), spared),
		Outcome::Vetoed(_) | Outcome::Cancelled => (executed, spared.saturating_add(1)),
	})
}

/// See [`OperatorsApi`](mainstay_primitives::runtime_api::operators::OperatorsApi), here and below.
pub fn operator(operator: AccountId) -> Option<OperatorDetails> {
	let terms = Operators::<Runtime>::get(&operator)?;
	let now = Staking::active();
	let (executed, spared) = record_of(&operator);
	let stay = |set| {
		let span = Memberships::<Runtime>::get(set, &operator).spans.last().copied()?;
		Some(Stay { set, from: span.from })
	};
	Some(OperatorDetails {
		name: operator_name(&operator),
		link: OperatorMetadata::<Runtime>::get(&operator)
			.map_or_else(Text::default, |metadata| metadata.link.into_inner().into()),
		commission: Announced::of(&terms.commission, now, |commission| *commission),
		promise: Announced::of(&terms.promise, now, |promise| PromiseTerms {
			max_commission: promise.max_commission,
			notice: promise.notice,
		}),
		open: terms.policy == Policy::Open,
		retired: terms.retired,
		validator: super::staking::validator(operator.clone())?,
		pools: pools_of(&operator).iter().map(|(kind, of)| pool(&operator, *kind, of)).collect(),
		leverage: Announced::of(&Restaking::leverage_limit(&operator), now, |percent| *percent),
		sets: Joined::<Runtime>::get(&operator).into_iter().filter_map(stay).collect(),
		pending: Slashing::pending_of(&operator).into_iter().map(|(id, _)| id).take(MAX_PENDING).collect(),
		executed,
		spared,
		operator: operator.into(),
	})
}

/// An operator in a list.
fn summary(operator: &AccountId, terms: &Operator, validators: &[AccountId]) -> OperatorSummary {
	OperatorSummary {
		operator: operator.clone().into(),
		name: operator_name(operator),
		commission: *terms.commission.at(Staking::active()),
		open: terms.policy == Policy::Open,
		retired: terms.retired,
		candidate: Candidates::<Runtime>::contains_key(operator),
		active: validators.contains(operator),
		stake: Amount(OperatorDelegation::native_stake(operator)),
		pools: pools_of(operator)
			.into_iter()
			.map(|(kind, pool)| PoolAmount { kind, amount: Amount(pool.funds.amount) })
			.collect(),
		sets: Joined::<Runtime>::decode_len(operator).unwrap_or(0) as u32,
	}
}

/// All operators.
pub fn operators(after: Option<AccountId>, limit: u32) -> Page<OperatorSummary, Account> {
	let validators = EraValidators::<Runtime>::get(Staking::active());
	let all = match after {
		None => Operators::<Runtime>::iter(),
		Some(after) => Operators::<Runtime>::iter_from(Operators::<Runtime>::hashed_key_for(after)),
	};
	let summaries = all.map(|(operator, terms)| {
		let summary = summary(&operator, &terms, &validators);
		(operator.into(), summary)
	});
	Page::of(summaries, limit)
}

/// The value of `shares` of a bucket of exits now; `None` if a slash took all of the bucket.
fn worth(operator: &AccountId, kind: PoolKind, queued: Era, shares: u128) -> Option<Balance> {
	Exits::<Runtime>::get((operator, kind, queued)).map(|exit| exit.funds.worth(shares))
}

/// An exit; `None` if a slash took all of it.
fn exit(operator: &AccountId, kind: PoolKind, queued: Era, shares: u128) -> Option<ExitDetails> {
	Some(ExitDetails {
		queued,
		value: Amount(worth(operator, kind, queued, shares)?),
		matures: OperatorDelegation::matures(queued),
		held: Slashing::covers(operator, kind, queued),
		claimable: OperatorDelegation::ensure_claimable(operator, kind, queued).is_ok(),
	})
}

/// The losses of a position through pending slashes, of its shares, if it is `live`, and of its exits.
fn losses(
	who: &AccountId,
	operator: &AccountId,
	kind: PoolKind,
	live: bool,
	claims: &[(Era, u128)],
) -> Vec<PendingLoss> {
	let pool = Pools::<Runtime>::get(operator, kind).unwrap_or_default();
	let planned = Staking::planned();
	let loss = |(id, slash): (SlashId, Slash<AccountId>)| {
		let (eras, answers) = OperatorDelegation::answering(operator, kind, &pool, slash.capture, planned);
		let reached: Vec<_> = claims.iter().filter(|(queued, _)| eras.contains(queued)).collect();
		if reached.is_empty() && !(live && answers) {
			return None;
		}
		let look = || {
			let exits = reached.iter().fold(0, |sum: Balance, (queued, shares)| {
				sum.saturating_add(worth(operator, kind, *queued, *shares).unwrap_or(0))
			});
			(OperatorDelegation::value_of(who, operator, kind), exits)
		};
		let (before, after) = (look(), Slashing::as_if_executed(&slash, look));
		Some(PendingLoss {
			id,
			due: slash.due,
			value: Amount(before.0.saturating_sub(after.0)),
			exits: Amount(before.1.saturating_sub(after.1)),
		})
	};
	pending_of(operator, kind).into_iter().filter_map(loss).take(MAX_PENDING).collect()
}

/// An account's position in one pool of an operator.
pub fn position(who: AccountId, operator: AccountId, kind: PoolKind) -> Option<PositionDetails> {
	let pool = Pools::<Runtime>::get(&operator, kind)?;
	let shares = OperatorDelegation::live_shares(&who, &operator, kind, &pool);
	// A void position can have rewards from before the slash.
	let position = Positions::<Runtime>::get((&who, &operator, kind));
	let rewards =
		position.map_or_else(Vec::new, |position| Rewards::unsettled(&who, &operator, kind, &position));
	let fresh = position.filter(|position| position.generation == pool.generation);
	let claims = Claims::<Runtime>::iter_prefix((&who, &operator, kind)).take(MAX_READ);
	let mut claims: Vec<_> =
		claims.filter(|(queued, _)| Exits::<Runtime>::contains_key((&operator, kind, queued))).collect();
	claims.sort();
	if shares == 0 && rewards.is_empty() && claims.is_empty() {
		return None;
	}
	let exits = claims.iter().take(MAX_EXITS);
	Some(PositionDetails {
		kind,
		shares: Amount(shares),
		value: Amount(pool.funds.worth(shares)),
		exits: exits.filter_map(|(queued, shares)| exit(&operator, kind, *queued, *shares)).collect(),
		pending: losses(&who, &operator, kind, shares > 0, &claims),
		rewards: rewards.into_iter().map(Money::from).collect(),
		fresh: Amount(fresh.map_or(0, |position| position.fresh_in(Staking::active()))),
		who: who.into(),
		operator: operator.into(),
	})
}

/// The positions of an account.
pub fn positions(
	who: AccountId,
	after: Option<PositionKey>,
	limit: u32,
) -> Page<PositionDetails, PositionKey> {
	let all = match after {
		None => Positions::<Runtime>::iter_key_prefix((&who,)),
		Some(PositionKey { operator, kind }) => {
			let key = Positions::<Runtime>::hashed_key_for((&who, operator.0, kind));
			Positions::<Runtime>::iter_key_prefix_from((&who,), key)
		},
	};
	let entries = all.map(|(operator, kind)| {
		let position = position(who.clone(), operator.clone(), kind);
		(PositionKey { operator: operator.into(), kind }, position)
	});
	sift(entries, limit)
}

/// The exits of an account.
pub fn exits(who: AccountId, after: Option<ExitKey>, limit: u32) -> Page<AccountExit, ExitKey> {
	let all = match after {
		None => Claims::<Runtime>::iter_prefix((&who,)),
		Some(ExitKey { operator, kind, queued }) => {
			let key = Claims::<Runtime>::hashed_key_for((&who, operator.0, kind, queued));
			Claims::<Runtime>::iter_prefix_from((&who,), key)
		},
	};
	let entries = all.map(|((operator, kind, queued), shares)| {
		let exit = exit(&operator, kind, queued, shares);
		let exit = exit.map(|exit| AccountExit { operator: operator.clone().into(), kind, exit });
		(ExitKey { operator: operator.into(), kind, queued }, exit)
	});
	sift(entries, limit)
}

/// The delegators of one pool of an operator.
pub fn backers(
	operator: AccountId,
	kind: PoolKind,
	after: Option<AccountId>,
	limit: u32,
) -> Page<Backer, Account> {
	let pool = Pools::<Runtime>::get(&operator, kind).unwrap_or_default();
	let all = match after {
		None => Backers::<Runtime>::iter_key_prefix((&operator, kind)),
		Some(after) => {
			let key = Backers::<Runtime>::hashed_key_for((&operator, kind, after));
			Backers::<Runtime>::iter_key_prefix_from((&operator, kind), key)
		},
	};
	let entries = all.map(|who| {
		let shares = OperatorDelegation::live_shares(&who, &operator, kind, &pool);
		let (shares, value) = (Amount(shares), Amount(pool.funds.worth(shares)));
		let backer = Backer { who: who.clone().into(), shares, value };
		(who.into(), Some(backer).filter(|_| shares.0 > 0))
	});
	sift(entries, limit)
}
