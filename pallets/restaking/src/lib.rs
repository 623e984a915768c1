//! # Restaking
//!
//! Which assets may stand behind operators beside STAY, how stake is opened to services, and how much of each pool an
//! operator lets a service slash. The money itself lies with the operators ([`Config::Pools`]).
//!
//! ## Assets
//!
//! Governance admits an asset ([`Call::add_asset`]) with a least deposit of its own, caps it and can close it to new
//! deposits. Exits always work. The cap counts what the ledger holds: what someone merely sends to custody does not fill
//! it. An asset's owner, issuer, admin and freezer must be the chain's own accounts, or governance says that it trusts them:
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
//! * A set that gives to an account takes whole units of magnitude, so that it never takes more than it is cut by, and is
//!   allocated a billionth of a whole pool or more ([`LEAST_GIVING`]), so that a unit is next to nothing.
//! * Who may join a set can raise what it allocates to it, and who serves it. Its terms wait from the first allocation on, so
//!   that its owner has a say in who can cause that.
//! * All allocations of one pool are one bounded value; those of a pool that a slash took all of are ended at once.
//! * A slash that takes all of a pool starts a new **generation** of it, of which nothing is allocated. Whatever binds by
//!   then ends with the old one, whether it was written down or not; what waits is taken back. What is allocated anew
//!   binds in no era of the old generation.
//! * A slash of an older generation cuts what was allocated of that one, and nothing else.
//! * A change that came to bind is read as such at once, and written down by the next call that allocates, reports
//!   or executes for the set. No reading tells the difference.
//!
//! Files by subject: `assets`, `allocation` (one magnitude through time, no storage), `exposures` (allocations of a
//! pool), `slashes`, `leverage`, `ending` (stopping, and sets that are closed), `migrations`, `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use allocation::Allocation;
pub use leverage::Horizon;

/// The least magnitude that is allocated to a set that gives what it slashes to an account.
pub const LEAST_GIVING: u64 = 1_000_000_000;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod allocation;
mod assets;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod config_preludes;
mod ending;
mod exposures;
mod leverage;
pub mod migrations;
#[cfg(test)]
mod mock;
#[cfg(feature = "runtime-benchmarks")]
pub mod setup;
mod slashes;
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
		traits::{
			EnterPools, EraClock, InspectOperators, InspectPools, OperatorSets, SlashAllocated, SlashGate,
			Vault,
		},
		AssetId, Balance, Delayed, Era, ExitAmount, OperatorSetId, PoolKind,
	};

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config(with_default)]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The money: this pallet reads it, brings deposits in, and slashes what is allocated of it.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId>
			+ InspectPools<Self::AccountId>
			+ EnterPools<Self::AccountId>
			+ SlashAllocated<Self::AccountId>;
		/// The operator sets that stake is allocated to.
		#[pallet::no_default]
		type Sets: OperatorSets<Self::AccountId>;
		/// The clock that delays are counted on.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Knows which eras pending slashes still ask for.
		#[pallet::no_default]
		type SlashGate: SlashGate<Self::AccountId>;
		/// The accounts that must be able to hold an asset before it is admitted.
		#[pallet::no_default]
		type Vaults: Vault<Self::AccountId>;
		/// Who may mint, burn, freeze and seize an asset.
		#[pallet::no_default]
		type Roles: fungibles::roles::Inspect<Self::AccountId, AssetId = AssetId>;
		/// Accounts that nobody has the key of, and that only the chain's own rules can use.
		#[pallet::no_default]
		type ChainAccounts: Contains<Self::AccountId>;
		/// May admit, cap and close assets.
		#[pallet::no_default]
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
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
		#[pallet::no_default]
		type WeightInfo: WeightInfo;
		/// Brings services into the state that benchmarks start from.
		#[cfg(feature = "runtime-benchmarks")]
		#[pallet::no_default]
		type BenchmarkHelper: mainstay_primitives::traits::ServiceBenchmarkHelper<Self::AccountId>;
	}

	// The clock says them, so that they are the same for all pallets.
	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Eras between an exit and its claim.
		#[pallet::constant_name(ExitDelay)]
		fn exit_delay() -> Era {
			T::Clock::exit_delay()
		}
	}

	/// The assets that governance admitted.
	#[pallet::storage]
	pub type Assets<T: Config> = CountedStorageMap<_, Twox64Concat, AssetId, AssetTerms>;

	/// What an operator has allocated of one of its pools.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Exposures<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolKind, Exposure<T>, ValueQuery>;

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
			/// The most that the ledger may hold of it after a deposit, in its units.
			cap: Balance,
			/// The least that may enter a pool in one call, in its units.
			min_deposit: Balance,
		},
		/// An asset's cap was changed, or it was opened or closed to deposits.
		AssetChanged {
			/// The asset.
			id: AssetId,
			/// The most that the ledger may hold of it after a deposit, in its units.
			cap: Balance,
			/// Whether it takes new deposits.
			deposits: bool,
		},
		/// An operator changed what a set may slash of a pool.
		AllocationChanged {
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
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
			kind: PoolKind,
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
		///
		/// Change its cap, or open or close it, with `restaking.setAsset` instead.
		AssetExists,
		/// There is no such asset to admit, or it is not admitted and cannot be changed.
		///
		/// To admit it, have it made with `assets.create` first. To change it, admit it with `restaking.addAsset`
		/// first.
		UnknownAsset,
		/// As many assets are admitted as may be.
		///
		/// Use one from the storage `restaking.assets`: none can be removed, and only an upgrade of the runtime raises
		/// the constant `restaking.maxAssets`.
		TooManyAssets,
		/// Someone other than the chain can mint, burn, freeze or seize the asset, and the call does not say that they
		/// are trusted.
		///
		/// Have the asset's owner give its roles to an account of the chain, such as the treasury's, with
		/// `assets.setTeam` and then `assets.transferOwnership`. Or set `trusted`, if governance trusts those who hold
		/// the roles.
		IssuerNotTrusted,
		/// The least deposit is so small that rounding could take a part of what enters a pool.
		///
		/// Give at least 1,000,000 units of the asset. One with too few decimals for that cannot be restaked: have one with
		/// more decimals made that stands for it.
		MinDepositTooLow,
		/// This kind cannot be restaked or allocated: it is `Stake`, which backs consensus only, or an asset that is
		/// not admitted.
		///
		/// Use `Native`, or an asset from the storage `restaking.assets`, to which governance adds with
		/// `restaking.addAsset`. To back consensus only, call `operatorDelegation.stake`.
		NotRestakeable,
		/// Governance closed the asset to new deposits.
		///
		/// Restake `Native` or another asset, or wait until governance opens this one with `restaking.setAsset`.
		DepositsDisabled,
		/// With this deposit, the chain would hold more of the asset than its cap.
		///
		/// Bring less: the cap is in the storage `restaking.assets`, what is held in the storage
		/// `operatorDelegation.held`. Exits that are not claimed count too. Or ask governance to raise the cap with `restaking.setAsset`.
		CapReached,
		/// The account that the call takes for an operator, the sender or the one it names, is not registered as one.
		///
		/// To be an operator, call `operatorDelegation.register`. To restake, name an account from the storage
		/// `operatorDelegation.operators`.
		NotOperator,
		/// The operator has retired, and can allocate no more than it has.
		///
		/// Give a magnitude below the one that binds now, or 0 to end the allocation. To serve anew, register another
		/// account with `operatorDelegation.register`.
		OperatorRetired,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`. To end what you still have
		/// allocated to a closed set, give the magnitude 0.
		UnknownSet,
		/// The set does not accept this kind, or does not yet.
		///
		/// Choose a kind that binds now in the storage `avsRegistry.sets`. What you allocated before the set dropped a
		/// kind can only be lowered.
		KindNotAccepted,
		/// The set does not let the operator in: it is paused, it is being wound down, or its owner approves who joins.
		///
		/// Ask the service's owner to let you in with `avsRegistry.approve` or `avsRegistry.setAdmission`, and then allocate. A
		/// set that is being wound down has an `until` in the storage `avsRegistry.sets`: choose another. What you have
		/// allocated you can lower at any time.
		NotAdmitted,
		/// The set gives what it slashes to an account, and this is less than a billionth of a whole pool: of such a magnitude
		/// hardly a slash would take anything, because these sets take whole units of it.
		///
		/// Give at least 1,000,000,000, or 0 to end the allocation. If slashes have left less of the pool, allocate another
		/// kind.
		MagnitudeTooSmall,
		/// The magnitude is larger than what slashes have left of the pool, which was 10^18 at first.
		///
		/// Give at most the `maxMagnitude` of your pool in the storage `operatorDelegation.pools`, or 10^18 where there
		/// is no pool yet.
		MagnitudeTooLarge,
		/// The last change of this allocation does not bind yet.
		///
		/// Wait for the era of the `pending` change in the storage `restaking.exposures`: more binds after the
		/// allocation delay, less after the deallocation delay. Then call `restaking.allocate` again.
		ModificationPending,
		/// This much is allocated already, or this limit of leverage is set or was announced already.
		///
		/// Do nothing: what was announced binds by itself when its era comes. To change it, give another value than the
		/// last one in the storage `restaking.exposures` or `restaking.leverage`.
		NoChange,
		/// The operator's magnitudes on this pool, with those that were announced or can still be slashed for the past,
		/// would pass its limit of leverage.
		///
		/// Allocate less; or lower another allocation, and wait until that binds and no slash can name an earlier era
		/// any more. Or raise your limit, at most to the chain's, with `restaking.setLeverage`, and wait for the
		/// allocation delay.
		LeverageTooHigh,
		/// A pool that answers to a set that pays what it slashes to an account can be allocated up to its whole and no
		/// further.
		///
		/// Allocate so little that all magnitudes on the pool, with those that can still be slashed for the past, sum
		/// to at most its `maxMagnitude` in the storage `operatorDelegation.pools`. To go further, allocate it only to
		/// sets whose `destination` in the storage `avsRegistry.sets` is not an `Account`.
		NotUnique,
		/// A limit of leverage is at least 1 % of a pool and at most the chain's limit.
		///
		/// Give a percentage from 1 to 100 times the constant `restaking.maxLeverage`.
		LeverageOutOfBounds,
		/// The pool is allocated to as many sets as it can be, those included that can still slash it for the past.
		///
		/// Allocate 0 to another set: a closed one makes room at once, any other when that binds and no slash can name
		/// an earlier era any more.
		TooManySets,
		/// The allocation was changed as often as can be kept while slashes can name the eras of the changes.
		///
		/// Wait for the exit delay, and until older slashes are decided: then the changes in the storage
		/// `restaking.exposures` are forgotten, and you can raise it. You can lower it meanwhile.
		TooManyChanges,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::DeallocationDelay::get() > T::Clock::exit_delay(),
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
		/// * `cap`: the most that pools, exits and slashes that are not paid out may hold of it after a deposit, in units of
		///   the asset.
		/// * `funder`: pays the least balance of it to each account that will hold it, which stays there.
		/// * `trusted`: admit it although others than the chain can mint, freeze or seize it.
		/// * `min_deposit`: the least that may enter a pool in one call, in units of the asset; at least
		///   [`LEAST_MIN_DEPOSIT`]. It never changes. A position keeps a thousandth of it in shares, or nothing.
		///
		/// Origin: [`Config::GovernanceOrigin`]. Errors: [`Error::AssetExists`], [`Error::UnknownAsset`],
		/// [`Error::TooManyAssets`], [`Error::MinDepositTooLow`], [`Error::IssuerNotTrusted`], and what the transfers say.
		#[pallet::call_index(0)]
		pub fn add_asset(
			origin: OriginFor<T>,
			id: AssetId,
			#[pallet::compact] cap: Balance,
			funder: T::AccountId,
			trusted: bool,
			#[pallet::compact] min_deposit: Balance,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_add_asset(id, cap, &funder, trusted, min_deposit)
		}

		/// Change an asset's cap, and open or close it to new deposits. What is there can leave as ever.
		///
		/// Origin: [`Config::GovernanceOrigin`]. Errors: [`Error::UnknownAsset`].
		#[pallet::call_index(1)]
		pub fn set_asset(
			origin: OriginFor<T>,
			id: AssetId,
			#[pallet::compact] cap: Balance,
			deposits: bool,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_asset(id, cap, deposits)
		}

		/// Put STAY or an asset behind an operator for consensus (STAY) and for services. Who enters a pool enters
		/// its past: a pending slash of the operator takes from this deposit too.
		///
		/// * `kind`: `Native`, or an admitted asset.
		/// * `amount`: at least the least deposit of STAY, or the asset's own, in units of the currency.
		/// * `least_shares`: refuse if fewer shares than this are minted; 0 to accept any price.
		///
		/// Origin: signed. Errors: [`Error::NotOperator`], [`Error::NotRestakeable`], [`Error::DepositsDisabled`],
		/// [`Error::CapReached`], and those of `stake` in operator-delegation.
		#[pallet::call_index(2)]
		pub fn restake(
			origin: OriginFor<T>,
			operator: T::AccountId,
			kind: PoolKind,
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
		/// Origin: the owner of the position. Errors: those of `exit` and `stake` in operator-delegation; among them
		/// `DustLeft` where too few shares would stay behind, and `PoolTooYoung` where the `Native` pool began anew and
		/// would answer for fewer of the past eras than the stake does now.
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
		/// eras, less after [`Config::DeallocationDelay`]; of a pool that a slash took all of, not before its new generation
		/// begins.
		///
		/// * `magnitude`: in parts of `WAD`; 0 to end it. What is allocated to a set that was closed ends at once.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::UnknownSet`], [`Error::KindNotAccepted`],
		/// [`Error::NotAdmitted`], [`Error::MagnitudeTooLarge`], [`Error::MagnitudeTooSmall`],
		/// [`Error::ModificationPending`], [`Error::NoChange`], [`Error::OperatorRetired`], [`Error::NotRestakeable`],
		/// [`Error::TooManyChanges`], [`Error::LeverageTooHigh`], [`Error::NotUnique`], [`Error::TooManySets`].
		/// Weight: as measured on a set that is open, and of one that approves its members the operator's approval and
		/// membership.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::allocate().saturating_add(T::DbWeight::get().reads(2)))]
		pub fn allocate(
			origin: OriginFor<T>,
			kind: PoolKind,
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
			kind: PoolKind,
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
