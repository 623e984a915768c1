//! What older layouts become.

use super::*;
use crate::migrations::ToV2;
use codec::Encode;
use frame_support::{
	assert_storage_noop,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use mainstay_primitives::Delayed;

/// A second set of the service.
const SECOND: OperatorSetId = OperatorSetId { avs: 0, index: 1 };
const ASSET: Kind = Kind::Asset(1);

/// A value that changes, as layout 1 has it.
type DelayedV1<V> = (V, Option<(V, Era)>);
/// Owner, next owner, deposit, number of sets.
type AvsV1 = (AccountId, Option<AccountId>, Balance, u32);
/// Kinds, index of the admission, least stake, slasher, destination, conditions, next condition, whether it had members.
type SetV1 = (
	DelayedV1<Vec<(Kind, Multiplier)>>,
	u8,
	Balance,
	DelayedV1<AccountId>,
	Destination<AccountId>,
	u32,
	ConditionId,
	bool,
);
/// Fraction, veto window, resolver.
type TermsV1 = (u64, Era, Option<AccountId>);
/// Text, index of the lane, since, terms.
type ConditionV1 = (Vec<u8>, u8, Era, DelayedV1<TermsV1>);

fn version() -> StorageVersion {
	AvsRegistry::on_chain_storage_version()
}

fn upgrade() {
	ToV2::<Test>::on_runtime_upgrade();
}

fn put(key: Vec<u8>, value: impl Encode) {
	assert!(unhashed::exists(&key), "it is replaced");
	unhashed::put_raw(&key, &value.encode());
}

fn put_avs(id: AvsId, value: AvsV1) {
	put(Avses::<Test>::hashed_key_for(id), value);
}

fn put_set(id: OperatorSetId, value: SetV1) {
	put(Sets::<Test>::hashed_key_for(id), value);
}

fn put_condition(id: ConditionId, value: ConditionV1) {
	put(Conditions::<Test>::hashed_key_for(SET, id), value);
}

/// Two services, of which the first has two sets, and the first of these two conditions. What they say waits is told as
/// layout 1 has it.
fn layout_1() {
	served();
	create();
	assert_ok!(register(STRANGER));
	for _ in 0..2 {
		let (text, max_fraction) = (text(b"Lies"), WAD);
		let call = Call::add_condition { set: SET, text, max_fraction, veto_window: 0, resolver: None };
		assert_ok!(send(OWNER, call));
	}
	StorageVersion::new(1).put::<AvsRegistry>();
	put_avs(0, (account(OWNER), Some(account(SLASHER)), DEPOSIT, 2));
	put_avs(1, (account(STRANGER), None, DEPOSIT, 0));

	let native = vec![(Kind::Native, 1)];
	let both = vec![(Kind::Native, 2), (ASSET, 3)];
	let slashers = (account(SLASHER), Some((account(STRANGER), 8)));
	let to = Destination::Account(account(NORTH));
	put_set(SET, ((native.clone(), Some((both, 7))), 1, 5 * STAY, slashers, to, 2, 2, true));
	put_set(SECOND, ((native, None), 0, 0, (account(SLASHER), None), Destination::Burn, 0, 0, false));
	let terms = (WAD / 4, 2, Some(account(4)));
	let worse = (WAD / 2, 1, Some(account(5)));
	put_condition(0, (b"Lies".to_vec(), 1, 5, (terms, Some((worse, 9)))));
	put_condition(1, (b"Sleeps".to_vec(), 1, 6, ((WAD, 3, None), None)));
}

#[test]
fn layout_1_becomes_layout_2() {
	execute(|| {
		layout_1();
		let left = (Metadata::<Test>::iter().count(), Memberships::<Test>::iter().count());
		upgrade();
		assert_eq!(version(), STORAGE_VERSION);
		assert_eq!(version(), StorageVersion::new(2));

		let services: Vec<_> = [0, 1].into_iter().filter_map(Avses::<Test>::get).collect();
		let (owner, next_owner) = (account(OWNER), Some(account(SLASHER)));
		assert_eq!(
			services,
			[
				Avs { owner, next_owner, deposit: DEPOSIT, sets: 2, next_set: 2 },
				Avs { owner: account(STRANGER), next_owner: None, deposit: DEPOSIT, sets: 0, next_set: 0 },
			]
		);
		let first = OperatorSet {
			kinds: Delayed {
				value: kinds(&[(Kind::Native, 1)]),
				next: Some((kinds(&[(Kind::Native, 2), (ASSET, 3)]), 7)),
			},
			admission: Admission::Approved,
			min_stake: 5 * STAY,
			slasher: Delayed { value: account(SLASHER), next: Some((account(STRANGER), 8)) },
			destination: Destination::Account(account(NORTH)),
			conditions: 2,
			next_condition: 2,
			had_members: true,
			until: None,
		};
		let second = OperatorSet {
			kinds: kinds(&[(Kind::Native, 1)]).into(),
			admission: Admission::Open,
			min_stake: 0,
			slasher: account(SLASHER).into(),
			destination: Destination::Burn,
			conditions: 0,
			next_condition: 0,
			had_members: false,
			until: None,
		};
		assert_eq!((set(), Sets::<Test>::get(SECOND)), (first, Some(second)));
		let terms = |max_fraction, veto_window, resolver: Option<AccountId>| ConditionTerms {
			max_fraction,
			veto_window,
			resolver: resolver.map(Resolver::Account),
		};
		let lies = Condition {
			text: text(b"Lies"),
			lane: ConditionLane::Attested,
			since: 5,
			terms: Delayed {
				value: terms(WAD / 4, 2, Some(account(4))),
				next: Some((terms(WAD / 2, 1, Some(account(5))), 9)),
			},
		};
		let sleeps = Condition {
			text: text(b"Sleeps"),
			lane: ConditionLane::Attested,
			since: 6,
			terms: terms(WAD, 3, None).into(),
		};
		assert_eq!(Conditions::<Test>::get(SET, 0), Some(lies));
		assert_eq!(Conditions::<Test>::get(SET, 1), Some(sleeps));
		assert_eq!((Metadata::<Test>::iter().count(), Memberships::<Test>::iter().count()), left);

		// What was migrated goes on: the next set has the next index.
		events();
		create();
		assert_eq!(events(), [Event::SetCreated { set: OperatorSetId { avs: 0, index: 2 } }]);
	});
}

#[test]
fn the_migration_to_layout_2_runs_once() {
	execute(|| {
		layout_1();
		upgrade();
		assert_storage_noop!(upgrade());
		assert_eq!(version(), StorageVersion::new(2));
	});
}

#[test]
fn the_migration_to_layout_2_leaves_other_layouts_alone() {
	execute(|| {
		served();
		for other in [0, 2, 3] {
			StorageVersion::new(other).put::<AvsRegistry>();
			assert_storage_noop!(upgrade());
			assert_eq!(version(), StorageVersion::new(other));
		}
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_migration_to_layout_2_passes_its_own_checks() {
	execute(|| {
		layout_1();
		assert_ok!(ToV2::<Test>::try_on_runtime_upgrade(true));
		assert_eq!(version(), StorageVersion::new(2));
	});
}
