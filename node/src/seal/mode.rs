//! When blocks are made without a command.

use std::{str::FromStr, time::Duration};

/// The longest time between two blocks, in milliseconds: an hour.
const MAX_PERIOD_MILLIS: u64 = 60 * 60 * 1_000;

/// When the node makes a block without a command. Commands make blocks in every mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
	/// As soon as transactions are ready.
	Instant,
	/// Never.
	Manual,
	/// At this interval, with or without transactions.
	Every(Duration),
}

impl FromStr for Mode {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text {
			"instant" => Ok(Self::Instant),
			"manual" => Ok(Self::Manual),
			_ => match text.parse() {
				Ok(millis) if (1..=MAX_PERIOD_MILLIS).contains(&millis) => {
					Ok(Self::Every(Duration::from_millis(millis)))
				},
				_ => Err(format!(
					"expected `instant`, `manual` or a number of milliseconds from 1 to {MAX_PERIOD_MILLIS}"
				)),
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
