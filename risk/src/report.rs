//! All that is told of a graph, in the form in which it is printed as JSON.

use crate::{
	attack::{self, Attack},
	budget::Budget,
	certainty::Certainty,
	certificates::{
		certificates, operators_report, services_report, undeclared, Binding, Certificate, Certificates,
		OperatorReport, ServiceReport,
	},
	concentration::{self, ConcentrationReport},
	error::Error,
	graph::{Graph, Model},
	instance::Scaled,
	loss,
	number::{Number, NumberError},
	positions::{self, DelegatorReport},
	reuse,
	shocks::{named, ShockReport},
};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::Serialize;
use std::collections::BTreeSet;

/// What is asked of a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
	/// Parts of the stake, each at most 1: the worst case after the loss of any operators with so much or less.
	pub shocks: Vec<BigRational>,
	/// Services that have slashed all they can: the report is of what is left.
	pub byzantine: Vec<String>,
}

impl Question {
	/// Reads shocks, such as `2/15` and `1/5`.
	///
	/// # Errors
	///
	/// [`Error::Number`], and [`Error::Shock`] where one is above 1.
	pub fn shocks<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<BigRational>, Error> {
		let read = |text: &str| {
			let shock = crate::number::parse(text)
				.map_err(|why: NumberError| Error::Number { at: "shock".into(), why })?;
			match shock > BigRational::one() {
				true => Err(Error::Shock(text.to_owned())),
				false => Ok(shock),
			}
		};
		texts.into_iter().map(read).collect()
	}
}

/// An attack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttackReport {
	/// What the services yield, less what is forfeited.
	pub profit: Number,
	/// Who takes part, in the order of the file.
	pub operators: Vec<String>,
	/// The services that are corrupted, in the order of the file.
	pub services: Vec<String>,
	/// What each of the operators forfeits, in their order.
	pub forfeits: Vec<Number>,
}

/// The best attack that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BestAttack {
	/// What the services yield, less what is forfeited. `None` where there is no service, or it is not certified.
	pub profit: Option<Number>,
	/// No attack has a higher profit.
	pub bound: Option<Number>,
	/// The difference of the two.
	pub gap: Option<Number>,
	/// Whether the two are equal, or there is no attack at all.
	pub exact: bool,
	/// Who takes part, in the order of the file.
	pub operators: Vec<String>,
	/// The services that are corrupted, in the order of the file.
	pub services: Vec<String>,
	/// What each of the operators forfeits, in their order.
	pub forfeits: Vec<Number>,
	/// Whether the numbers are known.
	#[serde(flatten)]
	pub certainty: Certainty,
}

/// γ, by certificates and as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Gamma {
	/// Operator by operator. `None` where the model is elastic.
	pub operator: Option<Number>,
	/// Lifted. `None` where the model is elastic.
	pub lifted: Option<Number>,
	/// Elastic. `None` where the model is not.
	pub elastic: Option<Number>,
	/// The infimum of cost / yield − 1 over all attacks that yield something. `None` where it was not found.
	pub exact: Option<Number>,
	/// No attack is below: the largest certificate, or γ itself.
	pub at_least: Option<Number>,
	/// An attack is here: the least that was found.
	pub at_most: Option<Number>,
	/// Whether the numbers are known.
	#[serde(flatten)]
	pub certainty: Certainty,
}

/// What binds each certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bindings {
	/// Operator by operator.
	pub operator: Option<Binding>,
	/// Lifted.
	pub lifted: Option<Binding>,
	/// Elastic.
	pub elastic: Option<Binding>,
}

/// What can be lost at most when a part of the stake is: (1 + 1/γ)ψ, and 1 at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShockBound {
	/// ψ.
	pub shock: Number,
	/// By each γ.
	pub operator: Option<Number>,
	/// By the lifted one.
	pub lifted: Option<Number>,
	/// By the elastic one.
	pub elastic: Option<Number>,
	/// By γ itself.
	pub exact: Option<Number>,
}

/// The worst case after any loss of a part of the stake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LossReport {
	/// ψ: the part of the stake that is lost.
	pub shock: Number,
	/// ψ and the largest part of the stake that an attack on the rest was found to forfeit.
	pub worst: Option<Number>,
	/// What `worst` cannot exceed.
	pub bound: Option<Number>,
	/// Whether the two are equal.
	pub exact: bool,
	/// Who is lost in that case, in the order of the file.
	pub lost: Vec<String>,
	/// The attack on what is left. `None` where none gains.
	pub attack: Option<AttackReport>,
	/// Whether the numbers are known.
	#[serde(flatten)]
	pub certainty: Certainty,
}

/// What reuse of stake gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reuse {
	/// β: how many times the profits are covered by the best split of every operator's stake among its services.
	pub split: Option<Number>,
	/// (1 + γ)/β where γ is exact. `None` where it is not, or where no split covers anything.
	pub gain: Option<Number>,
	/// The same with the largest certificate in place of γ, or with γ.
	pub at_least: Option<Number>,
	/// The same with the least attack that was found, or with γ.
	pub at_most: Option<Number>,
	/// Whether the numbers are known.
	#[serde(flatten)]
	pub certainty: Certainty,
}

/// The named shocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shocks {
	/// Each of them.
	pub outcomes: Vec<ShockReport>,
	/// Whether the numbers are known.
	#[serde(flatten)]
	pub certainty: Certainty,
}

/// All that is told of a graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
	/// What an attack costs in this graph.
	pub model: Model,
	/// Services that have slashed all they could before all that is told here.
	pub byzantine: Vec<String>,
	/// Whether every service declares what corrupting it yields, so that all numbers are known.
	#[serde(flatten)]
	pub certainty: Certainty,
	/// γ.
	pub gamma: Gamma,
	/// Who binds the first certificate that the model has: `operator`, or `elastic`.
	pub binding: Option<Binding>,
	/// Who binds each.
	pub bindings: Bindings,
	/// What can be lost when 0.1, 1, 5 and 10 % of the stake are.
	pub bounds: Vec<ShockBound>,
	/// The best attack.
	pub best_attack: BestAttack,
	/// The services, in the order of the file.
	pub services: Vec<ServiceReport>,
	/// The operators, in the order of the file.
	pub operators: Vec<OperatorReport>,
	/// The worst case for each shock that was asked for.
	pub loss: Vec<LossReport>,
	/// Shocks that have a name.
	pub shocks: Shocks,
	/// How much depends on few.
	pub concentration: ConcentrationReport,
	/// What reuse gives.
	pub reuse: Reuse,
	/// What delegators can lose.
	pub positions: Vec<DelegatorReport>,
}

/// An attack by names and amounts.
pub(crate) fn told(graph: &Graph, scaled: &Scaled, attack: &Attack) -> AttackReport {
	AttackReport {
		profit: scaled.amount(&attack.profit).into(),
		operators: attack.forfeits.iter().map(|(index, _)| graph.operators()[*index].id.clone()).collect(),
		services: attack.services.iter().map(|index| graph.services()[*index].id.clone()).collect(),
		forfeits: attack.forfeits.iter().map(|(_, amount)| scaled.amount(amount).into()).collect(),
	}
}

/// (1 + 1/γ)ψ: what no loss of a part ψ of the stake leads to. `None` where γ is not above 0, because nothing is ruled out
/// then.
fn theorem(gamma: &Number, shock: &BigRational) -> Option<BigRational> {
	match gamma {
		Number::Infinite => Some(shock.clone()),
		Number::Finite(gamma) => gamma.is_positive().then(|| (BigRational::one() + gamma.recip()) * shock),
	}
}

/// The same, and 1 at most.
fn shock_bound(gamma: &Number, shock: &BigRational) -> Number {
	let one = BigRational::one();
	theorem(gamma, shock).map_or(one.clone(), |bound| bound.min(one)).into()
}

/// 1 + γ.
fn scale(gamma: &Number) -> Option<BigRational> {
	gamma.finite().map(|gamma| gamma + BigRational::one())
}

/// What there is to tell once, for all parts of the report.
struct Context<'a> {
	graph: &'a Graph,
	scaled: Scaled,
	/// Whether numbers that need profits are known.
	certainty: Certainty,
	certificates: Option<Certificates>,
}

impl Graph {
	/// All that is told of the graph. Searches end with `budget`, and say what they are not sure of.
	///
	/// # Errors
	///
	/// [`Error::UnknownService`] and [`Error::Shock`], of the question.
	pub fn report(&self, question: &Question, budget: &Budget) -> Result<Report, Error> {
		if let Some(shock) = question.shocks.iter().find(|shock| **shock > BigRational::one()) {
			return Err(Error::Shock(shock.to_string()));
		}
		let mut slashing = BTreeSet::new();
		for name in &question.byzantine {
			slashing.insert(self.service(name).ok_or_else(|| Error::UnknownService(name.clone()))?);
		}
		let byzantine = slashing.iter().map(|index| self.services()[*index].id.clone()).collect();
		let left;
		let graph = match slashing.is_empty() {
			true => self,
			false => {
				left = self.byzantine(&slashing);
				&left
			},
		};
		Ok(Context::of(graph).report(byzantine, &question.shocks, budget))
	}

	/// The certificates, without any search. `None` where a service declares no profit.
	pub fn certificates(&self) -> Option<Certificates> {
		certificates(self, &Scaled::of(self))
	}

	/// Margins and coverage of services, in the order of the file, without any search.
	pub fn services_report(&self) -> Vec<ServiceReport> {
		services_report(self, &Scaled::of(self))
	}

	/// Loads and degrees of operators, in the order of the file, without any search.
	pub fn operators_report(&self) -> Vec<OperatorReport> {
		operators_report(self, &Scaled::of(self))
	}

	/// How much depends on few, without any search.
	pub fn concentration(&self) -> ConcentrationReport {
		concentration::report(self, &Scaled::of(self))
	}
}

impl<'a> Context<'a> {
	fn of(graph: &'a Graph) -> Self {
		let scaled = Scaled::of(graph);
		let mut unknown = graph.undeclared();
		let reason = unknown.next().map(|first| match unknown.count() {
			0 => undeclared(&first.id),
			others => format!("{}, nor do {others} more", undeclared(&first.id)),
		});
		let certificates = certificates(graph, &scaled);
		Self { graph, scaled, certainty: Certainty::unless(reason), certificates }
	}

	fn report(&self, byzantine: Vec<String>, shocks: &[BigRational], budget: &Budget) -> Report {
		let certified = self.certainty.is_certified();
		let instance = &self.scaled.instance;
		let ratio = certified.then(|| budget.within(4, |budget| attack::least_ratio(instance, budget)));
		let split =
			certified.then(|| budget.within(4, |budget| reuse::best_split(self.graph, &self.scaled, budget)));
		let best_attack = certified.then(|| budget.within(3, |budget| self.best_attack(budget)));
		let parts = if shocks.is_empty() { 1 } else { 2 };
		let outcomes = certified.then(|| budget.within(parts, |budget| named(self.graph, budget)));
		let gamma = self.gamma(ratio);
		let loss = certified.then(|| self.losses(shocks, &gamma, budget));
		let uncertain = |shock: &BigRational| LossReport {
			shock: shock.clone().into(),
			worst: None,
			bound: None,
			exact: false,
			lost: Vec::new(),
			attack: None,
			certainty: self.certainty.clone(),
		};
		let binding = |certificate: Option<&Certificate>| certificate.and_then(|it| it.binding.clone());
		let by = self.certificates.as_ref();
		Report {
			model: self.graph.model(),
			byzantine,
			certainty: self.certainty.clone(),
			binding: binding(by.and_then(Certificates::first)),
			bindings: Bindings {
				operator: binding(by.and_then(|by| by.operator.as_ref())),
				lifted: binding(by.and_then(|by| by.lifted.as_ref())),
				elastic: binding(by.and_then(|by| by.elastic.as_ref())),
			},
			bounds: self.bounds(&gamma),
			best_attack: best_attack.unwrap_or_else(|| self.no_attack()),
			services: services_report(self.graph, &self.scaled),
			operators: operators_report(self.graph, &self.scaled),
			loss: loss.unwrap_or_else(|| shocks.iter().map(uncertain).collect()),
			shocks: Shocks { outcomes: outcomes.unwrap_or_default(), certainty: self.certainty.clone() },
			concentration: concentration::report(self.graph, &self.scaled),
			reuse: self.reuse(split.flatten(), &gamma),
			positions: positions::report(self.graph, &self.scaled),
			gamma,
		}
	}

	/// `ratio`: the least of cost / yield, and whether it is exact; `Some(None)` where nothing yields anything.
	fn gamma(&self, ratio: Option<Option<(BigRational, bool)>>) -> Gamma {
		let by = self.certificates.as_ref();
		let gamma = |certificate: Option<&Certificate>| certificate.map(|it| it.gamma.clone());
		let at_most = ratio.map(|ratio| match ratio {
			Some((ratio, exact)) => (Number::from(ratio - BigRational::one()), exact),
			None => (Number::Infinite, true),
		});
		let certificate = gamma(by.and_then(Certificates::best));
		// A certificate that meets an attack is exact as well.
		let exact = at_most.clone().filter(|(least, exact)| *exact || Some(least) == certificate.as_ref());
		let exact = exact.map(|(least, _)| least);
		Gamma {
			operator: gamma(by.and_then(|by| by.operator.as_ref())),
			lifted: gamma(by.and_then(|by| by.lifted.as_ref())),
			elastic: gamma(by.and_then(|by| by.elastic.as_ref())),
			at_least: exact.clone().or(certificate),
			exact,
			at_most: at_most.map(|(least, _)| least),
			certainty: self.certainty.clone(),
		}
	}

	fn bounds(&self, gamma: &Gamma) -> Vec<ShockBound> {
		let bound = |shock: (u32, u32)| {
			let shock = BigRational::new(shock.0.into(), shock.1.into());
			let by = |gamma: &Option<Number>| gamma.as_ref().map(|gamma| shock_bound(gamma, &shock));
			ShockBound {
				operator: by(&gamma.operator),
				lifted: by(&gamma.lifted),
				elastic: by(&gamma.elastic),
				exact: by(&gamma.exact),
				shock: shock.into(),
			}
		};
		[(1, 1000), (1, 100), (1, 20), (1, 10)].map(bound).into()
	}

	fn no_attack(&self) -> BestAttack {
		BestAttack {
			profit: None,
			bound: None,
			gap: None,
			exact: self.certainty.is_certified(),
			operators: Vec::new(),
			services: Vec::new(),
			forfeits: Vec::new(),
			certainty: self.certainty.clone(),
		}
	}

	fn best_attack(&self, budget: &Budget) -> BestAttack {
		let Some(best) = attack::best(&self.scaled.instance, budget) else { return self.no_attack() };
		let AttackReport { profit, operators, services, forfeits } =
			told(self.graph, &self.scaled, &best.attack);
		BestAttack {
			profit: Some(profit),
			bound: Some(self.scaled.amount(&best.bound).into()),
			gap: Some(self.scaled.amount(&(&best.bound - &best.attack.profit)).into()),
			exact: best.bound == best.attack.profit,
			operators,
			services,
			forfeits,
			..self.no_attack()
		}
	}

	fn losses(&self, shocks: &[BigRational], gamma: &Gamma, budget: &Budget) -> Vec<LossReport> {
		let instance = &self.scaled.instance;
		let all: num_bigint::BigInt = instance.stake.iter().sum();
		let report = |(index, shock): (usize, &BigRational)| {
			let most = (shock * &all).to_integer();
			let case = budget.within(shocks.len() - index, |share| loss::worst(instance, &most, share));
			let after = |amount: &num_bigint::BigInt| match all.is_zero() {
				true => shock.clone(),
				false => shock + BigRational::new(amount.clone(), all.clone()),
			};
			let worst = after(&case.amount);
			let mut bound = after(&case.bound);
			if let Some(theorem) = gamma.at_least.as_ref().and_then(|gamma| theorem(gamma, shock)) {
				bound = bound.min(theorem).max(worst.clone());
			}
			let lost = case.lost.iter().map(|operator| self.graph.operators()[*operator].id.clone());
			LossReport {
				shock: shock.clone().into(),
				exact: worst == bound,
				worst: Some(worst.into()),
				bound: Some(bound.into()),
				lost: lost.collect(),
				attack: case.attack.as_ref().map(|attack| told(self.graph, &self.scaled, attack)),
				certainty: self.certainty.clone(),
			}
		};
		shocks.iter().enumerate().map(report).collect()
	}

	fn reuse(&self, split: Option<Number>, gamma: &Gamma) -> Reuse {
		let by = |gamma: &Option<Number>| {
			let split = split.as_ref()?.finite().filter(|split| split.is_positive())?;
			Some(Number::from(scale(gamma.as_ref()?)? / split))
		};
		Reuse {
			gain: by(&gamma.exact),
			at_least: by(&gamma.at_least),
			at_most: by(&gamma.at_most),
			split: split.clone(),
			certainty: self.certainty.clone(),
		}
	}
}
