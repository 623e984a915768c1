//! Elections, and the eras in which elected sets serve.

use super::*;

fn next() -> Vec<AccountId> {
	Staking::next_validators().into_iter().map(|(who, _)| who).collect()
}

#[test]
fn the_candidates_with_most_stake_are_elected_highest_first() {
	execute(|| {
		assert_ok!(validate(5));
		delegate(2, 2_500 * STAY);
		let stakes: [(u8, Balance); 4] = [(5, 5_000), (2, 4_500), (4, 4_000), (3, 3_000)];
		let expected = stakes.map(|(n, stake)| (account(n), stake * STAY));
		assert_eq!(Staking::next_validators(), expected);
	});
}

#[test]
fn ties_go_to_the_smaller_account() {
	execute(|| {
		delegate(1, stake_of(3) - stake_of(1));
		delegate(2, stake_of(3) - stake_of(2));
		assert_eq!(next(), accounts(&[4, 1, 2, 3]));
		assert_ok!(Staking::set_validator_count(RuntimeOrigin::root(), 2));
		assert_eq!(next(), accounts(&[4, 1]));
	});
}

#[test]
fn a_set_is_elected_one_session_ahead_and_serves_from_its_era_on() {
	execute(|| {
		assert_eq!(set_of(0), accounts(&[4, 3, 2, 1]));
		assert_eq!(Session::validators(), accounts(&[4, 3, 2, 1]));
		assert_ok!(validate(5));
		next_session();
		assert_eq!(set_of(1), []);
		events();
		next_session();
		assert_eq!(set_of(1), accounts(&[5, 4, 3, 2]));
		assert_eq!(events(), [Event::Elected { era: 1, validators: 4, stake: 14_000 * STAY }]);
		assert_eq!(Session::validators(), accounts(&[4, 3, 2, 1]));
		assert_ok!(validate(6));
		next_session();
		assert_eq!(events(), [Event::CandidateJoined { who: account(6) }, Event::EraBegan { era: 1 }]);
		assert_eq!(
			Session::validators(),
			accounts(&[5, 4, 3, 2]),
			"a candidate that joins after the election waits"
		);
	});
}

#[test]
fn what_elected_a_set_is_kept_as_it_was_then() {
	execute(|| {
		assert_eq!(stakes_of(0), [4_000, 3_000, 2_000, 1_000]);
		delegate(2, 2_500 * STAY);
		assert_eq!((stakes_of(0), stakes_of(1)), (vec![4_000, 3_000, 2_000, 1_000], vec![]));
		next_session();
		next_session();
		assert_eq!(set_of(1), accounts(&[2, 4, 3, 1]));
		assert_eq!(stakes_of(1), [4_500, 4_000, 3_000, 1_000]);
		// Changes of stake after the election do not change the stored stakes.
		delegate(1, 5_000 * STAY);
		keep(3, 500 * STAY);
		next_session();
		assert_eq!(stakes_of(1), [4_500, 4_000, 3_000, 1_000]);
		next_era();
		assert_eq!((set_of(2), stakes_of(2)), (accounts(&[1, 2, 4, 3]), vec![6_000, 4_500, 4_000, 500]));
	});
}

#[test]
fn the_state_check_finds_stakes_that_fit_no_set() {
	let finds = |era, stakes: &[Balance]| {
		new_test_ext().execute_with(|| {
			assert_eq!(Staking::do_try_state(), Ok(()));
			EraStakes::<Test>::insert(era, sp_runtime::BoundedVec::truncate_from(stakes.to_vec()));
			Staking::do_try_state()
		})
	};
	let wrong = Err("stakes that elected somebody else".into());
	assert_eq!(finds(0, &[4, 3, 2]), wrong);
	assert_eq!(finds(1, &[1]), wrong);
	// The era was planned by a runtime that did not store stakes yet.
	assert_eq!(finds(0, &[]), Ok(()));
}

#[test]
fn who_has_no_keys_any_more_is_not_elected() {
	execute(|| {
		purge_keys(4);
		assert_eq!(next(), accounts(&[3, 2, 1]));
		next_era();
		next_session();
		assert_eq!(Session::validators(), accounts(&[3, 2, 1]));
	});
}

#[test]
fn who_has_too_little_of_its_own_is_not_elected_whatever_others_stake() {
	execute(|| {
		delegate(4, 100_000 * STAY);
		keep(4, 500 * STAY);
		assert_eq!(next()[0], account(4));
		assert_ok!(Staking::set_min_self_stake(RuntimeOrigin::root(), 500 * STAY + 1));
		assert_eq!(next(), accounts(&[3, 2, 1]));
	});
}

#[test]
fn who_has_no_stake_at_all_is_not_elected() {
	execute(|| {
		assert_ok!(Staking::set_min_self_stake(RuntimeOrigin::root(), 0));
		keep(3, 0);
		assert_eq!(next(), accounts(&[4, 2, 1]));
	});
}

#[test]
fn who_retired_is_not_elected() {
	execute(|| {
		retire(3);
		assert_eq!(candidates(), accounts(&[1, 2, 4]));
		assert_eq!(events(), [left(3, LeaveReason::Retired)]);
		assert_eq!(next(), accounts(&[4, 2, 1]));
	});
}

#[test]
fn no_set_is_larger_than_may_be() {
	execute(|| {
		assert_ok!(validate(5));
		assert_ok!(validate(6));
		assert_ok!(Staking::set_validator_count(RuntimeOrigin::root(), 5));
		assert_eq!(next(), accounts(&[6, 5, 4, 3, 2]));
		ValidatorCount::<Test>::put(6);
		assert_eq!(next().len(), 5);
		ValidatorCount::<Test>::put(5);
	});
}

#[test]
fn an_election_of_too_few_is_not_used_and_the_set_goes_on() {
	execute(|| {
		[1, 2, 3].into_iter().for_each(|n| {
			assert_ok!(send(n, Call::chill {}));
		});
		next_session();
		events();
		let planned = <Staking as pallet_session::SessionManager<_>>::new_session(SESSIONS);
		assert_eq!(planned, Some(accounts(&[4, 3, 2, 1])), "consensus counts it as a separate set");
		assert_eq!(events(), [Event::ElectionUnused { era: 1, electable: 1 }]);
		next_session();
		next_session();
		assert_eq!(Staking::active(), 1);
		assert_eq!(set_of(1), accounts(&[4, 3, 2, 1]));
		assert_eq!(stakes_of(1), [4_000, 3_000, 2_000, 1_000]);
		assert_eq!(Session::validators(), accounts(&[4, 3, 2, 1]));
		assert_ok!(validate(1));
		next_era();
		assert_eq!(Session::validators(), accounts(&[4, 1]));
	});
}

#[test]
fn a_set_that_goes_on_has_the_stakes_of_the_election_that_is_not_used() {
	execute(|| {
		[1, 2, 3].into_iter().for_each(|n| {
			assert_ok!(send(n, Call::chill {}));
		});
		keep(3, 500 * STAY);
		delegate(2, 700 * STAY);
		next_session();
		next_session();
		// This stake leaves after the election, and still answers for the era.
		keep(4, 1_000 * STAY);
		next_session();
		assert_eq!(set_of(1), accounts(&[4, 3, 2, 1]));
		assert_eq!(stakes_of(0), [4_000, 3_000, 2_000, 1_000]);
		assert_eq!(stakes_of(1), [4_000, 500, 2_700, 1_000]);
	});
}

#[test]
fn an_election_of_nobody_is_not_used() {
	execute(|| {
		[1, 2, 3, 4].into_iter().for_each(|n| {
			assert_ok!(send(n, Call::chill {}));
		});
		next_era();
		assert_eq!(Session::validators(), accounts(&[4, 3, 2, 1]));
	});
}

#[test]
fn the_least_number_asks_for_no_more_than_an_election_may_choose() {
	execute_on(crate::GenesisConfig { validator_count: 1, ..network() }, || {
		assert_eq!(set_of(0), accounts(&[4]));
		next_era();
		assert_eq!(set_of(1), accounts(&[4]));
	});
}

#[test]
fn only_the_first_session_of_an_era_has_an_election() {
	execute(|| {
		for session in [4, 5, 7, 8] {
			assert_eq!(<Staking as pallet_session::SessionManager<_>>::new_session(session), None);
		}
		let elected = <Staking as pallet_session::SessionManager<_>>::new_session(3);
		assert_eq!(elected, Some(accounts(&[4, 3, 2, 1])));
	});
}
