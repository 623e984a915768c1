//! The invariants of the pallet.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get};
use pallet_session::{CurrentIndex, Validators};
use sp_runtime::{traits::OpaqueKeys, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the keys in force are those of the session pallet's validators, in its order, and the last set has their
	///   number;
	/// * every key in force has an open tenure of its owner, and no other key has an open tenure;
	/// * a key's tenures are disjoint and oldest first, none is empty or begins in a future session, and there are no
	///   more of them than sessions in time allow;
	/// * sets are oldest first, none is of a future session, and there are no more of them than sessions in time allow;
	/// * keys end only with sets that have a predecessor; every ended tenure is listed under the session of its end, so
	///   that it will be removed.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let current = CurrentIndex::<T>::get();
		let limit = T::ReportSessions::get().saturating_add(2) as usize;
		let in_force = InForce::<T>::get();
		let validators: Vec<_> = in_force.iter().map(|(who, _)| who.clone()).collect();
		ensure!(validators == Validators::<T>::get(), "keys in force are not those of the validators");

		let sets = Sets::<T>::get();
		ensure!(sets.windows(2).all(|pair| pair[0].0 < pair[1].0), "sets are not in order");
		ensure!(sets.last().is_none_or(|(from, _)| *from <= current), "a set of a session to come");
		ensure!(sets.len() <= limit, "more sets than sessions in time");
		let last = sets.last().map_or(0, |(_, count)| *count);
		ensure!(last as usize == in_force.len(), "the last set does not count what is in force");

		let mut held = 0;
		for (owner, keys) in &in_force {
			for id in T::Keys::key_ids() {
				let tenures = Owners::<T>::get(id, keys.get_raw(*id));
				let tenure = tenures.last().ok_or("a key in force has no owner")?;
				ensure!(tenure.until.is_none(), "the tenure of a key in force is over");
				ensure!(tenure.owner == *owner, "a key in force is another's");
				held += 1;
			}
		}

		for (session, keys) in Ended::<T>::iter() {
			ensure!(!keys.is_empty(), "an end of nothing");
			let known = sets.iter().skip(1).any(|(from, _)| *from == session);
			ensure!(known, "keys ended where no set followed another");
		}

		let mut open = 0;
		for (id, key, tenures) in Owners::<T>::iter() {
			ensure!(!tenures.is_empty(), "a key without a tenure");
			ensure!(tenures.len() <= limit, "more tenures than sessions in time");
			for pair in tenures.windows(2) {
				ensure!(pair[0].over_before(pair[1].from), "tenures of a key overlap");
			}
			for tenure in tenures {
				ensure!(tenure.from <= current, "a tenure of a session to come");
				let Some(until) = tenure.until else {
					open += 1;
					continue;
				};
				ensure!(
					tenure.from <= until && until < current,
					"a tenure that is over ends before it began, or later"
				);
				let listed = Ended::<T>::get(until.saturating_add(1));
				ensure!(listed.contains(&(id, key.clone())), "the end of a tenure is not listed");
			}
		}
		ensure!(open == held, "a tenure goes on of a key that is not in force");
		Ok(())
	}
}
