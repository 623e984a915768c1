//! A runtime of this pallet with the real operators and services. The clock and the slash gate are set by hand.

use crate as mainstay_restaking;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU32, Equals},
	weights::Weight,
};
use frame_system::EnsureRoot;
use mainstay_primitives::{
	traits::{OnNativeMoved, Unbooked},
	AccountId, Balance, Era, STAY,
};
pub use mainstay_test_support::{
	account,
	clock::{Ahead, Clock, Now, EXIT_ERAS},
	govern, send,
	stand_ins::{PendingSlashes as Pending, Treasury},
	ExistentialDeposit, PURSE,
};
use mainstay_test_support::{actors, stand_ins::Gate};

mainstay_test_support::runtime! {
	System: {},
	Assets: {
		type ForceOrigin = EnsureRoot<AccountId>;
		type AssetAccountDeposit = ConstU128<ASSET_ACCOUNT_DEPOSIT>;
	},
	OperatorDelegation: mainstay_operator_delegation,
	AvsRegistry: mainstay_avs_registry,
	Restaking: mainstay_restaking,
}

parameter_types! {
	pub static MaxAssets: u32 = 8;
	pub static DeallocationDelay: Era = LOWERING_DELAY;
	/// The accounts whose deposits of STAY take the weight [`RENEWAL`].
	pub static Locked: Vec<AccountId> = vec![];
}

/// The weight of what deposits of STAY tell to [`Locks`], for an account in [`Locked`].
pub const RENEWAL: Weight = Weight::from_parts(1_000_000_007, 0);

/// Has a weight, and does nothing.
pub struct Locks;
impl OnNativeMoved<AccountId> for Locks {
	fn entering(_: &AccountId, _: Balance) {}
	fn claimed(_: &AccountId, _: Balance) {}
	fn max_weight() -> Weight {
		RENEWAL
	}
	fn weight_of(who: &AccountId) -> Weight {
		if Locked::get().contains(who) {
			RENEWAL
		} else {
			Weight::zero()
		}
	}
}

#[derive_impl(mainstay_operator_delegation::config_preludes::TestDefaultConfig)]
impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Clock;
	type SlashGate = Gate;
	type OnPoolWiped = Restaking;
	type OnNativeMoved = Locks;
	type Registry = Restaking;
	type Treasury = Unbooked<Treasury>;
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
	type SlashGate = Gate;
	type Exposures = Restaking;
	type OnSetClosed = Restaking;
	type TermsDelay = ConstU32<LOWERING_DELAY>;
	type MaxSets = ConstU32<64>;
	type MaxSetsPerOperator = ConstU32<MAX_SETS>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl crate::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Clock;
	type SlashGate = Gate;
	type Vaults = OperatorDelegation;
	type Roles = Assets;
	type ChainAccounts = Equals<Treasury>;
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type AllocationDelay = ConstU32<ALLOCATION_DELAY>;
	type DeallocationDelay = DeallocationDelay;
	type MaxLeverage = ConstU32<MAX_LEVERAGE>;
	type MaxAssets = MaxAssets;
	type MaxSets = ConstU32<MAX_SETS>;
	type MaxHistory = ConstU32<MAX_HISTORY>;
	type WeightInfo = crate::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
mainstay_test_support::benchmark_helper!(|_, _| {});

/// Eras until a larger allocation binds.
pub const ALLOCATION_DELAY: Era = 2;
/// Eras until a smaller allocation binds, and until changed terms of a set bind.
pub const LOWERING_DELAY: Era = 5;
/// The chain's leverage limit, in whole pools.
pub const MAX_LEVERAGE: u32 = 3;
/// The maximum number of sets to which a pool is allocated, and that an operator serves.
pub const MAX_SETS: u32 = 32;
/// The maximum number of stored changes of one allocation.
pub const MAX_HISTORY: u32 = 6;
/// The deposit for an asset account whose owner has no consumer reference left.
pub const ASSET_ACCOUNT_DEPOSIT: Balance = STAY;
/// The self-stake of each operator, for consensus only.
pub const STAKE: Balance = 1_000 * STAY;
/// The minimum deposit of an asset.
pub const MIN_DEPOSIT: Balance = 1_000_000_000;
/// The minimum balance of asset 7.
pub const LEAST: Balance = 10;

/// Accounts 1 to 10, of which 1 and 2 are operators with a [`STAKE`] each, in era 0, block 1. They have as much of
/// asset 7 as of STAY. It is the treasury's and not admitted.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..11, PURSE),
		assets: actors::assets(&[(7, LEAST)], Treasury::get(), 1..11, PURSE),
		operator_delegation: mainstay_operator_delegation::GenesisConfig {
			operators: (1..3).map(|n| (account(n), 0, STAKE)).collect(),
		},
		..Default::default()
	});
	MaxAssets::set(8);
	DeallocationDelay::set(LOWERING_DELAY);
	Locked::take();
	ext
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Restaking::do_try_state().unwrap();
		AvsRegistry::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
