//! The options of every command that reads a key.

use super::{Prefixes, Scheme};

/// The options of every command that signs.
#[derive(Clone, Debug, Default)]
pub struct KeyOptions {
	/// The file whose first line is the password of the key file; `-` is a line of standard input. Without it,
	/// `MAINSTAY_PASSWORD_FILE` names the file; without both, the program asks at the terminal.
	pub password_file: Option<String>,
	/// Which prefixes the address of a key may have.
	pub prefixes: Prefixes,
	/// The scheme of keys that are made of a seed phrase: sr25519 unless given. A key file knows its own.
	pub scheme: Option<Scheme>,
}

impl KeyOptions {
	pub fn password_file(&self) -> Option<String> {
		let of_environment = || std::env::var("MAINSTAY_PASSWORD_FILE").ok();
		self.password_file.clone().or_else(of_environment).filter(|file| !file.is_empty())
	}
}
