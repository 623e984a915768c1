//! What the chain's referenda go by: tracks, deposits and periods; and how far away a block is.

use super::tracks::{tracks_in, Track, REFERENDA};
use crate::{
	chain::{constant_in, stored, AtBlock},
	context::Context,
	error::Error,
	guard,
	output::{duration, units_in},
};
use serde_json::{json, Value};
use subxt::metadata::Metadata;

/// The pallet of votes.
pub const VOTING: &str = "ConvictionVoting";

/// The rules at a block. Many differ between networks, and are computed from the state.
#[derive(Clone, Debug)]
pub struct Rules {
	/// The tracks, by their numbers.
	pub tracks: Vec<Track>,
	/// What has to be deposited for a submission.
	pub submission_deposit: u128,
	/// For how many blocks a referendum waits for its decision deposit.
	pub timeout: u32,
	/// The lock period of conviction `1x`, in blocks.
	pub lock_period: u32,
	/// All STAY there is, of which support is a part.
	pub issuance: u128,
	/// The number of the block.
	pub now: u32,
	/// The length of a slot, in milliseconds. A slot has one block, if its author is there.
	pub slot: u64,
}

impl Rules {
	/// Reads the rules at a block.
	///
	/// # Errors The chain's runtime has no referenda, or not in the form that this program knows.
	pub async fn of(context: &Context, at: &AtBlock) -> Result<Self, Error> {
		// The metadata that this program knows has the constants of another network.
		let bytes = guard::metadata_of(context, at).await?;
		let metadata = Metadata::decode_from(&bytes)
			.map_err(|error| Error::Incompatible(format!("the node's metadata cannot be read: {error}")))?;
		let issuance = units_in(&stored(at, "Balances", "TotalIssuance", ()).await?);
		let now = u32::try_from(at.block_number()).unwrap_or(u32::MAX);
		Self::in_metadata(&metadata, issuance, now).ok_or_else(|| {
			Error::Incompatible(format!(
				"the chain's runtime {} has no referenda, or not in the form that this program knows",
				at.spec_version()
			))
		})
	}

	fn in_metadata(metadata: &Metadata, issuance: u128, now: u32) -> Option<Self> {
		Some(Self {
			tracks: tracks_in(metadata)?,
			submission_deposit: constant_in(metadata, REFERENDA, "SubmissionDeposit")?,
			timeout: constant_in(metadata, REFERENDA, "UndecidingTimeout")?,
			lock_period: constant_in(metadata, VOTING, "VoteLockingPeriod")?,
			issuance,
			now,
			slot: constant_in(metadata, "Babe", "ExpectedBlockTime")?,
		})
	}

	/// The track of this number.
	pub fn track(&self, id: u16) -> Option<&Track> {
		self.tracks.iter().find(|track| track.id == id)
	}

	/// A number of blocks, and how long they take.
	pub fn lasting(&self, blocks: u32) -> String {
		let text = if blocks == 1 { "1 block".into() } else { format!("{blocks} blocks") };
		match blocks {
			0 => text,
			_ => format!("{text} (about {})", self.length(blocks)),
		}
	}

	/// How long a number of blocks takes.
	pub fn length(&self, blocks: u32) -> String {
		duration(u64::from(blocks).saturating_mul(self.slot))
	}

	/// A block, and how far away it is.
	pub fn when(&self, block: u32) -> String {
		match (block.checked_sub(self.now), self.now.saturating_sub(block)) {
			(Some(0), _) => format!("block {block} (now)"),
			(Some(later), _) => format!("block {block} (in about {})", self.length(later)),
			(None, ago) => format!("block {block} (about {} ago)", self.length(ago)),
		}
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({
			"tracks": self.tracks.iter().map(Track::json).collect::<Vec<_>>(),
			"submissionDeposit": self.submission_deposit.to_string(),
			"undecidingTimeout": self.timeout,
			"lockPeriod": self.lock_period,
			"issuance": self.issuance.to_string(),
			"number": self.now,
			"slotMillis": self.slot,
		})
	}
}

/// Rules for tests.
#[cfg(test)]
pub mod testing {
	use super::{super::tracks::testing::track, *};

	/// Block 1,000 of a chain with slots of 6 s, 1,000 STAY and one track.
	pub fn rules() -> Rules {
		Rules {
			tracks: vec![track()],
			submission_deposit: 10_000_000_000_000,
			timeout: 500,
			lock_period: 200,
			issuance: 1_000_000_000_000_000,
			now: 1_000,
			slot: 6_000,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::{testing::rules, *};
	use crate::runtime::built_in;

	#[test]
	fn the_runtime_says_its_rules() {
		let rules = Rules::in_metadata(&built_in().unwrap().metadata, 7, 8).unwrap();
		assert!(rules.submission_deposit > 0 && rules.timeout > 0 && rules.lock_period > 0, "{rules:?}");
		assert_eq!((rules.issuance, rules.now, rules.track(20).unwrap().id), (7, 8, 20));
		assert!(rules.track(7).is_none());
	}

	#[test]
	fn blocks_are_told_with_their_times() {
		let rules = rules();
		assert_eq!(rules.when(1_000), "block 1000 (now)");
		assert_eq!(rules.when(1_010), "block 1010 (in about 1 min)");
		assert_eq!(rules.when(400), "block 400 (about 1 h ago)");
		assert_eq!(rules.lasting(0), "0 blocks");
		assert_eq!(rules.lasting(1), "1 block (about 6 s)");
		assert_eq!(rules.lasting(100), "100 blocks (about 10 min)");
		// No chain gets that far.
		assert!(rules.when(u32::MAX).starts_with("block 4294967295 (in about"));
		assert_eq!(rules.json()["tracks"][0]["name"], "slash_disputes");
	}
}
