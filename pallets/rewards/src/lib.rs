//! # Rewards
//!
//! This pallet pays validators for each era, and shares services' payments over operators and their delegators.
//!
//! An era mints `issuance × annual inflation × elapsed / year` STAY and shares it over the era's validators by their
//! points. The operator's commission is taken from its share and credited to it; the rest compounds in its native
//! pools. So a delegator's position grows without a transaction, whatever the number of delegators.
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
//! * At most one and a half eras of elapsed time count, so that a chain does not mint for the time in which it stood
//!   still.
//! * Payments wait while slashes are due, because what these take earns nothing. If payments still wait when the next
//!   era ends, the rest of them is paid at once.
//! * Shares are rounded down, and the remainder is not minted.
//! * The share of a validator that has no native stake any more is not minted.
//!
//! ## Services' payments
//!
//! A payment is for the running era. It is shared over the pools of the operators that **answer** to the set for that
//! era: those that joined before it, even if they left during it. Each pool counts by its **weight**: the part of its
//! earning stake that the set may slash now, times the kind's multiplier. The operator's commission is taken from each
//! part and credited to the operator. The rest raises the pool's **accumulator**, the reward per share: one addition
//! for each pool, whatever the number of delegators. To **settle** a position is to credit it with what its shares have
//! earned since it was last settled. That happens before its shares change and when its owner collects, so a later
//! deposit has no part in earlier payments. Amounts are rounded down; the remainder is carried over to the next payment
//! of the set and of the pool. A pool that was paid in [`Config::MaxRewardAssets`] - 1 assets since its generation
//! began has no part in payments in further assets; it always has a part in payments in STAY. Anyone may pay in STAY;
//! only the service's owner may pay in an asset.
//!
//! Shares that came in the running era are **fresh**: slashes reach them at once, but no payment of this era is shared
//! over them, and they do not raise their pool's weight. Otherwise a deposit right before a payment would take most of
//! it. From the next era on they earn like the others. The accumulators before the first payment of a later era are the
//! point from which they earn. This point is stored once for all positions that hold shares of that era ([`Ended`]),
//! and removed when the last of these positions is settled.
//!
//! ```text
//!  era        e                                    e + 1
//!  deposit ───┤ answers; fresh                     │ earns
//!  payments     · shared over the older shares     · first one: stores the point from which the fresh ones earn
//! ```
//!
//! Services pay a whole set, operators by name, or through a stream. All of these use one function, `payments::book`.
//!
//! ## Streams
//!
//! A **stream** pays a set one instalment for every era, out of funds that the payer deposited before. An instalment is
//! paid once, and **only while its era is running**: by the idle hook, from the unused weight of blocks, or by the call
//! `distribute`, which anyone may send. In an era's last session, and once more as the era ends, the hook may use a
//! fifth of every block for streams that are not paid yet. If an instalment could not be paid in its era, because
//! blocks and that fifth were full or because slashes were due all the time, it is **given back**: credited to the
//! payer when the hook next comes to the stream. It can never be paid later, because it would then be shared over
//! shares that came since. An instalment is also given back if no operator that answers for the era can be paid.
//!
//! ```text
//!  open_stream(rate, funds, notice) ──▶ running ──stop_stream──▶ running for `notice` eras ──▶ ended: the rest is refunded
//!                  top_up ────────────────┘ └── funds below an instalment ──────────────────▶ ended, and it says so
//! ```
//!
//! * Streams mint nothing. Each era uses up one instalment of the stream's funds, paid or given back. A stream ends
//!   when its funds are below an instalment, and the rest is credited to its payer.
//! * Streams wait while slashes are due, because what these take earns nothing.
//! * The notice is fixed when a stream is opened, so that members always know for how many more eras they are paid.
//!
//! Files by subject: `inflation` (pot and shares), `payments` (by services), `streams`, `accrual` (accumulators and
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
		/// Moves STAY and every asset through one interface.
		#[pallet::no_default]
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = Currency, Balance = Balance>
			+ AccountTouch<Currency, Self::AccountId, Balance = Balance>;
		/// Holds the deposits of streams, in STAY.
		#[pallet::no_default]
		type NativeBalance: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;
		/// The pools in which rewards compound. This pallet reads them, settles positions and adds rewards.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId>
			+ InspectPools<Self::AccountId>
			+ SettlePositions<Self::AccountId>
			+ Compound<Self::AccountId>;
		/// The operator sets that services pay.
		#[pallet::no_default]
		type Sets: OperatorSets<Self::AccountId>;
		/// Reads what is allocated to sets. Payments are shared by it.
		#[pallet::no_default]
		type Exposures: InspectExposures<Self::AccountId>;
		/// The assets that services may pay in.
		#[pallet::no_default]
		type Registry: AssetRegistry;
		/// The clock of all delays.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Tells whether slashes are due, for which payments wait.
		#[pallet::no_default]
		type SlashGate: SlashGate<Self::AccountId>;
		/// The account with credited funds and streams' funds is derived from this id. A change of it moves the
		/// account, and needs a migration.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// The STAY minted in a year, in basis points of the issuance.
		#[pallet::constant]
		type AnnualInflation: Get<Bps>;
		/// Length of an era if all its blocks are in time, in milliseconds.
		#[pallet::constant]
		type EraMillis: Get<u64>;
		/// The largest validator set.
		#[pallet::constant]
		type MaxValidators: Get<u32>;
		/// The number of validators that one block pays.
		#[pallet::constant]
		type PaymentsPerBlock: Get<u32>;
		/// The number of currencies in which one generation of a pool can be paid, STAY included.
		#[pallet::constant]
		type MaxRewardAssets: Get<u32>;
		/// The maximum number of assets in which services may pay.
		#[pallet::constant]
		type MaxAssets: Get<u32>;
		/// The maximum number of positions that one `collect_all` settles.
		#[pallet::constant]
		type MaxPositions: Get<u32>;
		/// The maximum number of members of a set.
		#[pallet::constant]
		type MaxPaidMembers: Get<u32>;
		/// The maximum number of operators that one call pays by name.
		#[pallet::constant]
		type MaxNamed: Get<u32>;
		/// The maximum number of streams of a set.
		#[pallet::constant]
		type MaxStreams: Get<u32>;
		/// The deposit for an open stream, in STAY. It is held of the payer's balance.
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

	// These come from the clock, so that they are equal for all pallets.
	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The longest notice of a stream, in eras.
		#[pallet::constant_name(MaxNotice)]
		fn max_notice() -> Era {
			T::Clock::max_notice()
		}

		/// The number of eras for which rewards are stored.
		#[pallet::constant_name(History)]
		fn history() -> Era {
			T::Clock::history()
		}
	}

	/// Why this pallet holds balance.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The payer has an open stream. Released when the stream ends.
		#[codec(index = 0)]
		Stream,
	}

	/// The amounts that are credited to an account and not collected yet, by currency.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Credit<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, Currency, Balance, ValueQuery>;

	/// The account to which an owner's credit is paid, if it is another one than the owner.
	#[pallet::storage]
	pub type PayoutAccounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, T::AccountId>;

	/// The accumulators of a pool, which say what its delegators were paid: `(operator, kind, generation)`. Entries of
	/// old generations stay for positions that were not settled since.
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

	/// The accumulators up to which a position is settled: `(who, operator, kind)`. Without an entry, the position has
	/// earned from the beginning of its generation.
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

	/// The point from which shares that came in an era earn: `(operator, kind, generation, era)`. Stored while
	/// positions hold such shares and were not settled since.
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

	/// The remainder of a set's payments after rounding, by currency. It is added to the next payment.
	#[pallet::storage]
	pub type Carried<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OperatorSetId, Twox64Concat, Currency, Balance, ValueQuery>;

	/// What a set was paid, by the era of the payment: `(set, era % history)`. An era overwrites the one a whole
	/// history before it, so a set never has more entries than the history has eras.
	#[pallet::storage]
	pub type Paid<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OperatorSetId, Twox64Concat, Era, EraPaid<T>>;

	/// The id of the next stream.
	#[pallet::storage]
	pub type NextStreamId<T: Config> = StorageValue<_, StreamId, ValueQuery>;

	/// The open streams. Their funds are in the pallet's account.
	// Twox64Concat: ids are given in order.
	#[pallet::storage]
	pub type Streams<T: Config> = StorageMap<_, Twox64Concat, StreamId, Stream<T::AccountId>>;

	/// The streams of a set, in the order in which they were opened.
	#[pallet::storage]
	pub type StreamsOf<T: Config> =
		StorageMap<_, Twox64Concat, OperatorSetId, BoundedVec<StreamId, T::MaxStreams>, ValueQuery>;

	/// How far the idle hook has come with this era's streams.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, StreamSweep, ValueQuery>;

	/// How far the hook has come with this era's streams in the era's last session and at its end.
	#[pallet::storage]
	pub type LateSweep<T: Config> = StorageValue<_, StreamSweep, ValueQuery>;

	/// What an era paid to its validators. Stored for the history depth.
	#[pallet::storage]
	pub type EraRewards<T: Config> = StorageMap<_, Twox64Concat, Era, EraReward>;

	/// The payments of the last era that are still due to validators.
	#[pallet::storage]
	pub type Due<T: Config> = StorageValue<_, DuePayments<T>>;

	/// Opens the account that holds credited funds.
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
		/// An era ended. Its pot will be paid to its validators.
		EraRewarded {
			/// The era.
			era: Era,
			/// The STAY to be shared.
			pot: Balance,
			/// The sum of the points by which it is shared.
			points: u32,
		},
		/// A validator was paid its share of an era.
		ValidatorPaid {
			/// The era.
			era: Era,
			/// The validator.
			validator: T::AccountId,
			/// Its share in STAY, commission included.
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
			/// The amount that it pays for each era.
			rate: Balance,
			/// The funds from which it pays.
			funds: Balance,
			/// The first era for which it pays: the running one.
			from: Era,
		},
		/// Funds were added to a stream.
		StreamToppedUp {
			/// Its id.
			id: StreamId,
			/// The amount added.
			amount: Balance,
			/// Who paid.
			from: T::AccountId,
		},
		/// A stream was stopped. It ends after its notice.
		StreamStopped {
			/// Its id.
			id: StreamId,
			/// The first era for which it pays no more.
			until: Era,
		},
		/// A stream paid its instalment.
		StreamPaid {
			/// Its id.
			id: StreamId,
			/// The set.
			set: OperatorSetId,
			/// The era for which it paid: the running one.
			era: Era,
			/// How much.
			amount: Balance,
		},
		/// Instalments of a stream were given back to its payer: of eras that passed before they could be paid, or for
		/// which no operator that answers to the set could be paid.
		StreamReturned {
			/// Its id.
			id: StreamId,
			/// The number of eras.
			eras: Era,
			/// The sum, which is credited to the payer.
			amount: Balance,
			/// Who funds it.
			payer: T::AccountId,
		},
		/// A stream ended.
		StreamEnded {
			/// Its id.
			id: StreamId,
			/// Why.
			reason: StreamEnd,
			/// The account that funded it.
			payer: T::AccountId,
			/// The remaining funds, which are credited to the payer.
			refund: Balance,
		},
		/// The hook could not pay a stream. While the era runs, anyone can try again with `distribute`; afterwards the
		/// instalment is given back to the payer.
		StreamUnpaid {
			/// Its id.
			id: StreamId,
			/// Why.
			error: DispatchError,
		},
		/// A set was closed, and the remainder of its payments was credited to the service's owner.
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
		/// Credited funds were paid out.
		Collected {
			/// The account to which they were credited.
			who: T::AccountId,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Who received it.
			to: T::AccountId,
		},
		/// One currency could not be paid out, while others could. It stays credited.
		NotCollected {
			/// The account to which it is credited.
			who: T::AccountId,
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Why.
			error: DispatchError,
		},
		/// The account has more positions than were settled. To settle the rest, call `collect_all` again with `after`
		/// set to this position.
		MorePositions {
			/// The account.
			who: T::AccountId,
			/// The operator of the last position that was settled.
			operator: T::AccountId,
			/// The kind of its pool.
			kind: PoolKind,
		},
		/// An account chose to which account it is paid.
		PayoutAccountSet {
			/// The account.
			who: T::AccountId,
			/// The account to which its credit is paid; `None` for itself.
			to: Option<T::AccountId>,
		},
		/// The account has credit in more currencies than the call allowed. Call again with a larger `currencies`.
		MoreCurrencies {
			/// The account.
			who: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The sum of a payment, a stream's funds or an account's credit would exceed the largest number that can be
		/// stored.
		///
		/// Pay a smaller amount. If the receiver's credit is too large, pay it out first with `rewards.collectAll`,
		/// which anyone may send.
		CreditTooLarge,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`.
		UnknownSet,
		/// The currency is an asset that governance has not admitted.
		///
		/// Pay in STAY, or in an asset from the storage `restaking.assets`. Governance admits assets with
		/// `restaking.addAsset`.
		AssetNotRegistered,
		/// The account does not own the service. Only the owner may pay in an asset or open a stream, and only the
		/// owner or the stream's payer may stop one.
		///
		/// Send the call from the account that the storage `avsRegistry.avses` names as `owner`, or ask that account.
		/// Anyone may pay in STAY with `rewards.paySet` and add to a stream with `rewards.topUp`.
		NotOwner,
		/// The call pays nothing: an amount or the rate is 0, or it names no operator.
		///
		/// Give amounts above 0, and name at least one operator where you pay by name.
		NothingToPay,
		/// No operator that answers to the set for the running era has a pool that earns and can be paid in this
		/// currency, or a named operator has none. An operator that joined in this era answers from the next one on,
		/// and shares that came in this era earn from the next one on.
		///
		/// Name only operators that joined before this era, and wait until they have stake that is allocated to the
		/// set: `restaking.allocate` binds after the allocation delay. If operators joined or stake came in this era,
		/// send the call again in the next one. If the pools were already paid in too many other assets, pay in STAY.
		NoWeight,
		/// An operator is named twice.
		///
		/// Name each operator once, with the sum of its payments.
		DuplicateOperator,
		/// There is no stream with this id, or the stream has ended.
		///
		/// Look up the id in the storage `rewards.streams`. The remaining funds of an ended stream are credited to its
		/// payer, who collects them with `rewards.collectAll`.
		UnknownStream,
		/// The set has the maximum number of streams.
		///
		/// Add funds to one in the storage `rewards.streamsOf` with `rewards.topUp`, or stop one with
		/// `rewards.stopStream` and wait until it has ended. Or pay at once with `rewards.paySet`.
		TooManyStreams,
		/// The funds are less than one instalment.
		///
		/// Give `funds` of at least the `rate`, which is paid for each era.
		StreamUnfunded,
		/// The notice is too long.
		///
		/// Choose at most as many eras as the constant `rewards.maxNotice` says.
		NoticeTooLong,
		/// The stream was already stopped.
		///
		/// Do nothing. The stream ends with its instalment for the last era before `until` in the storage
		/// `rewards.streams`. The chain pays that instalment, or anyone's `rewards.distribute`.
		StreamStopped,
		/// The stream's instalment for the running era was already paid or given back.
		///
		/// Wait for the next era. Then the chain pays, or you call `rewards.distribute` again.
		NothingDue,
		/// There are due slashes that are not executed yet. Payments wait for them, because what they take earns
		/// nothing.
		///
		/// Wait until the chain has executed them, which it does block by block, or execute them with
		/// `slashing.execute`. Then call `rewards.distribute` again. An instalment that is not paid in its era is given
		/// back to the stream's payer.
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
		/// Settle one position of `owner`, and pay what is credited to `owner` to the account that it chose, or to
		/// itself. Does nothing without a position or credit. A currency that cannot be paid stays credited.
		///
		/// * `currencies`: the maximum number of currencies to pay, STAY first. The fee that is charged in advance is
		///   for this number: with 1 it is the fee of a payment in STAY. If the account has credit in more currencies,
		///   the event [`Event::MoreCurrencies`] says so.
		///
		/// Origin: signed, anyone. Errors, only if no currency could be paid: those of the transfer, for instance that
		/// the amount is too small to create the receiver's account again, or that the asset is frozen.
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

		/// Settle the positions of `owner`, and pay like `collect`.
		///
		/// * `after`: start after this position, in the order of storage. The event `MorePositions` of the call before
		///   names it.
		/// * `positions`: the maximum number of positions to settle, and never more than [`Config::MaxPositions`].
		/// * `currencies`: as in `collect`.
		///
		/// The fee that is charged in advance is for these numbers of positions and currencies.
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

		/// Choose the account to which your credit is paid; `None` for your own.
		///
		/// Origin: signed.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_payout_account())]
		pub fn set_payout_account(origin: OriginFor<T>, to: Option<T::AccountId>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_payout_account(&who, to);
			Ok(())
		}

		/// Pay the operators that answer to a set for the running era, and their delegators, in proportion to their
		/// weighted slashable stake now. Shares that came in this era have no part in it.
		///
		/// * `amount`: in units of `currency`, more than 0, from the sender's account.
		///
		/// Origin: signed; anyone in STAY, only the service's owner in an asset. Errors: [`Error::UnknownSet`],
		/// [`Error::AssetNotRegistered`], [`Error::NotOwner`], [`Error::NothingToPay`], [`Error::NoWeight`],
		/// [`Error::CreditTooLarge`], and those of the transfer.
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

		/// Pay operators by name that answer to a set for the running era, and their delegators. An operator's amount
		/// is shared over those of its pools that answer to the set, by weight as in `pay_set`. The call pays all
		/// operators or none.
		///
		/// * `payments`: operators, each once, with the amount for each in units of `currency`, more than 0.
		///
		/// Origin: as `pay_set`. Errors: as `pay_set`, with [`Error::NoWeight`] if one of the operators has no pool
		/// that can be paid, and [`Error::DuplicateOperator`].
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

		/// Open a stream, which pays a set for every era from this one on, out of funds that the call takes from the
		/// sender now. It holds [`Config::StreamDeposit`] of the sender's balance while the stream is open.
		///
		/// * `rate`: the amount to pay for each era, in units of `currency`, more than 0.
		/// * `funds`: the funds from which it pays, in units of `currency`, at least one instalment.
		/// * `notice`: the number of eras for which the stream continues after it was stopped, at most the constant
		///   `rewards.maxNotice`.
		///
		/// Origin: the service's owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`],
		/// [`Error::AssetNotRegistered`], [`Error::NothingToPay`], [`Error::StreamUnfunded`], [`Error::NoticeTooLong`],
		/// [`Error::TooManyStreams`], those of the hold and the transfer, and an overflow if the ids are used up.
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

		/// Add funds to a stream. Funds that are not paid to the set go to the stream's payer when it ends.
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownStream`], [`Error::NothingToPay`],
		/// [`Error::CreditTooLarge`], and those of the transfer.
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

		/// Stop a stream. It still pays for this era, and for as many more as its notice says; then the rest is
		/// credited to its payer. If it has already paid for all of these eras, it ends at once.
		///
		/// Origin: the stream's payer, or the service's owner. Errors: [`Error::UnknownStream`],
		/// [`Error::NotOwner`], [`Error::StreamStopped`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::stop_stream())]
		pub fn stop_stream(origin: OriginFor<T>, id: StreamId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stop_stream(&who, id)
		}

		/// Pay a stream's instalment for the running era, and give instalments of past eras that were not paid back to
		/// its payer. The hook does the same once an era.
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
		/// What a position of `who` has earned since it was last settled, by currency. It does not include what is
		/// already credited.
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
