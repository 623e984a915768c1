//! A runtime in which operators and conviction voting are real. Its polls begin and end when a test says so.

use crate as mainstay_stake_voting;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU32, ConstU64, PollStatus, Polling, TotalIssuanceOf},
	weights::constants::RocksDbWeight,
};
use frame_system::EnsureRoot;
use mainstay_primitives::{AccountId, Balance, STAY};
use mainstay_test_support::actors;
pub use mainstay_test_support::{
	account,
	clock::{Clock, ExitDelay, Now},
	send,
	stand_ins::{Books, Gate, Registry},
	ExistentialDeposit,
};
use pallet_conviction_voting::TallyOf;
use sp_runtime::{traits::BlakeTwo256, DispatchError};
use std::collections::BTreeMap;

mainstay_test_support::runtime! {
	System: { type DbWeight = RocksDbWeight; },
	Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
	OperatorDelegation: mainstay_operator_delegation,
	ConvictionVoting: pallet_conviction_voting,
	Proxy: pallet_proxy,
	StakeVoting: mainstay_stake_voting,
}

/// A poll: its class; its ayes, nays and support; and when it ended, and whether it was approved.
pub type Poll = (u8, (Balance, Balance, Balance), Option<(u64, bool)>);

parameter_types! {
	/// The polls. In storage, so that a refused call changes nothing.
	pub storage Polls: BTreeMap<u8, Poll> = BTreeMap::new();
}

/// The polls of [`Polls`], of two classes.
pub struct PollsByHand;
impl Polling<TallyOf<Test>> for PollsByHand {
	type Index = u8;
	type Votes = Balance;
	type Class = u8;
	type Moment = u64;

	fn classes() -> Vec<u8> {
		vec![0, 1]
	}

	fn as_ongoing(index: u8) -> Option<(TallyOf<Test>, u8)> {
		match Polls::get().get(&index) {
			Some((class, (ayes, nays, support), None)) => {
				Some((TallyOf::<Test>::from_parts(*ayes, *nays, *support), *class))
			},
			_ => None,
		}
	}

	fn access_poll<R>(index: u8, f: impl FnOnce(PollStatus<&mut TallyOf<Test>, u64, u8>) -> R) -> R {
		Self::try_access_poll(index, |status| Ok(f(status))).expect("the closure does not fail")
	}

	fn try_access_poll<R>(
		index: u8,
		f: impl FnOnce(PollStatus<&mut TallyOf<Test>, u64, u8>) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		let mut polls = Polls::get();
		let done = match polls.get_mut(&index) {
			None => f(PollStatus::None),
			Some((_, _, Some((end, approved)))) => f(PollStatus::Completed(*end, *approved)),
			Some((class, (ayes, nays, support), None)) => {
				let mut tally = TallyOf::<Test>::from_parts(*ayes, *nays, *support);
				let done = f(PollStatus::Ongoing(&mut tally, *class));
				(*ayes, *nays, *support) = (tally.ayes, tally.nays, tally.support);
				done
			},
		};
		if done.is_ok() {
			Polls::set(&polls);
		}
		done
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn create_ongoing(_: u8) -> Result<u8, ()> {
		Err(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn end_ongoing(_: u8, _: bool) -> Result<(), ()> {
		Err(())
	}
}

#[derive_impl(mainstay_operator_delegation::config_preludes::TestDefaultConfig)]
impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Clock;
	type SlashGate = Gate;
	type OnNativeMoved = StakeVoting;
	type Registry = Registry;
	type Treasury = Books;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl pallet_conviction_voting::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type Currency = StakeVoting;
	type Polls = PollsByHand;
	type MaxTurnout = TotalIssuanceOf<Balances, AccountId>;
	type MaxVotes = ConstU32<16>;
	type VoteLockingPeriod = ConstU64<LOCKING_PERIOD>;
	type BlockNumberProvider = System;
	type VotingHooks = ();
}

impl pallet_proxy::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ();
	type ProxyDepositBase = ConstU128<STAY>;
	type ProxyDepositFactor = ConstU128<STAY>;
	type MaxProxies = ConstU32<4>;
	type WeightInfo = ();
	type MaxPending = ConstU32<2>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = ConstU128<STAY>;
	type AnnouncementDepositFactor = ConstU128<STAY>;
	type BlockNumberProvider = System;
}

impl crate::Config for Test {
	type NativeBalance = Balances;
	type Stakes = OperatorDelegation;
	type WeightInfo = crate::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl mainstay_primitives::traits::BenchmarkHelper<AccountId> for Helper {
	fn set_keys(_: &AccountId) {}
	fn advance_eras(eras: mainstay_primitives::Era) {
		Now::mutate(|now| *now += eras);
	}
	fn operator_with_stake(operator: &AccountId, amount: Balance) {
		mainstay_operator_delegation::setup::operator_with_stake::<Test>(operator, amount);
	}
	fn exit_stake(operator: &AccountId, kind: mainstay_primitives::PoolKind, amount: Balance) {
		mainstay_operator_delegation::setup::exit_stake::<Test>(operator, kind, amount);
	}
	fn staker(who: &AccountId, positions: u32, exits: u32, amount: Balance) {
		mainstay_operator_delegation::setup::staker::<Test>(who, positions, exits, amount);
	}
	fn pay_delegators(_: &AccountId, _: mainstay_primitives::PoolKind) {}
}

/// The locking period of conviction 1, in blocks.
pub const LOCKING_PERIOD: u64 = 10;
/// The balance of each account at genesis.
pub const PURSE: Balance = 1_000 * STAY;
/// The own stake of each operator.
pub const OWN: Balance = 100 * STAY;

/// Accounts 1 to 9 with a [`PURSE`] each, in era 0, block 1. Accounts 1 and 2 are operators that stake [`OWN`] of it. Polls 0
/// to 2 of class 0, and 3 to 5 of class 1, have begun.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..10, PURSE),
		operator_delegation: mainstay_operator_delegation::GenesisConfig {
			operators: (1..3).map(|n| (account(n), 0, OWN)).collect(),
		},
		..Default::default()
	});
	ext.execute_with(|| {
		let begun = |index: u8| (index, (index / 3, (0, 0, 0), None));
		Polls::set(&(0..6).map(begun).collect());
	});
	ext
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		StakeVoting::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
