//! A runtime of this pallet with the real operators. The clock is set by hand.

use crate as mainstay_avs_registry;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU32,
	},
	PalletId,
};
use mainstay_primitives::{
	traits::{
		AssetRegistry, EnterPools, EraClock, InspectExposures, OnSetClosed, OperatorSets, SlashGate,
		Unbooked, Vault,
	},
	AccountId, AssetId, Balance, Currency, Era, Kind, Magnitude, Nonce, OperatorSetId, STAY,
};
use sp_runtime::{
	traits::{Dispatchable, IdentityLookup},
	BuildStorage, DispatchResult,
};
use sp_staking::SessionIndex;
use std::collections::BTreeMap;

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
	/// Members with slashes pending.
	pub static Pending: Vec<(AccountId, OperatorSetId)> = vec![];
	/// What operators allocated of their pools to sets.
	pub static Allocated: BTreeMap<(AccountId, Kind, OperatorSetId), u64> = BTreeMap::new();
	/// Operators of whose allocations nothing binds yet.
	pub static Waiting: Vec<AccountId> = vec![];
	/// Members that were released, with the kinds of their sets.
	pub static Released: Vec<(OperatorSetId, AccountId, Vec<Kind>)> = vec![];
	/// Sets that were closed, with the owners of their services.
	pub static ClosedSets: Vec<(OperatorSetId, AccountId)> = vec![];
	pub static Now: Era = 0;
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
	type SlashGate = ();
	type SettleRewards = ();
	type OnPoolWiped = ();
	type Registry = Registry;
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

/// Knows one asset's least deposit for all of them.
pub struct Registry;
impl AssetRegistry for Registry {
	fn is_registered(_: &Currency) -> bool {
		true
	}
	fn min_deposit(_: AssetId) -> Balance {
		ExistentialDeposit::get()
	}
}

pub struct Clock;
impl EraClock for Clock {
	fn active() -> Era {
		Now::get()
	}
	fn planned() -> Era {
		Now::get()
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

/// Holds what [`Pending`] says.
pub struct Gate;
impl SlashGate<AccountId> for Gate {
	fn oldest(_: &AccountId, _: Kind) -> Option<Era> {
		None
	}
	fn any_due() -> bool {
		false
	}
	fn is_pending(operator: &AccountId, set: OperatorSetId) -> bool {
		Pending::get().contains(&(operator.clone(), set))
	}
}

/// Allocates what [`Allocated`] says.
pub struct Allocations;
impl InspectExposures<AccountId> for Allocations {
	fn at(operator: &AccountId, kind: Kind, set: OperatorSetId, _: Era) -> Magnitude {
		Self::announced(operator, kind, set)
	}
	fn allocated(operator: &AccountId, kind: Kind, set: OperatorSetId) -> Magnitude {
		if Waiting::get().contains(operator) {
			return Magnitude(0);
		}
		Self::announced(operator, kind, set)
	}
	fn announced(operator: &AccountId, kind: Kind, set: OperatorSetId) -> Magnitude {
		Magnitude(Allocated::get().get(&(operator.clone(), kind, set)).copied().unwrap_or(0))
	}
}

/// Writes down what it is told of sets that are closed.
pub struct Closed;
impl OnSetClosed<AccountId> for Closed {
	fn on_member_released(set: OperatorSetId, operator: &AccountId, kinds: &[Kind]) {
		Released::mutate(|released| released.push((set, operator.clone(), kinds.to_vec())));
	}
	fn on_set_closed(set: OperatorSetId, owner: &AccountId) {
		ClosedSets::mutate(|closed| closed.push((set, owner.clone())));
	}
}

impl crate::Config for Test {
	type Currency = Balances;
	type Pools = OperatorDelegation;
	type Clock = Clock;
	type SlashGate = Gate;
	type Exposures = Allocations;
	type OnSetClosed = Closed;
	type RegistrationDeposit = ConstU128<DEPOSIT>;
	type ItemDeposit = ConstU128<ITEM_DEPOSIT>;
	type TermsDelay = ConstU32<TERMS_DELAY>;
	type MaxVetoWindow = ConstU32<MAX_VETO_WINDOW>;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<4>;
	type MaxKinds = ConstU32<4>;
	type MaxConditions = ConstU32<3>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = ConstU32<4>;
	type MaxSetsPerOperator = ConstU32<3>;
	type MaxSpans = ConstU32<3>;
	type WeightInfo = crate::weights::Measured<Test>;
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
	fn exit_stake(_: &AccountId, _: Kind, _: Balance) {}
	fn allocated(operator: &AccountId, kind: Kind, set: OperatorSetId) {
		let magnitude = mainstay_primitives::WAD / 32;
		Allocated::mutate(|allocated| allocated.insert((operator.clone(), kind, set), magnitude));
	}
	fn pay_delegators(_: &AccountId, _: Kind) {}
}

/// What registering a service holds.
pub const DEPOSIT: Balance = 100 * STAY;
/// What a place in a set holds, and an approval.
pub const ITEM_DEPOSIT: Balance = STAY / 10;
/// Eras until changed terms bind.
pub const TERMS_DELAY: Era = 5;
/// Eras from an exit to its claim.
pub const EXIT_DELAY: Era = 4;
/// The longest veto window.
pub const MAX_VETO_WINDOW: Era = 3;
/// What accounts 1 to 10 own at first.
pub const PURSE: Balance = 1_000_000 * STAY;
/// What each operator has of its own behind it, for consensus only.
pub const STAKE: Balance = 1_000 * STAY;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// Accounts 1 to 10, of which 1 to 6 are operators with a [`STAKE`] each, in era 0, block 1. They have as
/// much of asset 1 as of STAY, and custody can hold it.
pub fn new_test_ext() -> sp_io::TestExternalities {
	// Genesis reads the clock, which a test before this one may have moved.
	Now::set(0);
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..11).map(|n| (account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(1, account(200), true, 1)],
		accounts: (1..11).map(|n| (1, account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	mainstay_operator_delegation::GenesisConfig::<Test> {
		operators: (1..7).map(|n| (account(n), 0, STAKE)).collect(),
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		OperatorDelegation::open_account(Currency::WithId(1), &account(10)).unwrap();
	});
	Pending::set(vec![]);
	Allocated::set(BTreeMap::new());
	Released::set(vec![]);
	ClosedSets::set(vec![]);
	ext
}

/// Runs `test` and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_test_ext().execute_with(|| {
		test();
		AvsRegistry::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// Brings `amount` of an operator's own into its pool of `kind`.
pub fn fund(operator: u8, kind: Kind, amount: Balance) {
	let who = account(operator);
	OperatorDelegation::deposit(&who, &who, kind, amount, 0).unwrap();
}

/// Lets `operator` have `magnitude` of its pool of `kind` allocated to `set`, as restaking says.
pub fn allocate(operator: u8, kind: Kind, set: OperatorSetId, magnitude: u64) {
	Allocated::mutate(|allocated| allocated.insert((account(operator), kind, set), magnitude));
	<AvsRegistry as OperatorSets<_>>::note_audience(set);
}

/// Sends `call` from `who`, as a block would.
pub fn send(who: u8, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(RuntimeOrigin::signed(account(who))).map(drop).map_err(|e| e.error)
}

/// What this pallet said since the last time it was asked.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}
