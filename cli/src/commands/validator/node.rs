//! The validator's own node, and the keys on it.

use crate::{
	chain::{cause, stored, Chain},
	context::Context,
	error::Error,
	output::{duration, now, units_in},
	runtime::{self, pallet_session::pallet::Call as Session, RuntimeCall, SessionKeys},
	scale::{bytes_of, hex_of},
};
use futures::{stream, StreamExt, TryStreamExt};
use serde_json::{json, Value};
use std::collections::BTreeSet;
use subxt::{dynamic, ext::codec::Decode, utils::AccountId32};

/// Queries about keys that are sent to a node at once.
const AT_ONCE: usize = 32;
/// Final blocks that the node may lack compared with the other node: blocks reach each node at a different time.
const MAX_BLOCKS_BEHIND: u64 = 8;
/// The age that the node's last block may have, in milliseconds: on any chain, blocks come more often.
const MAX_HEAD_AGE_MILLIS: u64 = 10 * 60 * 1000;
/// The prefix of a key of `Session.KeyOwner`: the hashes of the pallet's name, of the entry's name, and of the key.
const KEY_PREFIX: usize = 16 + 16 + 8;

/// Where the session keys of an account are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
	/// It has set no keys.
	None,
	/// All keys that it has set are on the node.
	OnNode,
	/// Some keys that it has set are not on the node.
	Elsewhere,
}

/// A session key whose owner the chain knows.
struct Owned {
	/// Its type, four letters: `babe`, `gran`, `audi`.
	kind: String,
	key: Vec<u8>,
	owner: AccountId32,
}

impl Owned {
	/// Parses an entry of `Session.KeyOwner`.
	fn of(key: &[u8], owner: &[u8]) -> Option<Self> {
		let (kind, key) = <([u8; 4], Vec<u8>)>::decode(&mut key.get(KEY_PREFIX..)?).ok()?;
		let kind = String::from_utf8(kind.to_vec()).ok()?;
		Some(Self { kind, key, owner: AccountId32(owner.try_into().ok()?) })
	}
}

/// A synced node of the same chain that runs with `--validator`.
pub struct OwnNode<'a> {
	/// The node of `--url`.
	usual: &'a Chain,
	/// Another node.
	other: Option<Chain>,
}

impl<'a> OwnNode<'a> {
	/// The node at `url`, or that of `--url`.
	///
	/// # Errors It does not answer, is of another chain, is no validator, or has not synced.
	pub async fn connect(context: &'a Context, url: Option<&str>) -> Result<Self, Error> {
		let other = match url {
			Some(url) => Some(Chain::connect(url).await?),
			None => None,
		};
		let node = Self { usual: &context.chain, other };
		if node.chain().genesis() != context.chain.genesis() {
			let usual = context.chain.url();
			return Err(node.unfit(&format!("is on another chain than {usual}")));
		}
		let roles = node.chain().request("system_nodeRoles", json!([])).await?;
		if roles != json!(["Authority"]) {
			return Err(node.unfit("is not a validator: start it with --validator"));
		}
		node.refuse_unsynced().await?;
		Ok(node)
	}

	/// Its address.
	pub fn url(&self) -> &str {
		self.chain().url()
	}

	fn chain(&self) -> &Chain {
		self.other.as_ref().unwrap_or(self.usual)
	}

	fn unfit(&self, why: &str) -> Error {
		Error::Usage(format!("the node at {} {why}", self.url()))
	}

	/// A syncing node does not know the current owners of its keys, and does not make blocks in time.
	async fn refuse_unsynced(&self) -> Result<(), Error> {
		let wait = "wait until it has all blocks, or it could be elected and make no blocks";
		let health = self.chain().request("system_health", json!([])).await?;
		if health["isSyncing"] == true {
			return Err(self.unfit(&format!("is still syncing: {wait}")));
		}
		let at = self.chain().at_best().await?;
		let millis = units_in(&stored(&at, "Timestamp", "Now", ()).await?);
		let age = now().saturating_sub(millis.try_into().unwrap_or(u64::MAX));
		if age > MAX_HEAD_AGE_MILLIS {
			return Err(match millis {
				0 => self.unfit(&format!("has no blocks yet: {wait}")),
				_ => self.unfit(&format!(
					"has had no new block for {}: it does not follow the chain, or the chain has stopped",
					duration(age)
				)),
			});
		}
		if self.other.is_some() {
			let last = self.usual.request("chain_getFinalizedHead", json!([])).await?;
			let last = self.usual.number(Some(&last)).await?.unwrap_or(0);
			let missing = last.saturating_sub(at.block_number());
			if missing > MAX_BLOCKS_BEHIND {
				let usual = self.usual.url();
				return Err(self.unfit(&format!("lacks {missing} blocks that are final at {usual}: {wait}")));
			}
		}
		Ok(())
	}

	/// Refuses a node with keys that belong to another account on the chain, in the running set or not: two validators
	/// on one node sign as one, and finality stops if that affects a third.
	pub async fn refuse_others(&self, context: &Context, owner: &AccountId32) -> Result<(), Error> {
		let others: Vec<_> = self.owners().await?.into_iter().filter(|who| who != owner).collect();
		if others.is_empty() {
			return Ok(());
		}
		let names: Vec<_> = others.iter().map(|who| context.name(who)).collect();
		Err(self.unfit(&format!(
			"validates for {} already, or has the session keys to, and two validators on one node sign as one: run another \
			 node for this account. An account that no longer validates removes its keys with `mainstay-cli validator purge-keys`",
			names.join(" and ")
		)))
	}

	/// The accounts that, according to the chain, own keys on the node.
	async fn owners(&self) -> Result<BTreeSet<AccountId32>, Error> {
		let at = self.usual.at_best().await?;
		let wrong = |error: &dyn std::error::Error| {
			Error::Incompatible(format!("Session.KeyOwner: {}", cause(error)))
		};
		let address = dynamic::storage::<Vec<dynamic::Value>, dynamic::Value>("Session", "KeyOwner");
		let entry = at.storage().entry(address).map_err(|error| wrong(&error))?;
		let mut entries = entry.iter(Vec::<dynamic::Value>::new()).await.map_err(|error| wrong(&error))?;
		let mut keys = vec![];
		while let Some(found) = entries.next().await {
			let found = found.map_err(|error| wrong(&error))?;
			let owned = Owned::of(found.key_bytes(), found.value().bytes());
			keys.push(owned.ok_or_else(|| Error::Incompatible("Session.KeyOwner is not as it was".into()))?);
		}
		let asked = stream::iter(keys).map(|Owned { kind, key, owner }| async move {
			Ok::<_, Error>(
				self.owner_query("author_hasKey", json!([hex_of(&key), kind])).await?.then_some(owner),
			)
		});
		asked.buffer_unordered(AT_ONCE).try_filter_map(|owner| async move { Ok(owner) }).try_collect().await
	}

	/// Where the keys of an account are.
	pub async fn keys_of(&self, owner: &AccountId32) -> Result<Keys, Error> {
		let at = self.usual.at_best().await?;
		let wrong = |error: &dyn std::error::Error| {
			Error::Incompatible(format!("Session.NextKeys: {}", cause(error)))
		};
		let address = dynamic::storage::<_, dynamic::Value>("Session", "NextKeys");
		let entry = at.storage().entry(address).map_err(|error| wrong(&error))?;
		let Some(keys) = entry.try_fetch((*owner,)).await.map_err(|error| wrong(&error))? else {
			return Ok(Keys::None);
		};
		Ok(match self.owner_query("author_hasSessionKeys", json!([hex_of(keys.bytes())])).await? {
			true => Keys::OnNode,
			false => Keys::Elsewhere,
		})
	}

	/// Makes keys for `owner` on the node, and returns the call that sets them.
	pub async fn make_keys(&self, owner: &AccountId32) -> Result<RuntimeCall, Error> {
		let FreshKeys { public: [babe, grandpa, authority_discovery], proof } =
			FreshKeys::make(self.chain(), owner).await?;
		let keys = SessionKeys {
			babe: runtime::sp_consensus_babe::app::Public(babe),
			grandpa: runtime::sp_consensus_grandpa::app::Public(grandpa),
			authority_discovery: runtime::sp_authority_discovery::app::Public(authority_discovery),
		};
		Ok(RuntimeCall::Session(Session::set_keys { keys, proof }))
	}

	/// Asks the node a yes-or-no question.
	async fn owner_query(&self, method: &str, params: Value) -> Result<bool, Error> {
		let answer = owners_call(self.chain(), method, params).await?;
		answer.as_bool().ok_or_else(|| Error::Incompatible(format!("`{method}` answers {answer}")))
	}
}

/// Session keys that a node has just made.
pub struct FreshKeys {
	/// Their public parts: babe, grandpa, authority discovery.
	pub public: [[u8; 32]; 3],
	/// The proof that the holder of the keys assigned them to their owner.
	pub proof: Vec<u8>,
}

impl FreshKeys {
	/// Makes keys for `owner` on the node.
	pub async fn make(node: &Chain, owner: &AccountId32) -> Result<Self, Error> {
		let made = owners_call(node, "author_rotateKeysWithOwner", json!([hex_of(&owner.0)])).await?;
		let bytes = |field: &str| {
			bytes_of(&made[field])
				.ok_or_else(|| Error::Incompatible(format!("the node made keys without '{field}'")))
		};
		let (keys, proof) = (bytes("keys")?, bytes("proof")?);
		let public = three(&keys).ok_or_else(|| {
			Error::Incompatible(format!("the node made {} bytes of keys, and not 96", keys.len()))
		})?;
		Ok(Self { public, proof })
	}
}

/// Makes a call that only the node's owner may make.
async fn owners_call(node: &Chain, method: &str, params: Value) -> Result<Value, Error> {
	node.request(method, params).await.map_err(|error| match error {
		Error::Node { code: Some(code), method, message } if code == -32601 || message.contains("unsafe") => {
			Error::Node {
				method,
				code: Some(code),
				message: format!(
					"{message}. Only the owner of a node may make keys on it and look for them: give --node the \
					 address in the file `owner` of the node's folder"
				),
			}
		},
		error => error,
	})
}

/// Three keys of 32 bytes.
fn three(bytes: &[u8]) -> Option<[[u8; 32]; 3]> {
	let mut keys = bytes.chunks_exact(32).map(|key| key.try_into().ok());
	let keys = [keys.next()??, keys.next()??, keys.next()??];
	(bytes.len() == 96).then_some(keys)
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt::ext::codec::Encode;

	#[test]
	fn keys_are_three_of_32_bytes() {
		let bytes: Vec<u8> = (0..96).collect();
		let keys = three(&bytes).unwrap();
		assert_eq!((keys[0][0], keys[1][0], keys[2][31]), (0, 32, 95));
		assert!(three(&bytes[..95]).is_none());
		assert!(three(&[bytes.as_slice(), &[0]].concat()).is_none());
	}

	/// validators 1
	#[test]
	fn the_chain_says_whose_a_key_is() {
		let key = [&[0xff; KEY_PREFIX][..], b"gran", &vec![7u8; 32].encode()].concat();
		let owned = Owned::of(&key, &[9; 32]).unwrap();
		assert_eq!(
			(owned.kind.as_str(), owned.key, owned.owner),
			("gran", vec![7; 32], AccountId32([9; 32]))
		);
		assert!(Owned::of(&key[..KEY_PREFIX + 4], &[9; 32]).is_none());
		assert!(Owned::of(&key[..3], &[9; 32]).is_none());
		assert!(Owned::of(&key, &[9; 31]).is_none());
	}
}
