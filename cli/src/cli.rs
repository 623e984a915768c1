//! The command line.

use crate::{commands::Command, context::Global, error::EXIT_CODES};
use clap::Parser;

/// Stake, restake, run operators and services on a Mainstay chain.
///
/// Amounts are in STAY (12 decimals), or in the asset's own unit. Parts are written 25% or 1/3, an operator set 0/1 (set 1
/// of service 0), a kind of pool stake, native or asset:7. An account is an address, a name of the keystore, or //Alice on
/// a development chain.
#[derive(Debug, Parser)]
#[command(
	name = "mainstay-cli",
	version,
	propagate_version = true,
	arg_required_else_help = true,
	max_term_width = 100
)]
#[command(after_long_help = EXIT_CODES)]
pub struct Cli {
	/// The command.
	#[command(subcommand)]
	pub command: Command,
	/// The options for every command.
	#[command(flatten)]
	pub global: Global,
}
