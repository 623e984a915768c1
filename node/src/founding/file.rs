//! The file that describes a network. `docs/founders.md` tells what each part means.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What the file says, before it is known whether that makes a network. What people write in their own way, amounts and
/// addresses, are texts here, so that one that is wrong hides nothing else that is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkFile {
	/// How people call it.
	pub name: String,
	/// How programs call it: the name of the folder with its data.
	pub id: String,
	/// How much is at stake.
	pub kind: Kind,
	/// All STAY there is at genesis.
	pub supply: String,
	/// Whose key is root, if anybody's.
	pub sudo: Option<String>,
	/// Addresses of nodes that others find first.
	#[serde(default)]
	pub bootnodes: Vec<String>,
	/// Servers that nodes tell of themselves, and how much.
	#[serde(default)]
	pub telemetry: Vec<(String, u8)>,
	/// Elections.
	pub staking: Staking,
	/// What is different from a production network.
	#[serde(default)]
	pub parameters: toml::Table,
	/// Address and amount; one amount may be [`REST`].
	pub balances: BTreeMap<String, String>,
	/// The validators of the first era.
	#[serde(default)]
	pub validators: Vec<Validator>,
	/// The technical committee, which opens the fast lane for upgrades.
	pub committee: Option<Committee>,
	/// What wallets are told beyond the symbol, the decimals and the prefix.
	#[serde(default)]
	pub properties: toml::Table,
}

/// The amount of whoever gets what the supply leaves.
pub const REST: &str = "rest";

/// What is at stake on a network.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
	/// Something: nobody may have power that was not given by stake.
	Live,
	/// Nothing, but it is run by several.
	Local,
	/// Nothing, and one machine runs all of it.
	Development,
}

/// Elections.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staking {
	/// How many validators an election may choose.
	pub validator_count: u32,
	/// What each must stake of its own.
	pub min_self_stake: String,
}

/// A validator of the first era, as `mainstay-cli validator genesis-entry` writes it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validator {
	/// For whoever reads the file.
	pub name: Option<String>,
	/// Its account, which is the operator's.
	pub account: String,
	/// What it stakes, out of its balance.
	pub stake: String,
	/// The part that it takes of what its delegators earn.
	pub commission: String,
	/// The key that makes blocks.
	pub babe: String,
	/// The key that votes for finality.
	pub grandpa: String,
	/// The key by which validators find each other.
	pub authority_discovery: String,
	/// The signatures of the three keys under the account: the proof of possession that `session.setKeys` takes.
	pub proof: Option<String>,
}

/// The technical committee.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
	/// Their addresses.
	pub members: Vec<String>,
}

/// Reads the file's text. The error is one line.
pub fn parse(text: &str) -> Result<NetworkFile, String> {
	toml::from_str(text).map_err(|error: toml::de::Error| {
		let before = error.span().and_then(|span| text.get(..span.start));
		let line = before.map(|before| format!("line {}: ", before.matches('\n').count() + 1));
		format!("{}{}", line.unwrap_or_default(), error.message().replace('\n', ", "))
	})
}
