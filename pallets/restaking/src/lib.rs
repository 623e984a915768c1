//! # Restaking
//!
//! Which assets may stand behind operators beside STAY, how stake is opened to services, and how much of each pool an
//! operator lets a service slash. The money itself lies with the operators ([`Config::Pools`]).
//!
//! ## Assets
//!
//! Governance admits an asset ([`Call::add_asset`]), caps it and can close it to new deposits. Exits always work. An
//! asset's owner, issuer, admin and freezer must be the chain's own accounts, or governance says that it trusts them:
//! an admin can move what lies in custody, and a freezer can lock it there.
//!
//! ## Allocations
//!
//! A **magnitude** is a part of a pool, of `WAD`, that one operator set may slash. It is a part of the pool and not an
//! amount, so that deposits, exits and rewards need not touch it. A slash cuts it, and with it the pool's largest
//! magnitude; the allocations to other sets are capped at what is left.
//!
//! ```text
//! era          3        4        5   …   9        10
//!  allocate ───┤        │        │       │        │     more: binds after the allocation delay
//!              └─ wait ─┤ counts │       │        │
//!                       │  deallocate ───┤        │     less: binds after the deallocation delay, which is longer
//!                       │        └──── still counts ──┤ than any exit it covers
//! ```
//!
//! * What was allocated in an era answers for that era as long as its stake can be reached: deallocating, leaving a
//!   set, or a new generation of the pool do not change the past.
//! * The sum of an operator's magnitudes on one pool is limited by [`Config::MaxLeverage`], and by a lower limit of
//!   the operator's own. At 100 % every unit has one claimant.
//! * A pool that answers to a set that gives what it slashes to an account is limited to 100 %. Above that, such a set
//!   could take, and give back to the operator's friends, what another set has a claim on. Sets that burn what they
//!   slash, or give it to the treasury, can share a pool.
//! * All allocations of one pool are one bounded value; those of a pool that a slash took all of are ended at once.
//! * A change that came to bind is read as such at once, and written down by the next call that allocates, reports,
//!   executes or pays for the set. Only a wipe of the pool can tell the difference: what was not written down then is
//!   dropped, as the specification has it.
//!
//! Files by subject: `assets`, `allocation` (one magnitude through time, no storage), `exposures` (allocations of a
//! pool), `leverage`, `ending` (stopping, and sets that are closed), `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use allocation::Allocation;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod allocation;
mod assets;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod ending;
mod exposures;
mod leverage;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, Contains},
	};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{
		traits::{EraClock, OperatorSets, Pools, SlashGate, Vault},
		AssetId, Balance, Delayed, Era, ExitAmount, Kind, OperatorSetId,
	};

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The money.
		type Pools: Pools<Self::AccountId>;
		/// The operator sets that stake is allocated to.
		type Sets: OperatorSets<Self::AccountId>;
		/// The clock that delays are counted on.
		type Clock: EraClock;
		/// Knows which eras pending slashes still ask for.
		type SlashGate: SlashGate<Self::AccountId>;
		/// The accounts that must be able to hold an asset before it is admitted.
		type Vaults: Vault<Self::AccountId>;
		/// Who may mint, burn, freeze and seize an asset.
		type Roles: fungibles::roles::Inspect<Self::AccountId, AssetId = AssetId>;
		/// Accounts that nobody has the key of, and that only the chain's own rules can use.
		type ChainAccounts: Contains<Self::AccountId>;
		/// May admit, cap and close assets.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Eras between an exit and its claim.
		#[pallet::constant]
		type ExitDelay: Get<Era>;
		/// Eras until a larger allocation, or a higher limit of leverage, binds.
		#[pallet::constant]
		type AllocationDelay: Get<Era>;
		/// Eras until a smaller allocation binds.
		#[pallet::constant]
		type DeallocationDelay: Get<Era>;
		/// The largest sum of an operator's magnitudes on one pool, in whole pools.
		#[pallet::constant]
		type MaxLeverage: Get<u32>;
		/// The most assets that can be admitted.
		#[pallet::constant]
		type MaxAssets: Get<u32>;
		/// The most sets that one pool can be allocated to.
		#[pallet::constant]
		type MaxSets: Get<u32>;
		/// The most changes of one allocation that are kept. They are needed while a slash can name their eras.
		#[pallet::constant]
		type MaxHistory: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// Brings services into the state that benchmarks start from.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: mainstay_primitives::traits::ServiceBenchmarkHelper<Self::AccountId>;
	}

	/// The assets that governance admitted.
	#[pallet::storage]
	pub type Assets<T: Config> = CountedStorageMap<_, Twox64Concat, AssetId, AssetTerms>;

	/// What an operator has allocated of one of its pools.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Exposures<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Kind, Exposure<T>, ValueQuery>;

	/// Operators' own limits of leverage, in percent of a pool. A higher one waits. Without one the chain's binds.
	#[pallet::storage]
	pub type Leverage<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Delayed<u32>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An asset may be restaked from now on.
		AssetAdded {
			/// The asset.
			id: AssetId,
			/// The most that custody may hold of it after a deposit.
			cap: Balance,
		},
		/// An asset's cap was changed, or it was opened or closed to deposits.
		AssetChanged {
			/// The asset.
			id: AssetId,
			/// The most that custody may hold of it after a deposit.
			cap: Balance,
			/// Whether it takes new deposits.
			deposits: bool,
		},
		/// An operator changed what a set may slash of a pool.
		AllocationChanged {
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: Kind,
			/// The set.
			set: OperatorSetId,
			/// The magnitude, in parts of `WAD`.
			magnitude: u64,
			/// The era from which it binds.
			effective: Era,
		},
		/// A slash cut an allocation.
		AllocationCut {
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: Kind,
			/// The set that slashed.
			set: OperatorSetId,
			/// By how much, in parts of `WAD`.
			cut: u64,
		},
		/// An operator serves no set any more, and ends all it allocated.
		Stopped {
			/// The operator.
			operator: T::AccountId,
			/// How many sets it served.
			left: u32,
			/// The era from which nothing is allocated.
			effective: Era,
		},
		/// An operator changed its own limit of leverage.
		LeverageSet {
			/// The operator.
			operator: T::AccountId,
			/// The limit until now, in percent of a pool.
			old: u32,
			/// The limit it set.
			new: u32,
			/// The era from which the new one binds.
			effective: Era,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The asset is admitted already.
		AssetExists,
		/// There is no such asset, or it is not admitted.
		UnknownAsset,
		/// No more assets can be admitted.
		TooManyAssets,
		/// Someone who is not the chain can mint, freeze or seize the asset, and governance did not say it trusts them.
		IssuerNotTrusted,
		/// This kind of pool cannot be restaked into: `Stake` backs consensus only, and assets must be admitted first.
		NotRestakeable,
		/// The asset takes no new deposits.
		DepositsDisabled,
		/// Custody would hold more of the asset than its cap.
		CapReached,
		/// The account is not an operator.
		NotOperator,
		/// The operator has retired, and can allocate no more than it has.
		OperatorRetired,
		/// There is no such operator set.
		UnknownSet,
		/// The set does not accept this kind.
		KindNotAccepted,
		/// More than slashes have left of the pool.
		MagnitudeTooLarge,
		/// The last change of this allocation does not bind yet.
		ModificationPending,
		/// This is allocated, or set, already.
		NoChange,
		/// The operator's magnitudes on this pool would pass the limit of leverage.
		LeverageTooHigh,
		/// Of a pool that answers to a set that gives slashed funds to an account, no more than the whole can be
		/// allocated.
		NotUnique,
		/// A limit of leverage is at least 1 % and at most the chain's.
		LeverageOutOfBounds,
		/// The pool is allocated to as many sets as it can be.
		TooManySets,
		/// The allocation was changed as often as can be kept. Wait until slashes can name the first changes no more.
		TooManyChanges,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::DeallocationDelay::get() > T::ExitDelay::get(),
				"an exposure must outlive every exit it covers"
			);
			assert!(T::AllocationDelay::get() > 0, "delegators must see new risk before it binds");
			assert!(T::MaxLeverage::get() > 0, "a pool can be allocated");
			assert!(T::MaxSets::get() > 0 && T::MaxHistory::get() > 2, "an allocation has a past");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Admit an asset of pallet-assets for restaking and for services' payments.
		///
		/// * `cap`: the most that custody may hold of it after a deposit.
		/// * `funder`: pays the least balance of it to each account that will hold it, which stays there.
		/// * `trusted`: admit it although others than the chain can mint, freeze or seize it.
		///
		/// Origin: [`Config::AdminOrigin`]. Errors: [`Error::AssetExists`], [`Error::UnknownAsset`],
		/// [`Error::TooManyAssets`], [`Error::IssuerNotTrusted`], and what the transfers say.
		#[pallet::call_index(0)]
		pub fn add_asset(
			origin: OriginFor<T>,
			id: AssetId,
			#[pallet::compact] cap: Balance,
			funder: T::AccountId,
			trusted: bool,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_add_asset(id, cap, &funder, trusted)
		}

		/// Change an asset's cap, and open or close it to new deposits. What is there can leave as ever.
		///
		/// Origin: [`Config::AdminOrigin`]. Errors: [`Error::UnknownAsset`].
		#[pallet::call_index(1)]
		pub fn set_asset(
			origin: OriginFor<T>,
			id: AssetId,
			#[pallet::compact] cap: Balance,
			deposits: bool,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_asset(id, cap, deposits)
		}

		/// Put STAY or an asset behind an operator for consensus (STAY) and for services. Who enters a pool enters
		/// its past: a pending slash of the operator takes from this deposit too.
		///
		/// * `kind`: `Native`, or an admitted asset.
		/// * `amount`: at least the least deposit, in units of the currency.
		/// * `least_shares`: refuse if fewer shares than this are minted; 0 to accept any price.
		///
		/// Origin: signed. Errors: [`Error::NotOperator`], [`Error::NotRestakeable`], [`Error::DepositsDisabled`],
		/// [`Error::CapReached`], and those of `stake` in operator-delegation.
		#[pallet::call_index(2)]
		pub fn restake(
			origin: OriginFor<T>,
			operator: T::AccountId,
			kind: Kind,
			#[pallet::compact] amount: Balance,
			#[pallet::compact] least_shares: u128,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_restake(&who, &operator, kind, amount, least_shares)
		}

		/// Open stake to services where it stands: move it from the operator's `Stake` pool to its `Native` pool, at
		/// once. It answers to what is allocated of that pool from now on, pending slashes included.
		///
		/// * `least_shares`: refuse if fewer shares than this are minted; 0 to accept any price.
		///
		/// Origin: the owner of the position. Errors: those of `exit` and `stake` in operator-delegation.
		#[pallet::call_index(3)]
		pub fn opt_in(
			origin: OriginFor<T>,
			operator: T::AccountId,
			amount: ExitAmount,
			#[pallet::compact] least_shares: u128,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			T::Pools::opt_in(&who, &operator, amount, least_shares)
		}

		/// Set how much of one of your pools an operator set may slash. More binds after [`Config::AllocationDelay`]
		/// eras, less after [`Config::DeallocationDelay`].
		///
		/// * `magnitude`: in parts of `WAD`; 0 to end it. What is allocated to a set that was closed ends at once.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::UnknownSet`], [`Error::KindNotAccepted`],
		/// [`Error::MagnitudeTooLarge`], [`Error::ModificationPending`], [`Error::NoChange`],
		/// [`Error::OperatorRetired`], [`Error::NotRestakeable`], [`Error::TooManyChanges`],
		/// [`Error::LeverageTooHigh`], [`Error::NotUnique`], [`Error::TooManySets`].
		#[pallet::call_index(4)]
		pub fn allocate(
			origin: OriginFor<T>,
			kind: Kind,
			set: OperatorSetId,
			magnitude: u64,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_allocate(&who, kind, set, magnitude)
		}

		/// Promise to allocate no more than this of any pool: a lower limit binds at once for what is allocated from
		/// now on, a higher one after [`Config::AllocationDelay`] eras.
		///
		/// * `percent`: of a pool, at least 1 and at most the chain's [`Config::MaxLeverage`].
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::LeverageOutOfBounds`], [`Error::NoChange`].
		#[pallet::call_index(5)]
		pub fn set_leverage(origin: OriginFor<T>, percent: u32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_leverage(&who, percent)
		}

		/// Stop all you do for services, at once: leave every set, and end every allocation. You answer for this era
		/// still. Increases that do not bind yet are taken back; what is allocated ends after
		/// [`Config::DeallocationDelay`] eras.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`].
		#[pallet::call_index(6)]
		#[pallet::weight(<T as Config>::WeightInfo::stop(T::MaxAssets::get().saturating_add(1)))]
		pub fn stop(origin: OriginFor<T>) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let pools = Self::do_stop(&who)?;
			Ok(Some(<T as Config>::WeightInfo::stop(pools)).into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What `set` may slash of pool `(operator, kind)`: the magnitude now, and a pending one with its era.
		pub fn allocation(
			operator: T::AccountId,
			kind: Kind,
			set: OperatorSetId,
		) -> (u64, Option<(u64, Era)>) {
			let exposure = Self::exposure(&operator, kind);
			exposure
				.allocations
				.get(&set)
				.map_or((0, None), |allocation| (allocation.current, allocation.pending))
		}

		/// The limit of leverage that binds for `operator` now, in percent of a pool.
		pub fn leverage(operator: T::AccountId) -> u32 {
			Self::leverage_of(&operator)
		}
	}
}
