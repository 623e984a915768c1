//! Payments that run: so much for every era, while there are funds.

use crate::*;
use alloc::vec::Vec;
use frame_support::{
	defensive, ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		Get,
	},
	weights::Weight,
};
use mainstay_primitives::{
	traits::{AssetRegistry, EraClock, OnSetClosed, OperatorSets, SlashGate},
	vault, Balance, Currency, Era, Kind, OperatorSetId,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

/// Why balance is held, as the currency names it.
pub(crate) fn reason<T: Config>() -> <T::Deposits as InspectHold<T::AccountId>>::Reason {
	HoldReason::Stream.into()
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_stream(
		who: &T::AccountId,
		set: OperatorSetId,
		currency: Currency,
		rate: Balance,
		funds: Balance,
		notice: Era,
	) -> DispatchResult {
		let owner = T::Sets::owner(set).ok_or(Error::<T>::UnknownSet)?;
		// The places are few: anyone else could take them all.
		ensure!(*who == owner, Error::<T>::NotOwner);
		ensure!(T::Registry::is_registered(&currency), Error::<T>::AssetNotRegistered);
		ensure!(rate > 0, Error::<T>::NothingToPay);
		ensure!(funds >= rate, Error::<T>::StreamUnfunded);
		ensure!(notice <= T::MaxNotice::get(), Error::<T>::NoticeTooLong);

		let id = NextStreamId::<T>::get();
		NextStreamId::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		StreamsOf::<T>::try_append(set, id).map_err(|()| Error::<T>::TooManyStreams)?;
		let deposit = T::StreamDeposit::get();
		T::Deposits::hold(&reason::<T>(), who, deposit)?;
		vault::bring::<_, T::Assets>(currency.clone(), who, &Self::account(), funds)?;
		let from = T::Clock::active();
		let payer = who.clone();
		Self::deposit_event(Event::StreamOpened {
			id,
			set,
			payer: payer.clone(),
			currency: currency.clone(),
			rate,
			funds,
			from,
		});
		let stream = Stream { set, payer, currency, rate, funds, next: from, notice, until: None, deposit };
		Streams::<T>::insert(id, stream);
		Ok(())
	}

	pub(crate) fn do_top_up(who: &T::AccountId, id: StreamId, amount: Balance) -> DispatchResult {
		let mut stream = Streams::<T>::get(id).ok_or(Error::<T>::UnknownStream)?;
		ensure!(amount > 0, Error::<T>::NothingToPay);
		stream.funds = stream.funds.checked_add(amount).ok_or(Error::<T>::CreditTooLarge)?;
		vault::bring::<_, T::Assets>(stream.currency.clone(), who, &Self::account(), amount)?;
		Streams::<T>::insert(id, stream);
		Self::deposit_event(Event::StreamToppedUp { id, amount, from: who.clone() });
		Ok(())
	}

	pub(crate) fn do_stop_stream(who: &T::AccountId, id: StreamId) -> DispatchResult {
		let mut stream = Streams::<T>::get(id).ok_or(Error::<T>::UnknownStream)?;
		let owner = T::Sets::owner(stream.set);
		ensure!(*who == stream.payer || owner.as_ref() == Some(who), Error::<T>::NotOwner);
		ensure!(stream.until.is_none(), Error::<T>::StreamStopped);
		// The era that runs is paid for: its members have worked in it.
		let until = T::Clock::active().saturating_add(stream.notice).saturating_add(1);
		stream.until = Some(until);
		Streams::<T>::insert(id, stream);
		Self::deposit_event(Event::StreamStopped { id, until });
		Ok(())
	}

	/// Pays what a stream owes for the eras that are over, and ends it where it cannot or need not go on. Returns how
	/// many members the set has.
	pub(crate) fn do_distribute(id: StreamId) -> Result<u32, DispatchError> {
		let mut stream = Streams::<T>::get(id).ok_or(Error::<T>::UnknownStream)?;
		let now = T::Clock::active();
		let over = stream.over(now);
		let missed = over.saturating_sub(stream.next);
		ensure!(missed > 0, Error::<T>::NothingDue);

		let (eras, amount) = stream.owed(now);
		let mut members = 0;
		if eras > 0 {
			let paid;
			(paid, members) = Self::share_with_set(stream.set, &stream.currency, amount)?;
			if paid {
				stream.funds = stream.funds.saturating_sub(amount);
				Self::deposit_event(Event::StreamPaid { id, set: stream.set, eras, amount });
			} else {
				// Nobody has earned them, so they cost nothing.
				Self::deposit_event(Event::StreamSkipped { id, eras: missed });
				stream.next = over;
			}
		}
		stream.next = stream.next.saturating_add(eras).min(over);
		if stream.next < over {
			Self::end_stream(id, stream, StreamEnd::Unfunded);
		} else if stream.until == Some(over) {
			Self::end_stream(id, stream, StreamEnd::Stopped);
		} else {
			Streams::<T>::insert(id, stream);
		}
		Ok(members)
	}

	/// Forgets a stream, and credits what is left of it to its payer.
	fn end_stream(id: StreamId, stream: Stream<T::AccountId>, why: StreamEnd) {
		let Stream { set, payer, currency, funds, deposit, .. } = stream;
		Streams::<T>::remove(id);
		StreamsOf::<T>::mutate_exists(set, |slot| {
			let Some(streams) = slot else { return };
			streams.retain(|other| *other != id);
			if streams.is_empty() {
				*slot = None;
			}
		});
		if Self::credit(&payer, currency, funds).is_err() {
			defensive!("more was credited than there is");
		}
		if T::Deposits::release(&reason::<T>(), &payer, deposit, Precision::BestEffort).is_err() {
			defensive!("the deposit is held");
		}
		Self::deposit_event(Event::StreamEnded { id, reason: why, payer, refund: funds });
	}

	/// Pays streams for the eras that are over, within `left` and a quarter of a block, and returns the weight used.
	/// Each is looked at once an era; where a set has too many members for that, `distribute` is anyone's.
	pub(crate) fn pay_streams(left: Weight) -> Weight {
		let budget = left.min(T::BlockWeights::get().max_block / 4);
		let idle = T::WeightInfo::idle_streams();
		// And how many members its set has.
		let look = T::WeightInfo::look_at_stream().saturating_add(T::DbWeight::get().reads(1));
		if !idle.all_lte(budget) {
			return Weight::zero();
		}
		let now = T::Clock::active();
		let mut sweep = Sweep::<T>::get();
		if sweep.era < now {
			sweep = StreamSweep { era: now, ..Default::default() };
		}
		// To ask for slashes, and to write down how far it came, is part of a look.
		if sweep.done || !idle.saturating_add(look).all_lte(budget) {
			return idle;
		}
		// What due slashes take earns nothing.
		if T::SlashGate::any_due() {
			return idle.saturating_add(look);
		}
		let mut used = idle;
		loop {
			let so_far = used.saturating_add(look);
			if !so_far.all_lte(budget) {
				break;
			}
			used = so_far;
			let next = match sweep.after {
				None => Streams::<T>::iter_keys().next(),
				Some(last) => Streams::<T>::iter_keys_from(Streams::<T>::hashed_key_for(last)).next(),
			};
			let Some(id) = next else {
				sweep.done = true;
				break;
			};
			let due = Streams::<T>::get(id).filter(|stream| stream.next < now);
			if let Some(stream) = due {
				let cost = T::WeightInfo::distribute(T::Sets::members(stream.set).len() as u32);
				let with_it = used.saturating_add(cost);
				if with_it.all_lte(budget) {
					used = with_it;
					if let Err(error) = with_storage_layer(|| Self::do_distribute(id)) {
						Self::deposit_event(Event::StreamUnpaid { id, error });
					}
				} else if cost
					.saturating_add(idle)
					.saturating_add(look)
					.all_lte(T::BlockWeights::get().max_block / 4)
				{
					// The next block has room for it.
					break;
				}
			}
			sweep.after = Some(id);
		}
		Sweep::<T>::put(sweep);
		used
	}
}

impl<T: Config> OnSetClosed<T::AccountId> for Pallet<T> {
	fn on_member_released(_: OperatorSetId, _: &T::AccountId, _: &[Kind]) {}

	fn on_set_closed(set: OperatorSetId, owner: &T::AccountId) {
		let streams: Vec<_> = StreamsOf::<T>::get(set).into_inner();
		for id in streams {
			if let Some(stream) = Streams::<T>::get(id) {
				Self::end_stream(id, stream, StreamEnd::SetClosed);
			}
		}
		Self::return_carry(set, owner);
		// As many as there can be.
		let _ = Paid::<T>::clear_prefix(set, T::History::get(), None);
	}
}
