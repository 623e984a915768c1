//! Weights of the calls and hooks.
//!
//! ESTIMATES, not measured: reads and writes are counted by hand for the worst case, and the time of execution is
//! a round upper guess of 60 µs a call. To be replaced by benchmark results.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Time of execution of one call without the database, in picoseconds.
const CALL: u64 = 60_000_000;

/// One function a call or hook.
pub trait WeightInfo {
	/// [`crate::Call::validate`] while there is room.
	fn validate() -> Weight;
	/// [`crate::Call::validate`] where another candidate must go.
	fn validate_displacing() -> Weight;
	/// [`crate::Call::chill`].
	fn chill() -> Weight;
	/// [`crate::Call::set_validator_count`].
	fn set_validator_count() -> Weight;
	/// [`crate::Call::set_min_self_stake`].
	fn set_min_self_stake() -> Weight;
	/// Counting a block's points for its author.
	fn note_author() -> Weight;
}

/// Estimates on the database weights of the runtime.
pub struct Estimated<T>(PhantomData<T>);

fn call<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

impl<T: frame_system::Config> WeightInfo for Estimated<T> {
	fn validate() -> Weight {
		call::<T>(10, 4)
	}
	fn validate_displacing() -> Weight {
		call::<T>(3_010, 6)
	}
	fn chill() -> Weight {
		call::<T>(2, 3)
	}
	fn set_validator_count() -> Weight {
		call::<T>(1, 1)
	}
	fn set_min_self_stake() -> Weight {
		call::<T>(0, 1)
	}
	fn note_author() -> Weight {
		call::<T>(3, 2)
	}
}
