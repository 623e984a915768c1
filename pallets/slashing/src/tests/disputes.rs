//! Governance as a resolver, and the records of decided slashes.

use super::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

/// Operator 1 serves [`SET`], whose condition 1 names governance as resolver, and is reported for it. The slash is due
/// after [`WINDOW`].
fn governed() {
	service(Destination::Burn);
	add_condition_of(SET, 50, WINDOW, Some(Resolver::Governance));
	serve(1, SET, &[(COINS, 100)]);
	Now::set(1);
	assert_ok!(attest_for(1, SET, 1, &[(COINS, 10)], 1));
	events();
}

fn root_veto(id: SlashId) -> DispatchResult {
	govern(Call::veto { id, reason: reason(WHY) })
}

#[test]
fn where_a_condition_names_governance_it_vetoes_and_no_account_does() {
	execute(|| {
		governed();
		Now::set(WINDOW);
		for who in [RESOLVER, OWNER, SLASHER, ALICE, 1] {
			assert_noop!(veto(who, 0), Error::NotResolver);
		}
		assert_ok!(root_veto(0));
		assert_eq!((events(), pending()), (vec![vetoed(0)], vec![]));
		assert_eq!(outcome(WINDOW, 0), Some(Outcome::Vetoed(reason(WHY))));
		assert_noop!(root_veto(0), Error::UnknownSlash);
	});
}

#[test]
fn governances_veto_is_closed_exactly_when_the_slash_is_due() {
	execute(|| {
		governed();
		Now::set(1 + WINDOW);
		assert_noop!(root_veto(0), Error::VetoClosed);
		next_block();
		assert_eq!(pooled(1, COINS), STAKE * 90 / 100);
	});
}

#[test]
fn governance_takes_no_other_resolvers_place() {
	execute(|| {
		service(Destination::Burn);
		add_condition(SET, 50, WINDOW, None);
		serve(1, SET, &[(COINS, 100)]);
		Now::set(1);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(attest_for(1, SET, 1, &[(COINS, 10)], 1));
		offence(&[1], 5, 1);
		for id in [0, 1, 2] {
			assert_noop!(root_veto(id), Error::NotResolver);
		}
		assert_eq!(pending(), [0, 1, 2]);
	});
}

#[test]
fn nobody_at_all_vetoes_nothing() {
	execute(|| {
		governed();
		for id in [0, 1] {
			let call = Call::veto { id, reason: reason(WHY) };
			assert_noop!(dispatch(RuntimeOrigin::none(), call), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn a_record_tells_how_a_slash_was_decided_and_why() {
	execute(|| {
		served();
		service(Destination::Burn);
		serve(1, OTHER, &[(GEMS, 100)]);
		Now::set(2);
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 2));
		assert_ok!(attest(OTHER, 1, &[(GEMS, 10)], 2));
		let slashes = [0, 1, 2].map(|id| Slashes::<Test>::get(id).unwrap());
		assert_ok!(veto(RESOLVER, 0));
		Now::set(3);
		assert_ok!(cancel(1));
		begin_era(2 + WINDOW);
		let taken = taken_of(&[(GEMS, STAKE / 10)]);
		let outcomes = [Outcome::Vetoed(reason(WHY)), Outcome::Cancelled, Outcome::Executed(taken)];
		let records = [2, 3, 4].map(|era| Records::<Test>::iter_prefix(era).collect::<Vec<_>>());
		let mut expected =
			slashes.into_iter().zip(outcomes).map(|(slash, outcome)| Record { slash, outcome });
		assert_eq!(records, [0, 1, 2].map(|id| vec![(id, expected.next().unwrap())]));
	});
}

#[test]
fn a_cancelled_consensus_slash_leaves_a_record_too() {
	execute(|| {
		offence(&[1], 5, 0);
		Now::set(1);
		let slash = Slashes::<Test>::get(0).unwrap();
		assert_ok!(cancel(0));
		assert_eq!(Records::<Test>::get(1, 0), Some(Record { slash, outcome: Outcome::Cancelled }));
	});
}

#[test]
fn records_of_every_kind_are_forgotten_after_the_history() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		offence(&[1], 5, 1);
		let decided = 1 + WINDOW;
		Now::set(decided - 1);
		assert_ok!(veto(RESOLVER, 0));
		Now::set(decided);
		assert_ok!(cancel(1));
		next_block();
		let left = || [decided - 1, decided].map(|era| Records::<Test>::iter_prefix(era).count());
		assert_eq!(left(), [1, 2]);
		for (era, kept) in [(decided - 2, [1, 2]), (decided - 1, [0, 2]), (decided, [0, 0])] {
			begin_era(era + HISTORY);
			assert_eq!(left(), kept);
		}
	});
}

#[test]
fn a_raised_consensus_slash_and_an_appealed_one_go_their_own_ways() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20)], 1));
		assert_ok!(appeal(1, 0));
		offence(&[1], 4, 1);
		events();
		offence(&[1, 2], 8, 1);
		let raised = Event::SlashRaised { id: 1, old: 4 * PERCENT, new: 8 * PERCENT };
		assert_eq!(events(), [raised, reported(2, 2, 8, 1, 1 + DEFERRAL)]);
		begin_era(1 + DEFERRAL);
		assert_eq!((pending(), staked(1), staked(2)), (vec![0], 2 * STAKE * 92 / 100, STAKE * 92 / 100));
		begin_era(1 + WINDOW + APPEAL_WINDOW);
		assert_eq!(pooled(1, PoolKind::Native), STAKE * 92 / 100 * 90 / 100);
	});
}

/// The error of the state check after `break_it` changed a slash that [`ALICE`] appealed.
fn found(break_it: impl FnOnce()) -> &'static str {
	new_test_ext().execute_with(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		assert_ok!(appeal(ALICE, 0));
		assert_ok!(Slashing::do_try_state());
		break_it();
		Slashing::do_try_state().unwrap_err().into()
	})
}

#[test]
fn the_state_check_finds_a_bond_that_is_not_held_and_one_too_many() {
	let (what, who) = (HoldReason::Appeal.into(), account(ALICE));
	let differs = "what is held of who appealed is not the bonds";
	let release =
		|amount| found(|| assert_eq!(Balances::release(&what, &who, amount, Precision::Exact), Ok(amount)));
	assert_eq!([release(1), release(APPEAL_BOND)], [differs; 2]);
	assert_eq!(found(|| Balances::hold(&what, &who, 1).unwrap()), differs);
	let slash = |change: fn(&mut Slash<_>)| {
		found(|| Slashes::<Test>::mutate(0, |slash| change(slash.as_mut().unwrap())))
	};
	assert_eq!(slash(|slash| slash.appeal = Some((account(BOB), APPEAL_BOND))), differs);
	let put_off = slash(|slash| slash.due += 1);
	assert_eq!(put_off, "a pending slash without a place in the queue");
	let consensus = slash(|slash| slash.lane = Lane::Consensus { fraction: 1 });
	assert_eq!(consensus, "an appeal of what cannot be");
}
