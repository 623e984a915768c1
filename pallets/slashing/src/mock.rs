//! A runtime of this pallet with the real operators, services and exposures. The clock is set by hand, a session is an
//! era long, and whom the session pallet would disable is written down.

use crate as mainstay_slashing;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, Equals, Hooks,
	},
	weights::Weight,
	PalletId,
};
use mainstay_primitives::{
	traits::EraClock, AccountId, AssetId, Balance, Currency, Destination, Era, Income, Nonce, STAY, WAD,
};
use sp_runtime::{
	testing::UintAuthorityId,
	traits::{Dispatchable, IdentityLookup},
	BuildStorage, DispatchResult, Perbill,
};
use sp_staking::{offence::OffenceSeverity, SessionIndex};

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
	pub type Slashing = mainstay_slashing;
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
	/// Validators of every era.
	pub static SetSize: u32 = 10;
	/// Where funds slashed for consensus offences go.
	pub static ConsensusDestination: Destination<AccountId> = Destination::Burn;
	/// Offenders that the session pallet was told of, and how severe the offence was.
	pub static Disabled: Vec<(AccountId, Perbill)> = vec![];
	/// What the treasury was told of.
	pub static Noted: Vec<(Income, Currency, Balance)> = vec![];
	/// Weight of one step of the hook.
	pub static Step: u64 = 60_000_000;
	/// Weight of passing one place that was left.
	pub static Pass: u64 = 10_000;
	/// Weight of forgetting one record.
	pub static Prune: u64 = 100_000;
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
	type SlashGate = Slashing;
	type SettleRewards = ();
	type OnPoolWiped = Restaking;
	type Registry = Restaking;
	type Treasury = Books;
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
	type SlashGate = Slashing;
	type Exposures = Restaking;
	type OnSetClosed = Restaking;
	type RegistrationDeposit = ConstU128<DEPOSIT>;
	type ItemDeposit = ConstU128<0>;
	type TermsDelay = ConstU32<TERMS_DELAY>;
	type MaxVetoWindow = ConstU32<MAX_VETO_WINDOW>;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<4>;
	type MaxKinds = ConstU32<4>;
	type MaxConditions = ConstU32<4>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = ConstU32<8>;
	type MaxSetsPerOperator = ConstU32<32>;
	type MaxSpans = ConstU32<3>;
	type WeightInfo = mainstay_avs_registry::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl mainstay_restaking::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Clock = Clock;
	type SlashGate = Slashing;
	type Vaults = OperatorDelegation;
	type Roles = Assets;
	type ChainAccounts = Equals<Treasury>;
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
	type AllocationDelay = ConstU32<ALLOCATION_DELAY>;
	type DeallocationDelay = ConstU32<DEALLOCATION_DELAY>;
	type MaxLeverage = ConstU32<3>;
	type MaxAssets = ConstU32<8>;
	type MaxSets = ConstU32<32>;
	type MaxHistory = ConstU32<8>;
	type WeightInfo = mainstay_restaking::weights::Measured<Test>;
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
		SetSize::get()
	}
	fn exit_delay() -> Era {
		EXIT_DELAY
	}
	fn history() -> Era {
		HISTORY
	}
}

/// The treasury's books, as [`Noted`].
pub struct Books;
impl mainstay_primitives::traits::Treasury<AccountId> for Books {
	fn account() -> AccountId {
		Treasury::get()
	}
	fn note(source: Income, currency: Currency, amount: Balance) {
		Noted::mutate(|noted| noted.push((source, currency, amount)));
	}
}

pub struct Sessions;
impl pallet_session::SessionInterface for Sessions {
	type ValidatorId = AccountId;
	type AccountId = AccountId;
	type Keys = UintAuthorityId;

	fn validators() -> Vec<AccountId> {
		vec![]
	}
	fn prune_up_to(_: SessionIndex) {}
	fn report_offence(offender: AccountId, severity: OffenceSeverity) {
		Disabled::mutate(|disabled| disabled.push((offender, severity.0)));
	}
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

/// Weights of which tests set the one that decides how many slashes a block executes.
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

impl crate::Config for Test {
	type Pools = OperatorDelegation;
	type Sets = AvsRegistry;
	type Exposures = Restaking;
	type Clock = Clock;
	type Session = Sessions;
	type GovernanceOrigin = frame_system::EnsureRoot<AccountId>;
	type Currency = Balances;
	type Treasury = Books;
	type AppealBond = ConstU128<APPEAL_BOND>;
	type AppealWindow = ConstU32<APPEAL_WINDOW>;
	type MaxReasonLength = ConstU32<256>;
	type ConsensusDeferral = ConstU32<DEFERRAL>;
	type ConsensusCap = ConstU64<CAP>;
	type ConsensusDestination = ConsensusDestination;
	type MaxPending = ConstU32<MAX_PENDING>;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
use frame_support::traits::{fungible, fungibles::Mutate as _};
#[cfg(feature = "runtime-benchmarks")]
use mainstay_primitives::{traits::OperatorSets as _, ExitAmount, Kind, OperatorSetId};

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl mainstay_primitives::traits::BenchmarkHelper<AccountId> for Helper {
	fn set_keys(_: &AccountId) {}
	fn advance_eras(eras: Era) {
		Now::mutate(|now| *now += eras);
	}
	fn operator_with_stake(operator: &AccountId, amount: Balance) {
		<Balances as fungible::Mutate<_>>::mint_into(operator, amount + ExistentialDeposit::get()).unwrap();
		OperatorDelegation::register(RuntimeOrigin::signed(operator.clone()), 500).unwrap();
		OperatorDelegation::stake(RuntimeOrigin::signed(operator.clone()), operator.clone(), amount, 0)
			.unwrap();
	}
	fn exit_stake(operator: &AccountId, kind: Kind, amount: Balance) {
		let origin = RuntimeOrigin::signed(operator.clone());
		OperatorDelegation::exit(origin, operator.clone(), kind, ExitAmount::Value(amount)).unwrap();
	}
	fn pay_delegators(_: &AccountId, _: Kind) {}
}
#[cfg(feature = "runtime-benchmarks")]
impl mainstay_primitives::traits::ServiceBenchmarkHelper<AccountId> for Helper {
	fn currency(index: u32, who: &AccountId, amount: Balance) -> Currency {
		<Balances as fungible::Mutate<_>>::mint_into(who, amount + 1_000 * STAY).unwrap();
		if index == 0 {
			return Currency::Native;
		}
		let currency = Currency::WithId(index);
		if !mainstay_restaking::Assets::<Test>::contains_key(index) {
			Self::create(index, who);
			Restaking::add_asset(RuntimeOrigin::root(), index, Balance::MAX, who.clone(), false, MIN_DEPOSIT)
				.unwrap();
		}
		NativeAndAssets::mint_into(currency.clone(), who, amount + STAY).unwrap();
		currency
	}
	fn asset(funder: &AccountId) -> AssetId {
		Self::create(1_000, funder);
		1_000
	}
	fn operator_set(owner: &AccountId, kinds: u32) -> OperatorSetId {
		let mut accepted = vec![(Kind::Native, 1)];
		for index in 1..kinds {
			Self::currency(index, owner, STAY);
			accepted.push((Kind::Asset(index), 1));
		}
		Self::currency(0, owner, DEPOSIT);
		let origin = || RuntimeOrigin::signed(owner.clone());
		let set = OperatorSetId { avs: mainstay_avs_registry::NextAvsId::<Test>::get(), index: 0 };
		let (kinds, admission) = (accepted.try_into().unwrap(), mainstay_avs_registry::Admission::Open);
		AvsRegistry::register(origin(), Default::default(), Default::default()).unwrap();
		AvsRegistry::create_set(origin(), set.avs, kinds, admission, 0, owner.clone(), Destination::Burn)
			.unwrap();
		let resolver = Some(owner.clone().into());
		AvsRegistry::add_condition(origin(), set, Default::default(), WAD, MAX_VETO_WINDOW, resolver)
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
#[cfg(feature = "runtime-benchmarks")]
impl Helper {
	/// Makes asset `id`, of which `who` has a little.
	fn create(id: AssetId, who: &AccountId) {
		Assets::force_create(RuntimeOrigin::root(), id, Treasury::get(), true, 1).unwrap();
		NativeAndAssets::mint_into(Currency::WithId(id), who, 10).unwrap();
	}
}

/// Eras from an exit to its claim.
pub const EXIT_DELAY: Era = 4;
/// The least that may enter a pool of an asset.
pub const MIN_DEPOSIT: Balance = 1_000_000_000;
/// Eras from a report to its execution.
pub const DEFERRAL: Era = 2;
/// Eras for which offences and records are kept.
pub const HISTORY: Era = 8;
/// The largest fraction where at most a third of the set offends.
pub const CAP: u64 = WAD / 10;

/// The most slashes of one set that may be pending for an operator.
pub const MAX_PENDING: u32 = 2;
/// What registering a service holds.
pub const DEPOSIT: Balance = 100 * STAY;
/// Eras until changed terms of a set bind.
pub const TERMS_DELAY: Era = 5;
/// The longest veto window.
pub const MAX_VETO_WINDOW: Era = 3;
/// What an appeal holds.
pub const APPEAL_BOND: Balance = 10 * STAY;
/// Eras by which an appeal puts a slash off.
pub const APPEAL_WINDOW: Era = 3;
/// Eras until a larger allocation binds.
pub const ALLOCATION_DELAY: Era = 1;
/// Eras until a smaller allocation binds.
pub const DEALLOCATION_DELAY: Era = 5;
/// What accounts 1 to 12 own at first, of STAY and of both assets.
pub const PURSE: Balance = 1_000_000 * STAY;
/// The least balance of asset 2. Asset 1 has none to speak of.
pub const GEM: Balance = STAY;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// What each operator has of its own behind it.
pub const STAKE: Balance = 1_000 * STAY;

/// Accounts 1 to 12, of which 1 to 6 are operators with a [`STAKE`] each, for consensus only, in era 0, block 1. The
/// assets 1 and 2, owned by the treasury, may be restaked.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..13).map(|n| (account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(1, Treasury::get(), true, 1), (2, Treasury::get(), true, GEM)],
		accounts: (1..13).flat_map(|n| [1, 2].map(|id| (id, account(n), PURSE))).collect(),
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
		for id in [1, 2] {
			Restaking::add_asset(RuntimeOrigin::root(), id, Balance::MAX, account(6), false, MIN_DEPOSIT)
				.unwrap();
		}
	});
	Now::set(0);
	Ahead::set(0);
	SetSize::set(10);
	ConsensusDestination::set(Destination::Burn);
	Disabled::set(vec![]);
	Noted::set(vec![]);
	Step::set(60_000_000);
	Pass::set(10_000);
	Prune::set(100_000);
	ext
}

/// Checks what must hold at any time.
pub fn check() {
	Slashing::do_try_state().unwrap();
	Restaking::do_try_state().unwrap();
	AvsRegistry::do_try_state().unwrap();
	OperatorDelegation::do_try_state().unwrap();
}

/// Runs `test` and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_test_ext().execute_with(|| {
		test();
		check();
	});
}

/// Sends `call` from `origin`, as a block would.
pub fn dispatch(origin: RuntimeOrigin, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(origin).map(drop).map_err(|e| e.error)
}

/// Sends `call` from `who`.
pub fn send(who: u8, call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatch(RuntimeOrigin::signed(account(who)), call)
}

/// Sends `call` as governance.
pub fn govern(call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatch(RuntimeOrigin::root(), call)
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

/// What this pallet said since the last time it was asked.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}
