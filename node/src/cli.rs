//! The command line.

use crate::{
	chain_spec::{self, CHAINS},
	error::flatten,
	founding::NetworkSubcommand,
	help,
	key::KeySubcommand,
	sdk::base_path::PROJECT,
	seal::Mode,
};
use clap::{
	builder::{PossibleValuesParser, TypedValueParser},
	error::ErrorKind,
	Command,
};
use sc_cli::{NetworkBackendType, SubstrateCli};
use std::{path::PathBuf, process::ExitCode};

/// The arguments of the node.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// A subcommand to run instead of the node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run the node.
	#[clap(flatten)]
	pub run: sc_cli::RunCmd,

	/// Start without measuring the hardware, which takes some seconds. A development chain never measures it.
	#[arg(long)]
	pub no_hardware_benchmarks: bool,

	/// The folder in which the node keeps compiled runtimes, so that it does not compile them at each start, which takes
	/// seconds. Nodes of the same user can share it. Other users must not be able to write to it. By default, it is
	/// `runtime-cache` in the base path.
	#[arg(long, value_name = "FOLDER", env = "MAINSTAY_RUNTIME_CACHE")]
	pub runtime_cache: Option<PathBuf>,

	/// Make the blocks of a development chain on command. Each block is final at once. `instant` makes a block as soon
	/// as transactions are ready, a number makes one every so many milliseconds, and `manual` makes blocks only through
	/// the JSON-RPC methods dev_newBlocks and dev_nextEra, which also work in the other modes.
	///
	/// The chain's clock moves by a slot with each block. The node has the session keys of Alice to Ferdie. It talks to
	/// no peers and gives no proofs of finality, so light clients cannot follow the chain.
	#[arg(long, value_name = "WHEN", conflicts_with_all = NOT_WITH_SEAL)]
	pub seal: Option<Mode>,
}

/// Options for a chain of validators or for a node with peers, and the type of pool, which is for chains with forks.
const NOT_WITH_SEAL: [&str; 15] = [
	"validator",
	"force_authoring",
	"no_grandpa",
	"sync",
	"bootnodes",
	"reserved_nodes",
	"reserved_only",
	"public_addr",
	"listen_addr",
	"port",
	"out_peers",
	"in_peers",
	"in_peers_light",
	"telemetry_endpoints",
	"pool_type",
];

/// What the program does besides running a node. No subcommand uses the network. Those that open the database need
/// the node to be stopped.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Make, inspect and store keys
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Found a network
	#[command(subcommand)]
	Network(NetworkSubcommand),

	/// Write a chain spec as JSON, plain or raw
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Print the best, the finalized and the genesis block of the database as JSON
	ChainInfo(sc_cli::ChainInfoCmd),

	/// Delete the database; keys stay
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Remove the newest blocks that are not final
	Revert(sc_cli::RevertCmd),

	/// Execute a block in the database again
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Import blocks from a file
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Write the state after a block as a raw chain spec, to test upgrades. No chain can start from it
	ExportState(sc_cli::ExportStateCmd),

	/// Print a script that completes commands in a shell
	Completions(help::Completions),

	/// Write the man pages into a folder
	Man(help::Man),
}

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Mainstay Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	// The SDK derives the default base path from this name. It is fixed so that a renamed binary finds its data.
	fn executable_name() -> String {
		PROJECT.into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"the Mainstay contributors".into()
	}

	fn support_url() -> String {
		"the issue tracker of the repository this binary was built from".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		chain_spec::load(id)
	}

	fn setup_command(command: Command) -> Command {
		narrow(command)
			.name(Self::executable_name())
			.version(Self::impl_version())
			.about(Self::description())
			.long_about(Self::description())
			.propagate_version(true)
			.args_conflicts_with_subcommands(true)
			.subcommand_negates_reqs(true)
			.mut_arg("network_backend", |arg| {
				// The service is compiled for one of the two libraries.
				let only = PossibleValuesParser::new(["litep2p"]).map(|_| NetworkBackendType::Litep2p);
				let help = "The networking library; only litep2p is built in.";
				arg.value_parser(only).hide_possible_values(true).help(help).long_help(help)
			})
			.mut_arg("rpc_methods", |arg| {
				let help = "Who may call the owner's methods, which change keys, peers, the log and the like: auto, clients that \
					use the address in the file `owner` of the chain's folder; safe, nobody; unsafe, everybody.";
				arg.help(help).long_help(help)
			})
	}
}

/// Replaces the help of every `--chain` and `--dev`: the SDK's lists chains that this program does not have.
fn narrow(mut command: Command) -> Command {
	if command.get_arguments().any(|arg| arg.get_id() == "chain") {
		let help = format!("The chain: {CHAINS}.");
		command = command.mut_arg("chain", |arg| arg.value_name("CHAIN").help(help.clone()).long_help(help));
	}
	if command.get_arguments().any(|arg| arg.get_id() == "dev") {
		let help =
			"Run a chain of one validator on this machine: --chain dev with the keys of Alice, a temporary base \
			path, and RPC that any web page may use.";
		command = command.mut_arg("dev", |arg| arg.help(help).long_help(help));
	}
	let subcommands: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
	subcommands.into_iter().fold(command, |command, name| command.mut_subcommand(name, narrow))
}

/// Parses the arguments of this process. Wrong arguments are reported in one line, and the exit code is returned.
/// `--help` and `--version` are printed here as well.
pub fn parse() -> Result<Cli, ExitCode> {
	Cli::try_from_iter(std::env::args_os()).map_err(|error| {
		if matches!(
			error.kind(),
			ErrorKind::DisplayHelp
				| ErrorKind::DisplayVersion
				| ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
		) {
			error.exit()
		}
		eprintln!("Error: {} (see `mainstay --help`)", refusal(&error));
		ExitCode::from(2)
	})
}

/// The error about the arguments, without the usage text that follows it.
fn refusal(error: &clap::Error) -> String {
	let text = error.render().to_string();
	let text = text.split("\nUsage:").next().unwrap_or_default();
	let text = text.split("\nFor more information").next().unwrap_or_default();
	flatten(text.trim_start_matches("error: "))
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	fn refused(arguments: &[&str]) -> String {
		let arguments = ["mainstay"].iter().chain(arguments);
		refusal(&Cli::try_from_iter(arguments).expect_err("these arguments are wrong"))
	}

	#[test]
	fn the_definition_is_sound() {
		Cli::setup_command(Cli::command()).debug_assert();
	}

	#[test]
	fn wrong_arguments_are_refused_in_one_line() {
		assert_eq!(
			refused(&["--chian", "dev"]),
			"unexpected argument '--chian' found; tip: a similar argument exists: '--chain'"
		);
		assert!(refused(&["--network-backend", "libp2p"]).starts_with(
			"invalid value 'libp2p' for '--network-backend <NETWORK_BACKEND>' [possible values: litep2p]"
		));
		assert_eq!(
			refused(&["key", "generate-node-key", "--base-path", "x"]),
			"the following required arguments were not provided: --chain <CHAIN>"
		);
	}

	#[test]
	fn a_chain_on_command_has_no_validators_and_no_peers() {
		for (argument, value) in [
			("--validator", None),
			("--force-authoring", None),
			("--sync", Some("warp")),
			("--port", Some("30333")),
			("--listen-addr", Some("/ip4/127.0.0.1/tcp/1")),
			("--reserved-only", None),
		] {
			let arguments: Vec<_> =
				["--dev", "--seal", "instant", argument].into_iter().chain(value).collect();
			let refusal = refused(&arguments);
			assert!(
				refusal.contains("'--seal <WHEN>' cannot be used with") && refusal.contains(argument),
				"{refusal}"
			);
		}
		assert!(
			refused(&["--seal", "often"]).starts_with("invalid value 'often' for '--seal <WHEN>': expected")
		);
		let cli = Cli::try_from_iter(["mainstay", "--dev", "--seal", "500"]).expect("valid");
		assert_eq!(cli.seal, Some(Mode::Every(std::time::Duration::from_millis(500))));
	}

	#[test]
	fn rpc_4_help_says_who_the_owner_is() {
		let mut command = Cli::setup_command(Cli::command());
		let help = command.render_long_help().to_string();
		assert!(help.contains("the address in the file `owner`"), "{help}");
	}

	#[test]
	fn a_node_key_for_no_chain_needs_none() {
		let cli = Cli::try_from_iter(["mainstay", "key", "generate-node-key", "--file", "x"]);
		assert!(matches!(cli.expect("valid").subcommand, Some(Subcommand::Key(_))));
	}
}
