//! Leverage: the limit of the sum of all allocations of one pool.

use crate::*;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, InspectOperators, OperatorSets},
	Delayed, Era, OperatorSetId,
};
use sp_runtime::DispatchResult;

/// The bounds of further allocations to other sets that bind until a given era. They are equal for all pools.
pub struct Horizon {
	now: Era,
	/// The last era in which an allocation can be made so that it binds in time.
	last: Era,
	/// Whether an allocation under a limit that is raised now can bind in time.
	raisable: bool,
	/// The chain's limit, in percent of a pool.
	chain: u32,
	/// Whether what the set slashes goes to an account.
	redistributes: bool,
}

impl Horizon {
	/// The highest leverage limit, in percent of a pool, that an active operator with its own limit `own` can reach.
	pub fn limit(&self, own: Option<Delayed<u32>>) -> u32 {
		if self.raisable {
			return self.chain;
		}
		let limit = limit_within(own, self.chain);
		*limit.at(self.now).max(limit.at(self.last))
	}

	/// The largest magnitude that an operator under `limit` can allocate to other sets, of a pool of which slashes have
	/// left `max`, while `own` is allocated to the set.
	pub fn allocatable(&self, limit: u32, max: u64, own: u64) -> u128 {
		let percent = if own > 0 && self.redistributes { limit.min(100) } else { limit };
		(u128::from(max).saturating_mul(percent.into()) / 100).saturating_sub(own.into())
	}
}

/// An operator's limit: the chain's limit `chain`, or its own if that is lower.
fn limit_within(own: Option<Delayed<u32>>, chain: u32) -> Delayed<u32> {
	let own = own.unwrap_or(chain.into());
	Delayed { value: own.value.min(chain), next: own.next.map(|(percent, from)| (percent.min(chain), from)) }
}

impl<T: Config> Pallet<T> {
	/// The chain's limit, in percent of a pool.
	fn chain_leverage() -> u32 {
		T::MaxLeverage::get().saturating_mul(100)
	}

	/// The limit of `operator` in percent of a pool, with an announced change: the chain's, or its own if that is
	/// lower.
	pub fn leverage_limit(operator: &T::AccountId) -> Delayed<u32> {
		limit_within(Leverage::<T>::get(operator), Self::chain_leverage())
	}

	/// The limit that binds for `operator` now, in percent of a pool: the chain's, or its own if that is lower.
	pub fn leverage_of(operator: &T::AccountId) -> u32 {
		*Self::leverage_limit(operator).at(T::Clock::active())
	}

	/// The bounds of allocations to sets other than `set` that bind until era `until`. `None` if no allocation from now
	/// on binds until then.
	pub fn horizon(set: OperatorSetId, until: Era) -> Option<Horizon> {
		let (now, delay) = (T::Clock::active(), T::AllocationDelay::get());
		let (first, last) = (now.saturating_add(delay), until.saturating_sub(delay));
		(first <= until).then(|| Horizon {
			now,
			last,
			// A higher limit has the same delay as a larger allocation.
			raisable: first <= last,
			chain: Self::chain_leverage(),
			redistributes: Self::redistributes(set),
		})
	}

	/// Errors if allocations of `used` exceed the limit, on a pool of which slashes have left `max_magnitude`.
	pub(crate) fn ensure_leverage(
		operator: &T::AccountId,
		max_magnitude: u64,
		used: u128,
	) -> Result<(), Error<T>> {
		let limit = u128::from(Self::leverage_of(operator)).saturating_mul(max_magnitude.into());
		ensure!(used.saturating_mul(100) <= limit, Error::<T>::LeverageTooHigh);
		Ok(())
	}

	/// Whether what `set` slashes goes to an account.
	pub fn redistributes(set: OperatorSetId) -> bool {
		T::Sets::destination(set).is_some_and(|destination| destination.is_account())
	}

	pub(crate) fn do_set_leverage(operator: &T::AccountId, new: u32) -> DispatchResult {
		ensure!(T::Pools::is_operator(operator), Error::<T>::NotOperator);
		ensure!((1..=Self::chain_leverage()).contains(&new), Error::<T>::LeverageOutOfBounds);
		let mut own = Delayed::from(Self::leverage_of(operator));
		let next = Leverage::<T>::get(operator).and_then(|own| own.next);
		ensure!(new != next.map_or(own.value, |(last, _)| last), Error::<T>::NoChange);

		// Delegators see a higher limit before it binds.
		let (old, effective) = own.set(new, T::Clock::active(), T::AllocationDelay::get());
		Leverage::<T>::insert(operator, own);
		Self::deposit_event(Event::LeverageSet { operator: operator.clone(), old, new, effective });
		Ok(())
	}
}
