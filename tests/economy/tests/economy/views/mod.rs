//! What the runtime answers to clients: each function of each runtime API, with values that are computed apart from it.

mod calls;
mod changes;
mod operators;
mod restaking;
mod rewards;
mod services;
mod slashing;
mod stakes;
mod staking;
mod town;
