//! Allocations of pools to operator sets, and the eras from which they bind.

use super::*;
use frame_support::assert_storage_noop;

#[test]
fn an_allocation_binds_when_its_delay_is_over_and_not_before() {
	execute(|| {
		service(1);
		Now::set(3);
		allocate(0, WAD / 2);
		let effective = 3 + ALLOCATION_DELAY;
		assert_eq!(events(), [changed(0, WAD / 2, effective)]);
		assert_eq!(allocated(0), (0, Some((WAD / 2, effective))));
		Now::set(effective - 1);
		assert_eq!(allocated(0), (0, Some((WAD / 2, effective))));
		assert_eq!((current(0), answers(0, 3..=6)), (0, vec![0; 4]));
		Now::set(effective);
		assert_eq!(allocated(0), (WAD / 2, None));
		assert_eq!((current(0), answers(0, 3..=6)), (WAD / 2, vec![0, 0, WAD / 2, WAD / 2]));
	});
}

#[test]
fn what_is_looked_at_late_has_bound_from_its_own_era() {
	execute(|| {
		service(1);
		allocate(0, WAD / 2);
		Now::set(9);
		assert_eq!(answers(0, 1..=3), [0, WAD / 2, WAD / 2]);
		allocate(0, WAD);
		let exposure = Exposures::<Test>::get(account(NORTH), PoolKind::Native);
		let history = exposure.allocations[&set(0)].history.to_vec();
		assert_eq!(history, [(ALLOCATION_DELAY, WAD / 2)]);
	});
}

#[test]
fn allocating_opens_the_pool_where_there_is_none() {
	execute(|| {
		service(1);
		assert_eq!(OperatorDelegation::pool(&account(NORTH), PoolKind::Native), None);
		allocate(0, WAD);
		assert_eq!(pool(PoolKind::Native), Pool::default());
		admit();
		restake(ALICE, ASSET, STAY);
		assert_ok!(try_allocate(ASSET, 0, WAD));
		assert_eq!(pool(ASSET).funds.amount, STAY, "and does not change an existing pool");
	});
}

#[test]
fn allocations_of_pools_and_operators_do_not_touch_each_other() {
	execute(|| {
		service(1);
		admit();
		allocate(0, WAD / 2);
		assert_ok!(try_allocate(ASSET, 0, WAD / 3));
		let south = Call::allocate { kind: PoolKind::Native, set: set(0), magnitude: WAD / 5 };
		assert_ok!(send(SOUTH, south));
		Now::set(ALLOCATION_DELAY);
		let of = |operator, kind| Restaking::allocation(account(operator), kind, set(0)).0;
		assert_eq!((of(NORTH, PoolKind::Native), of(NORTH, ASSET)), (WAD / 2, WAD / 3));
		assert_eq!((of(SOUTH, PoolKind::Native), of(SOUTH, ASSET)), (WAD / 5, 0));
	});
}

#[test]
fn a_deallocation_outlives_every_exit_it_covers() {
	execute(|| {
		service(1);
		restake(ALICE, PoolKind::Native, 10 * STAY);
		allocate(0, WAD / 2);
		Now::set(10);
		events();
		exit(ALICE, PoolKind::Native, ExitAmount::Value(STAY));
		allocate(0, 0);
		let effective = 10 + LOWERING_DELAY;
		assert_eq!(events(), [changed(0, 0, effective)]);

		Now::set(10 + EXIT_ERAS);
		assert_ok!(claim(ALICE, PoolKind::Native, 10));
		assert_eq!(
			allocated(0),
			(WAD / 2, Some((0, effective))),
			"the allocation still binds after the exit is claimed"
		);
		Now::set(effective);
		assert_eq!(allocated(0), (0, None));
		assert_eq!(answers(0, 13..=16), [WAD / 2, WAD / 2, 0, 0], "earlier eras keep their allocations");
	});
}

#[test]
fn less_but_not_nothing_waits_as_long() {
	execute(|| {
		service(1);
		allocate(0, WAD);
		Now::set(2);
		allocate(0, WAD - 1);
		assert_eq!(allocated(0), (WAD, Some((WAD - 1, 2 + LOWERING_DELAY))));
		Now::set(2 + LOWERING_DELAY);
		assert_eq!(answers(0, 6..=7), [WAD, WAD - 1]);
	});
}

#[test]
fn only_operators_allocate_and_only_what_a_set_accepts() {
	execute(|| {
		service(1);
		let stranger = Call::allocate { kind: PoolKind::Native, set: set(0), magnitude: 1 };
		assert_noop!(send(STRANGER, stranger), Error::NotOperator);
		assert_noop!(try_allocate(PoolKind::Native, 1, 1), Error::UnknownSet);
		assert_noop!(try_allocate(PoolKind::Stake, 0, 1), Error::KindNotAccepted);
		assert_noop!(try_allocate(PoolKind::Asset(8), 0, 1), Error::KindNotAccepted);
	});
}

#[test]
fn only_pools_of_admitted_assets_are_allocated() {
	execute(|| {
		service(1);
		for magnitude in [1, WAD] {
			assert_noop!(try_allocate(ASSET, 0, magnitude), Error::NotRestakeable);
		}
		admit();
		assert_ok!(govern(Call::set_asset { id: TOKEN, cap: 0, deposits: false }));
		assert_ok!(try_allocate(ASSET, 0, WAD));
	});
}

#[test]
fn an_allocation_changes_to_another_within_the_pool_when_the_last_change_binds() {
	execute(|| {
		service(1);
		let try_it = |magnitude| try_allocate(PoolKind::Native, 0, magnitude);
		assert_noop!(try_it(WAD + 1), Error::MagnitudeTooLarge);
		assert_noop!(try_it(0), Error::NoChange);
		assert_ok!(try_it(WAD / 2));
		for magnitude in [0, WAD / 2, WAD] {
			assert_noop!(try_it(magnitude), Error::ModificationPending);
		}
		Now::set(ALLOCATION_DELAY);
		assert_noop!(try_it(WAD / 2), Error::NoChange);
		assert_ok!(try_it(WAD / 4));
		assert_noop!(try_it(0), Error::ModificationPending);
		Now::set(ALLOCATION_DELAY + LOWERING_DELAY);
		assert_ok!(try_it(WAD));
	});
}

#[test]
fn no_more_is_allocated_than_slashes_have_left() {
	execute(|| {
		service(2);
		allocate(0, WAD / 2);
		Now::set(2);
		assert_eq!(slash(PoolKind::Native, 0, WAD / 2, 2).left, Some(Magnitude(WAD / 4 * 3)));
		assert_noop!(try_allocate(PoolKind::Native, 1, WAD / 4 * 3 + 1), Error::MagnitudeTooLarge);
		allocate(1, WAD / 4 * 3);
		assert_eq!(allocated(1), (0, Some((WAD / 4 * 3, 4))));
	});
}

#[test]
fn what_a_set_accepts_no_more_can_be_taken_back_from_it() {
	execute(|| {
		service(1);
		allocate(0, WAD / 2);
		Now::set(2);
		set_kinds(0, &[(ASSET, 1)]);
		for magnitude in [WAD / 2, WAD] {
			assert_noop!(try_allocate(PoolKind::Native, 0, magnitude), Error::KindNotAccepted);
		}
		assert_eq!(current(0), WAD / 2, "the allocation answers until then");
		allocate(0, WAD / 4);
		Now::set(7);
		allocate(0, 0);
		Now::set(12);
		assert_eq!(allocated(0), (0, None));
		assert_noop!(try_allocate(PoolKind::Native, 0, 0), Error::KindNotAccepted);
	});
}

#[test]
fn a_retired_operator_can_only_take_back() {
	execute(|| {
		service(2);
		allocate(0, WAD / 2);
		Now::set(2);
		retire();
		assert_noop!(try_allocate(PoolKind::Native, 0, WAD / 2 + 1), Error::OperatorRetired);
		assert_noop!(try_allocate(PoolKind::Native, 1, 1), Error::OperatorRetired);
		allocate(0, 0);
		assert_eq!(allocated(0), (WAD / 2, Some((0, 2 + LOWERING_DELAY))));
	});
}

#[test]
fn what_came_to_bind_is_written_down_when_it_is_asked_for() {
	execute(|| {
		service(2);
		allocate(0, WAD / 2);
		allocate(1, WAD / 4);
		let written = |n| {
			let exposure = Exposures::<Test>::get(account(NORTH), PoolKind::Native);
			exposure.allocations[&set(n)].clone()
		};
		Now::set(1);
		assert_storage_noop!(assert_eq!((mature(0), mature(2)), (0, 0)));
		Now::set(3);
		assert_eq!(mature(0), WAD / 2);
		assert_eq!((written(0).current, written(0).pending), (WAD / 2, None));
		assert_eq!(written(0).history.to_vec(), [(2, WAD / 2)]);
		assert_eq!(
			(written(1).current, written(1).pending),
			(0, Some((WAD / 4, 2))),
			"only this allocation is written"
		);
		assert_storage_noop!(assert_eq!(mature(0), WAD / 2));
		assert_eq!(allocated(1), (WAD / 4, None), "the other is read as if it had been written");

		allocate(0, 0);
		Now::set(50);
		assert_eq!(mature(0), 0);
		let exposure = Exposures::<Test>::get(account(NORTH), PoolKind::Native);
		assert!(!exposure.allocations.contains_key(&set(0)), "an allocation that ended is removed");
	});
}

#[test]
fn of_what_nobody_allocated_nothing_is_known() {
	execute(|| {
		assert_eq!(allocated(0), (0, None));
		assert_eq!((current(0), answers(0, 0..=1)), (0, vec![0, 0]));
		assert_eq!(Exposures::<Test>::iter().count(), 0);
	});
}
