//! Moving stake into the restaked pool of the same operator.

use super::*;
use frame_support::{assert_noop, storage::with_storage_layer};

fn try_opt_in(who: u8, amount: ExitAmount, least_shares: u128) -> DispatchResult {
	with_storage_layer(|| Custody::opt_in(&account(who), &account(OPERATOR), amount, least_shares))
}

fn native(who: u8) -> Option<(u128, u32)> {
	position_in(PoolKind::Native, who)
}

#[test]
fn a_position_moves_at_the_prices_of_both_pools() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		stake(BOB, STAY);
		restake(BOB, 4 * STAY);
		reward(8 * STAY);
		// Each pool has doubled: a share is worth 2 STAY.
		take_native(WAD / 2);
		events();
		assert_ok!(try_opt_in(ALICE, ExitAmount::Shares(2 * STAY), 4 * STAY));
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: 2 * STAY, amount: 4 * STAY });
		assert_eq!(pool(PoolKind::Native), SharePool { shares: 8 * STAY, amount: 8 * STAY });
		assert_eq!(position(ALICE), Some((STAY, 0)));
		assert_eq!(native(ALICE), Some((4 * STAY, 0)));
		assert!(Backers::<Test>::contains_key((account(OPERATOR), PoolKind::Native, account(ALICE))));
		let (who, operator) = (account(ALICE), account(OPERATOR));
		let (shares, amount, minted) = (2 * STAY, 4 * STAY, 4 * STAY);
		assert_eq!(events(), [Event::OptedIn { who, operator, shares, amount, minted }]);
	});
}

/// Takes `fraction` of the operator's `Native` pool.
fn take_native(fraction: u64) {
	Custody::take(&account(OPERATOR), PoolKind::Native, Fraction(fraction), Now::get());
}

#[test]
fn all_of_a_position_leaves_nothing_of_it() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		assert_ok!(try_opt_in(ALICE, ExitAmount::All, 0));
		assert_eq!((position(ALICE), pool(PoolKind::Stake)), (None, SharePool::default()));
		assert!(!Backers::<Test>::contains_key((account(OPERATOR), PoolKind::Stake, account(ALICE))));
		assert_eq!(native(ALICE), Some((STAY, 0)));
		assert_eq!((balance(ALICE), held()), (PURSE - STAY, STAY));
	});
}

#[test]
fn a_move_is_refused_for_what_refuses_exits_and_deposits() {
	execute(|| {
		assert_noop!(try_opt_in(ALICE, ExitAmount::All, 0), Error::InsufficientShares);
		register(0);
		stake(BOB, STAY);
		assert_noop!(try_opt_in(ALICE, ExitAmount::All, 0), Error::InsufficientShares);
		stake(ALICE, STAY);
		for amount in [ExitAmount::Shares(0), ExitAmount::Shares(STAY + 1), ExitAmount::Value(STAY + 1)] {
			assert_noop!(try_opt_in(ALICE, amount, 0), Error::InsufficientShares);
		}
		let little = ExitAmount::Value(MinDeposit::get() - 1);
		assert_noop!(try_opt_in(ALICE, little, 0), Error::AmountTooSmall);
		assert_noop!(try_opt_in(ALICE, ExitAmount::All, STAY + 1), Error::TooFewShares);
		restake(BOB, STAY);
		take_native(WAD);
		assert_noop!(try_opt_in(ALICE, ExitAmount::All, 0), Error::PoolTooYoung);
		Now::set(4);
		restake(BOB, 1_000 * STAY);
		take_native(WAD - WAD / 10_000_000);
		assert_noop!(try_opt_in(ALICE, ExitAmount::All, 0), Error::PoolDepleted);
		retire();
		assert_noop!(try_opt_in(ALICE, ExitAmount::All, 0), Error::OperatorRetired);
	});
}
