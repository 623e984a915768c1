//! # Origins
//!
//! This pallet defines the origins with which referenda dispatch their calls, apart from root. It has no storage and no
//! calls.
//!
//! Each origin stands for one power of governance. A track of referenda is bound to it, with thresholds and delays that
//! fit what the power can do, and the configuration of the pallets names the origin for the calls of that power:
//!
//! | origin | power | [`EnsureOrigin`](frame_support::traits::EnsureOrigin) |
//! |---|---|---|
//! | [`Origin::WhitelistedCaller`] | dispatches with root what the technical committee whitelisted | [`WhitelistedCaller`] |
//! | [`Origin::Parameters`] | sets parameters of the chain, and what may be restaked | [`Parameters`] |
//! | [`Origin::SlashDisputes`] | decides disputed slashes | [`SlashDisputes`] |
//! | [`Origin::SmallSpender`] | spends small amounts of the treasury's funds | [`SmallSpender`] |
//! | [`Origin::BigSpender`] | spends any amount of the treasury's funds | [`BigSpender`] |
//! | [`Origin::ReferendumCanceller`] | cancels a referendum, and its deposits are refunded | [`ReferendumCanceller`] |
//! | [`Origin::ReferendumKiller`] | cancels a referendum, and its deposits are forfeited | [`ReferendumKiller`] |
//!
//! No origin includes another one, and none of them is root. Where root or several origins may do the same, the
//! configuration says so.

#![cfg_attr(not(feature = "std"), no_std)]

pub use ensure::*;
pub use pallet::*;

mod ensure;
#[cfg(test)]
mod tests;

#[frame_support::pallet]
pub mod pallet {
	/// The storage layout this code expects.
	pub const STORAGE_VERSION: frame_support::traits::StorageVersion =
		frame_support::traits::StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration. There is nothing to configure.
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// An origin of governance. Scheduled calls and referenda store its index, so an index is never used again.
	#[frame_support::stored]
	#[derive(Copy)]
	#[pallet::origin]
	pub enum Origin {
		/// May dispatch, with root, a call that the technical committee whitelisted. So an upgrade can be faster than
		/// by root's track.
		#[codec(index = 0)]
		WhitelistedCaller,
		/// May set parameters of the chain, and admit, cap and close assets.
		#[codec(index = 1)]
		Parameters,
		/// May cancel a slash that was appealed, or reinstate one that was vetoed.
		#[codec(index = 2)]
		SlashDisputes,
		/// May spend small amounts of the treasury's funds.
		#[codec(index = 3)]
		SmallSpender,
		/// May spend any amount of the treasury's funds.
		#[codec(index = 4)]
		BigSpender,
		/// May cancel a referendum. Its deposits are refunded.
		#[codec(index = 5)]
		ReferendumCanceller,
		/// May kill a referendum. Its deposits are forfeited.
		#[codec(index = 6)]
		ReferendumKiller,
	}
}
