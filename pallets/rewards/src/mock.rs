//! A runtime of this pallet with the real operators, services and exposures. The clock is set by hand, and so is
//! whether slashes are due.

use crate as mainstay_rewards;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU16, ConstU32, ConstU64, Equals, Get, Hooks,
	},
	weights::Weight,
	PalletId,
};
use frame_system::limits::BlockWeights;
use mainstay_primitives::{
	traits::{EraClock, SlashGate, Unbooked},
	AccountId, AssetId, Balance, Bps, Currency, Era, Kind, Nonce, OperatorSetId, STAY,
};
use sp_runtime::{
	traits::{Dispatchable, IdentityLookup},
	BuildStorage, DispatchResult,
};
use sp_staking::SessionIndex;

pub type Block = frame_system::mocking::MockBlock<Test>;
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, Currency, AccountId>;

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
	pub type AvsRegistry = mainstay_avs_registry;
	#[runtime::pallet_index(5)]
	pub type Restaking = mainstay_restaking;
	#[runtime::pallet_index(6)]
	pub type Rewards = mainstay_rewards;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Nonce = Nonce;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BlockWeights = Limits;
	type DbWeight = frame_support::weights::constants::RocksDbWeight;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = 1_000_000_000;
	pub const Custody: PalletId = PalletId(*b"may/cust");
	pub const RewardsAccount: PalletId = PalletId(*b"may/rwrd");
	pub const Treasury: AccountId = AccountId::new([200; 32]);
	pub static Now: Era = 0;
	/// By how many eras the elected one is ahead: 1 in an era's last session.
	pub static Ahead: Era = 0;
	/// Whether slashes have fallen due that are not executed yet.
	pub static AnyDue: bool = false;
	/// What a block may weigh, where it is not as usual.
	pub static MaxBlock: Option<Weight> = None;
}

/// What [`MaxBlock`] says, and else as usual.
pub struct Limits;
impl Get<BlockWeights> for Limits {
	fn get() -> BlockWeights {
		let mut limits = BlockWeights::default();
		limits.max_block = MaxBlock::get().unwrap_or(limits.max_block);
		limits
	}
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
	type Deposits = Balances;
	type Clock = Clock;
	type SlashGate = Gate;
	type SettleRewards = Rewards;
	type OnPoolWiped = Restaking;
	type Treasury = Unbooked<Treasury>;
	type OnOperatorRetired = AvsRegistry;
	type PalletId = Custody;
	type CommissionDelay = ConstU32<1>;
	type Registry = Restaking;
	type MinDeposit = ExistentialDeposit;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type ItemDeposit = ConstU128<0>;
	type ByteDeposit = ConstU128<0>;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

pub struct Clock;
impl EraClock for Clock {
	fn active() -> Era {
		Now::get()
	}
	fn planned() -> Era {
		Now::get() + Ahead::get()
	}
	fn era_of(session: SessionIndex) -> Option<Era> {
		(session <= Now::get()).then_some(session)
	}
	fn set_size(_: Era) -> u32 {
		1
	}
	fn exit_delay() -> Era {
		EXIT_DELAY
	}
	fn history() -> Era {
		HISTORY
	}
	fn max_notice() -> Era {
		84
	}
}

pub struct Gate;
impl SlashGate<AccountId> for Gate {
	fn is_pending(_: &AccountId, _: OperatorSetId) -> bool {
		false
	}
	fn oldest(_: &AccountId, _: Kind) -> Option<Era> {
		None
	}
	fn any_due() -> bool {
		AnyDue::get()
	}
}

impl mainstay_avs_registry::Config for Test {
	type Currency = Balances;
	type Pools = OperatorDelegation;
	type Clock = Clock;
	type SlashGate = Gate;
	type Exposures = Restaking;
	type OnSetClosed = (Restaking, Rewards);
	type RegistrationDeposit = ConstU128<DEPOSIT>;
	type ItemDeposit = ConstU128<0>;
	type TermsDelay = ConstU32<TERMS_DELAY>;
	type MaxVetoWindow = ConstU32<MAX_VETO_WINDOW>;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<4>;
	type MaxKinds = ConstU32<4>;
	type MaxConditions = ConstU32<3>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = ConstU32<MAX_OPERATORS>;
	type MaxSetsPerOperator = ConstU32<3>;
	type MaxSpans = ConstU32<3>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl mainstay_restaking::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Clock;
	type SlashGate = Gate;
	type Vaults = (OperatorDelegation, Rewards);
	type Roles = Assets;
	type ChainAccounts = Equals<Treasury>;
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
	type AllocationDelay = ConstU32<1>;
	type DeallocationDelay = ConstU32<DEALLOCATION_DELAY>;
	type MaxLeverage = ConstU32<3>;
	type MaxAssets = ConstU32<MAX_ASSETS>;
	type MaxSets = ConstU32<3>;
	type MaxHistory = ConstU32<8>;
	type WeightInfo = mainstay_restaking::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl crate::Config for Test {
	type Assets = NativeAndAssets;
	type Deposits = Balances;
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Registry = Restaking;
	type Clock = Clock;
	type SlashGate = Gate;
	type PalletId = RewardsAccount;
	type AnnualInflation = ConstU16<INFLATION>;
	type EraMillis = ConstU64<ERA_MILLIS>;
	type MaxValidators = ConstU32<10>;
	type PaymentsPerBlock = ConstU32<2>;
	type MaxRewardAssets = ConstU32<MAX_REWARD_ASSETS>;
	type MaxAssets = ConstU32<MAX_ASSETS>;
	type MaxPositions = ConstU32<MAX_POSITIONS>;
	type MaxPaidMembers = ConstU32<MAX_OPERATORS>;
	type MaxNamed = ConstU32<4>;
	type MaxStreams = ConstU32<2>;
	type StreamDeposit = ConstU128<STREAM_DEPOSIT>;
	type WeightInfo = crate::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Brings accounts into the state that benchmarks start from, as the runtime's does.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
mod helper {
	use super::*;
	use frame_support::traits::{fungible::Mutate, fungibles::Mutate as _};
	use mainstay_primitives::{
		traits::{BenchmarkHelper, OperatorSets, ServiceBenchmarkHelper},
		Destination, ExitAmount, OperatorSetId, WAD,
	};

	impl BenchmarkHelper<AccountId> for Helper {
		fn set_keys(_: &AccountId) {}

		fn advance_eras(eras: Era) {
			Now::mutate(|now| *now += eras);
		}

		fn operator_with_stake(operator: &AccountId, amount: Balance) {
			let origin = || RuntimeOrigin::signed(operator.clone());
			Balances::mint_into(operator, amount + ExistentialDeposit::get()).unwrap();
			OperatorDelegation::register(origin(), 500).unwrap();
			OperatorDelegation::stake(origin(), operator.clone(), amount, 0).unwrap();
		}

		fn exit_stake(operator: &AccountId, kind: Kind, amount: Balance) {
			let origin = RuntimeOrigin::signed(operator.clone());
			OperatorDelegation::exit(origin, operator.clone(), kind, ExitAmount::Value(amount)).unwrap();
		}

		fn pay_delegators(operator: &AccountId, kind: Kind) {
			if kind == Kind::Stake {
				return;
			}
			Self::advance_eras(1);
			let owner = AccountId::from([251; 32]);
			for index in 0..MAX_REWARD_ASSETS {
				let currency = Self::currency(index, &owner, 2 * STAY);
				NativeAndAssets::mint_into(currency.clone(), &Rewards::account(), STAY).unwrap();
				Rewards::accrue(operator, kind, &currency, STAY);
			}
		}
	}

	impl ServiceBenchmarkHelper<AccountId> for Helper {
		fn currency(index: u32, who: &AccountId, amount: Balance) -> Currency {
			Balances::mint_into(who, amount + 1_000 * STAY).unwrap();
			if index == 0 {
				return Currency::Native;
			}
			let currency = Currency::WithId(index);
			if !mainstay_restaking::Assets::<Test>::contains_key(index) {
				create(index, who);
				Restaking::add_asset(
					RuntimeOrigin::root(),
					index,
					Balance::MAX,
					who.clone(),
					false,
					LEAST_DEPOSIT,
				)
				.unwrap();
			}
			NativeAndAssets::mint_into(currency.clone(), who, amount + ExistentialDeposit::get()).unwrap();
			currency
		}

		fn asset(funder: &AccountId) -> AssetId {
			create(1_000, funder);
			1_000
		}

		fn operator_set(owner: &AccountId, kinds: u32) -> OperatorSetId {
			let mut accepted = vec![(Kind::Native, 1)];
			for index in 1..kinds {
				Self::currency(index, owner, DEPOSIT);
				accepted.push((Kind::Asset(index), 1));
			}
			Self::currency(0, owner, DEPOSIT);
			let origin = || RuntimeOrigin::signed(owner.clone());
			let avs = mainstay_avs_registry::NextAvsId::<Test>::get();
			let set = OperatorSetId { avs, index: 0 };
			AvsRegistry::register(origin(), Default::default(), Default::default()).unwrap();
			AvsRegistry::create_set(
				origin(),
				avs,
				accepted.try_into().unwrap(),
				mainstay_avs_registry::Admission::Open,
				0,
				owner.clone(),
				Destination::Burn,
			)
			.unwrap();
			AvsRegistry::add_condition(
				origin(),
				set,
				Default::default(),
				WAD,
				MAX_VETO_WINDOW,
				Some(owner.clone().into()),
			)
			.unwrap();
			set
		}

		fn serve(operator: &AccountId, set: OperatorSetId, amount: Balance) {
			let origin = || RuntimeOrigin::signed(operator.clone());
			for (kind, _) in AvsRegistry::kinds(set) {
				let index = match kind {
					Kind::Asset(id) => id,
					_ => 0,
				};
				Self::currency(index, operator, amount);
				Restaking::restake(origin(), operator.clone(), kind, amount, 0).unwrap();
				Restaking::allocate(origin(), kind, set, WAD / 16).unwrap();
			}
			AvsRegistry::join(origin(), set).unwrap();
		}
	}

	/// Makes asset `id`, of which `who` has a little.
	fn create(id: AssetId, who: &AccountId) {
		Assets::force_create(RuntimeOrigin::root(), id, Treasury::get(), true, 1).unwrap();
		NativeAndAssets::mint_into(Currency::WithId(id), who, 10).unwrap();
	}
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

/// Eras from an exit to its claim.
pub const EXIT_DELAY: Era = 4;
/// Eras until a smaller allocation binds.
pub const DEALLOCATION_DELAY: Era = 5;
/// Eras until changed terms of a set bind.
pub const TERMS_DELAY: Era = 5;
/// The longest veto window.
pub const MAX_VETO_WINDOW: Era = 3;
/// What registering a service holds.
pub const DEPOSIT: Balance = 100 * STAY;

/// What a stream holds.
pub const STREAM_DEPOSIT: Balance = 10 * STAY;
/// The most members of a set.
pub const MAX_OPERATORS: u32 = 4;
/// The most assets there are besides STAY.
pub const MAX_ASSETS: u32 = 4;
/// The most currencies that a generation of a pool is paid in.
pub const MAX_REWARD_ASSETS: u32 = 3;
/// How many positions one `collect_all` settles.
pub const MAX_POSITIONS: u32 = 3;
/// The least that may enter a pool, of STAY and of each asset.
pub const LEAST_DEPOSIT: Balance = 1_000_000_000;
/// What accounts 1 to 10 own at first, of STAY and of each asset.
pub const PURSE: Balance = 1_000_000 * STAY;
/// The least balance of asset 3.
pub const COARSE_MINIMUM: Balance = 1_000;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// Operators 1 to 5 with a [`STAKE`] each that answers for consensus only, in era 0, block 1. Assets 1 to 3, the
/// treasury's, are admitted; account 10 paid for their accounts.
pub fn new_test_ext() -> sp_io::TestExternalities {
	// Before genesis, which has positions that come in the running era.
	Now::set(0);
	Ahead::set(0);
	AnyDue::set(false);
	MaxBlock::set(None);
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..11).map(|n| (account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: [(1, 1), (2, 1), (3, COARSE_MINIMUM)]
			.map(|(id, minimum)| (id, Treasury::get(), true, minimum))
			.to_vec(),
		accounts: (1..4).flat_map(|id| (1..11).map(move |n| (id, account(n), PURSE))).collect(),
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
	ext.execute_with(|| {
		System::set_block_number(1);
		for id in 1..4 {
			Restaking::add_asset(RuntimeOrigin::root(), id, Balance::MAX, account(10), false, LEAST_DEPOSIT)
				.unwrap();
		}
	});
	// Benchmarks begin again with what is committed.
	ext.commit_all().unwrap();
	ext
}

/// Checks what must always hold.
pub fn check_state() {
	Rewards::do_try_state().unwrap();
	Restaking::do_try_state().unwrap();
	AvsRegistry::do_try_state().unwrap();
	OperatorDelegation::do_try_state().unwrap();
}

/// Runs `test` and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_test_ext().execute_with(|| {
		test();
		check_state();
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
