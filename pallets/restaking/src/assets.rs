//! Admitted assets, and deposits of them.

use crate::*;
use frame_support::{
	ensure,
	traits::{fungibles::roles::Inspect as Roles, Contains, Get},
};
use mainstay_primitives::{
	traits::{AssetRegistry, EnterPools, InspectOperators, InspectPools, Vault},
	AssetId, Balance, Currency, PoolKind,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Whether only accounts of the chain can mint, burn, freeze or seize asset `id`.
	fn is_the_chains(id: AssetId) -> bool {
		[T::Roles::owner(id), T::Roles::issuer(id), T::Roles::admin(id), T::Roles::freezer(id)]
			.into_iter()
			.all(|role| role.is_none_or(|who| T::ChainAccounts::contains(&who)))
	}

	pub(crate) fn do_add_asset(
		id: AssetId,
		cap: Balance,
		funder: &T::AccountId,
		trusted: bool,
		min_deposit: Balance,
	) -> DispatchResult {
		ensure!(!Assets::<T>::contains_key(id), Error::<T>::AssetExists);
		ensure!(T::Roles::owner(id).is_some(), Error::<T>::UnknownAsset);
		ensure!(Assets::<T>::count() < T::MaxAssets::get(), Error::<T>::TooManyAssets);
		ensure!(min_deposit >= LEAST_MIN_DEPOSIT, Error::<T>::MinDepositTooLow);
		ensure!(trusted || Self::is_the_chains(id), Error::<T>::IssuerNotTrusted);
		// It would take what custody holds for others, on the word of an origin that may only admit assets.
		ensure!(!T::ChainAccounts::contains(funder), Error::<T>::FunderIsTheChains);
		T::Vaults::open_account(Currency::WithId(id), funder)?;
		Assets::<T>::insert(id, AssetTerms { cap, deposits: true, min_deposit });
		Self::deposit_event(Event::AssetAdded { id, cap, min_deposit });
		Ok(())
	}

	pub(crate) fn do_set_asset(id: AssetId, cap: Balance, deposits: bool) -> DispatchResult {
		Assets::<T>::try_mutate(id, |slot| {
			let terms = slot.as_mut().ok_or(Error::<T>::UnknownAsset)?;
			(terms.cap, terms.deposits) = (cap, deposits);
			Self::deposit_event(Event::AssetChanged { id, cap, deposits });
			Ok(())
		})
	}

	pub(crate) fn do_restake(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		amount: Balance,
		least_shares: u128,
	) -> DispatchResult {
		ensure!(T::Pools::is_operator(operator), Error::<T>::NotOperator);
		match kind {
			PoolKind::Stake => return Err(Error::<T>::NotRestakeable.into()),
			PoolKind::Native => {},
			PoolKind::Asset(id) => {
				let terms = Assets::<T>::get(id).ok_or(Error::<T>::NotRestakeable)?;
				ensure!(terms.deposits, Error::<T>::DepositsDisabled);
				let after = T::Pools::held(id).saturating_add(amount);
				ensure!(after <= terms.cap, Error::<T>::CapReached);
			},
		}
		T::Pools::deposit(who, operator, kind, amount, least_shares)
	}
}

impl<T: Config> AssetRegistry for Pallet<T> {
	fn is_registered(currency: &Currency) -> bool {
		match currency {
			Currency::Native => true,
			Currency::WithId(id) => Assets::<T>::contains_key(id),
		}
	}

	fn min_deposit(id: AssetId) -> Balance {
		Assets::<T>::get(id).map_or(Balance::MAX, |terms| terms.min_deposit)
	}
}
