//! `system_accountNextIndex` and `system_dryRun`. The first accepts no text longer than an address.
//!
//! Decoding base58 takes time in the square of the length, and the SDK decodes any text
//! (`substrate-frame-rpc-system` 55, by `sp-core` 43). To be removed when its accounts have a maximum length.

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
