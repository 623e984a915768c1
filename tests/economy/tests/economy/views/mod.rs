//! The runtime APIs for clients: each function, with values that are computed independently.

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
