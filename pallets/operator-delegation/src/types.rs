//! What the storage holds.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound};
use mainstay_primitives::{Bps, Delayed, SharePool};
pub use mainstay_primitives::{Pool, Position};
use scale_info::TypeInfo;

/// Whom an operator takes deposits from.
#[derive(
	Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Policy {
	/// Everyone.
	#[default]
	#[codec(index = 0)]
	Open,
	/// Itself and the accounts on its list.
	#[codec(index = 1)]
	AllowList,
}

/// An operator's terms.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Operator {
	/// Commission in basis points. A higher one waits.
	pub commission: Delayed<Bps>,
	/// Whom it takes deposits from.
	pub policy: Policy,
	/// Whether it takes no deposits any more.
	pub retired: bool,
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

/// All that left one pool in one era.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Exit {
	/// Shares and what they own.
	pub funds: SharePool,
	/// The pool's when it left, less the cuts that reached it since.
	pub max_magnitude: u64,
}
