//! Who governs: referenda in which stake votes, each on the track of its origin, and a technical committee that whitelists
//! calls for the fast lane.
//!
//! Root may do everything. Each power that is less than root's has an origin of its own, and the types here name those that
//! a pallet accepts. `docs/powers.md` lists every call with its origins; a test compares it with this code.
//!
//! No origin but root can move, freeze or mint what lies in the chain's accounts, except for the treasury's, whose funds
//! are there to be spent: assets take force calls from root alone, and so do balances and storage.

use super::{
	agenda::LatePlaces,
	clock,
	referenda_weights::{ReferendaWeight, VotingWeight},
	system::RuntimeBlockWeights,
	tracks::{Tracks, SUBMISSION_DEPOSIT},
};
use crate::*;
use core::cmp::Ordering;
use frame_support::{
	parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, Currency as _, EitherOfDiverse, EnsureOrigin, Imbalance,
		OnUnbalanced, PrivilegeCmp, TotalIssuanceOf,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned, RawOrigin};
use mainstay_primitives::{traits::Treasury as _, Currency, Income, STAY};
use mainstay_treasury::Allowance;
use pallet_balances::NegativeImbalance;
use pallet_collective::{EnsureProportionAtLeast, Instance1, PrimeDefaultVote};
use sp_runtime::Perbill;

/// Root alone. It may replace the code, so no origin can be above it.
pub type Root = EnsureRoot<AccountId>;
/// May admit, cap and close assets for restaking, and open the validator set to more: raise the number of validators, and
/// lower their least self-stake. What shuts validators out is root's alone. Otherwise a small part of all STAY could leave
/// its own validators alone in the set before anybody can leave.
pub type Parameters = EitherOfDiverse<Root, mainstay_origins::Parameters>;
/// May cancel a pending slash, reinstate a vetoed one, and veto a slash whose condition names governance as resolver.
pub type SlashDisputes = EitherOfDiverse<Root, mainstay_origins::SlashDisputes>;
/// May spend everything that the treasury has.
type BigSpender = EitherOfDiverse<Root, mainstay_origins::BigSpender>;
/// Two thirds of the technical committee. It has no power alone: what it whitelists still needs a referendum.
type Committee = EitherOfDiverse<Root, EnsureProportionAtLeast<AccountId, Instance1, 2, 3>>;

parameter_types! {
	/// The most STAY that a referendum on the track of small payments may spend, all payments of a batch together.
	pub const SmallSpend: Balance = 10_000 * STAY;
	/// The deposit of a submitted referendum, in STAY.
	pub const SubmissionDeposit: Balance = SUBMISSION_DEPOSIT;
	/// The maximum number of members of the technical committee.
	pub const MaxMembers: u32 = 13;
	/// The maximum weight of a call that the committee proposes.
	pub MaxProposalWeight: Weight = Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
}

/// The origins that may spend the treasury's funds, with their allowances.
pub struct Spenders;
impl EnsureOrigin<RuntimeOrigin> for Spenders {
	type Success = Allowance;

	fn try_origin(origin: RuntimeOrigin) -> Result<Allowance, RuntimeOrigin> {
		match BigSpender::try_origin(origin) {
			Ok(_) => Ok(Allowance::All),
			Err(origin) => mainstay_origins::SmallSpender::try_origin(origin)
				.map(|()| Allowance::Stay(SmallSpend::get())),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

/// Compares origins of scheduled calls: root is above all others, which cannot be compared with each other. So root can
/// take back an approved call before it takes effect.
pub struct RootIsAbove;
impl PrivilegeCmp<OriginCaller> for RootIsAbove {
	fn cmp_privilege(left: &OriginCaller, right: &OriginCaller) -> Option<Ordering> {
		let is_root = |origin: &OriginCaller| matches!(origin, OriginCaller::system(RawOrigin::Root));
		match (is_root(left), is_root(right)) {
			_ if left == right => Some(Ordering::Equal),
			(true, _) => Some(Ordering::Greater),
			(_, true) => Some(Ordering::Less),
			_ => None,
		}
	}
}

/// Transfers the deposits of a killed referendum to the treasury. What its account cannot receive is burnt.
pub struct ForfeitedDeposits;
impl OnUnbalanced<NegativeImbalance<Runtime>> for ForfeitedDeposits {
	fn on_nonzero_unbalanced(deposit: NegativeImbalance<Runtime>) {
		let amount = deposit.peek();
		if Balances::resolve_into_existing(&ChainTreasury::account(), deposit).is_ok() {
			ChainTreasury::note(Income::Bond, Currency::Native, amount);
		}
	}
}

impl mainstay_origins::Config for Runtime {}

impl pallet_referenda::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ReferendaWeight;
	type Scheduler = LatePlaces;
	type Currency = Balances;
	type SubmitOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type CancelOrigin = EitherOfDiverse<Root, mainstay_origins::ReferendumCanceller>;
	type KillOrigin = EitherOfDiverse<Root, mainstay_origins::ReferendumKiller>;
	type Slash = ForfeitedDeposits;
	type Votes = Balance;
	type Tally = pallet_conviction_voting::TallyOf<Runtime>;
	type SubmissionDeposit = SubmissionDeposit;
	type MaxQueued = ConstU32<100>;
	type UndecidingTimeout = clock::UndecidingTimeout;
	type AlarmInterval = ConstU32<1>;
	type Tracks = Tracks;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_conviction_voting::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = VotingWeight;
	// What an account has free, and what of its STAY stands behind operators.
	type Currency = StakeVoting;
	type Polls = Referenda;
	// Staked funds are part of the issuance.
	type MaxTurnout = TotalIssuanceOf<Balances, AccountId>;
	type MaxVotes = ConstU32<64>;
	type VoteLockingPeriod = clock::VoteLockingPeriod;
	type BlockNumberProvider = System;
	type VotingHooks = ();
}

impl mainstay_stake_voting::Config for Runtime {
	type NativeBalance = Balances;
	type Stakes = OperatorDelegation;
	type WeightInfo = mainstay_stake_voting::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl pallet_collective::Config<Instance1> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = clock::MotionDuration;
	type MaxProposals = ConstU32<32>;
	type MaxMembers = MaxMembers;
	type DefaultVote = PrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	type SetMembersOrigin = Root;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = Root;
	type KillOrigin = Root;
	type Consideration = ();
}

impl pallet_whitelist::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WhitelistOrigin = Committee;
	type DispatchWhitelistedOrigin = EitherOfDiverse<Root, mainstay_origins::WhitelistedCaller>;
	type Preimages = Preimage;
	type DeferredDispatchExpiration = clock::DeferredDispatchExpiration;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_whitelist::weights::SubstrateWeight<Runtime>;
}

#[cfg(test)]
mod tests {
	use super::*;
	use mainstay_origins::Origin;

	fn of(origin: impl Into<OriginCaller>) -> OriginCaller {
		origin.into()
	}

	#[test]
	fn root_is_above_all_origins_and_no_other_is_above_any() {
		let root = OriginCaller::system(RawOrigin::Root);
		let others = [
			OriginCaller::system(RawOrigin::Signed(AccountId::from([1; 32]))),
			OriginCaller::system(RawOrigin::None),
			of(Origin::Parameters),
			of(Origin::BigSpender),
			OriginCaller::TechnicalCommittee(pallet_collective::RawOrigin::Members(2, 3)),
		];
		let compare = RootIsAbove::cmp_privilege;
		assert_eq!(compare(&root, &root), Some(Ordering::Equal));
		for (n, one) in others.iter().enumerate() {
			assert_eq!(compare(&root, one), Some(Ordering::Greater));
			assert_eq!(compare(one, &root), Some(Ordering::Less));
			for (m, other) in others.iter().enumerate() {
				assert_eq!(compare(one, other), (n == m).then_some(Ordering::Equal));
			}
		}
	}

	#[test]
	fn the_tracks_of_payments_have_their_allowances() {
		let allowed = |origin: RuntimeOrigin| Spenders::try_origin(origin).ok();
		assert_eq!(allowed(RuntimeOrigin::root()), Some(Allowance::All));
		assert_eq!(allowed(Origin::BigSpender.into()), Some(Allowance::All));
		assert_eq!(allowed(Origin::SmallSpender.into()), Some(Allowance::Stay(10_000 * STAY)));
		for origin in [Origin::Parameters, Origin::SlashDisputes, Origin::WhitelistedCaller] {
			assert_eq!(allowed(origin.into()), None);
		}
		assert_eq!(allowed(RuntimeOrigin::signed(AccountId::from([1; 32]))), None);
	}
}
