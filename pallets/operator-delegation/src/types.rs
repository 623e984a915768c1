//! What the storage holds.

use crate::Config;
use frame_support::{BoundedVec, DefaultNoBound};
use mainstay_primitives::{Balance, Bps, Delayed, Era, SharePool, BPS};
pub use mainstay_primitives::{Pool, Position};

/// Whom an operator takes deposits from.
#[frame_support::stored]
#[derive(Copy, Default)]
pub enum Policy {
	/// Everyone.
	#[default]
	#[codec(index = 0)]
	Open,
	/// Itself and the accounts on its list.
	#[codec(index = 1)]
	AllowList,
}

/// What an operator promises its delegators.
#[frame_support::stored]
#[derive(Copy)]
pub struct Promise {
	/// It takes no higher commission, in basis points.
	pub max_commission: Bps,
	/// A higher commission waits for at least so many eras.
	pub notice: Era,
}

impl Default for Promise {
	/// Nothing: any commission, after the least delay.
	fn default() -> Self {
		Self { max_commission: BPS, notice: 0 }
	}
}

impl Promise {
	/// What both promise, for whom the more of it counts.
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
	/// Commission in basis points. A higher one waits.
	pub commission: Delayed<Bps>,
	/// What it promises of its commission. Less of it waits.
	pub promise: Delayed<Promise>,
	/// Whom it takes deposits from.
	pub policy: Policy,
	/// Whether it takes no deposits any more.
	pub retired: bool,
	/// What is held of its balance for being an operator.
	pub deposit: Balance,
}

/// What an operator says of itself.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct Metadata<T: Config> {
	/// Name, as UTF-8.
	pub name: BoundedVec<u8, T::MaxNameLength>,
	/// Where to read more.
	pub link: BoundedVec<u8, T::MaxLinkLength>,
	/// What is held of the operator's balance for both.
	pub deposit: Balance,
}

/// All that left one pool in one era.
#[frame_support::stored]
pub struct Exit {
	/// Shares and what they own.
	pub funds: SharePool,
	/// The pool's when it left, less the cuts that reached it since.
	pub max_magnitude: u64,
}
