//! The end of all allocations of an operator that stops, and of those to a closed set.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, InspectOperators, OnSetClosed, OperatorSets},
	OperatorSetId, PoolKind,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Ends all memberships and allocations of `operator`. Returns the number of its pools that were allocated.
	pub(crate) fn do_stop(operator: &T::AccountId) -> Result<u32, DispatchError> {
		ensure!(T::Pools::is_operator(operator), Error::<T>::NotOperator);
		let now = T::Clock::active();
		let effective = now.saturating_add(T::DeallocationDelay::get());
		// The `Native` pool, and one pool of each admitted asset.
		let exposures: Vec<_> = Exposures::<T>::iter_prefix(operator).collect();
		let pools = exposures.len() as u32;
		for (kind, mut exposure) in exposures {
			exposure.mature(now);
			for (set, allocation) in exposure.allocations.iter_mut() {
				if allocation.end(effective) {
					let effective = if allocation.current > 0 { effective } else { now };
					Self::deposit_event(Event::AllocationChanged {
						operator: operator.clone(),
						kind,
						set: *set,
						magnitude: 0,
						effective,
					});
				}
			}
			Self::put(operator, kind, exposure);
		}
		let left = T::Sets::leave_all(operator);
		Self::deposit_event(Event::Stopped { operator: operator.clone(), left, effective });
		Ok(pools)
	}

	/// Ends an allocation to a set that does not exist any more. Nobody can slash it.
	pub(crate) fn forget_closed(
		operator: &T::AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		magnitude: u64,
	) -> DispatchResult {
		let mut exposure = Exposures::<T>::get(operator, kind);
		let forgotten = exposure.allocations.remove(&set).filter(|_| magnitude == 0);
		ensure!(forgotten.is_some(), Error::<T>::UnknownSet);
		Self::put(operator, kind, exposure);
		Self::deposit_event(Event::AllocationChanged {
			operator: operator.clone(),
			kind,
			set,
			magnitude,
			effective: T::Clock::active(),
		});
		Ok(())
	}
}

impl<T: Config> OnSetClosed<T::AccountId> for Pallet<T> {
	fn on_member_released(set: OperatorSetId, operator: &T::AccountId, kinds: &[PoolKind]) {
		for kind in kinds {
			let mut exposure = Exposures::<T>::get(operator, kind);
			if exposure.allocations.remove(&set).is_some() {
				Self::put(operator, *kind, exposure);
			}
		}
	}

	fn on_set_closed(_: OperatorSetId, _: &T::AccountId) {}
}
