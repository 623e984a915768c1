//! The runtime: our pallets, balances and assets, and a council of seven. Sessions and time stand still: nobody produces
//! blocks here.

use frame_support::{
	derive_impl,
	dispatch::GetDispatchInfo,
	parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU16, ConstU32, ConstU64, EitherOfDiverse, Equals,
		ValidatorRegistration,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use mainstay_primitives::{
	AccountId, AssetId, Balance, Currency, Destination, Era, NetworkParameters, Nonce, STAY, WAD,
};
use pallet_collective::{EnsureProportionAtLeast, EnsureProportionMoreThan};
use sp_runtime::{
	testing::UintAuthorityId,
	traits::{Dispatchable, Hash, IdentityLookup},
	BuildStorage, DispatchResult,
};
use sp_staking::{offence::OffenceSeverity, SessionIndex};

type Block = frame_system::mocking::MockBlock<Test>;
type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, Currency, AccountId>;
/// The one collective there is.
type CouncilInstance = pallet_collective::Instance1;

/// Who governs: root, or two thirds of the council.
type Governance =
	EitherOfDiverse<EnsureRoot<AccountId>, EnsureProportionAtLeast<AccountId, CouncilInstance, 2, 3>>;
/// Who spends: root, or more than half of the council. An origin of one pallet need not be another's.
type Spenders =
	EitherOfDiverse<EnsureRoot<AccountId>, EnsureProportionMoreThan<AccountId, CouncilInstance, 1, 2>>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Council = pallet_collective<Instance1>;

	#[runtime::pallet_index(10)]
	pub type OperatorDelegation = mainstay_operator_delegation;
	#[runtime::pallet_index(11)]
	pub type Staking = mainstay_staking;
	#[runtime::pallet_index(12)]
	pub type Slashing = mainstay_slashing;
	#[runtime::pallet_index(13)]
	pub type Rewards = mainstay_rewards;
	#[runtime::pallet_index(14)]
	pub type AvsRegistry = mainstay_avs_registry;
	#[runtime::pallet_index(15)]
	pub type Restaking = mainstay_restaking;
	#[runtime::pallet_index(16)]
	pub type Treasury = mainstay_treasury;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Nonce = Nonce;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = 1_000_000_000;
	pub const CustodyId: PalletId = PalletId(*b"may/cust");
	pub const RewardsId: PalletId = PalletId(*b"may/rewd");
	pub const TreasuryId: PalletId = PalletId(*b"may/trsy");
	pub TreasuryAccount: AccountId = Treasury::account();
	pub const ConsensusDestination: Destination<AccountId> = Destination::Burn;
	pub const MaxProposalWeight: Weight = Weight::MAX;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = AssetId;
	type AssetIdParameter = AssetId;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = Governance;
	type Holder = ();
	type Freezer = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
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

impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type Clock = Staking;
	type SlashGate = Slashing;
	type SettleRewards = Rewards;
	type OnPoolWiped = Restaking;
	type Registry = Restaking;
	type Treasury = Treasury;
	type Deposits = Balances;
	type OnOperatorRetired = (Staking, AvsRegistry);
	type PalletId = CustodyId;
	type CommissionDelay = ConstU32<1>;
	type MinDeposit = ExistentialDeposit;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type ItemDeposit = ConstU128<0>;
	type ByteDeposit = ConstU128<0>;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// The session pallet of a chain without blocks.
pub struct Sessions;
impl pallet_session::SessionInterface for Sessions {
	type ValidatorId = AccountId;
	type AccountId = AccountId;
	type Keys = UintAuthorityId;

	fn validators() -> Vec<AccountId> {
		vec![]
	}
	fn prune_up_to(_: SessionIndex) {}
	fn report_offence(_: AccountId, _: OffenceSeverity) {}
	fn set_keys(_: &AccountId, _: UintAuthorityId) -> DispatchResult {
		Ok(())
	}
	fn purge_keys(_: &AccountId) -> DispatchResult {
		Ok(())
	}
	fn set_keys_weight() -> Weight {
		Weight::zero()
	}
	fn purge_keys_weight() -> Weight {
		Weight::zero()
	}
}
impl ValidatorRegistration<AccountId> for Sessions {
	fn is_registered(_: &AccountId) -> bool {
		true
	}
}

/// No time passes.
pub struct Time;
impl frame_support::traits::Time for Time {
	type Moment = u64;
	fn now() -> u64 {
		1
	}
}

impl mainstay_staking::Config for Test {
	type Pools = OperatorDelegation;
	type Keys = Sessions;
	type Session = Sessions;
	type EraEnded = Rewards;
	type Time = Time;
	type AdminOrigin = Governance;
	type MaxValidators = ConstU32<5>;
	type MaxCandidates = ConstU32<6>;
	type WeightInfo = mainstay_staking::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl mainstay_avs_registry::Config for Test {
	type Currency = Balances;
	type Pools = OperatorDelegation;
	type Clock = Staking;
	type SlashGate = Slashing;
	type Exposures = Restaking;
	type OnSetClosed = (Restaking, Rewards);
	type RegistrationDeposit = ConstU128<STAY>;
	type ItemDeposit = ConstU128<0>;
	type TermsDelay = ConstU32<LOWERING_DELAY>;
	type MaxVetoWindow = ConstU32<3>;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<4>;
	type MaxKinds = ConstU32<4>;
	type MaxConditions = ConstU32<4>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = ConstU32<4>;
	type MaxSetsPerOperator = ConstU32<4>;
	type MaxSpans = ConstU32<3>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl mainstay_restaking::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Staking;
	type SlashGate = Slashing;
	type Vaults = ((OperatorDelegation, Rewards), Treasury);
	type Roles = Assets;
	type ChainAccounts = Equals<TreasuryAccount>;
	type AdminOrigin = Governance;
	type AllocationDelay = ConstU32<1>;
	type DeallocationDelay = ConstU32<LOWERING_DELAY>;
	type MaxLeverage = ConstU32<3>;
	type MaxAssets = ConstU32<4>;
	type MaxSets = ConstU32<4>;
	type MaxHistory = ConstU32<8>;
	type WeightInfo = mainstay_restaking::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl mainstay_slashing::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Clock = Staking;
	type Session = Sessions;
	type GovernanceOrigin = Governance;
	type Currency = Balances;
	type Treasury = Treasury;
	type AppealBond = ConstU128<STAY>;
	type AppealWindow = ConstU32<1>;
	type MaxReasonLength = ConstU32<256>;
	type ConsensusDeferral = ConstU32<2>;
	type ConsensusCap = ConstU64<{ WAD / 10 }>;
	type ConsensusDestination = ConsensusDestination;
	type MaxPending = ConstU32<4>;
	type WeightInfo = mainstay_slashing::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl mainstay_rewards::Config for Test {
	type Assets = NativeAndAssets;
	type Deposits = Balances;
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Registry = Restaking;
	type Clock = Staking;
	type SlashGate = Slashing;
	type PalletId = RewardsId;
	type AnnualInflation = ConstU16<500>;
	type EraMillis = ConstU64<30_000>;
	type MaxValidators = ConstU32<5>;
	type PaymentsPerBlock = ConstU32<5>;
	type MaxRewardAssets = ConstU32<4>;
	type MaxAssets = ConstU32<4>;
	type MaxPositions = ConstU32<4>;
	type MaxPaidMembers = ConstU32<4>;
	type MaxNamed = ConstU32<4>;
	type MaxStreams = ConstU32<2>;
	type StreamDeposit = ConstU128<STAY>;
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

/// What the configuration asks for where benchmarks are compiled. None are run here, so it brings nothing about.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
mod helper {
	use super::*;
	use mainstay_primitives::{
		traits::{BenchmarkHelper, ServiceBenchmarkHelper},
		Kind, OperatorSetId,
	};

	impl BenchmarkHelper<AccountId> for Helper {
		fn set_keys(_: &AccountId) {}
		fn advance_eras(_: Era) {}
		fn operator_with_stake(_: &AccountId, _: Balance) {}
		fn exit_stake(_: &AccountId, _: Kind, _: Balance) {}
		fn pay_delegators(_: &AccountId, _: Kind) {}
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

/// Eras until less is allocated, and until changed terms bind: longer than the exit delay of a production network, which is
/// what empty state has, and with it the integrity test.
pub const LOWERING_DELAY: Era = NetworkParameters::PRODUCTION.exit_delay + 1;
/// Eras that are kept.
pub const HISTORY: Era = 8;
/// Members of the council: accounts 1 to 7.
pub const COUNCIL: u32 = 7;
/// Two thirds of them, more than half, and fewer.
pub const TWO_THIRDS: u8 = 5;
pub const MAJORITY: u8 = 4;
pub const MINORITY: u8 = 3;
/// The operator, a member of no council.
pub const OPERATOR: u8 = 8;
/// Someone.
pub const CITIZEN: u8 = 9;
/// What accounts 1 to 9 own at first, of STAY and of [`GOLD`], and what the treasury received of fees.
pub const PURSE: Balance = 1_000_000 * STAY;
/// An asset that is the chain's and not admitted.
pub const GOLD: AssetId = 1;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// Accounts 1 to 9 with a [`PURSE`] each, an operator with 1,000 STAY, and a treasury with a purse, in block 1.
fn new_test_ext() -> sp_io::TestExternalities {
	use mainstay_primitives::traits::Treasury as _;
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..10).map(|n| (account(n), PURSE)).chain([(Treasury::account(), PURSE)]).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(GOLD, Treasury::account(), true, 1)],
		accounts: (1..10).map(|n| (GOLD, account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_collective::GenesisConfig::<Test, CouncilInstance> {
		members: (1..=COUNCIL as u8).map(account).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	mainstay_operator_delegation::GenesisConfig::<Test> {
		operators: vec![(account(OPERATOR), 500, 1_000 * STAY)],
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	mainstay_staking::GenesisConfig::<Test> {
		parameters: NetworkParameters { history: HISTORY, ..NetworkParameters::LOCAL },
		validator_count: 4,
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	mainstay_rewards::GenesisConfig::<Test>::default().assimilate_storage(&mut storage).unwrap();
	mainstay_treasury::GenesisConfig::<Test>::default().assimilate_storage(&mut storage).unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Treasury::note(mainstay_primitives::Income::Fee, Currency::Native, PURSE);
	});
	ext
}

/// Runs `test` and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
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

/// Sends `call` from `origin`, as a block would.
pub fn send(origin: RuntimeOrigin, call: RuntimeCall) -> DispatchResult {
	call.dispatch(origin).map(drop).map_err(|e| e.error)
}

/// Brings `call` before the council, where members 1 to `ayes` vote for it and nobody against, and returns how it
/// fared.
pub fn motion(ayes: u8, call: RuntimeCall) -> DispatchResult {
	System::reset_events();
	let member = |n| RuntimeOrigin::signed(account(n));
	let (hash, weight) = (<Test as frame_system::Config>::Hashing::hash_of(&call), call.get_dispatch_info());
	let index = pallet_collective::ProposalCount::<Test, CouncilInstance>::get();
	let length = 1_000;
	Council::propose(member(1), ayes.into(), Box::new(call), length).unwrap();
	// One member alone is heard at once.
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
