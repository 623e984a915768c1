//! Tests by subject.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use mainstay_avs_registry as registry;
use mainstay_operator_delegation as delegation;
use mainstay_primitives::{
	traits::{
		AssetRegistry, Compound as _, InspectExposures as _, InspectPools as _, OperatorSets as _,
		PaySlashed as _, ServiceCut, SlashExposures as _, SlashPools as _,
	},
	AssetId, Balance, Currency, Destination, Era, ExitAmount, Fraction, Magnitude, Multiplier, OperatorSetId,
	Pool, PoolKind, Position, SharePool, STAY, WAD,
};
use sp_runtime::{DispatchError, DispatchResult, TokenError};

mod allocations;
mod assets;
mod audience;
mod bounds;
mod closed;
mod cuts;
mod leverage;
mod migrations;
mod opt_in;
mod refund;
mod stop;
mod unique;
mod wipes;

type Call = crate::Call<Test>;
type Error = crate::Error<Test>;
type Event = crate::Event<Test>;
type Delegation = delegation::Error<Test>;

/// The operator of most tests, and another.
const NORTH: u8 = 1;
const SOUTH: u8 = 2;
/// Two delegators.
const ALICE: u8 = 3;
const BOB: u8 = 4;
/// Owns the service of most tests.
const OWNER: u8 = 7;
/// An account that is none of these.
const STRANGER: u8 = 8;
/// Pays rewards.
const PAYER: u8 = 9;
/// Pays for places in custody.
const FUNDER: u8 = 10;

/// The asset that [`admit`] admits.
const TOKEN: AssetId = 7;
const ASSET: PoolKind = PoolKind::Asset(TOKEN);

/// A thousandth of a pool.
const MILLE: u64 = WAD / 1_000;

/// The operator set numbered `n` of the first service.
fn set(n: u32) -> OperatorSetId {
	OperatorSetId { avs: 0, index: n }
}

fn try_admit(id: AssetId, cap: Balance, trusted: bool) -> DispatchResult {
	let (funder, min_deposit) = (account(FUNDER), MIN_DEPOSIT);
	govern(Call::add_asset { id, cap, funder, trusted, min_deposit })
}

/// Admits [`TOKEN`] without a cap.
fn admit() {
	assert_ok!(try_admit(TOKEN, Balance::MAX, false));
	events();
}

fn create_set(kinds: &[(PoolKind, Multiplier)]) {
	create_set_to(kinds, Destination::Burn);
}

/// Creates a set that gives slashed funds to `destination`.
fn create_set_to(kinds: &[(PoolKind, Multiplier)], destination: Destination<mainstay_primitives::AccountId>) {
	assert_ok!(send(
		OWNER,
		registry::Call::<Test>::create_set {
			avs: 0,
			kinds: kinds.to_vec().try_into().unwrap(),
			admission: registry::Admission::Open,
			min_stake: 0,
			slasher: account(OWNER),
			destination,
		}
	));
}

/// Service 0 of [`OWNER`], with `sets` sets that accept `Native` and [`ASSET`].
fn service(sets: u32) {
	let (name, link) = (Default::default(), Default::default());
	assert_ok!(send(OWNER, registry::Call::<Test>::register { name, link }));
	for _ in 0..sets {
		create_set(&[(PoolKind::Native, 1), (ASSET, 1)]);
	}
}

fn try_restake(who: u8, operator: u8, kind: PoolKind, amount: Balance) -> DispatchResult {
	send(who, Call::restake { operator: account(operator), kind, amount, least_shares: 0 })
}

/// Deposits `amount` into a pool of [`NORTH`].
fn restake(who: u8, kind: PoolKind, amount: Balance) {
	assert_ok!(try_restake(who, NORTH, kind, amount));
}

fn stake(who: u8, amount: Balance) {
	let operator = account(NORTH);
	assert_ok!(send(who, delegation::Call::<Test>::stake { operator, amount, least_shares: 0 }));
}

fn exit(who: u8, kind: PoolKind, amount: ExitAmount) {
	assert_ok!(send(who, delegation::Call::<Test>::exit { operator: account(NORTH), kind, amount }));
}

fn claim(who: u8, kind: PoolKind, queued: Era) -> DispatchResult {
	let (owner, operator) = (account(who), account(NORTH));
	send(STRANGER, delegation::Call::<Test>::claim { owner, operator, kind, queued })
}

fn retire() {
	assert_ok!(send(NORTH, delegation::Call::<Test>::retire {}));
}

fn try_allocate(kind: PoolKind, n: u32, magnitude: u64) -> DispatchResult {
	send(NORTH, Call::allocate { kind, set: set(n), magnitude })
}

/// Allocates a part of the `Native` pool of [`NORTH`].
fn allocate(n: u32, magnitude: u64) {
	assert_ok!(try_allocate(PoolKind::Native, n, magnitude));
}

/// The allocation of [`NORTH`]'s `Native` pool to set `n`: what binds, and what is pending.
fn allocated(n: u32) -> (u64, Option<(u64, Era)>) {
	Restaking::allocation(account(NORTH), PoolKind::Native, set(n))
}

fn changed_of(kind: PoolKind, n: u32, magnitude: u64, effective: Era) -> Event {
	Event::AllocationChanged { operator: account(NORTH), kind, set: set(n), magnitude, effective }
}

/// The event of a changed allocation of [`NORTH`]'s `Native` pool.
fn changed(n: u32, magnitude: u64, effective: Era) -> Event {
	changed_of(PoolKind::Native, n, magnitude, effective)
}

/// [`NORTH`] joins a set.
fn join(n: u32) {
	assert_ok!(send(NORTH, registry::Call::<Test>::join { set: set(n) }));
}

fn set_kinds(n: u32, kinds: &[(PoolKind, Multiplier)]) {
	let kinds = kinds.to_vec().try_into().unwrap();
	assert_ok!(send(OWNER, registry::Call::<Test>::set_kinds { set: set(n), kinds }));
}

/// What set `n` may slash of the `Native` pool for each of `eras`.
fn answers(n: u32, eras: core::ops::RangeInclusive<Era>) -> Vec<u64> {
	eras.map(|era| Restaking::slashable_magnitude(&account(NORTH), PoolKind::Native, set(n), era).0).collect()
}

fn current(n: u32) -> u64 {
	allocated(n).0
}

/// Stores the allocation that has come to bind, as reports do. Returns what is allocated now.
fn mature(n: u32) -> u64 {
	Restaking::mature(&account(NORTH), PoolKind::Native, set(n));
	Restaking::allocated(&account(NORTH), PoolKind::Native, set(n)).0
}

fn pool(kind: PoolKind) -> Pool {
	OperatorDelegation::pool(&account(NORTH), kind).unwrap()
}

fn position(who: u8, kind: PoolKind) -> Option<Position> {
	OperatorDelegation::position(&account(who), &account(NORTH), kind)
}

/// A position with shares that came in the running era.
fn fresh(shares: u128, generation: u32) -> Option<Position> {
	Some(Position { shares, generation, fresh: shares, fresh_era: Now::get() })
}

/// What a slash did to a pool that was never wiped.
fn cut_of(taken: Balance, cut: u64, left: u64) -> ServiceCut {
	ServiceCut { taken, cut: Magnitude(cut), left: Some(Magnitude(left)), eras: (0, Era::MAX) }
}

/// Custody's whole balance of an asset, including the minimum balance.
fn in_custody(id: AssetId) -> Balance {
	mock::Assets::balance(id, OperatorDelegation::custody())
}

/// What is left of the exit from a pool of [`NORTH`] queued in era `queued`, and its magnitude.
fn bucket(kind: PoolKind, queued: Era) -> Option<(SharePool, u64)> {
	delegation::Exits::<Test>::get((account(NORTH), kind, queued))
		.map(|bucket| (bucket.funds, bucket.max_magnitude))
}

/// Slashes [`NORTH`] as the slashing pallet does.
fn slash(kind: PoolKind, n: u32, fraction: u64, capture: Era) -> ServiceCut {
	Restaking::do_slash(&account(NORTH), kind, set(n), Magnitude(WAD), Fraction(fraction), capture)
}

/// The free balance of `who`, of STAY and of [`TOKEN`].
fn balances(who: u8) -> (Balance, Balance) {
	let who = account(who);
	(Balances::free_balance(&who), mock::Assets::balance(TOKEN, who))
}
