//! Simulations of slashes before they are executed or reported.

use crate::*;
use alloc::vec::Vec;
use mainstay_primitives::{rolled_back, traits::OperatorSets, ConditionId, Era, OperatorSetId, SlashId};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// The pending slashes of `operator`, in the order of their ids: at most [`Config::MaxPending`] for each set that
	/// can slash it, one for each era that consensus offences can name, and appealed ones, of which each has a bond.
	pub fn pending_of(operator: &T::AccountId) -> Vec<(SlashId, Slash<T::AccountId>)> {
		let mut ids: Vec<_> = PendingOf::<T>::iter_key_prefix(operator).collect();
		ids.sort();
		ids.into_iter().filter_map(|id| Some((id, Slashes::<T>::get(id)?))).collect()
	}

	/// Takes the funds of `slash` as if it were executed now, calls `look` on the resulting state, and rolls everything
	/// back. Nothing is paid out, and the slash stays pending. Returns what `look` returns.
	pub fn as_if_executed<R>(slash: &Slash<T::AccountId>, look: impl FnOnce() -> R) -> R {
		rolled_back(|| {
			Self::take(slash);
			look()
		})
	}

	/// Executes all pending slashes of `operator` that fall due until `until`, in the order of the hook, calls `look` with
	/// them on the resulting state, and rolls everything back. Their number is not bounded, so the caller must count
	/// [`PendingOf`] first.
	pub fn after_pending<R>(
		operator: &T::AccountId,
		until: Era,
		look: impl FnOnce(&[(SlashId, Slash<T::AccountId>)]) -> R,
	) -> R {
		let pending = PendingOf::<T>::iter_prefix(operator);
		let slashes = pending.filter_map(|(id, place)| Some((place, id, Slashes::<T>::get(id)?)));
		let mut due: Vec<_> = slashes.filter(|(_, _, slash)| slash.due <= until).collect();
		if due.is_empty() {
			return look(&[]);
		}
		// Ids are in another order: an appeal or a veto that was reinstated puts a slash behind later ones. A slash that
		// failed has lost its place, which can belong to another one.
		due.sort_by_key(|(place, id, slash)| (slash.due, *place, *id));
		let due: Vec<_> = due.into_iter().map(|(_, id, slash)| (id, slash)).collect();
		rolled_back(|| {
			due.iter().for_each(|(_, slash)| {
				Self::take(slash);
			});
			look(&due)
		})
	}

	/// Reports `operator` as the slasher of `set` would, calls `look` with the resulting pending slash, and rolls
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

	/// Like [`Self::if_reported`], for a consensus offence. `look` gets the slash for that era, new or raised. Returns
	/// `None` and changes nothing if an offence of that era was already reported with the same or a larger fraction.
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
