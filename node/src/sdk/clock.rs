//! Warns if this machine's clock and the chain disagree.
//!
//! A node with a wrong clock makes no blocks, or some that others refuse. The SDK (`sc-consensus-babe` 0.60,
//! `sc-consensus-slots` 0.59) reports that at level debug, or not at all. To be removed when the SDK warns of a head
//! and of blocks in the future, and of blocks that come late.

use crate::client::FullClient;
use futures_timer::Delay;
use mainstay_runtime::opaque::{Block, Header};
use sc_consensus::{BlockImportParams, Verifier};
use sc_consensus_babe::find_pre_digest;
use sp_blockchain::HeaderBackend;
use sp_consensus::BlockOrigin;
use sp_consensus_babe::SlotDuration;
use sp_runtime::traits::Header as _;
use std::{
	sync::{
		atomic::{AtomicU32, Ordering},
		Arc, Mutex, PoisonError,
	},
	time::{Duration, Instant, SystemTime},
};

/// The time between two checks of the head.
const CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// The least time between two warnings about the same thing.
const WARN_INTERVAL: Duration = Duration::from_secs(30);

/// Blocks of other nodes that are later than this many slots, and than this time, count as late. Then the clock may
/// be wrong.
const MAX_BLOCK_AGE_SLOTS: u32 = 4;
const MAX_BLOCK_AGE: Duration = Duration::from_secs(10);

/// The late blocks in a row after which the node warns. A single block may just have been delayed.
const LATE_BLOCKS_TO_WARN: u32 = 3;

/// A wall clock that counts in slots of the chain.
#[derive(Clone, Copy)]
struct Clock {
	slot: SlotDuration,
}

impl Clock {
	/// The time until the slot of `header` begins; `None` if it has begun.
	fn ahead(self, header: &Header, now: Duration) -> Option<Duration> {
		self.begins(header)?.checked_sub(now).filter(|ahead| !ahead.is_zero())
	}

	/// The time since the slot of `header` began.
	fn age(self, header: &Header, now: Duration) -> Option<Duration> {
		now.checked_sub(self.begins(header)?)
	}

	/// When the slot of `header` begins, since 1970.
	fn begins(self, header: &Header) -> Option<Duration> {
		// A genesis counts as slot 0.
		Some(find_pre_digest::<Block>(header).ok()?.slot().timestamp(self.slot)?.as_duration())
	}

	/// The time since 1970.
	fn now() -> Duration {
		SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
	}
}

/// Checks the head, and warns while it is in the future. Until then nobody can make a block, since a block's slot
/// must be later than its parent's.
pub async fn watch(client: Arc<FullClient>, slot: SlotDuration) {
	let clock = Clock { slot };
	let mut said: Option<Instant> = None;
	loop {
		let best = client.info().best_hash;
		let head = client.header(best).ok().flatten();
		// The import accepts blocks of the next slot.
		let ahead = head.and_then(|head| Some((*head.number(), clock.ahead(&head, Clock::now())?)));
		match ahead.filter(|(_, ahead)| *ahead > slot.as_duration()) {
			Some((number, ahead)) => {
				if said.is_none_or(|last| last.elapsed() >= WARN_INTERVAL) {
					log::warn!("{}", future_head(number, ahead, slot.as_duration()));
					said = Some(Instant::now());
				}
			},
			None if said.take().is_some() => log::info!("⏰ The head is no longer in the future."),
			None => {},
		}
		Delay::new(CHECK_INTERVAL).await;
	}
}

fn future_head(number: u32, ahead: Duration, slot: Duration) -> String {
	format!(
		"⏰ The head, block #{number}, lies {} s in the future by this machine's clock. No block can follow it before then: the \
		 chain continues in {} s. The clock of its author was ahead, or this machine's is behind: check it (NTP).",
		ahead.as_secs(),
		(ahead + slot).as_secs()
	)
}

/// A verifier that warns when blocks of other nodes are from the future, or late several times in a row.
pub struct TimedVerifier<Inner> {
	inner: Inner,
	clock: Clock,
	late: AtomicU32,
	said: Mutex<Option<Instant>>,
}

impl<Inner> TimedVerifier<Inner> {
	/// Wraps `inner`.
	pub fn new(inner: Inner, slot: SlotDuration) -> Self {
		Self { inner, clock: Clock { slot }, late: AtomicU32::new(0), said: Mutex::new(None) }
	}

	/// The warning about an incoming block, if one is due. `refused` tells whether the inner verifier refused it.
	fn check(&self, header: &Header, refused: bool, announced: bool, now: Duration) -> Option<String> {
		let number = header.number();
		let line = match self.clock.ahead(header, now) {
			Some(ahead) if refused && ahead > self.clock.slot.as_duration() => Some(format!(
				"⏰ Block #{number} from another node lies {} s in the future by this machine's clock, and is refused until \
				 then. If this happens again and again, this machine's clock is behind: check it (NTP).",
				ahead.as_secs()
			)),
			Some(_) => None,
			None if announced && !refused => {
				let age = self.clock.age(header, now)?;
				if age < MAX_BLOCK_AGE.max(self.clock.slot.as_duration() * MAX_BLOCK_AGE_SLOTS) {
					self.late.store(0, Ordering::Relaxed);
					return None;
				}
				let row = self.late.fetch_add(1, Ordering::Relaxed).saturating_add(1);
				(row >= LATE_BLOCKS_TO_WARN).then(|| {
					format!(
						"⏰ The last {row} blocks from other nodes came late, #{number} {} s after its time by this machine's \
						 clock. If this goes on, this machine's clock is ahead, and other nodes refuse its blocks: check it \
						 (NTP).",
						age.as_secs()
					)
				})
			},
			None => None,
		}?;
		let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
		if said.is_some_and(|last| last.elapsed() < WARN_INTERVAL) {
			return None;
		}
		*said = Some(Instant::now());
		Some(line)
	}
}

#[async_trait::async_trait]
impl<Inner: Verifier<Block>> Verifier<Block> for TimedVerifier<Inner> {
	async fn verify(&self, block: BlockImportParams<Block>) -> Result<BlockImportParams<Block>, String> {
		let header = block.header.clone();
		// The blocks of a first sync are always old.
		let announced = block.origin == BlockOrigin::NetworkBroadcast;
		let verified = self.inner.verify(block).await;
		if let Some(line) = self.check(&header, verified.is_err(), announced, Clock::now()) {
			log::warn!("{line}");
		}
		verified
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
	use sp_runtime::{Digest, DigestItem};

	const SLOT: Duration = Duration::from_secs(6);

	/// Block 7, in the slot that begins `seconds` after 1970.
	fn block(seconds: u64) -> Header {
		let slot = (seconds / SLOT.as_secs()).into();
		let digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 0, slot });
		let digest = Digest { logs: vec![DigestItem::babe_pre_digest(digest)] };
		Header::new(7, Default::default(), Default::default(), Default::default(), digest)
	}

	fn slots() -> SlotDuration {
		SlotDuration::from_millis(SLOT.as_millis() as u64)
	}

	fn verifier() -> TimedVerifier<()> {
		TimedVerifier::new((), slots())
	}

	/// node 7
	#[test]
	fn a_head_in_the_future_is_told_with_its_distance() {
		let (clock, now) = (Clock { slot: slots() }, Duration::from_secs(600));
		assert_eq!(clock.ahead(&block(720), now), Some(Duration::from_secs(120)));
		assert_eq!(clock.ahead(&block(600), now), None);
		assert_eq!(clock.age(&block(480), now), Some(Duration::from_secs(120)));
		let genesis =
			Header::new(0, Default::default(), Default::default(), Default::default(), Default::default());
		assert_eq!(clock.ahead(&genesis, now), None);
		let line = future_head(7, Duration::from_secs(120), SLOT);
		assert!(
			line.contains("block #7, lies 120 s in the future") && line.contains("continues in 126 s"),
			"{line}"
		);
	}

	/// node 7
	#[test]
	fn a_clock_that_is_behind_is_told_once_in_a_while() {
		let (verifier, now) = (verifier(), Duration::from_secs(600));
		assert_eq!(verifier.check(&block(606), false, true, now), None, "the next slot is accepted");
		assert_eq!(verifier.check(&block(720), false, true, now), None, "an accepted block is no problem");
		let line = verifier.check(&block(720), true, true, now).expect("refused");
		assert!(line.contains("#7 from another node lies 120 s in the future"), "{line}");
		assert_eq!(verifier.check(&block(720), true, true, now), None, "the line is not repeated at once");
	}

	/// node 7
	#[test]
	fn a_clock_that_is_ahead_is_told_when_blocks_are_late_in_a_row() {
		let (verifier, now) = (verifier(), Duration::from_secs(600));
		let check = |seconds, announced| verifier.check(&block(seconds), false, announced, now);
		for _ in 0..5 {
			assert_eq!(check(480, false), None, "a sync");
		}
		assert_eq!((check(480, true), check(480, true), check(594, true)), (None, None, None));
		assert_eq!((check(480, true), check(480, true)), (None, None));
		let line = check(480, true).expect("the third in a row");
		assert!(line.contains("last 3 blocks") && line.contains("#7 120 s after its time"), "{line}");
	}
}
