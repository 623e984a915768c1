//! Finds authors who make two blocks in one slot.
//!
//! `sc-consensus-babe` 0.60 looks for them, too, but no runtime accepts its reports: it checks during the import
//! (paritytech/polkadot-sdk#9147), when the seal of a block is kept apart from its header, so its reports carry
//! headers without seals. It also checks only blocks that import. To be removed when its reports have sealed headers,
//! and it checks every block with a valid seal, whether that imports or not. Until then its reports are ignored
//! ([`super::engine_reports`]).
//!
//! [`WatchedVerifier`] checks each incoming block once its seal is verified; [`WatchedImport`] checks this node's
//! own. An author can make its second block invalid on purpose, but has still signed it: so the seal decides, and not
//! the import. Sealed headers of recent slots are in the database ([`sealed`]), so that a second block is found even
//! after a restart.

pub mod sealed;

use crate::{client::FullClient, equivocation::Reports};
use mainstay_runtime::{
	opaque::{Block, Header},
	reports::{Evidence, TwoBlocks},
};
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult, Verifier};
use sc_consensus_babe::find_pre_digest;
use sealed::SealedHeaders;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_consensus::BlockOrigin;
use sp_consensus_babe::{digests::CompatibleDigestItem, AuthorityId, AuthorityIndex, AuthorityPair, BabeApi};
use sp_core::Pair;
use sp_runtime::traits::Header as _;
use std::sync::Arc;

/// Finds authors who make two blocks in one slot.
pub struct Watch {
	client: Arc<FullClient>,
	sealed: SealedHeaders<FullClient>,
	reports: Arc<Reports>,
}

impl Watch {
	/// Evidence goes to `reports`.
	pub fn new(client: Arc<FullClient>, reports: Arc<Reports>) -> Self {
		Self { sealed: SealedHeaders::new(client.clone()), client, reports }
	}

	/// Checks a sealed header. Errors go to the log.
	fn check(&self, header: Header) {
		let hash = header.hash();
		if let Err(error) = self.try_check(header) {
			log::warn!("cannot check the author of {hash:?}: {error}");
		}
	}

	/// Keeps evidence if the author of a sealed header made another one for the same slot.
	fn try_check(&self, header: Header) -> Result<(), Box<dyn std::error::Error>> {
		let digest = find_pre_digest::<Block>(&header)?;
		let (slot, index) = (digest.slot(), digest.authority_index());
		let Some(first) = self.sealed.second(slot, index, &header)? else { return Ok(()) };

		let offender = self.author(&header, index)?.ok_or("no authority sealed it")?;
		log::info!("{offender} made two blocks in slot {slot}: {:?} and {:?}", first.hash(), header.hash());
		let proof = TwoBlocks { offender, slot, first_header: first, second_header: header };
		let evidence = Evidence::Blocks(Box::new(proof));
		// The author of this index may have sealed the first header in another epoch.
		if evidence.is_sound() {
			self.reports.keep(evidence);
		}
		Ok(())
	}

	/// Who sealed a header: the authority of its index in the running epoch, or in the epoch that it begins, as its
	/// parent's state says, or the best block's if the parent has no state.
	fn author(
		&self,
		header: &Header,
		index: AuthorityIndex,
	) -> Result<Option<AuthorityId>, Box<dyn std::error::Error>> {
		let mut unsealed = header.clone();
		let Some(seal) = unsealed.digest_mut().pop().and_then(|item| item.as_babe_seal()) else {
			return Ok(None);
		};
		let hash = unsealed.hash();
		let api = self.client.runtime_api();
		let epochs = |at| Ok::<_, sp_api::ApiError>([api.current_epoch(at)?, api.next_epoch(at)?]);
		let epochs = epochs(*header.parent_hash()).or_else(|_| epochs(self.client.info().best_hash))?;
		let keys = epochs.iter().filter_map(|epoch| epoch.authorities.get(index as usize));
		Ok(keys.map(|(key, _)| key).find(|key| AuthorityPair::verify(&seal, hash, key)).cloned())
	}
}

/// Whether an incoming block is a new one. Blocks of a first sync or from a file are too old to matter, and so is a
/// state that is imported as a whole.
fn is_fresh(block: &BlockImportParams<Block>) -> bool {
	let late = !matches!(
		block.origin,
		BlockOrigin::Own | BlockOrigin::NetworkBroadcast | BlockOrigin::ConsensusBroadcast
	);
	!late && !block.with_state()
}

/// A verifier that checks each incoming block once it is verified.
pub struct WatchedVerifier<Inner> {
	inner: Inner,
	watch: Arc<Watch>,
}

impl<Inner> WatchedVerifier<Inner> {
	/// Wraps `inner`.
	pub fn new(inner: Inner, watch: Arc<Watch>) -> Self {
		Self { inner, watch }
	}
}

#[async_trait::async_trait]
impl<Inner: Verifier<Block>> Verifier<Block> for WatchedVerifier<Inner> {
	async fn verify(&self, block: BlockImportParams<Block>) -> Result<BlockImportParams<Block>, String> {
		let sealed = is_fresh(&block).then(|| block.header.clone());
		let verified = self.inner.verify(block).await?;
		if let Some(header) = sealed {
			self.watch.check(header);
		}
		Ok(verified)
	}
}

/// A block import that checks this node's own blocks. Other blocks go through [`WatchedVerifier`].
#[derive(Clone)]
pub struct WatchedImport<Inner> {
	inner: Inner,
	watch: Arc<Watch>,
}

impl<Inner> WatchedImport<Inner> {
	/// Wraps `inner`.
	pub fn new(inner: Inner, watch: Arc<Watch>) -> Self {
		Self { inner, watch }
	}
}

#[async_trait::async_trait]
impl<Inner: BlockImport<Block> + Send + Sync> BlockImport<Block> for WatchedImport<Inner> {
	type Error = Inner::Error;

	async fn check_block(&self, block: BlockCheckParams<Block>) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(&self, block: BlockImportParams<Block>) -> Result<ImportResult, Self::Error> {
		let own = (block.origin == BlockOrigin::Own).then(|| block.post_header());
		let result = self.inner.import_block(block).await;
		if let Some(header) = own {
			self.watch.check(header);
		}
		result
	}
}
