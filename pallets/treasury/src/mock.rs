//! A runtime of this pallet, balances and assets. Root spends everything, and one account a little.

use crate as mainstay_treasury;
use crate::Allowance;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungibles, EnsureOrigin},
	weights::constants::RocksDbWeight,
	PalletId,
};
use frame_system::{EnsureRoot, RawOrigin};
use mainstay_primitives::{traits::Treasury as _, AccountId, Balance, Currency, Income, STAY};
pub use mainstay_test_support::{account, ExistentialDeposit};
use mainstay_test_support::{actors, dispatch};
use sp_runtime::DispatchResult;

mainstay_test_support::runtime! {
	System: { type DbWeight = RocksDbWeight; },
	Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
	Treasury: mainstay_treasury,
}

parameter_types! {
	pub const TreasuryId: PalletId = PalletId(*b"may/trsy");
}

impl crate::Config for Test {
	type Assets = NativeAndAssets;
	type SpendOrigin = Spenders;
	type PalletId = TreasuryId;
	type WeightInfo = crate::weights::Measured<Test>;
}

/// The account that may spend [`PETTY`] of STAY in a dispatch.
pub const CLERK: u8 = 3;
/// Its allowance.
pub const PETTY: Balance = 2 * STAY;

/// Root spends everything, and [`CLERK`] has an allowance.
pub struct Spenders;
impl EnsureOrigin<RuntimeOrigin> for Spenders {
	type Success = Allowance;

	fn try_origin(origin: RuntimeOrigin) -> Result<Allowance, RuntimeOrigin> {
		let system: Result<RawOrigin<AccountId>, RuntimeOrigin> = origin.clone().into();
		match system {
			Ok(RawOrigin::Root) => Ok(Allowance::All),
			Ok(RawOrigin::Signed(who)) if who == account(CLERK) => Ok(Allowance::Stay(PETTY)),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

/// The balance of accounts 1 to 3 at genesis, of STAY and of each asset.
pub const PURSE: Balance = 1_000 * STAY;
/// The minimum balance of asset 2.
pub const COARSE_MINIMUM: Balance = 1_000;

/// Accounts 1 to 3 with a [`PURSE`] each, in block 1. Account 1 owns assets 1 and 2, and opened the treasury's accounts
/// of them.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = actors::begin::<Test>(RuntimeGenesisConfig {
		balances: actors::balances(1..4, PURSE),
		assets: actors::assets(&[(1, 1), (2, COARSE_MINIMUM)], account(1), 1..4, PURSE),
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
		Treasury::do_try_state().unwrap();
	});
}

/// Transfers `amount` to the treasury and records it.
pub fn receive(source: Income, currency: Currency, amount: Balance) {
	<NativeAndAssets as fungibles::Mutate<_>>::mint_into(currency.clone(), &Treasury::account(), amount)
		.unwrap();
	Treasury::note(source, currency, amount);
}

/// Dispatches a `spend` from `origin`, as a block would.
pub fn spend(origin: RuntimeOrigin, currency: Currency, amount: Balance, to: AccountId) -> DispatchResult {
	dispatch(origin, crate::Call::<Test>::spend { currency, amount, to })
}

/// The events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	mainstay_test_support::events::<Test, _>()
}
