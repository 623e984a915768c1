//! A signed transaction: the bytes that are sent, and for how long they can be taken.

use crate::scale::hex_of;
use codec::{Compact, Decode};
use serde_json::{json, Map, Value};
use subxt::{
	config::substrate::H256,
	utils::{AccountId32, Era},
};

/// For how many blocks a signed transaction can be taken. The chain's dry run counts on it.
pub const MORTALITY: u64 = 64;

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
	/// What is sent.
	pub bytes: Vec<u8>,
	/// Its hash, `0x` and hexadecimal digits.
	pub hash: String,
	/// Who signed it.
	pub who: AccountId32,
	/// How many transactions of the account come before it.
	pub nonce: u64,
	/// The last block that can take it.
	pub until: u64,
	/// The genesis block of the chain that it was signed for; none where nobody said.
	pub genesis: Option<H256>,
}

impl Signed {
	/// The block from which on it can be taken: those above it can.
	pub fn birth(&self) -> u64 {
		self.until.saturating_sub(MORTALITY - 1)
	}

	/// For programs: what it takes to send it again, and to look for it.
	pub fn json(&self) -> Map<String, Value> {
		let Self { bytes, hash, who, nonce, until, genesis } = self;
		let fields: [(&str, Value); 6] = [
			("transaction", hash.clone().into()),
			("from", who.to_string().into()),
			("nonce", (*nonce).into()),
			("until", (*until).into()),
			("genesis", json!(genesis)),
			("signed", hex_of(bytes).into()),
		];
		fields.into_iter().map(|(name, value)| (name.into(), value)).collect()
	}

	/// A signed transaction from its bytes, mortal as this program signs them.
	///
	/// # Errors
	/// In words: the bytes are something else.
	pub fn of(bytes: Vec<u8>, until: u64, genesis: Option<H256>) -> Result<Self, String> {
		let wrong =
			|error: &dyn std::fmt::Display| format!("this is no transaction that was signed here: {error}");
		let input = &mut bytes.as_slice();
		let Compact(length) = Compact::<u32>::decode(input).map_err(|error| wrong(&error))?;
		if usize::try_from(length) != Ok(input.len()) {
			return Err(wrong(&format!("it should have {length} bytes, and has {}", input.len())));
		}
		// Version 4, signed; an address by its account; a signature of sr25519.
		let (head, who): ([u8; 2], [u8; 32]) = Decode::decode(input).map_err(|error| wrong(&error))?;
		let (kind, _signature): (u8, [u8; 64]) = Decode::decode(input).map_err(|error| wrong(&error))?;
		if (head, kind) != ([0x84, 0], 1) {
			return Err(wrong(&"its head is another"));
		}
		let era = Era::decode(input).map_err(|error| wrong(&error))?;
		let Compact(nonce) = Compact::<u64>::decode(input).map_err(|error| wrong(&error))?;
		let hash = hash_of(&bytes);
		let signed = Self { bytes, hash, who: AccountId32(who), nonce, until, genesis };
		if era != Era::mortal(MORTALITY, signed.birth()) {
			return Err(wrong(&format!("it cannot be taken until block {until}")));
		}
		Ok(signed)
	}

	/// One for tests.
	#[cfg(test)]
	pub fn example() -> Self {
		let (bytes, hash, genesis) = (vec![0xef], "0xcd".into(), Some(H256::repeat_byte(0xab)));
		Self { bytes, hash, who: AccountId32([7; 32]), nonce: 1, until: 163, genesis }
	}
}

/// The hash that a transaction has on this chain.
fn hash_of(bytes: &[u8]) -> String {
	use subxt::config::Hasher;
	hex_of(&subxt::config::substrate::BlakeTwo256.hash(bytes).0)
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	/// As it is signed, with the era, nonce, tip and no metadata hash, and a call behind them.
	fn bytes(era: Era, nonce: u32) -> Vec<u8> {
		let body = [
			(([0x84u8, 0], [7u8; 32]), (1u8, [9u8; 64]), era).encode(),
			(Compact(nonce), Compact(0u128), 0u8, [3u8, 3]).encode(),
		]
		.concat();
		[Compact(u32::try_from(body.len()).unwrap()).encode(), body].concat()
	}

	#[test]
	fn signed_bytes_say_whose_they_are_and_how_long_they_live() {
		let of = |bytes: &[u8], until| Signed::of(bytes.to_vec(), until, None);
		let whole = bytes(Era::mortal(MORTALITY, 1_000), 7);
		let signed = of(&whole, 1_063).unwrap();
		assert_eq!((signed.who, signed.nonce, signed.birth()), (AccountId32([7; 32]), 7, 1_000));
		assert_eq!(signed.hash.len(), 66);
		for wrong in [1_062, 1_064, 1_000, 0] {
			assert!(of(&whole, wrong).is_err(), "{wrong}");
		}
		for end in 0..whole.len() {
			assert!(of(&whole[..end], 1_063).is_err(), "{end}");
		}
		// One that lives for longer, one that is born later, and one that never ends.
		for era in [Era::mortal(2 * MORTALITY, 1_000), Era::mortal(MORTALITY, 1_001), Era::Immortal] {
			let error = of(&bytes(era, 7), 1_063).unwrap_err();
			assert!(error.contains("it cannot be taken until block 1063"), "{error}");
		}
		// The head stands behind two bytes of the length.
		let mut other = whole;
		other[2] = 4;
		assert!(of(&other, 1_063).unwrap_err().contains("its head is another"));
	}
}
