//! Governance: referenda in which stake votes, and the technical committee.

pub mod ballot;
mod calls;
mod code;
mod committee;
mod curve;
mod deposits;
mod propose;
mod referendum;
mod rules;
mod show;
mod stake;
mod submit;
pub mod tracks;
mod vote;
mod votes;

use crate::{context::Context, error::Error};
use clap::Subcommand;

/// Govern the chain: propose, vote, delegate votes.
///
/// A referendum makes a call with the power of its track, if enough votes are for it for long enough. Votes count the STAY
/// that an account has free and with operators.
#[derive(Debug, Subcommand)]
pub enum GovernanceCommand {
	/// Show referenda, the latest first
	List(show::List),
	/// Show a referendum: what it would do, how it stands, and when it ends
	Show {
		/// The referendum
		#[arg(value_name = "REFERENDUM")]
		index: u32,
	},
	/// Show the tracks: their deposits, their times, and what a decision needs
	Tracks,
	/// Propose a referendum
	Propose(propose::Propose),
	/// Place the decision deposit of a referendum, which is released at its end
	PlaceDeposit {
		/// The referendum
		#[arg(value_name = "REFERENDUM")]
		index: u32,
	},
	/// Release the deposits of a referendum that is over, to the accounts that placed them
	Refund {
		/// The referendum
		#[arg(value_name = "REFERENDUM")]
		index: u32,
	},
	/// Vote in a referendum, or change the vote
	Vote(vote::Vote),
	/// Vote with parts for, against and neither
	SplitVote(vote::SplitVote),
	/// Remove the vote in a referendum, during it or after it
	RemoveVote {
		/// The referendum
		#[arg(value_name = "REFERENDUM")]
		index: u32,
	},
	/// Let another account vote with one's STAY, in all referenda of a track
	Delegate(vote::Delegate),
	/// Vote oneself again
	Undelegate {
		/// On which tracks
		#[command(flatten)]
		tracks: vote::Tracks,
	},
	/// Unlock what votes need no longer. Anyone may do it for another account
	Unlock {
		/// The account; that of --from unless given
		#[arg(long, value_name = "ACCOUNT")]
		owner: Option<String>,
	},
	/// Show the votes and delegations of an account, and what they lock
	Votes {
		/// The account; that of --from unless given
		account: Option<String>,
	},
	/// The technical committee, which whitelists calls for the fast lane
	#[command(subcommand)]
	Committee(committee::CommitteeCommand),
	/// Bring the code of an authorized upgrade onto the chain. Anyone may do it
	ApplyUpgrade {
		/// The file with the code
		#[arg(value_name = "FILE.wasm")]
		file: String,
	},
}

impl GovernanceCommand {
	/// Runs the command.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		match self {
			Self::List(list) => list.run(context).await,
			Self::Show { index } => show::show(context, index).await,
			Self::Tracks => show::tracks(context).await,
			Self::Propose(propose) => propose.run(context).await,
			Self::PlaceDeposit { index } => deposits::place(context, index).await,
			Self::Refund { index } => deposits::refund(context, index).await,
			Self::Vote(vote) => vote.run(context).await,
			Self::SplitVote(vote) => vote.run(context).await,
			Self::RemoveVote { index } => vote::remove(context, index).await,
			Self::Delegate(delegate) => delegate.run(context).await,
			Self::Undelegate { tracks } => vote::undelegate(context, &tracks).await,
			Self::Unlock { owner } => vote::unlock(context, owner.as_deref()).await,
			Self::Votes { account } => votes::show(context, account.as_deref()).await,
			Self::Committee(command) => command.run(context).await,
			Self::ApplyUpgrade { file } => code::apply(context, &file).await,
		}
	}
}

#[cfg(test)]
mod tests {
	use crate::cli::Cli;
	use clap::{CommandFactory, Parser};

	#[test]
	fn every_command_can_be_written() {
		Cli::command().debug_assert();
		let parsed = |line: &str| {
			let line = format!("mainstay-cli governance {line}");
			Cli::try_parse_from(line.split(' ').collect::<Vec<_>>())
		};
		for line in [
			"list",
			"list --track slash_disputes --ongoing --all",
			"show 3",
			"tracks",
			"place-deposit 3",
			"refund 3",
			"vote 3 aye",
			"vote 3 nay --amount 100 --conviction 6x",
			"vote 3 abstain --amount all --conviction none",
			"split-vote 3 --aye 1 --nay 2 --abstain 3",
			"remove-vote 3",
			"delegate //Bob --track root --track parameters --amount 5 --conviction 2x",
			"delegate //Bob --all-tracks",
			"undelegate --track root",
			"unlock --owner //Bob",
			"votes",
			"votes //Bob",
			"committee members",
			"committee list",
			"committee whitelist new.wasm",
			"committee dispatch new.wasm",
			"committee propose 0x0000 --threshold 2",
			"committee vote 0 nay",
			"committee close 0",
			"apply-upgrade new.wasm",
		] {
			let parsed = parsed(line);
			assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
		}
		for wrong in [
			"vote 3",
			"vote 3 yes",
			"vote 3 aye --conviction 7x",
			"delegate //Bob",
			"delegate //Bob --track root --all-tracks",
			"undelegate",
			"list --track council",
			"committee vote 0 abstain",
			"",
		] {
			assert!(parsed(wrong).is_err(), "{wrong}");
		}
	}
}
