//! Migrations from older storage layouts.

use super::*;
use codec::Encode;
use frame_support::{
	assert_storage_noop,
	storage::unhashed,
	traits::{ConstU128, GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};

type ToV2 = crate::migrations::ToV2<Test, ConstU128<MIN_DEPOSIT>>;

fn version() -> StorageVersion {
	Restaking::on_chain_storage_version()
}

/// Two assets as layout 1 has them: the cap, and whether they take deposits.
fn layout_1() {
	StorageVersion::new(1).put::<Restaking>();
	for (id, terms) in [(TOKEN, (500 * STAY, true)), (8, (0, false))] {
		crate::Assets::<Test>::insert(id, AssetTerms { cap: 1, deposits: true, min_deposit: 1 });
		unhashed::put_raw(&crate::Assets::<Test>::hashed_key_for(id), &terms.encode());
	}
}

#[test]
fn layout_1_becomes_layout_2() {
	execute(|| {
		layout_1();
		ToV2::on_runtime_upgrade();
		assert_eq!(version(), STORAGE_VERSION);
		assert_eq!(version(), StorageVersion::new(2));
		let terms = |cap, deposits| AssetTerms { cap, deposits, min_deposit: MIN_DEPOSIT };
		assert_eq!(crate::Assets::<Test>::get(TOKEN), Some(terms(500 * STAY, true)));
		assert_eq!(crate::Assets::<Test>::get(8), Some(terms(0, false)));
		assert_eq!(crate::Assets::<Test>::count(), 2);
	});
}

#[test]
fn what_a_slash_of_an_older_generation_had_cut_of_this_one_is_restored() {
	execute(|| {
		service(2);
		restake(ALICE, PoolKind::Native, 100 * STAY);
		allocate(0, WAD / 2);
		allocate(1, WAD / 4);
		Now::set(ALLOCATION_DELAY);
		assert_eq!((mature(0), mature(1)), (WAD / 2, WAD / 4));
		Exposures::<Test>::mutate(account(NORTH), PoolKind::Native, |exposure| {
			let allocation = exposure.allocations.get_mut(&set(0)).unwrap();
			allocation.history.last_mut().unwrap().1 = WAD / 8;
		});
		StorageVersion::new(1).put::<Restaking>();
		ToV2::on_runtime_upgrade();
		assert_eq!((answers(0, 1..=2), answers(1, 1..=2)), (vec![0, WAD / 2], vec![0, WAD / 4]));
	});
}

#[test]
fn no_asset_comes_out_with_a_least_deposit_that_could_not_be_set() {
	execute(|| {
		layout_1();
		crate::migrations::ToV2::<Test, ConstU128<1>>::on_runtime_upgrade();
		assert_eq!(Restaking::min_deposit(TOKEN), LEAST_MIN_DEPOSIT);
	});
}

#[test]
fn the_migration_to_layout_2_runs_once() {
	execute(|| {
		layout_1();
		ToV2::on_runtime_upgrade();
		assert_storage_noop!(ToV2::on_runtime_upgrade());
		assert_eq!(version(), StorageVersion::new(2));
	});
}

#[test]
fn the_migration_to_layout_2_leaves_other_layouts_alone() {
	execute(|| {
		admit();
		for other in [0, 2, 3] {
			StorageVersion::new(other).put::<Restaking>();
			assert_storage_noop!(ToV2::on_runtime_upgrade());
			assert_eq!(version(), StorageVersion::new(other));
		}
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_migration_to_layout_2_passes_its_own_checks() {
	execute(|| {
		layout_1();
		assert_ok!(ToV2::try_on_runtime_upgrade(true));
		assert_eq!(version(), StorageVersion::new(2));
	});
}
