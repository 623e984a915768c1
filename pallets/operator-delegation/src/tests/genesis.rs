//! Genesis, and genesis configurations that are refused.

use super::*;
use frame_support::traits::Hooks;

#[test]
fn genesis_operators_begin_with_their_stake() {
	new_network(vec![(account(OPERATOR), 500, 10 * STAY), (account(ALICE), 0, STAY)]).execute_with(|| {
		assert_eq!(Custody::commission(account(OPERATOR)), Some(500));
		assert_eq!(Custody::self_stake(&account(OPERATOR)), 10 * STAY);
		assert_eq!(Custody::self_stake(&account(ALICE)), STAY);
		assert_eq!((balance(OPERATOR), held()), (PURSE - 10 * STAY, 11 * STAY));
		assert_eq!(on_hold_of(OPERATOR), 0, "genesis takes no deposit");
		OperatorDelegation::do_try_state().unwrap();
	});
}

#[test]
fn custody_begins_with_the_existential_deposit() {
	execute(|| assert_eq!(Balances::balance(&Custody::custody()), ExistentialDeposit::get()));
}

fn refused(operators: Vec<(AccountId, Bps, Balance)>) {
	new_network(operators);
}

#[test]
#[should_panic(expected = "CommissionTooHigh")]
fn a_genesis_commission_above_the_whole_is_refused() {
	refused(vec![(account(OPERATOR), 10_001, STAY)]);
}

#[test]
#[should_panic(expected = "AlreadyOperator")]
fn a_genesis_operator_named_twice_is_refused() {
	refused(vec![(account(OPERATOR), 0, STAY), (account(OPERATOR), 0, STAY)]);
}

#[test]
#[should_panic(expected = "AmountTooSmall")]
fn a_genesis_stake_below_the_least_deposit_is_refused() {
	refused(vec![(account(OPERATOR), 0, MinDeposit::get() - 1)]);
}

#[test]
#[should_panic(expected = "genesis operator")]
fn a_genesis_stake_without_funds_is_refused() {
	refused(vec![(account(OPERATOR), 0, PURSE + 1)]);
}

#[test]
#[should_panic(expected = "an exit must be reachable")]
fn a_runtime_without_an_exit_delay_is_refused() {
	ExitDelay::set(0);
	OperatorDelegation::integrity_test();
}
