//! What every command that reads a key takes.

use super::Prefixes;

/// What every command that signs takes.
#[derive(Clone, Debug, Default)]
pub struct KeyOptions {
	/// The file whose first line is the password of the key file, `-` for a line of standard input. Without it,
	/// `MAINSTAY_PASSWORD_FILE` names the file; without both, the terminal is asked.
	pub password_file: Option<String>,
	/// How the address of a key may be written.
	pub prefixes: Prefixes,
}

impl KeyOptions {
	pub fn password_file(&self) -> Option<String> {
		let of_environment = || std::env::var("MAINSTAY_PASSWORD_FILE").ok();
		self.password_file.clone().or_else(of_environment).filter(|file| !file.is_empty())
	}
}
