//! What a subscriber was sent, as hashes: enough to tell what changed, and much smaller.

use codec::Encode;
use sp_io::hashing::blake2_128;

/// The hash of a value.
pub fn digest(value: &impl Encode) -> u128 {
	u128::from_le_bytes(value.using_encoded(blake2_128))
}

/// The hashes of the entries of a list, in the order of their keys.
#[derive(Debug)]
pub struct Digests<K>(Vec<(K, u128)>);

impl<K> Default for Digests<K> {
	fn default() -> Self {
		Self(Vec::new())
	}
}

impl<K: Ord + Clone> Digests<K> {
	/// Sorts entries by their keys, and keeps the hash of each.
	pub fn of<V: Encode>(entries: &mut [V], key: impl Fn(&V) -> K) -> Self {
		entries.sort_by_cached_key(&key);
		Self(entries.iter().map(|entry| (key(entry), digest(entry))).collect())
	}

	/// The index of the entry with this key, or the index where it would be inserted.
	pub fn search(&self, key: &K) -> Result<usize, usize> {
		self.0.binary_search_by(|(known, _)| known.cmp(key))
	}

	/// The key of an entry.
	pub fn key(&self, index: usize) -> Option<&K> {
		self.0.get(index).map(|(key, _)| key)
	}

	/// The indices of the entries of `now` that are new or changed since these, and the keys that `now` lacks.
	pub fn changes(&self, now: &Self) -> (Vec<usize>, Vec<K>) {
		let (mut changed, mut gone) = (Vec::new(), Vec::new());
		let mut before = self.0.iter().peekable();
		for (index, (key, digest)) in now.0.iter().enumerate() {
			while let Some((old, _)) = before.next_if(|(old, _)| old < key) {
				gone.push(old.clone());
			}
			let same = before.next_if(|(old, _)| old == key).is_some_and(|(_, old)| old == digest);
			if !same {
				changed.push(index);
			}
		}
		gone.extend(before.map(|(old, _)| old.clone()));
		(changed, gone)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn digests(entries: &[(u8, u8)]) -> Digests<u8> {
		Digests::of(&mut entries.to_vec(), |(key, _)| *key)
	}

	#[test]
	fn rpc_1_what_changed_is_known_by_hashes() {
		let before = digests(&[(7, 0), (1, 0), (3, 0), (5, 0)]);
		assert_eq!([0, 1, 2, 3].map(|index| *before.key(index).expect("four")), [1, 3, 5, 7]);
		assert_eq!(before.changes(&before), (vec![], vec![]));
		let now = digests(&[(2, 0), (3, 9), (5, 0), (9, 0)]);
		assert_eq!(before.changes(&now), (vec![0, 1, 3], vec![1, 7]));
		assert_eq!(Digests::default().changes(&now), (vec![0, 1, 2, 3], vec![]));
		assert_eq!(before.changes(&Digests::default()), (vec![], vec![1, 3, 5, 7]));
		assert_eq!((before.search(&5), before.search(&4), before.key(3)), (Ok(2), Err(2), Some(&7)));
	}
}
