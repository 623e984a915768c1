//! What the storage and the events hold.

use mainstay_primitives::Era;

/// The era that is running. Name and fields are those of the SDK's staking pallet: clients look for them.
#[frame_support::stored]
#[derive(Default)]
pub struct ActiveEraInfo {
	/// Its index.
	pub index: Era,
	/// When it began, in milliseconds since 1970. `None` until the first block of the chain said what time it is.
	pub start: Option<u64>,
}

/// Why an operator no longer stands for election.
#[frame_support::stored]
#[derive(Copy)]
pub enum LeaveReason {
	/// It said so.
	#[codec(index = 0)]
	Chilled,
	/// It retired as an operator.
	#[codec(index = 1)]
	Retired,
	/// It authored nothing for too long.
	#[codec(index = 2)]
	Silent,
	/// A candidate with more stake took its place.
	#[codec(index = 3)]
	Displaced,
}
