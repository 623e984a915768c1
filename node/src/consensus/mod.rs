//! Consensus of a chain whose validators make its blocks: BABE produces them, GRANDPA finalizes them.
//!
//! | file | what it is |
//! |---|---|
//! | [`import`] | how incoming blocks are verified and imported, and what both engines share |
//! | [`author`] | making blocks in the slots of this node's keys |
//! | [`voter`] | GRANDPA: its protocol, warp sync, and voting |

mod author;
mod import;
mod voter;

pub use author::author;
pub use import::{open, Consensus, Parts};
pub use voter::Voter;
