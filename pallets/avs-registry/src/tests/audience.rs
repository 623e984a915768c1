//! The audience of a set, which sees changes of terms before they bind: operators that joined it or allocated to it.

use super::*;

const ASSET: PoolKind = PoolKind::Asset(1);

fn wind_down() {
	assert_ok!(send(OWNER, Call::wind_down { set: SET }));
}

fn close() -> DispatchResult {
	send(STRANGER, Call::close_set { set: SET, most: 4 })
}

fn add_condition(max_fraction: u64) {
	let text = text(b"Signs two prices for one second");
	assert_ok!(send(
		OWNER,
		Call::add_condition { set: SET, text, max_fraction, veto_window: 2, resolver: None }
	));
}

fn change_condition(max_fraction: u64, veto_window: Era) {
	let resolver = None;
	let call = Call::change_condition { set: SET, id: 0, max_fraction, veto_window, resolver };
	assert_ok!(send(OWNER, call));
}

#[test]
fn once_an_operator_allocated_every_term_waits() {
	execute(|| {
		service();
		add_condition(WAD / 10);
		assert!(AvsRegistry::condition(SET, 0, 0).is_some(), "no operator has to be warned");
		allocate(NORTH, PoolKind::Native, SET, WAD);
		assert!(set().had_members);
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET), []);
		Now::set(2);
		events();
		let effective = 2 + TERMS_DELAY;

		let list = kinds(&[(PoolKind::Native, 1), (ASSET, 1)]);
		assert_ok!(send(OWNER, Call::set_kinds { set: SET, kinds: list.clone() }));
		assert_ok!(send(OWNER, Call::set_slasher { set: SET, slasher: account(STRANGER) }));
		change_condition(WAD, 0);
		add_condition(WAD);
		let terms = |max_fraction, veto_window| ConditionTerms { max_fraction, veto_window, resolver: None };
		assert_eq!(
			events(),
			[
				Event::KindsSet { set: SET, kinds: list, effective },
				Event::SlasherSet { set: SET, slasher: account(STRANGER), effective },
				Event::ConditionChanged { set: SET, id: 0, terms: terms(WAD, 0), effective },
				Event::ConditionAdded { set: SET, id: 1, terms: terms(WAD, 2), since: effective },
			]
		);
		for now in [2, effective - 1] {
			Now::set(now);
			assert_eq!(AvsRegistry::kinds(SET), [(PoolKind::Native, 1)]);
			assert_eq!(AvsRegistry::slasher(SET), Some(account(SLASHER)));
			assert_eq!(AvsRegistry::condition(SET, 0, now), Some(terms(WAD / 10, 2)));
			assert_eq!(AvsRegistry::condition(SET, 1, now), None);
		}
		Now::set(effective);
		assert_eq!(AvsRegistry::kinds(SET), [(PoolKind::Native, 1), (ASSET, 1)]);
		assert_eq!(AvsRegistry::slasher(SET), Some(account(STRANGER)));
		assert_eq!(AvsRegistry::condition(SET, 0, effective), Some(terms(WAD, 0)));
		assert_eq!(AvsRegistry::condition(SET, 1, effective), Some(terms(WAD, 2)));
	});
}

#[test]
fn to_allocate_to_one_set_makes_no_audience_of_another() {
	execute(|| {
		service();
		create();
		let second = OperatorSetId { avs: 0, index: 1 };
		allocate(NORTH, PoolKind::Native, second, WAD);
		allocate(NORTH, PoolKind::Native, NOWHERE, WAD);
		assert_eq!((set().had_members, Sets::<Test>::get(NOWHERE)), (false, None));
		assert!(Sets::<Test>::get(second).unwrap().had_members);
		assert_ok!(send(OWNER, Call::set_slasher { set: SET, slasher: account(STRANGER) }));
		assert_eq!(AvsRegistry::slasher(SET), Some(account(STRANGER)));
	});
}

#[test]
fn a_set_that_operators_only_allocated_to_closes_at_once() {
	execute(|| {
		service();
		allocate(NORTH, PoolKind::Native, SET, WAD);
		Now::set(3);
		events();
		wind_down();
		assert_eq!(events(), [Event::SetWindingDown { set: SET, until: 3, closes: 3 }]);
		assert_ok!(close());
		assert_eq!(Sets::<Test>::get(SET), None);
	});
}

#[test]
fn a_set_that_a_member_left_before_it_began_closes_at_once() {
	execute(|| {
		served();
		leave(NORTH);
		events();
		wind_down();
		assert_eq!(events(), [Event::SetWindingDown { set: SET, until: 0, closes: 0 }]);
		assert_ok!(close());
	});
}

#[test]
fn a_set_with_a_member_that_has_not_begun_closes_once_it_left() {
	execute(|| {
		served();
		wind_down();
		assert_noop!(close(), Error::StillAnswering);
		leave(NORTH);
		assert_ok!(close());
		assert_eq!(Released::take(), [], "the operator could never be slashed");
	});
}

#[test]
fn a_set_that_someone_answered_to_waits_however_it_left() {
	execute(|| {
		served();
		allocate(SOUTH, PoolKind::Native, SET, WAD);
		Now::set(1);
		assert_ok!(send(OWNER, Call::eject { set: SET, operator: account(NORTH) }));
		events();
		wind_down();
		let closes = 1 + EXIT_ERAS;
		assert_eq!(events(), [Event::SetWindingDown { set: SET, until: 1, closes }]);
		Now::set(closes - 1);
		assert_noop!(close(), Error::StillAnswering);
		Now::set(closes);
		assert_ok!(close());
	});
}
