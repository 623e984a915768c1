//! A runtime of this pallet with the real operators, services and exposures. Tests set the clock, and whether slashes
//! are due.

use crate as mainstay_rewards;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU32, ConstU64, Equals, Get, Hooks},
	weights::{constants::RocksDbWeight, Weight},
};
use frame_system::{limits::BlockWeights, EnsureRoot};
pub use mainstay_avs_registry::config_preludes::TERMS_DELAY;
use mainstay_primitives::{traits::Unbooked, AccountId, Balance, Bps, Era, STAY};
pub use mainstay_test_support::{
	account,
	clock::{Ahead, Clock, Now, EXIT_ERAS, HISTORY, MAX_NOTICE},
	send,
	stand_ins::{AnyDue, Treasury},
	ExistentialDeposit, PURSE,
};
use mainstay_test_support::{actors, stand_ins::Gate};

mainstay_test_support::runtime! {
	System: {
		type BlockWeights = Limits;
		type DbWeight = RocksDbWeight;
	},
	Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
	OperatorDelegation: mainstay_operator_delegation,
	AvsRegistry: mainstay_avs_registry,
	Restaking: mainstay_restaking,
	Rewards: mainstay_rewards,
}

parameter_types! {
	/// The maximum weight of a block, if a test sets it.
	pub static MaxBlock: Option<Weight> = None;
}

/// The value of [`MaxBlock`], or the usual one.
pub struct Limits;
impl Get<BlockWeights> for Limits {
	fn get() -> BlockWeights {
		let mut limits = BlockWeights::default();
		limits.max_block = MaxBlock::get().unwrap_or(limits.max_block);
		limits
	}
}

#[derive_impl(mainstay_operator_delegation::config_preludes::TestDefaultConfig)]
impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Clock;
	type SlashGate = Gate;
	type SettleRewards = Rewards;
	type OnPoolWiped = Restaking;
	type Treasury = Unbooked<Treasury>;
	type OnOperatorRetired = AvsRegistry;
	type Registry = Restaking;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_avs_registry::config_preludes::TestDefaultConfig)]
impl mainstay_avs_registry::Config for Test {
	type NativeBalance = Balances;
	type Pools = OperatorDelegation;
	type Clock = Clock;
	type SlashGate = Gate;
	type Exposures = Restaking;
	type OnSetClosed = (Restaking, Rewards);
	type MaxOperators = ConstU32<MAX_OPERATORS>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_restaking::config_preludes::TestDefaultConfig)]
impl mainstay_restaking::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Clock;
	type SlashGate = Gate;
	type Vaults = (OperatorDelegation, Rewards);
	type Roles = Assets;
	type ChainAccounts = Equals<Treasury>;
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type DeallocationDelay = ConstU32<DEALLOCATION_DELAY>;
	type MaxAssets = ConstU32<MAX_ASSETS>;
	type MaxSets = ConstU32<3>;
	type WeightInfo = mainstay_restaking::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl crate::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Registry = Restaking;
	type Clock = Clock;
	type SlashGate = Gate;
	type EraMillis = ConstU64<ERA_MILLIS>;
	type MaxValidators = ConstU32<10>;
	type PaymentsPerBlock = ConstU32<2>;
	type MaxRewardAssets = ConstU32<MAX_REWARD_ASSETS>;
	type MaxAssets = ConstU32<MAX_ASSETS>;
	type MaxPositions = ConstU32<MAX_POSITIONS>;
	type MaxPaidMembers = ConstU32<MAX_OPERATORS>;
	type StreamDeposit = ConstU128<STREAM_DEPOSIT>;
	type WeightInfo = crate::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
mainstay_test_support::benchmark_helper!(crate::setup::pay_delegators::<Test>);

/// Length of an era in milliseconds.
pub const ERA_MILLIS: u64 = 30_000;
/// The self-stake of each operator.
pub const STAKE: Balance = 1_000 * STAY;
/// Commission of each operator, in basis points.
pub const COMMISSION: Bps = 1_000;

/// Eras until a smaller allocation binds.
pub const DEALLOCATION_DELAY: Era = 5;

/// The deposit for a stream.
pub const STREAM_DEPOSIT: Balance = 10 * STAY;
/// The maximum number of members of a set.
pub const MAX_OPERATORS: u32 = 4;
/// The maximum number of assets besides STAY.
pub const MAX_ASSETS: u32 = 4;
/// The maximum number of currencies in which a generation of a pool is paid.
pub const MAX_REWARD_ASSETS: u32 = 3;
/// The maximum number of positions that one `collect_all` settles.
pub const MAX_POSITIONS: u32 = 3;
/// The minimum deposit, of STAY and of each asset.
pub const LEAST_DEPOSIT: Balance = 1_000_000_000;
/// The minimum balance of asset 3.
pub const COARSE_MINIMUM: Balance = 1_000;

/// Operators 1 to 5 with a [`STAKE`] each that answers for consensus only, in era 0, block 1. Assets 1 to 3, the
/// treasury's, are admitted; account 10 paid for their accounts.
pub fn new_test_ext() -> sp_io::TestExternalities {
	MaxBlock::set(None);
	let mut ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..11, PURSE),
		assets: actors::assets(&[(1, 1), (2, 1), (3, COARSE_MINIMUM)], Treasury::get(), 1..11, PURSE),
		operator_delegation: mainstay_operator_delegation::GenesisConfig {
			operators: (1..6).map(|n| (account(n), COMMISSION, STAKE)).collect(),
		},
		..Default::default()
	});
	ext.execute_with(|| {
		for id in 1..4 {
			Restaking::add_asset(RuntimeOrigin::root(), id, Balance::MAX, account(10), false, LEAST_DEPOSIT)
				.unwrap();
		}
	});
	// Benchmarks reset the state to what is committed.
	ext.commit_all().unwrap();
	ext
}

/// Checks the invariants.
pub fn check_state() {
	Rewards::do_try_state().unwrap();
	Restaking::do_try_state().unwrap();
	AvsRegistry::do_try_state().unwrap();
	OperatorDelegation::do_try_state().unwrap();
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check_state();
	});
}

/// Begins a block.
pub fn next_block() {
	System::set_block_number(System::block_number() + 1);
	Rewards::on_initialize(System::block_number());
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
