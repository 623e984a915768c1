//! Keeping what GRANDPA's engine would report, and passing over what BABE's would.
//!
//! The engines (`sc-consensus-babe` 0.60, `sc-consensus-grandpa` 0.45) send a report once, as a transaction to the pool that
//! they are given, and forget it: one that is lost in a fork, or in a restart, is lost for good. So they are given a pool that
//! keeps the evidence. To be dropped when they hand over evidence, or keep it until it is in the chain.

use crate::equivocation::Reports;
use mainstay_runtime::{
	opaque::{Block, UncheckedExtrinsic},
	reports::Evidence,
	Hash,
};
use sc_transaction_pool_api::{error, LocalTransactionPool, OffchainTransactionPoolFactory};
use sp_runtime::traits::{BlakeTwo256, Hash as _};
use std::sync::Arc;

/// The pool to give to an engine, whose reports `reports` keeps.
pub fn pool(reports: &Arc<Reports>) -> OffchainTransactionPoolFactory<Block> {
	OffchainTransactionPoolFactory::new(ReportsOfOthers(reports.clone()))
}

/// Takes the reports that consensus engines of the SDK make, and keeps those of two votes, whose signatures GRANDPA has
/// verified. To verify them once more is impossible here: the runtime submits the report by a host function, and a second
/// host function inside it, that for ed25519, panics. BABE's reports are no evidence, because their headers have no seals;
/// kept, they would stand in the way of ours ([`super::double_blocks`]).
struct ReportsOfOthers(Arc<Reports>);

impl LocalTransactionPool for ReportsOfOthers {
	type Block = Block;
	type Hash = Hash;
	type Error = error::Error;

	fn submit_local(&self, _: Hash, report: UncheckedExtrinsic) -> Result<Hash, error::Error> {
		if let Some(evidence @ Evidence::Votes(_)) = Evidence::of_report(report.inner()) {
			self.0.keep(evidence);
		}
		Ok(BlakeTwo256::hash(report.inner()))
	}
}
