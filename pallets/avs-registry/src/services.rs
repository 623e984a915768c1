//! Services: registration, ownership, deregistration.

use crate::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		Get,
	},
};
use mainstay_primitives::{AvsId, Balance};
use sp_runtime::{ArithmeticError, DispatchResult};

/// Why balance is held, as the currency names it.
pub(crate) fn reason<T: Config>() -> <T::Currency as InspectHold<T::AccountId>>::Reason {
	HoldReason::Registration.into()
}

impl<T: Config> Pallet<T> {
	/// The service `avs`, if `who` owns it.
	pub(crate) fn owned(who: &T::AccountId, avs: AvsId) -> Result<Avs<T::AccountId>, Error<T>> {
		let service = Avses::<T>::get(avs).ok_or(Error::<T>::UnknownAvs)?;
		ensure!(service.owner == *who, Error::<T>::NotOwner);
		Ok(service)
	}

	fn give_back(owner: &T::AccountId, deposit: Balance) -> DispatchResult {
		T::Currency::release(&reason::<T>(), owner, deposit, Precision::Exact).map(drop)
	}

	pub(crate) fn do_register(who: &T::AccountId, metadata: AvsMetadata<T>) -> DispatchResult {
		let deposit = T::RegistrationDeposit::get();
		T::Currency::hold(&reason::<T>(), who, deposit)?;
		let avs = NextAvsId::<T>::get();
		NextAvsId::<T>::put(avs.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Avses::<T>::insert(avs, Avs { owner: who.clone(), next_owner: None, deposit, sets: 0, next_set: 0 });
		Metadata::<T>::insert(avs, metadata);
		Self::deposit_event(Event::AvsRegistered { avs, owner: who.clone() });
		Ok(())
	}

	pub(crate) fn do_set_metadata(
		who: &T::AccountId,
		avs: AvsId,
		metadata: AvsMetadata<T>,
	) -> DispatchResult {
		Self::owned(who, avs)?;
		Metadata::<T>::insert(avs, metadata);
		Self::deposit_event(Event::MetadataSet { avs });
		Ok(())
	}

	pub(crate) fn do_transfer_ownership(
		who: &T::AccountId,
		avs: AvsId,
		next_owner: Option<T::AccountId>,
	) -> DispatchResult {
		let mut service = Self::owned(who, avs)?;
		ensure!(service.next_owner != next_owner && next_owner.as_ref() != Some(who), Error::<T>::NoChange);
		service.next_owner = next_owner.clone();
		Avses::<T>::insert(avs, service);
		Self::deposit_event(Event::OwnershipOffered { avs, next_owner });
		Ok(())
	}

	pub(crate) fn do_accept_ownership(who: &T::AccountId, avs: AvsId) -> DispatchResult {
		let service = Avses::<T>::get(avs).ok_or(Error::<T>::UnknownAvs)?;
		ensure!(service.next_owner.as_ref() == Some(who), Error::<T>::NotNextOwner);
		T::Currency::hold(&reason::<T>(), who, service.deposit)?;
		Self::give_back(&service.owner, service.deposit)?;
		let old = service.owner.clone();
		Avses::<T>::insert(avs, Avs { owner: who.clone(), next_owner: None, ..service });
		Self::deposit_event(Event::OwnershipTransferred { avs, old, new: who.clone() });
		Ok(())
	}

	pub(crate) fn do_deregister(who: &T::AccountId, avs: AvsId) -> DispatchResult {
		let service = Self::owned(who, avs)?;
		ensure!(service.sets == 0, Error::<T>::HasSets);
		Self::give_back(who, service.deposit)?;
		Avses::<T>::remove(avs);
		Metadata::<T>::remove(avs);
		Self::deposit_event(Event::AvsDeregistered { avs });
		Ok(())
	}
}
