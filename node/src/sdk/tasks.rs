//! The tasks of every node, and the JSON-RPC server.
//!
//! A copy of `sc_service::spawn_tasks` of `sc-service` 0.62, which always starts the SDK's server: see
//! [`rpc::Server`] for the problems of that one. The SDK has made the functions that it calls public for projects
//! with their own version (paritytech/polkadot-sdk#3166). To be removed when the SDK accepts another server, or has
//! one without these problems.

use crate::{
	base::Base,
	network::{Controls, Network},
	rpc::{self, Executor, Limits, Listening, Owner, Settings, Sources, Votes},
	sdk::standard::{self, Standard},
	seal::Commands,
};
use futures::FutureExt;
use mainstay_runtime::opaque::Block;
use sc_consensus_babe::BabeWorkerHandle;
use sc_rpc_server::RpcMetrics;
use sc_service::{config::PrometheusConfig, Configuration, Error, MetricsService};
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// What JSON-RPC needs beyond the parts of every node.
pub struct Rpc {
	/// The addresses of the server.
	pub listening: Vec<Listening>,
	/// Answers questions about BABE epochs.
	pub babe: BabeWorkerHandle<Block>,
	/// Finality by votes; `None` if blocks are made on command.
	pub votes: Option<Votes>,
	/// Where to send commands, if blocks are made on command.
	pub commands: Option<Commands>,
}

/// Spawns the tasks.
pub fn spawn(
	config: &Configuration,
	base: &mut Base,
	network: &Network,
	controls: Controls,
	rpc: Rpc,
) -> Result<(), Error> {
	let keystore = base.keystore();
	let Base { client, backend, transaction_pool: pool, select_chain, task_manager, telemetry, .. } = base;
	let Network { service: network, sync } = network;
	let Controls { requests, transactions } = controls;
	let best = client.info();
	let seeds = config.dev_key_seed.clone().into_iter().collect();
	sp_session::generate_initial_session_keys(client.clone(), best.best_hash, seeds, keystore.clone())
		.map_err(|error| Error::Application(Box::new(error)))?;

	let machine = sc_sysinfo::gather_sysinfo();
	sc_sysinfo::print_sysinfo(&machine);
	let telemetry = telemetry.as_mut().map(|telemetry| {
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

	let spawn = task_manager.spawn_handle();
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

	let Rpc { listening, babe, votes, commands } = rpc;
	let has_votes = votes.is_some();
	let limits = Limits::new();
	let (context, feed) = rpc::context(client.clone(), backend.clone(), limits.clone());
	spawn.spawn("rpc-final-blocks", Some("rpc"), feed);
	let server = rpc::Server::new(config.rpc.max_connections)?;
	let executor = Executor::new(server.threads().clone(), limits.unbounded.clone());
	let standard = Standard {
		client: client.clone(),
		backend: backend.clone(),
		pool: pool.clone(),
		keystore: keystore.clone(),
		system: requests,
		sync: sync.clone(),
	};
	let mut module = standard::module(standard, config, executor.clone())?;
	let sources = Sources {
		chain_spec: Arc::from(config.chain_spec.cloned_box()),
		client: client.clone(),
		pool: pool.clone(),
		select_chain: select_chain.clone(),
		keystore,
		babe,
		votes,
		context,
		commands,
	};
	module.merge(rpc::module(sources, executor)?).map_err(|error| Error::Application(error.into()))?;
	let settings = Settings {
		listening,
		limits,
		owner: &Owner::file(config),
		metrics: RpcMetrics::new(config.prometheus_registry())?,
		max_log_length: config.rpc.request_logger_limit,
		has_votes,
	};
	server.start(module, settings)?;

	spawn.spawn("informant", None, sc_informant::build(client.clone(), network.clone(), sync.clone()));
	task_manager.keep_alive(server);
	Ok(())
}
