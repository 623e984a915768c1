//! Admitted assets, and the risks of a deposit.

use super::town::*;
use frame_support::assert_ok;
use mainstay_economy_tests::services::{
	account, admit, next_era, report, serve, service, signed, to_era, ISSUER,
};
use mainstay_primitives::{
	runtime_api::{
		restaking::{runtime_decl_for_restaking_api::RestakingApi, *},
		Account, Amount, Fraction, Text,
	},
	AccountId, Balance, Destination, OperatorSetId, PoolKind, STAY, WAD,
};
use mainstay_runtime::{
	views::restaking as views, Assets, AvsRegistry, Block, ChainTreasury, OperatorDelegation, Restaking,
	Runtime, RuntimeOrigin, Slashing,
};
use sp_core::storage::StateVersion;

#[test]
fn assets_are_listed_with_what_custody_holds() {
	town(3, || {
		admit(9, 50, &PEOPLE.map(account));
		Restaking::set_asset(RuntimeOrigin::root(), 9, 77, false).expect("it is admitted");
		// The minimum balance of each asset, which is there as well, belongs to nobody.
		let gold = AssetDetails {
			id: 1,
			cap: Amount(Balance::MAX),
			held: Amount(600 * STAY + 12),
			min_deposit: Amount(LOCAL.min_deposit),
			deposits: true,
			issuers: vec![Account(account(ISSUER))],
		};
		let other = AssetDetails { id: 9, cap: Amount(77), held: Amount(0), deposits: false, ..gold.clone() };
		assert_eq!(<Runtime as RestakingApi<Block>>::assets(), [gold, other]);
	});
}

#[test]
fn an_asset_is_listed_with_everyone_who_could_take_it() {
	town(3, || {
		let issuers = || <Runtime as RestakingApi<Block>>::assets().remove(0).issuers;
		let team = |owner: &AccountId, issuer: AccountId, admin: AccountId, freezer: AccountId| {
			let issuer = issuer.into();
			let (admin, freezer) = (admin.into(), freezer.into());
			assert_ok!(Assets::set_team(signed(owner), 1.into(), issuer, admin, freezer));
		};
		let mut expected = [ISSUER, "the mint", "the admin", "the freezer"].map(account);
		let [owner, issuer, admin, freezer] = expected.clone();
		team(&owner, issuer, admin, freezer);
		expected.sort();
		assert_eq!(issuers(), expected.map(Account));
		// An account that has several of the roles is listed once, and the chain's own accounts are not.
		team(&owner, account("the mint"), owner.clone(), ChainTreasury::account());
		let mut expected = [owner.clone(), account("the mint")];
		expected.sort();
		assert_eq!(issuers(), expected.map(Account));
		let chains = ChainTreasury::account();
		team(&owner, chains.clone(), OperatorDelegation::custody(), chains.clone());
		assert_eq!(issuers(), [Account(owner.clone())], "the owner names the others");
		assert_ok!(Assets::transfer_ownership(signed(&owner), 1.into(), chains.into()));
		assert!(issuers().is_empty(), "nobody can");
	});
}

fn entering(who: AccountId, kind: PoolKind, amount: Balance) -> Entry {
	let root = || sp_io::storage::root(StateVersion::V1);
	let before = root();
	let entry =
		<Runtime as RestakingApi<Block>>::entering(who, op(), kind, amount).expect("it is an operator");
	assert_eq!(root(), before, "the query writes nothing");
	entry
}

#[test]
fn entering_shows_what_one_would_have_and_what_can_take_it() {
	town(3, || {
		service(&owner(), &owner(), &KINDS, Destination::Burn, &[(WAD / 2, 1), (WAD / 5, 0)]);
		service(&owner(), &owner(), &[NATIVE], Destination::Treasury, &[(WAD, 3)]);
		service(&owner(), &owner(), &[NATIVE], Destination::Burn, &[]);
		let name = b"Oracle".to_vec().try_into().expect("it is short");
		AvsRegistry::set_metadata(signed(&owner()), 0, name, Default::default()).expect("it is the owner's");
		serve(&op(), SET, &[(NATIVE, WAD / 4)]);
		serve(&op(), OTHER, &[(NATIVE, WAD / 4)]);
		let third = OperatorSetId { avs: 2, index: 0 };
		serve(&op(), third, &[(NATIVE, WAD / 8)]);
		next_era();
		let service = |set, name: &str, magnitude, max_fraction, least_window, redistributes| EntryService {
			set,
			name: Text::from(name),
			magnitude: Fraction(magnitude),
			max_fraction: Fraction(max_fraction),
			least_window,
			redistributes,
		};
		let services = vec![
			service(SET, "Oracle", WAD / 4, WAD / 2, Some(0), false),
			service(OTHER, "", WAD / 4, WAD, Some(3), false),
			service(third, "", WAD / 8, 0, None, false),
		];
		let expected = Entry {
			refused: None,
			shares: Amount(100 * STAY),
			value: Amount(100 * STAY),
			commission: 500,
			commission_within_exit: 10_000,
			pending: vec![],
			consensus: true,
			services,
			// Half of one quarter, and all of the other.
			worst: Fraction(WAD / 8 * 3),
			exit_delay: 4,
		};
		assert_eq!(entering(bea(), NATIVE, 100 * STAY), expected);
		let stake = entering(bea(), PoolKind::Stake, 100 * STAY);
		let alone = Entry { services: vec![], worst: Fraction(0), ..expected.clone() };
		assert_eq!(stake, alone);
		assert_eq!(entering(bea(), GOLD, 100 * STAY), Entry { consensus: false, ..alone.clone() });

		// Pending slashes also take from new deposits.
		let attested = report(SET, &op(), 0, &[(NATIVE, WAD / 2)], 1).expect("it is slashable");
		Slashing::report_consensus(&op(), WAD / 10, 1).expect("it is in time");
		let loss = |id, value| EntryLoss { id, due: 2, value: Amount(value) };
		let (eighth, tenth) = (100 * STAY / 8, 10 * STAY);
		let pending = vec![loss(attested, eighth), loss(attested + 1, tenth)];
		assert_eq!(entering(bea(), NATIVE, 100 * STAY), Entry { pending, ..expected.clone() });
		let pending = vec![loss(attested + 1, tenth)];
		assert_eq!(entering(bea(), PoolKind::Stake, 100 * STAY), Entry { pending, ..alone });

		// After the slashes shares are cheaper, and the service that slashed can take less.
		assert_ok!(OperatorDelegation::set_promise(signed(&op()), 1_000, 4));
		next_era();
		assert_ok!(Restaking::allocate(signed(&op()), NATIVE, OTHER, WAD / 2));
		let later = entering(bea(), NATIVE, 63 * STAY);
		// 4,000 STAY and 8 units of shares are worth 7/8 of 9/10 of that: 3,150 STAY and 7 units, rounded up.
		assert_eq!(later.shares.0, (63 * STAY) * (4_000 * STAY + 8) / (3_150 * STAY + 7));
		assert!(later.value.0 <= 63 * STAY && later.value.0 + 2 > 63 * STAY);
		assert_eq!(later.commission_within_exit, 1_000);
		assert_eq!(later.services[0].magnitude.0, WAD / 8);
		assert_eq!(later.services[1].magnitude.0, WAD / 2, "the announced magnitude");
		// 1/16 and 1/2, divided by the 7/8 that are left.
		assert_eq!(later.worst.0, WAD / 14 + WAD / 7 * 4);
		assert_ok!(OperatorDelegation::set_promise(signed(&op()), 1_000, 5));
		assert_eq!(entering(bea(), NATIVE, 63 * STAY).commission_within_exit, 500);

		// An ended allocation is shown while slashes can name an era in which it was in force.
		assert_ok!(Restaking::stop(signed(&op())));
		to_era(9);
		assert_eq!(entering(bea(), NATIVE, STAY).services.len(), 3);
		to_era(10);
		assert_eq!(entering(bea(), NATIVE, STAY).services, []);
	});
}

#[test]
fn entering_says_what_the_chain_would_say() {
	town(3, || {
		let refused =
			|entry: Entry| entry.refused.map(|text| String::from_utf8(text.0).expect("it is ASCII"));
		let is = |entry: Entry, error: &str, shares: Balance| {
			assert_eq!((entry.shares.0, entry.value.0), (shares, shares));
			assert_eq!(refused(entry).as_deref(), Some(error));
		};
		assert_eq!(refused(entering(bea(), NATIVE, STAY)), None);
		is(entering(bea(), NATIVE, 0), "OperatorDelegation.AmountTooSmall", 0);
		is(entering(bea(), NATIVE, LOCAL.min_deposit - 1), "OperatorDelegation.AmountTooSmall", 0);
		for kind in [PoolKind::Stake, NATIVE] {
			is(entering(bea(), kind, Balance::MAX), "OperatorDelegation.AmountTooLarge", 0);
		}
		is(entering(bea(), GOLD, Balance::MAX), "OperatorDelegation.AmountTooLarge", 0);
		is(entering(bea(), PoolKind::Asset(2), STAY), "Restaking.NotRestakeable", 0);
		is(entering(account("poor"), NATIVE, STAY), "Funds are unavailable", STAY);
		is(entering(account("poor"), PoolKind::Stake, STAY), "Funds are unavailable", STAY);

		Restaking::set_asset(RuntimeOrigin::root(), 1, 600 * STAY + 12 + STAY, true).expect("it is admitted");
		assert_eq!(refused(entering(bea(), GOLD, STAY)), None);
		is(entering(bea(), GOLD, STAY + 1), "Restaking.CapReached", STAY + 1);
		Restaking::set_asset(RuntimeOrigin::root(), 1, Balance::MAX, false).expect("it is admitted");
		is(entering(bea(), GOLD, STAY), "Restaking.DepositsDisabled", STAY);

		let list = mainstay_operator_delegation::Policy::AllowList;
		OperatorDelegation::set_policy(signed(&op()), list).expect("it is another");
		is(entering(bea(), NATIVE, STAY), "OperatorDelegation.NotAllowed", STAY);
		assert_eq!(refused(entering(op(), NATIVE, STAY)), None);
		Slashing::report_consensus(&op(), WAD, 0).expect("it is in time");
		next_era();
		is(entering(op(), NATIVE, STAY), "OperatorDelegation.PoolClosed", 0);
		next_era();
		assert_eq!(refused(entering(op(), NATIVE, STAY)), None);
		OperatorDelegation::retire(signed(&op())).expect("it is an operator");
		is(entering(op(), NATIVE, STAY), "OperatorDelegation.OperatorRetired", STAY);
		for nobody in [account("nobody"), ann()] {
			assert_eq!(views::entering(bea(), nobody, NATIVE, STAY), None);
		}
	});
}
