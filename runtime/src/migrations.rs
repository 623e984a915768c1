//! The migrations of an upgrade to this runtime.
//!
//! Every pallet declares the layout that it expects (its `STORAGE_VERSION`), and every change of a layout has a
//! migration in the pallet's `migrations`, from one version to the next. This file puts them in order. A migration
//! stays until no network is older than its version; it does nothing if its pallet is not at the version from which it
//! starts.

use crate::{
	configs::clock::MinDeposit, AccountId, AuthorityDiscovery, Babe, Balances, ChainTreasury, Grandpa,
	KeyOwners, NativeAndAssets, Runtime, Session, SessionKeys,
};
use alloc::vec::Vec;
use frame_support::{
	storage::{migration::move_pallet, unhashed, KeyPrefixIterator},
	traits::{fungible::Inspect, OnRuntimeUpgrade, PalletInfoAccess},
	weights::Weight,
};
use mainstay_primitives::vault;
use sp_io::hashing::twox_128;

/// From runtime 100 to this one.
pub type Migrations = (
	RenameTreasury,
	mainstay_operator_delegation::migrations::ToV2<Runtime>,
	mainstay_operator_delegation::migrations::ToV3<Runtime>,
	mainstay_restaking::migrations::ToV2<Runtime, MinDeposit>,
	mainstay_avs_registry::migrations::ToV2<Runtime>,
	mainstay_avs_registry::migrations::ToV3<Runtime>,
	mainstay_slashing::migrations::ToV2<Runtime>,
	mainstay_slashing::migrations::ToV3<Runtime>,
	mainstay_slashing::migrations::ToV4<Runtime>,
	mainstay_staking::migrations::ToV2<Runtime>,
	mainstay_staking::migrations::ToV3<Runtime>,
	mainstay_rewards::migrations::ToV2<Runtime>,
	FoundTreasury,
	NoteKeysInForce,
);

/// Moves the treasury's storage to the prefix of its new name, `ChainTreasury`. This migration runs first, so that
/// nothing reads the new prefix before.
///
/// Up to runtime 103 it was called `Treasury`, which is the name of another pallet to clients.
pub struct RenameTreasury;
impl RenameTreasury {
	/// The pallet's name up to runtime 103.
	const OLD: &'static [u8] = b"Treasury";

	/// The entries under a pallet's prefix: the rest of the key, and the value.
	fn stored(name: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
		let prefix = twox_128(name).to_vec();
		KeyPrefixIterator::new(prefix.clone(), prefix.clone(), |key| Ok(key.to_vec()))
			.map(|rest| {
				let value = unhashed::get_raw(&[&prefix[..], &rest].concat()).unwrap_or_default();
				(rest, value)
			})
			.collect()
	}
}
impl OnRuntimeUpgrade for RenameTreasury {
	// Its ledger has an entry for each currency and source, and another for each currency: at most 165.
	fn on_runtime_upgrade() -> Weight {
		let moved = Self::stored(Self::OLD).len() as u64;
		if moved > 0 {
			move_pallet(Self::OLD, ChainTreasury::name().as_bytes());
		}
		let weight = <Runtime as frame_system::Config>::DbWeight::get();
		weight.reads_writes(moved.saturating_mul(3).saturating_add(1), moved.saturating_mul(2))
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<Vec<u8>, sp_runtime::TryRuntimeError> {
		Ok(codec::Encode::encode(&Self::stored(Self::OLD)))
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(before: Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		use frame_support::ensure;
		ensure!(Self::stored(Self::OLD).is_empty(), "something of the treasury stayed under its old name");
		let before: Vec<(Vec<u8>, Vec<u8>)> =
			codec::Decode::decode(&mut &before[..]).map_err(|_| "as it was encoded")?;
		let after = Self::stored(ChainTreasury::name().as_bytes());
		ensure!(
			before.iter().all(|entry| after.contains(entry)),
			"an entry of the treasury's books was lost"
		);
		Ok(())
	}
}

/// Creates the treasury's account, as genesis does, if a network began without it. It mints the minimum balance.
pub struct FoundTreasury;
impl OnRuntimeUpgrade for FoundTreasury {
	fn on_runtime_upgrade() -> Weight {
		let weight = <Runtime as frame_system::Config>::DbWeight::get();
		let account = ChainTreasury::account();
		if Balances::total_balance(&account) > 0 {
			return weight.reads(1);
		}
		if vault::found::<AccountId, NativeAndAssets>(&account).is_err() {
			frame_support::defensive!("the minimum balance can be minted");
		}
		weight.reads_writes(2, 2)
	}
}

/// Stores the owners of the session keys that are in force, if a network began before they were stored. From then on
/// each session stores its own.
///
/// The session pallet does not store the keys in force, but the pallets that use them do, each type separately, in the
/// order of the validators. Past sessions are not covered: their stored roots are of other keys, and nobody can make a
/// proof for these without the state of that time. Equivocations in past sessions can be reported until the upgrade.
pub struct NoteKeysInForce;
impl NoteKeysInForce {
	/// The validators of the running session, and the keys with which they sign.
	fn in_force() -> Vec<(AccountId, SessionKeys)> {
		let babe = Babe::authorities().into_iter().map(|(key, _)| key);
		let grandpa = Grandpa::grandpa_authorities().into_iter().map(|(key, _)| key);
		let discovery = AuthorityDiscovery::current_authorities();
		let keys = babe
			.zip(grandpa)
			.zip(discovery)
			.map(|((babe, grandpa), authority_discovery)| SessionKeys { babe, grandpa, authority_discovery });
		Session::validators().into_iter().zip(keys).collect()
	}
}
impl OnRuntimeUpgrade for NoteKeysInForce {
	fn on_runtime_upgrade() -> Weight {
		let weight = <Runtime as frame_system::Config>::DbWeight::get();
		if mainstay_key_owners::Sets::<Runtime>::exists() {
			return weight.reads(1);
		}
		let keys = Self::in_force();
		// Each key is written once.
		let count = keys.len() as u64 * 3;
		KeyOwners::note(Session::current_index(), keys);
		weight.reads_writes(count.saturating_add(8), count.saturating_add(2))
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(_: Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		use frame_support::ensure;
		KeyOwners::do_try_state()?;
		let session = Session::current_index();
		let owner = |id, key: Vec<u8>| KeyOwners::owner_in(id, key, session);
		let validators = Session::validators();
		ensure!(!validators.is_empty(), "a chain without validators");
		for (n, validator) in validators.into_iter().enumerate() {
			let (babe, _) =
				Babe::authorities().get(n).cloned().ok_or("a validator without a key for blocks")?;
			let (grandpa, _) = Grandpa::grandpa_authorities()
				.get(n)
				.cloned()
				.ok_or("a validator without a key for finality")?;
			let (babe, grandpa): (&[u8], &[u8]) = (babe.as_ref(), grandpa.as_ref());
			let known = [
				owner(sp_consensus_babe::KEY_TYPE.0, babe.to_vec()),
				owner(sp_consensus_grandpa::KEY_TYPE.0, grandpa.to_vec()),
			];
			ensure!(
				known.iter().all(|who| who.as_ref() == Some(&validator)),
				"a key in force is not its validator's"
			);
		}
		Ok(())
	}
}
