//! Winding down and closing a set: refusals, the eras for which members answer, and what is left afterwards.

use super::*;
use frame_support::{
	assert_storage_noop,
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
	weights::Weight,
};
use mainstay_operator_delegation as delegation;

/// The number of entries that one call looks at.
const ALL: u32 = 4;
/// A second set of the service.
const SECOND: OperatorSetId = OperatorSetId { avs: 0, index: 1 };
/// Two more operators.
const EAST: u8 = 3;
const WEST: u8 = 4;

fn try_wind_down(who: u8, set: OperatorSetId) -> DispatchResult {
	send(who, Call::wind_down { set })
}

fn wind_down() {
	assert_ok!(try_wind_down(OWNER, SET));
}

fn try_close(most: u32) -> DispatchResult {
	send(STRANGER, Call::close_set { set: SET, most })
}

fn close(most: u32) {
	assert_ok!(try_close(most));
}

/// Closes what can be closed, and returns the weight of the call.
fn weighed(most: u32) -> Option<Weight> {
	let done: DispatchResultWithPostInfo =
		AvsRegistry::close_set(RuntimeOrigin::signed(account(STRANGER)), SET, most);
	done.unwrap().actual_weight
}

fn declared(most: u32) -> Weight {
	Call::close_set { set: SET, most }.get_dispatch_info().call_weight
}

fn weight(looked: u32) -> Weight {
	<Test as Config>::WeightInfo::close_set(looked)
}

/// Lets an operator join [`SET`].
fn admit(operator: u8) {
	assert_ok!(approve(operator));
}

fn set_admission(admission: Admission) {
	assert_ok!(send(OWNER, Call::set_admission { set: SET, admission }));
}

fn deregister(who: u8) -> DispatchResult {
	send(who, Call::deregister { avs: 0 })
}

/// The eras up to 12 for which `operator` answers to [`SET`].
fn answers(operator: u8) -> Vec<Era> {
	(0..=12).filter(|era| AvsRegistry::was_member(SET, &account(operator), *era)).collect()
}

fn left(set: OperatorSetId, operator: u8, until: Option<Era>, reason: LeaveReason) -> Event {
	Event::OperatorLeft { set, operator: account(operator), until, reason }
}

fn released(operator: u8) -> (OperatorSetId, AccountId, Vec<PoolKind>) {
	(SET, account(operator), vec![PoolKind::Native])
}

/// How many entries there are for [`SET`]: memberships, approvals.
fn entries() -> (usize, usize) {
	(Memberships::<Test>::iter_prefix(SET).count(), Approvals::<Test>::iter_prefix(SET).count())
}

#[test]
fn winding_down_is_announced_once_by_the_owner() {
	execute(|| {
		served();
		Now::set(3);
		assert_noop!(try_wind_down(OWNER, NOWHERE), Error::UnknownSet);
		assert_noop!(try_wind_down(STRANGER, SET), Error::NotOwner);
		assert_noop!(try_wind_down(NORTH, SET), Error::NotOwner);
		assert_eq!(set().until, None);

		wind_down();
		let (until, closes) = (3, 3 + EXIT_ERAS);
		assert_eq!(events(), [Event::SetWindingDown { set: SET, until, closes }]);
		assert_eq!(set().until, Some(3));
		assert_noop!(try_wind_down(OWNER, SET), Error::WindingDown);
		Now::set(closes);
		assert_noop!(try_wind_down(OWNER, SET), Error::WindingDown);
		assert_eq!(set().until, Some(3), "the announced era stays");
		close(ALL);
		assert_noop!(try_wind_down(OWNER, SET), Error::UnknownSet);
	});
}

#[test]
fn a_set_is_closed_by_anyone_when_its_members_are_out_of_reach() {
	execute(|| {
		served();
		Now::set(3);
		assert_noop!(send(STRANGER, Call::close_set { set: NOWHERE, most: ALL }), Error::UnknownSet);
		assert_noop!(try_close(ALL), Error::NotWindingDown);
		wind_down();
		for now in 3..3 + EXIT_ERAS {
			Now::set(now);
			for most in [0, 1, ALL] {
				assert_noop!(try_close(most), Error::StillAnswering);
			}
			assert_noop!(send(OWNER, Call::close_set { set: SET, most: ALL }), Error::StillAnswering);
		}
		Now::set(3 + EXIT_ERAS);
		events();
		close(ALL);
		assert_eq!(events(), [left(SET, NORTH, Some(3), LeaveReason::Closed), Event::SetClosed { set: SET }]);
		assert_noop!(try_close(ALL), Error::UnknownSet);
	});
}

#[test]
fn a_set_whose_members_all_left_waits_as_well() {
	execute(|| {
		served();
		Now::set(2);
		leave(NORTH);
		wind_down();
		Now::set(2 + EXIT_ERAS - 1);
		assert_noop!(try_close(ALL), Error::StillAnswering);
		Now::set(2 + EXIT_ERAS);
		close(ALL);
		assert_eq!(Released::take(), [released(NORTH)]);
	});
}

#[test]
fn a_set_that_nobody_joined_or_allocated_to_closes_at_once() {
	execute(|| {
		service();
		Now::set(5);
		admit(NORTH);
		events();
		wind_down();
		close(ALL);
		assert_eq!(
			events(),
			[Event::SetWindingDown { set: SET, until: 5, closes: 5 }, Event::SetClosed { set: SET },]
		);
		assert_eq!(Released::take(), []);
		assert_eq!(ClosedSets::take(), [(SET, account(OWNER))]);
		assert_eq!((Sets::<Test>::get(SET), entries()), (None, (0, 0)));
	});
}

#[test]
fn nobody_joins_a_set_that_is_wound_down() {
	execute(|| {
		served();
		join(SOUTH);
		Now::set(2);
		leave(SOUTH);
		admit(EAST);
		wind_down();
		for now in [2, 3, 2 + EXIT_ERAS] {
			Now::set(now);
			// One that was a member before, one that is approved, and one that is neither.
			for operator in [SOUTH, EAST, WEST] {
				assert_noop!(try_join(operator), Error::JoinsPaused);
			}
			assert_noop!(try_join(NORTH), Error::AlreadyMember);
			assert_noop!(try_join(STRANGER), Error::NotOperator);
		}
		// A new admission policy changes nothing.
		set_admission(Admission::Approved);
		assert_noop!(try_join(EAST), Error::JoinsPaused);
		close(ALL);
		assert_noop!(try_join(EAST), Error::UnknownSet);
	});
}

#[test]
fn nobody_joins_while_admission_is_paused() {
	execute(|| {
		served();
		admit(SOUTH);
		set_admission(Admission::Paused);
		assert_eq!(events().last(), Some(&Event::AdmissionSet { set: SET, admission: Admission::Paused }));
		for operator in [SOUTH, EAST] {
			assert_noop!(try_join(operator), Error::JoinsPaused);
		}
		assert_noop!(try_join(NORTH), Error::AlreadyMember);
		Now::set(3);
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET), [account(NORTH)], "members stay");
		assert_eq!(answers(NORTH), (1..=12).collect::<Vec<_>>(), "and answer");
		leave(NORTH);
		assert_noop!(try_join(NORTH), Error::JoinsPaused);

		set_admission(Admission::Approved);
		join(SOUTH);
		assert_noop!(try_join(EAST), Error::NotApproved);
		set_admission(Admission::Open);
		join(EAST);
		assert_noop!(
			send(OWNER, Call::set_admission { set: SET, admission: Admission::Open }),
			Error::NoChange
		);
	});
}

#[test]
fn a_set_can_be_created_paused() {
	execute(|| {
		assert_ok!(register(OWNER));
		let (kinds, slasher) = (kinds(&[(PoolKind::Native, 1)]), account(SLASHER));
		let (admission, destination) = (Admission::Paused, Destination::Burn);
		let create = Call::create_set { avs: 0, kinds, admission, min_stake: 0, slasher, destination };
		assert_ok!(send(OWNER, create));
		assert_noop!(try_join(NORTH), Error::JoinsPaused);
		assert!(!set().had_members);
	});
}

#[test]
fn members_answer_for_the_era_of_the_announcement_and_for_those_before() {
	execute(|| {
		served();
		join(EAST);
		Now::set(2);
		leave(EAST);
		Now::set(3);
		join(SOUTH);
		wind_down();
		for now in [3, 4, 3 + EXIT_ERAS] {
			Now::set(now);
			assert_eq!((answers(NORTH), answers(EAST)), (vec![1, 2, 3], vec![1, 2]), "in era {now}");
			assert!(answers(SOUTH).is_empty(), "it would have begun in the next era");
		}
		// The members stay until the set is closed.
		assert!([NORTH, SOUTH].into_iter().all(|operator| AvsRegistry::is_member(SET, account(operator))));
		events();
		close(ALL);
		let said = events();
		for left in [
			left(SET, NORTH, Some(3), LeaveReason::Closed),
			left(SET, SOUTH, None, LeaveReason::Closed),
			Event::SetClosed { set: SET },
		] {
			assert!(said.contains(&left), "{said:?}");
		}
		assert_eq!(said.len(), 3, "an operator that left before is not reported again");
		assert!([NORTH, SOUTH, EAST].into_iter().all(|operator| answers(operator).is_empty()));
	});
}

#[test]
fn members_leave_a_set_that_is_wound_down_and_answer_for_no_later_era() {
	execute(|| {
		served();
		join(EAST);
		Now::set(3);
		join(SOUTH);
		wind_down();
		Now::set(5);
		events();
		leave(NORTH);
		leave(SOUTH);
		assert_ok!(send(OWNER, Call::eject { set: SET, operator: account(EAST) }));
		assert_eq!(
			events(),
			[
				left(SET, NORTH, Some(3), LeaveReason::Left),
				left(SET, SOUTH, None, LeaveReason::Left),
				left(SET, EAST, Some(3), LeaveReason::Ejected),
			]
		);
		assert_eq!((answers(NORTH), answers(SOUTH), answers(EAST)), (vec![1, 2, 3], vec![], vec![1, 2, 3]));
		assert_noop!(send(NORTH, Call::leave { set: SET }), Error::NotMember);
		assert_noop!(try_join(NORTH), Error::JoinsPaused);

		Now::set(3 + EXIT_ERAS);
		close(ALL);
		assert_eq!(events(), [Event::SetClosed { set: SET }]);
		let mut told = Released::take();
		told.sort();
		assert_eq!(
			told,
			[released(NORTH), released(EAST)],
			"only those that could have been slashed are released"
		);
	});
}

#[test]
fn a_member_that_retires_meanwhile_is_released_with_the_others() {
	execute(|| {
		served();
		Now::set(2);
		wind_down();
		Now::set(4);
		events();
		assert_ok!(send(NORTH, delegation::Call::<Test>::retire {}));
		assert_eq!(events(), [left(SET, NORTH, Some(2), LeaveReason::Retired)]);
		assert_eq!(answers(NORTH), [1, 2]);
		Now::set(2 + EXIT_ERAS);
		close(ALL);
		assert_eq!(Released::take(), [released(NORTH)]);
	});
}

#[test]
fn a_pending_slash_keeps_the_set_open() {
	execute(|| {
		served();
		join(SOUTH);
		Now::set(2);
		leave(SOUTH);
		wind_down();
		Now::set(2 + EXIT_ERAS);
		let pending = |operator: u8, set| Pending::set(vec![(account(operator), set)]);
		// The pending slash is of a member, or of one that left.
		for operator in [NORTH, SOUTH] {
			pending(operator, SET);
			assert_noop!(try_close(ALL), Error::SlashPending);
			// If a slash is pending, nobody is told that the set closed.
			assert_eq!(ClosedSets::take(), []);
			Released::take();
		}
		Now::set(100);
		assert_noop!(try_close(ALL), Error::SlashPending);
		Released::take();

		// A pending slash of an operator that never served the set does not matter, nor does one by another set.
		pending(EAST, SET);
		assert_storage_noop!(close(0));
		pending(NORTH, SECOND);
		close(ALL);
		assert_eq!(ClosedSets::take(), [(SET, account(OWNER))]);
	});
}

#[test]
fn where_one_member_is_pending_the_others_are_released() {
	execute(|| {
		served();
		join(SOUTH);
		Now::set(1);
		wind_down();
		Now::set(1 + EXIT_ERAS);
		// The slash is of the member that is second in the order of storage.
		let order: Vec<_> = Memberships::<Test>::iter_key_prefix(SET).collect();
		Pending::set(vec![(order[1].clone(), SET)]);
		close(1);
		assert_eq!(Released::take(), [(SET, order[0].clone(), vec![PoolKind::Native])]);
		assert_noop!(try_close(1), Error::SlashPending);
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET), [order[1].clone()]);
		Pending::set(vec![]);
		close(1);
		assert_eq!(Released::take(), [(SET, order[1].clone(), vec![PoolKind::Native])]);
		assert_eq!(Sets::<Test>::get(SET), None);
	});
}

#[test]
fn a_set_is_closed_page_by_page() {
	execute(|| {
		served();
		for operator in [SOUTH, EAST, WEST] {
			join(operator);
		}
		Now::set(1);
		leave(WEST);
		join(5);
		Now::set(2);
		leave(5);
		// Three members, two that left, and approvals: of a member, of one that left, of one that never came.
		for operator in [NORTH, WEST, 6] {
			admit(operator);
		}
		assert_eq!(entries(), (5, 3));
		wind_down();
		Now::set(2 + EXIT_ERAS);
		events();

		let mut told = vec![];
		for looked in 1..=5usize {
			assert_eq!(weighed(1), Some(weight(1)));
			assert_eq!(entries(), (5 - looked, 3));
			told.extend(Released::take());
			assert_eq!(told.len(), looked);
			let (_, operator, _) = told.last().unwrap().clone();
			assert!(!AvsRegistry::is_member(SET, operator.clone()));
			assert_eq!(AvsRegistry::sets_of(operator), []);
			AvsRegistry::do_try_state().unwrap();
		}
		told.sort();
		assert_eq!(told, [NORTH, SOUTH, EAST, WEST, 5].map(released));
		let mut said = events();
		said.sort_by_key(|event| match event {
			Event::OperatorLeft { operator, .. } => operator.clone(),
			other => panic!("{other:?}"),
		});
		let closed = |operator| left(SET, operator, Some(2), LeaveReason::Closed);
		assert_eq!(said, [NORTH, SOUTH, EAST].map(closed), "only members leave");

		for looked in 1..=3 {
			assert!(Sets::<Test>::contains_key(SET));
			assert_eq!((ClosedSets::take(), deregister(OWNER)), (vec![], Err(Error::HasSets.into())));
			assert_eq!(weighed(1), Some(weight(1)));
			assert_eq!(entries(), (0, 3 - looked));
			AvsRegistry::do_try_state().unwrap();
		}
		assert_eq!(events(), [Event::SetClosed { set: SET }]);
		assert_eq!((Released::take(), ClosedSets::take()), (vec![], vec![(SET, account(OWNER))]));
		assert_eq!(Sets::<Test>::get(SET), None);
	});
}

#[test]
fn one_page_holds_members_and_approvals() {
	execute(|| {
		served();
		join(SOUTH);
		for operator in [EAST, WEST, 5] {
			admit(operator);
		}
		wind_down();
		Now::set(EXIT_ERAS);
		assert_eq!(weighed(3), Some(weight(3)));
		assert_eq!(entries(), (0, 2));
		assert_eq!(weighed(3), Some(weight(2)));
		assert_eq!(Sets::<Test>::get(SET), None);
	});
}

#[test]
fn closing_weighs_as_much_as_it_looked_at() {
	execute(|| {
		served();
		join(SOUTH);
		wind_down();
		Now::set(EXIT_ERAS);
		assert_eq!(declared(3), weight(3));
		let actual = weighed(3).unwrap();
		assert_eq!(actual, weight(2));
		assert!(actual.all_lte(declared(3)));
	});
}

#[test]
fn no_call_looks_at_more_than_a_full_set() {
	execute(|| {
		served();
		for operator in [SOUTH, EAST, WEST] {
			join(operator);
		}
		Now::set(1);
		leave(WEST);
		join(5);
		wind_down();
		Now::set(1 + EXIT_ERAS);
		assert_eq!(entries(), (5, 0));
		assert_eq!((declared(u32::MAX), declared(5)), (weight(4), weight(4)));
		assert_eq!(weighed(u32::MAX), Some(weight(4)));
		assert_eq!(entries(), (1, 0));
		assert!(Sets::<Test>::contains_key(SET));
		assert_eq!(weighed(u32::MAX), Some(weight(1)));
		assert_eq!(Sets::<Test>::get(SET), None);
	});
}

#[test]
fn to_look_at_nobody_closes_what_is_empty_and_changes_nothing_else() {
	execute(|| {
		served();
		wind_down();
		Now::set(EXIT_ERAS);
		assert_eq!(declared(0), weight(0));
		assert_storage_noop!(assert_eq!(weighed(0), Some(weight(0))));
		assert_eq!(Released::take(), []);
		close(1);
		assert_eq!(Sets::<Test>::get(SET), None);

		// An empty set is closed without looking at any entry.
		create();
		assert_ok!(try_wind_down(OWNER, SECOND));
		assert_ok!(send(STRANGER, Call::close_set { set: SECOND, most: 0 }));
		assert_eq!(Sets::<Test>::get(SECOND), None);
	});
}

#[test]
fn others_are_told_of_the_kinds_that_the_set_accepts_or_announced() {
	execute(|| {
		let (asset, other) = (PoolKind::Asset(1), PoolKind::Asset(2));
		service();
		let set_kinds = |list: &[PoolKind]| {
			let list: Vec<_> = list.iter().map(|kind| (*kind, 1)).collect();
			assert_ok!(send(OWNER, Call::set_kinds { set: SET, kinds: kinds(&list) }));
		};
		set_kinds(&[PoolKind::Native, asset]);
		join(NORTH);
		// The owner drops one kind at once, and announces another that does not bind yet.
		set_kinds(&[asset, other]);
		wind_down();
		Now::set(EXIT_ERAS);
		assert_eq!(AvsRegistry::kinds(SET), [(asset, 1)]);
		close(ALL);
		assert_eq!(Released::take(), [(SET, account(NORTH), vec![asset, other])]);
	});
}

#[test]
fn of_a_closed_set_nothing_is_left() {
	execute(|| {
		service();
		create();
		let condition = || Call::add_condition {
			set: SET,
			text: text(b"Signs two prices for one second"),
			max_fraction: WAD,
			veto_window: 0,
			resolver: None,
		};
		for _ in 0..3 {
			assert_ok!(send(OWNER, condition()));
		}
		admit(NORTH);
		admit(6);
		for set in [SET, SECOND] {
			for operator in [NORTH, SOUTH] {
				assert_ok!(send(operator, Call::join { set }));
			}
		}
		assert_ok!(send(OWNER, Call::approve { set: SECOND, operator: account(6) }));
		Now::set(1);
		wind_down();
		// The owner can still approve an operator.
		admit(EAST);
		Now::set(1 + EXIT_ERAS);
		close(ALL);
		close(ALL);

		assert_eq!((Sets::<Test>::get(SET), entries()), (None, (0, 0)));
		assert_eq!(Conditions::<Test>::iter_prefix(SET).count(), 0);
		assert!(!Members::<Test>::contains_key(SET));
		for operator in [NORTH, SOUTH] {
			assert_eq!(AvsRegistry::sets_of(account(operator)), [SECOND]);
			assert_eq!((AvsRegistry::is_member(SET, account(operator)), answers(operator)), (false, vec![]));
		}
		assert!(!AvsRegistry::exists(SET));
		assert_eq!((AvsRegistry::owner(SET), AvsRegistry::slasher(SET)), (None, None));
		assert_eq!((AvsRegistry::condition(SET, 0, 0), AvsRegistry::destination(SET)), (None, None));
		assert!(AvsRegistry::kinds(SET).is_empty());
		assert!(<AvsRegistry as OperatorSets<_>>::members(SET).is_empty());
		assert_noop!(send(OWNER, condition()), Error::UnknownSet);
		assert_noop!(send(NORTH, Call::leave { set: SET }), Error::NotMember);

		// The other set of the service is unchanged.
		let members = <AvsRegistry as OperatorSets<_>>::members(SECOND);
		assert_eq!(members, [account(NORTH), account(SOUTH)]);
		assert_eq!(AvsRegistry::owner(SECOND), Some(account(OWNER)));
		assert_eq!(Approvals::<Test>::iter_prefix(SECOND).count(), 1);
		assert_eq!((Avses::<Test>::get(0).unwrap().sets, Avses::<Test>::get(0).unwrap().next_set), (1, 2));
	});
}

#[test]
fn the_index_of_a_closed_set_does_not_return() {
	execute(|| {
		service();
		for _ in 1..4 {
			create();
		}
		assert_noop!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 0), Error::AvsFull);
		wind_down();
		assert_noop!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 0), Error::AvsFull);
		close(0);
		events();
		create();
		let fifth = OperatorSetId { avs: 0, index: 4 };
		assert_eq!(events(), [Event::SetCreated { set: fifth }]);
		assert!(!AvsRegistry::exists(SET) && AvsRegistry::exists(fifth));
		let service = Avses::<Test>::get(0).unwrap();
		assert_eq!((service.sets, service.next_set), (4, 5));
		assert_noop!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 0), Error::AvsFull);
	});
}

#[test]
fn indices_of_sets_run_out_rather_than_return() {
	execute(|| {
		assert_ok!(register(OWNER));
		Avses::<Test>::mutate(0, |avs| avs.as_mut().unwrap().next_set = u32::MAX);
		assert_noop!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 0), ArithmeticError::Overflow);
	});
}

#[test]
fn a_service_ends_with_its_last_set_and_gives_the_deposit_back() {
	execute(|| {
		served();
		create();
		wind_down();
		assert_noop!(deregister(OWNER), Error::HasSets);
		Now::set(EXIT_ERAS);
		assert_noop!(deregister(OWNER), Error::HasSets);
		close(ALL);
		assert_noop!(deregister(OWNER), Error::HasSets);
		assert_eq!((held(OWNER), Balances::balance(&account(OWNER))), (DEPOSIT, PURSE - DEPOSIT));

		assert_ok!(try_wind_down(OWNER, SECOND));
		assert_noop!(deregister(OWNER), Error::HasSets);
		assert_ok!(send(PAUPER, Call::close_set { set: SECOND, most: 1 }));
		assert_noop!(deregister(STRANGER), Error::NotOwner);
		events();
		assert_ok!(deregister(OWNER));
		assert_eq!(events(), [Event::AvsDeregistered { avs: 0 }]);
		assert_eq!((held(OWNER), Balances::balance(&account(OWNER))), (0, PURSE));
		assert_eq!((Avses::<Test>::get(0), Metadata::<Test>::get(0)), (None, None));
		let owner = account(OWNER);
		assert_eq!(ClosedSets::take(), [(SET, owner.clone()), (SECOND, owner)]);
	});
}

#[test]
fn who_owns_the_service_by_then_ends_it_and_is_told() {
	execute(|| {
		served();
		Now::set(1);
		wind_down();
		assert_ok!(send(OWNER, Call::transfer_ownership { avs: 0, next_owner: Some(account(STRANGER)) }));
		assert_ok!(send(STRANGER, Call::accept_ownership { avs: 0 }));
		assert_noop!(try_wind_down(OWNER, SET), Error::NotOwner);
		assert_noop!(try_wind_down(STRANGER, SET), Error::WindingDown);
		assert_eq!(set().until, Some(1));
		Now::set(1 + EXIT_ERAS);
		close(ALL);
		assert_eq!(ClosedSets::take(), [(SET, account(STRANGER))]);
		assert_eq!((held(OWNER), held(STRANGER)), (0, DEPOSIT));
		assert_noop!(deregister(OWNER), Error::NotOwner);
		assert_ok!(deregister(STRANGER));
		assert_eq!([OWNER, STRANGER].map(|who| Balances::balance(&account(who))), [PURSE, PURSE]);
		assert_eq!(held(STRANGER), 0);
	});
}

#[test]
fn who_stops_leaves_all_its_sets_at_once() {
	execute(|| {
		served();
		create();
		create();
		let third = OperatorSetId { avs: 0, index: 2 };
		join(SOUTH);
		assert_ok!(send(NORTH, Call::join { set: SECOND }));
		Now::set(2);
		wind_down();
		Now::set(3);
		assert_ok!(send(NORTH, Call::join { set: third }));
		events();

		assert_eq!(AvsRegistry::leave_all(&account(NORTH)), 3);
		assert_eq!(
			events(),
			[
				left(SET, NORTH, Some(2), LeaveReason::Stopped),
				left(SECOND, NORTH, Some(3), LeaveReason::Stopped),
				left(third, NORTH, None, LeaveReason::Stopped),
			]
		);
		assert_eq!(AvsRegistry::sets_of(account(NORTH)), []);
		assert_eq!(answers(NORTH), [1, 2]);
		let answered = |era| AvsRegistry::was_member(SECOND, &account(NORTH), era);
		assert_eq!([0, 1, 2, 3, 4].map(answered), [false, true, true, true, false]);
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET), [account(SOUTH)]);
		assert_eq!(AvsRegistry::sets_of(account(SOUTH)), [SET]);

		// North is still an operator. An operator that serves no set leaves none.
		assert_eq!(AvsRegistry::leave_all(&account(NORTH)), 0);
		assert_eq!((AvsRegistry::leave_all(&account(STRANGER)), events()), (0, vec![]));
		assert_ok!(send(NORTH, Call::join { set: SECOND }));
		assert_eq!(events(), [Event::OperatorJoined { set: SECOND, operator: account(NORTH), from: 4 }]);
	});
}
