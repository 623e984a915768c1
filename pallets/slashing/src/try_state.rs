//! What always holds.

use crate::{disputes::reason, *};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use mainstay_primitives::{traits::EraClock, Balance, Currency, Era, WAD};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * every pending slash has an id that was given out, a fraction in bounds, and a place in the queue at or after
	///   the cursor, unless it failed there;
	/// * the held capture eras are those of the pending slashes, and no others, and so are the counts by set;
	/// * of those who appealed, the bonds are held, and nothing more;
	/// * an offence names a slash that is pending, for its operator and era;
	/// * the pending slashes and the records by operator are those there are, and no others;
	/// * unpaid and recorded amounts are not more than what was ever slashed.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextId::<T>::get();
		let mut held: BTreeMap<_, BTreeMap<Era, u32>> = BTreeMap::new();
		let mut pending: BTreeMap<_, u32> = BTreeMap::new();
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
						ensure!(part.fraction > 0 && part.fraction <= WAD, "a fraction is out of bounds");
						ensure!(part.magnitude > 0 && part.magnitude <= WAD, "a magnitude is out of bounds");
					}
					*pending.entry((slash.operator.clone(), *set)).or_default() += 1;
				},
			}
			if let Some((by, bond)) = &slash.appeal {
				ensure!(matches!(slash.lane, Lane::Attested { .. }), "an appeal of what cannot be");
				*bonds.entry(by.clone()).or_default() += bond;
			}
			let waits = Queue::<T>::iter_prefix_values(slash.due).any(|queued| queued == id);
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
			ensure!(count <= T::MaxPending::get(), "more slashes pending than there may be");
			ensure!(pending.remove(&(operator, set)) == Some(count), "a wrong number of pending slashes");
		}
		ensure!(pending.is_empty(), "pending slashes that are not counted");

		for (operator, id, ()) in PendingOf::<T>::iter() {
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
			let held = T::Currency::balance_on_hold(&reason::<T>(), &by);
			ensure!(held == bond, "what is held of who appealed is not the bonds");
		}

		let cursor = Cursor::<T>::get();
		for (era, place, _) in Queue::<T>::iter() {
			ensure!((era, place) >= cursor, "a place in the queue that the hook has passed");
			ensure!(place < QueueLength::<T>::get(era), "a place in the queue beyond its length");
		}
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
