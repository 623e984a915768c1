//! Benchmarks, run on this runtime.

use crate::*;
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use codec::Encode;
use frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{
	fungible::Mutate, fungibles::Mutate as _, Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys,
};
use mainstay_primitives::{
	traits::{BenchmarkHelper, EraClock, ServiceBenchmarkHelper},
	AssetId, Currency, Era, OperatorSetId, PoolKind, STAY, WAD,
};

define_benchmarks!(
	[mainstay_operator_delegation, OperatorDelegation]
	[mainstay_avs_registry, AvsRegistry]
	[mainstay_restaking, Restaking]
	[mainstay_staking, Staking]
	[mainstay_slashing, Slashing]
	[mainstay_rewards, Rewards]
	[mainstay_treasury, ChainTreasury]
	[mainstay_key_owners, KeyOwners]
	[mainstay_stake_voting, StakeVoting]
);

/// Prepares accounts for benchmarks.
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
		// Moves the cursor as the hook would, which does not run here.
		if mainstay_slashing::Slashes::<Runtime>::iter_keys().next().is_none() {
			mainstay_slashing::Cursor::<Runtime>::put((Staking::active(), 0));
		}
	}

	fn operator_with_stake(operator: &AccountId, amount: Balance) {
		mainstay_operator_delegation::setup::operator_with_stake::<Runtime>(operator, amount);
	}

	fn exit_stake(operator: &AccountId, kind: PoolKind, amount: Balance) {
		mainstay_operator_delegation::setup::exit_stake::<Runtime>(operator, kind, amount);
	}

	fn engage(operator: &AccountId) {
		let owner = AccountId::from([250; 32]);
		Self::set_keys(operator);
		Staking::validate(RuntimeOrigin::signed(operator.clone())).expect("it has keys and stake");
		for _ in 0..configs::economy::MaxSetsPerOperator::get() {
			let set = Self::operator_set(&owner, 1);
			<Balances as Mutate<_>>::mint_into(operator, configs::accounts::ItemDeposit::get())
				.expect("issuance is far below its bound");
			AvsRegistry::join(RuntimeOrigin::signed(operator.clone()), set).expect("open");
		}
	}

	fn staker(who: &AccountId, positions: u32, exits: u32, amount: Balance) {
		mainstay_operator_delegation::setup::staker::<Runtime>(who, positions, exits, amount);
	}

	fn allocated(operator: &AccountId, kind: PoolKind, set: OperatorSetId) {
		let history = <Runtime as mainstay_restaking::Config>::MaxHistory::get();
		let history: Vec<_> = (0..history).map(|era| (era, WAD / 32)).collect();
		let mut exposure = mainstay_restaking::Exposure::<Runtime>::default();
		for n in 0..configs::economy::MaxSetsPerOperator::get() {
			let other = OperatorSetId { avs: set.avs.saturating_add(n), index: set.index };
			let history = history.clone().try_into().expect("as long as it gets");
			let allocation = mainstay_restaking::Allocation { current: WAD / 32, pending: None, history };
			exposure.allocations.try_insert(other, allocation).expect("as many as one pool can have");
		}
		mainstay_restaking::Exposures::<Runtime>::insert(operator, kind, exposure);
	}

	fn restakeable(who: &AccountId, amount: Balance) -> Option<AssetId> {
		Self::currency(1, who, amount);
		Some(1)
	}

	fn leave_behind(owner: &AccountId, set: OperatorSetId) {
		let streams = <Runtime as mainstay_rewards::Config>::MaxStreams::get();
		for _ in 0..streams {
			// It lasts whatever eras pass until the set is closed.
			let funds = 1_000 * STAY;
			Self::currency(0, owner, funds);
			let origin = RuntimeOrigin::signed(owner.clone());
			Rewards::open_stream(origin, set, Currency::Native, STAY, funds, 0).expect("funded");
		}
		for index in 0..=configs::economy::MaxAssets::get() {
			let currency = Self::currency(index, owner, STAY);
			NativeAndAssets::mint_into(currency.clone(), &Rewards::account(), STAY).expect("can be minted");
			mainstay_rewards::Carried::<Runtime>::insert(set, currency, STAY);
		}
		let amounts = (0..=configs::economy::MaxAssets::get()).map(|index| match index {
			0 => (Currency::Native, STAY),
			index => (Currency::WithId(index), STAY),
		});
		let amounts: BTreeMap<_, _> = amounts.collect();
		for era in 0..Staking::history() {
			let amounts = amounts.clone().try_into().expect("STAY and every asset");
			let paid = mainstay_rewards::EraPaid { era, amounts };
			mainstay_rewards::Paid::<Runtime>::insert(set, era, paid);
		}
	}

	fn pay_delegators(operator: &AccountId, kind: PoolKind) {
		mainstay_rewards::setup::pay_delegators::<Runtime>(operator, kind);
	}
}

impl ServiceBenchmarkHelper<AccountId> for Helper {
	fn currency(index: u32, who: &AccountId, amount: Balance) -> Currency {
		mainstay_restaking::setup::currency::<Runtime, Balances>(
			&ChainTreasury::account(),
			index,
			who,
			amount,
		)
	}

	fn asset(funder: &AccountId) -> AssetId {
		mainstay_restaking::setup::asset::<Runtime>(&ChainTreasury::account(), 1_000, funder)
	}

	fn operator_set(owner: &AccountId, kinds: u32) -> OperatorSetId {
		for index in 0..kinds {
			Self::currency(index, owner, configs::economy::RegistrationDeposit::get());
		}
		mainstay_avs_registry::setup::operator_set::<Runtime>(owner, kinds)
	}

	fn serve(operator: &AccountId, set: OperatorSetId, amount: Balance) {
		mainstay_restaking::setup::allocate::<Runtime>(operator, set, amount);
		AvsRegistry::join(RuntimeOrigin::signed(operator.clone()), set).expect("open");
	}
}

/// The list of benchmarks.
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
	use mainstay_primitives::traits::InspectPools;

	#[test]
	fn the_helper_brings_operators_into_the_reach_of_a_slash() {
		sp_io::TestExternalities::default().execute_with(|| {
			let operator = AccountId::from([7; 32]);
			Helper::operator_with_stake(&operator, 1_000 * STAY);
			assert_eq!(OperatorDelegation::self_stake(&operator), 1_000 * STAY);
			assert!(Slashing::report_consensus(&operator, WAD / 10, 0).is_ok());
			let eras = Staking::exit_delay();
			for _ in 0..eras {
				Helper::exit_stake(&operator, PoolKind::Stake, STAY);
				Helper::advance_eras(1);
			}
			assert_eq!(Staking::active(), eras);
			assert_eq!(Slashing::slash_consensus(&operator, WAD / 10, 0), 100 * STAY);
		});
	}
}
