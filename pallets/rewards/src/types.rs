//! What the storage holds.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedBTreeMap, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use mainstay_primitives::{Balance, Currency, Era, OperatorSetId};
use scale_info::TypeInfo;
use sp_core::U256;

/// What an era paid.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct EraReward {
	/// The pot, shared by points.
	pub pot: Balance,
	/// The points of all validators.
	pub points: u32,
	/// What was paid of the pot so far, commissions included.
	pub paid: Balance,
}

/// Validators that are not paid yet.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct DuePayments<T: Config> {
	/// The era they are paid for.
	pub era: Era,
	/// Who, with the points they earned; paid from the end.
	pub validators: BoundedVec<(T::AccountId, u32), T::MaxValidators>,
}

/// What one pool's delegators were paid in one currency.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Accumulator {
	/// Per share, times [`crate::ACC_SCALE`], since the pool's generation began.
	pub per_share: U256,
	/// What was left over, in the same scale: less than one unit a share.
	pub carry: u128,
}

/// What one generation of a pool was paid, by currency.
pub type Accumulators<T> = BoundedBTreeMap<Currency, Accumulator, <T as Config>::MaxRewardAssets>;

/// Up to where a position's rewards are credited.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Checkpoint<T: Config> {
	/// The generation of the position.
	pub generation: u32,
	/// The accumulators it was settled at. One that is missing stood at 0.
	pub per_share: BoundedBTreeMap<Currency, U256, T::MaxRewardAssets>,
}

/// Id of a stream, rising from 0 in the order of opening.
pub type StreamId = u32;

/// A payment to an operator set for every era.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Stream<AccountId> {
	/// The set that is paid.
	pub set: OperatorSetId,
	/// Who funds it, and receives what is not earned.
	pub payer: AccountId,
	/// The currency.
	pub currency: Currency,
	/// What it pays for an era.
	pub rate: Balance,
	/// What there is to pay from.
	pub funds: Balance,
	/// The first era it has not paid for yet.
	pub next: Era,
	/// For how many eras it goes on after it was stopped.
	pub notice: Era,
	/// The first era it does not pay for any more, where it was stopped.
	pub until: Option<Era>,
	/// What is held of the payer's balance.
	pub deposit: Balance,
}

/// Why a stream is over.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum StreamEnd {
	/// It was stopped, and its notice is over.
	#[codec(index = 0)]
	Stopped,
	/// Its funds do not pay for what it owes.
	#[codec(index = 1)]
	Unfunded,
	/// The set was closed.
	#[codec(index = 2)]
	SetClosed,
}

/// How far the hook has come with the streams.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct StreamSweep {
	/// The era in which it began: what is due in it is for the eras before.
	pub era: Era,
	/// The stream it looked at last, in the order of storage.
	pub after: Option<StreamId>,
	/// Whether it has looked at all of them.
	pub done: bool,
}
