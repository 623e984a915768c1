//! Commands to a development chain whose blocks are made on command: `mainstay --dev --seal …`.

use crate::{
	chain::stored,
	context::Context,
	error::Error,
	output::{duration, time, units_in},
};
use clap::Subcommand;
use serde_json::{json, Value};
use std::{num::ParseIntError, str::FromStr};

/// Command a development chain that runs with `--seal`.
///
/// The node runs with `--dev --seal`. It accepts these commands at its owner's address, or from everybody with
/// `--rpc-methods unsafe`.
#[derive(Debug, Subcommand)]
pub enum DevCommand {
	/// Make blocks, one in each of the next slots
	NewBlocks {
		/// How many
		#[arg(default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
		count: u32,
	},
	/// Make blocks until eras have ended
	NextEra {
		/// How many eras
		#[arg(default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
		count: u32,
		/// The blocks of each session, spread over its slots
		#[arg(long, value_name = "BLOCKS", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1_000))]
		session_blocks: u32,
	},
	/// Set the time of the next block. It only moves forward, and ends no era: that needs blocks
	SetTime {
		/// Milliseconds since 1970, or how long after the last block: +90s, +15min, +6h, +2d
		time: Moment,
	},
}

/// The blocks of one call, at most, so that its answer comes before the timeout.
const MAX_BLOCKS_PER_CALL: u32 = 1_000;

/// The code with which a node refuses a method that is for its owner only.
const UNSAFE: i32 = -32_601;

/// A time on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
	/// In milliseconds since 1970.
	At(u64),
	/// Milliseconds after the last block.
	After(u64),
}

impl FromStr for Moment {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let wrong =
			|| {
				format!("'{text}' is neither milliseconds since 1970 nor a length of time: +90s, +15min, +6h, +2d")
			};
		let Some(length) = text.strip_prefix('+') else {
			return text.parse().map(Self::At).map_err(|_: ParseIntError| wrong());
		};
		let unit = length.find(|letter: char| !letter.is_ascii_digit()).ok_or_else(wrong)?;
		let (number, unit) = length.split_at(unit);
		let millis: u64 = match unit {
			"ms" => 1,
			"s" => 1_000,
			"min" => 60_000,
			"h" => 3_600_000,
			"d" => 86_400_000,
			_ => return Err(wrong()),
		};
		let number: u64 = number.parse().map_err(|_| wrong())?;
		number.checked_mul(millis).map(Self::After).ok_or_else(wrong)
	}
}

impl DevCommand {
	/// Runs the command on the node, and prints the chain's last block.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		if context.global.dry_run || context.global.print_call {
			let why = "it is not a transaction, so it has no dry run and no call to print";
			return Err(Error::Usage(why.into()));
		}
		match self {
			Self::NewBlocks { count } => {
				let progress = context.out.progress(&format!("making {}", blocks(count)));
				let mut head = Value::Null;
				for part in parts(count, MAX_BLOCKS_PER_CALL) {
					head = owner_call(context, "dev_newBlocks", json!({ "count": part })).await?;
					progress.say(&format!("block {}", head["value"]["number"]));
				}
				progress.done();
				tell(context, &head);
			},
			Self::NextEra { count, session_blocks } => {
				let progress = context.out.progress(&format!("ending {}", eras(count)));
				let mut head = Value::Null;
				for _ in 0..count {
					let params = json!({ "count": 1, "sessionBlocks": session_blocks });
					head = owner_call(context, "dev_nextEra", params).await?;
					progress.say(&format!("era {}", head["value"]["era"]));
				}
				progress.done();
				tell(context, &head);
			},
			Self::SetTime { time } => {
				let millis = match time {
					Moment::At(millis) => millis,
					Moment::After(millis) => {
						let now = stored(&context.chain.at_best().await?, "Timestamp", "Now", ()).await?;
						u64::try_from(units_in(&now)).unwrap_or(u64::MAX).saturating_add(millis)
					},
				};
				tell(context, &owner_call(context, "dev_setTime", json!({ "millis": millis })).await?);
			},
		}
		Ok(())
	}
}

/// Calls a method that the node allows to its owner only.
async fn owner_call(context: &Context, method: &str, params: Value) -> Result<Value, Error> {
	context.chain.request(method, params).await.map_err(|error| match error {
		Error::Node { method, code: Some(code @ UNSAFE), message } => Error::Node {
			method,
			code: Some(code),
			message: format!(
				"{message}. Give the address of the node's owner with --url (the node's log names the file with it), or \
				 start the node with --rpc-methods unsafe"
			),
		},
		error => error,
	})
}

fn blocks(count: u32) -> String {
	if count == 1 {
		"a block".into()
	} else {
		format!("{count} blocks")
	}
}

fn eras(count: u32) -> String {
	if count == 1 {
		"an era".into()
	} else {
		format!("{count} eras")
	}
}

/// `count` in parts of at most `limit`.
fn parts(count: u32, limit: u32) -> impl Iterator<Item = u32> {
	(0..count.div_ceil(limit)).map(move |part| (count - part * limit).min(limit))
}

/// Prints the last block.
fn tell(context: &Context, head: &Value) {
	context.out.value(head, &told(&head["value"]));
}

fn told(head: &Value) -> String {
	let next = head["nextTime"].as_u64().unwrap_or_default();
	let of = |millis: u64| format!(" of {}", time(millis));
	let ahead = head["time"]
		.as_u64()
		.map_or_else(String::new, |at| format!(" ({} later)", duration(next.saturating_sub(at))));
	format!(
		"block {}{}, session {}, era {}; the next is of {}{ahead}",
		head["number"],
		head["time"].as_u64().map_or_else(String::new, of),
		head["session"],
		head["era"],
		time(next),
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_moment_is_a_number_or_a_length_of_time() {
		for (text, moment) in [
			("0", Moment::At(0)),
			("1700000000000", Moment::At(1_700_000_000_000)),
			("+500ms", Moment::After(500)),
			("+90s", Moment::After(90_000)),
			("+15min", Moment::After(900_000)),
			("+6h", Moment::After(21_600_000)),
			("+2d", Moment::After(172_800_000)),
		] {
			assert_eq!(text.parse(), Ok(moment));
		}
		for wrong in [
			"",
			"+",
			"+5",
			"+d",
			"-1",
			"1.5",
			"tomorrow",
			"+1y",
			"+1 d",
			"+99999999999999999999d",
			"+9999999999999999d",
		] {
			let refusal = wrong.parse::<Moment>().unwrap_err();
			assert!(refusal.contains(&format!("'{wrong}' is neither milliseconds")), "{refusal}");
		}
	}

	#[test]
	fn many_blocks_are_made_in_parts() {
		assert_eq!(parts(1, 1_000).collect::<Vec<_>>(), [1]);
		assert_eq!(parts(2_500, 1_000).collect::<Vec<_>>(), [1_000, 1_000, 500]);
		assert_eq!(parts(2_000, 1_000).sum::<u32>(), 2_000);
	}

	#[test]
	fn the_last_block_is_told_in_words() {
		let head = json!({ "number": 91, "era": 30, "session": 90, "time": 1_735_689_599_000u64, "nextTime": 1_735_689_600_000u64 });
		assert_eq!(
			told(&head),
			"block 91 of 2024-12-31 23:59:59 UTC, session 90, era 30; the next is of 2025-01-01 00:00:00 UTC (1 s later)"
		);
		let genesis = json!({ "number": 0, "era": 0, "session": 0, "time": null, "nextTime": 1_000 });
		assert_eq!(told(&genesis), "block 0, session 0, era 0; the next is of 1970-01-01 00:00:01 UTC");
	}
}
