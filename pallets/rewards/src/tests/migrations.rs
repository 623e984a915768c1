//! The migration from the older storage layout.

use super::*;
use crate::migrations::ToV2;
use frame_support::traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion};

#[test]
fn layout_1_becomes_layout_2_and_the_hook_comes_to_streams_of_the_running_era() {
	execute(|| {
		served();
		let id = open(STAYS, 1_000, 10_000, 0);
		let late = open(GOLD, 1_000, 10_000, 0);
		next_era();
		// As in layout 1: the paid era is over, and the hook has passed all streams in this era.
		change(id, |stream| stream.next = 2);
		let layout_1 = (2 as Era, Some(id), true);
		frame_support::storage::unhashed::put(&Sweep::<Test>::hashed_key(), &layout_1);
		StorageVersion::new(1).put::<Rewards>();
		events();

		#[cfg(feature = "try-runtime")]
		ToV2::<Test>::try_on_runtime_upgrade(true).unwrap();
		#[cfg(not(feature = "try-runtime"))]
		ToV2::<Test>::on_runtime_upgrade();
		assert_eq!(Rewards::on_chain_storage_version(), STORAGE_VERSION);
		idle(Weight::MAX);
		let mut said = events();
		said.sort_by_key(|event| match event {
			Event::StreamReturned { .. } => 0,
			Event::StreamPaid { id, .. } => 1 + id,
			_ => 9,
		});
		assert_eq!(
			said,
			[
				Event::StreamReturned { id: late, eras: 1, amount: 1_000, payer: account(OWNER) },
				Event::StreamPaid { id, set: SET, era: 2, amount: 1_000 },
				Event::StreamPaid { id: late, set: SET, era: 2, amount: 1_000 },
			]
		);
		// A second run changes nothing.
		assert_storage_noop!(ToV2::<Test>::on_runtime_upgrade());
	});
}
