//! What always holds.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungibles::Inspect};
use mainstay_primitives::{traits::EraClock, Balance, Currency};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the account holds all credit, and the existential deposit. It may hold more: anyone can send it funds,
	///   which then belong to nobody;
	/// * no credit is empty;
	/// * an era paid no more than its pot, and is over;
	/// * payments that are due have points and belong to an era with a pot.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut held: BTreeMap<Currency, Balance> = BTreeMap::new();
		held.insert(Currency::Native, T::Assets::minimum_balance(Currency::Native));
		for (_, currency, amount) in Credit::<T>::iter() {
			ensure!(amount > 0, "an empty credit");
			let sum = held.entry(currency).or_default();
			*sum = sum.checked_add(amount).ok_or("credit: more than u128::MAX of one currency")?;
		}
		for (currency, amount) in held {
			let balance = T::Assets::total_balance(currency, &Self::account());
			ensure!(balance >= amount, "the account holds less than is credited");
		}
		for (era, reward) in EraRewards::<T>::iter() {
			ensure!(reward.paid <= reward.pot && reward.points > 0, "an era paid more than its pot");
			ensure!(era < T::Clock::active(), "an era was paid before its end");
		}
		if let Some(due) = Due::<T>::get() {
			ensure!(EraRewards::<T>::contains_key(due.era), "payments without a pot");
			ensure!(due.validators.iter().all(|(_, points)| *points > 0), "a payment without points");
		}
		Ok(())
	}
}
