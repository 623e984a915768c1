//! Looking things up: a command for each method of the node that reads, and an overview of an account.

mod account;

use crate::{
	context::Context,
	error::Error,
	output::{units_in, View},
	values::{Amount, BasisPoints, KindArg, Part, SetArg},
};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{json, Map, Value};
use std::str::FromStr;
use subxt::{config::substrate::H256, utils::AccountId32};

/// Entries of a list that the node gives at once, at most.
const PAGE: usize = 100;

/// What can be looked up.
#[derive(Debug, Subcommand)]
pub enum ShowCommand {
	/// What an account has: balances, what stands behind operators, exits, rewards
	Account {
		/// Whose; the account of --from unless given
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
	/// What an operator earned as a validator, and the yearly return of that
	ValidatorReturn {
		/// The operator
		operator: String,
		/// How many eras are looked at, the last that are over
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
		/// By what they are ranked
		#[arg(long, value_enum, default_value_t = OperatorOrder::Stake)]
		by: OperatorOrder,
		/// Those with a pool of this kind; ranked by stake, it is the stake in these pools
		#[arg(long)]
		kind: Option<KindArg>,
		/// Those that validate in the running era, or with =false those that do not
		#[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
		active: Option<bool>,
		/// Those that stand for election, or with =false those that do not
		#[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
		candidate: Option<bool>,
		/// Those that take deposits of everyone, or with =false those that do not
		#[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
		open: Option<bool>,
		/// Those that take no more than this of rewards
		#[arg(long, value_name = "PERCENT")]
		max_commission: Option<BasisPoints>,
		#[command(flatten)]
		most: Most,
	},
	/// What an account has behind an operator in one kind
	Position {
		/// The operator
		operator: String,
		/// The kind of pool: stake, native, asset:7
		kind: KindArg,
		/// Whose; the account of --from unless given
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
	/// All that an account has behind operators
	Positions {
		/// Whose; the account of --from unless given
		account: Option<String>,
		#[command(flatten)]
		most: Most,
		#[command(flatten)]
		at: At,
	},
	/// All exits of an account that are not claimed yet
	Exits {
		/// Whose; the account of --from unless given
		account: Option<String>,
		#[command(flatten)]
		most: Most,
		#[command(flatten)]
		at: At,
	},
	/// Who stands behind an operator in one kind
	Backers {
		/// The operator
		operator: String,
		/// The kind of pool: stake, native, asset:7
		kind: KindArg,
		#[command(flatten)]
		most: Most,
		#[command(flatten)]
		at: At,
	},
	/// What an account can collect
	Rewards {
		/// Whose; the account of --from unless given
		account: Option<String>,
		#[command(flatten)]
		most: Most,
		#[command(flatten)]
		at: At,
	},
	/// What entering a pool now would expose one to
	Entering {
		/// The operator
		operator: String,
		/// The kind of pool: stake, native, asset:7
		kind: KindArg,
		/// How much one would put in, in STAY or the asset's own unit
		amount: Amount,
		/// Who would; the account of --from unless given
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
		/// By what they are ranked
		#[arg(long, value_enum, default_value_t = ServiceOrder::Weight)]
		by: ServiceOrder,
		#[command(flatten)]
		most: Most,
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
		most: Most,
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
		most: Most,
		#[command(flatten)]
		at: At,
	},
	/// The least that a slash for the running era can find when it is executed later, whatever happens until then
	LeastStake {
		/// The set, 0/1
		set: SetArg,
		/// The era in which the slash is executed; after the set's longest veto window unless given
		#[arg(long, value_name = "ERA")]
		until: Option<u32>,
		#[command(flatten)]
		at: At,
	},
	/// What a set was paid, and the yearly return of that
	SetReturn {
		/// The set, 0/1
		set: SetArg,
		/// How many eras are looked at, the last that are over
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
		most: Most,
		#[command(flatten)]
		at: At,
	},
	/// What a pending slash takes if it is executed now
	SlashImpact {
		/// Its id
		id: u32,
		/// And what of it this account loses
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
		/// And what of it this account would lose
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
		/// And what of it this account would lose
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		at: At,
	},
}

/// The block whose state is read.
#[derive(Args, Debug)]
pub struct At {
	/// The hash of the block whose state is read; the best block's unless given
	#[arg(long, value_name = "HASH")]
	pub at: Option<H256>,
}

/// How much of a list.
#[derive(Args, Debug)]
pub struct Most {
	/// How many entries at most
	#[arg(long, value_name = "N", default_value_t = PAGE)]
	pub most: usize,
	/// All entries
	#[arg(long, conflicts_with = "most")]
	pub all: bool,
}

impl Most {
	fn entries(&self) -> usize {
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
fn word(value: impl ValueEnum) -> Value {
	value.to_possible_value().map_or(Value::Null, |value| value.get_name().into())
}

/// A part of one kind, or of each.
#[derive(Clone, Debug)]
pub struct PartOfKind {
	kind: Option<KindArg>,
	part: Part,
}

impl FromStr for PartOfKind {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text.split_once('=') {
			Some((kind, part)) => Ok(Self { kind: Some(kind.parse()?), part: part.parse()? }),
			None => Ok(Self { kind: None, part: text.parse()? }),
		}
	}
}

/// How a method hands out a list.
#[derive(Clone, Copy)]
enum Pages {
	/// The next page begins after this entry, and is of the same block.
	After,
	/// The next page begins so many entries later.
	Skip,
}

/// A question to the node, and how to tell its answer.
struct Question {
	method: &'static str,
	params: Map<String, Value>,
	/// What to say where the answer is `null`.
	missing: String,
	/// What to say where the list is empty.
	empty: &'static str,
	/// Where the page of a list is in the answer.
	page: Option<(&'static str, Pages)>,
	most: usize,
	/// The asset of amounts that do not say of what they are.
	asset: Option<u32>,
	/// A list in the answer, and what to say where it is empty.
	unless: Option<(&'static str, &'static str)>,
}

impl Question {
	fn new(method: &'static str) -> Self {
		Self {
			method,
			params: Map::new(),
			missing: "there is nothing".into(),
			empty: "none",
			page: None,
			most: usize::MAX,
			asset: None,
			unless: None,
		}
	}

	/// A parameter. `null` is as if it were not given.
	fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
		let value = value.into();
		if !value.is_null() {
			self.params.insert(name.into(), value);
		}
		self
	}

	fn at(self, at: &At) -> Self {
		self.with("at", at.at.map(|hash| format!("{hash:?}")))
	}

	fn missing(self, missing: impl Into<String>) -> Self {
		Self { missing: missing.into(), ..self }
	}

	fn empty(self, empty: &'static str) -> Self {
		Self { empty, ..self }
	}

	fn pages(self, path: &'static str, pages: Pages, most: &Most) -> Self {
		Self { page: Some((path, pages)), most: most.entries(), ..self }
	}

	fn of(self, kind: &KindArg) -> Self {
		Self { asset: kind.asset(), ..self }
	}

	/// That an account was asked about, and what to say where nothing of it is in the answer.
	fn about(self, who: Option<String>) -> Self {
		let unless = who.is_some().then_some(("positions", "The account loses nothing."));
		Self { unless, ..self.with("who", who) }
	}

	/// Asks. Of a list, as many pages as are wanted, which become one.
	async fn ask(&self, context: &Context) -> Result<Value, Error> {
		let mut params = self.params.clone();
		let Some((path, pages)) = self.page else { return self.ask_once(context, params).await };
		let (mut merged, mut items): (Option<Value>, Vec<Value>) = (None, vec![]);
		loop {
			params.insert("most".into(), self.most.saturating_sub(items.len()).min(PAGE).into());
			let mut answer = self.ask_once(context, params.clone()).await?;
			let page = inside(&mut answer["value"], path);
			let next = page["next"].take();
			let found = match page["items"].take() {
				Value::Array(found) => found,
				_ => vec![],
			};
			items.extend(found);
			let cursor = match pages {
				Pages::After => "after",
				Pages::Skip => "skip",
			};
			// A page that leads to itself would have no end.
			let ended = next.is_null() || params.get(cursor) == Some(&next) || items.len() >= self.most;
			if let (Pages::After, false) = (pages, params.contains_key("at")) {
				params.insert("at".into(), answer["at"].clone());
			}
			params.insert(cursor.into(), next.clone());
			let answer = merged.get_or_insert(answer);
			if ended {
				let page = inside(&mut answer["value"], path);
				page["items"] = items.into();
				page["next"] = next;
				return Ok(answer.take());
			}
		}
	}

	async fn ask_once(&self, context: &Context, params: Map<String, Value>) -> Result<Value, Error> {
		let answer = context.chain.request(self.method, params.into()).await?;
		match answer["value"].is_null() {
			true => Err(Error::NotFound(self.missing.clone())),
			false => Ok(answer),
		}
	}

	/// Asks, and prints the answer.
	async fn print(&self, context: &Context) -> Result<(), Error> {
		let mut answer = self.ask(context).await?;
		if context.out.is_json() {
			context.out.json(&answer);
			return Ok(());
		}
		let mut value = answer["value"].take();
		let assets = restaked(self.method, &value).into_iter().chain(self.asset);
		let view = View::of(&context.chain, &context.out, &value, assets).await?;
		let path = self.page.map_or("", |(path, _)| path);
		match self.page.is_some() && path.is_empty() && is_empty(&value["items"]) || is_empty(&value) {
			true => context.out.line(self.empty),
			false => context.out.line(&view.answer(self.method, &value, self.asset)),
		}
		if let Some((_, text)) = self.unless.filter(|(list, _)| is_empty(&value[list])) {
			context.out.line(&format!("\n{text}"));
		}
		if self.page.is_some() {
			self.note_rest(context, inside(&mut value, path));
		}
		Ok(())
	}

	fn note_rest(&self, context: &Context, page: &Value) {
		if !page["next"].is_null() {
			let of = page["total"].as_u64().map(|total| format!(" of {total}")).unwrap_or_default();
			let shown = page["items"].as_array().map_or(0, Vec::len);
			context.out.note(&format!(
				"\nThere is more: these are {shown}{of}. --most {} or --all shows more.",
				PAGE * 10
			));
		}
	}
}

/// A part of a value, or all of it.
fn inside<'a>(value: &'a mut Value, path: &str) -> &'a mut Value {
	if path.is_empty() {
		value
	} else {
		&mut value[path]
	}
}

fn is_empty(list: &Value) -> bool {
	list.as_array().is_some_and(Vec::is_empty)
}

/// The assets that an answer is about.
fn restaked(method: &str, value: &Value) -> Vec<u32> {
	let listed = if method == "restaking_assets" { value.as_array() } else { None };
	let ids = listed.into_iter().flatten().map(|asset| asset["id"].as_u64());
	ids.filter_map(|id| id?.try_into().ok()).collect()
}

impl ShowCommand {
	/// Asks the node, and prints what it says.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		match self {
			Self::Account { account, at } => account::show(context, account.as_deref(), at.at).await,
			command => command.question(context).await?.print(context).await,
		}
	}

	async fn question(self, context: &Context) -> Result<Question, Error> {
		match self {
			// It is many questions.
			Self::Account { at, .. } | Self::Era { at } => Ok(Question::new("staking_era").at(&at)),
			Self::Parameters { at } => Ok(Question::new("staking_parameters").at(&at)),
			Self::Validators { era, at } => {
				let era = match era {
					Some(era) => era.into(),
					None => running_era(context, &at).await?,
				};
				let empty = "no validators of that era are known";
				Ok(Question::new("staking_validators").with("era", era).at(&at).empty(empty))
			},
			Self::Validator { operator, at } => of_operator("staking_validator", context, &operator, &at),
			Self::ValidatorReturn { operator, eras, at } => {
				Ok(of_operator("staking_validatorReturn", context, &operator, &at)?.with("eras", eras))
			},
			Self::EraReward { era, at } => {
				let missing = format!("no reward of era {era} is kept");
				Ok(Question::new("rewards_era").with("era", era).at(&at).missing(missing))
			},
			Self::Operator { operator, at } => of_operator("operators_operator", context, &operator, &at),
			Self::Operators { text, by, kind, active, candidate, open, max_commission, most } => {
				Ok(Question::new("operators_search")
					.with("text", text)
					.with("by", word(by))
					.with("kind", kind.map(|kind| kind.json()))
					.with("active", active)
					.with("candidate", candidate)
					.with("open", open)
					.with("maxCommission", max_commission.map(|most| most.0))
					.pages("", Pages::Skip, &most)
					.empty("no such operators"))
			},
			Self::Position { operator, kind, who, at } => {
				let who = context.account(who.as_deref())?;
				let operator = context.account(Some(&operator))?;
				let (backer, backed) = (context.name(&who), context.name(&operator));
				Ok(Question::new("operators_position")
					.with("who", who.to_string())
					.with("operator", operator.to_string())
					.with("kind", kind.json())
					.at(&at)
					.missing(format!("{backer} has nothing behind {backed} as {kind}")))
			},
			Self::Positions { account, most, at } => {
				let question = of_account("operators_positions", context, account.as_deref(), &at)?;
				Ok(question.pages("", Pages::After, &most).empty("nothing behind any operator"))
			},
			Self::Exits { account, most, at } => {
				let question = of_account("operators_exits", context, account.as_deref(), &at)?;
				Ok(question.pages("", Pages::After, &most).empty("no exits that are not claimed"))
			},
			Self::Backers { operator, kind, most, at } => {
				Ok(of_operator("operators_backers", context, &operator, &at)?
					.with("kind", kind.json())
					.pages("", Pages::After, &most)
					.of(&kind)
					.empty("nobody stands behind it in that kind"))
			},
			Self::Rewards { account, most, at } => {
				let question = of_account("rewards_due", context, account.as_deref(), &at)?;
				Ok(question.pages("positions", Pages::After, &most))
			},
			Self::Entering { operator, kind, amount, who, at } => {
				let (units, _) = context.units(&amount, kind.asset()).await?;
				let who = context.account(who.as_deref())?;
				Ok(of_operator("restaking_entering", context, &operator, &at)?
					.with("who", who.to_string())
					.with("kind", kind.json())
					.with("amount", units.to_string())
					.of(&kind))
			},
			Self::Assets { at } => {
				Ok(Question::new("restaking_assets").at(&at).empty("no asset can be restaked"))
			},
			Self::Service { avs, at } => {
				let question = Question::new("avs_service").with("avs", avs).at(&at);
				Ok(question.missing(format!("there is no service {avs}")))
			},
			Self::Services { text, by, most } => Ok(Question::new("avs_search")
				.with("text", text)
				.with("by", word(by))
				.pages("", Pages::Skip, &most)
				.empty("no such services")),
			Self::Set { set, at } => Ok(of_set("avs_set", &set, &at)),
			Self::Members { set, most, at } => Ok(of_set("avs_members", &set, &at)
				.pages("", Pages::After, &most)
				.empty("nobody serves the set")),
			Self::Member { set, operator, at } => {
				let operator = context.account(Some(&operator))?;
				let missing =
					format!("{} does not serve set {set}, or there is no such set", context.name(&operator));
				Ok(of_set("avs_member", &set, &at).with("operator", operator.to_string()).missing(missing))
			},
			Self::SetStake { set, capture, at } => {
				Ok(of_set("restaking_setStake", &set, &at).with("capture", capture).missing(no_stake(&set)))
			},
			Self::MemberStakes { set, capture, most, at } => Ok(of_set("restaking_memberStakes", &set, &at)
				.with("capture", capture)
				.pages("", Pages::After, &most)
				.missing(no_stake(&set))
				.empty("nobody answers to the set for that era")),
			Self::LeastStake { set, until, at } => {
				let until = match until {
					Some(until) => until.into(),
					None => running_era(context, &at).await? + longest_window(context, &set, &at).await?,
				};
				Ok(of_set("restaking_leastStake", &set, &at).with("until", until))
			},
			Self::SetReturn { set, eras, at } => {
				Ok(of_set("rewards_setReturn", &set, &at).with("eras", eras))
			},
			Self::Streams { set, at } => {
				Ok(of_set("rewards_streams", &set, &at).empty("nothing streams to the set"))
			},
			Self::Slash { id, at } => {
				let missing = format!("there is no slash {id}, or it is no longer on record");
				Ok(Question::new("slashing_slash").with("id", id).at(&at).missing(missing))
			},
			Self::Slashes { past, operator, avs, most, at } => {
				let operator = operator.map(|operator| context.account(Some(&operator))).transpose()?;
				let filter = json!({ "operator": operator.map(|operator| operator.to_string()), "avs": avs });
				let (method, empty) = match past {
					true => ("slashing_past", "no such slashes are on record"),
					false => ("slashing_pending", "no such slashes are pending"),
				};
				let question = Question::new(method).with("filter", filter).at(&at).empty(empty);
				Ok(question.pages("", Pages::After, &most))
			},
			Self::SlashImpact { id, who, at } => Ok(Question::new("slashing_consequences")
				.with("id", id)
				.about(optional_account(context, who.as_deref())?)
				.at(&at)
				.missing(format!("no slash {id} is pending"))),
			Self::SlashDryRun { set, operator, condition, parts, capture, who, at } => {
				let slash = json!({ "attested": {
					"set": set.json(),
					"operator": context.account(Some(&operator))?.to_string(),
					"condition": condition,
					"fractions": fractions(context, &set, &parts, &at).await?,
					"capture": capture_era(context, capture, &at).await?,
				} });
				supposed(context, slash, who.as_deref(), &at)
			},
			Self::ConsensusDryRun { operator, part, capture, who, at } => {
				let slash = json!({ "consensus": {
					"operator": context.account(Some(&operator))?.to_string(),
					"fraction": part.0.to_string(),
					"capture": capture_era(context, capture, &at).await?,
				} });
				supposed(context, slash, who.as_deref(), &at)
			},
		}
	}
}

/// Prints how an operator stands.
pub async fn operator(context: &Context, operator: &AccountId32) -> Result<(), Error> {
	of_operator("operators_operator", context, &operator.to_string(), &At { at: None })?.print(context).await
}

/// Prints how an operator stands as a validator.
pub async fn validator(context: &Context, operator: &AccountId32) -> Result<(), Error> {
	of_operator("staking_validator", context, &operator.to_string(), &At { at: None })?.print(context).await
}

/// What a slash would take, by what `slashing_dryRun` or `slashing_consequences` answers, in rows for people. Nothing where
/// the node does not say how amounts are written.
pub async fn impact(context: &Context, impact: &Value) -> Vec<(String, String)> {
	let Ok(view) = View::of(&context.chain, &context.out, impact, []).await else { return vec![] };
	let mut rows = vec![("would be refused".to_string(), view.sentence("{refused}", "Impact", impact))];
	for pool in impact["pools"].as_array().into_iter().flatten() {
		let exits = pool["exits"].as_array().into_iter().flatten().map(|exit| units_in(&exit["taken"]));
		let exits = match exits.fold(0, u128::saturating_add) {
			0 => String::new(),
			exits => format!(", and {} of exits", view.money_of(&pool["kind"], &exits.to_string().into())),
		};
		let taken = view.sentence("{taken} of {before}", "PoolImpact", pool);
		rows.push((format!("takes of {}", view.kind(&pool["kind"])), taken + &exits));
	}
	rows
}

fn of_operator(method: &'static str, context: &Context, operator: &str, at: &At) -> Result<Question, Error> {
	let operator = context.account(Some(operator))?;
	let missing = format!("{} is no operator", context.name(&operator));
	Ok(Question::new(method).with("operator", operator.to_string()).at(at).missing(missing))
}

fn of_account(
	method: &'static str,
	context: &Context,
	who: Option<&str>,
	at: &At,
) -> Result<Question, Error> {
	Ok(Question::new(method).with("who", context.account(who)?.to_string()).at(at))
}

fn of_set(method: &'static str, set: &SetArg, at: &At) -> Question {
	Question::new(method).with("set", set.json()).at(at).missing(format!("there is no operator set {set}"))
}

fn no_stake(set: &SetArg) -> String {
	format!("there is no operator set {set}, or that era is none that can be slashed")
}

fn supposed(context: &Context, slash: Value, who: Option<&str>, at: &At) -> Result<Question, Error> {
	let who = optional_account(context, who)?;
	Ok(Question::new("slashing_dryRun").with("slash", slash).about(who).at(at))
}

fn optional_account(context: &Context, who: Option<&str>) -> Result<Option<String>, Error> {
	who.map(|who| Ok(context.account(Some(who))?.to_string())).transpose()
}

async fn value_of(context: &Context, question: Question) -> Result<Value, Error> {
	Ok(question.ask(context).await?["value"].take())
}

async fn running_era(context: &Context, at: &At) -> Result<u64, Error> {
	let status = value_of(context, Question::new("staking_era").at(at)).await?;
	Ok(status["era"].as_u64().unwrap_or_default())
}

async fn capture_era(context: &Context, given: Option<u32>, at: &At) -> Result<u64, Error> {
	match given {
		Some(era) => Ok(era.into()),
		None => running_era(context, at).await,
	}
}

/// The longest veto window of a set's conditions, announced terms included.
async fn longest_window(context: &Context, set: &SetArg, at: &At) -> Result<u64, Error> {
	let set = value_of(context, of_set("avs_set", set, at)).await?;
	let conditions = set["conditions"].as_array().into_iter().flatten();
	let windows = conditions.flat_map(|condition| {
		let terms = &condition["terms"];
		[&terms["now"], &terms["next"]["value"]].map(|terms| terms["vetoWindow"].as_u64())
	});
	Ok(windows.flatten().max().unwrap_or_default())
}

/// What a slash takes of each kind.
async fn fractions(
	context: &Context,
	set: &SetArg,
	parts: &[PartOfKind],
	at: &At,
) -> Result<Vec<Value>, Error> {
	let fraction = |kind: Value, part: &Part| json!({ "kind": kind, "fraction": part.0.to_string() });
	let mut fractions = Vec::new();
	for PartOfKind { kind, part } in parts {
		match kind {
			Some(kind) => fractions.push(fraction(kind.json(), part)),
			None => {
				let mut set = value_of(context, of_set("avs_set", set, at)).await?;
				let Value::Array(kinds) = set["kinds"]["now"].take() else { continue };
				fractions.extend(kinds.into_iter().map(|mut kind| fraction(kind["kind"].take(), part)));
			},
		}
	}
	Ok(fractions)
}

#[cfg(test)]
mod tests {
	use crate::{cli::Cli, output::schema};
	use clap::{CommandFactory, Parser};

	/// The command for each method.
	const COMMANDS: &[(&str, &str)] = &[
		("staking_era", "show era"),
		("staking_parameters", "show parameters"),
		("staking_validators", "show validators 3"),
		("staking_validator", "show validator //Alice"),
		("staking_validatorReturn", "show validator-return //Alice --eras 4"),
		("operators_operator", "show operator //Alice"),
		("operators_position", "show position //Alice asset:7 --who //Bob"),
		("operators_positions", "show positions --all"),
		("operators_exits", "show exits //Bob --most 7"),
		("operators_backers", "show backers //Alice native"),
		(
			"operators_search",
			"show operators ali --by sets --kind native --active --open=false --max-commission 5%",
		),
		("operators_subscribePositions", "watch positions //Alice"),
		("restaking_assets", "show assets"),
		("restaking_setStake", "show set-stake 0/1 --capture 4"),
		("restaking_memberStakes", "show member-stakes 0/1"),
		("restaking_leastStake", "show least-stake 0/1 --until 9"),
		("restaking_entering", "show entering //Alice native 1.5"),
		("avs_service", "show service 0"),
		("avs_set", "show set 0/1"),
		("avs_members", "show members 0/1"),
		("avs_member", "show member 0/1 //Alice"),
		("avs_search", "show services oracle --by id"),
		("avs_subscribeMembers", "watch members 0/1 --count 1"),
		("slashing_slash", "show slash 0"),
		("slashing_pending", "show slashes --avs 0"),
		("slashing_past", "show slashes --past --operator //Alice"),
		("slashing_consequences", "show slash-impact 3 --who //Bob"),
		("slashing_dryRun", "show slash-dry-run 0/1 //Alice 2 native=10% asset:7=1/3"),
		("slashing_subscribeSlashes", "watch slashes --who //Alice"),
		("rewards_due", "show rewards"),
		("rewards_era", "show era-reward 3"),
		("rewards_streams", "show streams 0/1"),
		("rewards_setReturn", "show set-return 0/1 --eras 4"),
	];

	#[test]
	fn every_method_has_a_command() {
		let methods = schema::document()["methods"].as_array().unwrap();
		let mut methods: Vec<&str> = methods.iter().map(|method| method["name"].as_str().unwrap()).collect();
		let mut commands: Vec<&str> = COMMANDS.iter().map(|(method, _)| *method).collect();
		methods.sort_unstable();
		commands.sort_unstable();
		assert_eq!(methods, commands);
	}

	#[test]
	fn every_command_can_be_written() {
		Cli::command().debug_assert();
		let others = [
			"show account //Alice",
			"show consensus-dry-run //Alice 10%",
			"show slash-dry-run 0/1 //Bob 0 5%",
		];
		for command in COMMANDS.iter().map(|(_, command)| *command).chain(others) {
			let words = ["mainstay-cli"].into_iter().chain(command.split(' '));
			let parsed = Cli::try_parse_from(words);
			assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
		}
		for wrong in ["show members", "show members 0", "show era --at 0x12", "show exits --all --most 3"] {
			let words = ["mainstay-cli"].into_iter().chain(wrong.split(' '));
			assert!(Cli::try_parse_from(words).is_err(), "{wrong}");
		}
	}

	#[test]
	fn what_they_ask_is_in_the_document() {
		// The words of orders are the node's.
		let words = |name: &str| -> Vec<String> {
			let all = schema::document()["components"]["schemas"][name]["oneOf"].as_array().unwrap();
			all.iter().map(|order| order["const"].as_str().unwrap().into()).collect()
		};
		use super::{word, OperatorOrder, ServiceOrder};
		use clap::ValueEnum;
		let ours: Vec<_> = OperatorOrder::value_variants().iter().map(|order| word(*order)).collect();
		assert_eq!(ours, words("OperatorOrder"));
		let ours: Vec<_> = ServiceOrder::value_variants().iter().map(|order| word(*order)).collect();
		assert_eq!(ours, words("ServiceOrder"));
	}
}
