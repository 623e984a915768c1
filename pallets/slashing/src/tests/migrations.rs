//! Migrations from layouts 1, 2 and 3. The tests write the bytes of layouts 1 and 3 themselves.

use super::*;
use crate::migrations::{ToV2, ToV3, ToV4};
use codec::Encode;
use frame_support::{
	assert_storage_noop,
	storage::unhashed::put_raw,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use mainstay_primitives::AccountId;

/// The migrations from any older layout to the current one.
type Migrations = (ToV2<Test>, ToV3<Test>, ToV4<Test>);

fn migrate() {
	#[cfg(feature = "try-runtime")]
	assert_ok!(Migrations::try_on_runtime_upgrade(true));
	#[cfg(not(feature = "try-runtime"))]
	Migrations::on_runtime_upgrade();
}

/// A slash as encoded in layout 1.
fn old(slash: &Slash<AccountId>) -> Vec<u8> {
	let lane = match slash.lane.clone() {
		Lane::Consensus { fraction } => (0u8, fraction).encode(),
		Lane::Attested { set, condition, resolver, parts } => {
			let resolver = resolver.map(|resolver| match resolver {
				Resolver::Account(account) => account,
				Resolver::Governance => panic!("layout 1 had none"),
			});
			(1u8, set, condition, resolver, parts.to_vec()).encode()
		},
	};
	let eras = (slash.capture, slash.reported, slash.due).encode();
	[slash.operator.encode(), lane, eras].concat()
}

/// Pending: two slashes of a service, the second without a resolver, and one for consensus. One of each was executed.
fn history() {
	service(Destination::Burn);
	add_condition(SET, 50, WINDOW, None);
	serve(1, SET, &[(PoolKind::Native, 50), (COINS, 100)]);
	Now::set(1);
	assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20), (COINS, 10)], 1));
	offence(&[2], 5, 1);
	begin_era(1 + WINDOW);
	assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20), (COINS, 10)], 2));
	assert_ok!(attest_for(1, SET, 1, &[(COINS, 30)], 3));
	offence(&[3], 5, 3);
	events();
}

/// Writes counts and places as layout 3 did, without any empty place.
fn downgrade_to_3() {
	for (operator, set, count) in Pending::<Test>::iter().collect::<Vec<_>>() {
		let count = count.unappealed + count.appealed;
		put_raw(&Pending::<Test>::hashed_key_for(operator, set), &count.encode());
	}
	for (due, places) in QueueLength::<Test>::iter().collect::<Vec<_>>() {
		put_raw(&QueueLength::<Test>::hashed_key_for(due), &places.given.encode());
	}
	for (operator, id) in PendingOf::<Test>::iter_keys().collect::<Vec<_>>() {
		put_raw(&PendingOf::<Test>::hashed_key_for(operator, id), &[]);
	}
	StorageVersion::new(3).put::<Slashing>();
}

/// Adds a place as layout 3 kept it after its slash was decided.
fn leave_behind(due: Era, id: SlashId) {
	let key = QueueLength::<Test>::hashed_key_for(due);
	let place: u32 = frame_support::storage::unhashed::get(&key).unwrap_or(0);
	Queue::<Test>::insert(due, place, id);
	put_raw(&key, &(place + 1).encode());
}

/// Removes the maps that layout 3 introduced, and returns their content.
#[allow(clippy::type_complexity)]
fn downgrade_to_2() -> (Vec<(AccountId, SlashId)>, Vec<(AccountId, (Era, SlashId))>) {
	let indexes = indexes();
	downgrade_to_3();
	let _ = PendingOf::<Test>::clear(u32::MAX, None);
	let _ = RecordsOf::<Test>::clear(u32::MAX, None);
	StorageVersion::new(2).put::<Slashing>();
	indexes
}

/// The pending slashes and the records by operator, in the order of storage.
#[allow(clippy::type_complexity)]
fn indexes() -> (Vec<(AccountId, SlashId)>, Vec<(AccountId, (Era, SlashId))>) {
	(PendingOf::<Test>::iter_keys().collect(), RecordsOf::<Test>::iter_keys().collect())
}

/// Writes pending slashes and records as layout 1 did, and returns them.
#[allow(clippy::type_complexity)]
fn downgrade() -> (Vec<(SlashId, Slash<AccountId>)>, Vec<(Era, SlashId, Record<Test>)>) {
	downgrade_to_2();
	let slashes: Vec<_> = Slashes::<Test>::iter().collect();
	let records: Vec<_> = Records::<Test>::iter().collect();
	for (id, slash) in &slashes {
		put_raw(&Slashes::<Test>::hashed_key_for(id), &old(slash));
	}
	for (era, id, record) in &records {
		let Record { slash, outcome: Outcome::Executed(taken) } = record else {
			panic!("layout 1 had none");
		};
		let bytes = [old(slash), taken.to_vec().encode()].concat();
		put_raw(&Records::<Test>::hashed_key_for(era, id), &bytes);
	}
	StorageVersion::new(1).put::<Slashing>();
	(slashes, records)
}

#[test]
fn slashes_and_records_of_layout_1_become_those_of_the_running_one() {
	execute(|| {
		history();
		let (slashes, records) = downgrade();
		assert_eq!((slashes.len(), records.len()), (3, 2));
		migrate();
		assert_eq!(Slashing::on_chain_storage_version(), 4);
		assert_eq!(Slashes::<Test>::iter().collect::<Vec<_>>(), slashes);
		assert_eq!(Records::<Test>::iter().collect::<Vec<_>>(), records);
		let resolvers = [2, 3].map(|id| match Slashes::<Test>::get(id).unwrap().lane {
			Lane::Attested { resolver, .. } => resolver,
			Lane::Consensus { .. } => panic!("a service's"),
		});
		assert_eq!(resolvers, [Some(Resolver::Account(account(RESOLVER))), None]);
		let taken = taken_of(&[(PoolKind::Native, STAKE / 10), (COINS, STAKE / 10)]);
		assert_eq!(outcome(1 + WINDOW, 0), Some(Outcome::Executed(taken)));
		check();
	});
}

#[test]
fn migrated_slashes_are_vetoed_appealed_and_executed_as_any() {
	execute(|| {
		history();
		downgrade();
		migrate();
		assert_ok!(veto(RESOLVER, 2));
		assert_ok!(appeal(BOB, 3));
		begin_era(3 + DEFERRAL);
		assert_eq!((pending(), staked(3)), (vec![3], STAKE * 95 / 100));
		begin_era(3 + WINDOW + APPEAL_WINDOW);
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100 * 70 / 100);
	});
}

#[test]
fn a_second_run_changes_nothing() {
	execute(|| {
		history();
		downgrade();
		migrate();
		assert_storage_noop!(migrate());
		assert_storage_noop!(Migrations::on_runtime_upgrade());
		assert_eq!(Slashing::on_chain_storage_version(), 4);
	});
}

#[test]
fn slashes_and_records_of_layout_2_are_found_by_their_operator() {
	execute(|| {
		history();
		assert_ok!(veto(RESOLVER, 2));
		let (mut pending, mut records) = downgrade_to_2();
		assert_eq!(indexes(), (vec![], vec![]));
		migrate();
		assert_eq!(Slashing::on_chain_storage_version(), 4);
		assert_eq!(indexes(), (pending.clone(), records.clone()));
		pending.sort();
		records.sort();
		// Slashes 0 and 1 were executed when they fell due, and slash 2 was vetoed in the same era.
		assert_eq!(pending, [(account(1), 3), (account(3), 4)]);
		assert_eq!(records, [(account(1), (3, 0)), (account(1), (3, 2)), (account(2), (3, 1))]);
	});
}

#[test]
fn nothing_is_migrated_where_there_was_no_slash() {
	execute(|| {
		downgrade_to_2();
		migrate();
		assert_eq!(
			(Slashing::on_chain_storage_version(), indexes()),
			(StorageVersion::new(4), (vec![], vec![]))
		);
	});
}

/// The storage of the queue: places, their number in each era, the place of each slash, and the counts.
#[allow(clippy::type_complexity)]
fn queue() -> (Vec<(Era, u32, SlashId)>, Vec<(Era, Places)>, Vec<(AccountId, SlashId, u32)>, Vec<PendingCount>)
{
	(
		Queue::<Test>::iter().collect(),
		QueueLength::<Test>::iter().collect(),
		PendingOf::<Test>::iter().collect(),
		Pending::<Test>::iter_values().collect(),
	)
}

#[test]
fn layout_3_keeps_the_places_of_those_who_wait_and_no_others() {
	execute(|| {
		history();
		assert_ok!(appeal(BOB, 3));
		let expected = queue();
		downgrade_to_3();
		// Layout 3 kept places of slashes that were executed early, vetoed or postponed, and had a second place for a
		// reinstated one.
		let (vetoed_in, put_off) = (3 + WINDOW, 3 + WINDOW + APPEAL_WINDOW);
		leave_behind(vetoed_in, 0);
		leave_behind(vetoed_in, 3);
		leave_behind(vetoed_in, 2);
		leave_behind(put_off, 3);
		leave_behind(put_off + 1, 1);
		migrate();
		assert_eq!(Slashing::on_chain_storage_version(), 4);
		check();
		let (places, lengths, own, counts) = queue();
		assert_eq!((places, own, &counts), (expected.0, expected.2, &expected.3));
		let count = PendingCount { unappealed: 1, appealed: 1 };
		assert_eq!(counts, [count]);
		// The numbers of empty places are not given out again.
		let given = |due| lengths.iter().find(|(era, _)| *era == due).map(|(_, places)| *places);
		assert_eq!(given(vetoed_in).map(|places| places.waiting), Some(2));
		assert_eq!(given(put_off), Some(Places { given: 2, waiting: 1 }));
		assert_eq!(given(put_off + 1), None);

		begin_era(vetoed_in);
		assert_eq!(pending(), [3]);
		begin_era(put_off);
		assert_eq!((pending(), Queue::<Test>::iter().count()), (vec![], 0));
		assert_eq!(Pending::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_slash_of_layout_3_that_failed_has_no_place_and_waits_for_anyone() {
	execute(|| {
		history();
		// The state after the hook failed to execute the slash.
		let due = Slashes::<Test>::get(2).unwrap().due;
		downgrade_to_3();
		let places: Vec<_> = Queue::<Test>::iter_prefix(due).filter(|(_, id)| *id == 2).collect();
		places.iter().for_each(|(place, _)| Queue::<Test>::remove(due, place));
		assert_eq!(places.len(), 1);
		Now::set(due);
		migrate();
		check();
		next_block();
		assert_eq!(pending(), [2]);
		assert_ok!(execute_slash(2));
	});
}

#[test]
fn records_that_older_runtimes_left_are_forgotten_to_the_end() {
	execute(|| {
		history();
		downgrade_to_3();
		Now::set(100);
		migrate();
		assert_eq!(Records::<Test>::iter_prefix(1 + WINDOW).count(), 2);
		assert_eq!(PrunedUntil::<Test>::get(), 0);
		for _ in 0..2 {
			next_block();
		}
		assert_eq!(Records::<Test>::iter_prefix(1 + WINDOW).count(), 0);
		assert_eq!(
			(RecordsOf::<Test>::iter_prefix(account(2)).count(), PrunedUntil::<Test>::get()),
			(0, 100 - HISTORY + 1)
		);
	});
}
