//! Parses and writes values: amounts, parts of a whole, kinds, sets.

use crate::runtime::{
	frame_support::traits::tokens::fungible::union_of::NativeOrWithId,
	mainstay_primitives::ids::{OperatorSetId, PoolKind},
};
use std::{fmt, str::FromStr};

/// Decimals of STAY.
pub const STAY_DECIMALS: u8 = 12;
/// The whole, of a fraction or a magnitude.
pub const WAD: u64 = 1_000_000_000_000_000_000;

/// An exact decimal number: its digits, and the position of the point.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decimal {
	digits: u128,
	/// The number of digits after the point.
	scale: u32,
}

impl FromStr for Decimal {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let wrong = || format!("'{text}' is not a number: write 12, 0.5 or 1_000");
		let (whole, part) = text.split_once('.').unwrap_or((text, ""));
		if whole.is_empty() || (text.contains('.') && part.is_empty()) {
			return Err(wrong());
		}
		let mut digits: u128 = 0;
		for byte in whole.bytes().filter(|byte| *byte != b'_').chain(part.bytes()) {
			if !byte.is_ascii_digit() {
				return Err(wrong());
			}
			digits = digits
				.checked_mul(10)
				.and_then(|digits| digits.checked_add((byte - b'0').into()))
				.ok_or_else(|| format!("'{text}' is too large"))?;
		}
		let scale = part.len().try_into().map_err(|_| wrong())?;
		Ok(Self { digits, scale })
	}
}

impl Decimal {
	/// The number times 10^`decimals`, if that is a whole number.
	fn units(&self, decimals: u32) -> Option<u128> {
		match decimals.checked_sub(self.scale) {
			Some(up) => self.digits.checked_mul(10u128.checked_pow(up)?),
			None => {
				let unit = 10u128.checked_pow(self.scale - decimals)?;
				self.digits.is_multiple_of(unit).then_some(self.digits / unit)
			},
		}
	}
}

/// An amount of a currency, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount(Decimal);

impl FromStr for Amount {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let bare = text.strip_suffix("STAY").map_or(text, str::trim_end);
		bare.parse().map(Self)
	}
}

impl Amount {
	/// The amount in the smallest unit of a currency with this many decimals.
	pub fn units(&self, decimals: u8) -> Result<u128, String> {
		let Decimal { digits, scale } = self.0;
		self.0.units(decimals.into()).ok_or_else(|| match scale > decimals.into() {
			true => format!("the currency has {decimals} decimals, and no smaller parts"),
			false => format!("{digits} is more than any balance can be"),
		})
	}
}

/// An amount, or everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmountOrAll {
	/// Everything.
	All,
	/// An amount.
	Amount(Amount),
}

impl FromStr for AmountOrAll {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text {
			"all" => Ok(Self::All),
			amount => amount.parse().map(Self::Amount),
		}
	}
}

impl AmountOrAll {
	/// The amount in the smallest unit of a currency with this many decimals; none for everything.
	pub fn units(&self, decimals: u8) -> Result<Option<u128>, String> {
		match self {
			Self::All => Ok(None),
			Self::Amount(amount) => amount.units(decimals).map(Some),
		}
	}
}

/// A part of a whole: `25%`, `0.1%`, `1/3`, in parts of [`WAD`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(pub u64);

impl FromStr for Part {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let wrong = || format!("'{text}' is not a part of a whole: write 25%, 0.1% or 1/3");
		let parts = if let Some(percent) = text.strip_suffix('%') {
			Decimal::from_str(percent.trim_end())?.units(16).ok_or_else(wrong)?
		} else {
			let (of, whole) = text.split_once('/').ok_or_else(wrong)?;
			let (of, whole): (u64, u64) =
				(of.parse().map_err(|_| wrong())?, whole.parse().map_err(|_| wrong())?);
			u128::from(of).saturating_mul(WAD.into()).checked_div(whole.into()).ok_or_else(wrong)?
		};
		match u64::try_from(parts) {
			Ok(parts) if parts <= WAD => Ok(Self(parts)),
			_ => Err(format!("'{text}' is more than the whole")),
		}
	}
}

impl fmt::Display for Part {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{}%", decimal(u128::from(self.0), 16))
	}
}

/// Basis points, written as percent: `5%` is 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasisPoints(pub u16);

impl FromStr for BasisPoints {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let percent = text
			.strip_suffix('%')
			.ok_or_else(|| format!("'{text}' is not a percentage: write 5% or 2.75%"))?;
		let points = Decimal::from_str(percent.trim_end())?;
		let points = points.units(2).ok_or("a commission has at most two decimals: 2.75%")?;
		match u16::try_from(points) {
			Ok(points) if points <= 10_000 => Ok(Self(points)),
			_ => Err(format!("'{text}' is more than the whole")),
		}
	}
}

impl fmt::Display for BasisPoints {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{}%", decimal(self.0.into(), 2))
	}
}

/// A kind of pool: `stake`, `native`, `asset:7`.
#[derive(Clone, Debug)]
pub struct KindArg(pub PoolKind);

impl FromStr for KindArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text {
			"stake" => Ok(Self(PoolKind::Stake)),
			"native" => Ok(Self(PoolKind::Native)),
			_ => text
				.strip_prefix("asset:")
				.and_then(|id| id.parse().ok())
				.map(|id| Self(PoolKind::Asset(id)))
				.ok_or_else(|| format!("'{text}' is not a kind of pool: write stake, native or asset:7")),
		}
	}
}

impl KindArg {
	/// In the form of JSON-RPC.
	pub fn json(&self) -> serde_json::Value {
		match self.0 {
			PoolKind::Stake => "stake".into(),
			PoolKind::Native => "native".into(),
			PoolKind::Asset(id) => serde_json::json!({ "asset": id }),
		}
	}

	/// The asset; none for STAY.
	pub fn asset(&self) -> Option<u32> {
		match self.0 {
			PoolKind::Asset(id) => Some(id),
			_ => None,
		}
	}
}

impl fmt::Display for KindArg {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self.0 {
			PoolKind::Stake => write!(f, "stake"),
			PoolKind::Native => write!(f, "native"),
			PoolKind::Asset(id) => write!(f, "asset:{id}"),
		}
	}
}

/// STAY, or an asset, as the chain takes it.
pub fn currency_of(asset: Option<u32>) -> NativeOrWithId<u32> {
	asset.map_or(NativeOrWithId::Native, NativeOrWithId::WithId)
}

/// An operator set: `0/1` is set 1 of service 0.
#[derive(Clone, Debug)]
pub struct SetArg(pub OperatorSetId);

impl FromStr for SetArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let ids =
			text.split_once('/').and_then(|(avs, index)| Some((avs.parse().ok()?, index.parse().ok()?)));
		let (avs, index) =
			ids.ok_or_else(|| format!("'{text}' is not an operator set: write 0/1 for set 1 of service 0"))?;
		Ok(Self(OperatorSetId { avs, index }))
	}
}

impl SetArg {
	/// In the form of JSON-RPC.
	pub fn json(&self) -> serde_json::Value {
		serde_json::json!({ "avs": self.0.avs, "index": self.0.index })
	}
}

impl fmt::Display for SetArg {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "{}/{}", self.0.avs, self.0.index)
	}
}

/// `units` with its last `decimals` digits after the point, without trailing zeros.
pub fn decimal(units: u128, decimals: u8) -> String {
	let digits = format!("{units:0>width$}", width = usize::from(decimals) + 1);
	let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
	match part.trim_end_matches('0') {
		"" => whole.into(),
		part => format!("{whole}.{part}"),
	}
}

/// Like [`decimal`], with separated thousands: `12,345.5`.
pub fn grouped(units: u128, decimals: u8) -> String {
	let text = decimal(units, decimals);
	let (whole, part) =
		text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
	let mut out = String::new();
	for (index, digit) in whole.chars().enumerate() {
		if index > 0 && (whole.len() - index).is_multiple_of(3) {
			out.push(',');
		}
		out.push(digit);
	}
	if let Some(part) = part {
		out.push('.');
		out.push_str(part);
	}
	out
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_exact() {
		let units = |text: &str| text.parse::<Amount>().and_then(|amount| amount.units(12));
		assert_eq!(units("1"), Ok(1_000_000_000_000));
		assert_eq!(units("0.000000000001"), Ok(1));
		assert_eq!(units("1_000.5 STAY"), Ok(1_000_500_000_000_000));
		assert_eq!(units("2.50STAY"), Ok(2_500_000_000_000));
		assert_eq!(units("1.0000000000000"), Ok(1_000_000_000_000));
		for wrong in
			["", ".", "1.", ".5", "-1", "+1", "1e3", "0x1", "1,5", "0.0000000000001", "STAY", "1.2.3"]
		{
			assert!(units(wrong).is_err(), "{wrong}");
		}
		assert!(units("340282366920938463463374607431768211456").is_err());
		assert_eq!(
			units("340282366920938463463374607"),
			Ok(340_282_366_920_938_463_463_374_607 * 10u128.pow(12))
		);
		assert!(units("340282366920938463463374608").is_err());
		let or_all = |text: &str| text.parse::<AmountOrAll>().and_then(|amount| amount.units(12));
		assert_eq!((or_all("all"), or_all("1")), (Ok(None), Ok(Some(1_000_000_000_000))));
		assert!(or_all("everything").is_err());
	}

	#[test]
	fn parts_are_exact() {
		let part = |text: &str| text.parse::<Part>().map(|part| part.0);
		assert_eq!(part("100%"), Ok(WAD));
		assert_eq!(part("25 %"), Ok(WAD / 4));
		assert_eq!(part("0.0000000000000001%"), Ok(1));
		assert_eq!(part("1/3"), Ok(WAD / 3));
		assert_eq!(part("1/1"), Ok(WAD));
		for wrong in ["100.1%", "2/1", "1/0", "0.5", "50", "%", "-1%", "0.00000000000000001%", "1/x"] {
			assert!(part(wrong).is_err(), "{wrong}");
		}
		assert_eq!(Part(WAD / 4).to_string(), "25%");
		assert_eq!("2.75%".parse(), Ok(BasisPoints(275)));
		assert!("2.755%".parse::<BasisPoints>().is_err());
		assert!("101%".parse::<BasisPoints>().is_err());
		assert!("5".parse::<BasisPoints>().is_err());
	}

	#[test]
	fn kinds_and_sets_are_what_they_are_written_as() {
		for text in ["stake", "native", "asset:7"] {
			assert_eq!(text.parse::<KindArg>().unwrap().to_string(), text);
		}
		for wrong in ["Stake", "asset", "asset:", "asset:-1", "asset:4294967296", "7"] {
			assert!(wrong.parse::<KindArg>().is_err(), "{wrong}");
		}
		assert_eq!("3/4".parse::<SetArg>().unwrap().to_string(), "3/4");
		for wrong in ["3", "3/", "/4", "3/4/5", "a/b", "-1/0"] {
			assert!(wrong.parse::<SetArg>().is_err(), "{wrong}");
		}
	}

	#[test]
	fn numbers_are_shown_without_loss() {
		assert_eq!(grouped(1_234_567_500_000_000_000, 12), "1,234,567.5");
		assert_eq!(grouped(0, 12), "0");
		assert_eq!(grouped(1, 12), "0.000000000001");
		assert_eq!(grouped(999, 0), "999");
		assert_eq!(decimal(u128::MAX, 0), u128::MAX.to_string());
	}
}
