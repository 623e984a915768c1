//! # Mainstay primitives
//!
//! Types and traits that the pallets, the runtime and the node share: identifiers ([`ids`]), values whose changes bind
//! after a delay ([`delayed`]), the arithmetic of share pools, without storage ([`pool`]), fractions and magnitudes
//! ([`parts`]), the parameters of a network ([`network`]), accounts that hold funds ([`vault`]), a helper that runs
//! code and rolls it back ([`rollback`]), the traits through which pallets call each other ([`traits`]), and the
//! runtime APIs for clients ([`runtime_api`]). The pallets depend on this crate and never on each other.

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
