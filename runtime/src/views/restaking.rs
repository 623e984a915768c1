//! Admitted assets, and the risks of a deposit. [`super::stakes`] has the rest of the API.

use super::{
	error_name,
	operators::{pending_of, MAX_PENDING},
	service_name,
};
use crate::{
	configs::economy::ChainAccounts, AvsRegistry, OperatorDelegation, Restaking, Runtime, RuntimeOrigin,
	Slashing, Staking,
};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::traits::{fungibles::roles::Inspect as Roles, Contains};
use mainstay_avs_registry::Conditions;
use mainstay_operator_delegation::Pools;
use mainstay_primitives::{
	pool::mul_div,
	rolled_back,
	runtime_api::{restaking::*, Account, Amount, Fraction, Text},
	traits::{EraClock, InspectPools, OperatorSets},
	AccountId, AssetId, Balance, OperatorSetId, PoolKind, WAD,
};
use mainstay_restaking::Assets;

/// The accounts outside of the chain that can mint, burn, freeze or seize an asset.
fn issuers(id: AssetId) -> Vec<Account> {
	type Assets = crate::Assets;
	let roles = [
		<Assets as Roles<AccountId>>::owner(id),
		<Assets as Roles<AccountId>>::issuer(id),
		<Assets as Roles<AccountId>>::admin(id),
		<Assets as Roles<AccountId>>::freezer(id),
	];
	let others: BTreeSet<_> =
		roles.into_iter().flatten().filter(|who| !ChainAccounts::contains(who)).collect();
	others.into_iter().map(Account).collect()
}

/// See [`RestakingApi`](mainstay_primitives::runtime_api::restaking::RestakingApi), here and below.
pub fn assets() -> Vec<AssetDetails> {
	let mut assets: Vec<_> = Assets::<Runtime>::iter().collect();
	assets.sort_by_key(|(id, _)| *id);
	let details = assets.into_iter().map(|(id, terms)| AssetDetails {
		id,
		cap: Amount(terms.cap),
		held: Amount(OperatorDelegation::held(id)),
		min_deposit: Amount(terms.min_deposit),
		deposits: terms.deposits,
		issuers: issuers(id),
	});
	details.collect()
}

/// The error with which a deposit would fail, if it would. Tries the deposit and rolls it back.
fn refusal(who: &AccountId, operator: &AccountId, kind: PoolKind, amount: Balance) -> Option<Text> {
	let (origin, operator) = (RuntimeOrigin::signed(who.clone()), operator.clone());
	let deposit = rolled_back(|| match kind {
		PoolKind::Stake => OperatorDelegation::stake(origin, operator, amount, 0),
		PoolKind::Native | PoolKind::Asset(_) => Restaking::restake(origin, operator, kind, amount, 0),
	});
	deposit.err().map(|refused| error_name(refused.error))
}

/// The value of `shares` that were just minted, and their losses through pending slashes.
fn entry_losses(operator: &AccountId, kind: PoolKind, shares: u128) -> (Balance, Vec<EntryLoss>) {
	let pool = Pools::<Runtime>::get(operator, kind).unwrap_or_default();
	let worth = || {
		let now = Pools::<Runtime>::get(operator, kind).filter(|now| now.generation == pool.generation);
		now.map_or(0, |now| now.funds.worth(shares))
	};
	let value = worth();
	let planned = Staking::planned();
	let reaching = pending_of(operator, kind)
		.into_iter()
		.filter(|(_, slash)| OperatorDelegation::answering(operator, kind, &pool, slash.capture, planned).1)
		.take(MAX_PENDING);
	let losses = reaching.map(|(id, slash)| {
		let left = Slashing::as_if_executed(&slash, worth);
		EntryLoss { id, due: slash.due, value: Amount(value.saturating_sub(left)) }
	});
	(value, losses.collect())
}

/// A set that may slash `magnitude` of a pool.
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

/// The risks of a deposit into a pool.
pub fn entering(who: AccountId, operator: AccountId, kind: PoolKind, amount: Balance) -> Option<Entry> {
	let exit_delay = Staking::exit_delay();
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
		consensus: PoolKind::CONSENSUS.contains(&kind),
		services,
		worst: Fraction(worst as u64),
		exit_delay,
	})
}
