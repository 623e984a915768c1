//! The commands: each file the arguments of some, and what they do.

pub mod avs;
pub mod call;
pub mod delegator;
pub mod help;
pub mod key;
pub mod operator;
pub mod proxy;
pub mod show;
pub mod stream;
pub mod validator;
pub mod watch;

use crate::{
	chain::Chain,
	cli::{Cli, Command},
	context::Context,
	error::Error,
	output::Out,
	runtime::mainstay_primitives::ids::Kind,
};
use serde_json::{json, Value};

/// Does what the command line says.
pub async fn run(cli: Cli) -> Result<(), Error> {
	let out = Out::new(cli.global.json, cli.global.plain);
	// These need no node.
	let command = match cli.command {
		Command::Key(command) => {
			let reply = key::run(command, &cli.global.key_options())?;
			out.value(&reply.json, &reply.human);
			return Ok(());
		},
		Command::Completions(command) => return command.run(),
		Command::Man(command) => return command.run(),
		command => command,
	};
	let chain = Chain::connect(&cli.global.url).await?;
	if let Some(mismatch) = chain.mismatch().await? {
		out.note(&format!("note: {mismatch}"));
	}
	let context = Context { global: cli.global, chain, out, signer: Default::default() };
	match command {
		Command::Transfer(command) => command.run(&context).await,
		Command::Stake(command) => command.run(&context).await,
		Command::Restake(command) => command.run(&context).await,
		Command::OptIn(command) => command.run(&context).await,
		Command::Exit(command) => command.run(&context).await,
		Command::Claim(command) => command.run(&context).await,
		Command::Collect(command) => command.run(&context).await,
		Command::PayoutAccount(command) => command.run(&context).await,
		Command::Operator(command) => command.run(&context).await,
		Command::Avs(command) => command.run(&context).await,
		Command::Validator(command) => command.run(&context).await,
		Command::Proxy(command) => command.run(&context).await,
		Command::Show(command) => command.run(&context).await,
		Command::Watch(command) => command.run(&context).await,
		Command::Call(command) => command.run(&context).await,
		Command::Key(_) | Command::Completions(_) | Command::Man(_) => Ok(()),
	}
}

/// A kind of pool, as JSON-RPC writes it, or as events do.
fn kind_of(kind: &Value) -> Option<Kind> {
	match kind.as_str() {
		Some("stake" | "Stake") => Some(Kind::Stake),
		Some("native" | "Native") => Some(Kind::Native),
		_ => Some(Kind::Asset(kind.get("asset").or(kind.get("Asset"))?.as_u64()?.try_into().ok()?)),
	}
}

/// The running era, as `staking_era` tells of it.
async fn era(context: &Context) -> Result<Value, Error> {
	Ok(context.chain.read("staking_era", json!({})).await?.unwrap_or_default())
}
