//! A state machine over everything that people, consensus and root can do, in random order, block by block: the
//! invariants hold after every action, nothing panics, and value is neither made nor lost.
//!
//! `MAINSTAY_CASES` sets how many runs of [`ACTIONS`] actions there are, and draws new ones.

use mainstay_economy_tests::chain::{self, Chain};
use mainstay_operator_delegation::{Claims, Exits};
use mainstay_primitives::{Balance, Bps, Currency, Era, ExitAmount, Kind, SlashId, STAY};
use mainstay_rewards::{EraRewards, YEAR_MILLIS};
use mainstay_runtime::{
	Babe, Balances, Offences, OperatorDelegation, Rewards, Runtime, RuntimeOrigin, Session, SessionKeys,
	Slashing, Staking,
};
use pallet_babe::EquivocationOffence;
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_staking::offence::ReportOffence;

/// Actions of one run.
const ACTIONS: usize = 200;
/// Four validators of genesis, and two who may join them.
const PEOPLE: [Sr25519Keyring; 6] = [Alice, Bob, Charlie, Dave, Eve, Ferdie];

/// Who acts, by index into [`PEOPLE`].
type Who = usize;

#[derive(Clone, Debug)]
enum Action {
	Register(Who, Bps),
	SetCommission(Who, Bps),
	Retire(Who),
	Stake(Who, Who, Balance),
	Exit(Who, Who, ExitAmount),
	/// The claim of this index, whoever's it is.
	Claim(Who, usize),
	Collect(Who, Who),
	SetKeys(Who),
	PurgeKeys(Who),
	Validate(Who),
	Chill(Who),
	/// A doubled block, reported to the offences pallet.
	Equivocate(Who),
	Execute(Who, SlashId),
	Payout(Who, SlashId),
	Cancel(SlashId),
	/// Blocks without a call.
	Wait(u8),
}

fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![0..10u128.pow(10), STAY..10_000 * STAY, 1_000_000 * STAY..200_000_000 * STAY]
}

fn exit_amount() -> impl Strategy<Value = ExitAmount> {
	prop_oneof![
		Just(ExitAmount::All),
		amount().prop_map(ExitAmount::Shares),
		amount().prop_map(ExitAmount::Value)
	]
}

fn action() -> impl Strategy<Value = Action> {
	let who = || 0..PEOPLE.len();
	prop_oneof![
		3 => (who(), 0..12_000u16).prop_map(|(who, bps)| Action::Register(who, bps)),
		2 => (who(), 0..12_000u16).prop_map(|(who, bps)| Action::SetCommission(who, bps)),
		1 => (4..PEOPLE.len()).prop_map(Action::Retire),
		12 => (who(), who(), amount()).prop_map(|(who, operator, amount)| Action::Stake(who, operator, amount)),
		10 => (who(), who(), exit_amount()).prop_map(|(who, operator, amount)| Action::Exit(who, operator, amount)),
		8 => (who(), 0..20usize).prop_map(|(who, claim)| Action::Claim(who, claim)),
		3 => (who(), who()).prop_map(|(who, owner)| Action::Collect(who, owner)),
		2 => who().prop_map(Action::SetKeys),
		1 => (4..PEOPLE.len()).prop_map(Action::PurgeKeys),
		3 => who().prop_map(Action::Validate),
		1 => (4..PEOPLE.len()).prop_map(Action::Chill),
		2 => who().prop_map(Action::Equivocate),
		2 => (who(), 0..20u32).prop_map(|(who, id)| Action::Execute(who, id)),
		1 => (who(), 0..20u32).prop_map(|(who, id)| Action::Payout(who, id)),
		1 => (0..20u32).prop_map(Action::Cancel),
		6 => (1..40u8).prop_map(Action::Wait),
	]
}

fn equivocate(chain: &mut Chain, who: Sr25519Keyring) {
	// Only a validator can, and its own block would disable its author.
	if !Session::validators().contains(&who.to_account_id()) {
		return;
	}
	chain.silent = vec![who.to_account_id()];
	chain.block(|| {
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
	chain.silent.clear();
}

/// Runs an action. Whether a call succeeds is not the question here; `Chain::attempt` sees to it that a refused one
/// changes nothing.
fn act(chain: &mut Chain, action: Action) {
	let signed = |who: Who| RuntimeOrigin::signed(PEOPLE[who].to_account_id());
	let account = |who: Who| PEOPLE[who].to_account_id();
	match action {
		Action::Wait(blocks) => (0..blocks).for_each(|_| chain.block(|| {})),
		Action::Equivocate(who) => equivocate(chain, PEOPLE[who]),
		call => chain.attempt(|| match call {
			Action::Register(who, bps) => OperatorDelegation::register(signed(who), bps),
			Action::SetCommission(who, bps) => OperatorDelegation::set_commission(signed(who), bps),
			Action::Retire(who) => OperatorDelegation::retire(signed(who)),
			Action::Stake(who, operator, amount) => {
				OperatorDelegation::stake(signed(who), account(operator), amount, 0)
			},
			Action::Exit(who, operator, amount) => {
				OperatorDelegation::exit(signed(who), account(operator), Kind::Stake, amount)
			},
			Action::Claim(who, index) => match Claims::<Runtime>::iter_keys().nth(index) {
				Some((owner, operator, kind, era)) => {
					OperatorDelegation::claim(signed(who), owner, operator, kind, era)
				},
				None => Ok(()),
			},
			Action::Collect(who, owner) => Rewards::collect(signed(who), account(owner)),
			Action::SetKeys(who) => {
				let keys = SessionKeys::generate(&codec::Encode::encode(&account(who)), None);
				Session::set_keys(signed(who), keys.keys, codec::Encode::encode(&keys.proof))
			},
			Action::PurgeKeys(who) => Session::purge_keys(signed(who)),
			Action::Validate(who) => Staking::validate(signed(who)).map(|_| ()).map_err(|e| e.error),
			Action::Chill(who) => Staking::chill(signed(who)),
			Action::Execute(who, id) => Slashing::execute(signed(who), id),
			Action::Payout(who, id) => Slashing::payout(signed(who), id),
			Action::Cancel(id) => Slashing::cancel(RuntimeOrigin::root(), id),
			Action::Equivocate(_) | Action::Wait(_) => unreachable!("handled above"),
		}),
	}
}

/// All STAY there is, is what genesis had, and what eras minted, less what slashes burnt.
fn ensure_conserved(genesis: Balance, eras: &mut std::collections::BTreeMap<Era, Balance>) {
	eras.extend(EraRewards::<Runtime>::iter().map(|(era, reward)| (era, reward.paid)));
	let minted: Balance = eras.values().sum();
	let burnt = mainstay_slashing::TotalSlashed::<Runtime>::get(Currency::Native)
		- mainstay_operator_delegation::Slashed::<Runtime>::get(Currency::Native);
	assert_eq!(Balances::total_issuance(), genesis + minted - burnt);
	// An era of at most 45 s cannot mint more than its part of a year's 5 %, of a supply that has hardly grown.
	let most = genesis / 20 * 45_000 / u128::from(YEAR_MILLIS) * 101 / 100;
	assert!(eras.values().all(|paid| *paid <= most));
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
	// The same runs every time, unless a number of them is asked for: then others every time.
	let mut runner = match chosen {
		Some(_) => TestRunner::new(config),
		None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
	};
	let actions = proptest::collection::vec(action(), ACTIONS);
	let result = runner.run(&actions, |actions| {
		chain::run("local_testnet", |chain| {
			let genesis = Balances::total_issuance();
			let mut eras = Default::default();
			for action in actions {
				act(chain, action);
				chain::try_state();
				ensure_conserved(genesis, &mut eras);
				assert!(!Session::validators().is_empty(), "an empty set stops the chain");
			}
			assert!(Exits::<Runtime>::iter_values().all(|exit| exit.funds.amount > 0));
		});
		Ok(())
	});
	result.unwrap_or_else(|failure| panic!("{failure}"));
	println!("{cases} runs of {ACTIONS} actions");
}
