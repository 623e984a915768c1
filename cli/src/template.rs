//! Sentences with placeholders, which the fields of a record fill.
//!
//! `{field}` is a field of the record. A dot leads into it, and a format follows a colon: `{terms.maxFraction:part}`.
//! `{field?name=text|*=text}` is the text for the value of the field, which is the name of an enum's variant or a
//! number; `*` matches all others. A part in brackets is left out if a field in it is none.

use serde_json::Value;

/// The source of the placeholders' values.
pub trait Record {
	/// The value at a path.
	fn value(&self, path: &str) -> Option<&Value>;

	/// The value at a path in a format; the empty format is for values that need none. None for a value that is none.
	fn written(&self, path: &str, format: &str) -> Option<String>;
}

/// Fills a sentence, or the part in brackets, with the fields of a record; none if one of them is none.
pub fn fill(sentence: &str, record: &impl Record) -> Option<String> {
	let mut text = String::new();
	let mut rest = sentence;
	while let Some(at) = rest.find(['{', '[']) {
		let (before, from) = rest.split_at(at);
		let optional = from.starts_with('[');
		let (inner, after) = from[1..].split_once(if optional { ']' } else { '}' })?;
		text.push_str(before);
		match optional {
			true => text.push_str(&fill(inner, record).unwrap_or_default()),
			false => text.push_str(&Hole::of(inner).filled(record)?),
		}
		rest = after;
	}
	Some(text + rest)
}

/// A placeholder, parsed.
#[derive(Debug, PartialEq, Eq)]
pub struct Hole<'a> {
	/// The path of the field.
	pub path: &'a str,
	/// The format.
	pub format: &'a str,
	/// The texts for its possible values.
	pub cases: Option<&'a str>,
}

impl<'a> Hole<'a> {
	fn of(inner: &'a str) -> Self {
		if let Some((path, cases)) = inner.split_once('?') {
			return Self { path, format: "", cases: Some(cases) };
		}
		let (path, format) = inner.split_once(':').unwrap_or((inner, ""));
		Self { path, format, cases: None }
	}

	fn filled(&self, record: &impl Record) -> Option<String> {
		let Some(cases) = self.cases else { return record.written(self.path, self.format) };
		let variant = variant_of(record.value(self.path)?)?;
		let case = |name: &str| {
			cases.split('|').filter_map(|case| case.split_once('=')).find(|(known, _)| *known == name)
		};
		Some(case(&variant).or(case("*"))?.1.into())
	}
}

/// The name of a value's variant, or the value itself.
fn variant_of(value: &Value) -> Option<String> {
	match value {
		Value::Object(fields) => fields.keys().next().cloned(),
		Value::String(name) => Some(name.clone()),
		value => Some(value.to_string()),
	}
}

/// All placeholders of a sentence, and whether they are in brackets.
#[cfg(test)]
pub fn holes(sentence: &str) -> Vec<(Hole<'_>, bool)> {
	let starts = sentence.match_indices('{');
	starts
		.map(|(at, _)| {
			let before = &sentence[..at];
			let inner = sentence[at + 1..].split('}').next().unwrap();
			(Hole::of(inner), before.matches('[').count() > before.matches(']').count())
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	struct Plain(Value);

	impl Record for Plain {
		fn value(&self, path: &str) -> Option<&Value> {
			path.split('.').try_fold(&self.0, |value, name| value.get(name))
		}

		fn written(&self, path: &str, format: &str) -> Option<String> {
			let value = self.value(path).filter(|value| !value.is_null())?;
			Some(if format == "loud" { value.to_string().to_uppercase() } else { value.to_string() })
		}
	}

	#[test]
	fn holes_are_filled_or_left_out() {
		let record =
			Plain(json!({ "a": { "b": 7 }, "none": null, "lane": { "attested": {} }, "to": "burn" }));
		let filled = |sentence: &str| fill(sentence, &record);
		assert_eq!(filled("no hole").as_deref(), Some("no hole"));
		assert_eq!(filled("{a.b} and {to:loud}").as_deref(), Some("7 and \"BURN\""));
		assert_eq!(filled("{a.b}[, {none}][, {to}]").as_deref(), Some("7, \"burn\""));
		let cases = "{to?burn=gone|*=kept} {lane?attested=said} {a.b?7=seven} {none?null=nobody|*=}";
		assert_eq!(filled(cases).as_deref(), Some("gone said seven nobody"));
		// A value that is none, a missing value, an unexpected case, and a placeholder that does not end.
		for none in ["{none}", "{a.c}", "{to?account=x}", "{a.b"] {
			assert_eq!(filled(none), None, "{none}");
		}
	}

	#[test]
	fn holes_are_taken_apart() {
		let (plain, in_brackets) = ("{a.b:part} {c?d=e|*=f}", "[ {g}]");
		let sentence = format!("{plain}{in_brackets}");
		let hole = |path, format, cases| Hole { path, format, cases };
		assert_eq!(
			holes(&sentence),
			[
				(hole("a.b", "part", None), false),
				(hole("c", "", Some("d=e|*=f")), false),
				(hole("g", "", None), true),
			]
		);
	}
}
