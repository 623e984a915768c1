//! What one connection may ask of the node, and what all of them may.
//!
//! A connection has so many calls at once; who calls more is refused at once and waits for nothing. Each call waits for a
//! permit, ten seconds at most, and for the peer to read what was answered before. So what it has of answers and parameters has
//! a bound, [`MAX_UNREAD`] and [`MAX_PARAM_BYTES`], beside what its permits are at work on. The message around the parameters is
//! jsonrpsee's, which keeps it until its last call is answered, and is not counted.

use super::{
	error::Error,
	permits::{Permit, Permits, Priority},
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
pub const MAX_CALLS: usize = 512;
/// The most bytes of parameters of these calls. One call alone may have more.
pub const MAX_PARAM_BYTES: usize = 16 << 20;
/// The bytes of answers that a peer may leave unread. Its calls wait while there are more, and it is not read from.
pub const MAX_UNREAD: usize = 4 << 20;
/// The most of our subscriptions on one connection.
pub const MAX_SUBSCRIPTIONS: u32 = 64;
/// The most of our subscriptions on all connections.
pub const MAX_SUBSCRIPTIONS_IN_ALL: usize = 4_096;

/// How long a call waits for its permit.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(10);

/// The permits of all connections, by what calls cost.
#[derive(Clone)]
pub struct Limits {
	/// For what has a bound that the node sets: one processor is left for blocks.
	pub reads: Permits,
	/// For what costs as much as the caller likes, the runtime's own answer to `state_call` say.
	pub unbounded: Permits,
	/// For transactions, which are validated before they wait in the pool.
	pub submissions: Permits,
	subscriptions: Arc<AtomicUsize>,
	last: Arc<AtomicU64>,
}

impl Limits {
	/// Limits of this machine.
	pub fn new() -> Self {
		let processors = available_parallelism().map_or(1, usize::from);
		Self {
			reads: Permits::new(processors.saturating_sub(1)),
			unbounded: Permits::with_cooldown((processors / 2).max(2)),
			submissions: Permits::new(2),
			subscriptions: Default::default(),
			last: Default::default(),
		}
	}

	/// Another connection.
	pub fn connection(&self) -> Connection {
		Connection(Arc::new(Inner {
			id: self.last.fetch_add(1, Relaxed) + 1,
			limits: self.clone(),
			calls: AtomicUsize::new(0),
			param_bytes: AtomicUsize::new(0),
			refused: AtomicUsize::new(0),
			subscriptions: AtomicUsize::new(0),
			unread: Unread::default(),
		}))
	}
}

/// One connection, or one of those that HTTP requests come by.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
	id: u64,
	limits: Limits,
	calls: AtomicUsize,
	param_bytes: AtomicUsize,
	/// Calls that were refused since the socket was read last.
	refused: AtomicUsize,
	subscriptions: AtomicUsize,
	unread: Unread,
}

impl Drop for Inner {
	fn drop(&mut self) {
		for permits in [&self.limits.reads, &self.limits.unbounded, &self.limits.submissions] {
			permits.forget(self.id);
		}
	}
}

impl Connection {
	/// Its number; no other connection has it.
	pub fn id(&self) -> u64 {
		self.0.id
	}

	/// All connections' permits.
	pub fn limits(&self) -> &Limits {
		&self.0.limits
	}

	/// What was answered and is not sent yet.
	pub fn unread(&self) -> &Unread {
		&self.0.unread
	}

	/// Counts a call with so many bytes of parameters, until what is returned is dropped.
	///
	/// Fails with [`Error::Busy`] where the connection has too many of them already.
	pub fn call(&self, bytes: usize) -> Result<CallGuard, Error> {
		let guard = CallGuard { connection: self.clone(), bytes };
		let calls = self.0.calls.fetch_add(1, Relaxed);
		let param_bytes = self.0.param_bytes.fetch_add(bytes, Relaxed);
		let fits = calls < MAX_CALLS && (calls == 0 || param_bytes.saturating_add(bytes) <= MAX_PARAM_BYTES);
		if !fits {
			self.0.refused.fetch_add(1, Relaxed);
			return Err(Error::Busy);
		}
		Ok(guard)
	}

	/// How many calls were refused since this was param_bytes last.
	pub fn refused(&self) -> usize {
		self.0.refused.swap(0, Relaxed)
	}

	/// Waits until the peer has read enough for another answer.
	///
	/// Fails with [`Error::Busy`] after ten seconds.
	pub async fn capacity(&self) -> Result<(), Error> {
		timeout(QUEUE_TIMEOUT, self.0.unread.capacity()).await.map_err(|_| Error::Busy)
	}

	/// Waits for a permit to answer a call.
	///
	/// Fails with [`Error::Busy`] after ten seconds.
	pub async fn permit(&self, permits: &Permits) -> Result<Permit, Error> {
		let permit = async {
			loop {
				self.0.unread.capacity().await;
				let permit = permits.acquire(self.0.id, Priority::Call).await;
				// Others of this connection may have been answered meanwhile.
				if self.0.unread.has_capacity() {
					return permit;
				}
			}
		};
		timeout(QUEUE_TIMEOUT, permit).await.map_err(|_| Error::Busy)
	}

	/// Counts a subscription, until what is returned is dropped.
	///
	/// Fails with [`Error::TooManySubscriptions`] where this connection has too many, and with [`Error::Busy`] where all
	/// have.
	pub fn subscribe(&self) -> Result<SubscriptionGuard, Error> {
		let guard = SubscriptionGuard(self.clone());
		let (own, all) =
			(self.0.subscriptions.fetch_add(1, Relaxed), self.0.limits.subscriptions.fetch_add(1, Relaxed));
		if own >= MAX_SUBSCRIPTIONS as usize {
			return Err(Error::TooManySubscriptions(MAX_SUBSCRIPTIONS));
		}
		(all < MAX_SUBSCRIPTIONS_IN_ALL).then_some(guard).ok_or(Error::Busy)
	}
}

/// A call, until it is dropped.
pub struct CallGuard {
	connection: Connection,
	bytes: usize,
}

impl Drop for CallGuard {
	fn drop(&mut self) {
		self.connection.0.calls.fetch_sub(1, Relaxed);
		self.connection.0.param_bytes.fetch_sub(self.bytes, Relaxed);
	}
}

/// A subscription, until it is dropped.
pub struct SubscriptionGuard(Connection);

impl Drop for SubscriptionGuard {
	fn drop(&mut self) {
		self.0 .0.subscriptions.fetch_sub(1, Relaxed);
		self.0 .0.limits.subscriptions.fetch_sub(1, Relaxed);
	}
}

/// The bytes of answers that a connection's socket has not taken.
///
/// What subscriptions send is taken by the same socket and is not counted as answers: there can be more unread than is
/// counted, by as much as was sent to subscribers while answers waited.
#[derive(Default)]
pub struct Unread {
	bytes: AtomicUsize,
	drained: Notify,
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
		if before > MAX_UNREAD && self.has_capacity() {
			self.drained.notify_waiters();
			self.reader.wake();
		}
	}

	/// Whether another answer fits.
	pub fn has_capacity(&self) -> bool {
		self.bytes.load(Relaxed) <= MAX_UNREAD
	}

	/// Waits until another answer fits.
	async fn capacity(&self) {
		loop {
			let drained = self.drained.notified();
			if self.has_capacity() {
				return;
			}
			drained.await;
		}
	}

	/// As [`Self::capacity`], for the reader of the socket.
	pub fn poll_capacity(&self, context: &mut Context<'_>) -> Poll<()> {
		if self.has_capacity() {
			return Poll::Ready(());
		}
		self.reader.register(context.waker());
		if self.has_capacity() {
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
		let limits = Limits::new();
		let (one, other) = (limits.connection(), limits.connection());
		let mut calls: Vec<_> = (0..MAX_CALLS).map(|_| one.call(10).expect("fits")).collect();
		assert_eq!(one.call(10).err(), Some(Error::Busy));
		assert!(other.call(10).is_ok());
		calls.pop();
		assert!(one.call(10).is_ok());
	}

	#[test]
	fn the_bytes_of_calls_that_wait_have_a_bound() {
		let connection = Limits::new().connection();
		// One alone may be as long as the server takes.
		let long = connection.call(MAX_PARAM_BYTES + 1).expect("fits");
		assert_eq!(connection.call(1).err(), Some(Error::Busy));
		drop(long);
		let _half = connection.call(MAX_PARAM_BYTES / 2).expect("fits");
		let _rest = connection.call(MAX_PARAM_BYTES / 2).expect("fits");
		assert_eq!(connection.call(1).err(), Some(Error::Busy));
	}

	#[test]
	fn rpc_1_subscriptions_have_a_bound_for_one_connection_and_for_all() {
		let limits = Limits::new();
		let mut subscriptions = Vec::new();
		for _ in 0..MAX_SUBSCRIPTIONS_IN_ALL / MAX_SUBSCRIPTIONS as usize {
			let connection = limits.connection();
			subscriptions.extend((0..MAX_SUBSCRIPTIONS).map(|_| connection.subscribe().expect("fits")));
			assert_eq!(connection.subscribe().err(), Some(Error::TooManySubscriptions(MAX_SUBSCRIPTIONS)));
		}
		let last = limits.connection();
		assert_eq!(last.subscribe().err(), Some(Error::Busy));
		subscriptions.pop();
		assert!(last.subscribe().is_ok());
	}

	#[tokio::test]
	async fn who_does_not_read_is_answered_no_more() {
		let connection = Limits::new().connection();
		let permits = connection.limits().reads.clone();
		connection.unread().answered(MAX_UNREAD);
		drop(connection.permit(&permits).await.expect("has capacity"));
		connection.unread().answered(1);
		let mut waiting = Box::pin(connection.permit(&permits));
		assert!(poll!(&mut waiting).is_pending());
		connection.unread().taken(1);
		assert!(waiting.now_or_never().expect("goes on").is_ok());
		// What subscriptions sent does not count below nothing.
		connection.unread().taken(usize::MAX);
		connection.unread().answered(MAX_UNREAD + 1);
		assert!(!connection.unread().has_capacity());
	}
}
