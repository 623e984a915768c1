//! Bounded lists: the deposits of their places, displacing, and the effect of full lists.

use super::*;
use frame_support::{assert_err, dispatch::GetDispatchInfo};

fn left(operator: u8, until: Option<Era>, reason: LeaveReason) -> Event {
	Event::OperatorLeft { set: SET, operator: account(operator), until, reason }
}

fn members() -> Vec<AccountId> {
	<AvsRegistry as OperatorSets<_>>::members(SET)
}

/// Gives `operator` this weight in [`SET`].
fn weigh(operator: u8, weight: Balance) {
	fund(operator, PoolKind::Native, weight);
	allocate(operator, PoolKind::Native, SET, WAD);
}

/// [`SET`] with members 1 to 4, as many as it may have. None of them has any weight.
fn filled() {
	service();
	(1..=4).for_each(join);
	events();
}

fn places(who: u8) -> Balance {
	held_for(HoldReason::Place, who)
}

fn approvals(who: u8) -> Balance {
	held_for(HoldReason::Approval, who)
}

fn spend_all_but(who: u8, left: Balance) {
	let free = Balances::reducible_balance(&account(who), Preservation::Preserve, Fortitude::Polite);
	let (exact, preserve) = (Precision::Exact, Preservation::Preserve);
	assert_ok!(Balances::burn_from(&account(who), free - left, preserve, exact, Fortitude::Polite));
}

fn eject(operator: u8) {
	assert_ok!(send(OWNER, Call::eject { set: SET, operator: account(operator) }));
}

#[test]
fn a_place_holds_a_deposit_until_its_operator_leaves_for_whatever_reason() {
	execute(|| {
		service();
		type End = fn(u8);
		let ends: [End; 3] = [leave, eject, |operator| {
			AvsRegistry::leave_all(&account(operator));
		}];
		let free = Balances::balance(&account(NORTH));
		for end in ends {
			for later in [0, 1] {
				join(NORTH);
				assert_eq!(
					(places(NORTH), Balances::balance(&account(NORTH))),
					(ITEM_DEPOSIT, free - ITEM_DEPOSIT)
				);
				Now::mutate(|now| *now += later);
				end(NORTH);
				assert_eq!((places(NORTH), Balances::balance(&account(NORTH))), (0, free));
				AvsRegistry::do_try_state().unwrap();
				Now::mutate(|now| *now += EXIT_ERAS);
			}
		}
		join(NORTH);
		retire(NORTH);
		assert_eq!((places(NORTH), Balances::balance(&account(NORTH))), (0, free));
	});
}

#[test]
fn each_set_takes_a_deposit_of_its_own_and_closing_gives_it_back() {
	execute(|| {
		served();
		create();
		assert_ok!(send(NORTH, Call::join { set: OperatorSetId { avs: 0, index: 1 } }));
		assert_eq!(places(NORTH), 2 * ITEM_DEPOSIT);
		Now::set(1);
		assert_ok!(send(OWNER, Call::wind_down { set: SET }));
		assert_eq!(places(NORTH), 2 * ITEM_DEPOSIT);
		Now::set(1 + EXIT_ERAS);
		assert_ok!(send(STRANGER, Call::close_set { set: SET, most: 4 }));
		assert_eq!(places(NORTH), ITEM_DEPOSIT);
	});
}

#[test]
fn who_cannot_pay_for_a_place_has_none() {
	execute(|| {
		service();
		spend_all_but(NORTH, ITEM_DEPOSIT - 1);
		assert_noop!(try_join(NORTH), TokenError::FundsUnavailable);
		assert!(!set().had_members);
		assert_ok!(Balances::mint_into(&account(NORTH), 1));
		join(NORTH);
		assert_eq!(places(NORTH), ITEM_DEPOSIT);
	});
}

#[test]
fn who_holds_a_place_from_before_places_cost_anything_has_nothing_to_get_back() {
	execute(|| {
		served();
		// The migration leaves such a membership: without a deposit.
		AvsRegistry::give_back(HoldReason::Place, &account(NORTH), ITEM_DEPOSIT);
		Memberships::<Test>::mutate(SET, account(NORTH), |membership| membership.deposit = 0);
		AvsRegistry::do_try_state().unwrap();
		Now::set(1);
		let free = Balances::balance(&account(NORTH));
		leave(NORTH);
		assert_eq!((places(NORTH), Balances::balance(&account(NORTH))), (0, free));
		join(NORTH);
		assert_eq!(places(NORTH), ITEM_DEPOSIT, "it pays the deposit when it returns");
	});
}

#[test]
fn an_approval_holds_a_deposit_of_the_owner_until_it_ends() {
	execute(|| {
		service();
		let free = Balances::balance(&account(OWNER));
		let said = || (approvals(OWNER), Avses::<Test>::get(0).unwrap().approvals);
		for operator in [NORTH, SOUTH, 3] {
			assert_ok!(approve(operator));
		}
		assert_eq!(said(), (3 * ITEM_DEPOSIT, 3 * ITEM_DEPOSIT));
		assert_eq!(Balances::balance(&account(OWNER)), free - 3 * ITEM_DEPOSIT);
		assert_eq!(Approvals::<Test>::get(SET, account(NORTH)), Some(ITEM_DEPOSIT));

		assert_ok!(send(OWNER, Call::revoke { set: SET, operator: account(NORTH) }));
		assert_eq!(said(), (2 * ITEM_DEPOSIT, 2 * ITEM_DEPOSIT));
		// The approval lasts while its operator joins and leaves.
		join(SOUTH);
		leave(SOUTH);
		join(SOUTH);
		assert_eq!(said(), (2 * ITEM_DEPOSIT, 2 * ITEM_DEPOSIT));
		eject(SOUTH);
		assert_eq!((said(), places(SOUTH)), ((ITEM_DEPOSIT, ITEM_DEPOSIT), 0));
		assert_ok!(send(OWNER, Call::wind_down { set: SET }));
		assert_ok!(send(STRANGER, Call::close_set { set: SET, most: 4 }));
		assert_eq!((said(), Balances::balance(&account(OWNER))), ((0, 0), free));
	});
}

#[test]
fn an_owner_who_cannot_pay_approves_nobody() {
	execute(|| {
		service();
		spend_all_but(OWNER, ITEM_DEPOSIT - 1);
		assert_noop!(approve(NORTH), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_new_owner_takes_over_the_deposits_of_approvals_and_gets_them_back() {
	execute(|| {
		service();
		assert_ok!(approve(NORTH));
		assert_ok!(approve(SOUTH));
		assert_ok!(send(OWNER, Call::transfer_ownership { avs: 0, next_owner: Some(account(STRANGER)) }));
		let deposits = DEPOSIT + 2 * ITEM_DEPOSIT;
		spend_all_but(STRANGER, deposits - 1);
		assert_noop!(send(STRANGER, Call::accept_ownership { avs: 0 }), TokenError::FundsUnavailable);
		assert_ok!(Balances::mint_into(&account(STRANGER), 1));
		assert_ok!(send(STRANGER, Call::accept_ownership { avs: 0 }));
		assert_eq!((held(OWNER), approvals(OWNER)), (0, 0));
		assert_eq!((held(STRANGER), approvals(STRANGER)), (DEPOSIT, 2 * ITEM_DEPOSIT));
		assert_eq!(Balances::balance(&account(OWNER)), PURSE);
		assert_ok!(send(STRANGER, Call::revoke { set: SET, operator: account(NORTH) }));
		assert_eq!(approvals(STRANGER), ITEM_DEPOSIT);
	});
}

#[test]
fn whoever_has_more_weight_takes_the_place_of_who_has_least() {
	execute(|| {
		filled();
		for (operator, weight) in [(1, 5), (2, 3), (3, 4), (4, 6)] {
			weigh(operator, weight * STAY);
		}
		Now::set(1);
		weigh(5, 3 * STAY);
		assert_noop!(try_join(5), Error::SetFull);
		fund(5, PoolKind::Native, STAY);
		join(5);
		let joined = Event::OperatorJoined { set: SET, operator: account(5), from: 2 };
		assert_eq!(events(), [left(2, Some(1), LeaveReason::Displaced), joined]);
		assert_eq!(members(), [1, 3, 4, 5].map(account));
		assert_eq!((places(2), places(5)), (0, ITEM_DEPOSIT));
		assert_eq!((AvsRegistry::sets_of(account(2)), AvsRegistry::sets_of(account(5))), (vec![], vec![SET]));
		// The displaced operator may return under the same conditions as any other.
		assert_noop!(try_join(2), Error::SetFull);
		fund(2, PoolKind::Native, 10 * STAY);
		join(2);
		assert_eq!(members(), [1, 2, 3, 4].map(account));
		assert_eq!(answering(), [1, 2, 3, 4].map(account));
	});
}

#[test]
fn of_equals_the_greatest_account_goes_and_nobody_for_an_equal() {
	execute(|| {
		filled();
		assert_noop!(try_join(5), Error::SetFull);
		for operator in [1, 2, 3, 4, 6] {
			weigh(operator, STAY);
		}
		assert_noop!(try_join(6), Error::SetFull);
		fund(6, PoolKind::Native, STAY);
		join(6);
		assert_eq!(members(), [1, 2, 3, 6].map(account));
	});
}

#[test]
fn weight_is_what_is_allocated_now_or_will_be() {
	execute(|| {
		filled();
		for operator in 1..=4 {
			weigh(operator, 10 * STAY);
		}
		// An operator that lowered its allocation to zero has no weight, although the old one still binds.
		allocate(3, PoolKind::Native, SET, 0);
		weigh(5, STAY);
		join(5);
		assert_eq!(members(), [1, 2, 4, 5].map(account));
	});
}

#[test]
fn what_is_announced_and_can_be_taken_back_puts_nobody_out() {
	execute(|| {
		filled();
		weigh(5, 100 * STAY);
		Waiting::set(vec![account(5)]);
		assert_noop!(try_join(5), Error::SetFull);
		// It takes a free place, and keeps it by the weight that its allocation will have.
		leave(4);
		join(5);
		weigh(4, 10 * STAY);
		join(4);
		assert_eq!(members(), [1, 2, 4, 5].map(account));
		Waiting::set(vec![]);
		leave(5);
		leave(4);
		join(3);
		join(6);
		join(5);
		assert!(members().contains(&account(5)), "the allocation binds now");
	});
}

#[test]
fn who_may_not_join_displaces_nobody() {
	execute(|| {
		filled();
		weigh(5, 100 * STAY);
		assert_ok!(send(OWNER, Call::set_admission { set: SET, admission: Admission::Approved }));
		assert_noop!(try_join(5), Error::NotApproved);
		assert_ok!(send(OWNER, Call::set_admission { set: SET, admission: Admission::Paused }));
		assert_noop!(try_join(5), Error::JoinsPaused);
		assert_ok!(send(OWNER, Call::set_admission { set: SET, admission: Admission::Open }));
		assert_ok!(send(OWNER, Call::set_min_stake { set: SET, min_stake: 100 * STAY + 1 }));
		assert_noop!(try_join(5), Error::StakeTooLow);
		assert_ok!(send(OWNER, Call::set_min_stake { set: SET, min_stake: 100 * STAY }));
		spend_all_but(5, ITEM_DEPOSIT - 1);
		assert_noop!(try_join(5), TokenError::FundsUnavailable);
		assert_eq!(members(), [1, 2, 3, 4].map(account));
	});
}

#[test]
fn to_be_displaced_again_and_again_locks_nobody_out() {
	execute(|| {
		filled();
		for operator in 1..=3 {
			weigh(operator, 10 * STAY);
		}
		weigh(5, STAY);
		for now in 1..=2 * TERMS_DELAY {
			Now::set(now);
			join(5);
			assert!(!AvsRegistry::is_member(SET, account(4)));
			leave(5);
			join(4);
		}
		assert_eq!(answering(), [1, 2, 3, 4].map(account));
		assert_eq!(Memberships::<Test>::get(SET, account(4)).spans.to_vec(), [Span { from: 1, until: None }]);
	});
}

#[test]
fn joining_weighs_every_member_only_where_the_set_is_full() {
	execute(|| {
		service();
		let join = |operator| {
			let origin = RuntimeOrigin::signed(account(operator));
			AvsRegistry::join(origin, SET).map(|post| post.actual_weight)
		};
		let most = Call::join { set: SET }.get_dispatch_info().call_weight;
		assert_eq!(most, <Test as Config>::WeightInfo::join_displacing());
		for operator in 1..=4 {
			assert_eq!(join(operator), Ok(Some(<Test as Config>::WeightInfo::join())));
		}
		weigh(5, STAY);
		assert_eq!(join(5), Ok(None));
		assert_err!(join(6).map_err(|failed| failed.error), Error::SetFull);
	});
}

/// Fills every bounded list of this pallet at the lowest cost. Operators with stake still get in, or nobody but the
/// owner of the list is hurt.
#[test]
fn filled_lists_hurt_nobody_but_who_fills_them() {
	execute(|| {
		// Members of a set: accounts without stake make room for the first operators that have some. Each loses the use
		// of a deposit.
		filled();
		assert_eq!((1..=4).map(places).sum::<Balance>(), 4 * ITEM_DEPOSIT);
		weigh(5, STAY);
		join(5);
		weigh(6, STAY);
		join(6);
		assert_eq!(members(), [1, 2, 5, 6].map(account));

		// Sets that an operator serves: only the operator itself can join one.
		for index in 1..=2 {
			create();
			assert_ok!(send(5, Call::join { set: OperatorSetId { avs: 0, index } }));
		}
		create();
		let last = OperatorSetId { avs: 0, index: 3 };
		assert_noop!(send(5, Call::join { set: last }), Error::TooManySets);
		assert_ok!(send(6, Call::join { set: last }));

		// Sets of a service: only its owner creates them.
		assert_noop!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 0), Error::AvsFull);
		assert_noop!(try_create(STRANGER, 0, &[(PoolKind::Native, 1)], 0), Error::NotOwner);
		assert_ok!(register(STRANGER));
		assert_ok!(try_create(STRANGER, 1, &[(PoolKind::Native, 1)], 0));

		// Conditions of a set: only its owner adds and removes them.
		let add = |set, who| {
			let (text, max_fraction) = (text(b""), WAD);
			send(who, Call::add_condition { set, text, max_fraction, veto_window: 0, resolver: None })
		};
		for _ in 0..3 {
			assert_ok!(add(SET, OWNER));
		}
		assert_noop!(add(SET, OWNER), Error::TooManyConditions);
		assert_noop!(add(SET, STRANGER), Error::NotOwner);
		assert_ok!(add(OperatorSetId { avs: 1, index: 0 }, STRANGER));
		assert_ok!(send(OWNER, Call::remove_condition { set: SET, id: 0 }));
		assert_ok!(add(SET, OWNER));

		// Approvals: they have no bound. The owner of the list pays a deposit for each.
		for operator in 1..=6 {
			assert_ok!(approve(operator));
		}
		assert_eq!(approvals(OWNER), 6 * ITEM_DEPOSIT);
		assert_noop!(send(STRANGER, Call::approve { set: SET, operator: account(1) }), Error::NotOwner);

		// Memberships of an operator in a set: only the operator adds them, by joining and leaving, and other operators
		// are not affected.
		Now::set(4);
		assert_ok!(send(6, Call::leave { set: last }));
		let stay = |from| Span { from, until: Some(from) };
		let spans = vec![stay(2), stay(3), stay(4)].try_into().unwrap();
		Memberships::<Test>::mutate(last, account(6), |membership| membership.spans = spans);
		Now::set(5);
		assert_noop!(send(6, Call::join { set: last }), Error::TooManyChanges);
		assert_ok!(send(4, Call::join { set: last }));
	});
}
