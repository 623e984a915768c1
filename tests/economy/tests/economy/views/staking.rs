//! The clock, the validators, and their rewards, on the local network's genesis.

use codec::Encode;
use frame_support::assert_ok;
use mainstay_economy_tests::{
	chain::{self, Chain},
	services::{account, operator, run, to_era},
};
use mainstay_operator_delegation::Pools;
use mainstay_primitives::{
	runtime_api::{staking::*, Return},
	traits::EraClock,
	Balance, Currency, Era, NetworkParameters, PoolKind, MILLI, STAY, YEAR_MILLIS,
};
use mainstay_rewards::{Credit, Due};
use mainstay_runtime::{
	views::{rewards, staking as api},
	Balances, Offences, OperatorDelegation, Runtime, RuntimeOrigin, Session, SessionKeys, Staking,
};
use mainstay_staking::{EraStakes, EraValidators};
use pallet_babe::EquivocationOffence;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie, One};
use sp_staking::offence::ReportOffence;

const VALIDATORS: [Sr25519Keyring; 4] = [Alice, Bob, Charlie, Dave];
/// The stake of each validator at genesis, all its own.
const STAKE: Balance = 1_000_000 * STAY;
/// Eras of 30 s in a year, in millionths.
const PER_YEAR: Balance = 1_051_920_000_000;

fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.to_account_id())
}

fn pool(operator: Sr25519Keyring) -> Balance {
	Pools::<Runtime>::get(operator.to_account_id(), PoolKind::Stake).map_or(0, |pool| pool.funds.amount)
}

/// The operator's pool and its credit, which grow by what the operator earns.
fn standing(operator: Sr25519Keyring) -> Balance {
	pool(operator) + Credit::<Runtime>::get(operator.to_account_id(), Currency::Native)
}

fn register(who: Sr25519Keyring) {
	assert_ok!(OperatorDelegation::register(signed(who), 1_000));
}

/// Makes `who` a candidate with `stake` of its own.
fn join(who: Sr25519Keyring, stake: Balance) {
	let account = who.to_account_id();
	let keys = SessionKeys::generate(&account.encode(), None);
	assert_ok!(Session::set_keys(signed(who), keys.keys, keys.proof.encode()));
	register(who);
	assert_ok!(OperatorDelegation::stake(signed(who), account, stake, stake));
	assert_ok!(Staking::validate(signed(who)));
}

/// Executes blocks until the set of the next era is elected.
fn to_election(chain: &mut Chain) {
	while EraValidators::<Runtime>::get(Staking::active() + 1).is_empty() {
		chain.block(|| {});
	}
}

fn status(who: Sr25519Keyring) -> ValidatorStatus {
	api::validator(who.to_account_id()).expect("an operator")
}

fn returned(who: Sr25519Keyring, eras: Era) -> ValidatorReturn {
	api::validator_return(who.to_account_id(), eras).expect("an operator")
}

fn yearly(earned: Balance, stake: Balance, eras: u32) -> Return {
	let millionths = (earned * PER_YEAR).checked_div(stake).unwrap_or(0) as u64;
	Return { millionths, earned: earned.into(), stake: stake.into(), eras }
}

#[test]
fn the_running_era_is_told_with_the_chains_economy() {
	chain::run("local_testnet", |chain| {
		assert_eq!((api::era().era, api::era().start, api::era().last), (0, None, None));
		chain.to_era(1);
		let elected: Balance = VALIDATORS.map(pool).iter().sum();
		let (before, minted) = (VALIDATORS.map(standing), Balances::total_issuance());
		chain.to_era(2);
		let paid = VALIDATORS.map(standing).iter().sum::<Balance>() - before.iter().sum::<Balance>();
		let last = EraReward {
			era: 1,
			pot: (minted * 500 * 30_000 / 10_000 / Balance::from(YEAR_MILLIS)).into(),
			points: 30 * 20,
			paid: paid.into(),
		};
		chain.block(|| join(Eve, 5_000 * STAY));
		// The time is set after a session has begun, so an era begins at the time of the last block before it.
		let start = Some(1_000_060_000);
		assert_eq!(
			api::era(),
			EraStatus {
				era: 2,
				start,
				millis: 30_000,
				session: 6,
				sessions: 3,
				validators: 4,
				stake: elected.into(),
				candidates: 5,
				validator_count: 10,
				min_self_stake: (1_000 * STAY).into(),
				issuance: Balances::total_issuance().into(),
				last: Some(last.clone()),
			}
		);
		assert_eq!(rewards::era_reward(1), Some(last));
		assert_eq!([2, 3, Era::MAX].map(rewards::era_reward), [None, None, None]);
	});
}

#[test]
fn what_genesis_set_is_told() {
	run(NetworkParameters::LOCAL, &[], || {
		let expected = Parameters {
			slot_millis: 1_000,
			session_slots: 10,
			era_sessions: 3,
			exit_delay: 4,
			max_veto_window: 3,
			consensus_deferral: 1,
			allocation_delay: 1,
			commission_delay: 1,
			deallocation_delay: 5,
			terms_delay: 5,
			max_leverage: 3,
			least_validators: 4,
			min_deposit: MILLI.into(),
			history: 84,
			seat_fraction: 0,
		};
		assert_eq!(api::parameters(), expected);
	});
}

#[test]
fn the_validators_of_an_era_are_told_with_what_each_earned() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		// The candidate with more stake is elected first.
		chain.submit(|| OperatorDelegation::stake(signed(Eve), Dave.to_account_id(), 700 * STAY, 0));
		let (before, elected) = (VALIDATORS.map(standing), VALIDATORS.map(pool));
		chain.to_era(2);
		let earned: Vec<_> =
			VALIDATORS.map(standing).iter().zip(before).map(|(now, then)| now - then).collect();

		let first = api::validators(1);
		assert_eq!(first.len(), 4);
		assert!(first.windows(2).all(|pair| pair[0].operator < pair[1].operator), "they had the same stake");
		assert_eq!(first.iter().map(|one| one.points).sum::<u32>(), 30 * 20);
		for (who, earned) in VALIDATORS.into_iter().zip(earned) {
			let one = first.iter().find(|one| one.operator.0 == who.to_account_id()).expect("it serves");
			assert_eq!((one.stake.0, one.reward), (STAKE, Some(earned.into())), "{who:?}");
			assert!(earned > 0 && [140, 160].contains(&one.points), "{who:?}");
		}

		let second = api::validators(2);
		assert_eq!(second[0].operator.0, Dave.to_account_id());
		for (who, elected) in VALIDATORS.into_iter().zip(elected) {
			let one = second.iter().find(|one| one.operator.0 == who.to_account_id()).expect("it serves");
			assert_eq!((one.stake.0, one.reward), (elected, None), "{who:?}");
		}
		assert_eq!(second.iter().map(|one| one.points).sum::<u32>(), 2 * 20);

		assert_eq!(api::validators(3), []);
		to_election(chain);
		let third = api::validators(3);
		assert_eq!(third.len(), 4);
		assert!(third.iter().all(|one| one.stake.0 > STAKE && one.points == 0 && one.reward.is_none()));
		assert_eq!(api::validators(Era::MAX), []);

		// An era from before the chain stored stakes.
		EraStakes::<Runtime>::remove(1);
		assert!(api::validators(1).iter().all(|one| one.stake.0 == 0 && one.reward.is_some_and(|r| r.0 > 0)));
	});
}

#[test]
fn an_operators_way_into_the_set_and_out_of_it_shows() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		assert_eq!(api::validator(Eve.to_account_id()), None);
		chain.block(|| {
			join(Eve, 50_000 * STAY);
			register(Ferdie);
			assert_ok!(OperatorDelegation::stake(signed(Bob), Eve.to_account_id(), 7 * STAY, 0));
		});
		let nothing = ValidatorStatus {
			candidate: false,
			active: false,
			next: None,
			has_keys: false,
			disabled: false,
			self_stake: 0.into(),
			stake: 0.into(),
			points: 0,
			silent: 0,
			barred: None,
		};
		assert_eq!(status(Ferdie), nothing);
		let (own, all) = ((50_000 * STAY).into(), (50_007 * STAY).into());
		let eve = ValidatorStatus { candidate: true, has_keys: true, self_stake: own, stake: all, ..nothing };
		assert_eq!(status(Eve), eve);
		let alice = status(Alice);
		assert_eq!((alice.candidate, alice.active, alice.next, alice.has_keys), (true, true, None, true));
		assert_eq!((alice.self_stake.0, alice.stake.0), (pool(Alice), pool(Alice)));
		assert_eq!(VALIDATORS.map(|who| status(who).points).iter().sum::<u32>(), 3 * 20);

		to_election(chain);
		assert_eq!(status(Eve), ValidatorStatus { next: Some(true), ..eve.clone() });
		assert_eq!((status(Alice).next, status(Ferdie).next), (Some(true), Some(false)));
		chain.to_era(2);
		assert_eq!((status(Eve).active, status(Eve).next), (true, None));
		chain.submit(|| Staking::chill(signed(Eve)));
		chain.submit(|| Session::purge_keys(signed(Eve)));
		to_election(chain);
		let eve = status(Eve);
		assert_eq!((eve.candidate, eve.active, eve.next, eve.has_keys), (false, true, Some(false), false));
	});
}

#[test]
fn who_is_disabled_or_silent_shows() {
	chain::run("local_testnet", |chain| {
		chain.silent = vec![Dave.to_account_id()];
		chain.to_era(1);
		assert_eq!((status(Dave).silent, status(Dave).points, status(Alice).silent), (1, 0, 0));
		chain.block(|| {
			let offence = EquivocationOffence {
				slot: mainstay_runtime::Babe::current_slot(),
				session_index: Session::current_index(),
				validator_set_count: 4,
				offender: (Dave.to_account_id(), ()),
			};
			Offences::report_offence(vec![Ferdie.to_account_id()], offence).expect("the first report of it");
		});
		assert_eq!(VALIDATORS.map(|who| status(who).disabled), [false, false, false, true]);
	});
}

#[test]
fn the_return_of_a_validator_is_what_it_earned_by_what_elected_it() {
	chain::run("local_testnet", |chain| {
		let nothing = |until: Era| ValidatorReturn {
			from: 0,
			until,
			served: 0,
			commission: 500,
			whole: yearly(0, 0, 0),
			delegators: yearly(0, 0, 0),
		};
		assert_eq!(returned(Alice, 5), nothing(0));
		let mut seen = vec![(STAKE, STAKE)];
		for era in 1..=3 {
			chain.to_era(era);
			seen.push((standing(Alice), pool(Alice)));
			if era == 1 {
				chain.block(|| {
					join(Eve, 50_000 * STAY);
					register(Ferdie);
				});
			}
		}
		let earned = |from: usize, until: usize| seen[until + 1].0 - seen[from].0;
		let shared = |from: usize, until: usize| seen[until + 1].1 - seen[from].1;
		let elected = [STAKE, STAKE, seen[1].1];
		let expected = |from: usize, until: usize| {
			let (stake, eras) = (elected[from..=until].iter().sum(), (until + 1 - from) as u32);
			ValidatorReturn {
				from: from as Era,
				until: until as Era,
				served: eras,
				commission: 500,
				whole: yearly(earned(from, until), stake, eras),
				delegators: yearly(shared(from, until), stake, eras),
			}
		};
		for eras in [0, 1] {
			assert_eq!(returned(Alice, eras), expected(2, 2));
		}
		assert_eq!(returned(Alice, 2), expected(1, 2));
		for eras in [3, 84, Era::MAX] {
			assert_eq!(returned(Alice, eras), expected(0, 2));
		}
		assert!(earned(1, 2) > 0 && returned(Alice, 2).whole.millionths > 0);

		// Others: a validator that served in one of these eras, one that never did, and an account that is no operator.
		let eve = returned(Eve, Era::MAX);
		assert_eq!((eve.from, eve.until, eve.served, eve.whole.eras), (0, 2, 1, 1));
		assert_eq!((eve.commission, eve.whole.stake.0), (1_000, 50_000 * STAY));
		assert_eq!(eve.whole.earned.0, standing(Eve) - 50_000 * STAY);
		assert_eq!(eve.delegators.earned.0, pool(Eve) - 50_000 * STAY);
		assert_eq!(returned(Ferdie, 7), ValidatorReturn { commission: 1_000, ..nothing(2) });
		assert_eq!(api::validator_return(One.to_account_id(), 7), None);

		// The current commission is subtracted.
		chain.submit(|| OperatorDelegation::set_commission(signed(Alice), 0));
		assert_eq!(returned(Alice, 2).delegators, returned(Alice, 2).whole);

		// An era whose stakes are not known does not count, nor do the earnings of that era.
		EraStakes::<Runtime>::remove(1);
		let partly = returned(Alice, 2);
		assert_eq!((partly.from, partly.served), (1, 2));
		assert_eq!(partly.whole, yearly(earned(2, 2), elected[2], 1));

		// An era whose payments are still due does not count yet.
		while Staking::active() < 4 {
			chain.block(|| {});
		}
		assert_eq!(Due::<Runtime>::get().map(|due| due.era), Some(3));
		assert_eq!((returned(Alice, 1).from, returned(Alice, 1).until), (2, 2));
		chain.block(|| {});
		assert_eq!((returned(Alice, 1).from, returned(Alice, 1).until), (3, 3));
	});
}

#[test]
fn nothing_is_looked_for_beyond_the_history() {
	let op = account("op");
	run(NetworkParameters::LOCAL, std::slice::from_ref(&op), || {
		operator(&op, 0);
		to_era(200);
		let told = api::validator_return(op.clone(), Era::MAX).expect("an operator");
		assert_eq!((told.from, told.until, told.served), (117, 199, 0));
		let told = api::validator_return(op.clone(), 0).expect("an operator");
		assert_eq!((told.from, told.until), (199, 199));
		assert_eq!((api::era().era, api::era().last), (200, None));
		assert_eq!(api::validators(150), []);
		assert_eq!(
			api::validator(op.clone()).map(|status| (status.active, status.next)),
			Some((false, None))
		);
	});
}
