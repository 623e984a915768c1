//! Rewards is told about a position before its shares change. The mock checks the time and the shares of every message.

use super::*;

fn settle(who: u8, kind: PoolKind, generation: u32, shares: u128) -> Told {
	Told::Settle(account(who), kind, generation, shares)
}

fn close(who: u8, kind: PoolKind) -> Told {
	Told::Close(account(who), kind)
}

#[test]
fn a_first_deposit_begins_a_position_and_a_second_adds_to_it() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		assert_eq!(Heard::take(), [settle(ALICE, PoolKind::Stake, 0, 0)]);
		stake(ALICE, STAY);
		assert_eq!(Heard::take(), [settle(ALICE, PoolKind::Stake, 0, 2 * STAY)]);
		restake(ALICE, STAY);
		assert_eq!(Heard::take(), [settle(ALICE, PoolKind::Native, 0, 0)]);
	});
}

#[test]
fn an_exit_settles_all_shares_and_closes_an_empty_position() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		Heard::take();
		exit(ALICE, ExitAmount::Value(STAY));
		assert_eq!(Heard::take(), [settle(ALICE, PoolKind::Stake, 0, 3 * STAY)]);
		exit(ALICE, ExitAmount::All);
		assert_eq!(
			Heard::take(),
			[settle(ALICE, PoolKind::Stake, 0, 2 * STAY), close(ALICE, PoolKind::Stake)]
		);
		stake(ALICE, STAY);
		assert_eq!(
			Heard::take(),
			[settle(ALICE, PoolKind::Stake, 0, 0)],
			"a new position starts without shares"
		);
	});
}

#[test]
fn opting_in_settles_both_positions() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		Heard::take();
		let opt_in = |amount| Custody::opt_in(&account(ALICE), &account(OPERATOR), amount, 0);
		assert_ok!(opt_in(ExitAmount::Value(STAY)));
		assert_eq!(
			Heard::take(),
			[settle(ALICE, PoolKind::Native, 0, 0), settle(ALICE, PoolKind::Stake, 0, 3 * STAY)]
		);
		assert_ok!(opt_in(ExitAmount::All));
		assert_eq!(
			Heard::take(),
			[
				settle(ALICE, PoolKind::Native, 0, STAY),
				settle(ALICE, PoolKind::Stake, 0, 2 * STAY),
				close(ALICE, PoolKind::Stake),
			]
		);
	});
}

#[test]
fn who_returns_to_a_wiped_pool_is_settled_for_the_old_generation_first() {
	execute(|| {
		register(0);
		restake(ALICE, 5 * STAY);
		Custody::take(&account(OPERATOR), PoolKind::Native, Fraction::WHOLE, 0);
		Now::set(1);
		Heard::take();
		restake(ALICE, STAY);
		assert_eq!(
			Heard::take(),
			[settle(ALICE, PoolKind::Native, 0, 5 * STAY), settle(ALICE, PoolKind::Native, 1, 0)]
		);
		restake(ALICE, STAY);
		assert_eq!(Heard::take(), [settle(ALICE, PoolKind::Native, 1, STAY)]);
		assert_ok!(try_exit(ALICE, PoolKind::Native, ExitAmount::All));
		assert_eq!(
			Heard::take(),
			[settle(ALICE, PoolKind::Native, 1, 2 * STAY), close(ALICE, PoolKind::Native)]
		);
	});
}

#[test]
fn what_changes_no_shares_is_not_told() {
	execute(|| {
		register(0);
		stake(ALICE, 2 * STAY);
		restake(ALICE, STAY);
		exit(ALICE, ExitAmount::Value(STAY));
		Heard::take();
		reward(STAY);
		take(WAD / 2, 0);
		Custody::take_allocated(
			&account(OPERATOR),
			PoolKind::Native,
			Magnitude(WAD),
			Fraction::WHOLE,
			0,
			false,
		);
		Now::set(ExitDelay::get());
		assert_ok!(claim(BOB, ALICE, 0));
		assert_eq!(Heard::take(), []);
	});
}
