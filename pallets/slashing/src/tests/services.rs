//! The effect of services' slashes: exact amounts, magnitudes, records.

use super::*;

/// What is left for services of the pool's magnitude, and of those of the exits queued in each of these eras.
fn left_of(operator: u8, kind: PoolKind, eras: &[Era]) -> (u64, Vec<u64>) {
	let exit = |queued: &Era| delegation::Exits::<Test>::get((account(operator), kind, queued));
	let exits = eras.iter().filter_map(exit).map(|exit| exit.max_magnitude).collect();
	(OperatorDelegation::pool(&account(operator), kind).unwrap().max_magnitude, exits)
}

#[test]
fn a_slash_takes_its_part_of_the_pool_and_of_exits_since_the_capture_era() {
	execute(|| {
		served();
		restake(ALICE, 1, PoolKind::Native, STAKE);
		for era in [1, 2, 3] {
			Now::set(era);
			exit_of(ALICE, 1, PoolKind::Native, Balance::from(era) * 100 * STAY);
			if era == 2 {
				assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20)], 2));
			}
		}
		let slash = Slashes::<Test>::get(0).unwrap();
		events();
		begin_era(2 + WINDOW);
		let taken = (20 + 30 + 140) * STAY;
		assert_eq!(events(), [executed(0, 1, taken), burnt(0, taken)]);
		assert_eq!(pooled(1, PoolKind::Native), (1_400 - 140) * STAY);
		let exits = [1, 2, 3].map(|queued| exiting(1, PoolKind::Native, queued));
		assert_eq!(exits, [100 * STAY, 180 * STAY, 270 * STAY]);
		assert_eq!(pooled(1, PoolKind::Stake), STAKE, "stake that did not opt in is not slashed");

		let record = Record { slash, outcome: Outcome::Executed(taken_of(&[(PoolKind::Native, taken)])) };
		assert_eq!(Records::<Test>::get(2 + WINDOW, 0), Some(record));
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), taken);
		let cut = 90 * PERCENT;
		assert_eq!(left_of(1, PoolKind::Native, &[1, 2, 3]), (cut, vec![WAD, cut, cut]));
		assert_eq!(allocated(1, PoolKind::Native, SET), 40 * PERCENT);
		assert_eq!(Restaking::slashable_magnitude(&account(1), PoolKind::Native, SET, 2).0, 40 * PERCENT);
	});
}

/// The numbers are those of `model/ledger.py`.
#[test]
fn two_slashes_of_odd_parts_take_what_the_specification_says() {
	execute(|| {
		service(Destination::Burn);
		restake(1, 1, PoolKind::Native, 1_000 * STAY + 7);
		restake(ALICE, 1, PoolKind::Native, 333 * STAY + 333_333_333_333);
		let (kind, set, magnitude) = (PoolKind::Native, SET, WAD / 3);
		assert_ok!(send(1, restaking::Call::<Test>::allocate { kind, set, magnitude }));
		join(1, SET);
		Now::set(1);
		exit_of(ALICE, 1, kind, 100 * STAY + 1);
		Now::set(2);
		exit_of(ALICE, 1, kind, 50 * STAY + 3);
		for fraction in [123_456_789_012_345_678, WAD / 2] {
			let (operator, fractions) = (account(1), vec![(kind, fraction)].try_into().unwrap());
			assert_ok!(send(SLASHER, Call::report { set, operator, condition: 0, fractions, capture: 2 }));
		}
		Now::set(3);
		exit_of(ALICE, 1, kind, 11 * STAY + 11);
		Now::set(4);
		let exits = || [1, 2, 3].map(|queued| exiting(1, kind, queued));

		assert_ok!(execute_slash(0));
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), 50_754_457_705_074);
		assert_eq!(pooled(1, kind), 1_124_089_163_671_501);
		assert_eq!(exits(), [100_000_000_000_001, 47_942_386_849_798, 10_547_325_106_966]);
		let left = 958_847_736_995_884_775;
		assert_eq!(left_of(1, kind, &[1, 2, 3]), (left, vec![WAD, left, left]));
		assert_eq!(allocated(1, kind, SET), 292_181_070_329_218_108);

		assert_ok!(execute_slash(1));
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), 230_932_784_408_092);
		assert_eq!(pooled(1, kind), 952_822_359_613_526);
		assert_eq!(exits(), [100_000_000_000_001, 40_637_860_091_567, 8_940_329_220_154]);
		let left = 812_757_201_831_275_721;
		assert_eq!(left_of(1, kind, &[1, 2, 3]), (left, vec![WAD, left, left]));
		assert_eq!(allocated(1, kind, SET), 146_090_535_164_609_054);
		assert_eq!(Restaking::slashable_magnitude(&account(1), kind, SET, 2).0, 146_090_535_164_609_054);
	});
}

#[test]
fn a_slash_of_two_kinds_takes_of_each_pool_what_it_asks_for() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10), (PoolKind::Native, 20)], 1));
		let issuance = Assets::total_issuance(1);
		events();
		begin_era(1 + WINDOW);
		let (coins, stay) = (STAKE / 10, STAKE / 10);
		let burnt_coins = paid(0, COINS, coins, Destination::Burn);
		let executed = executed_of(0, 1, &[(COINS, coins), (PoolKind::Native, stay)]);
		assert_eq!(events(), [executed, burnt_coins, burnt(0, stay)]);
		assert_eq!((pooled(1, COINS), pooled(1, PoolKind::Native)), (STAKE - coins, STAKE - stay));
		assert_eq!(
			(allocated(1, COINS, SET), allocated(1, PoolKind::Native, SET)),
			(90 * PERCENT, 40 * PERCENT)
		);
		assert_eq!(Assets::total_issuance(1), issuance - coins);
		let record = Outcome::Executed(taken_of(&[(COINS, coins), (PoolKind::Native, stay)]));
		assert_eq!(outcome(1 + WINDOW, 0), Some(record));
	});
}

#[test]
fn anyone_executes_a_services_slash_once_it_is_due() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 10)], 1));
		Now::set(WINDOW);
		assert_noop!(execute_slash(0), Error::NotDue);
		Now::set(1 + WINDOW);
		events();
		assert_ok!(execute_slash(0));
		let coins = STAKE / 10;
		assert_eq!(
			events(),
			[executed_of(0, 1, &[(COINS, coins)]), paid(0, COINS, coins, Destination::Burn)]
		);
		assert_noop!(execute_slash(0), Error::UnknownSlash);
		assert_eq!((Held::<Test>::iter().count(), Pending::<Test>::iter().count()), (0, 0));
		next_block();
		assert_eq!(events(), [], "the hook skips its place");
	});
}

#[test]
fn a_later_slash_takes_of_what_the_earlier_left() {
	execute(|| {
		served();
		for _ in 0..2 {
			assert_ok!(attest(SET, 1, &[(PoolKind::Native, 50)], 1));
		}
		events();
		begin_era(1 + WINDOW);
		// Half of the pool was allocated. The first slash takes half of that, and the second half of the rest.
		let (first, second) = (STAKE / 4, STAKE / 8);
		assert_eq!(
			events(),
			[executed(0, 1, first), burnt(0, first), executed(1, 1, second), burnt(1, second)]
		);
		assert_eq!(pooled(1, PoolKind::Native), STAKE - first - second);
		assert_eq!(allocated(1, PoolKind::Native, SET), WAD / 8);
		assert_eq!(left_of(1, PoolKind::Native, &[]).0, WAD / 8 * 5);
		// The operator may allocate all that is left of the magnitude to another set.
		service(Destination::Burn);
		let allocate = |magnitude| {
			send(1, restaking::Call::<Test>::allocate { kind: PoolKind::Native, set: OTHER, magnitude })
		};
		assert_noop!(allocate(WAD / 8 * 5 + 1), restaking::Error::<Test>::MagnitudeTooLarge);
		assert_ok!(allocate(WAD / 8 * 5));
	});
}

#[test]
fn a_slash_reported_after_another_asks_for_what_that_left() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 50)], 1));
		begin_era(3);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 50)], 2));
		assert_eq!(Slashes::<Test>::get(1).unwrap().lane, attested(SET, &[(PoolKind::Native, 50, 25)]));
		begin_era(5);
		assert_eq!(pooled(1, PoolKind::Native), STAKE * 5 / 8);
	});
}

#[test]
fn sets_that_share_a_pool_slash_no_more_than_is_left_of_it() {
	execute(|| {
		service(Destination::Burn);
		service(Destination::Burn);
		serve(1, SET, &[(COINS, 100)]);
		allocate(1, COINS, OTHER, 100);
		join(1, OTHER);
		Now::set(1);
		for set in [SET, OTHER] {
			assert_ok!(attest(set, 1, &[(COINS, 50)], 1));
		}
		begin_era(1 + WINDOW);
		assert_eq!(pooled(1, COINS), STAKE / 4);
		assert_eq!((allocated(1, COINS, SET), allocated(1, COINS, OTHER)), (WAD / 4, WAD / 4));
		assert_eq!(left_of(1, COINS, &[]).0, WAD / 4);
	});
}

#[test]
fn both_lanes_can_be_pending_for_one_operator_and_take_one_after_the_other() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20)], 1));
		offence(&[1], 10, 1);
		assert_eq!(
			(pending(), Slashing::oldest_capture(&account(1), PoolKind::Native)),
			(vec![0, 1], Some(1))
		);
		events();
		begin_era(3);
		// The service takes a tenth of the restaked pool, and then consensus takes a tenth of the rest and of the
		// stake.
		let (service, consensus) = (STAKE / 10, STAKE * 9 / 100 + STAKE / 10);
		assert_eq!(
			events(),
			[executed(0, 1, service), burnt(0, service), executed(1, 1, consensus), burnt(1, consensus)]
		);
		assert_eq!(
			(pooled(1, PoolKind::Native), pooled(1, PoolKind::Stake)),
			(STAKE * 81 / 100, STAKE * 90 / 100)
		);
		assert_eq!(
			allocated(1, PoolKind::Native, SET),
			40 * PERCENT,
			"a consensus slash does not change magnitudes"
		);
	});
}

#[test]
fn a_claim_that_both_lanes_cover_waits_for_both() {
	execute(|| {
		served();
		restake(ALICE, 1, PoolKind::Native, 100 * STAY);
		exit_of(ALICE, 1, PoolKind::Native, 100 * STAY);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 20)], 1));
		offence(&[1], 10, 1);
		Now::set(1 + EXIT_ERAS);
		assert_ok!(execute_slash(1));
		assert_noop!(claim_of(1, PoolKind::Native, 1), delegation::Error::<Test>::SlashPending);
		assert_ok!(execute_slash(0));
		let before = balance(ALICE, PoolKind::Native);
		assert_ok!(claim_of(1, PoolKind::Native, 1));
		assert_eq!(balance(ALICE, PoolKind::Native) - before, 81 * STAY);
	});
}

#[test]
fn a_pool_that_holds_nothing_is_cut_all_the_same() {
	execute(|| {
		service(Destination::Burn);
		allocate(1, COINS, SET, 100);
		join(1, SET);
		Now::set(1);
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 1));
		events();
		begin_era(1 + WINDOW);
		assert_eq!(events(), [executed_of(0, 1, &[(COINS, 0)])]);
		assert_eq!(allocated(1, COINS, SET), WAD / 2);
		assert_noop!(pay_out(0, COINS), Error::NothingToPay);
	});
}

#[test]
fn a_deposit_after_the_report_enters_the_past_of_its_pool() {
	execute(|| {
		served();
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 1));
		Now::set(2);
		restake(ALICE, 1, COINS, STAKE);
		begin_era(1 + WINDOW);
		assert_eq!(OperatorDelegation::value_of(&account(ALICE), &account(1), COINS), STAKE / 2);
		assert_eq!(pooled(1, COINS), STAKE);
	});
}
