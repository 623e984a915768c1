//! The setup of benchmarks of other pallets.

use crate::{pallet::Config, Pallet};
use frame_benchmarking::account;
use frame_support::traits::{fungibles::Mutate, Get};
use mainstay_primitives::{
	traits::{BenchmarkHelper, ServiceBenchmarkHelper},
	PoolKind, STAY,
};

/// Lets services pay the delegators of pool `(operator, kind)` in as many currencies as one pool can owe, unless
/// services cannot slash the kind. Moves the clock by an era first, so that existing shares earn.
pub fn pay_delegators<T: Config>(operator: &T::AccountId, kind: PoolKind) {
	if kind == PoolKind::Stake {
		return;
	}
	T::BenchmarkHelper::advance_eras(1);
	let payer = account("payer", 0, 0);
	for index in 0..T::MaxRewardAssets::get() {
		let currency = T::BenchmarkHelper::currency(index, &payer, 2 * STAY);
		T::Assets::mint_into(currency.clone(), &Pallet::<T>::account(), STAY).expect("can be minted");
		Pallet::<T>::accrue(operator, kind, &currency, STAY);
	}
}
