//! The attested lane: what a set's slasher may report.

use super::*;
use crate::WeightInfo;
use frame_support::dispatch::GetDispatchInfo;

/// Sends a report with all its arguments as `who`.
fn report(
	who: u8,
	set: OperatorSetId,
	operator: u8,
	condition: ConditionId,
	fractions: &[(PoolKind, u64)],
	capture: Era,
) -> DispatchResult {
	let (operator, fractions) = (account(operator), fractions.to_vec().try_into().unwrap());
	send(who, Call::report { set, operator, condition, fractions, capture })
}

fn set_slasher(who: u8) {
	assert_ok!(send(OWNER, registry::Call::<Test>::set_slasher { set: SET, slasher: account(who) }));
}

/// When the slash reported last is due.
fn due() -> Era {
	Slashes::<Test>::get(NextId::<Test>::get() - 1).unwrap().due
}

#[test]
fn a_report_queues_a_slash_of_what_was_allocated() {
	execute(|| {
		served();
		Now::set(2);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20), (COINS, 10)], 1));
		let lane = attested(SET, &[(PoolKind::Native, 20, 50), (COINS, 10, 100)]);
		let operator = account(1);
		let slash = Slash {
			operator: operator.clone(),
			lane: lane.clone(),
			capture: 1,
			reported: 2,
			due: 2 + WINDOW,
			appeal: None,
		};
		assert_eq!(events(), [Event::SlashReported { id: 0, operator, lane, capture: 1, due: 2 + WINDOW }]);
		assert_eq!(Slashes::<Test>::get(0), Some(slash));
		assert_eq!(counted(), (1, 0));
		let pools = [PoolKind::Native, COINS].map(|kind| pooled(1, kind));
		assert_eq!(
			(pools, allocated(1, COINS, SET)),
			([STAKE; 2], WAD),
			"a report changes neither pools nor allocations"
		);
	});
}

#[test]
fn only_the_slasher_of_a_set_that_exists_reports() {
	execute(|| {
		served();
		let fractions = [(PoolKind::Native, PERCENT)];
		for set in [OperatorSetId { avs: 0, index: 1 }, OperatorSetId { avs: 1, index: 0 }] {
			assert_noop!(report(SLASHER, set, 1, 0, &fractions, 1), Error::UnknownSet);
		}
		for who in [OWNER, RESOLVER, ALICE, 1] {
			assert_noop!(report(who, SET, 1, 0, &fractions, 1), Error::NotSlasher);
		}
		assert_ok!(report(SLASHER, SET, 1, 0, &fractions, 1));
	});
}

#[test]
fn a_slasher_to_come_reports_from_its_era_on_and_the_one_before_it_until_then() {
	execute(|| {
		served();
		set_slasher(BOB);
		let fractions = [(PoolKind::Native, PERCENT)];
		Now::set(TERMS_DELAY);
		assert_noop!(report(BOB, SET, 1, 0, &fractions, TERMS_DELAY), Error::NotSlasher);
		assert_ok!(report(SLASHER, SET, 1, 0, &fractions, TERMS_DELAY));
		Now::set(1 + TERMS_DELAY);
		assert_noop!(report(SLASHER, SET, 1, 0, &fractions, TERMS_DELAY), Error::NotSlasher);
		assert_ok!(report(BOB, SET, 1, 0, &fractions, TERMS_DELAY));
	});
}

#[test]
fn a_capture_era_has_begun() {
	execute(|| {
		served();
		assert_noop!(attest(SET, 1, &[(PoolKind::Native, 1)], 2), Error::CaptureInFuture);
		assert_noop!(attest(SET, 1, &[(PoolKind::Native, 1)], Era::MAX), Error::CaptureInFuture);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 1)], 1));
	});
}

#[test]
fn a_condition_is_known_for_the_eras_it_binds() {
	execute(|| {
		served();
		add_condition(SET, 10, 0, None);
		assert_noop!(attest_for(1, SET, 1, &[(PoolKind::Native, 1)], 1), Error::UnknownCondition);
		assert_noop!(attest_for(2, SET, 1, &[(PoolKind::Native, 1)], 1), Error::UnknownCondition);
		Now::set(1 + TERMS_DELAY);
		assert_noop!(attest_for(1, SET, 1, &[(PoolKind::Native, 1)], TERMS_DELAY), Error::UnknownCondition);
		assert_ok!(attest_for(1, SET, 1, &[(PoolKind::Native, 1)], 1 + TERMS_DELAY));
		// A removed condition binds for no era at all.
		assert_ok!(send(OWNER, registry::Call::<Test>::remove_condition { set: SET, id: 0 }));
		assert_noop!(attest(SET, 1, &[(PoolKind::Native, 1)], 1 + TERMS_DELAY), Error::UnknownCondition);
	});
}

#[test]
fn the_terms_are_those_of_the_capture_era() {
	execute(|| {
		served();
		change_condition(80, 0, Some(BOB));
		Now::set(1 + TERMS_DELAY);
		assert_noop!(attest(SET, 1, &[(PoolKind::Native, 51)], TERMS_DELAY), Error::FractionTooHigh);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 50)], TERMS_DELAY));
		assert_eq!(due(), 1 + TERMS_DELAY + WINDOW);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 80)], 1 + TERMS_DELAY));
		assert_eq!(due(), 1 + TERMS_DELAY);
		let resolvers = [0, 1].map(|id| match Slashes::<Test>::get(id).unwrap().lane {
			Lane::Attested { resolver, .. } => resolver,
			Lane::Consensus { .. } => None,
		});
		assert_eq!(resolvers, [RESOLVER, BOB].map(|who| Some(account(who).into())));
	});
}

#[test]
fn a_report_is_too_late_exactly_when_stake_can_have_left_before_it_is_due() {
	execute(|| {
		service(Destination::Burn);
		for window in [0, 1, MAX_VETO_WINDOW] {
			add_condition(SET, 50, window, None);
		}
		serve(1, SET, &[(PoolKind::Native, 50)]);
		let now = 6;
		Now::set(now);
		for (condition, window) in [(0, WINDOW), (1, 0), (2, 1), (3, MAX_VETO_WINDOW)] {
			let first = now + window + 1 - EXIT_ERAS;
			let report = |capture| attest_for(condition, SET, 1, &[(PoolKind::Native, 1)], capture);
			assert_noop!(report(first - 1), Error::CaptureTooOld);
			assert_noop!(report(0), Error::CaptureTooOld);
			assert_ok!(report(first));
			assert!(due() < first + EXIT_ERAS);
			assert_ok!(cancel(NextId::<Test>::get() - 1));
		}
	});
}

#[test]
fn a_fraction_is_more_than_nothing_and_at_most_what_the_condition_allows() {
	execute(|| {
		served();
		let report = |fraction| report(SLASHER, SET, 1, 0, &[(COINS, 1), (PoolKind::Native, fraction)], 1);
		assert_noop!(report(0), Error::BadFraction);
		assert_noop!(report(WAD + 1), Error::BadFraction);
		assert_noop!(report(WAD), Error::FractionTooHigh);
		assert_noop!(report(50 * PERCENT + 1), Error::FractionTooHigh);
		assert_ok!(report(50 * PERCENT));
		assert_ok!(report(1));
	});
}

#[test]
fn a_kind_is_named_once() {
	execute(|| {
		served();
		for kind in [PoolKind::Native, COINS, GEMS] {
			let report = attest(SET, 1, &[(kind, 1), (PoolKind::Native, 1), (kind, 2)], 1);
			assert_noop!(report, Error::DuplicateKind);
		}
	});
}

#[test]
fn kinds_of_which_nothing_was_allocated_are_passed_over() {
	execute(|| {
		served();
		restake(1, 1, GEMS, STAKE);
		assert_ok!(attest(
			SET,
			1,
			&[(GEMS, 50), (PoolKind::Stake, 50), (COINS, 10), (PoolKind::Asset(9), 1)],
			1
		));
		assert_eq!(Slashes::<Test>::get(0).unwrap().lane, attested(SET, &[(COINS, 10, 100)]));
		assert!(!Slashing::covers(&account(1), GEMS, 1));
		assert_noop!(attest(SET, 1, &[(GEMS, 50), (PoolKind::Stake, 50)], 1), Error::NotSlashable);
		assert_noop!(attest(SET, 1, &[], 1), Error::NotSlashable);
		begin_era(1 + WINDOW);
		assert_eq!((pooled(1, GEMS), staked(1)), (STAKE, 2 * STAKE));
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
	});
}

#[test]
fn only_who_served_the_set_with_something_in_the_capture_era_is_slashable() {
	execute(|| {
		served();
		service(Destination::Burn);
		restake(2, 2, PoolKind::Native, STAKE);
		allocate(2, PoolKind::Native, SET, 50);
		join(3, SET);
		Now::set(2);
		let report = |operator, capture| attest(SET, operator, &[(PoolKind::Native, 1)], capture);
		assert_noop!(report(2, 2), Error::NotSlashable); // has not joined
		assert_noop!(report(3, 2), Error::NotSlashable); // has no allocation
		assert_noop!(report(ALICE, 2), Error::NotSlashable); // is no operator
		assert_noop!(attest(OTHER, 1, &[(PoolKind::Native, 1)], 2), Error::NotSlashable); // serves another set

		// Operators 2 and 3 answer from era 3 on, after each has added what it lacked.
		join(2, SET);
		restake(3, 3, PoolKind::Native, STAKE);
		allocate(3, PoolKind::Native, SET, 50);
		Now::set(3);
		for operator in [2, 3] {
			assert_noop!(report(operator, 2), Error::NotSlashable);
			assert_ok!(report(operator, 3));
		}
	});
}

#[test]
fn who_left_the_set_answers_for_the_era_it_left_in_and_for_none_later() {
	execute(|| {
		served();
		Now::set(2);
		leave(1, SET);
		Now::set(3);
		assert_noop!(attest(SET, 1, &[(COINS, 1)], 3), Error::NotSlashable);
		assert_ok!(attest(SET, 1, &[(COINS, 1)], 2));
		// To join again does not cover the gap.
		join(1, SET);
		assert_noop!(attest(SET, 1, &[(COINS, 1)], 3), Error::NotSlashable);
		Now::set(4);
		assert_noop!(attest(SET, 1, &[(COINS, 1)], 3), Error::NotSlashable);
		assert_ok!(attest(SET, 1, &[(COINS, 1)], 4));
	});
}

#[test]
fn the_era_before_the_first_is_not_slashable() {
	execute(|| {
		served();
		assert_noop!(attest(SET, 1, &[(COINS, 1)], 0), Error::NotSlashable);
	});
}

#[test]
fn slashes_pending_for_an_operator_are_counted_by_set() {
	execute(|| {
		served();
		service(Destination::Burn);
		serve(1, OTHER, &[(GEMS, 100)]);
		serve(2, SET, &[(COINS, 100)]);
		Now::set(2);
		let report = || attest(SET, 1, &[(COINS, 1)], 2);
		for _ in 0..MAX_PENDING {
			assert_ok!(report());
		}
		assert_noop!(report(), Error::TooManyPending);
		assert_eq!(counted(), (MAX_PENDING, 0));
		// The limit does not apply to another set, to another operator in this set, or to the consensus lane.
		assert_ok!(attest(OTHER, 1, &[(GEMS, 1)], 2));
		assert_ok!(attest(SET, 2, &[(COINS, 1)], 2));
		offence(&[1], 5, 2);
		assert_eq!(pending(), [0, 1, 2, 3, 4]);

		assert_ok!(veto(RESOLVER, 0));
		assert_ok!(report());
		assert_noop!(report(), Error::TooManyPending);
		assert_ok!(cancel(1));
		assert_ok!(report());
		assert_noop!(report(), Error::TooManyPending);
		begin_era(2 + WINDOW);
		assert_eq!((pending(), Pending::<Test>::iter().count()), (vec![], 0));
		assert_ok!(attest(SET, 1, &[(COINS, 1)], 4));
		assert_eq!(counted(), (1, 0));
	});
}

#[test]
fn a_kind_the_set_accepts_no_longer_answers_for_what_was_allocated() {
	execute(|| {
		served();
		let kinds = vec![(PoolKind::Native, 1)].try_into().unwrap();
		assert_ok!(send(OWNER, registry::Call::<Test>::set_kinds { set: SET, kinds }));
		assert_eq!(AvsRegistry::kinds(SET), [(PoolKind::Native, 1)]);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		begin_era(1 + WINDOW);
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
	});
}

#[test]
fn who_was_ejected_or_whose_set_has_another_slasher_by_now_is_slashed_for_what_was_reported() {
	execute(|| {
		served();
		set_slasher(BOB);
		Now::set(TERMS_DELAY);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], TERMS_DELAY));
		let operator = account(1);
		assert_ok!(send(OWNER, registry::Call::<Test>::eject { set: SET, operator }));
		begin_era(1 + TERMS_DELAY);
		assert_eq!(pending(), [0]);
		begin_era(TERMS_DELAY + WINDOW);
		assert_eq!((pending(), pooled(1, COINS)), (vec![], STAKE * 90 / 100));
	});
}

#[test]
fn a_report_pays_for_the_hooks_execution_too() {
	execute(|| {
		Step::set(7_000_000);
		let fractions = vec![(COINS, PERCENT)].try_into().unwrap();
		let call = Call::report { set: SET, operator: account(1), condition: 0, fractions, capture: 1 };
		let weight = RuntimeCall::from(call).get_dispatch_info().call_weight;
		assert_eq!(weight, Weights::report().saturating_add(Weights::step()));
		assert_eq!(weight.ref_time(), 14_000_000);
	});
}
