//! Weights of `mainstay_staking`, measured by `scripts/weights`.
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
	/// Of `begin_era`, for `v` from 1 to 300.
	fn begin_era(v: u32) -> Weight;
	/// Of `elect`, for `c` from 1 to 1000.
	fn elect(c: u32) -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::Candidates` (r:1 w:1)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Staking::Barred` (r:1 w:1)
	// Proof: `Staking::Barred` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Session::NextKeys` (r:1 w:0)
	// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	// Storage: `OperatorDelegation::Pools` (r:2 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:0)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
	// Storage: `Staking::MinSelfStake` (r:1 w:0)
	// Proof: `Staking::MinSelfStake` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn validate() -> Weight {
		// Least time of execution: 90_461_000 ps.
		Weight::from_parts(110_480_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::Candidates` (r:1002 w:2)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Staking::Barred` (r:1 w:1)
	// Proof: `Staking::Barred` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Session::NextKeys` (r:1 w:0)
	// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	// Storage: `OperatorDelegation::Pools` (r:2002 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:0)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
	// Storage: `Staking::MinSelfStake` (r:1 w:0)
	// Proof: `Staking::MinSelfStake` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn validate_displacing() -> Weight {
		// Least time of execution: 14_900_622_000 ps.
		Weight::from_parts(15_898_243_000, 0)
			.saturating_add(T::DbWeight::get().reads(3011_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `Staking::Candidates` (r:1 w:1)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn chill() -> Weight {
		// Least time of execution: 43_244_000 ps.
		Weight::from_parts(55_474_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ValidatorCount` (r:0 w:1)
	// Proof: `Staking::ValidatorCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn set_validator_count() -> Weight {
		// Least time of execution: 14_530_000 ps.
		Weight::from_parts(18_882_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Staking::MinSelfStake` (r:0 w:1)
	// Proof: `Staking::MinSelfStake` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn set_min_self_stake() -> Weight {
		// Least time of execution: 7_027_000 ps.
		Weight::from_parts(10_734_000, 0).saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Staking::ActiveEra` (r:1 w:1)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraPoints` (r:1 w:1)
	// Proof: `Staking::EraPoints` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn note_author() -> Weight {
		// Least time of execution: 20_918_000 ps.
		Weight::from_parts(25_375_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `Staking::ActiveEra` (r:1 w:1)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Rewards::NextStreamId` (r:1 w:0)
	// Proof: `Rewards::NextStreamId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Sweep` (r:1 w:0)
	// Proof: `Rewards::Sweep` (`max_values`: Some(1), `max_size`: Some(14), added: 509, mode: `MaxEncodedLen`)
	// Storage: `Rewards::LateSweep` (r:1 w:0)
	// Proof: `Rewards::LateSweep` (`max_values`: Some(1), `max_size`: Some(14), added: 509, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:0)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Timestamp::Now` (r:1 w:0)
	// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraPoints` (r:601 w:300)
	// Proof: `Staking::EraPoints` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraValidators` (r:1 w:1)
	// Proof: `Staking::EraValidators` (`max_values`: None, `max_size`: Some(9614), added: 12089, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:300 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::Silent` (r:100 w:300)
	// Proof: `Staking::Silent` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Staking::Candidates` (r:100 w:100)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Due` (r:1 w:1)
	// Proof: `Rewards::Due` (`max_values`: Some(1), `max_size`: Some(10806), added: 11301, mode: `MaxEncodedLen`)
	// Storage: `Rewards::EraRewards` (r:1 w:3)
	// Proof: `Rewards::EraRewards` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:600 w:600)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `Historical::StoredRange` (r:1 w:1)
	// Proof: `Historical::StoredRange` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraStakes` (r:0 w:1)
	// Proof: `Staking::EraStakes` (`max_values`: None, `max_size`: Some(4814), added: 7289, mode: `MaxEncodedLen`)
	// Storage: `Staking::Barred` (r:0 w:100)
	// Proof: `Staking::Barred` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn begin_era(v: u32) -> Weight {
		// Least time of execution: 394_852_000 ps.
		Weight::from_parts(394_852_000, 0)
			// Standard error: 5_067_752
			.saturating_add(Weight::from_parts(118_814_252, 0).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(v.into())))
			.saturating_add(T::DbWeight::get().writes(12_u64))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(v.into())))
	}
	// Storage: `Staking::MinSelfStake` (r:1 w:0)
	// Proof: `Staking::MinSelfStake` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	// Storage: `Staking::Candidates` (r:1001 w:0)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Session::NextKeys` (r:1000 w:0)
	// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	// Storage: `OperatorDelegation::Operators` (r:1000 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:2000 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1000 w:0)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
	// Storage: `Staking::ValidatorCount` (r:1 w:0)
	// Proof: `Staking::ValidatorCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraStakes` (r:0 w:1)
	// Proof: `Staking::EraStakes` (`max_values`: None, `max_size`: Some(4814), added: 7289, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraValidators` (r:0 w:1)
	// Proof: `Staking::EraValidators` (`max_values`: None, `max_size`: Some(9614), added: 12089, mode: `MaxEncodedLen`)
	fn elect(c: u32) -> Weight {
		// Least time of execution: 211_879_000 ps.
		Weight::from_parts(211_879_000, 0)
			// Standard error: 1_730_983
			.saturating_add(Weight::from_parts(66_783_590, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
}
