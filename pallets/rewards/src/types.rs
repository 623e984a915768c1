//! The types of storage.

use crate::Config;
use core::marker::PhantomData;
use frame_support::{traits::Get, BoundedBTreeMap, BoundedVec};
use mainstay_primitives::{pool::mul_div, Balance, Currency, Era, OperatorSetId};
use sp_core::U256;

/// What an era pays to its validators.
#[frame_support::stored]
pub struct EraReward {
	/// The STAY that is shared by points.
	pub pot: Balance,
	/// The sum of all validators' points.
	pub points: u32,
	/// The part of the pot that is paid so far, commissions included.
	pub paid: Balance,
}

impl EraReward {
	/// The part of the pot for `points`, rounded down.
	pub fn share(&self, points: u32) -> Balance {
		mul_div(self.pot, points.into(), self.points.into()).unwrap_or(0)
	}
}

/// Payments to validators that are still due.
#[frame_support::stored]
pub struct DuePayments<T: Config> {
	/// The era for which they are paid.
	pub era: Era,
	/// The validators with the points that they earned. They are paid from the end of the list.
	pub validators: BoundedVec<(T::AccountId, u32), T::MaxValidators>,
}

/// What the delegators of one pool were paid in one currency.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Accumulator {
	/// The sum of payments per share since the pool's generation began, times [`crate::ACC_SCALE`].
	pub per_share: U256,
	/// The remainder of payments after rounding, in the same scale: less than one unit per share.
	pub carry: u128,
}

/// Accumulators of one generation of a pool, by currency.
pub type Accumulators<T> = BoundedBTreeMap<Currency, Accumulator, <T as Config>::MaxRewardAssets>;

/// The maximum number of currencies in which services pay: STAY and every asset.
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
	/// The amount paid in each currency, commissions included. Currencies beyond the bound are left out.
	pub amounts: BoundedBTreeMap<Currency, Balance, MaxCurrencies<T>>,
}

/// Accumulators of one generation of a pool, by currency. A missing one is 0.
pub type PerShare<T> = BoundedBTreeMap<Currency, U256, <T as Config>::MaxRewardAssets>;

/// The point from which shares that came in one era earn.
#[frame_support::stored]
pub struct FreshEnded<T: Config> {
	/// The accumulators of the pool's generation at that point.
	pub per_share: PerShare<T>,
	/// The number of positions that hold some of these shares and were not settled since. Never 0.
	pub holders: u32,
}

/// The point up to which a position's rewards are credited.
#[frame_support::stored]
pub struct Checkpoint<T: Config> {
	/// The generation of the position.
	pub generation: u32,
	/// The accumulators when it was last settled.
	pub per_share: PerShare<T>,
}

/// Id of a stream, counted from 0 in the order of opening.
pub type StreamId = u32;

/// A stream, which pays an operator set for every era.
#[frame_support::stored(no_skip_type_params)]
pub struct Stream<AccountId> {
	/// The set that is paid.
	pub set: OperatorSetId,
	/// The account that opened it and receives refunds.
	pub payer: AccountId,
	/// The currency.
	pub currency: Currency,
	/// The amount that it pays for each era.
	pub rate: Balance,
	/// The funds from which it pays.
	pub funds: Balance,
	/// The first era whose instalment is neither paid nor given back; at most the one after the running era.
	pub next: Era,
	/// The number of eras for which it continues after it was stopped.
	pub notice: Era,
	/// The first era for which it pays no more, if it was stopped.
	pub until: Option<Era>,
	/// The deposit that is held of the payer's balance, in STAY.
	pub deposit: Balance,
}

impl<AccountId> Stream<AccountId> {
	/// Whether it was not yet processed in era `now`.
	pub fn is_due(&self, now: Era) -> bool {
		self.next <= now
	}

	/// Whether it pays for `era`: it is not stopped, or `era` is before its end.
	pub fn pays_for(&self, era: Era) -> bool {
		self.until.is_none_or(|until| era < until)
	}

	/// The number of eras for which its funds suffice.
	fn affordable(&self) -> Era {
		let eras = self.funds.checked_div(self.rate).unwrap_or(0);
		eras.try_into().unwrap_or(Era::MAX)
	}

	/// The number of eras before era `now` that were not paid, as far as the funds suffice. Their instalments are given
	/// back to the payer.
	pub fn missed(&self, now: Era) -> Era {
		let over = self.until.map_or(now, |until| until.min(now));
		over.saturating_sub(self.next).min(self.affordable())
	}

	/// What it still pays for the running era, `now`: its instalment; 0 if that was paid or given back, the stream was
	/// stopped for this era, or its funds do not suffice.
	pub fn owed(&self, now: Era) -> Balance {
		let reaches = self.next.saturating_add(self.affordable()) > now;
		if self.is_due(now) && self.pays_for(now) && reaches {
			self.rate
		} else {
			0
		}
	}

	/// The first era for which it pays no more with its present funds.
	pub fn ends(&self) -> Era {
		let unfunded = self.next.saturating_add(self.affordable());
		self.until.map_or(unfunded, |until| until.min(unfunded))
	}
}

/// Why a stream ended.
#[frame_support::stored]
#[derive(Copy)]
pub enum StreamEnd {
	/// It was stopped, and its notice is over.
	#[codec(index = 0)]
	Stopped,
	/// Its funds were below an instalment.
	#[codec(index = 1)]
	Unfunded,
	/// The set was closed.
	#[codec(index = 2)]
	SetClosed,
}

/// How far a hook has come with the streams of an era.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct StreamSweep {
	/// The era for which it pays.
	pub era: Era,
	/// The last stream that it processed, in the order of storage.
	pub after: Option<StreamId>,
	/// Whether it has processed all streams that existed when it began. It then processes those that were opened since.
	pub done: bool,
	/// The next of those newer streams.
	pub opened: StreamId,
}

impl StreamSweep {
	/// Whether it has processed all streams. `end` is the id of the next stream to be opened.
	pub(crate) fn is_over(&self, end: StreamId) -> bool {
		self.done && self.opened >= end
	}

	/// Notes that a stream was processed.
	pub(crate) fn pass(&mut self, id: StreamId) {
		if self.done {
			self.opened = id.saturating_add(1);
		} else {
			self.after = Some(id);
		}
	}
}
