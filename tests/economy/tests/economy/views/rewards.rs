//! Rewards that are due, streams, and the return of serving a set.

use super::{
	services::{create_set, served},
	town::{ann, op, owner, two, GOLD, NATIVE, SET},
};
use frame_support::assert_ok;
use mainstay_economy_tests::services::{account, back, next_era, signed, to_era};
use mainstay_primitives::{
	runtime_api::{operators::PositionKey, rewards::*, Account, Coin, Money, Page, Return},
	traits::{EraClock, SlashPools},
	AccountId, Balance, Currency, Era, Fraction, OperatorSetId, PoolKind, STAY,
};
use mainstay_runtime::{views::rewards as api, AvsRegistry, OperatorDelegation, Rewards, Staking};

/// Eras of 30 s in a year, in millionths.
const PER_YEAR: Balance = 1_051_920_000_000;

fn pay(currency: Currency, amount: Balance) {
	assert_ok!(Rewards::pay_set(signed(&owner()), SET, currency, amount));
}

fn money(amounts: &[(Coin, Balance)]) -> Vec<Money> {
	amounts.iter().map(|(currency, amount)| Money { currency: *currency, amount: (*amount).into() }).collect()
}

fn key(operator: AccountId, kind: PoolKind) -> PositionKey {
	PositionKey { operator: operator.into(), kind }
}

/// The amounts due to `who` for its positions, read in pages of `most`, and the number of empty pages.
fn walk(who: &AccountId, most: u32) -> (Vec<PositionDue>, usize) {
	let (mut seen, mut after, mut empty) = (vec![], None, 0);
	loop {
		let Page { items, next } = api::due(who.clone(), after, most).positions;
		empty += usize::from(items.is_empty());
		seen.extend(items);
		after = next;
		if after.is_none() {
			break;
		}
	}
	seen.sort_by(|a, b| (&a.operator, a.kind).cmp(&(&b.operator, b.kind)));
	(seen, empty)
}

fn position(operator: AccountId, kind: PoolKind, earned: &[(Coin, Balance)]) -> PositionDue {
	PositionDue { operator: operator.into(), kind, earned: money(earned) }
}

fn streams() -> Vec<StreamDetails> {
	api::streams(SET).expect("a set")
}

fn yearly(earned: Balance, stake: Balance, eras: u32) -> Return {
	let millionths = (earned * PER_YEAR).checked_div(stake).unwrap_or(0) as u64;
	Return { millionths, earned: earned.into(), stake: stake.into(), eras }
}

#[test]
fn what_is_due_is_credit_and_what_positions_earned() {
	served(|| {
		let nobody = account("nobody");
		let nothing = |to: AccountId| DueRewards {
			to: to.into(),
			credit: vec![],
			positions: Page { items: vec![], next: None },
		};
		assert_eq!(api::due(nobody.clone(), None, 100), nothing(nobody));
		assert_eq!(api::due(ann(), None, 100), nothing(ann()));

		// The weights are 2,000, 1,500 and 50. The operator gets a tenth of the first two parts.
		pay(Currency::Native, 3_550 * STAY);
		pay(GOLD.currency(), 3_550);
		let credit = money(&[(Coin::Native, 350 * STAY), (Coin::Asset(1), 350)]);
		let earned = [(Coin::Native, 450 * STAY), (Coin::Asset(1), 450)];
		let expected = DueRewards {
			to: op().into(),
			credit,
			positions: Page { items: vec![position(op(), NATIVE, &earned)], next: None },
		};
		assert_eq!(api::due(op(), None, u32::MAX), expected);
		assert_eq!(api::due(two(), None, 1).credit, []);

		// The payout account, and the credit after positions are settled.
		assert_ok!(Rewards::set_payout_account(signed(&ann()), Some(owner())));
		back(&ann(), &op(), NATIVE, STAY);
		let told = api::due(ann(), None, 100);
		assert_eq!(told.to, Account(owner()));
		assert_eq!(told.credit, money(&[(Coin::Native, 1_350 * STAY), (Coin::Asset(1), 1_350)]));
		let gold = position(op(), GOLD, &[(Coin::Native, 1_350 * STAY), (Coin::Asset(1), 1_350)]);
		assert_eq!(told.positions, Page { items: vec![gold], next: None });
		assert_ok!(Rewards::collect_all(signed(&ann()), ann(), None, u32::MAX, u32::MAX));
		assert_eq!(api::due(ann(), None, 100), DueRewards { to: owner().into(), ..nothing(ann()) });
	});
}

#[test]
fn positions_that_are_void_or_earned_nothing_do_not_break_a_walk() {
	served(|| {
		pay(Currency::Native, 3_550 * STAY);
		// Two positions that earn nothing: one answers to no service, and one came after the payment.
		back(&ann(), &op(), PoolKind::Stake, STAY);
		back(&ann(), &two(), NATIVE, STAY);
		let both = [
			position(op(), NATIVE, &[(Coin::Native, 1_350 * STAY)]),
			position(op(), GOLD, &[(Coin::Native, 1_350 * STAY)]),
		];
		assert_eq!(walk(&ann(), 100), (both.to_vec(), 0));
		for most in [0, 1] {
			assert_eq!(walk(&ann(), most), (both.to_vec(), 2));
		}
		// What a pool earned before it was wiped is still due.
		assert_eq!(OperatorDelegation::take(&op(), NATIVE, Fraction::WHOLE, 1), 4_000 * STAY);
		assert_eq!(walk(&ann(), 1), (both.to_vec(), 2));
		let of_op = api::due(op(), None, 1);
		assert_eq!(of_op.positions.items, [position(op(), NATIVE, &[(Coin::Native, 450 * STAY)])]);

		// A cursor may name a position that does not exist.
		for unknown in [key(account("nobody"), NATIVE), key(op(), PoolKind::Asset(u32::MAX))] {
			let page = api::due(ann(), Some(unknown), u32::MAX).positions;
			assert!(page.items.len() <= 2 && page.next.is_none());
		}
	});
}

#[test]
fn a_stream_tells_what_it_owes_and_when_it_ends() {
	served(|| {
		let (payer, rate, funds) = (owner(), 100 * STAY, 1_050 * STAY);
		assert_ok!(Rewards::open_stream(signed(&payer), SET, Currency::Native, rate, funds, 2));
		assert_ok!(Rewards::open_stream(signed(&payer), SET, GOLD.currency(), 1, 1_000_000_000_000, 0));
		let first = StreamDetails {
			id: 0,
			set: SET,
			payer: payer.clone().into(),
			currency: Coin::Native,
			rate: rate.into(),
			funds: funds.into(),
			owed: rate.into(),
			ends: 11,
			notice: 2,
			stopped: false,
		};
		let second = StreamDetails {
			id: 1,
			currency: Coin::Asset(1),
			rate: 1.into(),
			funds: 1_000_000_000_000.into(),
			owed: 1.into(),
			ends: Era::MAX,
			notice: 0,
			..first.clone()
		};
		assert_eq!(streams(), [first.clone(), second.clone()]);
		assert_ok!(Rewards::distribute(signed(&ann()), 0));
		let told = |stream: &StreamDetails, funds: Balance, owed: Balance| StreamDetails {
			funds: funds.into(),
			owed: owed.into(),
			..stream.clone()
		};
		assert_eq!(streams()[0], told(&first, 950 * STAY, 0));

		// The end of an era pays streams that no block of the era has paid.
		to_era(4);
		let of_second = |eras: Balance| told(&second, 1_000_000_000_000 - eras, 1);
		assert_eq!(streams(), [told(&first, 750 * STAY, 100 * STAY), of_second(3)]);
		assert_ok!(Rewards::distribute(signed(&ann()), 0));
		assert_eq!(streams()[0], told(&first, 650 * STAY, 0));

		// The stream's funds last until era 10.
		to_era(10);
		assert_eq!(streams()[0], told(&first, 150 * STAY, 100 * STAY));
		assert_ok!(Rewards::top_up(signed(&ann()), 0, 10_000 * STAY));
		let first = StreamDetails { ends: 111, ..first };
		assert_eq!(streams()[0], told(&first, 10_150 * STAY, 100 * STAY));
		// After the stop it pays for the running era and two more.
		assert_ok!(Rewards::stop_stream(signed(&payer), 0));
		let first = StreamDetails { ends: 13, stopped: true, ..first };
		assert_eq!(streams()[0], told(&first, 10_150 * STAY, 100 * STAY));
		assert_ok!(Rewards::distribute(signed(&ann()), 0));
		assert_eq!(streams()[0], told(&first, 10_050 * STAY, 0));
		let paid = Rewards::paid_in(SET, 10).expect("it paid");
		assert_eq!(paid.amounts.get(&Currency::Native), Some(&(100 * STAY)));
		to_era(12);
		assert_eq!(streams()[0], told(&first, 9_950 * STAY, 100 * STAY));
		assert_eq!(api::due(payer.clone(), None, 1).credit, []);
		to_era(13);
		assert_eq!(streams(), [of_second(12)]);
		assert_eq!(api::due(payer.clone(), None, 1).credit, money(&[(Coin::Native, 9_850 * STAY)]));

		create_set(0, &[(NATIVE, 1)]);
		assert_eq!(api::streams(OperatorSetId { avs: 0, index: 1 }), Some(vec![]));
		for set in [OperatorSetId { avs: 0, index: 2 }, OperatorSetId { avs: u32::MAX, index: 0 }] {
			assert_eq!(api::streams(set), None);
		}
	});
}

#[test]
fn the_return_of_a_set_is_what_it_was_paid_by_what_it_can_slash() {
	served(|| {
		let empty = |from, until| SetReturn { from, until, paid: vec![] };
		assert_eq!(api::set_return(SET, 7), Some(empty(0, 0)));
		pay(Currency::Native, 3_550 * STAY);
		pay(GOLD.currency(), 355_000_000_000_000);
		assert_eq!(api::set_return(SET, 7), Some(empty(0, 0)), "the running era does not count");
		next_era();
		pay(Currency::Native, 1_775 * STAY);
		next_era();
		pay(Currency::Native, 9);
		assert_ok!(Rewards::open_stream(signed(&owner()), SET, Currency::Native, 7, 7_000, 0));
		assert_ok!(Rewards::open_stream(signed(&owner()), SET, Currency::Native, 4, 4_000, 0));

		// The weight consists of 2,050 for STAY and 1,500 for gold, which is 500 units of gold.
		let kinds = |native: Balance, gold: Balance, eras: u32| {
			let stake = |stays: Balance| stays * STAY * Balance::from(eras);
			vec![
				KindReturn { kind: NATIVE, whole: yearly(native, stake(2_050), eras) },
				KindReturn { kind: GOLD, whole: yearly(gold, stake(500), eras) },
			]
		};
		let paid = |currency, amount: Balance, streams: Balance, kinds| PaidReturn {
			currency,
			amount: amount.into(),
			streams: streams.into(),
			kinds,
		};
		let last = paid(Coin::Native, 1_775 * STAY, 11, kinds(1_025 * STAY, 750 * STAY, 1));
		for eras in [0, 1] {
			assert_eq!(
				api::set_return(SET, eras),
				Some(SetReturn { from: 2, until: 2, paid: vec![last.clone()] })
			);
		}
		for (eras, from, counted) in [(2, 1, 2), (3, 0, 3), (Era::MAX, 0, 3)] {
			let stays = paid(Coin::Native, 5_325 * STAY, 11, kinds(3_075 * STAY, 2_250 * STAY, counted));
			let gold = 100_000_000_000 * 2_050;
			let gold = paid(
				Coin::Asset(1),
				355_000_000_000_000,
				0,
				kinds(gold, 355_000_000_000_000 - gold, counted),
			);
			let expected = SetReturn { from, until: 2, paid: vec![stays, gold] };
			assert_eq!(api::set_return(SET, eras), Some(expected));
		}
		let two_eras = api::set_return(SET, 2).expect("a set");
		// A unit of weight earned three quarters of a STAY in each of the two eras.
		assert_eq!(two_eras.paid[0].kinds[0].whole.millionths, 788_940_000_000);
		assert_eq!(two_eras.paid[0].kinds[1].whole.millionths, 2_366_820_000_000);

		// Payments are stored for the whole history.
		to_era(85);
		let told = api::set_return(SET, Era::MAX).expect("a set");
		assert_eq!((told.from, told.until), (2, 84));
		// The streams began in era 3.
		assert_eq!(told.paid[0].amount.0, 1_775 * STAY + 9 + 82 * 11);
		to_era(200);
		let told = api::set_return(SET, Era::MAX).expect("a set");
		assert_eq!((told.from, told.until), (117, 199));
		// 83 payments of 11, shared by weight.
		assert_eq!(told.paid, [paid(Coin::Native, 913, 11, kinds(527, 385, 83))]);
	});
}

#[test]
fn a_set_that_nobody_serves_or_that_is_gone_has_no_return() {
	served(|| {
		pay(Currency::Native, 3_550 * STAY);
		next_era();
		for who in [op(), two()] {
			assert_ok!(AvsRegistry::leave(signed(&who), SET));
		}
		let kinds = [NATIVE, GOLD].map(|kind| KindReturn { kind, whole: yearly(0, 0, 1) }).to_vec();
		let paid =
			PaidReturn { currency: Coin::Native, amount: (3_550 * STAY).into(), streams: 0.into(), kinds };
		assert_eq!(api::set_return(SET, 1), Some(SetReturn { from: 1, until: 1, paid: vec![paid] }));
		assert_eq!(api::set_return(OperatorSetId { avs: 0, index: 1 }, 1), None);
		assert_eq!(api::set_return(OperatorSetId { avs: u32::MAX, index: u32::MAX }, Era::MAX), None);

		assert_ok!(AvsRegistry::wind_down(signed(&owner()), SET));
		to_era(Staking::active() + 4);
		assert_ok!(AvsRegistry::close_set(signed(&ann()), SET, 10));
		assert_eq!((api::set_return(SET, 84), api::streams(SET)), (None, None));
		assert_eq!(Rewards::paid_in(SET, 1), None);
	});
}

#[test]
fn eras_that_paid_nothing_are_not_told() {
	served(|| {
		assert_eq!([0, 1, Era::MAX].map(api::era_reward), [None, None, None]);
	});
}
