//! Shares that came in the running era.

use super::*;

/// The fresh shares of the pool, and the number of positions that hold some.
fn fresh_of_pool(kind: PoolKind) -> (u128, u32) {
	let pool = Pools::<Test>::get(account(OPERATOR), kind).unwrap();
	(pool.fresh_in(Now::get()), pool.fresh_holders)
}

fn fresh_of(who: u8, kind: PoolKind) -> u128 {
	let position = Positions::<Test>::get((account(who), account(OPERATOR), kind)).unwrap();
	position.fresh_in(Now::get())
}

/// By era: the number of positions that need to know where shares of the operator's `Native` pool began to earn.
fn ended() -> Vec<(Era, u32)> {
	Ended::get().into_iter().map(|((_, _, _, era), holders)| (era, holders)).collect()
}

fn settle(who: u8) {
	Custody::settle(&account(who), &account(OPERATOR), PoolKind::Native);
	OperatorDelegation::do_try_state().unwrap();
}

fn end_fresh() {
	Custody::end_fresh(&account(OPERATOR), PoolKind::Native);
	OperatorDelegation::do_try_state().unwrap();
}

#[test]
fn what_comes_is_fresh_until_its_era_is_over_and_leaves_first() {
	execute(|| {
		register(0);
		restake(ALICE, 5 * STAY);
		assert_eq!(
			(fresh_of(ALICE, PoolKind::Native), fresh_of_pool(PoolKind::Native)),
			(5 * STAY, (5 * STAY, 1))
		);
		Now::set(1);
		assert_eq!((fresh_of(ALICE, PoolKind::Native), fresh_of_pool(PoolKind::Native).0), (0, 0));
		restake(ALICE, 2 * STAY);
		restake(BOB, STAY);
		assert_eq!(
			(fresh_of(ALICE, PoolKind::Native), fresh_of_pool(PoolKind::Native)),
			(2 * STAY, (3 * STAY, 2))
		);
		assert_ok!(try_exit(ALICE, PoolKind::Native, ExitAmount::Shares(STAY)));
		assert_eq!(
			(fresh_of(ALICE, PoolKind::Native), fresh_of_pool(PoolKind::Native)),
			(STAY, (2 * STAY, 2))
		);
		assert_ok!(try_exit(ALICE, PoolKind::Native, ExitAmount::Shares(3 * STAY)));
		assert_eq!((fresh_of(ALICE, PoolKind::Native), fresh_of_pool(PoolKind::Native)), (0, (STAY, 1)));
		let pool = Pools::<Test>::get(account(OPERATOR), PoolKind::Native).unwrap();
		assert_eq!((pool.earning(1), pool.earning(2)), (3 * STAY, 4 * STAY));
	});
}

#[test]
fn where_they_begin_to_earn_is_written_down_once_for_those_who_need_it() {
	execute(|| {
		register(0);
		restake(ALICE, STAY);
		restake(BOB, STAY);
		end_fresh();
		assert_eq!(ended(), [], "the era is still running");
		Now::set(1);
		end_fresh();
		assert_eq!(ended(), [(0, 2)]);
		end_fresh();
		settle(ALICE);
		settle(ALICE);
		assert_eq!(ended(), [(0, 1)]);
		// Bob is the last to need the record. His next deposit settles his position.
		restake(BOB, STAY);
		assert_eq!((ended(), fresh_of_pool(PoolKind::Native)), (vec![], (STAY, 1)));
	});
}

#[test]
fn nobody_needs_to_know_once_all_are_settled() {
	execute(|| {
		register(0);
		restake(ALICE, STAY);
		restake(BOB, STAY);
		Now::set(1);
		settle(ALICE);
		assert_eq!(fresh_of_pool(PoolKind::Native), (0, 1));
		assert_ok!(try_exit(BOB, PoolKind::Native, ExitAmount::All));
		assert_eq!(fresh_of_pool(PoolKind::Native), (0, 0));
		end_fresh();
		assert_eq!(ended(), []);
	});
}

#[test]
fn a_deposit_of_a_later_era_ends_it_too() {
	execute(|| {
		register(0);
		restake(ALICE, STAY);
		Now::set(2);
		restake(BOB, STAY);
		assert_eq!((ended(), fresh_of_pool(PoolKind::Native)), (vec![(0, 1)], (STAY, 1)));
		settle(ALICE);
		assert_eq!((ended(), fresh_of_pool(PoolKind::Native)), (vec![], (STAY, 1)));
	});
}

#[test]
fn a_wipe_ends_what_came_in_an_earlier_era_and_forgets_what_came_in_its_own() {
	execute(|| {
		register(0);
		restake(ALICE, STAY);
		Now::set(1);
		Custody::take(&account(OPERATOR), PoolKind::Native, Fraction::WHOLE, 1);
		assert_eq!(ended(), [(0, 1)]);
		Now::set(2);
		restake(BOB, STAY);
		Custody::take(&account(OPERATOR), PoolKind::Native, Fraction::WHOLE, 2);
		OperatorDelegation::do_try_state().unwrap();
		assert_eq!(ended(), [(0, 1)]);
		Now::set(3);
		// A void position is settled when its owner asks for it, or deposits again.
		settle(ALICE);
		restake(BOB, STAY);
		assert_eq!((ended(), fresh_of_pool(PoolKind::Native)), (vec![], (STAY, 1)));
	});
}

#[test]
fn opting_in_makes_fresh_shares_out_of_old_ones() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		Now::set(1);
		assert_ok!(Custody::opt_in(&account(ALICE), &account(OPERATOR), ExitAmount::Value(STAY), 0));
		assert_eq!((fresh_of(ALICE, PoolKind::Native), fresh_of(ALICE, PoolKind::Stake)), (STAY, 0));
	});
}
