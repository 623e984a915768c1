//! Migrations from older storage layouts.

use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::*, traits::UncheckedOnRuntimeUpgrade, weights::Weight,
};
use mainstay_primitives::{Bps, Delayed};
#[cfg(feature = "try-runtime")]
use {alloc::vec::Vec, frame_support::ensure, sp_runtime::TryRuntimeError};

/// Layout 2: operators with promises.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 3: deposits of operators, of their names and of their lists. Existing entries hold none.
pub type ToV3<T> = VersionedMigration<2, 3, v3::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 1 and its migration to layout 2, in one block: layout 1 was never in production.
mod v2 {
	use super::*;
	use frame_support::{storage_alias, Blake2_128Concat};

	#[derive(Encode, Decode)]
	pub struct OperatorV1 {
		commission: Delayed<Bps>,
		policy: Policy,
		retired: bool,
	}

	/// An operator in layout 2.
	#[derive(Encode, Decode)]
	pub struct OperatorV2 {
		pub commission: Delayed<Bps>,
		pub promise: Delayed<Promise>,
		pub policy: Policy,
		pub retired: bool,
	}

	/// [`crate::Operators`] in layout 2.
	#[storage_alias]
	type Operators<T: Config> =
		StorageMap<Pallet<T>, Blake2_128Concat, <T as frame_system::Config>::AccountId, OperatorV2>;

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			let mut moved = 0u64;
			Operators::<T>::translate_values::<OperatorV1, _>(|old| {
				moved = moved.saturating_add(1);
				let OperatorV1 { commission, policy, retired } = old;
				Some(OperatorV2 { commission, promise: Promise::default().into(), policy, retired })
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
			Ok(())
		}
	}
}

/// The migration from layout 2 to layout 3, in one block: layout 2 was never in production.
mod v3 {
	use super::{v2::OperatorV2, *};
	use mainstay_primitives::{Balance, Era, PoolKind, SharePool};

	#[derive(Encode, Decode)]
	pub struct MetadataV2<Name, Link> {
		name: Name,
		link: Link,
	}

	/// Stores a deposit of 0 with operators, names and lists. Removes entries with an empty name and link, which layout
	/// 3 does not have.
	pub fn operators<T: Config>() -> Weight {
		let mut items = 0u64;
		let mut count = || items = items.saturating_add(1);
		Operators::<T>::translate_values::<OperatorV2, _>(|old| {
			let OperatorV2 { commission, promise, policy, retired } = old;
			count();
			Some(Operator { commission, promise, policy, retired, deposit: 0 })
		});
		OperatorMetadata::<T>::translate_values::<
			MetadataV2<BoundedVec<u8, T::MaxNameLength>, BoundedVec<u8, T::MaxLinkLength>>,
			_,
		>(|MetadataV2 { name, link }| {
			count();
			(!name.is_empty() || !link.is_empty()).then_some(Metadata { name, link, deposit: 0 })
		});
		Allowed::<T>::translate_values::<(), _>(|()| {
			count();
			Some(0)
		});
		T::DbWeight::get().reads_writes(items, items)
	}

	#[derive(Encode, Decode)]
	pub struct PoolV2 {
		funds: SharePool,
		generation: u32,
		since: Era,
		max_magnitude: u64,
	}

	#[derive(Encode, Decode)]
	pub struct PositionV2 {
		shares: u128,
		generation: u32,
	}

	/// Stores with pools and positions that none of their shares are fresh, and computes the totals of assets. Layout 2
	/// did not store when earlier generations of a pool began: they count as one that began in era 0, as before.
	fn ledger<T: Config>() -> Weight {
		let mut moved = 0u64;
		let hold = |kind: PoolKind, amount: Balance| {
			Pallet::<T>::note_held(&kind.currency(), |held| held.saturating_add(amount))
		};
		Pools::<T>::translate::<PoolV2, _>(|_, kind, old| {
			moved = moved.saturating_add(1);
			hold(kind, old.funds.amount);
			let PoolV2 { funds, generation, since, max_magnitude } = old;
			Some(Pool { funds, generation, since, max_magnitude, ..Default::default() })
		});
		Positions::<T>::translate_values::<PositionV2, _>(|old| {
			moved = moved.saturating_add(1);
			let PositionV2 { shares, generation } = old;
			Some(Position { shares, generation, fresh: 0, fresh_era: 0 })
		});
		for ((_, kind, _), exit) in Exits::<T>::iter() {
			moved = moved.saturating_add(1);
			hold(kind, exit.funds.amount);
		}
		for (currency, amount) in Slashed::<T>::iter() {
			moved = moved.saturating_add(1);
			Pallet::<T>::note_held(&currency, |held| held.saturating_add(amount));
		}
		// Each entry is read and written, and for an asset its total as well.
		T::DbWeight::get().reads_writes(moved.saturating_mul(2), moved.saturating_mul(2))
	}

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			operators::<T>().saturating_add(ledger::<T>())
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			let counts = [
				Operators::<T>::iter_keys().count(),
				Allowed::<T>::iter_keys().count(),
				Pools::<T>::iter_keys().count(),
				Positions::<T>::iter_keys().count(),
			];
			Ok(counts.map(|count| count as u32).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let before = <[u32; 4]>::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			let after = [
				Operators::<T>::iter_values().count(),
				Allowed::<T>::iter_values().count(),
				Pools::<T>::iter_values().count(),
				Positions::<T>::iter_values().count(),
			];
			ensure!(after.map(|count| count as u32) == before, "an operator, a pool or a position was lost");
			Pallet::<T>::do_try_state()
		}
	}
}
