//! How old an answer is: by its block, and by the clock.

use crate::{
	chain::stored,
	context::Context,
	output::{duration, now, units_in},
	values::grouped,
};
use serde_json::Value;
use std::fmt;

/// An answer that is more blocks than this behind the best one is old. The lists that the node keeps are of a final
/// block, which is some blocks behind.
const OLD: u64 = 30;

/// The block of an answer, and its age. A part that the node does not tell is unknown.
#[derive(Debug, Default)]
pub struct Age {
	hash: String,
	number: Option<u64>,
	/// The number of later blocks.
	behind: Option<u64>,
	/// The time since the block, in milliseconds.
	millis: Option<u64>,
}

impl Age {
	/// The age of the block `at` of an answer.
	pub async fn of(context: &Context, at: &Value) -> Self {
		let hash = at.as_str().unwrap_or_default().to_string();
		let number = context.chain.number(Some(at)).await.ok().flatten();
		let best = context.chain.number(None).await.ok().flatten();
		let behind = best.zip(number).map(|(best, number)| best.saturating_sub(number));
		Self { number, behind, millis: millis_since(context, at).await, hash }
	}

	/// Whether much may have changed since then.
	pub fn is_old(&self) -> bool {
		self.behind.is_some_and(|behind| behind > OLD)
	}
}

async fn millis_since(context: &Context, at: &Value) -> Option<u64> {
	let state = context.chain.at(serde_json::from_value(at.clone()).ok()?).await.ok()?;
	let made = units_in(&stored(&state, "Timestamp", "Now", ()).await.ok()?);
	// The genesis block has no time.
	let made = u64::try_from(made).ok().filter(|made| *made > 0)?;
	Some(now().saturating_sub(made))
}

impl fmt::Display for Age {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self.number {
			Some(number) => write!(f, "block {}", grouped(number.into(), 0))?,
			None => write!(f, "block {}", self.hash)?,
		}
		let ago = self.millis.map(|millis| format!("{} ago", duration(millis)));
		let behind = self.behind.filter(|behind| self.is_old() && *behind > 0);
		let behind = behind.map(|behind| format!("{} blocks behind the best", grouped(behind.into(), 0)));
		let said: Vec<_> = [ago, behind].into_iter().flatten().collect();
		match said.is_empty() {
			true => Ok(()),
			false => write!(f, " ({})", said.join(", ")),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// rpc 5
	#[test]
	fn what_is_old_is_told_as_that() {
		let age =
			|behind, millis| Age { hash: "0xab".into(), number: Some(1_234), behind: Some(behind), millis };
		assert_eq!(age(3, Some(6_000)).to_string(), "block 1,234 (6 s ago)");
		let old = age(660, Some(660_000));
		assert!(old.is_old() && !age(OLD, None).is_old());
		assert_eq!(old.to_string(), "block 1,234 (11 min ago, 660 blocks behind the best)");
		assert_eq!(Age { hash: "0xab".into(), ..Default::default() }.to_string(), "block 0xab");
		assert!(!Age::default().is_old());
	}
}
