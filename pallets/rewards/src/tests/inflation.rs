//! The pot of an era, its shares, and their payment.

use super::*;

/// Ends `era`, which lasted as long as it should.
fn end(era: Era, points: &[(u8, u32)]) {
	end_after(era, points, ERA_MILLIS);
}

fn end_after(era: Era, points: &[(u8, u32)], millis: u64) {
	Now::set(era + 1);
	let points: Vec<_> = points.iter().map(|(n, points)| (account(*n), *points)).collect();
	<Rewards as EraEnded<_>>::era_ended(era, &points, millis);
}

fn paid(era: Era, validator: u8, amount: Balance) -> Event {
	Event::ValidatorPaid { era, validator: account(validator), amount }
}

fn commission(amount: Balance) -> Balance {
	amount * Balance::from(COMMISSION) / 10_000
}

fn staked(operator: u8) -> Balance {
	OperatorDelegation::native_stake(&account(operator))
}

fn pot_of(era: Era) -> Balance {
	EraRewards::<Test>::get(era).unwrap().pot
}

fn due() -> Option<(Era, usize)> {
	Due::<Test>::get().map(|due| (due.era, due.validators.len()))
}

#[test]
fn a_pot_is_inflation_times_elapsed_over_a_year() {
	execute(|| {
		let issuance = Balances::total_issuance();
		let year = 31_557_600_000;
		assert_eq!(Rewards::pot(ERA_MILLIS), issuance * 5 * Balance::from(ERA_MILLIS) / (100 * year));
		assert_eq!(Rewards::pot(0), 0);
		assert_ok!(Balances::mint_into(&account(9), issuance));
		assert_eq!(Rewards::pot(ERA_MILLIS), 2 * issuance * 5 * Balance::from(ERA_MILLIS) / (100 * year));
	});
}

#[test]
fn an_era_counts_for_at_most_one_and_a_half() {
	execute(|| {
		let longest = ERA_MILLIS * 3 / 2;
		assert!(Rewards::pot(longest - 1) < Rewards::pot(longest));
		assert_eq!(Rewards::pot(longest + 1), Rewards::pot(longest));
		assert_eq!(Rewards::pot(u64::MAX), Rewards::pot(longest));
	});
}

#[test]
fn a_pot_is_shared_by_points_and_its_dust_is_not_minted() {
	execute(|| {
		let issuance = Balances::total_issuance();
		end(0, &[(1, 20), (2, 40), (3, 7)]);
		let pot = Rewards::pot(ERA_MILLIS);
		assert_eq!(events(), [Event::EraRewarded { era: 0, pot, points: 67 }]);
		assert_eq!(EraRewards::<Test>::get(0), Some(EraReward { pot, points: 67, paid: 0 }));
		assert_eq!(Balances::total_issuance(), issuance, "nothing is minted before it is paid");

		next_block();
		next_block();
		let shares = [pot * 20 / 67, pot * 40 / 67, pot * 7 / 67];
		assert_eq!(events(), [paid(0, 3, shares[2]), paid(0, 2, shares[1]), paid(0, 1, shares[0])]);
		let total: Balance = shares.iter().sum();
		assert!(total < pot && pot - total < 3);
		assert_eq!(Balances::total_issuance(), issuance + total);
		assert_eq!(EraRewards::<Test>::get(0), Some(EraReward { pot, points: 67, paid: total }));
	});
}

#[test]
fn the_commission_is_credited_and_the_rest_compounds() {
	execute(|| {
		end(0, &[(1, 20), (2, 60)]);
		next_block();
		let pot = pot_of(0);
		for (n, amount) in [(1, pot / 4), (2, pot * 3 / 4)] {
			assert_eq!(credit(n, STAYS), commission(amount));
			assert_eq!(staked(n), STAKE + amount - commission(amount));
		}
		assert_eq!(held(STAYS), credit(1, STAYS) + credit(2, STAYS));
	});
}

#[test]
fn each_block_pays_its_number_of_validators() {
	execute(|| {
		end(0, &[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
		type Weights = <Test as Config>::WeightInfo;
		let idle = Weights::idle() + <Test as frame_system::Config>::DbWeight::get().reads(3);
		for (left, payments) in [(Some((0, 3)), 2), (Some((0, 1)), 2), (None, 1)] {
			assert_eq!(Rewards::on_initialize(0), idle + Weights::pay(payments));
			assert_eq!(due(), left);
		}
		assert_eq!(Rewards::on_initialize(0), idle);
		(1..=5).for_each(|n| assert_eq!(credit(n, STAYS), commission(pot_of(0) / 5)));
	});
}

#[test]
fn payments_wait_while_slashes_are_due() {
	execute(|| {
		end(0, &[(1, 20)]);
		AnyDue::set(true);
		assert_storage_noop!({
			Rewards::on_initialize(2);
		});
		assert_eq!((staked(1), due()), (STAKE, Some((0, 1))));
		AnyDue::set(false);
		next_block();
		assert!(staked(1) > STAKE);
		assert_eq!(due(), None);
	});
}

#[test]
fn the_end_of_an_era_pays_what_is_left_of_the_one_before() {
	execute(|| {
		AnyDue::set(true);
		end(0, &[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
		events();
		end(1, &[(1, 1)]);
		let share = pot_of(0) / 5;
		let mut expected: Vec<_> = (1..=5).rev().map(|n| paid(0, n, share)).collect();
		expected.push(Event::EraRewarded { era: 1, pot: pot_of(1), points: 1 });
		assert_eq!(events(), expected);
		assert_eq!(due(), Some((1, 1)));
		assert!(pot_of(1) > pot_of(0), "the first pot is part of the issuance");
	});
}

#[test]
fn a_validator_behind_which_nothing_stands_is_passed_over_and_its_share_not_minted() {
	execute(|| {
		let exit = delegation::Call::<Test>::exit {
			operator: account(1),
			kind: PoolKind::Stake,
			amount: ExitAmount::All,
		};
		assert_ok!(send(1, exit));
		let issuance = Balances::total_issuance();
		end(0, &[(1, 20), (2, 20)]);
		events();
		next_block();
		let half = pot_of(0) / 2;
		let error = delegation::Error::<Test>::NothingStaked.into();
		assert_eq!(
			events(),
			[paid(0, 2, half), Event::ValidatorUnpaid { era: 0, validator: account(1), error }]
		);
		assert_eq!(Balances::total_issuance(), issuance + half);
		assert_eq!(EraRewards::<Test>::get(0).unwrap().paid, half);
		assert_eq!(credit(1, STAYS), 0);
	});
}

#[test]
fn a_validator_that_is_no_operator_is_passed_over() {
	execute(|| {
		end(0, &[(9, 20)]);
		events();
		next_block();
		let error = delegation::Error::<Test>::NotOperator.into();
		assert_eq!(events(), [Event::ValidatorUnpaid { era: 0, validator: account(9), error }]);
	});
}

#[test]
fn a_share_whose_commission_cannot_be_credited_is_not_minted() {
	execute(|| {
		let (who, native) = (account(1), Currency::Native);
		Credit::<Test>::insert(&who, &native, Balance::MAX);
		assert_noop!(Rewards::reward_base(&who, STAY), Error::CreditTooLarge);
		Credit::<Test>::remove(&who, &native);
		assert_ok!(Rewards::reward_base(&who, STAY));
		assert_eq!((credit(1, STAYS), staked(1)), (STAY / 10, STAKE + STAY * 9 / 10));
	});
}

#[test]
fn an_era_without_points_pays_nothing() {
	execute(|| {
		assert_storage_noop!(end(0, &[]));
		assert_eq!(events(), []);
	});
}

#[test]
fn an_era_of_no_length_mints_nothing() {
	execute(|| {
		let issuance = Balances::total_issuance();
		end_after(0, &[(1, 20)], 0);
		next_block();
		assert_eq!(events(), [Event::EraRewarded { era: 0, pot: 0, points: 20 }, paid(0, 1, 0)]);
		assert_eq!((Balances::total_issuance(), credit(1, STAYS)), (issuance, 0));
	});
}

#[test]
fn rewards_older_than_the_history_are_forgotten() {
	execute(|| {
		(0..HISTORY - 1).for_each(|era| end(era, &[(1, 1)]));
		assert!(EraRewards::<Test>::contains_key(0));
		end(HISTORY - 1, &[(1, 1)]);
		assert!(!EraRewards::<Test>::contains_key(0) && EraRewards::<Test>::contains_key(1));
	});
}

#[test]
fn commission_of_inflation_is_collected_by_whoever_asks() {
	execute(|| {
		end(0, &[(1, 20)]);
		next_block();
		events();
		let (before, amount) = (balance(1, STAYS), credit(1, STAYS));
		assert!(amount > 0);
		assert_ok!(collect(STRANGER, 1, 1, PoolKind::Stake));
		assert_eq!((balance(1, STAYS), credit(1, STAYS), held(STAYS)), (before + amount, 0, 0));
		assert_eq!(events(), [collected(1, STAYS, amount, 1)]);
	});
}
