//! Reports of authors who make two blocks in one slot.
//!
//! `sc-consensus-babe` 0.60.0 notices them too, but what it reports no runtime accepts: import keeps the seal of a block
//! beside its header, and the reports carry headers without one. So an import around BABE's remembers sealed headers and
//! reports these. It is to be dropped when the SDK's reports are mended; `tests/network/marketplace.test.mjs` tells.

use crate::service::FullClient;
use mainstay_runtime::opaque::{Block, Header};
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_consensus_babe::find_pre_digest;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::{ApiExt, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_consensus::BlockOrigin;
use sp_consensus_babe::{
	digests::CompatibleDigestItem, AuthorityId, AuthorityIndex, AuthorityPair, BabeApi, EquivocationProof,
	Slot,
};
use sp_core::Pair;
use sp_runtime::traits::Header as _;
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, PoisonError},
};

/// Slots whose headers are remembered: as many as the SDK remembers. Two blocks of one slot come within a few.
const REMEMBERED_SLOTS: usize = 1_000;

/// The sealed headers of recent slots.
#[derive(Default)]
struct Seen(BTreeMap<Slot, Vec<(AuthorityIndex, Header)>>);

impl Seen {
	/// Remembers a header, and returns the first one of its slot and author if it is the second. A third is no news.
	fn second(&mut self, slot: Slot, author: AuthorityIndex, header: &Header) -> Option<Header> {
		let headers = self.0.entry(slot).or_default();
		let known: Vec<_> = headers.iter().filter(|(other, _)| *other == author).map(|(_, h)| h).collect();
		let first = match known[..] {
			[] => None,
			[first] if first.hash() != header.hash() => Some(first.clone()),
			_ => return None,
		};
		headers.push((author, header.clone()));
		if self.0.len() > REMEMBERED_SLOTS {
			self.0.pop_first();
		}
		first
	}
}

/// BABE's block import, and the reports of equivocations beside it.
#[derive(Clone)]
pub struct EquivocationReporter<Inner> {
	inner: Inner,
	client: Arc<FullClient>,
	pool: OffchainTransactionPoolFactory<Block>,
	seen: Arc<Mutex<Seen>>,
}

impl<Inner> EquivocationReporter<Inner> {
	/// Wraps `inner`. Reports go into `pool`.
	pub fn new(inner: Inner, client: Arc<FullClient>, pool: OffchainTransactionPoolFactory<Block>) -> Self {
		Self { inner, client, pool, seen: Default::default() }
	}

	/// Reports the author of a sealed header if it made another one for the same slot.
	fn look(&self, header: Header) -> Result<(), Box<dyn std::error::Error>> {
		let digest = find_pre_digest::<Block>(&header)?;
		let (slot, index) = (digest.slot(), digest.authority_index());
		let second = self.seen.lock().unwrap_or_else(PoisonError::into_inner).second(slot, index, &header);
		let Some(first) = second else { return Ok(()) };

		let (parent, best) = (*header.parent_hash(), self.client.info().best_hash);
		let offender = self.author(&header, index)?.ok_or("no authority signed it")?;
		log::info!("{offender} made two blocks in slot {slot}: {:?} and {:?}", first.hash(), header.hash());
		// The parent's session knows the key, unless this is the first block of another.
		let api = self.client.runtime_api();
		let proof = |at| api.generate_key_ownership_proof(at, slot, offender.clone());
		let owner = match proof(parent)? {
			Some(owner) => owner,
			None => proof(best)?.ok_or("its key is in no session")?,
		};
		let equivocation = EquivocationProof { offender, slot, first_header: first, second_header: header };
		let mut api = self.client.runtime_api();
		api.register_extension(self.pool.offchain_transaction_pool(best));
		api.submit_report_equivocation_unsigned_extrinsic(best, equivocation, owner)?
			.ok_or("the report was not sent")?;
		Ok(())
	}

	/// Who sealed a header: the authority of its index in the epoch that runs or in the one that it begins.
	fn author(
		&self,
		header: &Header,
		index: AuthorityIndex,
	) -> Result<Option<AuthorityId>, Box<dyn std::error::Error>> {
		let mut unsealed = header.clone();
		let Some(seal) = unsealed.digest_mut().pop().and_then(|item| item.as_babe_seal()) else {
			return Ok(None);
		};
		let (api, parent, hash) = (self.client.runtime_api(), *header.parent_hash(), unsealed.hash());
		let epochs = [api.current_epoch(parent)?, api.next_epoch(parent)?];
		let keys = epochs.iter().filter_map(|epoch| epoch.authorities.get(index as usize));
		Ok(keys.map(|(key, _)| key).find(|key| AuthorityPair::verify(&seal, hash, key)).cloned())
	}
}

#[async_trait::async_trait]
impl<Inner: BlockImport<Block> + Send + Sync> BlockImport<Block> for EquivocationReporter<Inner> {
	type Error = Inner::Error;

	async fn check_block(&self, block: BlockCheckParams<Block>) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(&self, block: BlockImportParams<Block>) -> Result<ImportResult, Self::Error> {
		// What comes in the first sync is too old to matter, and so is state that is brought in whole.
		let fresh = block.origin != BlockOrigin::NetworkInitialSync && !block.with_state();
		let sealed = fresh.then(|| block.post_header());
		let result = self.inner.import_block(block).await;
		if let (Ok(_), Some(header)) = (&result, sealed) {
			let hash = header.hash();
			if let Err(error) = self.look(header) {
				log::warn!("equivocation by the author of {hash:?} not reported: {error}");
			}
		}
		result
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn header(number: u32) -> Header {
		Header::new(number, Default::default(), Default::default(), Default::default(), Default::default())
	}

	#[test]
	fn the_second_of_two_headers_is_news_and_nothing_else_is() {
		let (mut seen, slot) = (Seen::default(), Slot::from(7));
		assert_eq!(seen.second(slot, 0, &header(1)), None);
		assert_eq!(seen.second(slot, 0, &header(1)), None, "the same one again");
		assert_eq!(seen.second(slot, 1, &header(2)), None, "another author's");
		assert_eq!(seen.second(slot + 1, 0, &header(2)), None, "another slot's");
		assert_eq!(seen.second(slot, 0, &header(2)), Some(header(1)));
		assert_eq!(seen.second(slot, 0, &header(3)), None, "it is reported already");
	}

	#[test]
	fn old_slots_are_forgotten() {
		let mut seen = Seen::default();
		for slot in 0..=REMEMBERED_SLOTS as u64 {
			assert_eq!(seen.second(slot.into(), 0, &header(1)), None);
		}
		assert_eq!(seen.0.len(), REMEMBERED_SLOTS);
		assert_eq!(seen.second(0.into(), 0, &header(2)), None, "the first is forgotten");
		assert_eq!(seen.second((REMEMBERED_SLOTS as u64).into(), 0, &header(2)), Some(header(1)));
	}
}
