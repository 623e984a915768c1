//! The election, and the session manager that holds it.

use crate::*;
use alloc::vec::Vec;
use frame_support::{
	traits::{Get, ValidatorRegistration},
	BoundedVec,
};
use mainstay_primitives::{
	traits::{EraClock, Pools},
	Balance, Era,
};
use sp_staking::SessionIndex;

impl<T: Config> Pallet<T> {
	/// The electable candidates with the most native stake, at most [`ValidatorCount`], highest first; ties go to the
	/// smaller account. Reads at most `MaxCandidates` candidates.
	pub(crate) fn elect() -> Vec<(T::AccountId, Balance)> {
		let least = MinSelfStake::<T>::get();
		let mut electable: Vec<_> = Candidates::<T>::iter_keys()
			.filter(|who| T::Keys::is_registered(who) && T::Pools::is_active_operator(who))
			.filter(|who| T::Pools::self_stake(who) >= least)
			.map(|who| (T::Pools::native_stake(&who), who))
			.filter(|(stake, _)| *stake > 0)
			.map(|(stake, who)| (who, stake))
			.collect();
		electable.sort_by(|(a, a_stake), (b, b_stake)| b_stake.cmp(a_stake).then(a.cmp(b)));
		electable.truncate(ValidatorCount::<T>::get().min(T::MaxValidators::get()) as usize);
		electable
	}

	/// Elects the set of `era` and writes it down. `None` where the set of the era before goes on.
	pub(crate) fn plan_era(era: Era) -> Option<Vec<T::AccountId>> {
		let elected = Self::elect();
		let electable = elected.len() as u32;
		// The least number can ask for no more than an election may choose, and the first era has no set to fall back on.
		let least = match era {
			0 => 1,
			_ => Parameters::<T>::get().least_validators.min(ValidatorCount::<T>::get()).max(1),
		};
		if electable < least {
			let before = era.saturating_sub(1);
			EraValidators::<T>::insert(era, EraValidators::<T>::get(before));
			EraStakes::<T>::insert(era, EraStakes::<T>::get(before));
			Self::deposit_event(Event::ElectionUnused { era, electable });
			return None;
		}
		let stake = elected.iter().fold(0, |sum: Balance, (_, stake)| sum.saturating_add(*stake));
		let (validators, stakes): (Vec<_>, Vec<_>) = elected.into_iter().unzip();
		EraValidators::<T>::insert(era, BoundedVec::truncate_from(validators.clone()));
		EraStakes::<T>::insert(era, BoundedVec::truncate_from(stakes));
		Self::deposit_event(Event::Elected { era, validators: electable, stake });
		Some(validators)
	}
}

impl<T: Config> pallet_session::SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(session: SessionIndex) -> Option<Vec<T::AccountId>> {
		match Self::position_of(session) {
			(era, true) => Self::plan_era(era),
			_ => None,
		}
	}

	fn start_session(session: SessionIndex) {
		let (era, first) = Self::position_of(session);
		if first && era > Self::active() {
			Self::begin_era(era);
		}
	}

	fn end_session(_: SessionIndex) {}
}

impl<T: Config> pallet_session::historical::SessionManager<T::AccountId, ()> for Pallet<T> {
	fn new_session(session: SessionIndex) -> Option<Vec<(T::AccountId, ())>> {
		let set = <Self as pallet_session::SessionManager<_>>::new_session(session)?;
		Some(set.into_iter().map(|who| (who, ())).collect())
	}

	fn start_session(session: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::start_session(session)
	}

	fn end_session(session: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::end_session(session)
	}
}
