//! The candidates of elections.

use crate::*;
use frame_support::{
	ensure,
	traits::{Get, ValidatorRegistration},
};
use mainstay_primitives::traits::{EraClock, InspectOperators, InspectPools, OnOperatorRetired};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Makes `who` a candidate, and returns whether another one was displaced.
	pub(crate) fn do_validate(who: &T::AccountId) -> Result<bool, DispatchError> {
		ensure!(T::Pools::is_active_operator(who), Error::<T>::NotOperator);
		ensure!(!Candidates::<T>::contains_key(who), Error::<T>::AlreadyCandidate);
		ensure!(Barred::<T>::get(who) <= Self::active(), Error::<T>::BarredForSilence);
		ensure!(T::Keys::is_registered(who), Error::<T>::NoSessionKeys);
		ensure!(T::Pools::self_stake(who) >= MinSelfStake::<T>::get(), Error::<T>::SelfStakeTooLow);
		let full = Candidates::<T>::count() >= T::MaxCandidates::get();
		if full {
			Self::displace_for(who)?;
		}
		Candidates::<T>::insert(who, ());
		// Its silent eras stay counted until it makes a block: standing again does not show that its node works.
		Barred::<T>::remove(who);
		Self::deposit_event(Event::CandidateJoined { who: who.clone() });
		Ok(full)
	}

	/// Removes the candidate with the least stake if `who` has more; of equal ones, the largest account. Reads at most
	/// `MaxCandidates` candidates.
	fn displace_for(who: &T::AccountId) -> DispatchResult {
		let lowest = Candidates::<T>::iter_keys()
			.map(|candidate| (T::Pools::native_stake(&candidate), candidate))
			.min_by(|(a, a_account), (b, b_account)| a.cmp(b).then(b_account.cmp(a_account)));
		let Some((stake, candidate)) = lowest else { return Ok(()) };
		let ahead = (T::Pools::native_stake(who), &candidate) > (stake, who);
		ensure!(ahead, Error::<T>::TooManyCandidates);
		Self::remove_candidate(&candidate, LeaveReason::Displaced);
		Ok(())
	}

	pub(crate) fn do_chill(who: &T::AccountId) -> DispatchResult {
		ensure!(Candidates::<T>::contains_key(who), Error::<T>::NotCandidate);
		Self::remove_candidate(who, LeaveReason::Chilled);
		Ok(())
	}

	/// Removes `who` from the candidates, if it is one.
	pub(crate) fn remove_candidate(who: &T::AccountId, reason: LeaveReason) {
		if Candidates::<T>::take(who).is_some() {
			Self::deposit_event(Event::CandidateLeft { who: who.clone(), reason });
		}
	}
}

impl<T: Config> OnOperatorRetired<T::AccountId> for Pallet<T> {
	fn on_operator_retired(operator: &T::AccountId) {
		Self::remove_candidate(operator, LeaveReason::Retired);
		// A retired operator never stands again.
		Silent::<T>::remove(operator);
		Barred::<T>::remove(operator);
	}
}
