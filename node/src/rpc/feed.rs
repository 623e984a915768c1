//! Final blocks, in order, for subscriptions.
//!
//! Nothing is queued for a subscriber. Each subscription reads the chain at its own pace, and waits for its own
//! connection. A slow one falls behind at no cost to others. Every item says how many blocks it is behind, and a
//! subscription ends with an error when it is so far behind that states are pruned. Since blocks are final, forks
//! need no handling, and a client that was disconnected continues after the last block that it got.
//!
//! Subscriptions share what is read at a block. To follow the same account or set as others costs one hash for each
//! thing that was sent.

use super::{
	chain::Chain,
	error::Error,
	permits::{Priority, NODE},
};
use crate::client::FullClient;
use futures::StreamExt;
use jsonrpsee::{core::JsonRawValue, SubscriptionMessage, SubscriptionSink};
use mainstay_primitives::runtime_api::changes::{BlockChanges, ChangesApi};
use mainstay_runtime::Hash;
use sc_client_api::BlockchainEvents;
use schnellru::{ByLength, LruMap};
use serde::Serialize;
use sp_api::{ApiError, ProvideRuntimeApi};
use std::{
	future::Future,
	hash::Hash as Key,
	sync::{Arc, Mutex, MutexGuard},
};
use tokio::sync::watch;

/// How many blocks' changes are cached: more than a pruning node has states.
const MAX_CACHED_BLOCKS: u32 = 512;

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

/// An item as JSON, complete but for its last field: how far behind the head it is when it is sent.
pub struct Item(String);

/// The end of an item that is zero blocks behind.
const NOT_BEHIND: &str = "\"behind\":0}";

impl Item {
	/// Serializes an item whose last field is `behind`, with value 0.
	pub fn of(item: &impl Serialize) -> Result<Self, Error> {
		let text = serde_json::to_string(item).map_err(|why| Error::Runtime(why.to_string()))?;
		debug_assert!(text.ends_with(NOT_BEHIND), "{text}");
		Ok(Self(text))
	}

	/// The item as it is sent when the head is this many blocks ahead of it.
	fn behind(&self, blocks: u32) -> Result<SubscriptionMessage, Error> {
		let before = self.0.strip_suffix("0}").unwrap_or(&self.0);
		let raw = JsonRawValue::from_string(format!("{before}{blocks}}}"));
		raw.and_then(|raw| SubscriptionMessage::from_json(&raw))
			.map_err(|why| Error::Runtime(why.to_string()))
	}
}

/// A subscription to final blocks.
pub trait Follower: Send + 'static {
	/// The type of its items.
	type Item;

	/// The item for this block, if there is one to send. Called with every final block, in order.
	fn next(
		&mut self,
		feed: &Feed,
		block: &FinalBlock,
	) -> impl Future<Output = Result<Option<Arc<Item>>, Error>> + Send;
}

/// Values that were read recently, shared by all subscriptions.
pub struct Cache<K, V>(Arc<Mutex<LruMap<K, Arc<V>, ByLength>>>);

impl<K, V> Clone for Cache<K, V> {
	fn clone(&self) -> Self {
		Self(self.0.clone())
	}
}

impl<K: Key + Eq, V> Cache<K, V> {
	/// A cache of at most this many values.
	pub fn new(length: u32) -> Self {
		Self(Arc::new(Mutex::new(LruMap::new(ByLength::new(length)))))
	}

	fn map(&self) -> MutexGuard<'_, LruMap<K, Arc<V>, ByLength>> {
		// Nothing panics while it is held.
		self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	/// The value of this key.
	pub fn get(&self, key: &K) -> Option<Arc<V>> {
		self.map().get(key).map(|value| value.clone())
	}

	/// Adds a value.
	pub fn put(&self, key: K, value: V) -> Arc<V> {
		let value = Arc::new(value);
		self.map().insert(key, value.clone());
		value
	}
}

/// The final chain as it grows.
#[derive(Clone)]
pub struct Feed {
	chain: Chain,
	/// The number of the last final block.
	head: watch::Receiver<u32>,
	changes: Cache<Hash, BlockChanges>,
}

impl Feed {
	/// A feed and the task that drives it.
	pub fn new(chain: Chain, client: Arc<FullClient>) -> (Self, impl Future<Output = ()> + Send + 'static) {
		let (sender, head) = watch::channel(chain.finalized().1);
		let mut blocks = client.finality_notification_stream();
		let drive = async move {
			while let Some(block) = blocks.next().await {
				sender.send_replace(block.header.number);
			}
		};
		(Self { chain, head, changes: Cache::new(MAX_CACHED_BLOCKS) }, drive)
	}

	/// Returns a cached value, or reads it at a block with a permit of connection `who`.
	pub async fn read<K: Key + Eq + Send + 'static, V: Send + Sync + 'static>(
		&self,
		cache: &Cache<K, V>,
		key: K,
		(who, priority): (u64, Priority),
		at: Hash,
		read: impl FnOnce(&FullClient, Hash) -> Result<V, ApiError> + Send + 'static,
	) -> Result<Arc<V>, Error> {
		if let Some(known) = cache.get(&key) {
			return Ok(known);
		}
		let permit = self.chain.permit(who, priority).await;
		// Another caller may have read the same meanwhile. No caller waits for the permit of another.
		if let Some(known) = cache.get(&key) {
			return Ok(known);
		}
		let cache = cache.clone();
		let read = move |client: &FullClient, at| read(client, at).map(|value| cache.put(key, value));
		self.chain.query_with(permit, at, read).await
	}

	/// What a block changed.
	async fn changes(&self, at: Hash) -> Result<Arc<BlockChanges>, Error> {
		let first = (NODE, Priority::Slashes);
		self.read(&self.changes, at, first, at, |client, at| client.runtime_api().of_block(at)).await
	}

	/// Gives `follower` every final block after block `from`, and sends its items, until the subscriber is gone.
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
				let behind = self.head.borrow().saturating_sub(last);
				// Waits until the connection takes it.
				if sink.send(item.behind(behind)?).await.is_err() {
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

#[cfg(test)]
mod tests {
	use super::*;

	#[derive(Serialize)]
	struct Something {
		text: &'static str,
		behind: u32,
	}

	#[test]
	fn rpc_1_an_item_says_how_far_behind_it_is() {
		let item = Item::of(&Something { text: "\"behind\":0}", behind: 0 }).expect("is JSON");
		let sent = |behind| format!("{:?}", item.behind(behind).expect("is JSON"));
		for behind in [0, 7, u32::MAX] {
			assert!(sent(behind).contains(&format!(r#"\"behind\":{behind}}}"#)), "{}", sent(behind));
			assert_eq!(sent(behind).matches("behind").count(), 2);
		}
	}

	#[test]
	fn rpc_1_what_was_read_is_shared() {
		let cache = Cache::new(2);
		let first = cache.put("a", vec![1]);
		let again = cache.get(&"a").expect("kept");
		assert!(Arc::ptr_eq(&first, &again));
		cache.put("b", vec![2]);
		cache.put("c", vec![3]);
		// The oldest value was evicted. Whoever holds it still has it.
		assert!(cache.get(&"a").is_none());
		assert_eq!(*first, [1]);
	}
}
