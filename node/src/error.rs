//! Errors for the operator of a node: one line that says what is wrong.

/// `error` on one line, without prefixes that only name a layer of the software.
pub fn line(error: &sc_cli::Error) -> String {
	use sc_cli::Error as Cli;
	use sc_service::Error as Service;
	match error {
		Cli::Input(text) | Cli::Service(Service::Other(text)) => flatten(text),
		Cli::Service(Service::Application(inner)) => flatten(&inner.to_string()),
		Cli::KeyStorage(inner) => flatten(&format!("the keystore: {inner}")),
		// The messages of these errors name a method of a Rust trait.
		Cli::Client(sp_blockchain::Error::Storage(text))
		| Cli::Service(Service::Client(sp_blockchain::Error::Storage(text))) => flatten(text),
		other => flatten(&other.to_string()),
	}
}

/// Joins the lines of a paragraph by spaces, and the paragraphs by semicolons.
pub fn flatten(text: &str) -> String {
	let mut line = String::new();
	let mut paragraph_ended = false;
	for part in text.lines().map(str::trim) {
		if part.is_empty() {
			paragraph_ended = true;
			continue;
		}
		if !line.is_empty() {
			line.push_str(if paragraph_ended { "; " } else { " " });
		}
		line.push_str(part);
		paragraph_ended = false;
	}
	line
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn any_text_becomes_one_line() {
		assert_eq!(flatten("one\n  two\n\n three\n\n"), "one two; three");
		assert_eq!(flatten(""), "");
	}

	#[test]
	fn layers_are_not_named() {
		let said = "nothing is wrong";
		for error in [
			sc_cli::Error::Input(said.into()),
			sc_service::Error::Other(said.into()).into(),
			sc_service::Error::Application(said.into()).into(),
			sp_blockchain::Error::Storage(said.into()).into(),
		] {
			assert_eq!(line(&error), said);
		}
	}
}
