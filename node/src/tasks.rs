//! The tasks of every node, and the JSON-RPC server.
//!
//! As `sc_service::spawn_tasks` of `sc-service` 0.62 does it, which starts the SDK's server and takes no other: see
//! [`rpc`] for what is wrong with that one. To be dropped when the SDK takes a server, or has one that needs no replacing.

use crate::{
	rpc::{self, Executor, Listening, Owner, Settings, Shares, Sources, Standard},
	service::{FullBackend, FullClient, FullPool},
};
use futures::FutureExt;
use mainstay_runtime::{opaque::Block, Hash};
use sc_network::service::traits::NetworkService;
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_rpc::system::Request;
use sc_rpc_server::RpcMetrics;
use sc_service::{config::PrometheusConfig, Configuration, Error, MetricsService, TaskManager};
use sc_telemetry::Telemetry;
use sc_utils::mpsc::TracingUnboundedSender;
use sp_blockchain::HeaderBackend;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// What the tasks work on.
pub struct Parts<'a> {
	pub client: Arc<FullClient>,
	pub backend: Arc<FullBackend>,
	pub keystore: KeystorePtr,
	pub pool: Arc<FullPool>,
	pub network: Arc<dyn NetworkService>,
	pub sync: Arc<SyncingService<Block>>,
	pub system: TracingUnboundedSender<Request<Block>>,
	pub transactions: TransactionsHandlerController<Hash>,
	pub telemetry: Option<&'a mut Telemetry>,
	/// The addresses of JSON-RPC, the turns of its connections, and what its methods read from.
	pub rpc: (Vec<Listening>, Shares, Sources),
}

/// Spawns them.
pub fn spawn(config: Configuration, tasks: &mut TaskManager, parts: Parts<'_>) -> Result<(), Error> {
	let Parts { client, backend, keystore, pool, network, sync, system, transactions, telemetry, rpc } =
		parts;
	let best = client.info();
	let seeds = config.dev_key_seed.clone().into_iter().collect();
	sp_session::generate_initial_session_keys(client.clone(), best.best_hash, seeds, keystore.clone())
		.map_err(|error| Error::Application(Box::new(error)))?;

	let machine = sc_sysinfo::gather_sysinfo();
	sc_sysinfo::print_sysinfo(&machine);
	let telemetry = telemetry.map(|telemetry| {
		sc_service::init_telemetry(
			config.network.node_name.clone(),
			config.impl_name.clone(),
			config.impl_version.clone(),
			config.chain_spec.name().to_string(),
			config.role.is_authority(),
			network.clone(),
			client.clone(),
			telemetry,
			Some(machine),
		)
	});
	let telemetry = telemetry.transpose()?;
	log::info!("📦 Highest known block at #{}", best.best_number);

	let spawn = tasks.spawn_handle();
	let for_all_blocks = config.transaction_pool.use_all_block_notifications();
	let notifications =
		sc_transaction_pool::notification_future(client.clone(), pool.clone(), for_all_blocks);
	spawn.spawn("txpool-notifications", Some("transaction-pool"), notifications);
	let propagation =
		sc_service::propagate_transaction_notifications(pool.clone(), transactions, telemetry.clone());
	spawn.spawn("on-transaction-imported", Some("transaction-pool"), propagation);

	let metrics = match config.prometheus_config.clone() {
		Some(PrometheusConfig { port, registry }) => {
			let metrics = MetricsService::with_prometheus(
				telemetry,
				&registry,
				config.role,
				&config.network.node_name,
				&config.impl_version,
			)?;
			let endpoint = prometheus_endpoint::init_prometheus(port, registry).map(drop);
			spawn.spawn("prometheus-endpoint", None, endpoint);
			metrics
		},
		None => MetricsService::new(telemetry),
	};
	let metrics = metrics.run(client.clone(), pool.clone(), network.clone(), sync.clone());
	spawn.spawn("telemetry-periodic-send", None, metrics);

	let (listening, shares, sources) = rpc;
	let has_votes = sources.votes.is_some();
	let server = rpc::Server::new(config.rpc.max_connections)?;
	let registry = config.prometheus_registry();
	let executor = Executor::new(server.threads().clone(), shares.open.clone());
	let standard = Standard { client: client.clone(), backend, pool, keystore, system, sync: sync.clone() };
	let mut module = rpc::standard(standard, &config, executor.clone())?;
	module.merge(rpc::module(sources, executor)?).map_err(|error| Error::Application(error.into()))?;
	let settings = Settings {
		listening,
		shares,
		owner: &Owner::file(&config),
		metrics: RpcMetrics::new(registry)?,
		logged: config.rpc.request_logger_limit,
		has_votes,
	};
	server.start(module, settings)?;

	spawn.spawn("informant", None, sc_informant::build(client, network, sync));
	tasks.keep_alive((config.base_path, server));
	Ok(())
}
