//! Final blocks, in order, for those who follow them.
//!
//! Nothing is queued for a subscriber: each reads the chain at its own pace, from where it stands, and waits for its own
//! connection. Who is slow falls behind without a cost to anyone; who falls behind so far that states are pruned is told
//! so. That blocks are final makes forks nobody's concern, and who was cut off goes on behind the last block it saw.

use super::{chain::Chain, error::Error};
use futures::StreamExt;
use jsonrpsee::{SubscriptionMessage, SubscriptionSink};
use mainstay_primitives::{
	runtime_api::{
		changes::{BlockChanges, ChangesApi},
		services::{MemberDetails, ServicesApi},
		MAX_PAGE,
	},
	AvsId, OperatorSetId,
};
use mainstay_runtime::Hash;
use sc_client_api::BlockchainEvents;
use schnellru::{ByLength, LruMap};
use serde::Serialize;
use sp_api::ProvideRuntimeApi;
use std::{future::Future, sync::Arc};
use tokio::sync::{watch, Mutex};

/// How many blocks' changes are kept at hand: more than there are states on a node that prunes.
const BLOCKS: u32 = 512;
/// How many lists of members are kept at hand.
const LISTS: u32 = 64;

/// A final block.
#[derive(Clone)]
pub struct FinalBlock {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub number: u32,
	/// What it changed.
	pub changes: Arc<BlockChanges>,
}

/// Who follows final blocks.
pub trait Follower: Send + 'static {
	/// What it sends.
	type Item: Serialize + Send;

	/// What it sends of this block, if anything. Called with every final block, in order.
	fn next(
		&mut self,
		feed: &Feed,
		block: &FinalBlock,
	) -> impl Future<Output = Result<Option<Self::Item>, Error>> + Send;
}

type Cache<K, V> = Arc<Mutex<LruMap<K, Arc<V>, ByLength>>>;

/// The final chain as it grows.
#[derive(Clone)]
pub struct Feed {
	chain: Chain,
	/// The number of the last final block.
	head: watch::Receiver<u32>,
	changes: Cache<Hash, BlockChanges>,
	/// By block and set.
	members: Cache<(Hash, AvsId, u32), Vec<MemberDetails>>,
}

impl Feed {
	/// A feed, and the task that drives it.
	pub fn new(
		chain: Chain,
		client: Arc<crate::service::FullClient>,
	) -> (Self, impl Future<Output = ()> + Send + 'static) {
		let (sender, head) = watch::channel(chain.finalized().1);
		let mut blocks = client.finality_notification_stream();
		let drive = async move {
			while let Some(block) = blocks.next().await {
				sender.send_replace(block.header.number);
			}
		};
		let feed = Self {
			chain,
			head,
			changes: Arc::new(Mutex::new(LruMap::new(ByLength::new(BLOCKS)))),
			members: Arc::new(Mutex::new(LruMap::new(ByLength::new(LISTS)))),
		};
		(feed, drive)
	}

	/// The chain it follows.
	pub fn chain(&self) -> &Chain {
		&self.chain
	}

	/// What a block changed. Who asks about one that someone else has asked about does not ask the runtime.
	async fn changes(&self, at: Hash) -> Result<Arc<BlockChanges>, Error> {
		let mut known = self.changes.lock().await;
		if let Some(changes) = known.get(&at) {
			return Ok(changes.clone());
		}
		let changes =
			Arc::new(self.chain.ask_in_line(at, |client, at| client.runtime_api().of_block(at)).await?);
		known.insert(at, changes.clone());
		Ok(changes)
	}

	/// All members of a set, which may be none.
	pub async fn members(&self, at: Hash, set: OperatorSetId) -> Result<Arc<Vec<MemberDetails>>, Error> {
		let key = (at, set.avs, set.index);
		let mut known = self.members.lock().await;
		if let Some(members) = known.get(&key) {
			return Ok(members.clone());
		}
		let members = self
			.chain
			.ask_in_line(at, move |client, at| {
				let (mut members, mut after) = (Vec::new(), None);
				while let Some(page) = client.runtime_api().members(at, set, after.take(), MAX_PAGE)? {
					members.extend(page.items);
					match page.next {
						Some(next) => after = Some(next.0),
						None => break,
					}
				}
				Ok(Arc::new(members))
			})
			.await?;
		known.insert(key, members.clone());
		Ok(members)
	}

	/// Hands `follower` every final block behind block `from`, and sends what it says, until the subscriber is gone.
	pub async fn follow<F: Follower>(
		&self,
		mut follower: F,
		from: u32,
		sink: &SubscriptionSink,
	) -> Result<(), Error> {
		let mut head = self.head.clone();
		let mut last = from;
		loop {
			let newest = *head.borrow_and_update();
			while last < newest {
				if sink.is_closed() {
					return Ok(());
				}
				last += 1;
				let hash = self.chain.final_hash(last)?;
				let block = FinalBlock { hash, number: last, changes: self.changes(hash).await? };
				let Some(item) = follower.next(self, &block).await? else { continue };
				let message =
					SubscriptionMessage::from_json(&item).map_err(|why| Error::Runtime(why.to_string()))?;
				// Waits until the connection takes it.
				if sink.send(message).await.is_err() {
					return Ok(());
				}
			}
			tokio::select! {
				changed = head.changed() => if changed.is_err() { return Ok(()) },
				() = sink.closed() => return Ok(()),
			}
		}
	}
}
