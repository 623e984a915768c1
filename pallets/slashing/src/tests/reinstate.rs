//! Governance reinstates vetoed slashes.

use super::*;

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

/// Like [`reported`], vetoed in era `era`. An appeal postpones the slash first if it is due by then.
fn vetoed_in(era: Era) {
	reported();
	if era >= DUE {
		assert_ok!(appeal(BOB, 0));
	}
	Now::set(era);
	assert_ok!(veto(RESOLVER, 0));
	events();
}

fn reinstate(id: SlashId, vetoed: Era) -> DispatchResult {
	govern(Call::reinstate { id, vetoed })
}

#[test]
fn only_governance_reinstates() {
	execute(|| {
		vetoed_in(1);
		for who in [OWNER, SLASHER, RESOLVER, ALICE, 1] {
			assert_noop!(send(who, Call::reinstate { id: 0, vetoed: 1 }), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn a_reinstated_slash_is_as_it_was_and_executed_when_it_was_due() {
	execute(|| {
		reported();
		Now::set(DUE - 1);
		let state = || {
			let held: Vec<_> =
				Held::<Test>::iter().map(|(_, kind, eras)| (kind, eras.into_inner())).collect();
			(Slashes::<Test>::get(0), held, Pending::<Test>::get(account(1), SET))
		};
		let before = state();
		assert_ok!(veto(RESOLVER, 0));
		assert_eq!(state(), (None, vec![], PendingCount::default()));
		events();
		assert_ok!(reinstate(0, DUE - 1));
		assert_eq!(events(), [Event::SlashReinstated { id: 0, operator: account(1), due: DUE }]);
		assert_eq!((state(), Records::<Test>::iter().count()), (before, 0));
		check();
		assert_noop!(execute_slash(0), Error::NotDue);
		begin_era(DUE);
		let taken = 110 * STAY;
		assert_eq!(
			events(),
			[executed_of(0, 1, &[(COINS, taken)]), paid(0, COINS, taken, Destination::Burn)]
		);
		assert_eq!((pooled(1, COINS), exiting(1, COINS, 1)), (STAKE * 90 / 100, 90 * STAY));
		assert_eq!(Queue::<Test>::iter().count(), 0);
	});
}

#[test]
fn only_what_was_vetoed_in_that_era_can_be_reinstated() {
	execute(|| {
		reported();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		offence(&[2], 5, 1);
		assert_noop!(reinstate(0, 1), Error::NotVetoed);
		assert_noop!(reinstate(3, 1), Error::NotVetoed);
		assert_ok!(cancel(1));
		assert_noop!(reinstate(1, 1), Error::NotVetoed);
		Now::set(2);
		assert_ok!(veto(RESOLVER, 0));
		for era in [0, 1, 3] {
			assert_noop!(reinstate(0, era), Error::NotVetoed);
		}
		assert_ok!(reinstate(0, 2));
		assert_noop!(reinstate(0, 2), Error::NotVetoed);
		begin_era(DUE);
		for id in [0, 2] {
			assert_noop!(reinstate(id, DUE), Error::NotVetoed);
		}
	});
}

#[test]
fn a_veto_stands_once_the_slash_would_be_due() {
	execute(|| {
		vetoed_in(DUE - 1);
		Now::set(DUE);
		assert_noop!(reinstate(0, DUE - 1), Error::VetoClosed);
		assert_eq!(outcome(DUE - 1, 0), Some(Outcome::Vetoed(reason(WHY))));
	});
}

#[test]
fn a_veto_stands_once_what_it_let_go_of_can_have_left() {
	execute(|| {
		vetoed_in(EXIT_ERAS);
		assert_ok!(reinstate(0, EXIT_ERAS));
		assert_ok!(veto(RESOLVER, 0));
		Now::set(1 + EXIT_ERAS);
		assert!(Now::get() < PUT_OFF);
		assert_ok!(claim_of(1, COINS, 1));
		assert_noop!(reinstate(0, EXIT_ERAS), Error::CaptureTooOld);
	});
}

#[test]
fn a_veto_in_an_appeals_time_stands_where_what_the_slash_covered_was_free_at_once() {
	execute(|| {
		vetoed_in(1 + EXIT_ERAS);
		assert_noop!(reinstate(0, 1 + EXIT_ERAS), Error::CaptureTooOld);
	});
}

#[test]
fn a_reinstated_slash_holds_claims_again() {
	execute(|| {
		vetoed_in(EXIT_ERAS);
		assert_ok!(reinstate(0, EXIT_ERAS));
		Now::set(1 + EXIT_ERAS);
		assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::SlashPending);
		begin_era(PUT_OFF);
		assert_ok!(claim_of(1, COINS, 1));
		assert_eq!(balance(ALICE, COINS), PURSE - 10 * STAY);
	});
}

#[test]
fn a_reinstated_slash_counts_among_the_sets_pending_ones() {
	execute(|| {
		vetoed_in(1);
		for _ in 0..MAX_PENDING {
			assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		}
		assert_noop!(reinstate(0, 1), Error::TooManyPending);
		assert_ok!(cancel(2));
		assert_ok!(reinstate(0, 1));
		assert_eq!((pending(), counted()), (vec![0, 1], (MAX_PENDING, 0)));
		assert_noop!(attest(SET, 1, &[(COINS, 10)], 1), Error::TooManyPending);
	});
}

#[test]
fn a_reinstated_slash_can_be_vetoed_and_reinstated_again() {
	execute(|| {
		vetoed_in(1);
		for era in [1, 2, 2] {
			Now::set(era);
			assert_ok!(reinstate(0, Records::<Test>::iter_keys().next().unwrap().0));
			assert_ok!(veto(RESOLVER, 0));
			assert_eq!(outcome(era, 0), Some(Outcome::Vetoed(reason(WHY))));
		}
		begin_era(DUE);
		assert_eq!(pooled(1, COINS), STAKE);
	});
}

#[test]
fn a_reinstated_slash_can_be_appealed_again_with_another_bond() {
	execute(|| {
		vetoed_in(DUE);
		assert_eq!(bond(BOB), 0, "the veto returned the first bond");
		assert_ok!(reinstate(0, DUE));
		let slash = Slashes::<Test>::get(0).unwrap();
		assert_eq!((slash.due, slash.appeal), (PUT_OFF, None));
		assert_ok!(appeal(ALICE, 0));
		assert_eq!((bond(ALICE), bond(BOB)), (APPEAL_BOND, 0));
		events();
		begin_era(PUT_OFF);
		assert_eq!((events(), pending()), (vec![], vec![0]));
		// One era more: what backed era 1 can have left an exit delay later, and an appeal adds its window once.
		let last = 1 + EXIT_ERAS - 1 + APPEAL_WINDOW;
		assert_eq!(last, PUT_OFF + 1);
		begin_era(last);
		assert_eq!(events()[0], appeal_closed(0, ALICE, true));
		assert_eq!((pooled(1, COINS), Noted::get().len()), (STAKE * 90 / 100, 1));
	});
}

#[test]
fn no_slash_is_pending_for_longer_than_an_exit_and_an_appeal() {
	execute(|| {
		served();
		// As late as can be.
		Now::set(EXIT_ERAS - WINDOW);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(appeal(BOB, 0));
		let last = 1 + EXIT_ERAS - 1 + APPEAL_WINDOW;
		assert_eq!(Slashes::<Test>::get(0).unwrap().due, last);
		for _ in 0..2 {
			assert_ok!(veto(RESOLVER, 0));
			assert_ok!(reinstate(0, Now::get()));
			assert_noop!(appeal(BOB, 0), Error::AppealClosed);
			assert_eq!((Slashes::<Test>::get(0).unwrap().due, bond(BOB)), (last, 0));
		}
	});
}
