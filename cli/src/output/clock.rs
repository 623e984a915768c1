//! When an era is, and lengths of time, in words.

use serde_json::Value;
use std::time::{SystemTime, UNIX_EPOCH};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// Beyond this, the length of an era cannot be known.
const TOO_FAR: u64 = 10 * 365 * DAY;

/// The chain's clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
	/// The era that is running.
	pub era: u64,
	/// How long an era lasts, in milliseconds.
	pub millis: u64,
	/// The time since the running era began.
	pub elapsed: u64,
}

impl Clock {
	/// The clock, from the answer of `staking_era`.
	pub fn of(status: &Value) -> Option<Self> {
		let (era, millis) = (status["era"].as_u64()?, status["millis"].as_u64()?);
		let since = |start: u64| now().saturating_sub(start).min(millis);
		Some(Self { era, millis, elapsed: status["start"].as_u64().map_or(0, since) })
	}

	/// The time until an era begins. None for eras that have begun, and for those too far in the future.
	pub fn until(&self, era: u64) -> Option<u64> {
		let whole = era.checked_sub(self.era)?.checked_sub(1)?.checked_mul(self.millis)?;
		let rest = self.millis.saturating_sub(self.elapsed);
		whole.checked_add(rest).filter(|millis| *millis < TOO_FAR)
	}

	/// The length of this many eras. None if it is too long to know.
	pub fn lasting(&self, eras: u64) -> Option<u64> {
		eras.checked_mul(self.millis).filter(|millis| *millis < TOO_FAR)
	}
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	since.as_millis().try_into().unwrap_or(u64::MAX)
}

/// A length of time in its two largest units: `1 h 30 min`.
pub fn duration(millis: u64) -> String {
	if millis < SECOND {
		return format!("{millis} ms");
	}
	let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (SECOND, "s")];
	let first = units.iter().position(|(unit, _)| millis >= *unit).unwrap_or(units.len() - 1);
	let mut rest = millis;
	let mut parts = Vec::new();
	for (unit, name) in units.iter().skip(first).take(2) {
		if rest >= *unit {
			parts.push(format!("{} {name}", rest / unit));
		}
		rest %= unit;
	}
	parts.join(" ")
}

/// A time, from milliseconds since 1970.
pub fn time(millis: u64) -> String {
	let (days, rest) = (millis / DAY, millis % DAY);
	let (year, month, day) = date(days);
	let (hour, minute, second) = (rest / HOUR, rest % HOUR / MINUTE, rest % MINUTE / SECOND);
	format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

/// Year, month and day, from days since 1970. In years that begin with March, leap days come last: then the number of
/// days before a month is (153 * month + 2) / 5.
fn date(days: u64) -> (u64, u64, u64) {
	const FOUR_CENTURIES: u64 = 146_097;
	// Counted from 1 March of the year 0.
	let days = days + 719_468;
	let (era, day) = (days / FOUR_CENTURIES, days % FOUR_CENTURIES);
	let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
	let day = day - (365 * year + year / 4 - year / 100);
	let month = (5 * day + 2) / 153;
	let day = day - (153 * month + 2) / 5 + 1;
	let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
	(era * 400 + year + later, month, day)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn lengths_have_two_units() {
		for (millis, text) in [
			(0, "0 ms"),
			(999, "999 ms"),
			(6_000, "6 s"),
			(90_000, "1 min 30 s"),
			(120_000, "2 min"),
			(HOUR + 30 * MINUTE + 5, "1 h 30 min"),
			(HOUR + 5_000, "1 h"),
			(7 * DAY, "7 d"),
			(400 * DAY + 3 * HOUR, "400 d 3 h"),
		] {
			assert_eq!(duration(millis), text);
		}
	}

	#[test]
	fn times_are_in_utc() {
		for (millis, text) in [
			(0, "1970-01-01 00:00:00 UTC"),
			(951_782_400_000, "2000-02-29 00:00:00 UTC"),
			(1_709_210_096_000, "2024-02-29 12:34:56 UTC"),
			(1_735_689_599_999, "2024-12-31 23:59:59 UTC"),
			(4_107_542_400_000, "2100-03-01 00:00:00 UTC"),
		] {
			assert_eq!(time(millis), text);
		}
		// The latest that a chain could claim.
		time(u64::MAX);
	}

	#[test]
	fn eras_to_come_begin_after_the_rest_of_this_one() {
		let clock = Clock { era: 12, millis: 30_000, elapsed: 10_000 };
		assert_eq!(clock.until(11), None);
		assert_eq!(clock.until(12), None);
		assert_eq!(clock.until(13), Some(20_000));
		assert_eq!(clock.until(16), Some(110_000));
		assert_eq!(clock.until(u32::MAX.into()), None);
		assert_eq!(clock.until(u64::MAX), None);
		let late = Clock { elapsed: 40_000, ..clock };
		assert_eq!(late.until(13), Some(0));
	}
}
