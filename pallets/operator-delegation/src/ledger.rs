//! Pools and positions: what enters, what leaves, what it is worth.

use crate::*;
use frame_support::{
	ensure,
	traits::{fungibles::Mutate, tokens::Preservation, Get},
};
use mainstay_primitives::{traits::EraClock, Balance, Kind};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The shares of `who` in the running generation of a pool; 0 without a live position.
	pub(crate) fn live_shares(who: &T::AccountId, operator: &T::AccountId, kind: Kind, pool: &Pool) -> u128 {
		Positions::<T>::get((who, operator, kind))
			.filter(|position| position.generation == pool.generation)
			.map_or(0, |position| position.shares)
	}

	/// What `who` has in pool `(operator, kind)` now, in the pool's currency.
	pub fn value_of(who: &T::AccountId, operator: &T::AccountId, kind: Kind) -> Balance {
		Pools::<T>::get(operator, kind)
			.map_or(0, |pool| pool.funds.worth(Self::live_shares(who, operator, kind, &pool)))
	}

	/// Books `amount` into a position and returns the shares minted. Moves no funds.
	pub(crate) fn enter(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
		amount: Balance,
	) -> Result<u128, Error<T>> {
		ensure!(amount >= T::MinDeposit::get(), Error::<T>::AmountTooSmall);
		let mut pool = Pools::<T>::get(operator, kind).unwrap_or_default();
		ensure!(pool.since <= T::Clock::active(), Error::<T>::PoolClosed);
		let minted = pool.funds.deposit(amount)?;

		// A void position, of an older generation, counts as none and is overwritten here.
		let shares = Self::live_shares(who, operator, kind, &pool).saturating_add(minted);
		Positions::<T>::insert((who, operator, kind), Position { shares, generation: pool.generation });
		Backers::<T>::insert((operator, kind, who), ());
		Pools::<T>::insert(operator, kind, pool);
		Ok(minted)
	}

	/// Takes `shares` of `who` out of `pool` and returns what they were worth. Writes the position; the caller
	/// writes the pool. Moves no funds.
	pub(crate) fn leave(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: Kind,
		pool: &mut Pool,
		shares: u128,
	) -> Result<Balance, Error<T>> {
		let live = Self::live_shares(who, operator, kind, pool);
		ensure!(shares > 0 && shares <= live, Error::<T>::InsufficientShares);
		if shares == live {
			Positions::<T>::remove((who, operator, kind));
			Backers::<T>::remove((operator, kind, who));
		} else {
			let position = Position { shares: live.saturating_sub(shares), generation: pool.generation };
			Positions::<T>::insert((who, operator, kind), position);
		}
		Ok(pool.funds.withdraw(shares))
	}

	pub(crate) fn do_stake(
		who: &T::AccountId,
		operator: &T::AccountId,
		amount: Balance,
		least_shares: u128,
	) -> DispatchResult {
		let kind = Kind::Stake;
		Self::ensure_takes_deposits(operator)?;
		let shares = Self::enter(who, operator, kind, amount)?;
		ensure!(shares >= least_shares, Error::<T>::TooFewShares);
		// Preserve: the account must be there to receive what it claims.
		T::Assets::transfer(kind.currency(), who, &Self::custody(), amount, Preservation::Preserve)?;
		Self::deposit_event(Event::Deposited {
			who: who.clone(),
			operator: operator.clone(),
			kind,
			amount,
			shares,
		});
		Ok(())
	}
}
