//! Tests of who governs, on the runtime's own executive without a node: every block runs the scheduler, which moves the
//! referenda on.
//!
//! [`hall`] has the steps of a referendum. [`decisions`] follows some to their effect, [`votes`] is about what votes, and
//! [`limits`] about what governance may not do, and what an opponent cannot prevent.

#[cfg(test)]
mod decisions;
#[cfg(test)]
mod hall;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod votes;
