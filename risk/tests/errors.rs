//! Files that are not graphs, numbers that cannot be certified, and parts of a report that need more than the graph's
//! form.

use mainstay_risk::{Budget, Error, Graph, Model, NumberError, Question};
use proptest::prelude::*;
use serde_json::{json, Value};

fn sound() -> Value {
	json!({
		"model": "elastic",
		"services": [
			{"id": "x", "profit": "100", "threshold": "1/3"},
			{"id": "y", "profit": "7", "threshold": "2/3"},
		],
		"operators": [
			{"id": "a", "stake": "60", "owner": "o", "kinds": {"native": "40", "asset:7": "20"},
				"leaving": {"12": "6", "13": "4"}},
			{"id": "b", "stake": "40", "kinds": {"native": "40"}},
		],
		"edges": [
			{"operator": "a", "service": "x", "weight": "30", "kinds": {"native": "10", "asset:7": "20"}},
			{"operator": "b", "service": "x"},
			{"operator": "a", "service": "y"},
		],
		"positions": [
			{"owner": "d", "operator": "a", "value": "30"},
			{"owner": "d", "operator": "b", "value": "10"},
		],
	})
}

fn read(file: &Value) -> Result<Graph, Error> {
	Graph::from_json(&file.to_string())
}

/// The error after one change of the valid file.
fn wrong(pointer: &str, value: Value) -> Error {
	let mut file = sound();
	*file.pointer_mut(pointer).unwrap() = value;
	read(&file).unwrap_err()
}

fn added(list: &str, value: Value) -> Error {
	let mut file = sound();
	file[list].as_array_mut().unwrap().push(value);
	read(&file).unwrap_err()
}

fn report(file: &Value, question: &Question) -> Value {
	let report = read(file).unwrap().report(question, &Budget::steps(1_000_000)).unwrap();
	serde_json::to_value(report).unwrap()
}

#[test]
fn what_is_no_graph_is_refused() {
	let form = |error: Error, part: &str| match error {
		Error::Form(text) => assert!(text.contains(part), "{text}"),
		other => panic!("{other}"),
	};
	form(Graph::from_json("").unwrap_err(), "EOF");
	form(Graph::from_json("[]").unwrap_err(), "length 0");
	form(Graph::from_json("{}").unwrap_err(), "missing field `model`");
	form(Graph::from_json(&"[".repeat(100_000)).unwrap_err(), "line 1");
	form(wrong("/model", json!("robust")), "unknown variant `robust`");
	form(
		wrong("/edges/0", json!({"operator": "a", "service": "x", "wieght": "3"})),
		"unknown field `wieght`",
	);
	form(wrong("/operators/0", json!({"id": "a"})), "missing field `stake`");
	form(wrong("/services/0", json!({"id": "x", "profit": "1"})), "missing field `threshold`");
	form(wrong("/operators/0/leaving", json!({"soon": "1"})), "key to be a number");
}

#[test]
fn numbers_are_exact_and_not_negative() {
	let number = |at: &str, why| Error::Number { at: at.into(), why };
	assert_eq!(
		wrong("/operators/0/stake", json!("-60")),
		number("stake of operator \"a\"", NumberError::Negative("-60".into()))
	);
	assert_eq!(
		wrong("/services/0/profit", json!(1.5)),
		number("profit of service \"x\"", NumberError::Malformed("1.5".into()))
	);
	assert_eq!(
		wrong("/services/0/threshold", json!("1/0")),
		number("threshold of service \"x\"", NumberError::ZeroDenominator("1/0".into()))
	);
	assert_eq!(
		wrong("/edges/0/weight", json!([1])),
		number("weight of operator \"a\" for service \"x\"", NumberError::Malformed("[1]".into()))
	);
	assert_eq!(
		wrong("/operators/1/stake", json!("1".repeat(201))),
		number("stake of operator \"b\"", NumberError::TooLong)
	);
	let mut file = sound();
	file["services"][0]["profit"] = json!(100);
	assert_eq!(read(&file), read(&sound()), "a JSON integer is accepted");
}

#[test]
fn names_are_there_once() {
	assert_eq!(added("services", json!({"id": "x", "threshold": "1"})), Error::DuplicateService("x".into()));
	assert_eq!(added("operators", json!({"id": "b", "stake": "1"})), Error::DuplicateOperator("b".into()));
	assert_eq!(
		added("edges", json!({"operator": "b", "service": "x", "weight": "1"})),
		Error::DuplicateEdge { operator: "b".into(), service: "x".into() }
	);
	assert_eq!(added("edges", json!({"operator": "c", "service": "x"})), Error::UnknownOperator("c".into()));
	assert_eq!(added("edges", json!({"operator": "b", "service": "z"})), Error::UnknownService("z".into()));
	assert_eq!(
		added("positions", json!({"owner": "d", "operator": "c", "value": "1"})),
		Error::UnknownOperator("c".into())
	);
}

#[test]
fn amounts_fit_each_other() {
	for threshold in ["0", "4/3"] {
		assert_eq!(
			wrong("/services/1/threshold", json!(threshold)),
			Error::Threshold { service: "y".into(), threshold: threshold.into() }
		);
	}
	let mut file = sound();
	file["edges"][1] = json!({"operator": "b", "service": "x", "weight": "41"});
	assert_eq!(
		read(&file).unwrap_err(),
		Error::WeightAboveStake {
			operator: "b".into(),
			service: "x".into(),
			weight: "41".into(),
			stake: "40".into()
		}
	);
	assert_eq!(
		wrong("/operators/0/kinds/native", json!("41")),
		Error::KindsDoNotAddUp { at: "stake of operator \"a\"".into(), sum: "61".into(), whole: "60".into() }
	);
	assert_eq!(
		wrong("/edges/1", json!({"operator": "b", "service": "x", "weight": "7"})),
		Error::KindsMissing { operator: "b".into(), service: "x".into() }
	);
	assert_eq!(
		wrong("/edges/0/kinds", json!({"native": "9", "asset:7": "21"})),
		Error::KindAboveStake { operator: "a".into(), service: "x".into(), kind: "asset:7".into() }
	);
	assert_eq!(
		wrong("/operators/0/leaving/12", json!("57")),
		Error::LeavingAboveStake { operator: "a".into(), leaving: "61".into(), stake: "60".into() }
	);
}

#[test]
fn questions_are_checked() {
	assert_eq!(Question::shocks(["11/10"]), Err(Error::Shock("11/10".into())));
	assert_eq!(
		Question::shocks(["x"]),
		Err(Error::Number { at: "shock".into(), why: NumberError::Malformed("x".into()) })
	);
	let question = Question { byzantine: vec!["z".into()], ..Question::default() };
	let graph = read(&sound()).unwrap();
	assert_eq!(graph.report(&question, &Budget::steps(1)).unwrap_err(), Error::UnknownService("z".into()));
}

#[test]
fn without_a_profit_nothing_that_needs_it_is_certified() {
	let mut file = sound();
	file["services"][1]["profit"] = Value::Null;
	let question = Question { shocks: Question::shocks(["1/10"]).unwrap(), ..Question::default() };
	let report = report(&file, &question);
	let reason = "service \"y\" declares no profit";
	for part in ["gamma", "bestAttack", "reuse", "shocks"] {
		assert_eq!(report[part]["certified"], false, "{part}");
		assert_eq!(report[part]["reason"], reason, "{part}");
	}
	assert_eq!(report["certified"], false);
	assert_eq!(report["loss"][0]["certified"], false);
	assert_eq!(report["loss"][0]["worst"], Value::Null);
	assert_eq!(report["gamma"]["elastic"], Value::Null);
	assert_eq!(report["gamma"]["exact"], Value::Null);
	assert_eq!(report["binding"], Value::Null);
	assert_eq!(report["bounds"][0]["elastic"], Value::Null);
	assert_eq!(report["bestAttack"]["exact"], false);
	// Known results are still reported.
	assert_eq!(report["services"][0]["certified"], true);
	assert_eq!(report["services"][0]["margin"], "-23/30");
	assert_eq!(report["services"][1]["certified"], false);
	assert_eq!(report["services"][1]["margin"], Value::Null);
	assert_eq!(report["operators"][0]["load"], Value::Null);
	assert_eq!(report["operators"][0]["reason"], reason);
	assert_eq!(report["operators"][1]["load"], "30/7");
	assert_eq!(report["operators"][0]["degree"], "3/2");
	assert_eq!(report["concentration"]["network"]["nakamoto"], 1);
}

#[test]
fn a_service_without_weight_is_a_free_attack() {
	for model in ["elastic", "allOrNothing"] {
		let file = json!({"model": model,
			"services": [{"id": "x", "profit": "5", "threshold": "1/2"}, {"id": "y", "profit": "1", "threshold": "1"}],
			"operators": [{"id": "a", "stake": "60"}], "edges": [{"operator": "a", "service": "y"}]});
		let report = report(&file, &Question::default());
		let certificate = if model == "elastic" { "elastic" } else { "operator" };
		assert_eq!(report["gamma"][certificate], "-1");
		assert_eq!(report["gamma"]["exact"], "-1");
		assert_eq!(report["binding"], json!({"service": "x"}));
		assert_eq!(report["bestAttack"]["profit"], "5");
		assert_eq!(report["bestAttack"]["operators"], json!([]));
		assert_eq!(report["services"][0]["margin"], "-1");
	}
}

#[test]
fn nothing_to_gain_is_infinite_slack() {
	let file = json!({"model": "allOrNothing", "services": [{"id": "x", "profit": "0", "threshold": "1/2"}],
		"operators": [{"id": "a", "stake": "60"}], "edges": [{"operator": "a", "service": "x"}]});
	let report = report(&file, &Question::default());
	assert_eq!(report["gamma"]["exact"], "infinite");
	assert_eq!(report["gamma"]["lifted"], "infinite");
	assert_eq!(report["binding"], Value::Null);
	assert_eq!(report["bounds"][1]["exact"], "1/100");
	assert_eq!(report["services"][0]["margin"], "infinite");
	assert_eq!(report["bestAttack"]["profit"], "-60");
	let empty = json!({"model": "elastic", "services": [], "operators": [], "edges": []});
	let report = self::report(&empty, &Question::default());
	assert_eq!(report["bestAttack"]["profit"], Value::Null);
	assert_eq!(report["bestAttack"]["exact"], true);
	assert_eq!(report["concentration"]["network"]["nakamoto"], Value::Null);
}

#[test]
fn concentration_and_what_leaves() {
	let report = report(&sound(), &Question::default());
	let concentration = &report["concentration"];
	assert_eq!(
		concentration["network"],
		json!({"threshold": "1/3", "nakamoto": 1, "herfindahl": "13/25", "largest1": "3/5", "largest3": "1",
			"largest10": "1"})
	);
	assert_eq!(concentration["services"][0]["id"], "x");
	assert_eq!(concentration["services"][0]["largest1"], "4/7");
	assert_eq!(concentration["services"][1]["nakamoto"], 1);
	assert_eq!(concentration["overlap"], json!([{"services": ["x", "y"], "shared": "1/2"}]));
	assert_eq!(concentration["leaving"], json!({"12": "3/50", "13": "1/25"}));
}

#[test]
fn what_a_delegator_can_lose() {
	let report = report(&sound(), &Question::default());
	assert_eq!(report["operators"][0]["worstLoss"], json!({"one": "1", "two": "1", "all": "1"}));
	let delegator = &report["positions"][0];
	assert_eq!(delegator["owner"], "d");
	assert_eq!(delegator["value"], "40");
	// x: 30 · 30/60 + 10 · 40/40; y: 30 · 60/60.
	assert_eq!(delegator["correlated"], "3/4");
	assert_eq!(delegator["service"], "y");
	assert_eq!(
		delegator["positions"][1],
		json!({"operator": "b", "value": "10",
		"worstLoss": {"one": "1", "two": "1", "all": "1"}})
	);
}

#[test]
fn shocks_have_their_outcomes() {
	let report = report(&sound(), &Question::default());
	let outcomes = report["shocks"]["outcomes"].as_array().unwrap();
	let outcome = |shock: Value| outcomes.iter().find(|outcome| outcome["shock"] == shock).unwrap();
	assert_eq!(outcome(json!({"largest": 1}))["gone"], "3/5");
	assert_eq!(outcome(json!({"largest": 10}))["gone"], "1");
	assert_eq!(outcome(json!({"price": {"kind": "asset:7", "price": "0"}}))["gone"], "1/5");
	assert_eq!(outcome(json!({"price": {"kind": "asset:7", "price": "1/2"}}))["gone"], "1/10");
	assert_eq!(outcome(json!({"price": {"kind": "native", "price": "4/5"}}))["gone"], "4/25");
	assert_eq!(outcome(json!({"owner": "o"}))["gone"], "3/5");
	assert_eq!(outcome(json!({"byzantine": ["x"]}))["gone"], "7/10");
	assert_eq!(outcome(json!({"byzantine": ["y"]}))["gone"], "3/5");
	let pair = outcome(json!({"worstPair": ["x", "y"]}));
	assert_eq!((&pair["gone"], &pair["worst"], &pair["exact"]), (&json!("1"), &json!("1"), &json!(true)));
	// After y has taken all of a, x has 40 of b. An attack on x pays 100 and can forfeit all of that stake.
	assert_eq!(outcome(json!({"byzantine": ["y"]}))["worst"], "1");
	assert_eq!(outcome(json!({"byzantine": ["y"]}))["attack"]["services"], json!(["x"]));
}

#[test]
fn graphs_after_a_shock_keep_their_form() {
	let graph = read(&sound()).unwrap();
	assert_eq!(graph.model(), Model::Elastic);
	let left = graph.byzantine(&[0].into());
	assert_eq!(left.services().len(), 1);
	assert_eq!(left.operators()[0].stake.to_string(), "30");
	assert_eq!(left.edges()[0].weight.to_string(), "30", "the weight is cut to the stake that is left");
	let left = graph.without_operators(&[0].into());
	assert_eq!((left.operators().len(), left.edges().len(), left.positions().len()), (1, 1, 1));
	let left = graph.priced("asset:7", &num_rational::BigRational::new(1.into(), 2.into()));
	assert_eq!(left.operators()[0].stake.to_string(), "50");
	assert_eq!(left.edges()[0].weight.to_string(), "20");
	assert_eq!(left.positions()[0].value.to_string(), "25");
	assert_eq!(Graph::from_json(&left.to_json().to_string()), Ok(left));
}

/// JSON that resembles a graph.
fn near() -> impl Strategy<Value = Value> {
	let leaf = prop_oneof![
		Just(Value::Null),
		any::<bool>().prop_map(Value::from),
		any::<i64>().prop_map(Value::from),
		any::<f64>().prop_map(Value::from),
		"[0-9/-]{0,9}".prop_map(Value::from),
		prop_oneof![Just("a"), Just("b"), Just("x"), Just("y")].prop_map(Value::from),
		Just(json!([])),
		Just(json!({})),
	];
	let place = prop_oneof![
		Just("/model"),
		Just("/services"),
		Just("/services/0"),
		Just("/services/0/id"),
		Just("/services/0/profit"),
		Just("/services/1/threshold"),
		Just("/operators"),
		Just("/operators/0/stake"),
		Just("/operators/0/kinds"),
		Just("/operators/0/leaving/12"),
		Just("/operators/1/kinds/native"),
		Just("/edges/0/weight"),
		Just("/edges/1/service"),
		Just("/edges/0/kinds/native"),
		Just("/positions/0/value"),
	];
	prop::collection::vec((place, leaf), 1..4).prop_map(|changes| {
		let mut file = sound();
		for (place, value) in changes {
			if let Some(part) = file.pointer_mut(place) {
				*part = value;
			}
		}
		file
	})
}

proptest! {
	#[test]
	fn no_input_panics(file in near(), steps in 0_u64..200) {
		if let Ok(graph) = read(&file) {
			let shocks = Question::shocks(["0", "1/7", "1"]).unwrap();
			let question = Question { shocks, byzantine: graph.services().iter().take(1).map(|it| it.id.clone()).collect() };
			for question in [question, Question::default()] {
				let report = graph.report(&question, &Budget::steps(steps)).unwrap();
				prop_assert!(serde_json::to_string(&report).is_ok());
			}
		}
	}

	#[test]
	fn no_text_panics(text in ".{0,60}") {
		prop_assert!(Graph::from_json(&text).is_err());
	}
}
