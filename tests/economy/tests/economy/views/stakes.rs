//! The stake that a set can slash, and its lower bounds.

use super::town::*;
use frame_support::storage::with_storage_layer;
use mainstay_avs_registry::{Membership, Memberships, Span};
use mainstay_economy_tests::services::{
	account, back, exit, exits, next_era, pool, report, serve, service, signed, to_era,
};
use mainstay_operator_delegation::{Exits, Positions};
use mainstay_primitives::{
	rolled_back,
	runtime_api::{
		restaking::{runtime_decl_for_restaking_api::RestakingApi, *},
		Account, Amount, Fraction, Page,
	},
	traits::EraClock,
	AccountId, Balance, Destination, Era, ExitAmount, OperatorSetId, PoolKind, STAY, WAD,
};
use mainstay_runtime::{
	views::stakes, AvsRegistry, Block, OperatorDelegation, Restaking, Runtime, RuntimeOrigin, Slashing,
	Staking,
};
use proptest::prelude::*;
use sp_runtime::DispatchResult;

fn person(who: usize) -> AccountId {
	account(PEOPLE[who])
}

/// Creates a service with three conditions: they allow a slash of everything at once, of everything after an era, and
/// of a half after two eras. A service that gives slashed funds to an account does not accept `Native`.
fn found(destination: Destination<AccountId>) -> OperatorSetId {
	let kinds = if matches!(destination, Destination::Account(_)) { &KINDS[1..] } else { &KINDS };
	service(&owner(), &owner(), kinds, destination, &[(WAD, 0), (WAD, 1), (WAD / 2, 2)])
}

/// Allocates these magnitudes of [`KINDS`].
fn serve_with(operator: &AccountId, set: OperatorSetId, magnitudes: [u64; 2]) {
	let magnitudes: Vec<_> = KINDS.into_iter().zip(magnitudes).filter(|(_, m)| *m > 0).collect();
	serve(operator, set, &magnitudes);
}

fn set_stake(set: OperatorSetId, capture: Option<Era>) -> Option<SetStake> {
	<Runtime as RestakingApi<Block>>::set_stake(set, capture)
}

fn amounts(stakes: &[KindStake]) -> [Balance; 2] {
	assert_eq!(stakes.iter().map(|stake| stake.kind).collect::<Vec<_>>(), KINDS);
	[stakes[0].slashable.0, stakes[1].slashable.0]
}

fn least(until: Era) -> LeastStake {
	<Runtime as RestakingApi<Block>>::least_stake(SET, until).expect("there is such a set")
}

/// The four bounds: withdrawals, services, allocations, consensus.
fn bounds(until: Era) -> [[Balance; 2]; 4] {
	let least = least(until);
	assert_eq!((least.until, least.capture), (until, Staking::active()));
	[&least.withdrawals, &least.services, &least.allocations, &least.consensus].map(|bound| amounts(bound))
}

/// The pool of an operator and the exits from it.
fn backing(operator: &AccountId, kind: PoolKind) -> Balance {
	let exits: Balance = Exits::<Runtime>::iter_prefix_values((operator, kind)).map(|e| e.funds.amount).sum();
	pool(operator, kind) + exits
}

/// Lets `set` slash a part of what `operator` allocated for `capture`, at once.
fn slash(
	set: OperatorSetId,
	operator: &AccountId,
	fractions: &[(PoolKind, u64)],
	capture: Era,
) -> DispatchResult {
	let id = report(set, operator, 0, fractions, capture)?;
	with_storage_layer(|| Slashing::execute(signed(&owner()), id))
}

fn all(fraction: u64) -> [(PoolKind, u64); 2] {
	KINDS.map(|kind| (kind, fraction))
}

/// What [`SET`] takes from both operators if it slashes everything for `capture` now.
fn takes(capture: Era) -> [Balance; 2] {
	let backing = || KINDS.map(|kind| [op(), two()].iter().map(|who| backing(who, kind)).sum::<Balance>());
	rolled_back(|| {
		let before = backing();
		for operator in [op(), two()] {
			// An operator that does not answer cannot be reported.
			let _ = slash(SET, &operator, &all(WAD), capture);
		}
		let after = backing();
		[before[0] - after[0], before[1] - after[1]]
	})
}

fn kind_stake(kind: PoolKind, multiplier: u32, slashable: Balance) -> KindStake {
	KindStake { kind, multiplier, slashable: Amount(slashable) }
}

#[test]
fn a_set_can_slash_what_its_members_allocated_in_the_era() {
	town(3, || {
		found(Destination::Burn);
		let kinds = vec![(NATIVE, 2), (GOLD, 3)].try_into().expect("two kinds");
		AvsRegistry::set_kinds(signed(&owner()), SET, kinds).expect("it has no members");
		serve_with(&op(), SET, [WAD / 2, WAD / 4]);
		serve_with(&two(), SET, [WAD, 0]);
		let stake = |capture, members, native, gold| SetStake {
			capture,
			members,
			kinds: vec![kind_stake(NATIVE, 2, native), kind_stake(GOLD, 3, gold)],
			weight: Amount(2 * native + 3 * gold),
			complete: true,
		};
		assert_eq!(set_stake(SET, None), Some(stake(0, 0, 0, 0)), "no operator answers yet");
		next_era();
		// A quarter of 500 gold and 3 units is rounded down.
		let (native, gold) = (2_000 * STAY + 4, 125 * STAY);
		let whole = 777 * STAY + 5;
		assert_eq!(set_stake(SET, None), Some(stake(1, 2, native + whole, gold)));

		// Exits still answer for this era, and so does an operator that leaves the set. Each part is rounded down.
		exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY + 1)).expect("she has as much");
		AvsRegistry::leave(signed(&two()), SET).expect("it is a member");
		assert_eq!(set_stake(SET, Some(1)), Some(stake(1, 2, native - 1 + whole, gold)));
		next_era();
		assert_eq!(set_stake(SET, Some(1)), Some(stake(1, 2, native - 1 + whole, gold)));
		assert_eq!(set_stake(SET, None), Some(stake(2, 1, 1_500 * STAY + 3, gold)));
		for capture in [1, 2] {
			let [native, gold] = takes(capture);
			let shown = set_stake(SET, Some(capture)).expect("it can be slashed");
			assert_eq!(amounts(&shown.kinds), [native, gold]);
		}

		let member = |operator: AccountId, of: &[(PoolKind, u64, Balance)], weight| MemberStake {
			operator: operator.into(),
			kinds: of
				.iter()
				.map(|(kind, magnitude, slashable)| MemberKind {
					kind: *kind,
					magnitude: Fraction(*magnitude),
					slashable: Amount(*slashable),
				})
				.collect(),
			weight: Amount(weight),
		};
		let of_op = member(
			op(),
			&[(NATIVE, WAD / 2, native - 1), (GOLD, WAD / 4, gold)],
			2 * (native - 1) + 3 * gold,
		);
		let of_two = member(two(), &[(NATIVE, WAD, whole)], 2 * whole);
		let page = |capture, after: Option<Account>, most| {
			let after = after.map(|account| account.0);
			<Runtime as RestakingApi<Block>>::member_stakes(SET, capture, after, most)
				.expect("there is such a set")
		};
		let both = page(Some(1), None, 9);
		assert_eq!((both.items.len(), &both.next), (2, &None));
		assert!(both.items.contains(&of_op) && both.items.contains(&of_two));
		let first = page(Some(1), None, 1);
		let second = page(Some(1), first.next.clone(), 0);
		assert_eq!([first.items, second.items].concat(), both.items);
		assert_eq!(second.next, None);
		let weight = 2 * (1_500 * STAY + 3) + 3 * gold;
		let now = member(op(), &[(NATIVE, WAD / 2, 1_500 * STAY + 3), (GOLD, WAD / 4, gold)], weight);
		assert_eq!(page(None, None, u32::MAX), Page { items: vec![now], next: None });
		assert!(
			page(None, Some(account("nobody").into()), 1).items.len() < 2,
			"a cursor may name an account that is not in the list"
		);

		// A cut lowers the stake that answers for every era.
		slash(SET, &op(), &[(NATIVE, WAD / 2)], 1).expect("it can be slashed");
		let cut = page(Some(1), None, 9).items;
		let cut = cut.iter().find(|member| member.operator.0 == op()).expect("it answers");
		assert_eq!(cut.kinds[0].magnitude.0, WAD / 4);
		// A third of what is left, the three quarters, of 3,000 STAY and 7 units and of the exit.
		assert_eq!(cut.kinds[0].slashable.0, (750 * STAY + 2) + 250 * STAY);

		// Future eras, and eras that are too old, cannot be slashed for.
		to_era(4);
		assert!(set_stake(SET, Some(1)).is_some());
		next_era();
		for capture in [1, 0, 6, Era::MAX] {
			assert_eq!(set_stake(SET, Some(capture)), None);
			assert_eq!(stakes::member_stakes(SET, Some(capture), None, 9), None);
		}
		for set in [OTHER, OperatorSetId { avs: u32::MAX, index: u32::MAX }] {
			assert_eq!(set_stake(set, None), None);
			assert_eq!(stakes::member_stakes(set, None, Some(op()), u32::MAX), None);
			assert_eq!(stakes::least_stake(set, u32::MAX), None);
		}
	});
}

#[test]
fn what_a_set_can_slash_is_what_its_slash_takes() {
	town(3, || {
		found(Destination::Burn);
		found(Destination::Burn);
		serve_with(&op(), SET, [WAD / 3, WAD / 7]);
		serve_with(&two(), SET, [WAD / 9 * 8, WAD]);
		serve_with(&op(), OTHER, [WAD, WAD / 2]);
		to_era(2);
		for era in 2u32..12 {
			let _ = exit(&ann(), &op(), NATIVE, ExitAmount::Value(7 * STAY + 13));
			let _ = exit(&bea(), &two(), GOLD, ExitAmount::Value(STAY + 1));
			for capture in era.saturating_sub(3)..=era {
				let shown = set_stake(SET, Some(capture)).expect("it is in reach");
				assert_eq!(amounts(&shown.kinds), takes(capture), "for era {capture} in era {era}");
			}
			if era % 3 == 0 {
				slash(OTHER, &op(), &all(WAD / 11 * 2), era - 2).expect("it can be slashed");
				slash(SET, &op(), &all(WAD / 13), era - 1).expect("it can be slashed");
			}
			next_era();
		}
		// A wiped pool does not answer for earlier eras, but earlier exits from it do.
		exit(&ann(), &op(), NATIVE, ExitAmount::Value(70 * STAY)).expect("she has as much");
		next_era();
		slash(OTHER, &op(), &[(NATIVE, WAD)], 13).expect("it can be slashed");
		next_era();
		back(&bea(), &op(), NATIVE, 40 * STAY);
		for capture in 11..=14 {
			let shown = set_stake(SET, Some(capture)).expect("it is in reach");
			assert_eq!(amounts(&shown.kinds), takes(capture), "for era {capture}");
		}
		assert_eq!(set_stake(SET, Some(14)).map(|stake| stake.kinds[0].slashable.0 > 0), Some(true));
	});
}

#[test]
fn the_least_stake_is_what_no_slash_can_take_away() {
	town(3, || {
		found(Destination::Burn);
		found(Destination::Burn);
		serve_with(&op(), SET, [WAD / 2, WAD / 4]);
		serve_with(&op(), OTHER, [WAD / 4 * 3, 0]);
		to_era(2);
		// Until an era, exits can be filed under each era before it, and under the next era once that is elected. Each
		// exit rounds.
		let (native, gold) = (2_000 * STAY + 4, 125 * STAY);
		let half = native / 2;
		assert_eq!(least(2).reachable, 5);
		assert_eq!(
			bounds(2),
			[[native - 2, gold - 2], [half - 2, gold - 2], [half - 2, gold - 2], [0, gold - 2]]
		);
		// New allocations to others, up to three times the pool, bind in era 3.
		assert_eq!(bounds(3), [[native - 3, gold - 3], [half - 3, gold - 3], [0, 0], [0, 0]]);
		assert_eq!(bounds(5), [[native - 5, gold - 5], [half - 5, gold - 5], [0, 0], [0, 0]]);
		for beyond in [6, 7, Era::MAX] {
			assert_eq!(bounds(beyond), [[0; 2]; 4]);
		}
		// No slash can be executed in a past era, so the answer is for the running one.
		assert_eq!(bounds(0), bounds(2));
		assert_eq!(least(2).withdrawals[1], kind_stake(GOLD, 1, gold - 2));

		// A pending slash takes 3/8 of the pool. Of the 5/8 that are left, 3/8 are still allocated to the other set.
		let id = report(OTHER, &op(), 1, &[(NATIVE, WAD / 2)], 2).expect("it is slashable");
		assert_eq!(bounds(2)[0], [native - 2, gold - 2], "the slash falls due in era 3");
		assert_eq!(bounds(3), [[native - 5, gold - 3], [half - 5, gold - 3], [0, 0], [0, 0]]);
		// A consensus offence leaves 9/10, but does not take gold.
		Slashing::report_consensus(&op(), WAD / 10, 2).expect("it is in time");
		let (native, half) = (1_800 * STAY + 4, 900 * STAY + 2);
		assert_eq!(bounds(3), [[native - 7, gold - 3], [half - 7, gold - 3], [0, 0], [0, 0]]);
		let reality = rolled_back(|| {
			next_era();
			takes(2)
		});
		assert_eq!(reality, [native, gold]);
		// A pending slash by the set itself lowers what is left for its next one.
		Slashing::cancel(RuntimeOrigin::root(), id).expect("it is pending");
		report(SET, &op(), 1, &all(WAD / 2), 2).expect("it is slashable");
		// It takes half of half of the pool, and an eighth of the gold.
		let native = rolled_back(|| {
			next_era();
			takes(2)
		});
		assert_eq!(native[1], 62 * STAY + STAY / 2);
		assert_eq!(bounds(3)[0], [native[0] - 7, native[1] - 5]);
	});
}

/// Runs `check` in era 2, in which `own` of the first operator's pools is allocated to [`SET`], and `others` to other
/// sets.
fn shared(
	leverage: u32,
	own: u64,
	others: &[u64],
	destination: Destination<AccountId>,
	check: impl FnOnce(),
) {
	town(leverage, || {
		found(destination);
		serve_with(&op(), SET, [own; 2]);
		for magnitude in others {
			let set = found(Destination::Burn);
			serve_with(&op(), set, [*magnitude; 2]);
		}
		to_era(2);
		check();
	});
}

/// What [`SET`] takes for era 2 in era `until`, after all delegators exited and `meanwhile` ran in every era.
fn after_all(until: Era, meanwhile: impl Fn(Era)) -> [Balance; 2] {
	rolled_back(|| {
		for era in 2..=until {
			meanwhile(era);
			let leaver = if era % 2 == 0 { op() } else { ann() };
			let _ = exit(&leaver, &op(), NATIVE, ExitAmount::Value(300 * STAY + 1));
			let _ = exit(&bea(), &op(), GOLD, ExitAmount::Value(17 * STAY + 1));
			let _ = Restaking::stop(signed(&op()));
			if era < until {
				next_era();
			}
		}
		for who in PEOPLE.map(account) {
			for kind in [NATIVE, GOLD, PoolKind::Stake] {
				let _ = exit(&who, &op(), kind, ExitAmount::All);
			}
		}
		let _ = OperatorDelegation::retire(signed(&op()));
		takes(2)
	})
}

/// Checks that a slash takes at least its bound, and exceeds it by rounding only.
fn tight(bound: [Balance; 2], taken: [Balance; 2]) {
	for (bound, taken) in bound.into_iter().zip(taken) {
		assert!(bound <= taken && taken <= bound + 30, "{taken}, at least {bound}");
	}
}

#[test]
fn whatever_leaves_a_slash_finds_what_it_found() {
	shared(3, WAD / 3, &[WAD / 2], Destination::Burn, || {
		for until in 2..=5 {
			tight(bounds(until)[0], after_all(until, |_| ()));
		}
		// A third of each pool.
		assert!(bounds(5)[0][0].abs_diff(4_000 * STAY / 3) < 8);
	});
}

#[test]
fn what_others_can_slash_of_the_same_pools_is_what_they_leave() {
	// Leverage, the set's own magnitude, those of others, and what is left for the set, in percent of the pool.
	let cases: [(u32, u64, &[u64], u128); 9] = [
		(1, 50, &[50], 50),
		(1, 25, &[25, 50], 25),
		(2, 50, &[75], 25),
		(2, 75, &[50, 50], 0),
		(2, 100, &[40], 60),
		(2, 40, &[40, 40], 20),
		(3, 100, &[100, 100], 0),
		(3, 70, &[10, 20, 30], 40),
		(3, 10, &[20, 30], 10),
	];
	for (leverage, own, others, left) in cases {
		let magnitudes: Vec<_> = others.iter().map(|percent| WAD / 100 * percent).collect();
		shared(leverage, WAD / 100 * own, &magnitudes, Destination::Burn, || {
			for until in 2..=5 {
				let bound = bounds(until)[1];
				let expected = [4_000 * STAY + 8, 500 * STAY + 3].map(|amount| amount * left / 100);
				tight(bound, expected);
				let taken = after_all(until, |era| {
					// All others slash at the end, or one after another.
					for avs in 1..=others.len() as u32 {
						let set = OperatorSetId { avs, index: 0 };
						if era == until || era % 3 == avs % 3 {
							let capture = if avs % 2 == 0 { 2 } else { era };
							let _ = slash(set, &op(), &all(WAD), capture);
							let _ = slash(set, &op(), &all(WAD), 2);
						}
					}
				});
				tight(bound, taken);
			}
		});
	}
}

#[test]
fn what_operators_may_allocate_to_others_is_left_out_too() {
	// A new service that slashes all that is allocated to it, as soon as it can.
	let sham = |magnitude: u64, from: Era| {
		move |era: Era| {
			if era == from {
				let set = found(Destination::Burn);
				serve_with(&op(), set, [magnitude; 2]);
			} else if era > from {
				let set = OperatorSetId { avs: 1, index: 0 };
				slash(set, &op(), &all(WAD), era).expect("it can be slashed");
			}
		}
	};
	// Allocations stay here. To end them would withdraw the new one.
	let taken = |until: Era, magnitude: u64, from: Era| {
		rolled_back(|| {
			for era in 2..=until {
				sham(magnitude, from)(era);
				if era < until {
					next_era();
				}
			}
			takes(2)
		})
	};
	// Unique stake stays unique.
	shared(1, WAD / 4, &[], Destination::Burn, || {
		let whole = bounds(2)[0];
		for until in 3..=5 {
			tight(bounds(until)[2], whole);
		}
		tight(bounds(3)[2], taken(3, WAD / 4 * 3, 2));
	});
	// The operator has a lower limit of its own, and can raise it after a delay.
	shared(3, WAD / 4 * 3, &[], Destination::Burn, || {
		Restaking::set_leverage(signed(&op()), 150).expect("it is less");
		let parts = |until| bounds(until)[2];
		tight(parts(2), [3_000 * STAY + 6, 375 * STAY + 2]);
		tight(parts(3), [1_000 * STAY + 2, 125 * STAY]);
		tight(parts(3), taken(3, WAD / 4 * 3, 2));
		assert_eq!([4, 5].map(parts), [[0; 2]; 2]);
		let raised = rolled_back(|| {
			Restaking::set_leverage(signed(&op()), 300).expect("it is more");
			taken(4, WAD, 3)
		});
		assert_eq!(raised, [0; 2]);
		// A retired operator allocates nothing more.
		OperatorDelegation::retire(signed(&op())).expect("it is an operator");
		tight(parts(5), [3_000 * STAY + 6, 375 * STAY + 2]);
	});
	// Stake that is allocated to a set that gives slashed funds to an account cannot be shared.
	town(3, || {
		let set = found(Destination::Account(owner()));
		serve_with(&op(), set, [0, WAD / 4 * 3]);
		to_era(2);
		assert_eq!(least(5).allocations, [kind_stake(GOLD, 1, 375 * STAY + 2 - 5)]);
		let set = found(Destination::Burn);
		let more = Restaking::allocate(signed(&op()), GOLD, set, WAD / 4 + 1);
		assert_eq!(more, Err(mainstay_restaking::Error::<Runtime>::NotUnique.into()));
	});
}

#[test]
fn a_consensus_offence_leaves_gold() {
	shared(1, WAD / 2, &[], Destination::Burn, || {
		for until in 2..=5 {
			let taken = after_all(until, |era| {
				if era == 2 {
					Slashing::report_consensus(&op(), WAD, 2).expect("it is in time");
				}
			});
			let bound = bounds(until)[3];
			assert_eq!(bound[0], 0);
			if until > 2 {
				tight(bound, taken);
			}
			assert!(taken[1] >= 250 * STAY - 3);
		}
	});
}

/// An action that lowers a stake, or tries to.
#[derive(Clone, Debug)]
enum Move {
	Exit(usize, usize, PoolKind, u8),
	Deposit(usize, usize, PoolKind, Balance),
	OptIn(usize, u8),
	Claim(usize, usize, PoolKind, Era),
	Deallocate(usize, PoolKind, u64),
	Leave(usize),
	Stop(usize),
	Retire(usize),
	Veto(u32),
	Appeal(u32),
	Era,
	/// Only for the second and later bounds: slashes by existing sets.
	Slash(usize, u32, u64, u64, Era),
	/// Only for the third and later bounds: new allocations of operators.
	Allocate(usize, u32, PoolKind, u64),
	Leverage(usize, u32),
	/// Only for the last bound: consensus offences.
	Offend(usize, u64, Era),
}

impl Move {
	/// The index of the first bound that allows for this action.
	fn tier(&self) -> usize {
		match self {
			Move::Slash(..) => 1,
			Move::Allocate(..) | Move::Leverage(..) => 2,
			Move::Offend(..) => 3,
			_ => 0,
		}
	}

	fn make(&self) -> DispatchResult {
		let other = |avs: u32| OperatorSetId { avs: 1 + avs % 3, index: 0 };
		let part = |who: usize, operator: usize, kind: PoolKind, part: u8| {
			let position = Positions::<Runtime>::get((person(who), person(operator), kind));
			ExitAmount::Shares(position.map_or(0, |p| p.shares) / 255 * Balance::from(part) + 1)
		};
		with_storage_layer(|| match *self {
			Move::Exit(who, of, kind, 255) => exit(&person(who), &person(of), kind, ExitAmount::All),
			Move::Exit(who, of, kind, some) => {
				exit(&person(who), &person(of), kind, part(who, of, kind, some))
			},
			Move::Deposit(who, of, kind, amount) => match kind {
				PoolKind::Stake => OperatorDelegation::stake(signed(&person(who)), person(of), amount, 0),
				_ => Restaking::restake(signed(&person(who)), person(of), kind, amount, 0),
			}
			.map(drop)
			.map_err(|refused| refused.error),
			Move::OptIn(who, some) => {
				let amount = part(who, 0, PoolKind::Stake, some);
				Restaking::opt_in(signed(&person(who)), op(), amount, 0)
			},
			Move::Claim(who, of, kind, ago) => OperatorDelegation::claim(
				signed(&bea()),
				person(who),
				person(of),
				kind,
				Staking::active().saturating_sub(ago),
			)
			.map(drop)
			.map_err(|refused| refused.error),
			Move::Deallocate(who, kind, magnitude) => {
				Restaking::allocate(signed(&person(who)), kind, SET, magnitude)
			},
			Move::Leave(who) => AvsRegistry::leave(signed(&person(who)), SET),
			Move::Stop(who) => Restaking::stop(signed(&person(who))).map(drop).map_err(|e| e.error),
			Move::Retire(who) => OperatorDelegation::retire(signed(&person(who))),
			Move::Veto(id) => Slashing::veto(signed(&owner()), id, Default::default()),
			Move::Appeal(id) => Slashing::appeal(signed(&ann()), id, Default::default()),
			Move::Era => {
				next_era();
				Ok(())
			},
			Move::Slash(who, avs, native, gold, ago) => {
				let fractions = [(NATIVE, native), (GOLD, gold)];
				slash(other(avs), &person(who), &fractions, Staking::active().saturating_sub(ago))
			},
			Move::Allocate(who, avs, kind, magnitude) => {
				Restaking::allocate(signed(&person(who)), kind, other(avs), magnitude)?;
				let _ = AvsRegistry::join(signed(&person(who)), other(avs));
				Ok(())
			},
			Move::Leverage(who, percent) => Restaking::set_leverage(signed(&person(who)), percent),
			Move::Offend(who, fraction, ago) => {
				let capture = Staking::active().saturating_sub(ago);
				Slashing::report_consensus(&person(who), fraction, capture).map_err(Into::into)
			},
		})
	}
}

fn fraction() -> impl Strategy<Value = u64> {
	prop_oneof![3 => 1..=WAD, 2 => Just(WAD), 1 => Just(WAD / 2), 1 => (WAD - 1_000)..=WAD]
}

fn moves() -> impl Strategy<Value = Move> {
	let who = || 0..4usize;
	let operator = || 0..2usize;
	let kind = || prop_oneof![Just(NATIVE), Just(GOLD), Just(PoolKind::Stake)];
	let part = || prop_oneof![2 => Just(255u8), 3 => any::<u8>()];
	prop_oneof![
		6 => (who(), operator(), kind(), part()).prop_map(|(a, b, c, d)| Move::Exit(a, b, c, d)),
		2 => (who(), operator(), kind(), LOCAL.min_deposit..900 * STAY)
			.prop_map(|(a, b, c, d)| Move::Deposit(a, b, c, d)),
		1 => (who(), part()).prop_map(|(a, b)| Move::OptIn(a, b)),
		1 => (who(), operator(), kind(), 0..6u32).prop_map(|(a, b, c, d)| Move::Claim(a, b, c, d)),
		1 => (operator(), kind(), prop_oneof![Just(0), fraction()])
			.prop_map(|(a, b, c)| Move::Deallocate(a, b, c)),
		1 => operator().prop_map(Move::Leave),
		1 => operator().prop_map(Move::Stop),
		1 => operator().prop_map(Move::Retire),
		1 => (0..6u32).prop_map(Move::Veto),
		1 => (0..6u32).prop_map(Move::Appeal),
		4 => Just(Move::Era),
		4 => (operator(), 0..3u32, fraction(), fraction(), 0..4u32)
			.prop_map(|(a, b, c, d, e)| Move::Slash(a, b, c, d, e)),
		3 => (operator(), 0..3u32, kind(), fraction()).prop_map(|(a, b, c, d)| Move::Allocate(a, b, c, d)),
		1 => (operator(), 1..=300u32).prop_map(|(a, b)| Move::Leverage(a, b)),
		1 => (operator(), fraction(), 0..3u32).prop_map(|(a, b, c)| Move::Offend(a, b, c)),
	]
}

/// The start of a schedule: the chain's leverage, the magnitudes of four sets at both operators, whether an offence is
/// pending, and the pending slashes with set, condition and fraction.
type Scene = (u32, [[u64; 2]; 8], bool, Vec<(u32, u32, u64)>);

fn scene() -> impl Strategy<Value = Scene> {
	let magnitude = || prop_oneof![2 => Just(0u64), 2 => Just(WAD / 2), 1 => Just(WAD), 3 => 1..=WAD];
	let magnitudes = proptest::array::uniform8(proptest::array::uniform2(magnitude()));
	(1..=3u32, magnitudes, any::<bool>(), prop::collection::vec((0..4u32, 1..3u32, fraction()), 0..4))
}

fn begin((leverage, magnitudes, offence, pending): Scene, check: impl FnOnce()) {
	town(leverage, || {
		for avs in 0..4 {
			let to = if avs == 1 { Destination::Account(owner()) } else { Destination::Burn };
			let set = found(to);
			for (who, operator) in [op(), two()].into_iter().enumerate() {
				for (kind, magnitude) in KINDS.into_iter().zip(magnitudes[avs * 2 + who]) {
					// The limit of leverage refuses some of these allocations.
					let _ = Restaking::allocate(signed(&operator), kind, set, magnitude);
				}
				AvsRegistry::join(signed(&operator), set).expect("it joins");
			}
		}
		to_era(2);
		if offence {
			Slashing::report_consensus(&op(), WAD / 10 * 3, 1).expect("it is in time");
		}
		for (avs, condition, fraction) in pending {
			let fractions = all(if condition == 2 { fraction.min(WAD / 2) } else { fraction });
			let _ = report(OperatorSetId { avs, index: 0 }, &op(), condition, &fractions, 2);
		}
		check();
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(
		std::env::var("MAINSTAY_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
	))]

	#[test]
	fn no_slash_finds_less_than_the_least(
		scene in scene(),
		tier in 0..4usize,
		moves in prop::collection::vec(moves(), 1..25),
	) {
		begin(scene, || {
			let known: Vec<_> = (2..=5).map(bounds).collect();
			for of_until in &known {
				for kind in 0..2 {
					let of_kind = of_until.map(|bound| bound[kind]);
					assert!(of_kind.is_sorted_by(|more, less| more >= less), "{of_kind:?}");
				}
			}
			let check = |made: &[Move]| {
				let bound = known[Staking::active() as usize - 2][tier];
				let taken = takes(2);
				assert!(taken[0] >= bound[0] && taken[1] >= bound[1], "{taken:?} {bound:?} {made:?}");
			};
			let mut made = vec![];
			for next in moves.into_iter().filter(|next| next.tier() <= tier) {
				if matches!(next, Move::Era) && Staking::active() == 5 {
					break;
				}
				if next.make().is_ok() {
					made.push(next);
				}
				check(&made);
			}
		});
	}
}

#[test]
fn what_left_a_pool_is_not_asked_for_twice() {
	// A set's stake for an era is what a slash for that era takes. The sum over eras can exceed the stake that exists,
	// because each is a separate bound.
	town(3, || {
		found(Destination::Burn);
		serve_with(&op(), SET, [WAD, 0]);
		to_era(2);
		exit(&ann(), &op(), NATIVE, ExitAmount::All).expect("she has stake");
		assert_eq!(exits(&op(), NATIVE, 2), 3_000 * STAY + 7);
		let of = |capture| set_stake(SET, capture).map(|stake| stake.kinds[0].slashable.0);
		assert_eq!(of(None), Some(4_000 * STAY + 8));
		next_era();
		assert_eq!((of(Some(2)), of(Some(3))), (Some(4_000 * STAY + 8), Some(1_000 * STAY + 1)));
	});
}

#[test]
fn who_serves_is_counted_however_many_have_left() {
	town(3, || {
		found(Destination::Burn);
		serve_with(&op(), SET, [WAD, 0]);
		serve_with(&two(), SET, [WAD, 0]);
		next_era();
		let shown = set_stake(SET, None).expect("there is such a set");
		assert_eq!((shown.members, shown.complete), (2, true));
		let leave = |n: u32| {
			let spans = vec![Span { from: 0, until: Some(0) }].try_into().expect("one span");
			Memberships::<Runtime>::insert(SET, account(&n.to_string()), Membership { spans, deposit: 0 });
		};
		rolled_back(|| {
			(0..1_000).for_each(leave);
			assert_eq!(set_stake(SET, None), Some(shown.clone()), "all memberships are counted");
		});
		rolled_back(|| {
			(0..2_000).for_each(leave);
			assert_eq!(set_stake(SET, None), Some(SetStake { complete: false, ..shown.clone() }));
			assert_eq!(
				least(1).withdrawals[0].slashable.0,
				shown.kinds[0].slashable.0 - 4,
				"one unit each for an exit of this era and of the next one"
			);
		});
	});
}
