//! Benchmarks of the call and of `note`, each in its most expensive state.

use crate::{traits::Treasury as _, *};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungibles::{Create, Inspect, Mutate},
	EnsureOrigin,
};
use mainstay_primitives::{AssetId, Balance, Currency, Income, STAY};

/// An asset with an unused id.
const ASSET: AssetId = 1_000;

#[benchmarks(where T::Assets: Create<T::AccountId>)]
mod benchmarks {
	use super::*;

	/// Of an asset, to an account that the payment creates: STAY takes fewer keys.
	#[benchmark]
	fn spend() -> Result<(), BenchmarkError> {
		let origin = T::SpendOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (treasury, to): (T::AccountId, T::AccountId) = (Pallet::<T>::account(), account("to", 0, 0));
		let currency = Currency::WithId(ASSET);
		assert_eq!(T::Assets::create(currency.clone(), treasury.clone(), true, 1), Ok(()));
		assert!(T::Assets::mint_into(currency.clone(), &treasury, STAY + 1).is_ok());
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, currency.clone(), STAY, to.clone());
		assert_eq!(T::Assets::balance(currency.clone(), &to), STAY);
		assert_eq!(Spent::<T>::get(currency), STAY);
		Ok(())
	}

	/// Of income that has an event.
	#[benchmark]
	fn note() {
		let amount: Balance = STAY;
		#[block]
		{
			Pallet::<T>::note(Income::Slash, Currency::Native, amount);
		}
		assert_eq!(Received::<T>::get(Income::Slash, Currency::Native), amount);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
