//! The changes of a block, for clients that follow the chain.

use super::{slashing::SlashDetails, Account};
use crate::{Era, OperatorSetId, PoolKind};
use alloc::vec::Vec;

plain! {
	/// The changes of a block, according to its events.
	struct BlockChanges {
		/// The era at the end of the block.
		era: Era,
		/// Whether that era began in this block. Then announced values may have come to bind, and all weights may have
		/// changed.
		era_began: bool,
		/// Slashes that were reported, raised, appealed, decided or reinstated, in order, as of the end of the block.
		slashes: Vec<SlashChange>,
		/// Pools with deposits, exits, slashes, payments or changes of their allocations. For a service's payment these
		/// are all pools of the set's members that can answer to the set.
		pools: Vec<PoolKey>,
		/// Accounts that deposited, exited, claimed, appealed or collected, or that were credited with a commission or
		/// a refund.
		accounts: Vec<Account>,
		/// Sets whose members, terms, streams or allocations changed.
		sets: Vec<OperatorSetId>,
	}
}

plain! {
	/// A change of a slash.
	struct SlashChange {
		/// The kind of change.
		change: SlashEvent,
		/// The slash after the block.
		slash: SlashDetails,
	}
}

plain! {
	/// The kinds of changes of a slash.
	#[derive(Copy)]
	enum SlashEvent {
		/// It was reported.
		Reported,
		/// Its fraction was raised.
		Raised,
		/// It was appealed, and thereby postponed.
		Appealed,
		/// It was vetoed.
		Vetoed,
		/// It was cancelled.
		Cancelled,
		/// Governance reinstated it after a veto.
		Reinstated,
		/// It was executed.
		Executed,
		/// It was due, and its execution failed.
		Failed,
	}
}

plain! {
	/// The key of a pool.
	struct PoolKey {
		/// The operator.
		operator: Account,
		/// The kind.
		kind: PoolKind,
	}
}

sp_api::decl_runtime_apis! {
	/// The changes of a block, for clients that follow the chain.
	pub trait ChangesApi {
		/// The changes of the block at whose state this is called.
		fn of_block() -> BlockChanges;
	}
}
