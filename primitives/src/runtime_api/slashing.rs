//! Pending and past slashes, and what a slash would take.

use super::{services::Resolver, Account, Amount, Fraction, Money, Page, Text};
use crate::{AccountId, AvsId, ConditionId, Era, OperatorSetId, PoolKind, SlashId};
use alloc::vec::Vec;

plain! {
	/// A slash.
	struct SlashDetails {
		/// Its id.
		id: SlashId,
		/// The operator that is slashed.
		operator: Account,
		/// The cause of the slash, and how much it takes.
		cause: Cause,
		/// The era whose stake answers.
		capture: Era,
		/// The era in which it was reported.
		reported: Era,
		/// The era in which it is executed, or would have been.
		due: Era,
		/// The appeal, if there is one.
		appeal: Option<Appeal>,
		/// Its state.
		state: SlashState,
	}
}

plain! {
	/// The cause of a slash, and how much it takes.
	enum Cause {
		/// An offence in block production or finality.
		Consensus {
			/// The fraction of all native stake that it takes.
			fraction: Fraction,
		},
		/// A report by the slasher of an operator set.
		Attested {
			/// The set.
			set: OperatorSetId,
			/// The condition that was broken.
			condition: ConditionId,
			/// The resolver, who may veto it.
			resolver: Option<Resolver>,
			/// What it takes, by kind.
			parts: Vec<Part>,
		},
	}
}

plain! {
	/// The part of a service's slash that concerns one kind.
	struct Part {
		/// The kind.
		kind: PoolKind,
		/// The fraction of the allocation to take.
		fraction: Fraction,
		/// The magnitude that was allocated in the capture era.
		magnitude: Fraction,
	}
}

plain! {
	/// An appeal.
	struct Appeal {
		/// The account that appealed.
		by: Account,
		/// The bond that is held of its balance, in STAY.
		bond: Amount,
	}
}

plain! {
	/// The state of a slash.
	enum SlashState {
		/// It is executed when it falls due, unless it is vetoed or cancelled before.
		Pending,
		/// It was executed.
		Executed {
			/// The era of the decision.
			era: Era,
			/// The amounts that it took, by currency.
			taken: Vec<Money>,
			/// The part of these amounts that is not paid out yet.
			unpaid: Vec<Money>,
		},
		/// The resolver vetoed it.
		Vetoed {
			/// The era of the decision.
			era: Era,
			/// The reason.
			reason: Text,
		},
		/// Governance cancelled it.
		Cancelled {
			/// The era of the decision.
			era: Era,
		},
	}
}

plain! {
	/// A filter for slashes. Every given field must match.
	#[derive(Default)]
	struct SlashFilter {
		/// Slashes of this operator.
		#[serde(default)]
		operator: Option<Account>,
		/// Slashes by any set of this service.
		#[serde(default)]
		avs: Option<AvsId>,
	}
}

plain! {
	/// The key of a past slash: the era in which it was decided, and its id.
	struct PastKey {
		/// The era.
		era: Era,
		/// The slash.
		id: SlashId,
	}
}

plain! {
	/// A hypothetical slash, which nobody has reported.
	enum Supposed {
		/// An offence in block production or finality.
		Consensus {
			/// The operator that is slashed.
			operator: Account,
			/// The fraction of all native stake that it takes.
			fraction: Fraction,
			/// The era whose stake answers.
			capture: Era,
		},
		/// A report by the slasher of an operator set.
		Attested {
			/// The set.
			set: OperatorSetId,
			/// The operator that is slashed.
			operator: Account,
			/// The condition that is broken.
			condition: ConditionId,
			/// The fraction of the allocation to take, by kind.
			fractions: Vec<KindFraction>,
			/// The era whose stake answers.
			capture: Era,
		},
	}
}

plain! {
	/// A fraction of the allocation of one kind.
	struct KindFraction {
		/// The kind.
		kind: PoolKind,
		/// The fraction of the allocation to take.
		fraction: Fraction,
	}
}

plain! {
	/// The effect of a slash if it is executed now.
	struct Impact {
		/// The reason for which it would be refused, if it would: a pallet's error, as `Pallet.Error`. Then it takes
		/// nothing.
		refused: Option<Text>,
		/// The era in which it would fall due.
		due: Option<Era>,
		/// The effects on the pools that it reaches and on their exits.
		pools: Vec<PoolImpact>,
		/// The effects on the positions and exits of the given account.
		positions: Vec<PositionImpact>,
	}
}

plain! {
	/// The effect of a slash on a pool. All delegators lose in proportion to their shares.
	struct PoolImpact {
		/// The kind of pool.
		kind: PoolKind,
		/// The amount in the pool before the slash.
		before: Amount,
		/// The amount that the slash takes of it.
		taken: Amount,
		/// Whether the slash takes all of the pool, and so voids every position.
		wiped: bool,
		/// The effects on exits, by the era under which they are filed.
		exits: Vec<ExitImpact>,
	}
}

plain! {
	/// The effect of a slash on the exits that are filed under one era.
	struct ExitImpact {
		/// The era.
		queued: Era,
		/// The value before the slash.
		before: Amount,
		/// The amount that the slash takes of it.
		taken: Amount,
	}
}

plain! {
	/// The effect of a slash on one account's position.
	struct PositionImpact {
		/// The kind of pool.
		kind: PoolKind,
		/// The value of the account's shares before the slash.
		before: Amount,
		/// The amount that the slash takes of it.
		taken: Amount,
		/// The effects on the account's exits, by the era under which they are filed.
		exits: Vec<ExitImpact>,
	}
}

sp_api::decl_runtime_apis! {
	/// Pending and past slashes, and what a slash would take.
	pub trait SlashingApi {
		/// A pending or recorded slash.
		fn slash(id: SlashId) -> Option<SlashDetails>;

		/// Pending slashes, in the order of their ids if an operator is given. A page reads at most 1,000 slashes, so
		/// it can be short or empty although there is a next one.
		fn pending(filter: SlashFilter, after: Option<SlashId>, most: u32) -> Page<SlashDetails, SlashId>;

		/// Decided slashes that are still recorded, the latest eras first, and the latest ids first within an era. If
		/// there are more than 1,000 of one era, or of the given operator, they come in the order of storage. Pages can
		/// be short, as with `pending`.
		fn past(filter: SlashFilter, after: Option<PastKey>, most: u32) -> Page<SlashDetails, PastKey>;

		/// The effect of a pending slash if it is executed now, and the loss of `who`. None if the slash is not
		/// pending.
		fn consequences(id: SlashId, who: Option<AccountId>) -> Option<Impact>;

		/// The effect of a slash if it were reported and executed now, and the loss of `who`. A service's slash is
		/// checked like a report by the set's slasher; `TooManyKinds` means that it names more kinds than a report can
		/// have. For a consensus offence, the effect is that of the slash for that era, which may already be pending
		/// and would then be raised. If the same or a larger fraction was reported before, the slash takes nothing and
		/// has no due era.
		fn dry_run(slash: Supposed, who: Option<AccountId>) -> Impact;
	}
}
