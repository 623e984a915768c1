//! Applies the rules of [`Lock`] to accounts, and tells Balances.

use crate::*;
use frame_support::{
	ensure,
	traits::{Currency, Get, LockableCurrency, WithdrawReasons},
	weights::Weight,
};
use mainstay_primitives::{
	traits::{InspectStakes, OnNativeMoved},
	Balance,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The balance with which `who` can vote: what it has free, and its live native positions.
	pub fn votes(who: &T::AccountId) -> Balance {
		let free = <T::NativeBalance as Currency<_>>::free_balance(who);
		free.saturating_add(T::Stakes::staked(who, MAX_POSITIONS))
	}

	/// What holds a lock besides the balance: the native positions and exits of `who`.
	pub fn stake_of(who: &T::AccountId) -> Balance {
		T::Stakes::staked(who, MAX_POSITIONS).saturating_add(T::Stakes::leaving(who, MAX_EXITS))
	}

	/// Replaces a lock, which is the default one if there is none, and sets the freeze in Balances if it changes.
	pub(crate) fn replace(who: &T::AccountId, before: Lock, after: Lock) {
		if after != before {
			Locks::<T>::set(who, (after.amount > 0).then_some(after));
		}
		if after.frozen != before.frozen {
			// A freeze of 0 removes the lock.
			let reasons = WithdrawReasons::except(WithdrawReasons::RESERVE);
			T::NativeBalance::set_lock(VOTING_LOCK, who, after.frozen, reasons);
		}
	}

	/// A vote or a delegation locks `votes`.
	pub(crate) fn do_vote(who: &T::AccountId, votes: Balance) {
		let before = Locks::<T>::get(who).unwrap_or_default();
		Self::replace(who, before, before.voted(votes, Self::stake_of(who)));
	}

	/// Votes and delegations of `who` lock `amount` from now on, which is more than 0.
	pub(crate) fn do_lock(who: &T::AccountId, amount: Balance) {
		let (before, staked) = (Locks::<T>::get(who).unwrap_or_default(), Self::stake_of(who));
		let after = if amount > before.amount {
			before.voted(amount, staked)
		} else {
			before.lowered(amount, staked)
		};
		Self::replace(who, before, after);
	}

	/// No vote or delegation of `who` locks anything any more.
	pub(crate) fn do_unlock(who: &T::AccountId) {
		if let Some(before) = Locks::<T>::get(who) {
			Self::replace(who, before, Lock::default());
		}
	}

	pub(crate) fn do_renew(who: T::AccountId) -> DispatchResult {
		let before = Locks::<T>::get(&who).ok_or(Error::<T>::NotLocked)?;
		let after = before.renewed(Self::stake_of(&who));
		ensure!(after != before, Error::<T>::NoChange);
		Self::replace(&who, before, after);
		Self::deposit_event(Event::Renewed { who, frozen: after.frozen });
		Ok(())
	}
}

impl<T: Config> OnNativeMoved<T::AccountId> for Pallet<T> {
	fn entering(who: &T::AccountId, amount: Balance) {
		if let Some(before) = Locks::<T>::get(who) {
			Self::replace(who, before, before.entering(amount, Self::stake_of(who)));
		}
	}

	fn claimed(who: &T::AccountId, amount: Balance) {
		if let Some(before) = Locks::<T>::get(who) {
			Self::replace(who, before, before.claimed(amount, Self::stake_of(who)));
		}
	}

	fn max_weight() -> Weight {
		T::WeightInfo::renewal()
	}

	fn weight_of(who: &T::AccountId) -> Weight {
		if Locks::<T>::contains_key(who) {
			Self::max_weight()
		} else {
			T::DbWeight::get().reads(1)
		}
	}
}
