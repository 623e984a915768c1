//! Transactions of an account that was removed are refused for ever, whatever comes to life again: `accounts` 1.

use codec::Encode;
use frame_support::{assert_ok, traits::fungible::Inspect};
use mainstay_economy_tests::{
	chain::{run, Chain},
	signing::{account_of, next, sign, sign_for},
};
use mainstay_nonces::Floor;
use mainstay_primitives::{rolled_back, AccountId, Balance, Nonce, MILLI, STAY};
use mainstay_runtime::{
	configs::accounts::ExistentialDeposit, Assets, Balances, Executive, Runtime, RuntimeCall, RuntimeOrigin,
	System, UncheckedExtrinsic, VERSION,
};
use sp_core::{sr25519::Pair, Pair as _};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{
	generic::Era,
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
};

/// An asset that keeps an account alive by itself.
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

/// The pool refuses it, and so does a block.
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

/// Immortal, and for 64 blocks from this one's parent on.
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
				// In the same block,
				fund(&who(), 5 * STAY);
				let before = bobs();
				refused(&pay, InvalidTransaction::Stale);
				refused(&all, InvalidTransaction::Stale);
				assert_eq!((bobs(), Balances::balance(&who())), (before, 5 * STAY));
				first = Some(pay);
			});
			// and in later ones, while it lives again and once it has been removed again,
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
			// and what is new is taken.
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
			// The number of the block alone would let most of them in again.
			assert!(System::block_number() < begun + MANY);
			assert_eq!(nonce_of(&who()), begun + MANY + 1);
			sent.iter().for_each(|transaction| refused(transaction, InvalidTransaction::Stale));
		});
		// Nobody else's removal brings them back.
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

/// How an account dies, but for what it sends itself.
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
		// Who asks before the account is there is told what holds now.
		let other = account_of(&Pair::from_string("//Other", None).expect("a path"));
		assert_eq!(nonce_of(&other), 10);
		chain.block(|| ());
		assert_eq!((nonce_of(&who()), nonce_of(&other)), (10, 11));
		// To clients it is a plain number, as it was.
		let stored = System::account(who());
		assert_eq!(stored.encode()[..4], 10u32.encode());
		assert!(stored.data.free >= STAY - MILLI);
	});
}

/// Why accounts that were removed before nonces had a floor need none.
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
