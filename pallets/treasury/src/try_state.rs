//! What always holds.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungibles::Inspect};
use mainstay_primitives::{Balance, Currency};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the account is alive;
	/// * it holds all that was received and not spent, and of STAY the least balance besides. It may hold more: anyone
	///   can send it funds, which can be spent too. Of an asset the least balance is there besides, too, if admitting
	///   the asset opened the account; where it was admitted before there was a treasury, the first of what came in
	///   is the least balance;
	/// * no entry of the books is empty.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut kept: BTreeMap<Currency, Balance> = BTreeMap::new();
		for (_, currency, amount) in Received::<T>::iter() {
			ensure!(amount > 0, "an income of nothing");
			let sum = kept.entry(currency).or_default();
			*sum = sum.saturating_add(amount);
		}
		for (currency, amount) in Spent::<T>::iter() {
			ensure!(amount > 0, "an expense of nothing");
			let sum = kept.entry(currency).or_default();
			*sum = sum.saturating_sub(amount);
		}
		let account = Self::account();
		let least = T::Assets::minimum_balance(Currency::Native);
		ensure!(T::Assets::total_balance(Currency::Native, &account) >= least, "the treasury is dead");
		for (currency, amount) in kept {
			let besides = if currency == Currency::Native { least } else { 0 };
			let balance = T::Assets::total_balance(currency, &account);
			ensure!(balance.saturating_sub(besides) >= amount, "the treasury holds less than its books say");
		}
		Ok(())
	}
}
