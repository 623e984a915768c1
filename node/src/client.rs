//! The types that hold the chain, for all parts of the node that read it.

use mainstay_runtime::{opaque::Block, RuntimeApi};

/// Runs the runtime's WASM; there is no native runtime.
pub type Executor = sc_executor::WasmExecutor<sp_io::SubstrateHostFunctions>;
/// Gives access to blocks and state, and calls the runtime.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// Stores blocks and state.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// Chooses the longest chain among those that contain the finalized block.
pub type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// The transaction pool.
pub type FullPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;
