//! A transaction whose call failed in its block, completely or in part.

use crate::explain::Refusal;
use serde_json::Value;
use std::fmt;

/// A transaction that is in a block, but whose call failed, or a part of it.
#[derive(Debug)]
pub struct Failure {
	/// Why.
	pub refusal: Refusal,
	/// Where it is, and what happened anyway: for programs.
	pub done: Value,
	/// What happened anyway: for people.
	pub lines: Vec<String>,
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self.refusal.item {
			Some(_) => write!(
				f,
				"the transaction paid its fee, and the chain refused a part of it: {}",
				self.refusal
			)?,
			None => {
				write!(f, "the transaction paid its fee, and the chain refused its call: {}", self.refusal)?
			},
		}
		if self.lines.is_empty() {
			return Ok(());
		}
		write!(f, "\n\nDone anyway:")?;
		self.lines.iter().try_for_each(|line| write!(f, "\n  {line}"))
	}
}
