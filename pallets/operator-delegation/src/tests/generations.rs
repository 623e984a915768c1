//! The generation of a pool that answers for an era, over several slashes that take all of it. The numbers are those of
//! `ledger.py`.

use super::*;
use frame_support::{assert_noop, storage::with_storage_layer};

fn opt_in(who: u8) -> DispatchResult {
	with_storage_layer(|| Custody::opt_in(&account(who), &account(OPERATOR), ExitAmount::All, 0))
}

fn wipe(kind: PoolKind, capture: Era) {
	assert!(Custody::take(&account(OPERATOR), kind, Fraction::WHOLE, capture) > 0);
}

/// The generation that answers for an era.
fn generation_in(kind: PoolKind, era: Era) -> (Era, Era) {
	let pool = Pools::<Test>::get(account(OPERATOR), kind).unwrap();
	Custody::generation_in(&account(OPERATOR), kind, &pool, era)
}

#[test]
fn an_exit_after_the_election_answers_for_the_era_it_elected_for() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		Ahead::set(1);
		events();
		exit(ALICE, ExitAmount::Value(STAY));
		let queued = events().into_iter().find_map(|event| match event {
			Event::ExitQueued { queued, matures, .. } => Some((queued, matures)),
			_ => None,
		});
		assert_eq!(queued, Some((1, 5)), "the exit is filed under the elected era");
		assert_eq!((bucket(0), bucket(1).unwrap().amount), (None, STAY));
		Now::set(1);
		Ahead::set(0);
		assert_eq!(take(WAD / 2, 1), STAY + STAY / 2, "an offence in the elected era reaches the exit");
		Now::set(4);
		assert_noop!(claim(ALICE, ALICE, 1), Error::NotMatured);
		Now::set(5);
		assert_ok!(claim(ALICE, ALICE, 1));
	});
}

#[test]
fn a_wipe_after_the_election_begins_the_next_generation_after_the_elected_era() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		Ahead::set(1);
		wipe(PoolKind::Stake, 0);
		let pool = Pools::<Test>::get(account(OPERATOR), PoolKind::Stake).unwrap();
		assert_eq!((pool.generation, pool.since), (1, 2));
		for (now, ahead) in [(0, 1), (1, 0)] {
			Now::set(now);
			Ahead::set(ahead);
			assert_noop!(try_stake(BOB, STAY), Error::PoolClosed);
		}
		Now::set(2);
		stake(BOB, STAY);
	});
}

#[test]
fn over_two_wipes_each_generation_answers_for_its_own_eras() {
	execute(|| {
		register(0);
		stake(ALICE, 4 * STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		Now::set(1);
		wipe(PoolKind::Stake, 1);
		Now::set(2);
		stake(BOB, 4 * STAY);
		exit(BOB, ExitAmount::Value(STAY));
		wipe(PoolKind::Stake, 3 - 1);
		// The second wipe took the pool and the exit of the same era.
		assert_eq!((bucket(0).unwrap().amount, bucket(2)), (STAY, None));
		Now::set(3);
		stake(BOB, 2 * STAY);
		exit(BOB, ExitAmount::Value(STAY));

		let starts = EarlierGenerations::<Test>::get(account(OPERATOR), PoolKind::Stake);
		assert_eq!(starts.to_vec(), [0, 2]);
		let spans = [0, 1, 2, 3].map(|era| generation_in(PoolKind::Stake, era));
		assert_eq!(spans, [(0, 2), (0, 2), (2, 3), (3, Era::MAX)]);
		assert_eq!(take(WAD / 2, 1), 0, "nothing that answered for era 1 is left");
		assert_eq!(take(WAD / 2, 0), STAY / 2, "only the first exit answers for era 0");
		assert_eq!(take(WAD / 2, 3), STAY);
	});
}

#[test]
fn generations_that_no_slash_can_name_are_forgotten() {
	execute(|| {
		register(0);
		for _ in 0..20 {
			stake(ALICE, STAY);
			wipe(PoolKind::Stake, Now::get());
			Now::mutate(|now| *now += 1);
			OperatorDelegation::do_try_state().unwrap();
		}
		let starts = EarlierGenerations::<Test>::get(account(OPERATOR), PoolKind::Stake);
		// The last wipe was in era 19, when a slash could name eras 16 to 19.
		assert_eq!(starts.to_vec(), [16, 17, 18, 19]);
	});
}

#[test]
fn stake_does_not_opt_in_to_a_pool_that_answers_for_fewer_eras() {
	execute(|| {
		register(0);
		stake(ALICE, 4 * STAY);
		restake(BOB, STAY);
		Now::set(6);
		wipe(PoolKind::Native, 6);
		Now::set(7);
		// The new generation begins in era 7, while a slash can still name era 4. Such a slash would not reach stake
		// that opted in.
		assert_noop!(opt_in(ALICE), Error::PoolTooYoung);
		Now::set(9);
		assert_noop!(opt_in(ALICE), Error::PoolTooYoung);
		// A pending slash can name an older era for longer.
		Covered::set(vec![(account(OPERATOR), PoolKind::Stake, 5)]);
		Now::set(20);
		assert_noop!(opt_in(ALICE), Error::PoolTooYoung);
		Covered::set(vec![]);
		Now::set(10);
		assert_ok!(opt_in(ALICE));
	});
}

#[test]
fn an_empty_pool_can_be_too_young_too() {
	execute(|| {
		register(0);
		stake(ALICE, 4 * STAY);
		Now::set(6);
		// A set can open an empty pool. A slash of all of it wipes it.
		Custody::open(&account(OPERATOR), PoolKind::Native);
		assert_eq!(Custody::take(&account(OPERATOR), PoolKind::Native, Fraction::WHOLE, 6), 0);
		Now::set(7);
		assert_noop!(opt_in(ALICE), Error::PoolTooYoung);
	});
}

#[test]
fn stake_that_is_as_young_as_the_restaked_pool_opts_in() {
	execute(|| {
		register(0);
		stake(ALICE, STAY);
		restake(BOB, STAY);
		wipe(PoolKind::Native, 0);
		wipe(PoolKind::Stake, 0);
		Now::set(1);
		stake(ALICE, STAY);
		assert_ok!(opt_in(ALICE));
	});
}

#[test]
fn a_position_keeps_a_thousandth_of_the_least_deposit_or_nothing() {
	execute(|| {
		register(0);
		let least = MinDeposit::get() / 1_000;
		stake(ALICE, STAY);
		let all_but = |shares| ExitAmount::Shares(STAY - shares);
		for (kind, shares) in [(PoolKind::Stake, 1), (PoolKind::Stake, least - 1)] {
			assert_noop!(try_exit(ALICE, kind, all_but(shares)), Error::DustLeft);
		}
		let opt_in =
			|| with_storage_layer(|| Custody::opt_in(&account(ALICE), &account(OPERATOR), all_but(1), 0));
		assert_noop!(opt_in(), Error::DustLeft);
		exit(ALICE, all_but(least));
		exit(ALICE, ExitAmount::All);

		// At a thousand times the price, the minimum deposit mints too few shares.
		stake(ALICE, STAY);
		reward(1_001 * STAY);
		assert_noop!(try_stake(BOB, MinDeposit::get()), Error::AmountTooSmall);
		stake(BOB, 2 * MinDeposit::get());
		// A delegator with enough shares can add less.
		stake(BOB, MinDeposit::get());
	});
}
