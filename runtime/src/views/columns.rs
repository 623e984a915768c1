//! Reads the entries of many operators from maps whose first key is the operator. Building a storage key takes several
//! times as long as reading the entry. So this file hashes each operator once for all maps, and the rest of each key
//! once for all operators.

use crate::Runtime;
use alloc::vec::Vec;
use codec::Decode;
use core::{marker::PhantomData, ops::Range};
use frame_support::storage::unhashed;
use mainstay_operator_delegation::Pools;
use mainstay_primitives::{AccountId, Era, Pool, PoolKind};
use mainstay_restaking::{Exposure, Exposures};
use sp_io::{hashing::blake2_128, storage::next_key};

/// The position of the operator in a storage key: after the hashes of the pallet's name and the map's name.
const PLACE: Range<usize> = 32..80;

/// An operator as it appears in storage keys, hashed by `Blake2_128Concat`. Maps are iterated in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperatorKey([u8; 48]);

impl From<&AccountId> for OperatorKey {
	fn from(operator: &AccountId) -> Self {
		let account: &[u8; 32] = operator.as_ref();
		let mut key = [0; 48];
		let (hash, rest) = key.split_at_mut(16);
		hash.copy_from_slice(&blake2_128(account));
		rest.copy_from_slice(account);
		Self(key)
	}
}

impl OperatorKey {
	/// The operator of this key.
	pub fn operator(&self) -> AccountId {
		let mut account = [0; 32];
		account.copy_from_slice(self.0.split_at(16).1);
		AccountId::new(account)
	}

	/// Writes this operator into the storage key of an entry.
	fn put(&self, key: &mut [u8]) {
		if let Some(place) = key.get_mut(PLACE) {
			place.copy_from_slice(&self.0);
		}
	}
}

/// One entry of each operator in a map.
pub struct Column<Value> {
	key: Vec<u8>,
	value: PhantomData<Value>,
}

impl<Value: Decode> Column<Value> {
	/// The column of the entries with these storage keys. The operator must be the first key of the map, hashed by
	/// `Blake2_128Concat`.
	pub fn new(key_of: impl FnOnce(AccountId) -> Vec<u8>) -> Self {
		Self { key: key_of(AccountId::new([0; 32])), value: PhantomData }
	}

	/// The entry of `operator`.
	pub fn get(&mut self, operator: &OperatorKey) -> Option<Value> {
		operator.put(&mut self.key);
		unhashed::get(&self.key)
	}
}

/// Tells which operators have entries in a map in which few have any. It reads storage once for each operator that has
/// entries, and not for each operator in question.
pub struct Holders {
	key: Vec<u8>,
	/// The last search result `(from, next)`: `next` is the first operator from `from` on that has entries; `None` if
	/// there is none.
	known: Option<(OperatorKey, Option<OperatorKey>)>,
}

impl Holders {
	/// For the map with this prefix, in which the operator is not the only key.
	pub fn new(prefix: [u8; 32]) -> Self {
		let mut key = prefix.to_vec();
		key.resize(PLACE.end, 0);
		Self { key, known: None }
	}

	/// Whether `operator` has entries. This reads least if it is called for operators in the order of their keys.
	pub fn has(&mut self, operator: &OperatorKey) -> bool {
		let covers = |(from, next): &(OperatorKey, Option<OperatorKey>)| {
			from <= operator && next.is_none_or(|next| *operator <= next)
		};
		let known = self.known.filter(covers).unwrap_or_else(|| (*operator, self.next(operator)));
		self.known = Some(known);
		known.1 == Some(*operator)
	}

	/// The first operator from this one on that has entries.
	fn next(&mut self, from: &OperatorKey) -> Option<OperatorKey> {
		from.put(&mut self.key);
		let found = next_key(&self.key)?;
		let (prefix, _) = self.key.split_at(PLACE.start);
		found.starts_with(prefix).then(|| found.get(PLACE)?.try_into().ok().map(OperatorKey)).flatten()
	}
}

/// Operators' pools of one kind, with their allocations.
pub struct PoolColumns {
	now: Era,
	pools: Column<Pool>,
	exposures: Column<Exposure<Runtime>>,
}

impl PoolColumns {
	/// For the running era, `now`.
	pub fn new(kind: PoolKind, now: Era) -> Self {
		Self {
			now,
			pools: Column::new(|operator| Pools::<Runtime>::hashed_key_for(operator, kind)),
			exposures: Column::new(|operator| Exposures::<Runtime>::hashed_key_for(operator, kind)),
		}
	}

	/// The pool of `operator`.
	pub fn pool(&mut self, operator: &OperatorKey) -> Option<Pool> {
		self.pools.get(operator)
	}

	/// The allocations of the operator's pool that bind now.
	pub fn exposure(&mut self, operator: &OperatorKey) -> Exposure<Runtime> {
		let mut exposure = self.exposures.get(operator).unwrap_or_default();
		exposure.mature(self.now);
		exposure
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::storage::StoragePrefixedMap;
	use mainstay_operator_delegation::Exits;
	use mainstay_restaking::Leverage;
	use mainstay_slashing::PendingOf;
	use sp_io::TestExternalities;

	fn account(n: u8) -> AccountId {
		AccountId::new([n; 32])
	}

	#[test]
	fn the_keys_of_a_column_are_those_of_its_map() {
		TestExternalities::default().execute_with(|| {
			let kind = PoolKind::Asset(7);
			let keys_of: [fn(AccountId) -> Vec<u8>; 4] = [
				|operator| Pools::<Runtime>::hashed_key_for(operator, PoolKind::Asset(7)),
				|operator| Exposures::<Runtime>::hashed_key_for(operator, PoolKind::Native),
				|operator| Exits::<Runtime>::hashed_key_for((operator, PoolKind::Stake, 3)),
				|operator| Leverage::<Runtime>::hashed_key_for(operator),
			];
			for key_of in keys_of {
				let mut column = Column::<()>::new(key_of);
				for n in [1, 0, 255] {
					let key = OperatorKey::from(&account(n));
					assert_eq!(key.operator(), account(n));
					key.put(&mut column.key);
					assert_eq!(column.key, key_of(account(n)));
				}
			}
			let mut pools = Column::new(|operator| Pools::<Runtime>::hashed_key_for(operator, kind));
			let pool = Pool { generation: 5, ..Default::default() };
			Pools::<Runtime>::insert(account(2), kind, pool);
			let found = [1, 2, 3].map(|n| pools.get(&OperatorKey::from(&account(n))));
			assert_eq!(found, [None, Some(pool), None]);
		});
	}

	#[test]
	fn who_has_entries_is_known_in_any_order() {
		TestExternalities::default().execute_with(|| {
			let holders = || Holders::new(PendingOf::<Runtime>::final_prefix());
			let has = |holders: &mut Holders, n| holders.has(&OperatorKey::from(&account(n)));
			assert!((0..40).all(|n| !has(&mut holders(), n)));
			for n in [3, 4, 17] {
				PendingOf::<Runtime>::insert(account(n), u32::from(n), 0);
				PendingOf::<Runtime>::insert(account(n), u32::from(n) + 100, 1);
			}
			// Entries of the map that follows in storage do not count.
			mainstay_slashing::RecordsOf::<Runtime>::insert(account(9), (1, 9), ());
			let mut falling: Vec<u8> = (0..40).collect();
			falling.sort_by_key(|n| core::cmp::Reverse(OperatorKey::from(&account(*n))));
			let rising: Vec<u8> = falling.iter().rev().copied().collect();
			for order in [rising, falling, (0..40).collect()] {
				let mut holders = holders();
				let found: Vec<u8> = order.into_iter().filter(|n| has(&mut holders, *n)).collect();
				assert_eq!(found.len(), 3);
				assert!([3, 4, 17].iter().all(|n| found.contains(n)));
			}
		});
	}
}
