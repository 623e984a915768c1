//! Eras on the local network's genesis, through the session pallet and the executive: elections, rewards,
//! equivocations, silence.

use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Inspect, DisabledValidators},
};
use mainstay_economy_tests::chain::{self, Chain};
use mainstay_operator_delegation::{Exits, Pools, Slashed};
use mainstay_primitives::{
	pool::mul_div, Balance, Currency, ExitAmount, PoolKind, BPS, STAY, WAD, YEAR_MILLIS,
};
use mainstay_rewards::{Credit, EraRewards};
use mainstay_runtime::{
	Babe, Balances, Offences, OperatorDelegation, Rewards, Runtime, RuntimeOrigin, Session, SessionKeys,
	Slashing, Staking,
};
use mainstay_slashing::{Lane, Slashes};
use mainstay_staking::{Candidates, Error as StakingError, Silent};
use pallet_babe::EquivocationOffence;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_staking::offence::ReportOffence;

fn pool(operator: Sr25519Keyring) -> Balance {
	Pools::<Runtime>::get(operator.to_account_id(), PoolKind::Stake).map_or(0, |pool| pool.funds.amount)
}

fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.to_account_id())
}

fn serves(who: Sr25519Keyring) -> bool {
	Session::validators().contains(&who.to_account_id())
}

/// Makes `who` an operator and a candidate, with `stake` of its own.
fn join(who: Sr25519Keyring, stake: Balance) {
	let account = who.to_account_id();
	let keys = SessionKeys::generate(&account.encode(), None);
	assert_ok!(Session::set_keys(signed(who), keys.keys, keys.proof.encode()));
	assert_ok!(OperatorDelegation::register(signed(who), 1_000));
	assert_ok!(OperatorDelegation::stake(signed(who), account, stake, stake));
	assert_ok!(Staking::validate(signed(who)));
}

/// Reports a double block of `offender` in the running session, as a proven report would.
fn equivocate(offender: Sr25519Keyring) {
	let offence = EquivocationOffence {
		slot: Babe::current_slot(),
		session_index: Session::current_index(),
		validator_set_count: Session::validators().len() as u32,
		offender: (offender.to_account_id(), ()),
	};
	Offences::report_offence(vec![Ferdie.to_account_id()], offence).expect("the first report of it");
}

/// Executes a block with reports on `offenders`. None of them authors it, because a block that disables its own author
/// is invalid.
fn report(chain: &mut Chain, offenders: &[Sr25519Keyring]) {
	chain.silent = offenders.iter().map(|who| who.to_account_id()).collect();
	chain.block(|| offenders.iter().copied().for_each(equivocate));
	chain.silent.clear();
}

#[test]
fn an_era_mints_its_share_of_a_year_and_pays_it_by_points() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		let minted = Balances::total_issuance();
		let pools: Vec<_> = [Alice, Bob, Charlie, Dave].map(pool).to_vec();
		let credit = |who: Sr25519Keyring| Credit::<Runtime>::get(who.to_account_id(), Currency::Native);
		let credits: Vec<_> = [Alice, Bob, Charlie, Dave].map(credit).to_vec();
		chain.to_era(2);

		// Every slot of a second has a block: the era lasts 30 s of a year at 5 %.
		let reward = EraRewards::<Runtime>::get(1).expect("era 1 is paid");
		let pot = mul_div(minted, 500 * 30_000, u128::from(BPS) * u128::from(YEAR_MILLIS)).unwrap();
		assert_eq!(reward.pot, pot);
		assert_eq!(reward.points, 30 * mainstay_staking::POINTS_PER_BLOCK);
		assert_eq!(Balances::total_issuance(), minted + reward.paid);
		assert!(
			reward.paid <= pot && pot - reward.paid < 4,
			"only the rounding of four shares is not minted"
		);

		for (n, who) in [Alice, Bob, Charlie, Dave].into_iter().enumerate() {
			let points = mainstay_staking::EraPoints::<Runtime>::get(1, who.to_account_id());
			let share = mul_div(pot, points.into(), reward.points.into()).unwrap();
			let commission = share * 500 / 10_000;
			assert_eq!(credit(who) - credits[n], commission);
			assert_eq!(pool(who) - pools[n], share - commission);
		}

		let before = Balances::total_balance(&Bob.to_account_id());
		let due = credit(Bob);
		assert_ok!(Rewards::collect_all(signed(Eve), Bob.to_account_id(), None, u32::MAX, u32::MAX));
		assert_eq!(Balances::total_balance(&Bob.to_account_id()), before + due);
		assert_eq!(credit(Bob), 0);
	});
}

#[test]
fn a_newcomer_with_keys_and_stake_is_elected_and_authors() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		chain.block(|| join(Eve, 50_000 * STAY));
		assert!(!serves(Eve));
		chain.to_era(2);
		assert!(serves(Eve), "elected in era 1 for era 2");
		chain.to_era(3);
		let points = mainstay_staking::EraPoints::<Runtime>::get(2, Eve.to_account_id());
		assert_eq!(points, 6 * mainstay_staking::POINTS_PER_BLOCK);
		assert!(pool(Eve) > 50_000 * STAY);

		chain.submit(|| Staking::chill(signed(Eve)));
		chain.to_era(4);
		assert!(!serves(Eve));
	});
}

#[test]
fn a_candidate_without_keys_is_not_elected_and_the_chain_goes_on() {
	chain::run("local_testnet", |chain| {
		chain.block(|| join(Eve, 50_000 * STAY));
		chain.submit(|| Session::purge_keys(signed(Eve)));
		chain.to_era(2);
		assert!(!serves(Eve));

		// Without Alice three candidates with keys are left, fewer than the minimum number, so the old set stays.
		chain.submit(|| Staking::chill(signed(Alice)));
		chain.to_era(3);
		assert_eq!(Session::validators().len(), 4);
		assert!(serves(Alice), "three candidates are too few, so the set of four goes on");
	});
}

#[test]
fn an_equivocation_disables_at_once_and_is_slashed_after_its_deferral() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		// Ferdie exits before the era of the offence, and Eve during it.
		chain.block(|| {
			for who in [Eve, Ferdie] {
				let stake = 1_000 * STAY;
				assert_ok!(OperatorDelegation::stake(signed(who), Dave.to_account_id(), stake, 0));
			}
		});
		let leave = |who| {
			OperatorDelegation::exit(signed(who), Dave.to_account_id(), PoolKind::Stake, ExitAmount::All)
		};
		chain.submit(|| leave(Ferdie));
		chain.to_era(2);
		report(chain, &[Dave]);
		chain.submit(|| leave(Eve));
		let index = Session::validators().iter().position(|who| *who == Dave.to_account_id()).unwrap();
		assert!(Session::is_disabled(index as u32));

		// One of four offends: the fraction is capped at a tenth, instead of 56 % by the usual curve.
		let slash = Slashes::<Runtime>::get(0).expect("queued");
		assert_eq!(slash.lane, Lane::Consensus { fraction: WAD / 10 });
		assert_eq!((slash.capture, slash.due), (2, 3));
		let exit =
			|era| Exits::<Runtime>::get((Dave.to_account_id(), PoolKind::Stake, era)).unwrap().funds.amount;
		let (before, early, late) = (pool(Dave), exit(1), exit(2));
		assert_noop!(Slashing::execute(signed(Eve), 0), mainstay_slashing::Error::<Runtime>::NotDue);

		let issuance = Balances::total_issuance();
		chain.to_era(3);
		assert!(Slashes::<Runtime>::get(0).is_none(), "the hook executed it");
		assert_eq!(exit(1), early);
		assert_eq!(exit(2), late - late / 10);
		let taken = before / 10 + late / 10;
		assert_eq!(mainstay_slashing::TotalSlashed::<Runtime>::get(Currency::Native), taken);
		assert_eq!(Slashed::<Runtime>::get(Currency::Native), 0, "paid out: burnt");
		// Slashed stake earns nothing, because era 2 is paid after the slash.
		let paid = EraRewards::<Runtime>::get(2).unwrap().paid;
		assert_eq!(Balances::total_issuance(), issuance - taken + paid);

		// In era 6 both exits have matured.
		chain.to_era(6);
		for (who, era, amount) in [(Ferdie, 1, early), (Eve, 2, late - late / 10)] {
			let purse = Balances::total_balance(&who.to_account_id());
			let claim = || {
				let (owner, operator) = (who.to_account_id(), Dave.to_account_id());
				OperatorDelegation::claim(signed(Bob), owner, operator, PoolKind::Stake, era)
			};
			assert_ok!(claim());
			assert_eq!(Balances::total_balance(&who.to_account_id()), purse + amount);
			assert_noop!(claim(), mainstay_operator_delegation::Error::<Runtime>::NothingToClaim);
		}
	});
}

#[test]
fn concurrent_offenders_raise_the_fraction_of_all() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		report(chain, &[Charlie, Dave]);
		// Two of four are more than a third, and (3 * 2 / 4)^2 exceeds one, so everything is slashed.
		for id in 0..2 {
			assert_eq!(Slashes::<Runtime>::get(id).unwrap().lane, Lane::Consensus { fraction: WAD });
		}
		chain.to_era(2);
		assert_eq!((pool(Charlie), pool(Dave)), (0, 0));
		// The two are no longer electable, and the other two are too few, so the old set stays.
		chain.to_era(4);
		assert_eq!(Session::validators().len(), 4);
		assert_eq!(pool(Charlie), 0, "no stake is left that could be rewarded");
	});
}

#[test]
fn root_cancels_a_slash_and_nothing_is_taken() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		report(chain, &[Dave]);
		let before = pool(Dave);
		assert_noop!(Slashing::cancel(signed(Dave), 0), sp_runtime::DispatchError::BadOrigin);
		chain.submit(|| Slashing::cancel(RuntimeOrigin::root(), 0));
		chain.to_era(3);
		assert!(pool(Dave) >= before);
		assert_eq!(mainstay_slashing::TotalSlashed::<Runtime>::get(Currency::Native), 0);
	});
}

#[test]
fn who_is_silent_for_two_eras_is_chilled_within_limits_and_waits() {
	chain::run("local_testnet", |chain| {
		let candidate = |who: Sr25519Keyring| Candidates::<Runtime>::contains_key(who.to_account_id());
		let silence = |who: Sr25519Keyring| Silent::<Runtime>::get(who.to_account_id());
		chain.block(|| join(Eve, 50_000 * STAY));
		chain.to_era(1);
		assert!(serves(Eve));
		chain.silent = [Eve, Bob].map(|who| who.to_account_id()).to_vec();
		chain.to_era(3);
		// Two of five are silent, and one of them may be chilled: the one with the least stake. Four are left, the
		// minimum number.
		assert!(!candidate(Eve) && candidate(Bob));
		assert!(serves(Eve), "it was elected before");
		assert_noop!(Staking::validate(signed(Eve)), StakingError::<Runtime>::BarredForSilence);
		chain.to_era(6);
		assert!(!serves(Eve) && candidate(Bob) && serves(Bob));
		// Bob authored a block in era 1 before it fell silent.
		assert_eq!((silence(Eve), silence(Bob)), (3, 4));

		chain.silent.clear();
		chain.to_era(7);
		assert_eq!(silence(Bob), 0);
		assert_eq!(Session::validators().len(), 4);
		// Eve may be a candidate again three eras after the last one in which it served.
		chain.submit(|| Staking::validate(signed(Eve)).map(drop).map_err(|refused| refused.error));
		chain.to_era(8);
		assert!(serves(Eve));
		chain.to_era(9);
		assert_eq!(silence(Eve), 0);
	});
}
