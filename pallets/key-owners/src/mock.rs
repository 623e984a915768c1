//! A runtime of this pallet and the real sessions. Tests choose the next validator set and when a session ends.

use crate as mainstay_key_owners;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, KeyOwnerProofSystem},
};
use pallet_session::{historical as pallet_session_historical, PeriodicSessions, SessionInterface};
use sp_core::crypto::key_types::DUMMY;
use sp_runtime::{impl_opaque_keys, testing::UintAuthorityId, traits::ConvertInto};
use sp_session::MembershipProof;
use sp_staking::SessionIndex;

frame_support::construct_runtime! {
	pub struct Test {
		System: frame_system,
		Balances: pallet_balances,
		Historical: pallet_session_historical,
		Session: pallet_session,
		KeyOwners: mainstay_key_owners,
	}
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<u64>;
	type DbWeight = frame_support::weights::constants::RocksDbWeight;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

impl_opaque_keys! {
	pub struct SessionKeys {
		pub dummy: UintAuthorityId,
	}
}

parameter_types! {
	/// The validators of the session after the next, if they are to change.
	pub static NextSet: Option<Vec<u64>> = None;
	/// How many sessions before the running one can still be asked for.
	pub static InTime: SessionIndex = 5;
}

pub struct Manager;
impl pallet_session::SessionManager<u64> for Manager {
	fn new_session(_: SessionIndex) -> Option<Vec<u64>> {
		NextSet::take()
	}
	fn start_session(session: SessionIndex) {
		// This pallet has stored the owners before the inner manager starts the session.
		assert_eq!(crate::Owners::<Test>::iter_values().flatten().filter(|t| t.from > session).count(), 0);
	}
	fn end_session(_: SessionIndex) {}
}

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = u64;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = PeriodicSessions<ConstU64<10>, ConstU64<0>>;
	type NextSessionRotation = PeriodicSessions<ConstU64<10>, ConstU64<0>>;
	type SessionManager = crate::NoteKeyOwners<Test, Manager>;
	type SessionHandler = pallet_session::TestSessionHandler;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ConstU64<0>;
}

pub struct Unit;
impl sp_runtime::traits::Convert<u64, Option<()>> for Unit {
	fn convert(_: u64) -> Option<()> {
		Some(())
	}
}

impl pallet_session_historical::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = Unit;
}

/// The maximum number of reports in a block.
pub const MAX_REPORTS: u32 = 2;

impl crate::Config for Test {
	type ReportSessions = InTime;
	type MaxReports = ConstU32<MAX_REPORTS>;
}

/// The key numbered `n`.
pub fn key(n: u64) -> UintAuthorityId {
	UintAuthorityId(n)
}

/// Validators 1 to 4, each with the key of its number, in session 0.
pub fn new_test_ext() -> sp_io::TestExternalities {
	NextSet::set(None);
	InTime::set(5);
	let mut ext = mainstay_test_support::actors::begin::<Test>(RuntimeGenesisConfig {
		// A validator's session keys hold a reference to its account, which must exist.
		balances: pallet_balances::GenesisConfig {
			balances: (1..5).map(|n| (n, 1)).collect(),
			..Default::default()
		},
		session: pallet_session::GenesisConfig {
			keys: (1..5).map(|n| (n, n, SessionKeys { dummy: key(n) })).collect(),
			..Default::default()
		},
		..Default::default()
	});
	// Benchmarks reset the state to what is committed.
	ext.commit_all().unwrap();
	ext
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		KeyOwners::do_try_state().unwrap();
	});
}

/// Ends sessions until `session` begins, and checks the invariants after each.
pub fn to_session(session: SessionIndex) {
	assert!(Session::current_index() < session, "session {session} is not to come");
	while Session::current_index() < session {
		Session::rotate_session();
		KeyOwners::do_try_state().unwrap();
	}
}

/// Registers key `n` for `who`. It comes into force in the session after the next, if `who` serves then.
pub fn set_key(who: u64, n: u64) {
	<Session as SessionInterface>::set_keys(&who, SessionKeys { dummy: key(n) }).unwrap();
}

/// Removes the keys of `who`.
pub fn purge_key(who: u64) {
	<Session as SessionInterface>::purge_keys(&who).unwrap();
}

/// Proves who held key `n` in `session`.
pub fn prove_in(session: SessionIndex, n: u64) -> Option<MembershipProof> {
	KeyOwners::prove_in(session, DUMMY, key(n).as_ref())
}

/// The owner of key `n` by a proof.
pub fn check(n: u64, proof: MembershipProof) -> Option<u64> {
	KeyOwners::check_proof((DUMMY, key(n)), proof).map(|(owner, ())| owner)
}

/// The owner of key `n` in `session`, by a proof that is made now and by lookup.
pub fn owner(session: SessionIndex, n: u64) -> Option<u64> {
	let proved = prove_in(session, n).and_then(|proof| check(n, proof));
	assert_eq!(proved, KeyOwners::owner_in(DUMMY.0, key(n).as_ref().to_vec(), session));
	proved
}

/// The tenures of key `n`: validator, first session, last session.
pub fn tenures(n: u64) -> Vec<(u64, SessionIndex, Option<SessionIndex>)> {
	let tenures = crate::Owners::<Test>::get(DUMMY, AsRef::<[u8]>::as_ref(&key(n)));
	tenures.into_iter().map(|tenure| (tenure.owner, tenure.from, tenure.until)).collect()
}

/// The sessions that can be asked for now.
pub fn in_time() -> core::ops::RangeInclusive<SessionIndex> {
	let current = Session::current_index();
	current.saturating_sub(InTime::get())..=current
}
