//! # Slashing
//!
//! This pallet takes every slash from its report to its payout, through one queue for both lanes:
//!
//! ```text
//!  report ──▶ pending, until due ──▶ executed ──▶ paid out
//!              │ holds the claims      by the hook in order of (due era, place),
//!              │ it covers             or by anyone's `execute`
//!              ├──▶ vetoed ──▶ reinstated, while its window is open
//!              └──▶ cancelled
//! ```
//!
//! * A slash's **capture era** is the era whose stake answers for the offence. The slash takes its fraction of the live
//!   pool and of the exits queued in the capture era or later. Stake that left before is not slashed.
//! * A report is in time if all stake that backed its capture era is still there when the slash falls due: `capture +
//!   exit delay > due`. While a slash is pending, the claims that it covers wait.
//! * Execution takes the funds out of pools and exits. It does not depend on the destination: the **payout** is a
//!   separate step, which anyone can retry.
//! * `on_initialize` executes due slashes within a fifth of a block's weight, and continues in the next block. If a
//!   slash fails, it is left for the call `execute`, and does not block others.
//!
//! ## The consensus lane
//!
//! `pallet-offences` passes reported equivocations to `on_offence`, which only queues them: one entry for each capture
//! era and operator, with the largest fraction. When there are more concurrent offenders, the handler is called again
//! for all of them with a higher fraction. A pending entry is then raised in place. After its execution, a raise from
//! `p1` to `p2` takes `(p2 - p1) / (1 - p1)`, so that both together equal one slash of `p2`. While the `k` offenders
//! are at most a third of the `n` validators, the fraction is capped at [`Config::ConsensusCap`]: the usual `(3k/n)²`
//! would take 56 % for a single fault among four validators.
//!
//! ## The attested lane
//!
//! The slasher of an operator set reports an operator that served the set in the capture era, under a condition of the
//! set as it bound in that era. The slash takes, of each kind, at most the condition's fraction of what was allocated
//! to the set. It falls due when the condition's veto window ends; until then the condition's resolver may veto it. At
//! most [`Config::MaxPending`] slashes of one set that nobody appealed can be pending for an operator. The bound is per
//! set, because an operator could use up a common bound with reports of its own service. Appealed slashes do not count,
//! because the operator's friends could otherwise appeal until the service can report nothing more.
//!
//! So the number of appealed slashes is bounded only by their price, [`Config::AppealBond`] for each. A fake service
//! that controls its slasher, its resolver and the appealing account can keep as many slashes pending for its members
//! as it can pay bonds. This gives it nothing that one slash does not:
//!
//! * claims wait for the earliest pending capture era, whatever the number of slashes that name it, and at most for an
//!   exit delay and an appeal window; [`Held`] has one entry for each era;
//! * a set that is being wound down waits only for its own slashes;
//! * every executed slash takes one step of the hook and costs its bond, which goes to the treasury. The bond of a
//!   vetoed slash is released, but that slash leaves the queue, see below;
//! * no call and no hook iterates over an operator's pending slashes, and views bound how many they read.
//!
//! A dishonest slasher can appeal its own reports, and so have more than [`Config::MaxPending`] slashes pending for an
//! operator that it does not own. Each one that an honest resolver overlooks costs the slasher a bond and is delayed by
//! an appeal window, in which the resolver can still veto it and governance can cancel it.
//!
//! What a set slashes goes to its destination. If that is an account, it receives only assets: STAY that such a set
//! slashes is burnt.
//!
//! ## The queue
//!
//! ```text
//!  due era 7   place  0   1   2   3   4      given 5, waiting 2
//!                     x   .   x   .   .
//!                         ^ cursor
//! ```
//!
//! Every slash has a place among those of its due era, and leaves that place as soon as it is decided or postponed. The
//! hook goes from place to place: a slash that waits is executed, which takes one step of the hook's budget; an empty
//! place is skipped, which takes one read. When no slash of an era waits any more, all places of that era are removed,
//! and rewards, which wait for due slashes, continue. So a fake service whose resolver vetoes thousands of its own
//! reports delays nobody: if no other slash comes after them, none of their places is read, and if one does, skipping
//! them takes less time than reporting them took. The fee of a report includes its execution. So a service that reports
//! tiny slashes against itself, lets them fall due and reports again pays for all the block space that they use in the
//! hook.
//!
//! With the rest of its budget, the hook removes offences and records of eras that are older than the history depth:
//! the oldest era first, a few entries in each block, and each era completely. [`PrunedUntil`] stores how far it has
//! come.
//!
//! ## Disputes
//!
//! ```text
//!  era   reported              due                    due when appealed
//!          ├──── veto window ───┼──── appeal window ────┤
//!          │ resolver: veto     │ resolver: veto        │ executed
//!          │ anyone: appeal ────┘ governance: cancel    │
//!          │ governance: cancel, or reinstate a veto
//! ```
//!
//! * A **veto** has a reason, which stays in the slash's record. The resolver is an account, for instance a multisig,
//!   or governance.
//! * An **appeal** asks governance to cancel a slash. Anyone can appeal, for instance the operator or a delegator. The
//!   appeal holds [`Config::AppealBond`], and the slash falls due [`Config::AppealWindow`] eras later. The bond is
//!   released if the slash is vetoed or cancelled, and goes to the treasury if it is executed. The claims that the
//!   slash covers wait as well, so nothing leaves its reach meanwhile. No slash is pending for longer than an exit delay
//!   and an appeal window after its capture era.
//! * Governance can **reinstate** a vetoed slash before the era in which it would have fallen due, as long as no stake
//!   that the veto released can have left.
//!
//! Files by subject: `queue` (pending and due slashes, held claims), `disputes`, `payout`, `lanes::consensus`,
//! `lanes::attested`, `preview` (what a slash would do), `migrations`, `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod config_preludes;
mod disputes;
mod lanes;
pub mod migrations;
#[cfg(test)]
mod mock;
mod payout;
mod preview;
mod queue;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{
		traits::{
			EraClock, InspectExposures, OperatorSets, PaySlashed, SlashExposures, SlashPools, Treasury,
		},
		Balance, ConditionId, Currency, Destination, Era, OperatorSetId, PoolKind, SlashId, MAX_KINDS,
	};
	use pallet_session::SessionInterface;
	use sp_runtime::DispatchError;

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(4);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The fraction of the allocation that a report asks to slash, for each kind, in parts of `WAD`.
	pub type Fractions = BoundedVec<(PoolKind, u64), ConstU32<MAX_KINDS>>;

	/// Configuration.
	#[pallet::config(with_default)]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The pools with the staked funds. This pallet slashes whole pools, and pays out slashed funds.
		#[pallet::no_default]
		type Pools: SlashPools<Self::AccountId> + PaySlashed<Self::AccountId>;
		/// The operator sets that slash, and their conditions.
		#[pallet::no_default]
		type Sets: OperatorSets<Self::AccountId>;
		/// Reads and slashes what is allocated to sets.
		#[pallet::no_default]
		type Exposures: InspectExposures<Self::AccountId> + SlashExposures<Self::AccountId>;
		/// The clock of all delays.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Disables an offender that validates in the running era.
		#[pallet::no_default]
		type Session: SessionInterface<ValidatorId = Self::AccountId, AccountId = Self::AccountId>;
		/// The origin that may cancel a pending slash, reinstate a vetoed one, and veto a slash whose condition names
		/// governance as resolver.
		#[pallet::no_default]
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Holds the bonds of appeals, in STAY.
		#[pallet::no_default]
		type NativeBalance: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;
		/// Receives the bonds of appeals whose slash was executed.
		#[pallet::no_default]
		type Treasury: Treasury<Self::AccountId>;
		/// The bond of an appeal, in STAY. It is held of the sender's balance.
		#[pallet::constant]
		type AppealBond: Get<Balance>;
		/// The number of eras by which an appeal postpones a slash.
		#[pallet::constant]
		type AppealWindow: Get<Era>;
		/// The maximum length of the reason of a veto or an appeal, in bytes.
		#[pallet::constant]
		type MaxReasonLength: Get<u32>;
		/// Eras between a consensus offence and its slash. The delay is shortened if the slash would otherwise fall due
		/// too late.
		#[pallet::constant]
		type ConsensusDeferral: Get<Era>;
		/// The maximum fraction, in parts of `WAD`, that a consensus offence takes if at most a third of the set
		/// offended.
		#[pallet::constant]
		type ConsensusCap: Get<u64>;
		/// The destination of funds that are slashed for consensus offences.
		#[pallet::no_default]
		type ConsensusDestination: Get<Destination<Self::AccountId>>;
		/// The maximum number of slashes of one set that may be pending for an operator, appealed ones not counted.
		#[pallet::constant]
		type MaxPending: Get<u32>;
		/// Weights of the calls and hooks.
		#[pallet::no_default]
		type WeightInfo: WeightInfo;
		/// Makes operators and moves the clock in benchmarks.
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

		/// The number of eras for which offences and records are stored.
		#[pallet::constant_name(History)]
		fn history() -> Era {
			T::Clock::history()
		}
	}

	/// Why this pallet holds balance.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The account appealed a slash. Released when the slash is vetoed or cancelled.
		#[codec(index = 0)]
		Appeal,
	}

	/// The id of the next slash.
	#[pallet::storage]
	pub type NextId<T: Config> = StorageValue<_, SlashId, ValueQuery>;

	/// The pending slashes.
	// Twox64Concat: the chain gives ids in ascending order.
	#[pallet::storage]
	pub type Slashes<T: Config> = StorageMap<_, Twox64Concat, SlashId, Slash<T::AccountId>>;

	/// The order of execution: `(due era, place) -> id`. A slash leaves its place at once when it is vetoed, cancelled,
	/// postponed by an appeal, or executed by a call.
	#[pallet::storage]
	pub type Queue<T: Config> = StorageDoubleMap<_, Twox64Concat, Era, Twox64Concat, u32, SlashId>;

	/// For a due era, how many places of [`Queue`] were assigned, and how many of them are taken. If none is taken, the
	/// era has no entry, and its places are counted from 0 again.
	#[pallet::storage]
	pub type QueueLength<T: Config> = StorageMap<_, Twox64Concat, Era, Places>;

	/// The place of [`Queue`] at which the hook continues. All places before it are empty.
	#[pallet::storage]
	pub type Cursor<T: Config> = StorageValue<_, (Era, u32), ValueQuery>;

	/// The capture eras of the pending slashes of an operator and kind, each with the number of slashes.
	#[pallet::storage]
	pub type Held<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolKind, Captures, ValueQuery>;

	/// The number of pending slashes of an operator by an operator set, appealed ones counted separately.
	#[pallet::storage]
	pub type Pending<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		OperatorSetId,
		PendingCount,
		ValueQuery,
	>;

	/// Consensus offences by capture era and operator. Stored for the history depth.
	#[pallet::storage]
	pub type Offences<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Era, Blake2_128Concat, T::AccountId, ConsensusOffence>;

	/// Slashed funds that are not paid out yet, by slash and currency.
	#[pallet::storage]
	pub type Unpaid<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SlashId, Twox64Concat, Currency, Payout<T::AccountId>>;

	/// Decided slashes, executed or not, by the era of the decision. Stored for the history depth.
	#[pallet::storage]
	pub type Records<T: Config> = StorageDoubleMap<_, Twox64Concat, Era, Twox64Concat, SlashId, Record<T>>;

	/// The keys of [`Slashes`] by operator. The value is the slash's place in [`Queue`] under its due era. A slash that
	/// failed has lost that place: it is empty, or belongs to another slash.
	#[pallet::storage]
	pub type PendingOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, SlashId, u32>;

	/// The keys of [`Records`] by operator.
	#[pallet::storage]
	pub type RecordsOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, (Era, SlashId), ()>;

	/// The era whose offences and records are removed next. None of earlier eras are left.
	#[pallet::storage]
	pub type PrunedUntil<T: Config> = StorageValue<_, Era, ValueQuery>;

	/// The total that was ever slashed, by currency.
	#[pallet::storage]
	pub type TotalSlashed<T: Config> = StorageMap<_, Twox64Concat, Currency, Balance, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A slash was queued.
		SlashReported {
			/// Its id.
			id: SlashId,
			/// The operator that is slashed.
			operator: T::AccountId,
			/// The cause of the slash, and how much it takes.
			lane: Lane<T::AccountId>,
			/// The era whose stake answers.
			capture: Era,
			/// The era in which it is executed.
			due: Era,
		},
		/// The fraction of a pending slash was raised, because more validators offended in the same era.
		SlashRaised {
			/// Its id.
			id: SlashId,
			/// The fraction until now, in parts of `WAD`.
			old: u64,
			/// The fraction from now on, in parts of `WAD`.
			new: u64,
		},
		/// A pending slash was cancelled.
		SlashCancelled {
			/// Its id.
			id: SlashId,
			/// The operator that is not slashed.
			operator: T::AccountId,
		},
		/// A pending slash was vetoed by the resolver of its condition.
		SlashVetoed {
			/// Its id.
			id: SlashId,
			/// The operator that is not slashed.
			operator: T::AccountId,
			/// The reason, as UTF-8.
			reason: Reason<T>,
		},
		/// A pending slash was appealed, and thereby postponed.
		SlashAppealed {
			/// Its id.
			id: SlashId,
			/// The account that appealed.
			by: T::AccountId,
			/// The reason, as UTF-8.
			reason: Reason<T>,
			/// The amount that is held of its balance, in STAY.
			bond: Balance,
			/// The era in which the slash is now executed.
			due: Era,
		},
		/// An appeal was closed, because its slash was decided.
		AppealClosed {
			/// The slash.
			id: SlashId,
			/// The account that appealed.
			by: T::AccountId,
			/// The bond, in STAY.
			bond: Balance,
			/// Whether the bond went to the treasury, because the slash was executed.
			forfeited: bool,
		},
		/// Governance reinstated a vetoed slash.
		SlashReinstated {
			/// Its id.
			id: SlashId,
			/// The operator that is slashed.
			operator: T::AccountId,
			/// The era in which it is executed.
			due: Era,
		},
		/// A slash was executed.
		SlashExecuted {
			/// Its id.
			id: SlashId,
			/// The operator that was slashed.
			operator: T::AccountId,
			/// The amounts that were taken, by currency.
			taken: Taken,
		},
		/// A due slash failed, and waits for the call `execute`.
		ExecutionFailed {
			/// Its id.
			id: SlashId,
			/// Why.
			error: DispatchError,
		},
		/// Slashed funds were paid out.
		PaidOut {
			/// The slash.
			id: SlashId,
			/// The currency.
			currency: Currency,
			/// The amount, and the destination that received it.
			payout: Payout<T::AccountId>,
		},
		/// The destination could not receive slashed funds. Anyone can try again with `payout`.
		PayoutFailed {
			/// The slash.
			id: SlashId,
			/// The currency.
			currency: Currency,
			/// Why.
			error: DispatchError,
		},
		/// An offence was reported too late: stake that backed its era can have left. It is not slashed.
		OffenceTooOld {
			/// The offender.
			operator: T::AccountId,
			/// The session of the offence.
			session: sp_staking::SessionIndex,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no pending slash with this id.
		///
		/// Look up the id in the storage `slashing.slashes`. If it was decided, its outcome is in `slashing.records`.
		UnknownSlash,
		/// The slash is not due yet.
		///
		/// Wait for the era `due` in the storage `slashing.slashes`. The chain then executes the slash.
		NotDue,
		/// A fraction of the slash is 0, or more than the whole.
		///
		/// Give each fraction in parts of 10^18, from 1 to 10^18: a tenth is 10^17.
		BadFraction,
		/// The capture era has not begun.
		///
		/// Name the running era, which is in the storage `staking.activeEra`, or an earlier one.
		CaptureInFuture,
		/// Stake that backed the capture era can have left before the slash falls due.
		///
		/// Do nothing: it is too late for this era under this condition. Report other offences sooner: fewer eras after
		/// their capture era than the exit delay minus the condition's veto window.
		CaptureTooOld,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`.
		UnknownSet,
		/// The account is not the slasher of the set. Only the slasher may report.
		///
		/// Send the report from the `slasher` that binds now in the storage `avsRegistry.sets`, or ask that account.
		/// The service's owner changes the slasher with `avsRegistry.setSlasher`.
		NotSlasher,
		/// The set has no condition with this id that bound in the capture era.
		///
		/// Choose a condition from the storage `avsRegistry.conditions` whose `since` is not after the capture era.
		UnknownCondition,
		/// The condition does not allow a slash of this fraction.
		///
		/// Look in the storage `avsRegistry.conditions` for the `maxFraction` that bound in the capture era, and ask
		/// for at most that.
		FractionTooHigh,
		/// A kind is named twice.
		///
		/// Name each kind once, with one fraction.
		DuplicateKind,
		/// The operator did not answer to the set for the capture era, or had allocated nothing to it of the named
		/// kinds.
		///
		/// Name an era within one of the operator's stays in the storage `avsRegistry.memberships`, and not after the
		/// `until` of a set that is being wound down. Name a kind of which something was allocated in that era; the
		/// storage `restaking.exposures` has the allocations.
		NotSlashable,
		/// The operator has the maximum number of pending slashes by this set. Appealed ones do not count.
		///
		/// Wait until one of them in the storage `slashing.pendingOf` is executed, vetoed, cancelled or appealed, then
		/// send the call again. Execute one that is due with `slashing.execute`.
		TooManyPending,
		/// The account is not the resolver of the slash's condition. Consensus slashes and some conditions have no
		/// resolver.
		///
		/// Ask the `resolver` in the storage `slashing.slashes` to call `slashing.veto`. If there is none, ask
		/// governance to call `slashing.cancel`.
		NotResolver,
		/// The slash's due era has come. It can no longer be vetoed; a vetoed slash can no longer be reinstated.
		///
		/// Ask governance to call `slashing.cancel` while the slash is in the storage `slashing.slashes`. If the slash
		/// was vetoed, nothing can be done.
		VetoClosed,
		/// Nothing of this slash is left to pay out in this currency.
		///
		/// Look up unpaid amounts in the storage `slashing.unpaid`. What is not there was already paid, or never taken.
		NothingToPay,
		/// The slash is for a consensus offence. Only slashes by services can be appealed.
		///
		/// Ask governance to call `slashing.cancel` while the slash is in the storage `slashing.slashes`.
		NotAppealable,
		/// The slash was already appealed. Each slash can be appealed once.
		///
		/// Ask governance to call `slashing.cancel`, or the resolver to call `slashing.veto`, before the era `due` in
		/// the storage `slashing.slashes`.
		AlreadyAppealed,
		/// The slash is due, or an appeal before its veto has postponed it already. It can no longer be appealed.
		///
		/// Ask governance to call `slashing.cancel` while the slash is in the storage `slashing.slashes`. Appeal other
		/// slashes before their due era.
		AppealClosed,
		/// No slash with this id was vetoed in this era, or its record is no longer stored.
		///
		/// Give the id and the era of a slash in the storage `slashing.records` whose outcome is `Vetoed`.
		NotVetoed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			let used = Self::execute_due();
			used.saturating_add(Self::prune(Self::budget().saturating_sub(used)))
		}

		fn integrity_test() {
			assert!(
				T::ConsensusDeferral::get() < T::Clock::exit_delay(),
				"a slash must fall due before stake leaves"
			);
			assert!(
				T::AppealWindow::get() < T::Clock::exit_delay(),
				"what an appeal keeps pending must not outgrow what is kept of the past"
			);
			assert!(
				T::Clock::exit_delay().saturating_add(T::AppealWindow::get()) <= MAX_CAPTURES,
				"every era that pending slashes can name is held"
			);
			assert!(T::ConsensusCap::get() > 0 && T::ConsensusCap::get() <= mainstay_primitives::WAD);
			assert!(T::MaxPending::get() > 0, "a service can slash");
			assert!(
				T::Clock::history() > T::Clock::exit_delay(),
				"an offence must be known while it can be raised"
			);
			let (idle, budget) = (T::WeightInfo::idle(), Self::budget());
			assert!(
				idle.saturating_add(T::WeightInfo::step()).ref_time() <= budget.ref_time(),
				"one slash must fit the hook's part of a block"
			);
			let pruning = T::WeightInfo::prune(queue::PRUNED_PER_BLOCK);
			assert!(
				idle.saturating_add(pruning).ref_time() <= budget.ref_time(),
				"what a block forgets must fit the hook's part of it"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Execute a due slash. The hook executes due slashes; this call is for one that failed there, or that cannot
		/// wait.
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownSlash`], [`Error::NotDue`].
		#[pallet::call_index(0)]
		pub fn execute(origin: OriginFor<T>, id: SlashId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_execute(id)
		}

		/// Cancel a pending slash. The bond of an appeal is released.
		///
		/// Origin: [`Config::GovernanceOrigin`]. Errors: [`Error::UnknownSlash`].
		#[pallet::call_index(1)]
		pub fn cancel(origin: OriginFor<T>, id: SlashId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_cancel(id)
		}

		/// Pay out what a slash took in one currency, if the payout failed when the slash was executed.
		///
		/// Origin: signed, anyone. Errors: [`Error::NothingToPay`], and those of the payment.
		#[pallet::call_index(2)]
		pub fn payout(origin: OriginFor<T>, id: SlashId, currency: Currency) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_payout(id, currency)
		}

		/// Report an operator, to slash its stake of era `capture`, on which the service relied. The slash falls due
		/// when the condition's veto window ends.
		///
		/// * `condition`: the id of the declared offence, whose terms of the capture era apply.
		/// * `fractions`: what to take of each kind, in parts of `WAD` of what was allocated to the set, at most the
		///   condition's fraction. Kinds of which nothing was allocated are ignored.
		///
		/// The weight includes the execution of the slash by the hook, which nobody else pays for.
		///
		/// Origin: the set's slasher. Errors: [`Error::UnknownSet`], [`Error::NotSlasher`],
		/// [`Error::CaptureInFuture`], [`Error::UnknownCondition`], [`Error::CaptureTooOld`], [`Error::BadFraction`],
		/// [`Error::FractionTooHigh`], [`Error::DuplicateKind`], [`Error::NotSlashable`], [`Error::TooManyPending`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::report().saturating_add(T::WeightInfo::step()))]
		pub fn report(
			origin: OriginFor<T>,
			set: OperatorSetId,
			operator: T::AccountId,
			condition: ConditionId,
			fractions: Fractions,
			capture: Era,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_report(&who, set, &operator, condition, fractions, capture)
		}

		/// Veto a service's slash before it is due. The bond of an appeal is released.
		///
		/// * `reason`: UTF-8 text for clients to show. It stays in the slash's record.
		///
		/// Origin: the resolver of the slash's condition: an account, or [`Config::GovernanceOrigin`] if the condition
		/// names governance. Errors: [`Error::UnknownSlash`], [`Error::NotResolver`], [`Error::VetoClosed`].
		#[pallet::call_index(4)]
		pub fn veto(origin: OriginFor<T>, id: SlashId, reason: Reason<T>) -> DispatchResult {
			let governs = T::GovernanceOrigin::ensure_origin(origin.clone()).is_ok();
			let who = ensure_signed(origin).ok();
			ensure!(governs || who.is_some(), DispatchError::BadOrigin);
			Self::do_veto(who.as_ref(), governs, id, reason)
		}

		/// Appeal a service's slash to governance before it is due. The slash then falls due [`Config::AppealWindow`]
		/// eras later. Each slash can be appealed once. The call holds [`Config::AppealBond`], which is released if the
		/// slash is vetoed or cancelled, and goes to the treasury if it is executed.
		///
		/// * `reason`: UTF-8 text, for governance to read.
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownSlash`], [`Error::NotAppealable`],
		/// [`Error::AlreadyAppealed`], [`Error::AppealClosed`], and those of the hold.
		#[pallet::call_index(5)]
		pub fn appeal(origin: OriginFor<T>, id: SlashId, reason: Reason<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_appeal(&who, id, reason)
		}

		/// Put a vetoed slash back into the queue, under its id, before the era in which it was due.
		///
		/// * `vetoed`: the era in which it was vetoed, which is its key in [`Records`].
		///
		/// Origin: [`Config::GovernanceOrigin`]. Errors: [`Error::NotVetoed`], [`Error::VetoClosed`] from its due era
		/// on, [`Error::CaptureTooOld`], [`Error::TooManyPending`].
		#[pallet::call_index(6)]
		pub fn reinstate(origin: OriginFor<T>, id: SlashId, vetoed: Era) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_reinstate(id, vetoed)
		}
	}
}
