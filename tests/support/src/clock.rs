//! The clock of a runtime without staking: tests set the era, and a session is an era long.

// What `parameter_types!` makes of a documented `static` has a constant without documentation.
#![allow(missing_docs)]

use frame_support::parameter_types;
use mainstay_primitives::{traits::EraClock, Era};
use sp_staking::SessionIndex;

/// Eras between an exit and its claim, unless [`ExitDelay`] says otherwise.
pub const EXIT_ERAS: Era = 4;
/// Eras for which points, rewards, offences and records of slashes are kept.
pub const HISTORY: Era = 8;
/// The longest notice that may be promised, in eras.
pub const MAX_NOTICE: Era = 84;

parameter_types! {
	/// The era that is running.
	pub static Now: Era = 0;
	/// By how many eras the elected one is ahead: 1 in an era's last session.
	pub static Ahead: Era = 0;
	/// Validators of every era.
	pub static SetSize: u32 = 10;
	/// Eras between an exit and its claim.
	pub static ExitDelay: Era = EXIT_ERAS;
	/// Milliseconds since 1970, as [`Time`] tells them.
	pub static Millis: u64 = 0;
}

/// Sets all of them back.
pub(crate) fn reset() {
	Now::set(0);
	Ahead::set(0);
	SetSize::set(10);
	ExitDelay::set(EXIT_ERAS);
	Millis::set(0);
}

/// Says what [`Now`], [`Ahead`], [`SetSize`] and [`ExitDelay`] are set to.
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

/// Says what [`Millis`] is set to.
pub struct Time;
impl frame_support::traits::Time for Time {
	type Moment = u64;
	fn now() -> u64 {
		Millis::get()
	}
}
