//! Vetoes, appeals, and decisions of governance, which cancel or postpone pending slashes.

use crate::*;
use frame_support::{
	defensive, ensure,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::{Fortitude, Precision, Restriction},
		Get,
	},
};
use mainstay_primitives::{
	traits::{EraClock, Treasury},
	Currency, Era, Income, Resolver, SlashId,
};
use sp_runtime::DispatchResult;

/// The hold reason in the form of the balances pallet.
pub(crate) fn reason<T: Config>() -> <T::NativeBalance as InspectHold<T::AccountId>>::Reason {
	HoldReason::Appeal.into()
}

impl<T: Config> Pallet<T> {
	/// Stores the record of a decided slash.
	pub(crate) fn record(id: SlashId, slash: Slash<T::AccountId>, outcome: Outcome<T>) {
		let now = T::Clock::active();
		RecordsOf::<T>::insert(&slash.operator, (now, id), ());
		Records::<T>::insert(now, id, Record { slash, outcome });
	}

	/// Removes the record of a slash of `operator` that was decided in `era`.
	pub(crate) fn forget_record(era: Era, id: SlashId, operator: &T::AccountId) {
		RecordsOf::<T>::remove(operator, (era, id));
		Records::<T>::remove(era, id);
	}

	pub(crate) fn do_cancel(id: SlashId) -> DispatchResult {
		let slash = Self::dequeue(id)?;
		Self::close_appeal(id, &slash, false);
		Self::deposit_event(Event::SlashCancelled { id, operator: slash.operator.clone() });
		Self::record(id, slash, Outcome::Cancelled);
		Ok(())
	}

	/// Vetoes a slash for the account `who`. `governs` tells whether the origin is that of governance, which may come
	/// without an account.
	pub(crate) fn do_veto(
		who: Option<&T::AccountId>,
		governs: bool,
		id: SlashId,
		reason: Reason<T>,
	) -> DispatchResult {
		let slash = Self::dequeue(id)?;
		let resolver = match &slash.lane {
			Lane::Attested { resolver, .. } => resolver.as_ref(),
			Lane::Consensus { .. } => None,
		};
		let may = match resolver {
			Some(Resolver::Account(account)) => who == Some(account),
			Some(Resolver::Governance) => governs,
			None => false,
		};
		ensure!(may, Error::<T>::NotResolver);
		ensure!(T::Clock::active() < slash.due, Error::<T>::VetoClosed);
		Self::close_appeal(id, &slash, false);
		Self::deposit_event(Event::SlashVetoed {
			id,
			operator: slash.operator.clone(),
			reason: reason.clone(),
		});
		Self::record(id, slash, Outcome::Vetoed(reason));
		Ok(())
	}

	pub(crate) fn do_appeal(who: &T::AccountId, id: SlashId, text: Reason<T>) -> DispatchResult {
		let mut slash = Slashes::<T>::get(id).ok_or(Error::<T>::UnknownSlash)?;
		let Lane::Attested { set, .. } = slash.lane else { return Err(Error::<T>::NotAppealable.into()) };
		ensure!(slash.appeal.is_none(), Error::<T>::AlreadyAppealed);
		ensure!(T::Clock::active() < slash.due, Error::<T>::AppealClosed);
		// A slash whose veto was reinstated may have been appealed before. Bounds and weights count on it that a slash
		// falls due at most an exit delay and an appeal window after its capture era.
		let window = T::AppealWindow::get();
		let last =
			slash.capture.saturating_add(T::Clock::exit_delay()).saturating_sub(1).saturating_add(window);
		let due = slash.due.saturating_add(window).min(last);
		ensure!(due > slash.due, Error::<T>::AppealClosed);
		let bond = T::AppealBond::get();
		T::NativeBalance::hold(&reason::<T>(), who, bond)?;
		Self::leave_place(id, &slash);
		slash.due = due;
		slash.appeal = Some((who.clone(), bond));
		Self::give_place(id, &slash);
		Self::attested_appealed(set, &slash.operator);
		Self::deposit_event(Event::SlashAppealed { id, by: who.clone(), reason: text, bond, due: slash.due });
		Slashes::<T>::insert(id, slash);
		Ok(())
	}

	/// Closes the appeal of a decided slash, if there is one: releases its bond, or transfers it to the treasury if
	/// `forfeited`.
	pub(crate) fn close_appeal(id: SlashId, slash: &Slash<T::AccountId>, forfeited: bool) {
		let Some((by, bond)) = slash.appeal.clone() else { return };
		let moved = if forfeited {
			let to = T::Treasury::account();
			T::NativeBalance::transfer_on_hold(
				&reason::<T>(),
				&by,
				&to,
				bond,
				Precision::BestEffort,
				Restriction::Free,
				// Otherwise a lock on the whole balance, which includes the bond, would prevent the transfer.
				Fortitude::Force,
			)
			.inspect(|moved| T::Treasury::note(Income::Bond, Currency::Native, *moved))
		} else {
			T::NativeBalance::release(&reason::<T>(), &by, bond, Precision::BestEffort)
		};
		if moved.is_err() {
			defensive!("the bond is held, and the treasury is there to receive it");
		}
		Self::deposit_event(Event::AppealClosed { id, by, bond, forfeited });
	}

	pub(crate) fn do_reinstate(id: SlashId, vetoed: Era) -> DispatchResult {
		let record = Records::<T>::get(vetoed, id).ok_or(Error::<T>::NotVetoed)?;
		ensure!(matches!(record.outcome, Outcome::Vetoed(_)), Error::<T>::NotVetoed);
		let mut slash = record.slash;
		Self::forget_record(vetoed, id, &slash.operator);
		ensure!(T::Clock::active() < slash.due, Error::<T>::VetoClosed);
		// The veto released the claims that the slash covers. If an appeal postponed the slash, they can have left
		// since.
		Self::ensure_in_time(slash.capture, 0)?;
		// The veto released the bond of an appeal, so the slash counts as not appealed again.
		if let Lane::Attested { set, .. } = &slash.lane {
			Self::attested_queued(*set, &slash.operator)?;
		}
		slash.appeal = None;
		let (operator, due) = (slash.operator.clone(), slash.due);
		Self::hold(id, slash);
		Self::deposit_event(Event::SlashReinstated { id, operator, due });
		Ok(())
	}
}
