//! The JSON-RPC methods beyond those that every Substrate node mounts by itself.

use crate::service::{FullBackend, FullClient, FullPool, FullSelectChain};
use jsonrpsee::RpcModule;
use mainstay_runtime::{opaque::Block, AccountId, BlockNumber, Hash, Nonce};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_rpc::SubscriptionTaskExecutor;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// What the methods read from.
#[derive(Clone)]
pub struct Sources {
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
	/// GRANDPA's voters.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// The round this node votes in; empty unless it is an authority.
	pub voter_state: SharedVoterState,
	/// Justifications as they are made.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proves that blocks are finalized.
	pub finality_proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// `system_accountNextIndex` and `system_dryRun`, `payment_*`, `babe_*` and `grandpa_*`.
///
/// Fails only when two of them carry one name.
pub fn module(
	sources: Sources,
	subscriptions: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
	use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
	use sc_consensus_babe_rpc::{Babe, BabeApiServer};
	use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let Sources {
		client,
		pool,
		select_chain,
		keystore,
		babe,
		authority_set,
		voter_state,
		justifications,
		finality_proofs,
	} = sources;

	let mut module = RpcModule::new(());
	module.merge(SystemApiServer::<Hash, AccountId, Nonce>::into_rpc(System::new(client.clone(), pool)))?;
	module
		.merge(TransactionPaymentApiServer::<Hash, _>::into_rpc(TransactionPayment::new(client.clone())))?;
	module.merge(Babe::new(client, babe, keystore, select_chain).into_rpc())?;
	let grandpa = Grandpa::new(subscriptions, authority_set, voter_state, justifications, finality_proofs);
	module.merge(grandpa.into_rpc())?;
	Ok(module)
}
