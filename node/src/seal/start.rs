//! Starts a node whose blocks are made on command.

use super::{claim::Claims, clock::Clock, command, mark, mode::Mode, sealer::Sealer};
use crate::{
	base::Base,
	equivocation::Reports,
	network::{self, Controls, Setup},
	sdk::{
		alone, engine_reports,
		tasks::{self, Rpc},
	},
};
use futures::FutureExt;
use sc_service::{ChainType, Configuration, Error, Role, TaskManager};
use sp_blockchain::HeaderBackend;
use sp_core::traits::SpawnEssentialNamed;
use std::{path::Path, sync::Arc};

/// The validators whose session keys the node has. With any of them, it can author slots.
const VALIDATORS: [&str; 6] = ["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie"];

/// Starts a node that makes blocks in `mode`, and on command. It runs as long as the returned task manager. `cache` is that of
/// [`Base::open`].
///
/// Refuses a chain that is not for development: on a public chain, no other node would accept these blocks.
pub fn start(mut config: Configuration, mode: Mode, cache: Option<&Path>) -> Result<TaskManager, Error> {
	ensure_development(&config)?;
	alone::isolate(&mut config);
	config.role = Role::Authority;
	let listening = network::listen(&mut config)?;
	let mut base = Base::open(&config, cache)?;
	let client = base.client.clone();
	mark::ensure(&client, true)?;
	let keystore = base.keystore();
	let seeds = VALIDATORS.map(String::from).to_vec();
	sp_session::generate_initial_session_keys(
		client.clone(),
		client.info().best_hash,
		seeds,
		keystore.clone(),
	)
	.map_err(|error| Error::Application(Box::new(error)))?;

	let babe_configuration = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_configuration.slot_duration();
	let clock = Clock::new(slot_duration);
	// The import of a block checks its time, so it needs the same clock as the author.
	let reports = Arc::new(Reports::open(client.clone())?);
	let (import, babe) = sc_consensus_babe::block_import(
		babe_configuration,
		client.clone(),
		client.clone(),
		clock.clone(),
		base.select_chain.clone(),
		engine_reports::pool(&reports),
	)?;
	// No block comes in through this queue. The network requires one, and it comes with the worker that answers
	// questions about epochs.
	let (import_queue, babe_worker) =
		sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
			link: babe.clone(),
			block_import: import.clone(),
			justification_import: None,
			client: client.clone(),
			slot_duration,
			spawner: &base.essential,
			registry: config.prometheus_registry(),
			telemetry: None,
		})?;
	let (network, controls) = Setup::new(&config).start(&config, &base, import_queue, None)?;
	let requests = alone::without_peers(&base.task_manager.spawn_handle(), controls.requests);
	let controls = Controls { requests, ..controls };

	let (commands, jobs) = command::queue();
	let rpc = Rpc { listening, babe: babe_worker, votes: None, commands: Some(commands) };
	tasks::spawn(&config, &mut base, &network, controls, rpc)?;

	let proposers = sc_basic_authorship::ProposerFactory::new(
		base.task_manager.spawn_handle(),
		client.clone(),
		base.transaction_pool.clone(),
		config.prometheus_registry(),
		None,
	);
	let sealer = Sealer {
		claims: Claims::new(client.clone(), keystore, babe),
		client,
		pool: base.transaction_pool,
		select_chain: base.select_chain,
		clock,
		proposers,
		import,
		slot_millis: slot_duration.as_millis(),
		requested: None,
	};
	log::info!("🔨 {}", beginning(mode));
	base.essential.spawn_essential_blocking(
		"sealer",
		Some("block-authoring"),
		sealer.run(mode, jobs).boxed(),
	);
	Ok(base.task_manager)
}

/// What the log says at the start.
fn beginning(mode: Mode) -> String {
	let when = match mode {
		Mode::Instant => "as soon as transactions are ready".into(),
		Mode::Manual => "only on command".into(),
		Mode::Every(time) => format!("every {} ms", time.as_millis()),
	};
	format!(
		"Blocks are made {when}, and by dev_newBlocks and dev_nextEra; each is final at once. This node talks to no peers. \
		 Nobody votes on blocks or seals them, so there are no proofs of finality, and light clients cannot follow."
	)
}

/// Refuses a chain that is not for development, or for testing on one machine.
fn ensure_development(config: &Configuration) -> Result<(), Error> {
	match config.chain_spec.chain_type() {
		ChainType::Development | ChainType::Local => Ok(()),
		other => Err(refusal(config.chain_spec.name(), &other).into()),
	}
}

fn refusal(name: &str, kind: &ChainType) -> String {
	let kind: &str = match kind {
		ChainType::Live => "Live",
		ChainType::Custom(kind) => kind,
		ChainType::Development => "Development",
		ChainType::Local => "Local",
	};
	format!(
		"--seal is only for chains of type Development or Local, and `{name}` is of type {kind}: only its validators make its \
		 blocks. Start with --dev --seal, or with a chain spec of such a type"
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::time::Duration;

	#[test]
	fn a_public_chain_is_refused_by_name_and_type() {
		let text = refusal("Mainstay", &ChainType::Live);
		assert!(text.contains("`Mainstay` is of type Live"), "{text}");
		assert!(refusal("x", &ChainType::Custom("shadow".into())).contains("of type shadow"));
	}

	#[test]
	fn the_log_says_when_blocks_are_made_and_what_is_not_there() {
		for (mode, when) in [
			(Mode::Instant, "as soon as transactions are ready,"),
			(Mode::Manual, "only on command,"),
			(Mode::Every(Duration::from_millis(500)), "every 500 ms,"),
		] {
			let text = beginning(mode);
			assert!(text.contains(when) && text.contains("no proofs of finality"), "{text}");
		}
	}
}
