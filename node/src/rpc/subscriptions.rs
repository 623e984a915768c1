//! Subscriptions: what final blocks change, for one account, one set, or of slashes.

use super::{
	error::Error,
	feed::{Feed, FinalBlock, Follower},
	registry::{parameters, BlockHash, Context, Registry, SubscriptionNames},
};
use crate::service::FullClient;
use mainstay_primitives::{
	runtime_api::{
		changes::{PoolKey, SlashChange},
		operators::{AccountExit, OperatorsApi, PositionDetails, PositionKey},
		rewards::RewardsApi,
		services::MemberDetails,
		slashing::{Cause, SlashDetails},
		Account, Amount, Money, MAX_PAGE,
	},
	AccountId, AvsId, Era, Kind, OperatorSetId,
};
use mainstay_runtime::Hash;
use schemars::JsonSchema;
use serde::Serialize;
use sp_api::{ApiError, ProvideRuntimeApi};
use std::{collections::BTreeMap, sync::Arc};

/// After so many blocks with nothing to tell, an item that says just that: who is cut off then goes on behind it. A node
/// keeps four times as many states.
const QUIET: u32 = 64;

/// The most positions, and the most exits, that one subscription follows.
const MOST: usize = 1_000;

/// Counts blocks with nothing to tell.
struct Quiet(u32);

impl Quiet {
	/// The first block is told of in any case: who is cut off soon after knows where it began.
	fn over() -> Self {
		Self(QUIET)
	}

	/// Whether an item is to be sent, where there is something to tell or not.
	fn ends(&mut self, told: bool) -> bool {
		self.0 = self.0.saturating_add(1);
		let ends = told || self.0 >= QUIET;
		if ends {
			self.0 = 0;
		}
		ends
	}
}

/// Where a subscription begins: behind block `from`, which must be final, or behind the last final block.
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
	/// What happened, in order; nothing where the item only says how far it has come.
	changes: Vec<SlashChange>,
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
		/// That reach something this account has, in a pool or on its way out.
		#[serde(default)]
		who: Option<Account>,
		/// Begin behind this final block, to miss nothing after one was cut off; behind the last final block unless given.
		#[serde(default)]
		from: Option<BlockHash>,
	}
}

struct Slashes {
	operator: Option<Account>,
	avs: Option<AvsId>,
	who: Option<Account>,
	before: Hash,
	quiet: Quiet,
}

/// The kinds of pools that a slash reaches.
fn kinds(slash: &SlashDetails) -> Vec<Kind> {
	match &slash.cause {
		Cause::Consensus { .. } => Kind::CONSENSUS.to_vec(),
		Cause::Attested { parts, .. } => parts.iter().map(|part| part.kind).collect(),
	}
}

impl Slashes {
	fn wants(&self, slash: &SlashDetails) -> bool {
		let of = |avs| matches!(&slash.cause, Cause::Attested { set, .. } if set.avs == avs);
		self.operator.as_ref().is_none_or(|operator| *operator == slash.operator) && self.avs.is_none_or(of)
	}

	/// Whether a slash reaches something `who` has after block `at`, or had before it, where the slash took all.
	async fn reaches(
		&self,
		feed: &Feed,
		who: &Account,
		slash: &SlashDetails,
		at: Hash,
	) -> Result<bool, Error> {
		for block in [at, self.before] {
			let (who, operator, kinds) = (who.0.clone(), slash.operator.0.clone(), kinds(slash));
			let has = feed.chain().ask_in_line(block, move |client, at| {
				for kind in kinds {
					if client.runtime_api().position(at, who.clone(), operator.clone(), kind)?.is_some() {
						return Ok(true);
					}
				}
				Ok(false)
			});
			if has.await? {
				return Ok(true);
			}
		}
		Ok(false)
	}
}

impl Follower for Slashes {
	type Item = SlashItem;

	async fn next(&mut self, feed: &Feed, block: &FinalBlock) -> Result<Option<SlashItem>, Error> {
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
		let item = SlashItem { at: BlockHash(block.hash), number: block.number, changes };
		Ok(self.quiet.ends(!item.changes.is_empty()).then_some(item))
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
	/// The era in which it ended.
	era: Era,
	/// The weight of all members.
	weight: Amount,
	/// Members that are new, or of whom something changed: all of them in the first item.
	members: Vec<MemberDetails>,
	/// Who is no member any more.
	gone: Vec<Account>,
}

parameters! {
	struct FollowMembers {
		/// The set.
		set: OperatorSetId,
		/// Begin behind this final block, with what changed since then; else with all members at the last final block.
		#[serde(default)]
		from: Option<BlockHash>,
	}
}

struct Members {
	set: OperatorSetId,
	/// As they were told last; none before they were told at all.
	known: Option<BTreeMap<Account, MemberDetails>>,
	quiet: Quiet,
}

impl Members {
	fn concerned(&self, block: &FinalBlock) -> bool {
		let changes = &block.changes;
		let Some(known) = &self.known else { return true };
		let pool_of_member = |pool: &PoolKey| known.contains_key(&pool.operator);
		changes.era_began || changes.sets.contains(&self.set) || changes.pools.iter().any(pool_of_member)
	}
}

fn by_account(members: &[MemberDetails]) -> BTreeMap<Account, MemberDetails> {
	members.iter().map(|member| (member.operator.clone(), member.clone())).collect()
}

impl Follower for Members {
	type Item = MembersItem;

	async fn next(&mut self, feed: &Feed, block: &FinalBlock) -> Result<Option<MembersItem>, Error> {
		let (mut members, mut gone) = (Vec::new(), Vec::new());
		let first = self.known.is_none();
		if self.concerned(block) {
			let now = by_account(&feed.members(block.hash, self.set).await?);
			let before = self.known.take().unwrap_or_default();
			members =
				now.values().filter(|member| before.get(&member.operator) != Some(member)).cloned().collect();
			gone = before.into_keys().filter(|who| !now.contains_key(who)).collect();
			self.known = Some(now);
		}
		let told = first || !members.is_empty() || !gone.is_empty();
		if !self.quiet.ends(told) {
			return Ok(None);
		}
		let all = self.known.iter().flat_map(|known| known.values());
		let weight = all.fold(0, |sum: u128, member| sum.saturating_add(member.weight.0));
		Ok(Some(MembersItem {
			at: BlockHash(block.hash),
			number: block.number,
			era: block.changes.era,
			weight: Amount(weight),
			members,
			gone,
		}))
	}
}

/// What changed in a block of what an account has.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct PositionsItem {
	/// The block.
	at: BlockHash,
	/// Its number.
	number: u32,
	/// The era in which it ended.
	era: Era,
	/// Positions that are new, or of which something changed: all of them in the first item.
	positions: Vec<PositionDetails>,
	/// Positions that are gone.
	gone: Vec<PositionKey>,
	/// All exits, if any of them changed.
	exits: Option<Vec<AccountExit>>,
	/// All that is credited, if any of it changed.
	credit: Option<Vec<Money>>,
}

parameters! {
	struct FollowPositions {
		/// Whose they are.
		who: Account,
		/// Begin behind this final block, with what changed since then; else with all positions at the last final block.
		#[serde(default)]
		from: Option<BlockHash>,
	}
}

/// What an account has.
#[derive(Default, PartialEq)]
struct Holdings {
	positions: BTreeMap<(AccountId, Kind), PositionDetails>,
	exits: Vec<AccountExit>,
	credit: Vec<Money>,
}

impl Holdings {
	/// Reads the first [`MOST`] positions and exits.
	fn read(client: &FullClient, at: Hash, who: AccountId) -> Result<Self, ApiError> {
		let mut holdings = Self::default();
		let mut after = None;
		while holdings.positions.len() < MOST {
			let page = client.runtime_api().positions(at, who.clone(), after, MAX_PAGE)?;
			let key = |position: &PositionDetails| (position.operator.0.clone(), position.kind);
			holdings.positions.extend(page.items.into_iter().map(|position| (key(&position), position)));
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		let mut after = None;
		while holdings.exits.len() < MOST {
			let page = client.runtime_api().exits(at, who.clone(), after, MAX_PAGE)?;
			holdings.exits.extend(page.items);
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		holdings.credit = client.runtime_api().due(at, who, None, 1)?.credit;
		Ok(holdings)
	}

	/// Whether any of it stands in or left a pool of `operator`.
	fn behind(&self, operator: &Account) -> bool {
		let first = (operator.0.clone(), Kind::Stake);
		self.positions.range(first..).next().is_some_and(|((next, _), _)| *next == operator.0)
			|| self.exits.iter().any(|exit| exit.operator == *operator)
	}
}

struct Positions {
	who: Account,
	/// As they were told last; none before they were told at all.
	known: Option<Holdings>,
	quiet: Quiet,
}

impl Positions {
	fn concerned(&self, block: &FinalBlock) -> bool {
		let changes = &block.changes;
		let Some(known) = &self.known else { return true };
		changes.era_began
			|| changes.accounts.contains(&self.who)
			|| changes.pools.iter().any(|pool| known.behind(&pool.operator))
			|| changes.slashes.iter().any(|change| known.behind(&change.slash.operator))
	}
}

impl Follower for Positions {
	type Item = PositionsItem;

	async fn next(&mut self, feed: &Feed, block: &FinalBlock) -> Result<Option<PositionsItem>, Error> {
		let mut item = PositionsItem {
			at: BlockHash(block.hash),
			number: block.number,
			era: block.changes.era,
			positions: Vec::new(),
			gone: Vec::new(),
			exits: None,
			credit: None,
		};
		let first = self.known.is_none();
		if self.concerned(block) {
			let who = self.who.0.clone();
			let now = feed
				.chain()
				.ask_in_line(block.hash, move |client, at| Holdings::read(client, at, who))
				.await?;
			let before = self.known.take().unwrap_or_default();
			let changed =
				now.positions.iter().filter(|(key, position)| before.positions.get(key) != Some(position));
			item.positions = changed.map(|(_, position)| position.clone()).collect();
			let gone = before.positions.into_keys().filter(|key| !now.positions.contains_key(key));
			item.gone =
				gone.map(|(operator, kind)| PositionKey { operator: operator.into(), kind }).collect();
			item.exits = (first || before.exits != now.exits).then(|| now.exits.clone());
			item.credit = (first || before.credit != now.credit).then(|| now.credit.clone());
			self.known = Some(now);
		}
		let told = first
			|| !item.positions.is_empty()
			|| !item.gone.is_empty()
			|| item.exits.is_some()
			|| item.credit.is_some();
		Ok(self.quiet.ends(told).then_some(item))
	}
}

/// The number before: the block itself is told of first.
fn with_it(number: u32) -> u32 {
	number.saturating_sub(1)
}

pub fn register(registry: &mut Registry) {
	registry.subscription(
		SubscriptionNames {
			subscribe: "slashing_subscribeSlashes",
			notification: "slashing_slashes",
			unsubscribe: "slashing_unsubscribeSlashes",
		},
		"What happens to slashes in final blocks: reported, raised, appealed, vetoed, cancelled, reinstated, executed.",
		|context: Arc<Context>, parameters: FollowSlashes| async move {
			let (before, number) = beginning(&context, parameters.from)?;
			let FollowSlashes { operator, avs, who, .. } = parameters;
			Ok((Slashes { operator, avs, who, before, quiet: Quiet::over() }, number))
		},
	);
	registry.subscription(
		SubscriptionNames {
			subscribe: "avs_subscribeMembers",
			notification: "avs_members",
			unsubscribe: "avs_unsubscribeMembers",
		},
		"Who serves a set and with what weight: all members first, then what final blocks change of them.",
		|context: Arc<Context>, parameters: FollowMembers| async move {
			let (at, number) = beginning(&context, parameters.from)?;
			let set = parameters.set;
			let (known, number) = match parameters.from {
				Some(_) => (Some(by_account(&context.feed.members(at, set).await?)), number),
				None => (None, with_it(number)),
			};
			Ok((Members { set, known, quiet: Quiet::over() }, number))
		},
	);
	registry.subscription(
		SubscriptionNames {
			subscribe: "operators_subscribePositions",
			notification: "operators_positionsChanged",
			unsubscribe: "operators_unsubscribePositions",
		},
		"What an account has: all its positions, exits and credit first, then what final blocks change of them. Of an \
		 account with more than 1,000 positions the first 1,000 in the order of storage.",
		|context: Arc<Context>, parameters: FollowPositions| async move {
			let (at, number) = beginning(&context, parameters.from)?;
			let who = parameters.who;
			let (known, number) = match parameters.from {
				Some(_) => {
					let whose = who.0.clone();
					let known = context.chain.ask_in_line(at, move |client, at| Holdings::read(client, at, whose)).await?;
					(Some(known), number)
				},
				None => (None, with_it(number)),
			};
			Ok((Positions { who, known, quiet: Quiet::over() }, number))
		},
	);
}
