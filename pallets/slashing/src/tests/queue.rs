//! Pending slashes: the claims that they block, their cancellation, and their execution by a call.

use super::*;

#[test]
fn a_pending_slash_covers_exits_since_its_capture_era() {
	execute(|| {
		Now::set(2);
		offence(&[1], 5, 2);
		for kind in PoolKind::CONSENSUS {
			assert!(!Slashing::covers(&account(1), kind, 1));
			assert!(Slashing::covers(&account(1), kind, 2));
			assert!(Slashing::covers(&account(1), kind, 3));
			assert!(!Slashing::covers(&account(2), kind, 2));
		}
		assert!(!Slashing::covers(&account(1), PoolKind::Asset(1), 2));
		offence(&[1], 5, 1);
		assert!(Slashing::covers(&account(1), PoolKind::Stake, 1));
		assert_ok!(cancel(1));
		assert!(!Slashing::covers(&account(1), PoolKind::Stake, 1));
		assert!(Slashing::covers(&account(1), PoolKind::Stake, 2));
		assert_ok!(cancel(0));
		assert_eq!(Held::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_claim_waits_for_a_slash_and_gets_what_it_left() {
	execute(|| {
		delegate(1, 100 * STAY);
		exit(1, 100 * STAY);
		offence(&[1], 10, 0);
		Now::set(EXIT_ERAS);
		assert_noop!(claim(1, 0), delegation::Error::<Test>::SlashPending);
		next_block();
		assert_ok!(claim(1, 0));
		assert_eq!(Balances::free_balance(account(ALICE)), 1_000_000 * STAY - 10 * STAY);
	});
}

#[test]
fn a_claim_is_free_once_the_slash_is_cancelled() {
	execute(|| {
		delegate(1, 100 * STAY);
		exit(1, 100 * STAY);
		offence(&[1], 10, 0);
		Now::set(EXIT_ERAS);
		assert_ok!(cancel(0));
		assert_ok!(claim(1, 0));
		assert_eq!(Balances::free_balance(account(ALICE)), 1_000_000 * STAY);
	});
}

#[test]
fn two_slashes_of_one_capture_era_hold_until_both_are_gone() {
	execute(|| {
		offence(&[1], 5, 0);
		Slashing::enqueue(&account(1), Lane::Consensus { fraction: PERCENT }, 0, 1);
		assert_ok!(cancel(1));
		assert!(Slashing::covers(&account(1), PoolKind::Stake, 0));
		assert_ok!(cancel(0));
		assert!(!Slashing::covers(&account(1), PoolKind::Stake, 0));
	});
}

#[test]
fn a_cancelled_slash_takes_nothing() {
	execute(|| {
		offence(&[1], 5, 0);
		events();
		assert_noop!(send(1, Call::cancel { id: 0 }), DispatchError::BadOrigin);
		assert_ok!(cancel(0));
		assert_eq!(events(), [Event::SlashCancelled { id: 0, operator: account(1) }]);
		assert!(pending().is_empty());
		assert_noop!(cancel(0), Error::UnknownSlash);
		begin_era(DEFERRAL);
		assert_eq!((staked(1), events()), (STAKE, vec![]));
		assert_eq!(Queue::<Test>::iter().count(), 0);
	});
}

#[test]
fn anyone_executes_a_slash_once_it_is_due() {
	execute(|| {
		offence(&[1], 5, 0);
		Now::set(DEFERRAL - 1);
		assert_noop!(execute_slash(0), Error::NotDue);
		assert_noop!(execute_slash(1), Error::UnknownSlash);
		Now::set(DEFERRAL);
		let slash = Slashes::<Test>::get(0).unwrap();
		events();
		assert_ok!(execute_slash(0));
		let taken = STAKE / 20;
		assert_eq!(events(), [executed(0, 1, taken), burnt(0, taken)]);
		assert_eq!(
			Records::<Test>::get(DEFERRAL, 0),
			Some(Record { slash, outcome: Outcome::Executed(taken_of(&[(PoolKind::Native, taken)])) })
		);
		assert_eq!(staked(1), STAKE - taken);
		assert_noop!(execute_slash(0), Error::UnknownSlash);
		next_block();
		assert_eq!(events(), [], "the hook skips its place");
	});
}
