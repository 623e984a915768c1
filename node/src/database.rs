//! Opens the database, and refuses one that this node must not use.

use crate::{
	client::{Executor, FullBackend},
	sdk::pruning::stored_pruning,
};
use codec::Decode;
use frame_support::storage::storage_prefix;
use mainstay_runtime::{opaque::Block, BlockNumber};
use sc_client_api::{blockchain::HeaderBackend, Backend};
use sc_executor::RuntimeVersionOf;
use sc_service::{BuildGenesisBlock, Configuration, Error, GenesisBlockBuilder};
use sp_core::{
	storage::well_known_keys::CODE,
	traits::{RuntimeCode, WrappedRuntimeCode},
	Blake2Hasher, Hasher,
};
use sp_runtime::{traits::Block as _, Storage};
use sp_state_machine::BasicExternalities;
use std::{
	fs::{File, TryLockError},
	path::Path,
	sync::Arc,
};

/// The genesis of the chain spec, ready to be written to an empty database.
pub struct Genesis {
	block: Block,
	operation: <Self as BuildGenesisBlock<Block>>::BlockImportOperation,
}

impl BuildGenesisBlock<Block> for Genesis {
	type BlockImportOperation = <FullBackend as Backend<Block>>::BlockImportOperation;

	fn build_genesis_block(self) -> sp_blockchain::Result<(Block, Self::BlockImportOperation)> {
		Ok((self.block, self.operation))
	}
}

/// Opens or creates the database of `config`.
///
/// Refuses a database that another process has open, a database with another pruning mode than `config` has, a chain
/// whose runtime is not Mainstay's or whose genesis is the state of a later block, and a database with another
/// genesis, which the client itself would continue, in conflict with every peer. No database is created for a chain
/// that is refused.
pub fn open(config: &Configuration, executor: &Executor) -> Result<(Arc<FullBackend>, Genesis), Error> {
	ensure_free(config)?;
	// An existing database is checked first, which is quick. Building a genesis takes seconds.
	let existing = exists(config)?.then(|| open_backend(config)).transpose()?;
	let id = config.chain_spec.id();
	let storage = (config.chain_spec.as_storage_builder().build_storage()).map_err(|error| {
		// The runtime's error quotes the whole genesis.
		let error = error.split(" for blob:").next().unwrap_or_default();
		format!("the genesis of chain `{id}` cannot be built: {error}")
	})?;
	ensure_own_runtime(id, &storage, executor)?;
	ensure_beginning(id, &storage)?;
	let backend = existing.map_or_else(|| open_backend(config), Ok)?;

	let (block, operation) = GenesisBlockBuilder::<Block, _, _>::new_with_storage(
		storage,
		!config.no_genesis(),
		backend.clone(),
		executor.clone(),
	)?
	.build_genesis_block()?;
	let expected = block.header().hash();
	let found = backend.blockchain().info().genesis_hash;
	// An empty database has no genesis yet.
	if found != Default::default() && found != expected {
		let shown = path(config)?.display();
		return Err(format!(
			"the database at {shown} belongs to another chain: its genesis is {found:?}, that of chain `{id}` is \
			 {expected:?}; choose another --base-path or the chain spec it was made with"
		)
		.into());
	}
	Ok((backend, Genesis { block, operation }))
}

/// Opens the database, or creates an empty one.
fn open_backend(config: &Configuration) -> Result<Arc<FullBackend>, Error> {
	let mut settings = config.db_config();
	// A pruning node must keep the justifications for warp sync proofs.
	settings.pruning_filters = vec![Arc::new(sc_consensus_grandpa::GrandpaPruningFilter)];
	let shown = path(config)?.display();
	sc_service::new_db_backend::<Block>(settings).map_err(|error| {
		let error = error.to_string();
		match stored_pruning(&error) {
			Some(stored) => format!(
				"the database at {shown} was made with `--state-pruning {stored}`, and stays so: leave that argument \
				 out, or delete the database with `mainstay purge-chain` and sync anew"
			),
			None => format!("cannot open the database at {shown}: {error}"),
		}
		.into()
	})
}

fn exists(config: &Configuration) -> Result<bool, Error> {
	Ok(path(config)?.join("metadata").exists())
}

/// Refuses to continue without a database: the SDK would create an empty one and report on that.
pub fn ensure_exists(config: &Configuration) -> Result<(), Error> {
	if exists(config)? {
		return Ok(());
	}
	let path = path(config)?;
	Err(format!("there is no database of chain `{}` at {}", config.chain_spec.id(), path.display()).into())
}

/// Refuses a database that another process has open.
pub fn ensure_free(config: &Configuration) -> Result<(), Error> {
	let path = path(config)?;
	// ParityDB holds this lock while it is open.
	let Ok(lock) = File::open(path.join("lock")) else { return Ok(()) };
	match lock.try_lock() {
		Err(TryLockError::WouldBlock) => {
			Err(format!("the database at {} is in use by another process", path.display()).into())
		},
		// Opening the database reports any other error of the file.
		Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
	}
}

fn path(config: &Configuration) -> Result<&Path, Error> {
	config.database.path().ok_or_else(|| Error::Other("the database has no path".into()))
}

/// Refuses a genesis with the runtime of another project, whose blocks this node could not make.
fn ensure_own_runtime(id: &str, genesis: &Storage, executor: &Executor) -> Result<(), Error> {
	let wasm =
		(genesis.top.get(CODE)).ok_or_else(|| format!("the genesis of chain `{id}` has no runtime"))?;
	let runtime = RuntimeCode {
		code_fetcher: &WrappedRuntimeCode(wasm.into()),
		heap_pages: None,
		hash: Blake2Hasher::hash(wasm).as_bytes().to_vec(),
	};
	let version = executor
		.runtime_version(&mut BasicExternalities::new_empty(), &runtime)
		.map_err(|error| format!("the genesis runtime of chain `{id}` does not run on this node: {error}"))?;
	let ours = mainstay_runtime::VERSION.spec_name;
	if version.spec_name != ours {
		return Err(format!(
			"chain `{id}` is not for this node: its genesis runtime is `{}`, not `{ours}`",
			version.spec_name
		)
		.into());
	}
	Ok(())
}

/// Refuses a genesis that is the state of a later block. That state holds the hashes and the time of its own chain's
/// blocks, and the runtime would panic in the first block after it.
fn ensure_beginning(id: &str, genesis: &Storage) -> Result<(), Error> {
	let number = genesis
		.top
		.get(&storage_prefix(b"System", b"Number")[..])
		.and_then(|number| BlockNumber::decode(&mut &number[..]).ok());
	match number.unwrap_or_default() {
		0 => Ok(()),
		number => Err(format!(
			"chain `{id}` cannot begin with this state, which is that of a chain after block {number}: `mainstay \
			 export-state` writes it for tests; `export-chain-spec` writes what a chain begins with"
		)
		.into()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	/// node 9
	#[test]
	fn the_state_of_a_later_block_is_no_genesis() {
		let key = storage_prefix(b"System", b"Number").to_vec();
		let with = |number: Option<BlockNumber>| {
			let mut storage = Storage::default();
			storage.top.extend(number.map(|number| (key.clone(), number.encode())));
			ensure_beginning("some", &storage)
		};
		assert!(with(None).is_ok() && with(Some(0)).is_ok());
		let refusal = with(Some(7)).unwrap_err().to_string();
		assert!(
			refusal.contains("chain `some` cannot begin") && refusal.contains("after block 7:"),
			"{refusal}"
		);
	}
}
