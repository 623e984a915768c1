//! What was paid, what is due, and what serving a set returns.

use super::{operators::PositionKey, staking::EraReward, Account, Amount, Coin, Money, Page, Return};
use crate::{AccountId, Era, OperatorSetId, PoolKind};
use alloc::vec::Vec;

plain! {
	/// What an account can collect.
	struct DueRewards {
		/// Where it is paid.
		to: Account,
		/// What is credited to it: commissions, refunds, and rewards of positions that were settled.
		credit: Vec<Money>,
		/// What its positions earned since they were settled, void ones included. Those that earned nothing are left out
		/// of their page, which then is shorter, or even empty, while there is a next one.
		positions: Page<PositionDue, PositionKey>,
	}
}

plain! {
	/// What a position earned since it was settled.
	struct PositionDue {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// How much, by currency.
		earned: Vec<Money>,
	}
}

plain! {
	/// A payment to an operator set for every era.
	struct StreamDetails {
		/// Its id.
		id: u32,
		/// The set.
		set: OperatorSetId,
		/// Who funds it, and receives what is not earned.
		payer: Account,
		/// The currency.
		currency: Coin,
		/// What it pays for an era.
		rate: Amount,
		/// What there is to pay from, and instalments of eras that passed before it could pay, which go back to the payer.
		funds: Amount,
		/// What of that it still pays for the running era: its instalment, 0 once that is paid or given back. Where nobody
		/// answers to the set for the era, or slashes are due until it is over, it goes back to the payer.
		owed: Amount,
		/// The first era it does not pay for any more: that of its stop, or sooner if nobody tops it up. Each era uses up one
		/// instalment, paid or given back.
		ends: Era,
		/// For how many eras it goes on after it was stopped.
		notice: Era,
		/// Whether it was stopped.
		stopped: bool,
	}
}

plain! {
	/// What serving a set returned.
	struct SetReturn {
		/// The first era that was looked at.
		from: Era,
		/// The last; 0 where no era is over, of which the returns then say that 0 eras count.
		until: Era,
		/// By currency of what was paid in these eras, and of what streams pay.
		paid: Vec<PaidReturn>,
	}
}

plain! {
	/// What was paid in one currency, and what it returned to a unit of each kind.
	struct PaidReturn {
		/// The currency.
		currency: Coin,
		/// What was paid in all these eras, commissions included. Streams pay for an era while it runs.
		amount: Amount,
		/// What streams pay for an era, as they stand.
		streams: Amount,
		/// By kind.
		kinds: Vec<KindReturn>,
	}
}

plain! {
	/// What a set's payments returned to one kind.
	struct KindReturn {
		/// The kind.
		kind: PoolKind,
		/// Of the units of the currency by the slashable units of the kind, as they are allocated now. What they were in
		/// each era is not kept. Commissions are not taken off.
		whole: Return,
	}
}

sp_api::decl_runtime_apis! {
	/// What was paid, what is due, and what serving a set returns.
	pub trait RewardsApi {
		/// What an account can collect. All currencies that are credited; the positions in pages.
		fn due(who: AccountId, after: Option<PositionKey>, most: u32) -> DueRewards;

		/// What an era paid to its validators, if it is kept.
		fn era_reward(era: Era) -> Option<EraReward>;

		/// The streams of payments to a set, at most 8. None for a set that does not exist.
		fn streams(set: OperatorSetId) -> Option<Vec<StreamDetails>>;

		/// What a set was paid in the last `eras` eras, at most 84, the running one left out, and the yearly return of
		/// that. None for a set that does not exist.
		fn set_return(set: OperatorSetId, eras: Era) -> Option<SetReturn>;
	}
}
