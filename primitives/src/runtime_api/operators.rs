//! Operators and their delegators.

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
		/// Whether it takes deposits from every account.
		open: bool,
		/// Whether it has retired, and takes no deposits any more.
		retired: bool,
		/// Whether it stands for election.
		candidate: bool,
		/// Whether it is a validator of the running era.
		active: bool,
		/// Its native stake, in STAY.
		stake: Amount,
		/// The amounts in its pools.
		pools: Vec<PoolAmount>,
		/// The number of operator sets that it serves.
		sets: u32,
	}
}

plain! {
	/// The amount in a pool.
	struct PoolAmount {
		/// The kind.
		kind: PoolKind,
		/// The amount, in the kind's currency.
		amount: Amount,
	}
}

plain! {
	/// A value, and its announced change.
	#[cfg_attr(feature = "std", schemars(rename = "Announced_{V}"))]
	struct Announced<V> {
		/// The value that binds now.
		now: V,
		/// The announced value, if any.
		next: Option<Later<V>>,
	}
}

plain! {
	/// A value, and the era from which it binds.
	#[cfg_attr(feature = "std", schemars(rename = "Later_{V}"))]
	struct Later<V> {
		/// The value.
		value: V,
		/// The era.
		from: Era,
	}
}

impl<V: Clone> Announced<V> {
	/// A delayed value as of era `now`.
	pub fn of<D: Clone>(value: &crate::Delayed<D>, now: Era, plain: impl Fn(&D) -> V) -> Self {
		let later = value.next.as_ref().filter(|(_, from)| *from > now);
		Self {
			now: plain(value.at(now)),
			next: later.map(|(next, from)| Later { value: plain(next), from: *from }),
		}
	}
}

plain! {
	/// An operator's promise about its commission.
	struct PromiseTerms {
		/// The maximum commission, in basis points.
		max_commission: Bps,
		/// The minimum number of eras before a higher commission binds.
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
		/// The address of a page about it.
		link: Text,
		/// Its commission, in basis points.
		commission: Announced<Bps>,
		/// Its promise about the commission.
		promise: Announced<PromiseTerms>,
		/// Whether it takes deposits from every account; otherwise only from the accounts on its list.
		open: bool,
		/// Whether it has retired, and takes no deposits any more.
		retired: bool,
		/// Its status as a validator.
		validator: ValidatorStatus,
		/// Its pools.
		pools: Vec<PoolDetails>,
		/// Its leverage limit: the largest sum of allocations of a pool, in percent of the pool.
		leverage: Announced<u32>,
		/// The sets that it serves, each with the first era for which it answers.
		sets: Vec<Stay>,
		/// Its pending slashes, the first 16 by id.
		pending: Vec<SlashId>,
		/// The number of its recorded slashes that were executed. Only 1,000 records are counted.
		executed: u32,
		/// The number of these records that were vetoed or cancelled.
		spared: u32,
	}
}

plain! {
	/// An operator's membership of a set.
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
		/// The amount in it, in the kind's currency.
		amount: Amount,
		/// The number of shares that own it.
		shares: Amount,
		/// The value of the operator's own position.
		own: Amount,
		/// The value of exits from it that cannot be claimed yet.
		leaving: Amount,
		/// Counts the slashes that took all of the pool.
		generation: u32,
		/// The first era for which this generation answers.
		since: Era,
		/// The largest magnitude that can be allocated: the whole less services' cuts.
		max_magnitude: Fraction,
		/// Its allocations, those that bind and those that are announced.
		allocations: Vec<AllocationDetails>,
		/// The sum of all present allocations, in percent of the pool, rounded down.
		leverage: u32,
		/// The shares that came in this era. They answer at once, and earn services' payments from the next era on.
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
		/// The value of the magnitude in the live pool now, in the kind's currency. Exits can be slashed in addition.
		slashable: Amount,
	}
}

plain! {
	/// An account's position in one pool of an operator.
	struct PositionDetails {
		/// The account.
		who: Account,
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The number of shares; 0 if all of them left, or if a slash took the whole pool.
		shares: Amount,
		/// The value of the shares now, in the kind's currency.
		value: Amount,
		/// Exits that are not claimed yet, oldest first, at most 32.
		exits: Vec<ExitDetails>,
		/// Pending slashes that may take from it, the first 16 by id.
		pending: Vec<PendingLoss>,
		/// Services' payments that the position has earned and that are not credited to the account yet. They stay even
		/// if a slash took the whole pool since.
		rewards: Vec<Money>,
		/// The shares that came in this era. They answer at once, and earn services' payments from the next era on.
		fresh: Amount,
	}
}

plain! {
	/// An exit from a pool.
	struct ExitDetails {
		/// The era under which it is filed, and by which it is claimed: the last one whose validators were elected when
		/// it was queued.
		queued: Era,
		/// Its value now.
		value: Amount,
		/// The first era in which it can be claimed, unless a slash is pending.
		matures: Era,
		/// Whether it must wait for a pending slash.
		held: bool,
		/// Whether it can be claimed now.
		claimable: bool,
	}
}

plain! {
	/// The loss of a position if a pending slash were executed now, before all others.
	struct PendingLoss {
		/// The slash.
		id: SlashId,
		/// The era in which it is executed.
		due: Era,
		/// What it would take of the value of the shares.
		value: Amount,
		/// What it would take of the value of the exits.
		exits: Amount,
	}
}

plain! {
	/// The key of a position of an account.
	struct PositionKey {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
	}
}

plain! {
	/// The key of an exit of an account.
	struct ExitKey {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The era under which it is filed.
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
	/// A delegator of a pool.
	struct Backer {
		/// The account.
		who: Account,
		/// Its shares.
		shares: Amount,
		/// The value of the shares now, in the kind's currency.
		value: Amount,
	}
}

sp_api::decl_runtime_apis! {
	/// Operators and their delegators.
	pub trait OperatorsApi {
		/// An operator with its terms, pools, allocations, sets, and its status as a validator.
		fn operator(operator: AccountId) -> Option<OperatorDetails>;

		/// All operators.
		fn operators(after: Option<AccountId>, most: u32) -> Page<OperatorSummary, Account>;

		/// An account's position in one pool of an operator: shares, exits, pending slashes and rewards. None if it has
		/// none of these.
		fn position(who: AccountId, operator: AccountId, kind: PoolKind) -> Option<PositionDetails>;

		/// All positions of an account that have shares, and void ones that still have exits or rewards. Exits of
		/// positions that left completely are in `exits`.
		fn positions(
			who: AccountId,
			after: Option<PositionKey>,
			most: u32,
		) -> Page<PositionDetails, PositionKey>;

		/// All exits of an account that are not claimed yet.
		fn exits(who: AccountId, after: Option<ExitKey>, most: u32) -> Page<AccountExit, ExitKey>;

		/// The delegators of one pool of an operator.
		fn backers(
			operator: AccountId,
			kind: PoolKind,
			after: Option<AccountId>,
			most: u32,
		) -> Page<Backer, Account>;
	}
}
