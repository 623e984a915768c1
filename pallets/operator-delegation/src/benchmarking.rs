//! Benchmarks of the calls, each in its most expensive state.

use crate::*;
use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungibles::Mutate, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock},
	Balance, Currency, ExitAmount, PoolKind, BPS, STAY,
};

const STAKE: Balance = 1_000 * STAY;

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	T::Assets::mint_into(Currency::Native, &who, 100 * STAKE).expect("minting to a fresh account works");
	who
}

fn operator<T: Config>() -> T::AccountId {
	let who = funded::<T>("operator");
	Pallet::<T>::do_register(&who, 500, T::ItemDeposit::get()).expect("funded");
	who
}

/// A delegator with a position behind an operator that has one of its own. Of a restaked kind, both have rewards to
/// settle.
fn position<T: Config>(kind: PoolKind) -> (T::AccountId, T::AccountId) {
	let (who, operator) = (funded::<T>("delegator"), operator::<T>());
	for account in [&operator, &who] {
		Pallet::<T>::do_deposit(account, &operator, kind, STAKE, 0).expect("funded");
	}
	T::BenchmarkHelper::pay_delegators(&operator, kind);
	(who, operator)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() {
		let who = funded::<T>("operator");
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 500);
		assert!(Operators::<T>::get(&who).is_some_and(|terms| terms.deposit == T::ItemDeposit::get()));
	}

	#[benchmark]
	fn set_commission() {
		let who = operator::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 600);
		assert!(Operators::<T>::get(&who).is_some_and(|o| o.commission.next.is_some()));
	}

	#[benchmark]
	fn set_promise() {
		let operator = operator::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), BPS / 2, T::Clock::max_notice());
		assert!(Operators::<T>::get(operator).is_some_and(|terms| terms.promise.value.notice > 0));
	}

	/// Of an operator that already has a name and a link of minimum length.
	#[benchmark]
	fn set_metadata() {
		let who = operator::<T>();
		let short = vec![b'n'].try_into().expect("as long as allowed");
		Pallet::<T>::do_set_metadata(&who, short, Default::default()).expect("funded");
		let name: BoundedVec<_, _> =
			vec![b'n'; T::MaxNameLength::get() as usize].try_into().expect("as long as allowed");
		let link: BoundedVec<_, _> =
			vec![b'l'; T::MaxLinkLength::get() as usize].try_into().expect("as long as allowed");
		let deposit = Pallet::<T>::metadata_deposit(&name, &link);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), name, link);
		assert!(OperatorMetadata::<T>::get(&who).is_some_and(|metadata| metadata.deposit == deposit));
	}

	/// Of an operator that is a candidate and serves the maximum number of sets.
	#[benchmark]
	fn retire() {
		let (_, who) = position::<T>(PoolKind::Stake);
		T::BenchmarkHelper::engage(&who);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(Operators::<T>::get(&who).is_some_and(|o| o.retired));
	}

	#[benchmark]
	fn stake() {
		let (who, operator) = position::<T>(PoolKind::Stake);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), STAKE, 1);
		assert_eq!(Pallet::<T>::value_of(&who, &operator, PoolKind::Stake), 2 * STAKE);
	}

	/// Of a whole position with rewards to settle, into a bucket that already has funds.
	#[benchmark]
	fn exit() {
		let (who, operator) = position::<T>(PoolKind::Native);
		Pallet::<T>::do_exit(&operator, &operator, PoolKind::Native, ExitAmount::Value(STAKE / 4))
			.expect("enough shares");
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), PoolKind::Native, ExitAmount::All);
		assert_eq!(Pallet::<T>::value_of(&who, &operator, PoolKind::Native), 0);
	}

	/// Of an asset if there is one, because its transfer costs more than that of STAY.
	#[benchmark]
	fn claim() {
		let (who, operator) = position::<T>(PoolKind::Stake);
		let mut kind = PoolKind::Stake;
		if let Some(id) = T::BenchmarkHelper::restakeable(&who, 2 * STAKE) {
			kind = PoolKind::Asset(id);
			Pallet::<T>::do_deposit(&who, &operator, kind, STAKE, 0).expect("funded");
		}
		let queued = T::Clock::active();
		Pallet::<T>::do_exit(&who, &operator, kind, ExitAmount::All).expect("a position");
		T::BenchmarkHelper::advance_eras(T::Clock::exit_delay());
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), who.clone(), operator.clone(), kind, queued);
		assert!(!Claims::<T>::contains_key((&who, &operator, kind, queued)));
	}

	#[benchmark]
	fn set_policy() {
		let who = operator::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Policy::AllowList);
		assert!(Operators::<T>::get(&who).is_some_and(|o| o.policy == Policy::AllowList));
	}

	#[benchmark]
	fn allow() {
		let (who, delegator) = (operator::<T>(), funded::<T>("delegator"));
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), delegator.clone());
		assert_eq!(Allowed::<T>::get(&who, &delegator), Some(T::ItemDeposit::get()));
	}

	#[benchmark]
	fn disallow() {
		let (who, delegator) = (operator::<T>(), funded::<T>("delegator"));
		assert_eq!(Pallet::<T>::do_allow(&who, &delegator), Ok(()));
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), delegator.clone());
		assert!(!Allowed::<T>::contains_key(&who, &delegator));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
