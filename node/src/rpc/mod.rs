//! JSON-RPC: the server, and the methods beyond those that every Substrate node has.

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

/// What the methods need.
#[derive(Clone)]
pub struct Sources {
	/// The chain's specification.
	pub chain_spec: Arc<dyn sc_service::ChainSpec>,
	/// The chain.
	pub client: Arc<FullClient>,
	/// The transaction pool.
	pub pool: Arc<FullPool>,
	/// The rule that chooses the best fork.
	pub select_chain: FullSelectChain,
	/// The keys of this node.
	pub keystore: KeystorePtr,
	/// Answers questions about BABE epochs.
	pub babe: BabeWorkerHandle<Block>,
	/// Finality by votes; `None` if blocks are made on command.
	pub votes: Option<Votes>,
	/// The context of our own methods.
	pub context: Arc<Context>,
	/// Where to send commands, if blocks are made on command.
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

/// The context of our own methods, and the task that feeds it final blocks.
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

/// `system_accountNextIndex` and `system_dryRun`, `payment_*`, `babe_*`, our own, and on a chain with votes
/// `sync_state_*` and `grandpa_*`.
///
/// Fails only if two methods have the same name.
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

/// The methods that a chain without votes lacks, each of which answers with that error. `rpc_methods` does not list
/// them, so that clients do not find them.
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
