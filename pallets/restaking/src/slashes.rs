//! Slashes by services: they cut the pool, and its allocations with it.

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
		// Read before anything is written: writing removes eras that no slash can name, and this slash is no longer
		// pending. Cuts since the report are in the history, and lower what is left to take.
		let magnitude = Self::slashable_magnitude(operator, kind, set, capture).min(reported);
		Self::mature(operator, kind, set);
		// The account that receives the funds may be the slasher's own. When slashes have left only a few units of a
		// pool's magnitude, the part of a unit that rounding leaves in the allocation could be half of the pool, and
		// could be taken again and again. So the amount is that of whole units.
		let whole = Self::redistributes(set);
		let done = T::Pools::take_allocated(operator, kind, magnitude, fraction, capture, whole);
		Self::cut(operator, kind, set, magnitude, fraction, &done);
		done
	}

	/// Updates allocations after a slash of `fraction` of `magnitude` by `set`: cuts the set's allocation, and caps all
	/// others at what is left. If the slash took all of the pool,
	/// [`OnPoolWiped`](mainstay_primitives::traits::OnPoolWiped) was called before.
	fn cut(
		operator: &T::AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		magnitude: Magnitude,
		fraction: Fraction,
		done: &ServiceCut,
	) {
		let mut exposure = Self::exposure(operator, kind);
		// The present allocations are of a later generation than the slashed one if the live pool did not answer, or if
		// all of it was taken.
		let left = done.left.filter(|left| left.0 > 0);
		// The allocation is already removed if earlier cuts left nothing that a slash could take.
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
