//! Benchmarks of the calls and of the functions for other pallets, each in its most expensive state.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible::Unbalanced, tokens::Precision, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EnterPools, EraClock, OnOperatorRetired},
	AvsId, Balance, ConditionTerms, Destination, ExitAmount, Multiplier, OperatorSetId, PoolKind, Resolver,
	STAY, WAD,
};

const STAKE: Balance = 1_000 * STAY;

/// Benchmarks make deposits, while the pallet itself only reads pools.
pub trait Entering: Config<Pools: EnterPools<Self::AccountId>> {}

impl<T: Config<Pools: EnterPools<T::AccountId>>> Entering for T {}

fn full<S: Get<u32>>() -> BoundedVec<u8, S> {
	vec![b'x'; S::get() as usize].try_into().expect("as long as allowed")
}

/// An account with enough funds for a deposit.
fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	let amount = T::RegistrationDeposit::get().saturating_add(STAKE);
	T::NativeBalance::increase_balance(&who, amount, Precision::Exact).expect("a fresh account takes funds");
	who
}

/// A service with metadata of maximum length.
fn service<T: Config>() -> (T::AccountId, AvsId) {
	let owner = funded::<T>("owner");
	let avs = NextAvsId::<T>::get();
	Pallet::<T>::do_register(&owner, AvsMetadata { name: full(), link: full() }).expect("funded");
	(owner, avs)
}

/// The maximum number of kinds of a set, with this multiplier.
fn kinds<T: Config>(multiplier: Multiplier) -> Kinds<T> {
	let assets = (1..T::MaxKinds::get()).map(PoolKind::Asset);
	let kinds: Vec<_> =
		Some(PoolKind::Native).into_iter().chain(assets).map(|kind| (kind, multiplier)).collect();
	kinds.try_into().expect("as many as allowed")
}

fn create<T: Config>(owner: &T::AccountId, avs: AvsId) -> OperatorSetId {
	let index = Avses::<T>::get(avs).map_or(0, |service| service.sets);
	let slasher = owner.clone();
	Pallet::<T>::do_create_set(owner, avs, kinds::<T>(1), Admission::Approved, 0, slasher, Destination::Burn)
		.expect("the owner creates sets");
	OperatorSetId { avs, index }
}

/// A set with announced changes of its terms.
fn set<T: Config>() -> (T::AccountId, OperatorSetId) {
	let (owner, avs) = service::<T>();
	let set = create::<T>(&owner, avs);
	Sets::<T>::mutate(set, |set| set.as_mut().expect("created").had_members = true);
	Pallet::<T>::do_set_kinds(&owner, set, kinds::<T>(2)).expect("other multipliers");
	Pallet::<T>::do_set_slasher(&owner, set, account("slasher", 0, 0)).expect("another slasher");
	(owner, set)
}

fn terms<T: Config>(max_fraction: u64) -> ConditionTerms<T::AccountId> {
	ConditionTerms {
		max_fraction,
		veto_window: 0,
		resolver: Some(Resolver::Account(account("resolver", 0, 0))),
	}
}

/// A set with a condition.
fn condition<T: Config>() -> (T::AccountId, OperatorSetId) {
	let (owner, set) = set::<T>();
	Pallet::<T>::do_add_condition(&owner, set, full(), terms::<T>(1)).expect("the first condition");
	(owner, set)
}

/// An operator with a pool of every kind that [`kinds`] names, and with enough for its places.
fn operator<T: Entering>() -> T::AccountId {
	let operator: T::AccountId = account("operator", 0, 0);
	T::BenchmarkHelper::operator_with_stake(&operator, STAKE);
	pay_places::<T>(&operator, 0);
	for (kind, _) in kinds::<T>(1) {
		T::Pools::open(&operator, kind);
	}
	operator
}

/// Gives `who` enough funds for `count` places, and holds their deposits.
fn pay_places<T: Config>(who: &T::AccountId, count: u32) {
	let deposit = T::ItemDeposit::get().saturating_mul(count.into());
	T::NativeBalance::increase_balance(who, deposit.saturating_add(STAKE), Precision::Exact)
		.expect("an account takes funds");
	Pallet::<T>::hold(HoldReason::Place, who, deposit).expect("funded");
}

/// The accounts `others` and, if given, one more, in order.
fn members<T: Config>(others: u32, one: Option<&T::AccountId>) -> BoundedVec<T::AccountId, T::MaxOperators> {
	let mut members: Vec<T::AccountId> = (0..others).map(|n| account("member", n, 0)).collect();
	members.extend(one.cloned());
	members.sort();
	members.try_into().expect("as many as allowed")
}

/// Fills a membership but for one place with stays that are over, and moves the clock behind them.
fn past<T: Config>() -> Membership<T> {
	let mut membership = Membership::<T>::default();
	for _ in 1..T::MaxSpans::get() {
		let now = T::Clock::active();
		membership.spans.try_push(Span { from: now, until: Some(now) }).expect("fewer than allowed");
		T::BenchmarkHelper::advance_eras(1);
	}
	membership
}

/// [`past`], and a stay that is paid and goes on, in the place that was left.
fn open<T: Config>() -> Membership<T> {
	let mut membership = past::<T>();
	let from = T::Clock::active();
	membership.spans.try_push(Span { from, until: None }).expect("a place is left");
	membership.deposit = T::ItemDeposit::get();
	membership
}

/// Writes down who served `set`, which has these members, in an era that is over.
fn answered<T: Config>(set: OperatorSetId, members: &BoundedVec<T::AccountId, T::MaxOperators>) {
	let era = T::Clock::active();
	Answering::<T>::insert(set, EraMembers { era, members: members.clone() });
	T::BenchmarkHelper::advance_eras(1);
}

/// Lets `n` operators serve `set`, and as many others as they can, which need not exist.
fn fill<T: Config>(set: OperatorSetId, n: u32) {
	let (members, membership) = (members::<T>(n, None), open::<T>());
	let others = (1..T::MaxSetsPerOperator::get()).map(|index| OperatorSetId { avs: set.avs, index });
	let sets: Vec<_> = Some(set).into_iter().chain(others).collect();
	for member in &members {
		pay_places::<T>(member, 1);
		Memberships::<T>::insert(set, member, &membership);
		Joined::<T>::insert(member, BoundedVec::truncate_from(sets.clone()));
	}
	answered::<T>(set, &members);
	Members::<T>::insert(set, members);
}

/// Lets `operator` serve the first `count` sets of `avs`, all of them full. They need not exist.
fn serve<T: Config>(operator: &T::AccountId, avs: AvsId, count: u32) {
	pay_places::<T>(operator, count);
	let membership = open::<T>();
	let all = members::<T>(T::MaxOperators::get().saturating_sub(1), Some(operator));
	let sets: Vec<_> = (0..count).map(|index| OperatorSetId { avs, index }).collect();
	for set in &sets {
		answered::<T>(*set, &all);
		Members::<T>::insert(set, &all);
		Memberships::<T>::insert(set, operator, &membership);
	}
	Joined::<T>::insert(operator, BoundedVec::try_from(sets).expect("as many as allowed"));
}

/// An operator that serves the maximum number of sets, and one of them.
fn member<T: Entering>() -> (T::AccountId, OperatorSetId, T::AccountId) {
	let ((owner, set), operator) = (set::<T>(), operator::<T>());
	serve::<T>(&operator, set.avs, T::MaxSetsPerOperator::get());
	assert!(Memberships::<T>::get(set, &operator).is_open());
	(owner, set, operator)
}

fn fresh<T: Config>() -> T::AccountId {
	account("fresh", 0, 0)
}

#[benchmarks(where T: Entering)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() {
		let who = funded::<T>("owner");
		let avs = NextAvsId::<T>::get();
		#[extrinsic_call]
		_(RawOrigin::Signed(who), full(), full());
		assert!(Avses::<T>::contains_key(avs));
	}

	#[benchmark]
	fn set_metadata() {
		let (owner, avs) = service::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), avs, full(), full());
		assert!(Metadata::<T>::contains_key(avs));
	}

	#[benchmark]
	fn transfer_ownership() {
		let (owner, avs) = service::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), avs, Some(fresh::<T>()));
		assert!(Avses::<T>::get(avs).is_some_and(|service| service.next_owner.is_some()));
	}

	#[benchmark]
	fn accept_ownership() {
		let ((owner, set), operator) = (set::<T>(), operator::<T>());
		let (avs, next) = (set.avs, funded::<T>("next"));
		Pallet::<T>::do_approve(&owner, set, &operator).expect("an operator");
		Pallet::<T>::do_transfer_ownership(&owner, avs, Some(next.clone())).expect("the owner offers it");
		#[extrinsic_call]
		_(RawOrigin::Signed(next.clone()), avs);
		assert!(Avses::<T>::get(avs).is_some_and(|service| service.owner == next));
	}

	#[benchmark]
	fn deregister() {
		let (owner, avs) = service::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), avs);
		assert!(!Avses::<T>::contains_key(avs));
	}

	#[benchmark]
	fn create_set() {
		let (owner, avs) = service::<T>();
		let slasher = owner.clone();
		let destination = Destination::Account(owner.clone());
		let kinds: Vec<_> = (1..=T::MaxKinds::get()).map(|id| (PoolKind::Asset(id), 1)).collect();
		let kinds = kinds.try_into().expect("as many as allowed");
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), avs, kinds, Admission::Approved, STAKE, slasher, destination);
		assert!(Sets::<T>::contains_key(OperatorSetId { avs, index: 0 }));
	}

	#[benchmark]
	fn set_kinds() {
		let (owner, set) = set::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, kinds::<T>(3));
		assert!(Sets::<T>::get(set)
			.is_some_and(|set| set.kinds.next.is_some_and(|(next, _)| next == kinds::<T>(3))));
	}

	#[benchmark]
	fn set_admission() {
		let (owner, set) = set::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, Admission::Open);
		assert!(Sets::<T>::get(set).is_some_and(|set| set.admission == Admission::Open));
	}

	#[benchmark]
	fn set_min_stake() {
		let (owner, set) = set::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, STAKE);
		assert!(Sets::<T>::get(set).is_some_and(|set| set.min_stake == STAKE));
	}

	#[benchmark]
	fn set_slasher() {
		let (owner, set) = set::<T>();
		let slasher = fresh::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, slasher.clone());
		assert!(
			Sets::<T>::get(set).is_some_and(|set| set.slasher.next.is_some_and(|(next, _)| next == slasher))
		);
	}

	#[benchmark]
	fn add_condition() {
		let (owner, set) = set::<T>();
		let resolver = Some(Resolver::Account(fresh::<T>()));
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, full(), WAD, 0, resolver);
		assert!(Conditions::<T>::contains_key(set, 0));
	}

	#[benchmark]
	fn change_condition() {
		let (owner, set) = condition::<T>();
		Pallet::<T>::do_change_condition(&owner, set, 0, terms::<T>(WAD / 2)).expect("a larger fraction");
		let resolver = Some(Resolver::Account(fresh::<T>()));
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, 0, WAD, 0, resolver);
		assert!(Conditions::<T>::get(set, 0)
			.is_some_and(|condition| condition.terms.next.is_some_and(|(next, _)| next.max_fraction == WAD)));
	}

	#[benchmark]
	fn remove_condition() {
		let (owner, set) = condition::<T>();
		Pallet::<T>::do_change_condition(&owner, set, 0, terms::<T>(WAD)).expect("a larger fraction");
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, 0);
		assert!(!Conditions::<T>::contains_key(set, 0));
	}

	#[benchmark]
	fn approve() {
		let ((owner, set), operator) = (set::<T>(), operator::<T>());
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, operator.clone());
		assert!(Approvals::<T>::contains_key(set, operator));
	}

	#[benchmark]
	fn revoke() {
		let ((owner, set), operator) = (set::<T>(), operator::<T>());
		Pallet::<T>::do_approve(&owner, set, &operator).expect("an operator");
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, operator.clone());
		assert!(!Approvals::<T>::contains_key(set, operator));
	}

	#[benchmark]
	fn join() {
		let ((owner, set), operator) = (set::<T>(), operator::<T>());
		Pallet::<T>::do_approve(&owner, set, &operator).expect("an operator");
		// It serves the sets of another service, but for one as many as it may, and served this one often.
		let others = set.avs.saturating_add(1);
		serve::<T>(&operator, others, T::MaxSetsPerOperator::get().saturating_sub(1));
		Memberships::<T>::insert(set, &operator, past::<T>());
		kinds::<T>(1).iter().for_each(|(kind, _)| T::BenchmarkHelper::allocated(&operator, *kind, set));
		let members = members::<T>(T::MaxOperators::get().saturating_sub(1), None);
		answered::<T>(set, &members);
		Members::<T>::insert(set, members);
		// The first member to join writes the set as well.
		Sets::<T>::mutate(set, |set| set.as_mut().expect("created").had_members = false);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), set);
		assert!(Memberships::<T>::get(set, operator).is_open());
	}

	/// A full set, each of whose members allocated all kinds, and one of whom has less weight than the operator.
	#[benchmark]
	fn join_displacing() {
		let ((owner, set), operator) = (set::<T>(), operator::<T>());
		Pallet::<T>::do_approve(&owner, set, &operator).expect("an operator");
		T::Pools::opt_in(&operator, &operator, ExitAmount::All, 0).expect("all of its stake");
		let others = set.avs.saturating_add(1);
		serve::<T>(&operator, others, T::MaxSetsPerOperator::get().saturating_sub(1));
		Memberships::<T>::insert(set, &operator, past::<T>());
		fill::<T>(set, T::MaxOperators::get());
		for who in Members::<T>::get(set).iter().chain(Some(&operator)) {
			for (kind, _) in kinds::<T>(1) {
				T::Pools::open(who, kind);
				T::BenchmarkHelper::allocated(who, kind, set);
			}
		}
		#[extrinsic_call]
		join(RawOrigin::Signed(operator.clone()), set);
		assert!(Memberships::<T>::get(set, operator).is_open());
		assert_eq!(Members::<T>::decode_len(set), Some(T::MaxOperators::get() as usize));
	}

	#[benchmark]
	fn leave() {
		let (_, set, operator) = member::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), set);
		assert!(!Memberships::<T>::get(set, operator).is_open());
	}

	#[benchmark]
	fn eject() {
		let (owner, set, operator) = member::<T>();
		Pallet::<T>::do_approve(&owner, set, &operator).expect("an operator");
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, operator.clone());
		assert!(!Memberships::<T>::get(set, operator).is_open());
	}

	#[benchmark]
	fn wind_down() {
		let (owner, set) = set::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set);
		assert!(Sets::<T>::get(set).is_some_and(|set| set.until.is_some()));
	}

	/// A set of `n` members that ends with them, with all the conditions it can have and all that others keep for it.
	#[benchmark]
	fn close_set(n: Linear<0, { T::MaxOperators::get() }>) {
		let (owner, set) = set::<T>();
		for _ in 0..T::MaxConditions::get() {
			Pallet::<T>::do_add_condition(&owner, set, full(), terms::<T>(1)).expect("there is room");
		}
		T::BenchmarkHelper::leave_behind(&owner, set);
		fill::<T>(set, n);
		// It gives to an account, and accepted `Native` before an upgrade: there is one kind more to let go.
		let kinds: Vec<_> = (1..=T::MaxKinds::get()).map(|id| (PoolKind::Asset(id), 1)).collect();
		Sets::<T>::mutate(set, |set| {
			let set = set.as_mut().expect("created");
			set.destination = Destination::Account(owner.clone());
			set.kinds = Kinds::<T>::truncate_from(kinds).into();
		});
		Pallet::<T>::do_wind_down(&owner, set).expect("the owner's");
		T::BenchmarkHelper::advance_eras(T::Clock::exit_delay());
		#[extrinsic_call]
		_(RawOrigin::Signed(fresh::<T>()), set, T::MaxOperators::get());
		assert!(!Sets::<T>::contains_key(set));
	}

	/// An operator that served `s` sets, each of them full.
	#[benchmark]
	fn on_operator_retired(s: Linear<0, { T::MaxSetsPerOperator::get() }>) {
		let operator: T::AccountId = account("operator", 0, 0);
		serve::<T>(&operator, 0, s);
		// Each of them is checked for being wound down.
		let (_, id) = set::<T>();
		let set = Sets::<T>::get(id).expect("created");
		(0..s).for_each(|index| Sets::<T>::insert(OperatorSetId { avs: 0, index }, &set));
		#[block]
		{
			<Pallet<T> as OnOperatorRetired<_>>::on_operator_retired(&operator);
		}
		assert!(!Joined::<T>::contains_key(&operator));
		for index in 0..s {
			assert!(!Memberships::<T>::get(OperatorSetId { avs: 0, index }, &operator).is_open());
		}
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
