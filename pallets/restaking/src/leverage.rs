//! How much of one pool an operator may promise in all.

use crate::*;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, OperatorSets, Pools},
	Delayed, Destination, Era, Kind, OperatorSetId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The chain's limit, in percent of a pool.
	fn chain_leverage() -> u32 {
		T::MaxLeverage::get().saturating_mul(100)
	}

	/// The limit of `operator`, in percent of a pool, and what it announced: the chain's, or a lower one of its own.
	pub fn leverage_limit(operator: &T::AccountId) -> Delayed<u32> {
		let chain = Self::chain_leverage();
		let own = Leverage::<T>::get(operator).unwrap_or(chain.into());
		Delayed {
			value: own.value.min(chain),
			next: own.next.map(|(percent, from)| (percent.min(chain), from)),
		}
	}

	/// The limit that binds for `operator` now, in percent of a pool: the chain's, or a lower one of its own.
	pub fn leverage_of(operator: &T::AccountId) -> u32 {
		*Self::leverage_limit(operator).at(T::Clock::active())
	}

	/// The most that `operator` can come to have allocated of a pool to others than `set`, so that it binds until era
	/// `until`, while `own` is allocated to `set`. 0 where nothing that it allocates from now on binds until then.
	pub fn allocatable(
		operator: &T::AccountId,
		kind: Kind,
		set: OperatorSetId,
		own: u64,
		until: Era,
	) -> u128 {
		let (now, delay) = (T::Clock::active(), T::AllocationDelay::get());
		let last = until.saturating_sub(delay);
		if now.saturating_add(delay) > until || !T::Pools::is_active_operator(operator) {
			return 0;
		}
		let limit = Self::leverage_limit(operator);
		let announced = *limit.at(now).max(limit.at(last));
		// A higher limit waits as long as what is allocated under it.
		let percent = if now.saturating_add(delay) <= last { Self::chain_leverage() } else { announced };
		let percent = if own > 0 && Self::redistributes(set) { percent.min(100) } else { percent };
		let max = T::Pools::pool(operator, kind).unwrap_or_default().max_magnitude;
		(u128::from(max).saturating_mul(percent.into()) / 100).saturating_sub(own.into())
	}

	/// Refuses to promise `used` of a pool of which slashes have left `max_magnitude`.
	pub(crate) fn ensure_leverage(
		operator: &T::AccountId,
		max_magnitude: u64,
		used: u128,
	) -> Result<(), Error<T>> {
		let limit = u128::from(Self::leverage_of(operator)).saturating_mul(max_magnitude.into());
		ensure!(used.saturating_mul(100) <= limit, Error::<T>::LeverageTooHigh);
		Ok(())
	}

	/// Whether what `set` slashes goes to an account, which may be a friend of who is slashed.
	pub fn redistributes(set: OperatorSetId) -> bool {
		matches!(T::Sets::destination(set), Some(Destination::Account(_)))
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
