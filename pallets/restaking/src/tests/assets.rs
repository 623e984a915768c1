//! Admitting assets, and depositing them.

use super::*;
use mainstay_primitives::traits::Vault;

fn set_asset(cap: Balance, deposits: bool) -> DispatchResult {
	govern(Call::set_asset { id: TOKEN, cap, deposits })
}

fn custody() -> mainstay_primitives::AccountId {
	OperatorDelegation::custody()
}

/// Gives the asset these four roles: owner, issuer, admin, freezer.
fn set_roles(roles: [u8; 4]) {
	let [owner, issuer, admin, freezer] = roles.map(account);
	let origin = RuntimeOrigin::root();
	assert_ok!(mock::Assets::force_asset_status(
		origin, TOKEN, owner, issuer, admin, freezer, LEAST, true, false
	));
}

#[test]
fn an_admitted_asset_is_written_down_with_its_cap_and_has_a_place_in_custody() {
	execute(|| {
		assert!(!Restaking::is_registered(&Currency::WithId(TOKEN)));
		assert_ok!(try_admit(TOKEN, 500 * STAY, false));
		assert_eq!(events(), [Event::AssetAdded { id: TOKEN, cap: 500 * STAY, min_deposit: MIN_DEPOSIT }]);
		let terms = AssetTerms { cap: 500 * STAY, deposits: true, min_deposit: MIN_DEPOSIT };
		assert_eq!(crate::Assets::<Test>::get(TOKEN), Some(terms));
		assert_eq!(crate::Assets::<Test>::count(), 1);
		assert_eq!((OperatorDelegation::held(TOKEN), in_custody(TOKEN)), (0, LEAST));
		assert_eq!(balances(FUNDER), (PURSE, PURSE - LEAST), "a sufficient asset costs no deposit");
		assert!(Restaking::is_registered(&Currency::WithId(TOKEN)));
		assert!(Restaking::is_registered(&Currency::Native));
		assert!(!Restaking::is_registered(&Currency::WithId(TOKEN + 1)));
	});
}

#[test]
fn assets_are_governances_to_admit_and_to_change() {
	execute(|| {
		let funder = account(STRANGER);
		let add = Call::add_asset { id: TOKEN, cap: 1, funder, trusted: true, min_deposit: MIN_DEPOSIT };
		assert_noop!(send(STRANGER, add), DispatchError::BadOrigin);
		admit();
		let change = Call::set_asset { id: TOKEN, cap: 1, deposits: true };
		assert_noop!(send(STRANGER, change), DispatchError::BadOrigin);
	});
}

#[test]
fn an_asset_is_admitted_once_if_it_exists_and_its_place_is_paid_for() {
	execute(|| {
		assert_noop!(try_admit(8, 1, true), Error::UnknownAsset);
		let (funder, min_deposit) = (account(77), MIN_DEPOSIT);
		let pauper = Call::add_asset { id: TOKEN, cap: 1, funder, trusted: false, min_deposit };
		assert_noop!(govern(pauper), TokenError::FundsUnavailable);
		admit();
		assert_noop!(try_admit(TOKEN, 1, false), Error::AssetExists);
	});
}

#[test]
fn an_account_of_the_chain_pays_for_no_place() {
	execute(|| {
		let funder = Treasury::get();
		assert_ok!(mock::Assets::mint(RuntimeOrigin::signed(funder.clone()), TOKEN, funder.clone(), STAY));
		let add = Call::add_asset { id: TOKEN, cap: 1, funder, trusted: true, min_deposit: MIN_DEPOSIT };
		assert_noop!(govern(add), Error::FunderIsTheChains);
	});
}

#[test]
fn no_more_assets_are_admitted_than_there_is_room_for() {
	execute(|| {
		MaxAssets::set(1);
		admit();
		let (owner, origin) = (Treasury::get(), RuntimeOrigin::root());
		assert_ok!(mock::Assets::force_create(origin, 8, owner.clone(), true, 1));
		assert_ok!(mock::Assets::mint(RuntimeOrigin::signed(owner), 8, account(FUNDER), STAY));
		assert_noop!(try_admit(8, 1, false), Error::TooManyAssets);
		MaxAssets::set(2);
		assert_ok!(try_admit(8, 1, false));
		assert_eq!(crate::Assets::<Test>::count(), 2);
	});
}

#[test]
fn whoever_holds_one_of_the_four_roles_must_be_the_chains_or_trusted() {
	execute(|| {
		for role in 0..4 {
			let mut roles = [200; 4];
			roles[role] = STRANGER;
			set_roles(roles);
			assert_noop!(try_admit(TOKEN, 1, false), Error::IssuerNotTrusted);
		}
		assert_ok!(try_admit(TOKEN, 5, true));
		assert_eq!(events(), [Event::AssetAdded { id: TOKEN, cap: 5, min_deposit: MIN_DEPOSIT }]);
	});
}

#[test]
fn an_asset_of_the_chains_own_needs_no_trust() {
	execute(|| {
		set_roles([200; 4]);
		assert_ok!(try_admit(TOKEN, 5, false));
		assert!(crate::Assets::<Test>::contains_key(TOKEN));
	});
}

#[test]
fn the_cap_and_the_gate_are_changed_at_once() {
	execute(|| {
		assert_noop!(set_asset(1, true), Error::UnknownAsset);
		admit();
		assert_ok!(set_asset(6, false));
		assert_eq!(events(), [Event::AssetChanged { id: TOKEN, cap: 6, deposits: false }]);
		let terms = AssetTerms { cap: 6, deposits: false, min_deposit: MIN_DEPOSIT };
		assert_eq!(crate::Assets::<Test>::get(TOKEN), Some(terms));
	});
}

#[test]
fn what_is_restaked_enters_its_pool_and_its_owners_position() {
	execute(|| {
		admit();
		restake(ALICE, ASSET, 5 * STAY);
		restake(ALICE, PoolKind::Native, 3 * STAY);
		assert_eq!(pool(ASSET).funds, SharePool { shares: 5 * STAY, amount: 5 * STAY });
		assert_eq!(pool(PoolKind::Native).funds, SharePool { shares: 3 * STAY, amount: 3 * STAY });
		assert_eq!(position(ALICE, ASSET), fresh(5 * STAY, 0));
		assert_eq!(position(ALICE, PoolKind::Native), fresh(3 * STAY, 0));
		assert_eq!(balances(ALICE), (PURSE - 3 * STAY, PURSE - 5 * STAY));
		assert_eq!(OperatorDelegation::native_stake(&account(NORTH)), STAKE + 3 * STAY);
	});
}

#[test]
fn only_what_may_be_restaked_behind_an_operator_that_takes_it_comes_in() {
	execute(|| {
		let restake = |operator, kind| try_restake(ALICE, operator, kind, STAY);
		assert_noop!(restake(STRANGER, PoolKind::Native), Error::NotOperator);
		assert_noop!(restake(NORTH, PoolKind::Stake), Error::NotRestakeable);
		assert_noop!(restake(NORTH, ASSET), Error::NotRestakeable);
		admit();
		assert_noop!(restake(NORTH, PoolKind::Asset(8)), Error::NotRestakeable);
		for kind in [PoolKind::Native, ASSET] {
			let little = ExistentialDeposit::get() - 1;
			assert_noop!(try_restake(ALICE, NORTH, kind, little), Delegation::AmountTooSmall);
			let operator = account(NORTH);
			let dear = Call::restake { operator, kind, amount: STAY, least_shares: STAY + 1 };
			assert_noop!(send(ALICE, dear), Delegation::TooFewShares);
		}
		assert_noop!(try_restake(ALICE, NORTH, ASSET, PURSE + 1), TokenError::FundsUnavailable);
		retire();
		assert_noop!(restake(NORTH, PoolKind::Native), Delegation::OperatorRetired);
	});
}

#[test]
fn an_operators_list_binds_who_restakes() {
	execute(|| {
		admit();
		let policy = delegation::Policy::AllowList;
		assert_ok!(send(NORTH, delegation::Call::<Test>::set_policy { policy }));
		for kind in [PoolKind::Native, ASSET] {
			assert_noop!(try_restake(ALICE, NORTH, kind, STAY), Delegation::NotAllowed);
			restake(NORTH, kind, STAY);
		}
		let delegator = account(ALICE);
		assert_ok!(send(NORTH, delegation::Call::<Test>::allow { delegator }));
		restake(ALICE, ASSET, STAY);
		assert_eq!(pool(ASSET).funds.amount, 2 * STAY);
	});
}

#[test]
fn deposits_reach_the_cap_exactly() {
	execute(|| {
		assert_ok!(try_admit(TOKEN, 5 * STAY, false));
		assert_noop!(try_restake(ALICE, NORTH, ASSET, 5 * STAY + 1), Error::CapReached);
		restake(ALICE, ASSET, 3 * STAY);
		assert_noop!(try_restake(BOB, SOUTH, ASSET, 2 * STAY + 1), Error::CapReached);
		assert_ok!(try_restake(BOB, SOUTH, ASSET, 2 * STAY));
		assert_eq!(OperatorDelegation::held(TOKEN), 5 * STAY);

		let more = ExistentialDeposit::get();
		assert_noop!(try_restake(ALICE, NORTH, ASSET, more), Error::CapReached);
		assert_ok!(set_asset(5 * STAY + more, true));
		restake(ALICE, ASSET, more);
		restake(ALICE, PoolKind::Native, 1_000 * STAY);
	});
}

#[test]
fn what_was_merely_sent_to_custody_does_not_fill_the_cap() {
	execute(|| {
		assert_ok!(try_admit(TOKEN, 5 * STAY, false));
		let origin = RuntimeOrigin::signed(account(STRANGER));
		assert_ok!(mock::Assets::transfer(origin, TOKEN, custody(), 100 * STAY));
		assert_eq!(in_custody(TOKEN), LEAST + 100 * STAY);
		restake(ALICE, ASSET, 5 * STAY);
		assert_noop!(try_restake(ALICE, NORTH, ASSET, MIN_DEPOSIT), Error::CapReached);
	});
}

#[test]
fn the_cap_counts_exits_and_slashes_until_they_are_paid() {
	execute(|| {
		assert_ok!(try_admit(TOKEN, 8 * STAY, false));
		service(1);
		restake(ALICE, ASSET, 8 * STAY);
		assert_ok!(try_allocate(ASSET, 0, WAD / 2));
		Now::set(ALLOCATION_DELAY);
		exit(ALICE, ASSET, ExitAmount::Shares(2 * STAY));
		assert_eq!(slash(ASSET, 0, WAD, ALLOCATION_DELAY).taken, 4 * STAY);
		let refused = || {
			assert_noop!(try_restake(BOB, NORTH, ASSET, MIN_DEPOSIT), Error::CapReached);
		};
		refused();
		assert_ok!(OperatorDelegation::pay_slashed(Currency::WithId(TOKEN), 4 * STAY, &Destination::Burn));
		restake(BOB, ASSET, 4 * STAY);
		refused();
		Now::set(ALLOCATION_DELAY + EXIT_ERAS);
		assert_ok!(claim(ALICE, ASSET, ALLOCATION_DELAY));
		restake(BOB, ASSET, STAY);
		refused();
	});
}

#[test]
fn each_asset_has_a_least_deposit_of_its_own_and_keeps_it() {
	execute(|| {
		let add = |id, min_deposit| {
			govern(Call::add_asset {
				id,
				cap: Balance::MAX,
				funder: account(FUNDER),
				trusted: false,
				min_deposit,
			})
		};
		for little in [0, LEAST_MIN_DEPOSIT - 1] {
			assert_noop!(add(TOKEN, little), Error::MinDepositTooLow);
		}
		assert_ok!(add(TOKEN, 2 * STAY));
		create(8);
		assert_ok!(add(8, LEAST_MIN_DEPOSIT));
		assert_eq!((Restaking::min_deposit(TOKEN), Restaking::min_deposit(8)), (2 * STAY, LEAST_MIN_DEPOSIT));
		assert_eq!(Restaking::min_deposit(9), Balance::MAX, "an asset that is not admitted takes no deposit");
		assert_ok!(set_asset(9 * STAY, true));
		assert_eq!(Restaking::min_deposit(TOKEN), 2 * STAY);

		for (id, least) in [(TOKEN, 2 * STAY), (8, LEAST_MIN_DEPOSIT)] {
			let kind = PoolKind::Asset(id);
			assert_noop!(try_restake(ALICE, NORTH, kind, least - 1), Delegation::AmountTooSmall);
			restake(ALICE, kind, least);
			// A position that keeps any shares keeps at least a thousandth of the minimum deposit.
			let leave = |shares| {
				let (operator, amount) = (account(NORTH), ExitAmount::Shares(shares));
				send(ALICE, delegation::Call::<Test>::exit { operator, kind, amount })
			};
			assert_noop!(leave(least - least / 1_000 + 1), Delegation::DustLeft);
			assert_ok!(leave(least - least / 1_000));
			assert_ok!(leave(least / 1_000));
		}
	});
}

#[test]
fn a_closed_asset_takes_no_deposits_and_lets_all_of_it_leave() {
	execute(|| {
		admit();
		restake(ALICE, ASSET, 5 * STAY);
		assert_ok!(set_asset(0, false));
		assert_noop!(try_restake(ALICE, NORTH, ASSET, STAY), Error::DepositsDisabled);
		exit(ALICE, ASSET, ExitAmount::All);
		Now::set(EXIT_ERAS);
		assert_ok!(claim(ALICE, ASSET, 0));
		assert_eq!(balances(ALICE), (PURSE, PURSE));
		assert_eq!(position(ALICE, ASSET), None);
		assert_eq!(in_custody(TOKEN), LEAST, "the minimum balance stays in custody");

		assert_ok!(set_asset(0, true));
		assert_noop!(try_restake(ALICE, NORTH, ASSET, STAY), Error::CapReached);
		assert_ok!(set_asset(Balance::MAX, true));
		restake(ALICE, ASSET, STAY);
	});
}

#[test]
fn who_restakes_all_of_an_asset_gets_all_of_it_back() {
	execute(|| {
		admit();
		restake(ALICE, ASSET, PURSE);
		assert_eq!(balances(ALICE), (PURSE, 0));
		exit(ALICE, ASSET, ExitAmount::All);
		Now::set(EXIT_ERAS);
		assert_ok!(claim(ALICE, ASSET, 0));
		assert_eq!(balances(ALICE), (PURSE, PURSE));
	});
}

#[test]
fn what_is_slashed_of_an_asset_leaves_custody_to_its_last_unit() {
	execute(|| {
		admit();
		service(1);
		restake(ALICE, ASSET, 5 * STAY);
		assert_ok!(try_allocate(ASSET, 0, WAD));
		Now::set(ALLOCATION_DELAY);
		assert_eq!(slash(ASSET, 0, WAD, ALLOCATION_DELAY).taken, 5 * STAY);
		let treasury = Destination::Treasury;
		assert_ok!(OperatorDelegation::pay_slashed(Currency::WithId(TOKEN), 5 * STAY, &treasury));
		assert_eq!(mock::Assets::balance(TOKEN, Treasury::get()), 5 * STAY);
		assert_eq!((OperatorDelegation::held(TOKEN), in_custody(TOKEN)), (0, LEAST));
	});
}

/// Creates asset `id`, which is not sufficient, so that each account that holds it needs a consumer reference. Gives
/// [`FUNDER`] and [`ALICE`] some.
fn create(id: AssetId) {
	let owner = Treasury::get();
	assert_ok!(mock::Assets::force_create(RuntimeOrigin::root(), id, owner.clone(), false, 1));
	for who in [FUNDER, ALICE] {
		assert_ok!(mock::Assets::mint(RuntimeOrigin::signed(owner.clone()), id, account(who), 10 * STAY));
	}
}

#[test]
fn an_asset_custody_has_no_place_left_for_is_admitted_for_a_deposit() {
	execute(|| {
		// Anyone can fill custody's account with worthless assets.
		let mint = |id| mock::Assets::mint(RuntimeOrigin::signed(account(STRANGER)), id, custody(), 1);
		let create_junk =
			|id| mock::Assets::force_create(RuntimeOrigin::root(), id, account(STRANGER), false, 1);
		let full = (100..200).find(|id| {
			assert_ok!(create_junk(*id));
			mint(*id).is_err()
		});
		assert!(full.is_some_and(|id| id > 100));
		assert_eq!(mint(full.unwrap()), Err(TokenError::CannotCreate.into()));

		create(8);
		let asset = PoolKind::Asset(8);
		assert_ok!(try_admit(8, Balance::MAX, false));
		assert_eq!(Balances::free_balance(account(FUNDER)), PURSE - ASSET_ACCOUNT_DEPOSIT);
		assert_eq!(in_custody(8), 1);
		restake(ALICE, asset, 10 * STAY);
		exit(ALICE, asset, ExitAmount::All);
		Now::set(EXIT_ERAS);
		assert_ok!(claim(ALICE, asset, 0));
		assert_eq!(mock::Assets::balance(8, account(ALICE)), 10 * STAY);
		assert_eq!(in_custody(8), 1);
	});
}

#[test]
fn a_place_in_custody_costs_no_deposit_while_there_are_some() {
	execute(|| {
		create(8);
		assert_ok!(try_admit(8, Balance::MAX, false));
		assert_eq!(Balances::free_balance(account(FUNDER)), PURSE);
		assert_eq!(mock::Assets::balance(8, account(FUNDER)), 10 * STAY - 1);
	});
}

#[test]
fn who_pays_for_a_place_stays_alive() {
	execute(|| {
		create(8);
		let origin = RuntimeOrigin::signed(account(FUNDER));
		assert_ok!(mock::Assets::transfer(origin, 8, account(ALICE), 10 * STAY - 1));
		let open = || OperatorDelegation::open_account(Currency::WithId(8), &account(FUNDER));
		assert_noop!(open(), TokenError::NotExpendable);
		assert_noop!(try_admit(8, 1, false), TokenError::NotExpendable);
	});
}
