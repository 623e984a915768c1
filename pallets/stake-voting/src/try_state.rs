//! The invariants of the pallet.

use crate::*;
use frame_support::{ensure, traits::InspectLockableCurrency};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * no nominal lock is 0, and no freeze is larger than its nominal lock;
	/// * the lock [`VOTING_LOCK`] of Balances is the freeze.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (who, lock) in Locks::<T>::iter() {
			ensure!(lock.amount > 0, "a lock of nothing");
			ensure!(lock.frozen <= lock.amount, "more is frozen than locked");
			let locked = T::NativeBalance::balance_locked(VOTING_LOCK, &who);
			ensure!(locked == lock.frozen, "the lock in Balances is not the freeze");
		}
		Ok(())
	}
}
