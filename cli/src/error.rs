//! The errors of commands, their exit codes, and their texts.

use crate::{
	explain::Refusal,
	keys::KeyError,
	multisig::MultisigError,
	output::plain,
	transaction::{Failure, Lost, Signed},
};
use serde_json::{json, Value};
use std::fmt::Write;
use subxt::utils::AccountId32;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// An argument that is wrong only together with other arguments or the chain.
	#[error("{0}")]
	Usage(String),
	/// No node answers at the address, or the connection is lost.
	#[error("no answer from the node at {url}: {reason}")]
	Unreachable {
		/// The node's address.
		url: String,
		/// The error of the connection.
		reason: String,
	},
	/// The node answers with an error.
	#[error("the node refused `{method}`: {message}{}", code.map(|code| format!(" (error {code})")).unwrap_or_default())]
	Node {
		/// The JSON-RPC method.
		method: String,
		/// The code of JSON-RPC, see docs/json-rpc.md.
		code: Option<i32>,
		/// The node's message.
		message: String,
	},
	/// The program cannot work with the chain, or it is not the expected chain.
	#[error("{0}")]
	Incompatible(String),
	/// A key cannot be read or used.
	#[error(transparent)]
	Key(#[from] KeyError),
	/// A multisig that cannot be, or a signer that is no signatory of it.
	#[error(transparent)]
	Multisig(#[from] MultisigError),
	/// The chain would refuse the call: nothing was sent.
	#[error("the chain refuses this: {0}")]
	Refused(Box<Refusal>),
	/// The transaction is in a block, and its call or a part of it failed.
	#[error("{0}")]
	Failed(Box<Failure>),
	/// The transaction is in no block, and never will be.
	#[error("the transaction is not included: {0}")]
	NotTaken(String),
	/// The account cannot pay the fee that is charged in advance: nothing was sent.
	#[error("the transaction is not included: {0}")]
	CannotPay(String),
	/// What was asked for does not exist.
	#[error("{0}")]
	NotFound(String),
	/// Whether the transaction is in a block, or its outcome, is not known.
	#[error("{0}")]
	Unknown(Box<Lost>),
	/// The transactions succeeded, as far as the command waited for them, but a later step of the command failed.
	#[error(
		"{} and must not be sent again; the rest of the command is not done: {error}",
		sent(transactions)
	)]
	Rest {
		/// The hashes of the transactions that were sent.
		transactions: Vec<String>,
		/// The error of that step.
		error: Box<Error>,
	},
	/// The user interrupted the command after something was sent.
	#[error("interrupted")]
	Interrupted,
	/// The user declined.
	#[error("nothing was sent")]
	Declined,
	/// A file or the terminal.
	#[error("{0}")]
	Io(String),
	/// One command cannot do everything.
	#[error("{more}")]
	Left {
		/// What is left, and what to do about it.
		more: String,
		/// The hashes of the transactions that were sent.
		transactions: Vec<String>,
	},
}

fn sent(transactions: &[String]) -> String {
	match transactions {
		[transaction] => format!("the transaction {transaction} is sent"),
		all => format!("the transactions {} are sent", all.join(", ")),
	}
}

/// The exit codes, in the order of their numbers: for the help and the man page.
pub const EXIT_CODES: &str = "\
Exit codes, and whether it is safe to repeat the command:
  0  done, or the answer is printed
  1  a file or the terminal failed, and nothing was sent: yes, once that is fixed
  2  the arguments are wrong, and nothing was sent: yes, once they are fixed
  3  no node answers, it answers with an error, or it is of another chain or runtime than it should be;
     nothing was sent: yes
  4  the chain refuses the call, or a part of it; nothing was sent, unless the message says so: no, not as it is
  5  the transaction was not included, never will be, and cost nothing: yes
  6  a key could not be used, and nothing was sent: yes, once that is fixed
  7  what you asked for does not exist, and nothing was sent: yes
  8  sent, but the outcome is not known: no. `mainstay-cli resend` sends the same transaction again, which is safe
  9  declined at the prompt, and nothing was sent: yes
 10  sent, but a later step is not done, a second transaction or the answer: no, do not repeat what was sent
After `resend`, 0, 4, 5 and 10 are about the transaction's outcome; after any other code, give `resend` again.";

impl Error {
	/// The exit code, see [`EXIT_CODES`].
	pub fn code(&self) -> u8 {
		match self {
			Self::Io(_) => 1,
			Self::Usage(_) | Self::Multisig(_) => 2,
			Self::Unreachable { .. } | Self::Node { .. } | Self::Incompatible(_) => 3,
			Self::Refused(_) | Self::Failed(_) => 4,
			Self::NotTaken(_) | Self::CannotPay(_) => 5,
			Self::Key(KeyError::Cancelled) => 9,
			Self::Key(_) => 6,
			Self::NotFound(_) => 7,
			Self::Unknown(_) => 8,
			Self::Declined => 9,
			Self::Rest { .. } | Self::Left { .. } | Self::Interrupted => 10,
		}
	}

	/// An error that one command cannot do everything.
	pub fn left(more: impl Into<String>) -> Self {
		Self::Left { more: more.into(), transactions: vec![] }
	}

	/// Marks an error as one that came after these transactions of the same command succeeded, as far as the command
	/// waited: it must not look like an error before which nothing was sent. An unknown outcome stays that.
	pub fn after(self, transactions: Vec<String>) -> Self {
		match self {
			error if transactions.is_empty() => error,
			error @ Self::Unknown(_) => error,
			Self::Left { more, .. } => Self::Left { more, transactions },
			error => Self::Rest { transactions, error: Box::new(error) },
		}
	}

	/// Completes the error for a call that anyone may make for the owner: if the fee cannot be paid, somebody else can
	/// send it.
	pub fn by_anyone(self, command: &str, owner: &AccountId32) -> Self {
		match self {
			Self::CannotPay(why) => Self::CannotPay(format!(
				"{why}. Anyone who has the fee may {command} for the owner, who is paid: `mainstay-cli {command} --owner {owner}`"
			)),
			error => error,
		}
	}

	/// Converts an error of `resend`, for a transaction that may have been sent before: unless the error is about its
	/// outcome, that is unknown.
	pub fn of_resent(self, signed: &Signed) -> Self {
		match self {
			error @ (Self::Failed(_) | Self::NotTaken(_) | Self::Unknown(_) | Self::Rest { .. }) => error,
			error => Self::Unknown(Box::new(Lost::of(signed, error.to_string()))),
		}
	}

	/// For programs.
	pub fn json(&self) -> Value {
		let mut error = json!({ "exitCode": self.code(), "message": self.to_string() });
		self.add_details(&mut error);
		json!({ "error": error })
	}

	fn add_details(&self, error: &mut Value) {
		let refusal = match self {
			Self::Refused(refusal) => Some(refusal.as_ref()),
			Self::Failed(failure) => Some(&failure.refusal),
			_ => None,
		};
		if let Some(refusal) = refusal {
			error["name"] = refusal.name.clone().into();
			error["meaning"] = refusal.meaning.clone().into();
			error["remedy"] = refusal.remedy.clone().into();
			if let Some(item) = refusal.item {
				error["item"] = item.into();
			}
		}
		match self {
			Self::Node { code: Some(code), .. } => error["code"] = (*code).into(),
			Self::Failed(failure) => error["done"] = failure.done.clone(),
			Self::Unknown(lost) => lost.add_details(error),
			Self::Left { transactions, .. } => error["transactions"] = transactions.clone().into(),
			Self::Rest { transactions, error: inner } => {
				error["transactions"] = transactions.clone().into();
				inner.add_details(error);
			},
			_ => {},
		}
	}

	/// For people at a terminal. Control characters in the node's texts are escaped.
	pub fn human(&self) -> String {
		let mut text = format!("error: {self}");
		if let Self::Unreachable { .. } = self {
			let _ =
				write!(text, "\n\nIs a node running there? Give its address with --url, or in MAINSTAY_URL.");
		}
		text.split('\n').map(plain).collect::<Vec<_>>().join("\n")
	}
}

impl From<std::io::Error> for Error {
	fn from(error: std::io::Error) -> Self {
		Self::Io(error.to_string())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	// sending 1: a failure after a transaction is no reason to send it again.
	#[test]
	fn what_fails_behind_a_transaction_is_told_as_that() {
		let lost = || Error::Unreachable { url: "ws://x".into(), reason: "gone".into() };
		assert_eq!(lost().after(vec![]).code(), 3);
		let after = lost().after(vec!["0xab".into()]);
		assert_eq!(after.code(), 10);
		// The command may have sent a transaction without waiting for it.
		assert!(after.to_string().contains("0xab is sent and must not be sent again"), "{after}");
		assert_eq!(after.json()["error"]["transactions"], json!(["0xab"]));
		for error in [Error::NotTaken("x".into()), Error::NotFound("x".into()), Error::Io("x".into())] {
			assert_eq!(error.after(vec!["0xab".into()]).code(), 10);
		}
		let unknown = Error::Unknown(Box::new(Lost::of(&Signed::example(), "nobody knows")));
		assert_eq!(unknown.after(vec!["0xab".into()]).code(), 8);
	}

	// sending 6
	#[test]
	fn what_is_left_names_what_was_sent() {
		let left = Error::left("2 more can be claimed").after(vec!["0xab".into(), "0xcd".into()]);
		assert_eq!((left.code(), left.to_string().as_str()), (10, "2 more can be claimed"));
		assert_eq!(left.json()["error"]["transactions"], json!(["0xab", "0xcd"]));
	}

	// sending 1: only an error about the transaction itself may suggest sending the first command again.
	#[test]
	fn what_fails_about_a_resent_transaction_leaves_its_end_unknown() {
		let (signed, text) = (Signed::example(), || "x".to_string());
		for error in [
			Error::Io(text()),
			Error::Usage(text()),
			Error::Unreachable { url: text(), reason: text() },
			Error::Node { method: text(), code: None, message: text() },
			Error::Incompatible(text()),
			Error::Key(KeyError::Cancelled),
			Error::NotFound(text()),
			Error::CannotPay(text()),
			Error::Declined,
			Error::Interrupted,
		] {
			let (before, error) = (error.to_string(), error.of_resent(&signed));
			assert_eq!((error.code(), &error.json()["error"]["signed"]), (8, &json!("0xef")), "{before}");
			assert!(error.to_string().starts_with(&before), "{error}");
		}
		assert_eq!(Error::NotTaken(text()).of_resent(&signed).code(), 5);
		assert_eq!(Error::Io(text()).after(vec![text()]).of_resent(&signed).code(), 10);
	}

	// sending 7
	#[test]
	fn what_a_node_says_steers_no_terminal() {
		let message = "\u{1b}[2J\u{9b}31mgone\u{202e}";
		for error in [
			Error::Incompatible(message.into()),
			Error::NotTaken(message.into()),
			Error::Node { method: "m".into(), code: Some(1), message: message.into() },
			Error::Unreachable { url: message.into(), reason: message.into() },
		] {
			let text = error.human();
			assert!(!text.chars().any(|letter| letter != '\n' && crate::output::steers(letter)), "{text}");
			assert!(text.contains("gone"));
		}
	}

	#[test]
	fn the_help_names_every_exit_code_in_order() {
		let codes = EXIT_CODES.lines().filter_map(|line| line.get(..3)?.trim().parse::<u8>().ok());
		assert_eq!(codes.collect::<Vec<_>>(), (0..=10).collect::<Vec<_>>());
	}
}
