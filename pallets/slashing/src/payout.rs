//! The last step: what was taken reaches its destination.

use crate::*;
use frame_support::{storage::with_storage_layer, traits::Get};
use mainstay_primitives::{
	traits::{OperatorSets, PaySlashed},
	Balance, Currency, Destination, SlashId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Where what a slash takes of `currency` goes.
	///
	/// A set whose destination is an account gives it assets alone. STAY is burnt: whoever serves a set of its own would
	/// else move native stake out of the reach of consensus slashes, in one block. Sets accept no native kind with such a
	/// destination any more; this is for those that did, and for what they reported until then.
	pub(crate) fn destination(lane: &Lane<T::AccountId>, currency: &Currency) -> Destination<T::AccountId> {
		match lane {
			Lane::Consensus { .. } => T::ConsensusDestination::get(),
			Lane::Attested { set, .. } => match T::Sets::destination(*set) {
				Some(Destination::Account(_)) if *currency == Currency::Native => Destination::Burn,
				destination => destination.unwrap_or(Destination::Burn),
			},
		}
	}

	/// Counts what a slash took of one currency and tries to pay it out. Where that fails it waits for
	/// [`Pallet::payout`], and holds up no other currency.
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
