//! The parameters of a network: production's, except for those that the file changes.

use super::{reasons::Reasons, values::amount};
use mainstay_primitives::NetworkParameters;
use mainstay_runtime::configs::tracks;
use serde_json::{Map, Value};

/// Production's parameters, with those of `table` in place of their own. Each parameter that cannot be read, and each relation
/// that does not hold, is a reason, and so is that they leave no time for referenda.
pub fn over_production(table: &toml::Table, reasons: &mut Reasons) -> NetworkParameters {
	let production = fields(&NetworkParameters::PRODUCTION);
	let mut merged = production.clone();
	for (name, written) in table {
		let Some(field) = production.keys().find(|field| snake_case(field) == *name) else {
			let known: Vec<_> = production.keys().map(|field| snake_case(field)).collect();
			reasons.add(format!(
				"parameters.{name}: there is no such parameter; there are {}",
				known.join(", ")
			));
			continue;
		};
		// Among production's others, so that the error is about this one.
		let read = value_of(name, written).and_then(|value| {
			let mut one = production.clone();
			one.insert(field.clone(), value.clone());
			parameters(one).map(|_| value)
		});
		match read {
			Ok(value) => drop(merged.insert(field.clone(), value)),
			Err(error) => reasons.add(format!("parameters.{name} = {written}: {error}")),
		}
	}
	let parameters = parameters(merged).unwrap_or_default();
	let no_time_for_votes = tracks::check(&parameters).err();
	for text in parameters.broken().chain(no_time_for_votes) {
		reasons.add(format!("parameters: {text}"));
	}
	parameters
}

/// The parameters under the names that the runtime uses.
fn fields(parameters: &NetworkParameters) -> Map<String, Value> {
	match serde_json::to_value(parameters) {
		Ok(Value::Object(fields)) => fields,
		_ => Map::new(),
	}
}

fn parameters(fields: Map<String, Value>) -> Result<NetworkParameters, String> {
	serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
}

/// The value in the form that the runtime reads. An amount is written like all amounts of the file.
fn value_of(name: &str, written: &toml::Value) -> Result<Value, String> {
	let value = match (name, written) {
		("min_deposit", toml::Value::String(text)) => serde_json::to_value(amount(text)?),
		("min_deposit", other) => return Err(format!("`{other}` is no amount: write \"0.001 STAY\"")),
		(_, other) => serde_json::to_value(other),
	};
	value.map_err(|error| error.to_string())
}

/// `slotMillis` becomes `slot_millis`.
fn snake_case(name: &str) -> String {
	let mut snake = String::new();
	for letter in name.chars() {
		if letter.is_ascii_uppercase() {
			snake.push('_');
		}
		snake.push(letter.to_ascii_lowercase());
	}
	snake
}

#[cfg(test)]
mod tests {
	use super::*;
	use mainstay_primitives::STAY;

	fn read(text: &str) -> (NetworkParameters, Vec<String>) {
		let mut reasons = Reasons::default();
		let parameters = over_production(&text.parse().expect("TOML"), &mut reasons);
		(parameters, reasons.into_list())
	}

	#[test]
	fn what_is_not_named_is_productions() {
		assert_eq!(read(""), (NetworkParameters::PRODUCTION, vec![]));
		let (parameters, reasons) = read("slot_millis = 1000\nmin_deposit = \"2 STAY\"");
		let expected =
			NetworkParameters { slot_millis: 1_000, min_deposit: 2 * STAY, ..NetworkParameters::PRODUCTION };
		assert_eq!((parameters, reasons), (expected, vec![]));
	}

	#[test]
	fn every_parameter_can_be_named() {
		let mut whole = toml::Table::new();
		for (field, value) in fields(&NetworkParameters::LOCAL) {
			let value = match value.as_i64() {
				_ if field == "minDeposit" => toml::Value::from("0.001"),
				number => toml::Value::from(number.expect("a small number")),
			};
			whole.insert(snake_case(&field), value);
		}
		let mut reasons = Reasons::default();
		assert_eq!(over_production(&whole, &mut reasons), NetworkParameters::LOCAL);
		assert_eq!(reasons.into_list(), Vec::<String>::new());
	}

	#[test]
	fn everything_that_is_wrong_is_told_at_once() {
		let (_, reasons) = read(
			"slot_millis = 999\nexit_delay = \"a week\"\nmax_leverage = -1\nslots = 1\nmin_deposit = 5\nhistory = 1001",
		);
		let told = |part: &str| reasons.iter().any(|reason| reason.contains(part));
		for part in [
			"parameters.exit_delay = \"a week\": invalid type: string \"a week\", expected u32",
			"parameters.max_leverage = -1: invalid",
			"parameters.slots: there is no such parameter; there are slot_millis, session_slots,",
			"parameters.min_deposit = 5: `5` is no amount",
			"parameters: slot_millis must be even and positive",
			"parameters: history must be at most 1,000 eras",
		] {
			assert!(told(part), "{part}\n{reasons:#?}");
		}
		assert_eq!(reasons.len(), 6, "{reasons:#?}");
	}
}
