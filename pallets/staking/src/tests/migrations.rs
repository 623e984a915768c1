//! What older layouts become.

use super::*;
use crate::migrations::ToV2;
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
			// What the new code reads before the migration has run.
			assert_eq!(Parameters::<Test>::get(), network);
			upgrade();
			assert_eq!((version(), version()), (STORAGE_VERSION, StorageVersion::new(2)));
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
