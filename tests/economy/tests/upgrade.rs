//! The upgrade from earlier runtimes, on the states of chains that ran them.
//!
//! `fixtures/runtime-102.json` is the whole storage, without the code, of a `dev` chain after some 145 blocks of
//! runtime 102, in era 4, written by its node's `export-state`. Alice validates. Charlie, with a promise and a name,
//! and Dave, with Eve on his allow list, are operators as well. Bob's service has three sets: the first burns slashed
//! funds, the second gives them to him, including native stake, and the third had Dave as its only member, who left.
//! Charlie and Dave serve the sets, with stake of their own and of Eve, who exited with some of it in eras 3 and 4. Two
//! streams pay. One slash was executed, and three are pending, of which Eve appealed one.
//!
//! `fixtures/runtime-100.json` is the whole storage, without the code, of a `dev` chain after 217 blocks of runtime
//! 100, written by its node's `export-state`: three operators (one with a pending raise of its commission), a service
//! of Bob with two sets (one with two conditions, of which one has a pending change), an asset, allocations that bind,
//! a payment, an exit, an executed slash and a pending one.

use frame_support::traits::{
	fungible::Inspect, Get, GetStorageVersion, OnRuntimeUpgrade, StorageVersion, TryState, TryStateSelect,
	UpgradeCheckSelect,
};
use mainstay_avs_registry::{Approvals, Avses, Conditions, Memberships, Sets};
use mainstay_economy_tests::{
	chain,
	services::{claim, next_era},
};
use mainstay_operator_delegation::{Allowed, Event::SlashPaid, Operators, Policy, Promise};
use mainstay_primitives::{
	traits::EraClock, AccountId, Currency, Delayed, Destination, OperatorSetId, PoolKind, Resolver, STAY, WAD,
};
use mainstay_rewards::Streams;
use mainstay_runtime::{
	configs::{clock::TermsDelay, tracks},
	migrations::Migrations,
	AllPalletsWithSystem, AvsRegistry, Babe, Balances, ChainTreasury, Executive, KeyOwners,
	OperatorDelegation, Origins, Referenda, Restaking, Rewards, Runtime, RuntimeEvent, RuntimeOrigin,
	Session, Slashing, StakeVoting, Staking, System, TechnicalCommittee, VERSION,
};
use mainstay_slashing::{Lane, Outcome, Pending, PendingCount, Records, Slashes};
use mainstay_staking::{ActiveEra, CurrentEra, EraValidators, ErasStartSessionIndex, Parameters};
use pallet_collective::{Instance1, Members};
use pallet_referenda::ReferendumCount;
use sp_core::storage::{StateVersion, Storage};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve};
use std::collections::BTreeMap;

const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };

/// The state of a chain of runtime 100.
const OF_100: &str = include_str!("../fixtures/runtime-100.json");
/// The state of a chain of runtime 102.
const OF_102: &str = include_str!("../fixtures/runtime-102.json");

/// The state of a chain of an older runtime.
fn before(json: &str) -> sp_io::TestExternalities {
	let entries: BTreeMap<String, String> = serde_json::from_str(json).expect("a map of hex");
	let bytes = |hex: &str| sp_core::bytes::from_hex(hex).expect("hex");
	let top = entries.iter().map(|(key, value)| (bytes(key), bytes(value))).collect();
	Storage { top, children_default: Default::default() }.into()
}

/// The storage versions of the pallets that upgrades migrate.
fn versions() -> [StorageVersion; 6] {
	[
		OperatorDelegation::on_chain_storage_version(),
		AvsRegistry::on_chain_storage_version(),
		Restaking::on_chain_storage_version(),
		Slashing::on_chain_storage_version(),
		Staking::on_chain_storage_version(),
		Rewards::on_chain_storage_version(),
	]
}

/// Upgrades the state of runtime `spec_version`, whose pallets have the `old` versions, with all checks.
fn upgrade(spec_version: u32, old: [u16; 6]) {
	let last = frame_system::LastRuntimeUpgrade::<Runtime>::get().expect("written at genesis");
	assert_eq!(last.spec_version.0, spec_version);
	assert!(last.was_upgraded(&VERSION));
	assert_eq!(versions(), old.map(StorageVersion::new));
	let era = Staking::active();

	let weight = Executive::try_runtime_upgrade(UpgradeCheckSelect::All).expect("every check passes");
	let block = <Runtime as frame_system::Config>::BlockWeights::get().max_block;
	assert!(weight.all_lte(block), "the upgrade does not fit a block: {weight}");
	assert_eq!(versions(), [3, 3, 2, 4, 3, 2].map(StorageVersion::new));
	AllPalletsWithSystem::try_state(System::block_number(), TryStateSelect::All).expect("all is sound");
	chain::try_state();
	assert_eq!(Staking::active(), era);
	// The pallets of governance are new. Root names the committee.
	assert!(Members::<Runtime, Instance1>::get().is_empty());
	assert_eq!(ReferendumCount::<Runtime>::get(), 0);
	let new = [
		Referenda::on_chain_storage_version(),
		TechnicalCommittee::on_chain_storage_version(),
		Origins::on_chain_storage_version(),
		StakeVoting::on_chain_storage_version(),
	];
	assert_eq!(new, [1, 4, 1, 1].map(StorageVersion::new));
	assert_eq!(tracks::check(&Parameters::<Runtime>::get()), Ok(()));
}

/// The stored values of a pallet, by the rest of the key after its name.
fn stored(pallet: &str) -> BTreeMap<Vec<u8>, Vec<u8>> {
	let prefix = sp_io::hashing::twox_128(pallet.as_bytes()).to_vec();
	let mut found = BTreeMap::new();
	let mut key = prefix.clone();
	while let Some(next) = sp_io::storage::next_key(&key).filter(|next| next.starts_with(&prefix)) {
		let value = sp_io::storage::get(&next).expect("it is there");
		found.insert(next[prefix.len()..].to_vec(), value.to_vec());
		key = next;
	}
	found
}

/// What clients read about eras agrees with the chain.
fn assert_eras() {
	let sessions = Parameters::<Runtime>::get().era_sessions;
	let active = ActiveEra::<Runtime>::get().expect("an era runs");
	assert_eq!(active.index, Session::current_index() / sessions);
	assert_eq!(CurrentEra::<Runtime>::get(), Some(Staking::planned()));
	let mut begin: Vec<_> = ErasStartSessionIndex::<Runtime>::iter().collect();
	begin.sort();
	let mut known: Vec<_> = EraValidators::<Runtime>::iter_keys().map(|era| (era, era * sessions)).collect();
	known.sort();
	assert_eq!(begin, known);
	assert!(begin.contains(&(active.index, active.index * sessions)));
}

/// The state of a chain of runtime 103: that of 102 after the upgrade, with what 104 moved moved back.
fn before_103() -> sp_io::TestExternalities {
	let mut ext = before(OF_102);
	ext.execute_with(|| {
		Executive::try_runtime_upgrade(UpgradeCheckSelect::All).expect("every check passes");
		frame_support::storage::migration::move_pallet(b"ChainTreasury", b"Treasury");
		CurrentEra::<Runtime>::kill();
		let _ = ErasStartSessionIndex::<Runtime>::clear(u32::MAX, None);
		StorageVersion::new(2).put::<Staking>();
		for key in stored("Nonces").keys() {
			sp_io::storage::clear(&[&sp_io::hashing::twox_128(b"Nonces")[..], &key[..]].concat());
		}
		frame_system::LastRuntimeUpgrade::<Runtime>::mutate(|last| {
			last.as_mut().expect("it was upgraded").spec_version = 103u32.into();
		});
		System::reset_events();
	});
	ext
}

/// Removes what differs between states that were upgraded from different runtimes.
fn last_upgraded_nowhere() {
	frame_system::LastRuntimeUpgrade::<Runtime>::kill();
	System::reset_events();
}

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

fn account(who: sp_keyring::Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

#[test]
fn a_chain_of_runtime_100_upgrades_and_goes_on() {
	before(OF_100).execute_with(|| {
		let issuance = Balances::total_issuance();
		upgrade(100, [1; 6]);
		assert_eras();

		// The upgrade minted the minimum balance of the treasury's account, and nothing else was minted or lost.
		assert_eq!(Balances::total_issuance(), issuance + Balances::minimum_balance());
		assert_eq!(ChainTreasury::balance_of(Currency::Native), 0);

		// The owners of the keys in force are known from the session of the upgrade on.
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
		assert_eq!(set.kinds.value.to_vec(), [(PoolKind::Native, 1), (PoolKind::Asset(1), 2)]);
		assert_eq!((set.conditions, set.had_members, set.until), (2, true, None));
		let terms = Conditions::<Runtime>::get(SET, 0).expect("a condition").terms;
		assert_eq!((terms.value.max_fraction, terms.value.resolver, terms.next), (WAD / 2, None, None));
		let Delayed { value, next } = Conditions::<Runtime>::get(SET, 1).expect("another").terms;
		assert_eq!((value.max_fraction, value.veto_window), (WAD / 4, 3));
		assert_eq!(value.resolver, Some(Resolver::Account(account(Eve))));
		let (next, _) = next.expect("a change that waits");
		assert_eq!((next.max_fraction, next.veto_window), (WAD / 3, 2));
		assert_eq!(next.resolver, Some(Resolver::Account(account(Alice))));

		// 10 % of half of 1,000 STAY. An exit with 100 of them does not change the amount.
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

		// The new calls work on the old state: an appeal postpones the slash, which then takes the same amount.
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
fn a_chain_of_runtime_102_upgrades_and_goes_on() {
	before(OF_102).execute_with(|| {
		let [bob, charlie, dave, eve] = [Bob, Charlie, Dave, Eve].map(account);
		let set = |index| OperatorSetId { avs: 0, index };
		let issuance = Balances::total_issuance();
		let books = stored("Treasury");
		// The treasury's books: fees of each block, dust or slashes, and the version of the layout.
		assert!(books.len() >= 2);
		upgrade(102, [2, 2, 1, 3, 1, 1]);
		assert_eq!((stored("Treasury"), stored("ChainTreasury")), (BTreeMap::new(), books));
		assert_eras();
		assert_eq!((Balances::total_issuance(), Staking::active()), (issuance, 4));

		// Entries from before deposits were introduced hold none.
		let operator = Operators::<Runtime>::get(&charlie).expect("an operator");
		assert_eq!((operator.promise.value.max_commission, operator.deposit), (1_500, 0));
		assert_eq!(Allowed::<Runtime>::get(&dave, &eve), Some(0));
		assert_eq!(Approvals::<Runtime>::get(set(2), &dave), Some(0));
		for (index, who) in [(0, &charlie), (0, &dave), (1, &charlie)] {
			let membership = Memberships::<Runtime>::get(set(index), who);
			assert!(membership.is_open() && membership.covers(4) && membership.deposit == 0);
		}
		assert!(!Memberships::<Runtime>::get(set(2), &dave).is_open());

		// The set that gives slashed funds to an account drops native stake after the delay of terms.
		let gem = PoolKind::Asset(1);
		let kinds = |index| Sets::<Runtime>::get(set(index)).expect("a set").kinds;
		assert_eq!((kinds(0).next, kinds(2).next), (None, None));
		let (rest, effective) = kinds(1).next.expect("it is announced");
		assert_eq!((rest.to_vec(), effective), (vec![(gem, 2)], 4 + TermsDelay::get()));
		let told = RuntimeEvent::AvsRegistry(mainstay_avs_registry::Event::KindsSet {
			set: set(1),
			kinds: rest,
			effective,
		});
		assert!(System::read_events_no_consensus().any(|record| record.event == told));

		// An appealed slash does not count against the bound.
		let pending = |who, index| {
			let PendingCount { unappealed, appealed } = Pending::<Runtime>::get(who, set(index));
			(unappealed, appealed)
		};
		assert_eq!([pending(&charlie, 0), pending(&charlie, 1), pending(&dave, 0)], [(0, 1), (1, 0), (1, 0)]);
		let queued: Vec<_> = [1, 2, 3].map(|id| Slashes::<Runtime>::get(id).expect("pending").due).into();
		assert_eq!(queued, [7, 10, 7]);

		// Both streams still pay.
		assert_eq!(Streams::<Runtime>::iter().count(), 2);
		let funds = |id| Streams::<Runtime>::get(id).expect("it runs").funds;
		let before = [0, 1].map(funds);
		next_era();
		next_era();
		assert!(funds(0) <= before[0] - 10 * STAY && funds(1) <= before[1] - 5 * STAY);
		chain::try_state();

		// Native stake that the set still slashes is burnt, and Bob gets the asset.
		while Staking::active() < 7 {
			next_era();
		}
		let paid: Vec<_> = System::read_events_no_consensus()
			.filter_map(|record| match record.event {
				RuntimeEvent::OperatorDelegation(SlashPaid { currency, amount, destination }) => {
					Some((currency, amount > 0, destination))
				},
				_ => None,
			})
			.collect();
		let gives = (Currency::WithId(1), true, Destination::Account(bob));
		let burns = (Currency::Native, true, Destination::Burn);
		assert_eq!(paid, [burns.clone(), gives, burns]);
		chain::try_state();

		// Old exits answer as before, and are paid when no slash holds them any more.
		while Staking::active() < 10 {
			next_era();
		}
		assert!(Slashes::<Runtime>::iter().next().is_none());
		let free = Balances::free_balance(&eve);
		for (kind, queued) in [(PoolKind::Native, 3), (gem, 3), (PoolKind::Native, 4)] {
			claim(&eve, &charlie, kind, queued).expect("it is mature");
		}
		let got = Balances::free_balance(&eve) - free;
		assert!(got > 100 * STAY / 2 && got < 160 * STAY, "{got}");
		chain::try_state();
	});
}

#[test]
fn a_chain_of_runtime_103_upgrades_and_goes_on() {
	let of_102 = before(OF_102).execute_with(|| {
		Executive::try_runtime_upgrade(UpgradeCheckSelect::All).expect("every check passes");
		last_upgraded_nowhere();
		root()
	});
	before_103().execute_with(|| {
		let books = stored("Treasury");
		assert!(books.len() >= 2 && stored("ChainTreasury").is_empty());
		upgrade(103, [3, 3, 2, 4, 2, 2]);
		assert_eq!((stored("Treasury"), stored("ChainTreasury")), (BTreeMap::new(), books));
		assert_eras();
		last_upgraded_nowhere();
		assert_eq!(root(), of_102, "the upgrades from 102 and from 103 have the same result");
		for _ in 0..3 {
			next_era();
			chain::try_state();
		}
	});
}

#[test]
fn what_is_migrated_is_not_migrated_again() {
	for mut state in [before(OF_100), before(OF_102), before_103()] {
		state.execute_with(|| {
			Migrations::on_runtime_upgrade();
			let migrated = root();
			Migrations::on_runtime_upgrade();
			assert_eq!(root(), migrated);
		});
	}
}
