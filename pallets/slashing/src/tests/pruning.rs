//! All offences and records that are older than the history are removed.

use super::*;
use crate::queue::PRUNED_PER_BLOCK;
use mainstay_primitives::AccountId;

/// An operator out of many.
fn someone(n: u32) -> AccountId {
	let mut bytes = [9; 32];
	bytes[..4].copy_from_slice(&n.to_le_bytes());
	AccountId::from(bytes)
}

/// Creates `many` offences in the running era, with records of their cancellation by governance.
fn spared(many: u32) {
	let now = Now::get();
	for n in 0..many {
		assert_ok!(Slashing::report_consensus(&someone(n), PERCENT, now));
		assert_ok!(cancel(NextId::<Test>::get() - 1));
	}
	System::reset_events();
}

/// The entries left of an era: offences, records, and records by operator.
fn left(era: Era) -> (usize, usize, usize) {
	let by_operator = RecordsOf::<Test>::iter_keys().filter(|(_, (of, _))| *of == era).count();
	(Offences::<Test>::iter_prefix(era).count(), Records::<Test>::iter_prefix(era).count(), by_operator)
}

#[test]
fn offences_and_records_are_forgotten_after_the_history_a_few_a_block() {
	execute(|| {
		spared(50);
		begin_era(HISTORY - 1);
		assert_eq!(left(0), (50, 50, 50));
		begin_era(HISTORY);
		let first = PRUNED_PER_BLOCK as usize - 50;
		assert_eq!(left(0), (0, 50 - first, 50 - first));
		assert_eq!(PrunedUntil::<Test>::get(), 0);
		next_block();
		assert_eq!((left(0), PrunedUntil::<Test>::get()), ((0, 0, 0), 1));
		next_block();
		assert_eq!(PrunedUntil::<Test>::get(), 1);
	});
}

#[test]
fn more_than_the_blocks_of_an_era_forget_is_forgotten_in_the_eras_that_follow() {
	execute(|| {
		// Each of three eras has more entries than the blocks of two eras can remove. No more come later.
		let many = 3 * PRUNED_PER_BLOCK;
		for era in 1..=3 {
			begin_era(era);
			spared(many);
		}
		let entries = || -> usize {
			(1..=3)
				.map(|era| {
					let (offences, records, by_operator) = left(era);
					assert_eq!(records, by_operator);
					offences + records
				})
				.sum()
		};
		let mut last = entries();
		assert_eq!(last, 3 * 2 * many as usize);
		let mut eras = 0;
		for era in HISTORY.. {
			begin_era(era);
			next_block();
			let now = entries();
			assert!(last - now <= 2 * PRUNED_PER_BLOCK as usize);
			Slashing::do_try_state().unwrap();
			last = now;
			if now == 0 {
				break;
			}
			eras += 1;
		}
		// Removing the entries takes eighteen blocks, at two an era, and passing the eras takes a few more.
		assert!((9..=11).contains(&eras), "{eras}");
		assert_eq!(RecordsOf::<Test>::iter().count(), 0);
		assert!(PrunedUntil::<Test>::get() > 3);
	});
}

#[test]
fn the_oldest_era_goes_first() {
	execute(|| {
		for era in 1..=2 {
			begin_era(era);
			spared(PRUNED_PER_BLOCK);
		}
		Now::set(2 + HISTORY);
		let mut seen = vec![];
		while left(2).1 > 0 {
			next_block();
			seen.push([1, 2].map(|era| left(era).1 as u32));
		}
		// Passing an era costs one of the entries that a block may remove.
		let most = PRUNED_PER_BLOCK;
		assert_eq!(seen, [[most, most], [1, most], [0, most], [0, 2], [0, 0]]);
	});
}

#[test]
fn what_is_forgotten_keeps_to_what_due_slashes_left_of_the_budget() {
	execute(|| {
		spared(PRUNED_PER_BLOCK);
		begin_era(HISTORY - DEFERRAL);
		(1..=5).for_each(|operator| offence(&[operator], 5, HISTORY - DEFERRAL));
		let budget = Slashing::budget().ref_time();
		// Three slashes leave budget for ten entries.
		Step::set(budget / 4);
		Prune::set(budget / 4 / 10 - 1_000);
		Now::set(HISTORY);
		let used = next_block().ref_time();
		assert_eq!(pending().len(), 2);
		assert!(used <= budget && used > budget / 4 * 3);
		assert_eq!(
			left(0),
			(PRUNED_PER_BLOCK as usize - 10, PRUNED_PER_BLOCK as usize, PRUNED_PER_BLOCK as usize)
		);
		// Two slashes leave budget for twenty entries.
		assert!(next_block().ref_time() <= budget);
		assert_eq!((pending().len(), left(0).0), (0, PRUNED_PER_BLOCK as usize - 30));
		// A block that removes nothing costs only a look.
		while PrunedUntil::<Test>::get() == 0 {
			assert!(next_block().ref_time() <= budget);
		}
		assert_eq!(left(0), (0, 0, 0));
		assert_eq!(next_block().ref_time(), 2);
	});
}

#[test]
fn a_clock_that_ran_far_ahead_is_caught_up_with() {
	execute(|| {
		begin_era(3);
		spared(1);
		Now::set(1_000);
		let mut blocks = 0;
		while PrunedUntil::<Test>::get() <= 1_000 - HISTORY {
			next_block();
			blocks += 1;
		}
		let turns = 1_000 - HISTORY + 1 + 2;
		assert_eq!((blocks, left(3)), (turns.div_ceil(PRUNED_PER_BLOCK), (0, 0, 0)));
	});
}

#[test]
fn the_state_check_finds_what_was_not_forgotten() {
	let found = |break_it: fn()| -> &'static str {
		new_test_ext().execute_with(|| {
			begin_era(3);
			spared(1);
			assert_ok!(Slashing::do_try_state());
			PrunedUntil::<Test>::put(4);
			break_it();
			Slashing::do_try_state().unwrap_err().into()
		})
	};
	let what = "an offence or a record of an era that was forgotten";
	assert_eq!(found(|| Offences::<Test>::remove(3, someone(0))), what);
	assert_eq!(found(|| Slashing::forget_record(3, 0, &someone(0))), what);
}
