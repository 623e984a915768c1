//! What a delegator can lose: of each position, and of all it has at once.

use crate::{
	certificates::{worst_loss, WorstLoss},
	graph::Graph,
	instance::Scaled,
	number::Number,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use serde::Serialize;
use std::collections::BTreeMap;

/// A position, and the part of it that sets can slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PositionReport {
	/// The operator's name.
	pub operator: String,
	/// What it is worth.
	pub value: Number,
	/// The largest part of it that is slashed. `None` where the operator has no stake.
	pub worst_loss: Option<WorstLoss>,
}

/// What a delegator has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DelegatorReport {
	/// Whose it is.
	pub owner: String,
	/// What its positions are worth.
	pub value: Number,
	/// The part of them that one service can slash at once. `None` where they are worth nothing.
	pub correlated: Option<Number>,
	/// That service. `None` where none can slash anything.
	pub service: Option<String>,
	/// Each of its positions, in the order of the file.
	pub positions: Vec<PositionReport>,
}

/// What is told of all delegators that the graph has positions of, by name.
pub(crate) fn report(graph: &Graph, scaled: &Scaled) -> Vec<DelegatorReport> {
	let mut owners: BTreeMap<&str, Vec<&crate::graph::Position>> = BTreeMap::new();
	for position in graph.positions() {
		owners.entry(&position.owner).or_default().push(position);
	}
	let instance = &scaled.instance;
	let delegator = |(owner, positions): (&str, Vec<&crate::graph::Position>)| {
		let value: BigRational = positions.iter().map(|position| &position.value).sum();
		let mut by_service: BTreeMap<usize, BigRational> = BTreeMap::new();
		for position in &positions {
			let stake = &instance.stake[position.operator];
			for link in &instance.edges[position.operator] {
				let part = BigRational::new(link.weight.clone(), stake.clone());
				*by_service.entry(link.service).or_default() += &position.value * part;
			}
		}
		let mut most: Option<(usize, BigRational)> = None;
		for (service, loss) in by_service {
			if !loss.is_zero() && most.as_ref().is_none_or(|(_, most)| loss > *most) {
				most = Some((service, loss));
			}
		}
		let service = most.as_ref().map(|(service, _)| graph.services()[*service].id.clone());
		let loss = most.map(|(_, loss)| loss).unwrap_or_default();
		let positions = positions.into_iter().map(|position| {
			let links = &instance.edges[position.operator];
			let weights: Vec<BigInt> = links.iter().map(|link| link.weight.clone()).collect();
			PositionReport {
				operator: graph.operators()[position.operator].id.clone(),
				value: position.value.clone().into(),
				worst_loss: worst_loss(weights, &instance.stake[position.operator]),
			}
		});
		DelegatorReport {
			owner: owner.to_owned(),
			correlated: (!value.is_zero()).then(|| (loss / &value).into()),
			value: value.into(),
			service,
			positions: positions.collect(),
		}
	};
	owners.into_iter().map(delegator).collect()
}
