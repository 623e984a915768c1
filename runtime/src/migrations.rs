//! What an upgrade to this runtime changes in storage.
//!
//! Every pallet says which layout it expects (its `STORAGE_VERSION`), and every change of a layout comes with a migration
//! in the pallet's `migrations`, from one version to the next. Here they are put in order. A migration stays until no
//! network is older than its version; it does nothing where its pallet is not at the version it starts from.

use crate::{
	configs::clock::MinDeposit, AccountId, AuthorityDiscovery, Babe, Balances, Grandpa, KeyOwners,
	NativeAndAssets, Runtime, Session, SessionKeys, Treasury,
};
use alloc::vec::Vec;
use frame_support::{
	traits::{fungible::Inspect, OnRuntimeUpgrade},
	weights::Weight,
};
use mainstay_primitives::vault;

/// From runtime 100 to this one.
pub type Migrations = (
	mainstay_operator_delegation::migrations::ToV2<Runtime>,
	mainstay_operator_delegation::migrations::ToV3<Runtime>,
	mainstay_restaking::migrations::ToV2<Runtime, MinDeposit>,
	mainstay_avs_registry::migrations::ToV2<Runtime>,
	mainstay_avs_registry::migrations::ToV3<Runtime>,
	mainstay_slashing::migrations::ToV2<Runtime>,
	mainstay_slashing::migrations::ToV3<Runtime>,
	mainstay_slashing::migrations::ToV4<Runtime>,
	mainstay_staking::migrations::ToV2<Runtime>,
	mainstay_rewards::migrations::ToV2<Runtime>,
	FoundTreasury,
	NoteKeysInForce,
);

/// Brings the treasury's account to life, as genesis does, where a network began without it. It mints the least balance.
pub struct FoundTreasury;
impl OnRuntimeUpgrade for FoundTreasury {
	fn on_runtime_upgrade() -> Weight {
		let weight = <Runtime as frame_system::Config>::DbWeight::get();
		let account = Treasury::account();
		if Balances::total_balance(&account) > 0 {
			return weight.reads(1);
		}
		if vault::found::<AccountId, NativeAndAssets>(&account).is_err() {
			frame_support::defensive!("the least balance can be minted");
		}
		weight.reads_writes(2, 2)
	}
}

/// Notes who holds the session keys that are in force, where a network began before they were noted. From here on
/// each session notes its own.
///
/// The session pallet does not keep the keys in force, but those who use them do, each kind by itself, in the order of
/// the validators. Sessions that are over are given up: the roots that are there of them are of other keys, and nobody
/// can make a proof for these without the state of that time. An equivocation in them can be reported until the upgrade.
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
