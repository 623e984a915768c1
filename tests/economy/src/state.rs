//! The observable state, read from the runtime in the words of a trace.

use crate::replay::Labels;
use mainstay_operator_delegation::{Claims, Exits, Pools, Positions, Slashed};
use mainstay_primitives::{traits::EraClock, Currency, Kind};
use mainstay_runtime::{Runtime, Staking};
use serde_json::{json, Map, Value};

/// Tables of a trace, by name. `era` is a number, all others map keys to values.
pub type Tables = Map<String, Value>;

/// A kind of pool as a trace names it.
fn kind(kind: Kind) -> String {
	match kind {
		Kind::Stake => "stake".into(),
		Kind::Native => "native".into(),
		Kind::Asset(id) => format!("asset:{id}"),
	}
}

/// A currency as a trace names it.
pub fn currency(currency: Currency) -> String {
	match currency {
		Currency::Native => "native".into(),
		Currency::WithId(id) => format!("asset:{id}"),
	}
}

/// All that can be seen: live positions, exits that hold something and the claims on them, credit.
pub fn read(labels: &Labels) -> Tables {
	let mut pools = Map::new();
	for (operator, k, pool) in Pools::<Runtime>::iter() {
		if pool.funds.shares > 0 || pool.generation > 0 {
			let value = json!({
				"shares": pool.funds.shares.to_string(),
				"amount": pool.funds.amount.to_string(),
				"generation": pool.generation,
				"since": pool.since,
				"max_magnitude": pool.max_magnitude.to_string(),
			});
			pools.insert(format!("{}|{}", labels.of(&operator), kind(k)), value);
		}
	}

	let mut positions = Map::new();
	for ((who, operator, k), position) in Positions::<Runtime>::iter() {
		if Pools::<Runtime>::get(&operator, k).is_some_and(|pool| pool.generation == position.generation) {
			let key = format!("{}|{}|{}", labels.of(&who), labels.of(&operator), kind(k));
			positions.insert(key, json!(position.shares.to_string()));
		}
	}

	let mut exits = Map::new();
	for ((operator, k, era), exit) in Exits::<Runtime>::iter() {
		let value = json!({
			"shares": exit.funds.shares.to_string(),
			"amount": exit.funds.amount.to_string(),
			"max_magnitude": exit.max_magnitude.to_string(),
		});
		exits.insert(format!("{}|{}|{era}", labels.of(&operator), kind(k)), value);
	}

	let mut claims = Map::new();
	for ((who, operator, k, era), shares) in Claims::<Runtime>::iter() {
		if Exits::<Runtime>::contains_key((&operator, k, era)) {
			let key = format!("{}|{}|{}|{era}", labels.of(&who), labels.of(&operator), kind(k));
			claims.insert(key, json!(shares.to_string()));
		}
	}

	let mut rewards = Map::new();
	for (who, c, amount) in mainstay_rewards::Credit::<Runtime>::iter() {
		rewards.insert(format!("{}|{}", labels.of(&who), currency(c)), json!(amount.to_string()));
	}

	let mut taken = Map::new();
	for (c, amount) in Slashed::<Runtime>::iter().filter(|(_, amount)| *amount > 0) {
		taken.insert(currency(c), json!(amount.to_string()));
	}

	let empty = || Value::Object(Map::new());
	[
		("era", json!(Staking::active())),
		("pools", Value::Object(pools)),
		("positions", Value::Object(positions)),
		("exits", Value::Object(exits)),
		("claims", Value::Object(claims)),
		("allocations", empty()),
		("slashes", empty()),
		("rewards_due", Value::Object(rewards)),
		("taken", Value::Object(taken)),
	]
	.into_iter()
	.map(|(table, value)| (table.to_string(), value))
	.collect()
}
