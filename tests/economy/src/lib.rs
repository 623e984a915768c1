//! Tests of the runtime's economy that cross pallets.
//!
//! [`replay`] runs traces of the executable specification in `tests/model` against the runtime, [`meter`] counts what
//! code does with the storage, [`delegators`] is what `scripts/bench-delegators` measures, [`chain`] executes blocks
//! without a node, [`services`] makes a small economy and [`crowd`] a large one, [`signing`] makes
//! signed transactions. [`reach`] is the invariant that what answers
//! for an era never shrinks but by slashes. The tests themselves are in `tests/`.

pub mod chain;
pub mod crowd;
pub mod delegators;
pub mod meter;
pub mod reach;
pub mod replay;
pub mod services;
pub mod signing;
mod state;
