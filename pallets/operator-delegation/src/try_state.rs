//! What always holds.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, fungibles::Inspect},
};
use mainstay_primitives::{Balance, Currency, BPS, WAD};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the live positions of a pool sum up to its shares, and so do the claims of a bucket of exits;
	/// * shares are zero if and only if the amount they own is;
	/// * a bucket that exists holds something;
	/// * `Backers` mirrors `Positions`;
	/// * terms and magnitudes are within their bounds;
	/// * of each operator is held what its entry, its name and its list say;
	/// * custody holds what pools, exits and unpaid slashes say, and the least balance of each currency. It may hold more:
	///   anyone can send it funds, which then belong to nobody.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut held: BTreeMap<Currency, Balance> = BTreeMap::new();
		let mut hold = |currency, amount: Balance| -> Result<(), TryRuntimeError> {
			let sum = held.entry(currency).or_default();
			*sum = sum.checked_add(amount).ok_or("ledger: more than u128::MAX of one currency")?;
			Ok(())
		};

		let mut live = BTreeMap::<_, u128>::new();
		for ((who, operator, kind), position) in Positions::<T>::iter() {
			ensure!(
				Backers::<T>::contains_key((&operator, kind, &who)),
				"a position is missing from `Backers`"
			);
			ensure!(position.shares > 0, "an empty position");
			let pool = Pools::<T>::get(&operator, kind).ok_or("a position in no pool")?;
			ensure!(position.generation <= pool.generation, "a position of a generation to come");
			if position.generation == pool.generation {
				*live.entry((operator, kind)).or_default() += position.shares;
			}
		}
		ensure!(
			Backers::<T>::iter().count() == Positions::<T>::iter().count(),
			"`Backers` has more than `Positions`"
		);

		for (operator, kind, pool) in Pools::<T>::iter() {
			let shares = live.get(&(operator.clone(), kind)).copied().unwrap_or(0);
			ensure!(shares == pool.funds.shares, "positions do not sum up to their pool");
			ensure!(
				(shares == 0) == (pool.funds.amount == 0),
				"shares without value, or value without shares"
			);
			ensure!(
				pool.max_magnitude > 0 && pool.max_magnitude <= WAD,
				"a pool's magnitude is out of bounds"
			);
			ensure!(Operators::<T>::contains_key(&operator), "a pool of no operator");
			hold(kind.currency(), pool.funds.amount)?;
		}

		let mut claims = BTreeMap::<_, u128>::new();
		for ((_, operator, kind, queued), shares) in Claims::<T>::iter() {
			*claims.entry((operator, kind, queued)).or_default() += shares;
		}
		for ((operator, kind, queued), bucket) in Exits::<T>::iter() {
			let shares = claims.get(&(operator, kind, queued)).copied().unwrap_or(0);
			ensure!(shares == bucket.funds.shares, "claims do not sum up to their exits");
			ensure!(shares > 0 && bucket.funds.amount > 0, "an empty bucket of exits");
			ensure!(bucket.max_magnitude <= WAD, "a bucket's magnitude is out of bounds");
			hold(kind.currency(), bucket.funds.amount)?;
		}

		let mut lists = BTreeMap::<_, Balance>::new();
		for (operator, _, deposit) in Allowed::<T>::iter() {
			ensure!(Operators::<T>::contains_key(&operator), "a list of no operator");
			let sum = lists.entry(operator).or_default();
			*sum = sum.saturating_add(deposit);
		}
		for (operator, metadata) in OperatorMetadata::<T>::iter() {
			ensure!(Operators::<T>::contains_key(operator), "a name of no operator");
			ensure!(!metadata.name.is_empty() || !metadata.link.is_empty(), "an empty name and link");
		}
		for (operator, terms) in Operators::<T>::iter() {
			let (commission, highest) = (terms.commission.value, *terms.commission.announced());
			ensure!(commission <= highest && highest <= BPS, "a commission is out of bounds");
			let named = OperatorMetadata::<T>::get(&operator).map_or(0, |metadata| metadata.deposit);
			let listed = lists.get(&operator).copied().unwrap_or(0);
			for (reason, deposit) in [
				(HoldReason::Operator, terms.deposit),
				(HoldReason::Metadata, named),
				(HoldReason::AllowList, listed),
			] {
				let held = T::Deposits::balance_on_hold(&reason.into(), &operator);
				ensure!(held == deposit, "an operator's deposits are not what is held of it");
			}
		}

		for (currency, unpaid) in Slashed::<T>::iter() {
			hold(currency, unpaid)?;
		}
		hold(Currency::Native, 0)?;
		for (currency, amount) in held {
			let balance = T::Assets::total_balance(currency.clone(), &Self::custody());
			let kept = T::Assets::minimum_balance(currency);
			ensure!(balance.saturating_sub(kept) >= amount, "custody holds less than the ledger says");
		}
		Ok(())
	}
}
