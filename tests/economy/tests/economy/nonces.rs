//! Transactions of a removed account are refused forever, even if the account is created again: `accounts` 1.

use codec::Encode;
use frame_support::{assert_ok, storage::with_storage_layer, traits::fungible::Inspect};
use mainstay_economy_tests::{
	chain::{run, Chain},
	signing::{account_of, next, sign, sign_for},
};
use mainstay_nonces::Floor;
use mainstay_primitives::{rolled_back, AccountId, Balance, Nonce, MILLI, STAY};
use mainstay_runtime::{
	configs::accounts::ExistentialDeposit, Assets, Balances, Executive, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeOrigin, System, UncheckedExtrinsic, VERSION,
};
use proptest::prelude::*;
use sp_core::{sr25519::Pair, Pair as _};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{
	generic::Era,
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
	DispatchResult,
};

/// An asset that suffices to keep an account alive.
const SUFFICIENT: u32 = 7;

fn x() -> Pair {
	Pair::from_string("//X", None).expect("a path")
}

fn who() -> AccountId {
	account_of(&x())
}

fn nonce_of(who: &AccountId) -> Nonce {
	*System::account_nonce(who)
}

fn signed(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// Lets Alice send `amount` to `to`.
fn fund(to: &AccountId, amount: Balance) {
	assert_ok!(Balances::transfer_keep_alive(signed(&Alice.to_account_id()), to.clone().into(), amount));
}

fn pay_bob() -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive { dest: Bob.to_account_id().into(), value: STAY }.into()
}

fn send_all() -> RuntimeCall {
	pallet_balances::Call::transfer_all { dest: Bob.to_account_id().into(), keep_alive: false }.into()
}

fn remark(n: u32) -> RuntimeCall {
	frame_system::Call::remark { remark: n.encode() }.into()
}

fn taken(transaction: &UncheckedExtrinsic) {
	assert_eq!(Executive::apply_extrinsic(transaction.clone()), Ok(Ok(())));
}

/// Asserts that the pool and a block refuse the transaction.
fn refused(transaction: &UncheckedExtrinsic, why: InvalidTransaction) {
	let why = TransactionValidityError::Invalid(why);
	let pool = rolled_back(|| {
		let (source, parent) = (TransactionSource::External, System::parent_hash());
		Executive::validate_transaction(source, transaction.clone(), parent)
	});
	assert_eq!(pool.map(drop), Err(why));
	assert_eq!(Executive::apply_extrinsic(transaction.clone()), Err(why));
}

fn bobs() -> Balance {
	Balances::balance(&Bob.to_account_id())
}

/// An immortal era, and one of 64 blocks that begins at this block's parent.
fn lives() -> [Era; 2] {
	[Era::Immortal, Era::mortal(64, System::block_number().saturating_sub(1).into())]
}

#[test]
fn accounts_1_what_an_account_sent_before_it_was_removed_is_refused_always() {
	for life in 0..2 {
		run("local_testnet", |chain| {
			chain.block(|| fund(&who(), 5 * STAY));
			let mut first = None;
			chain.block(|| {
				let nonce = nonce_of(&who());
				let (pay, all) = (
					sign(&x(), pay_bob(), nonce, lives()[life]),
					sign(&x(), send_all(), nonce + 1, lives()[life]),
				);
				taken(&pay);
				taken(&all);
				assert!(!System::account_exists(&who()));
				refused(&pay, InvalidTransaction::Payment);
				// The transactions stay refused in the same block,
				fund(&who(), 5 * STAY);
				let before = bobs();
				refused(&pay, InvalidTransaction::Stale);
				refused(&all, InvalidTransaction::Stale);
				assert_eq!((bobs(), Balances::balance(&who())), (before, 5 * STAY));
				first = Some(pay);
			});
			// and in later ones, while the account exists again and after it has been removed again.
			let first = first.expect("the block was made");
			for _ in 0..3 {
				chain.block(|| refused(&first, InvalidTransaction::Stale));
				chain.block(|| taken(&next(&x(), send_all())));
				chain.block(|| {
					refused(&first, InvalidTransaction::Payment);
					fund(&who(), 5 * STAY);
					refused(&first, InvalidTransaction::Stale);
				});
			}
			// A new transaction is accepted.
			chain.block(|| taken(&next(&x(), pay_bob())));
		});
	}
}

#[test]
fn accounts_1_many_transactions_in_few_blocks_are_refused_one_by_one() {
	const MANY: u32 = 200;
	run("local_testnet", |chain| {
		chain.block(|| fund(&who(), 5 * STAY));
		let begun = nonce_of(&who());
		assert_eq!(begun, System::block_number());
		let mut sent = vec![];
		chain.block(|| {
			for n in 0..MANY {
				let transaction = sign(&x(), remark(n), begun + n, lives()[n as usize % 2]);
				taken(&transaction);
				sent.push(transaction);
			}
			taken(&next(&x(), send_all()));
			assert_eq!(Floor::<Runtime>::get(), begun + MANY + 1);
		});
		chain.block(|| {
			fund(&who(), 5 * STAY);
			// By the block number alone, most of the old transactions would be valid again.
			assert!(System::block_number() < begun + MANY);
			assert_eq!(nonce_of(&who()), begun + MANY + 1);
			sent.iter().for_each(|transaction| refused(transaction, InvalidTransaction::Stale));
		});
		// The removal of another account does not make them valid either.
		let other = Pair::from_string("//Other", None).expect("a path");
		chain.block(|| fund(&account_of(&other), STAY));
		chain.block(|| taken(&next(&other, send_all())));
		chain.block(|| taken(&next(&x(), send_all())));
		chain.block(|| {
			fund(&who(), 5 * STAY);
			sent.iter().for_each(|transaction| refused(transaction, InvalidTransaction::Stale));
		});
	});
}

/// A way in which an account is removed, other than by its own transaction.
type Death = (&'static str, fn(&AccountId));

fn deaths() -> Vec<Death> {
	vec![
		("its owner sends all", |who| {
			assert_ok!(Balances::transfer_all(signed(who), Bob.to_account_id().into(), false));
		}),
		("dust is left", |who| {
			let most = Balances::balance(who) - ExistentialDeposit::get() / 2;
			assert_ok!(Balances::transfer_allow_death(signed(who), Bob.to_account_id().into(), most));
		}),
		("its owner burns all", |who| {
			assert_ok!(Balances::burn(signed(who), Balances::balance(who), false));
		}),
		("root moves all", |who| {
			let (from, to) = (who.clone().into(), Bob.to_account_id().into());
			assert_ok!(Balances::force_transfer(RuntimeOrigin::root(), from, to, Balances::balance(who)));
		}),
		("root sets its balance", |who| {
			assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), who.clone().into(), 0));
		}),
		("an asset kept it alive, and goes last", |who| {
			let issuer = signed(&Alice.to_account_id());
			assert_ok!(Assets::mint(issuer, SUFFICIENT.into(), who.clone().into(), 10));
			assert_ok!(Balances::transfer_all(signed(who), Bob.to_account_id().into(), false));
			assert!(System::account_exists(who) && Balances::balance(who) == 0);
			let nonce = nonce_of(who);
			assert_ok!(Assets::transfer_all(
				signed(who),
				SUFFICIENT.into(),
				Alice.to_account_id().into(),
				false
			));
			assert!(nonce >= 20 && Assets::balance(SUFFICIENT, who) == 0);
		}),
		("an asset kept it alive, and is burnt", |who| {
			let issuer = || signed(&Alice.to_account_id());
			assert_ok!(Assets::mint(issuer(), SUFFICIENT.into(), who.clone().into(), 10));
			assert_ok!(Balances::transfer_all(signed(who), Bob.to_account_id().into(), false));
			assert_ok!(Assets::burn(issuer(), SUFFICIENT.into(), who.clone().into(), 10));
		}),
	]
}

#[test]
fn accounts_1_however_an_account_dies_its_transactions_are_refused() {
	const SENT: u32 = 20;
	for (how, die) in deaths() {
		run("local_testnet", |chain: &mut Chain| {
			let alice = Alice.to_account_id();
			chain.block(|| {
				let (root, id) = (RuntimeOrigin::root(), SUFFICIENT.into());
				assert_ok!(Assets::force_create(root, id, alice.clone().into(), true, 1));
				fund(&who(), 5 * STAY);
			});
			let mut sent = vec![];
			chain.block(|| {
				for n in 0..SENT {
					let transaction = sign(&x(), remark(n), nonce_of(&who()), lives()[n as usize % 2]);
					taken(&transaction);
					sent.push(transaction);
				}
				let nonce = nonce_of(&who());
				die(&who());
				assert!(!System::account_exists(&who()), "{how}");
				assert_eq!(Floor::<Runtime>::get(), nonce, "{how}");
			});
			chain.block(|| {
				fund(&who(), 5 * STAY);
				sent.iter().for_each(|transaction| refused(transaction, InvalidTransaction::Stale));
				taken(&next(&x(), remark(0)));
			});
		});
	}
}

#[test]
fn an_account_that_an_asset_keeps_alive_keeps_its_nonce() {
	run("local_testnet", |chain| {
		let issuer = || signed(&Alice.to_account_id());
		chain.block(|| {
			let (root, id) = (RuntimeOrigin::root(), SUFFICIENT.into());
			assert_ok!(Assets::force_create(root, id, Alice.to_account_id().into(), true, 1));
			fund(&who(), 5 * STAY);
			assert_ok!(Assets::mint(issuer(), SUFFICIENT.into(), who().into(), 10));
		});
		chain.block(|| {
			let all = next(&x(), send_all());
			taken(&all);
			let nonce = nonce_of(&who());
			assert_eq!(Floor::<Runtime>::get(), 0);
			fund(&who(), 5 * STAY);
			assert_eq!(nonce_of(&who()), nonce);
			refused(&all, InvalidTransaction::Stale);
		});
	});
}

#[test]
fn accounts_begin_at_the_number_of_the_block_and_those_of_genesis_at_0() {
	run("local_testnet", |chain| {
		assert_eq!(nonce_of(&Alice.to_account_id()), 0);
		for _ in 0..9 {
			chain.block(|| ());
		}
		chain.block(|| fund(&who(), STAY));
		assert_eq!((nonce_of(&who()), System::block_number()), (10, 10));
		// An account that does not exist yet has the nonce that it would begin with now.
		let other = account_of(&Pair::from_string("//Other", None).expect("a path"));
		assert_eq!(nonce_of(&other), 10);
		chain.block(|| ());
		assert_eq!((nonce_of(&who()), nonce_of(&other)), (10, 11));
		// Clients still read a plain number.
		let stored = System::account(who());
		assert_eq!(stored.encode()[..4], 10u32.encode());
		assert!(stored.data.free >= STAY - MILLI);
	});
}

#[test]
fn accounts_1_an_account_that_dies_and_lives_again_in_its_own_transaction_does_it_once() {
	run("local_testnet", |chain| {
		chain.block(|| fund(&who(), 5 * STAY));
		chain.block(|| {
			(0..5).for_each(|n| taken(&next(&x(), remark(n))));
			let all_to = |who: AccountId| pallet_balances::Call::<Runtime>::transfer_all {
				dest: who.into(),
				keep_alive: false,
			};
			let away = all_to(pallet_utility::derivative_account_id(who(), 0));
			let call: Box<RuntimeCall> = Box::new(all_to(who()).into());
			let back = pallet_utility::Call::<Runtime>::as_derivative { index: 0, call };
			let calls = vec![away.into(), back.into()];
			let (begun, sent) =
				(nonce_of(&who()), next(&x(), pallet_utility::Call::<Runtime>::batch_all { calls }));
			taken(&sent);
			let killed = RuntimeEvent::System(frame_system::Event::KilledAccount { account: who() });
			assert!(System::read_events_no_consensus().any(|record| record.event == killed));
			assert!(Balances::balance(&who()) > 4 * STAY);
			assert!(System::block_number() < begun);
			assert_eq!(nonce_of(&who()), begun + 1);
			refused(&sent, InvalidTransaction::Stale);
			taken(&next(&x(), pay_bob()));
		});
	});
}

/// Something that happens to accounts with keys, by their indices.
#[derive(Clone, Debug)]
enum Step {
	NextBlock,
	/// Alice sends STAY to it.
	Fund(usize),
	/// Alice mints an asset that keeps an account alive, or burns all of it.
	Mint(usize),
	Burn(usize),
	/// Root removes all of its STAY.
	Kill(usize),
	/// The key sends this number of transactions that do nothing.
	Remarks(usize, u32),
	/// The account pays another, or sends all that it has: of STAY, or of the asset.
	Pay(usize, usize),
	SendAll(usize, usize),
	SendAsset(usize, usize),
}

const KEYS: usize = 3;

fn key(at: usize) -> Pair {
	Pair::from_string(&format!("//{at}"), None).expect("a path")
}

fn step() -> impl Strategy<Value = Step> {
	let at = || 0..KEYS;
	prop_oneof![
		2 => Just(Step::NextBlock),
		4 => at().prop_map(Step::Fund),
		1 => at().prop_map(Step::Mint),
		1 => at().prop_map(Step::Burn),
		1 => at().prop_map(Step::Kill),
		2 => (at(), 1..6u32).prop_map(|(by, count)| Step::Remarks(by, count)),
		2 => (at(), at()).prop_map(|(by, to)| Step::Pay(by, to)),
		3 => (at(), at()).prop_map(|(by, to)| Step::SendAll(by, to)),
		2 => (at(), at()).prop_map(|(by, to)| Step::SendAsset(by, to)),
	]
}

impl Step {
	/// Performs the step, and returns the accepted transactions.
	fn happen(&self, life: Era) -> Vec<UncheckedExtrinsic> {
		let account = |at: usize| account_of(&key(at));
		let issuer = || signed(&Alice.to_account_id());
		let id = || SUFFICIENT.into();
		let quietly = |call: &dyn Fn() -> DispatchResult| {
			let _ = with_storage_layer(call);
		};
		let send = |by: usize, call: RuntimeCall| {
			let transaction = sign(&key(by), call, nonce_of(&account(by)), life);
			Executive::apply_extrinsic(transaction.clone()).is_ok().then_some(transaction)
		};
		match *self {
			Self::NextBlock => {},
			Self::Fund(who) => fund(&account(who), 2 * STAY),
			Self::Mint(who) => quietly(&|| Assets::mint(issuer(), id(), account(who).into(), 10)),
			Self::Burn(who) => quietly(&|| Assets::burn(issuer(), id(), account(who).into(), 10)),
			Self::Kill(who) => {
				quietly(&|| Balances::force_set_balance(RuntimeOrigin::root(), account(who).into(), 0))
			},
			Self::Remarks(by, count) => return (0..count).filter_map(|n| send(by, remark(n))).collect(),
			Self::Pay(by, to) => {
				let (dest, value) = (account(to).into(), STAY / 2);
				let call = pallet_balances::Call::transfer_allow_death { dest, value };
				return send(by, call.into()).into_iter().collect();
			},
			Self::SendAll(by, to) => {
				let call =
					pallet_balances::Call::transfer_all { dest: account(to).into(), keep_alive: false };
				return send(by, call.into()).into_iter().collect();
			},
			Self::SendAsset(by, to) => {
				let call = pallet_assets::Call::transfer_all {
					id: id(),
					dest: account(to).into(),
					keep_alive: false,
				};
				return send(by, call.into()).into_iter().collect();
			},
		}
		vec![]
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

	#[test]
	fn accounts_1_no_transaction_is_taken_twice(steps in proptest::collection::vec((step(), 0..2usize), 1..120)) {
		run("local_testnet", |chain| {
			chain.block(|| {
				let (root, id) = (RuntimeOrigin::root(), SUFFICIENT.into());
				assert_ok!(Assets::force_create(root, id, Alice.to_account_id().into(), true, 1));
			});
			let mut sent = vec![];
			for block in steps.split(|(step, _)| matches!(step, Step::NextBlock)) {
				chain.block(|| {
					for (step, life) in block {
						sent.extend(step.happen(lives()[*life]));
						// None of the last transactions is valid again, whatever happened to the accounts.
						for transaction in sent.iter().rev().take(12) {
							let again = Executive::apply_extrinsic(transaction.clone());
							assert!(
								matches!(again, Err(TransactionValidityError::Invalid(_))),
								"{again:?} after {steps:?}"
							);
						}
					}
				});
			}
			// Nor is any older one.
			chain.block(|| {
				(0..KEYS).for_each(|at| fund(&account_of(&key(at)), 5 * STAY));
				sent.iter().for_each(|transaction| refused(transaction, InvalidTransaction::Stale));
			});
		});
	}
}

/// Accounts that were removed before nonces had a floor are safe without one.
#[test]
fn accounts_1_what_was_signed_for_an_older_runtime_is_refused() {
	run("local_testnet", |chain| {
		chain.block(|| fund(&who(), 5 * STAY));
		chain.block(|| {
			for era in lives() {
				let old = sign_for(VERSION.spec_version - 1, &x(), pay_bob(), nonce_of(&who()), era);
				refused(&old, InvalidTransaction::BadProof);
			}
			taken(&next(&x(), pay_bob()));
		});
	});
}
