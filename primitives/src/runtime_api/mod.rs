//! The runtime APIs for wallets, explorers, services and nodes: one API for each subject, with the types of its
//! answers. The types are plain: the metadata describes all of them, and no answer needs another call to be understood.
//!
//! The node's JSON-RPC returns the same values (see `rpc` in the node). The types here define their JSON form too, so
//! each answer is described once.
//!
//! Every list is bounded. Longer lists come in pages of at most [`MAX_PAGE`] entries: give [`Page::next`] as `after`
//! for the next page. `None` means that the requested item does not exist.

/// Declares the type of an answer, with its derives.
macro_rules! plain {
	($(#[$attr:meta])* struct $name:ident $(<$($param:ident),+>)? {
		$($(#[$field_attr:meta])* $field:ident : $ty:ty,)*
	}) => {
		#[derive(
			Clone, PartialEq, Eq, Debug, codec::Encode, codec::Decode, scale_info::TypeInfo, serde::Serialize,
			serde::Deserialize,
		)]
		#[cfg_attr(feature = "std", derive(schemars::JsonSchema))]
		$(#[$attr])*
		#[serde(rename_all = "camelCase", deny_unknown_fields)]
		pub struct $name $(<$($param),+>)? {
			$($(#[$field_attr])* pub $field: $ty,)*
		}
	};
	($(#[$attr:meta])* enum $name:ident { $($variants:tt)* }) => {
		#[derive(
			Clone, PartialEq, Eq, Debug, codec::Encode, codec::Decode, scale_info::TypeInfo, serde::Serialize,
			serde::Deserialize,
		)]
		#[cfg_attr(feature = "std", derive(schemars::JsonSchema))]
		$(#[$attr])*
		#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
		pub enum $name { $($variants)* }
	};
}

pub mod calls;
pub mod changes;
pub mod operators;
pub mod plain;
pub mod restaking;
pub mod rewards;
pub mod services;
pub mod slashing;
pub mod staking;

pub use plain::{Account, Amount, Coin, Fraction, Money, Page, Text};

/// The maximum number of entries of a page. A larger request counts as this number, a request of 0 as 1.
pub const MAX_PAGE: u32 = 100;

plain! {
	/// A yearly return, in millionths of the stake, with the numbers from which it is computed.
	struct Return {
		/// The yearly return without compounding: `earned / stake`, times the eras of a year.
		millionths: u64,
		/// The amount that was earned in these eras.
		earned: Amount,
		/// The stake that earned it: the sum of the stakes of these eras.
		stake: Amount,
		/// The number of eras that count: those of the requested ones that have ended and are paid.
		eras: u32,
	}
}

impl Return {
	/// The yearly return of `earned` on `stake`, both sums over `eras` eras of `era_millis` milliseconds each.
	pub fn of(earned: crate::Balance, stake: crate::Balance, eras: u32, era_millis: u64) -> Self {
		let per_year =
			u128::from(crate::YEAR_MILLIS).saturating_mul(1_000_000) / u128::from(era_millis.max(1));
		let millionths = crate::pool::mul_div(earned, per_year, stake).unwrap_or(0);
		Self {
			millionths: millionths.try_into().unwrap_or(u64::MAX),
			earned: Amount(earned),
			stake: Amount(stake),
			eras,
		}
	}
}
