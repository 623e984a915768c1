//! The effect of services' slashes on allocations. The numbers are those of `ledger.py`.

use super::*;

/// [`ALICE`] has `amount` in the `Native` pool, of which `parts` are allocated and bind.
fn allocated_to(amount: Balance, parts: &[u64]) {
	service(parts.len() as u32);
	restake(ALICE, PoolKind::Native, amount);
	for (n, part) in (0..).zip(parts) {
		allocate(n, *part);
	}
	Now::set(ALLOCATION_DELAY);
	events();
}

/// The allocation to each set that a slash for era 2 would find.
fn histories() -> Vec<u64> {
	(0..3).map(|n| answers(n, 2..=2)[0]).collect()
}

#[test]
fn a_cut_lowers_the_sets_own_and_caps_all_others() {
	execute(|| {
		allocated_to(1_000 * STAY, &[600 * MILLE, 800 * MILLE, 500 * MILLE]);
		Now::set(3);
		allocate(2, 900 * MILLE);
		allocate(1, 400 * MILLE);
		exit(ALICE, PoolKind::Native, ExitAmount::Value(200 * STAY));
		Now::set(4);
		events();

		let done = slash(PoolKind::Native, 2, WAD / 2, 3);
		assert_eq!(done, cut_of(250 * STAY, 250 * MILLE, 750 * MILLE));
		let cut = |n, cut| Event::AllocationCut {
			operator: account(NORTH),
			kind: PoolKind::Native,
			set: set(n),
			cut,
		};
		assert_eq!(events(), [cut(2, 250 * MILLE)]);
		assert_eq!(allocated(0), (600 * MILLE, None));
		assert_eq!(allocated(1), (750 * MILLE, Some((400 * MILLE, 8))), "capped");
		assert_eq!(allocated(2), (250 * MILLE, Some((650 * MILLE, 5))), "a pending raise shrinks by the cut");
		assert_eq!(histories(), [600 * MILLE, 800 * MILLE, 250 * MILLE]);
		assert_eq!(pool(PoolKind::Native).funds, SharePool { shares: 800 * STAY, amount: 600 * STAY });
		assert_eq!(pool(PoolKind::Native).max_magnitude, 750 * MILLE);
		let left = |amount| SharePool { shares: 200 * STAY, amount };
		assert_eq!(bucket(PoolKind::Native, 3), Some((left(150 * STAY), 750 * MILLE)));

		let done = slash(PoolKind::Native, 1, WAD / 2, 3);
		assert_eq!(done, cut_of(375 * STAY, 375 * MILLE, 375 * MILLE));
		assert_eq!(events(), [cut(1, 375 * MILLE)]);
		assert_eq!(allocated(0), (375 * MILLE, None), "capped");
		assert_eq!(
			allocated(1),
			(375 * MILLE, Some((200 * MILLE, 8))),
			"a pending decrease keeps its proportion"
		);
		assert_eq!(allocated(2), (250 * MILLE, Some((375 * MILLE, 5))), "a pending raise is capped as well");
		assert_eq!(histories(), [600 * MILLE, 425 * MILLE, 250 * MILLE]);
		assert_eq!(pool(PoolKind::Native).funds, SharePool { shares: 800 * STAY, amount: 300 * STAY });
		assert_eq!(bucket(PoolKind::Native, 3), Some((left(75 * STAY), 375 * MILLE)));

		Now::set(5);
		assert_eq!(allocated(2), (375 * MILLE, None));
		Now::set(8);
		assert_eq!(allocated(1), (200 * MILLE, None));
		assert_eq!(answers(1, 2..=9), [[425 * MILLE; 6].as_slice(), &[200 * MILLE; 2]].concat());
	});
}

#[test]
fn what_does_not_divide_is_rounded_down() {
	execute(|| {
		allocated_to(1_000 * STAY + 7, &[WAD / 3, WAD / 7 * 5]);
		exit(ALICE, PoolKind::Native, ExitAmount::Shares(100 * STAY + 1));
		Now::set(3);

		let done = slash(PoolKind::Native, 0, WAD / 3, 2);
		assert_eq!(done, cut_of(111_111_111_111_111, WAD / 9 - 1, 888_888_888_888_888_890));
		assert_eq!(pool(PoolKind::Native).funds.amount, 800_000_000_000_006);
		assert_eq!(current(0), 222_222_222_222_222_223);
		assert_eq!(current(1), WAD / 7 * 5);

		let done = slash(PoolKind::Native, 1, WAD / 7 * 3, 3);
		assert_eq!(done.taken, 275_510_204_081_634, "the exit was queued before the capture era");
		assert_eq!(done.left, Some(Magnitude(582_766_439_909_297_054)));
		assert_eq!(pool(PoolKind::Native).funds.amount, 524_489_795_918_372);
		assert_eq!((current(0), current(1)), (222_222_222_222_222_223, 408_163_265_306_122_449));

		let done = slash(PoolKind::Native, 0, WAD / 9 * 5, 2);
		assert_eq!((done.taken, done.left), (123_456_790_123_457, Some(Magnitude(459_309_649_785_840_264))));
		assert_eq!(pool(PoolKind::Native).funds.amount, 413_378_684_807_260);
		let (exited, max) = bucket(PoolKind::Native, 2).unwrap();
		assert_eq!((exited.amount, max), (76_543_209_876_545, 765_432_098_765_432_100));
		assert_eq!((current(0), current(1)), (98_765_432_098_765_433, 408_163_265_306_122_449));
		assert_eq!(histories()[..2], [98_765_432_098_765_433, 408_163_265_306_122_449]);
	});
}

#[test]
fn what_was_taken_back_since_is_slashed_in_full() {
	execute(|| {
		allocated_to(100 * STAY, &[WAD]);
		allocate(0, 0);
		Now::set(2 + LOWERING_DELAY);
		assert_eq!(allocated(0), (0, None));
		let done = slash(PoolKind::Native, 0, WAD / 4, 6);
		assert_eq!(done, cut_of(25 * STAY, WAD / 4, WAD / 4 * 3));
		assert_eq!(answers(0, 6..=7), [WAD / 4 * 3, 0]);
		assert_eq!(allocated(0), (0, None));
	});
}

#[test]
fn what_was_allocated_after_the_capture_era_is_not_slashed_for_it() {
	execute(|| {
		allocated_to(100 * STAY, &[WAD / 4]);
		allocate(0, WAD);
		Now::set(4);
		let done = slash(PoolKind::Native, 0, WAD, 3);
		assert_eq!(done, cut_of(25 * STAY, WAD / 4, WAD / 4 * 3));
		assert_eq!(allocated(0), (WAD / 4 * 3, None));
		assert_eq!(answers(0, 2..=4), [0, 0, WAD / 4 * 3]);
	});
}

#[test]
fn a_set_that_nothing_is_allocated_to_cuts_nothing() {
	execute(|| {
		allocated_to(100 * STAY, &[WAD / 4, WAD / 2]);
		let done = slash(PoolKind::Native, 0, WAD, 1);
		assert_eq!(done, cut_of(0, 0, WAD));
		assert_eq!((current(0), current(1)), (WAD / 4, WAD / 2));
		assert_eq!(pool(PoolKind::Native).funds.amount, 100 * STAY);
	});
}

#[test]
fn an_asset_is_slashed_and_cut_like_stay_and_apart_from_it() {
	execute(|| {
		allocated_to(100 * STAY, &[WAD / 2]);
		admit();
		restake(BOB, ASSET, 60 * STAY);
		assert_ok!(try_allocate(ASSET, 0, WAD / 3));
		Now::set(4);
		let done = slash(ASSET, 0, WAD, 4);
		assert_eq!(done, cut_of(60 * STAY / 3 - 1, WAD / 3, WAD - WAD / 3));
		assert_eq!(pool(ASSET).funds.amount, 40 * STAY + 1);
		assert_eq!(
			(pool(PoolKind::Native).funds.amount, pool(PoolKind::Native).max_magnitude),
			(100 * STAY, WAD)
		);
		assert_eq!(current(0), WAD / 2);
		assert_eq!(Restaking::allocation(account(NORTH), ASSET, set(0)), (0, None));
		let currency = Currency::WithId(TOKEN);
		assert_eq!(delegation::Slashed::<Test>::get(currency), 20 * STAY - 1);
	});
}

#[test]
fn a_slash_of_an_older_generation_leaves_what_the_younger_has_allocated() {
	execute(|| {
		allocated_to(1_000 * STAY, &[WAD / 2]);
		exit(ALICE, PoolKind::Native, ExitAmount::Value(400 * STAY));
		mature(0);
		Now::set(3);
		OperatorDelegation::take(&account(NORTH), PoolKind::Native, Fraction::WHOLE, 3);
		allocate(0, WAD / 4);
		Now::set(5);
		restake(BOB, PoolKind::Native, 100 * STAY);

		let done = slash(PoolKind::Native, 0, WAD / 5, 2);
		assert_eq!(done, ServiceCut { taken: 40 * STAY, cut: Magnitude(WAD / 10), left: None, eras: (0, 4) });
		assert_eq!(pool(PoolKind::Native).funds.amount, 100 * STAY);
		assert_eq!(pool(PoolKind::Native).max_magnitude, WAD);
		assert_eq!(allocated(0), (WAD / 4, None));
		assert_eq!(answers(0, 2..=4), [WAD / 10 * 4, WAD / 10 * 4, 0]);
	});
}

/// A consensus slash takes all of the `Native` pool in era `now`. Earlier exits stay.
fn wipe(now: Era) {
	Now::set(now);
	OperatorDelegation::take(&account(NORTH), PoolKind::Native, Fraction::WHOLE, now);
}

#[test]
fn over_two_wipes_each_generation_is_cut_for_its_own_eras_and_no_other() {
	execute(|| {
		allocated_to(1_000 * STAY, &[WAD / 2]);
		// A pending slash keeps the whole history.
		Pending::set(vec![(account(NORTH), PoolKind::Native, 2)]);
		exit(ALICE, PoolKind::Native, ExitAmount::Value(100 * STAY));
		wipe(3);
		allocate(0, WAD / 4);
		Now::set(5);
		restake(BOB, PoolKind::Native, 1_000 * STAY);
		exit(BOB, PoolKind::Native, ExitAmount::Value(200 * STAY));
		wipe(6);
		allocate(0, WAD / 5);
		Now::set(8);
		restake(ALICE, PoolKind::Native, 1_000 * STAY);
		let all = || answers(0, 2..=8);
		let [h, q, f] = [WAD / 2, WAD / 4, WAD / 5];
		assert_eq!(all(), [h, h, 0, q, q, 0, f]);

		let first = slash(PoolKind::Native, 0, WAD / 5, 2);
		assert_eq!(first, ServiceCut { taken: 10 * STAY, cut: Magnitude(h / 5), left: None, eras: (0, 4) });
		assert_eq!(all(), [h / 5 * 4, h / 5 * 4, 0, q, q, 0, f]);
		let second = slash(PoolKind::Native, 0, WAD / 5, 6);
		assert_eq!(
			second,
			ServiceCut { taken: 0, cut: Magnitude(0), left: None, eras: (4, 7) },
			"exits of era 5 left before"
		);
		let second = slash(PoolKind::Native, 0, WAD / 5, 5);
		assert_eq!(second, ServiceCut { taken: 10 * STAY, cut: Magnitude(q / 5), left: None, eras: (4, 7) });
		assert_eq!(all(), [h / 5 * 4, h / 5 * 4, 0, q / 5 * 4, q / 5 * 4, 0, f]);
		let third = slash(PoolKind::Native, 0, WAD / 5, 8);
		let left = Some(Magnitude(WAD - f / 5));
		assert_eq!(third, ServiceCut { taken: 40 * STAY, cut: Magnitude(f / 5), left, eras: (7, Era::MAX) });
		assert_eq!(all(), [h / 5 * 4, h / 5 * 4, 0, q / 5 * 4, q / 5 * 4, 0, f / 5 * 4]);
		assert_eq!(bucket(PoolKind::Native, 2).unwrap().0.amount, 90 * STAY);
		assert_eq!(bucket(PoolKind::Native, 5).unwrap().0.amount, 190 * STAY);
		assert_eq!(pool(PoolKind::Native).funds.amount, 960 * STAY);
	});
}
