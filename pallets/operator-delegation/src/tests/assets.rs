//! Deposits, custody and exits of assets, which work like those of STAY, except that an account may deposit its whole
//! balance.

use super::*;
use frame_support::{assert_noop, storage::with_storage_layer, traits::fungibles::Inspect as _};
use mainstay_primitives::Destination;
use sp_runtime::TokenError;

pub(super) const KIND: PoolKind = PoolKind::Asset(7);
/// The minimum balance of the asset, and the amount that [`ALICE`] has of it.
const LEAST: Balance = 1_000;
const ALL: Balance = 10 * STAY;

fn token() -> Currency {
	Currency::WithId(7)
}

/// Makes the asset, gives [`ALICE`] and [`PAYER`] some, and opens custody to it.
pub(super) fn opened() {
	created();
	assert_ok!(Custody::open_account(token(), &account(PAYER)));
	register(0);
}

fn created() {
	assert_ok!(Assets::force_create(RuntimeOrigin::root(), 7, account(STRANGER), true, LEAST));
	for (who, amount) in [(ALICE, ALL), (PAYER, 2 * LEAST)] {
		assert_ok!(Assets::mint(RuntimeOrigin::signed(account(STRANGER)), 7, account(who), amount));
	}
}

pub(super) fn deposit(amount: Balance) -> DispatchResult {
	with_storage_layer(|| Custody::deposit(&account(ALICE), &account(OPERATOR), KIND, amount, 0))
}

fn tokens(who: u8) -> Balance {
	Assets::balance(7, account(who))
}

fn in_custody() -> Balance {
	Assets::balance(7, Custody::custody())
}

#[test]
fn an_account_is_opened_with_the_least_balance_that_stays_there() {
	execute(|| {
		created();
		assert_ok!(Custody::open_account(token(), &account(PAYER)));
		assert_eq!((tokens(PAYER), in_custody()), (LEAST, LEAST));
		let open = |currency| Custody::open_account(currency, &account(PAYER));
		assert_noop!(open(token()), TokenError::NotExpendable);
		assert!(open(Currency::WithId(8)).is_err());
		assert_noop!(Custody::open_account(token(), &account(BOB)), TokenError::FundsUnavailable);
		assert_ok!(open(Currency::Native));
		assert_eq!((balance(PAYER), held()), (PURSE - ExistentialDeposit::get(), ExistentialDeposit::get()));
	});
}

#[test]
fn several_accounts_are_opened_at_the_cost_of_one_funder() {
	execute(|| {
		created();
		assert_ok!(Assets::mint(RuntimeOrigin::signed(account(STRANGER)), 7, account(PAYER), LEAST));
		assert_ok!(<(Custody, Custody) as mainstay_primitives::traits::Vault<_>>::open_account(
			token(),
			&account(PAYER)
		));
		assert_eq!((tokens(PAYER), in_custody()), (LEAST, 2 * LEAST));
	});
}

#[test]
fn one_may_bring_all_one_has() {
	execute(|| {
		opened();
		events();
		assert_ok!(deposit(ALL));
		assert_eq!((tokens(ALICE), in_custody(), Custody::held(7)), (0, LEAST + ALL, ALL));
		assert_eq!(pool(KIND), SharePool { shares: ALL, amount: ALL });
		let (who, operator) = (account(ALICE), account(OPERATOR));
		assert_eq!(events(), [Event::Deposited { who, operator, kind: KIND, amount: ALL, shares: ALL }]);
	});
}

#[test]
fn what_one_keeps_must_stay_alive() {
	execute(|| {
		opened();
		for dust in [1, LEAST - 1] {
			assert_noop!(deposit(ALL - dust), TokenError::NotExpendable);
		}
		assert_ok!(deposit(ALL - LEAST));
		assert_eq!((tokens(ALICE), in_custody()), (LEAST, ALL));
	});
}

#[test]
fn nobody_brings_more_than_one_has() {
	execute(|| {
		opened();
		assert_noop!(deposit(ALL + 1), TokenError::FundsUnavailable);
		assert_noop!(deposit(MinDeposit::get() - 1), Error::AmountTooSmall);
		let none = || Custody::deposit(&account(BOB), &account(OPERATOR), KIND, STAY, 0);
		assert_noop!(with_storage_layer(none), TokenError::FundsUnavailable);
	});
}

#[test]
fn the_last_unit_of_an_asset_leaves_custody() {
	execute(|| {
		opened();
		assert_ok!(deposit(ALL));
		assert_eq!(Custody::take(&account(OPERATOR), KIND, Fraction(WAD / 4), 0), ALL / 4);
		assert_ok!(try_exit(ALICE, KIND, ExitAmount::All));
		Now::set(ExitDelay::get());
		let (owner, operator) = (account(ALICE), account(OPERATOR));
		assert_ok!(send(BOB, Call::claim { owner, operator, kind: KIND, queued: 0 }));
		assert_ok!(Custody::pay_slashed(token(), ALL / 4, &Destination::Burn));
		assert_eq!((tokens(ALICE), in_custody(), Custody::held(7)), (ALL / 4 * 3, LEAST, 0));
		assert_eq!(Assets::total_issuance(7), ALL / 4 * 3 + 2 * LEAST);
	});
}

#[test]
fn what_is_merely_sent_to_custody_is_not_held() {
	execute(|| {
		opened();
		let to = Custody::custody();
		assert_ok!(Assets::transfer(RuntimeOrigin::signed(account(ALICE)), 7, to, STAY));
		assert_eq!((in_custody(), Custody::held(7)), (LEAST + STAY, 0));
	});
}

#[test]
fn an_asset_counts_nothing_in_elections() {
	execute(|| {
		opened();
		assert_ok!(deposit(ALL));
		assert_eq!(Custody::native_stake(&account(OPERATOR)), 0);
		assert_eq!(Custody::value_of(&account(ALICE), &account(OPERATOR), KIND), ALL);
	});
}
