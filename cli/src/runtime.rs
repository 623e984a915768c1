//! The types of the runtime's calls, made from the metadata in `clients/artifacts/`. `scripts/metadata` writes that
//! file, and a test compares it with what a node says.

#![allow(missing_docs, clippy::all)]

use std::sync::OnceLock;
use subxt::metadata::ArcMetadata;

#[subxt::subxt(
	runtime_metadata_path = "../clients/artifacts/metadata.scale",
	runtime_types_only,
	derive_for_type(path = "mainstay_primitives::ids::PoolKind", derive = "Clone"),
	derive_for_type(path = "mainstay_primitives::ids::OperatorSetId", derive = "Clone")
)]
mod generated {}

pub use generated::runtime_types::{
	bounded_collections, frame_support, frame_system, mainstay_avs_registry, mainstay_operator_delegation,
	mainstay_origins, mainstay_primitives, mainstay_restaking, mainstay_rewards,
	mainstay_runtime::{configs::accounts::ProxyType, OriginCaller, RuntimeCall, SessionKeys},
	mainstay_slashing, mainstay_stake_voting, mainstay_staking, mainstay_treasury, pallet_assets,
	pallet_balances, pallet_collective, pallet_conviction_voting, pallet_multisig, pallet_preimage,
	pallet_proxy, pallet_referenda, pallet_session, pallet_utility, pallet_whitelist, sp_authority_discovery,
	sp_consensus_babe, sp_consensus_grandpa, sp_weights,
};

/// The metadata that the types were made from.
pub const METADATA: &[u8] = include_bytes!("../../clients/artifacts/metadata.scale");

/// The runtime that this program was made for.
pub struct BuiltIn {
	/// Its metadata.
	pub metadata: ArcMetadata,
	/// Its `spec_version`.
	pub spec_version: u32,
	/// Its `transaction_version`.
	pub transaction_version: u32,
}

/// The runtime that this program was made for; none if the metadata cannot be read, which a test excludes.
pub fn built_in() -> Option<&'static BuiltIn> {
	static BUILT_IN: OnceLock<Option<BuiltIn>> = OnceLock::new();
	BUILT_IN
		.get_or_init(|| {
			let metadata = ArcMetadata::from(subxt::Metadata::decode_from(METADATA).ok()?);
			let (spec_version, transaction_version) = versions(&metadata)?;
			Some(BuiltIn { metadata, spec_version, transaction_version })
		})
		.as_ref()
}

/// The `spec_version` and `transaction_version` of the runtime with this metadata.
fn versions(metadata: &subxt::Metadata) -> Option<(u32, u32)> {
	/// As the SDK encodes it: two names, the versions of authoring, rules and implementation, the APIs, the transactions.
	type Version = (String, String, u32, u32, u32, Vec<([u8; 8], u32)>, u32);
	let version = metadata.pallet_by_name("System")?.constant_by_name("Version")?.value();
	let (_, _, _, spec, _, _, transaction): Version = codec::Decode::decode(&mut &version[..]).ok()?;
	Some((spec, transaction))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_built_in_metadata_says_its_versions() {
		let built_in = built_in().unwrap();
		assert!(built_in.spec_version >= 103 && built_in.transaction_version >= 3);
	}
}
