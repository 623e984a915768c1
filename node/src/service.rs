//! Starts a node of a chain whose validators make its blocks. [`crate::seal`] starts one whose blocks are made on
//! command.

use crate::{
	consensus::{self, Consensus, Parts, Voter},
	equivocation::Reporter,
	hardware,
	network::{self, Setup},
	own_keys,
	sdk::{
		clock,
		tasks::{self, Rpc},
	},
};
use sc_service::{Configuration, Error, TaskManager};
use std::path::Path;

/// Starts a node. It runs as long as the returned task manager. `cache` is that of [`consensus::open`].
pub fn start(
	mut config: Configuration,
	measure_hardware: bool,
	cache: Option<&Path>,
) -> Result<TaskManager, Error> {
	let listening = network::listen(&mut config)?;
	let Parts { mut base, import_queue, consensus } = consensus::open(&config, cache)?;
	let Consensus { import, babe, babe_worker, grandpa, inherents, reports } = consensus;
	let is_authority = config.role.is_authority();
	let measured = measure_hardware.then(|| hardware::check(config.database.path(), is_authority));

	let mut setup = Setup::new(&config);
	let voter = Voter::new(&config, &base, grandpa, &mut setup)?;
	let warp_sync = voter.warp_sync(&config, base.backend.clone())?;
	let (network, controls) = setup.start(&config, &base, import_queue, Some(warp_sync))?;

	let votes = Some(voter.votes(base.backend.clone()));
	let rpc = Rpc { listening, babe: babe_worker, votes, commands: None };
	tasks::spawn(&config, &mut base, &network, controls, rpc)?;
	let spawn = base.task_manager.spawn_handle();
	if let (Some(measured), Some(telemetry)) = (measured, base.telemetry_handle()) {
		let report = sc_sysinfo::initialize_hwbench_telemetry(telemetry, measured);
		spawn.spawn("telemetry_hwbench", None, report);
	}
	let reporter = Reporter {
		reports: reports.clone(),
		client: base.client.clone(),
		pool: base.transaction_pool.clone(),
		keystore: base.keystore(),
		authors: is_authority,
	};
	spawn.spawn_blocking("equivocation-reports", None, reporter.run());
	spawn.spawn("clock", None, clock::watch(base.client.clone(), babe.config().slot_duration()));

	if is_authority {
		spawn.spawn_blocking("own-keys", None, own_keys::watch(base.client.clone(), base.keystore()));
		consensus::author(&config, &base, &network, import, babe, inherents)?;
		network.discover_validators(&config, &base);
	}
	if !config.disable_grandpa {
		voter.start(&config, &base, &network, &reports)?;
	}
	Ok(base.task_manager)
}
