//! The queue: what is pending, which claims it holds, what is due.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_support::{ensure, storage::with_storage_layer, traits::Get, weights::Weight};
use mainstay_primitives::{
	traits::{EraClock, OperatorSets, SlashGate},
	Balance, Currency, Destination, Era, Kind, OperatorSetId, SlashId, WAD,
};
use sp_runtime::{DispatchError, DispatchResult};

/// Most offences, and most records, of an era that one block forgets. The shortest eras have some thirty blocks, and
/// an era has at most one offence a validator, so all are gone before the next era's turn.
const PRUNED_PER_BLOCK: u32 = 16;

impl<AccountId> Lane<AccountId> {
	/// The kinds of pools a slash of this lane reaches.
	pub fn kinds(&self) -> Vec<Kind> {
		match self {
			Lane::Consensus { .. } => Kind::CONSENSUS.to_vec(),
			Lane::Attested { parts, .. } => parts.iter().map(|part| part.kind).collect(),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Refuses a fraction of nothing, or of more than the whole.
	pub fn ensure_fraction(fraction: u64) -> Result<(), Error<T>> {
		(fraction > 0 && fraction <= WAD).then_some(()).ok_or(Error::BadFraction)
	}

	/// Refuses a capture era that is still to come, or of which stake can have left `wait` eras from now.
	pub fn ensure_in_time(capture: Era, wait: Era) -> Result<(), Error<T>> {
		let now = T::Clock::active();
		ensure!(capture <= now, Error::<T>::CaptureInFuture);
		let reachable = capture.saturating_add(T::ExitDelay::get());
		ensure!(reachable > now.saturating_add(wait), Error::<T>::CaptureTooOld);
		Ok(())
	}

	/// Queues a slash that falls due in `wait` eras and returns its id. The caller has checked that it is in time.
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

	/// Makes a slash pending: it holds the claims it covers, and gets a place in the queue.
	pub(crate) fn hold(id: SlashId, slash: Slash<T::AccountId>) {
		for kind in slash.lane.kinds() {
			Held::<T>::mutate(&slash.operator, kind, |captures| {
				let count = captures.get(&slash.capture).copied().unwrap_or(0).saturating_add(1);
				if captures.try_insert(slash.capture, count).is_err() {
					frame_support::defensive!("more capture eras pending than the window can name");
				}
			});
		}
		Self::place(id, slash.due);
		PendingOf::<T>::insert(&slash.operator, id, ());
		Slashes::<T>::insert(id, slash);
	}

	/// Gives a slash a place in the queue. One that it had before is passed over, because it is not due there.
	pub(crate) fn place(id: SlashId, due: Era) {
		let place = QueueLength::<T>::mutate(due, |length| {
			let place = *length;
			*length = length.saturating_add(1);
			place
		});
		Queue::<T>::insert(due, place, id);
		// The hook may be done with this era already: it comes back for the newcomer.
		Cursor::<T>::mutate(|cursor| *cursor = (*cursor).min((due, place)));
	}

	/// Takes a slash off the pending ones and lets go of the claims it holds.
	pub(crate) fn dequeue(id: SlashId) -> Result<Slash<T::AccountId>, Error<T>> {
		let slash = Slashes::<T>::take(id).ok_or(Error::<T>::UnknownSlash)?;
		PendingOf::<T>::remove(&slash.operator, id);
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
			Lane::Attested { set, .. } => Self::attested_dequeued(*set, &slash.operator),
		}
		Ok(slash)
	}

	/// Lets a slash take what it takes, and leaves it in custody. Returns how much that is, by currency.
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
		let destination = match &slash.lane {
			Lane::Consensus { .. } => T::ConsensusDestination::get(),
			Lane::Attested { set, .. } => T::Sets::destination(*set).unwrap_or(Destination::Burn),
		};
		Self::close_appeal(id, &slash, true);
		let taken = Taken::truncate_from(taken);
		let operator = slash.operator.clone();
		Self::deposit_event(Event::SlashExecuted { id, operator, taken: taken.clone() });
		for (currency, amount) in &taken {
			Self::settle(id, currency.clone(), *amount, destination.clone());
		}
		Self::record(id, slash, Outcome::Executed(taken));
		Ok(())
	}

	/// The part of a block that due slashes may use: a fifth.
	pub(crate) fn budget() -> Weight {
		T::BlockWeights::get().max_block / 5
	}

	/// Executes due slashes in order within [`Self::budget`], and returns the weight used.
	pub(crate) fn execute_due() -> Weight {
		let (now, budget, step) = (T::Clock::active(), Self::budget(), T::WeightInfo::step());
		let mut used = T::WeightInfo::idle();
		let (mut era, mut place) = Cursor::<T>::get();
		let start = (era, place);
		// Every turn passes one place or one era, and is paid for as if it executed a slash.
		while era <= now && used.saturating_add(step).all_lte(budget) {
			if place >= QueueLength::<T>::get(era) {
				QueueLength::<T>::remove(era);
				(era, place) = (era.saturating_add(1), 0);
				used = used.saturating_add(T::WeightInfo::idle());
				continue;
			}
			used = used.saturating_add(step);
			let due = |id: &SlashId| Slashes::<T>::get(id).is_some_and(|slash| slash.due <= era);
			if let Some(id) = Queue::<T>::take(era, place).filter(due) {
				if let Err(error) = with_storage_layer::<_, DispatchError, _>(|| Self::do_execute(id)) {
					Self::deposit_event(Event::ExecutionFailed { id, error });
				}
			}
			place = place.saturating_add(1);
		}
		if (era, place) != start {
			Cursor::<T>::put((era, place));
		}
		used
	}

	/// Forgets offences and records of the era that leaves the history depth, a few a block.
	pub(crate) fn prune() -> Weight {
		let Some(old) = T::Clock::active().checked_sub(T::History::get()) else { return Weight::zero() };
		let offences = Offences::<T>::clear_prefix(old, PRUNED_PER_BLOCK, None).backend;
		let records: Vec<_> = Records::<T>::iter_prefix(old).take(PRUNED_PER_BLOCK as usize).collect();
		let removed = u64::from(offences).saturating_add((records.len() as u64).saturating_mul(2));
		for (id, record) in records {
			Self::forget_record(old, id, &record.slash.operator);
		}
		T::DbWeight::get().reads_writes(removed.saturating_add(2), removed)
	}
}

impl<T: Config> SlashGate<T::AccountId> for Pallet<T> {
	fn oldest(operator: &T::AccountId, kind: Kind) -> Option<Era> {
		Held::<T>::get(operator, kind).first_key_value().map(|(capture, _)| *capture)
	}

	fn any_due() -> bool {
		let (era, place) = Cursor::<T>::get();
		era < T::Clock::active() || (era == T::Clock::active() && place < QueueLength::<T>::get(era))
	}

	fn is_pending(operator: &T::AccountId, set: OperatorSetId) -> bool {
		Pending::<T>::contains_key(operator, set)
	}
}
