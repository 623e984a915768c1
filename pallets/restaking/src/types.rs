//! What the storage holds.

use crate::{Allocation, Config};
use frame_support::{BoundedBTreeMap, DefaultNoBound};
use mainstay_primitives::{Balance, Era, OperatorSetId};

/// The smallest least deposit of an asset, in its units. A position keeps a thousandth of the least deposit in shares, so
/// rounding costs whoever enters a pool at most one part in a thousand.
pub const LEAST_MIN_DEPOSIT: Balance = 1_000_000;

/// An asset that governance admitted.
#[frame_support::stored]
pub struct AssetTerms {
	/// The most that pools, exits and slashes that are not paid out may hold of it after a deposit, in its units.
	pub cap: Balance,
	/// Whether it takes new deposits. Exits always work.
	pub deposits: bool,
	/// The least that may enter a pool in one call, in its units: [`LEAST_MIN_DEPOSIT`] or more.
	pub min_deposit: Balance,
}

/// What one operator has allocated of one pool.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct Exposure<T: Config> {
	/// By operator set.
	pub allocations: BoundedBTreeMap<OperatorSetId, Allocation<T::MaxHistory>, T::MaxSets>,
}

impl<T: Config> Exposure<T> {
	/// What `set` may slash for `era`, less the cuts since.
	pub fn at(&self, set: OperatorSetId, era: Era) -> u64 {
		self.allocations.get(&set).map_or(0, |allocation| allocation.at(era))
	}

	/// The most that each set can still take of the live pool, where a slash can name the eras from `first` to the running
	/// one, `now`. Without those that can take nothing.
	pub fn encumbered(&self, first: Era, now: Era) -> impl Iterator<Item = (OperatorSetId, u64)> + '_ {
		let sets = self.allocations.iter();
		sets.map(move |(set, allocation)| (*set, allocation.encumbered(first, now)))
			.filter(|(_, encumbered)| *encumbered > 0)
	}

	/// Lets all changes bind whose era has come.
	pub fn mature(&mut self, now: Era) {
		for (_, allocation) in self.allocations.iter_mut() {
			allocation.mature(now);
		}
	}
}
