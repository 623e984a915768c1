//! The form of a graph as a file: JSON, with exact numbers as text, `"40"` or `"71/65"`.
//!
//! | list | fields |
//! |---|---|
//! | `model` | `"elastic"` or `"allOrNothing"` |
//! | `services` | `id`, `profit` (left out or `null` where nobody has declared it), `threshold` (above 0, at most 1) |
//! | `operators` | `id`, `stake`; if known `owner`, `kinds` (kind: its part of the stake), `leaving` (era: what matures) |
//! | `edges` | `operator`, `service`, `weight` (the operator's stake where it is left out), `kinds` as of operators |
//! | `positions` | `owner`, `operator`, `value`: what delegators have, if they are asked about |
//!
//! All amounts are in one unit, which the file chooses.

use crate::{
	error::Error,
	graph::{Edge, Graph, Model, Operator, Position, Service},
	number::{parse, NumberError},
};
use num_rational::BigRational;
use num_traits::{One, Zero};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The file. It may have further fields of its own, such as a comment; its parts may not, so that no misspelt field is
/// taken for one that was left out.
#[derive(Serialize, Deserialize)]
struct File {
	model: Model,
	services: Vec<ServiceEntry>,
	operators: Vec<OperatorEntry>,
	edges: Vec<EdgeEntry>,
	#[serde(default, skip_serializing_if = "Vec::is_empty")]
	positions: Vec<PositionEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceEntry {
	id: String,
	#[serde(default, skip_serializing_if = "Option::is_none")]
	profit: Option<Value>,
	threshold: Value,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorEntry {
	id: String,
	stake: Value,
	#[serde(default, skip_serializing_if = "Option::is_none")]
	owner: Option<String>,
	#[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
	kinds: BTreeMap<String, Value>,
	#[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
	leaving: BTreeMap<u32, Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EdgeEntry {
	operator: String,
	service: String,
	#[serde(default, skip_serializing_if = "Option::is_none")]
	weight: Option<Value>,
	#[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
	kinds: BTreeMap<String, Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PositionEntry {
	owner: String,
	operator: String,
	value: Value,
}

/// A number: text, or an integer of JSON. `at` says whose it is.
fn number(value: &Value, at: impl Fn() -> String) -> Result<BigRational, Error> {
	let read = match value {
		Value::String(text) => parse(text),
		Value::Number(integer) => parse(&integer.to_string()),
		other => Err(NumberError::Malformed(other.to_string())),
	};
	read.map_err(|why| Error::Number { at: at(), why })
}

/// The parts of `whole` by kind.
fn parts(
	entry: &BTreeMap<String, Value>,
	whole: &BigRational,
	at: impl Fn() -> String,
) -> Result<BTreeMap<String, BigRational>, Error> {
	let mut kinds = BTreeMap::new();
	for (kind, value) in entry {
		kinds.insert(kind.clone(), number(value, || format!("kind {kind:?} of {}", at()))?);
	}
	let sum: BigRational = kinds.values().sum();
	if !kinds.is_empty() && sum != *whole {
		return Err(Error::KindsDoNotAddUp { at: at(), sum: sum.to_string(), whole: whole.to_string() });
	}
	Ok(kinds)
}

impl ServiceEntry {
	fn checked(self) -> Result<Service, Error> {
		let Self { id, profit, threshold } = self;
		let profit =
			profit.map(|profit| number(&profit, || format!("profit of service {id:?}"))).transpose()?;
		let threshold = number(&threshold, || format!("threshold of service {id:?}"))?;
		if threshold.is_zero() || threshold > BigRational::one() {
			return Err(Error::Threshold { service: id, threshold: threshold.to_string() });
		}
		Ok(Service { id, profit, threshold })
	}
}

impl OperatorEntry {
	fn checked(self) -> Result<Operator, Error> {
		let Self { id, stake, owner, kinds, leaving } = self;
		let stake = number(&stake, || format!("stake of operator {id:?}"))?;
		let kinds = parts(&kinds, &stake, || format!("stake of operator {id:?}"))?;
		let mut eras = BTreeMap::new();
		for (era, value) in leaving {
			eras.insert(era, number(&value, || format!("what leaves operator {id:?} in era {era}"))?);
		}
		let sum: BigRational = eras.values().sum();
		if sum > stake {
			let (leaving, stake) = (sum.to_string(), stake.to_string());
			return Err(Error::LeavingAboveStake { operator: id, leaving, stake });
		}
		Ok(Operator { id, stake, owner, kinds, leaving: eras })
	}
}

impl EdgeEntry {
	/// `operator` and `service` are the places of those it names.
	fn checked(self, place: (usize, usize), operators: &[Operator]) -> Result<Edge, Error> {
		let behind = &operators[place.0];
		let at = || format!("weight of operator {:?} for service {:?}", self.operator, self.service);
		let whole = self.weight.is_none();
		let weight = match &self.weight {
			None => behind.stake.clone(),
			Some(weight) => number(weight, at)?,
		};
		let mut kinds = parts(&self.kinds, &weight, at)?;
		if weight > behind.stake {
			let (weight, stake) = (weight.to_string(), behind.stake.to_string());
			return Err(Error::WeightAboveStake {
				operator: self.operator,
				service: self.service,
				weight,
				stake,
			});
		}
		if kinds.is_empty() && !behind.kinds.is_empty() {
			if !whole && weight != behind.stake {
				return Err(Error::KindsMissing { operator: self.operator, service: self.service });
			}
			kinds = behind.kinds.clone();
		}
		for (kind, part) in &kinds {
			if behind.kinds.get(kind).is_none_or(|all| part > all) {
				let kind = kind.clone();
				return Err(Error::KindAboveStake { operator: self.operator, service: self.service, kind });
			}
		}
		Ok(Edge { operator: place.0, service: place.1, weight, kinds })
	}
}

/// The place of each name, which is there once.
fn places<'a>(
	names: impl Iterator<Item = &'a String>,
	twice: impl Fn(String) -> Error,
) -> Result<HashMap<String, usize>, Error> {
	let mut places = HashMap::new();
	for (index, name) in names.enumerate() {
		if places.insert(name.clone(), index).is_some() {
			return Err(twice(name.clone()));
		}
	}
	Ok(places)
}

impl TryFrom<File> for Graph {
	type Error = Error;

	fn try_from(file: File) -> Result<Self, Error> {
		let services: Vec<_> =
			file.services.into_iter().map(ServiceEntry::checked).collect::<Result<_, _>>()?;
		let operators: Vec<_> =
			file.operators.into_iter().map(OperatorEntry::checked).collect::<Result<_, _>>()?;
		let service_at = places(services.iter().map(|service| &service.id), Error::DuplicateService)?;
		let operator_at = places(operators.iter().map(|operator| &operator.id), Error::DuplicateOperator)?;
		let find_operator = |name: &String| -> Result<usize, Error> {
			operator_at.get(name).copied().ok_or_else(|| Error::UnknownOperator(name.clone()))
		};
		let mut seen = HashSet::new();
		let mut edges = Vec::with_capacity(file.edges.len());
		for entry in file.edges {
			let operator = find_operator(&entry.operator)?;
			let service = service_at.get(&entry.service).copied();
			let service = service.ok_or_else(|| Error::UnknownService(entry.service.clone()))?;
			if !seen.insert((operator, service)) {
				return Err(Error::DuplicateEdge { operator: entry.operator, service: entry.service });
			}
			edges.push(entry.checked((operator, service), &operators)?);
		}
		let mut positions = Vec::with_capacity(file.positions.len());
		for PositionEntry { owner, operator: name, value } in file.positions {
			let operator = find_operator(&name)?;
			let value = number(&value, || format!("position of {owner:?} behind operator {name:?}"))?;
			positions.push(Position { owner, operator, value });
		}
		Ok(Self { model: file.model, services, operators, edges, positions })
	}
}

fn text(value: &BigRational) -> Value {
	Value::String(value.to_string())
}

fn texts<K: Clone + Ord>(parts: &BTreeMap<K, BigRational>) -> BTreeMap<K, Value> {
	parts.iter().map(|(key, value)| (key.clone(), text(value))).collect()
}

impl From<&Graph> for File {
	fn from(graph: &Graph) -> Self {
		let services = graph.services.iter().map(|service| ServiceEntry {
			id: service.id.clone(),
			profit: service.profit.as_ref().map(text),
			threshold: text(&service.threshold),
		});
		let operators = graph.operators.iter().map(|operator| OperatorEntry {
			id: operator.id.clone(),
			stake: text(&operator.stake),
			owner: operator.owner.clone(),
			kinds: texts(&operator.kinds),
			leaving: texts(&operator.leaving),
		});
		let edges = graph.edges.iter().map(|edge| EdgeEntry {
			operator: graph.operators[edge.operator].id.clone(),
			service: graph.services[edge.service].id.clone(),
			weight: Some(text(&edge.weight)),
			kinds: texts(&edge.kinds),
		});
		let positions = graph.positions.iter().map(|position| PositionEntry {
			owner: position.owner.clone(),
			operator: graph.operators[position.operator].id.clone(),
			value: text(&position.value),
		});
		Self {
			model: graph.model,
			services: services.collect(),
			operators: operators.collect(),
			edges: edges.collect(),
			positions: positions.collect(),
		}
	}
}

impl Graph {
	/// Reads and checks a graph.
	///
	/// # Errors
	///
	/// [`Error`] has one for everything that can be wrong with a file.
	pub fn from_json(json: &str) -> Result<Self, Error> {
		let file: File = serde_json::from_str(json).map_err(|error| Error::Form(error.to_string()))?;
		file.try_into()
	}

	/// The graph as a file, which [`Graph::from_json`] reads back to an equal graph.
	pub fn to_json(&self) -> Value {
		serde_json::to_value(File::from(self)).unwrap_or_default()
	}
}
