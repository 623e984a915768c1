//! The types of what holds the chain: every part of the node that reads it names one of these.

use mainstay_runtime::{opaque::Block, RuntimeApi};

/// Runs the runtime's WASM; no native code stands in for it.
pub type Executor = sc_executor::WasmExecutor<sp_io::SubstrateHostFunctions>;
/// Gives access to blocks and state, and calls the runtime.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// Stores blocks and state.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// The longest chain wins, among those that contain what is finalized.
pub type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// Transactions that wait for a block.
pub type FullPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;
