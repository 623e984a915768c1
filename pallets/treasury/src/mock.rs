//! A runtime of this pallet, balances and assets. Root spends.

use crate as mainstay_treasury;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		fungibles, AsEnsureOriginWithArg,
	},
	PalletId,
};
use mainstay_primitives::{
	traits::Treasury as _, AccountId, AssetId, Balance, Currency, Income, Nonce, STAY,
};
use sp_runtime::{
	traits::{Dispatchable, IdentityLookup},
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
	pub type Treasury = mainstay_treasury;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Nonce = Nonce;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
	type DbWeight = frame_support::weights::constants::RocksDbWeight;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = 1_000_000_000;
	pub const TreasuryId: PalletId = PalletId(*b"may/trsy");
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

impl crate::Config for Test {
	type Assets = NativeAndAssets;
	type SpendOrigin = frame_system::EnsureRoot<AccountId>;
	type PalletId = TreasuryId;
	type WeightInfo = crate::weights::Measured<Test>;
}

/// What accounts 1 to 3 own at first, of STAY and of each asset.
pub const PURSE: Balance = 1_000 * STAY;
/// The least balance of asset 2.
pub const COARSE_MINIMUM: Balance = 1_000;

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// Accounts 1 to 3 with a [`PURSE`] each, of which the first owns assets 1 and 2 and opened the treasury's accounts of
/// them, in block 1.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: (1..4).map(|n| (account(n), PURSE)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(1, account(1), true, 1), (2, account(1), true, COARSE_MINIMUM)],
		accounts: (1..3).flat_map(|id| (1..4).map(move |n| (id, account(n), PURSE))).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	crate::GenesisConfig::<Test>::default().assimilate_storage(&mut storage).unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| System::set_block_number(1));
	// Benchmarks begin again with what is committed.
	ext.commit_all().unwrap();
	ext
}

/// Runs `test` and checks what must hold after it.
pub fn execute(test: impl FnOnce()) {
	sp_tracing::try_init_simple();
	new_test_ext().execute_with(|| {
		test();
		Treasury::do_try_state().unwrap();
	});
}

/// Brings `amount` to the treasury and has it noted.
pub fn receive(source: Income, currency: Currency, amount: Balance) {
	<NativeAndAssets as fungibles::Mutate<_>>::mint_into(currency.clone(), &Treasury::account(), amount)
		.unwrap();
	Treasury::note(source, currency, amount);
}

/// Sends a `spend` from `origin`, as a block would.
pub fn spend(origin: RuntimeOrigin, currency: Currency, amount: Balance, to: AccountId) -> DispatchResult {
	let call = RuntimeCall::from(crate::Call::<Test>::spend { currency, amount, to });
	call.dispatch(origin).map(drop).map_err(|e| e.error)
}

/// What this pallet said since the last time it was asked.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}
