//! The powers over the chain. This compares `docs/powers.md` with the origins that the runtime's calls accept, and fails for
//! a new privileged call until the page lists it. And it tries what governance could do to the funds that the chain holds
//! for others.

use crate::calls::{calls, camel_case};
use codec::Encode;
use frame_support::traits::fungibles::Inspect;
use mainstay_economy_tests::{
	chain::genesis,
	services::{account, admit, back, ISSUER},
};
use mainstay_origins::Origin;
use mainstay_primitives::{rolled_back, AccountId, Currency, PoolKind, STAY};
use mainstay_runtime::{
	genesis_config_presets::LOCAL_TESTNET, Address, Balances, NativeAndAssets, OperatorDelegation,
	OriginCaller, Rewards, Runtime, RuntimeCall, RuntimeOrigin, System,
};
use pallet_collective::RawOrigin::Members;
use sp_core::traits::{Externalities, ReadRuntimeVersion, ReadRuntimeVersionExt};
use sp_keyring::Sr25519Keyring::Alice;
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

/// The page, as users read it.
const PAGE: &str = include_str!("../../../../docs/powers.md");

/// The origins of governance, as the page names them.
fn origins() -> [(&'static str, RuntimeOrigin); 9] {
	[
		("`Root`", RuntimeOrigin::root()),
		("`WhitelistedCaller`", Origin::WhitelistedCaller.into()),
		("`Parameters`", Origin::Parameters.into()),
		("`SlashDisputes`", Origin::SlashDisputes.into()),
		("`SmallSpender`", Origin::SmallSpender.into()),
		("`BigSpender`", Origin::BigSpender.into()),
		("`ReferendumCanceller`", Origin::ReferendumCanceller.into()),
		("`ReferendumKiller`", Origin::ReferendumKiller.into()),
		("`TechnicalCommittee`", OriginCaller::TechnicalCommittee(Members(2, 3)).into()),
	]
}

/// Reads no version of any code, as a call that replaces the code asks for.
struct NoVersion;
impl ReadRuntimeVersion for NoVersion {
	fn read_runtime_version(&self, _: &[u8], _: &mut dyn Externalities) -> Result<Vec<u8>, String> {
		Err("there is no runtime in this code".into())
	}
}

/// The calls of a row of the page, and who may send them.
fn rows() -> Vec<(Vec<String>, Vec<&'static str>)> {
	let table = PAGE.split_once("\n| power | calls | origin |\n").expect("the table").1;
	let row = |line: &'static str| {
		let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
		let [_, calls, origins] = cells[..] else { panic!("three cells: {line}") };
		let calls = calls.split(", ").map(|call| call.trim_matches('`').to_owned()).collect();
		(calls, origins.split(", ").collect())
	};
	table.lines().skip(1).take_while(|line| line.starts_with('|')).map(row).collect()
}

/// The calls that do not refuse an origin for what it is.
fn reached(origin: &RuntimeOrigin) -> BTreeSet<String> {
	let refuses = |call: RuntimeCall| {
		let outcome = rolled_back(|| call.dispatch(origin.clone()));
		outcome.is_err_and(|failed| failed.error == DispatchError::BadOrigin)
	};
	let name = |pallet, call| format!("{}.{}", camel_case(pallet), camel_case(call));
	calls()
		.into_iter()
		.filter(|(.., call)| !refuses(call.clone()))
		.map(|(of, call, _)| name(of, call))
		.collect()
}

#[test]
fn the_page_lists_every_call_that_only_governance_may_send() {
	let known = origins().map(|(name, _)| name);
	let (privileged, others): (Vec<_>, Vec<_>) =
		rows().into_iter().partition(|(_, origins)| origins.iter().all(|origin| known.contains(origin)));
	let listed: Vec<_> = privileged.iter().flat_map(|(calls, _)| calls.clone()).collect();
	let page: BTreeSet<_> = listed.iter().cloned().collect();
	assert_eq!(page.len(), listed.len(), "a call is in two rows");
	let mut chain = genesis(LOCAL_TESTNET);
	chain.register_extension(ReadRuntimeVersionExt::new(NoVersion));
	chain.execute_with(|| {
		let anyone = RuntimeOrigin::signed([7; 32].into());
		let anyones: BTreeSet<_> = [anyone, RuntimeOrigin::none()].iter().flat_map(reached).collect();
		for (name, origin) in origins() {
			let rows = privileged.iter().filter(|(_, origins)| origins.contains(&name));
			let said: BTreeSet<_> = rows.flat_map(|(calls, _)| calls.clone()).collect();
			let may: BTreeSet<_> = reached(&origin).difference(&anyones).cloned().collect();
			assert_eq!(said, may, "docs/powers.md, {name}");
		}
	});
	// The other rows name calls that also accept an account.
	let known: BTreeSet<_> =
		calls().into_iter().map(|(of, name, _)| format!("{}.{}", camel_case(of), camel_case(name))).collect();
	for call in others.iter().flat_map(|(calls, _)| calls) {
		assert!(known.contains(call) && !page.contains(call), "{call}");
	}
}

/// What the chain's accounts hold for others, and who has a role over the asset that they hold.
fn in_custody() -> Vec<u8> {
	let accounts = [OperatorDelegation::custody(), Rewards::account()];
	let gold = Currency::WithId(1);
	accounts
		.iter()
		.map(|who| {
			let system = System::account(who);
			let locks = Balances::locks(who).to_vec();
			let entry = pallet_assets::Account::<Runtime>::get(1, who);
			(system.data, locks, entry, NativeAndAssets::total_balance(gold.clone(), who))
		})
		.collect::<Vec<_>>()
		.encode()
		.into_iter()
		.chain(pallet_assets::Asset::<Runtime>::get(1).encode())
		.collect()
}

/// Calls that would take from custody, freeze it, mint to it, or change who could.
fn attacks() -> Vec<RuntimeCall> {
	type Base = frame_system::Call<Runtime>;
	type Asset = pallet_assets::Call<Runtime>;
	type Balance = pallet_balances::Call<Runtime>;
	type Utility = pallet_utility::Call<Runtime>;
	let (custody, thief) = (OperatorDelegation::custody(), account("thief"));
	let address = |who: &AccountId| -> Address { who.clone().into() };
	let (to, amount) = (|| address(&thief), 1_000);
	let transfer = || RuntimeCall::from(Balance::transfer_allow_death { dest: to(), value: STAY });
	let mut attacks: Vec<RuntimeCall> = vec![
		Balance::force_transfer { source: address(&custody), dest: to(), value: STAY }.into(),
		Balance::force_set_balance { who: address(&custody), new_free: 0 }.into(),
		Balance::force_unreserve { who: address(&custody), amount }.into(),
		Asset::force_transfer { id: 1.into(), source: address(&custody), dest: to(), amount }.into(),
		Asset::mint { id: 1.into(), beneficiary: address(&custody), amount }.into(),
		Asset::burn { id: 1.into(), who: address(&custody), amount }.into(),
		Asset::freeze { id: 1.into(), who: address(&custody) }.into(),
		Asset::freeze_asset { id: 1.into() }.into(),
		Asset::set_team { id: 1.into(), issuer: to(), admin: to(), freezer: to() }.into(),
		Asset::transfer_ownership { id: 1.into(), owner: to() }.into(),
		Asset::force_asset_status {
			id: 1.into(),
			owner: to(),
			issuer: to(),
			admin: to(),
			freezer: to(),
			min_balance: 1,
			is_sufficient: true,
			is_frozen: true,
		}
		.into(),
		Asset::block { id: 1.into(), who: address(&custody) }.into(),
		Asset::start_destroy { id: 1.into() }.into(),
		mainstay_restaking::Call::<Runtime>::add_asset {
			id: 2,
			cap: 1,
			funder: custody.clone(),
			trusted: true,
			min_deposit: STAY,
		}
		.into(),
		mainstay_treasury::Call::<Runtime>::spend {
			currency: Currency::WithId(1),
			amount,
			to: thief.clone(),
		}
		.into(),
		Base::set_storage { items: vec![(b"key".to_vec(), b"value".to_vec())] }.into(),
		Utility::dispatch_as {
			as_origin: Box::new(OriginCaller::system(frame_system::RawOrigin::Signed(custody.clone()))),
			call: Box::new(transfer()),
		}
		.into(),
		Utility::as_derivative { index: 0, call: Box::new(transfer()) }.into(),
		transfer(),
		pallet_proxy::Call::<Runtime>::proxy {
			real: address(&custody),
			force_proxy_type: None,
			call: Box::new(transfer()),
		}
		.into(),
		pallet_sudo::Call::<Runtime>::sudo_as { who: address(&custody), call: Box::new(transfer()) }.into(),
	];
	let all = attacks.clone();
	attacks.push(Utility::force_batch { calls: all }.into());
	attacks
}

#[test]
fn no_power_but_roots_reaches_what_the_chain_holds_for_others() {
	genesis(LOCAL_TESTNET).execute_with(|| {
		System::set_block_number(1);
		let alice = Alice.to_account_id();
		admit(1, 1, std::slice::from_ref(&alice));
		back(&alice, &alice, PoolKind::Asset(1), 1_000 * STAY);
		// An asset that custody could be made to pay for.
		let issuer = account(ISSUER);
		mainstay_runtime::Assets::force_create(
			RuntimeOrigin::root(),
			2.into(),
			issuer.clone().into(),
			true,
			1,
		)
		.expect("it is new");
		let to = OperatorDelegation::custody().into();
		mainstay_runtime::Assets::mint(RuntimeOrigin::signed(issuer), 2.into(), to, STAY)
			.expect("its issuer");

		let before = in_custody();
		let after = |call: RuntimeCall, origin: RuntimeOrigin| {
			rolled_back(|| {
				let _ = call.dispatch(origin);
				in_custody()
			})
		};
		let every: Vec<_> = calls().into_iter().map(|(.., call)| call).chain(attacks()).collect();
		for (name, origin) in origins().into_iter().skip(1) {
			for call in &every {
				assert_eq!(after(call.clone(), origin.clone()), before, "{name}: {call:?}");
			}
		}
		// The attacks are real: root can do most of them.
		let changed =
			attacks().into_iter().filter(|call| after(call.clone(), RuntimeOrigin::root()) != before);
		assert!(changed.count() >= 4);
	});
}
