//! Addresses, in SS58.

use super::KeyError;
use std::str::FromStr;
use subxt::utils::AccountId32;

/// The longest text that can be an SS58 address. Decoding takes time in the square of the length.
const MAX_SS58: usize = 64;

/// The SS58 prefixes that addresses may have: a prefix names the network of an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefixes {
	/// This chain's, 42.
	#[default]
	Ours,
	/// Any prefix: the address stands for the account of the same key.
	Any,
}

impl Prefixes {
	/// Checks the prefix of the address `text` of `account`.
	///
	/// # Errors The prefix is that of another network.
	pub fn check(self, text: &str, account: AccountId32) -> Result<AccountId32, KeyError> {
		// An account is displayed as its address on this chain, and each address has one spelling.
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
