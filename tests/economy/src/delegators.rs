//! The cost of slashes, payments, elections and claims by the number of an operator's delegators. The cost must not
//! depend on that number.

use crate::{
	chain,
	meter::{measure, Used},
	services::{back, serve, signed},
};
use frame_support::traits::{fungible, fungibles, Get};
use mainstay_avs_registry::Admission;
use mainstay_operator_delegation::Backers;
use mainstay_primitives::{
	AccountId, AssetId, Balance, Currency, Destination, Era, ExitAmount, OperatorSetId, PoolKind, SlashId,
	STAY, WAD,
};
use mainstay_runtime::{
	configs::clock::MinDeposit, Assets, AvsRegistry, Balances, ChainTreasury, NativeAndAssets,
	OperatorDelegation, Restaking, Rewards, Runtime, RuntimeOrigin, Slashing, Staking, System,
};
use mainstay_slashing::NextId;
use pallet_session::SessionManager;
use sp_core::Blake2Hasher;
use sp_keyring::Sr25519Keyring;
use sp_state_machine::{Ext, InMemoryBackend, OverlayedChanges, TrieBackendBuilder};
use sp_trie::cache::{CacheSize, SharedTrieCache};
use std::time::{Duration, Instant};

/// The restaked assets besides STAY.
const ASSETS: [AssetId; 2] = [1, 2];
/// The deposit of a delegator, of each kind.
const EACH: Balance = 100 * STAY;
/// The amount of a partial exit, of each kind.
const LEAVES: Balance = STAY;
/// In every era, one delegator out of this number exits partly.
const LEAVING: u32 = 100;
/// The number of delegators that deposit between two commits to the database.
const BATCH: u32 = 10_000;
/// The era of the measurement: the first in which the slashes are due.
const NOW: Era = 7;
/// The capture era of the slashes.
const CAPTURE: Era = 4;
/// The era in which the claimed exit was queued.
const QUEUED: Era = 2;
/// Sessions of an era of the preset.
const ERA_SESSIONS: u32 = 3;

/// The measured operations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
	/// Execution of a service's slash of three kinds, in each of which exits of four eras answer.
	AttestedSlash,
	/// Execution of a consensus slash of `Stake` and `Native`, with the exits of four eras.
	ConsensusSlash,
	/// A payment to a set in which the operator serves.
	Payment,
	/// The election of the next era's validators.
	Election,
	/// The claim of a delegator.
	Claim,
}

impl Operation {
	/// All of them.
	pub const ALL: [Self; 5] =
		[Self::AttestedSlash, Self::ConsensusSlash, Self::Payment, Self::Election, Self::Claim];
}

/// The state of a chain with one operator and its delegators, stored as in a node: a trie, behind a node's cache.
pub struct State {
	backend: InMemoryBackend<Blake2Hasher>,
	cache: SharedTrieCache<Blake2Hasher>,
	attested: SlashId,
	consensus: SlashId,
}

fn operator() -> AccountId {
	Sr25519Keyring::Alice.to_account_id()
}

fn delegator(index: u32) -> AccountId {
	sp_io::hashing::blake2_256(&[b"delegator".as_slice(), &index.to_le_bytes()].concat()).into()
}

/// Owns the service, is its slasher and pays.
fn owner() -> AccountId {
	AccountId::from([7; 32])
}

const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };

/// The kinds of the operator's pools.
fn kinds() -> [PoolKind; 4] {
	[PoolKind::Stake, PoolKind::Native, PoolKind::Asset(ASSETS[0]), PoolKind::Asset(ASSETS[1])]
}

/// Gives `who` enough funds in every currency.
fn endow(who: &AccountId) {
	<Balances as fungible::Mutate<_>>::mint_into(who, 10_000 * STAY)
		.expect("issuance is far below its bound");
	for id in ASSETS {
		<NativeAndAssets as fungibles::Mutate<_>>::mint_into(Currency::WithId(id), who, 10_000 * STAY)
			.expect("can be minted");
	}
}

/// Deposits [`EACH`] of every kind with the operator.
fn enter(who: &AccountId) {
	endow(who);
	kinds().into_iter().for_each(|kind| back(who, &operator(), kind, EACH));
}

/// Exits with [`LEAVES`] of every kind.
fn leave(who: &AccountId) {
	for kind in kinds() {
		OperatorDelegation::exit(signed(who), operator(), kind, ExitAmount::Value(LEAVES)).expect("staked");
	}
}

/// Creates the assets, and a service with one set, which the operator joins.
fn prepare() {
	let chains = ChainTreasury::account();
	for id in ASSETS {
		Assets::force_create(RuntimeOrigin::root(), id.into(), chains.clone().into(), true, 1).expect("new");
	}
	endow(&owner());
	for id in ASSETS {
		Restaking::add_asset(RuntimeOrigin::root(), id, Balance::MAX, owner(), false, MinDeposit::get())
			.expect("the chain's own");
	}
	enter(&operator());

	let origin = || signed(&owner());
	AvsRegistry::register(origin(), Default::default(), Default::default()).expect("funded");
	let accepted = kinds()[1..].iter().map(|kind| (*kind, 1)).collect::<Vec<_>>();
	let accepted = accepted.try_into().expect("three kinds");
	AvsRegistry::create_set(origin(), SET.avs, accepted, Admission::Open, 0, owner(), Destination::Burn)
		.expect("the owner's");
	AvsRegistry::add_condition(origin(), SET, Default::default(), WAD, 1, None).expect("the owner's");
	let magnitudes: Vec<_> = kinds()[1..].iter().map(|kind| (*kind, WAD / 2)).collect();
	serve(&operator(), SET, &magnitudes);
}

impl State {
	/// The state with this number of `delegators` of the operator, besides itself.
	pub fn new(delegators: u32) -> Self {
		let mut ext = chain::genesis("local_testnet");
		let commit = |ext: &mut sp_io::TestExternalities| ext.commit_all().expect("no layer is open");
		// Block 0 deposits no events, which would only slow the setup down.
		ext.execute_with(prepare);
		for first in (0..delegators).step_by(BATCH as usize) {
			let last = delegators.min(first + BATCH);
			ext.execute_with(|| (first..last).for_each(|index| enter(&delegator(index))));
			commit(&mut ext);
		}
		let ids = ext.execute_with(|| {
			for era in 1..NOW {
				Staking::begin_era(era);
				leave(&operator());
				(0..delegators).step_by(LEAVING as usize).for_each(|index| leave(&delegator(index)));
			}
			let fractions: Vec<_> = kinds()[1..].iter().map(|kind| (*kind, WAD / 10)).collect();
			let attested = NextId::<Runtime>::get();
			let fractions = fractions.try_into().expect("three kinds");
			Slashing::report(signed(&owner()), SET, operator(), 0, fractions, CAPTURE).expect("served then");
			let consensus = NextId::<Runtime>::get();
			assert!(Slashing::report_consensus(&operator(), WAD / 10, CAPTURE).is_ok());
			// The first payment after a deposit stores the point from which fresh shares earn, for positions that were
			// not settled since.
			Rewards::pay_set(signed(&owner()), SET, Currency::Native, STAY).expect("served");
			Staking::begin_era(NOW);
			System::set_block_number(1);
			(attested, consensus)
		});
		commit(&mut ext);
		let cache = SharedTrieCache::new(CacheSize::new(1 << 30), None);
		let (attested, consensus) = ids;
		Self { backend: ext.backend, cache, attested, consensus }
	}

	/// The number of the operator's delegators, besides itself.
	pub fn delegators(&self) -> u32 {
		let backers = || Backers::<Runtime>::iter_key_prefix((operator(), PoolKind::Native)).count() as u32;
		self.with(backers) - 1
	}

	/// Runs `operation`, drops its changes, and returns its storage use.
	pub fn run(&self, operation: Operation) -> Used {
		self.with(|| measure(None, || self.act(operation)).used)
	}

	/// Runs `operation`, drops its changes, and returns how long it took.
	pub fn time(&self, operation: Operation) -> Duration {
		self.with(|| {
			let begin = Instant::now();
			self.act(operation);
			begin.elapsed()
		})
	}

	fn with<R>(&self, code: impl FnOnce() -> R) -> R {
		let backend =
			TrieBackendBuilder::wrap(&self.backend).with_cache(self.cache.local_cache_trusted()).build();
		let (mut overlay, mut extensions) = (OverlayedChanges::default(), Default::default());
		let mut ext = Ext::new(&mut overlay, &backend, Some(&mut extensions));
		sp_externalities::set_and_run_with_externalities(&mut ext, code)
	}

	fn act(&self, operation: Operation) {
		let anyone = || signed(&owner());
		match operation {
			Operation::AttestedSlash => Slashing::execute(anyone(), self.attested).expect("due"),
			Operation::ConsensusSlash => Slashing::execute(anyone(), self.consensus).expect("due"),
			Operation::Payment => {
				Rewards::pay_set(anyone(), SET, Currency::Native, STAY).expect("the set is served");
			},
			Operation::Election => {
				let elected = <Staking as SessionManager<AccountId>>::new_session((NOW + 1) * ERA_SESSIONS);
				assert_eq!(elected.map(|set| set.len()), Some(4));
			},
			Operation::Claim => {
				let (who, operator) = (delegator(0), operator());
				OperatorDelegation::claim(anyone(), who, operator, PoolKind::Native, QUEUED)
					.expect("matured");
			},
		}
	}
}
