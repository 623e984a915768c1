//! # Nonces
//!
//! This pallet sets the nonce with which a new account begins.
//!
//! A transaction can be executed once, because it contains its sender's nonce, and the nonce then increases. When an
//! account is removed, its nonce is removed with it. If an account of the same key were created again with nonce 0,
//! anyone could send its old transactions again, as long as their mortality allows; immortal ones forever. So a new
//! account begins with the nonce
//!
//! ```text
//! max(number of the block, largest nonce that any account had when it was removed)
//! ```
//!
//! The second part refuses old transactions: no executed transaction of a removed account has a nonce of [`Floor`] or
//! above. The block number alone would not suffice: an account that sends more transactions than there are blocks is
//! ahead of it. It is included so that the nonces of new accounts differ and show roughly how old the accounts are.
//!
//! A transaction that was signed but never executed stays valid, as on any chain: it can be executed when the account
//! reaches its nonce, if it has not expired by then.
//!
//! ```text
//! block    100                  103                 104
//! X        funded, begins       removed             funded again: begins at max(104, 150), and the 50 transactions
//!          at 100, sends 50     at 150: Floor 150   100 to 149 are refused
//! ```
//!
//! ## Before this pallet
//!
//! Transactions of accounts that were removed under an older runtime need no floor: a transaction signs the
//! `spec_version` of the runtime that is to execute it, so none that was signed for an older runtime is valid after the
//! upgrade. Nothing is migrated. Existing accounts keep their nonce, and the floor includes it when they are removed.
//!
//! ## Bounds
//!
//! Only transactions raise the floor, each by at most one, and each pays its fee. To reach the end of its 32 bits takes
//! 4.3 billion transactions at 0.008 STAY each: 34 million STAY and 900,000 full blocks.
//!
//! Weights do not include the floor: all new accounts of a block read one key, all removed ones read and write it, and
//! it reaches the database once for each block. So it is one of the keys that benchmarks do not count
//! (`whitelist_storage`).

#![cfg_attr(not(feature = "std"), no_std)]

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use frame_support::{pallet_prelude::*, traits::OnKilledAccount};
	use mainstay_primitives::Nonce;
	use sp_runtime::SaturatedConversion;

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration. The runtime sets this pallet as `OnKilledAccount` of the system pallet, and [`Pallet::start`] as
	/// the default of the system pallet's `Nonce`.
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// The largest nonce that any account had when it was removed. No executed transaction of a removed account has
	/// this nonce or a larger one.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type Floor<T> = StorageValue<_, Nonce, ValueQuery>;

	impl<T: Config> Pallet<T> {
		/// The nonce with which an account begins that is created in this block.
		pub fn start() -> Nonce {
			let block: Nonce = frame_system::Pallet::<T>::block_number().saturated_into();
			Floor::<T>::get().max(block)
		}
	}

	// The system pallet calls this before it removes the account.
	impl<T: Config> OnKilledAccount<T::AccountId> for Pallet<T> {
		fn on_killed_account(who: &T::AccountId) {
			let nonce: Nonce = frame_system::Pallet::<T>::account_nonce(who).saturated_into();
			if nonce > Floor::<T>::get() {
				Floor::<T>::put(nonce);
			}
		}
	}
}
