//! Finding authors who make two blocks in one slot.
//!
//! `sc-consensus-babe` 0.60 looks for them, too, but what it reports no runtime accepts: it looks while it imports
//! (paritytech/polkadot-sdk#9147), when the seal of a block is kept beside its header, and so the reports carry headers
//! without one. It also looks at blocks alone that import. To be dropped when its reports have sealed headers, and it looks at
//! a block whose seal is verified, whether that imports or not. Until then its reports are passed over
//! ([`super::engine_reports`]).
//!
//! [`WatchedVerifier`] looks at each block that comes in once its seal is verified; [`WatchedImport`] looks at this node's
//! own. A cheat can make its second block invalid on purpose, and yet it signed it: so the seal is looked at, and not the
//! import. Sealed headers of recent slots are in the database ([`sealed`]), so that a restart between two blocks hides
//! nothing.

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

/// Looks for authors who make two blocks in one slot.
pub struct Watch {
	client: Arc<FullClient>,
	sealed: SealedHeaders<FullClient>,
	reports: Arc<Reports>,
}

impl Watch {
	/// What is found goes to `reports`.
	pub fn new(client: Arc<FullClient>, reports: Arc<Reports>) -> Self {
		Self { sealed: SealedHeaders::new(client.clone()), client, reports }
	}

	/// Looks at a sealed header, and says in the log if that fails.
	fn check(&self, header: Header) {
		let hash = header.hash();
		if let Err(error) = self.try_check(header) {
			log::warn!("no look at the author of {hash:?}: {error}");
		}
	}

	/// Keeps the evidence if the author of a sealed header made another one for the same slot.
	fn try_check(&self, header: Header) -> Result<(), Box<dyn std::error::Error>> {
		let digest = find_pre_digest::<Block>(&header)?;
		let (slot, index) = (digest.slot(), digest.authority_index());
		let Some(first) = self.sealed.second(slot, index, &header)? else { return Ok(()) };

		let offender = self.author(&header, index)?.ok_or("no authority sealed it")?;
		log::info!("{offender} made two blocks in slot {slot}: {:?} and {:?}", first.hash(), header.hash());
		let proof = TwoBlocks { offender, slot, first_header: first, second_header: header };
		let evidence = Evidence::Blocks(Box::new(proof));
		// The first one may be sealed by the author that has this index in another epoch.
		if evidence.is_sound() {
			self.reports.keep(evidence);
		}
		Ok(())
	}

	/// Who sealed a header: the authority of its index in the epoch that runs or in the one that it begins, as its parent
	/// knows them, or the best block if there is no state of the parent.
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

/// Whether a block that comes now is of now. What comes in the first sync, or from a file, is too old to matter, and so
/// is state that is brought in whole.
fn is_fresh(block: &BlockImportParams<Block>) -> bool {
	let late = !matches!(
		block.origin,
		BlockOrigin::Own | BlockOrigin::NetworkBroadcast | BlockOrigin::ConsensusBroadcast
	);
	!late && !block.with_state()
}

/// A verifier of blocks that come in, which has each looked at that it verified.
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

/// A block import that has this node's own blocks looked at. Others come by [`WatchedVerifier`].
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
