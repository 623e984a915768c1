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
	/// [`crate::Call::collect`], of this many currencies.
	fn collect(currencies: u32) -> Weight;
	/// [`crate::Call::collect_all`], of this many positions and currencies.
	fn collect_all(positions: u32, currencies: u32) -> Weight;
	/// [`crate::Call::set_payout_account`].
	fn set_payout_account() -> Weight;
	/// [`crate::Call::pay_set`], of this many members.
	fn pay_set(members: u32) -> Weight;
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
	fn collect(currencies: u32) -> Weight {
		call::<T>(6, 10)
			.saturating_add(T::DbWeight::get().reads_writes(4, 4).saturating_mul(currencies.into()))
	}
	fn collect_all(positions: u32, currencies: u32) -> Weight {
		let settle = T::DbWeight::get().reads_writes(3, 2);
		Self::collect(currencies).saturating_add(settle.saturating_mul(positions.into()))
	}
	fn set_payout_account() -> Weight {
		call::<T>(0, 1)
	}
	fn pay_set(members: u32) -> Weight {
		call::<T>(12, 6).saturating_add(T::DbWeight::get().reads_writes(14, 5).saturating_mul(members.into()))
	}
	fn pay(validators: u32) -> Weight {
		call::<T>(12, 9).saturating_mul(validators.into())
	}
	fn idle() -> Weight {
		T::DbWeight::get().reads(1)
	}
}
