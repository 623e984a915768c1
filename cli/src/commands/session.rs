//! A command at work on the chain: from its connection to its end.

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

/// Does something on the chain, until that ends or somebody ends it.
pub async fn until_told(
	context: &Context,
	doing: impl Future<Output = Result<(), Error>>,
) -> Result<(), Error> {
	// Before something is sent, Ctrl-C simply ends the process, at a question, too.
	let interrupted = async {
		context.sending.notified().await;
		stop_signal().await;
	};
	let end = tokio::select! {
		// Whoever waits for a transaction says what is known of it.
		biased;
		end = doing => end.and_then(|()| finish()),
		() = interrupted => Err(Error::Interrupted),
	};
	end.map_err(|error| error.after(context.sent.take()))
}
