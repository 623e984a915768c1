//! Weights of `mainstay_key_owners`, measured by `scripts/weights`.
//!
//! Machine: `Intel(R) Xeon(R) Processor`, host `vm`; 2026-11-29; steps 10, repeat 3; wasm, compiled.
//! On genesis with a production network's parameters. Proof sizes are left out: this chain has no relay chain to
//! send proofs to.

// Generated: some of what it says could be said shorter.
#![allow(clippy::unnecessary_cast, unused_parens, unused_imports)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// One function for each call and each part of a hook.
pub trait WeightInfo {
	/// Of `note`, for `n` from 1 to 300.
	fn note(n: u32) -> Weight;
	/// Of `check_proof`.
	fn check_proof() -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `Session::QueuedKeys` (r:1 w:0)
	// Proof: `Session::QueuedKeys` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	// Storage: `KeyOwners::InForce` (r:1 w:1)
	// Proof: `KeyOwners::InForce` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	// Storage: `KeyOwners::Owners` (r:2700 w:2700)
	// Proof: `KeyOwners::Owners` (`max_values`: None, `max_size`: None, mode: `Measured`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `KeyOwners::Sets` (r:1 w:1)
	// Proof: `KeyOwners::Sets` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	// Storage: `KeyOwners::Ended` (r:1 w:2)
	// Proof: `KeyOwners::Ended` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn note(n: u32) -> Weight {
		// Least time of execution: 90_422_000 ps.
		Weight::from_parts(97_436_000, 0)
			// Standard error: 1_299_236
			.saturating_add(Weight::from_parts(71_421_754, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((9_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((9_u64).saturating_mul(n.into())))
	}
	// Storage: `Session::CurrentIndex` (r:1 w:0)
	// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `KeyOwners::Sets` (r:1 w:0)
	// Proof: `KeyOwners::Sets` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	// Storage: `KeyOwners::Owners` (r:1 w:0)
	// Proof: `KeyOwners::Owners` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn check_proof() -> Weight {
		// Least time of execution: 41_400_000 ps.
		Weight::from_parts(52_423_000, 0).saturating_add(T::DbWeight::get().reads(4_u64))
	}
}
