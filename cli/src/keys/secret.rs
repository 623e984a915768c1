//! Seed phrases, raw seeds, and the keys derived from them.

use super::{keypair::Keypair, KeyError, Scheme};
use codec::Encode;
use ed25519_zebra::SigningKey;
use schnorrkel::{
	derive::{ChainCode, Derivation},
	ExpansionMode, MiniSecretKey,
};
use secp256k1::SecretKey;
use std::str::FromStr;
use subxt_signer::{
	bip39::{Error as PhraseError, Mnemonic},
	DeriveJunction, ExposeSecret, SecretString, SecretUri,
};
use zeroize::Zeroizing;

/// How many words a new seed phrase can have.
pub const WORDS: [usize; 5] = [12, 15, 18, 21, 24];

/// A seed phrase or a raw seed, with a derivation or none.
pub struct Secret {
	uri: SecretUri,
	root: Root,
}

enum Root {
	Phrase(Mnemonic),
	Seed(Zeroizing<[u8; 32]>),
}

impl Secret {
	/// Reads `phrase//hard/soft///password`, `0xseed//hard/soft`, or only the derivation: then the phrase is the
	/// well-known one of development.
	pub fn parse(text: &str) -> Result<Self, KeyError> {
		let text = text.trim();
		// `SecretUri` would treat it as the phrase of development.
		if text.is_empty() {
			return Err(KeyError::BadPhrase { reason: "it is empty".into() });
		}
		let (head, path) = text.split_at(text.find('/').unwrap_or(text.len()));
		let head = Zeroizing::new(head.split_whitespace().collect::<Vec<_>>().join(" "));
		if is_hex_seed(&head) || head.starts_with("0X") {
			return Err(KeyError::BadSeed);
		}
		let text = Zeroizing::new(format!("{}{path}", *head));
		let uri = SecretUri::from_str(&text).map_err(|_| match path.is_empty() {
			true => KeyError::BadPhrase { reason: "other signs than letters and spaces".into() },
			false => KeyError::BadDerivation,
		})?;
		let phrase = uri.phrase.expose_secret();
		let root = if let Some(digits) = phrase.strip_prefix("0x") {
			let mut seed = Zeroizing::new([0; 32]);
			hex::decode_to_slice(digits, &mut seed[..]).map_err(|_| KeyError::BadSeed)?;
			Root::Seed(seed)
		} else {
			Root::Phrase(Mnemonic::from_str(phrase).map_err(bad_phrase)?)
		};
		Ok(Self { uri, root })
	}

	/// A new phrase of so many words.
	pub fn new_phrase(words: usize) -> Result<Zeroizing<String>, KeyError> {
		let mut entropy = Zeroizing::new([0; 32]);
		getrandom::fill(&mut entropy[..]).map_err(|error| KeyError::NoRandomness(error.to_string()))?;
		// Three words are 33 bits, one of which belongs to the checksum.
		let used = entropy.get(..words / 3 * 4).unwrap_or(&entropy[..]);
		Ok(Zeroizing::new(Mnemonic::from_entropy(used).map_err(bad_phrase)?.to_string()))
	}

	/// The keys in a scheme, as the SDK derives them.
	///
	/// # Errors A derivation is soft, and the scheme has hard ones only; or, for one seed in 2^128, the seed is no key of
	/// ecdsa.
	pub fn keypair(&self, scheme: Scheme) -> Result<Keypair, KeyError> {
		Ok(match scheme {
			Scheme::Sr25519 => Keypair::Sr25519(self.sr25519()?.to_keypair()),
			Scheme::Ed25519 => Keypair::Ed25519(SigningKey::from(*self.hard(scheme, "Ed25519HDKD")?)),
			Scheme::Ecdsa => {
				let seed = self.hard(scheme, "Secp256k1HDKD")?;
				Keypair::Ecdsa(SecretKey::from_slice(&seed[..]).map_err(|_| KeyError::BadSeed)?)
			},
		})
	}

	fn sr25519(&self) -> Result<schnorrkel::SecretKey, KeyError> {
		let root = self.seed()?.expand(ExpansionMode::Ed25519);
		Ok(self.uri.junctions.iter().fold(root, |key, junction| match *junction {
			DeriveJunction::Soft(code) => key.derived_key_simple(ChainCode(code), []).0,
			DeriveJunction::Hard(code) => {
				let seed = key.hard_derive_mini_secret_key(Some(ChainCode(code)), b"").0;
				seed.expand(ExpansionMode::Ed25519)
			},
		}))
	}

	/// The seed behind the derivation in a scheme that has hard ones only. `domain` tells its derivations from others'.
	fn hard(&self, scheme: Scheme, domain: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
		let mut seed = Zeroizing::new(self.seed()?.to_bytes());
		for junction in &self.uri.junctions {
			let DeriveJunction::Hard(code) = junction else {
				return Err(KeyError::SoftDerivation { scheme });
			};
			*seed = (domain, &*seed, code).using_encoded(sp_crypto_hashing::blake2_256);
		}
		Ok(seed)
	}

	/// Sets the password of the phrase, in place of one that was written behind it.
	pub(super) fn set_password(&mut self, password: SecretString) {
		self.uri.password = Some(password);
	}

	/// The seed before any derivation.
	fn seed(&self) -> Result<MiniSecretKey, KeyError> {
		let seed = match &self.root {
			Root::Seed(seed) => MiniSecretKey::from_bytes(&seed[..]).ok(),
			Root::Phrase(phrase) => {
				let (entropy, length) = phrase.to_entropy_array();
				let entropy = Zeroizing::new(entropy);
				let password = self.uri.password.as_ref().map_or("", |password| password.expose_secret());
				substrate_bip39::mini_secret_from_entropy(&entropy[..length], password).ok()
			},
		};
		seed.ok_or(KeyError::BadSeed)
	}
}

/// What is wrong, without the words.
fn bad_phrase(error: PhraseError) -> KeyError {
	let reason = match error {
		PhraseError::BadWordCount(1) => "one word".into(),
		PhraseError::BadWordCount(words) => format!("{words} words"),
		PhraseError::UnknownWord(index) => format!("its word {} is not in the list of words", index + 1),
		PhraseError::InvalidChecksum => "its checksum fails, so a word is wrong or out of place".into(),
		other => other.to_string(),
	};
	KeyError::BadPhrase { reason }
}

/// Whether `text` is a raw seed that lacks its 0x.
pub(super) fn is_hex_seed(text: &str) -> bool {
	text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
	use super::{super::testing::*, *};

	#[test]
	fn phrases_and_seeds_agree_with_the_development_keys() {
		let alice = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
		let phrase = subxt_signer::DEV_PHRASE;
		let spread = format!("\n {}\n//Alice ", phrase.replace(' ', " \t"));
		for text in ["//Alice", ALICE_SEED, &format!("{phrase}//Alice"), &spread] {
			assert_eq!(hex::encode(public(text)), alice, "{text}");
		}
		assert_ne!(public("//Alice///password"), public("//Alice"));
	}

	#[test]
	fn only_sr25519_derives_softly() {
		for scheme in [Scheme::Ed25519, Scheme::Ecdsa] {
			for soft in ["//Alice/soft", "/soft//Alice", &format!("{ALICE_SEED}/0")] {
				let error = Secret::parse(soft).unwrap().keypair(scheme).map(drop).unwrap_err();
				assert!(matches!(error, KeyError::SoftDerivation { scheme: of } if of == scheme), "{error}");
			}
		}
		// A seed is a key of ecdsa only if it is a number below the order of the curve, and not 0.
		for digits in ["00", "ff"] {
			let secret = Secret::parse(&format!("0x{}", digits.repeat(32))).unwrap();
			assert!(matches!(secret.keypair(Scheme::Ecdsa), Err(KeyError::BadSeed)));
			assert!(secret.keypair(Scheme::Ed25519).is_ok() && secret.keypair(Scheme::Sr25519).is_ok());
		}
	}

	#[test]
	fn new_phrases_have_their_words_and_differ() {
		for words in WORDS {
			let (one, two) = (Secret::new_phrase(words).unwrap(), Secret::new_phrase(words).unwrap());
			assert_eq!(one.split(' ').count(), words);
			assert_ne!(one, two);
			assert!(Secret::parse(&one).is_ok());
		}
	}

	#[test]
	fn wrong_secrets_are_told_without_repeating_them() {
		let phrase = subxt_signer::DEV_PHRASE;
		let eleven = phrase.rsplit_once(' ').unwrap().0;
		let unknown = phrase.replace("walk", "wurzelwerk");
		let swapped = phrase.replace("fit walk", "walk fit");
		for text in [eleven, &unknown, &swapped, "word", "", "bottom, drive", "é", &"x ".repeat(5000)] {
			let error = Secret::parse(text).map(|_| ()).unwrap_err();
			assert!(matches!(error, KeyError::BadPhrase { .. }), "{text:.80}");
			assert!(!error.to_string().contains("wurzelwerk"));
		}
		let reason = |text: &str| Secret::parse(text).map(|_| ()).unwrap_err().to_string();
		assert!(reason(eleven).contains("(11 words)"));
		assert!(reason(&unknown).contains("word 12 "));
		assert!(reason(&swapped).contains("checksum"));
		for text in
			["0x", "0x12", &ALICE_SEED[2..], &format!("{ALICE_SEED}0"), &ALICE_SEED.replace("0x", "0X")]
		{
			assert!(matches!(Secret::parse(text), Err(KeyError::BadSeed)), "{text}");
		}
		for text in [format!("{phrase}//"), format!("{phrase}/a//b//"), "//".into(), "//Alice/".into()] {
			assert!(matches!(Secret::parse(&text), Err(KeyError::BadDerivation)), "{text}");
		}
	}
}
