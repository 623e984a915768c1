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
//!                                             credit ──collect──▶ owner, or its payout account
//!                                                ▲
//!  service pays ──▶ pools of the set's members ──┴── commission at once, the rest per share when settled
//! ```
//!
//! * The elapsed time counts for at most one and a half eras, so that a chain that stood still does not mint for it.
//! * Due slashes come first: what they take earns nothing. Only where they keep payments waiting until the next era
//!   ends is the rest paid at once.
//! * Rounding is down, and what is lost to it is not minted.
//! * A validator behind which nothing stands any more is passed over; its share is not minted.
//!
//! ## Services' payments
//!
//! A payment is for the running era, and shared over the pools of the operators that **answer** to the set for it: those
//! who joined before it, also if they left in it. Each pool counts by its **weight**: what the set may slash now of what
//! earns in it, times the kind's multiplier. Of each part, the operator's commission is credited to it, and the rest
//! raises the pool's **accumulator**, the reward per share: one addition a pool, whatever the number of delegators.
//! A position is **settled**, credited with what its shares have earned since the last time, before its shares change
//! and when its owner collects; so who comes late has no part in what was paid before. Rounding is down; what is left
//! over is carried to the set's and the pool's next payment. A pool that was paid in
//! [`Config::MaxRewardAssets`] - 1 assets since its generation began has no part in payments in another one; it always has
//! in those in STAY. Anyone may pay in STAY, and only the service's owner in an asset.
//!
//! Shares that came in the running era are **fresh**: they answer at once, but no payment of this era is shared over them,
//! nor do they raise their pool's weight; else a deposit in front of a payment would take most of it. From the next era on
//! they earn like the others. Where they join in is the accumulators before the first payment of a later era. They are
//! written down then, once for all positions that hold shares of that era ([`Ended`]), and forgotten with the last of these
//! that is settled.
//!
//! ```text
//!  era        e                                    e + 1
//!  deposit ───┤ answers; fresh                     │ earns
//!  payments     · shared over the older shares     · first one: writes down where the fresh ones join in
//! ```
//!
//! All ways in which services pay, to a set, by name and by streams, are one function: `payments::book`.
//!
//! ## Streams
//!
//! A **stream** pays a set one instalment for every era, out of funds that were brought before. It is **booked while the
//! clock says that era**, once: by the hook in the time that blocks have to spare, or by anyone's `distribute`. In an era's last session a fifth of every block is kept for what blocks had no
//! time for, and once more as the era ends. An instalment that was not booked in its era, because blocks and the fifth were
//! full or slashes were due all the time, is **given back**: credited to the payer when the hook comes to the stream next.
//! Nobody can have it paid later, by shares that came since. So is the instalment of an era for which nobody answers that
//! could be paid.
//!
//! ```text
//!  open_stream(rate, funds, notice) ──▶ running ──stop_stream──▶ running for `notice` eras ──▶ ended: the rest is refunded
//!                  top_up ────────────────┘ └── funds below an instalment ──────────────────▶ ended, and it says so
//! ```
//!
//! * Nothing is minted for a stream. Each era uses up one instalment of its funds, paid or given back. One that has no
//!   instalment left for an era ends, and gives the rest back to its payer.
//! * Due slashes come first: what they take earns nothing.
//! * The notice is fixed when a stream is opened, so that members know how long they are paid from any moment on.
//!
//! Files by subject: `inflation` (pot and shares), `payments` (of services), `streams`, `accrual` (accumulators and
//! settling), `credit` (collecting), `migrations`, `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use payments::{share, weight};
pub use types::*;
pub use weights::WeightInfo;

mod accrual;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod config_preludes;
mod credit;
mod inflation;
pub mod migrations;
#[cfg(test)]
mod mock;
mod payments;
#[cfg(feature = "runtime-benchmarks")]
pub mod setup;
mod streams;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

/// The scale of the accumulators of rewards per share.
pub const ACC_SCALE: u128 = 1_000_000_000_000_000_000;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		dispatch::DispatchClass,
		pallet_prelude::*,
		traits::{fungible, fungibles, AccountTouch},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{
		traits::{
			AssetRegistry, Compound, EraClock, InspectExposures, InspectOperators, InspectPools,
			OperatorSets, SettlePositions, SlashGate,
		},
		vault, Balance, Bps, Currency, Era, OperatorSetId, PoolKind,
	};
	use sp_runtime::DispatchError;

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(2);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config(with_default)]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// STAY and every asset, on one path.
		#[pallet::no_default]
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = Currency, Balance = Balance>
			+ AccountTouch<Currency, Self::AccountId, Balance = Balance>;
		/// Holds the deposits of streams, in STAY.
		#[pallet::no_default]
		type NativeBalance: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;
		/// The money that rewards compound in: this pallet reads it, settles positions and adds rewards of its own.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId>
			+ InspectPools<Self::AccountId>
			+ SettlePositions<Self::AccountId>
			+ Compound<Self::AccountId>;
		/// The operator sets that services pay.
		#[pallet::no_default]
		type Sets: OperatorSets<Self::AccountId>;
		/// What is allocated to them, by which payments are shared.
		#[pallet::no_default]
		type Exposures: InspectExposures<Self::AccountId>;
		/// The assets that services may pay in.
		#[pallet::no_default]
		type Registry: AssetRegistry;
		/// The clock that the history is counted on.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Knows whether slashes are due, which come before payments.
		#[pallet::no_default]
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
		/// How many currencies one generation of a pool can be paid in, STAY among them.
		#[pallet::constant]
		type MaxRewardAssets: Get<u32>;
		/// How many assets services may pay in at most.
		#[pallet::constant]
		type MaxAssets: Get<u32>;
		/// How many positions one `collect_all` settles at most.
		#[pallet::constant]
		type MaxPositions: Get<u32>;
		/// The most members of a set.
		#[pallet::constant]
		type MaxPaidMembers: Get<u32>;
		/// The most operators that one call pays by name.
		#[pallet::constant]
		type MaxNamed: Get<u32>;
		/// The most streams of a set.
		#[pallet::constant]
		type MaxStreams: Get<u32>;
		/// What opening a stream holds of its payer's balance.
		#[pallet::constant]
		type StreamDeposit: Get<Balance>;
		/// Weights of the calls and hooks.
		#[pallet::no_default]
		type WeightInfo: WeightInfo;
		/// Makes operators in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		#[pallet::no_default]
		type BenchmarkHelper: mainstay_primitives::traits::ServiceBenchmarkHelper<Self::AccountId>;
	}

	// The clock says them, so that they are the same for all pallets.
	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The longest notice of a stream, in eras.
		#[pallet::constant_name(MaxNotice)]
		fn max_notice() -> Era {
			T::Clock::max_notice()
		}

		/// Eras for which rewards are kept.
		#[pallet::constant_name(History)]
		fn history() -> Era {
			T::Clock::history()
		}
	}

	/// Why balance is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A stream is open. Given back when it ends.
		#[codec(index = 0)]
		Stream,
	}

	/// What is credited to an account and not collected yet.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Credit<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Currency, Balance, ValueQuery>;

	/// Where accounts want to be paid. Without an entry, they are paid themselves.
	#[pallet::storage]
	pub type PayoutAccounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, T::AccountId>;

	/// What the delegators of a pool were paid: `(operator, kind, generation)`. Old generations stay for positions
	/// that were not settled since.
	#[pallet::storage]
	pub type Accruals<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, PoolKind>,
			NMapKey<Twox64Concat, u32>,
		),
		Accumulators<T>,
		ValueQuery,
	>;

	/// Up to where positions are settled: `(who, operator, kind)`. Without an entry, from the beginning.
	#[pallet::storage]
	pub type Settled<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, PoolKind>,
		),
		Checkpoint<T>,
	>;

	/// Where shares that came in an era began to earn: `(operator, kind, generation, era)`. There while positions hold such
	/// shares that were not settled since.
	#[pallet::storage]
	pub type Ended<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, PoolKind>,
			NMapKey<Twox64Concat, u32>,
			NMapKey<Twox64Concat, Era>,
		),
		FreshEnded<T>,
	>;

	/// What was left over of a set's payments by rounding. Part of its next one.
	#[pallet::storage]
	pub type Carried<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OperatorSetId, Twox64Concat, Currency, Balance, ValueQuery>;

	/// What a set was paid, by the era in which it arrived: `(set, era % history)`. An era takes the place of the one a
	/// whole history before it, so that there are never more entries of a set than eras of history.
	#[pallet::storage]
	pub type Paid<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OperatorSetId, Twox64Concat, Era, EraPaid<T>>;

	/// The id of the next stream.
	#[pallet::storage]
	pub type NextStreamId<T: Config> = StorageValue<_, StreamId, ValueQuery>;

	/// The streams that are open. Their funds lie in the account.
	// Twox64Concat: ids are given in order.
	#[pallet::storage]
	pub type Streams<T: Config> = StorageMap<_, Twox64Concat, StreamId, Stream<T::AccountId>>;

	/// The streams of a set, in the order in which they were opened.
	#[pallet::storage]
	pub type StreamsOf<T: Config> =
		StorageMap<_, Twox64Concat, OperatorSetId, BoundedVec<StreamId, T::MaxStreams>, ValueQuery>;

	/// How far the hook has come with the streams of this era, in the time that blocks had to spare.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, StreamSweep, ValueQuery>;

	/// How far the hook has come with the streams of this era, in its last session and at its end.
	#[pallet::storage]
	pub type LateSweep<T: Config> = StorageValue<_, StreamSweep, ValueQuery>;

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
			vault::found::<_, T::Assets>(&Pallet::<T>::account()).expect("the account opens on empty state");
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
		/// A service paid an operator set.
		SetPaid {
			/// The set.
			set: OperatorSetId,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Who paid.
			from: T::AccountId,
		},
		/// A service paid operators of a set by name.
		OperatorsPaid {
			/// The set.
			set: OperatorSetId,
			/// The currency.
			currency: Currency,
			/// How much of it, in all.
			amount: Balance,
			/// Who paid.
			from: T::AccountId,
		},
		/// A stream was opened.
		StreamOpened {
			/// Its id.
			id: StreamId,
			/// The set it pays.
			set: OperatorSetId,
			/// Who funds it.
			payer: T::AccountId,
			/// The currency.
			currency: Currency,
			/// What it pays for an era.
			rate: Balance,
			/// What there is to pay from.
			funds: Balance,
			/// The first era it pays for: the running one.
			from: Era,
		},
		/// A stream has more funds.
		StreamToppedUp {
			/// Its id.
			id: StreamId,
			/// By how much.
			amount: Balance,
			/// Who paid.
			from: T::AccountId,
		},
		/// A stream will end.
		StreamStopped {
			/// Its id.
			id: StreamId,
			/// The first era it does not pay for any more.
			until: Era,
		},
		/// A stream paid its instalment.
		StreamPaid {
			/// Its id.
			id: StreamId,
			/// The set.
			set: OperatorSetId,
			/// For which era: the running one.
			era: Era,
			/// How much.
			amount: Balance,
		},
		/// Instalments of a stream were given back to its payer: of eras that passed before it could pay, or for which
		/// nobody answered to the set whom it could pay.
		StreamReturned {
			/// Its id.
			id: StreamId,
			/// Of how many eras.
			eras: Era,
			/// How much, in all, which is credited to the payer.
			amount: Balance,
			/// Who funds it.
			payer: T::AccountId,
		},
		/// A stream is over.
		StreamEnded {
			/// Its id.
			id: StreamId,
			/// Why.
			reason: StreamEnd,
			/// Who funded it.
			payer: T::AccountId,
			/// What was left, which is credited to the payer.
			refund: Balance,
		},
		/// The hook could not pay a stream. While the era runs, anyone can try again with `distribute`; after that its
		/// instalment is given back.
		StreamUnpaid {
			/// Its id.
			id: StreamId,
			/// Why.
			error: DispatchError,
		},
		/// A set was closed, and what its payments had left over was credited to the service's owner.
		CarryReturned {
			/// The set.
			set: OperatorSetId,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Who owns the service.
			owner: T::AccountId,
		},
		/// Credit was paid.
		Collected {
			/// Whose credit it was.
			who: T::AccountId,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Who received it.
			to: T::AccountId,
		},
		/// Credit of one currency could not be paid, while others could. It stays credited.
		NotCollected {
			/// Whose credit it is.
			who: T::AccountId,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Why.
			error: DispatchError,
		},
		/// An account has more positions than were settled. Collect again, after this one.
		MorePositions {
			/// The account.
			who: T::AccountId,
			/// The operator of the last position that was settled.
			operator: T::AccountId,
			/// Its kind.
			kind: PoolKind,
		},
		/// An account chose where it is paid.
		PayoutAccountSet {
			/// The account.
			who: T::AccountId,
			/// Where its credit goes; `None` for itself.
			to: Option<T::AccountId>,
		},
		/// An account has credit in more currencies than were to be paid. Collect again, with more of them.
		MoreCurrencies {
			/// The account.
			who: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The sum of a payment, a stream's funds or an account's credit would pass the largest number.
		///
		/// Pay less at a time. If it is the credit of who is paid, pay that out first with `rewards.collectAll`, which
		/// anyone may send.
		CreditTooLarge,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`.
		UnknownSet,
		/// The currency is an asset that governance has not admitted.
		///
		/// Pay in STAY, or in an asset from the storage `restaking.assets`, to which governance adds with
		/// `restaking.addAsset`.
		AssetNotRegistered,
		/// Only the service's owner may pay in an asset or open a stream, and only it or the stream's payer may stop
		/// one.
		///
		/// Send the call from the account that the storage `avsRegistry.avses` names as `owner`, or ask that account.
		/// Anyone may pay in STAY with `rewards.paySet` and add to a stream with `rewards.topUp`.
		NotOwner,
		/// The call pays nothing: an amount or the rate is 0, or it names no operator.
		///
		/// Give amounts above 0, and name at least one operator where you pay by name.
		NothingToPay,
		/// No operator that answers to the set for the running era has a pool that earns and can be paid in this currency,
		/// or one that is named has none. Who joined in this era answers from the next one on, and shares that came in
		/// this era earn from the next one on.
		///
		/// Name operators only that joined before this era, and wait until they have stake that is allocated to the set
		/// with `restaking.allocate`, which binds after the allocation delay. If operators joined or stake came in this
		/// era, send the call again in the next one. If pools were paid in too many other assets already, pay in STAY.
		NoWeight,
		/// An operator is named twice.
		///
		/// Name each operator once, with the sum of what it gets.
		DuplicateOperator,
		/// There is no stream with this id, or it has ended.
		///
		/// Look up the id in the storage `rewards.streams`. What an ended stream had left is credited to its payer:
		/// collect it with `rewards.collectAll`.
		UnknownStream,
		/// The set has as many streams as it may.
		///
		/// Add to one in the storage `rewards.streamsOf` with `rewards.topUp`, or stop one with `rewards.stopStream`
		/// and wait until it has ended. Or pay at once with `rewards.paySet`.
		TooManyStreams,
		/// The funds are less than one instalment.
		///
		/// Bring `funds` of at least the `rate`, which is paid for each era.
		StreamUnfunded,
		/// The notice is longer than any may be.
		///
		/// Choose at most as many eras as the constant `rewards.maxNotice` says.
		NoticeTooLong,
		/// The stream was stopped already.
		///
		/// Do nothing: with its instalment for the last era before `until` in the storage `rewards.streams` it ends, by
		/// itself or by `rewards.distribute`.
		StreamStopped,
		/// The stream's instalment for the running era was paid or given back already.
		///
		/// Wait for the next era; the chain then pays by itself, or you call `rewards.distribute` again.
		NothingDue,
		/// Slashes have fallen due that are not executed yet. They come first: what they take earns nothing.
		///
		/// Wait until the chain has executed them, which it does block by block, or execute them with
		/// `slashing.execute`; then call `rewards.distribute` again. An instalment that is not paid in its era is given back
		/// to the stream's payer.
		SlashesDue,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::pay_due().saturating_add(Self::pay_late_streams())
		}

		fn on_idle(_: BlockNumberFor<T>, left: Weight) -> Weight {
			Self::pay_streams(left)
		}

		fn integrity_test() {
			assert!(T::EraMillis::get() > 0, "an era lasts some time");
			assert!(T::PaymentsPerBlock::get() > 0, "payments must get on");
			assert!(T::MaxRewardAssets::get() > 0, "collecting must get on");
			assert!(
				T::MaxNamed::get() > 0 && T::MaxStreams::get() > 0,
				"a service can pay by name and by the era"
			);
			assert!(
				T::AnnualInflation::get() <= mainstay_primitives::BPS,
				"a year at most doubles the issuance"
			);
			let limit = T::BlockWeights::get().get(DispatchClass::Normal).max_extrinsic;
			if let Some(limit) = limit {
				let payment = T::WeightInfo::pay_set(T::MaxPaidMembers::get());
				assert!(payment.all_lte(limit), "a full set can be paid in one transaction");
				let payment = T::WeightInfo::distribute(T::MaxPaidMembers::get());
				assert!(payment.all_lte(limit), "a full set's stream can be paid in one transaction");
			}
			let stream = T::WeightInfo::distribute(T::MaxPaidMembers::get());
			let look = T::WeightInfo::look_at_stream().saturating_add(T::WeightInfo::idle_streams());
			assert!(
				stream.saturating_add(look).all_lte(Self::budget(streams::Hook::Idle)),
				"an idle block pays a full set's stream"
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

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Settle one position of `owner` and pay what is credited to it, to its payout account if it chose one.
		/// Without a position or credit it does nothing. A currency that cannot be paid stays credited.
		///
		/// * `currencies`: pay so many of them at most, STAY first. The fee that is asked beforehand is for as many: with 1
		///   it is that of a payment in STAY. If there are more, the event [`Event::MoreCurrencies`] says so.
		///
		/// Origin: signed, anyone. Errors, if nothing at all could be paid: what the transfer says, for instance that
		/// it is too small to bring a dead account to life, or that the asset is frozen.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::collect(Pallet::<T>::currency_limit(*currencies)))]
		pub fn collect(
			origin: OriginFor<T>,
			owner: T::AccountId,
			operator: T::AccountId,
			kind: PoolKind,
			currencies: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let currencies = Self::do_collect(&owner, &operator, kind, currencies)?;
			Ok(Some(T::WeightInfo::collect(currencies)).into())
		}

		/// Settle the positions of `owner`, and pay as `collect` does.
		///
		/// * `after`: the position to go on behind, in the order of storage, as the event `MorePositions` names it.
		/// * `positions`: settle so many of them at most, and never more than [`Config::MaxPositions`].
		/// * `currencies`: as in `collect`.
		///
		/// The fee that is asked beforehand is for as many positions and currencies as these two say.
		///
		/// Origin: signed, anyone. Errors: as `collect`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::collect_all(
			(*positions).min(T::MaxPositions::get()),
			Pallet::<T>::currency_limit(*currencies),
		))]
		pub fn collect_all(
			origin: OriginFor<T>,
			owner: T::AccountId,
			after: Option<(T::AccountId, PoolKind)>,
			positions: u32,
			currencies: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (positions, currencies) = Self::do_collect_all(&owner, after, positions, currencies)?;
			Ok(Some(T::WeightInfo::collect_all(positions, currencies)).into())
		}

		/// Choose where your credit is paid; `None` for yourself.
		///
		/// Origin: signed.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_payout_account())]
		pub fn set_payout_account(origin: OriginFor<T>, to: Option<T::AccountId>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_payout_account(&who, to);
			Ok(())
		}

		/// Pay the operators that answer to a set for the running era, and their delegators, by weighted slashable stake as
		/// it is now. What came in this era has no part in it.
		///
		/// * `amount`: of `currency`, more than 0, from the sender's account.
		///
		/// Origin: signed, anyone in STAY, the service's owner in an asset. Errors: [`Error::UnknownSet`],
		/// [`Error::AssetNotRegistered`], [`Error::NotOwner`], [`Error::NothingToPay`], [`Error::NoWeight`],
		/// [`Error::CreditTooLarge`], and what the transfer says.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::pay_set(T::MaxPaidMembers::get()))]
		pub fn pay_set(
			origin: OriginFor<T>,
			set: OperatorSetId,
			currency: Currency,
			#[pallet::compact] amount: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let operators = Self::do_pay(&who, set, currency, amount)?;
			Ok(Some(T::WeightInfo::pay_set(operators)).into())
		}

		/// Pay operators by name that answer to a set for the running era, and their delegators. What an operator gets is
		/// shared over those of its pools that answer to the set, by weight as in `pay_set`; all of it, or nothing at all.
		///
		/// * `payments`: operators, each once, with what each gets of `currency`, more than 0.
		///
		/// Origin: as `pay_set`. Errors: as `pay_set`, [`Error::NoWeight`] where one of them has no pool that could
		/// be paid, and [`Error::DuplicateOperator`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::pay_operators(payments.len() as u32))]
		pub fn pay_operators(
			origin: OriginFor<T>,
			set: OperatorSetId,
			currency: Currency,
			payments: BoundedVec<(T::AccountId, Balance), T::MaxNamed>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_pay_operators(&who, set, currency, &payments)
		}

		/// Pay a set for every era from this one on, out of funds that you bring now. It holds
		/// [`Config::StreamDeposit`] while it is open.
		///
		/// * `rate`: what it pays for an era, in units of `currency`, more than 0.
		/// * `funds`: what there is to pay from, at least one instalment.
		/// * `notice`: for so many eras it goes on after it was stopped, at most the constant `rewards.maxNotice`.
		///
		/// Origin: the service's owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`],
		/// [`Error::AssetNotRegistered`], [`Error::NothingToPay`], [`Error::StreamUnfunded`],
		/// [`Error::NoticeTooLong`], [`Error::TooManyStreams`], what the hold and the transfer say, and an overflow
		/// where ids ran out.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::open_stream())]
		pub fn open_stream(
			origin: OriginFor<T>,
			set: OperatorSetId,
			currency: Currency,
			#[pallet::compact] rate: Balance,
			#[pallet::compact] funds: Balance,
			notice: Era,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_open_stream(&who, set, currency, rate, funds, notice)
		}

		/// Bring more funds for a stream. What is not earned of them goes to the stream's payer in the end.
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownStream`], [`Error::NothingToPay`],
		/// [`Error::CreditTooLarge`], and what the transfer says.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::top_up())]
		pub fn top_up(
			origin: OriginFor<T>,
			id: StreamId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_top_up(&who, id, amount)
		}

		/// Stop a stream, after its notice. It pays for this era and for so many more; what is left then is credited
		/// to its payer: at once, if it has paid for all of them.
		///
		/// Origin: the stream's payer, or the service's owner. Errors: [`Error::UnknownStream`],
		/// [`Error::NotOwner`], [`Error::StreamStopped`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::stop_stream())]
		pub fn stop_stream(origin: OriginFor<T>, id: StreamId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stop_stream(&who, id)
		}

		/// Pay a stream's instalment for the running era, and give those of eras that it could not pay for back to its
		/// payer. The hook does so by itself, once an era.
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownStream`], [`Error::NothingDue`], [`Error::SlashesDue`],
		/// [`Error::CreditTooLarge`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::distribute(T::MaxPaidMembers::get()))]
		pub fn distribute(origin: OriginFor<T>, id: StreamId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let operators = Self::do_distribute(id)?;
			Ok(Some(T::WeightInfo::distribute(operators)).into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What a position of `who` has earned since it was settled last, by currency. What is credited already is
		/// not in it.
		pub fn unsettled_rewards(
			who: T::AccountId,
			operator: T::AccountId,
			kind: PoolKind,
		) -> Vec<(Currency, Balance)> {
			T::Pools::position(&who, &operator, kind)
				.map(|position| Self::unsettled(&who, &operator, kind, &position))
				.unwrap_or_default()
		}
	}
}
