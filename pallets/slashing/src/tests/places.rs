//! Places of the queue: decided slashes leave them at once, and the hook skips empty places at almost no cost.

use super::*;
use frame_support::weights::Weight;

/// When a slash that was reported in era 1 is due.
const DUE: Era = 1 + WINDOW;

/// The number of reports by a sham service whose own resolver vetoes each at once.
const MANY: u32 = 3_000;

/// Weights in the proportions of a production network: the hook's part of a block is enough for about sixteen slashes,
/// and one slash weighs as much as passing a thousand places.
const STEP: u64 = 12_000_000_000;
const PASS: u64 = STEP / 1_000;

/// Operator 1 serves [`SET`], and operator 2 a sham service, [`OTHER`].
fn two_services() {
	service(Destination::Burn);
	service(Destination::Burn);
	serve(1, SET, &[(COINS, 100)]);
	serve(2, OTHER, &[(COINS, 100)]);
	Now::set(1);
	Step::set(STEP);
	Pass::set(PASS);
}

/// Reports operator 2 to the sham service and vetoes the report, `times` times.
fn report_and_veto(times: u32) {
	for _ in 0..times {
		let id = NextId::<Test>::get();
		assert_ok!(attest(OTHER, 2, &[(COINS, 10)], 1));
		assert_ok!(veto(RESOLVER, id));
	}
	System::reset_events();
}

#[test]
fn whoever_is_decided_or_put_off_leaves_its_place_at_once() {
	execute(|| {
		service(Destination::Burn);
		add_condition(SET, 50, 0, None);
		serve(1, SET, &[(COINS, 100)]);
		Now::set(1);
		let taken = |due: Era| -> Vec<_> {
			let mut all: Vec<_> = Queue::<Test>::iter_prefix(due).collect();
			all.sort();
			all
		};
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		offence(&[2, 3], 5, 1);
		assert_eq!(taken(DUE), [(0, 0), (1, 1), (2, 2), (3, 3)]);
		assert_eq!(places(DUE), Some((4, 4)));
		assert_ok!(veto(RESOLVER, 0));
		assert_eq!((taken(DUE), places(DUE)), (vec![(1, 1), (2, 2), (3, 3)], Some((4, 3))));
		assert_ok!(cancel(3));
		assert_eq!((taken(DUE), places(DUE)), (vec![(1, 1), (2, 2)], Some((4, 2))));
		assert_ok!(appeal(BOB, 1));
		assert_eq!((taken(DUE), places(DUE)), (vec![(2, 2)], Some((4, 1))));
		assert_eq!((taken(DUE + APPEAL_WINDOW), places(DUE + APPEAL_WINDOW)), (vec![(0, 1)], Some((1, 1))));
		check();
		// The slash is executed by a call before its turn. It was the last one, so all places of the era are removed.
		assert_ok!(attest_for(1, SET, 1, &[(COINS, 10)], 1));
		assert_eq!((taken(1), places(1)), (vec![(0, 4)], Some((1, 1))));
		assert_ok!(execute_slash(4));
		assert_eq!((taken(1), places(1)), (vec![], None));
		Now::set(DUE);
		assert_ok!(execute_slash(2));
		assert_eq!((taken(DUE), places(DUE)), (vec![], None));
		assert_eq!(Queue::<Test>::iter().count(), 1);
	});
}

#[test]
fn a_reinstated_slash_gets_the_next_place() {
	execute(|| {
		served();
		for _ in 0..2 {
			assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		}
		assert_ok!(veto(RESOLVER, 0));
		assert_ok!(govern(Call::reinstate { id: 0, vetoed: 1 }));
		assert_eq!((places(DUE), PendingOf::<Test>::get(account(1), 0)), (Some((3, 2)), Some(2)));
		check();
		events();
		begin_era(DUE);
		let executed: Vec<_> = events()
			.into_iter()
			.filter_map(|event| match event {
				Event::SlashExecuted { id, .. } => Some(id),
				_ => None,
			})
			.collect();
		assert_eq!(executed, [1, 0]);
	});
}

#[test]
fn thousands_of_vetoed_slashes_leave_nothing_for_the_hook_and_keep_no_reward_waiting() {
	execute(|| {
		two_services();
		report_and_veto(MANY);
		assert_eq!((Queue::<Test>::iter().count(), places(DUE)), (0, None));
		begin_era(DUE - 1);
		Now::set(DUE);
		assert!(!Slashing::any_due());
		// One unit for looking, and one for the era.
		assert_eq!(next_block(), Weight::from_parts(2, 0));
		assert_eq!(Cursor::<Test>::get(), (DUE + 1, 0));
	});
}

#[test]
fn thousands_of_vetoed_slashes_between_two_honest_ones_are_passed_in_one_block() {
	execute(|| {
		two_services();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		report_and_veto(MANY);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_eq!((Queue::<Test>::iter().count(), places(DUE)), (2, Some((MANY + 2, 2))));
		check();
		begin_era(DUE - 1);
		Now::set(DUE);
		assert!(Slashing::any_due());
		let passed = PASS * u64::from(MANY);
		assert_eq!(next_block(), Weight::from_parts(1 + 2 * STEP + passed + 1, 0));
		assert_eq!((pooled(1, COINS), pending()), (STAKE * 81 / 100, vec![]));
		assert_eq!((Slashing::any_due(), QueueLength::<Test>::iter().count()), (false, 0));
	});
}

#[test]
fn more_places_than_one_block_passes_are_passed_in_the_next_within_the_budget() {
	execute(|| {
		two_services();
		// The budget of a block is enough for passing four hundred places.
		let budget = Slashing::budget().ref_time();
		Pass::set(budget / 400);
		assert_ok!(attest(SET, 1, &[(COINS, 20)], 1));
		report_and_veto(1_000);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		begin_era(DUE - 1);
		Now::set(DUE);
		let mut blocks = 0;
		while Slashing::any_due() {
			assert!(next_block().ref_time() <= budget);
			Slashing::do_try_state().unwrap();
			blocks += 1;
			assert_eq!(pooled(1, COINS), if blocks < 3 { STAKE * 80 / 100 } else { STAKE * 72 / 100 });
		}
		assert_eq!((blocks, pending()), (3, vec![]));
	});
}

#[test]
fn rewards_wait_no_longer_than_for_the_last_that_is_due() {
	execute(|| {
		two_services();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		report_and_veto(MANY);
		begin_era(DUE - 1);
		Now::set(DUE);
		// Thousands of empty places follow. The hook does not pass them one by one.
		assert_eq!(next_block(), Weight::from_parts(1 + STEP + 1, 0));
		assert_eq!((Slashing::any_due(), Cursor::<Test>::get()), (false, (DUE + 1, 0)));
	});
}

#[test]
fn places_that_appeals_left_cost_as_little() {
	execute(|| {
		two_services();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		for _ in 0..100 {
			let id = NextId::<Test>::get();
			assert_ok!(attest(OTHER, 2, &[(COINS, 10)], 1));
			assert_ok!(appeal(BOB, id));
			assert_ok!(veto(RESOLVER, id));
		}
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_eq!((places(DUE), places(DUE + APPEAL_WINDOW)), (Some((102, 2)), None));
		begin_era(DUE - 1);
		Now::set(DUE);
		assert_eq!(next_block(), Weight::from_parts(1 + 2 * STEP + 100 * PASS + 1, 0));
	});
}

#[test]
fn a_failed_slash_takes_nobodys_place_with_it() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		// The state after the hook failed to execute the slash: it is pending, without a place.
		Queue::<Test>::remove(DUE, 0);
		QueueLength::<Test>::remove(DUE);
		begin_era(DUE);
		check();
		// Another slash falls due in that era, and gets a place with the same number.
		offence(&[2], 5, 0);
		assert_eq!(Slashes::<Test>::get(1).unwrap().due, DUE);
		assert_eq!(PendingOf::<Test>::get(account(1), 0), PendingOf::<Test>::get(account(2), 1));
		assert_ok!(execute_slash(0));
		assert_eq!((pending(), places(DUE)), (vec![1], Some((1, 1))));
		check();
		next_block();
		assert_eq!((pending(), staked(2)), (vec![], STAKE * 95 / 100));
	});
}

/// The error of the state check after `break_it`, while a slash waits in the first place of [`DUE`].
fn found(break_it: fn()) -> &'static str {
	new_test_ext().execute_with(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(Slashing::do_try_state());
		break_it();
		Slashing::do_try_state().unwrap_err().into()
	})
}

#[test]
fn the_state_check_finds_places_that_are_wrong() {
	assert_eq!(found(|| Queue::<Test>::remove(DUE, 0)), "a pending slash without a place in the queue");
	assert_eq!(
		found(|| PendingOf::<Test>::insert(account(1), 0, 7)),
		"a pending slash without a place in the queue"
	);
	assert_eq!(
		found(|| PendingOf::<Test>::remove(account(1), 0)),
		"a pending slash that its operator does not show"
	);
	assert_eq!(found(|| Cursor::<Test>::put((DUE, 1))), "a place in the queue that the hook has passed");
	assert_eq!(found(|| QueueLength::<Test>::remove(DUE)), "a place in the queue beyond its length");
	assert_eq!(
		found(|| {
			QueueLength::<Test>::insert(DUE, Places { given: 2, waiting: 1 });
			Queue::<Test>::insert(DUE, 1, 0);
		}),
		"a place in the queue that its slash does not know of"
	);
	assert_eq!(
		found(|| {
			QueueLength::<Test>::insert(DUE, Places { given: 2, waiting: 2 });
			Queue::<Test>::insert(DUE, 1, 5);
		}),
		"a place in the queue of a slash that does not wait there"
	);
	assert_eq!(
		found(|| QueueLength::<Test>::insert(DUE, Places { given: 2, waiting: 2 })),
		"a wrong number of places that are taken"
	);
	assert_eq!(
		found(|| QueueLength::<Test>::insert(DUE + 1, Places { given: 1, waiting: 0 })),
		"a wrong number of places that are taken"
	);
}
