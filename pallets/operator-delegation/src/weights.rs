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
	/// [`crate::Call::register`].
	fn register() -> Weight;
	/// [`crate::Call::set_commission`].
	fn set_commission() -> Weight;
	/// [`crate::Call::set_metadata`].
	fn set_metadata() -> Weight;
	/// [`crate::Call::retire`].
	fn retire() -> Weight;
	/// [`crate::Call::stake`].
	fn stake() -> Weight;
	/// [`crate::Call::exit`].
	fn exit() -> Weight;
	/// [`crate::Call::claim`].
	fn claim() -> Weight;
	/// [`crate::Call::set_policy`].
	fn set_policy() -> Weight;
	/// [`crate::Call::allow`].
	fn allow() -> Weight;
	/// [`crate::Call::disallow`].
	fn disallow() -> Weight;
}

/// Estimates on the database weights of the runtime.
pub struct Estimated<T>(PhantomData<T>);

fn call<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

impl<T: frame_system::Config> WeightInfo for Estimated<T> {
	fn register() -> Weight {
		call::<T>(1, 1)
	}
	fn set_commission() -> Weight {
		call::<T>(3, 1)
	}
	fn set_metadata() -> Weight {
		call::<T>(1, 1)
	}
	fn retire() -> Weight {
		call::<T>(3, 3)
	}
	fn stake() -> Weight {
		call::<T>(8, 5)
	}
	fn exit() -> Weight {
		call::<T>(7, 5)
	}
	fn claim() -> Weight {
		call::<T>(8, 4)
	}
	fn set_policy() -> Weight {
		call::<T>(1, 1)
	}
	fn allow() -> Weight {
		call::<T>(2, 1)
	}
	fn disallow() -> Weight {
		call::<T>(1, 1)
	}
}
