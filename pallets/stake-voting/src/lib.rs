//! # Stake voting
//!
//! This pallet is the currency of `pallet-conviction-voting`. With it, an account votes with the STAY that it has free
//! **and** with the STAY that it has staked, and a vote locks only what the stake does not cover. So a delegator need not
//! choose between earning and governing, and can still pay fees.
//!
//! ## What votes
//!
//! The balance with which an account can vote is the sum of
//!
//! * its free balance, as Balances has it: what is reserved or held does not vote;
//! * the value of its live positions of kind `Stake` and `Native`. At most [`MAX_POSITIONS`] positions are read.
//!
//! Exits on their way and assets do not vote. Votes are numbers once they are cast: a slash, or a reward, changes what
//! the account can vote with from then on, but a vote that was cast counts in its referendum until it is removed or cast
//! again.
//!
//! ## What a vote locks
//!
//! Conviction voting locks, for as long as a vote and its conviction last, the largest balance of all votes of an account.
//! On a chain where stake stays in the account, one lock on it holds everything. Here stake lies in custody, where only the
//! rules of exits reach it, so this pallet keeps two numbers for each account with a lock ([`Lock`]):
//!
//! * the **nominal lock** is what conviction voting asked for;
//! * the **freeze** is the part of it that is locked in the account's balance, as the lock [`VOTING_LOCK`] of Balances.
//!
//! The rest of the nominal lock is held by the **stake**: the value of the account's native positions and of its native
//! exits. Stake cannot reach another account, nor the owner's balance without a claim, which raises the freeze.
//!
//! With `L` for the nominal lock, `F` for the freeze and `S` for the stake after the event, and differences that end at 0:
//!
//! | event | `L` becomes | `F` becomes |
//! |---|---|---|
//! | a vote or delegation of balance `v` | `max(L, v)` | `max(v - S, min(F, L - S))` |
//! | `unlock`, and `l` stays locked | `l` | `min(F, l - S)` |
//! | `a` enters a pool | | `min(F - a, L - S)`, before the transfer |
//! | `a` comes back by a claim | | `min(F + a, L - S)` |
//! | [`renew`](Call::renew), for instance after rewards | | `min(F, L - S)` |
//!
//! An exit and opting in move stake from one place to another, and a slash only takes it: they change neither number. It
//! follows that
//!
//! * right after a vote of `v`, `F + S` is at least `v`: every coin of the vote is there and cannot leave. Later events
//!   keep the sum `F + S`, but for what slashes take and rounding leaves in a pool, or let it fall to `L` and no lower.
//!   Balances holds at least `F`, free or reserved. So **no coin votes for two accounts at once**: all nominal locks
//!   together are at most all STAY that there is, and what slashes took since the votes. Slashed STAY is burnt or goes to
//!   the treasury, never to another account;
//! * a vote freezes no more than it needs of the free balance. Who votes with no more than its stake has all of its
//!   balance for fees, even if a slash takes the stake later: only a new vote with more than what is left, or a claim,
//!   freezes something;
//! * locked coins can be staked, as elsewhere, because a deposit eases the freeze before its transfer.
//!
//! ## Bounds
//!
//! At most [`MAX_POSITIONS`] positions and [`MAX_EXITS`] exits of an account are read, in the order of storage; only the
//! account itself can add to them. Those of assets and void ones are read too, and count nothing. An account that has more
//! may therefore have fewer votes than it could, and a larger freeze than it needs. It never has more votes, and never a
//! smaller freeze: with a part of `S` left out, every `F` above is as large or larger. Everything else is one entry for
//! each account with a lock, which conviction voting has as well, and which is removed with the lock.
//!
//! ## What cannot fail
//!
//! Votes, `unlock`, deposits and claims change the freeze, and none of these changes can fail: the functions of Balances that
//! set a lock return nothing, need no limit of consumer references, and need an account only where there is a balance to
//! freeze. An account whose free balance is 0 can have a nominal lock without a freeze, and may be removed and created
//! again meanwhile; the entry in [`Locks`] does not depend on it. A claim first pays the account, and then freezes at most
//! what it paid.
//!
//! ## Who must know
//!
//! A pallet that lets positions or exits pass from one account to another must refuse that for accounts with a lock, unless
//! what stays covers it. No pallet does it now. Funds that a pallet holds or reserves back the freeze (Balances counts them
//! against it), and may be forfeited to the treasury, which is a loss like a slash.
//!
//! Files by subject: `lock` (the rules of the table), `locks` (what applies them), `currency` (the traits of the currency),
//! `try_state` (the invariants).

#![cfg_attr(not(feature = "std"), no_std)]

pub use lock::{Lock, Standing};
pub use pallet::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod currency;
mod lock;
mod locks;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
pub mod weights;

use frame_support::traits::LockIdentifier;

/// The lock of Balances that holds the freeze: that of conviction voting, so that clients show it as on other chains.
pub const VOTING_LOCK: LockIdentifier = *b"pyconvot";
/// The maximum number of an account's positions that are read.
pub const MAX_POSITIONS: u32 = 32;
/// The maximum number of an account's exits that are read.
pub const MAX_EXITS: u32 = 64;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, InspectLockableCurrency, ReservableCurrency},
	};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{traits::InspectStakes, Balance};

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The balances of accounts, in STAY. Everything that this pallet does not define itself as a currency is theirs.
		type NativeBalance: ReservableCurrency<Self::AccountId, Balance = Balance>
			+ InspectLockableCurrency<Self::AccountId, Moment = BlockNumberFor<Self>>
			+ fungible::Inspect<Self::AccountId, Balance = Balance>;
		/// The STAY that accounts have with operators.
		type Stakes: InspectStakes<Self::AccountId>;
		/// Weights of the call, and of what votes, deposits and claims do here.
		type WeightInfo: WeightInfo;
		/// Makes delegators for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: mainstay_primitives::traits::BenchmarkHelper<Self::AccountId>;
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The maximum number of an account's positions that are read. Those of assets and void ones are read too, and
		/// count nothing.
		#[pallet::constant_name(MaxPositions)]
		fn max_positions() -> u32 {
			MAX_POSITIONS
		}

		/// The maximum number of an account's exits that are read. Those of assets and void ones are read too, and count
		/// nothing.
		#[pallet::constant_name(MaxExits)]
		fn max_exits() -> u32 {
			MAX_EXITS
		}
	}

	/// The accounts with a lock of votes. No entry without a nominal lock.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Locks<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Lock>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account's freeze was lowered, because its stake covers more of its lock.
		Renewed {
			/// The account.
			who: T::AccountId,
			/// What stays locked in its balance, in STAY.
			frozen: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account has no lock of votes.
		///
		/// Look up the accounts with a lock in the storage `stakeVoting.locks`. A lock that the account has besides is
		/// not one of votes.
		NotLocked,
		/// The freeze is already as low as the account's stake allows.
		///
		/// Stake more, or remove votes with `convictionVoting.removeVote` and then call `convictionVoting.unlock`. The
		/// storage `stakeVoting.locks` has the lock and the freeze.
		NoChange,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Lower an account's freeze to what its stake does not cover of its lock. Deposits and claims do this by
		/// themselves; rewards, which raise the stake, do not.
		///
		/// * `who`: the account whose freeze is lowered.
		///
		/// Origin: signed by anyone. Errors: [`Error::NotLocked`], [`Error::NoChange`].
		#[pallet::call_index(0)]
		pub fn renew(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_renew(who)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The balance with which `who` can vote or delegate now, in STAY: what it has free and what it has staked. Those
		/// of its votes that are cast count in it again.
		pub fn votes_of(who: T::AccountId) -> Balance {
			Self::votes(&who)
		}

		/// The nominal lock of `who`, its freeze and its stake now, in STAY.
		pub fn standing(who: T::AccountId) -> Standing {
			let Lock { amount, frozen } = Locks::<T>::get(&who).unwrap_or_default();
			Standing { nominal: amount, frozen, staked: Self::stake_of(&who) }
		}
	}
}
