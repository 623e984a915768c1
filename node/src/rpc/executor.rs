//! Runs the tasks with which the SDK's methods block a thread: the operations of `chainHead` for instance, of which
//! one connection can have some sixty at once. Each task holds a permit while it works, and none while it waits for
//! its peer.

use super::{
	connection::Connection,
	permits::{Permits, Priority, NODE},
};
use futures::{
	future::BoxFuture,
	task::{waker, ArcWake},
};
use sp_core::traits::SpawnNamed;
use std::{future::Future, sync::Arc, task::Context};
use tokio::{runtime::Handle, sync::Notify, task::spawn_blocking};

tokio::task_local! {
	/// The connection whose call is running.
	static CONNECTION: Connection;
}

/// Runs `call` as a call of this connection.
pub fn with_connection<F: Future>(connection: Connection, call: F) -> impl Future<Output = F::Output> {
	CONNECTION.scope(connection, call)
}

/// Runs tasks on the threads of the RPC server.
#[derive(Clone)]
pub struct Executor {
	runtime: Handle,
	permits: Permits,
}

impl Executor {
	pub fn new(runtime: Handle, permits: Permits) -> Arc<Self> {
		Arc::new(Self { runtime, permits })
	}
}

/// Notifies a task that it can continue.
struct Woken(Notify);

impl ArcWake for Woken {
	fn wake_by_ref(woken: &Arc<Self>) {
		woken.0.notify_one();
	}
}

/// Polls `future` to its end. Each poll holds a permit of connection `who`.
async fn work(permits: Permits, who: u64, mut future: BoxFuture<'static, ()>) {
	let woken = Arc::new(Woken(Notify::new()));
	loop {
		let permit = permits.acquire(who, Priority::Call).await;
		let waker = waker(woken.clone());
		let worked = spawn_blocking(move || {
			let ended = future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();
			drop(permit);
			(!ended).then_some(future)
		});
		match worked.await {
			Ok(Some(rest)) => future = rest,
			// The future ended or panicked.
			_ => return,
		}
		woken.0.notified().await;
	}
}

impl SpawnNamed for Executor {
	fn spawn_blocking(&self, _: &'static str, _: Option<&'static str>, future: BoxFuture<'static, ()>) {
		let permits = self.permits.clone();
		let connection = CONNECTION.try_with(Clone::clone).ok();
		self.runtime.spawn(async move {
			work(permits, connection.as_ref().map_or(NODE, Connection::id), future).await;
		});
	}

	fn spawn(&self, _: &'static str, _: Option<&'static str>, future: BoxFuture<'static, ()>) {
		// Subscriptions and other tasks that mostly wait.
		self.runtime.spawn(future);
	}
}

#[cfg(test)]
mod tests {
	use super::{super::connection::Limits, *};
	use futures::FutureExt;
	use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

	#[tokio::test]
	async fn rpc_3_what_calls_leave_behind_takes_turns_while_it_works() {
		let limits = Limits::new();
		let executor = Executor::new(Handle::current(), Permits::new(1));
		let running = Arc::new(AtomicUsize::new(0));
		let (send, mut receive) = tokio::sync::mpsc::channel(1);
		for _ in 0..8 {
			let (running, send) = (running.clone(), send.clone());
			let work = async move {
				let at_once = running.fetch_add(1, SeqCst) + 1;
				std::thread::sleep(std::time::Duration::from_millis(2));
				running.fetch_sub(1, SeqCst);
				// While these wait for the receiver, others work.
				let _ = send.send(at_once).await;
			};
			with_connection(limits.connection(), async { executor.spawn_blocking("", None, work.boxed()) })
				.await;
		}
		for _ in 0..8 {
			assert_eq!(receive.recv().await, Some(1));
		}
	}
}
