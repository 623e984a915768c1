//! Keys: which key signs a command, and the names of accounts.
//!
//! A key is never read from the environment, and never kept longer than a command runs. Key files have the format of
//! polkadot.js (see [`file`]) and are in one folder (see [`store`]).

mod error;
mod file;
mod input;
mod keypair;
mod node_keys;
mod options;
mod secret;
mod source;
mod ss58;
mod store;
#[cfg(test)]
pub(crate) mod testing;

pub use error::KeyError;
pub use file::KeyFile;
pub use input::{new_password, password, prompt, secret_file, secret_line, show_until_enter, warn};
pub use keypair::{Keypair, PublicKey, Scheme};
pub use node_keys::NodeKeys;
pub use options::KeyOptions;
pub use secret::{Secret, WORDS};
pub use ss58::Prefixes;
pub use store::{check_name, Store};

use source::{Source, DEV_NAMES};
use std::{collections::HashMap, path::Path, sync::OnceLock};
use subxt::utils::AccountId32;

/// The keys of `from`: a name in the key folder, its address, the path of a key file, `//Alice`, `-`, `@FILE`, or
/// (with a warning) the secret itself.
///
/// May ask for a password at the terminal, so it blocks.
pub fn signer(from: &str, options: &KeyOptions) -> Result<Keypair, KeyError> {
	signer_in(&Store::of_user(), from, options)
}

fn signer_in(store: &Store, from: &str, options: &KeyOptions) -> Result<Keypair, KeyError> {
	let of_secret = |secret: &str| Secret::parse(secret)?.keypair(options.scheme.unwrap_or_default());
	match Source::of(from)? {
		Source::Stdin => of_secret(&secret_line("Seed phrase or 0x seed: ")?),
		Source::SecretFile(path) => of_secret(&secret_file(path)?),
		Source::Development => of_secret(from),
		Source::Argument => {
			warn(
				"a secret in an argument is visible to the machine's other users and stays in the shell's history. \
				 Safer: --from - reads it from standard input, --from @FILE from a file, and `mainstay-cli key import \
				 NAME` saves it encrypted for --from NAME",
			);
			of_secret(from)
		},
		Source::KeyFile(path) => open(path, options),
		Source::Name(name) => open(&store.existing(name)?, options),
		Source::Address(address) => {
			let address = options.prefixes.check(from.trim(), address)?;
			open(&store.path_of(&address)?, options)
		},
	}
}

/// The keys in the key file at `path`, opened with its password if it has one.
fn open(path: &Path, options: &KeyOptions) -> Result<Keypair, KeyError> {
	let file = KeyFile::read(path)?;
	file.check_scheme(options.scheme)?;
	input::warn_if_exposed(path);
	let password = match file.encrypted() {
		true => password(options, &path.display().to_string())?,
		false => Default::default(),
	};
	file.open(&password)
}

/// The account that signs, as far as that is known without its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
	/// The account.
	pub account: AccountId32,
	/// The scheme of its key. None for an address whose key is not in the key folder.
	pub scheme: Option<Scheme>,
}

impl From<PublicKey> for Sender {
	fn from(public: PublicKey) -> Self {
		Self { account: public.account(), scheme: Some(public.scheme()) }
	}
}

/// The account of `from`, which may be anything that [`signer`] takes, and addresses of others. None if only the secret
/// tells it.
///
/// # Errors
/// Those of [`signer`], without those of a password. The address of an account without a key here is none.
pub fn sender(from: &str, options: &KeyOptions) -> Result<Option<Sender>, KeyError> {
	sender_in(&Store::of_user(), from, options)
}

fn sender_in(store: &Store, from: &str, options: &KeyOptions) -> Result<Option<Sender>, KeyError> {
	let of_file = |path: &Path| {
		let file = KeyFile::read(path)?;
		file.check_scheme(options.scheme)?;
		Ok(Some(Sender::from(file.public())))
	};
	match Source::of(from)? {
		Source::Stdin | Source::SecretFile(_) | Source::Argument => Ok(None),
		Source::Development => {
			let key = Secret::parse(from)?.keypair(options.scheme.unwrap_or_default())?;
			Ok(Some(key.public().into()))
		},
		Source::KeyFile(path) => of_file(path),
		Source::Name(name) => of_file(&store.existing(name)?),
		Source::Address(address) => {
			let account = options.prefixes.check(from.trim(), address)?;
			// Without a key folder, there is no key of it either.
			match store.entry_of(&account) {
				Ok(Some(entry)) => of_file(&entry.path),
				_ => Ok(Some(Sender { account, scheme: options.scheme })),
			}
		},
	}
}

/// The account that `text` names: an SS58 address with one of the prefixes, a name in the key folder, `//Alice` (of
/// sr25519), or an account's 32 bytes as 0x and 64 hex digits.
///
/// # Errors
/// It names none, or is an address of another network.
pub fn address(text: &str, prefixes: Prefixes) -> Result<AccountId32, KeyError> {
	address_in(&Store::of_user(), text, prefixes)
}

/// As [`address`], with the names of `store`.
pub fn address_in(store: &Store, text: &str, prefixes: Prefixes) -> Result<AccountId32, KeyError> {
	let text = text.trim();
	if text.starts_with("//") {
		return Ok(Secret::parse(text)?.keypair(Scheme::Sr25519)?.account());
	}
	if let Some(digits) = text.strip_prefix("0x") {
		let mut key = [0; 32];
		return match hex::decode_to_slice(digits, &mut key) {
			Ok(()) => Ok(AccountId32(key)),
			Err(_) => Err(KeyError::bad_address(text)),
		};
	}
	match (ss58::decode(text), check_name(text)) {
		(Some(address), _) => prefixes.check(text, address),
		(None, Ok(())) => Ok(KeyFile::read(&store.existing(text)?)?.account()),
		(None, Err(_)) => Err(KeyError::bad_address(text)),
	}
}

/// The display name of `address`: its name in the key folder, else `//Alice` and so on, else none.
///
/// The folder is read once, at the first call.
pub fn label(address: &AccountId32) -> Option<String> {
	static LABELS: OnceLock<HashMap<[u8; 32], String>> = OnceLock::new();
	LABELS.get_or_init(|| labels(&Store::of_user())).get(&address.0).cloned()
}

/// The same as [`label`], with the names of `store`. A folder that cannot be read gives no names: they are only for
/// display.
pub fn labels(store: &Store) -> HashMap<[u8; 32], String> {
	let mut labels: HashMap<_, _> = DEV_NAMES
		.into_iter()
		.filter_map(|name| {
			let name = format!("//{name}");
			let key = Secret::parse(&name).and_then(|secret| secret.keypair(Scheme::Sr25519)).ok()?;
			Some((key.account().0, name))
		})
		.collect();
	// Of two names with one address, the first is used.
	for entry in store.entries().unwrap_or_default().into_iter().rev() {
		if let (Ok(public), Ok(())) = (entry.public, check_name(&entry.name)) {
			labels.insert(public.account().0, entry.name);
		}
	}
	labels
}

#[cfg(test)]
mod tests {
	use super::{testing::*, *};

	/// A secret with the same keys in each scheme as `//Alice`.
	const DEV_ALICE: &str = "bottom drive obey lake curtain smoke basket hold race lonely fit walk//Alice";

	fn sign_in(folder: &Folder, from: &str, password_file: Option<&str>) -> Result<[u8; 32], KeyError> {
		let options = KeyOptions { password_file: password_file.map(str::to_owned), ..Default::default() };
		signer_in(&folder.store(), from, &options).map(|key| key.account().0)
	}

	#[test]
	fn every_source_signs() {
		let folder = Folder::new();
		let alice = public("//Alice");
		folder.store().save("alice", &sealed("//Alice", Some("secret"))).unwrap();
		let password = folder.write("password", "secret\nnot this\n");
		let phrase = folder.write("phrase", &format!("  {}//Alice\n", subxt_signer::DEV_PHRASE));
		let seed = folder.write("seed", &format!("{ALICE_SEED}\r\n"));
		let path = folder.store().existing("alice").unwrap();
		let address = AccountId32(alice).to_string();

		for (from, password) in [
			("alice", Some(password.as_str())),
			(&address, Some(&password)),
			(&path.display().to_string(), Some(&password)),
			(&format!("@{phrase}"), None),
			(&format!("@{seed}"), None),
			("//Alice", None),
			(ALICE_SEED, None),
			(&format!("{}//Alice", subxt_signer::DEV_PHRASE), None),
		] {
			assert_eq!(sign_in(&folder, from, password).unwrap(), alice, "{from}");
		}
		assert_eq!(sign_in(&folder, "//Alice//stash", None).unwrap(), public("//Alice//stash"));
	}

	#[test]
	fn keys_of_each_scheme_sign() {
		let folder = Folder::new();
		let account = |scheme| Secret::parse("//Alice").unwrap().keypair(scheme).unwrap().account();
		for scheme in [Scheme::Sr25519, Scheme::Ed25519, Scheme::Ecdsa] {
			let file = sealed_as(scheme, "//Alice", None);
			folder.store().save(scheme.name(), &file).unwrap();
		}
		let phrase = folder.write("phrase", &format!("{}//Alice", subxt_signer::DEV_PHRASE));
		for scheme in [Scheme::Sr25519, Scheme::Ed25519, Scheme::Ecdsa] {
			let address = account(scheme).to_string();
			let asked = KeyOptions { scheme: Some(scheme), ..Default::default() };
			let known = Some(Sender { account: account(scheme), scheme: Some(scheme) });
			// The key file knows its scheme.
			for options in [&KeyOptions::default(), &asked] {
				for from in [scheme.name(), &address] {
					let key = signer_in(&folder.store(), from, options).unwrap();
					assert_eq!((key.scheme(), key.account()), (scheme, account(scheme)));
					assert_eq!(sender_in(&folder.store(), from, options).unwrap(), known);
				}
			}
			// A phrase does not.
			assert_eq!(sender_in(&folder.store(), "//Alice", &asked).unwrap(), known);
			for from in ["//Alice", DEV_ALICE, &format!("@{phrase}")] {
				let key = signer_in(&folder.store(), from, &asked).unwrap();
				assert_eq!((key.scheme(), key.account()), (scheme, account(scheme)), "{from}");
			}
			let other = if scheme == Scheme::Ecdsa { Scheme::Ed25519 } else { Scheme::Ecdsa };
			let other = KeyOptions { scheme: Some(other), ..Default::default() };
			for from in [scheme.name(), &address] {
				let refused = signer_in(&folder.store(), from, &other).map(drop);
				assert!(matches!(refused, Err(KeyError::OtherScheme { .. })), "{from}");
				let refused = sender_in(&folder.store(), from, &other);
				assert!(matches!(refused, Err(KeyError::OtherScheme { .. })), "{from}");
			}
		}
	}

	#[test]
	fn the_sender_is_known_without_a_secret_if_anything_tells_it() {
		let folder = Folder::new();
		let options = KeyOptions::default();
		let of = |from: &str| sender_in(&folder.store(), from, &options);
		// A seed looks like a public key, and is none: what it signs is of another account.
		for from in [ALICE_SEED, "-", "@file", &format!("{}//Alice", subxt_signer::DEV_PHRASE)] {
			assert_eq!(of(from).unwrap(), None, "{from}");
		}
		let alice = AccountId32(public("//Alice"));
		let stranger = Sender { account: alice, scheme: None };
		assert_eq!(of(&alice.to_string()).unwrap(), Some(stranger));
		let nowhere = sender_in(&Store::at(None), &alice.to_string(), &options);
		assert_eq!(nowhere.unwrap(), Some(stranger));
		assert!(matches!(of("bob"), Err(KeyError::NoSuchKey { .. })));
		assert!(matches!(of("./none.json"), Err(KeyError::Read { .. })));
		// The file of a key tells its account, whatever its password.
		folder.store().save("alice", &sealed("//Alice", Some("secret"))).unwrap();
		let path = folder.store().existing("alice").unwrap().display().to_string();
		for from in ["alice", &path] {
			assert_eq!(of(from).unwrap().unwrap().account, alice);
		}
	}

	#[test]
	fn a_secret_needs_no_key_folder() {
		for from in ["//Bob", ALICE_SEED] {
			assert!(signer_in(&Store::at(None), from, &KeyOptions::default()).is_ok(), "{from}");
		}
		let error = signer_in(&Store::at(None), "bob", &KeyOptions::default()).unwrap_err();
		assert!(matches!(error, KeyError::NoFolder));
	}

	#[test]
	fn wrong_sources_say_why() {
		let folder = Folder::new();
		folder.store().save("alice", &sealed("//Alice", Some("secret"))).unwrap();
		let wrong = folder.write("wrong", "Secret\n");
		assert!(matches!(sign_in(&folder, "alice", Some(&wrong)), Err(KeyError::WrongPassword { .. })));
		assert!(matches!(sign_in(&folder, "alice", Some("/no/such")), Err(KeyError::Read { .. })));
		assert!(matches!(sign_in(&folder, "bob", None), Err(KeyError::NoSuchKey { .. })));
		let bob = AccountId32(public("//Bob")).to_string();
		assert!(matches!(sign_in(&folder, &bob, None), Err(KeyError::NoKeyOfAddress { .. })));
		assert!(matches!(sign_in(&folder, "./none.json", None), Err(KeyError::Read { .. })));
		assert!(matches!(sign_in(&folder, "@/no/such", None), Err(KeyError::Read { .. })));
		assert!(matches!(sign_in(&folder, "0x12", None), Err(KeyError::BadSeed)));
		assert!(matches!(sign_in(&folder, "bottom drive obey", None), Err(KeyError::BadPhrase { .. })));
		assert!(matches!(sign_in(&folder, "Alice!", None), Err(KeyError::NoSource)));
	}

	#[test]
	fn a_key_file_without_password_opens_without_asking() {
		let folder = Folder::new();
		folder.store().save("open", &sealed("//Bob", None)).unwrap();
		assert_eq!(sign_in(&folder, "open", None).unwrap(), public("//Bob"));
	}

	#[test]
	fn addresses_are_read_in_all_their_forms() {
		let folder = Folder::new();
		folder.store().save("alice", &sealed("//Alice", Some("secret"))).unwrap();
		let alice = public("//Alice");
		for text in [
			"alice",
			"//Alice",
			" 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY\n",
			&format!("0x{}", hex::encode(alice)),
		] {
			assert_eq!(address_in(&folder.store(), text, Prefixes::Ours).unwrap().0, alice, "{text}");
		}
		let endless = "5".repeat(1 << 20);
		for text in [
			"",
			"0x",
			"0x12",
			"Alice",
			"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ",
			"5Grwva é",
			&endless,
			&format!("0x{}", "é".repeat(32)),
		] {
			let error = address_in(&folder.store(), text, Prefixes::Any).unwrap_err();
			assert!(matches!(error, KeyError::BadAddress { .. }), "{text:.80}");
			assert!(error.to_string().len() < 400);
		}
		let error = address_in(&folder.store(), "bob", Prefixes::Ours).unwrap_err();
		assert!(matches!(error, KeyError::NoSuchKey { .. }));
	}

	/// accounts 2
	#[test]
	fn addresses_of_other_networks_are_refused_and_shown_as_they_are_here() {
		let folder = Folder::new();
		let alice = AccountId32(public("//Alice"));
		folder.store().save("alice", &sealed("//Alice", None)).unwrap();
		// Alice with the prefixes 0 and 2 (one byte) and 2007 (two bytes).
		for text in [
			"15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5",
			"HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F",
			"tsYiidXGXmwsjaTrJpA6Z9YuqRipRjVqMrkikExNnpsVoa9cL",
		] {
			let error = address_in(&folder.store(), text, Prefixes::Ours).unwrap_err();
			assert!(
				matches!(&error, KeyError::OtherNetwork { here, .. } if *here == alice),
				"{text}: {error}"
			);
			let said = error.to_string();
			assert!(
				said.contains(text) && said.contains(&alice.to_string()) && said.contains("--any-prefix")
			);
			assert_eq!(address_in(&folder.store(), text, Prefixes::Any).unwrap(), alice);
			// The address of a signing key is checked in the same way.
			assert!(matches!(sign_in(&folder, text, None), Err(KeyError::OtherNetwork { .. })));
			let any = KeyOptions { prefixes: Prefixes::Any, ..Default::default() };
			assert_eq!(signer_in(&folder.store(), text, &any).unwrap().account(), alice);
		}
	}

	#[test]
	fn labels_prefer_the_key_folder() {
		let folder = Folder::new();
		folder.store().save("validator", &sealed("//Alice", None)).unwrap();
		folder.write("keys/broken.json", "{");
		let labels = labels(&folder.store());
		assert_eq!(labels[&public("//Alice")], "validator");
		assert_eq!(labels[&public("//Ferdie")], "//Ferdie");
		assert_eq!(labels.len(), DEV_NAMES.len());
	}
}
