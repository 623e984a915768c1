//! Runs code to see its result, and rolls back its writes.

use frame_support::storage::{with_transaction_unchecked, TransactionOutcome};

/// Runs `code`, and rolls back everything that it wrote to storage, events included. Returns the result of `code`.
pub fn rolled_back<R>(code: impl FnOnce() -> R) -> R {
	with_transaction_unchecked(|| TransactionOutcome::Rollback(code()))
}
