//! Bounds and age of the stored histories of allocations, and what the state check finds.

use super::*;
use frame_support::traits::Hooks;

fn kept(n: u32) -> Option<Vec<(Era, u64)>> {
	let exposure = Exposures::<Test>::get(account(NORTH), PoolKind::Native);
	exposure.allocations.get(&set(n)).map(|allocation| allocation.history.to_vec())
}

#[test]
fn a_pool_is_allocated_to_as_many_sets_as_an_operator_serves() {
	execute(|| {
		service(MAX_SETS + 1);
		admit();
		for n in 0..MAX_SETS {
			allocate(n, MILLE);
		}
		assert_noop!(try_allocate(PoolKind::Native, MAX_SETS, MILLE), Error::TooManySets);
		assert_ok!(try_allocate(ASSET, MAX_SETS, MILLE));
		Now::set(2);
		assert!((0..MAX_SETS).all(|n| current(n) == MILLE));
		allocate(5, 2 * MILLE);

		allocate(0, 0);
		// The last era of the old allocation is 6, which slashes can name until era 9.
		for era in [2, 7, 9] {
			Now::set(era);
			assert_noop!(try_allocate(PoolKind::Native, MAX_SETS, MILLE), Error::TooManySets);
		}
		Now::set(10);
		allocate(MAX_SETS, MILLE);
		assert_eq!(kept(0), None);
		assert_eq!(allocated(MAX_SETS), (0, Some((MILLE, 12))));
	});
}

#[test]
fn a_slash_reaches_every_one_of_as_many_sets() {
	execute(|| {
		service(MAX_SETS);
		restake(ALICE, PoolKind::Native, 100 * STAY);
		for n in 0..MAX_SETS {
			allocate(n, WAD / 20);
		}
		Now::set(2);
		let part = WAD / 20;
		for n in 0..MAX_SETS {
			let left = WAD - (u64::from(n) + 1) * part;
			if left == 0 {
				break;
			}
			assert_eq!(slash(PoolKind::Native, n, WAD, 2).left, Some(Magnitude(left)));
			assert_eq!(current(n), 0);
			assert_eq!(current(MAX_SETS - 1), part.min(left));
		}
		assert_eq!(pool(PoolKind::Native).funds.amount, 5 * STAY);
	});
}

#[test]
fn an_allocation_is_forgotten_when_no_slash_can_ask_for_it() {
	execute(|| {
		service(2);
		allocate(0, WAD / 2);
		Now::set(2);
		allocate(0, 0);
		Now::set(9);
		allocate(1, WAD / 2);
		assert_eq!(kept(0), Some(vec![(2, WAD / 2), (7, 0)]), "a slash can still name era 6");
		Now::set(11);
		allocate(1, WAD);
		assert_eq!(kept(0), None);
		assert_eq!(kept(1), Some(vec![(11, WAD / 2)]));
	});
}

#[test]
fn what_a_pending_slash_asks_for_is_kept() {
	execute(|| {
		service(2);
		allocate(0, WAD / 2);
		Now::set(2);
		allocate(0, 0);
		Now::set(50);
		Pending::set(vec![(account(NORTH), PoolKind::Native, 6), (account(NORTH), ASSET, 0)]);
		allocate(1, WAD / 2);
		assert_eq!(answers(0, 6..=7), [WAD / 2, 0]);
		Now::set(52);
		Pending::set(vec![(account(SOUTH), PoolKind::Native, 6)]);
		allocate(1, WAD);
		assert_eq!((kept(0), answers(0, 6..=7)), (None, vec![0, 0]));
	});
}

/// Raises the allocation to set 0 whenever the last raise binds, until the chain refuses, while a pending slash keeps
/// the whole history. Returns the number of raises.
fn raise_until_refused() -> u64 {
	service(1);
	Pending::set(vec![(account(NORTH), PoolKind::Native, 1)]);
	let mut raises = 0;
	while try_allocate(PoolKind::Native, 0, (raises + 1) * MILLE).is_ok() {
		raises += 1;
		Now::mutate(|now| *now += ALLOCATION_DELAY);
	}
	raises
}

#[test]
fn changes_are_kept_while_a_slash_can_name_their_eras_and_no_more_come_than_can_be() {
	execute(|| {
		let raises = raise_until_refused();
		assert_eq!(raises, u64::from(MAX_HISTORY) - 1, "one entry is reserved for a wipe");
		let again = || try_allocate(PoolKind::Native, 0, (raises + 1) * MILLE);
		assert_noop!(again(), Error::TooManyChanges);
		allocate(0, 0);
		Now::mutate(|now| *now += LOWERING_DELAY);
		assert_noop!(again(), Error::TooManyChanges);
		assert_eq!(answers(0, 1..=4), [0, MILLE, MILLE, 2 * MILLE]);

		Pending::set(vec![]);
		assert_ok!(again());
		assert_eq!(kept(0).unwrap().len(), 2, "no slash can name the other entries");
	});
}

#[test]
fn a_wipe_after_as_many_changes_forgets_none_of_them() {
	execute(|| {
		let raises = raise_until_refused();
		assert_eq!(mature(0), raises * MILLE);
		restake(ALICE, PoolKind::Native, STAY);
		let now = Now::get();
		OperatorDelegation::take(&account(NORTH), PoolKind::Native, Fraction::WHOLE, now);
		assert_eq!(answers(0, 1..=4), [0, MILLE, MILLE, 2 * MILLE]);
		assert_eq!(answers(0, now..=now + 1), [raises * MILLE, 0]);
	});
}

/// The error of the state check for an exposure of `(operator, kind)` that has only this allocation.
fn found(kind: PoolKind, current: u64, history: &[(Era, u64)]) -> &'static str {
	new_test_ext().execute_with(|| {
		service(1);
		admit();
		assert_ok!(try_allocate(PoolKind::Native, 0, WAD));
		assert_ok!(Restaking::do_try_state());
		let history = history.to_vec().try_into().unwrap();
		let mut exposure = Exposure::<Test>::default();
		let allocation = Allocation { current, pending: None, history };
		exposure.allocations.try_insert(set(0), allocation).unwrap();
		Exposures::<Test>::insert(account(NORTH), kind, exposure);
		Restaking::do_try_state().unwrap_err().into()
	})
}

#[test]
fn the_state_check_finds_exposures_that_cannot_be() {
	let native = PoolKind::Native;
	assert_eq!(found(PoolKind::Stake, 1, &[(1, 1)]), "an exposure of stake that is not restaked");
	assert_eq!(found(ASSET, 1, &[(1, 1)]), "an exposure of no pool");
	assert_eq!(found(PoolKind::Asset(8), 1, &[(1, 1)]), "an exposure of an asset that is not admitted");
	assert_eq!(found(native, WAD + 1, &[(1, WAD)]), "more is allocated than is left");
	assert_eq!(found(native, 1, &[(2, 1), (1, 1)]), "a history out of order");
	assert_eq!(found(native, 1, &[(1, WAD + 1)]), "a magnitude is out of bounds");
	assert_eq!(found(native, 1, &[]), "an allocation that no history knows");
	assert_eq!(found(native, 2, &[(1, 3), (2, 1)]), "an allocation that no history knows");
}

#[test]
#[should_panic(expected = "an exposure must outlive every exit it covers")]
fn a_runtime_whose_exposures_end_before_their_exits_is_refused() {
	DeallocationDelay::set(EXIT_ERAS);
	Restaking::integrity_test();
}

#[test]
fn the_runtime_of_these_tests_is_not_refused() {
	execute(Restaking::integrity_test);
}
