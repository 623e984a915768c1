//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::Balanced,
		tokens::{Fortitude, Precision, Preservation},
		InspectLockableCurrency, LockableCurrency, ReservableCurrency, WithdrawReasons,
	},
};
use mainstay_operator_delegation as delegation;
use mainstay_primitives::{
	traits::{Compound as _, EnterPools as _, InspectStakes as _, OnNativeMoved as _, SlashPools as _},
	Balance, Era, ExitAmount, Fraction, PoolKind, STAY, WAD,
};
use pallet_conviction_voting::{self as conviction, AccountVote, Conviction, Vote};
use sp_runtime::{DispatchResult, TokenError};

mod accounts;
mod bounds;
mod currency;
mod locks;
mod property;
mod renewal;
mod rules;
mod voting;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;
type VotingError = conviction::Error<Test>;

/// The operator of most tests, and another.
const NORTH: u8 = 1;
const SOUTH: u8 = 2;
/// Voters.
const ALICE: u8 = 3;
const BOB: u8 = 4;
const CAROL: u8 = 5;
/// An account that is none of these.
const STRANGER: u8 = 6;
/// Pays rewards.
const PAYER: u8 = 9;

/// A fee.
const FEE: Balance = STAY / 100;

fn try_vote_with(who: u8, poll_index: u8, conviction: Conviction, balance: Balance) -> DispatchResult {
	let vote = AccountVote::Standard { vote: Vote { aye: true, conviction }, balance };
	send(who, conviction::Call::<Test>::vote { poll_index, vote })
}

fn try_vote(who: u8, poll: u8, balance: Balance) -> DispatchResult {
	try_vote_with(who, poll, Conviction::Locked1x, balance)
}

/// Votes aye with conviction 1.
fn vote(who: u8, poll: u8, balance: Balance) {
	assert_ok!(try_vote(who, poll, balance));
}

fn remove_vote(who: u8, index: u8) -> DispatchResult {
	send(who, conviction::Call::<Test>::remove_vote { class: Some(index / 3), index })
}

fn try_delegate(who: u8, class: u8, to: u8, balance: Balance) -> DispatchResult {
	let conviction = Conviction::Locked1x;
	send(who, conviction::Call::<Test>::delegate { class, to: account(to), conviction, balance })
}

fn unlock(who: u8, class: u8) {
	assert_ok!(send(STRANGER, conviction::Call::<Test>::unlock { class, target: account(who) }));
}

/// Ends a poll in this block.
fn end(index: u8, approved: bool) {
	let mut polls = Polls::get();
	polls.get_mut(&index).unwrap().2 = Some((System::block_number(), approved));
	Polls::set(&polls);
}

/// The ayes of a poll, of votes with conviction 1.
fn ayes(index: u8) -> Balance {
	Polls::get()[&index].1 .0
}

fn try_stake(who: u8, amount: Balance) -> DispatchResult {
	send(who, delegation::Call::<Test>::stake { operator: account(NORTH), amount, least_shares: 0 })
}

fn stake(who: u8, amount: Balance) {
	assert_ok!(try_stake(who, amount));
}

/// Brings `amount` into the `Native` pool of [`NORTH`], as the restaking pallet does.
fn restake(who: u8, amount: Balance) {
	assert_ok!(OperatorDelegation::deposit(&account(who), &account(NORTH), PoolKind::Native, amount, 0));
}

fn exit(who: u8, kind: PoolKind, amount: ExitAmount) {
	assert_ok!(send(who, delegation::Call::<Test>::exit { operator: account(NORTH), kind, amount }));
}

fn try_claim(who: u8, kind: PoolKind, queued: Era) -> DispatchResult {
	let (owner, operator) = (account(who), account(NORTH));
	send(STRANGER, delegation::Call::<Test>::claim { owner, operator, kind, queued })
}

/// A stranger claims what `who` queued in era 0.
fn claim(who: u8, kind: PoolKind) {
	Now::set(ExitDelay::get());
	assert_ok!(try_claim(who, kind, 0));
}

/// Slashes a part of what backs [`NORTH`] in this era.
fn slash(kind: PoolKind, fraction: u64) {
	OperatorDelegation::take(&account(NORTH), kind, Fraction(fraction), Now::get());
}

/// Rewards [`NORTH`], which takes no commission.
fn reward(amount: Balance) {
	assert_ok!(OperatorDelegation::compound(&account(NORTH), &account(PAYER), amount));
}

fn transfer(from: u8, to: u8, value: Balance) -> DispatchResult {
	send(from, pallet_balances::Call::<Test>::transfer_allow_death { dest: account(to), value })
}

/// Pays a fee, as transactions do.
fn pay_fee(who: u8) -> DispatchResult {
	let (exact, keep, polite) = (Precision::Exact, Preservation::Preserve, Fortitude::Polite);
	<Balances as Balanced<_>>::withdraw(&account(who), FEE, exact, keep, polite).map(drop)
}

fn free(who: u8) -> Balance {
	Balances::free_balance(account(who))
}

fn votes(who: u8) -> Balance {
	StakeVoting::votes_of(account(who))
}

/// The nominal lock, the freeze and the stake of `who`. Balances has the same freeze.
fn standing(who: u8) -> (Balance, Balance, Balance) {
	let Standing { nominal, frozen, staked } = StakeVoting::standing(account(who));
	assert_eq!(Balances::balance_locked(VOTING_LOCK, &account(who)), frozen);
	assert_eq!(Locks::<Test>::contains_key(account(who)), nominal > 0);
	(nominal, frozen, staked)
}

/// Leaves `who` with this much free, and moves the rest to [`STRANGER`].
fn leave(who: u8, left: Balance) {
	assert_ok!(transfer(who, STRANGER, free(who) - left));
}

/// Nothing but a freeze is in the way of a transfer of `value`.
fn assert_frozen(who: u8, value: Balance) {
	assert!(free(who) >= value, "it is free");
	assert_noop!(transfer(who, STRANGER, value), TokenError::Frozen);
}
