//! The chain's clock, which stands still between two blocks.

use super::command::{Error, MAX_SLOTS};
use mainstay_runtime::{opaque::Block, Hash};
use sp_consensus_babe::{inherents::InherentDataProvider, SlotDuration};
use sp_inherents::CreateInherentDataProviders;
use sp_timestamp::Timestamp;
use std::sync::{
	atomic::{AtomicU64, Ordering},
	Arc,
};

/// The current time of the chain. Only the sealer sets it, before each block. The block's author and its import read
/// it.
#[derive(Clone)]
pub struct Clock {
	millis: Arc<AtomicU64>,
	slot: SlotDuration,
}

impl Clock {
	/// A clock that shows 1970, for a chain with slots of this length.
	pub fn new(slot: SlotDuration) -> Self {
		Self { millis: Default::default(), slot }
	}

	/// Sets the clock, in milliseconds since 1970.
	pub fn set(&self, millis: u64) {
		self.millis.store(millis, Ordering::SeqCst);
	}
}

/// Provides the slot and the time of blocks. The slot comes first, as the import expects.
#[async_trait::async_trait]
impl CreateInherentDataProviders<Block, ()> for Clock {
	type InherentDataProviders = (InherentDataProvider, sp_timestamp::InherentDataProvider);

	async fn create_inherent_data_providers(
		&self,
		_: Hash,
		(): (),
	) -> Result<Self::InherentDataProviders, Box<dyn std::error::Error + Send + Sync>> {
		let now = Timestamp::new(self.millis.load(Ordering::SeqCst));
		let slot = InherentDataProvider::from_timestamp_and_slot_duration(now, self.slot);
		Ok((slot, sp_timestamp::InherentDataProvider::new(now)))
	}
}

/// When the next block can be.
#[derive(Clone, Copy, Debug)]
pub struct Next {
	/// The length of a slot in milliseconds.
	pub slot_millis: u64,
	/// The slot of the last block; none for the genesis.
	pub head: Option<u64>,
	/// The requested time, in milliseconds since 1970.
	pub requested: Option<u64>,
	/// The time of the machine's clock, at which a chain begins if no time was requested.
	pub machine: u64,
}

impl Next {
	fn slot_of(&self, millis: u64) -> u64 {
		millis / self.slot_millis.max(1)
	}

	/// The first slot after the last block's. Slot 0 is not used: the runtime treats it as no slot.
	fn min_slot(&self) -> u64 {
		self.head.map_or(1, |head| head.saturating_add(1))
	}

	/// The slot of the requested time, or the first possible slot.
	pub fn slot(&self) -> u64 {
		match (self.requested, self.head) {
			(Some(requested), _) => self.slot_of(requested).max(self.min_slot()),
			(None, Some(_)) => self.min_slot(),
			(None, None) => self.slot_of(self.machine).max(self.min_slot()),
		}
	}

	/// The time of a block in `slot`: the requested time if it is in that slot, or else when the slot begins.
	pub fn time(&self, slot: u64) -> u64 {
		self.requested
			.filter(|requested| self.slot_of(*requested) == slot)
			.unwrap_or_else(|| slot.saturating_mul(self.slot_millis))
	}

	/// Checks whether the next block can have the time `millis`.
	pub fn ensure(&self, millis: u64) -> Result<(), Error> {
		let (min_slot, begins) = (self.min_slot(), self.slot_of(self.machine));
		let from = if self.head.is_some() { min_slot } else { min_slot.max(begins) };
		let max = from.saturating_add(MAX_SLOTS).saturating_mul(self.slot_millis);
		let min = min_slot.saturating_mul(self.slot_millis);
		(min..=max).contains(&millis).then_some(()).ok_or(Error::WrongTime { min, max })
	}
}

/// Spreads `blocks` evenly over a session of `length` slots that begins at `start`, and returns the first of their
/// slots from `from` on, or the first slot of the next session if there is none. `from` is in the session.
pub fn spread(start: u64, length: u64, blocks: u64, from: u64) -> u64 {
	let blocks = blocks.clamp(1, length.max(1));
	let passed = from.saturating_sub(start);
	// The least i with i * length / blocks >= passed.
	let i = passed.saturating_mul(blocks).div_ceil(length.max(1));
	start.saturating_add(i.saturating_mul(length) / blocks)
}

#[cfg(test)]
mod tests {
	use super::*;

	const NEW: Next = Next { slot_millis: 1_000, head: None, requested: None, machine: 50_500 };
	const BEGUN: Next = Next { head: Some(70), ..NEW };

	#[test]
	fn a_chain_begins_now_and_goes_on_slot_by_slot() {
		assert_eq!((NEW.slot(), NEW.time(50)), (50, 50_000));
		assert_eq!((BEGUN.slot(), BEGUN.time(71)), (71, 71_000));
		assert_eq!(Next { machine: 10, ..NEW }.slot(), 1);
	}

	#[test]
	fn a_time_that_was_asked_for_is_the_next_blocks() {
		let requested = Next { requested: Some(90_250), ..BEGUN };
		assert_eq!((requested.slot(), requested.time(90), requested.time(91)), (90, 90_250, 91_000));
		// A chain may begin in the past.
		assert_eq!(Next { requested: Some(7_001), ..NEW }.slot(), 7);
		// A requested time in the past has no effect.
		assert_eq!(Next { requested: Some(60_000), ..BEGUN }.slot(), 71);
	}

	#[test]
	fn time_goes_forward_only_and_not_too_far() {
		let limit = (71 + MAX_SLOTS) * 1_000;
		for (millis, fine) in [(0, false), (70_999, false), (71_000, true), (limit, true), (limit + 1, false)]
		{
			let expected = if fine { Ok(()) } else { Err(Error::WrongTime { min: 71_000, max: limit }) };
			assert_eq!(BEGUN.ensure(millis), expected, "{millis}");
		}
		assert_eq!(BEGUN.ensure(u64::MAX), Err(Error::WrongTime { min: 71_000, max: limit }));
		assert_eq!((NEW.ensure(1_000), NEW.ensure(51_000)), (Ok(()), Ok(())));
		assert!(NEW.ensure(999).is_err());
	}

	#[test]
	fn blocks_are_spread_over_a_session() {
		let all = |blocks, from| (from..=110).map(|slot| spread(100, 10, blocks, slot)).collect::<Vec<_>>();
		let mut three = all(3, 100);
		three.dedup();
		assert_eq!(three, [100, 103, 106, 110]);
		let mut one = all(1, 100);
		one.dedup();
		assert_eq!(one, [100, 110]);
		assert_eq!(all(10, 100), (100..=110).collect::<Vec<_>>());
		assert_eq!(all(1_000, 100), all(10, 100), "at most one in each slot");
		assert_eq!(spread(100, 10, 0, 101), 110, "at least one");
		assert_eq!(spread(0, 0, 0, 5), 0, "no such session, and no panic");
	}
}
