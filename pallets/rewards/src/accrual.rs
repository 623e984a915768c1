//! Services' payments per share: accumulators of pools, checkpoints of positions, and the points from which fresh
//! shares earn.

use crate::*;
use alloc::vec::Vec;
use frame_support::{defensive, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, InspectPools, SettlePositions, SettleRewards},
	Balance, Currency, Era, Pool, PoolKind, Position,
};
use sp_core::{U256, U512};

/// What a position earned in whole units, rounded down once: `shares` from accumulator `paid` to `now`, and `fresh`
/// ones from `joined` to `now`.
fn earned(shares: u128, fresh: u128, now: U256, paid: U256, joined: U256) -> Balance {
	let part =
		|shares: u128, since: U256| U512::from(shares).saturating_mul(U512::from(now.saturating_sub(since)));
	let sum = part(shares, paid).saturating_add(part(fresh, joined));
	// It is at most what was ever paid, so it fits.
	(sum / U512::from(ACC_SCALE)).try_into().unwrap_or(Balance::MAX)
}

impl<T: Config> Pallet<T> {
	/// Whether a pool can be paid in `currency`: a generation of it can be paid in a bounded number of currencies, of
	/// which one is reserved for STAY.
	pub(crate) fn accrues(operator: &T::AccountId, kind: PoolKind, pool: &Pool, currency: &Currency) -> bool {
		let accumulators = Accruals::<T>::get((operator, kind, pool.generation));
		let assets = accumulators.keys().filter(|currency| **currency != Currency::Native).count() as u32;
		let room = assets.saturating_add(1) < T::MaxRewardAssets::get();
		*currency == Currency::Native || accumulators.contains_key(currency) || room
	}

	/// Shares `amount`, which is in the account, over the shares of a pool that earn in the running era. There must be
	/// some.
	pub fn accrue(operator: &T::AccountId, kind: PoolKind, currency: &Currency, amount: Balance) {
		T::Pools::end_fresh(operator, kind);
		let pool = T::Pools::pool(operator, kind).unwrap_or_default();
		let earning = pool.earning(T::Clock::active());
		Accruals::<T>::mutate((operator, kind, pool.generation), |accumulators| {
			let mut accumulator = accumulators.get(currency).copied().unwrap_or_default();
			let whole = U256::from(amount).saturating_mul(ACC_SCALE.into());
			let numerator = whole.saturating_add(accumulator.carry.into());
			let (more, carry) = numerator.div_mod(U256::from(earning.max(1)));
			accumulator.per_share = accumulator.per_share.saturating_add(more);
			accumulator.carry = carry.try_into().unwrap_or(0);
			if accumulators.try_insert(currency.clone(), accumulator).is_err() {
				defensive!("a pool is paid in more currencies than it can be");
			}
		});
	}

	/// What a position, as it is stored, has earned since it was last settled, by currency.
	pub fn unsettled(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		position: &Position,
	) -> Vec<(Currency, Balance)> {
		let Position { shares, generation, fresh, fresh_era } = *position;
		let settled = Settled::<T>::get((who, operator, kind)).filter(|c| c.generation == generation);
		let over = fresh > 0 && fresh_era < T::Clock::active();
		let ended = over.then(|| Ended::<T>::get((operator, kind, generation, fresh_era))).flatten();
		let accumulators = Accruals::<T>::get((operator, kind, generation));
		let due = accumulators.iter().map(|(currency, accumulator)| {
			let (now, at) = (accumulator.per_share, |known: &PerShare<T>| known.get(currency).copied());
			let paid = settled.as_ref().and_then(|settled| at(&settled.per_share)).unwrap_or_default();
			// Without a stored point, no payment was made since these shares came in which they have a part.
			let joined =
				ended.as_ref().map_or(now, |ended| at(&ended.per_share).unwrap_or_default().max(paid));
			(currency.clone(), earned(shares.saturating_sub(fresh), fresh, now, paid, joined))
		});
		due.filter(|(_, amount)| *amount > 0).collect()
	}

	/// The accumulators of a generation of a pool, as they are now.
	fn per_share(accumulators: Accumulators<T>) -> PerShare<T> {
		let mut per_share = PerShare::<T>::new();
		for (currency, accumulator) in accumulators {
			if per_share.try_insert(currency, accumulator.per_share).is_err() {
				defensive!("as many currencies as the pool has");
			}
		}
		per_share
	}

	/// Stores the accumulators up to which a position is settled. A position that begins before the first payment has
	/// 0.
	fn note_settled(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind, generation: u32) {
		let accumulators = Accruals::<T>::get((operator, kind, generation));
		let checkpoint = (!accumulators.is_empty())
			.then(|| Checkpoint { generation, per_share: Self::per_share(accumulators) });
		Settled::<T>::set((who, operator, kind), checkpoint);
	}
}

// `Stake` pools do not answer to services, so services do not pay them.
impl<T: Config> SettleRewards<T::AccountId> for Pallet<T> {
	fn settle(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind, position: &Position) {
		if kind == PoolKind::Stake {
			return;
		}
		for (currency, amount) in Self::unsettled(who, operator, kind, position) {
			if Self::credit(who, currency, amount).is_err() {
				defensive!("more was credited than there is");
			}
		}
		Self::note_settled(who, operator, kind, position.generation);
	}

	fn begin(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind, generation: u32) {
		if kind != PoolKind::Stake {
			Self::note_settled(who, operator, kind, generation);
		}
	}

	fn close(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind) {
		if kind != PoolKind::Stake {
			Settled::<T>::remove((who, operator, kind));
		}
	}

	fn fresh_ended(operator: &T::AccountId, kind: PoolKind, generation: u32, era: Era, holders: u32) {
		if kind == PoolKind::Stake || holders == 0 {
			return;
		}
		let per_share = Self::per_share(Accruals::<T>::get((operator, kind, generation)));
		Ended::<T>::insert((operator, kind, generation, era), FreshEnded { per_share, holders });
	}

	fn fresh_settled(operator: &T::AccountId, kind: PoolKind, generation: u32, era: Era) -> bool {
		if kind == PoolKind::Stake {
			return false;
		}
		Ended::<T>::mutate_exists((operator, kind, generation, era), |slot| {
			let Some(ended) = slot else { return false };
			ended.holders = ended.holders.saturating_sub(1);
			if ended.holders == 0 {
				*slot = None;
			}
			true
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_earned_is_rounded_down_once_and_never_wraps() {
		let zero = U256::zero();
		let unit = U256::from(ACC_SCALE);
		assert_eq!(earned(3, 0, unit / 3, zero, zero), 0);
		assert_eq!(earned(3, 0, unit / 3 + 1, zero, zero), 1);
		assert_eq!(earned(1, 0, unit * 5 / 2, zero, zero), 2);
		assert_eq!(earned(1, 1, unit * 5 / 2, zero, zero), 5);
		// The others joined in later.
		assert_eq!(earned(2, 3, unit * 10, unit, unit * 8), 2 * 9 + 3 * 2);
		assert_eq!(earned(2, 3, unit * 10, unit, unit * 10), 2 * 9);
		assert_eq!(earned(u128::MAX, 0, unit, zero, zero), u128::MAX);
		assert_eq!(earned(u128::MAX, u128::MAX, U256::MAX, zero, zero), u128::MAX);
	}
}
