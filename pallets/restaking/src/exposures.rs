//! Allocations in storage: changing them, reading them for an era, cutting them.

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
	/// The eras that a slash can name, of which the last one is running.
	pub fn slashable_eras() -> RangeInclusive<Era> {
		let now = T::Clock::active();
		now.saturating_add(1).saturating_sub(T::Clock::exit_delay())..=now
	}

	/// The first of `eras`, those that a slash can name, or of those that a pending slash of `(operator, kind)` names.
	pub fn first_era(operator: &T::AccountId, kind: PoolKind, eras: &RangeInclusive<Era>) -> Era {
		let first = *eras.start();
		T::SlashGate::oldest_capture(operator, kind).map_or(first, |oldest| oldest.min(first))
	}

	/// What `operator` has allocated of its pool of `kind`, as it binds now.
	pub fn exposure(operator: &T::AccountId, kind: PoolKind) -> Exposure<T> {
		let mut exposure = Exposures::<T>::get(operator, kind);
		exposure.mature(T::Clock::active());
		exposure
	}

	/// The most that each set can still take of the live pool `(operator, kind)`: of what is allocated to it now, was in
	/// an era that a slash can name, or will be when an announced change binds. Without those that can take nothing.
	pub fn encumbered(operator: &T::AccountId, kind: PoolKind) -> Vec<(OperatorSetId, u64)> {
		let since = T::Pools::pool(operator, kind).unwrap_or_default().since;
		Self::encumbrances(operator, kind, since, &Self::exposure(operator, kind))
	}

	/// [`Self::encumbered`] of an exposure of a pool that begins in era `since`.
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

	/// Forgets what no slash can ask for any more.
	fn prune(operator: &T::AccountId, kind: PoolKind, exposure: &mut Exposure<T>) {
		let first = Self::first_era(operator, kind, &Self::slashable_eras());
		exposure.allocations.iter_mut().for_each(|(_, allocation)| allocation.prune(first));
		exposure.allocations.retain(|_, allocation| !allocation.is_over());
	}

	/// Writes an exposure down, without what no slash can ask for any more.
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
		// What a set accepts no longer can still be taken back from it.
		let accepted = T::Sets::kinds(set).iter().any(|(accepted, _)| *accepted == kind);
		ensure!(accepted || magnitude < allocation.current, Error::<T>::KindNotAccepted);
		let pool = T::Pools::pool(operator, kind).unwrap_or_default();
		ensure!(magnitude <= pool.max_magnitude, Error::<T>::MagnitudeTooLarge);
		ensure!(allocation.pending.is_none(), Error::<T>::ModificationPending);
		ensure!(magnitude != allocation.current, Error::<T>::NoChange);

		let delay = if magnitude > allocation.current {
			ensure!(T::Pools::is_active_operator(operator), Error::<T>::OperatorRetired);
			// Sets name what they like, but an operator has no more pools than there are assets admitted.
			ensure!(Self::is_registered(&kind.currency()), Error::<T>::NotRestakeable);
			// Its terms wait from now on, so that the owner of the set has a say in who may cause that.
			ensure!(T::Sets::admits(set, operator), Error::<T>::NotAdmitted);
			ensure!(magnitude >= LEAST_GIVING || !Self::redistributes(set), Error::<T>::MagnitudeTooSmall);
			exposure.mature(now);
			// What is over takes no place.
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
			// From now on there is someone whom other terms of the set would hurt.
			T::Sets::note_audience(set);
			T::AllocationDelay::get()
		} else {
			T::DeallocationDelay::get()
		};
		// Never for a generation that is gone.
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
