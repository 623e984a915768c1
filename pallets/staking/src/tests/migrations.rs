//! Migrations from older storage layouts.

use super::*;
use crate::migrations::{ToV2, ToV3};
use codec::Encode;
use frame_support::{
	assert_storage_noop,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use mainstay_primitives::NetworkParameters;

fn version() -> StorageVersion {
	Staking::on_chain_storage_version()
}

fn upgrade() {
	ToV2::<Test>::on_runtime_upgrade();
}

/// Stores `parameters` as layout 1 has them: without the last field.
fn layout_1(parameters: &NetworkParameters) {
	let mut bytes = parameters.encode();
	bytes.truncate(bytes.len() - 2);
	unhashed::put_raw(&Parameters::<Test>::hashed_key(), &bytes);
	StorageVersion::new(1).put::<Staking>();
}

/// Bytes of the stored parameters.
fn stored() -> usize {
	unhashed::get_raw(&Parameters::<Test>::hashed_key()).map_or(0, |bytes| bytes.len())
}

#[test]
fn layout_1_becomes_layout_2() {
	execute(|| {
		let length = stored();
		for (network, seat_fraction) in [(network().parameters, 0), (NetworkParameters::PRODUCTION, 2_500)] {
			layout_1(&network);
			assert_eq!(stored(), length - 2);
			// The new code reads this before the migration has run.
			assert_eq!(Parameters::<Test>::get(), network);
			upgrade();
			assert_eq!(version(), StorageVersion::new(2));
			assert_eq!(stored(), length);
			assert_eq!(Parameters::<Test>::get(), NetworkParameters { seat_fraction, ..network });
		}
	});
}

#[test]
fn a_network_without_parameters_stays_one() {
	execute(|| {
		Parameters::<Test>::kill();
		StorageVersion::new(1).put::<Staking>();
		upgrade();
		assert!(!Parameters::<Test>::exists());
		assert_eq!(version(), StorageVersion::new(2));
	});
}

#[test]
fn the_migration_to_layout_2_runs_once() {
	execute(|| {
		layout_1(&network().parameters);
		upgrade();
		assert_storage_noop!(upgrade());
		assert_eq!(version(), StorageVersion::new(2));
	});
}

#[test]
fn the_migration_to_layout_2_leaves_other_layouts_alone() {
	execute(|| {
		for other in [0, 2, 3] {
			StorageVersion::new(other).put::<Staking>();
			assert_storage_noop!(upgrade());
			assert_eq!(version(), StorageVersion::new(other));
		}
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_migration_to_layout_2_passes_its_own_checks() {
	execute(|| {
		layout_1(&network().parameters);
		assert_ok!(ToV2::<Test>::try_on_runtime_upgrade(true));
		assert_eq!(version(), StorageVersion::new(2));
	});
}

/// `clients` 1: the values that independent clients read exist after the upgrade.
#[test]
fn layout_2_becomes_layout_3() {
	for sessions in [0, 1, SESSIONS - 1, 4 * SESSIONS, 12 * SESSIONS - 1] {
		execute(|| {
			(0..sessions).for_each(|_| next_session());
			let all = || {
				let mut begin: Vec<_> = ErasStartSessionIndex::<Test>::iter().collect();
				begin.sort();
				(ActiveEra::<Test>::get(), CurrentEra::<Test>::get(), begin)
			};
			let now = all();
			CurrentEra::<Test>::kill();
			let _ = ErasStartSessionIndex::<Test>::clear(u32::MAX, None);
			StorageVersion::new(2).put::<Staking>();
			ToV3::<Test>::on_runtime_upgrade();
			assert_eq!((version(), StorageVersion::new(3)), (STORAGE_VERSION, STORAGE_VERSION));
			assert_eq!(all(), now, "after {sessions} sessions");
			assert_storage_noop!(ToV3::<Test>::on_runtime_upgrade());
		});
	}
}

#[test]
fn the_running_era_is_stored_in_the_bytes_that_layout_2_had() {
	execute(|| {
		Millis::set(7);
		author(&[1]);
		let bytes = unhashed::get_raw(&ActiveEra::<Test>::hashed_key()).expect("the era exists");
		assert_eq!(bytes, (0u32, Some(7u64)).encode());
	});
}
