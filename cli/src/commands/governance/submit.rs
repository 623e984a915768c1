//! Submits a referendum, with its preimage and its deposit, in one transaction.

use super::{
	ballot::stay,
	calls::{hash_of, stored_length},
	referendum::count,
	rules::Rules,
	tracks::{Track, TrackArg},
};
use crate::{
	context::Context,
	error::Error,
	read,
	runtime::{
		bounded_collections::bounded_vec::BoundedVec,
		frame_support::traits::{preimages::Bounded, schedule::DispatchTime},
		pallet_preimage::pallet::Call as Preimage,
		pallet_referenda::pallet::Call as Referenda,
		RuntimeCall,
	},
	transaction::{carry_out, encode, Action, Done},
};
use serde_json::{json, Value};

/// The longest call that a referendum carries itself, in bytes. A longer one is a preimage.
const MAX_INLINE: usize = 128;
/// The longest preimage, in bytes.
const MAX_PREIMAGE: usize = 4 * 1024 * 1024;

/// What is proposed.
pub struct Proposal {
	/// In words, in the imperative.
	pub title: String,
	/// The call.
	pub call: RuntimeCall,
	/// The track.
	pub track: TrackArg,
	/// What people should know about it.
	pub rows: Vec<(String, String)>,
}

/// Submits a referendum about a call, which is made `after` blocks after the approval at the earliest.
pub async fn submit(context: &Context, proposal: Proposal, deposit: bool, after: u32) -> Result<(), Error> {
	let (title, call) = (&proposal.title, &proposal.call);
	let at = context.chain.at_best().await?;
	let rules = Rules::of(context, &at).await?;
	let track = rules
		.track(proposal.track.id())
		.ok_or_else(|| Error::Incompatible(format!("the chain has no track {}", proposal.track.name())))?;
	let bytes = encode(call, &at)?;
	let hash = hash_of(&bytes);
	let mut calls = vec![];
	let bounded = match bytes.len() {
		..=MAX_INLINE => Bounded::Inline(BoundedVec(bytes)),
		length @ ..=MAX_PREIMAGE => {
			if stored_length(&at, hash).await?.is_none() {
				calls.push(RuntimeCall::Preimage(Preimage::note_preimage { bytes }));
			}
			Bounded::Lookup { hash, len: u32::try_from(length).unwrap_or(u32::MAX) }
		},
		length => {
			return Err(Error::Usage(format!(
				"the call has {length} bytes, and at most {MAX_PREIMAGE} can be stored"
			)));
		},
	};
	calls.push(RuntimeCall::Referenda(Referenda::submit {
		proposal_origin: Box::new(proposal.track.origin()),
		proposal: bounded,
		enactment_moment: DispatchTime::After(after),
	}));
	let index = count(&at).await?;
	if deposit {
		calls.extend(with_deposit(index));
	}
	let mut rows = vec![("referendum".to_string(), format!("{index}, if no other comes first"))];
	rows.extend(proposal.rows.iter().cloned());
	rows.extend(course(&rules, track, index, deposit, after));
	let json = json!({
		"index": index, "track": track.json(), "hash": format!("{hash:?}"), "blocks": blocks(&rules, track, after),
		"submissionDeposit": rules.submission_deposit.to_string(),
	});
	let mut action = Action::all(format!("submit a referendum to {title}"), calls);
	(action.exposure, action.exposure_json) = (rows, json.clone());
	let done = carry_out(context, action).await?;
	let index = submitted(&done);
	let json =
		json!({ "index": index, "track": json["track"], "hash": json["hash"], "blocks": json["blocks"] });
	let told = index.map_or_else(Vec::new, |index| {
		let mut told = vec![("referendum".to_string(), index.to_string())];
		told.extend(course(&rules, track, index, deposit, after));
		told
	});
	done.tell_with(context, ("referendum", json), "How it goes on:", &told).await;
	Ok(())
}

/// The calls that place the decision deposit of the referendum that the same transaction submits before.
///
/// Its number is known only if no other referendum comes first. The first of these calls changes nothing, and the chain
/// refuses it, and with it the whole transaction, if the referendum of that number is another account's: nobody can make
/// somebody else's deposit open the decision about his own referendum.
fn with_deposit(index: u32) -> [RuntimeCall; 2] {
	[
		RuntimeCall::Referenda(Referenda::set_metadata { index, maybe_hash: None }),
		RuntimeCall::Referenda(Referenda::place_decision_deposit { index }),
	]
}

/// The number of the referendum that was submitted, or would be.
fn submitted(done: &Done) -> Option<u32> {
	let event = done.events.iter().find(|event| event.path() == "Referenda.Submitted")?;
	read::unsigned(&event.fields["index"])
}

/// The blocks after the submission in which the phases end: preparation, decision, and the earliest and the latest call.
fn blocks(rules: &Rules, track: &Track, after: u32) -> Value {
	let (least, most) = effect(track, after);
	let from = |blocks: u32| rules.now.saturating_add(blocks);
	json!({
		"decision": from(track.prepare),
		"decisionEnds": from(track.prepare.saturating_add(track.decision)),
		"enactedEarliest": from(least),
		"enactedLatest": from(most),
	})
}

/// The blocks from the submission to the call, at the least and at the most.
fn effect(track: &Track, after: u32) -> (u32, u32) {
	let (least, most) = track.duration();
	let later = after.saturating_sub(track.enactment.max(1));
	(least.saturating_add(later), most.saturating_add(later))
}

/// What it costs, and when what happens.
fn course(rules: &Rules, track: &Track, index: u32, deposit: bool, after: u32) -> Vec<(String, String)> {
	let (least, most) = effect(track, after);
	let from = |blocks: u32| rules.when(rules.now.saturating_add(blocks));
	let decision = match deposit {
		true => format!("{} for the decision, released at its end", stay(track.decision_deposit)),
		false => format!(
			"{} for the decision, by anyone: `mainstay-cli governance place-deposit {index}`. Without it the referendum \
			 lapses in {}",
			stay(track.decision_deposit),
			from(rules.timeout)
		),
	};
	let row = |name: &str, text: String| (name.to_string(), text);
	vec![
		row("track", track.name.clone()),
		row(
			"deposits",
			format!(
				"{} for the submission, released if it is approved or cancelled, and kept for good if not",
				stay(rules.submission_deposit)
			),
		),
		row("", decision),
		row("is prepared", format!("for {}, until {}", rules.lasting(track.prepare), from(track.prepare))),
		row("is decided", format!("within {}", rules.lasting(track.decision))),
		row(
			"is confirmed",
			format!("if its votes are enough for {} without a break", rules.lasting(track.confirm)),
		),
		row(
			"takes effect",
			format!(
				"{} after that: in {} at the earliest, and {} at the latest",
				rules.lasting(track.enactment.max(1).max(after)),
				from(least),
				from(most)
			),
		),
	]
}

#[cfg(test)]
mod tests {
	use super::{super::rules::testing::rules, *};

	#[test]
	fn the_course_of_a_referendum_is_told() {
		let rules = rules();
		let track = &rules.tracks[0];
		let told = |deposit, after| {
			let rows = course(&rules, track, 3, deposit, after).into_iter();
			rows.map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>()
		};
		assert_eq!(
			told(true, 0),
			[
				"track: slash_disputes",
				"deposits: 10 STAY for the submission, released if it is approved or cancelled, and kept for good if not",
				": 100 STAY for the decision, released at its end",
				"is prepared: for 5 blocks (about 30 s), until block 1005 (in about 30 s)",
				"is decided: within 100 blocks (about 10 min)",
				"is confirmed: if its votes are enough for 7 blocks (about 42 s) without a break",
				"takes effect: 3 blocks (about 18 s) after that: in block 1015 (in about 1 min 30 s) at the earliest, and block 1115 (in about 11 min 30 s) at the latest",
			]
		);
		assert!(told(false, 0)[2].ends_with("`mainstay-cli governance place-deposit 3`. Without it the referendum lapses in block 1500 (in about 50 min)"));
		assert!(told(true, 13)[6]
			.starts_with("takes effect: 13 blocks (about 1 min 18 s) after that: in block 1025"));
		let expected = json!({ "decision": 1_005, "decisionEnds": 1_105, "enactedEarliest": 1_015, "enactedLatest": 1_115 });
		assert_eq!(blocks(&rules, track, 3), expected);
	}

	#[test]
	fn the_deposit_is_for_the_own_referendum_only() {
		let [guard, deposit] = with_deposit(3);
		let is_guard =
			matches!(guard, RuntimeCall::Referenda(Referenda::set_metadata { index: 3, maybe_hash: None }));
		let places =
			matches!(deposit, RuntimeCall::Referenda(Referenda::place_decision_deposit { index: 3 }));
		assert!(is_guard && places);
	}
}
