//! The stored totals of payments to a set, by era.

use super::*;

/// What [`SET`] was paid in `era`, if the record is still kept.
fn paid_in(era: Era) -> Vec<(Currency, Balance)> {
	let paid = Rewards::paid_in(SET, era);
	paid.map_or(vec![], |paid| {
		paid.amounts.iter().map(|(currency, amount)| (currency.clone(), *amount)).collect()
	})
}

fn pay_north(amount: Balance) {
	let payments = vec![(account(NORTH), amount)].try_into().unwrap();
	assert_ok!(send(PAYER, Call::pay_operators { set: SET, currency: STAYS, payments }));
}

#[test]
fn what_arrives_in_an_era_is_added_up_by_currency() {
	execute(|| {
		served();
		assert_eq!(Rewards::paid_in(SET, 1), None);
		pay(STAYS, 1_000);
		pay(GOLD, 5);
		pay_north(70);
		assert_eq!(paid_in(1), [(STAYS, 1_070), (GOLD, 5)]);
		next_era();
		assert_eq!((paid_in(1), paid_in(2)), (vec![(STAYS, 1_070), (GOLD, 5)], vec![]));
		pay(STAYS, 3);
		pay(STAYS, 4);
		assert_eq!((paid_in(1), paid_in(2)), (vec![(STAYS, 1_070), (GOLD, 5)], vec![(STAYS, 7)]));
	});
}

#[test]
fn what_is_carried_from_one_payment_to_the_next_is_counted_once() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		[NORTH, SOUTH, EAST].into_iter().for_each(|operator| serve(operator, PoolKind::Native, 100 * STAY));
		next_era();
		for (left, sum) in [(1, 100), (2, 200), (0, 300)] {
			pay(STAYS, 100);
			assert_eq!((carried(STAYS), paid_in(1)), (left, vec![(STAYS, sum)]));
		}
	});
}

#[test]
fn streams_count_in_the_era_that_they_pay_for_and_only_if_they_do() {
	execute(|| {
		served();
		let id = open(STAYS, 100, 1_000, 0);
		assert_ok!(distribute(id));
		Now::mutate(|now| *now += 3);
		assert_ok!(distribute(id));
		let paid = || vec![(STAYS, 100)];
		assert_eq!([1, 2, 3, 4].map(paid_in), [paid(), vec![], vec![], paid()]);
		// In an era for which no operator answers, nothing is paid.
		assert_ok!(send(NORTH, registry::Call::<Test>::leave { set: SET }));
		next_era();
		assert_ok!(distribute(id));
		assert_eq!((funds(id), credit(OWNER, STAYS), paid_in(5)), (500, 300, vec![]));
		assert_eq!(Paid::<Test>::iter_prefix(SET).count(), 2);
	});
}

#[test]
fn a_payment_that_fails_is_not_counted() {
	execute(|| {
		served();
		pay(STAYS, 1_000);
		let id = open(STAYS, 100, 1_000, 0);
		assert_noop!(try_pay(PAYER, STAYS, 0), Error::NothingToPay);
		assert_noop!(try_pay(PAYER, STAYS, PURSE), TokenError::FundsUnavailable);
		// The payment fails at its last step, after the funds have moved.
		let credit = Credit::<Test>::get(account(NORTH), STAYS);
		Credit::<Test>::insert(account(NORTH), STAYS, Balance::MAX);
		assert_noop!(try_pay(PAYER, STAYS, 1_000), Error::CreditTooLarge);
		next_era();
		assert_noop!(distribute(id), Error::CreditTooLarge);
		Credit::<Test>::insert(account(NORTH), STAYS, credit);
		assert_eq!((paid_in(1), paid_in(2)), (vec![(STAYS, 1_000)], vec![]));
	});
}

#[test]
fn an_era_takes_the_place_of_the_one_a_history_before() {
	execute(|| {
		served();
		for era in 1..=3 * HISTORY {
			pay(STAYS, era.into());
			pay(GOLD, 1_000);
			let kept = era.saturating_sub(HISTORY) + 1..=era;
			assert_eq!(Paid::<Test>::iter_prefix(SET).count() as u32, era.min(HISTORY));
			for old in 0..=era + 1 {
				let expected = match kept.contains(&old) && old > 0 {
					true => vec![(STAYS, old.into()), (GOLD, 1_000)],
					false => vec![],
				};
				assert_eq!(paid_in(old), expected, "era {old} in era {era}");
			}
			check_state();
			next_era();
		}
		// The record that used the same place before is removed.
		let now = Now::get();
		pay(STAYS, 7);
		assert_eq!((paid_in(now), paid_in(now - HISTORY)), (vec![(STAYS, 7)], vec![]));
	});
}

#[test]
fn there_is_a_place_for_every_currency_and_sums_do_not_wrap() {
	execute(|| {
		served();
		for index in 0..=MAX_ASSETS {
			let currency = if index == 0 { STAYS } else { Currency::WithId(index) };
			Rewards::note_paid(SET, &currency, Balance::MAX - 1);
			Rewards::note_paid(SET, &currency, 5);
		}
		assert_eq!(paid_in(1).len() as u32, MAX_ASSETS + 1);
		assert!(paid_in(1).iter().all(|(_, amount)| *amount == Balance::MAX));
		// A currency beyond the maximum number is left out.
		let before = paid_in(1);
		Rewards::note_paid(SET, &Currency::WithId(MAX_ASSETS + 1), 5);
		assert_eq!(paid_in(1), before);
	});
}

#[test]
fn a_set_that_is_closed_is_forgotten_and_no_other() {
	execute(|| {
		served();
		create_set(&[(PoolKind::Native, 1)]);
		let other = OperatorSetId { avs: 0, index: 1 };
		Rewards::note_paid(other, &STAYS, 9);
		for _ in 0..2 * HISTORY {
			pay(STAYS, 1_000);
			next_era();
		}
		assert_eq!(Paid::<Test>::iter_prefix(SET).count() as u32, HISTORY);
		assert_ok!(send(OWNER, registry::Call::<Test>::wind_down { set: SET }));
		Now::mutate(|now| *now += EXIT_ERAS);
		assert_ok!(send(STRANGER, registry::Call::<Test>::close_set { set: SET, most: MAX_OPERATORS }));
		assert_eq!(Paid::<Test>::iter_prefix(SET).count(), 0);
		assert_eq!(Paid::<Test>::iter_prefix(other).count(), 1);
	});
}
