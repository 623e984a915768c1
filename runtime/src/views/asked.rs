//! Checks of calls that clients ask to dry-run. Anyone can ask, in the name of any account and without a fee.
//!
//! The bounds of transactions do not suffice for them: the sudo key may declare any weight for its own transaction, but
//! a client that asks for a dry run in its name must not.

use crate::{configs::system::RuntimeBlockWeights, *};
use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeLimit, Encode, Error, Input, MemTrackingInput};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use scale_info::{Type, TypeInfo};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// The maximum nesting of calls, lists and boxes in such a call. A batch through a proxy of a multisig of root needs
/// five. Executing a batch reads everything in it once more at each level, which weights do not count.
pub const MAX_NESTING: u32 = 16;

/// The maximum memory of such a call, in bytes: as much as for a call in a transaction.
pub const MAX_MEMORY: usize = 16 * 1024 * 1024;

/// A call as clients send it. It is decoded within [`MAX_NESTING`] and [`MAX_MEMORY`], and encoded like the call
/// itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedCall(pub RuntimeCall);

impl Encode for AskedCall {
	fn size_hint(&self) -> usize {
		self.0.size_hint()
	}

	fn encode_to<T: codec::Output + ?Sized>(&self, dest: &mut T) {
		self.0.encode_to(dest)
	}
}

impl codec::EncodeLike for AskedCall {}

impl Decode for AskedCall {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let mut input = MemTrackingInput::new(input, MAX_MEMORY);
		RuntimeCall::decode_with_depth_limit(MAX_NESTING, &mut input).map(Self)
	}
}

// In the metadata it is a call.
impl TypeInfo for AskedCall {
	type Identity = RuntimeCall;

	fn type_info() -> Type {
		RuntimeCall::type_info()
	}
}

impl GetDispatchInfo for AskedCall {
	fn get_dispatch_info(&self) -> frame_support::dispatch::DispatchInfo {
		self.0.get_dispatch_info()
	}
}

/// The calls that `call` executes, and whether `call` itself declares their weight.
///
/// A test compares this with the metadata: every call that carries others must be listed here.
pub fn executed_by(call: &RuntimeCall) -> (Vec<&RuntimeCall>, bool) {
	use pallet_collective::Call as Committee;
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	use pallet_whitelist::Call as Whitelist;
	match call {
		RuntimeCall::Utility(
			Utility::batch { calls } | Utility::batch_all { calls } | Utility::force_batch { calls },
		) => (calls.iter().collect(), false),
		RuntimeCall::Utility(Utility::if_else { main, fallback }) => (vec![main, fallback], false),
		RuntimeCall::Utility(
			Utility::as_derivative { call, .. }
			| Utility::dispatch_as { call, .. }
			| Utility::dispatch_as_fallible { call, .. },
		)
		| RuntimeCall::Proxy(Proxy::proxy { call, .. } | Proxy::proxy_announced { call, .. })
		| RuntimeCall::Multisig(
			Multisig::as_multi_threshold_1 { call, .. } | Multisig::as_multi { call, .. },
		)
		| RuntimeCall::Sudo(Sudo::sudo { call } | Sudo::sudo_as { call, .. })
		| RuntimeCall::Whitelist(Whitelist::dispatch_whitelisted_call_with_preimage { call }) => {
			(vec![call], false)
		},
		// A proposal that needs one vote is executed at once.
		RuntimeCall::TechnicalCommittee(
			Committee::execute { proposal, .. } | Committee::propose { proposal, .. },
		) => (vec![proposal], false),
		RuntimeCall::Utility(Utility::with_weight { call, .. })
		| RuntimeCall::Sudo(Sudo::sudo_unchecked_weight { call, .. }) => (vec![call], true),
		_ => (vec![], false),
	}
}

/// Whether no weight bounds `call`. Such a call sets code, which is run to read its version and may run forever, or
/// writes raw storage, on which all other bounds rely. On chain only root can send it. Or it executes a call of root that
/// is not in it, and could be such a call.
///
/// A test compares this with all calls of the system pallet.
pub fn has_no_bound(call: &RuntimeCall) -> bool {
	use frame_system::Call as System;
	matches!(
		call,
		RuntimeCall::System(
			System::set_code { .. }
				| System::set_code_without_checks { .. }
				| System::apply_authorized_upgrade { .. }
				| System::set_storage { .. }
				| System::kill_storage { .. }
				| System::kill_prefix { .. }
		) | RuntimeCall::Whitelist(pallet_whitelist::Call::dispatch_whitelisted_call { .. })
	)
}

/// The maximum weight of a call, whatever weight it declares for the calls that it carries.
pub fn weight_of(call: &RuntimeCall) -> Weight {
	let mut weight = call.get_dispatch_info().call_weight;
	let mut calls = vec![call];
	while let Some(call) = calls.pop() {
		if has_no_bound(call) {
			return Weight::MAX;
		}
		let (inner, says_itself) = executed_by(call);
		if says_itself {
			// In addition to the declared weight, which may be lower.
			for call in &inner {
				weight = weight.saturating_add(call.get_dispatch_info().call_weight);
			}
		}
		calls.extend(inner);
	}
	weight
}

/// Refuses a call that is heavier than a transaction may be.
pub fn ensure_bounded(call: &RuntimeCall) -> Result<(), TransactionValidityError> {
	let limits = RuntimeBlockWeights::get();
	let class = match call.get_dispatch_info().class {
		DispatchClass::Normal => DispatchClass::Normal,
		DispatchClass::Operational | DispatchClass::Mandatory => DispatchClass::Operational,
	};
	if weight_of(call).any_gt(limits.get(class).max_extrinsic.unwrap_or(limits.max_block)) {
		return Err(InvalidTransaction::ExhaustsResources.into());
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::traits::GetCallMetadata;
	use scale_info::{form::PortableForm, MetaType, PortableRegistry, Registry, TypeDef, Variant};
	use std::collections::BTreeSet;

	/// The types of the runtime's calls, and which of them is [`RuntimeCall`].
	fn types() -> (PortableRegistry, u32) {
		let mut registry = Registry::new();
		let call = registry.register_type(&MetaType::new::<RuntimeCall>()).id;
		(registry.into(), call)
	}

	fn variants(types: &PortableRegistry, id: u32) -> &[Variant<PortableForm>] {
		match &types.resolve(id).expect("it is registered").type_def {
			TypeDef::Variant(def) => &def.variants,
			other => panic!("{other:?}"),
		}
	}

	/// Pallet and name of a call, their indices, and whether an argument is a weight.
	type Carrier = ((String, String), [u8; 2], bool);

	/// The calls that carry others.
	fn carriers() -> Vec<Carrier> {
		let (types, call) = types();
		let carries = |id: u32| {
			id == call
				|| matches!(&types.resolve(id).expect("known").type_def, TypeDef::Sequence(of) if of.type_param.id == call)
		};
		let mut found = vec![];
		for pallet in variants(&types, call) {
			for variant in variants(&types, pallet.fields[0].ty.id) {
				let ids: Vec<_> = variant.fields.iter().map(|field| field.ty.id).collect();
				if ids.iter().any(|id| carries(*id)) {
					let weighs = ids.iter().any(|id| {
						types
							.resolve(*id)
							.expect("known")
							.path
							.segments
							.last()
							.is_some_and(|name| name == "Weight")
					});
					let name = (pallet.name.to_string(), variant.name.to_string());
					found.push((name, [pallet.index, variant.index], weighs));
				}
			}
		}
		found
	}

	#[test]
	fn every_call_that_executes_others_is_known() {
		let mut says_itself = BTreeSet::new();
		for ((pallet, name), [index, variant], weighs) in carriers() {
			// What is scheduled is only stored.
			if pallet == "Scheduler" {
				continue;
			}
			// Zeros are a remark of nothing; a list has one.
			let bytes = |first| [&[index, variant, first][..], &[0; 200]].concat();
			let samples = [0, 4].map(|first| RuntimeCall::decode(&mut &bytes(first)[..]).ok());
			let samples: Vec<_> = samples.into_iter().flatten().collect();
			assert_eq!(samples[0].get_call_metadata().function_name, name);
			let executed = |call: &RuntimeCall| executed_by(call).0.len();
			assert!(
				samples.iter().map(executed).max() > Some(0),
				"{pallet}.{name} has no place in `executed_by`"
			);
			if samples.iter().any(|call| executed_by(call).1) {
				says_itself.insert(name.clone());
			}
			// Those that take a weight and check it are named here.
			assert!(
				!weighs || says_itself.contains(&name) || name == "as_multi",
				"{pallet}.{name} takes a weight"
			);
		}
		let names = ["sudo_unchecked_weight", "with_weight"].map(str::to_owned);
		assert_eq!(says_itself, BTreeSet::from(names));
	}

	/// A call that is new fails here until someone has looked at whether its weight bounds it.
	#[test]
	fn which_calls_of_the_system_have_no_bound() {
		let bounded = [
			"remark",
			"set_heap_pages",
			"remark_with_event",
			"authorize_upgrade",
			"authorize_upgrade_without_checks",
		];
		let (types, call) = types();
		let system =
			variants(&types, call).iter().find(|pallet| pallet.name == "System").expect("it is first");
		for variant in variants(&types, system.fields[0].ty.id) {
			let bytes = [&[system.index, variant.index][..], &[0; 200]].concat();
			// It has no tasks, so none can be done.
			let Ok(call) = RuntimeCall::decode(&mut &bytes[..]) else {
				assert_eq!(variant.name, "do_task");
				continue;
			};
			assert_eq!(has_no_bound(&call), !bounded.contains(&&*variant.name), "{}", variant.name);
		}
	}
}
