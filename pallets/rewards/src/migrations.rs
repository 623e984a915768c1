//! Migrations from older storage layouts.

use crate::*;
use frame_support::{migrations::VersionedMigration, traits::UncheckedOnRuntimeUpgrade, weights::Weight};

/// Layout 2: streams pay for the running era instead of the one before.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// The migration from layout 1 to layout 2.
///
/// A stream that has paid for the past eras owes only the running era, so the hook must process it although it has gone
/// through all streams in this era already. What a stream owed for a past era is given back to its payer. There are no
/// fresh shares, so nothing else is stored.
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
