//! The commands to the sealer, and their queue.

use mainstay_primitives::Era;
use mainstay_runtime::Hash;
use std::fmt;
use tokio::sync::{mpsc, oneshot};

/// The commands that can wait.
const QUEUE_LENGTH: usize = 64;

/// The slots by which the clock can move forward at once. The client keeps a record of slots and removes one for each
/// that passes, all in memory: a million slots take some 100 MB for a moment.
pub const MAX_SLOTS: u64 = 1_000_000;

/// A command.
#[derive(Clone, Copy, Debug)]
pub enum Command {
	/// Make this many blocks, one in each of the next slots.
	NewBlocks(u32),
	/// Make blocks until this many eras have ended.
	NextEra {
		/// The number of eras.
		eras: u32,
		/// The blocks of a session, spread over its slots: at least one, and at most one in each slot.
		blocks: u32,
	},
	/// Give the next block this time, in milliseconds since 1970.
	SetTime(u64),
}

/// The chain's last block, and the time of the next.
#[derive(Clone, Copy, Debug)]
pub struct Head {
	/// The block's hash.
	pub hash: Hash,
	/// The block's number.
	pub number: u32,
	/// The era that runs after the block.
	pub era: Era,
	/// The session that runs after the block.
	pub session: u32,
	/// The block's time in milliseconds since 1970; none for the genesis.
	pub time: Option<u64>,
	/// The time of the next block, if a key of this node may author its slot.
	pub next: u64,
}

/// Why a command failed. The blocks that it had made by then stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
	/// Too many commands wait.
	Busy,
	/// The next block cannot have this time. It can have one from `min` to `max`, in milliseconds since 1970.
	WrongTime {
		/// The beginning of the next slot.
		min: u64,
		/// [`MAX_SLOTS`] slots later.
		max: u64,
	},
	/// This node has no key of a validator that may author any of these slots.
	NoKey {
		/// The first slot.
		from: u64,
		/// The last slot.
		to: u64,
	},
	/// The era did not end although all its sessions did.
	EraStuck(Era),
	/// An error of another part of the node.
	Failed(String),
	/// The node is stopping.
	Stopped,
}

impl fmt::Display for Error {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Busy => write!(out, "{QUEUE_LENGTH} commands are waiting already"),
			Self::WrongTime { min, max } => {
				write!(out, "the next block's time can be from {min} to {max}, in milliseconds since 1970")
			},
			Self::NoKey { from, to } => write!(
				out,
				"this node has no session keys of any validator who may author slots {from} to {to}: it has those of Alice, \
				 Bob, Charlie, Dave, Eve and Ferdie, and those that author_insertKey or author_rotateKeysWithOwner put into \
				 its keystore"
			),
			Self::EraStuck(era) => write!(out, "all sessions of era {era} have passed, and it has not ended"),
			Self::Failed(why) => out.write_str(why),
			Self::Stopped => out.write_str("the node is stopping"),
		}
	}
}

impl Error {
	/// Wraps an error of another part of the node.
	pub fn failed(error: impl fmt::Display) -> Self {
		Self::Failed(error.to_string())
	}
}

/// A command, and where to send its result.
pub struct Job {
	/// The command.
	pub command: Command,
	/// Receives the result. It is closed if nobody waits any more.
	pub reply: oneshot::Sender<Result<Head, Error>>,
}

/// Sends commands to the sealer, which runs them one after the other.
#[derive(Clone)]
pub struct Commands(mpsc::Sender<Job>);

/// A queue of commands, and its receiving end for the sealer.
pub fn queue() -> (Commands, mpsc::Receiver<Job>) {
	let (commands, jobs) = mpsc::channel(QUEUE_LENGTH);
	(Commands(commands), jobs)
}

impl Commands {
	/// Sends a command, and waits until it is done.
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

		// The sealer notices a caller that is gone.
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
