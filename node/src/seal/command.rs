//! What can be asked of the sealer, and the queue of that.

use mainstay_primitives::Era;
use mainstay_runtime::Hash;
use std::fmt;
use tokio::sync::{mpsc, oneshot};

/// Commands that wait for their turn.
const QUEUE_LENGTH: usize = 64;

/// The most slots that the clock is moved forward at once. The client keeps a record of slots and takes out one for each
/// that passes, all of them in memory: a million take some 100 MB for a moment.
pub const MAX_SLOTS: u64 = 1_000_000;

/// What to do.
#[derive(Clone, Copy, Debug)]
pub enum Command {
	/// Make so many blocks, one in each of the next slots.
	NewBlocks(u32),
	/// Make blocks until so many eras have ended.
	NextEra {
		/// How many.
		eras: u32,
		/// The blocks of a session, spread over its slots: at least one, and at most one in each.
		blocks: u32,
	},
	/// Let the next block have this time, in milliseconds since 1970.
	SetTime(u64),
}

/// The chain's last block, and when the next can be.
#[derive(Clone, Copy, Debug)]
pub struct Head {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub number: u32,
	/// The era that runs after it.
	pub era: Era,
	/// The session that runs after it.
	pub session: u32,
	/// Its time in milliseconds since 1970; none for the genesis.
	pub time: Option<u64>,
	/// The time of the next block, if a key of this node may author its slot.
	pub next: u64,
}

/// Why a command was not carried out, or not to its end: the blocks that were made before stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
	/// Too many commands wait.
	Busy,
	/// The time is none that the next block can have. It is from `least` to `most`, in milliseconds since 1970.
	WrongTime {
		/// The beginning of the next slot.
		least: u64,
		/// [`MAX_SLOTS`] later.
		most: u64,
	},
	/// This node has no key of a validator who may author any of these slots.
	NoKey {
		/// The first.
		from: u64,
		/// The last.
		to: u64,
	},
	/// The era did not end although all its sessions did.
	EraStuck(Era),
	/// What the node's own parts said.
	Failed(String),
	/// The node stops.
	Stopped,
}

impl fmt::Display for Error {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Busy => write!(out, "{QUEUE_LENGTH} commands wait already"),
			Self::WrongTime { least, most } => {
				write!(out, "the next block's time can be from {least} to {most}, in milliseconds since 1970")
			},
			Self::NoKey { from, to } => write!(
				out,
				"this node has no session keys of any validator who may author slots {from} to {to}: it has those of Alice, \
				 Bob, Charlie, Dave, Eve and Ferdie, and those that author_insertKey or author_rotateKeysWithOwner put into \
				 its keystore"
			),
			Self::EraStuck(era) => write!(out, "all sessions of era {era} have passed, and it has not ended"),
			Self::Failed(why) => out.write_str(why),
			Self::Stopped => out.write_str("the node stops"),
		}
	}
}

impl Error {
	/// Whatever a part of the node said.
	pub fn failed(error: impl fmt::Display) -> Self {
		Self::Failed(error.to_string())
	}
}

/// A command, and who waits for its end.
pub struct Job {
	/// What to do.
	pub command: Command,
	/// Who waits. Nobody does any more when it is closed.
	pub reply: oneshot::Sender<Result<Head, Error>>,
}

/// Gives commands. They are carried out one after the other.
#[derive(Clone)]
pub struct Commands(mpsc::Sender<Job>);

/// A queue of commands, and its end for the sealer.
pub fn queue() -> (Commands, mpsc::Receiver<Job>) {
	let (commands, jobs) = mpsc::channel(QUEUE_LENGTH);
	(Commands(commands), jobs)
}

impl Commands {
	/// Gives a command, and waits until it is carried out.
	pub async fn give(&self, command: Command) -> Result<Head, Error> {
		let (reply, answer) = oneshot::channel();
		self.0.try_send(Job { command, reply }).map_err(|error| match error {
			mpsc::error::TrySendError::Full(_) => Error::Busy,
			mpsc::error::TrySendError::Closed(_) => Error::Stopped,
		})?;
		answer.await.unwrap_or(Err(Error::Stopped))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::FutureExt;

	#[test]
	fn a_command_waits_for_its_turn_unless_too_many_do() {
		let (commands, mut jobs) = queue();
		let mut waiting: Vec<_> =
			(0..QUEUE_LENGTH).map(|_| commands.give(Command::NewBlocks(1)).boxed()).collect();
		assert!(waiting.iter_mut().all(|one| one.now_or_never().is_none()));
		assert_eq!(
			commands.give(Command::NewBlocks(1)).now_or_never().map(Result::err),
			Some(Some(Error::Busy))
		);

		// Whoever goes away is noticed.
		drop(waiting);
		let job = jobs.try_recv().expect("the first");
		assert!(job.reply.is_closed());
		drop((job, jobs));
		assert_eq!(
			commands.give(Command::SetTime(1)).now_or_never().map(Result::err),
			Some(Some(Error::Stopped))
		);
	}
}
