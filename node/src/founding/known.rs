//! Public keys whose secrets are well known.

use super::{file::Kind, reasons::Reasons};
use sp_core::{crypto::DEV_PHRASE, ed25519, sr25519, Pair};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// The well-known secret of a public key, for instance `//Alice`, or `None` if its secret is not well known.
///
/// This does not find keys that are derived from such a secret, for instance by `//Alice//babe`.
fn name(key: &[u8; 32]) -> Option<String> {
	let of_name = |name: &'static str| format!("//{name}");
	let named = Sr25519Keyring::from_raw_public(*key)
		.map(|key| of_name(key.into()))
		.or_else(|| Ed25519Keyring::from_raw_public(*key).map(|key| of_name(key.into())));
	named.or_else(|| is_root(key).then(|| "the phrase of development".into()))
}

/// Whether it is the public key of the development phrase itself.
fn is_root(key: &[u8; 32]) -> bool {
	let sr25519 = sr25519::Pair::from_string(DEV_PHRASE, None).map(|pair| pair.public().0);
	let ed25519 = ed25519::Pair::from_string(DEV_PHRASE, None).map(|pair| pair.public().0);
	[sr25519, ed25519].iter().flatten().any(|root| root == key)
}

/// Refuses such a key, except on a development network.
pub fn refuse(place: &str, key: &[u8], kind: Kind, reasons: &mut Reasons) {
	let known = <&[u8; 32]>::try_from(key).ok().and_then(name);
	if let Some(known) = known.filter(|_| kind != Kind::Development) {
		reasons.add(format!(
			"{place}: everybody has the secret of this key ({known}); only `kind = \"development\"` takes it"
		));
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn names_are_known_by_both_schemes() {
		let of = |secret: &str| {
			let (pair, edwards) =
				(sr25519::Pair::from_string(secret, None), ed25519::Pair::from_string(secret, None));
			[pair.unwrap().public().0, edwards.unwrap().public().0].map(|key| name(&key))
		};
		for secret in ["//Alice", "//Ferdie//stash", "//Two"] {
			assert_eq!(of(secret), [Some(secret.into()), Some(secret.into())]);
		}
		assert_eq!(
			of(DEV_PHRASE),
			[Some("the phrase of development".into()), Some("the phrase of development".into())]
		);
		assert_eq!(of("//Vera"), [None, None]);
	}
}
