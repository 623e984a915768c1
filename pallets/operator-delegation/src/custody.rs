//! The custody account, and the funds that enter and leave it besides deposits and claims: rewards and slashed funds.

use crate::*;
use frame_support::{
	ensure,
	traits::{
		fungibles::Mutate,
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
};
use mainstay_primitives::{
	pool::mul_div,
	traits::{Treasury, Vault},
	vault, Balance, Currency, Destination, Income, PoolKind, BPS,
};
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account that holds the funds of all pools and exits, and slashed funds that are not paid out yet.
	pub fn custody() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Changes the total that the ledger holds of an asset. STAY is not counted, because it has no cap.
	pub(crate) fn note_held(currency: &Currency, change: impl FnOnce(Balance) -> Balance) {
		if let Currency::WithId(id) = currency {
			Held::<T>::mutate_exists(id, |held| {
				*held = Some(change(held.unwrap_or(0))).filter(|held| *held > 0);
			});
		}
	}

	pub(crate) fn do_compound(
		operator: &T::AccountId,
		from: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let bps = Self::commission_of(operator).ok_or(Error::<T>::NotOperator)?;
		let mut stake = Pools::<T>::get(operator, PoolKind::Stake).unwrap_or_default();
		let mut native = Pools::<T>::get(operator, PoolKind::Native).unwrap_or_default();
		let total = stake.funds.amount.checked_add(native.funds.amount).ok_or(Error::<T>::AmountTooLarge)?;
		ensure!(total > 0, Error::<T>::NothingStaked);

		let commission = mul_div(amount, bps.into(), BPS.into()).ok_or(Error::<T>::AmountTooLarge)?;
		let rest = amount.saturating_sub(commission);
		// If one of the pools is empty, the other one gets the whole amount, including what rounding leaves.
		let to_native = match stake.funds.shares {
			0 => rest,
			_ => mul_div(rest, native.funds.amount, total).ok_or(Error::<T>::AmountTooLarge)?,
		};
		let to_stake = rest.saturating_sub(to_native);
		for (pool, part) in [(&mut stake, to_stake), (&mut native, to_native)] {
			pool.funds.amount = pool.funds.amount.checked_add(part).ok_or(Error::<T>::AmountTooLarge)?;
		}

		T::Assets::transfer(Currency::Native, from, &Self::custody(), rest, Preservation::Preserve)?;
		Pools::<T>::insert(operator, PoolKind::Stake, stake);
		Pools::<T>::insert(operator, PoolKind::Native, native);
		Self::deposit_event(Event::Compounded {
			operator: operator.clone(),
			stake: to_stake,
			native: to_native,
			commission,
		});
		Ok(commission)
	}

	pub(crate) fn do_pay_slashed(
		currency: Currency,
		amount: Balance,
		to: &Destination<T::AccountId>,
	) -> DispatchResult {
		let left = Slashed::<T>::get(&currency)
			.checked_sub(amount)
			.ok_or(DispatchError::Arithmetic(sp_runtime::ArithmeticError::Underflow))?;
		let receiver = match to {
			Destination::Burn => None,
			Destination::Account(who) => Some(who.clone()),
			Destination::Treasury => Some(T::Treasury::account()),
		};
		match receiver {
			None => T::Assets::burn_from(
				currency.clone(),
				&Self::custody(),
				amount,
				Preservation::Preserve,
				Precision::Exact,
				Fortitude::Polite,
			),
			Some(who) => {
				T::Assets::transfer(currency.clone(), &Self::custody(), &who, amount, Preservation::Preserve)
			},
		}?;
		if *to == Destination::Treasury {
			T::Treasury::note(Income::Slash, currency.clone(), amount);
		}
		Slashed::<T>::set(&currency, left);
		Self::note_held(&currency, |held| held.saturating_sub(amount));
		Self::deposit_event(Event::SlashPaid { currency, amount, destination: to.clone() });
		Ok(())
	}
}

impl<T: Config> Vault<T::AccountId> for Pallet<T> {
	fn open_account(currency: Currency, funder: &T::AccountId) -> DispatchResult {
		vault::open::<_, T::Assets>(currency, &Self::custody(), funder)
	}
}
