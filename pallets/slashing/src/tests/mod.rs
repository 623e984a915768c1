//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{InspectHold, Mutate},
		fungibles::Inspect,
	},
};
use mainstay_avs_registry as registry;
use mainstay_operator_delegation as delegation;
use mainstay_primitives::{
	traits::{InspectExposures as _, InspectPools as _, OperatorSets as _, SlashGate},
	Balance, ConditionId, Currency, Destination, Era, ExitAmount, Fraction, Income, Magnitude, OperatorSetId,
	PoolKind, Resolver, SlashId, STAY, WAD,
};
use mainstay_restaking as restaking;
use sp_runtime::{DispatchError, DispatchResult, Perbill, TokenError};
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

mod appeals;
mod attested;
mod by_operator;
mod consensus;
mod disputes;
mod hook;
mod migrations;
mod payout;
mod places;
mod preview;
mod pruning;
mod queue;
mod reinstate;
mod services;
mod traps;
mod veto;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// Parts of `WAD`.
const PERCENT: u64 = WAD / 100;
/// Delegators.
const ALICE: u8 = 7;
const BOB: u8 = 8;
/// Owns the services, and has nothing to do after they are set up.
const OWNER: u8 = 10;
/// The first slasher of every set.
const SLASHER: u8 = 11;
/// The first resolver of condition 0 of every set.
const RESOLVER: u8 = 12;
/// An account that does not exist.
const DEAD: u8 = 77;
/// The reason given for vetoes and appeals.
const WHY: &str = "the node was patched";

/// The operator sets of two services.
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
const OTHER: OperatorSetId = OperatorSetId { avs: 1, index: 0 };
/// The veto window of condition 0 of every set.
const WINDOW: Era = 2;

/// The kinds that the sets accept besides [`PoolKind::Native`].
const COINS: PoolKind = PoolKind::Asset(1);
const GEMS: PoolKind = PoolKind::Asset(2);

/// Reports these offenders as concurrent, as the offences pallet does.
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

/// The event of an executed slash of STAY alone.
fn executed(id: SlashId, operator: u8, taken: Balance) -> Event {
	executed_of(id, operator, &[(PoolKind::Native, taken)])
}

fn executed_of(id: SlashId, operator: u8, taken: &[(PoolKind, Balance)]) -> Event {
	Event::SlashExecuted { id, operator: account(operator), taken: taken_of(taken) }
}

fn taken_of(taken: &[(PoolKind, Balance)]) -> Taken {
	Taken::truncate_from(taken.iter().map(|(kind, amount)| (kind.currency(), *amount)).collect())
}

fn burnt(id: SlashId, amount: Balance) -> Event {
	paid(id, PoolKind::Native, amount, Destination::Burn)
}

fn paid(
	id: SlashId,
	kind: PoolKind,
	amount: Balance,
	destination: Destination<mainstay_primitives::AccountId>,
) -> Event {
	Event::PaidOut { id, currency: kind.currency(), payout: Payout { amount, destination } }
}

fn execute_slash(id: SlashId) -> DispatchResult {
	send(9, Call::execute { id })
}

fn pay_out(id: SlashId, kind: PoolKind) -> DispatchResult {
	send(9, Call::payout { id, currency: kind.currency() })
}

fn reason(text: &str) -> Reason<Test> {
	text.as_bytes().to_vec().try_into().unwrap()
}

fn veto(who: u8, id: SlashId) -> DispatchResult {
	send(who, Call::veto { id, reason: reason(WHY) })
}

/// The event of a veto that spares operator 1.
fn vetoed(id: SlashId) -> Event {
	Event::SlashVetoed { id, operator: account(1), reason: reason(WHY) }
}

fn cancel(id: SlashId) -> DispatchResult {
	govern(Call::cancel { id })
}

fn appeal(who: u8, id: SlashId) -> DispatchResult {
	send(who, Call::appeal { id, reason: reason(WHY) })
}

/// The bonds of `who` for appeals.
fn bond(who: u8) -> Balance {
	Balances::balance_on_hold(&HoldReason::Appeal.into(), &account(who))
}

fn appeal_closed(id: SlashId, by: u8, forfeited: bool) -> Event {
	Event::AppealClosed { id, by: account(by), bond: APPEAL_BOND, forfeited }
}

/// The number of pending slashes of operator 1 by [`SET`]: without and with an appeal.
fn counted() -> (u32, u32) {
	let PendingCount { unappealed, appealed } = Pending::<Test>::get(account(1), SET);
	(unappealed, appealed)
}

/// The places of a due era: the number given out, and the number taken.
fn places(due: Era) -> Option<(u32, u32)> {
	QueueLength::<Test>::get(due).map(|places| (places.given, places.waiting))
}

/// The outcome of a slash that was decided in this era.
fn outcome(era: Era, id: SlashId) -> Option<Outcome<Test>> {
	Records::<Test>::get(era, id).map(|record| record.outcome)
}

/// The STAY that counts for the election of `operator`.
fn staked(operator: u8) -> Balance {
	OperatorDelegation::native_stake(&account(operator))
}

/// The amount in the live pool.
fn pooled(operator: u8, kind: PoolKind) -> Balance {
	OperatorDelegation::pool(&account(operator), kind).map_or(0, |pool| pool.funds.amount)
}

/// What is left of the exits queued in era `queued`.
fn exiting(operator: u8, kind: PoolKind, queued: Era) -> Balance {
	let exit = delegation::Exits::<Test>::get((account(operator), kind, queued));
	exit.map_or(0, |exit| exit.funds.amount)
}

/// The balance of `who` in the kind's currency, outside all pools.
fn balance(who: u8, kind: PoolKind) -> Balance {
	NativeAndAssets::balance(kind.currency(), &account(who))
}

/// The magnitude of its pool that `operator` allocates to `set` now.
fn allocated(operator: u8, kind: PoolKind, set: OperatorSetId) -> u64 {
	Restaking::allocation(account(operator), kind, set).0
}

/// [`ALICE`] stakes with `operator`.
fn delegate(operator: u8, amount: Balance) {
	assert_ok!(send(
		ALICE,
		delegation::Call::<Test>::stake { operator: account(operator), amount, least_shares: 0 }
	));
}

/// [`ALICE`] exits from `operator` with `amount`.
fn exit(operator: u8, amount: Balance) {
	exit_of(ALICE, operator, PoolKind::Stake, amount);
}

/// [`ALICE`] claims what she queued in era `queued`.
fn claim(operator: u8, queued: Era) -> DispatchResult {
	claim_of(operator, PoolKind::Stake, queued)
}

fn try_restake(who: u8, operator: u8, kind: PoolKind, amount: Balance) -> DispatchResult {
	let operator = account(operator);
	send(who, restaking::Call::<Test>::restake { operator, kind, amount, least_shares: 0 })
}

fn restake(who: u8, operator: u8, kind: PoolKind, amount: Balance) {
	assert_ok!(try_restake(who, operator, kind, amount));
}

fn try_exit(who: u8, operator: u8, kind: PoolKind, amount: ExitAmount) -> DispatchResult {
	send(who, delegation::Call::<Test>::exit { operator: account(operator), kind, amount })
}

fn exit_of(who: u8, operator: u8, kind: PoolKind, amount: Balance) {
	assert_ok!(try_exit(who, operator, kind, ExitAmount::Value(amount)));
}

fn claim_of(operator: u8, kind: PoolKind, queued: Era) -> DispatchResult {
	let (owner, operator) = (account(ALICE), account(operator));
	send(ALICE, delegation::Call::<Test>::claim { owner, operator, kind, queued })
}

/// A new service of [`OWNER`] with a set that accepts [`COINS`] and [`GEMS`], and also `Native` unless `destination` is
/// an account. Its condition 0 allows a slash of a half with a veto window of [`WINDOW`] and [`RESOLVER`] as resolver.
/// Slashed funds go to `destination`.
fn service(destination: Destination<mainstay_primitives::AccountId>) -> OperatorSetId {
	let avs = registry::NextAvsId::<Test>::get();
	let mut kinds = vec![(COINS, 1), (GEMS, 1)];
	if !matches!(destination, Destination::Account(_)) {
		kinds.insert(0, (PoolKind::Native, 1));
	}
	let kinds = kinds.try_into().unwrap();
	let (name, link) = (Default::default(), Default::default());
	assert_ok!(send(OWNER, registry::Call::<Test>::register { name, link }));
	let (admission, slasher) = (registry::Admission::Open, account(SLASHER));
	assert_ok!(send(
		OWNER,
		registry::Call::<Test>::create_set { avs, kinds, admission, min_stake: 0, slasher, destination }
	));
	let set = OperatorSetId { avs, index: 0 };
	add_condition(set, 50, WINDOW, Some(RESOLVER));
	set
}

/// Adds a condition.
fn add_condition(set: OperatorSetId, percent: u64, veto_window: Era, resolver: Option<u8>) {
	add_condition_of(set, percent, veto_window, resolver.map(|who| account(who).into()));
}

fn add_condition_of(
	set: OperatorSetId,
	percent: u64,
	veto_window: Era,
	resolver: Option<Resolver<mainstay_primitives::AccountId>>,
) {
	let max_fraction = percent * PERCENT;
	let text = Default::default();
	assert_ok!(send(
		OWNER,
		registry::Call::<Test>::add_condition { set, text, max_fraction, veto_window, resolver }
	));
}

/// Changes the terms of condition 0 of [`SET`].
fn change_condition(percent: u64, veto_window: Era, resolver: Option<u8>) {
	let (max_fraction, resolver) = (percent * PERCENT, resolver.map(|who| account(who).into()));
	let (set, id) = (SET, 0);
	assert_ok!(send(
		OWNER,
		registry::Call::<Test>::change_condition { set, id, max_fraction, veto_window, resolver }
	));
}

fn allocate(operator: u8, kind: PoolKind, set: OperatorSetId, percent: u64) {
	let magnitude = percent * PERCENT;
	assert_ok!(send(operator, restaking::Call::<Test>::allocate { kind, set, magnitude }));
}

fn join(operator: u8, set: OperatorSetId) {
	assert_ok!(send(operator, registry::Call::<Test>::join { set }));
}

fn leave(operator: u8, set: OperatorSetId) {
	assert_ok!(send(operator, registry::Call::<Test>::leave { set }));
}

/// `operator` deposits a [`STAKE`] of each of these kinds, allocates the given percentages to `set` and joins it.
fn serve(operator: u8, set: OperatorSetId, kinds: &[(PoolKind, u64)]) {
	for (kind, percent) in kinds {
		restake(operator, operator, *kind, STAKE);
		allocate(operator, *kind, set, *percent);
	}
	join(operator, set);
}

/// Operator 1 serves [`SET`] with half of its `Native` pool and all of its [`COINS`]. It is era 1, and both bind.
fn served() {
	service(Destination::Burn);
	serve(1, SET, &[(PoolKind::Native, 50), (COINS, 100)]);
	Now::set(1);
	events();
}

/// The slasher of `set` reports `operator` for condition 0, with a percentage of each kind.
fn attest(set: OperatorSetId, operator: u8, kinds: &[(PoolKind, u64)], capture: Era) -> DispatchResult {
	attest_for(0, set, operator, kinds, capture)
}

fn attest_for(
	condition: ConditionId,
	set: OperatorSetId,
	operator: u8,
	kinds: &[(PoolKind, u64)],
	capture: Era,
) -> DispatchResult {
	let fractions: Vec<_> = kinds.iter().map(|(kind, percent)| (*kind, percent * PERCENT)).collect();
	let (operator, fractions) = (account(operator), fractions.try_into().unwrap());
	send(SLASHER, Call::report { set, operator, condition, fractions, capture })
}

/// The lane of a slash that [`SLASHER`] reported for condition 0. Parts: kind, requested percentage, allocated
/// percentage.
fn attested(set: OperatorSetId, parts: &[(PoolKind, u64, u64)]) -> Lane<mainstay_primitives::AccountId> {
	let part = |(kind, fraction, magnitude): &(PoolKind, u64, u64)| Part {
		kind: *kind,
		fraction: Fraction(fraction * PERCENT),
		magnitude: Magnitude(magnitude * PERCENT),
	};
	let parts: Vec<_> = parts.iter().map(part).collect();
	let resolver = Some(account(RESOLVER).into());
	Lane::Attested { set, condition: 0, resolver, parts: parts.try_into().unwrap() }
}

/// The pending slashes.
fn pending() -> Vec<SlashId> {
	let mut ids: Vec<_> = Slashes::<Test>::iter_keys().collect();
	ids.sort();
	ids
}
