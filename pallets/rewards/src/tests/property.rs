//! After random actions in random order, everything that was paid is owed, credited or collected, and no account gets
//! more than its part.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

const CURRENCIES: [Currency; 3] = [STAYS, GOLD, SILVER];
const OPERATORS: [u8; 2] = [NORTH, SOUTH];
const KINDS: [PoolKind; 2] = [PoolKind::Native, ASSET];
/// The maximum number of settlements of one action: two for a deposit into a wiped pool, or one page of positions.
const SETTLES: u64 = MAX_POSITIONS as u64;

#[derive(Clone, Debug)]
enum Action {
	Restake { who: u8, operator: u8, kind: PoolKind, amount: Balance },
	OptIn { operator: u8, amount: ExitAmount },
	Exit { who: u8, operator: u8, kind: PoolKind, amount: ExitAmount },
	Pay { currency: Currency, amount: Balance },
	Inflate { operator: u8, amount: Balance },
	Collect { who: u8, operator: u8, kind: PoolKind },
	CollectAll { who: u8 },
	Slash { operator: u8, kind: PoolKind, fraction: u64 },
	Wipe { operator: u8, kind: PoolKind },
	Allocate { operator: u8, kind: PoolKind, magnitude: u64 },
	SetCommission { operator: u8, commission: u16 },
	NextEra,
}

fn action() -> impl Strategy<Value = Action> {
	use Action::*;
	let operator = || prop::sample::select(OPERATORS.to_vec());
	let who = || prop::sample::select(vec![NORTH, SOUTH, ALICE, BOB]);
	let kind = || prop::sample::select(KINDS.to_vec());
	let amount = || prop_oneof![1..=10 * STAY, Just(ExistentialDeposit::get()), 1..=1_000u128];
	let part = || prop_oneof![Just(ExitAmount::All), (1..=20 * STAY).prop_map(ExitAmount::Value)];
	let currency = || prop::sample::select(CURRENCIES.to_vec());
	prop_oneof![
		6 => (who(), operator(), kind(), amount()).prop_map(|(who, operator, kind, amount)| {
			Restake { who, operator, kind, amount }
		}),
		1 => (operator(), part()).prop_map(|(operator, amount)| OptIn { operator, amount }),
		4 => (who(), operator(), kind(), part()).prop_map(|(who, operator, kind, amount)| {
			Exit { who, operator, kind, amount }
		}),
		8 => (currency(), amount()).prop_map(|(currency, amount)| Pay { currency, amount }),
		1 => (operator(), amount()).prop_map(|(operator, amount)| Inflate { operator, amount }),
		3 => (who(), operator(), kind()).prop_map(|(who, operator, kind)| Collect { who, operator, kind }),
		1 => who().prop_map(|who| CollectAll { who }),
		1 => (operator(), kind(), 1..=WAD).prop_map(|(operator, kind, fraction)| {
			Slash { operator, kind, fraction }
		}),
		1 => (operator(), kind()).prop_map(|(operator, kind)| Wipe { operator, kind }),
		2 => (operator(), kind(), prop_oneof![Just(WAD), 0..=WAD]).prop_map(|(operator, kind, magnitude)| {
			Allocate { operator, kind, magnitude }
		}),
		1 => (operator(), 0..=10_000u16).prop_map(|(operator, commission)| {
			SetCommission { operator, commission }
		}),
		3 => Just(NextEra),
	]
}

/// Amounts by account and currency, in parts of [`ACC_SCALE`].
type Entitled = BTreeMap<(AccountId, Currency), U256>;

/// The maximum that each account may get of a payment: an operator's commission, and the part of the shares that came
/// in earlier eras.
fn entitled(currency: &Currency, amount: Balance) -> Vec<(AccountId, U256)> {
	let (now, mut pools) = (Now::get(), vec![]);
	for operator in AvsRegistry::answering(SET) {
		for (kind, multiplier) in AvsRegistry::kinds(SET) {
			let Some(pool) = OperatorDelegation::pool(&operator, kind) else { continue };
			let magnitude = allocated(&operator, kind);
			if pool.earning(now) == 0 {
				continue;
			}
			let earning =
				U256::from(pool.funds.amount) * U256::from(pool.earning(now)) / U256::from(pool.funds.shares);
			let slashable = earning * magnitude / pool.max_magnitude;
			let paid = Accruals::<Test>::get((&operator, kind, pool.generation));
			let assets = paid.keys().filter(|currency| **currency != STAYS).count();
			let room = *currency == STAYS || assets + 1 < MAX_REWARD_ASSETS as usize;
			let full = !room && !paid.contains_key(currency);
			if !slashable.is_zero() && !full {
				pools.push((operator.clone(), kind, pool, slashable * multiplier));
			}
		}
	}
	let total = pools.iter().fold(U256::zero(), |sum, pool| sum + pool.3);
	let pot = U256::from(amount + carried(currency.clone()));
	let mut parts = vec![];
	for (operator, kind, pool, weight) in pools {
		let part = pot * weight / total;
		let commission = part * OperatorDelegation::commission_of(&operator).unwrap() / 10_000;
		for ((who, of, in_kind), position) in delegation::Positions::<Test>::iter() {
			if (&of, in_kind, position.generation) == (&operator, kind, pool.generation) {
				let earning = U256::from(position.shares - position.fresh_in(now));
				let exact = scaled((part - commission).as_u128()) * earning / U256::from(pool.earning(now));
				// One unit is what this division rounds away. `earning` is what the pool may have carried from earlier
				// payments.
				parts.push((who, exact + 1 + earning));
			}
		}
		parts.push((operator, scaled(commission.as_u128())));
	}
	parts
}

/// Performs the action, or nothing if the chain refuses it. Adds to `due` what its payments entitle accounts to.
fn act(action: Action, due: &mut Entitled) {
	let mut book = |who: AccountId, currency: &Currency, more: U256| {
		*due.entry((who, currency.clone())).or_default() += more;
	};
	let _: DispatchResult = match action {
		Action::Restake { who, operator, kind, amount } => try_restake(who, operator, kind, amount),
		Action::OptIn { operator, amount } => {
			let (who, operator) = (operator, account(operator));
			send(who, restaking::Call::<Test>::opt_in { operator, amount, least_shares: 0 })
		},
		Action::Exit { who, operator, kind, amount } => {
			send(who, delegation::Call::<Test>::exit { operator: account(operator), kind, amount })
		},
		Action::Pay { currency, amount } => {
			let parts = entitled(&currency, amount);
			let paid = try_pay(OWNER, currency.clone(), amount);
			assert_eq!(paid.is_ok(), !parts.is_empty());
			if paid.is_ok() {
				parts.into_iter().for_each(|(who, part)| book(who, &currency, part));
			}
			paid
		},
		Action::Inflate { operator, amount } => {
			let (before, who) = (credit(operator, STAYS), account(operator));
			let done = Rewards::reward_base(&who, amount);
			let commission = credit(operator, STAYS) - before;
			book(who, &STAYS, scaled(commission));
			done
		},
		Action::Collect { who, operator, kind } => collect(STRANGER, who, operator, kind),
		Action::CollectAll { who } => collect_all(STRANGER, who, None),
		Action::Slash { operator, kind, fraction } => {
			slash(operator, kind, SET, fraction);
			Ok(())
		},
		Action::Wipe { operator, kind } => {
			OperatorDelegation::take(&account(operator), kind, Fraction::WHOLE, Now::get());
			Ok(())
		},
		Action::Allocate { operator, kind, magnitude } => try_allocate(operator, kind, SET, magnitude),
		Action::SetCommission { operator, commission } => {
			send(operator, delegation::Call::<Test>::set_commission { commission })
		},
		Action::NextEra => {
			next_era();
			Ok(())
		},
	};
}

/// The payout account of `who`, which receives nothing else.
fn purse(who: &AccountId) -> AccountId {
	let number: &[u8] = who.as_ref();
	account(100 + number[0])
}

/// What `who` received and will receive: collected, credited, and earned since it was settled.
fn received(who: &AccountId, currency: &Currency) -> Balance {
	let positions = delegation::Positions::<Test>::iter_key_prefix((who,));
	let earned = positions.flat_map(|(operator, kind)| {
		Rewards::unsettled_rewards(who.clone(), operator, kind)
			.into_iter()
			.filter(|(of, _)| of == currency)
			.map(|(_, amount)| amount)
	});
	let collected = balance_of(&purse(who), currency.clone());
	collected + Credit::<Test>::get(who, currency) + earned.sum::<Balance>()
}

/// Compares what the account holds with what it owes. The excess is less than a unit for each settlement and for each
/// position that has earned since, in addition to what pools carry.
fn check(settles: u64) {
	for currency in &CURRENCIES {
		let credit = Credit::<Test>::iter().filter(|(_, of, _)| of == currency).map(|(.., amount)| amount);
		let (mut owed, mut positions) = (credit.sum::<Balance>() + carried(currency.clone()), 0);
		for (who, operator, kind) in delegation::Positions::<Test>::iter_keys() {
			let earned = Rewards::unsettled_rewards(who, operator, kind);
			owed += earned.iter().filter(|(of, _)| of == currency).map(|(_, amount)| amount).sum::<Balance>();
			positions += 1;
		}
		let over = held(currency.clone()).checked_sub(owed).expect("more is owed than held");
		let carries = Accruals::<Test>::iter_values()
			.filter_map(|sums| sums.get(currency).map(|sum| sum.carry))
			.fold(U256::zero(), |sum, carry| sum + carry);
		let dust = scaled(over).checked_sub(carries).expect("more is carried than held");
		assert!(dust <= scaled(Balance::from(settles + positions)), "{over} {currency:?} belong to nobody");
	}
}

fn everyone() -> [AccountId; 4] {
	[NORTH, SOUTH, ALICE, BOB].map(account)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(150))]

	#[test]
	fn what_was_paid_is_shared_and_nothing_else(actions in prop::collection::vec(action(), 1..60)) {
		new_test_ext().execute_with(|| {
			service(&[(PoolKind::Native, 1), (ASSET, 3)]);
			for operator in OPERATORS {
				join(operator);
				for kind in KINDS {
					restake(operator, operator, kind, STAY);
					allocate(operator, kind, WAD);
				}
			}
			for who in everyone() {
				PayoutAccounts::<Test>::insert(&who, purse(&who));
			}
			next_era();

			let (mut due, mut settles) = (Entitled::new(), 0);
			for action in actions {
				act(action.clone(), &mut due);
				settles += SETTLES;
				check(settles);
				for who in everyone() {
					for currency in &CURRENCIES {
						let most = due.get(&(who.clone(), currency.clone())).copied().unwrap_or_default();
						let got = scaled(received(&who, currency));
						assert!(got <= most + scaled(1), "{who:?} got too much after {action:?}");
					}
				}
				check_state();
			}

			// Every account can be paid exactly what was shown.
			for who in everyone() {
				let due = CURRENCIES.map(|currency| received(&who, &currency));
				for (operator, kind, _) in OperatorDelegation::positions(&who, None, 100) {
					OperatorDelegation::settle(&who, &operator, kind);
				}
				let _ = Rewards::collect_all(RuntimeOrigin::signed(account(STRANGER)), who.clone(), None, ALL, ALL);
				for (currency, due) in CURRENCIES.into_iter().zip(due) {
					let left = Credit::<Test>::get(&who, &currency);
					let dead = currency == STAYS && due < ExistentialDeposit::get();
					assert_eq!((balance_of(&purse(&who), currency), left), if dead { (0, due) } else { (due, 0) });
				}
			}
			check_state();
		});
	}
}
