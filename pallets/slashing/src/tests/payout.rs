//! The last step: what was taken reaches its destination.

use super::*;
use sp_runtime::TokenError;

/// An account that is not alive.
const DEAD: u8 = 77;

/// A slash of a ten-millionth, less than the existential deposit, is executed.
fn small_slash() -> Balance {
	assert_ok!(Slashing::report_consensus(&account(1), WAD / 10_000_000, 0));
	events();
	begin_era(DEFERRAL);
	STAKE / 10_000_000
}

#[test]
fn slashed_funds_are_burnt_and_counted() {
	execute(|| {
		let issuance = Balances::total_issuance();
		offence(&[1], 5, 0);
		begin_era(DEFERRAL);
		assert_eq!(Balances::total_issuance(), issuance - STAKE / 20);
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), STAKE / 20);
		assert_eq!(Unpaid::<Test>::iter().count(), 0);
		offence(&[2], 5, 2);
		begin_era(2 * DEFERRAL);
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), STAKE / 10);
	});
}

#[test]
fn slashed_funds_can_go_to_an_account() {
	execute(|| {
		ConsensusDestination::set(Destination::Account(account(8)));
		let (issuance, before) = (Balances::total_issuance(), Balances::free_balance(account(8)));
		offence(&[1], 5, 0);
		begin_era(DEFERRAL);
		assert_eq!(Balances::free_balance(account(8)), before + STAKE / 20);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn a_payout_that_fails_is_kept_and_paid_when_it_can_be() {
	execute(|| {
		ConsensusDestination::set(Destination::Account(account(DEAD)));
		let taken = small_slash();
		let failed = Event::PayoutFailed { id: 0, error: TokenError::BelowMinimum.into() };
		assert_eq!(events(), [executed(0, 1, taken), failed]);
		let payout = Payout {
			currency: Currency::Native,
			amount: taken,
			destination: Destination::Account(account(DEAD)),
		};
		assert_eq!(Unpaid::<Test>::get(0), Some(payout.clone()));
		assert_eq!(staked(1), STAKE - taken, "the slash was executed all the same");
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), taken);
		OperatorDelegation::do_try_state().unwrap();

		assert_noop!(send(9, Call::payout { id: 0 }), TokenError::BelowMinimum);
		assert_ok!(Balances::mint_into(&account(DEAD), STAY));
		assert_ok!(send(9, Call::payout { id: 0 }));
		assert_eq!(events(), [Event::PaidOut { id: 0, payout }]);
		assert_eq!(Balances::free_balance(account(DEAD)), STAY + taken);
		assert_noop!(send(9, Call::payout { id: 0 }), Error::NothingToPay);
	});
}

#[test]
fn a_payout_that_fails_does_not_keep_the_next_slash() {
	execute(|| {
		ConsensusDestination::set(Destination::Account(account(DEAD)));
		assert_ok!(Slashing::report_consensus(&account(2), WAD / 10_000_000, 0));
		offence(&[3], 5, 0);
		begin_era(DEFERRAL);
		assert_eq!(Unpaid::<Test>::iter_keys().collect::<Vec<_>>(), [0]);
		assert_eq!(Balances::free_balance(account(DEAD)), STAKE / 20);
	});
}

#[test]
fn a_slash_that_took_nothing_pays_nothing() {
	execute(|| {
		assert_noop!(send(9, Call::payout { id: 0 }), Error::NothingToPay);
		offence(&[9], 5, 0);
		events();
		begin_era(DEFERRAL);
		assert_eq!(events(), [executed(0, 9, 0)]);
		assert_eq!((Unpaid::<Test>::iter().count(), TotalSlashed::<Test>::iter().count()), (0, 0));
	});
}
