//! The invariants of the pallet.

use crate::{disputes::reason, *};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use mainstay_primitives::{traits::EraClock, Balance, Currency, Era, Fraction, WAD};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * every pending slash has an assigned id, a fraction in bounds, and its place in the queue of its due era,
	///   unless it failed;
	/// * every taken place belongs to a pending slash, is at or after the cursor and below the number of assigned
	///   places, and each era counts its taken places;
	/// * the held capture eras are exactly those of the pending slashes, and the counts by set are exact, with appealed
	///   slashes counted separately;
	/// * exactly the bonds of appeals are held of the balances of those who appealed;
	/// * an offence names a slash that is pending, for its operator and era;
	/// * the lists by operator have exactly the pending slashes and the records;
	/// * no offence or record is left of eras before [`PrunedUntil`];
	/// * unpaid and recorded amounts are at most what was ever slashed.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextId::<T>::get();
		let mut held: BTreeMap<_, BTreeMap<Era, u32>> = BTreeMap::new();
		let mut pending: BTreeMap<_, PendingCount> = BTreeMap::new();
		let mut bonds: BTreeMap<_, Balance> = BTreeMap::new();
		for (id, slash) in Slashes::<T>::iter() {
			ensure!(id < next, "a slash with an id to come");
			ensure!(slash.capture <= slash.reported && slash.reported <= slash.due, "a slash out of order");
			match &slash.lane {
				Lane::Consensus { fraction } => {
					ensure!(*fraction > 0 && *fraction <= WAD, "a fraction is out of bounds");
				},
				Lane::Attested { set, parts, .. } => {
					ensure!(!parts.is_empty(), "a slash of nothing");
					for part in parts {
						ensure!(
							part.fraction.0 > 0 && part.fraction <= Fraction::WHOLE,
							"a fraction is out of bounds"
						);
						ensure!(
							part.magnitude.0 > 0 && part.magnitude.0 <= WAD,
							"a magnitude is out of bounds"
						);
					}
					let count = pending.entry((slash.operator.clone(), *set)).or_default();
					match &slash.appeal {
						None => count.unappealed += 1,
						Some(_) => count.appealed += 1,
					}
				},
			}
			if let Some((by, bond)) = &slash.appeal {
				ensure!(matches!(slash.lane, Lane::Attested { .. }), "an appeal of what cannot be");
				*bonds.entry(by.clone()).or_default() += bond;
			}
			let place = PendingOf::<T>::get(&slash.operator, id);
			let place = place.ok_or("a pending slash that its operator does not show")?;
			let waits = Queue::<T>::get(slash.due, place) == Some(id);
			ensure!(waits || slash.due <= T::Clock::active(), "a pending slash without a place in the queue");
			for kind in slash.lane.kinds() {
				let captures = held.entry((slash.operator.clone(), kind)).or_default();
				*captures.entry(slash.capture).or_default() += 1;
			}
		}
		for (operator, kind, captures) in Held::<T>::iter() {
			let expected = held.remove(&(operator, kind)).ok_or("claims held for no slash")?;
			ensure!(captures.into_inner() == expected, "held captures differ from the pending slashes");
		}
		ensure!(held.is_empty(), "a pending slash that holds no claims");
		for (operator, set, count) in Pending::<T>::iter() {
			ensure!(count.unappealed <= T::MaxPending::get(), "more slashes pending than there may be");
			ensure!(pending.remove(&(operator, set)) == Some(count), "a wrong number of pending slashes");
		}
		ensure!(pending.is_empty(), "pending slashes that are not counted");

		for (operator, id) in PendingOf::<T>::iter_keys() {
			let slash = Slashes::<T>::get(id).filter(|slash| slash.operator == operator);
			ensure!(slash.is_some(), "a pending slash by operator that there is not");
		}
		ensure!(
			PendingOf::<T>::iter_keys().count() == Slashes::<T>::iter_keys().count(),
			"a pending slash that its operator does not show"
		);
		for (operator, (era, id), ()) in RecordsOf::<T>::iter() {
			let record = Records::<T>::get(era, id).filter(|record| record.slash.operator == operator);
			ensure!(record.is_some(), "a record by operator that there is not");
		}
		ensure!(
			RecordsOf::<T>::iter_keys().count() == Records::<T>::iter_keys().count(),
			"a record that its operator does not show"
		);

		for (by, bond) in bonds {
			let held = T::NativeBalance::balance_on_hold(&reason::<T>(), &by);
			ensure!(held == bond, "what is held of who appealed is not the bonds");
		}

		let cursor = Cursor::<T>::get();
		let mut waiting: BTreeMap<Era, u32> = BTreeMap::new();
		for (era, place, id) in Queue::<T>::iter() {
			ensure!((era, place) >= cursor, "a place in the queue that the hook has passed");
			let given = QueueLength::<T>::get(era).map_or(0, |places| places.given);
			ensure!(place < given, "a place in the queue beyond its length");
			let slash = Slashes::<T>::get(id).filter(|slash| slash.due == era);
			let slash = slash.ok_or("a place in the queue of a slash that does not wait there")?;
			let own = PendingOf::<T>::get(&slash.operator, id) == Some(place);
			ensure!(own, "a place in the queue that its slash does not know of");
			*waiting.entry(era).or_default() += 1;
		}
		for (era, places) in QueueLength::<T>::iter() {
			ensure!(waiting.remove(&era) == Some(places.waiting), "a wrong number of places that are taken");
		}
		ensure!(waiting.is_empty(), "places that are taken and not counted");

		let pruned = PrunedUntil::<T>::get();
		let left = Offences::<T>::iter_keys().any(|(era, _)| era < pruned)
			|| Records::<T>::iter_keys().any(|(era, _)| era < pruned);
		ensure!(!left, "an offence or a record of an era that was forgotten");

		for (capture, operator, offence) in Offences::<T>::iter() {
			ensure!(
				offence.settled <= offence.fraction && offence.fraction <= WAD,
				"an offence is out of bounds"
			);
			if let Some(id) = offence.pending {
				let slash = Slashes::<T>::get(id).ok_or("an offence names a slash that is not pending")?;
				ensure!(
					slash.operator == operator && slash.capture == capture,
					"an offence names another's slash"
				);
			}
		}

		let mut unpaid: BTreeMap<Currency, Balance> = BTreeMap::new();
		for (_, currency, payout) in Unpaid::<T>::iter() {
			ensure!(payout.amount > 0, "an empty payout");
			*unpaid.entry(currency).or_default() += payout.amount;
		}
		for (currency, amount) in unpaid {
			ensure!(amount <= TotalSlashed::<T>::get(currency), "more unpaid than was ever slashed");
		}
		Ok(())
	}
}
