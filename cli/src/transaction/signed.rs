//! A signed transaction: its bytes, and how long it is valid.

use crate::scale::hex_of;
use codec::{Compact, Decode};
use serde_json::{json, Map, Value};
use subxt::{
	config::substrate::H256,
	utils::{AccountId32, Era, MultiSignature},
};

/// For how many blocks a signed transaction is valid. The chain's dry run assumes the same.
pub const MORTALITY: u64 = 64;

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
	/// The bytes to send.
	pub bytes: Vec<u8>,
	/// Its hash, `0x` and hexadecimal digits.
	pub hash: String,
	/// Who signed it.
	pub who: AccountId32,
	/// The account's nonce for it.
	pub nonce: u64,
	/// The last block that can include it.
	pub until: u64,
	/// The genesis block of the chain that it was signed for; none if it is not known.
	pub genesis: Option<H256>,
}

impl Signed {
	/// Its birth block: later blocks can include it.
	pub fn birth(&self) -> u64 {
		self.until.saturating_sub(MORTALITY - 1)
	}

	/// For programs: what is needed to send it again, and to find it.
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

	/// Parses a signed transaction, mortal as this program signs them.
	///
	/// # Errors A description, if the bytes are something else.
	pub fn of(bytes: Vec<u8>, until: u64, genesis: Option<H256>) -> Result<Self, String> {
		let wrong = |error: &dyn std::fmt::Display| {
			format!("this is not a transaction that this program signed: {error}")
		};
		let input = &mut bytes.as_slice();
		let Compact(length) = Compact::<u32>::decode(input).map_err(|error| wrong(&error))?;
		if usize::try_from(length) != Ok(input.len()) {
			return Err(wrong(&format!("it should have {length} bytes, and has {}", input.len())));
		}
		// Version 4, signed; an address by its account; a signature of one of the schemes.
		let (head, who): ([u8; 2], [u8; 32]) = Decode::decode(input).map_err(|error| wrong(&error))?;
		if head != [0x84, 0] {
			return Err(wrong(&"its head is wrong"));
		}
		MultiSignature::decode(input).map_err(|error| wrong(&error))?;
		let era = Era::decode(input).map_err(|error| wrong(&error))?;
		let Compact(nonce) = Compact::<u64>::decode(input).map_err(|error| wrong(&error))?;
		let hash = hash_of(&bytes);
		let signed = Self { bytes, hash, who: AccountId32(who), nonce, until, genesis };
		if era != Era::mortal(MORTALITY, signed.birth()) {
			return Err(wrong(&format!("it is not valid until block {until}")));
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

/// The hash of the transaction on this chain.
fn hash_of(bytes: &[u8]) -> String {
	use subxt::config::Hasher;
	hex_of(&subxt::config::substrate::BlakeTwo256.hash(bytes).0)
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	/// The bytes of a signed transaction: signature, era, nonce, tip and no metadata hash, followed by a call.
	fn bytes(era: Era, nonce: u32) -> Vec<u8> {
		signed_by(MultiSignature::Sr25519([9; 64]), era, nonce)
	}

	fn signed_by(signature: MultiSignature, era: Era, nonce: u32) -> Vec<u8> {
		let body = [
			(([0x84u8, 0], [7u8; 32]), signature, era).encode(),
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
		for other in [MultiSignature::Ed25519([9; 64]), MultiSignature::Ecdsa([9; 65])] {
			let bytes = signed_by(other, Era::mortal(MORTALITY, 1_000), 7);
			assert_eq!(of(&bytes, 1_063).map(|signed| (signed.who, signed.nonce)), Ok((signed.who, 7)));
		}
		for wrong in [1_062, 1_064, 1_000, 0] {
			assert!(of(&whole, wrong).is_err(), "{wrong}");
		}
		for end in 0..whole.len() {
			assert!(of(&whole[..end], 1_063).is_err(), "{end}");
		}
		// A transaction with a longer validity, one with a later birth, and an immortal one.
		for era in [Era::mortal(2 * MORTALITY, 1_000), Era::mortal(MORTALITY, 1_001), Era::Immortal] {
			let error = of(&bytes(era, 7), 1_063).unwrap_err();
			assert!(error.contains("it is not valid until block 1063"), "{error}");
		}
		// The head follows the two bytes of the length.
		let mut other = whole;
		other[2] = 4;
		assert!(of(&other, 1_063).unwrap_err().contains("its head is wrong"));
	}
}
