//! # Mainstay primitives
//!
//! What the pallets, the runtime and the node share: identifiers ([`ids`]), values whose change waits ([`delayed`]), the
//! arithmetic of share pools without storage ([`pool`]), the parameters of a network ([`network`]), the accounts that hold
//! funds ([`vault`]), the traits by which the pallets meet ([`traits`]) and what the runtime answers to clients
//! ([`runtime_api`]). As crates, the pallets depend on this one and
//! never on each other.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod delayed;
pub mod ids;
pub mod network;
pub mod pool;
pub mod runtime_api;
pub mod traits;
pub mod vault;

pub use delayed::Delayed;
pub use ids::*;
pub use network::NetworkParameters;
pub use pool::{Pool, PoolError, Position, SharePool};
