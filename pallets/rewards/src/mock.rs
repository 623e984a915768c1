//! A runtime of this pallet with the real operators. The clock is set by hand, and so is whether slashes are due.

use crate as mainstay_rewards;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU16, ConstU32, ConstU64, Hooks,
	},
	PalletId,
};
use mainstay_primitives::{
	traits::{EraClock, SlashGate},
	AccountId, AssetId, Balance, Bps, Era, Kind, Nonce, STAY,
};
use sp_runtime::{
	traits::{Dispatchable, IdentityLookup},
	BuildStorage, DispatchResult,
};
use sp_staking::SessionIndex;

pub type Block = frame_system::mocking::MockBlock<Test>;
pub type NativeAndAssets =
	UnionOf<Balances, Assets, NativeFromLeft, mainstay_primitives::Currency, AccountId>;

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
	pub type OperatorDelegation = mainstay_operator_delegation;
	#[runtime::pallet_index(4)]
	pub type Rewards = mainstay_rewards;
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
	pub const Custody: PalletId = PalletId(*b"may/cust");
	pub const RewardsAccount: PalletId = PalletId(*b"may/rwrd");
	pub static Now: Era = 0;
	/// Whether slashes have fallen due that are not executed yet.
	pub static AnyDue: bool = false;
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
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type Holder = ();
	type Freezer = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type Clock = Clock;
	type SlashGate = Gate;
	type OnOperatorRetired = ();
	type PalletId = Custody;
	type ExitDelay = ConstU32<4>;
	type CommissionDelay = ConstU32<1>;
	type MinDeposit = ExistentialDeposit;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type WeightInfo = mainstay_operator_delegation::weights::Estimated<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

pub struct Clock;
impl EraClock for Clock {
	fn active() -> Era {
		Now::get()
	}
	fn era_of(session: SessionIndex) -> Option<Era> {
		(session <= Now::get()).then_some(session)
	}
	fn set_size(_: Era) -> u32 {
		1
	}
}

pub struct Gate;
impl SlashGate<AccountId> for Gate {
	fn covers(_: &AccountId, _: Kind, _: Era) -> bool {
		false
	}
	fn any_due() -> bool {
		AnyDue::get()
	}
}

impl crate::Config for Test {
	type Assets = NativeAndAssets;
	type Pools = OperatorDelegation;
	type Clock = Clock;
	type SlashGate = Gate;
	type PalletId = RewardsAccount;
	type AnnualInflation = ConstU16<INFLATION>;
	type EraMillis = ConstU64<ERA_MILLIS>;
	type MaxValidators = ConstU32<10>;
	type PaymentsPerBlock = ConstU32<2>;
	type MaxRewardAssets = ConstU32<2>;
	type History = ConstU32<HISTORY>;
	type WeightInfo = crate::weights::Estimated<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl mainstay_primitives::traits::BenchmarkHelper<AccountId> for Helper {
	fn set_keys(_: &AccountId) {}
	fn advance_eras(eras: Era) {
		Now::mutate(|now| *now += eras);
	}
	fn operator_with_stake(operator: &AccountId, amount: Balance) {
		use frame_support::traits::fungible::Mutate;
		Balances::mint_into(operator, amount + ExistentialDeposit::get()).unwrap();
		OperatorDelegation::register(RuntimeOrigin::signed(operator.clone()), 500).unwrap();
		OperatorDelegation::stake(RuntimeOrigin::signed(operator.clone()), operator.clone(), amount, 0)
			.unwrap();
	}
	fn exit_stake(_: &AccountId, _: Balance) {}
}

/// New STAY a year, in basis points.
pub const INFLATION: Bps = 500;
/// Length of an era in milliseconds.
pub const ERA_MILLIS: u64 = 30_000;
/// Eras for which rewards are kept.
pub const HISTORY: Era = 8;
/// What each operator has of its own behind it.
pub const STAKE: Balance = 1_000 * STAY;
/// Commission of each operator, in basis points.
pub const COMMISSION: Bps = 1_000;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// Operators 1 to 5 with a [`STAKE`] each, in era 0, block 1.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..10).map(|n| (account(n), 1_000_000 * STAY)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	mainstay_operator_delegation::GenesisConfig::<Test> {
		operators: (1..6).map(|n| (account(n), COMMISSION, STAKE)).collect(),
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	crate::GenesisConfig::<Test>::default().assimilate_storage(&mut storage).unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| System::set_block_number(1));
	Now::set(0);
	AnyDue::set(false);
	ext
}

/// Runs `test` and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_test_ext().execute_with(|| {
		test();
		Rewards::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// Sends `call` from `who`, as a block would.
pub fn send(who: u8, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(RuntimeOrigin::signed(account(who))).map(drop).map_err(|e| e.error)
}

/// Begins a block.
pub fn next_block() {
	System::set_block_number(System::block_number() + 1);
	Rewards::on_initialize(System::block_number());
}

/// What this pallet said since the last time it was asked.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}
