//! Known pitfalls of slashing for services, one test for each.

use super::*;

/// Condition 1 of every set here: it allows a slash of everything, without a veto.
const ALL: ConditionId = 1;

/// A service like [`service`], with condition [`ALL`].
fn strict_service() -> OperatorSetId {
	let set = service(Destination::Burn);
	add_condition(set, 100, 0, None);
	set
}

fn retire(operator: u8) {
	assert_ok!(send(operator, delegation::Call::<Test>::retire {}));
}

fn value(who: u8, operator: u8, kind: PoolKind) -> Balance {
	OperatorDelegation::value_of(&account(who), &account(operator), kind)
}

#[test]
fn exit_window_and_slash_pipeline_the_last_report_in_time_finds_what_left_at_once() {
	execute(|| {
		served();
		restake(ALICE, 1, COINS, STAKE);
		exit_of(ALICE, 1, COINS, STAKE);
		// The exit answers for era 1. The last slash that can be reported for it falls due one era before the claim.
		let last = 1 + EXIT_ERAS - WINDOW - 1;
		Now::set(last + 1);
		assert_noop!(attest(SET, 1, &[(COINS, 50)], 1), Error::CaptureTooOld);
		Now::set(last);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 1));
		begin_era(last + WINDOW - 1);
		assert_eq!(pending(), [0]);
		Now::set(last + WINDOW);
		assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::NotMatured);
		next_block();
		assert_eq!((exiting(1, COINS, 1), pooled(1, COINS)), (STAKE / 2, STAKE / 2));
		assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::NotMatured);
		Now::set(1 + EXIT_ERAS);
		let before = balance(ALICE, COINS);
		assert_ok!(claim_of(1, COINS, 1));
		assert_eq!(balance(ALICE, COINS) - before, STAKE / 2);
	});
}

#[test]
fn exit_window_and_slash_pipeline_who_left_before_the_capture_era_pays_nothing() {
	execute(|| {
		served();
		restake(ALICE, 1, COINS, STAKE);
		exit_of(ALICE, 1, COINS, STAKE);
		Now::set(2);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 2));
		Now::set(1 + EXIT_ERAS);
		assert_ok!(claim_of(1, COINS, 1));
		assert_eq!(balance(ALICE, COINS), PURSE);
		next_block();
		assert_eq!(pooled(1, COINS), STAKE / 2);
	});
}

#[test]
fn two_assets_under_one_operator_a_slash_of_one_kind_leaves_the_other() {
	execute(|| {
		service(Destination::Burn);
		serve(1, SET, &[(COINS, 100), (GEMS, 100)]);
		for kind in [COINS, GEMS] {
			restake(ALICE, 1, kind, STAKE);
		}
		Now::set(1);
		for kind in [COINS, GEMS] {
			exit_of(ALICE, 1, kind, 100 * STAY);
		}
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 1));
		assert!(Slashing::covers(&account(1), COINS, 1) && !Slashing::covers(&account(1), GEMS, 1));
		let gems = Assets::total_issuance(2);
		begin_era(1 + WINDOW);
		assert_eq!((pooled(1, COINS), exiting(1, COINS, 1)), (950 * STAY, 50 * STAY));
		assert_eq!((pooled(1, GEMS), exiting(1, GEMS, 1)), (1_900 * STAY, 100 * STAY));
		assert_eq!((allocated(1, COINS, SET), allocated(1, GEMS, SET)), (WAD / 2, WAD));
		assert_eq!(OperatorDelegation::pool(&account(1), GEMS).unwrap().max_magnitude, WAD);
		assert_eq!((Assets::total_issuance(2), staked(1)), (gems, STAKE));
	});
}

#[test]
fn slash_of_an_operator_that_left_the_set_deallocated_or_retired() {
	execute(|| {
		service(Destination::Burn);
		(1..=4).for_each(|operator| serve(operator, SET, &[(COINS, 100)]));
		Now::set(1);
		leave(1, SET);
		allocate(2, COINS, SET, 0);
		retire(3);
		leave(4, SET);
		allocate(4, COINS, SET, 0);
		(1..=4).for_each(|operator| exit_of(operator, operator, COINS, STAKE / 2));
		retire(4);
		Now::set(2);
		for operator in 1..=4 {
			assert_ok!(attest(SET, operator, &[(COINS, 50)], 1));
		}
		// A member that left does not answer for later eras. The lower allocation of operator 2, which is still a
		// member, does not bind yet.
		for operator in [1, 3, 4] {
			assert_noop!(attest(SET, operator, &[(COINS, 50)], 2), Error::NotSlashable);
		}
		assert_ok!(attest(SET, 2, &[(COINS, 50)], 2));
		assert_ok!(veto(RESOLVER, 4));
		begin_era(2 + WINDOW);
		for operator in 1..=4 {
			let left = (pooled(operator, COINS), exiting(operator, COINS, 1));
			assert_eq!(left, (STAKE / 4, STAKE / 4), "operator {operator}");
		}
	});
}

#[test]
fn slash_of_an_operator_that_stopped_everything_at_once() {
	execute(|| {
		served();
		restake(ALICE, 1, COINS, STAKE);
		assert_ok!(send(1, restaking::Call::<Test>::stop {}));
		exit_of(ALICE, 1, COINS, STAKE);
		Now::set(2);
		assert_noop!(attest(SET, 1, &[(COINS, 50)], 2), Error::NotSlashable);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 1));
		begin_era(2 + WINDOW);
		assert_eq!((pooled(1, COINS), exiting(1, COINS, 1)), (STAKE / 2, STAKE / 2));
		Now::set(1 + DEALLOCATION_DELAY);
		assert_eq!(allocated(1, COINS, SET), 0);
	});
}

#[test]
fn deallocation_under_slash_keeps_its_proportion_and_the_past_answers_in_full() {
	execute(|| {
		served();
		allocate(1, COINS, SET, 40);
		Now::set(4);
		assert_ok!(attest(SET, 1, &[(COINS, 20)], 3));
		let due = 4 + WINDOW;
		let binds = 1 + DEALLOCATION_DELAY;
		assert_eq!(due, binds);
		begin_era(due);
		// All of the pool was allocated in era 3, and a fifth of it is gone. Later allocations are cut in the same
		// proportion.
		assert_eq!((pooled(1, COINS), allocated(1, COINS, SET)), (STAKE * 80 / 100, 20 * PERCENT));
		for (capture, magnitude) in [(5, 80), (6, 20)] {
			assert_eq!(
				Restaking::slashable_magnitude(&account(1), COINS, SET, capture).0,
				magnitude * PERCENT
			);
		}
	});
}

#[test]
fn deallocation_under_slash_is_cut_in_proportion_while_it_is_pending() {
	execute(|| {
		served();
		allocate(1, COINS, SET, 40);
		assert_ok!(attest(SET, 1, &[(COINS, 20)], 1));
		begin_era(1 + WINDOW);
		let pending = Restaking::allocation(account(1), COINS, SET);
		assert_eq!(pending, (80 * PERCENT, Some((32 * PERCENT, 1 + DEALLOCATION_DELAY))));
		Now::set(1 + DEALLOCATION_DELAY);
		assert_eq!(allocated(1, COINS, SET), 32 * PERCENT);
		// Half of 32 of the 80 parts that are left.
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 6));
		begin_era(6 + WINDOW);
		assert_eq!(pooled(1, COINS), STAKE * 64 / 100);
	});
}

#[test]
fn deallocation_under_slash_binds_when_no_exit_from_before_it_is_left() {
	execute(|| {
		served();
		allocate(1, COINS, SET, 0);
		Now::set(1 + DEALLOCATION_DELAY);
		assert_noop!(attest(SET, 1, &[(COINS, 1)], 1 + DEALLOCATION_DELAY), Error::NotSlashable);
		assert_ok!(attest(SET, 1, &[(COINS, 1)], DEALLOCATION_DELAY));
		begin_era(1 + DEALLOCATION_DELAY + WINDOW);
		assert_eq!(pooled(1, COINS), STAKE * 99 / 100);
		Now::set(2 * DEALLOCATION_DELAY);
		assert_eq!(allocated(1, COINS, SET), 0);
	});
}

#[test]
fn wiped_pools_void_their_old_positions_and_spare_whoever_comes_after() {
	execute(|| {
		strict_service();
		serve(1, SET, &[(COINS, 100)]);
		restake(ALICE, 1, COINS, STAKE);
		Now::set(1);
		exit_of(ALICE, 1, COINS, 100 * STAY);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 1));
		assert_ok!(attest_for(ALL, SET, 1, &[(COINS, 100)], 1));
		events();
		next_block();
		let all = 2 * STAKE;
		assert_eq!(events(), [executed_of(1, 1, &[(COINS, all)]), paid(1, COINS, all, Destination::Burn)]);
		assert_eq!((pooled(1, COINS), exiting(1, COINS, 1), value(ALICE, 1, COINS)), (0, 0, 0));
		let pool = OperatorDelegation::pool(&account(1), COINS).unwrap();
		assert_eq!((pool.generation, pool.since, pool.max_magnitude), (1, 2, WAD));
		assert_eq!(allocated(1, COINS, SET), 0);
		check();

		assert_noop!(
			try_exit(ALICE, 1, COINS, ExitAmount::All),
			delegation::Error::<Test>::InsufficientShares
		);
		assert_noop!(
			try_exit(ALICE, 1, COINS, ExitAmount::Shares(1)),
			delegation::Error::<Test>::InsufficientShares
		);
		assert_noop!(try_restake(BOB, 1, COINS, STAKE), delegation::Error::<Test>::PoolClosed);
		assert_noop!(claim_of(1, COINS, 1), delegation::Error::<Test>::NothingToClaim);
		Now::set(2);
		restake(BOB, 1, COINS, STAKE);
		assert_noop!(
			try_exit(ALICE, 1, COINS, ExitAmount::Shares(1)),
			delegation::Error::<Test>::InsufficientShares
		);
		restake(ALICE, 1, COINS, STAY);
		assert_eq!((value(ALICE, 1, COINS), value(BOB, 1, COINS)), (STAY, STAKE));
		// The pending slash is for era 1, for which these deposits do not answer.
		begin_era(3);
		assert_eq!(events(), [executed_of(0, 1, &[(COINS, 0)])]);
		assert_eq!((value(ALICE, 1, COINS), value(BOB, 1, COINS)), (STAY, STAKE));
		assert_noop!(attest(SET, 1, &[(COINS, 1)], 2), Error::NotSlashable);
	});
}

#[test]
fn wiped_pools_can_be_allocated_anew() {
	execute(|| {
		strict_service();
		serve(1, SET, &[(COINS, 100)]);
		Now::set(1);
		assert_ok!(attest_for(ALL, SET, 1, &[(COINS, 100)], 1));
		next_block();
		Now::set(2);
		restake(1, 1, COINS, STAKE);
		allocate(1, COINS, SET, 100);
		Now::set(3);
		assert_noop!(attest(SET, 1, &[(COINS, 50)], 2), Error::NotSlashable);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 3));
		begin_era(3 + WINDOW);
		assert_eq!((pooled(1, COINS), allocated(1, COINS, SET)), (STAKE / 2, WAD / 2));
	});
}

#[test]
fn a_pool_wiped_by_an_offence_in_consensus_voids_what_was_allocated() {
	execute(|| {
		served();
		restake(ALICE, 1, PoolKind::Native, STAKE);
		exit_of(ALICE, 1, PoolKind::Native, STAKE);
		Now::set(2);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20)], 1));
		SetSize::set(1);
		offence(&[1], 100, 2);
		Now::set(2 + DEFERRAL);
		assert_ok!(execute_slash(1));
		assert_eq!((staked(1), allocated(1, PoolKind::Native, SET)), (0, 0));
		assert_eq!(exiting(1, PoolKind::Native, 1), STAKE, "the exit was queued before the offence");
		check();
		next_block();
		assert_eq!(exiting(1, PoolKind::Native, 1), STAKE * 90 / 100);
		assert_eq!(outcome(4, 0), Some(Outcome::Executed(taken_of(&[(PoolKind::Native, STAKE / 10)]))));
	});
}

#[test]
fn a_sham_service_that_wipes_the_pool_does_not_spare_exits_from_an_honest_slash() {
	execute(|| {
		strict_service();
		let sham = strict_service();
		serve(1, SET, &[(COINS, 50)]);
		allocate(1, COINS, sham, 100);
		join(1, sham);
		restake(ALICE, 1, COINS, STAKE);
		Now::set(1);
		exit_of(1, 1, COINS, STAKE / 2);
		Now::set(2);
		exit_of(1, 1, COINS, STAKE / 4);
		assert_ok!(attest(SET, 1, &[(COINS, 40)], 1));
		Now::set(3);
		// The operator slashes the rest of its pool for era 3. It had taken most of its own stake out before that era.
		assert_ok!(attest_for(ALL, sham, 1, &[(COINS, 100)], 3));
		next_block();
		assert_eq!((pooled(1, COINS), allocated(1, COINS, SET)), (0, 0));
		assert!(Slashing::covers(&account(1), COINS, 1), "the honest slash is still pending");
		check();
		// Deposits after the wipe do not answer for it.
		Now::set(4);
		restake(BOB, 1, COINS, STAKE);
		events();
		next_block();
		// The slash takes a fifth of each exit: 40 % of the half that was allocated.
		let taken = (100 + 50) * STAY;
		assert_eq!(
			events(),
			[executed_of(0, 1, &[(COINS, taken)]), paid(0, COINS, taken, Destination::Burn)]
		);
		assert_eq!([1, 2].map(|era| exiting(1, COINS, era)), [400 * STAY, 200 * STAY]);
		assert_eq!((pooled(1, COINS), value(BOB, 1, COINS)), (STAKE, STAKE));
	});
}

#[test]
fn a_sham_service_that_fills_its_own_queue_leaves_room_for_an_honest_slash() {
	execute(|| {
		served();
		let sham = strict_service();
		allocate(1, COINS, sham, 100);
		join(1, sham);
		Now::set(2);
		for _ in 0..MAX_PENDING {
			assert_ok!(attest(sham, 1, &[(COINS, 1)], 2));
		}
		assert_noop!(attest(sham, 1, &[(COINS, 1)], 2), Error::TooManyPending);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 2));
		assert_eq!(counted(), (1, 0));
	});
}

/// The numbers are those of `model/ledger.py`.
#[test]
fn repeated_heavy_slashing_leaves_a_pool_that_delegators_can_leave() {
	execute(|| {
		strict_service();
		serve(1, SET, &[(COINS, 100)]);
		let halve = |times: u32| {
			for _ in 0..times {
				let era = Now::get();
				assert_ok!(attest_for(ALL, SET, 1, &[(COINS, 50)], era));
				begin_era(era + 1);
			}
		};
		begin_era(1);
		let pool = || OperatorDelegation::pool(&account(1), COINS).unwrap();
		halve(19);
		assert_eq!((pooled(1, COINS), pool().max_magnitude), (1_907_348_633, 1_907_348_632_813));
		restake(ALICE, 1, COINS, STAY);
		assert!(value(ALICE, 1, COINS) <= STAY);
		assert_ok!(try_exit(ALICE, 1, COINS, ExitAmount::All));
		halve(1);
		assert_noop!(try_restake(ALICE, 1, COINS, STAY), delegation::Error::<Test>::PoolDepleted);
		assert_ok!(try_exit(1, 1, COINS, ExitAmount::All));
		assert_eq!(pooled(1, COINS), 0);
		// A new deposit joins a pool of which services can slash as little as was left before.
		restake(ALICE, 1, COINS, STAKE);
		assert_eq!(allocated(1, COINS, SET), pool().max_magnitude);
	});
}

#[test]
fn repeated_heavy_slashing_to_the_last_unit_takes_what_the_specification_says() {
	execute(|| {
		strict_service();
		serve(1, SET, &[(COINS, 100)]);
		begin_era(1);
		for era in 1..=61 {
			assert_ok!(attest_for(ALL, SET, 1, &[(COINS, 50)], era));
			begin_era(era + 1);
		}
		let pool = OperatorDelegation::pool(&account(1), COINS).unwrap();
		assert_eq!((pool.funds.amount, pool.max_magnitude), (1, 1));
		assert_eq!(TotalSlashed::<Test>::get(Currency::WithId(1)), STAKE - 1);
		// All that is left of the magnitude stands for the whole pool, however small it is.
		assert_ok!(attest_for(ALL, SET, 1, &[(COINS, 100)], 62));
		next_block();
		let pool = OperatorDelegation::pool(&account(1), COINS).unwrap();
		assert_eq!((pool.funds.shares, pool.generation, pool.max_magnitude), (0, 1, WAD));
		Now::set(63);
		restake(1, 1, COINS, STAKE);
		assert_eq!(value(1, 1, COINS), STAKE);
	});
}

#[test]
fn an_avs_that_disappears_leaves_pending_slashes_to_the_chain_and_holds_nobody() {
	execute(|| {
		served();
		restake(ALICE, 1, COINS, STAKE);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		// Nobody of the service acts from here on. The service cannot even be deregistered.
		let deregister = || send(OWNER, registry::Call::<Test>::deregister { avs: 0 });
		assert_noop!(deregister(), registry::Error::<Test>::HasSets);
		leave(1, SET);
		allocate(1, COINS, SET, 0);
		exit_of(ALICE, 1, COINS, STAKE);
		begin_era(1 + WINDOW);
		assert_eq!((pending(), exiting(1, COINS, 1)), (vec![], STAKE * 90 / 100));
		begin_era(1 + EXIT_ERAS);
		assert_ok!(claim_of(1, COINS, 1));
		assert_eq!(balance(ALICE, COINS), PURSE - STAKE / 10);
		begin_era(1 + DEALLOCATION_DELAY);
		assert_eq!(allocated(1, COINS, SET), 0);
		exit_of(1, 1, COINS, STAKE * 90 / 100);
		assert_eq!(AvsRegistry::members(SET), vec![]);
	});
}

#[test]
fn slashes_that_fell_due_while_the_chain_stood_still_find_all_that_backed_them() {
	execute(|| {
		served();
		restake(ALICE, 1, COINS, STAKE);
		exit_of(ALICE, 1, COINS, STAKE / 2);
		assert_ok!(attest(SET, 1, &[(COINS, 20)], 1));
		allocate(1, COINS, SET, 40);
		Now::set(2);
		exit_of(ALICE, 1, COINS, STAKE / 2);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 2));
		offence(&[1], 10, 2);
		// Nothing that happens before the slashes are executed removes the allocations that they refer to.
		Now::set(1_000);
		for queued in [1, 2] {
			assert_noop!(claim_of(1, COINS, queued), delegation::Error::<Test>::SlashPending);
		}
		allocate(1, COINS, SET, 30);
		next_block();
		assert!(pending().is_empty());
		// The first slash takes a fifth of everything, and the second half of the rest, except of the exit of era 1.
		assert_eq!([1, 2].map(|era| exiting(1, COINS, era)), [400 * STAY, 200 * STAY]);
		assert_eq!((pooled(1, COINS), staked(1)), (400 * STAY, 2 * STAKE * 90 / 100));
		assert_eq!(Records::<Test>::iter_prefix(1_000).count(), 3);
		assert!(!Slashing::any_due());
		for queued in [1, 2] {
			assert_ok!(claim_of(1, COINS, queued));
		}
		assert_eq!(balance(ALICE, COINS), PURSE - 400 * STAY);
	});
}

#[test]
fn concurrent_offenders_who_are_restaked_are_raised_together_and_lose_as_much_as_by_one_slash() {
	execute(|| {
		service(Destination::Burn);
		(1..=4).for_each(|operator| serve(operator, SET, &[(PoolKind::Native, 100)]));
		Now::set(1);
		SetSize::set(9);
		offence(&[1], 4, 1);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 50)], 1));
		offence(&[1, 2], 8, 1);
		begin_era(1 + DEFERRAL);
		assert_eq!(pooled(1, PoolKind::Native), STAKE * 46 / 100);
		// Two more offenders of the same session are found after the first two were slashed. Four are more than a third
		// of nine.
		offence(&[1, 2, 3, 4], 54, 1);
		begin_era(4);
		let left = |operator| (pooled(operator, PoolKind::Native), pooled(operator, PoolKind::Stake));
		assert_eq!(left(1), (STAKE * 23 / 100, STAKE * 46 / 100));
		for operator in [2, 3, 4] {
			assert_eq!(left(operator), (STAKE * 46 / 100, STAKE * 46 / 100));
		}
	});
}
