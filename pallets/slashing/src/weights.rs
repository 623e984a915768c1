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
	/// [`crate::Call::execute`].
	fn execute() -> Weight;
	/// [`crate::Call::cancel`].
	fn cancel() -> Weight;
	/// [`crate::Call::payout`].
	fn payout() -> Weight;
	/// [`crate::Call::report`].
	fn report() -> Weight;
	/// [`crate::Call::veto`].
	fn veto() -> Weight;
	/// One step of the hook that executes due slashes: look for the next, and execute it.
	fn step() -> Weight;
	/// The hook where nothing is due.
	fn idle() -> Weight;
	/// Queueing the slashes of this many concurrent offenders.
	fn on_offence(offenders: u32) -> Weight;
}

/// Estimates on the database weights of the runtime.
pub struct Estimated<T>(PhantomData<T>);

fn call<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

impl<T: frame_system::Config> WeightInfo for Estimated<T> {
	fn execute() -> Weight {
		call::<T>(84, 80)
	}
	fn cancel() -> Weight {
		call::<T>(5, 5)
	}
	fn payout() -> Weight {
		call::<T>(4, 4)
	}
	fn report() -> Weight {
		call::<T>(20, 10)
	}
	fn veto() -> Weight {
		call::<T>(8, 8)
	}
	fn step() -> Weight {
		call::<T>(88, 84)
	}
	fn idle() -> Weight {
		T::DbWeight::get().reads(3)
	}
	fn on_offence(offenders: u32) -> Weight {
		call::<T>(12, 9).saturating_mul(offenders.into())
	}
}
