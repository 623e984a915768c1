//! Benchmarks of the call and hooks, each in the state that costs it most.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungibles::Mutate, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock},
	Balance, Currency, STAY,
};

const STAKE: Balance = 1_000 * STAY;

/// Lets an era be over of which `count` validators are to be paid.
fn due<T: Config>(count: u32) {
	let era = T::Clock::active();
	T::BenchmarkHelper::advance_eras(1);
	let validators: Vec<(T::AccountId, u32)> = (0..count)
		.map(|index| {
			let who: T::AccountId = account("operator", index, 0);
			T::BenchmarkHelper::operator_with_stake(&who, STAKE);
			(who, 20)
		})
		.collect();
	EraRewards::<T>::insert(era, EraReward { pot: STAKE, points: 20 * count.max(1), paid: 0 });
	Due::<T>::put(DuePayments { era, validators: BoundedVec::truncate_from(validators) });
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// STAY is all that can be credited yet.
	#[benchmark]
	fn collect() {
		let owner: T::AccountId = account("owner", 0, 0);
		T::Assets::mint_into(Currency::Native, &Pallet::<T>::account(), 2 * STAKE)
			.expect("issuance is below its bound");
		assert_eq!(Pallet::<T>::credit(&owner, Currency::Native, STAKE), Ok(()));
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), owner.clone());
		assert_eq!(Credit::<T>::get(&owner, Currency::Native), 0);
	}

	#[benchmark]
	fn pay(v: Linear<1, { T::PaymentsPerBlock::get() }>) {
		due::<T>(v);
		#[block]
		{
			Pallet::<T>::pay(v);
		}
		assert!(!Due::<T>::exists());
	}

	/// The hook where nothing is to pay.
	#[benchmark]
	fn idle() {
		Due::<T>::kill();
		#[block]
		{
			Pallet::<T>::pay_due();
		}
		assert!(!Due::<T>::exists());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
