//! A connection's socket. It counts the bytes that it sends. It is not read while its peer leaves too much unread,
//! nor for a moment after each call that was refused, since refusing a flood of calls costs as well.
//!
//! jsonrpsee 0.24 reads requests as fast as they come and keeps the answers for a peer that never reads, without a
//! bound (paritytech/jsonrpsee#1209 removed the one it had; #1010 asked for one in bytes). This can be removed when
//! jsonrpsee has one.

use super::connection::Connection;
use std::{
	future::Future,
	io::{IoSlice, Result},
	pin::Pin,
	task::{ready, Context, Poll},
	time::Duration,
};
use tokio::{
	io::{AsyncRead, AsyncWrite, ReadBuf},
	sync::OwnedSemaphorePermit,
	time::{sleep, Sleep},
};

/// If a socket that is ready to send gets nothing for this long, there is nothing unread: the answer was dropped, for
/// instance that of a batch which grew too long.
const IDLE_TIMEOUT: Duration = Duration::from_secs(1);
/// How long a socket is not read for each call that was refused, and how many of them count at once, at most.
const PAUSE: Duration = Duration::from_millis(1);
const MAX_PAUSES: usize = 1_000;

/// The socket of a connection.
pub struct Socket<S> {
	stream: S,
	connection: Connection,
	/// The socket counts among all sockets while it is open.
	_counted: Option<OwnedSemaphorePermit>,
	/// Whether the socket is full.
	full: bool,
	/// How many writes it took.
	given: u64,
	/// While too much is unread: a timer, and the value of `given` when it began.
	idle: Option<(Pin<Box<Sleep>>, u64)>,
	/// While the socket is not read: a timer.
	pause: Option<Pin<Box<Sleep>>>,
}

impl<S> Socket<S> {
	pub fn new(stream: S, connection: Connection, counted: Option<OwnedSemaphorePermit>) -> Self {
		Self { stream, connection, _counted: counted, full: false, given: 0, idle: None, pause: None }
	}

	fn count(&mut self, written: Poll<Result<usize>>) -> Poll<Result<usize>> {
		self.full = written.is_pending();
		if let Poll::Ready(Ok(bytes)) = &written {
			self.given += 1;
			self.connection.unread().taken(*bytes);
		}
		written
	}

	/// Waits for a moment if calls were refused.
	fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
		loop {
			if let Some(pause) = &mut self.pause {
				ready!(pause.as_mut().poll(context));
				self.pause = None;
			}
			match self.connection.refused().min(MAX_PAUSES) {
				0 => return Poll::Ready(()),
				refused => self.pause = Some(Box::pin(sleep(PAUSE.saturating_mul(refused as u32)))),
			}
		}
	}

	/// Waits until the peer has read enough for its socket to be read.
	fn poll_capacity(&mut self, context: &mut Context<'_>) -> Poll<()> {
		let connection = self.connection.clone();
		loop {
			if connection.unread().poll_capacity(context).is_ready() {
				self.idle = None;
				return Poll::Ready(());
			}
			let (idle, given) = self.idle.get_or_insert_with(|| (Box::pin(sleep(IDLE_TIMEOUT)), self.given));
			ready!(idle.as_mut().poll(context));
			if !self.full && *given == self.given {
				connection.unread().forget();
			}
			self.idle = None;
		}
	}
}

impl<S: AsyncRead + Unpin> AsyncRead for Socket<S> {
	fn poll_read(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		buffer: &mut ReadBuf<'_>,
	) -> Poll<Result<()>> {
		ready!(self.poll_capacity(context));
		ready!(self.poll_pause(context));
		Pin::new(&mut self.stream).poll_read(context, buffer)
	}
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Socket<S> {
	fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
		let written = Pin::new(&mut self.stream).poll_write(context, bytes);
		self.count(written)
	}

	fn poll_write_vectored(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
		parts: &[IoSlice<'_>],
	) -> Poll<Result<usize>> {
		let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
		self.count(written)
	}

	fn is_write_vectored(&self) -> bool {
		self.stream.is_write_vectored()
	}

	fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
		Pin::new(&mut self.stream).poll_flush(context)
	}

	fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
		Pin::new(&mut self.stream).poll_shutdown(context)
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::connection::{Limits, MAX_CALLS, MAX_UNREAD},
		*,
	};
	use futures::poll;
	use tokio::io::{duplex, AsyncReadExt, AsyncWriteExt, DuplexStream};

	/// A peer that sent `question`, and its connection.
	async fn asked() -> (DuplexStream, Connection, Socket<DuplexStream>) {
		let (mut peer, ours) = duplex(1024);
		let connection = Limits::new().connection();
		let socket = Socket::new(ours, connection.clone(), None);
		peer.write_all(b"question").await.expect("written");
		(peer, connection, socket)
	}

	#[tokio::test]
	async fn who_does_not_read_is_not_read_from() {
		let (_peer, connection, mut socket) = asked().await;
		connection.unread().answered(MAX_UNREAD + 6);
		let mut question = [0; 8];
		{
			let mut reading = Box::pin(socket.read_exact(&mut question));
			assert!(poll!(&mut reading).is_pending());
		}
		socket.write_all(b"answer").await.expect("written");
		socket.read_exact(&mut question).await.expect("read");
		assert_eq!(&question, b"question");
	}

	#[tokio::test]
	async fn what_was_thrown_away_is_waited_for_by_nobody() {
		let (mut peer, connection, mut socket) = asked().await;
		connection.unread().answered(2 * MAX_UNREAD);
		let mut question = [0; 8];
		socket.read_exact(&mut question).await.expect("read");
		assert!(connection.unread().has_capacity());

		// A peer that does not read is a different case.
		socket.write_all(&[0; 1024]).await.expect("written");
		connection.unread().answered(2 * MAX_UNREAD);
		assert!(poll!(Box::pin(socket.write_all(b"more"))).is_pending());
		peer.write_all(b"question").await.expect("written");
		let patience = tokio::time::timeout(2 * IDLE_TIMEOUT, socket.read_exact(&mut question));
		assert!(patience.await.is_err());
	}

	#[tokio::test]
	async fn rpc_2_a_flood_is_read_slowly() {
		let (_peer, connection, mut socket) = asked().await;
		let _calls: Vec<_> = (0..MAX_CALLS).map(|_| connection.call(0).expect("fits")).collect();
		for _ in 0..50 {
			assert!(connection.call(0).is_err());
		}
		let (began, mut question) = (std::time::Instant::now(), [0; 8]);
		socket.read_exact(&mut question).await.expect("read");
		assert!(began.elapsed() >= 50 * PAUSE);
		assert_eq!(connection.refused(), 0);
	}
}
