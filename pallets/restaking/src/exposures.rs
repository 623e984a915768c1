//! Stored allocations: changes, and reads for an era.

use crate::*;
use alloc::vec::Vec;
use core::ops::RangeInclusive;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{
		AssetRegistry, EnterPools, EraClock, InspectExposures, InspectOperators, InspectPools, OnPoolWiped,
		OperatorSets, SlashGate,
	},
	Era, Magnitude, OperatorSetId, PoolKind,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The eras that a slash can name. The last of them is the running era.
	pub fn slashable_eras() -> RangeInclusive<Era> {
		let now = T::Clock::active();
		now.saturating_add(1).saturating_sub(T::Clock::exit_delay())..=now
	}

	/// The first era that a new or pending slash of `(operator, kind)` can name. `eras` are those that a new slash can
	/// name.
	pub fn first_era(operator: &T::AccountId, kind: PoolKind, eras: &RangeInclusive<Era>) -> Era {
		let first = *eras.start();
		T::SlashGate::oldest_capture(operator, kind).map_or(first, |oldest| oldest.min(first))
	}

	/// The allocations of the operator's pool of `kind` that bind now.
	pub fn exposure(operator: &T::AccountId, kind: PoolKind) -> Exposure<T> {
		let mut exposure = Exposures::<T>::get(operator, kind);
		exposure.mature(T::Clock::active());
		exposure
	}

	/// The largest magnitude that each set can still slash of the live pool `(operator, kind)`: the largest of what is
	/// allocated to it now, was allocated in an era that a slash can name, and will be when an announced change binds.
	/// Sets that can slash nothing are left out.
	pub fn encumbered(operator: &T::AccountId, kind: PoolKind) -> Vec<(OperatorSetId, u64)> {
		let since = T::Pools::pool(operator, kind).unwrap_or_default().since;
		Self::encumbrances(operator, kind, since, &Self::exposure(operator, kind))
	}

	/// [`Self::encumbered`] for an exposure of a pool whose generation begins in era `since`.
	fn encumbrances(
		operator: &T::AccountId,
		kind: PoolKind,
		since: Era,
		exposure: &Exposure<T>,
	) -> Vec<(OperatorSetId, u64)> {
		let eras = Self::slashable_eras();
		let first = since.max(Self::first_era(operator, kind, &eras));
		exposure.encumbered(first, *eras.end()).collect()
	}

	/// Removes entries of histories that no slash needs any more.
	fn prune(operator: &T::AccountId, kind: PoolKind, exposure: &mut Exposure<T>) {
		let first = Self::first_era(operator, kind, &Self::slashable_eras());
		exposure.allocations.iter_mut().for_each(|(_, allocation)| allocation.prune(first));
		exposure.allocations.retain(|_, allocation| !allocation.is_over());
	}

	/// Stores an exposure, without entries of histories that no slash needs any more.
	pub(crate) fn put(operator: &T::AccountId, kind: PoolKind, mut exposure: Exposure<T>) {
		Self::prune(operator, kind, &mut exposure);
		if exposure.allocations.is_empty() {
			Exposures::<T>::remove(operator, kind);
		} else {
			Exposures::<T>::insert(operator, kind, exposure);
		}
	}

	pub(crate) fn do_allocate(
		operator: &T::AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		magnitude: u64,
	) -> DispatchResult {
		ensure!(T::Pools::is_operator(operator), Error::<T>::NotOperator);
		if !T::Sets::exists(set) {
			return Self::forget_closed(operator, kind, set, magnitude);
		}
		let now = T::Clock::active();
		let mut exposure = Exposures::<T>::get(operator, kind);
		let mut allocation = exposure.allocations.get(&set).cloned().unwrap_or_default();
		allocation.mature(now);
		// Allocations of a kind that the set does not accept any more can still be lowered.
		let accepted = T::Sets::kinds(set).iter().any(|(accepted, _)| *accepted == kind);
		ensure!(accepted || magnitude < allocation.current, Error::<T>::KindNotAccepted);
		let pool = T::Pools::pool(operator, kind).unwrap_or_default();
		ensure!(magnitude <= pool.max_magnitude, Error::<T>::MagnitudeTooLarge);
		ensure!(allocation.pending.is_none(), Error::<T>::ModificationPending);
		ensure!(magnitude != allocation.current, Error::<T>::NoChange);

		let delay = if magnitude > allocation.current {
			ensure!(T::Pools::is_active_operator(operator), Error::<T>::OperatorRetired);
			// Sets can accept any asset, but an operator has pools only of admitted assets.
			ensure!(Self::is_registered(&kind.currency()), Error::<T>::NotRestakeable);
			// Changes of the set's terms wait from now on, so only operators that its owner admits may cause that.
			ensure!(T::Sets::admits(set, operator), Error::<T>::NotAdmitted);
			ensure!(magnitude >= LEAST_GIVING || !Self::redistributes(set), Error::<T>::MagnitudeTooSmall);
			exposure.mature(now);
			// Ended allocations do not count.
			Self::prune(operator, kind, &mut exposure);
			allocation = exposure.allocations.get(&set).cloned().unwrap_or_default();
			ensure!(allocation.has_room(), Error::<T>::TooManyChanges);
			let mut others = Self::encumbrances(operator, kind, pool.since, &exposure);
			others.retain(|(other, _)| *other != set);
			let used = others
				.iter()
				.fold(u128::from(magnitude), |sum, (_, encumbered)| sum.saturating_add((*encumbered).into()));
			Self::ensure_leverage(operator, pool.max_magnitude, used)?;
			if used > pool.max_magnitude.into() {
				let mut sets = others.into_iter().map(|(other, _)| other).chain([set]);
				ensure!(!sets.any(Self::redistributes), Error::<T>::NotUnique);
			}
			// From now on, changes of the set's terms concern this operator.
			T::Sets::note_audience(set);
			T::AllocationDelay::get()
		} else {
			T::DeallocationDelay::get()
		};
		// It must not bind for a past generation.
		let effective = now.saturating_add(delay).max(pool.since);
		allocation.pending = Some((magnitude, effective));
		exposure.allocations.try_insert(set, allocation).map_err(|_| Error::<T>::TooManySets)?;
		T::Pools::open(operator, kind);
		Self::put(operator, kind, exposure);
		Self::deposit_event(Event::AllocationChanged {
			operator: operator.clone(),
			kind,
			set,
			magnitude,
			effective,
		});
		Ok(())
	}
}

impl<T: Config> InspectExposures<T::AccountId> for Pallet<T> {
	fn slashable_magnitude(
		operator: &T::AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		era: Era,
	) -> Magnitude {
		Magnitude(Self::exposure(operator, kind).at(set, era))
	}

	fn allocated(operator: &T::AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude {
		let exposure = Self::exposure(operator, kind);
		Magnitude(exposure.allocations.get(&set).map_or(0, |allocation| allocation.current))
	}

	fn announced(operator: &T::AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude {
		let exposure = Exposures::<T>::get(operator, kind);
		let allocation = exposure.allocations.get(&set);
		Magnitude(allocation.map_or(0, |allocation| {
			allocation.pending.map_or(allocation.current, |(magnitude, _)| magnitude)
		}))
	}
}

impl<T: Config> OnPoolWiped<T::AccountId> for Pallet<T> {
	fn on_pool_wiped(operator: &T::AccountId, kind: PoolKind, since: Era) {
		let mut exposure = Exposures::<T>::get(operator, kind);
		if exposure.allocations.is_empty() {
			return;
		}
		let now = T::Clock::active();
		exposure.allocations.iter_mut().for_each(|(_, allocation)| allocation.void(now, since));
		Self::put(operator, kind, exposure);
	}
}
