//! # Key owners
//!
//! Which validator held which session key in which session, for as long as an equivocation with that key can be
//! reported. Reports of equivocations in block production and finality prove the owner of a key against this pallet.
//!
//! ## Why not `pallet_session::historical`
//!
//! It makes its proofs, and the roots it checks them against, from the keys that validators registered *for later*.
//! A validator that registered new keys before anyone reported it could not be reported: no proof could be made for
//! two sessions or longer, and none for the session of the offence after that. Here the keys come from the session
//! pallet's queue at the moment at which that queue comes into force.
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
//! * A **tenure** is an unbroken run of sessions in which one validator held a key. So an owner is kept by interval, a
//!   key that changes hands has one tenure for each, and registering the same keys again changes nothing.
//! * [`NoteKeyOwners`] stands around the session manager and compares, as each session starts, the keys that come into
//!   force with those of the session before ([`InForce`]). A session that changes nothing writes nothing, except what
//!   it forgets.
//! * A proof names a session and the number of its validators, and has no trie nodes. Whoever proves chooses the
//!   session ([`Pallet::prove_in`], [`Pallet::prove_within`]), any state after it will do, and checking reads three
//!   entries.
//!
//! ## How long
//!
//! The session that runs and the [`Config::ReportSessions`] before it are **in time**. Of other sessions nothing is
//! proved, although an older tenure may still be there: the stake that backed them can have left.
//!
//! * A session that starts forgets the keys of at most two changes, those that are out of time. A change comes at most
//!   once a session, so forgetting keeps up, and catches up if the time becomes shorter.
//! * Writing a tenure drops those of the key that are out of time. What is left is disjoint and in time, so that a key
//!   has at most `ReportSessions + 2` tenures, even if its owner takes and leaves it in every session. No tenure in time
//!   is ever dropped to make room: nobody goes free by filling a list. An entry of a key that nobody takes again is
//!   removed with the last of its tenures.
//!
//! ## Weight
//!
//! A session starts in the `on_initialize` of the session pallet, which claims a whole block for it. Nothing is charged
//! here on top of that; `weights` tells what noting takes, and a test of the runtime compares it with the block.
//!
//! ## How many reports
//!
//! Reports that are taken are free. [`FewReports`] bounds how many a block takes.
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

	// Without storage info, as the session pallet: its keys have no greatest length.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	#[pallet::without_storage_info]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config + pallet_session::Config {
		/// Sessions before the running one for which owners are proved: those whose stake can still be reached.
		#[pallet::constant]
		type ReportSessions: Get<SessionIndex>;

		/// The most reports of offences that one block takes, see [`FewReports`].
		#[pallet::constant]
		type MaxReports: Get<u32>;
	}

	/// The validators of the running session with the keys that are in force in it, in the order of the session pallet.
	/// The session pallet keeps what is queued and what is to come, and not this. At most a validator set.
	#[pallet::storage]
	pub type InForce<T: Config> = StorageValue<_, Vec<(T::ValidatorId, T::Keys)>, ValueQuery>;

	/// The sessions that changed who holds which key, oldest first, with the number of validators from each on. The
	/// first is the one before which nothing is known; at most two more than the sessions in time.
	#[pallet::storage]
	pub type Sets<T: Config> = StorageValue<_, Vec<(SessionIndex, ValidatorCount)>, ValueQuery>;

	/// Who held a key when, by the key's type and its raw bytes: disjoint, oldest first. At most two more than the
	/// sessions in time.
	// Blake2_128Concat: keys are chosen by their owners.
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

	/// The keys that were not held by the same validator any more from a session on: those to look at when what was
	/// before it is out of time. At most the keys of a validator set.
	#[pallet::storage]
	pub type Ended<T: Config> =
		StorageMap<_, Twox64Concat, SessionIndex, Vec<(KeyTypeId, Vec<u8>)>, ValueQuery>;

	/// The last block that took reports of offences, and how many.
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
		/// * `key_type`: the four letters of its type, `babe` say.
		/// * `key`: its raw bytes.
		pub fn owner_in(key_type: [u8; 4], key: Vec<u8>, session: SessionIndex) -> Option<T::ValidatorId> {
			Self::holder(KeyTypeId(key_type), &key, session).map(|(owner, _)| owner)
		}
	}
}
