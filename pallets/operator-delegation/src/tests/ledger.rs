//! Deposits into pools, and the value of positions.

use super::*;
use frame_support::assert_noop;
use sp_runtime::TokenError;

#[test]
fn the_first_deposit_mints_one_share_a_unit() {
	execute(|| {
		register(0);
		events();
		stake(ALICE, 100 * STAY);
		let shares = 100 * STAY;
		assert_eq!(pool(PoolKind::Stake), SharePool { shares, amount: 100 * STAY });
		assert_eq!(position(ALICE), Some((shares, 0)));
		assert!(Backers::<Test>::contains_key((account(OPERATOR), PoolKind::Stake, account(ALICE))));
		assert_eq!((balance(ALICE), held()), (PURSE - 100 * STAY, 100 * STAY));
		let (who, operator) = (account(ALICE), account(OPERATOR));
		assert_eq!(
			events(),
			[Event::Deposited { who, operator, kind: PoolKind::Stake, amount: 100 * STAY, shares }]
		);
	});
}

#[test]
fn after_a_reward_a_share_costs_more() {
	execute(|| {
		register(0);
		stake(ALICE, 100 * STAY);
		reward(100 * STAY);
		stake(BOB, 100 * STAY);
		assert_eq!(position(BOB).unwrap().0, 50 * STAY);
		assert_eq!((value(ALICE), value(BOB)), (200 * STAY, 100 * STAY));
	});
}

#[test]
fn shares_are_rounded_down_in_favour_of_those_who_are_there() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		reward(STAY);
		stake(BOB, STAY + 1);
		assert_eq!(position(BOB).unwrap().0, (STAY + 1) * 3 / 4);
		assert_eq!(value(BOB), STAY);
		assert_eq!(value(ALICE), 4 * STAY);
	});
}

#[test]
fn a_deposit_adds_to_the_position_there_is() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		stake(ALICE, 3 * STAY);
		assert_eq!(position(ALICE), Some((5 * STAY, 0)));
		assert_eq!(Custody::self_stake(&account(OPERATOR)), 0);
		stake(OPERATOR, STAY);
		restake(OPERATOR, STAY);
		assert_eq!(Custody::self_stake(&account(OPERATOR)), 2 * STAY);
		assert_eq!(Custody::native_stake(&account(OPERATOR)), 7 * STAY);
	});
}

#[test]
fn a_deposit_needs_an_operator_and_a_least_amount_that_leaves_its_owner_alive() {
	execute(|| {
		assert_noop!(try_stake(ALICE, STAY), Error::NotOperator);
		register(0);
		assert_noop!(try_stake(ALICE, MinDeposit::get() - 1), Error::AmountTooSmall);
		assert_noop!(try_stake(ALICE, PURSE), TokenError::NotExpendable);
		stake(ALICE, MinDeposit::get());
	});
}

#[test]
fn a_deposit_is_refused_where_it_mints_fewer_shares_than_asked_for() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		reward(STAY);
		let call = |least_shares| Call::stake { operator: account(OPERATOR), amount: STAY, least_shares };
		assert_noop!(send(BOB, call(STAY / 2 + 1)), Error::TooFewShares);
		assert_ok!(send(BOB, call(STAY / 2)));
	});
}

#[test]
fn a_deposit_not_worth_one_share_is_refused() {
	execute(|| {
		register(0);
		stake(ALICE, MinDeposit::get());
		let dear = MinDeposit::get() * MinDeposit::get();
		assert_ok!(Balances::mint_into(&account(PAYER), dear));
		reward(dear);
		assert_noop!(try_stake(BOB, MinDeposit::get()), Error::AmountTooSmall);
	});
}

#[test]
fn a_pool_that_slashes_left_worthless_takes_no_deposit() {
	execute(|| {
		register(0);
		stake(ALICE, 1_000 * STAY);
		take(WAD - WAD / 1_000_000, 0);
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: 1_000 * STAY, amount: MILLI });
		stake(BOB, MILLI);
		assert_eq!(position(BOB).unwrap().0, 1_000 * STAY);
		take(WAD / 1_000, 0);
		assert_noop!(try_stake(BOB, STAY), Error::PoolDepleted);
	});
}

#[test]
fn a_deposit_whose_shares_pass_the_largest_number_is_refused() {
	execute(|| {
		register(0);
		stake(ALICE, 1_000 * STAY);
		take(WAD - WAD / 1_000_000, 0);
		let vast = u128::MAX / 1_000_000 + 1;
		assert_ok!(Balances::mint_into(&account(BOB), vast));
		assert_noop!(try_stake(BOB, vast), Error::AmountTooLarge);
	});
}

#[test]
fn the_first_depositor_cannot_raise_the_price_by_a_gift_to_custody() {
	execute(|| {
		register(0);
		stake(ALICE, MinDeposit::get());
		let before = pool(PoolKind::Stake);
		assert_ok!(Balances::transfer(
			&account(ALICE),
			&Custody::custody(),
			100_000 * STAY,
			Preservation::Preserve
		));
		assert_eq!(pool(PoolKind::Stake), before);
		stake(BOB, STAY);
		assert_eq!(position(BOB).unwrap().0, STAY);
		assert_eq!((value(BOB), value(ALICE)), (STAY, MinDeposit::get()));
	});
}

#[test]
fn an_asset_has_a_pool_of_its_own_currency() {
	execute(|| {
		let (alice, operator, kind) = (account(ALICE), account(OPERATOR), PoolKind::Asset(7));
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), 7, alice.clone(), true, 1));
		assert_ok!(Assets::mint(RuntimeOrigin::signed(alice.clone()), 7, alice.clone(), 10 * STAY));
		assert_ok!(Custody::open_account(Currency::WithId(7), &alice));
		register(0);
		assert_ok!(Custody::deposit(&alice, &operator, kind, 4 * STAY, 0));
		OperatorDelegation::do_try_state().unwrap();
		assert_eq!(Custody::native_stake(&operator), 0);

		assert_ok!(try_exit(ALICE, kind, ExitAmount::Value(3 * STAY)));
		Now::set(ExitDelay::get());
		assert_ok!(send(BOB, Call::claim { owner: alice.clone(), operator, kind, queued: 0 }));
		assert_eq!((Assets::balance(7, &alice), balance(ALICE)), (9 * STAY - 1, PURSE));
	});
}

#[test]
fn the_state_check_finds_a_ledger_that_promises_more_than_custody_holds() {
	new_test_ext().execute_with(|| {
		register(0);
		stake(ALICE, STAY);
		assert_ok!(OperatorDelegation::do_try_state());
		assert_ok!(Balances::burn_from(
			&Custody::custody(),
			1,
			Preservation::Preserve,
			frame_support::traits::tokens::Precision::Exact,
			frame_support::traits::tokens::Fortitude::Polite,
		));
		let found = OperatorDelegation::do_try_state();
		assert_eq!(found, Err("custody holds less than the ledger says".into()));
	});
}
