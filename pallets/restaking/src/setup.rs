//! The setup of benchmarks of this and other pallets. Every function creates the funds that it needs.

use crate::{pallet::Config, Assets, Pallet, LEAST_MIN_DEPOSIT};
use frame_support::traits::{
	fungible,
	fungibles::{Create, Inspect, Mutate},
};
use frame_system::RawOrigin;
use mainstay_primitives::{
	traits::{OperatorSets, ServiceBenchmarkHelper},
	AssetId, Balance, Currency, OperatorSetId, PoolKind, STAY, WAD,
};

/// Gives `who` `amount` of a currency, and returns it: STAY, through `Native`, for index 0, else an admitted asset of
/// `issuer`. Also gives `who` enough STAY for deposits.
pub fn currency<T: Config, Native>(
	issuer: &T::AccountId,
	index: u32,
	who: &T::AccountId,
	amount: Balance,
) -> Currency
where
	T::Roles: Create<T::AccountId> + Mutate<T::AccountId, Balance = Balance>,
	Native: fungible::Mutate<T::AccountId, Balance = Balance>,
{
	Native::mint_into(who, amount.saturating_add(1_000 * STAY)).expect("issuance is far below its bound");
	if index == 0 {
		return Currency::Native;
	}
	if !Assets::<T>::contains_key(index) {
		asset::<T>(issuer, index, who);
		let root = RawOrigin::Root.into();
		Pallet::<T>::add_asset(root, index, Balance::MAX, who.clone(), false, LEAST_MIN_DEPOSIT)
			.expect("the chain's own asset");
	}
	let kept = Native::minimum_balance().max(T::Roles::minimum_balance(index));
	T::Roles::mint_into(index, who, amount.saturating_add(kept)).expect("can be minted");
	Currency::WithId(index)
}

/// Creates asset `id` of `issuer`, and gives a small amount of it to `who`. It is not admitted, and its accounts need
/// no deposits.
pub fn asset<T: Config>(issuer: &T::AccountId, id: AssetId, who: &T::AccountId) -> AssetId
where
	T::Roles: Create<T::AccountId> + Mutate<T::AccountId, Balance = Balance>,
{
	T::Roles::create(id, issuer.clone(), true, 1).expect("a fresh asset");
	T::Roles::mint_into(id, who, 10).expect("can be minted");
	id
}

/// Gives `operator` a pool of `amount` or more of each kind that `set` accepts, and allocates a sixteenth of each to
/// the set. The caller lets the operator join.
pub fn allocate<T: Config>(operator: &T::AccountId, set: OperatorSetId, amount: Balance) {
	let origin = || RawOrigin::Signed(operator.clone()).into();
	for (kind, _) in T::Sets::kinds(set) {
		let index = if let PoolKind::Asset(id) = kind { id } else { 0 };
		T::BenchmarkHelper::currency(index, operator, amount);
		Pallet::<T>::restake(origin(), operator.clone(), kind, amount, 0).expect("funded");
		Pallet::<T>::allocate(origin(), kind, set, WAD / 16).expect("within the leverage");
	}
}
