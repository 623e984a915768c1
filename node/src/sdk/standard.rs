//! The methods of every Substrate node, as `gen_rpc_module` of `sc-service` 0.62 mounts them.
//!
//! That function is public, but the type of its parameters, `GenRpcModuleParams`, is not. To be removed when it is.

use crate::client::{FullBackend, FullClient, FullPool};
use jsonrpsee::RpcModule;
use mainstay_runtime::{opaque::Block, Hash};
use sc_client_api::Backend;
use sc_rpc::{
	author::AuthorApiServer,
	chain::ChainApiServer,
	offchain::OffchainApiServer,
	state::{ChildStateApiServer, StateApiServer},
	system::{Request, SystemApiServer, SystemInfo},
	SubscriptionTaskExecutor,
};
use sc_rpc_spec_v2::{
	archive::{Archive, ArchiveApiServer},
	bitswap::{Bitswap, BitswapApiServer},
	chain_head::{ChainHead, ChainHeadApiServer, ChainHeadConfig},
	chain_spec::{ChainSpec, ChainSpecApiServer},
	transaction::{
		Transaction, TransactionApiServer, TransactionBroadcast, TransactionBroadcastApiServer,
		TransactionMetrics,
	},
};
use sc_service::{Configuration, Error};
use sc_utils::mpsc::TracingUnboundedSender;
use sp_blockchain::HeaderBackend;
use sp_consensus::SyncOracle;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// The transactions that the node broadcasts for one connection at once, at most.
const MAX_BROADCASTS: usize = 16;

/// What these methods need.
pub struct Standard {
	/// The chain.
	pub client: Arc<FullClient>,
	/// Blocks and states.
	pub backend: Arc<FullBackend>,
	/// The transaction pool.
	pub pool: Arc<FullPool>,
	/// The keys of this node.
	pub keystore: KeystorePtr,
	/// Sends requests to the network.
	pub system: TracingUnboundedSender<Request<Block>>,
	/// Whether the node is syncing.
	pub sync: Arc<dyn SyncOracle + Send + Sync>,
}

/// Builds the methods.
///
/// Fails only if two of them have the same name, or metrics cannot be registered.
pub fn module(
	standard: Standard,
	config: &Configuration,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Error> {
	let Standard { client, backend, pool, keystore, system, sync } = standard;
	let genesis: Hash = client.info().genesis_hash;
	let (name, properties) = (config.chain_spec.name().to_owned(), config.chain_spec.properties());
	let info = SystemInfo {
		chain_name: name.clone(),
		impl_name: config.impl_name.clone(),
		impl_version: config.impl_version.clone(),
		properties: properties.clone(),
		chain_type: config.chain_spec.chain_type(),
	};
	let metrics = config.prometheus_registry().map(TransactionMetrics::new).transpose()?;
	let (state, child_state) = sc_rpc::state::new_full(client.clone(), executor.clone(), None);

	let mut module = RpcModule::new(());
	let mut add =
		|methods: jsonrpsee::Methods| module.merge(methods).map_err(|error| Error::Application(error.into()));
	add(sc_rpc::chain::new_full(client.clone(), executor.clone()).into_rpc().into())?;
	add(state.into_rpc().into())?;
	add(child_state.into_rpc().into())?;
	add(sc_rpc::author::Author::new(client.clone(), pool.clone(), keystore, executor.clone())
		.into_rpc()
		.into())?;
	add(sc_rpc::system::System::new(info, system).into_rpc().into())?;
	if let Some(storage) = backend.offchain_storage() {
		add(sc_rpc::offchain::Offchain::new(storage).into_rpc().into())?;
	}
	// The methods of version 2.
	add(ChainSpec::new(name, genesis, properties).into_rpc().into())?;
	let head = ChainHead::new(client.clone(), backend.clone(), executor.clone(), ChainHeadConfig::default());
	add(head.into_rpc().into())?;
	add(Transaction::new(client.clone(), pool.clone(), executor.clone(), metrics).into_rpc().into())?;
	let broadcast = TransactionBroadcast::new(client.clone(), pool, executor.clone(), MAX_BROADCASTS);
	add(broadcast.into_rpc().into())?;
	let keeps_states = config.state_pruning.as_ref().is_some_and(|pruning| pruning.is_archive());
	if keeps_states && config.blocks_pruning.is_archive() {
		add(Archive::new(client.clone(), backend, genesis, executor).into_rpc().into())?;
	}
	add(Bitswap::new(client, sync).into_rpc().into())?;
	Ok(module)
}
