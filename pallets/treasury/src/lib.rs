//! # Treasury
//!
//! The one account that holds what the chain itself owns, with a ledger of where it came from and where it went.
//!
//! ```text
//!  slashes ─┐                           ┌──▶ whom governance pays (spend)
//!  fees ────┼──▶ account ───────────────┤
//!  dust ────┤    Received, by source    │    Spent
//!  bonds ───┘                           └──▶ stays
//! ```
//!
//! * What brings funds moves them by itself and then has them noted ([`Treasury::note`](traits::Treasury::note)), which
//!   cannot fail. So the books follow the money, and never hold it up.
//! * Whoever passes [`Config::SpendOrigin`] spends, and nobody else. How such decisions are made is for the runtime to
//!   configure.
//! * The account never dies: spending leaves the least balance of each currency, which belongs to nobody.
//! * Anyone can send the account funds. They are no income that is booked, but can be spent like all others. So more
//!   may have been spent than was received.
//! * The books count all that ever came and went. They grow with currencies and sources and not with time.
//!
//! Files by subject: `books` (receiving and spending), `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod books;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
pub mod weights;

use mainstay_primitives::traits;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, AccountTouch},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{vault, Balance, Currency, Income};

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// STAY and every asset, on one path.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = Currency, Balance = Balance>
			+ AccountTouch<Currency, Self::AccountId, Balance = Balance>;
		/// May spend what the account holds.
		type SpendOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The account is derived from this id. Changing it moves the account: it needs a migration.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Weights of the call and of a note.
		type WeightInfo: WeightInfo;
	}

	/// All that ever came, by source. No entry for nothing; it stays at the largest number rather than pass it.
	// Twox64Concat: governance admits the currencies that are booked.
	#[pallet::storage]
	pub type Received<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Income, Twox64Concat, Currency, Balance, ValueQuery>;

	/// All that was ever spent. No entry for nothing; it stays at the largest number rather than pass it.
	// Twox64Concat: only governance spends.
	#[pallet::storage]
	pub type Spent<T: Config> = StorageMap<_, Twox64Concat, Currency, Balance, ValueQuery>;

	/// Opens the account.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		#[serde(skip)]
		_config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			vault::found::<_, T::Assets>(&Pallet::<T>::account()).expect("the account opens on empty state");
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Slashed funds or a forfeited bond came in. Fees and dust have no event: they come with nearly every
		/// transaction, whose own events tell of them, and [`Received`] counts them.
		Received {
			/// Where from.
			source: Income,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
		},
		/// Funds were spent.
		Spent {
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Who received it.
			to: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The amount to be spent is 0.
		///
		/// Give an `amount` above 0.
		NothingToSpend,
		/// The treasury would pay itself, which moves nothing.
		///
		/// Name another account as `to`.
		ToItself,
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
		/// Pay `to` out of the treasury. The least balance of each currency stays there.
		///
		/// * `amount`: of `currency`, in its units, more than 0; exactly this is paid.
		///
		/// Origin: [`Config::SpendOrigin`]. Errors: [`Error::NothingToSpend`], [`Error::ToItself`], and what the
		/// transfer says, for instance that the treasury has too little, that the amount is too small to bring a dead
		/// account to life, or that the asset is frozen.
		#[pallet::call_index(0)]
		pub fn spend(
			origin: OriginFor<T>,
			currency: Currency,
			#[pallet::compact] amount: Balance,
			to: T::AccountId,
		) -> DispatchResult {
			T::SpendOrigin::ensure_origin(origin)?;
			Self::do_spend(currency, amount, to)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What can be spent of `currency` now: what the account holds beyond the least balance, booked or not. 0 of an
		/// asset that is unknown or frozen.
		pub fn balance_of(currency: Currency) -> Balance {
			Self::spendable(currency)
		}
	}
}
