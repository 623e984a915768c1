//! `mainstay-cli risk`: what a restaking graph tells about how far a failure spreads. None of it talks to a node.

use crate::{
	error::Error,
	output::{plain, Out},
};
use clap::{Args, Subcommand};
use mainstay_risk::{
	AttackReport, Binding, Budget, Concentration, Gamma, Graph, LossReport, Number, Question, Report, Shock,
};
use std::{path::PathBuf, time::Duration};

/// How many digits people see behind the point.
const PLACES: u32 = 4;

/// Compute how far a failure of operators or services spreads.
#[derive(Clone, Debug, Subcommand)]
pub enum RiskCommand {
	/// Report on a graph in a file: slack, the best attack, losses after shocks, concentration
	///
	/// People see decimals, rounded against the reader's comfort; --json has the exact numbers. What a search has not
	/// finished is told with a bound.
	Report(ReportOf),
}

/// What is asked of a graph.
#[derive(Args, Clone, Debug)]
pub struct ReportOf {
	/// The file with the graph, in JSON.
	#[arg(long, value_name = "FILE")]
	graph: PathBuf,
	/// Parts of the stake: the worst case after any loss of so much, such as 2/15,1/5.
	#[arg(long, value_name = "PARTS", value_delimiter = ',')]
	shock: Vec<String>,
	/// Services that have slashed all they can: the report is of what they leave.
	#[arg(long, value_name = "SERVICES", value_delimiter = ',')]
	byzantine: Vec<String>,
	/// How long searches may take, in seconds.
	#[arg(long, value_name = "SECONDS", default_value = "10", value_parser = clap::value_parser!(u64).range(1..=86_400))]
	time: u64,
}

/// Does what `command` says.
pub fn run(command: &RiskCommand, out: &Out) -> Result<(), Error> {
	let RiskCommand::Report(of) = command;
	let report = of.report()?;
	match out.is_json() {
		true => out.json(&serde_json::to_value(&report).map_err(|error| Error::Io(error.to_string()))?),
		false => show(&report, out),
	}
	Ok(())
}

impl ReportOf {
	fn report(&self) -> Result<Report, Error> {
		let file = self.graph.display();
		let text = std::fs::read_to_string(&self.graph)
			.map_err(|error| Error::Io(format!("cannot read {file}: {error}")))?;
		let unfit = |error: mainstay_risk::Error| Error::Usage(error.to_string());
		let graph = Graph::from_json(&text).map_err(|error| Error::Usage(format!("{file}: {error}")))?;
		let shocks = Question::shocks(self.shock.iter().map(String::as_str)).map_err(unfit)?;
		let question = Question { shocks, byzantine: self.byzantine.clone() };
		graph.report(&question, &Budget::time(Duration::from_secs(self.time))).map_err(unfit)
	}
}

/// Of what is good when it is large.
fn low(number: Option<&Number>) -> String {
	number.map_or("not certified".into(), |number| number.floored(PLACES))
}

/// Of what is good when it is small.
fn high(number: Option<&Number>) -> String {
	number.map_or("not certified".into(), |number| number.raised(PLACES))
}

/// An amount, in the graph's unit.
fn amount(number: &Number) -> String {
	match number.finite() {
		Some(value) if value.is_integer() => number.to_string(),
		_ => number.floored(PLACES),
	}
}

fn names(names: &[String]) -> String {
	match names {
		[] => "nobody".into(),
		names => plain(&names.join(", ")),
	}
}

fn show(report: &Report, out: &Out) {
	if let Some(reason) = report.certainty.reason() {
		out.line(&format!("Not certified: {}.\n", plain(reason)));
	}
	if !report.byzantine.is_empty() {
		out.line(&format!("After {} slashed all they could.\n", names(&report.byzantine)));
	}
	out.rows(&slack(report));
	out.heading("services");
	out.table(&["service", "members", "weight", "corrupted by", "margin", "coverage"], services(report));
	out.heading("operators");
	let header = ["operator", "stake", "load", "degree", "lost to one", "to two", "to all"];
	out.table(&header, operators(report));
	if !report.loss.is_empty() {
		out.heading("worst cases");
		out.table(&["loss of", "worst", "at most", "lost", "then attack by"], losses(&report.loss));
	}
	if !report.shocks.outcomes.is_empty() {
		out.heading("shocks");
		out.table(&["shock", "gone", "worst", "at most", "then attack on"], shocks(report));
	}
	out.heading("concentration");
	let header = ["of", "part", "held by", "Herfindahl", "largest", "3 largest", "10 largest"];
	out.table(&header, concentrations(report));
}

fn gamma_row(gamma: &Gamma) -> String {
	match (&gamma.exact, &gamma.at_least, &gamma.at_most) {
		(Some(exact), _, _) => exact.floored(PLACES),
		(None, Some(least), Some(most)) => {
			format!("between {} and {}", least.floored(PLACES), most.floored(PLACES))
		},
		_ => "not certified".into(),
	}
}

fn slack(report: &Report) -> Vec<(String, String)> {
	let gamma = &report.gamma;
	let certificates = [
		("slack, by operators", &gamma.operator, &report.bindings.operator),
		("slack, lifted", &gamma.lifted, &report.bindings.lifted),
		("slack, elastic", &gamma.elastic, &report.bindings.elastic),
	];
	let mut rows = Vec::new();
	for (name, gamma, binding) in certificates {
		let Some(gamma) = gamma else { continue };
		let binding = match binding {
			Some(Binding::Operator(id)) => format!(", bound by operator {}", plain(id)),
			Some(Binding::Service(id)) => format!(", bound by service {}", plain(id)),
			None => String::new(),
		};
		rows.push((name, format!("{}{binding}", gamma.floored(PLACES))));
	}
	rows.push(("slack, exact", gamma_row(gamma)));
	let best = &report.best_attack;
	rows.push(match &best.profit {
		None if best.certainty.is_certified() => ("best attack", "there is no service to attack".into()),
		None => ("best attack", "not certified".into()),
		Some(profit) => ("best attack", {
			let bound = match best.exact {
				true => String::new(),
				false => format!("; none has more than {}", high(best.bound.as_ref())),
			};
			let by = names(&best.operators);
			format!("profit {} by {by} on {}{bound}", profit.raised(PLACES), names(&best.services))
		}),
	});
	if let Some(gain) = &report.reuse.gain {
		rows.push(("gain by reuse", gain.floored(PLACES)));
	}
	rows.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

fn services(report: &Report) -> Vec<Vec<String>> {
	let rows = report.services.iter().map(|service| {
		vec![
			plain(&service.id),
			service.members.to_string(),
			amount(&service.weight),
			amount(&service.needed),
			low(service.margin.as_ref()),
			low(service.coverage.as_ref()),
		]
	});
	rows.collect()
}

fn operators(report: &Report) -> Vec<Vec<String>> {
	let part = |number: Option<&Number>| number.map_or("-".to_owned(), |number| number.raised(PLACES));
	let rows = report.operators.iter().map(|operator| {
		let worst = operator.worst_loss.as_ref();
		vec![
			plain(&operator.id),
			amount(&operator.stake),
			match operator.certainty.is_certified() {
				true => part(operator.load.as_ref()),
				false => "not certified".into(),
			},
			part(operator.degree.as_ref()),
			part(worst.map(|worst| &worst.one)),
			part(worst.map(|worst| &worst.two)),
			part(worst.map(|worst| &worst.all)),
		]
	});
	rows.collect()
}

fn losses(losses: &[LossReport]) -> Vec<Vec<String>> {
	let row = |loss: &LossReport| {
		vec![
			loss.shock.to_string(),
			high(loss.worst.as_ref()),
			if loss.exact { "exact".into() } else { high(loss.bound.as_ref()) },
			names(&loss.lost),
			loss.attack.as_ref().map_or("none".into(), |attack| names(&attack.operators)),
		]
	};
	losses.iter().map(row).collect()
}

fn shocks(report: &Report) -> Vec<Vec<String>> {
	let on = |attack: &AttackReport| names(&attack.services);
	let rows = report.shocks.outcomes.iter().map(|outcome| {
		let shock = match &outcome.shock {
			Shock::Largest(most) => format!("largest {most} gone"),
			Shock::Byzantine(services) => format!("{} slash all", names(services)),
			Shock::WorstPair(services) => format!("worst pair, {}", names(services)),
			Shock::Price { kind, price } => format!("{} at {price}", plain(kind)),
			Shock::Owner(owner) => format!("all of {} gone", plain(owner)),
		};
		vec![
			shock,
			outcome.gone.raised(PLACES),
			outcome.worst.raised(PLACES),
			if outcome.exact { "exact".into() } else { outcome.bound.raised(PLACES) },
			outcome.attack.as_ref().map_or("none".into(), on),
		]
	});
	rows.collect()
}

fn concentrations(report: &Report) -> Vec<Vec<String>> {
	let row = |name: String, of: &Concentration| {
		let part =
			|number: &Option<Number>| number.as_ref().map_or("-".into(), |number| number.raised(PLACES));
		vec![
			name,
			of.threshold.to_string(),
			of.nakamoto.map_or("-".into(), |few| few.to_string()),
			part(&of.herfindahl),
			part(&of.largest1),
			part(&of.largest3),
			part(&of.largest10),
		]
	};
	let concentration = &report.concentration;
	let mut rows = vec![row("all stake".into(), &concentration.network)];
	rows.extend(concentration.services.iter().map(|of| row(plain(&of.id), &of.concentration)));
	rows
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;
	use std::path::Path;

	fn vector(name: &str) -> PathBuf {
		Path::new(env!("CARGO_MANIFEST_DIR")).join("../risk/vectors").join(name)
	}

	fn ask(graph: PathBuf, shock: &[&str], byzantine: &[&str]) -> Result<Report, Error> {
		let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
		ReportOf { graph, shock: texts(shock), byzantine: texts(byzantine), time: 60 }.report()
	}

	fn json(report: &Report) -> serde_json::Value {
		serde_json::to_value(report).unwrap()
	}

	#[test]
	fn programs_get_exact_numbers() {
		let report = json(&ask(vector("v7.json"), &["2/15", "1/5"], &[]).unwrap());
		assert_eq!(report["gamma"]["operator"], "-9/22");
		assert_eq!(report["gamma"]["lifted"], "-141/401");
		assert_eq!(report["gamma"]["elastic"], json!(null));
		assert_eq!(report["gamma"]["exact"], "1/9");
		assert_eq!(report["binding"], json!({"operator": "v1"}));
		assert_eq!(report["bestAttack"]["profit"], "-6");
		assert_eq!(report["services"][0]["needed"], "130/3");
		assert_eq!(report["loss"][1]["worst"], "3/5");
		assert_eq!(report["loss"][1]["lost"], json!(["v2"]));
		assert_eq!(json(&ask(vector("v10.json"), &[], &["0"]).unwrap())["bestAttack"]["profit"], "2");
	}

	#[test]
	fn people_get_them_rounded_against_their_comfort() {
		let report = ask(vector("v7.json"), &["1/5"], &[]).unwrap();
		let rows = slack(&report);
		let row = |name: &str| rows.iter().find(|row| row.0 == name).map(|row| row.1.as_str());
		assert_eq!(row("slack, by operators"), Some("-0.4091, bound by operator v1"));
		assert_eq!(row("slack, elastic"), None);
		assert_eq!(row("slack, exact"), Some("0.1111"));
		assert_eq!(row("best attack"), Some("profit -6.0000 by v0 on 0, 1"));
		assert_eq!(operators(&report)[1][..4], ["v1", "40", "1.6924", "3.0000"].map(String::from));
		assert_eq!(services(&report)[0][3..5], ["43.3333", "0.4444"].map(String::from));
		assert_eq!(losses(&report.loss)[0], ["1/5", "0.6000", "exact", "v2", "v1, v3"]);
	}

	#[test]
	fn every_vector_is_told() {
		let mut told = 0;
		for entry in std::fs::read_dir(vector("")).unwrap() {
			let report = ask(entry.unwrap().path(), &["1/10"], &[]).unwrap();
			assert!(report.certainty.is_certified() && report.loss[0].exact);
			show(&report, &Out::new(false, true));
			told += 1;
		}
		assert_eq!(told, 18);
	}

	#[test]
	fn what_is_no_graph_is_told() {
		let missing = ask(vector("none.json"), &[], &[]).unwrap_err();
		assert!(missing.to_string().contains("none.json"), "{missing}");
		let shock = ask(vector("v7.json"), &["3/2"], &[]).unwrap_err();
		assert_eq!(shock.to_string(), "a shock is a part of the stake, between 0 and 1, and not 3/2");
		assert_eq!(shock.code(), 2);
		let service = ask(vector("v10.json"), &[], &["9"]).unwrap_err();
		assert_eq!(service.to_string(), "there is no service \"9\"");
		let manifest = ask(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"), &[], &[]).unwrap_err();
		assert!(manifest.to_string().contains("not a graph"), "{manifest}");
	}
}
