//! The graphs in `vectors/`, and their known results.

use mainstay_risk::{Budget, Graph, Question, Report};
use serde_json::{json, Value};
use std::path::Path;

fn graph(name: &str) -> Graph {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name).with_extension("json");
	let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
	Graph::from_json(&json).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn asked(name: &str, question: &Question) -> Value {
	let report: Report = graph(name).report(question, &Budget::steps(1_000_000)).unwrap();
	serde_json::to_value(report).unwrap()
}

fn report(name: &str) -> Value {
	asked(name, &Question::default())
}

/// The worst case for each shock: the loss, and the operators that are lost.
fn losses(name: &str, shocks: &[&str]) -> Vec<(Value, Value)> {
	let question =
		Question { shocks: Question::shocks(shocks.iter().copied()).unwrap(), ..Question::default() };
	let report = asked(name, &question);
	let loss = report["loss"].as_array().unwrap();
	for (entry, shock) in loss.iter().zip(shocks) {
		assert_eq!(entry["shock"], *shock);
		assert_eq!(entry["exact"], true);
	}
	loss.iter().map(|entry| (entry["worst"].clone(), entry["lost"].clone())).collect()
}

#[test]
fn v1_no_slack() {
	let report = report("v1");
	for gamma in ["operator", "lifted", "exact"] {
		assert_eq!(report["gamma"][gamma], "0", "{gamma}");
	}
	assert_eq!(report["binding"], json!({"operator": "v0"}));
	assert_eq!(report["bestAttack"]["profit"], "0");
	assert_eq!(
		losses("v1", &["1/100", "9/1000"]),
		[(json!("1"), json!(["v0"])), (json!("9/1000"), json!([]))]
	);
}

#[test]
fn v2_close_to_the_bound() {
	let report = report("v2");
	assert_eq!(report["gamma"]["operator"], "1/2");
	assert_eq!(report["gamma"]["exact"], "1/2");
	assert_eq!(report["bounds"][3]["shock"], "1/10");
	assert_eq!(report["bounds"][3]["operator"], "3/10");
	assert_eq!(losses("v2", &["1/10"]), [(json!("1/4"), json!(["a"]))]);
}

#[test]
fn v3_an_attack_gains() {
	let report = report("v3");
	for gamma in ["operator", "lifted", "exact"] {
		assert_eq!(report["gamma"][gamma], "-1/101", "{gamma}");
	}
	assert_eq!(report["bestAttack"]["profit"], "1");
	assert_eq!(report["bestAttack"]["exact"], true);
	assert_eq!(report["bestAttack"]["operators"], json!(["v1", "v99"]));
	assert_eq!(report["bestAttack"]["services"], json!(["blue"]));
	let green = self::report("v3-green");
	assert_eq!(green["gamma"]["operator"], "99");
	assert_eq!(green["gamma"]["exact"], "99");
}

#[test]
fn v4_what_a_shock_leads_to_at_most() {
	for (name, gamma, bound) in
		[("v4-a", "1/10", "11/1000"), ("v4-b", "1/100", "101/1000"), ("v4-c", "1/10000", "1")]
	{
		let report = report(name);
		assert_eq!(report["gamma"]["operator"], gamma);
		assert_eq!(report["bounds"][0]["shock"], "1/1000");
		assert_eq!(report["bounds"][0]["operator"], bound, "{name}");
	}
}

#[test]
fn v5_at_the_boundary() {
	for (name, gamma) in [
		("v5-1-3-300", "0"),
		("v5-1-3-330", "1/10"),
		("v5-1-3-329", "29/300"),
		("v5-1-2-300", "1/2"),
		("v5-1-2-205", "1/40"),
		("v5-1-2-200", "0"),
	] {
		assert_eq!(report(name)["gamma"]["operator"], gamma, "{name}");
	}
}

#[test]
fn v6_no_stake_no_difference() {
	let report = report("v6");
	for gamma in ["operator", "lifted", "exact"] {
		assert_eq!(report["gamma"][gamma], "99", "{gamma}");
	}
	assert_eq!(report["operators"][2]["load"], Value::Null);
}

#[test]
fn v7_secure_and_not_certified() {
	let report = report("v7");
	let needed: Vec<_> = (0..3).map(|index| report["services"][index]["needed"].clone()).collect();
	assert_eq!(needed, ["130/3", "60", "30"]);
	let loads: Vec<_> = (0..4).map(|index| report["operators"][index]["load"].clone()).collect();
	assert_eq!(loads, ["71/65", "22/13", "84/65", "1"]);
	assert_eq!(report["gamma"]["operator"], "-9/22");
	assert_eq!(report["gamma"]["lifted"], "-141/401");
	assert_eq!(report["gamma"]["elastic"], Value::Null);
	assert_eq!(report["gamma"]["exact"], "1/9");
	assert_eq!(report["binding"], json!({"operator": "v1"}));
	assert_eq!(report["bindings"]["lifted"], json!({"operator": "v1"}));
	assert_eq!(report["bestAttack"]["profit"], "-6");
	assert_eq!(report["bestAttack"]["bound"], "-6");
	assert_eq!(report["bestAttack"]["exact"], true);
	assert_eq!(report["bestAttack"]["operators"], json!(["v0"]));
	assert_eq!(report["bestAttack"]["services"], json!(["0", "1"]));
	let question = Question { shocks: Question::shocks(["1/5"]).unwrap(), ..Question::default() };
	let loss = &asked("v7", &question)["loss"][0];
	assert_eq!(loss["lost"], json!(["v2"]));
	assert_eq!(loss["attack"]["operators"], json!(["v1", "v3"]));
	assert_eq!(loss["attack"]["services"], json!(["0", "1", "2"]));
	let worst: Vec<_> =
		losses("v7", &["2/15", "1/5", "4/15", "1/3"]).into_iter().map(|(worst, _)| worst).collect();
	assert_eq!(worst, ["2/15", "3/5", "2/3", "11/15"]);
	assert_eq!(losses("v7", &["2/15"])[0].1, json!([]));
}

#[test]
fn v8_reuse_gains() {
	let report = report("v8");
	assert_eq!(report["gamma"]["operator"], "17/22");
	assert_eq!(report["gamma"]["lifted"], "379/401");
	assert_eq!(report["gamma"]["exact"], "7/3");
	assert_eq!(report["reuse"]["split"], "75/32");
	assert_eq!(report["reuse"]["gain"], "64/45");
	assert_eq!(losses("v8", &["2/5"]), [(json!("2/5"), json!([]))]);
	// (1 + 22/17) · 1/10
	assert_eq!(report["bounds"][3]["operator"], "39/170");
}

#[test]
fn reuse_can_hurt() {
	let report = report("reuse-hurts");
	assert_eq!(report["reuse"]["split"], "1");
	assert_eq!(report["gamma"]["exact"], "-1/3");
	assert_eq!(report["reuse"]["gain"], "2/3");
	assert_eq!(report["bestAttack"]["profit"], "5");
	assert_eq!(report["bestAttack"]["operators"], json!(["v0"]));
}

#[test]
fn v10_one_byzantine_service_takes_all() {
	let report = report("v10");
	assert_eq!(report["gamma"]["operator"], Value::Null);
	assert_eq!(report["gamma"]["lifted"], Value::Null);
	assert_eq!(report["gamma"]["elastic"], "0");
	assert_eq!(report["binding"], json!({"operator": "v0"}));
	assert_eq!(report["bestAttack"]["profit"], "-1");
	assert_eq!(report["bestAttack"]["exact"], true);
	assert_eq!(report["bestAttack"]["services"], json!(["0", "1", "2"]));
	for (byzantine, profit) in [(vec!["0"], "2"), (vec!["2"], "2"), (vec!["0", "1"], "1")] {
		let question = Question {
			byzantine: byzantine.iter().map(|name| (*name).to_owned()).collect(),
			..Question::default()
		};
		let report = asked("v10", &question);
		assert_eq!(report["byzantine"], json!(byzantine));
		assert_eq!(report["bestAttack"]["profit"], profit);
		assert_eq!(report["bestAttack"]["operators"], json!([]));
		assert_eq!(report["gamma"]["exact"], "-1");
		assert_eq!(report["gamma"]["elastic"], "-1");
		for operator in report["operators"].as_array().unwrap() {
			assert_eq!(operator["stake"], "0");
		}
	}
}
