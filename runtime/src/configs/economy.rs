//! Stake, slashes and rewards.
//!
//! Operator-delegation holds all of the money and is `Pools` of five pallets. Each pallet's `Config` bounds `Pools` by the
//! traits that it needs, and its code can use no others: staking reads pools, and cannot slash them.

use super::{accounts::ItemDeposit, clock, governance::Governance};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		ConstU32, Contains, Imbalance, OnUnbalanced,
	},
	PalletId,
};
use mainstay_primitives::{traits::Treasury as _, Bps, Currency, Destination, Income, MAX_KINDS, STAY, WAD};

parameter_types! {
	/// Holds pools, exits and slashes that are not paid out.
	pub const CustodyId: PalletId = PalletId(*b"may/cust");
	/// Holds what is credited.
	pub const RewardsId: PalletId = PalletId(*b"may/rewd");
	/// Holds what the chain itself owns.
	pub const TreasuryId: PalletId = PalletId(*b"may/trsy");
	/// What registering a service holds.
	pub const RegistrationDeposit: Balance = 100 * STAY;
	/// What opening a stream of payments holds.
	pub const StreamDeposit: Balance = 10 * STAY;
	/// What an appeal of a slash holds: what keeps it from being routine.
	pub const AppealBond: Balance = 100 * STAY;
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
		[OperatorDelegation::custody(), Rewards::account(), ChainTreasury::account()].contains(who)
	}
}

/// Brings STAY into the treasury and books it as income from `source`. What the treasury's account cannot receive is
/// burnt.
pub fn to_treasury(source: Income, credit: Credit<AccountId, Balances>) {
	let amount = credit.peek();
	if Balances::resolve(&ChainTreasury::account(), credit).is_ok() {
		ChainTreasury::note(source, Currency::Native, amount);
	}
}

/// Brings what is left on an account that falls below the existential deposit into the treasury.
///
/// Balances calls this from within its calls, after it wrote the account. It cannot come back here: the treasury's
/// account lives from genesis on, or from the upgrade that founded it, and a deposit to an account that lives leaves no
/// dust. Were it dead, a deposit of less than the existential deposit would fail, and the dust be burnt.
///
/// No weight tells of it, because all dust of a block goes to one account and one count: the first of it reads and
/// writes these two keys, 0.12 ms of a block that has 500.
pub struct DustToTreasury;
impl OnUnbalanced<Credit<AccountId, Balances>> for DustToTreasury {
	fn on_nonzero_unbalanced(dust: Credit<AccountId, Balances>) {
		to_treasury(Income::Dust, dust);
	}
}

impl mainstay_operator_delegation::Config for Runtime {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Staking;
	type SlashGate = Slashing;
	type SettleRewards = Rewards;
	type OnPoolWiped = Restaking;
	type Registry = Restaking;
	type Treasury = ChainTreasury;
	type OnOperatorRetired = (Staking, AvsRegistry);
	type PalletId = CustodyId;
	type CommissionDelay = clock::CommissionDelay;
	type MinDeposit = clock::MinDeposit;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type ItemDeposit = super::accounts::ItemDeposit;
	type ByteDeposit = super::accounts::ByteDeposit;
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
	type GovernanceOrigin = Governance;
	type MaxValidators = MaxValidators;
	type MaxCandidates = MaxCandidates;
	type WeightInfo = mainstay_staking::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_avs_registry::Config for Runtime {
	type NativeBalance = Balances;
	type Pools = OperatorDelegation;
	type Clock = Staking;
	type SlashGate = Slashing;
	type Exposures = Restaking;
	type OnSetClosed = (Restaking, Rewards);
	type RegistrationDeposit = RegistrationDeposit;
	type ItemDeposit = ItemDeposit;
	type TermsDelay = clock::TermsDelay;
	type MaxVetoWindow = clock::MaxVetoWindow;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<64>;
	type MaxKinds = ConstU32<MAX_KINDS>;
	type MaxConditions = ConstU32<16>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = MaxOperators;
	type MaxSetsPerOperator = MaxSetsPerOperator;
	// Of production's 28 eras that a slash can name, each stay takes two: it ends in one and the next begins in another.
	type MaxSpans = ConstU32<16>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_restaking::Config for Runtime {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Staking;
	type SlashGate = Slashing;
	type Vaults = ((OperatorDelegation, Rewards), ChainTreasury);
	type Roles = Assets;
	type ChainAccounts = ChainAccounts;
	type GovernanceOrigin = Governance;
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
	type GovernanceOrigin = Governance;
	type NativeBalance = Balances;
	type Treasury = ChainTreasury;
	type AppealBond = AppealBond;
	type AppealWindow = clock::MaxVetoWindow;
	type MaxReasonLength = ConstU32<256>;
	type ConsensusDeferral = clock::ConsensusDeferral;
	type ConsensusCap = ConsensusCap;
	type ConsensusDestination = ConsensusDestination;
	type MaxPending = ConstU32<4>;
	type WeightInfo = mainstay_slashing::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_rewards::Config for Runtime {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
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
	type MaxNamed = ConstU32<64>;
	type MaxStreams = ConstU32<8>;
	type StreamDeposit = StreamDeposit;
	type WeightInfo = mainstay_rewards::weights::Measured<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

impl mainstay_treasury::Config for Runtime {
	type Assets = NativeAndAssets;
	type SpendOrigin = Governance;
	type PalletId = TreasuryId;
	type WeightInfo = mainstay_treasury::weights::Measured<Runtime>;
}
