//! Collecting credited amounts.

use super::*;

/// [`served`], with 400 STAY of [`ALICE`] in the pool as well, and a payment of 1,000 in each currency, of which Alice
/// earned 360.
fn paid(currencies: &[Currency]) {
	served();
	restake(ALICE, NORTH, PoolKind::Native, 400 * STAY);
	next_era();
	currencies.iter().for_each(|currency| pay(currency.clone(), 1_000 * STAY));
	events();
}

/// Operators 1 to `count` serve [`SET`] with equal pools. [`ALICE`] delegates to each, and earned 360 STAY from each.
fn paid_by(count: u8) {
	service(&[(PoolKind::Native, 1)]);
	for operator in 1..=count {
		serve(operator, PoolKind::Native, 600 * STAY);
		restake(ALICE, operator, PoolKind::Native, 400 * STAY);
	}
	next_era();
	pay(STAYS, Balance::from(count) * 1_000 * STAY);
	events();
}

fn freeze(id: u32) {
	assert_ok!(Assets::freeze_asset(RuntimeOrigin::signed(Treasury::get()), id));
}

fn thaw(id: u32) {
	assert_ok!(Assets::thaw_asset(RuntimeOrigin::signed(Treasury::get()), id));
}

fn set_payout_account(who: u8, to: Option<u8>) {
	assert_ok!(send(who, Call::set_payout_account { to: to.map(account) }));
}

/// The positions of [`ALICE`], in the order of storage.
fn positions() -> Vec<(AccountId, PoolKind)> {
	let positions = OperatorDelegation::positions(&account(ALICE), None, 100);
	positions.into_iter().map(|(operator, kind, _)| (operator, kind)).collect()
}

fn more(after: &(AccountId, PoolKind)) -> Event {
	let (operator, kind) = after.clone();
	Event::MorePositions { who: account(ALICE), operator, kind }
}

#[test]
fn anyone_collects_for_the_owner() {
	execute(|| {
		paid(&[STAYS, GOLD]);
		let before = balance(STRANGER, STAYS);
		assert_ok!(collect(STRANGER, ALICE, NORTH, PoolKind::Native));
		assert_eq!(balance(ALICE, STAYS), PURSE - 400 * STAY + 360 * STAY);
		assert_eq!(balance(ALICE, GOLD), PURSE + 360 * STAY);
		assert_eq!(balance(STRANGER, STAYS), before);
		assert_eq!((credit(ALICE, STAYS), credit(ALICE, GOLD)), (0, 0));
		assert_eq!((held(STAYS), held(GOLD)), (640 * STAY, 640 * STAY));
		assert_said(&[collected(ALICE, STAYS, 360 * STAY, ALICE), collected(ALICE, GOLD, 360 * STAY, ALICE)]);
		// A second call finds nothing to pay.
		assert_storage_noop!(assert_ok!(collect(STRANGER, ALICE, NORTH, PoolKind::Native)));
		assert_eq!(events(), []);
	});
}

#[test]
fn the_last_to_collect_leaves_the_account_with_its_least_balance() {
	execute(|| {
		paid(&[STAYS, COARSE]);
		for who in [ALICE, NORTH] {
			assert_ok!(collect(who, who, NORTH, PoolKind::Native));
		}
		assert_eq!((held(STAYS), held(COARSE)), (0, 0));
		let account = Rewards::account();
		assert_eq!(balance_of(&account, STAYS), ExistentialDeposit::get());
		assert_eq!(balance_of(&account, COARSE), COARSE_MINIMUM);
	});
}

#[test]
fn who_has_nothing_collects_nothing() {
	execute(|| {
		paid(&[STAYS]);
		assert_storage_noop!(assert_ok!(collect(STRANGER, BOB, NORTH, PoolKind::Native)));
		assert_storage_noop!(assert_ok!(collect_all(STRANGER, BOB, None)));
		assert_eq!(events(), []);
	});
}

#[test]
fn a_position_there_is_not_pays_what_is_credited_and_nothing_else() {
	execute(|| {
		paid(&[STAYS]);
		give(ALICE, SILVER, 7);
		assert_ok!(collect(STRANGER, ALICE, SOUTH, PoolKind::Native));
		assert_eq!(events(), [collected(ALICE, SILVER, 7, ALICE)]);
		assert_eq!(unsettled(ALICE, NORTH, PoolKind::Native), [(STAYS, 360 * STAY)]);
		assert_ok!(collect(STRANGER, ALICE, NORTH, ASSET));
		assert_eq!(events(), []);
	});
}

#[test]
fn a_position_of_stake_pays_what_is_credited() {
	execute(|| {
		give(NORTH, STAYS, STAY);
		assert_ok!(collect(STRANGER, NORTH, NORTH, PoolKind::Stake));
		assert_eq!(events(), [collected(NORTH, STAYS, STAY, NORTH)]);
	});
}

#[test]
fn a_payout_account_receives_until_it_is_unset() {
	execute(|| {
		paid(&[STAYS]);
		set_payout_account(ALICE, Some(PAUPER));
		assert_eq!(events(), [Event::PayoutAccountSet { who: account(ALICE), to: Some(account(PAUPER)) }]);
		assert_eq!(PayoutAccounts::<Test>::get(account(ALICE)), Some(account(PAUPER)));
		let before = balance(ALICE, STAYS);
		assert_ok!(collect(BOB, ALICE, NORTH, PoolKind::Native));
		assert_eq!(events(), [collected(ALICE, STAYS, 360 * STAY, PAUPER)]);
		assert_eq!((balance(ALICE, STAYS), balance(PAUPER, STAYS)), (before, 360 * STAY));

		pay(STAYS, 1_000 * STAY);
		set_payout_account(ALICE, None);
		assert!(!PayoutAccounts::<Test>::contains_key(account(ALICE)));
		events();
		assert_ok!(collect_all(BOB, ALICE, None));
		assert_eq!(events(), [collected(ALICE, STAYS, 360 * STAY, ALICE)]);
		assert_eq!((balance(ALICE, STAYS), balance(PAUPER, STAYS)), (before + 360 * STAY, 360 * STAY));
	});
}

#[test]
fn a_payout_account_is_the_owners_own_choice() {
	execute(|| {
		paid(&[STAYS]);
		// Bob's payout account applies to Bob only.
		set_payout_account(BOB, Some(PAUPER));
		events();
		assert_ok!(collect(BOB, ALICE, NORTH, PoolKind::Native));
		assert_eq!(events(), [collected(ALICE, STAYS, 360 * STAY, ALICE)]);
	});
}

#[test]
fn a_frozen_asset_at_payout_holds_up_no_other_and_stays_credited() {
	execute(|| {
		paid(&[STAYS, GOLD]);
		freeze(1);
		assert_ok!(collect(STRANGER, ALICE, NORTH, PoolKind::Native));
		assert_said(&[
			collected(ALICE, STAYS, 360 * STAY, ALICE),
			not_collected(ALICE, GOLD, 360 * STAY, TokenError::Frozen.into()),
		]);
		assert_eq!((credit(ALICE, STAYS), credit(ALICE, GOLD)), (0, 360 * STAY));
		// The frozen currency is the only one left, so the call fails.
		assert_noop!(collect(STRANGER, ALICE, NORTH, PoolKind::Native), TokenError::Frozen);
		thaw(1);
		assert_ok!(collect(STRANGER, ALICE, NORTH, PoolKind::Native));
		assert_eq!((balance(ALICE, GOLD), credit(ALICE, GOLD)), (PURSE + 360 * STAY, 0));
	});
}

#[test]
fn a_frozen_asset_holds_up_no_deposit_and_no_exit() {
	execute(|| {
		paid(&[STAYS, GOLD]);
		freeze(1);
		restake(ALICE, NORTH, PoolKind::Native, 100 * STAY);
		exit(ALICE, NORTH, PoolKind::Native, ExitAmount::All);
		assert_eq!((credit(ALICE, STAYS), credit(ALICE, GOLD)), (360 * STAY, 360 * STAY));
	});
}

#[test]
fn an_asset_below_its_minimum_at_payout_holds_up_no_other_and_stays_credited() {
	execute(|| {
		give(PAUPER, COARSE, COARSE_MINIMUM - 1);
		assert_noop!(collect(STRANGER, PAUPER, NORTH, PoolKind::Native), TokenError::BelowMinimum);
		give(PAUPER, GOLD, 5);
		assert_ok!(collect(STRANGER, PAUPER, NORTH, PoolKind::Native));
		assert_said(&[
			collected(PAUPER, GOLD, 5, PAUPER),
			not_collected(PAUPER, COARSE, COARSE_MINIMUM - 1, TokenError::BelowMinimum.into()),
		]);
		assert_eq!((credit(PAUPER, COARSE), balance(PAUPER, GOLD)), (COARSE_MINIMUM - 1, 5));
		give(PAUPER, COARSE, 1);
		assert_ok!(collect(STRANGER, PAUPER, NORTH, PoolKind::Native));
		assert_eq!((credit(PAUPER, COARSE), balance(PAUPER, COARSE)), (0, COARSE_MINIMUM));
	});
}

#[test]
fn credit_too_small_for_a_dead_account_stays() {
	execute(|| {
		let small = ExistentialDeposit::get() - 1;
		give(PAUPER, STAYS, small);
		assert_noop!(collect(STRANGER, PAUPER, NORTH, PoolKind::Native), TokenError::BelowMinimum);
		assert_noop!(collect_all(STRANGER, PAUPER, None), TokenError::BelowMinimum);
		give(PAUPER, STAYS, 1);
		assert_ok!(collect(STRANGER, PAUPER, NORTH, PoolKind::Native));
		assert_eq!(balance(PAUPER, STAYS), small + 1);
	});
}

#[test]
fn what_could_not_be_paid_is_neither_settled_nor_lost() {
	execute(|| {
		paid(&[GOLD]);
		freeze(1);
		assert_noop!(collect(STRANGER, ALICE, NORTH, PoolKind::Native), TokenError::Frozen);
		assert_noop!(collect_all(STRANGER, ALICE, None), TokenError::Frozen);
		assert_eq!(unsettled(ALICE, NORTH, PoolKind::Native), [(GOLD, 360 * STAY)]);
		assert_eq!((credit(ALICE, GOLD), settled(ALICE, NORTH, PoolKind::Native)), (0, None));
	});
}

#[test]
fn every_currency_there_can_be_is_paid_at_once() {
	execute(|| {
		let currencies = [STAYS, GOLD, SILVER, COARSE];
		currencies.iter().for_each(|currency| give(BOB, currency.clone(), STAY));
		assert_ok!(collect_all(STRANGER, BOB, None));
		assert_said(&currencies.clone().map(|currency| collected(BOB, currency, STAY, BOB)));
		for currency in currencies {
			assert_eq!((balance(BOB, currency.clone()), credit(BOB, currency)), (PURSE + STAY, 0));
		}
	});
}

#[test]
fn collect_all_pays_what_all_positions_earned() {
	execute(|| {
		service(&[(PoolKind::Native, 1), (ASSET, 1)]);
		serve(NORTH, PoolKind::Native, 600 * STAY);
		serve(SOUTH, ASSET, 600 * STAY);
		restake(ALICE, NORTH, PoolKind::Native, 400 * STAY);
		restake(ALICE, SOUTH, ASSET, 400 * STAY);
		next_era();
		pay(STAYS, 2_000 * STAY);
		pay(GOLD, 2_000 * STAY);
		events();
		assert_ok!(collect_all(STRANGER, ALICE, None));
		assert_said(&[collected(ALICE, STAYS, 720 * STAY, ALICE), collected(ALICE, GOLD, 720 * STAY, ALICE)]);
		assert_eq!(
			(unsettled(ALICE, NORTH, PoolKind::Native), unsettled(ALICE, SOUTH, ASSET)),
			(vec![], vec![])
		);
	});
}

#[test]
fn collect_all_pays_void_positions_too() {
	execute(|| {
		paid(&[STAYS]);
		wipe(NORTH, PoolKind::Native);
		assert_ok!(collect_all(STRANGER, ALICE, None));
		assert_eq!(events(), [collected(ALICE, STAYS, 360 * STAY, ALICE)]);
	});
}

#[test]
fn collect_all_says_where_to_go_on_if_there_are_more_positions() {
	execute(|| {
		paid_by(4);
		let positions = positions();
		let last = positions[MAX_POSITIONS as usize - 1].clone();
		assert_ok!(collect_all(STRANGER, ALICE, None));
		assert_eq!(events(), [more(&last), collected(ALICE, STAYS, 3 * 360 * STAY, ALICE)]);
		// From the start again: the first page has nothing left to pay.
		assert_ok!(collect_all(STRANGER, ALICE, None));
		assert_eq!(events(), [more(&last)]);
		assert_ok!(collect_all(STRANGER, ALICE, Some(last)));
		assert_eq!(events(), [collected(ALICE, STAYS, 360 * STAY, ALICE)]);
		assert_ok!(collect_all(STRANGER, ALICE, positions.last().cloned()));
		assert_eq!(events(), []);
	});
}

#[test]
fn collect_all_goes_on_behind_a_position_that_is_gone() {
	execute(|| {
		paid_by(4);
		let last = positions()[MAX_POSITIONS as usize - 1].clone();
		assert_ok!(collect_all(STRANGER, ALICE, None));
		let (operator, kind) = last.clone();
		assert_ok!(send(ALICE, delegation::Call::<Test>::exit { operator, kind, amount: ExitAmount::All }));
		events();
		assert_ok!(collect_all(STRANGER, ALICE, Some(last)));
		assert_eq!(events(), [collected(ALICE, STAYS, 360 * STAY, ALICE)]);
	});
}

#[test]
fn as_many_positions_as_one_call_settles_are_not_more() {
	execute(|| {
		paid_by(3);
		assert_eq!(positions().len() as u32, MAX_POSITIONS);
		assert_ok!(collect_all(STRANGER, ALICE, None));
		assert_eq!(events(), [collected(ALICE, STAYS, 3 * 360 * STAY, ALICE)]);
	});
}

#[test]
fn collecting_needs_a_signature() {
	execute(|| {
		let (alice, north, none) = (account(ALICE), account(NORTH), RuntimeOrigin::none);
		let one = Rewards::collect(none(), alice.clone(), north, PoolKind::Native, ALL);
		assert_noop!(one, DispatchError::BadOrigin);
		assert_noop!(Rewards::collect_all(none(), alice.clone(), None, ALL, ALL), DispatchError::BadOrigin);
		assert_noop!(Rewards::set_payout_account(none(), Some(alice)), DispatchError::BadOrigin);
	});
}

#[test]
fn collecting_weighs_as_much_as_there_was_to_settle_and_to_pay() {
	execute(|| {
		type Weights = <Test as Config>::WeightInfo;
		paid(&[STAYS, GOLD]);
		let origin = || RuntimeOrigin::signed(account(STRANGER));
		let one = Rewards::collect(origin(), account(ALICE), account(NORTH), PoolKind::Native, ALL);
		assert_eq!(one.unwrap().actual_weight, Some(Weights::collect(2)));
		pay(GOLD, STAY);
		let all = Rewards::collect_all(origin(), account(ALICE), None, ALL, ALL);
		assert_eq!(all.unwrap().actual_weight, Some(Weights::collect_all(1, 1)));
	});
}

/// `fees` 1: a call does no more than its arguments say.
#[test]
fn no_more_currencies_are_paid_than_the_call_says_and_stay_comes_first() {
	execute(|| {
		let currencies = [GOLD, SILVER, COARSE, STAYS];
		currencies.iter().for_each(|currency| give(BOB, currency.clone(), STAY));
		let some = |currencies| {
			let (owner, operator) = (account(BOB), account(NORTH));
			send(STRANGER, Call::collect { owner, operator, kind: PoolKind::Native, currencies })
		};
		let more = || Event::MoreCurrencies { who: account(BOB) };
		assert_ok!(some(0));
		assert_eq!(events(), [more()]);
		assert_ok!(some(1));
		assert_eq!(events(), [more(), collected(BOB, STAYS, STAY, BOB)]);
		assert_ok!(some(2));
		assert_eq!(events().iter().filter(|event| matches!(event, Event::Collected { .. })).count(), 2);
		assert_ok!(some(1));
		let last = events();
		assert!(last.len() == 1 && matches!(last[0], Event::Collected { .. }), "{last:?}");
		assert!(currencies.iter().all(|currency| credit(BOB, currency.clone()) == 0));
	});
}

#[test]
fn no_more_positions_are_settled_than_the_call_says() {
	execute(|| {
		paid_by(3);
		let [first, second, third]: [(AccountId, PoolKind); 3] = positions().try_into().unwrap();
		let some = |after: Option<(AccountId, PoolKind)>, positions| {
			send(STRANGER, Call::collect_all { owner: account(ALICE), after, positions, currencies: 1 })
		};
		assert_ok!(some(None, 0));
		assert_eq!(events(), []);
		assert_ok!(some(None, 1));
		assert_eq!(events(), [more(&first), collected(ALICE, STAYS, 360 * STAY, ALICE)]);
		assert_ok!(some(Some(first), 1));
		assert_eq!(events(), [more(&second), collected(ALICE, STAYS, 360 * STAY, ALICE)]);
		assert_eq!(
			unsettled(ALICE, 1, PoolKind::Native).len()
				+ unsettled(ALICE, 2, PoolKind::Native).len()
				+ unsettled(ALICE, 3, PoolKind::Native).len(),
			1
		);
		assert_ok!(some(Some(second), 2));
		assert_eq!(events(), [collected(ALICE, STAYS, 360 * STAY, ALICE)]);
		assert_eq!(third.1, PoolKind::Native);
	});
}

#[test]
fn what_is_asked_beforehand_is_for_what_the_call_says() {
	use frame_support::dispatch::GetDispatchInfo;
	type Weights = <Test as Config>::WeightInfo;
	let asked = |call: Call| call.get_dispatch_info().call_weight;
	let (owner, operator, kind) = (account(ALICE), account(NORTH), PoolKind::Native);
	let all = MAX_ASSETS + 1;
	for (currencies, most) in [(0, 0), (1, 1), (all, all), (ALL, all)] {
		let (owner, operator) = (owner.clone(), operator.clone());
		assert_eq!(asked(Call::collect { owner, operator, kind, currencies }), Weights::collect(most));
	}
	for (positions, most) in [(0, 0), (1, 1), (MAX_POSITIONS, MAX_POSITIONS), (ALL, MAX_POSITIONS)] {
		let call = Call::collect_all { owner: owner.clone(), after: None, positions, currencies: 2 };
		assert_eq!(asked(call), Weights::collect_all(most, 2));
	}
}
