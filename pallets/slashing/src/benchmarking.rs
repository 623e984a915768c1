//! Benchmarks of the calls and hooks, each in its most expensive state.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock, OperatorSets, ServiceBenchmarkHelper, SlashPools},
	Balance, Destination, Era, Fraction, Magnitude, OperatorSetId, SlashId, STAY, WAD,
};
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

const STAKE: Balance = 1_000_000 * STAY;

/// The maximum number of sets to which a pool can be allocated, which accept four kinds.
const SETS: u32 = 32;
const KINDS: u32 = 4;

/// An operator whose pools are allocated to as many sets as can be, the first of these, and the owner of them all.
fn served<T: Config>() -> (T::AccountId, OperatorSetId, T::AccountId) {
	let (owner, operator): (T::AccountId, T::AccountId) = (account("owner", 0, 0), account("operator", 0, 0));
	T::BenchmarkHelper::operator_with_stake(&operator, STAKE);
	let sets: Vec<_> = (0..SETS).map(|_| T::BenchmarkHelper::operator_set(&owner, KINDS)).collect();
	for set in &sets {
		T::BenchmarkHelper::serve(&operator, *set, STAKE);
	}
	T::BenchmarkHelper::advance_eras(T::Clock::history());
	(owner, sets[0], operator)
}

fn fractions<T: Config>(set: OperatorSetId) -> Fractions {
	let kinds = T::Sets::kinds(set).into_iter().map(|(kind, _)| (kind, WAD / 10));
	Fractions::truncate_from(kinds.collect())
}

/// A service's slash of every kind, just reported, and who may veto it.
fn reported<T: Config>() -> (SlashId, T::AccountId, T::AccountId) {
	let (owner, set, operator) = served::<T>();
	let capture = T::Clock::active();
	let report = Pallet::<T>::do_report(&owner, set, &operator, 0, fractions::<T>(set), capture);
	assert_eq!(report, Ok(()));
	(NextId::<T>::get() - 1, owner, operator)
}

/// Appeals a slash.
fn appealed<T: Config>(id: SlashId) {
	let who: T::AccountId = account("appellant", 0, 0);
	T::BenchmarkHelper::currency(0, &who, T::AppealBond::get());
	assert_eq!(Pallet::<T>::do_appeal(&who, id, text::<T>()), Ok(()));
}

/// A reason of maximum length.
fn text<T: Config>() -> Reason<T> {
	Reason::<T>::truncate_from(vec![b'x'; T::MaxReasonLength::get() as usize])
}

/// A service's slash of every kind that is due and that finds exits of every era it can reach: it was reported as late
/// as could be, and appealed.
fn due_slash<T: Config>() -> SlashId {
	let (owner, set, operator) = served::<T>();
	let capture = T::Clock::active();
	let window = T::Sets::condition(set, 0, capture).map_or(0, |terms| terms.veto_window);
	let kinds: Vec<_> = T::Sets::kinds(set).into_iter().map(|(kind, _)| kind).collect();
	let exits_of = |eras: Era| {
		for _ in 0..eras {
			for kind in &kinds {
				T::BenchmarkHelper::exit_stake(&operator, *kind, STAKE / 256);
			}
			T::BenchmarkHelper::advance_eras(1);
		}
	};
	exits_of(T::Clock::exit_delay().saturating_sub(1).saturating_sub(window));
	let id = NextId::<T>::get();
	let report = Pallet::<T>::do_report(&owner, set, &operator, 0, fractions::<T>(set), capture);
	assert_eq!(report, Ok(()));
	appealed::<T>(id);
	exits_of(window.saturating_add(T::AppealWindow::get()));
	assert_eq!(Slashes::<T>::get(id).map(|slash| slash.due), Some(T::Clock::active()));
	id
}

/// Gives slash `id`, due in the running era, the first place of it, and moves the cursor there.
fn turn_of<T: Config>(id: SlashId) {
	let now = T::Clock::active();
	Queue::<T>::insert(now, 0, id);
	QueueLength::<T>::insert(now, Places { given: 1, waiting: 1 });
	let operator = Slashes::<T>::get(id).map(|slash| slash.operator).expect("pending");
	PendingOf::<T>::insert(operator, id, 0);
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
		assert!(Records::<T>::get(T::Clock::active(), id).is_some_and(
			|record| matches!(record.outcome, Outcome::Executed(taken) if taken.len() == KINDS as usize)
		));
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (id, ..) = reported::<T>();
		appealed::<T>(id);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);
		assert!(!Slashes::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn payout() {
		let id = due_slash::<T>();
		let slash = Slashes::<T>::take(id).expect("pending");
		// An asset, to an account that has none of it.
		let kind = slash.lane.kinds().pop().expect("of every kind");
		let amount = T::Pools::take(&slash.operator, kind, Fraction(WAD / 10), slash.capture);
		let destination = Destination::Account(account("receiver", 0, 0));
		Unpaid::<T>::insert(id, kind.currency(), Payout { amount, destination });
		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), id, kind.currency());
		assert!(!Unpaid::<T>::contains_key(id, kind.currency()));
	}

	#[benchmark]
	fn report() {
		let (owner, set, operator) = served::<T>();
		let (fractions, capture) = (fractions::<T>(set), T::Clock::active());
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), set, operator.clone(), 0, fractions, capture);
		assert_eq!(Pending::<T>::get(&operator, set).unappealed, 1);
	}

	#[benchmark]
	fn veto() {
		let (id, resolver, _) = reported::<T>();
		appealed::<T>(id);
		#[extrinsic_call]
		_(RawOrigin::Signed(resolver), id, text::<T>());
		assert!(!Slashes::<T>::contains_key(id));
	}

	#[benchmark]
	fn appeal() {
		let (id, ..) = reported::<T>();
		let who: T::AccountId = account("appellant", 0, 0);
		T::BenchmarkHelper::currency(0, &who, T::AppealBond::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, text::<T>());
		assert!(Slashes::<T>::get(id).is_some_and(|slash| slash.appeal.is_some()));
	}

	#[benchmark]
	fn reinstate() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (id, resolver, _) = reported::<T>();
		assert_eq!(Pallet::<T>::do_veto(Some(&resolver), false, id, text::<T>()), Ok(()));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, T::Clock::active());
		assert!(Slashes::<T>::contains_key(id));
		Ok(())
	}

	/// The hook if one slash is due.
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

	/// The hook if the cursor passes one era in which nothing is due.
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

	/// The hook with `n` empty places before one whose slash does not exist.
	#[benchmark]
	fn pass(n: Linear<0, 1000>) {
		let (now, id) = (T::Clock::active(), NextId::<T>::get());
		Queue::<T>::insert(now, n, id);
		QueueLength::<T>::insert(now, Places { given: n + 1, waiting: 1 });
		Cursor::<T>::put((now, 0));
		#[block]
		{
			Pallet::<T>::execute_due();
		}
		assert_eq!(Cursor::<T>::get(), (now + 1, 0));
		assert_eq!(QueueLength::<T>::get(now), None);
	}

	/// The hook if an era with `n` records is older than the history depth.
	#[benchmark]
	fn prune(n: Linear<0, 64>) {
		T::BenchmarkHelper::advance_eras(T::Clock::history());
		let old = T::Clock::active() - T::Clock::history();
		PrunedUntil::<T>::put(old);
		let kind = mainstay_primitives::PoolKind::Native;
		let part = Part { kind, fraction: Fraction::WHOLE, magnitude: Magnitude(WAD) };
		for id in 0..n {
			let operator: T::AccountId = account("operator", id, 0);
			let lane = Lane::Attested {
				set: OperatorSetId { avs: 0, index: 0 },
				condition: 0,
				resolver: None,
				parts: vec![part; KINDS as usize].try_into().expect("as many as there can be"),
			};
			let bond = (operator.clone(), T::AppealBond::get());
			let slash = Slash {
				operator: operator.clone(),
				lane,
				capture: old,
				reported: old,
				due: old,
				appeal: Some(bond),
			};
			Records::<T>::insert(old, id, Record { slash, outcome: Outcome::Vetoed(text::<T>()) });
			RecordsOf::<T>::insert(operator, (old, id), ());
		}
		#[block]
		{
			Pallet::<T>::prune(frame_support::weights::Weight::MAX);
		}
		assert_eq!(Records::<T>::iter_prefix(old).count(), 0);
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
