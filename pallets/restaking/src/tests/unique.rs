//! Allocations of a pool to a set that gives slashed funds to an account.

use super::*;

/// A second asset.
const OTHER: AssetId = 8;

/// Service 0 with a set for each of these destinations, which accept [`ASSET`] and another. Both are admitted.
fn sets(destinations: &[Destination<mainstay_primitives::AccountId>]) {
	admit();
	let (origin, owner) = (RuntimeOrigin::root(), Treasury::get());
	assert_ok!(mock::Assets::force_create(origin, OTHER, owner.clone(), true, 1));
	assert_ok!(mock::Assets::mint(RuntimeOrigin::signed(owner), OTHER, account(FUNDER), STAY));
	assert_ok!(try_admit(OTHER, Balance::MAX, false));
	service(0);
	for destination in destinations {
		create_set_to(&[(ASSET, 1), (PoolKind::Asset(OTHER), 1)], destination.clone());
	}
}

fn allocate(n: u32, magnitude: u64) {
	assert_ok!(try_allocate(ASSET, n, magnitude));
}

fn friend() -> Destination<mainstay_primitives::AccountId> {
	Destination::Account(account(STRANGER))
}

fn not_unique(n: u32, magnitude: u64) {
	assert_noop!(try_allocate(ASSET, n, magnitude), Error::NotUnique);
}

#[test]
fn a_redistributing_set_alone_may_have_all_of_a_pool() {
	execute(|| {
		sets(&[friend()]);
		assert_noop!(try_allocate(ASSET, 0, WAD + 1), Error::MagnitudeTooLarge);
		allocate(0, WAD);
		let allocated = Restaking::allocation(account(NORTH), ASSET, set(0));
		assert_eq!(allocated, (0, Some((WAD, ALLOCATION_DELAY))));
	});
}

#[test]
fn sets_share_the_whole_of_a_pool_with_one_that_redistributes_and_no_more() {
	for other in [Destination::Burn, Destination::Treasury, friend()] {
		for destinations in [[friend(), other.clone()], [other, friend()]] {
			execute(|| {
				sets(&destinations);
				allocate(0, WAD / 4);
				not_unique(1, WAD / 4 * 3 + 1);
				allocate(1, WAD / 4 * 3);
				Now::set(ALLOCATION_DELAY);
				not_unique(0, WAD / 4 + 1);
				not_unique(1, WAD);
			});
		}
	}
}

#[test]
fn a_third_set_that_redistributes_is_found_among_others() {
	execute(|| {
		sets(&[Destination::Burn, friend(), Destination::Burn]);
		allocate(0, WAD / 2);
		allocate(1, LEAST_GIVING);
		not_unique(2, WAD / 2);
		allocate(2, WAD / 2 - LEAST_GIVING);
		// Allocations of other pools do not count.
		assert_ok!(try_allocate(PoolKind::Asset(OTHER), 0, WAD));
		assert_ok!(try_allocate(PoolKind::Asset(OTHER), 2, WAD));
	});
}

#[test]
fn next_to_nothing_is_allocated_to_sets_that_burn_alone() {
	execute(|| {
		sets(&[friend(), Destination::Burn]);
		assert_noop!(try_allocate(ASSET, 0, LEAST_GIVING - 1), Error::MagnitudeTooSmall);
		allocate(0, LEAST_GIVING);
		allocate(1, 1);
		// An existing allocation may be lowered below the minimum.
		Now::set(ALLOCATION_DELAY);
		allocate(0, 1);
	});
}

#[test]
fn sets_that_burn_or_pay_the_treasury_share_up_to_the_leverage() {
	execute(|| {
		sets(&[Destination::Burn, Destination::Treasury, Destination::Burn, Destination::Treasury]);
		for n in 0..MAX_LEVERAGE {
			allocate(n, WAD);
		}
		assert_noop!(try_allocate(ASSET, 3, 1), Error::LeverageTooHigh);
	});
}

#[test]
fn a_limit_of_leverage_is_looked_at_first() {
	execute(|| {
		sets(&[friend(), Destination::Burn]);
		assert_ok!(send(NORTH, Call::set_leverage { percent: 50 }));
		assert_noop!(try_allocate(ASSET, 0, WAD), Error::LeverageTooHigh);
		allocate(0, WAD / 2);
		assert_noop!(try_allocate(ASSET, 1, WAD), Error::LeverageTooHigh);
	});
}

#[test]
fn a_sham_set_that_pays_a_friend_is_not_put_before_an_honest_one() {
	execute(|| {
		sets(&[Destination::Burn, friend()]);
		restake(ALICE, ASSET, 100 * STAY);
		allocate(0, WAD);
		not_unique(1, WAD);
		Now::set(ALLOCATION_DELAY);
		for magnitude in [LEAST_GIVING, WAD] {
			not_unique(1, magnitude);
		}
		assert_eq!(slash(ASSET, 1, WAD, ALLOCATION_DELAY).taken, 0);
		assert_eq!(slash(ASSET, 0, WAD, ALLOCATION_DELAY).taken, 100 * STAY);
	});
}

/// Set 0 had all of the pool until era 8. Checks from which era on set 1 can have an allocation.
fn past_of(destinations: [Destination<mainstay_primitives::AccountId>; 2]) {
	execute(|| {
		sets(&destinations);
		allocate(0, WAD);
		Now::set(3);
		allocate(0, 0);
		// The last era of the old allocation is 7. In era 11 a slash for it is too late.
		for era in [3, 7, 8, 10] {
			Now::set(era);
			not_unique(1, LEAST_GIVING);
		}
		Now::set(11);
		Pending::set(vec![(account(NORTH), ASSET, 7)]);
		not_unique(1, LEAST_GIVING);
		Pending::set(vec![]);
		allocate(1, WAD);
	});
}

#[test]
fn what_a_redistributing_set_had_counts_while_a_slash_can_name_its_eras() {
	past_of([friend(), Destination::Burn]);
}

#[test]
fn what_others_had_counts_for_a_redistributing_set_as_long() {
	past_of([Destination::Burn, friend()]);
}

#[test]
fn the_whole_is_what_slashes_have_left() {
	execute(|| {
		sets(&[friend(), Destination::Burn]);
		allocate(0, WAD / 2);
		Now::set(2);
		assert_eq!(slash(ASSET, 0, WAD / 2, 2).left, Some(Magnitude(WAD / 4 * 3)));
		not_unique(1, WAD / 2 + 1);
		allocate(1, WAD / 2);
	});
}

#[test]
fn a_new_generation_of_the_pool_is_free_of_the_old_ones_sets() {
	execute(|| {
		sets(&[friend(), Destination::Burn]);
		restake(ALICE, ASSET, 100 * STAY);
		allocate(0, WAD);
		Now::set(2);
		not_unique(1, WAD);
		OperatorDelegation::take(&account(NORTH), ASSET, Fraction::WHOLE, 2);
		allocate(1, WAD);
	});
}
