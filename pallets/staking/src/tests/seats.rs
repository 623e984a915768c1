//! The minimum stake of a seat.

use super::*;
use crate::election::seats;
use mainstay_primitives::{Bps, NetworkParameters, BPS};
use proptest::prelude::*;
use sp_core::U256;

/// The seat fraction of production networks.
const QUARTER: Bps = NetworkParameters::PRODUCTION.seat_fraction;

/// [`network`] with a minimum stake for a seat.
fn priced(seat_fraction: Bps) -> crate::GenesisConfig<Test> {
	let parameters = NetworkParameters { seat_fraction, ..network().parameters };
	crate::GenesisConfig { parameters, ..network() }
}

fn next() -> Vec<AccountId> {
	Staking::next_validators().into_iter().map(|(who, _)| who).collect()
}

/// Whether each of `stakes` is at least `fraction` of their mean.
fn all_pay(stakes: &[Balance], fraction: Bps) -> bool {
	let sum = stakes.iter().fold(U256::zero(), |sum, stake| sum + *stake);
	let pays = |stake: &Balance| U256::from(*stake) * BPS * stakes.len() >= sum * fraction;
	stakes.iter().all(pays)
}

/// The rule in its plain form: the longest list from the highest stake down in which every stake pays for its seat.
fn by_brute_force(stakes: &[Balance], fraction: Bps, least: usize) -> usize {
	let longest = (0..=stakes.len()).rev().find(|n| all_pay(&stakes[..*n], fraction)).unwrap_or(0);
	longest.max(least.min(stakes.len()))
}

fn stakes() -> impl Strategy<Value = Vec<Balance>> {
	let stake = prop_oneof![
		1..=20u128,
		(1..=1_000u128).prop_map(|n| n * STAY),
		Just(1_000_000 * STAY),
		u128::MAX - 3..=u128::MAX,
	];
	proptest::collection::vec(stake, 0..40).prop_map(|mut stakes| {
		stakes.sort_by(|a, b| b.cmp(a));
		stakes
	})
}

proptest! {
	#[test]
	fn the_search_finds_what_brute_force_finds(
		stakes in stakes(),
		fraction in prop_oneof![Just(0), Just(QUARTER), Just(BPS), 0..=BPS],
		least in 1..8usize,
	) {
		let found = seats(&stakes, fraction, least);
		prop_assert_eq!(found, by_brute_force(&stakes, fraction, least));
		// Equal stakes are treated alike: if one of them pays, so does the next.
		if found > least && found < stakes.len() {
			prop_assert!(stakes[found] < stakes[found - 1]);
		}
		// Whoever holds `n` of the seats holds at least the price of `n` seats in stake.
		if found > least {
			let lowest = |n: usize| stakes[found - n..found].iter().fold(U256::zero(), |sum, stake| sum + *stake);
			for n in 1..=found {
				prop_assert!(lowest(n) * BPS * found >= lowest(found) * fraction * n);
			}
		}
	}
}

#[test]
fn the_examples_of_the_documentation_are_right() {
	assert_eq!(seats(&[100, 90, 40, 30, 16, 15], QUARTER, 1), 6);
	assert_eq!(seats(&[100, 90, 40, 30, 4, 2], QUARTER, 1), 4);
}

#[test]
fn a_longer_list_may_hold_where_a_shorter_does_not() {
	let mut stakes = [10; 10];
	stakes[0] = 100;
	let seated: Vec<_> = (1..=10).map(|n| seats(&stakes[..n], QUARTER, 1)).collect();
	// With two stakes the mean is too high: 10 < 110 / 2 / 4. With three it is not: 10 >= 120 / 3 / 4.
	assert_eq!(seated, [1, 1, 3, 4, 5, 6, 7, 8, 9, 10]);
	// The rule can fail at more than one length: five stakes pay, four and three do not, and two do.
	let stakes = [1_000, 900, 190, 190, 190];
	let holds: Vec<_> = (1..=5).map(|n| all_pay(&stakes[..n], 3_500)).collect();
	assert_eq!(holds, [true, true, false, false, true]);
	assert_eq!(seats(&stakes, 3_500, 1), 5);
	assert_eq!(seats(&stakes[..4], 3_500, 1), 2);
}

#[test]
fn exactly_the_price_is_enough() {
	assert_eq!(seats(&[3, 1], 5_000, 1), 2);
	assert_eq!(seats(&[3, 1], 5_001, 1), 1);
	assert_eq!(seats(&[u128::MAX, u128::MAX / 7 + 1], QUARTER, 1), 2);
	assert_eq!(seats(&[u128::MAX, u128::MAX / 7], QUARTER, 1), 1);
}

#[test]
fn without_a_price_everybody_is_seated() {
	assert_eq!(seats(&[u128::MAX, 1], 0, 1), 2);
	assert_eq!(seats(&[], QUARTER, 4), 0);
}

#[test]
fn who_does_not_pay_is_not_elected_until_it_does() {
	execute_on(priced(5_000), || {
		// Half of the mean of 4, 3, 2 and 1 thousand is 1.25 thousand, more than 1 thousand. Half of the mean of the
		// first three is 1.5 thousand.
		assert_eq!(set_of(0), accounts(&[4, 3, 2]));
		assert_eq!(next(), accounts(&[4, 3, 2]));
		delegate(1, 285 * STAY);
		assert_eq!(next(), accounts(&[4, 3, 2]));
		// Now validator 1 pays: 1,286 * 4 * 2 >= 10,286.
		delegate(1, STAY);
		assert_eq!(next(), accounts(&[4, 3, 2, 1]));
		next_session();
		events();
		next_session();
		assert_eq!(set_of(1), accounts(&[4, 3, 2, 1]), "the view agrees with the election");
		assert_eq!(events(), [Event::Elected { era: 1, validators: 4, stake: 10_286 * STAY }]);
	});
}

#[test]
fn the_price_counts_after_every_other_condition() {
	execute_on(priced(5_000), || {
		delegate(1, 1_000 * STAY);
		assert_eq!(next(), accounts(&[4, 3, 1, 2]));
		// A candidate that cannot be elected does not raise the mean.
		assert_ok!(validate(5));
		delegate(5, 100_000 * STAY);
		assert_eq!(next(), accounts(&[5, 4]), "the minimum number is elected whatever its stakes");
		purge_keys(5);
		assert_eq!(next(), accounts(&[4, 3, 1, 2]));
		// Nor does a candidate for which the set has no seat.
		assert_ok!(Staking::set_validator_count(RuntimeOrigin::root(), 2));
		assert_eq!(next(), accounts(&[4, 3]));
	});
}

#[test]
fn the_least_number_is_elected_whatever_it_has() {
	execute_on(priced(BPS), || {
		assert_eq!(next(), accounts(&[4, 3]));
		next_era();
		assert_eq!(Session::validators(), accounts(&[4, 3]), "the election is used");
		delegate(3, 1_000 * STAY);
		delegate(2, 2_000 * STAY);
		// 2, 3 and 4 have equal stakes now, and each has the mean.
		assert_eq!(next(), accounts(&[2, 3, 4]));
	});
}

#[test]
fn free_seats_cost_a_part_of_all_stake() {
	let million = 1_000_000 * STAY;
	let (honest, cheap) = ([million; 10], 1_000 * STAY);
	let sham = |count: usize, stake| [&honest[..], &vec![stake; count]].concat();
	// Without a price, a thousand STAY each, 0.1 % of all stake in total, would hold half of the seats.
	assert_eq!(seats(&sham(10, cheap), 0, 4), 20);
	assert_eq!(seats(&sham(10, cheap), QUARTER, 4), 10);
	assert_eq!(seats(&sham(290, cheap), QUARTER, 4), 10);
	// With the price, half of the seats cost a seventh of the other stake, which is an eighth of all stake.
	let seventh = million / 7 + 1;
	assert_eq!(seats(&sham(10, seventh), QUARTER, 4), 20);
	assert_eq!(seats(&sham(10, seventh - 1), QUARTER, 4), 10);
}
