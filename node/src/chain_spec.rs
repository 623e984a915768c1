//! The chains that `--chain` can name.

use mainstay_runtime::{genesis_config_presets::get_preset, opaque::Block, BlockNumber, Hash};
use sc_chain_spec::{
	ChainSpecExtension, ChainType, Properties, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET,
};
use sc_consensus_grandpa::AuthoritySetHardFork;
use sc_sync_state_rpc::LightSyncStateExtension;
use serde::{Deserialize, Serialize};
use sp_consensus_grandpa::AuthorityList;
use std::{fs::File, path::Path};

/// What `--chain` accepts.
pub const CHAINS: &str = "`dev`, `local` or the path of a chain spec file";

/// A chain specification with our extensions.
pub type GenericChainSpec = sc_chain_spec::GenericChainSpec<Extensions>;

/// Our extensions of a Substrate chain specification. They are not part of the genesis: two files that differ only in
/// them describe the same chain.
#[derive(Clone, Default, Debug, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// The checkpoint from which light clients start instead of the genesis, as `sync_state_genSyncSpec` writes it.
	pub light_sync_state: LightSyncStateExtension,
}

/// The property that lists the forced changes. It is one of the properties because smoldot refuses a specification
/// with an unknown field, and the same file should work for all clients.
const FORCED_CHANGES: &str = "forcedChanges";

/// A change of GRANDPA's voters that governance made after too many of the old voters were lost. No old voter has
/// signed it, so warp sync reads it from the specification.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ForcedChange {
	/// The hash of the last block at which the voters changed by signatures: the block given to `grandpa.noteStalled`.
	hash: Hash,
	/// Its number.
	number: BlockNumber,
	/// The number of the set of new voters.
	set_id: u64,
	/// The new voters' keys and weights.
	authorities: AuthorityList,
}

/// The forced changes that a specification lists, for warp sync.
///
/// Other parts of a node must not get them: the import reads a forced change from the chain's blocks, and would apply
/// it twice.
pub fn forced_changes(spec: &dyn sc_service::ChainSpec) -> Result<Vec<AuthoritySetHardFork<Block>>, String> {
	let Some(listed) = spec.properties().remove(FORCED_CHANGES) else { return Ok(Vec::new()) };
	let changes: Vec<ForcedChange> = serde_json::from_value(listed)
		.map_err(|error| format!("the property `{FORCED_CHANGES}` of the chain spec is wrong: {error}"))?;
	let change = |ForcedChange { hash, number, set_id, authorities }| AuthoritySetHardFork {
		set_id,
		block: (hash, number),
		authorities,
		last_finalized: None,
	};
	Ok(changes.into_iter().map(change).collect())
}

/// The ids of the chains that are built in.
pub const BUILT_IN: [&str; 2] = ["mainstay_dev", "mainstay_local"];

/// The chain called `name`: a built-in one, or the file at that path.
///
/// The error is one line that repeats the name and says which names work.
pub fn load(name: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
	Ok(Box::new(match name {
		"" => return Err(format!("no chain was given: pass --dev, or --chain with {CHAINS}")),
		"dev" => built_in(
			"Mainstay Development",
			BUILT_IN[0],
			"mainstay-dev",
			ChainType::Development,
			DEV_RUNTIME_PRESET,
		)?,
		"local" => built_in(
			"Mainstay Local",
			BUILT_IN[1],
			"mainstay-local",
			ChainType::Local,
			LOCAL_TESTNET_RUNTIME_PRESET,
		)?,
		path => from_file(Path::new(path))?,
	}))
}

/// A chain whose genesis is a preset of the runtime in this binary.
fn built_in(
	name: &str,
	id: &str,
	protocol_id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<GenericChainSpec, String> {
	// Asking the runtime's WASM for it would compile that first, which takes seconds.
	let patch = get_preset(&preset.to_owned()).ok_or_else(|| format!("there is no preset `{preset}`"))?;
	let patch = serde_json::from_slice(&patch).map_err(|error| error.to_string())?;
	Ok(GenericChainSpec::builder(wasm()?, Extensions::default())
		.with_name(name)
		.with_id(id)
		.with_protocol_id(protocol_id)
		.with_chain_type(chain_type)
		.with_properties(properties())
		.with_genesis_config_patch(patch)
		.build())
}

/// The runtime in this binary.
pub fn wasm() -> Result<&'static [u8], String> {
	let none = "this binary was built without the WASM runtime (SKIP_WASM_BUILD): it has no built-in chain, \
		so --chain needs the path of a chain spec file, and it founds no network";
	mainstay_runtime_wasm::WASM_BINARY.ok_or_else(|| none.into())
}

/// How wallets show amounts and addresses: on every network of this runtime in one way.
pub fn properties() -> Properties {
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
	// Opening a folder succeeds, too.
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
	use sc_chain_spec::GenesisConfigBuilderRuntimeCaller;

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
	fn forced_changes_are_read_and_one_that_is_misspelt_is_refused() {
		let spec = |properties: &str| {
			let genesis = r#"{"raw": {"top": {}, "childrenDefault": {}}}"#;
			let spec = format!(
				r#"{{"name": "n", "id": "i", "bootNodes": [], "properties": {{{properties}}}, "genesis": {genesis}}}"#
			);
			GenericChainSpec::from_json_bytes(spec.into_bytes()).expect("a chain spec")
		};
		assert!(forced_changes(&spec("")).expect("none are listed").is_empty());
		let (hash, key) =
			(format!("{:?}", Hash::repeat_byte(7)), "5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu");
		let one = format!(
			r#""forcedChanges": [{{"hash": "{hash}", "number": 9, "setId": 4, "authorities": [["{key}", 1]]}}]"#
		);
		let changes = forced_changes(&spec(&one)).expect("one change");
		let [AuthoritySetHardFork { set_id: 4, block, authorities, last_finalized: None }] = &changes[..]
		else {
			panic!("one change, to set 4")
		};
		assert_eq!(*block, (Hash::repeat_byte(7), 9));
		assert_eq!(authorities.len(), 1);
		let Err(refusal) = forced_changes(&spec(&one.replace("setId", "set"))) else { panic!("misspelt") };
		assert!(
			refusal
				.starts_with("the property `forcedChanges` of the chain spec is wrong: unknown field `set`"),
			"{refusal}"
		);
	}

	#[test]
	fn built_in_chains_have_a_genesis() {
		// Builds for lints and unit tests have no WASM runtime.
		if mainstay_runtime_wasm::WASM_BINARY.is_none() {
			assert!(refusal("dev").contains("without the WASM runtime"));
			return;
		}
		let presets = [DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET];
		for ((name, id), preset) in ["dev", "local"].into_iter().zip(BUILT_IN).zip(presets) {
			let spec = load(name).expect("built in");
			assert_eq!(spec.id(), id);
			let plain = spec.as_json(false).expect("a chain spec");
			let plain: serde_json::Value = serde_json::from_str(&plain).expect("JSON");
			let runtime = GenesisConfigBuilderRuntimeCaller::<()>::new(wasm().expect("checked above"));
			let own = runtime.get_named_preset(Some(&preset.to_owned())).expect("a preset of the runtime");
			assert_eq!(plain["genesis"]["runtimeGenesis"]["patch"], own, "{name}");
		}
	}
}
