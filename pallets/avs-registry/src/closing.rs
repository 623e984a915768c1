//! The end of an operator set: announced, and carried out when its members answer for nothing any more.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{EraClock, OnSetClosed, SlashGate},
	Kind, OperatorSetId,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_wind_down(who: &T::AccountId, id: OperatorSetId) -> DispatchResult {
		let mut set = Self::owned_set(who, id)?;
		ensure!(set.until.is_none(), Error::<T>::WindingDown);
		let until = T::Clock::active();
		set.until = Some(until);
		let closes = Self::closes(&set).unwrap_or(until);
		Sets::<T>::insert(id, set);
		Self::deposit_event(Event::SetWindingDown { set: id, until, closes });
		Ok(())
	}

	/// The era from which a set can be closed; `None` where it is not being wound down. No slash can name the era in
	/// which it was announced any more then.
	fn closes(set: &OperatorSet<T>) -> Option<mainstay_primitives::Era> {
		let wait = if set.had_members { T::ExitDelay::get() } else { 0 };
		set.until.map(|until| until.saturating_add(wait))
	}

	/// Releases some of a set's members, and closes the set with the last of them. Returns how many members and
	/// approvals were looked at.
	pub(crate) fn do_close_set(id: OperatorSetId, most: u32) -> Result<u32, DispatchError> {
		let set = Sets::<T>::get(id).ok_or(Error::<T>::UnknownSet)?;
		let closes = Self::closes(&set).ok_or(Error::<T>::NotWindingDown)?;
		ensure!(closes <= T::Clock::active(), Error::<T>::StillAnswering);

		let kinds: Vec<Kind> = set.kinds.announced().iter().map(|(kind, _)| *kind).collect();
		let operators: Vec<_> = Memberships::<T>::iter_key_prefix(id).take(most as usize).collect();
		for operator in &operators {
			// An appeal can put a slash off for longer than the exit delay.
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
			Approvals::<T>::iter_key_prefix(id).take(most.saturating_sub(looked) as usize).collect();
		approved.iter().for_each(|operator| Approvals::<T>::remove(id, operator));
		looked = looked.saturating_add(approved.len() as u32);

		let empty = Memberships::<T>::iter_key_prefix(id).next().is_none()
			&& Approvals::<T>::iter_key_prefix(id).next().is_none();
		if empty {
			Self::close(id);
		}
		Ok(looked)
	}

	/// Forgets a set without members.
	fn close(id: OperatorSetId) {
		let _ = Conditions::<T>::clear_prefix(id, T::MaxConditions::get(), None);
		Sets::<T>::remove(id);
		if let Some(mut service) = Avses::<T>::get(id.avs) {
			service.sets = service.sets.saturating_sub(1);
			T::OnSetClosed::on_set_closed(id, &service.owner);
			Avses::<T>::insert(id.avs, service);
		}
		Self::deposit_event(Event::SetClosed { set: id });
	}
}
