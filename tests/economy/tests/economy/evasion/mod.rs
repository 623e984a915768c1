//! A search for ways to evade a slash: it tries what an operator and its delegators can do before, at and after a
//! fault, and compares their losses after the slash was reported and executed.
//!
//! The fault is one of a service's member, of a validator, or both in one era. The service reports its member's fault.
//! The validator's fault is an offence in block production or finality, which is found some eras later. Until then it
//! is not pending.
//!
//! The offenders' side is an operator, its delegators, and services of its own with slashers of their own. Its loss is
//! the difference in all of these accounts, pools and exits between the election of the fault's validators and the end.
//! The expected loss is what the slashes take from offenders that do nothing: the service's fraction of what was
//! allocated to it, if the operator served it in the fault's era, and the offence's fraction of all native stake that
//! elected the operator.
//!
//! * No offenders lose less, whatever they do, with unique stake (leverage 1, [`Scene::unique`]) or where a pool
//!   answers to several claimants. An offenders' service that gives slashed funds back to them cannot be one of several
//!   claimants, nor accept native stake, so it cannot reach what answers to the honest service.
//! * After any move, only slashes lower the stake that answers for an era, see
//!   [`reach`](mainstay_economy_tests::reach).
//! * Exits that are filed before the fault's era lose nothing to the slash, and no position loses more than its part,
//!   rounded up.
//! * Payments of the honest service in the fault's era do not count in the comparison, whoever collects them, when, and
//!   how much at once. At the end all of them can be collected, and nobody gets more.
//!
//! The search tries schedules of up to three moves exhaustively, and longer ones at random. The offenders move in every
//! era. In the era before the fault and in the era of the fault they also move in the last session, after the next
//! validators are elected. `MAINSTAY_CASES` sets the number of random schedules, draws new ones, and searches more
//! scenes exhaustively.

mod draw;
mod moves;

use crate::people::op;
use draw::{scene, schedule, Schedule};
use frame_support::{
	storage::with_storage_layer,
	traits::{fungibles::Inspect, Hooks},
};
use mainstay_avs_registry::{Admission, NextAvsId};
use mainstay_economy_tests::{
	chain,
	reach::{Slashed, Watch},
	services::{
		account, admit, back, elect, genesis, next_era, operator, owned, pool, report, serve, service,
		signed, value,
	},
};
use mainstay_operator_delegation::{Claims, Exits, Pools, Positions};
use mainstay_primitives::{
	pool::mul_div,
	rolled_back,
	traits::{EraClock, InspectExposures, OperatorSets},
	AccountId, Balance, Bps, Currency, Destination, Era, ExitAmount, NetworkParameters, OperatorSetId,
	PoolKind, SlashId, STAY, WAD,
};
use mainstay_restaking::LEAST_GIVING;
use mainstay_rewards::{Call as Reward, Carried, Credit, Event as Rewarded, Streams};
use mainstay_runtime::{
	AvsRegistry, NativeAndAssets, OperatorDelegation, Proxy, Restaking, Rewards, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeOrigin, Slashing, Staking, System,
};
use mainstay_slashing::{Lane, Queue, Slashes};
use moves::{dispatch, Caller, Move, Part, Returned, Via};
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use sp_runtime::DispatchResult;
use std::{
	cell::{Cell, RefCell},
	collections::BTreeMap,
	sync::atomic::{AtomicU64, Ordering},
};

const NATIVE: PoolKind = PoolKind::Native;
const ASSET: PoolKind = PoolKind::Asset(1);
const CURRENCIES: [Currency; 2] = [Currency::Native, Currency::WithId(1)];
/// The kinds that the honest service accepts and slashes.
const KINDS: [PoolKind; 2] = [NATIVE, ASSET];

/// The era of the fault. Genesis is era 0, and its allocations bind in era 1.
const FAULT: Era = 2;

/// The operator, its delegators, and accounts for splitting a deposit.
const PEOPLE: [&str; 6] = ["op", "ann", "bea", "cem", "dov", "eli"];
/// The index of the first account without a position at first.
const NEWCOMERS: usize = 3;
/// Owns the offenders' services, and is their slasher.
const FRIEND: &str = "mallory";
/// The account that receives what the offenders' services slash.
const LOOT: &str = "loot";
/// The proxy of every account in [`PEOPLE`], for all calls.
const AGENT: &str = "agent";
/// Owns the honest service.
const HONEST: &str = "honest";

fn person(who: usize) -> AccountId {
	account(PEOPLE[who])
}

/// The honest service's set, the first one created.
fn honest() -> OperatorSetId {
	OperatorSetId { avs: 0, index: 0 }
}

/// The offenders' own sets, in the order of their creation.
fn sham(index: u8) -> OperatorSetId {
	OperatorSetId { avs: 1 + u32::from(index), index: 0 }
}

/// The actions of the honest side, and the offenders' initial state.
#[derive(Clone, Debug)]
struct Scene {
	/// The chain's leverage limit.
	leverage: u32,
	/// Whether STAY is restaked at first, or only staked.
	restaked: bool,
	/// The magnitude of each of [`KINDS`] that is allocated to the honest set.
	magnitudes: [u64; 2],
	/// The magnitude of each kind that is allocated to an offenders' own set from the beginning.
	sham: u64,
	/// The fraction that the honest service asks for. If it is 0, it reports nothing.
	fraction: u64,
	/// Eras between the fault and the report.
	wait: Era,
	/// Eras between the report and the execution.
	window: Era,
	/// The fraction that the offence costs. If it is 0, there is no offence.
	offence: u64,
	/// Eras between the offence and its report.
	found: Era,
}

impl Scene {
	/// Every unit has one claimant: the sham sets have everything that the honest set has not.
	fn unique(fraction: u64, offence: u64) -> Self {
		let magnitudes = [WAD / 2, WAD / 2];
		Self {
			leverage: 1,
			restaked: true,
			magnitudes,
			sham: WAD / 2,
			fraction,
			wait: 1,
			window: 2,
			offence,
			found: 1,
		}
	}

	/// The sham set may slash everything. So it may not give slashed funds back to the offenders.
	fn elastic(fraction: u64, offence: u64) -> Self {
		Self { leverage: 3, sham: WAD, ..Self::unique(fraction, offence) }
	}

	/// All STAY is staked and none restaked, and the operator's only fault is an offence.
	fn staked(offence: u64) -> Self {
		Self { restaked: false, ..Self::elastic(0, offence) }
	}

	/// The era in which the last slash is executed, counted from the fault.
	fn end(&self) -> Era {
		let service = if self.fraction > 0 { self.wait + self.window } else { 0 };
		let last = NetworkParameters::LOCAL.exit_delay - 1;
		let deferred = self.found + NetworkParameters::LOCAL.consensus_deferral;
		service.max(if self.offence > 0 { deferred.min(last) } else { 0 })
	}

	/// The state at genesis, with everything that the scene describes. Allocations bind from era 1 on.
	fn genesis(&self) -> sp_io::TestExternalities {
		let parameters = NetworkParameters { max_leverage: self.leverage, ..NetworkParameters::LOCAL };
		let people: Vec<_> = PEOPLE.into_iter().chain([FRIEND, LOOT, AGENT, HONEST]).map(account).collect();
		let mut ext = genesis(parameters, &people);
		ext.execute_with(|| {
			System::set_block_number(1);
			admit(1, 1, &people);
			operator(&op(), 500);
			for (who, kind, amount) in [
				(0, NATIVE, 1_000 * STAY + 1),
				(0, PoolKind::Stake, 400 * STAY),
				(1, NATIVE, 3_000 * STAY + 7),
				(1, ASSET, 500 * STAY + 3),
				(2, NATIVE, 2_000 * STAY),
				(2, PoolKind::Stake, 700 * STAY + 11),
				(2, ASSET, 800 * STAY + 1),
			] {
				let kind = if self.restaked || kind == ASSET { kind } else { PoolKind::Stake };
				back(&person(who), &op(), kind, amount);
			}
			for who in PEOPLE {
				Proxy::add_proxy(signed(&account(who)), account(AGENT).into(), Default::default(), 0)
					.expect("an agent");
			}
			let owner = account(HONEST);
			let conditions: Vec<_> = (0..4).map(|window| (WAD, window)).collect();
			let set = service(&owner, &owner, &KINDS, Destination::Burn, &conditions);
			assert_eq!(set, honest());
			let allocated = |kinds: &[PoolKind], magnitude: &dyn Fn(PoolKind) -> u64| {
				let magnitudes = kinds.iter().map(|kind| (*kind, magnitude(*kind)));
				magnitudes.filter(|(_, magnitude)| *magnitude > 0).collect::<Vec<_>>()
			};
			let magnitudes = allocated(&KINDS, &|kind| self.magnitudes[usize::from(kind == ASSET)]);
			serve(&op(), set, &magnitudes);
			// The stream pays until the end.
			Rewards::open_stream(signed(&owner), set, Currency::Native, STAY, 100 * STAY, 0)
				.expect("the owner's");

			let friend = account(FRIEND);
			// A set that gives slashed funds to an account shares no unit of a pool with another, and cannot be
			// allocated less than a billionth.
			let shared = self.magnitudes.iter().any(|magnitude| magnitude + self.sham > WAD)
				|| (1..LEAST_GIVING).contains(&self.sham);
			let loot = Destination::Account(account(LOOT));
			let shams = match shared {
				true => vec![(&KINDS[..], Destination::Burn)],
				false => vec![(&KINDS[1..], loot), (&KINDS[..1], Destination::Burn)],
			};
			for (index, (kinds, destination)) in shams.into_iter().enumerate() {
				let set = service(&friend, &friend, kinds, destination, &[(WAD, 0), (WAD, 1)]);
				assert_eq!(set, sham(index as u8));
				serve(&op(), set, &allocated(kinds, &|_| self.sham));
			}
			next_era();
		});
		ext
	}
}

/// The funds of the offenders' side: its accounts, the operator's pools, and the exits from them.
fn wealth() -> BTreeMap<Currency, Balance> {
	let mut sums: BTreeMap<_, _> = CURRENCIES
		.into_iter()
		.map(|currency| {
			let names = PEOPLE.into_iter().chain([FRIEND, LOOT, AGENT]);
			(currency.clone(), names.map(|who| owned(&account(who), currency.clone())).sum())
		})
		.collect();
	for (_, kind, pool) in Pools::<Runtime>::iter() {
		*sums.entry(kind.currency()).or_default() += pool.funds.amount;
	}
	for ((_, kind, _), exit) in Exits::<Runtime>::iter() {
		*sums.entry(kind.currency()).or_default() += exit.funds.amount;
	}
	sums
}

/// The offenders' state when the validators of the fault's era were elected.
#[derive(Clone, Default)]
struct Start {
	wealth: BTreeMap<Currency, Balance>,
	pools: BTreeMap<PoolKind, mainstay_primitives::Pool>,
	/// What the slashes take from offenders that do nothing after the election.
	due: BTreeMap<Currency, Balance>,
	/// Whether the service's slash takes anything.
	answers: bool,
	/// What was collected since the election.
	collected: BTreeMap<Currency, Balance>,
}

impl Start {
	fn at_election() -> Self {
		let pools = Pools::<Runtime>::iter().map(|(_, kind, pool)| (kind, pool)).collect();
		Self { wealth: wealth(), pools, ..Default::default() }
	}

	/// Computes what is due when the era of the fault begins, because then its members are known.
	fn note_due(&mut self, scene: &Scene) {
		let serves = AvsRegistry::was_member(honest(), &op(), FAULT);
		let part = |amount: Balance, part: u128, whole: u128| {
			mul_div(amount, part, whole).expect("a part of the pool")
		};
		for kind in [PoolKind::Stake, NATIVE, ASSET] {
			let pool = self.pools.get(&kind).copied().unwrap_or_default();
			let amount = if pool.since <= FAULT { pool.funds.amount } else { 0 };
			let mut due = 0;
			if serves {
				let magnitude =
					Restaking::slashable_magnitude(&op(), kind, honest(), FAULT).0.min(pool.max_magnitude);
				let reached = u128::from(magnitude) * u128::from(scene.fraction);
				due += part(amount, reached, u128::from(pool.max_magnitude) * u128::from(WAD));
				self.answers |= due > 0;
			}
			if kind != ASSET {
				due += part(amount - due, scene.offence.into(), WAD.into());
			}
			*self.due.entry(kind.currency()).or_default() += due;
		}
	}

	/// Adds what the last move collected.
	fn note_collected(&mut self) {
		for record in System::events() {
			if let RuntimeEvent::Rewards(Rewarded::Collected { currency, amount, .. }) = record.event {
				*self.collected.entry(currency).or_default() += amount;
			}
		}
	}
}

/// The honest service pays for the running era, if the operator serves it.
fn pay() {
	for (currency, amount) in CURRENCIES.into_iter().zip([7 * STAY + 3, 5 * STAY + 1]) {
		let _ = with_storage_layer(|| {
			Rewards::pay_set(signed(&account(HONEST)), honest(), currency, amount)
				.map(drop)
				.map_err(|refused| refused.error)
		});
	}
}

/// The value of every live position and every claim: owner, kind, and era of the exit.
fn values() -> BTreeMap<(AccountId, PoolKind, Option<Era>), Balance> {
	let live = Positions::<Runtime>::iter_keys().map(|(who, operator, kind)| {
		let worth = value(&who, &operator, kind);
		((who, kind, None), worth)
	});
	let claims = Claims::<Runtime>::iter().map(|((who, operator, kind, queued), shares)| {
		let worth =
			Exits::<Runtime>::get((operator, kind, queued)).map_or(0, |exit| exit.funds.worth(shares));
		((who, kind, Some(queued)), worth)
	});
	live.chain(claims).collect()
}

/// Executes due slashes in the hook's order, and checks what the slashes for the fault take from each position.
fn execute_due(watch: &Watch) {
	let now = Staking::active();
	let mut places: Vec<_> = Queue::<Runtime>::iter().filter(|(due, _, _)| *due <= now).collect();
	places.sort();
	for (_, _, id) in places {
		match Slashes::<Runtime>::get(id).map(|slash| slash.lane) {
			Some(Lane::Attested { set, .. }) if set != honest() => execute(id),
			Some(lane) => execute_watched(id, &lane, watch),
			None => {},
		}
	}
	let block = System::block_number() + 1;
	System::set_block_number(block);
	Slashing::on_initialize(block);
}

fn execute(id: SlashId) {
	Slashing::execute(RuntimeOrigin::signed(account(LOOT)), id).expect("a due slash is executed");
}

/// Executes a slash for the fault, and checks that exits from before the fault's era lose nothing, and that no position
/// loses more than its part.
fn execute_watched(id: SlashId, lane: &Lane<AccountId>, watch: &Watch) {
	// The fraction that the slash may take of the pool or an exit, by kind and era of the exit.
	let fraction_of = |kind: PoolKind, queued: Option<Era>| -> (u128, u128) {
		if !watch.answers(&op(), kind, queued, FAULT) {
			return (0, 1);
		}
		match lane {
			Lane::Consensus { fraction } if kind != ASSET => ((*fraction).into(), WAD.into()),
			Lane::Attested { parts, .. } => {
				let Some(part) = parts.iter().find(|part| part.kind == kind) else { return (0, 1) };
				let max = match queued {
					Some(queued) => {
						Exits::<Runtime>::get((op(), kind, queued)).map_or(WAD, |exit| exit.max_magnitude)
					},
					None => Pools::<Runtime>::get(op(), kind).map_or(WAD, |pool| pool.max_magnitude),
				};
				let magnitude = Restaking::slashable_magnitude(&op(), kind, honest(), FAULT)
					.min(part.magnitude)
					.0
					.min(max);
				let reached = u128::from(magnitude) * u128::from(part.fraction.0);
				(reached, u128::from(WAD) * u128::from(max.max(1)))
			},
			_ => (0, 1),
		}
	};
	let before = values();
	let parts: BTreeMap<_, _> =
		before.keys().map(|(_, kind, queued)| ((*kind, *queued), fraction_of(*kind, *queued))).collect();
	execute(id);
	WATCHED.with(|count| count.set(count.get() + 1));
	let after = values();
	for (key @ (_, kind, queued), value) in before {
		let left = after.get(&key).copied().unwrap_or(0);
		if queued.is_some_and(|queued| queued < FAULT) {
			assert_eq!(left, value, "an exit from before the fault paid for it: {key:?}");
		}
		let (part, whole) = parts[&(kind, queued)];
		// The part, rounded up, and one unit for the rounding of the position's value.
		let most = mul_div(value, part, whole).expect("a part of it") + 2;
		assert!(
			value - left.min(value) <= if part == 0 { 0 } else { most },
			"{key:?} lost {} of {value}, more than {most}",
			value - left
		);
	}
}

/// A point of the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
	/// The offenders may move.
	Stop,
	/// The validators of the next era are elected.
	Elect,
	NextEra,
	/// The era of the fault has begun.
	Fault,
	/// The service reports the fault.
	Report,
	/// The offence is found.
	Offence,
	Execute,
}

/// The timeline. The offenders can move in the era before the fault and in every era from the fault's to the last
/// execution, before and after the reports. In the first two of these eras they can also move after the election.
fn timeline(scene: &Scene) -> Vec<Step> {
	use Step::*;
	let mut steps = vec![Stop, Elect, Stop, NextEra, Fault];
	for after in 0..=scene.end() {
		steps.push(Stop);
		if scene.fraction > 0 && after == scene.wait {
			steps.extend([Report, Stop]);
		}
		if scene.offence > 0 && after == scene.found {
			steps.push(Offence);
		}
		if after < scene.end() {
			steps.push(Elect);
			steps.extend((after == 0).then_some(Stop));
			steps.push(NextEra);
		}
	}
	steps.push(Execute);
	steps
}

/// The progress of a schedule.
#[derive(Clone, Default)]
struct Progress {
	start: Start,
	/// The honest slash. `None` if the report was refused, because the operator did not answer in the era of the fault.
	slash: Option<SlashId>,
	/// The moves, each with its era and whether the next era's validators were elected.
	moves: Vec<(Era, bool, Move)>,
	watch: Watch,
}

impl Progress {
	fn begin() -> Self {
		Self { watch: Watch::begin(), ..Default::default() }
	}

	/// Checks the answering stake after the events so far.
	fn look(&mut self) {
		let slashed = Slashed::of(System::events().into_iter().map(|record| record.event));
		if let Some(text) = self.watch.look(&slashed) {
			self.found(text);
		}
	}

	/// Records a way to evade the slash.
	fn found(&self, text: String) {
		let text = format!("{text}, by {:?}", self.moves);
		FOUND.with_borrow_mut(|found| found.push(text));
	}
}

thread_local! {
	/// The largest part of the due amount that was not lost, in basis points.
	static LARGEST: Cell<u128> = const { Cell::new(0) };
	/// The number of slashes for the fault whose execution was checked.
	static WATCHED: Cell<u64> = const { Cell::new(0) };
	/// The ways to evade the slash.
	static FOUND: RefCell<Vec<String>> = const { RefCell::new(vec![]) };
}

/// Performs a step that is not the offenders'.
fn advance(scene: &Scene, step: Step, progress: &mut Progress) {
	if step == Step::Stop {
		return;
	}
	System::reset_events();
	match step {
		Step::Stop => {},
		Step::Elect => {
			elect();
			if Staking::active() < FAULT {
				progress.start = Start::at_election();
			}
		},
		Step::NextEra => {
			Staking::begin_era(Staking::active() + 1);
			execute_due(&progress.watch);
		},
		Step::Fault => {
			assert_eq!(Staking::active(), FAULT);
			progress.start.note_due(scene);
			pay();
		},
		Step::Report => {
			let fractions = KINDS.map(|kind| (kind, scene.fraction));
			match report(honest(), &op(), scene.window, &fractions, FAULT) {
				Ok(id) => progress.slash = Some(id),
				Err(error) if progress.start.answers => {
					progress.found(format!("the honest report was refused: {error:?}"));
				},
				Err(_) => {},
			}
		},
		Step::Offence => {
			if let Err(error) = Slashing::report_consensus(&op(), scene.offence, FAULT) {
				progress.found(format!("the offence was refused: {error:?}"));
			}
		},
		Step::Execute => {
			execute_due(&progress.watch);
			assert!(progress.slash.is_none_or(|id| !Slashes::<Runtime>::contains_key(id)));
			judge(progress);
		},
	}
	progress.look();
}

/// Compares the offenders' loss with what they would have lost by doing nothing.
fn judge(progress: &Progress) {
	let Start { wealth: before, due, collected, .. } = &progress.start;
	let after = wealth();
	// Each position and each move can round by some units.
	let allowed = 3 + 4 * progress.moves.len() as u128;
	for currency in CURRENCIES {
		let collected = collected.get(&currency).copied().unwrap_or(0);
		let (before, after, due) = (before[&currency], after[&currency] - collected, due[&currency]);
		let lost = before.saturating_sub(after);
		if after > before {
			progress.found(format!("{after} of {currency:?} from {before}"));
		}
		if progress.moves.is_empty() {
			assert!(due.saturating_sub(lost) <= 3, "offenders that do nothing lose {lost} of {due}");
		}
		if lost + allowed < due {
			progress.found(format!("lost {lost} of {currency:?}, not {due}"));
		}
		let saved = due.saturating_sub(lost + allowed).saturating_mul(10_000).checked_div(due).unwrap_or(0);
		LARGEST.with(|most| most.set(most.get().max(saved)));
	}
}

/// Tries every schedule of at most `moves` moves of `menu`, and returns their number. A refused move changes nothing,
/// so it does not count as a schedule.
fn exhaust(scene: &Scene, menu: &[Move], moves: usize) -> u64 {
	let (steps, counted) = (timeline(scene), AtomicU64::new(0));
	explore(scene, &steps, 0, menu, moves, &Progress::begin(), &counted);
	counted.into_inner()
}

fn explore(
	scene: &Scene,
	steps: &[Step],
	at: usize,
	menu: &[Move],
	left: usize,
	progress: &Progress,
	counted: &AtomicU64,
) {
	let Some(step) = steps.get(at) else {
		if counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(64) {
			chain::try_state();
		}
		return;
	};
	rolled_back(|| {
		let mut progress = progress.clone();
		advance(scene, *step, &mut progress);
		explore(scene, steps, at + 1, menu, left, &progress, counted);
	});
	if *step != Step::Stop || left == 0 {
		return;
	}
	for offence in menu {
		rolled_back(|| {
			let mut progress = progress.clone();
			if offence.make(Via::Sender, &mut progress).is_ok() {
				explore(scene, steps, at, menu, left - 1, &progress, counted);
			}
		});
	}
}

/// Moves that change the answering stake.
fn core() -> Vec<Move> {
	vec![
		Move::Exit(0, NATIVE, Part::All),
		Move::Exit(1, NATIVE, Part::Half),
		Move::Refresh(2, ASSET),
		Move::Deposit(1, NATIVE, 1_234 * STAY + 5),
		Move::OptIn(2, Part::All),
		Move::Leave,
		Move::Allocate(NATIVE, 0),
		Move::Slash(0, NATIVE, WAD, 0, 0),
		Move::Slash(0, ASSET, WAD / 3, 1, 1),
	]
}

/// All moves, with few different numbers.
fn all() -> Vec<Move> {
	let mut moves = core();
	moves.extend([
		Move::Exit(1, NATIVE, Part::All),
		Move::Exit(2, NATIVE, Part::All),
		Move::Exit(2, ASSET, Part::All),
		Move::Exit(1, ASSET, Part::Units(1)),
		Move::Exit(2, PoolKind::Stake, Part::All),
		Move::Exit(1, PoolKind::Stake, Part::All),
		Move::Refresh(1, NATIVE),
		Move::Deposit(0, ASSET, 777 * STAY),
		Move::Deposit(0, PoolKind::Stake, 777 * STAY),
		Move::Split(NATIVE, 10_000 * STAY + 1),
		Move::OptIn(0, Part::Half),
		Move::OptIn(1, Part::All),
		Move::Claim(1, NATIVE, 1),
		Move::Join,
		Move::Skim,
		Move::Allocate(ASSET, WAD / 10),
		Move::Allocate(NATIVE, WAD),
		Move::Commission(10_000),
		Move::Leverage(1),
		Move::Retire,
		Move::Stop,
		Move::Found(WAD / 2, Returned::Everything),
		Move::Found(WAD / 2, Returned::Assets),
		Move::Found(WAD / 4, Returned::Nothing),
		Move::AllocateSham(0, NATIVE, WAD),
		Move::AllocateSham(0, NATIVE, 0),
		Move::LeaveSham(0),
		Move::Slash(0, NATIVE, WAD / 2, 0, 1),
		Move::Slash(0, NATIVE, 1, 0, 0),
		Move::Slash(0, ASSET, WAD, 0, 0),
		Move::Slash(1, NATIVE, WAD, 0, 0),
		Move::Collect(1, NATIVE, 0, Caller::Stranger),
	]);
	moves
}

/// Prints the size of a search, and fails if it found a way to evade the slash.
fn report_search(what: &str, schedules: u64) {
	let (largest, watched) = (LARGEST.take(), WATCHED.take());
	// In the other schedules the operator did not serve the honest service in the fault's era.
	assert!(watched >= schedules / 2, "{watched} slashes in {schedules} schedules");
	println!("{what}: {schedules} schedules, {watched} slashes; at most {largest} of 10,000 parts of one were saved");
	let found = FOUND.take();
	let some: Vec<_> = found.iter().take(20).collect();
	assert!(found.is_empty(), "{what}: {} evasions, among them {some:#?}", found.len());
	assert_eq!(largest, 0);
}

/// The first of `scenes`, or all of them if `MAINSTAY_CASES` is set, for which CI has no time.
fn of_scenes<T: Copy>(scenes: &[T]) -> Vec<T> {
	let most = if std::env::var_os("MAINSTAY_CASES").is_some() { scenes.len() } else { 1 };
	scenes[..most].to_vec()
}

#[test]
fn no_two_moves_evade_slashes_of_unique_stake() {
	let mut schedules = 0;
	for (fraction, offence) in of_scenes(&[(WAD / 3, WAD / 10), (WAD, WAD)]) {
		let scene = Scene::unique(fraction, offence);
		schedules += scene.genesis().execute_with(|| exhaust(&scene, &all(), 2));
	}
	report_search("two of all moves, unique stake", schedules);
}

#[test]
fn no_two_moves_evade_the_slash_of_a_validator() {
	let mut schedules = 0;
	for (offence, found) in of_scenes(&[(WAD / 3, 1), (WAD, 3)]) {
		let scene = Scene { found, ..Scene::staked(offence) };
		schedules += scene.genesis().execute_with(|| exhaust(&scene, &all(), 2));
	}
	report_search("two of all moves, an offence alone", schedules);
}

#[test]
fn no_three_moves_evade_slashes_of_unique_stake() {
	let scene = Scene::unique(WAD / 2, WAD / 5);
	let schedules = scene.genesis().execute_with(|| exhaust(&scene, &core(), 3));
	report_search("three of the core, unique stake", schedules);
}

#[test]
fn no_two_moves_evade_slashes_of_elastic_stake() {
	let scene = Scene::elastic(WAD / 3, WAD / 3);
	let schedules = scene.genesis().execute_with(|| exhaust(&scene, &all(), 2));
	report_search("two of all moves, elastic stake", schedules);
}

#[test]
fn no_three_moves_evade_slashes_of_elastic_stake() {
	let scene = Scene::elastic(WAD, WAD / 10);
	let schedules = scene.genesis().execute_with(|| exhaust(&scene, &core(), 3));
	report_search("three of the core, elastic stake", schedules);
}

/// Plays a schedule to its end, and then lets all accounts leave.
fn play(scene: &Scene, schedule: &Schedule) {
	let mut progress = Progress::begin();
	let mut stops = 0;
	let steps = timeline(scene);
	let count = steps.iter().filter(|step| **step == Step::Stop).count();
	for step in steps {
		if step == Step::Stop {
			for (_, offence, via) in schedule.iter().filter(|(stop, _, _)| stop % count == stops) {
				let _ = offence.make(*via, &mut progress);
			}
			stops += 1;
		}
		advance(scene, step, &mut progress);
	}
	chain::try_state();

	// All remaining funds can be claimed: no claim is blocked, and rounding leaves almost nothing behind.
	for who in PEOPLE {
		for kind in [PoolKind::Stake, NATIVE, ASSET] {
			let shares = ExitAmount::All;
			let _ =
				with_storage_layer(|| OperatorDelegation::exit(signed(&account(who)), op(), kind, shares));
		}
	}
	(0..NetworkParameters::LOCAL.exit_delay).for_each(|_| next_era());
	for (owner, operator, kind, queued) in Claims::<Runtime>::iter_keys().collect::<Vec<_>>() {
		if Exits::<Runtime>::contains_key((&operator, kind, queued)) {
			let anyone = RuntimeOrigin::signed(account(LOOT));
			OperatorDelegation::claim(anyone, owner, operator, kind, queued).expect("a claim is paid");
		}
	}
	assert_eq!(Exits::<Runtime>::iter().count(), 0);
	for kind in [PoolKind::Stake, NATIVE, ASSET] {
		assert!(pool(&op(), kind) <= 2 * PEOPLE.len() as u128, "{kind:?} keeps {}", pool(&op(), kind));
	}
	// The honest service gets what its stream gave back.
	for owner in PEOPLE.into_iter().chain([HONEST]).map(account) {
		let call = Reward::collect_all { owner, after: None, positions: u32::MAX, currencies: u32::MAX };
		dispatch(account(LOOT), call.into(), Via::Sender).expect("all that is due is paid");
	}
	assert_eq!(Credit::<Runtime>::iter().count(), 0);
	for currency in CURRENCIES {
		let streams = Streams::<Runtime>::iter_values().filter(|stream| stream.currency == currency);
		let kept = streams.map(|stream| stream.funds).sum::<Balance>()
			+ Carried::<Runtime>::get(honest(), &currency)
			+ NativeAndAssets::minimum_balance(currency.clone());
		// Each settlement of a position leaves at most one unit.
		let left = owned(&Rewards::account(), currency.clone()) - kept;
		assert!(left <= MOST_SETTLED, "{left} of {currency:?} is nobody's");
	}
	chain::try_state();
}

/// The maximum number of settlements in a schedule.
const MOST_SETTLED: Balance = 200;
/// The maximum number of random schedules of one scene.
const SCHEDULES: usize = 16;

#[test]
fn no_random_schedule_evades_a_slash() {
	let chosen = std::env::var("MAINSTAY_CASES").ok().map(|cases| cases.parse().expect("a number of scenes"));
	let cases: u32 = chosen.unwrap_or(600);
	let config =
		ProptestConfig { cases, max_shrink_iters: 2_000, failure_persistence: None, ..Default::default() };
	// The cases are the same every time. If their number is given, they differ every time.
	let mut runner = match chosen {
		Some(_) => TestRunner::new(config),
		None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
	};
	let schedules = proptest::collection::vec(schedule(), 1..=SCHEDULES);
	let played = AtomicU64::new(0);
	let result = runner.run(&(scene(), schedules), |(scene, schedules)| {
		scene.genesis().execute_with(|| {
			for schedule in &schedules {
				rolled_back(|| play(&scene, schedule));
				played.fetch_add(1, Ordering::Relaxed);
				// The shortest schedule that evades the slash is shown.
				let found = FOUND.take();
				assert!(found.is_empty(), "{scene:?}: {found:#?}");
			}
		});
		Ok(())
	});
	result.unwrap_or_else(|failure| panic!("{failure}"));
	report_search("up to eleven of all moves, at random", played.into_inner());
}
