//! The parts of every node, however the blocks of its chain are made: database, client, keystore, transaction pool,
//! telemetry.

use crate::{
	client::{FullBackend, FullClient, FullPool, FullSelectChain},
	database, executor,
	sdk::essential::Essential,
};
use mainstay_runtime::{opaque::Block, RuntimeApi};
use sc_service::{Configuration, Error, KeystoreContainer, TaskManager};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sp_keystore::KeystorePtr;
use std::{path::Path, sync::Arc};

/// These parts.
pub struct Base {
	/// Reads the chain, and calls its runtime.
	pub client: Arc<FullClient>,
	/// The database.
	pub backend: Arc<FullBackend>,
	/// The keys of this node.
	pub keystore_container: KeystoreContainer,
	/// Runs the tasks, and ends them.
	pub task_manager: TaskManager,
	/// The rule that chooses the best fork.
	pub select_chain: FullSelectChain,
	/// The transaction pool.
	pub transaction_pool: Arc<FullPool>,
	/// The handle to the telemetry worker, if there is one.
	pub telemetry: Option<Telemetry>,
	/// Spawns essential tasks: the node stops when one of them ends.
	pub essential: Essential,
}

impl Base {
	/// Opens the database, and builds the parts that need no consensus. `cache` is the folder of compiled runtimes, see
	/// [`executor::new`].
	pub fn open(config: &Configuration, cache: Option<&Path>) -> Result<Self, Error> {
		let executor = executor::new(config, cache)?;
		let (backend, genesis) = database::open(config, &executor)?;

		let telemetry = start_telemetry_worker(config)?;
		let telemetry_handle = telemetry.as_ref().map(|(_, telemetry)| telemetry.handle());
		let (client, backend, keystore_container, task_manager) =
			sc_service::new_full_parts_with_genesis_builder::<Block, RuntimeApi, _, _>(
				config,
				telemetry_handle,
				executor,
				backend,
				genesis,
				false,
			)?;
		let client = Arc::new(client);
		let telemetry = telemetry.map(|(worker, telemetry)| {
			task_manager.spawn_handle().spawn("telemetry", None, worker.run());
			telemetry
		});

		let select_chain = sc_consensus::LongestChain::new(backend.clone());
		let essential = Essential(task_manager.spawn_essential_handle());
		let transaction_pool = Arc::new(
			sc_transaction_pool::Builder::new(
				essential.clone(),
				client.clone(),
				config.role.is_authority().into(),
			)
			.with_options(config.transaction_pool.clone())
			.with_prometheus(config.prometheus_registry())
			.build(),
		);
		Ok(Self {
			client,
			backend,
			keystore_container,
			task_manager,
			select_chain,
			transaction_pool,
			telemetry,
			essential,
		})
	}

	/// The keys of this node.
	pub fn keystore(&self) -> KeystorePtr {
		self.keystore_container.keystore()
	}

	/// Reports to the telemetry servers, if there are any.
	pub fn telemetry_handle(&self) -> Option<TelemetryHandle> {
		self.telemetry.as_ref().map(Telemetry::handle)
	}
}

/// The worker that reports to the telemetry servers of `config`, and a handle to it, if `config` names any servers.
fn start_telemetry_worker(
	config: &Configuration,
) -> Result<Option<(TelemetryWorker, Telemetry)>, sc_telemetry::Error> {
	let Some(endpoints) = config.telemetry_endpoints.clone().filter(|endpoints| !endpoints.is_empty()) else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(16)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}
