//! Turns at the machine, shared fairly among connections.
//!
//! So many turns are taken at once and no more. Whose connection has used the least time goes next, so that one that asks
//! a thousand questions, or long ones, waits for everybody else and nobody for it. Within a connection slashes go first.
//! The questions of those who follow what accounts have come at once when an era begins: they stand in a line of their
//! own, which has every second turn at most while others wait.

use std::{
	collections::{HashMap, VecDeque},
	sync::{Arc, Mutex, MutexGuard},
	time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// The node's own questions, as if it were a connection.
pub const NODE: u64 = 0;

/// A turn that took longer than this is followed by a rest, where turns are shared with rests.
const LONG: Duration = Duration::from_millis(250);
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(10);

/// What a turn is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
	/// To tell of slashes.
	Slashes,
	/// To answer a call.
	Call,
	/// To tell what accounts and members have.
	Holdings,
}

const RANKS: usize = 3;

/// The turns that are taken at once.
#[derive(Clone)]
pub struct Turns(Arc<Shared>);

struct Shared {
	state: Mutex<State>,
	/// The most that one connection takes at once.
	each: usize,
	/// Whether who took a long turn leaves it unused for as long again.
	rests: bool,
}

struct State {
	free: usize,
	taken: usize,
	/// The time that whoever went last had used. Who comes anew begins there: nobody saves turns by waiting.
	clock: Duration,
	askers: HashMap<u64, Asker>,
	/// Whether the last turn went to the line of holdings.
	holdings_last: bool,
}

struct Asker {
	used: Duration,
	running: usize,
	waiting: [VecDeque<oneshot::Sender<Turn>>; RANKS],
	/// Whether the connection is gone.
	gone: bool,
}

impl Asker {
	/// Who has a turn, or waits for one.
	fn is_busy(&self) -> bool {
		self.running > 0 || self.waiting.iter().any(|line| !line.is_empty())
	}
}

impl State {
	/// The connection that goes next among those that wait with one of these ranks, and its first rank.
	fn first(&self, ranks: &[Rank], each: usize) -> Option<(u64, Rank)> {
		let ready = self.askers.iter().filter(|(_, asker)| asker.running < each);
		let waiting = ready.filter_map(|(who, asker)| {
			let rank = ranks.iter().find(|rank| !asker.waiting[**rank as usize].is_empty())?;
			Some((asker.used, *who, *rank))
		});
		waiting.min_by_key(|(used, who, _)| (*used, *who)).map(|(_, who, rank)| (who, rank))
	}

	fn next(&self, each: usize) -> Option<(u64, Rank)> {
		let front = self.first(&[Rank::Slashes, Rank::Call], each);
		let holdings = self.first(&[Rank::Holdings], each);
		match (front, holdings) {
			(Some(front), Some(_)) if self.holdings_last => Some(front),
			(_, Some(holdings)) => Some(holdings),
			(front, None) => front,
		}
	}
}

impl Turns {
	/// `most` at once, of which one connection has half at most.
	pub fn new(most: usize) -> Self {
		Self::sharing(most, false)
	}

	/// As [`Self::new`], for what may take long: a turn that took more than a quarter of a second stays unused for as long
	/// again, ten seconds at most, so that such turns have half of the time.
	pub fn with_rests(most: usize) -> Self {
		Self::sharing(most, true)
	}

	fn sharing(most: usize, rests: bool) -> Self {
		let state = State {
			free: most.max(1),
			taken: 0,
			clock: Duration::ZERO,
			askers: HashMap::new(),
			holdings_last: false,
		};
		Self(Arc::new(Shared { state: Mutex::new(state), each: most.div_ceil(2).max(1), rests }))
	}

	fn state(&self) -> MutexGuard<'_, State> {
		// Nothing panics while it is held.
		self.0.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	/// Waits for a turn, which lasts until it is dropped.
	pub async fn take(&self, who: u64, rank: Rank) -> Turn {
		let receiver = self.queue(who, rank);
		self.hand_out();
		// The sender is in the line until it sends.
		receiver
			.await
			.unwrap_or_else(|_| unreachable!("a line is never thrown away while someone waits in it"))
	}

	fn queue(&self, who: u64, rank: Rank) -> oneshot::Receiver<Turn> {
		let (sender, receiver) = oneshot::channel();
		let mut state = self.state();
		let clock = state.clock;
		let asker = state.askers.entry(who).or_insert_with(|| Asker {
			used: clock,
			running: 0,
			waiting: Default::default(),
			gone: false,
		});
		if !asker.is_busy() {
			asker.used = asker.used.max(clock);
		}
		asker.waiting[rank as usize].push_back(sender);
		receiver
	}

	/// Gives free turns to those who wait.
	fn hand_out(&self) {
		while let Some((sender, turn)) = self.next() {
			if let Err(mut turn) = sender.send(turn) {
				// Nobody waits for it any more. It comes back here, and not by way of itself.
				turn.given = false;
			}
		}
	}

	fn next(&self) -> Option<(oneshot::Sender<Turn>, Turn)> {
		let mut guard = self.state();
		let state = &mut *guard;
		if state.free == 0 {
			return None;
		}
		let (who, rank) = state.next(self.0.each)?;
		let asker = state.askers.get_mut(&who)?;
		let sender = asker.waiting[rank as usize].pop_front()?;
		asker.running += 1;
		state.clock = state.clock.max(asker.used);
		state.holdings_last = rank == Rank::Holdings;
		state.free -= 1;
		state.taken += 1;
		Some((sender, Turn { turns: self.clone(), who, began: Instant::now(), given: true }))
	}

	/// Takes note of a turn that is over. Returns how long the rest is that follows.
	fn over(&self, who: u64, took: Duration) -> Duration {
		let mut guard = self.state();
		let state = &mut *guard;
		state.taken -= 1;
		if let Some(asker) = state.askers.get_mut(&who) {
			asker.running -= 1;
			asker.used += took;
			if asker.gone && !asker.is_busy() {
				state.askers.remove(&who);
			}
		}
		// When nothing is asked any more, all begin anew.
		if state.taken == 0 && state.askers.values().all(|asker| !asker.is_busy()) {
			state.askers.clear();
			state.clock = Duration::ZERO;
		}
		if self.0.rests && took > LONG {
			return took.min(LONGEST_REST);
		}
		state.free += 1;
		Duration::ZERO
	}

	/// Ends a rest.
	fn rested(&self) {
		self.state().free += 1;
		self.hand_out();
	}

	/// Forgets a connection that is gone, when it neither has a turn nor waits for one.
	pub fn forget(&self, who: u64) {
		let mut state = self.state();
		let Some(asker) = state.askers.get_mut(&who) else { return };
		asker.gone = true;
		if !asker.is_busy() {
			state.askers.remove(&who);
		}
	}
}

/// A turn, until it is dropped.
pub struct Turn {
	turns: Turns,
	who: u64,
	began: Instant,
	/// Whether somebody got it.
	given: bool,
}

impl Drop for Turn {
	fn drop(&mut self) {
		let took = if self.given { self.began.elapsed() } else { Duration::ZERO };
		let rest = self.turns.over(self.who, took);
		if !rest.is_zero() {
			let turns = self.turns.clone();
			if let Ok(runtime) = tokio::runtime::Handle::try_current() {
				runtime.spawn(async move {
					tokio::time::sleep(rest).await;
					turns.rested();
				});
				// Its rest is for this turn; others may be free.
				return self.turns.hand_out();
			}
			turns.rested();
		}
		if self.given {
			self.turns.hand_out();
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Queues these, in order, while a turn is taken; then lets turn after turn be over. Returns in which order they went;
	/// those of connection 1 take long.
	async fn order(asked: &[(u64, Rank)]) -> Vec<(u64, Rank)> {
		let turns = Turns::new(1);
		let held = turns.take(99, Rank::Call).await;
		let mut waiting: Vec<_> =
			asked.iter().map(|(who, rank)| ((*who, *rank), turns.queue(*who, *rank))).collect();
		drop(held);
		let mut went = Vec::new();
		while !waiting.is_empty() {
			let index = waiting.iter_mut().position(|(_, turn)| match turn.try_recv() {
				Ok(mut turn) => {
					if turn.who == 1 {
						turn.began -= Duration::from_secs(1);
					}
					drop(turn);
					true
				},
				Err(_) => false,
			});
			went.push(waiting.remove(index.expect("somebody has the turn")).0);
		}
		went
	}

	#[tokio::test]
	async fn rpc_2_turns_rotate_between_connections() {
		use Rank::Call;
		let went = order(&[(1, Call), (1, Call), (1, Call), (2, Call), (3, Call), (2, Call)]).await;
		let who: Vec<_> = went.into_iter().map(|(who, _)| who).collect();
		// One turn of connection 1 is longer than all that the others ask.
		assert_eq!(who[0], 1);
		assert_eq!(who[4..], [1, 1]);
		assert_eq!(who[1..4].iter().filter(|who| **who == 2).count(), 2);
	}

	#[tokio::test]
	async fn rpc_1_slashes_go_ahead_of_holdings() {
		use Rank::{Call, Holdings, Slashes};
		let went = order(&[(1, Holdings), (1, Holdings), (1, Holdings), (1, Slashes), (2, Call)]).await;
		let place = |wanted| went.iter().position(|(_, rank)| *rank == wanted).expect("went");
		// One of the holdings has the first turn, the next is the others', and so on.
		assert!(place(Slashes) < 4 && place(Call) < 4, "{went:?}");
		assert_eq!(went.last(), Some(&(1, Holdings)));
		let calls_and_slashes = order(&[(1, Call), (1, Call), (1, Slashes)]).await;
		assert_eq!(calls_and_slashes[0], (1, Slashes));
	}

	#[tokio::test]
	async fn a_connection_has_half_of_the_turns_at_most() {
		let turns = Turns::new(4);
		let first = turns.take(1, Rank::Call).await;
		let _second = turns.take(1, Rank::Call).await;
		let mut third = turns.queue(1, Rank::Call);
		turns.hand_out();
		assert!(third.try_recv().is_err());
		let _other = turns.take(2, Rank::Call).await;
		drop(first);
		assert!(third.try_recv().is_ok());
	}

	#[tokio::test]
	async fn who_gives_up_waiting_costs_no_turn() {
		let turns = Turns::new(1);
		let held = turns.take(1, Rank::Call).await;
		for _ in 0..1_000 {
			drop(turns.queue(2, Rank::Call));
		}
		let mut last = turns.queue(3, Rank::Call);
		drop(held);
		assert!(last.try_recv().is_ok());
		// A turn that was handed out and never looked at comes back as well.
		let unread = turns.queue(4, Rank::Call);
		turns.hand_out();
		drop(unread);
		drop(turns.take(5, Rank::Call).await);
		assert!(turns.state().askers.is_empty());
	}

	#[tokio::test]
	async fn who_is_gone_is_forgotten_though_others_go_on_asking() {
		let turns = Turns::new(2);
		let _other = turns.take(1, Rank::Call).await;
		let last = turns.take(2, Rank::Call).await;
		drop(turns.queue(2, Rank::Call));
		turns.forget(2);
		assert!(turns.state().askers.contains_key(&2), "it has a turn still");
		drop(last);
		assert_eq!(turns.state().askers.keys().collect::<Vec<_>>(), [&1]);
	}

	#[tokio::test]
	async fn rpc_3_long_turns_have_half_of_the_time() {
		let turns = Turns::with_rests(1);
		let long = 2 * LONG;
		let mut turn = turns.take(1, Rank::Call).await;
		turn.began -= long;
		let over = Instant::now();
		drop(turn);
		drop(turns.take(2, Rank::Call).await);
		assert!(over.elapsed() >= long);
		// After a short one the next is there at once.
		let mut next = turns.queue(3, Rank::Call);
		turns.hand_out();
		assert!(next.try_recv().is_ok());
	}
}
