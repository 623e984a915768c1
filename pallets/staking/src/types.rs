//! The types of storage and events.

use mainstay_primitives::Era;

/// The running era. Its name and fields are those of the SDK's staking pallet, because clients read them.
#[frame_support::stored]
#[derive(Default)]
pub struct ActiveEraInfo {
	/// Its index.
	pub index: Era,
	/// When it began, in milliseconds since 1970. `None` until the chain's first block has set the time.
	pub start: Option<u64>,
}

/// Why an operator no longer stands for election.
#[frame_support::stored]
#[derive(Copy)]
pub enum LeaveReason {
	/// It called `chill`.
	#[codec(index = 0)]
	Chilled,
	/// It retired as an operator.
	#[codec(index = 1)]
	Retired,
	/// It was chilled for silence: it made no blocks for too long.
	#[codec(index = 2)]
	Silent,
	/// A candidate with more stake took its place.
	#[codec(index = 3)]
	Displaced,
}
