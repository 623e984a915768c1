//! Streams: payments for every era, while there are funds.

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
	vault, Balance, Currency, Era, OperatorSetId, PoolKind,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

/// The hooks that pay streams.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hook {
	/// The unused weight of a block.
	Idle,
	/// The beginning of a block in an era's last session.
	Late,
	/// The end of an era, which has no further block.
	Last,
}

/// The hold reason in the form of the balances pallet.
pub(crate) fn reason<T: Config>() -> <T::NativeBalance as InspectHold<T::AccountId>>::Reason {
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
		// Only the owner, because the number of streams is small and anyone else could use it up.
		ensure!(*who == owner, Error::<T>::NotOwner);
		ensure!(T::Registry::is_registered(&currency), Error::<T>::AssetNotRegistered);
		ensure!(rate > 0, Error::<T>::NothingToPay);
		ensure!(funds >= rate, Error::<T>::StreamUnfunded);
		ensure!(notice <= T::Clock::max_notice(), Error::<T>::NoticeTooLong);

		let id = NextStreamId::<T>::get();
		NextStreamId::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		StreamsOf::<T>::try_append(set, id).map_err(|()| Error::<T>::TooManyStreams)?;
		let deposit = T::StreamDeposit::get();
		T::NativeBalance::hold(&reason::<T>(), who, deposit)?;
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
		// The running era is still paid: the members have worked in it.
		let until = T::Clock::active().saturating_add(stream.notice).saturating_add(1);
		stream.until = Some(until);
		Self::deposit_event(Event::StreamStopped { id, until });
		if stream.pays_for(stream.next) {
			Streams::<T>::insert(id, stream);
		} else {
			Self::end_stream(id, stream, StreamEnd::Stopped);
		}
		Ok(())
	}

	/// See [`Self::visit`]. Returns the number of operators that answer to the set.
	pub(crate) fn do_distribute(id: StreamId) -> Result<u32, DispatchError> {
		let stream = Streams::<T>::get(id).ok_or(Error::<T>::UnknownStream)?;
		ensure!(stream.is_due(T::Clock::active()), Error::<T>::NothingDue);
		ensure!(!T::SlashGate::any_due(), Error::<T>::SlashesDue);
		Self::visit(id, stream)
	}

	/// Processes a stream that is due, once in the running era. Gives back the instalments of missed eras, and pays the
	/// instalment of the running era, or gives it back too if nobody answers to the set. Ends the stream if it cannot
	/// or need not continue. Returns the number of operators that answer to the set.
	fn visit(id: StreamId, mut stream: Stream<T::AccountId>) -> Result<u32, DispatchError> {
		let now = T::Clock::active();
		let (set, rate) = (stream.set, stream.rate);
		let mut returned = stream.missed(now);
		let mut back = rate.saturating_mul(returned.into());
		stream.funds = stream.funds.saturating_sub(back);
		stream.next = stream.next.saturating_add(returned);

		let (mut paid, mut operators) = (false, 0);
		let mut end = None;
		// The funds were used up in a past era or in this one, or the stream was stopped for this era.
		if stream.pays_for(stream.next) && (stream.next < now || stream.funds < rate) {
			end = Some(StreamEnd::Unfunded);
		} else if stream.pays_for(now) {
			(paid, operators) = Self::share_with_set(set, &stream.currency, rate)?;
			stream.funds = stream.funds.saturating_sub(rate);
			stream.next = now.saturating_add(1);
			if !paid {
				returned = returned.saturating_add(1);
				back = back.saturating_add(rate);
			}
		}
		if !stream.pays_for(stream.next) {
			end = Some(StreamEnd::Stopped);
		}
		if returned > 0 {
			Self::credit(&stream.payer, stream.currency.clone(), back)?;
			let payer = stream.payer.clone();
			Self::deposit_event(Event::StreamReturned { id, eras: returned, amount: back, payer });
		}
		if paid {
			Self::deposit_event(Event::StreamPaid { id, set, era: now, amount: rate });
		}
		match end {
			Some(why) => Self::end_stream(id, stream, why),
			None => Streams::<T>::insert(id, stream),
		}
		Ok(operators)
	}

	/// Removes a stream, and credits its remaining funds to its payer.
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
		if T::NativeBalance::release(&reason::<T>(), &payer, deposit, Precision::BestEffort).is_err() {
			defensive!("the deposit is held");
		}
		Self::deposit_event(Event::StreamEnded { id, reason: why, payer, refund: funds });
	}

	/// Pays streams from the unused weight of a block, up to three fifths of a block.
	pub(crate) fn pay_streams(left: Weight) -> Weight {
		Self::sweep(Hook::Idle, left)
	}

	/// In an era's last session, pays the streams that are not paid yet, with up to a fifth of every block.
	pub(crate) fn pay_late_streams() -> Weight {
		// Reads the clock, and how far this hook has come.
		let asked = T::DbWeight::get().reads(3);
		if T::Clock::planned() <= T::Clock::active() {
			return asked;
		}
		asked.saturating_add(Self::sweep(Hook::Late, Weight::MAX))
	}

	/// The weight that `hook` may take of a block.
	pub(crate) fn budget(hook: Hook) -> Weight {
		let fifth = T::BlockWeights::get().max_block / 5;
		match hook {
			Hook::Idle => fifth.saturating_mul(3),
			Hook::Late | Hook::Last => fifth,
		}
	}

	/// Processes streams that are due, within `left` and the hook's limit, and returns the weight used. The idle hook
	/// goes through all streams once an era; the other hooks do so once more if the idle hook did not reach the end. If
	/// a set has too many members for a hook, anyone can call `distribute`.
	pub(crate) fn sweep(hook: Hook, left: Weight) -> Weight {
		let limit = Self::budget(hook);
		let budget = left.min(limit);
		let idle = T::WeightInfo::idle_streams();
		// The reads include the operators that answer to the set.
		let look = T::WeightInfo::look_at_stream().saturating_add(T::DbWeight::get().reads(3));
		if !idle.all_lte(budget) {
			return Weight::zero();
		}
		let (now, end) = (T::Clock::active(), NextStreamId::<T>::get());
		let begun = |sweep: StreamSweep| match sweep.era == now {
			true => sweep,
			false => StreamSweep { era: now, opened: end, ..Default::default() },
		};
		let passed = begun(Sweep::<T>::get());
		let mut sweep = match hook {
			Hook::Idle => passed,
			Hook::Late | Hook::Last => begun(LateSweep::<T>::get()),
		};
		// Checking for due slashes and storing the progress are included in `look`.
		if passed.is_over(end) || sweep.is_over(end) || !idle.saturating_add(look).all_lte(budget) {
			return idle;
		}
		// Stake that due slashes take earns nothing, so payments wait.
		if T::SlashGate::any_due() {
			return idle.saturating_add(look);
		}
		let mut used = idle;
		while !sweep.is_over(end) {
			let so_far = used.saturating_add(look);
			if !so_far.all_lte(budget) {
				break;
			}
			used = so_far;
			let next = if sweep.done {
				Some((sweep.opened, Streams::<T>::get(sweep.opened)))
			} else {
				let mut streams = match sweep.after {
					None => Streams::<T>::iter(),
					Some(last) => Streams::<T>::iter_from(Streams::<T>::hashed_key_for(last)),
				};
				streams.next().map(|(id, stream)| (id, Some(stream)))
			};
			let Some((id, stream)) = next else {
				sweep.done = true;
				continue;
			};
			if let Some(stream) = stream.filter(|stream| stream.is_due(now)) {
				let cost = T::WeightInfo::distribute(T::Sets::answering(stream.set).len() as u32);
				let with_it = used.saturating_add(cost);
				if with_it.all_lte(budget) {
					used = with_it;
					if let Err(error) = with_storage_layer(|| Self::visit(id, stream)) {
						Self::deposit_event(Event::StreamUnpaid { id, error });
					}
				} else if hook != Hook::Last && cost.saturating_add(idle).saturating_add(look).all_lte(limit)
				{
					// It fits into the next block.
					break;
				}
			}
			sweep.pass(id);
		}
		match hook {
			Hook::Idle => Sweep::<T>::put(sweep),
			Hook::Late | Hook::Last => LateSweep::<T>::put(sweep),
		}
		used
	}
}

impl<T: Config> OnSetClosed<T::AccountId> for Pallet<T> {
	fn on_member_released(_: OperatorSetId, _: &T::AccountId, _: &[PoolKind]) {}

	fn on_set_closed(set: OperatorSetId, owner: &T::AccountId) {
		let streams: Vec<_> = StreamsOf::<T>::get(set).into_inner();
		for id in streams {
			if let Some(stream) = Streams::<T>::get(id) {
				Self::end_stream(id, stream, StreamEnd::SetClosed);
			}
		}
		Self::return_carry(set, owner);
		// No limit: there is at most one entry for each era of the history.
		let _ = Paid::<T>::clear_prefix(set, T::Clock::history(), None);
	}
}
