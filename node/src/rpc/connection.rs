//! What one connection may ask of the node, and what all of them may.
//!
//! A connection has so many calls at once; who calls more is refused at once and waits for nothing. Each call waits for a
//! turn, ten seconds at most, and for the peer to read what was answered before. So what it has of answers and parameters has
//! a bound, [`MOST_UNREAD`] and [`MOST_ASKED`], beside what its turns are at work on. The message around the parameters is
//! jsonrpsee's, which keeps it until its last call is answered, and is not counted.

use super::{
	error::Error,
	turns::{Rank, Turn, Turns},
};
use futures::task::AtomicWaker;
use std::{
	sync::{
		atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
		Arc,
	},
	task::{Context, Poll},
	thread::available_parallelism,
	time::Duration,
};
use tokio::{sync::Notify, time::timeout};

/// The most calls of one connection that wait or are answered.
pub const MOST_CALLS: usize = 512;
/// The most bytes of parameters of these calls. One call alone may have more.
pub const MOST_ASKED: usize = 16 << 20;
/// The bytes of answers that a peer may leave unread. Its calls wait while there are more, and it is not read from.
pub const MOST_UNREAD: usize = 4 << 20;
/// The most of our subscriptions on one connection.
pub const MOST_FOLLOWED: u32 = 64;
/// The most of our subscriptions on all connections.
pub const MOST_FOLLOWED_IN_ALL: usize = 4_096;

/// How long a call waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// The turns of all connections, by what calls cost.
#[derive(Clone)]
pub struct Shares {
	/// For what has a bound that the node sets: one processor is left for blocks.
	pub reads: Turns,
	/// For what costs as much as the caller likes, the runtime's own answer to `state_call` say.
	pub open: Turns,
	/// For transactions, which are validated before they wait in the pool.
	pub submissions: Turns,
	followed: Arc<AtomicUsize>,
	last: Arc<AtomicU64>,
}

impl Shares {
	/// Shares of this machine.
	pub fn new() -> Self {
		let processors = available_parallelism().map_or(1, usize::from);
		Self {
			reads: Turns::new(processors.saturating_sub(1)),
			open: Turns::with_rests((processors / 2).max(2)),
			submissions: Turns::new(2),
			followed: Default::default(),
			last: Default::default(),
		}
	}

	/// Another connection.
	pub fn connection(&self) -> Connection {
		Connection(Arc::new(Inner {
			id: self.last.fetch_add(1, Relaxed) + 1,
			shares: self.clone(),
			calls: AtomicUsize::new(0),
			asked: AtomicUsize::new(0),
			refused: AtomicUsize::new(0),
			followed: AtomicUsize::new(0),
			unread: Unread::default(),
		}))
	}
}

/// One connection, or one of those that HTTP requests come by.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
	id: u64,
	shares: Shares,
	calls: AtomicUsize,
	asked: AtomicUsize,
	/// Calls that were refused since the socket was read last.
	refused: AtomicUsize,
	followed: AtomicUsize,
	unread: Unread,
}

impl Drop for Inner {
	fn drop(&mut self) {
		for turns in [&self.shares.reads, &self.shares.open, &self.shares.submissions] {
			turns.forget(self.id);
		}
	}
}

impl Connection {
	/// Its number; no other connection has it.
	pub fn id(&self) -> u64 {
		self.0.id
	}

	/// All connections' turns.
	pub fn shares(&self) -> &Shares {
		&self.0.shares
	}

	/// What was answered and is not sent yet.
	pub fn unread(&self) -> &Unread {
		&self.0.unread
	}

	/// Counts a call with so many bytes of parameters, until what is returned is dropped.
	///
	/// Fails with [`Error::Busy`] where the connection has too many of them already.
	pub fn call(&self, bytes: usize) -> Result<Calling, Error> {
		let calling = Calling { connection: self.clone(), bytes };
		let calls = self.0.calls.fetch_add(1, Relaxed);
		let asked = self.0.asked.fetch_add(bytes, Relaxed);
		let fits = calls < MOST_CALLS && (calls == 0 || asked.saturating_add(bytes) <= MOST_ASKED);
		if !fits {
			self.0.refused.fetch_add(1, Relaxed);
			return Err(Error::Busy);
		}
		Ok(calling)
	}

	/// How many calls were refused since this was asked last.
	pub fn refused(&self) -> usize {
		self.0.refused.swap(0, Relaxed)
	}

	/// Waits until the peer has read enough for another answer.
	///
	/// Fails with [`Error::Busy`] after ten seconds.
	pub async fn answerable(&self) -> Result<(), Error> {
		timeout(PATIENCE, self.0.unread.few()).await.map_err(|_| Error::Busy)
	}

	/// Waits for a turn to answer a call.
	///
	/// Fails with [`Error::Busy`] after ten seconds.
	pub async fn turn(&self, turns: &Turns) -> Result<Turn, Error> {
		let turn = async {
			loop {
				self.0.unread.few().await;
				let turn = turns.take(self.0.id, Rank::Call).await;
				// Others of this connection may have been answered meanwhile.
				if self.0.unread.are_few() {
					return turn;
				}
			}
		};
		timeout(PATIENCE, turn).await.map_err(|_| Error::Busy)
	}

	/// Counts a subscription, until what is returned is dropped.
	///
	/// Fails with [`Error::TooManySubscriptions`] where this connection has too many, and with [`Error::Busy`] where all
	/// have.
	pub fn follow(&self) -> Result<Following, Error> {
		let following = Following(self.clone());
		let (own, all) =
			(self.0.followed.fetch_add(1, Relaxed), self.0.shares.followed.fetch_add(1, Relaxed));
		if own >= MOST_FOLLOWED as usize {
			return Err(Error::TooManySubscriptions(MOST_FOLLOWED));
		}
		(all < MOST_FOLLOWED_IN_ALL).then_some(following).ok_or(Error::Busy)
	}
}

/// A call, until it is dropped.
pub struct Calling {
	connection: Connection,
	bytes: usize,
}

impl Drop for Calling {
	fn drop(&mut self) {
		self.connection.0.calls.fetch_sub(1, Relaxed);
		self.connection.0.asked.fetch_sub(self.bytes, Relaxed);
	}
}

/// A subscription, until it is dropped.
pub struct Following(Connection);

impl Drop for Following {
	fn drop(&mut self) {
		self.0 .0.followed.fetch_sub(1, Relaxed);
		self.0 .0.shares.followed.fetch_sub(1, Relaxed);
	}
}

/// The bytes of answers that a connection's socket has not taken.
///
/// What subscriptions send is taken by the same socket and is not counted as answers: there can be more unread than is
/// counted, by as much as was sent to subscribers while answers waited.
#[derive(Default)]
pub struct Unread {
	bytes: AtomicUsize,
	fewer: Notify,
	/// Who reads the socket, while there is too much unread.
	reader: AtomicWaker,
}

impl Unread {
	/// Takes note of an answer of so many bytes.
	pub fn answered(&self, bytes: usize) {
		self.bytes.fetch_add(bytes, Relaxed);
	}

	/// Takes note that there is nothing unread, whatever was counted.
	pub fn forget(&self) {
		self.taken(usize::MAX);
	}

	/// Takes note of so many bytes that the socket took.
	pub fn taken(&self, bytes: usize) {
		let less = |unread: usize| Some(unread.saturating_sub(bytes));
		let before = self.bytes.fetch_update(Relaxed, Relaxed, less).unwrap_or_default();
		if before > MOST_UNREAD && self.are_few() {
			self.fewer.notify_waiters();
			self.reader.wake();
		}
	}

	/// Whether another answer fits.
	pub fn are_few(&self) -> bool {
		self.bytes.load(Relaxed) <= MOST_UNREAD
	}

	/// Waits until another answer fits.
	async fn few(&self) {
		loop {
			let fewer = self.fewer.notified();
			if self.are_few() {
				return;
			}
			fewer.await;
		}
	}

	/// As [`Self::few`], for the reader of the socket.
	pub fn poll_few(&self, context: &mut Context<'_>) -> Poll<()> {
		if self.are_few() {
			return Poll::Ready(());
		}
		self.reader.register(context.waker());
		if self.are_few() {
			Poll::Ready(())
		} else {
			Poll::Pending
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use futures::{poll, FutureExt};

	#[test]
	fn rpc_2_a_connection_has_so_many_calls_and_others_have_theirs() {
		let shares = Shares::new();
		let (one, other) = (shares.connection(), shares.connection());
		let mut calls: Vec<_> = (0..MOST_CALLS).map(|_| one.call(10).expect("fits")).collect();
		assert_eq!(one.call(10).err(), Some(Error::Busy));
		assert!(other.call(10).is_ok());
		calls.pop();
		assert!(one.call(10).is_ok());
	}

	#[test]
	fn the_bytes_of_calls_that_wait_have_a_bound() {
		let connection = Shares::new().connection();
		// One alone may be as long as the server takes.
		let long = connection.call(MOST_ASKED + 1).expect("fits");
		assert_eq!(connection.call(1).err(), Some(Error::Busy));
		drop(long);
		let _half = connection.call(MOST_ASKED / 2).expect("fits");
		let _rest = connection.call(MOST_ASKED / 2).expect("fits");
		assert_eq!(connection.call(1).err(), Some(Error::Busy));
	}

	#[test]
	fn rpc_1_subscriptions_have_a_bound_for_one_connection_and_for_all() {
		let shares = Shares::new();
		let mut followed = Vec::new();
		for _ in 0..MOST_FOLLOWED_IN_ALL / MOST_FOLLOWED as usize {
			let connection = shares.connection();
			followed.extend((0..MOST_FOLLOWED).map(|_| connection.follow().expect("fits")));
			assert_eq!(connection.follow().err(), Some(Error::TooManySubscriptions(MOST_FOLLOWED)));
		}
		let last = shares.connection();
		assert_eq!(last.follow().err(), Some(Error::Busy));
		followed.pop();
		assert!(last.follow().is_ok());
	}

	#[tokio::test]
	async fn who_does_not_read_is_answered_no_more() {
		let connection = Shares::new().connection();
		let turns = connection.shares().reads.clone();
		connection.unread().answered(MOST_UNREAD);
		drop(connection.turn(&turns).await.expect("few"));
		connection.unread().answered(1);
		let mut waiting = Box::pin(connection.turn(&turns));
		assert!(poll!(&mut waiting).is_pending());
		connection.unread().taken(1);
		assert!(waiting.now_or_never().expect("goes on").is_ok());
		// What subscriptions sent does not count below nothing.
		connection.unread().taken(usize::MAX);
		connection.unread().answered(MOST_UNREAD + 1);
		assert!(!connection.unread().are_few());
	}
}
