//! The command line.

use crate::{commands::*, context::Global, error::EXIT_CODES};
use clap::{Parser, Subcommand};

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
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
	/// How to do it.
	#[command(flatten)]
	pub global: Global,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Keys: make, import, list
	#[command(subcommand)]
	Key(key::KeyCommand),
	/// Send STAY or an asset to an account
	Transfer(transfer::Transfer),
	/// Delegate STAY to an operator, at the risk of consensus offences only
	Stake(delegator::Stake),
	/// Delegate STAY or an asset to an operator, for services to rely on
	Restake(delegator::Restake),
	/// Move your stake with an operator into its restaked pool, so that services rely on it
	OptIn(delegator::OptIn),
	/// Take something out of an operator's pool; it can be claimed after the exit delay
	Exit(delegator::Exit),
	/// Pay out exits that have matured
	Claim(claim::Claim),
	/// Pay out rewards
	Collect(delegator::Collect),
	/// Choose another account to which rewards are paid
	PayoutAccount(delegator::PayoutAccount),
	/// Run an operator
	#[command(subcommand)]
	Operator(operator::OperatorCommand),
	/// Run a service (AVS) that is secured by restaked value
	#[command(subcommand)]
	Avs(avs::AvsCommand),
	/// Validate the chain
	#[command(subcommand)]
	Validator(validator::ValidatorCommand),
	/// Let another key sign for the account
	#[command(subcommand)]
	Proxy(proxy::ProxyCommand),
	/// Look something up
	#[command(subcommand)]
	Show(show::ShowCommand),
	/// Compute how far a failure of operators or services spreads
	#[command(subcommand)]
	Risk(risk::RiskCommand),
	/// Follow what happens, in final blocks
	#[command(subcommand)]
	Watch(watch::WatchCommand),
	/// Send a call that was encoded elsewhere
	Call(call::SendCall),
	/// Send a transaction again when it is not known what became of it, and wait for it: it cannot be paid twice
	Resend(call::Resend),
	/// Drive a development chain whose blocks are made on command
	#[command(subcommand)]
	Dev(dev::DevCommand),
	/// Print a script that completes commands in a shell
	Completions(help::Completions),
	/// Write the man pages into a folder
	Man(help::Man),
}
