//! Spending, and what it leaves in the account.

use super::*;

#[test]
fn governance_spends_exactly_what_it_says() {
	execute(|| {
		open_accounts();
		for currency in CURRENCIES {
			receive(Income::Slash, currency.clone(), 5 * STAY);
			events();
			assert_ok!(pay(currency.clone(), 2 * STAY, ALICE));
			assert_eq!(balance_of(&account(ALICE), currency.clone()), PURSE + 2 * STAY);
			assert_eq!(held(currency.clone()), 3 * STAY);
			assert_eq!(Treasury::balance_of(currency.clone()), 3 * STAY);
			let (amount, to) = (2 * STAY, account(ALICE));
			assert_eq!(events(), [Event::Spent { currency: currency.clone(), amount, to }]);

			assert_ok!(pay(currency.clone(), STAY, PAUPER));
			assert_eq!(Spent::<Test>::get(&currency), 3 * STAY);
			assert_eq!(
				Received::<Test>::get(Income::Slash, &currency),
				5 * STAY,
				"spending does not change the total income"
			);
		}
	});
}

#[test]
fn only_the_spend_origin_spends() {
	execute(|| {
		receive(Income::Fee, STAYS, STAY);
		for origin in [RuntimeOrigin::signed(account(ALICE)), RuntimeOrigin::none()] {
			assert_noop!(spend(origin, STAYS, 1, account(ALICE)), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn an_allowance_is_for_stay_and_not_for_more() {
	execute(|| {
		open_accounts();
		for currency in CURRENCIES {
			receive(Income::Slash, currency, 10 * STAY);
		}
		let clerk = || RuntimeOrigin::signed(account(CLERK));
		for asset in [GOLD, COARSE] {
			assert_noop!(spend(clerk(), asset, 1, account(ALICE)), Error::OnlyStay);
		}
		assert_noop!(spend(clerk(), STAYS, PETTY + 1, account(ALICE)), Error::AboveAllowance);
		// Each dispatch has the whole allowance.
		assert_ok!(spend(clerk(), STAYS, PETTY, account(ALICE)));
		assert_ok!(spend(clerk(), STAYS, PETTY, account(ALICE)));
		assert_eq!(held(STAYS), 10 * STAY - 2 * PETTY);
	});
}

#[test]
fn all_payments_of_a_dispatch_share_its_allowance() {
	use frame_support::dispatch_context::run_in_context;
	execute(|| {
		receive(Income::Fee, STAYS, 10 * STAY);
		let clerk = |amount| spend(RuntimeOrigin::signed(account(CLERK)), STAYS, amount, account(ALICE));
		// As in a batch, whose calls run in the context of the batch.
		run_in_context(|| {
			assert_ok!(clerk(PETTY - 5));
			assert_noop!(clerk(6), Error::AboveAllowance);
			assert_noop!(clerk(0), Error::NothingToSpend);
			assert_ok!(run_in_context(|| clerk(5)));
			assert_noop!(clerk(1), Error::AboveAllowance);
			// An origin without a limit is not held by it, and does not use it up.
			assert_ok!(pay(STAYS, PETTY, ALICE));
		});
		run_in_context(|| {
			assert_ok!(pay(STAYS, PETTY, ALICE));
			assert!(clerk(100 * STAY).is_err());
			assert_ok!(clerk(PETTY));
		});
		assert_eq!(held(STAYS), 10 * STAY - 4 * PETTY);
	});
}

#[test]
fn nothing_cannot_be_spent() {
	execute(|| {
		receive(Income::Fee, STAYS, STAY);
		assert_noop!(pay(STAYS, 0, ALICE), Error::NothingToSpend);
		assert_noop!(pay(UNKNOWN, 0, ALICE), Error::NothingToSpend);
	});
}

#[test]
fn the_treasury_does_not_pay_itself() {
	execute(|| {
		receive(Income::Fee, STAYS, STAY);
		assert_noop!(spend(RuntimeOrigin::root(), STAYS, 1, Treasury::account()), Error::ToItself);
	});
}

#[test]
fn the_account_pays_its_last_unit_and_lives_on() {
	execute(|| {
		open_accounts();
		for currency in CURRENCIES {
			receive(Income::Bond, currency.clone(), STAY);
			assert!(pay(currency.clone(), STAY + 1, ALICE).is_err());
			assert_ok!(pay(currency.clone(), STAY, ALICE));
			assert_eq!(balance_of(&Treasury::account(), currency.clone()), least(currency.clone()));
			assert_eq!(Treasury::balance_of(currency), 0);
		}
		assert!(System::account_exists(&Treasury::account()));
		// The account still receives the smallest amounts.
		receive(Income::Dust, STAYS, 1);
		assert_ok!(pay(STAYS, 1, ALICE));
	});
}

#[test]
fn no_more_is_spent_than_there_is() {
	execute(|| {
		open_accounts();
		receive(Income::Fee, STAYS, STAY);
		receive(Income::Slash, GOLD, STAY);
		receive(Income::Slash, COARSE, STAY);
		// The account has the amount, but would fall below the minimum balance.
		assert_noop!(pay(STAYS, STAY + 1, ALICE), TokenError::NotExpendable);
		assert_noop!(pay(GOLD, STAY + 1, ALICE), TokenError::NotExpendable);
		assert_noop!(pay(COARSE, STAY + 1, ALICE), TokenError::NotExpendable);
		// The account does not have the amount.
		for currency in CURRENCIES {
			assert_noop!(pay(currency, 2 * STAY, ALICE), TokenError::FundsUnavailable);
		}
	});
}

#[test]
fn what_the_receiver_cannot_hold_is_not_spent() {
	execute(|| {
		open_accounts();
		receive(Income::Fee, STAYS, STAY);
		receive(Income::Slash, COARSE, STAY);
		let small = ExistentialDeposit::get() - 1;
		assert_noop!(pay(STAYS, small, PAUPER), TokenError::BelowMinimum);
		assert_noop!(pay(COARSE, COARSE_MINIMUM - 1, PAUPER), TokenError::BelowMinimum);
		assert_ok!(pay(STAYS, small + 1, PAUPER));
		assert_ok!(pay(COARSE, COARSE_MINIMUM, PAUPER));
	});
}

#[test]
fn an_unknown_asset_is_not_spent() {
	execute(|| {
		assert_eq!(Treasury::balance_of(UNKNOWN), 0);
		assert_noop!(pay(UNKNOWN, 1, ALICE), TokenError::UnknownAsset);
	});
}

#[test]
fn a_frozen_asset_is_spent_when_it_thaws() {
	execute(|| {
		open_accounts();
		receive(Income::Slash, GOLD, STAY);
		let issuer = || RuntimeOrigin::signed(account(ISSUER));
		assert_ok!(Assets::freeze_asset(issuer(), 1));
		assert_eq!(Treasury::balance_of(GOLD), 0);
		assert_noop!(pay(GOLD, STAY, ALICE), TokenError::Frozen);
		assert_ok!(Assets::thaw_asset(issuer(), 1));
		assert_eq!(Treasury::balance_of(GOLD), STAY);
		assert_ok!(pay(GOLD, STAY, ALICE));
	});
}

#[test]
fn what_anyone_sent_is_spent_like_all_else() {
	execute(|| {
		let treasury = Treasury::account();
		for currency in CURRENCIES {
			assert_ok!(<NativeAndAssets as fungibles::Mutate<_>>::transfer(
				currency.clone(),
				&account(ALICE),
				&treasury,
				STAY,
				Preservation::Preserve
			));
			// If nobody opened the asset's account, the first sender pays the minimum balance.
			let there = Treasury::balance_of(currency.clone());
			assert_eq!(there, if currency == STAYS { STAY } else { STAY - least(currency.clone()) });
			assert_ok!(pay(currency.clone(), there, ALICE));
			assert_eq!(Spent::<Test>::get(&currency), there);
		}
		assert_eq!(Received::<Test>::iter().count(), 0, "a gift is no income");
	});
}
