//! Equivocations: how the node finds, keeps and reports them.
//!
//! | what | how it is found |
//! |---|---|
//! | two blocks of one slot by one author | [`crate::sdk::double_blocks`] checks the seals of blocks, whether they import or not |
//! | two votes in one round | GRANDPA's voter finds them; [`crate::sdk::engine_reports`] receives its report |
//!
//! Evidence is written to the database first, and stays there until the chain has finalized a report of it, or says
//! that it is too late ([`Reports`]). Until then the node sends reports again and again, since a report can be lost,
//! alone or with its block. Votes are in memory only until GRANDPA's voter has two that contradict each other.
//!
//! A node with `--validator` sends unsigned reports, which only its own blocks can include. A node that authors
//! nothing cannot send those, because other nodes do not pass them on. It signs reports if it has a key for that
//! ([`REPORTER`]). The key's account pays a fee, which is refunded when the report succeeds. A validator with such a
//! key also signs reports that it could not include itself, because it is not in the set.

mod reports;

pub use reports::{Reporter, Reports, REPORTER};
