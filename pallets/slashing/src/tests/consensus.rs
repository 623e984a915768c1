//! The consensus lane: what an offence queues.

use super::*;

fn offence_of(capture: Era, operator: u8) -> Option<ConsensusOffence> {
	Offences::<Test>::get(capture, account(operator))
}

fn report(fraction: u64, capture: Era) -> DispatchResult {
	Slashing::report_consensus(&account(1), fraction, capture).map_err(Into::into)
}

#[test]
fn an_offence_is_queued_once_for_an_operator_and_era() {
	execute(|| {
		offence(&[1], 5, 0);
		offence(&[1], 5, 0);
		assert_eq!(events(), [reported(0, 1, 5, 0, DEFERRAL)]);
		let known = ConsensusOffence { fraction: 5 * PERCENT, settled: 0, pending: Some(0) };
		assert_eq!(offence_of(0, 1), Some(known));
		let slash = Slash {
			operator: account(1),
			lane: Lane::Consensus { fraction: 5 * PERCENT },
			capture: 0,
			reported: 0,
			due: DEFERRAL,
			appeal: None,
		};
		assert_eq!(Slashes::<Test>::get(0), Some(slash));
		assert_eq!(staked(1), STAKE, "a report takes nothing");

		Now::set(1);
		offence(&[1], 5, 1);
		offence(&[2], 5, 1);
		assert_eq!(events(), [reported(1, 1, 5, 1, 3), reported(2, 2, 5, 1, 3)]);
	});
}

#[test]
fn a_fraction_is_capped_while_at_most_a_third_offends() {
	execute(|| {
		SetSize::set(9);
		offence(&[1, 2, 3], 56, 0);
		assert_eq!(events(), [reported(0, 1, 10, 0, 2), reported(1, 2, 10, 0, 2), reported(2, 3, 10, 0, 2)]);
		SetSize::set(8);
		offence(&[4, 5, 6], 56, 0);
		assert_eq!(events(), [reported(3, 4, 56, 0, 2), reported(4, 5, 56, 0, 2), reported(5, 6, 56, 0, 2)]);
	});
}

#[test]
fn a_fraction_below_the_cap_is_taken_as_it_is() {
	execute(|| {
		offence(&[1], 9, 0);
		assert_eq!(events(), [reported(0, 1, 9, 0, 2)]);
	});
}

#[test]
fn more_concurrent_offenders_raise_a_pending_slash_in_place() {
	execute(|| {
		offence(&[1], 4, 0);
		events();
		offence(&[1, 2], 8, 0);
		let raised = Event::SlashRaised { id: 0, old: 4 * PERCENT, new: 8 * PERCENT };
		assert_eq!(events(), [raised, reported(1, 2, 8, 0, 2)]);
		offence(&[1], 4, 0);
		assert_eq!(events(), [], "a lower fraction changes nothing");
		begin_era(2);
		assert_eq!((staked(1), staked(2)), (STAKE * 92 / 100, STAKE * 92 / 100));
	});
}

#[test]
fn a_raise_after_execution_takes_as_much_as_one_slash_would() {
	execute(|| {
		offence(&[1], 4, 0);
		begin_era(2);
		assert_eq!(staked(1), STAKE * 96 / 100);
		let settled = ConsensusOffence { fraction: 4 * PERCENT, settled: 4 * PERCENT, pending: None };
		assert_eq!(offence_of(0, 1), Some(settled));
		offence(&[1, 2, 3, 4], 50, 0);
		let raised = offence_of(0, 1).unwrap();
		assert_eq!((raised.fraction, raised.settled), (50 * PERCENT, 4 * PERCENT));
		begin_era(3);
		assert_eq!((staked(1), staked(2)), (STAKE / 2 + 1, STAKE / 2), "equal but for rounding");
	});
}

#[test]
fn a_pending_raise_is_raised_from_what_was_settled() {
	execute(|| {
		offence(&[1], 4, 0);
		begin_era(2);
		offence(&[1, 2], 8, 0);
		offence(&[1, 2, 3, 4], 52, 0);
		assert_eq!(Slashes::<Test>::get(1).unwrap().lane, Lane::Consensus { fraction: WAD / 2 });
		begin_era(3);
		assert_eq!(staked(1), STAKE * 48 / 100);
	});
}

#[test]
fn what_was_cancelled_stays_spared_when_the_offence_is_raised() {
	execute(|| {
		offence(&[1], 4, 0);
		assert_ok!(cancel(0));
		offence(&[1], 4, 0);
		assert!(pending().is_empty());
		offence(&[1, 2, 3, 4], 52, 0);
		assert_eq!(Slashes::<Test>::get(1).unwrap().lane, Lane::Consensus { fraction: WAD / 2 });
		begin_era(2);
		assert_eq!(staked(1), STAKE / 2);
	});
}

#[test]
fn the_deferral_shrinks_so_that_a_slash_falls_due_while_stake_is_here() {
	execute(|| {
		for (now, capture, due) in [(2, 2, 4), (2, 1, 4), (2, 0, 3), (3, 0, 3)] {
			Now::set(now);
			assert_ok!(Slashing::report_consensus(
				&account(now as u8 + 1),
				WAD / (capture as u64 + 9),
				capture
			));
			let slash = Slashes::<Test>::get(NextId::<Test>::get() - 1).unwrap();
			assert_eq!((slash.reported, slash.due), (now, due));
			assert!(slash.due < capture + EXIT_ERAS);
		}
	});
}

#[test]
fn an_offence_reported_too_late_or_from_no_known_era_is_not_slashed() {
	execute(|| {
		Now::set(EXIT_ERAS);
		offence(&[1], 5, 0);
		offence(&[1], 5, EXIT_ERAS + 1);
		let too_old = |session| Event::OffenceTooOld { operator: account(1), session };
		assert_eq!(events(), [too_old(0), too_old(EXIT_ERAS + 1)]);
		assert!(pending().is_empty());
		assert_eq!(Disabled::get(), []);
		offence(&[1], 5, 1);
		assert_eq!(pending(), [0]);
	});
}

#[test]
fn a_report_names_a_fraction_and_an_era_in_time() {
	execute(|| {
		Now::set(EXIT_ERAS);
		assert_noop!(report(0, 4), Error::BadFraction);
		assert_noop!(report(WAD + 1, 4), Error::BadFraction);
		assert_noop!(report(WAD, 5), Error::CaptureInFuture);
		assert_noop!(report(WAD, 0), Error::CaptureTooOld);
		assert_noop!(Slashing::ensure_in_time(1, 1).map_err(DispatchError::from), Error::CaptureTooOld);
		assert_ok!(report(WAD, 1));
	});
}

#[test]
fn only_offenders_of_the_running_era_are_disabled() {
	execute(|| {
		Now::set(2);
		offence(&[1], 56, 1);
		assert_eq!(Disabled::get(), []);
		offence(&[1, 2], 56, 2);
		let severity = Perbill::from_percent(56);
		assert_eq!(Disabled::get(), [(account(1), severity), (account(2), severity)]);
	});
}

#[test]
fn an_offence_that_asks_for_nothing_disables_all_the_same() {
	execute(|| {
		offence(&[1], 0, 0);
		assert_eq!((events(), pending()), (vec![], vec![]));
		assert_eq!(Disabled::get(), [(account(1), Perbill::zero())]);
	});
}

#[test]
fn a_slash_reaches_both_native_kinds_and_exits_since_the_capture_era() {
	execute(|| {
		delegate(1, 300 * STAY);
		restake(ALICE, 1, PoolKind::Native, 500 * STAY);
		exit(1, 100 * STAY);
		Now::set(1);
		exit(1, 100 * STAY);
		offence(&[1], 10, 1);
		begin_era(3);
		assert_eq!((pooled(1, PoolKind::Native), pooled(1, PoolKind::Stake)), (450 * STAY, 990 * STAY));
		let exits = [0, 1].map(|queued| exiting(1, PoolKind::Stake, queued));
		assert_eq!(exits, [100 * STAY, 90 * STAY]);
		assert_eq!(outcome(3, 0), Some(Outcome::Executed(taken_of(&[(PoolKind::Native, 170 * STAY)]))));
	});
}

#[test]
fn a_slash_of_all_leaves_nothing_behind_the_operator() {
	execute(|| {
		offence(&[1, 2, 3, 4], 100, 0);
		begin_era(2);
		assert_eq!((staked(1), staked(5)), (0, STAKE));
		offence(&[1, 2, 3, 4], 100, 0);
		assert!(pending().is_empty(), "nothing is left to raise");
	});
}

#[test]
fn queueing_offences_is_paid_for_by_the_block() {
	execute(|| {
		let used = || System::block_weight().get(frame_support::dispatch::DispatchClass::Normal).ref_time();
		let before = used();
		offence(&[1, 2, 3], 5, 0);
		assert_eq!(used() - before, Weights::on_offence(3).ref_time());
	});
}
