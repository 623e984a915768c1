//! The account, and the ledger of its income and spending.

use crate::*;
use frame_support::{
	dispatch_context::with_context,
	ensure,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
		Get,
	},
};
use mainstay_primitives::{traits::Vault, vault, Balance, Currency, Income};
use sp_runtime::{traits::AccountIdConversion, DispatchResult};

/// What the running dispatch has spent under an [`Allowance`]. All calls of a batch belong to one dispatch.
#[derive(Default)]
struct SpentInDispatch(Balance);

impl<T: Config> Pallet<T> {
	/// The account with the chain's own funds.
	pub fn account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// The amount of `currency` that can be spent now.
	pub(crate) fn spendable(currency: Currency) -> Balance {
		T::Assets::reducible_balance(currency, &Self::account(), Preservation::Preserve, Fortitude::Polite)
	}

	pub(crate) fn do_spend(
		allowance: Allowance,
		currency: Currency,
		amount: Balance,
		to: T::AccountId,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::NothingToSpend);
		let account = Self::account();
		// It would move nothing, but would be recorded.
		ensure!(to != account, Error::<T>::ToItself);
		if let Allowance::Stay(most) = allowance {
			ensure!(currency == Currency::Native, Error::<T>::OnlyStay);
			let before = with_context::<SpentInDispatch, _>(|spent| spent.or_default().0).unwrap_or(0);
			ensure!(before.saturating_add(amount) <= most, Error::<T>::AboveAllowance);
		}
		T::Assets::transfer(currency.clone(), &account, &to, amount, Preservation::Preserve)?;
		if let Allowance::Stay(_) = allowance {
			// A payment that fails is not counted. One that a batch takes back is: nothing rolls this number back.
			with_context::<SpentInDispatch, _>(|spent| {
				let spent = spent.or_default();
				spent.0 = spent.0.saturating_add(amount);
			});
		}
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
