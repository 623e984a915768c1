//! What reuse of stake gives: how much more every service could yield with it before an attack pays, than if each unit of
//! stake stood behind one service alone.

use crate::{budget::Budget, flow::Network, graph::Graph, instance::Scaled, number::Number};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// β: how many times all profits could be covered by the best split of each operator's stake among its services. Every
/// service needs π/θ, so that its θ is worth π. `None` where the budget did not suffice.
pub(crate) fn best_split(graph: &Graph, scaled: &Scaled, budget: &Budget) -> Option<Number> {
	let instance = &scaled.instance;
	let (services, operators) = (instance.need.len(), instance.stake.len());
	// In units in which π/θ is whole.
	let whole =
		graph.services().iter().fold(BigInt::one(), |all, service| all.lcm(service.threshold.numer()));
	let demands: Vec<BigInt> = (graph.services().iter().zip(&instance.profit))
		.map(|(service, profit)| profit * service.threshold.denom() * (&whole / service.threshold.numer()))
		.collect();
	let demanded: BigInt = demands.iter().sum();
	if !demanded.is_positive() {
		return Some(Number::Infinite);
	}
	let (source, sink) = (services + operators, services + operators + 1);
	let mut scale = BigRational::new(instance.stake.iter().sum::<BigInt>() * &whole, demanded.clone());
	loop {
		let mut network = Network::new(sink + 1);
		let supply = scale.denom() * &whole;
		for (operator, stake) in instance.stake.iter().enumerate() {
			network.arc(source, services + operator, stake * &supply);
			for link in &instance.edges[operator] {
				network.arc(services + operator, link.service, &link.weight * &supply);
			}
		}
		for (service, demand) in demands.iter().enumerate() {
			network.arc(service, sink, demand * scale.numer());
		}
		let flow = network.fill(source, sink, budget)?;
		if flow >= &demanded * scale.numer() {
			return Some(scale.into());
		}
		// The services beyond the cut get too little: no scale at which their demand exceeds what crosses it will do.
		let side = network.side(source);
		let mut crossing = BigInt::zero();
		for (operator, stake) in instance.stake.iter().enumerate() {
			match side[services + operator] {
				false => crossing += stake,
				true => {
					let links = instance.edges[operator].iter().filter(|link| !side[link.service]);
					crossing += links.map(|link| &link.weight).sum::<BigInt>();
				},
			}
		}
		let beyond: BigInt =
			(0..services).filter(|service| !side[*service]).map(|service| &demands[service]).sum();
		let next = BigRational::new(crossing * &whole, beyond);
		if next >= scale {
			// Cannot be: what crosses is less than what was demanded beyond.
			return None;
		}
		scale = next;
	}
}
