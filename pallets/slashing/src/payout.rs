//! The payout of slashed funds to their destination.

use crate::*;
use frame_support::{storage::with_storage_layer, traits::Get};
use mainstay_primitives::{
	traits::{OperatorSets, PaySlashed},
	Balance, Currency, Destination, SlashId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The destination of what a slash takes of `currency`.
	///
	/// If the destination of a set is an account, it receives only assets, and STAY is burnt. Otherwise an operator
	/// could use its own set to move native stake out of reach of consensus slashes in one block. Sets with such a
	/// destination accept no native kind any more; this rule is for older sets and their reports.
	pub(crate) fn destination(lane: &Lane<T::AccountId>, currency: &Currency) -> Destination<T::AccountId> {
		match lane {
			Lane::Consensus { .. } => T::ConsensusDestination::get(),
			Lane::Attested { set, .. } => match T::Sets::destination(*set) {
				Some(Destination::Account(_)) if *currency == Currency::Native => Destination::Burn,
				destination => destination.unwrap_or(Destination::Burn),
			},
		}
	}

	/// Adds what a slash took of one currency to the totals, and tries to pay it out. If that fails, it waits for
	/// [`Pallet::payout`] and does not block other currencies.
	pub(crate) fn settle(
		id: SlashId,
		currency: Currency,
		amount: Balance,
		destination: Destination<T::AccountId>,
	) {
		if amount == 0 {
			return;
		}
		TotalSlashed::<T>::mutate(&currency, |total| *total = total.saturating_add(amount));
		Unpaid::<T>::insert(id, &currency, Payout { amount, destination });
		if let Err(error) = with_storage_layer(|| Self::do_payout(id, currency.clone())) {
			Self::deposit_event(Event::PayoutFailed { id, currency, error });
		}
	}

	pub(crate) fn do_payout(id: SlashId, currency: Currency) -> DispatchResult {
		let payout = Unpaid::<T>::take(id, &currency).ok_or(Error::<T>::NothingToPay)?;
		T::Pools::pay_slashed(currency.clone(), payout.amount, &payout.destination)?;
		Self::deposit_event(Event::PaidOut { id, currency, payout });
		Ok(())
	}
}
