//! What votes, and that nothing votes twice.

use super::*;
use frame_support::traits::fungible::{InspectHold as _, Mutate as _};

#[test]
fn free_and_staked_votes_together() {
	execute(|| {
		assert_eq!(votes(ALICE), PURSE);
		stake(ALICE, 300 * STAY);
		restake(ALICE, 200 * STAY);
		assert_eq!((free(ALICE), votes(ALICE)), (500 * STAY, PURSE), "staking changes nothing");
		vote(ALICE, 0, PURSE);
		assert_eq!(ayes(0), PURSE);
		assert_noop!(try_vote(ALICE, 1, PURSE + 1), VotingError::InsufficientFunds);
		// The operators' own stake, too.
		assert_eq!(votes(NORTH), PURSE);
	});
}

#[test]
fn a_reward_votes_and_what_was_slashed_does_not() {
	execute(|| {
		stake(ALICE, 300 * STAY);
		reward(400 * STAY);
		assert_eq!(votes(ALICE), PURSE + 300 * STAY, "three quarters of the pool");
		slash(PoolKind::Stake, WAD / 2);
		assert_eq!(votes(ALICE), PURSE);
		slash(PoolKind::Stake, WAD);
		assert_eq!(votes(ALICE), PURSE - 300 * STAY, "the position is void");
	});
}

#[test]
fn reserves_holds_exits_and_assets_do_not_vote() {
	execute(|| {
		let reason: RuntimeHoldReason = delegation::HoldReason::Operator.into();
		assert_ok!(<Balances as ReservableCurrency<_>>::reserve(&account(ALICE), 100 * STAY));
		assert_ok!(<Balances as frame_support::traits::fungible::MutateHold<_>>::hold(
			&reason,
			&account(BOB),
			200 * STAY
		));
		assert_eq!(Balances::balance_on_hold(&reason, &account(BOB)), 200 * STAY);
		assert_eq!((votes(ALICE), votes(BOB)), (PURSE - 100 * STAY, PURSE - 200 * STAY));
		for who in [ALICE, BOB] {
			assert_noop!(try_vote(who, 0, votes(who) + 1), VotingError::InsufficientFunds);
			vote(who, 0, votes(who));
		}
		stake(CAROL, 400 * STAY);
		exit(CAROL, PoolKind::Stake, ExitAmount::Value(150 * STAY));
		assert_eq!(votes(CAROL), PURSE - 150 * STAY);
		claim(CAROL, PoolKind::Stake);
		assert_eq!(votes(CAROL), PURSE);
		// Nothing of a hold is counted when it is released for a vote that is cast already.
		assert_ok!(<Balances as frame_support::traits::fungible::MutateHold<_>>::release(
			&reason,
			&account(BOB),
			200 * STAY,
			Precision::Exact
		));
		assert_eq!((votes(BOB), ayes(0)), (PURSE, 2 * PURSE - 300 * STAY));
	});
}

#[test]
fn an_asset_does_not_vote() {
	execute(|| {
		let (who, operator) = (account(ALICE), account(NORTH));
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), 7, who.clone(), true, 1));
		assert_ok!(Assets::mint(RuntimeOrigin::signed(who.clone()), 7, who.clone(), PURSE));
		assert_ok!(Assets::mint(RuntimeOrigin::signed(who.clone()), 7, OperatorDelegation::custody(), 1));
		assert_ok!(OperatorDelegation::deposit(&who, &operator, PoolKind::Asset(7), 500 * STAY, 0));
		assert_eq!(votes(ALICE), PURSE);
		exit(ALICE, PoolKind::Asset(7), ExitAmount::Value(100 * STAY));
		assert_eq!(standing(ALICE), (0, 0, 0));
		vote(ALICE, 0, PURSE);
		assert_eq!(standing(ALICE), (PURSE, PURSE, 0));
		// It moves as before.
		claim(ALICE, PoolKind::Asset(7));
		assert_eq!(standing(ALICE), (PURSE, PURSE, 0));
	});
}

#[test]
fn what_voted_cannot_be_transferred() {
	execute(|| {
		vote(ALICE, 0, 600 * STAY);
		assert_frozen(ALICE, 400 * STAY + 1);
		assert_ok!(transfer(ALICE, BOB, 400 * STAY));
		assert_frozen(ALICE, 1);
		assert_noop!(try_vote(BOB, 0, 1_400 * STAY + 1), VotingError::InsufficientFunds);
		vote(BOB, 0, 1_400 * STAY);
		assert_eq!(ayes(0), 2 * PURSE);
	});
}

#[test]
fn what_voted_cannot_leave_by_an_exit_and_a_claim() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 900 * STAY);
		assert_eq!(standing(ALICE), (900 * STAY, 0, 900 * STAY));
		exit(ALICE, PoolKind::Stake, ExitAmount::All);
		assert_eq!(standing(ALICE), (900 * STAY, 0, 900 * STAY), "on its way, it is still out of reach");
		assert_eq!(votes(ALICE), 100 * STAY);
		claim(ALICE, PoolKind::Stake);
		assert_eq!(standing(ALICE), (900 * STAY, 900 * STAY, 0));
		assert_frozen(ALICE, 100 * STAY + 1);
		assert_ok!(transfer(ALICE, BOB, 100 * STAY));
		assert_eq!((votes(ALICE), votes(BOB)), (900 * STAY, PURSE + 100 * STAY));
	});
}

#[test]
fn what_voted_does_not_vote_again_after_opting_in() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		leave(ALICE, STAY);
		vote(ALICE, 0, 901 * STAY);
		assert_eq!(standing(ALICE), (901 * STAY, STAY, 900 * STAY));
		assert_ok!(OperatorDelegation::opt_in(&account(ALICE), &account(NORTH), ExitAmount::All, 0));
		assert_eq!(standing(ALICE), (901 * STAY, STAY, 900 * STAY));
		assert_eq!(votes(ALICE), 901 * STAY);
		exit(ALICE, PoolKind::Native, ExitAmount::Value(500 * STAY));
		claim(ALICE, PoolKind::Native);
		assert_eq!(standing(ALICE), (901 * STAY, 501 * STAY, 400 * STAY));
		assert_frozen(ALICE, 1);
	});
}

#[test]
fn delegated_votes_are_locked_like_ones_own() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(BOB, 0, PURSE);
		assert_noop!(try_delegate(ALICE, 0, BOB, PURSE + 1), VotingError::InsufficientFunds);
		assert_ok!(try_delegate(ALICE, 0, BOB, PURSE));
		assert_eq!(ayes(0), 2 * PURSE);
		assert_eq!(standing(ALICE), (PURSE, 100 * STAY, 900 * STAY));
		assert_frozen(ALICE, 1);
		// They do not vote besides, and votes of another class lock nothing more.
		assert_noop!(try_vote(ALICE, 1, 1), VotingError::AlreadyDelegating);
		vote(ALICE, 3, PURSE);
		assert_eq!(standing(ALICE), (PURSE, 100 * STAY, 900 * STAY));
		// The other's lock is its own.
		assert_eq!(standing(BOB), (PURSE, PURSE, 0));

		assert_ok!(send(ALICE, conviction::Call::<Test>::undelegate { class: 0 }));
		assert_ok!(remove_vote(ALICE, 3));
		unlock(ALICE, 1);
		unlock(ALICE, 0);
		assert_eq!(standing(ALICE), (PURSE, 100 * STAY, 900 * STAY), "conviction lasts");
		System::set_block_number(System::block_number() + LOCKING_PERIOD);
		unlock(ALICE, 0);
		assert_eq!(standing(ALICE), (0, 0, 900 * STAY));
		assert_ok!(transfer(ALICE, BOB, 50 * STAY));
	});
}

#[test]
fn a_proxy_votes_with_the_coins_of_the_other_and_they_are_locked_there() {
	execute(|| {
		let (alice, bob) = (account(ALICE), account(BOB));
		let origin = |who: &mainstay_primitives::AccountId| RuntimeOrigin::signed(who.clone());
		assert_ok!(Proxy::add_proxy(origin(&alice), bob.clone(), (), 0));
		let all = PURSE - 2 * STAY;
		assert_eq!(votes(ALICE), all, "the deposit is reserved");
		let vote = AccountVote::Standard {
			vote: Vote { aye: true, conviction: Conviction::Locked1x },
			balance: all,
		};
		let call = conviction::Call::<Test>::vote { poll_index: 0, vote };
		assert_ok!(Proxy::proxy(origin(&bob), alice.clone(), None, Box::new(call.into())));
		assert_eq!((ayes(0), standing(ALICE), standing(BOB)), (all, (all, all, 0), (0, 0, 0)));
		// What is reserved stands in for what is free, as everywhere; nothing else can leave.
		let call = pallet_balances::Call::<Test>::transfer_allow_death { dest: bob.clone(), value: 3 * STAY };
		assert_ok!(Proxy::proxy(origin(&bob), alice.clone(), None, Box::new(call.into())));
		assert_eq!(free(BOB), PURSE);
		assert_ok!(transfer(ALICE, BOB, 2 * STAY));
		assert_frozen(ALICE, 1);
		// When the deposit is free again, it is frozen in place of what left.
		assert_ok!(Proxy::remove_proxies(origin(&alice)));
		assert_eq!(free(ALICE), all);
		assert_frozen(ALICE, 1);
		assert_eq!(votes(ALICE) + votes(BOB), 2 * PURSE);
	});
}

/// With a deposit that a pallet can hand to another account, like that of an asset that changes its owner.
#[test]
fn what_backs_a_freeze_is_not_handed_over_with_a_deposit() {
	execute(|| {
		let (alice, bob) = (account(ALICE), account(BOB));
		assert_ok!(<Balances as ReservableCurrency<_>>::reserve(&alice, 400 * STAY));
		vote(ALICE, 0, 600 * STAY);
		assert_ok!(transfer(ALICE, BOB, 400 * STAY));
		assert_frozen(ALICE, 1);
		let status = frame_support::traits::BalanceStatus::Free;
		let left = <Balances as ReservableCurrency<_>>::repatriate_reserved(&alice, &bob, 400 * STAY, status);
		assert_eq!(left, Ok(400 * STAY), "nothing moves");
		vote(BOB, 0, votes(BOB));
		assert_eq!(ayes(0), 2 * PURSE);
	});
}

#[test]
fn a_slash_shrinks_votes_that_are_not_cast_and_leaves_those_that_are() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 900 * STAY);
		slash(PoolKind::Stake, WAD / 3);
		assert_eq!(votes(ALICE), 700 * STAY);
		assert_eq!(ayes(0), 900 * STAY, "it counts as it was cast");
		assert_eq!(standing(ALICE), (900 * STAY, 0, 600 * STAY), "the lock is as large as it was");
		assert_noop!(try_vote(ALICE, 1, 700 * STAY + 1), VotingError::InsufficientFunds);
		// A vote that is cast again counts as much as there is.
		assert_noop!(try_vote(ALICE, 0, 900 * STAY), VotingError::InsufficientFunds);
		vote(ALICE, 0, 700 * STAY);
		assert_eq!(ayes(0), 700 * STAY);
		assert_ok!(remove_vote(ALICE, 0));
		assert_eq!(ayes(0), 0, "a removed one counts nothing");
		unlock(ALICE, 0);
		assert_eq!(standing(ALICE), (0, 0, 600 * STAY));
	});
}

/// A lock without a freeze must not let free coins vote that the vote of another account uses.
#[test]
fn after_a_slash_a_vote_freezes_the_free_coins_that_it_needs() {
	execute(|| {
		stake(ALICE, 900 * STAY);
		vote(ALICE, 0, 900 * STAY);
		slash(PoolKind::Stake, WAD / 3);
		vote(ALICE, 1, 600 * STAY);
		assert_eq!(standing(ALICE), (900 * STAY, 0, 600 * STAY), "the stake suffices");
		vote(ALICE, 1, 650 * STAY);
		assert_eq!(standing(ALICE), (900 * STAY, 50 * STAY, 600 * STAY));
		assert_frozen(ALICE, 50 * STAY + 1);
		vote(ALICE, 1, 700 * STAY);
		assert_frozen(ALICE, 1);
		// So they vote for one account.
		assert_ok!(transfer(PAYER, ALICE, STAY));
		assert_ok!(transfer(ALICE, BOB, STAY));
		assert_frozen(ALICE, 1);
	});
}

#[test]
fn minting_and_burning_change_votes_that_are_not_cast() {
	execute(|| {
		vote(ALICE, 0, 600 * STAY);
		assert_ok!(Balances::mint_into(&account(ALICE), STAY));
		assert_eq!(votes(ALICE), PURSE + STAY);
		let burn = |amount| {
			let (keep, exact, polite) = (Preservation::Expendable, Precision::Exact, Fortitude::Polite);
			Balances::burn_from(&account(ALICE), amount, keep, exact, polite)
		};
		assert!(burn(401 * STAY + 1).is_err());
		assert_ok!(burn(401 * STAY));
		assert_eq!((votes(ALICE), ayes(0)), (600 * STAY, 600 * STAY));
	});
}
