//! The commands to a chain whose blocks are made on command (`--seal`). Only the node's owner may give them.

use super::{
	error::Error,
	registry::{parameters, BlockHash, Registry, Reply},
};
use crate::seal::{self, Command, Commands};
use mainstay_primitives::Era;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{de::Error as _, Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// The blocks that one command makes, at most.
const MAX_BLOCKS: u32 = 10_000;
/// The eras that one command ends, at most.
const MAX_ERAS: u32 = 100;
/// The blocks of a session unless another number is given: on a development chain, one in each slot.
const SESSION_BLOCKS: u32 = 10;

/// A number from 1 to `MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
struct Count<const MAX: u32>(u32);

impl<'de, const MAX: u32> Deserialize<'de> for Count<MAX> {
	fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
		let count = u64::deserialize(input)?;
		let count = u32::try_from(count).ok().filter(|count| (1..=MAX).contains(count));
		count.map(Self).ok_or_else(|| D::Error::custom(format_args!("expected a number from 1 to {MAX}")))
	}
}

impl<const MAX: u32> JsonSchema for Count<MAX> {
	fn inline_schema() -> bool {
		true
	}

	fn schema_name() -> Cow<'static, str> {
		format!("CountTo{MAX}").into()
	}

	fn json_schema(_: &mut SchemaGenerator) -> Schema {
		schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": MAX })
	}
}

fn one_block() -> Count<MAX_BLOCKS> {
	Count(1)
}

fn one_era() -> Count<MAX_ERAS> {
	Count(1)
}

fn ten_blocks() -> Count<MAX_BLOCKS> {
	Count(SESSION_BLOCKS)
}

parameters! {
	/// How many blocks to make.
	struct NewBlocks {
		/// How many blocks to make; 1 unless given, at most 10,000.
		#[serde(default = "one_block")]
		count: Count<MAX_BLOCKS>,
	}
}

parameters! {
	/// How many eras to end, and with how many blocks.
	struct NextEra {
		/// How many eras to end; 1 unless given, at most 100.
		#[serde(default = "one_era")]
		count: Count<MAX_ERAS>,
		/// The blocks of each session, spread over it; 10 unless given, and at most one in each slot.
		#[serde(default = "ten_blocks")]
		session_blocks: Count<MAX_BLOCKS>,
	}
}

parameters! {
	/// A time.
	struct SetTime {
		/// The time of the next block, in milliseconds since 1970.
		millis: u64,
	}
}

/// The last block of a chain whose blocks are made on command.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct DevHead {
	/// The block's number.
	number: u32,
	/// The era that runs after the block.
	era: Era,
	/// The session that runs after the block.
	session: u32,
	/// The block's time, in milliseconds since 1970; null for the genesis block.
	time: Option<u64>,
	/// The time of the next block, in milliseconds since 1970. It is later if no key of the node may author that slot.
	next_time: u64,
}

impl From<seal::Error> for Error {
	fn from(error: seal::Error) -> Self {
		match error {
			seal::Error::Busy => Self::Busy,
			wrong @ seal::Error::WrongTime { .. } => Self::WrongTime(wrong.to_string()),
			other => Self::NoNewBlock(other.to_string()),
		}
	}
}

async fn give(commands: Option<Commands>, command: Command) -> Result<Reply<DevHead>, Error> {
	let commands = commands.ok_or(Error::NotOnCommand)?;
	let seal::Head { hash, number, era, session, time, next } = commands.give(command).await?;
	let value = DevHead { number, era, session, time, next_time: next };
	Ok(Reply { at: BlockHash(hash), value })
}

/// Registers the commands. `commands` is `None` on a chain whose blocks are made by validators.
pub fn register(registry: &mut Registry, commands: Option<Commands>) {
	let give = move |command| give(commands.clone(), command);
	let (new_blocks, next_era, set_time) = (give.clone(), give.clone(), give);
	registry.command(
		"dev_newBlocks",
		"Makes this many blocks, one in each of the next slots that a key of the node may author, and returns the last one. \
		 Each block is final. Only for the owner of a node that runs with --seal.",
		move |NewBlocks { count }| new_blocks(Command::NewBlocks(count.0)),
	);
	registry.command(
		"dev_nextEra",
		"Makes blocks until this many eras have ended, and returns the last one, which begins an era. Only for the owner of a \
		 node that runs with --seal.",
		move |NextEra { count, session_blocks }| {
			next_era(Command::NextEra { eras: count.0, blocks: session_blocks.0 })
		},
	);
	registry.command(
		"dev_setTime",
		"Sets the chain's clock, which only moves forward: the next block has this time. Of the sessions and eras in between, \
		 only the running ones end, since no blocks are made. Returns the last block. Only for the owner of a node that runs \
		 with --seal.",
		move |SetTime { millis }| set_time(Command::SetTime(millis)),
	);
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_str, json};

	#[test]
	fn counts_have_bounds() {
		let count = |text| from_str::<NewBlocks>(text).map(|blocks| blocks.count.0);
		assert_eq!(count("[]").unwrap(), 1);
		assert_eq!(count("[10000]").unwrap(), 10_000);
		assert_eq!(count(r#"{"count": 7}"#).unwrap(), 7);
		for wrong in
			["[0]", "[10001]", "[-1]", "[1.5]", "[4294967297]", "[1e30]", r#"["1"]"#, "[null]", "[1, 2]"]
		{
			assert!(count(wrong).is_err(), "{wrong}");
		}
		let refusal = count("[10001]").unwrap_err().to_string();
		assert!(refusal.contains("expected a number from 1 to 10000"), "{refusal}");

		let eras = |text| from_str::<NextEra>(text).map(|eras| (eras.count.0, eras.session_blocks.0));
		assert_eq!(eras("[]").unwrap(), (1, 10));
		assert_eq!(eras("[30, 3]").unwrap(), (30, 3));
		assert!(eras("[101]").is_err() && eras("[1, 0]").is_err());
		assert!(from_str::<SetTime>("[]").is_err() && from_str::<SetTime>("[-1]").is_err());
	}

	#[test]
	fn the_document_has_the_bounds() {
		let mut schemas = SchemaGenerator::default();
		let schema = NewBlocks::json_schema(&mut schemas).to_value();
		let count = &schema["properties"]["count"];
		assert_eq!((&count["minimum"], &count["maximum"]), (&json!(1), &json!(MAX_BLOCKS)));
		assert_eq!(count["default"], json!(1));
	}
}
