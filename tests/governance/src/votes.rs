//! What votes: free balance and stake, by hand. What a vote locks. What a slash does to votes.

use crate::hall::*;
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use mainstay_origins::Origin;
use mainstay_primitives::{traits::EraClock, AccountId, Balance, ExitAmount, PoolKind, STAY, WAD};
use mainstay_runtime::{
	Balances, ConvictionVoting, OperatorDelegation, Referenda, Restaking, Runtime, RuntimeOrigin, Slashing,
	StakeVoting, Staking,
};
use pallet_conviction_voting::{
	Conviction::{self, Locked1x, Locked3x, Locked6x},
	Error,
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Ferdie};
use sp_runtime::{DispatchResult, TokenError};

const STAKE: PoolKind = PoolKind::Stake;

fn by(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

fn vote(who: &AccountId, index: u32, aye: bool, conviction: Conviction, balance: Balance) -> DispatchResult {
	ConvictionVoting::vote(by(who), index, ballot(aye, conviction, balance))
}

/// In STAY. Shares round to units of it.
fn stay(amount: Balance) -> Balance {
	(amount + STAY / 2) / STAY
}

/// Ayes and nays with their conviction, and the support, in STAY.
fn counted(index: u32) -> (Balance, Balance, Balance) {
	let tally = tally(index);
	(stay(tally.ayes), stay(tally.nays), stay(tally.support))
}

/// What an account can vote with, in STAY.
fn votes(who: &AccountId) -> Balance {
	stay(StakeVoting::votes_of(who.clone()))
}

/// The nominal lock, its freeze, and the stake that holds the rest, in STAY.
fn standing(who: &AccountId) -> (Balance, Balance, Balance) {
	let standing = StakeVoting::standing(who.clone());
	(stay(standing.nominal), stay(standing.frozen), stay(standing.staked))
}

/// A referendum, and an account with 10 STAY that are free and 90 that are staked with Alice. No era has ended, so a share
/// is worth what it cost.
fn with_ann(test: impl FnOnce(&AccountId, u32)) {
	run(|chain| {
		chain.block(|| {
			let ann = newcomer("ann", 100 * STAY);
			assert_ok!(OperatorDelegation::stake(by(&ann), id(Alice), 90 * STAY, 0));
			assert_eq!(Balances::balance(&ann), 10 * STAY);
			let call = mainstay_staking::Call::<Runtime>::set_min_self_stake { amount: STAY };
			let index = submit(Ferdie, Origin::Parameters, call);
			assert_ok!(Referenda::place_decision_deposit(signed(Ferdie), index));
			test(&ann, index);
		});
	});
}

#[test]
fn ten_free_and_ninety_staked_are_a_hundred_votes() {
	with_ann(|ann, index| {
		assert_eq!(StakeVoting::votes_of(ann.clone()), 100 * STAY);
		assert_noop!(vote(ann, index, true, Locked1x, 100 * STAY + 1), Error::<Runtime>::InsufficientFunds);
		for (conviction, votes) in [(Conviction::None, 10), (Locked1x, 100), (Locked3x, 300), (Locked6x, 600)]
		{
			assert_ok!(vote(ann, index, true, conviction, 100 * STAY));
			assert_eq!(counted(index), (votes, 0, 100), "one vote takes the place of another");
		}
		assert_ok!(vote(ann, index, false, Locked1x, 60 * STAY));
		assert_eq!(counted(index), (0, 60, 0));
		assert_ok!(ConvictionVoting::remove_vote(by(ann), None, index));
		assert_eq!(counted(index), (0, 0, 0));
	});
}

#[test]
fn a_vote_locks_what_the_stake_does_not_hold() {
	with_ann(|ann, index| {
		assert_ok!(vote(ann, index, true, Locked1x, 80 * STAY));
		assert_eq!(standing(ann), (80, 0, 90));
		assert_ok!(vote(ann, index, true, Locked1x, 97 * STAY));
		assert_eq!(standing(ann), (97, 7, 90));
		let pay = |amount| Balances::transfer_allow_death(by(ann), id(Bob).into(), amount);
		assert_noop!(pay(4 * STAY), TokenError::Frozen);
		assert_ok!(pay(STAY));
		// What is locked can be staked, and what was staked can be restaked, and stays locked when it comes back.
		assert_ok!(OperatorDelegation::stake(by(ann), id(Bob), 8 * STAY, 0));
		assert_eq!(standing(ann), (97, 0, 98));
		assert_eq!(votes(ann), 99);
		assert_ok!(Restaking::opt_in(by(ann), id(Alice), ExitAmount::Value(40 * STAY), 0));
		assert_eq!(standing(ann), (97, 0, 98));
		assert_ok!(OperatorDelegation::exit(by(ann), id(Alice), STAKE, ExitAmount::All));
		assert_eq!(standing(ann), (97, 0, 98));
		assert_eq!(votes(ann), 49, "what leaves does not vote");
		assert_noop!(vote(ann, index, true, Locked1x, 50 * STAY), Error::<Runtime>::InsufficientFunds);
	});
}

#[test]
fn a_coin_votes_once_by_whatever_way_it_goes() {
	run(|chain| {
		let (mut ann, mut bea, mut index) = (None, None, 0);
		chain.block(|| {
			ann = Some(newcomer("ann", 100 * STAY));
			bea = Some(newcomer("bea", STAY));
			index =
				submit(Ferdie, Origin::Parameters, frame_system::Call::<Runtime>::remark { remark: vec![] });
		});
		let (ann, bea) = (ann.expect("there"), bea.expect("there"));
		chain.submit(|| OperatorDelegation::stake(by(&ann), id(Alice), 90 * STAY, 0));
		chain.submit(|| vote(&ann, index, true, Locked1x, 100 * STAY));
		chain.submit(|| OperatorDelegation::exit(by(&ann), id(Alice), STAKE, ExitAmount::All));
		let queued = Staking::planned();
		chain.to_era(queued + Staking::exit_delay());
		let claim = || OperatorDelegation::claim(by(&bea), ann.clone(), id(Alice), STAKE, queued);
		chain.submit(claim);
		// The exit came back, locked. Rewards before it left may have added a little.
		assert_eq!((standing(&ann).0, standing(&ann).2), (100, 0));
		let pay = |amount| Balances::transfer_allow_death(by(&ann), bea.clone().into(), amount);
		chain.block(|| {
			assert_noop!(pay(STAY), TokenError::Frozen);
		});
		assert_eq!(votes(&bea), 1);
		// Delegation takes the place of votes: both at once are refused.
		let delegate = || {
			let class = mainstay_runtime::configs::tracks::PARAMETERS;
			ConvictionVoting::delegate(by(&ann), class, bea.clone().into(), Locked1x, 100 * STAY)
		};
		chain.block(|| {
			assert_eq!(delegate().expect_err("it votes").error, Error::<Runtime>::AlreadyVoting.into());
		});
	});
}

#[test]
fn a_slash_takes_from_votes_to_come_and_not_from_those_that_are_cast() {
	with_ann(|ann, index| {
		assert_ok!(vote(ann, index, true, Locked1x, 100 * STAY));
		assert_eq!(standing(ann), (100, 10, 90));
		// A tenth of the native stake of the operator.
		assert!(Slashing::slash_consensus(&id(Alice), WAD / 10, Staking::active()) > 0);
		assert_eq!(counted(index), (100, 0, 100), "a vote that is cast counts until it is removed");
		assert_eq!(votes(ann), 91);
		assert_eq!(standing(ann), (100, 10, 81), "the slash locks nothing else instead");
		assert_noop!(vote(ann, index, true, Locked1x, 91 * STAY + 1), Error::<Runtime>::InsufficientFunds);
		assert_ok!(vote(ann, index, true, Locked1x, StakeVoting::votes_of(ann.clone())));
		assert_eq!(counted(index), (91, 0, 91));
	});
}

#[test]
fn votes_are_delegated_with_the_delegates_conviction() {
	with_ann(|ann, index| {
		let class = mainstay_runtime::configs::tracks::PARAMETERS;
		let bea = newcomer("bea", 50 * STAY);
		assert_ok!(vote(&bea, index, false, Locked1x, 50 * STAY));
		let delegate = |balance| {
			ConvictionVoting::delegate(by(ann), class, bea.clone().into(), Locked3x, balance).map(drop)
		};
		assert!(delegate(100 * STAY + 1).is_err());
		assert_ok!(delegate(100 * STAY));
		assert_eq!(counted(index), (0, 350, 0));
		assert_ok!(ConvictionVoting::undelegate(by(ann), class));
		assert_eq!(counted(index), (0, 50, 0));
		// The conviction lasts.
		assert_ok!(ConvictionVoting::unlock(by(&bea), class, ann.clone().into()));
		assert_eq!(standing(ann), (100, 10, 90));
	});
}
