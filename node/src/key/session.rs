//! Keys in the keystore of a node.

use crate::{chain_spec, equivocation::REPORTER, sdk::base_path};
use clap::ValueEnum;
use sc_cli::{utils, CryptoScheme, Error, KeystoreParams, SharedParams};
use sc_keystore::LocalKeystore;
use sc_service::config::KeystoreConfig;
use sp_core::{
	crypto::{key_types, KeyTypeId, SecretString},
	ecdsa, ed25519, sr25519, ByteArray, Pair,
};
use sp_keystore::Keystore;

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
		let chain = self.shared_params.chain_id(self.shared_params.is_dev());
		let id = chain_spec::load(&chain)?.id().to_owned();
		let folder = base_path::or_default(self.shared_params.base_path()?)?.config_dir(&id);
		let KeystoreConfig::Path { path, password } = self.keystore_params.keystore_config(&folder)? else {
			return Err("this keystore is not on disk".into());
		};
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
	use CryptoScheme::*;

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
