//! Appeals: they put a slash off, hold what it covers, and cost a bond when it is executed all the same.

use super::*;
use frame_support::traits::{LockableCurrency, WithdrawReasons};

/// When the slash of [`reported`] is due, and when it is once it is appealed.
const DUE: Era = 1 + WINDOW;
const PUT_OFF: Era = DUE + APPEAL_WINDOW;

/// Operator 1 is reported in era 1 for a tenth of [`COINS`], of which [`ALICE`] has 100 leaving.
fn reported() {
	served();
	restake(ALICE, 1, COINS, 100 * STAY);
	exit_of(ALICE, 1, COINS, 100 * STAY);
	assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
	events();
}

/// As [`reported`], and [`BOB`] has appealed.
fn appealed() {
	reported();
	assert_ok!(appeal(BOB, 0));
	events();
}

fn lock(who: u8, amount: Balance) {
	Balances::set_lock(*b"a lock  ", &account(who), amount, WithdrawReasons::all());
}

#[test]
fn the_operator_or_anyone_else_puts_a_slash_off_once() {
	for who in [1, BOB] {
		execute(|| {
			reported();
			let before = balance(who, Kind::Native);
			Now::set(DUE - 1);
			assert_ok!(appeal(who, 0));
			let by = account(who);
			assert_eq!(
				events(),
				[Event::SlashAppealed {
					id: 0,
					by: by.clone(),
					reason: reason(WHY),
					bond: APPEAL_BOND,
					due: PUT_OFF
				}]
			);
			let slash = Slashes::<Test>::get(0).unwrap();
			assert_eq!((slash.due, slash.appeal), (PUT_OFF, Some((by, APPEAL_BOND))));
			assert_eq!((bond(who), balance(who, Kind::Native)), (APPEAL_BOND, before - APPEAL_BOND));
			for era in [DUE - 1, DUE, PUT_OFF] {
				Now::set(era);
				for again in [who, ALICE, RESOLVER] {
					assert_noop!(appeal(again, 0), Error::AlreadyAppealed);
				}
			}
		});
	}
}

#[test]
fn only_a_services_slash_that_is_pending_and_not_due_can_be_appealed() {
	execute(|| {
		reported();
		offence(&[1], 5, 1);
		assert_noop!(appeal(1, 1), Error::NotAppealable);
		assert_noop!(appeal(1, 2), Error::UnknownSlash);
		Now::set(DUE);
		assert_noop!(appeal(1, 0), Error::AppealClosed);
		assert_noop!(appeal(1, 1), Error::NotAppealable);
		next_block();
		assert_noop!(appeal(1, 0), Error::UnknownSlash);
	});
}

#[test]
fn a_condition_without_a_window_leaves_no_time_to_appeal() {
	execute(|| {
		service(Destination::Burn);
		add_condition(SET, 50, 0, Some(RESOLVER));
		serve(1, SET, &[(COINS, 100)]);
		Now::set(1);
		assert_ok!(attest_for(1, SET, 1, &[(COINS, 10)], 1));
		assert_noop!(appeal(1, 0), Error::AppealClosed);
	});
}

#[test]
fn who_cannot_put_up_the_bond_cannot_appeal() {
	execute(|| {
		reported();
		assert_noop!(appeal(DEAD, 0), TokenError::FundsUnavailable);
		let least = ExistentialDeposit::get();
		assert_ok!(Balances::mint_into(&account(DEAD), APPEAL_BOND + least - 1));
		assert_noop!(appeal(DEAD, 0), TokenError::FundsUnavailable);
		assert_ok!(Balances::mint_into(&account(DEAD), 1));
		assert_ok!(appeal(DEAD, 0));
		assert_eq!((bond(DEAD), balance(DEAD, Kind::Native)), (APPEAL_BOND, least));
	});
}

#[test]
fn every_appeal_has_a_bond_of_its_own() {
	execute(|| {
		reported();
		assert_ok!(attest(SET, 1, &[(COINS, 20)], 1));
		for (id, held) in [(0, APPEAL_BOND), (1, 2 * APPEAL_BOND)] {
			assert_ok!(appeal(BOB, id));
			assert_eq!(bond(BOB), held);
		}
		check();
		assert_ok!(cancel(0));
		assert_eq!((bond(BOB), pending()), (APPEAL_BOND, vec![1]));
	});
}

#[test]
fn the_hook_passes_over_the_old_place_and_executes_at_the_new_one() {
	execute(|| {
		reported();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(appeal(BOB, 0));
		events();
		begin_era(DUE);
		let taken = 110 * STAY;
		let at_once = [executed_of(1, 1, &[(COINS, taken)]), paid(1, COINS, taken, Destination::Burn)];
		assert_eq!((events(), pending()), (at_once.to_vec(), vec![0]));
		assert!(!Slashing::any_due());
		check();
		for era in DUE..PUT_OFF {
			begin_era(era);
			assert_eq!(events(), []);
			assert_noop!(execute_slash(0), Error::NotDue);
		}
		begin_era(PUT_OFF);
		let taken = 99 * STAY;
		assert_eq!(
			events(),
			[
				appeal_closed(0, BOB, true),
				executed_of(0, 1, &[(COINS, taken)]),
				paid(0, COINS, taken, Destination::Burn)
			]
		);
		assert_eq!((Queue::<Test>::iter().count(), QueueLength::<Test>::iter().count()), (0, 0));
		assert_eq!(Cursor::<Test>::get(), (PUT_OFF + 1, 0));
	});
}

#[test]
fn claims_that_a_slash_covers_wait_with_it_and_pay_what_it_left() {
	execute(|| {
		appealed();
		for era in [1 + EXIT_DELAY, PUT_OFF] {
			Now::set(era);
			assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::SlashPending);
		}
		next_block();
		assert_ok!(claim_of(1, COINS, 1));
		assert_eq!(balance(ALICE, COINS), PURSE - 10 * STAY);
	});
}

#[test]
fn the_resolver_vetoes_until_the_slash_is_due_at_last_and_the_bond_comes_back() {
	execute(|| {
		appealed();
		begin_era(PUT_OFF - 1);
		assert_noop!(veto(BOB, 0), Error::NotResolver);
		assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::SlashPending);
		assert_ok!(veto(RESOLVER, 0));
		assert_eq!(events(), [appeal_closed(0, BOB, false), vetoed(0)]);
		assert_eq!((bond(BOB), balance(BOB, Kind::Native)), (0, PURSE));
		assert_ok!(claim_of(1, COINS, 1));
		assert_eq!(balance(ALICE, COINS), PURSE);
		begin_era(PUT_OFF);
		assert_eq!((events(), pooled(1, COINS), Noted::get()), (vec![], STAKE, vec![]));
	});
}

#[test]
fn a_veto_is_closed_when_the_slash_is_due_at_last() {
	execute(|| {
		appealed();
		Now::set(PUT_OFF);
		assert_noop!(veto(RESOLVER, 0), Error::VetoClosed);
	});
}

#[test]
fn the_bond_comes_back_when_governance_cancels_the_slash() {
	execute(|| {
		appealed();
		Now::set(PUT_OFF);
		assert_ok!(cancel(0));
		let cancelled = Event::SlashCancelled { id: 0, operator: account(1) };
		assert_eq!(events(), [appeal_closed(0, BOB, false), cancelled]);
		assert_eq!((bond(BOB), balance(BOB, Kind::Native)), (0, PURSE));
		assert_eq!((balance(200, Kind::Native), Noted::get()), (0, vec![]));
		next_block();
		assert_eq!((events(), pooled(1, COINS)), (vec![], STAKE));
	});
}

#[test]
fn the_bond_goes_to_the_treasury_when_the_slash_is_executed() {
	let by_the_hook = || {
		next_block();
	};
	let by_hand = || {
		assert_ok!(execute_slash(0));
	};
	for executes in [by_the_hook as fn(), by_hand] {
		execute(|| {
			appealed();
			Now::set(PUT_OFF);
			let before = balance(200, Kind::Native);
			executes();
			assert_eq!(events()[0], appeal_closed(0, BOB, true));
			assert_eq!((bond(BOB), balance(BOB, Kind::Native)), (0, PURSE - APPEAL_BOND));
			assert_eq!(balance(200, Kind::Native), before + APPEAL_BOND);
			assert_eq!(Noted::get(), [(Income::Bond, Currency::Native, APPEAL_BOND)]);
			assert_eq!(outcome(PUT_OFF, 0), Some(Outcome::Executed(taken_of(&[(COINS, 110 * STAY)]))));
		});
	}
}

#[test]
fn a_bond_that_is_locked_besides_is_forfeited_all_the_same() {
	execute(|| {
		reported();
		lock(BOB, PURSE);
		assert_ok!(appeal(BOB, 0));
		begin_era(PUT_OFF);
		assert_eq!((bond(BOB), balance(200, Kind::Native)), (0, APPEAL_BOND));
		assert_eq!(Noted::get(), [(Income::Bond, Currency::Native, APPEAL_BOND)]);
	});
}

#[test]
fn a_bond_that_is_locked_besides_comes_back_all_the_same() {
	execute(|| {
		reported();
		lock(BOB, PURSE);
		assert_ok!(appeal(BOB, 0));
		assert_ok!(cancel(0));
		assert_eq!((bond(BOB), balance(BOB, Kind::Native)), (0, PURSE));
	});
}

#[test]
fn an_appealed_slash_finds_what_was_taken_back_since() {
	execute(|| {
		served();
		allocate(1, COINS, SET, 0);
		let last = DEALLOCATION_DELAY; // for which it is allocated
		Now::set(last);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], last));
		assert_ok!(appeal(1, 0));
		let due = last + WINDOW + APPEAL_WINDOW;
		assert!(due > last + EXIT_DELAY);
		begin_era(due - 1);
		assert_eq!(allocated(1, COINS, SET), 0);
		// What the operator does next would make the chain forget, were the slash not pending.
		service(Destination::Burn);
		allocate(1, COINS, OTHER, 10);
		begin_era(due);
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
	});
}

#[test]
fn what_an_appealed_slash_can_take_counts_as_allocated_until_it_is_decided() {
	execute(|| {
		served();
		service(Destination::Burn);
		assert_ok!(send(1, restaking::Call::<Test>::set_leverage { percent: 150 }));
		allocate(1, COINS, SET, 0);
		let last = DEALLOCATION_DELAY;
		Now::set(last);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], last));
		assert_ok!(appeal(1, 0));
		begin_era(last + EXIT_DELAY);
		let whole = || {
			send(
				1,
				restaking::Call::<Test>::allocate { kind: COINS, set: OTHER, magnitude: 50 * PERCENT + 1 },
			)
		};
		assert_noop!(whole(), restaking::Error::<Test>::LeverageTooHigh);
		assert_ok!(veto(RESOLVER, 0));
		assert_ok!(whole());
	});
}

#[test]
fn a_set_is_not_closed_while_an_appealed_slash_of_it_is_pending() {
	execute(|| {
		appealed();
		assert_ok!(send(OWNER, registry::Call::<Test>::wind_down { set: SET }));
		let close = || send(ALICE, registry::Call::<Test>::close_set { set: SET, most: 8 });
		begin_era(1 + EXIT_DELAY);
		assert_noop!(close(), registry::Error::<Test>::SlashPending);
		begin_era(PUT_OFF);
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
		assert_ok!(close());
		assert_eq!(AvsRegistry::members(SET), vec![]);
		assert!(!AvsRegistry::exists(SET));
	});
}
