//! Appeals: they postpone a slash, keep the claims that it covers on hold, and cost the bond if the slash is executed.

use super::*;
use frame_support::traits::{LockableCurrency, WithdrawReasons};

/// When the slash of [`reported`] is due without an appeal, and when with one.
const DUE: Era = 1 + WINDOW;
const PUT_OFF: Era = DUE + APPEAL_WINDOW;

/// Operator 1 is reported in era 1 for a tenth of [`COINS`]. [`ALICE`] is exiting with 100 of them.
fn reported() {
	served();
	restake(ALICE, 1, COINS, 100 * STAY);
	exit_of(ALICE, 1, COINS, 100 * STAY);
	assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
	events();
}

/// Like [`reported`], with an appeal by [`BOB`].
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
			let before = balance(who, PoolKind::Native);
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
			assert_eq!((bond(who), balance(who, PoolKind::Native)), (APPEAL_BOND, before - APPEAL_BOND));
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
		assert_eq!((bond(DEAD), balance(DEAD, PoolKind::Native)), (APPEAL_BOND, least));
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
fn a_slash_leaves_its_place_and_is_executed_at_the_new_one() {
	execute(|| {
		reported();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(appeal(BOB, 0));
		assert_eq!((places(DUE), places(PUT_OFF)), (Some((2, 1)), Some((1, 1))));
		assert_eq!(Queue::<Test>::iter_prefix(DUE).collect::<Vec<_>>(), [(1, 1)]);
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
		for era in [1 + EXIT_ERAS, PUT_OFF] {
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
		assert_eq!((bond(BOB), balance(BOB, PoolKind::Native)), (0, PURSE));
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
		assert_eq!((bond(BOB), balance(BOB, PoolKind::Native)), (0, PURSE));
		assert_eq!((balance(200, PoolKind::Native), Noted::get()), (0, vec![]));
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
			let before = balance(200, PoolKind::Native);
			executes();
			assert_eq!(events()[0], appeal_closed(0, BOB, true));
			assert_eq!((bond(BOB), balance(BOB, PoolKind::Native)), (0, PURSE - APPEAL_BOND));
			assert_eq!(balance(200, PoolKind::Native), before + APPEAL_BOND);
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
		assert_eq!((bond(BOB), balance(200, PoolKind::Native)), (0, APPEAL_BOND));
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
		assert_eq!((bond(BOB), balance(BOB, PoolKind::Native)), (0, PURSE));
	});
}

#[test]
fn an_appealed_slash_finds_what_was_taken_back_since() {
	execute(|| {
		served();
		allocate(1, COINS, SET, 0);
		let last = DEALLOCATION_DELAY; // the last era in which the allocation binds
		Now::set(last);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], last));
		assert_ok!(appeal(1, 0));
		let due = last + WINDOW + APPEAL_WINDOW;
		assert!(due > last + EXIT_ERAS);
		begin_era(due - 1);
		assert_eq!(allocated(1, COINS, SET), 0);
		// Without the pending slash, this call would remove the operator's past allocations.
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
		begin_era(last + EXIT_ERAS);
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
		assert_eq!((counted(), Slashing::is_pending(&account(1), SET)), ((0, 1), true));
		assert_ok!(send(OWNER, registry::Call::<Test>::wind_down { set: SET }));
		let close = || send(ALICE, registry::Call::<Test>::close_set { set: SET, most: 8 });
		begin_era(1 + EXIT_ERAS);
		assert_noop!(close(), registry::Error::<Test>::SlashPending);
		begin_era(PUT_OFF);
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
		assert_ok!(close());
		assert_eq!(AvsRegistry::members(SET), vec![]);
		assert!(!AvsRegistry::exists(SET));
	});
}

#[test]
fn appealed_slashes_keep_a_service_from_reporting_nothing() {
	execute(|| {
		served();
		for round in 1..=3 {
			for _ in 0..MAX_PENDING {
				assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
			}
			assert_eq!(counted(), (MAX_PENDING, (round - 1) * MAX_PENDING));
			assert_noop!(attest(SET, 1, &[(COINS, 10)], 1), Error::TooManyPending);
			// Friends of the operator appeal all pending slashes.
			for id in (round - 1) * MAX_PENDING..round * MAX_PENDING {
				assert_ok!(appeal(BOB, id));
			}
			assert_eq!(counted(), (0, round * MAX_PENDING));
			check();
		}
		// An appeal makes room for one more report.
		for _ in 0..MAX_PENDING {
			assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		}
		assert_ok!(appeal(ALICE, 3 * MAX_PENDING));
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_noop!(attest(SET, 1, &[(COINS, 10)], 1), Error::TooManyPending);
	});
}

#[test]
fn pending_slashes_are_counted_exactly_however_they_end() {
	execute(|| {
		served();
		let report = || {
			assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		};
		let pending = || Slashing::is_pending(&account(1), SET);
		let step = |expected: (u32, u32)| {
			assert_eq!((counted(), pending()), (expected, expected != (0, 0)));
			check();
		};
		report();
		assert_ok!(appeal(BOB, 0));
		step((0, 1));
		report();
		report();
		assert_ok!(appeal(BOB, 1));
		step((1, 2));
		assert_ok!(veto(RESOLVER, 0));
		step((1, 1));
		// The veto ended the appeal, so the reinstated slash counts as unappealed.
		assert_ok!(govern(Call::reinstate { id: 0, vetoed: 1 }));
		step((2, 1));
		assert_ok!(cancel(1));
		step((2, 0));
		report_refused();
		assert_ok!(appeal(ALICE, 0));
		step((1, 1));
		assert_ok!(cancel(2));
		step((0, 1));
		assert_ok!(veto(RESOLVER, 0));
		step((0, 0));
		assert_ok!(govern(Call::reinstate { id: 0, vetoed: 1 }));
		step((1, 0));
		report();
		assert_ok!(appeal(ALICE, 3));
		step((1, 1));
		begin_era(DUE);
		// Slash 0 is not due yet, because its own appeals postponed it.
		step((1, 1));
		Now::set(PUT_OFF);
		assert_ok!(execute_slash(3));
		step((1, 0));
		begin_era(PUT_OFF + APPEAL_WINDOW);
		step((0, 0));
	});
}

fn report_refused() {
	assert_noop!(attest(SET, 1, &[(COINS, 10)], 1), Error::TooManyPending);
}

/// One party is the slasher, the resolver and the appellant.
#[test]
fn a_sham_service_that_appeals_its_own_slashes_pays_for_each_and_gains_nothing_by_many() {
	const MANY: u32 = 300;
	execute(|| {
		service(Destination::Burn);
		service(Destination::Burn);
		serve(1, SET, &[(COINS, 50)]);
		allocate(1, COINS, OTHER, 50);
		join(1, OTHER);
		restake(ALICE, 1, COINS, 100 * STAY);
		Now::set(1);
		exit_of(ALICE, 1, COINS, 100 * STAY);
		for id in 0..MANY {
			assert_ok!(attest(OTHER, 1, &[(COINS, 1)], 1));
			assert_ok!(appeal(BOB, id));
		}
		assert_eq!(Pending::<Test>::get(account(1), OTHER), PendingCount { unappealed: 0, appealed: MANY });
		assert_eq!(bond(BOB), Balance::from(MANY) * APPEAL_BOND);
		// An honest service can still report, and so can the consensus lane.
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_eq!(
			Held::<Test>::get(account(1), COINS).into_inner().into_iter().collect::<Vec<_>>(),
			[(1, MANY + 1)]
		);
		assert_eq!(Slashing::pending_of(&account(1)).len() as u32, MANY + 1);
		begin_era(DUE);
		assert_eq!(pooled(1, COINS), STAKE * 95 / 100);
		assert!(!Slashing::any_due(), "a postponed slash does not delay rewards");

		// A third is vetoed on the last day: their bonds come back, and the hook finds nothing left of them.
		Now::set(PUT_OFF - 1);
		for id in MANY / 3..MANY / 3 * 2 {
			assert_ok!(veto(RESOLVER, id));
		}
		assert_eq!(bond(BOB), Balance::from(MANY / 3 * 2) * APPEAL_BOND);
		assert_eq!(places(PUT_OFF), Some((MANY, MANY / 3 * 2)));
		// The other slashes are executed, each for a step of the hook and a bond. They block claims for no longer than
		// one slash does.
		Step::set(1_000_000_000);
		let before = balance(200, PoolKind::Native);
		Now::set(PUT_OFF);
		assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::SlashPending);
		let mut blocks = 0;
		while Slashing::any_due() {
			assert!(next_block().ref_time() <= Slashing::budget().ref_time());
			blocks += 1;
		}
		assert!(blocks <= 2, "{blocks} blocks");
		assert_eq!(balance(200, PoolKind::Native) - before, Balance::from(MANY / 3 * 2) * APPEAL_BOND);
		assert_ok!(claim_of(1, COINS, 1));
		assert_eq!(
			(pending(), Queue::<Test>::iter().count(), QueueLength::<Test>::iter().count()),
			(vec![], 0, 0)
		);
	});
}

/// The error of the state check after `break_it` changed a count.
fn miscounted(break_it: fn(&mut PendingCount)) -> &'static str {
	new_test_ext().execute_with(|| {
		appealed();
		assert_ok!(Slashing::do_try_state());
		Pending::<Test>::mutate(account(1), SET, break_it);
		Slashing::do_try_state().unwrap_err().into()
	})
}

#[test]
fn the_state_check_finds_a_wrong_count() {
	let wrong = "a wrong number of pending slashes";
	assert_eq!(miscounted(|count| count.appealed += 1), wrong);
	assert_eq!(miscounted(|count| count.appealed = 0), wrong);
	assert_eq!(miscounted(|count| *count = PendingCount { unappealed: 1, appealed: 0 }), wrong);
	assert_eq!(
		miscounted(|count| count.unappealed = MAX_PENDING + 1),
		"more slashes pending than there may be"
	);
}
