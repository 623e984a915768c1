//! The limits of a connection, and of all connections together.
//!
//! A connection may have [`MAX_CALLS`] calls at once. A further call is refused immediately. Each call waits up to
//! ten seconds for a permit, and for the peer to read earlier answers. This bounds the answers ([`MAX_UNREAD`]) and
//! parameters ([`MAX_PARAM_BYTES`]) that a connection keeps in memory, apart from the calls that have a permit. The
//! rest of a message than its parameters is not counted: jsonrpsee keeps it until the last call of the message is
//! answered.

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

/// The calls of one connection that wait or are being answered, at most.
pub const MAX_CALLS: usize = 512;
/// The bytes of parameters of these calls, at most. A single call may have more.
pub const MAX_PARAM_BYTES: usize = 16 << 20;
/// The bytes of answers that a peer may leave unread. While there are more, its calls wait and its socket is not
/// read.
pub const MAX_UNREAD: usize = 4 << 20;
/// Our subscriptions on one connection, at most.
pub const MAX_SUBSCRIPTIONS: u32 = 64;
/// Our subscriptions on all connections, at most.
pub const MAX_SUBSCRIPTIONS_IN_ALL: usize = 4_096;

/// How long a call waits for a permit.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(10);

/// The permits of all connections, by the cost of calls.
#[derive(Clone)]
pub struct Limits {
	/// For work that the node bounds. One processor is left for importing and making blocks.
	pub reads: Permits,
	/// For work that the caller decides, the runtime's own answer to `state_call` for instance.
	pub unbounded: Permits,
	/// For transactions, which are validated before they enter the pool.
	pub submissions: Permits,
	subscriptions: Arc<AtomicUsize>,
	last: Arc<AtomicU64>,
}

impl Limits {
	/// The limits for this machine's number of processors.
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

	/// Registers another connection.
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

/// One WebSocket connection, or one TCP connection for HTTP requests.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
	id: u64,
	limits: Limits,
	calls: AtomicUsize,
	param_bytes: AtomicUsize,
	/// Calls that were refused since the socket was last read.
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
	/// The connection's number, which no other connection has.
	pub fn id(&self) -> u64 {
		self.0.id
	}

	/// The permits of all connections.
	pub fn limits(&self) -> &Limits {
		&self.0.limits
	}

	/// The answers that the socket has not taken yet.
	pub fn unread(&self) -> &Unread {
		&self.0.unread
	}

	/// Counts a call with this many bytes of parameters until the guard is dropped.
	///
	/// Fails with [`Error::Busy`] if the connection has too many calls or bytes already.
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

	/// Returns how many calls were refused, and resets that number.
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
				// Meanwhile other calls of this connection may have been answered.
				if self.0.unread.has_capacity() {
					return permit;
				}
			}
		};
		timeout(QUEUE_TIMEOUT, permit).await.map_err(|_| Error::Busy)
	}

	/// Counts a subscription until the guard is dropped.
	///
	/// Fails with [`Error::TooManySubscriptions`] if this connection has too many, and with [`Error::Busy`] if all
	/// connections together have.
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

/// Counts a call until it is dropped.
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

/// Counts a subscription until it is dropped.
pub struct SubscriptionGuard(Connection);

impl Drop for SubscriptionGuard {
	fn drop(&mut self) {
		self.0 .0.subscriptions.fetch_sub(1, Relaxed);
		self.0 .0.limits.subscriptions.fetch_sub(1, Relaxed);
	}
}

/// The bytes of answers that a connection's socket has not taken.
///
/// The same socket also takes what subscriptions send, which is not counted as answers. So more can be unread than is
/// counted, by as much as was sent to subscribers while answers waited.
#[derive(Default)]
pub struct Unread {
	bytes: AtomicUsize,
	drained: Notify,
	/// The task that reads the socket, while too much is unread.
	reader: AtomicWaker,
}

impl Unread {
	/// Counts an answer of this many bytes.
	pub fn answered(&self, bytes: usize) {
		self.bytes.fetch_add(bytes, Relaxed);
	}

	/// Sets the count to nothing unread.
	pub fn forget(&self) {
		self.taken(usize::MAX);
	}

	/// Counts bytes that the socket took.
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

	/// As [`Self::capacity`], for the task that reads the socket.
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
		// A single call may be as long as the server accepts.
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
		// Bytes that subscriptions sent do not make the count negative.
		connection.unread().taken(usize::MAX);
		connection.unread().answered(MAX_UNREAD + 1);
		assert!(!connection.unread().has_capacity());
	}
}
