//! Permits to run work on this machine, shared fairly among connections.
//!
//! A fixed number of permits is in use at once. The next permit goes to the waiting connection that has used the
//! least time. So a connection with a thousand queries, or with long ones, waits for the others, and they do not wait
//! for it. Within a connection, queries about slashes go first. When an era begins, all subscriptions to accounts and
//! sets query at once. They have a queue of their own, which gets at most every second permit while others wait.

use std::{
	collections::{HashMap, VecDeque},
	sync::{Arc, Mutex, MutexGuard},
	time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// The node's own queries count as those of a connection with this number.
pub const NODE: u64 = 0;

/// Permits with a cooldown: one that was held for longer than this is followed by a cooldown.
const LONG_USE: Duration = Duration::from_millis(250);
/// The longest cooldown.
const MAX_COOLDOWN: Duration = Duration::from_secs(10);

/// What a permit is for, in the order of priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
	/// To report slashes to subscribers.
	Slashes,
	/// To answer a call.
	Call,
	/// To report holdings and members to subscribers.
	Holdings,
}

const PRIORITIES: usize = 3;

/// A fixed number of permits.
#[derive(Clone)]
pub struct Permits(Arc<Shared>);

struct Shared {
	state: Mutex<State>,
	/// The permits that one connection holds at once, at most.
	per_caller: usize,
	/// Whether a permit that was held for long stays unused for as long again.
	has_cooldown: bool,
}

struct State {
	free: usize,
	taken: usize,
	/// The time used by the connection that was last granted a permit. A new connection begins with that time: waiting
	/// earns no advantage.
	virtual_time: Duration,
	callers: HashMap<u64, Caller>,
	/// Whether the last permit went to the queue of holdings.
	holdings_last: bool,
}

struct Caller {
	used: Duration,
	running: usize,
	waiting: [VecDeque<oneshot::Sender<Permit>>; PRIORITIES],
	/// Whether the connection is gone.
	gone: bool,
}

impl Caller {
	/// Whether it holds a permit, or waits for one.
	fn is_busy(&self) -> bool {
		self.running > 0 || self.waiting.iter().any(|queue| !queue.is_empty())
	}
}

impl State {
	/// The next connection among those that wait with one of these priorities, and the first of these priorities that
	/// it waits with.
	fn first(&self, priorities: &[Priority], per_caller: usize) -> Option<(u64, Priority)> {
		let ready = self.callers.iter().filter(|(_, caller)| caller.running < per_caller);
		let waiting = ready.filter_map(|(who, caller)| {
			let priority =
				priorities.iter().find(|priority| !caller.waiting[**priority as usize].is_empty())?;
			Some((caller.used, *who, *priority))
		});
		waiting.min_by_key(|(used, who, _)| (*used, *who)).map(|(_, who, priority)| (who, priority))
	}

	fn next(&self, per_caller: usize) -> Option<(u64, Priority)> {
		let front = self.first(&[Priority::Slashes, Priority::Call], per_caller);
		let holdings = self.first(&[Priority::Holdings], per_caller);
		match (front, holdings) {
			(Some(front), Some(_)) if self.holdings_last => Some(front),
			(_, Some(holdings)) => Some(holdings),
			(front, None) => front,
		}
	}
}

impl Permits {
	/// `limit` permits, of which one connection holds at most half.
	pub fn new(limit: usize) -> Self {
		Self::with_limit(limit, false)
	}

	/// As [`Self::new`], for work that may take long: after a permit was held for more than a quarter of a second, it
	/// stays unused for as long again, at most ten seconds. So long work takes half of the time at most.
	pub fn with_cooldown(limit: usize) -> Self {
		Self::with_limit(limit, true)
	}

	fn with_limit(limit: usize, has_cooldown: bool) -> Self {
		let state = State {
			free: limit.max(1),
			taken: 0,
			virtual_time: Duration::ZERO,
			callers: HashMap::new(),
			holdings_last: false,
		};
		Self(Arc::new(Shared {
			state: Mutex::new(state),
			per_caller: limit.div_ceil(2).max(1),
			has_cooldown,
		}))
	}

	fn state(&self) -> MutexGuard<'_, State> {
		// Nothing panics while it is held.
		self.0.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	/// Waits for a permit, which is released when it is dropped.
	pub async fn acquire(&self, who: u64, priority: Priority) -> Permit {
		let receiver = self.queue(who, priority);
		self.grant();
		// The sender stays in the queue until it sends.
		receiver.await.unwrap_or_else(|_| unreachable!("a queue is never dropped while someone waits in it"))
	}

	fn queue(&self, who: u64, priority: Priority) -> oneshot::Receiver<Permit> {
		let (sender, receiver) = oneshot::channel();
		let mut state = self.state();
		let virtual_time = state.virtual_time;
		let caller = state.callers.entry(who).or_insert_with(|| Caller {
			used: virtual_time,
			running: 0,
			waiting: Default::default(),
			gone: false,
		});
		if !caller.is_busy() {
			caller.used = caller.used.max(virtual_time);
		}
		caller.waiting[priority as usize].push_back(sender);
		receiver
	}

	/// Grants free permits to those who wait.
	fn grant(&self) {
		while let Some((sender, permit)) = self.next() {
			if let Err(mut permit) = sender.send(permit) {
				// Its receiver is gone. The permit is returned here, and not when it is dropped.
				permit.granted = false;
			}
		}
	}

	fn next(&self) -> Option<(oneshot::Sender<Permit>, Permit)> {
		let mut guard = self.state();
		let state = &mut *guard;
		if state.free == 0 {
			return None;
		}
		let (who, priority) = state.next(self.0.per_caller)?;
		let caller = state.callers.get_mut(&who)?;
		let sender = caller.waiting[priority as usize].pop_front()?;
		caller.running += 1;
		state.virtual_time = state.virtual_time.max(caller.used);
		state.holdings_last = priority == Priority::Holdings;
		state.free -= 1;
		state.taken += 1;
		Some((sender, Permit { permits: self.clone(), who, began: Instant::now(), granted: true }))
	}

	/// Returns a permit, and for how long it cools down.
	fn release(&self, who: u64, took: Duration) -> Duration {
		let mut guard = self.state();
		let state = &mut *guard;
		state.taken -= 1;
		if let Some(caller) = state.callers.get_mut(&who) {
			caller.running -= 1;
			caller.used += took;
			if caller.gone && !caller.is_busy() {
				state.callers.remove(&who);
			}
		}
		// When nothing is running or waiting, all connections begin anew.
		if state.taken == 0 && state.callers.values().all(|caller| !caller.is_busy()) {
			state.callers.clear();
			state.virtual_time = Duration::ZERO;
		}
		if self.0.has_cooldown && took > LONG_USE {
			return took.min(MAX_COOLDOWN);
		}
		state.free += 1;
		Duration::ZERO
	}

	/// Ends the cooldown of a permit.
	fn end_cooldown(&self) {
		self.state().free += 1;
		self.grant();
	}

	/// Forgets a closed connection, once it neither holds a permit nor waits for one.
	pub fn forget(&self, who: u64) {
		let mut state = self.state();
		let Some(caller) = state.callers.get_mut(&who) else { return };
		caller.gone = true;
		if !caller.is_busy() {
			state.callers.remove(&who);
		}
	}
}

/// A permit, released when it is dropped.
pub struct Permit {
	permits: Permits,
	who: u64,
	began: Instant,
	/// Whether a receiver got it.
	granted: bool,
}

impl Drop for Permit {
	fn drop(&mut self) {
		let took = if self.granted { self.began.elapsed() } else { Duration::ZERO };
		let cooldown = self.permits.release(self.who, took);
		if !cooldown.is_zero() {
			let permits = self.permits.clone();
			if let Ok(runtime) = tokio::runtime::Handle::try_current() {
				runtime.spawn(async move {
					tokio::time::sleep(cooldown).await;
					permits.end_cooldown();
				});
				// The cooldown is that of this permit. Others may be free.
				return self.permits.grant();
			}
			permits.end_cooldown();
		}
		if self.granted {
			self.permits.grant();
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Queues these requests in order while the only permit is held, and then releases one permit after another.
	/// Returns the order in which the requests were granted. Requests of connection 1 hold their permit for long.
	async fn order(asked: &[(u64, Priority)]) -> Vec<(u64, Priority)> {
		let permits = Permits::new(1);
		let held = permits.acquire(99, Priority::Call).await;
		let mut waiting: Vec<_> =
			asked.iter().map(|(who, priority)| ((*who, *priority), permits.queue(*who, *priority))).collect();
		drop(held);
		let mut went = Vec::new();
		while !waiting.is_empty() {
			let index = waiting.iter_mut().position(|(_, permit)| match permit.try_recv() {
				Ok(mut permit) => {
					if permit.who == 1 {
						permit.began -= Duration::from_secs(1);
					}
					drop(permit);
					true
				},
				Err(_) => false,
			});
			went.push(waiting.remove(index.expect("somebody has the permit")).0);
		}
		went
	}

	#[tokio::test]
	async fn rpc_2_turns_rotate_between_connections() {
		use Priority::Call;
		let went = order(&[(1, Call), (1, Call), (1, Call), (2, Call), (3, Call), (2, Call)]).await;
		let who: Vec<_> = went.into_iter().map(|(who, _)| who).collect();
		// One permit of connection 1 is held for longer than all of the others together.
		assert_eq!(who[0], 1);
		assert_eq!(who[4..], [1, 1]);
		assert_eq!(who[1..4].iter().filter(|who| **who == 2).count(), 2);
	}

	#[tokio::test]
	async fn rpc_1_slashes_go_ahead_of_holdings() {
		use Priority::{Call, Holdings, Slashes};
		let went = order(&[(1, Holdings), (1, Holdings), (1, Holdings), (1, Slashes), (2, Call)]).await;
		let place = |wanted| went.iter().position(|(_, priority)| *priority == wanted).expect("went");
		// The first permit is for holdings, the next for another priority, and so on.
		assert!(place(Slashes) < 4 && place(Call) < 4, "{went:?}");
		assert_eq!(went.last(), Some(&(1, Holdings)));
		let calls_and_slashes = order(&[(1, Call), (1, Call), (1, Slashes)]).await;
		assert_eq!(calls_and_slashes[0], (1, Slashes));
	}

	#[tokio::test]
	async fn a_connection_has_half_of_the_turns_at_most() {
		let permits = Permits::new(4);
		let first = permits.acquire(1, Priority::Call).await;
		let _second = permits.acquire(1, Priority::Call).await;
		let mut third = permits.queue(1, Priority::Call);
		permits.grant();
		assert!(third.try_recv().is_err());
		let _other = permits.acquire(2, Priority::Call).await;
		drop(first);
		assert!(third.try_recv().is_ok());
	}

	#[tokio::test]
	async fn who_gives_up_waiting_costs_no_turn() {
		let permits = Permits::new(1);
		let held = permits.acquire(1, Priority::Call).await;
		for _ in 0..1_000 {
			drop(permits.queue(2, Priority::Call));
		}
		let mut last = permits.queue(3, Priority::Call);
		drop(held);
		assert!(last.try_recv().is_ok());
		// A permit that was granted and never received is returned as well.
		let unread = permits.queue(4, Priority::Call);
		permits.grant();
		drop(unread);
		drop(permits.acquire(5, Priority::Call).await);
		assert!(permits.state().callers.is_empty());
	}

	#[tokio::test]
	async fn who_is_gone_is_forgotten_though_others_go_on_asking() {
		let permits = Permits::new(2);
		let _other = permits.acquire(1, Priority::Call).await;
		let last = permits.acquire(2, Priority::Call).await;
		drop(permits.queue(2, Priority::Call));
		permits.forget(2);
		assert!(permits.state().callers.contains_key(&2), "the caller still has a permit");
		drop(last);
		assert_eq!(permits.state().callers.keys().collect::<Vec<_>>(), [&1]);
	}

	#[tokio::test]
	async fn rpc_3_long_turns_have_half_of_the_time() {
		let permits = Permits::with_cooldown(1);
		let long = 2 * LONG_USE;
		let mut permit = permits.acquire(1, Priority::Call).await;
		permit.began -= long;
		let over = Instant::now();
		drop(permit);
		drop(permits.acquire(2, Priority::Call).await);
		assert!(over.elapsed() >= long);
		// After a short use, the next permit is free immediately.
		let mut next = permits.queue(3, Priority::Call);
		permits.grant();
		assert!(next.try_recv().is_ok());
	}
}
