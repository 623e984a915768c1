//! The effect on allocations of a slash that takes all of a pool.

use super::*;

/// Takes `fraction` of a pool of [`NORTH`], as consensus does.
fn take(kind: PoolKind, fraction: u64) -> Balance {
	OperatorDelegation::take(&account(NORTH), kind, Fraction(fraction), Now::get())
}

/// What a slash did to the generation that began in era 4.
fn cut_of_second(taken: Balance, cut: u64, left: u64) -> ServiceCut {
	ServiceCut { taken, cut: Magnitude(cut), left: Some(Magnitude(left)), eras: (4, Era::MAX) }
}

/// Half of the `Native` pool is allocated to set 0, a quarter to set 1, and a raise for set 1 is pending. [`ALICE`]
/// queued an exit of 100 of 1,000 STAY in era 2. It is era 3.
fn shared() {
	service(3);
	restake(ALICE, PoolKind::Native, 1_000 * STAY);
	allocate(0, WAD / 2);
	allocate(1, WAD / 4);
	Now::set(2);
	allocate(1, WAD);
	exit(ALICE, PoolKind::Native, ExitAmount::Value(100 * STAY));
	Now::set(3);
	events();
}

#[test]
fn a_wipe_by_consensus_voids_what_is_allocated_and_what_waits() {
	execute(|| {
		shared();
		assert_eq!(take(PoolKind::Native, WAD), 900 * STAY);
		assert_eq!((allocated(0), allocated(1)), ((0, None), (0, None)));
		assert_eq!(answers(0, 1..=5), [0, WAD / 2, WAD / 2, 0, 0], "earlier eras still answer");
		assert_eq!(answers(1, 1..=5), [0, WAD / 4, WAD / 4, 0, 0]);
		Now::set(4);
		assert_eq!(allocated(1), (0, None), "the pending raise is void");
	});
}

#[test]
fn nothing_is_in_force_in_the_new_generation_and_the_old_one_answers_for_its_own_eras() {
	execute(|| {
		shared();
		take(PoolKind::Native, WAD);
		Now::set(4);
		restake(BOB, PoolKind::Native, 100 * STAY);
		assert_eq!(slash(PoolKind::Native, 0, WAD, 4), cut_of_second(0, 0, WAD));

		let done = slash(PoolKind::Native, 0, WAD / 2, 2);
		assert_eq!(done, ServiceCut { taken: 25 * STAY, cut: Magnitude(WAD / 4), left: None, eras: (0, 4) });
		assert_eq!(answers(0, 2..=4), [WAD / 4, WAD / 4, 0]);
		assert_eq!(pool(PoolKind::Native).funds, SharePool { shares: 100 * STAY, amount: 100 * STAY });
		let (exited, max) = bucket(PoolKind::Native, 2).unwrap();
		assert_eq!((exited.amount, max), (75 * STAY, WAD / 4 * 3));
	});
}

#[test]
fn a_wipe_by_a_service_ends_what_all_sets_have() {
	execute(|| {
		service(2);
		restake(ALICE, PoolKind::Native, 100 * STAY);
		allocate(0, WAD);
		allocate(1, WAD / 2);
		Now::set(2);
		exit(ALICE, PoolKind::Native, ExitAmount::Value(40 * STAY));
		Now::set(3);
		mature(1);
		let done = slash(PoolKind::Native, 0, WAD, 3);
		assert_eq!(done, cut_of(60 * STAY, WAD, 0));
		assert_eq!((pool(PoolKind::Native).generation, pool(PoolKind::Native).since), (1, 4));
		assert_eq!((allocated(0), allocated(1)), ((0, None), (0, None)));
		assert_eq!(answers(0, 2..=4), [0; 3], "a slash by this set lowers only its own past allocations");
		assert_eq!(answers(1, 2..=4), [WAD / 2, WAD / 2, 0]);
		assert_eq!(
			slash(PoolKind::Native, 1, WAD, 2).taken,
			20 * STAY,
			"the other set still has its part of the exit"
		);
	});
}

#[test]
fn the_new_generation_is_allocated_afresh_with_nothing_of_the_old_promised() {
	execute(|| {
		shared();
		assert_ok!(send(NORTH, Call::set_leverage { percent: 100 }));
		assert_noop!(try_allocate(PoolKind::Native, 2, WAD), Error::LeverageTooHigh);
		take(PoolKind::Native, WAD);
		allocate(2, WAD);
		Now::set(5);
		restake(BOB, PoolKind::Native, 100 * STAY);
		assert_eq!(answers(2, 3..=5), [0, 0, WAD]);
		let done = slash(PoolKind::Native, 2, WAD / 10, 5);
		assert_eq!(done, cut_of_second(10 * STAY, WAD / 10, WAD / 10 * 9));
	});
}

#[test]
fn a_wipe_ends_what_only_time_brought_like_what_was_written_down() {
	execute(|| {
		service(2);
		restake(ALICE, PoolKind::Native, 100 * STAY);
		allocate(0, WAD);
		allocate(1, WAD);
		Now::set(3);
		mature(0);
		assert_eq!((current(0), current(1)), (WAD, WAD));
		take(PoolKind::Native, WAD);
		for n in 0..2 {
			assert_eq!(answers(n, 1..=4), [0, WAD, WAD, 0]);
		}
	});
}

#[test]
fn in_an_eras_last_session_the_old_generation_answers_for_the_elected_era_too() {
	execute(|| {
		shared();
		Ahead::set(1);
		exit(ALICE, PoolKind::Native, ExitAmount::Value(100 * STAY));
		assert_eq!(take(PoolKind::Native, WAD), 900 * STAY, "exits filed under the elected era stay");
		assert_eq!((pool(PoolKind::Native).since, bucket(PoolKind::Native, 4)), (5, None));
		assert_eq!(answers(0, 2..=6), [WAD / 2, WAD / 2, WAD / 2, 0, 0]);
		Now::set(4);
		Ahead::set(0);
		assert_noop!(try_restake(BOB, NORTH, PoolKind::Native, STAY), Delegation::PoolClosed);
		let done = slash(PoolKind::Native, 0, WAD / 2, 4);
		assert_eq!(done, ServiceCut { taken: 0, cut: Magnitude(0), left: None, eras: (0, 5) });
		let done = slash(PoolKind::Native, 0, WAD / 2, 2);
		assert_eq!(done, ServiceCut { taken: 25 * STAY, cut: Magnitude(WAD / 4), left: None, eras: (0, 5) });
		assert_eq!(answers(0, 2..=6), [WAD / 4, WAD / 4, WAD / 4, 0, 0]);
	});
}

#[test]
fn what_is_allocated_after_a_wipe_binds_in_no_era_of_the_old_generation() {
	execute(|| {
		shared();
		Ahead::set(ALLOCATION_DELAY);
		take(PoolKind::Native, WAD);
		let since = 3 + ALLOCATION_DELAY + 1;
		events();
		allocate(0, WAD / 5);
		assert_eq!(events(), [changed(0, WAD / 5, since)]);
		Ahead::set(0);
		Now::set(since);
		assert_eq!(answers(0, 3..=since), [WAD / 2, WAD / 2, WAD / 2, WAD / 5]);
	});
}

#[test]
fn what_other_cuts_had_capped_ends_with_its_generation() {
	execute(|| {
		service(2);
		restake(ALICE, PoolKind::Native, 100 * STAY);
		allocate(0, WAD);
		allocate(1, WAD);
		Now::set(3);
		exit(ALICE, PoolKind::Native, ExitAmount::Value(50 * STAY));
		assert_eq!(slash(PoolKind::Native, 0, WAD / 2, 3).left, Some(Magnitude(WAD / 2)));
		assert_eq!(
			(current(1), answers(1, 3..=3)),
			(WAD / 2, vec![WAD]),
			"the allocation is capped, but not the past one"
		);
		// What is left of the pool is half of what the set had in that era.
		assert_eq!(slash(PoolKind::Native, 1, WAD, 3).left, Some(Magnitude(0)));
		assert_eq!(
			answers(1, 2..=4),
			[WAD / 2, WAD / 2, 0],
			"the past allocation is lowered only by what the set itself slashed"
		);
	});
}

#[test]
fn a_wipe_leaves_the_operators_other_pools_and_other_operators() {
	execute(|| {
		service(1);
		admit();
		restake(ALICE, PoolKind::Native, 100 * STAY);
		allocate(0, WAD);
		assert_ok!(try_allocate(ASSET, 0, WAD / 2));
		let south = Call::allocate { kind: PoolKind::Native, set: set(0), magnitude: WAD };
		assert_ok!(send(SOUTH, south));
		Now::set(2);
		take(PoolKind::Native, WAD);
		take(PoolKind::Stake, WAD);
		assert_eq!(current(0), 0);
		let of = |operator, kind| Restaking::allocation(account(operator), kind, set(0)).0;
		assert_eq!((of(NORTH, ASSET), of(SOUTH, PoolKind::Native)), (WAD / 2, WAD));
	});
}

#[test]
fn a_wipe_of_a_pool_nobody_may_slash_writes_nothing() {
	execute(|| {
		restake(ALICE, PoolKind::Native, 100 * STAY);
		assert_eq!(take(PoolKind::Native, WAD), 100 * STAY);
		assert_eq!(Exposures::<Test>::iter().count(), 0);
	});
}

#[test]
fn consensus_takes_less_than_all_and_leaves_every_magnitude() {
	execute(|| {
		shared();
		assert_eq!(take(PoolKind::Native, WAD / 10 * 9), 810 * STAY);
		assert_eq!(pool(PoolKind::Native).max_magnitude, WAD);
		assert_eq!(allocated(0), (WAD / 2, None));
		assert_eq!(allocated(1), (WAD / 4, Some((WAD, 4))));
		assert_eq!(events(), []);
	});
}
