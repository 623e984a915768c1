//! Tests that cross pallets, on the runtime without a node. They are one program, because each further test program
//! would compile most of the runtime again. `scripts/unit-test mainstay-economy-tests evasion::` runs one module of it.

mod actions;
mod calls;
mod delegators;
mod equivocations;
mod eras;
mod evasion;
mod fees;
mod nonces;
mod paths;
mod payments;
mod people;
mod powers;
mod proxies;
mod replay;
mod traps;
mod views;
mod wipes;
