//! What benchmarks, this pallet's and others', begin with. All of it creates the funds it needs.

use crate::{pallet::Config, Pallet};
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	Get,
};
use frame_system::RawOrigin;
use mainstay_primitives::{Balance, Currency, ExitAmount, PoolKind};

/// Makes `operator` an operator that takes a commission of 5 % and has `amount` of native stake of its own.
pub fn operator_with_stake<T: Config>(operator: &T::AccountId, amount: Balance) {
	let origin = || RawOrigin::Signed(operator.clone()).into();
	let kept = T::Assets::minimum_balance(Currency::Native).saturating_add(T::ItemDeposit::get());
	T::Assets::mint_into(Currency::Native, operator, amount.saturating_add(kept))
		.expect("issuance is far below its bound");
	Pallet::<T>::register(origin(), 500).expect("a fresh account can register");
	Pallet::<T>::stake(origin(), operator.clone(), amount, 0).expect("funded");
}

/// Queues `amount` of the operator's own stake to leave pool `(operator, kind)`.
pub fn exit_stake<T: Config>(operator: &T::AccountId, kind: PoolKind, amount: Balance) {
	let origin = RawOrigin::Signed(operator.clone()).into();
	Pallet::<T>::exit(origin, operator.clone(), kind, ExitAmount::Value(amount)).expect("staked");
}
