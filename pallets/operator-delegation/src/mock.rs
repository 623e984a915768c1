//! A runtime of this pallet, balances and assets, with a clock and a slash gate that tests set by hand.

use crate as mainstay_operator_delegation;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU32,
	},
	PalletId,
};
use mainstay_primitives::{
	traits::{self, AssetRegistry, EraClock, OnOperatorRetired, OnPoolWiped, SettleRewards, SlashGate},
	AccountId, AssetId, Balance, Bps, Currency, Era, Income, Kind, Nonce, OperatorSetId, Position, STAY,
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
	pub const MinDeposit: Balance = 1_000_000_000;
	pub static ItemDeposit: Balance = STAY / 10;
	pub static ByteDeposit: Balance = STAY / 10_000;
	pub const Treasury: AccountId = AccountId::new([200; 32]);
	pub static ExitDelay: Era = 4;
	pub static Now: Era = 0;
	/// By how many eras the elected one is ahead.
	pub static Ahead: Era = 0;
	/// Where shares that came in an era began to earn, with the positions that still need to know. In storage, because it is
	/// rolled back with it.
	pub storage Ended: BTreeMap<(AccountId, Kind, u32, Era), u32> = BTreeMap::new();
	/// Exits of `(operator, kind)` queued in this era or later are covered by a pending slash.
	pub static Covered: Vec<(AccountId, Kind, Era)> = vec![];
	pub static Retired: Vec<AccountId> = vec![];
	/// What [`Rewards`] was told.
	pub static Heard: Vec<Told> = vec![];
	/// The pools that slashes took all of, and the eras their new generations begin in.
	pub static Wiped: Vec<(AccountId, Kind, Era)> = vec![];
	/// What [`Books`] were told.
	pub static Noted: Vec<(Income, Currency, Balance)> = vec![];
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

pub struct Clock;
impl EraClock for Clock {
	fn active() -> Era {
		Now::get()
	}
	fn planned() -> Era {
		Now::get() + Ahead::get()
	}
	fn era_of(session: SessionIndex) -> Option<Era> {
		Some(session)
	}
	fn set_size(_: Era) -> u32 {
		1
	}
	fn exit_delay() -> Era {
		ExitDelay::get()
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
		let covered = Covered::get().into_iter().filter(|(o, k, _)| o == operator && *k == kind);
		covered.map(|(_, _, capture)| capture).min()
	}
	fn any_due() -> bool {
		false
	}
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
	Settle(AccountId, Kind, u32, u128),
	/// A position is gone.
	Close(AccountId, Kind),
}

/// Writes down what it is told, and insists that it is told in time.
pub struct Rewards;
impl SettleRewards<AccountId> for Rewards {
	fn settle(who: &AccountId, operator: &AccountId, kind: Kind, position: &Position) {
		let stored = crate::Positions::<Test>::get((who, operator, kind));
		assert_eq!(stored.as_ref(), Some(position), "told before the position changes");
		let Position { shares, generation, .. } = *position;
		Heard::mutate(|heard| heard.push(Told::Settle(who.clone(), kind, generation, shares)));
	}
	fn begin(who: &AccountId, operator: &AccountId, kind: Kind, generation: u32) {
		let stored = crate::Positions::<Test>::get((who, operator, kind));
		assert!(
			stored.is_none_or(|old| old.generation < generation),
			"a position begins where there is none"
		);
		Heard::mutate(|heard| heard.push(Told::Settle(who.clone(), kind, generation, 0)));
	}
	fn fresh_ended(operator: &AccountId, kind: Kind, generation: u32, era: Era, holders: u32) {
		assert!(holders > 0 && era < Now::get());
		let key = (operator.clone(), kind, generation, era);
		let mut ended = Ended::get();
		assert_eq!(ended.insert(key, holders), None, "told once");
		Ended::set(&ended);
	}
	fn fresh_settled(operator: &AccountId, kind: Kind, generation: u32, era: Era) -> bool {
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
	fn close(who: &AccountId, operator: &AccountId, kind: Kind) {
		assert_eq!(crate::Positions::<Test>::get((who, operator, kind)), None, "told when it is gone");
		Heard::mutate(|heard| heard.push(Told::Close(who.clone(), kind)));
	}
}

/// Knows one asset's least deposit for all of them.
pub struct Registry;
impl AssetRegistry for Registry {
	fn is_registered(_: &Currency) -> bool {
		true
	}
	fn min_deposit(_: AssetId) -> Balance {
		MinDeposit::get()
	}
}

pub struct Allocations;
impl OnPoolWiped<AccountId> for Allocations {
	fn on_pool_wiped(operator: &AccountId, kind: Kind, since: Era) {
		Wiped::mutate(|wiped| wiped.push((operator.clone(), kind, since)));
	}
}

/// Writes down what the treasury receives.
pub struct Books;
impl traits::Treasury<AccountId> for Books {
	fn account() -> AccountId {
		Treasury::get()
	}
	fn note(source: Income, currency: Currency, amount: Balance) {
		Noted::mutate(|noted| noted.push((source, currency, amount)));
	}
}

impl crate::Config for Test {
	type Assets = NativeAndAssets;
	type Deposits = Balances;
	type Clock = Clock;
	type SlashGate = Gate;
	type SettleRewards = Rewards;
	type OnPoolWiped = Allocations;
	type Treasury = Books;
	type OnOperatorRetired = Retirements;
	type PalletId = Custody;
	type CommissionDelay = ConstU32<COMMISSION_DELAY>;
	type Registry = Registry;
	type MinDeposit = MinDeposit;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type ItemDeposit = ItemDeposit;
	type ByteDeposit = ByteDeposit;
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
	fn operator_with_stake(_: &AccountId, _: Balance) {}
	fn exit_stake(_: &AccountId, _: Kind, _: Balance) {}
	fn pay_delegators(_: &AccountId, _: Kind) {}
}

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// What accounts 1 to 9 own at first.
pub const PURSE: Balance = 1_000_000 * STAY;

/// Eras until a higher commission binds.
pub const COMMISSION_DELAY: Era = 2;

/// Accounts 1 to 9 with a [`PURSE`] each and these operators, in era 0, block 1.
pub fn new_network(operators: Vec<(AccountId, Bps, Balance)>) -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..10).map(|n| (account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	crate::GenesisConfig::<Test> { operators }.assimilate_storage(&mut storage).unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| System::set_block_number(1));
	ExitDelay::set(4);
	ItemDeposit::set(STAY / 10);
	ByteDeposit::set(STAY / 10_000);
	Now::set(0);
	Ahead::set(0);
	Heard::set(vec![]);
	Wiped::set(vec![]);
	Noted::set(vec![]);
	ext
}

/// [`new_network`] without operators.
pub fn new_test_ext() -> sp_io::TestExternalities {
	new_network(vec![])
}

/// Runs `test` and checks the pallet's invariants after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_test_ext().execute_with(|| {
		test();
		OperatorDelegation::do_try_state().unwrap();
	});
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
