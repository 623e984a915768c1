//! Stake, slashes and rewards.

use super::clock;
use crate::*;
use frame_support::{
	parameter_types,
	traits::{ConstU32, Contains},
	PalletId,
};
use frame_system::EnsureRoot;
use mainstay_primitives::{Bps, Destination, STAY, WAD};
use sp_runtime::traits::AccountIdConversion;

parameter_types! {
	/// Holds pools, exits and slashes that are not paid out.
	pub const CustodyId: PalletId = PalletId(*b"may/cust");
	/// Holds what is credited.
	pub const RewardsId: PalletId = PalletId(*b"may/rewd");
	/// Receives what is slashed to the treasury.
	pub const TreasuryId: PalletId = PalletId(*b"may/trsy");
	/// The account of [`TreasuryId`].
	pub TreasuryAccount: AccountId = TreasuryId::get().into_account_truncating();
	/// What registering a service holds.
	pub const RegistrationDeposit: Balance = 100 * STAY;
	/// The most members of an operator set.
	pub const MaxOperators: u32 = 300;
	/// The most assets that can be restaked.
	pub const MaxAssets: u32 = 32;
	/// The most sets an operator serves, and that one of its pools is allocated to.
	pub const MaxSetsPerOperator: u32 = 32;
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

/// The accounts that only the chain's own rules can use: nobody has their keys.
pub struct ChainAccounts;
impl Contains<AccountId> for ChainAccounts {
	fn contains(who: &AccountId) -> bool {
		[OperatorDelegation::custody(), Rewards::account(), TreasuryAccount::get()].contains(who)
	}
}

impl mainstay_operator_delegation::Config for Runtime {
	type Assets = NativeAndAssets;
	type Clock = Staking;
	type SlashGate = Slashing;
	type SettleRewards = Rewards;
	type OnPoolWiped = Restaking;
	type Treasury = TreasuryAccount;
	type OnOperatorRetired = (Staking, AvsRegistry);
	type PalletId = CustodyId;
	type ExitDelay = clock::ExitDelay;
	type CommissionDelay = clock::CommissionDelay;
	type MinDeposit = clock::MinDeposit;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Runtime>;
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
	type WeightInfo = mainstay_staking::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_avs_registry::Config for Runtime {
	type Currency = Balances;
	type Pools = OperatorDelegation;
	type Clock = Staking;
	type RegistrationDeposit = RegistrationDeposit;
	type TermsDelay = clock::TermsDelay;
	type ExitDelay = clock::ExitDelay;
	type MaxVetoWindow = clock::MaxVetoWindow;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<64>;
	type MaxKinds = ConstU32<4>;
	type MaxConditions = ConstU32<16>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = MaxOperators;
	type MaxSetsPerOperator = MaxSetsPerOperator;
	type MaxSpans = ConstU32<8>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_restaking::Config for Runtime {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Staking;
	type SlashGate = Slashing;
	type Vaults = (OperatorDelegation, Rewards);
	type Roles = Assets;
	type ChainAccounts = ChainAccounts;
	type AdminOrigin = EnsureRoot<AccountId>;
	type ExitDelay = clock::ExitDelay;
	type AllocationDelay = clock::AllocationDelay;
	type DeallocationDelay = clock::DeallocationDelay;
	type MaxLeverage = clock::MaxLeverage;
	type MaxAssets = MaxAssets;
	type MaxSets = MaxSetsPerOperator;
	type MaxHistory = ConstU32<32>;
	type WeightInfo = mainstay_restaking::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_slashing::Config for Runtime {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Clock = Staking;
	type Session = Session;
	type CancelOrigin = EnsureRoot<AccountId>;
	type ExitDelay = clock::ExitDelay;
	type ConsensusDeferral = clock::ConsensusDeferral;
	type ConsensusCap = ConsensusCap;
	type ConsensusDestination = ConsensusDestination;
	type MaxPending = ConstU32<4>;
	type History = clock::History;
	type WeightInfo = mainstay_slashing::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_rewards::Config for Runtime {
	type Assets = NativeAndAssets;
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Registry = Restaking;
	type Clock = Staking;
	type SlashGate = Slashing;
	type PalletId = RewardsId;
	type AnnualInflation = AnnualInflation;
	type EraMillis = clock::EraMillis;
	type MaxValidators = MaxValidators;
	type PaymentsPerBlock = ConstU32<50>;
	type MaxRewardAssets = ConstU32<8>;
	type MaxAssets = MaxAssets;
	type MaxPositions = ConstU32<64>;
	type MaxPaidMembers = MaxOperators;
	type History = clock::History;
	type WeightInfo = mainstay_rewards::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}
