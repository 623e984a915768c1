//! The account, and the ledger of its income and spending.

use crate::*;
use frame_support::{
	ensure,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
		Get,
	},
};
use mainstay_primitives::{traits::Vault, vault, Balance, Currency, Income};
use sp_runtime::{traits::AccountIdConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account with the chain's own funds.
	pub fn account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// The amount of `currency` that can be spent now.
	pub(crate) fn spendable(currency: Currency) -> Balance {
		T::Assets::reducible_balance(currency, &Self::account(), Preservation::Preserve, Fortitude::Polite)
	}

	pub(crate) fn do_spend(currency: Currency, amount: Balance, to: T::AccountId) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::NothingToSpend);
		let account = Self::account();
		// It would move nothing, but would be recorded.
		ensure!(to != account, Error::<T>::ToItself);
		T::Assets::transfer(currency.clone(), &account, &to, amount, Preservation::Preserve)?;
		Spent::<T>::mutate(&currency, |sum| *sum = sum.saturating_add(amount));
		Self::deposit_event(Event::Spent { currency, amount, to });
		Ok(())
	}
}

impl<T: Config> traits::Treasury<T::AccountId> for Pallet<T> {
	fn account() -> T::AccountId {
		Self::account()
	}

	fn note(source: Income, currency: Currency, amount: Balance) {
		if amount == 0 {
			return;
		}
		Received::<T>::mutate(source, &currency, |sum| *sum = sum.saturating_add(amount));
		match source {
			Income::Slash | Income::Bond => Self::deposit_event(Event::Received { source, currency, amount }),
			// Fees and dust come in every block, and have no event.
			Income::Fee | Income::Dust => {},
		}
	}
}

impl<T: Config> Vault<T::AccountId> for Pallet<T> {
	fn open_account(currency: Currency, funder: &T::AccountId) -> DispatchResult {
		vault::open::<_, T::Assets>(currency, &Self::account(), funder)
	}
}
