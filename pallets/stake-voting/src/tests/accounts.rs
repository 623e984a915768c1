//! Accounts that are removed, that have no references left, or that others act upon.

use super::*;

fn consumers(who: u8) -> u32 {
	System::consumers(&account(who))
}

fn exists(who: u8) -> bool {
	System::account_exists(&account(who))
}

#[test]
fn a_lock_without_a_freeze_needs_no_account() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 900 * STAY);
		assert_eq!(consumers(ALICE), 0, "nothing of the balance is locked");
		assert_ok!(transfer(ALICE, BOB, 100 * STAY));
		assert!(!exists(ALICE));
		assert_eq!(standing(ALICE), (900 * STAY, 0, 900 * STAY), "its lock stays");
		assert_eq!(votes(ALICE), 900 * STAY);
		// It can even vote, if somebody pays for it.
		vote(ALICE, 1, 900 * STAY);
		assert!(!exists(ALICE));
		exit(ALICE, PoolKind::Stake, ExitAmount::All);
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (900 * STAY, 900 * STAY, 0), "and holds what comes back");
		assert_eq!((exists(ALICE), consumers(ALICE)), (true, 1));
		assert_frozen(ALICE, 1);
		assert_eq!(votes(ALICE) + votes(BOB), 2 * PURSE);
	});
}

#[test]
fn an_account_with_a_freeze_cannot_be_removed() {
	execute(|| {
		vote(ALICE, 0, 1);
		assert_eq!(consumers(ALICE), 1);
		assert_frozen(ALICE, PURSE);
		assert_ok!(transfer(ALICE, BOB, PURSE - ExistentialDeposit::get()));
		assert!(exists(ALICE));
		assert_ok!(remove_vote(ALICE, 0));
		unlock(ALICE, 0);
		assert_eq!(consumers(ALICE), 0);
		assert_ok!(transfer(ALICE, BOB, ExistentialDeposit::get()));
		assert!(!exists(ALICE));
	});
}

#[test]
fn an_unlocking_of_a_removed_account_leaves_nothing() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 900 * STAY);
		assert_ok!(remove_vote(ALICE, 0));
		assert_ok!(transfer(ALICE, BOB, 100 * STAY));
		unlock(ALICE, 0);
		assert_eq!((standing(ALICE), exists(ALICE)), ((0, 0, 900 * STAY), false));
	});
}

#[test]
fn a_claim_works_without_a_reference_left() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 900 * STAY);
		exit(ALICE, PoolKind::Stake, ExitAmount::All);
		while System::inc_consumers(&account(ALICE)).is_ok() {}
		let full = consumers(ALICE);
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (900 * STAY, 900 * STAY, 0));
		assert_eq!(consumers(ALICE), full + 1);
		assert_frozen(ALICE, 100 * STAY + 1);
	});
}

#[test]
fn others_can_neither_freeze_nor_free_what_is_not_theirs() {
	execute(|| {
		stake(ALICE, 500 * STAY);
		vote(ALICE, 0, 600 * STAY);
		// A stranger's claim, unlocking and renewal do what the owner's would.
		exit(ALICE, PoolKind::Stake, ExitAmount::Value(200 * STAY));
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (600 * STAY, 300 * STAY, 300 * STAY));
		for class in [0, 1] {
			unlock(ALICE, class);
		}
		assert_noop!(send(STRANGER, Call::renew { who: account(ALICE) }), Error::NoChange);
		assert_eq!(standing(ALICE), (600 * STAY, 300 * STAY, 300 * STAY));
		// Gifts are not frozen.
		assert_ok!(transfer(BOB, ALICE, 50 * STAY));
		assert_ok!(transfer(ALICE, CAROL, 450 * STAY));
		assert_frozen(ALICE, 1);
		// An account without a lock has none after a claim.
		stake(BOB, 100 * STAY);
		exit(BOB, PoolKind::Stake, ExitAmount::All);
		let queued = Now::get();
		Now::mutate(|now| *now += ExitDelay::get());
		assert_ok!(try_claim(BOB, PoolKind::Stake, queued));
		assert_eq!(standing(BOB), (0, 0, 0));
	});
}

#[test]
fn stake_that_grows_by_opting_in_or_shrinks_by_an_exit_changes_no_freeze() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 950 * STAY);
		let before = standing(ALICE);
		assert_ok!(OperatorDelegation::opt_in(&account(ALICE), &account(NORTH), ExitAmount::All, 0));
		exit(ALICE, PoolKind::Native, ExitAmount::Value(400 * STAY));
		exit(ALICE, PoolKind::Native, ExitAmount::All);
		assert_eq!(standing(ALICE), before);
	});
}
