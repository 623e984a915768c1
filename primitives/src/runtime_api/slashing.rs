//! Slashes: pending, past, and what one would take.

use super::{services::Resolver, Account, Amount, Fraction, Money, Page, Text};
use crate::{AccountId, AvsId, ConditionId, Era, OperatorSetId, PoolKind, SlashId};
use alloc::vec::Vec;

plain! {
	/// A slash.
	struct SlashDetails {
		/// Its id.
		id: SlashId,
		/// Who is slashed.
		operator: Account,
		/// Why, and how much.
		cause: Cause,
		/// The era whose stake answers.
		capture: Era,
		/// The era it was reported in.
		reported: Era,
		/// The era in which it is executed, or would have been.
		due: Era,
		/// Who appealed it, and the bond.
		appeal: Option<Appeal>,
		/// How it stands.
		state: SlashState,
	}
}

plain! {
	/// Why an operator is slashed, and how much.
	enum Cause {
		/// For an offence in block production or finality.
		Consensus {
			/// The part of all native stake it takes.
			fraction: Fraction,
		},
		/// By the slasher of an operator set.
		Attested {
			/// The set.
			set: OperatorSetId,
			/// The condition that was broken.
			condition: ConditionId,
			/// Who may veto it.
			resolver: Option<Resolver>,
			/// What it takes of each kind.
			parts: Vec<Part>,
		},
	}
}

plain! {
	/// What a service slashes of one kind.
	struct Part {
		/// The kind.
		kind: PoolKind,
		/// How much of what is allocated.
		fraction: Fraction,
		/// What was allocated in the capture era.
		magnitude: Fraction,
	}
}

plain! {
	/// An appeal.
	struct Appeal {
		/// Whose it is.
		by: Account,
		/// What is held of its balance for it.
		bond: Amount,
	}
}

plain! {
	/// How a slash stands.
	enum SlashState {
		/// It is executed when it falls due, unless it is vetoed or cancelled before.
		Pending,
		/// It was executed.
		Executed {
			/// In this era.
			era: Era,
			/// What it took, by currency.
			taken: Vec<Money>,
			/// What of it could not be paid out yet.
			unpaid: Vec<Money>,
		},
		/// The resolver vetoed it.
		Vetoed {
			/// In this era.
			era: Era,
			/// Why.
			reason: Text,
		},
		/// Governance cancelled it.
		Cancelled {
			/// In this era.
			era: Era,
		},
	}
}

plain! {
	/// Which slashes. Every field that is given must match.
	#[derive(Default)]
	struct SlashFilter {
		/// Of this operator.
		#[serde(default)]
		operator: Option<Account>,
		/// Of any set of this service.
		#[serde(default)]
		avs: Option<AvsId>,
	}
}

plain! {
	/// Which past slash: the era in which it was decided, and its id.
	struct PastKey {
		/// The era.
		era: Era,
		/// The slash.
		id: SlashId,
	}
}

plain! {
	/// A slash that nobody reported.
	enum Supposed {
		/// For an offence in block production or finality.
		Consensus {
			/// Who is slashed.
			operator: Account,
			/// The part of all native stake it takes.
			fraction: Fraction,
			/// The era whose stake answers.
			capture: Era,
		},
		/// By the slasher of an operator set.
		Attested {
			/// The set.
			set: OperatorSetId,
			/// Who is slashed.
			operator: Account,
			/// The condition that is broken.
			condition: ConditionId,
			/// What is taken of each kind, of what is allocated.
			fractions: Vec<KindFraction>,
			/// The era whose stake answers.
			capture: Era,
		},
	}
}

plain! {
	/// A part of what is allocated of one kind.
	struct KindFraction {
		/// The kind.
		kind: PoolKind,
		/// How much of what is allocated.
		fraction: Fraction,
	}
}

plain! {
	/// What a slash takes if it is executed now.
	struct Impact {
		/// Why it would be refused, if it would: a pallet's error, as `Pallet.Error`. Then it takes nothing.
		refused: Option<Text>,
		/// The era in which it would fall due.
		due: Option<Era>,
		/// What it takes of each pool that it reaches, and of what left it.
		pools: Vec<PoolImpact>,
		/// What it takes of each position, or exits, of the account that was asked about.
		positions: Vec<PositionImpact>,
	}
}

plain! {
	/// What a slash takes of a pool. All backers lose in proportion to their shares.
	struct PoolImpact {
		/// The kind of pool.
		kind: PoolKind,
		/// What stands in it before.
		before: Amount,
		/// What it takes of that.
		taken: Amount,
		/// Whether it takes all, and voids every position.
		wiped: bool,
		/// What it takes of exits, by the era they are filed under.
		exits: Vec<ExitImpact>,
	}
}

plain! {
	/// What a slash takes of what left a pool in one era.
	struct ExitImpact {
		/// The era.
		queued: Era,
		/// What it is worth before.
		before: Amount,
		/// What it takes of that.
		taken: Amount,
	}
}

plain! {
	/// What a slash takes of what one account has.
	struct PositionImpact {
		/// The kind of pool.
		kind: PoolKind,
		/// What the account's shares are worth before.
		before: Amount,
		/// What it takes of that.
		taken: Amount,
		/// What it takes of the account's exits, by the era they are filed under.
		exits: Vec<ExitImpact>,
	}
}

sp_api::decl_runtime_apis! {
	/// Slashes: pending, past, and what one would take.
	pub trait SlashingApi {
		/// A slash that is pending or on record.
		fn slash(id: SlashId) -> Option<SlashDetails>;

		/// Slashes that are pending, by id where an operator is given. A page can be short, or empty, and go on
		/// nevertheless: it looks at 1,000 slashes at most.
		fn pending(filter: SlashFilter, after: Option<SlashId>, most: u32) -> Page<SlashDetails, SlashId>;

		/// Slashes that were decided and are on record: the latest eras first, and in an era the latest ids. More than
		/// 1,000 of one era, or of the operator that is given, come in the order of storage. Pages can be short, as those
		/// of `pending`.
		fn past(filter: SlashFilter, after: Option<PastKey>, most: u32) -> Page<SlashDetails, PastKey>;

		/// What a pending slash takes if it is executed now, and what of it `who` loses. None where it is not pending.
		fn consequences(id: SlashId, who: Option<AccountId>) -> Option<Impact>;

		/// What a slash would take if it were reported and executed now, and what of it `who` would lose. A service's is
		/// checked as a report by the set's slasher would be; `TooManyKinds` says that no report has room for so many. One
		/// for consensus takes what the slash for that era takes, which may be pending and would be raised, and nothing,
		/// with no era in which it falls due, where as much was reported before.
		fn dry_run(slash: Supposed, who: Option<AccountId>) -> Impact;
	}
}
