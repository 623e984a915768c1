//! Services, their operator sets, and the sets' members: see
//! [`ServicesApi`](mainstay_primitives::runtime_api::services).

use super::{
	columns::{OperatorKey, PoolColumns},
	operator_name, resolver, service_name,
};
use crate::{AvsRegistry, Runtime, Staking};
use alloc::vec::Vec;
use mainstay_avs_registry::{self as registry, Avses, Conditions, Members, Memberships, Metadata, Sets};
use mainstay_primitives::{
	self as primitives,
	runtime_api::{
		operators::{Announced, Later},
		restaking::MemberKind,
		services::*,
		Account, Page,
	},
	traits::{EraClock, OperatorSets},
	weigh, AccountId, AvsId, Balance, ConditionTerms, Era, Magnitude, Multiplier, OperatorSetId, PoolKind,
};
use mainstay_rewards::StreamsOf;

/// The maximum number of a service's set ids that are tried, from the newest back. Ids of closed sets are not used
/// again, and only fees limit how many sets an owner creates and closes.
const MAX_IDS: u32 = 1_024;

/// The maximum number of members and set ids that a page of services reads. The page ends with the service that exceeds
/// it.
const MAX_LOOKED: u32 = 4_096;

/// A service's sets in the order of their creation, and the number of ids that were tried to find them.
fn sets_of(avs: AvsId, service: &registry::Avs<AccountId>) -> (Vec<OperatorSetId>, u32) {
	let mut tried = 0u32;
	let newest_first = (0..service.next_set).rev().take(MAX_IDS as usize);
	let ids =
		newest_first.map(|index| OperatorSetId { avs, index }).inspect(|_| tried = tried.saturating_add(1));
	let mut sets: Vec<_> = ids.filter(|set| AvsRegistry::exists(*set)).take(service.sets as usize).collect();
	sets.reverse();
	(sets, tried)
}

/// The number of members of a set.
fn count(set: OperatorSetId) -> u32 {
	Members::<Runtime>::decode_len(set).unwrap_or(0) as u32
}

/// The allocation of a pool to `set`: the magnitude that binds, its value, and the announced magnitude with its era.
fn allocated(
	set: OperatorSetId,
	pools: &mut PoolColumns,
	operator: &OperatorKey,
) -> (u64, Balance, Option<(u64, Era)>) {
	let Some(allocation) = pools.exposure(operator).allocations.remove(&set) else { return (0, 0, None) };
	let pool = if allocation.current > 0 { pools.pool(operator) } else { None };
	let stake = pool.map_or(0, |pool| pool.allocated(Magnitude(allocation.current)));
	(allocation.current, stake, allocation.pending)
}

/// The kinds that a set accepts, with their multipliers and pools.
fn accepted(set: OperatorSetId) -> Vec<(PoolKind, Multiplier, PoolColumns)> {
	let now = Staking::active();
	let kinds = AvsRegistry::kinds(set).into_iter();
	kinds.map(|(kind, multiplier)| (kind, multiplier, PoolColumns::new(kind, now))).collect()
}

/// The amounts that are allocated to a set now: each kind that it accepts, its multiplier, and the amount.
pub(crate) fn stakes(set: OperatorSetId) -> Vec<(PoolKind, Multiplier, Balance)> {
	let members: Vec<_> = AvsRegistry::members(set).iter().map(OperatorKey::from).collect();
	let of_kind = |(kind, multiplier, mut pools)| {
		let each = members.iter().map(|operator| allocated(set, &mut pools, operator).1);
		(kind, multiplier, each.fold(0, Balance::saturating_add))
	};
	accepted(set).into_iter().map(of_kind).collect()
}

/// The weight of all present allocations to a set.
fn weight(set: OperatorSetId) -> Balance {
	weigh(stakes(set).into_iter().map(|(_, multiplier, stake)| (multiplier, stake)))
}

/// A service with its sets.
pub fn service(avs: AvsId) -> Option<ServiceDetails> {
	let service = Avses::<Runtime>::get(avs)?;
	let metadata = Metadata::<Runtime>::get(avs).unwrap_or_default();
	let (ids, _) = sets_of(avs, &service);
	let summary = |set| {
		let terms = Sets::<Runtime>::get(set)?;
		Some(SetSummary { set, members: count(set), conditions: terms.conditions, until: terms.until })
	};
	Some(ServiceDetails {
		avs,
		name: metadata.name.into_inner().into(),
		link: metadata.link.into_inner().into(),
		owner: service.owner.into(),
		next_owner: service.next_owner.map(Account),
		deposit: service.deposit.into(),
		sets: ids.into_iter().filter_map(summary).collect(),
	})
}

/// All services. A page ends early if it reads too much.
pub fn services(after: Option<AvsId>, limit: u32) -> Page<ServiceSummary, AvsId> {
	let entries = match after {
		None => Avses::<Runtime>::iter(),
		Some(last) => Avses::<Runtime>::iter_from(Avses::<Runtime>::hashed_key_for(last)),
	};
	let Page { items, mut next } = Page::of(entries.map(|(avs, service)| (avs, (avs, service))), limit);
	let (mut page, mut looked): (Vec<ServiceSummary>, u32) = (Vec::new(), 0);
	for (avs, service) in items {
		if looked >= MAX_LOOKED {
			next = page.last().map(|service| service.avs);
			break;
		}
		let (ids, tried) = sets_of(avs, &service);
		let members = ids.iter().fold(0, |sum: u32, set| sum.saturating_add(count(*set)));
		looked = looked.saturating_add(tried).saturating_add(members);
		page.push(ServiceSummary {
			avs,
			name: service_name(avs),
			owner: service.owner.into(),
			sets: service.sets,
			members,
			weight: ids.into_iter().map(weight).fold(0, Balance::saturating_add).into(),
		});
	}
	Page { items: page, next }
}

fn terms(terms: &ConditionTerms<AccountId>) -> Terms {
	Terms {
		max_fraction: terms.max_fraction.into(),
		veto_window: terms.veto_window,
		resolver: terms.resolver.clone().map(resolver),
	}
}

/// An operator set with its terms and conditions.
pub fn set(set: OperatorSetId) -> Option<SetDetails> {
	let details = Sets::<Runtime>::get(set)?;
	let service = Avses::<Runtime>::get(set.avs)?;
	let now = Staking::active();
	let mut conditions: Vec<_> = Conditions::<Runtime>::iter_prefix(set)
		.map(|(id, condition)| ConditionDetails {
			id,
			text: condition.text.into_inner().into(),
			since: condition.since,
			terms: Announced::of(&condition.terms, now, terms),
		})
		.collect();
	conditions.sort_by_key(|condition| condition.id);
	let kinds = |kinds: &registry::Kinds<Runtime>| {
		kinds.iter().map(|(kind, multiplier)| KindWeight { kind: *kind, multiplier: *multiplier }).collect()
	};
	Some(SetDetails {
		set,
		name: service_name(set.avs),
		owner: service.owner.into(),
		kinds: Announced::of(&details.kinds, now, kinds),
		admission: match details.admission {
			registry::Admission::Open => Admission::Open,
			registry::Admission::Approved => Admission::Approved,
			registry::Admission::Paused => Admission::Paused,
		},
		min_stake: details.min_stake.into(),
		slasher: Announced::of(&details.slasher, now, |slasher| slasher.clone().into()),
		destination: match details.destination {
			primitives::Destination::Burn => Destination::Burn,
			primitives::Destination::Account(who) => Destination::Account(who.into()),
			primitives::Destination::Treasury => Destination::Treasury,
		},
		conditions,
		members: count(set),
		weight: weight(set).into(),
		streams: StreamsOf::<Runtime>::get(set).into_inner(),
		until: details.until,
	})
}

/// A member of a set, with its allocations of the accepted kinds.
fn details(
	set: OperatorSetId,
	operator: AccountId,
	accepted: &mut [(PoolKind, Multiplier, PoolColumns)],
) -> MemberDetails {
	let key = OperatorKey::from(&operator);
	let membership = Memberships::<Runtime>::get(set, &operator);
	let (mut kinds, mut next, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
	for (kind, multiplier, pools) in accepted {
		let (kind, multiplier) = (*kind, *multiplier);
		let (magnitude, slashable, pending) = allocated(set, pools, &key);
		if magnitude > 0 {
			kinds.push(MemberKind { kind, magnitude: magnitude.into(), slashable: slashable.into() });
			amounts.push((multiplier, slashable));
		}
		if let Some((magnitude, from)) = pending {
			next.push(NextMagnitude { kind, magnitude: Later { value: magnitude.into(), from } });
		}
	}
	MemberDetails {
		name: operator_name(&operator),
		operator: operator.into(),
		from: membership.spans.last().map_or(0, |span| span.from),
		kinds,
		weight: weigh(amounts.into_iter()).into(),
		next,
	}
}

/// The members of a set, in ascending order of their accounts.
pub fn members(
	set: OperatorSetId,
	after: Option<AccountId>,
	limit: u32,
) -> Option<Page<MemberDetails, Account>> {
	if !AvsRegistry::exists(set) {
		return None;
	}
	let (mut accepted, members) = (accepted(set), AvsRegistry::members(set));
	let behind = after.map_or(0, |last| members.partition_point(|operator| *operator <= last));
	let entries = members.into_iter().skip(behind).map(|operator| (Account(operator.clone()), operator));
	let Page { items, next } = Page::of(entries, limit);
	Some(Page {
		items: items.into_iter().map(|operator| details(set, operator, &mut accepted)).collect(),
		next,
	})
}

/// One member of a set.
pub fn member(set: OperatorSetId, operator: AccountId) -> Option<MemberDetails> {
	AvsRegistry::members(set).binary_search(&operator).ok()?;
	Some(details(set, operator, &mut accepted(set)))
}
