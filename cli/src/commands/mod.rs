//! The commands. Each file has the arguments of some commands, and runs them.

pub mod avs;
pub mod call;
pub mod claim;
pub mod delegator;
pub mod dev;
pub mod governance;
pub mod help;
pub mod key;
pub mod multisig;
pub mod operator;
pub mod proxy;
pub mod risk;
mod session;
pub mod show;
pub mod stream;
pub mod transfer;
pub mod validator;
pub mod watch;

use crate::{
	context::{Context, Global},
	error::Error,
	output::{finish, Out},
};
use clap::Subcommand;
use session::{connect, until_told};

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Keys: make, import, list
	///
	/// They are in $MAINSTAY_KEYS, else in ~/.config/mainstay/keys, in the format of polkadot.js. A new key, and one from a
	/// seed phrase, is of sr25519, or of ed25519 or ecdsa with --scheme: the same phrase is another account in each scheme.
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
	/// Take an amount out of an operator's pool; it can be claimed after the exit delay
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
	/// Show a multisig and the calls that wait for its signatures, or cancel one
	///
	/// A multisig is an account that follows from its signatories and the number of them that have to sign: nobody
	/// registers it. Every command that sends signs for one with --multisig.
	#[command(subcommand)]
	Multisig(multisig::MultisigCommand),
	/// Govern the chain: propose, vote, delegate votes
	#[command(subcommand)]
	Governance(governance::GovernanceCommand),
	/// Show something on the chain
	#[command(subcommand)]
	Show(show::ShowCommand),
	/// Compute how far a failure of operators or services spreads
	#[command(subcommand)]
	Risk(risk::RiskCommand),
	/// Follow changes in final blocks
	#[command(subcommand)]
	Watch(watch::WatchCommand),
	/// Send a call that was encoded elsewhere
	Call(call::SendCall),
	/// Send a transaction again if its outcome is unknown, and wait for it. It takes effect once at most
	Resend(call::Resend),
	/// Command a development chain that runs with --seal
	#[command(subcommand)]
	Dev(dev::DevCommand),
	/// Print a script that completes commands in a shell
	Completions(help::Completions),
	/// Write the man pages into a folder
	Man(help::Man),
}

/// Runs a command. `program` is the definition of the whole command line.
pub async fn run(command: Command, global: Global, program: clap::Command) -> Result<(), Error> {
	let out = Out::new(global.json, global.plain);
	// These commands need no node, or not the one at --url.
	let command = match command {
		Command::Key(command) => {
			let reply = key::run(command, &global.key_options())?;
			out.value(&reply.json, &reply.human);
			return finish();
		},
		Command::Risk(command) => {
			risk::run(&command, &out)?;
			return finish();
		},
		Command::Completions(command) => {
			command.run(&out, program)?;
			return finish();
		},
		Command::Man(command) => return command.run(program),
		Command::Resend(command) => return command.run(global, out).await,
		Command::Multisig(multisig::MultisigCommand::Show(command)) => {
			command.run(&global, &out)?;
			return finish();
		},
		Command::Validator(validator::ValidatorCommand::GenesisEntry(command)) => {
			command.run(&global.key_options(), &out).await?;
			return finish();
		},
		command => command,
	};
	let context = connect(global, out).await?;
	until_told(&context, run_on_chain(&context, command)).await
}

async fn run_on_chain(context: &Context, command: Command) -> Result<(), Error> {
	match command {
		Command::Transfer(command) => command.run(context).await,
		Command::Stake(command) => command.run(context).await,
		Command::Restake(command) => command.run(context).await,
		Command::OptIn(command) => command.run(context).await,
		Command::Exit(command) => command.run(context).await,
		Command::Claim(command) => command.run(context).await,
		Command::Collect(command) => command.run(context).await,
		Command::PayoutAccount(command) => command.run(context).await,
		Command::Operator(command) => command.run(context).await,
		Command::Avs(command) => command.run(context).await,
		Command::Validator(command) => command.run(context).await,
		Command::Proxy(command) => command.run(context).await,
		Command::Governance(command) => command.run(context).await,
		Command::Multisig(command) => command.run(context).await,
		Command::Show(command) => command.run(context).await,
		Command::Watch(command) => command.run(context).await,
		Command::Call(command) => command.run(context).await,
		Command::Dev(command) => command.run(context).await,
		Command::Key(_)
		| Command::Risk(_)
		| Command::Completions(_)
		| Command::Man(_)
		| Command::Resend(_) => Ok(()),
	}
}
