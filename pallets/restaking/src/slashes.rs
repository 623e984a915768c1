//! Slashes of what is allocated: of the pool, and of the allocations with it.

use crate::*;
use mainstay_primitives::{
	traits::{EraClock, InspectExposures, ServiceCut, SlashAllocated, SlashExposures},
	Balance, Era, Fraction, Magnitude, OperatorSetId, PoolKind,
};

impl<T: Config> Pallet<T> {
	/// See [`SlashExposures::slash`].
	pub(crate) fn do_slash(
		operator: &T::AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		reported: Magnitude,
		fraction: Fraction,
		capture: Era,
	) -> ServiceCut {
		// Before anything is written: to write is to forget eras that no slash can name, and this slash is pending no more.
		// Cuts since the report are in the history, and lower what is left to take.
		let magnitude = Self::slashable_magnitude(operator, kind, set, capture).min(reported);
		Self::mature(operator, kind, set);
		// What goes to an account may be the slasher's own. Where slashes have left next to nothing of a pool's magnitude, the
		// part of a unit that rounding keeps in an allocation would be half of the pool, to be taken again and again.
		let whole = Self::redistributes(set);
		let done = T::Pools::take_allocated(operator, kind, magnitude, fraction, capture, whole);
		Self::cut(operator, kind, set, magnitude, fraction, &done);
		done
	}

	/// Books what a slash of `fraction` of `magnitude` by `set` did to the pool: the set's allocation is cut, all others are
	/// capped at what is left. If it took all of the pool, [`OnPoolWiped`](mainstay_primitives::traits::OnPoolWiped) was
	/// told before.
	fn cut(
		operator: &T::AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		magnitude: Magnitude,
		fraction: Fraction,
		done: &ServiceCut,
	) {
		let mut exposure = Self::exposure(operator, kind);
		// What is there now is of a later generation than what was slashed, where the live pool did not answer or where all
		// of it was taken.
		let left = done.left.filter(|left| left.0 > 0);
		// It is gone where earlier cuts left nothing of it that a slash could ask for.
		if let Some(allocation) = exposure.allocations.get_mut(&set) {
			allocation.cut_history(done.cut, done.eras);
			if left.is_some() {
				allocation.cut_current(done.cut, magnitude, fraction);
			}
		}
		if let Some(left) = left {
			exposure.allocations.iter_mut().for_each(|(_, other)| other.cap(left));
		}
		Self::put(operator, kind, exposure);
		Self::deposit_event(Event::AllocationCut { operator: operator.clone(), kind, set, cut: done.cut.0 });
	}
}

impl<T: Config> SlashExposures<T::AccountId> for Pallet<T> {
	fn mature(operator: &T::AccountId, kind: PoolKind, set: OperatorSetId) {
		let mut exposure = Exposures::<T>::get(operator, kind);
		let Some(allocation) = exposure.allocations.get_mut(&set) else { return };
		if allocation.mature(T::Clock::active()) {
			Self::put(operator, kind, exposure);
		}
	}

	fn slash(
		operator: &T::AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		reported: Magnitude,
		fraction: Fraction,
		capture: Era,
	) -> Balance {
		Self::do_slash(operator, kind, set, reported, fraction, capture).taken
	}
}
