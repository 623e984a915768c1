//! Workarounds for the SDK. Each file says what the SDK lacks, with the upstream issue if one is known, and when the
//! file can be removed: look here first when the SDK's versions change.
//!
//! | file | in place of |
//! |---|---|
//! | [`alone`] | a node without a network |
//! | [`arguments`] | refusing wrong log filters and origins by name |
//! | [`babe_worker`] | the worker for questions about epochs, without an import queue |
//! | [`base_path`] | an error where there is no home |
//! | [`clock`] | warnings about a clock that is wrong |
//! | [`double_blocks`] | reports of two blocks in one slot that a runtime accepts |
//! | [`engine_reports`] | engines that keep the evidence of what they report |
//! | [`essential`] | essential tasks that may end while the node stops |
//! | [`genesis_voters`] | an error where a genesis has no voters |
//! | [`ports`] | refusing to start on an address that cannot be had |
//! | [`pruning`] | an error that carries how a database prunes |
//! | [`standard`] | a name for the parameters of `gen_rpc_module` |
//! | [`system`] | a longest text of an account |
//! | [`tasks`] | `spawn_tasks` with another JSON-RPC server |
//!
//! Two parts of the node are our own where the SDK has one, and are too large to be called a way around it: the JSON-RPC
//! server ([`crate::rpc::Server`], with its sockets, permits and owner), and the making of blocks on command
//! ([`crate::seal`]). Their first lines say why, and what would have to change.

pub mod alone;
pub mod arguments;
pub mod babe_worker;
pub mod base_path;
pub mod clock;
pub mod double_blocks;
pub mod engine_reports;
pub mod essential;
pub mod genesis_voters;
pub mod ports;
pub mod pruning;
pub mod standard;
pub mod system;
pub mod tasks;
