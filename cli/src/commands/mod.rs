//! The commands: each file the arguments of some, and what they do.

pub mod avs;
pub mod call;
pub mod claim;
pub mod delegator;
pub mod dev;
pub mod help;
pub mod key;
pub mod operator;
pub mod proxy;
pub mod risk;
pub mod show;
pub mod stream;
pub mod transfer;
pub mod validator;
pub mod watch;

use crate::{
	chain::Chain,
	cli::{Cli, Command},
	context::{Context, Global},
	error::Error,
	guard,
	output::{finish, Out},
	runtime::mainstay_primitives::ids::Kind,
	transaction::told_to_end,
};
use serde_json::Value;
use std::future::Future;
use subxt::utils::AccountId32;

/// Does what the command line says.
pub async fn run(cli: Cli) -> Result<(), Error> {
	let out = Out::new(cli.global.json, cli.global.plain);
	// These need no node.
	let command = match cli.command {
		Command::Key(command) => {
			let reply = key::run(command, &cli.global.key_options())?;
			out.value(&reply.json, &reply.human);
			return finish();
		},
		Command::Risk(command) => {
			risk::run(&command, &out)?;
			return finish();
		},
		Command::Completions(command) => {
			command.run(&out)?;
			return finish();
		},
		Command::Man(command) => return command.run(),
		Command::Resend(command) => return command.run(cli.global, out).await,
		command => command,
	};
	let context = connect(cli.global, out).await?;
	until_told(&context, run_on_chain(&context, command)).await
}

/// Connects to the node.
async fn connect(global: Global, out: Out) -> Result<Context, Error> {
	let chain = Chain::connect(&global.url).await?;
	if let Some(mismatch) = guard::mismatch(&chain.at_best().await?) {
		out.note(&format!("note: {mismatch}"));
	}
	Ok(Context {
		global,
		chain,
		out,
		signer: Default::default(),
		sent: Default::default(),
		sending: Default::default(),
	})
}

/// Does something on the chain, until that ends or somebody ends it.
async fn until_told(context: &Context, doing: impl Future<Output = Result<(), Error>>) -> Result<(), Error> {
	// Before something is sent, Ctrl-C simply ends the process, at a question, too.
	let interrupted = async {
		context.sending.notified().await;
		told_to_end().await;
	};
	let end = tokio::select! {
		// Whoever waits for a transaction says what is known of it.
		biased;
		end = doing => end.and_then(|()| finish()),
		() = interrupted => Err(Error::Interrupted),
	};
	end.map_err(|error| error.after(context.sent.take()))
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

/// What went wrong with a call that anyone may make for the owner, who is paid: who cannot pay its fee is told so.
fn or_by_anyone(error: Error, command: &str, owner: &AccountId32) -> Error {
	match error {
		Error::CannotPay(why) => Error::CannotPay(format!(
			"{why}. Anyone may {command} for the owner, who is paid: `mainstay-cli {command} --owner {owner}`, signed by \
			 whoever has the fee"
		)),
		error => error,
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
