//! The people of the tests.

use mainstay_economy_tests::services::account;
use mainstay_primitives::AccountId;

/// An operator.
pub fn op() -> AccountId {
	account("op")
}

/// Another operator.
pub fn two() -> AccountId {
	account("two")
}

/// A delegator that deposits in time, where others come late.
pub fn ann() -> AccountId {
	account("ann")
}

/// Another delegator.
pub fn bea() -> AccountId {
	account("bea")
}

/// Owns the honest services and is their slasher.
pub fn owner() -> AccountId {
	account("owner")
}

/// Owns the offenders' services, and is their slasher.
pub fn friend() -> AccountId {
	account("friend")
}

/// Receives what those services slash.
pub fn loot() -> AccountId {
	account("loot")
}
