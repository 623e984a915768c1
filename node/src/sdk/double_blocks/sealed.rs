//! The sealed headers of recent slots, in the database.

use codec::{Decode, Encode};
use mainstay_runtime::opaque::Header;
use sc_client_api::AuxStore;
use sp_consensus_babe::{AuthorityIndex, Slot};
use std::sync::{Arc, Mutex, PoisonError};

/// The slots whose headers are kept: as many as the SDK keeps. Two blocks of one slot come within a few slots.
const REMEMBERED_SLOTS: u64 = 1_000;

/// The headers of a slot, with the indices of their authors.
type Entry = (Slot, Vec<(AuthorityIndex, Header)>);

/// The sealed headers of recent slots. A slot overwrites the entry of the one [`REMEMBERED_SLOTS`] before it, so
/// nothing has to be removed.
pub struct SealedHeaders<Store> {
	store: Arc<Store>,
	/// Allows one check at a time, since an entry is read and written back.
	looking: Mutex<()>,
}

impl<Store: AuxStore> SealedHeaders<Store> {
	/// The headers in `store`.
	pub fn new(store: Arc<Store>) -> Self {
		Self { store, looking: Mutex::new(()) }
	}

	/// Adds a header, and returns the first header of its slot and author if that is another one. Once there are two,
	/// further ones are neither added nor reported.
	pub fn second(
		&self,
		slot: Slot,
		author: AuthorityIndex,
		header: &Header,
	) -> sp_blockchain::Result<Option<Header>> {
		let _looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
		let key = (b"mainstay/sealed", *slot % REMEMBERED_SLOTS).encode();
		let stored = self.store.get_aux(&key)?.and_then(|bytes| Entry::decode(&mut &bytes[..]).ok());
		let mut headers = match stored {
			// Too old to be kept.
			Some((at, _)) if at > slot => return Ok(None),
			Some((at, headers)) if at == slot => headers,
			_ => Vec::new(),
		};
		let known: Vec<_> = headers.iter().filter(|(other, _)| *other == author).map(|(_, h)| h).collect();
		let first = match known[..] {
			[] => None,
			[first] if first.hash() != header.hash() => Some(first.clone()),
			_ => return Ok(None),
		};
		headers.push((author, header.clone()));
		let entry: Entry = (slot, headers);
		self.store.insert_aux(&[(&key[..], &entry.encode()[..])], &[])?;
		Ok(first)
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use sp_runtime::traits::Header as _;
	use std::collections::HashMap;

	/// A store in memory.
	#[derive(Default)]
	pub struct Memory(Mutex<HashMap<Vec<u8>, Vec<u8>>>);

	impl AuxStore for Memory {
		fn insert_aux<
			'a,
			'b: 'a,
			'c: 'a,
			I: IntoIterator<Item = &'a (&'c [u8], &'c [u8])>,
			D: IntoIterator<Item = &'a &'b [u8]>,
		>(
			&self,
			insert: I,
			delete: D,
		) -> sp_blockchain::Result<()> {
			let mut entries = self.0.lock().unwrap();
			entries.extend(insert.into_iter().map(|(key, value)| (key.to_vec(), value.to_vec())));
			delete.into_iter().for_each(|key| drop(entries.remove(*key)));
			Ok(())
		}

		fn get_aux(&self, key: &[u8]) -> sp_blockchain::Result<Option<Vec<u8>>> {
			Ok(self.0.lock().unwrap().get(key).cloned())
		}
	}

	fn header(number: u32) -> Header {
		Header::new(number, Default::default(), Default::default(), Default::default(), Default::default())
	}

	#[test]
	fn the_second_of_two_headers_is_news_and_nothing_else_is() {
		let (sealed, slot) = (SealedHeaders::new(Arc::new(Memory::default())), Slot::from(7));
		let second = |slot, author, number| sealed.second(slot, author, &header(number)).unwrap();
		assert_eq!(second(slot, 0, 1), None);
		assert_eq!(second(slot, 0, 1), None, "the same header again");
		assert_eq!(second(slot, 1, 2), None, "a header by another author");
		assert_eq!(second(slot + 1, 0, 2), None, "a header of another slot");
		assert_eq!(second(slot, 0, 2), Some(header(1)));
		assert_eq!(second(slot, 0, 3), None, "the offence is already known");
		assert_eq!(second(slot, 1, 3), Some(header(2)));
	}

	#[test]
	fn a_restart_between_two_headers_hides_nothing() {
		let store = Arc::new(Memory::default());
		let second = |number| SealedHeaders::new(store.clone()).second(7.into(), 0, &header(number)).unwrap();
		assert_eq!((second(1), second(1), second(2)), (None, None, Some(header(1))));
	}

	#[test]
	fn old_slots_are_forgotten_and_stay_so() {
		let store = Arc::new(Memory::default());
		let sealed = SealedHeaders::new(store.clone());
		let second = |slot: u64, number| sealed.second(slot.into(), 0, &header(number)).unwrap();
		for slot in 0..=REMEMBERED_SLOTS {
			assert_eq!(second(slot, 1), None);
		}
		assert_eq!(second(0, 2), None, "the first header of the slot was forgotten");
		assert_eq!(second(0, 3), None, "and is not stored again");
		assert_eq!(second(REMEMBERED_SLOTS, 2), Some(header(1)));
		assert_eq!(store.0.lock().unwrap().len() as u64, REMEMBERED_SLOTS);
	}
}
