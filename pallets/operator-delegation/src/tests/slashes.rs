//! What a slash takes, and what it leaves.

use super::*;
use frame_support::{assert_noop, assert_storage_noop};

#[test]
fn a_slash_takes_its_fraction_of_the_pool_and_of_exits_since_the_capture_era() {
	execute(|| {
		register(0);
		stake(ALICE, 400 * STAY);
		for era in 0..3 {
			Now::set(era);
			exit(ALICE, ExitAmount::Value(100 * STAY));
		}
		events();
		assert_eq!(take(WAD / 10, 1), 30 * STAY);
		let left = |amount| Some(SharePool { shares: 100 * STAY, amount });
		assert_eq!(bucket(0), left(100 * STAY), "an exit from before the capture era pays nothing");
		assert_eq!(bucket(1), left(90 * STAY));
		assert_eq!(bucket(2), left(90 * STAY));
		assert_eq!(pool(PoolKind::Stake), left(90 * STAY).unwrap());
		assert_eq!(Slashed::<Test>::get(Currency::Native), 30 * STAY);
		assert_eq!(held(), 400 * STAY, "slashed funds stay in custody until they are paid out");
		assert_eq!(
			events(),
			[Event::Taken {
				operator: account(OPERATOR),
				kind: PoolKind::Stake,
				capture: 1,
				pool: 10 * STAY,
				exits: 20 * STAY,
			}]
		);
	});
}

#[test]
fn a_slash_reaches_one_kind_of_one_operator() {
	execute(|| {
		register(0);
		assert_ok!(send(BOB, Call::register { commission: 0 }));
		assert_ok!(send(BOB, Call::stake { operator: account(BOB), amount: STAY, least_shares: 0 }));
		stake(ALICE, STAY);
		restake(ALICE, STAY);
		take(WAD / 2, 0);
		assert_eq!((pool(PoolKind::Stake).amount, pool(PoolKind::Native).amount), (STAY / 2, STAY));
		assert_eq!(Custody::native_stake(&account(BOB)), STAY);
	});
}

#[test]
fn a_slash_where_nothing_stands_takes_nothing_and_says_nothing() {
	execute(|| {
		register(0);
		events();
		assert_storage_noop!(assert_eq!(take(WAD, 0), 0));
		assert_eq!(events(), []);
	});
}

#[test]
fn a_slash_is_rounded_down() {
	execute(|| {
		register(0);
		stake(ALICE, STAY + 1);
		assert_eq!(take(WAD / 2, 0), STAY / 2);
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: STAY + 1, amount: STAY / 2 + 1 });
	});
}

#[test]
fn a_slash_of_all_voids_positions_and_claims() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		Now::set(1);
		events();
		assert_eq!(take(WAD, 0), 2 * STAY);
		let operator = account(OPERATOR);
		let wiped =
			Event::PoolWiped { operator: operator.clone(), kind: PoolKind::Stake, generation: 1, since: 2 };
		let taken = Event::Taken { operator, kind: PoolKind::Stake, capture: 0, pool: STAY, exits: STAY };
		assert_eq!(events(), [wiped, taken]);
		assert_eq!((value(ALICE), bucket(0)), (0, None));
		assert_noop!(try_exit(ALICE, PoolKind::Stake, ExitAmount::All), Error::InsufficientShares);
		assert_noop!(try_exit(ALICE, PoolKind::Stake, ExitAmount::Shares(1)), Error::InsufficientShares);
		Now::set(10);
		assert_noop!(claim(ALICE, ALICE, 0), Error::NothingToClaim);
	});
}

#[test]
fn a_wiped_pool_takes_deposits_from_the_next_era_on() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		Now::set(3);
		take(WAD, 3);
		assert_noop!(try_stake(ALICE, STAY), Error::PoolClosed);
		Now::set(4);
		stake(BOB, STAY);
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: STAY, amount: STAY });
	});
}

#[test]
fn a_void_position_is_overwritten_when_its_owner_returns() {
	execute(|| {
		register(0);
		stake(ALICE, 5 * STAY);
		take(WAD, 0);
		Now::set(1);
		stake(BOB, STAY);
		assert_eq!(position(ALICE), Some((5 * STAY, 0)));
		assert_eq!((value(ALICE), value(BOB)), (0, STAY));
		OperatorDelegation::do_try_state().unwrap();
		stake(ALICE, 2 * STAY);
		assert_eq!(position(ALICE), Some((2 * STAY, 1)));
		assert_eq!((value(ALICE), value(BOB)), (2 * STAY, STAY));
	});
}

#[test]
fn a_slash_of_the_past_spares_a_younger_generation_and_its_exits() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		Now::set(1);
		take(WAD, 1);
		assert_eq!(bucket(0), Some(SharePool { shares: STAY, amount: STAY }));
		Now::set(2);
		stake(BOB, 2 * STAY);
		exit(BOB, ExitAmount::Value(STAY));
		assert_eq!(take(WAD / 2, 0), STAY / 2, "the exit of the old generation answers");
		assert_eq!(bucket(2), Some(SharePool { shares: STAY, amount: STAY }));
		assert_eq!(pool(PoolKind::Stake), SharePool { shares: STAY, amount: STAY });
		assert_eq!(take(WAD, 0), STAY / 2);
		assert_eq!(Pools::<Test>::get(account(OPERATOR), PoolKind::Stake).unwrap().generation, 1);
		assert_eq!(take(WAD / 2, 2), STAY, "the new generation answers for its own era");
	});
}

#[test]
fn a_second_slash_of_all_in_one_era_reaches_what_left_before_the_first() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		Now::set(1);
		take(WAD, 1);
		assert_eq!(take(WAD, 0), STAY);
		assert_eq!(bucket(0), None);
		assert_eq!(Pools::<Test>::get(account(OPERATOR), PoolKind::Stake).unwrap().generation, 1);
	});
}
