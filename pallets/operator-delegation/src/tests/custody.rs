//! Custody: rewards that enter it, and slashed funds that leave it.

use super::*;
use frame_support::assert_noop;
use mainstay_primitives::{Destination, Income};
use sp_runtime::{ArithmeticError, TokenError};

#[test]
fn a_reward_leaves_the_commission_with_its_payer_and_compounds_the_rest() {
	execute(|| {
		register(1_000);
		stake(ALICE, 100 * STAY);
		events();
		assert_eq!(reward(50 * STAY), 5 * STAY);
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: 100 * STAY, amount: 145 * STAY });
		assert_eq!((balance(PAYER), held()), (PURSE - 45 * STAY, 145 * STAY));
		let (operator, stake, commission) = (account(OPERATOR), 45 * STAY, 5 * STAY);
		assert_eq!(events(), [Event::Compounded { operator, stake, native: 0, commission }]);
	});
}

#[test]
fn a_reward_is_split_by_what_the_two_pools_hold_and_the_dust_goes_to_stake() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		restake(BOB, STAY);
		events();
		reward(STAY);
		let native = STAY / 3;
		assert_eq!(pool(PoolKind::Native), SharePool { shares: STAY, amount: STAY + native });
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: 2 * STAY, amount: 3 * STAY - native });
		let operator = account(OPERATOR);
		assert_eq!(events(), [Event::Compounded { operator, stake: STAY - native, native, commission: 0 }]);
	});
}

#[test]
fn a_reward_goes_whole_to_the_pool_that_holds_something() {
	execute(|| {
		register(0);
		restake(ALICE, 3 * STAY);
		reward(STAY);
		assert_eq!(pool(PoolKind::Native).amount, 4 * STAY);
		assert_eq!(pool(PoolKind::Stake), SharePool::default());
	});
}

#[test]
fn a_reward_needs_an_operator_with_something_behind_it() {
	execute(|| {
		let compound = |amount| Custody::compound(&account(OPERATOR), &account(PAYER), amount);
		assert_noop!(compound(STAY), Error::NotOperator);
		register(0);
		assert_noop!(compound(STAY), Error::NothingStaked);
		stake(ALICE, STAY);
		assert_noop!(compound(u128::MAX), Error::AmountTooLarge);
		assert_noop!(compound(PURSE), TokenError::NotExpendable);
	});
}

/// Slashes the operator by `amount`.
fn slashed(amount: Balance) {
	register(0);
	stake(ALICE, 2 * amount);
	assert_eq!(take(WAD / 2, 0), amount);
	events();
}

#[test]
fn slashed_funds_can_be_burnt() {
	execute(|| {
		slashed(STAY);
		let issuance = Balances::total_issuance();
		assert_ok!(Custody::pay_slashed(Currency::Native, STAY / 4, &Destination::Burn));
		assert_eq!(Balances::total_issuance(), issuance - STAY / 4);
		assert_eq!(Slashed::<Test>::get(Currency::Native), STAY / 4 * 3);
		let (currency, amount, destination) = (Currency::Native, STAY / 4, Destination::Burn);
		assert_eq!(events(), [Event::SlashPaid { currency, amount, destination }]);
	});
}

#[test]
fn slashed_funds_can_go_to_an_account() {
	execute(|| {
		slashed(STAY);
		let issuance = Balances::total_issuance();
		assert_ok!(Custody::pay_slashed(Currency::Native, STAY, &Destination::Account(account(BOB))));
		assert_eq!((balance(BOB), held()), (PURSE + STAY, STAY));
		assert_eq!(Noted::take(), []);
		assert_eq!(Balances::total_issuance(), issuance);
		assert_eq!(Slashed::<Test>::get(Currency::Native), 0);
	});
}

#[test]
fn slashed_funds_can_go_to_the_treasury() {
	execute(|| {
		slashed(STAY);
		assert_ok!(Custody::pay_slashed(Currency::Native, STAY, &Destination::Treasury));
		assert_eq!((Balances::balance(&Treasury::get()), held()), (STAY, STAY));
		assert_eq!(Noted::take(), [(Income::Slash, Currency::Native, STAY)]);
		assert_eq!(Slashed::<Test>::get(Currency::Native), 0);
		let (currency, amount, destination) = (Currency::Native, STAY, Destination::Treasury);
		assert_eq!(events(), [Event::SlashPaid { currency, amount, destination }]);
	});
}

#[test]
fn no_more_is_paid_than_was_slashed() {
	execute(|| {
		slashed(STAY);
		for destination in [Destination::Burn, Destination::Treasury, Destination::Account(account(BOB))] {
			assert_noop!(
				Custody::pay_slashed(Currency::Native, STAY + 1, &destination),
				ArithmeticError::Underflow
			);
		}
		assert_eq!(Noted::take(), []);
	});
}

#[test]
fn a_payment_too_small_for_a_dead_account_fails_and_stays_in_custody() {
	execute(|| {
		slashed(STAY);
		let dead = Destination::Account(account(77));
		let small = ExistentialDeposit::get() - 1;
		assert_noop!(Custody::pay_slashed(Currency::Native, small, &dead), TokenError::BelowMinimum);
		assert_ok!(Custody::pay_slashed(Currency::Native, small + 1, &dead));
		assert_eq!(balance(77), small + 1);
	});
}

#[test]
fn custody_pays_its_last_unit_and_lives_on() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		take(WAD, 0);
		assert_ok!(Custody::pay_slashed(Currency::Native, STAY, &Destination::Burn));
		assert_eq!(Balances::balance(&Custody::custody()), ExistentialDeposit::get());
	});
}
