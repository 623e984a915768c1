//! A chain whose blocks are made on command (`mainstay --dev --seal …`), for developing and testing against.
//!
//! | file | what it is |
//! |---|---|
//! | [`clock`] | the chain's clock, which moves with its blocks and not with the machine's |
//! | [`claim`] | which slot a key of this node may author, and the digest that says so |
//! | [`command`] | what can be asked for, and the queue of that |
//! | [`sealer`] | the one task that makes blocks, for transactions, by the timer or for a command |
//! | [`mark`] | telling the database of such a chain from one of validators |
//! | [`start`] | how the parts are wired; [`crate::sdk::alone`] keeps peers away |
//!
//! The runtime is the same as ever: sessions, elections, points, due slashes and streams come with slots and blocks, and
//! only who decides when a slot is there is another. Each block is final at once, without a vote. It has no seal either, so
//! no other node and no light client can follow, and nothing proves to them that it is final.
//!
//! Of `sc-consensus-manual-seal` 0.61 this uses `seal_block`. Its BABE provider writes the epochs anew where it cannot claim
//! a slot, its clock moves whenever it is read, which the import does as well, and it takes a block of one transaction for
//! an empty one; so those parts, and the loop around them, are our own.

mod claim;
mod clock;
mod command;
mod mark;
mod sealer;
mod start;

pub use command::{Command, Commands, Error, Head};
pub use mark::ensure as ensure_mark;
pub use start::start;

use std::{str::FromStr, time::Duration};

/// The longest time between two blocks, in milliseconds: an hour.
const LONGEST: u64 = 60 * 60 * 1_000;

/// When a block is made without a command. By a command one is made in each mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
	/// As soon as transactions are ready.
	Instant,
	/// Never.
	Manual,
	/// Every so often, whether there are transactions or not.
	Every(Duration),
}

impl FromStr for Mode {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text {
			"instant" => Ok(Self::Instant),
			"manual" => Ok(Self::Manual),
			_ => match text.parse() {
				Ok(millis) if (1..=LONGEST).contains(&millis) => {
					Ok(Self::Every(Duration::from_millis(millis)))
				},
				_ => {
					Err(format!("it is `instant`, `manual` or a number of milliseconds from 1 to {LONGEST}"))
				},
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn modes_are_words_or_milliseconds() {
		assert_eq!("instant".parse(), Ok(Mode::Instant));
		assert_eq!("manual".parse(), Ok(Mode::Manual));
		assert_eq!("500".parse(), Ok(Mode::Every(Duration::from_millis(500))));
		assert_eq!("3600000".parse(), Ok(Mode::Every(Duration::from_secs(3_600))));
		for wrong in ["", "0", "3600001", "-1", "0.5", "Instant", "1s", "99999999999999999999"] {
			let refusal = wrong.parse::<Mode>().unwrap_err();
			assert!(refusal.contains("milliseconds from 1 to 3600000"), "{wrong}: {refusal}");
		}
	}
}
