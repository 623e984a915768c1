//! Reads secrets from the terminal, standard input or a file, up to a maximum length.

use super::{KeyError, KeyOptions};
use nix::sys::signal::{SigSet, Signal};
use std::{
	fs::{File, OpenOptions},
	io::{self, BufRead, BufReader, IsTerminal, Read, Write},
	os::unix::fs::PermissionsExt,
	path::Path,
};
use zeroize::Zeroizing;

/// The bytes of a password or a phrase that are read, at most.
const MAX_SECRET: u64 = 4096;
const TERMINAL: &str = "/dev/tty";
const STDIN: &str = "standard input";

/// Prints a warning on standard error. Standard output is for the answer.
pub fn warn(text: &str) {
	crate::output::say(&format!("warning: {text}"));
}

/// The password of the existing key `of`.
pub fn password(options: &KeyOptions, of: &str) -> Result<Zeroizing<String>, KeyError> {
	match options.password_file() {
		Some(file) => password_of(&file),
		None => hidden(&format!("Password of {of}: "), NO_PASSWORD),
	}
}

/// The password of a new key, which has to be typed twice.
pub fn new_password(options: &KeyOptions) -> Result<Zeroizing<String>, KeyError> {
	let password = match options.password_file() {
		Some(file) => password_of(&file)?,
		None => {
			let first = hidden("New password for the key file: ", NO_PASSWORD)?;
			if !first.is_empty() && hidden("The same again: ", NO_PASSWORD)? != first {
				return Err(KeyError::PasswordsDiffer);
			}
			first
		},
	};
	match password.is_empty() {
		true => Err(KeyError::EmptyPassword),
		false => Ok(password),
	}
}

/// The first line of `file`, including its spaces.
fn password_of(file: &str) -> Result<Zeroizing<String>, KeyError> {
	if file == "-" {
		return stdin_line("Password: ", NO_PASSWORD);
	}
	let path = Path::new(file);
	let opened = File::open(path).map_err(|source| KeyError::Read { path: path.into(), source })?;
	warn_if_exposed(path);
	first_line(&mut BufReader::new(opened), file)
}

/// A line of piped input, or typed without being shown.
fn stdin_line(prompt: &str, missing: Missing) -> Result<Zeroizing<String>, KeyError> {
	match io::stdin().is_terminal() {
		true => hidden(prompt, missing),
		false => first_line(&mut io::stdin().lock(), STDIN),
	}
}

/// A secret from standard input.
pub fn secret_line(prompt: &str) -> Result<Zeroizing<String>, KeyError> {
	let line = stdin_line(prompt, NO_SECRET)?;
	match line.trim().is_empty() {
		true => Err(KeyError::Empty { from: STDIN.into() }),
		false => Ok(line),
	}
}

/// A secret that is a whole file.
pub fn secret_file(path: &Path) -> Result<Zeroizing<String>, KeyError> {
	let from = || path.display().to_string();
	let bytes = read_limited(path, MAX_SECRET)?;
	warn_if_exposed(path);
	let text = std::str::from_utf8(&bytes).map_err(|_| KeyError::NotText { from: from() })?;
	match text.trim().is_empty() {
		true => Err(KeyError::Empty { from: from() }),
		false => Ok(Zeroizing::new(text.into())),
	}
}

/// A whole file that is no longer than `limit`.
pub(super) fn read_limited(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, KeyError> {
	let failed = |source| KeyError::Read { path: path.into(), source };
	let mut bytes = Zeroizing::new(Vec::new());
	let file = File::open(path).map_err(failed)?;
	file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
	match bytes.len() as u64 > limit {
		true => Err(KeyError::TooLong { from: path.display().to_string(), limit }),
		false => Ok(bytes),
	}
}

/// A line without its end. The input after it stays for the next reader.
fn first_line(reader: &mut impl BufRead, from: &str) -> Result<Zeroizing<String>, KeyError> {
	let mut bytes = Zeroizing::new(Vec::new());
	let read = reader.take(MAX_SECRET + 1).read_until(b'\n', &mut bytes);
	let read = read.map_err(|source| KeyError::Read { path: from.into(), source })?;
	if read == 0 {
		return Err(KeyError::Empty { from: from.into() });
	}
	if read as u64 > MAX_SECRET {
		return Err(KeyError::TooLong { from: from.into(), limit: MAX_SECRET });
	}
	let line = std::str::from_utf8(&bytes).map_err(|_| KeyError::NotText { from: from.into() })?;
	let line = line.strip_suffix('\n').unwrap_or(line);
	Ok(Zeroizing::new(line.strip_suffix('\r').unwrap_or(line).into()))
}

/// Warns if a file's mode gives others access. The mode of a pipe (`<(pass show key)`) does not matter.
pub(super) fn warn_if_exposed(path: &Path) {
	if is_exposed(path) {
		let path = path.display();
		warn(&format!("others on this machine can read {path}: chmod 600 {path}"));
	}
}

fn is_exposed(path: &Path) -> bool {
	path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o077 != 0)
}

/// What is asked for, and the alternative without a terminal.
type Missing = (&'static str, &'static str);
const NO_PASSWORD: Missing =
	("the password", "name a file that holds it with --password-file or in MAINSTAY_PASSWORD_FILE");
const NO_SECRET: Missing = ("the seed phrase", "pipe it into standard input, or name a file");

/// A line that is typed without being shown.
fn hidden(prompt: &str, missing: Missing) -> Result<Zeroizing<String>, KeyError> {
	let mut terminal = terminal(missing)?;
	// On Ctrl-C, `rpassword` raises SIGINT while the terminal still hides what is typed. So the signal waits until the
	// terminal is as it was.
	let mut interrupt = SigSet::empty();
	interrupt.add(Signal::SIGINT);
	let blocked = interrupt.thread_block();
	let line = rpassword::prompt_password(prompt).map(Zeroizing::new);
	if line.is_err() {
		let _ = writeln!(terminal);
	}
	if blocked.is_ok() {
		let _ = interrupt.thread_unblock();
	}
	line.map_err(input_error)
}

/// Asks `question` at the terminal, and returns the typed line; `instead` is the alternative without a terminal.
pub fn prompt(question: &str, instead: &'static str) -> Result<String, KeyError> {
	let mut terminal = terminal(("an answer", instead))?;
	write!(terminal, "{question}").and_then(|()| terminal.flush()).map_err(input_error)?;
	let mut answer = String::new();
	let mut reader = BufReader::new(&terminal).take(MAX_SECRET);
	match reader.read_line(&mut answer).map_err(input_error)? {
		0 => {
			let _ = writeln!(terminal);
			Err(KeyError::Cancelled)
		},
		_ => Ok(answer.trim().into()),
	}
}

/// Shows `text` on the terminal, and nowhere else, until Enter is pressed. False if there is no terminal.
pub fn show_until_enter(text: &str) -> bool {
	// A user who cancelled has seen the text, too.
	matches!(prompt(text, ""), Ok(_) | Err(KeyError::Cancelled))
}

fn terminal((what, instead): Missing) -> Result<File, KeyError> {
	let terminal = OpenOptions::new().read(true).write(true).open(TERMINAL);
	terminal.map_err(|_| KeyError::NoTerminal { what, instead })
}

/// An end of input at the prompt means no.
fn input_error(error: io::Error) -> KeyError {
	match error.kind() {
		io::ErrorKind::UnexpectedEof | io::ErrorKind::Interrupted => KeyError::Cancelled,
		_ => KeyError::Read { path: TERMINAL.into(), source: error },
	}
}

#[cfg(test)]
mod tests {
	use super::{super::testing::*, *};
	use std::fs::{set_permissions, Permissions};

	fn line(mut bytes: &[u8]) -> Result<Zeroizing<String>, KeyError> {
		first_line(&mut bytes, STDIN)
	}

	#[test]
	fn a_line_ends_where_it_ends() {
		for (input, text) in
			[("a b \r\nnext", "a b "), ("a", "a"), ("\n", ""), ("\r\n", ""), ("a\r", "a"), (" a\n", " a")]
		{
			assert_eq!(*line(input.as_bytes()).unwrap(), text);
		}
		let mut two = &b"phrase\npassword\n"[..];
		assert_eq!(*first_line(&mut two, STDIN).unwrap(), "phrase");
		assert_eq!(*first_line(&mut two, STDIN).unwrap(), "password");
		assert!(matches!(first_line(&mut two, STDIN), Err(KeyError::Empty { .. })));
	}

	#[test]
	fn wrong_lines_are_errors() {
		assert!(matches!(line(&[b'a'; 5000]), Err(KeyError::TooLong { .. })));
		assert!(matches!(line(b"\xff\n"), Err(KeyError::NotText { .. })));
		assert!(matches!(password_of("/dev/zero"), Err(KeyError::TooLong { .. })));
		assert!(matches!(password_of("/dev/null"), Err(KeyError::Empty { .. })));
		assert!(matches!(password_of("/"), Err(KeyError::Read { .. })));
		assert!(matches!(secret_file(Path::new("/dev/zero")), Err(KeyError::TooLong { .. })));
		assert!(matches!(secret_file(Path::new("/dev/null")), Err(KeyError::Empty { .. })));
	}

	#[test]
	fn new_passwords_are_not_empty() {
		let folder = Folder::new();
		let options = |text: &str| KeyOptions {
			password_file: Some(folder.write("password", text)),
			..Default::default()
		};
		assert!(matches!(new_password(&options("\n")), Err(KeyError::EmptyPassword)));
		assert_eq!(*new_password(&options(" x \n")).unwrap(), " x ");
	}

	#[test]
	fn open_files_are_noticed() {
		let folder = Folder::new();
		let path = folder.write("secret", "x");
		for (mode, exposed) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
			set_permissions(&path, Permissions::from_mode(mode)).unwrap();
			assert_eq!(is_exposed(Path::new(&path)), exposed, "{mode:o}");
		}
		assert!(!is_exposed(Path::new("/dev/null")));
	}
}
