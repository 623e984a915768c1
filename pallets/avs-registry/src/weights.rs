//! Weights of `mainstay_avs_registry`, measured by `scripts/weights`.
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
	/// Of `register`.
	fn register() -> Weight;
	/// Of `set_metadata`.
	fn set_metadata() -> Weight;
	/// Of `transfer_ownership`.
	fn transfer_ownership() -> Weight;
	/// Of `accept_ownership`.
	fn accept_ownership() -> Weight;
	/// Of `deregister`.
	fn deregister() -> Weight;
	/// Of `create_set`.
	fn create_set() -> Weight;
	/// Of `set_kinds`.
	fn set_kinds() -> Weight;
	/// Of `set_admission`.
	fn set_admission() -> Weight;
	/// Of `set_min_stake`.
	fn set_min_stake() -> Weight;
	/// Of `set_slasher`.
	fn set_slasher() -> Weight;
	/// Of `add_condition`.
	fn add_condition() -> Weight;
	/// Of `change_condition`.
	fn change_condition() -> Weight;
	/// Of `remove_condition`.
	fn remove_condition() -> Weight;
	/// Of `approve`.
	fn approve() -> Weight;
	/// Of `revoke`.
	fn revoke() -> Weight;
	/// Of `join`.
	fn join() -> Weight;
	/// Of `join_displacing`.
	fn join_displacing() -> Weight;
	/// Of `leave`.
	fn leave() -> Weight;
	/// Of `eject`.
	fn eject() -> Weight;
	/// Of `wind_down`.
	fn wind_down() -> Weight;
	/// Of `close_set`, for `n` from 0 to 300.
	fn close_set(n: u32) -> Weight;
	/// Of `on_operator_retired`, for `s` from 0 to 32.
	fn on_operator_retired(s: u32) -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::NextAvsId` (r:1 w:1)
	// Proof: `AvsRegistry::NextAvsId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:0 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Metadata` (r:0 w:1)
	// Proof: `AvsRegistry::Metadata` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Least time of execution: 70_768_000 ps.
		Weight::from_parts(130_275_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Metadata` (r:0 w:1)
	// Proof: `AvsRegistry::Metadata` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
	fn set_metadata() -> Weight {
		// Least time of execution: 17_114_000 ps.
		Weight::from_parts(24_859_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	fn transfer_ownership() -> Weight {
		// Least time of execution: 15_892_000 ps.
		Weight::from_parts(22_354_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn accept_ownership() -> Weight {
		// Least time of execution: 209_819_000 ps.
		Weight::from_parts(361_556_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Metadata` (r:0 w:1)
	// Proof: `AvsRegistry::Metadata` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
	fn deregister() -> Weight {
		// Least time of execution: 63_276_000 ps.
		Weight::from_parts(82_619_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:0 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	fn create_set() -> Weight {
		// Least time of execution: 18_873_000 ps.
		Weight::from_parts(24_965_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	fn set_kinds() -> Weight {
		// Least time of execution: 32_021_000 ps.
		Weight::from_parts(41_963_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	fn set_admission() -> Weight {
		// Least time of execution: 22_069_000 ps.
		Weight::from_parts(34_368_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	fn set_min_stake() -> Weight {
		// Least time of execution: 23_103_000 ps.
		Weight::from_parts(45_387_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	fn set_slasher() -> Weight {
		// Least time of execution: 32_436_000 ps.
		Weight::from_parts(48_330_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:0 w:1)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(388), added: 2863, mode: `MaxEncodedLen`)
	fn add_condition() -> Weight {
		// Least time of execution: 35_829_000 ps.
		Weight::from_parts(61_248_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:1 w:1)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(388), added: 2863, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn change_condition() -> Weight {
		// Least time of execution: 43_036_000 ps.
		Weight::from_parts(89_840_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:1 w:1)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(388), added: 2863, mode: `MaxEncodedLen`)
	fn remove_condition() -> Weight {
		// Least time of execution: 27_772_000 ps.
		Weight::from_parts(40_567_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:1)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn approve() -> Weight {
		// Least time of execution: 98_207_000 ps.
		Weight::from_parts(109_748_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:1)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn revoke() -> Weight {
		// Least time of execution: 83_739_000 ps.
		Weight::from_parts(95_970_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:1 w:1)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:0)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:4 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:4 w:0)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Answering` (r:1 w:1)
	// Proof: `AvsRegistry::Answering` (`max_values`: None, `max_size`: Some(9622), added: 12097, mode: `MaxEncodedLen`)
	fn join() -> Weight {
		// Least time of execution: 379_845_000 ps.
		Weight::from_parts(429_005_000, 0)
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:2 w:2)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:0)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:1204 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:1204 w:0)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:2 w:2)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Answering` (r:1 w:1)
	// Proof: `AvsRegistry::Answering` (`max_values`: None, `max_size`: Some(9622), added: 12097, mode: `MaxEncodedLen`)
	fn join_displacing() -> Weight {
		// Least time of execution: 43_305_367_000 ps.
		Weight::from_parts(63_705_755_000, 0)
			.saturating_add(T::DbWeight::get().reads(2423_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `AvsRegistry::Memberships` (r:1 w:1)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Answering` (r:1 w:1)
	// Proof: `AvsRegistry::Answering` (`max_values`: None, `max_size`: Some(9622), added: 12097, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn leave() -> Weight {
		// Least time of execution: 174_417_000 ps.
		Weight::from_parts(288_300_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:1 w:1)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Answering` (r:1 w:1)
	// Proof: `AvsRegistry::Answering` (`max_values`: None, `max_size`: Some(9622), added: 12097, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:1)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn eject() -> Weight {
		// Least time of execution: 244_182_000 ps.
		Weight::from_parts(289_055_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:1 w:0)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	fn wind_down() -> Weight {
		// Least time of execution: 34_174_000 ps.
		Weight::from_parts(55_245_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:301 w:300)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Pending` (r:300 w:0)
	// Proof: `Slashing::Pending` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:300 w:300)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:301 w:301)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:301 w:301)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `Restaking::Exposures` (r:1500 w:0)
	// Proof: `Restaking::Exposures` (`max_values`: None, `max_size`: Some(13310), added: 15785, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:0)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:16 w:16)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(388), added: 2863, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	// Storage: `Rewards::StreamsOf` (r:1 w:1)
	// Proof: `Rewards::StreamsOf` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Streams` (r:8 w:8)
	// Proof: `Rewards::Streams` (`max_values`: None, `max_size`: Some(118), added: 2593, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Credit` (r:33 w:33)
	// Proof: `Rewards::Credit` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Carried` (r:34 w:33)
	// Proof: `Rewards::Carried` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Paid` (r:84 w:84)
	// Proof: `Rewards::Paid` (`max_values`: None, `max_size`: Some(726), added: 3201, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Answering` (r:0 w:1)
	// Proof: `AvsRegistry::Answering` (`max_values`: None, `max_size`: Some(9622), added: 12097, mode: `MaxEncodedLen`)
	fn close_set(n: u32) -> Weight {
		// Least time of execution: 1_228_816_000 ps.
		Weight::from_parts(1_814_232_215, 0)
			// Standard error: 4_777_971
			.saturating_add(Weight::from_parts(136_568_152, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(185_u64))
			.saturating_add(T::DbWeight::get().reads((10_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(181_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(n.into())))
	}
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
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
	fn on_operator_retired(s: u32) -> Weight {
		// Least time of execution: 9_514_000 ps.
		Weight::from_parts(3_306_614, 0)
			// Standard error: 460_234
			.saturating_add(Weight::from_parts(97_601_917, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(s.into())))
	}
}
