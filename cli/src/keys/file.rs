//! Key files in the JSON format of polkadot.js, version 3: wallets export them, and import ours.
//!
//! `encoded` is base64 of `salt (32) ++ N ++ p ++ r (u32, little-endian) ++ nonce (24) ++ box`, where the box is
//! xsalsa20-poly1305 of the key pair under scrypt of the password. Without a password it is the key pair itself.

use super::{input::read_limited, ss58, KeyError, Secret};
use base64::{engine::general_purpose::STANDARD as BASE64, Engine};
use crypto_secretbox::{
	aead::{Aead, KeyInit},
	Nonce, XSalsa20Poly1305,
};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use std::{
	path::{Path, PathBuf},
	time::{SystemTime, UNIX_EPOCH},
};
use subxt::utils::AccountId32;
use subxt_signer::{
	polkadot_js_compat::{decrypt_json, Error as OpenError},
	sr25519::Keypair,
};
use zeroize::Zeroizing;

/// The bytes of a key file that are read, at most. Key files have about 700 bytes.
const MAX_FILE: u64 = 64 * 1024;
/// `salt`, scrypt's parameters and `nonce`.
const PREFIX: usize = 32 + 3 * 4 + 24;
/// PKCS #8 as polkadot.js writes it: header, secret key, divider, public key.
const PAIR: usize = 16 + 64 + 5 + 32;
const PAIR_HEADER: [u8; 16] = [48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
const PAIR_DIVIDER: [u8; 5] = [161, 35, 3, 33, 0];
/// Poly1305's tag.
const TAG: usize = 16;

/// log2 of scrypt's N; r is 8 and p is 1. The same as polkadot.js: every password that is tried costs 128 MiB and a
/// third of a second.
const STRONG: u8 = 17;
/// The cheapest parameters that are read, for a box that protects nothing.
const CHEAP: u8 = 15;

/// A key file: the account in clear, its keys encrypted or not.
pub struct KeyFile {
	path: PathBuf,
	text: Zeroizing<String>,
	json: Json,
	address: AccountId32,
	encrypted: bool,
}

/// The part of the format that we read and write; wallets may add to it.
#[derive(Deserialize, Serialize)]
struct Json {
	encoded: String,
	encoding: Encoding,
	address: String,
	#[serde(default)]
	meta: Value,
}

#[derive(Deserialize, Serialize)]
struct Encoding {
	content: Vec<String>,
	r#type: Vec<String>,
	version: String,
}

impl KeyFile {
	/// Reads the key file at `path`, and checks everything that needs no password.
	pub fn read(path: &Path) -> Result<Self, KeyError> {
		let bytes = read_limited(path, MAX_FILE)?;
		let text = std::str::from_utf8(&bytes)
			.map_err(|_| KeyError::NotText { from: path.display().to_string() })?;
		Self::parse(path, text)
	}

	/// `text`, which is to be or was read from `path`.
	fn parse(path: &Path, text: &str) -> Result<Self, KeyError> {
		let no_key_file = |reason: String| KeyError::NotAKeyFile { path: path.into(), reason };
		let unsupported = |reason: String| KeyError::Unsupported { path: path.into(), reason };

		let json: Json = serde_json::from_str(text).map_err(|error| no_key_file(error.to_string()))?;
		let Encoding { content, r#type, version } = &json.encoding;
		let contains = |list: &[String], item: &str| list.iter().any(|entry| entry == item);
		if version != "3" || !contains(content, "pkcs8") {
			return Err(no_key_file("another version of the format".into()));
		}
		if !contains(content, "sr25519") {
			return Err(unsupported("of another signature scheme".into()));
		}
		let encrypted = match r#type.iter().map(String::as_str).collect::<Vec<_>>()[..] {
			["scrypt", "xsalsa20-poly1305"] => true,
			["none"] => false,
			_ => return Err(unsupported("encrypted in another way".into())),
		};
		let address = ss58::decode(&json.address).ok_or_else(|| no_key_file("its address is none".into()))?;
		// `decrypt_json` panics if it is too short.
		let length = BASE64.decode(json.encoded.as_bytes()).map(|bytes| Zeroizing::new(bytes).len());
		match (length, encrypted) {
			(Ok(length), true) if length == PREFIX + TAG + PAIR => (),
			(Ok(PAIR), false) => (),
			_ => return Err(KeyError::Damaged { path: path.into() }),
		}
		Ok(Self { path: path.into(), text: Zeroizing::new(text.into()), json, address, encrypted })
	}

	/// A key file of `secret`, called `name`. Without a password it is not encrypted. The function opens the file once,
	/// so that it never returns one that does not open.
	pub fn seal(name: &str, secret: &Secret, password: Option<&str>) -> Result<Self, KeyError> {
		Self::seal_with(STRONG, name, secret, password)
	}

	pub(super) fn seal_with(
		cost: u8,
		name: &str,
		secret: &Secret,
		password: Option<&str>,
	) -> Result<Self, KeyError> {
		let public = secret.keypair()?.public_key().0;
		let mut pair = Zeroizing::new([0; PAIR]);
		for (to, from) in [
			(0..16, &PAIR_HEADER[..]),
			(16..80, &secret.expanded()?[..]),
			(80..85, &PAIR_DIVIDER),
			(85..PAIR, &public),
		] {
			pair[to].copy_from_slice(from);
		}
		let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
		let created = u64::try_from(now.as_millis()).unwrap_or_default();
		let json = Json {
			encoded: match password {
				Some(password) => encrypt(cost, &pair[..], password)?,
				None => BASE64.encode(&pair[..]),
			},
			encoding: Encoding::new(password.is_some()),
			address: AccountId32(public).to_string(),
			meta: json!({ "name": name, "whenCreated": created }),
		};
		let mut text = Zeroizing::new(serde_json::to_string_pretty(&json).map_err(|_| KeyError::SelfCheck)?);
		text.push('\n');
		let file = Self::parse(Path::new(name), &text).map_err(|_| KeyError::SelfCheck)?;
		match file.open(password.unwrap_or_default()) {
			Ok(opened) if opened.public_key().0 == public => Ok(file),
			_ => Err(KeyError::SelfCheck),
		}
	}

	/// The keys. If the file is not encrypted, the password is ignored.
	pub fn open(&self, password: &str) -> Result<Keypair, KeyError> {
		let opened = match self.encrypted {
			true => decrypt_json(&self.text, password),
			// An encrypted file is the only way to make a `Keypair` from an expanded key.
			false => decrypt_json(&self.wrapped()?, ""),
		};
		let path = self.path.clone();
		opened.map_err(|error| match error {
			OpenError::Secretbox(_) => KeyError::WrongPassword { path },
			OpenError::UnsupportedEncoding | OpenError::UnsupportedScryptParameters { .. } => {
				KeyError::Unsupported { path, reason: error.to_string() }
			},
			_ => KeyError::Damaged { path },
		})
	}

	/// This unencrypted file, encrypted with the empty password.
	fn wrapped(&self) -> Result<Zeroizing<String>, KeyError> {
		let damaged = || KeyError::Damaged { path: self.path.clone() };
		let pair = Zeroizing::new(BASE64.decode(self.json.encoded.as_bytes()).map_err(|_| damaged())?);
		let json = Json {
			encoded: encrypt(CHEAP, &pair, "")?,
			encoding: Encoding::new(true),
			address: self.json.address.clone(),
			meta: Value::Null,
		};
		serde_json::to_string(&json).map(Zeroizing::new).map_err(|_| damaged())
	}

	/// The account of the keys.
	pub fn address(&self) -> AccountId32 {
		self.address
	}

	/// Whether a password is needed to open it.
	pub fn encrypted(&self) -> bool {
		self.encrypted
	}

	/// The file's contents.
	pub fn text(&self) -> &str {
		&self.text
	}
}

impl Encoding {
	fn new(encrypted: bool) -> Self {
		let list = |items: &[&str]| items.iter().map(|&item| item.into()).collect();
		Self {
			content: list(&["pkcs8", "sr25519"]),
			r#type: list(if encrypted { &["scrypt", "xsalsa20-poly1305"] } else { &["none"] }),
			version: "3".into(),
		}
	}
}

/// `encoded` of a file that `password` opens, with scrypt's N = 2^`cost`.
fn encrypt(cost: u8, pair: &[u8], password: &str) -> Result<String, KeyError> {
	let (r, p) = (8u32, 1u32);
	let mut prefix = [0; PREFIX];
	getrandom::fill(&mut prefix).map_err(|error| KeyError::NoRandomness(error.to_string()))?;
	for (at, parameter) in [(32, 1u32 << cost), (36, p), (40, r)] {
		prefix[at..at + 4].copy_from_slice(&parameter.to_le_bytes());
	}
	let (salt, nonce) = (&prefix[..32], &prefix[44..]);
	let parameters = scrypt::Params::new(cost, r, p, 32).map_err(|_| KeyError::SelfCheck)?;
	let mut key = Zeroizing::new([0; 32]);
	scrypt::scrypt(password.as_bytes(), salt, &parameters, &mut key[..]).map_err(|_| KeyError::SelfCheck)?;
	let cipher = XSalsa20Poly1305::new((&*key).into());
	let sealed = cipher.encrypt(Nonce::from_slice(nonce), pair).map_err(|_| KeyError::SelfCheck)?;
	Ok(BASE64.encode([&prefix[..], &sealed].concat()))
}

#[cfg(test)]
mod tests {
	use super::{super::testing::*, *};

	/// From subxt-signer's tests: Alice, made by polkadot.js with N = 2^15, and Bob with N = 2^17.
	const ALICE: &str = r#"{
		"encoded": "DumgApKCTqoCty1OZW/8WS+sgo6RdpHhCwAkA2IoDBMAgAAAAQAAAAgAAAB6IG/q24EeVf0JqWqcBd5m2tKq5BlyY84IQ8oamLn9DZe9Ouhgunr7i36J1XxUnTI801axqL/ym1gil0U8440Qvj0lFVKwGuxq38zuifgoj0B3Yru0CI6QKEvQPU5xxj4MpyxdSxP+2PnTzYao0HDH0fulaGvlAYXfqtU89xrx2/z9z7IjSwS3oDFPXRQ9kAdDebtyCVreZ9Otw9v3",
		"encoding": { "content": ["pkcs8", "sr25519"], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
		"address": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
		"meta": { "genesisHash": "", "name": "Alice", "whenCreated": 1718265838755 }
	}"#;

	fn parse(text: &str) -> Result<KeyFile, KeyError> {
		KeyFile::parse(Path::new("x.json"), text)
	}

	#[test]
	fn what_is_sealed_opens() {
		let phrase = format!("{}//hard/soft///pass word", subxt_signer::DEV_PHRASE);
		for (secret, password) in [
			(phrase.as_str(), Some("pässword")),
			(&phrase, None),
			(ALICE_SEED, Some(" ")),
			(ALICE_SEED, None),
		] {
			let file = KeyFile::seal_with(CHEAP, "x", &Secret::parse(secret).unwrap(), password).unwrap();
			assert_eq!(file.encrypted(), password.is_some());
			assert_eq!(file.address().0, public(secret));
			let again = parse(file.text()).unwrap();
			assert_eq!(again.open(password.unwrap_or_default()).unwrap().public_key().0, public(secret));
		}
	}

	#[test]
	fn a_new_file_has_the_strong_parameters_and_opens_elsewhere() {
		let file = KeyFile::seal("x", &Secret::parse("//Alice").unwrap(), Some("secret")).unwrap();
		let encoded = BASE64.decode(file.json.encoded.as_bytes()).unwrap();
		assert_eq!(encoded[32..44], [0, 0, 2, 0, 1, 0, 0, 0, 8, 0, 0, 0]);
		assert_eq!(decrypt_json(file.text(), "secret").unwrap().public_key().0, public("//Alice"));
	}

	#[test]
	fn two_files_of_one_key_have_nothing_in_common() {
		let (one, two) = (sealed("//Alice", Some("secret")), sealed("//Alice", Some("secret")));
		let [one, two] = [one, two].map(|file| BASE64.decode(file.json.encoded.as_bytes()).unwrap());
		assert!(one[..32] != two[..32] && one[44..68] != two[44..68] && one[68..] != two[68..]);
	}

	#[test]
	fn a_file_of_polkadot_js_opens() {
		assert_eq!(parse(ALICE).unwrap().open("whoisalice").unwrap().public_key().0, public("//Alice"));
	}

	#[test]
	fn a_wrong_password_is_one() {
		for password in ["", "Whoisalice", "whoisalice "] {
			assert!(matches!(parse(ALICE).unwrap().open(password), Err(KeyError::WrongPassword { .. })));
		}
	}

	#[test]
	fn damaged_files_are_errors_and_no_panics() {
		let edited = |edit: &dyn Fn(&mut Value)| {
			let mut json = serde_json::from_str(ALICE).unwrap();
			edit(&mut json);
			parse(&json.to_string()).and_then(|file| file.open("whoisalice"))
		};
		let encoded = BASE64.decode(edited_encoded()).unwrap();

		for length in [0, 1, 67, 68, 84, 117, 200, 202] {
			let mut bytes = encoded.clone();
			bytes.resize(length, 0);
			let result = edited(&|json| json["encoded"] = BASE64.encode(&bytes).into());
			assert!(matches!(result, Err(KeyError::Damaged { .. })), "{length}");
		}
		// Parameters that would take 4 TiB.
		let mut greedy = encoded.clone();
		greedy[32..44].fill(0xff);
		let result = edited(&|json| json["encoded"] = BASE64.encode(&greedy).into());
		assert!(matches!(result, Err(KeyError::Unsupported { .. })));
		let mut flipped = encoded;
		flipped[100] ^= 1;
		let result = edited(&|json| json["encoded"] = BASE64.encode(&flipped).into());
		assert!(matches!(result, Err(KeyError::WrongPassword { .. })));
		let result = edited(&|json| json["encoded"] = "no base64!".into());
		assert!(matches!(result, Err(KeyError::Damaged { .. })));

		// The address of Bob on the keys of Alice.
		let bob = AccountId32(public("//Bob")).to_string();
		assert!(matches!(
			edited(&|json| json["address"] = bob.clone().into()),
			Err(KeyError::Damaged { .. })
		));
		for address in ["", "0x12", &"5".repeat(60_000)] {
			let result = edited(&|json| json["address"] = address.into());
			assert!(matches!(result, Err(KeyError::NotAKeyFile { .. })));
		}
		let result = edited(&|json| json["encoding"]["version"] = "2".into());
		assert!(matches!(result, Err(KeyError::NotAKeyFile { .. })));
		let result = edited(&|json| json["encoding"]["content"][1] = "ed25519".into());
		assert!(matches!(result, Err(KeyError::Unsupported { .. })));
		let result = edited(&|json| json["encoding"]["type"] = json!(["argon2"]));
		assert!(matches!(result, Err(KeyError::Unsupported { .. })));
		let result = edited(&|json| json["encoding"]["type"] = json!(["none"]));
		assert!(matches!(result, Err(KeyError::Damaged { .. })));
		for text in ["", "{", "[]", "null", "{}", r#"{"encoded":1}"#, &"[".repeat(60_000)] {
			assert!(matches!(parse(text), Err(KeyError::NotAKeyFile { .. })), "{text:.80}");
		}
	}

	fn edited_encoded() -> String {
		serde_json::from_str::<Value>(ALICE).unwrap()["encoded"].as_str().unwrap().to_owned()
	}

	#[test]
	fn an_unencrypted_file_with_wrong_keys_is_damaged() {
		let mut json: Value = serde_json::from_str(sealed("//Alice", None).text()).unwrap();
		json["encoded"] = BASE64.encode([7; PAIR]).into();
		assert!(matches!(parse(&json.to_string()).unwrap().open(""), Err(KeyError::Damaged { .. })));
	}

	#[test]
	fn a_huge_file_is_not_read() {
		let folder = Folder::new();
		let path = folder.write("huge.json", &" ".repeat(MAX_FILE as usize + 1));
		assert!(matches!(KeyFile::read(Path::new(&path)), Err(KeyError::TooLong { .. })));
		assert!(matches!(KeyFile::read(Path::new("/dev/zero")), Err(KeyError::TooLong { .. })));
		std::fs::write(&path, [0xff; 9]).unwrap();
		assert!(matches!(KeyFile::read(Path::new(&path)), Err(KeyError::NotText { .. })));
	}
}
