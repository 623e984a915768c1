//! Exact numbers: how they are read, written, and rounded for show.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::{Serialize, Serializer};
use std::fmt;

/// How long the text of a number may be, in bytes.
pub const MAX_DIGITS: usize = 200;

/// Why a text is no number of a graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
	/// It is neither digits nor digits, a slash, and digits.
	#[error("{0:?} is neither an integer nor a rational such as \"71/65\"")]
	Malformed(String),
	/// It is below zero.
	#[error("{0:?} is negative")]
	Negative(String),
	/// Its denominator is zero.
	#[error("{0:?} divides by zero")]
	ZeroDenominator(String),
	/// It has more than [`MAX_DIGITS`] characters.
	#[error("it is longer than {} characters", MAX_DIGITS)]
	TooLong,
}

/// Reads a non-negative integer or rational.
pub fn parse(text: &str) -> Result<BigRational, NumberError> {
	if text.len() > MAX_DIGITS {
		return Err(NumberError::TooLong);
	}
	let digits = |part: &str| -> Option<BigInt> {
		if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
			return None;
		}
		part.parse().ok()
	};
	let malformed = || NumberError::Malformed(text.to_owned());
	if let Some(positive) = text.strip_prefix('-') {
		return Err(match parse(positive) {
			Ok(_) => NumberError::Negative(text.to_owned()),
			Err(_) => malformed(),
		});
	}
	let (above, below) = match text.split_once('/') {
		Some((above, below)) => (digits(above), digits(below)),
		None => (digits(text), Some(BigInt::one())),
	};
	let (above, below) = above.zip(below).ok_or_else(malformed)?;
	if below.is_zero() {
		return Err(NumberError::ZeroDenominator(text.to_owned()));
	}
	Ok(BigRational::new(above, below))
}

/// A fraction that is not in its lowest terms: adding many is quick, because only the sum is reduced.
#[derive(Clone, Debug)]
pub(crate) struct Fraction {
	above: BigInt,
	below: BigInt,
}

impl Fraction {
	pub(crate) fn zero() -> Self {
		Self { above: BigInt::zero(), below: BigInt::one() }
	}

	/// `below` is above zero.
	pub(crate) fn new(above: BigInt, below: BigInt) -> Self {
		Self { above, below }
	}

	pub(crate) fn add(&mut self, above: &BigInt, below: &BigInt) {
		if self.below == *below {
			self.above += above;
			return;
		}
		self.above = &self.above * below + above * &self.below;
		self.below = &self.below * below;
	}

	/// Whether it is less than `other`.
	pub(crate) fn is_below(&self, other: &Self) -> bool {
		&self.above * &other.below < &other.above * &self.below
	}

	/// `stake` divided by it. `None` where it is zero.
	pub(crate) fn over(self, stake: &BigInt) -> Option<Self> {
		self.above.is_positive().then(|| Self { above: stake * self.below, below: self.above })
	}

	/// It divided by `by`, which is above zero.
	pub(crate) fn divided(self, by: &BigInt) -> Self {
		Self { above: self.above, below: self.below * by }
	}

	pub(crate) fn reduced(self) -> BigRational {
		reduced(self.above, self.below)
	}
}

/// `above / below` in lowest terms; `below` is above zero. Machine integers where they suffice, for their quick division.
pub(crate) fn reduced(above: BigInt, below: BigInt) -> BigRational {
	if let (Ok(a), Ok(b)) = (i128::try_from(&above), i128::try_from(&below)) {
		if a != i128::MIN {
			let divisor = a.gcd(&b);
			return BigRational::new_raw((a / divisor).into(), (b / divisor).into());
		}
	}
	// num-bigint finds a greatest common divisor bit by bit. Euclid's way, by its division, is quicker on long numbers.
	let (mut a, mut b) = (above.abs(), below.clone());
	while !b.is_zero() {
		let rest = &a % &b;
		a = std::mem::replace(&mut b, rest);
	}
	BigRational::new_raw(above / &a, below / &a)
}

/// A number of a report: written as text, in lowest terms, or `"infinite"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
	/// An integer or a rational.
	Finite(BigRational),
	/// Above every number: the slack of a graph in which nothing is worth an attack, the margin of such a service.
	Infinite,
}

impl From<BigRational> for Number {
	fn from(value: BigRational) -> Self {
		Self::Finite(value)
	}
}

impl fmt::Display for Number {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Finite(value) => value.fmt(f),
			Self::Infinite => f.write_str("infinite"),
		}
	}
}

impl Serialize for Number {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl Number {
	/// The number, unless it is infinite.
	pub fn finite(&self) -> Option<&BigRational> {
		match self {
			Self::Finite(value) => Some(value),
			Self::Infinite => None,
		}
	}

	/// With `places` digits behind the point, rounded towards minus infinity: for what the reader hopes to be large.
	pub fn floored(&self, places: u32) -> String {
		self.shown(places, |above, below| above.div_floor(below))
	}

	/// With `places` digits behind the point, rounded towards plus infinity: for what the reader hopes to be small.
	pub fn raised(&self, places: u32) -> String {
		self.shown(places, |above, below| above.div_ceil(below))
	}

	fn shown(&self, places: u32, round: impl Fn(&BigInt, &BigInt) -> BigInt) -> String {
		let Self::Finite(value) = self else { return self.to_string() };
		let scale = BigInt::from(10u8).pow(places);
		let units = round(&(value.numer() * &scale), value.denom());
		let (whole, rest) = units.abs().div_rem(&scale);
		let sign = if units.is_negative() { "-" } else { "" };
		match places {
			0 => format!("{sign}{whole}"),
			places => format!("{sign}{whole}.{:0>1$}", rest.to_string(), places as usize),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn number(above: i64, below: i64) -> Number {
		Number::Finite(BigRational::new(above.into(), below.into()))
	}

	#[test]
	fn reads_integers_and_rationals() {
		assert_eq!(parse("71/65").unwrap(), BigRational::new(71.into(), 65.into()));
		assert_eq!(parse("6/4").unwrap().to_string(), "3/2");
		assert_eq!(parse("0").unwrap().to_string(), "0");
	}

	#[test]
	fn refuses_what_is_no_number() {
		for text in ["", "/", "1/", "/2", "1.5", "1e3", "+1", " 1", "1/2/3", "--1", "-", "0x10", "٣", "1/-2"]
		{
			assert_eq!(parse(text), Err(NumberError::Malformed(text.into())), "{text}");
		}
		assert_eq!(parse("-1/2"), Err(NumberError::Negative("-1/2".into())));
		assert_eq!(parse("1/0"), Err(NumberError::ZeroDenominator("1/0".into())));
		assert_eq!(parse(&"1".repeat(MAX_DIGITS + 1)), Err(NumberError::TooLong));
	}

	#[test]
	fn rounds_against_the_reader() {
		assert_eq!(number(-9, 22).floored(4), "-0.4091");
		assert_eq!(number(-9, 22).raised(4), "-0.4090");
		assert_eq!(number(1, 3).floored(2), "0.33");
		assert_eq!(number(1, 3).raised(2), "0.34");
		assert_eq!(number(-1, 1000).raised(2), "0.00");
		assert_eq!(number(7, 2).floored(0), "3");
		assert_eq!(Number::Infinite.floored(2), "infinite");
	}

	#[test]
	fn long_fractions_are_reduced() {
		let factor = BigInt::from(3).pow(200);
		assert_eq!(reduced(&factor * 10, &factor * 4).to_string(), "5/2");
		assert_eq!(reduced(-&factor, factor.clone()).to_string(), "-1");
		assert_eq!(reduced(BigInt::zero(), factor).to_string(), "0");
	}
}
