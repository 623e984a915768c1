//! The graph, as a value that has been checked, and what shocks make of it.

use num_rational::BigRational;
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an operator forfeits that takes part in an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Model {
	/// What it puts behind the attacked services, and at most its stake.
	Elastic,
	/// All of its stake.
	AllOrNothing,
}

/// An operator set, or consensus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
	/// Its name, of which there is one.
	pub id: String,
	/// π: what corrupting it yields. `None` where nobody has declared it.
	pub profit: Option<BigRational>,
	/// θ, or α: the part of its weight that corrupts it, above 0 and at most 1.
	pub threshold: BigRational,
}

/// Who answers to services with stake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
	/// Its name, of which there is one.
	pub id: String,
	/// σ: what stands behind it.
	pub stake: BigRational,
	/// Who else acts for it, if that is known: all operators of an owner may fail together.
	pub owner: Option<String>,
	/// The stake by kind, which adds up to it. Empty where the kinds are not known.
	pub kinds: BTreeMap<String, BigRational>,
	/// What is on its way out of the stake, by the era in which it matures.
	pub leaving: BTreeMap<u32, BigRational>,
}

/// What a service can slash of an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
	/// The operator's place in [`Graph::operators`].
	pub operator: usize,
	/// The service's place in [`Graph::services`].
	pub service: usize,
	/// w: at most the operator's stake.
	pub weight: BigRational,
	/// The weight by kind, which adds up to it. Empty where the kinds are not known.
	pub kinds: BTreeMap<String, BigRational>,
}

/// What a delegator has behind an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
	/// Whose it is.
	pub owner: String,
	/// The operator's place in [`Graph::operators`].
	pub operator: usize,
	/// What it is worth, in the unit of the stake.
	pub value: BigRational,
}

/// The restaking graph. [`Graph::from_json`] makes one, and checks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
	/// What an attack costs.
	pub(crate) model: Model,
	/// S, in the order of the file.
	pub(crate) services: Vec<Service>,
	/// V, in the order of the file.
	pub(crate) operators: Vec<Operator>,
	/// One at most from an operator to a service.
	pub(crate) edges: Vec<Edge>,
	/// Positions of delegators, if any are asked about.
	pub(crate) positions: Vec<Position>,
}

impl Graph {
	/// What an attack costs.
	pub fn model(&self) -> Model {
		self.model
	}

	/// The services, in the order of the file.
	pub fn services(&self) -> &[Service] {
		&self.services
	}

	/// The operators, in the order of the file.
	pub fn operators(&self) -> &[Operator] {
		&self.operators
	}

	/// The edges, in the order of the file.
	pub fn edges(&self) -> &[Edge] {
		&self.edges
	}

	/// The delegators' positions, in the order of the file.
	pub fn positions(&self) -> &[Position] {
		&self.positions
	}

	/// The place of the service of that name.
	pub fn service(&self, id: &str) -> Option<usize> {
		self.services.iter().position(|service| service.id == id)
	}

	/// All stake, σ_V.
	pub fn total_stake(&self) -> BigRational {
		self.operators.iter().map(|operator| &operator.stake).sum()
	}

	/// The services of which no profit is declared.
	pub fn undeclared(&self) -> impl Iterator<Item = &Service> {
		self.services.iter().filter(|service| service.profit.is_none())
	}

	/// W: the weight behind each service.
	pub fn weights(&self) -> Vec<BigRational> {
		let mut weights = vec![BigRational::zero(); self.services.len()];
		for edge in &self.edges {
			weights[edge.service] += &edge.weight;
		}
		weights
	}

	/// G↓D: what is left when these operators are gone with all their stake. Thresholds hold for the weight that is left.
	pub fn without_operators(&self, gone: &BTreeSet<usize>) -> Self {
		let mut place = vec![None; self.operators.len()];
		let mut operators = Vec::new();
		for (index, operator) in self.operators.iter().enumerate() {
			if !gone.contains(&index) {
				place[index] = Some(operators.len());
				operators.push(operator.clone());
			}
		}
		let edges = self.edges.iter();
		let edges = edges.filter_map(|edge| Some(Edge { operator: place[edge.operator]?, ..edge.clone() }));
		let positions = self.positions.iter();
		let positions =
			positions.filter_map(|held| Some(Position { operator: place[held.operator]?, ..held.clone() }));
		Self {
			model: self.model,
			services: self.services.clone(),
			edges: edges.collect(),
			positions: positions.collect(),
			operators,
		}
	}

	/// What is left when these services have slashed all they can: they are gone, each operator has what they could not
	/// take, and the weights of the other services are cut down to that. Kinds and what is leaving are not known any more,
	/// and there are no positions.
	pub fn byzantine(&self, slashing: &BTreeSet<usize>) -> Self {
		let mut stakes: Vec<_> = self.operators.iter().map(|operator| operator.stake.clone()).collect();
		for edge in self.edges.iter().filter(|edge| slashing.contains(&edge.service)) {
			stakes[edge.operator] = (&stakes[edge.operator] - &edge.weight).max(BigRational::zero());
		}
		let mut place = vec![None; self.services.len()];
		let mut services = Vec::new();
		for (index, service) in self.services.iter().enumerate() {
			if !slashing.contains(&index) {
				place[index] = Some(services.len());
				services.push(service.clone());
			}
		}
		let edges = self.edges.iter().filter_map(|edge| {
			let weight = (&edge.weight).min(&stakes[edge.operator]).clone();
			Some(Edge {
				operator: edge.operator,
				service: place[edge.service]?,
				weight,
				kinds: BTreeMap::new(),
			})
		});
		let edges = edges.collect();
		let operators = self.operators.iter().zip(stakes).map(|(operator, stake)| Operator {
			id: operator.id.clone(),
			owner: operator.owner.clone(),
			stake,
			kinds: BTreeMap::new(),
			leaving: BTreeMap::new(),
		});
		Self { model: self.model, services, operators: operators.collect(), edges, positions: Vec::new() }
	}

	/// The kinds that stake is of, where that is known.
	pub fn kinds(&self) -> BTreeSet<&str> {
		self.operators.iter().flat_map(|operator| operator.kinds.keys()).map(String::as_str).collect()
	}

	/// What is left when a kind is worth this part of what it was. What is leaving is cut in the operator's proportion.
	pub fn priced(&self, kind: &str, price: &BigRational) -> Self {
		let cut = |whole: &mut BigRational, kinds: &mut BTreeMap<String, BigRational>| {
			if let Some(part) = kinds.get_mut(kind) {
				let now = &*part * price;
				*whole += &now - &*part;
				*part = now;
			}
		};
		let mut left = self.clone();
		let mut rates = Vec::with_capacity(left.operators.len());
		for operator in &mut left.operators {
			let before = operator.stake.clone();
			cut(&mut operator.stake, &mut operator.kinds);
			let rate = if before.is_zero() { BigRational::zero() } else { &operator.stake / before };
			for part in operator.leaving.values_mut() {
				*part *= &rate;
			}
			rates.push(rate);
		}
		for edge in &mut left.edges {
			cut(&mut edge.weight, &mut edge.kinds);
		}
		for position in &mut left.positions {
			position.value *= &rates[position.operator];
		}
		left
	}
}
