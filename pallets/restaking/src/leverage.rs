//! How much of one pool an operator may promise in all.

use crate::*;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, OperatorSets, Pools},
	Delayed, Destination, OperatorSetId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The chain's limit, in percent of a pool.
	fn chain_leverage() -> u32 {
		T::MaxLeverage::get().saturating_mul(100)
	}

	/// The limit that binds for `operator` now, in percent of a pool: the chain's, or a lower one of its own.
	pub fn leverage_of(operator: &T::AccountId) -> u32 {
		let own = Leverage::<T>::get(operator).map(|own| *own.at(T::Clock::active()));
		own.map_or(Self::chain_leverage(), |own| own.min(Self::chain_leverage()))
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
	pub(crate) fn redistributes(set: OperatorSetId) -> bool {
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
