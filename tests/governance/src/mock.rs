//! The runtime: our pallets, balances and assets, and a council of seven. Sessions and time do not advance, because
//! nobody produces blocks.

use frame_support::{
	derive_impl,
	dispatch::GetDispatchInfo,
	parameter_types,
	traits::{ConstU128, ConstU32, ConstU64, EitherOfDiverse, Equals},
	weights::Weight,
	PalletId,
};
use frame_system::EnsureRoot;
use mainstay_primitives::{
	traits::Treasury as _, AccountId, AssetId, Currency, Destination, Era, Income, NetworkParameters, STAY,
};
pub use mainstay_test_support::{account, ExistentialDeposit, PURSE};
use mainstay_test_support::{
	actors,
	clock::{Millis, Time},
	dispatch,
	stand_ins::Sessions,
};
use pallet_collective::{EnsureProportionAtLeast, EnsureProportionMoreThan};
use sp_runtime::{traits::Hash, DispatchResult};

/// The instance of the only collective.
type CouncilInstance = pallet_collective::Instance1;

/// The origin of governance: root, or two thirds of the council.
type Governance =
	EitherOfDiverse<EnsureRoot<AccountId>, EnsureProportionAtLeast<AccountId, CouncilInstance, 2, 3>>;
/// The origin that spends: root, or more than half of the council. It differs from that of governance, to show that
/// origins of pallets can differ.
type Spenders =
	EitherOfDiverse<EnsureRoot<AccountId>, EnsureProportionMoreThan<AccountId, CouncilInstance, 1, 2>>;

mainstay_test_support::runtime! {
	System: {},
	Assets: { type ForceOrigin = Governance; },
	Council: pallet_collective::<Instance1>,
	OperatorDelegation: mainstay_operator_delegation,
	Staking: mainstay_staking,
	Slashing: mainstay_slashing,
	Rewards: mainstay_rewards,
	AvsRegistry: mainstay_avs_registry,
	Restaking: mainstay_restaking,
	Treasury: mainstay_treasury,
}

parameter_types! {
	pub const TreasuryId: PalletId = PalletId(*b"may/trsy");
	pub TreasuryAccount: AccountId = Treasury::account();
	pub const ConsensusDestination: Destination<AccountId> = Destination::Burn;
	pub const MaxProposalWeight: Weight = Weight::MAX;
}

impl pallet_collective::Config<CouncilInstance> for Test {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = ConstU64<10>;
	type MaxProposals = ConstU32<10>;
	type MaxMembers = ConstU32<COUNCIL>;
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = ();
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

#[derive_impl(mainstay_operator_delegation::config_preludes::TestDefaultConfig)]
impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type Clock = Staking;
	type SlashGate = Slashing;
	type SettleRewards = Rewards;
	type OnPoolWiped = Restaking;
	type Registry = Restaking;
	type Treasury = Treasury;
	type NativeBalance = Balances;
	type OnOperatorRetired = (Staking, AvsRegistry);
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_staking::config_preludes::TestDefaultConfig)]
impl mainstay_staking::Config for Test {
	type Pools = OperatorDelegation;
	type Keys = Sessions;
	type Session = Sessions;
	type EraEnded = Rewards;
	type Time = Time;
	type GovernanceOrigin = Governance;
	type WeightInfo = mainstay_staking::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_avs_registry::config_preludes::TestDefaultConfig)]
impl mainstay_avs_registry::Config for Test {
	type NativeBalance = Balances;
	type Pools = OperatorDelegation;
	type Clock = Staking;
	type SlashGate = Slashing;
	type Exposures = Restaking;
	type OnSetClosed = (Restaking, Rewards);
	type TermsDelay = ConstU32<LOWERING_DELAY>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_restaking::config_preludes::TestDefaultConfig)]
impl mainstay_restaking::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Staking;
	type SlashGate = Slashing;
	type Vaults = ((OperatorDelegation, Rewards), Treasury);
	type Roles = Assets;
	type ChainAccounts = Equals<TreasuryAccount>;
	type GovernanceOrigin = Governance;
	type DeallocationDelay = ConstU32<LOWERING_DELAY>;
	type WeightInfo = mainstay_restaking::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_slashing::config_preludes::TestDefaultConfig)]
impl mainstay_slashing::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Clock = Staking;
	type Session = Sessions;
	type GovernanceOrigin = Governance;
	type NativeBalance = Balances;
	type Treasury = Treasury;
	type AppealBond = ConstU128<STAY>;
	type AppealWindow = ConstU32<1>;
	type ConsensusDestination = ConsensusDestination;
	type WeightInfo = mainstay_slashing::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_rewards::config_preludes::TestDefaultConfig)]
impl mainstay_rewards::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Registry = Restaking;
	type Clock = Staking;
	type SlashGate = Slashing;
	type WeightInfo = mainstay_rewards::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl mainstay_treasury::Config for Test {
	type Assets = NativeAndAssets;
	type SpendOrigin = Spenders;
	type PalletId = TreasuryId;
	type WeightInfo = mainstay_treasury::weights::Measured<Test>;
}

/// The helper that the configuration needs for benchmarks. It does nothing, because no benchmarks run here.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
mod helper {
	use super::*;
	use mainstay_primitives::{
		traits::{BenchmarkHelper, ServiceBenchmarkHelper},
		Balance, OperatorSetId, PoolKind,
	};

	impl BenchmarkHelper<AccountId> for Helper {
		fn set_keys(_: &AccountId) {}
		fn advance_eras(_: Era) {}
		fn operator_with_stake(_: &AccountId, _: Balance) {}
		fn exit_stake(_: &AccountId, _: PoolKind, _: Balance) {}
		fn pay_delegators(_: &AccountId, _: PoolKind) {}
	}

	impl ServiceBenchmarkHelper<AccountId> for Helper {
		fn currency(_: u32, _: &AccountId, _: Balance) -> Currency {
			Currency::Native
		}
		fn asset(_: &AccountId) -> AssetId {
			GOLD
		}
		fn operator_set(_: &AccountId, _: u32) -> OperatorSetId {
			OperatorSetId { avs: 0, index: 0 }
		}
		fn serve(_: &AccountId, _: OperatorSetId, _: Balance) {}
	}
}

/// Eras until a smaller allocation binds, and until changed terms bind. The number is larger than the exit delay of a
/// production network, because the integrity test runs on empty state, which has production's parameters.
pub const LOWERING_DELAY: Era = NetworkParameters::PRODUCTION.exit_delay + 1;
/// The history, in eras.
pub const HISTORY: Era = 8;
/// Members of the council: accounts 1 to 7.
pub const COUNCIL: u32 = 7;
/// Numbers of votes: two thirds, more than half, and fewer.
pub const TWO_THIRDS: u8 = 5;
pub const MAJORITY: u8 = 4;
pub const MINORITY: u8 = 3;
/// The operator, a member of no council.
pub const OPERATOR: u8 = 8;
/// An account without a role.
pub const CITIZEN: u8 = 9;
/// An asset of the chain's own that is not admitted.
pub const GOLD: AssetId = 1;

/// Block 1, with accounts 1 to 9 with a [`PURSE`] each, an operator with 1,000 STAY, and a treasury that received a
/// purse of fees. No time passes.
fn new_test_ext() -> sp_io::TestExternalities {
	let mut balances = actors::balances(1..10, PURSE);
	balances.balances.push((Treasury::account(), PURSE));
	let mut ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances,
		assets: actors::assets(&[(GOLD, 1)], Treasury::account(), 1..10, PURSE),
		council: pallet_collective::GenesisConfig {
			members: (1..=COUNCIL as u8).map(account).collect(),
			..Default::default()
		},
		operator_delegation: mainstay_operator_delegation::GenesisConfig {
			operators: vec![(account(OPERATOR), 500, 1_000 * STAY)],
		},
		staking: mainstay_staking::GenesisConfig {
			parameters: NetworkParameters { history: HISTORY, ..NetworkParameters::LOCAL },
			validator_count: 4,
			..Default::default()
		},
		..Default::default()
	});
	Millis::set(1);
	ext.execute_with(|| Treasury::note(Income::Fee, Currency::Native, PURSE));
	ext
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		OperatorDelegation::do_try_state().unwrap();
		Staking::do_try_state().unwrap();
		Slashing::do_try_state().unwrap();
		Rewards::do_try_state().unwrap();
		AvsRegistry::do_try_state().unwrap();
		Restaking::do_try_state().unwrap();
		Treasury::do_try_state().unwrap();
	});
}

/// Dispatches `call` from `origin`, as a block would.
pub fn send(origin: RuntimeOrigin, call: RuntimeCall) -> DispatchResult {
	dispatch(origin, call)
}

/// Proposes `call` to the council, where members 1 to `ayes` vote for it and nobody against, and returns its result.
pub fn motion(ayes: u8, call: RuntimeCall) -> DispatchResult {
	System::reset_events();
	let member = |n| RuntimeOrigin::signed(account(n));
	let (hash, weight) = (<Test as frame_system::Config>::Hashing::hash_of(&call), call.get_dispatch_info());
	let index = pallet_collective::ProposalCount::<Test, CouncilInstance>::get();
	let length = 1_000;
	Council::propose(member(1), ayes.into(), Box::new(call), length).unwrap();
	// A proposal by one member that needs one vote is executed at once.
	if ayes > 1 {
		for n in 1..=ayes {
			Council::vote(member(n), hash, index, true).unwrap();
		}
		Council::close(member(1), hash, index, weight.call_weight, length).unwrap();
	}
	use pallet_collective::Event;
	let events = System::read_events_for_pallet::<Event<Test, CouncilInstance>>();
	let result = events.into_iter().find_map(|event| match event {
		Event::Executed { result, .. } => Some(result),
		_ => None,
	});
	result.expect("the motion was executed")
}
