//! Slashes by services: reports by the slashers of operator sets.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, InspectExposures, OperatorSets, SlashExposures},
	Balance, ConditionId, Currency, Era, Fraction, OperatorSetId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_report(
		who: &T::AccountId,
		set: OperatorSetId,
		operator: &T::AccountId,
		condition: ConditionId,
		fractions: Fractions,
		capture: Era,
	) -> DispatchResult {
		let slasher = T::Sets::slasher(set).ok_or(Error::<T>::UnknownSet)?;
		ensure!(*who == slasher, Error::<T>::NotSlasher);
		ensure!(capture <= T::Clock::active(), Error::<T>::CaptureInFuture);
		let terms = T::Sets::condition(set, condition, capture).ok_or(Error::<T>::UnknownCondition)?;
		Self::ensure_in_time(capture, terms.veto_window)?;

		let mut parts: Vec<Part> = Vec::new();
		for (kind, fraction) in fractions {
			Self::ensure_fraction(fraction)?;
			ensure!(fraction <= terms.max_fraction, Error::<T>::FractionTooHigh);
			ensure!(parts.iter().all(|part| part.kind != kind), Error::<T>::DuplicateKind);
			T::Exposures::mature(operator, kind, set);
			let magnitude = T::Exposures::slashable_magnitude(operator, kind, set, capture);
			parts.push(Part { kind, fraction: Fraction(fraction), magnitude });
		}
		// Kinds of which nothing was allocated are ignored, but at least one kind must have an allocation.
		parts.retain(|part| part.magnitude.0 > 0);
		let answers = !parts.is_empty() && T::Sets::was_member(set, operator, capture);
		ensure!(answers, Error::<T>::NotSlashable);

		Self::attested_queued(set, operator)?;
		let parts = parts.try_into().map_err(|_| Error::<T>::NotSlashable)?;
		let lane = Lane::Attested { set, condition, resolver: terms.resolver, parts };
		Self::enqueue(operator, lane, capture, terms.veto_window);
		Ok(())
	}

	/// Counts one more pending slash of `set` that nobody appealed. Errors if there is already the maximum number.
	pub(crate) fn attested_queued(set: OperatorSetId, operator: &T::AccountId) -> Result<(), Error<T>> {
		let mut pending = Pending::<T>::get(operator, set);
		ensure!(pending.unappealed < T::MaxPending::get(), Error::<T>::TooManyPending);
		pending.unappealed = pending.unappealed.saturating_add(1);
		Pending::<T>::insert(operator, set, pending);
		Ok(())
	}

	/// Notes that a slash of `set` was appealed, so that it no longer counts towards the maximum.
	pub(crate) fn attested_appealed(set: OperatorSetId, operator: &T::AccountId) {
		Pending::<T>::mutate(operator, set, |pending| {
			pending.unappealed = pending.unappealed.saturating_sub(1);
			pending.appealed = pending.appealed.saturating_add(1);
		});
	}

	/// Notes that a slash of `set`, appealed or not, is no longer pending.
	pub(crate) fn attested_dequeued(set: OperatorSetId, operator: &T::AccountId, appealed: bool) {
		Pending::<T>::mutate_exists(operator, set, |slot| {
			let Some(mut pending) = slot.take() else { return };
			let count = if appealed { &mut pending.appealed } else { &mut pending.unappealed };
			*count = count.saturating_sub(1);
			*slot = Some(pending).filter(|pending| *pending != PendingCount::default());
		});
	}

	/// Slashes each pool as the report says. Returns the amounts taken.
	pub(crate) fn slash_attested(
		operator: &T::AccountId,
		set: OperatorSetId,
		parts: &[Part],
		capture: Era,
	) -> Vec<(Currency, Balance)> {
		let slash = |part: &Part| {
			let Part { kind, fraction, magnitude } = *part;
			let taken = T::Exposures::slash(operator, kind, set, magnitude, fraction, capture);
			(kind.currency(), taken)
		};
		parts.iter().map(slash).collect()
	}
}
