//! Slashes looked at before they are executed, or reported.

use crate::*;
use alloc::vec::Vec;
use mainstay_primitives::{rolled_back, traits::OperatorSets, ConditionId, Era, OperatorSetId, SlashId};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// The pending slashes of `operator`, by id: at most [`Config::MaxPending`] for each set it can be slashed by, one for
	/// each era that consensus offences can name, and those that were appealed, for each of which a bond is held.
	pub fn pending_of(operator: &T::AccountId) -> Vec<(SlashId, Slash<T::AccountId>)> {
		let mut ids: Vec<_> = PendingOf::<T>::iter_key_prefix(operator).collect();
		ids.sort();
		ids.into_iter().filter_map(|id| Some((id, Slashes::<T>::get(id)?))).collect()
	}

	/// Lets `slash` take what it would take now, lets `look` look at what is left, and takes everything back. Nothing is
	/// paid out, and the slash stays pending.
	pub fn as_if_executed<R>(slash: &Slash<T::AccountId>, look: impl FnOnce() -> R) -> R {
		rolled_back(|| {
			Self::take(slash);
			look()
		})
	}

	/// Lets all pending slashes of `operator` that fall due until `until` take what they would take if they were executed
	/// now, in their order, lets `look` look at them and at what is left, and takes everything back. Where there can be more
	/// of them than the caller has time for, it counts [`PendingOf`] before.
	pub fn after_pending<R>(
		operator: &T::AccountId,
		until: Era,
		look: impl FnOnce(&[(SlashId, Slash<T::AccountId>)]) -> R,
	) -> R {
		let mut due = Self::pending_of(operator);
		due.retain(|(_, slash)| slash.due <= until);
		if due.is_empty() {
			return look(&[]);
		}
		due.sort_by_key(|(id, slash)| (slash.due, *id));
		rolled_back(|| {
			due.iter().for_each(|(_, slash)| {
				Self::take(slash);
			});
			look(&due)
		})
	}

	/// Lets the slasher of `set` report `operator`, lets `look` look at the slash that is pending then, and takes
	/// everything back.
	///
	/// Errors: as [`Pallet::report`].
	pub fn if_reported<R>(
		set: OperatorSetId,
		operator: &T::AccountId,
		condition: ConditionId,
		fractions: Fractions,
		capture: Era,
		look: impl FnOnce(&Slash<T::AccountId>) -> R,
	) -> Result<R, DispatchError> {
		rolled_back(|| {
			let slasher = T::Sets::slasher(set).ok_or(Error::<T>::UnknownSet)?;
			let id = NextId::<T>::get();
			Self::do_report(&slasher, set, operator, condition, fractions, capture)?;
			let slash = Slashes::<T>::get(id).ok_or(Error::<T>::UnknownSlash)?;
			Ok(look(&slash))
		})
	}

	/// As [`Self::if_reported`], for a consensus offence. `look` sees the slash there is for that era then, new or
	/// raised; nothing happens, and it is `None`, where an offence of that era asked for as much already.
	///
	/// Errors: as [`Self::report_consensus`].
	pub fn if_offended<R>(
		operator: &T::AccountId,
		fraction: u64,
		capture: Era,
		look: impl FnOnce(&Slash<T::AccountId>) -> R,
	) -> Result<Option<R>, DispatchError> {
		rolled_back(|| {
			let known = Offences::<T>::get(capture, operator);
			Self::report_consensus(operator, fraction, capture)?;
			let offence =
				Offences::<T>::get(capture, operator).filter(|offence| Some(offence) != known.as_ref());
			let slash = offence.and_then(|offence| offence.pending).and_then(Slashes::<T>::get);
			Ok(slash.map(|slash| look(&slash)))
		})
	}
}
