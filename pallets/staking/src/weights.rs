//! Weights of `mainstay_staking`, measured by `scripts/weights`.
//!
//! Machine: `Intel(R) Xeon(R) Processor`, host `vm`; 2026-11-21; steps 10, repeat 3; wasm, compiled.
//! On genesis with a production network's parameters. Proof sizes are left out: this chain has no relay chain to
//! send proofs to.

// Generated: some of what it says could be said shorter.
#![allow(clippy::unnecessary_cast, unused_parens, unused_imports)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// One function for each call and each part of a hook.
pub trait WeightInfo {
	/// Of `begin_era`.
	fn begin_era(v: u32) -> Weight;
	/// Of `elect`.
	fn elect(c: u32) -> Weight;
	/// Of `validate`.
	fn validate() -> Weight;
	/// Of `validate_displacing`.
	fn validate_displacing() -> Weight;
	/// Of `chill`.
	fn chill() -> Weight;
	/// Of `set_validator_count`.
	fn set_validator_count() -> Weight;
	/// Of `set_min_self_stake`.
	fn set_min_self_stake() -> Weight;
	/// Of `note_author`.
	fn note_author() -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	fn begin_era(_v: u32) -> Weight {
		Weight::zero()
	}
	fn elect(_c: u32) -> Weight {
		Weight::zero()
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(59), added: 2534, mode: `MaxEncodedLen`)
	// Storage: `Staking::Candidates` (r:1 w:1)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Session::NextKeys` (r:1 w:0)
	// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	// Storage: `OperatorDelegation::Pools` (r:2 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:0)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	// Storage: `Staking::MinSelfStake` (r:1 w:0)
	// Proof: `Staking::MinSelfStake` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Staking::Silent` (r:0 w:1)
	// Proof: `Staking::Silent` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn validate() -> Weight {
		// Least time of execution: 50_297_000 ps.
		Weight::from_parts(54_716_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(59), added: 2534, mode: `MaxEncodedLen`)
	// Storage: `Staking::Candidates` (r:1002 w:2)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Session::NextKeys` (r:1 w:0)
	// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	// Storage: `OperatorDelegation::Pools` (r:2002 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:0)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	// Storage: `Staking::MinSelfStake` (r:1 w:0)
	// Proof: `Staking::MinSelfStake` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Staking::Silent` (r:0 w:2)
	// Proof: `Staking::Silent` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn validate_displacing() -> Weight {
		// Least time of execution: 9_273_509_000 ps.
		Weight::from_parts(9_289_232_000, 0)
			.saturating_add(T::DbWeight::get().reads(3009_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `Staking::Candidates` (r:1 w:1)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Staking::Silent` (r:0 w:1)
	// Proof: `Staking::Silent` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn chill() -> Weight {
		// Least time of execution: 20_028_000 ps.
		Weight::from_parts(23_030_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `Staking::ValidatorCount` (r:0 w:1)
	// Proof: `Staking::ValidatorCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn set_validator_count() -> Weight {
		// Least time of execution: 8_541_000 ps.
		Weight::from_parts(9_988_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Staking::MinSelfStake` (r:0 w:1)
	// Proof: `Staking::MinSelfStake` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn set_min_self_stake() -> Weight {
		// Least time of execution: 3_973_000 ps.
		Weight::from_parts(4_847_000, 0).saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Staking::ActiveEra` (r:1 w:1)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraPoints` (r:1 w:1)
	// Proof: `Staking::EraPoints` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn note_author() -> Weight {
		// Least time of execution: 11_310_000 ps.
		Weight::from_parts(12_666_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}
