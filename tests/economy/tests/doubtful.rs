//! Rules of the specification that are doubtful, each in its smallest form with what it does. The pallets equal the
//! specification in all of them; these tests change with it.

use frame_support::assert_noop;
use mainstay_economy_tests::services::{
	account, back, exits, next_era, operator, pool, report, run, run_hooks, serve, service, signed, to_era,
};
use mainstay_operator_delegation::Pools;
use mainstay_primitives::{
	traits::{EraClock, Exposures},
	AccountId, Currency, Destination, Era, ExitAmount, Kind, NetworkParameters, OperatorSetId, STAY, WAD,
};
use mainstay_runtime::{OperatorDelegation, Restaking, Rewards, Runtime, Staking};

type Restake = mainstay_restaking::Error<Runtime>;

const NATIVE: Kind = Kind::Native;
/// The era of the fault.
const FAULT: Era = 2;

fn op() -> AccountId {
	account("op")
}

fn ann() -> AccountId {
	account("ann")
}

fn bea() -> AccountId {
	account("bea")
}

/// Owns the honest services and is their slasher.
fn owner() -> AccountId {
	account("owner")
}

/// Owns the offenders' own services and is their slasher.
fn friend() -> AccountId {
	account("friend")
}

fn people() -> [AccountId; 5] {
	[op(), ann(), bea(), owner(), friend()]
}

/// Reports the operator for everything and lets the next block execute what is due.
fn slash(set: OperatorSetId, capture: Era) {
	report(set, &op(), 0, &[(NATIVE, WAD)], capture).expect("in time");
	run_hooks();
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

/// An operator with 4,000 STAY, half of which it has allocated to an honest service.
fn four_thousand(leverage: u32, test: impl FnOnce(OperatorSetId)) {
	let parameters = NetworkParameters { max_leverage: leverage, ..NetworkParameters::LOCAL };
	run(parameters, &people(), || {
		operator(&op(), 0);
		back(&op(), &op(), NATIVE, 1_000 * STAY);
		back(&ann(), &op(), NATIVE, 3_000 * STAY);
		let owner = owner();
		let set = service(&owner, &owner, &[NATIVE], Destination::Burn, &[(WAD, 2)]);
		serve(&op(), set, &[(NATIVE, WAD / 2)]);
		to_era(FAULT);
		test(set);
	});
}

/// The specification's rule, and a doubtful one: an allocation that came to bind is written into its history by the next
/// call that looks at it, and a wipe drops what is not written yet. The offenders leave but for a unit, which a service
/// of their own takes, and with it goes the honest claim on their exits. Where the money goes does not matter.
#[test]
fn with_elastic_stake_a_wipe_forgets_a_service_that_no_call_looked_at_as_the_specification_says() {
	for looked in [false, true] {
		four_thousand(2, |_| {
			let (friend, owner) = (friend(), owner());
			let sham = service(&friend, &friend, &[NATIVE], Destination::Burn, &[(WAD, 0)]);
			serve(&op(), sham, &[(NATIVE, WAD)]);
			let honest = service(&owner, &owner, &[NATIVE], Destination::Burn, &[(WAD, 2)]);
			serve(&op(), honest, &[(NATIVE, WAD / 2)]);
			next_era();
			let fault = Staking::active();
			if looked {
				assert!(Rewards::pay_set(signed(&owner), honest, Currency::Native, STAY).is_ok());
			}
			for (who, amount) in [(ann(), 3_000 * STAY), (op(), 1_000 * STAY - 1)] {
				let amount = ExitAmount::Value(amount);
				OperatorDelegation::exit(signed(&who), op(), NATIVE, amount).expect("it leaves");
			}
			next_era();
			report(sham, &op(), 0, &[(NATIVE, WAD)], fault + 1).expect("the sham set is served");
			run_hooks();
			assert_eq!(Pools::<Runtime>::get(op(), NATIVE).map(|pool| pool.generation), Some(1));
			let result = report(honest, &op(), 0, &[(NATIVE, WAD)], fault);
			assert_eq!(result.is_ok(), looked, "{result:?}");
			to_era(fault + 3);
			let left = if looked { 2_000 * STAY } else { 4_000 * STAY - 1 };
			assert_eq!(exits(&op(), NATIVE, fault), left, "2,000 STAY were due");
		});
	}
}

/// What the specification leaves after a wipe, and a doubtful rule. A set's cut lowers its own history by what was cut,
/// and the end of an allocation is written down only if something is allocated then. Where other sets had cut the pool
/// before, the last cut is smaller than the set's history: a remainder stays in it, without an end, and counts for the
/// next generation, of which nothing is allocated. `ledger.py` answers with the same numbers.
#[test]
fn a_set_whose_own_slash_took_the_last_of_a_pool_still_reaches_the_next_generation_which_is_the_specifications_rule_and_doubtful(
) {
	// Without an earlier cut, nothing remains.
	all_served(|set| {
		slash(set, 1);
		to_era(2);
		back(&bea(), &op(), NATIVE, 800 * STAY);
		assert_eq!(
			report(set, &op(), 0, &[(NATIVE, WAD)], 2),
			Err(mainstay_slashing::Error::<Runtime>::NotSlashable.into())
		);
	});

	all_served(|set| {
		let other = service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), other, &[(NATIVE, WAD / 2)]);
		to_era(2);
		slash(other, 2);
		assert_eq!(pool(&op(), NATIVE), 2_000 * STAY);
		assert_eq!(Restaking::allocation(op(), NATIVE, set), (WAD / 2, None), "capped at what is left");
		assert_eq!(Restaking::at(&op(), NATIVE, set, 2), WAD, "but not in its history");
		slash(set, 2);
		assert_eq!((pool(&op(), NATIVE), Restaking::allocation(op(), NATIVE, set)), (0, (0, None)));

		to_era(3);
		back(&bea(), &op(), NATIVE, 800 * STAY);
		assert_eq!(
			Restaking::allocation(op(), NATIVE, set),
			(0, None),
			"clients see that nothing is allocated"
		);
		assert_eq!(Restaking::at(&op(), NATIVE, set, 3), WAD / 2, "the remainder of its history");
		assert_noop!(Restaking::allocate(signed(&op()), NATIVE, set, 0), Restake::NoChange);
		assert_noop!(
			Rewards::pay_set(signed(&owner()), set, Currency::Native, STAY),
			mainstay_rewards::Error::<Runtime>::NoWeight
		);
		// No capture leaves the window that would end it.
		to_era(40);
		slash(set, 40);
		assert_eq!(pool(&op(), NATIVE), 400 * STAY, "half of what came after the wipe");
		assert_eq!(Restaking::at(&op(), NATIVE, set, 40), 0);
		assert_eq!(
			report(set, &op(), 0, &[(NATIVE, WAD)], 40),
			Err(mainstay_slashing::Error::<Runtime>::NotSlashable.into())
		);
	});
}
