//! What an upgrade to this runtime changes in storage.
//!
//! Every pallet says which layout it expects (its `STORAGE_VERSION`), and every change of a layout comes with a migration
//! in the pallet's `migrations`, from one version to the next. Here they are put in order. A migration stays until no
//! network is older than its version; it does nothing where its pallet is not at the version it starts from.

use crate::{configs::clock::MinDeposit, AccountId, Balances, NativeAndAssets, Runtime, Treasury};
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
	mainstay_slashing::migrations::ToV2<Runtime>,
	mainstay_slashing::migrations::ToV3<Runtime>,
	FoundTreasury,
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
