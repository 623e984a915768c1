//! How much depends on few: of all stake, of each service's weight, and of what two services share.

use crate::{
	graph::Graph,
	instance::Scaled,
	number::{reduced, Number},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use serde::Serialize;
use std::collections::BTreeMap;

/// How concentrated some weight is. All but `threshold` are `None` where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concentration {
	/// θ: the part that matters. A third for all stake.
	pub threshold: Number,
	/// The Nakamoto coefficient: how few operators have θ of the weight.
	pub nakamoto: Option<usize>,
	/// The Herfindahl index: the sum of the squares of all parts.
	pub herfindahl: Option<Number>,
	/// The part of the largest operator.
	pub largest1: Option<Number>,
	/// Of the three largest.
	pub largest3: Option<Number>,
	/// Of the ten largest.
	pub largest10: Option<Number>,
}

/// What two services can both slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
	/// The names of the two, in the order of the file.
	pub services: [String; 2],
	/// Σ min(w, w') over the operators of both, as a part of the smaller weight of the two.
	pub shared: Number,
}

/// The concentration of a service's weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfService {
	/// Its name.
	pub id: String,
	/// Of its weight, with its threshold.
	#[serde(flatten)]
	pub concentration: Concentration,
}

/// Concentration, overlap, and what is on its way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConcentrationReport {
	/// Of all stake.
	pub network: Concentration,
	/// Of each service.
	pub services: Vec<OfService>,
	/// Of every two services that share something.
	pub overlap: Vec<Overlap>,
	/// The part of all stake that is on its way out, by the era in which it matures.
	pub leaving: BTreeMap<u32, Number>,
}

fn concentration(mut weights: Vec<&BigInt>, threshold: &BigRational) -> Concentration {
	let total: BigInt = weights.iter().copied().sum();
	let none = Concentration {
		threshold: threshold.clone().into(),
		nakamoto: None,
		herfindahl: None,
		largest1: None,
		largest3: None,
		largest10: None,
	};
	if total.is_zero() {
		return none;
	}
	weights.sort_by(|a, b| b.cmp(a));
	let largest = |most: usize| Some(reduced(weights.iter().take(most).copied().sum(), total.clone()).into());
	let enough = threshold.numer() * &total;
	let mut reached = BigInt::zero();
	let nakamoto = weights.iter().position(|weight| {
		reached += *weight * threshold.denom();
		reached >= enough
	});
	let squares: BigInt = weights.iter().map(|weight| *weight * *weight).sum();
	Concentration {
		nakamoto: nakamoto.map(|before| before + 1),
		herfindahl: Some(reduced(squares, &total * &total).into()),
		largest1: largest(1),
		largest3: largest(3),
		largest10: largest(10),
		..none
	}
}

pub(crate) fn report(graph: &Graph, scaled: &Scaled) -> ConcentrationReport {
	let instance = &scaled.instance;
	let third = BigRational::new(1.into(), 3.into());
	let mut members: Vec<Vec<(usize, &BigInt)>> = vec![Vec::new(); graph.services().len()];
	for (operator, links) in instance.edges.iter().enumerate() {
		for link in links {
			members[link.service].push((operator, &link.weight));
		}
	}
	let services = graph.services().iter().zip(&members).map(|(service, members)| OfService {
		id: service.id.clone(),
		concentration: concentration(members.iter().map(|(_, weight)| *weight).collect(), &service.threshold),
	});
	let services = services.collect();
	let mut leaving: BTreeMap<u32, BigRational> = BTreeMap::new();
	for (era, part) in graph.operators().iter().flat_map(|operator| &operator.leaving) {
		*leaving.entry(*era).or_default() += part;
	}
	let total = graph.total_stake();
	let leaving = leaving.into_iter().filter(|(_, part)| !part.is_zero());
	ConcentrationReport {
		network: concentration(instance.stake.iter().collect(), &third),
		services,
		overlap: overlap(graph, scaled, &members),
		leaving: leaving.map(|(era, part)| (era, (part / &total).into())).collect(),
	}
}

fn overlap(graph: &Graph, scaled: &Scaled, members: &[Vec<(usize, &BigInt)>]) -> Vec<Overlap> {
	let weights: Vec<BigInt> =
		members.iter().map(|members| members.iter().map(|(_, weight)| *weight).sum()).collect();
	let mut overlaps = Vec::new();
	for (service, members) in members.iter().enumerate() {
		let mut shared: BTreeMap<usize, BigInt> = BTreeMap::new();
		for (operator, weight) in members {
			for link in scaled.instance.edges[*operator].iter().filter(|link| link.service > service) {
				*shared.entry(link.service).or_default() += (*weight).min(&link.weight);
			}
		}
		overlaps.extend(shared.into_iter().map(|(other, shared)| {
			let smaller = (&weights[service]).min(&weights[other]).clone();
			let names = [service, other].map(|service| graph.services()[service].id.clone());
			Overlap { services: names, shared: reduced(shared, smaller).into() }
		}));
	}
	overlaps
}
