//! The errors of our own methods. Their codes do not change.

use jsonrpsee::types::{error::reject_too_many_subscriptions, ErrorObjectOwned};
use mainstay_runtime::Hash;

/// Errors beside those of JSON-RPC itself: -32700 for text that is not JSON, -32600 for JSON that is not a request,
/// -32601 for an unknown method, and -32602 for wrong parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
	/// This node does not know the block.
	UnknownBlock(Hash),
	/// The state of the block is pruned.
	StatePruned(Hash),
	/// The node does not have the block of this number. A node that began by warp sync lacks the blocks between the
	/// genesis and where it began.
	NoBlock(u32),
	/// The runtime of that block does not have the method.
	NotInRuntime(Hash),
	/// The block is not final, or not on the final chain.
	NotFinal(Hash),
	/// Too many requests wait for an answer.
	Busy,
	/// The connection has the maximum number of our subscriptions, which is given. The server's own error code says so.
	TooManySubscriptions(u32),
	/// The runtime failed to answer.
	Runtime(String),
	/// Blocks are not made on command here.
	NotOnCommand,
	/// The next block cannot have that time. The text gives the times that it can have.
	WrongTime(String),
	/// No block could be made.
	NoNewBlock(String),
	/// The blocks of this chain become final without votes.
	NoVotes,
}

impl Error {
	/// Every error that has a code of ours: the code, the name, and what to do about it.
	pub const LIST: [(i32, &'static str, &'static str); 10] = [
		(20_001, "UnknownBlock", "This node does not know the block: use another node, or wait until this one has synced."),
		(
			20_002,
			"StatePruned",
			"The node no longer has the state of the block: name a later block, or use a node that keeps all states \
			 (--state-pruning archive).",
		),
		(20_003, "NotInRuntime", "The runtime of that block is older than the method: name a later block."),
		(20_004, "NotFinal", "A subscription begins after a final block: name one."),
		(20_005, "Busy", "The node has too many requests: try again later."),
		(20_006, "Runtime", "The runtime failed to answer; the message says why. Please report it."),
		(
			20_007,
			"NotOnCommand",
			"Validators make the blocks of this chain: start the node with --dev --seal to make blocks on command.",
		),
		(
			20_008,
			"WrongTime",
			"The chain's clock only moves forward, by at most a million slots for one block: give a time in that range.",
		),
		(
			20_009,
			"NoNewBlock",
			"No block was made, or not all of them: the message says why. Blocks that were made stay.",
		),
		(
			20_010,
			"NoVotes",
			"The blocks of this chain are made on command (--seal): nobody votes on them, so there are no proofs of finality \
			 and no light clients.",
		),
	];

	/// The errors of methods that read the chain: the first of the list.
	pub const OF_QUERIES: [&'static str; 6] =
		["UnknownBlock", "StatePruned", "NotInRuntime", "NotFinal", "Busy", "Runtime"];
	/// The errors of commands.
	pub const OF_COMMANDS: [&'static str; 4] = ["Busy", "NotOnCommand", "WrongTime", "NoNewBlock"];
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
			Error::NotOnCommand => (6, None),
			Error::WrongTime(times) => (7, Some(times)),
			Error::NoNewBlock(why) => (8, Some(why)),
			Error::NoVotes => (9, None),
			Error::TooManySubscriptions(limit) => return reject_too_many_subscriptions(limit),
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
	fn every_error_that_a_method_can_have_is_listed() {
		for name in Error::OF_QUERIES.iter().chain(&Error::OF_COMMANDS) {
			assert!(Error::LIST.iter().any(|(_, listed, _)| listed == name), "{name}");
		}
		for (error, code, begins) in [
			(Error::NotOnCommand, 20_007, "NotOnCommand. Validators make"),
			(Error::WrongTime("from 1 to 2".into()), 20_008, "WrongTime: from 1 to 2. "),
			(Error::NoNewBlock("no key".into()), 20_009, "NoNewBlock: no key. "),
			(Error::NoVotes, 20_010, "NoVotes. The blocks of this chain are made on command"),
		] {
			let error = ErrorObjectOwned::from(error);
			assert_eq!(error.code(), code);
			assert!(error.message().starts_with(begins), "{}", error.message());
		}
	}

	#[test]
	fn rpc_6_a_block_that_is_not_here_is_no_fault_to_report() {
		let error = ErrorObjectOwned::from(Error::NoBlock(7));
		assert_eq!(error.code(), 20_002);
		assert!(error.message().starts_with("StatePruned: block 7. "), "{}", error.message());
	}
}
