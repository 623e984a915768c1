//! The types of storage.

use crate::{Allocation, Config};
use frame_support::{BoundedBTreeMap, DefaultNoBound};
use mainstay_primitives::{Balance, Era, OperatorSetId};

/// The smallest value that the minimum deposit of an asset may have, in its units. A position has at least a thousandth
/// of the minimum deposit in shares, so rounding costs a depositor at most one part in a thousand.
pub const LEAST_MIN_DEPOSIT: Balance = 1_000_000;

/// The terms of an asset that governance admitted.
#[frame_support::stored]
pub struct AssetTerms {
	/// The maximum that pools, exits, and slashes that are not paid out may hold of it after a deposit, in its units.
	pub cap: Balance,
	/// Whether it takes new deposits. Exits always work.
	pub deposits: bool,
	/// The minimum that may enter a pool in one call, in its units: [`LEAST_MIN_DEPOSIT`] or more.
	pub min_deposit: Balance,
}

/// The allocations of one operator's pool.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct Exposure<T: Config> {
	/// The allocations by operator set.
	pub allocations: BoundedBTreeMap<OperatorSetId, Allocation<T::MaxHistory>, T::MaxSets>,
}

impl<T: Config> Exposure<T> {
	/// The magnitude that `set` may slash for `era`, less the cuts since.
	pub fn at(&self, set: OperatorSetId, era: Era) -> u64 {
		self.allocations.get(&set).map_or(0, |allocation| allocation.at(era))
	}

	/// The largest magnitude that each set can still slash of the live pool, if slashes can name the eras from `first`
	/// to the running one, `now`. Sets that can slash nothing are left out.
	pub fn encumbered(&self, first: Era, now: Era) -> impl Iterator<Item = (OperatorSetId, u64)> + '_ {
		let sets = self.allocations.iter();
		sets.map(move |(set, allocation)| (*set, allocation.encumbered(first, now)))
			.filter(|(_, encumbered)| *encumbered > 0)
	}

	/// Applies all changes whose era has come.
	pub fn mature(&mut self, now: Era) {
		for (_, allocation) in self.allocations.iter_mut() {
			allocation.mature(now);
		}
	}
}
