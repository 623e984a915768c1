//! Shows referenda and tracks.

use super::{
	ballot::stay,
	referendum::{count, percent, Referendum, Stored},
	rules::Rules,
	tracks::{name_of, Track, TrackArg, REFERENDA},
};
use crate::{
	chain::{stored, AtBlock},
	commands::show::slash,
	context::Context,
	error::Error,
	read,
	values::{grouped, STAY_DECIMALS},
};
use clap::Args;
use serde_json::{json, Value};
use sp_arithmetic::Perbill;

/// The referenda of a list, unless more are asked for.
const FEW: u32 = 20;

/// The arguments of `list`.
#[derive(Args, Debug)]
pub struct List {
	/// Those of this track. Of what ended long ago, a node no longer knows the track
	#[arg(long, value_enum)]
	pub track: Option<TrackArg>,
	/// Only those that go on
	#[arg(long)]
	pub ongoing: bool,
	/// How many to look at, the latest first
	#[arg(long, value_name = "N", default_value_t = FEW)]
	pub most: u32,
	/// Look at all there ever were
	#[arg(long, conflicts_with = "most")]
	pub all: bool,
}

impl List {
	/// Prints the list.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let at = context.chain.at_best().await?;
		let rules = Rules::of(context, &at).await?;
		let last = count(&at).await?;
		let first = if self.all { 0 } else { last.saturating_sub(self.most) };
		let mut found = vec![];
		for index in (first..last).rev() {
			let referendum = Referendum::read(context, &at, index).await?;
			let ongoing = matches!(referendum.stored, Stored::Ongoing(_));
			let track = referendum.status().map(|status| status.track);
			let is_of_track = self.track.is_none_or(|wanted| track == Some(wanted.id()));
			if is_of_track && (ongoing || !self.ongoing) {
				found.push(referendum);
			}
		}
		if context.out.is_json() {
			let list: Vec<_> = found.iter().map(|referendum| referendum.json(&rules)).collect();
			answer(context, &at, list.into());
			return Ok(());
		}
		if found.is_empty() {
			context.out.line("no referenda like these");
			return Ok(());
		}
		let header = ["", "is to", "track", "stands", "approval", "support"];
		context.out.table(&header, found.iter().map(|referendum| row(referendum, &rules)).collect());
		if first > 0 {
			context.out.note(&format!("\nThere are {first} before these. --most or --all shows more."));
		}
		Ok(())
	}
}

/// A referendum in a table.
fn row(referendum: &Referendum, rules: &Rules) -> Vec<String> {
	let needs = referendum.needs(rules);
	let of = |(has, needed): (Perbill, Perbill)| format!("{} of {}", short(has), least(needed));
	vec![
		referendum.index.to_string(),
		referendum.call.as_ref().map_or_else(|| "-".into(), |call| call.sentence.clone()),
		referendum.status().map_or_else(|| "-".into(), |status| name_of(status.track)),
		referendum.phase().into(),
		needs.map_or_else(String::new, |needs| of(needs.approval)),
		needs.map_or_else(String::new, |needs| of(needs.support)),
	]
}

/// The parts of a decimal of a percentage in a table.
const DECIMAL: u32 = 1_000_000;

/// A part in percent, with one decimal, rounded down.
fn short(part: Perbill) -> String {
	percent(Perbill::from_parts(part.deconstruct() / DECIMAL * DECIMAL))
}

/// A part that is needed in percent, with one decimal, rounded up.
fn least(part: Perbill) -> String {
	percent(Perbill::from_parts(part.deconstruct().div_ceil(DECIMAL) * DECIMAL))
}

/// Prints one referendum.
pub async fn show(context: &Context, index: u32) -> Result<(), Error> {
	let at = context.chain.at_best().await?;
	let rules = Rules::of(context, &at).await?;
	let referendum = Referendum::read(context, &at, index).await?;
	if context.out.is_json() {
		answer(context, &at, referendum.json(&rules));
		return Ok(());
	}
	let mut rows = referendum.rows(context, &rules);
	if let Some(id) = referendum.call.as_ref().and_then(|call| disputed(&call.json)) {
		// It may be no longer on record.
		let said = slash(context, id).await.map_or_else(|error| error.to_string(), |(_, said)| said);
		rows.push((format!("slash {id}"), said));
	}
	context.out.rows(&rows);
	Ok(())
}

/// The slash that a call is about.
fn disputed(call: &Value) -> Option<u32> {
	let call = &call["slashing"];
	["cancel", "veto", "reinstate"].into_iter().find_map(|name| read::unsigned(&call[name]["id"]))
}

/// Prints the tracks.
pub async fn tracks(context: &Context) -> Result<(), Error> {
	let at = context.chain.at_best().await?;
	let rules = Rules::of(context, &at).await?;
	let mut busy = vec![];
	for track in &rules.tracks {
		busy.push(read::unsigned(&stored(&at, REFERENDA, "DecidingCount", (track.id,)).await?).unwrap_or(0));
	}
	if context.out.is_json() {
		let mut json = rules.json();
		for (track, deciding) in json["tracks"].as_array_mut().into_iter().flatten().zip(busy) {
			track["deciding"] = deciding.into();
		}
		answer(context, &at, json);
		return Ok(());
	}
	let header = ["track", "busy", "STAY", "prepare", "decide", "confirm", "enact"];
	let rows = rules.tracks.iter().zip(busy).map(|(track, busy)| {
		let periods = [track.prepare, track.decision, track.confirm, track.enactment];
		let busy = match track.max_deciding {
			// As many as there are.
			u32::MAX => busy.to_string(),
			most => format!("{busy}/{most}"),
		};
		let deposit = grouped(track.decision_deposit, STAY_DECIMALS);
		let mut row = vec![track.name.clone(), busy, deposit];
		row.extend(periods.map(|blocks| rules.length(blocks)));
		row
	});
	context.out.table(&header, rows.collect());
	context.out.heading("what a decision needs, from its beginning over its half to its end");
	let header = ["track", "approval", "support of all STAY"];
	context.out.table(&header, rules.tracks.iter().map(needs).collect());
	context.out.line(&format!(
		"\nIn the first table are the deposits for decisions. A submission takes {}.\nA conviction locks for {} or a multiple of it.",
		stay(rules.submission_deposit),
		rules.lasting(rules.lock_period)
	));
	Ok(())
}

/// What a track needs, in a table.
fn needs(track: &Track) -> Vec<String> {
	let (half, end) = (track.decision / 2, track.decision);
	let all = [0, half, end].map(|elapsed| track.needed(elapsed));
	let said = |parts: [Perbill; 3]| parts.map(least).join(", ");
	vec![track.name.clone(), said(all.map(|(approval, _)| approval)), said(all.map(|(_, support)| support))]
}

/// An answer for programs, in the form of the `show` commands.
fn answer(context: &Context, at: &AtBlock, value: Value) {
	context.out.json(&json!({ "at": format!("{:?}", at.block_hash()), "value": value }));
}

#[cfg(test)]
mod tests {
	use super::{super::tracks::testing::track, *};

	#[test]
	fn parts_are_short_in_tables() {
		assert_eq!(short(Perbill::from_parts(333_333_333)), "33.3%");
		assert_eq!(short(Perbill::from_parts(999_999_999)), "99.9%");
		assert_eq!((short(Perbill::one()), short(Perbill::zero())), ("100%".into(), "0%".into()));
		assert_eq!((least(Perbill::one()), least(Perbill::zero())), ("100%".into(), "0%".into()));
		assert_eq!(least(Perbill::from_parts(499_999_999)), "50%");
		assert_eq!(needs(&track()), ["slash_disputes", "100%, 75%, 50%", "50%, 25%, 0%"]);
	}

	#[test]
	fn disputes_are_known_by_their_slash() {
		assert_eq!(disputed(&json!({ "slashing": { "veto": { "id": 3, "reason": "" } } })), Some(3));
		assert_eq!(disputed(&json!({ "slashing": { "payout": { "id": 3 } } })), None);
		assert_eq!(disputed(&Value::Null), None);
	}
}
