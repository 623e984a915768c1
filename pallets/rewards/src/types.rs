//! What the storage holds.

use crate::Config;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use mainstay_primitives::{Balance, Era};
use scale_info::TypeInfo;

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
