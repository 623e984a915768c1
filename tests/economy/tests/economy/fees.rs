//! The fee that is charged in advance fits what the transaction does: `fees` 1.

use codec::Encode;
use frame_support::{
	assert_ok,
	dispatch::GetDispatchInfo,
	traits::{fungible::Inspect, Get},
};
use mainstay_economy_tests::{
	chain::{run, Chain},
	services::{back, operator, serve, service, signed},
	signing::{account_of, next},
};
use mainstay_primitives::{
	AccountId, Balance, Currency, Destination, ExitAmount, OperatorSetId, PoolKind, MILLI, STAY, WAD,
};
use mainstay_rewards::Event as Rewarded;
use mainstay_runtime::{
	Balances, Executive, Rewards, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
	TransactionPayment,
};
use pallet_conviction_voting::{AccountVote, Conviction};
use sp_core::{sr25519::Pair, Pair as _};
use sp_keyring::Sr25519Keyring::{Alice, Eve, Ferdie};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

const NATIVE: PoolKind = PoolKind::Native;
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
/// The free balance of the poor account besides its stake.
const FREE: Balance = 41 * MILLI;

fn poor() -> Pair {
	Pair::from_string("//Poor", None).expect("a path")
}

fn who() -> AccountId {
	account_of(&poor())
}

fn collect(currencies: u32) -> RuntimeCall {
	let (owner, operator) = (who(), Ferdie.to_account_id());
	mainstay_rewards::Call::collect { owner, operator, kind: NATIVE, currencies }.into()
}

fn collect_all(positions: u32, currencies: u32) -> RuntimeCall {
	mainstay_rewards::Call::collect_all { owner: who(), after: None, positions, currencies }.into()
}

/// The fee that `call`'s sender is charged in advance.
fn asked(call: &RuntimeCall) -> Balance {
	let transaction = next(&poor(), call.clone());
	TransactionPayment::query_info(transaction.clone(), transaction.encoded_size() as u32).partial_fee
}

/// The fee that the last transaction of the block paid.
fn paid() -> Balance {
	let fees = System::read_events_no_consensus().filter_map(|record| match record.event {
		RuntimeEvent::TransactionPayment(pallet_transaction_payment::Event::TransactionFeePaid {
			actual_fee,
			..
		}) => Some(actual_fee),
		_ => None,
	});
	fees.last().expect("a transaction pays a fee")
}

/// Makes 90 STAY due to the poor account, which has [`FREE`] besides its stake.
fn due(chain: &mut Chain) {
	let ferdie = Ferdie.to_account_id();
	chain.block(|| {
		let eve = Eve.to_account_id();
		assert_ok!(Balances::transfer_keep_alive(signed(&eve), who().into(), 1_000 * STAY + FREE));
		service(&eve, &eve, &[NATIVE], Destination::Burn, &[(WAD / 2, 1)]);
		operator(&ferdie, 1_000);
		back(&who(), &ferdie, NATIVE, 1_000 * STAY);
		serve(&ferdie, SET, &[(NATIVE, WAD / 2)]);
	});
	chain.to_era(2);
	chain.block(|| {
		assert_ok!(Rewards::pay_set(signed(&Eve.to_account_id()), SET, Currency::Native, 100 * STAY));
		assert_eq!(Rewards::unsettled_rewards(who(), ferdie, NATIVE), [(Currency::Native, 90 * STAY)]);
		assert_eq!(Balances::balance(&who()), FREE);
	});
}

#[test]
fn fees_1_who_has_next_to_nothing_collects_what_is_due() {
	for call in [collect(1), collect_all(1, 1)] {
		run("local_testnet", |chain| {
			due(chain);
			chain.block(|| {
				let asked = asked(&call);
				assert!(asked < 30 * MILLI, "{asked}");
				assert_eq!(Executive::apply_extrinsic(next(&poor(), call.clone())), Ok(Ok(())));
				assert_eq!(Balances::balance(&who()), FREE + 90 * STAY - paid());
				assert!(paid() <= asked && asked - paid() < MILLI, "{asked} was asked, {} paid", paid());
			});
		});
	}
}

#[test]
fn who_names_more_than_there_is_pays_for_what_there_is() {
	run("local_testnet", |chain| {
		due(chain);
		chain.block(|| {
			let all = collect_all(u32::MAX, u32::MAX);
			// The fee is as high as before the call had limits.
			assert!(asked(&all) > 150 * MILLI);
			let refused = TransactionValidityError::Invalid(InvalidTransaction::Payment);
			assert_eq!(Executive::apply_extrinsic(next(&poor(), all.clone())), Err(refused));
			assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), who().into(), STAY));
			assert_eq!(Executive::apply_extrinsic(next(&poor(), all)), Ok(Ok(())));
			assert!(paid() < 30 * MILLI);
		});
	});
}

#[test]
fn no_more_is_done_than_was_asked_for() {
	run("local_testnet", |chain| {
		due(chain);
		chain.block(|| {
			// Limits of zero positions and zero currencies.
			assert_eq!(Executive::apply_extrinsic(next(&poor(), collect_all(0, 0))), Ok(Ok(())));
			assert_eq!(Balances::balance(&who()), FREE - paid());
			assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), who().into(), FREE));
		});
		chain.block(|| {
			// The position is settled, and its earnings stay credited.
			assert_eq!(Executive::apply_extrinsic(next(&poor(), collect(0))), Ok(Ok(())));
			let told = RuntimeEvent::Rewards(Rewarded::MoreCurrencies { who: who() });
			assert!(System::read_events_no_consensus().any(|record| record.event == told));
			let credit = mainstay_rewards::Credit::<Runtime>::get(who(), Currency::Native);
			assert_eq!(credit, 90 * STAY);
		});
	});
}

/// Calls for an account with nothing but what they pay it, and calls by which an operator leaves.
#[test]
fn fees_1_what_a_poor_account_needs_is_asked_for_little() {
	type Vote = pallet_conviction_voting::Call<Runtime>;
	let operator = Alice.to_account_id();
	let calls: [(RuntimeCall, Balance); 12] = [
		(collect(1), 30),
		(collect_all(1, 1), 30),
		(
			mainstay_operator_delegation::Call::claim {
				owner: who(),
				operator: operator.clone(),
				kind: NATIVE,
				queued: 0,
			}
			.into(),
			// For the lock of votes that the owner may have. Anyone can send it.
			60,
		),
		(
			mainstay_operator_delegation::Call::exit {
				operator: operator.clone(),
				kind: NATIVE,
				amount: ExitAmount::All,
			}
			.into(),
			25,
		),
		(mainstay_avs_registry::Call::leave { set: SET }.into(), 18),
		(mainstay_restaking::Call::allocate { kind: NATIVE, set: SET, magnitude: 0 }.into(), 20),
		(mainstay_staking::Call::chill {}.into(), 15),
		(Vote::vote { poll_index: 0, vote: AccountVote::Split { aye: 1, nay: 1 } }.into(), 85),
		(Vote::remove_vote { class: None, index: 0 }.into(), 30),
		(Vote::unlock { class: 0, target: who().into() }.into(), 55),
		// As if the delegate had all the votes that it can have. The rest is given back.
		(
			Vote::delegate { class: 0, to: operator.into(), conviction: Conviction::None, balance: 1 }.into(),
			1_050,
		),
		(Vote::undelegate { class: 0 }.into(), 1_000),
	];
	run("local_testnet", |chain| {
		chain.block(|| {
			for (call, most) in calls {
				let asked = asked(&call);
				assert!(asked < most * MILLI, "{call:?}: {asked}");
			}
		});
	});
}

#[test]
fn what_is_asked_beforehand_grows_with_what_the_arguments_say() {
	let weight = |call: RuntimeCall| call.get_dispatch_info().call_weight;
	let most = mainstay_rewards::Call::<Runtime>::collect_all {
		owner: who(),
		after: None,
		positions: u32::MAX,
		currencies: u32::MAX,
	};
	run("local_testnet", |chain| {
		chain.block(|| {
			for (less, more) in [
				(collect_all(1, 1), collect_all(2, 1)),
				(collect_all(1, 1), collect_all(1, 2)),
				(collect(1), collect(2)),
				(collect_all(63, 33), collect_all(64, 33)),
			] {
				assert!(weight(less.clone()).all_lte(weight(more.clone())), "{less:?}");
				assert!(asked(&less) < asked(&more), "{less:?}");
			}
			let (positions, assets) = (
				<Runtime as mainstay_rewards::Config>::MaxPositions::get(),
				<Runtime as mainstay_rewards::Config>::MaxAssets::get(),
			);
			assert_eq!(weight(most.into()), weight(collect_all(positions, assets + 1)));
		});
	});
}
