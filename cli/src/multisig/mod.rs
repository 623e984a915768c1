//! Multisigs: accounts for which a number of signatories sign together.

mod account;
mod operation;

pub use account::{Multisig, MultisigArg, MultisigError};
#[cfg(test)]
pub use operation::Timepoint;
pub use operation::{call_of, operation, operations, Operation};
