//! Weights of `mainstay_restaking`, measured by `scripts/weights`.
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
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `Restaking::CounterForAssets` (r:1 w:1)
	// Proof: `Restaking::CounterForAssets` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:4 w:4)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn add_asset() -> Weight {
		// Least time of execution: 186_237_000 ps.
		Weight::from_parts(346_810_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Restaking::Assets` (r:1 w:1)
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	fn set_asset() -> Weight {
		// Least time of execution: 15_790_000 ps.
		Weight::from_parts(22_146_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Assets` (r:1 w:0)
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Held` (r:1 w:1)
	// Proof: `OperatorDelegation::Held` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:1 w:1)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:1)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Settled` (r:1 w:1)
	// Proof: `Rewards::Settled` (`max_values`: None, `max_size`: Some(410), added: 2885, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Ended` (r:1 w:1)
	// Proof: `Rewards::Ended` (`max_values`: None, `max_size`: Some(386), added: 2861, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Accruals` (r:1 w:0)
	// Proof: `Rewards::Accruals` (`max_values`: None, `max_size`: Some(498), added: 2973, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Credit` (r:8 w:8)
	// Proof: `Rewards::Credit` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:2 w:2)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Backers` (r:0 w:1)
	// Proof: `OperatorDelegation::Backers` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	fn restake() -> Weight {
		// Least time of execution: 253_757_000 ps.
		Weight::from_parts(289_890_000, 0)
			.saturating_add(T::DbWeight::get().reads(20_u64))
			.saturating_add(T::DbWeight::get().writes(17_u64))
	}
	// Storage: `OperatorDelegation::Pools` (r:2 w:2)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:2 w:2)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:1 w:0)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Settled` (r:1 w:1)
	// Proof: `Rewards::Settled` (`max_values`: None, `max_size`: Some(410), added: 2885, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Ended` (r:1 w:1)
	// Proof: `Rewards::Ended` (`max_values`: None, `max_size`: Some(386), added: 2861, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Accruals` (r:1 w:0)
	// Proof: `Rewards::Accruals` (`max_values`: None, `max_size`: Some(498), added: 2973, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Credit` (r:8 w:8)
	// Proof: `Rewards::Credit` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Backers` (r:0 w:1)
	// Proof: `OperatorDelegation::Backers` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	fn opt_in() -> Weight {
		// Least time of execution: 214_169_000 ps.
		Weight::from_parts(253_001_000, 0)
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:32 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:1 w:1)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:1 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Assets` (r:1 w:0)
	// Proof: `Restaking::Assets` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:1 w:0)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Leverage` (r:1 w:0)
	// Proof: `Restaking::Leverage` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	fn allocate() -> Weight {
		// Least time of execution: 329_149_000 ps.
		Weight::from_parts(356_031_000, 0)
			.saturating_add(T::DbWeight::get().reads(40_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:34 w:33)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:33 w:0)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:32 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:32 w:32)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Answering` (r:32 w:32)
	// Proof: `AvsRegistry::Answering` (`max_values`: None, `max_size`: Some(9622), added: 12097, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:32 w:32)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn stop(n: u32) -> Weight {
		// Least time of execution: 2_411_538_000 ps.
		Weight::from_parts(2_492_854_024, 0)
			// Standard error: 1_023_110
			.saturating_add(Weight::from_parts(122_150_510, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(135_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(99_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Leverage` (r:1 w:1)
	// Proof: `Restaking::Leverage` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn set_leverage() -> Weight {
		// Least time of execution: 37_841_000 ps.
		Weight::from_parts(48_409_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
}
