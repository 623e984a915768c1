//! A runtime of this pallet with the real operators and services. The clock and the slash gate are set by hand.

use crate as mainstay_restaking;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU32, Contains,
	},
	PalletId,
};
use mainstay_primitives::{
	traits::{EraClock, SlashGate, Unbooked},
	AccountId, AssetId, Balance, Currency, Era, Kind, Nonce, OperatorSetId, STAY,
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
	pub const Treasury: AccountId = AccountId::new([200; 32]);
	pub static Now: Era = 0;
	/// By how many eras the elected one is ahead.
	pub static Ahead: Era = 0;
	/// Slashes that are pending for `(operator, kind)`, by their capture eras.
	pub static Pending: Vec<(AccountId, Kind, Era)> = vec![];
	pub static MaxAssets: u32 = 8;
	pub static DeallocationDelay: Era = LOWERING_DELAY;
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
	type AssetAccountDeposit = ConstU128<ASSET_ACCOUNT_DEPOSIT>;
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
	type SettleRewards = ();
	type OnPoolWiped = Restaking;
	type Registry = Restaking;
	type Treasury = Unbooked<Treasury>;
	type OnOperatorRetired = AvsRegistry;
	type PalletId = Custody;
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

impl mainstay_avs_registry::Config for Test {
	type Currency = Balances;
	type Pools = OperatorDelegation;
	type Clock = Clock;
	type SlashGate = Gate;
	type Exposures = Restaking;
	type OnSetClosed = Restaking;
	type RegistrationDeposit = ConstU128<REGISTRATION_DEPOSIT>;
	type ItemDeposit = ConstU128<0>;
	type TermsDelay = ConstU32<LOWERING_DELAY>;
	type MaxVetoWindow = ConstU32<MAX_VETO_WINDOW>;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<64>;
	type MaxKinds = ConstU32<4>;
	type MaxConditions = ConstU32<3>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = ConstU32<4>;
	type MaxSetsPerOperator = ConstU32<MAX_SETS>;
	type MaxSpans = ConstU32<3>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
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
		84
	}
}

pub struct Gate;
impl SlashGate<AccountId> for Gate {
	fn is_pending(_: &AccountId, _: OperatorSetId) -> bool {
		false
	}
	fn oldest(operator: &AccountId, kind: Kind) -> Option<Era> {
		let pending = Pending::get().into_iter().filter(|(o, k, _)| o == operator && *k == kind);
		pending.map(|(_, _, capture)| capture).min()
	}
	fn any_due() -> bool {
		false
	}
}

/// The treasury is the chain's, everyone else is someone.
pub struct ChainAccounts;
impl Contains<AccountId> for ChainAccounts {
	fn contains(who: &AccountId) -> bool {
		*who == Treasury::get()
	}
}

impl crate::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Clock;
	type SlashGate = Gate;
	type Vaults = OperatorDelegation;
	type Roles = Assets;
	type ChainAccounts = ChainAccounts;
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
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
pub use helper::Helper;
#[cfg(feature = "runtime-benchmarks")]
mod helper {
	use super::*;
	use frame_support::traits::{fungible::Mutate, fungibles::Mutate as _};
	use mainstay_primitives::{
		traits::{BenchmarkHelper, OperatorSets, ServiceBenchmarkHelper},
		Destination, ExitAmount, OperatorSetId, WAD,
	};

	pub struct Helper;

	impl BenchmarkHelper<AccountId> for Helper {
		fn set_keys(_: &AccountId) {}
		fn advance_eras(eras: Era) {
			Now::mutate(|now| *now += eras);
		}
		fn operator_with_stake(operator: &AccountId, amount: Balance) {
			<Balances as Mutate<_>>::mint_into(operator, amount + ExistentialDeposit::get()).unwrap();
			let origin = RuntimeOrigin::signed(operator.clone());
			OperatorDelegation::register(origin.clone(), 500).unwrap();
			OperatorDelegation::stake(origin, operator.clone(), amount, 0).unwrap();
		}
		fn exit_stake(operator: &AccountId, kind: Kind, amount: Balance) {
			let origin = RuntimeOrigin::signed(operator.clone());
			OperatorDelegation::exit(origin, operator.clone(), kind, ExitAmount::Value(amount)).unwrap();
		}
		fn pay_delegators(_: &AccountId, _: Kind) {}
	}

	impl ServiceBenchmarkHelper<AccountId> for Helper {
		fn currency(index: u32, who: &AccountId, amount: Balance) -> Currency {
			<Balances as Mutate<_>>::mint_into(who, amount + 1_000 * STAY).unwrap();
			if index == 0 {
				return Currency::Native;
			}
			let currency = Currency::WithId(index);
			if !crate::Assets::<Test>::contains_key(index) {
				create(index, who);
				Restaking::add_asset(
					RuntimeOrigin::root(),
					index,
					Balance::MAX,
					who.clone(),
					false,
					MIN_DEPOSIT,
				)
				.unwrap();
			}
			NativeAndAssets::mint_into(currency.clone(), who, amount + 1).unwrap();
			currency
		}
		fn asset(funder: &AccountId) -> AssetId {
			create(1_000, funder);
			1_000
		}
		fn operator_set(owner: &AccountId, kinds: u32) -> OperatorSetId {
			let mut accepted = vec![(Kind::Native, 1)];
			for index in 1..kinds {
				Self::currency(index, owner, REGISTRATION_DEPOSIT);
				accepted.push((Kind::Asset(index), 1));
			}
			Self::currency(0, owner, REGISTRATION_DEPOSIT);
			let origin = || RuntimeOrigin::signed(owner.clone());
			let avs = mainstay_avs_registry::NextAvsId::<Test>::get();
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
			let (set, resolver) = (OperatorSetId { avs, index: 0 }, Some(owner.clone().into()));
			AvsRegistry::add_condition(origin(), set, Default::default(), WAD, MAX_VETO_WINDOW, resolver)
				.unwrap();
			set
		}
		fn serve(operator: &AccountId, set: OperatorSetId, amount: Balance) {
			let origin = || RuntimeOrigin::signed(operator.clone());
			for (kind, _) in AvsRegistry::kinds(set) {
				let index = if let Kind::Asset(id) = kind { id } else { 0 };
				Self::currency(index, operator, amount);
				Restaking::restake(origin(), operator.clone(), kind, amount, 0).unwrap();
				Restaking::allocate(origin(), kind, set, WAD / 16).unwrap();
			}
			AvsRegistry::join(origin(), set).unwrap();
		}
	}

	/// Makes asset `id`, of which `who` has a little. Its accounts need no deposits.
	fn create(id: AssetId, who: &AccountId) {
		Assets::force_create(RuntimeOrigin::root(), id, Treasury::get(), true, 1).unwrap();
		NativeAndAssets::mint_into(Currency::WithId(id), who, 10).unwrap();
	}
}

/// Eras from an exit to its claim.
pub const EXIT_DELAY: Era = 4;
/// Eras until more is allocated.
pub const ALLOCATION_DELAY: Era = 2;
/// Eras until less is allocated, and until changed terms of a set bind.
pub const LOWERING_DELAY: Era = 5;
/// The chain's limit of leverage, in whole pools.
pub const MAX_LEVERAGE: u32 = 3;
/// The most sets that a pool is allocated to, and that an operator serves.
pub const MAX_SETS: u32 = 32;
/// The most changes that are kept of one allocation.
pub const MAX_HISTORY: u32 = 6;
/// The longest veto window.
pub const MAX_VETO_WINDOW: Era = 3;
/// What registering a service holds.
pub const REGISTRATION_DEPOSIT: Balance = 100 * STAY;
/// What it costs to hold an asset for which an account has no place otherwise.
pub const ASSET_ACCOUNT_DEPOSIT: Balance = STAY;
/// What accounts 1 to 10 own at first.
pub const PURSE: Balance = 1_000_000 * STAY;
/// What each operator has of its own behind it, for consensus only.
pub const STAKE: Balance = 1_000 * STAY;
/// The least that may enter a pool of an asset.
pub const MIN_DEPOSIT: Balance = 1_000_000_000;
/// The least balance of asset 7.
pub const LEAST: Balance = 10;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// Accounts 1 to 10, of which 1 and 2 are operators with a [`STAKE`] each, in era 0, block 1. They have as much of
/// asset 7 as of STAY. It is the treasury's and not admitted.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..11).map(|n| (account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(7, Treasury::get(), true, LEAST)],
		accounts: (1..11).map(|n| (7, account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	mainstay_operator_delegation::GenesisConfig::<Test> {
		operators: (1..3).map(|n| (account(n), 0, STAKE)).collect(),
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| System::set_block_number(1));
	Now::set(0);
	Ahead::set(0);
	Pending::set(vec![]);
	MaxAssets::set(8);
	DeallocationDelay::set(LOWERING_DELAY);
	ext
}

/// Runs `test` and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_test_ext().execute_with(|| {
		test();
		Restaking::do_try_state().unwrap();
		AvsRegistry::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// Sends `call` from `who`, as a block would.
pub fn send(who: u8, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(RuntimeOrigin::signed(account(who))).map(drop).map_err(|e| e.error)
}

/// Sends `call` as governance.
pub fn govern(call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(RuntimeOrigin::root()).map(drop).map_err(|e| e.error)
}

/// What this pallet said since the last time it was asked.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}
