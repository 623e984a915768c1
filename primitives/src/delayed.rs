//! Values whose changes bind after a delay, so that those concerned see them before.

use crate::Era;

/// A value, and the last announced change of it.
#[frame_support::stored(no_skip_type_params)]
pub struct Delayed<V> {
	/// The value that binds until `next` does.
	pub value: V,
	/// A value, and the era from which it binds.
	pub next: Option<(V, Era)>,
}

impl<V> From<V> for Delayed<V> {
	fn from(value: V) -> Self {
		Self { value, next: None }
	}
}

impl<V> Delayed<V> {
	/// The value that binds in `era`.
	pub fn at(&self, era: Era) -> &V {
		match &self.next {
			Some((next, effective)) if *effective <= era => next,
			_ => &self.value,
		}
	}

	/// The value that was announced last, whether it binds already or not.
	pub fn announced(&self) -> &V {
		self.next.as_ref().map_or(&self.value, |(next, _)| next)
	}
}

impl<V: Copy + Ord> Delayed<V> {
	/// Sets a value of which a higher one is worse for those concerned: a lower value binds at once, a higher one
	/// `delay` eras after `now`. Replaces an announced value that does not bind yet. Returns the value that bound until
	/// now, and the era from which the new one binds.
	pub fn set(&mut self, new: V, now: Era, delay: Era) -> (V, Era) {
		let old = *self.at(now);
		let effective = if new > old { now.saturating_add(delay) } else { now };
		*self = Self { value: old.min(new), next: (new > old).then_some((new, effective)) };
		(old, effective)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_higher_waits_and_what_is_lower_does_not() {
		let mut value = Delayed::from(5);
		assert_eq!(value.set(7, 10, 3), (5, 13));
		assert_eq!((*value.at(12), *value.at(13), *value.announced()), (5, 7, 7));
		assert_eq!(value.set(6, 12, 3), (5, 15), "it replaces what does not bind yet");
		assert_eq!(value.set(2, 20, 3), (6, 20));
		assert_eq!(value, Delayed::from(2));
	}
}
