//! Replays a trace of the specification against the runtime: every outcome, every payment and all of the observable
//! state must be equal, to the unit.

use crate::{
	chain,
	state::{self, Tables},
};
use frame_support::{storage::with_storage_layer, traits::fungible::Inspect};
use mainstay_primitives::{
	traits::{EraClock, Pools},
	AccountId, Balance, Bps, Currency, Era, ExitAmount, Kind, NetworkParameters, STAY,
};
use mainstay_runtime::{
	Balances, OperatorDelegation, Rewards, Runtime, RuntimeOrigin, Slashing, Staking, System,
};
use serde::Deserialize;
use serde_json::{json, Map, Value};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use std::collections::BTreeMap;

/// Names of errors that the specification calls otherwise: ours, its.
const ERROR_NAMES: [(&str, &str); 1] = [("NotDue", "VetoOpen")];

/// What an account owns before the first call: more than a trace can spend.
const PURSE: Balance = 1_000_000_000_000 * STAY;

/// A trace as `tests/model/trace.py` writes it.
#[derive(Deserialize)]
pub struct Trace {
	constants: Constants,
	calls: Vec<Row>,
}

#[derive(Deserialize)]
struct Constants {
	exit_delay: Era,
	allocation_delay: Era,
	deallocation_delay: Era,
	max_leverage: u32,
	min_deposit: String,
}

#[derive(Deserialize)]
struct Row {
	call: String,
	args: Map<String, Value>,
	result: String,
	paid: Option<Value>,
	#[serde(default)]
	changed: Tables,
}

impl Row {
	fn text(&self, arg: &str) -> &str {
		self.args[arg].as_str().unwrap_or_else(|| panic!("`{arg}` of {} is text", self.call))
	}

	fn number<N: std::str::FromStr>(&self, arg: &str) -> N {
		let digits = match &self.args[arg] {
			Value::String(digits) => digits.clone(),
			other => other.to_string(),
		};
		digits.parse().unwrap_or_else(|_| panic!("`{arg}` of {} is {digits}", self.call))
	}

	fn kind(&self) -> Kind {
		match self.text("kind") {
			"stake" => Kind::Stake,
			"native" => Kind::Native,
			other => {
				Kind::Asset(other.strip_prefix("asset:").and_then(|id| id.parse().ok()).expect("a kind"))
			},
		}
	}
}

/// The accounts behind a trace's names.
#[derive(Default)]
pub struct Labels(BTreeMap<AccountId, String>);

impl Labels {
	/// The account of a name: its hash.
	pub fn account(name: &str) -> AccountId {
		sp_io::hashing::blake2_256(name.as_bytes()).into()
	}

	/// The name of an account.
	pub fn of(&self, account: &AccountId) -> &str {
		self.0.get(account).map_or("unknown", String::as_str)
	}

	fn add(&mut self, name: &str) {
		self.0.insert(Self::account(name), name.into());
	}
}

/// Runs `trace` on a fresh state.
///
/// Panics where the runtime differs from it, naming the row.
pub fn replay(trace: &Trace) {
	let mut labels = Labels::default();
	for row in &trace.calls {
		for arg in ["who", "operator"] {
			if let Some(name) = row.args.get(arg).and_then(Value::as_str) {
				labels.add(name);
			}
		}
	}

	genesis(&trace.constants, &labels).execute_with(|| {
		System::set_block_number(1);
		let mut expected = state::read(&labels);
		for (n, row) in trace.calls.iter().enumerate() {
			run(row).unwrap_or_else(|text| panic!("row {n}, {} {:?}: {text}", row.call, row.args));
			apply(&mut expected, &row.changed);
			let seen = state::read(&labels);
			if let Some(text) = difference(&expected, &seen) {
				panic!("row {n}, {} {:?}: {text}", row.call, row.args);
			}
			if n % 25 == 0 || n + 1 == trace.calls.len() {
				chain::try_state();
			}
		}
	});
}

fn genesis(constants: &Constants, labels: &Labels) -> sp_io::TestExternalities {
	let parameters = NetworkParameters {
		exit_delay: constants.exit_delay,
		allocation_delay: constants.allocation_delay,
		deallocation_delay: constants.deallocation_delay,
		terms_delay: constants.deallocation_delay,
		max_leverage: constants.max_leverage,
		max_veto_window: constants.exit_delay - 1,
		min_deposit: constants.min_deposit.parse().expect("an amount"),
		..NetworkParameters::LOCAL
	};
	let mut storage =
		frame_system::GenesisConfig::<Runtime>::default().build_storage().expect("system's genesis");
	let purses = labels.0.keys().map(|account| (account.clone(), PURSE)).collect();
	pallet_balances::GenesisConfig::<Runtime> { balances: purses, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("balances' genesis");
	mainstay_operator_delegation::GenesisConfig::<Runtime>::default()
		.assimilate_storage(&mut storage)
		.expect("operator-delegation's genesis");
	mainstay_staking::GenesisConfig::<Runtime> { parameters, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("staking's genesis");
	mainstay_rewards::GenesisConfig::<Runtime>::default()
		.assimilate_storage(&mut storage)
		.expect("rewards' genesis");
	storage.into()
}

/// Runs one call and compares its outcome and what it paid.
fn run(row: &Row) -> Result<(), String> {
	let payee = match row.call.as_str() {
		"claim" | "collect" => Some(Labels::account(row.text("who"))),
		_ => None,
	};
	let purse = || payee.as_ref().map_or(0, Balances::total_balance);

	let before = purse();
	let root = || sp_io::storage::root(sp_core::storage::StateVersion::V1);
	let state = (row.result != "ok").then(root);
	let outcome = with_storage_layer(|| dispatch(row));
	if state.is_some_and(|state| state != root()) {
		return Err("was refused and changed the state".into());
	}
	let result = outcome.map_or_else(name, |()| "ok".into());
	if result != row.result {
		return Err(format!("ended with {result}, not {}", row.result));
	}

	let paid = purse() - before;
	let expected: Balance = match &row.paid {
		None => 0,
		Some(Value::String(amount)) => amount.parse().expect("an amount"),
		Some(by_currency) => by_currency
			.get(state::currency(Currency::Native))
			.and_then(Value::as_str)
			.map_or(0, |amount| amount.parse().expect("an amount")),
	};
	(paid == expected).then_some(()).ok_or(format!("paid {paid}, not {expected}"))
}

fn dispatch(row: &Row) -> DispatchResult {
	let signed = |arg| RuntimeOrigin::signed(Labels::account(row.text(arg)));
	let account = |arg| Labels::account(row.text(arg));
	match row.call.as_str() {
		"register_operator" => {
			OperatorDelegation::register(signed("operator"), row.number::<Bps>("commission_bps"))
		},
		// Sets come with the pallets that serve them. No other call can name one yet.
		"create_set" => Ok(()),
		"stake" => OperatorDelegation::stake(signed("who"), account("operator"), row.number("amount"), 0),
		"exit" => {
			let shares = ExitAmount::Shares(row.number("shares"));
			OperatorDelegation::exit(signed("who"), account("operator"), row.kind(), shares)
		},
		// Anyone may send these for the owner: here an account that owns nothing.
		"claim" => {
			let anyone = RuntimeOrigin::signed(Labels::account("anyone"));
			OperatorDelegation::claim(
				anyone,
				account("who"),
				account("operator"),
				row.kind(),
				row.number("era"),
			)
		},
		"collect" => Rewards::collect(RuntimeOrigin::signed(Labels::account("anyone")), account("who")),
		"reward_base" => Rewards::reward_base(&account("operator"), row.number("amount")),
		"slash_consensus" => {
			let (operator, fraction) = (account("operator"), row.number("fraction"));
			Slashing::ensure_fraction(fraction)?;
			match Era::try_from(row.number::<i64>("capture")) {
				Ok(capture) => {
					Slashing::ensure_in_time(capture, 0)?;
					Slashing::slash_consensus(&operator, fraction, capture);
				},
				Err(_) => slash_before_genesis(&operator, fraction, row.number("capture"))?,
			}
			Ok(())
		},
		"advance_era" => {
			Staking::begin_era(Staking::active() + 1);
			Ok(())
		},
		other => panic!("the runtime has no call for `{other}`"),
	}
}

/// A capture era before genesis, which the specification can name and the runtime cannot: no generation that began
/// at genesis answers for it, and to later ones it is the same as era 0.
fn slash_before_genesis(operator: &AccountId, fraction: u64, capture: i64) -> DispatchResult {
	let exit_delay = mainstay_staking::Parameters::<Runtime>::get().exit_delay;
	if capture + i64::from(exit_delay) <= i64::from(Staking::active()) {
		return Err(mainstay_slashing::Error::<Runtime>::CaptureTooOld.into());
	}
	for kind in Kind::CONSENSUS {
		if mainstay_operator_delegation::Pools::<Runtime>::get(operator, kind)
			.is_some_and(|pool| pool.since > 0)
		{
			<OperatorDelegation as Pools<AccountId>>::take(operator, kind, fraction, 0);
		}
	}
	Ok(())
}

/// An error in the specification's words.
fn name(error: DispatchError) -> String {
	let ours = match error {
		DispatchError::Module(e) => e.message.unwrap_or("an error without a name").to_string(),
		other => format!("{other:?}"),
	};
	ERROR_NAMES.iter().find(|(name, _)| *name == ours).map_or(ours.clone(), |(_, theirs)| theirs.to_string())
}

/// Brings the expected state up to a row: `null` is an entry that is gone.
fn apply(expected: &mut Tables, changed: &Tables) {
	for (table, entries) in changed {
		let slot = expected.get_mut(table).unwrap_or_else(|| panic!("a table `{table}`"));
		match (slot, entries) {
			(Value::Object(table), Value::Object(entries)) => {
				for (key, value) in entries {
					if value.is_null() {
						table.remove(key);
					} else {
						table.insert(key.clone(), value.clone());
					}
				}
			},
			(slot, value) => *slot = value.clone(),
		}
	}
}

/// The first entry in which two states differ.
fn difference(expected: &Tables, seen: &Tables) -> Option<String> {
	for (table, expected) in expected {
		let seen = &seen[table];
		let (Value::Object(left), Value::Object(right)) = (expected, seen) else {
			if expected != seen {
				return Some(format!("{table} is {seen}, not {expected}"));
			}
			continue;
		};
		for key in left.keys().chain(right.keys()) {
			if left.get(key) != right.get(key) {
				let show = |value: Option<&Value>| value.unwrap_or(&json!(null)).to_string();
				return Some(format!(
					"{table}[{key}] is {}, not {}",
					show(right.get(key)),
					show(left.get(key))
				));
			}
		}
	}
	None
}
