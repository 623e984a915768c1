//! The calls that proxies may send. This compares `docs/proxies.md` with the runtime, and fails for a new call until
//! the page lists it.

use crate::calls::{calls, camel_case};
use frame_support::traits::{GetCallMetadata, InstanceFilter};
use mainstay_runtime::{configs::accounts::ProxyType, RuntimeCall};
use std::collections::{BTreeMap, BTreeSet};

/// The page, as users read it.
const PAGE: &str = include_str!("../../../../docs/proxies.md");

/// The columns of the page, as the command line names them.
const TYPES: [(&str, ProxyType); 7] = [
	("non-transfer", ProxyType::NonTransfer),
	("staking", ProxyType::Staking),
	("operator", ProxyType::Operator),
	("avs", ProxyType::Avs),
	("collect", ProxyType::Collect),
	("restaking", ProxyType::Restaking),
	("voting", ProxyType::Voting),
];

/// The cells of the rows that begin with a name in code, between two places of the page.
fn rows(after: &str, before: &str) -> Vec<Vec<String>> {
	let part = PAGE.split_once(after).expect("the page says so").1;
	let part = part.split_once(before).map_or(part, |(part, _)| part);
	let rows = part.lines().filter(|line| line.starts_with("| `"));
	rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn every_call_is_looked_at() {
	let calls = calls();
	for pallet in RuntimeCall::get_module_names() {
		let found: BTreeSet<_> =
			calls.iter().filter(|(of, ..)| of == pallet).map(|(_, name, _)| *name).collect();
		let known: BTreeSet<_> = RuntimeCall::get_call_names(pallet).iter().copied().collect();
		assert_eq!(found, known, "{pallet}");
	}
}

#[test]
fn the_page_says_what_each_type_may_send() {
	let mut expected = vec![];
	let mut others = BTreeMap::<usize, (String, Vec<String>)>::new();
	for (pallet, name, call) in calls() {
		assert!(ProxyType::Any.filter(&call), "{pallet}.{name}");
		let may: Vec<_> = TYPES.iter().map(|(_, of)| of.filter(&call)).collect();
		if may.contains(&true) {
			let mut row = vec![format!("`{}.{}`", camel_case(pallet), camel_case(name))];
			row.extend(may.iter().map(|may| if *may { "yes" } else { "" }.to_owned()));
			expected.push(row);
		} else {
			let index = RuntimeCall::get_module_names().iter().position(|known| *known == pallet);
			let (_, names) =
				others.entry(index.expect("a pallet")).or_insert_with(|| (camel_case(pallet), vec![]));
			names.push(format!("`{}`", camel_case(name)));
		}
	}

	let table = rows("\n| call |", "\nOnly `any` may send these");
	let heads: Vec<_> = TYPES.iter().map(|(name, _)| format!("`{name}`")).collect();
	assert!(PAGE.contains(&format!("| call | {} |", heads.join(" | "))), "a column for each type");
	let marks: Vec<_> = table.iter().map(|row| row[..row.len() - 1].to_vec()).collect();
	let written: Vec<_> = expected.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
	assert_eq!(marks, expected, "docs/proxies.md should have\n{}", written.join("\n"));
	for row in table {
		assert!(!row[TYPES.len() + 1].is_empty(), "the page says what {} does to funds", row[0]);
	}

	let expected: Vec<_> =
		others.into_values().map(|(pallet, names)| vec![format!("`{pallet}`"), names.join(", ")]).collect();
	let written: Vec<_> = expected.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
	let found = rows("\nOnly `any` may send these", "\n## ");
	assert_eq!(found, expected, "docs/proxies.md should have\n{}", written.join("\n"));
}

#[test]
fn a_type_that_covers_another_may_send_all_that_it_may() {
	let types = TYPES.map(|(_, of)| of).into_iter().chain([ProxyType::Any]).collect::<Vec<_>>();
	let calls = calls();
	for a in &types {
		for b in &types {
			let covers = calls.iter().all(|(.., call)| a.filter(call) || !b.filter(call));
			// A type covers another exactly if it may send all of its calls.
			assert_eq!(a.is_superset(b), covers, "{a:?} {b:?}");
		}
	}
}

#[test]
fn what_puts_funds_at_a_services_risk_is_in_one_type() {
	let risky = ["restake", "opt_in", "allocate", "join"];
	for (pallet, name, call) in calls() {
		if ["Restaking", "AvsRegistry"].contains(&pallet) && risky.contains(&name) {
			let of: Vec<_> = TYPES.iter().filter(|(_, of)| of.filter(&call)).map(|(name, _)| *name).collect();
			assert_eq!(of, ["restaking"], "{name}");
		}
	}
}
