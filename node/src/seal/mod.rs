//! A chain whose blocks are made on command (`mainstay --dev --seal …`), for developing and testing against.
//!
//! | file | what it is |
//! |---|---|
//! | [`clock`] | the chain's clock, which moves with its blocks and not with the machine's |
//! | [`claim`] | which slot a key of this node may author, and the digest that proves it |
//! | [`command`] | the commands, and their queue |
//! | [`mode`] | when blocks are made without a command |
//! | [`sealer`] | the only task that makes blocks, for transactions, by the timer or for a command |
//! | [`mark`] | a mark in the database of such a chain, to distinguish it from one of validators |
//! | [`start`] | starts the node; [`crate::sdk::alone`] keeps peers away |
//!
//! The runtime is the usual one: sessions, elections, points, due slashes and streams depend on slots and blocks, and only
//! the decision when a slot comes is different. Each block is final at once, without votes. It has no seal either, so other
//! nodes and light clients cannot follow the chain, and have no proof that a block is final.
//!
//! From `sc-consensus-manual-seal` 0.61 this uses `seal_block`. The crate's BABE provider rewrites the epochs if it cannot
//! claim a slot, its clock moves whenever it is read, which the import does as well, and it treats a block with one
//! transaction as empty. So those parts, and the loop around them, are our own.

mod claim;
mod clock;
mod command;
mod mark;
mod mode;
mod sealer;
mod start;

pub use command::{Command, Commands, Error, Head};
pub use mark::ensure as ensure_mark;
pub use mode::Mode;
pub use start::start;
