//! The observable state of the runtime, in the names of a trace.

use crate::replay::Names;
use mainstay_operator_delegation::{Claims, Exits, Pools, Positions, Slashed};
use mainstay_primitives::{traits::EraClock, Balance, Currency, PoolKind};
use mainstay_restaking::Exposures;
use mainstay_runtime::{Restaking, Rewards, Runtime, Staking};
use mainstay_slashing::{Slashes, TotalSlashed, Unpaid};
use serde_json::{json, Map, Value};
use std::collections::BTreeMap;

/// The tables of a trace, by name. `era` and `planned` are numbers, and all others map keys to values.
pub type Tables = Map<String, Value>;

/// A kind of pool as a trace names it.
fn kind(kind: PoolKind) -> String {
	match kind {
		PoolKind::Stake => "stake".into(),
		PoolKind::Native => "native".into(),
		PoolKind::Asset(id) => format!("asset:{id}"),
	}
}

/// A currency as a trace names it.
pub fn currency(currency: Currency) -> String {
	match currency {
		Currency::Native => "native".into(),
		Currency::WithId(id) => format!("asset:{id}"),
	}
}

/// The observable state: live positions with their fresh shares, non-empty exits and the claims on them, present and
/// pending allocations, credit, and unsettled rewards.
pub fn read(labels: &Names) -> Tables {
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

	let (mut positions, mut fresh) = (Map::new(), Map::new());
	for ((who, operator, k), position) in Positions::<Runtime>::iter() {
		if Pools::<Runtime>::get(&operator, k).is_some_and(|pool| pool.generation == position.generation) {
			let key = format!("{}|{}|{}", labels.of(&who), labels.of(&operator), kind(k));
			let came = position.fresh_in(Staking::active());
			if came > 0 {
				fresh.insert(key.clone(), json!(came.to_string()));
			}
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

	let mut allocations = Map::new();
	for (operator, k) in Exposures::<Runtime>::iter_keys() {
		for (set, allocation) in Restaking::exposure(&operator, k).allocations {
			if allocation.current == 0 && allocation.pending.is_none() {
				continue;
			}
			let value = json!({
				"current": allocation.current.to_string(),
				"pending": allocation.pending.map(|(magnitude, _)| magnitude.to_string()),
				"effective": allocation.pending.map(|(_, effective)| effective),
			});
			allocations
				.insert(format!("{}|{}|{}", labels.of(&operator), kind(k), labels.set_name(set)), value);
		}
	}

	let slashes: Map<_, _> = Slashes::<Runtime>::iter()
		.map(|(id, slash)| (labels.slash_name(id).to_string(), json!(slash.due)))
		.collect();

	let mut due = BTreeMap::<_, Balance>::new();
	for (who, c, amount) in mainstay_rewards::Credit::<Runtime>::iter() {
		*due.entry((who, c)).or_default() += amount;
	}
	for ((who, operator, k), position) in Positions::<Runtime>::iter() {
		for (c, amount) in Rewards::unsettled(&who, &operator, k, &position) {
			*due.entry((who.clone(), c)).or_default() += amount;
		}
	}
	let rewards: Map<_, _> = due
		.into_iter()
		.map(|((who, c), amount)| (format!("{}|{}", labels.of(&who), currency(c)), json!(amount.to_string())))
		.collect();

	// Services' slashes are counted when they are taken, and paid out at once. Funds of consensus slashes stay in
	// custody, because tests call the entry point without the queue.
	let mut sums: BTreeMap<Currency, Balance> = Slashed::<Runtime>::iter().collect();
	for (c, amount) in TotalSlashed::<Runtime>::iter() {
		*sums.entry(c).or_default() += amount;
	}
	assert_eq!(Unpaid::<Runtime>::iter().count(), 0, "a burn cannot fail");
	let taken: Map<_, _> = sums
		.into_iter()
		.filter(|(_, amount)| *amount > 0)
		.map(|(c, amount)| (currency(c), json!(amount.to_string())))
		.collect();

	[
		("era", json!(Staking::active())),
		("planned", json!(Staking::planned())),
		("pools", Value::Object(pools)),
		("positions", Value::Object(positions)),
		("fresh", Value::Object(fresh)),
		("exits", Value::Object(exits)),
		("claims", Value::Object(claims)),
		("allocations", Value::Object(allocations)),
		("slashes", Value::Object(slashes)),
		("rewards_due", Value::Object(rewards)),
		("taken", Value::Object(taken)),
	]
	.into_iter()
	.map(|(table, value)| (table.to_string(), value))
	.collect()
}
