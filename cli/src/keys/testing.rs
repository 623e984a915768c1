//! What the tests of keys share.

use super::{KeyFile, Scheme, Secret, Store};
use std::{
	env, fs,
	path::{Path, PathBuf},
	process,
	sync::atomic::{AtomicU32, Ordering},
};

/// The raw seed of //Alice.
pub const ALICE_SEED: &str = "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";

/// A folder of one test, removed after it.
pub struct Folder(PathBuf);

impl Folder {
	/// An empty one.
	pub fn new() -> Self {
		static COUNT: AtomicU32 = AtomicU32::new(0);
		let count = COUNT.fetch_add(1, Ordering::Relaxed);
		let path = env::temp_dir().join(format!("mainstay-keys-{}-{count}", process::id()));
		fs::create_dir(&path).unwrap();
		Self(path)
	}

	/// The key folder in it, which does not exist yet.
	pub fn store(&self) -> Store {
		Store::at(Some(self.0.join("keys")))
	}

	/// Where it is.
	pub fn path(&self) -> &Path {
		&self.0
	}

	/// Writes a file and gives its path.
	pub fn write(&self, name: &str, text: &str) -> String {
		let path = self.0.join(name);
		fs::write(&path, text).unwrap();
		path.display().to_string()
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		let _ = fs::remove_dir_all(&self.0);
	}
}

/// The public key of sr25519 of a secret.
pub fn public(secret: &str) -> [u8; 32] {
	Secret::parse(secret).unwrap().keypair(Scheme::Sr25519).unwrap().account().0
}

/// A key file of sr25519 of a secret, with cheap parameters.
pub fn sealed(secret: &str, password: Option<&str>) -> KeyFile {
	sealed_as(Scheme::Sr25519, secret, password)
}

/// A key file of a secret, with cheap parameters.
pub fn sealed_as(scheme: Scheme, secret: &str, password: Option<&str>) -> KeyFile {
	let key = Secret::parse(secret).unwrap().keypair(scheme).unwrap();
	KeyFile::seal_with(15, "test", &key, password).unwrap()
}
