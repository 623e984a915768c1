//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::Mutate};
use mainstay_operator_delegation as delegation;
use mainstay_primitives::{
	traits::{Pools as _, SlashGate},
	Balance, Currency, Destination, Era, ExitAmount, Kind, SlashId, STAY, WAD,
};
use sp_runtime::{DispatchError, DispatchResult, Perbill};
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

mod consensus;
mod hook;
mod payout;
mod queue;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// Parts of `WAD`.
const PERCENT: u64 = WAD / 100;
/// A delegator.
const ALICE: u8 = 7;

/// Reports these concurrent offenders, as the offences pallet does.
fn offence(offenders: &[u8], percent: u32, session: SessionIndex) {
	let details: Vec<_> =
		offenders.iter().map(|n| OffenceDetails { offender: (account(*n), ()), reporters: vec![] }).collect();
	let fractions = vec![Perbill::from_percent(percent); offenders.len()];
	<Slashing as OnOffenceHandler<_, _, _>>::on_offence(&details, &fractions, session);
}

fn reported(id: SlashId, operator: u8, percent: u64, capture: Era, due: Era) -> Event {
	let lane = Lane::Consensus { fraction: percent * PERCENT };
	Event::SlashReported { id, operator: account(operator), lane, capture, due }
}

fn executed(id: SlashId, operator: u8, taken: Balance) -> Event {
	Event::SlashExecuted { id, operator: account(operator), taken }
}

fn burnt(id: SlashId, amount: Balance) -> Event {
	let payout = Payout { currency: Currency::Native, amount, destination: Destination::Burn };
	Event::PaidOut { id, payout }
}

fn execute_slash(id: SlashId) -> DispatchResult {
	send(9, Call::execute { id })
}

fn staked(operator: u8) -> Balance {
	OperatorDelegation::native_stake(&account(operator))
}

/// [`ALICE`] stakes behind `operator`.
fn delegate(operator: u8, amount: Balance) {
	assert_ok!(send(
		ALICE,
		delegation::Call::<Test>::stake { operator: account(operator), amount, least_shares: 0 }
	));
}

/// [`ALICE`] leaves `operator` with `amount`.
fn exit(operator: u8, amount: Balance) {
	let amount = ExitAmount::Value(amount);
	let operator = account(operator);
	assert_ok!(send(ALICE, delegation::Call::<Test>::exit { operator, kind: Kind::Stake, amount }));
}

/// [`ALICE`] claims what she queued in era `queued`.
fn claim(operator: u8, queued: Era) -> DispatchResult {
	let (owner, operator) = (account(ALICE), account(operator));
	send(ALICE, delegation::Call::<Test>::claim { owner, operator, kind: Kind::Stake, queued })
}

/// The pending slashes.
fn pending() -> Vec<SlashId> {
	let mut ids: Vec<_> = Slashes::<Test>::iter_keys().collect();
	ids.sort();
	ids
}
