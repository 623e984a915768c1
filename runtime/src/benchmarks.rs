//! Benchmarks, run on this runtime.

use crate::*;
use alloc::{string::String, vec::Vec};
use codec::Encode;
use frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	StorageInfo, StorageInfoTrait, WhitelistedStorageKeys,
};
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock},
	Era, ExitAmount, Kind,
};

define_benchmarks!(
	[mainstay_operator_delegation, OperatorDelegation]
	[mainstay_staking, Staking]
	[mainstay_slashing, Slashing]
	[mainstay_rewards, Rewards]
);

/// Brings accounts into the state that benchmarks start from.
pub struct Helper;
impl BenchmarkHelper<AccountId> for Helper {
	fn set_keys(validator: &AccountId) {
		let keys = SessionKeys::generate(&validator.encode(), None).keys;
		<Session as pallet_session::SessionInterface>::set_keys(validator, keys).expect("fresh keys");
	}

	fn advance_eras(eras: Era) {
		for _ in 0..eras {
			Staking::begin_era(Staking::active().saturating_add(1));
		}
	}

	fn operator_with_stake(operator: &AccountId, amount: Balance) {
		let funds = amount.saturating_add(<Balances as Inspect<_>>::minimum_balance());
		<Balances as Mutate<_>>::mint_into(operator, funds).expect("issuance is far below its bound");
		let origin = RuntimeOrigin::signed(operator.clone());
		OperatorDelegation::register(origin.clone(), 500).expect("a fresh account can register");
		OperatorDelegation::stake(origin, operator.clone(), amount, 0).expect("funded");
	}

	fn exit_stake(operator: &AccountId, amount: Balance) {
		let origin = RuntimeOrigin::signed(operator.clone());
		OperatorDelegation::exit(origin, operator.clone(), Kind::Stake, ExitAmount::Value(amount))
			.expect("staked");
	}
}

/// What benchmarks there are.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs a benchmark.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::traits::Get;
	use mainstay_primitives::{traits::Pools, STAY, WAD};

	#[test]
	fn the_helper_brings_operators_into_the_reach_of_a_slash() {
		sp_io::TestExternalities::default().execute_with(|| {
			let operator = AccountId::from([7; 32]);
			Helper::operator_with_stake(&operator, 1_000 * STAY);
			assert_eq!(OperatorDelegation::self_stake(&operator), 1_000 * STAY);
			assert!(Slashing::report_consensus(&operator, WAD / 10, 0).is_ok());
			let eras = configs::clock::ExitDelay::get();
			for _ in 0..eras {
				Helper::exit_stake(&operator, STAY);
				Helper::advance_eras(1);
			}
			assert_eq!(Staking::active(), eras);
			assert_eq!(Slashing::slash_consensus(&operator, WAD / 10, 0), 100 * STAY);
		});
	}
}
