//! A runtime of this pallet with the real operators. The clock is set by hand.

use crate as mainstay_avs_registry;
pub use crate::config_preludes::{MAX_VETO_WINDOW, REGISTRATION_DEPOSIT as DEPOSIT, TERMS_DELAY};
use frame_support::{derive_impl, parameter_types, traits::ConstU128};
use frame_system::EnsureRoot;
use mainstay_primitives::{
	traits::{EnterPools, InspectExposures, OnSetClosed, OperatorSets, Unbooked, Vault},
	AccountId, Balance, Currency, Era, Magnitude, OperatorSetId, PoolKind, STAY,
};
pub use mainstay_test_support::{
	account,
	clock::{Clock, Now, EXIT_ERAS},
	send,
	stand_ins::{PendingMembers as Pending, Treasury},
	PURSE,
};
use mainstay_test_support::{
	actors,
	stand_ins::{Gate, Registry},
};
use std::collections::BTreeMap;

mainstay_test_support::runtime! {
	System: {},
	Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
	OperatorDelegation: mainstay_operator_delegation,
	AvsRegistry: mainstay_avs_registry,
}

parameter_types! {
	/// What operators allocated of their pools to sets.
	pub static Allocated: BTreeMap<(AccountId, PoolKind, OperatorSetId), u64> = BTreeMap::new();
	/// Operators whose allocations do not bind yet.
	pub static Waiting: Vec<AccountId> = vec![];
	/// Members that were released, with the kinds of their sets.
	pub static Released: Vec<(OperatorSetId, AccountId, Vec<PoolKind>)> = vec![];
	/// Sets that were closed, with the owners of their services.
	pub static ClosedSets: Vec<(OperatorSetId, AccountId)> = vec![];
}

#[derive_impl(mainstay_operator_delegation::config_preludes::TestDefaultConfig)]
impl mainstay_operator_delegation::Config for Test {
	type Assets = NativeAndAssets;
	type NativeBalance = Balances;
	type Clock = Clock;
	type Registry = Registry;
	type Treasury = Unbooked<Treasury>;
	type OnOperatorRetired = AvsRegistry;
	type WeightInfo = mainstay_operator_delegation::weights::Measured<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Reports the allocations of [`Allocated`].
pub struct Allocations;
impl InspectExposures<AccountId> for Allocations {
	fn slashable_magnitude(operator: &AccountId, kind: PoolKind, set: OperatorSetId, _: Era) -> Magnitude {
		Self::announced(operator, kind, set)
	}
	fn allocated(operator: &AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude {
		if Waiting::get().contains(operator) {
			return Magnitude(0);
		}
		Self::announced(operator, kind, set)
	}
	fn announced(operator: &AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude {
		Magnitude(Allocated::get().get(&(operator.clone(), kind, set)).copied().unwrap_or(0))
	}
}

/// Records the calls for closed sets.
pub struct Closed;
impl OnSetClosed<AccountId> for Closed {
	fn on_member_released(set: OperatorSetId, operator: &AccountId, kinds: &[PoolKind]) {
		Released::mutate(|released| released.push((set, operator.clone(), kinds.to_vec())));
	}
	fn on_set_closed(set: OperatorSetId, owner: &AccountId) {
		ClosedSets::mutate(|closed| closed.push((set, owner.clone())));
	}
}

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl crate::Config for Test {
	type NativeBalance = Balances;
	type Pools = OperatorDelegation;
	type Clock = Clock;
	type SlashGate = Gate;
	type Exposures = Allocations;
	type OnSetClosed = Closed;
	type ItemDeposit = ConstU128<ITEM_DEPOSIT>;
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
		mainstay_operator_delegation::setup::operator_with_stake::<Test>(operator, amount);
	}
	fn exit_stake(_: &AccountId, _: PoolKind, _: Balance) {}
	fn allocated(operator: &AccountId, kind: PoolKind, set: OperatorSetId) {
		let magnitude = mainstay_primitives::WAD / 32;
		Allocated::mutate(|allocated| allocated.insert((operator.clone(), kind, set), magnitude));
	}
	fn pay_delegators(_: &AccountId, _: PoolKind) {}
}

/// The deposit for a place in a set, and for an approval.
pub const ITEM_DEPOSIT: Balance = STAY / 10;
/// The self-stake of each operator, for consensus only.
pub const STAKE: Balance = 1_000 * STAY;

/// Accounts 1 to 10, of which 1 to 6 are operators with a [`STAKE`] each, in era 0, block 1. They have as
/// much of asset 1 as of STAY, and custody can hold it.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..11, PURSE),
		assets: actors::assets(&[(1, 1)], Treasury::get(), 1..11, PURSE),
		operator_delegation: mainstay_operator_delegation::GenesisConfig {
			operators: (1..7).map(|n| (account(n), 0, STAKE)).collect(),
		},
		..Default::default()
	});
	ext.execute_with(|| OperatorDelegation::open_account(Currency::WithId(1), &account(10))).unwrap();
	Allocated::take();
	Released::take();
	ClosedSets::take();
	ext
}

/// Runs `test`, and checks the invariants afterwards.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		AvsRegistry::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

/// Deposits `amount` of the operator's own funds into its pool of `kind`.
pub fn fund(operator: u8, kind: PoolKind, amount: Balance) {
	let who = account(operator);
	OperatorDelegation::deposit(&who, &who, kind, amount, 0).unwrap();
}

/// Allocates `magnitude` of the operator's pool of `kind` to `set`, as restaking would report it.
pub fn allocate(operator: u8, kind: PoolKind, set: OperatorSetId, magnitude: u64) {
	Allocated::mutate(|allocated| allocated.insert((account(operator), kind, set), magnitude));
	<AvsRegistry as OperatorSets<_>>::note_audience(set);
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
