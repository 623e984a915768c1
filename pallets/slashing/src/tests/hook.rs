//! Due slashes in the hook: order, budget, cursor.

use super::*;
use frame_support::{storage::with_storage_layer, traits::Hooks, weights::Weight};
use sp_runtime::TransactionalError;

/// The weight of a step of which three fit the hook's part of a block.
const THIRD: u64 = 60_000_000_000;

/// Begins a block that allows no storage layer, so that every slash fails.
fn next_block_without_layers() {
	fn nest(layers: u8) {
		if layers == 0 {
			next_block();
			return;
		}
		let nested = || {
			nest(layers - 1);
			Ok::<_, DispatchError>(())
		};
		assert_ok!(with_storage_layer(nested));
	}
	nest(u8::MAX);
}

fn failed(id: SlashId) -> Event {
	Event::ExecutionFailed { id, error: TransactionalError::LimitReached.into() }
}

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
		// One unit for looking, one for each of the two eras it passes, and three steps.
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
		for now in 0..4 {
			Now::set(now);
			assert!(!Slashing::any_due());
		}
		Now::set(4);
		assert!(Slashing::any_due(), "the hook has not looked at more eras than it checks for due slashes");
		next_block();
		assert!(!Slashing::any_due());
	});
}

#[test]
fn what_is_due_is_told_exactly_before_and_after_the_hook() {
	execute(|| {
		Step::set(THIRD);
		begin_era(3);
		(1..=5).for_each(|n| offence(&[n], 5, 3));
		begin_era(3 + DEFERRAL - 1);
		assert!(!Slashing::any_due());
		Now::set(3 + DEFERRAL);
		assert!(Slashing::any_due());
		next_block();
		assert_eq!((pending(), Slashing::any_due()), (vec![3, 4], true));
		assert_ok!(cancel(3));
		assert!(Slashing::any_due());
		assert_ok!(execute_slash(4));
		assert!(!Slashing::any_due(), "every due slash was decided");
		assert_eq!((Cursor::<Test>::get(), places(3 + DEFERRAL)), ((3 + DEFERRAL, 3), None));
		// A new slash gets a place before the cursor, which moves back.
		offence(&[6], 5, 2);
		assert_eq!((Cursor::<Test>::get(), places(3 + DEFERRAL)), ((3 + DEFERRAL, 0), Some((1, 1))));
		assert!(Slashing::any_due());
		next_block();
		assert_eq!((staked(6), Slashing::any_due()), (STAKE * 95 / 100, false));
	});
}

#[test]
fn a_place_left_empty_blocks_nothing() {
	execute(|| {
		(1..=3).for_each(|n| offence(&[n], 5, 0));
		assert_ok!(cancel(1));
		begin_era(DEFERRAL);
		assert_eq!((staked(1), staked(2), staked(3)), (STAKE * 95 / 100, STAKE, STAKE * 95 / 100));
	});
}

#[test]
fn slashes_that_fail_block_nothing_and_wait_for_anyone() {
	execute(|| {
		offence(&[1], 5, 0);
		offence(&[2], 5, 0);
		events();
		Now::set(DEFERRAL);
		next_block_without_layers();
		assert_eq!(events(), [failed(0), failed(1)]);
		assert_eq!((pending(), Slashing::any_due()), (vec![0, 1], false));
		assert_eq!((Queue::<Test>::iter().count(), places(DEFERRAL)), (0, None));
		check();
		offence(&[3], 5, 0);
		begin_era(DEFERRAL + 1);
		assert_eq!(
			(pending(), staked(3)),
			(vec![0, 1], STAKE * 95 / 100),
			"the hook has passed the failed slashes"
		);
		for (id, operator) in [(0, 1), (1, 2)] {
			assert_ok!(execute_slash(id));
			assert_eq!(staked(operator), STAKE * 95 / 100);
		}
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

#[test]
#[should_panic(expected = "what a block forgets must fit the hook's part of it")]
fn a_runtime_whose_blocks_have_no_room_to_forget_is_refused() {
	new_test_ext().execute_with(|| {
		Prune::set(10_000_000_000);
		Slashing::integrity_test();
	});
}

/// Service 0 slashes one of operators 1 to 3, which have no more than [`STAKE`] of each kind there.
fn services_slash(operator: u8, percent: u64) -> SlashId {
	assert_ok!(attest(SET, operator, &[(PoolKind::Native, percent), (COINS, percent)], 1));
	NextId::<Test>::get() - 1
}

/// Operators 1 to 3 serve with all of two kinds. It is era 1.
fn three_served() {
	service(Destination::Burn);
	(1..=3).for_each(|operator| serve(operator, SET, &[(PoolKind::Native, 100), (COINS, 100)]));
	Now::set(1);
}

#[test]
fn due_slashes_of_both_lanes_go_on_over_blocks_within_the_budget() {
	execute(|| {
		Step::set(THIRD);
		three_served();
		for operator in 1..=3 {
			services_slash(operator, 10);
			offence(&[operator], 10, 1);
		}
		let due: Vec<_> = (0..6).map(|id| Slashes::<Test>::get(id).unwrap().due).collect();
		assert_eq!(due, [3; 6]);
		Now::set(3);
		let left = |operator| {
			(pooled(operator, PoolKind::Native), pooled(operator, PoolKind::Stake), pooled(operator, COINS))
		};
		let (once, twice) = (STAKE * 90 / 100, STAKE * 81 / 100);
		// One unit for looking, one for each of the three eras it passes, and three steps.
		assert_eq!(next_block(), Weight::from_parts(1 + 3 + 3 * THIRD, 0));
		assert_eq!((pending(), Slashing::any_due()), (vec![3, 4, 5], true));
		assert_eq!([1, 2, 3].map(left), [(twice, once, once), (once, STAKE, once), (STAKE, STAKE, STAKE)]);
		check();
		// After these steps, no budget is left to pass the era.
		assert_eq!(next_block(), Weight::from_parts(1 + 3 * THIRD, 0));
		assert_eq!((pending(), Slashing::any_due()), (vec![], false));
		assert_eq!([1, 2, 3].map(left), [(twice, once, once); 3]);
		next_block();
		assert_eq!((Queue::<Test>::iter().count(), QueueLength::<Test>::iter().count()), (0, 0));
		assert_eq!(Cursor::<Test>::get(), (4, 0));
	});
}

#[test]
fn a_services_slash_that_fails_holds_what_it_covers() {
	execute(|| {
		three_served();
		services_slash(1, 10);
		events();
		Now::set(3);
		next_block_without_layers();
		assert_eq!((events(), pooled(1, COINS)), (vec![failed(0)], STAKE));
		assert_eq!((counted(), Slashing::covers(&account(1), COINS, 1)), ((1, 0), true));
		assert_ok!(execute_slash(0));
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
		assert_eq!((Held::<Test>::iter().count(), Pending::<Test>::iter().count()), (0, 0));
	});
}

#[test]
fn a_payout_that_fails_keeps_the_hook_from_nothing() {
	execute(|| {
		three_served();
		(1..=3).for_each(|operator| {
			services_slash(operator, 10);
		});
		assert_ok!(send(200, pallet_assets::Call::<Test>::freeze_asset { id: 1 }));
		begin_era(3);
		assert_eq!((pending(), Unpaid::<Test>::iter().count()), (vec![], 3));
		assert_eq!([1, 2, 3].map(|operator| pooled(operator, PoolKind::Native)), [STAKE * 90 / 100; 3]);
	});
}

#[test]
fn slashes_of_both_lanes_run_in_order_of_due_era_and_id() {
	execute(|| {
		service(Destination::Burn);
		add_condition(SET, 50, MAX_VETO_WINDOW, None);
		add_condition(SET, 50, 0, None);
		(1..=3).for_each(|operator| serve(operator, SET, &[(COINS, 100)]));
		Now::set(1);
		assert_ok!(attest_for(1, SET, 1, &[(COINS, 10)], 1));
		offence(&[2], 10, 1);
		assert_ok!(attest(SET, 2, &[(COINS, 10)], 1));
		assert_ok!(attest_for(2, SET, 3, &[(COINS, 10)], 1));
		let due: Vec<_> = (0..4).map(|id| Slashes::<Test>::get(id).unwrap().due).collect();
		assert_eq!(due, [4, 3, 3, 1]);
		events();
		begin_era(4);
		let executed = events().into_iter().filter_map(|event| match event {
			Event::SlashExecuted { id, .. } => Some(id),
			_ => None,
		});
		assert_eq!(executed.collect::<Vec<_>>(), [3, 1, 2, 0]);
	});
}
