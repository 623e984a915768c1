//! Operators and their delegators.

use crate::people::{ann, bea, op, owner, two};
use frame_support::assert_ok;
use mainstay_economy_tests::services::{
	account, admit, back, claim, exit, newcomer, next_era, operator, report, run, serve, service, signed,
	to_era,
};
use mainstay_primitives::{
	runtime_api::{
		operators::{runtime_decl_for_operators_api::OperatorsApi, *},
		Account, Amount, Coin, Fraction, Money, Page, Text,
	},
	AccountId, Balance, Currency, Destination, Era, ExitAmount, NetworkParameters, OperatorSetId, PoolKind,
	MILLI, STAY, WAD,
};
use mainstay_runtime::{
	views::{operators as views, staking},
	Block, OperatorDelegation, Restaking, Rewards, Runtime, Slashing,
};
use std::collections::BTreeSet;

const NATIVE: PoolKind = PoolKind::Native;
const GOLD: PoolKind = PoolKind::Asset(1);
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };

/// Runs `test` in era 1. Operator `op` serves a set with a quarter of its `Native` pool, which has 1,000 STAY of its
/// own and 3,000 of `ann`, and with half of its gold, 500 of `bea`. Operator `two` has 100 gold of `ann`.
fn town(test: impl FnOnce()) {
	let people = [op(), two(), ann(), bea(), owner()];
	run(NetworkParameters::LOCAL, &people, || {
		admit(1, 1, &people);
		operator(&op(), 500);
		operator(&two(), 0);
		back(&op(), &op(), NATIVE, 1_000 * STAY);
		back(&op(), &op(), PoolKind::Stake, 400 * STAY);
		back(&ann(), &op(), NATIVE, 3_000 * STAY);
		back(&bea(), &op(), GOLD, 500 * STAY);
		back(&ann(), &two(), GOLD, 100 * STAY);
		service(&owner(), &owner(), &[NATIVE, GOLD], Destination::Burn, &[(WAD / 2, 1)]);
		serve(&op(), SET, &[(NATIVE, WAD / 4), (GOLD, WAD / 2)]);
		next_era();
		test();
	});
}

fn details(who: &AccountId) -> OperatorDetails {
	<Runtime as OperatorsApi<Block>>::operator(who.clone()).expect("it is an operator")
}

fn position(who: &AccountId, operator: &AccountId, kind: PoolKind) -> Option<PositionDetails> {
	<Runtime as OperatorsApi<Block>>::position(who.clone(), operator.clone(), kind)
}

/// The entries of all pages of a list, and the number of pages. Every page but the last must have a next one.
fn walk<Item, Cursor>(page: impl Fn(Option<Cursor>) -> Page<Item, Cursor>) -> (Vec<Item>, usize) {
	let (mut all, mut pages, mut after) = (vec![], 0, None);
	loop {
		let page = page(after);
		all.extend(page.items);
		pages += 1;
		assert!(pages <= 1_000, "the list ends");
		let Some(next) = page.next else { return (all, pages) };
		after = Some(next);
	}
}

fn accounts(after: Option<Account>) -> Option<AccountId> {
	after.map(|account| account.0)
}

/// Reports half of what `op` allocated of its `Native` pool: an eighth of the pool.
fn an_eighth(capture: Era) -> u32 {
	report(SET, &op(), 0, &[(NATIVE, WAD / 2)], capture).expect("it is slashable")
}

fn pending(id: u32, due: Era, value: Balance, exits: Balance) -> PendingLoss {
	PendingLoss { id, due, value: Amount(value), exits: Amount(exits) }
}

#[test]
fn an_operator_is_shown_with_all_that_binds_it() {
	town(|| {
		let text = |text: &str| text.as_bytes().to_vec().try_into().expect("it is short");
		assert_ok!(OperatorDelegation::set_metadata(
			signed(&op()),
			text("North"),
			text("https://north").into_inner().try_into().expect("it is short")
		));
		assert_ok!(OperatorDelegation::set_promise(signed(&op()), 1_000, 3));
		assert_ok!(OperatorDelegation::set_commission(signed(&op()), 800));
		assert_ok!(Restaking::set_leverage(signed(&op()), 150));
		assert_ok!(Restaking::set_leverage(signed(&op()), 200));
		assert_ok!(Restaking::allocate(signed(&op()), NATIVE, SET, 0));
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(600 * STAY)));
		let (vetoed, id) = (an_eighth(1), an_eighth(1));
		assert_ok!(Slashing::veto(signed(&owner()), vetoed, Default::default()));

		let allocation = |now, next: Option<(u64, Era)>, slashable| AllocationDetails {
			set: SET,
			magnitude: Announced {
				now: Fraction(now),
				next: next.map(|(value, from)| Later { value: Fraction(value), from }),
			},
			slashable: Amount(slashable),
		};
		let pool = |kind, amount, own, leaving, allocations, leverage| PoolDetails {
			kind,
			amount: Amount(amount),
			shares: Amount(amount),
			fresh: Amount(0),
			own: Amount(own),
			leaving: Amount(leaving),
			generation: 0,
			since: 0,
			max_magnitude: Fraction(WAD),
			allocations,
			leverage,
		};
		let native = vec![allocation(WAD / 4, Some((0, 6)), 850 * STAY)];
		let gold = vec![allocation(WAD / 2, None, 250 * STAY)];
		let expected = OperatorDetails {
			operator: op().into(),
			name: Text::from("North"),
			link: Text::from("https://north"),
			commission: Announced { now: 500, next: Some(Later { value: 800, from: 4 }) },
			promise: Announced { now: PromiseTerms { max_commission: 1_000, notice: 3 }, next: None },
			open: true,
			retired: false,
			validator: staking::validator(op()).expect("it is an operator"),
			pools: vec![
				pool(PoolKind::Stake, 400 * STAY, 400 * STAY, 0, vec![], 0),
				pool(NATIVE, 3_400 * STAY, 1_000 * STAY, 600 * STAY, native, 25),
				pool(GOLD, 500 * STAY, 0, 0, gold, 50),
			],
			leverage: Announced { now: 150, next: Some(Later { value: 200, from: 2 }) },
			sets: vec![Stay { set: SET, from: 1 }],
			pending: vec![id],
			executed: 0,
			spared: 1,
		};
		assert_eq!(details(&op()), expected);

		// The slash takes an eighth of the pool and of exits.
		next_era();
		let after = details(&op());
		assert_eq!((after.executed, after.spared, after.pending.len()), (1, 1, 0));
		let native = &after.pools[1];
		assert_eq!((native.amount.0, native.leaving.0), (2_975 * STAY, 525 * STAY));
		assert_eq!((native.own.0, native.max_magnitude.0), (875 * STAY, WAD / 8 * 7));
		// The next slash can take an eighth of the seven eighths that are left.
		let allocation = &native.allocations[0];
		assert_eq!((allocation.magnitude.now.0, allocation.slashable.0), (WAD / 8, 425 * STAY));
		assert_eq!(native.leverage, 14);

		// A mature exit does not count as leaving.
		to_era(5);
		assert_eq!(details(&op()).pools[1].leaving.0, 0);
		assert_eq!(details(&op()).commission, Announced { now: 800, next: None });
		assert_ok!(OperatorDelegation::set_policy(
			signed(&op()),
			mainstay_operator_delegation::Policy::AllowList
		));
		assert_ok!(OperatorDelegation::retire(signed(&op())));
		let retired = details(&op());
		assert!(retired.retired && !retired.open && retired.sets.is_empty());
		assert_eq!(<Runtime as OperatorsApi<Block>>::operator(ann()), None);
	});
}

#[test]
fn a_pool_that_a_slash_took_begins_again_without_its_past() {
	town(|| {
		Slashing::report_consensus(&op(), WAD, 1).expect("it is in time");
		next_era();
		let pools = details(&op()).pools;
		let native = PoolDetails {
			kind: NATIVE,
			amount: Amount(0),
			shares: Amount(0),
			fresh: Amount(0),
			own: Amount(0),
			leaving: Amount(0),
			generation: 1,
			since: 3,
			max_magnitude: Fraction(WAD),
			allocations: vec![],
			leverage: 0,
		};
		assert_eq!(pools[0], PoolDetails { kind: PoolKind::Stake, ..native.clone() });
		assert_eq!(pools[2].allocations[0].slashable.0, 250 * STAY, "the offence takes no gold");
		assert_eq!(pools[1].allocations, []);
		assert_eq!(pools[1], native);
	});
}

#[test]
fn all_operators_come_in_pages() {
	town(|| {
		for n in 0..3 {
			newcomer(&account(&format!("{n}")), 100 * n);
		}
		let page = |most| move |after| <Runtime as OperatorsApi<Block>>::operators(accounts(after), most);
		let (all, pages) = walk(page(2));
		assert_eq!((all.len(), pages), (5, 3));
		let names: BTreeSet<_> = all.iter().map(|summary| summary.operator.clone()).collect();
		assert_eq!(names.len(), 5);
		assert_eq!(walk(page(0)).1, 5, "at least one entry on a page");
		assert_eq!(walk(page(u32::MAX)), (all.clone(), 1));

		let amount = |kind, amount| PoolAmount { kind, amount: Amount(amount) };
		let expected = OperatorSummary {
			operator: op().into(),
			name: Text::default(),
			commission: 500,
			open: true,
			retired: false,
			candidate: false,
			active: false,
			stake: Amount(4_400 * STAY),
			pools: vec![
				amount(PoolKind::Stake, 400 * STAY),
				amount(NATIVE, 4_000 * STAY),
				amount(GOLD, 500 * STAY),
			],
			sets: 1,
		};
		assert_eq!(all.iter().find(|summary| summary.operator.0 == op()), Some(&expected));
		let idle = all.iter().find(|summary| summary.operator.0 == account("2")).expect("it is listed");
		assert_eq!((idle.commission, idle.stake.0, idle.pools.len(), idle.sets), (200, 0, 0, 0));
		// A cursor may name an account that is not in the list.
		assert!(views::operators(Some(account("nobody")), 9).items.len() < 6);
	});
}

#[test]
fn validators_and_candidates_are_told_apart() {
	mainstay_economy_tests::chain::run("local_testnet", |_| {
		let (all, _) = walk(|after| views::operators(accounts(after), 100));
		assert!(all.len() >= 4);
		assert!(all.iter().all(|summary| summary.candidate && summary.active && summary.stake.0 > 0));
	});
}

#[test]
fn a_position_is_shown_with_its_exits_slashes_and_rewards() {
	town(|| {
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(600 * STAY)));
		// 8.5 of the 11 STAY go to the `Native` pool by weight, less 5 % of commission, for 3,400 shares.
		assert_ok!(Rewards::pay_set(signed(&owner()), SET, Currency::Native, 11 * STAY));
		let service = an_eighth(1);
		Slashing::report_consensus(&op(), WAD / 10, 1).expect("it is in time");
		let consensus = service + 1;

		let native = |amount| vec![Money { currency: Coin::Native, amount: Amount(amount) }];
		let leaving =
			ExitDetails { queued: 1, value: Amount(600 * STAY), matures: 5, held: true, claimable: false };
		let expected = PositionDetails {
			who: ann().into(),
			operator: op().into(),
			kind: NATIVE,
			shares: Amount(2_400 * STAY),
			fresh: Amount(0),
			value: Amount(2_400 * STAY),
			exits: vec![leaving.clone()],
			pending: vec![
				pending(service, 2, 300 * STAY, 75 * STAY),
				pending(consensus, 2, 240 * STAY, 60 * STAY),
			],
			rewards: native(5_700 * MILLI),
		};
		assert_eq!(position(&ann(), &op(), NATIVE), Some(expected.clone()));
		let own = position(&op(), &op(), PoolKind::Stake).expect("it has stake");
		assert_eq!(own.pending, [pending(consensus, 2, 40 * STAY, 0)]);
		let gold = position(&bea(), &op(), GOLD).expect("she has gold there");
		assert_eq!((gold.value.0, gold.pending, gold.exits), (500 * STAY, vec![], vec![]));
		assert_eq!(gold.rewards, native(2_375 * MILLI));

		// Both slashes take what was predicted, the second from what the first left. A slash for a later era does not
		// reach the exit.
		next_era();
		let id = an_eighth(2);
		// The next slash takes half of the allocation, of which an eighth of the pool is left of the quarter.
		let left = 2_400 * STAY * 7 / 8 * 9 / 10;
		let leaving = ExitDetails { value: Amount(472_500 * MILLI), held: false, ..leaving };
		let expected = PositionDetails {
			value: Amount(left),
			exits: vec![leaving.clone()],
			pending: vec![pending(id, 3, left / 14, 0)],
			..expected
		};
		assert_eq!(position(&ann(), &op(), NATIVE), Some(expected));

		to_era(5);
		let mature = position(&ann(), &op(), NATIVE).expect("she has stake").exits;
		assert_eq!(mature, [ExitDetails { claimable: true, ..leaving }]);
		assert_ok!(claim(&ann(), &op(), NATIVE, 1));
		assert_ok!(Rewards::collect(signed(&ann()), ann(), op(), NATIVE, u32::MAX));
		let rest = position(&ann(), &op(), NATIVE).expect("she has stake");
		assert_eq!((rest.exits, rest.rewards), (vec![], vec![]));
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::All));
		let gone = position(&ann(), &op(), NATIVE).expect("an exit is left");
		assert_eq!((gone.shares.0, gone.value.0, gone.exits.len()), (0, 0, 1));
		let positions = |who: AccountId| <Runtime as OperatorsApi<Block>>::positions(who, None, 9);
		let of_ann: Vec<_> = positions(ann()).items.iter().map(|p| (p.operator.0.clone(), p.kind)).collect();
		assert_eq!(of_ann, [(two(), GOLD)]);
		to_era(9);
		assert_ok!(claim(&ann(), &op(), NATIVE, 5));
		assert_eq!(position(&ann(), &op(), NATIVE), None);
	});
}

#[test]
fn what_a_slash_took_altogether_leaves_rewards_alone() {
	town(|| {
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(600 * STAY)));
		assert_ok!(exit(&op(), &op(), PoolKind::Stake, ExitAmount::Value(100 * STAY)));
		assert_ok!(Rewards::pay_set(signed(&owner()), SET, Currency::Native, 11 * STAY));
		let id = mainstay_slashing::NextId::<Runtime>::get();
		Slashing::report_consensus(&op(), WAD, 1).expect("it is in time");
		let before = position(&ann(), &op(), NATIVE).expect("she has stake");
		assert_eq!(before.pending, [pending(id, 2, 2_400 * STAY, 600 * STAY)]);
		next_era();

		let void = PositionDetails {
			who: ann().into(),
			operator: op().into(),
			kind: NATIVE,
			shares: Amount(0),
			fresh: Amount(0),
			value: Amount(0),
			exits: vec![],
			pending: vec![],
			rewards: vec![Money { currency: Coin::Native, amount: Amount(5_700 * MILLI) }],
		};
		assert_eq!(position(&ann(), &op(), NATIVE), Some(void.clone()));
		let (mine, _) = walk(|after| views::positions(ann(), after, 1));
		assert_eq!(mine.len(), 2, "including the gold with the other operator");
		assert!(mine.contains(&void));
		assert_eq!(position(&op(), &op(), PoolKind::Stake), None);
		assert_eq!(views::exits(op(), None, 9), Page { items: vec![], next: None });
		for kind in [NATIVE, PoolKind::Stake] {
			assert_eq!(views::backers(op(), kind, None, 9), Page { items: vec![], next: None });
		}
		assert_ok!(Rewards::collect(signed(&ann()), ann(), op(), NATIVE, u32::MAX));
		assert_eq!(position(&ann(), &op(), NATIVE), None);

		// The next generation is shown as a new pool.
		next_era();
		back(&bea(), &op(), NATIVE, 10 * STAY);
		let of_bea = position(&bea(), &op(), NATIVE).expect("she has stake");
		assert_eq!((of_bea.shares.0, of_bea.value.0), (10 * STAY, 10 * STAY));
		// These shares came in this era.
		let fresh =
			|| [position(&bea(), &op(), NATIVE).expect("hers").fresh.0, details(&op()).pools[1].fresh.0];
		assert_eq!(fresh(), [10 * STAY; 2]);
		next_era();
		assert_eq!(fresh(), [0; 2]);
		assert_eq!(position(&ann(), &op(), NATIVE), None);
		let behind = views::backers(op(), NATIVE, None, 9).items;
		let amount = Amount(10 * STAY);
		assert_eq!(behind, [Backer { who: bea().into(), shares: amount, value: amount }]);
	});
}

#[test]
fn positions_exits_and_backers_come_in_pages() {
	let crowd: Vec<_> = (0..7).map(|n| account(&format!("delegator {n}"))).collect();
	let people: Vec<_> = crowd.iter().cloned().chain([op(), two(), owner()]).collect();
	run(NetworkParameters::LOCAL, &people, || {
		admit(1, 1, &people);
		operator(&op(), 0);
		operator(&two(), 0);
		for (n, who) in crowd.iter().enumerate() {
			back(who, &op(), NATIVE, (n as Balance + 1) * STAY);
		}
		let one = crowd[0].clone();
		for (operator, kind) in [(op(), PoolKind::Stake), (op(), GOLD), (two(), GOLD)] {
			back(&one, &operator, kind, 100 * STAY);
		}
		let (behind, pages) =
			walk(|after| <Runtime as OperatorsApi<Block>>::backers(op(), NATIVE, accounts(after), 3));
		assert_eq!((behind.len(), pages), (7, 3));
		let shown: BTreeSet<_> = behind.iter().map(|backer| (backer.who.clone(), backer.value)).collect();
		let expected: BTreeSet<(Account, Amount)> = crowd
			.iter()
			.enumerate()
			.map(|(n, who)| (who.clone().into(), Amount((n as Balance + 1) * STAY)))
			.collect();
		assert_eq!(shown, expected);

		let positions = |most| {
			let one = one.clone();
			move |after| <Runtime as OperatorsApi<Block>>::positions(one.clone(), after, most)
		};
		let (mine, pages) = walk(positions(1));
		assert_eq!((mine.len(), pages), (4, 4));
		let keys: BTreeSet<_> = mine.iter().map(|p| (p.operator.clone(), p.kind, p.value)).collect();
		let all = Amount(100 * STAY);
		let expected = [
			(op().into(), NATIVE, Amount(STAY)),
			(op().into(), PoolKind::Stake, all),
			(op().into(), GOLD, all),
			(two().into(), GOLD, all),
		];
		assert_eq!(keys, BTreeSet::from(expected));
		assert_eq!(walk(positions(u32::MAX)), (mine, 1));

		// 40 exits of gold, in as many eras, and one of stake.
		for _ in 0..40 {
			assert_ok!(exit(&one, &op(), GOLD, ExitAmount::Value(STAY)));
			next_era();
		}
		assert_ok!(exit(&one, &op(), PoolKind::Stake, ExitAmount::All));
		let exits = |most| {
			let one = one.clone();
			move |after| <Runtime as OperatorsApi<Block>>::exits(one.clone(), after, most)
		};
		let (leaving, pages) = walk(exits(7));
		assert_eq!((leaving.len(), pages), (41, 6));
		let keys: BTreeSet<_> = leaving.iter().map(|e| (e.operator.clone(), e.kind, e.exit.queued)).collect();
		let gold = (0..40).map(|era| (Account(op()), GOLD, era));
		assert_eq!(keys, gold.chain([(op().into(), PoolKind::Stake, 40)]).collect());
		for AccountExit { exit, kind, .. } in &leaving {
			let mature = exit.queued + 4 <= 40;
			assert_eq!((exit.matures, exit.held, exit.claimable), (exit.queued + 4, false, mature));
			assert_eq!(exit.value.0, if *kind == GOLD { STAY } else { 100 * STAY });
		}
		let shown = position(&one, &op(), GOLD).expect("there is gold left");
		let queued: Vec<_> = shown.exits.iter().map(|exit| exit.queued).collect();
		assert_eq!(queued, (0..32).collect::<Vec<_>>(), "the oldest");
		assert_eq!(shown.value.0, 60 * STAY);
	});
}

#[test]
fn what_is_not_there_is_nothing() {
	town(|| {
		let nobody = account("nobody");
		assert_eq!(views::operator(nobody.clone()), None);
		for kind in [NATIVE, PoolKind::Asset(u32::MAX)] {
			assert_eq!(position(&nobody, &op(), kind), None);
			assert_eq!(position(&ann(), &nobody, kind), None);
			assert_eq!(views::backers(nobody.clone(), kind, Some(ann()), u32::MAX).items, []);
		}
		assert_eq!(position(&ann(), &op(), PoolKind::Asset(u32::MAX)), None);
		assert_eq!(views::positions(nobody.clone(), None, u32::MAX).items, []);
		assert_eq!(views::exits(nobody.clone(), None, 0).items, []);
		// A cursor that was never given out still has a place in the order.
		let kind = PoolKind::Asset(u32::MAX);
		let after = PositionKey { operator: nobody.clone().into(), kind };
		assert!(views::positions(ann(), Some(after), u32::MAX).items.len() <= 2);
		let after = ExitKey { operator: nobody.into(), kind, queued: Era::MAX };
		assert_eq!(views::exits(ann(), Some(after), u32::MAX).items, []);
	});
}
