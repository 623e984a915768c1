//! Remembers which chain was found at which node, in the file `networks.json` in the user's configuration folder,
//! readable by the user only. The address of a node can contain a secret.

use std::{
	collections::BTreeMap,
	env,
	fs::{self, DirBuilder, OpenOptions},
	io::{self, ErrorKind, Write},
	os::unix::fs::{DirBuilderExt, OpenOptionsExt},
	path::{Path, PathBuf},
};
use subxt::config::substrate::H256;

/// The file. It need not exist.
pub struct Networks {
	/// None for a user without a home folder.
	path: Option<PathBuf>,
}

impl Networks {
	/// The user's: `$XDG_CONFIG_HOME/mainstay/networks.json`, else `~/.config/mainstay/networks.json`.
	pub fn of_user() -> Self {
		let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
		let config = variable("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
		let config = config.or_else(|| variable("HOME").map(|home| home.join(".config")));
		Self { path: config.map(|config| config.join("mainstay/networks.json")) }
	}

	/// Where it is.
	pub fn path(&self) -> Option<&Path> {
		self.path.as_deref()
	}

	/// The genesis block of the chain that was found at `url` before.
	///
	/// # Errors The file cannot be read or parsed. Then the chain counts as unknown, and not as new.
	pub fn genesis(&self, url: &str) -> io::Result<Option<H256>> {
		Ok(self.all()?.get(&key(url)).copied())
	}

	fn all(&self) -> io::Result<BTreeMap<String, H256>> {
		let Some(path) = &self.path else { return Ok(BTreeMap::new()) };
		match fs::read(path) {
			Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
			Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
			Err(error) => Err(error),
		}
	}

	/// Remembers the chain at `url`. The file is written completely or not at all.
	///
	/// # Errors There is no folder for it, or it cannot be written.
	pub fn remember(&self, url: &str, genesis: H256) -> io::Result<()> {
		let nowhere = || io::Error::new(ErrorKind::NotFound, "neither HOME nor XDG_CONFIG_HOME is set");
		let path = self.path.as_deref().ok_or_else(nowhere)?;
		let folder = path.parent().ok_or_else(nowhere)?;
		DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
		// Scripts run several commands at once: none may remove what another has added.
		let guard = OpenOptions::new()
			.write(true)
			.create(true)
			.truncate(false)
			.mode(0o600)
			.open(folder.join(".networks.lock"))?;
		guard.lock()?;
		let mut all = self.all()?;
		all.insert(key(url), genesis);
		let draft = folder.join(format!(".networks.{}.tmp", std::process::id()));
		let written =
			write_private(&draft, &serde_json::to_vec_pretty(&all)?).and_then(|()| fs::rename(&draft, path));
		if written.is_err() {
			let _ = fs::remove_file(&draft);
		}
		written
	}
}

/// The same key for all spellings of a node's address.
fn key(url: &str) -> String {
	url.trim_end_matches('/').to_string()
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
	let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
	file.write_all(bytes)?;
	file.sync_all()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::testing::Folder;
	use std::os::unix::fs::PermissionsExt;

	#[test]
	fn what_was_found_is_remembered_by_node_and_private() {
		let folder = Folder::new();
		let there = PathBuf::from(folder.write("file", ""));
		let networks = Networks { path: Some(there.with_file_name("settings").join("networks.json")) };
		let (one, two) = (H256::repeat_byte(1), H256::repeat_byte(2));
		assert_eq!(networks.genesis("ws://a").unwrap(), None);
		networks.remember("ws://a/", one).unwrap();
		networks.remember("ws://b", two).unwrap();
		assert_eq!(networks.genesis("ws://a").unwrap(), Some(one));
		networks.remember("ws://a", two).unwrap();
		assert_eq!(networks.genesis("ws://a/").unwrap(), Some(two));
		let mode = networks.path().unwrap().metadata().unwrap().permissions().mode() & 0o777;
		assert_eq!(mode, 0o600);
	}

	#[test]
	fn a_broken_file_is_not_taken_for_an_empty_one() {
		let folder = Folder::new();
		let networks = Networks { path: Some(folder.write("networks.json", "{").into()) };
		assert!(networks.genesis("ws://a").is_err());
		assert!(networks.remember("ws://a", H256::zero()).is_err());
		let nowhere = Networks { path: None };
		assert_eq!(nowhere.genesis("ws://a").unwrap(), None);
		assert!(nowhere.remember("ws://a", H256::zero()).is_err());
	}
}
