//! Parses values in JSON: the node's answers and what [`crate::scale`] decodes have the same form.

use crate::runtime::mainstay_primitives::ids::PoolKind;
use serde_json::Value;
use subxt::utils::AccountId32;

/// A currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coin {
	/// STAY.
	#[default]
	Stay,
	/// An asset, by its id.
	Asset(u32),
}

impl Coin {
	/// The currency of a currency or a kind of pool.
	pub fn of(value: &Value) -> Option<Self> {
		match value {
			Value::String(_) => Some(Self::Stay),
			value => unsigned(&value["asset"]).map(Self::Asset),
		}
	}

	/// The asset; none for STAY.
	pub fn asset(self) -> Option<u32> {
		match self {
			Self::Stay => None,
			Self::Asset(id) => Some(id),
		}
	}
}

impl From<Option<u32>> for Coin {
	fn from(asset: Option<u32>) -> Self {
		asset.map_or(Self::Stay, Self::Asset)
	}
}

/// A kind of pool.
pub fn kind(value: &Value) -> Option<PoolKind> {
	match value.as_str() {
		Some("stake") => Some(PoolKind::Stake),
		Some("native") => Some(PoolKind::Native),
		Some(_) => None,
		None => unsigned(&value["asset"]).map(PoolKind::Asset),
	}
}

/// An account, written as its address.
pub fn account(value: &Value) -> Option<AccountId32> {
	value.as_str()?.parse().ok()
}

/// A number, as a JSON number or, if it may be large, as a string of digits.
pub fn number(value: &Value) -> Option<u128> {
	match value {
		Value::String(digits) => digits.parse().ok(),
		value => value.as_u64().map(u128::from),
	}
}

/// A number that is always a JSON number: an id, an era.
pub fn unsigned(value: &Value) -> Option<u32> {
	value.as_u64()?.try_into().ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::values::KindArg;
	use serde_json::json;

	#[test]
	fn kinds_and_currencies_are_read_as_they_are_written() {
		for (text, coin) in [("stake", Coin::Stay), ("native", Coin::Stay), ("asset:7", Coin::Asset(7))] {
			let written = text.parse::<KindArg>().unwrap().json();
			assert_eq!(KindArg(kind(&written).unwrap()).to_string(), text);
			assert_eq!(Coin::of(&written), Some(coin));
			assert_eq!(Coin::from(coin.asset()), coin);
		}
		for none in [json!("Native"), json!({ "Asset": 7 }), json!({ "asset": -1 }), json!(7), Value::Null] {
			assert!(kind(&none).is_none(), "{none}");
		}
		assert_eq!(Coin::of(&json!({ "asset": u64::MAX })), None);
	}

	#[test]
	fn numbers_may_be_strings_of_digits() {
		assert_eq!(number(&json!(u128::MAX.to_string())), Some(u128::MAX));
		assert_eq!((number(&json!(7)), unsigned(&json!(7))), (Some(7), Some(7)));
		for none in [json!("0x7"), json!(-7), json!(1.5), Value::Null] {
			assert_eq!((number(&none), unsigned(&none)), (None, None), "{none}");
		}
	}
}
