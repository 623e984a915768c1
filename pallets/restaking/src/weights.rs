//! Weights of `mainstay_restaking`, measured by `scripts/weights`.
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
	/// Of `add_asset`.
	fn add_asset() -> Weight;
	/// Of `set_asset`.
	fn set_asset() -> Weight;
	/// Of `restake`.
	fn restake() -> Weight;
	/// Of `opt_in`.
	fn opt_in() -> Weight;
	/// Of `allocate`.
	fn allocate() -> Weight;
	/// Of `stop`, for `n` from 1 to 33.
	fn stop(n: u32) -> Weight;
	/// Of `set_leverage`.
	fn set_leverage() -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `Restaking::Assets` (r:1 w:1)
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `Restaking::CounterForAssets` (r:1 w:1)
	// Proof: `Restaking::CounterForAssets` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:4 w:4)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn add_asset() -> Weight {
		// Least time of execution: 116_628_000 ps.
		Weight::from_parts(121_060_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Restaking::Assets` (r:1 w:1)
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	fn set_asset() -> Weight {
		// Least time of execution: 8_587_000 ps.
		Weight::from_parts(9_484_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Assets` (r:1 w:0)
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:2 w:2)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:1 w:1)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:1)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Accruals` (r:1 w:0)
	// Proof: `Rewards::Accruals` (`max_values`: None, `max_size`: Some(498), added: 2973, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Settled` (r:1 w:1)
	// Proof: `Rewards::Settled` (`max_values`: None, `max_size`: Some(410), added: 2885, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Credit` (r:8 w:8)
	// Proof: `Rewards::Credit` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Backers` (r:0 w:1)
	// Proof: `OperatorDelegation::Backers` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	fn restake() -> Weight {
		// Least time of execution: 136_520_000 ps.
		Weight::from_parts(144_141_000, 0)
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `OperatorDelegation::Pools` (r:2 w:2)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:2 w:2)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Accruals` (r:1 w:0)
	// Proof: `Rewards::Accruals` (`max_values`: None, `max_size`: Some(498), added: 2973, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Settled` (r:1 w:1)
	// Proof: `Rewards::Settled` (`max_values`: None, `max_size`: Some(410), added: 2885, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Credit` (r:8 w:8)
	// Proof: `Rewards::Credit` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Backers` (r:0 w:1)
	// Proof: `OperatorDelegation::Backers` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	fn opt_in() -> Weight {
		// Least time of execution: 104_862_000 ps.
		Weight::from_parts(111_073_000, 0)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:32 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:1 w:1)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:1 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Assets` (r:1 w:0)
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:1 w:0)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Leverage` (r:1 w:0)
	// Proof: `Restaking::Leverage` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	fn allocate() -> Weight {
		// Least time of execution: 176_657_000 ps.
		Weight::from_parts(187_753_000, 0)
			.saturating_add(T::DbWeight::get().reads(42_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:34 w:33)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:33 w:0)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:32 w:32)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:32 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:32 w:32)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(137), added: 2612, mode: `MaxEncodedLen`)
	fn stop(n: u32) -> Weight {
		// Least time of execution: 531_867_000 ps.
		Weight::from_parts(481_370_489, 0)
			// Standard error: 77_618
			.saturating_add(Weight::from_parts(62_610_311, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(101_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(65_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Leverage` (r:1 w:1)
	// Proof: `Restaking::Leverage` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn set_leverage() -> Weight {
		// Least time of execution: 22_290_000 ps.
		Weight::from_parts(23_805_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}
