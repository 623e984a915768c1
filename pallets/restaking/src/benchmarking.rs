//! Benchmarks of the calls, each in its most expensive state.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EnterPools, EraClock, InspectPools, ServiceBenchmarkHelper},
	Balance, Currency, ExitAmount, PoolKind, STAY, WAD,
};

const STAKE: Balance = 1_000 * STAY;

fn operator<T: Config>() -> T::AccountId {
	let operator: T::AccountId = account("operator", 0, 0);
	T::BenchmarkHelper::operator_with_stake(&operator, STAKE);
	operator
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn add_asset() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let funder: T::AccountId = account("funder", 0, 0);
		let id = T::BenchmarkHelper::asset(&funder);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, Balance::MAX, funder, false, LEAST_MIN_DEPOSIT);
		assert!(Assets::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn set_asset() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let Currency::WithId(id) = T::BenchmarkHelper::currency(1, &account("funder", 0, 0), STAKE) else {
			return Err(BenchmarkError::Stop("an asset"));
		};
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, STAKE, false);
		assert!(Assets::<T>::get(id).is_some_and(|terms| (terms.cap, terms.deposits) == (STAKE, false)));
		Ok(())
	}

	/// An asset, into a position with rewards to settle.
	#[benchmark]
	fn restake() -> Result<(), BenchmarkError> {
		let (who, operator): (T::AccountId, _) = (account("delegator", 0, 0), operator::<T>());
		let Currency::WithId(id) = T::BenchmarkHelper::currency(1, &who, 4 * STAKE) else {
			return Err(BenchmarkError::Stop("an asset"));
		};
		let kind = PoolKind::Asset(id);
		assert_eq!(T::Pools::deposit(&who, &operator, kind, STAKE, 0), Ok(()));
		T::BenchmarkHelper::pay_delegators(&operator, kind);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), kind, STAKE, 1);
		assert!(
			T::Pools::position(&who, &operator, kind).is_some_and(|position| position.shares == 2 * STAKE)
		);
		Ok(())
	}

	/// Into a position with rewards to settle.
	#[benchmark]
	fn opt_in() {
		let operator = operator::<T>();
		let part = ExitAmount::Shares(STAKE / 4);
		assert_eq!(T::Pools::opt_in(&operator, &operator, part, 0), Ok(()));
		T::BenchmarkHelper::pay_delegators(&operator, PoolKind::Native);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), operator.clone(), part, 1);
		let position = T::Pools::position(&operator, &operator, PoolKind::Native);
		assert!(position.is_some_and(|position| position.shares == STAKE / 2));
	}

	/// A pool of an asset, to the last set to which it can be allocated.
	#[benchmark]
	fn allocate() -> Result<(), BenchmarkError> {
		let (owner, operator): (T::AccountId, _) = (account("owner", 0, 0), operator::<T>());
		let Currency::WithId(id) = T::BenchmarkHelper::currency(1, &owner, STAKE) else {
			return Err(BenchmarkError::Stop("an asset"));
		};
		let kind = PoolKind::Asset(id);
		let sets: Vec<_> =
			(0..T::MaxSets::get()).map(|_| T::BenchmarkHelper::operator_set(&owner, 4)).collect();
		let (last, others) = sets.split_last().expect("a pool can be allocated");
		for set in others {
			T::BenchmarkHelper::serve(&operator, *set, STAKE);
		}
		T::BenchmarkHelper::advance_eras(T::AllocationDelay::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), kind, *last, WAD / 16);
		let allocations = Pallet::<T>::exposure(&operator, kind).allocations;
		assert_eq!(allocations.len(), T::MaxSets::get() as usize);
		assert!(allocations.get(last).is_some_and(|allocation| allocation.pending.is_some()));
		Ok(())
	}

	/// An operator that serves the maximum number of sets, and whose `n` pools are each allocated to all of them.
	#[benchmark]
	fn stop(n: Linear<1, { T::MaxAssets::get() + 1 }>) {
		let (owner, operator): (T::AccountId, _) = (account("owner", 0, 0), operator::<T>());
		for _ in 0..T::MaxSets::get() {
			let set = T::BenchmarkHelper::operator_set(&owner, 1);
			T::BenchmarkHelper::serve(&operator, set, STAKE);
		}
		T::BenchmarkHelper::advance_eras(T::AllocationDelay::get());
		let exposure = Pallet::<T>::exposure(&operator, PoolKind::Native);
		assert_eq!(exposure.allocations.len(), T::MaxSets::get() as usize);
		for id in 1..n {
			Exposures::<T>::insert(&operator, PoolKind::Asset(id), exposure.clone());
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()));
		assert_eq!(Exposures::<T>::iter_prefix(&operator).count(), n as usize);
		for (_, exposure) in Exposures::<T>::iter_prefix(&operator) {
			assert!(exposure
				.allocations
				.values()
				.all(|a| a.pending.is_some_and(|(magnitude, _)| magnitude == 0)));
		}
	}

	#[benchmark]
	fn set_leverage() {
		let operator = operator::<T>();
		assert_eq!(Pallet::<T>::do_set_leverage(&operator, 50), Ok(()));
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), 100);
		let now = T::Clock::active();
		assert!(Leverage::<T>::get(&operator).is_some_and(|own| *own.at(now) == 50 && own.next.is_some()));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
