//! Operators, and who stands behind them.

use super::{staking::ValidatorStatus, Account, Amount, Fraction, Money, Page, Text};
use crate::{AccountId, Bps, Era, OperatorSetId, PoolKind, SlashId};
use alloc::vec::Vec;

plain! {
	/// An operator in a list.
	struct OperatorSummary {
		/// The account.
		operator: Account,
		/// Its name.
		name: Text,
		/// Its commission now, in basis points.
		commission: Bps,
		/// Whether it takes deposits of everyone.
		open: bool,
		/// Whether it takes none any more.
		retired: bool,
		/// Whether it stands for election.
		candidate: bool,
		/// Whether it validates in the running era.
		active: bool,
		/// The native stake behind it.
		stake: Amount,
		/// What stands in each of its pools.
		pools: Vec<PoolAmount>,
		/// How many operator sets it serves.
		sets: u32,
	}
}

plain! {
	/// What stands in a pool.
	struct PoolAmount {
		/// The kind.
		kind: PoolKind,
		/// How much, in the kind's currency.
		amount: Amount,
	}
}

plain! {
	/// A value, and what was announced in its place.
	#[cfg_attr(feature = "std", schemars(rename = "Announced_{V}"))]
	struct Announced<V> {
		/// What binds now.
		now: V,
		/// What binds later.
		next: Option<Later<V>>,
	}
}

plain! {
	/// A value that binds from an era on.
	#[cfg_attr(feature = "std", schemars(rename = "Later_{V}"))]
	struct Later<V> {
		/// The value.
		value: V,
		/// The era.
		from: Era,
	}
}

impl<V: Clone> Announced<V> {
	/// How a delayed value stands in era `now`.
	pub fn of<D: Clone>(value: &crate::Delayed<D>, now: Era, plain: impl Fn(&D) -> V) -> Self {
		let later = value.next.as_ref().filter(|(_, from)| *from > now);
		Self {
			now: plain(value.at(now)),
			next: later.map(|(next, from)| Later { value: plain(next), from: *from }),
		}
	}
}

plain! {
	/// What an operator promises of its commission.
	struct PromiseTerms {
		/// It takes no higher one, in basis points.
		max_commission: Bps,
		/// A higher one waits for so many eras at least.
		notice: Era,
	}
}

plain! {
	/// An operator.
	struct OperatorDetails {
		/// The account.
		operator: Account,
		/// Its name.
		name: Text,
		/// Where to read more.
		link: Text,
		/// Its commission, in basis points.
		commission: Announced<Bps>,
		/// What it promises of it.
		promise: Announced<PromiseTerms>,
		/// Whether it takes deposits of everyone; else of the accounts it allowed.
		open: bool,
		/// Whether it takes none any more.
		retired: bool,
		/// How it stands as a validator.
		validator: ValidatorStatus,
		/// Its pools.
		pools: Vec<PoolDetails>,
		/// The most it may promise of a pool in all, in percent of the pool.
		leverage: Announced<u32>,
		/// The sets it serves, with the first era for which it answers.
		sets: Vec<Stay>,
		/// Its slashes that are pending, the first 16 by id.
		pending: Vec<SlashId>,
		/// How many of its slashes were executed, of those that are on record; of 1,000 where there are more.
		executed: u32,
		/// How many were vetoed or cancelled.
		spared: u32,
	}
}

plain! {
	/// A stay of an operator in a set.
	struct Stay {
		/// The set.
		set: OperatorSetId,
		/// The first era for which it answers.
		from: Era,
	}
}

plain! {
	/// A pool.
	struct PoolDetails {
		/// The kind.
		kind: PoolKind,
		/// What stands in it, in the kind's currency.
		amount: Amount,
		/// The shares that own it.
		shares: Amount,
		/// What of it is the operator's own.
		own: Amount,
		/// What left it and is not mature yet.
		leaving: Amount,
		/// Rises when a slash takes all.
		generation: u32,
		/// The first era this generation answers for.
		since: Era,
		/// The largest magnitude that can be allocated: the whole less what services slashed.
		max_magnitude: Fraction,
		/// What is allocated of it, now or soon.
		allocations: Vec<AllocationDetails>,
		/// What is allocated now in all, in percent of the pool, rounded down.
		leverage: u32,
		/// Of the shares, those that came in this era: they answer at once, and earn what services pay from the next era on.
		fresh: Amount,
	}
}

plain! {
	/// The part of a pool that a set may slash.
	struct AllocationDetails {
		/// The set.
		set: OperatorSetId,
		/// The magnitude.
		magnitude: Announced<Fraction>,
		/// What that is now of the live pool, in the kind's currency. Exits answer beside it.
		slashable: Amount,
	}
}

plain! {
	/// What an account has behind an operator in one kind.
	struct PositionDetails {
		/// The account.
		who: Account,
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The shares; 0 where all of it left, or a slash took the whole pool.
		shares: Amount,
		/// What they are worth now.
		value: Amount,
		/// What left and is not claimed yet, oldest first, 32 exits at most.
		exits: Vec<ExitDetails>,
		/// The slashes that are pending and may take from it, the first 16 by id.
		pending: Vec<PendingLoss>,
		/// What services paid on it and is not credited to the account yet; also where a slash took the whole pool since.
		rewards: Vec<Money>,
		/// Of the shares, those that came in this era: they answer at once, and earn what services pay from the next era on.
		fresh: Amount,
	}
}

plain! {
	/// What left a pool.
	struct ExitDetails {
		/// The era it is filed under, by which it is claimed: the last one whose validators were elected when it was queued.
		queued: Era,
		/// What it is worth now.
		value: Amount,
		/// The first era in which it can be claimed, unless a slash is pending.
		matures: Era,
		/// Whether a pending slash holds it back.
		held: bool,
		/// Whether it is mature and nothing holds it back.
		claimable: bool,
	}
}

plain! {
	/// What a pending slash would take from a position if it were executed now, before all others.
	struct PendingLoss {
		/// The slash.
		id: SlashId,
		/// The era in which it is executed.
		due: Era,
		/// What it would take of the shares' value.
		value: Amount,
		/// What it would take of the exits.
		exits: Amount,
	}
}

plain! {
	/// Which position.
	struct PositionKey {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
	}
}

plain! {
	/// Which exit of an account.
	struct ExitKey {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The era it is filed under.
		queued: Era,
	}
}

plain! {
	/// An exit of an account.
	struct AccountExit {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The exit.
		exit: ExitDetails,
	}
}

plain! {
	/// Who stands behind an operator.
	struct Backer {
		/// The account.
		who: Account,
		/// Its shares.
		shares: Amount,
		/// What they are worth now.
		value: Amount,
	}
}

sp_api::decl_runtime_apis! {
	/// Operators, and who stands behind them.
	pub trait OperatorsApi {
		/// An operator with its terms, pools, allocations, sets, and its status as a validator.
		fn operator(operator: AccountId) -> Option<OperatorDetails>;

		/// All operators.
		fn operators(after: Option<AccountId>, most: u32) -> Page<OperatorSummary, Account>;

		/// What an account has behind an operator in one kind: shares, exits, pending slashes, rewards. None where it has
		/// none of these.
		fn position(who: AccountId, operator: AccountId, kind: PoolKind) -> Option<PositionDetails>;

		/// All positions of an account that have shares, and those that a slash voided while they have exits or rewards.
		/// What left a pool altogether is in `exits`.
		fn positions(
			who: AccountId,
			after: Option<PositionKey>,
			most: u32,
		) -> Page<PositionDetails, PositionKey>;

		/// All exits of an account that are not claimed yet.
		fn exits(who: AccountId, after: Option<ExitKey>, most: u32) -> Page<AccountExit, ExitKey>;

		/// Who stands behind an operator in one kind.
		fn backers(
			operator: AccountId,
			kind: PoolKind,
			after: Option<AccountId>,
			most: u32,
		) -> Page<Backer, Account>;
	}
}
