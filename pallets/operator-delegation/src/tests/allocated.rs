//! The amounts of services' slashes: a fraction of what is allocated to the service. The numbers are those of
//! `ledger.py`.

use super::*;
use frame_support::{assert_noop, assert_storage_noop};
use mainstay_primitives::traits::ServiceCut;

const KIND: PoolKind = PoolKind::Native;
/// The eras of a pool's first generation, until it is wiped.
const FIRST: (Era, Era) = (0, Era::MAX);
/// A thousandth of a pool.
const MILLE: u64 = WAD / 1_000;

fn take_allocated(magnitude: u64, fraction: u64, capture: Era) -> ServiceCut {
	slash(magnitude, fraction, capture, false)
}

/// Like [`take_allocated`]. If `whole`, the amount taken is rounded like the magnitude that is cut.
fn slash(magnitude: u64, fraction: u64, capture: Era, whole: bool) -> ServiceCut {
	let (magnitude, fraction) = (Magnitude(magnitude), Fraction(fraction));
	Custody::take_allocated(&account(OPERATOR), KIND, magnitude, fraction, capture, whole)
}

fn cut_of(taken: Balance, cut: u64, left: Option<u64>, eras: (Era, Era)) -> ServiceCut {
	ServiceCut { taken, cut: Magnitude(cut), left: left.map(Magnitude), eras }
}

fn live() -> Pool {
	Pools::<Test>::get(account(OPERATOR), KIND).unwrap()
}

/// The exit that was queued in era `queued`: its amount, and what is left of its magnitude.
fn left(queued: Era) -> Option<(Balance, u64)> {
	Exits::<Test>::get((account(OPERATOR), KIND, queued)).map(|exit| (exit.funds.amount, exit.max_magnitude))
}

/// [`ALICE`] restakes 1,000 STAY, of which she exits with 100 in each of eras 0, 1 and 2. Era 2 is running.
fn leaving() {
	register(0);
	restake(ALICE, 1_000 * STAY);
	for era in 0..3 {
		Now::set(era);
		assert_ok!(try_exit(ALICE, KIND, ExitAmount::Value(100 * STAY)));
	}
	events();
}

#[test]
fn it_takes_its_fraction_of_the_allocated_part_of_the_pool_and_of_exits_since() {
	execute(|| {
		leaving();
		let done = take_allocated(400 * MILLE, WAD / 2, 1);
		assert_eq!(done, cut_of(180 * STAY, 200 * MILLE, Some(800 * MILLE), FIRST));
		assert_eq!(left(0), Some((100 * STAY, WAD)), "an exit from before the capture era pays nothing");
		assert_eq!(left(1), Some((80 * STAY, 800 * MILLE)));
		assert_eq!(left(2), Some((80 * STAY, 800 * MILLE)));
		assert_eq!(live().funds, SharePool { shares: 700 * STAY, amount: 560 * STAY });
		assert_eq!((live().max_magnitude, live().generation), (800 * MILLE, 0));
		assert_eq!(Slashed::<Test>::get(Currency::Native), 180 * STAY);
		let (operator, kind) = (account(OPERATOR), KIND);
		let (pool, exits) = (140 * STAY, 40 * STAY);
		assert_eq!(events(), [Event::Taken { operator, kind, capture: 1, pool, exits }]);
		assert_eq!(pool_of_stake(), SharePool::default(), "the slash takes from one kind only");
	});
}

fn pool_of_stake() -> SharePool {
	pool(PoolKind::Stake)
}

#[test]
fn each_part_has_a_magnitude_of_its_own_and_the_pools_cut_counts() {
	execute(|| {
		leaving();
		assert_eq!(take_allocated(500 * MILLE, WAD, 2).left, Some(Magnitude(500 * MILLE)));
		assert_eq!(left(1), Some((100 * STAY, WAD)));
		assert_eq!(left(2), Some((50 * STAY, 500 * MILLE)));

		// The slash reaches 80 % of exit 1, and the 50 % that are left of exit 2 and of the pool.
		let done = take_allocated(800 * MILLE, WAD / 2, 1);
		assert_eq!(left(1), Some((60 * STAY, 600 * MILLE)));
		assert_eq!(left(2), Some((25 * STAY, 250 * MILLE)));
		assert_eq!(live().funds.amount, 175 * STAY);
		let taken = (40 + 25 + 175) * STAY;
		assert_eq!(done, cut_of(taken, 250 * MILLE, Some(250 * MILLE), FIRST));
	});
}

#[test]
fn what_leaves_after_a_cut_takes_the_pools_magnitude_along() {
	execute(|| {
		leaving();
		take_allocated(500 * MILLE, WAD, 0);
		assert_ok!(try_exit(ALICE, KIND, ExitAmount::Value(50 * STAY)));
		assert_eq!(left(2), Some((100 * STAY, 500 * MILLE)), "it joins the exits of its era");
		Now::set(3);
		assert_ok!(try_exit(ALICE, KIND, ExitAmount::Value(50 * STAY)));
		assert_eq!(left(3), Some((50 * STAY, 500 * MILLE)));
	});
}

#[test]
fn what_is_not_allocated_is_not_touched() {
	execute(|| {
		leaving();
		assert_storage_noop!(assert_eq!(take_allocated(0, WAD, 0), cut_of(0, 0, Some(WAD), FIRST)));
		assert_storage_noop!(assert_eq!(take_allocated(WAD, 0, 0), cut_of(0, 0, Some(WAD), FIRST)));
		assert_eq!(events(), []);
	});
}

#[test]
fn where_there_is_no_pool_nothing_is_cut() {
	execute(|| {
		register(0);
		assert_storage_noop!(assert_eq!(take_allocated(WAD, WAD, 0), ServiceCut::default()));
	});
}

#[test]
fn a_fraction_above_the_whole_is_the_whole() {
	execute(|| {
		leaving();
		let done = take_allocated(250 * MILLE, u64::MAX, 2);
		assert_eq!(done, cut_of(200 * STAY, 250 * MILLE, Some(750 * MILLE), FIRST));
	});
}

#[test]
fn an_empty_pool_is_cut_without_anything_being_taken() {
	execute(|| {
		register(0);
		Custody::open(&account(OPERATOR), KIND);
		events();
		let done = take_allocated(WAD / 2, WAD / 2, 0);
		assert_eq!(done, cut_of(0, WAD / 4, Some(WAD / 4 * 3), FIRST));
		assert_eq!((live().max_magnitude, events()), (WAD / 4 * 3, vec![]));
	});
}

#[test]
fn what_is_taken_and_what_is_cut_are_rounded_down() {
	execute(|| {
		register(0);
		restake(ALICE, 1_000 * STAY + 7);
		let done = take_allocated(WAD / 3, WAD / 3, 0);
		assert_eq!((done.taken, done.cut.0), (111_111_111_111_111, 111_111_111_111_111_110));
		let done = take_allocated(WAD / 7, WAD / 9, 0);
		let expected =
			888_888_888_888_896_u128 * u128::from(WAD / 7) / u128::from(WAD - 111_111_111_111_111_110);
		assert!(done.taken.abs_diff(expected / 9) <= 1);
		assert_eq!(done.cut.0, (u128::from(WAD / 7) * u128::from(WAD / 9) / u128::from(WAD)) as u64);
	});
}

#[test]
fn what_is_taken_whole_is_worth_no_more_than_what_is_cut() {
	execute(|| {
		register(0);
		restake(ALICE, 1_000 * STAY + 7);
		let whole = |magnitude, fraction| {
			let done = slash(magnitude, fraction, 0, true);
			(done.taken, done.cut.0)
		};
		let before = live();
		let (taken, cut) = whole(WAD / 3, WAD / 3);
		let worth = before.funds.amount * u128::from(cut) / u128::from(before.max_magnitude);
		assert_eq!((taken, cut), (worth, 111_111_111_111_111_110));

		// Slashes left two units of magnitude, and one of them is half of the pool.
		Pools::<Test>::mutate(account(OPERATOR), KIND, |pool| {
			pool.as_mut().expect("it is open").max_magnitude = 2;
		});
		let amount = live().funds.amount;
		(0..9).for_each(|_| assert_eq!(whole(1, WAD - 1), (0, 0)));
		assert_eq!(whole(1, WAD), (amount / 2, 1));
		assert_eq!(live().max_magnitude, 1);
	});
}

#[test]
fn when_no_magnitude_is_left_the_pool_is_wiped() {
	execute(|| {
		leaving();
		assert_eq!(take_allocated(600 * MILLE, WAD, 2).left, Some(Magnitude(400 * MILLE)));
		assert_eq!(Wiped::get(), []);
		events();
		let done = take_allocated(600 * MILLE, WAD, 1);
		let taken = (60 + 40 + 280) * STAY;
		assert_eq!(done, cut_of(taken, 400 * MILLE, Some(0), FIRST));
		assert_eq!(left(1), Some((40 * STAY, 400 * MILLE)));
		assert_eq!(left(2), None, "an emptied exit is removed");
		let fresh = Pool { generation: 1, since: 3, ..Default::default() };
		assert_eq!(live(), fresh);
		assert_eq!(Wiped::get(), [(account(OPERATOR), KIND, 3)]);
		let operator = account(OPERATOR);
		let wiped = Event::PoolWiped { operator: operator.clone(), kind: KIND, generation: 1, since: 3 };
		let (pool, exits) = (280 * STAY, 100 * STAY);
		let taken = Event::Taken { operator, kind: KIND, capture: 1, pool, exits };
		assert_eq!(events(), [wiped, taken]);

		assert_noop!(try_exit(ALICE, KIND, ExitAmount::All), Error::InsufficientShares);
		Now::set(10);
		let claim = |queued| {
			let (owner, operator) = (account(ALICE), account(OPERATOR));
			send(BOB, Call::claim { owner, operator, kind: KIND, queued })
		};
		assert_noop!(claim(2), Error::NothingToClaim);
		assert_ok!(claim(1));
	});
}

#[test]
fn a_younger_generation_and_its_exits_do_not_answer() {
	execute(|| {
		leaving();
		Custody::take(&account(OPERATOR), KIND, Fraction::WHOLE, 2);
		assert_eq!(Wiped::get(), [(account(OPERATOR), KIND, 3)]);
		Now::set(3);
		restake(BOB, 100 * STAY);
		assert_ok!(try_exit(BOB, KIND, ExitAmount::Value(10 * STAY)));

		let done = take_allocated(500 * MILLE, WAD, 1);
		assert_eq!(done, cut_of(50 * STAY, 500 * MILLE, None, (0, 3)));
		assert_eq!(left(1), Some((50 * STAY, 500 * MILLE)));
		assert_eq!(left(3), Some((10 * STAY, WAD)));
		let funds = SharePool { shares: 90 * STAY, amount: 90 * STAY };
		assert_eq!((live().funds, live().generation, live().since), (funds, 1, 3));
		assert_eq!(live().max_magnitude, WAD);

		let done = take_allocated(500 * MILLE, WAD, 3);
		let eras = (3, Era::MAX);
		assert_eq!(done, cut_of(50 * STAY, 500 * MILLE, Some(500 * MILLE), eras));
	});
}

#[test]
fn without_a_live_pool_the_youngest_exits_cut_counts() {
	execute(|| {
		leaving();
		take_allocated(500 * MILLE, WAD, 1);
		Custody::take(&account(OPERATOR), KIND, Fraction::WHOLE, 2);
		// Exit 2 was taken with the pool. Exit 1 has half of its magnitude left, and exit 0 all of it.
		let done = take_allocated(800 * MILLE, WAD / 4, 0);
		assert_eq!(done.left, None);
		assert_eq!(left(0), Some((80 * STAY, 800 * MILLE)));
		assert_eq!(left(1), Some((50 * STAY - 50 * STAY / 4, 375 * MILLE)));
		assert_eq!(done, cut_of(20 * STAY + 50 * STAY / 4, 125 * MILLE, None, (0, 3)));
	});
}

#[test]
fn the_most_that_can_be_taken_is_known_before() {
	execute(|| {
		let slashable = |magnitude, capture| slashable(KIND, magnitude, capture);
		assert_eq!(slashable(WAD, 0), 0);
		leaving();
		let of_eras = |magnitude| [0, 1, 2].map(|capture| slashable(magnitude, capture));
		assert_eq!(of_eras(400 * MILLE), [400 * STAY, 360 * STAY, 320 * STAY]);
		assert_eq!(of_eras(0), [0; 3]);
		assert_eq!(of_eras(u64::MAX), [1_000 * STAY, 900 * STAY, 800 * STAY]);
		assert_eq!(live().allocated(Magnitude(400 * MILLE)), 280 * STAY);

		// Half of exit 2 and of the pool is left.
		take_allocated(500 * MILLE, WAD, 2);
		assert_eq!(of_eras(800 * MILLE), [560 * STAY, 480 * STAY, 400 * STAY]);
		assert_eq!(of_eras(250 * MILLE), [250 * STAY, 225 * STAY, 200 * STAY]);
		Custody::take(&account(OPERATOR), KIND, Fraction::WHOLE, 2);
		assert_eq!(of_eras(800 * MILLE), [160 * STAY, 80 * STAY, 0], "what is left of the wiped pool");
	});
}
