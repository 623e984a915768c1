//! The task that makes all blocks, one after the other.

use super::{
	claim::Claims,
	clock::{spread, Clock, Next},
	command::{Command, Error, Head, Job},
	mode::Mode,
};
use crate::client::{FullClient, FullPool, FullSelectChain};
use codec::Decode;
use frame_support::storage::storage_prefix;
use futures::{FutureExt, StreamExt};
use futures_timer::Delay;
use mainstay_primitives::runtime_api::staking::{EraStatus, StakingApi};
use mainstay_runtime::{
	opaque::{Block, Header},
	Hash,
};
use sc_basic_authorship::ProposerFactory;
use sc_client_api::{BlockBackend, Finalizer, StorageProvider};
use sc_consensus_babe::{find_next_epoch_digest, find_pre_digest, BabeBlockImport};
use sc_consensus_manual_seal::{seal_block, SealBlockParams};
use sc_transaction_pool_api::{ImportNotificationStream, TransactionPool};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::storage::StorageKey;
use sp_runtime::traits::Header as _;
use std::{
	future::pending,
	sync::Arc,
	time::{Duration, SystemTime},
};
use tokio::sync::{mpsc, oneshot::Sender};

/// How long the transaction pool has to process a block, before the next block is made anyway.
const POOL_TIMEOUT: Duration = Duration::from_secs(10);

/// The blocks in a row that are made for ready transactions although they include none. The first block of a session
/// has no room for transactions, and with sessions of two slots every other block is such a block.
const MAX_EMPTY_ATTEMPTS: u32 = 3;

/// The extrinsics of a block without transactions: the time.
const INHERENTS: usize = 1;

/// The import of blocks, without GRANDPA's: without votes, the changes of voters that blocks announce would never be
/// applied, and would accumulate.
pub type Import = BabeBlockImport<Block, FullClient, Arc<FullClient>, Clock, FullSelectChain>;

/// Makes blocks.
pub struct Sealer {
	/// The chain.
	pub client: Arc<FullClient>,
	/// The transaction pool.
	pub pool: Arc<FullPool>,
	/// The rule that chooses the best block.
	pub select_chain: FullSelectChain,
	/// Finds the slots that this node may author.
	pub claims: Claims,
	/// The chain's clock.
	pub clock: Clock,
	/// Fills blocks.
	pub proposers: ProposerFactory<FullPool, FullClient>,
	/// Imports them.
	pub import: Import,
	/// The length of a slot in milliseconds.
	pub slot_millis: u64,
	/// The requested time of the next block.
	pub requested: Option<u64>,
}

/// Why the sealer acts.
enum Cause {
	Command(Job),
	Transactions,
	Timer,
}

impl Sealer {
	/// Makes blocks as long as the node runs.
	pub async fn run(mut self, mode: Mode, mut jobs: mpsc::Receiver<Job>) {
		let mut imports = self.pool.import_notification_stream();
		let mut timer = Timer::new(mode);
		loop {
			let cause = tokio::select! {
				Some(job) = jobs.recv() => Cause::Command(job),
				Some(_) = imports.next(), if mode == Mode::Instant => Cause::Transactions,
				() = timer.next(), if timer.runs() => Cause::Timer,
				else => return,
			};
			match cause {
				Cause::Command(Job { command, reply }) => {
					let done = self.execute(command, &reply).await.and_then(|()| self.head());
					if let Err(error) = &done {
						log::info!("🔨 {command:?} was not carried out: {error}");
					}
					let _ = reply.send(done);
				},
				Cause::Transactions => {
					if let Err(error) = self.seal_ready(&mut imports).await {
						log::warn!("🔨 cannot make a block for the transactions that are ready: {error}");
					}
				},
				Cause::Timer => {
					if let Err(error) = self.seal_next().await {
						log::warn!("🔨 cannot make a block: {error}");
					}
				},
			}
		}
	}

	/// Runs a command, unless nobody waits for it any more.
	async fn execute(&mut self, command: Command, reply: &Sender<Result<Head, Error>>) -> Result<(), Error> {
		match command {
			Command::NewBlocks(blocks) => {
				for _ in 0..blocks {
					if reply.is_closed() {
						break;
					}
					self.seal_next().await?;
				}
				Ok(())
			},
			Command::NextEra { eras, blocks } => self.seal_eras(eras, blocks, reply).await,
			Command::SetTime(millis) => {
				self.next(&self.best()?).ensure(millis)?;
				self.requested = Some(millis);
				Ok(())
			},
		}
	}

	/// Makes blocks until `eras` more have ended.
	async fn seal_eras(
		&mut self,
		eras: u32,
		blocks: u32,
		reply: &Sender<Result<Head, Error>>,
	) -> Result<(), Error> {
		let EraStatus { era, sessions, .. } = self.era(self.client.info().best_hash)?;
		let target = era.saturating_add(eras);
		// The running session, and those of all the eras.
		let most = u64::from(eras).saturating_add(1).saturating_mul(sessions.into()).saturating_add(1);
		let mut passed = 0;
		while !reply.is_closed() {
			let parent = self.best()?;
			let from = self.next(&parent).slot();
			let (start, length) = self.claims.session(&parent, from)?;
			let hash = self.seal(parent, spread(start, length, blocks.into(), from)).await?;
			let header = self.header(hash)?;
			// Only a block that begins a session can begin an era.
			if !matches!(find_next_epoch_digest::<Block>(&header), Ok(Some(_))) {
				continue;
			}
			let now = self.era(hash)?.era;
			if now >= target {
				break;
			}
			passed += 1;
			if passed > most {
				return Err(Error::EraStuck(now));
			}
		}
		Ok(())
	}

	/// Makes blocks until no transaction is ready, or the ready ones do not get in.
	async fn seal_ready(&mut self, imports: &mut ImportNotificationStream<Hash>) -> Result<(), Error> {
		let mut fruitless = 0;
		while self.pool.status().ready > 0 {
			if fruitless == MAX_EMPTY_ATTEMPTS {
				return Err(Error::Failed(format!("{MAX_EMPTY_ATTEMPTS} blocks had no room for them")));
			}
			// The block includes the transactions that were reported before it.
			while let Some(Some(_)) = imports.next().now_or_never() {}
			let hash = self.seal_next().await?;
			let body = self.client.block_body(hash).map_err(Error::failed)?.unwrap_or_default();
			fruitless = if body.len() > INHERENTS { 0 } else { fruitless + 1 };
		}
		Ok(())
	}

	/// Makes a block in the next slot.
	async fn seal_next(&mut self) -> Result<Hash, Error> {
		let parent = self.best()?;
		let slot = self.next(&parent).slot();
		self.seal(parent, slot).await
	}

	/// Makes a block in the first slot from `from` on that a key of this node may author. On return, the block is final
	/// and the transaction pool has processed it.
	async fn seal(&mut self, parent: Header, from: u64) -> Result<Hash, Error> {
		let claim = self.claims.first(&parent, from)?;
		self.clock.set(self.next(&parent).time(claim.slot));
		let (sender, sealed) = futures::channel::oneshot::channel();
		seal_block(SealBlockParams {
			// The SDK would treat a block with one transaction as empty, because it counts the slot among the extrinsics.
			create_empty: true,
			// BABE prunes its records when a block becomes final, and cannot find a block that becomes final during its own
			// import.
			finalize: false,
			parent_hash: Some(parent.hash()),
			sender: Some(sender),
			pool: self.pool.clone(),
			client: self.client.clone(),
			env: &mut self.proposers,
			select_chain: &self.select_chain,
			consensus_data_provider: Some(&claim),
			block_import: &mut self.import,
			create_inherent_data_providers: &self.clock,
		})
		.await;
		let made = sealed.await.map_err(Error::failed)?.map_err(Error::failed)?;
		self.requested = None;
		self.client.finalize_block(made.hash, None, true).map_err(Error::failed)?;
		// A caller that reads an account's next nonce must not get one that is in this block.
		let _ = self.pool.ready_at_with_timeout(made.hash, POOL_TIMEOUT).await;
		Ok(made.hash)
	}

	/// When a child of `parent` can be.
	fn next(&self, parent: &Header) -> Next {
		let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
		Next {
			slot_millis: self.slot_millis,
			// A genesis counts as slot 0.
			head: (*parent.number() > 0)
				.then(|| find_pre_digest::<Block>(parent).ok())
				.flatten()
				.map(|digest| *digest.slot()),
			requested: self.requested,
			machine: since.as_millis().try_into().unwrap_or(u64::MAX),
		}
	}

	fn best(&self) -> Result<Header, Error> {
		self.header(self.client.info().best_hash)
	}

	fn header(&self, hash: Hash) -> Result<Header, Error> {
		let header = self.client.header(hash).map_err(Error::failed)?;
		header.ok_or_else(|| Error::Failed(format!("block {hash:?} is not in the database")))
	}

	fn era(&self, at: Hash) -> Result<EraStatus, Error> {
		self.client.runtime_api().era(at).map_err(Error::failed)
	}

	/// The last block, and when the next can be.
	fn head(&self) -> Result<Head, Error> {
		let best = self.best()?;
		let (hash, next) = (best.hash(), self.next(&best));
		let EraStatus { era, session, .. } = self.era(hash)?;
		let key = StorageKey(storage_prefix(b"Timestamp", b"Now").to_vec());
		let now = self.client.storage(hash, &key).map_err(Error::failed)?;
		Ok(Head {
			hash,
			number: *best.number(),
			era,
			session,
			time: now.and_then(|now| u64::decode(&mut &now.0[..]).ok()),
			next: next.time(next.slot()),
		})
	}
}

/// Fires when a block is due by the machine's clock.
struct Timer(Option<(Duration, Delay)>);

impl Timer {
	fn new(mode: Mode) -> Self {
		match mode {
			Mode::Every(time) => Self(Some((time, Delay::new(time)))),
			Mode::Instant | Mode::Manual => Self(None),
		}
	}

	fn runs(&self) -> bool {
		self.0.is_some()
	}

	async fn next(&mut self) {
		match &mut self.0 {
			Some((time, delay)) => {
				(&mut *delay).await;
				delay.reset(*time);
			},
			None => pending().await,
		}
	}
}
