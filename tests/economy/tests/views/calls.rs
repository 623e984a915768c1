//! What a call would do is what it then does.

use codec::Encode;
use frame_support::traits::fungible::Inspect;
use frame_system::Phase;
use mainstay_economy_tests::chain::{run, Chain};
use mainstay_primitives::{runtime_api::calls::CallEffects, AccountId, Balance, STAY};
use mainstay_runtime::{
	views::calls::{dry_run, extension},
	Balances, Runtime, RuntimeCall, RuntimeEvent, SignedPayload, System, UncheckedExtrinsic,
};
use sp_core::{sr25519::Pair, storage::StateVersion, Pair as _};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError,
};

/// The call as a signed extrinsic.
fn sign(by: Sr25519Keyring, call: &RuntimeCall) -> UncheckedExtrinsic {
	let extension = extension(&by.to_account_id());
	let payload = SignedPayload::new(call.clone(), extension.clone()).expect("there is a genesis");
	let signature = payload.using_encoded(|payload| Pair::from(by).sign(payload));
	UncheckedExtrinsic::new_signed(call.clone(), by.to_account_id().into(), signature.into(), extension)
}

/// What an account could spend.
fn spendable(who: &AccountId) -> Balance {
	use frame_support::traits::tokens::{Fortitude::Polite, Preservation::Preserve};
	Balances::reducible_balance(who, Preserve, Polite)
}

/// What the last block's transaction did, without what the executive says of it. A dry run has no author to pay, and
/// burns what is its own.
fn happened(author: &AccountId) -> Vec<RuntimeEvent> {
	use pallet_balances::Event::{BurnedDebt, Deposit};
	let of_it = System::read_events_no_consensus().filter(|record| record.phase == Phase::ApplyExtrinsic(1));
	let unpaid = of_it.map(|record| match record.event {
		RuntimeEvent::Balances(Deposit { who, amount }) if who == *author => BurnedDebt { amount }.into(),
		event => event,
	});
	unpaid.filter(|event| !matches!(event, RuntimeEvent::System(_))).collect()
}

/// Asks what a call would do, lets it be done, and compares.
fn tried(chain: &mut Chain, by: Sr25519Keyring, call: RuntimeCall) -> CallEffects<RuntimeEvent> {
	let (who, transaction) = (by.to_account_id(), sign(by, &call));
	let root = sp_io::storage::root(StateVersion::V1);
	let told = dry_run(who.clone(), call, transaction.encoded_size() as u32).expect("it would be taken");
	assert_eq!(sp_io::storage::root(StateVersion::V1), root, "asking changes nothing");
	assert_eq!(told.spendable_before, spendable(&who));

	let mut author = None;
	chain.block(|| {
		author = mainstay_runtime::Authorship::author();
		let done = mainstay_runtime::Executive::apply_extrinsic(transaction).expect("it is taken");
		assert_eq!(done, told.result);
	});
	assert_eq!(happened(&author.expect("a block has an author")), told.events);
	assert_eq!(spendable(&who), told.spendable_after);
	told
}

fn stake(amount: Balance, least_shares: u128) -> RuntimeCall {
	let operator = Alice.to_account_id();
	mainstay_operator_delegation::Call::<Runtime>::stake { operator, amount, least_shares }.into()
}

#[test]
fn a_dry_run_says_what_then_happens() {
	run("local_testnet", |chain| {
		chain.block(|| ());
		let told = tried(chain, Bob, stake(100 * STAY, 0));
		assert_eq!(told.result, Ok(()));
		let fee = told.spendable_before - 100 * STAY - told.spendable_after;
		let paid = told.events.iter().find_map(|event| match event {
			RuntimeEvent::TransactionPayment(pallet_transaction_payment::Event::TransactionFeePaid {
				actual_fee,
				..
			}) => Some(*actual_fee),
			_ => None,
		});
		assert_eq!(paid, Some(fee));
		assert!(told.events.iter().any(|event| matches!(event, RuntimeEvent::OperatorDelegation(_))));
	});
}

#[test]
fn what_would_fail_says_why_and_costs_its_fee() {
	run("local_testnet", |chain| {
		chain.block(|| ());
		let told = tried(chain, Bob, stake(100 * STAY, u128::MAX));
		let refused = mainstay_operator_delegation::Error::<Runtime>::TooFewShares;
		assert_eq!(
			told.result.map_err(|error| error.stripped()),
			Err(DispatchError::from(refused).stripped())
		);
		assert!(told.spendable_after < told.spendable_before);
	});
}

#[test]
fn what_would_not_be_taken_says_so() {
	run("local_testnet", |chain| {
		chain.block(|| ());
		let poor = AccountId::new([9; 32]);
		let told = dry_run(poor, stake(STAY, 0), 200);
		assert_eq!(told, Err(TransactionValidityError::Invalid(InvalidTransaction::Payment)));
		let heavy = RuntimeCall::Utility(pallet_utility::Call::batch { calls: vec![stake(STAY, 0); 20_000] });
		let told = dry_run(Bob.to_account_id(), heavy, 200);
		assert_eq!(told, Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources)));
	});
}
