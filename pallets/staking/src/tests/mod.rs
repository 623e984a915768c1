//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use mainstay_primitives::{traits::EraClock, AccountId, Balance, Era, ExitAmount, PoolKind, STAY};
use pallet_authorship::EventHandler;
use sp_core::H256;
use sp_runtime::DispatchError;

mod candidates;
mod clock;
mod election;
mod genesis;
mod migrations;
mod points;
mod seats;
mod silence;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

fn validate(who: u8) -> sp_runtime::DispatchResult {
	send(who, Call::validate {})
}

/// Account 9 stakes `amount` behind `operator`.
fn delegate(operator: u8, amount: Balance) {
	let operator = account(operator);
	assert_ok!(send(
		9,
		mainstay_operator_delegation::Call::<Test>::stake { operator, amount, least_shares: 0 }
	));
}

/// `operator` exits with all but `amount` of its own stake.
fn keep(operator: u8, amount: Balance) {
	let exit = mainstay_operator_delegation::Call::<Test>::exit {
		operator: account(operator),
		kind: PoolKind::Stake,
		amount: ExitAmount::Value(stake_of(operator) - amount),
	};
	assert_ok!(send(operator, exit));
}

fn retire(operator: u8) {
	assert_ok!(send(operator, mainstay_operator_delegation::Call::<Test>::retire {}));
}

fn purge_keys(who: u8) {
	assert_ok!(send(who, pallet_session::Call::<Test>::purge_keys {}));
}

/// Each of these authors a block.
fn author(authors: &[u8]) {
	authors.iter().for_each(|n| <Staking as EventHandler<_, _>>::note_author(account(*n)));
}

fn candidates() -> Vec<AccountId> {
	let mut candidates: Vec<_> = Candidates::<Test>::iter_keys().collect();
	candidates.sort();
	candidates
}

fn left(who: u8, reason: LeaveReason) -> Event {
	Event::CandidateLeft { who: account(who), reason }
}

fn set_of(era: Era) -> Vec<AccountId> {
	EraValidators::<Test>::get(era).into_inner()
}

/// The stakes that elected the set of `era`, in whole STAY.
fn stakes_of(era: Era) -> Vec<Balance> {
	EraStakes::<Test>::get(era).into_iter().map(|stake| stake / STAY).collect()
}
