//! The rules of one lock, without accounts.

use super::*;

const fn lock(amount: Balance, frozen: Balance) -> Lock {
	Lock { amount, frozen }
}

#[test]
fn a_vote_freezes_what_the_stake_does_not_cover() {
	let none = Lock::default();
	assert_eq!(none.voted(100, 0), lock(100, 100));
	assert_eq!(none.voted(100, 70), lock(100, 30));
	assert_eq!(none.voted(100, 100), lock(100, 0));
	assert_eq!(none.voted(100, 500), lock(100, 0));
	assert_eq!(lock(50, 50).voted(80, 0), lock(80, 80), "a larger one raises the lock");
	assert_eq!(lock(100, 30).voted(40, 70), lock(100, 30), "a smaller one does not lower it");
	assert_eq!(lock(100, 30).voted(40, 80), lock(100, 20), "but stake that has come covers more of it");
}

#[test]
fn a_vote_after_a_slash_freezes_what_it_needs_and_no_more() {
	// The votes of 100 relied on 100 of stake, of which 30 are left.
	let slashed = lock(100, 0);
	assert_eq!(slashed.voted(30, 30), lock(100, 0));
	assert_eq!(slashed.voted(50, 30), lock(100, 20));
	assert_eq!(slashed.voted(100, 30), lock(100, 70));
	assert_eq!(slashed.voted(110, 30), lock(110, 80));
	assert_eq!(lock(100, 40).voted(50, 30), lock(100, 40), "what is frozen stays frozen");
}

#[test]
fn an_unlocking_never_freezes_more() {
	assert_eq!(lock(100, 30).lowered(90, 70), lock(90, 20));
	assert_eq!(lock(100, 30).lowered(60, 70), lock(60, 0));
	assert_eq!(lock(100, 10).lowered(90, 0), lock(90, 10));
}

#[test]
fn a_deposit_takes_its_amount_from_the_freeze() {
	assert_eq!(lock(100, 100).entering(60, 60), lock(100, 40));
	assert_eq!(lock(100, 30).entering(60, 130), lock(100, 0));
	// It was free, but the stake covers the whole lock now.
	assert_eq!(lock(100, 30).entering(30, 100), lock(100, 0));
	assert_eq!(lock(100, 60).entering(10, 95), lock(100, 5), "rewards had come before");
	assert_eq!(
		lock(100, 60).entering(40, 40),
		lock(100, 20),
		"a slash had taken 40 of what covered the lock"
	);
}

#[test]
fn a_claim_freezes_what_comes_back_as_far_as_it_is_locked() {
	assert_eq!(lock(100, 0).claimed(100, 0), lock(100, 100));
	assert_eq!(lock(100, 0).claimed(30, 70), lock(100, 30));
	assert_eq!(lock(100, 0).claimed(30, 80), lock(100, 20));
	assert_eq!(lock(100, 10).claimed(60, 0), lock(100, 70), "a slash does not freeze what was free");
	assert_eq!(lock(100, 60).claimed(0, 50), lock(100, 50));
}

#[test]
fn a_renewal_only_lowers() {
	assert_eq!(lock(100, 60).renewed(50), lock(100, 50));
	assert_eq!(lock(100, 60).renewed(30), lock(100, 60));
	assert_eq!(lock(100, 60).renewed(200), lock(100, 0));
}

#[test]
fn the_largest_numbers_do_not_overflow() {
	let (max, full) = (Balance::MAX, lock(Balance::MAX, Balance::MAX));
	assert_eq!(full.voted(max, max), lock(max, 0));
	assert_eq!(full.voted(max, 0), full);
	assert_eq!(full.claimed(max, 0), full);
	assert_eq!(full.entering(max, 0), lock(max, 0));
	assert_eq!(full.lowered(0, max), Lock::default());
	assert_eq!(full.renewed(max), lock(max, 0));
}
