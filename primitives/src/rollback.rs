//! To do something for what can be seen of it, and take it back.

use frame_support::storage::{with_transaction_unchecked, TransactionOutcome};

/// Runs `code` and takes back what it wrote to storage. Events that it deposited are gone with that.
pub fn rolled_back<R>(code: impl FnOnce() -> R) -> R {
	with_transaction_unchecked(|| TransactionOutcome::Rollback(code()))
}
