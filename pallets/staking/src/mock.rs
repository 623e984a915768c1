//! A runtime of this pallet with the real operators and the real sessions. Tests set the time, and end sessions.

use crate as mainstay_staking;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU64},
};
use frame_system::EnsureRoot;
use mainstay_primitives::{
	traits::{EraClock, EraEnded, Unbooked},
	AccountId, Balance, Era, NetworkParameters, STAY,
};
pub use mainstay_test_support::{account, clock::Millis, send};
use mainstay_test_support::{
	actors,
	clock::Time,
	stand_ins::{Registry, Treasury},
	PURSE,
};
use pallet_session::{historical as pallet_session_historical, PeriodicSessions};
use sp_runtime::{
	impl_opaque_keys,
	testing::UintAuthorityId,
	traits::{Convert, ConvertInto},
};

mainstay_test_support::runtime! {
	System: {},
	Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
	OperatorDelegation: mainstay_operator_delegation,
	Authorship: pallet_authorship,
	Staking: mainstay_staking,
	Historical: pallet_session_historical,
	Session: pallet_session,
}

/// An era, its points and its length in milliseconds.
pub type EndedEra = (Era, Vec<(AccountId, u32)>, u64);

parameter_types! {
	/// What [`EraEnded`] was told. Points are sorted by account.
	pub static Ended: Vec<EndedEra> = vec![];
	/// The eras that [`EraEnded`] was told to end, each with the era of the clock at that moment.
	pub static Ending: Vec<(Era, Era)> = vec![];
	/// The size of the largest set.
	pub static MaxValidators: u32 = 5;
	/// The maximum number of candidates.
	pub static MaxCandidates: u32 = 6;
}

#[derive_impl(mainstay_operator_delegation::config_preludes::TestDefaultConfig)]
impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Staking;
	type Registry = Registry;
	type Treasury = Unbooked<Treasury>;
	type OnOperatorRetired = Staking;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
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

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl crate::Config for Test {
	type Pools = OperatorDelegation;
	type Keys = Session;
	type Session = Session;
	type EraEnded = Recorder;
	type Time = Time;
	type GovernanceOrigin = EnsureRoot<AccountId>;
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
		mainstay_operator_delegation::setup::operator_with_stake::<Test>(operator, amount);
	}
	fn exit_stake(_: &AccountId, _: mainstay_primitives::PoolKind, _: Balance) {}
	fn pay_delegators(_: &AccountId, _: mainstay_primitives::PoolKind) {}
}

/// Sessions of an era.
pub const SESSIONS: u32 = 3;
/// Length of a session in milliseconds.
pub const SESSION_MILLIS: u64 = 10_000;
/// The history, in eras.
pub const HISTORY: Era = 8;

/// The accounts with these numbers.
pub fn accounts(numbers: &[u8]) -> Vec<AccountId> {
	numbers.iter().copied().map(account).collect()
}

/// The session keys of `who`, different from those of all others.
pub fn keys(who: &AccountId) -> SessionKeys {
	let bytes: &[u8; 32] = who.as_ref();
	SessionKeys { dummy: UintAuthorityId(u64::from_le_bytes(bytes[..8].try_into().unwrap())) }
}

/// Operator `n` has a self-stake of `n` thousand STAY.
pub fn stake_of(n: u8) -> Balance {
	Balance::from(n) * 1_000 * STAY
}

/// Candidates 1 to 4, all of which are elected. At least 2 validators, and a minimum self-stake of 500 STAY.
pub fn network() -> crate::GenesisConfig<Test> {
	crate::GenesisConfig {
		parameters: NetworkParameters { least_validators: 2, history: HISTORY, ..NetworkParameters::LOCAL },
		validator_count: 4,
		min_self_stake: 500 * STAY,
		candidates: accounts(&[1, 2, 3, 4]),
	}
}

/// Operators 1 to 8, of which 1 to 7 have session keys. The start time of session 0 is not known yet.
pub fn new_network(staking: crate::GenesisConfig<Test>) -> sp_io::TestExternalities {
	let with_keys = |who: AccountId| (who.clone(), who.clone(), keys(&who));
	let ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..10, PURSE),
		operator_delegation: mainstay_operator_delegation::GenesisConfig {
			operators: (1..9).map(|n| (account(n), 0, stake_of(n))).collect(),
		},
		staking,
		session: pallet_session::GenesisConfig {
			keys: accounts(&[1, 2, 3, 4]).into_iter().map(with_keys).collect(),
			non_authority_keys: accounts(&[5, 6, 7]).into_iter().map(with_keys).collect(),
		},
		..Default::default()
	});
	Ended::take();
	Ending::take();
	ext
}

/// An operator without session keys, with a self-stake of `stake`.
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

/// Runs `test` on `staking`, and checks the invariants afterwards.
pub fn execute_on(staking: crate::GenesisConfig<Test>, test: impl FnOnce()) {
	new_network(staking).execute_with(|| {
		test();
		Staking::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// Runs `test` on [`network`], and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	execute_on(network(), test)
}

/// Ends the session, [`SESSION_MILLIS`] after it began.
pub fn next_session() {
	Millis::mutate(|millis| *millis += SESSION_MILLIS);
	Session::rotate_session();
}

/// Ends the era.
pub fn next_era() {
	(0..SESSIONS).for_each(|_| next_session());
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
