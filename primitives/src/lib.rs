//! # Mainstay primitives
//!
//! What the pallets, the runtime and the node share: identifiers ([`ids`]), values whose change waits ([`delayed`]), the
//! arithmetic of share pools without storage ([`pool`]), parts of a whole ([`parts`]), the parameters of a network
//! ([`network`]), the accounts that hold funds ([`vault`]), what is done and taken back ([`rollback`]), the traits by which
//! the pallets meet ([`traits`]) and what the runtime answers to clients ([`runtime_api`]). As crates, the pallets depend on
//! this one and never on each other.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod delayed;
pub mod ids;
pub mod network;
pub mod parts;
pub mod pool;
pub mod rollback;
pub mod runtime_api;
pub mod traits;
pub mod vault;

pub use delayed::Delayed;
pub use ids::*;
pub use network::NetworkParameters;
pub use parts::{weigh, Fraction, Magnitude};
pub use pool::{Pool, PoolError, Position, SharePool};
pub use rollback::rolled_back;
