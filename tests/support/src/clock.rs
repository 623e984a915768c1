//! The clock of a runtime without staking. Tests set the era, and each session is an era long.

// `parameter_types!` generates an undocumented constant for a documented `static`.
#![allow(missing_docs)]

use frame_support::parameter_types;
use mainstay_primitives::{traits::EraClock, Era};
use sp_staking::SessionIndex;

/// Eras between an exit and its claim, unless a test sets [`ExitDelay`].
pub const EXIT_ERAS: Era = 4;
/// The number of eras for which points, rewards, offences and records of slashes are stored.
pub const HISTORY: Era = 8;
/// The longest notice that operators and streams may promise, in eras.
pub const MAX_NOTICE: Era = 84;

parameter_types! {
	/// The running era.
	pub static Now: Era = 0;
	/// By how many eras the planned era is ahead: 1 in an era's last session.
	pub static Ahead: Era = 0;
	/// The number of validators of every era.
	pub static SetSize: u32 = 10;
	/// Eras between an exit and its claim.
	pub static ExitDelay: Era = EXIT_ERAS;
	/// The time of [`Time`], in milliseconds since 1970.
	pub static Millis: u64 = 0;
}

/// Resets all of them.
pub(crate) fn reset() {
	Now::set(0);
	Ahead::set(0);
	SetSize::set(10);
	ExitDelay::set(EXIT_ERAS);
	Millis::set(0);
}

/// A clock with the values of [`Now`], [`Ahead`], [`SetSize`] and [`ExitDelay`].
pub struct Clock;
impl EraClock for Clock {
	fn active() -> Era {
		Now::get()
	}
	fn planned() -> Era {
		Now::get() + Ahead::get()
	}
	fn era_of(session: SessionIndex) -> Option<Era> {
		(session <= Now::get()).then_some(session)
	}
	fn set_size(_: Era) -> u32 {
		SetSize::get()
	}
	fn exit_delay() -> Era {
		ExitDelay::get()
	}
	fn history() -> Era {
		HISTORY
	}
	fn max_notice() -> Era {
		MAX_NOTICE
	}
}

/// A time source with the value of [`Millis`].
pub struct Time;
impl frame_support::traits::Time for Time {
	type Moment = u64;
	fn now() -> u64 {
		Millis::get()
	}
}
