//! Benchmarks of the call and hooks, each in the state that costs it most.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, BoundedVec};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock, Pools, ServiceBenchmarkHelper},
	Balance, Kind, STAY,
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

/// A position of `owner` behind a new operator, with rewards to settle in as many currencies as there can be.
fn position<T: Config>(operator: &T::AccountId, owner: &T::AccountId) {
	T::BenchmarkHelper::operator_with_stake(operator, STAKE);
	T::BenchmarkHelper::currency(0, owner, 2 * STAKE);
	assert_eq!(T::Pools::deposit(owner, operator, Kind::Native, STAKE, 0), Ok(()));
	T::BenchmarkHelper::pay_delegators(operator, Kind::Native);
}

/// Credits `owner` in `count` currencies.
fn credit<T: Config>(owner: &T::AccountId, count: u32) {
	for index in 0..count {
		let currency = T::BenchmarkHelper::currency(index, &Pallet::<T>::account(), STAKE);
		assert_eq!(Pallet::<T>::credit(owner, currency, STAKE), Ok(()));
	}
}

/// The kinds of a set that accepts as many as can be.
const KINDS: u32 = 4;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn collect(c: Linear<1, { T::MaxAssets::get() + 1 }>) {
		let (operator, owner): (T::AccountId, T::AccountId) =
			(account("operator", 0, 0), account("owner", 0, 0));
		position::<T>(&operator, &owner);
		credit::<T>(&owner, c);
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), owner.clone(), operator.clone(), Kind::Native);
		assert!(Credit::<T>::iter_prefix(&owner).next().is_none());
		assert!(Settled::<T>::contains_key((&owner, &operator, Kind::Native)));
	}

	#[benchmark]
	fn collect_all(p: Linear<1, { T::MaxPositions::get() }>, c: Linear<1, { T::MaxAssets::get() + 1 }>) {
		let owner: T::AccountId = account("owner", 0, 0);
		for index in 0..p {
			position::<T>(&account("operator", index, 0), &owner);
		}
		credit::<T>(&owner, c);
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), owner.clone(), None);
		assert!(Credit::<T>::iter_prefix(&owner).next().is_none());
		assert_eq!(Settled::<T>::iter_prefix((&owner,)).count(), p as usize);
	}

	#[benchmark]
	fn set_payout_account() {
		let owner: T::AccountId = account("owner", 0, 0);
		let to: T::AccountId = account("payout", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), Some(to.clone()));
		assert_eq!(PayoutAccounts::<T>::get(&owner), Some(to));
	}

	/// A set of members with a pool of each of four kinds.
	#[benchmark]
	fn pay_set(m: Linear<1, { T::MaxPaidMembers::get() }>) {
		let owner: T::AccountId = account("owner", 0, 0);
		let set = T::BenchmarkHelper::operator_set(&owner, KINDS);
		for index in 0..m {
			let operator: T::AccountId = account("operator", index, 0);
			T::BenchmarkHelper::operator_with_stake(&operator, STAKE);
			T::BenchmarkHelper::serve(&operator, set, STAKE);
		}
		T::BenchmarkHelper::advance_eras(T::History::get());
		let currency = T::BenchmarkHelper::currency(KINDS, &owner, 2 * STAKE);
		let payer = RawOrigin::Signed(owner);
		#[extrinsic_call]
		_(payer, set, currency.clone(), STAKE);
		let last: T::AccountId = account("operator", m - 1, 0);
		assert!(Accruals::<T>::get((&last, Kind::Native, 0)).contains_key(&currency));
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
