//! The upgrade from the runtime before this one, on the state of a chain that ran it.
//!
//! `fixtures/runtime-100.json` is all storage but the code of a `dev` chain after 217 blocks of runtime 100, as its node's
//! `export-state` wrote it: three operators (one with a higher commission to come), a service of Bob with two sets (one
//! with two conditions, of which one is to change), an asset, allocations that bind, a payment, an exit, one slash that
//! was executed and one that is pending.

#![cfg(feature = "try-runtime")]

use frame_support::traits::{
	fungible::Inspect, GetStorageVersion, OnRuntimeUpgrade, StorageVersion, TryState, TryStateSelect,
	UpgradeCheckSelect,
};
use mainstay_avs_registry::{Avses, Conditions, Sets};
use mainstay_economy_tests::{chain, services::next_era};
use mainstay_operator_delegation::{Operators, Policy, Promise};
use mainstay_primitives::{
	traits::EraClock, AccountId, Currency, Delayed, Kind, OperatorSetId, Resolver, STAY, WAD,
};
use mainstay_runtime::{
	migrations::Migrations, AllPalletsWithSystem, AvsRegistry, Babe, Balances, Executive, KeyOwners,
	OperatorDelegation, Runtime, RuntimeOrigin, Session, Slashing, Staking, System, Treasury, VERSION,
};
use mainstay_slashing::{Lane, Outcome, Records, Slashes};
use sp_core::storage::{StateVersion, Storage};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Eve};
use std::collections::BTreeMap;

const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };

/// The state that runtime 100 left.
fn before() -> sp_io::TestExternalities {
	let json = include_str!("../fixtures/runtime-100.json");
	let entries: BTreeMap<String, String> = serde_json::from_str(json).expect("a map of hex");
	let bytes = |hex: &str| sp_core::bytes::from_hex(hex).expect("hex");
	let top = entries.iter().map(|(key, value)| (bytes(key), bytes(value))).collect();
	Storage { top, children_default: Default::default() }.into()
}

/// The storage versions of the pallets that the upgrade moves.
fn versions() -> [StorageVersion; 3] {
	[
		OperatorDelegation::on_chain_storage_version(),
		AvsRegistry::on_chain_storage_version(),
		Slashing::on_chain_storage_version(),
	]
}

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

fn account(who: sp_keyring::Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

#[test]
fn a_chain_of_runtime_100_upgrades_and_goes_on() {
	before().execute_with(|| {
		let last = frame_system::LastRuntimeUpgrade::<Runtime>::get().expect("written at genesis");
		assert_eq!(last.spec_version.0, 100);
		assert!(last.was_upgraded(&VERSION));
		assert_eq!(versions(), [1, 1, 1].map(StorageVersion::new));
		let (issuance, era) = (Balances::total_issuance(), Staking::active());

		let weight = Executive::try_runtime_upgrade(UpgradeCheckSelect::All).expect("every check passes");
		let block = <Runtime as frame_system::Config>::BlockWeights::get().max_block;
		assert!(weight.all_lte(block), "the upgrade does not fit a block: {weight}");
		assert_eq!(versions(), [3, 3, 4].map(StorageVersion::new));
		AllPalletsWithSystem::try_state(System::block_number(), TryStateSelect::All).expect("all is sound");
		chain::try_state();

		// The treasury's account began with the least balance, and nothing else was minted or lost.
		assert_eq!(Balances::total_issuance(), issuance + Balances::minimum_balance());
		assert_eq!(Treasury::balance_of(Currency::Native), 0);
		assert_eq!(Staking::active(), era);

		// Who holds the keys in force is known from the session of the upgrade on.
		let (session, (key, _)) = (Session::current_index(), Babe::authorities()[0].clone());
		let prove = |session| KeyOwners::prove_in(session, sp_consensus_babe::KEY_TYPE, key.as_ref());
		assert_eq!(mainstay_key_owners::Sets::<Runtime>::get(), [(session, 1)]);
		assert_eq!(prove(session).map(|proof| (proof.session, proof.validator_count)), Some((session, 1)));
		assert_eq!((prove(session - 1), prove(session + 1)), (None, None));

		let charlie = Operators::<Runtime>::get(account(Charlie)).expect("an operator");
		assert_eq!(*charlie.commission.announced(), 1_500);
		assert_eq!(charlie.promise, Promise::default().into());
		assert_eq!((charlie.policy, charlie.retired, charlie.deposit), (Policy::Open, false, 0));
		assert_eq!(Operators::<Runtime>::iter().count(), 3);

		let service = Avses::<Runtime>::get(0).expect("a service");
		assert_eq!((service.owner, service.sets, service.next_set), (account(Bob), 2, 2));
		let set = Sets::<Runtime>::get(SET).expect("a set");
		assert_eq!(set.kinds.value.to_vec(), [(Kind::Native, 1), (Kind::Asset(1), 2)]);
		assert_eq!((set.conditions, set.had_members, set.until), (2, true, None));
		let terms = Conditions::<Runtime>::get(SET, 0).expect("a condition").terms;
		assert_eq!((terms.value.max_fraction, terms.value.resolver, terms.next), (WAD / 2, None, None));
		let Delayed { value, next } = Conditions::<Runtime>::get(SET, 1).expect("another").terms;
		assert_eq!((value.max_fraction, value.veto_window), (WAD / 4, 3));
		assert_eq!(value.resolver, Some(Resolver::Account(account(Eve))));
		let (next, _) = next.expect("a change that waits");
		assert_eq!((next.max_fraction, next.veto_window), (WAD / 3, 2));
		assert_eq!(next.resolver, Some(Resolver::Account(account(Alice))));

		// 10 % of half of 1,000 STAY, before and after the exit of 100 of them.
		let (_, id, record) = Records::<Runtime>::iter().next().expect("a slash that was executed");
		assert_eq!(
			record.outcome,
			Outcome::Executed(vec![(Currency::Native, 50 * STAY)].try_into().unwrap())
		);
		assert_eq!((id, record.slash.operator, record.slash.appeal), (0, account(Charlie), None));
		let (id, slash) = Slashes::<Runtime>::iter().next().expect("one that is pending");
		let Lane::Attested { set, resolver, parts, .. } = &slash.lane else { panic!("{slash:?}") };
		assert_eq!((id, *set, resolver), (1, SET, &Some(Resolver::Account(account(Eve)))));
		assert_eq!((parts.len(), slash.appeal.clone()), (2, None));

		// What is new works on what was there: an appeal puts the slash off, and it takes what it would have taken.
		Slashing::appeal(RuntimeOrigin::signed(account(Alice)), id, Default::default()).expect("in time");
		let due = Slashes::<Runtime>::get(id).expect("pending").due;
		assert!(due > slash.due);
		while Staking::active() < due {
			assert!(Slashes::<Runtime>::contains_key(id));
			next_era();
		}
		let record = Records::<Runtime>::get(due, id).expect("executed");
		let Outcome::Executed(taken) = record.outcome else { panic!("{:?}", record.outcome) };
		assert_eq!(
			taken.iter().map(|(currency, _)| currency.clone()).collect::<Vec<_>>(),
			[Currency::Native, Currency::WithId(1)]
		);
		assert!(taken.iter().all(|(_, amount)| *amount > 0));
		chain::try_state();
	});
}

#[test]
fn what_is_migrated_is_not_migrated_again() {
	before().execute_with(|| {
		Migrations::on_runtime_upgrade();
		let migrated = root();
		Migrations::on_runtime_upgrade();
		assert_eq!(root(), migrated);
	});
}
