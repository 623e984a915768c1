//! Exits from pools, and their claims.

use super::*;
use frame_support::assert_noop;
use sp_runtime::TokenError;

#[test]
fn an_exit_of_all_closes_the_position() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		stake(BOB, STAY);
		reward(4 * STAY);
		events();
		Now::set(5);
		exit(ALICE, ExitAmount::All);
		assert_eq!(position(ALICE), None);
		assert!(!Backers::<Test>::contains_key((account(OPERATOR), PoolKind::Stake, account(ALICE))));
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: STAY, amount: 2 * STAY });
		assert_eq!(bucket(5), Some(SharePool { shares: 6 * STAY, amount: 6 * STAY }));
		let (who, operator) = (account(ALICE), account(OPERATOR));
		assert_eq!(Claims::<Test>::get((&who, &operator, PoolKind::Stake, 5)), Some(6 * STAY));
		assert_eq!(held(), 8 * STAY);
		assert_eq!(
			events(),
			[Event::ExitQueued {
				who,
				operator,
				kind: PoolKind::Stake,
				shares: 3 * STAY,
				amount: 6 * STAY,
				queued: 5,
				matures: 5 + ExitDelay::get(),
			}]
		);
	});
}

#[test]
fn an_exit_of_shares_takes_just_these() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		reward(3 * STAY);
		exit(ALICE, ExitAmount::Shares(STAY));
		assert_eq!(position(ALICE), Some((2 * STAY, 0)));
		assert_eq!(bucket(0), Some(SharePool { shares: 2 * STAY, amount: 2 * STAY }));
	});
}

#[test]
fn an_exit_of_a_value_takes_the_least_shares_worth_it() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		take(WAD / 3, 0);
		let before = pool(PoolKind::Stake);
		exit(ALICE, ExitAmount::Value(STAY));
		let left = position(ALICE).unwrap().0;
		let shares = before.shares - left;
		assert!(before.worth(shares) >= STAY && before.worth(shares - 1) < STAY);
		assert_eq!(bucket(0).unwrap().amount, before.worth(shares));
	});
}

#[test]
fn exits_of_one_era_share_a_bucket_and_each_gets_its_part() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		stake(BOB, STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		exit(ALICE, ExitAmount::Value(STAY));
		exit(BOB, ExitAmount::All);
		Now::set(1);
		exit(ALICE, ExitAmount::All);
		assert_eq!(bucket(0), Some(SharePool { shares: 3 * STAY, amount: 3 * STAY }));
		assert_eq!(bucket(1), Some(SharePool { shares: STAY, amount: STAY }));
		Now::set(10);
		assert_ok!(claim(ALICE, ALICE, 0));
		assert_eq!(balance(ALICE), PURSE - STAY);
		assert_ok!(claim(BOB, BOB, 0));
		assert_eq!(balance(BOB), PURSE);
		assert_eq!(bucket(0), None);
		assert_eq!(held(), STAY);
	});
}

#[test]
fn an_exit_earns_nothing_more() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		stake(BOB, STAY);
		exit(ALICE, ExitAmount::All);
		reward(STAY);
		assert_eq!(bucket(0).unwrap().amount, STAY);
		assert_eq!(value(BOB), 2 * STAY);
	});
}

#[test]
fn only_what_is_there_can_leave() {
	execute(|| {
		register(0);
		assert_noop!(try_exit(ALICE, PoolKind::Stake, ExitAmount::All), Error::InsufficientShares);
		stake(ALICE, STAY);
		stake(BOB, STAY);
		for amount in [
			ExitAmount::Shares(0),
			ExitAmount::Shares(STAY + 1),
			ExitAmount::Value(0),
			ExitAmount::Value(STAY + 1),
			ExitAmount::Value(2 * STAY + 1),
		] {
			assert_noop!(try_exit(ALICE, PoolKind::Stake, amount), Error::InsufficientShares);
		}
		assert_noop!(try_exit(STRANGER, PoolKind::Stake, ExitAmount::All), Error::InsufficientShares);
		assert_noop!(try_exit(ALICE, PoolKind::Native, ExitAmount::All), Error::InsufficientShares);
	});
}

#[test]
fn shares_worth_nothing_cannot_leave() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		take(WAD / 2, 0);
		assert_noop!(try_exit(ALICE, PoolKind::Stake, ExitAmount::Shares(1)), Error::AmountTooSmall);
	});
}

#[test]
fn a_bucket_that_slashes_left_worthless_takes_no_more_exits_of_its_era() {
	execute(|| {
		register(0);
		stake(ALICE, 2_000 * STAY);
		exit(ALICE, ExitAmount::Value(1_000 * STAY));
		take(WAD - WAD / 10_000_000, 0);
		assert_noop!(try_exit(ALICE, PoolKind::Stake, ExitAmount::All), Error::PoolDepleted);
		Now::set(1);
		exit(ALICE, ExitAmount::All);
		assert_eq!(bucket(1).unwrap().amount, 1_000 * STAY / 10_000_000);
	});
}

#[test]
fn an_exit_whose_shares_pass_the_largest_number_is_refused() {
	execute(|| {
		register(0);
		stake(ALICE, 2_000 * STAY);
		exit(ALICE, ExitAmount::Value(1_000 * STAY));
		take(WAD - WAD / 1_000_000, 0);
		let vast = u128::MAX / 1_000_000 / 4 * 3;
		assert_ok!(Balances::mint_into(&account(BOB), vast));
		stake(BOB, vast - STAY);
		assert_ok!(Balances::mint_into(&account(PAYER), vast));
		reward(vast);
		assert_noop!(try_exit(BOB, PoolKind::Stake, ExitAmount::All), Error::AmountTooLarge);
	});
}

#[test]
fn a_claim_pays_the_owner_whoever_sends_it() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		exit(ALICE, ExitAmount::All);
		Now::set(ExitDelay::get());
		events();
		assert_ok!(claim(STRANGER, ALICE, 0));
		assert_eq!((balance(ALICE), balance(STRANGER), held()), (PURSE, PURSE, 0));
		assert_eq!(Claims::<Test>::iter().count() + Exits::<Test>::iter().count(), 0);
		let (who, operator) = (account(ALICE), account(OPERATOR));
		assert_eq!(
			events(),
			[Event::Claimed { who, operator, kind: PoolKind::Stake, queued: 0, amount: STAY }]
		);
		assert_noop!(claim(ALICE, ALICE, 0), Error::NothingToClaim);
	});
}

#[test]
fn a_claim_waits_for_the_exit_delay() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		Now::set(2);
		exit(ALICE, ExitAmount::All);
		Now::set(2 + ExitDelay::get() - 1);
		assert_noop!(claim(ALICE, ALICE, 2), Error::NotMatured);
		assert_noop!(claim(ALICE, ALICE, 1), Error::NothingToClaim);
		assert_noop!(claim(BOB, BOB, 2), Error::NothingToClaim);
		Now::set(2 + ExitDelay::get());
		assert_ok!(claim(ALICE, ALICE, 2));
	});
}

#[test]
fn a_claim_waits_for_a_pending_slash_that_covers_it() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		Now::set(1);
		exit(ALICE, ExitAmount::All);
		Now::set(10);
		Covered::set(vec![(account(OPERATOR), PoolKind::Stake, 1)]);
		assert_noop!(claim(ALICE, ALICE, 1), Error::SlashPending);
		assert_ok!(claim(ALICE, ALICE, 0));
		Covered::set(vec![(account(OPERATOR), PoolKind::Native, 0), (account(BOB), PoolKind::Stake, 0)]);
		assert_ok!(claim(ALICE, ALICE, 1));
	});
}

#[test]
fn a_claim_too_small_for_a_dead_account_waits_until_it_lives() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		let small = ExistentialDeposit::get() - 1;
		exit(ALICE, ExitAmount::Value(small));
		assert_ok!(Balances::transfer(
			&account(ALICE),
			&account(BOB),
			PURSE - STAY,
			Preservation::Expendable
		));
		Now::set(ExitDelay::get());
		assert_noop!(claim(BOB, ALICE, 0), TokenError::BelowMinimum);
		assert_ok!(Balances::transfer(&account(BOB), &account(ALICE), STAY, Preservation::Preserve));
		assert_ok!(claim(BOB, ALICE, 0));
		assert_eq!(balance(ALICE), STAY + small);
	});
}
