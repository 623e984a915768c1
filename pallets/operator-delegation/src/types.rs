//! What the storage holds.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound};
use mainstay_primitives::{Bps, Era, SharePool, WAD};
use scale_info::TypeInfo;

/// An operator's terms.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Operator {
	/// Commission in basis points, unless `increase` binds already.
	pub commission: Bps,
	/// A higher commission and the era from which it binds.
	pub increase: Option<(Bps, Era)>,
	/// Whether it takes no deposits any more.
	pub retired: bool,
}

impl Operator {
	/// The commission that binds in era `now`.
	pub fn commission_at(&self, now: Era) -> Bps {
		match self.increase {
			Some((commission, effective)) if effective <= now => commission,
			_ => self.commission,
		}
	}
}

/// What an operator says of itself.
#[derive(
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	DefaultNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Metadata<T: Config> {
	/// Name, as UTF-8.
	pub name: BoundedVec<u8, T::MaxNameLength>,
	/// Where to read more.
	pub link: BoundedVec<u8, T::MaxLinkLength>,
}

/// The live pool of one operator and one kind.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Pool {
	/// Shares and what they own.
	pub funds: SharePool,
	/// Rises when a slash takes all; positions of an older generation are void.
	pub generation: u32,
	/// First era this generation answers for.
	pub since: Era,
	/// What the cuts of services have left, in parts of `WAD`: the largest magnitude an allocation may have.
	pub max_magnitude: u64,
}

impl Default for Pool {
	fn default() -> Self {
		Self { funds: SharePool::default(), generation: 0, since: 0, max_magnitude: WAD }
	}
}

/// All that left one pool in one era.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Exit {
	/// Shares and what they own.
	pub funds: SharePool,
	/// The pool's when it left, less the cuts that reached it since.
	pub max_magnitude: u64,
}

/// A delegator's part of one pool.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Position {
	/// Shares of the pool.
	pub shares: u128,
	/// The pool's generation they belong to.
	pub generation: u32,
}
