//! Simulations of slashes, which take nothing.

use super::*;
use frame_support::assert_storage_noop;

/// Operator 1 serves. [`ALICE`] delegates 200 of [`COINS`] to it, and exits with 100 of them in era 1.
fn prepare() {
	served();
	restake(ALICE, 1, COINS, 200 * STAY);
	exit_of(ALICE, 1, COINS, 100 * STAY);
}

/// Simulates a report with the arguments of [`attest_for`].
fn if_reported<R>(
	condition: ConditionId,
	set: OperatorSetId,
	operator: u8,
	kinds: &[(PoolKind, u64)],
	capture: Era,
	look: impl FnOnce(&Slash<mainstay_primitives::AccountId>) -> R,
) -> Result<R, DispatchError> {
	let fractions: Vec<_> = kinds.iter().map(|(kind, percent)| (*kind, percent * PERCENT)).collect();
	let fractions = fractions.try_into().unwrap();
	Slashing::if_reported(set, &account(operator), condition, fractions, capture, look)
}

#[test]
fn a_slash_is_executed_and_taken_back() {
	execute(|| {
		prepare();
		for _ in 0..2 {
			assert_ok!(attest(SET, 1, &[(COINS, 10), (PoolKind::Native, 20)], 1));
		}
		let state = || [pooled(1, COINS), exiting(1, COINS, 1), pooled(1, PoolKind::Native)];
		let left = [990 * STAY, 90 * STAY, 900 * STAY];
		for id in [0, 1] {
			let slash = Slashes::<Test>::get(id).unwrap();
			assert_storage_noop!(assert_eq!(Slashing::as_if_executed(&slash, state), left));
		}
		assert_eq!(state(), [1_100 * STAY, 100 * STAY, STAKE]);
		assert_ok!(veto(RESOLVER, 1));
		begin_era(1 + WINDOW);
		assert_eq!(state(), left);
	});
}

#[test]
fn a_report_is_looked_at_and_taken_back() {
	execute(|| {
		prepare();
		let look = |slash: &Slash<_>| {
			assert_eq!(slash.lane, attested(SET, &[(COINS, 10, 100)]));
			assert_eq!((slash.capture, slash.reported, slash.due), (1, 1, 1 + WINDOW));
			assert_eq!((pending(), pooled(1, COINS)), (vec![0], 1_100 * STAY));
			Slashing::as_if_executed(slash, || pooled(1, COINS))
		};
		assert_storage_noop!(assert_eq!(if_reported(0, SET, 1, &[(COINS, 10)], 1, look), Ok(990 * STAY)));
		assert_eq!(events().len(), 0);
	});
}

#[test]
fn what_would_be_refused_is_refused_with_the_same_error() {
	execute(|| {
		prepare();
		add_condition(SET, 50, MAX_VETO_WINDOW, None);
		let both = |condition, set, operator, kinds: &[(PoolKind, u64)], capture, error: Error| {
			let error = DispatchError::from(error);
			assert_noop!(attest_for(condition, set, operator, kinds, capture), error);
			assert_eq!(if_reported(condition, set, operator, kinds, capture, |_| ()), Err(error));
		};
		let tenth = [(COINS, 10)];
		assert_eq!(if_reported(0, OTHER, 1, &tenth, 1, |_| ()), Err(Error::UnknownSet.into()));
		assert_noop!(attest(OTHER, 1, &tenth, 1), Error::UnknownSet);
		both(9, SET, 1, &tenth, 1, Error::UnknownCondition);
		both(0, SET, 1, &tenth, 2, Error::CaptureInFuture);
		both(0, SET, 1, &tenth, Era::MAX, Error::CaptureInFuture);
		both(0, SET, 1, &[(COINS, 0)], 1, Error::BadFraction);
		both(0, SET, 1, &[(COINS, 51)], 1, Error::FractionTooHigh);
		both(0, SET, 1, &[(COINS, 10), (COINS, 10)], 1, Error::DuplicateKind);
		both(0, SET, 1, &[], 1, Error::NotSlashable);
		both(0, SET, 1, &[(GEMS, 10)], 1, Error::NotSlashable);
		both(0, SET, 2, &tenth, 1, Error::NotSlashable);
		both(0, SET, DEAD, &tenth, 1, Error::NotSlashable);
		for _ in 0..MAX_PENDING {
			assert_ok!(attest(SET, 1, &tenth, 1));
		}
		both(0, SET, 1, &tenth, 1, Error::TooManyPending);
		Now::set(1 + EXIT_ERAS - WINDOW);
		both(0, SET, 1, &tenth, 1, Error::CaptureTooOld);
	});
}

#[test]
fn an_offence_is_looked_at_where_it_asks_for_more_than_is_known() {
	execute(|| {
		let suppose = |percent: u64, capture| {
			let look = |slash: &Slash<_>| {
				let Lane::Consensus { fraction } = slash.lane else { panic!("{slash:?}") };
				(fraction / PERCENT, slash.due, Slashing::as_if_executed(slash, || staked(1)))
			};
			let before = (NextId::<Test>::get(), Offences::<Test>::iter().count(), staked(1));
			let supposed = Slashing::if_offended(&account(1), percent * PERCENT, capture, look);
			assert_eq!((NextId::<Test>::get(), Offences::<Test>::iter().count(), staked(1)), before);
			supposed
		};
		assert_eq!(suppose(0, 0), Err(Error::BadFraction.into()));
		assert_eq!(suppose(101, 0), Err(Error::BadFraction.into()));
		assert_eq!(suppose(1, 1), Err(Error::CaptureInFuture.into()));
		assert_storage_noop!(assert_eq!(suppose(5, 0), Ok(Some((5, DEFERRAL, 950 * STAY)))));
		assert_eq!(suppose(100, 0), Ok(Some((100, DEFERRAL, 0))));

		offence(&[1], 5, 0);
		for known in [1, 5] {
			assert_storage_noop!(assert_eq!(suppose(known, 0), Ok(None)));
		}
		Now::set(1);
		assert_eq!(suppose(8, 0), Ok(Some((8, DEFERRAL, 920 * STAY))), "a raise of the pending slash");
		assert_eq!(suppose(8, 1), Ok(Some((8, 1 + DEFERRAL, 920 * STAY))), "another era, another slash");

		begin_era(DEFERRAL);
		assert_eq!((staked(1), suppose(5, 0)), (950 * STAY, Ok(None)));
		// The raise takes (24 - 5) / (100 - 5) of the rest after the executed slash. It is due before stake that backed
		// era 0 can leave.
		assert_eq!(suppose(24, 0), Ok(Some((20, EXIT_ERAS - 1, 760 * STAY))));
		Now::set(EXIT_ERAS);
		assert_eq!(suppose(24, 0), Err(Error::CaptureTooOld.into()));
	});
}

#[test]
fn slashes_of_one_era_are_taken_in_the_order_in_which_the_hook_executes_them() {
	execute(|| {
		service(Destination::Burn);
		service(Destination::Burn);
		add_condition(OTHER, 100, WINDOW, Some(RESOLVER));
		serve(1, SET, &[(COINS, 100)]);
		allocate(1, COINS, OTHER, 50);
		join(1, OTHER);
		Now::set(1);
		assert_ok!(attest_for(1, OTHER, 1, &[(COINS, 100)], 1));
		assert_ok!(attest(SET, 1, &[(COINS, 50)], 1));
		// The second report is appealed first, so it is executed first.
		assert_ok!(appeal(BOB, 1));
		assert_ok!(appeal(BOB, 0));
		let due = 1 + WINDOW + APPEAL_WINDOW;
		let supposed = Slashing::after_pending(&account(1), due, |slashes| {
			(slashes.iter().map(|(id, _)| *id).collect::<Vec<_>>(), pooled(1, COINS))
		});
		begin_era(due);
		assert_eq!(supposed, (vec![1, 0], pooled(1, COINS)));
	});
}
