//! The invariants of the pallet.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungibles::Inspect};
use mainstay_primitives::{Balance, Currency};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the account exists;
	/// * it holds everything that was received and not spent, and the minimum balance of STAY in addition. It may hold
	///   more: anyone can send it funds, which can be spent too. It holds the minimum balance of an asset in addition
	///   if admitting the asset opened the account. For an asset that was admitted before there was a treasury, the
	///   first income is the minimum balance;
	/// * no entry of the ledger is 0.
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
