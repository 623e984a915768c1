//! The state check finds states that break an invariant.

use super::*;

/// Runs `breaks` on a state with income and spending, and returns the error of the state check.
fn wrong(breaks: impl FnOnce()) -> DispatchError {
	let mut error = None;
	new_test_ext().execute_with(|| {
		open_accounts();
		for currency in CURRENCIES {
			receive(Income::Slash, currency.clone(), 2 * STAY);
			assert_ok!(pay(currency, STAY, ALICE));
		}
		assert_ok!(Treasury::do_try_state());
		breaks();
		error = Treasury::do_try_state().err();
	});
	error.expect("a rule is broken")
}

#[test]
fn books_that_say_more_than_there_is_are_wrong() {
	// The minimum balance of an asset may be part of the books.
	for (currency, more) in [(STAYS, 1), (GOLD, 1 + 1), (COARSE, COARSE_MINIMUM + 1)] {
		let error = wrong(|| Treasury::note(Income::Slash, currency.clone(), more));
		assert_eq!(error, "the treasury holds less than its books say".into());
		let error = wrong(|| Spent::<Test>::insert(currency, STAY - more));
		assert_eq!(error, "the treasury holds less than its books say".into());
	}
}

#[test]
fn empty_entries_are_wrong() {
	assert_eq!(wrong(|| Received::<Test>::insert(Income::Fee, GOLD, 0)), "an income of nothing".into());
	assert_eq!(wrong(|| Spent::<Test>::insert(UNKNOWN, 0)), "an expense of nothing".into());
}

#[test]
fn a_dead_account_is_wrong() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!(Treasury::do_try_state(), Err("the treasury is dead".into()));
	});
}
