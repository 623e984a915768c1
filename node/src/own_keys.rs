//! Warns if a validator's node has no session keys, or those of several validators.

use crate::client::FullClient;
use futures::StreamExt;
use mainstay_runtime::{opaque::Block, Hash};
use sc_client_api::BlockchainEvents;
use sc_consensus_babe::find_next_epoch_digest;
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::BabeApi;
use sp_consensus_grandpa::GrandpaApi;
use sp_core::{
	crypto::{key_types, KeyTypeId},
	hexdisplay::HexDisplay,
	ByteArray,
};
use sp_keystore::{Keystore, KeystorePtr};
use std::sync::Arc;

/// Checks the keys in every session, as long as the node runs.
pub async fn watch(client: Arc<FullClient>, keystore: KeystorePtr) {
	// A validator may start without keys and make them by RPC. The warning is for operators who forgot.
	if keystore.keys(key_types::BABE).is_ok_and(|keys| keys.is_empty()) {
		log::warn!(
			"🔑 This node has no session keys, so it makes no blocks: author_rotateKeysWithOwner makes keys."
		);
	}
	let mut blocks = client.import_notification_stream();
	check(&client, &keystore, client.info().best_hash);
	while let Some(block) = blocks.next().await {
		// The first block of a session names the keys of the next session.
		let begins_session = matches!(find_next_epoch_digest::<Block>(&block.header), Ok(Some(_)));
		if block.is_new_best && begins_session {
			check(&client, &keystore, block.hash);
		}
	}
}

fn check(client: &FullClient, keystore: &KeystorePtr, at: Hash) {
	match sets(client, at) {
		Ok(sets) => {
			for line in sets.iter().filter_map(|set| too_many(&**keystore, set)) {
				log::warn!("{line}");
			}
		},
		Err(error) => log::debug!("cannot read the keys of validators: {error}"),
	}
}

/// The keys of one type of all validators of a set.
struct Set {
	name: &'static str,
	id: KeyTypeId,
	keys: Vec<Vec<u8>>,
}

/// The block authors and voters of this session and of the next.
fn sets(client: &FullClient, at: Hash) -> Result<[Set; 3], ApiError> {
	let api = client.runtime_api();
	let babe = |authorities: Vec<(sp_consensus_babe::AuthorityId, u64)>| {
		authorities.iter().map(|(key, _)| key.to_raw_vec()).collect()
	};
	let voters = api.grandpa_authorities(at)?;
	Ok([
		Set { name: "the set", id: key_types::BABE, keys: babe(api.current_epoch(at)?.authorities) },
		Set { name: "the next set", id: key_types::BABE, keys: babe(api.next_epoch(at)?.authorities) },
		Set {
			name: "the voters",
			id: key_types::GRANDPA,
			keys: voters.iter().map(|(key, _)| key.to_raw_vec()).collect(),
		},
	])
}

/// The warning if `keystore` has keys of more than one validator of `set`.
fn too_many(keystore: &dyn Keystore, Set { name, id, keys }: &Set) -> Option<String> {
	let own: Vec<_> = keys.iter().filter(|key| keystore.has_keys(&[((*key).clone(), *id)])).collect();
	if own.len() < 2 {
		return None;
	}
	let shown: Vec<_> = own.iter().map(|key| format!("0x{}", HexDisplay::from(&key.as_slice()))).collect();
	Some(format!(
		"🔑 This node has the keys of {} validators of {name}. It votes with the keys of only one, and the others count as \
		 offline. If a third of all validators are, nothing becomes final. Give each validator a node of its own, with new \
		 keys. The keys here are {}.",
		own.len(),
		shown.join(", ")
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keystore::testing::MemoryKeystore;

	/// validators 1
	#[test]
	fn keys_of_two_validators_are_told_and_a_stranger_s_are_not() {
		let keystore = MemoryKeystore::new();
		let own = |seed| keystore.sr25519_generate_new(key_types::BABE, Some(seed)).unwrap().to_raw_vec();
		let (alice, bob) = (own("//Alice"), own("//Bob"));
		let told = |keys: &[&Vec<u8>], id| {
			let keys = keys.iter().map(|key| key.to_vec()).collect();
			too_many(&keystore, &Set { name: "the next set", id, keys })
		};
		let stranger = vec![7; 32];
		assert_eq!(told(&[&alice, &stranger], key_types::BABE), None);
		assert_eq!(told(&[&alice, &bob], key_types::GRANDPA), None, "keys of another type");
		let line = told(&[&alice, &stranger, &bob], key_types::BABE).expect("two of its own");
		assert!(line.contains("the keys of 2 validators of the next set"), "{line}");
		assert!(line.contains(&format!("0x{}", HexDisplay::from(&bob.as_slice()))), "{line}");
	}
}
