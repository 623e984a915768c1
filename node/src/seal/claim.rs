//! Finds the slots that this node may author. `sc-consensus-babe` does the same in a worker that waits for slots.

use super::command::Error;
use crate::client::FullClient;
use codec::Decode;
use frame_support::storage::storage_prefix;
use mainstay_runtime::{
	opaque::{Block, Header},
	BlockNumber, Hash,
};
use sc_client_api::StorageProvider;
use sc_consensus::BlockImportParams;
use sc_consensus_babe::{authorship::claim_slot, BabeIntermediate, BabeLink, Epoch, INTERMEDIATE_KEY};
use sc_consensus_epochs::{descendent_query, ViableEpochDescriptor};
use sc_consensus_manual_seal::{ConsensusDataProvider, Error as SealError};
use sp_api::StorageProof;
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest},
	Slot,
};
use sp_core::storage::StorageKey;
use sp_inherents::InherentData;
use sp_keystore::KeystorePtr;
use sp_runtime::{traits::Header as _, Digest, DigestItem};
use std::sync::Arc;

/// The slots that are searched, at most. A node with one key of three hundred may author one slot in about three
/// hundred.
const MAX_SLOTS_SEARCHED: u64 = 10_000;

type Descriptor = ViableEpochDescriptor<Hash, BlockNumber, Epoch>;

/// Finds the slots that keys of this node may author.
pub struct Claims {
	client: Arc<FullClient>,
	keystore: KeystorePtr,
	babe: BabeLink<Block>,
}

/// The right to author a slot.
pub struct Claim {
	/// The slot.
	pub slot: u64,
	digest: PreDigest,
	epoch: Descriptor,
}

impl Claims {
	/// Uses the keys of `keystore`.
	pub fn new(client: Arc<FullClient>, keystore: KeystorePtr, babe: BabeLink<Block>) -> Self {
		Self { client, keystore, babe }
	}

	/// The epoch whose authorities may author a child of `parent` in `slot`, and the descriptor by which the import
	/// finds it.
	fn epoch(&self, parent: &Header, slot: Slot) -> Result<(Descriptor, Epoch), Error> {
		let epochs = self.babe.epoch_changes().shared_data();
		let query = descendent_query(&*self.client);
		let descriptor = epochs
			.epoch_descriptor_for_child_of(query, &parent.hash(), *parent.number(), slot)
			.map_err(|error| Error::Failed(format!("the epoch of slot {slot} is not known: {error:?}")))?
			.ok_or_else(|| Error::Failed(format!("the epoch of slot {slot} is not known")))?;
		let epoch = epochs
			.viable_epoch(&descriptor, |slot| Epoch::genesis(self.babe.config(), slot))
			.ok_or_else(|| Error::Failed(format!("the epoch of slot {slot} is not known")))?;
		let epoch = epoch.as_ref().clone();
		Ok((descriptor, epoch))
	}

	/// The first slot of the session of a child of `parent` in `slot`, and how many slots the session has.
	pub fn session(&self, parent: &Header, slot: u64) -> Result<(u64, u64), Error> {
		let (_, epoch) = self.epoch(parent, slot.into())?;
		// If sessions passed without a block, the epoch is that of the last one.
		let epoch = epoch.clone_for_slot(slot.into());
		Ok((*epoch.start_slot, epoch.duration))
	}

	/// The first slot from `from` on in which a key of this node may author a child of `parent`.
	///
	/// Disabled validators are skipped until the next session, in which they may be enabled again.
	pub fn first(&self, parent: &Header, from: u64) -> Result<Claim, Error> {
		let disabled = self.disabled(parent.hash());
		let (start, length) = self.session(parent, from)?;
		let session_ends = start.saturating_add(length);
		let to = from.saturating_add(MAX_SLOTS_SEARCHED);
		let mut fallback = None;
		for slot in from..to {
			let (epoch, authorities) = self.epoch(parent, slot.into())?;
			let Some((digest, _)) = claim_slot(slot.into(), &authorities, &self.keystore) else { continue };
			let is_disabled = disabled.contains(&digest.authority_index());
			let claim = Claim { slot, digest, epoch };
			match is_disabled {
				false => return Ok(claim),
				true if slot >= session_ends && fallback.is_none() => fallback = Some(claim),
				true => {},
			}
			// Every other validator has had a slot by then.
			if fallback.is_some() && slot >= session_ends.saturating_add(length) {
				break;
			}
		}
		fallback.ok_or(Error::NoKey { from, to: to.saturating_sub(1) })
	}

	/// The validators that may not author because of an offence, by their indices in the set. The runtime panics in a
	/// block of one of them.
	fn disabled(&self, at: Hash) -> Vec<u32> {
		let key = StorageKey(storage_prefix(b"Session", b"DisabledValidators").to_vec());
		let stored = self.client.storage(at, &key).ok().flatten();
		// Each index comes with the severity of the offence.
		let disabled = stored.and_then(|stored| Vec::<(u32, u32)>::decode(&mut &stored.0[..]).ok());
		disabled.unwrap_or_default().into_iter().map(|(place, _)| place).collect()
	}
}

impl ConsensusDataProvider<Block> for Claim {
	fn create_digest(&self, _: &Header, _: &InherentData) -> Result<Digest, SealError> {
		Ok(Digest { logs: vec![<DigestItem as CompatibleDigestItem>::babe_pre_digest(self.digest.clone())] })
	}

	fn append_block_import(
		&self,
		_: &Header,
		block: &mut BlockImportParams<Block>,
		_: &InherentData,
		_: StorageProof,
	) -> Result<(), SealError> {
		let intermediate = BabeIntermediate::<Block> { epoch_descriptor: self.epoch.clone() };
		block.insert_intermediate(INTERMEDIATE_KEY, intermediate);
		Ok(())
	}
}
