//! Subscriptions to what final blocks change: for an account, for a set, or about slashes.

use super::{
	digests::{digest, Digests},
	error::Error,
	feed::{Cache, Feed, FinalBlock, Follower, Item},
	permits::Priority,
	registry::{parameters, BlockHash, Context, Registry, SubscriptionNames},
};
use crate::client::FullClient;
use codec::Encode;
use mainstay_primitives::{
	runtime_api::{
		changes::{PoolKey, SlashChange},
		operators::{AccountExit, OperatorsApi, PositionDetails, PositionKey},
		rewards::RewardsApi,
		services::{MemberDetails, ServicesApi},
		slashing::{Cause, SlashDetails},
		Account, Amount, Money, MAX_PAGE,
	},
	AccountId, AvsId, Era, OperatorSetId, PoolKind,
};
use mainstay_runtime::Hash;
use schemars::JsonSchema;
use serde::Serialize;
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_io::hashing::blake2_256;
use std::sync::Arc;

/// After this many blocks without a change, an item without changes is sent, so that a disconnected client can
/// continue after it. A pruning node keeps four times as many states.
const HEARTBEAT_BLOCKS: u32 = 64;

/// The positions that one subscription follows, at most, and the exits.
const MAX_ENTRIES: usize = 1_000;

/// How many lists of members, how many accounts' holdings and how many items are cached: those of the accounts and
/// sets that are read at once.
const CACHE_LENGTH: u32 = 32;
/// For how many questions whether a slash affects an account the answer is cached.
const REACHED_CACHE_LENGTH: u32 = 4_096;

/// The caches that all subscriptions share.
#[derive(Clone)]
struct Caches {
	/// By block and set.
	members: Cache<(Hash, AvsId, u32), MembersAt>,
	/// By block and account.
	holdings: Cache<(Hash, AccountId), Holdings>,
	/// By block, and the hash of an account, an operator and kinds of pools.
	reached: Cache<(Hash, [u8; 32]), bool>,
	/// What changed between two blocks, by the hash of both and of the account or set, and whether anything did.
	items: Cache<[u8; 32], (bool, Arc<Item>)>,
}

impl Caches {
	fn new() -> Self {
		Self {
			members: Cache::new(CACHE_LENGTH),
			holdings: Cache::new(CACHE_LENGTH),
			reached: Cache::new(REACHED_CACHE_LENGTH),
			items: Cache::new(CACHE_LENGTH),
		}
	}

	async fn members(
		&self,
		feed: &Feed,
		who: u64,
		at: Hash,
		set: OperatorSetId,
	) -> Result<Arc<MembersAt>, Error> {
		let (key, caller) = ((at, set.avs, set.index), (who, Priority::Holdings));
		feed.read(&self.members, key, caller, at, move |client, at| MembersAt::read(client, at, set)).await
	}

	async fn holdings(
		&self,
		feed: &Feed,
		who: u64,
		at: Hash,
		account: &AccountId,
	) -> Result<Arc<Holdings>, Error> {
		let (key, account) = ((at, account.clone()), account.clone());
		let read = move |client: &FullClient, at| Holdings::read(client, at, account);
		feed.read(&self.holdings, key, (who, Priority::Holdings), at, read).await
	}

	/// An item, and whether anything changed in it, shared by all subscribers that were sent the same before.
	fn item<I: Serialize>(
		&self,
		key: &impl Encode,
		item: impl FnOnce() -> (bool, I),
	) -> Result<Arc<(bool, Arc<Item>)>, Error> {
		let key = key.using_encoded(blake2_256);
		if let Some(known) = self.items.get(&key) {
			return Ok(known);
		}
		let (told, item) = item();
		Ok(self.items.put(key, (told, Arc::new(Item::of(&item)?))))
	}
}

/// Counts blocks without a change.
struct Heartbeat(u32);

impl Heartbeat {
	/// An item is due for the first block in any case, so that a client knows where its subscription began.
	fn due() -> Self {
		Self(HEARTBEAT_BLOCKS)
	}

	/// Whether an item is to be sent for a block that changed something, or nothing.
	fn tick(&mut self, changed: bool) -> bool {
		self.0 = self.0.saturating_add(1);
		let is_due = changed || self.0 >= HEARTBEAT_BLOCKS;
		if is_due {
			self.0 = 0;
		}
		is_due
	}
}

/// The block that a subscription begins after: block `from`, which must be final, or the last final block.
fn beginning(context: &Context, from: Option<BlockHash>) -> Result<(Hash, u32), Error> {
	match from {
		Some(BlockHash(at)) => Ok((at, context.chain.final_number(at)?)),
		None => Ok(context.chain.finalized()),
	}
}

/// What happened to slashes in a block.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct SlashItem {
	/// The block.
	at: BlockHash,
	/// Its number.
	number: u32,
	/// What happened, in order. Empty in an item that only tells how far the subscription has come.
	changes: Vec<SlashChange>,
	/// How many final blocks had followed this one when the item was sent.
	behind: u32,
}

parameters! {
	/// Which slashes. Every condition that is given must be met.
	struct FollowSlashes {
		/// Of this operator.
		#[serde(default)]
		operator: Option<Account>,
		/// Of any set of this service.
		#[serde(default)]
		avs: Option<AvsId>,
		/// That affect something this account has, in a pool or in an exit.
		#[serde(default)]
		who: Option<Account>,
		/// Begin after this final block, to miss nothing after a disconnection; after the last final block unless given.
		#[serde(default)]
		from: Option<BlockHash>,
	}
}

struct Slashes {
	caches: Caches,
	connection: u64,
	operator: Option<Account>,
	avs: Option<AvsId>,
	who: Option<Account>,
	before: Hash,
	heartbeat: Heartbeat,
}

/// The kinds of pools that a slash affects.
fn kinds(slash: &SlashDetails) -> Vec<PoolKind> {
	match &slash.cause {
		Cause::Consensus { .. } => PoolKind::CONSENSUS.to_vec(),
		Cause::Attested { parts, .. } => parts.iter().map(|part| part.kind).collect(),
	}
}

impl Slashes {
	fn wants(&self, slash: &SlashDetails) -> bool {
		let of = |avs| matches!(&slash.cause, Cause::Attested { set, .. } if set.avs == avs);
		self.operator.as_ref().is_none_or(|operator| *operator == slash.operator) && self.avs.is_none_or(of)
	}

	/// Whether a slash affects something that `who` has after block `at`, or had before it, in case the slash took all.
	async fn reaches(
		&self,
		feed: &Feed,
		who: &Account,
		slash: &SlashDetails,
		at: Hash,
	) -> Result<bool, Error> {
		for block in [at, self.before] {
			let (who, operator, kinds) = (who.0.clone(), slash.operator.0.clone(), kinds(slash));
			let key = (block, (&who, &operator, &kinds).using_encoded(blake2_256));
			let has = move |client: &FullClient, at| -> Result<bool, ApiError> {
				for kind in kinds {
					if client.runtime_api().position(at, who.clone(), operator.clone(), kind)?.is_some() {
						return Ok(true);
					}
				}
				Ok(false)
			};
			let caller = (self.connection, Priority::Slashes);
			if *feed.read(&self.caches.reached, key, caller, block, has).await? {
				return Ok(true);
			}
		}
		Ok(false)
	}
}

impl Follower for Slashes {
	type Item = SlashItem;

	async fn next(&mut self, feed: &Feed, block: &FinalBlock) -> Result<Option<Arc<Item>>, Error> {
		let mut changes = Vec::new();
		for change in &block.changes.slashes {
			let wanted = self.wants(&change.slash)
				&& match &self.who {
					Some(who) => self.reaches(feed, who, &change.slash, block.hash).await?,
					None => true,
				};
			if wanted {
				changes.push(change.clone());
			}
		}
		self.before = block.hash;
		if !self.heartbeat.tick(!changes.is_empty()) {
			return Ok(None);
		}
		let item = SlashItem { at: BlockHash(block.hash), number: block.number, changes, behind: 0 };
		Item::of(&item).map(|item| Some(Arc::new(item)))
	}
}

/// What changed of a set in a block.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct MembersItem {
	/// The block.
	at: BlockHash,
	/// Its number.
	number: u32,
	/// The era at the end of the block.
	era: Era,
	/// The weight of all members.
	weight: Amount,
	/// New and changed members: all of them in the first item.
	members: Vec<MemberDetails>,
	/// The operators that are no longer members.
	gone: Vec<Account>,
	/// How many final blocks had followed this one when the item was sent.
	behind: u32,
}

parameters! {
	struct FollowMembers {
		/// The set.
		set: OperatorSetId,
		/// Begin after this final block, with what changed since then; otherwise with all members at the last final
		/// block.
		#[serde(default)]
		from: Option<BlockHash>,
	}
}

/// All members of a set at a block.
struct MembersAt {
	/// In the order of their accounts.
	members: Vec<MemberDetails>,
	digests: Arc<MemberDigests>,
}

/// Hashes of what was sent about them.
#[derive(Default)]
struct MemberDigests {
	members: Digests<Account>,
	/// The weight of all members.
	weight: u128,
}

impl MembersAt {
	fn read(client: &FullClient, at: Hash, set: OperatorSetId) -> Result<Self, ApiError> {
		let (mut members, mut after) = (Vec::new(), None);
		while let Some(page) = client.runtime_api().members(at, set, after.take(), MAX_PAGE)? {
			members.extend(page.items);
			match page.next {
				Some(next) => after = Some(next.0),
				None => break,
			}
		}
		let weight = members.iter().fold(0, |sum: u128, member| sum.saturating_add(member.weight.0));
		let digests = Digests::of(&mut members, |member| member.operator.clone());
		Ok(Self { members, digests: Arc::new(MemberDigests { members: digests, weight }) })
	}
}

struct Members {
	caches: Caches,
	connection: u64,
	set: OperatorSetId,
	/// What was last sent, and the block it was read at; none before the first item.
	known: Option<(Hash, Arc<MemberDigests>)>,
	heartbeat: Heartbeat,
}

impl Members {
	fn is_affected(&self, block: &FinalBlock) -> bool {
		let changes = &block.changes;
		let Some((_, known)) = &self.known else { return true };
		let pool_of_member = |pool: &PoolKey| known.members.search(&pool.operator).is_ok();
		changes.era_began || changes.sets.contains(&self.set) || changes.pools.iter().any(pool_of_member)
	}
}

impl Follower for Members {
	type Item = MembersItem;

	async fn next(&mut self, feed: &Feed, block: &FinalBlock) -> Result<Option<Arc<Item>>, Error> {
		let item = |weight, members, gone| MembersItem {
			at: BlockHash(block.hash),
			number: block.number,
			era: block.changes.era,
			weight: Amount(weight),
			members,
			gone,
			behind: 0,
		};
		if !self.is_affected(block) {
			if !self.heartbeat.tick(false) {
				return Ok(None);
			}
			let weight = self.known.as_ref().map_or(0, |(_, known)| known.weight);
			return Item::of(&item(weight, Vec::new(), Vec::new())).map(|item| Some(Arc::new(item)));
		}
		let now = self.caches.members(feed, self.connection, block.hash, self.set).await?;
		let before = self.known.replace((block.hash, now.digests.clone()));
		let since = before.as_ref().map(|(at, _)| *at);
		let told = self.caches.item(&("members", self.set, since, block.hash), || {
			let none = MemberDigests::default();
			let known = before.as_ref().map_or(&none, |(_, known)| &**known);
			let (changed, gone) = known.members.changes(&now.digests.members);
			let told = before.is_none() || !changed.is_empty() || !gone.is_empty();
			let changed = changed.into_iter().filter_map(|index| now.members.get(index).cloned()).collect();
			(told, item(now.digests.weight, changed, gone))
		})?;
		Ok(self.heartbeat.tick(told.0).then(|| told.1.clone()))
	}
}

/// What changed in a block among an account's holdings.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct PositionsItem {
	/// The block.
	at: BlockHash,
	/// Its number.
	number: u32,
	/// The era at the end of the block.
	era: Era,
	/// New and changed positions: all of them in the first item.
	positions: Vec<PositionDetails>,
	/// Positions that are gone.
	gone: Vec<PositionKey>,
	/// All exits, if any of them changed.
	exits: Option<Vec<AccountExit>>,
	/// All credit, if any of it changed.
	credit: Option<Vec<Money>>,
	/// How many final blocks had followed this one when the item was sent.
	behind: u32,
}

parameters! {
	struct FollowPositions {
		/// The account.
		who: Account,
		/// Begin after this final block, with what changed since then; otherwise with all positions at the last final
		/// block.
		#[serde(default)]
		from: Option<BlockHash>,
	}
}

/// An account's holdings.
struct Holdings {
	/// In the order of their keys.
	positions: Vec<PositionDetails>,
	exits: Vec<AccountExit>,
	credit: Vec<Money>,
	digests: Arc<HoldingDigests>,
}

/// Hashes of what was sent about them.
#[derive(Default)]
struct HoldingDigests {
	positions: Digests<(AccountId, PoolKind)>,
	/// The operators whose pools the exits leave, sorted, each once.
	leaving: Vec<Account>,
	exits: u128,
	credit: u128,
}

impl Holdings {
	/// Reads the first [`MAX_ENTRIES`] positions and exits.
	fn read(client: &FullClient, at: Hash, who: AccountId) -> Result<Self, ApiError> {
		let (mut positions, mut after) = (Vec::new(), None);
		while positions.len() < MAX_ENTRIES {
			let page = client.runtime_api().positions(at, who.clone(), after, MAX_PAGE)?;
			positions.extend(page.items);
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		let (mut exits, mut after) = (Vec::new(), None);
		while exits.len() < MAX_ENTRIES {
			let page = client.runtime_api().exits(at, who.clone(), after, MAX_PAGE)?;
			exits.extend(page.items);
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		let credit = client.runtime_api().due(at, who, None, 1)?.credit;
		Ok(Self::of(positions, exits, credit))
	}

	fn of(mut positions: Vec<PositionDetails>, exits: Vec<AccountExit>, credit: Vec<Money>) -> Self {
		let mut leaving: Vec<_> = exits.iter().map(|exit| exit.operator.clone()).collect();
		leaving.sort();
		leaving.dedup();
		let digests = HoldingDigests {
			positions: Digests::of(&mut positions, |position| (position.operator.0.clone(), position.kind)),
			leaving,
			exits: digest(&exits),
			credit: digest(&credit),
		};
		Self { positions, exits, credit, digests: Arc::new(digests) }
	}
}

impl HoldingDigests {
	/// Whether any of the holdings is in a pool of `operator`, or in an exit from one.
	fn involves(&self, operator: &Account) -> bool {
		// `Stake` is the first of the kinds.
		let (Ok(place) | Err(place)) = self.positions.search(&(operator.0.clone(), PoolKind::Stake));
		self.positions.key(place).is_some_and(|(next, _)| *next == operator.0)
			|| self.leaving.binary_search(operator).is_ok()
	}
}

struct Positions {
	caches: Caches,
	connection: u64,
	who: Account,
	/// What was last sent, and the block it was read at; none before the first item.
	known: Option<(Hash, Arc<HoldingDigests>)>,
	heartbeat: Heartbeat,
}

impl Positions {
	fn is_affected(&self, block: &FinalBlock) -> bool {
		let changes = &block.changes;
		let Some((_, known)) = &self.known else { return true };
		changes.era_began
			|| changes.accounts.contains(&self.who)
			|| changes.pools.iter().any(|pool| known.involves(&pool.operator))
			|| changes.slashes.iter().any(|change| known.involves(&change.slash.operator))
	}
}

/// An item without changes for a block.
fn unchanged(block: &FinalBlock) -> PositionsItem {
	PositionsItem {
		at: BlockHash(block.hash),
		number: block.number,
		era: block.changes.era,
		positions: Vec::new(),
		gone: Vec::new(),
		exits: None,
		credit: None,
		behind: 0,
	}
}

/// The item for a block, given the holdings before it and `now`, and whether anything changed.
fn changed(block: &FinalBlock, before: Option<&HoldingDigests>, now: &Holdings) -> (bool, PositionsItem) {
	let none = HoldingDigests::default();
	let known = before.unwrap_or(&none);
	let (changed, gone) = known.positions.changes(&now.digests.positions);
	let item = PositionsItem {
		positions: changed.into_iter().filter_map(|index| now.positions.get(index).cloned()).collect(),
		gone: gone
			.into_iter()
			.map(|(operator, kind)| PositionKey { operator: operator.into(), kind })
			.collect(),
		exits: (before.is_none() || known.exits != now.digests.exits).then(|| now.exits.clone()),
		credit: (before.is_none() || known.credit != now.digests.credit).then(|| now.credit.clone()),
		..unchanged(block)
	};
	let told =
		!item.positions.is_empty() || !item.gone.is_empty() || item.exits.is_some() || item.credit.is_some();
	(told, item)
}

impl Follower for Positions {
	type Item = PositionsItem;

	async fn next(&mut self, feed: &Feed, block: &FinalBlock) -> Result<Option<Arc<Item>>, Error> {
		if !self.is_affected(block) {
			if !self.heartbeat.tick(false) {
				return Ok(None);
			}
			return Item::of(&unchanged(block)).map(|item| Some(Arc::new(item)));
		}
		let now = self.caches.holdings(feed, self.connection, block.hash, &self.who.0).await?;
		let before = self.known.replace((block.hash, now.digests.clone()));
		let since = before.as_ref().map(|(at, _)| *at);
		let told = self.caches.item(&("positions", &self.who, since, block.hash), || {
			changed(block, before.as_ref().map(|(_, known)| &**known), &now)
		})?;
		Ok(self.heartbeat.tick(told.0).then(|| told.1.clone()))
	}
}

/// The number of the block before: the first item is about the block itself.
fn parent_number(number: u32) -> u32 {
	number.saturating_sub(1)
}

pub fn register(registry: &mut Registry) {
	let caches = Caches::new();
	let (slashes, members, positions) = (caches.clone(), caches.clone(), caches);
	registry.subscription(
		SubscriptionNames {
			subscribe: "slashing_subscribeSlashes",
			notification: "slashing_slashes",
			unsubscribe: "slashing_unsubscribeSlashes",
		},
		"Changes of slashes in final blocks: reported, raised, appealed, vetoed, cancelled, reinstated, executed.",
		move |context: Arc<Context>, connection, parameters: FollowSlashes| {
			let caches = slashes.clone();
			async move {
				let (before, number) = beginning(&context, parameters.from)?;
				let FollowSlashes { operator, avs, who, .. } = parameters;
				let connection = connection.id();
				Ok((Slashes { caches, connection, operator, avs, who, before, heartbeat: Heartbeat::due() }, number))
			}
		},
	);
	registry.subscription(
		SubscriptionNames {
			subscribe: "avs_subscribeMembers",
			notification: "avs_members",
			unsubscribe: "avs_unsubscribeMembers",
		},
		"The members of a set with their weights: first all members, then the changes in final blocks.",
		move |context: Arc<Context>, connection, parameters: FollowMembers| {
			let caches = members.clone();
			async move {
				let (at, number) = beginning(&context, parameters.from)?;
				let (set, connection) = (parameters.set, connection.id());
				let (known, number) = match parameters.from {
					Some(_) => {
						let members = caches.members(&context.feed, connection, at, set).await?;
						(Some((at, members.digests.clone())), number)
					},
					None => (None, parent_number(number)),
				};
				Ok((Members { caches, connection, set, known, heartbeat: Heartbeat::due() }, number))
			}
		},
	);
	registry.subscription(
		SubscriptionNames {
			subscribe: "operators_subscribePositions",
			notification: "operators_positionsChanged",
			unsubscribe: "operators_unsubscribePositions",
		},
		"The holdings of an account: first all its positions, exits and credit, then the changes in final blocks. If it has \
		 more than 1,000 positions, only the first 1,000 in the order of storage.",
		move |context: Arc<Context>, connection, parameters: FollowPositions| {
			let caches = positions.clone();
			async move {
				let (at, number) = beginning(&context, parameters.from)?;
				let (who, connection) = (parameters.who, connection.id());
				let (known, number) = match parameters.from {
					Some(_) => {
						let holdings = caches.holdings(&context.feed, connection, at, &who.0).await?;
						(Some((at, holdings.digests.clone())), number)
					},
					None => (None, parent_number(number)),
				};
				Ok((Positions { caches, connection, who, known, heartbeat: Heartbeat::due() }, number))
			}
		},
	);
}
