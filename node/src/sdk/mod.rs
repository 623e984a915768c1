//! Workarounds for the SDK. Each file says what the SDK lacks, with the upstream issue if one is known, and when the
//! file can be removed: look here first when the SDK's versions change.
//!
//! | file | in place of |
//! |---|---|
//! | [`alone`] | a node without a network |
//! | [`arguments`] | errors that name wrong log filters and origins |
//! | [`babe_worker`] | the worker for questions about epochs, without an import queue |
//! | [`base_path`] | an error if the user has no home folder |
//! | [`clock`] | warnings about a wrong clock |
//! | [`double_blocks`] | reports of two blocks in one slot that a runtime accepts |
//! | [`engine_reports`] | engines that keep the evidence of what they report |
//! | [`essential`] | essential tasks that may end while the node stops |
//! | [`genesis_voters`] | an error if a genesis has no voters |
//! | [`ports`] | an error at the start if an address is not available |
//! | [`pruning`] | an error that carries the pruning mode of a database |
//! | [`standard`] | a name for the parameters of `gen_rpc_module` |
//! | [`system`] | a maximum length of an account's text |
//! | [`tasks`] | `spawn_tasks` with another JSON-RPC server |
//!
//! Two larger parts of the node also replace parts of the SDK: the JSON-RPC server ([`crate::rpc::Server`], with its
//! sockets, permits and owner), and making blocks on command ([`crate::seal`]). Their first lines say why, and what would
//! have to change.

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
