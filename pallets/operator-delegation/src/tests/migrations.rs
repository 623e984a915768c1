//! What older layouts become.

use super::*;
use crate::migrations::ToV2;
use codec::Encode;
use frame_support::{
	assert_storage_noop,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use mainstay_primitives::{Delayed, BPS};

/// Commission with what waits of it, index of the policy, whether it retired.
type OperatorV1 = ((Bps, Option<(Bps, Era)>), u8, bool);

fn version() -> StorageVersion {
	OperatorDelegation::on_chain_storage_version()
}

fn upgrade() {
	ToV2::<Test>::on_runtime_upgrade();
}

/// Writes the terms of an operator as layout 1 has them.
fn put(operator: u8, terms: OperatorV1) {
	let key = Operators::<Test>::hashed_key_for(account(operator));
	assert!(unhashed::exists(&key), "it is replaced");
	unhashed::put_raw(&key, &terms.encode());
}

/// Three operators, one with stake behind it and a raise that waits, one that goes by a list, one that retired.
fn layout_1() {
	register(500);
	stake(ALICE, STAY);
	for operator in [BOB, STRANGER] {
		assert_ok!(send(operator, Call::register { commission: 0 }));
	}
	assert_ok!(send(BOB, Call::allow { delegator: account(ALICE) }));
	StorageVersion::new(1).put::<OperatorDelegation>();
	put(OPERATOR, ((500, Some((800, 2))), 0, false));
	put(BOB, ((BPS, None), 1, false));
	put(STRANGER, ((7, None), 0, true));
}

fn migrated(operator: u8) -> Option<Operator> {
	Operators::<Test>::get(account(operator))
}

#[test]
fn layout_1_becomes_layout_2() {
	execute(|| {
		layout_1();
		upgrade();
		assert_eq!(version(), STORAGE_VERSION);
		assert_eq!(version(), StorageVersion::new(2));

		let nothing = || Delayed { value: Promise { max_commission: BPS, notice: 0 }, next: None };
		let raising = Operator {
			commission: Delayed { value: 500, next: Some((800, 2)) },
			promise: nothing(),
			policy: Policy::Open,
			retired: false,
		};
		let selective = Operator {
			commission: BPS.into(),
			promise: nothing(),
			policy: Policy::AllowList,
			retired: false,
		};
		let retired =
			Operator { commission: 7.into(), promise: nothing(), policy: Policy::Open, retired: true };
		let expected = [raising, selective, retired].map(Some);
		assert_eq!([OPERATOR, BOB, STRANGER].map(migrated), expected);
		assert_eq!(Operators::<Test>::iter().count(), 3);
		assert_eq!((value(ALICE), pool(Kind::Stake).amount), (STAY, STAY));

		// What was migrated goes on.
		assert_eq!(commission(), Some(500));
		Now::set(2);
		assert_eq!(commission(), Some(800));
		assert_ok!(send(OPERATOR, Call::set_promise { max_commission: 800, notice: 3 }));
		assert_eq!(Custody::promise(account(OPERATOR)), Some(Promise { max_commission: 800, notice: 3 }));
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
		register(500);
		for other in [0, 2, 3] {
			StorageVersion::new(other).put::<OperatorDelegation>();
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
