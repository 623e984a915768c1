//! An operator that allocates to a set sees changes of its terms before they bind, and its allocation counts there.

use super::*;

fn set_slasher(who: u8) {
	assert_ok!(send(OWNER, registry::Call::<Test>::set_slasher { set: set(0), slasher: account(who) }));
}

fn slasher() -> Option<mainstay_primitives::AccountId> {
	AvsRegistry::slasher(set(0))
}

fn has_audience() -> bool {
	registry::Sets::<Test>::get(set(0)).is_some_and(|set| set.had_members)
}

fn join(operator: u8) -> DispatchResult {
	send(operator, registry::Call::<Test>::join { set: set(0) })
}

fn announced() -> u64 {
	Restaking::announced(&account(NORTH), PoolKind::Native, set(0)).0
}

#[test]
fn terms_wait_from_the_first_allocation_on() {
	execute(|| {
		service(1);
		set_slasher(ALICE);
		assert_eq!(slasher(), Some(account(ALICE)), "no operator has to be warned");
		assert_noop!(try_allocate(PoolKind::Native, 0, WAD + 1), Error::MagnitudeTooLarge);
		assert!(!has_audience(), "a refused call creates no audience");

		allocate(0, WAD / 2);
		assert!(has_audience());
		set_slasher(BOB);
		Now::set(LOWERING_DELAY - 1);
		assert_eq!(slasher(), Some(account(ALICE)));
		Now::set(LOWERING_DELAY);
		assert_eq!(slasher(), Some(account(BOB)));
	});
}

#[test]
fn only_who_may_join_a_set_allocates_to_it() {
	execute(|| {
		service(1);
		let admission = |admission| {
			assert_ok!(send(OWNER, registry::Call::<Test>::set_admission { set: set(0), admission }));
		};
		let approve = |operator| registry::Call::<Test>::approve { set: set(0), operator: account(operator) };
		// While a set is paused, it has no audience, so its owner can complete its terms.
		admission(registry::Admission::Paused);
		assert_noop!(try_allocate(PoolKind::Native, 0, 1), Error::NotAdmitted);
		admission(registry::Admission::Approved);
		assert_noop!(try_allocate(PoolKind::Native, 0, 1), Error::NotAdmitted);
		assert!(!has_audience());
		assert_ok!(send(OWNER, approve(NORTH)));
		allocate(0, WAD / 4);
		assert_ok!(join(NORTH));

		// A member can raise its allocation while the set is paused, and any operator can lower its own.
		Now::set(ALLOCATION_DELAY);
		admission(registry::Admission::Paused);
		allocate(0, WAD / 2);
		assert_ok!(send(OWNER, registry::Call::<Test>::eject { set: set(0), operator: account(NORTH) }));
		Now::set(2 * ALLOCATION_DELAY);
		assert_noop!(try_allocate(PoolKind::Native, 0, WAD), Error::NotAdmitted);
		allocate(0, WAD / 4);
		admission(registry::Admission::Open);
		Now::set(2 * ALLOCATION_DELAY + LOWERING_DELAY);
		allocate(0, WAD);
		assert_ok!(send(OWNER, registry::Call::<Test>::wind_down { set: set(0) }));
		Now::set(3 * ALLOCATION_DELAY + 2 * LOWERING_DELAY);
		allocate(0, WAD / 2);
		Now::set(3 * ALLOCATION_DELAY + 3 * LOWERING_DELAY);
		assert_noop!(try_allocate(PoolKind::Native, 0, WAD), Error::NotAdmitted);
	});
}

#[test]
fn what_is_announced_is_what_comes() {
	execute(|| {
		service(1);
		assert_eq!(announced(), 0);
		allocate(0, WAD / 2);
		assert_eq!((announced(), current(0)), (WAD / 2, 0));
		Now::set(ALLOCATION_DELAY);
		assert_eq!((announced(), current(0)), (WAD / 2, WAD / 2));
		allocate(0, WAD / 4);
		assert_eq!((announced(), current(0)), (WAD / 4, WAD / 2));
		Now::set(ALLOCATION_DELAY + LOWERING_DELAY);
		assert_eq!((announced(), current(0)), (WAD / 4, WAD / 4));
		assert_eq!(Restaking::announced(&account(SOUTH), PoolKind::Native, set(0)).0, 0);
	});
}

#[test]
fn a_least_stake_looks_at_what_is_allocated() {
	execute(|| {
		service(1);
		let min_stake = 50 * STAY;
		assert_ok!(send(OWNER, registry::Call::<Test>::set_min_stake { set: set(0), min_stake }));
		restake(ALICE, PoolKind::Native, 100 * STAY);
		assert_noop!(join(NORTH), registry::Error::<Test>::StakeTooLow);
		allocate(0, WAD / 2 - 1);
		assert_noop!(join(NORTH), registry::Error::<Test>::StakeTooLow);
		Now::set(ALLOCATION_DELAY);
		allocate(0, WAD / 2);
		assert_ok!(join(NORTH));
	});
}
