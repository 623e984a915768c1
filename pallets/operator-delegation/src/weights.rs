//! Weights of `mainstay_operator_delegation`, measured by `scripts/weights`.
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
	/// Of `set_commission`.
	fn set_commission() -> Weight;
	/// Of `set_promise`.
	fn set_promise() -> Weight;
	/// Of `set_metadata`.
	fn set_metadata() -> Weight;
	/// Of `retire`.
	fn retire() -> Weight;
	/// Of `stake`.
	fn stake() -> Weight;
	/// Of `exit`.
	fn exit() -> Weight;
	/// Of `claim`.
	fn claim() -> Weight;
	/// Of `set_policy`.
	fn set_policy() -> Weight;
	/// Of `allow`.
	fn allow() -> Weight;
	/// Of `disallow`.
	fn disallow() -> Weight;
}

/// As measured, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `OperatorDelegation::Operators` (r:1 w:1)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Least time of execution: 73_919_000 ps.
		Weight::from_parts(89_885_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:1)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	fn set_commission() -> Weight {
		// Least time of execution: 25_886_000 ps.
		Weight::from_parts(35_366_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:1)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	fn set_promise() -> Weight {
		// Least time of execution: 27_639_000 ps.
		Weight::from_parts(56_318_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::OperatorMetadata` (r:1 w:1)
	// Proof: `OperatorDelegation::OperatorMetadata` (`max_values`: None, `max_size`: Some(260), added: 2735, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn set_metadata() -> Weight {
		// Least time of execution: 85_231_000 ps.
		Weight::from_parts(104_758_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:1)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::Candidates` (r:1 w:1)
	// Proof: `Staking::Candidates` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	// Storage: `Staking::CounterForCandidates` (r:1 w:1)
	// Proof: `Staking::CounterForCandidates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Joined` (r:1 w:1)
	// Proof: `AvsRegistry::Joined` (`max_values`: None, `max_size`: Some(305), added: 2780, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Sets` (r:32 w:0)
	// Proof: `AvsRegistry::Sets` (`max_values`: None, `max_size`: Some(228), added: 2703, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Members` (r:32 w:32)
	// Proof: `AvsRegistry::Members` (`max_values`: None, `max_size`: Some(9618), added: 12093, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Answering` (r:32 w:0)
	// Proof: `AvsRegistry::Answering` (`max_values`: None, `max_size`: Some(9622), added: 12097, mode: `MaxEncodedLen`)
	// Storage: `AvsRegistry::Memberships` (r:32 w:32)
	// Proof: `AvsRegistry::Memberships` (`max_values`: None, `max_size`: Some(225), added: 2700, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	// Storage: `Staking::Silent` (r:0 w:1)
	// Proof: `Staking::Silent` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	// Storage: `Staking::Barred` (r:0 w:1)
	// Proof: `Staking::Barred` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn retire() -> Weight {
		// Least time of execution: 2_334_813_000 ps.
		Weight::from_parts(2_606_566_000, 0)
			.saturating_add(T::DbWeight::get().reads(135_u64))
			.saturating_add(T::DbWeight::get().writes(72_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Pools` (r:1 w:1)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:1)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:2 w:2)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Backers` (r:0 w:1)
	// Proof: `OperatorDelegation::Backers` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	fn stake() -> Weight {
		// Least time of execution: 125_356_000 ps.
		Weight::from_parts(211_127_000, 0)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// Storage: `OperatorDelegation::Pools` (r:1 w:1)
	// Proof: `OperatorDelegation::Pools` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Positions` (r:1 w:1)
	// Proof: `OperatorDelegation::Positions` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Settled` (r:1 w:1)
	// Proof: `Rewards::Settled` (`max_values`: None, `max_size`: Some(410), added: 2885, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Ended` (r:1 w:1)
	// Proof: `Rewards::Ended` (`max_values`: None, `max_size`: Some(386), added: 2861, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Accruals` (r:1 w:0)
	// Proof: `Rewards::Accruals` (`max_values`: None, `max_size`: Some(498), added: 2973, mode: `MaxEncodedLen`)
	// Storage: `Rewards::Credit` (r:8 w:8)
	// Proof: `Rewards::Credit` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	// Storage: `Staking::EraValidators` (r:1 w:0)
	// Proof: `Staking::EraValidators` (`max_values`: None, `max_size`: Some(9614), added: 12089, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Exits` (r:1 w:1)
	// Proof: `OperatorDelegation::Exits` (`max_values`: None, `max_size`: Some(113), added: 2588, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Claims` (r:1 w:1)
	// Proof: `OperatorDelegation::Claims` (`max_values`: None, `max_size`: Some(137), added: 2612, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Backers` (r:0 w:1)
	// Proof: `OperatorDelegation::Backers` (`max_values`: None, `max_size`: Some(109), added: 2584, mode: `MaxEncodedLen`)
	fn exit() -> Weight {
		// Least time of execution: 266_083_000 ps.
		Weight::from_parts(441_263_000, 0)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(15_u64))
	}
	// Storage: `OperatorDelegation::Claims` (r:1 w:1)
	// Proof: `OperatorDelegation::Claims` (`max_values`: None, `max_size`: Some(137), added: 2612, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Exits` (r:1 w:1)
	// Proof: `OperatorDelegation::Exits` (`max_values`: None, `max_size`: Some(113), added: 2588, mode: `MaxEncodedLen`)
	// Storage: `Staking::Parameters` (r:1 w:0)
	// Proof: `Staking::Parameters` (`max_values`: Some(1), `max_size`: Some(74), added: 569, mode: `MaxEncodedLen`)
	// Storage: `Staking::ActiveEra` (r:1 w:0)
	// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	// Storage: `Slashing::Held` (r:1 w:0)
	// Proof: `Slashing::Held` (`max_values`: None, `max_size`: Some(2111), added: 4586, mode: `MaxEncodedLen`)
	// Storage: `Assets::Asset` (r:1 w:1)
	// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	// Storage: `Assets::Account` (r:2 w:2)
	// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Held` (r:1 w:1)
	// Proof: `OperatorDelegation::Held` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		// Least time of execution: 144_303_000 ps.
		Weight::from_parts(254_392_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:1)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	fn set_policy() -> Weight {
		// Least time of execution: 18_553_000 ps.
		Weight::from_parts(41_864_000, 0)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	// Storage: `OperatorDelegation::Operators` (r:1 w:0)
	// Proof: `OperatorDelegation::Operators` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	// Storage: `OperatorDelegation::Allowed` (r:1 w:1)
	// Proof: `OperatorDelegation::Allowed` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn allow() -> Weight {
		// Least time of execution: 89_793_000 ps.
		Weight::from_parts(167_648_000, 0)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: `OperatorDelegation::Allowed` (r:1 w:1)
	// Proof: `OperatorDelegation::Allowed` (`max_values`: None, `max_size`: Some(112), added: 2587, mode: `MaxEncodedLen`)
	// Storage: `System::Account` (r:1 w:1)
	// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	// Storage: `Balances::Holds` (r:1 w:1)
	// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(229), added: 2704, mode: `MaxEncodedLen`)
	fn disallow() -> Weight {
		// Least time of execution: 69_216_000 ps.
		Weight::from_parts(124_384_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}
