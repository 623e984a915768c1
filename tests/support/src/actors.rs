//! Numbered accounts, and a genesis that gives them funds.

use crate::{clock, stand_ins};
use frame_support::parameter_types;
use mainstay_primitives::{AccountId, AssetId, Balance, STAY};
use sp_io::TestExternalities;
use sp_runtime::{traits::One, BuildStorage};
use std::ops::Range;

/// The balance of each account at genesis, of STAY and of each asset.
pub const PURSE: Balance = 1_000_000 * STAY;

parameter_types! {
	/// The existential deposit of STAY.
	pub const ExistentialDeposit: Balance = 1_000_000_000;
}

/// The account numbered `n`.
pub fn account(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

/// Gives the accounts with these numbers `purse` of STAY each.
pub fn balances<T>(numbers: Range<u8>, purse: Balance) -> pallet_balances::GenesisConfig<T>
where
	T: pallet_balances::Config<AccountId = AccountId, Balance = Balance>,
{
	let balances = numbers.map(|n| (account(n), purse)).collect();
	pallet_balances::GenesisConfig { balances, ..Default::default() }
}

/// Creates these assets of `owner`, each with its minimum balance, and gives the accounts with these numbers `purse` of
/// each.
pub fn assets<T>(
	assets: &[(AssetId, Balance)],
	owner: AccountId,
	numbers: Range<u8>,
	purse: Balance,
) -> pallet_assets::GenesisConfig<T>
where
	T: pallet_assets::Config<AccountId = AccountId, AssetId = AssetId, Balance = Balance>,
{
	let holders = |id: AssetId| numbers.clone().map(move |n| (id, account(n), purse));
	pallet_assets::GenesisConfig {
		assets: assets.iter().map(|(id, least)| (*id, owner.clone(), true, *least)).collect(),
		accounts: assets.iter().flat_map(|(id, _)| holders(*id)).collect(),
		..Default::default()
	}
}

/// Block 1 of the chain that `genesis` builds, with the clock and all stand-ins reset.
pub fn begin<T: frame_system::Config>(genesis: impl BuildStorage) -> TestExternalities {
	sp_tracing::try_init_simple();
	// Reset before genesis, which reads the clock: an earlier test may have moved it.
	clock::reset();
	stand_ins::reset();
	let mut ext = TestExternalities::from(genesis.build_storage().expect("genesis builds"));
	ext.execute_with(|| frame_system::Pallet::<T>::set_block_number(One::one()));
	ext
}
