//! Sessions, eras, and what is stored about them.

use super::*;
use pallet_session::historical::{HistoricalSessions, StoredRange};

#[test]
fn an_era_is_its_number_of_sessions() {
	execute(|| {
		for session in 1..=7 {
			next_session();
			assert_eq!(Staking::active(), session / SESSIONS);
		}
		let began: Vec<_> = events().into_iter().filter(|e| matches!(e, Event::EraBegan { .. })).collect();
		assert_eq!(began, [Event::EraBegan { era: 1 }, Event::EraBegan { era: 2 }]);
	});
}

#[test]
fn an_era_is_planned_from_its_election_on() {
	execute(|| {
		let planned: Vec<_> = (0..7)
			.map(|_| {
				let planned = (Staking::active(), Staking::planned());
				next_session();
				planned
			})
			.collect();
		assert_eq!(planned, [(0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (1, 2), (2, 2)]);
	});
}

#[test]
fn an_election_that_is_not_used_plans_an_era_too() {
	execute(|| {
		[1, 2, 3].into_iter().for_each(|n| {
			assert_ok!(send(n, Call::chill {}));
		});
		next_session();
		assert_eq!(Staking::planned(), 0);
		events();
		next_session();
		assert_eq!(events(), [Event::ElectionUnused { era: 1, electable: 1 }]);
		assert_eq!((Staking::active(), Staking::planned()), (0, 1));
	});
}

#[test]
fn the_end_of_an_era_is_told_while_the_clock_still_says_it() {
	execute(|| {
		next_era();
		next_era();
		assert_eq!(Ending::get(), [(0, 0), (1, 1)]);
		assert_eq!(Ended::get().iter().map(|(era, ..)| *era).collect::<Vec<_>>(), [0, 1]);
	});
}

#[test]
fn a_session_belongs_to_its_era_while_that_is_kept() {
	execute(|| {
		assert_eq!((Staking::era_of(0), Staking::era_of(2), Staking::era_of(3)), (Some(0), Some(0), None));
		(0..10).for_each(|_| next_era());
		let oldest = 10 + 1 - HISTORY;
		assert_eq!(Staking::era_of(oldest * SESSIONS - 1), None);
		assert_eq!(Staking::era_of(oldest * SESSIONS), Some(oldest));
		assert_eq!(Staking::era_of(10 * SESSIONS + 2), Some(10));
		assert_eq!(Staking::era_of(11 * SESSIONS), None);
	});
}

#[test]
fn the_end_of_an_era_is_told_with_its_points_and_its_length() {
	execute(|| {
		Millis::set(1_000_000);
		author(&[2, 1, 2]);
		assert_eq!(Staking::active_era(), ActiveEraInfo { index: 0, start: Some(1_000_000) });
		next_era();
		let elapsed = u64::from(SESSIONS) * SESSION_MILLIS;
		assert_eq!(Staking::active_era(), ActiveEraInfo { index: 1, start: Some(1_000_000 + elapsed) });
		let points = vec![(account(1), POINTS_PER_BLOCK), (account(2), 2 * POINTS_PER_BLOCK)];
		assert_eq!(Ended::get(), [(0, points, elapsed)]);
		author(&[3]);
		next_era();
		assert_eq!(Ended::get()[1], (1, vec![(account(3), POINTS_PER_BLOCK)], elapsed));
	});
}

#[test]
fn an_era_of_unknown_beginning_has_no_length() {
	execute(|| {
		next_era();
		assert_eq!(Ended::get(), [(0, vec![], 0)]);
	});
}

#[test]
fn a_clock_that_goes_backwards_gives_an_era_no_length() {
	execute(|| {
		Millis::set(1_000_000);
		author(&[1]);
		Millis::set(900_000);
		next_era();
		assert_eq!(Ended::get(), [(0, vec![(account(1), POINTS_PER_BLOCK)], 0)]);
	});
}

#[test]
fn the_size_of_a_set_is_known_while_its_era_is_kept() {
	execute(|| {
		assert_eq!((Staking::set_size(0), Staking::set_size(1)), (4, 0));
		assert_ok!(Staking::chill(RuntimeOrigin::signed(account(1))));
		next_era();
		assert_eq!((Staking::set_size(0), Staking::set_size(1)), (4, 3));
		(1..HISTORY).for_each(|_| next_era());
		assert_eq!((Staking::set_size(0), Staking::set_size(1)), (0, 3));
	});
}

#[test]
fn what_is_older_than_the_history_is_forgotten() {
	execute(|| {
		// Sessions that an older runtime stored.
		StoredRange::<Test>::put((0, SESSIONS + 1));
		(0..=SESSIONS).for_each(|session| HistoricalSessions::<Test>::insert(session, (H256::zero(), 4)));
		author(&[1, 2, 3, 4]);
		(1..HISTORY).for_each(|_| {
			next_era();
			author(&[1, 2, 3, 4]);
		});
		assert_eq!(EraPoints::<Test>::iter_prefix(0).count(), 4);
		assert_eq!(HistoricalSessions::<Test>::iter().count(), SESSIONS as usize + 1);
		next_era();
		assert_eq!(EraPoints::<Test>::iter_prefix(0).count(), 0);
		assert_eq!(EraPoints::<Test>::iter_prefix(1).count(), 4);
		assert!(!EraValidators::<Test>::contains_key(0) && EraValidators::<Test>::contains_key(1));
		assert!(!EraStakes::<Test>::contains_key(0) && EraStakes::<Test>::contains_key(1));
		assert!(!HistoricalSessions::<Test>::contains_key(SESSIONS - 1));
		assert!(HistoricalSessions::<Test>::contains_key(SESSIONS));
	});
}

/// `clients` 1: independent clients compute the progress of an era from these values.
#[test]
fn what_clients_read_follows_the_clock() {
	execute(|| {
		for session in 0..(HISTORY + 3) * SESSIONS {
			assert_eq!(Session::current_index(), session);
			let era = session / SESSIONS;
			let planned = era + u32::from(session % SESSIONS == SESSIONS - 1);
			assert_eq!(ActiveEra::<Test>::get().map(|era| era.index), Some(era));
			assert_eq!(CurrentEra::<Test>::get(), Some(planned));
			let mut begin: Vec<_> = ErasStartSessionIndex::<Test>::iter().collect();
			begin.sort();
			let kept = (era + 1).saturating_sub(HISTORY);
			assert_eq!(begin, (kept..=planned).map(|era| (era, era * SESSIONS)).collect::<Vec<_>>());
			next_session();
		}
		assert_eq!(Staking::sessions_per_era(), SESSIONS);
	});
}

#[test]
fn the_state_check_finds_what_clients_would_misread() {
	let finds = |change: fn()| {
		new_test_ext().execute_with(|| {
			assert_ok!(Staking::do_try_state());
			change();
			Staking::do_try_state()
		})
	};
	assert_eq!(finds(ActiveEra::<Test>::kill), Err("no era is running".into()));
	assert_eq!(finds(|| CurrentEra::<Test>::put(1)), Err("another era is planned".into()));
	let other = "an era begins with another session";
	assert_eq!(finds(|| ErasStartSessionIndex::<Test>::insert(0, 1)), Err(other.into()));
	assert_eq!(
		finds(|| ErasStartSessionIndex::<Test>::insert(7, 7 * SESSIONS)),
		Err("the session of an era that is not kept".into())
	);
}

#[test]
fn an_era_that_was_not_planned_is_noted_when_it_begins() {
	execute(|| {
		Staking::begin_era(1);
		assert_eq!(
			(CurrentEra::<Test>::get(), ErasStartSessionIndex::<Test>::get(1)),
			(Some(1), Some(SESSIONS))
		);
	});
}
