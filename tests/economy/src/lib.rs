//! Tests of the runtime's economy that cross pallets.
//!
//! [`replay`] runs traces of the executable specification in `tests/model` against the runtime. [`meter`] counts reads
//! and writes of storage. [`delegators`] has what `scripts/bench-delegators` measures. [`chain`] executes blocks
//! without a node. [`services`] sets up a small economy and [`crowd`] a large one. [`signing`] creates signed
//! transactions. [`reach`] checks the invariant that only slashes lower the stake that answers for an era. The tests
//! themselves are in `tests/`.

pub mod chain;
pub mod crowd;
pub mod delegators;
pub mod meter;
pub mod reach;
pub mod replay;
pub mod services;
pub mod signing;
mod state;
