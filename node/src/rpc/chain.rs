//! Questions to the runtime, at a block.

use super::error::Error;
use crate::service::{FullBackend, FullClient};
use mainstay_runtime::{opaque::Block, Hash};
use sc_client_api::Backend;
use sp_api::{ApiError, CallApiAt};
use sp_blockchain::HeaderBackend;
use std::{sync::Arc, thread::available_parallelism, time::Duration};
use tokio::{
	sync::{OwnedSemaphorePermit, Semaphore},
	task::spawn_blocking,
	time::timeout,
};

/// How long a question waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// The chain, as methods read it.
#[derive(Clone)]
pub struct Chain {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	/// So many questions are answered at once and no more: one processor is left for blocks.
	turns: Arc<Semaphore>,
	/// Held by the one follower that waits for its turn.
	line: Arc<Semaphore>,
}

impl Chain {
	pub fn new(client: Arc<FullClient>, backend: Arc<FullBackend>) -> Self {
		let processors = available_parallelism().map_or(1, usize::from);
		let turns = Arc::new(Semaphore::new(processors.saturating_sub(1).max(1)));
		Self { client, backend, turns, line: Arc::new(Semaphore::new(1)) }
	}

	/// The best block.
	pub fn best(&self) -> Hash {
		self.client.info().best_hash
	}

	/// The last final block, and its number.
	pub fn finalized(&self) -> (Hash, u32) {
		let info = self.client.info();
		(info.finalized_hash, info.finalized_number)
	}

	/// The final block of this number.
	pub fn final_hash(&self, number: u32) -> Result<Hash, Error> {
		let hash = self.client.hash(number).map_err(|error| Error::Runtime(error.to_string()))?;
		hash.ok_or_else(|| Error::Runtime(format!("no block {number}")))
	}

	/// The number of a block that is final.
	pub fn final_number(&self, at: Hash) -> Result<u32, Error> {
		let number = self.client.number(at).ok().flatten().ok_or(Error::UnknownBlock(at))?;
		let (_, finalized) = self.finalized();
		let is_final = number <= finalized && self.client.hash(number).ok().flatten() == Some(at);
		is_final.then_some(number).ok_or(Error::NotFinal(at))
	}

	/// Asks the runtime at block `at`, when it is our turn.
	pub async fn ask<R: Send + 'static>(
		&self,
		at: Hash,
		question: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError> + Send + 'static,
	) -> Result<R, Error> {
		let turn = timeout(PATIENCE, self.turns.clone().acquire_owned()).await.map_err(|_| Error::Busy)?;
		self.answer(turn.map_err(|_| Error::Busy)?, at, question).await
	}

	/// As [`Self::ask`], for those who follow the chain. An era's beginning concerns all of them at once: they stand in a
	/// line of their own, of which the first alone waits among the others, and for as long as it takes.
	pub async fn ask_in_line<R: Send + 'static>(
		&self,
		at: Hash,
		question: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError> + Send + 'static,
	) -> Result<R, Error> {
		let first = self.line.acquire().await.map_err(|_| Error::Busy)?;
		let turn = self.turns.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
		drop(first);
		self.answer(turn, at, question).await
	}

	/// Asks on a thread that may block, and keeps the turn until that is done.
	async fn answer<R: Send + 'static>(
		&self,
		turn: OwnedSemaphorePermit,
		at: Hash,
		question: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError> + Send + 'static,
	) -> Result<R, Error> {
		let chain = self.clone();
		let answer = spawn_blocking(move || {
			let answer = chain.ask_now(at, question);
			drop(turn);
			answer
		});
		answer.await.unwrap_or_else(|error| Err(Error::Runtime(error.to_string())))
	}

	/// As [`Self::ask`], at once, on this thread.
	pub fn ask_now<R>(
		&self,
		at: Hash,
		question: impl FnOnce(&FullClient, Hash) -> Result<R, ApiError>,
	) -> Result<R, Error> {
		let number = self.client.number(at).ok().flatten().ok_or(Error::UnknownBlock(at))?;
		question(&self.client, at).map_err(|error| {
			if !self.backend.have_state_at(at, number) {
				return Error::StatePruned(at);
			}
			// The native runtime has all of ours: what is older lacks the first of them, or this one.
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
