//! Runs the node or a subcommand.

use crate::{
	base::Base,
	cli::{Cli, Subcommand},
	client::{FullBackend, FullClient},
	consensus, database, key,
	sdk::{arguments, base_path},
	seal, secrets, service,
};
use clap::CommandFactory;
use mainstay_runtime::opaque::Block;
use sc_cli::{CliConfiguration, Error, PurgeChainCmd, Result, Runner, SubstrateCli, TransactionPoolType};
use sc_service::{config::KeystoreConfig, ChainType, Configuration, TaskManager};
use std::{
	fs,
	io::{self, Write},
	path::Path,
	sync::Arc,
};

/// Runs the node until a signal, or a subcommand until it is done.
pub fn run(cli: &Cli) -> Result<()> {
	use Subcommand::*;
	// These files are not secret: the caller's umask decides who may read them.
	if !matches!(
		&cli.subcommand,
		Some(Network(_) | ExportChainSpec(_) | ExportBlocks(_) | ExportState(_) | Man(_))
	) {
		secrets::keep_from_others();
	}
	match &cli.subcommand {
		None => run_node(cli),
		Some(Key(command)) => command.run().map_err(|error| naming(Some(Path::new("the key file")), error)),
		Some(Network(command)) => command.run(),
		Some(ExportChainSpec(command)) => {
			let output = command.output.as_deref();
			ensure_new(output)?;
			command.run(cli.load_spec(&command.chain)?).map_err(|error| naming(output, error))
		},
		Some(Completions(command)) => command.run(Cli::setup_command(Cli::command())),
		Some(Man(command)) => command.run(Cli::setup_command(Cli::command())),
		Some(ChainInfo(command)) => runner(cli, command)?.sync_run(|config| {
			database::ensure_exists(&config)?;
			database::ensure_free(&config)?;
			command.run::<Block>(&config)?;
			println!();
			Ok(())
		}),
		Some(PurgeChain(command)) => runner(cli, command)?.sync_run(|config| purge(command, config)),
		Some(Revert(command)) => runner(cli, command)?.async_run(|config| {
			database::ensure_exists(&config)?;
			let Parts { client, backend, import_queue, mut task_manager } = parts(cli, &config)?;
			task_manager.keep_alive(import_queue);
			Ok((command.run(client, backend, Some(Box::new(revert_consensus))), task_manager))
		}),
		Some(CheckBlock(command)) => runner(cli, command)?.async_run(|config| {
			database::ensure_exists(&config)?;
			let Parts { client, import_queue, task_manager, .. } = parts(cli, &config)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(ExportBlocks(command)) => {
			ensure_new(command.output.as_deref())?;
			runner(cli, command)?.async_run(|config| {
				database::ensure_exists(&config)?;
				let Parts { client, import_queue, mut task_manager, .. } = parts(cli, &config)?;
				task_manager.keep_alive(import_queue);
				let export = async {
					let exported = command.run(client, config.database).await;
					exported.map_err(|error| {
						discard(command.output.as_deref());
						naming(command.output.as_deref(), error)
					})
				};
				Ok((export, task_manager))
			})
		},
		Some(ImportBlocks(command)) => runner(cli, command)?.async_run(|config| {
			let Parts { client, import_queue, task_manager, .. } = parts(cli, &config)?;
			let import = async {
				let imported = command.run(client, import_queue).await;
				imported.map_err(|error| naming(command.input.as_deref(), error))
			};
			Ok((import, task_manager))
		}),
		Some(ExportState(command)) => runner(cli, command)?.async_run(|config| {
			database::ensure_exists(&config)?;
			let Parts { client, import_queue, mut task_manager, .. } = parts(cli, &config)?;
			task_manager.keep_alive(import_queue);
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
	let mut run = cli.run.clone();
	arguments::ensure_log_filters(&run.shared_params)?;
	arguments::ensure_origins(run.rpc_params.rpc_cors.as_ref())?;
	if cli.seal.is_some() {
		// The fork-aware pool has no transactions ready before it has seen a block since its start. The single-state pool
		// ignores forks, which this chain does not have.
		run.pool_config.pool_type = TransactionPoolType::SingleState;
	}
	let key_file = key::settle_network_key(&mut run).map_err(|error| match error {
		Error::NetworkKeyNotFound(path) => Error::Input(missing_node_key(&run, &path)),
		other => other,
	})?;
	let password_file = run.keystore_params.password_filename.clone();
	runner(cli, &run)?.run_node_until_exit(|config| async move {
		if let KeystoreConfig::Path { path, .. } = &config.keystore {
			secrets::close(path);
		}
		[key_file, password_file].iter().flatten().for_each(|file| secrets::close(file));
		let cache = cli.runtime_cache.as_deref();
		if let Some(mode) = cli.seal {
			return seal::start(config, mode, cache).map_err(Error::from);
		}
		let measure = !cli.no_hardware_benchmarks && config.chain_spec.chain_type() != ChainType::Development;
		service::start(config, measure, cache).map_err(Error::from)
	})
}

/// The runner for `command`, after checks that the SDK lacks.
fn runner<C: CliConfiguration>(cli: &Cli, command: &C) -> Result<Runner<Cli>> {
	arguments::ensure_log_filters(command.shared_params())?;
	let base_path = base_path::or_default(command.base_path()?)?;
	// At this point the process has only created files in the base path.
	cli.create_runner(command).map_err(|error| naming(Some(base_path.path()), error))
}

/// The parts that subcommands use.
struct Parts {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	import_queue: sc_consensus::DefaultImportQueue<Block>,
	task_manager: TaskManager,
}

/// Opens the database. The parts that no subcommand uses stay alive with the tasks: otherwise the tasks that serve
/// them would end and count as failed.
fn parts(cli: &Cli, config: &Configuration) -> Result<Parts> {
	let consensus::Parts { base, import_queue, consensus } =
		consensus::open(config, cli.runtime_cache.as_deref())?;
	let Base { client, backend, mut task_manager, transaction_pool, telemetry, .. } = base;
	task_manager.keep_alive((transaction_pool, telemetry, consensus));
	Ok(Parts { client, backend, import_queue, task_manager })
}

/// Deletes the database after the user has confirmed.
fn purge(command: &PurgeChainCmd, config: Configuration) -> Result<()> {
	// Files can be deleted while a node has them open, and it would continue without them for a while.
	database::ensure_free(&config)?;
	let mut command = command.clone();
	if !command.yes {
		let folder = config.database.path().and_then(Path::parent).unwrap_or(Path::new("the database"));
		print!("Delete {}? [y/N] ", folder.display());
		io::stdout().flush()?;
		let mut answer = String::new();
		io::stdin().read_line(&mut answer)?;
		if !is_yes(&answer) {
			return Err("nothing is deleted: the answer was not `y` (-y answers in advance)".into());
		}
		command.yes = true;
	}
	command.run(config.database)
}

fn is_yes(answer: &str) -> bool {
	["y", "yes"].contains(&answer.trim().to_lowercase().as_str())
}

/// Refuses to overwrite a file. A pipe or a device may exist.
fn ensure_new(output: Option<&Path>) -> Result<()> {
	match output {
		Some(output) if output.is_file() => {
			Err(format!("{} exists already, and is not overwritten: name another file", output.display())
				.into())
		},
		_ => Ok(()),
	}
}

/// Deletes the incomplete file of a failed export, which did not exist before, so that the export can be repeated.
fn discard(output: Option<&Path>) {
	if let Some(output) = output.filter(|output| output.is_file()) {
		let _ = fs::remove_file(output);
	}
}

/// Reverts BABE's and GRANDPA's own records by `blocks`, like the blocks themselves.
fn revert_consensus(
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	blocks: mainstay_runtime::BlockNumber,
) -> Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}

/// The error that names the command which makes the missing network key of a validator, at `path`. Peers find a
/// validator by this key, so the node does not make one by itself.
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

/// Adds the name of the file or folder to an error, since the system's message lacks it.
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

	/// node 8
	#[test]
	fn only_a_yes_deletes() {
		assert!(["y\n", "Y", "yes\n", " Yes "].into_iter().all(is_yes));
		assert!(!["", "\n", "n\n", "yellow\n", "no"].into_iter().any(is_yes));
	}
}
