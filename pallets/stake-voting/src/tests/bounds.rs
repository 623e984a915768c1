//! Accounts with more positions and exits than are counted.

use super::*;
use frame_support::traits::fungible::Mutate as _;
use mainstay_primitives::AccountId;

/// The amount in each of them.
const PART: Balance = STAY;

/// Operators with the numbers 100 and above.
fn operators(count: u32) -> impl Iterator<Item = AccountId> {
	(0..count).map(|index| {
		let operator = account(100 + index as u8);
		if !delegation::Operators::<Test>::contains_key(&operator) {
			assert_ok!(Balances::mint_into(&operator, STAY));
			let register = delegation::Call::<Test>::register { commission: 0 };
			assert_ok!(send(100 + index as u8, register));
		}
		operator
	})
}

/// [`ALICE`] has this number of positions, each of another operator.
fn positions(count: u32) {
	for operator in operators(count) {
		assert_ok!(OperatorDelegation::deposit(&account(ALICE), &operator, PoolKind::Stake, PART, 0));
	}
}

#[test]
fn no_more_positions_vote_than_are_counted() {
	execute(|| {
		positions(MAX_POSITIONS);
		assert_eq!(votes(ALICE), PURSE);
		positions(MAX_POSITIONS + 3);
		let counted = MAX_POSITIONS as Balance * PART;
		// Those that were there have two parts now. Which are counted, the order of storage says.
		let staked = OperatorDelegation::staked(&account(ALICE), MAX_POSITIONS);
		assert!(staked > counted && staked <= 2 * counted);
		let all = OperatorDelegation::staked(&account(ALICE), MAX_POSITIONS + 3);
		assert_eq!(all, 2 * counted + 3 * PART);
		assert_eq!(votes(ALICE), free(ALICE) + staked);
		assert!(votes(ALICE) < PURSE);
	});
}

#[test]
fn what_is_not_counted_makes_the_freeze_larger() {
	execute(|| {
		positions(MAX_POSITIONS + 8);
		let counted = MAX_POSITIONS as Balance * PART;
		vote(ALICE, 0, votes(ALICE));
		assert_eq!(standing(ALICE), (PURSE - 8 * PART, free(ALICE), counted));
		assert_frozen(ALICE, 1);
		// Entries that are exited make room for others, which then vote.
		let operator = operators(MAX_POSITIONS + 8).last().unwrap();
		let exit =
			delegation::Call::<Test>::exit { operator, kind: PoolKind::Stake, amount: ExitAmount::All };
		assert_ok!(send(ALICE, exit));
		let (_, frozen, staked) = standing(ALICE);
		assert!(staked == counted + PART, "the exit holds the lock besides");
		assert_ok!(send(STRANGER, Call::renew { who: account(ALICE) }));
		assert_eq!(standing(ALICE).1, frozen - PART);
	});
}

#[test]
fn void_positions_and_those_of_assets_are_read_too() {
	execute(|| {
		positions(MAX_POSITIONS);
		let (who, token) = (account(ALICE), 7);
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), token, who.clone(), true, 1));
		assert_ok!(Assets::mint(RuntimeOrigin::signed(who.clone()), token, who.clone(), PURSE));
		assert_ok!(Assets::mint(RuntimeOrigin::signed(who.clone()), token, OperatorDelegation::custody(), 1));
		for operator in operators(MAX_POSITIONS) {
			assert_ok!(OperatorDelegation::deposit(&who, &operator, PoolKind::Asset(token), PART, 0));
		}
		// Half of all are native, and as many are read as there are of them.
		let staked = OperatorDelegation::staked(&who, MAX_POSITIONS);
		let all = OperatorDelegation::staked(&who, 2 * MAX_POSITIONS);
		assert_eq!(all, MAX_POSITIONS as Balance * PART);
		assert!(staked < all);
		assert_eq!(votes(ALICE), free(ALICE) + staked);
		vote(ALICE, 0, votes(ALICE));
		assert_eq!(standing(ALICE).1, free(ALICE));
	});
}

#[test]
fn no_more_exits_hold_a_lock_than_are_counted() {
	execute(|| {
		let count = MAX_EXITS + 6;
		for operator in operators(count) {
			assert_ok!(OperatorDelegation::deposit(&account(ALICE), &operator, PoolKind::Stake, PART, 0));
			let amount = ExitAmount::All;
			let exit = delegation::Call::<Test>::exit { operator, kind: PoolKind::Stake, amount };
			assert_ok!(send(ALICE, exit));
		}
		vote(ALICE, 0, votes(ALICE));
		let counted = MAX_EXITS as Balance * PART;
		let (nominal, frozen, staked) = standing(ALICE);
		assert_eq!((nominal, frozen, staked), (free(ALICE), free(ALICE) - counted, counted));
		// What comes back is frozen, counted or not, and never more than the lock.
		Now::set(ExitDelay::get());
		for operator in operators(count) {
			let kind = PoolKind::Stake;
			let claim = delegation::Call::<Test>::claim { owner: account(ALICE), operator, kind, queued: 0 };
			assert_ok!(send(STRANGER, claim));
			let (amount, now, left) = standing(ALICE);
			assert!(now <= amount && now + left >= amount);
		}
		assert_eq!(standing(ALICE), (nominal, nominal, 0));
		assert_frozen(ALICE, count as Balance * PART + 1);
		assert_ok!(transfer(ALICE, BOB, count as Balance * PART));
	});
}

#[test]
fn accounts_with_the_largest_amounts_do_not_overflow() {
	execute(|| {
		let left = Balance::MAX - Balances::total_issuance();
		assert_ok!(Balances::mint_into(&account(ALICE), left - STAY));
		stake(ALICE, Balance::MAX / 4);
		vote(ALICE, 0, votes(ALICE));
		let (nominal, frozen, staked) = standing(ALICE);
		assert_eq!((nominal, frozen), (free(ALICE) + staked, free(ALICE)));
		exit(ALICE, PoolKind::Stake, ExitAmount::All);
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (nominal, nominal, 0));
	});
}
