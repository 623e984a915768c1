//! `system_accountNextIndex` and `system_dryRun`, of which the first takes no longer text for an account than an address
//! can be.
//!
//! To decode base58 takes the square of its length, and the SDK (`substrate-frame-rpc-system` 55, by `sp-core` 43) decodes
//! whatever it is given. To be dropped when its accounts have a longest text.

use crate::client::{FullClient, FullPool};
use jsonrpsee::{
	core::{async_trait, RpcResult},
	Extensions,
};
use mainstay_primitives::runtime_api::Account;
use mainstay_runtime::{opaque::Block, AccountId, Hash, Nonce};
use sp_core::Bytes;
use std::sync::Arc;
use substrate_frame_rpc_system::{System as Unbounded, SystemApiServer};

/// The two methods.
pub struct System(Unbounded<FullPool, FullClient, Block>);

impl System {
	pub fn new(client: Arc<FullClient>, pool: Arc<FullPool>) -> Self {
		Self(Unbounded::new(client, pool))
	}
}

#[async_trait]
impl SystemApiServer<Hash, Account, Nonce> for System {
	async fn nonce(&self, account: Account) -> RpcResult<Nonce> {
		SystemApiServer::<Hash, AccountId, Nonce>::nonce(&self.0, account.0).await
	}

	async fn dry_run(&self, extensions: &Extensions, extrinsic: Bytes, at: Option<Hash>) -> RpcResult<Bytes> {
		SystemApiServer::<Hash, AccountId, Nonce>::dry_run(&self.0, extensions, extrinsic, at).await
	}
}
