//! Owners of keys: lookups and proofs.

use crate::*;
use alloc::vec::Vec;
use frame_support::traits::KeyOwnerProofSystem;
use pallet_session::CurrentIndex;
use sp_core::crypto::KeyTypeId;
use sp_session::{MembershipProof, ValidatorCount};
use sp_staking::SessionIndex;

impl<T: Config> Pallet<T> {
	/// The validator that held a key in `session`, and the number of validators of that session. `None` if nobody held
	/// it, if the session is out of time or has not begun, or if nothing is stored about it.
	pub(crate) fn holder(
		id: KeyTypeId,
		key: &[u8],
		session: SessionIndex,
	) -> Option<(T::ValidatorId, ValidatorCount)> {
		let current = CurrentIndex::<T>::get();
		if session > current || session < Self::oldest_in_time(current) {
			return None;
		}
		let (_, validators) = Sets::<T>::get().into_iter().rfind(|(from, _)| *from <= session)?;
		let tenure = Owners::<T>::get(id, key).into_iter().find(|tenure| tenure.meets(session, session))?;
		Some((tenure.owner, validators))
	}

	/// Proves who held a key in `session`. Any later state that is still in time can make the proof. `None` as for
	/// [`Self::owner_in`].
	pub fn prove_in(session: SessionIndex, id: KeyTypeId, key: &[u8]) -> Option<MembershipProof> {
		let (_, validator_count) = Self::holder(id, key, session)?;
		Some(MembershipProof { session, trie_nodes: Vec::new(), validator_count })
	}

	/// Proves who was the first to hold a key in the sessions `first` to `last`. The proof is for the last of these
	/// sessions in which that validator held it.
	///
	/// This is for a set that was fixed in `first` and used until `last`, like GRANDPA's: a validator that took the key
	/// over in between is not in that set. `None` if nobody held the key in a session of these that is in time.
	pub fn prove_within(
		first: SessionIndex,
		last: SessionIndex,
		id: KeyTypeId,
		key: &[u8],
	) -> Option<MembershipProof> {
		let current = CurrentIndex::<T>::get();
		let (known, _) = *Sets::<T>::get().first()?;
		let first = first.max(known).max(Self::oldest_in_time(current));
		let last = last.min(current);
		if first > last {
			return None;
		}
		let tenure = Owners::<T>::get(id, key).into_iter().find(|tenure| tenure.meets(first, last))?;
		Self::prove_in(tenure.until.map_or(last, |until| until.min(last)), id, key)
	}
}

impl<T: Config, D: AsRef<[u8]>> KeyOwnerProofSystem<(KeyTypeId, D)> for Pallet<T> {
	type Proof = MembershipProof;
	/// The same type as that of `pallet_session::historical` for validators that are identified only by their account,
	/// so that the identity of reported offences does not change.
	type IdentificationTuple = (T::ValidatorId, ());

	/// Proves for the running session. For the session of an offence, use [`Pallet::prove_in`].
	fn prove((id, key): (KeyTypeId, D)) -> Option<MembershipProof> {
		Self::prove_in(CurrentIndex::<T>::get(), id, key.as_ref())
	}

	fn check_proof((id, key): (KeyTypeId, D), proof: MembershipProof) -> Option<(T::ValidatorId, ())> {
		let (owner, validators) = Self::holder(id, key.as_ref(), proof.session)?;
		// The reporter names the number of validators, and the slash depends on it.
		let sound = proof.trie_nodes.is_empty() && proof.validator_count == validators;
		sound.then_some((owner, ()))
	}
}
