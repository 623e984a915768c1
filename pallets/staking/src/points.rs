//! Era points, and what happens to validators that win none.

use crate::*;
use alloc::vec::Vec;
use frame_support::dispatch::DispatchClass;
use mainstay_primitives::{traits::EraClock, Era};

/// Eras in a row without a point after which a validator is chilled.
const SILENT_ERAS: u32 = 2;

impl<T: Config> Pallet<T> {
	/// Counts who was silent in the era `ended` and chills who was for [`SILENT_ERAS`]. The set of the era that
	/// begins is elected already, so a chilled validator serves it to the end.
	pub(crate) fn note_silence(ended: Era) {
		let set = EraValidators::<T>::get(ended);
		let (heard, silent): (Vec<_>, Vec<_>) =
			set.iter().partition(|who| EraPoints::<T>::contains_key(ended, who));
		heard.iter().for_each(Silent::<T>::remove);
		// More than two thirds finalize. With fewer heard, finality stood still, and nobody is blamed for it.
		if silent.len().saturating_mul(3) >= set.len() {
			return;
		}

		let least = Parameters::<T>::get().least_validators;
		// Who is no candidate any more serves its last era: there is nothing to chill.
		for who in silent.into_iter().filter(|who| Candidates::<T>::contains_key(who)) {
			let eras = Silent::<T>::get(who).saturating_add(1);
			if eras < SILENT_ERAS || Candidates::<T>::count() <= least {
				Silent::<T>::insert(who, eras);
			} else {
				Silent::<T>::remove(who);
				Self::remove_candidate(who, LeaveReason::Silent);
			}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Gives `author` the points of a block.
	pub(crate) fn count_block(author: T::AccountId) {
		if ActiveEra::<T>::get().start.is_none() {
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
