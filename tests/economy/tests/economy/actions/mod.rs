//! A state machine over all actions of accounts, services, consensus and root, in random order, block by block. After
//! every action:
//!
//! * the invariants of all pallets hold, and nothing panicked;
//! * the issuance of STAY and of every asset is what it was before, plus what eras minted, less what was burnt;
//! * only slashes lower the stake that answers for an era, and slashes would take exactly that stake: see
//!   [`reach`](mainstay_economy_tests::reach), the latter after every [`TAKEN_EVERY`]th action;
//! * a failed call changed nothing, and no hook failed;
//! * no call and no hook used the database more than its weight says.
//!
//! Every call of our pallets succeeds somewhere in the runs that CI makes. `MAINSTAY_CASES` sets how many runs of
//! [`ACTIONS`] actions there are, and draws new ones, from the seed that it prints or that `MAINSTAY_SEED` gives it.

mod calls;
mod draw;

use calls::*;
use draw::*;

use frame_support::{
	assert_ok,
	dispatch::GetDispatchInfo,
	storage::with_storage_layer,
	traits::{
		fungibles::{self, roles::Inspect as Roles},
		schedule::DispatchTime,
		GetCallMetadata, StorePreimage,
	},
	weights::Weight,
};
use mainstay_avs_registry::{Admission, Approvals, Avses, Conditions, Kinds, Memberships, Sets};
use mainstay_economy_tests::{
	chain::{self, Chain},
	meter::{measure, Used},
	reach::Watch,
};
use mainstay_operator_delegation::{Allowed, Claims, Exits, Policy, Positions};
use mainstay_origins::Origin;
use mainstay_primitives::{
	traits::{EraClock, OperatorSets},
	AccountId, AssetId, AvsId, Balance, Bps, ConditionId, Currency, Destination, Era, ExitAmount, Multiplier,
	OperatorSetId, PoolKind, Resolver, STAY, WAD, YEAR_MILLIS,
};
use mainstay_rewards::{EraRewards, Streams};
use mainstay_runtime::{
	configs::{
		system::RuntimeBlockWeights,
		tracks::{TrackId, PARAMETERS, REFERENDUM_KILLER, SLASH_DISPUTES, SMALL_SPENDER},
	},
	Assets, AvsRegistry, Babe, Balances, ChainTreasury, NativeAndAssets, Offences, OperatorDelegation,
	Preimage, Rewards, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, Session, SessionKeys, Slashing,
	StakeVoting, Staking, System,
};
use mainstay_slashing::{Lane, Outcome, Reason, Record, Records, Slashes, Unpaid};
use mainstay_staking::EraValidators;
use pallet_babe::EquivocationOffence;
use pallet_conviction_voting::{AccountVote, Conviction, Vote, Voting, VotingFor};
use pallet_referenda::{ReferendumInfo, ReferendumInfoFor, ReferendumInfoOf};
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{traits::Dispatchable, DispatchError};
use sp_staking::offence::ReportOffence;
use std::{cell::RefCell, collections::BTreeMap};

/// Actions of one run.
const ACTIONS: usize = 200;
/// The number of actions after which the test compares the answering stake with what slashes would take.
const TAKEN_EVERY: usize = 32;
/// Four validators of genesis, and two accounts that can join them. Eve and Ferdie own services.
const PEOPLE: [Sr25519Keyring; 6] = [Alice, Bob, Charlie, Dave, Eve, Ferdie];
/// The index of an account that has nothing.
const NOBODY: Who = PEOPLE.len();
/// The pallets of which every call must succeed at least once.
const OURS: [&str; 8] = [
	"OperatorDelegation",
	"Staking",
	"Slashing",
	"Rewards",
	"AvsRegistry",
	"Restaking",
	"ChainTreasury",
	"StakeVoting",
];
/// Pallets of the SDK whose weights the runtime raises.
const RAISED: [&str; 2] = ["ConvictionVoting", "Referenda"];
/// The calls of these pallets that must succeed at least once.
const VOTES: [(&str, &str); 7] = [
	("Referenda", "submit"),
	("Referenda", "place_decision_deposit"),
	("ConvictionVoting", "vote"),
	("ConvictionVoting", "delegate"),
	("ConvictionVoting", "undelegate"),
	("ConvictionVoting", "remove_vote"),
	("ConvictionVoting", "unlock"),
];
/// The tracks of the referenda, and their origins.
const TRACKS: [(TrackId, Origin); 4] = [
	(PARAMETERS, Origin::Parameters),
	(SLASH_DISPUTES, Origin::SlashDisputes),
	(SMALL_SPENDER, Origin::SmallSpender),
	(REFERENDUM_KILLER, Origin::ReferendumKiller),
];
/// Kinds of pools that exist, and one that root may admit.
const KINDS: [PoolKind; 5] =
	[PoolKind::Native, PoolKind::Asset(1), PoolKind::Asset(2), PoolKind::Asset(3), PoolKind::Stake];
/// The assets that exist. Root admits the first two before a run begins.
const ASSETS: [AssetId; 3] = [1, 2, 3];
/// What each of the people owns of each asset.
const PURSE: Balance = 1_000_000_000 * STAY;

/// What happened in all runs.
#[derive(Default)]
struct Seen {
	/// By pallet and call, the number of successes and of refusals.
	calls: BTreeMap<(&'static str, &'static str), (u64, u64)>,
	/// Why calls were refused.
	refusals: BTreeMap<(&'static str, &'static str), BTreeMap<&'static str, u64>>,
	/// The maximum reads and the maximum writes, by call or hook.
	most: BTreeMap<String, Used>,
	/// The largest cost above the weight that was stated, by call or hook.
	underpaid: BTreeMap<String, (u64, String)>,
}

impl Seen {
	fn weigh(&mut self, what: &str, used: Used, said: Weight, of: &str) {
		let most = self.most.entry(what.into()).or_default();
		*most = Used { reads: most.reads.max(used.reads), writes: most.writes.max(used.writes) };
		let missing = used.weight().ref_time().saturating_sub(said.ref_time());
		let most = self.underpaid.entry(what.into()).or_default();
		if missing > most.0 {
			let text = format!(
				"{what}: {} reads and {} writes take {} µs, the {of} weight is {} µs",
				used.reads,
				used.writes,
				used.weight().ref_time() / 1_000_000,
				said.ref_time() / 1_000_000
			);
			*most = (missing, text);
		}
	}
}

/// Dispatches the call of an action, if its object exists. The call may fail, but a failed call must change nothing,
/// and the database use of either is compared with the weight.
fn dispatch(seen: &RefCell<Seen>, action: Action) {
	let Some((origin, call)) = stake_call(action) else { return };
	let meta = call.get_call_metadata();
	let name = (meta.pallet_name, meta.function_name);
	let weighed = OURS.contains(&meta.pallet_name) || RAISED.contains(&meta.pallet_name);
	let declared = call.get_dispatch_info().call_weight;
	let payer = frame_system::ensure_signed(origin.clone()).ok();
	let measured = measure(payer.as_ref(), || call.clone().dispatch(origin));

	let (post, refused) = match measured.result {
		Ok(post) => (post, None),
		Err(e) => (e.post_info, Some(e.error)),
	};
	let mut seen = seen.borrow_mut();
	let counts = seen.calls.entry(name).or_default();
	match &refused {
		None => counts.0 += 1,
		Some(error) => {
			counts.1 += 1;
			*seen.refusals.entry(name).or_default().entry((*error).into()).or_default() += 1;
			let kept = &measured.changed;
			assert!(kept.is_empty(), "{call:?} was refused and changed the state: {kept:?}");
		},
	}
	if weighed {
		let what = format!("{}.{}", name.0, name.1);
		seen.weigh(&what, measured.used, declared, "declared");
		let charged = post.actual_weight.unwrap_or(declared);
		seen.weigh(&what, measured.used, charged, "charged");
	}
}

/// A chain, and an independent account of its currencies.
struct Run<'a> {
	chain: &'a mut Chain,
	seen: &'a RefCell<Seen>,
	/// The initial issuance of each currency, and what slashes have burnt since.
	books: BTreeMap<Currency, (Balance, Balance)>,
	/// The amounts that eras minted.
	minted: BTreeMap<Era, Balance>,
	/// The stake that answers for eras.
	watch: Watch,
	/// The number of checks.
	checks: usize,
}

impl<'a> Run<'a> {
	/// Starts with services, assets and restaked stake on the chain.
	fn begin(chain: &'a mut Chain, seen: &'a RefCell<Seen>) -> Self {
		chain.block(prepare);
		let mut books = BTreeMap::from([(Currency::Native, (Balances::total_issuance(), 0))]);
		for currency in ASSETS.map(Currency::WithId) {
			let issuance = <NativeAndAssets as fungibles::Inspect<_>>::total_issuance(currency.clone());
			books.insert(currency, (issuance, 0));
		}
		let mut run = Self { chain, seen, books, minted: BTreeMap::new(), watch: Watch::begin(), checks: 0 };
		while Staking::active() < 2 {
			run.block(|| {});
		}
		run
	}

	/// Executes a block and reads its events.
	fn block(&mut self, calls: impl FnOnce()) {
		let watch = &mut self.watch;
		let mut seen = 0;
		self.chain.block(|| {
			seen = watch.assert_not_fallen(0);
			calls();
		});
		watch.assert_not_fallen(seen);
		for (hook, used, said) in self.chain.hooks {
			self.seen.borrow_mut().weigh(hook, used, said, "returned");
			assert!(
				said.all_lte(RuntimeBlockWeights::get().max_block / 2),
				"{hook} takes half a block: {said}"
			);
		}
		for record in System::read_events_no_consensus() {
			match record.event {
				RuntimeEvent::OperatorDelegation(mainstay_operator_delegation::Event::SlashPaid {
					currency,
					amount,
					destination: Destination::Burn,
				}) => self.books.get_mut(&currency).expect("a currency there is").1 += amount,
				RuntimeEvent::Slashing(mainstay_slashing::Event::ExecutionFailed { id, error }) => {
					panic!("slash {id} failed: {error:?}")
				},
				_ => {},
			}
		}
	}

	/// Runs an action.
	fn act(&mut self, action: Action) {
		match action {
			Action::Wait(blocks) => return (0..blocks).for_each(|_| self.block(|| {})),
			Action::AfterElection(action) => {
				while !EraValidators::<Runtime>::contains_key(Staking::active() + 1) {
					self.block(|| {});
				}
				return self.act(*action);
			},
			Action::Equivocate(who) => return self.equivocate(PEOPLE[who]),
			Action::Offend(who, fraction, ago) => {
				return self.block(|| {
					let capture = Staking::active().saturating_sub(ago);
					let report = || Slashing::report_consensus(&account(who), fraction, capture);
					let _ = with_storage_layer::<_, DispatchError, _>(|| Ok(report()?));
				});
			},
			Action::Execute(..) if Slashes::<Runtime>::iter().next().is_some() => {
				let (era, seen) = (Staking::active(), self.seen);
				while Staking::active() == era {
					self.block(|| {
						if Staking::active() > era {
							dispatch(seen, action.clone());
						}
					});
				}
				return;
			},
			Action::Payout(_, _, true) => self.block(thaw_all),
			_ => {},
		}
		let seen = self.seen;
		self.block(|| dispatch(seen, action));
	}

	fn equivocate(&mut self, who: Sr25519Keyring) {
		// Only a validator can equivocate. Its own block would disable its author, so another makes the block.
		if !Session::validators().contains(&who.to_account_id()) {
			return;
		}
		self.chain.silent = vec![who.to_account_id()];
		self.block(|| {
			let _ = Offences::report_offence(
				vec![],
				EquivocationOffence {
					slot: Babe::current_slot(),
					session_index: Session::current_index(),
					validator_set_count: Session::validators().len() as u32,
					offender: (who.to_account_id(), ()),
				},
			);
		});
		self.chain.silent.clear();
	}

	/// Checks that the issuance of each currency is the initial one, plus what eras minted, less what slashes burnt.
	fn check(&mut self) {
		chain::try_state();
		self.checks += 1;
		if self.checks.is_multiple_of(TAKEN_EVERY) {
			assert_eq!(self.watch.last.differs_from_slashes(), None);
		}
		self.minted.extend(EraRewards::<Runtime>::iter().map(|(era, reward)| (era, reward.paid)));
		let minted: Balance = self.minted.values().sum();
		for (currency, (start, burnt)) in &self.books {
			let minted = if *currency == Currency::Native { minted } else { 0 };
			let issuance = <NativeAndAssets as fungibles::Inspect<_>>::total_issuance(currency.clone());
			assert_eq!(issuance, start + minted - burnt, "issuance of {currency:?}");
		}
		// An era lasts at most 45 s here. It mints at most its part of 5 % a year of the supply, which has hardly
		// grown.
		let genesis = self.books[&Currency::Native].0;
		let most = genesis / 20 * 45_000 / u128::from(YEAR_MILLIS) * 101 / 100;
		assert!(self.minted.values().all(|paid| *paid <= most));
		assert!(!Session::validators().is_empty(), "an empty set stops the chain");
	}
}

/// Thaws every asset and every account that can be frozen.
fn thaw_all() {
	for id in ASSETS {
		for who in 0..PEOPLE.len() + 2 {
			dispatch_quietly(Action::ThawAccount(id, who));
		}
		dispatch_quietly(Action::Thaw(id));
	}
}

fn dispatch_quietly(action: Action) {
	if let Some((origin, call)) = stake_call(action) {
		let _ = call.dispatch(origin);
	}
}

/// Creates three assets and two services with members. Root must trust the owner of one asset, one does not suffice to
/// keep an account alive, and one is not admitted.
fn prepare() {
	let chains = ChainTreasury::account();
	let root = RuntimeOrigin::root;
	for (id, owner, sufficient, least) in
		[(1, account(0), true, 1), (2, chains, false, 1_000), (3, account(1), true, 1)]
	{
		assert_ok!(Assets::force_create(root(), id.into(), owner.into(), sufficient, least));
		for who in 0..PEOPLE.len() {
			let currency = Currency::WithId(id);
			assert_ok!(<NativeAndAssets as fungibles::Mutate<_>>::mint_into(currency, &account(who), PURSE));
		}
	}
	let mut calls = vec![
		Action::AddAsset(1, Balance::MAX, 0, true),
		Action::AddAsset(2, Balance::MAX, 0, false),
		Action::Register(4, 1_000),
		Action::Stake(4, 4, 10_000 * STAY),
		Action::SetKeys(4),
		Action::RegisterAvs(4),
		Action::RegisterAvs(5),
		Action::CreateSet(None, 0, vec![(0, 1), (1, 2), (2, 3)], Admission::Open, 0, 4, 0),
		Action::CreateSet(None, 1, vec![(0, 1), (1, 1)], Admission::Open, 0, 5, 1),
	];
	for set in 0..2 {
		for terms in [(WAD, 1, Some(5)), (WAD / 2, 0, None), (WAD / 10, 3, Some(0))] {
			calls.push(Action::AddCondition(None, set, terms));
		}
		for operator in 0..3 {
			calls.push(Action::Join(operator, set));
		}
	}
	for track in 0..TRACKS.len() {
		calls.push(Action::Submit(track, track, 1));
		calls.push(Action::PlaceDeposit(4, track));
	}
	for operator in 0..3 {
		for kind in 0..3 {
			calls.push(Action::Restake(operator + 3, operator, kind, 1_000_000 * STAY));
			calls.push(Action::Allocate(operator, kind, 0, WAD / 2));
			if kind < 2 {
				calls.push(Action::Allocate(operator, kind, 1, WAD));
			}
		}
	}
	for action in calls {
		let text = format!("{action:?}");
		let (origin, call) = stake_call(action).unwrap_or_else(|| panic!("nothing to do for {text}"));
		if let Err(e) = call.dispatch(origin) {
			panic!("{text}: {e:?}");
		}
	}
}

#[test]
fn whatever_happens_the_books_balance_and_the_chain_goes_on() {
	let chosen = std::env::var("MAINSTAY_CASES").ok().map(|cases| cases.parse().expect("a number of runs"));
	let cases = chosen.unwrap_or(50);
	let config = ProptestConfig {
		cases,
		max_shrink_iters: 200,
		failure_persistence: None,
		..ProptestConfig::default()
	};
	// The runs are the same every time. If their number is given, they differ every time, or depend on a given seed.
	let rng = if chosen.is_some() {
		let given = std::env::var("MAINSTAY_SEED").ok().map(|hex| hex.parse().expect("32 bytes in hex"));
		let draw = || {
			let mut seed = H256::zero();
			TestRunner::new(config.clone()).rng().fill_bytes(seed.as_bytes_mut());
			seed
		};
		let seed = given.unwrap_or_else(draw);
		println!("MAINSTAY_SEED={seed:?}");
		TestRng::from_seed(RngAlgorithm::ChaCha, seed.as_bytes())
	} else {
		TestRng::deterministic_rng(RngAlgorithm::ChaCha)
	};
	let mut runner = TestRunner::new_with_rng(config, rng);
	let seen = RefCell::new(Seen::default());
	let actions = proptest::collection::vec(action(), ACTIONS);
	let result = runner.run(&actions, |actions| {
		chain::run("local_testnet", |chain| {
			let mut run = Run::begin(chain, &seen);
			for action in actions {
				run.act(action);
				run.check();
			}
			assert!(Exits::<Runtime>::iter_values().all(|exit| exit.funds.amount > 0));
		});
		Ok(())
	});
	result.unwrap_or_else(|failure| panic!("{failure}"));
	println!("{cases} runs of {ACTIONS} actions");

	let seen = seen.into_inner();
	for ((pallet, call), (succeeded, refused)) in &seen.calls {
		println!("{pallet}.{call}: {succeeded} succeeded, {refused} refused");
		for (error, count) in seen.refusals.get(&(*pallet, *call)).into_iter().flatten() {
			println!("    {error}: {count}");
		}
	}
	for (what, Used { reads, writes }) in &seen.most {
		println!("{what}: at most {reads} reads, at most {writes} writes");
	}
	let underpaid: Vec<_> =
		seen.underpaid.into_values().filter(|(missing, _)| *missing > 0).map(|(_, text)| text).collect();
	assert!(underpaid.is_empty(), "weights are below what was used:\n{}", underpaid.join("\n"));
	if cases >= 50 {
		for pallet in OURS {
			for call in RuntimeCall::get_call_names(pallet) {
				let succeeded = seen.calls.get(&(pallet, *call)).map_or(0, |(succeeded, _)| *succeeded);
				assert!(succeeded > 0, "{pallet}.{call} never succeeded");
			}
		}
		for name in VOTES {
			assert!(
				seen.calls.get(&name).is_some_and(|(succeeded, _)| *succeeded > 0),
				"{name:?} never succeeded"
			);
		}
	}
}
