//! # Restaking
//!
//! This pallet decides which assets can be delegated to operators besides STAY, lets delegators opt their stake in to
//! services, and stores how much of each pool an operator lets a service slash. The funds are in operators' pools
//! ([`Config::Pools`]).
//!
//! ## Assets
//!
//! Governance admits an asset ([`Call::add_asset`]) with its own minimum deposit and a cap, and can close it to new
//! deposits. Exits always work. The cap applies to what the ledger holds; funds that somebody merely sends to custody
//! do not count. An asset's owner, issuer, admin and freezer must be accounts of the chain, unless governance declares
//! that it trusts them: an admin can move funds out of custody, and a freezer can lock them there.
//!
//! ## Allocations
//!
//! A **magnitude** is the part of a pool, in parts of `WAD`, that one operator set may slash. It is a part and not an
//! amount, so deposits, exits and rewards need not change it. A slash cuts the magnitude, and the pool's maximum
//! magnitude with it; the allocations to other sets are capped at what is left.
//!
//! ```text
//! era          3        4        5   …   9        10
//!  allocate ───┤        │        │       │        │     more: binds after the allocation delay
//!              └─ wait ─┤ counts │       │        │
//!                       │  deallocate ───┤        │     less: binds after the deallocation delay, which is longer
//!                       │        └──── still counts ──┤ than any exit it covers
//! ```
//!
//! * An allocation answers for the eras in which it existed, as long as the stake of these eras can be slashed:
//!   deallocating, leaving a set, or a new generation of the pool do not change the past.
//! * The sum of an operator's magnitudes on one pool is limited by [`Config::MaxLeverage`], and by a lower limit of the
//!   operator's own. At 100 %, only one set has a claim on each unit.
//! * If a pool is allocated to a set that gives what it slashes to an account, the limit is 100 %. Above that, such a
//!   set could take funds on which another set has a claim, and give them to the operator's friends. Sets that burn
//!   what they slash, or give it to the treasury, can share a pool.
//! * A slash of such a set takes whole units of magnitude, so it never takes more than the allocation is cut by. Its
//!   allocations are at least a billionth of a whole pool ([`LEAST_GIVING`]), so that rounding to a unit is negligible.
//! * Only an operator that is a member of a set, or that may join it, can raise its allocation to the set. From the
//!   first allocation on, changes of the set's terms bind only after their delay; therefore the set's admission decides
//!   who can cause that.
//! * All allocations of one pool are one bounded storage value. If a slash takes all of a pool, they end at once.
//! * A slash that takes all of a pool starts a new **generation** of it, without allocations. Allocations that bind
//!   before it ends with the old generation, whether that change was stored or not; changes that still wait are
//!   cancelled. New allocations bind in no era of the old generation.
//! * A slash of an older generation cuts only the allocations of that generation.
//! * A change that has come to bind counts in every read at once. It is stored by the next call that allocates to the
//!   set, reports for it or executes its slash. Reads give the same result before and after.
//!
//! Files by subject: `assets`, `allocation` (one magnitude through time, no storage), `exposures` (allocations of a
//! pool), `slashes`, `leverage`, `ending` (stopping, and sets that are closed), `migrations`, `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use allocation::Allocation;
pub use leverage::Horizon;

/// The smallest magnitude that can be allocated to a set that gives what it slashes to an account, in parts of `WAD`.
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
		/// Operators' pools. This pallet reads them, brings deposits in, and slashes the allocated part.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId>
			+ InspectPools<Self::AccountId>
			+ EnterPools<Self::AccountId>
			+ SlashAllocated<Self::AccountId>;
		/// The operator sets that stake is allocated to.
		#[pallet::no_default]
		type Sets: OperatorSets<Self::AccountId>;
		/// The clock of all delays.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Tells which past eras pending slashes can still reach.
		#[pallet::no_default]
		type SlashGate: SlashGate<Self::AccountId>;
		/// The accounts that must be able to hold an asset before it is admitted.
		#[pallet::no_default]
		type Vaults: Vault<Self::AccountId>;
		/// Who may mint, burn, freeze and seize an asset.
		#[pallet::no_default]
		type Roles: fungibles::roles::Inspect<Self::AccountId, AssetId = AssetId>;
		/// Accounts without a key, which only the chain's own rules can use.
		#[pallet::no_default]
		type ChainAccounts: Contains<Self::AccountId>;
		/// The origin that may admit, cap and close assets.
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
		/// The maximum number of admitted assets.
		#[pallet::constant]
		type MaxAssets: Get<u32>;
		/// The maximum number of sets to which one pool can be allocated.
		#[pallet::constant]
		type MaxSets: Get<u32>;
		/// The maximum number of stored changes of one allocation. A change is stored while a slash can name its eras.
		#[pallet::constant]
		type MaxHistory: Get<u32>;
		/// Weights of the calls.
		#[pallet::no_default]
		type WeightInfo: WeightInfo;
		/// Prepares services for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		#[pallet::no_default]
		type BenchmarkHelper: mainstay_primitives::traits::ServiceBenchmarkHelper<Self::AccountId>;
	}

	// These come from the clock, so that they are equal for all pallets.
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

	/// The allocations of an operator's pool to sets.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Exposures<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolKind, Exposure<T>, ValueQuery>;

	/// Operators' own leverage limits, in percent of a pool. A higher one binds after a delay. Without an entry, the
	/// chain's limit applies.
	#[pallet::storage]
	pub type Leverage<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Delayed<u32>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Governance admitted an asset. It can be restaked from now on.
		AssetAdded {
			/// The asset.
			id: AssetId,
			/// The maximum that the ledger may hold of it after a deposit, in its units.
			cap: Balance,
			/// The minimum that may enter a pool in one call, in its units.
			min_deposit: Balance,
		},
		/// An asset's cap was changed, or it was opened or closed to deposits.
		AssetChanged {
			/// The asset.
			id: AssetId,
			/// The maximum that the ledger may hold of it after a deposit, in its units.
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
			/// By how much the magnitude was cut, in parts of `WAD`.
			cut: u64,
		},
		/// An operator left all its sets and ended all its allocations.
		Stopped {
			/// The operator.
			operator: T::AccountId,
			/// The number of sets that it left.
			left: u32,
			/// The era from which nothing is allocated.
			effective: Era,
		},
		/// An operator changed its own leverage limit.
		LeverageSet {
			/// The operator.
			operator: T::AccountId,
			/// The limit until now, in percent of a pool.
			old: u32,
			/// The new limit, in percent of a pool.
			new: u32,
			/// The era from which the new one binds.
			effective: Era,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The asset is already admitted.
		///
		/// Change its cap, or open or close it, with `restaking.setAsset` instead.
		AssetExists,
		/// The asset does not exist and cannot be admitted, or it is not admitted and cannot be changed.
		///
		/// To admit it, create it with `assets.create` first. To change it, admit it with `restaking.addAsset` first.
		UnknownAsset,
		/// The maximum number of assets is admitted.
		///
		/// Use one from the storage `restaking.assets`. None can be removed, and only a runtime upgrade can raise the
		/// constant `restaking.maxAssets`.
		TooManyAssets,
		/// An account that is not the chain's own can mint, burn, freeze or seize the asset, and the call does not set
		/// `trusted`.
		///
		/// Ask the asset's owner to give its roles to an account of the chain, such as the treasury's, with
		/// `assets.setTeam` and then `assets.transferOwnership`. Or set `trusted`, if governance trusts the accounts
		/// with these roles.
		IssuerNotTrusted,
		/// The minimum deposit is so small that rounding could take a part of a deposit.
		///
		/// Give at least 1,000,000 units of the asset. An asset with too few decimals for that cannot be restaked:
		/// create another one with more decimals that represents it.
		MinDepositTooLow,
		/// This kind cannot be restaked or allocated: it is `Stake`, which backs only consensus, or an asset that is
		/// not admitted.
		///
		/// Use `Native`, or an asset from the storage `restaking.assets`. Governance admits assets with
		/// `restaking.addAsset`. To back only consensus, call `operatorDelegation.stake`.
		NotRestakeable,
		/// Governance closed the asset to new deposits.
		///
		/// Restake `Native` or another asset, or wait until governance opens this one with `restaking.setAsset`.
		DepositsDisabled,
		/// The deposit would exceed the asset's cap.
		///
		/// Deposit less: the cap is in the storage `restaking.assets`, the amount held in the storage
		/// `operatorDelegation.held`, which includes exits that are not claimed. Or ask governance to raise the cap
		/// with `restaking.setAsset`.
		CapReached,
		/// The sender, or the account that the call names as operator, is not registered as an operator.
		///
		/// To be an operator, call `operatorDelegation.register`. To restake, name an account from the storage
		/// `operatorDelegation.operators`.
		NotOperator,
		/// The operator has retired, and cannot raise its allocations.
		///
		/// Give a magnitude below the present one, or 0 to end the allocation. To serve again, register another account
		/// with `operatorDelegation.register`.
		OperatorRetired,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`. To end an allocation to a
		/// closed set, give the magnitude 0.
		UnknownSet,
		/// The set does not accept this kind, or does not accept it yet.
		///
		/// Choose a kind that the set accepts now; the storage `avsRegistry.sets` has them. An allocation of a kind
		/// that the set has dropped can only be lowered.
		KindNotAccepted,
		/// The operator may not join the set: the set is paused, is being wound down, or admits only operators that its
		/// owner approved.
		///
		/// Ask the service's owner to admit you with `avsRegistry.approve` or `avsRegistry.setAdmission`, and then
		/// allocate. A set that is being wound down has an `until` in the storage `avsRegistry.sets`: choose another.
		/// You can lower existing allocations at any time.
		NotAdmitted,
		/// The magnitude is less than a billionth of a whole pool, and the set gives what it slashes to an account.
		/// Slashes by such sets take whole units of magnitude, so a small magnitude would hardly ever be slashed.
		///
		/// Give at least 1,000,000,000, or 0 to end the allocation. If slashes have left less than that of the pool,
		/// allocate another kind.
		MagnitudeTooSmall,
		/// The magnitude is larger than what slashes have left of the pool. An unslashed pool has 10^18.
		///
		/// Give at most the `maxMagnitude` of your pool in the storage `operatorDelegation.pools`, or 10^18 if there is
		/// no pool yet.
		MagnitudeTooLarge,
		/// The last change of this allocation does not bind yet.
		///
		/// Wait for the era of the `pending` change in the storage `restaking.exposures`. An increase binds after the
		/// allocation delay, a decrease after the deallocation delay. Then call `restaking.allocate` again.
		ModificationPending,
		/// This magnitude is already allocated or announced, or this leverage limit is already set or announced.
		///
		/// Do nothing: an announced change binds when its era comes. To change it, give a value that differs from the
		/// last one in the storage `restaking.exposures` or `restaking.leverage`.
		NoChange,
		/// The operator's magnitudes on this pool, including those that were announced or can still be slashed for past
		/// eras, would exceed its leverage limit.
		///
		/// Allocate less. Or lower another allocation, and wait until that binds and no slash can name an earlier era
		/// any more. Or raise your limit with `restaking.setLeverage`, at most to the chain's, and wait for the
		/// allocation delay.
		LeverageTooHigh,
		/// The magnitudes on this pool would exceed the whole pool, and it is allocated to a set that gives what it
		/// slashes to an account. Such a pool cannot have more than one claim on each unit.
		///
		/// Allocate so little that the sum of all magnitudes on the pool, including those that can still be slashed for
		/// past eras, is at most its `maxMagnitude` in the storage `operatorDelegation.pools`. To allocate more, use
		/// only sets whose `destination` in the storage `avsRegistry.sets` is not an `Account`.
		NotUnique,
		/// The leverage limit is below 1 % of a pool, or above the chain's limit.
		///
		/// Give a percentage from 1 to 100 times the constant `restaking.maxLeverage`.
		LeverageOutOfBounds,
		/// The pool is allocated to the maximum number of sets, including those that can still slash it for past eras.
		///
		/// Allocate 0 to another set. If that set is closed, you can allocate to this one at once; otherwise when the
		/// change binds and no slash can name an earlier era any more.
		TooManySets,
		/// The allocation was changed too often: no more changes can be stored while slashes can name their eras.
		///
		/// Wait for the exit delay, and until older slashes are decided. Then the changes in the storage
		/// `restaking.exposures` can be removed, and you can raise the allocation. You can lower it in the meantime.
		TooManyChanges,
		/// The funder is an account of the chain. What lies there is held for others, or has its own rules for spending.
		///
		/// Name an account of yours as `funder`. It pays the asset's minimum balance to each account that will hold it.
		FunderIsTheChains,
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
		/// * `cap`: the maximum that pools, exits, and slashes that are not paid out may hold of it after a deposit, in
		///   units of the asset.
		/// * `funder`: the account that pays the asset's minimum balance to each account that will hold it, and the
		///   deposits of these accounts, if any. These balances stay there. No account of the chain.
		/// * `trusted`: admit it although accounts that are not the chain's own can mint, burn, freeze or seize it.
		/// * `min_deposit`: the minimum that may enter a pool in one call, in units of the asset; at least
		///   [`LEAST_MIN_DEPOSIT`]. It never changes. A position has no shares, or at least a thousandth of this
		///   number.
		///
		/// Origin: [`Config::GovernanceOrigin`]. Errors: [`Error::AssetExists`], [`Error::UnknownAsset`],
		/// [`Error::TooManyAssets`], [`Error::MinDepositTooLow`], [`Error::IssuerNotTrusted`],
		/// [`Error::FunderIsTheChains`], and those of the transfers.
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

		/// Change an asset's cap, and open or close it to new deposits. Existing positions can leave at any time.
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

		/// Delegate STAY or an asset to an operator, for services, and STAY also for consensus. A new deposit shares
		/// the pool's past: a pending slash of the operator takes from it too.
		///
		/// * `kind`: `Native`, or an admitted asset.
		/// * `amount`: at least the minimum deposit of STAY or of the asset, in units of the currency.
		/// * `least_shares`: the call fails if it would mint fewer shares than this; 0 accepts any price.
		///
		/// Origin: signed. Errors: [`Error::NotOperator`], [`Error::NotRestakeable`], [`Error::DepositsDisabled`],
		/// [`Error::CapReached`], and those of `stake` in operator-delegation. Weight: for `Native` as for `stake`, what
		/// the most expensive account needs is refunded to others.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::restake().saturating_add(T::Pools::max_renewal(*kind)))]
		pub fn restake(
			origin: OriginFor<T>,
			operator: T::AccountId,
			kind: PoolKind,
			#[pallet::compact] amount: Balance,
			#[pallet::compact] least_shares: u128,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_restake(&who, &operator, kind, amount, least_shares)?;
			let renewal = T::Pools::renewal_of(&who, kind);
			Ok(Some(T::WeightInfo::restake().saturating_add(renewal)).into())
		}

		/// Opt stake in to services: move it from the operator's `Stake` pool to its `Native` pool, at once. From now
		/// on it answers to the sets to which that pool is allocated, and to the pool's pending slashes.
		///
		/// * `least_shares`: the call fails if it would mint fewer shares than this; 0 accepts any price.
		///
		/// Origin: the owner of the position. Errors: those of `exit` and `stake` in operator-delegation; among them
		/// `DustLeft` if too few shares would stay in the `Stake` pool, and `PoolTooYoung` if the `Native` pool has a
		/// new generation that answers for fewer past eras than the stake does now.
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

		/// Set how much of one of the operator's pools an operator set may slash. An increase binds after
		/// [`Config::AllocationDelay`] eras, a decrease after [`Config::DeallocationDelay`] eras. If a slash took all
		/// of the pool, the change does not bind before the new generation begins.
		///
		/// * `magnitude`: in parts of `WAD`; 0 to end the allocation. An allocation to a closed set ends at once.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::UnknownSet`], [`Error::KindNotAccepted`],
		/// [`Error::NotAdmitted`], [`Error::MagnitudeTooLarge`], [`Error::MagnitudeTooSmall`],
		/// [`Error::ModificationPending`], [`Error::NoChange`], [`Error::OperatorRetired`], [`Error::NotRestakeable`],
		/// [`Error::TooManyChanges`], [`Error::LeverageTooHigh`], [`Error::NotUnique`], [`Error::TooManySets`]. Weight:
		/// as measured for a set that is open, and two more reads for one that approves its members.
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

		/// Set the operator's own leverage limit, which applies to each of its pools. A lower limit binds at once for
		/// later allocations, a higher one after [`Config::AllocationDelay`] eras.
		///
		/// * `percent`: the limit in percent of a pool, at least 1 and at most 100 times [`Config::MaxLeverage`].
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::LeverageOutOfBounds`], [`Error::NoChange`].
		#[pallet::call_index(5)]
		pub fn set_leverage(origin: OriginFor<T>, percent: u32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_leverage(&who, percent)
		}

		/// Stop all work for services: leave every set, and end every allocation. The operator still answers for this
		/// era. Increases that do not bind yet are cancelled; existing allocations end after
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
		/// What `set` may slash of pool `(operator, kind)`: the present magnitude, and a pending one with the era from
		/// which it binds.
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

		/// The leverage limit that binds for `operator` now, in percent of a pool.
		pub fn leverage(operator: T::AccountId) -> u32 {
			Self::leverage_of(&operator)
		}
	}
}
