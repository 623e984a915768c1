//! What is stored when sessions start, and what is removed.

use super::*;
use sp_core::crypto::key_types::DUMMY;

/// The storage of this pallet alone.
fn stored() -> Vec<(Vec<u8>, Vec<u8>)> {
	let prefix = frame_support::storage::storage_prefix(b"KeyOwners", b"")[..16].to_vec();
	let mut found = vec![];
	let mut last = prefix.clone();
	while let Some(next) = sp_io::storage::next_key(&last).filter(|next| next.starts_with(&prefix)) {
		found.push((next.clone(), frame_support::storage::unhashed::get_raw(&next).unwrap()));
		last = next;
	}
	found
}

#[test]
fn genesis_knows_who_holds_the_keys_of_the_first_session() {
	execute(|| {
		assert_eq!(Sets::<Test>::get(), [(0, 4)]);
		for n in 1..5 {
			assert_eq!(tenures(n), [(n, 0, None)]);
			assert_eq!(owner(0, n), Some(n));
		}
		assert_eq!(owner(0, 5), None);
	});
}

#[test]
fn a_session_that_changes_nothing_writes_nothing() {
	execute(|| {
		let before = stored();
		assert!(!before.is_empty());
		to_session(20);
		assert_eq!(stored(), before);
		// The same validators in another order hold the same keys, so only their order is written.
		NextSet::set(Some(vec![4, 3, 2, 1]));
		to_session(22);
		assert_eq!(stored().iter().zip(&before).filter(|(a, b)| a != b).count(), 1);
		assert_eq!(Sets::<Test>::get(), [(0, 4)]);
	});
}

#[test]
fn new_keys_are_held_from_the_session_in_which_they_come_into_force() {
	execute(|| {
		to_session(1);
		set_key(1, 11);
		assert_eq!(tenures(11), []);
		to_session(2);
		assert_eq!((tenures(1), tenures(11)), (vec![(1, 0, None)], vec![]), "the new keys are queued");
		to_session(3);
		assert_eq!((tenures(1), tenures(11)), (vec![(1, 0, Some(2))], vec![(1, 3, None)]));
		assert_eq!(Sets::<Test>::get(), [(0, 4), (3, 4)]);
		to_session(5);
		assert_eq!(
			(0..=5).map(|session| owner(session, 1)).collect::<Vec<_>>(),
			[Some(1), Some(1), Some(1), None, None, None]
		);
		assert_eq!((owner(2, 11), owner(3, 11), owner(5, 11)), (None, Some(1), Some(1)));
	});
}

#[test]
fn the_same_keys_again_are_one_tenure() {
	execute(|| {
		to_session(1);
		// The old key returns before the new one was queued, and no set lacks it.
		set_key(1, 11);
		set_key(1, 1);
		NextSet::set(Some(vec![1, 2, 3]));
		to_session(4);
		assert_eq!(tenures(1), [(1, 0, None)]);
		assert_eq!((tenures(4), Sets::<Test>::get()), (vec![(4, 0, Some(2))], vec![(0, 4), (3, 3)]));
	});
}

#[test]
fn a_key_that_is_handed_over_has_a_tenure_for_each_owner() {
	execute(|| {
		to_session(1);
		purge_key(1);
		set_key(2, 1);
		to_session(4);
		// The changes were queued together, and came into force together.
		assert_eq!(tenures(1), [(1, 0, Some(2)), (2, 3, None)]);
		assert_eq!(tenures(2), [(2, 0, Some(2))]);
		assert_eq!((owner(2, 1), owner(3, 1)), (Some(1), Some(2)));
		assert_eq!(Sets::<Test>::get(), [(0, 4), (3, 3)]);
	});
}

#[test]
fn the_last_validator_of_a_set_that_gives_up_its_keys_holds_them_no_more() {
	execute(|| {
		to_session(1);
		purge_key(4);
		to_session(2);
		// The session pallet does not report this as a change.
		assert!(!pallet_session::QueuedChanged::<Test>::get());
		to_session(3);
		assert_eq!(tenures(4), [(4, 0, Some(2))]);
		assert_eq!(Sets::<Test>::get(), [(0, 4), (3, 3)]);
	});
}

#[test]
fn who_comes_back_holds_a_key_anew() {
	execute(|| {
		to_session(1);
		NextSet::set(Some(vec![1, 2, 3]));
		to_session(2);
		NextSet::set(Some(vec![4, 1, 2, 3]));
		to_session(4);
		assert_eq!(tenures(4), [(4, 0, Some(2)), (4, 4, None)]);
		assert_eq!((2..=4).map(|session| owner(session, 4)).collect::<Vec<_>>(), [Some(4), None, Some(4)]);
	});
}

#[test]
fn what_is_out_of_time_is_forgotten() {
	execute(|| {
		to_session(1);
		set_key(1, 11);
		to_session(3);
		let gone = 3 + InTime::get();
		to_session(gone - 1);
		assert_eq!(
			(tenures(1), owner(2, 1)),
			(vec![(1, 0, Some(2))], Some(1)),
			"the last session for which the owner is known"
		);
		to_session(gone);
		assert_eq!((tenures(1), owner(2, 1)), (vec![], None));
		assert_eq!((tenures(11), tenures(2)), (vec![(1, 3, None)], vec![(2, 0, None)]));
		assert_eq!((Sets::<Test>::get(), Ended::<Test>::iter().count()), (vec![(3, 4)], 0));
	});
}

#[test]
fn a_key_that_changes_in_every_session_loses_no_tenure_in_time() {
	execute(|| {
		// Validators 1 and 2 swap their keys, so that each key changes hands in every session.
		for session in 1..40u32 {
			let (first, second) = if session % 2 == 0 { (1, 2) } else { (2, 1) };
			purge_key(1);
			purge_key(2);
			set_key(1, first);
			set_key(2, second);
			to_session(session);
			for past in in_time() {
				let swapped = past >= 2 && past % 2 == 0;
				assert_eq!(owner(past, 1), Some(if swapped { 2 } else { 1 }), "session {past} in {session}");
				assert_eq!(owner(past, 2), Some(if swapped { 1 } else { 2 }), "session {past} in {session}");
			}
			let most = InTime::get() as usize + 1;
			assert!(tenures(1).len() <= most && Sets::<Test>::get().len() <= most);
		}
		assert_eq!(tenures(1).len(), InTime::get() as usize + 1);
		assert_eq!(Owners::<Test>::iter().count(), 4);
	});
}

#[test]
fn fresh_keys_in_every_session_are_forgotten_as_fast_as_they_come() {
	execute(|| {
		for session in 1..40u32 {
			(1..5).for_each(|who| set_key(who, 100 * u64::from(session) + who));
			to_session(session);
			let most = 4 * (InTime::get() as usize + 1);
			assert!(Owners::<Test>::iter().count() <= most);
		}
		assert_eq!(Owners::<Test>::iter().count(), 4 * (InTime::get() as usize + 1));
		to_session(60);
		assert_eq!((Owners::<Test>::iter().count(), Ended::<Test>::iter().count()), (4, 0));
	});
}

#[test]
fn forgetting_catches_up_when_the_time_becomes_shorter() {
	execute(|| {
		InTime::set(20);
		for session in 1..=30u32 {
			set_key(1, 100 + u64::from(session));
			to_session(session);
		}
		assert_eq!(Sets::<Test>::get().len(), 21);
		InTime::set(5);
		// Each session forgets two sets and adds one.
		for session in 31..=45u32 {
			set_key(1, 100 + u64::from(session));
			Session::rotate_session();
		}
		assert_eq!(Sets::<Test>::get().len(), 6);
		KeyOwners::do_try_state().unwrap();
	});
}

#[test]
fn a_longer_time_does_not_bring_back_what_is_forgotten() {
	execute(|| {
		to_session(1);
		set_key(1, 11);
		to_session(10);
		InTime::set(20);
		assert_eq!((owner(2, 1), owner(2, 2), owner(3, 2)), (None, None, Some(2)));
		to_session(12);
	});
}

#[test]
fn try_state_finds_a_holder_that_is_not_noted() {
	new_test_ext().execute_with(|| {
		let one = key(1);
		Owners::<Test>::mutate(DUMMY, AsRef::<[u8]>::as_ref(&one), |tenures| tenures[0].owner = 2);
		assert_eq!(KeyOwners::do_try_state(), Err("a key in force is another's".into()));
	});
}
