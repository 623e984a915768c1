//! # Staking: the clock, the candidates, the election
//!
//! Who produces blocks, and when an era ends. The stake itself lies with the operators
//! ([`Config::Pools`]); this pallet only reads it.
//!
//! ## The clock
//!
//! An era is a fixed number of sessions, so session `s` belongs to era `s / era_sessions`. Every delay of the chain
//! counts in **active eras**, the one clock there is.
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
//! The candidates with the most native stake, at most [`ValidatorCount`]; ties go to the smaller account. Only
//! candidates with session keys and enough stake of their own are elected: the session pallet would drop a keyless
//! validator without a word. An election of fewer than the least number is not used, and the previous set goes on, because an empty set stops the chain. It answers with what stands
//! behind it then, which may be less than what elected it.
//!
//! A seat is a vote on what is final, so it has a price: the network's `seat_fraction` of the mean stake of those who are
//! elected. Elected are the most candidates, from the highest down, of whom each pays it; the least number is elected
//! whatever it has. So whoever holds a part `p` of the seats has staked at least `seat_fraction * p` of all that elects:
//! at 25 %, a third of the seats costs a twelfth of it. Without the price, seats that would stay empty cost no more than
//! [`MinSelfStake`].
//!
//! ```text
//! stakes         100   90   40   30   16   15     mean of six 48.5, a quarter of it 12.1: all six are elected
//! stakes         100   90   40   30    4    2     mean of six 44.3, a quarter 11.1: no; of five 52.8, 13.2: no;
//!                                                 of four 65, 16.3: four are elected
//! ```
//!
//! ## Points and silence
//!
//! Each block gives its author [`POINTS_PER_BLOCK`]. A validator that wins no points in two eras in a row, or in more, is
//! chilled: at most a third of the set an era, a tenth while more than a third is silent (one in any case), and never
//! below the least number of candidates. Those that are silent longest go first, then those with the least stake. The
//! limits are for an outage of the network, in which whoever is cut off seems silent to the rest: it empties no set, and a
//! third that is lost for good is out of the set in some eras. GRANDPA changes no set before it has finalized the change,
//! so finality does not come back by itself then: `docs/stalled-finality.md` tells what whoever governs has to do.
//!
//! Silence ends with a block and with nothing else; era for era it is counted on while the validator steps down and stands
//! again. Who was chilled for it, or stepped down before that, stands again after as many eras as it was silent, at most
//! the exit delay ([`Barred`]): otherwise it would be a candidate again before the next election, and miss none.
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
		/// Knows operators and their stake. This pallet reads the money and cannot move it.
		#[pallet::no_default]
		type Pools: InspectOperators<Self::AccountId> + InspectPools<Self::AccountId>;
		/// Knows who has session keys.
		#[pallet::no_default]
		type Keys: ValidatorRegistration<Self::AccountId>;
		/// Where old sessions are forgotten.
		#[pallet::no_default]
		type Session: SessionInterface<ValidatorId = Self::AccountId, AccountId = Self::AccountId>;
		/// Pays for an era.
		type EraEnded: EraEnded<Self::AccountId>;
		/// Measures eras, in milliseconds.
		#[pallet::no_default]
		type Time: Time<Moment = u64>;
		/// May set [`ValidatorCount`] and [`MinSelfStake`].
		#[pallet::no_default]
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The largest validator set. BABE and GRANDPA must be able to hold it.
		#[pallet::constant]
		type MaxValidators: Get<u32>;
		/// The most candidates. A further one displaces the lowest, if it has more stake.
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

	/// Timing, delays and bounds of this network, as genesis set them.
	#[pallet::storage]
	pub type Parameters<T: Config> = StorageValue<_, NetworkParameters, ValueQuery>;

	/// The era that is running. There from genesis on.
	// This and the next two are as the SDK's staking pallet has them, because clients read them without being told.
	#[pallet::storage]
	pub type ActiveEra<T: Config> = StorageValue<_, ActiveEraInfo>;

	/// The latest era whose validators are elected: the running one, or in its last session the next.
	#[pallet::storage]
	pub type CurrentEra<T: Config> = StorageValue<_, Era>;

	/// The session with which an era begins; from its election on, kept for the history depth.
	#[pallet::storage]
	pub type ErasStartSessionIndex<T: Config> = StorageMap<_, Twox64Concat, Era, SessionIndex>;

	/// Operators that stand for election.
	// Blake2_128Concat: accounts are chosen by their owners.
	#[pallet::storage]
	pub type Candidates<T: Config> = CountedStorageMap<_, Blake2_128Concat, T::AccountId, ()>;

	/// How many validators an election may choose, at most `MaxValidators`.
	#[pallet::storage]
	pub type ValidatorCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Native stake of its own that a validator needs.
	#[pallet::storage]
	pub type MinSelfStake<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The validators of an era, highest stake first at their election; kept for the history depth. The next era's appear when they
	/// are elected, one session ahead.
	#[pallet::storage]
	pub type EraValidators<T: Config> =
		StorageMap<_, Twox64Concat, Era, BoundedVec<T::AccountId, T::MaxValidators>, ValueQuery>;

	/// The native stake that elected each of [`EraValidators`], in the same order; where an election was not used, what
	/// each had when it was held. Empty for eras that were planned before the chain kept it.
	#[pallet::storage]
	pub type EraStakes<T: Config> =
		StorageMap<_, Twox64Concat, Era, BoundedVec<Balance, T::MaxValidators>, ValueQuery>;

	/// Points by era and validator; kept for the history depth.
	#[pallet::storage]
	pub type EraPoints<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Era, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Operators that won no points when they validated last, and for how many eras in a row, of those in which they
	/// were in the set. A block ends it, and retiring.
	#[pallet::storage]
	pub type Silent<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Operators that were silent for too long, and the era from which on they may stand for election again. Forgotten
	/// when they do, or retire.
	#[pallet::storage]
	pub type Barred<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Era, ValueQuery>;

	/// How the chain begins.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Timing, delays and bounds. Refused where [`NetworkParameters::check`] says so.
		pub parameters: NetworkParameters,
		/// See [`ValidatorCount`].
		pub validator_count: u32,
		/// See [`MinSelfStake`].
		pub min_self_stake: Balance,
		/// Operators that stand for the first election.
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
		/// A set was elected.
		Elected {
			/// The era it will serve.
			era: Era,
			/// How many validators it has.
			validators: u32,
			/// The native stake behind them together.
			stake: Balance,
		},
		/// An election chose fewer than the least number: the previous set goes on.
		ElectionUnused {
			/// The era it was for.
			era: Era,
			/// How many could have been elected.
			electable: u32,
		},
		/// An operator stands for election.
		CandidateJoined {
			/// The operator.
			who: T::AccountId,
		},
		/// An operator no longer stands for election. If it is in the set, it serves until the set changes.
		CandidateLeft {
			/// The operator.
			who: T::AccountId,
			/// Why.
			reason: LeaveReason,
		},
		/// The number of validators was changed.
		ValidatorCountSet {
			/// The number.
			count: u32,
		},
		/// The least self-stake was changed.
		MinSelfStakeSet {
			/// The amount.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is not an operator, or has retired.
		///
		/// Call `operatorDelegation.register` first. If you retired, use another account: retiring is for good.
		NotOperator,
		/// The operator stands for election already.
		///
		/// Do nothing: every election considers you. To stand no longer, call `staking.chill`.
		AlreadyCandidate,
		/// The account does not stand for election.
		///
		/// If you still validate, keep your node running until the set changes. To stand for election, call
		/// `staking.validate`.
		NotCandidate,
		/// The account has no session keys, with which its node signs blocks.
		///
		/// Make them on your node with the RPC method `author_rotateKeysWithOwner` and register them with
		/// `session.setKeys`. Then call `staking.validate` again.
		NoSessionKeys,
		/// The operator made no block in two eras or more of those that it validated, and has to wait until it may
		/// stand for election again.
		///
		/// Mend your node. In the era that the storage `staking.barred` names for your account, call
		/// `staking.validate` again.
		BarredForSilence,
		/// The native stake that the operator itself has behind itself, in `Stake` and `Native`, is below the least
		/// that a validator needs.
		///
		/// Stake behind your own account with `operatorDelegation.stake` until you have what the storage
		/// `staking.minSelfStake` says.
		SelfStakeTooLow,
		/// There are as many candidates as may be, and none of them has less native stake behind it than this operator.
		///
		/// Gather more native stake than the lowest of those in the storage `staking.candidates`, or wait until one
		/// leaves. Then call `staking.validate` again.
		TooManyCandidates,
		/// The count is above the largest validator set, or below the network's least.
		///
		/// Choose a count from `leastValidators` in the storage `staking.parameters` up to the constant
		/// `staking.maxValidators`.
		BadValidatorCount,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxValidators::get() > 0 && T::MaxValidators::get() <= T::MaxCandidates::get());
			assert_eq!(NetworkParameters::default().check(), Ok(()));
			assert!(NetworkParameters::default().least_validators <= T::MaxValidators::get());
			// Whoever rotates the session has a whole block for it.
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
		/// Stand for election. Needs session keys (`session.set_keys`) and enough native stake of one's own behind
		/// oneself. Where there are as many candidates as may be, the one with the least stake must go.
		///
		/// Origin: an operator. Errors: [`Error::NotOperator`], [`Error::AlreadyCandidate`],
		/// [`Error::BarredForSilence`], [`Error::NoSessionKeys`], [`Error::SelfStakeTooLow`],
		/// [`Error::TooManyCandidates`].
		/// Weight: that of displacing, which reads every candidate; the difference is given back where there was room.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::validate_displacing())]
		pub fn validate(origin: OriginFor<T>) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let displaced = Self::do_validate(&who)?;
			Ok((!displaced).then(T::WeightInfo::validate).into())
		}

		/// Stand for election no longer. Who is in the set serves until it changes: keep the node running. How long the
		/// operator was silent stays known.
		///
		/// Origin: the candidate. Errors: [`Error::NotCandidate`].
		#[pallet::call_index(1)]
		pub fn chill(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_chill(&who)
		}

		/// Set how many validators an election may choose.
		///
		/// Origin: [`Config::GovernanceOrigin`]. Errors: [`Error::BadValidatorCount`].
		#[pallet::call_index(2)]
		pub fn set_validator_count(origin: OriginFor<T>, count: u32) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			let least = Parameters::<T>::get().least_validators;
			ensure!((least..=T::MaxValidators::get()).contains(&count), Error::<T>::BadValidatorCount);
			ValidatorCount::<T>::put(count);
			Self::deposit_event(Event::ValidatorCountSet { count });
			Ok(())
		}

		/// Set the native stake of its own that a validator needs. Candidates below it are not elected.
		///
		/// Origin: [`Config::GovernanceOrigin`].
		#[pallet::call_index(3)]
		pub fn set_min_self_stake(
			origin: OriginFor<T>,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			MinSelfStake::<T>::put(amount);
			Self::deposit_event(Event::MinSelfStakeSet { amount });
			Ok(())
		}
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Sessions of an era.
		#[pallet::constant_name(SessionsPerEra)]
		pub fn sessions_per_era() -> SessionIndex {
			Parameters::<T>::get().era_sessions
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Who would be elected if the election were held now, highest stake first.
		pub fn next_validators() -> Vec<(T::AccountId, Balance)> {
			Self::elect()
		}
	}
}
