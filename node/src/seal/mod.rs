//! A chain whose blocks are made on command (`mainstay --dev --seal …`), for developing and testing against.
//!
//! | file | what it is |
//! |---|---|
//! | [`clock`] | the chain's clock, which moves with its blocks and not with the machine's |
//! | [`claim`] | which slot a key of this node may author, and the digest that says so |
//! | [`command`] | what can be asked for, and the queue of that |
//! | [`mode`] | when blocks are made without a command |
//! | [`sealer`] | the one task that makes blocks, for transactions, by the timer or for a command |
//! | [`mark`] | telling the database of such a chain from one of validators |
//! | [`start`] | how the parts are wired; [`crate::sdk::alone`] keeps peers away |
//!
//! The runtime is the same as ever: sessions, elections, points, due slashes and streams come with slots and blocks, and
//! only who decides when a slot is there is another. Each block is final at once, without a vote. It has no seal either, so
//! no other node and no light client can follow, and nothing proves to them that it is final.
//!
//! Of `sc-consensus-manual-seal` 0.61 this uses `seal_block`. Its BABE provider writes the epochs anew where it cannot claim
//! a slot, its clock moves whenever it is read, which the import does as well, and it takes a block of one transaction for
//! an empty one; so those parts, and the loop around them, are our own.

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
