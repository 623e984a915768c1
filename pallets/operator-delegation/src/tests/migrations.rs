//! What older layouts become.

use super::*;
use crate::migrations::{ToV2, ToV3};
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

/// Writes pools and positions as layout 2 has them.
fn as_layout_2() {
	for (operator, kind, pool) in Pools::<Test>::iter().collect::<Vec<_>>() {
		let old = (pool.funds, pool.generation, pool.since, pool.max_magnitude);
		unhashed::put_raw(&Pools::<Test>::hashed_key_for(operator, kind), &old.encode());
	}
	for (key, position) in Positions::<Test>::iter().collect::<Vec<_>>() {
		let old = (position.shares, position.generation);
		unhashed::put_raw(&Positions::<Test>::hashed_key_for(key), &old.encode());
	}
	StorageVersion::new(2).put::<OperatorDelegation>();
}

fn layout_2() {
	register(0);
	stake(ALICE, 3 * STAY);
	restake(BOB, 5 * STAY);
	exit(ALICE, ExitAmount::Value(STAY));
	as_layout_2();
}

#[test]
fn layout_2_becomes_layout_3_without_fresh_shares() {
	execute(|| {
		layout_2();
		ToV3::<Test>::on_runtime_upgrade();
		assert_eq!(version(), StorageVersion::new(3));
		assert_eq!(version(), STORAGE_VERSION);
		let stake = Pools::<Test>::get(account(OPERATOR), Kind::Stake).unwrap();
		assert_eq!((stake.funds.amount, stake.max_magnitude), (2 * STAY, WAD));
		assert_eq!((stake.fresh, stake.fresh_holders), (0, 0));
		assert_eq!(position(ALICE), Some((2 * STAY, 0)));
		assert_eq!(position_in(Kind::Native, BOB), Some((5 * STAY, 0)));
		assert_storage_noop!(ToV3::<Test>::on_runtime_upgrade());

		// What was there goes on.
		restake(BOB, STAY);
		exit(ALICE, ExitAmount::All);
		assert_eq!(value(ALICE), 0);
	});
}

#[test]
fn layout_3_counts_what_is_held_of_assets() {
	execute(|| {
		super::assets::opened();
		assert_ok!(super::assets::deposit(4 * STAY));
		assert_ok!(try_exit(ALICE, super::assets::KIND, ExitAmount::Value(STAY)));
		Custody::take(&account(OPERATOR), super::assets::KIND, WAD / 2, 0);
		assert_eq!(Custody::held(7), 4 * STAY, "pool, exits and what was slashed");
		Held::<Test>::remove(7);
		as_layout_2();
		ToV3::<Test>::on_runtime_upgrade();
		assert_eq!(Held::<Test>::get(7), 4 * STAY);
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_migration_to_layout_3_passes_its_own_checks() {
	execute(|| {
		layout_2();
		assert_ok!(ToV3::<Test>::try_on_runtime_upgrade(true));
	});
}
