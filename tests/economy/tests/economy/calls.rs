//! Every call of the runtime, for tests that compare a page with all of them.

use codec::Decode;
use frame_support::traits::GetCallMetadata;
use mainstay_runtime::RuntimeCall;

/// `set_keys` or `OperatorDelegation`, as clients call it.
pub fn camel_case(name: &str) -> String {
	let mut parts = name.split('_');
	let first = parts.next().unwrap_or_default();
	let mut out = first[..1].to_lowercase() + &first[1..];
	for part in parts {
		out += &part[..1].to_uppercase();
		out += &part[1..];
	}
	out
}

/// Every call of the runtime in the order of its indices, with pallet and name. Their arguments are what zeros decode to, or
/// zeros behind a 1 where the first of them is an enumeration that begins there.
pub fn calls() -> Vec<(&'static str, &'static str, RuntimeCall)> {
	let mut calls = vec![];
	let mut bytes = [0u8; 4_096];
	for pallet in 0..=u8::MAX {
		for call in 0..=u8::MAX {
			let decoded = [0, 1].into_iter().find_map(|first| {
				bytes[..3].copy_from_slice(&[pallet, call, first]);
				RuntimeCall::decode(&mut &bytes[..]).ok()
			});
			if let Some(call) = decoded {
				let name = call.get_call_metadata();
				calls.push((name.pallet_name, name.function_name, call));
			}
		}
	}
	calls
}
