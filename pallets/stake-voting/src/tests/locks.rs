//! What a vote locks, for how long, and that it leaves what fees need.

use super::*;

#[test]
fn who_votes_with_stake_alone_can_pay_fees_whatever_happens_to_the_stake() {
	execute(|| {
		stake(ALICE, 600 * STAY);
		restake(ALICE, 300 * STAY);
		leave(ALICE, STAY);
		vote(ALICE, 0, 900 * STAY);
		assert_eq!(standing(ALICE), (900 * STAY, 0, 900 * STAY));
		assert_ok!(pay_fee(ALICE));
		slash(PoolKind::Stake, WAD / 2);
		slash(PoolKind::Native, WAD);
		assert_ok!(pay_fee(ALICE));
		exit(ALICE, PoolKind::Stake, ExitAmount::All);
		assert_ok!(pay_fee(ALICE));
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (900 * STAY, 300 * STAY, 0), "what came back, and nothing else");
		assert_ok!(pay_fee(ALICE));
		assert_frozen(ALICE, STAY);
		assert_ok!(transfer(ALICE, BOB, STAY - 4 * FEE));
		assert_frozen(ALICE, 1);
		assert!(pay_fee(ALICE).is_err());
	});
}

#[test]
fn a_vote_freezes_no_more_than_the_stake_leaves() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 950 * STAY);
		assert_eq!(standing(ALICE), (950 * STAY, 50 * STAY, 900 * STAY));
		assert_frozen(ALICE, 50 * STAY + 1);
		assert_ok!(pay_fee(ALICE));
		// A smaller vote does not change it, and a larger one raises it.
		vote(ALICE, 1, 10 * STAY);
		assert_eq!(standing(ALICE).1, 50 * STAY);
		vote(ALICE, 1, 960 * STAY);
		assert_eq!(standing(ALICE), (960 * STAY, 60 * STAY, 900 * STAY));
	});
}

#[test]
fn a_vote_of_nothing_locks_nothing() {
	execute(|| {
		vote(ALICE, 0, 0);
		assert_eq!(standing(ALICE), (0, 0, 0));
	});
}

#[test]
fn locked_coins_can_be_staked() {
	execute(|| {
		vote(ALICE, 0, PURSE);
		assert_frozen(ALICE, 1);
		stake(ALICE, 600 * STAY);
		assert_eq!(standing(ALICE), (PURSE, 400 * STAY, 600 * STAY));
		restake(ALICE, 399 * STAY);
		assert_eq!(standing(ALICE), (PURSE, STAY, 999 * STAY));
		assert_frozen(ALICE, 1);
		// With free coins of its own, an account can pay fees while all of its lock is staked.
		assert_ok!(transfer(BOB, ALICE, 10 * STAY));
		stake(ALICE, 5 * STAY);
		assert_eq!(standing(ALICE), (PURSE, 0, 1_004 * STAY));
		assert_ok!(pay_fee(ALICE));
	});
}

#[test]
fn a_deposit_that_fails_eases_nothing() {
	execute(|| {
		vote(ALICE, 0, PURSE);
		let before = standing(ALICE);
		// The existential deposit must stay.
		assert_noop!(try_stake(ALICE, PURSE), TokenError::NotExpendable);
		assert_noop!(try_stake(ALICE, PURSE + 1), TokenError::FundsUnavailable);
		assert_eq!(standing(ALICE), before);
		assert_frozen(ALICE, 1);
	});
}

#[test]
fn a_deposit_after_a_slash_eases_the_freeze_by_its_amount() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 900 * STAY);
		slash(PoolKind::Stake, WAD);
		vote(ALICE, 0, 60 * STAY);
		assert_eq!(standing(ALICE), (900 * STAY, 60 * STAY, 0));
		restake(ALICE, 50 * STAY);
		assert_eq!(standing(ALICE), (900 * STAY, 10 * STAY, 50 * STAY), "840 are lost, and freeze nothing");
		assert_ok!(transfer(ALICE, BOB, 40 * STAY));
		assert_frozen(ALICE, 1);
	});
}

#[test]
fn what_was_free_before_a_claim_stays_free_as_far_as_it_is_not_locked() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 500 * STAY);
		exit(ALICE, PoolKind::Stake, ExitAmount::Value(300 * STAY));
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (500 * STAY, 0, 600 * STAY), "the rest covers the lock");
		exit(ALICE, PoolKind::Stake, ExitAmount::All);
		let queued = Now::get();
		Now::mutate(|now| *now += ExitDelay::get());
		assert_ok!(try_claim(ALICE, PoolKind::Stake, queued));
		assert_eq!(standing(ALICE), (500 * STAY, 500 * STAY, 0));
		assert_ok!(transfer(ALICE, BOB, 500 * STAY));
		assert_frozen(ALICE, 1);
	});
}

#[test]
fn removed_votes_are_unlocked() {
	execute(|| {
		stake(ALICE, 500 * STAY);
		vote(ALICE, 0, 900 * STAY);
		vote(ALICE, 1, 600 * STAY);
		vote(ALICE, 3, 700 * STAY);
		assert_eq!(standing(ALICE), (900 * STAY, 400 * STAY, 500 * STAY));
		for (poll, class, nominal, frozen) in
			[(0, 0, 700 * STAY, 200 * STAY), (3, 1, 600 * STAY, 100 * STAY), (1, 0, 0, 0)]
		{
			let before = standing(ALICE);
			assert_ok!(remove_vote(ALICE, poll));
			assert_eq!(standing(ALICE), before, "until it is unlocked");
			unlock(ALICE, class);
			assert_eq!(standing(ALICE), (nominal, frozen, 500 * STAY));
		}
		assert_ok!(transfer(ALICE, BOB, 499 * STAY));
	});
}

#[test]
fn conviction_holds_a_vote_that_won_and_not_one_that_lost() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		for (poll, conviction, balance) in
			[(0, Conviction::Locked2x, 950 * STAY), (1, Conviction::Locked6x, 970 * STAY)]
		{
			assert_ok!(try_vote_with(ALICE, poll, conviction, balance));
		}
		end(0, true);
		end(1, false);
		let begun = System::block_number();
		assert_ok!(remove_vote(ALICE, 1));
		unlock(ALICE, 0);
		assert_eq!(standing(ALICE), (950 * STAY, 50 * STAY, 900 * STAY));
		assert_ok!(remove_vote(ALICE, 0));
		System::set_block_number(begun + 2 * LOCKING_PERIOD - 1);
		unlock(ALICE, 0);
		assert_eq!(standing(ALICE), (950 * STAY, 50 * STAY, 900 * STAY));
		// What comes back meanwhile is held as well.
		exit(ALICE, PoolKind::Stake, ExitAmount::All);
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (950 * STAY, 950 * STAY, 0));
		System::set_block_number(begun + 2 * LOCKING_PERIOD);
		unlock(ALICE, 0);
		assert_eq!(standing(ALICE), (0, 0, 0));
		assert_ok!(transfer(ALICE, BOB, 999 * STAY));
	});
}

#[test]
fn the_nominal_lock_is_what_conviction_voting_wants() {
	execute(|| {
		vote(ALICE, 0, 300 * STAY);
		vote(ALICE, 3, 400 * STAY);
		let wanted = conviction::ClassLocksFor::<Test>::get(account(ALICE)).into_inner();
		assert_eq!(wanted, [(0, 300 * STAY), (1, 400 * STAY)]);
		assert_eq!(standing(ALICE).0, 400 * STAY);
	});
}
