//! The types of storage.

use crate::Config;
use frame_support::{BoundedVec, DefaultNoBound};
use mainstay_primitives::{Balance, Bps, Delayed, Era, SharePool, BPS};
pub use mainstay_primitives::{Pool, Position};

/// From which accounts an operator takes deposits.
#[frame_support::stored]
#[derive(Copy, Default)]
pub enum Policy {
	/// All accounts.
	#[default]
	#[codec(index = 0)]
	Open,
	/// Itself and the accounts on its list.
	#[codec(index = 1)]
	AllowList,
}

/// An operator's promise to its delegators.
#[frame_support::stored]
#[derive(Copy)]
pub struct Promise {
	/// The maximum commission, in basis points.
	pub max_commission: Bps,
	/// The minimum number of eras before a higher commission binds.
	pub notice: Era,
}

impl Default for Promise {
	/// No promise: any commission, after the minimum delay.
	fn default() -> Self {
		Self { max_commission: BPS, notice: 0 }
	}
}

impl Promise {
	/// The stronger of two promises in each part. It binds for a delegator to whom both were made.
	pub(crate) fn or(&self, other: &Self) -> Self {
		Self {
			max_commission: self.max_commission.min(other.max_commission),
			notice: self.notice.max(other.notice),
		}
	}
}

/// An operator's terms.
#[frame_support::stored]
pub struct Operator {
	/// The commission in basis points. A higher one binds after a delay.
	pub commission: Delayed<Bps>,
	/// The promise about its commission. A weaker one binds after a delay.
	pub promise: Delayed<Promise>,
	/// From which accounts it takes deposits.
	pub policy: Policy,
	/// Whether it has retired, and takes no deposits any more.
	pub retired: bool,
	/// The deposit for its entry that is held of its balance, in STAY.
	pub deposit: Balance,
}

/// The name and link of an operator.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct Metadata<T: Config> {
	/// The name, as UTF-8.
	pub name: BoundedVec<u8, T::MaxNameLength>,
	/// The address of a page about the operator.
	pub link: BoundedVec<u8, T::MaxLinkLength>,
	/// The deposit for both that is held of the operator's balance, in STAY.
	pub deposit: Balance,
}

/// A bucket of exits: everything that left one pool and was queued in one era.
#[frame_support::stored]
pub struct Exit {
	/// The shares of the bucket, and the amount that they own.
	pub funds: SharePool,
	/// The pool's maximum magnitude when the bucket was created, less the cuts that reached the bucket since, in parts
	/// of `WAD`.
	pub max_magnitude: u64,
}
