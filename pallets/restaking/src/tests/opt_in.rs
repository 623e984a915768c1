//! Opting stake in to services.

use super::*;
use frame_support::traits::fungible::Mutate;

fn try_opt_in(who: u8, amount: ExitAmount) -> DispatchResult {
	send(who, Call::opt_in { operator: account(NORTH), amount, least_shares: 0 })
}

fn opt_in(who: u8, amount: ExitAmount) {
	assert_ok!(try_opt_in(who, amount));
}

fn reward(amount: Balance) {
	assert_ok!(OperatorDelegation::compound(&account(NORTH), &account(PAYER), amount));
}

fn take(kind: PoolKind, fraction: u64) {
	OperatorDelegation::take(&account(NORTH), kind, Fraction(fraction), Now::get());
}

fn funds(kind: PoolKind) -> SharePool {
	pool(kind).funds
}

fn shares(who: u8, kind: PoolKind) -> u128 {
	position(who, kind).map_or(0, |position| position.shares)
}

#[test]
fn all_of_a_position_is_opened_at_its_worth() {
	execute(|| {
		stake(ALICE, 500 * STAY);
		reward(300 * STAY);
		System::reset_events();
		let custody = || Balances::free_balance(OperatorDelegation::custody());
		let (free, held) = (balances(ALICE), custody());
		opt_in(ALICE, ExitAmount::All);
		assert_eq!(funds(PoolKind::Stake), SharePool { shares: 1_000 * STAY, amount: 1_200 * STAY });
		assert_eq!(funds(PoolKind::Native), SharePool { shares: 600 * STAY, amount: 600 * STAY });
		assert_eq!(position(ALICE, PoolKind::Stake), None);
		assert_eq!(position(ALICE, PoolKind::Native), fresh(600 * STAY, 0));
		assert_eq!(balances(ALICE), free, "no funds move");
		assert_eq!(custody(), held);
		assert_eq!(OperatorDelegation::native_stake(&account(NORTH)), 1_800 * STAY);
		assert_eq!(
			System::read_events_for_pallet::<delegation::Event<Test>>(),
			[delegation::Event::OptedIn {
				who: account(ALICE),
				operator: account(NORTH),
				shares: 500 * STAY,
				amount: 600 * STAY,
				minted: 600 * STAY,
			}]
		);
	});
}

/// A share of `Stake` is worth 1.35 STAY, and one of `Native` 1.125. [`BOB`] has 100 shares of `Stake`.
fn priced() {
	stake(ALICE, 500 * STAY);
	reward(300 * STAY);
	opt_in(ALICE, ExitAmount::All);
	stake(BOB, 120 * STAY);
	reward(240 * STAY);
	assert_eq!(funds(PoolKind::Stake), SharePool { shares: 1_100 * STAY, amount: 1_485 * STAY });
	assert_eq!(funds(PoolKind::Native), SharePool { shares: 600 * STAY, amount: 675 * STAY });
}

#[test]
fn shares_are_exchanged_at_the_prices_of_both_pools() {
	execute(|| {
		priced();
		opt_in(BOB, ExitAmount::Shares(10 * STAY));
		assert_eq!((shares(BOB, PoolKind::Stake), shares(BOB, PoolKind::Native)), (90 * STAY, 12 * STAY));
		assert_eq!(
			funds(PoolKind::Stake),
			SharePool { shares: 1_090 * STAY, amount: 1_485 * STAY - STAY * 27 / 2 }
		);
		assert_eq!(
			funds(PoolKind::Native),
			SharePool { shares: 612 * STAY, amount: 675 * STAY + STAY * 27 / 2 }
		);
	});
}

#[test]
fn a_value_takes_the_least_shares_worth_it() {
	execute(|| {
		priced();
		opt_in(BOB, ExitAmount::Value(27 * STAY));
		assert_eq!((shares(BOB, PoolKind::Stake), shares(BOB, PoolKind::Native)), (80 * STAY, 24 * STAY));
		assert_eq!(funds(PoolKind::Native).amount, 702 * STAY);

		take(PoolKind::Stake, WAD / 7);
		let before = funds(PoolKind::Stake);
		opt_in(BOB, ExitAmount::Value(STAY));
		let left = 80 * STAY - shares(BOB, PoolKind::Stake);
		assert!(before.worth(left) >= STAY && before.worth(left - 1) < STAY);
		let moved = before.worth(left);
		assert_eq!(
			funds(PoolKind::Stake),
			SharePool { shares: before.shares - left, amount: before.amount - moved }
		);
		assert_eq!(funds(PoolKind::Native).amount, 702 * STAY + moved);
		assert_eq!(shares(BOB, PoolKind::Native), 24 * STAY + moved * 624 / 702);
	});
}

#[test]
fn only_what_is_there_can_be_opened() {
	execute(|| {
		assert_noop!(try_opt_in(ALICE, ExitAmount::All), Delegation::InsufficientShares);
		let operator = account(STRANGER);
		let nowhere = Call::opt_in { operator, amount: ExitAmount::All, least_shares: 0 };
		assert_noop!(send(ALICE, nowhere), Delegation::InsufficientShares);
		stake(ALICE, STAY);
		for amount in [
			ExitAmount::Shares(0),
			ExitAmount::Shares(STAY + 1),
			ExitAmount::Value(0),
			ExitAmount::Value(STAY + 1),
			ExitAmount::Value(u128::MAX),
		] {
			assert_noop!(try_opt_in(ALICE, amount), Delegation::InsufficientShares);
		}
		let little = ExistentialDeposit::get() - 1;
		assert_noop!(try_opt_in(ALICE, ExitAmount::Value(little)), Delegation::AmountTooSmall);
		let (operator, amount) = (account(NORTH), ExitAmount::All);
		let dear = |least_shares| Call::opt_in { operator: operator.clone(), amount, least_shares };
		assert_noop!(send(ALICE, dear(STAY + 1)), Delegation::TooFewShares);
		assert_ok!(send(ALICE, dear(STAY)));
		assert_noop!(try_opt_in(ALICE, ExitAmount::All), Delegation::InsufficientShares);
	});
}

#[test]
fn an_operator_that_takes_no_deposits_takes_no_stake_over() {
	execute(|| {
		stake(ALICE, STAY);
		let policy = delegation::Policy::AllowList;
		assert_ok!(send(NORTH, delegation::Call::<Test>::set_policy { policy }));
		assert_noop!(try_opt_in(ALICE, ExitAmount::All), Delegation::NotAllowed);
		opt_in(NORTH, ExitAmount::Value(STAY));
		assert_ok!(send(NORTH, delegation::Call::<Test>::allow { delegator: account(ALICE) }));
		opt_in(ALICE, ExitAmount::Value(STAY / 2));
		retire();
		assert_noop!(try_opt_in(ALICE, ExitAmount::All), Delegation::OperatorRetired);
		assert_eq!((shares(ALICE, PoolKind::Stake), shares(ALICE, PoolKind::Native)), (STAY / 2, STAY / 2));
	});
}

#[test]
fn a_native_pool_that_takes_no_deposits_takes_no_stake_over() {
	execute(|| {
		stake(ALICE, STAY);
		restake(BOB, PoolKind::Native, 1_000 * STAY);
		take(PoolKind::Native, WAD - WAD / 10_000_000);
		assert_noop!(try_opt_in(ALICE, ExitAmount::All), Delegation::PoolDepleted);
		take(PoolKind::Native, WAD);
		// The new generation of the pool is refused as well, until it answers for every era that a slash can name.
		for era in [0, 1, EXIT_ERAS - 1] {
			Now::set(era);
			assert_noop!(try_opt_in(ALICE, ExitAmount::All), Delegation::PoolTooYoung);
		}
		Now::set(EXIT_ERAS);
		Pending::set(vec![(account(NORTH), PoolKind::Stake, 0)]);
		assert_noop!(try_opt_in(ALICE, ExitAmount::All), Delegation::PoolTooYoung);
		Pending::set(vec![]);
		opt_in(ALICE, ExitAmount::All);
		assert_eq!(position(ALICE, PoolKind::Native), fresh(STAY, 1));
	});
}

#[test]
fn stake_as_young_as_the_native_pool_is_opened_at_once() {
	execute(|| {
		restake(BOB, PoolKind::Native, STAY);
		take(PoolKind::Native, WAD);
		take(PoolKind::Stake, WAD);
		Now::set(1);
		stake(ALICE, STAY);
		opt_in(ALICE, ExitAmount::All);
		assert_eq!(position(ALICE, PoolKind::Native), fresh(STAY, 1));
	});
}

#[test]
fn all_is_opened_or_so_much_that_no_dust_stays() {
	execute(|| {
		stake(ALICE, STAY);
		let least = MIN_DEPOSIT / 1_000;
		assert_noop!(try_opt_in(ALICE, ExitAmount::Shares(STAY - least + 1)), Delegation::DustLeft);
		opt_in(ALICE, ExitAmount::Shares(STAY - least));
		assert_eq!(shares(ALICE, PoolKind::Stake), least);
	});
}

#[test]
fn stake_whose_shares_would_pass_the_largest_number_stays_where_it_is() {
	execute(|| {
		restake(ALICE, PoolKind::Native, 1_000 * STAY);
		take(PoolKind::Native, WAD - WAD / 1_000_000);
		let vast = u128::MAX / 1_000_000 + 1;
		assert_ok!(Balances::mint_into(&account(BOB), vast));
		stake(BOB, vast);
		assert_noop!(try_opt_in(BOB, ExitAmount::All), Delegation::AmountTooLarge);
	});
}

#[test]
fn opened_stake_answers_to_what_is_allocated() {
	execute(|| {
		service(1);
		stake(ALICE, 100 * STAY);
		allocate(0, WAD / 2);
		Now::set(ALLOCATION_DELAY);
		assert_eq!(
			slash(PoolKind::Native, 0, WAD, ALLOCATION_DELAY).taken,
			0,
			"stake that did not opt in answers to no service"
		);
		allocate(0, WAD / 4);
		Now::set(2 * ALLOCATION_DELAY);
		opt_in(ALICE, ExitAmount::All);
		assert_eq!(slash(PoolKind::Native, 0, WAD, 2 * ALLOCATION_DELAY).taken, 50 * STAY);
	});
}
