//! The invariants of the pallet.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, fungibles::Inspect},
};
use mainstay_primitives::{traits::EraClock, Balance, Currency, BPS, WAD};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the shares of the live positions of a pool sum up to the pool's, and so do the claims of a bucket of exits;
	/// * the number of shares is zero if and only if their amount is;
	/// * the fresh shares of a position are part of its shares;
	/// * the fresh shares of a pool are the sum of those of its positions, and it has the number of positions that hold
	///   them until rewards counts these;
	/// * earlier generations of a pool began in order, before the running one;
	/// * the total of an asset is the sum of pools, exits and unpaid slashes;
	/// * no bucket of exits is empty;
	/// * `Backers` mirrors `Positions`;
	/// * terms and magnitudes are within their bounds;
	/// * the deposits in storage are held of each operator's balance;
	/// * custody holds the sum of pools, exits and unpaid slashes, and the minimum balance of each currency. It may
	///   hold more: anyone can send it funds, which then belong to nobody.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut held: BTreeMap<Currency, Balance> = BTreeMap::new();
		let mut hold = |currency, amount: Balance| -> Result<(), TryRuntimeError> {
			let sum = held.entry(currency).or_default();
			*sum = sum.checked_add(amount).ok_or("ledger: more than u128::MAX of one currency")?;
			Ok(())
		};

		let now = T::Clock::active();
		let (mut live, mut fresh) = (BTreeMap::<_, u128>::new(), BTreeMap::<_, (u128, u32)>::new());
		for ((who, operator, kind), position) in Positions::<T>::iter() {
			ensure!(
				Backers::<T>::contains_key((&operator, kind, &who)),
				"a position is missing from `Backers`"
			);
			ensure!(position.shares > 0, "an empty position");
			let pool = Pools::<T>::get(&operator, kind).ok_or("a position in no pool")?;
			ensure!(position.generation <= pool.generation, "a position of a generation to come");
			ensure!(position.fresh <= position.shares, "more fresh shares than shares");
			ensure!(position.fresh == 0 || position.fresh_era <= now, "shares of an era to come");
			if position.generation == pool.generation {
				if position.fresh > 0 && position.fresh_era == pool.fresh_era {
					let (shares, holders) = fresh.entry((operator.clone(), kind)).or_default();
					*shares += position.fresh;
					*holders += 1;
				}
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
			let (newest, holders) = fresh.get(&(operator.clone(), kind)).copied().unwrap_or_default();
			ensure!(pool.fresh_in(now) <= shares, "more fresh shares than shares");
			// In later eras, settled positions clear their fresh shares, while the pool does not.
			ensure!(
				if pool.fresh_era == now { pool.fresh == newest } else { pool.fresh >= newest },
				"a pool's fresh shares are not its positions'"
			);
			ensure!(
				pool.fresh_holders == holders || (pool.fresh_holders == 0 && pool.fresh_era < now),
				"a wrong number of holders of fresh shares"
			);
			let starts = EarlierGenerations::<T>::get(&operator, kind);
			ensure!(
				starts.windows(2).all(|pair| pair[0] < pair[1])
					&& starts.last().is_none_or(|last| *last < pool.since),
				"generations out of order"
			);
			ensure!(starts.len() as u32 <= pool.generation, "more generations than there were");
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
				let held = T::NativeBalance::balance_on_hold(&reason.into(), &operator);
				ensure!(held == deposit, "an operator's deposits are not what is held of it");
			}
		}

		for (currency, unpaid) in Slashed::<T>::iter() {
			hold(currency, unpaid)?;
		}
		hold(Currency::Native, 0)?;
		for (id, counted) in Held::<T>::iter() {
			let ledger = held.get(&Currency::WithId(id)).copied().unwrap_or(0);
			ensure!(counted == ledger, "what is held of an asset is miscounted");
		}
		for (currency, amount) in held {
			if let Currency::WithId(id) = currency {
				ensure!(Held::<T>::get(id) == amount, "what is held of an asset is not counted");
			}
			let balance = T::Assets::total_balance(currency.clone(), &Self::custody());
			let kept = T::Assets::minimum_balance(currency);
			ensure!(balance.saturating_sub(kept) >= amount, "custody holds less than the ledger says");
		}
		Ok(())
	}
}
