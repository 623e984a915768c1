//! The claims that remain after a slash of all of a pool: they are on exits of the old generation, and none are on the
//! new one.

use crate::people::{ann, bea, friend, op, owner};
use frame_support::assert_noop;
use mainstay_economy_tests::{
	reach::Watch,
	services::{
		back, elect, exit, exits, next_era, operator, pool, report, run, run_hooks, serve, service, signed,
		to_era,
	},
};
use mainstay_operator_delegation::Pools;
use mainstay_primitives::{
	traits::{EraClock, InspectExposures},
	AccountId, Currency, Destination, Era, ExitAmount, NetworkParameters, OperatorSetId, PoolKind, STAY, WAD,
};
use mainstay_runtime::{OperatorDelegation, Restaking, Rewards, Runtime, Slashing, Staking};

type Restake = mainstay_restaking::Error<Runtime>;
type Slash = mainstay_slashing::Error<Runtime>;
type Delegation = mainstay_operator_delegation::Error<Runtime>;

const STAKE: PoolKind = PoolKind::Stake;
const NATIVE: PoolKind = PoolKind::Native;

fn people() -> [AccountId; 5] {
	[op(), ann(), bea(), owner(), friend()]
}

/// Reports the operator for everything, and runs the hook that executes due slashes.
fn slash(set: OperatorSetId, capture: Era) {
	report(set, &op(), 0, &[(NATIVE, WAD)], capture).expect("in time");
	run_hooks();
}

/// Takes all of the operator's native stake that answers for `capture`, as an offence does.
fn wipe(capture: Era) {
	Slashing::slash_consensus(&op(), WAD, capture);
}

fn generation(kind: PoolKind) -> Option<(u32, Era)> {
	Pools::<Runtime>::get(op(), kind).map(|pool| (pool.generation, pool.since))
}

/// Checks that the pallets would take for each era what the rules say.
fn assert_reach() {
	assert_eq!(Watch::begin().last.differs_from_slashes(), None);
}

/// Runs `test` in era 1 of a state with 1,000 STAY of the operator and 3,000 of Ann in its `Native` pool, all of which
/// a service may slash without a veto window.
fn all_served(test: impl FnOnce(OperatorSetId)) {
	run(NetworkParameters::LOCAL, &people(), || {
		operator(&op(), 0);
		back(&op(), &op(), NATIVE, 1_000 * STAY);
		back(&ann(), &op(), NATIVE, 3_000 * STAY);
		let set = service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), set, &[(NATIVE, WAD)]);
		next_era();
		test(set);
	});
}

/// The offenders exit with all but a unit, which a service of their own slashes. Their exits still answer with the
/// allocation to the honest service, although no call has stored that it came to bind.
#[test]
fn a_wipe_keeps_what_was_allocated_though_no_call_has_looked_at_it() {
	for looked in [false, true] {
		let parameters = NetworkParameters { max_leverage: 2, ..NetworkParameters::LOCAL };
		run(parameters, &people(), || {
			operator(&op(), 0);
			back(&op(), &op(), NATIVE, 1_000 * STAY);
			back(&ann(), &op(), NATIVE, 3_000 * STAY);
			to_era(2);
			let (friend, owner) = (friend(), owner());
			let sham = service(&friend, &friend, &[NATIVE], Destination::Burn, &[(WAD, 0)]);
			serve(&op(), sham, &[(NATIVE, WAD)]);
			let honest = service(&owner, &owner, &[NATIVE], Destination::Burn, &[(WAD, 2)]);
			serve(&op(), honest, &[(NATIVE, WAD / 2)]);
			next_era();
			let fault = Staking::active();
			if looked {
				Rewards::pay_set(signed(&owner), honest, Currency::Native, STAY).expect("it has members");
			}
			// Few shares stay, and the sham service takes all of them in the next era.
			for (who, amount) in [(ann(), 3_000 * STAY), (op(), 999 * STAY)] {
				exit(&who, &op(), NATIVE, ExitAmount::Value(amount)).expect("it leaves");
			}
			next_era();
			slash(sham, fault + 1);
			assert_eq!(generation(NATIVE), Some((1, fault + 2)));
			report(honest, &op(), 0, &[(NATIVE, WAD)], fault).expect("it answers in what left");
			to_era(fault + 3);
			let left = exits(&op(), NATIVE, fault);
			assert_eq!(left, 3_999 * STAY / 2, "looked: {looked}");
		});
	}
}

/// If a set's own slash takes the rest of a pool, its allocation ends. That also holds if other sets had cut the pool
/// before, so that the last cut is smaller than the past allocation.
#[test]
fn a_set_whose_own_slash_took_the_last_of_a_pool_reaches_nothing_of_the_next_generation() {
	for others in [false, true] {
		all_served(|set| {
			to_era(2);
			if others {
				let other = service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
				serve(&op(), other, &[(NATIVE, WAD / 2)]);
				to_era(3);
				slash(other, 3);
				assert_eq!(pool(&op(), NATIVE), 2_000 * STAY);
				assert_eq!(
					Restaking::allocation(op(), NATIVE, set),
					(WAD / 2, None),
					"the allocation is capped at what is left"
				);
				assert_eq!(
					Restaking::slashable_magnitude(&op(), NATIVE, set, 3).0,
					WAD,
					"the past allocation is not"
				);
			}
			let now = Staking::active();
			slash(set, now);
			assert_eq!((pool(&op(), NATIVE), Restaking::allocation(op(), NATIVE, set)), (0, (0, None)));

			next_era();
			back(&bea(), &op(), NATIVE, 800 * STAY);
			assert_eq!(Restaking::allocation(op(), NATIVE, set), (0, None));
			assert_eq!(
				Restaking::slashable_magnitude(&op(), NATIVE, set, now + 1).0,
				0,
				"a slash for the next era finds no allocation"
			);
			assert_noop!(Restaking::allocate(signed(&op()), NATIVE, set, 0), Restake::NoChange);
			assert_noop!(
				Rewards::pay_set(signed(&owner()), set, Currency::Native, STAY),
				mainstay_rewards::Error::<Runtime>::NoWeight
			);
			let refused = report(set, &op(), 0, &[(NATIVE, WAD)], now + 1);
			assert_eq!(refused, Err(Slash::NotSlashable.into()));
			assert_reach();
			to_era(40);
			assert_eq!(report(set, &op(), 0, &[(NATIVE, WAD)], 40), Err(Slash::NotSlashable.into()));
			assert_eq!(pool(&op(), NATIVE), 800 * STAY);
		});
	}
}

/// A slash of an older generation's exits lowers the allocation in that generation, and not the set's allocation in a
/// younger one.
#[test]
fn a_slash_of_an_older_generations_exits_leaves_the_younger_ones_allocation() {
	all_served(|set| {
		to_era(2);
		exit(&ann(), &op(), NATIVE, ExitAmount::All).expect("it leaves");
		to_era(3);
		wipe(3);
		assert_eq!(generation(NATIVE), Some((1, 4)));
		to_era(4);
		back(&bea(), &op(), NATIVE, 800 * STAY);
		Restaking::allocate(signed(&op()), NATIVE, set, WAD / 2).expect("the new generation has room");
		to_era(5);
		assert_eq!(Restaking::slashable_magnitude(&op(), NATIVE, set, 5).0, WAD / 2);
		assert_reach();

		slash(set, 2);
		assert_eq!(exits(&op(), NATIVE, 2), 0, "the slash takes everything that answers for era 2");
		assert_eq!(pool(&op(), NATIVE), 800 * STAY, "another generation's");
		assert_eq!(Restaking::slashable_magnitude(&op(), NATIVE, set, 5).0, WAD / 2);
		slash(set, 5);
		assert_eq!(pool(&op(), NATIVE), 400 * STAY);
		assert_reach();
	});
}

/// After two wipes, exits from the generation between them answer for its own eras, and for none before.
#[test]
fn exits_answer_for_the_eras_of_their_own_generation_over_two_wipes() {
	all_served(|set| {
		to_era(2);
		exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)).expect("it leaves");
		to_era(3);
		wipe(3);
		to_era(4);
		back(&bea(), &op(), NATIVE, 800 * STAY);
		Restaking::allocate(signed(&op()), NATIVE, set, WAD).expect("the new generation has room");
		exit(&bea(), &op(), NATIVE, ExitAmount::Value(300 * STAY)).expect("it leaves");
		to_era(5);
		exit(&bea(), &op(), NATIVE, ExitAmount::Value(100 * STAY)).expect("it leaves");
		wipe(5);
		assert_eq!(generation(NATIVE), Some((2, 6)));
		assert_eq!([2, 4, 5].map(|era| exits(&op(), NATIVE, era)), [1_000 * STAY, 300 * STAY, 0]);

		// An offence in era 2 that is found late.
		Slashing::slash_consensus(&op(), WAD / 2, 2);
		assert_eq!([2, 4].map(|era| exits(&op(), NATIVE, era)), [500 * STAY, 300 * STAY]);
		slash(set, 2);
		assert_eq!([2, 4].map(|era| exits(&op(), NATIVE, era)), [0, 300 * STAY]);
		Slashing::slash_consensus(&op(), WAD / 2, 4);
		assert_eq!(exits(&op(), NATIVE, 4), 150 * STAY);
	});
}

/// After an election, a wipe begins the next generation after the elected era. Exits are filed under the elected era,
/// so they are never of two generations.
#[test]
fn a_wipe_after_an_election_begins_behind_the_elected_era() {
	all_served(|set| {
		to_era(2);
		exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)).expect("it leaves");
		elect();
		exit(&ann(), &op(), NATIVE, ExitAmount::Value(500 * STAY)).expect("it leaves");
		assert_eq!([2, 3].map(|era| exits(&op(), NATIVE, era)), [1_000 * STAY, 500 * STAY]);
		slash(set, 2);
		// The slash for era 2 takes all exits, including the one of the elected era.
		assert_eq!([2, 3].map(|era| exits(&op(), NATIVE, era)), [0, 0]);
		assert_eq!(generation(NATIVE), Some((1, 4)));
		to_era(3);
		assert_noop!(Restaking::restake(signed(&bea()), op(), NATIVE, STAY, 0), Delegation::PoolClosed);
		to_era(4);
		back(&bea(), &op(), NATIVE, 800 * STAY);
		assert_reach();
	});
}

/// A wiped `Native` pool, even an empty one, answers for fewer eras than stake that would opt in. Stake cannot opt in
/// until no slash can name an era in which the two differ.
#[test]
fn stake_opts_into_no_pool_that_answers_for_fewer_of_its_eras() {
	run(NetworkParameters::LOCAL, &people(), || {
		operator(&op(), 0);
		back(&ann(), &op(), STAKE, 3_000 * STAY);
		let sham = service(&friend(), &friend(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), sham, &[(NATIVE, WAD)]);
		to_era(2);
		slash(sham, 2);
		assert_eq!(generation(NATIVE), Some((1, 3)), "an empty pool was wiped");
		let opt_in = || Restaking::opt_in(signed(&ann()), op(), ExitAmount::All, 0);
		to_era(3);
		assert_noop!(opt_in(), Delegation::PoolTooYoung);
		// The offence in era 2 is found in the last era in which it can be reported.
		to_era(5);
		assert_noop!(opt_in(), Delegation::PoolTooYoung);
		Slashing::report_consensus(&op(), WAD / 3, 2).expect("in time");
		assert_eq!(OperatorDelegation::value_of(&ann(), &op(), STAKE), 3_000 * STAY);
		run_hooks();
		assert_eq!(OperatorDelegation::value_of(&ann(), &op(), STAKE), 2_000 * STAY + 1);
		to_era(6);
		opt_in().expect("no slash can name era 2 any more");
		assert_eq!(OperatorDelegation::value_of(&ann(), &op(), NATIVE), 2_000 * STAY + 1);
		assert_reach();
	});
}

/// While an offence is pending, stake cannot opt into a pool that begins after its era.
#[test]
fn a_pending_offence_keeps_stake_from_opting_into_a_younger_pool() {
	// Postponed slashes fall due later than the last era in which they can be reported.
	let parameters = NetworkParameters { consensus_deferral: 3, ..NetworkParameters::LOCAL };
	run(parameters, &people(), || {
		operator(&op(), 0);
		back(&ann(), &op(), STAKE, 3_000 * STAY);
		let sham = service(&friend(), &friend(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), sham, &[(NATIVE, WAD)]);
		to_era(2);
		slash(sham, 2);
		Slashing::report_consensus(&op(), WAD / 3, 2).expect("in time");
		let opt_in = || Restaking::opt_in(signed(&ann()), op(), ExitAmount::All, 0);
		for era in 3..=5 {
			assert_eq!(Staking::active() + 1, era);
			// Only the clock moves, so due slashes stay pending until the hook runs.
			Staking::begin_era(era);
			assert_noop!(opt_in(), Delegation::PoolTooYoung);
		}
		Staking::begin_era(6);
		assert_noop!(opt_in(), Delegation::PoolTooYoung);
		run_hooks();
		assert_eq!(OperatorDelegation::value_of(&ann(), &op(), STAKE), 2_000 * STAY + 1);
		opt_in().expect("nothing names era 2 any more");
	});
}
