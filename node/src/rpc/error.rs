//! Why a method of ours has no answer. The codes do not change.

use jsonrpsee::types::ErrorObjectOwned;
use mainstay_runtime::Hash;

/// Errors beside those that JSON-RPC itself has: -32700 for what is no JSON, -32600 for what is no request, -32601 for an
/// unknown method, and -32602 for parameters that are not what the method takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
	/// This node does not know the block.
	UnknownBlock(Hash),
	/// The state of the block is pruned.
	StatePruned(Hash),
	/// The runtime of that block has no such answer.
	NotInRuntime(Hash),
	/// The block is not final, or not on the final chain.
	NotFinal(Hash),
	/// Too many questions wait for an answer.
	Busy,
	/// The runtime failed to answer.
	Runtime(String),
}

impl Error {
	/// Every error with its code, and what one does about it.
	pub const LIST: [(i32, &'static str, &'static str); 6] = [
		(20_001, "UnknownBlock", "This node does not know the block: ask another, or wait until it has synced."),
		(
			20_002,
			"StatePruned",
			"The state of the block is not kept any more: ask about a later block, or a node that keeps all states \
			 (--state-pruning archive).",
		),
		(20_003, "NotInRuntime", "The runtime of that block is older than the method: ask about a later block."),
		(20_004, "NotFinal", "Subscriptions begin behind a block that is final: name such a block."),
		(20_005, "Busy", "Too many questions wait for an answer: ask again later."),
		(20_006, "Runtime", "The runtime failed to answer; the message says why. Please report it."),
	];

	/// The row of [`Self::LIST`] that says what this is.
	fn listed(&self) -> &'static (i32, &'static str, &'static str) {
		let row = match self {
			Self::UnknownBlock(_) => 0,
			Self::StatePruned(_) => 1,
			Self::NotInRuntime(_) => 2,
			Self::NotFinal(_) => 3,
			Self::Busy => 4,
			Self::Runtime(_) => 5,
		};
		&Self::LIST[row]
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		let (code, name, help) = error.listed();
		let message = match &error {
			Error::UnknownBlock(at)
			| Error::StatePruned(at)
			| Error::NotInRuntime(at)
			| Error::NotFinal(at) => {
				format!("{name}: {at:?}. {help}")
			},
			Error::Busy => format!("{name}. {help}"),
			Error::Runtime(why) => format!("{name}: {why}. {help}"),
		};
		ErrorObjectOwned::owned(*code, message, None::<()>)
	}
}
