//! The queue: pending slashes, the claims that they hold, and due slashes.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_support::{ensure, storage::with_storage_layer, traits::Get, weights::Weight};
use mainstay_primitives::{
	traits::{EraClock, SlashGate},
	Balance, Currency, Era, OperatorSetId, PoolKind, SlashId, WAD,
};
use sp_runtime::{DispatchError, DispatchResult};

/// The maximum number of offences, records and eras that one block removes, if the hook's part of the block suffices.
/// More slashes than that can be decided in an era; the rest is removed in later blocks.
pub(crate) const PRUNED_PER_BLOCK: u32 = 64;

/// The number of eras of the queue that [`SlashGate::any_due`] reads. The hook moves on in every block from eras in
/// which no slash waits, so after it has run, due slashes are in at most two consecutive eras.
const ERAS_LOOKED_AT: Era = 4;

impl<AccountId> Lane<AccountId> {
	/// The kinds of pools that a slash of this lane reaches.
	pub fn kinds(&self) -> Vec<PoolKind> {
		match self {
			Lane::Consensus { .. } => PoolKind::CONSENSUS.to_vec(),
			Lane::Attested { parts, .. } => parts.iter().map(|part| part.kind).collect(),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Errors if the fraction is 0, or more than the whole.
	pub fn ensure_fraction(fraction: u64) -> Result<(), Error<T>> {
		(fraction > 0 && fraction <= WAD).then_some(()).ok_or(Error::BadFraction)
	}

	/// Errors if the capture era has not begun, or if its stake can have left `wait` eras from now.
	pub fn ensure_in_time(capture: Era, wait: Era) -> Result<(), Error<T>> {
		let now = T::Clock::active();
		ensure!(capture <= now, Error::<T>::CaptureInFuture);
		let reachable = capture.saturating_add(T::Clock::exit_delay());
		ensure!(reachable > now.saturating_add(wait), Error::<T>::CaptureTooOld);
		Ok(())
	}

	/// Queues a slash that falls due in `wait` eras, and returns its id. The caller must have checked that it is in
	/// time.
	pub(crate) fn enqueue(
		operator: &T::AccountId,
		lane: Lane<T::AccountId>,
		capture: Era,
		wait: Era,
	) -> SlashId {
		let reported = T::Clock::active();
		let due = reported.saturating_add(wait);
		let id = NextId::<T>::mutate(|next| {
			let id = *next;
			*next = next.saturating_add(1);
			id
		});
		let slash =
			Slash { operator: operator.clone(), lane: lane.clone(), capture, reported, due, appeal: None };
		Self::hold(id, slash);
		Self::deposit_event(Event::SlashReported { id, operator: operator.clone(), lane, capture, due });
		id
	}

	/// Makes a slash pending: holds the claims that it covers, and gives it a place in the queue.
	pub(crate) fn hold(id: SlashId, slash: Slash<T::AccountId>) {
		for kind in slash.lane.kinds() {
			Held::<T>::mutate(&slash.operator, kind, |captures| {
				let count = captures.get(&slash.capture).copied().unwrap_or(0).saturating_add(1);
				if captures.try_insert(slash.capture, count).is_err() {
					frame_support::defensive!("more capture eras pending than the window can name");
				}
			});
		}
		Self::give_place(id, &slash);
		Slashes::<T>::insert(id, slash);
	}

	/// Gives a slash without a place the next place in the queue of its due era.
	pub(crate) fn give_place(id: SlashId, slash: &Slash<T::AccountId>) {
		let due = slash.due;
		let place = QueueLength::<T>::mutate(due, |places| {
			let mut now = places.unwrap_or_default();
			let place = now.given;
			now.given = now.given.saturating_add(1);
			now.waiting = now.waiting.saturating_add(1);
			*places = Some(now);
			place
		});
		Queue::<T>::insert(due, place, id);
		PendingOf::<T>::insert(&slash.operator, id, place);
		// The hook may have finished this era already. Moves the cursor back to the new slash.
		Cursor::<T>::mutate(|cursor| *cursor = (*cursor).min((due, place)));
	}

	/// Takes a pending slash out of the queue. A slash that failed has no place any more, and is left as it is.
	pub(crate) fn leave_place(id: SlashId, slash: &Slash<T::AccountId>) {
		let Some(place) = PendingOf::<T>::take(&slash.operator, id) else { return };
		if Queue::<T>::get(slash.due, place) == Some(id) {
			Self::clear_place(slash.due, place);
		}
	}

	/// Empties a place in which a slash waits. If it was the last one of its era, removes all places of the era.
	fn clear_place(due: Era, place: u32) {
		Queue::<T>::remove(due, place);
		QueueLength::<T>::mutate_exists(due, |slot| {
			let Some(mut places) = slot.take() else { return };
			places.waiting = places.waiting.saturating_sub(1);
			*slot = Some(places).filter(|places| places.waiting > 0);
		});
	}

	/// Removes a slash from the pending ones and from the queue, and releases the claims that it holds.
	pub(crate) fn dequeue(id: SlashId) -> Result<Slash<T::AccountId>, Error<T>> {
		let slash = Slashes::<T>::take(id).ok_or(Error::<T>::UnknownSlash)?;
		Self::leave_place(id, &slash);
		for kind in slash.lane.kinds() {
			Held::<T>::mutate_exists(&slash.operator, kind, |slot| {
				let Some(captures) = slot else { return };
				match captures.get_mut(&slash.capture) {
					Some(count) if *count > 1 => *count = count.saturating_sub(1),
					_ => {
						captures.remove(&slash.capture);
					},
				}
				if captures.is_empty() {
					*slot = None;
				}
			});
		}
		match &slash.lane {
			Lane::Consensus { .. } => Self::consensus_dequeued(&slash),
			Lane::Attested { set, .. } => {
				Self::attested_dequeued(*set, &slash.operator, slash.appeal.is_some());
			},
		}
		Ok(slash)
	}

	/// Takes the funds of a slash, which stay in custody. Returns the amounts by currency.
	pub(crate) fn take(slash: &Slash<T::AccountId>) -> Vec<(Currency, Balance)> {
		match &slash.lane {
			Lane::Consensus { fraction } => {
				vec![(Currency::Native, Self::slash_consensus(&slash.operator, *fraction, slash.capture))]
			},
			Lane::Attested { set, parts, .. } => {
				Self::slash_attested(&slash.operator, *set, parts, slash.capture)
			},
		}
	}

	pub(crate) fn do_execute(id: SlashId) -> DispatchResult {
		let slash = Self::dequeue(id)?;
		let now = T::Clock::active();
		ensure!(slash.due <= now, Error::<T>::NotDue);
		let taken = Self::take(&slash);
		Self::close_appeal(id, &slash, true);
		let taken = Taken::truncate_from(taken);
		let operator = slash.operator.clone();
		Self::deposit_event(Event::SlashExecuted { id, operator, taken: taken.clone() });
		for (currency, amount) in &taken {
			let destination = Self::destination(&slash.lane, currency);
			Self::settle(id, currency.clone(), *amount, destination);
		}
		Self::record(id, slash, Outcome::Executed(taken));
		Ok(())
	}

	/// The weight that due slashes may use in a block: a fifth of it.
	pub(crate) fn budget() -> Weight {
		T::BlockWeights::get().max_block / 5
	}

	/// Executes due slashes in order within [`Self::budget`], and returns the weight used. Skipping an empty place
	/// takes one read, and an era in which no slash waits is skipped at once.
	pub(crate) fn execute_due() -> Weight {
		let (now, budget, step) = (T::Clock::active(), Self::budget(), T::WeightInfo::step());
		let (idle, pass) =
			(T::WeightInfo::idle(), T::WeightInfo::pass(1).saturating_sub(T::WeightInfo::pass(0)));
		let mut used = idle;
		let (mut era, mut place) = Cursor::<T>::get();
		let start = (era, place);
		while era <= now && used.saturating_add(step).all_lte(budget) {
			if QueueLength::<T>::get(era).is_none_or(|places| place >= places.given) {
				(era, place) = (era.saturating_add(1), 0);
				used = used.saturating_add(idle);
				continue;
			}
			match Queue::<T>::get(era, place) {
				Some(id) => {
					used = used.saturating_add(step);
					if let Err(error) = with_storage_layer::<_, DispatchError, _>(|| Self::do_execute(id)) {
						Self::clear_place(era, place);
						Self::deposit_event(Event::ExecutionFailed { id, error });
					}
				},
				None => used = used.saturating_add(pass),
			}
			place = place.saturating_add(1);
		}
		if (era, place) != start {
			Cursor::<T>::put((era, place));
		}
		used
	}

	/// Removes offences and records of eras that are older than the history depth, the oldest first, within the weight
	/// `left` and at most [`PRUNED_PER_BLOCK`]. Returns the weight used.
	pub(crate) fn prune(left: Weight) -> Weight {
		let Some(last) = T::Clock::active().checked_sub(T::Clock::history()) else { return Weight::zero() };
		let base = T::WeightInfo::prune(0);
		if !base.all_lte(left) {
			return Weight::zero();
		}
		let each = T::WeightInfo::prune(1).saturating_sub(base);
		let room = left.saturating_sub(base).checked_div_per_component(&each).unwrap_or(0);
		let limit = u64::from(PRUNED_PER_BLOCK).min(room) as u32;

		let start = PrunedUntil::<T>::get();
		// A finished era counts like an entry.
		let (mut era, mut done) = (start, 0);
		while era <= last && done < limit {
			done = done.saturating_add(Self::prune_era(era, limit.saturating_sub(done)));
			if done < limit {
				done = done.saturating_add(1);
				era = era.saturating_add(1);
			}
		}
		if era != start {
			PrunedUntil::<T>::put(era);
		}
		T::WeightInfo::prune(done)
	}

	/// Removes at most `limit` offences and records of `era`, and returns their number.
	fn prune_era(era: Era, limit: u32) -> u32 {
		let offenders: Vec<_> = Offences::<T>::iter_key_prefix(era).take(limit as usize).collect();
		offenders.iter().for_each(|operator| Offences::<T>::remove(era, operator));
		let offences = offenders.len() as u32;
		let limit = limit.saturating_sub(offences);
		let records: Vec<_> = Records::<T>::iter_prefix(era).take(limit as usize).collect();
		for (id, record) in &records {
			Self::forget_record(era, *id, &record.slash.operator);
		}
		offences.saturating_add(records.len() as u32)
	}
}

impl<T: Config> SlashGate<T::AccountId> for Pallet<T> {
	fn oldest_capture(operator: &T::AccountId, kind: PoolKind) -> Option<Era> {
		Held::<T>::get(operator, kind).first_key_value().map(|(capture, _)| *capture)
	}

	/// Exact if the hook ran in the last few eras. Otherwise it returns true, because slashes may be due until the hook
	/// has run.
	fn any_due() -> bool {
		let (first, now) = (Cursor::<T>::get().0, T::Clock::active());
		// No place before the cursor is taken, so every slash that waits in its era waits for the hook.
		let eras = now.saturating_add(1).saturating_sub(first);
		eras > ERAS_LOOKED_AT || (first..=now).any(QueueLength::<T>::contains_key)
	}

	fn is_pending(operator: &T::AccountId, set: OperatorSetId) -> bool {
		Pending::<T>::contains_key(operator, set)
	}
}
