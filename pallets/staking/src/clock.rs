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
	/// The era that session `session` belongs to, and whether it is the era's first.
	pub(crate) fn position_of(session: SessionIndex) -> (Era, bool) {
		let sessions = Parameters::<T>::get().era_sessions.max(1);
		(session / sessions, session.is_multiple_of(sessions))
	}

	/// Now, in milliseconds since 1970; `None` before the first block told the time.
	fn now() -> Option<u64> {
		Some(T::Time::now()).filter(|millis| *millis > 0)
	}

	/// Ends the running era and begins `era`: tells [`Config::EraEnded`] that the era ends, moves the clock, chills the
	/// silent, hands the points to [`Config::EraEnded`] and forgets what is older than the history depth. This is the
	/// only place where the clock moves.
	///
	/// Bounded by `MaxValidators`; runs in the block that rotates the session, whose weight is a whole block's.
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

	/// Writes down when the first era began, as soon as the time is known.
	pub(crate) fn note_start() {
		let era = Self::active_era();
		ActiveEra::<T>::put(ActiveEraInfo { start: era.start.or_else(Self::now), ..era });
	}

	/// Writes down that the validators of `era` are elected, and when it begins.
	pub(crate) fn note_planned(era: Era) {
		CurrentEra::<T>::put(era);
		let sessions = Parameters::<T>::get().era_sessions.max(1);
		ErasStartSessionIndex::<T>::insert(era, era.saturating_mul(sessions));
	}

	/// The era that is running: the first, at no time known yet, on a state without one.
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
		// An election that is not used writes the set down, too.
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
