//! # The registry of services
//!
//! An **AVS**, an actively validated service, uses stake of this chain for its own security. Whoever owns one registers
//! it here and gives it **operator sets**: who may serve, which kinds of value count there and how much, who reports
//! offences, and under which **conditions** a member can be slashed. Operators join sets, and answer to a set for the
//! eras in which they served it.
//!
//! ```text
//!  owner ──register──▶ AVS ──create_set──▶ operator set ◀──join── operator
//!                                              │  kinds, admission, least stake, slasher, destination
//!                                              └─ conditions: text, largest fraction, veto window, resolver
//! ```
//!
//! ## What waits, and what does not
//!
//! What raises the members' risk waits [`Config::TermsDelay`] eras: another slasher, more kinds, a new condition, a
//! larger fraction, a shorter veto window, another resolver. What lowers it binds at once. The delay is longer than the
//! exit delay, so whoever leaves when a change is announced is out of its reach when it binds. The terms of a set that
//! nobody ever joined or allocated to bind at once: there is nobody to warn.
//!
//! ```text
//!  era        a                                 a + TermsDelay
//!             ├──── captures in here: at most the old terms ────┼──── captures from here on: the new terms ──
//!             │ a change is announced                           │ it binds
//! ```
//!
//! Slashes ask for a condition by their capture era, so what tightens never reaches back. Admission and least stake
//! concern only who joins later, and bind at once. The destination of what a set slashes is fixed for good.
//!
//! A set that gives what it slashes to an account accepts no `Native` value: the account would have it in the block of the
//! slash, out of the reach of consensus offences, and a sham service would be an exit without a delay. Sets of an older
//! runtime that did accept it go on for [`Config::TermsDelay`] eras. Where they accepted nothing else, they accept nothing
//! after that, until their owner names other kinds.
//!
//! ## Places
//!
//! A set has at most [`Config::MaxOperators`] members. What a member counts is its **weight**: what it allocated to the
//! set, or announced that it will, of each kind that the set accepts, times the kind's multiplier. Who joins has the set's
//! least stake as weight, or more. Into a full set it comes if a member has less weight than what it has allocated that binds
//! already: what was just announced can be taken back in the same block. The one with the least leaves, as if it had said
//! so. So accounts without stake keep nobody out.
//!
//! A place holds [`Config::ItemDeposit`] of the member's balance until it leaves, for whatever reason. An approval holds
//! as much of the balance of the service's owner until it is revoked, the operator is ejected, or the set is closed. A
//! service's new owner takes over the deposits of its approvals, as it does that of its registration.
//!
//! ## Membership by era
//!
//! Who joins in era `e` answers from `e + 1` on; who leaves in era `u` answers for `u` and nothing later. Leaving asks
//! nobody, so nobody can hold a member back. The eras of those who left stay known while they can be slashed for them.
//! Who answers for the running era, as payments ask, are the members at its begin: the first change of members in an era
//! writes them down as they were before it.
//!
//! ## Winding a set down
//!
//! ```text
//!  era   a                                 a + exit delay
//!        ├──── captures until here answer ───┤ close_set: members, conditions and the set itself go
//!        │ wind_down: nobody joins any more  │ what operators allocated to it is free again
//! ```
//!
//! A set for which nobody ever answered can be closed at once.
//!
//! Members answer for the era in which it is announced and for those before, and can be reported until these are out of
//! a slash's reach. Then anyone closes the set, page by page; [`Config::OnSetClosed`] is told, and when a service has no
//! sets left, its owner deregisters it and has its deposit back.
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
		/// Knows operators and what stands behind them. This pallet reads the money and cannot move it.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId> + InspectPools<Self::AccountId>;
		/// The clock that delays are counted on.
		#[pallet::no_default]
		type Clock: EraClock;
		/// Knows which members have slashes pending.
		#[pallet::no_default]
		type SlashGate: SlashGate<Self::AccountId>;
		/// Knows what operators allocated to a set.
		#[pallet::no_default]
		type Exposures: InspectExposures<Self::AccountId>;
		/// Lets go of what others keep for a set that is closed.
		#[pallet::no_default]
		type OnSetClosed: OnSetClosed<Self::AccountId>;
		/// What registering a service holds of its owner's balance.
		#[pallet::constant]
		type RegistrationDeposit: Get<Balance>;
		/// What a place in a set holds of its operator's balance, and an approval of its service's owner's.
		#[pallet::constant]
		type ItemDeposit: Get<Balance>;
		/// Eras until changed terms of an operator set bind.
		#[pallet::constant]
		type TermsDelay: Get<Era>;
		/// The longest veto window a condition may have, in eras.
		#[pallet::constant]
		type MaxVetoWindow: Get<Era>;
		/// Longest name of a service, in bytes.
		#[pallet::constant]
		type MaxNameLength: Get<u32>;
		/// Longest link of a service, in bytes.
		#[pallet::constant]
		type MaxLinkLength: Get<u32>;
		/// Most operator sets of a service.
		#[pallet::constant]
		type MaxSets: Get<u32>;
		/// Most kinds an operator set accepts, at most 4.
		#[pallet::constant]
		type MaxKinds: Get<u32>;
		/// Most conditions of an operator set.
		#[pallet::constant]
		type MaxConditions: Get<u32>;
		/// Longest text of a condition, in bytes.
		#[pallet::constant]
		type MaxConditionText: Get<u32>;
		/// Most members of an operator set.
		#[pallet::constant]
		type MaxOperators: Get<u32>;
		/// Most operator sets an operator serves at a time.
		#[pallet::constant]
		type MaxSetsPerOperator: Get<u32>;
		/// Most stays of an operator in one set that can still be slashed.
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

	// The clock says them, so that they are the same for all pallets.
	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Eras between an exit and its claim: for as long, a past era can be slashed.
		#[pallet::constant_name(ExitDelay)]
		fn exit_delay() -> Era {
			T::Clock::exit_delay()
		}
	}

	/// Why balance is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A service is registered. Given back when it is deregistered or has another owner.
		#[codec(index = 0)]
		Registration,
		/// An operator has a place in a set. Given back when it leaves, for whatever reason.
		#[codec(index = 1)]
		Place,
		/// An operator is approved for a set. Given back when that is revoked, the operator is ejected, the set is closed
		/// or the service has another owner.
		#[codec(index = 2)]
		Approval,
	}

	/// The id of the next service.
	#[pallet::storage]
	pub type NextAvsId<T: Config> = StorageValue<_, AvsId, ValueQuery>;

	/// The services that are registered.
	// Twox64Concat, here and below: ids are given in order.
	#[pallet::storage]
	pub type Avses<T: Config> = StorageMap<_, Twox64Concat, AvsId, Avs<T::AccountId>>;

	/// What a service says of itself.
	#[pallet::storage]
	pub type Metadata<T: Config> = StorageMap<_, Twox64Concat, AvsId, AvsMetadata<T>>;

	/// Operator sets with their terms.
	#[pallet::storage]
	pub type Sets<T: Config> = StorageMap<_, Twox64Concat, OperatorSetId, OperatorSet<T>>;

	/// The conditions of operator sets.
	#[pallet::storage]
	pub type Conditions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OperatorSetId, Twox64Concat, ConditionId, Condition<T>>;

	/// Who serves a set now, whoever begins in the next era included; in ascending order.
	#[pallet::storage]
	pub type Members<T: Config> =
		StorageMap<_, Twox64Concat, OperatorSetId, BoundedVec<T::AccountId, T::MaxOperators>, ValueQuery>;

	/// Who answers to a set for the last era in which its members changed. For an era in which they did not, these are the
	/// members.
	#[pallet::storage]
	pub type Answering<T: Config> = StorageMap<_, Twox64Concat, OperatorSetId, EraMembers<T>>;

	/// The eras for which operators answer to a set, those who left included. What can no longer be slashed is
	/// dropped when its operator joins again.
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

	/// The keys of [`Members`] by operator, in ascending order.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Joined<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		BoundedVec<OperatorSetId, T::MaxSetsPerOperator>,
		ValueQuery,
	>;

	/// Whom the owner lets join a set, and what is held of the owner's balance for it: 0 where that was before approvals
	/// had a price.
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
			/// Who owns it.
			owner: T::AccountId,
		},
		/// A service changed its name and link.
		MetadataSet {
			/// The service.
			avs: AvsId,
		},
		/// The owner of a service offered it to another account, or took its offer back.
		OwnershipOffered {
			/// The service.
			avs: AvsId,
			/// Who may accept it.
			next_owner: Option<T::AccountId>,
		},
		/// A service has another owner.
		OwnershipTransferred {
			/// The service.
			avs: AvsId,
			/// Who owned it.
			old: T::AccountId,
			/// Who owns it now.
			new: T::AccountId,
		},
		/// A service is gone.
		AvsDeregistered {
			/// The service.
			avs: AvsId,
		},
		/// An operator set was created.
		SetCreated {
			/// Its id.
			set: OperatorSetId,
		},
		/// The kinds of a set were changed. Those it lacks from now on are dropped at once; but where an upgrade ends
		/// `Native`, it is dropped when the rest binds.
		KindsSet {
			/// The set.
			set: OperatorSetId,
			/// The kinds, and what a unit of each counts.
			kinds: Kinds<T>,
			/// The era from which all of it binds.
			effective: Era,
		},
		/// A set changed who may join it.
		AdmissionSet {
			/// The set.
			set: OperatorSetId,
			/// Who may join from now on.
			admission: Admission,
		},
		/// A set changed how much stake joining takes.
		MinStakeSet {
			/// The set.
			set: OperatorSetId,
			/// The least weight of who joins from now on.
			min_stake: Balance,
		},
		/// A set has, or will have, another slasher.
		SlasherSet {
			/// The set.
			set: OperatorSetId,
			/// Who may report slashes.
			slasher: T::AccountId,
			/// The era from which this binds.
			effective: Era,
		},
		/// A set has one more condition.
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
		/// The terms of a condition were changed. What eases binds at once.
		ConditionChanged {
			/// The set.
			set: OperatorSetId,
			/// The condition.
			id: ConditionId,
			/// The terms as they will be.
			terms: ConditionTerms<T::AccountId>,
			/// The capture era from which all of them bind; the running era where nothing waits, and then they bind
			/// for all captures.
			effective: Era,
		},
		/// A set is being wound down: nobody joins any more, and its members answer for no later era.
		SetWindingDown {
			/// The set.
			set: OperatorSetId,
			/// The last era for which its members answer.
			until: Era,
			/// The era from which it can be closed.
			closes: Era,
		},
		/// A set is gone.
		SetClosed {
			/// The set.
			set: OperatorSetId,
		},
		/// A set has one condition less.
		ConditionRemoved {
			/// The set.
			set: OperatorSetId,
			/// The condition.
			id: ConditionId,
		},
		/// An operator may join a set.
		OperatorApproved {
			/// The set.
			set: OperatorSetId,
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator may not join a set any more. If it serves the set, it stays.
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
			/// The last era for which it answers; `None` if it left before it began.
			until: Option<Era>,
			/// Why.
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
		/// This is how it is, or was announced, already.
		///
		/// Do nothing: terms that were announced bind by themselves when their era comes. To change them, give other
		/// values than the last ones in the storage `avsRegistry.avses`, `avsRegistry.sets` or
		/// `avsRegistry.conditions`.
		NoChange,
		/// The service has as many operator sets as it may.
		///
		/// End a set that is not needed with `avsRegistry.windDown` and, when the exit delay is over,
		/// `avsRegistry.closeSet`. Or make another service with `avsRegistry.register`.
		AvsFull,
		/// There is no such operator set, or it was closed.
		///
		/// Look up the service's id and the set's index in the storage `avsRegistry.sets`.
		UnknownSet,
		/// The call names no kind, and an operator set accepts one at least.
		///
		/// Name from one kind up to as many as the constant `avsRegistry.maxKinds` says, each with a multiplier.
		NoKinds,
		/// A kind is named twice.
		///
		/// Name each kind once, with one multiplier.
		DuplicateKind,
		/// The kinds name `Stake`, which answers for consensus offences only and to no service.
		///
		/// Leave `Stake` out, and name `Native` for STAY that is restaked, or assets.
		NotRestakeable,
		/// A kind has the multiplier 0, by which its stake would count for nothing.
		///
		/// Give each kind a multiplier of 1 or more, or leave that kind out.
		ZeroMultiplier,
		/// None of the kinds that bind now would stay, and the new ones do not bind yet.
		///
		/// Keep one of the kinds that bind now beside the new ones. Drop it with another `avsRegistry.setKinds` when
		/// the new ones bind, after as many eras as the constant `avsRegistry.termsDelay` says.
		NoKindLeft,
		/// The operator set has as many conditions as it may.
		///
		/// Take one away with `avsRegistry.removeCondition`, which ends it for past eras too, or make another set with
		/// `avsRegistry.createSet`.
		TooManyConditions,
		/// The operator set has no condition with this id, or it was removed.
		///
		/// Look up the set's conditions in the storage `avsRegistry.conditions`.
		UnknownCondition,
		/// The largest fraction of a condition is 0, or more than the whole.
		///
		/// Give `maxFraction` in parts of 10^18, from 1 to 10^18: a tenth is 10^17.
		BadFraction,
		/// The veto window is longer than any may be.
		///
		/// Choose at most as many eras as the constant `avsRegistry.maxVetoWindow` says.
		VetoWindowTooLong,
		/// The last change of this condition binds, but eras from before it can still be slashed.
		///
		/// Wait for the exit delay and one era after that change came to bind, as the storage `avsRegistry.conditions`
		/// says. A change that only eases the terms (a lower fraction, a longer veto window, a first resolver) need not
		/// wait.
		ChangePending,
		/// The account that would join or be approved is not an operator, or has retired.
		///
		/// Have that account call `operatorDelegation.register` first. If it retired, use another account: retiring is
		/// for good.
		NotOperator,
		/// The operator is approved for this set already.
		///
		/// Do nothing: the operator itself calls `avsRegistry.join`. To take the approval back, call
		/// `avsRegistry.revoke`.
		AlreadyApproved,
		/// The owner of the service has not approved the operator for this set.
		///
		/// To join, ask the service's owner to call `avsRegistry.approve`. To revoke, name an operator from the storage
		/// `avsRegistry.approvals`; a member is removed with `avsRegistry.eject`.
		NotApproved,
		/// The operator serves this set already.
		///
		/// Do nothing, or let the set slash part of your pools with `restaking.allocate`. To serve it no longer, call
		/// `avsRegistry.leave`.
		AlreadyMember,
		/// The operator does not serve this set.
		///
		/// Look up the sets that it serves in the storage `avsRegistry.joined`, and name one of them.
		NotMember,
		/// What the operator allocated to the set, or announced that it will, each kind times its multiplier, is less than
		/// the set's least stake.
		///
		/// Allocate more to the set with `restaking.allocate`, of the kinds that the storage `avsRegistry.sets` names;
		/// that counts at once. Or ask the service's owner to lower the least with `avsRegistry.setMinStake`.
		StakeTooLow,
		/// The set has as many members as it may, and none of them has less weight there than what the operator has allocated
		/// that binds already.
		///
		/// Allocate more to the set with `restaking.allocate` than one of its members in the storage `avsRegistry.members`,
		/// wait for the allocation delay, and join then. Or wait until one leaves.
		SetFull,
		/// The operator serves as many sets as it may.
		///
		/// Leave one of your sets in the storage `avsRegistry.joined` with `avsRegistry.leave`, then join this one.
		TooManySets,
		/// The set takes no new members, or is being wound down.
		///
		/// Ask the service's owner to open it with `avsRegistry.setAdmission`. If the storage `avsRegistry.sets` has an
		/// `until` for it, choose another set: this one ends for good.
		JoinsPaused,
		/// The set is being wound down already.
		///
		/// Wait until the exit delay is over since the era `until` in the storage `avsRegistry.sets`, then call
		/// `avsRegistry.closeSet`. A set for which nobody ever answered can be closed at once.
		WindingDown,
		/// The set is not being wound down, so it cannot be closed.
		///
		/// Ask the service's owner to call `avsRegistry.windDown`, and call `avsRegistry.closeSet` when the exit delay
		/// is over.
		NotWindingDown,
		/// The set is being wound down, but its members can still be reported for what they did.
		///
		/// Call `avsRegistry.closeSet` again when the exit delay is over since the era `until` in the storage
		/// `avsRegistry.sets`.
		StillAnswering,
		/// A slash by this set is pending for an operator that serves it or did.
		///
		/// Wait until the set's slashes in the storage `slashing.slashes` are executed, vetoed or cancelled, then call
		/// `avsRegistry.closeSet` again. Run one that is due with `slashing.execute`.
		SlashPending,
		/// The operator came and went so often that not all its stays that can still be slashed could be kept.
		///
		/// Wait until the exit delay is over since the oldest stay in the storage `avsRegistry.memberships` ended, then
		/// call `avsRegistry.join` again.
		TooManyChanges,
		/// The kinds name `Native`, and the set gives what it slashes to an account: native value answers to consensus,
		/// whose reach it would leave by that.
		///
		/// Leave `Native` out and name assets, or make a set with `avsRegistry.createSet` whose destination is `Burn` or
		/// `Treasury`.
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
		/// Register a service. It holds [`Config::RegistrationDeposit`] of the owner's balance.
		///
		/// * `name`: UTF-8 text, as clients show it.
		/// * `link`: where to read more.
		///
		/// Origin: signed by who will own it. Errors: what the hold says, and an overflow where ids ran out.
		#[pallet::call_index(0)]
		pub fn register(
			origin: OriginFor<T>,
			name: BoundedVec<u8, T::MaxNameLength>,
			link: BoundedVec<u8, T::MaxLinkLength>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(&who, AvsMetadata { name, link })
		}

		/// Say what a service is.
		///
		/// * `name`: UTF-8 text, as clients show it.
		/// * `link`: where to read more.
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

		/// Offer a service to another account, which owns it once it has accepted. It replaces an earlier offer.
		///
		/// * `next_owner`: who may accept; `None` to take the offer back.
		///
		/// Origin: the owner. Errors: [`Error::UnknownAvs`], [`Error::NotOwner`], [`Error::NoChange`] where this is
		/// offered already or the account is the owner.
		#[pallet::call_index(2)]
		pub fn transfer_ownership(
			origin: OriginFor<T>,
			avs: AvsId,
			next_owner: Option<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_transfer_ownership(&who, avs, next_owner)
		}

		/// Accept a service that was offered. Its deposit, and those of the approvals in its sets, are held from the new
		/// owner and given back to the old one.
		///
		/// Origin: the account it was offered to. Errors: [`Error::UnknownAvs`], [`Error::NotNextOwner`], and what the
		/// hold says.
		#[pallet::call_index(3)]
		pub fn accept_ownership(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_ownership(&who, avs)
		}

		/// Remove a service that has no operator sets, or has none any more, and give its deposit back.
		///
		/// Origin: the owner. Errors: [`Error::UnknownAvs`], [`Error::NotOwner`], [`Error::HasSets`].
		#[pallet::call_index(4)]
		pub fn deregister(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deregister(&who, avs)
		}

		/// Create an operator set. Its index is the number of sets the service ever had until now.
		///
		/// * `kinds`: the kinds it accepts, and what a unit of each counts; not `Stake`, and not `Native` where
		///   `destination` is an account.
		/// * `admission`: who may join.
		/// * `min_stake`: the least weight of who joins: the sum over the kinds of multiplier times what it allocated to
		///   the set, in the kinds' own units.
		/// * `slasher`: who may report slashes.
		/// * `destination`: where what is slashed goes. It never changes.
		///
		/// Origin: the owner. Errors: [`Error::UnknownAvs`], [`Error::NotOwner`], [`Error::AvsFull`],
		/// [`Error::NoKinds`], [`Error::DuplicateKind`], [`Error::NotRestakeable`], [`Error::ZeroMultiplier`],
		/// [`Error::NativeNotAccepted`], and an overflow where indices ran out.
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

		/// Change the kinds of a set. Those that `kinds` lacks are dropped at once; new ones and other multipliers
		/// bind after [`Config::TermsDelay`] eras. It replaces a change that does not bind yet.
		///
		/// * `kinds`: all that the set is to accept, and what a unit of each counts. One of them at least binds now
		///   already, so that the set is never without.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NoKinds`],
		/// [`Error::DuplicateKind`], [`Error::NotRestakeable`], [`Error::ZeroMultiplier`],
		/// [`Error::NativeNotAccepted`], [`Error::NoKindLeft`], [`Error::NoChange`].
		#[pallet::call_index(6)]
		pub fn set_kinds(origin: OriginFor<T>, set: OperatorSetId, kinds: Kinds<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_kinds(&who, set, kinds)
		}

		/// Change who may join a set, at once. Members stay.
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

		/// Change how much stake joining a set takes, at once. Members stay.
		///
		/// * `min_stake`: the least weight of who joins, as in `create_set`.
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

		/// Change who may report slashes for a set, after [`Config::TermsDelay`] eras. It replaces a change that does
		/// not bind yet; naming the slasher that binds takes such a change back.
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

		/// Declare an offence. It binds for capture eras from [`Config::TermsDelay`] eras on.
		///
		/// * `text`: what the offence is, as UTF-8.
		/// * `max_fraction`: the largest part, in parts of `WAD`, that one slash may take of what is allocated; more
		///   than 0.
		/// * `veto_window`: eras between a report and its execution, at most [`Config::MaxVetoWindow`].
		/// * `resolver`: who may veto within the window: an account, which can be a multisig's, or governance.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::BadFraction`],
		/// [`Error::VetoWindowTooLong`], [`Error::TooManyConditions`], and an overflow where ids ran out.
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

		/// Change the terms of a condition. A lower fraction, a longer veto window and a resolver where there was
		/// none ease: they bind at once and for all capture eras. The rest binds for capture eras from
		/// [`Config::TermsDelay`] eras on.
		///
		/// A change replaces one that does not bind yet; where it only eases what was announced, that goes on as it
		/// was. After a change has come to bind, the next that does not only ease it has to wait until no era from
		/// before can be slashed.
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

		/// Let an operator join a set, as often as it likes. It holds [`Config::ItemDeposit`] of the owner's balance.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NotOperator`],
		/// [`Error::AlreadyApproved`], and what the hold says.
		#[pallet::call_index(13)]
		pub fn approve(origin: OriginFor<T>, set: OperatorSetId, operator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_approve(&who, set, &operator)
		}

		/// Take an approval back, and its deposit. If the operator serves the set, it stays.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NotApproved`].
		#[pallet::call_index(14)]
		pub fn revoke(origin: OriginFor<T>, set: OperatorSetId, operator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_revoke(&who, set, &operator)
		}

		/// Serve a set. The operator answers to it from the next era on, with what it allocates to it. It holds
		/// [`Config::ItemDeposit`] of the operator's balance. Where the set has as many members as it may, the one with
		/// the least weight leaves, if that is less than what the operator has allocated that binds: as much displaces nobody.
		///
		/// Origin: the operator. Errors: [`Error::UnknownSet`], [`Error::NotOperator`], [`Error::AlreadyMember`],
		/// [`Error::JoinsPaused`], [`Error::NotApproved`], [`Error::StakeTooLow`], [`Error::TooManySets`],
		/// [`Error::TooManyChanges`], [`Error::SetFull`], and what the hold says.
		/// Weight: that of displacing, which weighs every member; the difference is given back where there was room.
		#[pallet::call_index(15)]
		#[pallet::weight(<T as Config>::WeightInfo::join_displacing())]
		pub fn join(origin: OriginFor<T>, set: OperatorSetId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let displaced = Self::do_join(&who, set)?;
			Ok((!displaced).then(<T as Config>::WeightInfo::join).into())
		}

		/// Serve a set no more, and have the deposit of the place back. The operator answers for this era still, and for
		/// those before it.
		///
		/// Origin: the operator. Errors: [`Error::NotMember`].
		#[pallet::call_index(16)]
		pub fn leave(origin: OriginFor<T>, set: OperatorSetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_leave(&who, set, LeaveReason::Left)
		}

		/// Remove an operator from a set, and its approval with it. It answers for this era still, and for those
		/// before it. The deposits of its place and of its approval go back to who paid them.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::NotMember`].
		#[pallet::call_index(17)]
		pub fn eject(origin: OriginFor<T>, set: OperatorSetId, operator: T::AccountId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_eject(&who, set, &operator)
		}

		/// Begin to end a set, for good. Nobody joins it any more, and its members answer for this era still, and for
		/// no later one. A set for which nobody ever answered can be closed at once.
		///
		/// Origin: the owner. Errors: [`Error::UnknownSet`], [`Error::NotOwner`], [`Error::WindingDown`].
		#[pallet::call_index(18)]
		pub fn wind_down(origin: OriginFor<T>, set: OperatorSetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_wind_down(&who, set)
		}

		/// Release members of a set that was wound down as many eras ago as the constant `avsRegistry.exitDelay` says, and
		/// with the last of them the set. What was set aside for it, streams and leftovers, is credited to who paid it, or to
		/// the owner. Deposits of places and approvals go back to who paid them.
		///
		/// * `most`: how many members and approvals to look at, those who left included; call again for the rest. At
		///   most [`Config::MaxOperators`].
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

		/// Whether `operator` serves `set`. Who joined in this era does, though it answers from the next one on.
		pub fn is_member(set: OperatorSetId, operator: T::AccountId) -> bool {
			Memberships::<T>::get(set, operator).is_open()
		}
	}
}
