//! The clock, the validators, and their rewards.

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
		/// Length of an era if no block is late, in milliseconds.
		millis: u64,
		/// The running session.
		session: u32,
		/// The number of sessions of an era.
		sessions: u32,
		/// The number of validators in this era.
		validators: u32,
		/// The sum of the stake that elected them, in STAY.
		stake: Amount,
		/// The number of candidates for the next election.
		candidates: u32,
		/// The maximum number of validators that the next election chooses.
		validator_count: u32,
		/// The minimum stake of its own that a validator needs, in STAY.
		min_self_stake: Amount,
		/// The total issuance of STAY.
		issuance: Amount,
		/// The reward of the last era that has ended and has one.
		last: Option<EraReward>,
	}
}

plain! {
	/// The reward of an era to its validators.
	struct EraReward {
		/// The era.
		era: Era,
		/// The STAY that is shared by points.
		pot: Amount,
		/// The sum of all validators' points.
		points: u32,
		/// The part of the pot that is paid so far, commissions included.
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
		/// Eras from an exit to its claim.
		exit_delay: Era,
		/// The longest veto window of a condition.
		max_veto_window: Era,
		/// Eras between a consensus offence and its slash.
		consensus_deferral: Era,
		/// Eras until a larger allocation binds.
		allocation_delay: Era,
		/// The minimum number of eras until a higher commission binds.
		commission_delay: Era,
		/// Eras until a smaller allocation binds.
		deallocation_delay: Era,
		/// Eras until changed terms of an operator set bind.
		terms_delay: Era,
		/// The largest sum of an operator's magnitudes on one pool, in whole pools.
		max_leverage: u32,
		/// The smallest validator set. An election of fewer validators is not used.
		least_validators: u32,
		/// The minimum amount of STAY that may enter a pool in one call.
		min_deposit: Amount,
		/// The number of eras for which points, rewards and records of slashes are stored.
		history: Era,
		/// The minimum native stake of an elected validator, in basis points of the mean of all that are elected; 0 for
		/// no minimum.
		seat_fraction: Bps,
	}
}

plain! {
	/// A validator of an era.
	struct EraValidator {
		/// The operator.
		operator: Account,
		/// The native stake that elected it, in STAY; 0 for eras before the chain stored it.
		stake: Amount,
		/// The points that it has in the era so far.
		points: u32,
		/// Its part of the era's pot in STAY, commission included; none while the era runs, or if the era paid nothing.
		reward: Option<Amount>,
	}
}

plain! {
	/// The status of an operator as a validator.
	struct ValidatorStatus {
		/// Whether it stands for election.
		candidate: bool,
		/// Whether it is a validator of the running era.
		active: bool,
		/// Whether it is elected for the next era; none before that election.
		next: Option<bool>,
		/// Whether it has session keys.
		has_keys: bool,
		/// Whether it is disabled because of an offence, and may make no blocks until the set changes.
		disabled: bool,
		/// Its own native stake, in STAY.
		self_stake: Amount,
		/// The native stake that would count for it in an election, in STAY.
		stake: Amount,
		/// The points that it has in the running era.
		points: u32,
		/// The number of eras in a row in which it had no points.
		silent: u32,
		/// The era from which it may stand for election again, if it is barred for silence.
		barred: Option<Era>,
	}
}

plain! {
	/// The return of validating, and the part that reached the operator's delegators.
	struct ValidatorReturn {
		/// The first era that counts.
		from: Era,
		/// The last era that counts; 0 if none is over and paid.
		until: Era,
		/// The number of these eras in which it served. The returns count those whose electing stake is known.
		served: u32,
		/// The commission that binds now, in basis points. The commission in past eras is not stored.
		commission: Bps,
		/// The return of its part of the pots on the stake that elected it.
		whole: Return,
		/// The same less the commission: the return for delegators.
		delegators: Return,
	}
}

sp_api::decl_runtime_apis! {
	/// The clock, the validators, and their rewards.
	pub trait StakingApi {
		/// The running era, and the chain's economy in it.
		fn era() -> EraStatus;

		/// The times and bounds of this network.
		fn parameters() -> Parameters;

		/// All validators of a stored era, or of the next era once they are elected, in descending order of their stake
		/// at the election; empty for other eras.
		fn validators(era: Era) -> Vec<EraValidator>;

		/// The status of an operator as a validator.
		fn validator(operator: AccountId) -> Option<ValidatorStatus>;

		/// The return of an operator as a validator in the last `eras` eras that are over and paid, at most 84.
		fn validator_return(operator: AccountId, eras: Era) -> Option<ValidatorReturn>;
	}
}
