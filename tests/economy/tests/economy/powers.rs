//! The powers over the chain. This compares `docs/powers.md` with the origins that the runtime's calls accept, and fails for
//! a new privileged call until the page lists it.

use crate::calls::{calls, camel_case};
use mainstay_economy_tests::chain::genesis;
use mainstay_primitives::rolled_back;
use mainstay_runtime::{genesis_config_presets::LOCAL_TESTNET, RuntimeCall, RuntimeOrigin};
use sp_core::traits::{Externalities, ReadRuntimeVersion, ReadRuntimeVersionExt};
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

/// The page, as users read it.
const PAGE: &str = include_str!("../../../../docs/powers.md");

/// How the page names the origins that only governance has. `Governance` is root for now.
const ORIGINS: [&str; 2] = ["`Root`", "`Governance`"];

/// Reads no version of any code, as a call that replaces the code asks for.
struct NoVersion;
impl ReadRuntimeVersion for NoVersion {
	fn read_runtime_version(&self, _: &[u8], _: &mut dyn Externalities) -> Result<Vec<u8>, String> {
		Err("there is no runtime in this code".into())
	}
}

/// The calls of a row of the page, and its origin.
fn rows() -> Vec<(Vec<String>, &'static str)> {
	let table = PAGE.split_once("\n| power | calls | origin |\n").expect("the table").1;
	let row = |line: &'static str| {
		let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
		let [_, calls, origin] = cells[..] else { panic!("three cells: {line}") };
		let calls = calls.split(", ").map(|call| call.trim_matches('`').to_owned()).collect();
		(calls, origin)
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
	let (privileged, others): (Vec<_>, Vec<_>) =
		rows().into_iter().partition(|(_, origin)| ORIGINS.contains(origin));
	let listed: Vec<_> = privileged.into_iter().flat_map(|(calls, _)| calls).collect();
	let page: BTreeSet<_> = listed.iter().cloned().collect();
	assert_eq!(page.len(), listed.len(), "a call is in two rows");
	let mut chain = genesis(LOCAL_TESTNET);
	chain.register_extension(ReadRuntimeVersionExt::new(NoVersion));
	chain.execute_with(|| {
		let anyone = RuntimeOrigin::signed([7; 32].into());
		let anyones: BTreeSet<_> = [anyone, RuntimeOrigin::none()].iter().flat_map(reached).collect();
		let roots: BTreeSet<_> = reached(&RuntimeOrigin::root()).difference(&anyones).cloned().collect();
		assert_eq!(page, roots, "docs/powers.md");
	});
	// The other rows name calls that also accept an account.
	let known: BTreeSet<_> =
		calls().into_iter().map(|(of, name, _)| format!("{}.{}", camel_case(of), camel_case(name))).collect();
	for call in others.iter().flat_map(|(calls, _)| calls) {
		assert!(known.contains(call) && !page.contains(call), "{call}");
	}
}
