//! Operator sets: creation, and terms that change.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, OperatorSets},
	AvsId, Balance, ConditionId, ConditionTerms, Delayed, Destination, Era, Kind, Multiplier, OperatorSetId,
};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The set `id`, if `who` owns its service.
	pub(crate) fn owned_set(who: &T::AccountId, id: OperatorSetId) -> Result<OperatorSet<T>, Error<T>> {
		let set = Sets::<T>::get(id).ok_or(Error::<T>::UnknownSet)?;
		Self::owned(who, id.avs)?;
		Ok(set)
	}

	/// Whether members of `set` answer for `era`: those of a set that is being wound down do not for what comes after.
	pub fn answers_for(set: OperatorSetId, era: Era) -> bool {
		let wound_down = Sets::<T>::get(set).and_then(|set| set.until);
		wound_down.is_none_or(|until| era <= until)
	}

	/// The era from which terms of `set` that change now bind, where they raise its members' risk.
	pub(crate) fn effective(set: &OperatorSet<T>) -> Era {
		let delay = if set.had_members { T::TermsDelay::get() } else { 0 };
		T::Clock::active().saturating_add(delay)
	}

	/// Puts kinds in order, and refuses those no set may accept.
	fn checked_kinds(mut kinds: Kinds<T>) -> Result<Kinds<T>, Error<T>> {
		ensure!(!kinds.is_empty(), Error::<T>::NoKinds);
		kinds.sort();
		ensure!(kinds.windows(2).all(|pair| pair[0].0 != pair[1].0), Error::<T>::DuplicateKind);
		ensure!(kinds.iter().all(|(kind, _)| *kind != Kind::Stake), Error::<T>::NotRestakeable);
		ensure!(kinds.iter().all(|(_, multiplier)| *multiplier > 0), Error::<T>::ZeroMultiplier);
		Ok(kinds)
	}

	pub(crate) fn do_create_set(
		who: &T::AccountId,
		avs: AvsId,
		kinds: Kinds<T>,
		admission: Admission,
		min_stake: Balance,
		slasher: T::AccountId,
		destination: Destination<T::AccountId>,
	) -> DispatchResult {
		let mut service = Self::owned(who, avs)?;
		ensure!(service.sets < T::MaxSets::get(), Error::<T>::AvsFull);
		let set = OperatorSetId { avs, index: service.next_set };
		Sets::<T>::insert(
			set,
			OperatorSet {
				kinds: Self::checked_kinds(kinds)?.into(),
				admission,
				min_stake,
				slasher: slasher.into(),
				destination,
				conditions: 0,
				next_condition: 0,
				had_members: false,
				until: None,
			},
		);
		service.sets = service.sets.saturating_add(1);
		service.next_set = service.next_set.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Avses::<T>::insert(avs, service);
		Self::deposit_event(Event::SetCreated { set });
		Ok(())
	}

	pub(crate) fn do_set_kinds(who: &T::AccountId, id: OperatorSetId, kinds: Kinds<T>) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		let kinds = Self::checked_kinds(kinds)?;
		ensure!(*set.kinds.announced() != kinds, Error::<T>::NoChange);

		let now = T::Clock::active();
		let mut kept = set.kinds.at(now).clone();
		if set.had_members {
			kept.retain(|(old, _)| kinds.iter().any(|(new, _)| new == old));
			ensure!(!kept.is_empty(), Error::<T>::NoKindLeft);
		} else {
			kept = kinds.clone();
		}
		let effective = if kept == kinds { now } else { Self::effective(&set) };
		let next = (kept != kinds).then(|| (kinds.clone(), effective));
		set.kinds = Delayed { value: kept, next };
		Sets::<T>::insert(id, set);
		Self::deposit_event(Event::KindsSet { set: id, kinds, effective });
		Ok(())
	}

	pub(crate) fn do_set_admission(
		who: &T::AccountId,
		id: OperatorSetId,
		admission: Admission,
	) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		ensure!(set.admission != admission, Error::<T>::NoChange);
		set.admission = admission;
		Sets::<T>::insert(id, set);
		Self::deposit_event(Event::AdmissionSet { set: id, admission });
		Ok(())
	}

	pub(crate) fn do_set_min_stake(
		who: &T::AccountId,
		id: OperatorSetId,
		min_stake: Balance,
	) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		ensure!(set.min_stake != min_stake, Error::<T>::NoChange);
		set.min_stake = min_stake;
		Sets::<T>::insert(id, set);
		Self::deposit_event(Event::MinStakeSet { set: id, min_stake });
		Ok(())
	}

	pub(crate) fn do_set_slasher(
		who: &T::AccountId,
		id: OperatorSetId,
		slasher: T::AccountId,
	) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		ensure!(*set.slasher.announced() != slasher, Error::<T>::NoChange);

		let now = T::Clock::active();
		let current = set.slasher.at(now).clone();
		// To keep the slasher that binds, in place of another that was announced, is nobody's risk.
		let effective = if current == slasher { now } else { Self::effective(&set) };
		set.slasher = if effective > now {
			Delayed { value: current, next: Some((slasher.clone(), effective)) }
		} else {
			slasher.clone().into()
		};
		Sets::<T>::insert(id, set);
		Self::deposit_event(Event::SlasherSet { set: id, slasher, effective });
		Ok(())
	}
}

impl<T: Config> OperatorSets<T::AccountId> for Pallet<T> {
	fn exists(set: OperatorSetId) -> bool {
		Sets::<T>::contains_key(set)
	}

	fn kinds(set: OperatorSetId) -> Vec<(Kind, Multiplier)> {
		let now = T::Clock::active();
		Sets::<T>::get(set).map_or_else(Vec::new, |set| set.kinds.at(now).to_vec())
	}

	fn members(set: OperatorSetId) -> Vec<T::AccountId> {
		Members::<T>::get(set).into_inner()
	}

	fn answering(set: OperatorSetId) -> Vec<T::AccountId> {
		let now = T::Clock::active();
		let known = Memberships::<T>::iter_prefix(set).filter(|(_, membership)| membership.covers(now));
		let mut answering: Vec<_> = known.map(|(operator, _)| operator).collect();
		answering.retain(|_| Self::answers_for(set, now));
		answering.sort();
		answering
	}

	fn was_member(set: OperatorSetId, operator: &T::AccountId, era: Era) -> bool {
		Self::answers_for(set, era) && Memberships::<T>::get(set, operator).covers(era)
	}

	fn owner(set: OperatorSetId) -> Option<T::AccountId> {
		Avses::<T>::get(set.avs).filter(|_| Self::exists(set)).map(|avs| avs.owner)
	}

	fn slasher(set: OperatorSetId) -> Option<T::AccountId> {
		Sets::<T>::get(set).map(|set| set.slasher.at(T::Clock::active()).clone())
	}

	fn condition(set: OperatorSetId, id: ConditionId, capture: Era) -> Option<ConditionTerms<T::AccountId>> {
		Conditions::<T>::get(set, id)?.terms_at(capture).cloned()
	}

	fn leave_all(operator: &T::AccountId) -> u32 {
		let sets = Joined::<T>::take(operator);
		sets.iter().for_each(|set| Self::release(*set, operator, LeaveReason::Stopped));
		sets.len() as u32
	}

	fn destination(set: OperatorSetId) -> Option<Destination<T::AccountId>> {
		Sets::<T>::get(set).map(|set| set.destination)
	}
}
