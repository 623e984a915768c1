//! An overview of an account: everything that the chain stores about it.

use super::{
	args::{At, Limit},
	query::{of_account, restaked, value_of, Pages, Query},
};
use crate::{
	chain::{constant, stored, AtBlock},
	context::Context,
	error::Error,
	output::{units_in, View},
	read,
};
use serde_json::{json, Map, Value};
use std::collections::BTreeMap;
use subxt::{config::substrate::H256, utils::AccountId32};

/// A whole list.
const ALL: Limit = Limit { most: 0, all: true };

/// Amounts by kind or currency, in the order of their JSON.
type Sums = BTreeMap<String, Sum>;

/// Amounts of one kind or currency.
#[derive(Default)]
struct Sum {
	of: Value,
	count: u64,
	value: u128,
	claimable: u128,
}

fn add<'a>(sums: &'a mut Sums, of: &Value, value: &Value) -> &'a mut Sum {
	let sum = sums.entry(of.to_string()).or_default();
	sum.of = of.clone();
	sum.count += 1;
	sum.value = sum.value.saturating_add(units_in(value));
	sum
}

fn list<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
	value.pointer(path).and_then(Value::as_array).into_iter().flatten()
}

/// Prints the overview of an account at one block.
pub async fn show(context: &Context, account: Option<&str>, at: Option<H256>) -> Result<(), Error> {
	let who = context.account(account)?;
	let at = match at {
		Some(at) => at,
		None => context.chain.at_best().await?.block_hash(),
	};
	let overview = overview(context, &who, at).await?;
	if context.out.is_json() {
		context.out.json(&json!({ "at": format!("{at:?}"), "value": overview }));
		return Ok(());
	}
	let ids = list(&overview, "/assets").filter_map(|asset| read::unsigned(&asset["id"]));
	let view = View::of(&context.chain, &context.out, &overview, ids).await?;
	tell(context, &view, &who, &overview);
	Ok(())
}

/// The overview of an account at a block: `balance`, `assets`, `positions`, `exits` and `rewards`, in sums.
pub async fn overview(context: &Context, who: &AccountId32, at: H256) -> Result<Value, Error> {
	let block = At { at: Some(at) };
	// If the node does not know the block, these queries fail with that error.
	let list_of = |method| -> Result<Query, Error> {
		Ok(of_account(method, context, Some(&who.to_string()), &block)?.pages("", Pages::After, &ALL))
	};
	let positions = value_of(context, list_of("operators_positions")?).await?;
	let exits = value_of(context, list_of("operators_exits")?).await?;
	let due = of_account("rewards_due", context, Some(&who.to_string()), &block)?;
	let due = value_of(context, due.pages("positions", Pages::After, &ALL)).await?;
	let assets = value_of(context, Query::new("restaking_assets").at(&block)).await?;

	let state = context.chain.at(at).await?;
	Ok(json!({
		"who": who.to_string(),
		"balance": balance(&state, who).await?,
		"assets": asset_balances(&state, who, &restaked("restaking_assets", &assets)).await?,
		"positions": by_kind(list(&positions, "/items")),
		"exits": exits_by_kind(list(&exits, "/items")),
		"rewards": { "to": due["to"], "due": rewards(&due) },
	}))
}

/// The STAY that an account can spend without being removed, in the smallest unit.
pub async fn spendable(state: &AtBlock, who: &AccountId32) -> Result<u128, Error> {
	Ok(units_in(&balance(state, who).await?["spendable"]))
}

fn by_kind<'a>(positions: impl Iterator<Item = &'a Value>) -> Vec<Value> {
	let mut sums = Sums::new();
	for position in positions {
		// A slash may have voided the position, while it still has exits or rewards.
		if units_in(&position["shares"]) > 0 {
			add(&mut sums, &position["kind"], &position["value"]);
		}
	}
	let sums = sums.into_values();
	sums.map(|sum| json!({ "kind": sum.of, "positions": sum.count, "value": sum.value.to_string() }))
		.collect()
}

fn exits_by_kind<'a>(exits: impl Iterator<Item = &'a Value>) -> Vec<Value> {
	let mut sums = Sums::new();
	for found in exits {
		let exit = &found["exit"];
		let sum = add(&mut sums, &found["kind"], &exit["value"]);
		if exit["claimable"] == true {
			sum.claimable = sum.claimable.saturating_add(units_in(&exit["value"]));
		}
	}
	let sums = sums.into_values().map(|sum| {
		let (value, claimable) = (sum.value.to_string(), sum.claimable.to_string());
		json!({ "kind": sum.of, "exits": sum.count, "value": value, "claimable": claimable })
	});
	sums.collect()
}

/// The credit, and what positions earned since they were settled.
fn rewards(due: &Value) -> Vec<Value> {
	let mut sums = Sums::new();
	let earned = list(due, "/positions/items").flat_map(|position| list(position, "/earned"));
	for money in list(due, "/credit").chain(earned) {
		add(&mut sums, &money["currency"], &money["amount"]);
	}
	let sums = sums.into_values().filter(|sum| sum.value > 0);
	sums.map(|sum| json!({ "currency": sum.of, "amount": sum.value.to_string() })).collect()
}

/// The STAY of the account.
async fn balance(state: &AtBlock, who: &AccountId32) -> Result<Value, Error> {
	let account = stored(state, "System", "Account", (*who,)).await?;
	let holds = stored(state, "Balances", "Holds", (*who,)).await?;
	let part = |name: &str| units_in(&account["data"][name]);
	let (free, held, frozen) = (part("free"), part("reserved"), part("frozen"));
	// The frozen balance can overlap the held one. The rest has to keep the account alive.
	let stays = frozen.saturating_sub(held).max(existential_deposit(state));
	let holds: Vec<Value> =
		list(&holds, "").map(|hold| json!({ "reason": hold["id"], "amount": hold["amount"] })).collect();
	Ok(json!({
		"nonce": account["nonce"].as_u64().unwrap_or(0),
		"free": free.to_string(),
		"spendable": free.saturating_sub(stays).to_string(),
		"held": held.to_string(),
		"frozen": frozen.to_string(),
		"holds": holds,
	}))
}

/// The existential deposit of STAY, in the smallest unit.
pub fn existential_deposit(state: &AtBlock) -> u128 {
	constant(state, "Balances", "ExistentialDeposit").unwrap_or(0)
}

/// The account's balances of the assets that can be restaked.
async fn asset_balances(state: &AtBlock, who: &AccountId32, ids: &[u32]) -> Result<Vec<Value>, Error> {
	let mut balances = Vec::new();
	for id in ids {
		let account = stored(state, "Assets", "Account", (*id, *who)).await?;
		let units = units_in(&account["balance"]);
		balances.push(json!({ "id": id, "balance": units.to_string() }));
	}
	Ok(balances)
}

fn tell(context: &Context, view: &View, who: &AccountId32, overview: &Value) {
	let (balance, rewards) = (&overview["balance"], &overview["rewards"]);
	let stay = |name: &str| view.amount(units_in(&balance[name]), None);
	let mut rows = vec![
		("account".to_string(), context.name(who)),
		("free".into(), stay("free")),
		("can spend".into(), stay("spendable")),
		("held".into(), stay("held")),
	];
	let mut other = units_in(&balance["held"]);
	for hold in list(balance, "/holds") {
		let amount = units_in(&hold["amount"]);
		other = other.saturating_sub(amount);
		let reason = hold["reason"].as_str().unwrap_or("?");
		rows.push(("".into(), format!("{} by {reason}", view.amount(amount, None))));
	}
	// Deposits that are not holds: for assets, proxies and the like.
	if other > 0 {
		rows.push(("".into(), format!("{} as other deposits", view.amount(other, None))));
	}
	if units_in(&balance["frozen"]) > 0 {
		rows.push(("frozen".into(), stay("frozen")));
	}
	for asset in list(overview, "/assets") {
		let id = read::unsigned(&asset["id"]).unwrap_or_default();
		rows.push((format!("asset {id}"), view.amount(units_in(&asset["balance"]), Some(id))));
	}
	let due: Vec<String> = list(rewards, "/due").map(|money| view.money(money)).collect();
	rows.push(("rewards due".into(), if due.is_empty() { "none".into() } else { due.join(", ") }));
	if rewards["to"] != who.to_string() {
		rows.push(("paid to".into(), rewards["to"].as_str().unwrap_or_default().into()));
	}
	rows.push(("next nonce".into(), balance["nonce"].to_string()));

	context.out.rows(&rows);
	let kinds = [
		("positions", "positions", &["kind", "positions", "value"][..]),
		("exits", "exits", &["kind", "exits", "value", "claimable"]),
	];
	for (title, list, columns) in kinds {
		let rows: Vec<_> = self::list(overview, &format!("/{list}"))
			.filter_map(Value::as_object)
			.map(|sum| columns.iter().map(|column| cell(view, sum, column)).collect())
			.collect();
		if !rows.is_empty() {
			context.out.heading(title);
			context.out.table(columns, rows);
		}
	}
}

fn cell(view: &View, sum: &Map<String, Value>, column: &str) -> String {
	match (&sum[column], column) {
		(kind, "kind") => view.kind(kind),
		(Value::Number(count), _) => count.to_string(),
		(amount, _) => view.money_of(&sum["kind"], amount),
	}
}
