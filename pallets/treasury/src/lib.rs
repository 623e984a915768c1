//! # Treasury
//!
//! This pallet has the account with the chain's own funds, and a ledger of where they came from and where they went.
//!
//! ```text
//!  slashes ─┐                           ┌──▶ whom governance pays (spend)
//!  fees ────┼──▶ account ───────────────┤
//!  dust ────┤    Received, by source    │    Spent
//!  bonds ───┘                           └──▶ stays
//! ```
//!
//! * A pallet that brings funds first transfers them to the account and then calls
//!   [`Treasury::note`](traits::Treasury::note), which cannot fail. So the ledger follows the funds and never blocks a
//!   transfer.
//! * Only [`Config::SpendOrigin`] can spend. The runtime configures which origins those are, and the [`Allowance`] of each.
//!   An allowance holds for everything that one dispatch spends, so that a batch of payments cannot exceed it.
//! * The account is never removed: spending leaves the minimum balance of each currency, which belongs to nobody.
//! * Anyone can send funds to the account. They are not recorded as income, but can be spent like all others. So the
//!   ledger may show more spent than received.
//! * The ledger has totals since genesis. Its size depends on the number of currencies and sources, not on time.
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

use mainstay_primitives::{traits, Balance};

/// What an origin may spend in one dispatch, of all payments in it together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Allowance {
	/// Everything that the treasury has.
	All,
	/// At most this amount of STAY, and no asset.
	Stay(Balance),
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, AccountTouch},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{vault, Currency, Income};

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Moves STAY and every asset through one interface.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = Currency, Balance = Balance>
			+ AccountTouch<Currency, Self::AccountId, Balance = Balance>;
		/// The origins that may spend the account's funds, each with its allowance.
		type SpendOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Allowance>;
		/// The account is derived from this id. A change of it moves the account, and needs a migration.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Weights of the call and of `note`.
		type WeightInfo: WeightInfo;
	}

	/// The total that was ever received, by source and currency. No entry for 0. Saturates at the largest number.
	// Twox64Concat: only currencies that governance admitted are recorded.
	#[pallet::storage]
	pub type Received<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Income, Twox64Concat, Currency, Balance, ValueQuery>;

	/// The total that was ever spent, by currency. No entry for 0. Saturates at the largest number.
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
		/// The treasury received slashed funds or a forfeited bond. Fees and dust have no event here: they come with
		/// nearly every transaction, and that transaction's events show them. [`Received`] counts them.
		Received {
			/// The source.
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
		/// The receiver is the treasury itself.
		///
		/// Name another account as `to`.
		ToItself,
		/// The origin may spend only STAY, and the call spends an asset.
		///
		/// Spend the asset from an origin without a limit. `docs/governance.md` lists the tracks of referenda.
		OnlyStay,
		/// The origin would spend more than its allowance in one dispatch. All payments of a batch count together.
		///
		/// Spend less, or from an origin without a limit. `docs/governance.md` lists the tracks of referenda.
		AboveAllowance,
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
		/// Pay `to` from the treasury. The minimum balance of each currency stays there.
		///
		/// * `amount`: in units of `currency`, more than 0; exactly this amount is paid.
		///
		/// Origin: [`Config::SpendOrigin`]. Errors: [`Error::NothingToSpend`], [`Error::ToItself`],
		/// [`Error::OnlyStay`], [`Error::AboveAllowance`], and those of the transfer, for instance that the treasury
		/// has too little, that the amount is too small to create the receiver's account, or that the asset is frozen.
		#[pallet::call_index(0)]
		pub fn spend(
			origin: OriginFor<T>,
			currency: Currency,
			#[pallet::compact] amount: Balance,
			to: T::AccountId,
		) -> DispatchResult {
			let allowance = T::SpendOrigin::ensure_origin(origin)?;
			Self::do_spend(allowance, currency, amount, to)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The amount of `currency` that can be spent now: the account's balance above the minimum balance, recorded as
		/// income or not. 0 for an asset that is unknown or frozen.
		pub fn balance_of(currency: Currency) -> Balance {
			Self::spendable(currency)
		}
	}
}
