//! The election, and the session manager that holds it.

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

/// How many of `stakes`, which are sorted from the highest down, are worth a seat: the most of which each is at least
/// `fraction` of their mean, and at least `least` of them, where there are so many.
///
/// The number is searched from the longest list down: a list may fail where a longer one holds, because more small
/// stakes lower the mean. Linear in the number of stakes.
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
	/// The least number of validators that an election is used with. It can ask for no more than an election may
	/// choose.
	fn least_elected() -> u32 {
		Parameters::<T>::get().least_validators.min(ValidatorCount::<T>::get()).max(1)
	}

	/// The electable candidates with the most native stake, at most [`ValidatorCount`], highest first; ties go to the
	/// smaller account. Those whose stake is not worth a seat are left out, down to the least number. Reads at most
	/// `MaxCandidates` candidates.
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

	/// Elects the set of `era` and writes it down. Where too few can be elected, the set of the era before goes on: it is
	/// returned all the same, so that it is a new one to consensus. A GRANDPA set that spans eras would prove an offence of
	/// any of them for its last session alone, for whose era others answer. `None` where there is no set at all.
	pub(crate) fn plan_era(era: Era) -> Option<Vec<T::AccountId>> {
		Self::note_planned(era);
		let elected = Self::elect();
		let electable = elected.len() as u32;
		// The first era has no set to fall back on.
		let least = if era == 0 { 1 } else { Self::least_elected() };
		if electable < least {
			let set = EraValidators::<T>::get(era.saturating_sub(1));
			// What they had an era ago does not answer for this one: some of it may have left.
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
