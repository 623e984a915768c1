//! The runtime's metadata, which is the same on every block of a chain.

use crate::Runtime;
use frame_support::storage::{storage_prefix, unhashed};
use mainstay_primitives::rolled_back;

/// The metadata as of a chain without blocks.
///
/// Metadata contains the default value of an account, with the nonce with which a new account would begin, and that
/// nonce differs in each block ([`mainstay_nonces`]). Clients compare and hash metadata, so it must not change with the
/// block.
pub fn of_code<R>(tell: impl FnOnce() -> R) -> R {
	rolled_back(|| {
		unhashed::kill(&storage_prefix(b"System", b"Number"));
		mainstay_nonces::Floor::<Runtime>::kill();
		tell()
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::System;

	#[test]
	fn metadata_does_not_change_with_the_block() {
		sp_io::TestExternalities::default().execute_with(|| {
			let tell = || Runtime::metadata_at_version(16).expect("it has that version");
			let first = of_code(tell);
			System::set_block_number(7);
			mainstay_nonces::Floor::<Runtime>::put(9);
			assert!(tell() != first, "the nonce of an account to be is in it");
			assert!(of_code(tell) == first);
			assert_eq!((System::block_number(), mainstay_nonces::Floor::<Runtime>::get()), (7, 9));
		});
	}
}
