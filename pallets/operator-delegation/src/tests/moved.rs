//! STAY that moves between balances and pools: who is told, when, and what its weight is. What one account has of it.

use super::*;
use frame_support::{assert_noop, dispatch::GetDispatchInfo, storage::with_storage_layer, weights::Weight};
use mainstay_primitives::traits::InspectStakes;

type Weights = <Test as crate::Config>::WeightInfo;

const NATIVE: PoolKind = PoolKind::Native;
const STAKE: PoolKind = PoolKind::Stake;

fn claim_of(kind: PoolKind, owner: u8, queued: Era) -> Call {
	Call::claim { owner: account(owner), operator: account(OPERATOR), kind, queued }
}

fn staked(who: u8) -> Balance {
	Custody::staked(&account(who), 100)
}

fn leaving(who: u8) -> Balance {
	Custody::leaving(&account(who), 100)
}

#[test]
fn a_deposit_is_told_when_the_position_has_it_and_the_balance_too() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		restake(ALICE, 2 * STAY);
		let told = |amount, balance, staked| Move {
			entering: true,
			who: account(ALICE),
			amount,
			found: (balance, staked, 0),
		};
		assert_eq!(
			Moved::take(),
			[told(3 * STAY, PURSE, 3 * STAY), told(2 * STAY, PURSE - 3 * STAY, 5 * STAY)]
		);
		assert_eq!(balance(ALICE), PURSE - 5 * STAY);
	});
}

#[test]
fn a_claim_is_told_when_the_balance_has_it_and_the_exit_is_gone() {
	execute(|| {
		register(0);
		stake(ALICE, 3 * STAY);
		restake(ALICE, 2 * STAY);
		for kind in [STAKE, NATIVE] {
			assert_ok!(try_exit(ALICE, kind, ExitAmount::Value(STAY)));
		}
		assert_eq!(Moved::take().len(), 2, "an exit moves nothing");
		Now::set(ExitDelay::get());
		for kind in [STAKE, NATIVE] {
			assert_ok!(send(STRANGER, claim_of(kind, ALICE, 0)));
		}
		let told = |balance, leaving| Move {
			entering: false,
			who: account(ALICE),
			amount: STAY,
			found: (balance, 3 * STAY, leaving),
		};
		assert_eq!(Moved::take(), [told(PURSE - 4 * STAY, STAY), told(PURSE - 3 * STAY, 0)]);
	});
}

#[test]
fn nobody_is_told_of_assets_of_opting_in_or_of_what_is_refused() {
	execute(|| {
		assets::opened();
		assert_ok!(assets::deposit(STAY));
		assert_ok!(try_exit(ALICE, assets::KIND, ExitAmount::All));
		Now::set(ExitDelay::get());
		assert_ok!(send(STRANGER, claim_of(assets::KIND, ALICE, 0)));
		stake(BOB, STAY);
		Moved::take();
		assert_ok!(with_storage_layer(|| {
			Custody::opt_in(&account(BOB), &account(OPERATOR), ExitAmount::All, 0)
		}));
		assert_noop!(
			send(BOB, Call::stake { operator: account(OPERATOR), amount: STAY, least_shares: 2 * STAY }),
			Error::TooFewShares
		);
		assert_noop!(send(STRANGER, claim_of(STAKE, BOB, 0)), Error::NothingToClaim);
		assert_eq!(Moved::take(), []);
	});
}

#[test]
fn the_weight_of_a_lock_is_paid_by_those_who_have_one() {
	execute(|| {
		register(0);
		Locked::set(vec![account(ALICE)]);
		let call = Call::stake { operator: account(OPERATOR), amount: STAY, least_shares: 0 };
		assert_eq!(call.get_dispatch_info().call_weight, Weights::stake() + RENEWAL);
		for (who, renewal) in [(ALICE, RENEWAL), (BOB, NO_RENEWAL)] {
			let origin = RuntimeOrigin::signed(account(who));
			let done = OperatorDelegation::stake(origin, account(OPERATOR), STAY, 0).unwrap();
			assert_eq!(done.actual_weight, Some(Weights::stake() + renewal));
			exit(who, ExitAmount::All);
		}
		Now::set(ExitDelay::get());
		assert_eq!(claim_of(STAKE, ALICE, 0).get_dispatch_info().call_weight, Weights::claim() + RENEWAL);
		for (who, renewal) in [(ALICE, RENEWAL), (BOB, NO_RENEWAL)] {
			// The owner's lock counts, not the sender's.
			let (origin, owner) = (RuntimeOrigin::signed(account(ALICE)), account(who));
			let done = OperatorDelegation::claim(origin, owner, account(OPERATOR), STAKE, 0).unwrap();
			assert_eq!(done.actual_weight, Some(Weights::claim() + renewal));
		}
		// No lock is on an asset.
		assert_eq!(claim_of(assets::KIND, ALICE, 0).get_dispatch_info().call_weight, Weights::claim());
		for (kind, most) in [(STAKE, RENEWAL), (NATIVE, RENEWAL), (assets::KIND, Weight::zero())] {
			assert_eq!(Custody::max_renewal(kind), most, "{kind:?}");
		}
		assert_eq!(Custody::renewal_of(&account(BOB), NATIVE), NO_RENEWAL);
		assert_eq!(Custody::renewal_of(&account(BOB), assets::KIND), Weight::zero());
	});
}

#[test]
fn live_positions_of_stay_count_and_so_do_exits_until_they_are_claimed() {
	execute(|| {
		assets::opened();
		assert_ok!(assets::deposit(STAY));
		assert_eq!(staked(ALICE), 0, "an asset is no STAY");
		stake(ALICE, 3 * STAY);
		restake(ALICE, 2 * STAY);
		assert_eq!((staked(ALICE), leaving(ALICE)), (5 * STAY, 0));
		reward(5 * STAY);
		assert_eq!(staked(ALICE), 10 * STAY);
		assert_ok!(try_exit(ALICE, NATIVE, ExitAmount::Value(STAY)));
		assert_ok!(try_exit(ALICE, assets::KIND, ExitAmount::All));
		assert_eq!((staked(ALICE), leaving(ALICE)), (9 * STAY, STAY));
		take(WAD / 2, 0);
		assert_eq!((staked(ALICE), leaving(ALICE)), (6 * STAY, STAY));
		// A slash of all voids the position, and the exits of its era.
		Custody::take(&account(OPERATOR), NATIVE, Fraction::WHOLE, 0);
		assert_eq!((staked(ALICE), leaving(ALICE)), (3 * STAY, 0));
		assert!(position_in(NATIVE, ALICE).is_some(), "void, but stored");
		assert_eq!((staked(STRANGER), leaving(STRANGER)), (0, 0));
	});
}

#[test]
fn no_more_is_read_than_the_limit_and_assets_are_read_too() {
	execute(|| {
		assets::opened();
		assert_ok!(assets::deposit(STAY));
		stake(ALICE, STAY);
		restake(ALICE, 2 * STAY);
		let steps = |read: fn(&AccountId, u32) -> Balance| {
			let sums: Vec<_> = (0..5).map(|limit| read(&account(ALICE), limit)).collect();
			assert_eq!(sums[0], 0);
			let mut steps: Vec<_> = sums.windows(2).map(|pair| pair[1] - pair[0]).collect();
			steps.sort_unstable();
			steps
		};
		// The order of storage is not known, but one entry of the three is the asset's.
		assert_eq!(steps(Custody::staked), [0, 0, STAY, 2 * STAY]);
		for kind in [STAKE, NATIVE, assets::KIND] {
			assert_ok!(try_exit(ALICE, kind, ExitAmount::All));
		}
		assert_eq!(steps(Custody::leaving), [0, 0, STAY, 2 * STAY]);
	});
}
