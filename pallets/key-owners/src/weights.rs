//! Weights of `mainstay_key_owners`: an upper bound, counted by hand, which a measurement confirmed by ratio: see
//! `mainstay_rewards`.
//!
//! Proof sizes are left out: this chain has no relay chain to send proofs to.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// One function for noting and one for checking.
pub trait WeightInfo {
	/// Of `note`, for `n` validators from 1 to 300 that all leave, as many others with three keys each that take their
	/// places, and as many keys that are forgotten.
	fn note(n: u32) -> Weight;
	/// Of `check_proof`.
	fn check_proof() -> Weight;
}

/// As counted, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `Session::QueuedKeys` (r:1 w:0)
	// Storage: `KeyOwners::InForce` (r:1 w:1)
	// Storage: `KeyOwners::Sets` (r:1 w:1)
	// Storage: `KeyOwners::Ended` (r:1 w:2)
	// Storage: `KeyOwners::Owners` (r:9 w:9 for each validator)
	fn note(n: u32) -> Weight {
		Weight::from_parts(52_000_000, 0)
			.saturating_add(Weight::from_parts(34_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(4, 4))
			.saturating_add(T::DbWeight::get().reads_writes(9, 9).saturating_mul(n.into()))
	}
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Storage: `KeyOwners::Sets` (r:1 w:0)
	// Storage: `KeyOwners::Owners` (r:1 w:0)
	fn check_proof() -> Weight {
		Weight::from_parts(24_000_000, 0).saturating_add(T::DbWeight::get().reads(4))
	}
}
