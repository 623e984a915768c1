//! Operator sets: their creation, and changes of their terms.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, OperatorSets},
	AvsId, Balance, ConditionId, ConditionTerms, Delayed, Destination, Era, Multiplier, OperatorSetId,
	PoolKind,
};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The set `id`, if `who` owns its service.
	pub(crate) fn owned_set(who: &T::AccountId, id: OperatorSetId) -> Result<OperatorSet<T>, Error<T>> {
		let set = Sets::<T>::get(id).ok_or(Error::<T>::UnknownSet)?;
		Self::owned(who, id.avs)?;
		Ok(set)
	}

	/// Whether members of `set` answer for `era`: those of a set that is being wound down do not answer for later eras
	/// than its last.
	pub fn answers_for(set: OperatorSetId, era: Era) -> bool {
		let wound_down = Sets::<T>::get(set).and_then(|set| set.until);
		wound_down.is_none_or(|until| era <= until)
	}

	/// The era from which a change now of the terms of `set` binds, if it raises the risk of its audience.
	pub(crate) fn effective(set: &OperatorSet<T>) -> Era {
		let delay = if set.had_members { T::TermsDelay::get() } else { 0 };
		T::Clock::active().saturating_add(delay)
	}

	/// Sorts kinds. Errors for kinds that no set, or no set with this destination, may accept.
	fn checked_kinds(
		mut kinds: Kinds<T>,
		destination: &Destination<T::AccountId>,
	) -> Result<Kinds<T>, Error<T>> {
		ensure!(!kinds.is_empty(), Error::<T>::NoKinds);
		kinds.sort();
		ensure!(kinds.windows(2).all(|pair| pair[0].0 != pair[1].0), Error::<T>::DuplicateKind);
		ensure!(kinds.iter().all(|(kind, _)| *kind != PoolKind::Stake), Error::<T>::NotRestakeable);
		ensure!(kinds.iter().all(|(_, multiplier)| *multiplier > 0), Error::<T>::ZeroMultiplier);
		// An account would receive the funds out of reach of consensus offences in the same block: an exit without a
		// delay.
		let leaves = destination.is_account();
		let native = kinds.iter().any(|(kind, _)| *kind == PoolKind::Native);
		ensure!(!(leaves && native), Error::<T>::NativeNotAccepted);
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
				kinds: Self::checked_kinds(kinds, &destination)?.into(),
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
		let kinds = Self::checked_kinds(kinds, &set.destination)?;
		ensure!(*set.kinds.announced() != kinds, Error::<T>::NoChange);

		let now = T::Clock::active();
		let mut kept = set.kinds.at(now).clone();
		if set.had_members {
			// A set that accepted only `Native` under an older runtime, and gives it to an account, has no kind that it
			// could keep.
			let stuck = set.redistributes() && kept.iter().all(|(kind, _)| *kind == PoolKind::Native);
			kept.retain(|(old, _)| kinds.iter().any(|(new, _)| new == old));
			ensure!(stuck || !kept.is_empty(), Error::<T>::NoKindLeft);
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
		// Keeping the present slasher in place of an announced one raises nobody's risk.
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

	fn kinds(set: OperatorSetId) -> Vec<(PoolKind, Multiplier)> {
		let now = T::Clock::active();
		Sets::<T>::get(set).map_or_else(Vec::new, |set| set.kinds.at(now).to_vec())
	}

	fn members(set: OperatorSetId) -> Vec<T::AccountId> {
		Members::<T>::get(set).into_inner()
	}

	fn answering(set: OperatorSetId) -> Vec<T::AccountId> {
		let now = T::Clock::active();
		if !Self::answers_for(set, now) {
			return Vec::new();
		}
		let changed = Answering::<T>::get(set).filter(|answering| answering.era == now);
		changed.map_or_else(|| Members::<T>::get(set), |answering| answering.members).into_inner()
	}

	fn note_audience(set: OperatorSetId) {
		if let Some(mut terms) = Sets::<T>::get(set).filter(|terms| !terms.had_members) {
			terms.had_members = true;
			Sets::<T>::insert(set, terms);
		}
	}

	fn admits(set: OperatorSetId, operator: &T::AccountId) -> bool {
		let Some(terms) = Sets::<T>::get(set) else { return false };
		let takes = terms.admission != Admission::Paused && terms.until.is_none();
		(takes && Self::is_admitted(operator, set, &terms)) || Memberships::<T>::get(set, operator).is_open()
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
