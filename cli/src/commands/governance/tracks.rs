//! The tracks of referenda: on the command line, and as the runtime's metadata has them.

use super::curve::Curve;
use crate::{
	read,
	runtime::{frame_support::dispatch::RawOrigin, mainstay_origins::pallet::Origin, OriginCaller},
	scale,
};
use clap::ValueEnum;
use serde_json::{json, Value};
use sp_arithmetic::Perbill;
use subxt::metadata::Metadata;

/// The pallet of referenda.
pub const REFERENDA: &str = "Referenda";

/// A track, by its name, which is the same on every network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum TrackArg {
	/// All power: upgrades, above all
	Root,
	/// All power, for calls that the technical committee whitelists: upgrades that cannot wait
	WhitelistedCaller,
	/// Assets for restaking, the number of validators and their self-stake
	Parameters,
	/// Cancel, reinstate and veto slashes
	SlashDisputes,
	/// Spend up to 10,000 STAY of the treasury at once
	SmallSpender,
	/// Spend any amount of the treasury
	BigSpender,
	/// Cancel a referendum, and return its deposits
	ReferendumCanceller,
	/// Cancel a referendum, and take its deposits
	ReferendumKiller,
}

impl TrackArg {
	/// Its number.
	pub fn id(self) -> u16 {
		match self {
			Self::Root => 0,
			Self::WhitelistedCaller => 1,
			Self::Parameters => 10,
			Self::SlashDisputes => 20,
			Self::SmallSpender => 30,
			Self::BigSpender => 31,
			Self::ReferendumCanceller => 40,
			Self::ReferendumKiller => 41,
		}
	}

	/// Its name.
	pub fn name(self) -> String {
		self.to_possible_value().map_or_else(String::new, |value| value.get_name().into())
	}

	/// The origin with which its referenda make their calls.
	pub fn origin(self) -> OriginCaller {
		OriginCaller::Origins(match self {
			Self::Root => return OriginCaller::system(RawOrigin::Root),
			Self::WhitelistedCaller => Origin::WhitelistedCaller,
			Self::Parameters => Origin::Parameters,
			Self::SlashDisputes => Origin::SlashDisputes,
			Self::SmallSpender => Origin::SmallSpender,
			Self::BigSpender => Origin::BigSpender,
			Self::ReferendumCanceller => Origin::ReferendumCanceller,
			Self::ReferendumKiller => Origin::ReferendumKiller,
		})
	}
}

/// The name of a track; its number if this program does not know it.
pub fn name_of(id: u16) -> String {
	let known = TrackArg::value_variants().iter().find(|track| track.id() == id);
	known.map_or_else(|| id.to_string(), |track| track.name())
}

/// One track. Its periods are in blocks, and its deposit in the smallest unit of STAY.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
	/// Its number.
	pub id: u16,
	/// Its name.
	pub name: String,
	/// How many referenda it decides at once.
	pub max_deciding: u32,
	/// What has to be deposited before it decides one.
	pub decision_deposit: u128,
	/// From the submission to the decision, at least.
	pub prepare: u32,
	/// From the beginning of the decision to a rejection.
	pub decision: u32,
	/// For how long enough votes have to stay.
	pub confirm: u32,
	/// From the approval to the call, at least.
	pub enactment: u32,
	/// The part of the votes that has to be in favour.
	pub approval: Curve,
	/// The part of all STAY that has to stand behind it.
	pub support: Curve,
}

impl Track {
	/// A track, from its number and the JSON of its details; none if a field is missing.
	fn of(track: &Value) -> Option<Self> {
		let (id, details) = (&track[0], &track[1]);
		let number = |name: &str| read::unsigned(&details[name]);
		Some(Self {
			id: read::unsigned(id)?.try_into().ok()?,
			// Names are arrays of a fixed length, filled up with zeros.
			name: details["name"].as_str()?.trim_end_matches('\0').into(),
			max_deciding: number("maxDeciding")?,
			decision_deposit: read::number(&details["decisionDeposit"])?,
			prepare: number("preparePeriod")?,
			decision: number("decisionPeriod")?,
			confirm: number("confirmPeriod")?,
			enactment: number("minEnactmentPeriod")?,
			approval: Curve::of(&details["minApproval"])?,
			support: Curve::of(&details["minSupport"])?,
		})
	}

	/// The approval and the support that are needed `elapsed` blocks after the decision began.
	pub fn needed(&self, elapsed: u32) -> (Perbill, Perbill) {
		let over = Perbill::from_rational(elapsed.min(self.decision), self.decision);
		(self.approval.threshold(over), self.support.threshold(over))
	}

	/// How many blocks after the decision began this approval and support are enough, if nobody votes any more; none if
	/// they never are.
	pub fn passes_after(&self, approval: Perbill, support: Perbill) -> Option<u32> {
		let (least_approval, least_support) = self.needed(self.decision);
		let enough = approval >= least_approval && support >= least_support;
		let delay = self.approval.delay(approval).max(self.support.delay(support));
		enough.then(|| delay.mul_ceil(self.decision))
	}

	/// The blocks from a submission to the effect, at the least and at the most: with a deposit at once and no queue.
	pub fn duration(&self) -> (u32, u32) {
		let sum = |decision: u32| {
			[self.prepare, decision, self.confirm, self.enactment.max(1)]
				.into_iter()
				.fold(0u32, u32::saturating_add)
		};
		(sum(0), sum(self.decision))
	}

	/// For programs. Parts are those of 10^18, at the beginning of the decision and at its end.
	pub fn json(&self) -> Value {
		let ends = |curve: &Curve| {
			let [start, end] = [Perbill::zero(), Perbill::one()].map(|x| fraction(curve.threshold(x)));
			json!({ "start": start, "end": end })
		};
		json!({
			"id": self.id,
			"name": self.name,
			"maxDeciding": self.max_deciding,
			"decisionDeposit": self.decision_deposit.to_string(),
			"prepare": self.prepare,
			"decision": self.decision,
			"confirm": self.confirm,
			"enactment": self.enactment,
			"approval": ends(&self.approval),
			"support": ends(&self.support),
		})
	}
}

/// A part of the whole, as JSON has it: in parts of 10^18.
pub fn fraction(part: Perbill) -> String {
	(u64::from(part.deconstruct()) * 1_000_000_000).to_string()
}

/// The tracks in a runtime's metadata. They may be computed from the state of the block whose metadata this is; none if
/// it has no referenda, or they have another form.
pub fn tracks_in(metadata: &Metadata) -> Option<Vec<Track>> {
	let constant = metadata.pallet_by_name(REFERENDA)?.constant_by_name("Tracks")?;
	let tracks = scale::decode(constant.value(), constant.ty(), metadata).ok()?;
	tracks.as_array()?.iter().map(Track::of).collect()
}

/// A track for tests.
#[cfg(test)]
pub mod testing {
	use super::*;

	/// A track of 100 blocks of decision: approval falls from 100% to 50%, support from 50% to 0%.
	pub fn track() -> Track {
		let line = |floor, ceil| Curve::LinearDecreasing {
			length: Perbill::one(),
			floor: Perbill::from_percent(floor),
			ceil: Perbill::from_percent(ceil),
		};
		Track {
			id: 20,
			name: "slash_disputes".into(),
			max_deciding: 10,
			decision_deposit: 100_000_000_000_000,
			prepare: 5,
			decision: 100,
			confirm: 7,
			enactment: 3,
			approval: line(50, 100),
			support: line(0, 50),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::{testing::track, *};
	use crate::runtime::built_in;

	fn percent(percent: u32) -> Perbill {
		Perbill::from_percent(percent)
	}

	#[test]
	fn the_tracks_of_the_runtime_are_known_by_their_names() {
		let tracks = tracks_in(&built_in().unwrap().metadata).unwrap();
		let names: Vec<_> = tracks.iter().map(|track| (track.id, track.name.clone())).collect();
		let known = TrackArg::value_variants().iter().map(|track| (track.id(), track.name()));
		assert_eq!(names, known.collect::<Vec<_>>());
		assert_eq!((name_of(20), name_of(7)), ("slash_disputes".into(), "7".into()));
		for track in tracks {
			assert!(track.decision > 0 && track.max_deciding > 0 && track.decision_deposit > 0, "{track:?}");
			// Nobody can pass anything alone at once, and the majority always decides.
			let (approval, support) = track.needed(0);
			assert!(approval > percent(50) && support > Perbill::zero(), "{track:?}");
			// A reciprocal curve ends a rounding below its floor.
			assert!(track.needed(track.decision).0 >= Perbill::from_parts(499_000_000), "{track:?}");
		}
	}

	#[test]
	fn what_is_needed_falls_with_time() {
		let track = track();
		assert_eq!(track.needed(0), (percent(100), percent(50)));
		assert_eq!(track.needed(40), (percent(80), percent(30)));
		assert_eq!(track.needed(100), (percent(50), percent(0)));
		assert_eq!(track.needed(u32::MAX), (percent(50), percent(0)));

		assert_eq!(track.passes_after(percent(80), percent(50)), Some(40));
		assert_eq!(track.passes_after(percent(100), percent(25)), Some(50));
		assert_eq!(track.passes_after(percent(50), percent(0)), Some(100));
		assert_eq!(track.passes_after(percent(49), percent(50)), None);
		// A part of a block is a whole block.
		assert_eq!(track.passes_after(Perbill::from_parts(799_999_999), percent(50)), Some(41));
		assert_eq!(track.duration(), (5 + 7 + 3, 5 + 100 + 7 + 3));
	}

	#[test]
	fn a_track_is_read_with_all_its_fields() {
		let line = |floor: u32, ceil: u32| json!({ "linearDecreasing": { "length": 1_000_000_000, "floor": floor, "ceil": ceil } });
		let encoded = json!([20, {
			"name": "slash_disputes\0\0\0", "maxDeciding": 10, "decisionDeposit": "100000000000000",
			"preparePeriod": 5, "decisionPeriod": 100, "confirmPeriod": 7, "minEnactmentPeriod": 3,
			"minApproval": line(500_000_000, 1_000_000_000), "minSupport": line(0, 500_000_000),
		}]);
		assert_eq!(Track::of(&encoded), Some(track()));
		let mut short = encoded;
		short[1]["confirmPeriod"].take();
		assert_eq!(Track::of(&short), None);
		let shown = track().json();
		assert_eq!(shown["approval"], json!({ "start": "1000000000000000000", "end": "500000000000000000" }));
		assert_eq!((&shown["id"], &shown["decisionDeposit"]), (&json!(20), &json!("100000000000000")));
	}
}
