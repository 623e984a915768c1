//! The election, and the session manager that calls it.

use crate::*;
use alloc::vec::Vec;
use frame_support::{
	traits::{Get, ValidatorRegistration},
	BoundedVec,
};
use mainstay_primitives::{
	traits::{EraClock, InspectOperators, InspectPools},
	Balance, Bps, Era, BPS,
};
use sp_core::U256;
use sp_staking::SessionIndex;

/// The number of seats for `stakes`, which are in descending order: the largest number of which each is at least
/// `fraction` of their mean, and at least `least` if there are that many.
///
/// The search starts with the longest list: a list can fail although a longer one passes, because more small stakes
/// lower the mean. Takes time linear in the number of stakes.
pub(crate) fn seats(stakes: &[Balance], fraction: Bps, least: usize) -> usize {
	let mut seats = stakes.len();
	let mut sum = stakes.iter().fold(U256::zero(), |sum, stake| sum + U256::from(*stake));
	for lowest in stakes.iter().rev().map(|stake| U256::from(*stake)) {
		// `lowest >= fraction * sum / seats`, without a division. 2^128 * 2^14 * 2^32 fits.
		let worth_it = lowest * U256::from(BPS) * U256::from(seats) >= sum * U256::from(fraction);
		if worth_it || seats <= least {
			break;
		}
		sum -= lowest;
		seats -= 1;
	}
	seats
}

impl<T: Config> Pallet<T> {
	/// The minimum number of validators for which an election is used; at most the number that an election may choose.
	fn least_elected() -> u32 {
		Parameters::<T>::get().least_validators.min(ValidatorCount::<T>::get()).max(1)
	}

	/// The electable candidates with the most native stake, at most [`ValidatorCount`], in descending order; of equal
	/// ones, the smaller account first. Candidates without the minimum stake of a seat are left out, down to the
	/// minimum number. Reads at most `MaxCandidates` candidates.
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
		let stakes: Vec<_> = electable.iter().map(|(_, stake)| *stake).collect();
		let fraction = Parameters::<T>::get().seat_fraction;
		electable.truncate(seats(&stakes, fraction, Self::least_elected() as usize));
		electable
	}

	/// Elects the set of `era` and stores it. If too few candidates can be elected, the set of the era before
	/// continues. It is returned all the same, so that it is a new set for consensus: an offence in a GRANDPA set that
	/// spans several eras could be proved only for the last session of the set, for whose era other stake answers.
	/// `None` if there is no set at all.
	pub(crate) fn plan_era(era: Era) -> Option<Vec<T::AccountId>> {
		Self::note_planned(era);
		let elected = Self::elect();
		let electable = elected.len() as u32;
		// The first era has no previous set.
		let least = if era == 0 { 1 } else { Self::least_elected() };
		if electable < least {
			let set = EraValidators::<T>::get(era.saturating_sub(1));
			// Their present stake: some of the stake of an era ago may have left and does not answer for this era.
			let stakes: Vec<_> = set.iter().map(T::Pools::native_stake).collect();
			EraValidators::<T>::insert(era, &set);
			EraStakes::<T>::insert(era, BoundedVec::truncate_from(stakes));
			Self::deposit_event(Event::ElectionUnused { era, electable });
			return (!set.is_empty()).then(|| set.into_inner());
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
