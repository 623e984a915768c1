//! The folder of the user's key files: `NAME.json`, readable by the user only.

use super::{keypair::PublicKey, KeyError, KeyFile};
use std::{
	env,
	fs::{self, DirBuilder, OpenOptions},
	io::{self, ErrorKind, Write},
	os::unix::fs::{DirBuilderExt, OpenOptionsExt},
	path::{Path, PathBuf},
};
use subxt::utils::AccountId32;

const MAX_NAME: usize = 32;

/// A key file of the folder, as [`Store::entries`] finds it.
pub struct Entry {
	/// The file's name without `.json`. It is not always a valid name: polkadot.js names its files by their address.
	pub name: String,
	/// Where it is.
	pub path: PathBuf,
	/// The public key, or why the file is no key file.
	pub public: Result<PublicKey, KeyError>,
}

/// A folder of key files. It need not exist until the first is saved.
pub struct Store {
	/// None for a user without a home folder, who can still sign with keys from elsewhere.
	folder: Option<PathBuf>,
}

impl Store {
	/// The user's: `$MAINSTAY_KEYS`, else `$XDG_CONFIG_HOME/mainstay/keys`, else `~/.config/mainstay/keys`.
	pub fn of_user() -> Self {
		let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
		let config = || variable("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
		let home = || variable("HOME").map(|home| home.join(".config"));
		let below = || config().or_else(home).map(|config| config.join("mainstay/keys"));
		Self { folder: variable("MAINSTAY_KEYS").or_else(below) }
	}

	/// The one in `folder`, if any.
	#[cfg(test)]
	pub fn at(folder: Option<PathBuf>) -> Self {
		Self { folder }
	}

	/// Where it is.
	pub fn folder(&self) -> Result<&Path, KeyError> {
		self.folder.as_deref().ok_or(KeyError::NoFolder)
	}

	/// The file of the existing key `name`.
	pub fn existing(&self, name: &str) -> Result<PathBuf, KeyError> {
		let path = self.path(name)?;
		match path.is_file() {
			true => Ok(path),
			false => Err(KeyError::NoSuchKey { name: name.into(), folder: self.folder()?.into() }),
		}
	}

	/// The file for a new key `name`.
	pub fn vacant(&self, name: &str) -> Result<PathBuf, KeyError> {
		let path = self.path(name)?;
		match path.symlink_metadata() {
			Ok(_) => Err(KeyError::KeyExists { name: name.into(), path }),
			Err(_) => Ok(path),
		}
	}

	fn path(&self, name: &str) -> Result<PathBuf, KeyError> {
		check_name(name)?;
		Ok(self.folder()?.join(format!("{name}.json")))
	}

	/// The file with the keys of `address`.
	pub fn path_of(&self, address: &AccountId32) -> Result<PathBuf, KeyError> {
		match self.entry_of(address)? {
			Some(entry) => Ok(entry.path),
			None => Err(KeyError::NoKeyOfAddress { address: *address, folder: self.folder()?.into() }),
		}
	}

	/// The first entry of `address`, by name.
	pub fn entry_of(&self, address: &AccountId32) -> Result<Option<Entry>, KeyError> {
		let is = |entry: &Entry| entry.public.as_ref().is_ok_and(|public| public.account() == *address);
		Ok(self.entries()?.into_iter().find(is))
	}

	/// All files that end with .json, by name. Files that are no key files have an error.
	pub fn entries(&self) -> Result<Vec<Entry>, KeyError> {
		let folder = self.folder()?;
		let failed = |source| KeyError::Read { path: folder.into(), source };
		let files = match fs::read_dir(folder) {
			Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
			files => files.map_err(failed)?,
		};
		let mut entries = Vec::new();
		for file in files {
			let path = file.map_err(failed)?.path();
			let name = path.file_name().unwrap_or_default().to_string_lossy();
			// A name that begins with a dot is a file that is being written.
			let Some(name) = name.strip_suffix(".json").filter(|name| !name.starts_with('.')) else {
				continue;
			};
			// A pipe or device would block or never end.
			if !path.is_file() {
				continue;
			}
			entries.push(Entry {
				name: name.into(),
				public: KeyFile::read(&path).map(|file| file.public()),
				path: path.clone(),
			});
		}
		entries.sort_by(|one, two| one.name.cmp(&two.name));
		Ok(entries)
	}

	/// Writes `file` as `name`, completely or not at all, and never over another file.
	pub fn save(&self, name: &str, file: &KeyFile) -> Result<PathBuf, KeyError> {
		let (folder, path) = (self.folder()?, self.vacant(name)?);
		let failed = |source| KeyError::Write { path: path.clone(), source };
		DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
		let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
		let written = write_private(&draft, file.text()).and_then(|()| publish(&draft, &path));
		// After a rename the draft does not exist any more.
		let _ = fs::remove_file(&draft);
		match written {
			Ok(()) => Ok(path),
			Err(error) if error.kind() == ErrorKind::AlreadyExists && path.exists() => {
				Err(KeyError::KeyExists { name: name.into(), path })
			},
			Err(source) => Err(failed(source)),
		}
	}

	/// Removes the key called `name`.
	pub fn remove(&self, name: &str) -> Result<(), KeyError> {
		let path = self.existing(name)?;
		fs::remove_file(&path).map_err(|source| KeyError::Write { path, source })
	}
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
	let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
	file.write_all(text.as_bytes())?;
	file.sync_all()
}

/// Gives `draft` the name `path`. A link, unlike a rename, fails if the name has been taken meanwhile. File systems
/// without links (USB sticks) get the rename.
fn publish(draft: &Path, path: &Path) -> io::Result<()> {
	match fs::hard_link(draft, path) {
		Err(error) if error.kind() != ErrorKind::AlreadyExists && !path.exists() => fs::rename(draft, path),
		linked => linked,
	}
}

/// Whether a key can have this name. A name is no path, option or seed, and shorter than an address.
pub fn check_name(name: &str) -> Result<(), KeyError> {
	let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
	let fits = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(allowed);
	match fits && !name.starts_with('-') && !name.starts_with("0x") {
		true => Ok(()),
		false => Err(KeyError::bad_name(name)),
	}
}

#[cfg(test)]
mod tests {
	use super::{super::testing::*, *};
	use std::os::unix::fs::PermissionsExt;

	fn mode(path: &Path) -> u32 {
		path.metadata().unwrap().permissions().mode() & 0o777
	}

	#[test]
	fn files_and_folder_are_private() {
		let folder = Folder::new();
		let path = folder.store().save("a", &sealed("//Alice", None)).unwrap();
		assert_eq!((mode(&path), mode(folder.store().folder().unwrap())), (0o600, 0o700));
		let left: Vec<_> = fs::read_dir(folder.store().folder().unwrap()).unwrap().collect();
		assert_eq!(left.len(), 1, "only the file itself");
	}

	#[test]
	fn nothing_is_overwritten() {
		let folder = Folder::new();
		let store = folder.store();
		let path = store.save("a", &sealed("//Alice", None)).unwrap();
		let before = fs::read(&path).unwrap();
		assert!(matches!(store.save("a", &sealed("//Bob", None)), Err(KeyError::KeyExists { .. })));
		// The name was taken between the question and the write.
		let draft = folder.write("keys/draft", "other");
		assert_eq!(publish(Path::new(&draft), &path).unwrap_err().kind(), ErrorKind::AlreadyExists);
		assert_eq!(fs::read(&path).unwrap(), before);
		// A dangling link also takes a name.
		std::os::unix::fs::symlink("/no/such/file", store.folder().unwrap().join("b.json")).unwrap();
		assert!(matches!(store.save("b", &sealed("//Bob", None)), Err(KeyError::KeyExists { .. })));
	}

	#[test]
	fn what_is_saved_is_found_and_removed() {
		let folder = Folder::new();
		let store = folder.store();
		assert!(store.entries().unwrap().is_empty());
		store.save("b", &sealed("//Bob", None)).unwrap();
		store.save("a", &sealed("//Alice", None)).unwrap();
		// The name that polkadot.js gives its exports.
		let eve = AccountId32(public("//Eve"));
		folder.write(&format!("keys/{eve}.json"), sealed("//Eve", None).text());
		folder.write("keys/readme.txt", "no key");
		folder.write("keys/broken.json", "{}");
		fs::create_dir(store.folder().unwrap().join("folder.json")).unwrap();

		let entries = store.entries().unwrap();
		let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
		assert_eq!(names, [eve.to_string().as_str(), "a", "b", "broken"]);
		assert_eq!(entries[1].public.as_ref().unwrap().account().0, public("//Alice"));
		assert!(entries[3].public.is_err());
		assert!(store.path_of(&eve).unwrap().ends_with(format!("{eve}.json")));

		store.remove("a").unwrap();
		assert!(matches!(store.existing("a"), Err(KeyError::NoSuchKey { .. })));
		assert!(matches!(store.remove("a"), Err(KeyError::NoSuchKey { .. })));
		store.vacant("a").unwrap();
	}

	#[test]
	fn names_are_no_paths_options_seeds_or_addresses() {
		for name in ["a", "0", "_", "my-key_2", &"a".repeat(32)] {
			assert!(check_name(name).is_ok(), "{name}");
		}
		let address = AccountId32(public("//Alice")).to_string();
		for name in [
			"",
			"A",
			"ä",
			"a b",
			"a.json",
			"../a",
			"a/b",
			"-",
			"-a",
			"0xab",
			"//a",
			&"a".repeat(33),
			"a\0",
			&address,
		] {
			assert!(matches!(check_name(name), Err(KeyError::BadName { .. })), "{name}");
		}
	}

	#[test]
	fn a_user_without_a_home_is_told_so() {
		let store = Store::at(None);
		assert!(matches!(store.entries(), Err(KeyError::NoFolder)));
		assert!(matches!(store.existing("a"), Err(KeyError::NoFolder)));
		assert!(matches!(store.save("a", &sealed("//Alice", None)), Err(KeyError::NoFolder)));
	}

	#[test]
	fn a_folder_that_cannot_be_made_is_an_error() {
		let folder = Folder::new();
		let path = folder.write("file", "in the way");
		let store = Store::at(Some(Path::new(&path).join("keys")));
		assert!(matches!(store.save("a", &sealed("//Alice", None)), Err(KeyError::Write { .. })));
		assert!(matches!(store.entries(), Err(KeyError::Read { .. })));
	}
}
