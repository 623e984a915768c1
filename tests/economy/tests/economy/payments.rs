//! Services' payments for an era go to those who answered in it, whatever others do right before the payment. The tests
//! execute real blocks, with the hooks by which streams pay.

use crate::people::{ann, bea, op, owner};
use frame_support::{storage::with_storage_layer, traits::fungible::Mutate as _};
use mainstay_economy_tests::{
	chain::{self, Chain},
	services::{
		account, back, operator, owned, pool, report, run, run_hooks, serve, service, signed, to_era,
	},
};
use mainstay_primitives::{
	traits::EraClock, AccountId, Balance, Currency, Destination, ExitAmount, NetworkParameters,
	OperatorSetId, PoolKind, STAY, WAD,
};
use mainstay_rewards::Streams;
use mainstay_runtime::{Balances, OperatorDelegation, Restaking, Rewards, Runtime, RuntimeCall, Staking};
use sp_runtime::traits::Dispatchable;

const STAKE: PoolKind = PoolKind::Stake;
const NATIVE: PoolKind = PoolKind::Native;
/// The stake of the honest operator that is old enough to be paid.
const OLD: Balance = 100_000 * STAY;
/// The amount that others deposit right before a payment.
const FRESH: Balance = 900_000 * STAY;
const PAYMENT: Balance = 1_000 * STAY;
/// The payment of a stream for an era.
const RATE: Balance = 10 * STAY;

/// Runs `test` in era 2 of a chain with a set. Its only member, which takes no commission, has answered since era 1.
/// Ann has [`OLD`] with it, and all accounts have enough STAY.
fn with_set(test: impl FnOnce(&mut Chain, OperatorSetId)) {
	chain::run("local_testnet", |chain| {
		let mut set = None;
		chain.block(|| {
			for who in [op(), ann(), bea(), owner(), account("mal"), account("cem")] {
				Balances::mint_into(&who, 10_000_000 * STAY).expect("it fits");
			}
			operator(&op(), 0);
			back(&ann(), &op(), NATIVE, OLD);
			set = Some(service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[(WAD, 1)]));
			serve(&op(), set.expect("it was made"), &[(NATIVE, WAD)]);
		});
		chain.to_era(2);
		test(chain, set.expect("it was made"));
	});
}

fn pay(chain: &mut Chain, set: OperatorSetId) {
	chain.block(|| {
		Rewards::pay_set(signed(&owner()), set, Currency::Native, PAYMENT).expect("it has a member");
	});
}

/// Collects what `who` is owed, and returns the amount.
fn collect(who: &AccountId) -> Balance {
	let before = owned(who, Currency::Native);
	let collect_all = || Rewards::collect_all(signed(&account("cem")), who.clone(), None, u32::MAX, u32::MAX);
	let _ = with_storage_layer(|| collect_all().map_err(|e| e.error));
	owned(who, Currency::Native) - before
}

/// Checks a payment against the expected part. Rounding may make it a unit less.
fn assert_paid(paid: Balance, amount: Balance) {
	assert!(paid <= amount && amount - paid <= 2, "{paid}, not {amount}");
}

#[test]
fn a_deposit_in_front_of_a_payment_takes_nothing_of_it_and_its_part_of_the_next_eras() {
	with_set(|chain, set| {
		chain.block(|| back(&bea(), &op(), NATIVE, FRESH));
		pay(chain, set);
		assert_paid(collect(&ann()), PAYMENT);
		assert_eq!(collect(&bea()), 0);

		chain.to_era(3);
		pay(chain, set);
		assert_paid(collect(&ann()), PAYMENT / 10);
		assert_paid(collect(&bea()), PAYMENT / 10 * 9);
	});
}

#[test]
fn opting_in_in_front_of_a_payment_takes_nothing_of_it_and_its_part_of_the_next_eras() {
	with_set(|chain, set| {
		chain.block(|| back(&bea(), &op(), STAKE, FRESH));
		chain.to_era(3);
		chain.submit(|| Restaking::opt_in(signed(&bea()), op(), ExitAmount::All, 0));
		pay(chain, set);
		assert_paid(collect(&ann()), PAYMENT);
		assert_eq!(collect(&bea()), 0);

		chain.to_era(4);
		pay(chain, set);
		assert_paid(collect(&ann()), PAYMENT / 10);
		assert_paid(collect(&bea()), PAYMENT / 10 * 9);
	});
}

/// Nor does such a deposit raise the payment to the pool of its operator at the cost of another's.
#[test]
fn a_deposit_in_front_of_a_payment_raises_no_weight() {
	with_set(|chain, set| {
		chain.block(|| {
			let cem = account("cem");
			operator(&cem, 0);
			back(&cem, &cem, NATIVE, OLD);
			serve(&cem, set, &[(NATIVE, WAD)]);
		});
		chain.to_era(4);
		chain.block(|| back(&bea(), &op(), NATIVE, FRESH));
		pay(chain, set);
		assert_paid(collect(&ann()), PAYMENT / 2);
		assert_paid(collect(&account("cem")), PAYMENT / 2);
		assert_eq!(collect(&bea()), 0);

		chain.to_era(5);
		pay(chain, set);
		assert_paid(collect(&account("cem")), PAYMENT / 11);
	});
}

/// An exit takes the newest shares first. So to leave and come back does not make shares old, and others lose nothing.
#[test]
fn who_leaves_and_comes_back_is_fresh_again() {
	with_set(|chain, set| {
		chain.block(|| back(&bea(), &op(), NATIVE, OLD));
		chain.to_era(3);
		chain.block(|| {
			OperatorDelegation::exit(signed(&bea()), op(), NATIVE, ExitAmount::All).expect("it leaves");
			back(&bea(), &op(), NATIVE, OLD);
		});
		pay(chain, set);
		assert_paid(collect(&ann()), PAYMENT);
		assert_eq!(collect(&bea()), 0);
	});
}

/// A stream pays for the running era in the first block with time for it. A deposit in the same block has no part in
/// the payment.
#[test]
fn a_deposit_in_front_of_a_streams_payment_takes_nothing_of_it() {
	with_set(|chain, set| {
		chain.block(|| {
			Rewards::open_stream(signed(&owner()), set, Currency::Native, RATE, 100 * RATE, 0)
				.expect("funded");
		});
		chain.to_era(4);
		collect(&ann());
		while Staking::active() < 5 {
			chain.block(|| {
				if Staking::active() == 5 {
					back(&bea(), &op(), NATIVE, FRESH);
				}
			});
		}
		chain.block(|| {});
		assert_paid(collect(&ann()), RATE);
		assert_eq!(collect(&bea()), 0);
		chain.to_era(6);
		assert_paid(collect(&ann()), RATE / 10);
		assert_paid(collect(&bea()), RATE / 10 * 9);
	});
}

/// If a stream could not pay for an era while it ran, its instalment goes back to the payer. No call pays for that era
/// later.
#[test]
fn what_a_stream_missed_is_given_back() {
	let people = [op(), ann(), owner()];
	run(NetworkParameters::LOCAL, &people, || {
		operator(&op(), 0);
		back(&ann(), &op(), NATIVE, OLD);
		let set = service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[(WAD, 1)]);
		serve(&op(), set, &[(NATIVE, WAD)]);
		to_era(2);
		let id = mainstay_rewards::NextStreamId::<Runtime>::get();
		Rewards::open_stream(signed(&owner()), set, Currency::Native, RATE, 100 * RATE, 0).expect("funded");
		report(set, &op(), 0, &[(NATIVE, WAD / 2)], 2).expect("in time");

		// In era 3 no block has time for the due slash, and payments wait for it.
		Staking::begin_era(3);
		Staking::begin_era(4);
		run_hooks();
		assert_eq!(pool(&op(), NATIVE), OLD / 2);
		let credit = || mainstay_rewards::Credit::<Runtime>::get(owner(), Currency::Native);
		assert_eq!(credit(), 0);
		Rewards::distribute(signed(&ann()), id).expect("era 4 is due");
		assert_eq!(credit(), RATE, "for era 3");
		assert_eq!(Streams::<Runtime>::get(id).map(|stream| stream.funds), Some(97 * RATE));
		assert_paid(collect(&ann()), 2 * RATE);
	});
}

/// Anyone can collect for others, as often and as little at once as they like. That delays no payment, and pays nobody
/// twice. Each settlement of a position leaves a part of a unit behind.
#[test]
fn who_collects_little_at_a_time_for_another_takes_a_unit_each_time_at_most() {
	const TIMES: u32 = 24;
	with_set(|chain, set| {
		chain.block(|| back(&bea(), &op(), NATIVE, OLD));
		chain.to_era(3);
		chain.block(|| {
			let (stranger, before) = (signed(&account("cem")), owned(&ann(), Currency::Native));
			for n in 0..TIMES {
				Rewards::pay_set(signed(&owner()), set, Currency::Native, 7).expect("it has a member");
				let one = Rewards::collect(stranger.clone(), ann(), op(), NATIVE, n % 3);
				let all = Rewards::collect_all(stranger.clone(), ann(), None, n % 2, n % 3);
				assert!(one.is_ok() && all.is_ok());
			}
			collect(&ann());
			let earned = Balance::from(TIMES) * 7 / 2;
			let got = owned(&ann(), Currency::Native) - before;
			assert!(got <= earned && earned - got <= TIMES.into(), "{got}, not {earned}");
			// A position that was settled once loses almost nothing.
			assert_paid(collect(&bea()), earned);
		});
	});
}

/// An operator that joins for a moment was not a member in any era, so payments are not shared with it.
#[test]
fn who_joins_to_be_paid_and_leaves_is_paid_nothing() {
	let mal = account("mal");
	with_set(|chain, set| {
		let id = mainstay_rewards::NextStreamId::<Runtime>::get();
		chain.block(|| {
			operator(&mal, 0);
			back(&mal, &mal, NATIVE, FRESH);
			Restaking::allocate(signed(&mal), NATIVE, set, WAD).expect("it may");
			Rewards::open_stream(signed(&owner()), set, Currency::Native, RATE, 100 * RATE, 0)
				.expect("funded");
		});
		let skim = || {
			let between = |pay: RuntimeCall| {
				let calls = vec![
					mainstay_avs_registry::Call::join { set }.into(),
					pay,
					mainstay_avs_registry::Call::leave { set }.into(),
				];
				let _ = RuntimeCall::from(pallet_utility::Call::batch_all { calls }).dispatch(signed(&mal));
			};
			between(mainstay_rewards::Call::distribute { id }.into());
			// Nor does a payment of one unit, by which it tries to get what earlier payments left over.
			between(mainstay_rewards::Call::pay_set { set, currency: Currency::Native, amount: 1 }.into());
		};
		chain.to_era(3);
		collect(&ann());
		let funds = || Streams::<Runtime>::get(id).map_or(0, |stream| stream.funds);
		let before = funds();
		while Staking::active() < 7 {
			chain.block(skim);
		}
		(0..3).for_each(|_| chain.block(skim));
		assert_eq!(collect(&mal), 0);
		let paid = before - funds();
		assert_eq!(paid, 4 * RATE, "for eras 4 to 7");
		// Ann also earned some of the units that the other account paid.
		let earned = collect(&ann());
		assert!(earned + 2 >= paid && earned < paid + STAY, "{earned}, not {paid}");
	});
}
