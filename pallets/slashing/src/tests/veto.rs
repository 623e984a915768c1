//! What prevents a service's slash: a veto within the window, or a cancellation by governance.

use super::*;

#[test]
fn the_resolver_vetoes_until_the_slash_is_due() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		events();
		Now::set(WINDOW);
		assert_noop!(veto(RESOLVER, 1), Error::UnknownSlash);
		for who in [OWNER, SLASHER, ALICE, 1] {
			assert_noop!(veto(who, 0), Error::NotResolver);
		}
		assert_ok!(veto(RESOLVER, 0));
		assert_eq!((events(), pending()), (vec![vetoed(0)], vec![]));
		assert_eq!((Held::<Test>::iter().count(), Pending::<Test>::iter().count()), (0, 0));
		assert_noop!(veto(RESOLVER, 0), Error::UnknownSlash);
		begin_era(1 + WINDOW);
		assert_eq!((pooled(1, COINS), allocated(1, COINS, SET)), (STAKE, WAD));
		assert_eq!((events(), Queue::<Test>::iter().count()), (vec![], 0));
	});
}

#[test]
fn a_veto_is_closed_exactly_when_the_slash_is_due() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		Now::set(1 + WINDOW);
		assert_noop!(veto(RESOLVER, 0), Error::VetoClosed);
		assert_noop!(veto(OWNER, 0), Error::NotResolver);
		next_block();
		assert_noop!(veto(RESOLVER, 0), Error::UnknownSlash);
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
	});
}

#[test]
fn the_resolver_of_the_report_stays_whatever_becomes_of_the_condition() {
	execute(|| {
		served();
		let report = || attest(SET, 1, &[(COINS, 10)], 1);
		assert_ok!(report());
		change_condition(50, WINDOW, Some(BOB));
		assert_ok!(report());
		for id in [0, 1] {
			assert_noop!(veto(BOB, id), Error::NotResolver);
		}
		assert_ok!(veto(RESOLVER, 0));
		assert_ok!(send(OWNER, registry::Call::<Test>::remove_condition { set: SET, id: 0 }));
		assert_noop!(veto(BOB, 1), Error::NotResolver);
		assert_ok!(veto(RESOLVER, 1));
		assert!(pending().is_empty());
	});
}

#[test]
fn a_resolver_who_is_to_come_vetoes_what_was_captured_under_it() {
	execute(|| {
		served();
		change_condition(50, WINDOW, Some(BOB));
		let since = 1 + TERMS_DELAY;
		Now::set(since);
		for capture in [since - 1, since] {
			assert_ok!(attest(SET, 1, &[(COINS, 10)], capture));
		}
		assert_noop!(veto(BOB, 0), Error::NotResolver);
		assert_noop!(veto(RESOLVER, 1), Error::NotResolver);
		assert_ok!(veto(RESOLVER, 0));
		assert_ok!(veto(BOB, 1));
	});
}

#[test]
fn a_slash_whose_condition_names_no_resolver_cannot_be_vetoed() {
	execute(|| {
		service(Destination::Burn);
		add_condition(SET, 50, WINDOW, None);
		serve(1, SET, &[(COINS, 100)]);
		Now::set(1);
		assert_ok!(attest_for(1, SET, 1, &[(COINS, 10)], 1));
		for who in [RESOLVER, SLASHER, OWNER] {
			assert_noop!(veto(who, 0), Error::NotResolver);
		}
		assert_eq!(pending(), [0]);
	});
}

#[test]
fn a_condition_without_a_window_leaves_no_time_to_veto() {
	execute(|| {
		service(Destination::Burn);
		add_condition(SET, 50, 0, Some(RESOLVER));
		serve(1, SET, &[(COINS, 100)]);
		begin_era(1);
		assert_ok!(attest_for(1, SET, 1, &[(COINS, 10)], 1));
		assert_noop!(veto(RESOLVER, 0), Error::VetoClosed);
		// The hook has passed this era already, and looks again.
		assert!(Slashing::any_due());
		next_block();
		assert_eq!((pending(), pooled(1, COINS)), (vec![], STAKE * 90 / 100));
	});
}

#[test]
fn a_consensus_slash_cannot_be_vetoed() {
	execute(|| {
		served();
		offence(&[1], 5, 1);
		for who in [RESOLVER, SLASHER, OWNER, 1] {
			assert_noop!(veto(who, 0), Error::NotResolver);
		}
		assert_eq!(pending(), [0]);
	});
}

#[test]
fn root_cancels_a_services_slash_even_when_it_is_due() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		Now::set(1 + WINDOW);
		for who in [OWNER, SLASHER, RESOLVER] {
			assert_noop!(send(who, Call::cancel { id: 0 }), DispatchError::BadOrigin);
		}
		events();
		assert_ok!(cancel(0));
		assert_eq!(events(), [Event::SlashCancelled { id: 0, operator: account(1) }]);
		assert_eq!((Held::<Test>::iter().count(), Pending::<Test>::iter().count()), (0, 0));
		next_block();
		assert_eq!((pooled(1, COINS), allocated(1, COINS, SET), events()), (STAKE, WAD, vec![]));
	});
}

/// [`ALICE`] has an exit of both kinds. A slash of [`COINS`] alone covers it until `end` ends the slash. Returns what
/// her claim then pays.
fn held_until(end: impl FnOnce() -> DispatchResult) -> Balance {
	served();
	for kind in [PoolKind::Native, COINS] {
		restake(ALICE, 1, kind, 100 * STAY);
		exit_of(ALICE, 1, kind, 100 * STAY);
	}
	Now::set(2);
	assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
	Now::set(1 + EXIT_ERAS);
	assert_ok!(claim_of(1, PoolKind::Native, 1));
	assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::SlashPending);
	let before = balance(ALICE, COINS);
	assert_ok!(end());
	assert_ok!(claim_of(1, COINS, 1));
	balance(ALICE, COINS) - before
}

#[test]
fn a_claim_waits_until_the_slash_is_executed() {
	execute(|| assert_eq!(held_until(|| execute_slash(0)), 90 * STAY));
}

#[test]
fn a_claim_waits_until_the_slash_is_cancelled() {
	execute(|| assert_eq!(held_until(|| cancel(0)), 100 * STAY));
}
