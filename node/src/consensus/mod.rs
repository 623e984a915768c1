//! Consensus of a chain whose validators make its blocks: BABE makes them, GRANDPA makes them final.
//!
//! | file | what it is |
//! |---|---|
//! | [`import`] | how blocks that come in are verified and imported, and what else both engines share |
//! | [`author`] | making blocks, in the slots of this node's key |
//! | [`voter`] | GRANDPA: its protocol, warp sync, and voting |

mod author;
mod import;
mod voter;

pub use author::author;
pub use import::{open, Consensus, Parts};
pub use voter::Voter;
