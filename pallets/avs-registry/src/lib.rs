//! # The registry of services
//!
//! An **AVS** (actively validated service) uses stake of this chain for its own security. Its owner registers it here
//! and creates **operator sets**. A set says which operators may serve, which kinds of stake count and with which
//! multiplier, who reports offences, and under which **conditions** a member can be slashed. Operators join sets, and
//! answer to a set for the eras in which they served it.
//!
//! ```text
//!  owner ──register──▶ AVS ──create_set──▶ operator set ◀──join── operator
//!                                              │  kinds, admission, least stake, slasher, destination
//!                                              └─ conditions: text, largest fraction, veto window, resolver
//! ```
//!
//! ## Which changes wait
//!
//! A change that raises the members' risk binds after [`Config::TermsDelay`] eras: another slasher, more kinds, a new
//! condition, a larger fraction, a shorter veto window, another resolver. A change that lowers it binds at once. The
//! delay is longer than the exit delay, so stake that leaves when a change is announced is out of reach when the change
//! binds. If nobody ever joined a set or allocated to it, all changes bind at once, because they concern nobody.
//!
//! ```text
//!  era        a                                 a + TermsDelay
//!             ├──── captures in here: at most the old terms ────┼──── captures from here on: the new terms ──
//!             │ a change is announced                           │ it binds
//! ```
//!
//! A slash uses a condition as it bound in the capture era, so stricter terms never apply to earlier eras. Admission
//! and minimum stake concern only operators that join later, and bind at once. The destination of what a set slashes
//! never changes.
//!
//! A set that gives what it slashes to an account accepts no `Native` stake. Otherwise the account would have the funds
//! in the block of the slash, out of reach of consensus offences, and a fake service could be used as an exit without
//! delay. Sets that accepted `Native` under an older runtime keep it for [`Config::TermsDelay`] eras. If such a set
//! accepted nothing else, it then accepts nothing until its owner names other kinds.
//!
//! ## Places
//!
//! A set has at most [`Config::MaxOperators`] members. A member's **weight** is the sum, over the kinds that the set
//! accepts, of what it allocated to the set or announced that it will, times the kind's multiplier. An operator that
//! joins needs at least the set's minimum stake as weight. It can join a full set if a member's weight is less than its
//! own weight in allocations that already bind; announced ones do not count, because they can be taken back in the same
//! block. The member with the least weight then leaves, as if it had called `leave`. So accounts without stake keep
//! nobody out.
//!
//! A place in a set holds [`Config::ItemDeposit`] of the member's balance until the member leaves for any reason. An
//! approval holds the same amount of the owner's balance until it is revoked, the operator is ejected, or the set is
//! closed. A service's new owner takes over the deposits of its approvals and of its registration.
//!
//! ## Membership by era
//!
//! An operator that joins in era `e` answers from `e + 1` on; one that leaves in era `u` answers for `u` and no later
//! era. Leaving needs nobody's consent, so nobody can hold a member back. A former member's eras stay stored while it
//! can be slashed for them. The operators that answer for the running era, which payments use, are the members at its
//! beginning: the first change of members in an era stores the list before that change.
//!
//! ## Winding a set down
//!
//! ```text
//!  era   a                                 a + exit delay
//!        ├──── captures until here answer ───┤ close_set: members, conditions and the set itself go
//!        │ wind_down: nobody joins any more  │ what operators allocated to it is free again
//! ```
//!
//! A set to which nobody ever answered can be closed at once.
//!
//! Members answer for the era in which the winding down begins and for those before it, and can be reported until
//! slashes can no longer reach these eras. Then anyone can close the set, page by page, which calls
//! [`Config::OnSetClosed`]. When a service has no sets left, its owner can deregister it, and its deposit is released.
//!
//! Files by subject: `services` (registration, ownership), `sets` (operator sets and their terms), `conditions`,
//! `membership` (admission, joining, displacing, leaving, retirement), `closing` (winding sets down), `migrations`, `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod closing;
mod conditions;
pub mod config_preludes;
mod membership;
pub mod migrations;
#[cfg(test)]
mod mock;
mod services;
mod sets;
#[cfg(feature = "runtime-benchmarks")]
pub mod setup;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::fungible};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{
		traits::{EraClock, InspectExposures, InspectOperators, InspectPools, OnSetClosed, SlashGate},
		AvsId, Balance, ConditionId, ConditionTerms, Destination, Era, OperatorSetId, Resolver, MAX_KINDS,
	};

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(3);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config(with_default)]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Holds the deposits, in STAY.
		#[pallet::no_default]
		type NativeBalance: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;
		/// Reads operators and their pools. This pallet cannot move their funds.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId> + InspectPools<Self::AccountId>;
		/// The clock of all delays.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Tells which members have pending slashes.
		#[pallet::no_default]
		type SlashGate: SlashGate<Self::AccountId>;
		/// Tells what operators allocated to a set.
		#[pallet::no_default]
		type Exposures: InspectExposures<Self::AccountId>;
		/// Removes what other pallets store for a set that is closed.
		#[pallet::no_default]
		type OnSetClosed: OnSetClosed<Self::AccountId>;
		/// The deposit for a registered service, in STAY. It is held of the owner's balance.
		#[pallet::constant]
		type RegistrationDeposit: Get<Balance>;
		/// The deposit for a place in a set, held of the operator's balance, and for an approval, held of the balance
		/// of the service's owner. In STAY.
		#[pallet::constant]
		type ItemDeposit: Get<Balance>;
		/// Eras until changed terms of an operator set bind.
		#[pallet::constant]
		type TermsDelay: Get<Era>;
		/// The longest veto window a condition may have, in eras.
		#[pallet::constant]
		type MaxVetoWindow: Get<Era>;
		/// The maximum length of a service's name, in bytes.
		#[pallet::constant]
		type MaxNameLength: Get<u32>;
		/// The maximum length of a service's link, in bytes.
		#[pallet::constant]
		type MaxLinkLength: Get<u32>;
		/// The maximum number of operator sets of a service.
		#[pallet::constant]
		type MaxSets: Get<u32>;
		/// The maximum number of kinds that an operator set accepts; at most 4.
		#[pallet::constant]
		type MaxKinds: Get<u32>;
		/// The maximum number of conditions of an operator set.
		#[pallet::constant]
		type MaxConditions: Get<u32>;
		/// The maximum length of a condition's text, in bytes.
		#[pallet::constant]
		type MaxConditionText: Get<u32>;
		/// The maximum number of members of an operator set.
		#[pallet::constant]
		type MaxOperators: Get<u32>;
		/// The maximum number of operator sets that an operator serves at a time.
		#[pallet::constant]
		type MaxSetsPerOperator: Get<u32>;
		/// The maximum number of stays of an operator in one set that are stored because they can still be slashed.
		#[pallet::constant]
		type MaxSpans: Get<u32>;
		/// Weights of the calls and of what other pallets call.
		#[pallet::no_default]
		type WeightInfo: WeightInfo;
		/// Makes operators and moves the clock in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		#[pallet::no_default]
		type BenchmarkHelper: mainstay_primitives::traits::BenchmarkHelper<Self::AccountId>;
	}

	// These come from the clock, so that they are equal for all pallets.
	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Eras between an exit and its claim. A past era can be slashed for this long.
		#[pallet::constant_name(ExitDelay)]
		fn exit_delay() -> Era {
			T::Clock::exit_delay()
		}
	}

	/// Why this pallet holds balance.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The owner has registered a service. Released when the service is deregistered or has another owner.
		#[codec(index = 0)]
		Registration,
		/// The operator has a place in a set. Released when it leaves for any reason.
		#[codec(index = 1)]
		Place,
		/// The owner has approved an operator for a set. Released when the approval is revoked, the operator is
		/// ejected, the set is closed, or the service has another owner.
		#[codec(index = 2)]
		Approval,
	}

	/// The id of the next service.
	#[pallet::storage]
	pub type NextAvsId<T: Config> = StorageValue<_, AvsId, ValueQuery>;

	/// The registered services.
	// Twox64Concat, here and below: the chain gives ids in ascending order.
	#[pallet::storage]
	pub type Avses<T: Config> = StorageMap<_, Twox64Concat, AvsId, Avs<T::AccountId>>;

	/// The name and link of a service.
	#[pallet::storage]
	pub type Metadata<T: Config> = StorageMap<_, Twox64Concat, AvsId, AvsMetadata<T>>;

	/// The operator sets with their terms.
	#[pallet::storage]
	pub type Sets<T: Config> = StorageMap<_, Twox64Concat, OperatorSetId, OperatorSet<T>>;

	/// The conditions of operator sets.
	#[pallet::storage]
	pub type Conditions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OperatorSetId, Twox64Concat, ConditionId, Condition<T>>;

	/// The members of a set now, in ascending order. They include members that answer only from the next era on.
	#[pallet::storage]
	pub type Members<T: Config> =
		StorageMap<_, Twox64Concat, OperatorSetId, BoundedVec<T::AccountId, T::MaxOperators>, ValueQuery>;

	/// The operators that answer to a set for the last era in which its members changed. For an era without such a
	/// change, [`Members`] answer.
	#[pallet::storage]
	pub type Answering<T: Config> = StorageMap<_, Twox64Concat, OperatorSetId, EraMembers<T>>;

	/// The eras for which an operator answers to a set, for members and former members. Eras that can no longer be
	/// slashed are removed when the operator joins again.
	#[pallet::storage]
	pub type Memberships<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		OperatorSetId,
		Blake2_128Concat,
		T::AccountId,
		Membership<T>,
		ValueQuery,
	>;

	/// The sets that an operator serves, in ascending order: [`Members`] by operator.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Joined<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		BoundedVec<OperatorSetId, T::MaxSetsPerOperator>,
		ValueQuery,
	>;

	/// The operators that the owner lets join a set. The value is the deposit that is held of the owner's balance; 0
	/// for approvals that are older than this deposit.
	#[pallet::storage]
	pub type Approvals<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OperatorSetId, Blake2_128Concat, T::AccountId, Balance>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A service was registered.
		AvsRegistered {
			/// Its id.
			avs: AvsId,
			/// The owner.
			owner: T::AccountId,
		},
		/// A service changed its name and link.
		MetadataSet {
			/// The service.
			avs: AvsId,
		},
		/// The owner of a service offered it to another account, or withdrew the offer.
		OwnershipOffered {
			/// The service.
			avs: AvsId,
			/// The account that may accept it; `None` if the offer was withdrawn.
			next_owner: Option<T::AccountId>,
		},
		/// A service has a new owner.
		OwnershipTransferred {
			/// The service.
			avs: AvsId,
			/// The owner until now.
			old: T::AccountId,
			/// The owner now.
			new: T::AccountId,
		},
		/// A service was removed.
		AvsDeregistered {
			/// The service.
			avs: AvsId,
		},
		/// An operator set was created.
		SetCreated {
			/// Its id.
			set: OperatorSetId,
		},
		/// The kinds of a set were changed. Kinds that are not listed any more are dropped at once. If a runtime
		/// upgrade ends `Native`, that kind is dropped only when the rest binds.
		KindsSet {
			/// The set.
			set: OperatorSetId,
			/// The kinds with their multipliers.
			kinds: Kinds<T>,
			/// The era from which all of them bind.
			effective: Era,
		},
		/// The owner changed which operators may join a set.
		AdmissionSet {
			/// The set.
			set: OperatorSetId,
			/// The admission from now on.
			admission: Admission,
		},
		/// The owner changed the minimum stake for joining a set.
		MinStakeSet {
			/// The set.
			set: OperatorSetId,
			/// The minimum weight of an operator that joins from now on.
			min_stake: Balance,
		},
		/// The slasher of a set was changed.
		SlasherSet {
			/// The set.
			set: OperatorSetId,
			/// The account that may report slashes.
			slasher: T::AccountId,
			/// The era from which the change binds.
			effective: Era,
		},
		/// A condition was added to a set.
		ConditionAdded {
			/// The set.
			set: OperatorSetId,
			/// The condition's id.
			id: ConditionId,
			/// Its terms.
			terms: ConditionTerms<T::AccountId>,
			/// The first capture era for which it binds.
			since: Era,
		},
		/// The terms of a condition were changed. Terms that are easier than before bind at once.
		ConditionChanged {
			/// The set.
			set: OperatorSetId,
			/// The condition.
			id: ConditionId,
			/// The new terms.
			terms: ConditionTerms<T::AccountId>,
			/// The capture era from which all of them bind. If none of them waits, it is the running era, and they bind
			/// for all capture eras.
			effective: Era,
		},
		/// A set is being wound down. Nobody can join it any more, and its members answer for no era after `until`.
		SetWindingDown {
			/// The set.
			set: OperatorSetId,
			/// The last era for which its members answer.
			until: Era,
			/// The era from which the set can be closed.
			closes: Era,
		},
		/// A set was closed and removed.
		SetClosed {
			/// The set.
			set: OperatorSetId,
		},
		/// A condition was removed from a set.
		ConditionRemoved {
			/// The set.
			set: OperatorSetId,
			/// The condition.
			id: ConditionId,
		},
		/// The owner approved an operator for a set.
		OperatorApproved {
			/// The set.
			set: OperatorSetId,
			/// The operator.
			operator: T::AccountId,
		},
		/// The approval of an operator for a set was revoked. If the operator is a member, it stays one.
		ApprovalRevoked {
			/// The set.
			set: OperatorSetId,
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator joined a set.
		OperatorJoined {
			/// The set.
			set: OperatorSetId,
			/// The operator.
			operator: T::AccountId,
			/// The first era for which it answers.
			from: Era,
		},
		/// An operator left a set.
		OperatorLeft {
			/// The set.
			set: OperatorSetId,
			/// The operator.
			operator: T::AccountId,
			/// The last era for which it answers; `None` if it left before its first era.
			until: Option<Era>,
			/// The reason.
			reason: LeaveReason,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no service with this id.
		///
		/// Look up the id in the storage `avsRegistry.avses`; a service that was deregistered does not come back.
		UnknownAvs,
		/// The account does not own the service.
		///
		/// Send the call from the account that the storage `avsRegistry.avses` names as `owner`, or ask that account to
		/// send it.
		NotOwner,
		/// The service is not on offer to this account.
		///
		/// Ask the service's owner to offer it to you with `avsRegistry.transferOwnership`, then accept it.
		NotNextOwner,
		/// The service still has operator sets.
		///
		/// End each of them with `avsRegistry.windDown` and, when the exit delay is over, `avsRegistry.closeSet`. Then
		/// call `avsRegistry.deregister` again.
		HasSets,
		/// This value is already set, or already announced.
		///
		/// Do nothing: announced terms bind when their era comes. To change them, give values that differ from the last
		/// ones in the storage `avsRegistry.avses`, `avsRegistry.sets` or `avsRegistry.conditions`.
		NoChange,
		/// The service has the maximum number of operator sets.
		///
		/// End a set that you do not need with `avsRegistry.windDown` and, when the exit delay is over,
		/// `avsRegistry.closeSet`. Or register another service with `avsRegistry.register`.
		AvsFull,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`.
		UnknownSet,
		/// The call names no kind, but an operator set accepts at least one.
		///
		/// Name at least one kind, and at most as many as the constant `avsRegistry.maxKinds` says, each with a
		/// multiplier.
		NoKinds,
		/// A kind is named twice.
		///
		/// Name each kind once, with one multiplier.
		DuplicateKind,
		/// The kinds include `Stake`, which answers only for consensus offences and to no service.
		///
		/// Leave `Stake` out, and name `Native` for STAY that is restaked, or assets.
		NotRestakeable,
		/// A kind has the multiplier 0, with which its stake would count for nothing.
		///
		/// Give each kind a multiplier of 1 or more, or leave that kind out.
		ZeroMultiplier,
		/// The set would accept nothing for a while: none of its present kinds would stay, and the new ones do not bind
		/// yet.
		///
		/// Keep one of the present kinds beside the new ones. Drop it with another `avsRegistry.setKinds` when the new
		/// ones bind, after as many eras as the constant `avsRegistry.termsDelay` says.
		NoKindLeft,
		/// The operator set has the maximum number of conditions.
		///
		/// Remove one with `avsRegistry.removeCondition`, which ends it for past eras too, or create another set with
		/// `avsRegistry.createSet`.
		TooManyConditions,
		/// The operator set has no condition with this id, or the condition was removed.
		///
		/// Look up the set's conditions in the storage `avsRegistry.conditions`.
		UnknownCondition,
		/// The maximum fraction of a condition is 0, or more than the whole.
		///
		/// Give `maxFraction` in parts of 10^18, from 1 to 10^18: a tenth is 10^17.
		BadFraction,
		/// The veto window is too long.
		///
		/// Choose at most as many eras as the constant `avsRegistry.maxVetoWindow` says.
		VetoWindowTooLong,
		/// The last change of this condition binds, but eras before it can still be slashed.
		///
		/// Wait for the exit delay and one era after the era from which that change binds; the storage
		/// `avsRegistry.conditions` has it. A change that only eases the terms (a lower fraction, a longer veto window,
		/// a first resolver) need not wait.
		ChangePending,
		/// The account that would join or be approved is not an operator, or has retired.
		///
		/// Call `operatorDelegation.register` from that account first. If it has retired, use another account: an
		/// operator cannot return.
		NotOperator,
		/// The operator is already approved for this set.
		///
		/// Do nothing: the operator itself calls `avsRegistry.join`. To revoke the approval, call `avsRegistry.revoke`.
		AlreadyApproved,
		/// The owner of the service has not approved the operator for this set.
		///
		/// To join, ask the service's owner to call `avsRegistry.approve`. To revoke, name an operator from the storage
		/// `avsRegistry.approvals`. To remove a member, call `avsRegistry.eject`.
		NotApproved,
		/// The operator is already a member of this set.
		///
		/// Do nothing, or let the set slash a part of your pools with `restaking.allocate`. To leave the set, call
		/// `avsRegistry.leave`.
		AlreadyMember,
		/// The operator is not a member of this set.
		///
		/// Look up its sets in the storage `avsRegistry.joined`, and name one of them.
		NotMember,
		/// The operator's weight is less than the set's minimum stake. The weight is the sum of what it allocated to
		/// the set or announced that it will, each kind times its multiplier.
		///
		/// Allocate more to the set with `restaking.allocate`, of the kinds that the storage `avsRegistry.sets` names;
		/// that counts at once. Or ask the service's owner to lower the minimum with `avsRegistry.setMinStake`.
		StakeTooLow,
		/// The set has the maximum number of members, and each of them has at least as much weight as this operator has
		/// in allocations that already bind.
		///
		/// With `restaking.allocate`, allocate more to the set than one of its members in the storage
		/// `avsRegistry.members` has, wait for the allocation delay, and then join. Or wait until a member leaves.
		SetFull,
		/// The operator serves the maximum number of sets.
		///
		/// Leave one of your sets in the storage `avsRegistry.joined` with `avsRegistry.leave`, then join this one.
		TooManySets,
		/// The set takes no new members, or is being wound down.
		///
		/// Ask the service's owner to open it with `avsRegistry.setAdmission`. If the storage `avsRegistry.sets` has an
		/// `until` for it, choose another set: this one is ending.
		JoinsPaused,
		/// The set is already being wound down.
		///
		/// Wait for the exit delay after the era `until` in the storage `avsRegistry.sets`, then call
		/// `avsRegistry.closeSet`. A set to which nobody ever answered can be closed at once.
		WindingDown,
		/// The set is not being wound down, so it cannot be closed.
		///
		/// Ask the service's owner to call `avsRegistry.windDown`, and call `avsRegistry.closeSet` when the exit delay
		/// is over.
		NotWindingDown,
		/// The set is being wound down, but its members can still be reported.
		///
		/// Wait for the exit delay after the era `until` in the storage `avsRegistry.sets`, then call
		/// `avsRegistry.closeSet` again.
		StillAnswering,
		/// A slash by this set is pending for a member or former member.
		///
		/// Wait until the set's slashes in the storage `slashing.slashes` are executed, vetoed or cancelled, then call
		/// `avsRegistry.closeSet` again. Execute one that is due with `slashing.execute`.
		SlashPending,
		/// The operator joined and left this set too often: no more of its stays can be stored while they can be
		/// slashed.
		///
		/// Wait for the exit delay after the end of the oldest stay in the storage `avsRegistry.memberships`, then call
		/// `avsRegistry.join` again.
		TooManyChanges,
		/// The kinds include `Native`, and the set gives what it slashes to an account. Native stake answers for
		/// consensus offences, and such a slash would take it out of their reach.
		///
		/// Leave `Native` out and name assets, or create a set with `avsRegistry.createSet` whose destination is `Burn`
		/// or `Treasury`.
		NativeNotAccepted,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::TermsDelay::get() > T::Clock::exit_delay(),
				"whoever leaves when terms change must be out of reach when they bind"
			);
			assert!(
				T::MaxVetoWindow::get() < T::Clock::exit_delay(),
				"a slash must fall due before stake leaves"
			);
			assert!((1..=MAX_KINDS).contains(&T::MaxKinds::get()), "a set accepts one to four kinds");
			assert!(
				T::MaxNameLength::get() > 0 && T::MaxLinkLength::get() > 0 && T::MaxConditionText::get() > 0,
				"services and conditions can be described"
			);
			assert!(
				T::MaxSets::get() > 0
					&& T::MaxConditions::get() > 0
					&& T::MaxOperators::get() > 0
					&& T::MaxSetsPerOperator::get() > 0
					&& T::MaxSpans::get() > 0,
				"an operator can serve a set under a condition"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Register a service. The call holds [`Config::RegistrationDeposit`] of the owner's balance.
		///
		/// * `name`: UTF-8 text, as clients show it.
		/// * `link`: the address of a page about the service.
		///
		/// Origin: signed; the sender becomes the owner. Errors: those of the hold, and an overflow if the ids are used
		/// up.
		#[pallet::call_index(0)]
		pub fn register(
			origin: OriginFor<T>,
			name: BoundedVec<u8, T::MaxNameLength>,
			link: BoundedVec<u8, T::MaxLinkLength>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(&who, AvsMetadata { name, link })
		}

		/// Set the name and link of a service.
		///
		/// * `name`: UTF-8 text, as clients show it.
		/// * `link`: the address of a page about the service.
		///
		/// Origin: the owner. Errors: [`Error::UnknownAvs`], [`Error::NotOwner`].
		#[pallet::call_index(1)]
		pub fn set_metadata(
			origin: OriginFor<T>,
			avs: AvsId,
			name: BoundedVec<u8, T::MaxNameLength>,
			link: BoundedVec<u8, T::MaxLinkLength>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_metadata(&who, avs, AvsMetadata { name, link })
		}

		/// Offer a service to another account, which becomes the owner when it accepts. The call replaces an earlier
		/// offer.
		///
		/// * `next_owner`: the account that may accept; `None` to withdraw the offer.
		///
		/// Origin: the owner. Errors: [`Error::UnknownAvs`], [`Error::NotOwner`], [`Error::NoChange`] if the service is
		/// already offered to this account, or the account is the owner.
		#[pallet::call_index(2)]
		pub fn transfer_ownership(
			origin: OriginFor<T>,
			avs: AvsId,
			next_owner: Option<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_transfer_ownership(&who, avs, next_owner)
		}

		/// Accept a service that was offered. Its deposit, and those of the approvals in its sets, are held of the new
		/// owner's balance and released for the old one.
		///
		/// Origin: the account to which it was offered. Errors: [`Error::UnknownAvs`], [`Error::NotNextOwner`], and
		/// those of the hold.
		#[pallet::call_index(3)]
		pub fn accept_ownership(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_ownership(&who, avs)
		}

		/// Remove a service that has no operator sets, and release its deposit.
		///
		/// Origin: the owner. Errors: [`Error::UnknownAvs`], [`Error::NotOwner`], [`Error::HasSets`].
		#[pallet::call_index(4)]
		pub fn deregister(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deregister(&who, avs)
		}

		/// Create an operator set. Its index is the number of sets that the service has ever created before.
		///
		/// * `kinds`: the kinds that it accepts, with their multipliers; not `Stake`, and not `Native` if `destination`
		///   is an account.
		/// * `admission`: which operators may join.
		/// * `min_stake`: the minimum weight of an operator that joins: the sum, over the kinds, of multiplier times
		///   the amount that it allocated to the set, in the kind's smallest unit.
		/// * `slasher`: the account that may report slashes.
		/// * `destination`: the destination of slashed funds. It never changes.
		///
		/// Origin: the owner. Errors: [`Error::UnknownAvs`], [`Error::NotOwner`], [`Error::AvsFull`],
		/// [`Error::NoKinds`], [`Error::DuplicateKind`], [`Error::NotRestakeable`], [`Error::ZeroMultiplier`],
		/// [`Error::NativeNotAccepted`], and an overflow if the indices are used up.
		#[pallet::call_index(5)]
		pub fn create_set(
			origin: OriginFor<T>,
			avs: AvsId,
			kinds: Kinds<T>,
			admission: Admission,
			#[pallet::compact] min_stake: Balance,
			slasher: T::AccountId,
			destination: Destination<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_create_set(&who, avs, kinds, admission, min_stake, slasher, destination)
		}

		/// Change the kinds of a set. Kinds that are not in `kinds` are dropped at once; new kinds and other
		/// multipliers bind after [`Config::TermsDelay`] eras. The call replaces an announced change that does not bind
		/// yet.
		///
		/// * `kinds`: all kinds that the set is to accept, with their multipliers. At least one of them must bind now
		///   already, so that the set is never without a kind.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NoKinds`],
		/// [`Error::DuplicateKind`], [`Error::NotRestakeable`], [`Error::ZeroMultiplier`],
		/// [`Error::NativeNotAccepted`], [`Error::NoKindLeft`], [`Error::NoChange`].
		#[pallet::call_index(6)]
		pub fn set_kinds(origin: OriginFor<T>, set: OperatorSetId, kinds: Kinds<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_kinds(&who, set, kinds)
		}

		/// Change which operators may join a set, at once. Members stay.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NoChange`].
		#[pallet::call_index(7)]
		pub fn set_admission(
			origin: OriginFor<T>,
			set: OperatorSetId,
			admission: Admission,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_admission(&who, set, admission)
		}

		/// Change the minimum stake for joining a set, at once. Members stay.
		///
		/// * `min_stake`: the minimum weight of an operator that joins, as in `create_set`.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NoChange`].
		#[pallet::call_index(8)]
		pub fn set_min_stake(
			origin: OriginFor<T>,
			set: OperatorSetId,
			#[pallet::compact] min_stake: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_min_stake(&who, set, min_stake)
		}

		/// Change the account that may report slashes for a set, after [`Config::TermsDelay`] eras. The call replaces
		/// an announced change that does not bind yet; naming the present slasher withdraws such a change.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NoChange`].
		#[pallet::call_index(9)]
		pub fn set_slasher(
			origin: OriginFor<T>,
			set: OperatorSetId,
			slasher: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_slasher(&who, set, slasher)
		}

		/// Add a condition, which declares an offence. It binds for capture eras from [`Config::TermsDelay`] eras after
		/// this one on.
		///
		/// * `text`: a description of the offence, as UTF-8.
		/// * `max_fraction`: the maximum fraction of the allocation that one slash may take, in parts of `WAD`; more
		///   than 0.
		/// * `veto_window`: eras between a report and its execution, at most [`Config::MaxVetoWindow`].
		/// * `resolver`: who may veto within the window: an account, for instance a multisig, or governance; `None` for
		///   nobody.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::BadFraction`],
		/// [`Error::VetoWindowTooLong`], [`Error::TooManyConditions`], and an overflow if the ids are used up.
		#[pallet::call_index(10)]
		pub fn add_condition(
			origin: OriginFor<T>,
			set: OperatorSetId,
			text: BoundedVec<u8, T::MaxConditionText>,
			#[pallet::compact] max_fraction: u64,
			veto_window: Era,
			resolver: Option<Resolver<T::AccountId>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_add_condition(&who, set, text, ConditionTerms { max_fraction, veto_window, resolver })
		}

		/// Change the terms of a condition. A lower fraction, a longer veto window, and a resolver if there was none,
		/// ease the terms: they bind at once and for all capture eras. Other changes bind for capture eras from
		/// [`Config::TermsDelay`] eras after this one on.
		///
		/// A change replaces an announced one that does not bind yet. If it only eases the announced terms, these still
		/// bind in the era that was announced for them. After a change binds, a further change that does not only ease
		/// the terms has to wait until no era before the last change can be slashed.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::UnknownCondition`],
		/// [`Error::BadFraction`], [`Error::VetoWindowTooLong`], [`Error::NoChange`], [`Error::ChangePending`].
		#[pallet::call_index(11)]
		pub fn change_condition(
			origin: OriginFor<T>,
			set: OperatorSetId,
			id: ConditionId,
			#[pallet::compact] max_fraction: u64,
			veto_window: Era,
			resolver: Option<Resolver<T::AccountId>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_change_condition(&who, set, id, ConditionTerms { max_fraction, veto_window, resolver })
		}

		/// Remove a condition, at once and for all capture eras.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::UnknownCondition`].
		#[pallet::call_index(12)]
		pub fn remove_condition(origin: OriginFor<T>, set: OperatorSetId, id: ConditionId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_condition(&who, set, id)
		}

		/// Let an operator join a set, any number of times. The call holds [`Config::ItemDeposit`] of the owner's
		/// balance.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NotOperator`],
		/// [`Error::AlreadyApproved`], and those of the hold.
		#[pallet::call_index(13)]
		pub fn approve(origin: OriginFor<T>, set: OperatorSetId, operator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_approve(&who, set, &operator)
		}

		/// Revoke an approval, and release its deposit. If the operator is a member of the set, it stays one.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NotApproved`].
		#[pallet::call_index(14)]
		pub fn revoke(origin: OriginFor<T>, set: OperatorSetId, operator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revoke(&who, set, &operator)
		}

		/// Join a set. The operator answers to it from the next era on, with what it allocates to it. The call holds
		/// [`Config::ItemDeposit`] of the operator's balance. If the set is full, the member with the least weight
		/// leaves, provided that its weight is less than the operator's weight in allocations that already bind; an
		/// equal weight displaces nobody.
		///
		/// Origin: the operator. Errors: [`Error::UnknownSet`], [`Error::NotOperator`], [`Error::AlreadyMember`],
		/// [`Error::JoinsPaused`], [`Error::NotApproved`], [`Error::StakeTooLow`], [`Error::TooManySets`],
		/// [`Error::TooManyChanges`], [`Error::SetFull`], and those of the hold. Weight: that of displacing a member,
		/// which reads the weight of every member. The difference is refunded if the set was not full.
		#[pallet::call_index(15)]
		#[pallet::weight(<T as Config>::WeightInfo::join_displacing())]
		pub fn join(origin: OriginFor<T>, set: OperatorSetId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let displaced = Self::do_join(&who, set)?;
			Ok((!displaced).then(<T as Config>::WeightInfo::join).into())
		}

		/// Leave a set, and release the deposit of the place. The operator still answers for this era and those before
		/// it.
		///
		/// Origin: the operator. Errors: [`Error::NotMember`].
		#[pallet::call_index(16)]
		pub fn leave(origin: OriginFor<T>, set: OperatorSetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_leave(&who, set, LeaveReason::Left)
		}

		/// Remove an operator from a set, and its approval with it. The operator still answers for this era and those
		/// before it. The deposits of its place and of its approval are released.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NotMember`].
		#[pallet::call_index(17)]
		pub fn eject(origin: OriginFor<T>, set: OperatorSetId, operator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_eject(&who, set, &operator)
		}

		/// Begin to close a set. This cannot be undone. Nobody can join it any more, and its members answer for this
		/// era but for no later one. A set to which nobody ever answered can be closed at once.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::WindingDown`].
		#[pallet::call_index(18)]
		pub fn wind_down(origin: OriginFor<T>, set: OperatorSetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_wind_down(&who, set)
		}

		/// Release members of a set that was wound down as many eras ago as the constant `avsRegistry.exitDelay` says,
		/// and remove the set with the last of them. The funds of its streams are credited to their payers, and the
		/// remainder of its payments to the owner. The deposits of places and approvals are released.
		///
		/// * `most`: how many members, former members and approvals to process; call again for the rest. At most
		///   [`Config::MaxOperators`].
		///
		/// Origin: signed, anyone. Errors: [`Error::UnknownSet`], [`Error::NotWindingDown`],
		/// [`Error::StillAnswering`], [`Error::SlashPending`].
		#[pallet::call_index(19)]
		#[pallet::weight(<T as Config>::WeightInfo::close_set((*most).min(T::MaxOperators::get())))]
		pub fn close_set(origin: OriginFor<T>, set: OperatorSetId, most: u32) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let looked = Self::do_close_set(set, most.min(T::MaxOperators::get()))?;
			Ok(Some(<T as Config>::WeightInfo::close_set(looked)).into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The sets that `operator` serves, in ascending order.
		pub fn sets_of(operator: T::AccountId) -> Vec<OperatorSetId> {
			Joined::<T>::get(operator).into_inner()
		}

		/// Whether `operator` is a member of `set`. An operator that joined in this era is one, although it answers
		/// only from the next era on.
		pub fn is_member(set: OperatorSetId, operator: T::AccountId) -> bool {
			Memberships::<T>::get(set, operator).is_open()
		}
	}
}
