//! Weights of `mainstay_avs_registry`, measured by `scripts/weights`.
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
	/// Of `leave`.
	fn leave() -> Weight;
	/// Of `eject`.
	fn eject() -> Weight;
	/// Of `on_operator_retired`, for `s` from 0 to 32.
	fn on_operator_retired(s: u32) -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::NextAvsId` (r:1 w:1)
	// Proof: `AvsRegistry::NextAvsId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:0 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Metadata` (r:0 w:1)
	// Proof: `AvsRegistry::Metadata` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Least time of execution: 43_852_000 ps.
		Weight::from_parts(47_223_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Metadata` (r:0 w:1)
	// Proof: `AvsRegistry::Metadata` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
	fn set_metadata() -> Weight {
		// Least time of execution: 10_006_000 ps.
		Weight::from_parts(11_611_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	fn transfer_ownership() -> Weight {
		// Least time of execution: 9_826_000 ps.
		Weight::from_parts(11_211_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:2 w:2)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	fn accept_ownership() -> Weight {
		// Least time of execution: 74_883_000 ps.
		Weight::from_parts(80_875_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Metadata` (r:0 w:1)
	// Proof: `AvsRegistry::Metadata` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
	fn deregister() -> Weight {
		// Least time of execution: 39_932_000 ps.
		Weight::from_parts(43_014_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `AvsRegistry::Avses` (r:1 w:1)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:0 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	fn create_set() -> Weight {
		// Least time of execution: 11_789_000 ps.
		Weight::from_parts(13_363_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	fn set_kinds() -> Weight {
		// Least time of execution: 20_020_000 ps.
		Weight::from_parts(21_973_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	fn set_admission() -> Weight {
		// Least time of execution: 13_469_000 ps.
		Weight::from_parts(15_347_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	fn set_min_stake() -> Weight {
		// Least time of execution: 13_519_000 ps.
		Weight::from_parts(15_232_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	fn set_slasher() -> Weight {
		// Least time of execution: 18_963_000 ps.
		Weight::from_parts(21_255_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:0 w:1)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(386), added: 2861, mode: `MaxEncodedLen`)
	fn add_condition() -> Weight {
		// Least time of execution: 21_156_000 ps.
		Weight::from_parts(23_278_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:1 w:1)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(386), added: 2861, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn change_condition() -> Weight {
		// Least time of execution: 24_799_000 ps.
		Weight::from_parts(27_209_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Conditions` (r:1 w:1)
	// Proof: `AvsRegistry::Conditions` (`max_values`: None, `max_size`: Some(386), added: 2861, mode: `MaxEncodedLen`)
	fn remove_condition() -> Weight {
		// Least time of execution: 17_119_000 ps.
		Weight::from_parts(18_909_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(59), added: 2534, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:1)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn approve() -> Weight {
		// Least time of execution: 21_388_000 ps.
		Weight::from_parts(23_124_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:1)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn revoke() -> Weight {
		// Least time of execution: 17_007_000 ps.
		Weight::from_parts(18_607_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:1)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(59), added: 2534, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:1 w:1)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(137), added: 2612, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:1 w:0)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:4 w:0)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	fn join() -> Weight {
		// Least time of execution: 76_823_000 ps.
		Weight::from_parts(88_374_000, 0)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `AvsRegistry::Memberships` (r:1 w:1)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(137), added: 2612, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn leave() -> Weight {
		// Least time of execution: 39_885_000 ps.
		Weight::from_parts(49_943_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `AvsRegistry::Sets` (r:1 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(223), added: 2698, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Avses` (r:1 w:0)
	// Proof: `AvsRegistry::Avses` (`max_values`: None, `max_size`: Some(97), added: 2572, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:1 w:1)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(137), added: 2612, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:1 w:1)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Approvals` (r:0 w:1)
	// Proof: `AvsRegistry::Approvals` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn eject() -> Weight {
		// Least time of execution: 49_944_000 ps.
		Weight::from_parts(59_282_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:32 w:32)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:32 w:32)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(137), added: 2612, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn on_operator_retired(s: u32) -> Weight {
		// Least time of execution: 4_804_000 ps.
		Weight::from_parts(8_271_359, 0)
			// Standard error: 7_443
			.saturating_add(Weight::from_parts(14_210_082, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(s.into())))
	}
}
