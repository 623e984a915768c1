//! The network key, by which peers know a node.

use crate::{chain_spec, sdk::base_path, secrets};
use sc_cli::{CliConfiguration, Error, RunCmd};
use sc_network::config::ed25519::{Keypair, SecretKey};
use sc_service::BasePath;
use sp_core::hexdisplay::HexDisplay;
use std::{
	fs::{self, File},
	io::{self, ErrorKind, Read, Write},
	path::{Path, PathBuf},
};

/// The bytes of a file that are read at most; no key is as long.
const MAX_FILE_BYTES: u64 = 1_024;

/// Makes a network key.
#[derive(Debug, clap::Args)]
pub struct Generate {
	/// The file for the key. It must not exist.
	#[arg(long, value_name = "FILE", conflicts_with_all = ["base_path", "default_base_path"])]
	file: Option<PathBuf>,

	/// Write 32 bytes instead of 64 hexadecimal digits.
	#[arg(long)]
	bin: bool,

	/// The chain.
	#[arg(long)]
	chain: Option<String>,

	/// Put the key where a node of the chain with this base path looks for it.
	#[arg(long, value_name = "PATH", requires = "chain", conflicts_with = "default_base_path")]
	base_path: Option<PathBuf>,

	/// Put the key where a node of the chain without --base-path looks for it.
	#[arg(long, requires = "chain")]
	default_base_path: bool,
}

impl Generate {
	/// Makes the key. The error names the file if it exists already.
	pub fn run(&self) -> Result<(), Error> {
		let key = Keypair::generate();
		let secret = key.secret().to_bytes();
		let bytes = if self.bin { secret.to_vec() } else { digits(&secret).into_bytes() };
		match self.place()? {
			Some(file) => {
				secrets::write(&file, &bytes)?;
				eprintln!("The key is in {}", file.display());
			},
			None => io::stdout().lock().write_all(&bytes)?,
		}
		eprintln!("{}", key.public().to_peer_id());
		Ok(())
	}

	fn place(&self) -> Result<Option<PathBuf>, Error> {
		let named = self.base_path.clone().map(BasePath::new);
		if named.is_none() && !self.default_base_path {
			return Ok(self.file.clone());
		}
		let id = chain_spec::load(self.chain.as_deref().unwrap_or_default())?.id().to_owned();
		let file = file_in(&base_path::or_default(named)?, &id);
		make_folder(&file)?;
		Ok(Some(file))
	}
}

/// Prints the peer id of a network key.
#[derive(Debug, clap::Args)]
pub struct Inspect {
	/// The file with the key. Without it, the key is read from stdin.
	#[arg(long, value_name = "FILE")]
	file: Option<PathBuf>,

	/// Ignored; older nodes needed it for keys of 32 bytes.
	#[arg(long, hide = true)]
	#[allow(dead_code, reason = "a key says by its length what it is")]
	bin: bool,
}

impl Inspect {
	/// Prints the peer id. The error names the file.
	pub fn run(&self) -> Result<(), Error> {
		let key = match &self.file {
			Some(file) => read(file)?.ok_or_else(|| format!("there is no file {}", file.display()))?,
			None => {
				let mut bytes = Vec::new();
				io::stdin().lock().take(MAX_FILE_BYTES).read_to_end(&mut bytes)?;
				parse(&bytes).ok_or_else(|| what_is_wrong("stdin"))?
			},
		};
		println!("{}", Keypair::from(key).public().to_peer_id());
		Ok(())
	}
}

/// Puts the network key of a starting node into its arguments, and returns its file. If there is no key yet, one is
/// made, except for a validator, whose peers have to find it again: [`Error::NetworkKeyNotFound`].
///
/// The SDK itself accepts 64 digits or 32 bytes without white space, and its error does not name the file.
pub fn settle(run: &mut RunCmd) -> Result<Option<PathBuf>, Error> {
	let params = &run.network_params.node_key_params;
	if params.node_key.is_some() {
		return Ok(None);
	}
	let is_dev = run.is_dev()?;
	let file = match &params.node_key_file {
		Some(file) => file.clone(),
		None => {
			let spec = chain_spec::load(&run.chain_id(is_dev)?)?;
			file_in(&base_path::or_default(run.base_path()?)?, spec.id())
		},
	};
	let makes = is_dev || params.unsafe_force_node_key_generation || !run.role(is_dev)?.is_authority();
	let key = match read(&file)? {
		Some(key) => key,
		None if makes => make(&file)?,
		None => return Err(Error::NetworkKeyNotFound(file)),
	};
	run.network_params.node_key_params.node_key = Some(digits(&key.to_bytes()));
	Ok(Some(file))
}

/// Makes a key, and writes it to `file`, which must not exist.
fn make(file: &Path) -> Result<SecretKey, Error> {
	let key = SecretKey::generate();
	make_folder(file)?;
	secrets::write(file, digits(&key.to_bytes()).as_bytes())?;
	Ok(key)
}

fn make_folder(file: &Path) -> Result<(), Error> {
	let Some(folder) = file.parent() else { return Ok(()) };
	fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()).into())
}

/// Where a node of the chain with this id looks for its key.
fn file_in(base_path: &BasePath, id: &str) -> PathBuf {
	base_path.config_dir(id).join("network").join("secret_ed25519")
}

fn digits(secret: &[u8]) -> String {
	HexDisplay::from(&secret).to_string()
}

/// The key in a file. `None` if there is no such file.
fn read(file: &Path) -> Result<Option<SecretKey>, Error> {
	let mut bytes = Vec::new();
	match File::open(file).and_then(|open| open.take(MAX_FILE_BYTES).read_to_end(&mut bytes)) {
		Ok(_) => {
			let key = parse(&bytes).ok_or_else(|| what_is_wrong(&file.display().to_string()))?;
			Ok(Some(key))
		},
		Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
		Err(error) => Err(format!("{}: {error}", file.display()).into()),
	}
}

/// A key of 32 bytes, or of 64 hexadecimal digits, with or without `0x`, and with white space around them.
fn parse(bytes: &[u8]) -> Option<SecretKey> {
	let mut key = match <[u8; 32]>::try_from(bytes) {
		Ok(raw) => raw,
		Err(_) => {
			let text = std::str::from_utf8(bytes).ok()?.trim();
			let digits = text.strip_prefix("0x").unwrap_or(text);
			// The decoder accepts an odd number of digits.
			let exactly = Some(digits).filter(|digits| digits.len() == 64)?;
			sp_core::bytes::from_hex(exactly).ok()?.try_into().ok()?
		},
	};
	SecretKey::try_from_bytes(&mut key).ok()
}

fn what_is_wrong(place: &str) -> String {
	format!("{place}: not a network key, which is 64 hexadecimal digits or 32 bytes")
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::error;

	/// node 3
	#[test]
	fn a_key_may_have_white_space_around_it() {
		let raw = [171; 32];
		let hex = "ab".repeat(32);
		for text in [hex.clone(), format!("{hex}\n"), format!("0x{hex}"), format!(" \t0x{hex}\r\n")] {
			assert_eq!(parse(text.as_bytes()).expect("a key").to_bytes(), raw, "{text:?}");
		}
		assert_eq!(parse(&raw).expect("a key").to_bytes(), raw);
		assert_eq!(parse(digits(&raw).as_bytes()).expect("a key").to_bytes(), raw);
	}

	/// node 3
	#[test]
	fn what_is_no_key_is_refused_by_the_name_of_its_file() {
		let folder = tempfile::tempdir().unwrap();
		let file = folder.path().join("key");
		for wrong in [&b""[..], b"0x", &[b'a'; 63], &[b'a'; 65], &[b'g'; 64], &[0; 33], &[b'a'; 4096]] {
			fs::write(&file, wrong).unwrap();
			let refusal = error::line(&read(&file).map(drop).unwrap_err());
			assert_eq!(
				refusal,
				format!("{}: not a network key, which is 64 hexadecimal digits or 32 bytes", file.display())
			);
		}
		assert!(read(&folder.path().join("none")).unwrap().is_none());
		let refusal = error::line(&read(folder.path()).map(drop).unwrap_err());
		assert!(refusal.starts_with(&folder.path().display().to_string()), "{refusal}");
	}
}
