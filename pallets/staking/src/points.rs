//! Era points, and what happens to validators that win none.

use crate::*;
use alloc::vec::Vec;
use frame_support::dispatch::DispatchClass;
use mainstay_primitives::{
	traits::{EraClock, InspectOperators},
	Era,
};

/// Eras in a row without a point after which a validator is chilled.
const SILENT_ERAS: u32 = 2;

/// How many of a set of `size`, of whom `silent` were silent, may be chilled at once: a third of it; a tenth while more
/// than a third is silent, because then the fault may be the network's. One in any case, or sets of fewer than ten
/// could never be rid of a silent third.
pub(crate) fn most_chilled(size: u32, silent: u32) -> u32 {
	let part = if silent.saturating_mul(3) > size { 10 } else { 3 };
	(size / part).max(1)
}

impl<T: Config> Pallet<T> {
	/// Counts who was silent in the era `ended`, and chills who was for [`SILENT_ERAS`] or more, within the limits.
	/// The set of `began`, the era that begins, is elected already, so a chilled validator serves it to the end.
	///
	/// Where not all may be chilled at once, first go those that were silent longest, because they are the least likely
	/// to return, and among them those with the least stake, whose place is the easiest to fill.
	pub(crate) fn note_silence(ended: Era, began: Era) {
		let set = EraValidators::<T>::get(ended);
		let (heard, silent): (Vec<_>, Vec<_>) =
			set.iter().partition(|who| EraPoints::<T>::contains_key(ended, who));
		heard.iter().for_each(Silent::<T>::remove);

		let mut gone = Vec::new();
		// The set is in the order of stakes.
		for who in silent.iter().rev() {
			if !T::Pools::is_active_operator(who) {
				// Who has retired never stands again.
				continue;
			}
			let eras = Silent::<T>::mutate(who, |eras| {
				*eras = eras.saturating_add(1);
				*eras
			});
			if eras < SILENT_ERAS {
				continue;
			}
			if Candidates::<T>::contains_key(who) {
				gone.push((eras, *who));
			} else {
				// Who steps down before it is chilled, and stands again afterwards, waits like the others.
				Self::bar(who, eras, began);
			}
		}
		gone.sort_by_key(|(eras, _)| core::cmp::Reverse(*eras));

		let parameters = Parameters::<T>::get();
		let spare = Candidates::<T>::count().saturating_sub(parameters.least_validators);
		let limit = most_chilled(set.len() as u32, silent.len() as u32).min(spare);
		for (eras, who) in gone.into_iter().take(limit as usize) {
			Self::remove_candidate(who, LeaveReason::Silent);
			Self::bar(who, eras, began);
		}
	}

	/// Lets `who`, which was silent for `eras`, stand for election no sooner than so many eras after `began`, or than
	/// the exit delay.
	fn bar(who: &T::AccountId, eras: u32, began: Era) {
		let wait = eras.min(Self::exit_delay());
		Barred::<T>::insert(who, began.saturating_add(wait));
	}
}

impl<T: Config> Pallet<T> {
	/// Gives `author` the points of a block.
	pub(crate) fn count_block(author: T::AccountId) {
		if Self::active_era().start.is_none() {
			Self::note_start();
		}
		EraPoints::<T>::mutate(Self::active(), author, |points| {
			*points = points.saturating_add(POINTS_PER_BLOCK)
		});
	}
}

impl<T: Config + pallet_authorship::Config>
	pallet_authorship::EventHandler<T::AccountId, frame_system::pallet_prelude::BlockNumberFor<T>>
	for Pallet<T>
{
	fn note_author(author: T::AccountId) {
		// Authorship's hook charges nothing for its handlers.
		let weight = T::WeightInfo::note_author();
		frame_system::Pallet::<T>::register_extra_weight_unchecked(weight, DispatchClass::Mandatory);
		Self::count_block(author);
	}
}
