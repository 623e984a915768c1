//! Leverage: the sum of all allocations of one pool.

use super::*;

fn set_leverage(percent: u32) -> DispatchResult {
	send(NORTH, Call::set_leverage { percent })
}

/// The leverage limit in each of `eras`.
fn limits(eras: core::ops::RangeInclusive<Era>) -> Vec<u32> {
	let at = |era| {
		Now::set(era);
		Restaking::leverage(account(NORTH))
	};
	eras.map(at).collect()
}

fn too_high(n: u32, magnitude: u64) {
	assert_noop!(try_allocate(PoolKind::Native, n, magnitude), Error::LeverageTooHigh);
}

#[test]
fn a_pool_is_promised_as_often_as_the_chain_allows() {
	execute(|| {
		service(4);
		admit();
		assert_eq!(Restaking::leverage(account(NORTH)), 100 * MAX_LEVERAGE);
		for n in 0..3 {
			allocate(n, WAD);
		}
		too_high(3, 1);
		assert_ok!(try_allocate(ASSET, 3, WAD));
		Now::set(2);
		too_high(3, 1);
	});
}

#[test]
fn what_waits_to_be_more_counts_as_if_it_were() {
	execute(|| {
		service(4);
		assert_ok!(set_leverage(100));
		allocate(0, WAD / 4);
		too_high(1, WAD / 4 * 3 + 1);
		allocate(1, WAD / 4 * 3);
	});
}

#[test]
fn what_was_promised_counts_while_a_slash_can_name_its_eras() {
	execute(|| {
		service(2);
		assert_ok!(set_leverage(100));
		allocate(0, WAD);
		Now::set(3);
		allocate(0, 0);
		// The last era of the old allocation is 7. In era 11 a slash for it is too late.
		for era in [3, 7, 8, 10] {
			Now::set(era);
			too_high(1, 1);
		}
		Now::set(11);
		allocate(1, WAD);
	});
}

#[test]
fn a_set_can_have_back_what_it_had() {
	execute(|| {
		service(1);
		assert_ok!(set_leverage(100));
		allocate(0, WAD);
		Now::set(3);
		allocate(0, 0);
		Now::set(8);
		allocate(0, WAD);
		assert_eq!(allocated(0), (0, Some((WAD, 10))));
	});
}

#[test]
fn the_limit_shrinks_with_what_slashes_leave() {
	execute(|| {
		service(4);
		allocate(0, WAD);
		Now::set(2);
		assert_eq!(slash(PoolKind::Native, 0, WAD / 2, 2).left, Some(Magnitude(WAD / 2)));
		allocate(1, WAD / 2);
		allocate(2, WAD / 2 - 1);
		too_high(3, 2);
		allocate(3, 1);
	});
}

#[test]
fn a_lower_limit_of_ones_own_binds_at_once_for_what_is_allocated_from_then_on() {
	execute(|| {
		service(3);
		allocate(0, WAD);
		allocate(1, WAD);
		Now::set(2);
		events();
		assert_ok!(set_leverage(100));
		assert_eq!(
			events(),
			[Event::LeverageSet { operator: account(NORTH), old: 300, new: 100, effective: 2 }]
		);
		assert_eq!(Restaking::leverage(account(NORTH)), 100);
		assert_eq!(Restaking::leverage(account(SOUTH)), 300);
		assert_eq!((current(0), current(1)), (WAD, WAD), "existing allocations stay");
		too_high(2, 1);
		allocate(0, WAD / 2);
	});
}

#[test]
fn a_limit_below_a_whole_pool_leaves_a_part_to_nobody() {
	execute(|| {
		service(2);
		assert_ok!(set_leverage(1));
		too_high(0, WAD / 100 + 1);
		allocate(0, WAD / 100);
		too_high(1, 1);
	});
}

#[test]
fn a_higher_limit_binds_after_the_delay() {
	execute(|| {
		service(2);
		assert_ok!(set_leverage(100));
		Now::set(1);
		events();
		assert_ok!(set_leverage(150));
		let effective = 1 + ALLOCATION_DELAY;
		assert_eq!(
			events(),
			[Event::LeverageSet { operator: account(NORTH), old: 100, new: 150, effective }]
		);
		let own = mainstay_primitives::Delayed { value: 100, next: Some((150, effective)) };
		assert_eq!(Leverage::<Test>::get(account(NORTH)), Some(own));
		assert_eq!(limits(1..=4), [100, 100, 150, 150]);
		Now::set(effective - 1);
		allocate(0, WAD);
		too_high(1, WAD / 2);
		Now::set(effective);
		allocate(1, WAD / 2);
	});
}

#[test]
fn a_change_replaces_a_raise_that_does_not_bind_yet() {
	execute(|| {
		assert_ok!(set_leverage(100));
		assert_ok!(set_leverage(300));
		Now::set(1);
		assert_ok!(set_leverage(200));
		assert_eq!(limits(1..=3), [100, 100, 200], "the second raise waits its whole delay");

		assert_ok!(set_leverage(250));
		events();
		assert_ok!(set_leverage(200));
		assert_eq!(
			events(),
			[Event::LeverageSet { operator: account(NORTH), old: 200, new: 200, effective: 3 }]
		);
		assert_eq!(limits(3..=9), [200; 7], "setting the limit that binds withdraws a raise");
		assert_ok!(set_leverage(250));
		assert_ok!(set_leverage(50));
		assert_eq!(limits(9..=20), [50; 12], "or less");
	});
}

#[test]
fn a_limit_is_the_operators_to_change_within_the_chains() {
	execute(|| {
		let stranger = Call::set_leverage { percent: 100 };
		assert_noop!(send(STRANGER, stranger), Error::NotOperator);
		for percent in [0, 100 * MAX_LEVERAGE + 1, u32::MAX] {
			assert_noop!(set_leverage(percent), Error::LeverageOutOfBounds);
		}
		assert_noop!(set_leverage(100 * MAX_LEVERAGE), Error::NoChange);
		assert_ok!(set_leverage(100));
		assert_noop!(set_leverage(100), Error::NoChange);
		assert_ok!(set_leverage(200));
		assert_noop!(set_leverage(200), Error::NoChange);
		Now::set(ALLOCATION_DELAY);
		assert_noop!(set_leverage(200), Error::NoChange);
		assert_ok!(set_leverage(100 * MAX_LEVERAGE));
	});
}

#[test]
fn what_others_can_come_to_have_follows_from_the_limit_and_the_delays() {
	execute(|| {
		service(2);
		create_set_to(&[(ASSET, 1)], Destination::Account(account(STRANGER)));
		allocate(0, WAD / 2);
		assert_eq!(Restaking::encumbered(&account(NORTH), PoolKind::Native), [(set(0), WAD / 2)]);
		Now::set(2);
		let (half, most) = (u128::from(WAD / 2), u128::from(WAD) * 5 / 2);
		let others = |n: u32| {
			let limit = crate::Leverage::<Test>::get(account(NORTH));
			move |until| {
				let horizon = Restaking::horizon(set(n), until);
				horizon.map_or(0, |horizon| horizon.allocatable(horizon.limit(limit.clone()), WAD, WAD / 2))
			}
		};
		// An allocation that is made now binds in era 4.
		assert_eq!([0, 2, 3, 4, u32::MAX].map(others(0)), [0, 0, 0, most, most]);
		assert_eq!(
			[3, 4, u32::MAX].map(others(2)),
			[0, half, half],
			"in a set that gives slashed funds to an account"
		);
		// A limit that is raised now binds in era 4, and an allocation under it in era 6.
		assert_ok!(set_leverage(100));
		assert_eq!([3, 4, 5, 6].map(others(0)), [0, half, half, most]);
		assert_ok!(set_leverage(150));
		assert_eq!([3, 4, 5, 6].map(others(0)), [0, half, half, most]);
		Now::set(3);
		assert_eq!([4, 5, 6, 7].map(others(0)), [0, half, half * 2, most]);
	});
}

#[test]
fn what_can_still_be_taken_outlasts_what_is_allocated() {
	execute(|| {
		service(2);
		allocate(0, WAD / 2);
		allocate(1, WAD);
		Now::set(3);
		allocate(0, 0);
		let encumbered = || Restaking::encumbered(&account(NORTH), PoolKind::Native);
		let both = [(set(0), WAD / 2), (set(1), WAD)];
		// The last era of the old allocation is 7, which a slash can name until era 10.
		for era in [3, 7, 8, 10] {
			Now::set(era);
			assert_eq!(encumbered(), both);
		}
		Now::set(11);
		assert_eq!(encumbered(), both[1..]);
		assert_eq!(Restaking::encumbered(&account(SOUTH), PoolKind::Native), []);
	});
}
