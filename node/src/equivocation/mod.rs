//! Equivocations: how they are found, kept and reported.
//!
//! | what | how it is found |
//! |---|---|
//! | two blocks of one slot, by one author | [`crate::sdk::double_blocks`] looks at the seals of blocks, whether they import or not |
//! | two votes in one round | GRANDPA's voter finds them, and [`crate::sdk::engine_reports`] takes what it would send |
//!
//! What is found is written down before anything else, and stays until the chain has finalized a report of it, or says
//! that it is out of time ([`Reports`]). It is sent again and again until then: a report that is lost, or is in a block
//! that is lost, is no reason to forget it. Votes are in memory only until GRANDPA's voter has two that exclude each other.
//!
//! A node with `--validator` sends reports without a signature, which go into its own blocks. A node that authors nothing
//! cannot: nobody passes them on. It signs them, if it has a key for that ([`REPORTER`]), whose account pays a fee that
//! comes back when the report succeeds. A validator that has such a key signs, too, what it could not bring in by itself,
//! because it is not in the set.

mod reports;

pub use reports::{Reporter, Reports, REPORTER};
