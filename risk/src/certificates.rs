//! What one pass over the graph tells: slack by certificates that take no search, margins, loads, degrees.

use crate::{
	certainty::Certainty,
	graph::{Graph, Model},
	instance::Scaled,
	number::{reduced, Fraction, Number},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::Serialize;

/// Which operator or service keeps a certificate from being larger; the first in the file of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Binding {
	/// The name of an operator, whose stake is worth the least of what its services yield through it.
	Operator(String),
	/// The name of a service, which yields the most for what corrupts it.
	Service(String),
}

/// A lower bound of γ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
	/// The bound.
	pub gamma: Number,
	/// Who binds it. `None` where nothing yields anything.
	pub binding: Option<Binding>,
}

/// The certificates that the graph's model has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificates {
	/// Operator by operator (`AllOrNothing`).
	pub operator: Option<Certificate>,
	/// The same with an operator counted for at most what a service needs: never smaller (`AllOrNothing`).
	pub lifted: Option<Certificate>,
	/// Services, and operator by operator (`Elastic`).
	pub elastic: Option<Certificate>,
}

impl Certificates {
	/// The largest of them.
	pub fn best(&self) -> Option<&Certificate> {
		self.lifted.as_ref().or(self.elastic.as_ref())
	}

	/// The first of those the model has.
	pub fn first(&self) -> Option<&Certificate> {
		self.operator.as_ref().or(self.elastic.as_ref())
	}
}

/// What is told of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceReport {
	/// Its name.
	pub id: String,
	/// How many operators it has weight of.
	pub members: usize,
	/// W.
	pub weight: Number,
	/// K = θW: the weight that corrupts it.
	pub needed: Number,
	/// π. `None` where it is not declared.
	pub profit: Option<Number>,
	/// K/π − 1. `None` where π is not declared.
	pub margin: Option<Number>,
	/// θW/π: how often what it yields is covered. `None` where π is not declared.
	pub coverage: Option<Number>,
	/// Whether its numbers are all known.
	#[serde(flatten)]
	pub certainty: Certainty,
}

/// What is told of an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperatorReport {
	/// Its name.
	pub id: String,
	/// σ.
	pub stake: Number,
	/// T = Σ π w / (K σ). `None` without stake, or where a service of it declares no profit.
	pub load: Option<Number>,
	/// d = Σ w / σ. `None` without stake.
	pub degree: Option<Number>,
	/// The part of what stands behind it that one set, any two, and all together can slash. `None` without stake.
	pub worst_loss: Option<WorstLoss>,
	/// Whether its numbers are all known.
	#[serde(flatten)]
	pub certainty: Certainty,
}

/// The largest part of something that sets can slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorstLoss {
	/// One of them.
	pub one: Number,
	/// Any two.
	pub two: Number,
	/// All.
	pub all: Number,
}

/// What a number that is not certified says of the service for which it is not.
pub(crate) fn undeclared(id: &str) -> String {
	format!("service {id:?} declares no profit")
}

/// The certificates. `None` where a service declares no profit.
pub(crate) fn certificates(graph: &Graph, scaled: &Scaled) -> Option<Certificates> {
	if graph.undeclared().next().is_some() {
		return None;
	}
	let operators = |lifted: bool| operators(graph, scaled, lifted);
	Some(match graph.model() {
		Model::AllOrNothing => Certificates {
			operator: Some(certificate(free(graph, scaled).or_else(|| operators(false)))),
			lifted: Some(certificate(free(graph, scaled).or_else(|| operators(true)))),
			elastic: None,
		},
		Model::Elastic => Certificates {
			operator: None,
			lifted: None,
			elastic: Some(certificate(free(graph, scaled).or_else(|| {
				// The service where both bind: its operators only follow from it.
				match (services(graph, scaled), operators(false)) {
					(Some(service), Some(operator)) if operator.0.is_below(&service.0) => Some(operator),
					(service, operator) => service.or(operator),
				}
			}))),
		},
	})
}

/// 1 + γ, and who binds it.
type Bound = (Fraction, Binding);

fn certificate(bound: Option<Bound>) -> Certificate {
	match bound {
		Some((ratio, binding)) => {
			Certificate { gamma: (ratio.reduced() - BigRational::one()).into(), binding: Some(binding) }
		},
		None => Certificate { gamma: Number::Infinite, binding: None },
	}
}

/// A service without weight that yields something: nobody has to join to take it, so no operator's sum shows it.
fn free(graph: &Graph, scaled: &Scaled) -> Option<Bound> {
	let instance = &scaled.instance;
	let mut services = instance.need.iter().zip(&instance.profit);
	let service = services.position(|(need, profit)| need.is_zero() && profit.is_positive())?;
	Some((Fraction::zero(), Binding::Service(graph.services()[service].id.clone())))
}

fn least(bounds: impl Iterator<Item = Bound>) -> Option<Bound> {
	bounds.reduce(|least, next| if next.0.is_below(&least.0) { next } else { least })
}

fn services(graph: &Graph, scaled: &Scaled) -> Option<Bound> {
	let instance = &scaled.instance;
	let yielding = (0..instance.need.len()).filter(|service| instance.profit[*service].is_positive());
	least(yielding.map(|service| {
		let ratio = Fraction::new(instance.need[service].clone(), instance.profit[service].clone());
		(ratio, Binding::Service(graph.services()[service].id.clone()))
	}))
}

fn operators(graph: &Graph, scaled: &Scaled, lifted: bool) -> Option<Bound> {
	let loads = (0..graph.operators().len()).filter_map(|operator| {
		let ratio = yielded(scaled, operator, lifted)?.over(&scaled.instance.stake[operator])?;
		Some((ratio, Binding::Operator(graph.operators()[operator].id.clone())))
	});
	least(loads)
}

/// Σ π w / K: what the operator's services yield for its part of what they need. `None` without stake, because such an
/// operator can neither bring nor lose anything.
fn yielded(scaled: &Scaled, operator: usize, lifted: bool) -> Option<Fraction> {
	let instance = &scaled.instance;
	if instance.stake[operator].is_zero() {
		return None;
	}
	let mut sum = Fraction::zero();
	for link in &instance.edges[operator] {
		let (profit, need) = (&instance.profit[link.service], &instance.need[link.service]);
		if profit.is_zero() {
			continue;
		}
		match lifted && link.weight >= *need {
			true => sum.add(profit, &BigInt::one()),
			false => sum.add(&(profit * &link.weight), need),
		}
	}
	Some(sum)
}

/// What is told of each service.
pub(crate) fn services_report(graph: &Graph, scaled: &Scaled) -> Vec<ServiceReport> {
	let instance = &scaled.instance;
	let mut weights = vec![BigInt::zero(); instance.need.len()];
	let mut members = vec![0; instance.need.len()];
	for link in instance.edges.iter().flatten() {
		weights[link.service] += &link.weight;
		members[link.service] += 1;
	}
	let report = |(index, service): (usize, &crate::graph::Service)| {
		let need = &instance.need[index];
		let coverage = service.profit.as_ref().map(|profit| match profit.is_zero() {
			true => Number::Infinite,
			false => reduced(need.clone(), instance.profit[index].clone()).into(),
		});
		let margin = coverage.clone().map(|coverage| match coverage {
			Number::Finite(coverage) => (coverage - BigRational::one()).into(),
			Number::Infinite => Number::Infinite,
		});
		ServiceReport {
			id: service.id.clone(),
			members: members[index],
			weight: scaled.amount(&weights[index]).into(),
			needed: scaled.amount(need).into(),
			profit: service.profit.clone().map(Number::from),
			margin,
			coverage,
			certainty: Certainty::unless(service.profit.is_none().then(|| undeclared(&service.id))),
		}
	};
	graph.services().iter().enumerate().map(report).collect()
}

/// The parts of `stake` that these weights can slash: the largest, the two largest, all of them.
pub(crate) fn worst_loss(mut weights: Vec<BigInt>, stake: &BigInt) -> Option<WorstLoss> {
	if stake.is_zero() {
		return None;
	}
	weights.sort_by(|a, b| b.cmp(a));
	let of = |most: usize| -> Number {
		let sum: BigInt = weights.iter().take(most).sum();
		reduced(sum.min(stake.clone()), stake.clone()).into()
	};
	Some(WorstLoss { one: of(1), two: of(2), all: of(weights.len()) })
}

/// What is told of each operator.
pub(crate) fn operators_report(graph: &Graph, scaled: &Scaled) -> Vec<OperatorReport> {
	let instance = &scaled.instance;
	let report = |(index, operator): (usize, &crate::graph::Operator)| {
		let (links, stake) = (&instance.edges[index], &instance.stake[index]);
		let mut services = links.iter().map(|link| &graph.services()[link.service]);
		let unknown = services.find(|service| service.profit.is_none());
		let load = match unknown {
			Some(_) => None,
			None => yielded(scaled, index, false).map(|sum| sum.divided(stake).reduced().into()),
		};
		let weights: Vec<BigInt> = links.iter().map(|link| link.weight.clone()).collect();
		let degree = (!stake.is_zero()).then(|| reduced(weights.iter().sum(), stake.clone()).into());
		OperatorReport {
			id: operator.id.clone(),
			stake: operator.stake.clone().into(),
			load,
			degree,
			worst_loss: worst_loss(weights, stake),
			certainty: Certainty::unless(unknown.map(|service| undeclared(&service.id))),
		}
	};
	graph.operators().iter().enumerate().map(report).collect()
}
