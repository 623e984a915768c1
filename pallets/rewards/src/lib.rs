//! # Rewards
//!
//! An era mints `issuance × annual inflation × elapsed / year` STAY and shares it over the era's validators by the
//! points they earned. Of each share, the operator's commission is credited to it, and the rest compounds in its
//! native pools: a delegator's position grows without a transaction, whatever the number of delegators.
//!
//! ```text
//!  era ends ──▶ pot, waiting ──▶ paid, a few validators a block ──▶ pools (compounding)
//!                 │ while slashes are due        │ commission
//!                                                ▼
//!                                             credit ──collect──▶ owner
//! ```
//!
//! * The elapsed time counts for at most one and a half eras, so that a chain that stood still does not mint for it.
//! * Due slashes come first: what they take earns nothing. Only where they keep payments waiting until the next era
//!   ends is the rest paid at once.
//! * Rounding is down, and what is lost to it is not minted.
//! * A validator behind which nothing stands any more is passed over; its share is not minted.
//!
//! Files by subject: `inflation` (pot and shares), `credit` (collecting), `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod credit;
mod inflation;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

/// Milliseconds of a year of 365.25 days.
pub const YEAR_MILLIS: u64 = 31_557_600_000;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::fungibles, PalletId};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{
		traits::{EraClock, Pools, SlashGate},
		Balance, Bps, Currency, Era,
	};
	use sp_runtime::DispatchError;

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// STAY and every asset, on one path.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = Currency, Balance = Balance>;
		/// The money that rewards compound in.
		type Pools: Pools<Self::AccountId>;
		/// The clock that the history is counted on.
		type Clock: EraClock;
		/// Knows whether slashes are due, which come before payments.
		type SlashGate: SlashGate<Self::AccountId>;
		/// The account that holds what is credited is derived from this id. Changing it moves the account: it needs
		/// a migration.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// New STAY a year, in basis points of what there is.
		#[pallet::constant]
		type AnnualInflation: Get<Bps>;
		/// Length of an era whose blocks are in time, in milliseconds.
		#[pallet::constant]
		type EraMillis: Get<u64>;
		/// The largest validator set.
		#[pallet::constant]
		type MaxValidators: Get<u32>;
		/// How many validators one block pays.
		#[pallet::constant]
		type PaymentsPerBlock: Get<u32>;
		/// How many currencies one `collect` pays.
		#[pallet::constant]
		type MaxRewardAssets: Get<u32>;
		/// Eras for which rewards are kept.
		#[pallet::constant]
		type History: Get<Era>;
		/// Weights of the calls and hooks.
		type WeightInfo: WeightInfo;
		/// Makes operators in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: mainstay_primitives::traits::BenchmarkHelper<Self::AccountId>;
	}

	/// What is credited to an account and not collected yet.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Credit<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Currency, Balance, ValueQuery>;

	/// What an era paid; kept for the history depth.
	#[pallet::storage]
	pub type EraRewards<T: Config> = StorageMap<_, Twox64Concat, Era, EraReward>;

	/// The validators of the last era that are not paid yet.
	#[pallet::storage]
	pub type Due<T: Config> = StorageValue<_, DuePayments<T>>;

	/// Opens the account that holds what is credited.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		#[serde(skip)]
		_config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::open_account().expect("the account opens on empty state");
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An era ended and its pot is to be paid.
		EraRewarded {
			/// The era.
			era: Era,
			/// The pot.
			pot: Balance,
			/// The points it is shared by.
			points: u32,
		},
		/// A validator was paid its share of an era.
		ValidatorPaid {
			/// The era.
			era: Era,
			/// The validator.
			validator: T::AccountId,
			/// Its share, commission included.
			amount: Balance,
		},
		/// A validator could not be paid. Its share was not minted.
		ValidatorUnpaid {
			/// The era.
			era: Era,
			/// The validator.
			validator: T::AccountId,
			/// Why.
			error: DispatchError,
		},
		/// Credit was paid to its owner.
		Collected {
			/// The owner.
			who: T::AccountId,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account's credit would pass the largest number.
		CreditTooLarge,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::pay_due()
		}

		fn integrity_test() {
			assert!(T::EraMillis::get() > 0, "an era lasts some time");
			assert!(T::PaymentsPerBlock::get() > 0, "payments must get on");
			assert!(T::MaxRewardAssets::get() > 0, "collecting must get on");
			assert!(
				T::AnnualInflation::get() <= mainstay_primitives::BPS,
				"a year at most doubles the issuance"
			);
			let pay = T::WeightInfo::pay(T::PaymentsPerBlock::get());
			assert!(
				pay.all_lte(T::BlockWeights::get().max_block / 2),
				"payments leave half a block to others"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Pay what is credited to `owner`, at most [`Config::MaxRewardAssets`] currencies of it. Without credit it
		/// does nothing.
		///
		/// Origin: signed, anyone. Errors: what the transfer says, for instance that it is too small to bring a dead
		/// account to life.
		#[pallet::call_index(0)]
		pub fn collect(origin: OriginFor<T>, owner: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect(&owner)
		}
	}
}
