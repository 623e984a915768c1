//! The arguments of the `show` commands.

use crate::values::{Amount, BasisPoints, KindArg, Part, SetArg};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;
use std::str::FromStr;
use subxt::config::substrate::H256;

/// The entries of one page from the node, at most.
pub const PAGE: usize = 100;

/// The `show` commands.
#[derive(Debug, Subcommand)]
pub enum ShowCommand {
	/// What an account has: balances, positions with operators, exits, rewards
	Account {
		/// The account; that of --from unless given
		account: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// The running era: its times, validators and stake, and the issuance
	Era {
		#[command(flatten)]
		at: At,
	},
	/// The times and bounds of this network
	Parameters {
		#[command(flatten)]
		at: At,
	},
	/// The validators of an era
	Validators {
		/// The era; the running one unless given
		era: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// The status of an operator as a validator
	Validator {
		/// The operator
		operator: String,
		#[command(flatten)]
		at: At,
	},
	/// What an operator earned as a validator, and the yearly return from it
	ValidatorReturn {
		/// The operator
		operator: String,
		/// How many past eras to look at
		#[arg(long, value_name = "N")]
		eras: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// What an era paid to its validators
	EraReward {
		/// The era
		era: u32,
		#[command(flatten)]
		at: At,
	},
	/// An operator with its terms, pools, allocations and sets
	Operator {
		/// The operator
		operator: String,
		#[command(flatten)]
		at: At,
	},
	/// Operators by name, address and status, ranked
	Operators {
		/// What their names or addresses contain
		text: Option<String>,
		/// What they are ranked by
		#[arg(long, value_enum, default_value_t = OperatorOrder::Stake)]
		by: OperatorOrder,
		/// Those with a pool of this kind, ranked by the stake in these pools
		#[arg(long)]
		kind: Option<KindArg>,
		/// Those that validate in the running era, or with =false those that do not
		#[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
		active: Option<bool>,
		/// Those that stand for election, or with =false those that do not
		#[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
		candidate: Option<bool>,
		/// Those that take deposits from everyone, or with =false those that do not
		#[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
		open: Option<bool>,
		/// Those whose commission is no higher than this
		#[arg(long, value_name = "PERCENT")]
		max_commission: Option<BasisPoints>,
		#[command(flatten)]
		limit: Limit,
	},
	/// An account's position in one pool of an operator
	Position {
		/// The operator
		operator: String,
		/// The kind of pool: stake, native, asset:7
		kind: KindArg,
		/// The account; that of --from unless given
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// All positions of an account
	Positions {
		/// The account; that of --from unless given
		account: Option<String>,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// The exits of an account that are not claimed yet
	Exits {
		/// The account; that of --from unless given
		account: Option<String>,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// The delegators in one pool of an operator
	Backers {
		/// The operator
		operator: String,
		/// The kind of pool: stake, native, asset:7
		kind: KindArg,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// What an account can collect
	Rewards {
		/// The account; that of --from unless given
		account: Option<String>,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// The risks of a deposit into a pool now
	Entering {
		/// The operator
		operator: String,
		/// The kind of pool: stake, native, asset:7
		kind: KindArg,
		/// The amount of the deposit, in STAY or the asset's own unit
		amount: Amount,
		/// The account that would deposit; that of --from unless given
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// The assets that can be restaked
	Assets {
		#[command(flatten)]
		at: At,
	},
	/// A service (AVS) with its sets
	Service {
		/// Its id
		avs: u32,
		#[command(flatten)]
		at: At,
	},
	/// Services by name, id and owner, ranked
	Services {
		/// What their names, ids or owners' addresses contain
		text: Option<String>,
		/// What they are ranked by
		#[arg(long, value_enum, default_value_t = ServiceOrder::Weight)]
		by: ServiceOrder,
		#[command(flatten)]
		limit: Limit,
	},
	/// An operator set with its terms and conditions
	Set {
		/// The set, 0/1
		set: SetArg,
		#[command(flatten)]
		at: At,
	},
	/// The members of a set
	Members {
		/// The set, 0/1
		set: SetArg,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// One member of a set
	Member {
		/// The set, 0/1
		set: SetArg,
		/// The operator
		operator: String,
		#[command(flatten)]
		at: At,
	},
	/// The stake that a set can slash, in total
	SetStake {
		/// The set, 0/1
		set: SetArg,
		/// The capture era; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// The stake that a set can slash, by member
	MemberStakes {
		/// The set, 0/1
		set: SetArg,
		/// The capture era; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// The least stake that a slash for the running era finds when it is executed later, whatever happens until then
	LeastStake {
		/// The set, 0/1
		set: SetArg,
		/// The era in which the slash is executed; after the set's longest veto window unless given
		#[arg(long, value_name = "ERA")]
		until: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// What a set was paid, and the yearly return from it
	SetReturn {
		/// The set, 0/1
		set: SetArg,
		/// How many past eras to look at
		#[arg(long, value_name = "N")]
		eras: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// The streams of payments to a set
	Streams {
		/// The set, 0/1
		set: SetArg,
		#[command(flatten)]
		at: At,
	},
	/// A slash that is pending or on record
	Slash {
		/// Its id
		id: u32,
		#[command(flatten)]
		at: At,
	},
	/// Slashes that are pending, or with --past those that were decided
	Slashes {
		/// Those that were decided and are on record, the latest eras first
		#[arg(long)]
		past: bool,
		/// Those of an operator
		#[arg(long, value_name = "ACCOUNT")]
		operator: Option<String>,
		/// Those of any set of a service
		#[arg(long, value_name = "ID")]
		avs: Option<u32>,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// What a pending slash would take if it were executed now
	SlashImpact {
		/// Its id
		id: u32,
		/// Also show how much of it this account would lose
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// What a slash would take if a set reported it and it were executed now
	SlashDryRun {
		/// The set, 0/1
		set: SetArg,
		/// The operator that would be slashed
		operator: String,
		/// The condition that would be broken
		condition: u32,
		/// The part of the allocation: native=25%, or 25% of each kind of the set
		#[arg(required = true, value_name = "PART")]
		parts: Vec<PartOfKind>,
		/// The capture era; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		/// Also show how much of it this account would lose
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// What the slash of a consensus offence would take if it were executed now
	ConsensusDryRun {
		/// The operator that would be slashed
		operator: String,
		/// The part of its native stake: 10%
		part: Part,
		/// The era of the offence; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		/// Also show how much of it this account would lose
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
}

/// The block whose state is read.
#[derive(Args, Debug, Default)]
pub struct At {
	/// The hash of the block whose state is read; the best block's unless given
	#[arg(long, value_name = "HASH")]
	pub at: Option<H256>,
}

/// How much of a list.
#[derive(Args, Debug)]
pub struct Limit {
	/// How many entries to show, at most
	#[arg(long, value_name = "N", default_value_t = PAGE)]
	pub most: usize,
	/// Show all entries
	#[arg(long, conflicts_with = "most")]
	pub all: bool,
}

impl Limit {
	/// The number of entries to show.
	pub fn entries(&self) -> usize {
		if self.all {
			usize::MAX
		} else {
			self.most.max(1)
		}
	}
}

/// The ranking of operators.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OperatorOrder {
	/// The stake delegated to them, highest first
	Stake,
	/// Their commission, lowest first
	Commission,
	/// How many sets they serve, most first
	Sets,
	/// Their names
	Name,
}

/// The ranking of services.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ServiceOrder {
	/// The weight of what is allocated to them, highest first
	Weight,
	/// How many members their sets have, most first
	Members,
	/// Their names
	Name,
	/// Their ids
	Id,
}

/// A value of an enum, spelled as on the command line and in JSON.
pub fn word(value: impl ValueEnum) -> Value {
	value.to_possible_value().map_or(Value::Null, |value| value.get_name().into())
}

/// A part of one kind, or of each kind.
#[derive(Clone, Debug)]
pub struct PartOfKind {
	/// The kind; each kind if it is none.
	pub kind: Option<KindArg>,
	/// The part.
	pub part: Part,
}

impl PartOfKind {
	/// The same part of each kind.
	pub fn each(part: Part) -> Self {
		Self { kind: None, part }
	}
}

impl FromStr for PartOfKind {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text.split_once('=') {
			Some((kind, part)) => Ok(Self { kind: Some(kind.parse()?), part: part.parse()? }),
			None => Ok(Self::each(text.parse()?)),
		}
	}
}
