//! The values of `--from`.

use super::{check_name, secret::is_hex_seed, ss58, KeyError};
use std::path::Path;
use subxt::utils::AccountId32;

/// The development accounts that have a name of their own for display.
pub(super) const DEV_NAMES: [&str; 6] = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie"];

/// Where the keys of a signer come from.
#[derive(Debug, PartialEq)]
pub(super) enum Source<'a> {
	/// A key of the folder, by its name.
	Name(&'a str),
	/// A key of the folder, by its account.
	Address(AccountId32),
	/// A key file, by its path.
	KeyFile(&'a Path),
	/// `//Alice`: derived from a phrase that everyone knows.
	Development,
	/// `-`: a secret, as a line of standard input.
	Stdin,
	/// `@FILE`: a secret in a file.
	SecretFile(&'a Path),
	/// The secret itself.
	Argument,
}

impl<'a> Source<'a> {
	pub(super) fn of(from: &'a str) -> Result<Self, KeyError> {
		let from = from.trim();
		// A phrase may be followed by a derivation, and a path may have spaces.
		let head = from.split('/').next().unwrap_or_default();
		let is_json = from.ends_with(".json");
		if from == "-" {
			return Ok(Self::Stdin);
		}
		if let Some(path) = from.strip_prefix('@').filter(|path| !path.is_empty()) {
			return Ok(Self::SecretFile(Path::new(path)));
		}
		if from.starts_with("//") {
			return Ok(Self::Development);
		}
		let is_phrase = head.trim().contains(char::is_whitespace);
		if !is_json && (is_phrase || is_hex_seed(head) || head.starts_with("0x") || head.starts_with("0X")) {
			return Ok(Self::Argument);
		}
		if is_json || from.contains('/') {
			return Ok(Self::KeyFile(Path::new(from)));
		}
		if let Some(address) = ss58::decode(from) {
			return Ok(Self::Address(address));
		}
		// Not the error of `check_name`, which would repeat the text: it may be a secret with a typing error.
		check_name(from).map(|()| Self::Name(from)).map_err(|_| KeyError::NoSource)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_source_is_known_by_its_look() {
		let phrase = subxt_signer::DEV_PHRASE;
		let seed = format!("0x{}", "ab".repeat(32));
		let address = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";
		for (from, source) in [
			("alice", Source::Name("alice")),
			("node-1_a", Source::Name("node-1_a")),
			("-", Source::Stdin),
			("@seed", Source::SecretFile(Path::new("seed"))),
			("@/dev/fd/63", Source::SecretFile(Path::new("/dev/fd/63"))),
			("@-", Source::SecretFile(Path::new("-"))),
			("//Alice", Source::Development),
			("//Alice//stash/0", Source::Development),
			("./alice", Source::KeyFile(Path::new("./alice"))),
			("keys/alice", Source::KeyFile(Path::new("keys/alice"))),
			("/my keys/alice", Source::KeyFile(Path::new("/my keys/alice"))),
			("my keys/alice.json", Source::KeyFile(Path::new("my keys/alice.json"))),
			("alice.json", Source::KeyFile(Path::new("alice.json"))),
			("0x.json", Source::KeyFile(Path::new("0x.json"))),
			(phrase, Source::Argument),
			(&format!("{phrase}//Alice/x"), Source::Argument),
			("bottom drive", Source::Argument),
			(&seed, Source::Argument),
			(&seed[2..], Source::Argument),
			(&format!("{seed}//Alice"), Source::Argument),
			("0x12", Source::Argument),
		] {
			assert_eq!(Source::of(from).unwrap(), source, "{from}");
		}
		assert!(matches!(Source::of(address), Ok(Source::Address(_))));
		for from in ["", " ", "@", "Alice", "-x", "a.b", "ä", &"a".repeat(33), &"5".repeat(48)] {
			assert!(matches!(Source::of(from), Err(KeyError::NoSource)), "{from}");
		}
	}
}
