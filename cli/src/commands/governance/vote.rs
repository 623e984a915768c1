//! Votes and delegations of votes, and the end of their locks.

use super::{
	ballot::{stay, Ballot, ConvictionArg},
	referendum::{missing, Referendum, Stored},
	rules::Rules,
	stake::{amount, Standing},
	tracks::{name_of, TrackArg},
	votes::Voting,
};
use crate::{
	chain::AtBlock,
	context::Context,
	error::Error,
	runtime::{
		mainstay_stake_voting::pallet::Call as StakeVoting, pallet_conviction_voting::pallet::Call as Votes,
		RuntimeCall,
	},
	transaction::{address, perform, Action},
	values::{Amount, AmountOrAll, STAY_DECIMALS},
};
use clap::{Args, ValueEnum};
use subxt::utils::AccountId32;

/// What an account votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
	/// For it
	Aye,
	/// Against it
	Nay,
	/// Neither: it counts for the support only, and as with conviction none
	Abstain,
}

/// The arguments of `vote`.
#[derive(Args, Debug)]
pub struct Vote {
	/// The referendum
	#[arg(value_name = "REFERENDUM")]
	pub index: u32,
	/// What to vote
	#[arg(value_enum)]
	pub side: Side,
	/// With how much: STAY that is free, or with operators; `all` leaves up to 3 STAY for fees. The same coins vote in
	/// every referendum
	#[arg(long, value_name = "AMOUNT", default_value = "all")]
	pub amount: AmountOrAll,
	/// How much more it counts, and for how long it locks if the result is as voted
	#[arg(long, value_enum, default_value_t = ConvictionArg::Locked1x)]
	pub conviction: ConvictionArg,
}

/// The arguments of `split-vote`.
#[derive(Args, Debug)]
pub struct SplitVote {
	/// The referendum
	#[arg(value_name = "REFERENDUM")]
	pub index: u32,
	/// How much votes for it
	#[arg(long, value_name = "AMOUNT", default_value = "0")]
	pub aye: Amount,
	/// How much votes against it
	#[arg(long, value_name = "AMOUNT", default_value = "0")]
	pub nay: Amount,
	/// How much votes neither, and counts for the support only
	#[arg(long, value_name = "AMOUNT", default_value = "0")]
	pub abstain: Amount,
}

/// The arguments of `delegate`.
#[derive(Args, Debug)]
pub struct Delegate {
	/// The account that votes in place of this one
	#[arg(value_name = "ACCOUNT")]
	pub to: String,
	/// On which tracks
	#[command(flatten)]
	pub tracks: Tracks,
	/// With how much: STAY that is free, or with operators; `all` leaves up to 3 STAY for fees
	#[arg(long, value_name = "AMOUNT", default_value = "all")]
	pub amount: AmountOrAll,
	/// How much more it counts, and for how long it locks after the delegation ended
	#[arg(long, value_enum, default_value_t = ConvictionArg::Locked1x)]
	pub conviction: ConvictionArg,
}

/// Tracks of referenda.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Tracks {
	/// A track; can be given more than once
	#[arg(long, value_enum)]
	pub track: Vec<TrackArg>,
	/// All tracks
	#[arg(long)]
	pub all_tracks: bool,
}

impl Tracks {
	fn list(&self) -> Vec<TrackArg> {
		match self.all_tracks {
			true => TrackArg::value_variants().to_vec(),
			false => self.track.clone(),
		}
	}
}

impl Vote {
	/// Votes.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let at = context.chain.at_best().await?;
		let balance = amount(&at, &context.actor()?, &self.amount).await?;
		let conviction = self.conviction;
		let ballot = match self.side {
			Side::Aye => Ballot::Standard { aye: true, conviction, balance },
			Side::Nay => Ballot::Standard { aye: false, conviction, balance },
			Side::Abstain => Ballot::Split { aye: 0, nay: 0, abstain: balance },
		};
		cast(context, &at, self.index, ballot).await
	}
}

impl SplitVote {
	/// Votes.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let units = |amount: &Amount| amount.units(STAY_DECIMALS).map_err(Error::Usage);
		let (aye, nay, abstain) = (units(&self.aye)?, units(&self.nay)?, units(&self.abstain)?);
		let ballot = Ballot::Split { aye, nay, abstain };
		if ballot.balance() == 0 {
			return Err(Error::Usage("with how much? Give --aye, --nay or --abstain".into()));
		}
		cast(context, &context.chain.at_best().await?, self.index, ballot).await
	}
}

/// Votes in a referendum, and shows what it is about and what the vote locks.
async fn cast(context: &Context, at: &AtBlock, index: u32, ballot: Ballot) -> Result<(), Error> {
	let rules = Rules::of(context, at).await?;
	let referendum = Referendum::read(context, at, index).await?;
	let standing = Standing::of(at, &context.actor()?).await?;
	let mut rows = referendum.rows(context, &rules);
	rows.extend(locks(&rules, &standing, ballot));
	let vote = Votes::vote { poll_index: index, vote: ballot.encoded() };
	let title = format!("vote in referendum {index}: {}", ballot.text());
	let mut action = Action::new(title, RuntimeCall::ConvictionVoting(vote));
	(action.exposure, action.exposure_json) = (rows, referendum.json(&rules));
	perform(context, action).await.map(|_| ())
}

/// What a vote locks, and for how long.
fn locks(rules: &Rules, standing: &Standing, ballot: Ballot) -> Vec<(String, String)> {
	let mut rows = freezes(standing, ballot.balance());
	let until = match ballot {
		Ballot::Standard { aye, conviction, .. } if conviction.periods() > 0 => {
			let periods = rules.lock_period.saturating_mul(conviction.periods());
			let result = if aye { "approved" } else { "rejected" };
			format!("and for {} after the end if it is {result}", rules.lasting(periods))
		},
		_ => "and no longer".into(),
	};
	rows.push(("until".into(), format!("the vote is removed or the referendum is over, {until}")));
	rows
}

/// What a vote or a delegation locks.
fn freezes(standing: &Standing, balance: u128) -> Vec<(String, String)> {
	let covered = standing.staked.min(balance);
	let frozen = standing.freezes(balance);
	vec![
		("can vote with".to_string(), stay(standing.votes)),
		(
			"locks".into(),
			format!("{}; of it {} are with operators, or on their way out", stay(balance), stay(covered)),
		),
		(
			"frozen in the balance".into(),
			format!("{} in all, which can neither be sent nor pay fees", stay(frozen)),
		),
	]
}

/// Removes the account's vote in a referendum.
pub async fn remove(context: &Context, index: u32) -> Result<(), Error> {
	let at = context.chain.at_best().await?;
	let who = context.actor()?;
	let rules = Rules::of(context, &at).await?;
	let votings = Voting::all(&at, &rules, &who).await?;
	let cast = votings.iter().find_map(|voting| {
		voting.cast().iter().find(|cast| cast.index == index).map(|cast| (voting.track, cast))
	});
	let Some((track, cast)) = cast else {
		return Err(match Stored::read(&at, index).await? {
			Some(_) => Error::NotFound(format!(
				"{} has no vote in referendum {index}: look at `mainstay-cli governance votes`",
				context.name(&who)
			)),
			None => missing(index),
		});
	};
	let call = Votes::remove_vote { class: Some(track), index };
	let title = format!("remove the vote in referendum {index}, {}", cast.ballot.text());
	let mut action = Action::new(title, RuntimeCall::ConvictionVoting(call));
	action.exposure.push(("locks until".into(), cast.lock(&rules)));
	perform(context, action).await.map(|_| ())
}

impl Delegate {
	/// Delegates.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let at = context.chain.at_best().await?;
		let rules = Rules::of(context, &at).await?;
		let who = context.actor()?;
		let to = context.address(&self.to)?;
		let balance = amount(&at, &who, &self.amount).await?;
		let conviction = self.conviction;
		let tracks = self.tracks.list();
		let title = format!(
			"delegate votes to {}, {} with conviction {}, on {}",
			context.name(&to),
			stay(balance),
			conviction.name(),
			names(&tracks)
		);
		let calls = tracks.iter().map(|track| {
			RuntimeCall::ConvictionVoting(Votes::delegate {
				class: track.id(),
				to: address(to),
				conviction: conviction.encoded(),
				balance,
			})
		});
		let mut action = Action::all(title, calls.collect());
		action.exposure = freezes(&Standing::of(&at, &who).await?, balance);
		let periods = rules.lock_period.saturating_mul(conviction.periods());
		let after = match periods {
			0 => "and no longer".into(),
			periods => format!("and for {} after that", rules.lasting(periods)),
		};
		action.exposure.push(("until".into(), format!("the end of the delegation, {after}")));
		perform(context, action).await.map(|_| ())
	}
}

/// Ends delegations.
pub async fn undelegate(context: &Context, tracks: &Tracks) -> Result<(), Error> {
	let at = context.chain.at_best().await?;
	let who = context.actor()?;
	let mut calls = vec![];
	let mut ended = vec![];
	for track in tracks.list() {
		let voting = Voting::of(&at, &who, track.id()).await?;
		// With --all-tracks, those on which nothing is delegated are left out.
		if !tracks.all_tracks || voting.delegation().is_some() {
			calls.push(RuntimeCall::ConvictionVoting(Votes::undelegate { class: track.id() }));
			ended.push(track);
		}
	}
	if calls.is_empty() {
		return Err(Error::NotFound(format!("{} delegates no votes", context.name(&who))));
	}
	let title = format!("no longer delegate votes, on {}", names(&ended));
	perform(context, Action::all(title, calls)).await.map(|_| ())
}

fn names(tracks: &[TrackArg]) -> String {
	match tracks.len() == TrackArg::value_variants().len() {
		true => "all tracks".into(),
		false => tracks.iter().map(|track| track.name()).collect::<Vec<_>>().join(", "),
	}
}

/// Unlocks what an account's votes need no longer. Anyone may do it for another account.
pub async fn unlock(context: &Context, owner: Option<&str>) -> Result<(), Error> {
	let at = context.chain.at_best().await?;
	let rules = Rules::of(context, &at).await?;
	let (actor, who) = (context.actor()?, context.account(owner)?);
	let votings = Voting::all(&at, &rules, &who).await?;
	let mut calls = vec![];
	let mut rows = vec![];
	for voting in &votings {
		for cast in voting.cast().iter().filter(|cast| cast.is_over(&rules)) {
			calls.push(removal(voting.track, cast.index, &who, actor == who));
			rows.push((format!("referendum {}", cast.index), "its vote is over, and is removed".to_string()));
		}
	}
	for voting in votings.iter().filter(|voting| voting.needs(&rules) < voting.locks) {
		calls
			.push(RuntimeCall::ConvictionVoting(Votes::unlock { class: voting.track, target: address(who) }));
		let (before, after) = (stay(voting.locks), stay(voting.needs(&rules)));
		rows.push((name_of(voting.track), format!("{before} are locked, and {after} have to be")));
	}
	if calls.is_empty() {
		return renew(context, who, &Standing::of(&at, &who).await?).await;
	}
	let mut action =
		Action::all(format!("unlock what votes of {} need no longer", context.name(&who)), calls);
	action.exposure = rows;
	perform(context, action).await.map(|_| ())
}

/// Lowers the freeze to what the stake does not cover, for a lock that stays.
async fn renew(context: &Context, who: AccountId32, standing: &Standing) -> Result<(), Error> {
	let name = context.name(&who);
	if standing.frozen <= standing.nominal.saturating_sub(standing.staked) {
		return Err(Error::NotFound(format!("no votes of {name} lock more than they have to")));
	}
	let title = format!("freeze in the balance of {name} only what its stake does not cover");
	let call = RuntimeCall::StakeVoting(StakeVoting::renew { who });
	perform(context, Action::new(title, call)).await.map(|_| ())
}

/// The call that removes a vote whose lock is over: the account's own, or another's.
fn removal(class: u16, index: u32, who: &AccountId32, own: bool) -> RuntimeCall {
	RuntimeCall::ConvictionVoting(match own {
		true => Votes::remove_vote { class: Some(class), index },
		false => Votes::remove_other_vote { target: address(*who), class, index },
	})
}
