//! Weights of the calls.
//!
//! ESTIMATES, not measured: reads and writes are counted by hand for the worst case, and the time of execution is
//! a round upper guess of 60 µs a call. To be replaced by benchmark results.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Time of execution of one call without the database, in picoseconds.
const CALL: u64 = 60_000_000;

/// One function a call.
pub trait WeightInfo {
	/// [`crate::Call::add_asset`].
	fn add_asset() -> Weight;
	/// [`crate::Call::set_asset`].
	fn set_asset() -> Weight;
	/// [`crate::Call::restake`].
	fn restake() -> Weight;
	/// [`crate::Call::opt_in`].
	fn opt_in() -> Weight;
	/// [`crate::Call::allocate`].
	fn allocate() -> Weight;
	/// [`crate::Call::set_leverage`].
	fn set_leverage() -> Weight;
}

/// Estimates on the database weights of the runtime.
pub struct Estimated<T>(PhantomData<T>);

fn call<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

impl<T: frame_system::Config> WeightInfo for Estimated<T> {
	fn add_asset() -> Weight {
		call::<T>(12, 10)
	}
	fn set_asset() -> Weight {
		call::<T>(1, 1)
	}
	fn restake() -> Weight {
		call::<T>(16, 16)
	}
	fn opt_in() -> Weight {
		call::<T>(14, 16)
	}
	fn allocate() -> Weight {
		call::<T>(10, 2)
	}
	fn set_leverage() -> Weight {
		call::<T>(4, 1)
	}
}
