//! # Operators and the value behind them
//!
//! The only room with money in it. Whoever works for others' stake registers here as an **operator**; whoever
//! stands behind an operator has a **position**, a number of shares of one of its **pools**. Leaving goes through
//! an **exit**: the value moves into a bucket of all that left the same pool in the same era and can be claimed
//! after the exit delay of [`Config::Clock`], unless a pending slash covers it.
//!
//! ```text
//!  wallet ──stake, restake──▶ pool(operator, kind) ──exit──▶ exits(operator, kind, era) ──claim──▶ wallet
//!                                ▲ rewards   │ slash             │ slash, if queued in the capture era or later
//! ```
//!
//! `restake` and `opt_in` are calls of the restaking pallet, which knows what may be restaked; they come in through
//! the trait [`EnterPools`](mainstay_primitives::traits::EnterPools).
//!
//! ## Design
//!
//! * A pool and a bucket of exits are [`SharePool`](mainstay_primitives::SharePool)s: rewards and slashes change
//!   one amount, whatever the number of delegators. Nothing here iterates over delegators.
//! * An exit is filed under the **planned** era, the last one whose validators are elected: the running era, or in an
//!   era's last session the next. What elected a validator answers for the era it was elected for.
//! * A slash that takes all of a pool starts a new **generation** of it after the planned era. Positions of older
//!   generations are void; they are recognised by comparing numbers and overwritten when their owner returns. Slashes
//!   reach the live pool and the exits of the generation that answers for their capture era, and no other.
//! * Shares that came in the running era are **fresh**: they answer at once, and services' payments of that era are not
//!   shared over them. What came last leaves first.
//! * A position has no shares, or at least a thousandth of the least deposit's, so that nobody makes a share so dear that
//!   rounding takes what others bring.
//! * Before the shares of a position change, [`Config::SettleRewards`] is told, so that what services paid is divided
//!   by the shares that stood when they paid.
//! * All funds lie in one account, [`Pallet::custody`]. [`Pallet::do_try_state`] equates it with the ledger.
//! * Delays count in eras of [`Config::Clock`].
//! * What stays in storage for an operator is priced: its entry, its name and link, and each account on its list hold a
//!   **deposit** of its balance ([`HoldReason`]). The amount is written beside the item, so a later price changes nothing
//!   of what is held. The entry is never removed, because slashes, rewards and generations of pools go by it: its deposit
//!   stays held, after the operator retired too. Genesis and entries older than deposits hold none.
//! * An operator can **promise** its delegators a largest commission and a notice before a higher one binds. More of a
//!   promise binds at once; less of it, only when everyone who leaves because of it is gone.
//!
//! Files by subject: `operators` (registration and terms), `ledger` (pools and positions), `exits` (leaving and
//! claiming), `slashes` (what a slash takes), `custody` (the account, and what else goes in and out), `interface` (all this
//! for the other pallets), `migrations`, `try_state` (what always
//! holds).

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
			AssetRegistry, EraClock, OnOperatorRetired, OnPoolWiped, SettleRewards, SlashGate, Treasury,
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
		/// STAY and every asset, on one path.
		#[pallet::no_default]
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = Currency, Balance = Balance>
			+ AccountTouch<Currency, Self::AccountId, Balance = Balance>;
		/// Holds deposits: STAY by itself.
		#[pallet::no_default]
		type NativeBalance: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;
		/// The clock that delays are counted on.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Knows which exits a pending slash covers.
		type SlashGate: SlashGate<Self::AccountId>;
		/// Credits rewards before the shares of a position change.
		type SettleRewards: SettleRewards<Self::AccountId>;
		/// Voids what a wiped pool had allocated.
		type OnPoolWiped: OnPoolWiped<Self::AccountId>;
		/// Receives and books what is slashed to [`Destination::Treasury`](mainstay_primitives::Destination).
		#[pallet::no_default]
		type Treasury: Treasury<Self::AccountId>;
		/// Lets a retired operator go.
		type OnOperatorRetired: OnOperatorRetired<Self::AccountId>;
		/// The account that holds the funds is derived from this id. Changing it moves the account: it needs a
		/// migration.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Eras until a higher commission binds.
		#[pallet::constant]
		type CommissionDelay: Get<Era>;
		/// Knows the least deposits of assets.
		#[pallet::no_default]
		type Registry: AssetRegistry;
		/// Smallest amount of STAY that may enter a pool in one call.
		#[pallet::constant]
		type MinDeposit: Get<Balance>;
		/// Longest name of an operator, in bytes.
		#[pallet::constant]
		type MaxNameLength: Get<u32>;
		/// Longest link of an operator, in bytes.
		#[pallet::constant]
		type MaxLinkLength: Get<u32>;
		/// Price of an item in storage: of an operator, of its name and link together, of an account on its list.
		#[pallet::constant]
		type ItemDeposit: Get<Balance>;
		/// Price of a byte of a name or a link.
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

	// The clock says them, so that they are the same for all pallets.
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

	/// Why balance is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// An account is an operator, which is for good: it is not given back.
		#[codec(index = 0)]
		Operator,
		/// An operator has a name or a link. Given back when it clears both.
		#[codec(index = 1)]
		Metadata,
		/// Accounts are on an operator's list. Given back when they are taken off it.
		#[codec(index = 2)]
		AllowList,
	}

	/// Every operator there ever was, with its terms.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Operators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Operator>;

	/// What an operator says of itself. Nothing for one that has neither name nor link.
	#[pallet::storage]
	pub type OperatorMetadata<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Metadata<T>>;

	/// Whom an operator with [`Policy::AllowList`] takes deposits from, besides itself; and what is held of the operator's
	/// balance for each.
	#[pallet::storage]
	pub type Allowed<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, T::AccountId, Balance>;

	/// The value behind an operator, by kind.
	#[pallet::storage]
	pub type Pools<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolKind, Pool, OptionQuery>;

	/// The first eras of the generations of a pool before the running one, in ascending order, as far as a slash can name
	/// an era of theirs. At most one generation begins in an era, and exit delays are below 128 eras, appeals shorter.
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

	/// All of an asset that pools, exits and slashes that are not paid out hold.
	#[pallet::storage]
	pub type Held<T: Config> = StorageMap<_, Twox64Concat, AssetId, Balance, ValueQuery>;

	/// Who stands behind whom: `(who, operator, kind)`. Void where its generation is not the pool's.
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

	/// The keys of [`Positions`] the other way round, `(operator, kind, who)`, for listing who backs a pool.
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

	/// All that left a pool, by the last era it answers for: `(operator, kind, era queued)`.
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

	/// Shares of a bucket of [`Exits`]: `(who, operator, kind, era queued)`. Void where the bucket is gone because a
	/// slash took all of it.
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

	/// What was slashed and is not paid out yet, by currency. It lies in custody.
	#[pallet::storage]
	pub type Slashed<T: Config> = StorageMap<_, Twox64Concat, Currency, Balance, ValueQuery>;

	/// Operators and their first stake. No deposit is held for them.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Account, commission in basis points, and the STAY of its own that it stakes.
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
		/// An operator changed what it promises. More of it binds at once.
		PromiseSet {
			/// The operator.
			operator: T::AccountId,
			/// What it promises.
			promise: Promise,
			/// The era from which no more than that is promised.
			effective: Era,
		},
		/// An operator changed its name and link.
		MetadataSet {
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator changed whom it takes deposits from.
		PolicySet {
			/// The operator.
			operator: T::AccountId,
			/// Its policy from now on.
			policy: Policy,
		},
		/// An account came to an operator's list.
		Allowed {
			/// The operator.
			operator: T::AccountId,
			/// The account.
			who: T::AccountId,
		},
		/// An account was taken off an operator's list. What it has behind the operator stays, and can leave.
		Disallowed {
			/// The operator.
			operator: T::AccountId,
			/// The account.
			who: T::AccountId,
		},
		/// An operator retired: nothing more can be staked behind it.
		OperatorRetired {
			/// The operator.
			operator: T::AccountId,
		},
		/// Value entered a pool.
		Deposited {
			/// Whose position it is.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// What entered.
			amount: Balance,
			/// The shares minted for it.
			shares: u128,
		},
		/// Stake was restaked where it stood: it answers to services too from now on.
		OptedIn {
			/// Whose position it is.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The shares of the `Stake` pool that left it.
			shares: u128,
			/// What they were worth.
			amount: Balance,
			/// The shares of the `Native` pool that were minted for it.
			minted: u128,
		},
		/// Shares were queued to leave.
		ExitQueued {
			/// Whose position it was.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The shares of the pool that left.
			shares: u128,
			/// What they are worth now. A slash whose capture era is this one or earlier may still lower it.
			amount: Balance,
			/// The era it is filed under, the last it answers for, by which it is claimed: the running one, or the next one
			/// where its validators are elected already.
			queued: Era,
			/// The first era in which it can be claimed.
			matures: Era,
		},
		/// An exit was paid out.
		Claimed {
			/// Whose exit it was, and who received it.
			who: T::AccountId,
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The era it was filed under.
			queued: Era,
			/// What was paid.
			amount: Balance,
		},
		/// A reward entered an operator's native pools.
		Compounded {
			/// The operator.
			operator: T::AccountId,
			/// What entered the `Stake` pool.
			stake: Balance,
			/// What entered the `Native` pool.
			native: Balance,
			/// The operator's commission, credited to it.
			commission: Balance,
		},
		/// A slash took from what backed an operator in an era.
		Taken {
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The era whose stake answered.
			capture: Era,
			/// What was taken from the live pool.
			pool: Balance,
			/// What was taken from exits.
			exits: Balance,
		},
		/// A slash took all of a pool. Its positions are void, and it takes deposits again from era `since` on.
		PoolWiped {
			/// The operator.
			operator: T::AccountId,
			/// The kind of pool.
			kind: PoolKind,
			/// The generation that begins.
			generation: u32,
			/// The first era it answers for.
			since: Era,
		},
		/// Slashed funds left custody.
		SlashPaid {
			/// The currency.
			currency: Currency,
			/// How much of it.
			amount: Balance,
			/// Where it went.
			destination: mainstay_primitives::Destination<T::AccountId>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is an operator already; one that retired stays one.
		///
		/// Change your terms with `operatorDelegation.setCommission`, `operatorDelegation.setPromise` or
		/// `operatorDelegation.setPolicy` instead. If you retired, register another account.
		AlreadyOperator,
		/// The account that the call takes for an operator, the sender or the one it names, is not registered as one.
		///
		/// To be an operator, call `operatorDelegation.register`. To stake, name an account from the storage
		/// `operatorDelegation.operators`.
		NotOperator,
		/// The operator has retired: it takes no deposits and cannot return, while its delegators can leave as ever.
		///
		/// To stake, choose another operator; what stands behind this one can leave with `operatorDelegation.exit`. If
		/// you are the operator, do nothing: you have retired already.
		OperatorRetired,
		/// The operator takes deposits only from itself and from the accounts on its list, and this account is not on
		/// it.
		///
		/// Ask the operator to call `operatorDelegation.allow` for your account, or choose another operator.
		NotAllowed,
		/// The account is on the operator's list already.
		///
		/// Do nothing: the list counts while your policy is `AllowList`, which `operatorDelegation.setPolicy` sets. To
		/// take the account off it, call `operatorDelegation.disallow`.
		AlreadyAllowed,
		/// The account is not on the sender's list of accounts that may deposit.
		///
		/// Look in the storage `operatorDelegation.allowed` for the accounts on your list. To take deposits from those
		/// only, call `operatorDelegation.setPolicy` with `AllowList`.
		NotListed,
		/// The commission, or the largest one that is promised, is above 10,000 basis points, which is the whole
		/// reward.
		///
		/// Give it in hundredths of a percent, from 0 to 10,000: 500 is 5 %.
		CommissionTooHigh,
		/// The commission would be higher than the operator promised, or the promised limit lower than the commission
		/// that it takes or announced.
		///
		/// To take more, first raise the limit with `operatorDelegation.setPromise` and wait for the exit delay and one
		/// era, or for the notice if that is longer. To promise a lower limit, first lower the commission with
		/// `operatorDelegation.setCommission`.
		PromiseBroken,
		/// The notice is longer than any that may be promised.
		///
		/// Promise at most as many eras as the constant `operatorDelegation.maxNotice` says.
		NoticeTooLong,
		/// This commission, promise or policy is set, or was announced, already.
		///
		/// Do nothing: what was announced binds by itself when its era comes. To change it, give another value than the
		/// last one in the storage `operatorDelegation.operators`.
		NoChange,
		/// What would enter is below the least deposit or would leave a position with too few shares, or what would leave is
		/// worth nothing.
		///
		/// Stake, restake or opt in at least the constant `operatorDelegation.minDeposit`, of an asset the `minDeposit` in
		/// the storage `restaking.assets`, and in a pool whose shares are dear, the price of a thousandth as many shares.
		/// To exit, let more shares leave at once.
		AmountTooSmall,
		/// The shares or the amount of the pool, or of what leaves it in this era, would pass the largest number.
		///
		/// Try a smaller amount. Deposit the rest behind another operator, or let it leave in the next era.
		AmountTooLarge,
		/// A slash took all of this pool, and it takes no deposits before the era in which its new generation begins.
		///
		/// Wait for the era `since` of the pool in the storage `operatorDelegation.pools`, the next one or the one after
		/// it, or choose another operator. The storage `staking.activeEra` tells which era is running.
		PoolClosed,
		/// A slash took all of the operator's `Native` pool, and its new generation does not answer for all eras yet that the
		/// stake which would opt in answers for.
		///
		/// Wait until as many eras as the constant `operatorDelegation.exitDelay` says have passed since the era `since`
		/// of the `Native` pool in the storage `operatorDelegation.pools`, and until older slashes of the operator in the
		/// storage `slashing.pendingOf` are decided. Or leave the stake where it is.
		PoolTooYoung,
		/// Slashes left the pool, or what leaves it in this era, worth too little per share to take more.
		///
		/// To deposit or opt in, choose another operator. To exit, call `operatorDelegation.exit` again in the next
		/// era.
		PoolDepleted,
		/// The deposit would mint fewer shares than the call asked for at least.
		///
		/// Look up the pool's amount and shares in the storage `operatorDelegation.pools`, and send the call again with
		/// a lower `leastShares`; 0 accepts any price.
		TooFewShares,
		/// The position has fewer shares than the call asked for, or none, or the call asked for none.
		///
		/// Look up your shares in the storage `operatorDelegation.positions` and ask for at most those, or for `All`. A
		/// position whose generation is not the pool's is void: a slash took it.
		InsufficientShares,
		/// So few shares of the position would stay that they are worth less than a thousandth of the least deposit.
		///
		/// Ask for `All`, or leave at least a thousandth of the constant `operatorDelegation.minDeposit` in shares, of an
		/// asset a thousandth of its `minDeposit` in the storage `restaking.assets`.
		DustLeft,
		/// There is no such claim, it was paid already, or a slash took all of it.
		///
		/// Compare owner, operator, kind and era with the storage `operatorDelegation.claims`. If the claim is there
		/// but nothing in `operatorDelegation.exits` for it, let it be: a slash took it.
		NothingToClaim,
		/// The exit delay of this claim is not over.
		///
		/// Wait until as many eras as the constant `operatorDelegation.exitDelay` says have passed since the era it is
		/// filed under, then call `operatorDelegation.claim` again.
		NotMatured,
		/// A pending slash may still take from this exit.
		///
		/// Wait until the operator's slashes in the storage `slashing.pendingOf` whose capture era is not after the era
		/// of this exit are executed, vetoed or cancelled, then claim what is left. Run one that is due with
		/// `slashing.execute`.
		SlashPending,
		/// No native stake stands behind the operator that a validator's reward could be added to.
		///
		/// Do nothing: no call fails with this, and the event `rewards.ValidatorUnpaid` only tells that the reward was
		/// not minted. Stake behind the operator with `operatorDelegation.stake`, if it has not retired, to earn later
		/// ones.
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
		/// Become an operator. It holds [`Config::ItemDeposit`] of the account's balance for good.
		///
		/// * `commission`: the part of rewards the operator keeps, in basis points, at most 10,000.
		///
		/// Origin: signed by the account. Errors: [`Error::AlreadyOperator`], [`Error::CommissionTooHigh`], and what
		/// the hold says.
		#[pallet::call_index(0)]
		pub fn register(origin: OriginFor<T>, commission: Bps) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(&who, commission, T::ItemDeposit::get())
		}

		/// Change the commission: a lower one binds at once, a higher one after [`Config::CommissionDelay`] eras, or
		/// after the notice the operator promised where that is longer. It replaces an increase that has not come to
		/// bind yet.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::CommissionTooHigh`], [`Error::NoChange`],
		/// [`Error::PromiseBroken`].
		#[pallet::call_index(1)]
		pub fn set_commission(origin: OriginFor<T>, commission: Bps) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_commission(&who, commission)
		}

		/// Say who you are. It holds [`Config::ItemDeposit`] and [`Config::ByteDeposit`] for each byte, in place of what was
		/// held for the last name and link. Both empty: clear them, and have the deposit back.
		///
		/// * `name`: UTF-8 text, as clients show it.
		/// * `link`: where to read more.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], and what the hold says.
		#[pallet::call_index(2)]
		pub fn set_metadata(
			origin: OriginFor<T>,
			name: BoundedVec<u8, T::MaxNameLength>,
			link: BoundedVec<u8, T::MaxLinkLength>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_metadata(&who, name, link)
		}

		/// Retire for good: leave the validators' candidates, take no more deposits. Exits, claims, rewards and
		/// slashes of what is there go on. The entry stays, and what is held for it.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::OperatorRetired`].
		#[pallet::call_index(3)]
		pub fn retire(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire(&who)
		}

		/// Put STAY behind an operator, for consensus only. Who enters a pool enters its past: a pending slash of the
		/// operator takes from this deposit too.
		///
		/// * `amount`: at least [`Config::MinDeposit`]; the account must stay alive.
		/// * `least_shares`: refuse if fewer shares than this are minted; 0 to accept any price.
		///
		/// Origin: signed. Errors: [`Error::NotOperator`], [`Error::OperatorRetired`], [`Error::NotAllowed`],
		/// [`Error::AmountTooSmall`], [`Error::AmountTooLarge`], [`Error::PoolClosed`], [`Error::PoolDepleted`],
		/// [`Error::TooFewShares`], and what the transfer says.
		#[pallet::call_index(4)]
		pub fn stake(
			origin: OriginFor<T>,
			operator: T::AccountId,
			#[pallet::compact] amount: Balance,
			#[pallet::compact] least_shares: u128,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deposit(&who, &operator, PoolKind::Stake, amount, least_shares)
		}

		/// Queue part of a position to leave. From now on it earns nothing, and answers only for this era and those
		/// before it, and in an era's last session for the next one, whose validators it helped to elect. It is filed under
		/// the last of these eras and can be claimed as many eras after that one as the constant `operatorDelegation.exitDelay` says.
		///
		/// Origin: the owner of the position. Errors: [`Error::InsufficientShares`], [`Error::DustLeft`],
		/// [`Error::AmountTooSmall`] where
		/// the shares are worth nothing, [`Error::AmountTooLarge`], [`Error::PoolDepleted`] where this era's bucket
		/// of exits was slashed to almost nothing.
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

		/// Pay a matured exit to its owner.
		///
		/// * `owner`: whose exit it is, and who is paid.
		/// * `queued`: the era it is filed under, as `ExitQueued` said.
		///
		/// Origin: anyone. Errors: [`Error::NothingToClaim`], [`Error::NotMatured`], [`Error::SlashPending`], and
		/// what the transfer says, for instance that it is too small to bring a dead account to life.
		#[pallet::call_index(6)]
		pub fn claim(
			origin: OriginFor<T>,
			owner: T::AccountId,
			operator: T::AccountId,
			kind: PoolKind,
			queued: Era,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(&owner, &operator, kind, queued)
		}

		/// Choose whom to take deposits from: everyone, or the accounts on a list. What is there already stays and
		/// can leave as ever.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::NoChange`].
		#[pallet::call_index(7)]
		pub fn set_policy(origin: OriginFor<T>, policy: Policy) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_policy(&who, policy)
		}

		/// Put an account on the list that [`Policy::AllowList`] goes by. It holds [`Config::ItemDeposit`] of the operator's
		/// balance.
		///
		/// Origin: the operator. Errors: [`Error::NotOperator`], [`Error::AlreadyAllowed`], and what the hold says.
		#[pallet::call_index(8)]
		pub fn allow(origin: OriginFor<T>, delegator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_allow(&who, &delegator)
		}

		/// Take an account off the list, and have its deposit back. The exits, claims and rewards of the account are not
		/// touched.
		///
		/// Origin: the operator. Errors: [`Error::NotListed`].
		#[pallet::call_index(9)]
		pub fn disallow(origin: OriginFor<T>, delegator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_disallow(&who, &delegator)
		}

		/// Promise a largest commission, and a notice before a higher one binds. More of a promise binds at once: a
		/// lower commission, a longer notice. Less binds after the exit delay and one era, or after the notice that
		/// was promised where that is longer. It replaces a change that does not bind yet.
		///
		/// * `max_commission`: in basis points, at least what the operator takes now and announced.
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
		/// What `who` has in pool `(operator, kind)` now, in the pool's currency; 0 without a live position.
		pub fn position_value(who: T::AccountId, operator: T::AccountId, kind: PoolKind) -> Balance {
			Self::value_of(&who, &operator, kind)
		}

		/// The commission of `operator` that binds now, in basis points; `None` if it is not an operator.
		pub fn commission(operator: T::AccountId) -> Option<Bps> {
			Self::commission_of(&operator)
		}

		/// What `operator` promises now; `None` if it is not an operator.
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

	/// Refuses more than the whole.
	pub(crate) fn ensure_commission<T: Config>(commission: Bps) -> Result<(), Error<T>> {
		(commission <= BPS).then_some(()).ok_or(Error::CommissionTooHigh)
	}
}
