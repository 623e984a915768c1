//! The setup of benchmarks of this and other pallets. Every function creates the funds that it needs.

use crate::{pallet::Config, Pallet};
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	Get,
};
use frame_system::RawOrigin;
use mainstay_primitives::{Balance, Currency, ExitAmount, PoolKind};

/// Makes `operator` an operator with a commission of 5 % and `amount` of its own native stake, in STAY.
pub fn operator_with_stake<T: Config>(operator: &T::AccountId, amount: Balance) {
	let origin = || RawOrigin::Signed(operator.clone()).into();
	let kept = T::Assets::minimum_balance(Currency::Native).saturating_add(T::ItemDeposit::get());
	T::Assets::mint_into(Currency::Native, operator, amount.saturating_add(kept))
		.expect("issuance is far below its bound");
	Pallet::<T>::register(origin(), 500).expect("a fresh account can register");
	Pallet::<T>::stake(origin(), operator.clone(), amount, 0).expect("funded");
}

/// Gives `who` this number of positions and of exits, of kind `Stake`, each with `amount` of STAY. No two positions have the
/// same operator, and no two exits.
pub fn staker<T: Config>(who: &T::AccountId, positions: u32, exits: u32, amount: Balance) {
	let signed = || RawOrigin::Signed(who.clone()).into();
	let fund = |amount| {
		T::Assets::mint_into(Currency::Native, who, amount).expect("issuance is far below its bound");
	};
	fund(T::Assets::minimum_balance(Currency::Native));
	for index in 0..positions.max(exits) {
		let operator: T::AccountId = frame_benchmarking::account("operator of a staker", index, 0);
		operator_with_stake::<T>(&operator, amount);
		let enter = || {
			fund(amount);
			Pallet::<T>::stake(signed(), operator.clone(), amount, 0).expect("funded");
		};
		if index < exits {
			enter();
			Pallet::<T>::exit(signed(), operator.clone(), PoolKind::Stake, ExitAmount::All).expect("staked");
		}
		if index < positions {
			enter();
		}
	}
}

/// Exits with `amount` of the operator's own stake from pool `(operator, kind)`.
pub fn exit_stake<T: Config>(operator: &T::AccountId, kind: PoolKind, amount: Balance) {
	let origin = RawOrigin::Signed(operator.clone()).into();
	Pallet::<T>::exit(origin, operator.clone(), kind, ExitAmount::Value(amount)).expect("staked");
}
