//! Counts the storage accesses of runtime code that runs natively.
//!
//! Counts as benchmarks do, so that a measured weight can be compared with it: a key is read at most once and
//! written at most once, a key that was written is read for free, and keys that every block accesses, or that a
//! transaction's base weight pays for, are free.

use frame_support::{
	storage::transactional::TRANSACTION_LEVEL_KEY, traits::WhitelistedStorageKeys, weights::Weight,
};
use mainstay_primitives::AccountId;
use mainstay_runtime::{AllPalletsWithSystem, Runtime};
use sp_core::storage::{well_known_keys::EXTRINSIC_INDEX, ChildInfo, StateVersion, TrackedStorageKey};
use sp_externalities::{
	set_and_run_with_externalities, with_externalities, Error, Extension, ExtensionStore, Externalities,
	MultiRemovalResults,
};
use std::{
	any::{Any, TypeId},
	collections::{BTreeMap, BTreeSet},
	sync::OnceLock,
};

/// Keys of the storage.
pub type Keys = BTreeSet<Vec<u8>>;

/// Numbers of storage accesses.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Used {
	/// The number of keys that were read.
	pub reads: u64,
	/// The number of keys that were written.
	pub writes: u64,
}

impl Used {
	/// The weight of these accesses by the weights of the runtime's database.
	pub fn weight(&self) -> Weight {
		<Runtime as frame_system::Config>::DbWeight::get().reads_writes(self.reads, self.writes)
	}
}

/// The result of code and its storage accesses.
pub struct Measured<R> {
	/// Its return value.
	pub result: R,
	/// Its storage accesses without free keys.
	pub used: Used,
	/// The keys with changes that the code did not roll back, free keys included.
	pub changed: Keys,
}

/// The keys that are always free: those of the block, and the depth of storage layers.
fn free() -> &'static Keys {
	static FREE: OnceLock<Keys> = OnceLock::new();
	FREE.get_or_init(|| {
		let tracked = AllPalletsWithSystem::whitelisted_storage_keys();
		let keys = tracked.into_iter().map(|TrackedStorageKey { key, .. }| key);
		keys.chain([TRANSACTION_LEVEL_KEY.to_vec(), EXTRINSIC_INDEX.to_vec()]).collect()
	})
}

/// Runs `code` and counts its storage accesses. The system account of a `payer` is free: the base weight of its
/// transaction pays for it.
///
/// Panics outside of externalities.
pub fn measure<R>(payer: Option<&AccountId>, code: impl FnOnce() -> R) -> Measured<R> {
	let payer = payer.map(frame_system::Account::<Runtime>::hashed_key_for);
	with_externalities(|inner| {
		let mut meter = Meter::new(inner, payer);
		let result = set_and_run_with_externalities(&mut meter, code);
		let mut changed = meter.layers.into_iter().fold(Keys::new(), |mut all, layer| {
			all.extend(layer);
			all
		});
		changed.remove(TRANSACTION_LEVEL_KEY);
		Measured { result, used: meter.used, changed }
	})
	.expect("inside of externalities")
}

/// Runs `code`, and returns zeros when it asks for the state root. In tests all blocks are one uncommitted change of a
/// state, which would have to be hashed completely in every block.
///
/// Panics outside of externalities.
pub fn without_root<R>(code: impl FnOnce() -> R) -> R {
	with_externalities(|inner| {
		let mut meter = Meter { rootless: true, ..Meter::new(inner, None) };
		set_and_run_with_externalities(&mut meter, code)
	})
	.expect("inside of externalities")
}

/// Externalities that count accesses and delegate them.
struct Meter<'a> {
	inner: &'a mut dyn Externalities,
	payer: Option<Vec<u8>>,
	/// The keys that were read, and whether they were also written.
	seen: BTreeMap<Vec<u8>, bool>,
	used: Used,
	/// The changed keys, by storage layer.
	layers: Vec<Keys>,
	/// Whether the state root is not needed.
	rootless: bool,
}

impl<'a> Meter<'a> {
	fn new(inner: &'a mut dyn Externalities, payer: Option<Vec<u8>>) -> Self {
		let (seen, used, layers) = (BTreeMap::new(), Used::default(), vec![Keys::new()]);
		Self { inner, payer, seen, used, layers, rootless: false }
	}

	fn is_free(&self, key: &[u8]) -> bool {
		free().contains(key) || self.payer.as_deref() == Some(key)
	}

	fn read(&mut self, key: &[u8]) {
		if !self.is_free(key) && !self.seen.contains_key(key) {
			self.seen.insert(key.to_vec(), false);
			self.used.reads += 1;
		}
	}

	fn write(&mut self, key: &[u8]) {
		if !self.is_free(key) && self.seen.insert(key.to_vec(), true) != Some(true) {
			self.used.writes += 1;
		}
		self.layers.last_mut().expect("the outermost layer").insert(key.to_vec());
	}
}

impl Externalities for Meter<'_> {
	fn set_offchain_storage(&mut self, key: &[u8], value: Option<&[u8]>) {
		self.inner.set_offchain_storage(key, value)
	}

	fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.read(key);
		self.inner.storage(key)
	}

	fn storage_hash(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.read(key);
		self.inner.storage_hash(key)
	}

	fn child_storage_hash(&mut self, child_info: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.inner.child_storage_hash(child_info, key)
	}

	fn child_storage(&mut self, child_info: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.inner.child_storage(child_info, key)
	}

	fn exists_storage(&mut self, key: &[u8]) -> bool {
		self.read(key);
		self.inner.exists_storage(key)
	}

	fn next_storage_key(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.read(key);
		self.inner.next_storage_key(key)
	}

	fn next_child_storage_key(&mut self, child_info: &ChildInfo, key: &[u8]) -> Option<Vec<u8>> {
		self.inner.next_child_storage_key(child_info, key)
	}

	fn kill_child_storage(
		&mut self,
		child_info: &ChildInfo,
		maybe_limit: Option<u32>,
		maybe_cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.inner.kill_child_storage(child_info, maybe_limit, maybe_cursor)
	}

	fn clear_prefix(
		&mut self,
		prefix: &[u8],
		maybe_limit: Option<u32>,
		maybe_cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		let removed = self.inner.clear_prefix(prefix, maybe_limit, maybe_cursor);
		// The externalities do not tell which keys were removed.
		self.used.reads += u64::from(removed.loops);
		self.used.writes += u64::from(removed.unique);
		if removed.unique > 0 {
			self.layers.last_mut().expect("the outermost layer").insert(prefix.to_vec());
		}
		removed
	}

	fn clear_child_prefix(
		&mut self,
		child_info: &ChildInfo,
		prefix: &[u8],
		maybe_limit: Option<u32>,
		maybe_cursor: Option<&[u8]>,
	) -> MultiRemovalResults {
		self.inner.clear_child_prefix(child_info, prefix, maybe_limit, maybe_cursor)
	}

	fn place_storage(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
		self.write(&key);
		self.inner.place_storage(key, value)
	}

	fn place_child_storage(&mut self, child_info: &ChildInfo, key: Vec<u8>, value: Option<Vec<u8>>) {
		self.inner.place_child_storage(child_info, key, value)
	}

	fn storage_root(&mut self, state_version: StateVersion) -> Vec<u8> {
		if self.rootless {
			return vec![0; 32];
		}
		self.inner.storage_root(state_version)
	}

	fn child_storage_root(&mut self, child_info: &ChildInfo, state_version: StateVersion) -> Vec<u8> {
		self.inner.child_storage_root(child_info, state_version)
	}

	fn storage_append(&mut self, key: Vec<u8>, value: Vec<u8>) {
		self.write(&key);
		self.inner.storage_append(key, value)
	}

	fn storage_start_transaction(&mut self) {
		self.layers.push(Keys::new());
		self.inner.storage_start_transaction()
	}

	fn storage_rollback_transaction(&mut self) -> Result<(), ()> {
		self.layers.pop();
		self.inner.storage_rollback_transaction()
	}

	fn storage_commit_transaction(&mut self) -> Result<(), ()> {
		let layer = self.layers.pop().expect("a layer is open");
		self.layers.last_mut().expect("the outermost layer").extend(layer);
		self.inner.storage_commit_transaction()
	}

	fn storage_index_transaction(&mut self, index: u32, hash: &[u8], size: u32) {
		self.inner.storage_index_transaction(index, hash, size)
	}

	fn storage_renew_transaction_index(&mut self, index: u32, hash: &[u8]) {
		self.inner.storage_renew_transaction_index(index, hash)
	}

	fn wipe(&mut self) {
		self.inner.wipe()
	}

	fn commit(&mut self) {
		self.inner.commit()
	}

	fn read_write_count(&self) -> (u32, u32, u32, u32) {
		self.inner.read_write_count()
	}

	fn reset_read_write_count(&mut self) {
		self.inner.reset_read_write_count()
	}

	fn get_whitelist(&self) -> Vec<TrackedStorageKey> {
		self.inner.get_whitelist()
	}

	fn set_whitelist(&mut self, new: Vec<TrackedStorageKey>) {
		self.inner.set_whitelist(new)
	}

	fn get_read_and_written_keys(&self) -> Vec<(Vec<u8>, u32, u32, bool)> {
		self.inner.get_read_and_written_keys()
	}
}

impl ExtensionStore for Meter<'_> {
	fn extension_by_type_id(&mut self, type_id: TypeId) -> Option<&mut dyn Any> {
		self.inner.extension_by_type_id(type_id)
	}

	fn register_extension_with_type_id(
		&mut self,
		type_id: TypeId,
		extension: Box<dyn Extension>,
	) -> Result<(), Error> {
		self.inner.register_extension_with_type_id(type_id, extension)
	}

	fn deregister_extension_by_type_id(&mut self, type_id: TypeId) -> Result<(), Error> {
		self.inner.deregister_extension_by_type_id(type_id)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::storage::{unhashed, with_storage_layer};
	use sp_runtime::DispatchError;

	#[test]
	fn a_key_counts_once_and_what_is_taken_back_leaves_nothing() {
		sp_io::TestExternalities::default().execute_with(|| {
			let measured = measure(None, || {
				unhashed::put(b"a", &1u8);
				let _: Option<u8> = unhashed::get(b"a");
				let _: Option<u8> = unhashed::get(b"b");
				unhashed::put(b"b", &2u8);
				unhashed::put(b"b", &3u8);
				let _ = with_storage_layer::<(), DispatchError, _>(|| {
					unhashed::put(b"c", &4u8);
					Err("refused".into())
				});
				let _: Option<u8> = unhashed::get(b"d");
			});
			assert_eq!(measured.used, Used { reads: 2, writes: 3 });
			assert_eq!(measured.changed, Keys::from([b"a".to_vec(), b"b".to_vec()]));
			assert_eq!(unhashed::get(b"b"), Some(3u8));
		});
	}

	#[test]
	fn the_block_and_the_payer_are_free() {
		sp_io::TestExternalities::default().execute_with(|| {
			let payer = AccountId::from([1; 32]);
			let both = || {
				frame_system::Pallet::<Runtime>::set_block_number(7);
				frame_system::Pallet::<Runtime>::inc_providers(&payer);
			};
			assert_eq!(measure(Some(&payer), both).used, Used::default());
			assert_eq!(measure(None, both).used, Used { reads: 1, writes: 1 });
		});
	}
}
