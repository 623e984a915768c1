//! The hook that pays streams: what it pays, when, and how much of a block it takes.

use super::*;

const RATE: Balance = 1_000 * STAY;
/// The sets of [`three_sets`].
const SETS: [OperatorSetId; 3] =
	[SET, OperatorSetId { avs: 0, index: 1 }, OperatorSetId { avs: 0, index: 2 }];

type Weights = <Test as Config>::WeightInfo;

/// The hook where it has nothing to do.
fn nothing() -> Weight {
	Weights::idle_streams()
}

/// To look for a stream, and for the members of its set.
fn look() -> Weight {
	Weights::look_at_stream() + <Test as frame_system::Config>::DbWeight::get().reads(1)
}

fn payment(members: u32) -> Weight {
	Weights::distribute(members)
}

/// What the hook uses that looks so often, and pays sets of so many members.
fn used(looks: u64, paid: &[u32]) -> Weight {
	paid.iter().fold(nothing() + look() * looks, |sum, members| sum + payment(*members))
}

/// The least weight that is more.
fn more(weight: Weight) -> Weight {
	weight + Weight::from_parts(1, 0)
}

/// The most weight that is less.
fn less(weight: Weight) -> Weight {
	weight - Weight::from_parts(1, 0)
}

/// The hook has all of a block.
fn sweep() -> Weight {
	idle(Weight::MAX)
}

/// The streams in the order of storage.
fn order() -> Vec<StreamId> {
	Streams::<Test>::iter_keys().collect()
}

/// As [`three_sets`] opens them.
fn paid(id: StreamId, eras: Era) -> Event {
	Event::StreamPaid { id, set: SETS[id as usize / 2], eras, amount: RATE * Balance::from(eras) }
}

/// [`NORTH`] serves [`SETS`] alike, and each has two streams for a hundred eras. It is era 1, and nothing is due.
fn three_sets() {
	service(&[(Kind::Native, 1)]);
	restake(NORTH, NORTH, Kind::Native, 600 * STAY);
	for (index, set) in SETS.into_iter().enumerate() {
		if index > 0 {
			create_set(&[(Kind::Native, 1)]);
		}
		assert_ok!(try_allocate(NORTH, Kind::Native, set, WAD / 4));
		assert_ok!(send(NORTH, registry::Call::<Test>::join { set }));
	}
	next_era();
	for set in SETS {
		for currency in [STAYS, GOLD] {
			assert_ok!(try_open(OWNER, set, currency, RATE, 100 * RATE, 0));
		}
	}
	events();
}

/// Each of the streams was paid so many eras.
fn all_paid(eras: Era) {
	for id in 0..6 {
		assert_eq!(funds(id), (100 - Balance::from(eras)) * RATE, "stream {id}");
	}
	for currency in [STAYS, GOLD] {
		assert_eq!(credit(NORTH, currency), 3 * RATE / 10 * Balance::from(eras));
	}
}

#[test]
fn the_hook_pays_all_streams_once_an_era() {
	execute(|| {
		three_sets();
		for era in 1..=3u32 {
			next_era();
			assert_eq!(sweep(), used(7, &[1; 6]));
			assert_eq!(events(), order().into_iter().map(|id| paid(id, 1)).collect::<Vec<_>>());
			all_paid(era);
			let after = order().last().copied();
			assert_eq!(Sweep::<Test>::get(), StreamSweep { era: Now::get(), after, done: true });
			// In this era, that was it.
			for _ in 0..2 {
				assert_storage_noop!(assert_eq!(sweep(), nothing()));
			}
			assert_eq!(events(), []);
			check_state();
		}
	});
}

#[test]
fn where_nothing_is_due_the_hook_looks_once_an_era() {
	execute(|| {
		assert_eq!(sweep(), used(1, &[]));
		assert_storage_noop!(assert_eq!(sweep(), nothing()));
		next_era();
		assert_eq!(sweep(), used(1, &[]));
		assert_eq!(Sweep::<Test>::get(), StreamSweep { era: 1, after: None, done: true });
		three_sets();
		assert_eq!(sweep(), used(7, &[]));
		assert_eq!(events(), []);
		all_paid(0);
	});
}

#[test]
fn what_was_distributed_already_is_not_paid_again() {
	execute(|| {
		three_sets();
		next_era();
		for id in [0, 3] {
			assert_ok!(distribute(id));
		}
		events();
		assert_eq!(sweep(), used(7, &[1; 4]));
		assert_eq!(events().len(), 4);
		all_paid(1);
	});
}

#[test]
fn the_hook_makes_up_for_eras_without_time_to_spare() {
	execute(|| {
		three_sets();
		Now::mutate(|now| *now += 5);
		sweep();
		assert_eq!(events(), order().into_iter().map(|id| paid(id, 5)).collect::<Vec<_>>());
		all_paid(5);
	});
}

#[test]
fn a_payment_weighs_as_much_as_the_set_has_members() {
	execute(|| {
		served();
		open(STAYS, RATE, 10 * RATE, 0);
		for operator in [SOUTH, EAST] {
			join(operator);
		}
		next_era();
		assert_eq!(sweep(), used(2, &[3]));
	});
}

#[test]
fn with_little_to_spare_the_hook_goes_on_in_the_next_block() {
	execute(|| {
		three_sets();
		next_era();
		// Enough for one, and for a look at the next.
		let budget = used(2, &[1]);
		let order = order();
		for (index, id) in order.iter().enumerate() {
			let last = index == order.len() - 1;
			assert_eq!(idle(budget), budget);
			assert_eq!(events(), [paid(*id, 1)]);
			let expected = StreamSweep { era: 2, after: Some(*id), done: last };
			assert_eq!(Sweep::<Test>::get(), expected);
			check_state();
		}
		assert_eq!(idle(budget), nothing());
		all_paid(1);
	});
}

#[test]
fn the_hook_uses_no_more_than_is_left() {
	execute(|| {
		three_sets();
		for (left, payments) in [
			(used(1, &[1]), 1),
			(less(used(2, &[1, 1])), 1),
			(used(2, &[1, 1]), 2),
			(more(used(2, &[1, 1])), 2),
			(used(6, &[1; 6]), 6),
		] {
			next_era();
			events();
			let took = idle(left);
			assert!(took.all_lte(left), "{took:?} of {left:?}");
			let said = events();
			assert_eq!(said.len(), payments, "of {left:?}");
			assert!(took.all_gte(used(payments as u64, &vec![1; payments])));
		}
	});
}

#[test]
fn with_too_little_to_spare_the_hook_does_nothing() {
	execute(|| {
		three_sets();
		next_era();
		for left in [Weight::zero(), less(nothing())] {
			assert_storage_noop!(assert_eq!(idle(left), Weight::zero()));
		}
		for left in [nothing(), less(used(1, &[]))] {
			assert_storage_noop!(assert_eq!(idle(left), nothing()));
		}
		// A look is no payment, but finds out that there is one to make.
		for left in [used(1, &[]), less(used(1, &[1]))] {
			assert_eq!(idle(left), used(1, &[]));
			assert_eq!(Sweep::<Test>::get(), StreamSweep { era: 2, after: None, done: false });
		}
		assert_eq!(events(), []);
		all_paid(0);
		assert_eq!(idle(used(1, &[1])), used(1, &[1]));
		assert_eq!(events(), [paid(order()[0], 1)]);
	});
}

#[test]
fn the_hook_takes_a_quarter_of_a_block_at_most() {
	execute(|| {
		three_sets();
		next_era();
		// A quarter is enough for two.
		MaxBlock::set(Some((used(2, &[1, 1]) * 4).set_proof_size(u64::MAX)));
		for payments in [2, 2, 2] {
			assert_eq!(sweep(), used(2, &[1, 1]));
			assert_eq!(events().len(), payments);
		}
		assert_eq!(sweep(), used(1, &[]));
		assert!(Sweep::<Test>::get().done);
		all_paid(1);
	});
}

#[test]
fn a_set_too_large_for_the_hook_holds_up_no_other() {
	execute(|| {
		three_sets();
		let large = SETS[1];
		let streams = StreamsOf::<Test>::get(large).into_inner();
		for operator in [SOUTH, EAST, 4] {
			assert_ok!(send(operator, registry::Call::<Test>::join { set: large }));
		}
		next_era();
		// A quarter of a block is just too little for four members.
		MaxBlock::set(Some((less(used(1, &[4])) * 4).set_proof_size(u64::MAX)));
		let mut said = vec![];
		for _ in 0..20 {
			let took = sweep();
			assert!(took.all_lte(less(used(1, &[4]))));
			said.extend(events());
		}
		let small: Vec<_> = order().into_iter().filter(|id| !streams.contains(id)).collect();
		assert_eq!(said, small.iter().map(|id| paid(*id, 1)).collect::<Vec<_>>());
		assert!(Sweep::<Test>::get().done);
		// They are anyone's.
		for id in streams {
			assert_ok!(distribute(id));
			assert_eq!(events(), [paid(id, 1)]);
		}
		all_paid(1);
	});
}

#[test]
fn a_set_that_fits_another_block_is_waited_for() {
	execute(|| {
		served();
		let id = open(STAYS, RATE, 10 * RATE, 0);
		for operator in [SOUTH, EAST, 4] {
			join(operator);
		}
		next_era();
		events();
		MaxBlock::set(Some((used(1, &[4]) * 4).set_proof_size(u64::MAX)));
		for _ in 0..3 {
			assert_eq!(idle(less(used(1, &[4]))), used(1, &[]));
			assert_eq!(Sweep::<Test>::get(), StreamSweep { era: 2, after: None, done: false });
		}
		assert_eq!(events(), []);
		assert_eq!(sweep(), used(1, &[4]));
		assert_eq!(events(), [paid(id, 1)]);
	});
}

#[test]
fn due_slashes_come_first() {
	execute(|| {
		three_sets();
		next_era();
		AnyDue::set(true);
		for _ in 0..3 {
			assert_storage_noop!(assert_eq!(sweep(), used(1, &[])));
		}
		assert_eq!(events(), []);
		AnyDue::set(false);
		assert_eq!(sweep(), used(7, &[1; 6]));
		all_paid(1);
		// Half way, too.
		next_era();
		events();
		idle(used(2, &[1]));
		AnyDue::set(true);
		assert_storage_noop!(assert_eq!(sweep(), used(1, &[])));
		AnyDue::set(false);
		assert_eq!(sweep(), used(6, &[1; 5]));
		all_paid(2);
		// What is done needs no leave.
		AnyDue::set(true);
		assert_eq!(sweep(), nothing());
	});
}

#[test]
fn anyone_distributes_while_slashes_are_due() {
	execute(|| {
		three_sets();
		next_era();
		AnyDue::set(true);
		assert_ok!(distribute(0));
		assert_eq!(events(), [paid(0, 1)]);
	});
}

#[test]
fn in_a_new_era_the_hook_begins_again() {
	execute(|| {
		three_sets();
		next_era();
		let order = order();
		for id in &order[..2] {
			idle(used(2, &[1]));
			assert_eq!(events(), [paid(*id, 1)]);
		}
		next_era();
		assert_eq!(sweep(), used(7, &[1; 6]));
		let eras = |id: &StreamId| if order[..2].contains(id) { 1 } else { 2 };
		assert_eq!(events(), order.iter().map(|id| paid(*id, eras(id))).collect::<Vec<_>>());
		all_paid(2);
	});
}

#[test]
fn streams_that_end_under_way_hold_up_no_other() {
	execute(|| {
		three_sets();
		let order = order();
		for id in [order[0], order[2], order[5]] {
			assert_ok!(stop(OWNER, id));
		}
		let poor = order[3];
		Streams::<Test>::mutate(poor, |stream| stream.as_mut().unwrap().funds = RATE / 2);
		next_era();
		events();
		let mut said = vec![];
		for _ in 0..6 {
			assert_eq!(idle(used(2, &[1])), used(2, &[1]));
			said.extend(events());
		}
		let ended = |id, reason, refund| Event::StreamEnded { id, reason, payer: account(OWNER), refund };
		assert_eq!(
			said,
			[
				paid(order[0], 1),
				ended(order[0], StreamEnd::Stopped, 99 * RATE),
				paid(order[1], 1),
				paid(order[2], 1),
				ended(order[2], StreamEnd::Stopped, 99 * RATE),
				ended(poor, StreamEnd::Unfunded, RATE / 2),
				paid(order[4], 1),
				paid(order[5], 1),
				ended(order[5], StreamEnd::Stopped, 99 * RATE),
			]
		);
		assert!(Sweep::<Test>::get().done);
		assert_eq!(Streams::<Test>::iter_keys().count(), 2);
		assert_eq!(on_hold(OWNER), 2 * STREAM_DEPOSIT);
	});
}

#[test]
fn a_stream_that_cannot_be_paid_holds_up_no_other() {
	execute(|| {
		three_sets();
		next_era();
		Credit::<Test>::insert(account(NORTH), GOLD, Balance::MAX);
		let golden = |id: &StreamId| stream(*id).unwrap().currency == GOLD;
		assert_eq!(sweep(), used(7, &[1; 6]));
		let expected: Vec<_> = order()
			.into_iter()
			.map(|id| {
				let error = Error::CreditTooLarge.into();
				if golden(&id) {
					Event::StreamUnpaid { id, error }
				} else {
					paid(id, 1)
				}
			})
			.collect();
		assert_eq!(events(), expected);
		assert!(Sweep::<Test>::get().done);
		for id in order().iter().filter(|id| golden(id)) {
			assert_eq!((funds(*id), stream(*id).unwrap().next), (100 * RATE, 1));
		}
		assert_eq!(accumulator(NORTH, Kind::Native, GOLD), None, "a failure leaves nothing behind");
		Credit::<Test>::remove(account(NORTH), GOLD);
		// In the next era it tries again.
		next_era();
		sweep();
		all_paid(2);
	});
}

#[test]
fn a_stream_opened_after_the_hook_passed_is_paid_in_the_next_era() {
	execute(|| {
		served();
		sweep();
		let id = open(STAYS, RATE, 10 * RATE, 0);
		events();
		assert_eq!(sweep(), nothing());
		next_era();
		assert_eq!(sweep(), used(2, &[1]));
		assert_eq!(events(), [paid(id, 1)]);
	});
}

#[test]
fn the_hook_skips_eras_in_which_nobody_answers() {
	execute(|| {
		service(&[(Kind::Native, 1)]);
		let id = open(STAYS, RATE, 10 * RATE, 0);
		next_era();
		events();
		assert_eq!(sweep(), used(2, &[0]));
		assert_eq!(events(), [Event::StreamSkipped { id, eras: 1 }]);
		serve(NORTH, Kind::Native, 600 * STAY);
		next_era();
		sweep();
		assert_eq!(events(), [paid(id, 1)]);
		assert_eq!(funds(id), 9 * RATE);
	});
}
