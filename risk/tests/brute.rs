//! Compares reports on small random graphs with an enumeration of all attacks, and checks laws that hold for every
//! graph.

use mainstay_risk::{Budget, Graph, Question, Report};
use num_rational::Ratio;
use proptest::prelude::*;
use serde_json::{json, Value};

type Part = Ratio<i64>;

/// A configuration with `few` random cases, or as many as `PROPTEST_CASES` says.
fn cases(few: u32) -> ProptestConfig {
	match std::env::var_os("PROPTEST_CASES") {
		Some(_) => ProptestConfig::default(),
		None => ProptestConfig::with_cases(few),
	}
}

/// A graph in the form that the enumeration uses. Weights are by operator and service, and 0 means no edge.
#[derive(Clone, Debug)]
struct Small {
	elastic: bool,
	profit: Vec<i64>,
	threshold: Vec<(i64, i64)>,
	stake: Vec<i64>,
	weight: Vec<Vec<i64>>,
}

impl Small {
	fn graph(&self) -> Graph {
		let services: Vec<Value> = (self.profit.iter().zip(&self.threshold).enumerate())
			.map(|(index, (profit, (above, below)))| {
				json!({
					"id": format!("s{index}"),
					"profit": profit.to_string(),
					"threshold": format!("{above}/{below}"),
				})
			})
			.collect();
		let operators: Vec<Value> = (self.stake.iter().enumerate())
			.map(|(index, stake)| json!({"id": format!("v{index}"), "stake": stake.to_string()}))
			.collect();
		let mut edges = Vec::new();
		for (operator, weights) in self.weight.iter().enumerate() {
			for (service, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
				edges.push(json!({
					"operator": format!("v{operator}"),
					"service": format!("s{service}"),
					"weight": weight.to_string(),
				}));
			}
		}
		let model = if self.elastic { "elastic" } else { "allOrNothing" };
		let file = json!({"model": model, "services": services, "operators": operators, "edges": edges});
		Graph::from_json(&file.to_string()).unwrap()
	}

	fn report(&self, shocks: &[&str]) -> Report {
		let shocks = Question::shocks(shocks.iter().copied()).unwrap();
		let question = Question { shocks, ..Question::default() };
		self.graph().report(&question, &Budget::steps(10_000_000)).unwrap()
	}

	fn members(&self, set: u32) -> impl Iterator<Item = usize> + '_ {
		(0..self.stake.len()).filter(move |operator| set >> operator & 1 == 1)
	}

	fn sum(&self, set: u32) -> i64 {
		self.members(set).map(|operator| self.stake[operator]).sum()
	}

	fn need(&self, service: usize, gone: u32) -> Part {
		let all = self.members(!gone).map(|operator| self.weight[operator][service]).sum::<i64>();
		let (above, below) = self.threshold[service];
		Part::new(all * above, below)
	}

	/// The services that the operators in `joined` can take after those in `gone` are lost.
	fn taken(&self, joined: u32, gone: u32) -> Vec<usize> {
		let enough = |service: &usize| {
			let brought = self.members(joined).map(|operator| self.weight[operator][*service]).sum::<i64>();
			Part::from_integer(brought) >= self.need(*service, gone)
		};
		(0..self.profit.len()).filter(enough).collect()
	}

	fn yielded(&self, services: &[usize]) -> i64 {
		services.iter().map(|service| self.profit[*service]).sum()
	}

	/// The services and the cost of every attack (`AllOrNothing`).
	fn coalitions(&self) -> Vec<(Vec<usize>, Part)> {
		(0..1 << self.stake.len())
			.map(|joined| (self.taken(joined, 0), Part::from_integer(self.sum(joined))))
			.collect()
	}

	/// The same for all attacks that use halves of weights (`Elastic`). Thresholds are of halves as well.
	fn elastic_coalitions(&self) -> Vec<(Vec<usize>, Part)> {
		let edges: Vec<(usize, usize)> = (0..self.stake.len())
			.flat_map(|operator| (0..self.profit.len()).map(move |service| (operator, service)))
			.filter(|(operator, service)| self.weight[*operator][*service] > 0)
			.collect();
		let mut brought = vec![0_i64; edges.len()];
		let mut found = Vec::new();
		loop {
			let mut behind = vec![0; self.profit.len()];
			let mut spent = vec![0; self.stake.len()];
			for ((operator, service), halves) in edges.iter().zip(&brought) {
				behind[*service] += halves;
				spent[*operator] += halves;
			}
			let cost: i64 =
				spent.iter().zip(&self.stake).map(|(spent, stake)| *spent.min(&(stake * 2))).sum();
			let taken = (0..self.profit.len())
				.filter(|service| Part::new(behind[*service], 2) >= self.need(*service, 0))
				.collect();
			found.push((taken, Part::new(cost, 2)));
			// Advances to the next combination of amounts.
			let more = (0..edges.len()).find(|edge| {
				let (operator, service) = edges[*edge];
				let full = brought[*edge] == 2 * self.weight[operator][service];
				brought[*edge] = if full { 0 } else { brought[*edge] + 1 };
				!full
			});
			if more.is_none() {
				return found;
			}
		}
	}

	fn best_profit(&self, coalitions: &[(Vec<usize>, Part)]) -> Option<Part> {
		let attacks = coalitions.iter().filter(|(taken, _)| !taken.is_empty());
		attacks.map(|(taken, cost)| Part::from_integer(self.yielded(taken)) - cost).max()
	}

	fn gamma(&self, coalitions: &[(Vec<usize>, Part)]) -> Option<Part> {
		let attacks = coalitions.iter().filter(|(taken, _)| self.yielded(taken) > 0);
		attacks.map(|(taken, cost)| cost / self.yielded(taken) - 1).min()
	}

	/// The largest loss after a loss of `shock` (`AllOrNothing`), and the minimum stake that is lost in it.
	fn worst(&self, shock: Part) -> (Part, i64) {
		let all = self.sum(u32::MAX);
		let most = (shock * all).to_integer();
		let mut worst = (0, 0);
		for gone in (0..1 << self.stake.len()).filter(|gone| self.sum(*gone) <= most) {
			for joined in (0..1 << self.stake.len()).filter(|joined| joined & gone == 0) {
				let loss = self.sum(joined);
				if self.yielded(&self.taken(joined, gone)) > loss {
					worst = worst.max((loss, -self.sum(gone)));
				}
			}
		}
		if all == 0 {
			return (shock, 0);
		}
		(shock + Part::new(worst.0, all), -worst.1)
	}
}

fn number(number: Option<&mainstay_risk::Number>) -> Option<String> {
	number.map(ToString::to_string)
}

fn text(part: Option<Part>, none: &str) -> Option<String> {
	Some(part.map_or(none.to_owned(), |part| part.to_string()))
}

fn thresholds() -> impl Strategy<Value = (i64, i64)> {
	prop_oneof![Just((1, 3)), Just((1, 2)), Just((2, 3)), Just((1, 1)), Just((3, 7))]
}

/// If `whole`, every edge has all of the operator's stake.
fn small(operators: usize, services: usize, whole: bool) -> impl Strategy<Value = Small> {
	let stake = prop::collection::vec(prop_oneof![1 => Just(0), 8 => 1_i64..20], 1..=operators);
	let profit = prop::collection::vec(prop_oneof![1 => Just(0), 8 => 1_i64..25], 0..=services);
	(stake, profit).prop_flat_map(move |(stake, profit)| {
		let weights = move |stake: i64| match whole {
			true => prop_oneof![Just(0), Just(stake)].boxed(),
			false => (0..=stake).boxed(),
		};
		let weight: Vec<_> =
			stake.iter().map(|stake| prop::collection::vec(weights(*stake), profit.len())).collect();
		let threshold = prop::collection::vec(thresholds(), profit.len());
		(threshold, weight).prop_map(move |(threshold, weight)| Small {
			elastic: false,
			profit: profit.clone(),
			threshold,
			stake: stake.clone(),
			weight,
		})
	})
}

fn unanimous() -> impl Strategy<Value = Small> {
	small(6, 4, true).prop_map(|mut graph| {
		graph.threshold = vec![(1, 1); graph.profit.len()];
		graph
	})
}

fn elastic() -> impl Strategy<Value = Small> {
	let stake = prop::collection::vec(0_i64..5, 1..=3);
	let profit = prop::collection::vec(0_i64..6, 1..=2);
	(stake, profit).prop_flat_map(|(stake, profit)| {
		let weight: Vec<_> =
			stake.iter().map(|stake| prop::collection::vec(0..=(*stake).min(3), profit.len())).collect();
		let threshold = prop::collection::vec(prop_oneof![Just((1, 2)), Just((1, 1))], profit.len());
		(threshold, weight).prop_map(move |(threshold, weight)| Small {
			elastic: true,
			profit: profit.clone(),
			threshold,
			stake: stake.clone(),
			weight,
		})
	})
}

/// Checks that certificates are below γ, and that no worst case exceeds what they promise.
fn certificates_hold(report: &Report) {
	let gamma = &report.gamma;
	let scale = |gamma: &Option<mainstay_risk::Number>| gamma.as_ref().map(|gamma| gamma.finite().cloned());
	let infinite = |gamma: &Option<mainstay_risk::Number>| scale(gamma) == Some(None);
	let exact = scale(&gamma.exact).unwrap();
	for certificate in [&gamma.operator, &gamma.lifted, &gamma.elastic] {
		if let (Some(Some(certificate)), Some(exact)) = (scale(certificate), &exact) {
			assert!(certificate <= *exact, "{certificate} > {exact}");
		}
		assert!(!infinite(certificate) || exact.is_none());
	}
	if let (Some(Some(operator)), Some(Some(lifted))) = (scale(&gamma.operator), scale(&gamma.lifted)) {
		assert!(operator <= lifted);
	}
	for loss in &report.loss {
		assert!(loss.exact, "{loss:?}");
		assert_eq!(loss.worst, loss.bound);
		let (Some(Some(exact)), Some(worst), Some(shock)) =
			(scale(&gamma.exact), loss.worst.as_ref().and_then(|worst| worst.finite()), loss.shock.finite())
		else {
			continue;
		};
		let one = num_rational::BigRational::from_integer(1.into());
		if exact > num_rational::BigRational::from_integer(0.into()) {
			assert!(*worst <= (one + exact.recip()) * shock);
		}
	}
}

/// Checks that the reported attack is possible, with the reported profit (`AllOrNothing`).
fn attack_is_one(graph: &Small, report: &Report) {
	let best = &report.best_attack;
	let place = |name: &String| name[1..].parse::<usize>().unwrap();
	let joined = best.operators.iter().fold(0, |set, name| set | 1 << place(name));
	let services: Vec<usize> = best.services.iter().map(place).collect();
	if services.is_empty() {
		assert_eq!(best.profit, None);
		return;
	}
	let taken = graph.taken(joined, 0);
	assert!(services.iter().all(|service| taken.contains(service)));
	let profit = graph.yielded(&services) - graph.sum(joined);
	assert_eq!(number(best.profit.as_ref()), Some(profit.to_string()));
}

fn compare(graph: &Small) {
	let report = graph.report(&["0", "1/7", "1/3"]);
	let coalitions = graph.coalitions();
	let best = graph.best_profit(&coalitions).map(|best| best.to_string());
	assert_eq!(number(report.best_attack.profit.as_ref()), best);
	assert!(report.best_attack.exact);
	attack_is_one(graph, &report);
	assert_eq!(number(report.gamma.exact.as_ref()), text(graph.gamma(&coalitions), "infinite"));
	for (loss, shock) in report.loss.iter().zip([Part::new(0, 1), Part::new(1, 7), Part::new(1, 3)]) {
		let (worst, gone) = graph.worst(shock);
		assert_eq!(number(loss.worst.as_ref()), Some(worst.to_string()));
		let lost = loss.lost.iter().fold(0, |set, name| set | 1 << name[1..].parse::<usize>().unwrap());
		assert_eq!(graph.sum(lost), gone);
	}
	certificates_hold(&report);
}

proptest! {
	#![proptest_config(cases(100))]

	#[test]
	fn all_or_nothing_equals_the_enumeration(graph in small(6, 4, true)) {
		compare(&graph);
	}

	#[test]
	fn weights_below_the_stake_as_well(graph in small(6, 4, false)) {
		compare(&graph);
	}

	#[test]
	fn smallest_cuts_equal_the_enumeration(graph in unanimous()) {
		compare(&graph);
		// If thresholds are unanimous, reuse gains nothing.
		let report = graph.report(&[]);
		if let Some(gain) = &report.reuse.gain {
			prop_assert_eq!(gain.to_string(), "1");
		}
	}

	#[test]
	fn elastic_equals_the_enumeration(graph in elastic()) {
		let report = graph.report(&["0", "1/3"]);
		let coalitions = graph.elastic_coalitions();
		let best = graph.best_profit(&coalitions).map(|best| best.to_string());
		prop_assert_eq!(number(report.best_attack.profit.as_ref()), best);
		prop_assert!(report.best_attack.exact);
		prop_assert_eq!(number(report.gamma.exact.as_ref()), text(graph.gamma(&coalitions), "infinite"));
		// The maximum that profitable attacks can forfeit.
		let mut most = Part::new(0, 1);
		for (taken, cost) in &coalitions {
			let yielded = Part::from_integer(graph.yielded(taken));
			if *cost < yielded {
				let behind: i64 = (graph.stake.iter().zip(&graph.weight))
					.map(|(stake, weight)| *stake.min(&taken.iter().map(|service| weight[*service]).sum()))
					.sum();
				most = most.max(yielded.min(Part::from_integer(behind)));
			}
		}
		let all = graph.sum(u32::MAX);
		let worst = if all == 0 { most } else { most / all };
		prop_assert_eq!(number(report.loss[0].worst.as_ref()), Some(worst.to_string()));
		certificates_hold(&report);
	}

	#[test]
	fn larger_ones_too(graph in small(10, 5, true)) {
		let report = graph.report(&[]);
		let coalitions = graph.coalitions();
		let best = graph.best_profit(&coalitions).map(|best| best.to_string());
		prop_assert_eq!(number(report.best_attack.profit.as_ref()), best);
		prop_assert_eq!(number(report.gamma.exact.as_ref()), text(graph.gamma(&coalitions), "infinite"));
	}

	#[test]
	fn more_stake_never_lowers_a_margin(graph in small(5, 3, true), operator in 0_usize..5, more in 1_i64..9) {
		let mut richer = graph.clone();
		let operator = operator % graph.stake.len();
		richer.stake[operator] += more;
		for weight in richer.weight[operator].iter_mut().filter(|weight| **weight > 0) {
			*weight += more;
		}
		for (before, after) in graph.report(&[]).services.iter().zip(&richer.report(&[]).services) {
			let margin = |service: &mainstay_risk::ServiceReport| {
				service.margin.as_ref().and_then(|margin| margin.finite().cloned())
			};
			prop_assert!(margin(before) <= margin(after));
		}
	}

	#[test]
	fn an_operator_without_stake_changes_nothing(graph in small(5, 3, false)) {
		let before = graph.report(&["1/3"]);
		let mut more = graph.graph().to_json();
		more["operators"].as_array_mut().unwrap().push(json!({"id": "none", "stake": "0"}));
		for service in 0..graph.profit.len() {
			let edge = json!({"operator": "none", "service": format!("s{service}")});
			more["edges"].as_array_mut().unwrap().push(edge);
		}
		let question = Question { shocks: Question::shocks(["1/3"]).unwrap(), ..Question::default() };
		let more = Graph::from_json(&more.to_string()).unwrap();
		let mut after = more.report(&question, &Budget::steps(10_000_000)).unwrap();
		after.operators.pop();
		prop_assert_eq!(before, after);
	}

	#[test]
	fn huge_amounts_change_only_the_unit(graph in small(5, 3, true)) {
		let huge = |value: &mut Value| {
			for name in ["profit", "stake", "weight"] {
				if let Some(Value::String(amount)) = value.get_mut(name) {
					amount.push_str(&"0".repeat(60));
				}
			}
		};
		let mut json = graph.graph().to_json();
		for list in ["services", "operators", "edges"] {
			json[list].as_array_mut().unwrap().iter_mut().for_each(huge);
		}
		let question = Question { shocks: Question::shocks(["1/3"]).unwrap(), ..Question::default() };
		let large = Graph::from_json(&json.to_string()).unwrap();
		let large = large.report(&question, &Budget::steps(10_000_000)).unwrap();
		let before = graph.report(&["1/3"]);
		prop_assert_eq!(&large.gamma, &before.gamma);
		prop_assert_eq!(&large.reuse, &before.reuse);
		prop_assert_eq!(&large.concentration, &before.concentration);
		prop_assert_eq!(&large.loss[0].worst, &before.loss[0].worst);
		prop_assert_eq!(&large.loss[0].lost, &before.loss[0].lost);
	}

	#[test]
	fn a_graph_is_read_back_as_it_was(graph in small(5, 3, false)) {
		let graph = graph.graph();
		prop_assert_eq!(Graph::from_json(&graph.to_json().to_string()), Ok(graph));
	}

	#[test]
	fn a_search_that_is_cut_short_says_what_it_knows(graph in small(8, 4, false), steps in 0_u64..40) {
		let whole = graph.report(&["1/3"]);
		let shocks = Question::shocks(["1/3"]).unwrap();
		let question = Question { shocks, ..Question::default() };
		let short = graph.graph().report(&question, &Budget::steps(steps)).unwrap();
		let value = |number: &Option<mainstay_risk::Number>| {
			number.as_ref().and_then(|number| number.finite().cloned())
		};
		let (best, short_best) = (value(&whole.best_attack.profit), &short.best_attack);
		// A search without steps may not find any attack.
		prop_assert!(value(&short_best.profit) <= best);
		prop_assert!(value(&short_best.bound) >= best || best.is_none());
		prop_assert_eq!(short_best.exact, short_best.profit == short_best.bound);
		let (worst, loss) = (value(&whole.loss[0].worst), &short.loss[0]);
		prop_assert!(value(&loss.worst) <= worst && worst <= value(&loss.bound));
		if let (Some(least), Some(most)) = (value(&short.gamma.at_least), value(&short.gamma.at_most)) {
			let exact = value(&whole.gamma.exact);
			prop_assert!(Some(&least) <= exact.as_ref() && exact.as_ref() <= Some(&most));
		}
		for (short, whole) in short.shocks.outcomes.iter().zip(&whole.shocks.outcomes) {
			prop_assert!(short.worst.finite() <= whole.worst.finite());
			prop_assert!(whole.worst.finite() <= short.bound.finite());
		}
	}
}
