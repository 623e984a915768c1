//! Pending and past slashes, and what a slash would take.
//!
//! Anyone can fill these lists with reports of its own service, for a fee. So a page reads a bounded number of slashes,
//! and lists that are too long to be sorted come in the order of storage. No slash can be hidden behind others.

use super::{error_name, resolver, sift, MAX_LOOKED};
use crate::{OperatorDelegation, Runtime, Slashing, Staking};
use alloc::vec::Vec;
use core::cmp::Reverse;
use mainstay_operator_delegation::{Claims, Exits, Pools};
use mainstay_primitives::{
	runtime_api::{slashing::*, Amount, Money, Page},
	traits::EraClock,
	AccountId, Balance, Era, PoolKind, SharePool, SlashId,
};
use mainstay_slashing::{
	Fractions, Lane, NextId, Outcome, Record, Records, RecordsOf, Slash, Slashes, Unpaid,
};
use sp_runtime::DispatchError;

/// See [`SlashingApi`](mainstay_primitives::runtime_api::slashing::SlashingApi).
pub fn slash(id: SlashId) -> Option<SlashDetails> {
	if let Some(slash) = Slashes::<Runtime>::get(id) {
		return Some(details(id, slash, SlashState::Pending));
	}
	if id >= NextId::<Runtime>::get() {
		return None;
	}
	kept_eras(None).find_map(|era| Records::<Runtime>::get(era, id).map(|record| decided(era, id, record)))
}

/// See [`SlashingApi`](mainstay_primitives::runtime_api::slashing::SlashingApi).
pub fn pending(filter: SlashFilter, after: Option<SlashId>, limit: u32) -> Page<SlashDetails, SlashId> {
	let entry = |(id, slash): (SlashId, Slash<AccountId>)| {
		let found = matches(&slash, &filter).then(|| details(id, slash, SlashState::Pending));
		(id, found)
	};
	if let Some(operator) = &filter.operator {
		let slashes = Slashing::pending_of(&operator.0).into_iter();
		return sift(slashes.filter(|(id, _)| after.is_none_or(|after| *id > after)).map(entry), limit);
	}
	let slashes = match after {
		None => Slashes::<Runtime>::iter(),
		Some(last) => Slashes::<Runtime>::iter_from(Slashes::<Runtime>::hashed_key_for(last)),
	};
	sift(slashes.map(entry), limit)
}

/// See [`SlashingApi`](mainstay_primitives::runtime_api::slashing::SlashingApi).
pub fn past(filter: SlashFilter, after: Option<PastKey>, limit: u32) -> Page<SlashDetails, PastKey> {
	let after = after.map(|key| (key.era, key.id));
	let entry = |(era, id)| {
		let record = Records::<Runtime>::get(era, id).filter(|record| matches(&record.slash, &filter));
		(PastKey { era, id }, record.map(|record| decided(era, id, record)))
	};
	match &filter.operator {
		Some(operator) => sift(records_of(&operator.0, after).into_iter().map(entry), limit),
		None => sift(records(after).map(entry), limit),
	}
}

/// See [`SlashingApi`](mainstay_primitives::runtime_api::slashing::SlashingApi).
pub fn consequences(id: SlashId, who: Option<AccountId>) -> Option<Impact> {
	Slashes::<Runtime>::get(id).map(|slash| impact(&slash, who.as_ref()))
}

/// See [`SlashingApi`](mainstay_primitives::runtime_api::slashing::SlashingApi).
pub fn dry_run(slash: Supposed, who: Option<AccountId>) -> Impact {
	let look = |slash: &Slash<AccountId>| impact(slash, who.as_ref());
	let supposed = match slash {
		Supposed::Consensus { operator, fraction, capture } => {
			Slashing::if_offended(&operator.0, fraction.0, capture, look)
		},
		Supposed::Attested { set, operator, condition, fractions, capture } => {
			let fractions: Vec<_> = fractions.iter().map(|part| (part.kind, part.fraction.0)).collect();
			Fractions::try_from(fractions)
				.map_err(|_| DispatchError::Other("TooManyKinds"))
				.and_then(|fractions| {
					Slashing::if_reported(set, &operator.0, condition, fractions, capture, look)
				})
				.map(Some)
		},
	};
	let nothing = Impact { refused: None, due: None, pools: Vec::new(), positions: Vec::new() };
	match supposed {
		Ok(impact) => impact.unwrap_or(nothing),
		Err(error) => Impact { refused: Some(error_name(error)), ..nothing },
	}
}

/// The eras with stored records, from the running one or `last` backwards.
fn kept_eras(last: Option<Era>) -> impl Iterator<Item = Era> {
	let now = Staking::active();
	let first = now.saturating_sub(Staking::history().min(MAX_LOOKED as u32));
	(first..=last.map_or(now, |last| last.min(now))).rev()
}

/// The records of all operators after `after`, the latest eras first.
fn records(after: Option<(Era, SlashId)>) -> impl Iterator<Item = (Era, SlashId)> {
	kept_eras(after.map(|(era, _)| era)).flat_map(move |era| {
		let last = after.filter(|(last, _)| *last == era).map(|(_, id)| id);
		let ids = |last| match last {
			None => Records::<Runtime>::iter_key_prefix(era),
			Some(id) => {
				let key = Records::<Runtime>::hashed_key_for(era, id);
				Records::<Runtime>::iter_key_prefix_from(era, key)
			},
		};
		latest_first(ids, last).into_iter().map(move |id| (era, id))
	})
}

/// The records of an operator after `after`.
fn records_of(operator: &AccountId, after: Option<(Era, SlashId)>) -> Vec<(Era, SlashId)> {
	let keys = |last| match last {
		None => RecordsOf::<Runtime>::iter_key_prefix(operator),
		Some(last) => {
			let key = RecordsOf::<Runtime>::hashed_key_for(operator, last);
			RecordsOf::<Runtime>::iter_key_prefix_from(operator, key)
		},
	};
	latest_first(keys, after)
}

/// The keys after `after`, the largest first. If there are more than a page may read, they come in the order of
/// storage.
fn latest_first<K: Ord + Copy, Keys: Iterator<Item = K>>(
	keys: impl Fn(Option<K>) -> Keys,
	after: Option<K>,
) -> Vec<K> {
	// One more, so that the page knows whether there is a next one.
	let limit = MAX_LOOKED.saturating_add(1);
	let mut all: Vec<_> = keys(None).take(limit).collect();
	if all.len() == limit {
		return match after {
			None => all,
			Some(_) => keys(after).take(limit).collect(),
		};
	}
	all.retain(|key| after.is_none_or(|after| *key < after));
	all.sort_unstable_by_key(|key| Reverse(*key));
	all
}

fn matches(slash: &Slash<AccountId>, filter: &SlashFilter) -> bool {
	let by = |avs| matches!(slash.lane, Lane::Attested { set, .. } if set.avs == avs);
	filter.operator.as_ref().is_none_or(|operator| operator.0 == slash.operator) && filter.avs.is_none_or(by)
}

fn details(id: SlashId, slash: Slash<AccountId>, state: SlashState) -> SlashDetails {
	let cause = match slash.lane {
		Lane::Consensus { fraction } => Cause::Consensus { fraction: fraction.into() },
		Lane::Attested { set, condition, resolver: may_veto, parts } => Cause::Attested {
			set,
			condition,
			resolver: may_veto.map(resolver),
			parts: parts
				.into_iter()
				.map(|part| Part {
					kind: part.kind,
					fraction: part.fraction.0.into(),
					magnitude: part.magnitude.0.into(),
				})
				.collect(),
		},
	};
	SlashDetails {
		id,
		operator: slash.operator.into(),
		cause,
		capture: slash.capture,
		reported: slash.reported,
		due: slash.due,
		appeal: slash.appeal.map(|(by, bond)| Appeal { by: by.into(), bond: bond.into() }),
		state,
	}
}

/// A slash that was decided in `era`.
fn decided(era: Era, id: SlashId, record: Record<Runtime>) -> SlashDetails {
	let state = match record.outcome {
		Outcome::Executed(taken) => {
			let left = taken.iter().filter_map(|(currency, _)| {
				Unpaid::<Runtime>::get(id, currency).map(|payout| (currency.clone(), payout.amount).into())
			});
			let unpaid = left.collect();
			SlashState::Executed { era, taken: taken.into_iter().map(Money::from).collect(), unpaid }
		},
		Outcome::Vetoed(reason) => SlashState::Vetoed { era, reason: reason.into_inner().into() },
		Outcome::Cancelled => SlashState::Cancelled { era },
	};
	details(id, record.slash, state)
}

/// The value of a pool and its exits, and of one account's part in them.
struct Worth {
	generation: u32,
	pool: Balance,
	exits: Vec<Balance>,
	position: Balance,
	claims: Vec<Balance>,
}

impl Worth {
	/// The present values, with the exits of the eras `queued`.
	fn now(operator: &AccountId, kind: PoolKind, queued: &[Era], who: Option<&AccountId>) -> Self {
		let pool = Pools::<Runtime>::get(operator, kind).unwrap_or_default();
		let bucket = |era: &Era| {
			Exits::<Runtime>::get((operator, kind, *era)).map_or_else(SharePool::default, |exit| exit.funds)
		};
		let buckets: Vec<_> = queued.iter().map(bucket).collect();
		let claim = |(era, bucket): (&Era, &SharePool)| {
			let shares = who.and_then(|who| Claims::<Runtime>::get((who, operator, kind, *era)));
			shares.map_or(0, |shares| bucket.worth(shares))
		};
		Self {
			generation: pool.generation,
			pool: pool.funds.amount,
			exits: buckets.iter().map(|bucket| bucket.amount).collect(),
			position: who.map_or(0, |who| OperatorDelegation::value_of(who, operator, kind)),
			claims: queued.iter().zip(&buckets).map(claim).collect(),
		}
	}
}

/// The effect of `slash` if it is executed now, and the loss of `who`.
fn impact(slash: &Slash<AccountId>, who: Option<&AccountId>) -> Impact {
	let (operator, now) = (&slash.operator, Staking::active());
	// In an era's last session, exits are filed under the next era, whose validators are then elected.
	let last = now.saturating_add(1);
	let queued = |kind: PoolKind| -> Vec<Era> {
		(slash.capture..=last).filter(|era| Exits::<Runtime>::contains_key((operator, kind, *era))).collect()
	};
	let kinds = slash.lane.kinds().into_iter().filter(|kind| Pools::<Runtime>::contains_key(operator, kind));
	let reached: Vec<_> = kinds.map(|kind| (kind, queued(kind))).collect();
	let worth = || -> Vec<Worth> {
		reached.iter().map(|(kind, queued)| Worth::now(operator, *kind, queued, who)).collect()
	};
	let before = worth();
	let after = Slashing::as_if_executed(slash, worth);

	let (mut pools, mut positions) = (Vec::new(), Vec::new());
	for ((kind, queued), (before, after)) in reached.iter().zip(before.iter().zip(&after)) {
		pools.push(PoolImpact {
			kind: *kind,
			before: before.pool.into(),
			taken: taken(before.pool, after.pool),
			wiped: before.generation != after.generation,
			exits: exits(queued, &before.exits, &after.exits),
		});
		let claims = exits(queued, &before.claims, &after.claims);
		if before.position > 0 || !claims.is_empty() {
			positions.push(PositionImpact {
				kind: *kind,
				before: before.position.into(),
				taken: taken(before.position, after.position),
				exits: claims,
			});
		}
	}
	Impact { refused: None, due: Some(slash.due), pools, positions }
}

fn taken(before: Balance, after: Balance) -> Amount {
	before.saturating_sub(after).into()
}

/// The effects on exits that have a value.
fn exits(queued: &[Era], before: &[Balance], after: &[Balance]) -> Vec<ExitImpact> {
	let eras = queued.iter().zip(before.iter().zip(after)).filter(|(_, (before, _))| **before > 0);
	eras.map(|(queued, (before, after))| ExitImpact {
		queued: *queued,
		before: (*before).into(),
		taken: taken(*before, *after),
	})
	.collect()
}
