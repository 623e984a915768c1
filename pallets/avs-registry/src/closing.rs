//! Winding down operator sets, and closing them when their members can no longer be slashed.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, OnSetClosed, SlashGate},
	Balance, Era, OperatorSetId,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_wind_down(who: &T::AccountId, id: OperatorSetId) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		ensure!(set.until.is_none(), Error::<T>::WindingDown);
		let until = T::Clock::active();
		set.until = Some(until);
		let closes = Self::closes(id, &set).unwrap_or(until);
		Sets::<T>::insert(id, set);
		Self::deposit_event(Event::SetWindingDown { set: id, until, closes });
		Ok(())
	}

	/// The era from which a set can be closed; `None` if it is not being wound down. From that era on, no slash can
	/// name the last era for which members answered. A set to which nobody ever answered, because operators only
	/// allocated to it or left before their first era, can be closed at once.
	fn closes(id: OperatorSetId, set: &OperatorSet<T>) -> Option<Era> {
		let until = set.until?;
		let answered = Memberships::<T>::iter_key_prefix(id).next().is_some();
		Some(if answered { until.saturating_add(T::Clock::exit_delay()) } else { until })
	}

	/// Releases at most `limit` of a set's members and approvals, and removes the set with the last of them. Returns
	/// the number of members and approvals that were read.
	pub(crate) fn do_close_set(id: OperatorSetId, limit: u32) -> Result<u32, DispatchError> {
		let set = Sets::<T>::get(id).ok_or(Error::<T>::UnknownSet)?;
		let closes = Self::closes(id, &set).ok_or(Error::<T>::NotWindingDown)?;
		ensure!(closes <= T::Clock::active(), Error::<T>::StillAnswering);

		let kinds = set.allocated_kinds();
		let operators: Vec<_> = Memberships::<T>::iter_key_prefix(id).take(limit as usize).collect();
		for operator in &operators {
			// An appeal can postpone a slash by more than the exit delay.
			ensure!(!T::SlashGate::is_pending(operator, id), Error::<T>::SlashPending);
			if Memberships::<T>::get(id, operator).is_open() {
				Self::forget_joined(id, operator);
				Self::release(id, operator, LeaveReason::Closed);
			}
			Memberships::<T>::remove(id, operator);
			T::OnSetClosed::on_member_released(id, operator, &kinds);
		}
		let mut looked = operators.len() as u32;
		let approved: Vec<_> =
			Approvals::<T>::iter_key_prefix(id).take(limit.saturating_sub(looked) as usize).collect();
		let deposits = approved.iter().filter_map(|operator| Approvals::<T>::take(id, operator));
		Self::give_back_approvals(id.avs, deposits.fold(0, |sum: Balance, more| sum.saturating_add(more)));
		looked = looked.saturating_add(approved.len() as u32);

		let empty = Memberships::<T>::iter_key_prefix(id).next().is_none()
			&& Approvals::<T>::iter_key_prefix(id).next().is_none();
		if empty {
			Self::close(id);
		}
		Ok(looked)
	}

	/// Removes a set without members.
	fn close(id: OperatorSetId) {
		let _ = Conditions::<T>::clear_prefix(id, T::MaxConditions::get(), None);
		Answering::<T>::remove(id);
		Sets::<T>::remove(id);
		if let Some(mut service) = Avses::<T>::get(id.avs) {
			service.sets = service.sets.saturating_sub(1);
			T::OnSetClosed::on_set_closed(id, &service.owner);
			Avses::<T>::insert(id.avs, service);
		}
		Self::deposit_event(Event::SetClosed { set: id });
	}
}
