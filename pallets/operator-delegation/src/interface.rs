//! The interface for other pallets: one trait of [`mainstay_primitives::traits`] for each power over the funds.

use crate::*;
use alloc::vec::Vec;
use frame_support::weights::Weight;
use mainstay_primitives::{
	traits::{
		Compound, EnterPools, InspectOperators, InspectPools, InspectStakes, PaySlashed, ServiceCut,
		SettlePositions, SlashAllocated, SlashPools,
	},
	AssetId, Balance, Bps, Currency, Destination, Era, ExitAmount, Fraction, Magnitude, PoolKind,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> InspectOperators<T::AccountId> for Pallet<T> {
	fn is_operator(who: &T::AccountId) -> bool {
		Operators::<T>::contains_key(who)
	}

	fn is_active_operator(operator: &T::AccountId) -> bool {
		Operators::<T>::get(operator).is_some_and(|terms| !terms.retired)
	}

	fn commission(operator: &T::AccountId) -> Option<Bps> {
		Self::commission_of(operator)
	}
}

impl<T: Config> InspectPools<T::AccountId> for Pallet<T> {
	fn pool(operator: &T::AccountId, kind: PoolKind) -> Option<Pool> {
		Pools::<T>::get(operator, kind)
	}

	fn position(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind) -> Option<Position> {
		Positions::<T>::get((who, operator, kind))
	}

	fn positions(
		who: &T::AccountId,
		after: Option<(T::AccountId, PoolKind)>,
		limit: u32,
	) -> Vec<(T::AccountId, PoolKind, Position)> {
		let positions = match after {
			None => Positions::<T>::iter_prefix((who,)),
			Some((operator, kind)) => {
				let key = Positions::<T>::hashed_key_for((who, operator, kind));
				Positions::<T>::iter_prefix_from((who,), key)
			},
		};
		positions
			.take(limit as usize)
			.map(|((operator, kind), position)| (operator, kind, position))
			.collect()
	}

	fn all_positions() -> Vec<(T::AccountId, T::AccountId, PoolKind, Position)> {
		Positions::<T>::iter()
			.map(|((who, operator, kind), position)| (who, operator, kind, position))
			.collect()
	}

	fn held(id: AssetId) -> Balance {
		Held::<T>::get(id)
	}

	fn native_stake(operator: &T::AccountId) -> Balance {
		PoolKind::CONSENSUS
			.iter()
			.filter_map(|kind| Pools::<T>::get(operator, kind))
			.fold(0, |sum, pool| sum.saturating_add(pool.funds.amount))
	}

	fn self_stake(operator: &T::AccountId) -> Balance {
		PoolKind::CONSENSUS
			.iter()
			.fold(0, |sum, kind| sum.saturating_add(Self::value_of(operator, operator, *kind)))
	}
}

impl<T: Config> InspectStakes<T::AccountId> for Pallet<T> {
	fn staked(who: &T::AccountId, limit: u32) -> Balance {
		Self::native_positions_of(who, limit)
	}

	fn leaving(who: &T::AccountId, limit: u32) -> Balance {
		Self::native_exits_of(who, limit)
	}
}

impl<T: Config> EnterPools<T::AccountId> for Pallet<T> {
	fn open(operator: &T::AccountId, kind: PoolKind) {
		if !Pools::<T>::contains_key(operator, kind) {
			Pools::<T>::insert(operator, kind, Pool::default());
		}
	}

	fn deposit(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		amount: Balance,
		least_shares: u128,
	) -> DispatchResult {
		Self::do_deposit(who, operator, kind, amount, least_shares)
	}

	fn max_renewal(kind: PoolKind) -> Weight {
		Self::max_renewal_weight(kind)
	}

	fn renewal_of(who: &T::AccountId, kind: PoolKind) -> Weight {
		Self::renewal_weight(who, kind)
	}

	fn opt_in(
		who: &T::AccountId,
		operator: &T::AccountId,
		amount: ExitAmount,
		least_shares: u128,
	) -> DispatchResult {
		Self::do_opt_in(who, operator, amount, least_shares)
	}
}

impl<T: Config> SettlePositions<T::AccountId> for Pallet<T> {
	fn settle(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind) {
		Self::do_settle(who, operator, kind)
	}

	fn end_fresh(operator: &T::AccountId, kind: PoolKind) {
		Self::do_end_fresh(operator, kind)
	}
}

impl<T: Config> Compound<T::AccountId> for Pallet<T> {
	fn compound(
		operator: &T::AccountId,
		from: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		Self::do_compound(operator, from, amount)
	}
}

impl<T: Config> SlashPools<T::AccountId> for Pallet<T> {
	fn take(operator: &T::AccountId, kind: PoolKind, fraction: Fraction, capture: Era) -> Balance {
		Self::do_take(operator, kind, fraction, capture)
	}
}

impl<T: Config> SlashAllocated<T::AccountId> for Pallet<T> {
	fn take_allocated(
		operator: &T::AccountId,
		kind: PoolKind,
		magnitude: Magnitude,
		fraction: Fraction,
		capture: Era,
		whole: bool,
	) -> ServiceCut {
		Self::do_take_allocated(operator, kind, magnitude, fraction, capture, whole)
	}
}

impl<T: Config> PaySlashed<T::AccountId> for Pallet<T> {
	fn pay_slashed(currency: Currency, amount: Balance, to: &Destination<T::AccountId>) -> DispatchResult {
		Self::do_pay_slashed(currency, amount, to)
	}
}
