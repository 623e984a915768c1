//! The invariants of the pallet.

use crate::*;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::traits::{EraClock, InspectOperators};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the network's parameters pass their check;
	/// * there are at most `MaxCandidates` candidates, and each is an operator that has not retired;
	/// * the running era has a set without duplicates, and points are only of eras that are stored;
	/// * each validator of an era has the stake that elected it, or none of them has;
	/// * the planned era and the sessions with which eras begin, which clients read, agree with the clock;
	/// * silent and barred operators have not retired, and a barred one is not a candidate.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let parameters = Parameters::<T>::get();
		parameters.check().map_err(TryRuntimeError::Other)?;
		ensure!(ValidatorCount::<T>::get() <= T::MaxValidators::get(), "more validators than may be");
		ensure!(Candidates::<T>::count() <= T::MaxCandidates::get(), "more candidates than may be");
		ensure!(
			Candidates::<T>::iter_keys().count() as u32 == Candidates::<T>::count(),
			"candidates are miscounted"
		);
		for who in Candidates::<T>::iter_keys() {
			ensure!(T::Pools::is_active_operator(&who), "a candidate that is no operator, or has retired");
		}

		let active = Self::active();
		let mut set = EraValidators::<T>::get(active).into_inner();
		let elected = set.len();
		set.sort();
		set.dedup();
		ensure!(set.len() == elected, "a validator stands twice in the set");
		let oldest = active.saturating_add(1).saturating_sub(parameters.history);
		for (era, _, points) in EraPoints::<T>::iter() {
			ensure!((oldest..=active).contains(&era) && points > 0, "points of an era that is not kept");
		}
		for (era, stakes) in EraStakes::<T>::iter() {
			let validators = EraValidators::<T>::decode_len(era).unwrap_or(0);
			ensure!(stakes.is_empty() || stakes.len() == validators, "stakes that elected somebody else");
		}
		ensure!(ActiveEra::<T>::exists(), "no era is running");
		ensure!(CurrentEra::<T>::get().unwrap_or_default() == Self::planned(), "another era is planned");
		for (era, session) in ErasStartSessionIndex::<T>::iter() {
			ensure!(Self::position_of(session) == (era, true), "an era begins with another session");
			ensure!((oldest..=Self::planned()).contains(&era), "the session of an era that is not kept");
		}
		for (who, eras) in Silent::<T>::iter() {
			ensure!(eras > 0, "an empty count of silence");
			ensure!(T::Pools::is_active_operator(&who), "the silence of an operator that has retired");
		}
		for (who, until) in Barred::<T>::iter() {
			ensure!(until > 0 && T::Pools::is_active_operator(&who), "nobody is barred for nothing");
			ensure!(!Candidates::<T>::contains_key(&who), "a candidate that may not stand");
		}
		Ok(())
	}
}
