//! # Operators and the value behind them
//!
//! This pallet holds all staked funds. An account that works with other accounts' stake registers here as an
//! **operator**. A delegator has a **position** with an operator: a number of shares of one of its **pools**. A
//! delegator leaves through an **exit**: the value moves into a bucket, which holds everything that left the same pool
//! in the same era, and can be claimed after the exit delay of [`Config::Clock`], unless a pending slash covers it.
//!
//! ```text
//!  wallet ──stake, restake──▶ pool(operator, kind) ──exit──▶ exits(operator, kind, era) ──claim──▶ wallet
//!                                ▲ rewards   │ slash             │ slash, if queued in the capture era or later
//! ```
//!
//! `restake` and `opt_in` are calls of the restaking pallet, which decides what may be restaked. They reach this pallet
//! through the trait [`EnterPools`](mainstay_primitives::traits::EnterPools).
//!
//! ## Design
//!
//! * A pool and a bucket of exits are [`SharePool`](mainstay_primitives::SharePool)s: a reward or a slash changes one
//!   amount, whatever the number of delegators. Nothing in this pallet iterates over delegators.
//! * An exit is filed under the **planned** era, the last one whose validators are elected: the running era, or in an
//!   era's last session the next. The stake that elected a validator answers for the era of that election.
//! * A slash that takes all of a pool starts a new **generation** of it after the planned era. Positions of older
//!   generations are void; the code recognises them by comparing numbers, and overwrites them when their owner returns.
//!   A slash reaches only the generation that answers for its capture era: that generation's exits, and the live pool
//!   if it is of that generation.
//! * Shares that came in the running era are **fresh**: slashes reach them at once, but services' payments of that era
//!   are not shared over them. The newest shares of a position leave it first.
//! * A position has either no shares, or at least a thousandth as many shares as the minimum deposit has units.
//!   Otherwise somebody could make a share so expensive that rounding takes part of what others deposit.
//! * This pallet calls [`Config::SettleRewards`] before the shares of a position change, so that a service's payment is
//!   divided by the shares that existed when it was made.
//! * This pallet calls [`Config::OnNativeMoved`] when STAY moves between a delegator's balance and the pools: a lock on
//!   both together must not stop the deposit, and must hold what comes back.
//! * All funds are in one account, [`Pallet::custody`]. [`Pallet::do_try_state`] compares its balance with the ledger.
//! * All delays are numbers of eras of [`Config::Clock`].
//! * Storage has a price for operators. The operator's entry, its name and link, and each account on its list hold a
//!   **deposit** of its balance ([`HoldReason`]). The amount is stored beside the item, so a later change of the price
//!   does not change what is held. The entry is never removed, because slashes, rewards and generations of pools refer
//!   to it; its deposit stays held, even after the operator has retired. Operators of genesis, and entries older than
//!   deposits, hold none.
//! * An operator can **promise** its delegators a maximum commission, and a notice before a higher commission binds. A
//!   stronger promise binds at once. A weaker one binds only when every delegator who leaves because of it can have
//!   left.
//!
//! Files by subject: `operators` (registration and terms), `ledger` (pools and positions), `exits` (leaving and
//! claiming), `slashes` (what a slash takes), `custody` (the account, rewards and payouts), `interface` (the traits
//! that other pallets use), `migrations`, `try_state` (the invariants).

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use slashes::Backing;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod config_preludes;
mod custody;
mod exits;
mod interface;
mod ledger;
pub mod migrations;
#[cfg(test)]
mod mock;
mod operators;
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
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles, AccountTouch},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{
		traits::{
			AssetRegistry, EraClock, OnNativeMoved, OnOperatorRetired, OnPoolWiped, SettleRewards, SlashGate,
			Treasury,
		},
		vault, AssetId, Balance, Bps, Currency, Era, ExitAmount, PoolKind, BPS,
	};

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(3);

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
		/// Holds operators' deposits, in STAY.
		#[pallet::no_default]
		type NativeBalance: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;
		/// The clock of all delays.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Tells which exits a pending slash covers.
		type SlashGate: SlashGate<Self::AccountId>;
		/// Credits rewards before the shares of a position change.
		type SettleRewards: SettleRewards<Self::AccountId>;
		/// Voids the allocations of a pool that a slash took completely.
		type OnPoolWiped: OnPoolWiped<Self::AccountId>;
		/// Told when STAY enters a pool, and when it comes back by a claim.
		type OnNativeMoved: OnNativeMoved<Self::AccountId>;
		/// Receives slashed funds whose destination is [`Destination::Treasury`](mainstay_primitives::Destination).
		#[pallet::no_default]
		type Treasury: Treasury<Self::AccountId>;
		/// Told when an operator retires, so that other pallets release it.
		type OnOperatorRetired: OnOperatorRetired<Self::AccountId>;
		/// The account that holds the funds is derived from this id. Changing it moves the account: it needs a
		/// migration.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Eras until a higher commission binds.
		#[pallet::constant]
		type CommissionDelay: Get<Era>;
		/// Tells the minimum deposits of assets.
		#[pallet::no_default]
		type Registry: AssetRegistry;
		/// The minimum amount of STAY that may enter a pool in one call.
		#[pallet::constant]
		type MinDeposit: Get<Balance>;
		/// The maximum length of an operator's name, in bytes.
		#[pallet::constant]
		type MaxNameLength: Get<u32>;
		/// The maximum length of an operator's link, in bytes.
		#[pallet::constant]
		type MaxLinkLength: Get<u32>;
		/// The deposit for an item in storage: an operator, its name and link together, or an account on its list. In
		/// STAY.
		#[pallet::constant]
		type ItemDeposit: Get<Balance>;
		/// The deposit for each byte of a name or a link, in STAY.
		#[pallet::constant]
		type ByteDeposit: Get<Balance>;
		/// Weights of the calls.
		#[pallet::no_default]
		type WeightInfo: WeightInfo;
		/// Moves the clock in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		#[pallet::no_default]
		type BenchmarkHelper: mainstay_primitives::traits::BenchmarkHelper<Self::AccountId>;
	}

	// These come from the clock, so that they are equal for all pallets.
	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Eras between an exit and its claim.
		#[pallet::constant_name(ExitDelay)]
		fn exit_delay() -> Era {
			T::Clock::exit_delay()
		}

		/// The longest notice an operator may promise, in eras.
		#[pallet::constant_name(MaxNotice)]
		fn max_notice() -> Era {
			T::Clock::max_notice()
		}
	}

	/// Why this pallet holds balance.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The account is an operator. This is permanent, and the deposit is never released.
		#[codec(index = 0)]
		Operator,
		/// The operator has a name or a link. Released when it clears both.
		#[codec(index = 1)]
		Metadata,
		/// Accounts are on the operator's list. Released when they are removed from it.
		#[codec(index = 2)]
		AllowList,
	}

	/// Every operator that ever registered, with its terms.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Operators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Operator>;

	/// The name and link of an operator. No entry for an operator that has neither.
	#[pallet::storage]
	pub type OperatorMetadata<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Metadata<T>>;

	/// `(operator, account)`: the accounts from which an operator with [`Policy::AllowList`] takes deposits, besides
	/// itself. The value is the deposit that is held of the operator's balance for the entry.
	#[pallet::storage]
	pub type Allowed<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, T::AccountId, Balance>;

	/// The pools of an operator, by kind.
	#[pallet::storage]
	pub type Pools<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolKind, Pool, OptionQuery>;

	/// The first eras of a pool's earlier generations, in ascending order, as long as a slash can name one of their
	/// eras. The bound holds because at most one generation begins in an era, the exit delay is below 128 eras, and the
	/// appeal window is shorter than that.
	#[pallet::storage]
	pub type EarlierGenerations<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		PoolKind,
		BoundedVec<Era, ConstU32<256>>,
		ValueQuery,
	>;

	/// The total of an asset in pools, in exits, and in slashes that are not paid out yet.
	#[pallet::storage]
	pub type Held<T: Config> = StorageMap<_, Twox64Concat, AssetId, Balance, ValueQuery>;

	/// The positions of delegators: `(who, operator, kind)`. A position is void if its generation is not the pool's.
	#[pallet::storage]
	pub type Positions<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, PoolKind>,
		),
		Position,
	>;

	/// The keys of [`Positions`] in another order, `(operator, kind, who)`, for listing the delegators of a pool.
	#[pallet::storage]
	pub type Backers<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, PoolKind>,
			NMapKey<Blake2_128Concat, T::AccountId>,
		),
		(),
	>;

	/// The buckets of exits: `(operator, kind, era queued)`. A bucket holds everything that left the pool and was
	/// queued in that era, the last one for which it answers.
	#[pallet::storage]
	pub type Exits<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, PoolKind>,
			NMapKey<Twox64Concat, Era>,
		),
		Exit,
	>;

	/// Shares of a bucket of [`Exits`]: `(who, operator, kind, era queued)`. A claim is void if its bucket is gone
	/// because a slash took all of it.
	#[pallet::storage]
	pub type Claims<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, PoolKind>,
			NMapKey<Twox64Concat, Era>,
		),
		u128,
	>;

	/// Slashed funds that are not paid out yet, by currency. They are in custody.
	#[pallet::storage]
	pub type Slashed<T: Config> = StorageMap<_, Twox64Concat, Currency, Balance, ValueQuery>;

	/// The first operators and their stake. No deposit is held for them.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The operator's account, its commission in basis points, and the amount of its own STAY that it stakes.
		pub operators: Vec<(T::AccountId, Bps, Balance)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			vault::found::<_, T::Assets>(&Pallet::<T>::custody()).expect("custody opens on empty state");
			for (who, commission, stake) in &self.operators {
				Pallet::<T>::do_register(who, *commission, 0)
					.and_then(|()| Pallet::<T>::do_deposit(who, who, PoolKind::Stake, *stake, 0))
					.unwrap_or_else(|e| panic!("genesis operator {who:?}: {e:?}"));
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account became an operator.
		OperatorRegistered {
			/// The account.
			operator: T::AccountId,
			/// Its commission, in basis points.
			commission: Bps,
		},
		/// An operator changed its commission.
		CommissionSet {
			/// The operator.
			operator: T::AccountId,
			/// The commission until now, in basis points.
			old: Bps,
			/// The commission that it set.
			new: Bps,
			/// The era from which the new one binds.
			effective: Era,
		},
		/// An operator changed its promise. What is stronger binds at once.
		PromiseSet {
			/// The operator.
			operator: T::AccountId,
			/// The new promise.
			promise: Promise,
			/// The era from which the new promise alone binds; a stronger old one binds until then.
			effective: Era,
		},
		/// An operator changed its name and link.
		MetadataSet {
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator changed from which accounts it takes deposits.
		PolicySet {
			/// The operator.
			operator: T::AccountId,
			/// Its policy from now on.
			policy: Policy,
		},
		/// An operator added an account to its list.
		Allowed {
			/// The operator.
			operator: T::AccountId,
			/// The account.
			who: T::AccountId,
		},
		/// An operator removed an account from its list. The account's position stays, and can leave at any time.
		Disallowed {
			/// The operator.
			operator: T::AccountId,
			/// The account.
			who: T::AccountId,
		},
		/// An operator retired. It takes no deposits any more.
		OperatorRetired {
			/// The operator.
			operator: T::AccountId,
		},
		/// Funds entered a pool.
		Deposited {
			/// The owner of the position.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The amount that entered, in units of the pool's currency.
			amount: Balance,
			/// The shares minted for it.
			shares: u128,
		},
		/// A delegator moved stake from the operator's `Stake` pool to its `Native` pool. It answers to services too
		/// from now on.
		OptedIn {
			/// The owner of the position.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The shares of the `Stake` pool that left it.
			shares: u128,
			/// The STAY that they were worth.
			amount: Balance,
			/// The shares of the `Native` pool that were minted for this amount.
			minted: u128,
		},
		/// Shares left a pool and wait for their claim.
		ExitQueued {
			/// The owner of the position.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The shares of the pool that left.
			shares: u128,
			/// The value of these shares now. A slash whose capture era is `queued` or earlier may still lower it.
			amount: Balance,
			/// The era under which the exit is filed, and by which it is claimed. It is the last era for which the exit
			/// answers: the running one, or the next one if its validators are already elected.
			queued: Era,
			/// The first era in which the exit can be claimed.
			matures: Era,
		},
		/// An exit was paid out.
		Claimed {
			/// The owner of the exit, who received the amount.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The era under which the exit was filed.
			queued: Era,
			/// The amount that was paid.
			amount: Balance,
		},
		/// A validator's reward entered an operator's native pools.
		Compounded {
			/// The operator.
			operator: T::AccountId,
			/// The amount that entered the `Stake` pool.
			stake: Balance,
			/// The amount that entered the `Native` pool.
			native: Balance,
			/// The operator's commission, credited to it.
			commission: Balance,
		},
		/// A slash took a part of the stake that backed an operator in an era.
		Taken {
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The era whose stake answered.
			capture: Era,
			/// The amount taken from the live pool.
			pool: Balance,
			/// The amount taken from exits.
			exits: Balance,
		},
		/// A slash took all of a pool. The pool's positions are void, and it takes deposits again from era `since` on.
		PoolWiped {
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The generation that begins.
			generation: u32,
			/// The first era for which the new generation answers.
			since: Era,
		},
		/// Slashed funds left custody.
		SlashPaid {
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// The destination.
			destination: mainstay_primitives::Destination<T::AccountId>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is already an operator. An operator that retired stays one.
		///
		/// Change your terms with `operatorDelegation.setCommission`, `operatorDelegation.setPromise` or
		/// `operatorDelegation.setPolicy` instead. If you retired, register another account.
		AlreadyOperator,
		/// The sender, or the account that the call names as operator, is not registered as an operator.
		///
		/// To be an operator, call `operatorDelegation.register`. To stake, name an account from the storage
		/// `operatorDelegation.operators`.
		NotOperator,
		/// The operator has retired. It takes no deposits and cannot return; its delegators can still leave.
		///
		/// To stake, choose another operator. To leave this one, call `operatorDelegation.exit`. If you are the
		/// operator, do nothing: you have already retired.
		OperatorRetired,
		/// The operator takes deposits only from itself and from the accounts on its list, and this account is not on
		/// the list.
		///
		/// Ask the operator to call `operatorDelegation.allow` for your account, or choose another operator.
		NotAllowed,
		/// The account is already on the operator's list.
		///
		/// Do nothing. The list counts while your policy is `AllowList`, which `operatorDelegation.setPolicy` sets. To
		/// remove the account from the list, call `operatorDelegation.disallow`.
		AlreadyAllowed,
		/// The account is not on the sender's list.
		///
		/// Look in the storage `operatorDelegation.allowed` for the accounts on your list. To take deposits only from
		/// those, call `operatorDelegation.setPolicy` with `AllowList`.
		NotListed,
		/// The commission, or the promised maximum, is above 10,000 basis points, which is the whole reward.
		///
		/// Give it in hundredths of a percent, from 0 to 10,000: 500 is 5 %.
		CommissionTooHigh,
		/// The commission would be higher than the operator promised, or the promised maximum would be lower than the
		/// commission that binds now or was announced.
		///
		/// To take more, first raise the promised maximum with `operatorDelegation.setPromise`, and wait for the exit
		/// delay and one era, or for the notice if that is longer. To promise a lower maximum, first lower the
		/// commission with `operatorDelegation.setCommission`.
		PromiseBroken,
		/// The notice is longer than the longest that may be promised.
		///
		/// Promise at most as many eras as the constant `operatorDelegation.maxNotice` says.
		NoticeTooLong,
		/// This commission, promise or policy is already set, or already announced.
		///
		/// Do nothing: an announced value binds when its era comes. To change it, give a value that differs from the
		/// last one in the storage `operatorDelegation.operators`.
		NoChange,
		/// The deposit is below the minimum or would leave a position with too few shares, or the shares that would
		/// leave are worth nothing.
		///
		/// Stake, restake or opt in at least the constant `operatorDelegation.minDeposit`; for an asset, its
		/// `minDeposit` in the storage `restaking.assets`. In a pool whose shares are expensive, give enough to buy a
		/// thousandth as many shares as this minimum has units. To exit, let more shares leave at once.
		AmountTooSmall,
		/// The shares or the amount of the pool, or of its exits of this era, would exceed the largest number that can
		/// be stored.
		///
		/// Give a smaller amount. Deposit the rest with another operator, or exit with the rest in the next era.
		AmountTooLarge,
		/// A slash took all of this pool. It takes no deposits before its new generation begins.
		///
		/// Wait for the era `since` of the pool in the storage `operatorDelegation.pools`, which is the next era or the
		/// one after it, or choose another operator. To see the running era, look in the storage `staking.activeEra`.
		PoolClosed,
		/// A slash took all of the operator's `Native` pool, and its new generation is too young: the stake that would
		/// opt in still answers for eras before it.
		///
		/// Wait until as many eras as the constant `operatorDelegation.exitDelay` says have passed since the era `since`
		/// of the `Native` pool in the storage `operatorDelegation.pools`, and until older slashes of the operator in the
		/// storage `slashing.pendingOf` are decided. Or leave the stake where it is.
		PoolTooYoung,
		/// Slashes left a share of the pool, or of its exits of this era, worth too little for the pool to take more.
		///
		/// To deposit or opt in, choose another operator. To exit, call `operatorDelegation.exit` again in the next
		/// era.
		PoolDepleted,
		/// The deposit would mint fewer shares than `leastShares`.
		///
		/// Look up the pool's amount and shares in the storage `operatorDelegation.pools`, and send the call again with
		/// a lower `leastShares`; 0 accepts any price.
		TooFewShares,
		/// The position has fewer shares than the call asks for, or the call asks for none.
		///
		/// Look up your shares in the storage `operatorDelegation.positions` and ask for at most those, or for `All`. A
		/// position whose generation differs from the pool's is void: a slash took it.
		InsufficientShares,
		/// Fewer shares than a thousandth of the minimum deposit would stay in the position.
		///
		/// Ask for `All`, or leave at least a thousandth of the constant `operatorDelegation.minDeposit` in shares; for
		/// an asset, a thousandth of its `minDeposit` in the storage `restaking.assets`.
		DustLeft,
		/// There is no such claim, it was already paid, or a slash took all of it.
		///
		/// Compare owner, operator, kind and era with the storage `operatorDelegation.claims`. If the claim is there
		/// but `operatorDelegation.exits` has no entry for it, do nothing: a slash took it.
		NothingToClaim,
		/// The exit delay of this claim is not over.
		///
		/// Wait until as many eras as the constant `operatorDelegation.exitDelay` says have passed since the era under
		/// which the exit is filed, then call `operatorDelegation.claim` again.
		NotMatured,
		/// A pending slash may still take a part of this exit.
		///
		/// Wait until the operator's slashes in the storage `slashing.pendingOf` whose capture era is not after the era
		/// of this exit are executed, vetoed or cancelled, then claim what is left. Execute one that is due with
		/// `slashing.execute`.
		SlashPending,
		/// The operator has no native stake to which a validator's reward could be added.
		///
		/// Do nothing: no call fails with this error. The event `rewards.ValidatorUnpaid` only tells that the reward
		/// was not minted. To earn later rewards, stake with the operator by `operatorDelegation.stake`, if it has not
		/// retired.
		NothingStaked,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::Clock::exit_delay() > 0,
				"an exit must be reachable by a slash of the era it was queued in"
			);
			assert!(T::CommissionDelay::get() > 0, "a higher commission must be seen before it binds");
			assert!(T::MinDeposit::get() > 0, "a deposit of nothing must not open a position");
			assert!(
				T::MaxNameLength::get() > 0 && T::MaxLinkLength::get() > 0,
				"an operator can have a name"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Become an operator. The call holds [`Config::ItemDeposit`] of the account's balance permanently.
		///
		/// * `commission`: the part of rewards that the operator keeps, in basis points, at most 10,000.
		///
		/// Origin: signed by the account. Errors: [`Error::AlreadyOperator`], [`Error::CommissionTooHigh`], and those
		/// of the hold.
		#[pallet::call_index(0)]
		pub fn register(origin: OriginFor<T>, commission: Bps) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(&who, commission, T::ItemDeposit::get())
		}

		/// Change the commission. A lower one binds at once; a higher one binds after [`Config::CommissionDelay`] eras,
		/// or after the notice that the operator promised if that is longer. The call replaces an announced increase
		/// that does not bind yet.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::CommissionTooHigh`], [`Error::NoChange`],
		/// [`Error::PromiseBroken`].
		#[pallet::call_index(1)]
		pub fn set_commission(origin: OriginFor<T>, commission: Bps) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_commission(&who, commission)
		}

		/// Set the operator's name and link. The call holds [`Config::ItemDeposit`], and [`Config::ByteDeposit`] for
		/// each byte, in place of what was held for the previous name and link. If both are empty, the call clears them
		/// and releases the deposit.
		///
		/// * `name`: UTF-8 text, as clients show it.
		/// * `link`: the address of a page about the operator.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], and those of the hold.
		#[pallet::call_index(2)]
		pub fn set_metadata(
			origin: OriginFor<T>,
			name: BoundedVec<u8, T::MaxNameLength>,
			link: BoundedVec<u8, T::MaxLinkLength>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_metadata(&who, name, link)
		}

		/// Retire permanently: leave the candidates and the operator sets, and take no more deposits. Exits, claims,
		/// rewards and slashes of the existing stake go on. The operator's entry stays, and so does its deposit.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::OperatorRetired`].
		#[pallet::call_index(3)]
		pub fn retire(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(&who)
		}

		/// Delegate STAY to an operator, for consensus only. A new deposit shares the pool's past: a pending slash of
		/// the operator takes from it too.
		///
		/// * `amount`: in units of STAY, at least [`Config::MinDeposit`]. The account must keep the existential
		///   deposit.
		/// * `least_shares`: the call fails if it would mint fewer shares than this; 0 accepts any price.
		///
		/// Origin: signed. Errors: [`Error::NotOperator`], [`Error::OperatorRetired`], [`Error::NotAllowed`],
		/// [`Error::AmountTooSmall`], [`Error::AmountTooLarge`], [`Error::PoolClosed`], [`Error::PoolDepleted`],
		/// [`Error::TooFewShares`], and those of the transfer. Weight: that of [`Config::OnNativeMoved`] for the most
		/// expensive account is refunded to others.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::stake().saturating_add(Pallet::<T>::max_renewal_weight(PoolKind::Stake)))]
		pub fn stake(
			origin: OriginFor<T>,
			operator: T::AccountId,
			#[pallet::compact] amount: Balance,
			#[pallet::compact] least_shares: u128,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_deposit(&who, &operator, PoolKind::Stake, amount, least_shares)?;
			let renewal = Self::renewal_weight(&who, PoolKind::Stake);
			Ok(Some(T::WeightInfo::stake().saturating_add(renewal)).into())
		}

		/// Take a part of a position out of the pool. From now on it earns nothing. It answers for this era and those
		/// before it; in an era's last session it answers for the next era too, whose validators it helped to elect.
		/// The exit is filed under the last of these eras, and can be claimed as many eras after that one as the
		/// constant `operatorDelegation.exitDelay` says.
		///
		/// Origin: the owner of the position. Errors: [`Error::InsufficientShares`], [`Error::DustLeft`],
		/// [`Error::AmountTooSmall`] if the shares are worth nothing, [`Error::AmountTooLarge`],
		/// [`Error::PoolDepleted`] if slashes took almost all of this era's bucket of exits.
		#[pallet::call_index(5)]
		pub fn exit(
			origin: OriginFor<T>,
			operator: T::AccountId,
			kind: PoolKind,
			amount: ExitAmount,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_exit(&who, &operator, kind, amount)
		}

		/// Pay an exit to its owner when the exit delay is over.
		///
		/// * `owner`: the owner of the exit, who is paid.
		/// * `queued`: the era under which the exit is filed, as the event `ExitQueued` has it.
		///
		/// Origin: anyone. Errors: [`Error::NothingToClaim`], [`Error::NotMatured`], [`Error::SlashPending`], and those
		/// of the transfer, for instance that the amount is too small to create the owner's account again. Weight: that
		/// of [`Config::OnNativeMoved`] for the most expensive owner is refunded for others.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::claim().saturating_add(Pallet::<T>::max_renewal_weight(*kind)))]
		pub fn claim(
			origin: OriginFor<T>,
			owner: T::AccountId,
			operator: T::AccountId,
			kind: PoolKind,
			queued: Era,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_claim(&owner, &operator, kind, queued)?;
			let renewal = Self::renewal_weight(&owner, kind);
			Ok(Some(T::WeightInfo::claim().saturating_add(renewal)).into())
		}

		/// Choose from which accounts the operator takes deposits: from all, or from those on its list. Existing
		/// positions stay, and can leave at any time.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::NoChange`].
		#[pallet::call_index(7)]
		pub fn set_policy(origin: OriginFor<T>, policy: Policy) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_policy(&who, policy)
		}

		/// Add an account to the list that [`Policy::AllowList`] uses. The call holds [`Config::ItemDeposit`] of the
		/// operator's balance.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::AlreadyAllowed`], and those of the hold.
		#[pallet::call_index(8)]
		pub fn allow(origin: OriginFor<T>, delegator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_allow(&who, &delegator)
		}

		/// Remove an account from the list, and release the deposit for it. The account's position, exits, claims and
		/// rewards do not change.
		///
		/// Origin: the operator. Errors: [`Error::NotListed`].
		#[pallet::call_index(9)]
		pub fn disallow(origin: OriginFor<T>, delegator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_disallow(&who, &delegator)
		}

		/// Promise a maximum commission, and a notice before a higher commission binds. A stronger promise, which is a
		/// lower maximum or a longer notice, binds at once. A weaker one binds after the exit delay and one era, or
		/// after the notice that was promised before if that is longer. The call replaces an announced change that does
		/// not bind yet.
		///
		/// * `max_commission`: in basis points, at least the commission that binds now and any that was announced.
		/// * `notice`: in eras, at most the constant `operatorDelegation.maxNotice`.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::CommissionTooHigh`],
		/// [`Error::NoticeTooLong`], [`Error::NoChange`], [`Error::PromiseBroken`].
		#[pallet::call_index(10)]
		pub fn set_promise(origin: OriginFor<T>, max_commission: Bps, notice: Era) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_promise(&who, Promise { max_commission, notice })
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The value of the position of `who` in pool `(operator, kind)` now, in units of the pool's currency; 0
		/// without a live position.
		pub fn position_value(who: T::AccountId, operator: T::AccountId, kind: PoolKind) -> Balance {
			Self::value_of(&who, &operator, kind)
		}

		/// The commission of `operator` that binds now, in basis points; `None` if it is not an operator.
		pub fn commission(operator: T::AccountId) -> Option<Bps> {
			Self::commission_of(&operator)
		}

		/// The promise of `operator` that binds now; `None` if it is not an operator.
		pub fn promise(operator: T::AccountId) -> Option<Promise> {
			Operators::<T>::get(operator).map(|terms| *terms.promise.at(T::Clock::active()))
		}
	}

	impl<T> From<mainstay_primitives::PoolError> for Error<T> {
		fn from(e: mainstay_primitives::PoolError) -> Self {
			use mainstay_primitives::PoolError::*;
			match e {
				Depleted => Error::PoolDepleted,
				TooSmall => Error::AmountTooSmall,
				TooLarge => Error::AmountTooLarge,
			}
		}
	}

	/// Refuses a commission above the whole reward.
	pub(crate) fn ensure_commission<T: Config>(commission: Bps) -> Result<(), Error<T>> {
		(commission <= BPS).then_some(()).ok_or(Error::CommissionTooHigh)
	}
}
