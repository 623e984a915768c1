//! From older storage layouts to the running one.

use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: operators with promises.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// What layout 1 was, and how it becomes layout 2. One block does it all: layout 1 was never in production.
mod v2 {
	use super::*;
	use frame_support::traits::Get;
	use mainstay_primitives::{Bps, Delayed};
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, frame_support::ensure, sp_runtime::TryRuntimeError};

	#[derive(Encode, Decode)]
	pub struct OperatorV1 {
		commission: Delayed<Bps>,
		policy: Policy,
		retired: bool,
	}

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			let mut moved = 0u64;
			Operators::<T>::translate_values::<OperatorV1, _>(|old| {
				moved = moved.saturating_add(1);
				let OperatorV1 { commission, policy, retired } = old;
				Some(Operator { commission, promise: Promise::default().into(), policy, retired })
			});
			T::DbWeight::get().reads_writes(moved, moved)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok((Operators::<T>::iter_keys().count() as u32).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let before = u32::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			ensure!(Operators::<T>::iter_values().count() as u32 == before, "an operator was lost");
			Pallet::<T>::do_try_state()
		}
	}
}
