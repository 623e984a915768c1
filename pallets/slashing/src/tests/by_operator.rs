//! Slashes and records can be found by their operator, whatever the outcome.

use super::*;

/// The pending slashes of an operator, and its decided ones by era.
fn of(operator: u8) -> (Vec<SlashId>, Vec<(Era, SlashId)>) {
	let pending = Slashing::pending_of(&account(operator));
	for (id, slash) in &pending {
		assert_eq!((Slashes::<Test>::get(id).as_ref(), &slash.operator), (Some(slash), &account(operator)));
	}
	let mut records: Vec<_> = RecordsOf::<Test>::iter_key_prefix(account(operator)).collect();
	records.sort();
	(pending.into_iter().map(|(id, _)| id).collect(), records)
}

#[test]
fn a_slash_is_its_operators_from_its_report_to_the_record_of_its_execution() {
	execute(|| {
		served();
		assert_eq!(of(1), (vec![], vec![]));
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		offence(&[2, 1], 5, 1);
		assert_eq!((of(1), of(2), of(3)), ((vec![0, 2], vec![]), (vec![1], vec![]), (vec![], vec![])));
		// A raise is not a separate slash, and an appeal does not move a slash.
		offence(&[2], 9, 1);
		assert_ok!(appeal(BOB, 0));
		assert_eq!((of(1), of(2), of(8)), ((vec![0, 2], vec![]), (vec![1], vec![]), (vec![], vec![])));
		begin_era(1 + DEFERRAL);
		assert_eq!((of(1), of(2)), ((vec![0], vec![(3, 2)]), (vec![], vec![(3, 1)])));
		begin_era(1 + WINDOW + APPEAL_WINDOW);
		assert_eq!((of(1), of(2)), ((vec![], vec![(3, 2), (6, 0)]), (vec![], vec![(3, 1)])));
	});
}

#[test]
fn what_is_spared_is_on_record_and_what_is_reinstated_is_pending() {
	execute(|| {
		served();
		for _ in 0..2 {
			assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		}
		assert_ok!(veto(RESOLVER, 1));
		assert_eq!(of(1), (vec![0], vec![(1, 1)]));
		assert_ok!(cancel(0));
		assert_eq!(of(1), (vec![], vec![(1, 0), (1, 1)]));
		Now::set(2);
		assert_ok!(govern(Call::reinstate { id: 1, vetoed: 1 }));
		assert_eq!(of(1), (vec![1], vec![(1, 0)]));
		assert_ok!(veto(RESOLVER, 1));
		assert_eq!(of(1), (vec![], vec![(1, 0), (2, 1)]));
		// A refused call changes nothing.
		assert_noop!(govern(Call::reinstate { id: 0, vetoed: 1 }), Error::NotVetoed);
		begin_era(1 + WINDOW);
		assert_noop!(govern(Call::reinstate { id: 1, vetoed: 2 }), Error::VetoClosed);
		assert_eq!(of(1), (vec![], vec![(1, 0), (2, 1)]));
	});
}

#[test]
fn an_operators_records_go_with_the_history() {
	execute(|| {
		offence(&[1, 2], 5, 0);
		assert_ok!(cancel(0));
		begin_era(DEFERRAL);
		offence(&[1], 5, DEFERRAL);
		assert_eq!((of(1), of(2)), ((vec![2], vec![(0, 0)]), (vec![], vec![(DEFERRAL, 1)])));
		begin_era(HISTORY - 1);
		assert_eq!((of(1), of(2)), ((vec![], vec![(0, 0), (HISTORY - 1, 2)]), (vec![], vec![(DEFERRAL, 1)])));
		begin_era(HISTORY);
		assert_eq!((of(1), of(2)), ((vec![], vec![(HISTORY - 1, 2)]), (vec![], vec![(DEFERRAL, 1)])));
		begin_era(HISTORY + DEFERRAL);
		assert_eq!(of(2), (vec![], vec![]));
	});
}
