//! Errors of keys, and what to do about them.

use super::keypair::Scheme;
use std::{io, path::PathBuf};
use subxt::utils::AccountId32;

/// Why a key could not be read, written or used.
///
/// No message repeats a text that may be a secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
	/// Neither of the variables that lead to the key folder is set.
	#[error("there is no folder for keys: set MAINSTAY_KEYS to one, or HOME")]
	NoFolder,
	/// Not a name for a key.
	#[error(
		"'{name}' cannot be the name of a key: write 1 to 32 of a-z, 0-9, - and _, not beginning with - or with 0x"
	)]
	BadName {
		/// The name, shortened.
		name: String,
	},
	/// The name is taken.
	#[error(
		"there is a key '{name}' already, and it is not overwritten: choose another name, or `mainstay-cli key remove \
		 {name}` first ({})",
		path.display()
	)]
	KeyExists {
		/// The name.
		name: String,
		/// Its file.
		path: PathBuf,
	},
	/// No key has the name.
	#[error(
		"there is no key '{name}' in {}: `mainstay-cli key list` shows what is there, `mainstay-cli key new {name}` \
		 makes one",
		folder.display()
	)]
	NoSuchKey {
		/// The name.
		name: String,
		/// The key folder.
		folder: PathBuf,
	},
	/// An address alone signs nothing.
	#[error(
		"there is no key of {address} in {}: an address alone cannot sign, so bring its key there with `mainstay-cli \
		 key import NAME`",
		folder.display()
	)]
	NoKeyOfAddress {
		/// The address.
		address: AccountId32,
		/// The key folder.
		folder: PathBuf,
	},
	/// The text names no signer.
	#[error(
		"this names no key to sign with: give the name of a key (`mainstay-cli key list`), the path of a key file, \
		 //Alice for a development key, - to read a seed phrase from standard input, or @FILE to read it from a file"
	)]
	NoSource,
	/// The text names no account.
	#[error(
		"'{text}' is not an account: write its SS58 address, the name of a key (`mainstay-cli key list`), //Alice, or its \
		 public key as 0x and 64 hex digits"
	)]
	BadAddress {
		/// The text, shortened.
		text: String,
	},
	/// An address that was written for another network.
	#[error(
		"'{text}' is an address of another network. On this chain, the account of the same key is {here}. Its owner may \
		 not be able to use that account: an exchange or a multisig cannot. If you mean this account, \
		 write the address of this chain, or give --any-prefix"
	)]
	OtherNetwork {
		/// The text.
		text: String,
		/// The account of the same key on this chain.
		here: AccountId32,
	},
	/// A file cannot be read.
	#[error("cannot read {}: {source}", path.display())]
	Read {
		/// The file or folder.
		path: PathBuf,
		/// Why.
		source: io::Error,
	},
	/// A file cannot be written or removed.
	#[error("cannot write {}: {source}", path.display())]
	Write {
		/// The file or folder.
		path: PathBuf,
		/// Why.
		source: io::Error,
	},
	/// The file is far larger than a key.
	#[error("{from} is longer than {limit} bytes, so it cannot be what is needed here: check the path")]
	TooLong {
		/// The file or stream.
		from: String,
		/// The limit in bytes.
		limit: u64,
	},
	/// Bytes that are no UTF-8.
	#[error("{from} is not text in UTF-8")]
	NotText {
		/// The file or stream.
		from: String,
	},
	/// There was nothing to read.
	#[error("{from} is empty: a secret was expected there")]
	Empty {
		/// The file or stream.
		from: String,
	},
	/// A file that is no key file.
	#[error(
		"{} is not a key file of polkadot.js, version 3 ({reason}): export the account again from a current wallet, or \
		 import its seed phrase with `mainstay-cli key import NAME`",
		path.display()
	)]
	NotAKeyFile {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		reason: String,
	},
	/// A key of another kind.
	#[error(
		"{} holds a key that cannot sign here ({reason}): keys of sr25519, ed25519 and ecdsa can, in key files as polkadot.js \
		 encrypts them",
		path.display()
	)]
	Unsupported {
		/// The file.
		path: PathBuf,
		/// What it holds.
		reason: String,
	},
	/// A key file of another scheme than asked for.
	#[error("{} holds a key of {found}, and not of {asked}: leave out --scheme, which is for seed phrases", path.display())]
	OtherScheme {
		/// The file.
		path: PathBuf,
		/// Its scheme.
		found: Scheme,
		/// The scheme on the command line.
		asked: Scheme,
	},
	/// The file's contents contradict each other.
	#[error("{} is damaged: restore it from a copy, or import its seed phrase again", path.display())]
	Damaged {
		/// The file.
		path: PathBuf,
	},
	/// The password does not open the file.
	#[error("the password does not open {}: try again (passwords are case-sensitive)", path.display())]
	WrongPassword {
		/// The file.
		path: PathBuf,
	},
	/// There is no terminal.
	#[error("there is no terminal to ask for {what}: {instead}")]
	NoTerminal {
		/// What the program would have asked for.
		what: &'static str,
		/// The alternative.
		instead: &'static str,
	},
	/// The user cancelled.
	#[error("cancelled: nothing was changed")]
	Cancelled,
	/// A new key would be unprotected.
	#[error("the password is empty: choose one, or pass --no-password to leave the key file unencrypted")]
	EmptyPassword,
	/// Two different passwords were typed.
	#[error("the two passwords differ: nothing was saved, try again")]
	PasswordsDiffer,
	/// Not a seed phrase.
	#[error(
		"this is not a seed phrase ({reason}): a phrase has 12, 15, 18, 21 or 24 English words, and may end with //derivation \
		 (the path of a file begins with ./ or /)"
	)]
	BadPhrase {
		/// What is wrong, without the words.
		reason: String,
	},
	/// Not a raw seed.
	#[error("this is not a seed: a raw seed is 0x and 64 hex digits, and may be followed by //derivation")]
	BadSeed,
	/// The part after the phrase cannot be read.
	#[error("the derivation after the seed cannot be read: write it as //hard/soft///password")]
	BadDerivation,
	/// A soft derivation of a key whose scheme has none.
	#[error("keys of {scheme} have no soft derivation: write //hard, and not /soft")]
	SoftDerivation {
		/// The scheme.
		scheme: Scheme,
	},
	/// The keystore of a node does not have exactly one key of a type.
	#[error(
		"{} holds {} of type {kind}, and a validator has one of each: `mainstay key generate-session-keys \
		 --keystore-path FOLDER` makes them in a folder of their own",
		folder.display(),
		match count { 0 => "no session key".into(), count => format!("{count} session keys") }
	)]
	NotOneNodeKey {
		/// The keystore.
		folder: PathBuf,
		/// The type, of four letters.
		kind: &'static str,
		/// How many there are.
		count: usize,
	},
	/// A file of a node's keystore does not hold the secret of the key in its name.
	#[error(
		"{} does not hold the secret of the key that it is named after: if the keystore has a password, name a file with \
		 it by --password-file",
		path.display()
	)]
	NodeKey {
		/// The file.
		path: PathBuf,
	},
	/// The system's random number generator failed.
	#[error("the system gives no random numbers ({0}), so no key can be made here")]
	NoRandomness(String),
	/// A key file that was just made does not open.
	#[error("the new key file does not open again, so it was not saved: please report this")]
	SelfCheck,
}

impl KeyError {
	/// `text` is no account.
	pub(super) fn bad_address(text: &str) -> Self {
		Self::BadAddress { text: shortened(text) }
	}

	/// `name` is no name.
	pub(super) fn bad_name(name: &str) -> Self {
		Self::BadName { name: shortened(name) }
	}
}

/// The beginning of `text`, without control characters.
fn shortened(text: &str) -> String {
	let mut short: String = text.chars().take(70).map(|c| if c.is_control() { '?' } else { c }).collect();
	if short.len() < text.len() {
		short.push_str("...");
	}
	short
}
