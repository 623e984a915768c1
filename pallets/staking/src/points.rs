//! Era points, and the chilling of silent validators.

use crate::*;
use alloc::vec::Vec;
use frame_support::dispatch::DispatchClass;
use mainstay_primitives::{
	traits::{EraClock, InspectOperators},
	Era,
};

/// The number of eras in a row without points after which a validator is chilled.
const SILENT_ERAS: u32 = 2;

/// How many validators may be chilled at once, of a set of `size` with `silent` silent ones: a third of the set, or a
/// tenth while more than a third is silent, because then the network may be at fault. At least one, because otherwise
/// sets of fewer than ten could never remove a silent third.
pub(crate) fn most_chilled(size: u32, silent: u32) -> u32 {
	let part = if silent.saturating_mul(3) > size { 10 } else { 3 };
	(size / part).max(1)
}

impl<T: Config> Pallet<T> {
	/// Counts the validators that were silent in the era `ended`, and chills those that were silent for [`SILENT_ERAS`]
	/// or more, within the limits. The set of `began`, the era that begins, is already elected, so a chilled validator
	/// serves it to the end.
	///
	/// If not all of them may be chilled at once, those that were silent longest are chilled first, because they are
	/// the least likely to return, and among them those with the least stake, which are the easiest to replace.
	pub(crate) fn note_silence(ended: Era, began: Era) {
		let set = EraValidators::<T>::get(ended);
		let (heard, silent): (Vec<_>, Vec<_>) =
			set.iter().partition(|who| EraPoints::<T>::contains_key(ended, who));
		heard.iter().for_each(Silent::<T>::remove);

		let mut gone = Vec::new();
		// The set is in the order of stakes.
		for who in silent.iter().rev() {
			if !T::Pools::is_active_operator(who) {
				// A retired operator never stands again.
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
				// An operator that steps down before it is chilled must wait like the others before it stands again.
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

	/// Bars `who`, which was silent for `eras` eras, from elections until as many eras after `began`, at most the exit
	/// delay.
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
		// The authorship pallet's hook charges no weight for its handlers.
		let weight = T::WeightInfo::note_author();
		frame_system::Pallet::<T>::register_extra_weight_unchecked(weight, DispatchClass::Mandatory);
		Self::count_block(author);
	}
}
