//! # Key owners
//!
//! This pallet stores which validator held which session key in which session, as long as an equivocation with that key
//! can be reported. Reports of equivocations in block production and finality use it to prove the owner of a key.
//!
//! ## Why not `pallet_session::historical`
//!
//! That pallet makes its proofs, and the roots against which it checks them, from the keys that validators registered
//! *for a later session*. A validator that changed its keys before anyone reported it could therefore not be reported:
//! no proof could be made for two sessions or longer, and after that none for the session of the offence. Here the keys
//! come from the session pallet's queue at the moment when that queue comes into force.
//!
//! ## Tenures
//!
//! ```text
//! session        7          8          9          10         11
//!   key k        ├── A ─────┴──────────┤          ├── B ─────┴───  …
//!   Owners(k)    (A, from 7, until 8)             (B, from 10, until none)
//!   Sets         (7, 4 validators)     (9, 3)     (10, 4)
//!   Ended                              9: [k]
//! ```
//!
//! * A **tenure** is an unbroken run of sessions in which one validator held a key. So an owner is stored by interval,
//!   a key that changes its owner has one tenure for each owner, and registering the same keys again changes nothing.
//! * [`NoteKeyOwners`] wraps the session manager. When a session starts, it compares the keys that come into force with
//!   those of the session before ([`InForce`]). A session without changes writes nothing, except for what it removes.
//! * A proof names a session and the number of its validators, and has no trie nodes. The prover chooses the session
//!   ([`Pallet::prove_in`], [`Pallet::prove_within`]) and can use the state of any later block. Checking a proof reads
//!   three entries.
//!
//! ## How long keys are stored
//!
//! The running session and the [`Config::ReportSessions`] before it are **in time**. Nothing can be proved for other
//! sessions, even if an older tenure is still stored, because the stake that backed them can have left.
//!
//! * The start of a session removes the keys of at most two changes that are out of time. There is at most one change
//!   in a session, so removal keeps up, and catches up if [`Config::ReportSessions`] is lowered.
//! * Writing a tenure removes the key's tenures that are out of time. The remaining ones are disjoint and in time, so a
//!   key has at most `ReportSessions + 2` tenures, even if its owner takes and gives it up in every session. A tenure
//!   in time is never removed to make room, so nobody can escape a report by filling the list. The entry of a key that
//!   nobody takes again is removed with the last of its tenures.
//!
//! ## Weight
//!
//! A session starts in the `on_initialize` of the session pallet, which claims a whole block for it. This pallet
//! charges nothing in addition. `weights` has the measured weight of noting the keys, and a test of the runtime
//! compares it with a block.
//!
//! ## Bound on reports
//!
//! Accepted reports are free of charge. [`FewReports`] bounds their number in each block.
//!
//! Files by subject: `tenures` (noting and forgetting), `proofs`, `reports`, `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use reports::FewReports;
pub use tenures::{NoteKeyOwners, Tenure};
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
mod proofs;
mod reports;
mod tenures;
#[cfg(test)]
mod tests;
mod try_state;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use sp_core::crypto::KeyTypeId;
	use sp_session::ValidatorCount;
	use sp_staking::SessionIndex;

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	// Without storage info, like the session pallet: its keys have no maximum length.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	#[pallet::without_storage_info]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config + pallet_session::Config {
		/// The number of sessions before the running one for which owners can be proved. They are those whose stake can
		/// still be slashed.
		#[pallet::constant]
		type ReportSessions: Get<SessionIndex>;

		/// The maximum number of offence reports that one block accepts, see [`FewReports`].
		#[pallet::constant]
		type MaxReports: Get<u32>;
	}

	/// The validators of the running session with the keys that are in force in it, in the order of the session pallet.
	/// The session pallet stores only queued and later keys, not these. At most one validator set.
	#[pallet::storage]
	pub type InForce<T: Config> = StorageValue<_, Vec<(T::ValidatorId, T::Keys)>, ValueQuery>;

	/// The sessions that changed the owners of keys, oldest first, each with the number of validators from then on.
	/// Nothing is known about sessions before the first. At most two more than the sessions in time.
	#[pallet::storage]
	pub type Sets<T: Config> = StorageValue<_, Vec<(SessionIndex, ValidatorCount)>, ValueQuery>;

	/// The tenures of a key, by its type and raw bytes: disjoint, oldest first. At most two more than the sessions in
	/// time.
	// Blake2_128Concat: owners choose their keys.
	#[pallet::storage]
	pub type Owners<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		KeyTypeId,
		Blake2_128Concat,
		Vec<u8>,
		Vec<Tenure<T::ValidatorId>>,
		ValueQuery,
	>;

	/// The keys whose tenure ended with the beginning of a session. They are the ones to check when the time before it
	/// is out of time. At most the keys of one validator set.
	#[pallet::storage]
	pub type Ended<T: Config> =
		StorageMap<_, Twox64Concat, SessionIndex, Vec<(KeyTypeId, Vec<u8>)>, ValueQuery>;

	/// The last block that accepted offence reports, and their number.
	#[pallet::storage]
	pub type Reports<T: Config> = StorageValue<_, (BlockNumberFor<T>, u32)>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The validator that held a key in a session. `None` if nobody did, and for a session that is out of time or
		/// has not begun.
		///
		/// * `key_type`: the four letters of its type, for instance `babe`.
		/// * `key`: its raw bytes.
		pub fn owner_in(key_type: [u8; 4], key: Vec<u8>, session: SessionIndex) -> Option<T::ValidatorId> {
			Self::holder(KeyTypeId(key_type), &key, session).map(|(owner, _)| owner)
		}
	}
}
