//! JSON-RPC: the server, and the methods beyond those that every Substrate node mounts by itself.

mod calls;
mod chain;
mod connection;
mod dev;
mod digests;
mod directory;
mod error;
mod executor;
mod feed;
mod listen;
mod origin;
mod owner;
mod permits;
mod reads;
mod registry;
mod server;
mod socket;
mod subscriptions;

use crate::{
	client::{FullBackend, FullClient, FullPool, FullSelectChain},
	sdk::system,
	seal::Commands,
};
use jsonrpsee::{core::RegisterMethodError, types::ErrorObjectOwned, RpcModule};
use mainstay_runtime::{opaque::Block, BlockNumber, Hash};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_rpc::SubscriptionTaskExecutor;
use sp_keystore::KeystorePtr;
use std::{future::Future, sync::Arc};

use chain::Chain;
use feed::Feed;
use registry::{Context, Registry};

pub use connection::Limits;
pub use executor::Executor;
pub use listen::{listen, Listening};
pub use owner::Owner;
pub use server::{Server, Settings};

/// What the methods read from.
#[derive(Clone)]
pub struct Sources {
	/// What the chain was started from.
	pub chain_spec: Arc<dyn sc_service::ChainSpec>,
	/// The chain.
	pub client: Arc<FullClient>,
	/// The transactions that wait for a block.
	pub pool: Arc<FullPool>,
	/// Which fork is best.
	pub select_chain: FullSelectChain,
	/// The keys of this node.
	pub keystore: KeystorePtr,
	/// Answers questions about BABE epochs.
	pub babe: BabeWorkerHandle<Block>,
	/// How blocks become final; none where they are made on command.
	pub votes: Option<Votes>,
	/// What our own methods work with.
	pub context: Arc<Context>,
	/// What the chain is told to do, where its blocks are made on command.
	pub commands: Option<Commands>,
}

/// Finality by the votes of validators.
#[derive(Clone)]
pub struct Votes {
	/// GRANDPA's voters.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// The round this node votes in; empty unless it is an authority.
	pub voter_state: SharedVoterState,
	/// Justifications as they are made.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proves that blocks are finalized.
	pub finality_proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// What our own methods work with, and the task that tells them of final blocks.
pub fn context(
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	limits: Limits,
) -> (Arc<Context>, impl Future<Output = ()> + Send + 'static) {
	let chain = Chain::new(client.clone(), backend, limits);
	let (feed, drive) = Feed::new(chain.clone(), client);
	(Arc::new(Context { chain, feed }), drive)
}

/// Our own methods: `staking_*`, `operators_*`, `restaking_*`, `avs_*`, `slashing_*`, `rewards_*`, `dev_*`, and
/// `rpc.discover`.
fn own(context: Arc<Context>, commands: Option<Commands>) -> RpcModule<Context> {
	let mut registry = Registry::new(context.clone());
	reads::register(&mut registry);
	directory::register(&mut registry, context.chain.clone());
	subscriptions::register(&mut registry);
	dev::register(&mut registry, commands);
	registry.finish()
}

/// `system_accountNextIndex` and `system_dryRun`, `payment_*`, `babe_*`, our own, and where there are votes
/// `sync_state_*` and `grandpa_*`.
///
/// Fails only when two of them carry one name.
pub fn module(
	sources: Sources,
	subscriptions: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
	use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
	use sc_consensus_babe_rpc::{Babe, BabeApiServer};
	use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
	use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
	use substrate_frame_rpc_system::SystemApiServer;

	let Sources { chain_spec, client, pool, select_chain, keystore, babe, votes, context, commands } =
		sources;

	let mut module = RpcModule::new(());
	module.merge(SystemApiServer::into_rpc(system::System::new(client.clone(), pool)))?;
	module
		.merge(TransactionPaymentApiServer::<Hash, _>::into_rpc(TransactionPayment::new(client.clone())))?;
	if let Some(Votes { authority_set, voter_state, justifications, finality_proofs }) = votes {
		let sync_state =
			SyncState::new(chain_spec.cloned_box(), client.clone(), authority_set.clone(), babe.clone())?;
		module.merge(sync_state.into_rpc())?;
		let grandpa =
			Grandpa::new(subscriptions, authority_set, voter_state, justifications, finality_proofs);
		module.merge(grandpa.into_rpc())?;
	}
	module.merge(Babe::new(client, babe, keystore, select_chain).into_rpc())?;
	module.merge(own(context, commands))?;
	Ok(module)
}

/// The methods that a chain without votes does not have, each of which says so. They are not listed: who looks for them
/// by `rpc_methods` should not find them.
fn absent() -> Result<RpcModule<()>, RegisterMethodError> {
	let mut module = RpcModule::new(());
	for name in [
		"grandpa_proveFinality",
		"grandpa_roundState",
		"grandpa_subscribeJustifications",
		"grandpa_unsubscribeJustifications",
		"sync_state_genSyncSpec",
	] {
		module
			.register_method(name, |_, _, _| Err::<(), _>(ErrorObjectOwned::from(error::Error::NoVotes)))?;
	}
	Ok(module)
}
