//! Services' payments to the operators of a set and their delegators.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{defensive, ensure};
use mainstay_primitives::{
	pool::mul_div,
	traits::{AssetRegistry, EraClock, InspectExposures, InspectOperators, InspectPools, OperatorSets},
	vault, Balance, Currency, Era, Magnitude, Multiplier, OperatorSetId, Pool, PoolKind, BPS,
};
use sp_core::{U256, U512};
use sp_runtime::{DispatchError, DispatchResult};

/// A pool that answers to a set, with its weight there.
struct Weighed<AccountId> {
	operator: AccountId,
	kind: PoolKind,
	weight: U256,
}

/// A part of a payment, and the pools that share it.
struct Part<AccountId> {
	amount: Balance,
	pools: Vec<Weighed<AccountId>>,
}

/// The weight of a pool in a set: the slashable amount of the shares that earn in era `now`, times the kind's
/// multiplier.
fn weigh(pool: &Pool, now: Era, magnitude: Magnitude, multiplier: Multiplier) -> U256 {
	weight(multiplier, pool.earning_allocated(magnitude, now))
}

/// The exact weight of an amount in a set: the amount times its kind's multiplier. It does not saturate like
/// [`weigh`](mainstay_primitives::weigh), so the parts of a payment sum up to it.
pub fn weight(multiplier: Multiplier, amount: Balance) -> U256 {
	U256::from(amount).saturating_mul(multiplier.into())
}

/// The part of `pot` for `weight` out of `total`, rounded down; 0 if `total` is 0.
pub fn share(pot: Balance, weight: U256, total: U256) -> Balance {
	let product = U512::from(pot).saturating_mul(U512::from(weight));
	// At most the pot, because the weight is part of the total.
	product.checked_div(U512::from(total)).and_then(|part| part.try_into().ok()).unwrap_or(0)
}

impl<T: Config> Pallet<T> {
	/// The pools of `operators` that answer to `set` now and can be paid in `currency`.
	fn weighed(
		set: OperatorSetId,
		currency: &Currency,
		operators: &[T::AccountId],
	) -> Vec<Weighed<T::AccountId>> {
		let (kinds, now) = (T::Sets::kinds(set), T::Clock::active());
		let mut pools = Vec::new();
		for operator in operators {
			for (kind, multiplier) in &kinds {
				let magnitude = T::Exposures::allocated(operator, *kind, set);
				if magnitude.0 == 0 {
					continue;
				}
				let Some(pool) = T::Pools::pool(operator, *kind) else { continue };
				let weight = weigh(&pool, now, magnitude, *multiplier);
				if !weight.is_zero() && Self::accrues(operator, *kind, &pool, currency) {
					pools.push(Weighed { operator: operator.clone(), kind: *kind, weight });
				}
			}
		}
		pools
	}

	/// Errors if `from` may not pay the set in this currency.
	fn ensure_may_pay(from: &T::AccountId, set: OperatorSetId, currency: &Currency) -> Result<(), Error<T>> {
		let owner = T::Sets::owner(set).ok_or(Error::<T>::UnknownSet)?;
		ensure!(T::Registry::is_registered(currency), Error::<T>::AssetNotRegistered);
		// A pool can be paid in a few assets only. If anyone could pay in assets, one unit of each would use them up.
		ensure!(*currency == Currency::Native || *from == owner, Error::<T>::NotOwner);
		Ok(())
	}

	/// Moves `amount` from `from`, and shares it over the pools that answer to `set`. Returns the number of operators
	/// that answer.
	pub(crate) fn do_pay(
		from: &T::AccountId,
		set: OperatorSetId,
		currency: Currency,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		Self::ensure_may_pay(from, set, &currency)?;
		ensure!(amount > 0, Error::<T>::NothingToPay);
		vault::bring::<_, T::Assets>(currency.clone(), from, &Self::account(), amount)?;
		let (paid, operators) = Self::share_with_set(set, &currency, amount)?;
		ensure!(paid, Error::<T>::NoWeight);
		Self::deposit_event(Event::SetPaid { set, currency, amount, from: from.clone() });
		Ok(operators)
	}

	/// Moves the sum of `payments` from `from`, and shares each part over the pools of its operator that answer to
	/// `set`.
	pub(crate) fn do_pay_operators(
		from: &T::AccountId,
		set: OperatorSetId,
		currency: Currency,
		payments: &[(T::AccountId, Balance)],
	) -> DispatchResult {
		Self::ensure_may_pay(from, set, &currency)?;
		ensure!(!payments.is_empty(), Error::<T>::NothingToPay);
		let answering = T::Sets::answering(set);
		let (mut named, mut parts, mut sum) = (BTreeSet::new(), Vec::new(), 0u128);
		for (operator, amount) in payments {
			ensure!(*amount > 0, Error::<T>::NothingToPay);
			ensure!(named.insert(operator), Error::<T>::DuplicateOperator);
			ensure!(answering.binary_search(operator).is_ok(), Error::<T>::NoWeight);
			sum = sum.checked_add(*amount).ok_or(Error::<T>::CreditTooLarge)?;
			let pools = Self::weighed(set, &currency, core::slice::from_ref(operator));
			parts.push(Part { amount: *amount, pools });
		}
		vault::bring::<_, T::Assets>(currency.clone(), from, &Self::account(), sum)?;
		// The set's remainder of earlier payments is not included, and stays.
		ensure!(
			Self::book(set, &currency, sum, parts, Carried::<T>::get(set, &currency))?,
			Error::<T>::NoWeight
		);
		Self::deposit_event(Event::OperatorsPaid { set, currency, amount: sum, from: from.clone() });
		Ok(())
	}

	/// Shares `amount`, which is already in the account, and the remainder of earlier payments over the pools that
	/// answer to `set`. Returns whether there is such a pool, and the number of operators that answer. Without such a
	/// pool it changes nothing.
	pub(crate) fn share_with_set(
		set: OperatorSetId,
		currency: &Currency,
		amount: Balance,
	) -> Result<(bool, u32), DispatchError> {
		let answering = T::Sets::answering(set);
		let pools = Self::weighed(set, currency, &answering);
		let carried = Carried::<T>::get(set, currency);
		let pot = carried.checked_add(amount).ok_or(Error::<T>::CreditTooLarge)?;
		let paid = Self::book(set, currency, amount, alloc::vec![Part { amount: pot, pools }], 0)?;
		Ok((paid, answering.len() as u32))
	}

	/// Records a payment for the running era. All kinds of services' payments use this function, while the era for
	/// which they pay is running.
	///
	/// * `arrived`: the amount of `currency` that was paid to `set` now.
	/// * `parts`: the amounts to share, each with the pools over which it is shared, of operators that answer for the
	///   running era.
	/// * `kept`: what the set keeps of earlier remainders. Afterwards it keeps that and the new remainder.
	///
	/// Returns whether each part has pools. If not, it changes nothing.
	fn book(
		set: OperatorSetId,
		currency: &Currency,
		arrived: Balance,
		parts: Vec<Part<T::AccountId>>,
		kept: Balance,
	) -> Result<bool, DispatchError> {
		if parts.iter().any(|part| part.pools.is_empty()) {
			return Ok(false);
		}
		let mut left = kept;
		for Part { amount, pools } in parts {
			let rest = Self::share_out(currency, amount, &pools)?;
			left = left.checked_add(rest).ok_or(Error::<T>::CreditTooLarge)?;
		}
		Carried::<T>::mutate_exists(set, currency, |slot| *slot = (left > 0).then_some(left));
		// Earlier remainders were recorded when they were paid.
		Self::note_paid(set, currency, arrived);
		Ok(true)
	}

	/// Shares `pot` over `pools` by weight, after the operators' commissions. Returns the remainder.
	fn share_out(
		currency: &Currency,
		pot: Balance,
		pools: &[Weighed<T::AccountId>],
	) -> Result<Balance, DispatchError> {
		let total = pools.iter().fold(U256::zero(), |sum, pool| sum.saturating_add(pool.weight));
		let mut left = pot;
		for Weighed { operator, kind, weight } in pools {
			let part = share(pot, *weight, total);
			left = left.saturating_sub(part);
			let bps = T::Pools::commission(operator).unwrap_or(0);
			let commission = mul_div(part, bps.into(), BPS.into()).unwrap_or(0);
			Self::credit(operator, currency.clone(), commission)?;
			Self::accrue(operator, *kind, currency, part.saturating_sub(commission));
		}
		Ok(left)
	}

	/// Records that `set` was paid `amount` in this era.
	pub(crate) fn note_paid(set: OperatorSetId, currency: &Currency, amount: Balance) {
		let now = T::Clock::active();
		Paid::<T>::mutate(set, Self::place_of(now), |slot| {
			let paid = slot.take().filter(|paid| paid.era == now);
			let mut paid = paid.unwrap_or_else(|| EraPaid { era: now, amounts: Default::default() });
			let sum = paid.amounts.get(currency).copied().unwrap_or(0).saturating_add(amount);
			// The bound is the maximum number of currencies, so this always succeeds.
			let _ = paid.amounts.try_insert(currency.clone(), sum);
			*slot = Some(paid);
		});
	}

	/// The key of an era in [`Paid`].
	pub(crate) fn place_of(era: Era) -> Era {
		era.checked_rem(T::Clock::history()).unwrap_or(0)
	}

	/// What `set` was paid in `era`; `None` if that is not stored. The running era and the eras less than the history
	/// before it are stored.
	pub fn paid_in(set: OperatorSetId, era: Era) -> Option<EraPaid<T>> {
		Paid::<T>::get(set, Self::place_of(era)).filter(|paid| paid.era == era)
	}

	/// Credits the remainder of a closed set's payments to the owner of its service.
	pub(crate) fn return_carry(set: OperatorSetId, owner: &T::AccountId) {
		// At most one entry for STAY and for each asset.
		for (currency, amount) in Carried::<T>::drain_prefix(set).collect::<Vec<_>>() {
			if Self::credit(owner, currency.clone(), amount).is_err() {
				defensive!("more was credited than there is");
			}
			Self::deposit_event(Event::CarryReturned { set, currency, amount, owner: owner.clone() });
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use mainstay_primitives::{SharePool, WAD};

	#[test]
	fn the_largest_numbers_are_weighed_and_shared() {
		let funds = SharePool { shares: u128::MAX, amount: u128::MAX };
		let pool = Pool { funds, ..Default::default() };
		let weight = weigh(&pool, 1, Magnitude(WAD), Multiplier::MAX);
		assert_eq!(weight, U256::from(u128::MAX) * U256::from(Multiplier::MAX));
		assert_eq!(share(u128::MAX, weight, weight), u128::MAX);
		assert_eq!(share(u128::MAX, weight, weight * 2), u128::MAX / 2);
	}

	#[test]
	fn what_came_in_this_era_does_not_raise_a_pools_weight_and_each_step_is_rounded_down() {
		let funds = SharePool { shares: 1_000, amount: 1_999 };
		let pool = Pool { funds, fresh: 333, fresh_era: 7, max_magnitude: WAD, ..Default::default() };
		// 667 of 1,000 shares are worth 1,333.333, and a third of 1,333 are 444.333.
		assert_eq!(weigh(&pool, 7, Magnitude(WAD / 3 + 1), 3), U256::from(444 * 3));
		assert_eq!(weigh(&pool, 8, Magnitude(WAD / 3 + 1), 3), U256::from(666 * 3));
		let all = Pool { fresh: 1_000, ..pool };
		assert_eq!(weigh(&all, 7, Magnitude(WAD), 3), U256::zero());
		assert_eq!(weigh(&Pool::default(), 7, Magnitude(WAD), 3), U256::zero());
	}
}
