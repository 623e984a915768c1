//! The methods that make one query to the runtime at one block, by pallet. The runtime APIs behind them are
//! documented in [`mainstay_primitives::runtime_api`].

use super::registry::{query, Registry};
use mainstay_primitives::{
	runtime_api::{
		operators::{ExitKey, OperatorsApi, PositionKey},
		restaking::RestakingApi,
		rewards::RewardsApi,
		services::ServicesApi,
		slashing::{PastKey, SlashFilter, SlashingApi, Supposed},
		staking::StakingApi,
		Account, Amount,
	},
	AvsId, Era, OperatorSetId, PoolKind, SlashId,
};
use sp_api::ProvideRuntimeApi;

fn page() -> u32 {
	20
}

fn week() -> Era {
	28
}

query! {
	/// No parameters but the block.
	struct Now {}
}

query! {
	struct OfEra {
		/// The era.
		era: Era,
	}
}

query! {
	struct OfOperator {
		/// The operator.
		operator: Account,
	}
}

query! {
	struct ReturnOf {
		/// The operator.
		operator: Account,
		/// How many eras to look back; 28 unless given.
		#[serde(default = "week")]
		eras: Era,
	}
}

query! {
	struct OfPosition {
		/// The account.
		who: Account,
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
	}
}

query! {
	struct PositionsOf {
		/// The account.
		who: Account,
		/// The page begins after this position.
		#[serde(default)]
		after: Option<PositionKey>,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "page")]
		most: u32,
	}
}

query! {
	struct ExitsOf {
		/// The account.
		who: Account,
		/// The page begins after this exit.
		#[serde(default)]
		after: Option<ExitKey>,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "page")]
		most: u32,
	}
}

query! {
	struct BackersOf {
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The page begins after this account.
		#[serde(default)]
		after: Option<Account>,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "page")]
		most: u32,
	}
}

query! {
	struct OfSet {
		/// The set.
		set: OperatorSetId,
	}
}

query! {
	struct SetAt {
		/// The set.
		set: OperatorSetId,
		/// The capture era, whose stake can be slashed; the running era unless given.
		#[serde(default)]
		capture: Option<Era>,
	}
}

query! {
	struct MembersAt {
		/// The set.
		set: OperatorSetId,
		/// The capture era, whose stake can be slashed; the running era unless given.
		#[serde(default)]
		capture: Option<Era>,
		/// The page begins after this operator.
		#[serde(default)]
		after: Option<Account>,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "page")]
		most: u32,
	}
}

query! {
	struct SetUntil {
		/// The set.
		set: OperatorSetId,
		/// The era by which a slash has to be executed.
		until: Era,
	}
}

query! {
	struct Entering {
		/// The account that would deposit.
		who: Account,
		/// The operator.
		operator: Account,
		/// The kind of pool.
		kind: PoolKind,
		/// The amount, in the kind's currency.
		amount: Amount,
	}
}

query! {
	struct OfService {
		/// The service.
		avs: AvsId,
	}
}

query! {
	struct MembersOf {
		/// The set.
		set: OperatorSetId,
		/// The page begins after this operator.
		#[serde(default)]
		after: Option<Account>,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "page")]
		most: u32,
	}
}

query! {
	struct MemberOf {
		/// The set.
		set: OperatorSetId,
		/// The operator.
		operator: Account,
	}
}

query! {
	struct OfSlash {
		/// The slash.
		id: SlashId,
	}
}

query! {
	struct PendingSlashes {
		/// Which slashes; all unless given.
		#[serde(default)]
		filter: SlashFilter,
		/// The page begins after this slash.
		#[serde(default)]
		after: Option<SlashId>,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "page")]
		most: u32,
	}
}

query! {
	struct PastSlashes {
		/// Which slashes; all unless given.
		#[serde(default)]
		filter: SlashFilter,
		/// The page begins after this slash.
		#[serde(default)]
		after: Option<PastKey>,
		/// The length of the page, at most 100; 20 unless given.
		#[serde(default = "page")]
		most: u32,
	}
}

query! {
	struct Consequences {
		/// The slash, which has to be pending.
		id: SlashId,
		/// An account, if the answer is to have its own loss as well.
		#[serde(default)]
		who: Option<Account>,
	}
}

query! {
	struct DryRun {
		/// The slash.
		slash: Supposed,
		/// An account, if the answer is to have its own loss as well.
		#[serde(default)]
		who: Option<Account>,
	}
}

query! {
	struct SetReturnOf {
		/// The set.
		set: OperatorSetId,
		/// How many eras to look back; 28 unless given.
		#[serde(default = "week")]
		eras: Era,
	}
}

fn staking(registry: &mut Registry) {
	registry.read(
		"staking_era",
		"The running era: its times, validators and stake, and the issuance.",
		|c, at, _: Now| c.runtime_api().era(at),
	);
	registry.read("staking_parameters", "The times and bounds of this network.", |c, at, _: Now| {
		c.runtime_api().parameters(at)
	});
	registry.read(
		"staking_validators",
		"The validators of an era that the chain still keeps, at most 300.",
		|c, at, q: OfEra| c.runtime_api().validators(at, q.era),
	);
	registry.read(
		"staking_validator",
		"The status of an operator as a validator.",
		|c, at, q: OfOperator| c.runtime_api().validator(at, q.operator.0),
	);
	registry.read(
		"staking_validatorReturn",
		"What an operator earned as a validator in the last eras, and the yearly return from it.",
		|c, at, q: ReturnOf| c.runtime_api().validator_return(at, q.operator.0, q.eras),
	);
}

fn operators(registry: &mut Registry) {
	registry.read(
		"operators_operator",
		"An operator with its terms, pools, allocations, sets, and its status as a validator.",
		|c, at, q: OfOperator| c.runtime_api().operator(at, q.operator.0),
	);
	registry.read(
		"operators_position",
		"An account's position in one pool of an operator: shares, exits, pending slashes, rewards.",
		|c, at, q: OfPosition| c.runtime_api().position(at, q.who.0, q.operator.0, q.kind),
	);
	registry.read(
		"operators_positions",
		"All positions of an account, including those that a slash voided if they still have exits or rewards.",
		|c, at, q: PositionsOf| c.runtime_api().positions(at, q.who.0, q.after, q.most),
	);
	registry.read(
		"operators_exits",
		"The exits of an account that are not claimed yet.",
		|c, at, q: ExitsOf| c.runtime_api().exits(at, q.who.0, q.after, q.most),
	);
	registry.read(
		"operators_backers",
		"The delegators in one pool of an operator.",
		|c, at, q: BackersOf| {
			c.runtime_api().backers(at, q.operator.0, q.kind, q.after.map(|who| who.0), q.most)
		},
	);
}

fn restaking(registry: &mut Registry) {
	registry.read("restaking_assets", "The assets that can be restaked.", |c, at, _: Now| {
		c.runtime_api().assets(at)
	});
	registry.read(
		"restaking_setStake",
		"The stake that a set can slash for a capture era, in total, by kind.",
		|c, at, q: SetAt| c.runtime_api().set_stake(at, q.set, q.capture),
	);
	registry.read(
		"restaking_memberStakes",
		"The stake that a set can slash for a capture era, by member.",
		|c, at, q: MembersAt| {
			c.runtime_api().member_stakes(at, q.set, q.capture, q.after.map(|who| who.0), q.most)
		},
	);
	registry.read(
		"restaking_leastStake",
		"The least stake that a slash for the running era finds when it is executed in a later era, whatever happens until \
		 then.",
		|c, at, q: SetUntil| c.runtime_api().least_stake(at, q.set, q.until),
	);
	registry.read("restaking_entering", "The risks of a deposit into a pool now.", |c, at, q: Entering| {
		c.runtime_api().entering(at, q.who.0, q.operator.0, q.kind, q.amount.0)
	});
}

fn services(registry: &mut Registry) {
	registry.read("avs_service", "A service with its sets.", |c, at, q: OfService| {
		c.runtime_api().service(at, q.avs)
	});
	registry.read("avs_set", "An operator set with its terms and conditions.", |c, at, q: OfSet| {
		c.runtime_api().set(at, q.set)
	});
	registry.read(
		"avs_members",
		"The members of a set, in the order of their accounts.",
		|c, at, q: MembersOf| c.runtime_api().members(at, q.set, q.after.map(|who| who.0), q.most),
	);
	registry.read("avs_member", "One member of a set.", |c, at, q: MemberOf| {
		c.runtime_api().member(at, q.set, q.operator.0)
	});
}

fn slashing(registry: &mut Registry) {
	registry.read("slashing_slash", "A slash that is pending or on record.", |c, at, q: OfSlash| {
		c.runtime_api().slash(at, q.id)
	});
	registry.read("slashing_pending", "Slashes that are pending.", |c, at, q: PendingSlashes| {
		c.runtime_api().pending(at, q.filter, q.after, q.most)
	});
	registry.read(
		"slashing_past",
		"Slashes that were decided and are on record, the latest eras first.",
		|c, at, q: PastSlashes| c.runtime_api().past(at, q.filter, q.after, q.most),
	);
	registry.read(
		"slashing_consequences",
		"What a pending slash would take if it were executed now, and how much of that an account would lose.",
		|c, at, q: Consequences| c.runtime_api().consequences(at, q.id, q.who.map(|who| who.0)),
	);
	registry.read(
		"slashing_dryRun",
		"What a slash would take if it were reported and executed now, and how much of that an account would lose. The \
		 checks are those of a report by the set's slasher.",
		|c, at, q: DryRun| c.runtime_api().dry_run(at, q.slash, q.who.map(|who| who.0)),
	);
}

fn rewards(registry: &mut Registry) {
	registry.read(
		"rewards_due",
		"What an account can collect: its credit, and what its positions earned, in pages of positions.",
		|c, at, q: PositionsOf| c.runtime_api().due(at, q.who.0, q.after, q.most),
	);
	registry.read(
		"rewards_era",
		"What an era paid to its validators, if the chain still keeps it.",
		|c, at, q: OfEra| c.runtime_api().era_reward(at, q.era),
	);
	registry.read("rewards_streams", "The streams of payments to a set.", |c, at, q: OfSet| {
		c.runtime_api().streams(at, q.set)
	});
	registry.read(
		"rewards_setReturn",
		"What a set was paid in the last eras, and the yearly return from it.",
		|c, at, q: SetReturnOf| c.runtime_api().set_return(at, q.set, q.eras),
	);
}

pub fn register(registry: &mut Registry) {
	staking(registry);
	operators(registry);
	restaking(registry);
	services(registry);
	slashing(registry);
	rewards(registry);
}
