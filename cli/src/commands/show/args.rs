//! What can be looked up, as it is written on the command line.

use crate::values::{Amount, BasisPoints, KindArg, Part, SetArg};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;
use std::str::FromStr;
use subxt::config::substrate::H256;

/// Entries of a list that the node gives at once, at most.
pub const PAGE: usize = 100;

/// What can be looked up.
#[derive(Debug, Subcommand)]
pub enum ShowCommand {
	/// What an account has: balances, positions with operators, exits, rewards
	Account {
		/// The account; that of --from unless given
		account: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// The running era, and the chain's economy in it
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
	/// How an operator stands as a validator
	Validator {
		/// The operator
		operator: String,
		#[command(flatten)]
		at: At,
	},
	/// What an operator earned as a validator, and the yearly return that this makes
	ValidatorReturn {
		/// The operator
		operator: String,
		/// How many of the last eras that are over to look at
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
		/// Those with a pool of this kind; the stake by which they are ranked is then that in these pools
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
	/// What an account has with an operator in one kind of pool
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
	/// All exits of an account that are not claimed yet
	Exits {
		/// The account; that of --from unless given
		account: Option<String>,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// Who has a position in an operator's pool of one kind
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
	/// What you would be exposed to by entering a pool now
	Entering {
		/// The operator
		operator: String,
		/// The kind of pool: stake, native, asset:7
		kind: KindArg,
		/// How much to enter with, in STAY or the asset's own unit
		amount: Amount,
		/// Who would enter; the account of --from unless given
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
	/// Who serves a set
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
	/// What a set can slash, of all members
	SetStake {
		/// The set, 0/1
		set: SetArg,
		/// The era whose stake answers; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// What a set can slash, by member
	MemberStakes {
		/// The set, 0/1
		set: SetArg,
		/// The era whose stake answers; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		#[command(flatten)]
		limit: Limit,
		#[command(flatten)]
		at: At,
	},
	/// The least that a slash for the running era finds when it is executed later, whatever happens until then
	LeastStake {
		/// The set, 0/1
		set: SetArg,
		/// The era in which the slash is executed; after the set's longest veto window unless given
		#[arg(long, value_name = "ERA")]
		until: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// What a set was paid, and the yearly return that this makes
	SetReturn {
		/// The set, 0/1
		set: SetArg,
		/// How many of the last eras that are over to look at
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
	/// What a pending slash takes if it is executed now
	SlashImpact {
		/// Its id
		id: u32,
		/// Also tell what of it this account loses
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// What a slash would take if a set reported it and it were executed now
	SlashDryRun {
		/// The set, 0/1
		set: SetArg,
		/// Who would be slashed
		operator: String,
		/// The condition that would be broken
		condition: u32,
		/// How much of what is allocated: native=25%, or 25% of each kind of the set
		#[arg(required = true, value_name = "PART")]
		parts: Vec<PartOfKind>,
		/// The era whose stake would answer; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		/// Also tell what of it this account would lose
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// What the slash of a consensus offence would take if it were executed now
	ConsensusDryRun {
		/// Who would be slashed
		operator: String,
		/// How much of its native stake: 10%
		part: Part,
		/// The era of the offence; the running one unless given
		#[arg(long, value_name = "ERA")]
		capture: Option<u32>,
		/// Also tell what of it this account would lose
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
	/// How many entries at most
	#[arg(long, value_name = "N", default_value_t = PAGE)]
	pub most: usize,
	/// All entries
	#[arg(long, conflicts_with = "most")]
	pub all: bool,
}

impl Limit {
	/// So many, then.
	pub fn entries(&self) -> usize {
		if self.all {
			usize::MAX
		} else {
			self.most.max(1)
		}
	}
}

/// By what operators are ranked.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OperatorOrder {
	/// The stake behind them, highest first
	Stake,
	/// Their commission, lowest first
	Commission,
	/// How many sets they serve, most first
	Sets,
	/// Their names
	Name,
}

/// By what services are ranked.
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

/// A value of an enum of the command line, as it is written there and in JSON.
pub fn word(value: impl ValueEnum) -> Value {
	value.to_possible_value().map_or(Value::Null, |value| value.get_name().into())
}

/// A part of one kind, or of each.
#[derive(Clone, Debug)]
pub struct PartOfKind {
	/// The kind; each unless given.
	pub kind: Option<KindArg>,
	/// How much of it.
	pub part: Part,
}

impl PartOfKind {
	/// So much of each kind.
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
