//! Weights of the calls and of what other pallets call.
//!
//! ESTIMATES, not measured: reads and writes are counted by hand for the worst case, and the time of execution is
//! a round upper guess of 60 µs a call. To be replaced by benchmark results.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Time of execution of one call without the database, in picoseconds.
const CALL: u64 = 60_000_000;

/// One function a call or hook.
pub trait WeightInfo {
	/// [`crate::Call::register`].
	fn register() -> Weight;
	/// [`crate::Call::set_metadata`].
	fn set_metadata() -> Weight;
	/// [`crate::Call::transfer_ownership`].
	fn transfer_ownership() -> Weight;
	/// [`crate::Call::accept_ownership`].
	fn accept_ownership() -> Weight;
	/// [`crate::Call::deregister`].
	fn deregister() -> Weight;
	/// [`crate::Call::create_set`].
	fn create_set() -> Weight;
	/// [`crate::Call::set_kinds`].
	fn set_kinds() -> Weight;
	/// [`crate::Call::set_admission`].
	fn set_admission() -> Weight;
	/// [`crate::Call::set_min_stake`].
	fn set_min_stake() -> Weight;
	/// [`crate::Call::set_slasher`].
	fn set_slasher() -> Weight;
	/// [`crate::Call::add_condition`].
	fn add_condition() -> Weight;
	/// [`crate::Call::change_condition`].
	fn change_condition() -> Weight;
	/// [`crate::Call::remove_condition`].
	fn remove_condition() -> Weight;
	/// [`crate::Call::approve`].
	fn approve() -> Weight;
	/// [`crate::Call::revoke`].
	fn revoke() -> Weight;
	/// [`crate::Call::join`].
	fn join() -> Weight;
	/// [`crate::Call::leave`].
	fn leave() -> Weight;
	/// [`crate::Call::eject`].
	fn eject() -> Weight;
	/// Letting a retired operator go that served this many sets.
	fn on_operator_retired(sets: u32) -> Weight;
}

/// Estimates on the database weights of the runtime.
pub struct Estimated<T>(PhantomData<T>);

fn call<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(CALL, 0).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

impl<T: frame_system::Config> WeightInfo for Estimated<T> {
	fn register() -> Weight {
		call::<T>(3, 5)
	}
	fn set_metadata() -> Weight {
		call::<T>(1, 1)
	}
	fn transfer_ownership() -> Weight {
		call::<T>(1, 1)
	}
	fn accept_ownership() -> Weight {
		call::<T>(5, 5)
	}
	fn deregister() -> Weight {
		call::<T>(3, 4)
	}
	fn create_set() -> Weight {
		call::<T>(1, 2)
	}
	fn set_kinds() -> Weight {
		call::<T>(4, 1)
	}
	fn set_admission() -> Weight {
		call::<T>(2, 1)
	}
	fn set_min_stake() -> Weight {
		call::<T>(2, 1)
	}
	fn set_slasher() -> Weight {
		call::<T>(4, 1)
	}
	fn add_condition() -> Weight {
		call::<T>(5, 2)
	}
	fn change_condition() -> Weight {
		call::<T>(7, 1)
	}
	fn remove_condition() -> Weight {
		call::<T>(3, 2)
	}
	fn approve() -> Weight {
		call::<T>(4, 1)
	}
	fn revoke() -> Weight {
		call::<T>(3, 1)
	}
	fn join() -> Weight {
		call::<T>(12, 4)
	}
	fn leave() -> Weight {
		call::<T>(4, 3)
	}
	fn eject() -> Weight {
		call::<T>(6, 4)
	}
	fn on_operator_retired(sets: u32) -> Weight {
		call::<T>(2, 1).saturating_add(call::<T>(2, 2).saturating_mul(sets.into()))
	}
}
