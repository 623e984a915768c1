//! Dry runs predict what calls then do.

use codec::{Decode, Encode};
use frame_support::{traits::fungible::Inspect, weights::Weight};
use frame_system::Phase;
use mainstay_economy_tests::chain::{genesis, run, Chain};
use mainstay_primitives::{runtime_api::calls::CallEffects, AccountId, Balance, STAY};
use mainstay_runtime::{
	views::{
		asked::{AskedCall, MAX_NESTING},
		calls::{dry_run, extension},
	},
	Balances, Runtime, RuntimeCall, RuntimeEvent, SignedPayload, System, UncheckedExtrinsic, VERSION,
};
use sp_core::{
	sr25519::Pair,
	storage::StateVersion,
	traits::{Externalities, ReadRuntimeVersion, ReadRuntimeVersionExt},
	Pair as _,
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _},
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError,
};
use std::sync::{
	atomic::{AtomicBool, Ordering},
	Arc,
};

/// The call as a signed extrinsic.
fn sign(by: Sr25519Keyring, call: &RuntimeCall) -> UncheckedExtrinsic {
	let extension = extension(&by.to_account_id());
	let payload = SignedPayload::new(call.clone(), extension.clone()).expect("there is a genesis");
	let signature = payload.using_encoded(|payload| Pair::from(by).sign(payload));
	UncheckedExtrinsic::new_signed(call.clone(), by.to_account_id().into(), signature.into(), extension)
}

/// The amount that an account can spend.
fn spendable(who: &AccountId) -> Balance {
	use frame_support::traits::tokens::{Fortitude::Polite, Preservation::Preserve};
	Balances::reducible_balance(who, Preserve, Polite)
}

/// The events of the last block's transaction, without those of the executive. A dry run has no author to pay, so it
/// burns the author's part of the fee.
fn happened(author: &AccountId) -> Vec<RuntimeEvent> {
	use pallet_balances::Event::{BurnedDebt, Deposit};
	let of_it = System::read_events_no_consensus().filter(|record| record.phase == Phase::ApplyExtrinsic(1));
	let unpaid = of_it.map(|record| match record.event {
		RuntimeEvent::Balances(Deposit { who, amount }) if who == *author => BurnedDebt { amount }.into(),
		event => event,
	});
	unpaid.filter(|event| !matches!(event, RuntimeEvent::System(_))).collect()
}

/// Dry-runs a call, executes it, and compares.
fn tried(chain: &mut Chain, by: Sr25519Keyring, call: RuntimeCall) -> CallEffects<RuntimeEvent> {
	let (who, transaction) = (by.to_account_id(), sign(by, &call));
	let root = sp_io::storage::root(StateVersion::V1);
	let told = dry_run(who.clone(), call, transaction.encoded_size() as u32).expect("it would be taken");
	assert_eq!(sp_io::storage::root(StateVersion::V1), root, "a dry run changes nothing");
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

/// A call that takes 40 ms of the half second of a block.
fn heavy() -> RuntimeCall {
	mainstay_staking::Call::validate {}.into()
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::batch { calls }.into()
}

/// `call` by the sudo key, which declares no weight for it.
fn unchecked(call: RuntimeCall) -> RuntimeCall {
	pallet_sudo::Call::sudo_unchecked_weight { call: Box::new(call), weight: Weight::zero() }.into()
}

fn sudo(call: RuntimeCall) -> RuntimeCall {
	pallet_sudo::Call::sudo { call: Box::new(call) }.into()
}

/// `call` by root, which declares no weight for it.
fn with_weight(call: RuntimeCall) -> RuntimeCall {
	pallet_utility::Call::with_weight { call: Box::new(call), weight: Weight::zero() }.into()
}

#[test]
fn rpc_3_who_asks_in_the_name_of_the_sudo_key_chooses_no_weight() {
	run("local_testnet", |chain| {
		chain.block(|| ());
		let too_heavy = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
		let many = || batch(vec![heavy(); 9_000]);
		let few = || batch(vec![heavy(); 9]);
		let proxied = |call: RuntimeCall| -> RuntimeCall {
			let call = Box::new(call);
			pallet_proxy::Call::proxy { real: Alice.to_account_id().into(), force_proxy_type: None, call }
				.into()
		};
		let asked = [
			unchecked(many()),
			unchecked(few()),
			sudo(with_weight(many())),
			unchecked(with_weight(few())),
			batch(vec![unchecked(heavy()); 9]),
			proxied(unchecked(few())),
			sudo(batch((0..9_000).map(|_| with_weight(batch(vec![heavy()]))).collect())),
			// Many light calls.
			unchecked(batch((0..9).map(|_| batch(vec![stake(STAY, 0); 5_000])).collect())),
		];
		// Each is refused before it begins.
		for call in asked {
			let told = dry_run(Alice.to_account_id(), call, 200);
			assert_eq!(told, Err(too_heavy));
		}
	});
}

/// Records whether code was run to read its version.
struct Ran(Arc<AtomicBool>);

impl ReadRuntimeVersion for Ran {
	fn read_runtime_version(&self, _: &[u8], _: &mut dyn Externalities) -> Result<Vec<u8>, String> {
		self.0.store(true, Ordering::Relaxed);
		Ok(VERSION.encode())
	}
}

/// To read the version of a new runtime, the node executes it, which can take as long as the code wants.
#[test]
fn rpc_3_who_asks_in_the_name_of_the_sudo_key_runs_no_code_and_writes_no_storage() {
	use frame_system::Call as System;
	let code = || vec![0; 100];
	let item = || b"key".to_vec();
	let calls: [&dyn Fn() -> RuntimeCall; 6] = [
		&|| System::set_code { code: code() }.into(),
		&|| System::set_code_without_checks { code: code() }.into(),
		&|| System::apply_authorized_upgrade { code: code() }.into(),
		&|| System::set_storage { items: vec![(item(), item())] }.into(),
		&|| System::kill_storage { keys: vec![item()] }.into(),
		&|| System::kill_prefix { prefix: item(), subkeys: 1 }.into(),
	];
	let allow = || RuntimeCall::System(System::authorize_upgrade { code_hash: BlakeTwo256::hash(&code()) });
	let ran = Arc::new(AtomicBool::new(false));
	let mut ext = genesis("local_testnet");
	ext.register_extension(ReadRuntimeVersionExt::new(Ran(ran.clone())));
	ext.execute_with(|| {
		let ask = |call| dry_run(Alice.to_account_id(), call, 200).map(|told| told.result);
		for call in calls {
			let ways = [
				call(),
				sudo(call()),
				unchecked(call()),
				sudo(with_weight(call())),
				sudo(batch(vec![allow(), call()])),
				batch(vec![sudo(allow()), call()]),
			];
			for asked in ways {
				let too_heavy = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
				assert_eq!(ask(asked.clone()), Err(too_heavy), "{asked:?}");
			}
		}
		// A call that only stores a hash is simulated.
		assert_eq!(ask(sudo(allow())), Ok(Ok(())));
	});
	assert!(!ran.load(Ordering::Relaxed));
}

#[test]
fn rpc_3_what_the_sudo_key_does_within_a_transactions_share_is_told() {
	run("local_testnet", |chain| {
		chain.block(|| ());
		let count = |count| RuntimeCall::Staking(mainstay_staking::Call::set_validator_count { count });
		for call in [sudo(count(4)), unchecked(count(5)), sudo(with_weight(count(6)))] {
			let told = dry_run(Alice.to_account_id(), call, 200).expect("it would be taken");
			assert_eq!(told.result, Ok(()));
			let set = told.events.iter().any(|event| {
				matches!(event, RuntimeEvent::Staking(mainstay_staking::Event::ValidatorCountSet { .. }))
			});
			assert!(set, "{:?}", told.events);
		}
	});
}

/// Each level of a batch looks at everything in it. The nesting limit bounds this work, which no weight counts.
#[test]
fn rpc_3_what_is_nested_less_deep_is_told() {
	run("local_testnet", |chain| {
		chain.block(|| ());
		let remark = || RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
		let mut call = batch((0..8).map(|_| batch(vec![remark(); 1_000])).collect());
		for _ in 0..12 {
			call = batch(vec![call]);
		}
		let decoded = AskedCall::decode(&mut &call.encode()[..]).expect("not too deep");
		let told = dry_run(Alice.to_account_id(), decoded.0, 200).expect("it would be taken");
		assert_eq!(told.result, Ok(()));
	});
}

#[test]
fn rpc_3_what_is_nested_too_deep_or_takes_too_much_memory_is_not_read() {
	let remark = || RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
	let nested = |depth: u32| {
		let wrap = |call, n: u32| if n.is_multiple_of(2) { batch(vec![call]) } else { sudo(call) };
		(0..depth).fold(remark(), wrap)
	};
	let read = |bytes: &[u8]| AskedCall::decode(&mut &bytes[..]);
	assert_eq!(read(&nested(MAX_NESTING - 1).encode()).map(|asked| asked.0), Ok(nested(MAX_NESTING - 1)));
	assert!(read(&nested(MAX_NESTING + 1).encode()).is_err());
	// A million levels of batches of one do not overflow the stack.
	let level = &batch(vec![remark()]).encode()[..3];
	assert!(read(&level.repeat(1_000_000)).is_err());
	// 300,000 empty remarks take 900 kB, and a hundred times as much after decoding.
	let many = [
		&batch(vec![]).encode()[..2],
		&codec::Compact(300_000u32).encode()[..],
		&remark().encode().repeat(300_000),
	];
	let refused = read(&many.concat()).expect_err("too much memory");
	assert!(refused.to_string().contains("memory"), "{refused}");
	// The encoding equals that of the call.
	assert_eq!(AskedCall(nested(3)).encode(), nested(3).encode());
}
