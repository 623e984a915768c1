//! The report about a transaction with an unknown outcome, so that it is never paid twice.

use super::Signed;
use crate::scale::hex_of;
use serde_json::Value;
use std::fmt;

/// A transaction with an unknown outcome.
#[derive(Debug)]
pub struct Lost {
	why: String,
	signed: Signed,
}

impl Lost {
	/// The transaction, and why its outcome is unknown.
	pub fn of(signed: &Signed, why: impl Into<String>) -> Self {
		Self { why: why.into(), signed: signed.clone() }
	}

	/// Adds what programs need to continue.
	pub fn add_details(&self, error: &mut Value) {
		if let Some(error) = error.as_object_mut() {
			error.extend(self.signed.json());
		}
	}
}

impl std::error::Error for Lost {}

impl fmt::Display for Lost {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let Signed { bytes, hash, who, until, genesis, .. } = &self.signed;
		let genesis = genesis.map_or_else(|| "HASH".into(), |genesis| format!("{genesis:?}"));
		write!(
			f,
			"{}. The last block that can include transaction {hash} of {who} is {until}: do not give the command again\n\nTo \
			 send the same transaction again, which cannot pay twice, and wait for its outcome: mainstay-cli resend {} --until \
			 {until} --genesis {genesis}",
			self.why,
			hex_of(bytes)
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	// sending 1
	#[test]
	fn what_is_not_known_says_how_to_go_on() {
		let genesis = format!("0x{}", "ab".repeat(32));
		let (error, mut json) = (Lost::of(&Signed::example(), "nobody knows"), json!({ "exitCode": 8 }));
		let text = error.to_string();
		assert!(text.starts_with("nobody knows. The last block"), "{text}");
		assert!(
			text.ends_with(&format!("mainstay-cli resend 0xef --until 163 --genesis {genesis}")),
			"{text}"
		);
		error.add_details(&mut json);
		let from = Signed::example().who.to_string();
		assert_eq!(
			json,
			json!({
				"exitCode": 8, "transaction": "0xcd", "from": from, "nonce": 1, "until": 163, "genesis": genesis,
				"signed": "0xef",
			})
		);
		let unnamed = Lost::of(&Signed { genesis: None, ..Signed::example() }, "nobody knows");
		assert!(unnamed.to_string().ends_with("--genesis HASH"));
	}
}
