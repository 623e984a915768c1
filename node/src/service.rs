//! The parts of a node and how they are wired.

use crate::{
	chain_spec,
	clock::{self, TimedVerifier},
	database,
	equivocation::{Reporter, Reports, ReportsOfOthers, Watch, WatchedImport, WatchedVerifier},
	essential::Essential,
	hardware, own_keys, ports, rpc, seal, tasks,
};
use futures::{future::BoxFuture, FutureExt, StreamExt};
use mainstay_runtime::{opaque::Block, Hash, RuntimeApi};
use sc_client_api::{Backend, BlockBackend};
use sc_consensus::BasicQueue;
use sc_consensus_babe::{BabeBlockImport, BabeLink, BabeWorkerHandle, SlotProportion};
use sc_consensus_grandpa::{AuthorityId, GenesisAuthoritySetProvider, GrandpaBlockImport, SharedVoterState};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::{
	service::{traits::NetworkService, NotificationMetrics},
	Event, Litep2pNetworkBackend, NetworkEventStream,
};
use sc_service::{Configuration, Error, KeystoreContainer, TaskManager, WarpSyncConfig};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::inherents::BabeCreateInherentDataProviders;
use sp_core::traits::SpawnEssentialNamed;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};

/// Runs the runtime's WASM; no native code stands in for it.
pub type Executor = sc_executor::WasmExecutor<sp_io::SubstrateHostFunctions>;
/// Gives access to blocks and state, and calls the runtime.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// Stores blocks and state.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// The longest chain wins, among those that contain what is finalized.
pub type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// Transactions that wait for a block.
pub type FullPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;

type GrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, FullClient, FullSelectChain>;
type Import = WatchedImport<
	BabeBlockImport<
		Block,
		FullClient,
		GrandpaImport,
		BabeCreateInherentDataProviders<Block>,
		FullSelectChain,
	>,
>;

/// A justification is kept and announced at least every so many blocks, so that light clients and warp sync
/// find one near any block.
const JUSTIFICATION_PERIOD: u32 = 512;

/// How long GRANDPA gives a message to reach everyone.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// The share of its slot in which an author fills a block. The other half is for the peers, who execute the
/// block before the next author starts.
const PROPOSAL_SLOT_SHARE: f32 = 0.5;

/// What consensus adds to the parts of a node.
pub struct Consensus {
	import: Import,
	babe: BabeLink<Block>,
	babe_worker: BabeWorkerHandle<Block>,
	grandpa: GrandpaLink,
	inherents: BabeCreateInherentDataProviders<Block>,
	reports: Arc<Reports>,
	telemetry: Option<Telemetry>,
}

/// The parts that subcommands need as well as the node.
pub type Parts = sc_service::PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	Consensus,
>;

/// What every node has, however the blocks of its chain are made.
pub struct Base {
	pub client: Arc<FullClient>,
	pub backend: Arc<FullBackend>,
	pub keystore_container: KeystoreContainer,
	pub task_manager: TaskManager,
	pub select_chain: FullSelectChain,
	pub transaction_pool: Arc<FullPool>,
	pub telemetry: Option<Telemetry>,
	pub essential: Essential,
}

/// Opens the database, and builds what needs no consensus.
pub fn base(config: &Configuration) -> Result<Base, Error> {
	let executor: Executor = sc_service::new_wasm_executor(&config.executor);
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
	Ok(Base {
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

/// Opens the database and builds everything up to the import queue, nothing of the network.
pub fn parts(config: &Configuration) -> Result<Parts, Error> {
	let Base {
		client,
		backend,
		keystore_container,
		task_manager,
		select_chain,
		transaction_pool,
		telemetry,
		essential,
	} = base(config)?;
	// Before GRANDPA, which would look for its voters in a state that such a chain may not have any more.
	seal::ensure_mark(&client, false)?;
	let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);

	let (grandpa_import, grandpa) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&GenesisVoters(client.clone()),
		select_chain.clone(),
		telemetry_handle.clone(),
	)?;

	let babe_configuration = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_configuration.slot_duration();
	let inherents: BabeCreateInherentDataProviders<Block> = Arc::new(move |_, ()| async move {
		let now = sp_timestamp::InherentDataProvider::from_system_time();
		let slot = sp_consensus_babe::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
			*now,
			slot_duration,
		);
		Ok((slot, now))
	});
	let reports = Arc::new(Reports::open(client.clone())?);
	let (import, babe) = sc_consensus_babe::block_import(
		babe_configuration,
		grandpa_import.clone(),
		client.clone(),
		inherents.clone(),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(ReportsOfOthers(reports.clone())),
	)?;
	let watch = Arc::new(Watch::new(client.clone(), reports.clone()));
	let import = WatchedImport::new(import, watch.clone());
	// The handle of BABE's worker comes with a queue only, and that queue has a verifier of its own.
	let (_, babe_worker) = sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
		link: babe.clone(),
		block_import: import.clone(),
		justification_import: None,
		client: client.clone(),
		slot_duration,
		spawner: &WithoutQueue(essential.clone()),
		registry: None,
		telemetry: None,
	})?;
	let verifier = sc_consensus_babe::build_verifier(sc_consensus_babe::BuildVerifierParams {
		client: client.clone(),
		slot_duration,
		config: babe.config().clone(),
		epoch_changes: babe.epoch_changes().clone(),
		telemetry: telemetry_handle,
	});
	let import_queue = BasicQueue::new(
		TimedVerifier::new(WatchedVerifier::new(verifier, watch), slot_duration),
		Box::new(import.clone()),
		Some(Box::new(grandpa_import)),
		&essential,
		config.prometheus_registry(),
	);

	Ok(Parts {
		client,
		backend,
		task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Consensus { import, babe, babe_worker, grandpa, inherents, reports, telemetry },
	})
}

/// Spawns what an import queue needs beside itself, and not the queue's own task, which would end, and the node with
/// it, as soon as the queue is dropped.
#[derive(Clone)]
struct WithoutQueue(Essential);

impl SpawnEssentialNamed for WithoutQueue {
	fn spawn_essential_blocking(&self, _: &'static str, _: Option<&'static str>, _: BoxFuture<'static, ()>) {
		// The queue is the only task that blocks.
	}

	fn spawn_essential(
		&self,
		name: &'static str,
		group: Option<&'static str>,
		future: BoxFuture<'static, ()>,
	) {
		self.0.spawn_essential(name, group, future);
	}
}

/// The GRANDPA authorities of the genesis. GRANDPA panics when there are none; this says so.
struct GenesisVoters(Arc<FullClient>);

impl GenesisAuthoritySetProvider<Block> for GenesisVoters {
	fn get(&self) -> sp_blockchain::Result<Vec<(AuthorityId, u64)>> {
		let authorities = self.0.get()?;
		if authorities.is_empty() {
			return Err(sp_blockchain::Error::Storage("the genesis of this chain has no validators".into()));
		}
		Ok(authorities)
	}
}

/// The worker that reports to the telemetry servers of `config`, if it names any, and this node's line to it.
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

/// Starts a node. It runs for as long as the returned manager of its tasks.
pub fn start(mut config: Configuration, measure_hardware: bool) -> Result<TaskManager, Error> {
	// Before the ports: who starts the same node twice should read about the database.
	database::ensure_free(&config)?;
	ports::ensure_free(&mut config)?;
	let rpc_listening = rpc::listen(config.rpc.addr.as_deref().unwrap_or_default())?;
	let Parts {
		client,
		backend,
		mut task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Consensus { import, babe, babe_worker, grandpa, inherents, reports, mut telemetry },
	} = parts(&config)?;
	let keystore = keystore_container.keystore();
	let is_authority = config.role.is_authority();
	let measured = measure_hardware.then(|| hardware::check(config.database.path(), is_authority));

	let metrics = NotificationMetrics::new(config.prometheus_registry());
	let mut net_config = sc_network::config::FullNetworkConfiguration::<Block, Hash, Network>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let genesis_hash = client.block_hash(0)?.ok_or("the database has no genesis block")?;
	let grandpa_protocol = sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_config, grandpa_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<Block, Network>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_config);
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa.shared_authority_set().clone(),
		chain_spec::forced_changes(&*config.chain_spec)?,
	));
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		spawn_offchain_workers(
			&task_manager,
			&client,
			&backend,
			&transaction_pool,
			&keystore,
			&network,
			is_authority,
		)?;
	}

	let voter_state = SharedVoterState::empty();
	let rpc_shares = rpc::Shares::new();
	let (rpc_context, rpc_feed) = rpc::context(client.clone(), backend.clone(), rpc_shares.clone(), None);
	task_manager.spawn_handle().spawn("rpc-final-blocks", Some("rpc"), rpc_feed);
	let rpc_sources = rpc::Sources {
		chain_spec: Arc::from(config.chain_spec.cloned_box()),
		client: client.clone(),
		pool: transaction_pool.clone(),
		select_chain: select_chain.clone(),
		keystore: keystore.clone(),
		babe: babe_worker,
		votes: Some(rpc::Votes {
			authority_set: grandpa.shared_authority_set().clone(),
			voter_state: voter_state.clone(),
			justifications: grandpa.justification_stream(),
			finality_proofs: sc_consensus_grandpa::FinalityProofProvider::new_for_service(
				backend.clone(),
				Some(grandpa.shared_authority_set().clone()),
			),
		}),
		context: rpc_context,
	};

	// The tasks take the configuration; what is needed after it is read before.
	let role = config.role;
	let node_name = config.network.node_name.clone();
	let force_authoring = config.force_authoring;
	let grandpa_enabled = !config.disable_grandpa;
	let prometheus = config.prometheus_registry().cloned();
	let discovery = sc_authority_discovery::WorkerConfig {
		publish_non_global_ips: config.network.allow_non_globals_in_dht,
		public_addresses: config.network.public_addresses.clone(),
		persisted_cache_directory: config.network.net_config_path.clone(),
		strict_record_validation: true,
		..Default::default()
	};

	let parts = tasks::Parts {
		client: client.clone(),
		backend,
		keystore: keystore.clone(),
		pool: transaction_pool.clone(),
		network: network.clone(),
		sync: sync_service.clone(),
		system: system_rpc_tx,
		transactions: tx_handler_controller,
		telemetry: telemetry.as_mut(),
		rpc: (rpc_listening, rpc_shares, rpc_sources),
	};
	tasks::spawn(config, &mut task_manager, parts)?;
	let telemetry = telemetry.as_ref().map(Telemetry::handle);

	if let (Some(measured), Some(telemetry)) = (measured, &telemetry) {
		let report = sc_sysinfo::initialize_hwbench_telemetry(telemetry.clone(), measured);
		task_manager.spawn_handle().spawn("telemetry_hwbench", None, report);
	}

	let reporter = Reporter {
		reports: reports.clone(),
		client: client.clone(),
		pool: transaction_pool.clone(),
		keystore: keystore.clone(),
		authors: is_authority,
	};
	task_manager.spawn_handle().spawn_blocking("equivocation-reports", None, reporter.run());
	let watch = clock::watch(client.clone(), babe.config().slot_duration());
	task_manager.spawn_handle().spawn("clock", None, watch);

	let essential = Essential(task_manager.spawn_essential_handle());
	if is_authority {
		let watch = own_keys::watch(client.clone(), keystore.clone());
		task_manager.spawn_handle().spawn_blocking("own-keys", None, watch);

		let babe_worker = sc_consensus_babe::start_babe(sc_consensus_babe::BabeParams {
			keystore: keystore.clone(),
			client: client.clone(),
			select_chain,
			env: sc_basic_authorship::ProposerFactory::new(
				task_manager.spawn_handle(),
				client.clone(),
				transaction_pool.clone(),
				prometheus.as_ref(),
				telemetry.clone(),
			),
			block_import: import,
			sync_oracle: sync_service.clone(),
			justification_sync_link: sync_service.clone(),
			create_inherent_data_providers: inherents,
			force_authoring,
			backoff_authoring_blocks: Some(back_off(babe.config().epoch_length)),
			babe_link: babe,
			block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SLOT_SHARE),
			max_block_proposal_slot_portion: None,
			telemetry: telemetry.clone(),
		})?;
		essential.spawn_essential_blocking("babe-proposer", Some("block-authoring"), babe_worker.boxed());

		let dht_events = network.event_stream("authority-discovery").filter_map(|event| async move {
			match event {
				Event::Dht(event) => Some(event),
				_ => None,
			}
		});
		let (worker, _service) = sc_authority_discovery::new_worker_and_service_with_config(
			discovery,
			client.clone(),
			Arc::new(network.clone()),
			Box::pin(dht_events),
			sc_authority_discovery::Role::PublishAndDiscover(keystore.clone()),
			prometheus.clone(),
			task_manager.spawn_handle(),
		);
		task_manager.spawn_handle().spawn("authority-discovery-worker", Some("networking"), worker.run());
	}

	if grandpa_enabled {
		let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				observer_enabled: false,
				local_role: role,
				name: Some(node_name),
				keystore: is_authority.then_some(keystore),
				telemetry: telemetry.clone(),
				protocol_name: grandpa_protocol,
			},
			link: grandpa,
			network,
			sync: sync_service,
			notification_service: grandpa_notifications,
			voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
			prometheus_registry: prometheus,
			shared_voter_state: voter_state,
			telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(ReportsOfOthers(reports)),
		})?;
		// Without a voter the node can neither vote nor follow finality, so it ends with it.
		essential.spawn_essential_blocking("grandpa-voter", None, voter.boxed());
	}

	Ok(task_manager)
}

/// The networking library.
pub type Network = Litep2pNetworkBackend;

/// Runs the runtime's offchain workers after each block.
pub fn spawn_offchain_workers(
	task_manager: &TaskManager,
	client: &Arc<FullClient>,
	backend: &Arc<FullBackend>,
	pool: &Arc<FullPool>,
	keystore: &KeystorePtr,
	network: &Arc<dyn NetworkService>,
	is_validator: bool,
) -> Result<(), Error> {
	let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
		runtime_api_provider: client.clone(),
		keystore: Some(keystore.clone()),
		offchain_db: backend.offchain_storage(),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(pool.clone())),
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

/// How authors slow down while finality lags, so that a stalled GRANDPA has less to catch up with: by at most a quarter
/// of a session of so many slots. A block that begins a session has no room for transactions. If each did, the chain
/// could not take the one that ends the stall.
fn back_off(session_slots: u64) -> BackoffAuthoringOnFinalizedHeadLagging<u32> {
	let default = BackoffAuthoringOnFinalizedHeadLagging::default();
	let quarter = u32::try_from(session_slots / 4).unwrap_or(u32::MAX).max(1);
	BackoffAuthoringOnFinalizedHeadLagging { max_interval: quarter.min(default.max_interval), ..default }
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_consensus_slots::BackoffAuthoringBlocksStrategy;

	/// How many slots authors wait after the head's, with so many blocks that are not final.
	fn wait(session_slots: u64, unfinalized: u32) -> u64 {
		let (strategy, head) = (back_off(session_slots), 1_000);
		let backs_off = |slot: u64| {
			strategy.should_backoff(2_000_000, head.into(), 2_000_000 - unfinalized, slot.into(), "test")
		};
		(1..).find(|slots| !backs_off(head + slots)).unwrap_or_default() - 1
	}

	/// finality 2
	#[test]
	fn authors_wait_for_less_than_a_session() {
		// `dev` and `local`, production, and the shortest session that there can be.
		for (session, longest) in [(10, 2), (600, 100), (1, 1), (4, 1)] {
			assert_eq!(wait(session, 50), 0, "some blocks are always not final");
			assert_eq!(wait(session, 1_000_000), longest, "a session of {session} slots");
		}
		assert!((0..1_000).all(|unfinalized| wait(10, unfinalized) <= 2));
	}
}
