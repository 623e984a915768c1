//! A type for each origin, which checks that a call comes from it.

use crate::Origin;
use frame_support::traits::{EnsureOrigin, OriginTrait};

macro_rules! ensure_origin {
	($($(#[$doc:meta])* $name:ident)*) => {
		$(
			$(#[$doc])*
			pub struct $name;

			impl<O: OriginTrait + From<Origin>> EnsureOrigin<O> for $name
			where
				for<'a> &'a O::PalletsOrigin: TryInto<&'a Origin>,
			{
				type Success = ();

				fn try_origin(o: O) -> Result<(), O> {
					let passes = matches!(o.caller().try_into(), Ok(Origin::$name));
					if passes {
						Ok(())
					} else {
						Err(o)
					}
				}

				#[cfg(feature = "runtime-benchmarks")]
				fn try_successful_origin() -> Result<O, ()> {
					Ok(O::from(Origin::$name))
				}
			}
		)*
	};
}

ensure_origin! {
	/// Passes [`Origin::WhitelistedCaller`] alone.
	WhitelistedCaller
	/// Passes [`Origin::Parameters`] alone.
	Parameters
	/// Passes [`Origin::SlashDisputes`] alone.
	SlashDisputes
	/// Passes [`Origin::SmallSpender`] alone.
	SmallSpender
	/// Passes [`Origin::BigSpender`] alone.
	BigSpender
	/// Passes [`Origin::ReferendumCanceller`] alone.
	ReferendumCanceller
	/// Passes [`Origin::ReferendumKiller`] alone.
	ReferendumKiller
}
