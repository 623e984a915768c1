//! The session keys in the keystore of a node. Each key has a file, named after its type and its public key, that holds its
//! secret. Only public keys and signatures leave this module.

use super::{input::read_limited, keypair::Keypair, KeyError, Scheme, Secret};
use std::{
	fs,
	path::{Path, PathBuf},
};
use subxt::utils::{AccountId32, MultiSignature};
use subxt_signer::SecretString;
use zeroize::Zeroizing;

/// The maximum size of a file in bytes. A phrase of 24 words with a derivation is shorter.
const MAX_FILE: u64 = 4096;
/// A proof of possession signs these bytes, followed by the account of the keys.
const STATEMENT: &[u8] = b"POP_";

/// The three session keys of a validator: babe, grandpa, authority discovery.
pub struct NodeKeys([Keypair; 3]);

impl NodeKeys {
	/// The keys in `folder`, which has one of each type. `password` is tried for a key that does not open without one.
	///
	/// # Errors
	/// There is no key of a type, or more than one, or a file does not hold the secret of the key that it is named after.
	pub fn read(folder: &Path, password: Option<&str>) -> Result<Self, KeyError> {
		Ok(Self([
			key_of(folder, "babe", Scheme::Sr25519, password)?,
			key_of(folder, "gran", Scheme::Ed25519, password)?,
			key_of(folder, "audi", Scheme::Sr25519, password)?,
		]))
	}

	/// The public keys, in the order of the runtime: babe, grandpa, authority discovery.
	pub fn public(&self) -> [[u8; 32]; 3] {
		// In both schemes, the account is the public key.
		self.0.each_ref().map(|key| key.account().0)
	}

	/// The proof that the holder of the keys assigned them to `owner`, as `session.setKeys` takes it.
	pub fn prove(&self, owner: &AccountId32) -> Vec<u8> {
		let statement = [STATEMENT, &owner.0].concat();
		let signatures = self.0.each_ref().map(|key| match key.sign(&statement) {
			MultiSignature::Sr25519(signature) | MultiSignature::Ed25519(signature) => signature.to_vec(),
			MultiSignature::Ecdsa(signature) => signature.to_vec(),
		});
		signatures.concat()
	}
}

/// The only key of a type.
fn key_of(
	folder: &Path,
	kind: &'static str,
	scheme: Scheme,
	password: Option<&str>,
) -> Result<Keypair, KeyError> {
	let (path, public) = only_file(folder, kind)?;
	let bytes = read_limited(&path, MAX_FILE)?;
	let wrong = || KeyError::NodeKey { path: path.clone() };
	let text: Zeroizing<String> = serde_json::from_slice(&bytes).map(Zeroizing::new).map_err(|_| wrong())?;
	// A node uses the whole content of a password file, including the end of the line. The password may also be meant for
	// other keys than these.
	let mut passwords = vec![None];
	if let Some(password) = password {
		passwords.extend(["", "\n"].map(|end| Some(Zeroizing::new(format!("{password}{end}")))));
	}
	for password in passwords {
		let mut secret = Secret::parse(&text).map_err(|_| wrong())?;
		if let Some(password) = password {
			secret.set_password(SecretString::from(password.as_str()));
		}
		match secret.keypair(scheme) {
			Ok(pair) if pair.account().0 == public => return Ok(pair),
			_ => continue,
		}
	}
	Err(wrong())
}

/// The only file of a type of key, and the public key in its name.
fn only_file(folder: &Path, kind: &'static str) -> Result<(PathBuf, [u8; 32]), KeyError> {
	let failed = |source| KeyError::Read { path: folder.into(), source };
	let prefix = hex::encode(kind);
	let mut found = vec![];
	for entry in fs::read_dir(folder).map_err(failed)? {
		let path = entry.map_err(failed)?.path();
		let name = path.file_name().unwrap_or_default().to_string_lossy();
		let mut public = [0; 32];
		let digits = name.strip_prefix(&prefix);
		if digits.is_some_and(|digits| hex::decode_to_slice(digits, &mut public).is_ok()) {
			found.push((path.clone(), public));
		}
	}
	match (found.pop(), found.len()) {
		(Some(file), 0) => Ok(file),
		(last, others) => {
			let count = others + usize::from(last.is_some());
			Err(KeyError::NotOneNodeKey { folder: folder.into(), kind, count })
		},
	}
}

#[cfg(test)]
mod tests {
	use super::{super::testing::*, *};

	/// A keystore with the keys of these secrets, named after the keys of `names`.
	fn keystore(folder: &Folder, secrets: [&str; 3], names: [String; 3]) {
		for ((kind, name), secret) in ["babe", "gran", "audi"].into_iter().zip(names).zip(secrets) {
			folder.write(&format!("{}{name}", hex::encode(kind)), &serde_json::to_string(secret).unwrap());
		}
	}

	fn sr(secret: &str) -> String {
		hex::encode(public(secret))
	}

	fn ed(secret: &str) -> String {
		hex::encode(Secret::parse(secret).unwrap().keypair(Scheme::Ed25519).unwrap().account().0)
	}

	/// The keys that the SDK derives for the same secrets.
	const ALICE_ED: &str = "88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";

	#[test]
	fn the_keys_of_a_node_sign_for_their_owner() {
		let folder = Folder::new();
		keystore(&folder, ["//Alice"; 3], [sr("//Alice"), ALICE_ED.into(), sr("//Alice")]);
		let keys = NodeKeys::read(folder.path(), None).unwrap();
		assert_eq!(keys.public().map(hex::encode), [sr("//Alice"), ALICE_ED.into(), sr("//Alice")]);

		let owner = AccountId32(public("//Bob"));
		let proof = keys.prove(&owner);
		assert_eq!(proof.len(), 3 * 64);
		let statement = [&b"POP_"[..], &owner.0].concat();
		let key = ed25519_zebra::VerificationKey::try_from(keys.public()[1]).unwrap();
		let signature: [u8; 64] = proof[64..128].try_into().unwrap();
		key.verify(&signature.into(), &statement).unwrap();
		for (part, key) in [(0, keys.public()[0]), (128, keys.public()[2])] {
			let signature = subxt_signer::sr25519::Signature(proof[part..part + 64].try_into().unwrap());
			assert!(subxt_signer::sr25519::verify(
				&signature,
				&statement,
				&subxt_signer::sr25519::PublicKey(key)
			));
		}
	}

	#[test]
	fn a_password_of_the_keystore_is_that_of_its_phrases() {
		let phrase = subxt_signer::DEV_PHRASE;
		for (password, file) in [("secret", "secret"), ("secret", "secret\n")] {
			let folder = Folder::new();
			let with = |secret: &str| {
				let mut secret = Secret::parse(secret).unwrap();
				secret.set_password(SecretString::from(file));
				secret
			};
			let name = |scheme| hex::encode(with(phrase).keypair(scheme).unwrap().account().0);
			let [sr, ed] = [Scheme::Sr25519, Scheme::Ed25519].map(name);
			keystore(&folder, [phrase; 3], [sr.clone(), ed, sr]);
			assert!(NodeKeys::read(folder.path(), Some(password)).is_ok());
			for wrong in [None, Some("Secret")] {
				let error = NodeKeys::read(folder.path(), wrong).map(drop).unwrap_err();
				assert!(matches!(error, KeyError::NodeKey { .. }), "{error}");
			}
		}
	}

	#[test]
	fn one_key_of_each_type_is_needed_and_no_secret_is_repeated() {
		let folder = Folder::new();
		let error = |folder: &Folder| NodeKeys::read(folder.path(), None).map(drop).unwrap_err().to_string();
		assert!(error(&folder).contains("holds no session key of type babe"), "{}", error(&folder));
		keystore(&folder, ["//Alice"; 3], [sr("//Alice"), ed("//Alice"), sr("//Alice")]);
		keystore(&folder, ["//Bob"; 3], [sr("//Bob"), ed("//Bob"), sr("//Bob")]);
		assert!(error(&folder).contains("holds 2 session keys of type babe"), "{}", error(&folder));

		let folder = Folder::new();
		keystore(&folder, ["//Alice//wurzelwerk"; 3], [sr("//Alice"), ed("//Alice"), sr("//Alice")]);
		let told = error(&folder);
		assert!(told.contains("does not hold the secret") && !told.contains("wurzelwerk"), "{told}");
		let folder = Folder::new();
		folder.write(&format!("{}{}", hex::encode("babe"), sr("//Alice")), "not JSON");
		assert!(error(&folder).contains("does not hold the secret"));
		assert!(NodeKeys::read(Path::new("/no/such/folder"), None)
			.map(drop)
			.unwrap_err()
			.to_string()
			.contains("/no/such"));
	}
}
