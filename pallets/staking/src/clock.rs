//! The era clock.

use crate::*;
use alloc::vec::Vec;
use frame_support::traits::{Get, Time};
use mainstay_primitives::{
	traits::{EraClock, EraEnded},
	Era,
};
use pallet_session::SessionInterface;
use sp_staking::SessionIndex;

impl<T: Config> Pallet<T> {
	/// The era to which `session` belongs, and whether it is the era's first session.
	pub(crate) fn position_of(session: SessionIndex) -> (Era, bool) {
		let sessions = Parameters::<T>::get().era_sessions.max(1);
		(session / sessions, session.is_multiple_of(sessions))
	}

	/// The current time in milliseconds since 1970; `None` before the first block has set it.
	fn now() -> Option<u64> {
		Some(T::Time::now()).filter(|millis| *millis > 0)
	}

	/// Ends the running era and begins `era`: tells [`Config::EraEnded`] that the era ends, moves the clock, chills
	/// silent validators, passes the points to [`Config::EraEnded`], and removes what is older than the history depth.
	/// The clock moves nowhere else.
	///
	/// Bounded by `MaxValidators`. It runs in the block that rotates the session, which claims the weight of a whole
	/// block.
	pub fn begin_era(era: Era) {
		let ended = Self::active_era();
		T::EraEnded::era_ending(ended.index);
		let start = Self::now();
		ActiveEra::<T>::put(ActiveEraInfo { index: era, start });
		if CurrentEra::<T>::get().is_none_or(|planned| planned < era) {
			Self::note_planned(era);
		}

		let points: Vec<_> =
			EraPoints::<T>::iter_prefix(ended.index).take(T::MaxValidators::get() as usize).collect();
		Self::note_silence(ended.index, era);
		let millis = ended.start.zip(start).map_or(0, |(from, to)| to.saturating_sub(from));
		T::EraEnded::era_ended(ended.index, &points, millis);

		let parameters = Parameters::<T>::get();
		if let Some(old) = era.checked_sub(parameters.history) {
			let _ = EraPoints::<T>::clear_prefix(old, T::MaxValidators::get(), None);
			EraValidators::<T>::remove(old);
			EraStakes::<T>::remove(old);
			ErasStartSessionIndex::<T>::remove(old);
			T::Session::prune_up_to(old.saturating_add(1).saturating_mul(parameters.era_sessions));
		}
		Self::deposit_event(Event::EraBegan { era });
	}

	/// Stores when the first era began, as soon as the time is known.
	pub(crate) fn note_start() {
		let era = Self::active_era();
		ActiveEra::<T>::put(ActiveEraInfo { start: era.start.or_else(Self::now), ..era });
	}

	/// Stores that the validators of `era` are elected, and the session with which it begins.
	pub(crate) fn note_planned(era: Era) {
		CurrentEra::<T>::put(era);
		let sessions = Parameters::<T>::get().era_sessions.max(1);
		ErasStartSessionIndex::<T>::insert(era, era.saturating_mul(sessions));
	}

	/// The running era. On empty state it is era 0 without a start time.
	pub fn active_era() -> ActiveEraInfo {
		ActiveEra::<T>::get().unwrap_or_default()
	}
}

impl<T: Config> EraClock for Pallet<T> {
	fn active() -> Era {
		Self::active_era().index
	}

	fn planned() -> Era {
		let active = Self::active();
		// An election that is not used stores the set as well.
		let next = active.saturating_add(1);
		if EraValidators::<T>::contains_key(next) {
			next
		} else {
			active
		}
	}

	fn era_of(session: SessionIndex) -> Option<Era> {
		let (era, _) = Self::position_of(session);
		let active = Self::active();
		let kept = active.saturating_add(1).saturating_sub(Parameters::<T>::get().history);
		(kept..=active).contains(&era).then_some(era)
	}

	fn set_size(era: Era) -> u32 {
		EraValidators::<T>::decode_len(era).unwrap_or(0) as u32
	}

	fn exit_delay() -> Era {
		Parameters::<T>::get().exit_delay
	}

	fn history() -> Era {
		Parameters::<T>::get().history
	}
}
