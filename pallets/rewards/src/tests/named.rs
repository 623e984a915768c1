//! Payments to named operators: their receivers and remainders.

use super::*;
use frame_support::dispatch::GetDispatchInfo;

/// Operators 1 to 3 serve [`SET`] with `Native` and [`ASSET`], of which a unit counts three times. The weights of the
/// pools, `Native` and [`ASSET`]: 600 and 300 for [`NORTH`], 100 and 0 for [`SOUTH`], 0 and 21 for [`EAST`].
fn served_by_three() {
	service(&[(PoolKind::Native, 1), (ASSET, 3)]);
	for (operator, kind, stays) in [
		(NORTH, PoolKind::Native, 600),
		(NORTH, ASSET, 100),
		(SOUTH, PoolKind::Native, 100),
		(EAST, ASSET, 7),
	] {
		restake(operator, operator, kind, stays * STAY);
		allocate(operator, kind, WAD);
	}
	[NORTH, SOUTH, EAST].into_iter().for_each(join);
	next_era();
	events();
}

fn call(set: OperatorSetId, currency: Currency, payments: &[(u8, Balance)]) -> Call {
	let payments: Vec<_> = payments.iter().map(|(operator, amount)| (account(*operator), *amount)).collect();
	Call::pay_operators { set, currency, payments: payments.try_into().unwrap() }
}

fn try_name(payer: u8, currency: Currency, payments: &[(u8, Balance)]) -> DispatchResult {
	send(payer, call(SET, currency, payments))
}

fn leave(operator: u8) {
	assert_ok!(send(operator, registry::Call::<Test>::leave { set: SET }));
}

#[test]
fn who_is_named_is_paid_and_nobody_else() {
	execute(|| {
		served_by_three();
		let before = (balance(PAYER, STAYS), Balances::total_issuance());
		assert_ok!(try_name(PAYER, STAYS, &[(EAST, 501), (NORTH, 1_000)]));
		let (amount, from) = (1_501, account(PAYER));
		assert_eq!(events(), [Event::OperatorsPaid { set: SET, currency: STAYS, amount, from }]);
		// Commission: 50 of 501, and 66 and 33 of 666 and 333. One unit is left over.
		assert_eq!([NORTH, SOUTH, EAST].map(|operator| credit(operator, STAYS)), [99, 0, 50]);
		for (operator, kind, rest) in [
			(NORTH, PoolKind::Native, 600),
			(NORTH, ASSET, 300),
			(EAST, ASSET, 451),
			(SOUTH, PoolKind::Native, 0),
		] {
			assert_eq!(accrued(operator, kind, STAYS), scaled(rest), "{operator} {kind:?}");
		}
		assert_eq!(accumulator(SOUTH, PoolKind::Native, STAYS), None);
		assert_eq!((carried(STAYS), held(STAYS)), (1, 1_501));
		assert_eq!((balance(PAYER, STAYS), Balances::total_issuance()), (before.0 - 1_501, before.1));
	});
}

#[test]
fn amounts_are_shared_within_the_operator_as_a_payment_to_the_set_is() {
	execute(|| {
		served_by_three();
		// The weights of other operators do not matter, however large they are.
		for amount in [1_000 * STAY + 1, 7, 1] {
			let before = [NORTH, SOUTH].map(|operator| credit(operator, STAYS));
			let rests = [PoolKind::Native, ASSET].map(|kind| accrued(NORTH, kind, STAYS));
			let left = carried(STAYS);
			assert_ok!(try_name(PAYER, STAYS, &[(NORTH, amount), (SOUTH, amount)]));
			let (of_north, rest) = parts(amount, &[600, 300]);
			let commissions = of_north.iter().map(|(commission, _)| commission).sum::<Balance>();
			assert_eq!(
				[NORTH, SOUTH].map(|operator| credit(operator, STAYS)),
				[before[0] + commissions, before[1] + amount / 10]
			);
			assert_eq!(
				[PoolKind::Native, ASSET].map(|kind| accrued(NORTH, kind, STAYS)),
				[rests[0] + scaled(of_north[0].1), rests[1] + scaled(of_north[1].1)]
			);
			assert_eq!(carried(STAYS), left + rest);
		}
	});
}

#[test]
fn delegators_of_who_is_named_earn_by_their_shares() {
	execute(|| {
		served_by_three();
		restake(ALICE, SOUTH, PoolKind::Native, 300 * STAY);
		next_era();
		assert_ok!(try_name(PAYER, STAYS, &[(SOUTH, 1_000 * STAY)]));
		assert_eq!(credit(SOUTH, STAYS), 100 * STAY);
		assert_eq!(unsettled(ALICE, SOUTH, PoolKind::Native), [(STAYS, 675 * STAY)]);
		assert_eq!(unsettled(SOUTH, SOUTH, PoolKind::Native), [(STAYS, 225 * STAY)]);
		let before = balance(ALICE, STAYS);
		assert_ok!(collect(STRANGER, ALICE, SOUTH, PoolKind::Native));
		assert_eq!(balance(ALICE, STAYS), before + 675 * STAY);
	});
}

#[test]
fn the_commission_that_binds_is_taken() {
	execute(|| {
		served_by_three();
		set_commission(SOUTH, 0);
		assert_ok!(try_name(PAYER, STAYS, &[(SOUTH, 1_000), (EAST, 1_000)]));
		assert_eq!((credit(SOUTH, STAYS), credit(EAST, STAYS)), (0, 100));
		assert_eq!(accrued(SOUTH, PoolKind::Native, STAYS), scaled(1_000));
		set_commission(SOUTH, 10_000);
		next_era();
		assert_ok!(try_name(PAYER, STAYS, &[(SOUTH, 1_000)]));
		assert_eq!(credit(SOUTH, STAYS), 1_000);
		assert_eq!(accrued(SOUTH, PoolKind::Native, STAYS), scaled(1_000));
	});
}

#[test]
fn what_the_set_carries_is_not_shared_by_name() {
	execute(|| {
		served_by_three();
		pay(STAYS, 1_000);
		let left = parts(1_000, &[600, 300, 100, 21]).1;
		assert_eq!((carried(STAYS), left), (3, 3));
		// One operator with one pool: nothing is left over, and no earlier remainder is added.
		assert_ok!(try_name(PAYER, STAYS, &[(SOUTH, 1_000)]));
		assert_eq!(carried(STAYS), 3);
		assert_ok!(try_name(PAYER, STAYS, &[(NORTH, 1_000), (SOUTH, 10)]));
		assert_eq!(carried(STAYS), 4);
		// A payment to the whole set shares the remainder.
		let before = credit(EAST, STAYS);
		pay(STAYS, 1_017);
		assert_eq!((carried(STAYS), credit(EAST, STAYS)), (0, before + 2));
	});
}

#[test]
fn an_operator_is_named_once() {
	execute(|| {
		served_by_three();
		for payments in [[(NORTH, 1), (NORTH, 1)], [(NORTH, 1), (NORTH, 2)]] {
			assert_noop!(try_name(PAYER, STAYS, &payments), Error::DuplicateOperator);
		}
		let payments = [(SOUTH, 1), (NORTH, 1), (EAST, 5), (SOUTH, 1)];
		assert_noop!(try_name(PAYER, STAYS, &payments), Error::DuplicateOperator);
		assert_eq!(held(STAYS), 0);
	});
}

#[test]
fn all_of_a_payment_arrives_or_nothing() {
	execute(|| {
		served_by_three();
		let refused = |payments: &[(u8, Balance)]| {
			let before = (balance(PAYER, STAYS), held(STAYS));
			assert_noop!(try_name(PAYER, STAYS, payments), Error::NoWeight);
			assert_eq!((balance(PAYER, STAYS), held(STAYS)), before);
			assert_eq!((credit(NORTH, STAYS), accumulator(NORTH, PoolKind::Native, STAYS)), (0, None));
		};
		// No member, no operator, or an operator without an allocation.
		refused(&[(NORTH, STAY), (4, STAY)]);
		refused(&[(4, STAY), (NORTH, STAY)]);
		refused(&[(NORTH, STAY), (ALICE, STAY)]);
		join(4);
		restake(4, 4, PoolKind::Native, STAY);
		leave(SOUTH);
		next_era();
		refused(&[(NORTH, STAY), (4, STAY)]);
		// The allocation does not bind yet.
		allocate(4, PoolKind::Native, WAD);
		refused(&[(NORTH, STAY), (4, STAY)]);
		// The operator left in an earlier era, although its allocation still binds.
		assert_eq!(allocated(&account(SOUTH), PoolKind::Native), WAD);
		refused(&[(NORTH, STAY), (SOUTH, STAY)]);
		// No stake is left in the operator's pools.
		exit(EAST, EAST, ASSET, ExitAmount::All);
		refused(&[(NORTH, STAY), (EAST, STAY)]);

		next_era();
		events();
		assert_ok!(try_name(PAYER, STAYS, &[(NORTH, STAY), (4, STAY)]));
		assert_eq!(credit(4, STAYS), STAY / 10);
	});
}

#[test]
fn a_pool_full_of_reward_assets_cannot_be_paid_in_another() {
	execute(|| {
		served_by_three();
		for currency in [GOLD, SILVER] {
			assert_ok!(try_name(OWNER, currency, &[(NORTH, STAY)]));
		}
		assert_noop!(try_name(OWNER, COARSE, &[(SOUTH, STAY), (NORTH, STAY)]), Error::NoWeight);
		assert_ok!(try_name(OWNER, COARSE, &[(SOUTH, STAY)]));
		assert_ok!(try_name(OWNER, STAYS, &[(NORTH, STAY)]));
		assert_eq!((credit(SOUTH, COARSE), credit(NORTH, STAYS)), (STAY / 10, STAY / 10 - 1));
	});
}

#[test]
fn only_the_owner_pays_in_assets() {
	execute(|| {
		served_by_three();
		for who in [PAYER, NORTH] {
			assert_noop!(try_name(who, GOLD, &[(NORTH, STAY)]), Error::NotOwner);
		}
		assert_ok!(try_name(OWNER, GOLD, &[(SOUTH, PURSE)]));
		assert_eq!((balance(OWNER, GOLD), held(GOLD), held(STAYS)), (0, PURSE, 0));
		assert_eq!((credit(SOUTH, GOLD), credit(SOUTH, STAYS)), (PURSE / 10, 0));
		assert_ok!(try_name(STRANGER, STAYS, &[(SOUTH, STAY)]));
	});
}

#[test]
fn a_payment_names_someone_with_something_in_a_set_there_is() {
	execute(|| {
		served_by_three();
		let nowhere = OperatorSetId { avs: 0, index: 1 };
		assert_noop!(send(PAYER, call(nowhere, STAYS, &[(NORTH, 1)])), Error::UnknownSet);
		let unknown = Currency::WithId(4);
		assert_noop!(try_name(OWNER, unknown, &[(NORTH, 1)]), Error::AssetNotRegistered);
		assert_noop!(try_name(PAYER, STAYS, &[]), Error::NothingToPay);
		assert_noop!(try_name(PAYER, STAYS, &[(NORTH, 0)]), Error::NothingToPay);
		assert_noop!(try_name(PAYER, STAYS, &[(NORTH, 1), (SOUTH, 0)]), Error::NothingToPay);
		assert_noop!(try_name(PAUPER, STAYS, &[(NORTH, 1)]), TokenError::FundsUnavailable);
		let half = PURSE / 2;
		assert_noop!(try_name(PAYER, STAYS, &[(NORTH, half), (SOUTH, half)]), TokenError::NotExpendable);
		assert_noop!(
			try_name(OWNER, GOLD, &[(NORTH, half), (SOUTH, half + 1)]),
			TokenError::FundsUnavailable
		);
		let unsigned = Rewards::pay_operators(RuntimeOrigin::root(), SET, STAYS, Default::default());
		assert_noop!(unsigned, DispatchError::BadOrigin);
		assert_eq!((held(STAYS), held(GOLD)), (0, 0));
	});
}

#[test]
fn what_would_pass_the_largest_number_is_refused() {
	execute(|| {
		served_by_three();
		let most = [(NORTH, Balance::MAX), (SOUTH, 1)];
		assert_noop!(try_name(PAYER, STAYS, &most), Error::CreditTooLarge);
		Credit::<Test>::insert(account(SOUTH), STAYS, Balance::MAX);
		let payments = [(NORTH, 1_000), (SOUTH, 1_000)];
		assert_noop!(try_name(PAYER, STAYS, &payments), Error::CreditTooLarge);
		Credit::<Test>::remove(account(SOUTH), STAYS);
		Carried::<Test>::insert(SET, STAYS, Balance::MAX);
		assert_noop!(try_name(PAYER, STAYS, &payments), Error::CreditTooLarge);
		Carried::<Test>::remove(SET, STAYS);
		assert_ok!(try_name(PAYER, STAYS, &payments));
		assert_eq!(credit(SOUTH, STAYS), 100);
	});
}

#[test]
fn a_payment_by_name_weighs_as_much_as_it_names() {
	execute(|| {
		served_by_three();
		for named in [&[(NORTH, 1)][..], &[(NORTH, 1), (SOUTH, 1), (EAST, 1)]] {
			let weight = call(SET, STAYS, named).get_dispatch_info().call_weight;
			assert_eq!(weight, <Test as Config>::WeightInfo::pay_operators(named.len() as u32));
		}
	});
}
