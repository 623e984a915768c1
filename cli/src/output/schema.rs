//! The types of the node's answers, from the OpenRPC document, which the node makes from its code.

use serde_json::Value;
use std::sync::OnceLock;

const DOCUMENT: &str = include_str!("../../../clients/artifacts/openrpc.json");

static UNKNOWN: Value = Value::Null;

/// The document.
pub fn document() -> &'static Value {
	static PARSED: OnceLock<Value> = OnceLock::new();
	PARSED.get_or_init(|| {
		serde_json::from_str(DOCUMENT).expect("it is part of this program, and tests read it")
	})
}

/// A type in the document. A field that the document does not have, for instance of a newer node, has the unknown
/// type.
#[derive(Clone, Copy, Debug)]
pub struct Type {
	name: &'static str,
	/// For a variant of an enum, the variant's name.
	variant: &'static str,
	schema: &'static Value,
}

impl Type {
	/// The unknown type.
	pub const UNKNOWN: Self = Self { name: "", variant: "", schema: &UNKNOWN };

	/// The type of `value` in the answers of a method.
	pub fn answer(method: &str) -> Self {
		Self::of(&method_called(method)["result"]["schema"]["properties"]["value"])
	}

	/// The type called `name`.
	pub fn named(name: &str) -> Self {
		match document()["components"]["schemas"].as_object().and_then(|schemas| schemas.get_key_value(name))
		{
			Some((name, schema)) => Self { name, variant: "", schema },
			None => Self::UNKNOWN,
		}
	}

	/// The type of a schema, behind references and the alternative `null`.
	fn of(schema: &'static Value) -> Self {
		if let Some(reference) = schema["$ref"].as_str() {
			return Self::named(reference.rsplit('/').next().unwrap_or_default());
		}
		let alternatives =
			["allOf", "anyOf"].iter().find_map(|key| schema[key].as_array()).into_iter().flatten();
		match alternatives.into_iter().find(|alternative| alternative["type"] != "null") {
			Some(alternative) => Self::of(alternative),
			None => Self { name: "", variant: "", schema },
		}
	}

	/// Its name, `Cause.attested` for a variant of an enum, empty if it has none.
	pub fn name(&self) -> String {
		match self.variant {
			"" => self.name.into(),
			variant => format!("{}.{variant}", self.name),
		}
	}

	/// The type of a record's field.
	pub fn field(&self, name: &str) -> Self {
		Self::of(&self.schema["properties"][name])
	}

	/// The names of a record's fields, in the order in which the code declares them.
	pub fn fields(&self) -> impl Iterator<Item = &'static str> {
		self.schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str())
	}

	/// The type of a list's entries.
	pub fn items(&self) -> Self {
		Self::of(&self.schema["items"])
	}

	/// The type of what a variant of an enum carries.
	pub fn variant(&self, variant: &str) -> Self {
		let mut variants = self.schema["oneOf"].as_array().into_iter().flatten();
		let found = variants.find_map(|schema| schema["properties"].as_object()?.get_key_value(variant));
		match found {
			Some((variant, schema)) => match Self::of(schema) {
				Self { name: "", schema, .. } => Self { name: self.name, variant, schema },
				named => named,
			},
			None => Self::UNKNOWN,
		}
	}

	/// Whether it is a number, written as one or as a string of digits.
	pub fn is_number(&self) -> bool {
		matches!(self.name, "Amount" | "Fraction") || is_one_of(&self.schema["type"], "integer")
	}

	/// Whether it is a page of a list, or a ranking.
	pub fn is_page(&self) -> bool {
		self.name.starts_with("PageOf") || self.name.starts_with("RankingOf")
	}

	/// Whether it is a value together with an announced next value.
	pub fn is_announced(&self) -> bool {
		self.name.starts_with("Announced_")
	}
}

fn is_one_of(kind: &Value, name: &str) -> bool {
	kind == name || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == name))
}

fn method_called(name: &str) -> &'static Value {
	let mut methods = document()["methods"].as_array().into_iter().flatten();
	methods.find(|method| method["name"] == name).unwrap_or(&UNKNOWN)
}

/// All records that have a name.
#[cfg(test)]
pub fn records() -> impl Iterator<Item = Type> {
	let schemas = document()["components"]["schemas"].as_object().into_iter().flatten();
	schemas.map(|(name, _)| Type::named(name))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn references_nulls_and_variants_are_resolved() {
		let operator = Type::answer("operators_operator");
		assert_eq!(operator.name(), "OperatorDetails");
		assert_eq!(operator.field("pools").items().field("amount").name(), "Amount");
		assert!(operator.field("commission").is_announced());
		assert_eq!(Type::answer("rewards_streams").items().name(), "StreamDetails");
		assert_eq!(Type::named("MembersItem").field("members").items().name(), "MemberDetails");
		let slash = Type::answer("slashing_slash");
		assert_eq!(slash.field("cause").variant("attested").name(), "Cause.attested");
		assert_eq!(slash.field("cause").variant("attested").field("set").name(), "OperatorSetId");
		assert_eq!(slash.field("state").variant("vetoed").field("reason").name(), "Text");
		assert!(Type::answer("slashing_pending").is_page());
		assert!(Type::answer("rewards_setReturn").field("until").is_number());
	}

	#[test]
	fn what_is_not_in_the_document_says_nothing() {
		let unknown = Type::answer("operators_operator").field("newer").items().variant("x").field("y");
		assert_eq!((unknown.name().as_str(), unknown.fields().count()), ("", 0));
		assert_eq!(Type::answer("no_method").name(), "");
	}
}
