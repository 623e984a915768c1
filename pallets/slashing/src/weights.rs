//! Weights of `mainstay_slashing`, measured by `scripts/weights`.
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
	/// Of `execute`.
	fn execute() -> Weight;
	/// Of `cancel`.
	fn cancel() -> Weight;
	/// Of `payout`.
	fn payout() -> Weight;
	/// Of `report`.
	fn report() -> Weight;
	/// Of `veto`.
	fn veto() -> Weight;
	/// Of `appeal`.
	fn appeal() -> Weight;
	/// Of `reinstate`.
	fn reinstate() -> Weight;
	/// Of `step`.
	fn step() -> Weight;
	/// Of `idle`.
	fn idle() -> Weight;
	/// Of `pass`, for `n` from 0 to 1000.
	fn pass(n: u32) -> Weight;
	/// Of `prune`, for `n` from 0 to 64.
	fn prune(n: u32) -> Weight;
	/// Of `on_offence`, for `n` from 1 to 100.
	fn on_offence(n: u32) -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `Slashing::Slashes` (r:1 w:1)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:1 w:1)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:1 w:1)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:4 w:4)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:1 w:1)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:4 w:4)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:4 w:4)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraValidators` (r:1 w:0)
	// Proof: `Staking::EraValidators` (`max_values`: None, `max_size`: Some(9614), added: 12089, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Exits` (r:160 w:156)
	// Proof: `OperatorDelegation::Exits` (`max_values`: None, `max_size`: Some(113), added: 2588, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Slashed` (r:4 w:4)
	// Proof: `OperatorDelegation::Slashed` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Treasury::Received` (r:5 w:5)
	// Proof: `Treasury::Received` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	// Storage: `Slashing::TotalSlashed` (r:4 w:4)
	// Proof: `Slashing::TotalSlashed` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:3 w:3)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:6 w:6)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Held` (r:3 w:3)
	// Proof: `OperatorDelegation::Held` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Records` (r:0 w:1)
	// Proof: `Slashing::Records` (`max_values`: None, `max_size`: Some(508), added: 2983, mode: `MaxEncodedLen`)
	// Storage: `Slashing::RecordsOf` (r:0 w:1)
	// Proof: `Slashing::RecordsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Unpaid` (r:0 w:4)
	// Proof: `Slashing::Unpaid` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	fn execute() -> Weight {
		// Least time of execution: 3_018_180_000 ps.
		Weight::from_parts(3_436_837_000, 0)
			.saturating_add(T::DbWeight::get().reads(210_u64))
			.saturating_add(T::DbWeight::get().writes(208_u64))
	}
	// Storage: `Slashing::Slashes` (r:1 w:1)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:1 w:1)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:1 w:1)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:4 w:4)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:1 w:1)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Records` (r:0 w:1)
	// Proof: `Slashing::Records` (`max_values`: None, `max_size`: Some(508), added: 2983, mode: `MaxEncodedLen`)
	// Storage: `Slashing::RecordsOf` (r:0 w:1)
	// Proof: `Slashing::RecordsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn cancel() -> Weight {
		// Least time of execution: 199_007_000 ps.
		Weight::from_parts(223_379_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	// Storage: `Slashing::Unpaid` (r:1 w:1)
	// Proof: `Slashing::Unpaid` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Slashed` (r:1 w:1)
	// Proof: `OperatorDelegation::Slashed` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:2 w:2)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Held` (r:1 w:1)
	// Proof: `OperatorDelegation::Held` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn payout() -> Weight {
		// Least time of execution: 174_123_000 ps.
		Weight::from_parts(190_973_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:1 w:0)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(388), added: 2863, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:4 w:4)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:4 w:4)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:1 w:0)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:1 w:1)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Slashing::NextId` (r:1 w:1)
	// Proof: `Slashing::NextId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:1)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:0 w:1)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Slashes` (r:0 w:1)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:0 w:1)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn report() -> Weight {
		// Least time of execution: 325_215_000 ps.
		Weight::from_parts(377_584_000, 0)
			.saturating_add(T::DbWeight::get().reads(17_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `Slashing::Slashes` (r:1 w:1)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:1 w:1)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:1 w:1)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:4 w:4)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:1 w:1)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Records` (r:0 w:1)
	// Proof: `Slashing::Records` (`max_values`: None, `max_size`: Some(508), added: 2983, mode: `MaxEncodedLen`)
	// Storage: `Slashing::RecordsOf` (r:0 w:1)
	// Proof: `Slashing::RecordsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn veto() -> Weight {
		// Least time of execution: 216_574_000 ps.
		Weight::from_parts(328_819_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	// Storage: `Slashing::Slashes` (r:1 w:1)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:1 w:1)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:1 w:2)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:2 w:2)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:1)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:1 w:1)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	fn appeal() -> Weight {
		// Least time of execution: 176_625_000 ps.
		Weight::from_parts(202_980_000, 0)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `Slashing::Records` (r:1 w:1)
	// Proof: `Slashing::Records` (`max_values`: None, `max_size`: Some(508), added: 2983, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:1 w:1)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:4 w:4)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:1)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:0 w:1)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Slashes` (r:0 w:1)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:0 w:1)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::RecordsOf` (r:0 w:1)
	// Proof: `Slashing::RecordsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn reinstate() -> Weight {
		// Least time of execution: 118_007_000 ps.
		Weight::from_parts(180_765_000, 0)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:1)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:1 w:1)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Slashes` (r:1 w:1)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:1 w:1)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:4 w:4)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:1 w:1)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:4 w:4)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:4 w:4)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraValidators` (r:1 w:0)
	// Proof: `Staking::EraValidators` (`max_values`: None, `max_size`: Some(9614), added: 12089, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Exits` (r:160 w:156)
	// Proof: `OperatorDelegation::Exits` (`max_values`: None, `max_size`: Some(113), added: 2588, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Slashed` (r:4 w:4)
	// Proof: `OperatorDelegation::Slashed` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:3 w:3)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Treasury::Received` (r:5 w:5)
	// Proof: `Treasury::Received` (`max_values`: None, `max_size`: Some(38), added: 2513, mode: `MaxEncodedLen`)
	// Storage: `Slashing::TotalSlashed` (r:4 w:4)
	// Proof: `Slashing::TotalSlashed` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:3 w:3)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:6 w:6)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Held` (r:3 w:3)
	// Proof: `OperatorDelegation::Held` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Records` (r:0 w:1)
	// Proof: `Slashing::Records` (`max_values`: None, `max_size`: Some(508), added: 2983, mode: `MaxEncodedLen`)
	// Storage: `Slashing::RecordsOf` (r:0 w:1)
	// Proof: `Slashing::RecordsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Unpaid` (r:0 w:4)
	// Proof: `Slashing::Unpaid` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	fn step() -> Weight {
		// Least time of execution: 3_254_178_000 ps.
		Weight::from_parts(5_014_989_000, 0)
			.saturating_add(T::DbWeight::get().reads(211_u64))
			.saturating_add(T::DbWeight::get().writes(209_u64))
	}
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:1)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:0)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn idle() -> Weight {
		// Least time of execution: 13_229_000 ps.
		Weight::from_parts(18_769_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:1)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Queue` (r:1001 w:1)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Slashes` (r:1 w:0)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	fn pass(n: u32) -> Weight {
		// Least time of execution: 36_445_000 ps.
		Weight::from_parts(72_296_673, 0)
			// Standard error: 38_084
			.saturating_add(Weight::from_parts(5_393_007, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PrunedUntil` (r:1 w:0)
	// Proof: `Slashing::PrunedUntil` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Offences` (r:1 w:0)
	// Proof: `Slashing::Offences` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Records` (r:65 w:64)
	// Proof: `Slashing::Records` (`max_values`: None, `max_size`: Some(508), added: 2983, mode: `MaxEncodedLen`)
	// Storage: `Slashing::RecordsOf` (r:0 w:64)
	// Proof: `Slashing::RecordsOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn prune(n: u32) -> Weight {
		// Least time of execution: 31_705_000 ps.
		Weight::from_parts(51_036_588, 0)
			// Standard error: 59_670
			.saturating_add(Weight::from_parts(12_078_495, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
	}
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraValidators` (r:1 w:0)
	// Proof: `Staking::EraValidators` (`max_values`: None, `max_size`: Some(9614), added: 12089, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Offences` (r:100 w:100)
	// Proof: `Slashing::Offences` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	// Storage: `Slashing::NextId` (r:1 w:1)
	// Proof: `Slashing::NextId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:200 w:200)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Slashing::QueueLength` (r:1 w:1)
	// Proof: `Slashing::QueueLength` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Cursor` (r:1 w:1)
	// Proof: `Slashing::Cursor` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	// Storage: `Session::DisabledValidators` (r:1 w:0)
	// Proof: `Session::DisabledValidators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	// Storage: `Session::Validators` (r:1 w:0)
	// Proof: `Session::Validators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	// Storage: `Slashing::Queue` (r:0 w:100)
	// Proof: `Slashing::Queue` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Slashes` (r:0 w:100)
	// Proof: `Slashing::Slashes` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	// Storage: `Slashing::PendingOf` (r:0 w:100)
	// Proof: `Slashing::PendingOf` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn on_offence(n: u32) -> Weight {
		// Least time of execution: 64_677_000 ps.
		Weight::from_parts(43_241_907, 0)
			// Standard error: 282_311
			.saturating_add(Weight::from_parts(40_508_709, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(n.into())))
	}
}
