//! A runtime of this pallet with the real operators, services and exposures. Tests set the clock, a session is an era
//! long, and the mock records the validators that the session pallet would disable.

use crate as mainstay_slashing;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU32, Equals, Hooks},
	weights::Weight,
};
use frame_system::EnsureRoot;
pub use mainstay_avs_registry::config_preludes::{MAX_VETO_WINDOW, TERMS_DELAY};
use mainstay_primitives::{AccountId, Balance, Destination, Era, STAY};
use mainstay_test_support::actors;
pub use mainstay_test_support::{
	account,
	clock::{Clock, Now, SetSize, EXIT_ERAS, HISTORY},
	dispatch, govern, send,
	stand_ins::{Books, Disabled, Noted, Sessions, Treasury},
	ExistentialDeposit, PURSE,
};

mainstay_test_support::runtime! {
	System: {},
	Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
	OperatorDelegation: mainstay_operator_delegation,
	AvsRegistry: mainstay_avs_registry,
	Restaking: mainstay_restaking,
	Slashing: mainstay_slashing,
}

parameter_types! {
	/// The destination of funds slashed for consensus offences.
	pub static ConsensusDestination: Destination<AccountId> = Destination::Burn;
	/// Weight of one step of the hook.
	pub static Step: u64 = 60_000_000;
	/// Weight of skipping one empty place.
	pub static Pass: u64 = 10_000;
	/// Weight of removing one record.
	pub static Prune: u64 = 100_000;
}

#[derive_impl(mainstay_operator_delegation::config_preludes::TestDefaultConfig)]
impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Clock;
	type SlashGate = Slashing;
	type OnPoolWiped = Restaking;
	type Registry = Restaking;
	type Treasury = Books;
	type OnOperatorRetired = AvsRegistry;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_avs_registry::config_preludes::TestDefaultConfig)]
impl mainstay_avs_registry::Config for Test {
	type NativeBalance = Balances;
	type Pools = OperatorDelegation;
	type Clock = Clock;
	type SlashGate = Slashing;
	type Exposures = Restaking;
	type OnSetClosed = Restaking;
	type MaxConditions = ConstU32<4>;
	type MaxOperators = ConstU32<8>;
	type MaxSetsPerOperator = ConstU32<32>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(mainstay_restaking::config_preludes::TestDefaultConfig)]
impl mainstay_restaking::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Clock;
	type SlashGate = Slashing;
	type Vaults = OperatorDelegation;
	type Roles = Assets;
	type ChainAccounts = Equals<Treasury>;
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type DeallocationDelay = ConstU32<DEALLOCATION_DELAY>;
	type MaxAssets = ConstU32<8>;
	type WeightInfo = mainstay_restaking::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Weights. Tests set the one that decides how many slashes a block executes.
pub struct Weights;
impl crate::WeightInfo for Weights {
	fn execute() -> Weight {
		Self::step()
	}
	fn cancel() -> Weight {
		Self::step()
	}
	fn payout() -> Weight {
		Self::step()
	}
	fn report() -> Weight {
		Self::step()
	}
	fn veto() -> Weight {
		Self::step()
	}
	fn appeal() -> Weight {
		Self::step()
	}
	fn reinstate() -> Weight {
		Self::step()
	}
	fn step() -> Weight {
		Weight::from_parts(Step::get(), 0)
	}
	fn idle() -> Weight {
		Weight::from_parts(1, 0)
	}
	fn pass(n: u32) -> Weight {
		Weight::from_parts(10, 0).saturating_add(Weight::from_parts(Pass::get(), 0).saturating_mul(n.into()))
	}
	fn prune(n: u32) -> Weight {
		Weight::from_parts(1, 0).saturating_add(Weight::from_parts(Prune::get(), 0).saturating_mul(n.into()))
	}
	fn on_offence(offenders: u32) -> Weight {
		Weight::from_parts(1_000, 0).saturating_mul(offenders.into())
	}
}

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl crate::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Clock = Clock;
	type Session = Sessions;
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type NativeBalance = Balances;
	type Treasury = Books;
	type AppealBond = ConstU128<APPEAL_BOND>;
	type AppealWindow = ConstU32<APPEAL_WINDOW>;
	type ConsensusDeferral = ConstU32<DEFERRAL>;
	type ConsensusDestination = ConsensusDestination;
	type MaxPending = ConstU32<MAX_PENDING>;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
mainstay_test_support::benchmark_helper!(|_, _| {});

/// The minimum deposit of an asset.
pub const MIN_DEPOSIT: Balance = 1_000_000_000;
/// Eras from a report to its execution.
pub const DEFERRAL: Era = 2;
/// The maximum number of pending slashes of one set for an operator.
pub const MAX_PENDING: u32 = 2;
/// The bond of an appeal.
pub const APPEAL_BOND: Balance = 10 * STAY;
/// The number of eras by which an appeal postpones a slash.
pub const APPEAL_WINDOW: Era = 3;
/// Eras until a smaller allocation binds.
pub const DEALLOCATION_DELAY: Era = 5;
/// The minimum balance of asset 2. That of asset 1 is negligible.
pub const GEM: Balance = STAY;
/// The self-stake of each operator.
pub const STAKE: Balance = 1_000 * STAY;

/// Accounts 1 to 12, of which 1 to 6 are operators with a [`STAKE`] each, for consensus only, in era 0, block 1. The
/// assets 1 and 2, owned by the treasury, may be restaked.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..13, PURSE),
		assets: actors::assets(&[(1, 1), (2, GEM)], Treasury::get(), 1..13, PURSE),
		operator_delegation: mainstay_operator_delegation::GenesisConfig {
			operators: (1..7).map(|n| (account(n), 0, STAKE)).collect(),
		},
		..Default::default()
	});
	ext.execute_with(|| {
		for id in [1, 2] {
			Restaking::add_asset(RuntimeOrigin::root(), id, Balance::MAX, account(6), false, MIN_DEPOSIT)
				.unwrap();
		}
	});
	ConsensusDestination::set(Destination::Burn);
	Step::set(60_000_000);
	Pass::set(10_000);
	Prune::set(100_000);
	ext
}

/// Checks the invariants.
pub fn check() {
	Slashing::do_try_state().unwrap();
	Restaking::do_try_state().unwrap();
	AvsRegistry::do_try_state().unwrap();
	OperatorDelegation::do_try_state().unwrap();
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check();
	});
}

/// Begins a block.
pub fn next_block() -> Weight {
	System::set_block_number(System::block_number() + 1);
	Slashing::on_initialize(System::block_number())
}

/// Moves the clock to `era` and begins a block.
pub fn begin_era(era: Era) {
	Now::set(era);
	next_block();
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
