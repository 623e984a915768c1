//! Tests of the runtime's economy that cross pallets.
//!
//! [`replay`] runs traces of the executable specification in `tests/model` against the runtime. The tests themselves
//! are in `tests/`.

pub mod chain;
pub mod replay;
mod state;
