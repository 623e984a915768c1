//! The file that describes a network. `docs/founders.md` explains each field.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The content of the file, before the checks. Amounts and addresses are texts here, so that one that cannot be read does not
/// hide the other errors.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkFile {
	/// The name for people.
	pub name: String,
	/// The name for programs, which is that of the folder with the network's data.
	pub id: String,
	/// Whether anything is at stake.
	pub kind: Kind,
	/// The total issuance of STAY at genesis.
	pub supply: String,
	/// The address of the sudo key, if there is one.
	pub sudo: Option<String>,
	/// Addresses of the nodes that a new node connects to first.
	#[serde(default)]
	pub bootnodes: Vec<String>,
	/// Telemetry servers, each with the verbosity of what nodes report.
	#[serde(default)]
	pub telemetry: Vec<(String, u8)>,
	/// Elections.
	pub staking: Staking,
	/// The parameters that differ from production.
	#[serde(default)]
	pub parameters: toml::Table,
	/// Addresses and amounts. One amount may be [`REST`].
	pub balances: BTreeMap<String, String>,
	/// The validators of the first era.
	#[serde(default)]
	pub validators: Vec<Validator>,
	/// The technical committee, which puts upgrades on the fast lane.
	pub committee: Option<Committee>,
	/// Properties for wallets, besides the symbol, the decimals and the prefix of addresses.
	#[serde(default)]
	pub properties: toml::Table,
}

/// The amount of the account that gets what the others leave of the supply.
pub const REST: &str = "rest";

/// The kinds of networks.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
	/// Something is at stake, so nobody may have power that stake did not give.
	Live,
	/// Nothing is at stake, and several people run it.
	Local,
	/// Nothing is at stake, and one machine runs all of it.
	Development,
}

/// Elections.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staking {
	/// The maximum number of validators that an election chooses.
	pub validator_count: u32,
	/// The minimum self-stake of a validator.
	pub min_self_stake: String,
}

/// A validator of the first era, as `mainstay-cli validator genesis-entry` writes it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validator {
	/// A name for the readers of the file.
	pub name: Option<String>,
	/// The address of its account, which is also its operator.
	pub account: String,
	/// Its self-stake, which comes out of its balance.
	pub stake: String,
	/// Its commission on what its delegators earn.
	pub commission: String,
	/// The public key that makes blocks.
	pub babe: String,
	/// The public key that votes for finality.
	pub grandpa: String,
	/// The public key by which validators find each other.
	pub authority_discovery: String,
	/// The signatures of the three keys on the account: the proof of possession that `session.setKeys` takes.
	pub proof: Option<String>,
}

/// The technical committee.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
	/// The addresses of the members.
	pub members: Vec<String>,
}

/// Parses the text of a file. The error is one line.
pub fn parse(text: &str) -> Result<NetworkFile, String> {
	toml::from_str(text).map_err(|error: toml::de::Error| {
		let before = error.span().and_then(|span| text.get(..span.start));
		let line = before.map(|before| format!("line {}: ", before.matches('\n').count() + 1));
		format!("{}{}", line.unwrap_or_default(), error.message().replace('\n', ", "))
	})
}
