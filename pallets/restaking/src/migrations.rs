//! Migrations from older storage layouts.

use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: assets have their own minimum deposits. Assets that are already admitted get `MinDeposit`, in their units.
pub type ToV2<T, MinDeposit> =
	VersionedMigration<1, 2, v2::Migrate<T, MinDeposit>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 1 and its migration to layout 2, in one block: at most `MaxAssets` assets, and an exposure of each allocated
/// pool. Layout 1 was never in production.
///
/// In layout 1, a slash of an older generation of a pool cut the histories of the running generation too. The present
/// magnitudes were not cut, and restore them.
mod v2 {
	use super::*;
	use frame_support::traits::Get;
	use mainstay_primitives::Balance;
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, frame_support::ensure, sp_runtime::TryRuntimeError};

	#[derive(Encode, Decode)]
	pub struct AssetTermsV1 {
		cap: Balance,
		deposits: bool,
	}

	pub struct Migrate<T, MinDeposit>(core::marker::PhantomData<(T, MinDeposit)>);

	impl<T: Config, MinDeposit: Get<Balance>> UncheckedOnRuntimeUpgrade for Migrate<T, MinDeposit> {
		fn on_runtime_upgrade() -> Weight {
			let min_deposit = MinDeposit::get().max(LEAST_MIN_DEPOSIT);
			let mut moved = 0u64;
			Assets::<T>::translate_values::<AssetTermsV1, _>(|AssetTermsV1 { cap, deposits }| {
				moved = moved.saturating_add(1);
				Some(AssetTerms { cap, deposits, min_deposit })
			});
			Exposures::<T>::translate_values::<Exposure<T>, _>(|mut exposure| {
				moved = moved.saturating_add(1);
				exposure.allocations.iter_mut().for_each(|(_, allocation)| allocation.restore());
				Some(exposure)
			});
			T::DbWeight::get().reads_writes(moved.saturating_add(1), moved)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok((Assets::<T>::iter_keys().count() as u32).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let before = u32::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			ensure!(Assets::<T>::iter_values().count() as u32 == before, "an asset was lost");
			ensure!(Assets::<T>::count() == before, "assets are miscounted");
			Pallet::<T>::do_try_state()
		}
	}
}
