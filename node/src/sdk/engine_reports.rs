//! Keeps the evidence of GRANDPA's reports, and ignores BABE's reports.
//!
//! The engines (`sc-consensus-babe` 0.60, `sc-consensus-grandpa` 0.45) send a report once, to the transaction pool
//! that they are given, and forget it. If it is lost in a fork or in a restart, it is lost for good. So they get a
//! pool that keeps the evidence. To be removed when they hand over evidence, or keep it until it is in the chain.

use crate::equivocation::Reports;
use mainstay_runtime::{
	opaque::{Block, UncheckedExtrinsic},
	reports::Evidence,
	Hash,
};
use sc_transaction_pool_api::{error, LocalTransactionPool, OffchainTransactionPoolFactory};
use sp_runtime::traits::{BlakeTwo256, Hash as _};
use std::sync::Arc;

/// The pool for an engine. `reports` keeps what it reports.
pub fn pool(reports: &Arc<Reports>) -> OffchainTransactionPoolFactory<Block> {
	OffchainTransactionPoolFactory::new(ReportsOfOthers(reports.clone()))
}

/// Receives the reports of the SDK's consensus engines, and keeps those of two votes, whose signatures GRANDPA has
/// verified. They cannot be verified again here: the runtime submits the report in a host function, and a second host
/// function inside it, that for ed25519, panics. BABE's reports are no evidence, because their headers have no seals,
/// and keeping them would prevent ours ([`super::double_blocks`]).
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
