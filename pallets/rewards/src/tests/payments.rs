//! Services' payments: their receivers, weights and remainders.

use super::*;

/// [`SET`] that accepts `Native`. These operators serve it with so many STAY each, all of them allocated.
fn served_by(operators: &[(u8, Balance)]) {
	service(&[(PoolKind::Native, 1)]);
	operators.iter().for_each(|(operator, stays)| serve(*operator, PoolKind::Native, stays * STAY));
	next_era();
}

fn set_kinds(list: &[(PoolKind, Multiplier)]) {
	assert_ok!(send(OWNER, registry::Call::<Test>::set_kinds { set: SET, kinds: kinds(list) }));
}

fn leave(operator: u8) {
	assert_ok!(send(operator, registry::Call::<Test>::leave { set: SET }));
}

#[test]
fn a_payment_is_shared_by_multiplier_times_slashable_amount() {
	execute(|| {
		service(&[(PoolKind::Native, 1), (ASSET, 3)]);
		for (operator, kind, stays, magnitude) in [
			(NORTH, PoolKind::Native, 600, WAD),
			(NORTH, ASSET, 100, WAD / 2),
			(SOUTH, PoolKind::Native, 300, WAD / 4),
			(EAST, ASSET, 200, WAD / 10),
		] {
			restake(operator, operator, kind, stays * STAY);
			allocate(operator, kind, magnitude);
		}
		[NORTH, SOUTH, EAST].into_iter().for_each(join);
		next_era();
		let before = balance(PAYER, STAYS);
		pay(STAYS, 1_000);

		// Weights: 600, 3 × 50, 75 and 3 × 20 of 885. Parts: 677, 169, 84 and 67, of which commissions are 67, 16, 8
		// and 6.
		assert_eq!([NORTH, SOUTH, EAST].map(|operator| credit(operator, STAYS)), [67 + 16, 8, 6]);
		for (operator, kind, per_share, carry, earned) in [
			(NORTH, PoolKind::Native, 1_016_666u128, 400 * STAY, 609),
			(NORTH, ASSET, 1_530_000, 0, 153),
			(SOUTH, PoolKind::Native, 253_333, 100 * STAY, 75),
			(EAST, ASSET, 305_000, 0, 61),
		] {
			let accumulator = accumulator(operator, kind, STAYS);
			assert_eq!(accumulator, Some(Accumulator { per_share: per_share.into(), carry }));
			assert_eq!(unsettled(operator, operator, kind), [(STAYS, earned)]);
		}
		assert_eq!(accumulator(SOUTH, ASSET, STAYS), None);
		assert_eq!(carried(STAYS), 3);
		assert_eq!((balance(PAYER, STAYS), held(STAYS)), (before - 1_000, 1_000));
		assert_eq!(
			events(),
			[Event::SetPaid { set: SET, currency: STAYS, amount: 1_000, from: account(PAYER) }]
		);
	});
}

#[test]
fn the_commission_that_binds_when_a_payment_arrives_is_the_operators() {
	execute(|| {
		served();
		restake(ALICE, NORTH, PoolKind::Native, 400 * STAY);
		next_era();
		let mut earned = 0;
		let mut pay_and_compare = |commission, delegators| {
			pay(STAYS, 1_000 * STAY);
			assert_eq!(credit(NORTH, STAYS), commission * STAY);
			earned += delegators * STAY;
			assert_eq!(unsettled(ALICE, NORTH, PoolKind::Native), [(STAYS, earned * 4 / 10)]);
			assert_eq!(unsettled(NORTH, NORTH, PoolKind::Native), [(STAYS, earned * 6 / 10)]);
		};
		pay_and_compare(100, 900);
		set_commission(NORTH, 2_000);
		pay_and_compare(200, 900);
		next_era();
		pay_and_compare(400, 800);
		// A lower commission binds at once.
		set_commission(NORTH, 500);
		pay_and_compare(450, 950);
		set_commission(NORTH, 10_000);
		next_era();
		pay_and_compare(1_450, 0);
	});
}

#[test]
fn what_a_sets_payment_leaves_over_is_part_of_its_next() {
	execute(|| {
		served_by(&[(NORTH, 100), (SOUTH, 100), (EAST, 100)]);
		for left in [1, 2, 0] {
			pay(STAYS, 100);
			assert_eq!(carried(STAYS), left);
			assert_eq!(Carried::<Test>::contains_key(SET, STAYS), left > 0);
		}
		// Each gets 33, 33 and 34, of which 3 are the commission each time.
		for operator in [NORTH, SOUTH, EAST] {
			assert_eq!(credit(operator, STAYS), 9);
			assert_eq!(unsettled(operator, operator, PoolKind::Native), [(STAYS, 91)]);
		}
		// Each currency has its own remainder.
		pay(STAYS, 100);
		pay(GOLD, 101);
		assert_eq!((carried(STAYS), carried(GOLD)), (1, 2));
	});
}

#[test]
fn what_a_pools_payment_leaves_over_is_part_of_its_next() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		set_commission(NORTH, 0);
		serve(NORTH, PoolKind::Native, 7_000_000_000);
		next_era();
		for paid in 1..=7u128 {
			pay(STAYS, 1);
			let per_share = U256::from(paid * 1_000_000_000 / 7);
			let carry = (7 - paid) * 1_000_000_000;
			// A unit is shared in sevenths. Rounded down one by one, they would never add up to a whole.
			let sum = accumulator(NORTH, PoolKind::Native, STAYS).unwrap();
			assert_eq!(sum, Accumulator { per_share, carry });
			let whole = if paid == 7 { 7 } else { paid - 1 };
			let expected = if whole > 0 { vec![(STAYS, whole)] } else { vec![] };
			assert_eq!(unsettled(NORTH, NORTH, PoolKind::Native), expected);
		}
		assert_ok!(collect(STRANGER, NORTH, NORTH, PoolKind::Native));
		assert_eq!(held(STAYS), 0);
	});
}

#[test]
fn members_that_left_or_retired_or_were_ejected_are_paid_for_that_era_and_no_later_one() {
	execute(|| {
		served_by(&[(NORTH, 600), (SOUTH, 300), (EAST, 300), (4, 300)]);
		let everyone = [NORTH, SOUTH, EAST, 4];
		leave(NORTH);
		assert_ok!(send(SOUTH, delegation::Call::<Test>::retire {}));
		assert_ok!(send(OWNER, registry::Call::<Test>::eject { set: SET, operator: account(EAST) }));
		for operator in everyone {
			assert_eq!(allocated(&account(operator), PoolKind::Native), WAD);
		}
		pay(STAYS, 1_000 * STAY);
		assert_eq!(everyone.map(|operator| credit(operator, STAYS)), [40, 20, 20, 20].map(|n| n * STAY));
		next_era();
		pay(GOLD, 1_000 * STAY);
		assert_eq!(everyone.map(|operator| credit(operator, GOLD)), [0, 0, 0, 100 * STAY]);
		let paid = everyone.map(|operator| accumulator(operator, PoolKind::Native, GOLD).is_some());
		assert_eq!(paid, [false, false, false, true]);
		leave(4);
		pay(GOLD, 1_000 * STAY);
		assert_eq!(credit(4, GOLD), 200 * STAY);
		next_era();
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
	});
}

#[test]
fn a_pool_whose_magnitude_was_cut_weighs_less() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		for operator in [NORTH, SOUTH] {
			restake(operator, operator, PoolKind::Native, 1_000 * STAY);
			allocate(operator, PoolKind::Native, WAD / 2);
			join(operator);
		}
		next_era();
		pay(STAYS, 1_000 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [50 * STAY, 50 * STAY]);
		// The slash takes half of the half that is allocated: 750 are left, of which a third is allocated to the set.
		assert_eq!(slash(NORTH, PoolKind::Native, SET, WAD / 2), 250 * STAY);
		pay(STAYS, 750 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [75 * STAY, 100 * STAY]);
	});
}

#[test]
fn a_pool_that_another_set_cut_weighs_less() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		create_set(&[(PoolKind::Native, 1)]);
		let other = OperatorSetId { avs: 0, index: 1 };
		for operator in [NORTH, SOUTH] {
			restake(operator, operator, PoolKind::Native, 1_000 * STAY);
			allocate(operator, PoolKind::Native, WAD / 2);
			join(operator);
		}
		assert_ok!(try_allocate(NORTH, PoolKind::Native, other, WAD));
		next_era();
		// 250 are left, and all of them answer to the first set, because its half was capped at the quarter that is
		// left.
		assert_eq!(slash(NORTH, PoolKind::Native, other, WAD / 4 * 3), 750 * STAY);
		pay(STAYS, 750 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [25 * STAY, 50 * STAY]);
	});
}

#[test]
fn a_pool_that_was_wiped_is_paid_again_in_its_next_generation_only() {
	execute(|| {
		served_by(&[(NORTH, 600), (SOUTH, 300)]);
		wipe(NORTH, PoolKind::Native);
		pay(STAYS, 300 * STAY);
		next_era();
		restake(NORTH, NORTH, PoolKind::Native, 300 * STAY);
		pay(STAYS, 300 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [0, 60 * STAY]);
		allocate(NORTH, PoolKind::Native, WAD);
		next_era();
		pay(STAYS, 300 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [15 * STAY, 75 * STAY]);
		assert_eq!(accumulator(NORTH, PoolKind::Native, STAYS), None);
		assert!(Accruals::<Test>::get((account(NORTH), PoolKind::Native, 1)).contains_key(&STAYS));
	});
}

#[test]
fn a_pool_full_of_reward_assets_is_passed_over_and_the_others_share_its_part() {
	execute(|| {
		served_by(&[(NORTH, 600)]);
		for currency in [STAYS, GOLD, SILVER] {
			pay(currency, 1_000 * STAY);
		}
		assert_noop!(try_pay(OWNER, COARSE, STAY), Error::NoWeight);
		serve(SOUTH, PoolKind::Native, 300 * STAY);
		next_era();
		pay(COARSE, 1_000 * STAY);
		assert_eq!(accumulator(NORTH, PoolKind::Native, COARSE), None);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, COARSE)), [0, 100 * STAY]);
		assert_eq!(unsettled(SOUTH, SOUTH, PoolKind::Native), [(COARSE, 900 * STAY)]);

		// The pool still takes currencies in which it was paid before, and always STAY.
		pay(GOLD, 900 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, GOLD)), [160 * STAY, 30 * STAY]);
		pay(STAYS, 900 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [160 * STAY, 30 * STAY]);

		// A new generation begins without any currency.
		wipe(NORTH, PoolKind::Native);
		next_era();
		restake(NORTH, NORTH, PoolKind::Native, 300 * STAY);
		allocate(NORTH, PoolKind::Native, WAD);
		next_era();
		pay(COARSE, 1_000 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, COARSE)), [50 * STAY, 150 * STAY]);
	});
}

#[test]
fn a_place_is_kept_for_stay_and_only_the_owner_fills_the_others() {
	execute(|| {
		served_by(&[(NORTH, 600)]);
		assert_noop!(try_pay(PAYER, GOLD, STAY), Error::NotOwner);
		for currency in [GOLD, SILVER] {
			pay(currency, 1_000 * STAY);
		}
		assert_noop!(try_pay(OWNER, COARSE, STAY), Error::NoWeight);
		pay(STAYS, 1_000 * STAY);
		assert_eq!(credit(NORTH, STAYS), 100 * STAY);
	});
}

#[test]
fn an_allocation_counts_from_the_era_it_binds_until_the_era_its_end_does() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		serve(NORTH, PoolKind::Native, 600 * STAY);
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
		next_era();
		pay(STAYS, STAY);
		allocate(NORTH, PoolKind::Native, 0);
		Now::mutate(|now| *now += DEALLOCATION_DELAY - 1);
		pay(STAYS, STAY);
		assert_eq!(credit(NORTH, STAYS), STAY / 5);
		next_era();
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
	});
}

#[test]
fn kinds_count_as_the_set_has_them_now() {
	execute(|| {
		let both = |native, asset| [(PoolKind::Native, native), (ASSET, asset)];
		service(&both(1, 1));
		join(NORTH);
		for kind in [PoolKind::Native, ASSET] {
			restake(NORTH, NORTH, kind, 500 * STAY);
			allocate(NORTH, kind, WAD);
		}
		next_era();
		let per_share = |kind| accumulator(NORTH, kind, STAYS).map_or(U256::zero(), |sum| sum.per_share);
		let compare = |native: Balance, asset: Balance| {
			pay(STAYS, 1_000 * STAY);
			let expected = [native, asset].map(|stays| scaled(stays) / 500);
			assert_eq!([PoolKind::Native, ASSET].map(per_share), expected);
		};
		compare(450, 450);
		set_kinds(&both(3, 1));
		compare(900, 900);
		Now::mutate(|now| *now += TERMS_DELAY);
		compare(900 + 675, 900 + 225);
		// From now on nothing is paid for the kind that the set no longer accepts.
		set_kinds(&[(PoolKind::Native, 3)]);
		compare(900 + 675 + 900, 900 + 225);
	});
}

#[test]
fn a_pool_that_everyone_left_is_not_paid() {
	execute(|| {
		served_by(&[(NORTH, 600), (SOUTH, 300)]);
		exit(NORTH, NORTH, PoolKind::Native, ExitAmount::All);
		pay(STAYS, 300 * STAY);
		assert_eq!([NORTH, SOUTH].map(|operator| credit(operator, STAYS)), [0, 30 * STAY]);
		exit(SOUTH, SOUTH, PoolKind::Native, ExitAmount::All);
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
	});
}

#[test]
fn a_payment_in_an_asset_is_earned_and_collected_in_it() {
	execute(|| {
		served_by(&[(NORTH, 600)]);
		restake(ALICE, NORTH, PoolKind::Native, 400 * STAY);
		next_era();
		pay(GOLD, 1_000 * STAY);
		assert_eq!((balance(OWNER, GOLD), held(GOLD)), (PURSE - 1_000 * STAY, 1_000 * STAY));
		assert_eq!((held(STAYS), credit(NORTH, STAYS), credit(NORTH, GOLD)), (0, 0, 100 * STAY));
		assert_ok!(collect(STRANGER, ALICE, NORTH, PoolKind::Native));
		assert_eq!((balance(ALICE, GOLD), held(GOLD)), (PURSE + 360 * STAY, 640 * STAY));
	});
}

#[test]
fn a_payer_may_pay_its_last_units_of_an_asset_but_leave_no_dust() {
	execute(|| {
		served_by(&[(NORTH, 600)]);
		assert_noop!(try_pay(OWNER, COARSE, PURSE - COARSE_MINIMUM + 1), TokenError::NotExpendable);
		pay(COARSE, PURSE - COARSE_MINIMUM);
		pay(COARSE, COARSE_MINIMUM);
		assert_eq!((balance(OWNER, COARSE), held(COARSE)), (0, PURSE));
		// The payer must keep the existential deposit of STAY.
		assert_noop!(try_pay(PAYER, STAYS, PURSE), TokenError::NotExpendable);
		pay(STAYS, PURSE - ExistentialDeposit::get());
		assert_eq!(balance(PAYER, STAYS), ExistentialDeposit::get());
	});
}

#[test]
fn rewards_are_never_owed_from_an_unfunded_pot() {
	execute(|| {
		served_by(&[(NORTH, 600)]);
		assert_noop!(try_pay(PAUPER, STAYS, STAY), TokenError::FundsUnavailable);
		assert_noop!(try_pay(PAUPER, GOLD, STAY), Error::NotOwner);
		assert_noop!(try_pay(OWNER, GOLD, PURSE + 1), TokenError::FundsUnavailable);
		assert_eq!((held(STAYS), held(GOLD)), (0, 0));
		pay(GOLD, 1_000);
		assert_eq!(held(GOLD), 1_000);
		assert_eq!(
			(credit(NORTH, GOLD), unsettled(NORTH, NORTH, PoolKind::Native)),
			(100, vec![(GOLD, 900)])
		);
	});
}

#[test]
fn only_a_set_that_exists_is_paid_in_what_is_admitted() {
	execute(|| {
		served_by(&[(NORTH, 600)]);
		let nowhere = OperatorSetId { avs: 0, index: 1 };
		let unknown = Call::pay_set { set: nowhere, currency: STAYS, amount: STAY };
		assert_noop!(send(PAYER, unknown), Error::UnknownSet);
		assert_noop!(try_pay(PAYER, Currency::WithId(4), STAY), Error::AssetNotRegistered);
		assert_noop!(try_pay(PAYER, STAYS, 0), Error::NothingToPay);
		let unsigned = Rewards::pay_set(RuntimeOrigin::none(), SET, STAYS, STAY);
		assert_noop!(unsigned, DispatchError::BadOrigin);
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), 4, account(PAYER), true, 1));
		assert_noop!(try_pay(PAYER, Currency::WithId(4), STAY), Error::AssetNotRegistered);
	});
}

#[test]
fn a_set_that_nobody_serves_cannot_be_paid() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
		// A member without an allocation, and an allocation without a member.
		join(NORTH);
		restake(NORTH, NORTH, PoolKind::Native, STAY);
		restake(SOUTH, SOUTH, PoolKind::Native, STAY);
		allocate(SOUTH, PoolKind::Native, WAD);
		next_era();
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
	});
}

#[test]
fn what_would_pass_the_largest_number_is_refused() {
	execute(|| {
		served_by(&[(NORTH, 600)]);
		Credit::<Test>::insert(account(NORTH), STAYS, Balance::MAX);
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::CreditTooLarge);
		Credit::<Test>::remove(account(NORTH), STAYS);
		Carried::<Test>::insert(SET, STAYS, Balance::MAX);
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::CreditTooLarge);
		Carried::<Test>::remove(SET, STAYS);
		pay(STAYS, STAY);
		assert_eq!(credit(NORTH, STAYS), STAY / 10);
	});
}

#[test]
fn a_payment_weighs_as_much_as_operators_answer() {
	execute(|| {
		served_by(&[(NORTH, 600), (SOUTH, 300)]);
		join(EAST);
		next_era();
		let done: DispatchResultWithPostInfo =
			Rewards::pay_set(RuntimeOrigin::signed(account(PAYER)), SET, STAYS, STAY);
		let expected = <Test as Config>::WeightInfo::pay_set(3);
		assert_eq!(done.unwrap().actual_weight, Some(expected));
		let most = <Test as Config>::WeightInfo::pay_set(MAX_OPERATORS);
		assert!(expected.ref_time() < most.ref_time());
	});
}
