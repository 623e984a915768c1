//! The invariants of the pallet.

use crate::{streams::reason, *};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, fungibles::Inspect},
};
use mainstay_primitives::{
	traits::{EraClock, InspectPools, OperatorSets},
	Balance, Currency, PoolKind,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the account holds all credit, the funds of streams, sets' remainders, what positions have earned since they
	///   were last settled, and the minimum balance of each currency. It may hold more: anyone can send it funds, which
	///   then belong to nobody;
	/// * streams and the lists of their sets mirror each other, and their deposits are held of the payers' balances;
	/// * no credit and no remainder is 0;
	/// * what sets were paid is stored under the key of its era, and only for sets that exist;
	/// * points from which fresh shares earn are stored only for past eras, are not ahead of their pools' accumulators,
	///   and count the positions that hold such shares and were not settled since;
	/// * checkpoints belong to positions, and are not ahead of their pools' accumulators;
	/// * an era with a reward is over, and has paid at most its pot;
	/// * payments that are due have points and belong to an era with a pot.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut held: BTreeMap<Currency, Balance> = BTreeMap::new();
		held.insert(Currency::Native, 0);
		for (_, currency, amount) in Credit::<T>::iter() {
			ensure!(amount > 0, "an empty credit");
			let sum = held.entry(currency).or_default();
			*sum = sum.checked_add(amount).ok_or("credit: more than u128::MAX of one currency")?;
		}
		for (_, currency, amount) in Carried::<T>::iter() {
			ensure!(amount > 0, "nothing is carried");
			let sum = held.entry(currency).or_default();
			*sum = sum.checked_add(amount).ok_or("carried: more than u128::MAX of one currency")?;
		}
		let mut deposits: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for (id, stream) in Streams::<T>::iter() {
			ensure!(id < NextStreamId::<T>::get(), "a stream with an id to come");
			ensure!(StreamsOf::<T>::get(stream.set).contains(&id), "a stream that its set does not know");
			let next = T::Clock::active().saturating_add(1);
			ensure!(stream.rate > 0 && stream.next <= next, "a stream out of bounds");
			ensure!(stream.until.is_none_or(|until| stream.next < until), "a stream that is over");
			*deposits.entry(stream.payer).or_default() += stream.deposit;
			let sum = held.entry(stream.currency).or_default();
			*sum = sum.checked_add(stream.funds).ok_or("streams: more than u128::MAX of one currency")?;
		}
		let known: usize = StreamsOf::<T>::iter_values().map(|streams| streams.len()).sum();
		ensure!(known == Streams::<T>::iter_keys().count(), "a set knows a stream that is not there");
		for (payer, deposit) in deposits {
			let held = T::NativeBalance::balance_on_hold(&reason::<T>(), &payer);
			ensure!(held == deposit, "what is held of a payer is not its streams' deposits");
		}
		for (set, place, paid) in Paid::<T>::iter() {
			ensure!(place == Self::place_of(paid.era), "payments at the place of another era");
			ensure!(paid.era <= T::Clock::active(), "payments of an era to come");
			ensure!(T::Sets::exists(set), "payments to a set that is not there");
			let nothing = paid.amounts.is_empty() || paid.amounts.values().any(|amount| *amount == 0);
			ensure!(!nothing, "payments of nothing");
		}
		for ((operator, kind, generation), accumulators) in Accruals::<T>::iter() {
			ensure!(kind != PoolKind::Stake, "services pay for what is restaked");
			let pool = T::Pools::pool(&operator, kind).ok_or("a payment to no pool")?;
			ensure!(generation <= pool.generation, "a payment to a generation to come");
			ensure!(!accumulators.is_empty(), "an empty accumulator");
		}
		let mut holders: BTreeMap<_, u32> = BTreeMap::new();
		for (who, operator, kind, position) in T::Pools::all_positions() {
			for (currency, amount) in Self::unsettled(&who, &operator, kind, &position) {
				let sum = held.entry(currency).or_default();
				*sum = sum.checked_add(amount).ok_or("earned: more than u128::MAX of one currency")?;
			}
			if position.fresh > 0 {
				*holders.entry((operator, kind, position.generation, position.fresh_era)).or_default() += 1;
			}
		}
		for ((operator, kind, generation, era), ended) in Ended::<T>::iter() {
			ensure!(era < T::Clock::active(), "fresh shares that earn in their own era");
			let accumulators = Accruals::<T>::get((&operator, kind, generation));
			for (currency, at) in &ended.per_share {
				let now =
					accumulators.get(currency).ok_or("fresh shares that join in where nothing was paid")?;
				ensure!(*at <= now.per_share, "fresh shares that join in later than now");
			}
			let holders = holders.get(&(operator, kind, generation, era)).copied().unwrap_or(0);
			ensure!(holders > 0, "fresh shares of nobody");
			ensure!(ended.holders == holders, "a wrong number of holders of fresh shares");
		}
		for ((who, operator, kind), settled) in Settled::<T>::iter() {
			let position = T::Pools::position(&who, &operator, kind).ok_or("a checkpoint of no position")?;
			ensure!(position.generation == settled.generation, "a checkpoint of another generation");
			let accumulators = Accruals::<T>::get((&operator, kind, settled.generation));
			for (currency, at) in &settled.per_share {
				let now = accumulators.get(currency).ok_or("a checkpoint of no payment")?;
				ensure!(*at <= now.per_share, "a position was settled at more than was paid");
			}
		}
		for (currency, amount) in held {
			let balance = T::Assets::total_balance(currency.clone(), &Self::account());
			let kept = T::Assets::minimum_balance(currency);
			ensure!(balance.saturating_sub(kept) >= amount, "the account holds less than is owed");
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
