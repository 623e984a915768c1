//! Running what the command line asks for.

use crate::{
	cli::{Cli, Subcommand},
	database, service,
};
use mainstay_runtime::opaque::Block;
use sc_cli::{Error, Result, SubstrateCli};
use sc_service::PartialComponents;
use std::path::Path;

/// Runs the node until a signal, or a subcommand until it is done.
pub fn run(cli: &Cli) -> Result<()> {
	match &cli.subcommand {
		None => run_node(cli),
		Some(Subcommand::Key(command)) => run_key(cli, command),
		Some(Subcommand::ExportChainSpec(command)) => command
			.run(cli.load_spec(&command.chain)?)
			.map_err(|error| naming(command.output.as_deref(), error)),
		Some(Subcommand::ChainInfo(command)) => cli.create_runner(command)?.sync_run(|config| {
			database::ensure_exists(&config)?;
			database::ensure_free(&config)?;
			command.run::<Block>(&config)?;
			println!();
			Ok(())
		}),
		Some(Subcommand::PurgeChain(command)) => cli.create_runner(command)?.sync_run(|config| {
			// Files can be deleted under a running node, which would go on without them for a while.
			database::ensure_free(&config)?;
			command.run(config.database)
		}),
		Some(Subcommand::Revert(command)) => cli.create_runner(command)?.async_run(|config| {
			database::ensure_exists(&config)?;
			let PartialComponents { client, backend, task_manager, .. } = service::parts(&config)?;
			Ok((command.run(client, backend, Some(Box::new(revert_consensus))), task_manager))
		}),
		Some(Subcommand::CheckBlock(command)) => cli.create_runner(command)?.async_run(|config| {
			database::ensure_exists(&config)?;
			let PartialComponents { client, import_queue, task_manager, .. } = service::parts(&config)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ExportBlocks(command)) => cli.create_runner(command)?.async_run(|config| {
			database::ensure_exists(&config)?;
			let PartialComponents { client, task_manager, .. } = service::parts(&config)?;
			let export = async {
				let exported = command.run(client, config.database).await;
				exported.map_err(|error| naming(command.output.as_deref(), error))
			};
			Ok((export, task_manager))
		}),
		Some(Subcommand::ImportBlocks(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, import_queue, task_manager, .. } = service::parts(&config)?;
			let import = async {
				let imported = command.run(client, import_queue).await;
				imported.map_err(|error| naming(command.input.as_deref(), error))
			};
			Ok((import, task_manager))
		}),
		Some(Subcommand::ExportState(command)) => cli.create_runner(command)?.async_run(|config| {
			database::ensure_exists(&config)?;
			let PartialComponents { client, task_manager, .. } = service::parts(&config)?;
			let export = async {
				let exported = command.run(client, config.chain_spec).await;
				exported.map_err(|error| match error {
					Error::Client(sp_blockchain::Error::UnknownBlock(_)) => "Unknown block".into(),
					other => other,
				})
			};
			Ok((export, task_manager))
		}),
	}
}

fn run_node(cli: &Cli) -> Result<()> {
	let runner = cli.create_runner(&cli.run).map_err(|error| match error {
		Error::NetworkKeyNotFound(path) => Error::Input(missing_node_key(&cli.run, &path)),
		// This early, files are only made in the base path: the keystore and the network's keys.
		other => naming(cli.run.shared_params.base_path.as_deref(), other),
	})?;
	runner.run_node_until_exit(|config| async move {
		service::start(config, !cli.no_hardware_benchmarks).map_err(Error::from)
	})
}

fn run_key(cli: &Cli, command: &sc_cli::KeySubcommand) -> Result<()> {
	match command {
		// Only a key that goes into a base path belongs to a chain; the others need none to be named.
		sc_cli::KeySubcommand::GenerateNodeKey(generate) if generate.chain.is_none() => generate.common.run(),
		other => other.run(cli),
	}
	.map_err(|error| naming(Some(Path::new("the key file")), error))
}

/// Takes BABE's and GRANDPA's own records back by `blocks`, as the blocks themselves are.
fn revert_consensus(
	client: std::sync::Arc<service::FullClient>,
	backend: std::sync::Arc<service::FullBackend>,
	blocks: mainstay_runtime::BlockNumber,
) -> Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}

/// Says which command makes the key that a validator lacks at `path`. Peers find a validator by this key, so
/// it is not made in passing.
fn missing_node_key(run: &sc_cli::RunCmd, path: &Path) -> String {
	let place = if let Some(file) = &run.network_params.node_key_params.node_key_file {
		format!("--file {}", file.display())
	} else {
		let chain = run.shared_params.chain.as_deref().unwrap_or_default();
		match &run.shared_params.base_path {
			Some(base_path) => format!("--chain {chain} --base-path {}", base_path.display()),
			None => format!("--chain {chain} --default-base-path"),
		}
	};
	format!(
		"a validator needs a network key and there is none at {}; make one with `mainstay key \
		 generate-node-key {place}`",
		path.display()
	)
}

/// Puts the name of the file or folder into an error about it, which the system's message lacks.
fn naming(file: Option<&Path>, error: Error) -> Error {
	match (file, error) {
		(
			Some(file),
			Error::Io(error)
			| Error::Service(sc_service::Error::Io(error))
			| Error::Service(sc_service::Error::Network(sc_network::error::Error::Io(error))),
		) => Error::Input(format!("{}: {error}", file.display())),
		(_, other) => other,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;

	fn advice(arguments: &[&str]) -> String {
		let run = sc_cli::RunCmd::parse_from(["mainstay"].iter().chain(arguments));
		let line = missing_node_key(&run, Path::new("there"));
		line.split("make one with ").nth(1).expect("the line says so").to_owned()
	}

	#[test]
	fn the_advice_fits_the_arguments() {
		assert_eq!(
			advice(&["--validator", "--chain", "local", "--base-path", "b"]),
			"`mainstay key generate-node-key --chain local --base-path b`"
		);
		assert_eq!(
			advice(&["--validator", "--chain", "local"]),
			"`mainstay key generate-node-key --chain local --default-base-path`"
		);
		assert_eq!(
			advice(&["--validator", "--chain", "local", "--node-key-file", "k"]),
			"`mainstay key generate-node-key --file k`"
		);
	}
}
