//! Key pairs of the signature schemes that accounts of the chain may use.

use clap::ValueEnum;
use ed25519_zebra::SigningKey;
use secp256k1::{Message, Secp256k1, SecretKey};
use sp_crypto_hashing::blake2_256;
use std::fmt;
use subxt::{
	utils::{AccountId32, MultiSignature},
	SubstrateConfig,
};
use zeroize::Zeroizing;

/// What the SDK signs with sr25519 begins with this context.
const CONTEXT: &[u8] = b"substrate";

/// A signature scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Scheme {
	/// Schnorr signatures on Ristretto: what wallets of the Polkadot SDK make unless told otherwise
	#[default]
	Sr25519,
	/// EdDSA on Curve25519: Ledger devices, HSMs
	Ed25519,
	/// ECDSA on secp256k1, the curve of Bitcoin and Ethereum. The account is the hash of the public key
	Ecdsa,
}

impl Scheme {
	/// Its name, as on the command line and in key files.
	pub fn name(self) -> &'static str {
		match self {
			Self::Sr25519 => "sr25519",
			Self::Ed25519 => "ed25519",
			Self::Ecdsa => "ecdsa",
		}
	}

	/// The scheme of this name.
	pub fn named(name: &str) -> Option<Self> {
		Self::value_variants().iter().copied().find(|scheme| scheme.name() == name)
	}

	/// The length of a signature, in bytes.
	pub fn signature_length(self) -> usize {
		match self {
			Self::Sr25519 | Self::Ed25519 => 64,
			Self::Ecdsa => 65,
		}
	}
}

impl fmt::Display for Scheme {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(self.name())
	}
}

/// A public key with its scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicKey {
	/// It is the account.
	Sr25519([u8; 32]),
	/// It is the account.
	Ed25519([u8; 32]),
	/// Compressed. Its BLAKE2-256 hash is the account.
	Ecdsa([u8; 33]),
}

impl PublicKey {
	/// The scheme.
	pub fn scheme(&self) -> Scheme {
		match self {
			Self::Sr25519(_) => Scheme::Sr25519,
			Self::Ed25519(_) => Scheme::Ed25519,
			Self::Ecdsa(_) => Scheme::Ecdsa,
		}
	}

	/// The key.
	pub fn bytes(&self) -> &[u8] {
		match self {
			Self::Sr25519(key) | Self::Ed25519(key) => key,
			Self::Ecdsa(key) => key,
		}
	}

	/// The account that signs with it.
	pub fn account(&self) -> AccountId32 {
		match self {
			Self::Sr25519(key) | Self::Ed25519(key) => AccountId32(*key),
			Self::Ecdsa(key) => AccountId32(blake2_256(key)),
		}
	}
}

/// A key pair.
pub enum Keypair {
	/// Of sr25519.
	Sr25519(schnorrkel::Keypair),
	/// Of ed25519.
	Ed25519(SigningKey),
	/// Of ecdsa.
	Ecdsa(SecretKey),
}

/// Without the secret.
impl fmt::Debug for Keypair {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "Keypair({:?})", self.public())
	}
}

impl Keypair {
	/// The public key.
	pub fn public(&self) -> PublicKey {
		match self {
			Self::Sr25519(pair) => PublicKey::Sr25519(pair.public.to_bytes()),
			Self::Ed25519(key) => PublicKey::Ed25519(key.verification_key().into()),
			Self::Ecdsa(key) => PublicKey::Ecdsa(key.public_key(&Secp256k1::signing_only()).serialize()),
		}
	}

	/// The scheme.
	pub fn scheme(&self) -> Scheme {
		match self {
			Self::Sr25519(_) => Scheme::Sr25519,
			Self::Ed25519(_) => Scheme::Ed25519,
			Self::Ecdsa(_) => Scheme::Ecdsa,
		}
	}

	/// The account that signs with it.
	pub fn account(&self) -> AccountId32 {
		self.public().account()
	}

	/// Signs a message, as the SDK does.
	pub fn sign(&self, message: &[u8]) -> MultiSignature {
		match self {
			Self::Sr25519(pair) => MultiSignature::Sr25519(pair.sign_simple(CONTEXT, message).to_bytes()),
			Self::Ed25519(key) => MultiSignature::Ed25519(key.sign(message).into()),
			Self::Ecdsa(key) => {
				let digest = Message::from_digest(blake2_256(message));
				let signature = Secp256k1::signing_only().sign_ecdsa_recoverable(&digest, key);
				let (recovery, compact) = signature.serialize_compact();
				let mut bytes = [0; 65];
				bytes[..64].copy_from_slice(&compact);
				// It is a number from 0 to 3.
				bytes[64] = recovery.to_i32() as u8;
				MultiSignature::Ecdsa(bytes)
			},
		}
	}

	/// The secret key as key files of polkadot.js hold it: expanded, as ed25519 does it, for sr25519; the seed and the
	/// public key for ed25519; the number for ecdsa.
	pub(super) fn secret(&self) -> Zeroizing<Vec<u8>> {
		Zeroizing::new(match self {
			Self::Sr25519(pair) => pair.secret.to_ed25519_bytes().to_vec(),
			Self::Ed25519(key) => [AsRef::<[u8]>::as_ref(key), self.public().bytes()].concat(),
			Self::Ecdsa(key) => key.secret_bytes().to_vec(),
		})
	}

	/// The key pair of a secret key as [`Self::secret`] writes it. None for bytes that are no such key.
	pub(super) fn of_secret(scheme: Scheme, secret: &[u8]) -> Option<Self> {
		match scheme {
			Scheme::Sr25519 => {
				let key = schnorrkel::SecretKey::from_ed25519_bytes(secret).ok()?;
				Some(Self::Sr25519(key.to_keypair()))
			},
			Scheme::Ed25519 => {
				let (seed, public) = secret.split_at_checked(32)?;
				let pair = Self::Ed25519(SigningKey::try_from(seed).ok()?);
				(pair.public().bytes() == public).then_some(pair)
			},
			Scheme::Ecdsa => SecretKey::from_slice(secret).ok().map(Self::Ecdsa),
		}
	}
}

impl subxt::tx::Signer<SubstrateConfig> for Keypair {
	fn account_id(&self) -> AccountId32 {
		self.account()
	}

	fn sign(&self, payload: &[u8]) -> MultiSignature {
		self.sign(payload)
	}
}

#[cfg(test)]
mod tests {
	use super::{super::Secret, *};
	use sp_core::{ecdsa, ed25519, sr25519, Pair};

	const SCHEMES: [Scheme; 3] = [Scheme::Sr25519, Scheme::Ed25519, Scheme::Ecdsa];

	fn pair(secret: &str, scheme: Scheme) -> Keypair {
		Secret::parse(secret).unwrap().keypair(scheme).unwrap()
	}

	#[test]
	fn accounts_are_those_of_subkey() {
		for (scheme, address) in [
			(Scheme::Sr25519, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
			(Scheme::Ed25519, "5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu"),
			(Scheme::Ecdsa, "5C7C2Z5sWbytvHpuLTvzKunnnRwQxft1jiqrLD5rhucQ5S9X"),
		] {
			assert_eq!(pair("//Alice", scheme).account().to_string(), address, "{scheme}");
		}
	}

	#[test]
	fn keys_are_those_of_the_sdk() {
		let phrase = subxt_signer::DEV_PHRASE;
		for secret in [
			"//Alice".to_string(),
			"//Alice//stash//0".into(),
			format!("{phrase}//7///pass word"),
			format!("0x{}", "1f".repeat(32)),
			format!("0x{}//hard//01", "e1".repeat(32)),
		] {
			let ours = SCHEMES.map(|scheme| pair(&secret, scheme).public().bytes().to_vec());
			let theirs = [
				sr25519::Pair::from_string(&secret, None).unwrap().public().0.to_vec(),
				ed25519::Pair::from_string(&secret, None).unwrap().public().0.to_vec(),
				ecdsa::Pair::from_string(&secret, None).unwrap().public().0.to_vec(),
			];
			assert_eq!(ours, theirs, "{secret}");
		}
		let soft = "//Alice/soft/1";
		let theirs = sr25519::Pair::from_string(soft, None).unwrap().public().0;
		assert_eq!(pair(soft, Scheme::Sr25519).public(), PublicKey::Sr25519(theirs));
	}

	#[test]
	fn the_sdk_verifies_what_is_signed() {
		let long = [7; 1_000];
		for message in [&b""[..], b"a message", &long] {
			for scheme in SCHEMES {
				let pair = pair("//Alice//sign", scheme);
				let (signature, public) = (pair.sign(message), pair.public());
				let verified = |message: &[u8]| match (&signature, public) {
					(MultiSignature::Sr25519(signature), PublicKey::Sr25519(key)) => sr25519::Pair::verify(
						&sr25519::Signature::from_raw(*signature),
						message,
						&sr25519::Public::from_raw(key),
					),
					(MultiSignature::Ed25519(signature), PublicKey::Ed25519(key)) => ed25519::Pair::verify(
						&ed25519::Signature::from_raw(*signature),
						message,
						&ed25519::Public::from_raw(key),
					),
					(MultiSignature::Ecdsa(signature), PublicKey::Ecdsa(key)) => ecdsa::Pair::verify(
						&ecdsa::Signature::from_raw(*signature),
						message,
						&ecdsa::Public::from_raw(key),
					),
					_ => panic!("of another scheme than the key"),
				};
				assert!(verified(message), "{scheme}");
				assert!(!verified(b"another message"), "{scheme}");
				// The fee in a dry run depends on the length.
				use codec::Encode;
				assert_eq!(signature.encoded_size(), 1 + scheme.signature_length());
			}
		}
	}

	#[test]
	fn a_secret_key_is_read_as_it_is_written() {
		for scheme in SCHEMES {
			let pair = pair("//Alice", scheme);
			let secret = pair.secret();
			assert_eq!(Keypair::of_secret(scheme, &secret).unwrap().public(), pair.public());
			assert_eq!(Scheme::named(scheme.name()), Some(scheme));
			for end in 0..secret.len() {
				assert!(Keypair::of_secret(scheme, &secret[..end]).is_none(), "{scheme}: {end}");
			}
		}
		// The public key of another seed; a number that is no key of the curve.
		let [alice, bob] = ["//Alice", "//Bob"].map(|secret| pair(secret, Scheme::Ed25519).secret());
		assert!(Keypair::of_secret(Scheme::Ed25519, &[&alice[..32], &bob[32..]].concat()).is_none());
		for number in [[0; 32], [0xff; 32]] {
			assert!(Keypair::of_secret(Scheme::Ecdsa, &number).is_none());
		}
		assert_eq!(Scheme::named("ethereum"), None);
	}
}
