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
	/// [`crate::Call::collect`].
	fn collect() -> Weight;
	/// Paying this many validators their share of an era.
	fn pay(validators: u32) -> Weight;
	/// The hook where nothing is to pay.
	fn idle() -> Weight;
}

/// Estimates on the database weights of the runtime.
pub struct Estimated<T>(PhantomData<T>);

fn call<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

impl<T: frame_system::Config> WeightInfo for Estimated<T> {
	fn collect() -> Weight {
		call::<T>(5, 4)
	}
	fn pay(validators: u32) -> Weight {
		call::<T>(12, 9).saturating_mul(validators.into())
	}
	fn idle() -> Weight {
		T::DbWeight::get().reads(1)
	}
}
