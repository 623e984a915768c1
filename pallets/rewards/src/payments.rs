//! What a service pays to the operators of a set and to their delegators.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{defensive, ensure, traits::Get};
use mainstay_primitives::{
	pool::mul_div,
	traits::{AssetRegistry, EraClock, Exposures, OperatorSets, Pools},
	vault, Balance, Currency, Era, Kind, Multiplier, OperatorSetId, Pool, BPS,
};
use sp_core::{U256, U512};
use sp_runtime::{DispatchError, DispatchResult};

/// A pool that answers to a set, and how much it counts there.
struct Weighed<AccountId> {
	operator: AccountId,
	kind: Kind,
	pool: Pool,
	weight: U256,
}

/// How much a pool counts in a set: the slashable amount times the kind's multiplier.
fn weigh(pool: &Pool, magnitude: u64, multiplier: Multiplier) -> U256 {
	let slashable = mul_div(pool.funds.amount, magnitude.into(), pool.max_magnitude.into()).unwrap_or(0);
	U256::from(slashable).saturating_mul(multiplier.into())
}

/// The part of `pot` that `weight` of `total` gets, rounded down. 0 of nothing.
pub fn share(pot: Balance, weight: U256, total: U256) -> Balance {
	let product = U512::from(pot).saturating_mul(U512::from(weight));
	// At most the pot, because the weight is part of the total.
	product.checked_div(U512::from(total)).and_then(|part| part.try_into().ok()).unwrap_or(0)
}

impl<T: Config> Pallet<T> {
	/// The pools of a set's members that answer to it now and can be paid in `currency`, and how many members there
	/// are.
	fn weighed(set: OperatorSetId, currency: &Currency) -> (Vec<Weighed<T::AccountId>>, u32) {
		let kinds = T::Sets::kinds(set);
		let (mut pools, members) = (Vec::new(), T::Sets::members(set));
		for operator in &members {
			Self::weigh_member(set, operator, &kinds, currency, &mut pools);
		}
		(pools, members.len() as u32)
	}

	/// The pools of one member that answer to the set now and can be paid in `currency`.
	fn weigh_member(
		set: OperatorSetId,
		operator: &T::AccountId,
		kinds: &[(Kind, Multiplier)],
		currency: &Currency,
		pools: &mut Vec<Weighed<T::AccountId>>,
	) {
		for (kind, multiplier) in kinds {
			let magnitude = T::Exposures::bind(operator, *kind, set);
			if magnitude == 0 {
				continue;
			}
			let Some(pool) = T::Pools::pool(operator, *kind) else { continue };
			let weight = weigh(&pool, magnitude, *multiplier);
			if weight.is_zero() || pool.funds.shares == 0 {
				continue;
			}
			if Self::accrues(operator, *kind, &pool, currency) {
				pools.push(Weighed { operator: operator.clone(), kind: *kind, pool, weight });
			}
		}
	}

	/// Refuses who may not pay the set in this currency.
	fn ensure_may_pay(from: &T::AccountId, set: OperatorSetId, currency: &Currency) -> Result<(), Error<T>> {
		let owner = T::Sets::owner(set).ok_or(Error::<T>::UnknownSet)?;
		ensure!(T::Registry::is_registered(currency), Error::<T>::AssetNotRegistered);
		// A pool takes a few assets only: anyone else could fill it with a unit of each.
		ensure!(*currency == Currency::Native || *from == owner, Error::<T>::NotOwner);
		Ok(())
	}

	/// Moves `amount` from `from` and shares it over the pools that answer to `set`. Returns how many members it has.
	pub(crate) fn do_pay(
		from: &T::AccountId,
		set: OperatorSetId,
		currency: Currency,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		Self::ensure_may_pay(from, set, &currency)?;
		ensure!(amount > 0, Error::<T>::NothingToPay);
		let (pools, members) = Self::weighed(set, &currency);
		ensure!(!pools.is_empty(), Error::<T>::NoWeight);
		vault::bring::<_, T::Assets>(currency.clone(), from, &Self::account(), amount)?;
		Self::distribute_over(set, &currency, amount, &pools)?;
		Self::deposit_event(Event::SetPaid { set, currency, amount, from: from.clone() });
		Ok(members)
	}

	/// Moves what `payments` say from `from`, and shares each part over the pools of its operator that answer to `set`.
	pub(crate) fn do_pay_operators(
		from: &T::AccountId,
		set: OperatorSetId,
		currency: Currency,
		payments: &[(T::AccountId, Balance)],
	) -> DispatchResult {
		Self::ensure_may_pay(from, set, &currency)?;
		ensure!(!payments.is_empty(), Error::<T>::NothingToPay);
		let (kinds, members) = (T::Sets::kinds(set), T::Sets::members(set));
		let (mut paid, mut sum) = (BTreeSet::new(), 0u128);
		for (operator, amount) in payments {
			ensure!(*amount > 0, Error::<T>::NothingToPay);
			ensure!(paid.insert(operator), Error::<T>::DuplicateOperator);
			ensure!(members.contains(operator), Error::<T>::NoWeight);
			sum = sum.checked_add(*amount).ok_or(Error::<T>::CreditTooLarge)?;
		}
		vault::bring::<_, T::Assets>(currency.clone(), from, &Self::account(), sum)?;
		let mut left = 0u128;
		for (operator, amount) in payments {
			let mut pools = Vec::new();
			Self::weigh_member(set, operator, &kinds, &currency, &mut pools);
			ensure!(!pools.is_empty(), Error::<T>::NoWeight);
			left = left.saturating_add(Self::share_out(&currency, *amount, &pools)?);
		}
		let carried = Carried::<T>::get(set, &currency);
		let left = carried.checked_add(left).ok_or(Error::<T>::CreditTooLarge)?;
		Self::carry(set, &currency, left);
		Self::note_paid(set, &currency, sum);
		Self::deposit_event(Event::OperatorsPaid { set, currency, amount: sum, from: from.clone() });
		Ok(())
	}

	/// Shares `amount`, which the account holds already, and what was left over of earlier payments, over the pools
	/// that answer to `set`. Returns whether there is one, without which it shares nothing, and how many members the set
	/// has.
	pub(crate) fn share_with_set(
		set: OperatorSetId,
		currency: &Currency,
		amount: Balance,
	) -> Result<(bool, u32), DispatchError> {
		let (pools, members) = Self::weighed(set, currency);
		if pools.is_empty() {
			return Ok((false, members));
		}
		Self::distribute_over(set, currency, amount, &pools)?;
		Ok((true, members))
	}

	/// As [`Self::share_with_set`], over pools that are weighed already.
	fn distribute_over(
		set: OperatorSetId,
		currency: &Currency,
		amount: Balance,
		pools: &[Weighed<T::AccountId>],
	) -> DispatchResult {
		let carried = Carried::<T>::get(set, currency);
		let pot = carried.checked_add(amount).ok_or(Error::<T>::CreditTooLarge)?;
		let left = Self::share_out(currency, pot, pools)?;
		Self::carry(set, currency, left);
		// What is carried was noted when it arrived.
		Self::note_paid(set, currency, amount);
		Ok(())
	}

	/// Writes down that `amount` arrived for `set` in this era.
	pub(crate) fn note_paid(set: OperatorSetId, currency: &Currency, amount: Balance) {
		let now = T::Clock::active();
		Paid::<T>::mutate(set, Self::place_of(now), |slot| {
			let paid = slot.take().filter(|paid| paid.era == now);
			let mut paid = paid.unwrap_or_else(|| EraPaid { era: now, amounts: Default::default() });
			let sum = paid.amounts.get(currency).copied().unwrap_or(0).saturating_add(amount);
			// Assets are never more than they can be: there is a place.
			let _ = paid.amounts.try_insert(currency.clone(), sum);
			*slot = Some(paid);
		});
	}

	/// Where [`Paid`] keeps an era.
	pub(crate) fn place_of(era: Era) -> Era {
		era.checked_rem(T::History::get()).unwrap_or(0)
	}

	/// What arrived for `set` in `era`, if that is kept: the running era is, and those before it that are less than the
	/// history away.
	pub fn paid_in(set: OperatorSetId, era: Era) -> Option<EraPaid<T>> {
		Paid::<T>::get(set, Self::place_of(era)).filter(|paid| paid.era == era)
	}

	/// Writes down what is left over of a set's payments.
	fn carry(set: OperatorSetId, currency: &Currency, left: Balance) {
		let left = (left > 0).then_some(left);
		Carried::<T>::mutate_exists(set, currency, |slot| *slot = left);
	}

	/// Shares `pot` over `pools` by weight, the operators' commission first. Returns what is left over.
	fn share_out(
		currency: &Currency,
		pot: Balance,
		pools: &[Weighed<T::AccountId>],
	) -> Result<Balance, DispatchError> {
		let total = pools.iter().fold(U256::zero(), |sum, pool| sum.saturating_add(pool.weight));
		let mut left = pot;
		for Weighed { operator, kind, pool, weight } in pools {
			let part = share(pot, *weight, total);
			left = left.saturating_sub(part);
			let bps = T::Pools::commission(operator).unwrap_or(0);
			let commission = mul_div(part, bps.into(), BPS.into()).unwrap_or(0);
			Self::credit(operator, currency.clone(), commission)?;
			Self::accrue(operator, *kind, pool, currency, part.saturating_sub(commission));
		}
		Ok(left)
	}

	/// Credits what a set that is closed had left over to the owner of its service.
	pub(crate) fn return_carry(set: OperatorSetId, owner: &T::AccountId) {
		// At most one for STAY and for each asset there can be.
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
		let weight = weigh(&pool, WAD, Multiplier::MAX);
		assert_eq!(weight, U256::from(u128::MAX) * U256::from(Multiplier::MAX));
		assert_eq!(share(u128::MAX, weight, weight), u128::MAX);
		assert_eq!(share(u128::MAX, weight, weight * 2), u128::MAX / 2);
	}
}
