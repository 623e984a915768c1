//! The pallet's account, and what the state check finds.

use super::*;
use frame_support::BoundedBTreeMap;

const SHORT: &str = "the account holds less than is owed";

/// Breaks the state with `test`, and compares the error of the state check.
fn finds(what: &'static str, test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		served();
		pay(STAYS, 1_000 * STAY);
		assert_eq!(Rewards::do_try_state(), Ok(()));
		test();
		assert_eq!(Rewards::do_try_state(), Err(what.into()));
	});
}

#[test]
fn the_state_check_finds_payments_that_are_kept_wrongly() {
	let put = |set, place, era, amount: Option<Balance>| {
		let mut amounts = frame_support::BoundedBTreeMap::new();
		if let Some(amount) = amount {
			amounts.try_insert(STAYS, amount).unwrap();
		}
		Paid::<Test>::insert(set, place, EraPaid { era, amounts });
	};
	let nowhere = OperatorSetId { avs: 0, index: 1 };
	finds("payments at the place of another era", || put(SET, 0, 1, Some(1)));
	finds("payments at the place of another era", || put(SET, 1 + HISTORY, 1, Some(1)));
	finds("payments of an era to come", || put(SET, 2, 2, Some(1)));
	finds("payments to a set that is not there", || put(nowhere, 1, 1, Some(1)));
	finds("payments of nothing", || put(SET, 1, 1, Some(0)));
	finds("payments of nothing", || put(SET, 1, 1, None));
}

fn checkpoint(generation: u32, currency: Currency, per_share: u128) -> Checkpoint<Test> {
	let mut at = BoundedBTreeMap::new();
	at.try_insert(currency, U256::from(per_share)).unwrap();
	Checkpoint { generation, per_share: at }
}

#[test]
fn the_account_begins_with_the_least_balance_of_each_currency() {
	execute(|| {
		let account = Rewards::account();
		let balances = [STAYS, GOLD, SILVER, COARSE].map(|currency| balance_of(&account, currency));
		assert_eq!(balances, [ExistentialDeposit::get(), 1, 1, COARSE_MINIMUM]);
	});
}

#[test]
fn an_asset_that_is_admitted_opens_the_account_at_its_funders_cost() {
	execute(|| {
		let (id, new) = (4, Currency::WithId(4));
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), id, Treasury::get(), true, 50));
		assert_ok!(Assets::mint(RuntimeOrigin::signed(Treasury::get()), id, account(PAYER), 1_000));
		assert_ok!(Restaking::add_asset(
			RuntimeOrigin::root(),
			id,
			Balance::MAX,
			account(PAYER),
			false,
			1_000_000
		));
		assert_eq!(balance_of(&Rewards::account(), new.clone()), 50);
		assert_eq!((balance(PAYER, new.clone()), held(new)), (900, 0));
	});
}

#[test]
fn gifts_to_the_account_belong_to_nobody() {
	execute(|| {
		served();
		assert_ok!(Balances::mint_into(&Rewards::account(), STAY));
		pay(STAYS, 1_000 * STAY);
		assert_eq!(unsettled(NORTH, NORTH, PoolKind::Native), [(STAYS, 900 * STAY)]);
		assert_ok!(collect(STRANGER, NORTH, NORTH, PoolKind::Native));
		assert_eq!(held(STAYS), STAY);
	});
}

#[test]
fn the_state_check_finds_what_is_owed_and_not_held() {
	finds(SHORT, || {
		assert_ok!(Rewards::credit(&account(BOB), STAYS, 1_000 * STAY));
	});
	finds(SHORT, || {
		assert_ok!(Rewards::credit(&account(BOB), GOLD, 1));
	});
	finds(SHORT, || Carried::<Test>::insert(SET, GOLD, 1));
	finds(SHORT, || {
		let id = open(GOLD, 5, 100, 0);
		change(id, |stream| stream.funds = 101);
	});
	finds(SHORT, || {
		let (north, native) = (account(NORTH), PoolKind::Native);
		assert_ok!(collect(STRANGER, NORTH, NORTH, native));
		Rewards::accrue(&north, native, &STAYS, STAY);
	});
}

#[test]
fn the_state_check_finds_streams_out_of_order() {
	let with = |what, test: fn(StreamId)| finds(what, || test(open(STAYS, STAY, 100 * STAY, 0)));
	with("a stream with an id to come", |_| NextStreamId::<Test>::put(0));
	with("a stream that its set does not know", |_| StreamsOf::<Test>::remove(SET));
	with("a set knows a stream that is not there", |_| {
		assert_ok!(StreamsOf::<Test>::try_append(SET, 1));
	});
	with("a stream out of bounds", |id| change(id, |stream| stream.rate = 0));
	with("a stream out of bounds", |id| change(id, |stream| stream.next = 3));
	with("a stream that is over", |id| change(id, |stream| stream.until = Some(stream.next)));
	with("what is held of a payer is not its streams' deposits", |id| {
		change(id, |stream| stream.deposit += 1);
	});
}

#[test]
fn the_state_check_finds_entries_of_nothing() {
	finds("an empty credit", || Credit::<Test>::insert(account(BOB), STAYS, 0));
	finds("nothing is carried", || Carried::<Test>::insert(SET, STAYS, 0));
	finds("an empty accumulator", || {
		let nothing = Accumulators::<Test>::new();
		restake(ALICE, NORTH, ASSET, STAY);
		Accruals::<Test>::insert((account(NORTH), ASSET, 0), nothing);
	});
}

#[test]
fn the_state_check_finds_payments_to_what_cannot_be_paid() {
	let put = |operator, kind, generation| {
		let mut paid = Accumulators::<Test>::new();
		paid.try_insert(STAYS, Accumulator::default()).unwrap();
		Accruals::<Test>::insert((account(operator), kind, generation), paid);
	};
	finds("services pay for what is restaked", || put(NORTH, PoolKind::Stake, 0));
	finds("a payment to no pool", || put(SOUTH, PoolKind::Native, 0));
	finds("a payment to a generation to come", || put(NORTH, PoolKind::Native, 1));
}

#[test]
fn the_state_check_finds_checkpoints_that_fit_no_position() {
	let put = |who, checkpoint| {
		Settled::<Test>::insert((account(who), account(NORTH), PoolKind::Native), checkpoint);
	};
	finds("a checkpoint of no position", || put(BOB, checkpoint(0, STAYS, 0)));
	finds("a checkpoint of another generation", || put(NORTH, checkpoint(1, STAYS, 0)));
	finds("a checkpoint of no payment", || put(NORTH, checkpoint(0, GOLD, 0)));
	finds("a position was settled at more than was paid", || put(NORTH, checkpoint(0, STAYS, 2 * ACC_SCALE)));
}
