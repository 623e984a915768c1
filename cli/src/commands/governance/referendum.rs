//! One referendum: what it would do, how it stands, and when it ends.

use super::{
	ballot::stay,
	calls::Call,
	rules::Rules,
	tracks::{fraction, name_of, Track, REFERENDA},
};
use crate::{
	chain::{stored, AtBlock},
	context::Context,
	error::Error,
	read,
	scale::hex_of,
	values::{decimal, grouped, STAY_DECIMALS},
};
use codec::Encode;
use serde_json::{json, Value};
use sp_arithmetic::Perbill;

/// What the scheduler's names of enactments begin with.
const ENACTMENT: ([u8; 8], &str) = (*b"assembly", "enactment");

/// The votes in a referendum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
	/// Votes in favour, by conviction.
	pub ayes: u128,
	/// Votes against, by conviction.
	pub nays: u128,
	/// The STAY that votes in favour or abstains, without conviction.
	pub support: u128,
}

impl Tally {
	fn of(tally: &Value) -> Option<Self> {
		let amount = |name: &str| read::number(&tally[name]);
		Some(Self { ayes: amount("ayes")?, nays: amount("nays")?, support: amount("support")? })
	}

	/// The part of the votes that is in favour.
	pub fn approval(&self) -> Perbill {
		match self.ayes.saturating_add(self.nays) {
			0 => Perbill::zero(),
			votes => Perbill::from_rational(self.ayes, votes),
		}
	}

	/// The part of all STAY that supports it.
	pub fn support(&self, issuance: u128) -> Perbill {
		Perbill::from_rational(self.support, issuance)
	}
}

/// A deposit for a referendum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
	/// Whose it is.
	pub who: String,
	/// How much, in the smallest unit of STAY.
	pub amount: u128,
}

impl Deposit {
	fn of(deposit: &Value) -> Option<Self> {
		Some(Self { who: deposit["who"].as_str()?.into(), amount: read::number(&deposit["amount"])? })
	}

	fn json(&self) -> Value {
		json!({ "who": self.who, "amount": self.amount.to_string() })
	}
}

/// The state of a referendum that goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Ongoing {
	/// Its track.
	pub track: u16,
	/// Its call, as the chain has it.
	pub proposal: Value,
	/// The block before which the call is not made, if there is one.
	pub not_before: Option<u32>,
	/// How many blocks after the approval the call is made at the earliest.
	pub delay: u32,
	/// The block of its submission.
	pub submitted: u32,
	/// The deposit for its submission.
	pub submission_deposit: Option<Deposit>,
	/// The deposit for its decision.
	pub decision_deposit: Option<Deposit>,
	/// The block in which the decision began, and that in which it is approved if it keeps its votes.
	pub deciding: Option<(u32, Option<u32>)>,
	/// The votes.
	pub tally: Tally,
	/// Whether it waits for a place on its track.
	pub in_queue: bool,
}

impl Ongoing {
	fn of(status: &Value) -> Option<Self> {
		let number = |value: &Value| read::unsigned(value);
		let deciding = &status["deciding"];
		Some(Self {
			track: number(&status["track"])?.try_into().ok()?,
			proposal: status["proposal"].clone(),
			not_before: number(&status["enactment"]["at"]),
			delay: number(&status["enactment"]["after"]).unwrap_or(0),
			submitted: number(&status["submitted"])?,
			submission_deposit: Deposit::of(&status["submissionDeposit"]),
			decision_deposit: Deposit::of(&status["decisionDeposit"]),
			deciding: number(&deciding["since"]).map(|since| (since, number(&deciding["confirming"]))),
			tally: Tally::of(&status["tally"])?,
			in_queue: status["inQueue"] == true,
		})
	}

	/// The block of the call, if the referendum is approved in this block.
	fn enacted(&self, track: &Track, approved: u32) -> u32 {
		let least = approved.saturating_add(track.enactment.max(1));
		let wanted = self.not_before.unwrap_or_else(|| approved.saturating_add(self.delay));
		least.max(wanted)
	}
}

/// How a referendum ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
	/// Its call is made, or will be.
	Approved,
	/// It had too few votes.
	Rejected,
	/// It was cancelled.
	Cancelled,
	/// Nobody placed its decision deposit.
	TimedOut,
	/// It was cancelled, and its deposits are lost.
	Killed,
}

impl End {
	/// From the name that the chain gives it.
	fn of(name: &str) -> Option<Self> {
		Some(match name {
			"approved" => Self::Approved,
			"rejected" => Self::Rejected,
			"cancelled" => Self::Cancelled,
			"timedOut" => Self::TimedOut,
			"killed" => Self::Killed,
			_ => return None,
		})
	}

	fn name(self) -> &'static str {
		match self {
			Self::Approved => "approved",
			Self::Rejected => "rejected",
			Self::Cancelled => "cancelled",
			Self::TimedOut => "timedOut",
			Self::Killed => "killed",
		}
	}
}

/// What is stored of a referendum.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
	/// It goes on.
	Ongoing(Ongoing),
	/// It ended: how, in which block, and the deposits for submission and decision that are still held.
	Ended(End, u32, [Option<Deposit>; 2]),
}

impl Stored {
	fn of(info: &Value) -> Option<Self> {
		let (name, fields) = info.as_object()?.iter().next()?;
		if name == "ongoing" {
			return Ongoing::of(fields).map(Self::Ongoing);
		}
		let end = End::of(name)?;
		// A referendum that was killed has no deposits.
		let block = read::unsigned(&fields[0]).or_else(|| read::unsigned(fields))?;
		Some(Self::Ended(end, block, [Deposit::of(&fields[1]), Deposit::of(&fields[2])]))
	}

	/// What is stored of a referendum in a state; none if there is no such referendum.
	pub async fn read(at: &AtBlock, index: u32) -> Result<Option<Self>, Error> {
		let info = stored(at, REFERENDA, "ReferendumInfoFor", (index,)).await?;
		if info.is_null() {
			return Ok(None);
		}
		let known = Self::of(&info).ok_or_else(|| {
			Error::Incompatible(format!(
				"referendum {index} is stored in a form that this program does not know"
			))
		})?;
		Ok(Some(known))
	}
}

/// How many referenda there have been, which is the number of the next one.
pub async fn count(at: &AtBlock) -> Result<u32, Error> {
	Ok(read::unsigned(&stored(at, REFERENDA, "ReferendumCount", ()).await?).unwrap_or(0))
}

/// The error for a number that no referendum has.
pub fn missing(index: u32) -> Error {
	Error::NotFound(format!("there is no referendum {index}: look at `mainstay-cli governance list`"))
}

/// A referendum, with everything that is told about it.
pub struct Referendum {
	/// Its number.
	pub index: u32,
	/// What is stored of it.
	pub stored: Stored,
	/// Its last state before it ended, if the node still has that.
	last: Option<Ongoing>,
	/// Its call; none if the node no longer has it.
	pub call: Option<Call>,
	/// The block in which the call of an approved referendum is made; none if it was made.
	scheduled: Option<u32>,
}

impl Referendum {
	/// Reads a referendum at a block.
	///
	/// # Errors There is none of that number.
	pub async fn read(context: &Context, at: &AtBlock, index: u32) -> Result<Self, Error> {
		let stored = Stored::read(at, index).await?.ok_or_else(|| missing(index))?;
		let mut found = Self { index, stored, last: None, call: None, scheduled: None };
		match &found.stored {
			Stored::Ongoing(status) => {
				found.call = Some(Call::of_proposal(context, at, &status.proposal).await?);
			},
			Stored::Ended(end, block, _) => {
				if let Some((status, call)) = before(context, index, *block).await {
					(found.last, found.call) = (Some(status), call);
				}
				if *end == End::Approved {
					found.scheduled = enactment(at, index).await?;
				}
			},
		}
		Ok(found)
	}

	/// Its state, or the last one before its end, if the node has that.
	pub fn status(&self) -> Option<&Ongoing> {
		match &self.stored {
			Stored::Ongoing(status) => Some(status),
			Stored::Ended(..) => self.last.as_ref(),
		}
	}

	/// How it stands, in one word or two.
	pub fn phase(&self) -> &'static str {
		match &self.stored {
			Stored::Ongoing(status) => match (status.deciding, status.in_queue, &status.decision_deposit) {
				(Some((_, Some(_))), ..) => "confirming",
				(Some((_, None)), ..) => "deciding",
				(None, true, _) => "queued",
				(None, false, Some(_)) => "preparing",
				(None, false, None) => "needs deposit",
			},
			Stored::Ended(End::Approved, ..) if self.scheduled.is_none() => "enacted",
			Stored::Ended(End::TimedOut, ..) => "timed out",
			Stored::Ended(end, ..) => end.name(),
		}
	}

	/// The approval and the support that it has and needs now, in this order.
	pub fn needs(&self, rules: &Rules) -> Option<Needs> {
		let Stored::Ongoing(status) = &self.stored else { return None };
		let track = rules.track(status.track)?;
		let elapsed = status.deciding.map_or(0, |(since, _)| rules.now.saturating_sub(since));
		let (approval, support) = track.needed(elapsed);
		Some(Needs {
			approval: (status.tally.approval(), approval),
			support: (status.tally.support(rules.issuance), support),
		})
	}

	/// The blocks in which it enters its next phases, if no vote changes.
	fn times(&self, rules: &Rules) -> Option<Times> {
		let Stored::Ongoing(status) = &self.stored else { return None };
		let track = rules.track(status.track)?;
		let soon = rules.now.saturating_add(1);
		let prepared = status.submitted.saturating_add(track.prepare);
		let mut times = Times { from: prepared.max(soon), ..Default::default() };
		match status.deciding {
			None if status.decision_deposit.is_none() => {
				times.lapses = Some(status.submitted.saturating_add(rules.timeout));
			},
			None => {},
			Some((since, confirming)) => {
				times.from = since;
				times.ends = Some(since.saturating_add(track.decision));
				let needs = self.needs(rules)?;
				let passes = || {
					let after = track.passes_after(needs.approval.0, needs.support.0)?;
					Some(since.saturating_add(after).max(soon))
				};
				times.passes = if confirming.is_none() { passes() } else { None };
				times.approved =
					confirming.or_else(|| times.passes.map(|block| block.saturating_add(track.confirm)));
				times.enacted = times.approved.map(|block| status.enacted(track, block));
			},
		}
		Some(times)
	}

	/// What happens to it next, and when.
	pub fn next(&self, rules: &Rules) -> String {
		let (status, times) = match (&self.stored, self.times(rules)) {
			(Stored::Ongoing(status), Some(times)) => (status, times),
			(Stored::Ongoing(_), None) => return "its track is not known".into(),
			(Stored::Ended(End::Approved, ..), _) => {
				return match self.scheduled {
					Some(block) => format!("its call is made in {}", rules.when(block)),
					None => "its call was made".into(),
				}
			},
			(Stored::Ended(_, block, _), _) => return format!("it ended in {}", rules.when(*block)),
		};
		let track = rules.track(status.track);
		let deposit = track.map_or(0, |track| track.decision_deposit);
		match (status.deciding, times) {
			(None, Times { lapses: Some(lapses), .. }) => format!(
				"nothing is decided until somebody deposits {}, and without that it lapses in {}",
				stay(deposit),
				rules.when(lapses)
			),
			(None, _) if status.in_queue => "it waits until its track has a place for it".into(),
			(None, times) => format!("the decision begins in {}", rules.when(times.from)),
			(Some((_, Some(_))), Times { approved: Some(approved), enacted: Some(enacted), .. }) => format!(
				"it is approved in {} if it keeps its votes, and its call is made in {}",
				rules.when(approved),
				rules.when(enacted)
			),
			(Some(_), Times { passes: Some(passes), approved: Some(approved), .. }) => format!(
				"if no vote changes, its votes are enough from {} on, and it is approved in {}",
				rules.when(passes),
				rules.when(approved)
			),
			(Some(_), times) => {
				let ends = times.ends.map_or_else(|| "the end".into(), |block| rules.when(block));
				format!("if no vote changes, it is rejected in {ends}")
			},
		}
	}

	/// For programs.
	pub fn json(&self, rules: &Rules) -> Value {
		let status = self.status();
		let mut json = json!({
			"index": self.index,
			"phase": self.phase(),
			"call": self.call.as_ref().map(Call::json),
			"track": status.map(|status| json!({ "id": status.track, "name": name_of(status.track) })),
			"submitted": status.map(|status| status.submitted),
			"tally": status.map(|status| json!({
				"ayes": status.tally.ayes.to_string(),
				"nays": status.tally.nays.to_string(),
				"support": status.tally.support.to_string(),
			})),
		});
		let deposits = match &self.stored {
			Stored::Ongoing(status) => [&status.submission_deposit, &status.decision_deposit],
			Stored::Ended(_, _, [submission, decision]) => [submission, decision],
		};
		let [submission, decision] = deposits.map(|deposit| deposit.as_ref().map(Deposit::json));
		json["deposits"] = json!({ "submission": submission, "decision": decision });
		if let Some(Needs { approval, support }) = self.needs(rules) {
			let pair = |(has, needed)| json!({ "now": fraction(has), "needed": fraction(needed) });
			json["approval"] = pair(approval);
			json["support"] = pair(support);
		}
		json["blocks"] = match (&self.stored, self.times(rules)) {
			(Stored::Ended(_, block, _), _) => json!({ "ended": block, "enacted": self.scheduled }),
			(_, Some(times)) => times.json(),
			(_, None) => Value::Null,
		};
		json
	}

	/// For people, in rows.
	pub fn rows(&self, context: &Context, rules: &Rules) -> Vec<(String, String)> {
		let call = self.call.as_ref();
		let sentence =
			call.map_or("not known: the node no longer has its last state", |call| call.sentence.as_str());
		let mut rows =
			vec![("referendum".to_string(), self.index.to_string()), ("is to".into(), sentence.into())];
		if let Some(call) = call {
			rows.push(("hash of the call".into(), hex_of(&call.hash.0)));
		}
		if let Some(status) = self.status() {
			rows.push(("track".into(), name_of(status.track)));
		}
		rows.push(("stands".into(), self.phase().into()));
		rows.push(("next".into(), self.next(rules)));
		if let Some(status) = self.status() {
			let Tally { ayes, nays, support } = status.tally;
			rows.push(("ayes".into(), grouped(ayes, STAY_DECIMALS)));
			rows.push(("nays".into(), grouped(nays, STAY_DECIMALS)));
			rows.push(("support".into(), stay(support)));
		}
		if let Some(Needs { approval, support }) = self.needs(rules) {
			let of = |(has, needed)| format!("{} of the {} that it needs now", percent(has), least(needed));
			rows.push(("approval".into(), of(approval)));
			rows.push(("support of all STAY".into(), of(support)));
		}
		let deposits = match &self.stored {
			Stored::Ongoing(status) => [&status.submission_deposit, &status.decision_deposit],
			Stored::Ended(_, _, [submission, decision]) => [submission, decision],
		};
		for (what, deposit) in ["submission", "decision"].into_iter().zip(deposits) {
			if let Some(Deposit { who, amount }) = deposit {
				let who = who.parse().map_or_else(|_| who.clone(), |who| context.name(&who));
				rows.push((format!("{what} deposit"), format!("{} of {who}", stay(*amount))));
			}
		}
		rows
	}
}

/// The approval and the support that a referendum has and needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
	/// The approval that it has and needs.
	pub approval: (Perbill, Perbill),
	/// The support that it has and needs.
	pub support: (Perbill, Perbill),
}

/// When a referendum enters its next phases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Times {
	/// When the decision began, or begins at the earliest.
	from: u32,
	/// When it lapses without a decision deposit.
	lapses: Option<u32>,
	/// When the decision ends.
	ends: Option<u32>,
	/// When its votes are enough.
	passes: Option<u32>,
	/// When it is approved.
	approved: Option<u32>,
	/// When its call is made.
	enacted: Option<u32>,
}

impl Times {
	fn json(self) -> Value {
		let Self { from, lapses, ends, passes, approved, enacted } = self;
		json!({
			"decision": from, "lapses": lapses, "decisionEnds": ends, "passes": passes, "approved": approved,
			"enacted": enacted,
		})
	}
}

/// A part of a whole in percent, with at most four decimals, rounded down.
pub fn percent(part: Perbill) -> String {
	format!("{}%", decimal(u128::from(part.deconstruct() / 1_000), 4))
}

/// A part that is needed in percent, with at most four decimals, rounded up.
fn least(part: Perbill) -> String {
	percent(Perbill::from_parts(part.deconstruct().div_ceil(1_000).saturating_mul(1_000)))
}

/// The last state of a referendum that ended in this block, and its call; none if the node does not have it.
async fn before(context: &Context, index: u32, block: u32) -> Option<(Ongoing, Option<Call>)> {
	let hash = context.chain.request("chain_getBlockHash", json!([block.checked_sub(1)?])).await.ok()?;
	let at = context.chain.at(serde_json::from_value(hash).ok()?).await.ok()?;
	match Stored::read(&at, index).await.ok()?? {
		Stored::Ongoing(status) => {
			let call = Call::of_proposal(context, &at, &status.proposal).await.ok();
			Some((status, call))
		},
		Stored::Ended(..) => None,
	}
}

/// The block for which the scheduler has the call of an approved referendum; none if the call was made.
async fn enactment(at: &AtBlock, index: u32) -> Result<Option<u32>, Error> {
	let name = sp_crypto_hashing::blake2_256(&(ENACTMENT, index).encode());
	let found = stored(at, "Scheduler", "Lookup", (name,)).await?;
	Ok(read::unsigned(&found[0]))
}

#[cfg(test)]
mod tests {
	use super::{super::rules::testing::rules, *};

	const STAY: u128 = 1_000_000_000_000;

	fn status(change: impl FnOnce(&mut Value)) -> Value {
		let mut status = json!({
			"track": 20, "origin": { "origins": "slashDisputes" }, "proposal": { "inline": "0x0000" },
			"enactment": { "after": 0 }, "submitted": 990,
			"submissionDeposit": { "who": "alice", "amount": "10000000000000" }, "decisionDeposit": null,
			"deciding": null, "tally": { "ayes": "0", "nays": "0", "support": "0" }, "inQueue": false, "alarm": null,
		});
		change(&mut status);
		json!({ "ongoing": status })
	}

	fn referendum(info: &Value) -> Referendum {
		Referendum { index: 3, stored: Stored::of(info).unwrap(), last: None, call: None, scheduled: None }
	}

	fn deposited(status: &mut Value) {
		status["decisionDeposit"] = json!({ "who": "bob", "amount": "100000000000000" });
	}

	/// In decision since block 950, with 600 STAY for it and 200 against, and 250 of 1,000 in support.
	fn deciding(status: &mut Value) {
		deposited(status);
		status["deciding"] = json!({ "since": 950, "confirming": null });
		status["tally"] = json!({
			"ayes": (600 * STAY).to_string(), "nays": (200 * STAY).to_string(), "support": (250 * STAY).to_string(),
		});
	}

	#[test]
	fn phases_follow_each_other() {
		let rules = rules();
		let said = |change: &dyn Fn(&mut Value)| {
			let found = referendum(&status(|status| change(status)));
			(found.phase(), found.next(&rules))
		};
		let (phase, next) = said(&|_| {});
		assert_eq!(phase, "needs deposit");
		assert_eq!(next, "nothing is decided until somebody deposits 100 STAY, and without that it lapses in block 1490 (in about 49 min)");
		let (phase, next) = said(&deposited);
		assert_eq!((phase, next.as_str()), ("preparing", "the decision begins in block 1001 (in about 6 s)"));
		let (phase, next) = said(&|status| {
			deposited(status);
			status["inQueue"] = true.into();
		});
		assert_eq!((phase, next.as_str()), ("queued", "it waits until its track has a place for it"));

		// Approval of 75% is enough after half of the 100 blocks, support of 25% as well: in the next block.
		let (phase, next) = said(&deciding);
		assert_eq!(phase, "deciding");
		assert_eq!(next, "if no vote changes, its votes are enough from block 1001 (in about 6 s) on, and it is approved in block 1008 (in about 48 s)");
		let (_, next) = said(&|status| {
			deciding(status);
			status["tally"]["nays"] = (601 * STAY).to_string().into();
		});
		assert_eq!(next, "if no vote changes, it is rejected in block 1050 (in about 5 min)");
		let (phase, next) = said(&|status| {
			deciding(status);
			status["deciding"]["confirming"] = 1_005.into();
			status["enactment"] = json!({ "at": 1_200 });
		});
		assert_eq!(phase, "confirming");
		assert_eq!(next, "it is approved in block 1005 (in about 30 s) if it keeps its votes, and its call is made in block 1200 (in about 20 min)");
	}

	#[test]
	fn ends_are_told() {
		let rules = rules();
		let deposit = json!({ "who": "alice", "amount": "10000000000000" });
		let ended = |name: &str| referendum(&json!({ name: [900, deposit, null] }));
		for (name, phase) in [("rejected", "rejected"), ("cancelled", "cancelled"), ("timedOut", "timed out")]
		{
			let found = ended(name);
			assert_eq!(
				(found.phase(), found.next(&rules).as_str()),
				(phase, "it ended in block 900 (about 10 min ago)")
			);
		}
		let killed = referendum(&json!({ "killed": 900 }));
		assert_eq!(killed.stored, Stored::Ended(End::Killed, 900, [None, None]));
		let approved = ended("approved");
		assert_eq!((approved.phase(), approved.next(&rules).as_str()), ("enacted", "its call was made"));
		let waits = Referendum { scheduled: Some(1_003), ..approved };
		assert_eq!(
			(waits.phase(), waits.next(&rules).as_str()),
			("approved", "its call is made in block 1003 (in about 18 s)")
		);
		let json = waits.json(&rules);
		assert_eq!(json["blocks"], json!({ "ended": 900, "enacted": 1_003 }));
		assert_eq!(json["deposits"], json!({ "submission": deposit, "decision": null }));
		assert_eq!(Stored::of(&json!({ "later": [1] })), None);
		assert_eq!(Stored::of(&json!("ongoing")), None);
	}

	#[test]
	fn what_it_has_and_needs_is_told() {
		let rules = rules();
		let found = referendum(&status(deciding));
		let Needs { approval, support } = found.needs(&rules).unwrap();
		assert_eq!(approval, (Perbill::from_percent(75), Perbill::from_percent(75)));
		assert_eq!(support, (Perbill::from_percent(25), Perbill::from_percent(25)));
		let json = found.json(&rules);
		assert_eq!(json["approval"], json!({ "now": "750000000000000000", "needed": "750000000000000000" }));
		assert_eq!(json["track"], json!({ "id": 20, "name": "slash_disputes" }));
		assert_eq!(json["tally"]["ayes"], "600000000000000");
		assert_eq!(
			json["blocks"],
			json!({ "decision": 950, "lapses": null, "decisionEnds": 1_050, "passes": 1_001, "approved": 1_008, "enacted": 1_011 })
		);
		assert_eq!(percent(Perbill::from_parts(333_333_333)), "33.3333%");
		assert_eq!((percent(Perbill::one()), least(Perbill::one())), ("100%".into(), "100%".into()));
		assert_eq!(least(Perbill::from_parts(499_999_999)), "50%");
		// Before the decision, it needs what it will need at its beginning.
		let young = referendum(&status(|_| {}));
		assert_eq!(young.needs(&rules).unwrap().approval, (Perbill::zero(), Perbill::one()));
		assert_eq!(young.json(&rules)["blocks"]["lapses"], 1_490);
	}

	#[test]
	fn nobody_voted_is_no_approval() {
		assert_eq!(Tally::default().approval(), Perbill::zero());
		assert_eq!(Tally { ayes: 1, nays: 2, support: 1 }.approval(), Perbill::from_parts(333_333_333));
		assert_eq!(Tally { ayes: u128::MAX, nays: 1, support: 0 }.approval(), Perbill::one());
		assert_eq!(Tally::default().support(0), Perbill::one());
	}

	#[test]
	fn the_scheduler_is_asked_by_the_name_that_the_pallet_gives() {
		// Eight letters, a text of nine with its length, and a number of four bytes.
		let name = (ENACTMENT, 3u32).encode();
		assert_eq!(name, [b"assembly".as_slice(), &[9 << 2], b"enactment", &[3, 0, 0, 0]].concat());
	}
}
