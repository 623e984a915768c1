//! The `watch` commands: the node's subscriptions to final blocks, over connections that may break.

use crate::{
	chain::{cause, Chain, BUSY},
	context::Context,
	error::Error,
	output::{is_broken, say_json, View},
	values::SetArg,
};
use clap::{Args, Subcommand};
use serde_json::{json, Map, Value};
use std::time::{Duration, Instant};
use subxt::config::substrate::H256;

/// The delay before the first attempt to reconnect, and the longest delay.
const RECONNECT_DELAYS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));
/// After this long without an item, the node is asked whether it is still there.
const QUIET: Duration = Duration::from_secs(30);
/// The node does not know a block, or that it is final: after a restart, it has to sync.
const NODE_BEHIND_CODES: [i32; 2] = [20_001, 20_004];
/// The node lacks the state of a block: after warp sync, or if it was down for longer than it keeps states.
const PRUNED_CODE: i32 = 20_002;
/// How long to retry if a node lacks a state: another node that has it may answer at the same address.
const PRUNED_RETRY: Duration = Duration::from_secs(30);
/// An item that is this many blocks behind the last final one is late: the node is overloaded.
const LATE_BLOCKS: u64 = 10;

/// The `watch` commands.
#[derive(Debug, Subcommand)]
pub enum WatchCommand {
	/// Changes of slashes: reported, raised, appealed, vetoed, cancelled, reinstated, executed
	Slashes {
		/// Those of an operator
		#[arg(long, value_name = "ACCOUNT")]
		operator: Option<String>,
		/// Those of any set of a service
		#[arg(long, value_name = "ID")]
		avs: Option<u32>,
		/// Those that affect a position or an exit of this account
		#[arg(long, value_name = "ACCOUNT")]
		who: Option<String>,
		#[command(flatten)]
		following: Following,
	},
	/// The members of a set with their weights: first all members, then the changes
	Members {
		/// The set, 0/1
		set: SetArg,
		#[command(flatten)]
		following: Following,
	},
	/// The holdings of an account: first all its positions, exits and credit, then the changes
	Positions {
		/// The account; that of --from unless given
		account: Option<String>,
		#[command(flatten)]
		following: Following,
	},
}

/// Where to begin, and when to end.
#[derive(Args, Debug)]
pub struct Following {
	/// Begin after this final block, the `at` of the last item that you got. You miss nothing while the node has the
	/// states
	#[arg(long, value_name = "HASH")]
	pub since: Option<H256>,
	/// End after this many items with changes
	#[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
	pub count: Option<u64>,
}

/// A subscription, and how to print its items.
struct Feed {
	subscribe: &'static str,
	unsubscribe: &'static str,
	params: Map<String, Value>,
	/// Lines for people.
	lines: fn(&View, &Value) -> Vec<String>,
	/// Whether the first item is the whole current state.
	snapshot: bool,
	/// How many more items with changes to print.
	wanted: Option<u64>,
	/// How many items came.
	items: u64,
	/// Since when the node has said that it lacks the state to continue from.
	pruned: Option<Instant>,
	/// How many blocks the node was behind in the last message about it.
	late: u64,
}

impl WatchCommand {
	/// Follows until the requested number of items, or Ctrl-C.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let mut feed = self.feed(context)?;
		tokio::select! {
			end = feed.follow(context) => end,
			_ = tokio::signal::ctrl_c() => Ok(()),
		}
	}

	fn feed(self, context: &Context) -> Result<Feed, Error> {
		let account = |who: Option<String>| -> Result<Value, Error> {
			who.map_or(Ok(Value::Null), |who| Ok(context.account(Some(&who))?.to_string().into()))
		};
		Ok(match self {
			Self::Slashes { operator, avs, who, following } => {
				let params = json!({ "operator": account(operator)?, "avs": avs, "who": account(who)? });
				let names = ("slashing_subscribeSlashes", "slashing_unsubscribeSlashes");
				Feed::new(names, params, following, slash_lines, false)
			},
			Self::Members { set, following } => {
				let names = ("avs_subscribeMembers", "avs_unsubscribeMembers");
				Feed::new(names, json!({ "set": set.json() }), following, member_lines, true)
			},
			Self::Positions { account, following } => {
				let who = context.account(account.as_deref())?;
				let names = ("operators_subscribePositions", "operators_unsubscribePositions");
				Feed::new(names, json!({ "who": who.to_string() }), following, position_lines, true)
			},
		})
	}
}

impl Feed {
	fn new(
		(subscribe, unsubscribe): (&'static str, &'static str),
		mut params: Value,
		following: Following,
		lines: fn(&View, &Value) -> Vec<String>,
		snapshot: bool,
	) -> Self {
		if let Some(since) = following.since {
			params["from"] = format!("{since:?}").into();
		}
		let snapshot = snapshot && following.since.is_none();
		let params = match params {
			Value::Object(params) => params,
			_ => Map::new(),
		};
		Self {
			subscribe,
			unsubscribe,
			params,
			lines,
			snapshot,
			wanted: following.count,
			items: 0,
			pruned: None,
			late: 0,
		}
	}

	/// Follows, and reconnects as often as needed.
	async fn follow(&mut self, context: &Context) -> Result<(), Error> {
		let mut again: Option<Chain> = None;
		let mut pause = RECONNECT_DELAYS.0;
		loop {
			let before = self.items;
			let chain = again.as_ref().unwrap_or(&context.chain);
			let Err(error) = self.listen(context, chain).await else { return Ok(()) };
			if self.items > before {
				pause = RECONNECT_DELAYS.0;
				self.pruned = None;
			}
			if self.is_gap(&error, Instant::now()) {
				self.leap(context);
			}
			again = Some(self.connect(context, error, &mut pause).await?);
		}
	}

	/// Whether the node has said for long enough that it lacks the states between the last item and the next.
	fn is_gap(&mut self, error: &Error, now: Instant) -> bool {
		let pruned = self.items > 0 && matches!(error, Error::Node { code: Some(PRUNED_CODE), .. });
		pruned && now.duration_since(*self.pruned.get_or_insert(now)) >= PRUNED_RETRY
	}

	/// Continues from the last final block, and reports the gap.
	fn leap(&mut self, context: &Context) {
		self.pruned = None;
		let after = self.params.remove("from").unwrap_or_default();
		match context.out.is_json() {
			true => say_json(&json!({ "gap": { "after": after } })),
			false => context.out.note(&format!(
				"the node no longer has the states after block {}: continuing from the last final block, without the \
				 changes in between. A node that keeps all states has them (--state-pruning archive)",
				after.as_str().unwrap_or_default()
			)),
		}
	}

	/// Reconnects after an error, unless that would not help.
	async fn connect(
		&self,
		context: &Context,
		mut error: Error,
		pause: &mut Duration,
	) -> Result<Chain, Error> {
		loop {
			if !passes(&error, self.items > 0) {
				return Err(error);
			}
			say(context, &error, *pause);
			tokio::time::sleep(*pause).await;
			*pause = (*pause * 2).min(RECONNECT_DELAYS.1);
			match Chain::connect(context.chain.url()).await {
				Ok(chain) => return Ok(chain),
				Err(failed) => error = failed,
			}
		}
	}

	/// Follows over one connection. Returns `Ok` when it is done.
	async fn listen(&mut self, context: &Context, chain: &Chain) -> Result<(), Error> {
		let lost = |reason: String| Error::Unreachable { url: chain.url().into(), reason };
		let mut items = chain.subscribe(self.subscribe, self.params.clone().into(), self.unsubscribe).await?;
		loop {
			let item = match tokio::time::timeout(QUIET, items.next()).await {
				Ok(Some(Ok(item))) => item,
				Ok(Some(Err(error))) => return Err(lost(cause(&error))),
				Ok(None) => return Err(lost("the subscription ended".into())),
				// A connection can be lost without an error.
				Err(_) => {
					chain.request("system_health", json!([])).await?;
					continue;
				},
			};
			self.tell(context, chain, &item).await?;
			// After a disconnection, the subscription continues from here. A block counts once its item is printed.
			self.params.insert("from".into(), item["at"].clone());
			// The reader of a pipe has closed it.
			if self.wanted == Some(0) || is_broken() {
				return Ok(());
			}
		}
	}

	async fn tell(&mut self, context: &Context, chain: &Chain, item: &Value) -> Result<(), Error> {
		let first = self.items == 0;
		if first {
			context.out.note(&format!("following since block {}", item["number"]));
		}
		let news = tells(item) || (first && self.snapshot);
		if context.out.is_json() {
			context.out.json(item);
		} else if news {
			let view = View::of(chain, &context.out, item, []).await?;
			for line in (self.lines)(&view, item) {
				context.out.long_line(&format!("block {}: {line}", item["number"]));
			}
		}
		self.items += 1;
		if let Some(text) = lateness(&mut self.late, item["behind"].as_u64().unwrap_or(0)) {
			match context.out.is_json() {
				true => say_json(&json!({ "behind": item["behind"] })),
				false => context.out.note(&text),
			}
		}
		if news {
			self.wanted = self.wanted.map(|wanted| wanted.saturating_sub(1));
		}
		Ok(())
	}
}

/// The message about a node whose item is this many blocks behind the last final one: when it falls behind, whenever
/// it is twice as far behind as in the last message (`said`), and when it has caught up.
fn lateness(said: &mut u64, behind: u64) -> Option<String> {
	if behind >= LATE_BLOCKS.max(said.saturating_mul(2)) {
		*said = behind;
		return Some(format!("the node is slow: this item is {behind} blocks behind the last final one"));
	}
	if *said > 0 && behind < LATE_BLOCKS / 2 {
		*said = 0;
		return Some("the node has caught up".into());
	}
	None
}

/// Whether an error can be temporary. `seen` says whether the node has answered before.
fn passes(error: &Error, seen: bool) -> bool {
	match error {
		Error::Unreachable { .. } => true,
		Error::Node { code: Some(code), .. } => {
			*code == BUSY || (seen && (NODE_BEHIND_CODES.contains(code) || *code == PRUNED_CODE))
		},
		_ => false,
	}
}

/// Reports a lost connection on standard error.
fn say(context: &Context, error: &Error, pause: Duration) {
	let seconds = pause.as_secs();
	match context.out.is_json() {
		true => say_json(&json!({ "interrupted": error.to_string(), "retryInSeconds": seconds })),
		false => context.out.note(&format!("{error}; trying again in {seconds} s")),
	}
}

/// Whether an item has changes. Some items only say how far the node has come.
fn tells(item: &Value) -> bool {
	let some = |name: &&str| item[name].as_array().is_some_and(|list| !list.is_empty());
	// These fields are present if they changed, and an empty list is a change too.
	let changed = |name: &&str| item[name].is_array();
	["changes", "members", "positions", "gone"].iter().any(some) || ["exits", "credit"].iter().any(changed)
}

fn is_none(list: &Value) -> bool {
	list.as_array().is_some_and(Vec::is_empty)
}

fn entries<'a>(item: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
	item[name].as_array().into_iter().flatten()
}

fn slash_lines(view: &View, item: &Value) -> Vec<String> {
	let sentence = |change: &Value| match change["change"].as_str() {
		Some("executed" | "vetoed" | "cancelled") => "slash {slash.id} of {slash.operator} {slash.state}",
		Some("failed") => {
			"slash {slash.id} of {slash.operator} was due and could not be executed: {slash.cause}"
		},
		_ => "slash {slash.id} of {slash.operator} {change}: {slash.cause}; due {slash.due}",
	};
	entries(item, "changes").map(|change| view.sentence(sentence(change), "SlashChange", change)).collect()
}

fn member_lines(view: &View, item: &Value) -> Vec<String> {
	const MEMBER: &str = "{operator} ({name}) has weight {weight}, slashable {kinds}; announced {next}";
	let members = entries(item, "members").map(|member| view.sentence(MEMBER, "MemberDetails", member));
	let gone = entries(item, "gone").map(|who| format!("{} is no longer a member", view.account(who)));
	let weight = view.sentence("all members together have weight {weight}", "MembersItem", item);
	members.chain(gone).chain([weight]).collect()
}

fn position_lines(view: &View, item: &Value) -> Vec<String> {
	const POSITION: &str = "{operator} {kind}: worth {value}, pending slashes: {pending}, rewards: {rewards}";
	let positions =
		entries(item, "positions").map(|position| view.sentence(POSITION, "PositionDetails", position));
	let gone = entries(item, "gone").map(|key| view.sentence("{operator} {kind}: gone", "PositionKey", key));
	const EXIT: &str = "exit of {exit.value} from {operator} {kind}, matures {exit.matures}";
	let exits = entries(item, "exits").map(|exit| view.sentence(EXIT, "AccountExit", exit));
	let none = is_none(&item["exits"]).then(|| "no exits".to_string());
	let credit =
		item["credit"].is_array().then(|| view.sentence("credited: {credit}", "PositionsItem", item));
	positions.chain(gone).chain(exits).chain(none).chain(credit).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_what_can_be_over_is_tried_again() {
		let refused = |code| Error::Node { method: "m".into(), code: Some(code), message: "no".into() };
		let lost = Error::Unreachable { url: "ws://x".into(), reason: "gone".into() };
		assert!(passes(&lost, false) && passes(&lost, true));
		assert!(passes(&refused(BUSY), false));
		// rpc 6: a state that this node lacks can be on another, behind the same address.
		for code in NODE_BEHIND_CODES.into_iter().chain([PRUNED_CODE]) {
			assert!(passes(&refused(code), true) && !passes(&refused(code), false));
		}
		for code in [20_003, 20_006, -32_602, -32_006] {
			assert!(!passes(&refused(code), true));
		}
		assert!(!passes(&Error::Usage("x".into()), true));
	}

	/// rpc 1
	#[test]
	fn a_node_that_is_behind_is_told_of_once_each_time_it_is_twice_as_far() {
		let mut said = 0;
		let mut tells = |behind| lateness(&mut said, behind).is_some();
		assert_eq!(
			[0, 9, 10, 11, 19, 20, 39, 8, 12].map(&mut tells),
			[false, false, true, false, false, true, false, false, false]
		);
		assert_eq!([4, 4, 10].map(&mut tells), [true, false, true]);
	}

	/// rpc 6
	#[test]
	fn a_state_that_stays_away_is_a_gap() {
		let following = Following { since: None, count: None };
		let mut feed = Feed::new(("a", "b"), json!({}), following, slash_lines, false);
		let refused = |code| Error::Node { method: "m".into(), code: Some(code), message: "no".into() };
		let (now, later) = (Instant::now(), Instant::now() + PRUNED_RETRY);
		// With `--since` and before the first item, the error is returned instead.
		assert!(!feed.is_gap(&refused(PRUNED_CODE), now) && !feed.is_gap(&refused(PRUNED_CODE), later));
		feed.items = 1;
		assert!(!feed.is_gap(&refused(PRUNED_CODE), now));
		assert!(!feed.is_gap(&refused(BUSY), later) && feed.is_gap(&refused(PRUNED_CODE), later));
	}

	#[test]
	fn items_that_only_keep_the_place_tell_nothing() {
		for quiet in [
			json!({ "at": "0x", "number": 1, "changes": [] }),
			json!({ "at": "0x", "number": 1, "members": [], "gone": [], "weight": "0", "era": 1 }),
			json!({ "at": "0x", "number": 1, "positions": [], "gone": [], "exits": null, "credit": null, "era": 1 }),
		] {
			assert!(!tells(&quiet), "{quiet}");
		}
		for news in [
			json!({ "changes": [{}] }),
			json!({ "members": [], "gone": ["5G"] }),
			json!({ "positions": [], "gone": [], "exits": [], "credit": null }),
		] {
			assert!(tells(&news), "{news}");
		}
	}

	#[test]
	fn items_are_told_in_lines() {
		use crate::output::testing::{example, view};
		for (lines, name) in [
			(slash_lines as fn(&View, &Value) -> Vec<String>, "SlashItem"),
			(member_lines, "MembersItem"),
			(position_lines, "PositionsItem"),
		] {
			for variant in 0..8 {
				for line in lines(&view(), &example(name, variant)) {
					assert!(
						!line.contains('…') && !line.chars().any(crate::output::steers),
						"{name}: {line}"
					);
				}
			}
		}
	}

	#[test]
	fn subscriptions_are_those_of_the_document() {
		use crate::output::schema;
		let methods = schema::document()["methods"].as_array().unwrap();
		let subscription = |name: &str| methods.iter().find(|method| method["name"] == name).unwrap();
		for (subscribe, unsubscribe) in [
			("slashing_subscribeSlashes", "slashing_unsubscribeSlashes"),
			("avs_subscribeMembers", "avs_unsubscribeMembers"),
			("operators_subscribePositions", "operators_unsubscribePositions"),
		] {
			assert_eq!(subscription(subscribe)["x-subscription"]["unsubscribe"], unsubscribe);
		}
	}
}
