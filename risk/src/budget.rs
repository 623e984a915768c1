//! How long a search may take.

use std::{
	cell::Cell,
	time::{Duration, Instant},
};

/// An allowance that searches take their steps from. When it is used up, they answer with the best they have found and
/// with a bound.
#[derive(Debug)]
pub struct Budget {
	until: Option<Instant>,
	steps: Cell<u64>,
}

impl Budget {
	/// Until so much time has passed from now.
	pub fn time(time: Duration) -> Self {
		Self { until: Instant::now().checked_add(time), steps: Cell::new(u64::MAX) }
	}

	/// So many steps: the same answer on every machine. A step looks at each edge once at most.
	pub fn steps(steps: u64) -> Self {
		Self { until: None, steps: Cell::new(steps) }
	}

	/// Does something with a part of what is left, one of `parts`. What it does not use is left.
	pub(crate) fn within<T>(&self, parts: usize, act: impl FnOnce(&Self) -> T) -> T {
		let parts = u32::try_from(parts.max(1)).unwrap_or(u32::MAX);
		let until = self.until.map(|until| {
			let now = Instant::now();
			now + until.saturating_duration_since(now) / parts
		});
		let granted = self.steps.get() / u64::from(parts);
		let share = Self { until, steps: Cell::new(granted) };
		let done = act(&share);
		if self.until.is_none() {
			self.steps.set(self.steps.get() - (granted - share.steps.get()));
		}
		done
	}

	/// Takes a step. `false` where nothing is left.
	pub(crate) fn step(&self) -> bool {
		let steps = self.steps.get();
		if steps == 0 || self.until.is_some_and(|until| Instant::now() >= until) {
			self.steps.set(0);
			return false;
		}
		self.steps.set(steps - 1);
		true
	}
}
