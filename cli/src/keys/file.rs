//! Key files in the JSON format of polkadot.js, version 3: wallets export them, and import ours.
//!
//! `encoded` is base64 of `salt (32) ++ N ++ p ++ r (u32, little-endian) ++ nonce (24) ++ box`, where the box is
//! xsalsa20-poly1305 of the key pair under scrypt of the password. Without a password it is the key pair itself.
//! `address` is the SS58 address, and for ecdsa, whose account is a hash, the public key in hexadecimal.

use super::{
	input::read_limited,
	keypair::{Keypair, PublicKey},
	ss58, KeyError, Scheme,
};
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
use zeroize::Zeroizing;

/// The bytes of a key file that are read, at most. Key files have about 700 bytes.
const MAX_FILE: u64 = 64 * 1024;
/// The lengths of `salt`, of each of scrypt's parameters, and of `nonce`.
const SALT: usize = 32;
const PARAMETER: usize = 4;
const NONCE: usize = 24;
/// What is before the box.
const PREFIX: usize = SALT + 3 * PARAMETER + NONCE;
/// PKCS #8 as polkadot.js writes it: header, secret key, divider, public key.
const PAIR_HEADER: [u8; 16] = [48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
const PAIR_DIVIDER: [u8; 5] = [161, 35, 3, 33, 0];
/// Poly1305's tag.
const TAG: usize = 16;

/// scrypt's N, p and r that are read: those that polkadot.js allows (`util-crypto`, `scrypt/defaults`). A file could
/// otherwise ask for any time and memory.
const ALLOWED: [(u32, u32, u32); 6] =
	[(1 << 13, 10, 8), (1 << 14, 5, 8), (1 << 15, 3, 8), (1 << 15, 1, 8), (1 << 16, 2, 8), (1 << 17, 1, 8)];
/// log2 of N in new files, where p is 1 and r is 8. The same as polkadot.js: every password that is tried costs 128 MiB
/// and a third of a second.
const STRONG: u8 = 17;

/// A key file: the public key in clear, its key pair encrypted or not.
pub struct KeyFile {
	path: PathBuf,
	text: Zeroizing<String>,
	json: Json,
	public: PublicKey,
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
		if version != "3" || !content.iter().any(|item| item == "pkcs8") {
			return Err(no_key_file("another version of the format".into()));
		}
		let scheme = content
			.iter()
			.find_map(|item| Scheme::named(item))
			.ok_or_else(|| unsupported("of another signature scheme".into()))?;
		let encrypted = match r#type.iter().map(String::as_str).collect::<Vec<_>>()[..] {
			["scrypt", "xsalsa20-poly1305"] => true,
			["none"] => false,
			_ => return Err(unsupported("encrypted in another way".into())),
		};
		let public =
			public_of(scheme, &json.address).ok_or_else(|| no_key_file("its address is none".into()))?;
		let length = BASE64.decode(json.encoded.as_bytes()).map(|bytes| Zeroizing::new(bytes).len());
		let expected = pair_length(scheme) + if encrypted { PREFIX + TAG } else { 0 };
		if length != Ok(expected) {
			return Err(KeyError::Damaged { path: path.into() });
		}
		Ok(Self { path: path.into(), text: Zeroizing::new(text.into()), json, public, encrypted })
	}

	/// A key file of `key`, called `name`. Without a password it is not encrypted. The function opens the file once, so
	/// that it never returns one that does not open.
	pub fn seal(name: &str, key: &Keypair, password: Option<&str>) -> Result<Self, KeyError> {
		Self::seal_with(STRONG, name, key, password)
	}

	pub(super) fn seal_with(
		cost: u8,
		name: &str,
		key: &Keypair,
		password: Option<&str>,
	) -> Result<Self, KeyError> {
		let public = key.public();
		let secret = key.secret();
		let pair = [&PAIR_HEADER[..], &secret[..], &PAIR_DIVIDER[..], public.bytes()].concat();
		let pair = Zeroizing::new(pair);
		let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
		let created = u64::try_from(now.as_millis()).unwrap_or_default();
		let json = Json {
			encoded: match password {
				Some(password) => encrypt(cost, &pair, password)?,
				None => BASE64.encode(&pair[..]),
			},
			encoding: Encoding::new(key.scheme(), password.is_some()),
			address: match public {
				PublicKey::Ecdsa(key) => format!("0x{}", hex::encode(key)),
				other => other.account().to_string(),
			},
			meta: json!({ "name": name, "whenCreated": created }),
		};
		let mut text = Zeroizing::new(serde_json::to_string_pretty(&json).map_err(|_| KeyError::SelfCheck)?);
		text.push('\n');
		let file = Self::parse(Path::new(name), &text).map_err(|_| KeyError::SelfCheck)?;
		match file.open(password.unwrap_or_default()) {
			Ok(opened) if opened.public() == public => Ok(file),
			_ => Err(KeyError::SelfCheck),
		}
	}

	/// The keys. If the file is not encrypted, the password is ignored.
	pub fn open(&self, password: &str) -> Result<Keypair, KeyError> {
		let damaged = || KeyError::Damaged { path: self.path.clone() };
		let encoded = Zeroizing::new(BASE64.decode(self.json.encoded.as_bytes()).map_err(|_| damaged())?);
		let pair = if self.encrypted { self.decrypt(&encoded, password)? } else { encoded };
		let key = pair_of(self.public, &pair).ok_or_else(damaged)?;
		// The address is in clear, so that anyone can have changed it.
		if key.public() == self.public {
			Ok(key)
		} else {
			Err(damaged())
		}
	}

	/// What is in the box of an encrypted file.
	fn decrypt(&self, encoded: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
		let damaged = || KeyError::Damaged { path: self.path.clone() };
		let (prefix, sealed) = encoded.split_at_checked(PREFIX).ok_or_else(damaged)?;
		let (salt, rest) = prefix.split_at(SALT);
		let (parameters, nonce) = rest.split_at(3 * PARAMETER);
		let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().unwrap_or_default());
		let mut numbers = parameters.chunks_exact(PARAMETER).map(number);
		let (Some(n), Some(p), Some(r)) = (numbers.next(), numbers.next(), numbers.next()) else {
			return Err(damaged());
		};
		if !ALLOWED.contains(&(n, p, r)) {
			let reason = format!("encrypted with scrypt's N = {n}, p = {p} and r = {r}");
			return Err(KeyError::Unsupported { path: self.path.clone(), reason });
		}
		// N is a power of 2.
		let cost = n.trailing_zeros() as u8;
		let cipher = cipher(cost, p, r, salt, password).ok_or_else(damaged)?;
		let opened = cipher.decrypt(Nonce::from_slice(nonce), sealed);
		opened.map(Zeroizing::new).map_err(|_| KeyError::WrongPassword { path: self.path.clone() })
	}

	/// The public key.
	pub fn public(&self) -> PublicKey {
		self.public
	}

	/// The account of the keys.
	pub fn account(&self) -> AccountId32 {
		self.public.account()
	}

	/// Whether a password is needed to open it.
	pub fn encrypted(&self) -> bool {
		self.encrypted
	}

	/// Checks the scheme of the keys, if one was asked for.
	///
	/// # Errors They are of another scheme.
	pub fn check_scheme(&self, asked: Option<Scheme>) -> Result<(), KeyError> {
		let found = self.public.scheme();
		match asked {
			Some(asked) if asked != found => {
				Err(KeyError::OtherScheme { path: self.path.clone(), found, asked })
			},
			_ => Ok(()),
		}
	}

	/// The file's contents.
	pub fn text(&self) -> &str {
		&self.text
	}
}

impl Encoding {
	fn new(scheme: Scheme, encrypted: bool) -> Self {
		let list = |items: &[&str]| items.iter().map(|&item| item.into()).collect();
		Self {
			content: list(&["pkcs8", scheme.name()]),
			r#type: list(if encrypted { &["scrypt", "xsalsa20-poly1305"] } else { &["none"] }),
			version: "3".into(),
		}
	}
}

/// The public key of an address, as a key file has it.
fn public_of(scheme: Scheme, address: &str) -> Option<PublicKey> {
	let of_address = || ss58::decode(address).map(|account| account.0);
	match scheme {
		Scheme::Sr25519 => of_address().map(PublicKey::Sr25519),
		Scheme::Ed25519 => of_address().map(PublicKey::Ed25519),
		Scheme::Ecdsa => {
			let mut key = [0; 33];
			hex::decode_to_slice(address.strip_prefix("0x")?, &mut key).ok()?;
			Some(PublicKey::Ecdsa(key))
		},
	}
}

/// The lengths of the secret and the public key in a key file.
fn lengths(scheme: Scheme) -> (usize, usize) {
	match scheme {
		Scheme::Sr25519 | Scheme::Ed25519 => (64, 32),
		Scheme::Ecdsa => (32, 33),
	}
}

fn pair_length(scheme: Scheme) -> usize {
	let (secret, public) = lengths(scheme);
	PAIR_HEADER.len() + secret + PAIR_DIVIDER.len() + public
}

/// The keys in PKCS #8, which are those of this public key.
fn pair_of(public: PublicKey, pair: &[u8]) -> Option<Keypair> {
	let (length, _) = lengths(public.scheme());
	let (secret, rest) = pair.strip_prefix(&PAIR_HEADER)?.split_at_checked(length)?;
	let found = rest.strip_prefix(&PAIR_DIVIDER)?;
	if found != public.bytes() {
		return None;
	}
	Keypair::of_secret(public.scheme(), secret)
}

/// The cipher under a password, with scrypt's N = 2^`cost`. None for parameters that scrypt refuses.
fn cipher(cost: u8, p: u32, r: u32, salt: &[u8], password: &str) -> Option<XSalsa20Poly1305> {
	let parameters = scrypt::Params::new(cost, r, p, 32).ok()?;
	let mut key = Zeroizing::new([0; 32]);
	scrypt::scrypt(password.as_bytes(), salt, &parameters, &mut key[..]).ok()?;
	Some(XSalsa20Poly1305::new((&*key).into()))
}

/// `encoded` of a file that `password` opens, with scrypt's N = 2^`cost`.
fn encrypt(cost: u8, pair: &[u8], password: &str) -> Result<String, KeyError> {
	let (r, p) = (8u32, 1u32);
	let mut prefix = [0; PREFIX];
	getrandom::fill(&mut prefix).map_err(|error| KeyError::NoRandomness(error.to_string()))?;
	for (at, parameter) in [1u32 << cost, p, r].into_iter().enumerate() {
		let at = SALT + at * PARAMETER;
		prefix[at..at + PARAMETER].copy_from_slice(&parameter.to_le_bytes());
	}
	let (salt, nonce) = (&prefix[..SALT], &prefix[PREFIX - NONCE..]);
	let cipher = cipher(cost, p, r, salt, password).ok_or(KeyError::SelfCheck)?;
	let sealed = cipher.encrypt(Nonce::from_slice(nonce), pair).map_err(|_| KeyError::SelfCheck)?;
	Ok(BASE64.encode([&prefix[..], &sealed].concat()))
}

#[cfg(test)]
mod tests {
	use super::{
		super::{testing::*, Secret},
		*,
	};
	use clap::ValueEnum;

	/// log2 of the smallest N that polkadot.js makes.
	const CHEAP: u8 = 15;

	/// From subxt-signer's tests: Alice, made by polkadot.js with N = 2^15.
	const ALICE: &str = r#"{
		"encoded": "DumgApKCTqoCty1OZW/8WS+sgo6RdpHhCwAkA2IoDBMAgAAAAQAAAAgAAAB6IG/q24EeVf0JqWqcBd5m2tKq5BlyY84IQ8oamLn9DZe9Ouhgunr7i36J1XxUnTI801axqL/ym1gil0U8440Qvj0lFVKwGuxq38zuifgoj0B3Yru0CI6QKEvQPU5xxj4MpyxdSxP+2PnTzYao0HDH0fulaGvlAYXfqtU89xrx2/z9z7IjSwS3oDFPXRQ9kAdDebtyCVreZ9Otw9v3",
		"encoding": { "content": ["pkcs8", "sr25519"], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
		"address": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
		"meta": { "genesisHash": "", "name": "Alice", "whenCreated": 1718265838755 }
	}"#;

	/// `//Alice` of the other schemes, made by `@polkadot/keyring` 14.0.3 with N = 2^17.
	const OTHERS: [(Scheme, &str, &str); 2] = [
		(
			Scheme::Ed25519,
			"5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu",
			r#"{"encoded":"QXQ41ezSnjZ5gnsYmmYLx1yx+m7mnkSI/yy3YS0lmxQAAAIAAQAAAAgAAAB2ok5nR9kkV9EZBETQOV5s7IQBDz3N5SbtfjGEoVuQz5A30a+18P5IbqupPQakFPSvfftMpsUbgotjKMCocWNrWOeBtLeL3iXYY5Ny5L+Hakf+C2EFSqRQOipNzITgJk+44UANIL+v91Vr3ezFhvtz+aV8SH67awcuAOpnG8awbgIYMTDFfuGcD9/zxTb2ysnS2pdeTYhJNfF/Dfcq","encoding":{"content":["pkcs8","ed25519"],"type":["scrypt","xsalsa20-poly1305"],"version":"3"},"address":"5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu","meta":{"name":"Alice"}}"#,
		),
		(
			Scheme::Ecdsa,
			"5C7C2Z5sWbytvHpuLTvzKunnnRwQxft1jiqrLD5rhucQ5S9X",
			r#"{"encoded":"yK+YHHFhuFP69oFi9ueddTUbPHT6ygFi5ElCbgzlCiMAAAIAAQAAAAgAAADaI6X7ZgnUqMqEpyIL1VRYXptuZ4GUktCdz6+LnexOUtYYOdHSS1fMTKqZ2aEt5b6ui/e6IKzmjnUPVmYcLvbykhA0lQptb8Gga3AKmyc9irBJOO1HoUGoN1V8Rb0v6PkQCunjfLeBssxKx3vL08u8p8l0d+zrWdZokmj/LYs=","encoding":{"content":["pkcs8","ecdsa"],"type":["scrypt","xsalsa20-poly1305"],"version":"3"},"address":"0x020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1","meta":{"name":"Alice"}}"#,
		),
	];
	/// `//Alice` of ecdsa, made by polkadot.js without a password.
	const OPEN: &str = r#"{"encoded":"MFMCAQEwBQYDK2VwBCIEIMtt+d4e/KejmYqOrU4CFZ1fqZw+DU/WQyZnOQu0cmhUoSMDIQACChCRNB/lZkv6F4LV4Ed5aJBoyRawTLNl7DFTdVaE2aE=","encoding":{"content":["pkcs8","ecdsa"],"type":["none"],"version":"3"},"address":"0x020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1","meta":{"name":"Alice"}}"#;
	/// Of a scheme whose accounts have 20 bytes.
	const ETHEREUM: &str = r#"{"encoded":"MFMCAQEwBQYDK2VwBCIEIL+iHXeC3Y0Hfkllkd3he/G5IJUEqPw4iJW1zGMvmwzAoSMDIQADqaRqdVK5H/VdmU77ITisADN5+FryF4d10lXVcgmDSJE=","encoding":{"content":["pkcs8","ethereum"],"type":["none"],"version":"3"},"address":"0x03a9a46a7552b91ff55d994efb2138ac003379f85af2178775d255d57209834891","meta":{"name":"Alice"}}"#;

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
			for scheme in Scheme::value_variants().iter().copied() {
				let secret =
					secret.replace("/soft", if scheme == Scheme::Sr25519 { "/soft" } else { "//soft" });
				let key = Secret::parse(&secret).unwrap().keypair(scheme).unwrap();
				let file = KeyFile::seal_with(CHEAP, "x", &key, password).unwrap();
				assert_eq!((file.encrypted(), file.public()), (password.is_some(), key.public()));
				assert_eq!(file.account(), key.account());
				let again = parse(file.text()).unwrap();
				let opened = again.open(password.unwrap_or_default()).unwrap();
				assert_eq!(opened.public(), key.public());
				assert_eq!(opened.secret(), key.secret());
			}
		}
	}

	#[test]
	fn a_scheme_that_was_asked_for_is_the_scheme_of_the_file() {
		for scheme in Scheme::value_variants().iter().copied() {
			let key = Secret::parse("//Alice").unwrap().keypair(scheme).unwrap();
			let file = KeyFile::seal_with(CHEAP, "x", &key, None).unwrap();
			assert!(file.check_scheme(None).is_ok());
			for asked in Scheme::value_variants().iter().copied() {
				let refused = file.check_scheme(Some(asked));
				assert_eq!(matches!(refused, Err(KeyError::OtherScheme { .. })), asked != scheme);
			}
		}
	}

	#[test]
	fn a_new_file_has_the_strong_parameters() {
		let key = Secret::parse("//Alice").unwrap().keypair(Scheme::Sr25519).unwrap();
		let file = KeyFile::seal("x", &key, Some("secret")).unwrap();
		let encoded = BASE64.decode(file.json.encoded.as_bytes()).unwrap();
		assert_eq!(encoded[32..44], [0, 0, 2, 0, 1, 0, 0, 0, 8, 0, 0, 0]);
		assert_eq!(file.open("secret").unwrap().account().0, public("//Alice"));
	}

	#[test]
	fn two_files_of_one_key_have_nothing_in_common() {
		let (one, two) = (sealed("//Alice", Some("secret")), sealed("//Alice", Some("secret")));
		let [one, two] = [one, two].map(|file| BASE64.decode(file.json.encoded.as_bytes()).unwrap());
		assert!(one[..32] != two[..32] && one[44..68] != two[44..68] && one[68..] != two[68..]);
	}

	#[test]
	fn files_of_polkadot_js_open() {
		for (scheme, address, text) in OTHERS {
			let file = parse(text).unwrap();
			let opened = file.open("whoisalice").unwrap();
			assert_eq!((opened.scheme(), opened.account().to_string().as_str()), (scheme, address));
			assert_eq!(file.account(), opened.account());
			assert!(matches!(file.open("whoisbob"), Err(KeyError::WrongPassword { .. })));
		}
		assert_eq!(parse(OPEN).unwrap().open("").unwrap().account().to_string(), OTHERS[1].1);
		assert!(matches!(parse(ETHEREUM), Err(KeyError::Unsupported { .. })));
		assert_eq!(parse(ALICE).unwrap().open("whoisalice").unwrap().account().0, public("//Alice"));
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
		// The key of another pair of ecdsa, no key of the curve, and none at all.
		for (digits, damaged) in [("1f", true), ("ff", true), ("xx", false)] {
			let mut json: Value = serde_json::from_str(OPEN).unwrap();
			json["address"] = format!("0x02{}", digits.repeat(32)).into();
			let result = parse(&json.to_string()).and_then(|file| file.open(""));
			assert_eq!(matches!(result, Err(KeyError::Damaged { .. })), damaged);
			assert_eq!(matches!(result, Err(KeyError::NotAKeyFile { .. })), !damaged);
		}
		for address in ["", "0x12", &"5".repeat(60_000)] {
			let result = edited(&|json| json["address"] = address.into());
			assert!(matches!(result, Err(KeyError::NotAKeyFile { .. })));
		}
		let result = edited(&|json| json["encoding"]["version"] = "2".into());
		assert!(matches!(result, Err(KeyError::NotAKeyFile { .. })));
		// The keys are as long, but no pair of that scheme.
		let result = edited(&|json| json["encoding"]["content"][1] = "ed25519".into());
		assert!(matches!(result, Err(KeyError::Damaged { .. })));
		let result = edited(&|json| json["encoding"]["content"][1] = "ecdsa".into());
		assert!(matches!(result, Err(KeyError::NotAKeyFile { .. })));
		let result = edited(&|json| json["encoding"]["content"][1] = "ethereum".into());
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
		json["encoded"] = BASE64.encode([7; 117]).into();
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
