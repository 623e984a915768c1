//! Fresh shares: shares that came in an era have no part in payments of that era, and earn from the next era on.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn stake(who: u8, operator: u8, amount: Balance) {
	let call = delegation::Call::<Test>::stake { operator: account(operator), amount, least_shares: 0 };
	assert_ok!(send(who, call));
}

fn opt_in(who: u8, operator: u8, amount: ExitAmount) {
	let call = restaking::Call::<Test>::opt_in { operator: account(operator), amount, least_shares: 0 };
	assert_ok!(send(who, call));
}

fn earned(who: u8) -> Balance {
	let earned = unsettled(who, NORTH, PoolKind::Native);
	assert!(earned.iter().all(|(currency, _)| *currency == STAYS));
	earned.iter().map(|(_, amount)| *amount).sum::<Balance>() + credit(who, STAYS)
}

/// How many positions still need to know where shares of `era` of [`NORTH`]'s first generation began to earn.
fn holders(era: Era) -> Option<u32> {
	Ended::<Test>::get((account(NORTH), PoolKind::Native, 0, era)).map(|ended| ended.holders)
}

/// [`NORTH`], without a commission, serves [`SET`] with 100,000 STAY.
fn old() {
	service(&[(PoolKind::Native, 1)]);
	set_commission(NORTH, 0);
	serve(NORTH, PoolKind::Native, 100_000 * STAY);
	next_era();
}

#[test]
fn a_deposit_in_front_of_a_payment_takes_nothing_of_it_and_its_part_of_the_next_eras() {
	for opting_in in [false, true] {
		execute(|| {
			old();
			if opting_in {
				stake(ALICE, NORTH, 900_000 * STAY);
				opt_in(ALICE, NORTH, ExitAmount::All);
			} else {
				restake(ALICE, NORTH, PoolKind::Native, 900_000 * STAY);
			}
			pay(STAYS, 1_000 * STAY);
			assert_eq!((earned(NORTH), earned(ALICE)), (1_000 * STAY, 0));
			// To leave with fresh shares at once earns nothing.
			next_era();
			pay(STAYS, 1_000 * STAY);
			assert_eq!((earned(NORTH), earned(ALICE)), (1_100 * STAY, 900 * STAY));
			for who in [ALICE, NORTH] {
				assert_ok!(collect(STRANGER, who, NORTH, PoolKind::Native));
			}
			assert_eq!(held(STAYS), 0);
		});
	}
}

#[test]
fn who_comes_and_goes_around_a_payment_earns_nothing() {
	execute(|| {
		old();
		restake(ALICE, NORTH, PoolKind::Native, 900_000 * STAY);
		pay(STAYS, 1_000 * STAY);
		exit(ALICE, NORTH, PoolKind::Native, ExitAmount::All);
		assert_eq!((earned(NORTH), earned(ALICE)), (1_000 * STAY, 0));
		assert_eq!(settled(ALICE, NORTH, PoolKind::Native), None);
		// No position has fresh shares any more, so no record is written for them.
		next_era();
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(NORTH), holders(1)), (2_000 * STAY, None));
	});
}

#[test]
fn fresh_shares_do_not_raise_the_weight_of_their_pool() {
	execute(|| {
		old();
		set_commission(SOUTH, 0);
		serve(SOUTH, PoolKind::Native, 100_000 * STAY);
		next_era();
		restake(ALICE, NORTH, PoolKind::Native, 800_000 * STAY);
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE)), (500 * STAY, 0));
		assert_eq!(unsettled(SOUTH, SOUTH, PoolKind::Native), [(STAYS, 500 * STAY)]);
		next_era();
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE)), (600 * STAY, 800 * STAY));
		assert_eq!(unsettled(SOUTH, SOUTH, PoolKind::Native), [(STAYS, 600 * STAY)]);
	});
}

#[test]
fn a_pool_of_fresh_shares_alone_is_not_paid() {
	execute(|| {
		service(&[(PoolKind::Native, 1)]);
		join(NORTH);
		allocate(NORTH, PoolKind::Native, WAD);
		next_era();
		restake(ALICE, NORTH, PoolKind::Native, 100 * STAY);
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
		let payments = vec![(account(NORTH), STAY)].try_into().unwrap();
		let call = Call::pay_operators { set: SET, currency: STAYS, payments };
		assert_noop!(send(PAYER, call), Error::NoWeight);
		// Inflation is still compounded.
		exit(NORTH, NORTH, PoolKind::Stake, ExitAmount::All);
		assert_ok!(Rewards::reward_base(&account(NORTH), STAY));
		assert_noop!(try_pay(PAYER, STAYS, STAY), Error::NoWeight);
		next_era();
		pay(STAYS, 10 * STAY);
		assert_eq!(earned(ALICE), 9 * STAY);
	});
}

#[test]
fn who_leaves_in_the_era_in_which_it_came_takes_the_fresh_shares_first() {
	execute(|| {
		old();
		restake(NORTH, NORTH, PoolKind::Native, 50_000 * STAY);
		restake(ALICE, NORTH, PoolKind::Native, 100_000 * STAY);
		next_era();
		restake(ALICE, NORTH, PoolKind::Native, 40_000 * STAY);
		// 30,000 of the fresh shares.
		exit(ALICE, NORTH, PoolKind::Native, ExitAmount::Shares(30_000 * STAY));
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE)), (600 * STAY, 400 * STAY));
		// The other 10,000 fresh shares, and 50,000 older ones.
		exit(ALICE, NORTH, PoolKind::Native, ExitAmount::Shares(60_000 * STAY));
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE)), (1_350 * STAY, 650 * STAY));
		next_era();
		pay(STAYS, 1_000 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE)), (2_100 * STAY, 900 * STAY));
	});
}

#[test]
fn deposits_of_two_eras_earn_from_two_eras_on() {
	execute(|| {
		old();
		restake(ALICE, NORTH, PoolKind::Native, 100_000 * STAY);
		pay(STAYS, 100 * STAY);
		next_era();
		// One deposit before the first payment of this era, and one after it.
		restake(BOB, NORTH, PoolKind::Native, 100_000 * STAY);
		assert_eq!((holders(0), holders(1)), (Some(1), Some(1)));
		pay(STAYS, 100 * STAY);
		restake(BOB, NORTH, PoolKind::Native, 100_000 * STAY);
		restake(ALICE, NORTH, PoolKind::Native, 100_000 * STAY);
		assert_eq!(holders(1), None);
		assert_eq!((earned(NORTH), earned(ALICE), earned(BOB)), (150 * STAY, 50 * STAY, 0));
		pay(STAYS, 100 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE), earned(BOB)), (200 * STAY, 100 * STAY, 0));
		next_era();
		next_era();
		pay(STAYS, 500 * STAY);
		assert_eq!(holders(2), Some(2));
		assert_eq!((earned(NORTH), earned(ALICE), earned(BOB)), (300 * STAY, 300 * STAY, 200 * STAY));
	});
}

#[test]
fn where_fresh_shares_began_to_earn_is_forgotten_with_the_last_who_needs_it() {
	execute(|| {
		old();
		for who in [ALICE, BOB, STRANGER] {
			restake(who, NORTH, PoolKind::Native, 100_000 * STAY);
		}
		pay(STAYS, 400 * STAY);
		// Shares that came in this era have no record yet.
		assert_eq!((holders(0), holders(1)), (Some(1), None));
		next_era();
		pay(STAYS, 400 * STAY);
		pay(GOLD, 400 * STAY);
		assert_eq!((holders(0), holders(1)), (Some(1), Some(3)));
		// Alice collects, Bob leaves, and the third deposits more.
		assert_ok!(collect(PAYER, ALICE, NORTH, PoolKind::Native));
		assert_eq!(holders(1), Some(2));
		assert_storage_noop!(assert_ok!(collect(PAYER, ALICE, NORTH, PoolKind::Native)));
		exit(BOB, NORTH, PoolKind::Native, ExitAmount::Shares(STAY));
		assert_eq!(holders(1), Some(1));
		exit(BOB, NORTH, PoolKind::Native, ExitAmount::All);
		assert_eq!(holders(1), Some(1));
		restake(STRANGER, NORTH, PoolKind::Native, STAY);
		assert_eq!(holders(1), None);
		assert_ok!(collect_all(PAYER, NORTH, None));
		assert_eq!(Ended::<Test>::iter_keys().count(), 0);
		assert_eq!([BOB, STRANGER].map(|who| credit(who, GOLD)), [100 * STAY; 2]);
	});
}

#[test]
fn positions_that_are_settled_before_a_payment_cost_nothing_to_remember() {
	execute(|| {
		old();
		assert_ok!(collect(PAYER, NORTH, NORTH, PoolKind::Native));
		for who in [ALICE, BOB] {
			restake(who, NORTH, PoolKind::Native, 100_000 * STAY);
		}
		next_era();
		for who in [ALICE, BOB] {
			assert_ok!(collect(PAYER, who, NORTH, PoolKind::Native));
		}
		pay(STAYS, 300 * STAY);
		assert_eq!(Ended::<Test>::iter_keys().count(), 0);
		assert_eq!([NORTH, ALICE, BOB].map(earned), [100 * STAY; 3]);
	});
}

#[test]
fn a_wipe_keeps_what_fresh_shares_of_an_earlier_era_earned_and_no_more() {
	execute(|| {
		old();
		restake(ALICE, NORTH, PoolKind::Native, 100_000 * STAY);
		next_era();
		// No payment was made since the shares came, so the wipe records where they began to earn.
		restake(BOB, NORTH, PoolKind::Native, 300_000 * STAY);
		pay(STAYS, 200 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE), earned(BOB)), (100 * STAY, 100 * STAY, 0));
		wipe(NORTH, PoolKind::Native);
		assert_eq!((earned(NORTH), earned(ALICE), earned(BOB)), (100 * STAY, 100 * STAY, 0));
		next_era();
		// All of these shares are void now, and earn nothing of the next generation.
		restake(NORTH, NORTH, PoolKind::Native, 100_000 * STAY);
		allocate(NORTH, PoolKind::Native, WAD);
		next_era();
		pay(STAYS, 200 * STAY);
		assert_eq!((earned(NORTH), earned(ALICE), earned(BOB)), (300 * STAY, 100 * STAY, 0));
		for who in [ALICE, BOB] {
			assert_ok!(collect(PAYER, who, NORTH, PoolKind::Native));
		}
		assert_eq!(
			(balance(ALICE, STAYS), balance(BOB, STAYS)),
			(PURSE - 99_900 * STAY, PURSE - 300_000 * STAY)
		);
		restake(BOB, NORTH, PoolKind::Native, 100_000 * STAY);
		next_era();
		pay(STAYS, 200 * STAY);
		assert_eq!((earned(NORTH), earned(BOB)), (400 * STAY, 100 * STAY));
		assert_ok!(collect(PAYER, NORTH, NORTH, PoolKind::Native));
		assert_eq!(Ended::<Test>::iter_keys().count(), 1);
		assert_ok!(collect(PAYER, BOB, NORTH, PoolKind::Native));
		assert_eq!((Ended::<Test>::iter_keys().count(), held(STAYS)), (0, 0));
	});
}

#[test]
fn a_wipe_in_the_era_of_a_first_payment_writes_down_where_fresh_shares_began() {
	execute(|| {
		old();
		pay(STAYS, 100 * STAY);
		restake(ALICE, NORTH, PoolKind::Native, 100_000 * STAY);
		next_era();
		wipe(NORTH, PoolKind::Native);
		assert_eq!(holders(1), Some(1));
		assert_eq!((earned(NORTH), earned(ALICE)), (100 * STAY, 0));
		assert_ok!(collect(PAYER, ALICE, NORTH, PoolKind::Native));
		assert_eq!(holders(1), None);
	});
}

#[test]
fn streams_and_payments_by_name_are_shared_over_what_is_not_fresh_too() {
	execute(|| {
		old();
		let id = open(STAYS, 100 * STAY, 1_000 * STAY, 0);
		assert_ok!(distribute(id));
		next_era();
		restake(ALICE, NORTH, PoolKind::Native, 900_000 * STAY);
		assert_ok!(distribute(id));
		let payments = vec![(account(NORTH), 100 * STAY)].try_into().unwrap();
		assert_ok!(send(PAYER, Call::pay_operators { set: SET, currency: STAYS, payments }));
		assert_eq!((earned(NORTH), earned(ALICE)), (300 * STAY, 0));
		next_era();
		assert_ok!(distribute(id));
		assert_eq!((earned(NORTH), earned(ALICE)), (310 * STAY, 90 * STAY));
	});
}

#[test]
fn a_commission_that_waits_does_not_bind_sooner_by_a_late_booking() {
	execute(|| {
		old();
		let id = open(STAYS, 100 * STAY, 1_000 * STAY, 0);
		assert_ok!(distribute(id));
		next_era();
		set_commission(NORTH, 10_000);
		assert_ok!(distribute(id));
		assert_eq!(credit(NORTH, STAYS), 0);
		next_era();
		assert_ok!(distribute(id));
		assert_eq!(credit(NORTH, STAYS), 100 * STAY);
	});
}

/// The rewards of one pool, counted as the specification says.
#[derive(Default)]
struct Ledger {
	shares: BTreeMap<u8, Holder>,
	pool: Holder,
	acc: U256,
	carry: U256,
	ended: BTreeMap<(u32, Era), U256>,
	generation: u32,
	old: BTreeMap<u32, U256>,
	rewards: BTreeMap<u8, Balance>,
}

#[derive(Clone, Copy, Default)]
struct Holder {
	shares: u128,
	fresh: u128,
	fresh_era: Era,
	generation: u32,
	paid: U256,
}

impl Ledger {
	fn fresh(holder: &Holder) -> u128 {
		if holder.fresh_era == Now::get() {
			holder.fresh
		} else {
			0
		}
	}

	fn acc_of(&self, generation: u32) -> U256 {
		if generation == self.generation {
			self.acc
		} else {
			self.old.get(&generation).copied().unwrap_or_default()
		}
	}

	fn end_fresh(&mut self) {
		let key = (self.generation, self.pool.fresh_era);
		if self.pool.fresh > 0 && self.pool.fresh_era < Now::get() {
			self.ended.entry(key).or_insert(self.acc);
		}
	}

	fn due(&self, holder: &Holder) -> Balance {
		let acc = self.acc_of(holder.generation);
		let began = (holder.fresh_era < Now::get())
			.then(|| self.ended.get(&(holder.generation, holder.fresh_era)))
			.flatten();
		let start = began.map_or(acc, |began| (*began).max(holder.paid));
		let sum = U256::from(holder.shares - holder.fresh) * (acc - holder.paid)
			+ U256::from(holder.fresh) * (acc - start);
		(sum / ACC_SCALE).as_u128()
	}

	fn settle(&mut self, who: u8) {
		let Some(mut holder) = self.shares.get(&who).copied() else { return };
		*self.rewards.entry(who).or_default() += self.due(&holder);
		holder.paid = self.acc_of(holder.generation);
		if holder.fresh_era < Now::get() {
			holder.fresh = 0;
		}
		self.shares.insert(who, holder);
	}

	fn enter(&mut self, who: u8, minted: u128) {
		self.settle(who);
		self.end_fresh();
		let (generation, paid, now) = (self.generation, self.acc, Now::get());
		let held = self.shares.get(&who).copied().filter(|holder| holder.generation == generation);
		let mut holder = held.unwrap_or(Holder { generation, paid, ..Default::default() });
		for one in [&mut holder, &mut self.pool] {
			one.fresh = Self::fresh(one) + minted;
			one.fresh_era = now;
			one.shares += minted;
		}
		self.shares.insert(who, holder);
	}

	fn leave(&mut self, who: u8, shares: u128) {
		self.settle(who);
		let mut holder = self.shares[&who];
		let newest = shares.min(Self::fresh(&holder));
		holder.fresh -= newest;
		holder.shares -= shares;
		if newest > 0 {
			self.pool.fresh -= newest;
		}
		self.pool.shares -= shares;
		if holder.shares == 0 {
			self.shares.remove(&who);
		} else {
			self.shares.insert(who, holder);
		}
	}

	fn pay(&mut self, amount: Balance) {
		self.end_fresh();
		let earning = U256::from(self.pool.shares - Self::fresh(&self.pool));
		let numerator = scaled(amount) + self.carry;
		self.acc += numerator / earning;
		self.carry = numerator % earning;
	}

	fn wipe(&mut self) {
		self.end_fresh();
		self.old.insert(self.generation, core::mem::take(&mut self.acc));
		(self.pool, self.carry) = (Holder::default(), U256::zero());
		self.generation += 1;
	}
}

#[derive(Clone, Debug)]
enum Step {
	Enter(u8, Balance),
	Leave(u8, u128),
	Pay(Balance),
	Collect(u8),
	Cut(u64),
	Wipe,
	NextEra,
}

fn step() -> impl Strategy<Value = Step> {
	let who = || prop::sample::select(vec![NORTH, ALICE, BOB]);
	let amount = || 1_000_000_000..=10 * STAY;
	prop_oneof![
		5 => (who(), amount()).prop_map(|(who, amount)| Step::Enter(who, amount)),
		4 => (who(), prop_oneof![Just(u128::MAX), 1..=10 * STAY]).prop_map(|(who, most)| Step::Leave(who, most)),
		5 => prop_oneof![1..=1_000u128, 1..=STAY].prop_map(Step::Pay),
		2 => who().prop_map(Step::Collect),
		1 => (1..WAD).prop_map(Step::Cut),
		1 => Just(Step::Wipe),
		4 => Just(Step::NextEra),
	]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(300))]

	/// The amounts are equal to the unit, after any steps in any order.
	#[test]
	fn positions_earn_what_the_specification_says(steps in prop::collection::vec(step(), 1..60)) {
		new_test_ext().execute_with(|| {
			service(&[(PoolKind::Native, 1)]);
			set_commission(NORTH, 0);
			join(NORTH);
			allocate(NORTH, PoolKind::Native, WAD);
			next_era();
			let mut ledger = Ledger::default();
			let shares = || {
				OperatorDelegation::pool(&account(NORTH), PoolKind::Native).map_or(0, |pool| pool.funds.shares)
			};
			for step in steps {
				let before = shares();
				match step {
					Step::Enter(who, amount) => {
						if try_restake(who, NORTH, PoolKind::Native, amount).is_ok() {
							ledger.enter(who, shares() - before);
						}
					},
					Step::Leave(who, most) => {
						let amount = match most {
							u128::MAX => ExitAmount::All,
							most => ExitAmount::Shares(most),
						};
						let (operator, kind) = (account(NORTH), PoolKind::Native);
						let call = delegation::Call::<Test>::exit { operator, kind, amount };
						if send(who, call).is_ok() {
							ledger.leave(who, before - shares());
						}
					},
					Step::Pay(amount) => {
						let left = carried(STAYS);
						if try_pay(PAYER, STAYS, amount).is_ok() {
							ledger.pay(amount + left - carried(STAYS));
						}
					},
					Step::Collect(who) => {
						OperatorDelegation::settle(&account(who), &account(NORTH), PoolKind::Native);
						ledger.settle(who);
					},
					Step::Cut(fraction) => {
						OperatorDelegation::take(&account(NORTH), PoolKind::Native, Fraction(fraction), Now::get());
						// Of a tiny pool such a slash takes all. Neither the pallet nor the model treats that as a
						// wipe.
					},
					Step::Wipe => {
						let generation = |pool: &mainstay_primitives::Pool| pool.generation;
						let pool = || OperatorDelegation::pool(&account(NORTH), PoolKind::Native);
						let old = pool().as_ref().map(generation);
						OperatorDelegation::take(&account(NORTH), PoolKind::Native, Fraction::WHOLE, Now::get());
						if pool().as_ref().map(generation) != old {
							ledger.wipe();
							let _ = try_allocate(NORTH, PoolKind::Native, SET, WAD);
						}
					},
					Step::NextEra => next_era(),
				}
				for who in [NORTH, ALICE, BOB] {
					let due = ledger.shares.get(&who).map_or(0, |holder| ledger.due(holder));
					let expected = ledger.rewards.get(&who).copied().unwrap_or(0) + due;
					assert_eq!(earned(who), expected, "{who}");
				}
				check_state();
			}
		});
	}
}
