//! From older storage layouts to the running one.

use crate::*;
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: network parameters with a seat fraction.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// How layout 1 becomes layout 2. What layout 1 was, and which fraction its networks get, is in the `Decode` of
/// [`NetworkParameters`](mainstay_primitives::NetworkParameters), which understands both.
mod v2 {
	use super::*;
	use frame_support::traits::Get;
	#[cfg(feature = "try-runtime")]
	use {
		alloc::vec::Vec, codec::Encode, frame_support::ensure, frame_support::storage::unhashed,
		sp_runtime::TryRuntimeError,
	};

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			// Without a value the network has those of production, in any layout.
			if !Parameters::<T>::exists() {
				return T::DbWeight::get().reads(1);
			}
			Parameters::<T>::put(Parameters::<T>::get());
			T::DbWeight::get().reads_writes(2, 1)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok(unhashed::get_raw(&Parameters::<T>::hashed_key()).unwrap_or_default())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(mut before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let after = unhashed::get_raw(&Parameters::<T>::hashed_key()).unwrap_or_default();
			if !before.is_empty() {
				before.extend(Parameters::<T>::get().seat_fraction.encode());
			}
			ensure!(after == before, "a parameter was lost, or is stored in another layout");
			Pallet::<T>::do_try_state()
		}
	}
}
