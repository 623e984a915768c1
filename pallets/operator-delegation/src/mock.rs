//! A runtime of this pallet, balances and assets, with a clock and a slash gate that tests set by hand.

use crate as mainstay_operator_delegation;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::Inspect, ConstU32},
	weights::Weight,
};
use frame_system::EnsureRoot;
use mainstay_primitives::{
	traits::{InspectStakes, OnNativeMoved, OnOperatorRetired, OnPoolWiped, SettleRewards},
	AccountId, Balance, Bps, Era, PoolKind, Position, STAY,
};
use mainstay_test_support::actors;
pub use mainstay_test_support::{
	account,
	clock::{Ahead, Clock, ExitDelay, Now, MAX_NOTICE},
	send,
	stand_ins::{Books, Gate, Noted, PendingSlashes as Covered, Registry, Treasury},
	ExistentialDeposit, PURSE,
};
use std::collections::BTreeMap;

mainstay_test_support::runtime! {
	System: {},
	Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
	OperatorDelegation: mainstay_operator_delegation,
}

parameter_types! {
	pub const MinDeposit: Balance = 1_000_000_000;
	pub static ItemDeposit: Balance = STAY / 10;
	pub static ByteDeposit: Balance = STAY / 10_000;
	/// By owner, kind, generation and era: how many positions still need to know where shares of that era began to
	/// earn. In storage, so that it is rolled back together with the pallet's.
	pub storage Ended: BTreeMap<(AccountId, PoolKind, u32, Era), u32> = BTreeMap::new();
	pub static Retired: Vec<AccountId> = vec![];
	/// The messages to [`Rewards`].
	pub static Heard: Vec<Told> = vec![];
	/// The pools that slashes took completely, and the eras in which their new generations begin.
	pub static Wiped: Vec<(AccountId, PoolKind, Era)> = vec![];
	/// The messages to [`Locks`].
	pub static Moved: Vec<Move> = vec![];
	/// The accounts with a lock of [`Locks`].
	pub static Locked: Vec<AccountId> = vec![];
}

pub struct Retirements;
impl OnOperatorRetired<AccountId> for Retirements {
	fn on_operator_retired(operator: &AccountId) {
		Retired::mutate(|retired| retired.push(operator.clone()));
	}
}

/// A message to [`Rewards`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
	/// The shares of a position are about to change: whose, in which kind of pool, its generation and its shares.
	Settle(AccountId, PoolKind, u32, u128),
	/// A position was removed.
	Close(AccountId, PoolKind),
}

/// Records its messages, and asserts that they come in time.
pub struct Rewards;
impl SettleRewards<AccountId> for Rewards {
	fn settle(who: &AccountId, operator: &AccountId, kind: PoolKind, position: &Position) {
		let stored = crate::Positions::<Test>::get((who, operator, kind));
		assert_eq!(stored.as_ref(), Some(position), "the message comes before the position changes");
		let Position { shares, generation, .. } = *position;
		Heard::mutate(|heard| heard.push(Told::Settle(who.clone(), kind, generation, shares)));
	}
	fn begin(who: &AccountId, operator: &AccountId, kind: PoolKind, generation: u32) {
		let stored = crate::Positions::<Test>::get((who, operator, kind));
		assert!(stored.is_none_or(|old| old.generation < generation), "a position begins where none was");
		Heard::mutate(|heard| heard.push(Told::Settle(who.clone(), kind, generation, 0)));
	}
	fn fresh_ended(operator: &AccountId, kind: PoolKind, generation: u32, era: Era, holders: u32) {
		assert!(holders > 0 && era < Now::get());
		let key = (operator.clone(), kind, generation, era);
		let mut ended = Ended::get();
		assert_eq!(ended.insert(key, holders), None, "told once");
		Ended::set(&ended);
	}
	fn fresh_settled(operator: &AccountId, kind: PoolKind, generation: u32, era: Era) -> bool {
		assert!(era < Now::get());
		let key = (operator.clone(), kind, generation, era);
		let mut ended = Ended::get();
		let Some(holders) = ended.get_mut(&key) else { return false };
		*holders -= 1;
		if *holders == 0 {
			ended.remove(&key);
		}
		Ended::set(&ended);
		true
	}
	fn close(who: &AccountId, operator: &AccountId, kind: PoolKind) {
		assert_eq!(
			crate::Positions::<Test>::get((who, operator, kind)),
			None,
			"the message comes after the position is removed"
		);
		Heard::mutate(|heard| heard.push(Told::Close(who.clone(), kind)));
	}
}

pub struct Allocations;
impl OnPoolWiped<AccountId> for Allocations {
	fn on_pool_wiped(operator: &AccountId, kind: PoolKind, since: Era) {
		Wiped::mutate(|wiped| wiped.push((operator.clone(), kind, since)));
	}
}

/// A message to [`Locks`], and what it found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
	/// Whether STAY enters a pool; else it was claimed.
	pub entering: bool,
	/// The account and the amount of the message.
	pub who: AccountId,
	pub amount: Balance,
	/// The balance of the account, and the values of its positions and of its exits.
	pub found: (Balance, Balance, Balance),
}

/// Records its messages.
pub struct Locks;
impl Locks {
	fn note(entering: bool, who: &AccountId, amount: Balance) {
		let (staked, leaving) = (OperatorDelegation::staked(who, 100), OperatorDelegation::leaving(who, 100));
		let found = (Balances::balance(who), staked, leaving);
		Moved::mutate(|moved| moved.push(Move { entering, who: who.clone(), amount, found }));
	}
}
impl OnNativeMoved<AccountId> for Locks {
	fn entering(who: &AccountId, amount: Balance) {
		Self::note(true, who, amount);
	}
	fn claimed(who: &AccountId, amount: Balance) {
		Self::note(false, who, amount);
	}
	fn max_weight() -> Weight {
		RENEWAL
	}
	fn weight_of(who: &AccountId) -> Weight {
		if Locked::get().contains(who) {
			RENEWAL
		} else {
			NO_RENEWAL
		}
	}
}

/// The weight of [`Locks`] for an account with a lock.
pub const RENEWAL: Weight = Weight::from_parts(1_000_000_007, 0);
/// The weight of [`Locks`] for an account without one.
pub const NO_RENEWAL: Weight = Weight::from_parts(1_000_003, 0);

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl crate::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Clock;
	type SlashGate = Gate;
	type SettleRewards = Rewards;
	type OnPoolWiped = Allocations;
	type OnNativeMoved = Locks;
	type Treasury = Books;
	type OnOperatorRetired = Retirements;
	type CommissionDelay = ConstU32<COMMISSION_DELAY>;
	type Registry = Registry;
	type MinDeposit = MinDeposit;
	type ItemDeposit = ItemDeposit;
	type ByteDeposit = ByteDeposit;
	type WeightInfo = crate::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// The benchmarks of this pallet need nothing else.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl mainstay_primitives::traits::BenchmarkHelper<AccountId> for Helper {
	fn set_keys(_: &AccountId) {}
	fn advance_eras(eras: Era) {
		Now::mutate(|now| *now += eras);
	}
	fn operator_with_stake(_: &AccountId, _: Balance) {}
	fn exit_stake(_: &AccountId, _: PoolKind, _: Balance) {}
	fn pay_delegators(_: &AccountId, _: PoolKind) {}
}

/// Eras until a higher commission binds.
pub const COMMISSION_DELAY: Era = 2;

/// Accounts 1 to 9 with a [`PURSE`] each and these operators, in era 0, block 1.
pub fn new_network(operators: Vec<(AccountId, Bps, Balance)>) -> sp_io::TestExternalities {
	ItemDeposit::set(STAY / 10);
	ByteDeposit::set(STAY / 10_000);
	let ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..10, PURSE),
		operator_delegation: crate::GenesisConfig { operators },
		..Default::default()
	});
	Heard::take();
	Wiped::take();
	Moved::take();
	Locked::take();
	ext
}

/// [`new_network`] without operators.
pub fn new_test_ext() -> sp_io::TestExternalities {
	new_network(vec![])
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
