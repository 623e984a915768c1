//! What services paid, per share: accumulators by pool, checkpoints by position.

use crate::*;
use alloc::vec::Vec;
use frame_support::{defensive, traits::Get, BoundedBTreeMap};
use mainstay_primitives::{
	traits::{Pools, SettleRewards},
	Balance, Currency, Kind, Pool,
};
use sp_core::{U256, U512};

/// `shares` times a difference of accumulators, in whole units, rounded down.
fn earned(shares: u128, per_share: U256) -> Balance {
	let product = U512::from(shares).saturating_mul(U512::from(per_share));
	// More than was ever paid is not owed, so it fits.
	(product / U512::from(ACC_SCALE)).try_into().unwrap_or(Balance::MAX)
}

impl<T: Config> Pallet<T> {
	/// Whether a pool can be paid in `currency`: a generation of it takes so many of them and no more, and one place is
	/// kept for STAY.
	pub(crate) fn accrues(operator: &T::AccountId, kind: Kind, pool: &Pool, currency: &Currency) -> bool {
		let accumulators = Accruals::<T>::get((operator, kind, pool.generation));
		let assets = accumulators.keys().filter(|currency| **currency != Currency::Native).count() as u32;
		let room = assets.saturating_add(1) < T::MaxRewardAssets::get();
		*currency == Currency::Native || accumulators.contains_key(currency) || room
	}

	/// Shares `amount`, which the account holds, over the shares of a pool, of which there must be some.
	pub fn accrue(operator: &T::AccountId, kind: Kind, pool: &Pool, currency: &Currency, amount: Balance) {
		Accruals::<T>::mutate((operator, kind, pool.generation), |accumulators| {
			let mut accumulator = accumulators.get(currency).copied().unwrap_or_default();
			let whole = U256::from(amount).saturating_mul(ACC_SCALE.into());
			let numerator = whole.saturating_add(accumulator.carry.into());
			let (more, carry) = numerator.div_mod(U256::from(pool.funds.shares.max(1)));
			accumulator.per_share = accumulator.per_share.saturating_add(more);
			accumulator.carry = carry.try_into().unwrap_or(0);
			if accumulators.try_insert(currency.clone(), accumulator).is_err() {
				defensive!("a pool is paid in more currencies than it can be");
			}
		});
	}

	/// What a position has earned since it was settled last, by currency.
	pub fn unsettled(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
		generation: u32,
		shares: u128,
	) -> Vec<(Currency, Balance)> {
		let settled = Settled::<T>::get((who, operator, kind)).filter(|c| c.generation == generation);
		let at =
			|currency| settled.as_ref().and_then(|c| c.per_share.get(currency)).copied().unwrap_or_default();
		let accumulators = Accruals::<T>::get((operator, kind, generation));
		let due = accumulators.iter().map(|(currency, accumulator)| {
			(currency.clone(), earned(shares, accumulator.per_share.saturating_sub(at(currency))))
		});
		due.filter(|(_, amount)| *amount > 0).collect()
	}

	/// Settles a position of `who`, live or void.
	pub(crate) fn settle_position(who: &T::AccountId, operator: &T::AccountId, kind: Kind) {
		if let Some(position) = T::Pools::position(who, operator, kind) {
			Self::settle(who, operator, kind, position.generation, position.shares);
		}
	}
}

impl<T: Config> SettleRewards<T::AccountId> for Pallet<T> {
	fn settle(who: &T::AccountId, operator: &T::AccountId, kind: Kind, generation: u32, shares: u128) {
		// Services do not pay for what does not answer to them.
		if kind == Kind::Stake {
			return;
		}
		let accumulators = Accruals::<T>::get((operator, kind, generation));
		if accumulators.is_empty() {
			// A position that begins before the first payment stands at 0.
			if shares == 0 {
				Settled::<T>::remove((who, operator, kind));
			}
			return;
		}
		for (currency, amount) in Self::unsettled(who, operator, kind, generation, shares) {
			if Self::credit(who, currency, amount).is_err() {
				defensive!("more was credited than there is");
			}
		}
		let mut per_share = BoundedBTreeMap::new();
		for (currency, accumulator) in accumulators {
			if per_share.try_insert(currency, accumulator.per_share).is_err() {
				defensive!("a position is paid in more currencies than its pool");
			}
		}
		Settled::<T>::insert((who, operator, kind), Checkpoint { generation, per_share });
	}

	fn close(who: &T::AccountId, operator: &T::AccountId, kind: Kind) {
		if kind == Kind::Stake {
			return;
		}
		Settled::<T>::remove((who, operator, kind));
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_earned_is_rounded_down_and_never_wraps() {
		assert_eq!(earned(3, U256::from(ACC_SCALE) / 3), 0);
		assert_eq!(earned(3, U256::from(ACC_SCALE) / 3 + 1), 1);
		assert_eq!(earned(u128::MAX, U256::from(ACC_SCALE)), u128::MAX);
		assert_eq!(earned(u128::MAX, U256::MAX), u128::MAX);
	}
}
