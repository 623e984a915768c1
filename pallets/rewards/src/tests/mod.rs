//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok, assert_storage_noop,
	dispatch::DispatchResultWithPostInfo,
	traits::{
		fungible::{InspectHold, Mutate},
		fungibles, Hooks,
	},
	weights::Weight,
};
use mainstay_avs_registry as registry;
use mainstay_operator_delegation as delegation;
use mainstay_primitives::{
	traits::{
		EraEnded, InspectExposures as _, InspectPools as _, OperatorSets as _, SettlePositions as _,
		SettleRewards as _, SlashExposures as _, SlashPools as _,
	},
	AccountId, Balance, Currency, Destination, Era, ExitAmount, Fraction, Multiplier, OperatorSetId,
	PoolKind, STAY, WAD,
};
use mainstay_restaking as restaking;
use sp_core::U256;
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult, TokenError};

mod collecting;
mod fresh;
mod inflation;
mod migrations;
mod named;
mod paid;
mod payments;
mod property;
mod settling;
mod state;
mod stream_property;
mod streams;
mod sweep;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;

/// Operators.
const NORTH: u8 = 1;
const SOUTH: u8 = 2;
const EAST: u8 = 3;
/// Delegators.
const ALICE: u8 = 6;
const BOB: u8 = 7;
/// Owns the service of most tests.
const OWNER: u8 = 8;
/// Pays the service.
const PAYER: u8 = 9;
/// An account that is none of these, and one that has nothing.
const STRANGER: u8 = 10;
const PAUPER: u8 = 50;

/// The first operator set of the first service.
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
/// The currencies: STAY, two assets with a minimum balance of one unit, and one whose minimum balance is
/// [`COARSE_MINIMUM`].
const STAYS: Currency = Currency::Native;
const GOLD: Currency = Currency::WithId(1);
const SILVER: Currency = Currency::WithId(2);
const COARSE: Currency = Currency::WithId(3);
/// The pool kind of [`GOLD`].
const ASSET: PoolKind = PoolKind::Asset(1);

fn kinds(kinds: &[(PoolKind, Multiplier)]) -> registry::Kinds<Test> {
	kinds.to_vec().try_into().unwrap()
}

/// Creates another set of service 0 that every operator may join.
fn create_set(list: &[(PoolKind, Multiplier)]) {
	let create = registry::Call::<Test>::create_set {
		avs: 0,
		kinds: kinds(list),
		admission: registry::Admission::Open,
		min_stake: 0,
		slasher: account(OWNER),
		destination: Destination::Burn,
	};
	assert_ok!(send(OWNER, create));
}

/// Service 0 of [`OWNER`] with [`SET`].
fn service(list: &[(PoolKind, Multiplier)]) {
	let (name, link) = (Default::default(), Default::default());
	assert_ok!(send(OWNER, registry::Call::<Test>::register { name, link }));
	create_set(list);
}

/// [`service`] that accepts `Native`. [`NORTH`] serves it with 600 STAY, all of them allocated.
fn served() {
	service(&[(PoolKind::Native, 1)]);
	serve(NORTH, PoolKind::Native, 600 * STAY);
	next_era();
}

fn next_era() {
	Now::mutate(|now| *now += 1);
}

fn try_restake(who: u8, operator: u8, kind: PoolKind, amount: Balance) -> DispatchResult {
	let operator = account(operator);
	send(who, restaking::Call::<Test>::restake { operator, kind, amount, least_shares: 0 })
}

fn restake(who: u8, operator: u8, kind: PoolKind, amount: Balance) {
	assert_ok!(try_restake(who, operator, kind, amount));
}

fn exit(who: u8, operator: u8, kind: PoolKind, amount: ExitAmount) {
	assert_ok!(send(who, delegation::Call::<Test>::exit { operator: account(operator), kind, amount }));
}

fn try_allocate(operator: u8, kind: PoolKind, set: OperatorSetId, magnitude: u64) -> DispatchResult {
	send(operator, restaking::Call::<Test>::allocate { kind, set, magnitude })
}

fn allocate(operator: u8, kind: PoolKind, magnitude: u64) {
	assert_ok!(try_allocate(operator, kind, SET, magnitude));
}

/// What [`SET`] may slash of a pool now.
fn allocated(operator: &AccountId, kind: PoolKind) -> u64 {
	Restaking::allocation(operator.clone(), kind, SET).0
}

fn join(operator: u8) {
	assert_ok!(send(operator, registry::Call::<Test>::join { set: SET }));
}

/// `operator` deposits `amount` into its pool, allocates all of the pool to [`SET`] and joins it. Both bind in the next
/// era.
fn serve(operator: u8, kind: PoolKind, amount: Balance) {
	restake(operator, operator, kind, amount);
	allocate(operator, kind, WAD);
	join(operator);
}

fn set_commission(operator: u8, commission: u16) {
	assert_ok!(send(operator, delegation::Call::<Test>::set_commission { commission }));
}

fn try_pay(payer: u8, currency: Currency, amount: Balance) -> DispatchResult {
	send(payer, Call::pay_set { set: SET, currency, amount })
}

/// [`PAYER`] pays [`SET`] in STAY. [`OWNER`] pays it in assets, as only an owner may.
fn pay(currency: Currency, amount: Balance) {
	let payer = if currency == STAYS { PAYER } else { OWNER };
	assert_ok!(try_pay(payer, currency, amount));
}

fn try_open(
	who: u8,
	set: OperatorSetId,
	currency: Currency,
	rate: Balance,
	funds: Balance,
	notice: Era,
) -> DispatchResult {
	send(who, Call::open_stream { set, currency, rate, funds, notice })
}

/// [`OWNER`] opens a stream of [`SET`].
fn open(currency: Currency, rate: Balance, funds: Balance, notice: Era) -> StreamId {
	let id = NextStreamId::<Test>::get();
	assert_ok!(try_open(OWNER, SET, currency, rate, funds, notice));
	id
}

fn top_up(who: u8, id: StreamId, amount: Balance) -> DispatchResult {
	send(who, Call::top_up { id, amount })
}

fn stop(who: u8, id: StreamId) -> DispatchResult {
	send(who, Call::stop_stream { id })
}

fn distribute(id: StreamId) -> DispatchResult {
	send(STRANGER, Call::distribute { id })
}

fn stream(id: StreamId) -> Option<Stream<AccountId>> {
	Streams::<Test>::get(id)
}

fn change(id: StreamId, change: impl FnOnce(&mut Stream<AccountId>)) {
	Streams::<Test>::mutate(id, |stream| change(stream.as_mut().unwrap()));
}

/// What is left of a stream's funds: 0 if the stream has ended.
fn funds(id: StreamId) -> Balance {
	stream(id).map_or(0, |stream| stream.funds)
}

/// The deposits of `who` for streams.
fn on_hold(who: u8) -> Balance {
	Balances::balance_on_hold(&HoldReason::Stream.into(), &account(who))
}

/// Runs the hook with `left`, the rest of a block. Returns what it used.
fn idle(left: Weight) -> Weight {
	Rewards::on_idle(System::block_number(), left)
}

/// The shares of operators with these weights in `pot`, each as commission and rest, and the remainder of `pot`.
fn parts(pot: Balance, weights: &[Balance]) -> (Vec<(Balance, Balance)>, Balance) {
	let total: Balance = weights.iter().sum();
	let parts = weights.iter().map(|weight| {
		let part = pot * weight / total;
		let commission = part * Balance::from(COMMISSION) / 10_000;
		(commission, part - commission)
	});
	let parts: Vec<_> = parts.collect();
	let given: Balance = parts.iter().map(|(commission, rest)| commission + rest).sum();
	(parts, pot - given)
}

/// What the first generation of a pool was paid in all, in parts of [`ACC_SCALE`], including the carry.
fn accrued(operator: u8, kind: PoolKind, currency: Currency) -> U256 {
	let shares = OperatorDelegation::pool(&account(operator), kind).map_or(0, |pool| pool.funds.shares);
	accumulator(operator, kind, currency)
		.map_or(U256::zero(), |sum| sum.per_share * U256::from(shares) + U256::from(sum.carry))
}

/// Slashes `fraction` of what is allocated to `set` of a pool, as the slashing pallet does.
fn slash(operator: u8, kind: PoolKind, set: OperatorSetId, fraction: u64) -> Balance {
	let (operator, capture) = (account(operator), Now::get());
	let magnitude = Restaking::slashable_magnitude(&operator, kind, set, capture);
	Restaking::slash(&operator, kind, set, magnitude, Fraction(fraction), capture)
}

/// Takes all of a pool.
fn wipe(operator: u8, kind: PoolKind) {
	assert!(OperatorDelegation::take(&account(operator), kind, Fraction::WHOLE, Now::get()) > 0);
}

/// No limit.
const ALL: u32 = u32::MAX;

fn collect(sender: u8, owner: u8, operator: u8, kind: PoolKind) -> DispatchResult {
	send(sender, Call::collect { owner: account(owner), operator: account(operator), kind, currencies: ALL })
}

fn collect_all(sender: u8, owner: u8, after: Option<(AccountId, PoolKind)>) -> DispatchResult {
	send(sender, Call::collect_all { owner: account(owner), after, positions: ALL, currencies: ALL })
}

/// Mints and credits `amount` to `who`.
fn give(who: u8, currency: Currency, amount: Balance) {
	let to = Rewards::account();
	assert_ok!(<NativeAndAssets as fungibles::Mutate<_>>::mint_into(currency.clone(), &to, amount));
	assert_ok!(Rewards::credit(&account(who), currency, amount));
}

fn balance_of(who: &AccountId, currency: Currency) -> Balance {
	<NativeAndAssets as fungibles::Inspect<_>>::balance(currency, who)
}

fn balance(who: u8, currency: Currency) -> Balance {
	balance_of(&account(who), currency)
}

fn credit(who: u8, currency: Currency) -> Balance {
	Credit::<Test>::get(account(who), currency)
}

/// What the account holds above the minimum balance.
fn held(currency: Currency) -> Balance {
	let least = <NativeAndAssets as fungibles::Inspect<_>>::minimum_balance(currency.clone());
	balance_of(&Rewards::account(), currency) - least
}

fn carried(currency: Currency) -> Balance {
	Carried::<Test>::get(SET, currency)
}

/// What the first generation of a pool was paid in `currency`.
fn accumulator(operator: u8, kind: PoolKind, currency: Currency) -> Option<Accumulator> {
	Accruals::<Test>::get((account(operator), kind, 0)).get(&currency).copied()
}

fn settled(who: u8, operator: u8, kind: PoolKind) -> Option<Checkpoint<Test>> {
	Settled::<Test>::get((account(who), account(operator), kind))
}

fn unsettled(who: u8, operator: u8, kind: PoolKind) -> Vec<(Currency, Balance)> {
	Rewards::unsettled_rewards(account(who), account(operator), kind)
}

fn collected(who: u8, currency: Currency, amount: Balance, to: u8) -> Event {
	Event::Collected { who: account(who), currency, amount, to: account(to) }
}

fn not_collected(who: u8, currency: Currency, amount: Balance, error: DispatchError) -> Event {
	Event::NotCollected { who: account(who), currency, amount, error }
}

/// An amount as accumulators count it.
fn scaled(amount: Balance) -> U256 {
	U256::from(amount) * U256::from(ACC_SCALE)
}

/// Compares the events with the expected ones in any order, because currencies come in the order of storage.
fn assert_said(expected: &[Event]) {
	let said = events();
	assert!(expected.iter().all(|event| said.contains(event)), "{said:?}");
	assert_eq!(said.len(), expected.len(), "{said:?}");
}
