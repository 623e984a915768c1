//! What can go wrong, what it means for the exit code, and how it is told.

use crate::{explain::Refusal, keys::KeyError};
use serde_json::{json, Value};
use std::fmt::Write;

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// An argument that no parser could judge alone.
	#[error("{0}")]
	Usage(String),
	/// No node answers at the address, or it is cut off.
	#[error("no answer from the node at {url}: {reason}")]
	Unreachable {
		/// The node's address.
		url: String,
		/// What the connection said.
		reason: String,
	},
	/// The node answers with an error.
	#[error("the node refused `{method}`: {message}{}", code.map(|code| format!(" (error {code})")).unwrap_or_default())]
	Node {
		/// The JSON-RPC method.
		method: String,
		/// The code of JSON-RPC, see docs/json-rpc.md.
		code: Option<i32>,
		/// What the node says.
		message: String,
	},
	/// The chain is not one that this program can talk to.
	#[error("{0}")]
	Incompatible(String),
	/// A key cannot be read or used.
	#[error(transparent)]
	Key(#[from] KeyError),
	/// The chain would refuse the call: nothing was sent.
	#[error("the chain refuses this: {0}")]
	Refused(Box<Refusal>),
	/// The chain took the transaction, and refused its call.
	#[error("the transaction paid its fee, and the chain refused its call: {0}")]
	Failed(Box<Refusal>),
	/// The chain did not take the transaction.
	#[error("the transaction is not taken: {0}")]
	NotTaken(String),
	/// What was asked for is not there.
	#[error("{0}")]
	NotFound(String),
	/// Whether the transaction came in is not known.
	#[error("{0}")]
	Unknown(String),
	/// The one who was asked said no.
	#[error("nothing was sent")]
	Declined,
	/// A file or the terminal.
	#[error("{0}")]
	Io(String),
}

/// The exit codes, in the order of their numbers: for the help and the man page.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done, or the answer is printed
  1  a file or the terminal failed
  2  the arguments are wrong
  3  no node answers, or it answers with an error
  4  the chain refuses the call; nothing was sent, unless the message says so
  5  the transaction was not taken, and cost nothing
  6  a key could not be used
  7  what was asked for is not there
  8  sent, but its end is not known: ask `show account` before sending again
  9  declined at the prompt";

impl Error {
	/// The exit code, see [`EXIT_CODES`].
	pub fn code(&self) -> u8 {
		match self {
			Self::Io(_) => 1,
			Self::Usage(_) => 2,
			Self::Unreachable { .. } | Self::Node { .. } | Self::Incompatible(_) => 3,
			Self::Refused(_) | Self::Failed(_) => 4,
			Self::NotTaken(_) => 5,
			Self::Key(KeyError::Cancelled) => 9,
			Self::Key(_) => 6,
			Self::NotFound(_) => 7,
			Self::Unknown(_) => 8,
			Self::Declined => 9,
		}
	}

	/// For programs.
	pub fn json(&self) -> Value {
		let mut error = json!({ "exitCode": self.code(), "message": self.to_string() });
		if let Self::Refused(refusal) | Self::Failed(refusal) = self {
			error["name"] = refusal.name.clone().into();
			error["meaning"] = refusal.meaning.clone().into();
			error["remedy"] = refusal.remedy.clone().into();
		}
		if let Self::Node { code: Some(code), .. } = self {
			error["code"] = (*code).into();
		}
		json!({ "error": error })
	}

	/// For people, at a terminal.
	pub fn human(&self) -> String {
		let mut text = format!("error: {self}");
		if let Self::Unreachable { .. } = self {
			let _ =
				write!(text, "\n\nIs a node running there? Give its address with --url, or in MAINSTAY_URL.");
		}
		text
	}
}

impl From<std::io::Error> for Error {
	fn from(error: std::io::Error) -> Self {
		Self::Io(error.to_string())
	}
}
