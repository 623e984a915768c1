//! How blocks are verified and imported.

use crate::{
	base::Base,
	client::{FullBackend, FullClient, FullSelectChain},
	equivocation::Reports,
	sdk::{
		babe_worker,
		clock::TimedVerifier,
		double_blocks::{Watch, WatchedImport, WatchedVerifier},
		engine_reports,
		genesis_voters::GenesisVoters,
	},
	seal,
};
use mainstay_runtime::opaque::Block;
use sc_consensus::{BasicQueue, DefaultImportQueue};
use sc_consensus_babe::{BabeBlockImport, BabeLink, BabeWorkerHandle, BuildVerifierParams};
use sc_consensus_grandpa::{GrandpaBlockImport, LinkHalf};
use sc_service::{Configuration, Error};
use sp_consensus_babe::inherents::BabeCreateInherentDataProviders;
use std::{path::Path, sync::Arc};

type GrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;

/// The import of blocks: BABE's, which wraps GRANDPA's.
pub type Import = WatchedImport<
	BabeBlockImport<
		Block,
		FullClient,
		GrandpaImport,
		BabeCreateInherentDataProviders<Block>,
		FullSelectChain,
	>,
>;

/// Connects GRANDPA's voter to the import.
pub type GrandpaLink = LinkHalf<Block, FullClient, FullSelectChain>;

/// At least one justification in this many blocks is kept and announced, so that light clients and warp sync find one
/// near any block.
pub const JUSTIFICATION_PERIOD: u32 = 512;

/// The parts of a node that consensus adds.
pub struct Consensus {
	/// Imports blocks.
	pub import: Import,
	/// Connects the author of blocks to their import.
	pub babe: BabeLink<Block>,
	/// Answers questions about BABE epochs.
	pub babe_worker: BabeWorkerHandle<Block>,
	/// Connects the voter to the import.
	pub grandpa: GrandpaLink,
	/// Provides the slot and the time of blocks.
	pub inherents: BabeCreateInherentDataProviders<Block>,
	/// Evidence of equivocations.
	pub reports: Arc<Reports>,
}

/// The parts that subcommands need as well as the node.
pub struct Parts {
	/// The parts of every node.
	pub base: Base,
	/// The import queue.
	pub import_queue: DefaultImportQueue<Block>,
	/// The parts of consensus.
	pub consensus: Consensus,
}

/// Opens the database and builds everything up to the import queue, but no network. `cache` is that of [`Base::open`].
pub fn open(config: &Configuration, cache: Option<&Path>) -> Result<Parts, Error> {
	let base = Base::open(config, cache)?;
	let Base { client, select_chain, essential, .. } = &base;
	// Checked before GRANDPA starts, which would look for its voters in a state that such a chain may not have any
	// more.
	seal::ensure_mark(client, false)?;

	let (grandpa_import, grandpa) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&GenesisVoters(client.clone()),
		select_chain.clone(),
		base.telemetry_handle(),
	)?;

	let babe_configuration = sc_consensus_babe::configuration(&**client)?;
	let slot_duration = babe_configuration.slot_duration();
	let inherents: BabeCreateInherentDataProviders<Block> = Arc::new(move |_, ()| async move {
		let now = sp_timestamp::InherentDataProvider::from_system_time();
		let slot = sp_consensus_babe::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
			*now,
			slot_duration,
		);
		Ok((slot, now))
	});
	let reports = Arc::new(Reports::open(client.clone())?);
	let (import, babe) = sc_consensus_babe::block_import(
		babe_configuration,
		grandpa_import.clone(),
		client.clone(),
		inherents.clone(),
		select_chain.clone(),
		engine_reports::pool(&reports),
	)?;
	let watch = Arc::new(Watch::new(client.clone(), reports.clone()));
	let import = WatchedImport::new(import, watch.clone());
	let babe_worker = babe_worker::start(&babe, import.clone(), client.clone(), essential)?;
	let verifier = sc_consensus_babe::build_verifier(BuildVerifierParams {
		client: client.clone(),
		slot_duration,
		config: babe.config().clone(),
		epoch_changes: babe.epoch_changes().clone(),
		telemetry: base.telemetry_handle(),
	});
	let import_queue = BasicQueue::new(
		TimedVerifier::new(WatchedVerifier::new(verifier, watch), slot_duration),
		Box::new(import.clone()),
		Some(Box::new(grandpa_import)),
		essential,
		config.prometheus_registry(),
	);

	let consensus = Consensus { import, babe, babe_worker, grandpa, inherents, reports };
	Ok(Parts { base, import_queue, consensus })
}
