//! What the storage holds.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	traits::Get, BoundedBTreeMap, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use mainstay_primitives::{pool::mul_div, Balance, Currency, Era, OperatorSetId};
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

impl EraReward {
	/// The part of the pot that `points` win, rounded down.
	pub fn share(&self, points: u32) -> Balance {
		mul_div(self.pot, points.into(), self.points.into()).unwrap_or(0)
	}
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

/// How many currencies services pay in at most: STAY and every asset there can be.
pub struct MaxCurrencies<T>(PhantomData<T>);

impl<T: Config> Get<u32> for MaxCurrencies<T> {
	fn get() -> u32 {
		T::MaxAssets::get().saturating_add(1)
	}
}

/// What an operator set was paid in one era.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct EraPaid<T: Config> {
	/// The era.
	pub era: Era,
	/// How much arrived of each currency, commissions included. One for which there is no place is left out.
	pub amounts: BoundedBTreeMap<Currency, Balance, MaxCurrencies<T>>,
}

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

impl<AccountId> Stream<AccountId> {
	/// The end of what it owes for in era `now`: the first era that is not over, or for which it does not pay.
	pub fn over(&self, now: Era) -> Era {
		self.until.map_or(now, |until| until.min(now))
	}

	/// For how many eras its funds pay.
	fn affordable(&self) -> Era {
		let eras = self.funds.checked_div(self.rate).unwrap_or(0);
		eras.try_into().unwrap_or(Era::MAX)
	}

	/// For how many of the eras that are over in era `now` it can pay, and how much that is.
	pub fn owed(&self, now: Era) -> (Era, Balance) {
		let eras = self.over(now).saturating_sub(self.next).min(self.affordable());
		(eras, self.rate.saturating_mul(eras.into()))
	}

	/// The first era for which it does not pay any more, with the funds it has.
	pub fn ends(&self) -> Era {
		let unfunded = self.next.saturating_add(self.affordable());
		self.until.map_or(unfunded, |until| until.min(unfunded))
	}
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
