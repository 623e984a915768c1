//! Pools and positions: deposits, withdrawals, the value of shares, and fresh shares.

use crate::*;
use frame_support::{ensure, traits::Get, weights::Weight};
use mainstay_primitives::{
	rolled_back,
	traits::{AssetRegistry, EraClock, OnNativeMoved, SettleRewards},
	vault, Balance, Currency, ExitAmount, PoolKind,
};
use sp_runtime::DispatchResult;

/// The minimum deposit divided by the number of shares that a position must keep.
const SHARES_OF_LEAST_DEPOSIT: u128 = 1_000;

impl<T: Config> Pallet<T> {
	/// The shares of `who` in the running generation of a pool; 0 without a live position.
	pub fn live_shares(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind, pool: &Pool) -> u128 {
		Positions::<T>::get((who, operator, kind))
			.filter(|position| position.generation == pool.generation)
			.map_or(0, |position| position.shares)
	}

	/// The value of the position of `who` in pool `(operator, kind)` now, in the pool's currency.
	pub fn value_of(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind) -> Balance {
		Pools::<T>::get(operator, kind)
			.map_or(0, |pool| pool.funds.worth(Self::live_shares(who, operator, kind, &pool)))
	}

	/// See [`staked`](mainstay_primitives::traits::InspectStakes::staked).
	pub(crate) fn native_positions_of(who: &T::AccountId, limit: u32) -> Balance {
		Positions::<T>::iter_prefix((who,))
			.take(limit as usize)
			.filter(|((_, kind), _)| kind.currency() == Currency::Native)
			.filter_map(|((operator, kind), position)| {
				let pool = Pools::<T>::get(operator, kind)?;
				(position.generation == pool.generation).then(|| pool.funds.worth(position.shares))
			})
			.fold(0, Balance::saturating_add)
	}

	/// The weight of [`Config::OnNativeMoved`] in a deposit or a claim of `kind`, at most.
	pub(crate) fn max_renewal_weight(kind: PoolKind) -> Weight {
		match kind.currency() {
			Currency::Native => T::OnNativeMoved::max_weight(),
			Currency::WithId(_) => Weight::zero(),
		}
	}

	/// The weight of [`Config::OnNativeMoved`] in a deposit or a claim of `kind` by `who`.
	pub(crate) fn renewal_weight(who: &T::AccountId, kind: PoolKind) -> Weight {
		match kind.currency() {
			Currency::Native => T::OnNativeMoved::weight_of(who),
			Currency::WithId(_) => Weight::zero(),
		}
	}

	/// The minimum that may enter a pool of `kind` in one call, in units of its currency.
	pub fn least_deposit(kind: PoolKind) -> Balance {
		match kind.currency() {
			Currency::Native => T::MinDeposit::get(),
			Currency::WithId(id) => T::Registry::min_deposit(id),
		}
	}

	/// The minimum number of shares of a position of `kind`, unless it has none. So rounding costs a depositor at most
	/// one part in this number.
	pub fn least_shares(kind: PoolKind) -> u128 {
		Self::least_deposit(kind) / SHARES_OF_LEAST_DEPOSIT
	}

	/// Converts `amount` to a number of shares: at least 1, and at most what `who` has. Errors if fewer shares than the
	/// minimum would stay in the position, unless none stay.
	pub(crate) fn shares_of(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		pool: &Pool,
		amount: ExitAmount,
	) -> Result<u128, Error<T>> {
		let live = Self::live_shares(who, operator, kind, pool);
		let shares = match amount {
			ExitAmount::All => live,
			ExitAmount::Shares(shares) => shares,
			ExitAmount::Value(value) => pool.funds.shares_for(value).ok_or(Error::<T>::InsufficientShares)?,
		};
		ensure!(shares > 0 && shares <= live, Error::<T>::InsufficientShares);
		let left = live.saturating_sub(shares);
		ensure!(left == 0 || left >= Self::least_shares(kind), Error::<T>::DustLeft);
		Ok(shares)
	}

	/// Credits what a position has earned, and lets its shares of an earlier era earn like the others. `pool` is the
	/// position's pool, of any generation. Changes both, but writes neither to storage.
	fn settle_in(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		pool: &mut Pool,
		position: &mut Position,
	) {
		T::SettleRewards::settle(who, operator, kind, position);
		if position.fresh == 0 || position.fresh_era >= T::Clock::active() {
			return;
		}
		let (generation, era) = (position.generation, position.fresh_era);
		let told = T::SettleRewards::fresh_settled(operator, kind, generation, era);
		if !told && (generation, era) == (pool.generation, pool.fresh_era) {
			pool.fresh_holders = pool.fresh_holders.saturating_sub(1);
		}
		position.fresh = 0;
	}

	/// Must be called before the first payment or deposit of a later era. Has rewards store the point from which the
	/// newest shares earn, if any position needs it. Changes the pool but does not write it to storage; returns whether
	/// it changed.
	pub(crate) fn end_fresh_in(operator: &T::AccountId, kind: PoolKind, pool: &mut Pool) -> bool {
		let ends = pool.fresh > 0 && pool.fresh_holders > 0 && pool.fresh_era < T::Clock::active();
		if ends {
			let holders = core::mem::take(&mut pool.fresh_holders);
			T::SettleRewards::fresh_ended(operator, kind, pool.generation, pool.fresh_era, holders);
		}
		ends
	}

	/// See [`end_fresh`](mainstay_primitives::traits::SettlePositions::end_fresh).
	pub(crate) fn do_end_fresh(operator: &T::AccountId, kind: PoolKind) {
		let Some(mut pool) = Pools::<T>::get(operator, kind) else { return };
		if Self::end_fresh_in(operator, kind, &mut pool) {
			Pools::<T>::insert(operator, kind, pool);
		}
	}

	/// See [`settle`](mainstay_primitives::traits::SettlePositions::settle).
	pub(crate) fn do_settle(who: &T::AccountId, operator: &T::AccountId, kind: PoolKind) {
		let Some(before) = Positions::<T>::get((who, operator, kind)) else { return };
		let before_pool = Pools::<T>::get(operator, kind).unwrap_or_default();
		let (mut position, mut pool) = (before, before_pool);
		Self::settle_in(who, operator, kind, &mut pool, &mut position);
		if position != before {
			Positions::<T>::insert((who, operator, kind), position);
		}
		if pool != before_pool {
			Pools::<T>::insert(operator, kind, pool);
		}
	}

	/// Adds `amount` to a pool and a position, and returns the minted shares. Moves no funds.
	fn enter(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		amount: Balance,
	) -> Result<u128, Error<T>> {
		ensure!(amount >= Self::least_deposit(kind), Error::<T>::AmountTooSmall);
		let now = T::Clock::active();
		let mut pool = Pools::<T>::get(operator, kind).unwrap_or_default();
		ensure!(pool.since <= now, Error::<T>::PoolClosed);
		let generation = pool.generation;
		let mut before = Positions::<T>::get((who, operator, kind));
		let held = before.filter(|position| position.generation == generation);
		let least = Self::least_shares(kind).saturating_sub(held.map_or(0, |position| position.shares));
		let minted = pool.funds.deposit(amount, least)?;

		if let Some(position) = &mut before {
			Self::settle_in(who, operator, kind, &mut pool, position);
		}
		Self::end_fresh_in(operator, kind, &mut pool);
		let mut position = match before.filter(|position| position.generation == generation) {
			Some(position) => position,
			// A void position is overwritten. Its last rewards are credited already.
			None => {
				T::SettleRewards::begin(who, operator, kind, generation);
				Position { shares: 0, generation, fresh: 0, fresh_era: now }
			},
		};
		position.shares = position.shares.saturating_add(minted);
		if pool.fresh_era != now {
			(pool.fresh, pool.fresh_era, pool.fresh_holders) = (0, now, 0);
		}
		if position.fresh_in(now) == 0 {
			(position.fresh, position.fresh_era) = (0, now);
			pool.fresh_holders = pool.fresh_holders.saturating_add(1);
		}
		position.fresh = position.fresh.saturating_add(minted);
		pool.fresh = pool.fresh.saturating_add(minted);
		Positions::<T>::insert((who, operator, kind), position);
		Backers::<T>::insert((operator, kind, who), ());
		Pools::<T>::insert(operator, kind, pool);
		Ok(minted)
	}

	/// Adds `amount` like [`Self::do_deposit`], but without moving funds and without checking whether the operator
	/// takes deposits. Then calls `look` with the number of minted shares, and rolls everything back. Returns what
	/// `look` returns.
	pub fn as_if_entered<R>(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		amount: Balance,
		look: impl FnOnce(u128) -> R,
	) -> Result<R, Error<T>> {
		rolled_back(|| Self::enter(who, operator, kind, amount).map(look))
	}

	/// Takes `shares`, which `who` must have, out of `pool`, and returns their value. The newest shares leave first.
	/// Writes the position; the caller writes the pool. Moves no funds.
	pub(crate) fn leave(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		pool: &mut Pool,
		shares: u128,
	) -> Balance {
		let live = Positions::<T>::get((who, operator, kind))
			.filter(|position| position.generation == pool.generation);
		let Some(mut position) = live else { return 0 };
		Self::settle_in(who, operator, kind, pool, &mut position);
		let newest = shares.min(position.fresh_in(T::Clock::active()));
		if newest > 0 {
			position.fresh = position.fresh.saturating_sub(newest);
			pool.fresh = pool.fresh.saturating_sub(newest);
			if position.fresh == 0 {
				pool.fresh_holders = pool.fresh_holders.saturating_sub(1);
			}
		}
		position.shares = position.shares.saturating_sub(shares);
		if position.shares == 0 {
			Positions::<T>::remove((who, operator, kind));
			Backers::<T>::remove((operator, kind, who));
			T::SettleRewards::close(who, operator, kind);
		} else {
			Positions::<T>::insert((who, operator, kind), position);
		}
		pool.funds.withdraw(shares)
	}

	pub(crate) fn do_deposit(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		amount: Balance,
		least_shares: u128,
	) -> DispatchResult {
		Self::ensure_takes_deposits(operator, who)?;
		let shares = Self::enter(who, operator, kind, amount)?;
		ensure!(shares >= least_shares, Error::<T>::TooFewShares);
		if kind.currency() == Currency::Native {
			// Before the transfer, because a lock on the balance may have to be eased for it.
			T::OnNativeMoved::entering(who, amount);
		}
		vault::bring::<_, T::Assets>(kind.currency(), who, &Self::custody(), amount)?;
		Self::note_held(&kind.currency(), |held| held.saturating_add(amount));
		Self::deposit_event(Event::Deposited {
			who: who.clone(),
			operator: operator.clone(),
			kind,
			amount,
			shares,
		});
		Ok(())
	}

	pub(crate) fn do_opt_in(
		who: &T::AccountId,
		operator: &T::AccountId,
		amount: ExitAmount,
		least_shares: u128,
	) -> DispatchResult {
		let mut pool = Pools::<T>::get(operator, PoolKind::Stake).ok_or(Error::<T>::InsufficientShares)?;
		let shares = Self::shares_of(who, operator, PoolKind::Stake, &pool, amount)?;
		Self::ensure_takes_deposits(operator, who)?;
		let younger = Pools::<T>::get(operator, PoolKind::Native).unwrap_or_default().since;
		ensure!(
			younger <= pool.since.max(Self::first_nameable(operator, PoolKind::Stake)),
			Error::<T>::PoolTooYoung
		);
		let minted = Self::enter(who, operator, PoolKind::Native, pool.funds.worth(shares))?;
		ensure!(minted >= least_shares, Error::<T>::TooFewShares);
		let amount = Self::leave(who, operator, PoolKind::Stake, &mut pool, shares);
		Pools::<T>::insert(operator, PoolKind::Stake, pool);
		Self::deposit_event(Event::OptedIn {
			who: who.clone(),
			operator: operator.clone(),
			shares,
			amount,
			minted,
		});
		Ok(())
	}
}
