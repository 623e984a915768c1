//! The magnitude of one pool that one operator set may slash: the present one, a pending change, and the history. No
//! storage.

use frame_support::{traits::Get, BoundedVec, DefaultNoBound};
use mainstay_primitives::{Era, Fraction, Magnitude};

/// The allocation of a pool to a set. Magnitudes are in parts of `WAD` of the pool as it was before any cut.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct Allocation<MaxHistory: Get<u32>> {
	/// The magnitude that is allocated now.
	pub current: u64,
	/// A pending change: the new magnitude, and the era from which it binds.
	pub pending: Option<(u64, Era)>,
	/// The magnitude that was allocated from each of these eras on, less the cuts since. Eras are in ascending order.
	pub history: BoundedVec<(Era, u64), MaxHistory>,
}

impl<MaxHistory: Get<u32>> Allocation<MaxHistory> {
	/// Applies a pending change whose era has come, and returns whether there was one.
	pub fn mature(&mut self, now: Era) -> bool {
		let Some((magnitude, effective)) = self.pending.filter(|(_, effective)| *effective <= now) else {
			return false;
		};
		self.current = magnitude;
		self.pending = None;
		self.note(effective, magnitude);
		true
	}

	/// Whether the history can store a raise, and after it the end that a slash of all of the pool brings.
	pub fn has_room(&self) -> bool {
		self.history.len().saturating_add(2) <= MaxHistory::get() as usize
	}

	/// Stores that `magnitude` is allocated from `era` on.
	fn note(&mut self, era: Era, magnitude: u64) {
		if let Some(last) = self.history.last_mut().filter(|(from, _)| *from == era) {
			last.1 = magnitude;
			return;
		}
		if self.history.is_full() {
			// No slash needs the oldest entry: raises are refused before the history is full, and a decrease binds
			// later than any slash for an era before it.
			self.history.remove(0);
		}
		let _ = self.history.try_push((era, magnitude));
	}

	/// The magnitude that was allocated in `era`, less every cut since. Later decreases do not lower it.
	pub fn at(&self, era: Era) -> u64 {
		let past = self.history.iter().rev().find(|(from, _)| *from <= era);
		past.map_or(0, |(_, magnitude)| *magnitude)
	}

	/// The largest magnitude that the set can still slash of the live pool: now, for an era from `first` on, which
	/// slashes can still name, or when the pending change binds. A pool whose generation begins after `now` does not
	/// answer for past eras.
	pub fn encumbered(&self, first: Era, now: Era) -> u64 {
		let pending = self.pending.map_or(0, |(magnitude, _)| magnitude);
		let since = self.history.iter().filter(|(from, _)| (first..=now).contains(from));
		let past = since.map(|(_, magnitude)| *magnitude).max().unwrap_or(0);
		let at_first = if first <= now { self.at(first) } else { 0 };
		self.current.max(pending).max(past).max(at_first)
	}

	/// Removes entries of the history that no slash with a capture era of `first` or later needs.
	pub fn prune(&mut self, first: Era) {
		let kept = self.history.iter().rposition(|(from, _)| *from <= first).unwrap_or(0);
		self.history.drain(..kept);
	}

	/// Whether nothing is allocated, and nothing was in any stored era.
	pub fn is_over(&self) -> bool {
		self.current == 0
			&& self.pending.is_none()
			&& self.history.iter().all(|(_, magnitude)| *magnitude == 0)
	}

	/// Ends the allocation from era `effective` on, and cancels an increase that does not bind yet. Returns whether
	/// that changes anything.
	pub fn end(&mut self, effective: Era) -> bool {
		let ends = self.pending.is_some_and(|(magnitude, _)| magnitude == 0);
		if ends || (self.current == 0 && self.pending.is_none()) {
			return false;
		}
		self.pending = (self.current > 0).then_some((0, effective));
		true
	}

	/// Ends the allocation with the pool's generation: the next generation, from era `since` on, has no allocation. The
	/// history stays, because past exits still answer.
	pub fn void(&mut self, now: Era, since: Era) {
		self.mature(now);
		// The present magnitude may have been capped below the last one in the history.
		if self.history.last().is_some_and(|(_, magnitude)| *magnitude > 0) {
			self.note(since, 0);
		}
		self.current = 0;
		self.pending = None;
	}

	/// Lowers the history by `cut` from era `eras.0` on and before era `eras.1`, which is the slashed generation of the
	/// pool.
	pub fn cut_history(&mut self, cut: Magnitude, eras: (Era, Era)) {
		let (first, next) = eras;
		for (_, magnitude) in self.history.iter_mut().filter(|(from, _)| (first..next).contains(from)) {
			*magnitude = magnitude.saturating_sub(cut.0);
		}
	}

	/// Raises the last magnitude of the history to the present one. Only for the migration to layout 2, since which
	/// every cut lowers both.
	pub(crate) fn restore(&mut self) {
		if let Some((_, last)) = self.history.last_mut() {
			*last = (*last).max(self.current);
		}
	}

	/// Lowers the present magnitude by `cut`, which is `fraction` of the `magnitude` that could be slashed. A pending
	/// decrease keeps its proportion, because it could otherwise end above what the slash leaves.
	pub fn cut_current(&mut self, cut: Magnitude, magnitude: Magnitude, fraction: Fraction) {
		if let Some((pending, _)) = &mut self.pending {
			let less =
				if *pending < self.current { fraction.of(magnitude.min(Magnitude(*pending))) } else { cut };
			*pending = pending.saturating_sub(less.0);
		}
		self.current = self.current.saturating_sub(cut.0);
	}

	/// Caps the present magnitude and the pending one at what is left of the pool.
	pub fn cap(&mut self, left: Magnitude) {
		self.current = self.current.min(left.0);
		if let Some((pending, _)) = &mut self.pending {
			*pending = (*pending).min(left.0);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::traits::ConstU32;
	use mainstay_primitives::WAD;

	type Alloc = Allocation<ConstU32<4>>;

	fn with(current: u64, pending: Option<(u64, Era)>, history: &[(Era, u64)]) -> Alloc {
		Allocation { current, pending, history: history.to_vec().try_into().unwrap() }
	}

	#[test]
	fn a_change_binds_from_its_era_whenever_it_is_looked_at() {
		let mut alloc = with(0, Some((WAD, 3)), &[]);
		alloc.mature(2);
		assert_eq!((alloc.current, alloc.at(2)), (0, 0));
		alloc.mature(7);
		assert_eq!(alloc, with(WAD, None, &[(3, WAD)]));
		assert_eq!((alloc.at(2), alloc.at(3), alloc.at(9)), (0, WAD, WAD));
	}

	#[test]
	fn what_ended_answers_for_the_eras_it_was_there() {
		let alloc = with(0, None, &[(3, WAD), (8, 0)]);
		assert_eq!((alloc.at(7), alloc.at(8)), (WAD, 0));
		assert_eq!(alloc.encumbered(5, 9), WAD);
		assert_eq!(alloc.encumbered(8, 9), 0);
		assert_eq!(with(0, None, &[(3, WAD)]).encumbered(8, 7), 0);
		assert!(!alloc.is_over());
	}

	#[test]
	fn pruning_keeps_every_answer_from_its_era_on() {
		let mut alloc = with(1, None, &[(1, 5), (3, 6), (5, 0), (9, 1)]);
		let before: Vec<_> = (4..12).map(|era| alloc.at(era)).collect();
		alloc.prune(4);
		assert_eq!(alloc.history.to_vec(), [(3, 6), (5, 0), (9, 1)]);
		assert_eq!((4..12).map(|era| alloc.at(era)).collect::<Vec<_>>(), before);
		let mut none = with(1, None, &[(9, 1)]);
		none.prune(4);
		assert_eq!(none.history.to_vec(), [(9, 1)]);
	}

	#[test]
	fn a_pending_decrease_is_cut_in_proportion_and_an_increase_by_as_much() {
		let mut down = with(WAD, Some((WAD / 2, 9)), &[(1, WAD)]);
		down.cut_history(Magnitude(WAD / 10), (0, Era::MAX));
		down.cut_current(Magnitude(WAD / 10), Magnitude(WAD), Fraction(WAD / 10));
		assert_eq!(down, with(WAD / 10 * 9, Some((WAD / 20 * 9, 9)), &[(1, WAD / 10 * 9)]));
		let mut up = with(WAD / 2, Some((WAD, 9)), &[]);
		up.cut_current(Magnitude(WAD / 10), Magnitude(WAD / 2), Fraction(WAD / 5));
		assert_eq!(up, with(WAD / 10 * 4, Some((WAD / 10 * 9, 9)), &[]));
	}

	#[test]
	fn two_changes_of_one_era_leave_the_last() {
		let mut alloc = with(5, None, &[(1, 5)]);
		alloc.void(3, 4);
		alloc.pending = Some((7, 4));
		alloc.mature(4);
		assert_eq!(alloc, with(7, None, &[(1, 5), (4, 7)]));
	}

	#[test]
	fn what_only_time_had_brought_ends_with_its_generation_like_all_else() {
		let mut alloc = with(5, Some((7, 3)), &[(1, 5)]);
		alloc.void(3, 4);
		assert_eq!(alloc, with(0, None, &[(1, 5), (3, 7), (4, 0)]));
		let mut waits = with(5, Some((7, 4)), &[(1, 5)]);
		waits.void(3, 4);
		assert_eq!(waits, with(0, None, &[(1, 5), (4, 0)]));
	}

	#[test]
	fn a_history_ends_with_its_generation_although_nothing_is_allocated_any_more() {
		let mut alloc = with(0, None, &[(1, 5)]);
		alloc.void(3, 4);
		assert_eq!(alloc, with(0, None, &[(1, 5), (4, 0)]));
		alloc.void(5, 6);
		assert_eq!(alloc, with(0, None, &[(1, 5), (4, 0)]), "once");
	}

	#[test]
	fn a_cut_lowers_the_history_of_one_generation() {
		let mut alloc = with(6, None, &[(1, 4), (3, 5), (5, 0), (7, 6)]);
		alloc.cut_history(Magnitude(2), (3, 5));
		assert_eq!(alloc.history.to_vec(), [(1, 4), (3, 3), (5, 0), (7, 6)]);
		alloc.cut_history(Magnitude(2), (7, Era::MAX));
		assert_eq!(alloc.history.to_vec(), [(1, 4), (3, 3), (5, 0), (7, 4)]);
	}

	#[test]
	fn a_full_history_loses_its_oldest() {
		let mut alloc = with(5, Some((6, 9)), &[(1, 1), (2, 2), (3, 3), (4, 4)]);
		alloc.mature(9);
		assert_eq!(alloc.history.to_vec(), [(2, 2), (3, 3), (4, 4), (9, 6)]);
	}
}
