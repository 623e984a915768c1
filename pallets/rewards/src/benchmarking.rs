//! Benchmarks of the calls and hooks, each in its most expensive state.

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, weights::Weight, BoundedVec};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EnterPools, EraClock, ServiceBenchmarkHelper},
	Balance, Currency, OperatorSetId, PoolKind, STAY,
};

const STAKE: Balance = 1_000 * STAY;

/// Benchmarks make deposits, which the pallet itself does not.
pub trait Entering: Config<Pools: EnterPools<Self::AccountId>> {}

impl<T: Config<Pools: EnterPools<T::AccountId>>> Entering for T {}

/// Ends an era of which `count` validators are to be paid.
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

/// A position of `owner` behind a new operator, which [`paid`] then pays in as many currencies as there can be.
fn position<T: Entering>(operator: &T::AccountId, owner: &T::AccountId) {
	T::BenchmarkHelper::operator_with_stake(operator, STAKE);
	T::BenchmarkHelper::currency(0, owner, 2 * STAKE);
	assert_eq!(T::Pools::deposit(owner, operator, PoolKind::Native, STAKE, 0), Ok(()));
}

/// Lets services pay [`position`]s, whose shares came in an earlier era and count as fresh still.
fn paid<T: Config>(operators: &[T::AccountId]) {
	operators.iter().for_each(|operator| T::BenchmarkHelper::pay_delegators(operator, PoolKind::Native));
	assert_eq!(Ended::<T>::iter_keys().count(), operators.len());
}

/// Credits `owner` in `count` currencies.
fn credit<T: Config>(owner: &T::AccountId, count: u32) {
	for index in 0..count {
		let currency = T::BenchmarkHelper::currency(index, &Pallet::<T>::account(), STAKE);
		assert_eq!(Pallet::<T>::credit(owner, currency, STAKE), Ok(()));
	}
}

/// A set without members, and its owner.
fn set<T: Config>() -> (T::AccountId, OperatorSetId) {
	let owner: T::AccountId = account("owner", 0, 0);
	let set = T::BenchmarkHelper::operator_set(&owner, KINDS);
	(owner, set)
}

/// Lets `members` operators answer to a set with pools of every kind. Nobody has paid these since their shares came, so
/// that a payment writes down where these join in.
fn serve<T: Config>(set: OperatorSetId, members: u32) {
	for index in 0..members {
		let operator: T::AccountId = account("operator", index, 0);
		T::BenchmarkHelper::operator_with_stake(&operator, STAKE);
		T::BenchmarkHelper::serve(&operator, set, STAKE);
	}
	T::BenchmarkHelper::advance_eras(T::Clock::history());
	assert!(Ended::<T>::iter_keys().next().is_none());
}

/// Checks that all pools of the last of `members` operators were paid in `currency`.
fn assert_paid<T: Config>(members: u32, currency: &Currency) {
	let last: T::AccountId = account("operator", members - 1, 0);
	assert!(Accruals::<T>::get((&last, PoolKind::Native, 0)).contains_key(currency));
	assert_eq!(Ended::<T>::iter_keys().count() as u32, members * KINDS);
}

/// Pays `set` in this era in all but one of the possible currencies.
fn noted<T: Config>(set: OperatorSetId) {
	for index in 0..T::MaxAssets::get() {
		let currency = if index == 0 { Currency::Native } else { Currency::WithId(index) };
		Pallet::<T>::note_paid(set, &currency, STAY);
	}
}

/// A stream of one STAY, or of as much of an asset, an era, without notice.
fn open<T: Config>(owner: &T::AccountId, set: OperatorSetId, currency: Currency) -> StreamId {
	T::BenchmarkHelper::currency(0, owner, STAKE + T::StreamDeposit::get());
	let id = NextStreamId::<T>::get();
	assert_eq!(Pallet::<T>::do_open_stream(owner, set, currency, STAY, STAKE, 0), Ok(()));
	id
}

/// The kinds of a set that accepts the maximum number.
const KINDS: u32 = 4;

#[benchmarks(where T: Entering)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn collect(c: Linear<1, { T::MaxAssets::get() + 1 }>) {
		let (operator, owner): (T::AccountId, T::AccountId) =
			(account("operator", 0, 0), account("owner", 0, 0));
		position::<T>(&operator, &owner);
		paid::<T>(core::slice::from_ref(&operator));
		credit::<T>(&owner, c);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(account("anyone", 0, 0)),
			owner.clone(),
			operator.clone(),
			PoolKind::Native,
			u32::MAX,
		);
		assert!(Credit::<T>::iter_prefix(&owner).next().is_none());
		assert!(Settled::<T>::contains_key((&owner, &operator, PoolKind::Native)));
		assert!(Ended::<T>::iter_keys().next().is_none());
	}

	#[benchmark]
	fn collect_all(p: Linear<1, { T::MaxPositions::get() }>, c: Linear<1, { T::MaxAssets::get() + 1 }>) {
		let owner: T::AccountId = account("owner", 0, 0);
		let operators: Vec<T::AccountId> = (0..p).map(|index| account("operator", index, 0)).collect();
		operators.iter().for_each(|operator| position::<T>(operator, &owner));
		paid::<T>(&operators);
		credit::<T>(&owner, c);
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), owner.clone(), None, p, u32::MAX);
		assert!(Credit::<T>::iter_prefix(&owner).next().is_none());
		assert_eq!(Settled::<T>::iter_prefix((&owner,)).count(), p as usize);
		assert!(Ended::<T>::iter_keys().next().is_none());
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
		let (owner, set) = set::<T>();
		serve::<T>(set, m);
		let currency = T::BenchmarkHelper::currency(KINDS, &owner, 2 * STAKE);
		noted::<T>(set);
		let payer = RawOrigin::Signed(owner);
		#[extrinsic_call]
		_(payer, set, currency.clone(), STAKE);
		assert_paid::<T>(m, &currency);
	}

	#[benchmark]
	fn pay_operators(n: Linear<1, { T::MaxNamed::get() }>) {
		let (owner, set) = set::<T>();
		serve::<T>(set, n);
		let currency = T::BenchmarkHelper::currency(KINDS, &owner, 2 * STAKE * Balance::from(n));
		noted::<T>(set);
		let payments: Vec<_> = (0..n).map(|index| (account("operator", index, 0), STAKE)).collect();
		let payer = RawOrigin::Signed(owner);
		#[extrinsic_call]
		_(payer, set, currency.clone(), BoundedVec::truncate_from(payments));
		assert_paid::<T>(n, &currency);
	}

	#[benchmark]
	fn open_stream() {
		let (owner, set) = set::<T>();
		let currency = T::BenchmarkHelper::currency(KINDS, &owner, 4 * STAKE);
		for _ in 1..T::MaxStreams::get() {
			open::<T>(&owner, set, Currency::Native);
		}
		T::BenchmarkHelper::currency(0, &owner, T::StreamDeposit::get());
		let payer = RawOrigin::Signed(owner);
		#[extrinsic_call]
		_(payer, set, currency, STAY, STAKE, T::Clock::max_notice());
		assert_eq!(StreamsOf::<T>::get(set).len(), T::MaxStreams::get() as usize);
	}

	#[benchmark]
	fn top_up() {
		let (owner, set) = set::<T>();
		let currency = T::BenchmarkHelper::currency(KINDS, &owner, 4 * STAKE);
		let id = open::<T>(&owner, set, currency);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id, STAY);
		assert!(Streams::<T>::get(id).is_some_and(|stream| stream.funds == STAKE + STAY));
	}

	/// Of a stream in an asset that has already paid for the running era and ends at once.
	#[benchmark]
	fn stop_stream() {
		let (owner, set) = set::<T>();
		let currency = T::BenchmarkHelper::currency(KINDS, &owner, 4 * STAKE);
		for _ in 1..T::MaxStreams::get() {
			open::<T>(&owner, set, Currency::Native);
		}
		let id = open::<T>(&owner, set, currency);
		assert!(Pallet::<T>::do_distribute(id).is_ok());
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), id);
		assert!(!Streams::<T>::contains_key(id));
	}

	/// The last instalment of a stream that gives another one back and ends.
	#[benchmark]
	fn distribute(m: Linear<1, { T::MaxPaidMembers::get() }>) {
		let (owner, set) = set::<T>();
		let currency = T::BenchmarkHelper::currency(KINDS, &owner, 4 * STAKE);
		serve::<T>(set, m);
		for _ in 1..T::MaxStreams::get() {
			open::<T>(&owner, set, Currency::Native);
		}
		let id = open::<T>(&owner, set, currency.clone());
		assert_eq!(Pallet::<T>::do_stop_stream(&owner, id), Ok(()));
		// As if it had been opened an era before, and not been processed at that era's end.
		Streams::<T>::mutate_extant(id, |stream| stream.next = stream.next.saturating_sub(1));
		noted::<T>(set);
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), id);
		assert_paid::<T>(m, &currency);
		assert!(!Streams::<T>::contains_key(id));
		assert_eq!(Credit::<T>::get(owner, &currency), STAKE - STAY);
	}

	/// The hook if all streams are paid.
	#[benchmark]
	fn idle_streams() {
		let (era, opened) = (T::Clock::active(), NextStreamId::<T>::get());
		Sweep::<T>::put(StreamSweep { era, after: None, done: true, opened });
		#[block]
		{
			Pallet::<T>::pay_streams(Weight::MAX);
		}
		assert!(Sweep::<T>::get().done);
	}

	/// The hook if it reads one stream, which is not due.
	#[benchmark]
	fn look_at_stream() {
		let (owner, set) = set::<T>();
		let id = open::<T>(&owner, set, Currency::Native);
		assert!(Pallet::<T>::do_distribute(id).is_ok());
		Sweep::<T>::kill();
		#[block]
		{
			Pallet::<T>::pay_streams(Weight::MAX);
		}
		assert_eq!(Sweep::<T>::get().after, Some(id));
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

	/// The hook if nothing is to be paid.
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
