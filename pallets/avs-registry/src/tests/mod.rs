//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		tokens::{Fortitude, Precision, Preservation},
	},
};
use mainstay_primitives::{
	traits::{EnterPools as _, OperatorSets, SlashAllocated as _},
	AccountId, AvsId, Balance, ConditionId, ConditionTerms, Destination, Era, Fraction, Magnitude,
	Multiplier, OperatorSetId, PoolKind, Resolver, STAY, WAD,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult, TokenError};

mod answering;
mod audience;
mod closing;
mod conditions;
mod membership;
mod migrations;
mod places;
mod services;
mod sets;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// The operators of most tests.
const NORTH: u8 = 1;
const SOUTH: u8 = 2;
/// Owns the service of most tests.
const OWNER: u8 = 7;
/// Another account that is no operator, and one that has nothing.
const STRANGER: u8 = 8;
const PAUPER: u8 = 50;
/// The slasher of [`SET`] at first.
const SLASHER: u8 = 9;

/// The first operator set of the first service.
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
/// A set that does not exist.
const NOWHERE: OperatorSetId = OperatorSetId { avs: 0, index: 9 };

fn register(who: u8) -> DispatchResult {
	let (name, link) = (text(b"Oracle"), text(b"https://oracle.example"));
	send(who, Call::register { name, link })
}

fn text<S: frame_support::traits::Get<u32>>(text: &[u8]) -> frame_support::BoundedVec<u8, S> {
	text.to_vec().try_into().unwrap()
}

fn kinds(kinds: &[(PoolKind, Multiplier)]) -> Kinds<Test> {
	kinds.to_vec().try_into().unwrap()
}

fn try_create(who: u8, avs: AvsId, list: &[(PoolKind, Multiplier)], min_stake: Balance) -> DispatchResult {
	let (kinds, slasher) = (kinds(list), account(SLASHER));
	let (admission, destination) = (Admission::Open, Destination::Burn);
	send(who, Call::create_set { avs, kinds, admission, min_stake, slasher, destination })
}

/// One more set of service 0, open to all, that accepts `Native`.
fn create() {
	assert_ok!(try_create(OWNER, 0, &[(PoolKind::Native, 1)], 0));
}

/// Service 0 of [`OWNER`] with [`SET`].
fn service() {
	assert_ok!(register(OWNER));
	create();
	events();
}

/// [`service`], of which [`NORTH`] is a member.
fn served() {
	service();
	join(NORTH);
	events();
}

fn set() -> OperatorSet<Test> {
	Sets::<Test>::get(SET).unwrap()
}

fn try_join(operator: u8) -> DispatchResult {
	send(operator, Call::join { set: SET })
}

fn join(operator: u8) {
	assert_ok!(try_join(operator));
}

fn leave(operator: u8) {
	assert_ok!(send(operator, Call::leave { set: SET }));
}

/// The deposits of `who` for services.
fn held(who: u8) -> Balance {
	held_for(HoldReason::Registration, who)
}

/// The deposits of `who` for this reason.
fn held_for(reason: HoldReason, who: u8) -> Balance {
	Balances::balance_on_hold(&reason.into(), &account(who))
}

/// The operators that answer to [`SET`] for the running era. Checks that they agree with the memberships.
fn answering() -> Vec<AccountId> {
	let answering = <AvsRegistry as OperatorSets<_>>::answering(SET);
	let now = Now::get();
	let mut covered: Vec<_> = Memberships::<Test>::iter_key_prefix(SET)
		.filter(|operator| AvsRegistry::was_member(SET, operator, now))
		.collect();
	covered.sort();
	assert_eq!(answering, covered);
	answering
}

fn approve(operator: u8) -> DispatchResult {
	send(OWNER, Call::approve { set: SET, operator: account(operator) })
}

fn retire(operator: u8) {
	assert_ok!(send(operator, mainstay_operator_delegation::Call::<Test>::retire {}));
}
