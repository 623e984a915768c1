//! Stake, slashes and rewards.
//!
//! Operator-delegation holds all staked funds and is `Pools` of five pallets. Each pallet's `Config` bounds `Pools` by
//! the traits that it needs, and its code can use no others. For instance, staking can read pools but cannot slash
//! them.

use super::{
	accounts::ItemDeposit,
	clock,
	governance::{Parameters, SlashDisputes, Spenders},
};
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
	/// The account with the funds of pools, of exits, and of slashes that are not paid out.
	pub const CustodyId: PalletId = PalletId(*b"may/cust");
	/// The account with credited rewards and streams' funds.
	pub const RewardsId: PalletId = PalletId(*b"may/rewd");
	/// The account with the chain's own funds.
	pub const TreasuryId: PalletId = PalletId(*b"may/trsy");
	/// The deposit for a registered service, in STAY.
	pub const RegistrationDeposit: Balance = 100 * STAY;
	/// The deposit for an open stream of payments, in STAY.
	pub const StreamDeposit: Balance = 10 * STAY;
	/// The bond of an appeal of a slash, in STAY. It keeps appeals from being routine.
	pub const AppealBond: Balance = 100 * STAY;
	/// The maximum number of members of an operator set.
	pub const MaxOperators: u32 = 300;
	/// The maximum number of assets that can be restaked.
	pub const MaxAssets: u32 = 32;
	/// The maximum number of sets that an operator serves, and to which one of its pools is allocated.
	pub const MaxSetsPerOperator: u32 = 32;
	/// The size of the largest validator set.
	pub const MaxValidators: u32 = 300;
	/// The maximum number of candidates.
	pub const MaxCandidates: u32 = 1_000;
	/// The STAY minted in a year: 5 % of the issuance.
	pub const AnnualInflation: Bps = 500;
	/// The maximum fraction for consensus offences while at most a third of the set offends: a tenth.
	pub const ConsensusCap: u64 = WAD / 10;
	/// The destination of stake that is slashed for consensus offences: it is burnt.
	pub const ConsensusDestination: Destination<AccountId> = Destination::Burn;
}

/// The accounts without a key, which only the chain's own rules can use.
pub struct ChainAccounts;
impl Contains<AccountId> for ChainAccounts {
	fn contains(who: &AccountId) -> bool {
		[OperatorDelegation::custody(), Rewards::account(), ChainTreasury::account()].contains(who)
	}
}

/// Transfers STAY to the treasury and records it as income from `source`. What the treasury's account cannot receive is
/// burnt.
pub fn to_treasury(source: Income, credit: Credit<AccountId, Balances>) {
	let amount = credit.peek();
	if Balances::resolve(&ChainTreasury::account(), credit).is_ok() {
		ChainTreasury::note(source, Currency::Native, amount);
	}
}

/// Transfers the balance of an account that falls below the existential deposit to the treasury.
///
/// The balances pallet calls this within its calls, after it has written the account. This cannot recurse: the
/// treasury's account exists from genesis on, or from the upgrade that created it, and a deposit to an existing account
/// leaves no dust. If it did not exist, a deposit below the existential deposit would fail, and the dust would be
/// burnt.
///
/// Weights do not include this, because all dust of a block goes to one account and one total. The first dust of a
/// block reads and writes these two keys, which takes 0.12 ms of the block's 500 ms.
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
	type OnNativeMoved = StakeVoting;
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
	type GovernanceOrigin = Parameters;
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
	// In production a slash can name 28 eras, and each stay takes at least two: it ends in one, and the next begins in
	// another.
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
	type GovernanceOrigin = Parameters;
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
	type GovernanceOrigin = SlashDisputes;
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
	type SpendOrigin = Spenders;
	type PalletId = TreasuryId;
	type WeightInfo = mainstay_treasury::weights::Measured<Runtime>;
}
