//! Keys in the keystore of a node.

use crate::{chain_spec, equivocation::REPORTER, sdk::base_path};
use clap::ValueEnum;
use mainstay_runtime::SessionKeys;
use sc_cli::{utils, CryptoScheme, Error, KeystoreParams, SharedParams};
use sc_keystore::LocalKeystore;
use sc_service::config::KeystoreConfig;
use sp_core::{
	crypto::{key_types, KeyTypeId, SecretString},
	ecdsa, ed25519,
	hexdisplay::HexDisplay,
	sr25519, ByteArray, Pair,
};
use sp_keystore::Keystore;
use sp_runtime::traits::OpaqueKeys;
use std::path::PathBuf;

/// The types of keys that this chain and its nodes use, each with its scheme.
const TYPES: [(KeyTypeId, CryptoScheme); 4] = [
	(key_types::BABE, CryptoScheme::Sr25519),
	(key_types::GRANDPA, CryptoScheme::Ed25519),
	(key_types::AUTHORITY_DISCOVERY, CryptoScheme::Sr25519),
	(REPORTER, CryptoScheme::Sr25519),
];

/// Puts a key into the keystore of a node. A validator makes its own session keys by RPC instead.
#[derive(Debug, clap::Args)]
pub struct Insert {
	/// The secret, for instance `//Alice`, or a file with it. Unless given, the command asks for it.
	#[arg(long)]
	suri: Option<String>,

	/// What the key is for: `babe` makes blocks, `gran` votes, `audi` publishes addresses, `rprt` signs reports of equivocations.
	#[arg(long, value_name = "TYPE")]
	key_type: String,

	/// The scheme of the key, by default that of the key's type.
	#[arg(long, value_name = "SCHEME", value_enum, ignore_case = true)]
	scheme: Option<CryptoScheme>,

	/// Also accept any other type of four characters, or another scheme.
	#[arg(long, requires = "scheme")]
	any_type: bool,

	#[clap(flatten)]
	shared_params: SharedParams,

	#[clap(flatten)]
	keystore_params: KeystoreParams,
}

impl Insert {
	/// Puts the key into the keystore.
	pub fn run(&self) -> Result<(), Error> {
		let (key_type, scheme) = fitting(&self.key_type, self.scheme, self.any_type)?;
		let suri = utils::read_uri(self.suri.as_ref())?;
		let (path, password) = place(&self.shared_params, &self.keystore_params)?;
		let public = match scheme {
			CryptoScheme::Ed25519 => public::<ed25519::Pair>(&suri, &password),
			CryptoScheme::Sr25519 => public::<sr25519::Pair>(&suri, &password),
			CryptoScheme::Ecdsa => public::<ecdsa::Pair>(&suri, &password),
		}?;
		let shown = path.display().to_string();
		let inserted = LocalKeystore::open(path, password)?.insert(key_type, &suri, &public);
		inserted.map_err(|()| format!("the key cannot be written to {shown}").into())
	}
}

/// Makes the session keys of a validator in a keystore that has none, for a network that does not run yet. On a running
/// network, the validator's node makes them by RPC.
#[derive(Debug, clap::Args)]
pub struct GenerateSessionKeys {
	#[clap(flatten)]
	shared_params: SharedParams,

	#[clap(flatten)]
	keystore_params: KeystoreParams,
}

impl GenerateSessionKeys {
	/// Makes the keys, and prints the type and the public key of each.
	pub fn run(&self) -> Result<(), Error> {
		let (path, password) = place(&self.shared_params, &self.keystore_params)?;
		let shown = path.display().to_string();
		let made =
			generate(&LocalKeystore::open(path, password)?).map_err(|error| format!("{shown}: {error}"))?;
		for (id, public) in made {
			println!("{}  0x{}", String::from_utf8_lossy(&id.0), HexDisplay::from(&public.as_slice()));
		}
		eprintln!("The keys are in {shown}");
		Ok(())
	}
}

/// Makes a key of each type that the runtime requires of a validator.
fn generate(keystore: &dyn Keystore) -> Result<Vec<(KeyTypeId, Vec<u8>)>, String> {
	let types = SessionKeys::key_ids();
	for id in types {
		let there = keystore.keys(*id).map_err(|error| error.to_string())?;
		if !there.is_empty() {
			return Err(
				"there are session keys already, and a validator has one key of each type: name another folder".into()
			);
		}
	}
	let make = |id: &KeyTypeId| {
		let made = match TYPES.iter().find(|(known, _)| known == id) {
			Some((_, CryptoScheme::Sr25519)) => {
				keystore.sr25519_generate_new(*id, None).map(|public| public.to_raw_vec())
			},
			Some((_, CryptoScheme::Ed25519)) => {
				keystore.ed25519_generate_new(*id, None).map(|public| public.to_raw_vec())
			},
			_ => return Err(format!("keys of type {} cannot be made here", String::from_utf8_lossy(&id.0))),
		};
		made.map(|public| (*id, public)).map_err(|error| error.to_string())
	};
	types.iter().map(make).collect()
}

/// The folder of a keystore, and its password. The chain must be named only if the keystore is with the chain's data.
fn place(shared: &SharedParams, keystore: &KeystoreParams) -> Result<(PathBuf, Option<SecretString>), Error> {
	let folder = match &keystore.keystore_path {
		Some(path) => path.clone(),
		None => {
			let id = chain_spec::load(&shared.chain_id(shared.is_dev()))?.id().to_owned();
			base_path::or_default(shared.base_path()?)?.config_dir(&id)
		},
	};
	match keystore.keystore_config(&folder)? {
		KeystoreConfig::Path { path, password } => Ok((path, password)),
		KeystoreConfig::InMemory => Err("this keystore is not on disk".into()),
	}
}

fn public<P: Pair>(suri: &str, password: &Option<SecretString>) -> Result<Vec<u8>, Error> {
	Ok(utils::pair_from_suri::<P>(suri, password.clone())?.public().to_raw_vec())
}

/// The type called `name`, and the scheme of its keys. A key of the wrong type or scheme would stay in the keystore
/// unused.
fn fitting(name: &str, scheme: Option<CryptoScheme>, any: bool) -> Result<(KeyTypeId, CryptoScheme), String> {
	let known = TYPES.iter().find(|(known, _)| known.0 == name.as_bytes());
	match (known, scheme) {
		(Some((id, own)), None) => Ok((*id, *own)),
		(Some((id, own)), Some(scheme)) if scheme == *own || any => Ok((*id, scheme)),
		(Some((_, own)), Some(scheme)) => Err(format!(
			"keys of type {name} are {}, not {}; --any-type takes one all the same",
			shown(*own),
			shown(scheme)
		)),
		(None, Some(scheme)) if any => {
			let id =
				KeyTypeId::try_from(name).map_err(|()| format!("`{name}` is not four characters long"))?;
			Ok((id, scheme))
		},
		(None, _) => Err(format!(
			"this chain has no keys of type `{name}`, but babe, gran, audi and rprt; --any-type takes one all the same"
		)),
	}
}

/// A scheme as `--scheme` takes it.
fn shown(scheme: CryptoScheme) -> String {
	scheme.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keystore::testing::MemoryKeystore;
	use CryptoScheme::*;

	#[test]
	fn a_validator_has_one_key_of_each_type() {
		let keystore = MemoryKeystore::new();
		let made = generate(&keystore).unwrap();
		assert_eq!(made.iter().map(|(id, _)| *id).collect::<Vec<_>>(), SessionKeys::key_ids());
		for (id, public) in &made {
			assert!(keystore.has_keys(&[(public.clone(), *id)]));
			assert_eq!(keystore.keys(*id).unwrap().len(), 1);
		}
		assert!(generate(&keystore).unwrap_err().starts_with("there are session keys already"));
		assert_eq!(keystore.keys(key_types::BABE).unwrap().len(), 1, "nothing was added");
	}

	/// node 5
	#[test]
	fn a_type_has_its_scheme() {
		assert_eq!(fitting("gran", None, false), Ok((key_types::GRANDPA, Ed25519)));
		assert_eq!(fitting("gran", Some(Ed25519), false), Ok((key_types::GRANDPA, Ed25519)));
		assert_eq!(fitting("babe", Some(Sr25519), false), Ok((key_types::BABE, Sr25519)));
		assert_eq!(fitting("rprt", None, false), Ok((REPORTER, Sr25519)));
		let refusal = |name, scheme| fitting(name, scheme, false).unwrap_err();
		assert_eq!(
			refusal("gran", Some(Sr25519)),
			"keys of type gran are ed25519, not sr25519; --any-type takes one all the same"
		);
		assert!(refusal("babe", Some(Ed25519)).contains("sr25519, not ed25519"));
		assert!(refusal("xxxx", Some(Sr25519)).contains("no keys of type `xxxx`"));
		assert!(refusal("xxxx", None).contains("no keys of type `xxxx`"));
		assert!(refusal("BABE", None).contains("no keys of type `BABE`"));
	}

	/// node 5
	#[test]
	fn any_type_is_taken_by_a_flag() {
		assert_eq!(fitting("xxxx", Some(Ecdsa), true), Ok((KeyTypeId(*b"xxxx"), Ecdsa)));
		assert_eq!(fitting("gran", Some(Sr25519), true), Ok((key_types::GRANDPA, Sr25519)));
		assert!(fitting("xxxxx", Some(Ecdsa), true).unwrap_err().contains("not four characters"));
	}
}
