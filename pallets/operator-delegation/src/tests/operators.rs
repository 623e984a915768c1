//! Registration, commission, metadata, retirement.

use super::*;
use frame_support::assert_noop;
use mainstay_primitives::BPS;

#[test]
fn registering_writes_the_terms_and_says_so() {
	execute(|| {
		register(500);
		let promise = Promise::default().into();
		let (policy, deposit) = (Policy::Open, STAY / 10);
		let terms = Operator { commission: 500.into(), promise, policy, retired: false, deposit };
		assert_eq!(Operators::<Test>::get(account(OPERATOR)), Some(terms));
		assert_eq!(events(), [Event::OperatorRegistered { operator: account(OPERATOR), commission: 500 }]);
		assert_eq!(on_hold(OPERATOR, HoldReason::Operator), deposit);
		assert_eq!(commission(), Some(500));
		assert!(Custody::is_active_operator(&account(OPERATOR)));
		assert!(!Custody::is_active_operator(&account(ALICE)));
		assert_eq!(Custody::commission(account(ALICE)), None);
	});
}

#[test]
fn an_account_registers_once_with_at_most_the_whole_as_commission() {
	execute(|| {
		assert_noop!(send(OPERATOR, Call::register { commission: BPS + 1 }), Error::CommissionTooHigh);
		register(BPS);
		assert_noop!(send(OPERATOR, Call::register { commission: 0 }), Error::AlreadyOperator);
	});
}

#[test]
fn who_cannot_pay_for_the_entry_does_not_become_an_operator() {
	execute(|| {
		poor(OPERATOR, ItemDeposit::get() - 1);
		assert_noop!(send(OPERATOR, Call::register { commission: 0 }), FundsUnavailable);
		ItemDeposit::mutate(|price| *price -= 1);
		register(0);
		assert_eq!((on_hold_of(OPERATOR), balance(OPERATOR)), (STAY / 10 - 1, ExistentialDeposit::get()));
	});
}

#[test]
fn the_deposit_of_an_operator_stays_held_as_its_entry_stays() {
	execute(|| {
		register(0);
		stake(OPERATOR, STAY);
		ItemDeposit::set(2 * STAY);
		assert_ok!(send(OPERATOR, Call::retire {}));
		exit(OPERATOR, ExitAmount::All);
		Now::set(ExitDelay::get());
		assert_ok!(claim(STRANGER, OPERATOR, 0));
		assert!(Operators::<Test>::contains_key(account(OPERATOR)));
		assert_eq!((on_hold_of(OPERATOR), balance(OPERATOR)), (STAY / 10, PURSE - STAY / 10));
	});
}

#[test]
fn a_lower_commission_binds_at_once() {
	execute(|| {
		register(500);
		events();
		assert_ok!(set_commission(300));
		assert_eq!(commission(), Some(300));
		let operator = account(OPERATOR);
		assert_eq!(events(), [Event::CommissionSet { operator, old: 500, new: 300, effective: 0 }]);
	});
}

#[test]
fn a_higher_commission_binds_after_the_delay() {
	execute(|| {
		register(500);
		events();
		assert_ok!(set_commission(800));
		let operator = account(OPERATOR);
		let effective = COMMISSION_DELAY;
		assert_eq!(events(), [Event::CommissionSet { operator, old: 500, new: 800, effective }]);
		Now::set(effective - 1);
		assert_eq!(commission(), Some(500));
		Now::set(effective);
		assert_eq!(commission(), Some(800));
	});
}

#[test]
fn a_change_replaces_an_increase_that_does_not_bind_yet() {
	execute(|| {
		register(500);
		assert_ok!(set_commission(800));
		Now::set(1);
		assert_ok!(set_commission(700));
		Now::set(COMMISSION_DELAY);
		assert_eq!(commission(), Some(500), "the first increase is replaced");
		Now::set(1 + COMMISSION_DELAY);
		assert_eq!(commission(), Some(700), "the second increase waits its whole delay");

		assert_ok!(set_commission(900));
		assert_ok!(set_commission(700));
		Now::set(100);
		assert_eq!(commission(), Some(700), "setting the commission that binds withdraws an increase");
	});
}

#[test]
fn a_commission_is_changed_by_operators_to_another_within_bounds() {
	execute(|| {
		assert_noop!(set_commission(1), Error::NotOperator);
		register(500);
		assert_noop!(set_commission(BPS + 1), Error::CommissionTooHigh);
		assert_noop!(set_commission(500), Error::NoChange);
		assert_ok!(set_commission(800));
		assert_noop!(set_commission(800), Error::NoChange);
	});
}

#[test]
fn metadata_is_the_operators_to_set() {
	execute(|| {
		let call = || Call::set_metadata {
			name: b"North".to_vec().try_into().unwrap(),
			link: b"https://north.example".to_vec().try_into().unwrap(),
		};
		assert_noop!(send(OPERATOR, call()), Error::NotOperator);
		register(0);
		events();
		assert_ok!(send(OPERATOR, call()));
		let metadata = OperatorMetadata::<Test>::get(account(OPERATOR)).unwrap();
		assert_eq!((&metadata.name[..], &metadata.link[..]), (&b"North"[..], &b"https://north.example"[..]));
		assert_eq!(events(), [Event::MetadataSet { operator: account(OPERATOR) }]);
	});
}

#[test]
fn a_name_and_a_link_hold_a_deposit_by_their_length() {
	execute(|| {
		register(0);
		let set = |name: &[u8], link: &[u8]| {
			let name = name.to_vec().try_into().unwrap();
			send(OPERATOR, Call::set_metadata { name, link: link.to_vec().try_into().unwrap() })
		};
		let metadata = || OperatorMetadata::<Test>::get(account(OPERATOR));
		let on_hold = || on_hold(OPERATOR, HoldReason::Metadata);
		let (item, byte) = (STAY / 10, STAY / 10_000);

		assert_ok!(set(b"", b""));
		assert_eq!((metadata(), on_hold()), (None, 0), "an empty name is not stored and costs no deposit");
		assert_ok!(set(b"North", b"https://north.example"));
		assert_eq!(on_hold(), item + 26 * byte);
		assert_eq!(metadata().unwrap().deposit, item + 26 * byte);
		assert_ok!(set(b"North", b""));
		assert_eq!(on_hold(), item + 5 * byte, "a shorter one holds less");
		assert_ok!(set(b"North", b""));
		assert_eq!(on_hold(), item + 5 * byte);

		// A new entry takes a deposit at the current price, and the old deposit is returned as it was held.
		ItemDeposit::set(3 * item);
		ByteDeposit::set(0);
		assert_ok!(set(b"", b"https://n.example"));
		assert_eq!(on_hold(), 3 * item);
		ItemDeposit::set(0);
		events();
		assert_ok!(set(b"", b""));
		assert_eq!((metadata(), on_hold()), (None, 0));
		assert_eq!(events(), [Event::MetadataSet { operator: account(OPERATOR) }]);
		assert_eq!(balance(OPERATOR), PURSE - item, "only the operator's own deposit is still held");
	});
}

#[test]
fn a_name_that_cannot_be_paid_for_leaves_the_old_one() {
	execute(|| {
		register(0);
		let set = |name: &[u8]| {
			let name = name.to_vec().try_into().unwrap();
			send(OPERATOR, Call::set_metadata { name, link: Default::default() })
		};
		poor(OPERATOR, ItemDeposit::get() + ByteDeposit::get());
		assert_noop!(set(b"No"), FundsUnavailable);
		assert_ok!(set(b"N"));
		assert_noop!(set(b"No"), FundsUnavailable);
		assert_ok!(send(OPERATOR, Call::retire {}));
		assert_ok!(set(b""));
		assert_eq!(
			on_hold(OPERATOR, HoldReason::Metadata),
			0,
			"a retired operator gets this deposit back as well"
		);
	});
}

#[test]
fn who_retires_is_let_go_and_takes_no_deposits() {
	execute(|| {
		assert_noop!(send(OPERATOR, Call::retire {}), Error::NotOperator);
		register(0);
		events();
		assert_ok!(send(OPERATOR, Call::retire {}));
		assert_eq!(events(), [Event::OperatorRetired { operator: account(OPERATOR) }]);
		assert_eq!(Retired::get(), [account(OPERATOR)]);
		assert!(!Custody::is_active_operator(&account(OPERATOR)));
		assert_noop!(try_stake(ALICE, STAY), Error::OperatorRetired);
		assert_noop!(send(OPERATOR, Call::retire {}), Error::OperatorRetired);
		assert_noop!(send(OPERATOR, Call::register { commission: 0 }), Error::AlreadyOperator);
	});
}

#[test]
fn exits_claims_rewards_and_slashes_go_on_behind_a_retired_operator() {
	execute(|| {
		register(0);
		stake(ALICE, 100 * STAY);
		assert_ok!(send(OPERATOR, Call::retire {}));
		assert_eq!(reward(100 * STAY), 0);
		assert_eq!(take(WAD / 4, 0), 50 * STAY);
		exit(ALICE, ExitAmount::All);
		Now::set(ExitDelay::get());
		assert_ok!(claim(ALICE, ALICE, 0));
		assert_eq!(balance(ALICE), PURSE + 50 * STAY);
	});
}
