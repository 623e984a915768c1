//! The run of a command on the chain, from its connection to its end.

use crate::{
	chain::Chain,
	context::{Context, Global},
	error::Error,
	guard,
	output::{finish, Out},
	transaction::stop_signal,
};
use std::future::Future;

/// Connects to the node.
pub async fn connect(global: Global, out: Out) -> Result<Context, Error> {
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

/// Runs `doing` until it ends or the user interrupts it.
pub async fn until_told(
	context: &Context,
	doing: impl Future<Output = Result<(), Error>>,
) -> Result<(), Error> {
	// Until something is sent, Ctrl-C simply ends the process, also at a prompt.
	let interrupted = async {
		context.sending.notified().await;
		stop_signal().await;
	};
	let end = tokio::select! {
		// A command that waits for a transaction reports what is known about it.
		biased;
		end = doing => end.and_then(|()| finish()),
		() = interrupted => Err(Error::Interrupted),
	};
	end.map_err(|error| error.after(context.sent.take()))
}
