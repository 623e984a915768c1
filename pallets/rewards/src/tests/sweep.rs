//! The hooks that pay streams: what they pay, when, and how much of a block they take.

use super::*;

const RATE: Balance = 1_000 * STAY;
/// The sets of [`three_sets`].
const SETS: [OperatorSetId; 3] =
	[SET, OperatorSetId { avs: 0, index: 1 }, OperatorSetId { avs: 0, index: 2 }];

type Weights = <Test as Config>::WeightInfo;

/// The weight of the hook if it has nothing to do.
fn nothing() -> Weight {
	Weights::idle_streams()
}

fn reads(count: u64) -> Weight {
	<Test as frame_system::Config>::DbWeight::get().reads(count)
}

/// The weight of reading a stream and the operators that answer to its set.
fn look() -> Weight {
	Weights::look_at_stream() + reads(3)
}

fn payment(members: u32) -> Weight {
	Weights::distribute(members)
}

/// The weight of the hook after `looks` looks and a payment to a set of each of these sizes.
fn used(looks: u64, paid: &[u32]) -> Weight {
	paid.iter().fold(nothing() + look() * looks, |sum, members| sum + payment(*members))
}

/// The next larger weight.
fn more(weight: Weight) -> Weight {
	weight + Weight::from_parts(1, 0)
}

/// The next smaller weight.
fn less(weight: Weight) -> Weight {
	weight - Weight::from_parts(1, 0)
}

/// The progress of a hook that began after all streams were opened.
fn swept(era: Era, after: Option<StreamId>, done: bool) -> StreamSweep {
	StreamSweep { era, after, done, opened: NextStreamId::<Test>::get() }
}

/// Runs the hook with a whole block.
fn sweep() -> Weight {
	idle(Weight::MAX)
}

/// The streams in the order of storage.
fn order() -> Vec<StreamId> {
	Streams::<Test>::iter_keys().collect()
}

/// The event of a payment for this era by a stream of [`three_sets`].
fn paid(id: StreamId) -> Event {
	Event::StreamPaid { id, set: SETS[id as usize / 2], era: Now::get(), amount: RATE }
}

/// The event of `eras` instalments that this stream gave back.
fn returned(id: StreamId, eras: Era) -> Event {
	let amount = RATE * Balance::from(eras);
	Event::StreamReturned { id, eras, amount, payer: account(OWNER) }
}

/// A block of which the hook may take this budget, or slightly more.
fn block_of(budget: Weight) -> Option<Weight> {
	Some(Weight::from_parts((budget.ref_time() / 3 + 1) * 5, u64::MAX))
}

/// A block of which the hook may take slightly less than this budget.
fn block_below(budget: Weight) -> Option<Weight> {
	Some(Weight::from_parts((budget.ref_time() - 1) / 3 * 5, u64::MAX))
}

/// Begins a block in the last session of an era. Returns what the hook used.
fn late() -> Weight {
	Ahead::set(1);
	let used = Rewards::on_initialize(System::block_number());
	Ahead::set(0);
	used - Weights::idle() - reads(3)
}

/// [`NORTH`] serves each of [`SETS`] with an equal allocation, and each set has two streams with funds for a hundred
/// eras. The streams have paid for the running era.
fn three_sets() {
	service(&[(PoolKind::Native, 1)]);
	restake(NORTH, NORTH, PoolKind::Native, 600 * STAY);
	for (index, set) in SETS.into_iter().enumerate() {
		if index > 0 {
			create_set(&[(PoolKind::Native, 1)]);
		}
		assert_ok!(try_allocate(NORTH, PoolKind::Native, set, WAD / 4));
		assert_ok!(send(NORTH, registry::Call::<Test>::join { set }));
	}
	next_era();
	for set in SETS {
		for currency in [STAYS, GOLD] {
			assert_ok!(try_open(OWNER, set, currency, RATE, 100 * RATE, 0));
		}
	}
	sweep();
	events();
}

/// Checks that each stream paid for so many eras, in addition to the one in which it was opened, and gave nothing back.
fn all_paid(eras: Era) {
	all_paid_but(eras, 0);
}

/// Checks that each stream paid for `eras` eras and gave back `returned` instalments.
fn all_paid_but(eras: Era, returned: Era) {
	for id in 0..6 {
		assert_eq!(funds(id), (99 - Balance::from(eras + returned)) * RATE, "stream {id}");
	}
	for currency in [STAYS, GOLD] {
		assert_eq!(credit(NORTH, currency.clone()), 3 * RATE / 10 * Balance::from(eras + 1));
		assert_eq!(credit(OWNER, currency), 3 * RATE * Balance::from(returned));
	}
}

fn all() -> Vec<Event> {
	order().into_iter().map(paid).collect()
}

#[test]
fn the_hook_pays_all_streams_once_an_era() {
	execute(|| {
		three_sets();
		for era in 1..=3u32 {
			next_era();
			assert_eq!(sweep(), used(7, &[1; 6]));
			assert_eq!(events(), all());
			all_paid(era);
			let after = order().last().copied();
			assert_eq!(Sweep::<Test>::get(), swept(Now::get(), after, true));
			// The hook does no more in this era.
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
		assert_eq!(Sweep::<Test>::get(), swept(1, None, true));
		three_sets();
		next_era();
		for id in 0..6 {
			assert_ok!(distribute(id));
		}
		events();
		assert_eq!(sweep(), used(7, &[]));
		assert_eq!(events(), []);
		all_paid(1);
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
fn what_no_hook_paid_in_its_era_is_given_back() {
	execute(|| {
		three_sets();
		Now::mutate(|now| *now += 5);
		sweep();
		let expected: Vec<_> = order().into_iter().flat_map(|id| [returned(id, 4), paid(id)]).collect();
		assert_eq!(events(), expected);
		all_paid_but(1, 4);
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
		assert_eq!(sweep(), used(2, &[1]));
		next_era();
		assert_eq!(sweep(), used(2, &[3]));
	});
}

#[test]
fn with_little_to_spare_the_hook_goes_on_in_the_next_block() {
	execute(|| {
		three_sets();
		next_era();
		// Enough for one payment, and for a look at the next stream.
		let budget = used(2, &[1]);
		let order = order();
		for (index, id) in order.iter().enumerate() {
			let last = index == order.len() - 1;
			assert_eq!(idle(budget), budget);
			assert_eq!(events(), [paid(*id)]);
			let expected = swept(2, Some(*id), last);
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
			let said = said.iter().filter(|event| matches!(event, Event::StreamPaid { .. }));
			assert_eq!(said.count(), payments, "of {left:?}");
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
		// A look pays nothing, but finds that a payment is due.
		for left in [used(1, &[]), less(used(1, &[1]))] {
			assert_eq!(idle(left), used(1, &[]));
			assert_eq!(Sweep::<Test>::get(), swept(2, None, false));
		}
		assert_eq!(events(), []);
		all_paid(0);
		assert_eq!(idle(used(1, &[1])), used(1, &[1]));
		assert_eq!(events(), [paid(order()[0])]);
	});
}

#[test]
fn the_hook_takes_three_fifths_of_a_block_at_most() {
	execute(|| {
		three_sets();
		next_era();
		// Three fifths of this block are enough for two payments.
		MaxBlock::set(block_of(used(2, &[1, 1])));
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
		// Three fifths of this block are slightly too little for a payment to four operators.
		MaxBlock::set(block_below(used(1, &[4])));
		let mut said = vec![];
		for _ in 0..20 {
			let took = sweep();
			assert!(took.all_lte(less(used(1, &[4]))));
			said.extend(events());
		}
		let small: Vec<_> = order().into_iter().filter(|id| !streams.contains(id)).collect();
		assert_eq!(said, small.iter().map(|id| paid(*id)).collect::<Vec<_>>());
		assert!(Sweep::<Test>::get().done);
		// Anyone can distribute these streams.
		for id in streams {
			assert_ok!(distribute(id));
			assert_eq!(events(), [paid(id)]);
		}
		all_paid(1);
	});
}

#[test]
fn a_set_that_fits_another_block_is_waited_for() {
	execute(|| {
		served();
		let id = open(STAYS, RATE, 10 * RATE, 0);
		assert_ok!(distribute(id));
		for operator in [SOUTH, EAST, 4] {
			join(operator);
		}
		next_era();
		events();
		MaxBlock::set(block_of(used(1, &[4])));
		for _ in 0..3 {
			assert_eq!(idle(less(used(1, &[4]))), used(1, &[]));
			assert_eq!(Sweep::<Test>::get(), swept(2, None, false));
		}
		assert_eq!(events(), []);
		assert_eq!(sweep(), used(1, &[4]));
		assert_eq!(events(), [paid(id)]);
	});
}

#[test]
fn in_the_last_session_full_blocks_pay_streams_too() {
	execute(|| {
		three_sets();
		next_era();
		// Before the last session, the start of a block pays no stream.
		let nothing_late = Weights::idle() + reads(3);
		assert_storage_noop!(assert_eq!(Rewards::on_initialize(0), nothing_late));
		// A fifth of this block is enough for two payments.
		let two = used(2, &[1, 1]);
		MaxBlock::set(Some(Weight::from_parts(two.ref_time() * 5, u64::MAX)));
		let order = order();
		for pair in order.chunks(2) {
			assert_eq!(late(), two);
			assert_eq!(events(), pair.iter().map(|id| paid(*id)).collect::<Vec<_>>());
			check_state();
		}
		assert_eq!(late(), used(1, &[]));
		let after = order.last().copied();
		assert_eq!(LateSweep::<Test>::get(), swept(2, after, true));
		assert_storage_noop!(assert_eq!(late(), nothing()));
		all_paid(1);
		// The same happens in the next era.
		next_era();
		assert_eq!(late(), two);
		assert_eq!(events().len(), 2);
	});
}

#[test]
fn where_idle_time_paid_all_streams_the_last_session_has_nothing_to_do() {
	execute(|| {
		three_sets();
		next_era();
		sweep();
		events();
		assert_storage_noop!(assert_eq!(late(), nothing()));
		assert_storage_noop!(Rewards::era_ending(Now::get()));
		all_paid(1);
	});
}

#[test]
fn both_hooks_pay_an_era_once() {
	execute(|| {
		three_sets();
		next_era();
		// Alternately, idle time is enough for one payment, and the last session's block for two.
		MaxBlock::set(Some(Weight::from_parts(used(4, &[1, 1]).ref_time() * 5, u64::MAX)));
		let mut said = vec![];
		for _ in 0..4 {
			idle(used(3, &[1]));
			late();
			said.extend(events());
		}
		said.sort_by_key(|event| order().iter().position(|id| *event == paid(*id)));
		assert_eq!(said, all());
		all_paid(1);
	});
}

#[test]
fn a_set_too_large_for_the_last_session_is_left_to_idle_time_and_holds_up_no_other() {
	execute(|| {
		three_sets();
		let large = SETS[1];
		for operator in [SOUTH, EAST, 4] {
			assert_ok!(send(operator, registry::Call::<Test>::join { set: large }));
		}
		next_era();
		MaxBlock::set(Some(Weight::from_parts(less(used(1, &[4])).ref_time() * 5, u64::MAX)));
		for _ in 0..10 {
			late();
		}
		assert_eq!(events().len(), 4);
		assert!(LateSweep::<Test>::get().done);
		for _ in 0..10 {
			sweep();
		}
		assert_eq!(events().len(), 2);
		all_paid(1);
	});
}

#[test]
fn what_is_left_as_the_era_ends_is_paid_then_for_that_era() {
	execute(|| {
		three_sets();
		next_era();
		let order = order();
		idle(used(2, &[1]));
		assert_eq!(events(), [paid(order[0])]);
		Rewards::era_ending(Now::get());
		assert_eq!(events(), order[1..].iter().map(|id| paid(*id)).collect::<Vec<_>>());
		all_paid(1);
		// A deposit in the block that ends the era has no part in the payment.
		next_era();
		restake(ALICE, NORTH, PoolKind::Native, 9 * 600 * STAY);
		Rewards::era_ending(Now::get());
		all_paid(2);
		assert_eq!(unsettled(ALICE, NORTH, PoolKind::Native), []);
	});
}

#[test]
fn the_end_of_an_era_takes_a_fifth_of_a_block_and_waits_for_nobody() {
	execute(|| {
		three_sets();
		for operator in [SOUTH, EAST, 4] {
			assert_ok!(send(operator, registry::Call::<Test>::join { set: SETS[1] }));
		}
		next_era();
		// Enough for payments to the large set, but not for all payments.
		let fifth = used(6, &[4]) + payment(1);
		MaxBlock::set(Some(Weight::from_parts(fifth.ref_time() * 5, u64::MAX)));
		assert!(Rewards::sweep(crate::streams::Hook::Last, Weight::MAX).all_lte(fifth));
		let said = events();
		assert!(said.len() > 1 && said.len() < 6, "{said:?}");
		// Instalments that were skipped are given back in the next era.
		MaxBlock::set(None);
		next_era();
		let late: Vec<_> = order().into_iter().filter(|id| stream(*id).unwrap().next == 2).collect();
		assert_eq!(late.len() + said.len(), 6);
		sweep();
		let expected: Vec<_> = order()
			.into_iter()
			.flat_map(|id| late.contains(&id).then(|| returned(id, 1)).into_iter().chain([paid(id)]))
			.collect();
		assert_eq!(events(), expected);
	});
}

#[test]
fn in_the_last_session_due_slashes_come_first_too() {
	execute(|| {
		three_sets();
		next_era();
		AnyDue::set(true);
		assert_storage_noop!(assert_eq!(late(), used(1, &[])));
		assert_storage_noop!(Rewards::era_ending(Now::get()));
		// Slashes stay due until the era is over, so its instalments are given back.
		next_era();
		AnyDue::set(false);
		sweep();
		all_paid_but(1, 1);
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
		// The hook stops in the middle of an era as well.
		next_era();
		events();
		idle(used(2, &[1]));
		AnyDue::set(true);
		assert_storage_noop!(assert_eq!(sweep(), used(1, &[])));
		AnyDue::set(false);
		assert_eq!(sweep(), used(6, &[1; 5]));
		all_paid(2);
		// A hook that is done does not ask whether slashes are due.
		AnyDue::set(true);
		assert_eq!(sweep(), nothing());
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
			assert_eq!(events(), [paid(*id)]);
		}
		next_era();
		assert_eq!(sweep(), used(7, &[1; 6]));
		let late = |id: &StreamId| !order[..2].contains(id);
		let expected: Vec<_> = order
			.iter()
			.flat_map(|id| late(id).then(|| returned(*id, 1)).into_iter().chain([paid(*id)]))
			.collect();
		assert_eq!(events(), expected);
	});
}

#[test]
fn streams_that_end_under_way_hold_up_no_other() {
	execute(|| {
		three_sets();
		let order = order();
		for id in [order[0], order[2], order[5]] {
			change(id, |stream| stream.until = Some(3));
		}
		let poor = order[3];
		change(poor, |stream| stream.funds = RATE / 2);
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
				paid(order[0]),
				ended(order[0], StreamEnd::Stopped, 98 * RATE),
				paid(order[1]),
				paid(order[2]),
				ended(order[2], StreamEnd::Stopped, 98 * RATE),
				ended(poor, StreamEnd::Unfunded, RATE / 2),
				paid(order[4]),
				paid(order[5]),
				ended(order[5], StreamEnd::Stopped, 98 * RATE),
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
					paid(id)
				}
			})
			.collect();
		assert_eq!(events(), expected);
		assert!(Sweep::<Test>::get().done);
		for id in order().iter().filter(|id| golden(id)) {
			assert_eq!((funds(*id), stream(*id).unwrap().next), (99 * RATE, 2));
		}
		let before = accumulator(NORTH, PoolKind::Native, GOLD).unwrap().per_share;
		assert_eq!(before, scaled(3 * RATE / 10 * 9) / 600 / STAY, "a failed payment changes nothing");
		Credit::<Test>::insert(account(NORTH), GOLD, 3 * RATE / 10);
		// In the next era the stream gives that instalment back, and pays.
		next_era();
		events();
		sweep();
		let expected: Vec<_> = order()
			.into_iter()
			.flat_map(|id| golden(&id).then(|| returned(id, 1)).into_iter().chain([paid(id)]))
			.collect();
		assert_eq!(events(), expected);
	});
}

#[test]
fn a_stream_opened_after_the_hooks_passed_is_paid_in_that_era_all_the_same() {
	execute(|| {
		three_sets();
		next_era();
		sweep();
		create_set(&[(PoolKind::Native, 1)]);
		let set = OperatorSetId { avs: 0, index: 3 };
		let ids = [6, 7];
		for _ in ids {
			assert_ok!(try_open(OWNER, set, STAYS, RATE, 10 * RATE, 0));
		}
		assert_ok!(stop(OWNER, 7));
		assert_ok!(distribute(7));
		events();
		// One stream has a payment due, and the other has ended.
		assert_eq!(sweep(), used(2, &[0]));
		assert_eq!(events(), [returned(6, 1)]);
		assert_storage_noop!(assert_eq!(sweep(), nothing()));
		assert_storage_noop!(assert_eq!(late(), nothing()));
		// The hooks of the last session and of the end of the era pay new streams as well.
		assert_ok!(try_open(OWNER, set, STAYS, RATE, 10 * RATE, 0));
		assert_eq!(late(), used(9, &[0]));
		assert_eq!(funds(8), 9 * RATE);
		assert_eq!(sweep(), used(1, &[]));
		assert_ok!(stop(OWNER, 8));
		assert_ok!(try_open(OWNER, set, STAYS, RATE, 10 * RATE, 0));
		Rewards::era_ending(Now::get());
		assert_eq!(funds(9), 9 * RATE);
		// In the next era the new streams are like the others.
		next_era();
		events();
		assert_eq!(sweep(), used(9, &[1, 1, 1, 1, 1, 1, 0, 0]));
		assert_eq!(events().len(), 8);
	});
}

#[test]
fn streams_opened_while_the_hook_is_under_way_are_not_passed_by() {
	execute(|| {
		three_sets();
		create_set(&[(PoolKind::Native, 1)]);
		next_era();
		idle(used(4, &[1, 1, 1]));
		let set = OperatorSetId { avs: 0, index: 3 };
		for _ in 0..2 {
			assert_ok!(try_open(OWNER, set, STAYS, RATE, 10 * RATE, 0));
		}
		sweep();
		assert!(Streams::<Test>::iter_values().all(|stream| stream.next == Now::get() + 1));
		assert_storage_noop!(assert_eq!(sweep(), nothing()));
	});
}

#[test]
fn the_hook_gives_eras_back_for_which_nobody_answers() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		next_era();
		let id = open(STAYS, RATE, 10 * RATE, 0);
		events();
		assert_eq!(sweep(), used(2, &[0]));
		assert_eq!(events(), [returned(id, 1)]);
		serve(NORTH, PoolKind::Native, 600 * STAY);
		next_era();
		sweep();
		assert_eq!(events(), [paid(id)]);
		assert_eq!((funds(id), credit(OWNER, STAYS)), (8 * RATE, RATE));
	});
}
