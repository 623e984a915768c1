//! Who serves a set: admission, joining, leaving, retirement.

use crate::*;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, OnOperatorRetired, Pools},
	Balance, Kind, Multiplier, OperatorSetId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// What stands behind `operator` in these kinds, each unit counted as often as its multiplier says. Saturates.
	fn weighted_stake(operator: &T::AccountId, kinds: &[(Kind, Multiplier)]) -> Balance {
		kinds.iter().fold(0, |sum: Balance, (kind, multiplier)| {
			let amount = T::Pools::pool(operator, *kind).map_or(0, |pool| pool.funds.amount);
			sum.saturating_add(amount.saturating_mul((*multiplier).into()))
		})
	}

	pub(crate) fn do_approve(
		who: &T::AccountId,
		set: OperatorSetId,
		operator: &T::AccountId,
	) -> DispatchResult {
		Self::owned_set(who, set)?;
		ensure!(T::Pools::is_active_operator(operator), Error::<T>::NotOperator);
		ensure!(!Approvals::<T>::contains_key(set, operator), Error::<T>::AlreadyApproved);
		Approvals::<T>::insert(set, operator, ());
		Self::deposit_event(Event::OperatorApproved { set, operator: operator.clone() });
		Ok(())
	}

	pub(crate) fn do_revoke(
		who: &T::AccountId,
		set: OperatorSetId,
		operator: &T::AccountId,
	) -> DispatchResult {
		Self::owned_set(who, set)?;
		Approvals::<T>::take(set, operator).ok_or(Error::<T>::NotApproved)?;
		Self::deposit_event(Event::ApprovalRevoked { set, operator: operator.clone() });
		Ok(())
	}

	pub(crate) fn do_join(who: &T::AccountId, id: OperatorSetId) -> DispatchResult {
		let mut set = Sets::<T>::get(id).ok_or(Error::<T>::UnknownSet)?;
		ensure!(T::Pools::is_active_operator(who), Error::<T>::NotOperator);
		let mut membership = Memberships::<T>::get(id, who);
		ensure!(!membership.is_open(), Error::<T>::AlreadyMember);
		ensure!(set.admission != Admission::Paused && set.until.is_none(), Error::<T>::JoinsPaused);
		let admitted = set.admission == Admission::Open || Approvals::<T>::contains_key(id, who);
		ensure!(admitted, Error::<T>::NotApproved);
		let now = T::Clock::active();
		let stake = Self::weighted_stake(who, set.kinds.at(now));
		ensure!(stake >= set.min_stake, Error::<T>::StakeTooLow);

		Members::<T>::try_mutate(id, |members| {
			let place = members.binary_search(who).unwrap_or_else(|place| place);
			members.try_insert(place, who.clone()).map_err(|_| Error::<T>::SetFull)
		})?;
		Joined::<T>::try_mutate(who, |sets| {
			let place = sets.binary_search(&id).unwrap_or_else(|place| place);
			sets.try_insert(place, id).map_err(|_| Error::<T>::TooManySets)
		})?;

		let reach = T::ExitDelay::get();
		membership.spans.retain(|span| span.until.is_none_or(|until| until.saturating_add(reach) > now));
		// The era that runs is over in part, and nobody answers for what was before.
		let from = now.saturating_add(1);
		membership.spans.try_push(Span { from, until: None }).map_err(|_| Error::<T>::TooManyChanges)?;
		Memberships::<T>::insert(id, who, membership);
		if !set.had_members {
			set.had_members = true;
			Sets::<T>::insert(id, set);
		}
		Self::deposit_event(Event::OperatorJoined { set: id, operator: who.clone(), from });
		Ok(())
	}

	pub(crate) fn do_leave(who: &T::AccountId, set: OperatorSetId, reason: LeaveReason) -> DispatchResult {
		ensure!(Memberships::<T>::get(set, who).is_open(), Error::<T>::NotMember);
		Self::forget_joined(set, who);
		Self::release(set, who, reason);
		Ok(())
	}

	/// Takes `set` off [`Joined`] of one of its members.
	pub(crate) fn forget_joined(set: OperatorSetId, who: &T::AccountId) {
		Joined::<T>::mutate_exists(who, |slot| {
			let Some(sets) = slot else { return };
			sets.retain(|joined| *joined != set);
			if sets.is_empty() {
				*slot = None;
			}
		});
	}

	pub(crate) fn do_eject(
		who: &T::AccountId,
		set: OperatorSetId,
		operator: &T::AccountId,
	) -> DispatchResult {
		Self::owned_set(who, set)?;
		Self::do_leave(operator, set, LeaveReason::Ejected)?;
		// Else it would just join again.
		Approvals::<T>::remove(set, operator);
		Ok(())
	}

	/// Ends a member's stay in `set`. To take the set off [`Joined`] is the caller's to do.
	pub(crate) fn release(set: OperatorSetId, operator: &T::AccountId, reason: LeaveReason) {
		Members::<T>::mutate_exists(set, |slot| {
			let Some(members) = slot else { return };
			if let Ok(place) = members.binary_search(operator) {
				members.remove(place);
			}
			if members.is_empty() {
				*slot = None;
			}
		});
		let now = T::Clock::active();
		// Of a set that is being wound down, nobody answers for a later era.
		let last = Sets::<T>::get(set).and_then(|set| set.until).map_or(now, |until| until.min(now));
		let until = Memberships::<T>::mutate_exists(set, operator, |slot| {
			let membership = slot.as_mut()?;
			let until = membership.close(last);
			if membership.spans.is_empty() {
				*slot = None;
			}
			until
		});
		Self::deposit_event(Event::OperatorLeft { set, operator: operator.clone(), until, reason });
	}
}

impl<T: Config> OnOperatorRetired<T::AccountId> for Pallet<T> {
	fn on_operator_retired(operator: &T::AccountId) {
		for set in Joined::<T>::take(operator) {
			Self::release(set, operator, LeaveReason::Retired);
		}
	}
}
