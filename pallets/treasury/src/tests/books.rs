//! The account at genesis, and the records of its income.

use super::*;

#[test]
fn genesis_opens_the_account_with_the_least_balance() {
	execute(|| {
		assert_eq!(balance_of(&Treasury::account(), STAYS), ExistentialDeposit::get());
		assert_eq!(Balances::total_issuance(), 3 * PURSE + ExistentialDeposit::get());
		assert_eq!(Treasury::balance_of(STAYS), 0, "the minimum balance belongs to nobody");
		assert_eq!(Received::<Test>::iter().count() + Spent::<Test>::iter().count(), 0);
	});
}

#[test]
fn the_trait_and_the_pallet_name_the_same_account() {
	execute(|| {
		assert_eq!(<Treasury as traits::Treasury<AccountId>>::account(), Treasury::account());
	});
}

#[test]
fn an_asset_is_opened_with_its_least_balance_of_the_funder() {
	execute(|| {
		for currency in [GOLD, COARSE] {
			assert_ok!(Treasury::open_account(currency.clone(), &account(ALICE)));
			let least = least(currency.clone());
			assert_eq!(balance_of(&Treasury::account(), currency.clone()), least);
			assert_eq!(balance_of(&account(ALICE), currency.clone()), PURSE - least);
			assert_eq!(Treasury::balance_of(currency), 0);
		}
		assert_eq!(Received::<Test>::iter().count(), 0, "the minimum balance is no income");
	});
}

#[test]
fn what_comes_in_is_counted_by_source_and_currency() {
	execute(|| {
		open_accounts();
		for (n, source) in (1..).zip(SOURCES) {
			for currency in CURRENCIES {
				receive(source, currency.clone(), n * 10_000);
				receive(source, currency.clone(), 1);
				assert_eq!(Received::<Test>::get(source, &currency), n * 10_000 + 1);
			}
		}
		for currency in CURRENCIES {
			assert_eq!(held(currency.clone()), 100_004);
			assert_eq!(Treasury::balance_of(currency), 100_004);
		}
		assert_eq!(Received::<Test>::iter().count(), SOURCES.len() * CURRENCIES.len());
	});
}

#[test]
fn an_asset_that_nobody_opened_keeps_its_least_balance_of_what_comes_in() {
	execute(|| {
		for currency in [GOLD, COARSE] {
			let least = least(currency.clone());
			receive(Income::Slash, currency.clone(), STAY);
			assert_eq!(Treasury::balance_of(currency.clone()), STAY - least);
			assert_noop!(pay(currency.clone(), STAY, ALICE), TokenError::NotExpendable);
			assert_ok!(pay(currency.clone(), STAY - least, ALICE));
			assert_eq!(balance_of(&Treasury::account(), currency), least);
		}
	});
}

#[test]
fn slashes_and_bonds_have_an_event_and_fees_and_dust_have_none() {
	execute(|| {
		let (currency, amount) = (STAYS, STAY);
		for source in [Income::Slash, Income::Bond] {
			receive(source, STAYS, amount);
			assert_eq!(events(), [Event::Received { source, currency: currency.clone(), amount }]);
		}
		for source in [Income::Fee, Income::Dust] {
			receive(source, STAYS, amount);
			assert_eq!(events(), []);
		}
	});
}

#[test]
fn nothing_is_not_booked() {
	execute(|| {
		for source in SOURCES {
			Treasury::note(source, STAYS, 0);
		}
		assert_eq!(Received::<Test>::iter().count(), 0);
		assert_eq!(events(), []);
	});
}

#[test]
fn a_count_stays_at_the_largest_number() {
	execute(|| {
		receive(Income::Fee, STAYS, STAY);
		Received::<Test>::insert(Income::Fee, STAYS, Balance::MAX - 1);
		Treasury::note(Income::Fee, STAYS, 2);
		assert_eq!(Received::<Test>::get(Income::Fee, STAYS), Balance::MAX);

		Spent::<Test>::insert(STAYS, Balance::MAX - 1);
		assert_ok!(pay(STAYS, STAY, ALICE));
		assert_eq!(Spent::<Test>::get(STAYS), Balance::MAX);
	});
}

#[test]
fn sources_keep_their_codes() {
	use codec::Encode;
	assert_eq!(SOURCES.map(|source| source.encode()), [[0], [1], [2], [3]].map(Vec::from));
}
