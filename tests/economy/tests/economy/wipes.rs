//! The claims that remain after a slash that takes all of a pool: on exits of the old generation, and none on the new
//! one.

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

/// Reports the operator for everything and lets the next block execute what is due.
fn slash(set: OperatorSetId, capture: Era) {
	report(set, &op(), 0, &[(NATIVE, WAD)], capture).expect("in time");
	run_hooks();
}

/// Takes all of the operator's native stake that answers for `capture`, as the slash of an offence does.
fn wipe(capture: Era) {
	Slashing::slash_consensus(&op(), WAD, capture);
}

fn generation(kind: PoolKind) -> Option<(u32, Era)> {
	Pools::<Runtime>::get(op(), kind).map(|pool| (pool.generation, pool.since))
}

/// What the pallets would take for each era is what the rules say.
fn assert_reach() {
	assert_eq!(Watch::begin().last.differs_from_slashes(), None);
}

/// Era 1 of a state with 1,000 STAY of the operator and 3,000 of Ann in its `Native` pool, all of which a service may
/// slash without a veto window.
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

/// The offenders leave but for a unit, which a service of their own takes. What was allocated to the honest one, which no
/// call has looked at since it came to bind, still answers in their exits.
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
			// Few shares stay, of which the sham service takes all in the next era.
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

/// A set's own slash that takes the last of a pool ends what is allocated to it, also where other sets had cut the pool
/// before, so that the last cut is smaller than what was allocated in the past.
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
					"capped at what is left"
				);
				assert_eq!(
					Restaking::slashable_magnitude(&op(), NATIVE, set, 3).0,
					WAD,
					"but not in its history"
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
				"nor in its history"
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

/// What a set slashes of an older generation's exits lowers what is allocated in that generation, and not what a younger
/// one has allocated to the set since.
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
		assert_eq!(exits(&op(), NATIVE, 2), 0, "all that answers for era 2");
		assert_eq!(pool(&op(), NATIVE), 800 * STAY, "another generation's");
		assert_eq!(Restaking::slashable_magnitude(&op(), NATIVE, set, 5).0, WAD / 2);
		slash(set, 5);
		assert_eq!(pool(&op(), NATIVE), 400 * STAY);
		assert_reach();
	});
}

/// After two wipes, what left the generation between them answers for its own eras, and for none before.
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

		// An offence in era 2, found late.
		Slashing::slash_consensus(&op(), WAD / 2, 2);
		assert_eq!([2, 4].map(|era| exits(&op(), NATIVE, era)), [500 * STAY, 300 * STAY]);
		slash(set, 2);
		assert_eq!([2, 4].map(|era| exits(&op(), NATIVE, era)), [0, 300 * STAY]);
		Slashing::slash_consensus(&op(), WAD / 2, 4);
		assert_eq!(exits(&op(), NATIVE, 4), 150 * STAY);
	});
}

/// After an election, a wipe begins the next generation behind the elected era, under which exits are filed: they are
/// never of two generations.
#[test]
fn a_wipe_after_an_election_begins_behind_the_elected_era() {
	all_served(|set| {
		to_era(2);
		exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)).expect("it leaves");
		elect();
		exit(&ann(), &op(), NATIVE, ExitAmount::Value(500 * STAY)).expect("it leaves");
		assert_eq!([2, 3].map(|era| exits(&op(), NATIVE, era)), [1_000 * STAY, 500 * STAY]);
		slash(set, 2);
		// A slash for era 2 reaches all of it; what is left to lose was lost.
		assert_eq!([2, 3].map(|era| exits(&op(), NATIVE, era)), [0, 0]);
		assert_eq!(generation(NATIVE), Some((1, 4)));
		to_era(3);
		assert_noop!(Restaking::restake(signed(&bea()), op(), NATIVE, STAY, 0), Delegation::PoolClosed);
		to_era(4);
		back(&bea(), &op(), NATIVE, 800 * STAY);
		assert_reach();
	});
}

/// A `Native` pool that was wiped, be it empty, answers for fewer eras than the stake that would opt in: it does not
/// until no slash can tell them apart.
#[test]
fn stake_opts_into_no_pool_that_answers_for_fewer_of_its_eras() {
	run(NetworkParameters::LOCAL, &people(), || {
		operator(&op(), 0);
		back(&ann(), &op(), STAKE, 3_000 * STAY);
		let sham = service(&friend(), &friend(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), sham, &[(NATIVE, WAD)]);
		to_era(2);
		slash(sham, 2);
		assert_eq!(generation(NATIVE), Some((1, 3)), "an empty pool, wiped");
		let opt_in = || Restaking::opt_in(signed(&ann()), op(), ExitAmount::All, 0);
		to_era(3);
		assert_noop!(opt_in(), Delegation::PoolTooYoung);
		// The offence in era 2 is found in the last era that it can be reported in.
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

/// An offence that is pending pins its era: as long as it is, stake does not opt into a pool that begins later.
#[test]
fn a_pending_offence_keeps_stake_from_opting_into_a_younger_pool() {
	// Slashes fall due later than the last era in which they can be reported, where they are put off.
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
			// The clock alone: what is due stays pending until the hook's turn.
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
