//! Opens the database, and refuses one that this node must not use.

use crate::{
	client::{Executor, FullBackend},
	genesis,
	sdk::pruning::stored_pruning,
};
use mainstay_runtime::opaque::Block;
use sc_client_api::{blockchain::HeaderBackend, Backend};
use sc_service::{BuildGenesisBlock, Configuration, Error, GenesisBlockBuilder};
use sp_runtime::traits::Block as _;
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
/// Refuses a database that another process has open, a database with another pruning mode than `config` has, a genesis
/// that [`genesis::build`] refuses, and a database with another genesis, which the client itself would continue, in
/// conflict with every peer. No database is created for a chain that is refused.
pub fn open(config: &Configuration, executor: &Executor) -> Result<(Arc<FullBackend>, Genesis), Error> {
	ensure_free(config)?;
	// An existing database is checked first, which is quick. Building a genesis takes seconds.
	let existing = exists(config)?.then(|| open_backend(config)).transpose()?;
	let id = config.chain_spec.id();
	let storage = genesis::build(&*config.chain_spec, executor)?;
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
