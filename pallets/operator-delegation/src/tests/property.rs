//! Random actions in random order neither create nor lose funds.

use super::*;
use frame_support::storage::with_storage_layer;
use mainstay_primitives::{rolled_back, Destination};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Action {
	Stake { who: u8, amount: Balance },
	Restake { who: u8, amount: Balance },
	OptIn { who: u8, amount: ExitAmount },
	Exit { who: u8, kind: PoolKind, amount: ExitAmount },
	Claim { who: u8, kind: PoolKind, back: Era },
	Reward { amount: Balance },
	Take { kind: PoolKind, fraction: u64, back: Era },
	TakeAllocated { kind: PoolKind, magnitude: u64, fraction: u64, back: Era },
	PaySlashed { amount: Balance, burn: bool },
	SetCommission { commission: Bps },
	Donate { amount: Balance },
	Elect,
	NextEra,
}

fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![
		1..=10 * STAY,
		(MinDeposit::get() - 1)..=(MinDeposit::get() + 1),
		(1..=1_000u128).prop_map(|n| n * STAY)
	]
}

fn action() -> impl Strategy<Value = Action> {
	let who = || 1..=5u8;
	let kind = || prop_oneof![Just(PoolKind::Stake), Just(PoolKind::Native)];
	let exit = || {
		prop_oneof![
			Just(ExitAmount::All),
			(1..=20 * STAY).prop_map(ExitAmount::Shares),
			(1..=20 * STAY).prop_map(ExitAmount::Value)
		]
	};
	let fraction =
		|| prop_oneof![4 => 1..=WAD, 2 => Just(WAD), 1 => (WAD - 1_000_000)..WAD, 1 => 1..1_000u64];
	prop_oneof![
		5 => (who(), amount()).prop_map(|(who, amount)| Action::Stake { who, amount }),
		3 => (who(), amount()).prop_map(|(who, amount)| Action::Restake { who, amount }),
		5 => (who(), kind(), exit()).prop_map(|(who, kind, amount)| Action::Exit { who, kind, amount }),
		5 => (who(), kind(), 0..8u32).prop_map(|(who, kind, back)| Action::Claim { who, kind, back }),
		3 => amount().prop_map(|amount| Action::Reward { amount }),
		3 => (who(), exit()).prop_map(|(who, amount)| Action::OptIn { who, amount }),
		2 => (kind(), fraction(), fraction(), 0..4u32).prop_map(|(kind, magnitude, fraction, back)| {
			Action::TakeAllocated { kind, magnitude, fraction, back }
		}),
		2 => (kind(), fraction(), 0..4u32).prop_map(|(kind, fraction, back)| Action::Take { kind, fraction, back }),
		2 => (amount(), any::<bool>()).prop_map(|(amount, burn)| Action::PaySlashed { amount, burn }),
		1 => (0..=10_000u16).prop_map(|commission| Action::SetCommission { commission }),
		1 => amount().prop_map(|amount| Action::Donate { amount }),
		2 => Just(Action::Elect),
		6 => Just(Action::NextEra),
	]
}

/// What custody should hold: the sum of the ledger, the existential deposit, and gifts.
fn owed(gifts: Balance) -> Balance {
	let pools: Balance = Pools::<Test>::iter_values().map(|pool| pool.funds.amount).sum();
	let exits: Balance = Exits::<Test>::iter_values().map(|bucket| bucket.funds.amount).sum();
	pools + exits + Slashed::<Test>::get(Currency::Native) + gifts
}

/// Performs the action, or nothing if the chain refuses it. Returns the amount that was given to custody.
fn act(action: Action) -> Balance {
	let (operator, mut gift) = (account(OPERATOR), 0);
	let _: DispatchResult = match action {
		Action::Stake { who, amount } => try_stake(who, amount),
		Action::Restake { who, amount } => {
			with_storage_layer(|| Custody::deposit(&account(who), &operator, PoolKind::Native, amount, 0))
		},
		Action::OptIn { who, amount } => {
			with_storage_layer(|| Custody::opt_in(&account(who), &operator, amount, 0))
		},
		Action::Exit { who, kind, amount } => try_exit(who, kind, amount),
		Action::Claim { who, kind, back } => {
			let (owner, queued) = (account(who), Now::get().saturating_sub(back));
			send(STRANGER, Call::claim { owner, operator, kind, queued })
		},
		Action::Reward { amount } => Custody::compound(&operator, &account(PAYER), amount).map(drop),
		Action::Take { kind, fraction, back } => {
			Custody::take(&operator, kind, Fraction(fraction), Now::get().saturating_sub(back));
			Ok(())
		},
		Action::TakeAllocated { kind, magnitude, fraction, back } => {
			let capture = Now::get().saturating_sub(back);
			let most = slashable(kind, magnitude, capture);
			let take = |fraction| {
				let magnitude = Magnitude(magnitude);
				Custody::take_allocated(&operator, kind, magnitude, fraction, capture, false).taken
			};
			let whole = rolled_back(|| take(Fraction::WHOLE));
			assert_eq!(most, whole, "the maximum that such a slash can take");
			take(Fraction(fraction));
			Ok(())
		},
		Action::PaySlashed { amount, burn } => {
			let to = if burn { Destination::Burn } else { Destination::Account(account(77)) };
			Custody::pay_slashed(Currency::Native, amount, &to)
		},
		Action::SetCommission { commission } => send(OPERATOR, Call::set_commission { commission }),
		Action::Donate { amount } => {
			gift = amount;
			Balances::mint_into(&Custody::custody(), amount).map(drop)
		},
		Action::Elect => {
			Ahead::set(1);
			Ok(())
		},
		Action::NextEra => {
			Now::mutate(|now| *now += 1);
			Ahead::set(0);
			Ok(())
		},
	};
	gift
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(200))]

	#[test]
	fn value_is_conserved(actions in prop::collection::vec(action(), 1..60)) {
		new_test_ext().execute_with(|| {
			register(500);
			let mut gifts = 0;
			for action in actions {
				gifts += act(action.clone());
				assert_eq!(held(), owed(gifts), "after {action:?}");
				OperatorDelegation::do_try_state().unwrap_or_else(|e| panic!("{e:?} after {action:?}"));
			}

			// All delegators can leave, after which only slashed funds are left. They exit in an era that has no exits
			// yet, because exits that a slash left worthless cannot be added to, and exits are filed under the next era
			// once it is elected.
			Now::mutate(|now| *now += 2);
			Ahead::set(0);
			for (who, operator, kind) in Positions::<Test>::iter_keys().collect::<Vec<_>>() {
				if Custody::value_of(&who, &operator, kind) > 0 {
					let origin = RuntimeOrigin::signed(who);
					assert_ok!(OperatorDelegation::exit(origin, operator, kind, ExitAmount::All));
				}
			}
			Now::mutate(|now| *now += ExitDelay::get());
			for (owner, operator, kind, queued) in Claims::<Test>::iter_keys().collect::<Vec<_>>() {
				if Exits::<Test>::contains_key((&operator, kind, queued)) {
					let origin = RuntimeOrigin::signed(account(STRANGER));
					assert_ok!(OperatorDelegation::claim(origin, owner, operator, kind, queued));
				}
			}
			let worthless: Balance = Pools::<Test>::iter_values().map(|pool| pool.funds.amount).sum();
			assert!(worthless <= 10, "{worthless}");
			assert_eq!(held(), worthless + Slashed::<Test>::get(Currency::Native) + gifts);
		});
	}
}
