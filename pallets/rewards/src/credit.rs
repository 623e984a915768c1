//! Credited amounts and their collection.

use crate::*;
use alloc::vec::Vec;
use frame_support::{
	storage::with_storage_layer,
	traits::{fungibles::Mutate, tokens::Preservation, Get},
};
use mainstay_primitives::{
	traits::{InspectPools, SettlePositions, Vault},
	vault, Balance, Currency, PoolKind,
};
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account that holds credited funds and streams' funds.
	pub fn account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Credits `amount`, which is already in the account, to `who`.
	pub(crate) fn credit(who: &T::AccountId, currency: Currency, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Credit::<T>::try_mutate(who, currency, |credit| {
			*credit = credit.checked_add(amount).ok_or(Error::<T>::CreditTooLarge)?;
			Ok(())
		})
	}

	/// The maximum number of currencies that a call with `currencies` pays: at most STAY and every asset.
	pub(crate) fn currency_limit(currencies: u32) -> u32 {
		currencies.min(T::MaxAssets::get().saturating_add(1))
	}

	/// Settles one position of `owner`, if it exists, and pays credit in at most `currencies` currencies. Returns the
	/// number of currencies that were read.
	pub(crate) fn do_collect(
		owner: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		currencies: u32,
	) -> Result<u32, DispatchError> {
		T::Pools::settle(owner, operator, kind);
		Self::pay_credit(owner, currencies)
	}

	/// Settles the positions of `owner` after `after`, at most `positions` and [`Config::MaxPositions`], and pays
	/// credit in at most `currencies` currencies. Returns the numbers of positions and currencies that were read.
	pub(crate) fn do_collect_all(
		owner: &T::AccountId,
		after: Option<(T::AccountId, PoolKind)>,
		positions: u32,
		currencies: u32,
	) -> Result<(u32, u32), DispatchError> {
		let limit = positions.min(T::MaxPositions::get());
		// One more, to know whether there are further ones.
		let mut positions = T::Pools::positions(owner, after, limit.saturating_add(1));
		let more = positions.len() > limit as usize;
		positions.truncate(limit as usize);
		for (operator, kind, _) in &positions {
			T::Pools::settle(owner, operator, *kind);
		}
		if let Some((operator, kind, _)) = positions.last().filter(|_| more).cloned() {
			Self::deposit_event(Event::MorePositions { who: owner.clone(), operator, kind });
		}
		Ok((positions.len() as u32, Self::pay_credit(owner, currencies)?))
	}

	/// Pays the credit of `owner` in at most `currencies` currencies, STAY first, each independently. A currency that
	/// cannot be paid stays credited, and the call fails only if none could be paid.
	fn pay_credit(owner: &T::AccountId, currencies: u32) -> Result<u32, DispatchError> {
		let to = PayoutAccounts::<T>::get(owner).unwrap_or_else(|| owner.clone());
		let limit = Self::currency_limit(currencies) as usize;
		let native = Some((Currency::Native, Credit::<T>::get(owner, Currency::Native)));
		let native = native.filter(|(_, amount)| *amount > 0);
		let assets = Credit::<T>::iter_prefix(owner).filter(|(currency, _)| *currency != Currency::Native);
		// One more, to know whether there are further ones.
		let mut due: Vec<_> = native.into_iter().chain(assets).take(limit.saturating_add(1)).collect();
		if due.len() > limit {
			due.truncate(limit);
			Self::deposit_event(Event::MoreCurrencies { who: owner.clone() });
		}
		let (mut paid, mut failed) = (0u32, None);
		let looked = due.len() as u32;
		for (currency, amount) in due {
			let pay = with_storage_layer(|| {
				Credit::<T>::remove(owner, &currency);
				T::Assets::transfer(currency.clone(), &Self::account(), &to, amount, Preservation::Preserve)
			});
			let (who, to) = (owner.clone(), to.clone());
			match pay {
				Ok(_) => {
					paid = paid.saturating_add(1);
					Self::deposit_event(Event::Collected { who, currency, amount, to });
				},
				Err(error) => {
					failed = failed.or(Some(error));
					Self::deposit_event(Event::NotCollected { who, currency, amount, error });
				},
			}
		}
		match failed.filter(|_| paid == 0) {
			Some(error) => Err(error),
			None => Ok(looked),
		}
	}

	pub(crate) fn do_set_payout_account(owner: &T::AccountId, to: Option<T::AccountId>) {
		PayoutAccounts::<T>::set(owner, to.clone());
		Self::deposit_event(Event::PayoutAccountSet { who: owner.clone(), to });
	}
}

impl<T: Config> Vault<T::AccountId> for Pallet<T> {
	fn open_account(currency: Currency, funder: &T::AccountId) -> DispatchResult {
		vault::open::<_, T::Assets>(currency, &Self::account(), funder)
	}
}
