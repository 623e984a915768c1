//! Sends a signed transaction until it is in a block or no block can include it any more, over connections that may
//! break, and reports only what is known.

use super::{
	outcome::{is_whole, refusal_of, Found},
	scan::{Block, BlockScan, Location},
	signed::{Signed, MORTALITY},
	Failure, Lost,
};
use crate::{
	chain::{cause, number_of, AtBlock, BUSY},
	context::{Context, Wait},
	error::Error,
	events,
	explain::Refusal,
	output::{say_json, Progress},
	scale::{self, bytes_of, hex_of, Event},
};
use serde_json::{json, Value};
use std::{
	future::Future,
	time::{Duration, Instant},
};
use subxt::{config::substrate::H256, events::Phase};

/// How often the chain is read.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// The delay before the first attempt to reconnect, and the longest delay.
const RECONNECT_DELAYS: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));
/// How long one answer may take, before the connection is replaced.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);
/// After this long the same bytes are sent again if no block has them: a node may have dropped them.
const RESEND_AFTER: Duration = Duration::from_secs(12);
/// After this long without a new block the user is told.
const STALL_NOTICE: Duration = Duration::from_secs(30);
/// How often to try to read the events of its block.
const MAX_EVENT_READS: u32 = 10;
/// The slot duration if the node does not say, and its lower and upper bound.
const SLOT: (Duration, Duration, Duration) =
	(Duration::from_secs(6), Duration::from_millis(500), Duration::from_secs(60));

/// The codes with which a node says that it refused a transaction, or did not understand the request: then it does
/// not have the transaction. With all other codes, the outcome is unknown.
const REFUSALS: [std::ops::RangeInclusive<i32>; 3] = [1_001..=1_039, -32_602..=-32_600, -32_700..=-32_700];
/// The node already has the transaction.
const ALREADY_IMPORTED: i32 = 1_013;

/// Sends signed bytes, and waits as long as the command line says. `resumed` says that they may have been sent
/// before.
///
/// # Errors The outcome, unless it is success: [`Error::NotTaken`] if it is in no block and never will be,
/// [`Error::Failed`] if its call failed, and [`Error::Unknown`] if the outcome is not known.
pub async fn follow(context: &Context, signed: &Signed, resumed: bool) -> Result<(Vec<Event>, Found), Error> {
	// A killed process cannot report anything: so a program learns beforehand what may have been sent.
	if context.out.is_json() {
		say_json(&json!({ "sending": signed.json() }));
	}
	let slot = slot(context).await;
	context.sending.notify_one();
	let mut follow = Follow {
		context,
		signed,
		hex: hex_of(&signed.bytes),
		scan: BlockScan::of(signed),
		unsure: resumed,
		taken: false,
		refused: false,
		fails_in: None,
		sent: None,
		news: Instant::now(),
		still: 0,
		news_timeout: slot.saturating_mul(u32::try_from(MORTALITY).unwrap_or(u32::MAX)),
		reads: 0,
	};
	let step = context.out.progress(&format!("sending transaction {}", signed.hash));
	let end = tokio::select! {
		end = follow.run(&step) => end,
		() = stop_signal() => Err(follow.unknown("interrupted")),
	};
	step.done();
	end
}

/// Completes on Ctrl-C, or on the signal that ends a process in a script.
pub async fn stop_signal() {
	use tokio::signal::unix::{signal, SignalKind};
	let terminate = async {
		match signal(SignalKind::terminate()) {
			Ok(mut signal) => {
				signal.recv().await;
			},
			Err(_) => std::future::pending().await,
		}
	};
	let interrupt = async {
		if tokio::signal::ctrl_c().await.is_err() {
			std::future::pending::<()>().await;
		}
	};
	tokio::select! {
		() = terminate => {},
		() = interrupt => {},
	}
}

/// The slot duration of this chain, in which the validity of a transaction is counted.
async fn slot(context: &Context) -> Duration {
	let (default, min, max) = SLOT;
	let answer = within(context.chain.request("state_call", json!(["BabeApi_configuration", "0x"]))).await;
	// The configuration begins with it, in milliseconds.
	let millis = answer
		.ok()
		.flatten()
		.and_then(|answer| Some(u64::from_le_bytes(bytes_of(&answer)?.get(..8)?.try_into().ok()?)));
	millis.map_or(default, Duration::from_millis).clamp(min, max)
}

/// The answer, if it comes in time.
async fn within<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<Option<T>, Error> {
	match tokio::time::timeout(ANSWER_TIMEOUT, answer).await {
		Ok(answer) => answer.map(Some),
		Err(_) => Ok(None),
	}
}

struct Follow<'a> {
	context: &'a Context,
	signed: &'a Signed,
	/// The bytes in hexadecimal, as blocks have them.
	hex: String,
	/// The chain, as the last node that answered sees it.
	scan: BlockScan,
	/// Whether an attempt to send it ended without an answer, so that the node may have it.
	unsure: bool,
	/// Whether the node said that it has it.
	taken: bool,
	/// Whether the node refused it after an attempt without an answer.
	refused: bool,
	/// The block, not yet final, in which its call failed: it may still succeed in another block.
	fails_in: Option<String>,
	/// When it was sent last.
	sent: Option<Instant>,
	/// When the chain last advanced.
	news: Instant,
	/// How many periods without a new block were reported.
	still: u64,
	/// How long to wait for a new block.
	news_timeout: Duration,
	/// How often its events were read in vain.
	reads: u32,
}

/// The outcome.
type End = Result<(Vec<Event>, Found), Error>;

impl Follow<'_> {
	async fn run(&mut self, step: &Progress) -> End {
		let mut pause = RECONNECT_DELAYS.0;
		loop {
			match self.poll(step).await {
				Ok(Some(end)) => return end,
				Ok(None) => {
					pause = RECONNECT_DELAYS.0;
					tokio::time::sleep(POLL_INTERVAL).await;
				},
				Err(error) => {
					step.say(&format!("{error}; connecting again"));
					tokio::time::sleep(pause).await;
					pause = (pause * 2).min(RECONNECT_DELAYS.1);
					// The next poll shows whether this succeeded.
					let _ = within(self.context.chain.reconnect()).await;
				},
			}
			let still = self.news.elapsed();
			if still > self.news_timeout {
				return Err(self.unknown(&format!("the node had no new block for {} s", still.as_secs())));
			}
			let periods = still.as_secs() / STALL_NOTICE.as_secs();
			if periods > self.still {
				step.say(&format!(
					"no new block for {} s: are blocks made and finalized? Ctrl-C ends the command, not the transaction",
					periods * STALL_NOTICE.as_secs()
				));
			}
			self.still = periods;
		}
	}

	/// Sends the bytes if that is due, reads the chain, and returns the outcome if it is known. An error is one of the
	/// connection.
	async fn poll(&mut self, step: &Progress) -> Result<Option<End>, Error> {
		let due = self.sent.is_none_or(|sent| {
			sent.elapsed() > RESEND_AFTER || (self.unsure && !self.taken && !self.refused)
		});
		let is_in_block = matches!(self.scan.location(), Location::Block(..));
		if due && !is_in_block && self.scan.best() <= self.signed.until {
			if let Some(refusal) = self.submit().await? {
				return Ok(Some(Err(refusal)));
			}
		}
		if self.taken && self.context.global.wait == Wait::None {
			return Ok(Some(Ok((vec![], self.found(None, false)))));
		}
		self.scan_blocks().await?;
		self.end(step).await
	}

	/// Sends the bytes. Returns the node's refusal, unless the node may have them from an earlier attempt.
	async fn submit(&mut self) -> Result<Option<Error>, Error> {
		let before = std::mem::replace(&mut self.unsure, true);
		self.sent = Some(Instant::now());
		let answer = self.request("author_submitExtrinsic", json!([self.hex])).await;
		match answer {
			Ok(_) | Err(Error::Node { code: Some(ALREADY_IMPORTED), .. }) => self.taken = true,
			Err(Error::Node { code: Some(BUSY), .. }) => {
				self.unsure = before;
			},
			Err(Error::Node { code: Some(code), message, .. })
				if REFUSALS.iter().any(|codes| codes.contains(&code)) =>
			{
				if !before {
					return Ok(Some(Error::NotTaken(self.why_refused(&message).await)));
				}
				self.refused = true;
			},
			// Any other error says nothing about the transaction.
			Err(Error::Node { .. }) => {},
			Err(error) => {
				// The bytes may have been lost on the way: they are sent again at once.
				self.sent = None;
				return Err(error);
			},
		}
		Ok(None)
	}

	/// The reason for a node's refusal.
	async fn why_refused(&self, message: &str) -> String {
		if !message.contains("bad signature") && !message.contains("ancient birth block") {
			return message.into();
		}
		// If the chain does not know the birth block of a transaction, or has forgotten it, it reports a bad signature.
		let (birth, until) = (self.signed.birth(), self.signed.until);
		let best = self.request("chain_getHeader", json!([])).await.ok().as_ref().and_then(number_of);
		match best {
			Some(best) if best >= until => format!(
				"the last block that can include it is {until}, and the node is already at block {best}. Give the command again"
			),
			_ => format!(
				"it was not signed for the node's chain: block {birth} was replaced, or the runtime was upgraded \
				 meanwhile. Give the command again ({message})"
			),
		}
	}

	/// Sends a request, with a time limit.
	async fn request(&self, method: &str, params: Value) -> Result<Value, Error> {
		let chain = &self.context.chain;
		let slow =
			|| chain.unreachable(&format!("no answer to `{method}` in {} s", ANSWER_TIMEOUT.as_secs()));
		within(chain.request(method, params)).await?.ok_or_else(slow)
	}

	async fn hash_at(&self, number: u64) -> Result<Option<String>, Error> {
		Ok(self.request("chain_getBlockHash", json!([number])).await?.as_str().map(Into::into))
	}

	/// Reads the chain's heads, and the blocks that could include the transaction.
	async fn scan_blocks(&mut self) -> Result<(), Error> {
		let head = self.request("chain_getFinalizedHead", json!([])).await?;
		let (best, last_final) = (
			self.request("chain_getHeader", json!([])).await?,
			self.request("chain_getHeader", json!([head])).await?,
		);
		let numbers = number_of(&best).zip(number_of(&last_final));
		let (best, last_final) = numbers.ok_or_else(|| self.context.chain.unreachable("it has no blocks"))?;
		if self.scan.update_heads(best, last_final) {
			self.news = Instant::now();
		}
		while let Some((number, last)) = self.scan.last_scanned() {
			if self.hash_at(number).await?.as_ref() == Some(&last.hash) {
				break;
			}
			self.scan.drop_last();
		}
		while let Some(number) = self.scan.next() {
			let Some(hash) = self.hash_at(number).await? else { break };
			let block = self.request("chain_getBlock", json!([hash])).await?;
			let header = &block["block"]["header"];
			// The chain can change between two requests: then the next poll sees it.
			let last = self.scan.last_scanned();
			let follows = last.is_none_or(|(_, last)| header["parentHash"] == last.hash.as_str());
			if !follows || number_of(header) != Some(number) {
				break;
			}
			let extrinsics = block["block"]["extrinsics"].as_array();
			let index = extrinsics.and_then(|all| all.iter().position(|one| one.as_str() == Some(&self.hex)));
			let index = index.and_then(|index| index.try_into().ok());
			self.scan.add(Block { hash, index });
		}
		Ok(())
	}

	/// The outcome, if it is known.
	async fn end(&mut self, step: &Progress) -> Result<Option<End>, Error> {
		let until = self.signed.until;
		match self.scan.location() {
			Location::Block(number, hash, index, is_final) => {
				return self.end_in(step, number, hash, index, is_final).await;
			},
			Location::Expired => {
				let why = format!(
					"no block up to {until} includes it, all of them are final, and no later block can include it"
				);
				return Ok(Some(Err(Error::NotTaken(why))));
			},
			Location::NotFound => {},
		}
		if self.refused && self.scan.has_scanned_final() && self.is_replaced().await? {
			return Ok(Some(Err(Error::NotTaken(
				"another transaction of the account with the same nonce is in a final block".into(),
			))));
		}
		if self.scan.is_expired() {
			let (seen, lag) = (self.scan.scanned(), self.scan.lag());
			let why = format!("no block up to {seen} includes it; the last that can is {until}: {lag}");
			return Ok(Some(Err(self.unknown(&why))));
		}
		if self.taken {
			step.say(&format!("sent, waiting for a block; transaction {}", self.signed.hash));
		}
		Ok(None)
	}

	/// The outcome of a transaction that is in a block.
	async fn end_in(
		&mut self,
		step: &Progress,
		number: u64,
		hash: String,
		index: u32,
		is_final: bool,
	) -> Result<Option<End>, Error> {
		let mut fails = self.fails_in.as_ref() == Some(&hash);
		if is_final || (self.context.global.wait != Wait::Finalized && !fails) {
			let end = self.outcome(number, &hash, index, is_final).await?;
			// Another block can still undo this failure, so it is not the outcome.
			fails = !is_final && matches!(end, Some(Err(Error::Failed(_))));
			if !fails {
				return Ok(end);
			}
			self.fails_in = Some(hash);
		}
		let refusal = if fails { ", where its call failed, and" } else { "," };
		if self.scan.is_expired() {
			let lag = self.scan.lag();
			let why = format!("it is in block {number}{refusal} which is not final: {lag}");
			return Ok(Some(Err(self.unknown(&why))));
		}
		step.say(&format!("in block {number}{refusal} waiting until it is final"));
		Ok(None)
	}

	/// Whether final blocks have another transaction of the account with the same nonce.
	async fn is_replaced(&self) -> Result<bool, Error> {
		let Some(hash) = self.hash_at(self.scan.last_final()).await? else { return Ok(false) };
		let params = json!(["AccountNonceApi_account_nonce", hex_of(&self.signed.who.0), hash]);
		let answer = self.request("state_call", params).await?;
		let nonce =
			bytes_of(&answer).and_then(|bytes| Some(u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?)));
		Ok(nonce.is_some_and(|nonce| u64::from(nonce) > self.signed.nonce))
	}

	fn found(&self, block: Option<(u64, String)>, is_final: bool) -> Found {
		let (number, block) = block.unzip();
		Found { transaction: self.signed.hash.clone(), block, number, is_final }
	}

	/// The outcome in its block.
	async fn outcome(
		&mut self,
		number: u64,
		hash: &str,
		index: u32,
		is_final: bool,
	) -> Result<Option<End>, Error> {
		let found = self.found(Some((number, hash.into())), is_final);
		match events_of(self.context, hash, index).await {
			Ok((events, at)) => Ok(Some(match refusal_of(&events, &at) {
				Some(refusal) => {
					Err(Error::Failed(Box::new(failure(self.context, refusal, found, &events).await)))
				},
				None => Ok((events, found)),
			})),
			Err(error) => {
				self.reads += 1;
				let (state, elsewhere) = match is_final {
					true => (
						"final",
						". If the node no longer has the state of that block, use one with --state-pruning archive",
					),
					false => ("not final yet", ""),
				};
				match self.reads >= MAX_EVENT_READS {
					true => Ok(Some(Err(self.unknown(&format!(
						"it is in block {number}, {state}, but its outcome there cannot be read: {error}{elsewhere}"
					))))),
					false => Err(error),
				}
			},
		}
	}

	fn unknown(&self, why: &str) -> Error {
		Error::Unknown(Box::new(Lost::of(self.signed, why)))
	}
}

async fn failure(context: &Context, refusal: Refusal, found: Found, events: &[Event]) -> Failure {
	// Without an item, the whole call failed, and no other events matter.
	let lines = match refusal.item {
		Some(_) => events::lines(&context.chain, context.actor().ok(), events).await,
		None => vec![],
	};
	Failure { done: found.json(events), refusal, lines }
}

/// The events of the extrinsic with this index in a block.
async fn events_of(context: &Context, block: &str, index: u32) -> Result<(Vec<Event>, AtBlock), Error> {
	let unreadable = |why: String| context.chain.unreachable(&why);
	let hash: H256 = serde_json::from_value(block.into()).map_err(|error| unreadable(error.to_string()))?;
	let slow = || unreadable(format!("no events in {} s", ANSWER_TIMEOUT.as_secs()));
	let at = within(context.chain.at(hash)).await?.ok_or_else(slow)?;
	let fetched = async { at.events().fetch().await.map_err(|error| unreadable(cause(&error))) };
	let happened = within(fetched).await?.ok_or_else(slow)?;
	let (metadata, mut events) = (at.metadata_ref(), vec![]);
	for event in happened.iter() {
		let event = event.map_err(|error| unreadable(cause(&error)))?;
		if event.phase() != Phase::ApplyExtrinsic(index) {
			continue;
		}
		// The full bytes of an event begin with the phase, and end with topics.
		let bytes = [&[event.pallet_index(), event.event_index()], event.field_bytes()].concat();
		let json = scale::decode(&bytes, metadata.outer_enums().event_enum_ty(), metadata);
		events.extend(json.ok().as_ref().and_then(Event::of));
	}
	match is_whole(&events) {
		true => Ok((events, at)),
		// A node that returns no events says nothing about the transaction.
		false => Err(unreadable("the events of the block are not there".into())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	// sending 1
	#[test]
	fn only_what_says_that_the_node_has_it_not_is_a_refusal() {
		let refuses = |code: i32| REFUSALS.iter().any(|codes| codes.contains(&code));
		assert!([1_010, 1_012, 1_014, 1_016, 1_002, -32_601, -32_602, -32_700].into_iter().all(refuses));
		assert!(![-32_603, -32_000, -32_099, 0, 1, 1_000, 1_040, BUSY, 503].into_iter().any(refuses));
	}
}
