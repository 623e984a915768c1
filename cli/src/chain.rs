//! The connection to a node, and the queries that every command needs.

use crate::{error::Error, output::plain, read::Coin, runtime, scale, values};
use codec::Decode;
use serde_json::{json, value::to_raw_value, Value};
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::Duration,
};
use subxt::{
	backend::LegacyBackend,
	config::substrate::H256,
	ext::frame_decode::storage::{IntoDecodableValues, IntoEncodableValues},
	metadata::Metadata,
	rpcs::{client::RpcSubscription, RpcClient},
	utils::AccountId32,
	OnlineClient, SubstrateConfig,
};

/// The chain's client at one block.
pub type AtBlock = subxt::OnlineClientAtBlock<SubstrateConfig>;

/// How long one answer may take. A node with too many requests says so after ten seconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);
const NO_ANSWER: &str = "no answer in a minute";
/// The node did nothing because it had too many requests. The same request can be sent again later.
pub const BUSY: i32 = 20_005;

/// How amounts of a currency are written.
#[derive(Clone, Debug)]
pub struct Currency {
	/// Its symbol, or its id if it has none.
	pub symbol: String,
	/// Its decimals.
	pub decimals: u8,
}

impl Currency {
	/// An amount of it, for people.
	pub fn show(&self, units: u128) -> String {
		format!("{} {}", values::grouped(units, self.decimals), self.symbol)
	}

	/// STAY.
	pub fn stay() -> Self {
		Self { symbol: "STAY".into(), decimals: values::STAY_DECIMALS }
	}
}

/// A connection to a node.
#[derive(Clone)]
struct Link {
	rpc: RpcClient,
	api: OnlineClient<SubstrateConfig>,
}

impl Link {
	/// Connects to the node at `url`. An error is described in words.
	async fn open(url: &str) -> Result<Self, String> {
		let connecting = async {
			let rpc = RpcClient::from_insecure_url(url).await.map_err(|error| cause(&error))?;
			// This backend can query any block by its hash. The one that subxt prefers knows only blocks from its
			// subscription, and the best block can be younger.
			let backend = Arc::new(LegacyBackend::builder().build(rpc.clone()));
			// At the runtime version that this program was made for, calls are encoded and answers decoded with the
			// program's own metadata, and not with the node's.
			let known = runtime::built_in().map(|known| (known.spec_version, known.metadata.clone()));
			let config = SubstrateConfig::builder().set_metadata_for_spec_versions(known).build();
			let api = OnlineClient::from_backend_with_config(config, backend).await;
			Ok::<_, String>(Self { rpc, api: api.map_err(|error| cause(&error))? })
		};
		tokio::time::timeout(ANSWER_TIMEOUT, connecting).await.map_err(|_| NO_ANSWER.to_string())?
	}
}

/// A node that answers.
pub struct Chain {
	url: String,
	link: Mutex<Link>,
	genesis: H256,
	assets: Mutex<BTreeMap<u32, Currency>>,
	/// The currencies of streams. A stream that has ended is no longer in the chain's state.
	streams: Mutex<BTreeMap<u32, Coin>>,
}

impl Chain {
	/// Connects to the node at `url`, a WebSocket.
	pub async fn connect(url: &str) -> Result<Self, Error> {
		if !url.starts_with("ws://") && !url.starts_with("wss://") {
			return Err(Error::Usage(format!(
				"'{url}' is not the address of a WebSocket, which begins with ws:// or wss://"
			)));
		}
		let unreachable = |reason| Error::Unreachable { url: url.into(), reason };
		let link = Link::open(url).await.map_err(unreachable)?;
		let genesis = link.api.genesis_hash();
		Ok(Self {
			url: url.into(),
			link: Mutex::new(link),
			genesis,
			assets: Default::default(),
			streams: Default::default(),
		})
	}

	/// Replaces a lost connection by a new one.
	///
	/// # Errors No answer, or an answer from a node of another chain.
	pub async fn reconnect(&self) -> Result<(), Error> {
		let link = Link::open(&self.url).await.map_err(|reason| self.unreachable(&reason))?;
		if link.api.genesis_hash() != self.genesis {
			return Err(self.unreachable("a node of another chain now answers there"));
		}
		*self.held() = link;
		Ok(())
	}

	fn held(&self) -> MutexGuard<'_, Link> {
		// Nothing panics while it is held, and a panic would leave the connection intact.
		self.link.lock().unwrap_or_else(PoisonError::into_inner)
	}

	fn link(&self) -> Link {
		self.held().clone()
	}

	/// The client of subxt.
	pub fn api(&self) -> OnlineClient<SubstrateConfig> {
		self.link().api
	}

	/// The hash of the chain's genesis block, from the node.
	pub fn genesis(&self) -> H256 {
		self.genesis
	}

	/// The node's address.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// Calls a method with parameters by name (an object) or by position (an array).
	pub async fn request(&self, method: &str, params: Value) -> Result<Value, Error> {
		let params = to_raw_value(&params).map_err(|error| Error::Usage(error.to_string()))?;
		let rpc = self.link().rpc;
		let answer = tokio::time::timeout(ANSWER_TIMEOUT, rpc.request_raw(method, Some(params)))
			.await
			.map_err(|_| self.unreachable(NO_ANSWER))?
			.map_err(|error| self.node_error(method, error))?;
		serde_json::from_str(answer.get()).map_err(|error| Error::Node {
			method: method.into(),
			code: None,
			message: error.to_string(),
		})
	}

	/// Calls one of our methods that return `{at, value}`, and returns the value; `null` is `None`.
	pub async fn read(&self, method: &str, params: Value) -> Result<Option<Value>, Error> {
		let mut answer = self.request(method, params).await?;
		Ok(Some(answer["value"].take()).filter(|value| !value.is_null()))
	}

	/// Subscribes. The parameters are named.
	pub async fn subscribe(
		&self,
		subscribe: &str,
		params: Value,
		unsubscribe: &str,
	) -> Result<RpcSubscription<Value>, Error> {
		let params = to_raw_value(&params).map_err(|error| Error::Usage(error.to_string()))?;
		let rpc = self.link().rpc;
		let stream = rpc.subscribe_raw(subscribe, Some(params), unsubscribe);
		Ok(RpcSubscription::new(stream.await.map_err(|error| self.node_error(subscribe, error))?))
	}

	/// The client at the best block, on which a transaction will be executed.
	pub async fn at_best(&self) -> Result<AtBlock, Error> {
		let hash = self.request("chain_getBlockHash", json!([])).await?;
		let hash: H256 =
			serde_json::from_value(hash).map_err(|error| self.unreachable(&error.to_string()))?;
		self.at(hash).await
	}

	/// The client at a block.
	pub async fn at(&self, hash: H256) -> Result<AtBlock, Error> {
		self.api().at_block(hash).await.map_err(|error| self.unreachable(&cause(&error)))
	}

	/// The number of a block, of the best one unless given. None for a block that the node does not have.
	pub async fn number(&self, block: Option<&Value>) -> Result<Option<u64>, Error> {
		let header =
			self.request("chain_getHeader", block.map_or_else(|| json!([]), |hash| json!([hash]))).await?;
		Ok(number_of(&header))
	}

	/// The nonce of an account's next transaction, after those in the node's pool.
	pub async fn nonce(&self, who: &AccountId32) -> Result<u64, Error> {
		let nonce = self.request("system_accountNextIndex", json!([who.to_string()])).await?;
		nonce.as_u64().ok_or_else(|| self.unreachable("a nonce is a number"))
	}

	/// How amounts of STAY, or of an asset, are written.
	pub async fn currency(&self, asset: Option<u32>) -> Result<Currency, Error> {
		let Some(id) = asset else { return Ok(Currency::stay()) };
		if let Some(known) = self.assets.lock().ok().and_then(|assets| assets.get(&id).cloned()) {
			return Ok(known);
		}
		let currency = self.asset(id).await?;
		if let Ok(mut assets) = self.assets.lock() {
			assets.insert(id, currency.clone());
		}
		Ok(currency)
	}

	async fn asset(&self, id: u32) -> Result<Currency, Error> {
		let metadata = stored(&self.at_best().await?, "Assets", "Metadata", (id,)).await?;
		// The symbol of an asset is hexadecimal if it is not text.
		let symbol =
			metadata["symbol"].as_str().filter(|symbol| !symbol.is_empty() && !symbol.starts_with("0x"));
		Ok(Currency {
			symbol: symbol.map_or_else(|| format!("of asset {id}"), Into::into),
			decimals: metadata["decimals"]
				.as_u64()
				.and_then(|decimals| decimals.try_into().ok())
				.unwrap_or(0),
		})
	}

	/// The currency of a stream, from an event or from an earlier query. None if there is no such stream.
	pub async fn stream_coin(&self, id: u32, said: Option<Coin>) -> Result<Option<Coin>, Error> {
		let known = || self.streams.lock().ok()?.get(&id).copied();
		let coin = match said.or_else(known) {
			Some(coin) => Some(coin),
			None => {
				let stream = stored(&self.at_best().await?, "Rewards", "Streams", (id,)).await?;
				Coin::of(&stream["currency"])
			},
		};
		if let (Some(coin), Ok(mut streams)) = (coin, self.streams.lock()) {
			streams.insert(id, coin);
		}
		Ok(coin)
	}

	/// The assets whose decimals the node told, and how their amounts are written.
	pub fn known_assets(&self) -> BTreeMap<u32, Currency> {
		self.assets.lock().map_or_else(|_| BTreeMap::new(), |assets| assets.clone())
	}

	/// An error of the connection to this node.
	pub fn unreachable(&self, reason: &str) -> Error {
		Error::Unreachable { url: self.url.clone(), reason: reason.into() }
	}

	fn node_error(&self, method: &str, error: subxt::rpcs::Error) -> Error {
		match error {
			subxt::rpcs::Error::User(error) => {
				// The message comes from elsewhere, and may have control characters for a terminal.
				let data = error.data.and_then(|data| serde_json::from_str::<String>(data.get()).ok());
				let data = data.filter(|data| !error.message.contains(data.as_str()));
				let message =
					[Some(error.message), data].into_iter().flatten().collect::<Vec<_>>().join(": ");
				Error::Node {
					method: method.into(),
					code: Some(error.code),
					message: plain(&message.replace('\n', " ")),
				}
			},
			error => self.unreachable(&cause(&error)),
		}
	}
}

/// The number of a header in JSON.
pub fn number_of(header: &Value) -> Option<u64> {
	u64::from_str_radix(header["number"].as_str()?.strip_prefix("0x")?, 16).ok()
}

/// A value in the state, as JSON; `null` if there is none.
pub async fn stored(
	state: &AtBlock,
	pallet: &'static str,
	entry: &'static str,
	keys: impl IntoEncodableValues + IntoDecodableValues,
) -> Result<Value, Error> {
	match stored_bytes(state, pallet, entry, keys).await? {
		Some((bytes, ty)) => scale::decode(&bytes, ty, state.metadata_ref()).map_err(Error::Incompatible),
		None => Ok(Value::Null),
	}
}

/// A value in the state as it is encoded, and the number of its type.
pub async fn stored_bytes(
	state: &AtBlock,
	pallet: &'static str,
	entry: &'static str,
	keys: impl IntoEncodableValues + IntoDecodableValues,
) -> Result<Option<(Vec<u8>, u32)>, Error> {
	let wrong =
		|error: &dyn std::error::Error| Error::Incompatible(format!("{pallet}.{entry}: {}", cause(error)));
	let address = subxt::dynamic::storage::<_, subxt::dynamic::Value>(pallet, entry);
	let entry = state.storage().entry(address).map_err(|error| wrong(&error))?;
	let found = entry.try_fetch(keys).await.map_err(|error| wrong(&error))?;
	Ok(found.map(|found| (found.bytes().to_vec(), found.type_id())))
}

/// A constant of a pallet in the state's runtime; none if there is none of that name and type.
pub fn constant<T: Decode>(state: &AtBlock, pallet: &str, name: &str) -> Option<T> {
	constant_in(state.metadata_ref(), pallet, name)
}

/// A constant of a pallet in some metadata; none if there is none of that name and type. Constants can differ between
/// networks of one runtime: then only the node's own metadata has the value of its network.
pub fn constant_in<T: Decode>(metadata: &Metadata, pallet: &str, name: &str) -> Option<T> {
	let constant = metadata.pallet_by_name(pallet)?.constant_by_name(name)?;
	T::decode(&mut constant.value()).ok()
}

/// An error and its causes, in one line.
pub fn cause(error: &dyn std::error::Error) -> String {
	let mut text = error.to_string();
	let mut next = error.source();
	while let Some(error) = next {
		let more = error.to_string();
		if !text.contains(&more) {
			text = format!("{text}: {more}");
		}
		next = error.source();
	}
	let mut parts: Vec<_> = text.split(": ").collect();
	// An outer error often repeats the inner one.
	let mut said = std::collections::BTreeSet::new();
	parts.retain(|part| said.insert(*part));
	plain(&parts.join(": ").replace('\n', " "))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn numbers_of_headers_are_hexadecimal() {
		assert_eq!(number_of(&json!({ "number": "0x1a" })), Some(26));
		assert_eq!(number_of(&json!({ "number": 26 })), None);
		assert_eq!(number_of(&Value::Null), None);
	}
}
