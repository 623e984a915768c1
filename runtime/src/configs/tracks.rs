//! The tracks of referenda: which origin a referendum may have, and how long and by how many votes it is decided.
//!
//! Periods are in blocks, and parts of the network's own delays, so they come from its parameters. They grow with the
//! exit delay and with the appeal window: the longest veto window, by which an appeal postpones a slash. These delays are in
//! slots, and a vote is in blocks, so votes take longer where slots are empty.

use super::{clock, economy::AppealBond};
use crate::*;
use frame_system::RawOrigin;
use mainstay_origins::Origin;
use mainstay_primitives::{Era, NetworkParameters, STAY};
use pallet_referenda::{Curve, Track, TrackInfo, TracksInfo};
use sp_runtime::{str_array, FixedI64};

/// The id of a track.
pub type TrackId = u16;

/// The track of root: any call.
pub const ROOT: TrackId = 0;
/// The track of calls that the technical committee whitelisted.
pub const WHITELISTED_CALLER: TrackId = 1;
/// The track of assets for restaking and of parameters of the validator set.
pub const PARAMETERS: TrackId = 10;
/// The track of disputed slashes.
pub const SLASH_DISPUTES: TrackId = 20;
/// The track of small payments of the treasury.
pub const SMALL_SPENDER: TrackId = 30;
/// The track of all payments of the treasury.
pub const BIG_SPENDER: TrackId = 31;
/// The track that cancels referenda.
pub const REFERENDUM_CANCELLER: TrackId = 40;
/// The track that kills referenda.
pub const REFERENDUM_KILLER: TrackId = 41;

/// All tracks, in the order of their ids.
pub const ALL: [TrackId; 8] = [
	ROOT,
	WHITELISTED_CALLER,
	PARAMETERS,
	SLASH_DISPUTES,
	SMALL_SPENDER,
	BIG_SPENDER,
	REFERENDUM_CANCELLER,
	REFERENDUM_KILLER,
];

/// The deposit of a submitted referendum, in STAY. Released if the referendum is approved or cancelled.
pub const SUBMISSION_DEPOSIT: Balance = 10 * STAY;

/// A share of all votes, or of all STAY.
const fn percent(part: u128) -> FixedI64 {
	FixedI64::from_rational(part, 100)
}

/// Falls from one share to another over the whole decision period.
const fn falling(from: u128, to: u128) -> Curve {
	Curve::make_linear(28, 28, percent(to), percent(from))
}

/// Falls from one share to another over three fifths of the decision period, and stays there.
const fn settling(from: u128, to: u128) -> Curve {
	Curve::make_linear(17, 28, percent(to), percent(from))
}

/// Falls from one share to another, quickly at first: after `parts` of 28 of the decision period it has reached `level`.
const fn dropping(from: u128, parts: u128, level: u128, to: u128) -> Curve {
	Curve::make_reciprocal(parts, 28, percent(level), percent(to), percent(from))
}

// The share of the votes, counted with their conviction, that must be ayes.
const ROOT_APPROVAL: Curve = dropping(100, 4, 80, 50);
const WHITELISTED_APPROVAL: Curve = dropping(100, 1, 94, 50);
const BIG_APPROVAL: Curve = falling(100, 50);
const COMMON_APPROVAL: Curve = settling(100, 50);
const KILLER_APPROVAL: Curve = settling(100, 60);

// The share of all STAY whose holders must vote aye, counted without conviction.
const ROOT_SUPPORT: Curve = falling(50, 10);
const WHITELISTED_SUPPORT: Curve = dropping(50, 1, 20, 5);
const PARAMETERS_SUPPORT: Curve = dropping(50, 7, 10, 3);
const DISPUTES_SUPPORT: Curve = dropping(25, 7, 2, 1);
const SMALL_SUPPORT: Curve = dropping(50, 8, 3, 1);
const BIG_SUPPORT: Curve = dropping(50, 16, 8, 4);
const CANCELLER_SUPPORT: Curve = dropping(50, 7, 4, 2);
const KILLER_SUPPORT: Curve = dropping(50, 7, 6, 3);

/// The number of blocks of `eras`, if every slot has one. Saturates.
fn blocks(parameters: &NetworkParameters, eras: Era) -> BlockNumber {
	parameters.session_slots.saturating_mul(parameters.era_sessions).saturating_mul(eras)
}

/// The exit delay in blocks.
pub fn exit_delay(parameters: &NetworkParameters) -> BlockNumber {
	blocks(parameters, parameters.exit_delay)
}

/// The shortest time in blocks from an appeal to the execution of the slash, for a slash that was not appealed before:
/// an appeal in the last block before a slash is due postpones it by the longest veto window.
pub fn appeal_window(parameters: &NetworkParameters) -> BlockNumber {
	blocks(parameters, parameters.max_veto_window)
}

/// The eras in which everyone can leave: an exit is filed under the next era at the latest, it matures after the exit
/// delay, and a slash that is appealed can hold it for an appeal window longer. The last era is the one that has begun.
fn leaving(parameters: &NetworkParameters) -> Era {
	parameters.exit_delay.saturating_add(parameters.max_veto_window).saturating_add(2)
}

/// The enactment period of root's track, in blocks: whoever disagrees with a call of root that was approved can leave
/// before it takes effect.
pub fn root_enactment(parameters: &NetworkParameters) -> BlockNumber {
	blocks(parameters, leaving(parameters))
}

/// The lock of a vote with a conviction of 1, in blocks. It is no shorter than any enactment period, so that those who
/// win a vote live with what it does.
pub fn vote_locking(parameters: &NetworkParameters) -> BlockNumber {
	root_enactment(parameters)
}

/// A part of a period: one block at least.
fn part(period: BlockNumber, of: BlockNumber) -> BlockNumber {
	(period / of).max(1)
}

/// A track's values on a network.
pub fn track(id: TrackId, parameters: &NetworkParameters) -> Option<TrackInfo<Balance, BlockNumber>> {
	let (exit, window) = (exit_delay(parameters), appeal_window(parameters));
	let track = match id {
		ROOT => TrackInfo {
			name: str_array("root"),
			max_deciding: 4,
			decision_deposit: 10_000 * STAY,
			prepare_period: part(exit, 56),
			decision_period: part(exit, 2),
			confirm_period: part(exit, 28),
			min_enactment_period: root_enactment(parameters),
			min_approval: ROOT_APPROVAL,
			min_support: ROOT_SUPPORT,
		},
		WHITELISTED_CALLER => TrackInfo {
			name: str_array("whitelisted_caller"),
			max_deciding: 16,
			decision_deposit: 1_000 * STAY,
			prepare_period: part(exit, 336),
			decision_period: part(exit, 2),
			confirm_period: part(exit, 336),
			min_enactment_period: part(exit, 1_008),
			min_approval: WHITELISTED_APPROVAL,
			min_support: WHITELISTED_SUPPORT,
		},
		PARAMETERS => TrackInfo {
			name: str_array("parameters"),
			max_deciding: 16,
			decision_deposit: 1_000 * STAY,
			prepare_period: part(exit, 56),
			decision_period: part(exit, 2),
			confirm_period: part(exit, 28),
			min_enactment_period: part(exit, 28),
			min_approval: COMMON_APPROVAL,
			min_support: PARAMETERS_SUPPORT,
		},
		// Half of the appeal window at most, so that there is time to submit the referendum, and for empty slots.
		SLASH_DISPUTES => TrackInfo {
			name: str_array("slash_disputes"),
			// As many as are submitted: the number of appealed slashes has no bound, and an opponent must not be able to
			// queue in front until a slash is due.
			max_deciding: u32::MAX,
			decision_deposit: AppealBond::get(),
			prepare_period: part(window, 72),
			decision_period: part(window, 3),
			confirm_period: part(window, 24),
			min_enactment_period: part(window, 144),
			min_approval: COMMON_APPROVAL,
			min_support: DISPUTES_SUPPORT,
		},
		SMALL_SPENDER => TrackInfo {
			name: str_array("small_spender"),
			max_deciding: 16,
			decision_deposit: 100 * STAY,
			prepare_period: part(exit, 168),
			decision_period: part(exit, 4),
			confirm_period: part(exit, 56),
			min_enactment_period: part(exit, 168),
			min_approval: COMMON_APPROVAL,
			min_support: SMALL_SUPPORT,
		},
		BIG_SPENDER => TrackInfo {
			name: str_array("big_spender"),
			max_deciding: 16,
			decision_deposit: 1_000 * STAY,
			prepare_period: part(exit, 56),
			decision_period: part(exit, 2),
			confirm_period: part(exit, 14),
			min_enactment_period: part(exit, 28),
			min_approval: BIG_APPROVAL,
			min_support: BIG_SUPPORT,
		},
		REFERENDUM_CANCELLER => TrackInfo {
			name: str_array("referendum_canceller"),
			max_deciding: 64,
			decision_deposit: 500 * STAY,
			prepare_period: part(exit, 336),
			decision_period: part(exit, 8),
			confirm_period: part(exit, 112),
			min_enactment_period: part(exit, 1_008),
			min_approval: COMMON_APPROVAL,
			min_support: CANCELLER_SUPPORT,
		},
		REFERENDUM_KILLER => TrackInfo {
			name: str_array("referendum_killer"),
			max_deciding: 64,
			decision_deposit: 1_000 * STAY,
			prepare_period: part(exit, 336),
			decision_period: part(exit, 8),
			confirm_period: part(exit, 112),
			min_enactment_period: part(exit, 1_008),
			min_approval: KILLER_APPROVAL,
			min_support: KILLER_SUPPORT,
		},
		_ => return None,
	};
	Some(track)
}

/// The longest vote on a track that has a place, in blocks: a confirmation can begin in the last block of the decision
/// period.
fn longest_vote(track: &TrackInfo<Balance, BlockNumber>) -> u64 {
	[track.prepare_period, track.decision_period, track.confirm_period].into_iter().map(u64::from).sum()
}

/// Tests that votes on a network of these parameters are in time. The error is the first reason why they are not:
///
/// * The longest vote on a track, and the enactment of every track but root's, are together shorter than the exit delay:
///   what backs a vote can still be slashed when it takes effect.
/// * Root's enactment is longer than it takes to leave.
/// * A vote about a slash that was just appealed takes effect before the slash. The alarms that begin and end a vote
///   ring in the block after their cause.
/// * A vote locks for as long as its enactment takes at least.
pub fn check(parameters: &NetworkParameters) -> Result<(), &'static str> {
	let (exit, window) = (u64::from(exit_delay(parameters)), u64::from(appeal_window(parameters)));
	for id in ALL {
		let Some(track) = track(id, parameters) else { return Err("every track has its values") };
		let (vote, enactment) = (longest_vote(&track), u64::from(track.min_enactment_period));
		let rules = match id {
			ROOT => {
				let era = u64::from(parameters.session_slots).saturating_mul(parameters.era_sessions.into());
				[
					(vote < exit, "exit_delay is too short for a vote of root's track"),
					(
						enactment >= era.saturating_mul(leaving(parameters).into()),
						"exit_delay and max_veto_window have more slots than a referendum can wait for",
					),
				]
			},
			SLASH_DISPUTES => [
				(
					vote.saturating_add(enactment).saturating_add(2) < window,
					"max_veto_window is too short for a vote about a slash that was appealed",
				),
				(vote.saturating_add(enactment) < exit, "exit_delay is too short for a vote about a slash"),
			],
			_ => [
				(
					vote.saturating_add(enactment) < exit,
					"exit_delay is too short for the vote of a referendum",
				),
				(
					enactment <= u64::from(vote_locking(parameters)),
					"exit_delay is too short for the lock of a vote to last until its enactment",
				),
			],
		};
		if let Some((_, reason)) = rules.into_iter().find(|(holds, _)| !holds) {
			return Err(reason);
		}
	}
	Ok(())
}

/// The tracks of the running network.
pub struct Tracks;
impl TracksInfo<Balance, BlockNumber> for Tracks {
	type Id = TrackId;
	type RuntimeOrigin = OriginCaller;

	fn tracks() -> impl Iterator<Item = Cow<'static, Track<TrackId, Balance, BlockNumber>>> {
		let parameters = clock::parameters();
		ALL.into_iter().filter_map(move |id| Some(Cow::Owned(Track { id, info: track(id, &parameters)? })))
	}

	fn track_for(origin: &OriginCaller) -> Result<TrackId, ()> {
		let id = match origin {
			OriginCaller::system(RawOrigin::Root) => ROOT,
			OriginCaller::Origins(Origin::WhitelistedCaller) => WHITELISTED_CALLER,
			OriginCaller::Origins(Origin::Parameters) => PARAMETERS,
			OriginCaller::Origins(Origin::SlashDisputes) => SLASH_DISPUTES,
			OriginCaller::Origins(Origin::SmallSpender) => SMALL_SPENDER,
			OriginCaller::Origins(Origin::BigSpender) => BIG_SPENDER,
			OriginCaller::Origins(Origin::ReferendumCanceller) => REFERENDUM_CANCELLER,
			OriginCaller::Origins(Origin::ReferendumKiller) => REFERENDUM_KILLER,
			// No referendum acts as an account, or as the committee.
			_ => return Err(()),
		};
		Ok(id)
	}

	fn track_ids() -> impl Iterator<Item = TrackId> {
		ALL.into_iter()
	}

	fn info(id: TrackId) -> Option<Cow<'static, TrackInfo<Balance, BlockNumber>>> {
		track(id, &clock::parameters()).map(Cow::Owned)
	}

	fn check_integrity() -> Result<(), &'static str> {
		if !ALL.is_sorted() {
			return Err("the tracks are in the order of their ids");
		}
		check(&clock::parameters())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::Perbill;

	const NETWORKS: [NetworkParameters; 3] =
		[NetworkParameters::PRODUCTION, NetworkParameters::LOCAL, NetworkParameters::DEVELOPMENT];

	fn of(id: TrackId, parameters: &NetworkParameters) -> TrackInfo<Balance, BlockNumber> {
		track(id, parameters).expect("a track")
	}

	#[test]
	fn votes_are_in_time_on_every_network_that_we_ship() {
		for parameters in NETWORKS {
			assert_eq!(check(&parameters), Ok(()));
			let exit = exit_delay(&parameters);
			for id in ALL {
				let track = of(id, &parameters);
				let vote = track.prepare_period + track.decision_period + track.confirm_period;
				match id {
					// An exit in the block of the approval is filed under the next era, matures after the exit delay,
					// and an appealed slash can hold it for the appeal window.
					ROOT => {
						let era = parameters.session_slots * parameters.era_sessions;
						let left = exit + appeal_window(&parameters) + 2 * era;
						assert!(vote < exit && track.min_enactment_period >= left);
					},
					_ => assert!(vote + track.min_enactment_period < exit, "{id}"),
				}
				assert!(track.min_enactment_period <= vote_locking(&parameters), "{id}");
				assert!(track.prepare_period < exit, "a referendum times out only without a deposit");
			}
			let dispute = of(SLASH_DISPUTES, &parameters);
			let all = dispute.prepare_period
				+ dispute.decision_period
				+ dispute.confirm_period
				+ dispute.min_enactment_period
				+ 2;
			// Half of the slots may be empty.
			assert!(2 * all <= appeal_window(&parameters), "{all}");
			assert!(dispute.decision_deposit <= AppealBond::get());
		}
	}

	#[test]
	fn periods_in_production_are_those_of_the_page() {
		let hours = |blocks: BlockNumber| f64::from(blocks) / 600.0;
		let periods = |id| {
			let track = of(id, &NetworkParameters::PRODUCTION);
			[track.prepare_period, track.decision_period, track.confirm_period, track.min_enactment_period]
				.map(hours)
		};
		assert_eq!(periods(ROOT), [3.0, 84.0, 6.0, 252.0]);
		assert_eq!(periods(WHITELISTED_CALLER), [0.5, 84.0, 0.5, 100.0 / 600.0]);
		assert_eq!(periods(PARAMETERS), [3.0, 84.0, 6.0, 6.0]);
		assert_eq!(periods(SLASH_DISPUTES), [1.0, 24.0, 3.0, 0.5]);
		assert_eq!(periods(SMALL_SPENDER), [1.0, 42.0, 3.0, 1.0]);
		assert_eq!(periods(BIG_SPENDER), [3.0, 84.0, 12.0, 6.0]);
		assert_eq!(periods(REFERENDUM_CANCELLER), [0.5, 21.0, 1.5, 100.0 / 600.0]);
		assert_eq!(periods(REFERENDUM_KILLER), [0.5, 21.0, 1.5, 100.0 / 600.0]);
	}

	#[test]
	fn parameters_that_leave_no_time_for_votes_are_refused_with_the_reason() {
		let refused = |change: fn(&mut NetworkParameters)| {
			let mut parameters = NetworkParameters::LOCAL;
			change(&mut parameters);
			assert_eq!(parameters.check(), Ok(()));
			check(&parameters).expect_err("no time")
		};
		assert_eq!(
			refused(|p| p.max_veto_window = 0),
			"max_veto_window is too short for a vote about a slash that was appealed"
		);
		assert_eq!(
			refused(|p| (p.session_slots, p.era_sessions, p.exit_delay, p.max_veto_window) = (2, 2, 2, 1)),
			"max_veto_window is too short for a vote about a slash that was appealed"
		);
		assert_eq!(
			refused(|p| (p.session_slots, p.era_sessions) = (1_000_000, 1_000)),
			"exit_delay and max_veto_window have more slots than a referendum can wait for"
		);
		assert_eq!(
			refused(|p| {
				(p.session_slots, p.era_sessions) = (2, 2);
				(p.exit_delay, p.max_veto_window, p.consensus_deferral) = (1, 0, 0);
			}),
			"exit_delay is too short for a vote of root's track"
		);
	}

	#[test]
	fn thresholds_begin_and_end_where_the_page_says() {
		let ends = |curve: &Curve| {
			[Perbill::zero(), Perbill::one()]
				.map(|at| (curve.threshold(at).deconstruct() + 500_000) / 1_000_000)
				.map(|mille| f64::from(mille) / 10.0)
		};
		let of = |id| {
			let track = of(id, &NetworkParameters::PRODUCTION);
			(ends(&track.min_approval), ends(&track.min_support))
		};
		assert_eq!(of(ROOT), ([100.0, 50.0], [50.0, 10.0]));
		assert_eq!(of(WHITELISTED_CALLER), ([100.0, 50.0], [50.0, 5.0]));
		assert_eq!(of(PARAMETERS), ([100.0, 50.0], [50.0, 3.0]));
		assert_eq!(of(SLASH_DISPUTES), ([100.0, 50.0], [25.0, 1.0]));
		assert_eq!(of(SMALL_SPENDER), ([100.0, 50.0], [50.0, 1.0]));
		assert_eq!(of(BIG_SPENDER), ([100.0, 50.0], [50.0, 4.0]));
		assert_eq!(of(REFERENDUM_CANCELLER), ([100.0, 50.0], [50.0, 2.0]));
		assert_eq!(of(REFERENDUM_KILLER), ([100.0, 60.0], [50.0, 3.0]));
	}

	/// A fifth of all STAY enacts a whitelisted call within five hours.
	#[test]
	fn a_whitelisted_call_with_wide_support_takes_hours() {
		let track = of(WHITELISTED_CALLER, &NetworkParameters::PRODUCTION);
		let support = track.min_support.delay(Perbill::from_percent(20)) * track.decision_period;
		let all = track.prepare_period + support + track.confirm_period + track.min_enactment_period;
		assert!(all <= 5 * 600, "{all}");
	}

	#[test]
	fn a_referendum_has_an_origin_of_governance() {
		use pallet_collective::RawOrigin::Members;
		let expected = [
			(OriginCaller::system(RawOrigin::Root), Ok(ROOT)),
			(OriginCaller::Origins(Origin::WhitelistedCaller), Ok(WHITELISTED_CALLER)),
			(OriginCaller::Origins(Origin::Parameters), Ok(PARAMETERS)),
			(OriginCaller::Origins(Origin::SlashDisputes), Ok(SLASH_DISPUTES)),
			(OriginCaller::Origins(Origin::SmallSpender), Ok(SMALL_SPENDER)),
			(OriginCaller::Origins(Origin::BigSpender), Ok(BIG_SPENDER)),
			(OriginCaller::Origins(Origin::ReferendumCanceller), Ok(REFERENDUM_CANCELLER)),
			(OriginCaller::Origins(Origin::ReferendumKiller), Ok(REFERENDUM_KILLER)),
			(OriginCaller::system(RawOrigin::Signed(OperatorDelegation::custody())), Err(())),
			(OriginCaller::system(RawOrigin::None), Err(())),
			(OriginCaller::TechnicalCommittee(Members(13, 13)), Err(())),
		];
		for (origin, track) in expected {
			assert_eq!(Tracks::track_for(&origin), track, "{origin:?}");
		}
	}

	#[test]
	fn the_tracks_of_a_network_are_those_of_its_parameters() {
		sp_io::TestExternalities::default().execute_with(|| {
			assert_eq!(Tracks::check_integrity(), Ok(()));
			let all: Vec<_> = Tracks::tracks().map(Cow::into_owned).collect();
			assert_eq!(all.iter().map(|track| track.id).collect::<Vec<_>>(), ALL);
			assert!(all.iter().all(|track| Tracks::info(track.id).as_deref() == Some(&track.info)));
			assert_eq!(Tracks::info(2), None);
			assert_eq!(Tracks::info(ROOT).expect("root's").decision_period, 84 * 600);
			mainstay_staking::Parameters::<Runtime>::put(NetworkParameters::LOCAL);
			assert_eq!(Tracks::info(ROOT).expect("root's").decision_period, 60);
		});
	}
}
