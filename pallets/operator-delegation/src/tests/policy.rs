//! From which accounts an operator takes deposits.

use super::*;
use frame_support::assert_noop;

fn set_policy(policy: Policy) -> DispatchResult {
	send(OPERATOR, Call::set_policy { policy })
}

fn allow(who: u8) -> DispatchResult {
	send(OPERATOR, Call::allow { delegator: account(who) })
}

fn disallow(who: u8) -> DispatchResult {
	send(OPERATOR, Call::disallow { delegator: account(who) })
}

fn policy() -> Policy {
	Operators::<Test>::get(account(OPERATOR)).unwrap().policy
}

fn is_listed(who: u8) -> bool {
	Allowed::<Test>::contains_key(account(OPERATOR), account(who))
}

/// An operator that takes deposits only from accounts on its list.
fn selective() {
	register(0);
	assert_ok!(set_policy(Policy::AllowList));
	events();
}

#[test]
fn a_policy_binds_at_once_and_can_be_changed_back() {
	execute(|| {
		register(0);
		events();
		assert_eq!(policy(), Policy::Open);
		assert_ok!(set_policy(Policy::AllowList));
		let operator = account(OPERATOR);
		assert_eq!(events(), [Event::PolicySet { operator, policy: Policy::AllowList }]);
		assert_eq!(policy(), Policy::AllowList);
		assert_noop!(try_stake(ALICE, STAY), Error::NotAllowed);
		assert_ok!(set_policy(Policy::Open));
		stake(ALICE, STAY);
	});
}

#[test]
fn a_policy_is_the_operators_to_change_to_another() {
	execute(|| {
		assert_noop!(set_policy(Policy::AllowList), Error::NotOperator);
		register(0);
		assert_noop!(set_policy(Policy::Open), Error::NoChange);
		assert_ok!(set_policy(Policy::AllowList));
		assert_noop!(set_policy(Policy::AllowList), Error::NoChange);
	});
}

#[test]
fn a_policy_leaves_the_other_terms_as_they_are() {
	execute(|| {
		register(500);
		assert_ok!(send(OPERATOR, Call::set_commission { commission: 800 }));
		assert_ok!(set_policy(Policy::AllowList));
		let commission = mainstay_primitives::Delayed { value: 500, next: Some((800, COMMISSION_DELAY)) };
		let promise = Promise::default().into();
		let (policy, deposit) = (Policy::AllowList, ItemDeposit::get());
		let terms = Operator { commission, promise, policy, retired: false, deposit };
		assert_eq!(Operators::<Test>::get(account(OPERATOR)), Some(terms));
	});
}

#[test]
fn a_list_takes_each_account_once_and_gives_it_back() {
	execute(|| {
		assert_noop!(allow(ALICE), Error::NotOperator);
		assert_noop!(disallow(ALICE), Error::NotListed);
		selective();
		assert_ok!(allow(ALICE));
		let (operator, who) = (account(OPERATOR), account(ALICE));
		assert_eq!(events(), [Event::Allowed { operator: operator.clone(), who: who.clone() }]);
		assert!(is_listed(ALICE) && !is_listed(BOB));
		assert_noop!(allow(ALICE), Error::AlreadyAllowed);
		assert_noop!(disallow(BOB), Error::NotListed);

		assert_ok!(disallow(ALICE));
		assert_eq!(events(), [Event::Disallowed { operator, who }]);
		assert!(!is_listed(ALICE));
		assert_noop!(disallow(ALICE), Error::NotListed);
	});
}

#[test]
fn an_account_on_a_list_holds_a_deposit_of_the_operator() {
	execute(|| {
		selective();
		let on_hold = || on_hold(OPERATOR, HoldReason::AllowList);
		assert_ok!(allow(ALICE));
		ItemDeposit::set(STAY);
		assert_ok!(allow(BOB));
		assert_eq!(on_hold(), STAY / 10 + STAY);
		assert_eq!((on_hold_of(ALICE), on_hold_of(BOB)), (0, 0));

		// Each deposit is returned as it was held, whatever the price is now.
		assert_ok!(disallow(ALICE));
		assert_eq!(on_hold(), STAY);
		ItemDeposit::set(0);
		assert_ok!(disallow(BOB));
		assert_eq!(on_hold(), 0);
	});
}

#[test]
fn who_cannot_pay_for_a_place_lists_nobody() {
	execute(|| {
		selective();
		poor(OPERATOR, ItemDeposit::get() - 1);
		assert_noop!(allow(ALICE), FundsUnavailable);
		ItemDeposit::mutate(|price| *price -= 1);
		assert_ok!(allow(ALICE));
		retire();
		assert_ok!(disallow(ALICE));
		assert_eq!(
			on_hold(OPERATOR, HoldReason::AllowList),
			0,
			"a retired operator gets this deposit back as well"
		);
	});
}

#[test]
fn each_operator_has_a_list_of_its_own() {
	execute(|| {
		selective();
		assert_ok!(send(BOB, Call::register { commission: 0 }));
		assert_ok!(send(BOB, Call::allow { delegator: account(ALICE) }));
		assert_noop!(try_stake(ALICE, STAY), Error::NotAllowed);
		assert_noop!(disallow(ALICE), Error::NotListed);
	});
}

#[test]
fn a_list_can_be_written_before_it_binds() {
	execute(|| {
		register(0);
		assert_ok!(allow(ALICE));
		stake(BOB, STAY);
		assert_ok!(set_policy(Policy::AllowList));
		stake(ALICE, STAY);
		assert_noop!(try_stake(BOB, STAY), Error::NotAllowed);
	});
}

#[test]
fn deposits_of_every_kind_go_by_the_list() {
	execute(|| {
		selective();
		let (alice, operator) = (account(ALICE), account(OPERATOR));
		let deposit = |kind| Custody::deposit(&alice, &operator, kind, STAY, 0);
		for kind in [PoolKind::Stake, PoolKind::Native, PoolKind::Asset(7)] {
			assert_noop!(deposit(kind), Error::NotAllowed);
		}
		assert_ok!(allow(ALICE));
		for kind in [PoolKind::Stake, PoolKind::Native] {
			assert_ok!(deposit(kind));
		}
		assert_eq!(Custody::native_stake(&operator), 2 * STAY);
	});
}

#[test]
fn the_operator_itself_is_always_allowed() {
	execute(|| {
		selective();
		stake(OPERATOR, 2 * STAY);
		restake(OPERATOR, STAY);
		assert_ok!(Custody::opt_in(&account(OPERATOR), &account(OPERATOR), ExitAmount::Value(STAY), 0));
		assert_eq!((pool(PoolKind::Stake).amount, pool(PoolKind::Native).amount), (STAY, 2 * STAY));
	});
}

#[test]
fn opting_in_goes_by_the_list() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		assert_ok!(set_policy(Policy::AllowList));
		let opt_in = || Custody::opt_in(&account(ALICE), &account(OPERATOR), ExitAmount::All, 0);
		assert_noop!(opt_in(), Error::NotAllowed);
		assert_ok!(allow(ALICE));
		assert_ok!(opt_in());
		assert_eq!(pool(PoolKind::Native).amount, STAY);
	});
}

#[test]
fn who_is_taken_off_the_list_leaves_and_is_paid_as_ever() {
	execute(|| {
		selective();
		assert_ok!(allow(ALICE));
		stake(ALICE, 3 * STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		assert_ok!(disallow(ALICE));
		assert_noop!(try_stake(ALICE, STAY), Error::NotAllowed);
		assert_eq!(value(ALICE), 2 * STAY, "the existing position stays");
		reward(2 * STAY);
		assert_eq!(value(ALICE), 4 * STAY, "and earns");
		exit(ALICE, ExitAmount::All);
		Now::set(ExitDelay::get());
		assert_ok!(claim(ALICE, ALICE, 0));
		assert_eq!((balance(ALICE), held()), (PURSE + 2 * STAY, 0));
	});
}

#[test]
fn a_retired_operators_list_takes_nobody_in() {
	execute(|| {
		selective();
		assert_ok!(allow(ALICE));
		retire();
		assert_noop!(try_stake(ALICE, STAY), Error::OperatorRetired);
		assert_noop!(try_stake(OPERATOR, STAY), Error::OperatorRetired);
		assert_ok!(disallow(ALICE));
	});
}
