//! The worker that answers questions about BABE's epochs, without the import queue that the SDK couples it with.
//!
//! Only `import_queue` of `sc-consensus-babe` 0.60 makes a [`BabeWorkerHandle`], and it makes its own verifier, where
//! this node needs one around it. To be removed when the worker is available by itself, or `import_queue` takes a
//! verifier.

use super::essential::Essential;
use crate::client::FullClient;
use futures::future::BoxFuture;
use mainstay_runtime::opaque::Block;
use sc_consensus::BlockImport;
use sc_consensus_babe::{BabeLink, BabeWorkerHandle, ImportQueueParams};
use sp_blockchain::Result;
use sp_core::traits::SpawnEssentialNamed;
use std::sync::Arc;

/// Starts the worker. `block_import` imports nothing.
pub fn start<Import>(
	link: &BabeLink<Block>,
	block_import: Import,
	client: Arc<FullClient>,
	essential: &Essential,
) -> Result<BabeWorkerHandle<Block>>
where
	Import: BlockImport<Block, Error = sp_consensus::Error> + Send + Sync + 'static,
{
	let (_, worker) = sc_consensus_babe::import_queue(ImportQueueParams {
		link: link.clone(),
		block_import,
		justification_import: None,
		client,
		slot_duration: link.config().slot_duration(),
		spawner: &WithoutQueue(essential.clone()),
		registry: None,
		telemetry: None,
	})?;
	Ok(worker)
}

/// Spawns the tasks of an import queue except the queue itself. The queue's task ends when the queue is dropped, and
/// the node would stop with it.
#[derive(Clone)]
struct WithoutQueue(Essential);

impl SpawnEssentialNamed for WithoutQueue {
	fn spawn_essential_blocking(&self, _: &'static str, _: Option<&'static str>, _: BoxFuture<'static, ()>) {
		// The queue is the only task that blocks.
	}

	fn spawn_essential(
		&self,
		name: &'static str,
		group: Option<&'static str>,
		future: BoxFuture<'static, ()>,
	) {
		self.0.spawn_essential(name, group, future);
	}
}
