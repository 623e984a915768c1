//! Operators: registration, terms, retirement.

use crate::{pallet::ensure_commission, *};
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Get},
	BoundedVec,
};
use mainstay_primitives::{
	traits::{EraClock, OnOperatorRetired},
	Balance, Bps, Delayed, Era,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The commission of `operator` that binds now; `None` if it is not an operator.
	pub fn commission_of(operator: &T::AccountId) -> Option<Bps> {
		Operators::<T>::get(operator).map(|o| *o.commission.at(T::Clock::active()))
	}

	/// The highest commission of `operator` that can come to bind within `notice` eras: the commission that binds now
	/// or is announced to bind by then, and any that its promise lets it announce with at most that notice.
	pub fn commission_within(operator: &T::AccountId, notice: Era) -> Option<Bps> {
		let terms = Operators::<T>::get(operator)?;
		let now = T::Clock::active();
		let set = *terms.commission.at(now).max(terms.commission.at(now.saturating_add(notice)));
		let soon = |promise: &&Promise| T::CommissionDelay::get().max(promise.notice) <= notice;
		// An announced weaker promise counts too, because it binds once its era has come.
		let promises = [terms.promise.at(now), terms.promise.announced()];
		let possible = promises.into_iter().filter(soon).map(|promise| promise.max_commission).max();
		Some(possible.map_or(set, |possible| possible.max(set)))
	}

	/// Errors if `operator` is not an operator, has retired, or takes no deposits from `who`.
	pub(crate) fn ensure_takes_deposits(operator: &T::AccountId, who: &T::AccountId) -> Result<(), Error<T>> {
		let terms = Operators::<T>::get(operator).ok_or(Error::<T>::NotOperator)?;
		ensure!(!terms.retired, Error::<T>::OperatorRetired);
		let open = terms.policy == Policy::Open || who == operator;
		ensure!(open || Allowed::<T>::contains_key(operator, who), Error::<T>::NotAllowed);
		Ok(())
	}

	pub(crate) fn do_set_policy(who: &T::AccountId, policy: Policy) -> DispatchResult {
		let mut terms = Operators::<T>::get(who).ok_or(Error::<T>::NotOperator)?;
		ensure!(terms.policy != policy, Error::<T>::NoChange);
		terms.policy = policy;
		Operators::<T>::insert(who, terms);
		Self::deposit_event(Event::PolicySet { operator: who.clone(), policy });
		Ok(())
	}

	/// Changes the deposit that is held of an operator's balance from `old` to `new`.
	fn hold(operator: &T::AccountId, reason: HoldReason, old: Balance, new: Balance) -> DispatchResult {
		if new < old {
			let back = old.saturating_sub(new);
			T::NativeBalance::release(&reason.into(), operator, back, Precision::Exact).map(drop)
		} else {
			T::NativeBalance::hold(&reason.into(), operator, new.saturating_sub(old))
		}
	}

	/// The deposit for a name and a link.
	pub(crate) fn metadata_deposit(name: &[u8], link: &[u8]) -> Balance {
		let bytes = (name.len() as Balance).saturating_add(link.len() as Balance);
		T::ItemDeposit::get().saturating_add(T::ByteDeposit::get().saturating_mul(bytes))
	}

	pub(crate) fn do_allow(operator: &T::AccountId, who: &T::AccountId) -> DispatchResult {
		ensure!(Operators::<T>::contains_key(operator), Error::<T>::NotOperator);
		ensure!(!Allowed::<T>::contains_key(operator, who), Error::<T>::AlreadyAllowed);
		let deposit = T::ItemDeposit::get();
		Self::hold(operator, HoldReason::AllowList, 0, deposit)?;
		Allowed::<T>::insert(operator, who, deposit);
		Self::deposit_event(Event::Allowed { operator: operator.clone(), who: who.clone() });
		Ok(())
	}

	pub(crate) fn do_disallow(operator: &T::AccountId, who: &T::AccountId) -> DispatchResult {
		let deposit = Allowed::<T>::take(operator, who).ok_or(Error::<T>::NotListed)?;
		Self::hold(operator, HoldReason::AllowList, deposit, 0)?;
		Self::deposit_event(Event::Disallowed { operator: operator.clone(), who: who.clone() });
		Ok(())
	}

	pub(crate) fn do_register(who: &T::AccountId, commission: Bps, deposit: Balance) -> DispatchResult {
		ensure!(!Operators::<T>::contains_key(who), Error::<T>::AlreadyOperator);
		ensure_commission::<T>(commission)?;
		Self::hold(who, HoldReason::Operator, 0, deposit)?;
		Operators::<T>::insert(
			who,
			Operator {
				commission: commission.into(),
				promise: Promise::default().into(),
				policy: Policy::Open,
				retired: false,
				deposit,
			},
		);
		Self::deposit_event(Event::OperatorRegistered { operator: who.clone(), commission });
		Ok(())
	}

	pub(crate) fn do_set_commission(who: &T::AccountId, new: Bps) -> DispatchResult {
		let mut terms = Operators::<T>::get(who).ok_or(Error::<T>::NotOperator)?;
		ensure_commission::<T>(new)?;
		ensure!(new != *terms.commission.announced(), Error::<T>::NoChange);
		let now = T::Clock::active();
		let promise = *terms.promise.at(now);
		ensure!(new <= promise.max_commission, Error::<T>::PromiseBroken);
		// A lower commission binds at once, a higher one waits.
		let delay = T::CommissionDelay::get().max(promise.notice);
		let (old, effective) = terms.commission.set(new, now, delay);
		Operators::<T>::insert(who, terms);
		Self::deposit_event(Event::CommissionSet { operator: who.clone(), old, new, effective });
		Ok(())
	}

	pub(crate) fn do_set_promise(who: &T::AccountId, new: Promise) -> DispatchResult {
		let mut terms = Operators::<T>::get(who).ok_or(Error::<T>::NotOperator)?;
		ensure_commission::<T>(new.max_commission)?;
		ensure!(new.notice <= T::Clock::max_notice(), Error::<T>::NoticeTooLong);
		ensure!(new != *terms.promise.announced(), Error::<T>::NoChange);
		let now = T::Clock::active();
		let takes = terms.commission.at(now).max(terms.commission.announced());
		ensure!(new.max_commission >= *takes, Error::<T>::PromiseBroken);

		let kept = terms.promise.at(now).or(&new);
		// Delegators who leave when it is announced have left when it binds.
		let delay = T::Clock::exit_delay().saturating_add(1).max(kept.notice);
		let effective = if kept == new { now } else { now.saturating_add(delay) };
		terms.promise = Delayed { value: kept, next: (kept != new).then_some((new, effective)) };
		Operators::<T>::insert(who, terms);
		Self::deposit_event(Event::PromiseSet { operator: who.clone(), promise: new, effective });
		Ok(())
	}

	pub(crate) fn do_set_metadata(
		who: &T::AccountId,
		name: BoundedVec<u8, T::MaxNameLength>,
		link: BoundedVec<u8, T::MaxLinkLength>,
	) -> DispatchResult {
		ensure!(Operators::<T>::contains_key(who), Error::<T>::NotOperator);
		let held = OperatorMetadata::<T>::get(who).map_or(0, |old| old.deposit);
		let is_empty = name.is_empty() && link.is_empty();
		let deposit = if is_empty { 0 } else { Self::metadata_deposit(&name, &link) };
		Self::hold(who, HoldReason::Metadata, held, deposit)?;
		OperatorMetadata::<T>::set(who, (!is_empty).then_some(Metadata { name, link, deposit }));
		Self::deposit_event(Event::MetadataSet { operator: who.clone() });
		Ok(())
	}

	pub(crate) fn do_retire(who: &T::AccountId) -> DispatchResult {
		let mut terms = Operators::<T>::get(who).ok_or(Error::<T>::NotOperator)?;
		ensure!(!terms.retired, Error::<T>::OperatorRetired);
		terms.retired = true;
		Operators::<T>::insert(who, terms);
		T::OnOperatorRetired::on_operator_retired(who);
		Self::deposit_event(Event::OperatorRetired { operator: who.clone() });
		Ok(())
	}
}
