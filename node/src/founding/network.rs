//! Makes a network of the file, or all the reasons why it would not work.

use super::{
	balances::{self, Balances},
	file::{Kind, NetworkFile},
	known, parameters,
	reasons::Reasons,
	validators,
	values::{account, amount},
};
use crate::chain_spec::{self, BUILT_IN};
use mainstay_primitives::{AccountId, Balance};
use mainstay_runtime::{
	configs::{economy::MaxValidators, governance::MaxMembers},
	genesis_config_presets::Founding,
};
use sc_chain_spec::Properties;
use sc_network::config::MultiaddrWithPeerId;
use sc_telemetry::TelemetryEndpoints;
use std::collections::BTreeSet;

/// The maximum length of an id, which is the name of a folder.
const MAX_ID: usize = 64;

/// A network that passed all checks that need no genesis.
pub struct Network {
	/// The name for people.
	pub name: String,
	/// The name for programs.
	pub id: String,
	/// Whether anything is at stake.
	pub kind: Kind,
	/// The total issuance of STAY at genesis.
	pub supply: Balance,
	/// The content of the genesis.
	pub founding: Founding,
	/// Addresses of the nodes that a new node connects to first.
	pub bootnodes: Vec<MultiaddrWithPeerId>,
	/// Telemetry servers.
	pub telemetry: Option<TelemetryEndpoints>,
	/// Properties for wallets.
	pub properties: Properties,
}

/// Checks a file. The error holds all reasons against it, each of one line.
pub fn read(file: NetworkFile) -> Result<Network, Vec<String>> {
	let mut reasons = Reasons::default();
	check_names(&file, &mut reasons);
	let bootnodes = bootnodes(&file.bootnodes, &mut reasons);
	let telemetry = telemetry(&file.telemetry, &mut reasons);
	let properties = properties(&file.properties, &mut reasons);
	let parameters = parameters::over_production(&file.parameters, &mut reasons);
	let min_self_stake = reasons.take("staking.min_self_stake", amount(&file.staking.min_self_stake));
	check_elections(&file, parameters.least_validators, &mut reasons);
	let sudo = sudo(&file, &mut reasons);
	let committee = committee(&file, &mut reasons);
	let supply = reasons.take("supply", amount(&file.supply));
	let Balances { whole, known } = balances::read(&file.balances, supply, file.kind, &mut reasons);
	let least_stake = min_self_stake.map(|least| least.max(parameters.min_deposit));
	let founders = validators::read(&file.validators, &known, least_stake, file.kind, &mut reasons);

	let network = (|| {
		Some(Network {
			name: file.name,
			id: file.id,
			kind: file.kind,
			supply: supply?,
			founding: Founding {
				parameters,
				validator_count: file.staking.validator_count,
				min_self_stake: min_self_stake?,
				balances: whole?,
				founders: founders?,
				committee,
				sudo,
			},
			bootnodes,
			telemetry,
			properties,
		})
	})();
	match (network, reasons.into_list()) {
		(Some(network), reasons) if reasons.is_empty() => Ok(network),
		(_, reasons) => Err(reasons),
	}
}

fn check_names(file: &NetworkFile, reasons: &mut Reasons) {
	reasons.unless(!file.name.trim().is_empty(), || "name: it is empty".into());
	let id = &file.id;
	let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
	let sound = id.starts_with(|first: char| first.is_ascii_lowercase())
		&& id.len() <= MAX_ID
		&& id.bytes().all(allowed);
	reasons.unless(sound, || {
		format!("id: `{id}` is not 1 to {MAX_ID} of a-z, 0-9 and _, beginning with a letter")
	});
	reasons.unless(!BUILT_IN.contains(&id.as_str()), || {
		format!("id: `{id}` is the chain that is built in, and nodes of both would use one folder")
	});
}

fn check_elections(file: &NetworkFile, least: u32, reasons: &mut Reasons) {
	let (named, count) = (file.validators.len(), file.staking.validator_count);
	let most = MaxValidators::get();
	reasons.unless(count <= most, || {
		format!("staking.validator_count: it is {count}, and the chain has {most} at most")
	});
	reasons.unless(count >= least, || {
		format!("staking.validator_count: it is {count}, and an election of fewer than {least} is not used (parameters.least_validators)")
	});
	reasons.unless(named >= least as usize, || {
		format!("validators: there are {named}, and {least} are the least (parameters.least_validators)")
	});
	reasons.unless(named <= count as usize, || {
		format!("validators: there are {named}, and an election chooses {count} (staking.validator_count)")
	});
}

/// The account of the sudo key.
fn sudo(file: &NetworkFile, reasons: &mut Reasons) -> Option<AccountId> {
	let text = file.sudo.as_ref()?;
	reasons.unless(file.kind != Kind::Live, || {
		"sudo: a live network has no such key: whoever holds it could take everything. Governance upgrades the chain".into()
	});
	let key = reasons.take("sudo", account(text))?;
	known::refuse("sudo", key.as_ref(), file.kind, reasons);
	Some(key)
}

/// The members of the committee.
fn committee(file: &NetworkFile, reasons: &mut Reasons) -> Vec<AccountId> {
	let texts = file.committee.as_ref().map(|committee| &committee.members[..]).unwrap_or_default();
	reasons.unless(file.kind == Kind::Development || !texts.is_empty(), || {
		"committee: it has no members, and the fast lane for upgrades needs a committee".into()
	});
	let most = MaxMembers::get();
	reasons.unless(texts.len() <= most as usize, || {
		format!("committee: it has {} members, and {most} are the most", texts.len())
	});
	let mut seen = BTreeSet::new();
	let mut members = vec![];
	for text in texts {
		let Some(member) = reasons.take("committee", account(text)) else { continue };
		known::refuse("committee", member.as_ref(), file.kind, reasons);
		match seen.insert(member.clone()) {
			true => members.push(member),
			false => reasons.add(format!("committee: {text} is there twice")),
		}
	}
	members
}

fn bootnodes(texts: &[String], reasons: &mut Reasons) -> Vec<MultiaddrWithPeerId> {
	let mut bootnodes: Vec<MultiaddrWithPeerId> = vec![];
	for text in texts {
		let read = text.parse::<MultiaddrWithPeerId>().map_err(|error| {
			format!("`{text}` is no address of a node, as /dns/NAME/tcp/30333/p2p/PEER is: {error}")
		});
		let Some(address) = reasons.take("bootnodes", read) else { continue };
		match bootnodes.contains(&address) {
			false => bootnodes.push(address),
			true => reasons.add(format!("bootnodes: {text} is there twice")),
		}
	}
	bootnodes
}

fn telemetry(servers: &[(String, u8)], reasons: &mut Reasons) -> Option<TelemetryEndpoints> {
	let read = TelemetryEndpoints::new(servers.to_vec())
		.map_err(|error| format!("a server is written [\"wss://NAME/submit/\", 0], and one is not: {error}"));
	reasons.take("telemetry", read).filter(|servers| !servers.is_empty())
}

/// The properties of every network of this runtime, and those that the file adds.
fn properties(table: &toml::Table, reasons: &mut Reasons) -> Properties {
	let mut properties = chain_spec::properties();
	for (name, written) in table {
		let read = serde_json::to_value(written).map_err(|error| error.to_string());
		let Some(value) = reasons.take(&format!("properties.{name}"), read) else { continue };
		match properties.get(name) {
			Some(fixed) if *fixed != value => reasons.add(format!(
				"properties.{name}: it is {fixed} on every network of this runtime, and wallets sign by it"
			)),
			_ => drop(properties.insert(name.clone(), value)),
		}
	}
	properties
}
