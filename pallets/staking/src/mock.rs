//! A runtime of this pallet with the real operators and the real sessions. Time is set by hand, and so are sessions.

use crate as mainstay_staking;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64,
	},
	PalletId,
};
use mainstay_primitives::{
	traits::{AssetRegistry, EraClock, EraEnded, Unbooked},
	AccountId, AssetId, Balance, Currency, Era, NetworkParameters, Nonce, STAY,
};
use pallet_session::{historical as pallet_session_historical, PeriodicSessions};
use sp_runtime::{
	impl_opaque_keys,
	testing::UintAuthorityId,
	traits::{Convert, ConvertInto, Dispatchable, IdentityLookup},
	BuildStorage, DispatchResult,
};

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
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(5)]
	pub type Staking = mainstay_staking;
	#[runtime::pallet_index(6)]
	pub type Historical = pallet_session_historical;
	#[runtime::pallet_index(7)]
	pub type Session = pallet_session;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Nonce = Nonce;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

/// An era, its points and its length in milliseconds.
pub type EndedEra = (Era, Vec<(AccountId, u32)>, u64);

parameter_types! {
	pub const ExistentialDeposit: Balance = 1_000_000_000;
	pub const Treasury: AccountId = AccountId::new([200; 32]);
	pub const Custody: PalletId = PalletId(*b"may/cust");
	/// Milliseconds since 1970.
	pub static Millis: u64 = 0;
	/// What [`EraEnded`] was told, points in order of accounts.
	pub static Ended: Vec<EndedEra> = vec![];
	/// The eras that [`EraEnded`] was told to end, and what the clock said then.
	pub static Ending: Vec<(Era, Era)> = vec![];
	/// The largest set.
	pub static MaxValidators: u32 = 5;
	/// The most candidates.
	pub static MaxCandidates: u32 = 6;
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
	type Clock = Staking;
	type SlashGate = ();
	type SettleRewards = ();
	type OnPoolWiped = ();
	type Registry = NoAssets;
	type Treasury = Unbooked<Treasury>;
	type OnOperatorRetired = Staking;
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

/// No asset is admitted.
pub struct NoAssets;
impl AssetRegistry for NoAssets {
	fn is_registered(currency: &Currency) -> bool {
		*currency == Currency::Native
	}
	fn min_deposit(_: AssetId) -> Balance {
		Balance::MAX
	}
}

impl pallet_authorship::Config for Test {
	type FindAuthor = ();
	type EventHandler = Staking;
}

impl_opaque_keys! {
	pub struct SessionKeys {
		pub dummy: UintAuthorityId,
	}
}

pub struct Identification;
impl Convert<AccountId, Option<()>> for Identification {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = PeriodicSessions<ConstU64<10>, ConstU64<0>>;
	type NextSessionRotation = PeriodicSessions<ConstU64<10>, ConstU64<0>>;
	type SessionManager = Staking;
	type SessionHandler = pallet_session::TestSessionHandler;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ConstU128<0>;
}

impl pallet_session_historical::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = Identification;
}

pub struct Time;
impl frame_support::traits::Time for Time {
	type Moment = u64;
	fn now() -> u64 {
		Millis::get()
	}
}

pub struct Recorder;
impl EraEnded<AccountId> for Recorder {
	fn era_ending(era: Era) {
		Ending::mutate(|ending| ending.push((era, Staking::active())));
	}

	fn era_ended(era: Era, points: &[(AccountId, u32)], millis: u64) {
		let mut points = points.to_vec();
		points.sort();
		Ended::mutate(|ended| ended.push((era, points, millis)));
	}
}

impl crate::Config for Test {
	type Pools = OperatorDelegation;
	type Keys = Session;
	type Session = Session;
	type EraEnded = Recorder;
	type Time = Time;
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
	type MaxValidators = MaxValidators;
	type MaxCandidates = MaxCandidates;
	type WeightInfo = crate::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl mainstay_primitives::traits::BenchmarkHelper<AccountId> for Helper {
	fn set_keys(validator: &AccountId) {
		<Session as pallet_session::SessionInterface>::set_keys(validator, keys(validator)).unwrap();
	}
	fn advance_eras(eras: Era) {
		let era = Staking::active_era();
		crate::ActiveEra::<Test>::put(crate::ActiveEraInfo { index: era.index + eras, ..era });
	}
	fn operator_with_stake(operator: &AccountId, amount: Balance) {
		use frame_support::traits::fungible::Mutate;
		Balances::mint_into(operator, amount + ExistentialDeposit::get()).unwrap();
		OperatorDelegation::register(RuntimeOrigin::signed(operator.clone()), 500).unwrap();
		OperatorDelegation::stake(RuntimeOrigin::signed(operator.clone()), operator.clone(), amount, 0)
			.unwrap();
	}
	fn exit_stake(_: &AccountId, _: mainstay_primitives::Kind, _: Balance) {}
	fn pay_delegators(_: &AccountId, _: mainstay_primitives::Kind) {}
}

/// Sessions of an era.
pub const SESSIONS: u32 = 3;
/// Length of a session in milliseconds.
pub const SESSION_MILLIS: u64 = 10_000;
/// Eras that are kept.
pub const HISTORY: Era = 8;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// The accounts with these numbers.
pub fn accounts(numbers: &[u8]) -> Vec<AccountId> {
	numbers.iter().copied().map(account).collect()
}

/// Session keys of `who`, unlike those of everyone else.
pub fn keys(who: &AccountId) -> SessionKeys {
	let bytes: &[u8; 32] = who.as_ref();
	SessionKeys { dummy: UintAuthorityId(u64::from_le_bytes(bytes[..8].try_into().unwrap())) }
}

/// Operator `n` has `n` thousand STAY of its own behind it.
pub fn stake_of(n: u8) -> Balance {
	Balance::from(n) * 1_000 * STAY
}

/// Candidates 1 to 4 of which 4 are elected, at least 2, with 500 STAY of their own.
pub fn network() -> crate::GenesisConfig<Test> {
	crate::GenesisConfig {
		parameters: NetworkParameters { least_validators: 2, history: HISTORY, ..NetworkParameters::LOCAL },
		validator_count: 4,
		min_self_stake: 500 * STAY,
		candidates: accounts(&[1, 2, 3, 4]),
	}
}

/// Operators 1 to 8, of which 1 to 7 have session keys. Session 0 begins at no time known yet.
pub fn new_network(staking: crate::GenesisConfig<Test>) -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..10).map(|n| (account(n), 1_000_000 * STAY)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	mainstay_operator_delegation::GenesisConfig::<Test> {
		operators: (1..9).map(|n| (account(n), 0, stake_of(n))).collect(),
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	staking.assimilate_storage(&mut storage).unwrap();
	pallet_session::GenesisConfig::<Test> {
		keys: accounts(&[1, 2, 3, 4]).into_iter().map(|who| (who.clone(), who.clone(), keys(&who))).collect(),
		non_authority_keys: accounts(&[5, 6, 7])
			.into_iter()
			.map(|who| (who.clone(), who.clone(), keys(&who)))
			.collect(),
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| System::set_block_number(1));
	Millis::set(0);
	Ended::set(vec![]);
	Ending::set(vec![]);
	ext
}

/// An operator without session keys that has `stake` of its own behind it.
pub fn register(who: &AccountId, stake: Balance) {
	use frame_support::{assert_ok, traits::fungible::Mutate};
	let signed = || RuntimeOrigin::signed(who.clone());
	assert_ok!(Balances::mint_into(who, stake + 1_000 * STAY));
	assert_ok!(OperatorDelegation::register(signed(), 0));
	assert_ok!(OperatorDelegation::stake(signed(), who.clone(), stake, 0));
}

/// [`network`] in era 0, block 1.
pub fn new_test_ext() -> sp_io::TestExternalities {
	new_network(network())
}

/// Runs `test` on `staking` and checks what must hold after it.
pub fn execute_on(staking: crate::GenesisConfig<Test>, test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_network(staking).execute_with(|| {
		test();
		Staking::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// Runs `test` on [`network`] and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	execute_on(network(), test)
}

/// Sends `call` from `who`, as a block would.
pub fn send(who: u8, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(RuntimeOrigin::signed(account(who))).map(drop).map_err(|e| e.error)
}

/// Lets the session end, [`SESSION_MILLIS`] after it began.
pub fn next_session() {
	Millis::mutate(|millis| *millis += SESSION_MILLIS);
	Session::rotate_session();
}

/// Lets the era end.
pub fn next_era() {
	(0..SESSIONS).for_each(|_| next_session());
}

/// What this pallet said since the last time it was asked.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}
