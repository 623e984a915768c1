//! The options of every command that reads a key.

use super::Prefixes;

/// The options of every command that signs.
#[derive(Clone, Debug, Default)]
pub struct KeyOptions {
	/// The file whose first line is the password of the key file; `-` is a line of standard input. Without it,
	/// `MAINSTAY_PASSWORD_FILE` names the file; without both, the program asks at the terminal.
	pub password_file: Option<String>,
	/// Which prefixes the address of a key may have.
	pub prefixes: Prefixes,
}

impl KeyOptions {
	pub fn password_file(&self) -> Option<String> {
		let of_environment = || std::env::var("MAINSTAY_PASSWORD_FILE").ok();
		self.password_file.clone().or_else(of_environment).filter(|file| !file.is_empty())
	}
}
