//! The types of the runtime's calls, made from the metadata in `artifacts/`. `scripts/metadata` writes that file, and a
//! test compares it with what a node says.

#![allow(missing_docs, clippy::all)]

#[subxt::subxt(
	runtime_metadata_path = "artifacts/metadata.scale",
	runtime_types_only,
	derive_for_type(path = "mainstay_primitives::ids::Kind", derive = "Clone"),
	derive_for_type(path = "mainstay_primitives::ids::OperatorSetId", derive = "Clone")
)]
mod generated {}

pub use generated::runtime_types::{
	bounded_collections, frame_support, mainstay_avs_registry, mainstay_operator_delegation,
	mainstay_primitives, mainstay_restaking, mainstay_rewards,
	mainstay_runtime::{configs::accounts::ProxyType, RuntimeCall, SessionKeys},
	mainstay_slashing, mainstay_staking, pallet_assets, pallet_balances, pallet_proxy, pallet_session,
	pallet_utility, sp_authority_discovery, sp_consensus_babe, sp_consensus_grandpa,
};

/// The metadata that the types were made from.
pub const METADATA: &[u8] = include_bytes!("../artifacts/metadata.scale");

/// The version of the runtime that the metadata is of.
pub fn spec_version() -> Option<u32> {
	let metadata = subxt::Metadata::decode_from(METADATA).ok()?;
	let version = metadata.pallet_by_name("System")?.constant_by_name("Version")?.value().to_vec();
	// Of a version: the names of the specification and of the implementation, the authoring version, this one.
	let (_, _, _, spec): (String, String, u32, u32) = codec::Decode::decode(&mut &version[..]).ok()?;
	Some(spec)
}

/// A constant of the runtime that is a number, as the metadata has it.
pub fn constant(pallet: &str, name: &str) -> Option<u64> {
	let metadata = subxt::Metadata::decode_from(METADATA).ok()?;
	let bytes = metadata.pallet_by_name(pallet)?.constant_by_name(name)?.value().to_vec();
	let number: u32 = codec::Decode::decode(&mut &bytes[..]).ok()?;
	Some(number.into())
}
