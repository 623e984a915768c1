//! Streams: opening, funding and stopping them, their payments in each era, and their end.

use super::*;

/// What most streams of these tests pay for an era. The amount cannot be shared evenly.
const RATE: Balance = 1_001 * STAY + 7;

/// The operators that serve [`SET`], and the STAY in their `Native` pools.
const SERVING: [(u8, Balance); 3] = [(NORTH, 600), (SOUTH, 300), (EAST, 101)];

/// [`SET`] that accepts `Native`, served by [`SERVING`], in era 1.
fn served_by_three() {
	service(&[(PoolKind::Native, 1)]);
	SERVING.iter().for_each(|(operator, stays)| serve(*operator, PoolKind::Native, stays * STAY));
	next_era();
	events();
}

fn weights() -> Vec<Balance> {
	SERVING.iter().map(|(_, stays)| stays * STAY).collect()
}

/// Checks that [`SERVING`] got these pots in all, each pot with the remainder of the one before, and that the last
/// remainder is carried.
fn compare(currency: Currency, pots: &[Balance]) {
	let (mut sums, mut left) = ([(0, 0); 3], 0);
	for pot in pots {
		let (parts, rest) = parts(pot + left, &weights());
		left = rest;
		for (sum, part) in sums.iter_mut().zip(parts) {
			*sum = (sum.0 + part.0, sum.1 + part.1);
		}
	}
	for ((operator, _), (commission, rest)) in SERVING.into_iter().zip(sums) {
		assert_eq!(credit(operator, currency.clone()), commission, "commission of {operator}");
		assert_eq!(accrued(operator, PoolKind::Native, currency.clone()), scaled(rest), "pool of {operator}");
	}
	assert_eq!(carried(currency), left);
}

/// The remainder that these pots leave in the end.
fn carried_after(pots: &[Balance]) -> Balance {
	pots.iter().fold(0, |left, pot| parts(pot + left, &weights()).1)
}

fn leave(operator: u8) {
	assert_ok!(send(operator, registry::Call::<Test>::leave { set: SET }));
}

/// Makes `to` the owner of the service.
fn hand_over(to: u8) {
	let next_owner = Some(account(to));
	assert_ok!(send(OWNER, registry::Call::<Test>::transfer_ownership { avs: 0, next_owner }));
	assert_ok!(send(to, registry::Call::<Test>::accept_ownership { avs: 0 }));
}

/// [`OWNER`] opens a stream of [`SET`], which pays for the running era at once.
fn open_and_pay(currency: Currency, rate: Balance, funds: Balance, notice: Era) -> StreamId {
	let id = open(currency, rate, funds, notice);
	assert_ok!(distribute(id));
	id
}

fn opened(id: StreamId, currency: Currency, rate: Balance, funds: Balance, from: Era) -> Event {
	Event::StreamOpened { id, set: SET, payer: account(OWNER), currency, rate, funds, from }
}

fn paid(id: StreamId, era: Era, amount: Balance) -> Event {
	Event::StreamPaid { id, set: SET, era, amount }
}

fn returned_eras(id: StreamId, eras: Era, amount: Balance) -> Event {
	Event::StreamReturned { id, eras, amount, payer: account(OWNER) }
}

fn ended(id: StreamId, reason: StreamEnd, refund: Balance) -> Event {
	Event::StreamEnded { id, reason, payer: account(OWNER), refund }
}

#[test]
fn a_stream_begins_with_the_era_that_runs_pays_for_it_and_brings_its_funds() {
	execute(|| {
		served_by_three();
		let before = balance(OWNER, STAYS);
		let id = open(STAYS, RATE, 10 * RATE, 3);
		assert_eq!(events(), [opened(id, STAYS, RATE, 10 * RATE, 1)]);
		assert_eq!((funds(id), stream(id).unwrap().next), (10 * RATE, 1));
		assert_ok!(distribute(id));
		assert_eq!(events(), [paid(id, 1, RATE)]);
		compare(STAYS, &[RATE]);
		assert_noop!(distribute(id), Error::NothingDue);
		let expected = Stream {
			set: SET,
			payer: account(OWNER),
			currency: STAYS,
			rate: RATE,
			funds: 9 * RATE,
			next: 2,
			notice: 3,
			until: None,
			deposit: STREAM_DEPOSIT,
		};
		assert_eq!((id, stream(id)), (0, Some(expected)));
		assert_eq!(balance(OWNER, STAYS), before - 10 * RATE - STREAM_DEPOSIT);
		assert_eq!((held(STAYS), on_hold(OWNER)), (10 * RATE, STREAM_DEPOSIT));
		assert_eq!(StreamsOf::<Test>::get(SET).into_inner(), [0]);
		assert_eq!(NextStreamId::<Test>::get(), 1);
	});
}

#[test]
fn a_stream_is_the_owners_to_open_in_what_is_admitted() {
	execute(|| {
		served_by_three();
		let nowhere = OperatorSetId { avs: 0, index: 1 };
		assert_noop!(try_open(OWNER, nowhere, STAYS, RATE, RATE, 0), Error::UnknownSet);
		for who in [STRANGER, NORTH] {
			assert_noop!(try_open(who, SET, STAYS, RATE, RATE, 0), Error::NotOwner);
		}
		let unknown = Currency::WithId(4);
		assert_noop!(try_open(OWNER, SET, unknown, RATE, RATE, 0), Error::AssetNotRegistered);
		assert_noop!(try_open(OWNER, SET, STAYS, 0, RATE, 0), Error::NothingToPay);
		assert_noop!(try_open(OWNER, SET, STAYS, RATE, RATE - 1, 0), Error::StreamUnfunded);
		assert_noop!(try_open(OWNER, SET, STAYS, RATE, RATE, MAX_NOTICE + 1), Error::NoticeTooLong);
		let unsigned = Rewards::open_stream(RuntimeOrigin::root(), SET, STAYS, RATE, RATE, 0);
		assert_noop!(unsigned, DispatchError::BadOrigin);
		// One instalment is enough. A set may have a stream whether it has members or not.
		open_and_pay(STAYS, RATE, RATE, MAX_NOTICE);
		create_set(&[(PoolKind::Native, 1)]);
		assert_ok!(try_open(OWNER, nowhere, STAYS, RATE, RATE, 0));
	});
}

#[test]
fn a_stream_takes_its_funds_and_its_deposit() {
	execute(|| {
		served_by_three();
		let purse = balance(OWNER, STAYS);
		// The payer must keep the existential deposit.
		let most = purse - STREAM_DEPOSIT - ExistentialDeposit::get();
		assert_noop!(try_open(OWNER, SET, STAYS, RATE, most + 1, 0), TokenError::Frozen);
		assert_noop!(try_open(OWNER, SET, STAYS, RATE, purse, 0), TokenError::FundsUnavailable);
		assert_noop!(try_open(OWNER, SET, GOLD, RATE, PURSE + 1, 0), TokenError::FundsUnavailable);
		assert_noop!(
			try_open(OWNER, SET, COARSE, RATE, PURSE - COARSE_MINIMUM + 1, 0),
			TokenError::NotExpendable
		);
		open(STAYS, RATE, most, 0);
		assert_eq!((balance(OWNER, STAYS), on_hold(OWNER)), (ExistentialDeposit::get(), STREAM_DEPOSIT));
		// Without STAY for another deposit, a stream in an asset is refused as well.
		assert_noop!(try_open(OWNER, SET, GOLD, RATE, RATE, 0), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_set_has_few_streams_and_ids_rise() {
	execute(|| {
		served_by_three();
		assert_eq!([open_and_pay(STAYS, RATE, 2 * RATE, 1), open_and_pay(GOLD, RATE, RATE, 0)], [0, 1]);
		assert_noop!(try_open(OWNER, SET, SILVER, RATE, RATE, 0), Error::TooManyStreams);
		create_set(&[(PoolKind::Native, 1)]);
		let second = OperatorSetId { avs: 0, index: 1 };
		assert_ok!(try_open(OWNER, second, STAYS, RATE, RATE, 0));
		assert_eq!(StreamsOf::<Test>::get(SET).into_inner(), [0, 1]);
		assert_eq!(StreamsOf::<Test>::get(second).into_inner(), [2]);

		// A stream that ends makes room for another.
		assert_ok!(stop(OWNER, 0));
		assert_noop!(try_open(OWNER, SET, SILVER, RATE, RATE, 0), Error::TooManyStreams);
		next_era();
		assert_ok!(distribute(0));
		assert_eq!(open_and_pay(SILVER, RATE, RATE, 0), 3);
		assert_eq!(StreamsOf::<Test>::get(SET).into_inner(), [1, 3]);
	});
}

#[test]
fn ids_of_streams_run_out_rather_than_return() {
	execute(|| {
		served_by_three();
		NextStreamId::<Test>::put(StreamId::MAX);
		assert_noop!(try_open(OWNER, SET, STAYS, RATE, RATE, 0), ArithmeticError::Overflow);
	});
}

#[test]
fn every_era_is_paid_once_and_in_it() {
	execute(|| {
		served_by_three();
		let issuance = Balances::total_issuance();
		let id = open_and_pay(STAYS, RATE, 10 * RATE, 0);
		assert_noop!(distribute(id), Error::NothingDue);
		events();
		for era in 2..=5u32 {
			next_era();
			assert_ok!(distribute(id));
			assert_eq!(events(), [paid(id, era, RATE)]);
			assert_noop!(distribute(id), Error::NothingDue);
			compare(STAYS, &[RATE].repeat(era as usize));
			assert_eq!(funds(id), (10 - Balance::from(era)) * RATE);
			assert_eq!(stream(id).unwrap().next, era + 1);
			check_state();
		}
		assert_eq!(held(STAYS), 10 * RATE);
		assert_eq!(Balances::total_issuance(), issuance);
		assert_eq!((on_hold(OWNER), credit(OWNER, STAYS)), (STREAM_DEPOSIT, 0));
	});
}

#[test]
fn an_era_that_is_over_is_given_back_and_never_paid_later() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 10 * RATE, 0);
		events();
		// No payment is made in eras 2 to 5.
		Now::set(6);
		assert_ok!(distribute(id));
		assert_eq!(events(), [returned_eras(id, 4, 4 * RATE), paid(id, 6, RATE)]);
		compare(STAYS, &[RATE, RATE]);
		assert_eq!((credit(OWNER, STAYS), funds(id)), (4 * RATE, 4 * RATE));
		assert_noop!(distribute(id), Error::NothingDue);
		next_era();
		assert_ok!(distribute(id));
		assert_eq!(events(), [paid(id, 7, RATE)]);
		compare(STAYS, &[RATE; 3]);
		assert_eq!((credit(OWNER, STAYS), funds(id)), (4 * RATE, 3 * RATE));
		let before = balance(OWNER, STAYS);
		assert_ok!(collect(STRANGER, OWNER, NORTH, PoolKind::Native));
		assert_eq!(balance(OWNER, STAYS), before + 4 * RATE);
	});
}

#[test]
fn an_era_is_shared_by_who_answers_for_it_alone() {
	execute(|| {
		served();
		let id = open_and_pay(STAYS, 1_000 * STAY, 10_000 * STAY, 0);
		next_era();
		serve(SOUTH, PoolKind::Native, 200 * STAY);
		assert_ok!(distribute(id));
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [200 * STAY, 0]);
		next_era();
		assert_ok!(distribute(id));
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [275 * STAY, 25 * STAY]);
		// An operator that leaves in an era has answered for it.
		leave(NORTH);
		next_era();
		assert_ok!(distribute(id));
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [275 * STAY, 125 * STAY]);
	});
}

#[test]
fn to_join_distribute_and_leave_at_once_earns_nothing() {
	execute(|| {
		served();
		let id = open_and_pay(STAYS, 10 * STAY, 100 * STAY, 0);
		restake(SOUTH, SOUTH, PoolKind::Native, 5_400 * STAY);
		allocate(SOUTH, PoolKind::Native, WAD);
		next_era();
		join(SOUTH);
		assert_ok!(distribute(id));
		assert_noop!(try_pay(PAYER, STAYS, 0), Error::NothingToPay);
		pay(STAYS, STAY);
		leave(SOUTH);
		assert_eq!((credit(SOUTH, STAYS), accumulator(SOUTH, PoolKind::Native, STAYS)), (0, None));
		assert_eq!(credit(NORTH, STAYS), 21 * STAY / 10);
		// Nor is it paid in the next era, because it left before that one.
		next_era();
		assert_ok!(distribute(id));
		assert_eq!((credit(SOUTH, STAYS), credit(NORTH, STAYS)), (0, 31 * STAY / 10));
	});
}

#[test]
fn due_slashes_come_first() {
	execute(|| {
		served();
		let id = open_and_pay(STAYS, RATE, 5 * RATE, 0);
		next_era();
		events();
		AnyDue::set(true);
		// Nobody is paid before due slashes are executed, not even the operator that is slashed.
		assert_noop!(send(NORTH, Call::distribute { id }), Error::SlashesDue);
		AnyDue::set(false);
		assert_ok!(distribute(id));
		assert_eq!(events(), [paid(id, 2, RATE)]);
		// If slashes are due for the whole era, its instalment is given back.
		next_era();
		AnyDue::set(true);
		assert_noop!(distribute(id), Error::SlashesDue);
		next_era();
		AnyDue::set(false);
		assert_ok!(distribute(id));
		assert_eq!(events(), [returned_eras(id, 1, RATE), paid(id, 4, RATE)]);
	});
}

#[test]
fn anyone_distributes_at_the_weight_of_the_sets_members() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 10 * RATE, 0);
		next_era();
		let before = balance(PAUPER, STAYS);
		let done: DispatchResultWithPostInfo =
			Rewards::distribute(RuntimeOrigin::signed(account(PAUPER)), id);
		assert_eq!(done.unwrap().actual_weight, Some(<Test as Config>::WeightInfo::distribute(3)));
		assert_eq!(balance(PAUPER, STAYS), before);
		next_era();
		assert_noop!(Rewards::distribute(RuntimeOrigin::none(), id), DispatchError::BadOrigin);
		assert_noop!(distribute(id + 1), Error::UnknownStream);
	});
}

#[test]
fn what_would_pass_the_largest_number_is_not_distributed() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 10 * RATE, 0);
		next_era();
		let earned = credit(EAST, STAYS);
		Credit::<Test>::insert(account(EAST), STAYS, Balance::MAX);
		assert_noop!(distribute(id), Error::CreditTooLarge);
		Credit::<Test>::insert(account(EAST), STAYS, earned);
		Carried::<Test>::insert(SET, STAYS, Balance::MAX);
		assert_noop!(distribute(id), Error::CreditTooLarge);
		let left = carried_after(&[RATE]);
		Carried::<Test>::insert(SET, STAYS, left);
		assert_ok!(distribute(id));
		compare(STAYS, &[RATE, RATE]);
		// The credit of an instalment that is given back must not overflow either.
		Now::mutate(|now| *now += 2);
		Credit::<Test>::insert(account(OWNER), STAYS, Balance::MAX);
		assert_noop!(distribute(id), Error::CreditTooLarge);
		Credit::<Test>::remove(account(OWNER), STAYS);
		assert_ok!(distribute(id));
		assert_eq!(credit(OWNER, STAYS), RATE);
	});
}

#[test]
fn a_stream_uses_what_payments_left_over_and_leaves_its_own() {
	execute(|| {
		served_by_three();
		pay(STAYS, 1_000);
		compare(STAYS, &[1_000]);
		assert_eq!(carried(STAYS), 2);
		let id = open_and_pay(STAYS, 10, 100, 0);
		compare(STAYS, &[1_000, 10]);
		next_era();
		assert_ok!(distribute(id));
		compare(STAYS, &[1_000, 10, 10]);
		let left = carried(STAYS);
		assert!(left > 0);
		pay(STAYS, 999);
		compare(STAYS, &[1_000, 10, 10, 999]);
		// A stream in another currency does not share this remainder.
		let gold = open_and_pay(GOLD, 500, 5_000, 0);
		next_era();
		assert_ok!(distribute(gold));
		compare(STAYS, &[1_000, 10, 10, 999]);
		compare(GOLD, &[500, 500]);
		assert_eq!((funds(id), funds(gold)), (80, 4_000));
	});
}

#[test]
fn a_stream_pays_for_as_many_eras_as_it_can_and_ends() {
	for missed in [false, true] {
		execute(|| {
			served_by_three();
			let issuance = Balances::total_issuance();
			let before = balance(OWNER, STAYS);
			let id = open_and_pay(STAYS, RATE, 2 * RATE + RATE / 2, 5);
			events();
			let refund = RATE / 2;
			let (paid_eras, given_back) = if missed {
				Now::mutate(|now| *now += 4);
				assert_ok!(distribute(id));
				let end = ended(id, StreamEnd::Unfunded, refund);
				assert_eq!(events(), [returned_eras(id, 1, RATE), end]);
				(1, RATE)
			} else {
				next_era();
				assert_ok!(distribute(id));
				next_era();
				assert_ok!(distribute(id));
				assert_eq!(events(), [paid(id, 2, RATE), ended(id, StreamEnd::Unfunded, refund)]);
				(2, 0)
			};
			compare(STAYS, &[RATE].repeat(paid_eras));
			assert_eq!((stream(id), StreamsOf::<Test>::contains_key(SET)), (None, false));
			assert_eq!((credit(OWNER, STAYS), on_hold(OWNER)), (refund + given_back, 0));
			let spent = RATE * paid_eras as Balance;
			assert_eq!(balance(OWNER, STAYS), before - spent - refund - given_back);
			assert_eq!(Balances::total_issuance(), issuance);
			for gone in [distribute(id), top_up(STRANGER, id, STAY), stop(OWNER, id)] {
				assert_eq!(gone, Err(Error::UnknownStream.into()));
			}
			assert_ok!(collect(STRANGER, OWNER, NORTH, PoolKind::Native));
			assert_eq!(balance(OWNER, STAYS), before - spent);
		});
	}
}

#[test]
fn a_stream_that_paid_its_last_era_is_open_until_it_owes_another() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 2 * RATE, 0);
		next_era();
		events();
		assert_ok!(distribute(id));
		assert_eq!(events(), [paid(id, 2, RATE)]);
		assert_eq!((funds(id), on_hold(OWNER)), (0, STREAM_DEPOSIT));
		assert_noop!(distribute(id), Error::NothingDue);
		next_era();
		assert_ok!(distribute(id));
		assert_eq!(events(), [ended(id, StreamEnd::Unfunded, 0)]);
		assert_eq!((credit(OWNER, STAYS), on_hold(OWNER)), (0, 0));
		compare(STAYS, &[RATE; 2]);
	});
}

#[test]
fn a_top_up_prolongs_a_stream_whoever_brings_it() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, RATE, 0);
		events();
		let before = balance(STRANGER, STAYS);
		assert_ok!(top_up(STRANGER, id, 2 * RATE + 5));
		assert_eq!(events(), [Event::StreamToppedUp { id, amount: 2 * RATE + 5, from: account(STRANGER) }]);
		assert_eq!((funds(id), balance(STRANGER, STAYS)), (2 * RATE + 5, before - 2 * RATE - 5));
		for era in 2..=4 {
			Now::set(era);
			assert_ok!(distribute(id));
			let expected = if era < 4 { paid(id, era, RATE) } else { ended(id, StreamEnd::Unfunded, 5) };
			assert_eq!(events(), [expected]);
		}
		compare(STAYS, &[RATE; 3]);
		// The rest goes to the payer, whoever topped the stream up.
		assert_eq!((credit(OWNER, STAYS), credit(STRANGER, STAYS)), (5, 0));
	});
}

#[test]
fn a_top_up_brings_something_for_a_stream_there_is() {
	execute(|| {
		served_by_three();
		assert_noop!(top_up(OWNER, 0, STAY), Error::UnknownStream);
		let id = open_and_pay(GOLD, RATE, RATE, 0);
		assert_noop!(top_up(OWNER, id, 0), Error::NothingToPay);
		assert_noop!(top_up(PAUPER, id, 1), TokenError::FundsUnavailable);
		assert_noop!(top_up(OWNER, id, PURSE - RATE + 1), TokenError::FundsUnavailable);
		let unsigned = Rewards::top_up(RuntimeOrigin::none(), id, 1);
		assert_noop!(unsigned, DispatchError::BadOrigin);
		let set_funds = |funds| Streams::<Test>::mutate(id, |stream| stream.as_mut().unwrap().funds = funds);
		set_funds(Balance::MAX);
		assert_noop!(top_up(OWNER, id, 1), Error::CreditTooLarge);
		set_funds(0);
		// An account may spend its last unit of an asset.
		assert_ok!(top_up(OWNER, id, PURSE - RATE));
		assert_eq!((funds(id), balance(OWNER, GOLD), held(GOLD)), (PURSE - RATE, 0, PURSE));
	});
}

#[test]
fn a_stream_that_was_stopped_pays_this_era_and_its_notice_and_no_more() {
	for (notice, stopped_first) in [(0, true), (1, true), (4, true), (1, false), (4, false)] {
		execute(|| {
			served_by_three();
			let id = open_and_pay(STAYS, RATE, 20 * RATE, notice);
			Now::set(2);
			assert_ok!(distribute(id));
			Now::set(3);
			if !stopped_first {
				assert_ok!(distribute(id));
			}
			events();
			assert_ok!(stop(OWNER, id));
			let until = 3 + notice + 1;
			assert_eq!(events(), [Event::StreamStopped { id, until }]);
			assert_eq!(stream(id).unwrap().until, Some(until));
			assert_noop!(stop(OWNER, id), Error::StreamStopped);
			let refund = (20 - 3 - Balance::from(notice)) * RATE;
			for now in if stopped_first { 3 } else { 4 }..until {
				Now::set(now);
				assert_ok!(distribute(id));
				let mut said = vec![paid(id, now, RATE)];
				if now == until - 1 {
					said.push(ended(id, StreamEnd::Stopped, refund));
				}
				assert_eq!(events(), said);
			}
			assert_eq!((credit(OWNER, STAYS), on_hold(OWNER), stream(id)), (refund, 0, None));
			compare(STAYS, &[RATE].repeat(3 + notice as usize));
			assert_noop!(stop(OWNER, id), Error::UnknownStream);
		});
	}
}

#[test]
fn a_stream_that_has_paid_all_it_will_ends_where_it_is_stopped() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 20 * RATE, 0);
		events();
		// The owner stops the stream in the era in which it was opened.
		assert_ok!(stop(OWNER, id));
		let said = [Event::StreamStopped { id, until: 2 }, ended(id, StreamEnd::Stopped, 19 * RATE)];
		assert_eq!(events(), said);
		assert_eq!((stream(id), StreamsOf::<Test>::contains_key(SET)), (None, false));
		assert_eq!((credit(OWNER, STAYS), on_hold(OWNER)), (19 * RATE, 0));
		compare(STAYS, &[RATE]);
	});
}

#[test]
fn a_stream_that_was_stopped_pays_no_more_however_late() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 20 * RATE, 2);
		assert_ok!(stop(OWNER, id));
		Now::set(60);
		events();
		assert_ok!(distribute(id));
		assert_eq!(events(), [returned_eras(id, 2, 2 * RATE), ended(id, StreamEnd::Stopped, 17 * RATE)]);
		compare(STAYS, &[RATE]);
		assert_eq!(credit(OWNER, STAYS), 19 * RATE);
	});
}

#[test]
fn a_stream_that_was_stopped_and_cannot_pay_its_notice_is_unfunded() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 2 * RATE, 4);
		assert_ok!(stop(OWNER, id));
		Now::set(60);
		events();
		assert_ok!(distribute(id));
		assert_eq!(events(), [returned_eras(id, 1, RATE), ended(id, StreamEnd::Unfunded, 0)]);
		compare(STAYS, &[RATE]);
	});
}

#[test]
fn a_stream_is_stopped_by_its_payer_or_by_who_owns_the_service() {
	execute(|| {
		served_by_three();
		let (first, second) = (open_and_pay(STAYS, RATE, 5 * RATE, 1), open_and_pay(GOLD, RATE, 5 * RATE, 1));
		assert_noop!(stop(OWNER, 7), Error::UnknownStream);
		for who in [STRANGER, PAYER, NORTH] {
			assert_noop!(stop(who, first), Error::NotOwner);
		}
		assert_noop!(Rewards::stop_stream(RuntimeOrigin::root(), first), DispatchError::BadOrigin);
		hand_over(PAYER);
		assert_noop!(stop(STRANGER, first), Error::NotOwner);
		assert_ok!(stop(PAYER, first));
		for who in [PAYER, OWNER] {
			assert_noop!(stop(who, first), Error::StreamStopped);
		}
		// The payer may still stop its stream.
		assert_ok!(stop(OWNER, second));
		next_era();
		events();
		for id in [first, second] {
			assert_ok!(distribute(id));
			assert_eq!(events(), [paid(id, 2, RATE), ended(id, StreamEnd::Stopped, 3 * RATE)]);
		}
		// The rest of the funds, and the deposit, go back to their payer.
		assert_eq!((credit(OWNER, STAYS), credit(OWNER, GOLD)), (3 * RATE, 3 * RATE));
		assert_eq!((credit(PAYER, STAYS), credit(PAYER, GOLD)), (0, 0));
		assert_eq!((on_hold(OWNER), on_hold(PAYER)), (0, 0));
		assert_noop!(try_open(OWNER, SET, STAYS, RATE, RATE, 0), Error::NotOwner);
		assert_ok!(try_open(PAYER, SET, STAYS, RATE, RATE, 0));
		assert_eq!(on_hold(PAYER), STREAM_DEPOSIT);
	});
}

#[test]
fn eras_for_which_nobody_answers_are_given_back_and_do_not_come_back() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		let id = open(STAYS, 1_000 * STAY, 10_000 * STAY, 0);
		Now::set(3);
		events();
		assert_ok!(distribute(id));
		// Three missed eras, and the running one.
		assert_eq!(events(), [returned_eras(id, 4, 4_000 * STAY)]);
		assert_eq!((funds(id), stream(id).unwrap().next), (6_000 * STAY, 4));
		assert_eq!((credit(OWNER, STAYS), held(STAYS)), (4_000 * STAY, 10_000 * STAY));
		assert_noop!(distribute(id), Error::NothingDue);

		// An operator that joins is paid from the next era on.
		serve(NORTH, PoolKind::Native, 600 * STAY);
		next_era();
		events();
		assert_ok!(distribute(id));
		assert_eq!(events(), [paid(id, 4, 1_000 * STAY)]);
		assert_eq!((credit(NORTH, STAYS), funds(id)), (100 * STAY, 5_000 * STAY));

		// An operator that left is not paid.
		leave(NORTH);
		next_era();
		assert_ok!(distribute(id));
		assert_eq!(events(), [returned_eras(id, 1, 1_000 * STAY)]);
		assert_eq!((funds(id), credit(OWNER, STAYS)), (4_000 * STAY, 5_000 * STAY));
	});
}

#[test]
fn what_an_empty_set_left_over_before_waits() {
	execute(|| {
		served_by_three();
		pay(STAYS, 1_000);
		SERVING.into_iter().for_each(|(operator, _)| leave(operator));
		next_era();
		let id = open(STAYS, RATE, 2 * RATE, 0);
		assert_ok!(distribute(id));
		compare(STAYS, &[1_000]);
		assert_eq!((carried(STAYS), funds(id), credit(OWNER, STAYS)), (2, RATE, RATE));
	});
}

#[test]
fn a_stream_that_nobody_answers_to_gives_all_back_era_by_era() {
	for stopped in [false, true] {
		execute(|| {
			service(&[(PoolKind::Native, 1)]);
			let id = open(STAYS, RATE, 5 * RATE / 2, 0);
			Now::set(1);
			if stopped {
				assert_ok!(stop(OWNER, id));
			}
			// Wait longer than the funds, or the notice, last.
			Now::set(7);
			events();
			assert_ok!(distribute(id));
			let why = if stopped { StreamEnd::Stopped } else { StreamEnd::Unfunded };
			assert_eq!(events(), [returned_eras(id, 2, 2 * RATE), ended(id, why, RATE / 2)]);
			assert_eq!((credit(OWNER, STAYS), on_hold(OWNER)), (2 * RATE + RATE / 2, 0));
		});
	}
}

#[test]
fn a_stream_of_an_asset_pays_and_refunds_in_it() {
	execute(|| {
		served_by_three();
		let supply = |currency| <NativeAndAssets as fungibles::Inspect<_>>::total_issuance(currency);
		let before = (supply(GOLD), supply(STAYS));
		let id = open_and_pay(GOLD, RATE, PURSE, 0);
		assert_eq!((balance(OWNER, GOLD), held(GOLD), held(STAYS)), (0, PURSE, 0));
		assert_eq!(on_hold(OWNER), STREAM_DEPOSIT, "in STAY");
		next_era();
		assert_ok!(distribute(id));
		compare(GOLD, &[RATE, RATE]);
		next_era();
		assert_ok!(stop(OWNER, id));
		events();
		assert_ok!(distribute(id));
		assert_eq!(events(), [paid(id, 3, RATE), ended(id, StreamEnd::Stopped, PURSE - 3 * RATE)]);
		compare(GOLD, &[RATE; 3]);
		assert_ok!(collect(STRANGER, OWNER, NORTH, PoolKind::Native));
		assert_eq!((balance(OWNER, GOLD), held(GOLD)), (PURSE - 3 * RATE, 3 * RATE));
		assert_eq!((supply(GOLD), supply(STAYS)), before);
		assert_eq!((credit(OWNER, STAYS), on_hold(OWNER)), (0, 0));
	});
}

#[test]
fn an_asset_that_no_pool_takes_any_more_is_not_earned() {
	execute(|| {
		served();
		for currency in [GOLD, SILVER] {
			pay(currency, 1_000 * STAY);
		}
		let id = open(COARSE, RATE, 2 * RATE, 0);
		events();
		assert_ok!(distribute(id));
		assert_eq!(events(), [returned_eras(id, 1, RATE)]);
		assert_eq!((funds(id), accumulator(NORTH, PoolKind::Native, COARSE)), (RATE, None));
		assert_eq!(credit(OWNER, COARSE), RATE);
	});
}

#[test]
fn two_streams_of_one_set_are_two() {
	execute(|| {
		served_by_three();
		let first = open_and_pay(STAYS, RATE, 3 * RATE, 0);
		next_era();
		let second = open_and_pay(STAYS, 500, 5_000, 7);
		assert_eq!(stream(second).unwrap().next, 3);
		assert_noop!(distribute(second), Error::NothingDue);
		assert_ok!(distribute(first));
		Now::set(5);
		events();
		assert_ok!(distribute(second));
		assert_eq!(events(), [returned_eras(second, 2, 1_000), paid(second, 5, 500)]);
		assert_ok!(distribute(first));
		assert_eq!(events(), [returned_eras(first, 1, RATE), ended(first, StreamEnd::Unfunded, 0)]);
		compare(STAYS, &[RATE, 500, RATE, 500]);
		assert_eq!((stream(first), funds(second)), (None, 3_000));
		assert_eq!(StreamsOf::<Test>::get(SET).into_inner(), [second]);
		assert_eq!((on_hold(OWNER), held(STAYS)), (STREAM_DEPOSIT, 3 * RATE + 5_000));
	});
}

/// Winds [`SET`] down, and closes it as soon as that is possible.
fn close() {
	assert_ok!(send(OWNER, registry::Call::<Test>::wind_down { set: SET }));
	Now::mutate(|now| *now += EXIT_ERAS);
	events();
	assert_ok!(send(STRANGER, registry::Call::<Test>::close_set { set: SET, most: MAX_OPERATORS }));
}

fn returned(currency: Currency, amount: Balance, owner: u8) -> Event {
	Event::CarryReturned { set: SET, currency, amount, owner: account(owner) }
}

#[test]
fn with_its_set_a_stream_ends_and_what_was_left_over_goes_to_the_owner() {
	execute(|| {
		served_by_three();
		let before = balance(OWNER, STAYS);
		pay(STAYS, 1_000);
		pay(GOLD, 1_003);
		let (first, second) =
			(open_and_pay(STAYS, RATE, 10 * RATE, 7), open_and_pay(GOLD, RATE + 1, 4 * RATE, 0));
		let left = (carried(STAYS), carried(GOLD));
		assert!(left.0 > 0 && left.1 > 0);
		let issuance = Balances::total_issuance();
		close();
		assert_said(&[
			ended(first, StreamEnd::SetClosed, 9 * RATE),
			ended(second, StreamEnd::SetClosed, 3 * RATE - 1),
			returned(STAYS, left.0, OWNER),
			returned(GOLD, left.1, OWNER),
		]);
		assert_eq!((stream(first), stream(second)), (None, None));
		assert!(!StreamsOf::<Test>::contains_key(SET));
		assert_eq!(Carried::<Test>::iter_prefix(SET).count(), 0);
		assert_eq!(credit(OWNER, STAYS), 9 * RATE + left.0);
		assert_eq!(credit(OWNER, GOLD), 3 * RATE - 1 + left.1);
		assert_eq!(on_hold(OWNER), 0);
		for gone in [distribute(first), top_up(STRANGER, first, 1), stop(OWNER, second)] {
			assert_eq!(gone, Err(Error::UnknownStream.into()));
		}
		assert_noop!(try_open(OWNER, SET, STAYS, RATE, RATE, 0), Error::UnknownSet);
		assert_ok!(collect(STRANGER, OWNER, NORTH, PoolKind::Native));
		assert_eq!(balance(OWNER, STAYS), before - RATE + left.0);
		assert_eq!(Balances::total_issuance(), issuance);
		// The allocations to the set are removed. Earlier earnings are still there.
		for (operator, _) in SERVING {
			assert_eq!(allocated(&account(operator), PoolKind::Native), 0);
		}
		let (parts_of_both, rest) = (parts(1_000, &weights()), parts(1_000, &weights()).1);
		let second = parts(RATE + rest, &weights());
		assert_eq!(credit(NORTH, STAYS), parts_of_both.0[0].0 + second.0[0].0);
	});
}

#[test]
fn what_a_stream_paid_before_its_set_was_closed_stays_paid() {
	execute(|| {
		served_by_three();
		let id = open_and_pay(STAYS, RATE, 10 * RATE, 0);
		let left = carried(STAYS);
		assert!(left > 0);
		close();
		assert_said(&[ended(id, StreamEnd::SetClosed, 9 * RATE), returned(STAYS, left, OWNER)]);
		let (parts, _) = parts(RATE, &weights());
		for ((operator, _), (commission, rest)) in SERVING.into_iter().zip(parts) {
			assert_eq!(credit(operator, STAYS), commission);
			assert_eq!(accrued(operator, PoolKind::Native, STAYS), scaled(rest));
		}
	});
}

#[test]
fn of_a_service_that_was_handed_over_the_refund_is_the_payers_and_the_rest_the_owners() {
	execute(|| {
		served_by_three();
		pay(STAYS, 1_000);
		let id = open_and_pay(STAYS, RATE, 10 * RATE, 0);
		let left = carried(STAYS);
		assert!(left > 0);
		assert_ok!(send(OWNER, registry::Call::<Test>::wind_down { set: SET }));
		hand_over(STRANGER);
		Now::mutate(|now| *now += EXIT_ERAS);
		events();
		assert_ok!(send(ALICE, registry::Call::<Test>::close_set { set: SET, most: MAX_OPERATORS }));
		assert_said(&[ended(id, StreamEnd::SetClosed, 9 * RATE), returned(STAYS, left, STRANGER)]);
		assert_eq!((credit(OWNER, STAYS), credit(STRANGER, STAYS)), (9 * RATE, left));
		assert_eq!((on_hold(OWNER), on_hold(STRANGER)), (0, 0));
	});
}

#[test]
fn the_streams_and_the_leftovers_of_other_sets_stay() {
	execute(|| {
		served_by_three();
		create_set(&[(PoolKind::Native, 1)]);
		let other = OperatorSetId { avs: 0, index: 1 };
		let (first, second) = (open_and_pay(SILVER, RATE, 2 * RATE, 0), 1);
		assert_ok!(try_open(OWNER, other, STAYS, RATE, 3 * RATE, 0));
		pay(GOLD, 1_000);
		Carried::<Test>::insert(other, GOLD, 1);
		assert_ok!(<NativeAndAssets as fungibles::Mutate<_>>::mint_into(GOLD, &Rewards::account(), 1));
		let left = carried(GOLD);
		close();
		let silver = carried_after(&[RATE]);
		assert_said(&[
			ended(first, StreamEnd::SetClosed, RATE),
			returned(SILVER, silver, OWNER),
			returned(GOLD, left, OWNER),
		]);
		assert_eq!((funds(second), Carried::<Test>::get(other, GOLD)), (3 * RATE, 1));
		assert_eq!(StreamsOf::<Test>::get(other).into_inner(), [second]);
		assert_eq!(on_hold(OWNER), STREAM_DEPOSIT);
	});
}

#[test]
fn a_set_that_was_never_paid_closes_quietly() {
	execute(|| {
		served();
		close();
		assert_eq!(events(), []);
		assert_eq!((credit(OWNER, STAYS), held(STAYS)), (0, 0));
	});
}
