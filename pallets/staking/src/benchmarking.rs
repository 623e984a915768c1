//! Benchmarks of the calls and hooks, each in its most expensive state.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock},
	Balance, STAY,
};

const STAKE: Balance = 1_000_000 * STAY;

/// An operator with keys and enough stake of its own.
fn operator<T: Config>(index: u32, stake: Balance) -> T::AccountId {
	let who: T::AccountId = account("operator", index, 0);
	T::BenchmarkHelper::operator_with_stake(&who, stake);
	T::BenchmarkHelper::set_keys(&who);
	who
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn validate() {
		let who = operator::<T>(0, STAKE);
		Barred::<T>::insert(&who, Pallet::<T>::active());
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(Candidates::<T>::contains_key(&who));
	}

	#[benchmark]
	fn validate_displacing() {
		let _ = Candidates::<T>::clear(u32::MAX, None);
		for index in 0..T::MaxCandidates::get() {
			let candidate = operator::<T>(index, STAKE);
			Candidates::<T>::insert(&candidate, ());
		}
		let who = operator::<T>(T::MaxCandidates::get(), 2 * STAKE);
		Barred::<T>::insert(&who, Pallet::<T>::active());
		#[extrinsic_call]
		validate(RawOrigin::Signed(who.clone()));
		assert!(Candidates::<T>::contains_key(&who));
		assert_eq!(Candidates::<T>::count(), T::MaxCandidates::get());
	}

	#[benchmark]
	fn chill() {
		let who = operator::<T>(0, STAKE);
		Candidates::<T>::insert(&who, ());
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(!Candidates::<T>::contains_key(&who));
	}

	#[benchmark]
	fn set_validator_count() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let count = T::MaxValidators::get();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, count);
		assert_eq!(ValidatorCount::<T>::get(), count);
		Ok(())
	}

	#[benchmark]
	fn set_min_self_stake() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, STAKE);
		assert_eq!(MinSelfStake::<T>::get(), STAKE);
		Ok(())
	}

	#[benchmark]
	fn note_author() {
		let who = operator::<T>(0, STAKE);
		ActiveEra::<T>::put(ActiveEraInfo { start: None, ..Pallet::<T>::active_era() });
		#[block]
		{
			Pallet::<T>::count_block(who.clone());
		}
		assert_eq!(EraPoints::<T>::get(Pallet::<T>::active(), &who), POINTS_PER_BLOCK);
	}

	/// The end of an era in which a third of the validators was silent for too long and the others earned points, while
	/// those of the era before are not paid yet and as many points of the oldest era are forgotten.
	#[benchmark]
	fn begin_era(v: Linear<1, { T::MaxValidators::get() }>) {
		let history = Parameters::<T>::get().history;
		T::BenchmarkHelper::advance_eras(history);
		let ended = Pallet::<T>::active();
		let validators: Vec<_> = (0..v).map(|index| operator::<T>(index, STAKE)).collect();
		for era in [ended + 2 - history, ended, ended + 1] {
			EraValidators::<T>::insert(era, BoundedVec::truncate_from(validators.clone()));
			EraStakes::<T>::insert(era, BoundedVec::truncate_from(vec![STAKE; validators.len()]));
			validators.iter().for_each(|who| EraPoints::<T>::insert(era, who, POINTS_PER_BLOCK));
		}
		Pallet::<T>::begin_era(ended + 1);
		let silent = &validators[validators.len() - validators.len() / 3..];
		for who in silent {
			EraPoints::<T>::remove(ended + 1, who);
			Candidates::<T>::insert(who, ());
			Silent::<T>::insert(who, 1);
		}
		// The minimum number of candidates protects nobody.
		for index in 0..Parameters::<T>::get().least_validators {
			Candidates::<T>::insert(operator::<T>(v + index, STAKE), ());
		}
		#[block]
		{
			Pallet::<T>::begin_era(ended + 2);
		}
		assert_eq!(Pallet::<T>::active(), ended + 2);
		assert!(silent.iter().all(Barred::<T>::contains_key));
		assert!(EraPoints::<T>::iter_prefix(ended + 2 - history).next().is_none());
	}

	#[benchmark]
	fn elect(c: Linear<1, { T::MaxCandidates::get() }>) {
		let _ = Candidates::<T>::clear(u32::MAX, None);
		ValidatorCount::<T>::put(T::MaxValidators::get());
		for index in 0..c {
			Candidates::<T>::insert(operator::<T>(index, STAKE), ());
		}
		let elected;
		#[block]
		{
			elected = Pallet::<T>::plan_era(1);
		}
		let expected = c.min(T::MaxValidators::get()) as usize;
		assert!(expected < 4 || elected.is_some_and(|elected| elected.len() == expected));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
