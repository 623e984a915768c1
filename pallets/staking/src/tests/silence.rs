//! Chilling for silence: which validators are chilled, how many at once, and when they may be candidates again.

use super::*;
use crate::points::most_chilled;
use mainstay_primitives::NetworkParameters;
use std::collections::BTreeSet;

fn silence(who: &AccountId) -> u32 {
	Silent::<Test>::get(who)
}

/// Member `n` of the crowd. Members are numbered by stake.
fn member(n: u32) -> AccountId {
	let mut bytes = [77; 32];
	bytes[..4].copy_from_slice(&n.to_be_bytes());
	AccountId::from(bytes)
}

fn members(numbers: impl IntoIterator<Item = u32>) -> Vec<AccountId> {
	numbers.into_iter().map(member).collect()
}

/// Runs `test` on a set of `size` validators, of which member 0 has the most stake. Sessions do not advance, and eras
/// pass by [`era_of_crowd`].
fn crowd(size: u32, least: u32, test: impl FnOnce()) {
	MaxValidators::set(300);
	MaxCandidates::set(1_000);
	let parameters = NetworkParameters { least_validators: least, ..network().parameters };
	let genesis = crate::GenesisConfig { parameters, candidates: accounts(&[1]), ..network() };
	execute_on(genesis, || {
		assert_ok!(send(1, Call::chill {}));
		for n in 0..size {
			register(&member(n), Balance::from(10_000 - n) * STAY);
			Candidates::<Test>::insert(member(n), ());
		}
		EraValidators::<Test>::insert(0, crowd_elected());
		EraStakes::<Test>::remove(0);
		test();
	});
}

/// All candidates, highest stake first.
fn crowd_elected() -> sp_runtime::BoundedVec<AccountId, MaxValidators> {
	sp_runtime::BoundedVec::truncate_from(candidates())
}

/// An era in which all members of the set but `silent` author blocks. Returns the members that were chilled at its end.
fn era_of_crowd(silent: &[AccountId]) -> Vec<AccountId> {
	let era = Staking::active();
	EraValidators::<Test>::insert(era + 1, crowd_elected());
	for who in set_of(era).into_iter().filter(|who| !silent.contains(who)) {
		EraPoints::<Test>::insert(era, who, POINTS_PER_BLOCK);
	}
	events();
	Staking::begin_era(era + 1);
	assert_ok!(Staking::do_try_state());
	let chilled = |event| match event {
		Event::CandidateLeft { who, reason: LeaveReason::Silent } => Some(who),
		_ => None,
	};
	events().into_iter().filter_map(chilled).collect()
}

/// The different sizes of the set in eight eras in which members `0..silent` are silent.
fn sizes(size: u32, least: u32, silent: u32) -> Vec<u32> {
	let mut sizes = vec![];
	crowd(size, least, || {
		let gone = members(0..silent);
		for _ in 0..8 {
			sizes.push(Staking::set_size(Staking::active()));
			era_of_crowd(&gone);
		}
		let heard = BTreeSet::from_iter(members(silent..size));
		assert!(heard.is_subset(&candidates().into_iter().collect()), "a member that authors blocks stays");
	});
	sizes.dedup_by_key(|size| *size);
	sizes
}

#[test]
fn a_third_may_be_chilled_at_once_and_a_tenth_while_more_are_silent() {
	let limits = [
		((1, 1), 1),
		((4, 1), 1),
		((4, 2), 1),
		((7, 2), 2),
		((7, 3), 1),
		((10, 3), 3),
		((10, 4), 1),
		((30, 11), 3),
		((300, 100), 100),
		((300, 101), 30),
		((300, 300), 30),
	];
	for ((size, silent), most) in limits {
		assert_eq!(most_chilled(size, silent), most, "{silent} of {size}");
	}
}

#[test]
fn a_third_goes_at_once() {
	crowd(7, 4, || {
		assert_eq!(era_of_crowd(&members([1, 4])), []);
		assert_eq!(era_of_crowd(&members([1, 4])), members([4, 1]));
	});
	crowd(300, 4, || {
		let third = members(0..100);
		assert_eq!(era_of_crowd(&third), []);
		assert_eq!(era_of_crowd(&third).len(), 100);
	});
}

#[test]
fn a_lost_third_goes_over_eras() {
	// The set changes an era after the candidates, because it is elected an era ahead.
	assert_eq!(sizes(7, 4, 3), [7, 6, 5, 4]);
	assert_eq!(sizes(10, 4, 4), [10, 9, 8, 6]);
	assert_eq!(sizes(300, 4, 120), [300, 270, 240, 180]);
	assert_eq!(sizes(4, 2, 2), [4, 3, 2]);
}

#[test]
fn nobody_goes_below_the_least_number() {
	assert_eq!(sizes(4, 4, 3), [4]);
	assert_eq!(sizes(7, 6, 3), [7, 6]);
	crowd(10, 4, || {
		// All members but one are offline for long: one is chilled in each era, until the minimum number is left.
		let cut_off = members(0..9);
		let left: Vec<_> = (0..12)
			.map(|_| {
				era_of_crowd(&cut_off);
				candidates().len()
			})
			.collect();
		assert_eq!(left, [10, 9, 8, 7, 6, 5, 4, 4, 4, 4, 4, 4]);
		// The members are back, and no count of silence is left.
		era_of_crowd(&[]);
		assert!(set_of(Staking::active()).iter().all(|who| silence(who) == 0));
	});
}

#[test]
fn those_silent_longest_go_first_and_then_those_with_least_stake() {
	crowd(10, 4, || {
		assert_eq!(era_of_crowd(&members([2])), []);
		// Four of ten are silent now, so one is chilled in each era. Member 2 has been silent for an era longer.
		let four = members([2, 5, 6, 8]);
		assert_eq!(era_of_crowd(&four), members([2]));
		assert_eq!(era_of_crowd(&four), members([8]));
		// Member 2 is not in the set of this era any more: three of nine are silent, and all may be chilled.
		assert_eq!(era_of_crowd(&four), members([6, 5]));
	});
}

#[test]
fn silence_outlives_stepping_down_and_standing_again() {
	execute(|| {
		let one = account(1);
		author(&[2, 3, 4]);
		next_era();
		assert_ok!(send(1, Call::chill {}));
		assert_eq!(silence(&one), 1);
		assert_ok!(validate(1));
		assert_eq!(silence(&one), 1);
		author(&[2, 3, 4]);
		next_era();
		assert_eq!(candidates(), accounts(&[2, 3, 4]));
		assert_eq!(silence(&one), 2);
	});
}

#[test]
fn who_steps_down_in_time_waits_like_who_is_chilled() {
	execute(|| {
		let one = account(1);
		author(&[2, 3, 4]);
		next_era();
		author(&[2, 3, 4]);
		next_session();
		next_session();
		// The validator was elected for era 2, and leaves before silence is counted.
		assert_eq!(set_of(2), accounts(&[4, 3, 2, 1]));
		assert_ok!(send(1, Call::chill {}));
		next_session();
		assert_eq!((Staking::active(), Barred::<Test>::get(&one)), (2, 4));
		assert_noop!(validate(1), Error::BarredForSilence);
	});
}

#[test]
fn who_was_chilled_waits_for_as_long_as_it_was_silent() {
	execute(|| {
		let one = account(1);
		let era = |authors: &[u8]| {
			author(authors);
			next_era();
		};
		era(&[2, 3, 4]);
		era(&[2, 3, 4]);
		// It still serves era 2, is silent in it, and has to wait longer.
		assert_noop!(validate(1), Error::BarredForSilence);
		assert_eq!(Barred::<Test>::get(&one), 4);
		era(&[2, 3, 4]);
		assert_eq!((silence(&one), Barred::<Test>::get(&one)), (3, 6));
		(3..6).for_each(|_| {
			assert_noop!(validate(1), Error::BarredForSilence);
			era(&[2, 3, 4]);
		});
		assert_eq!(silence(&one), 3, "it was not in the set");
		assert_ok!(validate(1));
		assert!(!Barred::<Test>::contains_key(&one));

		// Era 6 elects it for era 7. One more era of silence is enough to chill it. The wait has a maximum.
		era(&[2, 3, 4]);
		assert!(set_of(7).contains(&one));
		era(&[2, 3, 4]);
		assert_eq!(candidates(), accounts(&[2, 3, 4]));
		assert_eq!((silence(&one), Barred::<Test>::get(&one)), (4, 8 + 4));
		era(&[2, 3, 4]);
		assert_eq!((silence(&one), Barred::<Test>::get(&one)), (5, 9 + 4), "at most the exit delay");
	});
}

#[test]
fn a_block_ends_the_silence() {
	execute(|| {
		let one = account(1);
		let era = |authors: &[u8]| {
			author(authors);
			next_era();
		};
		era(&[2, 3, 4]);
		era(&[2, 3, 4]);
		// It authors again in an era for which it was elected. It still waits, but its count starts again.
		era(&[1, 2, 3, 4]);
		assert_eq!((silence(&one), Barred::<Test>::get(&one)), (0, 4));
		era(&[2, 3, 4]);
		assert_ok!(validate(1));
		era(&[2, 3, 4]);
		era(&[2, 3, 4]);
		assert_eq!(silence(&one), 1);
		assert_eq!(candidates(), accounts(&[1, 2, 3, 4]));
	});
}

#[test]
fn a_displaced_candidate_is_not_forgiven() {
	execute(|| {
		assert_ok!(validate(5));
		assert_ok!(validate(6));
		author(&[2, 3, 4]);
		next_era();
		// Validator 1 is not in the set of era 1. Its count stays although another takes its place.
		assert_eq!(silence(&account(1)), 1);
		assert_ok!(validate(7));
		assert_eq!(candidates(), accounts(&[2, 3, 4, 5, 6, 7]));
		assert_eq!(silence(&account(1)), 1);
	});
}

#[test]
fn who_retires_is_forgotten() {
	execute(|| {
		author(&[2, 3, 4]);
		next_era();
		author(&[2, 3, 4]);
		next_era();
		assert!(Barred::<Test>::contains_key(account(1)) && Silent::<Test>::contains_key(account(1)));
		retire(1);
		assert!(!Barred::<Test>::contains_key(account(1)) && !Silent::<Test>::contains_key(account(1)));
		// It still serves era 2.
		author(&[2, 3, 4]);
		next_era();
		assert!(!Barred::<Test>::contains_key(account(1)) && !Silent::<Test>::contains_key(account(1)));
	});
}

#[test]
fn the_state_check_finds_who_should_not_be_silent_or_barred() {
	let finds = |change: fn()| {
		new_test_ext().execute_with(|| {
			assert_ok!(Staking::do_try_state());
			change();
			Staking::do_try_state()
		})
	};
	assert_eq!(finds(|| Silent::<Test>::insert(account(1), 0)), Err("an empty count of silence".into()));
	assert_eq!(
		finds(|| Silent::<Test>::insert(account(9), 1)),
		Err("the silence of an operator that has retired".into())
	);
	assert_eq!(finds(|| Barred::<Test>::insert(account(1), 3)), Err("a candidate that may not stand".into()));
	assert_eq!(finds(|| Barred::<Test>::insert(account(5), 0)), Err("nobody is barred for nothing".into()));
}
