//! Membership of sets: admission, joining, displacing, leaving, retirement.

use crate::*;
use frame_support::{ensure, traits::Get, BoundedVec};
use mainstay_primitives::{
	traits::{EraClock, InspectExposures, InspectOperators, InspectPools, OnOperatorRetired},
	weigh, Balance, Magnitude, Multiplier, OperatorSetId, PoolKind,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The weight of the operator's pools of `kinds`: the value of `magnitude(kind)` in each pool, times the kind's
	/// multiplier. Saturates.
	fn weigh(
		operator: &T::AccountId,
		kinds: &[(PoolKind, Multiplier)],
		magnitude: impl Fn(PoolKind) -> Magnitude,
	) -> Balance {
		weigh(kinds.iter().map(|(kind, multiplier)| {
			let pool = T::Pools::pool(operator, *kind);
			(*multiplier, pool.map_or(0, |pool| pool.allocated(magnitude(*kind))))
		}))
	}

	/// The weight of `operator` in set `id`, which accepts `kinds`: of what it allocated to the set, or announced that
	/// it will.
	fn weight(operator: &T::AccountId, id: OperatorSetId, kinds: &[(PoolKind, Multiplier)]) -> Balance {
		Self::weigh(operator, kinds, |kind| T::Exposures::announced(operator, kind, id))
	}

	/// Like [`Self::weight`], but with the smaller of the magnitude that binds and the announced one. Announced
	/// increases can be taken back in the same block, so they displace nobody.
	fn binding_weight(
		operator: &T::AccountId,
		id: OperatorSetId,
		kinds: &[(PoolKind, Multiplier)],
	) -> Balance {
		Self::weigh(operator, kinds, |kind| {
			T::Exposures::allocated(operator, kind, id).min(T::Exposures::announced(operator, kind, id))
		})
	}

	/// Removes the member of `id` with the least weight if that is less than `weight`; of equal ones, the largest
	/// account. Reads the allocations of at most `MaxOperators` members, of each kind.
	fn displace_for(weight: Balance, id: OperatorSetId, kinds: &[(PoolKind, Multiplier)]) -> DispatchResult {
		let lowest = Members::<T>::get(id)
			.into_iter()
			.map(|member| (Self::weight(&member, id, kinds), member))
			.min_by(|(a, a_account), (b, b_account)| a.cmp(b).then(b_account.cmp(a_account)));
		let Some((least, member)) = lowest else { return Ok(()) };
		ensure!(weight > least, Error::<T>::SetFull);
		Self::forget_joined(id, &member);
		Self::release(id, &member, LeaveReason::Displaced);
		Ok(())
	}

	/// Stores the operators that answer to set `id` for the running era, before its `members` change for the first time
	/// in the era. All of these members joined in an earlier era.
	fn note_answering(id: OperatorSetId, members: &BoundedVec<T::AccountId, T::MaxOperators>) {
		let era = T::Clock::active();
		if Answering::<T>::get(id).is_none_or(|answering| answering.era != era) {
			Answering::<T>::insert(id, EraMembers { era, members: members.clone() });
		}
	}

	pub(crate) fn do_approve(
		who: &T::AccountId,
		set: OperatorSetId,
		operator: &T::AccountId,
	) -> DispatchResult {
		ensure!(Sets::<T>::contains_key(set), Error::<T>::UnknownSet);
		let mut service = Self::owned(who, set.avs)?;
		ensure!(T::Pools::is_active_operator(operator), Error::<T>::NotOperator);
		ensure!(!Approvals::<T>::contains_key(set, operator), Error::<T>::AlreadyApproved);
		let deposit = T::ItemDeposit::get();
		Self::hold(HoldReason::Approval, who, deposit)?;
		service.approvals = service.approvals.saturating_add(deposit);
		Avses::<T>::insert(set.avs, service);
		Approvals::<T>::insert(set, operator, deposit);
		Self::deposit_event(Event::OperatorApproved { set, operator: operator.clone() });
		Ok(())
	}

	pub(crate) fn do_revoke(
		who: &T::AccountId,
		set: OperatorSetId,
		operator: &T::AccountId,
	) -> DispatchResult {
		Self::owned_set(who, set)?;
		let deposit = Approvals::<T>::take(set, operator).ok_or(Error::<T>::NotApproved)?;
		Self::give_back_approvals(set.avs, deposit);
		Self::deposit_event(Event::ApprovalRevoked { set, operator: operator.clone() });
		Ok(())
	}

	/// Whether the admission of set `id` allows `who`, apart from its stake.
	pub(crate) fn is_admitted(who: &T::AccountId, id: OperatorSetId, set: &OperatorSet<T>) -> bool {
		set.admission == Admission::Open || Approvals::<T>::contains_key(id, who)
	}

	/// Makes `who` a member of set `id`, and returns whether another member was displaced.
	pub(crate) fn do_join(who: &T::AccountId, id: OperatorSetId) -> Result<bool, DispatchError> {
		let mut set = Sets::<T>::get(id).ok_or(Error::<T>::UnknownSet)?;
		ensure!(T::Pools::is_active_operator(who), Error::<T>::NotOperator);
		let mut membership = Memberships::<T>::get(id, who);
		ensure!(!membership.is_open(), Error::<T>::AlreadyMember);
		ensure!(set.admission != Admission::Paused && set.until.is_none(), Error::<T>::JoinsPaused);
		ensure!(Self::is_admitted(who, id, &set), Error::<T>::NotApproved);
		let now = T::Clock::active();
		let kinds = set.kinds.at(now).clone();
		let weight = Self::weight(who, id, &kinds);
		ensure!(weight >= set.min_stake, Error::<T>::StakeTooLow);
		Joined::<T>::try_mutate(who, |sets| {
			let place = sets.binary_search(&id).unwrap_or_else(|place| place);
			sets.try_insert(place, id).map_err(|_| Error::<T>::TooManySets)
		})?;

		let reach = T::Clock::exit_delay();
		membership.spans.retain(|span| span.until.is_none_or(|until| until.saturating_add(reach) > now));
		// A part of the running era is over, for which the operator cannot answer.
		let from = now.saturating_add(1);
		match membership.spans.last_mut() {
			// It left in this era and misses none, so its stay continues. An operator that is displaced often is thus
			// not locked out.
			Some(last) if last.until == Some(now) => last.until = None,
			_ => membership
				.spans
				.try_push(Span { from, until: None })
				.map_err(|_| Error::<T>::TooManyChanges)?,
		}
		membership.deposit = T::ItemDeposit::get();
		Self::hold(HoldReason::Place, who, membership.deposit)?;
		Memberships::<T>::insert(id, who, membership);
		if !set.had_members {
			set.had_members = true;
			Sets::<T>::insert(id, set);
		}

		let displaced = Members::<T>::decode_len(id).unwrap_or(0) >= T::MaxOperators::get() as usize;
		if displaced {
			Self::displace_for(Self::binding_weight(who, id, &kinds), id, &kinds)?;
		}
		Members::<T>::try_mutate(id, |members| {
			Self::note_answering(id, members);
			let place = members.binary_search(who).unwrap_or_else(|place| place);
			members.try_insert(place, who.clone()).map_err(|_| Error::<T>::SetFull)
		})?;
		Self::deposit_event(Event::OperatorJoined { set: id, operator: who.clone(), from });
		Ok(displaced)
	}

	pub(crate) fn do_leave(who: &T::AccountId, set: OperatorSetId, reason: LeaveReason) -> DispatchResult {
		ensure!(Memberships::<T>::get(set, who).is_open(), Error::<T>::NotMember);
		Self::forget_joined(set, who);
		Self::release(set, who, reason);
		Ok(())
	}

	/// Removes `set` from [`Joined`] of one of its members.
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
		// Otherwise it could join again at once.
		if let Some(deposit) = Approvals::<T>::take(set, operator) {
			Self::give_back_approvals(set.avs, deposit);
		}
		Ok(())
	}

	/// Ends a member's stay in `set`, and releases the deposit of its place. The caller must remove the set from
	/// [`Joined`].
	pub(crate) fn release(set: OperatorSetId, operator: &T::AccountId, reason: LeaveReason) {
		let now = T::Clock::active();
		let wound_down = Sets::<T>::get(set).and_then(|set| set.until);
		Members::<T>::mutate_exists(set, |slot| {
			let Some(members) = slot else { return };
			// If the set was wound down in an earlier era, nobody answers for this one.
			if wound_down.is_none_or(|until| now <= until) {
				Self::note_answering(set, members);
			}
			if let Ok(place) = members.binary_search(operator) {
				members.remove(place);
			}
			if members.is_empty() {
				*slot = None;
			}
		});
		// Members of a set that is being wound down answer for no era after its last one.
		let last = wound_down.map_or(now, |until| until.min(now));
		let (until, deposit) = Memberships::<T>::mutate_exists(set, operator, |slot| {
			let Some(membership) = slot else { return (None, 0) };
			let ended = (membership.close(last), core::mem::take(&mut membership.deposit));
			if membership.spans.is_empty() {
				*slot = None;
			}
			ended
		});
		Self::give_back(HoldReason::Place, operator, deposit);
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
