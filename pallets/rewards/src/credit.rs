//! What is credited to accounts, and its collection.

use crate::*;
use alloc::vec::Vec;
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	tokens::Preservation,
	Get,
};
use mainstay_primitives::{Balance, Currency};
use sp_runtime::{traits::AccountIdConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account that holds all credit.
	pub fn account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Brings the account to life with the existential deposit, which is nobody's credit and stays: without it the
	/// last credit would be lost to dust.
	pub(crate) fn open_account() -> DispatchResult {
		let least = T::Assets::minimum_balance(Currency::Native);
		T::Assets::mint_into(Currency::Native, &Self::account(), least)?;
		Ok(())
	}

	/// Credits `amount`, which the account already holds, to `who`.
	pub(crate) fn credit(who: &T::AccountId, currency: Currency, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Credit::<T>::try_mutate(who, currency, |credit| {
			*credit = credit.checked_add(amount).ok_or(Error::<T>::CreditTooLarge)?;
			Ok(())
		})
	}

	pub(crate) fn do_collect(owner: &T::AccountId) -> DispatchResult {
		let due: Vec<_> = Credit::<T>::iter_prefix(owner).take(T::MaxRewardAssets::get() as usize).collect();
		for (currency, amount) in due {
			Credit::<T>::remove(owner, &currency);
			T::Assets::transfer(currency.clone(), &Self::account(), owner, amount, Preservation::Preserve)?;
			Self::deposit_event(Event::Collected { who: owner.clone(), currency, amount });
		}
		Ok(())
	}
}
