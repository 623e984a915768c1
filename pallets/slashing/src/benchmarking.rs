//! Benchmarks of the calls and hooks, each in the state that costs it most.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock},
	Balance, SlashId, STAY, WAD,
};
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

const STAKE: Balance = 1_000_000 * STAY;

/// A slash that is due and that finds exits of every era it can reach.
fn due_slash<T: Config>() -> SlashId {
	let operator: T::AccountId = account("operator", 0, 0);
	T::BenchmarkHelper::operator_with_stake(&operator, STAKE);
	let capture = T::Clock::active();
	assert!(Pallet::<T>::report_consensus(&operator, WAD / 10, capture).is_ok());
	for _ in 0..T::ExitDelay::get() {
		T::BenchmarkHelper::exit_stake(&operator, STAKE / 256);
		T::BenchmarkHelper::advance_eras(1);
	}
	NextId::<T>::get() - 1
}

/// Gives slash `id` the first place of the running era, and moves the cursor there.
fn turn_of<T: Config>(id: SlashId) {
	let now = T::Clock::active();
	Queue::<T>::insert(now, 0, id);
	QueueLength::<T>::insert(now, 1);
	Cursor::<T>::put((now, 0));
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn execute() {
		let id = due_slash::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), id);
		assert!(Records::<T>::get(T::Clock::active(), id).is_some_and(|record| record.taken > 0));
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let origin = T::CancelOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = due_slash::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert!(!Slashes::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn payout() {
		let id = due_slash::<T>();
		let slash = Slashes::<T>::take(id).expect("pending");
		let Lane::Consensus { fraction } = slash.lane;
		let amount = Pallet::<T>::slash_consensus(&slash.operator, fraction, slash.capture);
		let destination = T::ConsensusDestination::get();
		Unpaid::<T>::insert(
			id,
			Payout { currency: mainstay_primitives::Currency::Native, amount, destination },
		);
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), id);
		assert!(!Unpaid::<T>::contains_key(id));
	}

	/// The hook where one slash is due.
	#[benchmark]
	fn step() {
		let id = due_slash::<T>();
		turn_of::<T>(id);
		#[block]
		{
			Pallet::<T>::execute_due();
		}
		assert!(!Slashes::<T>::contains_key(id));
	}

	/// The hook where the cursor passes one era in which nothing is due.
	#[benchmark]
	fn idle() {
		let now = T::Clock::active();
		Cursor::<T>::put((now, 0));
		#[block]
		{
			Pallet::<T>::execute_due();
		}
		assert_eq!(Cursor::<T>::get(), (now + 1, 0));
	}

	/// Offenders that are all reported for the first time.
	#[benchmark]
	fn on_offence(n: Linear<1, 100>) {
		let offenders: Vec<_> = (0..n)
			.map(|index| (account::<T::AccountId>("operator", index, 0), ()))
			.map(|offender| OffenceDetails { offender, reporters: vec![] })
			.collect();
		let fractions = vec![Perbill::from_percent(10); n as usize];
		#[block]
		{
			Pallet::<T>::on_offence(&offenders, &fractions, 0);
		}
		assert_eq!(NextId::<T>::get(), n);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
