//! `stop`, which ends all work of an operator for services at once.

use super::*;
use frame_support::{assert_storage_noop, dispatch::GetDispatchInfo};
use sp_runtime::traits::Dispatchable;

fn try_stop(who: u8) -> DispatchResult {
	send(who, Call::stop {})
}

/// [`NORTH`] stops. Returns the events.
fn stop() -> Vec<Event> {
	events();
	assert_ok!(try_stop(NORTH));
	events()
}

fn stopped(left: u32, effective: Era) -> Event {
	Event::Stopped { operator: account(NORTH), left, effective }
}

fn written() -> Vec<(mainstay_primitives::AccountId, PoolKind, Exposure<Test>)> {
	Exposures::<Test>::iter().collect()
}

#[test]
fn only_operators_stop() {
	execute(|| {
		assert_noop!(try_stop(STRANGER), Error::NotOperator);
	});
}

#[test]
fn who_does_nothing_for_services_only_says_so() {
	execute(|| {
		Now::set(3);
		events();
		assert_storage_noop!({
			assert_ok!(try_stop(NORTH));
			assert_eq!(events(), [stopped(0, 3 + LOWERING_DELAY)]);
		});
	});
}

#[test]
fn every_set_is_left_and_this_era_is_answered_for() {
	execute(|| {
		service(3);
		join(0);
		join(2);
		assert_ok!(send(SOUTH, registry::Call::<Test>::join { set: set(2) }));
		Now::set(3);
		assert_eq!(stop(), [stopped(2, 3 + LOWERING_DELAY)]);
		assert_eq!([0, 1, 2].map(|n| AvsRegistry::members(set(n))), [vec![], vec![], vec![account(SOUTH)]]);
		assert_eq!(AvsRegistry::sets_of(account(NORTH)), vec![]);
		for n in [0, 2] {
			let answers = [0, 1, 3, 4].map(|era| AvsRegistry::was_member(set(n), &account(NORTH), era));
			assert_eq!(answers, [false, true, true, false]);
		}
		join(0);
	});
}

#[test]
fn what_is_allocated_ends_after_the_delay_and_what_is_not_yet_at_once() {
	execute(|| {
		service(4);
		allocate(0, WAD / 2);
		allocate(1, WAD / 2);
		Now::set(3);
		allocate(1, WAD);
		allocate(3, WAD / 4);
		let ends = 3 + LOWERING_DELAY;
		assert_eq!(stop(), [changed(0, 0, ends), changed(1, 0, ends), changed(3, 0, 3), stopped(0, ends)]);
		for n in [0, 1] {
			assert_eq!(allocated(n), (WAD / 2, Some((0, ends))));
		}
		let kept: Vec<_> = written()[0].2.allocations.keys().copied().collect();
		assert_eq!((allocated(3), kept), ((0, None), vec![set(0), set(1)]));
		Now::set(ends - 1);
		assert_eq!((current(0), current(1)), (WAD / 2, WAD / 2));
		Now::set(ends);
		assert_eq!(([0, 1, 3].map(allocated), answers(1, 7..=8)), ([(0, None); 3], vec![WAD / 2, 0]));
	});
}

#[test]
fn what_came_to_bind_by_then_is_allocated() {
	execute(|| {
		service(1);
		allocate(0, WAD / 2);
		Now::set(ALLOCATION_DELAY);
		let ends = ALLOCATION_DELAY + LOWERING_DELAY;
		assert_eq!(stop(), [changed(0, 0, ends), stopped(0, ends)]);
		assert_eq!(allocated(0), (WAD / 2, Some((0, ends))));
		assert_eq!(answers(0, 1..=2), [0, WAD / 2]);
	});
}

#[test]
fn an_end_takes_the_place_of_a_decrease_that_waits() {
	execute(|| {
		service(1);
		allocate(0, WAD);
		Now::set(3);
		allocate(0, WAD / 2);
		Now::set(4);
		let ends = 4 + LOWERING_DELAY;
		assert_eq!(stop(), [changed(0, 0, ends), stopped(0, ends)]);
		assert_eq!(allocated(0), (WAD, Some((0, ends))));
		Now::set(ends);
		assert_eq!(answers(0, 7..=9), [WAD, WAD, 0]);
	});
}

#[test]
fn what_ends_already_ends_when_it_would() {
	execute(|| {
		service(2);
		allocate(0, WAD);
		allocate(1, WAD / 2);
		Now::set(3);
		allocate(0, 0);
		Now::set(4);
		let ends = 4 + LOWERING_DELAY;
		assert_eq!(stop(), [changed(1, 0, ends), stopped(0, ends)]);
		assert_eq!(allocated(0), (WAD, Some((0, 3 + LOWERING_DELAY))));
		assert_eq!(allocated(1), (WAD / 2, Some((0, ends))));
	});
}

#[test]
fn a_second_stop_changes_nothing_more() {
	execute(|| {
		service(1);
		admit();
		join(0);
		allocate(0, WAD);
		assert_ok!(try_allocate(ASSET, 0, WAD));
		Now::set(3);
		assert_eq!(stop().last(), Some(&stopped(1, 3 + LOWERING_DELAY)));
		let before = written();
		Now::set(4);
		assert_eq!((stop(), written()), (vec![stopped(0, 4 + LOWERING_DELAY)], before));
	});
}

#[test]
fn all_pools_of_the_operator_end_and_nobody_elses() {
	execute(|| {
		service(1);
		admit();
		for kind in [PoolKind::Native, ASSET] {
			assert_ok!(try_allocate(kind, 0, WAD));
		}
		assert_ok!(send(SOUTH, Call::allocate { kind: ASSET, set: set(0), magnitude: WAD }));
		Now::set(2);
		let said = stop();
		let ends = 2 + LOWERING_DELAY;
		assert_eq!((said.len(), said.last()), (3, Some(&stopped(0, ends))));
		for kind in [PoolKind::Native, ASSET] {
			assert!(said.contains(&changed_of(kind, 0, 0, ends)));
			assert_eq!(Restaking::allocation(account(NORTH), kind, set(0)), (WAD, Some((0, ends))));
		}
		assert_eq!(Restaking::allocation(account(SOUTH), ASSET, set(0)), (WAD, None));
	});
}

#[test]
fn who_stopped_is_slashed_for_what_it_had_allocated() {
	execute(|| {
		service(1);
		restake(ALICE, PoolKind::Native, 100 * STAY);
		allocate(0, WAD / 2);
		Now::set(3);
		stop();
		Now::set(6);
		let done = slash(PoolKind::Native, 0, WAD / 2, 3);
		assert_eq!(done, cut_of(25 * STAY, WAD / 4, WAD / 4 * 3));
		assert_eq!(allocated(0), (WAD / 4, Some((0, 3 + LOWERING_DELAY))));
	});
}

#[test]
fn what_never_bound_leaves_room_at_once() {
	execute(|| {
		service(2);
		assert_ok!(send(NORTH, Call::set_leverage { percent: 100 }));
		allocate(0, WAD);
		assert_noop!(try_allocate(PoolKind::Native, 1, WAD), Error::LeverageTooHigh);
		stop();
		assert_eq!(written(), vec![]);
		allocate(1, WAD);
	});
}

#[test]
fn who_retired_stops_too() {
	execute(|| {
		service(1);
		join(0);
		allocate(0, WAD);
		Now::set(2);
		retire();
		let ends = 2 + LOWERING_DELAY;
		assert_eq!(stop(), [changed(0, 0, ends), stopped(0, ends)]);
	});
}

#[test]
fn only_the_pools_that_are_allocated_are_paid_for() {
	execute(|| {
		service(1);
		admit();
		let kinds = [PoolKind::Native, ASSET];
		for pools in [0, 1, 2] {
			for kind in &kinds[..pools] {
				assert_ok!(try_allocate(*kind, 0, WAD));
			}
			let call = RuntimeCall::from(Call::stop {});
			let most = call.get_dispatch_info().call_weight;
			assert_eq!(most, <Test as Config>::WeightInfo::stop(MaxAssets::get() + 1));
			let done = call.dispatch(RuntimeOrigin::signed(account(NORTH))).unwrap();
			assert_eq!(done.actual_weight, Some(<Test as Config>::WeightInfo::stop(pools as u32)));
		}
	});
}

#[test]
fn more_pools_than_are_paid_for_cannot_be_allocated() {
	execute(|| {
		service(0);
		create_set(&[(PoolKind::Native, 1)]);
		// The set has no members, so its terms change at once.
		for id in 0..=MaxAssets::get() {
			set_kinds(0, &[(PoolKind::Asset(1_000 + id), 1)]);
			assert_noop!(try_allocate(PoolKind::Asset(1_000 + id), 0, WAD), Error::NotRestakeable);
		}
		assert_eq!(stop(), [stopped(0, LOWERING_DELAY)]);
	});
}
