//! Storing the owners of keys from session to session, and removing them when they are out of time.

use crate::*;
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use frame_support::{defensive, traits::Get};
use pallet_session::{QueuedKeys, SessionManager};
use scale_info::TypeInfo;
use sp_core::crypto::KeyTypeId;
use sp_runtime::traits::OpaqueKeys;
use sp_session::ValidatorCount;
use sp_staking::SessionIndex;

/// The maximum number of changes whose keys one session removes. One would keep up; two also catch up.
const FORGOTTEN_CHANGES: usize = 2;

/// An unbroken run of sessions in which one validator held a key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Tenure<ValidatorId> {
	/// The validator.
	pub owner: ValidatorId,
	/// Its first session.
	pub from: SessionIndex,
	/// Its last session; `None` while it continues.
	pub until: Option<SessionIndex>,
}

impl<ValidatorId> Tenure<ValidatorId> {
	/// Whether it ended before `session`.
	pub(crate) fn over_before(&self, session: SessionIndex) -> bool {
		self.until.is_some_and(|until| until < session)
	}

	/// Whether it overlaps with the sessions `first` to `last`.
	pub(crate) fn meets(&self, first: SessionIndex, last: SessionIndex) -> bool {
		self.from <= last && !self.over_before(first)
	}
}

/// The type of a key, and the key.
type Key = (KeyTypeId, Vec<u8>);

/// The owner of each of the `keys`.
fn holders<T: Config>(keys: &[(T::ValidatorId, T::Keys)]) -> BTreeMap<Key, &T::ValidatorId> {
	let mut holders = BTreeMap::new();
	for (owner, keys) in keys {
		for id in T::Keys::key_ids() {
			holders.insert((*id, keys.get_raw(*id).to_vec()), owner);
		}
	}
	holders
}

impl<T: Config> Pallet<T> {
	/// The first session that is in time while `session` runs.
	pub(crate) fn oldest_in_time(session: SessionIndex) -> SessionIndex {
		session.saturating_sub(T::ReportSessions::get())
	}

	/// Stores that `keys` come into force with `session`, and removes what is then out of time. Must be called in the
	/// order of sessions, at most once for each.
	///
	/// Bounded by the keys of the validator sets that end and begin, and of those that ended in two sessions long ago.
	/// It runs in the block that rotates the session, which claims the weight of a whole block.
	pub fn note(session: SessionIndex, keys: Vec<(T::ValidatorId, T::Keys)>) {
		let before = InForce::<T>::get();
		// `QueuedChanged` of the session pallet cannot replace this comparison: it stays `false` when the last
		// validator of a set gives up its keys.
		if before != keys {
			Self::note_change(session, &before, &keys);
			InForce::<T>::put(keys);
		}
		Self::forget(session);
	}

	fn note_change(
		session: SessionIndex,
		before: &[(T::ValidatorId, T::Keys)],
		keys: &[(T::ValidatorId, T::Keys)],
	) {
		let (old, new) = (holders::<T>(before), holders::<T>(keys));
		let ended: Vec<_> = old
			.iter()
			.filter(|(key, owner)| new.get(*key) != Some(*owner))
			.map(|(key, _)| key.clone())
			.collect();
		for (id, key) in &ended {
			Self::end(*id, key, session);
		}
		for ((id, key), owner) in new.iter().filter(|(key, owner)| old.get(*key) != Some(*owner)) {
			Self::begin(*id, key, (*owner).clone(), session);
		}

		let validators = keys.len() as ValidatorCount;
		Sets::<T>::mutate(|sets| {
			if !ended.is_empty() || sets.last().is_none_or(|(_, count)| *count != validators) {
				sets.push((session, validators));
			}
		});
		if !ended.is_empty() {
			Ended::<T>::insert(session, ended);
		}
	}

	/// Ends the tenure of a key with the session before `session`.
	fn end(id: KeyTypeId, key: &[u8], session: SessionIndex) {
		Owners::<T>::mutate(id, key, |tenures| {
			match tenures.last_mut() {
				Some(tenure) if tenure.until.is_none() => tenure.until = Some(session.saturating_sub(1)),
				_ => {
					defensive!("a key in force has an owner");
				},
			}
			// The tenure that ends now is in time, so the entry stays.
			tenures.retain(|tenure| !tenure.over_before(Self::oldest_in_time(session)));
		});
	}

	/// Begins a tenure with `session`.
	fn begin(id: KeyTypeId, key: &[u8], owner: T::ValidatorId, session: SessionIndex) {
		Owners::<T>::mutate(id, key, |tenures| {
			tenures.retain(|tenure| !tenure.over_before(Self::oldest_in_time(session)));
			tenures.push(Tenure { owner, from: session, until: None });
		});
	}

	/// Removes tenures that are out of time while `session` runs, of at most [`FORGOTTEN_CHANGES`] changes.
	fn forget(session: SessionIndex) {
		let oldest = Self::oldest_in_time(session);
		let mut sets = Sets::<T>::get();
		// Tenures that ended with a change lie before it. If no session before the change is in time, none of them is
		// needed.
		let changes: Vec<_> = sets.iter().skip(1).map(|(from, _)| *from).collect();
		let passed: Vec<_> =
			changes.into_iter().take_while(|from| *from <= oldest).take(FORGOTTEN_CHANGES).collect();
		if passed.is_empty() {
			return;
		}
		sets.drain(..passed.len());
		Sets::<T>::put(sets);
		for (id, key) in passed.into_iter().flat_map(Ended::<T>::take) {
			Owners::<T>::mutate_exists(id, key, |tenures| {
				let left = tenures.take().unwrap_or_default();
				let left: Vec<_> = left.into_iter().filter(|tenure| !tenure.over_before(oldest)).collect();
				*tenures = (!left.is_empty()).then_some(left);
			});
		}
	}
}

/// A session manager that stores the owners of a session's keys before `I` starts the session. It replaces
/// `pallet_session::historical::NoteHistoricalRoot`.
///
/// When the session pallet starts a session, its queue has the keys of all types that come into force, and is
/// overwritten right after.
pub struct NoteKeyOwners<T, I>(PhantomData<(T, I)>);

impl<T: Config, I: SessionManager<T::ValidatorId>> SessionManager<T::ValidatorId> for NoteKeyOwners<T, I> {
	fn new_session(session: SessionIndex) -> Option<Vec<T::ValidatorId>> {
		I::new_session(session)
	}

	fn new_session_genesis(session: SessionIndex) -> Option<Vec<T::ValidatorId>> {
		I::new_session_genesis(session)
	}

	fn start_session(session: SessionIndex) {
		Pallet::<T>::note(session, QueuedKeys::<T>::get());
		I::start_session(session)
	}

	fn end_session(session: SessionIndex) {
		I::end_session(session)
	}
}
