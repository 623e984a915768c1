//! How long a report of three sizes of graph takes: `cargo run --release --package mainstay-risk --example sizes`.
//!
//! The graphs are made by a generator with a fixed seed. Every operator allocates to ten services, and profits are such
//! that some margins are thin.

use mainstay_risk::{Budget, Graph, Question};
use serde_json::{json, Value};
use std::time::{Duration, Instant};

/// Knuth's generator, good enough for sizes.
struct Numbers(u64);

impl Numbers {
	fn below(&mut self, bound: u64) -> u64 {
		self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
		(self.0 >> 33) % bound
	}
}

const UNIT: u64 = 1_000_000_000_000;

/// `ease`: how many hundredths of what corrupts a service it yields.
fn graph(model: &str, operators: u64, services: u64, ease: u64) -> Graph {
	let mut numbers = Numbers(7);
	let mut weights = vec![0_u128; services as usize];
	let mut stakes = Vec::new();
	let mut edges = Vec::new();
	for operator in 0..operators {
		let stake = u128::from((1_000 + numbers.below(1_000_000)) * UNIT / 1_000);
		stakes.push(json!({"id": operator.to_string(), "stake": stake.to_string()}));
		let first = numbers.below(services);
		for step in 0..10 {
			let service = (first + step * (1 + services / 11)) % services;
			let part = if model == "elastic" { 20 + u128::from(numbers.below(80)) } else { 100 };
			let weight = stake * part / 100;
			weights[service as usize] += weight;
			edges.push(json!({
				"operator": operator.to_string(),
				"service": service.to_string(),
				"weight": weight.to_string(),
			}));
		}
	}
	let declared = |(service, weight): (usize, &u128)| -> Value {
		let profit = weight / 300 * u128::from(ease) / 10;
		json!({"id": service.to_string(), "profit": profit.to_string(), "threshold": "1/3"})
	};
	let services: Vec<Value> = weights.iter().enumerate().map(declared).collect();
	let file = json!({"model": model, "services": services, "operators": stakes, "edges": edges});
	Graph::from_json(&file.to_string()).expect("the generator makes graphs")
}

fn main() {
	for (operators, services) in [(100, 20), (1_000, 100), (10_000, 1_000)] {
		for (model, ease) in [("allOrNothing", 9), ("allOrNothing", 11), ("elastic", 9), ("elastic", 11)] {
			let graph = graph(model, operators, services, ease);
			let start = Instant::now();
			let certificates = graph.certificates();
			let services_report = graph.services_report();
			let operators_report = graph.operators_report();
			let concentration = graph.concentration();
			let quick = start.elapsed();
			let gamma =
				certificates.and_then(|it| it.best().map(|it| it.gamma.floored(4))).unwrap_or_default();
			println!(
				"{model}, {operators} × {services} × 10: numbers 1, 2 and 5 in {quick:.2?}, γ ≥ {gamma}, {} lines",
				services_report.len() + operators_report.len() + concentration.overlap.len()
			);
			let start = Instant::now();
			let budget = Budget::time(Duration::from_secs(8));
			let report = graph.report(&Question::default(), &budget).expect("the question is sound");
			let best = &report.best_attack;
			let shown = |number: &Option<mainstay_risk::Number>| {
				number.as_ref().map(|number| number.floored(0)).unwrap_or_default()
			};
			println!(
				"\treport in {:.2?}: best attack {} of at most {}, γ in [{:?}, {:?}], {} of {} shocks exact",
				start.elapsed(),
				shown(&best.profit),
				shown(&best.bound),
				report.gamma.at_least.as_ref().map(|gamma| gamma.floored(4)),
				report.gamma.at_most.as_ref().map(|gamma| gamma.floored(4)),
				report.shocks.outcomes.iter().filter(|outcome| outcome.exact).count(),
				report.shocks.outcomes.len(),
			);
		}
	}
}
