//! Candidacy for election, and the two settings.

use super::*;

#[test]
fn an_operator_with_keys_and_stake_stands_for_election() {
	execute(|| {
		assert_ok!(validate(5));
		assert_eq!(candidates(), accounts(&[1, 2, 3, 4, 5]));
		assert_eq!(events(), [Event::CandidateJoined { who: account(5) }]);
	});
}

#[test]
fn only_who_meets_every_condition_stands_for_election() {
	execute(|| {
		assert_noop!(validate(9), Error::NotOperator);
		assert_noop!(validate(1), Error::AlreadyCandidate);
		Barred::<Test>::insert(account(7), 1);
		assert_noop!(validate(7), Error::BarredForSilence);
		assert_noop!(validate(8), Error::NoSessionKeys);
		keep(5, 500 * STAY - 1);
		delegate(5, 1_000 * STAY);
		assert_noop!(validate(5), Error::SelfStakeTooLow);
		retire(6);
		assert_noop!(validate(6), Error::NotOperator);
	});
}

#[test]
fn who_has_more_stake_displaces_the_lowest() {
	execute(|| {
		assert_ok!(validate(5));
		assert_ok!(validate(6));
		events();
		assert_ok!(validate(7));
		assert_eq!(candidates(), accounts(&[2, 3, 4, 5, 6, 7]));
		assert_eq!(events(), [left(1, LeaveReason::Displaced), Event::CandidateJoined { who: account(7) }]);
		assert_noop!(validate(1), Error::TooManyCandidates);
	});
}

#[test]
fn among_equals_the_smaller_account_stands() {
	execute(|| {
		[5, 6, 7].into_iter().for_each(|n| {
			assert_ok!(validate(n));
		});
		delegate(1, stake_of(2) - stake_of(1));
		assert_ok!(validate(1));
		assert_eq!(candidates(), accounts(&[1, 3, 4, 5, 6, 7]));
		assert_noop!(validate(2), Error::TooManyCandidates);
	});
}

#[test]
fn who_chills_serves_until_the_set_changes() {
	execute(|| {
		assert_noop!(send(5, Call::chill {}), Error::NotCandidate);
		assert_ok!(send(4, Call::chill {}));
		assert_eq!(events(), [left(4, LeaveReason::Chilled)]);
		assert_eq!(candidates(), accounts(&[1, 2, 3]));
		assert!(Session::validators().contains(&account(4)));
		next_era();
		assert_eq!(Session::validators(), accounts(&[3, 2, 1]));
		assert_noop!(send(4, Call::chill {}), Error::NotCandidate);
		assert_ok!(validate(4));
	});
}

#[test]
fn retiring_without_standing_for_election_says_nothing() {
	execute(|| {
		retire(5);
		assert_eq!(events(), []);
	});
}

#[test]
fn the_number_of_validators_is_the_admins_within_its_bounds() {
	execute(|| {
		let set = |count| Call::set_validator_count { count };
		assert_noop!(send(1, set(3)), DispatchError::BadOrigin);
		for count in [1, 6] {
			let set = Staking::set_validator_count(RuntimeOrigin::root(), count);
			assert_noop!(set, Error::BadValidatorCount);
		}
		assert_ok!(Staking::set_validator_count(RuntimeOrigin::root(), 2));
		assert_eq!(ValidatorCount::<Test>::get(), 2);
		assert_eq!(events(), [Event::ValidatorCountSet { count: 2 }]);
	});
}

#[test]
fn the_least_self_stake_is_the_admins() {
	execute(|| {
		assert_noop!(send(1, Call::set_min_self_stake { amount: 1 }), DispatchError::BadOrigin);
		assert_ok!(Staking::set_min_self_stake(RuntimeOrigin::root(), 7));
		assert_eq!(MinSelfStake::<Test>::get(), 7);
		assert_eq!(events(), [Event::MinSelfStakeSet { amount: 7 }]);
	});
}
