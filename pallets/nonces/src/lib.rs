//! # Nonces
//!
//! Where a new account begins to count its transactions.
//!
//! A transaction is valid once, because it names its sender's nonce and the nonce moves on. With the account the nonce is
//! forgotten, too: were a new account of the same key to begin at 0 again, everyone could send the old transactions once
//! more, as long as they live; immortal ones for ever. So an account that comes to life begins at
//!
//! ```text
//! max(number of the block, largest nonce that any account had when it was removed)
//! ```
//!
//! The second part is what refuses old transactions: none that a block took of a removed account has a nonce of [`Floor`] or
//! above. The number of the block alone would not do: who sends more transactions than there are blocks is ahead of it. It
//! is there so that the nonces of new accounts say roughly how old they are, and are not all alike.
//!
//! What was signed and taken by no block is as valid as on any chain: when the account comes to its nonce, if it lives so
//! long.
//!
//! ```text
//! block    100                  103                 104
//! X        funded, begins       removed             funded again: begins at max(104, 150), and the 50 transactions
//!          at 100, sends 50     at 150: Floor 150   100 to 149 are refused
//! ```
//!
//! ## Before this pallet
//!
//! What removed accounts sent under an older runtime needs no floor: a transaction signs the `spec_version` of the runtime
//! that is to execute it, so that none signed for an older one is valid after the upgrade. Nothing is migrated. Accounts
//! that live keep their nonce, and the floor counts it when they are removed.
//!
//! ## Bounds
//!
//! Only transactions move the floor, by one each at most, and each of them pays its fee. To bring it to the end of its 32
//! bits takes 4.3 billion transactions, at 0.008 STAY each: 34 million STAY and 900,000 full blocks.
//!
//! No weight tells of it: all new accounts of a block read one key, all removed ones read and write it, and it reaches the
//! database once. So it is among the keys that benchmarks count for nothing (`whitelist_storage`).

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

	/// Configuration. The pallet stands in `OnKilledAccount` of the system, and [`Pallet::start`] is the default of the
	/// system's `Nonce`.
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// The largest nonce that any account had when it was removed. No transaction that a block took of an account that is
	/// removed has this nonce or a larger one.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type Floor<T> = StorageValue<_, Nonce, ValueQuery>;

	impl<T: Config> Pallet<T> {
		/// The nonce with which an account begins that comes to life in this block.
		pub fn start() -> Nonce {
			let block: Nonce = frame_system::Pallet::<T>::block_number().saturated_into();
			Floor::<T>::get().max(block)
		}
	}

	// The system calls this before it forgets the account.
	impl<T: Config> OnKilledAccount<T::AccountId> for Pallet<T> {
		fn on_killed_account(who: &T::AccountId) {
			let nonce: Nonce = frame_system::Pallet::<T>::account_nonce(who).saturated_into();
			if nonce > Floor::<T>::get() {
				Floor::<T>::put(nonce);
			}
		}
	}
}
