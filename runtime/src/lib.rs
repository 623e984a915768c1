//! # The Mainstay runtime
//!
//! This crate only composes pallets: the list of pallets (`runtime`), the configuration of each ([`configs`]), the
//! runtime APIs for nodes and clients (`apis`), and the genesis of networks ([`genesis_config_presets`]).
//!
//! The same WASM serves every network. The values in which networks differ are in storage, where genesis writes them,
//! see [`configs::clock`].

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
// The code that the runtime macro generates has no docs.
#![allow(missing_docs)]

extern crate alloc;

mod apis;
#[cfg(feature = "std")]
pub use apis::RuntimeApi;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod genesis_config_presets;
mod metadata;
pub mod migrations;
#[cfg(feature = "std")]
pub mod reports;
#[cfg(test)]
mod tests;
pub mod views;

use alloc::{borrow::Cow, vec::Vec};
use frame_metadata_hash_extension::CheckMetadataHash;
use pallet_transaction_payment::ChargeTransactionPayment;
use sp_runtime::{generic, impl_opaque_keys};
use sp_version::RuntimeVersion;

pub use mainstay_primitives::{AccountId, Balance, BlockNumber, Hash, Hashing, Nonce, Signature};
#[cfg(feature = "std")]
pub use sp_runtime::BuildStorage;

/// The version of this code. A node executes a block with the code in the state, and tells clients this version.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("mainstay"),
	impl_name: Cow::Borrowed("mainstay"),
	authoring_version: 1,
	spec_version: 104,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 4,
	// 2 would change how the root of the extrinsics is computed, and 3 when new code takes effect: not every
	// client follows yet.
	system_version: 1,
};

/// Types for a node that forwards extrinsics without decoding them.
pub mod opaque {
	use super::{BlockNumber, Hashing};
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// The header of a block.
	pub type Header = sp_runtime::generic::Header<BlockNumber, Hashing>;
	/// A block.
	pub type Block = sp_runtime::generic::Block<Header, UncheckedExtrinsic>;
	/// A block by its number or hash.
	pub type BlockId = sp_runtime::generic::BlockId<Block>;
}

impl_opaque_keys! {
	/// The keys of a validator, in the order of their pallets.
	pub struct SessionKeys {
		/// Block production, sr25519.
		pub babe: Babe,
		/// Finality, ed25519.
		pub grandpa: Grandpa,
		/// Finding the other validators, sr25519.
		pub authority_discovery: AuthorityDiscovery,
	}
}

/// An address in a transaction: an account.
pub type Address = sp_runtime::MultiAddress<AccountId, ()>;
/// The header of a block.
pub type Header = generic::Header<BlockNumber, Hashing>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// The transaction extensions, in the order in which they are checked.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	ChargeTransactionPayment<Runtime>,
	CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);
/// An extrinsic in a block.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// The payload that a transaction's signature signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// Executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
	migrations::Migrations,
>;
/// STAY and the assets through one interface.
pub type NativeAndAssets = frame_support::traits::fungible::UnionOf<
	Balances,
	Assets,
	frame_support::traits::fungible::NativeFromLeft,
	mainstay_primitives::Currency,
	AccountId,
>;

/// The pallets. Their order is the order of hooks and of genesis:
///
/// * Authorship before Session, so that a block's points belong to the era of its author;
/// * Staking before Session, which asks it for the first set;
/// * Slashing before Rewards, so that due slashes come before payments.
///
/// `Staking` has the storage that clients read of the SDK's pallet of that name. Clients also know the SDK's
/// `Treasury`, which is a different pallet, so ours has another name.
#[frame_support::runtime]
mod runtime {
	/// The runtime.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(2)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(3)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(4)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(5)]
	pub type Authorship = pallet_authorship;

	#[runtime::pallet_index(10)]
	pub type OperatorDelegation = mainstay_operator_delegation;
	#[runtime::pallet_index(11)]
	pub type Staking = mainstay_staking;
	#[runtime::pallet_index(12)]
	pub type Slashing = mainstay_slashing;
	#[runtime::pallet_index(13)]
	pub type Rewards = mainstay_rewards;

	#[runtime::pallet_index(14)]
	pub type AvsRegistry = mainstay_avs_registry;
	#[runtime::pallet_index(15)]
	pub type Restaking = mainstay_restaking;
	#[runtime::pallet_index(16)]
	pub type ChainTreasury = mainstay_treasury;

	#[runtime::pallet_index(20)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(21)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(22)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(23)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(24)]
	pub type AuthorityDiscovery = pallet_authority_discovery;

	#[runtime::pallet_index(30)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(31)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(32)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(33)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(34)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(35)]
	pub type Scheduler = pallet_scheduler;

	#[runtime::pallet_index(40)]
	pub type ConvictionVoting = pallet_conviction_voting;
	#[runtime::pallet_index(41)]
	pub type Referenda = pallet_referenda;
	#[runtime::pallet_index(42)]
	pub type TechnicalCommittee = pallet_collective<Instance1>;
	#[runtime::pallet_index(43)]
	pub type Origins = mainstay_origins;
	#[runtime::pallet_index(44)]
	pub type Whitelist = pallet_whitelist;
	#[runtime::pallet_index(45)]
	pub type StakeVoting = mainstay_stake_voting;

	#[runtime::pallet_index(50)]
	pub type Sudo = pallet_sudo;

	#[runtime::pallet_index(51)]
	pub type KeyOwners = mainstay_key_owners;

	#[runtime::pallet_index(52)]
	pub type Nonces = mainstay_nonces;
}
