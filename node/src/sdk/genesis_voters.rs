//! Refuses a genesis without voters with an error.
//!
//! GRANDPA panics without voters (`sc-consensus-grandpa` 0.45, `aux_schema.rs`; paritytech/substrate#10401, which is
//! open). To be removed when it returns an error.

use crate::client::FullClient;
use mainstay_runtime::opaque::Block;
use sc_consensus_grandpa::{AuthorityId, GenesisAuthoritySetProvider};
use sp_blockchain::{Error, Result};
use std::sync::Arc;

/// The GRANDPA authorities of the genesis. Fails if there are none.
pub struct GenesisVoters(pub Arc<FullClient>);

impl GenesisAuthoritySetProvider<Block> for GenesisVoters {
	fn get(&self) -> Result<Vec<(AuthorityId, u64)>> {
		let authorities = self.0.get()?;
		if authorities.is_empty() {
			return Err(Error::Storage("the genesis of this chain has no validators".into()));
		}
		Ok(authorities)
	}
}
