//! The chains that `--chain` can name.

use crate::cli::CHAINS;
use sc_chain_spec::{
	ChainType, GenericChainSpec, NoExtension, Properties, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET,
};
use std::{fs::File, path::Path};

/// The chain called `name`: a built-in one, or the file at that path.
///
/// The error is one line that names what was asked for and what would do.
pub fn load(name: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
	Ok(Box::new(match name {
		"" => return Err(format!("no chain was named: pass --dev, or --chain with {CHAINS}")),
		"dev" => built_in(
			"Mainstay Development",
			"mainstay_dev",
			"mainstay-dev",
			ChainType::Development,
			DEV_RUNTIME_PRESET,
		)?,
		"local" => built_in(
			"Mainstay Local",
			"mainstay_local",
			"mainstay-local",
			ChainType::Local,
			LOCAL_TESTNET_RUNTIME_PRESET,
		)?,
		path => from_file(Path::new(path))?,
	}))
}

/// A chain that begins with a genesis preset of the runtime in this binary.
fn built_in(
	name: &str,
	id: &str,
	protocol_id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<GenericChainSpec, String> {
	let wasm = mainstay_runtime::WASM_BINARY.ok_or(
		"this binary was built without the WASM runtime (SKIP_WASM_BUILD): it has no built-in chain, \
		 so --chain needs the path of a chain spec file",
	)?;
	Ok(GenericChainSpec::builder(wasm, NoExtension::None)
		.with_name(name)
		.with_id(id)
		.with_protocol_id(protocol_id)
		.with_chain_type(chain_type)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// How wallets show amounts and addresses.
fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), "STAY".into());
	properties.insert("tokenDecimals".into(), 12.into());
	properties.insert("ss58Format".into(), 42.into());
	properties
}

fn from_file(path: &Path) -> Result<GenericChainSpec, String> {
	let shown = path.display();
	let file = File::open(path)
		.map_err(|error| format!("cannot open the chain spec `{shown}`: {error}; --chain takes {CHAINS}"))?;
	// A folder can be opened as well.
	if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
		return Err(format!("`{shown}` is a folder; --chain takes {CHAINS}"));
	}
	GenericChainSpec::from_json_file(path.to_owned()).map_err(|error| {
		let error = error.trim_start_matches("Error parsing spec file: ");
		format!("`{shown}` is not a chain spec: {error}")
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	fn refusal(name: &str) -> String {
		let Err(refusal) = load(name) else { panic!("`{name}` is no chain") };
		refusal
	}

	#[test]
	fn a_chain_must_be_named() {
		assert!(refusal("").contains("--chain with `dev`, `local`"));
		let unknown = refusal("/no/such/file");
		assert!(unknown.contains("/no/such/file") && unknown.contains("`dev`, `local`"), "{unknown}");
	}

	#[test]
	fn a_file_must_be_a_chain_spec() {
		let this_file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/chain_spec.rs");
		assert!(refusal(env!("CARGO_MANIFEST_DIR")).contains(" is a folder; "));
		assert!(refusal(this_file).ends_with("is not a chain spec: expected value at line 1 column 1"));
	}

	#[test]
	fn built_in_chains_have_a_genesis() {
		// A build for lints and unit tests has no WASM runtime.
		if mainstay_runtime::WASM_BINARY.is_none() {
			assert!(refusal("dev").contains("without the WASM runtime"));
			return;
		}
		for (name, id) in [("dev", "mainstay_dev"), ("local", "mainstay_local")] {
			let spec = load(name).expect("built in");
			assert_eq!(spec.id(), id);
			let genesis = spec.as_storage_builder().build_storage().expect("the preset fits the runtime");
			assert!(!genesis.top.is_empty());
		}
	}
}
