//! The calls of a multisig that wait for signatures.

use crate::{
	chain::{cause, stored, AtBlock, Chain},
	error::Error,
	read,
	scale::{self, bytes_of},
};
use serde_json::{json, Value};
use sp_crypto_hashing::blake2_256;
use subxt::{dynamic, utils::AccountId32};

/// The transaction that began an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timepoint {
	/// The number of its block.
	pub height: u32,
	/// Its index in the block.
	pub index: u32,
}

impl Timepoint {
	/// For programs.
	pub fn json(self) -> Value {
		json!({ "height": self.height, "index": self.index })
	}

	/// For people.
	pub fn told(self) -> String {
		format!("block {}, transaction {}", self.height, self.index)
	}
}

/// A call of a multisig that waits for signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
	/// The transaction that began it.
	pub when: Timepoint,
	/// The deposit in the smallest unit of STAY, which comes back when the call is made or cancelled.
	pub deposit: u128,
	/// Who began it, and paid the deposit.
	pub depositor: AccountId32,
	/// Who signed so far, sorted.
	pub approvals: Vec<AccountId32>,
}

impl Operation {
	/// An entry of `Multisig.Multisigs`. None for JSON that is none.
	fn of(entry: &Value) -> Option<Self> {
		let part = |name: &str| read::unsigned(&entry["when"][name]);
		Some(Self {
			when: Timepoint { height: part("height")?, index: part("index")? },
			deposit: read::number(&entry["deposit"])?,
			depositor: read::account(&entry["depositor"])?,
			approvals: entry["approvals"].as_array()?.iter().map(read::account).collect::<Option<_>>()?,
		})
	}
}

fn incompatible() -> Error {
	Error::Incompatible("Multisig.Multisigs is not as it was".into())
}

/// The call of a multisig's account with this hash, if it waits.
pub async fn operation(
	at: &AtBlock,
	multisig: &AccountId32,
	call: [u8; 32],
) -> Result<Option<Operation>, Error> {
	let entry = stored(at, "Multisig", "Multisigs", (*multisig, call)).await?;
	match entry.is_null() {
		true => Ok(None),
		false => Operation::of(&entry).map(Some).ok_or_else(incompatible),
	}
}

/// The calls of a multisig's account that wait, by their hashes; the earliest first.
pub async fn operations(at: &AtBlock, multisig: &AccountId32) -> Result<Vec<([u8; 32], Operation)>, Error> {
	let wrong =
		|error: &dyn std::error::Error| Error::Incompatible(format!("Multisig.Multisigs: {}", cause(error)));
	let address = dynamic::storage::<(AccountId32, [u8; 32]), dynamic::Value>("Multisig", "Multisigs");
	let entry = at.storage().entry(address).map_err(|error| wrong(&error))?;
	let mut entries = entry.iter((*multisig,)).await.map_err(|error| wrong(&error))?;
	let mut found = vec![];
	while let Some(next) = entries.next().await {
		let next = next.map_err(|error| wrong(&error))?;
		// A key ends with the hash.
		let hash = next.key_bytes().last_chunk().copied().ok_or_else(incompatible)?;
		let value = next.value();
		let entry =
			scale::decode(value.bytes(), value.type_id(), at.metadata_ref()).map_err(Error::Incompatible)?;
		found.push((hash, Operation::of(&entry).ok_or_else(incompatible)?));
	}
	found.sort_by_key(|(hash, operation)| (operation.when.height, operation.when.index, *hash));
	Ok(found)
}

/// The call with this hash, encoded, from the transaction that began it.
///
/// None if that transaction has only the hash, wraps the call in another one, or is of a runtime that encodes otherwise
/// than the one of `at`; or if the node does not have its block.
pub async fn call_of(chain: &Chain, at: &AtBlock, when: Timepoint, hash: [u8; 32]) -> Option<Vec<u8>> {
	let block = chain.request("chain_getBlockHash", json!([when.height])).await.ok()?;
	let block = chain.request("chain_getBlock", json!([block])).await.ok()?;
	let index = usize::try_from(when.index).ok()?;
	let transaction = bytes_of(block["block"]["extrinsics"].get(index)?)?;
	let transactions = at.extrinsics().from_bytes(vec![transaction]).await;
	let transaction = transactions.iter().next()?.ok()?;
	let mut fields = transaction.iter_call_data_fields().map(|field| field.bytes().to_vec());
	// Whatever the node answers: bytes with this hash are the call.
	fields.find(|bytes| blake2_256(bytes) == hash)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::runtime::built_in;
	use subxt::ext::codec::Encode;

	#[test]
	fn an_operation_is_read_as_the_chain_stores_it() {
		let (alice, bob) = (AccountId32([1; 32]), AccountId32([2; 32]));
		let metadata = &built_in().unwrap().metadata;
		let pallet = metadata.pallet_by_name("Multisig").unwrap();
		let entry = pallet.storage().unwrap().entry_by_name("Multisigs").unwrap();
		// When, the deposit, the depositor, the approvals.
		let bytes = ((12u32, 3u32), 20_000_000_000_000u128, bob, vec![alice, bob]).encode();
		let json = scale::decode(&bytes, entry.value_ty(), metadata).unwrap();
		let operation = Operation {
			when: Timepoint { height: 12, index: 3 },
			deposit: 20_000_000_000_000,
			depositor: bob,
			approvals: vec![alice, bob],
		};
		assert_eq!(Operation::of(&json), Some(operation));
		for wrong in [json!(null), json!({}), json!({ "when": { "height": 1 }, "approvals": [] })] {
			assert_eq!(Operation::of(&wrong), None);
		}
	}
}
