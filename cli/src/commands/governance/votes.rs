//! The votes and delegations of an account, and until when they lock.

use super::{
	ballot::{stay, Ballot, ConvictionArg},
	referendum::{End, Stored},
	rules::{Rules, VOTING},
	stake::Standing,
	tracks::name_of,
};
use crate::{
	chain::{stored, AtBlock},
	context::Context,
	error::Error,
	output::units_in,
	read,
};
use serde_json::{json, Value};
use std::collections::BTreeMap;
use subxt::utils::AccountId32;

/// A vote that was cast.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
	/// The referendum.
	pub index: u32,
	/// The vote.
	pub ballot: Ballot,
	/// What is stored of the referendum.
	referendum: Option<Stored>,
}

impl Cast {
	/// The block from which the vote locks nothing; none while its referendum goes on.
	fn until(&self, rules: &Rules) -> Option<u32> {
		let (end, block) = match &self.referendum {
			Some(Stored::Ongoing(_)) => return None,
			Some(Stored::Ended(end, block, _)) => (*end, *block),
			None => return Some(0),
		};
		let periods = match end {
			End::Approved => self.ballot.periods(true),
			End::Rejected => self.ballot.periods(false),
			End::Cancelled | End::TimedOut | End::Killed => 0,
		};
		Some(block.saturating_add(rules.lock_period.saturating_mul(periods)))
	}

	/// Whether it locks nothing any more, and can be removed by anyone.
	pub fn is_over(&self, rules: &Rules) -> bool {
		self.until(rules).is_some_and(|until| until <= rules.now)
	}

	/// Until when it locks, in words.
	pub fn lock(&self, rules: &Rules) -> String {
		match self.until(rules) {
			Some(until) if until > rules.now => rules.when(until),
			Some(_) => "nothing: it can be removed".into(),
			None => "it is removed, or the referendum is over".into(),
		}
	}

	fn json(&self, rules: &Rules) -> Value {
		json!({ "referendum": self.index, "vote": self.ballot.json(), "lockedUntil": self.until(rules) })
	}
}

/// A delegation of votes.
#[derive(Clone, Debug, PartialEq)]
pub struct Delegation {
	/// Who votes.
	pub target: String,
	/// With how much, in the smallest unit of STAY.
	pub balance: u128,
	/// With which conviction.
	pub conviction: ConvictionArg,
}

impl Delegation {
	fn of(delegating: &Value) -> Option<Self> {
		Some(Self {
			target: delegating["target"].as_str()?.into(),
			balance: read::number(&delegating["balance"])?,
			conviction: ConvictionArg::of(&delegating["conviction"])?,
		})
	}

	fn json(&self) -> Value {
		json!({
			"target": self.target, "balance": self.balance.to_string(), "conviction": self.conviction.name(),
			"votes": self.conviction.votes(self.balance).to_string(),
		})
	}
}

/// What an account does on a track.
#[derive(Clone, Debug, PartialEq)]
enum Doing {
	/// It votes.
	Casting(Vec<Cast>),
	/// It delegates.
	Delegating(Delegation),
}

/// The votes of an account on one track.
#[derive(Clone, Debug, PartialEq)]
pub struct Voting {
	/// The track.
	pub track: u16,
	/// What the track locks of the account, in the smallest unit of STAY, until it is unlocked.
	pub locks: u128,
	doing: Doing,
	/// What others delegate to it: votes, and STAY.
	received: (u128, u128),
	/// A lock of earlier votes: the block of its end, and the amount.
	prior: Option<(u32, u128)>,
}

impl Voting {
	/// From the JSON that [`crate::scale`] decodes, without what is stored of the referenda; none for something else.
	fn read(track: u16, locks: u128, voting: &Value) -> Option<Self> {
		let (name, fields) = voting.as_object()?.iter().next()?;
		let doing = match name.as_str() {
			"casting" => {
				let votes = fields["votes"].as_array()?.iter();
				let cast = votes.map(|vote| {
					let (index, ballot) = (read::unsigned(&vote[0])?, Ballot::of(&vote[1])?);
					Some(Cast { index, ballot, referendum: None })
				});
				Doing::Casting(cast.collect::<Option<_>>()?)
			},
			"delegating" => Doing::Delegating(Delegation::of(fields)?),
			_ => return None,
		};
		let delegations = &fields["delegations"];
		let received = (read::number(&delegations["votes"])?, read::number(&delegations["capital"])?);
		let prior = (read::unsigned(&fields["prior"][0])?, read::number(&fields["prior"][1])?);
		Some(Self { track, locks, doing, received, prior: Some(prior).filter(|(_, amount)| *amount > 0) })
	}

	/// The votes of an account on a track, in a state. The locks of all its tracks are given.
	async fn with(
		at: &AtBlock,
		who: &AccountId32,
		track: u16,
		locks: &BTreeMap<u16, u128>,
	) -> Result<Self, Error> {
		let voting = stored(at, VOTING, "VotingFor", (*who, track)).await?;
		let locks = locks.get(&track).copied().unwrap_or(0);
		let mut voting = Self::read(track, locks, &voting).ok_or_else(|| {
			Error::Incompatible("votes are stored in a form that this program does not know".into())
		})?;
		if let Doing::Casting(votes) = &mut voting.doing {
			for cast in votes {
				cast.referendum = Stored::read(at, cast.index).await?;
			}
		}
		Ok(voting)
	}

	/// The votes of an account on a track.
	pub async fn of(at: &AtBlock, who: &AccountId32, track: u16) -> Result<Self, Error> {
		Self::with(at, who, track, &locks_of(at, who).await?).await
	}

	/// The votes of an account on all tracks.
	pub async fn all(at: &AtBlock, rules: &Rules, who: &AccountId32) -> Result<Vec<Self>, Error> {
		let locks = locks_of(at, who).await?;
		let mut all = vec![];
		for track in &rules.tracks {
			all.push(Self::with(at, who, track.id, &locks).await?);
		}
		Ok(all)
	}

	/// The votes that were cast.
	pub fn cast(&self) -> &[Cast] {
		match &self.doing {
			Doing::Casting(votes) => votes,
			Doing::Delegating(_) => &[],
		}
	}

	/// The delegation, if it delegates.
	pub fn delegation(&self) -> Option<&Delegation> {
		match &self.doing {
			Doing::Casting(_) => None,
			Doing::Delegating(delegation) => Some(delegation),
		}
	}

	/// What the track still has to lock once the votes are removed that are over.
	pub fn needs(&self, rules: &Rules) -> u128 {
		let prior = self.prior.filter(|(until, _)| *until > rules.now).map(|(_, amount)| amount);
		let votes = self.cast().iter().filter(|cast| !cast.is_over(rules)).map(|cast| cast.ballot.balance());
		let delegated = self.delegation().map(|delegation| delegation.balance);
		votes.chain(prior).chain(delegated).max().unwrap_or(0)
	}

	/// Whether there is anything to tell.
	fn is_empty(&self) -> bool {
		self.cast().is_empty()
			&& self.delegation().is_none()
			&& self.received == (0, 0)
			&& self.prior.is_none()
			&& self.locks == 0
	}

	fn json(&self, rules: &Rules) -> Value {
		json!({
			"track": { "id": self.track, "name": name_of(self.track) },
			"votes": self.cast().iter().map(|cast| cast.json(rules)).collect::<Vec<_>>(),
			"delegates": self.delegation().map(Delegation::json),
			"received": { "votes": self.received.0.to_string(), "capital": self.received.1.to_string() },
			"lock": self.locks.to_string(),
			"earlier": self.prior.map(|(until, amount)| json!({ "until": until, "amount": amount.to_string() })),
		})
	}
}

/// What each track locks of an account.
async fn locks_of(at: &AtBlock, who: &AccountId32) -> Result<BTreeMap<u16, u128>, Error> {
	let locks = stored(at, VOTING, "ClassLocksFor", (*who,)).await?;
	let locks = locks.as_array().into_iter().flatten();
	Ok(locks
		.filter_map(|lock| Some((read::unsigned(&lock[0])?.try_into().ok()?, units_in(&lock[1]))))
		.collect())
}

/// Prints the votes of an account.
pub async fn show(context: &Context, account: Option<&str>) -> Result<(), Error> {
	let who = context.account(account)?;
	let at = context.chain.at_best().await?;
	let rules = Rules::of(context, &at).await?;
	let standing = Standing::of(&at, &who).await?;
	let mut votings = Voting::all(&at, &rules, &who).await?;
	votings.retain(|voting| !voting.is_empty());
	if context.out.is_json() {
		let mut value = standing.json();
		value["who"] = who.to_string().into();
		value["tracks"] = votings.iter().map(|voting| voting.json(&rules)).collect();
		context.out.json(&json!({ "at": format!("{:?}", at.block_hash()), "value": value }));
		return Ok(());
	}
	context.out.rows(&standing_rows(context.name(&who), &standing));
	for (title, header, rows) in tables(context, &rules, &votings) {
		if !rows.is_empty() {
			context.out.heading(title);
			context.out.table(header, rows);
		}
	}
	Ok(())
}

fn standing_rows(name: String, standing: &Standing) -> Vec<(String, String)> {
	let Standing { votes, nominal, frozen, staked } = *standing;
	let row = |name: &str, text: String| (name.to_string(), text);
	vec![
		row("account", name),
		row("can vote with", format!("{}, free or with operators", stay(votes))),
		row("votes lock", stay(nominal)),
		row("of it in the balance", format!("{}, which can neither be sent nor pay fees", stay(frozen))),
		row("the rest is covered by", format!("{} with operators, or on their way out", stay(staked))),
	]
}

type Table = (&'static str, &'static [&'static str], Vec<Vec<String>>);

fn tables(context: &Context, rules: &Rules, votings: &[Voting]) -> [Table; 4] {
	let named = |who: &str| who.parse().map_or_else(|_| who.to_string(), |who| context.name(&who));
	let cast = votings.iter().flat_map(|voting| voting.cast());
	let votes = cast.map(|cast| vec![cast.index.to_string(), cast.ballot.text(), cast.lock(rules)]);
	let delegated = votings.iter().filter_map(|voting| {
		let Delegation { target, balance, conviction } = voting.delegation()?;
		Some(vec![name_of(voting.track), named(target), stay(*balance), conviction.name()])
	});
	let received = votings.iter().filter(|voting| voting.received != (0, 0));
	let received = received.map(|voting| {
		let (votes, capital) = voting.received;
		vec![name_of(voting.track), stay(votes), stay(capital)]
	});
	let locks = votings.iter().filter(|voting| voting.locks > 0 || voting.prior.is_some());
	let locks = locks.map(|voting| {
		let earlier = voting.prior.map_or_else(
			|| "-".into(),
			|(until, amount)| format!("{} until {}", stay(amount), rules.when(until)),
		);
		vec![name_of(voting.track), stay(voting.locks), stay(voting.needs(rules)), earlier]
	});
	[
		("votes", &["referendum", "vote", "locks until"], votes.collect()),
		("delegated to others", &["track", "to", "amount", "conviction"], delegated.collect()),
		("delegated by others", &["track", "votes", "STAY"], received.collect()),
		("locks", &["track", "locked", "has to be", "by earlier votes"], locks.collect()),
	]
}

#[cfg(test)]
mod tests {
	use super::{super::rules::testing::rules, *};

	const STAY: u128 = 1_000_000_000_000;

	fn aye(amount: u128) -> Ballot {
		Ballot::Standard { aye: true, conviction: ConvictionArg::Locked2x, balance: amount }
	}

	fn ended(end: End, block: u32) -> Option<Stored> {
		Some(Stored::Ended(end, block, [None, None]))
	}

	fn cast(referendum: Option<Stored>) -> Cast {
		Cast { index: 3, ballot: aye(100 * STAY), referendum }
	}

	#[test]
	fn a_winner_is_locked_for_the_periods_of_the_conviction() {
		// Block 1,000, with periods of 200 blocks.
		let rules = rules();
		let won = cast(ended(End::Approved, 700));
		assert_eq!((won.until(&rules), won.is_over(&rules)), (Some(1_100), false));
		assert_eq!(won.lock(&rules), "block 1100 (in about 10 min)");
		let long_ago = cast(ended(End::Approved, 600));
		assert_eq!((long_ago.until(&rules), long_ago.is_over(&rules)), (Some(1_000), true));
		let lost = cast(ended(End::Rejected, 999));
		assert_eq!((lost.until(&rules), lost.is_over(&rules)), (Some(999), true));
		assert_eq!(lost.lock(&rules), "nothing: it can be removed");
		for end in [End::Cancelled, End::TimedOut, End::Killed] {
			assert!(cast(ended(end, 999)).is_over(&rules));
		}
		assert!(cast(None).is_over(&rules));
	}

	fn casting(votes: Value) -> Value {
		json!({ "casting": { "votes": votes, "delegations": { "votes": "0", "capital": "0" }, "prior": [0, "0"] } })
	}

	#[test]
	fn votes_are_read_as_the_chain_encodes_them() {
		let vote = json!([3, { "standard": { "vote": 130, "balance": (100 * STAY).to_string() } }]);
		let voting = Voting::read(20, STAY, &casting(json!([vote]))).unwrap();
		assert_eq!(voting.cast(), [cast(None)]);
		assert_eq!((voting.delegation(), voting.prior, voting.is_empty()), (None, None, false));
		let empty = Voting::read(20, 0, &casting(json!([]))).unwrap();
		assert!(empty.is_empty() && empty.needs(&rules()) == 0);
		assert_eq!(Voting::read(20, 0, &casting(json!([[3, { "later": {} }]]))), None);
		assert_eq!(Voting::read(20, 0, &json!({ "later": {} })), None);

		let delegating = json!({ "delegating": {
			"balance": (5 * STAY).to_string(), "target": "bob", "conviction": "locked1x",
			"delegations": { "votes": "7", "capital": "8" }, "prior": [1_200, "9"],
		} });
		let voting = Voting::read(0, STAY, &delegating).unwrap();
		assert_eq!(voting.needs(&rules()), 5 * STAY);
		let json = voting.json(&rules());
		assert_eq!(json["delegates"]["votes"], (5 * STAY).to_string());
		assert_eq!(json["received"], json!({ "votes": "7", "capital": "8" }));
		assert_eq!(json["earlier"], json!({ "until": 1_200, "amount": "9" }));
		assert_eq!(json["track"], json!({ "id": 0, "name": "root" }));
	}

	#[test]
	fn what_has_to_stay_locked_is_the_largest_that_lasts() {
		let rules = rules();
		let voting = |prior, votes: Vec<Cast>| Voting {
			track: 20,
			locks: 100 * STAY,
			doing: Doing::Casting(votes),
			received: (0, 0),
			prior,
		};
		let (lasts, over) = (cast(ended(End::Approved, 700)), cast(ended(End::Rejected, 700)));
		assert_eq!(voting(None, vec![lasts, over.clone()]).needs(&rules), 100 * STAY);
		assert_eq!(voting(None, vec![over.clone()]).needs(&rules), 0);
		assert_eq!(voting(Some((1_001, STAY)), vec![over.clone()]).needs(&rules), STAY);
		assert_eq!(voting(Some((1_000, STAY)), vec![over]).needs(&rules), 0);
	}
}
