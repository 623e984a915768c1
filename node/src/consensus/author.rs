//! Making blocks.

use super::import::Import;
use crate::{base::Base, network::Network};
use futures::FutureExt;
use mainstay_runtime::opaque::Block;
use sc_basic_authorship::ProposerFactory;
use sc_consensus_babe::{BabeLink, BabeParams, SlotProportion};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_service::{Configuration, Error};
use sp_consensus_babe::inherents::BabeCreateInherentDataProviders;
use sp_core::traits::SpawnEssentialNamed;

/// The share of its slot in which an author fills a block. The rest is for the peers, which execute the block before
/// the next author starts.
const PROPOSAL_SLOT_SHARE: f32 = 0.5;

/// Makes a block in each slot that a key of this node may author, in an essential task.
pub fn author(
	config: &Configuration,
	base: &Base,
	network: &Network,
	import: Import,
	babe: BabeLink<Block>,
	inherents: BabeCreateInherentDataProviders<Block>,
) -> Result<(), Error> {
	let worker = sc_consensus_babe::start_babe(BabeParams {
		keystore: base.keystore(),
		client: base.client.clone(),
		select_chain: base.select_chain.clone(),
		env: ProposerFactory::new(
			base.task_manager.spawn_handle(),
			base.client.clone(),
			base.transaction_pool.clone(),
			config.prometheus_registry(),
			base.telemetry_handle(),
		),
		block_import: import,
		sync_oracle: network.sync.clone(),
		justification_sync_link: network.sync.clone(),
		create_inherent_data_providers: inherents,
		force_authoring: config.force_authoring,
		backoff_authoring_blocks: Some(back_off(babe.config().epoch_length)),
		babe_link: babe,
		block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SLOT_SHARE),
		max_block_proposal_slot_portion: None,
		telemetry: base.telemetry_handle(),
	})?;
	base.essential.spawn_essential_blocking("babe-proposer", Some("block-authoring"), worker.boxed());
	Ok(())
}

/// Slows authors down while finality lags, so that a stalled GRANDPA has fewer blocks to catch up with: they wait at
/// most a quarter of a session, which has `session_slots` slots. The first block of a session has no room for
/// transactions. If every block were such a block, the chain could not include the transaction that ends the stall.
fn back_off(session_slots: u64) -> BackoffAuthoringOnFinalizedHeadLagging<u32> {
	let default = BackoffAuthoringOnFinalizedHeadLagging::default();
	let quarter = u32::try_from(session_slots / 4).unwrap_or(u32::MAX).max(1);
	BackoffAuthoringOnFinalizedHeadLagging { max_interval: quarter.min(default.max_interval), ..default }
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_consensus_slots::BackoffAuthoringBlocksStrategy;

	/// The number of slots after the head for which authors wait, with this many blocks that are not final.
	fn wait(session_slots: u64, unfinalized: u32) -> u64 {
		let (strategy, head) = (back_off(session_slots), 1_000);
		let backs_off = |slot: u64| {
			strategy.should_backoff(2_000_000, head.into(), 2_000_000 - unfinalized, slot.into(), "test")
		};
		(1..).find(|slots| !backs_off(head + slots)).unwrap_or_default() - 1
	}

	/// finality 2
	#[test]
	fn authors_wait_for_less_than_a_session() {
		// `dev` and `local`, production, and the shortest possible session.
		for (session, longest) in [(10, 2), (600, 100), (1, 1), (4, 1)] {
			assert_eq!(wait(session, 50), 0, "some blocks are always not final");
			assert_eq!(wait(session, 1_000_000), longest, "a session of {session} slots");
		}
		assert!((0..1_000).all(|unfinalized| wait(10, unfinalized) <= 2));
	}
}
