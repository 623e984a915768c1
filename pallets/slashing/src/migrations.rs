//! Migrations from older storage layouts.

use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: resolvers that are not an account, appeals, and records of slashes that were not executed.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 3: pending slashes and records by operator.
pub type ToV3<T> = VersionedMigration<2, 3, v3::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 4: decided slashes leave their places in the queue at once, and appealed slashes are counted separately. The
/// hook removes records that older runtimes did not remove, era by era.
pub type ToV4<T> = VersionedMigration<3, 4, v4::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 1 and its migration to layout 2, in one block: slashes are few, and records are stored for the history depth.
mod v2 {
	use super::*;
	use frame_support::{
		traits::{ConstU32, Get},
		BoundedVec,
	};
	use mainstay_primitives::{ConditionId, Era, OperatorSetId, Resolver};
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, frame_support::ensure, sp_runtime::TryRuntimeError};

	#[derive(Encode, Decode)]
	enum LaneV1<AccountId> {
		#[codec(index = 0)]
		Consensus { fraction: u64 },
		#[codec(index = 1)]
		Attested {
			set: OperatorSetId,
			condition: ConditionId,
			resolver: Option<AccountId>,
			parts: BoundedVec<Part, ConstU32<4>>,
		},
	}

	#[derive(Encode, Decode)]
	pub struct SlashV1<AccountId> {
		operator: AccountId,
		lane: LaneV1<AccountId>,
		capture: Era,
		reported: Era,
		due: Era,
	}

	impl<AccountId> SlashV1<AccountId> {
		fn migrated(self) -> Slash<AccountId> {
			let lane = match self.lane {
				LaneV1::Consensus { fraction } => Lane::Consensus { fraction },
				LaneV1::Attested { set, condition, resolver, parts } => {
					Lane::Attested { set, condition, resolver: resolver.map(Resolver::Account), parts }
				},
			};
			let Self { operator, capture, reported, due, .. } = self;
			Slash { operator, lane, capture, reported, due, appeal: None }
		}
	}

	#[derive(Encode, Decode)]
	pub struct RecordV1<AccountId> {
		slash: SlashV1<AccountId>,
		taken: Taken,
	}

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			let mut moved = 0u64;
			Slashes::<T>::translate_values::<SlashV1<T::AccountId>, _>(|old| {
				moved = moved.saturating_add(1);
				Some(old.migrated())
			});
			Records::<T>::translate_values::<RecordV1<T::AccountId>, _>(|old| {
				moved = moved.saturating_add(1);
				Some(Record { slash: old.slash.migrated(), outcome: Outcome::Executed(old.taken) })
			});
			T::DbWeight::get().reads_writes(moved, moved)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok((Slashes::<T>::iter_keys().count() as u32, Records::<T>::iter_keys().count() as u32).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let (slashes, records) =
				<(u32, u32)>::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			ensure!(Slashes::<T>::iter_values().count() as u32 == slashes, "a slash was lost");
			ensure!(Records::<T>::iter_values().count() as u32 == records, "a record was lost");
			Ok(())
		}
	}
}

/// The migration from layout 2 to layout 3, in one block, as above.
mod v3 {
	use super::*;
	use frame_support::{storage_alias, traits::Get, Blake2_128Concat, Twox64Concat};
	use mainstay_primitives::SlashId;
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, frame_support::ensure, sp_runtime::TryRuntimeError};

	/// The pending slashes by operator in layout 3.
	#[storage_alias]
	type PendingOf<T: Config> = StorageDoubleMap<
		Pallet<T>,
		Blake2_128Concat,
		<T as frame_system::Config>::AccountId,
		Twox64Concat,
		SlashId,
		(),
	>;

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			let mut indexed = 0u64;
			for (id, slash) in Slashes::<T>::iter() {
				PendingOf::<T>::insert(slash.operator, id, ());
				indexed = indexed.saturating_add(1);
			}
			for (era, id, record) in Records::<T>::iter() {
				RecordsOf::<T>::insert(record.slash.operator, (era, id), ());
				indexed = indexed.saturating_add(1);
			}
			T::DbWeight::get().reads_writes(indexed, indexed)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok(Vec::new())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(_: Vec<u8>) -> Result<(), TryRuntimeError> {
			for (id, slash) in Slashes::<T>::iter() {
				ensure!(PendingOf::<T>::contains_key(slash.operator, id), "a slash is not indexed");
			}
			for (era, id, record) in Records::<T>::iter() {
				let indexed = RecordsOf::<T>::contains_key(record.slash.operator, (era, id));
				ensure!(indexed, "a record is not indexed");
			}
			Ok(())
		}
	}
}

/// The migration from layout 3 to layout 4, in one block: places of the queue are assigned only for future eras, at
/// most a veto window and an appeal window ahead.
mod v4 {
	use super::*;
	use alloc::{collections::BTreeSet, vec::Vec};
	use frame_support::traits::Get;
	#[cfg(feature = "try-runtime")]
	use {frame_support::ensure, sp_runtime::TryRuntimeError};

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			let (mut reads, mut writes) = (0u64, 0u64);

			// Appealed slashes are counted separately. A slash that failed has no place from now on: the place that it
			// stores is empty, or belongs to another slash.
			let counts = Pending::<T>::clear(u32::MAX, None);
			writes = writes.saturating_add(counts.unique.into());
			for (id, slash) in Slashes::<T>::iter() {
				if let Lane::Attested { set, .. } = &slash.lane {
					Pending::<T>::mutate(&slash.operator, set, |count| {
						let of =
							if slash.appeal.is_some() { &mut count.appealed } else { &mut count.unappealed };
						*of = of.saturating_add(1);
					});
				}
				PendingOf::<T>::insert(&slash.operator, id, 0);
				(reads, writes) = (reads.saturating_add(2), writes.saturating_add(2));
			}

			// A slash keeps its place, or the first one if it has several because it was vetoed and reinstated.
			// Abandoned places are removed, and an era without taken places as a whole.
			QueueLength::<T>::translate_values::<u32, _>(|given| {
				(reads, writes) = (reads.saturating_add(1), writes.saturating_add(2));
				Some(Places { given, waiting: 0 })
			});
			let mut queue: Vec<_> = Queue::<T>::iter().collect();
			queue.sort();
			let mut placed = BTreeSet::new();
			for (due, place, id) in queue {
				let slash = Slashes::<T>::get(id).filter(|slash| slash.due == due && placed.insert(id));
				match slash {
					Some(slash) => {
						PendingOf::<T>::insert(slash.operator, id, place);
						QueueLength::<T>::mutate(due, |slot| {
							let mut places = slot.unwrap_or_default();
							places.given = places.given.max(place.saturating_add(1));
							places.waiting = places.waiting.saturating_add(1);
							*slot = Some(places);
						});
					},
					None => Queue::<T>::remove(due, place),
				}
				(reads, writes) = (reads.saturating_add(3), writes.saturating_add(2));
			}
			let eras: Vec<_> = QueueLength::<T>::iter().collect();
			eras.iter()
				.filter(|(_, places)| places.waiting == 0)
				.for_each(|(due, _)| QueueLength::<T>::remove(due));
			T::DbWeight::get().reads_writes(reads, writes)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			let waiting: BTreeSet<_> = Queue::<T>::iter()
				.filter(|(due, _, id)| Slashes::<T>::get(id).is_some_and(|slash| slash.due == *due))
				.map(|(due, _, id)| (due, id))
				.collect();
			Ok((Slashes::<T>::iter_keys().count() as u32, waiting).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			type Before = (u32, BTreeSet<(mainstay_primitives::Era, mainstay_primitives::SlashId)>);
			let (slashes, waiting) =
				Before::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			ensure!(Slashes::<T>::iter_values().count() as u32 == slashes, "a slash was lost");
			let kept: Vec<_> = Queue::<T>::iter().map(|(due, _, id)| (due, id)).collect();
			ensure!(kept.len() == waiting.len(), "a place in the queue was lost, or left behind");
			ensure!(kept.iter().all(|place| waiting.contains(place)), "a slash lost its place");
			Pallet::<T>::do_try_state()
		}
	}
}
