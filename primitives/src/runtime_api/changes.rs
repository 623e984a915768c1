//! What a block changed, for those who follow the chain.

use super::{slashing::SlashDetails, Account};
use crate::{Era, OperatorSetId, PoolKind};
use alloc::vec::Vec;

plain! {
	/// What a block changed, as its events tell.
	struct BlockChanges {
		/// The era in which it ended.
		era: Era,
		/// Whether that era began in it. Then what was announced may bind, and all weights may have changed.
		era_began: bool,
		/// Slashes that were reported, raised, appealed, decided or reinstated, as they stand after the block, in order.
		slashes: Vec<SlashChange>,
		/// Pools in which something entered or left, of which something was taken, on which was paid, or whose allocation
		/// changed. A service's payment names every pool of the set's members that can answer to the set.
		pools: Vec<PoolKey>,
		/// Accounts that entered, left, claimed, appealed or collected, or were credited with something else than what is
		/// paid on a pool: a commission, a refund.
		accounts: Vec<Account>,
		/// Sets whose members, terms, streams or allocations changed.
		sets: Vec<OperatorSetId>,
	}
}

plain! {
	/// What happened to a slash.
	struct SlashChange {
		/// What happened.
		change: SlashEvent,
		/// The slash after the block.
		slash: SlashDetails,
	}
}

plain! {
	/// What can happen to a slash.
	#[derive(Copy)]
	enum SlashEvent {
		/// It was reported.
		Reported,
		/// Its fraction was raised.
		Raised,
		/// It was appealed, and put off.
		Appealed,
		/// It was vetoed.
		Vetoed,
		/// It was cancelled.
		Cancelled,
		/// Its veto was taken back.
		Reinstated,
		/// It was executed.
		Executed,
		/// It fell due and could not be executed.
		Failed,
	}
}

plain! {
	/// Which pool.
	struct PoolKey {
		/// The operator.
		operator: Account,
		/// The kind.
		kind: PoolKind,
	}
}

sp_api::decl_runtime_apis! {
	/// What a block changed, for those who follow the chain.
	pub trait ChangesApi {
		/// What the block changed at whose state this is called.
		fn of_block() -> BlockChanges;
	}
}
