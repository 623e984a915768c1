//! # Slashing
//!
//! One queue for every slash, whichever lane it comes from:
//!
//! ```text
//!  report ──▶ pending, until due ──▶ executed ──▶ paid out
//!              │ holds the claims      by the hook in order of (due era, id),
//!              │ it covers             or by anyone's `execute`
//!              ├──▶ vetoed ──▶ reinstated, while its window is open
//!              └──▶ cancelled
//! ```
//!
//! * A **capture era** is the era whose stake answers. A slash takes its fraction of the live pool and of the exits
//!   queued in the capture era or later; who left before pays nothing.
//! * A report is in time while all that backed its capture era is still here when it falls due:
//!   `capture + exit delay > due`. While it is pending, the claims it covers wait.
//! * Execution moves what was taken out of pools and exits and never fails for want of a destination: **payout** is
//!   a step of its own that anyone can retry.
//! * Due slashes run in `on_initialize` within a fifth of a block, and go on in the next one. One that fails is left
//!   for `execute` and blocks nothing.
//!
//! ## The consensus lane
//!
//! An equivocation reported to `pallet-offences` comes here through `on_offence`, which only queues: one entry per
//! (capture era, operator) with the largest fraction. The handler is called again for all concurrent offenders with
//! a raised fraction. A pending entry is raised in place; after its execution, the raise from `p1` to `p2` takes
//! `(p2 - p1) / (1 - p1)`, so that the sum equals one slash of `p2`. While the `k` offenders are at most a third of
//! the `n` validators, the fraction is capped at [`Config::ConsensusCap`]: the usual `(3k/n)²` would take 56 % of a
//! single fault among four.
//!
//! ## The attested lane
//!
//! The slasher of an operator set reports an operator that served it in the capture era, for a condition of the set as
//! it bound in that era. The slash takes, of each kind, at most the condition's fraction of what was allocated to the
//! set, and falls due when the condition's veto window ends, until which its resolver may veto it. At most
//! [`Config::MaxPending`] slashes of one set that nobody appealed are pending for an operator. The bound is per set,
//! because an operator could fill a common one with reports of a service of its own; and appealed ones do not count,
//! because the operator's friends could appeal until the service can report nothing more.
//!
//! So appealed slashes have no bound but their price, a bond of [`Config::AppealBond`] for each. Where the slasher, the
//! resolver and who appeals are one, a sham service can keep as many pending for an operator that serves it as it has
//! bonds. By that it gains nothing that one slash does not give it:
//!
//! * claims wait for the earliest capture era that is pending, however many name it, and at most for an exit delay and an
//!   appeal window; [`Held`] has one entry for each era;
//! * a set that is wound down waits for its own slashes alone;
//! * every slash that is executed takes one step of the hook and costs its bond, which goes to the treasury. The bond of
//!   one that is vetoed comes back, but that one leaves the queue, see below;
//! * no call and no hook iterates the pending slashes of an operator, and views let so many take what they take and no
//!   more.
//!
//! A slasher that turns against operators it does not own, and against an honest resolver, can by appeals of its own have
//! more than [`Config::MaxPending`] slashes pending for one of them. Each that the resolver overlooks costs the slasher a
//! bond, and waits an appeal window longer, in which the resolver can veto it and governance cancel it.
//!
//! What a set slashes goes to its destination. To an account go assets alone: of such a set, what it takes of STAY is
//! burnt.
//!
//! ## The queue
//!
//! ```text
//!  due era 7   place  0   1   2   3   4      given 5, waiting 2
//!                     x   .   x   .   .
//!                         ^ cursor
//! ```
//!
//! A slash has a place among those of its due era, and leaves it as soon as it is decided or put off. The hook goes from
//! place to place: it executes a slash that waits, which takes one step of its budget, and passes a place that was left,
//! which takes a read. When no slash waits any more in an era, all places of that era are gone, and rewards, which wait
//! for due slashes, go on. So a sham service whose resolver vetoes thousands of its own reports holds nobody up: without
//! another slash behind them nothing is passed, and before another slash they are passed in less time than it took to
//! report them. A report is paid for as if it were executed at once, so slashes of next to nothing that its own service
//! reports, lets fall due and reports again cost as much of the blocks as they take of the hook.
//!
//! With what is left of its budget the hook forgets offences and records of eras that left the history depth: the oldest
//! era first, a few entries a block, and each era to its last entry. [`PrunedUntil`] is how far it came.
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
//! * A **veto** comes with a reason, which stays in the slash's record. The resolver is an account, which can be a
//!   multisig's, or governance.
//! * An **appeal** asks governance to cancel a slash. Whoever appeals, the operator or a delegator say, puts up
//!   [`Config::AppealBond`], and the slash falls due [`Config::AppealWindow`] eras later. The bond comes back when the
//!   slash is vetoed or cancelled, and goes to the treasury when it is executed. The claims that a slash covers wait
//!   with it, so nothing leaves its reach meanwhile.
//! * Governance can **reinstate** a slash that was vetoed, until the era in which it would have fallen due, and while
//!   nothing of what the veto let go of can have left.
//!
//! Files by subject: `queue` (pending, holding, due), `disputes`, `payout`, `lanes::consensus`, `lanes::attested`,
//! `preview` (what a slash would do), `migrations`, `try_state`.

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

	/// How much of each kind a report asks for, in parts of `WAD` of what is allocated.
	pub type Fractions = BoundedVec<(PoolKind, u64), ConstU32<MAX_KINDS>>;

	/// Configuration.
	#[pallet::config(with_default)]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The money: this pallet slashes whole pools, and pays out what was slashed.
		#[pallet::no_default]
		type Pools: SlashPools<Self::AccountId> + PaySlashed<Self::AccountId>;
		/// The operator sets that slash, and their conditions.
		#[pallet::no_default]
		type Sets: OperatorSets<Self::AccountId>;
		/// What is allocated to them, which they slash.
		#[pallet::no_default]
		type Exposures: InspectExposures<Self::AccountId> + SlashExposures<Self::AccountId>;
		/// The clock that delays are counted on.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Where an offender of the running era is disabled.
		#[pallet::no_default]
		type Session: SessionInterface<ValidatorId = Self::AccountId, AccountId = Self::AccountId>;
		/// Governance: may cancel a pending slash, reinstate a vetoed one, and veto where a condition names it.
		#[pallet::no_default]
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Holds the bonds of appeals, in STAY.
		#[pallet::no_default]
		type NativeBalance: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;
		/// Receives the bonds of those who appealed in vain.
		#[pallet::no_default]
		type Treasury: Treasury<Self::AccountId>;
		/// What an appeal holds of its sender's balance.
		#[pallet::constant]
		type AppealBond: Get<Balance>;
		/// Eras by which an appeal puts a slash off.
		#[pallet::constant]
		type AppealWindow: Get<Era>;
		/// Longest reason of a veto or an appeal, in bytes.
		#[pallet::constant]
		type MaxReasonLength: Get<u32>;
		/// Eras between a consensus offence and its slash. It shrinks where the slash would fall due too late.
		#[pallet::constant]
		type ConsensusDeferral: Get<Era>;
		/// The largest part, in parts of `WAD`, that a consensus offence of at most a third of the set takes.
		#[pallet::constant]
		type ConsensusCap: Get<u64>;
		/// Where funds slashed for consensus offences go.
		#[pallet::no_default]
		type ConsensusDestination: Get<Destination<Self::AccountId>>;
		/// The most slashes of one set that may be pending for an operator, appealed ones aside.
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

	// The clock says them, so that they are the same for all pallets.
	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Eras between an exit and its claim.
		#[pallet::constant_name(ExitDelay)]
		fn exit_delay() -> Era {
			T::Clock::exit_delay()
		}

		/// Eras for which offences and records are kept.
		#[pallet::constant_name(History)]
		fn history() -> Era {
			T::Clock::history()
		}
	}

	/// Why balance is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A slash is appealed.
		#[codec(index = 0)]
		Appeal,
	}

	/// The id of the next slash.
	#[pallet::storage]
	pub type NextId<T: Config> = StorageValue<_, SlashId, ValueQuery>;

	/// Slashes that are not executed yet.
	// Twox64Concat: ids are given in order.
	#[pallet::storage]
	pub type Slashes<T: Config> = StorageMap<_, Twox64Concat, SlashId, Slash<T::AccountId>>;

	/// The order of execution: `(due era, place) -> id`. A slash that is vetoed, cancelled, executed before its turn or put
	/// off by an appeal leaves its place at once.
	#[pallet::storage]
	pub type Queue<T: Config> = StorageDoubleMap<_, Twox64Concat, Era, Twox64Concat, u32, SlashId>;

	/// How many places of [`Queue`] were given out for a due era, and how many of them are taken. Where none is, the era has
	/// no entry, and begins anew.
	#[pallet::storage]
	pub type QueueLength<T: Config> = StorageMap<_, Twox64Concat, Era, Places>;

	/// The place of [`Queue`] that the hook looks at next. All before it are empty.
	#[pallet::storage]
	pub type Cursor<T: Config> = StorageValue<_, (Era, u32), ValueQuery>;

	/// The capture eras of pending slashes by operator and kind, with their number.
	#[pallet::storage]
	pub type Held<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolKind, Captures, ValueQuery>;

	/// How many slashes of an operator set are pending for an operator, by whether they were appealed.
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

	/// Consensus offences by capture era and operator; kept for the history depth.
	#[pallet::storage]
	pub type Offences<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Era, Blake2_128Concat, T::AccountId, ConsensusOffence>;

	/// What was taken and is not paid out yet.
	#[pallet::storage]
	pub type Unpaid<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SlashId, Twox64Concat, Currency, Payout<T::AccountId>>;

	/// Slashes that were decided, executed or not, by the era in which they were; kept for the history depth.
	#[pallet::storage]
	pub type Records<T: Config> = StorageDoubleMap<_, Twox64Concat, Era, Twox64Concat, SlashId, Record<T>>;

	/// The pending slashes by operator, each with its place in [`Queue`] under its due era: [`Slashes`] has them by id. The
	/// place of one that failed there is another's, or nobody's.
	#[pallet::storage]
	pub type PendingOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, SlashId, u32>;

	/// The records by operator: [`Records`] has them by era and id.
	#[pallet::storage]
	pub type RecordsOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, (Era, SlashId), ()>;

	/// The era whose offences and records are forgotten next: there are none of eras before it.
	#[pallet::storage]
	pub type PrunedUntil<T: Config> = StorageValue<_, Era, ValueQuery>;

	/// All that was ever slashed, by currency.
	#[pallet::storage]
	pub type TotalSlashed<T: Config> = StorageMap<_, Twox64Concat, Currency, Balance, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A slash was queued.
		SlashReported {
			/// Its id.
			id: SlashId,
			/// Who is slashed.
			operator: T::AccountId,
			/// Why, and how much.
			lane: Lane<T::AccountId>,
			/// The era whose stake answers.
			capture: Era,
			/// The era in which it is executed.
			due: Era,
		},
		/// The fraction of a pending slash was raised, because there are more concurrent offenders.
		SlashRaised {
			/// Its id.
			id: SlashId,
			/// The fraction until now, in parts of `WAD`.
			old: u64,
			/// The fraction it has now.
			new: u64,
		},
		/// A pending slash was cancelled.
		SlashCancelled {
			/// Its id.
			id: SlashId,
			/// Who is spared.
			operator: T::AccountId,
		},
		/// A pending slash was vetoed by the resolver of its condition.
		SlashVetoed {
			/// Its id.
			id: SlashId,
			/// Who is spared.
			operator: T::AccountId,
			/// Why, as UTF-8.
			reason: Reason<T>,
		},
		/// A pending slash was appealed, and put off.
		SlashAppealed {
			/// Its id.
			id: SlashId,
			/// Who appealed.
			by: T::AccountId,
			/// Why, as UTF-8.
			reason: Reason<T>,
			/// What is held of its balance.
			bond: Balance,
			/// The era in which the slash is executed now.
			due: Era,
		},
		/// An appeal is over, with the slash.
		AppealClosed {
			/// The slash.
			id: SlashId,
			/// Who appealed.
			by: T::AccountId,
			/// The bond.
			bond: Balance,
			/// Whether it went to the treasury, because the slash was executed.
			forfeited: bool,
		},
		/// Governance reinstated a slash that was vetoed.
		SlashReinstated {
			/// Its id.
			id: SlashId,
			/// Who is slashed.
			operator: T::AccountId,
			/// The era in which it is executed.
			due: Era,
		},
		/// A slash was executed.
		SlashExecuted {
			/// Its id.
			id: SlashId,
			/// Who was slashed.
			operator: T::AccountId,
			/// What was taken, by currency.
			taken: Taken,
		},
		/// A due slash failed and waits for someone's `execute`.
		ExecutionFailed {
			/// Its id.
			id: SlashId,
			/// Why.
			error: DispatchError,
		},
		/// What was taken was paid out.
		PaidOut {
			/// The slash.
			id: SlashId,
			/// In which currency.
			currency: Currency,
			/// What was paid, and to whom.
			payout: Payout<T::AccountId>,
		},
		/// The destination cannot receive what was taken. Anyone can try again with `payout`.
		PayoutFailed {
			/// The slash.
			id: SlashId,
			/// In which currency.
			currency: Currency,
			/// Why.
			error: DispatchError,
		},
		/// An offence was reported too late: what backed its era can have left. It is not slashed.
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
		/// Wait for the era `due` in the storage `slashing.slashes`; the chain executes it then by itself.
		NotDue,
		/// A fraction of the slash is 0, or more than the whole.
		///
		/// Give each fraction in parts of 10^18, from 1 to 10^18: a tenth is 10^17.
		BadFraction,
		/// The capture era, whose stake is to answer, has not begun.
		///
		/// Name the running era, which the storage `staking.activeEra` tells, or an earlier one.
		CaptureInFuture,
		/// Stake that backed the capture era can have left before the slash falls due.
		///
		/// Let it be: it is too late for this era under this condition. Report others fewer eras after their capture
		/// era than the exit delay less the condition's veto window.
		CaptureTooOld,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`.
		UnknownSet,
		/// The account is not the slasher of the set, who alone may report.
		///
		/// Send the report from the `slasher` that binds now in the storage `avsRegistry.sets`, or ask that account.
		/// The service's owner names another with `avsRegistry.setSlasher`.
		NotSlasher,
		/// The set has no such condition that bound in the capture era.
		///
		/// Choose a condition from the storage `avsRegistry.conditions` whose `since` is not after the capture era.
		UnknownCondition,
		/// The condition does not allow to slash that much.
		///
		/// Ask for at most the `maxFraction` that bound in the capture era, as the storage `avsRegistry.conditions` has
		/// it.
		FractionTooHigh,
		/// A kind is named twice.
		///
		/// Name each kind once, with one fraction.
		DuplicateKind,
		/// The operator did not answer to the set for the capture era, or had allocated nothing to it of the kinds that
		/// are named.
		///
		/// Name an era within a stay in the storage `avsRegistry.memberships`, and not after the `until` of a set that
		/// is being wound down. Name a kind of which something was allocated then, by the storage
		/// `restaking.exposures`.
		NotSlashable,
		/// As many slashes by this set are pending for the operator as may be. Those that were appealed do not count.
		///
		/// Wait until one of them in the storage `slashing.pendingOf` is executed, vetoed, cancelled or appealed, then send
		/// the call again. Run one that is due with `slashing.execute`.
		TooManyPending,
		/// Only the resolver of the slash's condition may veto it, and consensus slashes and some conditions have none.
		///
		/// Ask the `resolver` in the storage `slashing.slashes` to call `slashing.veto`. Where there is none, ask
		/// governance to call `slashing.cancel`.
		NotResolver,
		/// The slash's due era has come: it can be vetoed no more, or if it was vetoed, not be reinstated.
		///
		/// Ask governance to call `slashing.cancel` while the slash is in the storage `slashing.slashes`. Leave one
		/// that was vetoed as it is.
		VetoClosed,
		/// Nothing is left to pay of this slash in this currency.
		///
		/// Look up what waits to be paid in the storage `slashing.unpaid`; what is not there was paid, or never taken.
		NothingToPay,
		/// The slash is for a consensus offence, and only slashes by services can be appealed.
		///
		/// Ask governance to call `slashing.cancel` while the slash is in the storage `slashing.slashes`.
		NotAppealable,
		/// The slash was appealed already, and one appeal is all there can be.
		///
		/// Ask governance to call `slashing.cancel`, or the resolver to call `slashing.veto`, before the era `due` in
		/// the storage `slashing.slashes`.
		AlreadyAppealed,
		/// The slash is due: it can be appealed no more.
		///
		/// Ask governance to call `slashing.cancel` while the slash is in the storage `slashing.slashes`. Appeal
		/// another one before its due era.
		AppealClosed,
		/// No slash with this id was vetoed in this era, or its record is no longer kept.
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
		/// Execute a due slash. The hook does so by itself; this is for one that failed there, or that cannot wait.
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownSlash`], [`Error::NotDue`].
		#[pallet::call_index(0)]
		pub fn execute(origin: OriginFor<T>, id: SlashId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_execute(id)
		}

		/// Cancel a pending slash. An appeal's bond is given back.
		///
		/// Origin: [`Config::GovernanceOrigin`]. Errors: [`Error::UnknownSlash`].
		#[pallet::call_index(1)]
		pub fn cancel(origin: OriginFor<T>, id: SlashId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_cancel(id)
		}

		/// Pay out what a slash took of one currency, where that failed at its execution.
		///
		/// Origin: signed, anyone. Errors: [`Error::NothingToPay`], and what the payment says.
		#[pallet::call_index(2)]
		pub fn payout(origin: OriginFor<T>, id: SlashId, currency: Currency) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_payout(id, currency)
		}

		/// Ask to slash an operator for work that relied on its stake of era `capture`. Due when the condition's veto
		/// window ends.
		///
		/// * `condition`: the declared offence, as it bound in the capture era.
		/// * `fractions`: what to take of each kind, in parts of `WAD` of what was allocated to the set, at most the
		///   condition's fraction. Kinds of which nothing was allocated are passed over.
		///
		/// The weight has the execution by the hook in it, which nobody else pays for.
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

		/// Veto a service's slash before it is due. An appeal's bond is given back.
		///
		/// * `reason`: UTF-8 text, as clients show it. It stays in the slash's record.
		///
		/// Origin: the resolver of its condition: an account, or [`Config::GovernanceOrigin`] where the condition
		/// names governance. Errors: [`Error::UnknownSlash`], [`Error::NotResolver`], [`Error::VetoClosed`].
		#[pallet::call_index(4)]
		pub fn veto(origin: OriginFor<T>, id: SlashId, reason: Reason<T>) -> DispatchResult {
			let governs = T::GovernanceOrigin::ensure_origin(origin.clone()).is_ok();
			let who = ensure_signed(origin).ok();
			ensure!(governs || who.is_some(), DispatchError::BadOrigin);
			Self::do_veto(who.as_ref(), governs, id, reason)
		}

		/// Appeal a service's slash to governance before it is due. It falls due [`Config::AppealWindow`] eras later,
		/// once. Holds [`Config::AppealBond`], which comes back if the slash is vetoed or cancelled, and goes to the
		/// treasury if it is executed.
		///
		/// * `reason`: UTF-8 text, for governance to read.
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownSlash`], [`Error::NotAppealable`],
		/// [`Error::AlreadyAppealed`], [`Error::AppealClosed`], and what the hold says.
		#[pallet::call_index(5)]
		pub fn appeal(origin: OriginFor<T>, id: SlashId, reason: Reason<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_appeal(&who, id, reason)
		}

		/// Put a slash that was vetoed back into the queue, under its id, before the era in which it was due.
		///
		/// * `vetoed`: the era in which it was vetoed, by which [`Records`] are kept.
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
