//! The clock, the validators, and what they earn.

use super::{Account, Amount, Return};
use crate::{AccountId, Bps, Era};
use alloc::vec::Vec;

plain! {
	/// The running era, and the chain's economy in it.
	struct EraStatus {
		/// Its index.
		era: Era,
		/// When it began, in milliseconds since 1970; none before the first block.
		start: Option<u64>,
		/// How long an era lasts if no block is late, in milliseconds.
		millis: u64,
		/// The session that is running.
		session: u32,
		/// How many sessions an era has.
		sessions: u32,
		/// How many validators serve in it.
		validators: u32,
		/// The stake that elected them.
		stake: Amount,
		/// How many operators stand for the next election.
		candidates: u32,
		/// How many validators the next election chooses at most.
		validator_count: u32,
		/// The least a validator must have staked itself.
		min_self_stake: Amount,
		/// All STAY there is.
		issuance: Amount,
		/// The last era that ended with a reward.
		last: Option<EraReward>,
	}
}

plain! {
	/// What an era paid to its validators.
	struct EraReward {
		/// The era.
		era: Era,
		/// What was shared by points.
		pot: Amount,
		/// The points of all validators.
		points: u32,
		/// What was paid of the pot so far, commissions included.
		paid: Amount,
	}
}

plain! {
	/// The times and bounds of this network. Delays are in eras.
	struct Parameters {
		/// Length of a slot in milliseconds.
		slot_millis: u64,
		/// Slots of a session.
		session_slots: u32,
		/// Sessions of an era.
		era_sessions: u32,
		/// From an exit to its claim.
		exit_delay: Era,
		/// The longest veto window.
		max_veto_window: Era,
		/// Between a consensus offence and its slash.
		consensus_deferral: Era,
		/// Until a larger allocation binds.
		allocation_delay: Era,
		/// Until a higher commission binds, at least.
		commission_delay: Era,
		/// Until a smaller allocation binds.
		deallocation_delay: Era,
		/// Until changed terms of an operator set bind.
		terms_delay: Era,
		/// The largest sum of an operator's magnitudes on one pool, in whole pools.
		max_leverage: u32,
		/// An election of fewer validators is not used.
		least_validators: u32,
		/// The least that may enter a pool in one call.
		min_deposit: Amount,
		/// Eras for which points, rewards and slash records are kept.
		history: Era,
		/// The least native stake of an elected validator, in basis points of the mean of all who are elected; 0 asks
		/// for nothing.
		seat_fraction: Bps,
	}
}

plain! {
	/// A validator of an era.
	struct EraValidator {
		/// The operator.
		operator: Account,
		/// The native stake that elected it. 0 for eras before the chain kept it.
		stake: Amount,
		/// The points it won in the era, so far.
		points: u32,
		/// Its part of the era's pot, commission included; none while the era runs, and where it paid nothing.
		reward: Option<Amount>,
	}
}

plain! {
	/// How an operator stands as a validator.
	struct ValidatorStatus {
		/// Whether it stands for election.
		candidate: bool,
		/// Whether it serves in the running era.
		active: bool,
		/// Whether it is elected for the next era; none before that election.
		next: Option<bool>,
		/// Whether it has session keys.
		has_keys: bool,
		/// Whether it may author no block until the set changes, because of an offence.
		disabled: bool,
		/// What it has staked itself.
		self_stake: Amount,
		/// What it would be elected by.
		stake: Amount,
		/// The points it won in the running era.
		points: u32,
		/// For how many eras in a row it won none.
		silent: u32,
		/// The era in which it may stand for election again, where silence keeps it from that until then.
		barred: Option<Era>,
	}
}

plain! {
	/// What validating earned, and what of it reached those who stand behind the operator.
	struct ValidatorReturn {
		/// The first era that was looked at.
		from: Era,
		/// The last; 0 where none is over and paid.
		until: Era,
		/// In how many of them it served. Those count of which the stake is known that elected it.
		served: u32,
		/// The commission that binds now, in basis points. What it was in those eras is not kept.
		commission: Bps,
		/// Of its part of the pots, by the stake that elected it.
		whole: Return,
		/// The same less the commission: what delegators had of it.
		delegators: Return,
	}
}

sp_api::decl_runtime_apis! {
	/// The clock, the validators, and what they earn.
	pub trait StakingApi {
		/// The running era, and the chain's economy in it.
		fn era() -> EraStatus;

		/// The times and bounds of this network.
		fn parameters() -> Parameters;

		/// The validators of an era that is kept, or of the next once they are elected, in the order of their election, all
		/// of them; empty for other eras.
		fn validators(era: Era) -> Vec<EraValidator>;

		/// How an operator stands as a validator.
		fn validator(operator: AccountId) -> Option<ValidatorStatus>;

		/// What an operator earned as a validator in the last `eras` eras that are over and paid, at most 84 of them.
		fn validator_return(operator: AccountId, eras: Era) -> Option<ValidatorReturn>;
	}
}
