//! Migrations from older storage layouts.

use crate::*;
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: network parameters with a seat fraction.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 3: the planned era, and the session with which each era begins.
pub type ToV3<T> = VersionedMigration<2, 3, v3::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// The migration from layout 1 to layout 2. The `Decode` of
/// [`NetworkParameters`](mainstay_primitives::NetworkParameters) reads both layouts, and determines the fraction for
/// networks of layout 1.
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
			// Without a stored value, the network has the parameters of production in both layouts.
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
			Ok(())
		}
	}
}

/// The migration from layout 2 to layout 3, whose new entries follow from the old ones. The running era was a value
/// with a default and is now an option, with the same encoding.
mod v3 {
	use super::*;
	use frame_support::traits::Get;
	use mainstay_primitives::traits::EraClock;
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, codec::Encode, frame_support::ensure, sp_runtime::TryRuntimeError};

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		// Bounded by the history depth.
		fn on_runtime_upgrade() -> Weight {
			let active = Pallet::<T>::active_era();
			let kept = active.index.saturating_add(1).saturating_sub(Parameters::<T>::get().history);
			let planned = Pallet::<T>::planned();
			ActiveEra::<T>::put(active);
			for era in (kept..=planned).filter(|era| EraValidators::<T>::contains_key(era)) {
				Pallet::<T>::note_planned(era);
			}
			// Also if nobody was ever elected.
			Pallet::<T>::note_planned(planned);
			let eras = u64::from(planned.saturating_sub(kept)).saturating_add(2);
			T::DbWeight::get().reads_writes(eras.saturating_mul(2).saturating_add(4), eras.saturating_mul(2))
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			let known: Vec<_> = EraValidators::<T>::iter_keys().collect();
			Ok((Pallet::<T>::active_era(), Pallet::<T>::planned(), known).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let after: Vec<_> = EraValidators::<T>::iter_keys().collect();
			let (active, planned) = (Pallet::<T>::active_era(), CurrentEra::<T>::get().unwrap_or_default());
			ensure!((active, planned, &after).encode() == before, "the clock shows another era");
			let known = after.iter().all(ErasStartSessionIndex::<T>::contains_key);
			ensure!(known, "an era that is kept has no first session");
			Pallet::<T>::do_try_state()
		}
	}
}
