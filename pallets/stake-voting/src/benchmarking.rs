//! Benchmarks of the call, and of what it does in other pallets' calls, for an account with the maximum number of positions
//! and exits.

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::traits::{Currency, LockableCurrency, WithdrawReasons};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, InspectStakes, OnNativeMoved},
	Balance, STAY,
};

/// The value of each position and of each exit.
const PART: Balance = 10 * STAY;
/// The value of all of them.
const STAKE: Balance = (MAX_POSITIONS + MAX_EXITS) as Balance * PART;
/// The free balance.
const FREE: Balance = 2 * STAKE;

fn staker<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("staker", 0, 0);
	T::BenchmarkHelper::staker(&who, MAX_POSITIONS, MAX_EXITS, PART);
	let _ = <T::NativeBalance as Currency<_>>::make_free_balance_be(&who, FREE);
	assert_eq!(T::Stakes::staked(&who, MAX_POSITIONS), MAX_POSITIONS as Balance * PART);
	assert_eq!(T::Stakes::leaving(&who, MAX_EXITS), MAX_EXITS as Balance * PART);
	who
}

/// An account whose stake covers a part of its lock, and whose freeze is larger than the rest of it.
fn locked<T: Config>() -> T::AccountId {
	let who = staker::<T>();
	let lock = Lock { amount: FREE + STAKE / 2, frozen: FREE };
	Pallet::<T>::replace(&who, Lock::default(), lock);
	who
}

fn frozen<T: Config>(who: &T::AccountId) -> Balance {
	Locks::<T>::get(who).map_or(0, |lock| lock.frozen)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn renew() {
		let who = locked::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), who.clone());
		assert_eq!(frozen::<T>(&who), FREE - STAKE / 2);
	}

	/// A deposit, which eases the freeze.
	#[benchmark]
	fn renewal() {
		let who = locked::<T>();
		#[block]
		{
			Pallet::<T>::entering(&who, PART);
		}
		assert_eq!(frozen::<T>(&who), FREE - STAKE / 2);
	}

	/// The first vote of an account.
	#[benchmark]
	fn vote() {
		let who = staker::<T>();
		let reasons = WithdrawReasons::except(WithdrawReasons::RESERVE);
		let votes;
		#[block]
		{
			votes = <Pallet<T> as Currency<_>>::total_balance(&who);
			<Pallet<T> as LockableCurrency<_>>::extend_lock(VOTING_LOCK, &who, votes, reasons);
		}
		assert_eq!(votes, FREE + MAX_POSITIONS as Balance * PART);
		assert_eq!(frozen::<T>(&who), votes - STAKE);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
