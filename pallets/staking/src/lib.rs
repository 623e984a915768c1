//! # Staking: the clock, the candidates, the election
//!
//! This pallet decides which operators produce blocks, and when an era ends. It holds no stake: it reads that of
//! operators' pools ([`Config::Pools`]).
//!
//! ## The clock
//!
//! An era is a fixed number of sessions, so session `s` belongs to era `s / era_sessions`. Every delay of the chain is
//! a number of **active eras**: there is no other clock.
//!
//! ```text
//! session    3e-1          3e            3e+1          3e+2          3e+3
//!            ├─────────────┼─────────────┼─────────────┼─────────────┼──
//!            │elects the   │era e begins │             │elects the   │era e+1 begins,
//!            │set of era e │             │             │set of e+1   │points of e are paid
//! ```
//!
//! ## The election
//!
//! An election chooses the candidates with the most native stake, at most [`ValidatorCount`]; of equal ones, the
//! smaller account. Only candidates with session keys and enough stake of their own are elected: the session pallet
//! would silently drop a validator without keys. An election of fewer than the minimum number is not used, and the
//! previous set continues, because an empty set would stop the chain. That set then answers with its present stake,
//! which may be less than the stake that elected it.
//!
//! Each seat is a vote on finality, so it requires a minimum stake: the network's `seat_fraction` of the mean stake of
//! all elected candidates. The election takes the largest number of candidates, in descending order of stake, of which
//! each has this minimum; the minimum number of validators is elected whatever its stake. So somebody who controls a
//! part `p` of the seats has staked at least `seat_fraction * p` of the electing stake: at 25 %, a third of the seats
//! costs a twelfth of it. Without this rule, a seat that would otherwise stay empty would cost only [`MinSelfStake`].
//!
//! ```text
//! stakes         100   90   40   30   16   15     mean of six 48.5, a quarter of it 12.1: all six are elected
//! stakes         100   90   40   30    4    2     mean of six 44.3, a quarter 11.1: no; of five 52.8, 13.2: no;
//!                                                 of four 65, 16.3: four are elected
//! ```
//!
//! ## Points and silence
//!
//! Each block gives its author [`POINTS_PER_BLOCK`]. A validator without points in an era was **silent** in it. After
//! two or more silent eras in a row it is chilled, which removes it from the candidates. In each era at most a third of
//! the set is chilled, and only a tenth while more than a third is silent, but always at least one; the number of
//! candidates never falls below the minimum. Those that have been silent longest are chilled first, then those with the
//! least stake. The limits are for network outages, in which validators that are cut off seem silent to the others: an
//! outage cannot empty the set, and a third that is permanently lost leaves the set within some eras. GRANDPA does not
//! change its set before it has finalized the change, so finality does not return automatically then:
//! `docs/stalled-finality.md` tells what governance has to do.
//!
//! Only a block ends the silence. Silent eras are still counted if the validator steps down and stands for election
//! again. A validator that was chilled for silence, or that stepped down before that, may stand again after as many
//! eras as it was silent, at most the exit delay ([`Barred`]). Otherwise it could be a candidate again before the next
//! election, and would miss none.
//!
//! Files by subject: `clock`, `candidates`, `election` (with the session manager), `points`, `migrations`,
//! `try_state`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod candidates;
mod clock;
pub mod config_preludes;
mod election;
pub mod migrations;
#[cfg(test)]
mod mock;
mod points;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

/// Points for authoring a block.
pub const POINTS_PER_BLOCK: u32 = 20;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{Time, ValidatorRegistration},
	};
	use frame_system::pallet_prelude::*;
	use mainstay_primitives::{
		traits::{EraEnded, InspectOperators, InspectPools},
		Balance, Era, NetworkParameters,
	};
	use pallet_session::SessionInterface;
	use sp_staking::SessionIndex;

	/// The storage layout this code expects.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(3);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration.
	#[pallet::config(with_default)]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Reads operators and their stake. This pallet cannot move their funds.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId> + InspectPools<Self::AccountId>;
		/// Tells which accounts have session keys.
		#[pallet::no_default]
		type Keys: ValidatorRegistration<Self::AccountId>;
		/// Removes records of old sessions.
		#[pallet::no_default]
		type Session: SessionInterface<ValidatorId = Self::AccountId, AccountId = Self::AccountId>;
		/// Told when an era ends, to pay for it.
		type EraEnded: EraEnded<Self::AccountId>;
		/// The time by which eras are measured, in milliseconds.
		#[pallet::no_default]
		type Time: Time<Moment = u64>;
		/// The origin that may set [`ValidatorCount`] and [`MinSelfStake`].
		#[pallet::no_default]
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The size of the largest validator set. BABE and GRANDPA must be able to hold it.
		#[pallet::constant]
		type MaxValidators: Get<u32>;
		/// The maximum number of candidates. A further one displaces the one with the least stake, if it has more
		/// stake.
		#[pallet::constant]
		type MaxCandidates: Get<u32>;
		/// Weights of the calls.
		#[pallet::no_default]
		type WeightInfo: WeightInfo;
		/// Makes operators with keys in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		#[pallet::no_default]
		type BenchmarkHelper: mainstay_primitives::traits::BenchmarkHelper<Self::AccountId>;
	}

	/// The times, delays and bounds of this network, which genesis sets.
	#[pallet::storage]
	pub type Parameters<T: Config> = StorageValue<_, NetworkParameters, ValueQuery>;

	/// The running era. It has a value from genesis on.
	// This and the next two have the names and types of the SDK's staking pallet, because existing clients read those.
	#[pallet::storage]
	pub type ActiveEra<T: Config> = StorageValue<_, ActiveEraInfo>;

	/// The latest era whose validators are elected: the running one, or in its last session the next.
	#[pallet::storage]
	pub type CurrentEra<T: Config> = StorageValue<_, Era>;

	/// The session with which an era begins. Stored from the era's election on, for the history depth.
	#[pallet::storage]
	pub type ErasStartSessionIndex<T: Config> = StorageMap<_, Twox64Concat, Era, SessionIndex>;

	/// The operators that stand for election.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Candidates<T: Config> = CountedStorageMap<_, Blake2_128Concat, T::AccountId, ()>;

	/// The maximum number of validators that an election chooses; at most `MaxValidators`.
	#[pallet::storage]
	pub type ValidatorCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The minimum native stake of its own that a validator needs, in STAY.
	#[pallet::storage]
	pub type MinSelfStake<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The validators of an era, in descending order of their stake at the election. Stored for the history depth.
	/// Those of the next era are stored when they are elected, one session ahead.
	#[pallet::storage]
	pub type EraValidators<T: Config> =
		StorageMap<_, Twox64Concat, Era, BoundedVec<T::AccountId, T::MaxValidators>, ValueQuery>;

	/// The native stake that elected each of [`EraValidators`], in the same order. If an election was not used, it is
	/// the stake that each had at that election. Empty for eras that were planned before the chain stored it.
	#[pallet::storage]
	pub type EraStakes<T: Config> =
		StorageMap<_, Twox64Concat, Era, BoundedVec<Balance, T::MaxValidators>, ValueQuery>;

	/// Points by era and validator. Stored for the history depth.
	#[pallet::storage]
	pub type EraPoints<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Era, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Operators without points in the last era in which they validated. The value is the number of such eras in a row,
	/// counting only eras in which the operator was in the set. The entry is removed when the operator makes a block or
	/// retires.
	#[pallet::storage]
	pub type Silent<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Operators that were silent for too long, with the era from which they may stand for election again. The entry is
	/// removed when the operator does so, or retires.
	#[pallet::storage]
	pub type Barred<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Era, ValueQuery>;

	/// The parameters and candidates with which the chain begins.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Times, delays and bounds. Genesis fails if [`NetworkParameters::check`] refuses them.
		pub parameters: NetworkParameters,
		/// See [`ValidatorCount`].
		pub validator_count: u32,
		/// See [`MinSelfStake`].
		pub min_self_stake: Balance,
		/// The operators that stand for the first election.
		pub candidates: Vec<T::AccountId>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(text) = self.parameters.check() {
				panic!("network parameters: {text}");
			}
			assert!(self.validator_count <= T::MaxValidators::get(), "validator_count exceeds MaxValidators");
			assert!(
				self.candidates.len() as u32 <= T::MaxCandidates::get(),
				"more candidates than MaxCandidates"
			);
			Parameters::<T>::put(&self.parameters);
			ActiveEra::<T>::put(ActiveEraInfo::default());
			ValidatorCount::<T>::put(self.validator_count);
			MinSelfStake::<T>::put(self.min_self_stake);
			for candidate in &self.candidates {
				assert!(
					T::Pools::is_active_operator(candidate),
					"genesis candidate {candidate:?} is no operator"
				);
				Candidates::<T>::insert(candidate, ());
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An era began.
		EraBegan {
			/// The era.
			era: Era,
		},
		/// A validator set was elected.
		Elected {
			/// The era it will serve.
			era: Era,
			/// The number of validators.
			validators: u32,
			/// The sum of their native stake.
			stake: Balance,
		},
		/// An election chose fewer validators than the minimum. The previous set continues.
		ElectionUnused {
			/// The era for which it was held.
			era: Era,
			/// The number of candidates that could be elected.
			electable: u32,
		},
		/// An operator stands for election.
		CandidateJoined {
			/// The operator.
			who: T::AccountId,
		},
		/// An operator no longer stands for election. If it is a validator, it serves until the set changes.
		CandidateLeft {
			/// The operator.
			who: T::AccountId,
			/// The reason.
			reason: LeaveReason,
		},
		/// Governance changed the maximum number of validators.
		ValidatorCountSet {
			/// The new maximum.
			count: u32,
		},
		/// Governance changed the minimum self-stake.
		MinSelfStakeSet {
			/// The new minimum, in STAY.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is not an operator, or has retired.
		///
		/// Call `operatorDelegation.register` first. If you have retired, use another account: an operator cannot
		/// return.
		NotOperator,
		/// The operator already stands for election.
		///
		/// Do nothing: every election considers you. To step down, call `staking.chill`.
		AlreadyCandidate,
		/// The account does not stand for election.
		///
		/// If you still validate, keep your node running until the set changes. To stand for election, call
		/// `staking.validate`.
		NotCandidate,
		/// The account has no session keys. A validator's node needs them to sign blocks.
		///
		/// Create keys on your node with the RPC method `author_rotateKeysWithOwner`, and register them with
		/// `session.setKeys`. Then call `staking.validate` again.
		NoSessionKeys,
		/// The operator made no block in the last two or more eras in which it validated. It must wait before it can
		/// stand for election again.
		///
		/// Repair your node. From the era that the storage `staking.barred` has for your account on, call
		/// `staking.validate` again.
		BarredForSilence,
		/// The operator's own positions in its `Stake` and `Native` pools are worth less than the minimum self-stake of
		/// a validator.
		///
		/// Stake with yourself as operator by `operatorDelegation.stake`, until you have what the storage
		/// `staking.minSelfStake` says.
		SelfStakeTooLow,
		/// There is the maximum number of candidates, and none of them has less native stake than this operator.
		///
		/// Get more native stake than the lowest of the candidates in the storage `staking.candidates`, or wait until
		/// one leaves. Then call `staking.validate` again.
		TooManyCandidates,
		/// The count is above the size of the largest validator set, or below the network's minimum.
		///
		/// Choose a count between `leastValidators` in the storage `staking.parameters` and the constant
		/// `staking.maxValidators`.
		BadValidatorCount,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxValidators::get() > 0 && T::MaxValidators::get() <= T::MaxCandidates::get());
			assert_eq!(NetworkParameters::default().check(), Ok(()));
			assert!(NetworkParameters::default().least_validators <= T::MaxValidators::get());
			// The rotation of a session has a whole block.
			let block = T::BlockWeights::get().max_block;
			for rotation in [
				T::WeightInfo::begin_era(T::MaxValidators::get()),
				T::WeightInfo::elect(T::MaxCandidates::get()),
			] {
				assert!(rotation.all_lte(block), "an era begins, and is elected, within a block");
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Stand for election. The operator needs session keys (`session.set_keys`) and the minimum native stake of its
		/// own. If there is already the maximum number of candidates, the one with the least stake is displaced,
		/// provided that it has less than the operator.
		///
		/// Origin: an operator. Errors: [`Error::NotOperator`], [`Error::AlreadyCandidate`],
		/// [`Error::BarredForSilence`], [`Error::NoSessionKeys`], [`Error::SelfStakeTooLow`],
		/// [`Error::TooManyCandidates`]. Weight: that of displacing a candidate, which reads every candidate. The
		/// difference is refunded if none was displaced.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::validate_displacing())]
		pub fn validate(origin: OriginFor<T>) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let displaced = Self::do_validate(&who)?;
			Ok((!displaced).then(T::WeightInfo::validate).into())
		}

		/// Step down as a candidate. A validator serves until the set changes, so its node must keep running. The
		/// operator's silent eras stay counted.
		///
		/// Origin: the candidate. Errors: [`Error::NotCandidate`].
		#[pallet::call_index(1)]
		pub fn chill(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_chill(&who)
		}

		/// Set the maximum number of validators that an election chooses.
		///
		/// Origin: [`Config::GovernanceOrigin`]; root alone for a lower number, which shuts validators out. Errors:
		/// [`Error::BadValidatorCount`].
		#[pallet::call_index(2)]
		pub fn set_validator_count(origin: OriginFor<T>, count: u32) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin.clone())?;
			let least = Parameters::<T>::get().least_validators;
			ensure!((least..=T::MaxValidators::get()).contains(&count), Error::<T>::BadValidatorCount);
			if count < ValidatorCount::<T>::get() {
				ensure_root(origin)?;
			}
			ValidatorCount::<T>::put(count);
			Self::deposit_event(Event::ValidatorCountSet { count });
			Ok(())
		}

		/// Set the minimum native stake of its own that a validator needs, in STAY. Candidates below it are not
		/// elected.
		///
		/// Origin: [`Config::GovernanceOrigin`]; root alone for a higher amount, which shuts validators out.
		#[pallet::call_index(3)]
		pub fn set_min_self_stake(
			origin: OriginFor<T>,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin.clone())?;
			if amount > MinSelfStake::<T>::get() {
				ensure_root(origin)?;
			}
			MinSelfStake::<T>::put(amount);
			Self::deposit_event(Event::MinSelfStakeSet { amount });
			Ok(())
		}
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// The number of sessions of an era.
		#[pallet::constant_name(SessionsPerEra)]
		pub fn sessions_per_era() -> SessionIndex {
			Parameters::<T>::get().era_sessions
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The candidates that would be elected if the election were held now, with their stake, in descending order.
		pub fn next_validators() -> Vec<(T::AccountId, Balance)> {
			Self::elect()
		}
	}
}
