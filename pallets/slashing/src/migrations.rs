//! From older storage layouts to the running one.

use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: resolvers that are not an account, appeals, and records of slashes that were not executed.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 3: pending slashes and records by operator.
pub type ToV3<T> = VersionedMigration<2, 3, v3::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// What layout 1 was, and how it becomes layout 2. One block does it all: slashes are few, and records are kept for the
/// history depth.
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

/// How layout 2 becomes layout 3, in one block, as above.
mod v3 {
	use super::*;
	use frame_support::traits::Get;
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, sp_runtime::TryRuntimeError};

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
			// Among others: every slash and every record is indexed.
			Pallet::<T>::do_try_state()
		}
	}
}
