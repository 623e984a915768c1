//! The call that lowers a freeze after rewards.

use super::*;
use delegation::WeightInfo as _;

fn renew(who: u8) -> DispatchResult {
	send(STRANGER, Call::renew { who: account(who) })
}

#[test]
fn rewards_free_what_is_frozen_once_somebody_renews_it() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 950 * STAY);
		reward(20 * STAY);
		assert_eq!(standing(ALICE), (950 * STAY, 50 * STAY, 918 * STAY));
		events();
		assert_ok!(renew(ALICE));
		assert_eq!(standing(ALICE), (950 * STAY, 32 * STAY, 918 * STAY));
		assert_eq!(events(), [Event::Renewed { who: account(ALICE), frozen: 32 * STAY }]);
		assert_ok!(transfer(ALICE, BOB, 68 * STAY));
		reward(200 * STAY);
		assert_ok!(renew(ALICE));
		assert_eq!(standing(ALICE), (950 * STAY, 0, 1_098 * STAY));
		assert_eq!(events(), [Event::Renewed { who: account(ALICE), frozen: 0 }]);
	});
}

#[test]
fn deposits_claims_and_votes_renew_by_themselves() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 950 * STAY);
		reward(20 * STAY);
		// Of the reward and of a deposit, which rounding cuts.
		stake(ALICE, STAY);
		let (_, frozen, staked) = standing(ALICE);
		assert!((919 * STAY - 1..=919 * STAY).contains(&staked));
		assert_eq!(frozen, 950 * STAY - staked);
		reward(20 * STAY);
		vote(ALICE, 1, STAY);
		let (_, frozen, staked) = standing(ALICE);
		assert!(staked > 936 * STAY);
		assert_eq!(frozen, 950 * STAY - staked);
		reward(5 * STAY);
		exit(ALICE, PoolKind::Stake, ExitAmount::Value(100 * STAY));
		claim(ALICE, PoolKind::Stake);
		let (_, frozen, staked) = standing(ALICE);
		assert_eq!(frozen, 950 * STAY - staked);
	});
}

#[test]
fn a_renewal_is_refused_without_a_lock_or_a_change() {
	execute(|| {
		assert_noop!(renew(ALICE), Error::NotLocked);
		stake(ALICE, 900 * STAY);
		assert_noop!(renew(ALICE), Error::NotLocked);
		vote(ALICE, 0, 950 * STAY);
		assert_noop!(renew(ALICE), Error::NoChange);
		slash(PoolKind::Stake, WAD / 2);
		assert_noop!(renew(ALICE), Error::NoChange);
		assert_eq!(standing(ALICE).1, 50 * STAY, "it never freezes more");
	});
}

#[test]
fn a_renewal_needs_a_signature() {
	execute(|| {
		let who = account(ALICE);
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(StakeVoting::renew(origin, who.clone()), sp_runtime::DispatchError::BadOrigin);
		}
	});
}

#[test]
fn only_accounts_with_a_lock_pay_for_its_renewal() {
	execute(|| {
		let (one_read, all) = (
			<Test as frame_system::Config>::DbWeight::get().reads(1),
			<Test as crate::Config>::WeightInfo::renewal(),
		);
		let weight = || StakeVoting::weight_of(&account(ALICE));
		assert_eq!((weight(), StakeVoting::max_weight()), (one_read, all));
		vote(ALICE, 0, STAY);
		assert_eq!(weight(), all);
		let stake = <Test as delegation::Config>::WeightInfo::stake();
		for (who, renewal) in [(ALICE, all), (BOB, one_read)] {
			let origin = RuntimeOrigin::signed(account(who));
			let done = OperatorDelegation::stake(origin, account(NORTH), STAY, 0).unwrap();
			assert_eq!(done.actual_weight, Some(stake + renewal));
		}
	});
}
