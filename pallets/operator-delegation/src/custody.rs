//! The account that holds the funds, and the two other ways through it: rewards in, slashes out.

use crate::*;
use frame_support::{
	ensure,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
};
use mainstay_primitives::{
	pool::mul_div,
	traits::{EraClock, Pools as PoolsTrait},
	Balance, Currency, Destination, Era, Kind, BPS, WAD,
};
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account that holds every pool, every exit and what was slashed and not paid out yet.
	pub fn custody() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Brings custody to life with the existential deposit, which belongs to no pool and stays: without it, the
	/// account would lose its last pool to dust.
	pub(crate) fn open_custody() -> DispatchResult {
		let least = T::Assets::minimum_balance(Currency::Native);
		T::Assets::mint_into(Currency::Native, &Self::custody(), least)?;
		Ok(())
	}

	/// Starts a fresh generation of a pool of which a slash took all. It answers from the next era on.
	fn wipe(operator: &T::AccountId, kind: Kind, pool: &mut Pool) {
		let (generation, since) = (pool.generation.saturating_add(1), T::Clock::active().saturating_add(1));
		*pool = Pool { generation, since, ..Default::default() };
		Self::deposit_event(Event::PoolWiped { operator: operator.clone(), kind, generation, since });
	}
}

impl<T: Config> PoolsTrait<T::AccountId> for Pallet<T> {
	fn is_active_operator(operator: &T::AccountId) -> bool {
		Self::ensure_takes_deposits(operator).is_ok()
	}

	fn native_stake(operator: &T::AccountId) -> Balance {
		Kind::CONSENSUS
			.iter()
			.filter_map(|kind| Pools::<T>::get(operator, kind))
			.fold(0, |sum, pool| sum.saturating_add(pool.funds.amount))
	}

	fn self_stake(operator: &T::AccountId) -> Balance {
		Kind::CONSENSUS
			.iter()
			.fold(0, |sum, kind| sum.saturating_add(Self::value_of(operator, operator, *kind)))
	}

	fn compound(
		operator: &T::AccountId,
		from: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let bps = Self::commission_of(operator).ok_or(Error::<T>::NotOperator)?;
		let mut stake = Pools::<T>::get(operator, Kind::Stake).unwrap_or_default();
		let mut native = Pools::<T>::get(operator, Kind::Native).unwrap_or_default();
		let total = stake.funds.amount.checked_add(native.funds.amount).ok_or(Error::<T>::AmountTooLarge)?;
		ensure!(total > 0, Error::<T>::NothingStaked);

		let commission = mul_div(amount, bps.into(), BPS.into()).ok_or(Error::<T>::AmountTooLarge)?;
		let rest = amount.saturating_sub(commission);
		// Rounding dust has nowhere to go but the other pool where one of them is empty.
		let to_native = match stake.funds.shares {
			0 => rest,
			_ => mul_div(rest, native.funds.amount, total).ok_or(Error::<T>::AmountTooLarge)?,
		};
		let to_stake = rest.saturating_sub(to_native);
		for (pool, part) in [(&mut stake, to_stake), (&mut native, to_native)] {
			pool.funds.amount = pool.funds.amount.checked_add(part).ok_or(Error::<T>::AmountTooLarge)?;
		}

		T::Assets::transfer(Currency::Native, from, &Self::custody(), rest, Preservation::Preserve)?;
		Pools::<T>::insert(operator, Kind::Stake, stake);
		Pools::<T>::insert(operator, Kind::Native, native);
		Self::deposit_event(Event::Compounded {
			operator: operator.clone(),
			stake: to_stake,
			native: to_native,
			commission,
		});
		Ok(commission)
	}

	fn take(operator: &T::AccountId, kind: Kind, fraction: u64, capture: Era) -> Balance {
		let Some(mut pool) = Pools::<T>::get(operator, kind) else { return 0 };
		let (part, whole) = (u128::from(fraction.min(WAD)), u128::from(WAD));
		let live = capture >= pool.since;

		// A younger generation does not answer, nor do the exits from it.
		let last =
			if live { T::Clock::active() } else { pool.since.saturating_sub(1).min(T::Clock::active()) };
		let mut exits: Balance = 0;
		for queued in capture..=last {
			Exits::<T>::mutate_exists((operator, kind, queued), |slot| {
				let Some(bucket) = slot else { return };
				exits = exits.saturating_add(bucket.funds.take(part, whole));
				if bucket.funds.amount == 0 {
					*slot = None; // its claims are void
				}
			});
		}
		let mut from_pool = 0;
		if live {
			from_pool = pool.funds.take(part, whole);
			if part == whole {
				Self::wipe(operator, kind, &mut pool);
			}
			Pools::<T>::insert(operator, kind, pool);
		}

		let taken = exits.saturating_add(from_pool);
		if taken > 0 {
			Slashed::<T>::mutate(kind.currency(), |sum| *sum = sum.saturating_add(taken));
			let operator = operator.clone();
			Self::deposit_event(Event::Taken { operator, kind, capture, pool: from_pool, exits });
		}
		taken
	}

	fn pay_slashed(currency: Currency, amount: Balance, to: &Destination<T::AccountId>) -> DispatchResult {
		let left = Slashed::<T>::get(&currency)
			.checked_sub(amount)
			.ok_or(DispatchError::Arithmetic(sp_runtime::ArithmeticError::Underflow))?;
		match to {
			Destination::Burn => T::Assets::burn_from(
				currency.clone(),
				&Self::custody(),
				amount,
				Preservation::Preserve,
				Precision::Exact,
				Fortitude::Polite,
			),
			Destination::Account(who) => {
				T::Assets::transfer(currency.clone(), &Self::custody(), who, amount, Preservation::Preserve)
			},
		}?;
		Slashed::<T>::set(&currency, left);
		Self::deposit_event(Event::SlashPaid { currency, amount, destination: to.clone() });
		Ok(())
	}
}
