//! The chain specs of a network.

use super::{file::Kind, network::Network, reasons::Reasons, values::shown};
use crate::chain_spec::{self, Extensions, GenericChainSpec};
use mainstay_runtime::{opaque::Block, AccountId, Balances, Hash, Hashing, Session, VERSION};
use sc_chain_spec::{construct_genesis_block, ChainSpec, ChainType};
use serde_json::{json, Value};
use sp_core::storage::well_known_keys::CODE;
use sp_runtime::{
	traits::{Block as _, Hash as _},
	BuildStorage,
};
use sp_state_machine::BasicExternalities;
use std::collections::BTreeSet;

/// The two chain specs of a network, and the hashes that identify it.
pub struct Specs {
	/// For people: the fields of the genesis by name, and the runtime that reads them.
	pub plain: String,
	/// For nodes: the state of block 0.
	pub raw: String,
	/// The hash of block 0.
	pub genesis: Hash,
	/// The BLAKE2-256 hash of the runtime.
	pub code: Hash,
}

/// Makes the specs, with the runtime in this binary. The error holds the reasons that only the built genesis shows.
pub fn build(network: &Network) -> Result<Specs, Vec<String>> {
	let one = |error: String| vec![error];
	let wasm = chain_spec::wasm().map_err(one)?;
	let mut spec = spec(network, wasm);
	let plain = spec.as_json(false).map_err(one)?;
	let storage =
		spec.build_storage().map_err(|error| one(format!("the runtime refuses this genesis: {error}")))?;
	let code = Hashing::hash(storage.top.get(CODE).map(Vec::as_slice).unwrap_or_default());
	let top: Vec<_> = storage.top.clone().into_iter().collect();
	let version = VERSION.state_version();
	let block: Block = construct_genesis_block(Hashing::trie_root(top, version), version);
	BasicExternalities::new(storage.clone()).execute_with(|| check_state(network))?;
	spec.set_storage(storage);
	Ok(Specs { plain, raw: spec.as_json(true).map_err(one)?, genesis: block.header().hash(), code })
}

/// The plain spec without the code: it depends on the file, and not on the runtime's code.
pub fn without_code(network: &Network) -> Result<String, String> {
	let plain = spec(network, &[]).as_json(false)?;
	let mut plain: Value = serde_json::from_str(&plain).map_err(|error| error.to_string())?;
	plain["genesis"]["runtimeGenesis"]["code"] = json!("0x");
	serde_json::to_string_pretty(&plain).map_err(|error| error.to_string())
}

fn spec(network: &Network, wasm: &[u8]) -> GenericChainSpec {
	let chain_type = match network.kind {
		Kind::Live => ChainType::Live,
		Kind::Local => ChainType::Local,
		Kind::Development => ChainType::Development,
	};
	let builder = GenericChainSpec::builder(wasm, Extensions::default())
		.with_name(&network.name)
		.with_id(&network.id)
		.with_protocol_id(&network.id.replace('_', "-"))
		.with_chain_type(chain_type)
		.with_boot_nodes(network.bootnodes.clone())
		.with_properties(network.properties.clone())
		.with_genesis_config_patch(network.founding.patch());
	match &network.telemetry {
		Some(telemetry) => builder.with_telemetry_endpoints(telemetry.clone()).build(),
		None => builder.build(),
	}
}

/// Compares the current state, which the runtime built, with the file.
fn check_state(network: &Network) -> Result<(), Vec<String>> {
	let mut reasons = Reasons::default();
	let issuance = Balances::total_issuance();
	reasons.unless(issuance == network.supply, || {
		format!("supply: the genesis has {}, and not {}", shown(issuance), shown(network.supply))
	});
	let elected: BTreeSet<AccountId> = Session::validators().into_iter().collect();
	for founder in &network.founding.founders {
		let who = &founder.account;
		reasons.unless(elected.contains(who), || {
			format!(
				"validators: {who} would not be elected: {} is less than a seat costs among these (parameters.seat_fraction)",
				shown(founder.stake)
			)
		});
	}
	match reasons.into_list() {
		reasons if reasons.is_empty() => Ok(()),
		reasons => Err(reasons),
	}
}
