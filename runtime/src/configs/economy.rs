//! Stake, slashes and rewards.

use super::clock;
use crate::*;
use frame_support::{parameter_types, traits::ConstU32, PalletId};
use frame_system::EnsureRoot;
use mainstay_primitives::{Bps, Destination, WAD};

parameter_types! {
	/// Holds pools, exits and slashes that are not paid out.
	pub const CustodyId: PalletId = PalletId(*b"may/cust");
	/// Holds what is credited.
	pub const RewardsId: PalletId = PalletId(*b"may/rewd");
	/// The largest validator set.
	pub const MaxValidators: u32 = 300;
	/// The most candidates.
	pub const MaxCandidates: u32 = 1_000;
	/// New STAY a year: 5 % of what there is.
	pub const AnnualInflation: Bps = 500;
	/// A consensus offence of at most a third of the set takes at most a tenth.
	pub const ConsensusCap: u64 = WAD / 10;
	/// What is slashed for consensus offences is burnt.
	pub const ConsensusDestination: Destination<AccountId> = Destination::Burn;
}

impl mainstay_operator_delegation::Config for Runtime {
	type Assets = NativeAndAssets;
	type Clock = Staking;
	type SlashGate = Slashing;
	type OnOperatorRetired = Staking;
	type PalletId = CustodyId;
	type ExitDelay = clock::ExitDelay;
	type CommissionDelay = clock::CommissionDelay;
	type MinDeposit = clock::MinDeposit;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type WeightInfo = mainstay_operator_delegation::weights::Estimated<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_staking::Config for Runtime {
	type Pools = OperatorDelegation;
	type Keys = Session;
	type Session = Session;
	type EraEnded = Rewards;
	type Time = Timestamp;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MaxValidators = MaxValidators;
	type MaxCandidates = MaxCandidates;
	type WeightInfo = mainstay_staking::weights::Estimated<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_slashing::Config for Runtime {
	type Pools = OperatorDelegation;
	type Clock = Staking;
	type Session = Session;
	type CancelOrigin = EnsureRoot<AccountId>;
	type ExitDelay = clock::ExitDelay;
	type ConsensusDeferral = clock::ConsensusDeferral;
	type ConsensusCap = ConsensusCap;
	type ConsensusDestination = ConsensusDestination;
	type History = clock::History;
	type WeightInfo = mainstay_slashing::weights::Estimated<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_rewards::Config for Runtime {
	type Assets = NativeAndAssets;
	type Pools = OperatorDelegation;
	type Clock = Staking;
	type SlashGate = Slashing;
	type PalletId = RewardsId;
	type AnnualInflation = AnnualInflation;
	type EraMillis = clock::EraMillis;
	type MaxValidators = MaxValidators;
	type PaymentsPerBlock = ConstU32<50>;
	type MaxRewardAssets = ConstU32<8>;
	type History = clock::History;
	type WeightInfo = mainstay_rewards::weights::Estimated<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}
