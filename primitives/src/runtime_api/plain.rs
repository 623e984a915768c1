//! Plain values for SCALE clients and JSON clients. In SCALE and in the metadata, each type is the one that it wraps.
//! In JSON, a number that JavaScript would round is a string of decimal digits, an account is its address, and text is
//! a string.

use crate::{Balance, Currency};
use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use codec::{Decode, Encode};
use core::{fmt::Display, str::FromStr};
use scale_info::{Type, TypeInfo};
use serde::{
	de::{Error, IntoDeserializer},
	Deserialize, Deserializer, Serialize, Serializer,
};
use sp_core::crypto::AccountId32;

fn read<'de, V: FromStr, D: Deserializer<'de>>(input: D) -> Result<V, D::Error>
where
	V::Err: Display,
{
	let text = String::deserialize(input)?;
	// `FromStr` accepts a sign as well, which an amount cannot have.
	if !text.bytes().all(|byte| byte.is_ascii_digit()) {
		return Err(D::Error::custom("expected a string of decimal digits"));
	}
	text.parse().map_err(D::Error::custom)
}

macro_rules! decimal {
	($(#[$doc:meta])* $name:ident($inner:ty), $title:literal) => {
		$(#[$doc])*
		#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode)]
		pub struct $name(pub $inner);

		impl From<$inner> for $name {
			fn from(value: $inner) -> Self {
				Self(value)
			}
		}

		impl TypeInfo for $name {
			type Identity = $inner;

			fn type_info() -> Type {
				<$inner>::type_info()
			}
		}

		impl Serialize for $name {
			fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
				output.serialize_str(&self.0.to_string())
			}
		}

		impl<'de> Deserialize<'de> for $name {
			fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
				read(input).map(Self)
			}
		}

		#[cfg(feature = "std")]
		impl schemars::JsonSchema for $name {
			fn schema_name() -> alloc::borrow::Cow<'static, str> {
				stringify!($name).into()
			}

			fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
				schemars::json_schema!({ "type": "string", "pattern": "^[0-9]+$", "description": $title })
			}
		}
	};
}

decimal!(
	/// An amount or a number of shares, in the smallest unit.
	Amount(Balance),
	"An amount or a number of shares in the smallest unit (10^12 of them are one STAY), in decimal digits."
);
decimal!(
	/// A [fraction](crate::Fraction) or a [magnitude](crate::Magnitude), in parts of [`WAD`](crate::WAD).
	Fraction(u64),
	"A fraction or a magnitude in parts of 10^18, in decimal digits."
);

/// An account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, Serialize)]
#[serde(transparent)]
pub struct Account(pub AccountId32);

impl From<AccountId32> for Account {
	fn from(account: AccountId32) -> Self {
		Self(account)
	}
}

impl TypeInfo for Account {
	type Identity = AccountId32;

	fn type_info() -> Type {
		AccountId32::type_info()
	}
}

/// The maximum length of an address of 32 bytes, with any prefix.
const MAX_ADDRESS: usize = 64;

impl<'de> Deserialize<'de> for Account {
	fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
		let address = String::deserialize(input)?;
		// The time for decoding base58 grows with the square of the length.
		if address.len() > MAX_ADDRESS {
			return Err(D::Error::custom("expected an address"));
		}
		AccountId32::deserialize(address.into_deserializer()).map(Self)
	}
}

#[cfg(feature = "std")]
impl schemars::JsonSchema for Account {
	fn schema_name() -> alloc::borrow::Cow<'static, str> {
		"Account".into()
	}

	fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
		schemars::json_schema!({
			"type": "string",
			"description": "The address of an account, in SS58. Answers use prefix 42."
		})
	}
}

/// Text that an account stored on chain. It should be UTF-8, but nothing enforces that.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Text(pub Vec<u8>);

impl From<Vec<u8>> for Text {
	fn from(text: Vec<u8>) -> Self {
		Self(text)
	}
}

impl From<&str> for Text {
	fn from(text: &str) -> Self {
		Self(text.as_bytes().to_vec())
	}
}

impl TypeInfo for Text {
	type Identity = Vec<u8>;

	fn type_info() -> Type {
		Vec::<u8>::type_info()
	}
}

impl Serialize for Text {
	fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
		output.serialize_str(&String::from_utf8_lossy(&self.0))
	}
}

impl<'de> Deserialize<'de> for Text {
	fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
		String::deserialize(input).map(|text| Self(text.into_bytes()))
	}
}

#[cfg(feature = "std")]
impl schemars::JsonSchema for Text {
	fn schema_name() -> alloc::borrow::Cow<'static, str> {
		"Text".into()
	}

	fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
		schemars::json_schema!({ "type": "string" })
	}
}

plain! {
	/// An amount of a currency.
	struct Money {
		/// The currency.
		currency: Coin,
		/// The amount.
		amount: Amount,
	}
}

plain! {
	/// A currency.
	#[derive(Copy, PartialOrd, Ord)]
	enum Coin {
		/// STAY.
		Native,
		/// An asset of pallet-assets.
		Asset(crate::AssetId),
	}
}

impl From<Currency> for Coin {
	fn from(currency: Currency) -> Self {
		match currency {
			Currency::Native => Self::Native,
			Currency::WithId(id) => Self::Asset(id),
		}
	}
}

impl From<(Currency, Balance)> for Money {
	fn from((currency, amount): (Currency, Balance)) -> Self {
		Self { currency: currency.into(), amount: Amount(amount) }
	}
}

plain! {
	/// One page of a list.
	#[cfg_attr(feature = "std", schemars(rename = "PageOf{Item}By{Cursor}"))]
	struct Page<Item, Cursor> {
		/// Its entries, in the order of storage unless documented otherwise.
		items: Vec<Item>,
		/// The value of `after` for the next page; none on the last page.
		next: Option<Cursor>,
	}
}

impl<Item, Cursor> Page<Item, Cursor> {
	/// The page of the first `limit` entries, each with its cursor. Reads one entry more, to know whether there are
	/// more.
	pub fn of(entries: impl Iterator<Item = (Cursor, Item)>, limit: u32) -> Self {
		let limit = limit.clamp(1, super::MAX_PAGE) as usize;
		let (mut items, mut next, mut last) = (Vec::new(), None, None);
		for (cursor, item) in entries {
			if items.len() == limit {
				next = last;
				break;
			}
			items.push(item);
			last = Some(cursor);
		}
		Self { items, next }
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn json_keeps_every_digit_and_refuses_what_is_none() {
		let amount = Amount(u128::MAX);
		let json = serde_json::to_string(&amount).unwrap();
		assert_eq!(json, "\"340282366920938463463374607431768211455\"");
		assert_eq!(serde_json::from_str::<Amount>(&json).unwrap(), amount);
		for wrong in
			["1", "\"-1\"", "\"+1\"", "\"\"", "\"1e3\"", "\"340282366920938463463374607431768211456\""]
		{
			assert!(serde_json::from_str::<Amount>(wrong).is_err(), "{wrong}");
		}
		assert_eq!(serde_json::to_string(&Coin::Asset(7)).unwrap(), "{\"asset\":7}");
		assert_eq!(serde_json::to_string(&Coin::Native).unwrap(), "\"native\"");
		assert_eq!(serde_json::to_string(&Text(vec![0xff, b'a'])).unwrap(), "\"\u{fffd}a\"");
	}

	#[test]
	fn an_account_is_an_address_and_nothing_longer() {
		let account = Account([7; 32].into());
		let address = serde_json::to_string(&account).unwrap();
		assert_eq!(serde_json::from_str::<Account>(&address).unwrap(), account);
		let cut = address[1..40].to_string();
		for wrong in [cut, "5".repeat(65), "5".repeat(1_000_000), String::new()] {
			assert!(serde_json::from_value::<Account>(wrong.into()).is_err());
		}
		assert!(serde_json::from_value::<Account>(7.into()).is_err());
	}

	#[test]
	fn a_page_ends_where_it_is_full_and_says_where_to_go_on() {
		let entries = || (0..5u32).map(|n| (n, n * 10));
		assert_eq!(Page::of(entries(), 2), Page { items: vec![0, 10], next: Some(1) });
		assert_eq!(Page::of(entries().skip(2), 2), Page { items: vec![20, 30], next: Some(3) });
		assert_eq!(Page::of(entries().skip(4), 2), Page { items: vec![40], next: None });
		assert_eq!(Page::of(entries(), 5).next, None);
		assert_eq!(Page::of((0..500u32).map(|n| (n, n)), 400).items.len(), 100);
	}
}
