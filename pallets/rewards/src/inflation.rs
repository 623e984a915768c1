//! The pot of an era, and its payment to validators.

use crate::{streams::Hook, *};
use frame_support::{
	storage::with_storage_layer,
	traits::{
		fungibles::{Inspect, Mutate},
		Get,
	},
	weights::Weight,
	BoundedVec,
};
use mainstay_primitives::{
	pool::mul_div,
	traits::{Compound, EraClock, EraEnded, SlashGate},
	Balance, Currency, Era, BPS, YEAR_MILLIS,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The STAY that an era of `millis` milliseconds mints. At most one and a half eras of time count.
	pub fn pot(millis: u64) -> Balance {
		let longest = T::EraMillis::get().saturating_mul(3) / 2;
		let part = u128::from(T::AnnualInflation::get()).saturating_mul(millis.min(longest).into());
		let whole = u128::from(BPS).saturating_mul(YEAR_MILLIS.into());
		mul_div(T::Assets::total_issuance(Currency::Native), part, whole).unwrap_or(0)
	}

	/// Mints `amount` STAY for `operator`: its commission is credited, and the rest compounds in its pools.
	///
	/// Errors, which change nothing: the operator is unknown, it has no native stake, or a number would exceed
	/// `u128::MAX`.
	pub fn reward_base(operator: &T::AccountId, amount: Balance) -> DispatchResult {
		with_storage_layer(|| {
			let account = Self::account();
			T::Assets::mint_into(Currency::Native, &account, amount)?;
			let commission = T::Pools::compound(operator, &account, amount)?;
			Self::credit(operator, Currency::Native, commission)
		})
	}

	/// Pays up to [`Config::PaymentsPerBlock`] validators, unless slashes are due. Returns the weight used.
	pub(crate) fn pay_due() -> Weight {
		let idle = T::WeightInfo::idle();
		if !Due::<T>::exists() {
			return idle;
		}
		if T::SlashGate::any_due() {
			return idle.saturating_add(T::DbWeight::get().reads(3));
		}
		let paid = Self::pay(T::PaymentsPerBlock::get());
		idle.saturating_add(T::WeightInfo::pay(paid))
	}

	/// Pays at most `limit` further validators, and returns their number.
	pub(crate) fn pay(limit: u32) -> u32 {
		let Some(mut due) = Due::<T>::take() else { return 0 };
		let Some(mut reward) = EraRewards::<T>::get(due.era) else { return 0 };
		let mut count: u32 = 0;
		while count < limit {
			let Some((validator, points)) = due.validators.pop() else { break };
			count = count.saturating_add(1);
			let amount = reward.share(points);
			match Self::reward_base(&validator, amount) {
				Ok(()) => {
					reward.paid = reward.paid.saturating_add(amount);
					Self::deposit_event(Event::ValidatorPaid { era: due.era, validator, amount });
				},
				Err(error) => Self::deposit_event(Event::ValidatorUnpaid { era: due.era, validator, error }),
			}
		}
		EraRewards::<T>::insert(due.era, reward);
		if !due.validators.is_empty() {
			Due::<T>::put(due);
		}
		count
	}
}

impl<T: Config> EraEnded<T::AccountId> for Pallet<T> {
	fn era_ending(_: Era) {
		Self::sweep(Hook::Last, Weight::MAX);
	}

	fn era_ended(era: Era, points: &[(T::AccountId, u32)], millis: u64) {
		// Payments of an era are finished long before the next era ends, unless slashes delayed them all the time.
		Self::pay(T::MaxValidators::get());
		if let Some(old) = T::Clock::active().checked_sub(T::Clock::history()) {
			EraRewards::<T>::remove(old);
		}

		let total = points.iter().fold(0, |sum: u32, (_, points)| sum.saturating_add(*points));
		if total == 0 {
			return;
		}
		let pot = Self::pot(millis);
		EraRewards::<T>::insert(era, EraReward { pot, points: total, paid: 0 });
		Due::<T>::put(DuePayments { era, validators: BoundedVec::truncate_from(points.to_vec()) });
		Self::deposit_event(Event::EraRewarded { era, pot, points: total });
	}
}
