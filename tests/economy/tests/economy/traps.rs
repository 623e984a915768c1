//! One test for each known pitfall of chains and contracts with delegated, slashable stake. The tests execute real
//! blocks where hooks matter.

use crate::people::{ann, bea, friend, loot, op, owner};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Mutate as _, Get},
};
use mainstay_avs_registry::Admission;
use mainstay_economy_tests::{
	chain::{self, Chain},
	services::{
		account, admit, back, claim, exit, exits, next_era, operator, owned, pool, report, run, run_hooks,
		serve, service, signed, slashed, to_era, value, ISSUER, PURSE,
	},
};
use mainstay_operator_delegation::{Policy, Pools, Slashed};
use mainstay_primitives::{
	pool::mul_div,
	rolled_back,
	traits::{EraClock, OperatorSets as _},
	AccountId, AssetId, Balance, Currency, Destination, Era, ExitAmount, NetworkParameters, OperatorSetId,
	PoolKind, BPS, MILLI, STAY, WAD, YEAR_MILLIS,
};
use mainstay_rewards::{Carried, EraRewards};
use mainstay_runtime::{
	configs::{accounts::ProxyType, clock::SessionSlots},
	Assets, AvsRegistry, Babe, Balances, Offences, OperatorDelegation, Proxy, Restaking, Rewards, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, Session, Slashing, Staking, System, Utility,
};
use mainstay_slashing::{Lane, Outcome, Pending, Record, Records, Slashes, Unpaid};
use pallet_babe::EquivocationOffence;
use sp_keyring::Sr25519Keyring::{Alice, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};
use sp_staking::offence::ReportOffence;

type Delegation = mainstay_operator_delegation::Error<Runtime>;
type Restake = mainstay_restaking::Error<Runtime>;
type Registry = mainstay_avs_registry::Error<Runtime>;
type Slash = mainstay_slashing::Error<Runtime>;
type Reward = mainstay_rewards::Error<Runtime>;

const STAKE: PoolKind = PoolKind::Stake;
const NATIVE: PoolKind = PoolKind::Native;
const GOLD: PoolKind = PoolKind::Asset(1);
const SILVER: PoolKind = PoolKind::Asset(2);
const ALL: ExitAmount = ExitAmount::All;

/// Runs `test` in era 0 of a state with two assets and an operator with a commission of a tenth.
fn economy(test: impl FnOnce()) {
	let people = [op(), ann(), bea(), owner(), friend(), loot()];
	run(NetworkParameters::LOCAL, &people, || {
		admit(1, 1, &people);
		admit(2, 1_000, &people);
		operator(&op(), 1_000);
		test();
	});
}

/// Like [`economy`], with 1,000 STAY of the operator and 3,000 of Ann in its `Native` pool. A service may slash
/// `magnitude` of them from era 1 on, with no veto window or with one of 1, 2 or 3 eras.
fn served(magnitude: u64, test: impl FnOnce(OperatorSetId)) {
	economy(|| {
		back(&op(), &op(), NATIVE, 1_000 * STAY);
		back(&ann(), &op(), NATIVE, 3_000 * STAY);
		let conditions: Vec<_> = (0..4).map(|window| (WAD, window)).collect();
		let set = service(&owner(), &owner(), &[NATIVE], Destination::Burn, &conditions);
		serve(&op(), set, &[(NATIVE, magnitude)]);
		next_era();
		test(set);
	});
}

/// Reports the operator, and runs the hook that executes due slashes.
fn slash(set: OperatorSetId, kind: PoolKind, fraction: u64, capture: Era) {
	report(set, &op(), 0, &[(kind, fraction)], capture).expect("in time");
	run_hooks();
}

/// The amount that `who` gets when it collects a currency from one position.
fn collect(who: &AccountId, kind: PoolKind, currency: Currency) -> Balance {
	let before = owned(who, currency.clone());
	assert_ok!(Rewards::collect(signed(who), who.clone(), op(), kind, u32::MAX));
	owned(who, currency) - before
}

/// What an executed slash took.
fn taken(record: &Record<Runtime>) -> Vec<(Currency, Balance)> {
	match &record.outcome {
		Outcome::Executed(taken) => taken.to_vec(),
		other => panic!("it was executed, not {other:?}"),
	}
}

/// The amount that `who` gets by a claim.
fn claimed(who: &AccountId, kind: PoolKind, queued: Era) -> Balance {
	let before = owned(who, kind.currency());
	assert_ok!(claim(who, &op(), kind, queued));
	owned(who, kind.currency()) - before
}

fn pay(set: OperatorSetId, currency: Currency, amount: Balance) -> DispatchResult {
	Rewards::pay_set(signed(&owner()), set, currency, amount).map(|_| ()).map_err(|e| e.error)
}

fn allocation(kind: PoolKind, set: OperatorSetId) -> (u64, Option<(u64, Era)>) {
	Restaking::allocation(op(), kind, set)
}

/// A chain with Eve as an operator that does not validate. She has 1,000 STAY of her own and 1,000 of Ferdie, all of
/// which are allocated to Alice's service. She receives no rewards.
fn eve_serves(chain: &mut Chain) -> OperatorSetId {
	let (eve, ferdie, alice) = (Eve.to_account_id(), Ferdie.to_account_id(), Alice.to_account_id());
	let mut set = None;
	chain.block(|| {
		operator(&eve, 0);
		back(&eve, &eve, NATIVE, 1_000 * STAY);
		back(&ferdie, &eve, NATIVE, 1_000 * STAY);
		let conditions = [(WAD, 0), (WAD, 1), (WAD, 2), (WAD, 3)];
		let made = service(&alice, &alice, &[NATIVE], Destination::Burn, &conditions);
		serve(&eve, made, &[(NATIVE, WAD)]);
		set = Some(made);
	});
	set.expect("the service is made")
}

/// Whether the running block is the last of its era, unless slots stay empty.
fn ends_era() -> bool {
	let sessions = NetworkParameters::LOCAL.era_sessions;
	let last_session = Session::current_index() % sessions == sessions - 1;
	last_session && *Babe::current_slot() + 1 == *Babe::current_epoch_start() + SessionSlots::get()
}

#[test]
fn exit_window_versus_slash_pipeline() {
	chain::run("local_testnet", |chain| {
		let set = eve_serves(chain);
		let (eve, ferdie) = (Eve.to_account_id(), Ferdie.to_account_id());
		chain.to_era(2);
		chain.submit(|| exit(&ferdie, &eve, NATIVE, ALL));
		let tenth = [(NATIVE, WAD / 10)];
		for era in 2..=5 {
			if era > 2 {
				chain.to_era(era);
			}
			for window in 0..=3 {
				// In this set the id of a condition equals its veto window.
				chain.block(|| {
					let result = rolled_back(|| report(set, &eve, window, &tenth, 2));
					let in_time = era + window < 2 + 4;
					let expected = if in_time { Ok(0) } else { Err(Slash::CaptureTooOld.into()) };
					assert_eq!(result, expected, "era {era}, window {window}");
				});
			}
		}
		// The fault can be reported up to the last block before the exit matures.
		let mut reported = false;
		while !reported {
			chain.block(|| {
				if ends_era() {
					assert_noop!(claim(&ferdie, &eve, NATIVE, 2), Delegation::NotMatured);
					report(set, &eve, 0, &tenth, 2).expect("in time");
					reported = true;
				}
			});
		}
		chain.block(|| {
			assert_eq!(Staking::active(), 6);
			assert_eq!(exits(&eve, NATIVE, 2), 900 * STAY);
			let before = owned(&ferdie, Currency::Native);
			assert_ok!(claim(&ferdie, &eve, NATIVE, 2));
			assert_eq!(owned(&ferdie, Currency::Native) - before, 900 * STAY);
		});
		assert_eq!(pool(&eve, NATIVE), 900 * STAY);
	});
	// No network can be started with delays that break this.
	let long = NetworkParameters { max_veto_window: 28, ..NetworkParameters::PRODUCTION };
	assert_eq!(long.check(), Err("max_veto_window must be less than exit_delay"));
	let late = NetworkParameters { consensus_deferral: 28, ..NetworkParameters::PRODUCTION };
	assert_eq!(late.check(), Err("consensus_deferral must be less than exit_delay"));
}

#[test]
fn late_deposit_into_rewards() {
	served(WAD, |set| {
		// A tenth of each payment is commission.
		assert_ok!(pay(set, Currency::Native, 400 * STAY));
		back(&bea(), &op(), NATIVE, 4_000 * STAY);
		assert_eq!(collect(&bea(), NATIVE, Currency::Native), 0);
		assert_eq!(collect(&ann(), NATIVE, Currency::Native), 270 * STAY);
		assert_eq!(collect(&op(), NATIVE, Currency::Native), 130 * STAY);

		// Shares that came in this era earn nothing of the era's payments, however many they are.
		assert_ok!(pay(set, Currency::Native, 800 * STAY));
		back(&bea(), &op(), NATIVE, 8_000 * STAY);
		assert_ok!(exit(&ann(), &op(), NATIVE, ALL));
		assert_ok!(pay(set, Currency::Native, 1_300 * STAY));
		assert_eq!(collect(&bea(), NATIVE, Currency::Native), 0);
		assert_eq!(collect(&ann(), NATIVE, Currency::Native), 540 * STAY, "exited shares earn nothing more");
		assert_eq!(collect(&op(), NATIVE, Currency::Native), (80 + 180 + 130 + 1_170) * STAY);

		next_era();
		assert_ok!(pay(set, Currency::Native, 1_300 * STAY));
		assert_eq!(collect(&bea(), NATIVE, Currency::Native), 1_080 * STAY);
		assert_eq!(collect(&op(), NATIVE, Currency::Native), 220 * STAY);
	});
}

#[test]
fn two_assets_under_one_operator() {
	economy(|| {
		for (kind, amount) in [(NATIVE, 1_000), (GOLD, 500), (SILVER, 800)] {
			back(&ann(), &op(), kind, amount * STAY);
		}
		let gold = service(&owner(), &owner(), &[GOLD, NATIVE], Destination::Burn, &[(WAD, 0)]);
		let silver = service(&owner(), &owner(), &[SILVER], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), gold, &[(GOLD, WAD), (NATIVE, WAD / 2)]);
		serve(&op(), silver, &[(SILVER, WAD)]);
		let allocate = |kind, set| Restaking::allocate(signed(&op()), kind, set, WAD);
		assert_noop!(allocate(SILVER, gold), Restake::KindNotAccepted);
		next_era();

		assert_eq!(report(gold, &op(), 0, &[(SILVER, WAD)], 1), Err(Slash::NotSlashable.into()));
		report(gold, &op(), 0, &[(SILVER, WAD), (GOLD, WAD / 2)], 1).expect("gold is allocated");
		run_hooks();
		let pools = || [NATIVE, GOLD, SILVER].map(|kind| pool(&op(), kind) / STAY);
		assert_eq!(
			pools(),
			[1_000, 250, 800],
			"the slash takes only kinds that it names and that are allocated"
		);
		slash(silver, SILVER, WAD / 4, 1);
		assert_eq!(pools(), [1_000, 250, 600]);
		slash(gold, NATIVE, WAD / 4, 1);
		assert_eq!(pools(), [875, 250, 600], "a quarter of the half that is allocated");
		assert_eq!(value(&ann(), &op(), GOLD), 250 * STAY);
		let taken = [NATIVE, GOLD, SILVER].map(|kind| slashed(kind.currency()) / STAY);
		assert_eq!(taken, [125, 250, 200]);
	});
}

#[test]
fn slash_of_an_operator_that_left() {
	served(WAD / 2, |set| {
		to_era(2);
		assert_ok!(AvsRegistry::leave(signed(&op()), set));
		assert_ok!(Restaking::allocate(signed(&op()), NATIVE, set, 0));
		assert_ok!(OperatorDelegation::retire(signed(&op())));
		for who in [op(), ann()] {
			assert_ok!(exit(&who, &op(), NATIVE, ALL));
		}
		to_era(3);
		let everything = [(NATIVE, WAD)];
		assert_eq!(report(set, &op(), 0, &everything, 3), Err(Slash::NotSlashable.into()));
		slash(set, NATIVE, WAD, 2);
		assert_eq!(exits(&op(), NATIVE, 2), 2_000 * STAY, "the exit was queued in era 2 and answers for it");
		to_era(6);
		assert_eq!(report(set, &op(), 0, &everything, 2), Err(Slash::CaptureTooOld.into()));
		assert_eq!(claimed(&ann(), NATIVE, 2), 1_500 * STAY);
		assert_eq!(claimed(&op(), NATIVE, 2), 500 * STAY);
	});
}

#[test]
fn wiped_pools_and_their_old_positions() {
	served(WAD, |set| {
		let other = service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), other, &[(NATIVE, WAD)]);
		assert_ok!(pay(set, Currency::Native, 400 * STAY));
		to_era(2);
		assert_ok!(pay(other, Currency::WithId(1), STAY));
		slash(set, NATIVE, WAD, 2);
		let state = || Pools::<Runtime>::get(op(), NATIVE).unwrap();
		assert_eq!((state().funds.shares, state().generation, state().since), (0, 1, 3));
		assert_eq!((value(&ann(), &op(), NATIVE), slashed(Currency::Native)), (0, 4_000 * STAY));
		assert_noop!(exit(&ann(), &op(), NATIVE, ALL), Delegation::InsufficientShares);
		let deposit = |who: &AccountId| Restaking::restake(signed(who), op(), NATIVE, 100 * STAY, 0);
		assert_noop!(deposit(&ann()), Delegation::PoolClosed);
		assert_noop!(pay(set, Currency::Native, STAY), Reward::NoWeight);

		to_era(3);
		back(&bea(), &op(), NATIVE, 500 * STAY);
		assert_eq!(
			value(&ann(), &op(), NATIVE),
			0,
			"3,000 old shares are worth nothing in the new pool of 500"
		);
		assert_ok!(deposit(&ann()));
		assert_eq!(value(&ann(), &op(), NATIVE), 100 * STAY);
		assert_eq!(
			collect(&ann(), NATIVE, Currency::Native),
			270 * STAY,
			"earnings of the old shares are paid"
		);
		// The other service can still slash for era 2, but the new pool did not back that era.
		slash(other, NATIVE, WAD, 2);
		assert_eq!(pool(&op(), NATIVE), 600 * STAY);
		assert_ok!(exit(&ann(), &op(), NATIVE, ALL));
		assert_eq!(exits(&op(), NATIVE, 3), 100 * STAY);
	});
}

#[test]
fn a_pool_wiped_by_a_sham_service_while_an_honest_slash_is_pending() {
	served(WAD / 2, |honest| {
		let sham = service(&friend(), &friend(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), sham, &[(NATIVE, WAD)]);
		to_era(2);
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)));
		let id = report(honest, &op(), 2, &[(NATIVE, WAD)], 2).expect("in time");
		to_era(3);
		slash(sham, NATIVE, WAD, 3);
		assert_eq!((pool(&op(), NATIVE), exits(&op(), NATIVE, 2)), (0, 1_000 * STAY));

		to_era(4);
		assert!(!Slashes::<Runtime>::contains_key(id), "the slash was executed, and did not fail");
		let record = Records::<Runtime>::get(4, id).expect("a record of it");
		assert_eq!(
			taken(&record),
			[(Currency::Native, 500 * STAY)],
			"the slash takes from the exit, which was not wiped"
		);
		back(&bea(), &op(), NATIVE, 700 * STAY);
		assert_ok!(exit(&bea(), &op(), NATIVE, ALL));
		to_era(6);
		assert_eq!(claimed(&ann(), NATIVE, 2), 500 * STAY);
		to_era(8);
		assert_eq!(claimed(&bea(), NATIVE, 4), 700 * STAY, "a deposit after the wipe pays nothing");
	});
}

/// A service founded after the fault needs no veto window, so it slashes before the honest one. Funds that it gave to
/// an account would be out of the honest service's reach, so such a service may not accept native stake.
#[test]
fn a_sham_service_that_gives_back_what_it_slashes() {
	served(WAD / 2, |_| {
		to_era(2);
		let sham = service(&friend(), &friend(), &[GOLD], Destination::Account(loot()), &[(WAD, 0)]);
		let native = || vec![(NATIVE, 1)].try_into().expect("one kind");
		let create = || {
			let (to, slasher) = (Destination::Account(loot()), friend());
			AvsRegistry::create_set(signed(&friend()), sham.avs, native(), Admission::Open, 0, slasher, to)
		};
		assert_noop!(create(), Registry::NativeNotAccepted);
		assert_noop!(AvsRegistry::set_kinds(signed(&friend()), sham, native()), Registry::NativeNotAccepted);
		assert_noop!(Restaking::allocate(signed(&op()), NATIVE, sham, 1), Restake::KindNotAccepted);
	});
}

/// The minimum number of shares that a position keeps.
const LEAST_SHARES: u128 = MILLI / 1_000;

#[test]
fn first_depositor_inflation() {
	economy(|| {
		// The first depositor keeps as few shares as possible, and sends custody a large amount to raise their price.
		back(&friend(), &op(), NATIVE, MILLI);
		let all_but = |shares| exit(&friend(), &op(), NATIVE, ExitAmount::Shares(MILLI - shares));
		assert_noop!(all_but(1), Delegation::DustLeft);
		assert_ok!(all_but(LEAST_SHARES));
		rolled_back(|| {
			let custody = OperatorDelegation::custody();
			assert_ok!(Balances::transfer_keep_alive(signed(&friend()), custody.into(), 100_000 * STAY));
			back(&ann(), &op(), NATIVE, 3 * MILLI - 1);
			assert_eq!(
				value(&ann(), &op(), NATIVE),
				3 * MILLI - 1,
				"funds sent to custody belong to no pool"
			);
			assert_eq!(value(&friend(), &op(), NATIVE), LEAST_SHARES);
		});

		// Rewards do belong to the pool, and the operator can give them away. But every depositor has at least as many
		// shares as the first, so rounding takes at most a millionth of a deposit.
		assert_ok!(Rewards::reward_base(&op(), 12 * STAY));
		let all = 12 * STAY / 10 * 9 + LEAST_SHARES;
		assert_eq!(pool(&op(), NATIVE), all);
		let restake = |amount, least| Restaking::restake(signed(&ann()), op(), NATIVE, amount, least);
		assert_noop!(restake(all - 1, 0), Delegation::AmountTooSmall);
		assert_noop!(restake(2 * all, 2 * LEAST_SHARES + 1), Delegation::TooFewShares);
		back(&ann(), &op(), NATIVE, 21 * STAY);
		let lost = 21 * STAY - value(&ann(), &op(), NATIVE);
		assert!(lost * LEAST_SHARES <= 21 * STAY, "{lost}");
	});
}

#[test]
fn repeated_heavy_slashing() {
	economy(|| {
		back(&op(), &op(), STAKE, 1_000 * STAY);
		let wipe_out = || Slashing::slash_consensus(&op(), WAD / 100 * 99, 0);
		let deposit = || OperatorDelegation::stake(signed(&ann()), op(), STAY, 0);
		let mut left = 1_000 * STAY;
		for _ in 0..3 {
			assert_eq!(wipe_out(), left / 100 * 99);
			left /= 100;
			assert_eq!(pool(&op(), STAKE), left);
			rolled_back(|| {
				assert_ok!(deposit());
				assert!(
					STAY - value(&ann(), &op(), STAKE) <= 1,
					"a deposit keeps its value at any share price"
				);
			});
		}
		wipe_out();
		assert_eq!(pool(&op(), STAKE), 1_000 * STAY / 100_000_000);
		assert_noop!(deposit(), Delegation::PoolDepleted);
		// The rest can exit down to a unit, but cannot join exits whose shares are worth almost nothing.
		assert_ok!(exit(&op(), &op(), STAKE, ExitAmount::Value(STAY / 200_000)));
		assert_eq!((pool(&op(), STAKE), exits(&op(), STAKE, 0)), (5_000_000, 5_000_000));
		for _ in 0..5 {
			Slashing::slash_consensus(&op(), WAD - 1, 0);
		}
		assert_eq!((pool(&op(), STAKE), exits(&op(), STAKE, 0)), (1, 1));
		assert_noop!(exit(&op(), &op(), STAKE, ALL), Delegation::PoolDepleted);
		next_era();
		assert_noop!(deposit(), Delegation::PoolDepleted);
		assert_ok!(exit(&op(), &op(), STAKE, ALL));
		assert_ok!(deposit());
		assert_eq!(value(&ann(), &op(), STAKE), STAY, "an empty pool starts again");
		let amount = Slashed::<Runtime>::take(Currency::Native);
		assert_eq!(amount, 1_000 * STAY - 2);
		assert_ok!(Balances::burn_from(
			&OperatorDelegation::custody(),
			amount,
			frame_support::traits::tokens::Preservation::Preserve,
			frame_support::traits::tokens::Precision::Exact,
			frame_support::traits::tokens::Fortitude::Polite,
		));
	});
}

#[test]
fn deallocation_under_slash() {
	served(WAD, |set| {
		assert_ok!(Restaking::allocate(signed(&op()), NATIVE, set, WAD / 2));
		assert_eq!(allocation(NATIVE, set), (WAD, Some((WAD / 2, 6))));
		slash(set, NATIVE, WAD / 10, 1);
		assert_eq!(pool(&op(), NATIVE), 3_600 * STAY);
		assert_eq!(allocation(NATIVE, set), (WAD / 10 * 9, Some((WAD / 20 * 9, 6))), "in proportion");
		to_era(5);
		slash(set, NATIVE, WAD / 9, 5);
		assert_eq!(pool(&op(), NATIVE), 3_200 * STAY + 1, "WAD / 9 is rounded down");
		to_era(6);
		// The allocation is half of what is left of the pool, as requested.
		let max = Pools::<Runtime>::get(op(), NATIVE).unwrap().max_magnitude;
		let half = allocation(NATIVE, set).0;
		assert!(half.abs_diff(max / 2) <= 1, "{half} of {max}");
		// For era 5 all of the pool still answers, and for era 6 half of it.
		rolled_back(|| {
			slash(set, NATIVE, WAD, 5);
			assert_eq!(pool(&op(), NATIVE), 0);
		});
		slash(set, NATIVE, WAD, 6);
		let left = pool(&op(), NATIVE);
		assert!(left.abs_diff(1_600 * STAY) <= 5_000, "{left}");
	});
}

#[test]
fn a_frozen_or_below_minimum_asset_at_payout() {
	economy(|| {
		for kind in [GOLD, SILVER] {
			back(&ann(), &op(), kind, 1_000 * STAY);
		}
		let poor = account("poor");
		let kinds = [GOLD, SILVER];
		let set = service(&owner(), &owner(), &kinds, Destination::Account(poor.clone()), &[(WAD, 0)]);
		serve(&op(), set, &kinds.map(|kind| (kind, WAD)));
		next_era();
		let issuer = account(ISSUER);
		assert_ok!(Assets::freeze_asset(signed(&issuer), 1.into()));
		// The slash takes 500 units of silver, less than the minimum balance of 1,000.
		let dust = WAD / (2 * STAY as u64);
		let fractions = [(GOLD, WAD / 10), (SILVER, dust)];
		let id = report(set, &op(), 0, &fractions, 1).expect("in time");
		run_hooks();
		assert_eq!(pool(&op(), GOLD), 900 * STAY, "the slash does not wait for its payout");
		assert_eq!(pool(&op(), SILVER), 1_000 * STAY - 500);
		let (gold, silver) = (Currency::WithId(1), Currency::WithId(2));
		let unpaid = |c: &Currency| Unpaid::<Runtime>::get(id, c).map_or(0, |payout| payout.amount);
		assert_eq!((unpaid(&gold), unpaid(&silver)), (100 * STAY, 500));
		assert_eq!((Slashed::<Runtime>::get(&gold), Slashed::<Runtime>::get(&silver)), (100 * STAY, 500));
		let payout = |c: &Currency| Slashing::payout(signed(&bea()), id, c.clone());
		rolled_back(|| assert!(payout(&gold).is_err() && payout(&silver).is_err()));
		chain::try_state();

		// A frozen asset blocks its own exits only.
		for kind in [SILVER, GOLD] {
			assert_ok!(exit(&ann(), &op(), kind, ALL));
		}
		to_era(5);
		assert_eq!(claimed(&ann(), SILVER, 1), 1_000 * STAY - 500);
		assert!(claim(&ann(), &op(), GOLD, 1).is_err());

		assert_ok!(Assets::thaw_asset(signed(&issuer), 1.into()));
		assert_ok!(payout(&gold));
		assert_noop!(payout(&gold), Slash::NothingToPay);
		assert_eq!(claimed(&ann(), GOLD, 1), 900 * STAY);
		assert_ok!(Assets::transfer(signed(&bea()), 2.into(), poor.clone().into(), 1_000));
		assert_ok!(payout(&silver));
		assert_eq!((owned(&poor, gold), owned(&poor, silver)), (100 * STAY, 1_500));
	});
}

#[test]
fn an_avs_that_disappears() {
	served(WAD, |set| {
		to_era(2);
		let tenth = [(NATIVE, WAD / 10)];
		let id = report(set, &op(), 2, &tenth, 2).expect("in time");
		// The owner removes everything that it can.
		assert_noop!(AvsRegistry::deregister(signed(&owner()), set.avs), Registry::HasSets);
		for condition in 0..4 {
			assert_ok!(AvsRegistry::remove_condition(signed(&owner()), set, condition));
		}
		assert_ok!(AvsRegistry::eject(signed(&owner()), set, op()));
		assert_eq!(report(set, &op(), 2, &tenth, 2), Err(Slash::UnknownCondition.into()));
		assert_ok!(exit(&ann(), &op(), NATIVE, ALL));
		to_era(4);
		assert!(!Slashes::<Runtime>::contains_key(id));
		assert_eq!((pool(&op(), NATIVE), exits(&op(), NATIVE, 2)), (900 * STAY, 2_700 * STAY));
		// An operator can leave the service without its owner.
		assert_ok!(Restaking::allocate(signed(&op()), NATIVE, set, 0));
		to_era(9);
		assert_eq!(claimed(&ann(), NATIVE, 2), 2_700 * STAY);
		assert_eq!(allocation(NATIVE, set), (0, None));
		assert_noop!(pay(set, Currency::Native, STAY), Reward::NoWeight);
	});
}

#[test]
fn slashes_that_fell_due_while_the_chain_stood_still() {
	chain::run("local_testnet", |chain| {
		let set = eve_serves(chain);
		let (eve, ferdie) = (Eve.to_account_id(), Ferdie.to_account_id());
		chain.to_era(2);
		chain.submit(|| exit(&ferdie, &eve, NATIVE, ALL));
		chain.block(|| {
			report(set, &eve, 1, &[(NATIVE, WAD / 10)], 2).expect("in time");
			report(set, &eve, 2, &[(NATIVE, WAD / 10)], 2).expect("in time");
		});
		// The slots of more than 33 eras pass without a block. The clock counts sessions, and a session ends only in a
		// block. So nothing falls due and nothing matures while nobody can report or veto.
		let issuance = Balances::total_issuance();
		chain.stand_still(1_000);
		chain.block(|| {});
		assert!(Staking::active() <= 3);
		assert_eq!(Slashes::<Runtime>::iter().count(), 2);
		assert_eq!(exits(&eve, NATIVE, 2), 1_000 * STAY);
		if Staking::active() < 3 {
			chain.to_era(3);
		}
		chain.block(|| {});
		assert_eq!(exits(&eve, NATIVE, 2), 900 * STAY);
		// The long era is paid as one and a half eras.
		let pot = mul_div(issuance, 500 * 45_000, u128::from(BPS) * u128::from(YEAR_MILLIS)).unwrap();
		assert_eq!(EraRewards::<Runtime>::get(2).expect("era 2 is paid").pot, pot);
		chain.block(|| {
			assert_noop!(claim(&ferdie, &eve, NATIVE, 2), Delegation::NotMatured);
		});
		chain.to_era(4);
		assert_eq!((exits(&eve, NATIVE, 2), pool(&eve, NATIVE)), (810 * STAY, 810 * STAY));
		chain.to_era(6);
		chain.submit(|| claim(&ferdie, &eve, NATIVE, 2));
	});
}

#[test]
fn due_slashes_hold_the_claims_they_cover_however_late_they_are() {
	served(WAD, |set| {
		to_era(2);
		assert_ok!(exit(&ann(), &op(), NATIVE, ALL));
		report(set, &op(), 3, &[(NATIVE, WAD / 10)], 2).expect("in time");
		// Eras pass in blocks that have no room for the hook.
		(0..20).for_each(|_| Staking::begin_era(Staking::active() + 1));
		assert_noop!(claim(&ann(), &op(), NATIVE, 2), Delegation::SlashPending);
		run_hooks();
		assert_eq!(claimed(&ann(), NATIVE, 2), 2_700 * STAY);
	});
}

#[test]
fn concurrent_offenders_whose_fraction_is_raised() {
	chain::run("local_testnet", |chain| {
		chain.to_era(1);
		// The offences count as among ten validators, so that each further offender raises the fraction: 9, 36, 81 %.
		let (slot, session) = (Babe::current_slot(), Session::current_index());
		let offence = |who: sp_keyring::Sr25519Keyring| {
			let offender = (who.to_account_id(), ());
			let offence =
				EquivocationOffence { slot, session_index: session, validator_set_count: 10, offender };
			Offences::report_offence(vec![], offence).expect("the first report of it");
		};
		let pending = |who: sp_keyring::Sr25519Keyring| {
			Slashes::<Runtime>::iter().find(|(_, slash)| slash.operator == who.to_account_id())
		};
		let part = |who| match pending(who).expect("a pending slash").1.lane {
			Lane::Consensus { fraction } => fraction,
			lane => panic!("{lane:?}"),
		};
		let taken = |era, id| taken(&Records::<Runtime>::get(era, id).expect("a record"))[0].1;

		chain.silent = vec![Dave.to_account_id()];
		chain.block(|| offence(Dave));
		chain.silent.clear();
		let percent = WAD / 100;
		assert_eq!(part(Dave), 9 * percent);
		let (first, before) = (pending(Dave).unwrap().0, pool(&Dave.to_account_id(), STAKE));
		chain.to_era(2);
		assert_eq!(taken(2, first), before / 100 * 9 + before % 100 * 9 / 100);

		// Dave's slash was executed. The raise takes the part of the rest that makes 36 % in total.
		chain.block(|| offence(Charlie));
		assert_eq!(part(Charlie), 36 * percent);
		assert_eq!(part(Dave), mul_div(27, WAD.into(), 91).unwrap() as u64);
		// Charlie's slash is pending, and is raised.
		chain.block(|| offence(Alice));
		assert_eq!(part(Alice), 81 * percent);
		assert_eq!(part(Charlie), 81 * percent);
		assert_eq!(part(Dave), mul_div(72, WAD.into(), 91).unwrap() as u64);
		assert_eq!(Slashes::<Runtime>::iter().count(), 3);

		let second = pending(Dave).unwrap().0;
		let rest = pool(&Dave.to_account_id(), STAKE);
		chain.to_era(3);
		assert_eq!(
			taken(3, second),
			mul_div(rest, mul_div(72, WAD.into(), 91).unwrap(), WAD.into()).unwrap()
		);
		assert_eq!(Slashes::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn the_same_offence_twice_counts_once_and_two_eras_multiply() {
	economy(|| {
		back(&op(), &op(), STAKE, 1_000 * STAY);
		back(&op(), &op(), NATIVE, 500 * STAY);
		to_era(2);
		for fraction in [WAD / 20, WAD / 10, WAD / 10, WAD / 50] {
			assert_ok!(Slashing::report_consensus(&op(), fraction, 1));
		}
		assert_ok!(Slashing::report_consensus(&op(), WAD / 10, 2));
		assert_eq!(Slashes::<Runtime>::iter().count(), 2);
		to_era(3);
		assert_eq!((pool(&op(), STAKE), pool(&op(), NATIVE)), (810 * STAY, 405 * STAY));
		// This offence is known, and was slashed for.
		assert_ok!(Slashing::report_consensus(&op(), WAD / 10, 1));
		assert_eq!(Slashes::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn a_cancelled_offence_comes_back_only_by_what_it_is_raised() {
	economy(|| {
		back(&op(), &op(), STAKE, 1_000 * STAY);
		to_era(2);
		assert_ok!(Slashing::report_consensus(&op(), WAD / 10, 2));
		assert_ok!(Slashing::cancel(RuntimeOrigin::root(), 0));
		assert_ok!(Slashing::report_consensus(&op(), WAD / 10, 2));
		assert_eq!(Slashes::<Runtime>::iter().count(), 0);
		assert_ok!(Slashing::report_consensus(&op(), WAD / 100 * 28, 2));
		to_era(3);
		assert_eq!(pool(&op(), STAKE), 800 * STAY, "18 of the 90 % that the first would have left");
	});
}

#[test]
fn the_first_era_has_no_past() {
	economy(|| {
		back(&op(), &op(), NATIVE, 1_000 * STAY);
		let set = service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[(WAD, 0)]);
		serve(&op(), set, &[(NATIVE, WAD)]);
		let all = [(NATIVE, WAD)];
		assert_eq!(report(set, &op(), 0, &all, 0), Err(Slash::NotSlashable.into()));
		assert_eq!(report(set, &op(), 0, &all, 1), Err(Slash::CaptureInFuture.into()));
		assert_eq!(report(set, &op(), 0, &all, Era::MAX), Err(Slash::CaptureInFuture.into()));
		// An offence in the first era can be reported from its first block on.
		assert_ok!(Slashing::report_consensus(&op(), WAD / 10, 0));
		next_era();
		assert_eq!(pool(&op(), NATIVE), 900 * STAY);
		assert_eq!(report(set, &op(), 0, &all, 0), Err(Slash::NotSlashable.into()));
		slash(set, NATIVE, WAD / 10, 1);
		assert_eq!(pool(&op(), NATIVE), 810 * STAY);
	});
}

#[test]
fn an_amount_queued_for_exit_is_shares_not_an_amount() {
	served(WAD, |set| {
		back(&bea(), &op(), NATIVE, 2_000 * STAY);
		to_era(2);
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)));
		assert_ok!(exit(&bea(), &op(), NATIVE, ExitAmount::Value(500 * STAY)));
		slash(set, NATIVE, WAD / 10, 2);
		assert_eq!(exits(&op(), NATIVE, 2), 1_350 * STAY);
		// An exit that joins the same era's exits after the slash does not pay for it.
		assert_ok!(exit(&bea(), &op(), NATIVE, ALL));
		assert_eq!(exits(&op(), NATIVE, 2), 2_700 * STAY);
		slash(set, NATIVE, WAD / 2, 2);
		assert_eq!(exits(&op(), NATIVE, 2), 1_350 * STAY);
		to_era(6);
		assert_eq!(claimed(&bea(), NATIVE, 2), 900 * STAY);
		assert_eq!(claimed(&ann(), NATIVE, 2), 450 * STAY);
		assert_noop!(claim(&ann(), &op(), NATIVE, 2), Delegation::NothingToClaim);
	});
}

#[test]
fn an_allow_list_never_blocks_leaving() {
	served(WAD, |set| {
		back(&ann(), &op(), STAKE, 500 * STAY);
		assert_ok!(OperatorDelegation::set_policy(signed(&op()), Policy::AllowList));
		let more = || Restaking::restake(signed(&ann()), op(), NATIVE, STAY, 0);
		assert_noop!(more(), Delegation::NotAllowed);
		let opt_in = || Restaking::opt_in(signed(&ann()), op(), ALL, 0);
		assert_noop!(opt_in(), Delegation::NotAllowed);
		assert_ok!(OperatorDelegation::allow(signed(&op()), ann()));
		assert_ok!(more());
		assert_ok!(OperatorDelegation::disallow(signed(&op()), ann()));

		assert_ok!(pay(set, Currency::Native, 400_100 * MILLI));
		for kind in [STAKE, NATIVE] {
			assert_ok!(exit(&ann(), &op(), kind, ALL));
		}
		assert_eq!(collect(&ann(), NATIVE, Currency::Native), 270_067 * MILLI + MILLI / 2);
		assert_ok!(OperatorDelegation::retire(signed(&op())));
		to_era(5);
		assert_eq!(claimed(&ann(), STAKE, 1), 500 * STAY);
		assert_eq!(claimed(&ann(), NATIVE, 1), 3_001 * STAY);
	});
}

/// The result of the call that a proxy sends.
fn by_proxy(proxy: &AccountId, real: &AccountId, call: RuntimeCall) -> DispatchResult {
	System::reset_events();
	assert_ok!(Proxy::proxy(signed(proxy), real.clone().into(), None, Box::new(call)));
	let events = System::events().into_iter().rev();
	let mut results = events.filter_map(|record| match record.event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		_ => None,
	});
	results.next().expect("the proxy says how it ended")
}

#[test]
fn proxies_and_batches_bypass_no_guard() {
	use mainstay_operator_delegation::Call;
	served(WAD, |set| {
		to_era(2);
		let named = |name: &str| account(name);
		for (name, kind) in
			[("collect", ProxyType::Collect), ("operate", ProxyType::Operator), ("any", ProxyType::Any)]
		{
			for who in [ann(), op()] {
				assert_ok!(Proxy::add_proxy(signed(&who), named(name).into(), kind, 0));
			}
		}
		let leave = |amount| RuntimeCall::from(Call::exit { operator: op(), kind: NATIVE, amount });
		let claims = |who: AccountId, queued| {
			RuntimeCall::from(Call::claim { owner: who, operator: op(), kind: NATIVE, queued })
		};
		let batch = |calls| RuntimeCall::from(pallet_utility::Call::batch_all { calls });
		let filtered = || Err(frame_system::Error::<Runtime>::CallFiltered.into());

		// A proxy may not send a forbidden call in a batch, or through a second proxy, either.
		for (name, real) in [("collect", ann()), ("operate", op())] {
			let again = RuntimeCall::from(pallet_proxy::Call::proxy {
				real: real.clone().into(),
				force_proxy_type: None,
				call: Box::new(leave(ALL)),
			});
			for call in [leave(ALL), batch(vec![leave(ALL)]), batch(vec![batch(vec![leave(ALL)])]), again] {
				assert_eq!(by_proxy(&named(name), &real, call), filtered());
			}
		}
		let payout = RuntimeCall::from(mainstay_rewards::Call::set_payout_account { to: Some(friend()) });
		let retire = RuntimeCall::from(Call::retire {});
		for call in [payout, retire] {
			assert_eq!(by_proxy(&named("operate"), &op(), call), filtered());
		}
		assert_eq!(value(&ann(), &op(), NATIVE), 3_000 * STAY);

		// An exit cannot be claimed in the batch that queues it.
		let both = vec![leave(ALL), claims(ann(), 2)];
		let early = Err(Delegation::NotMatured.into());
		assert_eq!(by_proxy(&named("any"), &ann(), batch(both.clone())), early);
		let result = batch(both.clone()).dispatch(signed(&ann())).map(drop).map_err(|e| e.error);
		assert_eq!(result, early);
		assert_eq!(value(&ann(), &op(), NATIVE), 3_000 * STAY, "all calls of the batch fail");
		assert_ok!(Utility::batch(signed(&ann()), both));
		assert_eq!((value(&ann(), &op(), NATIVE), exits(&op(), NATIVE, 2)), (0, 3_000 * STAY));

		// The exit answers for its era like any other, and a pending slash holds it.
		report(set, &op(), 3, &[(NATIVE, WAD / 10)], 2).expect("in time");
		(2..7).for_each(|_| Staking::begin_era(Staking::active() + 1));
		let held = || Err::<(), DispatchError>(Delegation::SlashPending.into());
		for call in [claims(ann(), 2), batch(vec![claims(ann(), 2)])] {
			for name in ["collect", "any"] {
				assert_eq!(by_proxy(&named(name), &ann(), call.clone()), held());
			}
		}
		run_hooks();
		let before = owned(&ann(), Currency::Native);
		assert_eq!(by_proxy(&named("collect"), &ann(), batch(vec![claims(ann(), 2)])), Ok(()));
		assert_eq!(owned(&ann(), Currency::Native) - before, 2_700 * STAY);
	});
}

#[test]
fn terms_that_change_wait_and_risk_that_falls_does_not() {
	served(WAD / 2, |set| {
		to_era(2);
		let by = signed(&owner());
		let tenth = [(NATIVE, WAD / 10)];
		// Condition 1 now allows at most a fifth after two eras. That helps operators, so it binds for earlier eras as
		// well.
		assert_ok!(AvsRegistry::change_condition(by.clone(), set, 1, WAD / 5, 2, Some(owner().into())));
		assert_eq!(report(set, &op(), 1, &[(NATIVE, WAD / 4)], 2), Err(Slash::FractionTooHigh.into()));
		rolled_back(|| {
			let id = report(set, &op(), 1, &tenth, 1).expect("in time");
			assert_eq!(Slashes::<Runtime>::get(id).unwrap().due, 4);
		});
		// To change it back waits five eras, longer than the exit of an operator's delegators, who are warned.
		assert_ok!(AvsRegistry::change_condition(by.clone(), set, 1, WAD, 1, Some(owner().into())));
		// A new slasher, a new condition and a new kind wait as well.
		assert_ok!(AvsRegistry::set_slasher(by.clone(), set, friend()));
		assert_ok!(AvsRegistry::add_condition(by.clone(), set, Default::default(), WAD, 0, None));
		let kinds = vec![(NATIVE, 1), (GOLD, 1)].try_into().unwrap();
		assert_ok!(AvsRegistry::set_kinds(by.clone(), set, kinds));
		// A larger allocation waits one era, and a smaller one five. A higher commission waits one era, and a lower one
		// does not wait.
		assert_ok!(Restaking::allocate(signed(&op()), NATIVE, set, WAD));
		assert_eq!(allocation(NATIVE, set), (WAD / 2, Some((WAD, 3))));
		assert_ok!(OperatorDelegation::set_commission(signed(&op()), 2_000));
		assert_eq!(OperatorDelegation::commission_of(&op()), Some(1_000));
		assert_ok!(OperatorDelegation::set_commission(signed(&op()), 500));
		assert_eq!(OperatorDelegation::commission_of(&op()), Some(500));
		assert_ok!(Restaking::set_leverage(signed(&op()), 100));
		assert_eq!(Restaking::leverage(op()), 100);
		assert_ok!(Restaking::set_leverage(signed(&op()), 300));
		assert_eq!(Restaking::leverage(op()), 100);

		let old_terms = |era| {
			assert_eq!(AvsRegistry::slasher(set), Some(owner()), "era {era}");
			assert_eq!(AvsRegistry::kinds(set), [(NATIVE, 1)]);
			assert_eq!(report(set, &op(), 4, &tenth, era), Err(Slash::UnknownCondition.into()));
			assert_eq!(report(set, &op(), 1, &[(NATIVE, WAD / 4)], era), Err(Slash::FractionTooHigh.into()));
		};
		old_terms(2);
		for era in 3..=6 {
			to_era(era);
			old_terms(era);
		}
		assert_eq!(Restaking::leverage(op()), 300);
		assert_eq!(allocation(NATIVE, set), (WAD, None));
		to_era(7);
		assert_eq!(AvsRegistry::slasher(set), Some(friend()));
		assert_eq!(AvsRegistry::kinds(set), [(NATIVE, 1), (GOLD, 1)]);
		// The new terms apply to new eras, and the old terms to old ones.
		assert_eq!(report(set, &op(), 4, &tenth, 6), Err(Slash::UnknownCondition.into()));
		assert_eq!(report(set, &op(), 1, &[(NATIVE, WAD / 4)], 6), Err(Slash::FractionTooHigh.into()));
		report(set, &op(), 4, &tenth, 7).expect("in time");
		report(set, &op(), 1, &[(NATIVE, WAD / 4)], 7).expect("in time");
		to_era(8);
		assert_eq!(pool(&op(), NATIVE), 4_000 * STAY / 10 * 9 / 4 * 3);
	});
}

#[test]
fn rewards_are_never_paid_from_an_unfunded_pot() {
	served(WAD, |set| {
		back(&bea(), &op(), NATIVE, 777 * STAY + 7);
		let gold = Currency::WithId(1);
		let pot = |c: &Currency| owned(&Rewards::account(), c.clone());
		let before = [pot(&Currency::Native), pot(&gold)];
		// A payment of more than the payer has is refused, and nothing is credited.
		assert_noop!(
			pay(set, gold.clone(), PURSE + 1),
			DispatchError::Token(sp_runtime::TokenError::FundsUnavailable)
		);
		assert_noop!(pay(set, gold.clone(), 0), Reward::NothingToPay);
		assert_noop!(pay(set, Currency::WithId(9), STAY), Reward::AssetNotRegistered);
		assert_eq!([pot(&Currency::Native), pot(&gold)], before);

		let mut paid = 0;
		for amount in [1, 2, 3, 1_000_003, 7 * STAY + 1] {
			assert_ok!(pay(set, gold.clone(), amount));
			paid += amount;
		}
		assert_eq!(pot(&gold) - before[1], paid);
		// A wipe between payment and collection does not change earlier earnings.
		slash(set, NATIVE, WAD, 1);
		let collected: Balance =
			[op(), ann(), bea()].iter().map(|who| collect(who, NATIVE, gold.clone())).sum();
		let left = pot(&gold) - before[1];
		assert_eq!(collected + left, paid);
		assert_eq!(Carried::<Runtime>::get(set, &gold), 0);
		assert!(left <= 3, "rounding leaves {left} units");
		for who in [op(), ann(), bea()] {
			assert_eq!(collect(&who, NATIVE, gold.clone()), 0, "nothing is paid twice");
		}
	});
}

#[test]
fn sixteen_junk_assets_sent_to_custody_do_not_stop_the_admission_of_one() {
	economy(|| {
		let custody = OperatorDelegation::custody();
		let issuer = account(ISSUER);
		// Custody gets assets that need a consumer reference of their holder: sixteen, and more until the account takes
		// no more.
		let send = |id: AssetId| {
			assert_ok!(Assets::create(signed(&friend()), id.into(), friend().into(), 1));
			Assets::mint(signed(&friend()), id.into(), custody.clone().into(), 1)
		};
		let taken = (100..1_000).take_while(|id| send(*id).is_ok()).count();
		let most: u32 = <Runtime as frame_system::Config>::MaxConsumers::get();
		assert!((16..=most as usize).contains(&taken), "{taken}");
		assert!(send(1_000).is_err(), "custody can hold no more such assets");

		assert_ok!(Assets::create(signed(&issuer), 3.into(), issuer.clone().into(), 5));
		for who in [&owner(), &ann()] {
			assert_ok!(Assets::mint(signed(&issuer), 3.into(), who.clone().into(), PURSE));
		}
		assert_ok!(Restaking::add_asset(RuntimeOrigin::root(), 3, Balance::MAX, owner(), true, STAY));
		let kind = PoolKind::Asset(3);
		back(&ann(), &op(), kind, PURSE);
		assert_eq!(pool(&op(), kind), PURSE);
		assert_ok!(exit(&ann(), &op(), kind, ALL));
		to_era(4);
		assert_eq!(claimed(&ann(), kind, 0), PURSE);
		assert_eq!(owned(&custody, kind.currency()), 5, "the minimum balance stays in custody");
	});
}

#[test]
fn an_operators_own_sham_services_do_not_fill_the_pending_slots_of_an_honest_one() {
	served(WAD, |honest| {
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), friend().into(), 10 * PURSE));
		let sham = || {
			let set = service(&friend(), &friend(), &[NATIVE], Destination::Burn, &[(WAD, 3)]);
			serve(&op(), set, &[(NATIVE, WAD / 100)]);
			set
		};
		// With the honest service's set, the operator serves the maximum number of sets.
		let shams: Vec<_> = (0..31).map(|_| sham()).collect();
		let one_more = service(&friend(), &friend(), &[NATIVE], Destination::Burn, &[]);
		assert_noop!(AvsRegistry::join(signed(&op()), one_more), Registry::TooManySets);
		to_era(2);
		let (all, tenth) = ([(NATIVE, WAD)], [(NATIVE, WAD / 10)]);
		for set in &shams {
			for _ in 0..4 {
				report(*set, &op(), 0, &all, 2).expect("up to four");
			}
			assert_eq!(report(*set, &op(), 0, &all, 2), Err(Slash::TooManyPending.into()));
		}
		assert_eq!(Slashes::<Runtime>::iter().count(), 124);
		for count in 1..=4 {
			report(honest, &op(), 1, &tenth, 2)
				.expect("the honest service has its own limit of pending slashes");
			assert_eq!(Pending::<Runtime>::get(op(), honest).unappealed, count);
		}
		assert_eq!(report(honest, &op(), 1, &tenth, 2), Err(Slash::TooManyPending.into()));
		to_era(3);
		assert_eq!(
			pool(&op(), NATIVE),
			4_000 * STAY / 10_000 * 6_561,
			"four slashes of a tenth, one after another"
		);
		assert!(!Pending::<Runtime>::contains_key(op(), honest));
		to_era(5);
		while Slashes::<Runtime>::iter().next().is_some() {
			run_hooks();
		}
		// The slashes take what was allocated to the sham services, and no more.
		let whole = 4_000 * STAY / 10_000 * 6_561;
		let gone = whole - pool(&op(), NATIVE);
		assert_eq!(gone, mul_div(whole, 31 * 100, 6_561).unwrap(), "31 of 65.61 parts");
	});
}

#[test]
fn a_veto_leaves_everything_where_it_was() {
	served(WAD, |set| {
		to_era(2);
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)));
		let id = report(set, &op(), 3, &[(NATIVE, WAD)], 2).expect("in time");
		to_era(4);
		assert_noop!(Slashing::veto(signed(&friend()), id, Default::default()), Slash::NotResolver);
		assert_ok!(Slashing::veto(signed(&owner()), id, Default::default()));
		to_era(6);
		assert_eq!(claimed(&ann(), NATIVE, 2), 1_000 * STAY);
		assert_eq!((value(&ann(), &op(), NATIVE), value(&op(), &op(), NATIVE)), (2_000 * STAY, 1_000 * STAY));
		assert_eq!(allocation(NATIVE, set), (WAD, None));
		// From its due era on a slash cannot be vetoed, even if it was not executed yet.
		let late = report(set, &op(), 1, &[(NATIVE, WAD / 10)], 6).expect("in time");
		Staking::begin_era(7);
		assert_noop!(Slashing::veto(signed(&owner()), late, Default::default()), Slash::VetoClosed);
		run_hooks();
		assert_eq!(pool(&op(), NATIVE), 2_700 * STAY);
	});
}

#[test]
fn the_last_to_leave_leave_custody_alive() {
	economy(|| {
		let custody = OperatorDelegation::custody();
		let kept = [NATIVE, GOLD, SILVER].map(|kind| owned(&custody, kind.currency()));
		assert_eq!(kept, [MILLI, 1, 1_000], "the minimum balance of each currency");
		for kind in [NATIVE, GOLD, SILVER] {
			back(&ann(), &op(), kind, 10 * STAY);
			assert_ok!(exit(&ann(), &op(), kind, ALL));
		}
		to_era(4);
		for kind in [NATIVE, GOLD, SILVER] {
			assert_eq!(claimed(&ann(), kind, 0), 10 * STAY);
		}
		assert_eq!([NATIVE, GOLD, SILVER].map(|kind| owned(&custody, kind.currency())), kept);
	});
}

#[test]
fn a_claim_too_small_for_a_dead_account_waits_for_it() {
	served(WAD, |set| {
		let dead = account("dead");
		assert_ok!(Balances::transfer_keep_alive(signed(&bea()), dead.clone().into(), 3 * MILLI));
		back(&dead, &op(), NATIVE, MILLI);
		assert_ok!(Balances::transfer_all(signed(&dead), bea().into(), false));
		assert_eq!(owned(&dead, Currency::Native), 0);
		slash(set, NATIVE, WAD / 10, 1);
		assert_ok!(exit(&dead, &op(), NATIVE, ALL));
		to_era(5);
		assert_noop!(
			claim(&dead, &op(), NATIVE, 1),
			DispatchError::Token(sp_runtime::TokenError::BelowMinimum)
		);
		assert_ok!(Balances::transfer_keep_alive(signed(&bea()), dead.clone().into(), MILLI));
		assert_eq!(claimed(&dead, NATIVE, 1), MILLI / 10 * 9);
	});
}

#[test]
fn a_service_takes_no_more_for_an_account_than_it_gives_up() {
	economy(|| {
		let founded = |to| service(&owner(), &owner(), &[GOLD], to, &[(WAD, 0)]);
		let [first, sham] = [(); 2].map(|()| founded(Destination::Account(loot())));
		let honest = founded(Destination::Burn);
		let slash = |set: OperatorSetId, fraction: u64| {
			let id = report(set, &op(), 0, &[(GOLD, fraction)], Staking::active()).expect("in time");
			assert_ok!(Slashing::execute(signed(&owner()), id));
		};
		// Slashes leave two units of magnitude of a tiny pool, and one of them is allocated to the sham service.
		const LEAST: u64 = mainstay_restaking::LEAST_GIVING;
		let too_small = Restaking::allocate(signed(&op()), GOLD, sham, LEAST - 1);
		assert_eq!(too_small, Err(Restake::MagnitudeTooSmall.into()));
		back(&op(), &op(), GOLD, STAY);
		serve(&op(), first, &[(GOLD, WAD - LEAST - 1)]);
		serve(&op(), sham, &[(GOLD, LEAST)]);
		next_era();
		slash(sham, WAD / LEAST * (LEAST - 1));
		slash(first, WAD);
		assert_eq!(Pools::<Runtime>::get(op(), GOLD).map(|pool| pool.max_magnitude), Some(2));
		let again = Restaking::allocate(signed(&op()), GOLD, first, 1);
		assert_eq!(again, Err(Restake::MagnitudeTooSmall.into()), "the set could slash nothing with it");
		assert_ok!(exit(&op(), &op(), GOLD, ALL));
		// Half of the new deposit answers to another service.
		back(&ann(), &op(), GOLD, 1_000 * STAY);
		serve(&op(), honest, &[(GOLD, 1)]);
		next_era();
		let before = owned(&loot(), GOLD.currency());
		(0..9).for_each(|_| slash(sham, WAD - 1));
		assert_eq!(pool(&op(), GOLD), 1_000 * STAY, "no unit of magnitude is cut, so nothing is taken");
		slash(sham, WAD);
		assert_eq!(owned(&loot(), GOLD.currency()) - before, 500 * STAY);
		slash(honest, WAD);
		assert_eq!(pool(&op(), GOLD), 0, "its half was all that was left");
	});
}
