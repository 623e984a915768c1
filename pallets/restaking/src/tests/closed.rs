//! Allocations to a set that is closed.

use super::*;

fn wind_down(n: u32) {
	assert_ok!(send(OWNER, registry::Call::<Test>::wind_down { set: set(n) }));
}

fn close(n: u32) {
	assert_ok!(send(STRANGER, registry::Call::<Test>::close_set { set: set(n), most: 4 }));
	assert!(!AvsRegistry::exists(set(n)));
}

/// [`NORTH`] allocated all of both pools to set 0, which never had a member and was closed in era 3.
fn closed() {
	service(2);
	admit();
	for kind in [PoolKind::Native, ASSET] {
		assert_ok!(try_allocate(kind, 0, WAD));
	}
	Now::set(3);
	wind_down(0);
	close(0);
	events();
}

fn unknown(kind: PoolKind, n: u32, magnitude: u64) {
	assert_noop!(try_allocate(kind, n, magnitude), Error::UnknownSet);
}

#[test]
fn what_is_allocated_to_a_closed_set_is_taken_back_at_once() {
	execute(|| {
		closed();
		assert_eq!(allocated(0), (WAD, None));
		allocate(0, 0);
		assert_eq!((events(), allocated(0)), (vec![changed(0, 0, 3)], (0, None)));
		assert_eq!(answers(0, 2..=3), [0, 0]);
		unknown(PoolKind::Native, 0, 0);
		assert_ok!(try_allocate(ASSET, 0, 0));
		assert_eq!((events(), Exposures::<Test>::iter().count()), (vec![changed_of(ASSET, 0, 0, 3)], 0));
	});
}

#[test]
fn nothing_else_is_allocated_to_a_closed_set() {
	execute(|| {
		closed();
		for magnitude in [1, WAD / 2, WAD, WAD + 1] {
			unknown(PoolKind::Native, 0, magnitude);
		}
		wind_down(1);
		close(1);
		for (kind, n) in [(PoolKind::Native, 1), (PoolKind::Stake, 0), (PoolKind::Native, 9)] {
			unknown(kind, n, 0);
		}
		let by = |who| send(who, Call::allocate { kind: PoolKind::Native, set: set(0), magnitude: 0 });
		assert_noop!(by(SOUTH), Error::UnknownSet);
		assert_noop!(by(STRANGER), Error::NotOperator);
		assert_eq!(current(0), WAD);
	});
}

#[test]
fn what_is_taken_back_of_a_closed_set_frees_the_leverage() {
	execute(|| {
		closed();
		assert_ok!(send(NORTH, Call::set_leverage { percent: 100 }));
		assert_noop!(try_allocate(PoolKind::Native, 1, 1), Error::LeverageTooHigh);
		allocate(0, 0);
		allocate(1, WAD);
		assert_noop!(try_allocate(ASSET, 1, 1), Error::LeverageTooHigh);
	});
}

#[test]
fn a_change_that_waits_is_taken_back_with_the_rest() {
	execute(|| {
		service(2);
		allocate(0, WAD / 2);
		allocate(1, WAD / 2);
		Now::set(2);
		allocate(0, WAD);
		wind_down(0);
		close(0);
		allocate(0, 0);
		Now::set(4);
		assert_eq!((allocated(0), allocated(1)), ((0, None), (WAD / 2, None)));
	});
}

#[test]
fn who_retired_takes_back_what_a_closed_set_had() {
	execute(|| {
		closed();
		retire();
		allocate(0, 0);
		assert_eq!(allocated(0), (0, None));
	});
}

#[test]
fn the_members_of_a_set_are_free_when_it_is_closed() {
	execute(|| {
		service(2);
		admit();
		join(0);
		for n in [0, 1] {
			allocate(n, WAD / 2);
		}
		assert_ok!(try_allocate(ASSET, 0, WAD));
		assert_ok!(send(SOUTH, Call::allocate { kind: ASSET, set: set(0), magnitude: WAD }));
		assert_ok!(send(NORTH, Call::set_leverage { percent: 100 }));
		Now::set(3);
		wind_down(0);
		Now::set(3 + EXIT_ERAS);
		assert_noop!(try_allocate(PoolKind::Native, 1, WAD), Error::LeverageTooHigh);
		close(0);
		assert_eq!((allocated(0), allocated(1)), ((0, None), (WAD / 2, None)));
		assert_eq!(Restaking::allocation(account(NORTH), ASSET, set(0)), (0, None));
		assert_eq!(Restaking::allocation(account(SOUTH), ASSET, set(0)), (WAD, None), "no member");
		allocate(1, WAD);
		unknown(ASSET, 0, 0);
	});
}

#[test]
fn a_kind_that_the_set_dropped_before_is_the_operators_to_take_back() {
	execute(|| {
		service(1);
		admit();
		join(0);
		for kind in [PoolKind::Native, ASSET] {
			assert_ok!(try_allocate(kind, 0, WAD));
		}
		Now::set(3);
		set_kinds(0, &[(PoolKind::Native, 1)]);
		wind_down(0);
		Now::set(3 + EXIT_ERAS);
		close(0);
		let left = || (current(0), Restaking::allocation(account(NORTH), ASSET, set(0)).0);
		assert_eq!(left(), (0, WAD));
		assert_ok!(try_allocate(ASSET, 0, 0));
		assert_eq!(left(), (0, 0));
	});
}

#[test]
fn a_redistributing_set_that_is_closed_keeps_nobody_from_sharing() {
	execute(|| {
		service(2);
		admit();
		create_set_to(&[(ASSET, 1)], Destination::Account(account(STRANGER)));
		let allocate = |n, magnitude| {
			assert_ok!(try_allocate(ASSET, n, magnitude));
		};
		allocate(2, WAD);
		Now::set(2);
		assert_noop!(try_allocate(ASSET, 0, WAD), Error::NotUnique);
		wind_down(2);
		close(2);
		allocate(0, WAD);
		allocate(1, WAD);
	});
}
