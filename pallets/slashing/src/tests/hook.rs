//! Due slashes in the hook: order, budget, cursor.

use super::*;
use frame_support::{traits::Hooks, weights::Weight};

/// A step of which three fit the hook's part of a block.
const THIRD: u64 = 60_000_000_000;

#[test]
fn due_slashes_run_in_order_of_due_era_and_id() {
	execute(|| {
		Now::set(2);
		offence(&[1], 5, 2);
		offence(&[2], 5, 0);
		offence(&[3], 5, 1);
		let due: Vec<_> = (0..3).map(|id| Slashes::<Test>::get(id).unwrap().due).collect();
		assert_eq!(due, [4, 3, 4]);
		events();
		begin_era(4);
		let taken = STAKE / 20;
		let expected = [(1, 2), (0, 1), (2, 3)].map(|(id, n)| [executed(id, n, taken), burnt(id, taken)]);
		assert_eq!(events(), expected.concat());
	});
}

#[test]
fn a_slash_waits_for_its_due_era() {
	execute(|| {
		offence(&[1], 5, 0);
		begin_era(DEFERRAL - 1);
		assert_eq!(pending(), [0]);
		begin_era(DEFERRAL);
		assert!(pending().is_empty());
	});
}

#[test]
fn the_hook_keeps_its_budget_and_goes_on_in_the_next_block() {
	execute(|| {
		Step::set(THIRD);
		(1..=5).for_each(|n| offence(&[n], 5, 0));
		Now::set(DEFERRAL);
		assert!(Slashing::any_due());
		// One for looking, one for each of the two eras it passes, three steps.
		assert_eq!(next_block(), Weight::from_parts(1 + 2 + 3 * THIRD, 0));
		assert_eq!((pending(), Cursor::<Test>::get()), (vec![3, 4], (DEFERRAL, 3)));
		assert!(Slashing::any_due());
		assert_eq!(next_block(), Weight::from_parts(1 + 2 * THIRD + 1, 0));
		assert_eq!((pending(), Cursor::<Test>::get()), (vec![], (DEFERRAL + 1, 0)));
		assert!(!Slashing::any_due());
		assert_eq!((Queue::<Test>::iter().count(), QueueLength::<Test>::iter().count()), (0, 0));
		assert_eq!(next_block(), Weight::from_parts(1, 0));
	});
}

#[test]
fn nothing_is_due_where_nothing_is_queued() {
	execute(|| {
		assert!(!Slashing::any_due());
		Now::set(5);
		assert!(Slashing::any_due(), "the hook has not looked yet");
		next_block();
		assert!(!Slashing::any_due());
	});
}

#[test]
fn a_place_left_empty_blocks_nothing() {
	execute(|| {
		(1..=3).for_each(|n| offence(&[n], 5, 0));
		assert_ok!(Slashing::cancel(RuntimeOrigin::root(), 1));
		begin_era(DEFERRAL);
		assert_eq!((staked(1), staked(2), staked(3)), (STAKE * 95 / 100, STAKE, STAKE * 95 / 100));
	});
}

#[test]
fn a_slash_that_fails_blocks_nothing_and_waits_for_anyone() {
	execute(|| {
		offence(&[1], 5, 0);
		offence(&[2], 5, 0);
		let due = |due| Slashes::<Test>::mutate(0, |slash| slash.as_mut().unwrap().due = due);
		due(DEFERRAL + 1); // as a fault would have it
		events();
		begin_era(DEFERRAL);
		let failed = Event::ExecutionFailed { id: 0, error: Error::NotDue.into() };
		assert_eq!(events(), [failed, executed(1, 2, STAKE / 20), burnt(1, STAKE / 20)]);
		assert_eq!(pending(), [0]);
		due(DEFERRAL);
		assert!(!Slashing::any_due());
		assert_ok!(execute_slash(0));
	});
}

#[test]
fn the_hook_comes_back_for_a_slash_due_in_an_era_it_is_done_with() {
	execute(|| {
		begin_era(3);
		assert_eq!(Cursor::<Test>::get(), (4, 0));
		for operator in [1, 2] {
			offence(&[operator], 5, 0);
			assert_eq!(Cursor::<Test>::get(), (3, 0));
			assert!(Slashing::any_due());
			next_block();
			assert_eq!((staked(operator), Cursor::<Test>::get()), (STAKE * 95 / 100, (4, 0)));
		}
	});
}

#[test]
fn slashes_that_fell_due_while_the_chain_stood_still_are_executed() {
	execute(|| {
		offence(&[1], 5, 0);
		Now::set(1);
		offence(&[2], 5, 1);
		begin_era(1_000);
		assert_eq!((staked(1), staked(2)), (STAKE * 95 / 100, STAKE * 95 / 100));
		assert_eq!(Cursor::<Test>::get(), (1_001, 0));
		assert_eq!(Records::<Test>::iter_prefix(1_000).count(), 2);
	});
}

#[test]
#[should_panic(expected = "one slash must fit the hook's part of a block")]
fn a_runtime_whose_blocks_hold_no_slash_is_refused() {
	new_test_ext().execute_with(|| {
		Step::set(1_000_000_000_000);
		Slashing::integrity_test();
	});
}
