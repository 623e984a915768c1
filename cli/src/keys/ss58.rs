//! Addresses, in SS58.

use super::KeyError;
use std::str::FromStr;
use subxt::utils::AccountId32;

/// Longest text that can be an SS58 address. Decoding takes time with the square of the length.
const MAX_SS58: usize = 64;

/// Which SS58 prefixes addresses may have: the prefix says for which network an address was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefixes {
	/// This chain's, 42.
	#[default]
	Ours,
	/// Any: the account of the same key is meant, for whatever network its address was written.
	Any,
}

impl Prefixes {
	/// Whether the address `text`, which is `account`'s, may be written so.
	///
	/// # Errors
	/// Its prefix is another network's.
	pub fn check(self, text: &str, account: AccountId32) -> Result<AccountId32, KeyError> {
		// An account displays as its address on this chain, and an address has one spelling.
		match self == Self::Any || account.to_string() == text {
			true => Ok(account),
			false => Err(KeyError::OtherNetwork { text: text.into(), here: account }),
		}
	}
}

/// The account of an SS58 address, with any prefix.
pub fn decode(text: &str) -> Option<AccountId32> {
	(text.len() <= MAX_SS58).then(|| AccountId32::from_str(text).ok()).flatten()
}
