//! What the runtime answers to wallets, explorers, services and nodes: one runtime API per concern, with the types of its
//! answers. They are plain: everything is in the metadata, nothing needs another call to be understood.
//!
//! JSON-RPC shows the same values, see the node's `rpc`: their JSON form is part of the types here, so that there is one
//! description of each answer.
//!
//! Every list has a maximum. Where it can be longer than that, it comes in pages of at most [`MAX_PAGE`] entries: hand
//! [`Page::next`] back as `after`. What is asked for and does not exist is `None`.

/// Declares a type of an answer, with all that it needs.
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

/// The most entries of one page. More asked for counts as this, none as one.
pub const MAX_PAGE: u32 = 100;

plain! {
	/// A yearly return, in millionths of what earned it, and what it was computed from.
	struct Return {
		/// The yearly return without compounding: `earned / stake`, times the eras of a year.
		millionths: u64,
		/// What was earned in the eras that count.
		earned: Amount,
		/// What it was earned with: the stake of each of these eras, added up.
		stake: Amount,
		/// How many eras count: those that ended and are paid, of those that were asked for.
		eras: u32,
	}
}

impl Return {
	/// The yearly return of `earned` by `stake`, the sum over `eras` eras of `era_millis` milliseconds each.
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
