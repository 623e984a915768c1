//! What the storage holds.

use crate::Config;
use core::marker::PhantomData;
use frame_support::{traits::Get, BoundedBTreeMap, BoundedVec};
use mainstay_primitives::{pool::mul_div, Balance, Currency, Era, OperatorSetId};
use sp_core::U256;

/// What an era paid.
#[frame_support::stored]
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
#[frame_support::stored]
pub struct DuePayments<T: Config> {
	/// The era they are paid for.
	pub era: Era,
	/// Who, with the points they earned; paid from the end.
	pub validators: BoundedVec<(T::AccountId, u32), T::MaxValidators>,
}

/// What one pool's delegators were paid in one currency.
#[frame_support::stored]
#[derive(Copy, Default)]
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
#[frame_support::stored]
pub struct EraPaid<T: Config> {
	/// The era.
	pub era: Era,
	/// How much arrived of each currency, commissions included. One for which there is no place is left out.
	pub amounts: BoundedBTreeMap<Currency, Balance, MaxCurrencies<T>>,
}

/// Accumulators of one generation of a pool, by currency. One that is missing stands at 0.
pub type PerShare<T> = BoundedBTreeMap<Currency, U256, <T as Config>::MaxRewardAssets>;

/// Where shares that came in one era began to earn.
#[frame_support::stored]
pub struct FreshEnded<T: Config> {
	/// The accumulators of their pool's generation then.
	pub per_share: PerShare<T>,
	/// How many positions hold some of them and were not settled since. Never 0.
	pub holders: u32,
}

/// Up to where a position's rewards are credited.
#[frame_support::stored]
pub struct Checkpoint<T: Config> {
	/// The generation of the position.
	pub generation: u32,
	/// The accumulators it was settled at.
	pub per_share: PerShare<T>,
}

/// Id of a stream, rising from 0 in the order of opening.
pub type StreamId = u32;

/// A payment to an operator set for every era.
#[frame_support::stored(no_skip_type_params)]
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
	/// The first era whose instalment is neither paid nor given back: at most the one after the running era.
	pub next: Era,
	/// For how many eras it goes on after it was stopped.
	pub notice: Era,
	/// The first era it does not pay for any more, where it was stopped.
	pub until: Option<Era>,
	/// What is held of the payer's balance.
	pub deposit: Balance,
}

impl<AccountId> Stream<AccountId> {
	/// Whether nobody has come to it in era `now`.
	pub fn is_due(&self, now: Era) -> bool {
		self.next <= now
	}

	/// Whether it pays for `era`, as far as its stop says.
	pub fn pays_for(&self, era: Era) -> bool {
		self.until.is_none_or(|until| era < until)
	}

	/// For how many eras its funds pay.
	fn affordable(&self) -> Era {
		let eras = self.funds.checked_div(self.rate).unwrap_or(0);
		eras.try_into().unwrap_or(Era::MAX)
	}

	/// The eras that were over before era `now` and were not paid for, as far as the funds go. Their instalments go back
	/// to the payer.
	pub fn missed(&self, now: Era) -> Era {
		let over = self.until.map_or(now, |until| until.min(now));
		over.saturating_sub(self.next).min(self.affordable())
	}

	/// What it pays for the running era, `now`: its instalment, unless it was paid or given back, the stream was stopped,
	/// or its funds do not reach that far.
	pub fn owed(&self, now: Era) -> Balance {
		let reaches = self.next.saturating_add(self.affordable()) > now;
		if self.is_due(now) && self.pays_for(now) && reaches {
			self.rate
		} else {
			0
		}
	}

	/// The first era for which it does not pay any more, with the funds it has.
	pub fn ends(&self) -> Era {
		let unfunded = self.next.saturating_add(self.affordable());
		self.until.map_or(unfunded, |until| until.min(unfunded))
	}
}

/// Why a stream is over.
#[frame_support::stored]
#[derive(Copy)]
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

/// How far a hook has come with the streams.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct StreamSweep {
	/// The era for which it pays.
	pub era: Era,
	/// The stream it looked at last, in the order of storage.
	pub after: Option<StreamId>,
	/// Whether it has looked at all of them. Then it looks at those that were opened since it began.
	pub done: bool,
	/// The first stream of these that it has not looked at.
	pub opened: StreamId,
}

impl StreamSweep {
	/// Whether it has looked at all streams, of which `end` is the next to be opened.
	pub(crate) fn is_over(&self, end: StreamId) -> bool {
		self.done && self.opened >= end
	}

	/// It has looked at a stream.
	pub(crate) fn pass(&mut self, id: StreamId) {
		if self.done {
			self.opened = id.saturating_add(1);
		} else {
			self.after = Some(id);
		}
	}
}
