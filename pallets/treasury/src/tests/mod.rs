//! Tests by subject.

use crate::{mock::*, traits::Treasury as _, *};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungibles, tokens::Preservation},
};
use mainstay_primitives::{traits::Vault, AccountId, Balance, Currency, Income, STAY};
use sp_runtime::{DispatchError, DispatchResult, TokenError};

mod books;
mod spending;
mod state;

type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// Owns the assets.
const ISSUER: u8 = 1;
/// A receiver, and an account that has nothing.
const ALICE: u8 = 2;
const PAUPER: u8 = 50;

/// The currencies: STAY, an asset with a minimum balance of one unit, and one whose minimum balance is
/// [`COARSE_MINIMUM`].
const STAYS: Currency = Currency::Native;
const GOLD: Currency = Currency::WithId(1);
const COARSE: Currency = Currency::WithId(2);
/// All of them.
const CURRENCIES: [Currency; 3] = [STAYS, GOLD, COARSE];
/// An asset that does not exist.
const UNKNOWN: Currency = Currency::WithId(9);

const SOURCES: [Income; 4] = [Income::Slash, Income::Fee, Income::Dust, Income::Bond];

fn balance_of(who: &AccountId, currency: Currency) -> Balance {
	<NativeAndAssets as fungibles::Inspect<_>>::total_balance(currency, who)
}

fn least(currency: Currency) -> Balance {
	<NativeAndAssets as fungibles::Inspect<_>>::minimum_balance(currency)
}

/// What the treasury holds above the minimum balance.
fn held(currency: Currency) -> Balance {
	balance_of(&Treasury::account(), currency.clone()) - least(currency)
}

/// Lets the treasury hold the assets.
fn open_accounts() {
	assert_ok!(Treasury::open_account(GOLD, &account(ISSUER)));
	assert_ok!(Treasury::open_account(COARSE, &account(ISSUER)));
}

/// Root spends on an account.
fn pay(currency: Currency, amount: Balance, to: u8) -> DispatchResult {
	spend(RuntimeOrigin::root(), currency, amount, account(to))
}
