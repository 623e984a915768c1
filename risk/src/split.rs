//! Cuts an instance into parts that have no operator in common. An attack on the whole is one on each of some parts.

use crate::instance::{Instance, Link};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

/// A part, and where its services and operators are in the whole.
pub(crate) struct Part {
	pub(crate) instance: Instance<BigInt>,
	pub(crate) services: Vec<usize>,
	pub(crate) operators: Vec<usize>,
}

/// The parts, by their first service. Operators without an edge are in none.
pub(crate) fn parts(whole: &Instance<BigInt>) -> Vec<Part> {
	let (services, operators) = (whole.need.len(), whole.stake.len());
	let mut sets = UnionFind::<usize>::new(services + operators);
	for (operator, links) in whole.edges.iter().enumerate() {
		for link in links {
			sets.union(services + operator, link.service);
		}
	}
	let mut members: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
	let mut first = BTreeMap::new();
	for service in 0..services {
		let root = *first.entry(sets.find(service)).or_insert(service);
		members.entry(root).or_default().0.push(service);
	}
	for operator in 0..operators {
		if let Some(root) = first.get(&sets.find(services + operator)) {
			members.entry(*root).or_default().1.push(operator);
		}
	}
	members.into_values().map(|(services, operators)| part(whole, services, operators)).collect()
}

fn part(whole: &Instance<BigInt>, services: Vec<usize>, operators: Vec<usize>) -> Part {
	let place: BTreeMap<_, _> =
		services.iter().enumerate().map(|(place, service)| (*service, place)).collect();
	let links = |operator: &usize| {
		let links = whole.edges[*operator].iter();
		links.map(|link| Link { service: place[&link.service], ..link.clone() }).collect::<Vec<_>>()
	};
	let edges: Vec<_> = operators.iter().map(links).collect();
	let pick = |values: &[BigInt], places: &[usize]| -> Vec<BigInt> {
		places.iter().map(|place| values[*place].clone()).collect()
	};
	let profit = pick(&whole.profit, &services);
	let stake = pick(&whole.stake, &operators);
	let weight = edges.iter().flatten().fold(BigInt::zero(), |sum, link| sum + &link.weight);
	let total = profit.iter().sum::<BigInt>() + stake.iter().sum::<BigInt>() + weight + BigInt::one();
	let need = pick(&whole.need, &services);
	Part { instance: Instance { model: whole.model, profit, need, stake, edges, total }, services, operators }
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{graph::Graph, instance::Scaled};

	#[test]
	fn parts_share_no_operator() {
		let graph = Graph::from_json(
			r#"{"model": "elastic",
			"services": [{"id": "x", "profit": "1", "threshold": "1"}, {"id": "y", "profit": "2", "threshold": "1"},
				{"id": "z", "profit": "3", "threshold": "1"}],
			"operators": [{"id": "a", "stake": "4"}, {"id": "b", "stake": "5"}, {"id": "c", "stake": "6"}],
			"edges": [{"operator": "a", "service": "x"}, {"operator": "b", "service": "y"},
				{"operator": "a", "service": "z"}]}"#,
		)
		.unwrap();
		let parts = parts(&Scaled::of(&graph).instance);
		assert_eq!(parts.len(), 2);
		assert_eq!((&parts[0].services, &parts[0].operators), (&vec![0, 2], &vec![0]));
		assert_eq!((&parts[1].services, &parts[1].operators), (&vec![1], &vec![1]));
		assert_eq!(parts[0].instance.profit, [1.into(), 3.into()]);
		assert_eq!(parts[0].instance.edges[0][1].service, 1);
		assert_eq!(parts[1].instance.need, [5.into()]);
	}
}
