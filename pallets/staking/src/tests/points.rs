//! Points, and the chilling of validators without any. The file `silence` tests the limits.

use super::*;

fn silence(who: u8) -> u32 {
	Silent::<Test>::get(account(who))
}

/// An era in which these validators author blocks.
fn era_of(authors: &[u8]) {
	author(authors);
	next_era();
}

#[test]
fn each_block_gives_its_author_points_in_the_running_era() {
	execute(|| {
		era_of(&[1, 1]);
		author(&[1]);
		assert_eq!(EraPoints::<Test>::get(0, account(1)), 2 * POINTS_PER_BLOCK);
		assert_eq!(EraPoints::<Test>::get(1, account(1)), POINTS_PER_BLOCK);
		assert!(!EraPoints::<Test>::contains_key(1, account(2)));
	});
}

#[test]
fn who_is_silent_in_two_eras_in_a_row_is_chilled() {
	execute(|| {
		era_of(&[2, 3, 4]);
		assert_eq!(silence(1), 1);
		assert!(Candidates::<Test>::contains_key(account(1)));
		events();
		era_of(&[2, 3, 4]);
		assert!(events().contains(&left(1, LeaveReason::Silent)));
		assert_eq!(candidates(), accounts(&[2, 3, 4]));
		assert_eq!(silence(1), 2, "only a block resets the count");
		assert_eq!(set_of(2), accounts(&[4, 3, 2, 1]), "it serves the era it was elected for");
		next_era();
		assert_eq!(set_of(3), accounts(&[4, 3, 2]));
	});
}

#[test]
fn who_is_heard_between_is_not_chilled() {
	execute(|| {
		era_of(&[2, 3, 4]);
		era_of(&[1, 2, 3, 4]);
		assert!(!Silent::<Test>::contains_key(account(1)));
		era_of(&[2, 3, 4]);
		assert_eq!(silence(1), 1);
		assert_eq!(candidates(), accounts(&[1, 2, 3, 4]));
	});
}

#[test]
fn nobody_is_chilled_below_the_least_number() {
	execute(|| {
		era_of(&[2, 3, 4]);
		assert_ok!(send(2, Call::chill {}));
		assert_ok!(send(3, Call::chill {}));
		era_of(&[2, 3, 4]);
		assert_eq!(candidates(), accounts(&[1, 4]));
		assert_eq!(silence(1), 2);
	});
}

#[test]
fn counting_a_block_is_paid_for_by_the_block() {
	execute(|| {
		let used =
			|| System::block_weight().get(frame_support::dispatch::DispatchClass::Mandatory).ref_time();
		let before = used();
		<Staking as EventHandler<_, _>>::note_author(account(1));
		assert_eq!(used() - before, crate::weights::Measured::<Test>::note_author().ref_time());
	});
}
