//! Amounts, parts, accounts and keys, as the file writes them.

use mainstay_primitives::{AccountId, Balance, Bps, BPS, STAY};
use mainstay_runtime::configs::system::SS58Prefix;
use sp_core::crypto::Ss58Codec;

/// The decimals of STAY.
pub const DECIMALS: usize = 12;
/// The maximum length of an address. Decoding takes time in proportion to the square of the length.
const MAX_ADDRESS: usize = 64;

/// An amount of STAY, for instance `1_000 STAY` or `0.001`, in its smallest unit.
pub fn amount(text: &str) -> Result<Balance, String> {
	let bare = text.strip_suffix("STAY").unwrap_or(text).trim();
	fixed(bare, DECIMALS).ok_or_else(|| {
		format!("`{text}` is no amount: write `1_000 STAY` or `0.5 STAY`, with {DECIMALS} decimals at most")
	})
}

/// A part of a whole, for instance `5%` or `2.75%`, in basis points.
pub fn part(text: &str) -> Result<Bps, String> {
	let points = text.strip_suffix('%').and_then(|percent| fixed(percent.trim(), 2));
	let points = points.and_then(|points| Bps::try_from(points).ok()).filter(|points| *points <= BPS);
	points.ok_or_else(|| format!("`{text}` is no part of a whole: write `5%` or `2.75%`, at most `100%`"))
}

/// A decimal number times 10^`decimals`, if that is an integer of 128 bits.
fn fixed(text: &str, decimals: usize) -> Option<u128> {
	let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
	let whole = whole.replace('_', "");
	let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
	if !is_number(&whole) || !is_number(part) || part.len() > decimals {
		return None;
	}
	format!("{whole}{part:0<decimals$}").parse().ok()
}

/// An amount in the form that [`amount`] reads.
pub fn shown(amount: Balance) -> String {
	let (whole, part) = (amount / STAY, amount % STAY);
	let part = format!("{part:0DECIMALS$}");
	match part.trim_end_matches('0') {
		"" => format!("{whole} STAY"),
		part => format!("{whole}.{part} STAY"),
	}
}

/// An account, by its address on this chain.
pub fn account(text: &str) -> Result<AccountId, String> {
	let read = Some(text).filter(|text| text.len() <= MAX_ADDRESS);
	let read = read.and_then(|text| AccountId::from_ss58check_with_version(text).ok());
	let here = SS58Prefix::get();
	match read.map(|(account, format)| (account, u16::from(format))) {
		Some((account, prefix)) if prefix == here => Ok(account),
		Some((account, prefix)) => Err(format!(
			"`{text}` is an address of networks with prefix {prefix}; this chain has {here}, and the address of the same key \
			 here is {account}"
		)),
		None => Err(format!("`{text}` is no address")),
	}
}

/// A public key, 0x and 64 hexadecimal digits.
pub fn key(text: &str) -> Result<[u8; 32], String> {
	// The decoder also accepts an odd number of digits.
	let digits = text.strip_prefix("0x").filter(|digits| digits.len() == 64);
	let bytes = digits.and_then(|digits| sp_core::bytes::from_hex(digits).ok());
	bytes
		.and_then(|bytes| bytes.try_into().ok())
		.ok_or_else(|| format!("`{text}` is no public key, which is 0x and 64 hexadecimal digits"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use mainstay_primitives::MILLI;
	use sp_keyring::Sr25519Keyring::Alice;

	#[test]
	fn amounts_are_exact() {
		for (text, units) in [
			("1", STAY),
			("1_000 STAY", 1_000 * STAY),
			("1000STAY", 1_000 * STAY),
			("0.001 STAY", MILLI),
			("0.000000000001", 1),
			("12.5", 12 * STAY + STAY / 2),
			("0", 0),
		] {
			assert_eq!(amount(text), Ok(units), "{text}");
		}
		for text in ["", "STAY", "-1", "1.", ".5", "1e3", "1.0000000000001", "1 000", &"9".repeat(40)] {
			let refusal = amount(text).unwrap_err();
			assert!(refusal.starts_with(&format!("`{text}` is no amount")), "{refusal}");
		}
		for units in [0, 1, MILLI, STAY, 1_000 * STAY + MILLI, u128::MAX] {
			assert_eq!(amount(&shown(units)), Ok(units));
		}
		assert_eq!(shown(1_000 * STAY + MILLI), "1000.001 STAY");
	}

	#[test]
	fn a_part_has_its_percent() {
		assert_eq!([part("5%"), part("2.75 %"), part("100%"), part("0%")], [500, 275, 10_000, 0].map(Ok));
		for text in ["5", "100.01%", "2.755%", "-1%", "%", "655361%"] {
			assert!(part(text).unwrap_err().contains("is no part of a whole"), "{text}");
		}
	}

	#[test]
	fn an_address_is_of_this_chain() {
		let alice = Alice.to_account_id();
		assert_eq!(account(&alice.to_ss58check()), Ok(alice.clone()));
		let elsewhere = alice.to_ss58check_with_version(0u16.into());
		let refusal = account(&elsewhere).unwrap_err();
		assert!(refusal.contains("with prefix 0;") && refusal.ends_with(&alice.to_ss58check()), "{refusal}");
		for text in ["", "//Alice", "5Grwva", &"5".repeat(1_000)] {
			assert_eq!(account(text), Err(format!("`{text}` is no address")));
		}
	}

	#[test]
	fn a_key_has_32_bytes() {
		assert_eq!(key(&format!("0x{}", "0a".repeat(32))), Ok([10; 32]));
		for text in
			["", "0x", &"0a".repeat(32), &format!("0x{}", "a".repeat(63)), &format!("0x{}", "g".repeat(64))]
		{
			assert!(key(text).unwrap_err().contains("is no public key"), "{text}");
		}
	}
}
