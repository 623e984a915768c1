//! The `show` commands: one for each method of the node that reads, and an overview of an account.

mod account;
mod age;
mod args;
mod query;

pub use account::{existential_deposit, overview, spendable};
pub use args::{At, PartOfKind, ShowCommand};

use crate::{
	chain::constant,
	context::Context,
	error::Error,
	output::{units_in, View},
	values::{Part, SetArg},
};
use args::{word, Limit};
use query::{of_account, value_of, Pages, Query};
use serde_json::{json, Value};
use std::collections::BTreeSet;
use subxt::utils::AccountId32;

impl ShowCommand {
	/// Queries the node, and prints the answer.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		match self {
			Self::Account { account, at } => account::show(context, account.as_deref(), at.at).await,
			command => command.query(context).await?.print(context).await,
		}
	}

	async fn query(self, context: &Context) -> Result<Query, Error> {
		match self {
			// The overview consists of several queries.
			Self::Account { at, .. } | Self::Era { at } => Ok(Query::new("staking_era").at(&at)),
			Self::Parameters { at } => Ok(Query::new("staking_parameters").at(&at)),
			Self::Validators { era, at } => {
				let era = match era {
					Some(era) => era.into(),
					None => running_era(context, &at).await?,
				};
				let empty = "the chain does not know the validators of that era";
				Ok(Query::new("staking_validators").with("era", era).at(&at).empty(empty))
			},
			Self::Validator { operator, at } => of_operator("staking_validator", context, &operator, &at),
			Self::ValidatorReturn { operator, eras, at } => {
				Ok(of_operator("staking_validatorReturn", context, &operator, &at)?.with("eras", eras))
			},
			Self::EraReward { era, at } => {
				let missing = format!("no reward of era {era} is kept");
				Ok(Query::new("rewards_era").with("era", era).at(&at).missing(missing))
			},
			Self::Operator { operator, at } => of_operator("operators_operator", context, &operator, &at),
			Self::Operators { text, by, kind, active, candidate, open, max_commission, limit } => {
				Ok(Query::new("operators_search")
					.with("text", text)
					.with("by", word(by))
					.with("kind", kind.map(|kind| kind.json()))
					.with("active", active)
					.with("candidate", candidate)
					.with("open", open)
					.with("maxCommission", max_commission.map(|most| most.0))
					.pages("", Pages::Skip, &limit)
					.empty("no operators match"))
			},
			Self::Position { operator, kind, who, at } => {
				let who = context.account(who.as_deref())?;
				let operator = context.account(Some(&operator))?;
				let (backer, backed) = (context.name(&who), context.name(&operator));
				Ok(Query::new("operators_position")
					.with("who", who.to_string())
					.with("operator", operator.to_string())
					.with("kind", kind.json())
					.at(&at)
					.missing(format!("{backer} has no position in the {kind} pool of {backed}")))
			},
			Self::Positions { account, limit, at } => {
				let query = of_account("operators_positions", context, account.as_deref(), &at)?;
				Ok(query.pages("", Pages::After, &limit).empty("no positions"))
			},
			Self::Exits { account, limit, at } => {
				let query = of_account("operators_exits", context, account.as_deref(), &at)?;
				Ok(query.pages("", Pages::After, &limit).empty("no exits that are not claimed"))
			},
			Self::Backers { operator, kind, limit, at } => {
				Ok(of_operator("operators_backers", context, &operator, &at)?
					.with("kind", kind.json())
					.pages("", Pages::After, &limit)
					.of(&kind)
					.empty("that pool has no delegators"))
			},
			Self::Rewards { account, limit, at } => {
				let query = of_account("rewards_due", context, account.as_deref(), &at)?;
				Ok(query.pages("positions", Pages::After, &limit))
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
				Ok(Query::new("restaking_assets").at(&at).empty("no asset can be restaked"))
			},
			Self::Service { avs, at } => {
				let query = Query::new("avs_service").with("avs", avs).at(&at);
				Ok(query.missing(format!("there is no service {avs}")))
			},
			Self::Services { text, by, limit } => Ok(Query::new("avs_search")
				.with("text", text)
				.with("by", word(by))
				.pages("", Pages::Skip, &limit)
				.empty("no services match")),
			Self::Set { set, at } => Ok(of_set("avs_set", &set, &at)),
			Self::Members { set, limit, at } => Ok(of_set("avs_members", &set, &at)
				.pages("", Pages::After, &limit)
				.empty("the set has no members")),
			Self::Member { set, operator, at } => {
				let operator = context.account(Some(&operator))?;
				let missing =
					format!("{} does not serve set {set}, or there is no such set", context.name(&operator));
				Ok(of_set("avs_member", &set, &at).with("operator", operator.to_string()).missing(missing))
			},
			Self::SetStake { set, capture, at } => {
				Ok(of_set("restaking_setStake", &set, &at).with("capture", capture).missing(no_stake(&set)))
			},
			Self::MemberStakes { set, capture, limit, at } => Ok(of_set("restaking_memberStakes", &set, &at)
				.with("capture", capture)
				.pages("", Pages::After, &limit)
				.missing(no_stake(&set))
				.empty("the set had no members in that era")),
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
				Ok(of_set("rewards_streams", &set, &at).empty("the set has no streams"))
			},
			Self::Slash { id, at } => {
				let missing = format!("there is no slash {id}, or it is no longer on record");
				Ok(Query::new("slashing_slash").with("id", id).at(&at).missing(missing))
			},
			Self::Slashes { past, operator, avs, limit, at } => {
				let operator = operator.map(|operator| context.account(Some(&operator))).transpose()?;
				let filter = json!({ "operator": operator.map(|operator| operator.to_string()), "avs": avs });
				let (method, empty) = match past {
					true => ("slashing_past", "no slashes like these are on record"),
					false => ("slashing_pending", "no slashes like these are pending"),
				};
				let query = Query::new(method).with("filter", filter).at(&at).empty(empty);
				Ok(query.pages("", Pages::After, &limit))
			},
			Self::SlashImpact { id, who, at } => Ok(Query::new("slashing_consequences")
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

/// Prints the status of an operator.
pub async fn operator(context: &Context, operator: &AccountId32) -> Result<(), Error> {
	of_operator("operators_operator", context, &operator.to_string(), &At::default())?.print(context).await
}

/// Prints the status of an operator as a validator.
pub async fn validator(context: &Context, operator: &AccountId32) -> Result<(), Error> {
	of_operator("staking_validator", context, &operator.to_string(), &At::default())?.print(context).await
}

/// The effects of a slash, from the answer of `slashing_dryRun` or `slashing_consequences`, in rows for people. Empty
/// if the node does not say how amounts are written.
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

/// The entries of a list that a command reads for its own use, at most.
const LARGE_LIMIT: Limit = Limit { most: 10_000, all: false };

/// The exits of an account that are not claimed yet, at a block; the first 10,000.
pub async fn exits(context: &Context, who: &AccountId32, at: &At) -> Result<Vec<Value>, Error> {
	items(context, of_account("operators_exits", context, Some(&who.to_string()), at)?).await
}

/// A slash by its id, and what people read about it in a line.
pub async fn slash(context: &Context, id: u32) -> Result<(Value, String), Error> {
	let missing = format!("there is no slash {id}, or it is no longer on record");
	let slash = value_of(context, Query::new("slashing_slash").with("id", id).missing(missing)).await?;
	let view = View::of(&context.chain, &context.out, &slash, []).await?;
	let sentence = "of {operator}, {cause}; due in {due}; {state}";
	let said = view.sentence(sentence, "SlashDetails", &slash);
	Ok((slash, said))
}

/// The assets that can be restaked.
pub async fn assets(context: &Context) -> Result<Vec<Value>, Error> {
	match value_of(context, Query::new("restaking_assets")).await? {
		Value::Array(assets) => Ok(assets),
		_ => Ok(vec![]),
	}
}

/// The slashes of an operator that are pending, at a block; the first 10,000.
pub async fn pending_slashes(
	context: &Context,
	operator: &AccountId32,
	at: &At,
) -> Result<Vec<Value>, Error> {
	let filter = json!({ "operator": operator.to_string() });
	items(context, Query::new("slashing_pending").with("filter", filter).at(at)).await
}

async fn items(context: &Context, query: Query) -> Result<Vec<Value>, Error> {
	let mut page = value_of(context, query.pages("", Pages::After, &LARGE_LIMIT)).await?;
	match page["items"].take() {
		Value::Array(items) => Ok(items),
		_ => Ok(vec![]),
	}
}

/// The number of positions of an account, at most as many as one call settles, and the number of currencies in which
/// it can collect something.
pub async fn due_of(context: &Context, who: &AccountId32) -> Result<(u32, u32), Error> {
	let state = context.chain.at_best().await?;
	let settled: u32 = constant(&state, "Rewards", "MaxPositions").unwrap_or(1);
	let limit = Limit { most: settled as usize, all: false };
	let query_of = |method| of_account(method, context, Some(&who.to_string()), &At::default());
	let due = value_of(context, query_of("rewards_due")?.pages("positions", Pages::After, &limit)).await?;
	let positions =
		value_of(context, query_of("operators_positions")?.pages("", Pages::After, &limit)).await?;
	let list = |list: &Value| list.as_array().cloned().unwrap_or_default();
	let earned = list(&due["positions"]["items"]).into_iter().flat_map(|position| list(&position["earned"]));
	let currencies: BTreeSet<_> =
		list(&due["credit"]).into_iter().chain(earned).map(|money| money["currency"].to_string()).collect();
	Ok((list(&positions["items"]).len().max(1) as u32, currencies.len() as u32))
}

fn of_operator(method: &'static str, context: &Context, operator: &str, at: &At) -> Result<Query, Error> {
	let operator = context.account(Some(operator))?;
	let missing = format!("{} is not an operator", context.name(&operator));
	Ok(Query::new(method).with("operator", operator.to_string()).at(at).missing(missing))
}

fn of_set(method: &'static str, set: &SetArg, at: &At) -> Query {
	Query::new(method).with("set", set.json()).at(at).missing(format!("there is no operator set {set}"))
}

fn no_stake(set: &SetArg) -> String {
	format!("there is no operator set {set}, or that era cannot be slashed")
}

fn supposed(context: &Context, slash: Value, who: Option<&str>, at: &At) -> Result<Query, Error> {
	let who = optional_account(context, who)?;
	Ok(Query::new("slashing_dryRun").with("slash", slash).about(who).at(at))
}

fn optional_account(context: &Context, who: Option<&str>) -> Result<Option<String>, Error> {
	who.map(|who| Ok(context.account(Some(who))?.to_string())).transpose()
}

/// The running era at a block, from `staking_era`.
pub async fn era(context: &Context, at: &At) -> Result<Value, Error> {
	value_of(context, Query::new("staking_era").at(at)).await
}

async fn running_era(context: &Context, at: &At) -> Result<u64, Error> {
	Ok(era(context, at).await?["era"].as_u64().unwrap_or_default())
}

/// The capture era of a slash: the running one unless given.
pub async fn capture_era(context: &Context, given: Option<u32>, at: &At) -> Result<u32, Error> {
	match given {
		Some(era) => Ok(era),
		None => Ok(running_era(context, at).await?.try_into().unwrap_or(u32::MAX)),
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

/// The fractions of a slash for each kind, as the node takes them.
pub async fn fractions(
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
		("dev_newBlocks", "dev new-blocks 7"),
		("dev_nextEra", "dev next-era 3 --session-blocks 5"),
		("dev_setTime", "dev set-time +6h"),
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
		// The names of the orders are those of the node.
		let words = |name: &str| -> Vec<String> {
			let all = schema::document()["components"]["schemas"][name]["oneOf"].as_array().unwrap();
			all.iter().map(|order| order["const"].as_str().unwrap().into()).collect()
		};
		use super::args::{word, OperatorOrder, ServiceOrder};
		use clap::ValueEnum;
		let ours: Vec<_> = OperatorOrder::value_variants().iter().map(|order| word(*order)).collect();
		assert_eq!(ours, words("OperatorOrder"));
		let ours: Vec<_> = ServiceOrder::value_variants().iter().map(|order| word(*order)).collect();
		assert_eq!(ours, words("ServiceOrder"));
	}
}
