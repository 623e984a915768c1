//! Shared by tests of answers: a view without a node, and examples of every answer, made from the document.

use super::{clock::Clock, schema, View};
use crate::chain::Currency;
use serde_json::{json, Value};

/// An address without a local name.
pub const ADDRESS: &str = "5HpG9w8EBLe5XCrbczpwq5TSXvedjrBGCwqxK1iQ7qUsSWFc";

/// A view of 80 columns, in era 12 of 30 s, 10 s of which are over. Asset 7 has 6 decimals.
pub fn view() -> View {
	let currencies = [(7, Currency { symbol: "GEM".into(), decimals: 6 })];
	View::fixed(currencies.into(), Clock { era: 12, millis: 30_000, elapsed: 10_000 }, 80)
}

/// An example of the type `name`. For enums and nullable values, each alternative occurs in some variants; some
/// variants have large numbers and long texts.
pub fn example(name: &str, variant: usize) -> Value {
	made(&schema::document()["components"]["schemas"][name], name, variant)
}

/// An example of a method's answer.
pub fn answer(method: &str, variant: usize) -> Value {
	let methods = schema::document()["methods"].as_array().into_iter().flatten();
	let found = methods.clone().find(|found| found["name"] == method).unwrap();
	made(&found["result"]["schema"]["properties"]["value"], "", variant)
}

fn made(schema: &Value, name: &str, variant: usize) -> Value {
	match name {
		"Account" => return ADDRESS.into(),
		"Amount" => return [u128::MAX, 0, 1, 1_234_567_890_123_456_789][variant % 4].to_string().into(),
		"Fraction" => return ["1000000000000000000", "0", "1", "333333333333333333"][variant % 4].into(),
		"Text" if variant.is_multiple_of(2) => return "\u{1b}]0;owned\u{7}\u{202e}".repeat(5).into(),
		"Text" => return ["", "a name of several words"][variant / 2 % 2].into(),
		_ => {},
	}
	if let Some(reference) = schema["$ref"].as_str() {
		let name = reference.rsplit('/').next().unwrap();
		return made(&schema::document()["components"]["schemas"][name], name, variant);
	}
	if let Some(of) = schema["allOf"].as_array() {
		return made(&of[0], "", variant);
	}
	if let Some(of) = schema["anyOf"].as_array() {
		return if variant % 3 == 2 { Value::Null } else { made(&of[0], "", variant) };
	}
	if let Some(of) = schema["oneOf"].as_array() {
		return made(&of[variant % of.len()], "", variant);
	}
	if !schema["const"].is_null() {
		return schema["const"].clone();
	}
	let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
	match kind {
		Some("boolean") => variant.is_multiple_of(2).into(),
		Some("integer") => [7, 0, 13, u32::MAX][variant % 4].into(),
		Some("string") => "text".into(),
		Some("array") => match variant % 5 {
			4 => json!([]),
			_ => json!([made(&schema["items"], "", variant), made(&schema["items"], "", variant + 1)]),
		},
		Some("object") => {
			let fields = schema["properties"].as_object().into_iter().flatten();
			Value::Object(fields.map(|(name, schema)| (name.clone(), made(schema, "", variant))).collect())
		},
		_ => panic!("{schema}"),
	}
}
