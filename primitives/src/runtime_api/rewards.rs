//! Rewards that are due, payments, and the return of serving a set.

use super::{operators::PositionKey, staking::EraReward, Account, Amount, Coin, Money, Page, Return};
use crate::{AccountId, Era, OperatorSetId, PoolKind};
use alloc::vec::Vec;

plain! {
	/// The rewards that an account can collect.
	struct DueRewards {
		/// The account that receives them.
		to: Account,
		/// Credited amounts: commissions, refunds, and rewards of settled positions.
		credit: Vec<Money>,
		/// What its positions have earned since they were last settled, void ones included. Positions that earned
		/// nothing are left out, so a page can be short or empty although there is a next one.
		positions: Page<PositionDue, PositionKey>,
	}
}

plain! {
	/// What a position has earned since it was last settled.
	struct PositionDue {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The amounts, by currency.
		earned: Vec<Money>,
	}
}

plain! {
	/// A stream of payments to an operator set.
	struct StreamDetails {
		/// Its id.
		id: u32,
		/// The set.
		set: OperatorSetId,
		/// The account that opened it and receives refunds.
		payer: Account,
		/// The currency.
		currency: Coin,
		/// The amount that it pays for each era.
		rate: Amount,
		/// The funds from which it pays. They include unpaid instalments of past eras, which will be given back to the
		/// payer.
		funds: Amount,
		/// What it still pays for the running era: its instalment, or 0 if that is already paid or given back. It is
		/// given back to the payer if nobody answers to the set for the era, or if slashes are due until the era is
		/// over.
		owed: Amount,
		/// The first era for which it pays no more: that of its stop, or an earlier one if its funds do not suffice.
		/// Each era uses up one instalment, paid or given back.
		ends: Era,
		/// The number of eras for which it continues after it was stopped.
		notice: Era,
		/// Whether it was stopped.
		stopped: bool,
	}
}

plain! {
	/// The return of serving a set.
	struct SetReturn {
		/// The first era that counts.
		from: Era,
		/// The last era that counts. It is 0 if no era is over; the returns then have 0 eras.
		until: Era,
		/// The payments in these eras and the streams, by currency.
		paid: Vec<PaidReturn>,
	}
}

plain! {
	/// The payments in one currency, and their return on each kind.
	struct PaidReturn {
		/// The currency.
		currency: Coin,
		/// The sum of payments in these eras, commissions included. Streams pay for an era while it runs.
		amount: Amount,
		/// The sum that the present streams pay for an era.
		streams: Amount,
		/// The returns by kind.
		kinds: Vec<KindReturn>,
	}
}

plain! {
	/// The return of a set's payments on one kind.
	struct KindReturn {
		/// The kind.
		kind: PoolKind,
		/// The return in units of the currency on units of the kind that are slashable now; what was slashable in each
		/// of the eras is not stored. Commissions are not deducted.
		whole: Return,
	}
}

sp_api::decl_runtime_apis! {
	/// Rewards that are due, payments, and the return of serving a set.
	pub trait RewardsApi {
		/// The rewards that an account can collect: all credited currencies, and one page of positions.
		fn due(who: AccountId, after: Option<PositionKey>, most: u32) -> DueRewards;

		/// What an era paid to its validators; none if it is not stored.
		fn era_reward(era: Era) -> Option<EraReward>;

		/// The streams of payments to a set, at most 8. None for a set that does not exist.
		fn streams(set: OperatorSetId) -> Option<Vec<StreamDetails>>;

		/// The payments to a set in the last `eras` eras before the running one, at most 84, and their yearly return.
		/// None for a set that does not exist.
		fn set_return(set: OperatorSetId, eras: Era) -> Option<SetReturn>;
	}
}
