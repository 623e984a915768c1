//! A validator's part of the file that founds a network.

use super::node::FreshKeys;
use crate::{
	chain::Chain,
	error::Error,
	keys::{self, KeyOptions, NodeKeys},
	output::Out,
	scale::hex_of,
	values::{decimal, Amount, BasisPoints, STAY_DECIMALS},
};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use subxt::utils::AccountId32;

/// The arguments of `genesis-entry`.
#[derive(Args, Debug)]
pub struct GenesisEntry {
	/// The account that validates: its address, or the name of its key
	pub account: String,
	/// The folder with the node's session keys, one of each type. If it has a password, name the file with it by
	/// --password-file
	#[arg(long, value_name = "FOLDER", conflicts_with = "node", required_unless_present = "node")]
	pub keystore_path: Option<PathBuf>,
	/// A running node, of any chain, on which to make new keys: the address in its file `owner`. The keys are then in its
	/// keystore
	#[arg(long, value_name = "URL")]
	pub node: Option<String>,
	/// The STAY that it stakes at genesis, out of its balance there
	#[arg(long, value_name = "AMOUNT")]
	pub stake: Amount,
	/// Its commission on what its delegators earn
	#[arg(long, value_name = "PERCENT", default_value = "5%")]
	pub commission: BasisPoints,
	/// A name for the readers of the file
	#[arg(long)]
	pub name: Option<String>,
}

/// An entry of `[[validators]]` in the file.
#[derive(Serialize)]
struct Entry {
	#[serde(skip_serializing_if = "Option::is_none")]
	name: Option<String>,
	account: String,
	stake: String,
	commission: String,
	babe: String,
	grandpa: String,
	authority_discovery: String,
	proof: String,
}

/// The part of the file that is printed.
#[derive(Serialize)]
struct File<'a> {
	validators: [&'a Entry; 1],
}

impl GenesisEntry {
	/// Prints the entry.
	pub async fn run(self, options: &KeyOptions, out: &Out) -> Result<(), Error> {
		let owner = keys::address(&self.account, options.prefixes)?;
		let stake = self.stake.units(STAY_DECIMALS).map_err(Error::Usage)?;
		let (public, proof) = self.keys(&owner, options).await?;
		let [babe, grandpa, authority_discovery] = public.map(|key| hex_of(&key));
		let entry = Entry {
			name: self.name,
			account: owner.to_string(),
			stake: format!("{} STAY", decimal(stake, STAY_DECIMALS)),
			commission: self.commission.to_string(),
			babe,
			grandpa,
			authority_discovery,
			proof: hex_of(&proof),
		};
		let (json, toml) = (serde_json::to_value(&entry), toml::to_string(&File { validators: [&entry] }));
		let unwritten =
			|error: &dyn std::fmt::Display| Error::Io(format!("the entry cannot be written: {error}"));
		out.value(
			&json.map_err(|error| unwritten(&error))?,
			toml.map_err(|error| unwritten(&error))?.trim_end(),
		);
		Ok(())
	}

	/// The public keys, and the proof that the holder of the secrets assigned them to `owner`.
	async fn keys(
		&self,
		owner: &AccountId32,
		options: &KeyOptions,
	) -> Result<([[u8; 32]; 3], Vec<u8>), Error> {
		if let Some(folder) = &self.keystore_path {
			let password = match options.password_file() {
				Some(_) => Some(keys::password(options, &folder.display().to_string())?),
				None => None,
			};
			let keys = NodeKeys::read(folder, password.as_deref().map(String::as_str))?;
			return Ok((keys.public(), keys.prove(owner)));
		}
		let url = self
			.node
			.as_deref()
			.ok_or_else(|| Error::Usage("where are the keys? Give --keystore-path or --node".into()))?;
		let made = FreshKeys::make(&Chain::connect(url).await?, owner).await?;
		Ok((made.public, made.proof))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_entry_is_a_table_of_the_file() {
		let entry = Entry {
			name: Some("Vera \"V\"".into()),
			account: "5F".into(),
			stake: "10000.5 STAY".into(),
			commission: "5%".into(),
			babe: "0x01".into(),
			grandpa: "0x02".into(),
			authority_discovery: "0x03".into(),
			proof: "0x04".into(),
		};
		let text = toml::to_string(&File { validators: [&entry] }).unwrap();
		assert!(text.starts_with("[[validators]]\nname = "), "{text}");
		let read: toml::Table = text.parse().unwrap();
		let read = &read["validators"][0];
		assert_eq!((read["name"].as_str(), read["proof"].as_str()), (Some("Vera \"V\""), Some("0x04")));
		assert_eq!(read["authority_discovery"].as_str(), Some("0x03"));
		let nameless = toml::to_string(&File { validators: [&Entry { name: None, ..entry }] }).unwrap();
		assert!(!nameless.contains("name"), "{nameless}");
	}
}
