//! Replays a trace of the specification against the runtime: every outcome, every payment and all of the observable
//! state must be equal, to the unit. The stake that answers for an era must not fall, except by slashes.
//!
//! The specification has no destinations of slashed funds, and it rounds cuts of magnitudes down, but not the amounts
//! that they take. The runtime intentionally differs for a set that gives slashed funds to an account, see `restaking`.
//! The sets of traces burn them.
//!
//! A trace can leave a slash pending for eras after it is due, which the chain's hook would have executed. While the
//! slash is pending, the runtime counts what it can still take against the limit of leverage. The specification stops
//! counting it when no new slash can name its era. A trace ends at an allocation that is refused for this reason alone,
//! see [`is_held_up`].

use crate::{
	chain,
	reach::{Slashed, Watch},
	services::{self, account},
	state::{self, Tables},
};
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	storage::{with_storage_layer, with_transaction},
	traits::{fungibles::Inspect, Get},
};
use mainstay_avs_registry::{Admission, NextAvsId};
use mainstay_operator_delegation::Operators;
use mainstay_primitives::{
	traits::EraClock, AccountId, AssetId, Balance, Bps, Currency, Destination, Era, ExitAmount, Multiplier,
	NetworkParameters, OperatorSetId, PoolKind, SlashId, WAD,
};
use mainstay_runtime::{
	configs::clock::MaxVetoWindow, AvsRegistry, NativeAndAssets, OperatorDelegation, Restaking, Rewards,
	Runtime, RuntimeOrigin, Slashing, Staking, System,
};
use mainstay_slashing::{NextId, Slashes};
use pallet_session::SessionManager;
use serde::Deserialize;
use serde_json::{json, Map, Value};
use sp_runtime::{DispatchError, DispatchResult, TransactionOutcome};
use std::collections::BTreeMap;

/// Errors that have another name in the specification: our name, its name.
const ERROR_NAMES: [(&str, &str); 1] = [("NotDue", "VetoOpen")];

/// The assets that traces name.
const ASSETS: [AssetId; 3] = [1, 2, 9];

/// Owns all services, pays for them, and is their slasher and resolver.
const OWNER: &str = "the services' owner";

/// A trace in the format of `tests/model/trace.py`.
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

	fn kind(&self) -> PoolKind {
		kind(self.text("kind"))
	}
}

/// The kind of a pool by its name.
fn kind(name: &str) -> PoolKind {
	match name {
		"stake" => PoolKind::Stake,
		"native" => PoolKind::Native,
		other => {
			PoolKind::Asset(other.strip_prefix("asset:").and_then(|id| id.parse().ok()).expect("a kind"))
		},
	}
}

/// The accounts, sets and slashes that the names of a trace stand for.
#[derive(Default)]
pub struct Names {
	accounts: BTreeMap<AccountId, String>,
	sets: BTreeMap<String, OperatorSetId>,
	slashes: BTreeMap<String, SlashId>,
}

impl Names {
	/// The name of an account.
	pub fn of(&self, account: &AccountId) -> &str {
		self.accounts.get(account).map_or("unknown", String::as_str)
	}

	/// The name of an operator set.
	pub fn set_name(&self, id: OperatorSetId) -> &str {
		self.sets.iter().find(|(_, set)| **set == id).map_or("unknown", |(name, _)| name)
	}

	/// The name of a slash.
	pub fn slash_name(&self, id: SlashId) -> &str {
		self.slashes.iter().find(|(_, slash)| **slash == id).map_or("unknown", |(name, _)| name)
	}

	/// All accounts that have a name.
	fn people(&self) -> Vec<AccountId> {
		self.accounts.keys().cloned().collect()
	}

	/// The set with this name, or an id that does not exist if the trace has no such set.
	fn set(&self, name: &str) -> OperatorSetId {
		self.sets.get(name).copied().unwrap_or(OperatorSetId { avs: u32::MAX, index: 0 })
	}

	/// The slash with this name, or an id that does not exist if the trace has no such slash.
	fn slash(&self, name: &str) -> SlashId {
		self.slashes.get(name).copied().unwrap_or(SlashId::MAX)
	}

	fn add(&mut self, name: &str) {
		self.accounts.insert(account(name), name.into());
	}

	/// Creates a set that all operators join, with conditions that allow a slash of everything after 0, 1, 2 and more
	/// eras. The ids of the conditions are their veto windows.
	fn create_set(&mut self, name: &str, kinds: Vec<(PoolKind, Multiplier)>) -> DispatchResult {
		if self.sets.contains_key(name) {
			return Err(DispatchError::Other("SetExists"));
		}
		let owner = || RuntimeOrigin::signed(account(OWNER));
		let avs = NextAvsId::<Runtime>::get();
		AvsRegistry::register(owner(), Default::default(), Default::default())?;
		let kinds = kinds.try_into().map_err(|_| DispatchError::Other("TooManyKinds"))?;
		let slasher = account(OWNER);
		AvsRegistry::create_set(owner(), avs, kinds, Admission::Open, 0, slasher, Destination::Burn)?;
		let set = OperatorSetId { avs, index: 0 };
		for window in 0..=MaxVetoWindow::get() {
			let resolver = Some(account(OWNER).into());
			AvsRegistry::add_condition(owner(), set, Default::default(), WAD, window, resolver)?;
		}
		// Members answer from era 1 on. No allocation of era 0 binds before it, so no payment misses them.
		for operator in Operators::<Runtime>::iter_keys() {
			AvsRegistry::join(RuntimeOrigin::signed(operator), set).map_err(|refused| refused.error)?;
		}
		self.sets.insert(name.into(), set);
		Ok(())
	}
}

/// Runs `trace` on a fresh state. Returns whether it was completed: a slash that was due can stop it, see
/// [`is_held_up`].
///
/// Panics with the row if the runtime differs from the trace.
pub fn replay(trace: &Trace) -> bool {
	let mut names = Names::default();
	names.add(OWNER);
	for row in &trace.calls {
		for arg in ["who", "operator"] {
			if let Some(name) = row.args.get(arg).and_then(Value::as_str) {
				names.add(name);
			}
		}
	}

	genesis(&trace.constants, &names).execute_with(|| {
		System::set_block_number(1);
		ASSETS.into_iter().for_each(|id| services::admit(id, 1, &names.people()));
		let mut expected = state::read(&names);
		let mut watch = Watch::begin();
		for (n, row) in trace.calls.iter().enumerate() {
			System::reset_events();
			if let Err(text) = run(row, &mut names) {
				if is_held_up(row, &mut names, &text) {
					println!("ends at row {n}: a slash was due and not executed");
					chain::try_state();
					return false;
				}
				panic!("row {n}, {} {:?}: {text}", row.call, row.args);
			}
			apply(&mut expected, &row.changed);
			let seen = state::read(&names);
			if let Some(text) = difference(&expected, &seen) {
				panic!("row {n}, {} {:?}: {text}", row.call, row.args);
			}
			let events = System::read_events_no_consensus().map(|record| record.event);
			if let Some(text) = watch.look(&Slashed::of(events)) {
				panic!("row {n}, {} {:?}: {text}", row.call, row.args);
			}
			if n % 25 == 0 || n + 1 == trace.calls.len() {
				chain::try_state();
			}
		}
		true
	})
}

/// Whether an allocation is refused only because of due slashes of its operator, for an era that no slash can name now:
/// it succeeds after these are cancelled.
fn is_held_up(row: &Row, names: &mut Names, text: &str) -> bool {
	if row.call != "allocate" || text != "ended with LeverageTooHigh, not ok" {
		return false;
	}
	let operator = account(row.text("operator"));
	let (first, now) = Restaking::slashable_eras().into_inner();
	let overdue: Vec<_> = Slashes::<Runtime>::iter()
		.filter(|(_, slash)| slash.operator == operator && slash.capture < first && slash.due < now)
		.map(|(id, _)| id)
		.collect();
	with_transaction(|| {
		let taken = overdue.iter().all(|id| Slashing::cancel(RuntimeOrigin::root(), *id).is_ok())
			&& dispatch(row, names).is_ok();
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(taken))
	})
	.unwrap_or_default()
}

fn genesis(constants: &Constants, names: &Names) -> sp_io::TestExternalities {
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
	services::genesis(parameters, &names.people())
}

/// All that an account owns of the currencies of a trace.
fn purse(who: &AccountId) -> BTreeMap<String, Balance> {
	let currencies = ASSETS.into_iter().map(Currency::WithId).chain([Currency::Native]);
	currencies.map(|c| (state::currency(c.clone()), NativeAndAssets::total_balance(c, who))).collect()
}

/// Runs one call, and compares its outcome and what it paid.
fn run(row: &Row, names: &mut Names) -> Result<(), String> {
	let payee = match row.call.as_str() {
		"claim" | "collect" => Some(account(row.text("who"))),
		_ => None,
	};
	let before = payee.as_ref().map(purse);
	let root = || sp_io::storage::root(sp_core::storage::StateVersion::V1);
	let state = (row.result != "ok").then(root);
	let outcome = with_storage_layer(|| dispatch(row, names));
	if state.is_some_and(|state| state != root()) {
		return Err("was refused and changed the state".into());
	}
	let result = outcome.map_or_else(name, |()| "ok".into());
	if result != row.result {
		return Err(format!("ended with {result}, not {}", row.result));
	}

	let Some((payee, before)) = payee.zip(before) else { return Ok(()) };
	for (currency, after) in purse(&payee) {
		let expected: Balance = match &row.paid {
			Some(Value::String(amount)) if state::currency(row.kind().currency()) == currency => {
				amount.parse().expect("an amount")
			},
			Some(Value::Object(paid)) => {
				paid.get(&currency).and_then(Value::as_str).map_or(0, |a| a.parse().expect("an amount"))
			},
			_ => 0,
		};
		let paid = after - before[&currency];
		if paid != expected {
			return Err(format!("paid {paid} of {currency}, not {expected}"));
		}
	}
	Ok(())
}

/// Without the weight that was refunded.
fn plain(result: DispatchResultWithPostInfo) -> DispatchResult {
	result.map(drop).map_err(|refused| refused.error)
}

fn dispatch(row: &Row, names: &mut Names) -> DispatchResult {
	let signed = |arg| RuntimeOrigin::signed(account(row.text(arg)));
	let of = |arg| account(row.text(arg));
	let owner = || RuntimeOrigin::signed(account(OWNER));
	// Anyone may claim, collect and execute for others. Here, an account that owns nothing does.
	let anyone = || RuntimeOrigin::signed(account("anyone"));
	match row.call.as_str() {
		"register_operator" => {
			OperatorDelegation::register(signed("operator"), row.number::<Bps>("commission_bps"))
		},
		"create_set" => {
			let multipliers = row.args["multipliers"].as_object().expect("multipliers by kind");
			let parse = |value: &Value| value.as_str().and_then(|v| v.parse().ok()).expect("a multiplier");
			let kinds = multipliers.iter().map(|(name, value)| (kind(name), parse(value))).collect();
			names.create_set(row.text("set"), kinds)
		},
		"stake" => plain(OperatorDelegation::stake(signed("who"), of("operator"), row.number("amount"), 0)),
		"restake" => {
			plain(Restaking::restake(signed("who"), of("operator"), row.kind(), row.number("amount"), 0))
		},
		"opt_in" => {
			let shares = ExitAmount::Shares(row.number("shares"));
			Restaking::opt_in(signed("who"), of("operator"), shares, 0)
		},
		"exit" => {
			let shares = ExitAmount::Shares(row.number("shares"));
			OperatorDelegation::exit(signed("who"), of("operator"), row.kind(), shares)
		},
		"claim" => {
			let era = row.number("era");
			plain(OperatorDelegation::claim(anyone(), of("who"), of("operator"), row.kind(), era))
		},
		"allocate" => Restaking::allocate(
			signed("operator"),
			row.kind(),
			names.set(row.text("set")),
			row.number("magnitude"),
		),
		"report" => report(row, names),
		"veto" => Slashing::veto(owner(), names.slash(row.text("slash")), Default::default()),
		"execute" => Slashing::execute(anyone(), names.slash(row.text("slash"))),
		"collect" => plain(Rewards::collect(anyone(), of("who"), of("operator"), row.kind(), u32::MAX)),
		"reward_base" => Rewards::reward_base(&of("operator"), row.number("amount")),
		"reward_set" => {
			let currency = match row.text("asset") {
				"native" => Currency::Native,
				asset => kind(asset).currency(),
			};
			Rewards::pay_set(owner(), names.set(row.text("set")), currency, row.number("amount"))
				.map(|_| ())
				.map_err(|e| e.error)
		},
		"slash_consensus" => {
			let (operator, fraction) = (of("operator"), row.number("fraction"));
			Slashing::ensure_fraction(fraction)?;
			match Era::try_from(row.number::<i64>("capture")) {
				Ok(capture) => {
					Slashing::ensure_in_time(capture, 0)?;
					Slashing::slash_consensus(&operator, fraction, capture);
				},
				Err(_) => slash_before_genesis(row.number("capture"))?,
			}
			Ok(())
		},
		"elect" => {
			// The sessions do the same: they plan the first session of the next era.
			let sessions = mainstay_staking::Parameters::<Runtime>::get().era_sessions;
			<Staking as SessionManager<AccountId>>::new_session((Staking::active() + 1) * sessions);
			Ok(())
		},
		"advance_era" => {
			Staking::begin_era(Staking::active() + 1);
			Ok(())
		},
		other => panic!("the runtime has no call for `{other}`"),
	}
}

/// Reports a slash under the condition whose veto window the trace names.
fn report(row: &Row, names: &mut Names) -> DispatchResult {
	let id = NextId::<Runtime>::get();
	let window: Era = row.number("veto_eras");
	let fractions = row.args["fractions"].as_object().expect("fractions by kind");
	let parse = |value: &Value| value.as_str().and_then(|v| v.parse().ok()).expect("a fraction");
	let fractions: Vec<_> = fractions.iter().map(|(name, value)| (kind(name), parse(value))).collect();
	// By the specification's numbers, an era before genesis can still be slashed for. Nothing was allocated in such an
	// era, and nothing in era 0 either.
	let capture: i64 = row.number("capture");
	let exit_delay = mainstay_staking::Parameters::<Runtime>::get().exit_delay;
	if capture < 0 && capture + i64::from(exit_delay) <= i64::from(Staking::active() + window) {
		return Err(mainstay_slashing::Error::<Runtime>::CaptureTooOld.into());
	}
	Slashing::report(
		RuntimeOrigin::signed(account(OWNER)),
		names.set(row.text("set")),
		account(row.text("operator")),
		window,
		fractions.try_into().expect("at most four kinds"),
		capture.max(0) as Era,
	)?;
	names.slashes.insert(row.text("slash").into(), id);
	Ok(())
}

/// Handles a capture era before genesis, which the specification can name and the runtime cannot. No generation of a
/// pool answers for such an era.
fn slash_before_genesis(capture: i64) -> DispatchResult {
	let exit_delay = mainstay_staking::Parameters::<Runtime>::get().exit_delay;
	if capture + i64::from(exit_delay) <= i64::from(Staking::active()) {
		return Err(mainstay_slashing::Error::<Runtime>::CaptureTooOld.into());
	}
	Ok(())
}

/// The specification's name of an error.
fn name(error: DispatchError) -> String {
	let ours = match error {
		DispatchError::Other(text) => text.to_string(),
		DispatchError::Module(e) => e.message.unwrap_or("an error without a name").to_string(),
		other => format!("{other:?}"),
	};
	ERROR_NAMES.iter().find(|(name, _)| *name == ours).map_or(ours.clone(), |(_, theirs)| theirs.to_string())
}

/// Updates the expected state with the changes of a row. `null` removes an entry.
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
