//! What the storage holds.

use crate::Config;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedBTreeMap, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use mainstay_primitives::{Balance, Currency, Era};
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
