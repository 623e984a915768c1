//! Joining and leaving sets, and the eras for which members answer.

use super::*;
use mainstay_operator_delegation as delegation;

/// The eras up to `last` for which `operator` answers to [`SET`].
fn answers(operator: u8, last: Era) -> Vec<Era> {
	(0..=last).filter(|era| AvsRegistry::was_member(SET, &account(operator), *era)).collect()
}

fn members() -> Vec<AccountId> {
	<AvsRegistry as OperatorSets<_>>::members(SET)
}

fn joined(operator: u8, from: Era) -> Event {
	Event::OperatorJoined { set: SET, operator: account(operator), from }
}

fn left(operator: u8, until: Option<Era>, reason: LeaveReason) -> Event {
	Event::OperatorLeft { set: SET, operator: account(operator), until, reason }
}

fn revoke(operator: u8) -> DispatchResult {
	send(OWNER, Call::revoke { set: SET, operator: account(operator) })
}

fn eject(operator: u8) -> DispatchResult {
	send(OWNER, Call::eject { set: SET, operator: account(operator) })
}

#[test]
fn who_joins_answers_from_the_next_era_on() {
	execute(|| {
		service();
		Now::set(2);
		join(NORTH);
		assert_eq!(events(), [joined(NORTH, 3)]);
		assert_eq!(answers(NORTH, 5), [3, 4, 5]);
		assert_eq!(members(), [account(NORTH)]);
		assert!(AvsRegistry::is_member(SET, account(NORTH)));
		assert!(!AvsRegistry::is_member(SET, account(SOUTH)));
		assert_eq!(AvsRegistry::sets_of(account(NORTH)), [SET]);
		assert_eq!(AvsRegistry::sets_of(account(SOUTH)), []);
		assert!(set().had_members);
		let spans = [Span { from: 3, until: None }];
		assert_eq!(Memberships::<Test>::get(SET, account(NORTH)).spans.to_vec(), spans);
	});
}

#[test]
fn members_are_in_order_whoever_came_first() {
	execute(|| {
		service();
		for operator in [3, 1, 2] {
			join(operator);
		}
		assert_eq!(members(), [account(1), account(2), account(3)]);
		leave(2);
		assert_eq!(members(), [account(1), account(3)]);
	});
}

#[test]
fn who_leaves_answers_for_the_era_that_runs() {
	execute(|| {
		served();
		Now::set(4);
		leave(NORTH);
		assert_eq!(events(), [left(NORTH, Some(4), LeaveReason::Left)]);
		assert_eq!(answers(NORTH, 9), [1, 2, 3, 4]);
		assert!(members().is_empty());
		assert!(!AvsRegistry::is_member(SET, account(NORTH)));
		assert_eq!(AvsRegistry::sets_of(account(NORTH)), []);
		assert_noop!(send(NORTH, Call::leave { set: SET }), Error::NotMember);
		Now::set(100);
		assert_eq!(answers(NORTH, 100), [1, 2, 3, 4], "leaving does not change earlier eras");
	});
}

#[test]
fn who_leaves_before_it_began_answers_for_nothing() {
	execute(|| {
		served();
		leave(NORTH);
		assert_eq!(events(), [left(NORTH, None, LeaveReason::Left)]);
		assert!(answers(NORTH, 9).is_empty());
		assert_eq!(Memberships::<Test>::iter().count(), 0);
	});
}

#[test]
fn who_returns_answers_for_each_of_its_stays() {
	execute(|| {
		served();
		Now::set(2);
		leave(NORTH);
		Now::set(4);
		join(NORTH);
		Now::set(6);
		leave(NORTH);
		assert_eq!(answers(NORTH, 9), [1, 2, 5, 6]);
	});
}

#[test]
fn who_returns_in_the_era_it_left_misses_none() {
	execute(|| {
		served();
		Now::set(2);
		leave(NORTH);
		events();
		join(NORTH);
		assert_eq!(events(), [joined(NORTH, 3)]);
		assert_eq!(answers(NORTH, 4), [1, 2, 3, 4]);
		let spans = || Memberships::<Test>::get(SET, account(NORTH)).spans.to_vec();
		assert_eq!(spans(), [Span { from: 1, until: None }], "the membership continues");
		leave(NORTH);
		assert_eq!(events(), [left(NORTH, Some(2), LeaveReason::Left)]);
		assert_eq!(answers(NORTH, 4), [1, 2]);
		// However often it leaves and joins.
		for _ in 0..9 {
			join(NORTH);
			leave(NORTH);
		}
		assert_eq!(spans(), [Span { from: 1, until: Some(2) }]);
		assert_noop!(send(NORTH, Call::leave { set: SET }), Error::NotMember);
	});
}

#[test]
fn stays_are_kept_while_they_can_be_slashed() {
	execute(|| {
		served();
		// Memberships of one era each.
		let stay = |from| Span { from, until: Some(from) };
		Now::set(4);
		leave(NORTH);
		let spans = vec![stay(2), stay(3), stay(4)].try_into().unwrap();
		Memberships::<Test>::mutate(SET, account(NORTH), |membership| membership.spans = spans);
		assert_eq!(answers(NORTH, 9), [2, 3, 4]);
		Now::set(5);
		assert_noop!(try_join(NORTH), Error::TooManyChanges);
		// In this era a slash for era 2 is too late.
		Now::set(2 + EXIT_ERAS);
		join(NORTH);
		assert_eq!(answers(NORTH, 8), [3, 4, 7, 8]);
	});
}

#[test]
fn joining_takes_an_operator_that_is_not_a_member_yet() {
	execute(|| {
		service();
		assert_noop!(send(NORTH, Call::join { set: NOWHERE }), Error::UnknownSet);
		assert_noop!(try_join(STRANGER), Error::NotOperator);
		retire(SOUTH);
		assert_noop!(try_join(SOUTH), Error::NotOperator);
		join(NORTH);
		assert_noop!(try_join(NORTH), Error::AlreadyMember);
		Now::set(3);
		assert_noop!(try_join(NORTH), Error::AlreadyMember);
		assert_noop!(send(SOUTH, Call::leave { set: SET }), Error::NotMember);
		assert_noop!(send(SOUTH, Call::leave { set: NOWHERE }), Error::NotMember);
	});
}

#[test]
fn a_set_and_an_operator_can_be_full() {
	execute(|| {
		service();
		for operator in 1..=4 {
			join(operator);
		}
		assert_noop!(try_join(5), Error::SetFull);
		leave(1);
		join(5);

		for index in 1..4 {
			create();
			let joined = send(5, Call::join { set: OperatorSetId { avs: 0, index } });
			assert_eq!(joined, if index < 3 { Ok(()) } else { Err(Error::TooManySets.into()) });
		}
		let ids = |indices: &[u32]| {
			indices.iter().map(|index| OperatorSetId { avs: 0, index: *index }).collect::<Vec<_>>()
		};
		assert_eq!(AvsRegistry::sets_of(account(5)), ids(&[0, 1, 2]));
		leave(5);
		assert_ok!(send(5, Call::join { set: ids(&[3])[0] }));
		assert_eq!(AvsRegistry::sets_of(account(5)), ids(&[1, 2, 3]));
	});
}

#[test]
fn a_refused_join_leaves_nothing_behind() {
	execute(|| {
		service();
		for index in 1..4 {
			create();
			assert_ok!(send(NORTH, Call::join { set: OperatorSetId { avs: 0, index } }));
		}
		assert_noop!(try_join(NORTH), Error::TooManySets);
		assert!(members().is_empty());
		assert!(!set().had_members);
	});
}

#[test]
fn what_is_allocated_counts_in_the_sets_kinds_by_its_multipliers() {
	execute(|| {
		assert_ok!(register(OWNER));
		assert_ok!(try_create(OWNER, 0, &[(PoolKind::Native, 3), (PoolKind::Asset(1), 2)], 60 * STAY));
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		fund(NORTH, PoolKind::Native, 20 * STAY);
		fund(NORTH, PoolKind::Asset(1), 60 * STAY - 4);
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		// Half of the first pool and a quarter of the second: 30 + 30 STAY, less two units.
		allocate(NORTH, PoolKind::Native, SET, WAD / 2);
		allocate(NORTH, PoolKind::Asset(1), SET, WAD / 4);
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		assert_ok!(OperatorDelegation::deposit(
			&account(STRANGER),
			&account(NORTH),
			PoolKind::Asset(1),
			STAY,
			0
		));
		join(NORTH);
		fund(SOUTH, PoolKind::Native, 20 * STAY);
		allocate(SOUTH, PoolKind::Native, SET, WAD);
		join(SOUTH);
	});
}

#[test]
fn whole_pools_count_for_nothing_in_a_set_they_are_not_allocated_to() {
	execute(|| {
		assert_ok!(register(OWNER));
		assert_ok!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 1));
		create();
		fund(NORTH, PoolKind::Native, 100_000 * STAY);
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		// Allocations to another set do not count, nor do those of a kind that this set does not accept.
		allocate(NORTH, PoolKind::Native, OperatorSetId { avs: 0, index: 1 }, WAD);
		fund(NORTH, PoolKind::Asset(1), 100_000 * STAY);
		allocate(NORTH, PoolKind::Asset(1), SET, WAD);
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		allocate(NORTH, PoolKind::Native, SET, 1);
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		allocate(NORTH, PoolKind::Native, SET, WAD / 1_000);
		join(NORTH);
	});
}

#[test]
fn a_magnitude_is_of_what_slashes_left_of_a_pool() {
	execute(|| {
		assert_ok!(register(OWNER));
		assert_ok!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 80 * STAY));
		fund(NORTH, PoolKind::Native, 100 * STAY);
		// All of the pool is allocated to another set, which slashes a fifth of it.
		mainstay_operator_delegation::Pallet::<Test>::take_allocated(
			&account(NORTH),
			PoolKind::Native,
			Magnitude(WAD),
			Fraction(WAD / 5),
			0,
			false,
		);
		allocate(NORTH, PoolKind::Native, SET, WAD / 5 * 4 - 1_000_000);
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		allocate(NORTH, PoolKind::Native, SET, WAD / 5 * 4);
		join(NORTH);
	});
}

#[test]
fn a_kind_counts_from_the_era_it_binds() {
	execute(|| {
		assert_ok!(register(OWNER));
		assert_ok!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 10 * STAY));
		fund(NORTH, PoolKind::Native, 10 * STAY);
		fund(SOUTH, PoolKind::Asset(1), 10 * STAY);
		allocate(NORTH, PoolKind::Native, SET, WAD);
		allocate(SOUTH, PoolKind::Asset(1), SET, WAD);
		join(NORTH);
		let kinds = kinds(&[(PoolKind::Native, 1), (PoolKind::Asset(1), 1)]);
		assert_ok!(send(OWNER, Call::set_kinds { set: SET, kinds }));
		Now::set(TERMS_DELAY - 1);
		assert_noop!(try_join(SOUTH), Error::StakeTooLow);
		Now::set(TERMS_DELAY);
		join(SOUTH);
	});
}

#[test]
fn weight_does_not_overflow() {
	execute(|| {
		assert_ok!(register(OWNER));
		let list = [(PoolKind::Native, Multiplier::MAX), (PoolKind::Asset(1), Multiplier::MAX)];
		assert_ok!(try_create(OWNER, 0, &list, Balance::MAX));
		fund(NORTH, PoolKind::Native, 10 * STAY);
		allocate(NORTH, PoolKind::Native, SET, WAD);
		assert_noop!(try_join(NORTH), Error::StakeTooLow);
		let funds = mainstay_primitives::SharePool { shares: 10 * STAY, amount: Balance::MAX };
		delegation::Pools::<Test>::mutate(account(NORTH), PoolKind::Native, |pool| {
			pool.as_mut().unwrap().funds = funds
		});
		join(NORTH);
		// Restores the pool.
		let funds = mainstay_primitives::SharePool { shares: 10 * STAY, amount: 10 * STAY };
		delegation::Pools::<Test>::mutate(account(NORTH), PoolKind::Native, |pool| {
			pool.as_mut().unwrap().funds = funds
		});
	});
}

#[test]
fn where_the_owner_approves_only_the_approved_join() {
	execute(|| {
		service();
		assert_ok!(send(OWNER, Call::set_admission { set: SET, admission: Admission::Approved }));
		assert_noop!(try_join(NORTH), Error::NotApproved);
		events();
		assert_ok!(approve(NORTH));
		assert_eq!(events(), [Event::OperatorApproved { set: SET, operator: account(NORTH) }]);
		assert_noop!(try_join(SOUTH), Error::NotApproved);
		join(NORTH);

		events();
		assert_ok!(revoke(NORTH));
		assert_eq!(events(), [Event::ApprovalRevoked { set: SET, operator: account(NORTH) }]);
		assert!(AvsRegistry::is_member(SET, account(NORTH)), "a member stays");
		leave(NORTH);
		assert_noop!(try_join(NORTH), Error::NotApproved);
	});
}

#[test]
fn an_approval_lasts_until_it_is_taken_back() {
	execute(|| {
		service();
		assert_ok!(send(OWNER, Call::set_admission { set: SET, admission: Admission::Approved }));
		assert_ok!(approve(NORTH));
		for _ in 0..2 {
			join(NORTH);
			leave(NORTH);
		}
	});
}

#[test]
fn operators_are_approved_once_and_revoked_once() {
	execute(|| {
		service();
		assert_noop!(approve(STRANGER), Error::NotOperator);
		assert_noop!(revoke(NORTH), Error::NotApproved);
		assert_ok!(approve(NORTH));
		assert_noop!(approve(NORTH), Error::AlreadyApproved);
		assert_ok!(revoke(NORTH));
		assert_noop!(revoke(NORTH), Error::NotApproved);
		retire(SOUTH);
		assert_noop!(approve(SOUTH), Error::NotOperator);
	});
}

#[test]
fn the_owner_ejects_a_member_and_its_approval() {
	execute(|| {
		served();
		assert_ok!(approve(NORTH));
		assert_noop!(eject(SOUTH), Error::NotMember);
		assert_noop!(send(STRANGER, Call::eject { set: SET, operator: account(NORTH) }), Error::NotOwner);
		events();
		Now::set(3);
		assert_ok!(eject(NORTH));
		assert_eq!(events(), [left(NORTH, Some(3), LeaveReason::Ejected)]);
		assert_eq!(answers(NORTH, 9), [1, 2, 3]);
		assert!(members().is_empty());
		assert!(!Approvals::<Test>::contains_key(SET, account(NORTH)));
		assert_noop!(eject(NORTH), Error::NotMember);
	});
}

#[test]
fn who_retires_leaves_all_its_sets() {
	execute(|| {
		served();
		create();
		let second = OperatorSetId { avs: 0, index: 1 };
		join(SOUTH);
		Now::set(3);
		assert_ok!(send(NORTH, Call::join { set: second }));
		events();
		retire(NORTH);
		assert_eq!(
			events(),
			[
				left(NORTH, Some(3), LeaveReason::Retired),
				Event::OperatorLeft {
					set: second,
					operator: account(NORTH),
					until: None,
					reason: LeaveReason::Retired,
				},
			]
		);
		assert_eq!((members(), answers(NORTH, 9)), (vec![account(SOUTH)], vec![1, 2, 3]));
		assert_eq!(AvsRegistry::sets_of(account(NORTH)), []);
		assert_eq!(Memberships::<Test>::iter_prefix(second).count(), 0);
	});
}

#[test]
fn who_serves_nothing_retires_quietly() {
	execute(|| {
		served();
		retire(SOUTH);
		assert_eq!(events(), []);
	});
}
