//! The genesis that a chain spec describes, and which ones this node refuses.

use crate::client::Executor;
use codec::{Decode, Encode};
use frame_support::storage::storage_prefix;
use mainstay_runtime::{genesis_config_presets::sudo_key, BlockNumber};
use sc_chain_spec::{json_patch, ChainSpec, ChainType};
use sc_executor::RuntimeVersionOf;
use serde::Deserialize;
use serde_json::Value;
use sp_core::{
	storage::well_known_keys::CODE,
	traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode},
	Blake2Hasher, Hasher,
};
use sp_runtime::Storage;
use sp_state_machine::BasicExternalities;

/// Builds the state of block 0.
///
/// Refuses a chain whose runtime is not Mainstay's, a genesis that is the state of a later block, and a live chain whose
/// genesis has a sudo key.
pub fn build(spec: &dyn ChainSpec, executor: &Executor) -> Result<Storage, String> {
	let id = spec.id();
	let not_built = |error: String| format!("the genesis of chain `{id}` cannot be built: {error}");
	let storage = match PlainGenesis::of(spec).map_err(not_built)? {
		Some(plain) => {
			ensure_own_runtime(id, &plain.code, executor)?;
			plain.build(executor).map_err(not_built)?
		},
		None => {
			let storage = spec.as_storage_builder().build_storage().map_err(not_built)?;
			let code =
				storage.top.get(CODE).ok_or_else(|| format!("the genesis of chain `{id}` has no runtime"))?;
			ensure_own_runtime(id, code, executor)?;
			storage
		},
	};
	ensure_beginning(id, &storage)?;
	ensure_no_live_sudo(spec, &storage)?;
	Ok(storage)
}

/// The genesis of a plain chain spec: named fields, and the runtime that makes the state of them.
///
/// A chain spec can build its state by itself. It would compile the runtime for that, which takes seconds, and forget it
/// again. Here the node's own executor runs it, which keeps it for the blocks.
#[derive(Deserialize)]
struct PlainGenesis {
	#[serde(with = "sp_core::bytes")]
	code: Vec<u8>,
	/// All fields.
	config: Option<Value>,
	/// The fields that differ from the runtime's defaults.
	#[serde(default)]
	patch: Value,
}

impl PlainGenesis {
	/// The genesis of `spec`; `None` for a raw chain spec.
	fn of(spec: &dyn ChainSpec) -> Result<Option<Self>, String> {
		let mut json: Value =
			serde_json::from_str(&spec.as_json(false)?).map_err(|error| error.to_string())?;
		let Some(genesis) = json.pointer_mut("/genesis/runtimeGenesis") else { return Ok(None) };
		serde_json::from_value(genesis.take()).map(Some).map_err(|error| error.to_string())
	}

	fn build(self, executor: &Executor) -> Result<Storage, String> {
		let code = WrappedRuntimeCode((&self.code).into());
		let runtime = runtime_code(&code);
		let call = |state: &mut BasicExternalities, method: &str, argument: &[u8]| {
			let (result, _) = executor.call(state, &runtime, method, argument, CallContext::Offchain);
			result.map_err(|error| error.to_string())
		};
		let mut state = BasicExternalities::new_empty();
		let config = match self.config {
			Some(config) => config,
			None => {
				let defaults = call(&mut state, "GenesisBuilder_get_preset", &None::<String>.encode())?;
				let defaults =
					Option::<Vec<u8>>::decode(&mut &defaults[..]).map_err(|error| error.to_string())?;
				let defaults = defaults.ok_or("the runtime has no default genesis")?;
				let mut config = serde_json::from_slice(&defaults).map_err(|error| error.to_string())?;
				json_patch::merge(&mut config, self.patch);
				config
			},
		};
		let config = serde_json::to_vec(&config).map_err(|error| error.to_string())?;
		let built = call(&mut state, "GenesisBuilder_build_state", &config.encode())?;
		Result::<(), String>::decode(&mut &built[..]).map_err(|error| error.to_string())??;
		let mut storage = state.into_storages();
		storage.top.insert(CODE.to_vec(), self.code);
		Ok(storage)
	}
}

fn runtime_code<'a>(code: &'a WrappedRuntimeCode<'a>) -> RuntimeCode<'a> {
	let hash = Blake2Hasher::hash(&code.0).as_bytes().to_vec();
	RuntimeCode { code_fetcher: code, heap_pages: None, hash }
}

/// Refuses a genesis with the runtime of another project, whose blocks this node could not make.
fn ensure_own_runtime(id: &str, code: &[u8], executor: &Executor) -> Result<(), String> {
	let version = executor
		.runtime_version(
			&mut BasicExternalities::new_empty(),
			&runtime_code(&WrappedRuntimeCode(code.into())),
		)
		.map_err(|error| format!("the genesis runtime of chain `{id}` does not run on this node: {error}"))?;
	let ours = mainstay_runtime::VERSION.spec_name;
	if version.spec_name != ours {
		return Err(format!(
			"chain `{id}` is not for this node: its genesis runtime is `{}`, not `{ours}`",
			version.spec_name
		));
	}
	Ok(())
}

/// Refuses a genesis that is the state of a later block. That state holds the hashes and the time of its own chain's
/// blocks, and the runtime would panic in the first block after it.
fn ensure_beginning(id: &str, genesis: &Storage) -> Result<(), String> {
	let number = genesis
		.top
		.get(&storage_prefix(b"System", b"Number")[..])
		.and_then(|number| BlockNumber::decode(&mut &number[..]).ok());
	match number.unwrap_or_default() {
		0 => Ok(()),
		number => Err(format!(
			"chain `{id}` cannot begin with this state, which is that of a chain after block {number}: `mainstay \
			 export-state` writes it for tests; `export-chain-spec` writes what a chain begins with"
		)),
	}
}

/// Refuses a live chain whose genesis has a sudo key. Other types of chain may have one.
fn ensure_no_live_sudo(spec: &dyn ChainSpec, genesis: &Storage) -> Result<(), String> {
	if spec.chain_type() != ChainType::Live {
		return Ok(());
	}
	match BasicExternalities::new(genesis.clone()).execute_with(sudo_key) {
		None => Ok(()),
		Some(key) => Err(format!(
			"the genesis of the live chain `{}` has a sudo key, {key}, whose holder could take everything. If nothing is \
			 at stake on it, say so: set \"chainType\" to \"Local\" in the chain spec, which changes nothing of the chain",
			spec.id()
		)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain_spec::{self, GenericChainSpec};
	use sp_core::bytes::to_hex;
	use sp_io::hashing::twox_128;
	use sp_keyring::Sr25519Keyring::Alice;

	fn executor() -> Executor {
		Executor::builder().build()
	}

	/// The chain spec with this JSON in its genesis.
	fn spec(chain_type: &str, genesis: &str) -> GenericChainSpec {
		let json = format!(
			r#"{{"name": "n", "id": "i", "chainType": "{chain_type}", "bootNodes": [], "genesis": {genesis}}}"#
		);
		GenericChainSpec::from_json_bytes(json.into_bytes()).expect("a chain spec")
	}

	#[test]
	fn a_plain_spec_and_its_raw_one_build_the_same_state() {
		// Builds for lints alone have no WASM runtime.
		if mainstay_runtime_wasm::WASM_BINARY.is_none() {
			return;
		}
		let plain = chain_spec::load("dev").expect("built in");
		let built = build(&*plain, &executor()).expect("the genesis of dev");
		let own = plain.as_storage_builder().build_storage().expect("the SDK builds it, too");
		assert!(built.top == own.top && built.children_default.is_empty() && own.children_default.is_empty());
		let mut raw = plain.cloned_box();
		raw.set_storage(built.clone());
		assert!(build(&*raw, &executor()).expect("the raw spec of dev").top == built.top);

		// A whole configuration instead of a patch, and fields that the runtime does not know.
		let mut json: Value = serde_json::from_str(&plain.as_json(false).expect("JSON")).expect("JSON");
		let genesis = json["genesis"]["runtimeGenesis"].as_object_mut().expect("an object");
		let config = genesis.remove("patch").expect("a patch");
		genesis.insert("config".into(), config.clone());
		let refusal =
			build(&spec("Local", &json["genesis"].to_string()), &executor()).expect_err("fields are missing");
		assert!(
			refusal.starts_with("the genesis of chain `i` cannot be built: ")
				&& refusal.contains("missing field")
		);
		let genesis = json["genesis"]["runtimeGenesis"].as_object_mut().expect("an object");
		genesis.remove("config");
		genesis.insert("patch".into(), serde_json::json!({ "nonsense": {} }));
		let refusal =
			build(&spec("Local", &json["genesis"].to_string()), &executor()).expect_err("an unknown field");
		assert!(refusal.contains("unknown field `nonsense`") && !refusal.contains(" for blob"), "{refusal}");
	}

	#[test]
	fn code_that_is_no_runtime_is_refused() {
		let refusal = |genesis| build(&spec("Local", genesis), &executor()).expect_err("no runtime");
		assert_eq!(
			refusal(r#"{"raw": {"top": {}, "childrenDefault": {}}}"#),
			"the genesis of chain `i` has no runtime"
		);
		let none = r#"{"runtimeGenesis": {"code": "0x00", "patch": {}}}"#;
		assert!(refusal(none).starts_with("the genesis runtime of chain `i` does not run on this node: "));
	}

	/// node 9
	#[test]
	fn the_state_of_a_later_block_is_no_genesis() {
		let key = storage_prefix(b"System", b"Number").to_vec();
		let with = |number: Option<BlockNumber>| {
			let mut storage = Storage::default();
			storage.top.extend(number.map(|number| (key.clone(), number.encode())));
			ensure_beginning("some", &storage)
		};
		assert_eq!([with(None), with(Some(0))], [Ok(()), Ok(())]);
		let refusal = with(Some(7)).expect_err("a later block");
		assert!(
			refusal.contains("chain `some` cannot begin") && refusal.contains("after block 7:"),
			"{refusal}"
		);
	}

	#[test]
	fn a_live_chain_with_a_sudo_key_is_refused() {
		let key = [twox_128(b"Sudo"), twox_128(b"Key")].concat();
		let outcome = |chain_type: &str, sudo: bool| {
			let (key, alice) = (to_hex(&key, false), to_hex(&Alice.to_raw_public(), false));
			let top = if sudo { format!(r#""{key}": "{alice}""#) } else { String::new() };
			let spec =
				spec(chain_type, &format!(r#"{{"raw": {{"top": {{{top}}}, "childrenDefault": {{}}}}}}"#));
			let storage = spec.as_storage_builder().build_storage().expect("raw");
			ensure_no_live_sudo(&spec, &storage)
		};
		assert_eq!(outcome("Live", false), Ok(()));
		assert_eq!([outcome("Local", true), outcome("Development", true)], [Ok(()), Ok(())]);
		let refusal = outcome("Live", true).expect_err("a sudo key");
		let holder = format!("the live chain `i` has a sudo key, {}, whose holder", Alice.to_account_id());
		assert!(refusal.contains(&holder), "{refusal}");
	}
}
