//! A crowd: a state of many positions, operators and services, from which the chain of a real node can start.
//! Benchmarks of the JSON-RPC use it in two sizes, to show how the cost of answers depends on the size of the state.
//!
//! The pallets' calls build it in era 0, before the first block, so that sessions, BABE and the clock are those of a
//! real genesis. Changes with a delay bind while the node runs: operators answer to their sets, and streams begin to
//! pay, from era 1 on.
//!
//! Everything in it can be named without a search: accounts are derived from the development phrase by their names, as
//! [`account`] does and as clients read `//operator-00042`, and services have ascending ids.
//!
//! | | |
//! |---|---|
//! | `//Alice` | operator 0, the only validator, and her own only delegator |
//! | `//operator-00001` on | operators; number `n` has pools of `Stake`, `Native` and asset `1 + n % 8` |
//! | `//operator-00001` | has the most delegators, in its `Native` pool; serves 32 sets, the maximum |
//! | `//delegator-00000` | has a position with each of the operators from 1 to [`Size::held`] |
//! | `//delegator-00001` on | have positions with operator 1, in the requested number, and with three to eight others |
//! | `//service-00000` on | own the service of their number, and are the slasher of its sets |
//! | set 0 of service 0 | has 300 members, the maximum; its streams, 0 and 1, take most of a hook's part of a block |

use crate::{
	chain,
	services::{self, back, signed},
};
use frame_support::traits::{fungibles::Mutate, Get};
use mainstay_avs_registry::{Admission, Avses, Memberships, Sets};
use mainstay_operator_delegation::{Claims, Operators, Policy, Positions};
use mainstay_primitives::{
	AccountId, AssetId, Balance, Bps, ConditionId, Currency, Destination, ExitAmount, OperatorSetId,
	PoolKind, Resolver, STAY, WAD,
};
use mainstay_restaking::Exposures;
use mainstay_rewards::Streams;
use mainstay_runtime::{
	configs::clock::MinDeposit, Assets, AvsRegistry, ChainTreasury, NativeAndAssets, OperatorDelegation,
	Restaking, Rewards, Runtime, RuntimeOrigin,
};
use sp_core::{
	crypto::{DeriveJunction, DEV_PHRASE},
	sr25519, Pair,
};
use sp_io::TestExternalities;
use std::{iter, sync::OnceLock};

/// The number of restaked assets besides STAY.
const ASSETS: u32 = 8;
/// The number of members of set 0 of service 0, which is the largest.
const MOST_MEMBERS: usize = 300;
/// The maximum number of sets that an operator serves. Operator 1 serves the first sets of the first services.
const MOST_SETS: u32 = 32;
/// The STAY that an account owns besides its stake.
const PURSE: Balance = 10_000 * STAY;
/// The STAY of a service's owner for deposits and streams.
const BUDGET: Balance = 500_000 * STAY;
/// The minimum stake of a set: at most the smallest part of the smallest pool, see [`join`].
const LEAST: Balance = 10 * STAY;
/// The number of eras for which a stream has funds.
const FUNDED_ERAS: Balance = 10_000;
/// The number of items that are changed in memory between two commits to the trie.
const BATCH: usize = 10_000;
/// Parts of operators' names, so that a search for one of them finds many.
const PLACES: [&str; 8] = ["Aarau", "Bergen", "Cordoba", "Delft", "Evora", "Ferrara", "Gdansk", "Hobart"];
/// Like [`PLACES`], for services.
const TRADES: [&str; 8] =
	["bridge", "coprocessor", "keeper", "oracle", "randomness", "rollup", "sequencer", "storage"];
/// The texts of conditions.
const OFFENCES: [&str; 4] = [
	"It signed two different answers to one question.",
	"It did not answer a task within its deadline.",
	"It published a state root that a proof refutes.",
	"It withheld data that it had attested to.",
];

/// The size of a crowd.
#[derive(Clone, Copy, Debug)]
pub struct Size {
	/// The number of positions, of all owners and kinds.
	pub positions: u32,
	/// The number of operators, Alice included.
	pub operators: u32,
	/// The number of services.
	pub services: u32,
	/// The number of delegators of operator 1, besides itself and delegator 0.
	pub backers: u32,
	/// The number of operators of delegator 0.
	pub held: u32,
}

impl Size {
	/// A crowd in which one operator has a tenth of all positions, and one delegator a hundredth.
	pub fn new(positions: u32, operators: u32, services: u32) -> Self {
		Self { positions, operators, services, backers: positions / 10, held: positions / 100 }
	}

	/// The numbers of all operators except Alice.
	fn numbers(&self) -> impl Iterator<Item = u32> + Clone {
		1..self.operators
	}
}

/// A position to create: delegator, operator, kind.
type Deal = (u32, u32, PoolKind);

/// The account whose key clients derive as `//name`.
pub fn account(name: &str) -> AccountId {
	static ROOT: OnceLock<sr25519::Pair> = OnceLock::new();
	let root = ROOT.get_or_init(|| Pair::from_string(DEV_PHRASE, None).expect("a valid phrase"));
	let junction = DeriveJunction::from(format!("/{name}"));
	let (key, _) = root.derive(iter::once(junction), None).expect("hard junctions derive");
	key.public().into()
}

/// The name of an operator other than Alice, from which its account is derived.
fn operator_name(number: u32) -> String {
	format!("operator-{number:05}")
}

/// The account of a service's owner.
fn owner(service: u32) -> AccountId {
	account(&format!("service-{service:05}"))
}

/// A number that looks random but is always the same.
fn mix(number: u32, salt: u64) -> u64 {
	// The finalizer of SplitMix64.
	let mut z = (u64::from(number) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(salt << 32);
	z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
	z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
	z ^ (z >> 31)
}

/// The asset of which operator `number` has a pool, or that service `number` accepts.
fn asset_of(number: u32) -> AssetId {
	1 + number % ASSETS
}

/// The kinds of an operator's pools.
fn kinds_of(operator: u32) -> [PoolKind; 3] {
	[PoolKind::Stake, PoolKind::Native, PoolKind::Asset(asset_of(operator))]
}

/// Whether an operator retires at the end of the setup.
fn retires(operator: u32) -> bool {
	operator % 200 == 199
}

fn commission(operator: u32) -> Bps {
	(mix(operator, 1) % 2_001) as Bps
}

/// Mints funds of a currency for `who`.
fn fund(who: &AccountId, currency: Currency, amount: Balance) {
	<NativeAndAssets as Mutate<_>>::mint_into(currency, who, amount).expect("far below the bound");
}

/// Mints the funds for a deposit of `who`, and makes the deposit.
fn enter(who: &AccountId, operator: &AccountId, kind: PoolKind, amount: Balance) {
	fund(who, kind.currency(), amount);
	back(who, operator, kind, amount);
}

/// Creates the assets, which the chain itself owns, and admits them.
fn admit_assets() {
	let (chain, root) = (ChainTreasury::account(), RuntimeOrigin::root);
	for id in 1..=ASSETS {
		Assets::force_create(root(), id.into(), chain.clone().into(), true, 1).expect("new");
		let (name, symbol) = (format!("Restakeable asset {id}"), format!("RST{id}"));
		Assets::force_set_metadata(root(), id.into(), name.into(), symbol.into(), 12, false)
			.expect("short enough");
		let funder = account("Alice");
		fund(&funder, Currency::WithId(id), PURSE);
		Restaking::add_asset(root(), id, Balance::MAX, funder, false, MinDeposit::get())
			.expect("the chain's own");
	}
}

/// Registers an operator with its terms and its own stake.
fn register(number: u32, who: &AccountId) {
	let (origin, own) = (|| signed(who), commission(number));
	fund(who, Currency::Native, PURSE);
	OperatorDelegation::register(origin(), own).expect("new");
	name_operator(who, &operator_name(number), PLACES[number as usize % PLACES.len()]);
	if number.is_multiple_of(3) {
		let notice = (1 + mix(number, 2) % 20) as u32;
		OperatorDelegation::set_promise(origin(), own + 500, notice).expect("more than it takes");
	}
	if number.is_multiple_of(10) {
		OperatorDelegation::set_commission(origin(), own + 100).expect("within the promise");
	}
	if number % 7 < 2 {
		Restaking::set_leverage(origin(), 100 * (1 + number % 7)).expect("less than the chain's");
	}
	for kind in kinds_of(number) {
		enter(who, who, kind, (1_000 + Balance::from(mix(number, 3)) % 99_000) * STAY);
	}
}

fn name_operator(who: &AccountId, name: &str, place: &str) {
	let link = format!("https://{name}.example").into_bytes().try_into().expect("short enough");
	let name = format!("{name} {place}").into_bytes().try_into().expect("short enough");
	OperatorDelegation::set_metadata(signed(who), name, link).expect("an operator");
}

/// An operator's last step: it takes deposits only from some accounts, or retires.
fn settle_down(number: u32, who: &AccountId) {
	if number % 20 == 19 {
		OperatorDelegation::set_policy(signed(who), Policy::AllowList).expect("it was open");
		for delegator in ["delegator-00000", "delegator-00001"] {
			OperatorDelegation::allow(signed(who), account(delegator)).expect("not on the list");
		}
	}
	if retires(number) {
		OperatorDelegation::retire(signed(who)).expect("not retired yet");
	}
}

/// The positions to create, in addition to the operators' own.
fn deals(size: &Size) -> Vec<Deal> {
	// Alice has one position already.
	let own = 1 + size.numbers().count() * kinds_of(0).len();
	let held = (1..=size.held).map(|operator| (0, operator, kinds_of(operator)[operator as usize % 3]));
	let backers = (1..=size.backers).map(|delegator| (delegator, 1, PoolKind::Native));
	// In turn, from operator 2 on, with another kind in each round.
	let others = size.operators - 2;
	let places = (0..).map(|n| {
		let operator = 2 + n % others;
		(operator, kinds_of(operator)[((n / others + n) % 3) as usize])
	});
	let seats = (1..).flat_map(|delegator| iter::repeat_n(delegator, 3 + mix(delegator, 4) as usize % 6));
	let rest = seats.zip(places).map(|(delegator, (operator, kind))| (delegator, operator, kind));
	let left = (size.positions as usize)
		.checked_sub(own)
		.filter(|left| *left >= (size.held + size.backers) as usize)
		.expect("more positions than the operators', the holder's and the backers'");
	held.chain(backers).chain(rest).take(left).collect()
}

/// Creates position number `n` of [`deals`]. Some owners exit with a part of it.
fn deal(n: usize, operators: &[AccountId], delegators: &[AccountId], (delegator, operator, kind): Deal) {
	let (who, operator) = (&delegators[delegator as usize], &operators[operator as usize]);
	let luck = mix(n as u32, 5);
	// Most deposits are small.
	let amount = Balance::from(10 + luck % 90) * STAY * (1_u128 << (luck >> 32).trailing_zeros().min(10));
	enter(who, operator, kind, amount);
	if n.is_multiple_of(50) {
		let part = ExitAmount::Value(amount / 10);
		OperatorDelegation::exit(signed(who), operator.clone(), kind, part).expect("it has more");
	}
}

/// The operators of an asset, which take turns in serving the sets of services that accept the asset.
struct Turns {
	operators: Vec<u32>,
	next: usize,
}

impl Turns {
	fn of(size: &Size, asset: AssetId) -> Self {
		let serves = |number: &u32| *number > 1 && asset_of(*number) == asset && !retires(*number);
		Self { operators: size.numbers().filter(serves).collect(), next: 0 }
	}

	/// The next `count` operators, each once.
	fn take(&mut self, count: usize) -> Vec<u32> {
		assert!(count <= self.operators.len(), "more operators than a set has members");
		let from = self.next;
		self.next += count;
		(from..self.next).map(|n| self.operators[n % self.operators.len()]).collect()
	}
}

/// Creates service `number` with its sets, members and streams.
fn serve(number: u32, operators: &[AccountId], turns: &mut [Turns]) {
	let (who, asset) = (owner(number), asset_of(number));
	for currency in [Currency::Native, Currency::WithId(asset)] {
		fund(&who, currency, BUDGET);
	}
	let name = format!("service-{number:05} {}", TRADES[number as usize % TRADES.len()]);
	let link = format!("https://service-{number:05}.example");
	let name = name.into_bytes().try_into().expect("short enough");
	AvsRegistry::register(signed(&who), name, link.into_bytes().try_into().expect("short enough"))
		.expect("funded");

	let sets = 1 + u32::from(number.is_multiple_of(5)) + u32::from(number.is_multiple_of(20));
	for index in 0..sets {
		let set = OperatorSetId { avs: number, index };
		create_set(&who, set, asset);
		let turns = &mut turns[(asset - 1) as usize];
		let mut members = match (number, index) {
			(0, 0) => (2..operators.len() as u32).filter(|n| !retires(*n)).take(MOST_MEMBERS - 1).collect(),
			(_, 0) => turns.take(5 + mix(number, 6) as usize % 11),
			_ => turns.take(3 + mix(number, 7) as usize % 4),
		};
		if number < MOST_SETS && index == 0 {
			members.push(1);
		}
		for member in members {
			join(&who, set, asset, member, &operators[member as usize]);
		}
		if number % 25 == 7 {
			AvsRegistry::set_admission(signed(&who), set, Admission::Paused).expect("it took members");
		}
		if number % 25 == 3 {
			AvsRegistry::change_condition(signed(&who), set, 0, WAD, 0, None).expect("other terms");
		}
	}

	let stream = |currency| {
		let (set, luck) = (OperatorSetId { avs: number, index: 0 }, mix(number, 8));
		let rate = Balance::from(1 + luck % 10) * STAY;
		let notice = (luck >> 32) as u32 % 8;
		Rewards::open_stream(signed(&who), set, currency, rate, FUNDED_ERAS * rate, notice).expect("funded");
	};
	if number.is_multiple_of(7) {
		stream(Currency::Native);
	}
	if number.is_multiple_of(35) {
		stream(Currency::WithId(asset));
	}
}

/// Creates a set with its conditions.
fn create_set(who: &AccountId, set: OperatorSetId, asset: AssetId) {
	let kinds = vec![(PoolKind::Native, 1), (PoolKind::Asset(asset), 1 + set.avs % 3)];
	let kinds = kinds.try_into().expect("two kinds");
	let admission = if set.avs % 10 == 3 { Admission::Approved } else { Admission::Open };
	let destination = match set.avs % 4 {
		0 | 1 => Destination::Burn,
		_ => Destination::Treasury,
	};
	AvsRegistry::create_set(signed(who), set.avs, kinds, admission, LEAST, who.clone(), destination)
		.expect("the owner's");
	for id in 0..1 + (set.avs + set.index) % OFFENCES.len() as ConditionId {
		let text = OFFENCES[id as usize].as_bytes().to_vec().try_into().expect("short enough");
		let fraction = WAD / 20 * u64::from(1 + id);
		let resolver = match (set.avs + id) % 3 {
			0 => Some(Resolver::Account(who.clone())),
			1 => Some(Resolver::Governance),
			_ => None,
		};
		AvsRegistry::add_condition(signed(who), set, text, fraction, 1 + id % 3, resolver)
			.expect("the owner's");
	}
}

/// Lets an operator join a set and allocate a part of its pools, so small that it could serve the maximum number of
/// sets.
fn join(owner: &AccountId, set: OperatorSetId, asset: AssetId, number: u32, operator: &AccountId) {
	if set.avs % 10 == 3 {
		AvsRegistry::approve(signed(owner), set, operator.clone()).expect("not approved yet");
	}
	let share = WAD / u64::from(2 * MOST_SETS);
	let magnitude = share + mix(number, set.avs.into()) % share;
	let accepted = kinds_of(number).into_iter().skip(1);
	let accepted = accepted.filter(|kind| [PoolKind::Native, PoolKind::Asset(asset)].contains(kind));
	let magnitudes: Vec<_> = accepted.map(|kind| (kind, magnitude)).collect();
	services::serve(operator, set, &magnitudes);
}

/// Runs `act` on all of `items`, and commits after each batch.
fn in_batches<I>(ext: &mut TestExternalities, items: impl IntoIterator<Item = I>, mut act: impl FnMut(I)) {
	let mut items = items.into_iter().peekable();
	while items.peek().is_some() {
		ext.execute_with(|| items.by_ref().take(BATCH).for_each(&mut act));
		ext.commit_all().expect("no layer is open");
	}
}

/// The state of a crowd, as the genesis of a development chain. The invariants of all our pallets hold in it.
pub fn state(size: &Size) -> TestExternalities {
	assert!(size.operators as usize > MOST_MEMBERS + 2, "not enough operators for the largest set");
	assert!(size.held < size.operators, "not enough operators for delegator 0");
	let operators: Vec<_> =
		iter::once(account("Alice")).chain(size.numbers().map(|n| account(&operator_name(n)))).collect();
	let deals = deals(size);
	let last = deals.iter().map(|(delegator, ..)| *delegator).max().unwrap_or(0);
	let delegators: Vec<_> = (0..=last).map(|n| account(&format!("delegator-{n:05}"))).collect();
	let of = |number: u32| &operators[number as usize];

	let mut ext = chain::genesis("development");
	in_batches(&mut ext, [()], |()| {
		admit_assets();
		name_operator(of(0), "alice", PLACES[0]);
	});
	in_batches(&mut ext, size.numbers(), |number| register(number, of(number)));
	in_batches(&mut ext, delegators.iter().enumerate(), |(n, who)| {
		fund(who, Currency::Native, PURSE);
		if n % 10 == 4 {
			Rewards::set_payout_account(signed(who), Some(delegators[n - 1].clone())).expect("anyone may");
		}
	});
	in_batches(&mut ext, deals.into_iter().enumerate(), |(n, next)| deal(n, &operators, &delegators, next));
	let mut turns: Vec<_> = (1..=ASSETS).map(|asset| Turns::of(size, asset)).collect();
	in_batches(&mut ext, 0..size.services, |number| serve(number, &operators, &mut turns));
	in_batches(&mut ext, size.numbers(), |number| settle_down(number, of(number)));
	ext.execute_with(chain::try_state);
	ext
}

/// The numbers of items in a state.
pub fn counts(ext: &mut TestExternalities) -> Vec<(&'static str, usize)> {
	ext.execute_with(|| {
		vec![
			("positions", Positions::<Runtime>::iter_keys().count()),
			("operators", Operators::<Runtime>::iter_keys().count()),
			("services", Avses::<Runtime>::iter_keys().count()),
			("operator sets", Sets::<Runtime>::iter_keys().count()),
			("memberships", Memberships::<Runtime>::iter_keys().count()),
			("pools with allocations", Exposures::<Runtime>::iter_keys().count()),
			("streams", Streams::<Runtime>::iter_keys().count()),
			("claims", Claims::<Runtime>::iter_keys().count()),
			("accounts", frame_system::Account::<Runtime>::iter_keys().count()),
		]
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use mainstay_avs_registry::{Joined, Members};
	use mainstay_operator_delegation::Backers;

	#[test]
	fn a_crowd_has_what_was_asked_for() {
		let size = Size { backers: 200, held: 100, ..Size::new(2_000, 400, 40) };
		let mut ext = state(&size);
		let asked = [("positions", 2_000), ("operators", 400), ("services", 40)];
		assert_eq!(counts(&mut ext)[..3], asked);
		ext.execute_with(|| {
			let (first, largest) = (account("operator-00001"), OperatorSetId { avs: 0, index: 0 });
			let holder = account("delegator-00000");
			assert_eq!(Positions::<Runtime>::iter_prefix((&holder,)).count(), 100);
			let backers =
				PoolKind::CONSENSUS.map(|kind| Backers::<Runtime>::iter_prefix((&first, kind)).count());
			assert_eq!(backers, [202, 1], "the operator and delegator 0, besides the requested ones");
			assert_eq!(Members::<Runtime>::get(largest).len(), MOST_MEMBERS);
			assert_eq!(Joined::<Runtime>::get(first).len(), MOST_SETS as usize);
		});
	}

	#[test]
	fn accounts_are_those_that_clients_derive() {
		let key = sr25519::Pair::from_string("//operator-00042", None).expect("a valid path");
		assert_eq!(account("operator-00042"), key.public().into());
		assert_eq!(account("Alice"), sp_keyring::Sr25519Keyring::Alice.to_account_id());
	}
}
