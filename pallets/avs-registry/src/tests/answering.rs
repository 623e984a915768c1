//! The operators that answer for the running era: those that were members when it began, whatever has changed since.

use super::*;

fn accounts(list: &[u8]) -> Vec<AccountId> {
	list.iter().map(|n| account(*n)).collect()
}

/// [`SET`] with members 1 and 2, in the first era they answer for.
fn two_serve() {
	service();
	join(NORTH);
	join(SOUTH);
	assert_eq!(answering(), [], "members answer from the next era on");
	Now::set(1);
	assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
}

#[test]
fn who_joins_answers_from_the_next_era_on_and_who_leaves_for_this_one() {
	execute(|| {
		two_serve();
		join(3);
		leave(NORTH);
		assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET), accounts(&[SOUTH, 3]));
		Now::set(2);
		assert_eq!(answering(), accounts(&[SOUTH, 3]));
		// The record of an earlier era is replaced.
		leave(3);
		assert_eq!(answering(), accounts(&[SOUTH, 3]));
		assert_eq!(Answering::<Test>::get(SET).unwrap().era, 2);
		Now::set(9);
		assert_eq!(answering(), accounts(&[SOUTH]));
	});
}

#[test]
fn to_join_and_leave_in_one_era_is_to_answer_for_nothing() {
	execute(|| {
		two_serve();
		for _ in 0..5 {
			join(3);
			assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
			leave(3);
			assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
		}
		Now::set(2);
		assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
	});
}

#[test]
fn who_leaves_and_returns_in_one_era_answers_for_it_once() {
	execute(|| {
		two_serve();
		for _ in 0..3 {
			leave(NORTH);
			assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
			join(NORTH);
			assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
		}
		Now::set(2);
		assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
	});
}

#[test]
fn who_is_ejected_retires_or_stops_answers_for_the_era() {
	execute(|| {
		two_serve();
		join(3);
		join(4);
		Now::set(2);
		let all = accounts(&[NORTH, SOUTH, 3, 4]);
		assert_ok!(send(OWNER, Call::eject { set: SET, operator: account(NORTH) }));
		assert_eq!(answering(), all);
		retire(SOUTH);
		assert_eq!(answering(), all);
		assert_eq!(AvsRegistry::leave_all(&account(3)), 1);
		assert_eq!(answering(), all);
		// Others take the free places in the same era. The list never exceeds the maximum number of members.
		join(5);
		join(6);
		join(3);
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET).len(), 4);
		assert_eq!(answering(), all);
		Now::set(3);
		assert_eq!(answering(), accounts(&[3, 4, 5, 6]));
	});
}

#[test]
fn who_is_displaced_answers_for_the_era() {
	execute(|| {
		two_serve();
		join(3);
		join(4);
		Now::set(2);
		fund(5, PoolKind::Native, STAY);
		allocate(5, PoolKind::Native, SET, WAD);
		join(5);
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET), accounts(&[NORTH, SOUTH, 3, 5]));
		assert_eq!(answering(), accounts(&[NORTH, SOUTH, 3, 4]));
		Now::set(3);
		assert_eq!(answering(), accounts(&[NORTH, SOUTH, 3, 5]));
	});
}

#[test]
fn nobody_answers_for_what_comes_after_the_era_of_winding_down() {
	execute(|| {
		two_serve();
		join(3);
		assert_ok!(send(OWNER, Call::wind_down { set: SET }));
		assert_eq!(answering(), accounts(&[NORTH, SOUTH]));
		leave(SOUTH);
		assert_eq!(answering(), accounts(&[NORTH, SOUTH]), "it answers until the era ends");
		Now::set(2);
		assert_eq!(answering(), []);
		leave(NORTH);
		assert_eq!(answering(), []);
		assert_eq!(
			Answering::<Test>::get(SET).unwrap().era,
			1,
			"no record is written for an era for which nobody answers"
		);

		Now::set(1 + EXIT_ERAS);
		assert_ok!(send(STRANGER, Call::close_set { set: SET, most: 4 }));
		assert_eq!(Answering::<Test>::get(SET), None);
		assert_eq!(<AvsRegistry as OperatorSets<_>>::answering(SET), []);
	});
}

#[test]
fn of_a_set_there_is_not_nobody_answers() {
	execute(|| assert_eq!(<AvsRegistry as OperatorSets<_>>::answering(NOWHERE), []));
}
