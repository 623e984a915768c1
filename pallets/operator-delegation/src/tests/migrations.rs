//! Migrations from older storage layouts.

use super::*;
use crate::migrations::{ToV2, ToV3};
use codec::Encode;
use frame_support::{
	assert_storage_noop,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use mainstay_primitives::{Delayed, BPS};

/// Commission with its pending change, index of the policy, whether the operator retired.
type OperatorV1 = ((Bps, Option<(Bps, Era)>), u8, bool);
/// The same, with a promise and its pending change after the commission.
type OperatorV2 = ((Bps, Option<(Bps, Era)>), ((Bps, Era), Option<((Bps, Era), Era)>), u8, bool);

fn version() -> StorageVersion {
	OperatorDelegation::on_chain_storage_version()
}

fn to_v2() {
	ToV2::<Test>::on_runtime_upgrade();
}

fn to_v3() {
	ToV3::<Test>::on_runtime_upgrade();
}

/// Replaces a value by its encoding in an older layout.
fn put(key: Vec<u8>, value: impl Encode) {
	assert!(unhashed::exists(&key), "the entry exists");
	unhashed::put_raw(&key, &value.encode());
}

fn key(operator: u8) -> Vec<u8> {
	Operators::<Test>::hashed_key_for(account(operator))
}

/// Three operators: one with delegated stake and a name, one with an allow list, one with an empty name. No deposits
/// are held for them.
fn operators() {
	ItemDeposit::set(0);
	ByteDeposit::set(0);
	register(500);
	stake(ALICE, STAY);
	for operator in [BOB, STRANGER] {
		assert_ok!(send(operator, Call::register { commission: 0 }));
	}
	assert_ok!(send(BOB, Call::allow { delegator: account(ALICE) }));
	put(Allowed::<Test>::hashed_key_for(account(BOB), account(ALICE)), ());
	for operator in [OPERATOR, STRANGER] {
		let name = b"N".to_vec().try_into().unwrap();
		assert_ok!(send(operator, Call::set_metadata { name, link: Default::default() }));
	}
	let metadata = |operator| OperatorMetadata::<Test>::hashed_key_for(account(operator));
	put(metadata(OPERATOR), (b"North".to_vec(), b"https://north.example".to_vec()));
	put(metadata(STRANGER), (b"".to_vec(), b"".to_vec()));
	ItemDeposit::set(STAY / 10);
	ByteDeposit::set(STAY / 10_000);
	ledger_of_layout_2();
}

/// [`operators`], one with a pending raise, one retired.
fn layout_1() {
	operators();
	StorageVersion::new(1).put::<OperatorDelegation>();
	let put = |operator, terms: OperatorV1| put(key(operator), terms);
	put(OPERATOR, ((500, Some((800, 2))), 0, false));
	put(BOB, ((BPS, None), 1, false));
	put(STRANGER, ((7, None), 0, true));
}

/// [`operators`], one with a pending raise, one with a promise, one retired.
fn layout_2() {
	operators();
	StorageVersion::new(2).put::<OperatorDelegation>();
	let put = |operator, terms: OperatorV2| put(key(operator), terms);
	put(OPERATOR, ((500, Some((800, 2))), ((BPS, 0), None), 0, false));
	put(BOB, ((1, None), ((50, 7), Some(((60, 7), 9))), 1, false));
	put(STRANGER, ((7, None), ((BPS, 0), None), 0, true));
}

fn migrated(operator: u8) -> Option<Operator> {
	Operators::<Test>::get(account(operator))
}

fn nothing() -> Delayed<Promise> {
	Promise { max_commission: BPS, notice: 0 }.into()
}

#[test]
fn layout_1_becomes_layout_2() {
	execute(|| {
		layout_1();
		to_v2();
		assert_eq!(version(), StorageVersion::new(2));
		to_v3();

		let raising = Operator {
			commission: Delayed { value: 500, next: Some((800, 2)) },
			promise: nothing(),
			policy: Policy::Open,
			retired: false,
			deposit: 0,
		};
		let selective = Operator {
			commission: BPS.into(),
			promise: nothing(),
			policy: Policy::AllowList,
			retired: false,
			deposit: 0,
		};
		let retired = Operator {
			commission: 7.into(),
			promise: nothing(),
			policy: Policy::Open,
			retired: true,
			deposit: 0,
		};
		let expected = [raising, selective, retired].map(Some);
		assert_eq!([OPERATOR, BOB, STRANGER].map(migrated), expected);
		assert_eq!(Operators::<Test>::iter().count(), 3);
		assert_eq!((value(ALICE), pool(PoolKind::Stake).amount), (STAY, STAY));

		// The migrated operator works: its raise comes to bind, and it can promise.
		assert_eq!(commission(), Some(500));
		Now::set(2);
		assert_eq!(commission(), Some(800));
		assert_ok!(send(OPERATOR, Call::set_promise { max_commission: 800, notice: 3 }));
		assert_eq!(Custody::promise(account(OPERATOR)), Some(Promise { max_commission: 800, notice: 3 }));
	});
}

#[test]
fn layout_2_becomes_layout_3_and_holds_nothing_for_what_was_there() {
	execute(|| {
		layout_2();
		to_v3();
		assert_eq!(version(), STORAGE_VERSION);
		assert_eq!(version(), StorageVersion::new(3));

		let promise = |max_commission| Promise { max_commission, notice: 7 };
		let selective = Operator {
			commission: 1.into(),
			promise: Delayed { value: promise(50), next: Some((promise(60), 9)) },
			policy: Policy::AllowList,
			retired: false,
			deposit: 0,
		};
		assert_eq!(migrated(BOB), Some(selective));
		assert_eq!([OPERATOR, STRANGER].map(|operator| migrated(operator).unwrap().deposit), [0, 0]);
		assert_eq!(Operators::<Test>::iter().count(), 3);
		assert_eq!(Allowed::<Test>::get(account(BOB), account(ALICE)), Some(0));
		let metadata = OperatorMetadata::<Test>::get(account(OPERATOR)).unwrap();
		assert_eq!((&metadata.name[..], &metadata.link[..]), (&b"North"[..], &b"https://north.example"[..]));
		assert_eq!(metadata.deposit, 0);
		assert_eq!(OperatorMetadata::<Test>::iter().count(), 1, "an empty name is no metadata");
		for who in [OPERATOR, BOB, STRANGER] {
			assert_eq!(on_hold_of(who), 0);
		}

		// Entries that are added from now on take a deposit, and entries that are removed return what was held for
		// them.
		assert_ok!(send(BOB, Call::disallow { delegator: account(ALICE) }));
		assert_eq!(on_hold_of(BOB), 0);
		assert_ok!(send(BOB, Call::allow { delegator: account(ALICE) }));
		assert_eq!(on_hold_of(BOB), STAY / 10);
		let name = metadata.name;
		assert_ok!(send(OPERATOR, Call::set_metadata { name, link: Default::default() }));
		assert_eq!(on_hold_of(OPERATOR), STAY / 10 + 5 * (STAY / 10_000));
	});
}

#[test]
fn a_migration_runs_once() {
	execute(|| {
		layout_1();
		to_v2();
		assert_storage_noop!(to_v2());
		assert_eq!(version(), StorageVersion::new(2));
		to_v3();
		assert_storage_noop!(to_v3());
		assert_eq!(version(), StorageVersion::new(3));
	});
}

#[test]
fn a_migration_leaves_other_layouts_alone() {
	execute(|| {
		register(500);
		for other in [0, 1, 2, 3] {
			StorageVersion::new(other).put::<OperatorDelegation>();
			if other != 1 {
				assert_storage_noop!(to_v2());
			}
			if other != 2 {
				assert_storage_noop!(to_v3());
			}
			assert_eq!(version(), StorageVersion::new(other));
		}
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_migrations_pass_their_own_checks() {
	execute(|| {
		layout_1();
		assert_ok!(ToV2::<Test>::try_on_runtime_upgrade(true));
		assert_ok!(ToV3::<Test>::try_on_runtime_upgrade(true));
		assert_eq!(version(), StorageVersion::new(3));
	});
}

/// Writes pools and positions in layout 2, and removes the counters that it lacks.
fn ledger_of_layout_2() {
	for (operator, kind, pool) in Pools::<Test>::iter().collect::<Vec<_>>() {
		let old = (pool.funds, pool.generation, pool.since, pool.max_magnitude);
		put(Pools::<Test>::hashed_key_for(operator, kind), old);
	}
	for (position_of, position) in Positions::<Test>::iter().collect::<Vec<_>>() {
		put(Positions::<Test>::hashed_key_for(position_of), (position.shares, position.generation));
	}
	Held::<Test>::remove(7);
}

#[test]
fn pools_and_positions_of_layout_2_have_no_fresh_shares() {
	execute(|| {
		layout_2();
		to_v3();
		let stake = Pools::<Test>::get(account(OPERATOR), PoolKind::Stake).unwrap();
		assert_eq!((stake.funds.amount, stake.max_magnitude), (STAY, WAD));
		assert_eq!((stake.fresh, stake.fresh_holders), (0, 0));
		assert_eq!(position(ALICE), Some((STAY, 0)));
		assert_storage_noop!(to_v3());

		// The migrated positions work.
		stake_more();
		exit(ALICE, ExitAmount::All);
		assert_eq!(value(ALICE), 0);
	});
}

fn stake_more() {
	stake(ALICE, STAY);
	assert_eq!(position(ALICE), Some((2 * STAY, 0)));
}

#[test]
fn layout_3_counts_what_is_held_of_assets() {
	execute(|| {
		super::assets::opened();
		assert_ok!(super::assets::deposit(4 * STAY));
		assert_ok!(try_exit(ALICE, super::assets::KIND, ExitAmount::Value(STAY)));
		Custody::take(&account(OPERATOR), super::assets::KIND, Fraction(WAD / 2), 0);
		assert_eq!(Custody::held(7), 4 * STAY, "pool, exits and slashed funds");
		ledger_of_layout_2();
		StorageVersion::new(2).put::<OperatorDelegation>();
		// The operator has layout 3 already, with its deposit.
		let operator = Operators::<Test>::take(account(OPERATOR)).unwrap();
		to_v3();
		Operators::<Test>::insert(account(OPERATOR), operator);
		assert_eq!(Held::<Test>::get(7), 4 * STAY);
	});
}
