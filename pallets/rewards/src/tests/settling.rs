//! What positions earn: from and until which moment, and in which generation of their pool.

use super::*;

fn opt_in(who: u8, operator: u8, amount: ExitAmount) {
	let call = restaking::Call::<Test>::opt_in { operator: account(operator), amount, least_shares: 0 };
	assert_ok!(send(who, call));
}

fn stake(who: u8, operator: u8, amount: Balance) {
	let call = delegation::Call::<Test>::stake { operator: account(operator), amount, least_shares: 0 };
	assert_ok!(send(who, call));
}

/// [`served`], with 400 STAY of [`ALICE`] in the pool as well, and a payment of 1,000: 100 are the commission, 360
/// Alice's.
fn paid() {
	served();
	restake(ALICE, NORTH, PoolKind::Native, 400 * STAY);
	next_era();
	pay(STAYS, 1_000 * STAY);
}

fn earned(who: u8) -> Vec<(Currency, Balance)> {
	unsettled(who, NORTH, PoolKind::Native)
}

fn stays(amount: Balance) -> Vec<(Currency, Balance)> {
	vec![(STAYS, amount * STAY)]
}

#[test]
fn a_late_deposit_has_no_part_in_rewards_paid_before_it() {
	execute(|| {
		paid();
		restake(BOB, NORTH, PoolKind::Native, 1_000 * STAY);
		assert_eq!(earned(BOB), []);
		let per_share = accumulator(NORTH, PoolKind::Native, STAYS).unwrap().per_share;
		assert_eq!(per_share, U256::from(ACC_SCALE / 10 * 9));
		let checkpoint = settled(BOB, NORTH, PoolKind::Native).unwrap();
		assert_eq!(checkpoint.per_share.into_iter().collect::<Vec<_>>(), [(STAYS, per_share)]);
		next_era();
		pay(STAYS, 2_000 * STAY);
		assert_eq!((earned(ALICE), earned(BOB), earned(NORTH)), (stays(720), stays(900), stays(1_080)));
	});
}

#[test]
fn who_comes_and_goes_around_a_payment_of_before_earns_nothing() {
	execute(|| {
		paid();
		restake(BOB, NORTH, PoolKind::Native, 1_000 * STAY);
		exit(BOB, NORTH, PoolKind::Native, ExitAmount::All);
		assert_storage_noop!(assert_ok!(collect(BOB, BOB, NORTH, PoolKind::Native)));
		assert_eq!((credit(BOB, STAYS), earned(BOB), earned(ALICE)), (0, vec![], stays(360)));
		assert_eq!(settled(BOB, NORTH, PoolKind::Native), None);
	});
}

#[test]
fn more_shares_earn_from_when_they_came() {
	execute(|| {
		paid();
		assert_eq!((earned(ALICE), settled(ALICE, NORTH, PoolKind::Native)), (stays(360), None));
		restake(ALICE, NORTH, PoolKind::Native, 1_000 * STAY);
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (360 * STAY, vec![]));
		next_era();
		pay(STAYS, 2_000 * STAY);
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (360 * STAY, stays(1_260)));
	});
}

#[test]
fn who_leaves_is_credited_all_it_earned_and_nothing_later() {
	execute(|| {
		paid();
		exit(ALICE, NORTH, PoolKind::Native, ExitAmount::Shares(100 * STAY));
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (360 * STAY, vec![]));
		assert!(settled(ALICE, NORTH, PoolKind::Native).is_some());
		// Shares that are exiting earn nothing.
		pay(STAYS, 900 * STAY);
		assert_eq!(earned(ALICE), stays(270));
		exit(ALICE, NORTH, PoolKind::Native, ExitAmount::All);
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (630 * STAY, vec![]));
		assert_eq!(settled(ALICE, NORTH, PoolKind::Native), None);
		pay(STAYS, 900 * STAY);
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (630 * STAY, vec![]));
		// A new deposit starts without earnings.
		restake(ALICE, NORTH, PoolKind::Native, 400 * STAY);
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (630 * STAY, vec![]));
	});
}

#[test]
fn opting_in_settles_what_was_restaked_before() {
	execute(|| {
		served();
		stake(ALICE, NORTH, 500 * STAY);
		stake(BOB, NORTH, 500 * STAY);
		restake(ALICE, NORTH, PoolKind::Native, 400 * STAY);
		next_era();
		pay(STAYS, 1_000 * STAY);
		opt_in(ALICE, NORTH, ExitAmount::All);
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (360 * STAY, vec![]));
		opt_in(BOB, NORTH, ExitAmount::Shares(100 * STAY));
		assert_eq!((credit(BOB, STAYS), earned(BOB)), (0, vec![]));
		next_era();
		pay(STAYS, 1_600 * STAY);
		assert_eq!((earned(ALICE), earned(BOB), earned(NORTH)), (stays(810), stays(90), stays(1_080)));
	});
}

#[test]
fn stake_that_is_not_restaked_earns_nothing_of_services() {
	execute(|| {
		served();
		stake(BOB, NORTH, 500 * STAY);
		pay(STAYS, 1_000 * STAY);
		assert_eq!(unsettled(BOB, NORTH, PoolKind::Stake), []);
		exit(BOB, NORTH, PoolKind::Stake, ExitAmount::All);
		assert_eq!((credit(BOB, STAYS), settled(BOB, NORTH, PoolKind::Stake)), (0, None));
	});
}

#[test]
fn a_slash_does_not_lower_what_was_earned_before() {
	execute(|| {
		paid();
		slash(NORTH, PoolKind::Native, SET, WAD / 2);
		assert_eq!((earned(ALICE), earned(NORTH)), (stays(360), stays(540)));
		// Bob deposits at half the price: his 250 STAY buy 500 shares.
		restake(BOB, NORTH, PoolKind::Native, 250 * STAY);
		next_era();
		pay(STAYS, 1_500 * STAY);
		assert_eq!((earned(ALICE), earned(BOB), earned(NORTH)), (stays(720), stays(450), stays(1_080)));
	});
}

#[test]
fn positions_of_a_wiped_pool_earn_nothing_of_its_next_generation() {
	execute(|| {
		paid();
		wipe(NORTH, PoolKind::Native);
		let closed = delegation::Error::<Test>::PoolClosed;
		assert_noop!(try_restake(BOB, NORTH, PoolKind::Native, STAY), closed);
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
		assert_eq!(earned(ALICE), stays(360));
		next_era();
		restake(BOB, NORTH, PoolKind::Native, 500 * STAY);
		allocate(NORTH, PoolKind::Native, WAD);
		next_era();
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(ALICE), earned(BOB)), (stays(360), stays(900)));

		let before = balance(ALICE, STAYS);
		assert_ok!(collect(STRANGER, ALICE, NORTH, PoolKind::Native));
		assert_eq!((balance(ALICE, STAYS), earned(ALICE)), (before + 360 * STAY, vec![]));
		assert_eq!(settled(ALICE, NORTH, PoolKind::Native).unwrap().generation, 0);
		pay(STAYS, 1_000 * STAY);
		assert_storage_noop!(assert_ok!(collect(STRANGER, ALICE, NORTH, PoolKind::Native)));
		assert_eq!(earned(BOB), stays(1_800));
	});
}

#[test]
fn who_enters_a_wiped_pool_again_is_credited_the_old_and_begins_with_the_new() {
	execute(|| {
		paid();
		wipe(NORTH, PoolKind::Native);
		next_era();
		// North settles before the new generation was paid, Alice after it.
		restake(NORTH, NORTH, PoolKind::Native, 500 * STAY);
		assert_eq!((credit(NORTH, STAYS), settled(NORTH, NORTH, PoolKind::Native)), (640 * STAY, None));
		allocate(NORTH, PoolKind::Native, WAD);
		next_era();
		pay(STAYS, 1_000 * STAY);
		restake(ALICE, NORTH, PoolKind::Native, 500 * STAY);
		assert_eq!((credit(ALICE, STAYS), earned(ALICE)), (360 * STAY, vec![]));
		assert_eq!(settled(ALICE, NORTH, PoolKind::Native).unwrap().generation, 1);
		next_era();
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(ALICE), earned(NORTH)), (stays(450), stays(900 + 450)));
		assert_eq!(credit(NORTH, STAYS), (640 + 100 + 100) * STAY);
	});
}

#[test]
fn a_wiped_pool_takes_what_it_had_left_over_with_it() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		set_commission(NORTH, 0);
		serve(NORTH, PoolKind::Native, 7_000_000_000);
		next_era();
		pay(STAYS, 1);
		assert_eq!(accumulator(NORTH, PoolKind::Native, STAYS).unwrap().carry, 6_000_000_000);
		wipe(NORTH, PoolKind::Native);
		next_era();
		restake(NORTH, NORTH, PoolKind::Native, 7_000_000_000);
		allocate(NORTH, PoolKind::Native, WAD);
		next_era();
		pay(STAYS, 1);
		let next = Accruals::<Test>::get((account(NORTH), PoolKind::Native, 1));
		assert_eq!(next.get(&STAYS).unwrap().carry, 6_000_000_000);
	});
}

#[test]
fn a_first_depositor_cannot_inflate_the_price_of_a_share_by_a_gift() {
	execute(|| {
		service(&[(ASSET, 1)]);
		join(SOUTH);
		allocate(SOUTH, ASSET, WAD);
		restake(BOB, SOUTH, ASSET, LEAST_DEPOSIT);
		let left = LEAST_DEPOSIT / 1_000;
		exit(BOB, SOUTH, ASSET, ExitAmount::Shares(LEAST_DEPOSIT - left));
		let custody = OperatorDelegation::custody();
		assert_ok!(Assets::transfer(RuntimeOrigin::signed(account(BOB)), 1, custody, 1_000 * STAY));
		restake(ALICE, SOUTH, ASSET, 500 * STAY);
		let position = OperatorDelegation::position(&account(ALICE), &account(SOUTH), ASSET).unwrap();
		assert_eq!(position.shares, 500 * STAY);
		next_era();
		pay(GOLD, 1_000 * STAY);
		// A share earns a little less than 1.8.
		let earned = left * 18 / 10;
		assert_eq!(unsettled(BOB, SOUTH, ASSET), [(GOLD, earned - 1)]);
		assert_eq!(unsettled(ALICE, SOUTH, ASSET), [(GOLD, 900 * STAY - earned)]);
	});
}

#[test]
fn a_share_inflated_by_rewards_takes_no_more_than_its_part_and_no_deposit_for_nothing() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		exit(NORTH, NORTH, PoolKind::Stake, ExitAmount::All);
		serve(NORTH, PoolKind::Native, LEAST_DEPOSIT);
		let left = LEAST_DEPOSIT / 1_000;
		exit(NORTH, NORTH, PoolKind::Native, ExitAmount::Shares(LEAST_DEPOSIT - left));
		assert_ok!(Rewards::reward_base(&account(NORTH), 10 * STAY));
		// The minimum number of shares of a position is worth nine STAY and `left` units.
		let small = delegation::Error::<Test>::AmountTooSmall;
		assert_noop!(try_restake(ALICE, NORTH, PoolKind::Native, 9 * STAY), small);
		restake(ALICE, NORTH, PoolKind::Native, 18 * STAY + 2 * left);
		let value = OperatorDelegation::position_value(account(ALICE), account(NORTH), PoolKind::Native);
		assert_eq!(value, 18 * STAY + 2 * left);
		next_era();
		pay(GOLD, 1_000);
		assert_eq!((earned(NORTH), earned(ALICE)), (vec![(GOLD, 300)], vec![(GOLD, 600)]));
	});
}

#[test]
fn settling_twice_credits_once() {
	execute(|| {
		paid();
		let (alice, north) = (account(ALICE), account(NORTH));
		let position = OperatorDelegation::position(&alice, &north, PoolKind::Native).unwrap();
		Rewards::settle(&alice, &north, PoolKind::Native, &position);
		assert_eq!(credit(ALICE, STAYS), 360 * STAY);
		assert_storage_noop!(Rewards::settle(&alice, &north, PoolKind::Native, &position));
	});
}

#[test]
fn what_is_shown_as_earned_is_what_collecting_then_pays() {
	execute(|| {
		service(&[(PoolKind::Native, 1), (ASSET, 2)]);
		serve(NORTH, PoolKind::Native, 7 * STAY);
		restake(ALICE, NORTH, PoolKind::Native, 11 * STAY + 1);
		restake(ALICE, NORTH, ASSET, 13 * STAY + 7);
		allocate(NORTH, ASSET, WAD / 3);
		next_era();
		pay(STAYS, 1_000_003);
		pay(GOLD, 999);
		restake(BOB, NORTH, ASSET, 17 * STAY);
		next_era();
		pay(GOLD, 101);
		for (who, kind) in
			[(NORTH, PoolKind::Native), (ALICE, PoolKind::Native), (ALICE, ASSET), (BOB, ASSET)]
		{
			let view = unsettled(who, NORTH, kind);
			let due = |currency: Currency| {
				let earned = view.iter().find(|(of, _)| *of == currency).map_or(0, |(_, amount)| *amount);
				earned + credit(who, currency)
			};
			let expected = [STAYS, GOLD].map(|currency| balance(who, currency.clone()) + due(currency));
			assert!(due(GOLD) > 0);
			assert_ok!(collect(STRANGER, who, NORTH, kind));
			assert_eq!([STAYS, GOLD].map(|currency| balance(who, currency)), expected);
			assert_eq!(unsettled(who, NORTH, kind), []);
		}
		assert_eq!(unsettled(STRANGER, NORTH, PoolKind::Native), []);
	});
}
