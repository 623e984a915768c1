//! What crosses pallets, on the runtime without a node: one program, because each program of tests would compile most of the
//! runtime once more. `scripts/unit-test mainstay-economy-tests evasion::` runs one module of it.

mod actions;
mod delegators;
mod equivocations;
mod eras;
mod evasion;
mod fees;
mod nonces;
mod paths;
mod payments;
mod proxies;
mod replay;
mod traps;
#[cfg(feature = "try-runtime")]
mod upgrade;
mod views;
mod wipes;
