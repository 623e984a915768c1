//! Services: registration, ownership, deregistration.

use crate::*;
use frame_support::{
	defensive, ensure,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		Get,
	},
};
use mainstay_primitives::{AvsId, Balance};
use sp_runtime::{ArithmeticError, DispatchResult};

/// The hold reason in the form of the balances pallet.
pub(crate) fn reason<T: Config>(
	reason: HoldReason,
) -> <T::NativeBalance as InspectHold<T::AccountId>>::Reason {
	reason.into()
}

impl<T: Config> Pallet<T> {
	/// The service `avs`, if `who` owns it.
	pub(crate) fn owned(who: &T::AccountId, avs: AvsId) -> Result<Avs<T::AccountId>, Error<T>> {
		let service = Avses::<T>::get(avs).ok_or(Error::<T>::UnknownAvs)?;
		ensure!(service.owner == *who, Error::<T>::NotOwner);
		Ok(service)
	}

	/// Holds `deposit` of the balance of `who`.
	pub(crate) fn hold(why: HoldReason, who: &T::AccountId, deposit: Balance) -> DispatchResult {
		T::NativeBalance::hold(&reason::<T>(why), who, deposit)
	}

	/// Releases a deposit of `who`. Only this pallet changes its holds, so all of it is there.
	pub(crate) fn give_back(why: HoldReason, who: &T::AccountId, deposit: Balance) {
		let released = T::NativeBalance::release(&reason::<T>(why), who, deposit, Precision::BestEffort);
		if released != Ok(deposit) {
			defensive!("a deposit is not held any more");
		}
	}

	/// Releases deposits of approvals for the owner of service `avs`.
	pub(crate) fn give_back_approvals(avs: AvsId, deposits: Balance) {
		// Approvals that are older than this deposit hold nothing.
		if deposits == 0 {
			return;
		}
		let Some(mut service) = Avses::<T>::get(avs) else {
			defensive!("a set of no service");
			return;
		};
		Self::give_back(HoldReason::Approval, &service.owner, deposits);
		service.approvals = service.approvals.saturating_sub(deposits);
		Avses::<T>::insert(avs, service);
	}

	pub(crate) fn do_register(who: &T::AccountId, metadata: AvsMetadata<T>) -> DispatchResult {
		let deposit = T::RegistrationDeposit::get();
		Self::hold(HoldReason::Registration, who, deposit)?;
		let avs = NextAvsId::<T>::get();
		NextAvsId::<T>::put(avs.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let service =
			Avs { owner: who.clone(), next_owner: None, deposit, approvals: 0, sets: 0, next_set: 0 };
		Avses::<T>::insert(avs, service);
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
		Self::hold(HoldReason::Registration, who, service.deposit)?;
		Self::hold(HoldReason::Approval, who, service.approvals)?;
		Self::give_back(HoldReason::Registration, &service.owner, service.deposit);
		Self::give_back(HoldReason::Approval, &service.owner, service.approvals);
		let old = service.owner.clone();
		Avses::<T>::insert(avs, Avs { owner: who.clone(), next_owner: None, ..service });
		Self::deposit_event(Event::OwnershipTransferred { avs, old, new: who.clone() });
		Ok(())
	}

	pub(crate) fn do_deregister(who: &T::AccountId, avs: AvsId) -> DispatchResult {
		let service = Self::owned(who, avs)?;
		ensure!(service.sets == 0, Error::<T>::HasSets);
		Self::give_back(HoldReason::Registration, who, service.deposit);
		Avses::<T>::remove(avs);
		Metadata::<T>::remove(avs);
		Self::deposit_event(Event::AvsDeregistered { avs });
		Ok(())
	}
}
