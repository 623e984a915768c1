//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		tokens::{Fortitude, Precision, Preservation},
	},
};
use mainstay_primitives::{
	traits::{
		Compound as _, EnterPools as _, InspectOperators as _, InspectPools as _, PaySlashed as _,
		SettlePositions as _, SlashAllocated as _, SlashPools as _, Vault as _,
	},
	AccountId, Balance, Bps, Currency, Era, ExitAmount, Fraction, Magnitude, PoolKind, SharePool, MILLI,
	STAY, WAD,
};
use sp_runtime::{DispatchResult, TokenError::FundsUnavailable};

mod allocated;
mod assets;
mod custody;
mod exits;
mod fresh;
mod generations;
mod genesis;
mod ledger;
mod migrations;
mod moved;
mod operators;
mod opt_in;
mod policy;
mod promise;
mod property;
mod settle;
mod slashes;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;
type Custody = Pallet<Test>;

/// The operator of most tests.
const OPERATOR: u8 = 1;
/// Two delegators.
const ALICE: u8 = 2;
const BOB: u8 = 3;
/// An account that is none of these.
const STRANGER: u8 = 4;
/// Pays rewards.
const PAYER: u8 = 9;

/// Registers [`OPERATOR`].
fn register(commission: Bps) {
	assert_ok!(send(OPERATOR, Call::register { commission }));
}

/// The commission of [`OPERATOR`] that binds now.
fn commission() -> Option<Bps> {
	Custody::commission(account(OPERATOR))
}

fn set_commission(commission: Bps) -> DispatchResult {
	send(OPERATOR, Call::set_commission { commission })
}

fn try_stake(who: u8, amount: Balance) -> DispatchResult {
	send(who, Call::stake { operator: account(OPERATOR), amount, least_shares: 0 })
}

fn stake(who: u8, amount: Balance) {
	assert_ok!(try_stake(who, amount));
}

/// Brings `amount` of STAY into the operator's `Native` pool, as the restaking pallet does.
fn restake(who: u8, amount: Balance) {
	assert_ok!(Custody::deposit(&account(who), &account(OPERATOR), PoolKind::Native, amount, 0));
}

fn try_exit(who: u8, kind: PoolKind, amount: ExitAmount) -> DispatchResult {
	send(who, Call::exit { operator: account(OPERATOR), kind, amount })
}

fn exit(who: u8, amount: ExitAmount) {
	assert_ok!(try_exit(who, PoolKind::Stake, amount));
}

/// `sender` claims what `owner` queued in era `queued`.
fn claim(sender: u8, owner: u8, queued: Era) -> DispatchResult {
	let (owner, operator) = (account(owner), account(OPERATOR));
	send(sender, Call::claim { owner, operator, kind: PoolKind::Stake, queued })
}

/// Rewards the operator with `amount` of [`PAYER`]'s funds, and returns its commission.
fn reward(amount: Balance) -> Balance {
	Custody::compound(&account(OPERATOR), &account(PAYER), amount).unwrap()
}

/// Slashes `fraction` of what backed era `capture` in the operator's `Stake` pool.
fn take(fraction: u64, capture: Era) -> Balance {
	Custody::take(&account(OPERATOR), PoolKind::Stake, Fraction(fraction), capture)
}

fn pool(kind: PoolKind) -> SharePool {
	Pools::<Test>::get(account(OPERATOR), kind).map_or(SharePool::default(), |pool| pool.funds)
}

fn bucket(queued: Era) -> Option<SharePool> {
	Exits::<Test>::get((account(OPERATOR), PoolKind::Stake, queued)).map(|bucket| bucket.funds)
}

/// The maximum that a slash of `magnitude` can take of what backed era `capture`.
fn slashable(kind: PoolKind, magnitude: u64, capture: Era) -> Balance {
	let operator = account(OPERATOR);
	let exits = |era| Exits::<Test>::get((&operator, kind, era));
	let planned = Now::get() + Ahead::get();
	let backing = |pool| {
		let answering = Custody::answering(&operator, kind, &pool, capture, planned);
		Backing::of(&pool, answering, exits).slashable(Magnitude(magnitude))
	};
	Pools::<Test>::get(&operator, kind).map_or(0, backing)
}

/// The value of `who`'s position in the operator's `Stake` pool.
fn value(who: u8) -> Balance {
	Custody::position_value(account(who), account(OPERATOR), PoolKind::Stake)
}

/// The shares and the generation of a position, live or void.
fn position_in(kind: PoolKind, who: u8) -> Option<(u128, u32)> {
	let position = Positions::<Test>::get((account(who), account(OPERATOR), kind))?;
	Some((position.shares, position.generation))
}

fn position(who: u8) -> Option<(u128, u32)> {
	position_in(PoolKind::Stake, who)
}

fn balance(who: u8) -> Balance {
	Balances::balance(&account(who))
}

fn retire() {
	assert_ok!(send(OPERATOR, Call::retire {}));
}

/// The deposits of `who` for one reason of this pallet.
fn on_hold(who: u8, reason: HoldReason) -> Balance {
	Balances::balance_on_hold(&reason.into(), &account(who))
}

/// The deposits of `who` for all reasons.
fn on_hold_of(who: u8) -> Balance {
	Balances::total_balance_on_hold(&account(who))
}

/// Leaves `who` with only this much free to be held.
fn poor(who: u8, left: Balance) {
	assert_ok!(Balances::burn_from(
		&account(who),
		balance(who) - ExistentialDeposit::get() - left,
		Preservation::Preserve,
		Precision::Exact,
		Fortitude::Polite,
	));
}

/// What custody holds beyond the existential deposit.
fn held() -> Balance {
	Balances::balance(&Custody::custody()) - ExistentialDeposit::get()
}
