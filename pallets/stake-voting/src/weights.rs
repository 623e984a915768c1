//! Weights of `mainstay_stake_voting`. They are upper bounds that were derived from what is read and written, until
//! `scripts/weights` has measured them. Proof sizes are left out: this chain has no relay chain to send proofs to.
//!
//! An entry of an iteration counts as two reads, one of its key and one of its value: 32 positions and 64 exits are 192, and
//! the end of each of the two iterations is one more. Their pools and buckets are 96.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// One function for each call and for each part of other pallets' calls.
pub trait WeightInfo {
	/// Of `renew`.
	fn renew() -> Weight;
	/// Of what a deposit or a claim of an account with a lock does, and of an unlocking.
	fn renewal() -> Weight;
	/// Of what a vote or a delegation does.
	fn vote() -> Weight;
}

/// As derived, with the database weights of the runtime.
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for Measured<T> {
	// Storage: `StakeVoting::Locks` (r:1 w:1)
	// Storage: `OperatorDelegation::Positions` (r:65 w:0)
	// Storage: `OperatorDelegation::Pools` (r:32 w:0)
	// Storage: `OperatorDelegation::Claims` (r:129 w:0)
	// Storage: `OperatorDelegation::Exits` (r:64 w:0)
	// Storage: `Balances::Locks` (r:1 w:1)
	// Storage: `Balances::Freezes` (r:1 w:0)
	// Storage: `System::Account` (r:1 w:1)
	fn renew() -> Weight {
		Weight::from_parts(1_500_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(294_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: as of `renew`
	fn renewal() -> Weight {
		Weight::from_parts(1_500_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(294_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	// Storage: as of `renew`. The positions are read twice: once for the balance that votes, and once for what it locks.
	fn vote() -> Weight {
		Weight::from_parts(2_000_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(391_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}
