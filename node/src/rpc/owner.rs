//! The node's owner: whoever can read a certain file.
//!
//! Methods for the owner only (keys, peers, the log, the node's own storage) work on connections that ask for a
//! secret path, `ws://127.0.0.1:9944/owner-…`. A file that only the node's user may read holds the whole address, so
//! that a validator's commands take it like any other address. A web page does not know the path, and neither does a
//! client behind a proxy that forwards requests, though the node sees both of them connect from its own machine.

use crate::secrets;
use rand::{rngs::OsRng, RngCore};
use sc_rpc_server::RpcMethods;
use sc_service::Configuration;
use sp_core::hexdisplay::HexDisplay;
use std::{
	fs, io,
	net::{IpAddr, SocketAddr},
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
};
use subtle::ConstantTimeEq;

/// The name of the file in the chain's folder.
const FILE: &str = "owner";
/// How the path begins.
pub const PREFIX: &str = "/owner-";
/// The bytes of the secret, which is written as twice as many hexadecimal digits.
const BYTES: usize = 32;

/// The owner's secret path.
#[derive(Clone)]
pub struct Owner {
	path: String,
}

impl Owner {
	/// The file with the owner's address of this node.
	pub fn file(config: &Configuration) -> PathBuf {
		config.base_path.config_dir(config.chain_spec.id()).join(FILE)
	}

	/// Writes the owner's address into its file. The secret stays the same when the node restarts, unless others could
	/// have read the file.
	///
	/// Fails if the file cannot be written.
	pub fn write(file: &Path, listens: SocketAddr) -> io::Result<Self> {
		let path = existing_path(file).unwrap_or_else(|| {
			let mut secret = [0; BYTES];
			OsRng.fill_bytes(&mut secret);
			format!("{PREFIX}{}", HexDisplay::from(&secret))
		});
		let ip = match listens.ip() {
			IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
			IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
			ip => ip,
		};
		let address = format!("ws://{}{path}\n", SocketAddr::new(ip, listens.port()));
		if let Some(folder) = file.parent() {
			fs::create_dir_all(folder)?;
		}
		// The file is written under another name and renamed, so that it is always complete and never readable by others.
		let draft = file.with_extension("new");
		let _ = fs::remove_file(&draft);
		secrets::write(&draft, address.as_bytes()).map_err(|error| io::Error::other(error.to_string()))?;
		fs::rename(&draft, file)?;
		Ok(Self { path })
	}

	/// Whether this is the owner's path. The time that the comparison takes says nothing about the secret.
	fn matches(&self, path: &str) -> bool {
		self.path.as_bytes().ct_eq(path.as_bytes()).into()
	}
}

/// The path in an existing file, unless others could have read it.
fn existing_path(file: &Path) -> Option<String> {
	let metadata = fs::symlink_metadata(file).ok()?;
	if !metadata.is_file() || metadata.permissions().mode() & secrets::OTHERS != 0 {
		log::warn!("Others could read {}: the node makes a new address for its owner.", file.display());
		return None;
	}
	let text = fs::read_to_string(file).ok()?;
	let path = &text.trim_end()[text.find(PREFIX)?..];
	let secret = path.strip_prefix(PREFIX)?;
	let right = secret.len() == 2 * BYTES && secret.bytes().all(|digit| digit.is_ascii_hexdigit());
	right.then(|| path.to_owned())
}

/// Whether a request from `peer` for `path` may call the methods for the owner only.
///
/// The owner connects from the node's own machine: otherwise the path would cross the network, readable by anyone.
pub fn allows_unsafe(methods: RpcMethods, owner: Option<&Owner>, peer: IpAddr, path: &str) -> bool {
	match methods {
		RpcMethods::Unsafe => true,
		RpcMethods::Safe => false,
		RpcMethods::Auto => {
			peer.to_canonical().is_loopback() && owner.is_some_and(|owner| owner.matches(path))
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const LISTENS: &str = "0.0.0.0:9944";

	fn write(file: &Path) -> Owner {
		Owner::write(file, LISTENS.parse().expect("an address")).expect("written")
	}

	#[test]
	fn rpc_4_only_who_knows_the_path_may_do_all() {
		let folder = tempfile::tempdir().expect("made");
		let owner = write(&folder.path().join("chain/owner"));
		let [here, there] = ["127.0.0.1", "192.0.2.7"].map(|ip| ip.parse::<IpAddr>().expect("an address"));
		let auto = |peer, path: &str| allows_unsafe(RpcMethods::Auto, Some(&owner), peer, path);
		assert!(auto(here, &owner.path));
		assert!(auto("::ffff:127.0.0.1".parse().expect("an address"), &owner.path));
		for path in ["", "/", "/owner-", "/rpc", &owner.path[1..], &format!("{}/", owner.path)] {
			assert!(!auto(here, path), "{path}");
		}
		assert!(!auto(there, &owner.path));
		assert!(!allows_unsafe(RpcMethods::Safe, Some(&owner), here, &owner.path));
		assert!(!allows_unsafe(RpcMethods::Auto, None, here, &owner.path));
		assert!(allows_unsafe(RpcMethods::Unsafe, None, there, "/"));
	}

	#[test]
	fn rpc_4_the_address_is_the_owners_alone_and_stays() {
		let folder = tempfile::tempdir().expect("made");
		let file = folder.path().join("chain/owner");
		let first = write(&file);
		let text = fs::read_to_string(&file).expect("readable");
		assert_eq!(text, format!("ws://127.0.0.1:9944{}\n", first.path));
		assert_eq!(first.path.len(), PREFIX.len() + 2 * BYTES);
		let mode = || fs::metadata(&file).expect("there").permissions().mode() & 0o777;
		assert_eq!(mode(), 0o600);
		assert_eq!(write(&file).path, first.path);

		// Other users could read the file, so the secret is replaced.
		fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("set");
		let second = write(&file);
		assert_ne!(second.path, first.path);
		assert_eq!(mode(), 0o600);
		fs::write(&file, "ws://127.0.0.1:9944/owner-short").expect("written");
		assert_ne!(write(&file).path, second.path);
	}
}
