//! Pools and positions: what enters, what leaves, what it is worth.

use crate::*;
use frame_support::{
	ensure,
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::Get,
};
use mainstay_primitives::{
	traits::{EraClock, SettleRewards},
	vault, Balance, ExitAmount, Kind,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The shares of `who` in the running generation of a pool; 0 without a live position.
	pub fn live_shares(who: &T::AccountId, operator: &T::AccountId, kind: Kind, pool: &Pool) -> u128 {
		Positions::<T>::get((who, operator, kind))
			.filter(|position| position.generation == pool.generation)
			.map_or(0, |position| position.shares)
	}

	/// What `who` has in pool `(operator, kind)` now, in the pool's currency.
	pub fn value_of(who: &T::AccountId, operator: &T::AccountId, kind: Kind) -> Balance {
		Pools::<T>::get(operator, kind)
			.map_or(0, |pool| pool.funds.worth(Self::live_shares(who, operator, kind, &pool)))
	}

	/// The shares that `amount` of a position means, at least 1 and no more than `who` has.
	pub(crate) fn shares_of(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
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
		Ok(shares)
	}

	/// Books `amount` into a position and returns the shares minted. Moves no funds.
	fn enter(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
		amount: Balance,
	) -> Result<u128, Error<T>> {
		ensure!(amount >= T::MinDeposit::get(), Error::<T>::AmountTooSmall);
		let mut pool = Pools::<T>::get(operator, kind).unwrap_or_default();
		ensure!(pool.since <= T::Clock::active(), Error::<T>::PoolClosed);
		let minted = pool.funds.deposit(amount)?;

		let generation = pool.generation;
		let before = Positions::<T>::get((who, operator, kind));
		if let Some(before) = &before {
			T::SettleRewards::settle(who, operator, kind, before.generation, before.shares);
		}
		let live = before.filter(|position| position.generation == generation);
		if live.is_none() {
			// A void position, whose last rewards are credited now, is overwritten.
			T::SettleRewards::settle(who, operator, kind, generation, 0);
		}
		let shares = live.map_or(0, |position| position.shares).saturating_add(minted);
		Positions::<T>::insert((who, operator, kind), Position { shares, generation });
		Backers::<T>::insert((operator, kind, who), ());
		Pools::<T>::insert(operator, kind, pool);
		Ok(minted)
	}

	/// Books `amount` as [`Self::do_deposit`] does, without its funds and whether or not the operator takes deposits, lets
	/// `look` look at it with the shares that were minted, and takes everything back.
	pub fn as_if_entered<R>(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
		amount: Balance,
		look: impl FnOnce(u128) -> R,
	) -> Result<R, Error<T>> {
		with_transaction_unchecked(|| {
			TransactionOutcome::Rollback(Self::enter(who, operator, kind, amount).map(look))
		})
	}

	/// Takes `shares`, which `who` has, out of `pool` and returns what they were worth. Writes the position; the
	/// caller writes the pool. Moves no funds.
	pub(crate) fn leave(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
		pool: &mut Pool,
		shares: u128,
	) -> Balance {
		let live = Self::live_shares(who, operator, kind, pool);
		T::SettleRewards::settle(who, operator, kind, pool.generation, live);
		if shares >= live {
			Positions::<T>::remove((who, operator, kind));
			Backers::<T>::remove((operator, kind, who));
			T::SettleRewards::close(who, operator, kind);
		} else {
			let position = Position { shares: live.saturating_sub(shares), generation: pool.generation };
			Positions::<T>::insert((who, operator, kind), position);
		}
		pool.funds.withdraw(shares)
	}

	pub(crate) fn do_deposit(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
		amount: Balance,
		least_shares: u128,
	) -> DispatchResult {
		Self::ensure_takes_deposits(operator, who)?;
		let shares = Self::enter(who, operator, kind, amount)?;
		ensure!(shares >= least_shares, Error::<T>::TooFewShares);
		vault::bring::<_, T::Assets>(kind.currency(), who, &Self::custody(), amount)?;
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
		let mut pool = Pools::<T>::get(operator, Kind::Stake).ok_or(Error::<T>::InsufficientShares)?;
		let shares = Self::shares_of(who, operator, Kind::Stake, &pool, amount)?;
		Self::ensure_takes_deposits(operator, who)?;
		let minted = Self::enter(who, operator, Kind::Native, pool.funds.worth(shares))?;
		ensure!(minted >= least_shares, Error::<T>::TooFewShares);
		let amount = Self::leave(who, operator, Kind::Stake, &mut pool, shares);
		Pools::<T>::insert(operator, Kind::Stake, pool);
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
