//! Why a method of ours has no answer. The codes do not change.

use super::connection::MOST_FOLLOWED;
use jsonrpsee::types::{error::reject_too_many_subscriptions, ErrorObjectOwned};
use mainstay_runtime::Hash;

/// Errors beside those that JSON-RPC itself has: -32700 for what is no JSON, -32600 for what is no request, -32601 for an
/// unknown method, and -32602 for parameters that are not what the method takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
	/// This node does not know the block.
	UnknownBlock(Hash),
	/// The state of the block is pruned.
	StatePruned(Hash),
	/// The block of this number is not here at all, as those between the genesis and where a node began by warp sync.
	NoBlock(u32),
	/// The runtime of that block has no such answer.
	NotInRuntime(Hash),
	/// The block is not final, or not on the final chain.
	NotFinal(Hash),
	/// Too many questions wait for an answer.
	Busy,
	/// The connection has as many subscriptions of ours as one may have. The server's own code says so.
	TooManySubscriptions,
	/// The runtime failed to answer.
	Runtime(String),
}

impl Error {
	/// Every error that has a code of ours, with that and what one does about it.
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
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		let (row, about) = match error {
			Error::UnknownBlock(at) => (0, Some(format!("{at:?}"))),
			Error::StatePruned(at) => (1, Some(format!("{at:?}"))),
			Error::NoBlock(number) => (1, Some(format!("block {number}"))),
			Error::NotInRuntime(at) => (2, Some(format!("{at:?}"))),
			Error::NotFinal(at) => (3, Some(format!("{at:?}"))),
			Error::Busy => (4, None),
			Error::Runtime(why) => (5, Some(why)),
			Error::TooManySubscriptions => return reject_too_many_subscriptions(MOST_FOLLOWED as u32),
		};
		let (code, name, help) = Error::LIST[row];
		let about = about.map(|about| format!(": {about}")).unwrap_or_default();
		ErrorObjectOwned::owned(code, format!("{name}{about}. {help}"), None::<()>)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn rpc_6_a_block_that_is_not_here_is_no_fault_to_report() {
		let error = ErrorObjectOwned::from(Error::NoBlock(7));
		assert_eq!(error.code(), 20_002);
		assert!(error.message().starts_with("StatePruned: block 7. "), "{}", error.message());
	}
}
