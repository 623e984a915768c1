//! Queries to the runtime at a block.

use super::{
	connection::{Connection, Limits},
	error::Error,
	permits::{Permit, Priority},
};
use crate::client::{FullBackend, FullClient};
use mainstay_runtime::{opaque::Block, Hash};
use sc_client_api::Backend;
use sp_api::{ApiError, CallApiAt};
use sp_blockchain::HeaderBackend;
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// The chain, as methods read it.
#[derive(Clone)]
pub struct Chain {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	/// The permits of all connections.
	limits: Limits,
}

impl Chain {
	pub fn new(client: Arc<FullClient>, backend: Arc<FullBackend>, limits: Limits) -> Self {
		Self { client, backend, limits }
	}

	/// The permits of all connections.
	pub fn limits(&self) -> &Limits {
		&self.limits
	}

	/// The best block.
	pub fn best(&self) -> Hash {
		self.client.info().best_hash
	}

	/// The last final block and its number.
	pub fn finalized(&self) -> (Hash, u32) {
		let info = self.client.info();
		(info.finalized_hash, info.finalized_number)
	}

	/// The final block of this number. A node that began by warp sync lacks older blocks until it has fetched them.
	pub fn final_hash(&self, number: u32) -> Result<Hash, Error> {
		let hash = self.client.hash(number).map_err(|error| Error::Runtime(error.to_string()))?;
		hash.ok_or(Error::NoBlock(number))
	}

	/// The number of a block.
	pub fn number(&self, at: Hash) -> Result<u32, Error> {
		self.client.number(at).ok().flatten().ok_or(Error::UnknownBlock(at))
	}

	/// The number of a block that is final.
	pub fn final_number(&self, at: Hash) -> Result<u32, Error> {
		let number = self.number(at)?;
		let (_, finalized) = self.finalized();
		let is_final = number <= finalized && self.client.hash(number).ok().flatten() == Some(at);
		is_final.then_some(number).ok_or(Error::NotFinal(at))
	}

	/// Waits for a permit of `connection`, then queries the runtime at block `at`, or at the best block if there is
	/// none. Returns the block as well.
	pub async fn query<R: Send + 'static>(
		&self,
		connection: &Connection,
		at: Option<Hash>,
		read: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError> + Send + 'static,
	) -> Result<(Hash, R), Error> {
		let permit = connection.permit(&self.limits.reads).await?;
		// The best block is looked up after the wait: meanwhile it can be replaced, and the state of a replaced block is
		// pruned once another one is final.
		let at = at.unwrap_or_else(|| self.best());
		Ok((at, self.query_with(permit, at, read).await?))
	}

	/// Waits for a permit without a time limit: for subscriptions and for the node's own queries.
	pub async fn permit(&self, who: u64, priority: Priority) -> Permit {
		self.limits.reads.acquire(who, priority).await
	}

	/// Queries the runtime on a thread that may block. The permit is released when that is done.
	pub async fn query_with<R: Send + 'static>(
		&self,
		permit: Permit,
		at: Hash,
		read: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError> + Send + 'static,
	) -> Result<R, Error> {
		let chain = self.clone();
		let answer = spawn_blocking(move || {
			let answer = chain.query_now(at, read);
			drop(permit);
			answer
		});
		answer.await.unwrap_or_else(|error| Err(Error::Runtime(error.to_string())))
	}

	/// Queries the runtime on the current thread.
	fn query_now<R>(
		&self,
		at: Hash,
		read: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError>,
	) -> Result<R, Error> {
		let number = self.number(at)?;
		read(&self.client, at).map_err(|error| {
			if !self.backend.have_state_at(at, number) {
				return Error::StatePruned(at);
			}
			// The native runtime has all of our runtime APIs. An older runtime may lack the API, or this method of it.
			let version = CallApiAt::<Block>::runtime_version_at(
				&*self.client,
				at,
				sp_core::traits::CallContext::Offchain,
			);
			match version {
				Ok(version) if version.spec_version < mainstay_runtime::VERSION.spec_version => {
					Error::NotInRuntime(at)
				},
				_ => Error::Runtime(error.to_string()),
			}
		})
	}
}
