//! The currency that conviction voting has: votes and their lock are this pallet's, everything else is of Balances.

use super::*;
use frame_support::traits::{
	fungible::{self, InspectHold as _},
	tokens::{DepositConsequence, Provenance, WithdrawConsequence},
	Currency, ExistenceRequirement, Imbalance, SignedImbalance,
};
use mainstay_primitives::AccountId;

type Voting = Pallet<Test>;

const OTHER_LOCK: frame_support::traits::LockIdentifier = *b"another ";

fn alice() -> AccountId {
	account(ALICE)
}

/// What each currency answers about [`ALICE`] and the chain.
fn answers<C>() -> Vec<Balance>
where
	C: ReservableCurrency<AccountId, Balance = Balance> + fungible::Inspect<AccountId, Balance = Balance>,
{
	let who = alice();
	let reducible = |keep, force| <C as fungible::Inspect<_>>::reducible_balance(&who, keep, force);
	vec![
		<C as Currency<_>>::free_balance(&who),
		<C as ReservableCurrency<_>>::reserved_balance(&who),
		<C as Currency<_>>::total_issuance(),
		<C as Currency<_>>::active_issuance(),
		<C as Currency<_>>::minimum_balance(),
		<C as fungible::Inspect<_>>::balance(&who),
		<C as fungible::Inspect<_>>::total_issuance(),
		<C as fungible::Inspect<_>>::active_issuance(),
		<C as fungible::Inspect<_>>::minimum_balance(),
		reducible(Preservation::Preserve, Fortitude::Polite),
		reducible(Preservation::Expendable, Fortitude::Polite),
		reducible(Preservation::Expendable, Fortitude::Force),
	]
}

fn total_balances(who: &AccountId) -> (Balance, Balance) {
	(<Voting as Currency<_>>::total_balance(who), <Voting as fungible::Inspect<_>>::total_balance(who))
}

#[test]
fn the_total_balance_is_what_votes_and_the_rest_is_of_balances() {
	execute(|| {
		stake(ALICE, 300 * STAY);
		assert_ok!(<Voting as ReservableCurrency<_>>::reserve(&alice(), 100 * STAY));
		vote(ALICE, 0, 500 * STAY);
		assert_eq!(total_balances(&alice()), (900 * STAY, 900 * STAY));
		assert_eq!(votes(ALICE), 900 * STAY);
		assert_eq!(answers::<Voting>(), answers::<Balances>());
		let reserved = <Balances as ReservableCurrency<_>>::reserved_balance(&alice());
		assert_eq!((free(ALICE), reserved), (600 * STAY, 100 * STAY));
	});
}

#[test]
fn what_moves_balances_moves_those_of_balances() {
	execute(|| {
		let (who, bob) = (alice(), account(BOB));
		let keep = ExistenceRequirement::KeepAlive;
		assert_ok!(<Voting as Currency<_>>::transfer(&who, &bob, STAY, keep));
		assert_eq!((free(ALICE), free(BOB)), (PURSE - STAY, PURSE + STAY));
		let issued = Balances::total_issuance();
		let (slashed, missing) = <Voting as Currency<_>>::slash(&who, STAY);
		assert_eq!((slashed.peek(), missing), (STAY, 0));
		drop(slashed);
		assert_eq!((free(ALICE), Balances::total_issuance()), (PURSE - 2 * STAY, issued - STAY));
		drop(<Voting as Currency<_>>::deposit_creating(&who, STAY));
		drop(<Voting as Currency<_>>::deposit_into_existing(&who, STAY).unwrap());
		assert_eq!((free(ALICE), Balances::total_issuance()), (PURSE, issued + STAY));
		let taken = <Voting as Currency<_>>::withdraw(&who, STAY, WithdrawReasons::FEE, keep).unwrap();
		assert_eq!((taken.peek(), free(ALICE)), (STAY, PURSE - STAY));
		drop(taken);
		drop((<Voting as Currency<_>>::issue(STAY), <Voting as Currency<_>>::burn(STAY)));
		assert_eq!(Balances::total_issuance(), issued);
		let SignedImbalance::Positive(made) = <Voting as Currency<_>>::make_free_balance_be(&who, PURSE)
		else {
			panic!("it rises");
		};
		assert_eq!((made.peek(), free(ALICE)), (STAY, PURSE));

		assert_ok!(<Voting as ReservableCurrency<_>>::reserve(&who, 4 * STAY));
		assert_eq!(<Voting as ReservableCurrency<_>>::unreserve(&who, STAY), 0);
		let (gone, missing) = <Voting as ReservableCurrency<_>>::slash_reserved(&who, STAY);
		assert_eq!((gone.peek(), missing), (STAY, 0));
		let status = frame_support::traits::BalanceStatus::Free;
		let left = <Voting as ReservableCurrency<_>>::repatriate_reserved(&who, &bob, STAY, status);
		assert_eq!((left, free(BOB)), (Ok(0), PURSE + 2 * STAY));
		assert_eq!(<Voting as ReservableCurrency<_>>::reserved_balance(&who), STAY);
		<Voting as Currency<_>>::deactivate(STAY);
		assert_eq!(<Balances as Currency<_>>::active_issuance(), Balances::total_issuance() - STAY);
		<Voting as Currency<_>>::reactivate(STAY);
		assert_eq!(<Balances as Currency<_>>::active_issuance(), Balances::total_issuance());
	});
}

#[test]
fn what_can_be_done_depends_on_the_balance_and_not_on_the_stake() {
	execute(|| {
		stake(ALICE, 600 * STAY);
		vote(ALICE, 0, 700 * STAY);
		let who = alice();
		let withdraw = |left| {
			let reasons = WithdrawReasons::TRANSFER;
			<Voting as Currency<_>>::ensure_can_withdraw(&who, 400 * STAY - left, reasons, left)
		};
		assert_ok!(withdraw(100 * STAY));
		assert!(withdraw(100 * STAY - 1).is_err(), "it is frozen");
		assert!(<Voting as Currency<_>>::can_slash(&who, 400 * STAY));
		assert!(!<Voting as Currency<_>>::can_slash(&who, 400 * STAY + 1));
		let most = 400 * STAY - ExistentialDeposit::get();
		assert!(<Voting as ReservableCurrency<_>>::can_reserve(&who, most));
		assert!(!<Voting as ReservableCurrency<_>>::can_reserve(&who, most + 1));
		let can = |amount| <Voting as fungible::Inspect<_>>::can_withdraw(&who, amount);
		assert_eq!(can(300 * STAY), WithdrawConsequence::Success);
		assert_eq!(can(300 * STAY + 1), WithdrawConsequence::Frozen);
		let dust = <Voting as fungible::Inspect<_>>::can_deposit(&account(99), 1, Provenance::Extant);
		assert_eq!(dust, DepositConsequence::BelowMinimum);
	});
}

#[test]
fn other_locks_are_those_of_balances() {
	execute(|| {
		let (who, reasons) = (alice(), WithdrawReasons::all());
		vote(ALICE, 0, 300 * STAY);
		let locked = || Balances::balance_locked(OTHER_LOCK, &alice());
		Voting::set_lock(OTHER_LOCK, &who, 500 * STAY, reasons);
		assert_eq!(locked(), 500 * STAY);
		Voting::extend_lock(OTHER_LOCK, &who, 600 * STAY, reasons);
		Voting::extend_lock(OTHER_LOCK, &who, 400 * STAY, reasons);
		assert_eq!(locked(), 600 * STAY);
		assert_eq!(standing(ALICE), (300 * STAY, 300 * STAY, 0));
		// Locks overlap: the largest one counts.
		assert_frozen(ALICE, 400 * STAY + 1);
		Voting::remove_lock(OTHER_LOCK, &who);
		assert_eq!((locked(), standing(ALICE)), (0, (300 * STAY, 300 * STAY, 0)));
		assert_ok!(transfer(ALICE, BOB, 700 * STAY));
	});
}

#[test]
fn the_lock_of_votes_has_the_semantics_of_locks() {
	execute(|| {
		let (who, reasons) = (alice(), WithdrawReasons::except(WithdrawReasons::RESERVE));
		Voting::extend_lock(VOTING_LOCK, &who, 0, reasons);
		Voting::extend_lock(VOTING_LOCK, &who, STAY, WithdrawReasons::empty());
		Voting::remove_lock(VOTING_LOCK, &who);
		assert_eq!(standing(ALICE), (0, 0, 0));
		// It is set at once where nothing was locked, and where less was.
		Voting::set_lock(VOTING_LOCK, &who, 5 * STAY, reasons);
		assert_eq!(standing(ALICE), (5 * STAY, 5 * STAY, 0));
		Voting::set_lock(VOTING_LOCK, &who, 7 * STAY, reasons);
		assert_eq!(standing(ALICE), (7 * STAY, 7 * STAY, 0));
		Voting::extend_lock(VOTING_LOCK, &who, 6 * STAY, reasons);
		assert_eq!(standing(ALICE), (7 * STAY, 7 * STAY, 0));
		Voting::set_lock(VOTING_LOCK, &who, 4 * STAY, reasons);
		assert_eq!(standing(ALICE), (4 * STAY, 4 * STAY, 0));
		for (amount, cleared) in [(0, reasons), (STAY, WithdrawReasons::empty())] {
			Voting::set_lock(VOTING_LOCK, &who, 4 * STAY, reasons);
			Voting::set_lock(VOTING_LOCK, &who, amount, cleared);
			assert_eq!(standing(ALICE), (0, 0, 0));
		}
	});
}

#[test]
fn a_hold_may_take_locked_coins_and_backs_the_lock() {
	execute(|| {
		let reason: RuntimeHoldReason = delegation::HoldReason::Operator.into();
		vote(ALICE, 0, 600 * STAY);
		assert_ok!(<Balances as fungible::MutateHold<_>>::hold(&reason, &alice(), 500 * STAY));
		assert_eq!(Balances::balance_on_hold(&reason, &alice()), 500 * STAY);
		assert_eq!(standing(ALICE), (600 * STAY, 600 * STAY, 0));
		assert_eq!(votes(ALICE), 500 * STAY);
		assert_frozen(ALICE, 400 * STAY + 1);
		assert_ok!(transfer(ALICE, BOB, 400 * STAY));
		let exact = Precision::Exact;
		assert_ok!(<Balances as fungible::MutateHold<_>>::release(&reason, &alice(), 500 * STAY, exact));
		assert_frozen(ALICE, 1);
	});
}
