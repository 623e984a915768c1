//! The traits with which conviction voting uses this pallet as its currency. The total balance of an account is what it can
//! vote with, and the lock of votes is kept here. Everything else is that of Balances.

use crate::*;
use frame_support::traits::{
	fungible,
	tokens::{BalanceStatus, DepositConsequence, Fortitude, Preservation, Provenance, WithdrawConsequence},
	Currency, ExistenceRequirement, LockableCurrency, ReservableCurrency, SignedImbalance, WithdrawReasons,
};
use frame_system::pallet_prelude::BlockNumberFor;
use mainstay_primitives::Balance;
use sp_runtime::{DispatchError, DispatchResult};

/// The imbalances of Balances.
type Positive<T> =
	<<T as Config>::NativeBalance as Currency<<T as frame_system::Config>::AccountId>>::PositiveImbalance;
type Negative<T> =
	<<T as Config>::NativeBalance as Currency<<T as frame_system::Config>::AccountId>>::NegativeImbalance;

impl<T: Config> Currency<T::AccountId> for Pallet<T> {
	type Balance = Balance;
	type PositiveImbalance = Positive<T>;
	type NegativeImbalance = Negative<T>;

	fn total_balance(who: &T::AccountId) -> Balance {
		Self::votes(who)
	}

	fn can_slash(who: &T::AccountId, value: Balance) -> bool {
		T::NativeBalance::can_slash(who, value)
	}

	fn total_issuance() -> Balance {
		<T::NativeBalance as Currency<_>>::total_issuance()
	}

	fn active_issuance() -> Balance {
		<T::NativeBalance as Currency<_>>::active_issuance()
	}

	fn deactivate(amount: Balance) {
		T::NativeBalance::deactivate(amount);
	}

	fn reactivate(amount: Balance) {
		T::NativeBalance::reactivate(amount);
	}

	fn minimum_balance() -> Balance {
		<T::NativeBalance as Currency<_>>::minimum_balance()
	}

	fn burn(amount: Balance) -> Positive<T> {
		T::NativeBalance::burn(amount)
	}

	fn issue(amount: Balance) -> Negative<T> {
		T::NativeBalance::issue(amount)
	}

	fn free_balance(who: &T::AccountId) -> Balance {
		T::NativeBalance::free_balance(who)
	}

	fn ensure_can_withdraw(
		who: &T::AccountId,
		amount: Balance,
		reasons: WithdrawReasons,
		new_balance: Balance,
	) -> DispatchResult {
		T::NativeBalance::ensure_can_withdraw(who, amount, reasons, new_balance)
	}

	fn transfer(
		source: &T::AccountId,
		dest: &T::AccountId,
		value: Balance,
		existence_requirement: ExistenceRequirement,
	) -> DispatchResult {
		T::NativeBalance::transfer(source, dest, value, existence_requirement)
	}

	fn slash(who: &T::AccountId, value: Balance) -> (Negative<T>, Balance) {
		T::NativeBalance::slash(who, value)
	}

	fn deposit_into_existing(who: &T::AccountId, value: Balance) -> Result<Positive<T>, DispatchError> {
		T::NativeBalance::deposit_into_existing(who, value)
	}

	fn deposit_creating(who: &T::AccountId, value: Balance) -> Positive<T> {
		T::NativeBalance::deposit_creating(who, value)
	}

	fn withdraw(
		who: &T::AccountId,
		value: Balance,
		reasons: WithdrawReasons,
		liveness: ExistenceRequirement,
	) -> Result<Negative<T>, DispatchError> {
		T::NativeBalance::withdraw(who, value, reasons, liveness)
	}

	fn make_free_balance_be(who: &T::AccountId, balance: Balance) -> SignedImbalance<Balance, Positive<T>> {
		T::NativeBalance::make_free_balance_be(who, balance)
	}
}

impl<T: Config> ReservableCurrency<T::AccountId> for Pallet<T> {
	fn can_reserve(who: &T::AccountId, value: Balance) -> bool {
		T::NativeBalance::can_reserve(who, value)
	}

	fn slash_reserved(who: &T::AccountId, value: Balance) -> (Negative<T>, Balance) {
		T::NativeBalance::slash_reserved(who, value)
	}

	fn reserved_balance(who: &T::AccountId) -> Balance {
		T::NativeBalance::reserved_balance(who)
	}

	fn reserve(who: &T::AccountId, value: Balance) -> DispatchResult {
		T::NativeBalance::reserve(who, value)
	}

	fn unreserve(who: &T::AccountId, value: Balance) -> Balance {
		T::NativeBalance::unreserve(who, value)
	}

	fn repatriate_reserved(
		slashed: &T::AccountId,
		beneficiary: &T::AccountId,
		value: Balance,
		status: BalanceStatus,
	) -> Result<Balance, DispatchError> {
		T::NativeBalance::repatriate_reserved(slashed, beneficiary, value, status)
	}
}

impl<T: Config> LockableCurrency<T::AccountId> for Pallet<T> {
	type Moment = BlockNumberFor<T>;
	type MaxLocks = <T::NativeBalance as LockableCurrency<T::AccountId>>::MaxLocks;

	/// Of the lock of votes: conviction voting calls this when something was unlocked, so `amount` is not more than what
	/// was locked. If it is more, it is locked like a vote.
	fn set_lock(id: LockIdentifier, who: &T::AccountId, amount: Balance, reasons: WithdrawReasons) {
		if id != VOTING_LOCK {
			T::NativeBalance::set_lock(id, who, amount, reasons);
		} else if amount == 0 || reasons.is_empty() {
			Self::do_unlock(who);
		} else {
			Self::do_lock(who, amount);
		}
	}

	/// Of the lock of votes: conviction voting calls this for each vote and delegation, with its balance.
	fn extend_lock(id: LockIdentifier, who: &T::AccountId, amount: Balance, reasons: WithdrawReasons) {
		if id != VOTING_LOCK {
			T::NativeBalance::extend_lock(id, who, amount, reasons);
		} else if amount > 0 && !reasons.is_empty() {
			Self::do_vote(who, amount);
		}
	}

	fn remove_lock(id: LockIdentifier, who: &T::AccountId) {
		if id != VOTING_LOCK {
			T::NativeBalance::remove_lock(id, who);
		} else {
			Self::do_unlock(who);
		}
	}
}

impl<T: Config> fungible::Inspect<T::AccountId> for Pallet<T> {
	type Balance = Balance;

	fn total_issuance() -> Balance {
		<T::NativeBalance as fungible::Inspect<_>>::total_issuance()
	}

	fn active_issuance() -> Balance {
		<T::NativeBalance as fungible::Inspect<_>>::active_issuance()
	}

	fn minimum_balance() -> Balance {
		<T::NativeBalance as fungible::Inspect<_>>::minimum_balance()
	}

	fn total_balance(who: &T::AccountId) -> Balance {
		Self::votes(who)
	}

	fn balance(who: &T::AccountId) -> Balance {
		<T::NativeBalance as fungible::Inspect<_>>::balance(who)
	}

	fn reducible_balance(who: &T::AccountId, preservation: Preservation, force: Fortitude) -> Balance {
		<T::NativeBalance as fungible::Inspect<_>>::reducible_balance(who, preservation, force)
	}

	fn can_deposit(who: &T::AccountId, amount: Balance, provenance: Provenance) -> DepositConsequence {
		<T::NativeBalance as fungible::Inspect<_>>::can_deposit(who, amount, provenance)
	}

	fn can_withdraw(who: &T::AccountId, amount: Balance) -> WithdrawConsequence<Balance> {
		<T::NativeBalance as fungible::Inspect<_>>::can_withdraw(who, amount)
	}
}
