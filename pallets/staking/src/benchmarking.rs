//! Benchmarks of the calls, each in the state that costs it most.

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use mainstay_primitives::{traits::BenchmarkHelper, Balance, STAY};

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
			Silent::<T>::insert(&candidate, 1);
		}
		let who = operator::<T>(T::MaxCandidates::get(), 2 * STAKE);
		#[extrinsic_call]
		validate(RawOrigin::Signed(who.clone()));
		assert!(Candidates::<T>::contains_key(&who));
		assert_eq!(Candidates::<T>::count(), T::MaxCandidates::get());
	}

	#[benchmark]
	fn chill() {
		let who = operator::<T>(0, STAKE);
		Candidates::<T>::insert(&who, ());
		Silent::<T>::insert(&who, 1);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(!Candidates::<T>::contains_key(&who));
	}

	#[benchmark]
	fn set_validator_count() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let count = T::MaxValidators::get();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, count);
		assert_eq!(ValidatorCount::<T>::get(), count);
		Ok(())
	}

	#[benchmark]
	fn set_min_self_stake() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, STAKE);
		assert_eq!(MinSelfStake::<T>::get(), STAKE);
		Ok(())
	}

	#[benchmark]
	fn note_author() {
		let who = operator::<T>(0, STAKE);
		ActiveEra::<T>::mutate(|era| era.start = None);
		#[block]
		{
			Pallet::<T>::count_block(who.clone());
		}
		assert_eq!(EraPoints::<T>::get(ActiveEra::<T>::get().index, &who), POINTS_PER_BLOCK);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
