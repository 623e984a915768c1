//! The addresses of a node, and its network.

use crate::{
	base::Base,
	database,
	rpc::{self, Listening},
	sdk::ports,
};
use futures::{FutureExt, StreamExt};
use mainstay_runtime::{opaque::Block, Hash};
use sc_client_api::Backend;
use sc_consensus::DefaultImportQueue;
use sc_network::{
	config::FullNetworkConfiguration,
	service::{traits::NetworkService, NotificationMetrics},
	Event, Litep2pNetworkBackend, NetworkEventStream,
};
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_rpc::system::Request;
use sc_service::{BuildNetworkParams, Configuration, Error, WarpSyncConfig};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sc_utils::mpsc::TracingUnboundedSender;
use std::sync::Arc;

/// The networking library.
pub type Library = Litep2pNetworkBackend;

/// Refuses to start if the database or an address of the node is in use, and listens on the JSON-RPC addresses.
pub fn listen(config: &mut Configuration) -> Result<Vec<Listening>, Error> {
	// Checked before the ports: a user who starts the same node twice should read about the database.
	database::ensure_free(config)?;
	ports::ensure_free(config)?;
	rpc::listen(config.rpc.addr.as_deref().unwrap_or_default())
}

/// A network before it starts, to which consensus adds its protocol.
pub struct Setup {
	/// The protocols added so far.
	pub protocols: FullNetworkConfiguration<Block, Hash, Library>,
	/// The metrics of notifications, by protocol.
	pub metrics: NotificationMetrics,
}

/// A running network.
pub struct Network {
	/// Communicates with peers.
	pub service: Arc<dyn NetworkService>,
	/// Syncs the chain from peers.
	pub sync: Arc<SyncingService<Block>>,
}

/// The handles with which the node's tasks control a network.
pub struct Controls {
	/// Receives the requests of JSON-RPC methods about the network.
	pub requests: TracingUnboundedSender<Request<Block>>,
	/// Sends transactions to peers.
	pub transactions: TransactionsHandlerController<Hash>,
}

impl Setup {
	/// A network without a protocol of consensus.
	pub fn new(config: &Configuration) -> Self {
		let registry = config.prometheus_registry();
		Self {
			protocols: FullNetworkConfiguration::new(&config.network, registry.cloned()),
			metrics: NotificationMetrics::new(registry),
		}
	}

	/// Starts the network. Incoming blocks go to `import_queue`.
	///
	/// Also starts the runtime's offchain workers if `config` enables them: they use the network.
	pub fn start(
		self,
		config: &Configuration,
		base: &Base,
		import_queue: DefaultImportQueue<Block>,
		warp_sync: Option<WarpSyncConfig<Block>>,
	) -> Result<(Network, Controls), Error> {
		let (service, requests, transactions, sync, _bitswap) =
			sc_service::build_network(BuildNetworkParams {
				config,
				net_config: self.protocols,
				client: base.client.clone(),
				transaction_pool: base.transaction_pool.clone(),
				spawn_handle: base.task_manager.spawn_handle(),
				spawn_essential_handle: base.task_manager.spawn_essential_handle(),
				import_queue,
				block_announce_validator_builder: None,
				warp_sync_config: warp_sync,
				block_relay: None,
				metrics: self.metrics,
				gap_sync_body_policy: None,
			})?;
		if config.offchain_worker.enabled {
			spawn_offchain_workers(base, &service, config.role.is_authority())?;
		}
		Ok((Network { service, sync }, Controls { requests, transactions }))
	}
}

impl Network {
	/// Publishes the addresses of this validator, and finds those of others: each validator signs its addresses, and
	/// puts them into the distributed hash table of the network.
	pub fn discover_validators(&self, config: &Configuration, base: &Base) {
		let events = self.service.event_stream("authority-discovery").filter_map(|event| async move {
			match event {
				Event::Dht(event) => Some(event),
				_ => None,
			}
		});
		let (worker, _service) = sc_authority_discovery::new_worker_and_service_with_config(
			sc_authority_discovery::WorkerConfig {
				publish_non_global_ips: config.network.allow_non_globals_in_dht,
				public_addresses: config.network.public_addresses.clone(),
				persisted_cache_directory: config.network.net_config_path.clone(),
				strict_record_validation: true,
				..Default::default()
			},
			base.client.clone(),
			Arc::new(self.service.clone()),
			Box::pin(events),
			sc_authority_discovery::Role::PublishAndDiscover(base.keystore()),
			config.prometheus_registry().cloned(),
			base.task_manager.spawn_handle(),
		);
		base.task_manager.spawn_handle().spawn(
			"authority-discovery-worker",
			Some("networking"),
			worker.run(),
		);
	}
}

/// Runs the runtime's offchain workers after each block.
fn spawn_offchain_workers(
	base: &Base,
	network: &Arc<dyn NetworkService>,
	is_validator: bool,
) -> Result<(), Error> {
	let Base { client, backend, transaction_pool, task_manager, .. } = base;
	let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
		runtime_api_provider: client.clone(),
		keystore: Some(base.keystore()),
		offchain_db: backend.offchain_storage(),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
		network_provider: Arc::new(network.clone()),
		is_validator,
		enable_http_requests: true,
		custom_extensions: |_| Vec::new(),
	})?;
	task_manager.spawn_handle().spawn(
		"offchain-workers-runner",
		Some("offchain-worker"),
		workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
	);
	Ok(())
}
