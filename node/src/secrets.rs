//! Secrets on disk: only their owner can read them, and none is overwritten.

use nix::sys::stat::{umask, Mode};
use sc_cli::Error;
use std::{
	fs::{self, OpenOptions, Permissions},
	io::{self, ErrorKind, Write},
	os::unix::fs::{OpenOptionsExt, PermissionsExt},
	path::Path,
};

/// The permissions of others, which a file with a secret must not have.
pub const OTHERS: u32 = 0o077;

/// Makes all files that this process creates from now on readable by its user only, whatever the umask was: keystore,
/// network key, database. The SDK creates the files of a keystore first, and restricts them afterwards.
pub fn keep_from_others() {
	umask(Mode::from_bits_truncate(OTHERS));
}

/// Writes a secret to a new file.
///
/// The error names the file.
pub fn write(path: &Path, secret: &[u8]) -> Result<(), Error> {
	let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
	let written = opened.and_then(|mut file| file.write_all(secret).and_then(|()| file.sync_all()));
	written.map_err(|error| match error.kind() {
		ErrorKind::AlreadyExists => {
			format!("{} exists already, and a secret is not overwritten: name another file", path.display())
				.into()
		},
		_ => format!("{}: {error}", path.display()).into(),
	})
}

/// Takes permissions on a file, or on the files in a folder, away from others than the owner, and logs which had
/// them: files that an older node made, or copies. A path that does not exist is skipped.
pub fn close(path: &Path) {
	let files: Vec<_> = match fs::read_dir(path) {
		Ok(entries) => entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect(),
		Err(_) => vec![path.to_owned()],
	};
	for file in files {
		let shown = file.display();
		match close_one(&file) {
			Ok(false) => {},
			Ok(true) => log::warn!("🔒 Others could read the secret in {shown}; now they cannot."),
			Err(error) => log::warn!("🔒 Others can read the secret in {shown}: {error}"),
		}
	}
}

/// Returns whether others had permissions.
fn close_one(file: &Path) -> io::Result<bool> {
	let mode = match fs::metadata(file) {
		Ok(metadata) => metadata.permissions().mode(),
		Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
		Err(error) => return Err(error),
	};
	if mode & OTHERS == 0 {
		return Ok(false);
	}
	fs::set_permissions(file, Permissions::from_mode(mode & !OTHERS))?;
	Ok(true)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn mode(file: &Path) -> u32 {
		fs::metadata(file).unwrap().permissions().mode() & 0o777
	}

	/// node 4
	#[test]
	fn a_secret_is_its_owners_and_is_not_overwritten() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("secret");
		write(&file, b"one").unwrap();
		assert_eq!(mode(&file), 0o600);
		let refusal = write(&file, b"two").unwrap_err().to_string();
		assert!(refusal.contains("secret exists already"), "{refusal}");
		assert_eq!(fs::read(&file).unwrap(), b"one");
		let nowhere = write(&folder.path().join("no/secret"), b"one").unwrap_err().to_string();
		assert!(nowhere.contains("no/secret: No such file"), "{nowhere}");
	}

	/// node 4
	#[test]
	fn secrets_of_older_nodes_are_closed() {
		let folder = tempfile::tempdir().unwrap();
		let [open, closed] = ["open", "closed"].map(|name| folder.path().join(name));
		for (file, mode) in [(&open, 0o644), (&closed, 0o400)] {
			fs::write(file, "secret").unwrap();
			fs::set_permissions(file, Permissions::from_mode(mode)).unwrap();
		}
		close(folder.path());
		assert_eq!((mode(&open), mode(&closed)), (0o600, 0o400));
		fs::set_permissions(&open, Permissions::from_mode(0o640)).unwrap();
		close(&open);
		assert_eq!(mode(&open), 0o600);
		assert!(!close_one(&folder.path().join("none")).unwrap());
	}
}
