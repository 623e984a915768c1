//! Changes of the storage layout.

use crate::*;
use frame_support::{migrations::VersionedMigration, traits::UncheckedOnRuntimeUpgrade, weights::Weight};

/// Layout 2: streams pay for the running era, no more for the one before.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// How layout 1 becomes layout 2.
///
/// A stream that had paid for the eras that are over owes nothing then but the running era, which the hook must come to,
/// though it passed all streams of this era already. What a stream owed for an era that is over is given back to its
/// payer. Nobody has fresh shares, so there is nothing else to write down.
mod v2 {
	use super::*;
	use frame_support::traits::Get;
	#[cfg(feature = "try-runtime")]
	use {
		alloc::vec::Vec,
		codec::{Decode, Encode},
		frame_support::ensure,
		sp_runtime::TryRuntimeError,
	};

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			Sweep::<T>::kill();
			T::DbWeight::get().writes(1)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok((Streams::<T>::iter_keys().count() as u32).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let before = u32::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			ensure!(Streams::<T>::iter_keys().count() as u32 == before, "a stream was lost");
			ensure!(!Sweep::<T>::exists(), "the hook would pass streams over in this era");
			ensure!(Ended::<T>::iter_keys().next().is_none(), "nobody has fresh shares yet");
			Pallet::<T>::do_try_state()
		}
	}
}
