//! Conditions: the offences that a set declares, with their terms.

use crate::*;
use frame_support::{ensure, traits::Get, BoundedVec};
use mainstay_primitives::{traits::EraClock, ConditionId, ConditionTerms, Era, OperatorSetId, WAD};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Condition<T> {
	/// Changes the terms to `new` in era `now`: terms that ease bind at once, the rest from capture era `later` on.
	/// Returns the era from which all of them bind.
	fn change(&mut self, new: ConditionTerms<T::AccountId>, now: Era, later: Era) -> Result<Era, Error<T>> {
		// If the last change binds for every era that can still be slashed, the terms before it are dropped.
		let reach = T::Clock::exit_delay();
		let terms = &mut self.terms;
		if let Some((next, _)) = terms.next.take_if(|(_, since)| since.saturating_add(reach) < now) {
			terms.value = next;
		}
		let effective = match &terms.next {
			// The new terms only ease the announced ones, which still bind in their era, eased.
			Some((next, since)) if next.eased_by(&new) == new => *since,
			// Two versions of the terms bind, each for its capture eras, and a third cannot be stored.
			Some((_, since)) if *since <= now => return Err(Error::<T>::ChangePending),
			_ => later,
		};
		terms.value = terms.value.eased_by(&new);
		terms.next = (terms.value != new).then_some((new, effective));
		Ok(terms.next.as_ref().map_or(now, |(_, effective)| *effective))
	}
}

impl<T: Config> Pallet<T> {
	fn ensure_terms(terms: &ConditionTerms<T::AccountId>) -> Result<(), Error<T>> {
		ensure!(terms.max_fraction > 0 && terms.max_fraction <= WAD, Error::<T>::BadFraction);
		ensure!(terms.veto_window <= T::MaxVetoWindow::get(), Error::<T>::VetoWindowTooLong);
		Ok(())
	}

	pub(crate) fn do_add_condition(
		who: &T::AccountId,
		id: OperatorSetId,
		text: BoundedVec<u8, T::MaxConditionText>,
		terms: ConditionTerms<T::AccountId>,
	) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		Self::ensure_terms(&terms)?;
		ensure!(set.conditions < T::MaxConditions::get(), Error::<T>::TooManyConditions);
		let condition = set.next_condition;
		set.next_condition = condition.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		set.conditions = set.conditions.saturating_add(1);
		let since = if set.had_members { Self::effective(&set) } else { 0 };
		Sets::<T>::insert(id, set);
		Conditions::<T>::insert(
			id,
			condition,
			Condition { text, lane: ConditionLane::Attested, since, terms: terms.clone().into() },
		);
		Self::deposit_event(Event::ConditionAdded { set: id, id: condition, terms, since });
		Ok(())
	}

	pub(crate) fn do_change_condition(
		who: &T::AccountId,
		id: OperatorSetId,
		condition_id: ConditionId,
		new: ConditionTerms<T::AccountId>,
	) -> DispatchResult {
		let set = Self::owned_set(who, id)?;
		let mut condition = Conditions::<T>::get(id, condition_id).ok_or(Error::<T>::UnknownCondition)?;
		Self::ensure_terms(&new)?;
		ensure!(*condition.terms.announced() != new, Error::<T>::NoChange);

		let effective = if set.had_members {
			condition.change(new.clone(), T::Clock::active(), Self::effective(&set))?
		} else {
			condition.terms = new.clone().into();
			T::Clock::active()
		};
		Conditions::<T>::insert(id, condition_id, condition);
		Self::deposit_event(Event::ConditionChanged { set: id, id: condition_id, terms: new, effective });
		Ok(())
	}

	pub(crate) fn do_remove_condition(
		who: &T::AccountId,
		id: OperatorSetId,
		condition: ConditionId,
	) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		Conditions::<T>::take(id, condition).ok_or(Error::<T>::UnknownCondition)?;
		set.conditions = set.conditions.saturating_sub(1);
		Sets::<T>::insert(id, set);
		Self::deposit_event(Event::ConditionRemoved { set: id, id: condition });
		Ok(())
	}
}
